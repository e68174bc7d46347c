/*
 * The tables of statistics: their columns, and their rows from figures and
 * counters. Reading those is db/opinion_figures.c.
 */
#include "db/opinion_stats.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/opinion_stats_in.h"
#include "db/rule.h"
#include "db/store/stmt.h"
#include "db/totals.h"

/* clang-format off */
const struct enum_name opinion_stats_bys[] = {
	{"category", N_("Category")},
	{"place",    N_("Place")},
	{"month",    N_("Month")},
	{"unit",     N_("Unit")},
	{"result",   N_("Result")},
	{"rating",   N_("Rating")},
	{"days",     N_("Working days")},
	{NULL, NULL},
};

static const struct stats_column share_columns[] = {
	{"opinions", N_("Opinions"), STATS_COUNT, 0},
	{"share",    N_("Share"),    STATS_RATE,  0},
};
static const struct stats_column figure_columns[] = {
	{"opinions",       N_("Opinions"),  STATS_COUNT,  0},
	{"settled",        N_("Settled"),   STATS_COUNT,  0},
	{"settled_rate",   N_("Rate"),      STATS_RATE,   0},
	{"solved",         N_("A solved"),  STATS_COUNT,  2},
	{"solved_rate",    N_("Rate"),      STATS_RATE,   2},
	{"satisfied",      N_("Satisfied"), STATS_COUNT,  0},
	{"satisfied_rate", N_("Rate"),      STATS_RATE,   0},
	{"median_days",    N_("Median"),    STATS_TENTHS, 1},
	{"overdue",        N_("Overdue"),   STATS_COUNT,  0},
	{"soon",           N_("Soon"),      STATS_COUNT,  3},
};
enum { MONTH_COLUMNS = 8 }; /* what was overdue then is not known */
static const struct stats_column days_columns[] = {
	{"opinions",    N_("Opinions"), STATS_COUNT,  0},
	{"median_days", N_("Median"),   STATS_TENTHS, 0},
	{"nine_in_ten", N_("90%"),      STATS_TENTHS, 0},
	{"most_days",   N_("Longest"),  STATS_TENTHS, 3},
	{"to_5",        N_("0-5"),      STATS_COUNT,  2},
	{"to_10",       N_("6-10"),     STATS_COUNT,  2},
	{"to_20",       N_("11-20"),    STATS_COUNT,  2},
	{"more",        N_("21+"),      STATS_COUNT,  2},
};
static const int day_limits[] = {5, 10, 20, DAYS_MOST};
enum { DAY_LIMITS_AT = 4 };
/* clang-format on */

struct stats_row *
stats_add_row(struct stats_making *m, int64_t id, const char *key,
              const char *label)
{
	struct stats_row *row;

	if (m->t->n == STATS_ROWS)
		return &m->t->rows[STATS_ROWS - 1];
	row = &m->t->rows[m->t->n++];
	*row = (struct stats_row){.id = id, .key = key, .label = label};
	return row;
}

/* Tenths of a percent of all. */
static int64_t
share(int64_t n, int64_t all)
{
	return totals_rate(n, all - n);
}

/* Shares of what the rows say; rows below another are part of it. */
void
stats_put_shares(struct stats_making *m, int64_t all)
{
	m->t->columns = share_columns;
	m->t->column_count = (int)COUNT(share_columns);
	for (int i = 0; i < m->t->n; i++)
		m->t->rows[i].values[1] = share(m->t->rows[i].values[0], all);
	m->t->all.values[0] = all;
	m->t->all.values[1] = share(all, all);
}

int
stats_read(struct stats_making *m, const struct stats_whose *whose,
           struct opinion_figures **out)
{
	*out = arena_alloc(m->a, sizeof(**out));
	return stats_figures(m->c, whose, m->of, *out);
}

/* --- by month and unit ----------------------------------------------- */

static void
put_figures(struct stats_row *row, const struct opinion_figures *f)
{
	int64_t settled = f->n - stats_open(f), classed = 0;
	int64_t happy = f->rated[RATING_SATISFIED] + f->rated[RATING_BASIC];
	const int64_t *days = f->days[DAYS_HANDLING];

	for (int i = RESULT_SOLVED; i <= RESULT_REFERENCE; i++)
		classed += f->results[i];
	row->values[0] = f->n;
	row->values[1] = settled;
	row->values[2] = share(settled, f->n);
	row->values[3] = f->results[RESULT_SOLVED];
	row->values[4] = share(f->results[RESULT_SOLVED], classed);
	row->values[5] = happy;
	row->values[6] = totals_rate(happy, f->rated[RATING_DISSATISFIED]);
	row->values[7] = stats_quantile(days, 500);
}

static int
make_months(struct stats_making *m)
{
	int64_t months = (m->of->to / 100 - m->of->from / 100) * 12 +
	                 m->of->to % 100 - m->of->from % 100 + 1;
	int n = months < STATS_ROWS ? (int)months : STATS_ROWS;
	struct opinion_figures *all;
	struct opinion_figures *f = arena_alloc(m->a, sizeof(*f) * (size_t)n);
	int err;

	err = stats_months(m->c, &m->whose, m->of, f, n);
	if (err == OK)
		err = stats_read(m, &m->whose, &all);
	for (int i = 0; err == OK && i < n; i++) {
		int64_t month = month_add(m->of->from, i);

		put_figures(stats_add_row(m, month, "",
		                          arena_printf(m->a, "%" PRId64 "-%02d",
		                                       month / 100,
		                                       (int)(month % 100))),
		            &f[i]);
	}
	if (err == OK)
		put_figures(&m->t->all, all);
	m->t->columns = figure_columns;
	m->t->column_count = MONTH_COLUMNS;
	return err;
}

/* Red and yellow of today: a range of the index of work in hand. */
static int
count_lights(struct ctx *c, struct stats_row *row)
{
	static const char sql[] =
	    "SELECT sum(due_on < :today), sum(due_on >= :today)"
	    "  FROM opinion INDEXED BY opinion_lights"
	    " WHERE unit IS :unit AND warn_on <= :today"
	    "   AND clock IN ('first_response', 'completion', 'feedback')"
	    "   AND state NOT IN ('closed', 'discarded', 'merged')";
	struct stmt *q = ctx_sql(c, NULL, sql);

	bind_id(q, ":unit", row->id);
	if (stmt_next(q)) {
		row->values[8] = col_int(q, 0);
		row->values[9] = col_int(q, 1);
	}
	return stmt_end(q);
}

static int
put_unit(struct stats_making *m, int64_t unit, const char *name)
{
	struct opinion_figures *f;
	struct stats_whose whose = {.unit = unit};
	struct stats_row *row = stats_add_row(m, unit, "", name);
	int err;

	err = stats_read(m, &whose, &f);
	if (err == OK)
		err = count_lights(m->c, row);
	put_figures(row, f);
	for (int i = 8; i < STATS_COLUMNS; i++)
		m->t->all.values[i] += row->values[i];
	if (err == OK && unit == 0 && f->n == 0 && row->values[8] == 0 &&
	    row->values[9] == 0)
		m->t->n--; /* nothing came to the county itself */
	return err;
}

static int
make_units(struct stats_making *m)
{
	static const char sql[] = "SELECT id, name FROM unit"
				  " WHERE :unit IS NULL OR id = :unit"
				  " ORDER BY position, id";
	struct unit_name {
		int64_t id;
		const char *name;
	} *units = arena_alloc(m->a, sizeof(*units) * STATS_ROWS);
	struct opinion_figures *all;
	struct stmt *q = ctx_sql(m->c, NULL, sql);
	int n = 0, err;

	bind_id(q, ":unit", m->whose.unit);
	for (; n < STATS_ROWS - 1 && stmt_next(q); n++)
		units[n] = (struct unit_name){
		    col_int(q, 0), arena_strdup(m->a, col_text(q, 1))};
	err = stmt_end(q);
	for (int i = 0; err == OK && i < n; i++)
		err = put_unit(m, units[i].id, units[i].name);
	if (err == OK && m->whose.county)
		err = put_unit(m, 0, _("The county itself"));
	if (err == OK)
		err = stats_read(m, &m->whose, &all);
	if (err == OK)
		put_figures(&m->t->all, all);
	m->t->columns = figure_columns;
	m->t->column_count = STATS_COLUMNS;
	return err;
}

/* --- by result, rating, days ----------------------------------------- */

static int
make_results(struct stats_making *m)
{
	struct opinion_figures *f;
	int err;

	err = stats_read(m, &m->whose, &f);
	for (int i = RESULT_SOLVED; i <= RESULT_REFERENCE; i++)
		stats_add_row(m, 0, opinion_results[i].name,
		              _(opinion_results[i].label))
		    ->values[0] = f->results[i];
	stats_add_row(m, 0, opinion_results[RESULT_NONE].name,
	              _(opinion_results[RESULT_NONE].label))
	    ->values[0] = f->results[RESULT_NONE];
	stats_put_shares(m, f->n);
	return err;
}

static void
put_ratings(struct stats_making *m, const int64_t rated[RATING_SILENT + 1],
            bool by_hand)
{
	for (int i = RATING_SATISFIED; i <= RATING_DISSATISFIED; i++) {
		const char *name = opinion_ratings[i].name;
		const char *label = _(opinion_ratings[i].label);

		if (by_hand) {
			name = arena_printf(m->a, "%s/hand", name);
			label = arena_printf(m->a, _("%s, by hand"), label);
		}
		stats_add_row(m, 0, name, label)->values[0] = rated[i];
	}
}

/* Rates are of those who rated themselves; the others have none. */
static int
make_ratings(struct stats_making *m)
{
	struct opinion_figures *f;
	int64_t rated;
	int err;

	err = stats_read(m, &m->whose, &f);
	rated = f->rated[RATING_SATISFIED] + f->rated[RATING_BASIC] +
	        f->rated[RATING_DISSATISFIED];
	put_ratings(m, f->rated, false);
	stats_put_shares(m, rated);
	m->t->all.values[0] = f->n;
	m->t->all.values[1] = STATS_UNKNOWN;
	put_ratings(m, f->by_hand, true);
	for (int i = 0; i < 2; i++) {
		int rating = i == 0 ? RATING_SILENT : RATING_NONE;

		stats_add_row(m, 0, opinion_ratings[rating].name,
		              _(opinion_ratings[rating].label))
		    ->values[0] = f->rated[rating] + f->by_hand[rating];
	}
	for (int i = RATING_DISSATISFIED; i < m->t->n; i++)
		m->t->rows[i].values[1] = STATS_UNKNOWN;
	return err;
}

static void
put_days(struct stats_row *row, const int64_t days[DAYS_MOST + 1])
{
	int day = 0;

	for (size_t i = 0; i < COUNT(day_limits); i++)
		for (; day <= day_limits[i]; day++)
			row->values[DAY_LIMITS_AT + i] += days[day];
	for (size_t i = 0; i < COUNT(day_limits); i++)
		row->values[0] += row->values[DAY_LIMITS_AT + i];
	row->values[1] = stats_quantile(days, 500);
	row->values[2] = stats_quantile(days, 900);
	row->values[3] = stats_quantile(days, 1000);
}

static int
make_days(struct stats_making *m)
{
	struct opinion_figures *f;
	int err;

	err = stats_read(m, &m->whose, &f);
	for (int i = 0; i < DAYS_STEPS; i++)
		put_days(stats_add_row(m, 0, stats_steps[i].name,
		                       _(stats_steps[i].label)),
		         f->days[i]);
	m->t->columns = days_columns;
	m->t->column_count = (int)COUNT(days_columns);
	for (int i = 0; i < STATS_COLUMNS; i++)
		m->t->all.values[i] = STATS_UNKNOWN;
	m->t->all.values[0] = f->n;
	return err;
}

/* --- the whole ------------------------------------------------------- */

static int (*const makers[STATS_BYS])(struct stats_making *m) = {
    [STATS_CATEGORY] = stats_categories,
    [STATS_PLACE] = stats_places,
    [STATS_MONTH] = make_months,
    [STATS_UNIT] = make_units,
    [STATS_RESULT] = make_results,
    [STATS_RATING] = make_ratings,
    [STATS_DAYS] = make_days,
};

/* As whose() of totals: who sees one unit has its figures. */
static int
find_whose(const struct ctx *c, struct unit_id wanted,
           struct stats_whose *whose)
{
	if (!may(c, PERM_OPINION_STATS))
		return ERR_DENIED;
	*whose = (struct stats_whose){wanted.v == 0, wanted.v};
	if (c->scope == SCOPE_COUNTY)
		return OK;
	if ((c->scope != SCOPE_UNIT && c->scope != SCOPE_STATION) ||
	    (wanted.v != 0 && wanted.v != c->my_unit))
		return ERR_DENIED;
	*whose = (struct stats_whose){false, c->my_unit};
	return OK;
}

static bool
is_month(int64_t month)
{
	return month % 100 >= 1 && month % 100 <= 12 &&
	       month >= STATS_EVER_FROM && month <= STATS_EVER_TO;
}

int
opinion_stats(struct ctx *c, struct arena *a, enum opinion_stats_by by,
              const struct opinion_stats_of *of, struct stats_table *out)
{
	struct opinion_stats_of span = *of;
	int64_t now = month_of(ctx_today(c));
	struct stats_table t = {
	    .rows = arena_alloc(a, sizeof(*t.rows) * STATS_ROWS)};
	struct stats_making m = {.c = c, .a = a, .of = &span, .t = &t};
	int err = find_whose(c, of->unit, &m.whose);

	if (err == OK && (!is_month(of->from) || !is_month(of->to) ||
	                  of->from > of->to || by >= STATS_BYS))
		err = ERR_INVALID;
	if (by == STATS_MONTH && now >= span.from && now < span.to)
		span.to = now; /* nothing has come yet in those to come */
	if (err == OK && by == STATS_MONTH && of->to / 100 > of->from / 100)
		err = stats_narrow(c, &m.whose, &span);
	t.all.key = "";
	t.all.label = _("All");
	if (err == OK)
		err = makers[by](&m);
	if (err == OK)
		*out = t;
	return err;
}
