/*
 * Mandates, and the deputies' list: people who hold one now. A mandate
 * belongs to the unit of its station, and so does the person's roster.
 */
#include "db/mandate.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/deputy_group.h"
#include "db/district.h"
#include "db/person.h"
#include "db/place.h"
#include "db/predicates.h"
#include "db/station.h"
#include "db/store/event.h"
#include "db/store/stmt.h"
#include "db/unit.h"

enum { MANDATES_MAX = 5000, HELD_MAX = 50 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(mandate, id,       REF,  N_("Number"),   .readonly = true),
	FIELD(mandate, person,   REF,  N_("Person"),   .required = true),
	FIELD(mandate, level,    ENUM, N_("Level"),    .names = levels, .required = true),
	FIELD(mandate, term,     REF,  N_("Term"),     .required = true),
	FIELD(mandate, district, REF,  N_("Electoral district")),
	FIELD(mandate, unit,     REF,  N_("Unit"),     .readonly = true),
	FIELD(mandate, station,  REF,  N_("Station"),  .required = true),
	FIELD(mandate, place,    REF,  N_("Room or point")),
	FIELD(mandate, grp,      REF,  N_("Group")),
	FIELD(mandate, from_on,  DAY,  N_("First day")),
	FIELD(mandate, to_on,    DAY,  N_("Last day")),
	FIELD_END,
};

static const struct field line_fields[] = {
	FIELD(mandate_line, id,            REF,   N_("Number")),
	FIELD(mandate_line, person,        REF,   N_("Person")),
	FIELD(mandate_line, name,          TEXT,  N_("Name")),
	FIELD(mandate_line, pinyin,        TOKEN, N_("Pinyin")),
	FIELD(mandate_line, initials,      TOKEN, N_("Initials")),
	FIELD(mandate_line, level,         ENUM,  N_("Level"), .names = levels),
	FIELD(mandate_line, term,          REF,   N_("Term")),
	FIELD(mandate_line, term_number,   INT,   N_("Term")),
	FIELD(mandate_line, station,       REF,   N_("Station")),
	FIELD(mandate_line, station_name,  TEXT,  N_("Station")),
	FIELD(mandate_line, grp,           REF,   N_("Group")),
	FIELD(mandate_line, group_name,    TEXT,  N_("Group")),
	FIELD(mandate_line, district,      REF,   N_("Electoral district")),
	FIELD(mandate_line, district_name, TEXT,  N_("Electoral district")),
	FIELD(mandate_line, place_name,    TEXT,  N_("Room or point")),
	FIELD(mandate_line, from_on,       DAY,   N_("First day")),
	FIELD(mandate_line, to_on,         DAY,   N_("Last day")),
	FIELD_END,
};

static const struct field reelection_fields[] = {
	FIELD(reelection, id,            REF,   N_("Number")),
	FIELD(reelection, person,        REF,   N_("Person")),
	FIELD(reelection, name,          TEXT,  N_("Name")),
	FIELD(reelection, pinyin,        TOKEN, N_("Pinyin")),
	FIELD(reelection, unit_name,     TEXT,  N_("Unit")),
	FIELD(reelection, district_name, TEXT,  N_("Electoral district")),
	FIELD(reelection, group_name,    TEXT,  N_("Group")),
	FIELD(reelection, again,         BOOL,  N_("Elected again")),
	FIELD_END,
};

const struct field deputy_line_fields[] = {
	FIELD(deputy_line, person,     REF,   N_("Person")),
	FIELD(deputy_line, name,       TEXT,  N_("Name"),   .width = 10),
	FIELD(deputy_line, pinyin,     TOKEN, N_("Pinyin"), .width = 20),
	FIELD(deputy_line, job,        TEXT,  N_("Post"),   .width = 24),
	FIELD(deputy_line, county,     BOOL,  N_("County deputy"), .heading = N_("County"), .width = 6),
	FIELD(deputy_line, town,       BOOL,  N_("Town deputy"),   .heading = N_("Town"),   .width = 6),
	FIELD(deputy_line, unit,       REF,   N_("Unit")),
	FIELD(deputy_line, unit_name,  TEXT,  N_("Unit"),   .width = 10),
	FIELD(deputy_line, station,    REF,   N_("Station")),
	FIELD(deputy_line, grp,        REF,   N_("Group")),
	FIELD(deputy_line, group_name, TEXT,  N_("Group"),  .width = 12),
	FIELD(deputy_line, place_name, TEXT,  N_("Room or point"), .width = 14),
	FIELD_END,
};
/* clang-format on */

#define COLUMNS                                                                \
	"SELECT id, person, level, term, district, unit, station, place, grp," \
	"       from_on, to_on FROM mandate"
#define LINE                                                                   \
	"SELECT mandate.id AS id, mandate.person AS person,"                   \
	"       person.name AS name, person.pinyin AS pinyin,"                 \
	"       person.initials AS initials, mandate.level AS level,"          \
	"       mandate.term AS term, term.number AS term_number,"             \
	"       mandate.station AS station, station.name AS station_name,"     \
	"       mandate.grp AS grp, deputy_group.name AS group_name,"          \
	"       mandate.district AS district,"                                 \
	"       district.name AS district_name, place.name AS place_name,"     \
	"       mandate.from_on AS from_on, mandate.to_on AS to_on"
#define LINE_JOINS                                                             \
	" CROSS JOIN term ON term.id = mandate.term"                           \
	" CROSS JOIN station ON station.id = mandate.station"                  \
	" LEFT JOIN deputy_group ON deputy_group.id = mandate.grp"             \
	" LEFT JOIN district ON district.id = mandate.district"                \
	" LEFT JOIN place ON place.id = mandate.place"

enum {
	SQL_GET,
	SQL_OF_PERSON,
	SQL_CURRENT,
	SQL_HELD,
	SQL_ON,
	SQL_TAKEN,
	SQL_ADD,
	SQL_SAVE,
	SQL_OF_TERM,
	SQL_DROP
};

static const char *const sql[] = {
    [SQL_GET] = COLUMNS " WHERE id = :id AND @scope",
    [SQL_OF_PERSON] = LINE
    "  FROM mandate CROSS JOIN person ON person.id = mandate.person" LINE_JOINS
    " WHERE mandate.person = :person AND @scope"
    " ORDER BY mandate.from_on DESC",
    /* The roster's index has the order; each person leads to a mandate. */
    [SQL_CURRENT] = LINE
    "  FROM person CROSS JOIN mandate ON mandate.person = person.id" LINE_JOINS
    " WHERE person.unit = (SELECT unit FROM station WHERE id = :station)"
    "   AND mandate.station = :station AND " CURRENT(
	"mandate") "   AND @scope ORDER BY person.pinyin, person.id",
    [SQL_HELD] = COLUMNS " WHERE person = :person AND " CURRENT(
	"mandate") "   AND @scope ORDER BY from_on",
    [SQL_ON] = COLUMNS " WHERE person = :person AND from_on <= :day"
		       "   AND (to_on IS NULL OR to_on >= :day) AND @scope"
		       " ORDER BY station = :station DESC,"
		       "          level = 'county', id LIMIT 1",
    [SQL_TAKEN] = "SELECT count(*) FROM mandate"
		  " WHERE person = :person AND term = :term AND @scope",
    [SQL_ADD] = "INSERT INTO mandate (id, person, level, term, district, unit,"
		"       station, place, grp, from_on, to_on)"
		"VALUES (:id, :person, :level, :term, :district, :unit,"
		"        :station, :place, :grp, :from_on, :to_on)",
    [SQL_SAVE] = "UPDATE mandate SET district = :district, place = :place,"
		 "       grp = :grp WHERE id = :id AND @scope",
    /* Read by term and put in order by who asks: an index by pinyin would
     * read everybody who was ever a deputy. */
    [SQL_OF_TERM] =
	"SELECT mandate.id AS id, mandate.person AS person,"
	"       person.name AS name, person.pinyin AS pinyin,"
	"       unit.name AS unit_name, district.name AS district_name,"
	"       deputy_group.name AS group_name,"
	"       EXISTS (SELECT 1 FROM mandate AS m"
	"                WHERE m.person = mandate.person"
	"                  AND m.term = :next) AS again"
	"  FROM mandate CROSS JOIN person ON person.id = mandate.person"
	" CROSS JOIN unit ON unit.id = mandate.unit"
	"  LEFT JOIN district ON district.id = mandate.district"
	"  LEFT JOIN deputy_group ON deputy_group.id = mandate.grp"
	" WHERE mandate.term = :term AND @scope",
    [SQL_DROP] = "DELETE FROM mandate WHERE term = :next AND @scope"
		 "   AND person = (SELECT m.person FROM mandate AS m"
		 "                  WHERE m.id = :id)",
};

/* Who is deputy at a station is public within it. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "mandate.unit = :my_unit",
    [SCOPE_STATION] = "mandate.station = :my_station",
    [SCOPE_SELF] = "mandate.station = :my_station OR mandate.person = :me",
    [SCOPE_PUBLIC] = CURRENT("mandate"),
};

const struct entity entity_mandate = {
    .kind = ENTITY_MANDATE,
    .name = "mandate",
    .label = N_("Mandate"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

/* --- the deputies' list -------------------------------------------------- */

#define HOLDS(more)                                                            \
	"EXISTS (SELECT 1 FROM mandate m WHERE m.person = person.id"           \
	" AND " CURRENT("m") " AND " more ")"

static const struct list_filter filters[] = {
    [DEPUTY_LIST_UNIT] = {.name = "unit",
                          .label = N_("Unit"),
                          .predicate = "person.unit = :unit"},
    [DEPUTY_LIST_STATION] = {.name = "station",
                             .label = N_("Station"),
                             .predicate =
                                 "person.unit = (SELECT s.unit FROM station s"
                                 "                WHERE s.id = :station)"
                                 " AND mandate.station = :station"},
    [DEPUTY_LIST_GROUP] = {.name = "group",
                           .label = N_("Group"),
                           .predicate = HOLDS("m.grp = :group")},
    [DEPUTY_LIST_DISTRICT] = {.name = "district",
                              .label = N_("Electoral district"),
                              .predicate = HOLDS("m.district = :district")},
    [DEPUTY_LIST_LEVEL] = {.name = "level",
                           .label = N_("Level"),
                           .predicate = HOLDS("m.level = :level"),
                           .is_text = true},
    [DEPUTY_LIST_FIND] = {.name = "find",
                          .label = N_("Name"),
                          .predicate = PERSON_FINDS,
                          .is_text = true},
};

static const struct list_order orders[] = {
    [DEPUTY_BY_PINYIN] = {.name = "pinyin",
                          .label = N_("By pinyin"),
                          .keys = {"person.pinyin", "person.id"}},
    [DEPUTY_BY_STROKE] = {.name = "stroke",
                          .label = N_("By strokes"),
                          .keys = {"person.stroke", "person.id"}},
};

/* One row a person: their first mandate that is current. */
const struct list_spec deputy_list = {
    .entity = &entity_person,
    .needs = PERM_ORG_READ,
    .columns =
	"person.id AS person, person.name AS name,"
	" person.pinyin AS pinyin, person.job AS job,"
	" " HOLDS(
	    "m.level = 'county'") " AS county,"
				  " " HOLDS(
				      "m.level = 'town'") " AS town,"
							  " mandate.unit AS "
							  "unit, unit.name AS "
							  "unit_name,"
							  " mandate.station AS "
							  "station, "
							  "mandate.grp AS grp,"
							  " deputy_group.name "
							  "AS group_name, "
							  "place.name AS "
							  "place_name",
    .from = "person"
	    " CROSS JOIN mandate ON mandate.id ="
	    "   (SELECT min(m.id) FROM mandate m"
	    "     WHERE m.person = person.id AND " CURRENT(
		"m") ")"
		     " CROSS JOIN unit ON unit.id = mandate.unit"
		     " LEFT JOIN deputy_group ON deputy_group.id = mandate.grp"
		     " LEFT JOIN place ON place.id = mandate.place",
    .scope_self = "person.unit = :my_unit AND mandate.station = :my_station",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = deputy_line_fields,
    .row_size = sizeof(struct deputy_line),
};

/* --- reading ------------------------------------------------------------- */

int
mandate_get(struct ctx *c, struct arena *a, struct mandate_id id,
            struct mandate *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_mandate, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
mandate_of_person(struct ctx *c, struct arena *a, struct person_id person,
                  struct mandate_line **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_mandate, SQL_OF_PERSON);
	bind_id(q, ":person", person.v);
	return stmt_all(q, a, line_fields, sizeof(**rows), MANDATES_MAX, rows,
	                n);
}

int
mandate_current(struct ctx *c, struct arena *a, struct station_id station,
                struct deputy_group_id group, struct district_id district,
                int level, struct mandate_line **rows, int *n)
{
	struct mandate_line *all;
	struct stmt *q;
	int count, kept = 0, err;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_mandate, SQL_CURRENT);
	bind_id(q, ":station", station.v);
	err = stmt_all(q, a, line_fields, sizeof(*all), MANDATES_MAX, &all,
	               &count);
	if (err != OK)
		return err;
	/* A station has some hundred: no statement for each combination. */
	for (int i = 0; i < count; i++)
		if ((group.v == 0 || all[i].grp.v == group.v) &&
		    (district.v == 0 || all[i].district.v == district.v) &&
		    (level < 0 || all[i].level == level))
			all[kept++] = all[i];
	*rows = all;
	*n = kept;
	return OK;
}

/* Is b the better one to act under at station? */
static bool
is_nearer(const struct mandate *a, const struct mandate *b,
          struct station_id station)
{
	bool at_a = a->station.v == station.v, at_b = b->station.v == station.v;

	if (at_a != at_b)
		return at_b;
	return a->level == LEVEL_COUNTY && b->level == LEVEL_TOWN;
}

int
mandate_for(struct ctx *c, struct arena *a, struct person_id person,
            struct station_id station, struct mandate *out)
{
	struct stmt *q = ctx_stmt(c, &entity_mandate, SQL_HELD);
	struct mandate *held;
	int n, best = 0, err;

	bind_id(q, ":person", person.v);
	err = stmt_all(q, a, fields, sizeof(*held), HELD_MAX, &held, &n);
	if (err != OK)
		return err;
	if (n == 0)
		return ERR_NOT_FOUND;
	for (int i = 1; i < n; i++)
		if (is_nearer(&held[best], &held[i], station))
			best = i;
	*out = held[best];
	return OK;
}

int
mandate_on(struct ctx *c, struct arena *a, struct person_id person,
           struct station_id station, struct day day, struct mandate *out)
{
	struct stmt *q = ctx_stmt(c, &entity_mandate, SQL_ON);

	bind_id(q, ":person", person.v);
	bind_id(q, ":station", station.v);
	bind_day(q, ":day", day);
	return stmt_one(q, a, fields, out);
}

/* --- writing ------------------------------------------------------------- */

/* What an entry points to. */
struct around {
	struct person person;
	struct term term;
	struct station station;
	struct unit unit;
	struct unit_kind kind;
	struct district district;
	struct place place;
	struct deputy_group group;
};

static int
read_around(struct ctx *c, struct arena *a, const struct mandate *m,
            struct around *r)
{
	int err = person_get(c, a, m->person, &r->person);

	if (err == OK)
		err = term_get(c, a, m->term, &r->term);
	if (err == OK)
		err = station_get(c, a, m->station, &r->station);
	if (err == OK)
		err = unit_get(c, a, r->station.unit, &r->unit);
	if (err == OK)
		err = unit_kind_get(c, a, r->unit.kind, &r->kind);
	if (err == OK && m->district.v != 0)
		err = district_get(c, a, m->district, &r->district);
	if (err == OK && m->place.v != 0)
		err = place_get(c, a, m->place, &r->place);
	if (err == OK && m->grp.v != 0)
		err = deputy_group_get(c, a, m->grp, &r->group);
	return err;
}

static void
check_days(struct ctx *c, const struct mandate *m, const struct term *term)
{
	if (!day_is_valid(m->from_on))
		ctx_fault(c, "from_on", N_("This is not a day."));
	else if (day_compare(m->from_on, term->from_on) < 0 ||
	         day_compare(m->from_on, term->to_on) > 0)
		ctx_fault(c, "from_on", N_("This day is outside the term."));
	if (m->to_on.year == 0)
		return;
	if (!day_is_valid(m->to_on))
		ctx_fault(c, "to_on", N_("This is not a day."));
	else if (day_compare(m->to_on, m->from_on) < 0)
		ctx_fault(c, "to_on", N_("The last day is before the first."));
	else if (day_compare(m->to_on, term->to_on) > 0)
		ctx_fault(c, "to_on", N_("This day is outside the term."));
}

static int
check(struct ctx *c, const struct mandate *m, const struct around *r)
{
	ctx_check_begin(c);
	if (r->person.unit.v != r->unit.id.v)
		ctx_fault(c, "person",
		          N_("This person is on another unit's roster."));
	if (r->term.level != m->level ||
	    (m->level == LEVEL_TOWN && r->term.unit.v != r->unit.id.v))
		ctx_fault(c, "term", N_("This is another congress's term."));
	if (m->level == LEVEL_TOWN && !r->kind.has_deputies)
		ctx_fault(c, "level",
		          N_("This unit has no deputies of its own."));
	if (m->district.v != 0 && (r->district.unit.v != r->unit.id.v ||
	                           r->district.level != m->level))
		ctx_fault(c, "district",
		          N_("This district is of another unit or level."));
	if (m->place.v != 0 && r->place.station.v != m->station.v)
		ctx_fault(c, "place",
		          N_("This room or point is of another station."));
	if (m->grp.v != 0 && r->group.station.v != m->station.v)
		ctx_fault(c, "grp", N_("This group is of another station."));
	check_days(c, m, &r->term);
	return ctx_check_end(c);
}

static int
write_row(struct ctx *c, struct mandate *row)
{
	struct stmt *q = ctx_stmt(c, &entity_mandate, SQL_TAKEN);
	int64_t taken;
	int err;

	bind_id(q, ":person", row->person.v);
	bind_id(q, ":term", row->term.v);
	err = stmt_int(q, &taken);
	if (err != OK)
		return err;
	if (taken > 0)
		return ERR_EXISTS;

	row->id.v = ctx_new_id(c, &entity_mandate);
	event_subject(c, row->id.v, row->unit.v);
	event_about(c, ENTITY_PERSON, row->person.v);
	/* A term that was made a moment ago is not struck under it. */
	event_about(c, ENTITY_TERM, row->term.v);
	q = ctx_stmt(c, &entity_mandate, SQL_ADD);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
mandate_add(struct ctx *c, const struct mandate *entry, struct mandate_id *id)
{
	struct mandate row = *entry;
	struct around around;
	struct arena *a;
	int err;

	if (!may(c, PERM_PEOPLE_WRITE))
		return ERR_DENIED;

	a = arena_new();
	err = read_around(c, a, &row, &around);
	if (err != OK)
		goto done;
	row.unit = around.unit.id;
	if (row.from_on.year == 0)
		row.from_on = around.term.from_on;
	err = check(c, &row, &around);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_MANDATE_ADD, ENTITY_MANDATE, 0, row.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, write_row(c, &row));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

static int
update(struct ctx *c, const struct mandate *row)
{
	struct stmt *q = ctx_stmt(c, &entity_mandate, SQL_SAVE);

	event_about(c, ENTITY_PERSON, row->person.v);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
mandate_save(struct ctx *c, const struct mandate *entry)
{
	struct mandate row;
	struct around around;
	struct arena *a;
	int err;

	if (!may(c, PERM_PEOPLE_WRITE))
		return ERR_DENIED;

	a = arena_new();
	err = mandate_get(c, a, entry->id, &row);
	if (err != OK)
		goto done;
	row.district = entry->district;
	row.place = entry->place;
	row.grp = entry->grp;
	err = read_around(c, a, &row, &around);
	if (err == OK)
		err = check(c, &row, &around);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_MANDATE_SAVE, ENTITY_MANDATE, row.id.v,
	                  row.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, update(c, &row));
done:
	arena_free(a);
	return err;
}

/* --- elected again ------------------------------------------------------- */

static int
by_pinyin(const void *a, const void *b)
{
	const struct reelection *x = a, *y = b;
	int order = strcmp(x->pinyin, y->pinyin);

	return order != 0 ? order : (x->id.v > y->id.v) - (x->id.v < y->id.v);
}

int
reelection_list(struct ctx *c, struct arena *a, struct term_id old,
                struct term_id next, struct reelection **rows, int *n)
{
	struct stmt *q;
	int err;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_mandate, SQL_OF_TERM);
	bind_id(q, ":term", old.v);
	bind_id(q, ":next", next.v);
	err = stmt_all(q, a, reelection_fields, sizeof(**rows), MANDATES_MAX,
	               rows, n);
	if (err == OK && *n > 1)
		qsort(*rows, (size_t)*n, sizeof(**rows), by_pinyin);
	return err;
}

/* One like it, of the next term, from its first day. */
static int
elect_again(struct ctx *c, struct arena *a, const struct reelection *line,
            const struct term *next)
{
	struct mandate row;
	struct stmt *q;
	int err = mandate_get(c, a, line->id, &row);

	if (err != OK)
		return err;
	row.term = next->id;
	row.from_on = next->from_on;
	row.to_on = (struct day){0};
	row.id.v = ctx_new_id(c, &entity_mandate);
	event_about(c, ENTITY_PERSON, row.person.v);
	q = ctx_stmt(c, &entity_mandate, SQL_ADD);
	bind_fields(q, fields, &row);
	return stmt_run(q, NULL);
}

static int
drop_again(struct ctx *c, const struct reelection *line,
           const struct term *next)
{
	struct stmt *q = ctx_stmt(c, &entity_mandate, SQL_DROP);

	event_about(c, ENTITY_PERSON, line->person.v);
	bind_id(q, ":next", next->id.v);
	bind_id(q, ":id", line->id.v);
	return stmt_run(q, NULL);
}

static int
by_id(const void *a, const void *b)
{
	const struct mandate_id *x = a, *y = b;

	return (x->v > y->v) - (x->v < y->v);
}

/* keep is in the order of numbers. */
static int
write_again(struct ctx *c, struct arena *a, const struct term *old,
            const struct term *next, const struct mandate_id *keep, int n,
            int *added, int *dropped)
{
	struct reelection *rows;
	int count, err;

	event_about(c, ENTITY_TERM, next->id.v);
	err = reelection_list(c, a, old->id, next->id, &rows, &count);
	for (int i = 0; err == OK && i < count; i++) {
		bool wanted = n > 0 && bsearch(&rows[i].id, keep, (size_t)n,
		                               sizeof(*keep), by_id) != NULL;

		if (wanted == rows[i].again)
			continue;
		err = wanted ? elect_again(c, a, &rows[i], next)
		             : drop_again(c, &rows[i], next);
		*(wanted ? added : dropped) += 1;
	}
	return err == OK && *added + *dropped == 0 ? ERR_STATE : err;
}

int
reelection_save(struct ctx *c, struct term_id old_id, struct term_id next_id,
                const struct mandate_id *keep, int n, int *added, int *dropped)
{
	struct arena *a = arena_new();
	struct mandate_id *sorted =
	    arena_alloc(a, (size_t)(n + 1) * sizeof(*sorted));
	struct term old = {0}, next = {0};
	int plus = 0, minus = 0;
	int err = term_get(c, a, old_id, &old);

	if (n > 0)
		memcpy(sorted, keep, (size_t)n * sizeof(*sorted));
	qsort(sorted, (size_t)n, sizeof(*sorted), by_id);
	if (err == OK)
		err = term_get(c, a, next_id, &next);
	if (err == OK &&
	    (!may(c, PERM_PEOPLE_WRITE) || !term_is_ours(c, &next)))
		err = ERR_DENIED;
	if (err == OK && (old.level != next.level || old.unit.v != next.unit.v))
		err = ERR_NOT_FOUND;
	if (err == OK)
		err = event_begin(c, ACTION_TERM_REELECT, ENTITY_TERM, old.id.v,
		                  old.unit.v);
	if (err != OK)
		goto done;
	err = event_end(
	    c, write_again(c, a, &old, &next, sorted, n, &plus, &minus));
	if (err == OK && added != NULL)
		*added = plus;
	if (err == OK && dropped != NULL)
		*dropped = minus;
done:
	arena_free(a);
	return err;
}
