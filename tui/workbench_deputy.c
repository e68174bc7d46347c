/*
 * The workbench of a deputy: the year so far beside what waits, and below it
 * the proof that it was counted.
 */
#include "tui/workbench.h"

#include "db/base/i18n.h"
#include "db/duty_record.h"
#include "db/office.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/widget/value.h"

const char *
bench_points(struct arena *a, int64_t tenths)
{
	const char *sign = tenths < 0 ? "-" : "+";
	int64_t size = tenths < 0 ? -tenths : tenths;

	if (size % 10 == 0)
		return arena_printf(a, "%s%lld", sign, (long long)(size / 10));
	return arena_printf(a, "%s%lld.%d", sign, (long long)(size / 10),
	                    (int)(size % 10));
}

static int
load_recent(struct ui *ui, struct workbench *w)
{
	struct ctx *c = ui_ctx(ui);
	struct list_query query = {
	    .values = {{.filter = DUTY_LIST_PERSON, .v = c->me}},
	    .value_count = 1,
	};
	struct list_page page;
	int err = list_fetch(c, ui_arena(ui), &duty_record_list, &query,
	                     LIST_FIRST, NULL, BENCH_ROWS, &page);

	if (err != OK)
		return err;
	w->rows = page.rows;
	w->row_count = page.n;
	return OK;
}

static void
figures_of(struct ui *ui, struct workbench *w, const struct duty_year *year,
           const struct duty_rank *rank)
{
	struct arena *a = ui_arena(ui);
	int64_t most = 0;

	for (int i = 0; i < year->n; i++) {
		int64_t n = year->sums[i].full + year->sums[i].late;

		most = n > most ? n : most;
	}
	for (int i = 0; i < year->n; i++) {
		const struct duty_sum *sum = &year->sums[i];
		int64_t n = sum->full + sum->late;
		struct bench_figure *f = bench_count(
		    ui, w, role_label(sum->label, sum->label_en), n, NULL);

		f->n = n;
		f->max = most;
	}
	bench_figure(w, _("Points"),
	             arena_printf(a, "%lld.%d", (long long)(year->points / 10),
	                          (int)(year->points % 10)),
	             rank->of == 0 ? NULL
	                           : arena_printf(a, _("rank %lld / %lld"),
	                                          (long long)rank->place,
	                                          (long long)rank->of));
}

static int
load(struct ui *ui, struct workbench *w)
{
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct person_id me = {c->me};
	struct duty_year year;
	struct duty_rank rank;
	int err;

	if (!ui_may(ui, PERM_DUTY_READ)) /* of the assembly: no file */
		return OK;
	err = duty_year_get(c, a, me, ui_today(ui).year, &year);
	if (err == OK)
		err = duty_rank_get(c, me, ui_today(ui).year, &rank);
	if (err == OK)
		err = load_recent(ui, w);
	if (err != OK)
		return err;
	w->side = arena_printf(a, _("My year %d"), ui_today(ui).year);
	figures_of(ui, w, &year, &rank);
	return OK;
}

static int
kind_of(const struct duty_line *row)
{
	const struct entity *e = entity_named(row->subject_kind);

	return e != NULL ? (int)e->kind : ENTITY_ACTIVITY;
}

static void
fill(struct ui *ui, struct workbench *w)
{
	struct arena *a = ui_arena(ui);
	const struct duty_line *rows = w->rows;
	/* the mark, and the other cells with their blanks */
	int title = w->columns - 2 - 11 - 13 - 7;

	if (!ui_may(ui, PERM_DUTY_READ))
		return;
	page_heading(&w->below, _("Latest records"));
	if (w->row_count == 0)
		page_text(&w->below, THEME_DIM,
		          _("Signing in to an activity makes the first one: "
		            "F6, then its short code."));
	for (int i = 0; i < w->row_count; i++) {
		const struct duty_line *row = &rows[i];
		struct page_cell cells[] = {
		    {day_show(a, day_of(row->happened_at), ui_today(ui)), 10,
		     false, THEME_NORMAL},
		    {row->title, title, false, THEME_NORMAL},
		    {role_label(row->kind_label, row->kind_label_en), 11, false,
		     THEME_NORMAL},
		    {bench_points(a, row->points), 6, true, THEME_NORMAL},
		};

		page_item_cells(&w->below, row->subject, kind_of(row), cells,
		                4);
	}
}

/* What a record came from. */
static void
open_record(struct ui *ui, int64_t id, int kind)
{
	if (kind == ENTITY_BALLOT)
		ui_push(ui, &screen_ballot, id);
	else if (kind == ENTITY_OPINION)
		ui_push(ui, &screen_opinion, id);
	else
		ui_push(ui, &screen_activity, id);
}

const struct bench bench_deputy = {
    .name = "deputy",
    .nothing = N_("Nothing waits for you. Invitations to activities appear "
                  "here."),
    .todo_rows = 7,
    .kinds = ENTITY_BIT(ACTIVITY) | ENTITY_BIT(PARTICIPANT) |
             ENTITY_BIT(DUTY_RECORD) | ENTITY_BIT(ROTA),
    .load = load,
    .fill = fill,
    .open = open_record,
};
