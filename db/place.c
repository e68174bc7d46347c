/* Rooms and points of a station. */
#include "db/place.h"

#include "db/base/i18n.h"
#include "db/entry.h"
#include "db/station.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum { PLACES_MAX = 2000 };

const struct enum_name place_kinds[] = {
    [PLACE_ROOM] = {"room", N_("Liaison room")},
    [PLACE_POINT] = {"point", N_("Liaison point")},
    {NULL, NULL},
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(place, id,      REF,  N_("Number"),  .readonly = true),
	FIELD(place, unit,    REF,  N_("Unit"),    .readonly = true),
	FIELD(place, station, REF,  N_("Station"), .readonly = true),
	FIELD(place, kind,    ENUM, N_("Kind"),    .names = place_kinds, .required = true),
	FIELD(place, name,    TEXT, N_("Called"),    .max = PLACE_NAME_MAX, .required = true),
	FIELD(place, closed_on, DAY, N_("Closed on")),
	FIELD_END,
};
/* clang-format on */

enum { SQL_GET, SQL_LIST, SQL_NAMED, SQL_ADD, SQL_SAVE };

static const char *const sql[] = {
    [SQL_GET] = "SELECT id, unit, station, kind, name, closed_on FROM place"
		" WHERE id = :id AND @scope",
    [SQL_LIST] = "SELECT id, unit, station, kind, name, closed_on FROM place"
		 " WHERE station = :station AND @scope"
		 " ORDER BY kind DESC, name",
    [SQL_NAMED] = "SELECT id, unit, station, kind, name, closed_on FROM place"
		  " WHERE station = :station AND name = :name AND @scope",
    [SQL_ADD] = "INSERT INTO place (id, unit, station, kind, name)"
		"VALUES (:id, :unit, :station, :kind, :name)",
    [SQL_SAVE] = "UPDATE place SET kind = :kind, name = :name,"
		 " closed_on = :closed_on WHERE id = :id AND @scope",
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "place.unit = :my_unit",
    [SCOPE_STATION] = "place.station = :my_station",
    [SCOPE_SELF] = "place.station = :my_station",
    [SCOPE_ASSIGNED] = "place.unit = :my_unit",
};

const struct entity entity_place = {
    .kind = ENTITY_PLACE,
    .name = "place",
    .label = N_("Room or point"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

int
place_get(struct ctx *c, struct arena *a, struct place_id id, struct place *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_place, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
place_list(struct ctx *c, struct arena *a, struct station_id station,
           struct place **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_place, SQL_LIST);
	bind_id(q, ":station", station.v);
	return stmt_all(q, a, fields, sizeof(**rows), PLACES_MAX, rows, n);
}

int
place_named(struct ctx *c, struct arena *a, struct station_id station,
            const char *name, struct place *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_place, SQL_NAMED);
	bind_id(q, ":station", station.v);
	bind_text(q, ":name", name);
	return stmt_one(q, a, fields, out);
}

static int
write_row(struct ctx *c, struct place *row)
{
	struct stmt *q;

	row->id.v = ctx_new_id(c, &entity_place);
	event_subject(c, row->id.v, row->unit.v);
	event_about(c, ENTITY_STATION, row->station.v);
	q = ctx_stmt(c, &entity_place, SQL_ADD);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
place_add(struct ctx *c, const struct place *entry, struct place_id *id)
{
	struct place row = *entry;
	struct station station;
	struct arena *a;
	int err;

	if (!station_may_write(c))
		return ERR_DENIED;

	a = arena_new();
	err = station_get(c, a, row.station, &station);
	if (err != OK)
		goto done;
	row.unit = station.unit;
	ctx_check_begin(c);
	entry_clean(c, a, fields, &row);
	err = ctx_check_end(c);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_PLACE_ADD, ENTITY_PLACE, 0, row.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, write_row(c, &row));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

int
place_save(struct ctx *c, const struct place *entry)
{
	struct place row = *entry, old;
	struct arena *a;
	struct stmt *q;
	int err;

	if (!station_may_write(c))
		return ERR_DENIED;

	a = arena_new();
	err = place_get(c, a, row.id, &old);
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	entry_clean(c, a, fields, &row);
	if (row.closed_on.year != 0 &&
	    day_compare(row.closed_on, ctx_today(c)) > 0)
		ctx_fault(c, "closed_on", N_("This day is still to come."));
	err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, ACTION_PLACE_SAVE, ENTITY_PLACE, row.id.v,
		                  old.unit.v);
	if (err != OK)
		goto done;
	event_about(c, ENTITY_STATION, old.station.v);
	q = ctx_stmt(c, &entity_place, SQL_SAVE);
	bind_fields(q, fields, &row);
	err = event_end(c, stmt_run(q, NULL));
done:
	arena_free(a);
	return err;
}
