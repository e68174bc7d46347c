/* The yearly plan: what is due in which month, and how far it is. */
#include "db/base/i18n.h"
#include "db/plan_item.h"
#include "db/store/ctx.h"
#include "db/unit.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/station_pick.h"

struct plan {
	struct records list;
	int64_t year;
	struct plan_progress progress; /* of the year */
};

static const char *
cell_month(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data;
	return month_text(a, ((const struct plan_line *)row)->month);
}

static const char *
cell_unit(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct plan_line *r = row;

	(void)ui, (void)data, (void)a;
	return r->unit.v != 0 ? r->unit_name : _("the county");
}

static const char *
cell_activities(struct ui *ui, void *data, const void *row, struct arena *a)
{
	int64_t n = ((const struct plan_line *)row)->activities;

	(void)ui, (void)data;
	return n == 0 ? "" : arena_printf(a, "%lld", (long long)n);
}

/* Late: its month is over and it is not done. */
static bool
is_late(struct ui *ui, const struct plan_line *r)
{
	return r->state < PLAN_DONE && r->month < month_of(ui_today(ui));
}

static const char *
cell_state(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct plan_line *r = row;
	const char *state = _(plan_states[r->state].label);

	(void)data;
	return is_late(ui, r) ? arena_printf(a, "%s, %s", state, _("overdue"))
	                      : state;
}

static enum theme
role_state(struct ui *ui, void *data, const void *row)
{
	const struct plan_line *r = row;

	(void)data;
	return is_late(ui, r)          ? THEME_ALARM
	       : r->state == PLAN_DONE ? THEME_DONE
	                               : THEME_NORMAL;
}

/* clang-format off */
static const struct table_column columns[] = {
	{.heading = N_("Due in"), .width = 8, .text = cell_month},
	{.heading = N_("Unit"), .width = 10, .text = cell_unit, .priority = 2},
	{.field = "title", .stretch = true},
	{.field = "office", .width = 14, .priority = 1},
	{.heading = N_("Activities"), .width = 10, .right = true, .text = cell_activities, .priority = 3},
	{.heading = N_("State"), .width = 20, .text = cell_state, .role = role_state},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const char *
note(struct ui *ui, void *data, struct arena *a)
{
	const struct plan *s = data;
	const struct plan_progress *p = &s->progress;
	int64_t all = p->planned + p->in_progress + p->done;

	(void)ui;
	return arena_printf(a, _("%lld: %lld of %lld done, %lld overdue"),
	                    (long long)s->year, (long long)p->done,
	                    (long long)all, (long long)p->late);
}

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct plan_line, id),
    .note = note,
    .empty = N_("Nothing is planned for this year. F4 makes the first item."),
};

static const struct records_spec spec = {
    .list = &plan_list,
    .table = &table,
    .find = PLAN_LIST_TITLE,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct plan *s = data;

	(void)arg;
	s->year = ui_today(ui).year;
	records_init(&s->list, &spec, ui, s);
	records_filter(&s->list, PLAN_LIST_YEAR, s->year, NULL);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct plan *s = data;
	int err = plan_progress(ui_ctx(ui), s->year, &s->progress);

	ui_watch(ui, ENTITY_BIT(PLAN_ITEM), ui_ctx(ui)->my_unit);
	return err == OK ? records_load(&s->list) : err;
}

/* --- keys -------------------------------------------------------------- */

static const struct plan_line *
row_of(const void *data)
{
	return records_row(&((const struct plan *)data)->list);
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
	ui_push(ui, &screen_plan_item, row_of(data)->id.v);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_plan_form, 0);
}

static void
go_year(struct ui *ui, struct plan *s, int n)
{
	s->year += n;
	records_filter(&s->list, PLAN_LIST_YEAR, s->year, NULL);
	if (ui_error(ui, records_restart(&s->list)) == OK)
		ui_reload(ui);
}

/* Whose plan: of one unit, or of all again. */
static void
key_unit(struct ui *ui, void *data)
{
	enum { UNITS_MAX = 39 };
	struct plan *s = data;
	const char *labels[UNITS_MAX + 1];
	struct unit *units;
	int n, chosen;

	if (ui_error(ui, unit_list(ui_ctx(ui), ui_arena(ui), &units, &n)) != OK)
		return;
	n = n > UNITS_MAX ? UNITS_MAX : n;
	labels[0] = _("all units");
	for (int i = 0; i < n; i++)
		labels[i + 1] = units[i].name;
	chosen = ui_menu(ui, _("Whose plan"), labels, n + 1);
	if (chosen == 0)
		records_filter_remove(&s->list, PLAN_LIST_UNIT);
	else if (chosen > 0)
		records_filter_by_person(&s->list, PLAN_LIST_UNIT,
		                         units[chosen - 1].id.v, NULL);
	if (chosen >= 0)
		ui_error(ui, records_restart(&s->list));
}

static bool
when_several(struct ui *ui, const void *data)
{
	(void)data;
	return ui_ctx(ui)->scope == SCOPE_COUNTY;
}

static void
key_earlier(struct ui *ui, void *data)
{
	go_year(ui, data, -1);
}

static void
key_later(struct ui *ui, void *data)
{
	go_year(ui, data, 1);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"), PERM_NONE, key_open, when_row, NULL},
	{"F4", N_("New"), PERM_STATION_WRITE, key_new, NULL, NULL},
	{"F5", N_("Unit"), PERM_NONE, key_unit, when_several,
	 N_("Only the plan of one unit; Backspace shows all again.")},
	{"Left", N_("Year before"), PERM_NONE, key_earlier, NULL, NULL},
	{"Right", N_("Year after"), PERM_NONE, key_later, NULL, NULL},
	RECORDS_KEY_EXPORT,
	KEY_END,
};
/* clang-format on */

const struct screen screen_plan = {
    .name = "plan",
    .title = N_("Yearly plan"),
    .about = N_("What is to be done by which month, and who sees to it.\n"
                "Planned -> in progress -> done; or dropped, with a reason. "
                "What is not done when its month is over is overdue."),
    .needs = PERM_STATION_READ,
    .size = sizeof(struct plan),
    .keys = keys,
    .open = open,
    .load = load,
};
