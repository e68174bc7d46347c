/*
 * Receptions of a station: its activities of that kind, with the matters
 * raised. Argument: the station; 0: one's own, or all in sight.
 */
#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/matter.h"
#include "db/rota.h"
#include "tui/activity_menu.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/station_pick.h"

struct receptions {
	struct records list;
	struct station_id station;
};

static const char *
cell_signed(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct activity_line *r = row;

	(void)ui, (void)data;
	return arena_printf(a, "%lld/%lld", (long long)r->present,
	                    (long long)r->total);
}

static const char *
cell_when(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)data;
	return week_text(ui, a, ((const struct activity_line *)row)->starts_at);
}

static const char *
cell_matters(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct activity_line *r = row;
	int64_t n = 0;

	(void)data;
	if (matter_count(ui_ctx(ui), r->id, &n) != OK || n == 0)
		return "";
	return arena_printf(a, "%lld", (long long)n);
}

/* Planned, announced, held, closed: the activity's states in the words of a
 * reception. */
static const char *
cell_state(struct ui *ui, void *data, const void *row, struct arena *a)
{
	static const char *const words[] = {
	    [ACTIVITY_DRAFT] = N_("Planned"),
	    [ACTIVITY_PUBLISHED] = N_("Announced"),
	    [ACTIVITY_OPEN] = N_("Under way"),
	    [ACTIVITY_CLOSED] = N_("Held, to confirm"),
	    [ACTIVITY_CONFIRMED] = N_("Held"),
	    [ACTIVITY_ARCHIVED] = N_("Closed"),
	    [ACTIVITY_CANCELLED] = N_("Cancelled"),
	};

	(void)ui, (void)data, (void)a;
	return _(words[((const struct activity_line *)row)->state]);
}

/* clang-format off */
static const struct table_column columns[] = {
	{.field = "id", .width = 6, .priority = 2},
	{.heading = N_("When"), .width = 16, .text = cell_when},
	{.field = "title", .width = 20, .stretch = true},
	{.field = "venue", .width = 16, .priority = 3},
	{.heading = N_("Signed in"), .width = 9, .right = true, .text = cell_signed, .priority = 1},
	{.heading = N_("Matters"), .width = 8, .right = true, .text = cell_matters},
	{.heading = N_("State"), .width = 16, .text = cell_state},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct activity_line, id),
    .empty = N_("No receptions yet. They are announced from the rota, or "
                "prepared as an activity with F4."),
};

static const struct records_spec spec = {
    .list = &activity_list,
    .table = &table,
    .find = ACTIVITY_LIST_TITLE,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct receptions *s = data;

	records_init(&s->list, &spec, ui, s);
	records_filter(&s->list, ACTIVITY_LIST_KIND, 0, RECEPTION_KIND);
	s->station = station_pick_own(ui, arg);
	if (s->station.v != 0)
		records_filter(&s->list, ACTIVITY_LIST_STATION, s->station.v,
		               NULL);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct receptions *s = data;

	if (activity_tick(ui_ctx(ui), NULL) == ERR_STORE)
		return ERR_STORE;
	ui_watch(ui,
	         ENTITY_BIT(ACTIVITY) | ENTITY_BIT(PARTICIPANT) |
	             ENTITY_BIT(OPINION),
	         ui_ctx(ui)->my_unit);
	return records_load(&s->list);
}

/* --- keys -------------------------------------------------------------- */

static const struct activity_line *
row_of(const void *data)
{
	return records_row(&((const struct receptions *)data)->list);
}

static bool
when_row(struct ui *ui, const void *data)
{
	(void)ui;
	return row_of(data) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	ui_push(ui, &screen_activity, row_of(data)->id.v);
}

static void
key_matters(struct ui *ui, void *data)
{
	ui_push(ui, &screen_matters, row_of(data)->id.v);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_activity_form, 0);
}

static void
key_rota(struct ui *ui, void *data)
{
	ui_push(ui, &screen_rota, ((const struct receptions *)data)->station.v);
}

static void
key_menu(struct ui *ui, void *data)
{
	const struct activity_line *r = row_of(data);
	struct activity_about about = {r->id,        r->title, r->state,
	                               (int)r->mine, true,     NULL};

	(void)activity_menu(ui, &about);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"), PERM_NONE, key_open, when_row, NULL},
	{"F2", N_("Actions"), PERM_NONE, key_menu, when_row,
	 N_("The steps that are possible now, minutes, roll, matters raised.")},
	{"F4", N_("New"), PERM_ACTIVITY_WRITE, key_new, NULL,
	 N_("Prepare a reception that is not on the rota.")},
	{"F5", N_("Rota"), PERM_ROTA_READ, key_rota, NULL, NULL},
	{"F6", N_("Matters"), PERM_NONE, key_matters, when_row,
	 N_("What was raised at this reception.")},
	RECORDS_KEY_EXPORT,
	KEY_END,
};
/* clang-format on */

const struct screen screen_receptions = {
    .name = "receptions",
    .title = N_("Receptions"),
    .about = N_("Days on which deputies receive people, newest first. "
                "Planned -> announced -> under way -> held -> closed; or "
                "cancelled, with a reason.\n"
                "A reception is an activity: its code, sign-in, minutes and "
                "duty records are an activity's. F6 notes what people "
                "raised."),
    .needs = PERM_STATION_READ,
    .size = sizeof(struct receptions),
    .keys = keys,
    .open = open,
    .load = load,
};
