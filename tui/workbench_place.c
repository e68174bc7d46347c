/*
 * The workbenches of a unit and of a station: the month in figures beside
 * what waits, below it what is held from today on. Handling units have
 * theirs here too, until matters are assigned to them.
 */
#include "tui/workbench.h"

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/widget/value.h"

struct bench_figure *
bench_count(struct ui *ui, struct workbench *w, const char *label, int64_t n,
            const char *note)
{
	return bench_figure(w, label, value_grouped(ui_arena(ui), (long long)n),
	                    note);
}

const char *
bench_rate(struct arena *a, int64_t present, int64_t missed)
{
	int64_t rate = totals_rate(present, missed);

	if (rate < 0)
		return "-";
	return arena_printf(a, "%lld.%d%%", (long long)(rate / 10),
	                    (int)(rate % 10));
}

static int
load_coming(struct ui *ui, struct workbench *w)
{
	struct list_query query = {
	    .order = ACTIVITY_BY_START,
	    .values = {{.filter = ACTIVITY_LIST_FROM,
	                .v = clock_at(ui_today(ui), 0, 0).s}},
	    .value_count = 1,
	};
	struct list_page page;
	int err = list_fetch(ui_ctx(ui), ui_arena(ui), &activity_list, &query,
	                     LIST_FIRST, NULL, BENCH_ROWS, &page);

	if (err != OK)
		return err;
	w->rows = page.rows;
	w->row_count = page.n;
	return OK;
}

static int
load(struct ui *ui, struct workbench *w)
{
	struct arena *a = ui_arena(ui);
	struct totals t;
	int err = totals_get(ui_ctx(ui), (struct unit_id){0}, &t);

	if (err == OK)
		err = load_coming(ui, w);
	if (err != OK)
		return err;
	w->side = arena_printf(a, _("Activities in %d"), ui_today(ui).year);
	bench_totals(ui, w, &t);
	return OK;
}

void
bench_totals(struct ui *ui, struct workbench *w, const struct totals *t)
{
	struct arena *a = ui_arena(ui);

	bench_count(
	    ui, w, _("Today"), t->today,
	    arena_printf(a, _("signed in %lld"), (long long)t->today_signed));
	bench_count(
	    ui, w, _("This month"), t->month,
	    arena_printf(a, _("attendance %s"),
	                 bench_rate(a, t->month_present, t->month_missed)));
	bench_count(
	    ui, w, _("This year"), t->year,
	    arena_printf(a, _("attendance %s"),
	                 bench_rate(a, t->year_present, t->year_missed)));
	bench_count(ui, w, _("Deputies"), t->deputies,
	            arena_printf(a, _("records %s"),
	                         value_grouped(a, (long long)t->records)));
}

static const char *
signed_of(struct arena *a, const struct activity_line *row)
{
	return row->total == 0
	           ? ""
	           : arena_printf(a, "%lld/%lld", (long long)row->present,
	                          (long long)row->total);
}

static void
fill(struct ui *ui, struct workbench *w)
{
	struct arena *a = ui_arena(ui);
	const struct activity_line *rows = w->rows;
	int columns = w->columns;
	int venue = columns >= 100 ? 30 : columns >= 70 ? 16 : 0;
	/* the mark, and the other cells with their blanks */
	int title = columns - 2 - 12 - 8 - 11 - venue - 1;

	page_heading(&w->below, _("From today on"));
	if (w->row_count == 0)
		page_text(&w->below, THEME_DIM,
		          _("No activity is planned. F4 prepares one."));
	for (int i = 0; i < w->row_count; i++) {
		const struct activity_line *row = &rows[i];
		struct page_cell cells[] = {
		    {instant_show(a, row->starts_at, ui_today(ui)), 11, false,
		     THEME_NORMAL},
		    {row->title, title, false, THEME_NORMAL},
		    {signed_of(a, row), 7, true, THEME_NORMAL},
		    {_(activity_states[row->state].label), 10, false,
		     row->state == ACTIVITY_OPEN ? THEME_DONE : THEME_NORMAL},
		    {row->venue, venue, false, THEME_DIM},
		};

		page_item_cells(&w->below, row->id.v, 0, cells,
		                venue > 0 ? 5 : 4);
	}
}

static void
open_activity(struct ui *ui, int64_t id, int kind)
{
	(void)kind;
	ui_push(ui, &screen_activity, id);
}

#define PLACE_KINDS                                                            \
	(ENTITY_BIT(ACTIVITY) | ENTITY_BIT(PARTICIPANT) |                      \
	 ENTITY_BIT(DUTY_RECORD) | ENTITY_BIT(MANDATE) | ENTITY_BIT(RECEIPT))

const struct bench bench_unit = {
    .name = "unit",
    .nothing = N_("Nothing waits. What is to be held, granted or confirmed "
                  "appears here."),
    .todo_rows = 8,
    .kinds = PLACE_KINDS,
    .load = load,
    .fill = fill,
    .open = open_activity,
};

const struct bench bench_station = {
    .name = "station",
    .nothing = N_("Nothing waits. What is to be held, granted or confirmed "
                  "appears here."),
    .todo_rows = 8,
    .kinds = PLACE_KINDS,
    .load = load,
    .fill = fill,
    .open = open_activity,
};

/* --- handling units --------------------------------------------------- */

static int
organ_load(struct ui *ui, struct workbench *w)
{
	(void)ui, (void)w;
	return OK;
}

static void
organ_fill(struct ui *ui, struct workbench *w)
{
	(void)ui, (void)w;
}

const struct bench bench_organ = {
    .name = "organ",
    .nothing = N_("Nothing has been assigned to your office. Matters that "
                  "are, appear here with the day they are due."),
    .todo_rows = 8,
    .load = organ_load,
    .fill = organ_fill,
    .open = open_activity,
};
