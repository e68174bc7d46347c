/*
 * Files in figures. A year is the counters duty.*, a term the counters
 * term.*; points are counters times the year's rules, capped a year. Nothing
 * here reads a record.
 */
#include "db/duty_ledger.h"

#include <stdlib.h>

#include "db/deputy_group.h"
#include "db/mandate.h"
#include "db/person.h"
#include "db/predicates.h"
#include "db/station.h"
#include "db/store/stmt.h"

/* Counters by holder: of a year, of a term. */
static const struct {
	const char *year, *term;
} whats[] = {
    [DUTY_OF_PERSON] = {"duty.person", "term.person"},
    [DUTY_OF_GROUP] = {"duty.group", "term.group"},
    [DUTY_OF_STATION] = {"duty.station", "term.station"},
};

/* clang-format off */
static const struct field sum_fields[] = {
	FIELD(duty_sum, kind,     TOKEN,  ""),
	FIELD(duty_sum, label,    TEXT,   ""),
	FIELD(duty_sum, label_en, TEXT,   ""),
	FIELD(duty_sum, full,     INT,    ""),
	FIELD(duty_sum, late,     INT,    ""),
	FIELD(duty_sum, points,   POINTS, ""),
	FIELD_END,
};

static const struct field member_fields[] = {
	FIELD(duty_member, person,     REF,    ""),
	FIELD(duty_member, name,       TEXT,   ""),
	FIELD(duty_member, group_name, TEXT,   ""),
	FIELD(duty_member, records,    INT,    ""),
	FIELD(duty_member, points,     POINTS, ""),
	FIELD_END,
};
/* clang-format on */

/* :part is "" of a year, "<term>/" of a term; a year is one period. */
#define SUM(grade)                                                             \
	"(SELECT coalesce(sum(n), 0) FROM counter WHERE what = :what"          \
	"  AND id = :id AND period BETWEEN :from AND :to"                      \
	"  AND part = :part || k.name || '/" grade "')"
#define POINTS(holder, kind)                                                   \
	"(SELECT coalesce(sum(iif(n.part = :part || d.name || "                \
	"'/late', " DUTY_CAPPED("r", "late", "n") ", " DUTY_CAPPED(            \
	    "r", "full",                                                       \
	    "n") ")), 0) FROM duty_kind AS d CROSS JOIN counter AS n"          \
		 "    ON n.what = :what AND n.id = " holder                    \
		 "   AND n.period BETWEEN :from AND :to"                       \
		 "   AND n.part IN (:part || d.name || '/full',"               \
		 "                  :part || d.name || '/late')"               \
		 "  CROSS JOIN duty_rule AS r ON r.id = " DUTY_RULE_OF(        \
		     "d.name", "n.period") " WHERE " kind ")"

static const char sql_sums[] =
    "SELECT k.name AS kind, k.label, k.label_en, " SUM(
	"full") " AS \"full\","
		" " SUM("late") " AS late, " POINTS(
		    ":id", "d.name = k.name") " AS points FROM duty_kind "
					      "AS k ORDER BY k.position";

/* The rows of counter that have no rule count as records all the same. */
#define MEMBERS(of, when)                                                      \
	"SELECT m.person, person.name,"                                        \
	" coalesce((SELECT g.name FROM deputy_group AS g WHERE g.id = m.grp)," \
	"  '') AS group_name,"                                                 \
	" (SELECT coalesce(sum(n), 0) FROM counter WHERE what = :what"         \
	"   AND id = m.person AND period BETWEEN :from AND :to"                \
	"   AND substr(part, 1, length(:part)) = :part) AS records,"           \
	" " POINTS(                                                            \
	    "m.person",                                                        \
	    "true") " AS points"                                               \
		    " FROM mandate AS m CROSS JOIN person ON person.id = "     \
		    "m.person"                                                 \
		    " WHERE m." of " = :id AND " when(                         \
			"m") " AND @scope"                                     \
			     "   AND NOT EXISTS (SELECT 1 FROM mandate AS o"   \
			     "     WHERE o.person = m.person AND o." of        \
			     " = :id AND o.id < m.id"                          \
			     "       AND " when("o") ")"
#define IN_YEAR(m)                                                             \
	m ".from_on <= :last AND (" m ".to_on IS NULL OR " m ".to_on >= "      \
	  ":first)"
#define IN_TERM(m) m ".term = :term"

static const char *const sql_members[][2] = {
    [DUTY_OF_GROUP] = {MEMBERS("grp", IN_YEAR), MEMBERS("grp", IN_TERM)},
    [DUTY_OF_STATION] = {MEMBERS("station", IN_YEAR),
                         MEMBERS("station", IN_TERM)},
};

static const char sql_years[] =
    "SELECT period, 0, 0, 0, sum(n) FROM counter WHERE what = :what"
    "   AND id = :id AND period BETWEEN 1000 AND 9999"
    " GROUP BY period ORDER BY period DESC";
/* Terms that a mandate there belongs to. */
#define TERMS(of)                                                              \
	"SELECT 0, t.id, t.level = 'town', t.number,"                          \
	" (SELECT coalesce(sum(n), 0) FROM counter WHERE what = :what"         \
	"   AND id = :id AND substr(part, 1, length(t.id) + 1) ="              \
	"       t.id || '/') FROM term AS t"                                   \
	" WHERE EXISTS (SELECT 1 FROM mandate AS m"                            \
	"   WHERE m.term = t.id AND m." of " = :id)"                           \
	" ORDER BY t.from_on DESC, t.level, t.id"
static const char *const sql_terms[] = {
    [DUTY_OF_PERSON] = TERMS("person"),
    [DUTY_OF_GROUP] = TERMS("grp"),
    [DUTY_OF_STATION] = TERMS("station"),
};

static const char sql_own_group[] =
    "SELECT 1 FROM mandate WHERE person = :me AND grp = :id";

/* --- who may --------------------------------------------------------- */

static int
may_read_person(struct ctx *c, int64_t id)
{
	struct arena *a;
	struct person person;
	int err;

	if (c->me == id)
		return OK;
	if (c->scope == SCOPE_SELF)
		return ERR_DENIED;
	a = arena_new();
	err = person_get(c, a, (struct person_id){id}, &person);
	arena_free(a);
	return err;
}

/* A deputy reads their own file and the figures of their own group. */
static int
may_read(struct ctx *c, struct duty_of of)
{
	struct arena *a;
	const char *name;
	struct stmt *q;
	int64_t found;
	int err;

	if (!may(c, PERM_DUTY_READ))
		return ERR_DENIED;
	if (of.holder == DUTY_OF_PERSON)
		return may_read_person(c, of.id);
	if (c->scope == SCOPE_SELF) {
		if (of.holder != DUTY_OF_GROUP)
			return ERR_DENIED;
		q = ctx_sql(c, NULL, sql_own_group);
		bind_id(q, ":id", of.id);
		err = stmt_int(q, &found);
		return err == ERR_NOT_FOUND ? ERR_DENIED : err;
	}
	a = arena_new();
	err = duty_holder_name(c, a, of, &name);
	arena_free(a);
	return err;
}

int
duty_holder_name(struct ctx *c, struct arena *a, struct duty_of of,
                 const char **name)
{
	struct deputy_group group;
	struct station station;
	struct person person;
	int err = OK;

	switch (of.holder) {
	case DUTY_OF_PERSON:
		err = person_get(c, a, (struct person_id){of.id}, &person);
		if (err == OK)
			*name = person.name;
		break;
	case DUTY_OF_GROUP:
		err = deputy_group_get(c, a, (struct deputy_group_id){of.id},
		                       &group);
		if (err == OK)
			*name = group.name;
		break;
	case DUTY_OF_STATION:
		err = station_get(c, a, (struct station_id){of.id}, &station);
		if (err == OK)
			*name = station.name;
		break;
	}
	return err;
}

/* --- figures --------------------------------------------------------- */

/* The counters of one holder in a period. */
static void
bind_period(struct stmt *q, struct arena *a, enum duty_holder holder,
            struct duty_period period)
{
	bool term = period.term.v != 0;

	bind_text(q, ":what", term ? whats[holder].term : whats[holder].year);
	bind_text(q, ":part",
	          term ? arena_printf(a, "%lld/", (long long)period.term.v)
	               : "");
	bind_int(q, ":from", term ? 0 : period.year);
	bind_int(q, ":to", term ? 9999 : period.year);
}

int
duty_ledger_get(struct ctx *c, struct arena *a, struct duty_of of,
                struct duty_period period, struct duty_year *out)
{
	enum { KINDS_MAX = 100 };
	struct duty_year y = {.year = period.year};
	struct stmt *q;
	int err = may_read(c, of);

	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_sums);
	bind_period(q, a, of.holder, period);
	bind_id(q, ":id", of.id);
	err = stmt_all(q, a, sum_fields, sizeof(*y.sums), KINDS_MAX, &y.sums,
	               &y.n);
	if (err != OK)
		return err;
	for (int i = 0; i < y.n; i++) {
		if (of.holder != DUTY_OF_PERSON)
			y.sums[i].points = 0;
		y.sums[i].cap = 0;
		y.records += y.sums[i].full + y.sums[i].late;
		y.points += y.sums[i].points;
	}
	*out = y;
	return OK;
}

static int
by_points(const void *a, const void *b)
{
	const struct duty_member *x = a, *y = b;

	if (x->points != y->points)
		return x->points > y->points ? -1 : 1;
	if (x->records != y->records)
		return x->records > y->records ? -1 : 1;
	return x->person.v < y->person.v ? -1 : 1;
}

int
duty_members(struct ctx *c, struct arena *a, struct duty_of of,
             struct duty_period period, struct duty_member **rows, int *n)
{
	enum { MEMBERS_MAX = 5000 };
	bool term = period.term.v != 0;
	struct duty_member *all;
	struct stmt *q;
	int found, err = may_read(c, of);

	if (err == OK &&
	    (c->scope == SCOPE_SELF || of.holder == DUTY_OF_PERSON))
		err = ERR_DENIED;
	if (err != OK)
		return err;
	q = ctx_sql(c, &entity_person, sql_members[of.holder][term]);
	bind_period(q, a, DUTY_OF_PERSON, period);
	bind_id(q, ":id", of.id);
	if (term) {
		bind_id(q, ":term", period.term.v);
	} else {
		bind_day(q, ":first", (struct day){(int)period.year, 1, 1});
		bind_day(q, ":last", (struct day){(int)period.year, 12, 31});
	}
	err = stmt_all(q, a, member_fields, sizeof(*all), MEMBERS_MAX, &all,
	               &found);
	if (err != OK)
		return err;
	if (found > 0)
		qsort(all, (size_t)found, sizeof(*all), by_points);
	for (int i = 0; i < found; i++)
		all[i].place = i > 0 && all[i].points == all[i - 1].points
		                   ? all[i - 1].place
		                   : i + 1;
	*rows = all;
	*n = found;
	return OK;
}

/* --- what there is to choose from ------------------------------------ */

enum { CHOICES_MAX = 100 };

static int
read_choices(struct stmt *q, struct duty_of of, const char *what,
             struct duty_choice *rows, int *n)
{
	bind_text(q, ":what", what);
	bind_id(q, ":id", of.id);
	while (*n < CHOICES_MAX && stmt_next(q))
		rows[(*n)++] = (struct duty_choice){
		    .period = {col_int(q, 0), {col_int(q, 1)}},
		    .level = (int)col_int(q, 2),
		    .number = col_int(q, 3),
		    .records = col_int(q, 4),
		};
	return stmt_end(q);
}

int
duty_choices(struct ctx *c, struct arena *a, struct duty_of of,
             struct duty_choice **rows, int *n)
{
	struct duty_choice *all = arena_alloc(a, CHOICES_MAX * sizeof(*all));
	int found = 0, err = may_read(c, of);

	if (err == OK)
		err = read_choices(ctx_sql(c, NULL, sql_years), of,
		                   whats[of.holder].year, all, &found);
	if (err == OK)
		err = read_choices(ctx_sql(c, NULL, sql_terms[of.holder]), of,
		                   whats[of.holder].term, all, &found);
	if (err == OK) {
		*rows = all;
		*n = found;
	}
	return err;
}
