/*
 * Figures of the workbenches. A year of a unit is a short range of
 * counters; what is open or waiting is a short range of an index. A
 * station's figures are its unit's: there is one station a unit.
 */
#include "db/totals.h"

#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/store/stmt.h"

/* --- counters -------------------------------------------------------- */

static const char sql_counters[] = "SELECT period, part, n FROM counter"
				   " WHERE what = :what AND id = :id"
				   "   AND period BETWEEN :from AND :to";

/* Where a counter of (period, part) goes. */
typedef void add_counter(struct totals *t, bool this_month, const char *part,
                         int64_t n);

static void
add_activity(struct totals *t, bool this_month, const char *part, int64_t n)
{
	if (strcmp(part, "draft") == 0 || strcmp(part, "cancelled") == 0)
		return;
	t->year += n;
	if (this_month)
		t->month += n;
}

static void
add_roll(struct totals *t, bool this_month, const char *part, int64_t n)
{
	bool present =
	    strcmp(part, "signed_in") == 0 || strcmp(part, "late") == 0;

	if (!present && strcmp(part, "absent") != 0)
		return;
	*(present ? &t->year_present : &t->year_missed) += n;
	if (this_month)
		*(present ? &t->month_present : &t->month_missed) += n;
}

static void
add_record(struct totals *t, bool this_month, const char *part, int64_t n)
{
	(void)this_month;
	(void)part;
	t->records += n;
}

/* The counters of what, for a unit or the county, over the periods. */
static int
count(struct ctx *c, const char *of_unit, const char *of_county, int64_t unit,
      int64_t from, int64_t to, int64_t month, add_counter *add,
      struct totals *t)
{
	struct stmt *q = ctx_sql(c, NULL, sql_counters);

	bind_text(q, ":what", unit != 0 ? of_unit : of_county);
	bind_int(q, ":id", unit);
	bind_int(q, ":from", from);
	bind_int(q, ":to", to);
	while (stmt_next(q))
		add(t, col_int(q, 0) == month, col_text(q, 1), col_int(q, 2));
	return stmt_end(q);
}

static int
count_all(struct ctx *c, int64_t unit, struct totals *t)
{
	struct day today = ctx_today(c);
	int64_t year = today.year, month = year * 100 + today.month;
	int64_t from = year * 100, to = year * 100 + 99;
	int err;

	err = count(c, "activity.unit", "activity.county", unit, from, to,
	            month, add_activity, t);
	if (err == OK)
		err = count(c, "roll.unit", "roll.county", unit, from, to,
		            month, add_roll, t);
	if (err == OK)
		err = count(c, "duty.unit", "duty.county", unit, year, year,
		            month, add_record, t);
	return err;
}

/* --- ranges ---------------------------------------------------------- */

/* Each text twice: of one unit, and of all units. */
#define TODAY(filter)                                                          \
	"SELECT count(*), coalesce(sum((SELECT sum(n) FROM counter"            \
	"   WHERE what = 'roll.activity' AND id = activity.id"                 \
	"     AND period = 0 AND part IN ('signed_in', 'late'))), 0)"          \
	" FROM activity WHERE " filter "activity.starts_at >= :from"           \
	"   AND activity.starts_at < :to"                                      \
	"   AND activity.state NOT IN ('draft', 'cancelled')"
#define STATES(filter)                                                         \
	"SELECT activity.state FROM activity WHERE " filter                    \
	" activity.state IN ('draft', 'open', 'closed')"
#define WAITING(filter)                                                        \
	"SELECT count(*) FROM participant WHERE " filter                       \
	" participant.confirmed = 0"
#define DEPUTIES(filter)                                                       \
	"SELECT count(DISTINCT m.person) FROM unit"                            \
	" CROSS JOIN mandate AS m ON m.unit = unit.id WHERE " filter           \
	" m.from_on <= :today AND (m.to_on IS NULL OR m.to_on >= :today)"

enum { OF_COUNTY, OF_UNIT, BOTH };
static const char *const sql_today[BOTH] = {
    TODAY(""), TODAY("activity.unit = :unit AND ")};
static const char *const sql_states[BOTH] = {
    STATES(""), STATES("activity.unit = :unit AND ")};
static const char *const sql_waiting[BOTH] = {
    WAITING(""), WAITING("participant.unit = :unit AND ")};
static const char *const sql_deputies[BOTH] = {
    DEPUTIES(""), DEPUTIES("unit.id = :unit AND ")};

static struct stmt *
of_unit(struct ctx *c, const char *const text[BOTH], int64_t unit)
{
	struct stmt *q =
	    ctx_sql(c, NULL, text[unit != 0 ? OF_UNIT : OF_COUNTY]);

	if (unit != 0)
		bind_id(q, ":unit", unit);
	return q;
}

static int
find_today(struct ctx *c, int64_t unit, struct totals *t)
{
	struct day today = ctx_today(c);
	struct stmt *q = of_unit(c, sql_today, unit);

	bind_time(q, ":from", clock_at(today, 0, 0));
	bind_time(q, ":to", clock_at(day_add(today, 1), 0, 0));
	if (stmt_next(q)) {
		t->today = col_int(q, 0);
		t->today_signed = col_int(q, 1);
	}
	return stmt_end(q);
}

static int
find_states(struct ctx *c, int64_t unit, struct totals *t)
{
	struct stmt *q = of_unit(c, sql_states, unit);

	while (stmt_next(q)) {
		int state = enum_index(activity_states, col_text(q, 0));

		t->drafts += state == ACTIVITY_DRAFT;
		t->open += state == ACTIVITY_OPEN;
		t->unconfirmed += state == ACTIVITY_CLOSED;
	}
	return stmt_end(q);
}

static int
find_all(struct ctx *c, int64_t unit, struct totals *t)
{
	int err = find_today(c, unit, t);

	if (err == OK)
		err = find_states(c, unit, t);
	if (err == OK)
		err = stmt_int(of_unit(c, sql_waiting, unit), &t->waiting);
	if (err == OK)
		err = stmt_int(of_unit(c, sql_deputies, unit), &t->deputies);
	return err;
}

/* The unit whose figures the acting hat gets; 0: the county. */
static int
whose(const struct ctx *c, struct unit_id wanted, int64_t *unit)
{
	if (!may(c, PERM_ACTIVITY_READ))
		return ERR_DENIED;
	*unit = wanted.v;
	if (c->scope == SCOPE_COUNTY)
		return OK;
	if (c->scope != SCOPE_UNIT && c->scope != SCOPE_STATION)
		return ERR_DENIED;
	if (wanted.v != 0 && wanted.v != c->my_unit)
		return ERR_DENIED;
	*unit = c->my_unit;
	return OK;
}

int
totals_get(struct ctx *c, struct unit_id wanted, struct totals *out)
{
	struct totals t = {0};
	int64_t unit;
	int err = whose(c, wanted, &unit);

	if (err == OK)
		err = count_all(c, unit, &t);
	if (err == OK)
		err = find_all(c, unit, &t);
	if (err == OK)
		*out = t;
	return err;
}

int64_t
totals_rate(int64_t present, int64_t missed)
{
	int64_t all = present + missed;

	return all > 0 ? (present * 1000 + all / 2) / all : -1;
}

int
totals_units(struct ctx *c, struct arena *a, struct totals_unit **rows, int *n)
{
	enum { UNITS_MAX = 500 };
	static const char sql[] = "SELECT id AS unit, name FROM unit"
				  " ORDER BY position, id";
	static const struct field fields[] = {
	    FIELD(totals_unit, unit, REF, ""),
	    FIELD(totals_unit, name, TEXT, ""),
	    FIELD_END,
	};
	struct totals_unit *all;
	int count_of, err;

	if (!may(c, PERM_ACTIVITY_READ) || c->scope != SCOPE_COUNTY)
		return ERR_DENIED;
	err = stmt_all(ctx_sql(c, NULL, sql), a, fields, sizeof(*all),
	               UNITS_MAX, &all, &count_of);
	for (int i = 0; err == OK && i < count_of; i++)
		err = totals_get(c, all[i].unit, &all[i].t);
	if (err == OK) {
		*rows = all;
		*n = count_of;
	}
	return err;
}

int
totals_months(struct ctx *c, struct unit_id wanted, int64_t year,
              int64_t out[12])
{
	struct stmt *q;
	int64_t unit, months[12] = {0};
	int err = whose(c, wanted, &unit);

	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_counters);
	bind_text(q, ":what", unit != 0 ? "activity.unit" : "activity.county");
	bind_int(q, ":id", unit);
	bind_int(q, ":from", year * 100 + 1);
	bind_int(q, ":to", year * 100 + 12);
	while (stmt_next(q))
		if (strcmp(col_text(q, 1), "draft") != 0 &&
		    strcmp(col_text(q, 1), "cancelled") != 0)
			months[(col_int(q, 0) - 1) % 100 % 12] += col_int(q, 2);
	err = stmt_end(q);
	if (err == OK)
		memcpy(out, months, sizeof(months));
	return err;
}
