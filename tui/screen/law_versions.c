/* A draft law: its texts, newest first, and the consultations on it. */
#include "db/base/i18n.h"
#include "db/consultation.h"
#include "tui/law_open.h"
#include "tui/screens.h"
#include "tui/widget/page.h"

enum { ITEM_TEXT, ITEM_CONSULTATION };

struct law_versions_screen {
	struct page page;
	struct law_id id;
};

static void
put_text(struct ui *ui, struct law_versions_screen *s,
         const struct law_version *row)
{
	struct arena *a = ui_arena(ui);
	const struct page_cell cells[] = {
	    {arena_printf(a, _("Text %lld"), (long long)row->number), 10, false,
	     THEME_NORMAL},
	    {ui_when(ui, a, row->added_at), 16, false, THEME_DIM},
	    {arena_printf(a, _("%lld chapters, %lld articles"),
	                  (long long)row->chapters, (long long)row->articles),
	     24, false, THEME_NORMAL},
	    {row->note, 0, false, THEME_DIM},
	};

	page_item_cells(&s->page, row->id.v, ITEM_TEXT, cells,
	                (int)COUNT(cells));
}

static void
put_consultation(struct ui *ui, struct law_versions_screen *s,
                 const struct consultation *row)
{
	struct arena *a = ui_arena(ui);
	const struct page_cell cells[] = {
	    {_(consultation_states[row->state].label), 14, false,
	     row->state == CONSULTATION_OPEN ? THEME_SOON : THEME_NORMAL},
	    {arena_printf(a, "%s - %s",
	                  day_show(a, row->from_on, (struct day){0}),
	                  day_show(a, row->to_on, (struct day){0})),
	     24, false, THEME_DIM},
	    {row->title, 0, false, THEME_NORMAL},
	};

	page_item_cells(&s->page, row->id.v, ITEM_CONSULTATION, cells,
	                (int)COUNT(cells));
}

static int
load(struct ui *ui, void *data)
{
	struct law_versions_screen *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct law_version *texts;
	struct consultation *asked;
	struct law law;
	int n, m, err = law_get(c, a, s->id, &law);

	if (err == OK)
		err = law_versions(c, a, s->id, &texts, &n);
	if (err == OK)
		err = consultations_of_law(c, a, s->id, &asked, &m);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(LAW) | ENTITY_BIT(CONSULTATION), 0);
	page_begin(&s->page);
	page_title(&s->page, law.title, "");
	page_heading(&s->page, _("Versions"));
	for (int i = 0; i < n; i++)
		put_text(ui, s, &texts[i]);
	page_blank(&s->page);
	page_heading(&s->page, _("Consultations"));
	for (int i = 0; i < m; i++)
		put_consultation(ui, s, &asked[i]);
	if (m == 0)
		page_text(&s->page, THEME_DIM,
		          _("Nobody was asked about it yet."));
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

static int64_t
chosen(const struct law_versions_screen *s, int kind)
{
	int64_t id;
	int is;

	return page_selected(&s->page, &id, &is) && is == kind ? id : 0;
}

static bool
has_item(struct ui *ui, const void *data)
{
	(void)ui;
	return page_selected(&((const struct law_versions_screen *)data)->page,
	                     NULL, NULL);
}

static bool
has_text(struct ui *ui, const void *data)
{
	(void)ui;
	return chosen(data, ITEM_TEXT) != 0;
}

static void
key_open(struct ui *ui, void *data)
{
	int64_t asked = chosen(data, ITEM_CONSULTATION);

	if (asked != 0)
		ui_push(ui, &screen_consultation, asked);
	else
		law_text_open(ui,
		              (struct law_version_id){chosen(data, ITEM_TEXT)});
}

static void
key_changes(struct ui *ui, void *data)
{
	law_changes_open(ui, (struct law_version_id){chosen(data, ITEM_TEXT)});
}

static void
key_new(struct ui *ui, void *data)
{
	ui_push(ui, &screen_consultation_form,
	        -((const struct law_versions_screen *)data)->id.v);
}

static void
key_import(struct ui *ui, void *data)
{
	law_import_open(ui, ((const struct law_versions_screen *)data)->id);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"), PERM_NONE, key_open, has_item,
	 N_("The text under the mark to read, or the consultation.")},
	{"F3", N_("What changed"), PERM_NONE, key_changes, has_text,
	 N_("Against the text before it.")},
	{"F4", N_("Prepare"), PERM_LAW_WRITE, key_new, NULL,
	 N_("Prepare a consultation on the newest text.")},
	{KEY_ACTION, N_("Import its next text"), PERM_LAW_WRITE, key_import, NULL,
	 N_("Sent from a computer or a telephone, and compared with the newest one.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_law_versions = {
    .name = "law-versions",
    .title = N_("Draft law"),
    .about = N_("Every text of a draft law that was imported, and the "
                "consultations on it. Comments stay with the text they were "
                "made on. The county sees all, others the text they are "
                "asked about."),
    .needs = PERM_LAW_READ,
    .size = sizeof(struct law_versions_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
