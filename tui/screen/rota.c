/*
 * The rota of a station, month by month: who receives people when and where.
 * A deputy sees their own days. The argument is the station; 0: one's own.
 */
#include "db/rota.h"

#include "db/base/i18n.h"
#include "tui/activity_menu.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/station_pick.h"

struct rota_screen {
	struct records list;
	struct station_id station; /* 0: all that are in sight */
	int64_t month;             /* 0: from this month on */
};

static const char *
cell_when(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct rota_line *r = row;

	(void)data;
	return arena_printf(a, "%s-%s", week_text(ui, a, r->starts_at),
	                    instant_show_time(a, r->ends_at));
}

static const char *
cell_place(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct rota_line *r = row;

	(void)ui, (void)data, (void)a;
	return r->place_name[0] != '\0' ? r->place_name : r->station_name;
}

static const char *
cell_state(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct rota_line *r = row;

	(void)ui, (void)data;
	if (r->state == ROTA_ABSENT)
		return arena_printf(a, "%s: %s", _(rota_states[r->state].label),
		                    r->reason);
	if (r->cancelled)
		return _("Cancelled");
	if (r->attended)
		return _("Received people");
	return r->activity.v != 0 ? _("Announced")
	                          : _(rota_states[r->state].label);
}

static enum theme
role_state(struct ui *ui, void *data, const void *row)
{
	const struct rota_line *r = row;

	(void)ui, (void)data;
	return r->state == ROTA_ABSENT ? THEME_SOON
	       : r->attended           ? THEME_DONE
	                               : THEME_NORMAL;
}

/* clang-format off */
static const struct table_column columns[] = {
	{.heading = N_("When"), .width = 22, .text = cell_when},
	{.field = "name", .width = 10},
	{.heading = N_("Where"), .width = 20, .text = cell_place, .priority = 1},
	{.field = "group_name", .width = 14, .priority = 2},
	{.heading = N_("State"), .stretch = true, .text = cell_state, .role = role_state},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const char *
note(struct ui *ui, void *data, struct arena *a)
{
	const struct rota_screen *s = data;

	(void)ui;
	return s->month != 0 ? month_text(a, s->month) : "";
}

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct rota_line, id),
    .note = note,
    .empty = N_("Nobody is on the rota then. Officers fill a month with F4; "
                "Left and Right go to another month."),
};

static const struct records_spec spec = {
    .list = &rota_list,
    .table = &table,
    .find = RECORDS_NO_FIND,
};

static void
use_month(struct ui *ui, struct rota_screen *s)
{
	struct day today = ui_today(ui);

	today.day = 1;
	if (s->month != 0)
		records_filter(&s->list, ROTA_LIST_MONTH, s->month, NULL);
	else
		records_filter(&s->list, ROTA_LIST_FROM,
		               clock_at(today, 0, 0).s, NULL);
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct rota_screen *s = data;

	records_init(&s->list, &spec, ui, s);
	if (ui_ctx(ui)->scope == SCOPE_SELF) {
		use_month(ui, s);
		return OK;
	}
	s->station = station_pick_own(ui, arg);
	s->month = month_of(ui_today(ui));
	if (s->station.v != 0)
		records_filter(&s->list, ROTA_LIST_STATION, s->station.v, NULL);
	use_month(ui, s);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct rota_screen *s = data;

	ui_watch(ui, ENTITY_BIT(ROTA) | ENTITY_BIT(PARTICIPANT),
	         ui_ctx(ui)->my_unit);
	return records_load(&s->list);
}

/* --- keys -------------------------------------------------------------- */

static const struct rota_line *
row_of(const void *data)
{
	return records_row(&((const struct rota_screen *)data)->list);
}

static void
go_month(struct ui *ui, struct rota_screen *s, int n)
{
	s->month = month_add(s->month, n);
	use_month(ui, s);
	ui_error(ui, records_restart(&s->list));
}

static void
key_earlier(struct ui *ui, void *data)
{
	go_month(ui, data, -1);
}

static void
key_later(struct ui *ui, void *data)
{
	go_month(ui, data, 1);
}

static bool
when_months(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct rota_screen *)data)->month != 0;
}

static bool
when_station(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct rota_screen *)data)->station.v != 0;
}

static bool
when_announced(struct ui *ui, const void *data)
{
	(void)ui;
	return row_of(data) != NULL && row_of(data)->activity.v != 0;
}

/* On the rota and nothing came of it yet. */
static bool
when_due(struct ui *ui, const void *data)
{
	const struct rota_line *r = row_of(data);

	(void)ui;
	return r != NULL && r->state == ROTA_DUE && r->activity.v == 0;
}

static bool
when_expected(struct ui *ui, const void *data)
{
	const struct rota_line *r = row_of(data);

	(void)ui;
	return r != NULL && r->state == ROTA_DUE && !r->attended;
}

static bool
when_absent(struct ui *ui, const void *data)
{
	(void)ui;
	return row_of(data) != NULL && row_of(data)->state == ROTA_ABSENT;
}

static bool
when_open(struct ui *ui, const void *data)
{
	const struct rota_line *r = row_of(data);

	(void)ui;
	return r != NULL && r->activity.v == 0;
}

static void
key_open(struct ui *ui, void *data)
{
	ui_push(ui, &screen_activity, row_of(data)->activity.v);
}

static void
key_fill(struct ui *ui, void *data)
{
	ui_push(ui, &screen_rota_form,
	        ((const struct rota_screen *)data)->station.v);
}

/* Say what came of a change, and read the list again. */
static void
done(struct ui *ui, int err, const char *text)
{
	if (err == OK)
		ui_say(ui, "%s", text);
	else if (err == ERR_STATE)
		ui_say(ui, "%s",
		       _("That cannot be done with this day any more."));
	else
		activity_menu_fault(ui, err);
	ui_reload(ui);
}

static void
key_announce(struct ui *ui, void *data)
{
	const struct rota_line *r = row_of(data);
	struct rota_id id = r->id;
	struct activity_id activity;
	int err;

	if (!ui_confirm(
		ui, arena_printf(ui_arena(ui),
	                         _("Announce the reception of %s? Those "
	                           "on the rota are invited and the code "
	                           "is made."),
	                         week_text(ui, ui_arena(ui), r->starts_at))))
		return;
	err = rota_announce(ui_ctx(ui), id, &activity);
	done(ui, err,
	     err != OK
	         ? ""
	         : arena_printf(ui_arena(ui), _("Announced: activity %lld."),
	                        (long long)activity.v));
}

static void
key_miss(struct ui *ui, void *data)
{
	struct rota_id id = row_of(data)->id;
	const char *reason =
	    activity_menu_reason(ui, _("Why the deputy cannot come"));

	if (reason != NULL)
		done(ui, rota_fire(ui_ctx(ui), id, ROTA_DO_MISS, reason),
		     _("Noted; the deputy is not expected."));
}

static void
key_back(struct ui *ui, void *data)
{
	done(ui, rota_fire(ui_ctx(ui), row_of(data)->id, ROTA_DO_BACK, ""),
	     _("Noted; the deputy is expected again."));
}

static void
key_drop(struct ui *ui, void *data)
{
	const struct rota_line *r = row_of(data);
	struct rota_id id = r->id;

	if (ui_confirm(ui, arena_printf(ui_arena(ui),
	                                _("Take %s off the rota?"), r->name)))
		done(ui, rota_drop(ui_ctx(ui), id), _("Taken off the rota."));
}

static void
key_add(struct ui *ui, void *data)
{
	const struct rota_line *r = row_of(data);
	struct rota row, id_row;
	struct rota_id id;
	int err = rota_get(ui_ctx(ui), ui_arena(ui), r->id, &id_row);

	if (ui_error(ui, err) != OK)
		return;
	row = (struct rota){.station = id_row.station,
	                    .place = id_row.place,
	                    .starts_at = id_row.starts_at,
	                    .ends_at = id_row.ends_at};
	row.person = station_pick_deputy(ui, row.station);
	if (row.person.v != 0)
		done(ui, rota_add(ui_ctx(ui), &row, &id),
		     _("Put on the rota."));
}

/* The days to come that another could change with. */
static void
key_swap(struct ui *ui, void *data)
{
	enum { OTHERS_MAX = 40 };
	const struct rota_line *r = row_of(data), *rows;
	struct arena *a = ui_arena(ui);
	struct list_query query = {.order = ROTA_BY_DAY, .value_count = 2};
	const char *labels[OTHERS_MAX];
	struct rota_id ids[OTHERS_MAX], id = r->id;
	struct list_page page;
	int n = 0, chosen;

	query.values[0] =
	    (struct list_value){ROTA_LIST_STATION, r->station.v, NULL};
	query.values[1] = (struct list_value){
	    ROTA_LIST_FROM, clock_at(ui_today(ui), 0, 0).s, NULL};
	if (ui_error(ui, list_fetch(ui_ctx(ui), a, &rota_list, &query,
	                            LIST_FIRST, NULL, OTHERS_MAX, &page)))
		return;
	rows = page.rows;
	for (int i = 0; i < page.n; i++) {
		if (rows[i].starts_at.s == r->starts_at.s ||
		    rows[i].state != ROTA_DUE || rows[i].activity.v != 0)
			continue;
		ids[n] = rows[i].id;
		labels[n++] = arena_printf(a, "%s  %s",
		                           week_text(ui, a, rows[i].starts_at),
		                           rows[i].name);
	}
	if (n == 0) {
		ui_say(ui, "%s", _("There is nobody to change with."));
		return;
	}
	chosen = ui_menu(ui, arena_printf(a, _("%s changes with"), r->name),
	                 labels, n);
	if (chosen >= 0)
		done(ui, rota_swap(ui_ctx(ui), id, ids[chosen]),
		     _("The two have changed places."));
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"), PERM_ACTIVITY_READ, key_open, when_announced,
	 N_("Open the reception that was announced.")},
	{"Left", N_("Month before"), PERM_NONE, key_earlier, when_months, NULL},
	{"Right", N_("Month after"), PERM_NONE, key_later, when_months, NULL},
	{"F4", N_("Fill a month"), PERM_STATION_WRITE, key_fill, when_station,
	 N_("Fill the days of a month from a rule, the deputies in turn.")},
	RECORDS_KEY_EXPORT,
	{KEY_ACTION, N_("Announce the reception"), PERM_STATION_WRITE, key_announce, when_due,
	 N_("Make the reception of this hour: those on the rota are invited, its code is made.")},
	{KEY_ACTION, N_("Change with another"), PERM_STATION_WRITE, key_swap, when_due, NULL},
	{KEY_ACTION, N_("Cannot come"), PERM_STATION_WRITE, key_miss, when_expected, NULL},
	{KEY_ACTION, N_("Can come after all"), PERM_STATION_WRITE, key_back, when_absent, NULL},
	{KEY_ACTION, N_("Put one more on"), PERM_STATION_WRITE, key_add, when_open, NULL},
	{KEY_ACTION, N_("Take off the rota"), PERM_STATION_WRITE, key_drop, when_open, NULL},
	KEY_END,
};
/* clang-format on */

const struct screen screen_rota = {
    .name = "rota",
    .title = N_("Rota"),
    .about = N_("Which deputy receives people on which day, and where. A "
                "month is filled from a rule; two may change places; who "
                "cannot come is marked with the reason.\n"
                "On duty -> announced -> received people. Announcing makes "
                "the reception, an activity with a code: who signs in to it "
                "has received people, and the duty record exists."),
    .needs = PERM_ROTA_READ,
    .size = sizeof(struct rota_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
