/*
 * Duty records and the arithmetic on them: a year is counters times the
 * year's rule set, a rank compares those. One search a kind and person; no
 * record is read for a score.
 */
#include "db/duty_record.h"

#include "db/base/i18n.h"
#include "db/participant.h"
#include "db/person.h"
#include "db/predicates.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

/* clang-format off */
const struct enum_name duty_grades[] = {
	{"full", N_("In time")},
	{"late", N_("Late")},
	{NULL, NULL},
};

const struct enum_name duty_states[] = {
	{"automatic", N_("By itself")},
	{"claimed",   N_("Claimed")},
	{"checked",   N_("Checked")},
	{"rejected",  N_("Rejected")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(duty_record, id,           REF,   N_("Number"), .readonly = true),
	FIELD(duty_record, person,       REF,   N_("Person"), .readonly = true),
	FIELD(duty_record, mandate,      REF,   N_("Mandate"), .readonly = true),
	FIELD(duty_record, term,         REF,   N_("Term"), .readonly = true),
	FIELD(duty_record, unit,         REF,   N_("Unit"), .readonly = true),
	FIELD(duty_record, station,      REF,   N_("Station"), .readonly = true),
	FIELD(duty_record, grp,          REF,   N_("Group"), .readonly = true),
	FIELD(duty_record, year,         INT,   N_("Year"), .readonly = true),
	FIELD(duty_record, month,        INT,   N_("Month"), .readonly = true),
	FIELD(duty_record, kind,         TOKEN, N_("Kind"), .readonly = true),
	FIELD(duty_record, grade,        ENUM,  N_("Grade"), .names = duty_grades, .readonly = true),
	FIELD(duty_record, event,        REF,   N_("Event"), .readonly = true),
	FIELD(duty_record, subject_kind, TOKEN, N_("Of"), .readonly = true),
	FIELD(duty_record, subject,      INT,   N_("Of"), .readonly = true),
	FIELD(duty_record, title,        TEXT,  N_("Activity"), .max = 120, .readonly = true),
	FIELD(duty_record, venue,        TEXT,  N_("Venue"), .max = 120, .readonly = true),
	FIELD(duty_record, happened_at,  TIME,  N_("Date"), .readonly = true),
	FIELD(duty_record, state,        ENUM,  N_("State"), .names = duty_states, .readonly = true),
	FIELD_END,
};

const struct field duty_line_fields[] = {
	FIELD(duty_line, id,            REF,    N_("Number"), .width = 7),
	FIELD(duty_line, person,        REF,    N_("Person")),
	FIELD(duty_line, name,          TEXT,   N_("Name"), .width = 10),
	FIELD(duty_line, kind,          TOKEN,  N_("Kind"), .width = 10),
	FIELD(duty_line, kind_label,    TEXT,   N_("Kind"), .width = 10),
	FIELD(duty_line, kind_label_en, TEXT,   N_("Kind"), .width = 10),
	FIELD(duty_line, grade,         ENUM,   N_("Grade"), .names = duty_grades, .width = 8),
	FIELD(duty_line, title,         TEXT,   N_("Activity"), .width = 30),
	FIELD(duty_line, venue,         TEXT,   N_("Venue"), .width = 14),
	FIELD(duty_line, happened_at,   TIME,   N_("Date"), .width = 11),
	FIELD(duty_line, points,        POINTS, N_("Points"), .width = 6),
	FIELD(duty_line, way_name,      TOKEN,  N_("Way"), .width = 8),
	FIELD(duty_line, subject_kind,  TOKEN,  N_("Of")),
	FIELD(duty_line, subject,       INT,    N_("Of"), .width = 7),
	FIELD(duty_line, event,         REF,    N_("Event")),
	FIELD_END,
};

static const struct field sum_fields[] = {
	FIELD(duty_sum, kind,     TOKEN,  N_("Kind")),
	FIELD(duty_sum, label,    TEXT,   N_("Kind")),
	FIELD(duty_sum, label_en, TEXT,   N_("Kind")),
	FIELD(duty_sum, full,     INT,    N_("In time")),
	FIELD(duty_sum, late,     INT,    N_("Late")),
	FIELD(duty_sum, points,   POINTS, N_("Points")),
	FIELD(duty_sum, cap,      POINTS, N_("At most")),
	FIELD_END,
};

static const struct field rank_fields[] = {
	FIELD(duty_rank, place,  INT,    N_("Rank")),
	FIELD(duty_rank, of,     INT,    N_("Of")),
	FIELD(duty_rank, points, POINTS, N_("Points")),
	FIELD_END,
};
/* clang-format on */

enum {
	SQL_ADD,
	SQL_YEAR,
	SQL_RULES,
	SQL_RANK,
	SQL_STATION,
	SQL_YEARS,
	SQL_KINDS,
	SQL_POINTS,
	SQL_OWN,
	SQL_COUNT
};

#define KIND_RULE DUTY_RULE_OF("k.name", ":year")
#define EACH_RULE DUTY_RULE_OF("r.name", ":year")
#define ASKED_RULE DUTY_RULE_OF(":kind", ":year")
#define IN_TIME DUTY_CAPPED("r", "full", "f")
#define TOO_LATE DUTY_CAPPED("r", "late", "l")
#define RECORDS_RULE DUTY_RULE_OF("duty_record.kind", "duty_record.year")

static const char *const sql[] = {
    [SQL_ADD] = "INSERT INTO duty_record (id, person, mandate, term, unit,"
		" station, grp, year, month, kind, grade, event, subject_kind,"
		" subject, title, venue, happened_at, state)"
		" VALUES (:id, :person, :mandate, :term, :unit, :station,"
		" :grp, :year, :month, :kind, :grade, :event, :subject_kind,"
		" :subject, :title, :venue, :happened_at, :state)",
    [SQL_YEAR] =
	"SELECT k.name AS kind, k.label, k.label_en,"
	" coalesce(f.n, 0) AS \"full\", coalesce(l.n, 0) AS late,"
	" " IN_TIME " + " TOO_LATE
	" AS points, coalesce(r.full_cap + r.late_cap, 0) AS cap"
	" FROM duty_kind AS k"
	" LEFT JOIN counter AS f ON f.what = 'duty.person'"
	"   AND f.id = :person AND f.period = :year"
	"   AND f.part = k.name || '/full'"
	" LEFT JOIN counter AS l ON l.what = 'duty.person'"
	"   AND l.id = :person AND l.period = :year"
	"   AND l.part = k.name || '/late'"
	" LEFT JOIN duty_rule AS r ON r.id = " KIND_RULE " ORDER BY k.position",
    /* The year of the newest change that holds in :year. */
    [SQL_RULES] = "SELECT coalesce(max(CAST(substr(from_on, 1, 4) AS"
		  " INTEGER)), 0) FROM duty_rule"
		  " WHERE from_on <= :year || '-12-31'",
    /* Everybody who held a mandate at the station in that year. */
    [SQL_RANK] =
	"WITH who AS (SELECT DISTINCT m.person FROM mandate AS m"
	"  WHERE m.station = :station AND m.from_on <= :last"
	"    AND (m.to_on IS NULL OR m.to_on >= :first)),"
	" rule (part, points, cap) AS MATERIALIZED ("
	"  SELECT r.name || '/full', r.full_points, r.full_cap"
	"    FROM duty_rule AS r WHERE r.id = " EACH_RULE
	"  UNION ALL SELECT r.name || '/late', r.late_points, r.late_cap"
	"    FROM duty_rule AS r WHERE r.id = " EACH_RULE "),"
	" score AS MATERIALIZED (SELECT who.person,"
	"  coalesce((SELECT sum(iif(r.cap > 0, min(n.n * r.points, r.cap),"
	"                           n.n * r.points))"
	"    FROM rule AS r CROSS JOIN counter AS n"
	"      ON n.what = 'duty.person' AND n.id = who.person"
	"     AND n.period = :year AND n.part = r.part), 0) AS points"
	"  FROM who)"
	" SELECT mine.points, (SELECT count(*) FROM score) AS \"of\","
	"  1 + (SELECT count(*) FROM score AS better"
	"        WHERE better.points > mine.points) AS place"
	" FROM score AS mine WHERE mine.person = :person",
    [SQL_STATION] = "SELECT m.station FROM mandate AS m"
		    " WHERE m.person = :person AND m.from_on <= :last"
		    "   AND (m.to_on IS NULL OR m.to_on >= :first)"
		    " ORDER BY m.from_on DESC LIMIT 1",
    [SQL_YEARS] = "SELECT DISTINCT period FROM counter"
		  " WHERE what = 'duty.person' AND id = :person"
		  "   AND period BETWEEN 1000 AND 9999"
		  " ORDER BY period DESC",
    [SQL_KINDS] = "SELECT name, label, label_en FROM duty_kind"
		  " ORDER BY position",
    [SQL_POINTS] = "SELECT iif(:grade = 'late', r.late_points, r.full_points)"
		   "  FROM duty_rule AS r WHERE r.id ="
		   "       " ASKED_RULE,
    [SQL_OWN] = "SELECT duty_record.* FROM duty_record"
		" WHERE duty_record.id = :id AND duty_record.person = :me"
		"   AND @scope",
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "duty_record.unit = :my_unit",
    [SCOPE_STATION] = "duty_record.station = :my_station",
    [SCOPE_SELF] = "duty_record.person = :me",
};

const struct entity entity_duty_record = {
    .kind = ENTITY_DUTY_RECORD,
    .name = "duty_record",
    .label = N_("Duty record"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
};

/* --- the list -------------------------------------------------------- */

static const struct list_filter filters[DUTY_LIST_FILTERS] = {
    [DUTY_LIST_PERSON] = {.name = "person",
                          .label = N_("Person"),
                          .predicate = "duty_record.person = :person"},
    /* Years are local; the bounds in UTC, a day wider, are for the
     * index. */
    [DUTY_LIST_YEAR] = {.name = "year",
                        .label = N_("Year"),
                        .predicate =
                            "duty_record.happened_at >="
                            " unixepoch(:year || '-01-01') - 86400"
                            " AND duty_record.happened_at <"
                            " unixepoch((:year + 1) || '-01-01') + 86400"
                            " AND duty_record.year = :year"},
    [DUTY_LIST_KIND] = {.name = "kind",
                        .label = N_("Kind"),
                        .predicate = "duty_record.kind = :kind",
                        .is_text = true},
    [DUTY_LIST_UNIT] = {.name = "unit",
                        .label = N_("Unit"),
                        .predicate = "duty_record.unit = :unit"},
    [DUTY_LIST_STATION] = {.name = "station",
                           .label = N_("Station"),
                           .predicate = "duty_record.station = :station"},
    [DUTY_LIST_GROUP] = {.name = "group",
                         .label = N_("Group"),
                         .predicate = "duty_record.grp = :group"},
    /* As above: the days of the term, wider, are for the index. */
    [DUTY_LIST_TERM] = {.name = "term",
                        .label = N_("Term"),
                        .predicate =
                            "duty_record.happened_at >="
                            " (SELECT unixepoch(from_on) - 86400 FROM term"
                            "   WHERE id = :term)"
                            " AND duty_record.happened_at <"
                            " (SELECT unixepoch(to_on) + 2 * 86400 FROM term"
                            "   WHERE id = :term)"
                            " AND +duty_record.term = :term"},
};

static const struct list_order orders[] = {
    {.name = "latest",
     .label = N_("Newest first"),
     .keys = {"duty_record.happened_at", "duty_record.id"},
     .descending = true},
};

const struct list_spec duty_record_list = {
    .entity = &entity_duty_record,
    .needs = PERM_DUTY_READ,
    .columns = "duty_record.id, duty_record.person, who.name, duty_record.kind,"
	       " k.label AS kind_label, k.label_en AS kind_label_en,"
	       " duty_record.grade, duty_record.title, duty_record.venue,"
	       " duty_record.happened_at,"
	       " coalesce((SELECT iif(duty_record.grade = 'late',"
	       "     r.late_points, r.full_points) FROM duty_rule AS r"
	       "   WHERE r.id = " RECORDS_RULE "), 0) AS points,"
	       " coalesce((SELECT p.way FROM participant AS p"
	       "   WHERE duty_record.subject_kind = 'activity'"
	       "     AND p.activity = duty_record.subject"
	       "     AND p.person = duty_record.person), '') AS way_name,"
	       " duty_record.subject_kind, duty_record.subject,"
	       " duty_record.event",
    .from = "duty_record"
	    " CROSS JOIN person AS who ON who.id = duty_record.person"
	    " CROSS JOIN duty_kind AS k ON k.name = duty_record.kind",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = duty_line_fields,
    .row_size = sizeof(struct duty_line),
};

int
duty_kind_list(struct ctx *c, struct arena *a, struct duty_kind **kinds, int *n)
{
	static const struct field row[] = {
	    FIELD(duty_kind, name, TOKEN, ""),
	    FIELD(duty_kind, label, TEXT, ""),
	    FIELD(duty_kind, label_en, TEXT, ""),
	    FIELD_END,
	};
	enum { KINDS_MAX = 100 };

	return stmt_all(ctx_stmt(c, &entity_duty_record, SQL_KINDS), a, row,
	                sizeof(**kinds), KINDS_MAX, kinds, n);
}

/* --- writing --------------------------------------------------------- */

int
duty_record_enter(struct ctx *c, const struct duty_record *record,
                  struct duty_record_id *id)
{
	struct duty_record row = *record;
	struct day day = day_of(row.happened_at);
	struct stmt *q;
	int err;

	row.id.v = ctx_new_id(c, &entity_duty_record);
	row.year = day.year;
	row.month = day.year * 100 + day.month;
	row.event.v = event_id(c);
	q = ctx_stmt(c, &entity_duty_record, SQL_ADD);
	bind_fields(q, fields, &row);
	err = stmt_run(q, NULL);
	if (err == OK)
		*id = row.id;
	return err;
}

int
duty_record_add(struct ctx *c, const struct duty_record *record)
{
	struct duty_record_id id;

	return duty_record_enter(c, record, &id);
}

int
duty_record_own(struct ctx *c, struct arena *a, struct duty_record_id id,
                struct duty_record *out)
{
	struct stmt *q = ctx_stmt(c, &entity_duty_record, SQL_OWN);

	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

/* --- a year ---------------------------------------------------------- */

static const char sql_person[] =
    "SELECT 1 FROM person WHERE person.id = :person AND @scope";

/* A deputy reads their own file, others those in their scope. */
static int
may_read(struct ctx *c, struct person_id person)
{
	struct stmt *q;
	int64_t found;

	if (!may(c, PERM_DUTY_READ))
		return ERR_DENIED;
	if (c->me == person.v)
		return OK;
	if (c->scope == SCOPE_SELF)
		return ERR_DENIED;
	q = ctx_sql(c, &entity_person, sql_person);
	bind_id(q, ":person", person.v);
	return stmt_int(q, &found);
}

static int
rules_of(struct ctx *c, int64_t year, int64_t *rules)
{
	struct stmt *q = ctx_stmt(c, &entity_duty_record, SQL_RULES);

	bind_int(q, ":year", year);
	return stmt_int(q, rules);
}

int
duty_points(struct ctx *c, int64_t year, const char *kind, int grade,
            int64_t *points)
{
	struct stmt *q = ctx_stmt(c, &entity_duty_record, SQL_POINTS);
	int err;

	bind_int(q, ":year", year);
	bind_text(q, ":kind", kind);
	bind_text(q, ":grade", duty_grades[grade].name);
	err = stmt_int(q, points);
	if (err == ERR_NOT_FOUND) { /* no rule gives anything for it */
		*points = 0;
		err = OK;
	}
	return err;
}

int
duty_year_get(struct ctx *c, struct arena *a, struct person_id person,
              int64_t year, struct duty_year *out)
{
	enum { KINDS_MAX = 100 };
	struct duty_year y = {.year = year};
	struct stmt *q;
	int err = may_read(c, person);

	if (err == OK)
		err = rules_of(c, year, &y.rules);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_duty_record, SQL_YEAR);
	bind_id(q, ":person", person.v);
	bind_int(q, ":year", year);
	err = stmt_all(q, a, sum_fields, sizeof(*y.sums), KINDS_MAX, &y.sums,
	               &y.n);
	if (err != OK)
		return err;
	for (int i = 0; i < y.n; i++) {
		y.records += y.sums[i].full + y.sums[i].late;
		y.points += y.sums[i].points;
	}
	*out = y;
	return OK;
}

static void
bind_year(struct stmt *q, int64_t year)
{
	bind_day(q, ":first", (struct day){(int)year, 1, 1});
	bind_day(q, ":last", (struct day){(int)year, 12, 31});
}

int
duty_rank_get(struct ctx *c, struct person_id person, int64_t year,
              struct duty_rank *out)
{
	struct duty_rank rank = {0};
	struct arena *a;
	struct stmt *q;
	int64_t station = 0;
	int err = may_read(c, person);

	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_duty_record, SQL_STATION);
	bind_id(q, ":person", person.v);
	bind_year(q, year);
	err = stmt_int(q, &station);
	if (err == OK) {
		q = ctx_stmt(c, &entity_duty_record, SQL_RANK);
		bind_id(q, ":person", person.v);
		bind_id(q, ":station", station);
		bind_int(q, ":year", year);
		bind_year(q, year);
		a = arena_new();
		err = stmt_one(q, a, rank_fields, &rank);
		arena_free(a);
	}
	if (err == ERR_NOT_FOUND) /* no mandate that year */
		err = OK;
	if (err == OK)
		*out = rank;
	return err;
}

static const struct field past_fields[] = {
    {.name = "period",
     .kind = FIELD_INT,
     .at = offsetof(struct duty_past, year),
     .label = ""},
    FIELD_END,
};

int
duty_history(struct ctx *c, struct arena *a, struct person_id person,
             struct duty_past **years, int *n)
{
	enum { YEARS_MAX = 100 };
	struct duty_past *rows;
	struct duty_year year;
	struct duty_rank rank;
	struct stmt *q;
	int count, err = may_read(c, person);

	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_duty_record, SQL_YEARS);
	bind_id(q, ":person", person.v);
	err = stmt_all(q, a, past_fields, sizeof(*rows), YEARS_MAX, &rows,
	               &count);
	for (int i = 0; err == OK && i < count; i++) {
		err = duty_year_get(c, a, person, rows[i].year, &year);
		if (err == OK)
			err = duty_rank_get(c, person, rows[i].year, &rank);
		if (err != OK)
			break;
		rows[i].records = year.records;
		rows[i].points = year.points;
		rows[i].place = rank.place;
		rows[i].of = rank.of;
	}
	if (err == OK) {
		*years = rows;
		*n = count;
	}
	return err;
}
