/* What was imported, newest first, and taking it back. */
#include "db/base/i18n.h"
#include "db/import.h"
#include "db/store/ctx.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct imports {
	struct records list;
};

static const char *
cell_kind(struct ui *ui, void *data, const void *row, struct arena *a)
{
	enum import_kind kind =
	    import_named(((const struct import *)row)->kind);

	(void)ui, (void)data, (void)a;
	return kind != IMPORT_KINDS ? _(import_label(kind)) : "";
}

/* clang-format off */
static const struct table_column columns[] = {
	{.field = "id"},
	{.heading = N_("Kind"), .stretch = true, .text = cell_kind},
	{.field = "at"},
	{.field = "added"},
	{.field = "already", .width = 13, .priority = 1},
	{.field = "skipped", .priority = 2},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct import, id),
    .empty = N_("Nothing was imported yet. F4 shows how to send a file."),
};

static const struct records_spec spec = {
    .list = &import_list,
    .table = &table,
    .find = RECORDS_NO_FIND,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct imports *s = data;

	(void)arg;
	records_init(&s->list, &spec, ui, s);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct imports *s = data;

	ui_watch(ui, ENTITY_BIT(IMPORT), ui_ctx(ui)->my_unit);
	return records_load(&s->list);
}

/* --- keys ------------------------------------------------------------- */

static const struct import *
row_of(const void *data)
{
	return records_row(&((const struct imports *)data)->list);
}

static bool
when_row(struct ui *ui, const void *data)
{
	(void)ui;
	return row_of(data) != NULL;
}

static void
key_file(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_import_file, 0);
}

static void
key_undo(struct ui *ui, void *data)
{
	struct arena *a = ui_arena(ui);
	struct import_id id = row_of(data)->id;
	const char *reason = ui_prompt(
	    ui, a,
	    arena_printf(a,
	                 _("Why is import %lld taken back? Everything it "
	                   "brought goes."),
	                 (long long)id.v),
	    "", 200);
	int err;

	if (reason == NULL)
		return;
	if (reason[0] == '\0') {
		ui_say(ui, "%s", _("A reason is needed; nothing was changed."));
		return;
	}
	err = import_undo(ui_ctx(ui), a, id, reason);
	if (err == OK)
		ui_say(ui, _("Import %lld was taken back."), (long long)id.v);
	else if (err == ERR_DEPENDS)
		ui_say(ui, "%s",
		       _("Something was recorded since on what it brought in; "
		         "strike that out first."));
	else
		ui_error(ui, err);
	ui_reload(ui);
}

static const struct key keys[] = {
    {"F4", N_("File to import"), PERM_NONE, key_file, NULL,
     N_("The file that was sent and waits, or how to send one.")},
    RECORDS_KEY_EXPORT,
    {KEY_ACTION, N_("Take back"), PERM_EVENT_STRIKE, key_undo, when_row,
     N_("Take back an import with everything in it, while nothing stands "
        "on it.")},
    KEY_END,
};

const struct screen screen_imports = {
    .name = "imports",
    .title = N_("Imports"),
    .about = N_("Files of people, activities and duty records of earlier "
                "years that were brought in. Each is taken back as a whole; "
                "a single line is corrected as if it had been entered by "
                "hand."),
    .needs = PERM_IMPORT_READ,
    .size = sizeof(struct imports),
    .keys = keys,
    .open = open,
    .load = load,
};
