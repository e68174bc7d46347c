/* Counters of opinions, read into the figures of a unit or a month. */
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/opinion_stats_in.h"
#include "db/store/stmt.h"

const struct enum_name stats_steps[] = {
    {"response", N_("First response")},
    {"handling", N_("Handling")},
    {"feedback", N_("Citizen told")},
    {NULL, NULL},
};

static const char sql_counters[] = "SELECT period, part, n FROM counter"
				   " WHERE what = :what AND id = :id"
				   "   AND period BETWEEN :from AND :to";

int
stats_counters(struct ctx *c, const char *what, const struct stats_whose *whose,
               const struct opinion_stats_of *of, stats_add *add, void *data)
{
	struct arena *a = arena_new();
	struct stmt *q = ctx_sql(c, NULL, sql_counters);
	int err;

	bind_text(
	    q, ":what",
	    arena_printf(a, "%s.%s", what, whose->county ? "county" : "unit"));
	bind_int(q, ":id", whose->unit);
	bind_int(q, ":from", of->from);
	bind_int(q, ":to", of->to);
	while (stmt_next(q))
		add(data, col_int(q, 0), col_text(q, 1), col_int(q, 2));
	err = stmt_end(q);
	arena_free(a);
	return err;
}

/* --- into figures ---------------------------------------------------- */

struct filling {
	struct opinion_figures *figures;
	int64_t from; /* month of figures[0]; 0: there is one only */
	int n;
};

static int64_t
months_between(int64_t from, int64_t to)
{
	return (to / 100 - from / 100) * 12 + to % 100 - from % 100;
}

/* NULL: of no month that is asked for. */
static struct opinion_figures *
of_period(const struct filling *f, int64_t period)
{
	int64_t i = f->from != 0 ? months_between(f->from, period) : 0;

	return i >= 0 && i < f->n ? &f->figures[i] : NULL;
}

static void
add_state(void *data, int64_t period, const char *part, int64_t n)
{
	struct opinion_figures *f = of_period(data, period);
	int state = enum_index(opinion_states, part);

	if (f == NULL || state < 0)
		return;
	f->n += n;
	f->states[state] += n;
}

static void
add_result(void *data, int64_t period, const char *part, int64_t n)
{
	struct opinion_figures *f = of_period(data, period);
	int result = enum_index(opinion_results, part);

	if (f != NULL && result >= 0)
		f->results[result] += n;
}

/* "satisfied", or "satisfied/hand". */
static void
add_rating(void *data, int64_t period, const char *part, int64_t n)
{
	struct opinion_figures *f = of_period(data, period);
	size_t length = strcspn(part, "/");
	const struct enum_name *e = opinion_ratings;

	while (e->name != NULL && (strlen(e->name) != length ||
	                           memcmp(e->name, part, length) != 0))
		e++;
	if (f != NULL && e->name != NULL)
		(part[length] == '/' ? f->by_hand
		                     : f->rated)[e - opinion_ratings] += n;
}

/* "handling/12". */
static void
add_days(void *data, int64_t period, const char *part, int64_t n)
{
	struct opinion_figures *f = of_period(data, period);
	const char *slash = strchr(part, '/');
	int64_t days = slash != NULL ? strtoll(slash + 1, NULL, 10) : -1;

	if (f == NULL || days < 0)
		return;
	days = days < DAYS_MOST ? days : DAYS_MOST;
	for (int i = 0; i < DAYS_STEPS; i++)
		if (strncmp(stats_steps[i].name, part,
		            (size_t)(slash - part)) == 0)
			f->days[i][days] += n;
}

static int
fill(struct ctx *c, const struct stats_whose *whose,
     const struct opinion_stats_of *of, struct filling *f)
{
	static const struct {
		const char *what;
		stats_add *add;
	} parts[] = {
	    {"opinion", add_state},
	    {"opinion_result", add_result},
	    {"opinion_rating", add_rating},
	    {"opinion_days", add_days},
	};
	int err = OK;

	for (size_t i = 0; i < COUNT(parts) && err == OK; i++)
		err = stats_counters(c, parts[i].what, whose, of, parts[i].add,
		                     f);
	return err;
}

int
stats_figures(struct ctx *c, const struct stats_whose *whose,
              const struct opinion_stats_of *of, struct opinion_figures *out)
{
	return fill(c, whose, of, &(struct filling){out, 0, 1});
}

int
stats_months(struct ctx *c, const struct stats_whose *whose,
             const struct opinion_stats_of *of, struct opinion_figures *out,
             int n)
{
	return fill(c, whose, of, &(struct filling){out, of->from, n});
}

/* --- months ---------------------------------------------------------- */

int
stats_narrow(struct ctx *c, const struct stats_whose *whose,
             struct opinion_stats_of *of)
{
	static const char first[] =
	    "SELECT period FROM counter WHERE what = :what AND id = :id"
	    " ORDER BY period LIMIT 1";
	static const char last[] =
	    "SELECT period FROM counter WHERE what = :what AND id = :id"
	    " ORDER BY period DESC LIMIT 1";
	static const char *const texts[] = {first, last};
	int64_t months[2] = {0, 0};
	int err = OK;

	for (int i = 0; i < 2 && err == OK; i++) {
		struct stmt *q = ctx_sql(c, NULL, texts[i]);

		bind_text(q, ":what",
		          whose->county ? "opinion.county" : "opinion.unit");
		bind_int(q, ":id", whose->unit);
		err = stmt_int(q, &months[i]);
	}
	if (err == ERR_NOT_FOUND) { /* nothing ever came */
		of->to = of->from;
		return OK;
	}
	of->from = of->from < months[0] ? months[0] : of->from;
	of->to = of->to > months[1] ? months[1] : of->to;
	if (of->to < of->from)
		of->to = of->from;
	return err;
}

/* --- what they say --------------------------------------------------- */

int64_t
stats_open(const struct opinion_figures *f)
{
	int64_t open = 0;

	for (int i = 0; i < OPINION_STATES; i++)
		open += opinion_is_open(i) ? f->states[i] : 0;
	return open;
}

/* Of the values in order the one at place i, from 0. */
static int64_t
value_at(const int64_t days[DAYS_MOST + 1], int64_t i)
{
	int64_t day = 0;

	for (int64_t before = 0; day < DAYS_MOST; day++) {
		before += days[day];
		if (before > i)
			break;
	}
	return day;
}

int64_t
stats_quantile(const int64_t days[DAYS_MOST + 1], int share)
{
	enum { ALL = 1000, HALF = 500 };
	int64_t n = 0;

	for (int i = 0; i <= DAYS_MOST; i++)
		n += days[i];
	if (n == 0)
		return STATS_UNKNOWN;
	if (share == HALF)
		return 5 *
		       (value_at(days, (n - 1) / 2) + value_at(days, n / 2));
	/* the least that so many took at most */
	return 10 * value_at(days, (n * share + ALL - 1) / ALL - 1);
}
