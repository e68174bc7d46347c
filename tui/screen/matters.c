/* What was raised at a reception: its opinions. The argument is the
 * activity. */
#include "db/matter.h"

#include "db/activity.h"
#include "db/base/i18n.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct matters {
	struct records list;
	struct activity_id activity;
	const char *title;
};

static const struct table_column columns[] = {
    {.field = "id", .width = 6, .priority = 2},
    {.field = "subject", .stretch = true},
    {.field = "venue", .width = 14, .priority = 1},
    {.field = "state", .width = 12},
    TABLE_COLUMN_END,
};

static const char *
note(struct ui *ui, void *data, struct arena *a)
{
	(void)ui, (void)a;
	return ((const struct matters *)data)->title;
}

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct opinion_line, id),
    .note = note,
    .empty = N_("Nothing is noted yet. F4 notes what somebody raised."),
};

static const struct records_spec spec = {
    .list = &opinion_list,
    .table = &table,
    .find = RECORDS_NO_FIND,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct matters *s = data;
	struct activity row;
	int err;

	s->activity.v = arg;
	err = activity_get(ui_ctx(ui), ui_keep(ui), s->activity, &row);
	if (err != OK)
		return err;
	s->title = row.title;
	records_init(&s->list, &spec, ui, s);
	records_filter(&s->list, OPINION_LIST_ACTIVITY, arg, NULL);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct matters *s = data;

	ui_watch(ui, ENTITY_BIT(OPINION), ui_ctx(ui)->my_unit);
	return records_load(&s->list);
}

/* --- keys -------------------------------------------------------------- */

static const struct opinion_line *
row_of(const void *data)
{
	return records_row(&((const struct matters *)data)->list);
}

static bool
when_row(struct ui *ui, const void *data)
{
	(void)ui;
	return row_of(data) != NULL;
}

static void
key_read(struct ui *ui, void *data)
{
	ui_push(ui, &screen_opinion, row_of(data)->id.v);
}

static void
key_new(struct ui *ui, void *data)
{
	ui_push(ui, &screen_matter_form,
	        ((const struct matters *)data)->activity.v);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"), PERM_NONE, key_read, when_row, NULL},
	{"F4", N_("New"), PERM_STATION_WRITE, key_new, NULL,
	 N_("Note what somebody raised, while the reception is held or afterwards.")},
	RECORDS_KEY_EXPORT,
	KEY_END,
};
/* clang-format on */

const struct screen screen_matters = {
    .name = "matters",
    .title = N_("Matters raised"),
    .about = N_("What people raised at a reception. Each is an opinion like "
                "any other: it is taken up, handled and answered. Notes are "
                "made until the reception is closed."),
    .needs = PERM_STATION_READ,
    .size = sizeof(struct matters),
    .keys = keys,
    .open = open,
    .load = load,
};
