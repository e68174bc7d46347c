/* Draft laws, whether people are asked about them or not: how many texts, how
 * long, how often asked about. */
#include "db/base/i18n.h"
#include "db/law.h"
#include "tui/law_open.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct laws {
	struct records list;
};

/* clang-format off */
static const struct table_column columns[] = {
	{.field = "id", .heading = N_("No."), .width = 5, .right = true, .priority = 3},
	{.field = "title", .width = 24, .stretch = true},
	{.field = "version", .heading = N_("Versions"), .width = 8, .right = true},
	{.field = "articles", .width = 8, .right = true, .priority = 2},
	{.field = "asked", .heading = N_("Times asked"), .width = 11, .right = true, .priority = 1},
	{.field = "added_at", .width = 16, .priority = 4},
	TABLE_COLUMN_END,
};
static const struct table_spec table = {
	.columns = columns, .id_at = offsetof(struct law_line, id),
	.empty = N_("No draft laws yet. The county imports them: ssh with \"import law\", or the page of imports."),
};
/* clang-format on */
static const struct records_spec spec = {
    .list = &law_list,
    .table = &table,
    .find = LAW_LIST_TITLE,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct laws *s = data;

	(void)arg;
	records_init(&s->list, &spec, ui, s);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	ui_watch(ui, ENTITY_BIT(LAW) | ENTITY_BIT(CONSULTATION), 0);
	return records_load(&((struct laws *)data)->list);
}

static bool
has_row(struct ui *ui, const void *data)
{
	(void)ui;
	return records_row(&((const struct laws *)data)->list) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	const struct law_line *row = records_row(&((struct laws *)data)->list);

	ui_push(ui, &screen_law_versions, row->id.v);
}

static void
key_import(struct ui *ui, void *data)
{
	(void)data;
	law_import_open(ui, (struct law_id){0});
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"), PERM_NONE, key_open, has_row,
	 N_("Its texts and its consultations.")},
	{"F4", N_("Import"), PERM_LAW_WRITE, key_import, NULL,
	 N_("A draft law's text, sent from a computer or a telephone and looked at first.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_laws = {
    .name = "laws",
    .title = N_("Draft laws"),
    .about = N_("Every draft law that was imported, newest first, whether "
                "people are asked about it or not. The county sees all, "
                "others those that they are asked about or that are on the "
                "public page."),
    .needs = PERM_LAW_READ,
    .size = sizeof(struct laws),
    .keys = keys,
    .open = open,
    .load = load,
};
