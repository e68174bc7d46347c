/*
 * Units and their kinds. A unit and its station come into being together;
 * the rest of the tree is added to them.
 */
#include "db/unit.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/station.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum { UNITS_MAX = 1000, KIND_MAX = 20 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(unit, id,       REF,   N_("Number"), .readonly = true),
	FIELD(unit, name,     TEXT,  N_("Called"),   .max = UNIT_NAME_MAX, .required = true),
	FIELD(unit, kind,     TOKEN, N_("Kind"),   .max = KIND_MAX, .required = true),
	FIELD(unit, position, INT,   N_("Order"),  .readonly = true),
	FIELD_END,
};

static const struct field kind_fields[] = {
	FIELD(unit_kind, name,         TOKEN, N_("Kind")),
	FIELD(unit_kind, label,        TEXT,  N_("Called")),
	FIELD(unit_kind, label_en,     TEXT,  N_("English name")),
	FIELD(unit_kind, has_congress, BOOL,  N_("Has a congress")),
	FIELD(unit_kind, has_deputies, BOOL,  N_("Has deputies of its own")),
	FIELD(unit_kind, has_assembly, BOOL,  N_("Has an assembly")),
	FIELD_END,
};
/* clang-format on */

enum { SQL_GET, SQL_NAMED, SQL_LIST, SQL_KIND, SQL_ADD, SQL_ADD_STATION };

static const char *const sql[] = {
    [SQL_GET] = "SELECT id, name, kind, position FROM unit"
		" WHERE id = :id AND @scope",
    [SQL_NAMED] = "SELECT id, name, kind, position FROM unit"
		  " WHERE name = :name AND @scope",
    [SQL_LIST] = "SELECT id, name, kind, position FROM unit"
		 " WHERE @scope ORDER BY position, id",
    [SQL_KIND] = "SELECT name, label, label_en, has_congress, has_deputies,"
		 "       has_assembly"
		 "  FROM unit_kind WHERE name = :name",
    [SQL_ADD] = "INSERT INTO unit (id, name, kind, position)"
		"VALUES (:id, :name, :kind,"
		"        (SELECT coalesce(max(position), 0) + 1 FROM unit))",
    [SQL_ADD_STATION] = "INSERT INTO station (id, unit, name, address, phone)"
			"VALUES (:id, :unit, :name, :address, :phone)",
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "unit.id = :my_unit",
    [SCOPE_STATION] = "unit.id = :my_unit",
    [SCOPE_SELF] = "unit.id = :my_unit",
    [SCOPE_ASSIGNED] = "unit.id = :my_unit",
};

const struct entity entity_unit = {
    .kind = ENTITY_UNIT,
    .name = "unit",
    .label = N_("Unit"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

int
unit_get(struct ctx *c, struct arena *a, struct unit_id id, struct unit *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_unit, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
unit_named(struct ctx *c, struct arena *a, const char *name, struct unit *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_unit, SQL_NAMED);
	bind_text(q, ":name", name);
	return stmt_one(q, a, fields, out);
}

int
unit_list(struct ctx *c, struct arena *a, struct unit **rows, int *n)
{
	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	return stmt_all(ctx_stmt(c, &entity_unit, SQL_LIST), a, fields,
	                sizeof(**rows), UNITS_MAX, rows, n);
}

int
unit_kind_get(struct ctx *c, struct arena *a, const char *name,
              struct unit_kind *out)
{
	struct stmt *q = ctx_stmt(c, &entity_unit, SQL_KIND);

	bind_text(q, ":name", name);
	return stmt_one(q, a, kind_fields, out);
}

/* Clean copies of the entry in *unit and *station, faults noted. */
static int
check(struct ctx *c, struct arena *a, const struct unit_new *entry,
      struct unit *unit, struct station *station)
{
	struct unit_kind kind;
	int err;

	*unit = (struct unit){.name = entry->name, .kind = entry->kind};
	*station = (struct station){.name = entry->station,
	                            .address = entry->address,
	                            .phone = entry->phone};
	ctx_check_begin(c);
	entry_clean(c, a, fields, unit);
	if (*unit->kind != '\0') {
		err = unit_kind_get(c, a, unit->kind, &kind);
		if (err == ERR_NOT_FOUND)
			ctx_fault(c, "kind", N_("There is no such kind."));
		else if (err != OK)
			return err;
	}

	if (station->name == NULL || *station->name == '\0')
		station->name = arena_printf(a, "%s代表联络站", unit->name);
	station->name = entry_text(c, a, "station", station->name, TEXT_LINE,
	                           STATION_NAME_MAX, true);
	station->address = entry_text(c, a, "address", station->address,
	                              TEXT_LINE, STATION_ADDRESS_MAX, false);
	station->phone = entry_text(c, a, "phone", station->phone, TEXT_LINE,
	                            STATION_PHONE_MAX, false);
	return ctx_check_end(c);
}

static int
write_both(struct ctx *c, struct unit *unit, struct station *station)
{
	struct stmt *q;
	int err;

	unit->id.v = ctx_new_id(c, &entity_unit);
	station->id.v = ctx_new_id(c, &entity_station);
	station->unit = unit->id;
	event_subject(c, unit->id.v, unit->id.v);

	q = ctx_stmt(c, &entity_unit, SQL_ADD);
	bind_fields(q, fields, unit);
	err = stmt_run(q, NULL);
	if (err != OK)
		return err;

	q = ctx_stmt(c, &entity_unit, SQL_ADD_STATION);
	bind_fields(q, entity_station.fields, station);
	return stmt_run(q, NULL);
}

int
unit_add(struct ctx *c, const struct unit_new *entry, struct unit_id *id,
         struct station_id *station)
{
	struct arena *a;
	struct unit u;
	struct station s;
	int err;

	if (!may(c, PERM_ORG_WRITE))
		return ERR_DENIED;

	a = arena_new();
	err = check(c, a, entry, &u, &s);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_UNIT_ADD, ENTITY_UNIT, 0, 0);
	if (err != OK)
		goto done;
	err = event_end(c, write_both(c, &u, &s));
	if (err != OK)
		goto done;
	*id = u.id;
	if (station != NULL)
		*station = s.id;
done:
	arena_free(a);
	return err;
}
