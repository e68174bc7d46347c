/* Statistics by category, as its tree, and by place; a value as text, and
 * which opinions a row counts. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/opinion_stats_in.h"
#include "db/rule.h"
#include "db/store/stmt.h"

/* --- by category ----------------------------------------------------- */

struct sums {
	struct stats_making *m;
	struct rule *rules;
	int n;
	int64_t *sums;       /* of a rule and what is below it */
	int64_t none, other; /* not sorted; of categories that are no more */
	int64_t all;
};

static bool
is_within(const char *name, const char *top)
{
	size_t length = strlen(top);

	return strncmp(name, top, length) == 0 &&
	       (name[length] == '\0' || name[length] == '.');
}

static void
add_category(void *data, int64_t period, const char *part, int64_t n)
{
	struct sums *s = data;
	bool found = false;

	(void)period;
	s->all += n;
	for (int i = 0; i < s->n; i++) {
		if (!is_within(part, s->rules[i].name))
			continue;
		s->sums[i] += n;
		found = true;
	}
	if (*part == '\0')
		s->none += n;
	else if (!found)
		s->other += n;
}

/* The rules below parent, most first, each with those below it. */
static void
put_below(struct sums *s, const char *parent, int depth)
{
	enum { DEPTH_MAX = 5 };
	int last = -1;

	if (depth == DEPTH_MAX)
		return;
	for (;;) {
		struct stats_row *row;
		int best = -1;

		for (int i = 0; i < s->n; i++)
			if (s->sums[i] > 0 &&
			    strcmp(s->rules[i].part, parent) == 0 &&
			    (best < 0 || s->sums[i] > s->sums[best]))
				best = i;
		if (best < 0 || best == last)
			return;
		row =
		    stats_add_row(s->m, 0, s->rules[best].name,
		                  activity_kind_label(s->rules[best].label,
		                                      s->rules[best].label_en));
		row->depth = depth;
		row->values[0] = s->sums[best];
		s->sums[best] = 0;
		put_below(s, s->rules[best].name, depth + 1);
		last = best;
	}
}

int
stats_categories(struct stats_making *m)
{
	struct sums s = {.m = m};
	int err = rule_list(m->c, m->a, RULE_CATEGORY, ctx_today(m->c),
	                    &s.rules, &s.n);

	if (err != OK)
		return err;
	s.sums = arena_alloc(m->a, sizeof(*s.sums) * (size_t)(s.n + 1));
	err = stats_counters(m->c, "opinion_category", &m->whose, m->of,
	                     add_category, &s);
	if (err != OK)
		return err;
	put_below(&s, "", 0);
	if (s.other > 0)
		stats_add_row(m, 0, "-", _("Categories no longer in use"))
		    ->values[0] = s.other;
	if (s.none > 0)
		stats_add_row(m, 0, "", _("Not sorted yet"))->values[0] =
		    s.none;
	stats_put_shares(m, s.all);
	return OK;
}

/* --- by place -------------------------------------------------------- */

/* Each text for one unit and for all. */
#define PLACES(filter)                                                         \
	"SELECT p.id, p.name, u.name, (SELECT sum(n) FROM counter"             \
	"   WHERE what = 'opinion.place' AND id = p.id"                        \
	"     AND period BETWEEN :from AND :to) AS n"                          \
	" FROM unit AS u CROSS JOIN place AS p ON p.unit = u.id" filter
static const char sql_places[] = PLACES("");
static const char sql_places_unit[] = PLACES(" WHERE u.id = :unit");

static int
by_count(const void *a, const void *b)
{
	const struct stats_row *x = a, *y = b;

	if (x->values[0] != y->values[0])
		return x->values[0] < y->values[0] ? 1 : -1;
	return x->id != y->id ? (x->id < y->id ? -1 : 1)
	                      : strcmp(x->key, y->key);
}

int
stats_places(struct stats_making *m)
{
	bool one = !m->whose.county;
	struct stmt *q =
	    ctx_sql(m->c, NULL, one ? sql_places_unit : sql_places);
	struct opinion_figures *f;
	int64_t placed = 0;
	int err;

	bind_int(q, ":from", m->of->from);
	bind_int(q, ":to", m->of->to);
	if (one)
		bind_id(q, ":unit", m->whose.unit);
	while (stmt_next(q)) {
		const char *name = arena_strdup(m->a, col_text(q, 1));
		struct stats_row *row;

		if (col_int(q, 3) == 0)
			continue;
		if (!one)
			name =
			    arena_printf(m->a, "%s %s", col_text(q, 2), name);
		row = stats_add_row(m, col_int(q, 0), "", name);
		row->values[0] = col_int(q, 3);
		placed += row->values[0];
	}
	err = stmt_end(q);
	if (err == OK)
		err = stats_read(m, &m->whose, &f);
	if (err != OK)
		return err;
	qsort(m->t->rows, (size_t)m->t->n, sizeof(*m->t->rows), by_count);
	if (f->n > placed)
		stats_add_row(m, 0, "-", _("No room or point"))->values[0] =
		    f->n - placed;
	stats_put_shares(m, f->n);
	return OK;
}

/* --- values and rows -------------------------------------------------- */

const char *
stats_text(struct arena *a, enum stats_kind kind, int64_t value)
{
	if (value == STATS_UNKNOWN)
		return "-";
	if (kind == STATS_COUNT)
		return arena_printf(a, "%" PRId64, value);
	if (kind == STATS_TENTHS && value % 10 == 0)
		return arena_printf(a, "%" PRId64, value / 10);
	return arena_printf(a, "%" PRId64 ".%d%s", value / 10,
	                    (int)(value % 10), kind == STATS_RATE ? "%" : "");
}

bool
opinion_stats_query(enum opinion_stats_by by, const struct opinion_stats_of *of,
                    const struct stats_row *row, struct list_query *query)
{
	enum { MONTHS = 1000000 };
	bool month = by == STATS_MONTH;
	int64_t from = month ? row->id : of->from;
	int64_t unit = by == STATS_UNIT ? row->id : of->unit.v;
	size_t rating = strcspn(row->key, "/");

	if (by == STATS_DAYS || strcmp(row->key, "-") == 0 ||
	    (by == STATS_UNIT && unit == 0))
		return false;
	*query = (struct list_query){.order = 0};
	if (month || from != STATS_EVER_FROM || of->to != STATS_EVER_TO)
		list_where(query, OPINION_LIST_SPAN,
		           from * MONTHS + (month ? from : of->to), NULL);
	if (unit != 0)
		list_where(query, OPINION_LIST_UNIT, unit, NULL);
	if (by == STATS_CATEGORY)
		list_where(query, OPINION_LIST_CATEGORY, 0, row->key);
	if (by == STATS_PLACE)
		list_where(query, OPINION_LIST_PLACE, row->id, NULL);
	if (by == STATS_RESULT)
		list_where(query, OPINION_LIST_RESULT, 0, row->key);
	if (by != STATS_RATING)
		return true;
	for (int i = RATING_NONE; i <= RATING_SILENT; i++) {
		const char *name = opinion_ratings[i].name;

		if (strlen(name) != rating ||
		    memcmp(name, row->key, rating) != 0)
			continue;
		list_where(query, OPINION_LIST_RATING, 0, name);
		if (i != RATING_NONE && i != RATING_SILENT)
			list_where(query, OPINION_LIST_BY_HAND,
			           row->key[rating] == '/', NULL);
	}
	return true;
}
