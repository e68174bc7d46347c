/*
 * The workbenches of the county's staff and of leaders: the county's
 * headline beside what waits, below it a row a unit. Enter goes into one.
 */
#include "tui/workbench.h"

#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/widget/bar.h"
#include "tui/widget/value.h"

enum { UNIT_MIN = 12, UNIT_MAX = 24, BAR_FROM = 96, BAR_COLUMNS = 20 };

struct county {
	struct totals_unit *units;
	int64_t months[12];
	struct totals all;
};

static const char *
place(const struct workbench *w, const struct todo *t)
{
	const struct county *county = w->rows;

	for (int i = 0; i < w->row_count; i++)
		if (county->units[i].unit.v == t->unit.v)
			return county->units[i].name;
	return "";
}

static int
load(struct ui *ui, struct workbench *w)
{
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct county *county = arena_alloc(a, sizeof(*county));
	struct unit_id none = {0};
	int err = totals_get(c, none, &county->all);

	if (err == OK)
		err = totals_units(c, a, &county->units, &w->row_count);
	if (err == OK)
		err = totals_months(c, none, ui_today(ui).year, county->months);
	if (err != OK)
		return err;
	w->rows = county;
	w->todo_place = place;
	w->side = arena_printf(a, _("The county on %s"),
	                       day_show(a, ui_today(ui), ui_today(ui)));
	bench_totals(ui, w, &county->all);
	return OK;
}

static const char *
count(struct arena *a, int64_t n)
{
	return value_grouped(a, (long long)n);
}

/* Columns after the unit's name: deputies, activities of the month and the
 * year, attendance, records. */
enum { WIDTH = 10, NUMBERS = 5 };

static void
head(struct workbench *w, int name)
{
	const struct page_cell cells[] = {
	    {_("Unit"), name, false, THEME_HEADING},
	    {_("Deputies"), WIDTH, true, THEME_HEADING},
	    {C_("activities", "This month"), WIDTH, true, THEME_HEADING},
	    {_("Attendance"), WIDTH, true, THEME_HEADING},
	    {C_("activities", "This year"), WIDTH, true, THEME_HEADING},
	    {_("Records"), WIDTH, true, THEME_HEADING},
	};

	page_cells(&w->below, cells, NUMBERS + 1);
}

static void
row(struct ui *ui, struct workbench *w, const struct totals_unit *unit,
    int name, int64_t most)
{
	struct arena *a = ui_arena(ui);
	const struct totals *t = &unit->t;
	int n = NUMBERS + (most > 0 ? 3 : 1);
	const struct page_cell cells[] = {
	    {unit->name, name, false, THEME_NORMAL},
	    {count(a, t->deputies), WIDTH, true, THEME_NORMAL},
	    {count(a, t->month), WIDTH, true, THEME_NORMAL},
	    {bench_rate(a, t->month_present, t->month_missed), WIDTH, true,
	     THEME_NORMAL},
	    {count(a, t->year), WIDTH, true, THEME_NORMAL},
	    {count(a, t->records), WIDTH, true, THEME_NORMAL},
	    {" ", 1, false, THEME_NORMAL},
	    {bar_text(a, t->records, most, BAR_COLUMNS, false), BAR_COLUMNS,
	     false, THEME_BAR},
	};

	if (unit->unit.v == 0)
		page_cells(&w->below, cells, n);
	else
		page_item_cells(&w->below, unit->unit.v, 0, cells, n);
}

static void
months(struct ui *ui, struct workbench *w, const struct county *county)
{
	struct arena *a = ui_arena(ui);
	const char *text = "";

	for (int i = 0; i < 12 && i < ui_today(ui).month; i++)
		text = arena_printf(a, "%s %lld", text,
		                    (long long)county->months[i]);
	page_blank(&w->below);
	page_pairf(&w->below, _("Activities by month"), "%s",
	           text + (*text == ' '));
}

static void
fill(struct ui *ui, struct workbench *w)
{
	const struct county *county = w->rows;
	int columns = w->columns;
	bool bars = columns >= BAR_FROM;
	int name =
	    columns - 3 - NUMBERS * (WIDTH + 1) - (bars ? BAR_COLUMNS + 3 : 0);
	int64_t most = 0;
	struct totals_unit all = {.name = _("All units"), .t = county->all};

	name = name < UNIT_MIN ? UNIT_MIN : name > UNIT_MAX ? UNIT_MAX : name;
	if (w->row_count == 0) {
		page_text(&w->below, THEME_DIM,
		          _("No units yet: the administrator sets them up."));
		return;
	}
	for (int i = 0; i < w->row_count; i++)
		if (county->units[i].t.records > most)
			most = county->units[i].t.records;
	head(w, name);
	for (int i = 0; i < w->row_count; i++)
		row(ui, w, &county->units[i], name, bars ? most : 0);
	if (w->below_rows > w->row_count + 1)
		row(ui, w, &all, name, 0);
	if (w->below_rows > w->row_count + 3)
		months(ui, w, county);
}

static void
open_unit(struct ui *ui, int64_t id, int kind)
{
	(void)kind;
	ui_push(ui, &screen_station, id);
}

#define COUNTY_KINDS                                                           \
	(ENTITY_BIT(ACTIVITY) | ENTITY_BIT(PARTICIPANT) |                      \
	 ENTITY_BIT(DUTY_RECORD) | ENTITY_BIT(MANDATE) | ENTITY_BIT(UNIT))

const struct bench bench_county = {
    .name = "county",
    .nothing = N_("Nothing waits for the county."),
    .todo_rows = 4,
    .kinds = COUNTY_KINDS,
    .load = load,
    .fill = fill,
    .open = open_unit,
};

const struct bench bench_leader = {
    .name = "leader",
    .nothing = N_("Nothing waits for you."),
    .todo_rows = 4,
    .kinds = COUNTY_KINDS,
    .load = load,
    .fill = fill,
    .open = open_unit,
};
