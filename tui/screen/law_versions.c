/* The texts of a draft law, newest first. */
#include "db/base/i18n.h"
#include "tui/law_open.h"
#include "tui/screens.h"
#include "tui/widget/page.h"

struct law_versions_screen {
	struct page page;
	struct law_id id;
};

static int
load(struct ui *ui, void *data)
{
	struct law_versions_screen *s = data;
	struct arena *a = ui_arena(ui);
	struct law_version *rows;
	struct law law;
	int n, err = law_get(ui_ctx(ui), a, s->id, &law);

	if (err == OK)
		err = law_versions(ui_ctx(ui), a, s->id, &rows, &n);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(LAW), 0);
	page_begin(&s->page);
	page_title(&s->page, law.title, "");
	for (int i = 0; i < n; i++) {
		const struct page_cell cells[] = {
		    {arena_printf(a, _("Text %lld"), (long long)rows[i].number),
		     10, false, THEME_NORMAL},
		    {ui_when(ui, a, rows[i].added_at), 16, false, THEME_DIM},
		    {arena_printf(a, _("%lld chapters, %lld articles"),
		                  (long long)rows[i].chapters,
		                  (long long)rows[i].articles),
		     24, false, THEME_NORMAL},
		    {rows[i].note, 0, false, THEME_DIM},
		};

		page_item_cells(&s->page, rows[i].id.v, 0, cells,
		                (int)COUNT(cells));
	}
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct law_versions_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static bool
has_row(struct ui *ui, const void *data)
{
	(void)ui;
	return page_selected(&((const struct law_versions_screen *)data)->page,
	                     NULL, NULL);
}

static struct law_version_id
chosen(const struct law_versions_screen *s)
{
	struct law_version_id id = {0};

	(void)page_selected(&s->page, &id.v, NULL);
	return id;
}

static void
key_changes(struct ui *ui, void *data)
{
	law_changes_open(ui, chosen(data));
}

static void
key_read(struct ui *ui, void *data)
{
	law_text_open(ui, chosen(data));
}

static const struct key keys[] = {
    {"Enter", N_("What changed"), PERM_NONE, key_changes, has_row,
     N_("Against the text before it.")},
    {"F3", N_("Read the text"), PERM_NONE, key_read, has_row, NULL},
    KEY_END,
};

const struct screen screen_law_versions = {
    .name = "law-versions",
    .title = N_("Texts of a draft law"),
    .about = N_("Every text of a draft law that was imported. Comments stay "
                "with the text they were made on. The county sees all, "
                "others the text they are asked about."),
    .needs = PERM_LAW_READ,
    .size = sizeof(struct law_versions_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
