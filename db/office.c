/*
 * Offices and roles. What an office needs of the org tree follows from its
 * role's scope, so a new role is a row.
 */
#include "db/office.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/entry.h"
#include "db/organ.h"
#include "db/person.h"
#include "db/place.h"
#include "db/predicates.h"
#include "db/station.h"
#include "db/store/event.h"
#include "db/store/stmt.h"
#include "db/unit.h"

enum { OFFICES_MAX = 1000, ROLES_MAX = 100, ROLE_MAX = 31 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(office, id,      REF,   N_("Number"),   .readonly = true),
	FIELD(office, person,  REF,   N_("Person"),   .required = true),
	FIELD(office, role,    TOKEN, N_("Office"),   .max = ROLE_MAX, .required = true),
	FIELD(office, unit,    REF,   N_("Unit")),
	FIELD(office, station, REF,   N_("Station")),
	FIELD(office, place,   REF,   N_("Room or point")),
	FIELD(office, organ,   REF,   N_("Handling unit")),
	FIELD(office, from_on, DAY,   N_("First day")),
	FIELD(office, to_on,   DAY,   N_("Last day")),
	FIELD_END,
};

static const struct field role_fields[] = {
	FIELD(role, name,     TOKEN, N_("Office")),
	FIELD(role, label,    TEXT,  N_("Called")),
	FIELD(role, label_en, TEXT,  N_("English name")),
	FIELD(role, scope,    TOKEN, N_("Scope")),
	FIELD(role, bench,    TOKEN, N_("Workbench")),
	FIELD(role, position, INT,   N_("Order")),
	FIELD_END,
};

static const struct field line_fields[] = {
	FIELD(office_line, id,           REF,   N_("Number")),
	FIELD(office_line, person,       REF,   N_("Person")),
	FIELD(office_line, name,         TEXT,  N_("Name")),
	FIELD(office_line, role,         TOKEN, N_("Office")),
	FIELD(office_line, label,        TEXT,  N_("Office")),
	FIELD(office_line, label_en,     TEXT,  N_("Office")),
	FIELD(office_line, position,     INT,   N_("Order")),
	FIELD(office_line, unit,         REF,   N_("Unit")),
	FIELD(office_line, station,      REF,   N_("Station")),
	FIELD(office_line, organ,        REF,   N_("Handling unit")),
	FIELD(office_line, unit_name,    TEXT,  N_("Unit")),
	FIELD(office_line, station_name, TEXT,  N_("Station")),
	FIELD(office_line, place_name,   TEXT,  N_("Room or point")),
	FIELD(office_line, organ_name,   TEXT,  N_("Handling unit")),
	FIELD(office_line, from_on,      DAY,   N_("First day")),
	FIELD(office_line, to_on,        DAY,   N_("Last day")),
	FIELD_END,
};
/* clang-format on */

#define LINE                                                                   \
	"SELECT office.id AS id, office.person AS person,"                     \
	"       person.name AS name, office.role AS role,"                     \
	"       role.label AS label, role.label_en AS label_en,"               \
	"       role.position AS position, office.unit AS unit,"               \
	"       office.station AS station, office.organ AS organ,"             \
	"       unit.name AS unit_name, station.name AS station_name,"         \
	"       place.name AS place_name, organ.name AS organ_name,"           \
	"       office.from_on AS from_on, office.to_on AS to_on"              \
	"  FROM office"                                                        \
	" CROSS JOIN person ON person.id = office.person"                      \
	" CROSS JOIN role ON role.name = office.role"                          \
	"  LEFT JOIN unit ON unit.id = office.unit"                            \
	"  LEFT JOIN station ON station.id = office.station"                   \
	"  LEFT JOIN place ON place.id = office.place"                         \
	"  LEFT JOIN organ ON organ.id = office.organ"

enum {
	SQL_GET,
	SQL_HATS,
	SQL_HAT,
	SQL_LINE,
	SQL_OF_PERSON,
	SQL_AT_STATION,
	SQL_ROLES,
	SQL_ROLE,
	SQL_HELD,
	SQL_OTHER_ADMINS,
	SQL_ADD,
	SQL_END
};

static const char *const sql[] = {
    [SQL_GET] = "SELECT id, person, role, unit, station, place, organ,"
		"       from_on, to_on"
		"  FROM office WHERE id = :id AND @scope",
    /* unscoped: the acting person's own, also those held elsewhere */
    [SQL_HATS] = LINE " WHERE office.person = :me AND " CURRENT("office"),
    [SQL_HAT] = LINE " WHERE office.id = :id AND office.person = :me",
    [SQL_LINE] = LINE " WHERE office.id = :id AND @scope",
    [SQL_OF_PERSON] = LINE " WHERE office.person = :person AND @scope"
			   " ORDER BY office.from_on DESC",
    [SQL_AT_STATION] = LINE " WHERE office.station = :station"
			    "   AND office.role <> 'deputy'"
			    "   AND " CURRENT("office") " AND @scope",
    [SQL_ROLES] = "SELECT name, label, label_en, scope, bench, position"
		  "  FROM role ORDER BY position",
    [SQL_ROLE] = "SELECT name, label, label_en, scope, bench, position"
		 "  FROM role WHERE name = :name",
    [SQL_HELD] = "SELECT count(*) FROM office"
		 " WHERE person = :person AND role = :role"
		 "   AND unit IS :unit AND station IS :station"
		 "   AND organ IS :organ"
		 "   AND (to_on IS NULL OR to_on >= :from_on) AND @scope",
    [SQL_OTHER_ADMINS] = "SELECT count(*) FROM office"
			 "  JOIN account ON account.person = office.person"
			 " WHERE office.role = 'admin' AND " CURRENT(
			     "office") "   AND account.disabled_at IS NULL AND "
				       "office.id <> :id AND @scope",
    [SQL_ADD] = "INSERT INTO office (id, person, role, unit, station, place,"
		"       organ, from_on, to_on)"
		"VALUES (:id, :person, :role, :unit, :station, :place,"
		"        :organ, :from_on, :to_on)",
    [SQL_END] = "UPDATE office SET to_on = :to_on"
		" WHERE id = :id AND (to_on IS NULL OR to_on > :to_on)"
		"   AND @scope",
};

/* Who is at a station is public within it. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "office.unit = :my_unit",
    [SCOPE_STATION] = "office.unit = :my_unit",
    [SCOPE_SELF] = "office.station = :my_station OR office.person = :me",
    [SCOPE_ASSIGNED] = "office.organ = :my_organ",
};

const struct entity entity_office = {
    .kind = ENTITY_OFFICE,
    .name = "office",
    .label = N_("Office"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

const char *
role_label(const char *label, const char *label_en)
{
	return i18n_language() == LANGUAGE_EN ? label_en : label;
}

const char *
office_text(struct arena *a, const struct office_line *line)
{
	const char *role = role_label(line->label, line->label_en);
	const char *where = line->organ_name;

	if (*where == '\0')
		where = line->station_name;
	if (*where == '\0')
		where = line->unit_name;
	if (*where == '\0')
		return role;
	return arena_printf(a, "%s %s", where, role);
}

int
role_list(struct ctx *c, struct arena *a, struct role **rows, int *n)
{
	return stmt_all(ctx_stmt(c, &entity_office, SQL_ROLES), a, role_fields,
	                sizeof(**rows), ROLES_MAX, rows, n);
}

int
role_get(struct ctx *c, struct arena *a, const char *name, struct role *out)
{
	struct stmt *q = ctx_stmt(c, &entity_office, SQL_ROLE);

	bind_text(q, ":name", name);
	return stmt_one(q, a, role_fields, out);
}

int
office_get(struct ctx *c, struct arena *a, struct office_id id,
           struct office *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_office, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

static int
by_role(const void *a, const void *b)
{
	const struct office_line *x = a, *y = b;

	if (x->position != y->position)
		return x->position < y->position ? -1 : 1;
	if (x->id.v != y->id.v)
		return x->id.v < y->id.v ? -1 : 1;
	return 0;
}

/* Some few rows, put in the roles' order here: no index has it. */
static int
lines_by_role(struct stmt *q, struct arena *a, struct office_line **rows,
              int *n)
{
	int err =
	    stmt_all(q, a, line_fields, sizeof(**rows), OFFICES_MAX, rows, n);

	if (err == OK && *n > 1)
		qsort(*rows, (size_t)*n, sizeof(**rows), by_role);
	return err;
}

int
office_hats(struct ctx *c, struct arena *a, struct office_line **rows, int *n)
{
	return lines_by_role(ctx_stmt(c, &entity_office, SQL_HATS), a, rows, n);
}

int
office_hat(struct ctx *c, struct arena *a, struct office_id id,
           struct office_line *out)
{
	struct stmt *q = ctx_stmt(c, &entity_office, SQL_HAT);

	bind_id(q, ":id", id.v);
	return stmt_one(q, a, line_fields, out);
}

int
office_line_get(struct ctx *c, struct arena *a, struct office_id id,
                struct office_line *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_office, SQL_LINE);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, line_fields, out);
}

int
office_of_person(struct ctx *c, struct arena *a, struct person_id person,
                 struct office_line **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_office, SQL_OF_PERSON);
	bind_id(q, ":person", person.v);
	return stmt_all(q, a, line_fields, sizeof(**rows), OFFICES_MAX, rows,
	                n);
}

int
office_at_station(struct ctx *c, struct arena *a, struct station_id station,
                  struct office_line **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_office, SQL_AT_STATION);
	bind_id(q, ":station", station.v);
	return lines_by_role(q, a, rows, n);
}

/* --- writing ------------------------------------------------------------- */

/* Who keeps accounts may give and end every office; who keeps the roster,
 * those that see less than their own: the county's staff a unit's, a unit's
 * staff a station's. */
static bool
may_write(const struct ctx *c)
{
	return may(c, PERM_ORG_WRITE) || may(c, PERM_ACCOUNT_WRITE) ||
	       may(c, PERM_PEOPLE_WRITE);
}

bool
role_is_ours(const struct ctx *c, const struct role *role)
{
	if (may(c, PERM_ORG_WRITE) || may(c, PERM_ACCOUNT_WRITE))
		return true;
	if (!may(c, PERM_PEOPLE_WRITE))
		return false;
	if (strcmp(role->scope, "station") == 0 ||
	    strcmp(role->scope, "self") == 0)
		return true;
	return c->scope == SCOPE_COUNTY &&
	       (strcmp(role->scope, "unit") == 0 ||
	        strcmp(role->scope, "assigned") == 0);
}

/* The place that a role of this scope asks for, and nothing else. */
static int
check_place(struct ctx *c, struct arena *a, const char *scope_name,
            struct office *row)
{
	struct station station = {0};
	struct organ organ = {0};
	struct place place = {0};
	struct unit unit;
	int err = OK;

	if (row->place.v != 0)
		err = place_get(c, a, row->place, &place);
	if (err != OK)
		return err;

	if (strcmp(scope_name, "unit") == 0) {
		row->station.v = row->place.v = row->organ.v = 0;
		if (row->unit.v == 0)
			ctx_fault(c, "unit", N_("This office needs a unit."));
		else
			err = unit_get(c, a, row->unit, &unit);
	} else if (strcmp(scope_name, "station") == 0 ||
	           strcmp(scope_name, "self") == 0) {
		row->organ.v = 0;
		if (row->station.v == 0)
			ctx_fault(c, "station",
			          N_("This office needs a station."));
		else
			err = station_get(c, a, row->station, &station);
		row->unit = station.unit;
		if (row->place.v != 0 && place.station.v != row->station.v)
			ctx_fault(
			    c, "place",
			    N_("This room or point is of another station."));
	} else if (strcmp(scope_name, "assigned") == 0) {
		row->station.v = row->place.v = 0;
		if (row->organ.v == 0)
			ctx_fault(c, "organ",
			          N_("This office needs a handling unit."));
		else
			err = organ_get(c, a, row->organ, &organ);
		row->unit = organ.unit;
	} else {
		row->unit.v = row->station.v = row->place.v = row->organ.v = 0;
	}
	return err;
}

static int
check(struct ctx *c, struct arena *a, struct office *row)
{
	struct person person;
	struct role role;
	int err = person_get(c, a, row->person, &person);

	if (err != OK)
		return err;
	if (row->from_on.year == 0)
		row->from_on = ctx_today(c);

	ctx_check_begin(c);
	entry_clean(c, a, fields, row);
	if (*row->role != '\0') {
		err = role_get(c, a, row->role, &role);
		if (err == ERR_NOT_FOUND) {
			ctx_fault(c, "role", N_("There is no such office."));
			err = OK;
		} else if (err == OK && !role_is_ours(c, &role)) {
			err = ERR_DENIED;
		} else if (err == OK) {
			err = check_place(c, a, role.scope, row);
		}
	}
	if (!day_is_valid(row->from_on))
		ctx_fault(c, "from_on", N_("This is not a day."));
	if (row->to_on.year != 0 && (!day_is_valid(row->to_on) ||
	                             day_compare(row->to_on, row->from_on) < 0))
		ctx_fault(c, "to_on", N_("The last day is before the first."));
	return err != OK ? err : ctx_check_end(c);
}

static int
write_row(struct ctx *c, struct office *row)
{
	struct stmt *q = ctx_stmt(c, &entity_office, SQL_HELD);
	int64_t held;
	int err;

	bind_fields(q, fields, row);
	err = stmt_int(q, &held);
	if (err != OK)
		return err;
	if (held > 0)
		return ERR_EXISTS;

	row->id.v = ctx_new_id(c, &entity_office);
	event_subject(c, row->id.v, row->unit.v);
	event_about(c, ENTITY_PERSON, row->person.v);
	q = ctx_stmt(c, &entity_office, SQL_ADD);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
office_add(struct ctx *c, const struct office *entry, struct office_id *id)
{
	struct office row = *entry;
	struct arena *a;
	int err;

	if (!may_write(c))
		return ERR_DENIED;

	a = arena_new();
	err = check(c, a, &row);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_OFFICE_ADD, ENTITY_OFFICE, 0, row.unit.v);
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
end_row(struct ctx *c, const struct office *row, struct day last)
{
	struct stmt *q;
	int64_t n;
	int err;

	if (strcmp(row->role, "admin") == 0) {
		q = ctx_stmt(c, &entity_office, SQL_OTHER_ADMINS);
		bind_id(q, ":id", row->id.v);
		err = stmt_int(q, &n);
		if (err != OK)
			return err;
		if (n == 0)
			return ERR_ADMIN;
	}
	event_about(c, ENTITY_PERSON, row->person.v);
	q = ctx_stmt(c, &entity_office, SQL_END);
	bind_id(q, ":id", row->id.v);
	bind_day(q, ":to_on", last);
	err = stmt_run(q, &n);
	if (err == OK && n == 0)
		err = ERR_STATE;
	return err;
}

int
office_end(struct ctx *c, struct office_id id, struct day last)
{
	struct office row;
	struct role role;
	struct arena *a;
	int err;

	if (!may_write(c))
		return ERR_DENIED;

	a = arena_new();
	err = office_get(c, a, id, &row);
	if (err == OK)
		err = role_get(c, a, row.role, &role);
	if (err == OK && !role_is_ours(c, &role))
		err = ERR_DENIED;
	if (err != OK)
		goto done;
	if (last.year == 0)
		last = day_add(ctx_today(c), -1);
	ctx_check_begin(c);
	/* Given today and taken back today, it was never held. */
	if (day_compare(last, day_add(row.from_on, -1)) < 0)
		ctx_fault(c, "to_on", N_("The last day is before the first."));
	err = ctx_check_end(c);
	if (err != OK)
		goto done;
	err =
	    event_begin(c, ACTION_OFFICE_END, ENTITY_OFFICE, id.v, row.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, end_row(c, &row, last));
done:
	arena_free(a);
	return err;
}
