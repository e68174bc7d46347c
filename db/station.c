/*
 * Stations and the tree. A station comes into being with its unit
 * (db/unit.c); here it is shown and changed.
 */
#include "db/station.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/entry.h"
#include "db/place.h"
#include "db/predicates.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum { STATIONS_MAX = 1000, PLACES_MAX = 2000 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(station, id,      REF,   N_("Number"),  .readonly = true),
	FIELD(station, unit,    REF,   N_("Unit"),    .readonly = true),
	FIELD(station, name,    TEXT,  N_("Called"),    .max = STATION_NAME_MAX, .required = true),
	FIELD(station, address, TEXT,  N_("Address"), .max = STATION_ADDRESS_MAX),
	FIELD(station, phone,   TEXT,  N_("Telephone"), .max = STATION_PHONE_MAX),
	FIELD(station, hours,   TEXT,  N_("Opening hours"),    .max = STATION_HOURS_MAX),
	FIELD(station, profile, LINES, N_("Profile"), .max = STATION_PROFILE_MAX),
	FIELD_END,
};

/* Of struct station_page, without its row. */
static const struct field page_fields[] = {
	FIELD(station_page, unit_name,       TEXT, N_("Unit")),
	FIELD(station_page, kind_label,      TEXT, N_("Kind")),
	FIELD(station_page, kind_label_en,   TEXT, N_("Kind")),
	FIELD(station_page, rooms,           INT,  N_("Rooms")),
	FIELD(station_page, points,          INT,  N_("Points")),
	FIELD(station_page, groups,          INT,  N_("Groups")),
	FIELD(station_page, deputies,        INT,  N_("Deputies")),
	FIELD(station_page, county_deputies, INT,  N_("County deputies")),
	FIELD(station_page, town_deputies,   INT,  N_("Town deputies")),
	FIELD(station_page, officers,        INT,  N_("Officers")),
	FIELD_END,
};

/* A unit with its station, as the tree reads it. */
struct pair {
	struct unit_id unit;
	struct station_id station;
	const char *name, *station_name, *kind_label, *kind_label_en;
	int64_t deputies;
};
static const struct field pair_fields[] = {
	FIELD(pair, unit,          REF,  N_("Unit")),
	FIELD(pair, station,       REF,  N_("Station")),
	FIELD(pair, name,          TEXT, N_("Name")),
	FIELD(pair, station_name,  TEXT, N_("Station")),
	FIELD(pair, kind_label,    TEXT, N_("Kind")),
	FIELD(pair, kind_label_en, TEXT, N_("Kind")),
	FIELD(pair, deputies,      INT,  N_("Deputies")),
	FIELD_END,
};
/* clang-format on */

/* clang-format off */
/* People of a station with a current mandate, however many they hold. */
#define DEPUTIES(more) \
	"(SELECT count(DISTINCT m.person) FROM mandate m" \
	"  WHERE m.station = station.id AND " CURRENT("m") more ")"
#define PAIR \
	"SELECT unit.id AS unit, station.id AS station, unit.name AS name," \
	"       station.name AS station_name, k.label AS kind_label," \
	"       k.label_en AS kind_label_en," \
	"       " DEPUTIES("") " AS deputies" \
	"  FROM station" \
	"  JOIN unit ON unit.id = station.unit" \
	"  JOIN unit_kind k ON k.name = unit.kind"

enum { SQL_GET, SQL_OF_UNIT, SQL_PAGE, SQL_PAIRS, SQL_PAIR, SQL_SAVE };

static const char *const sql[] = {
	[SQL_GET] =
		"SELECT id, unit, name, address, phone, hours, profile FROM station"
		" WHERE id = :id AND @scope",
	[SQL_OF_UNIT] =
		"SELECT id, unit, name, address, phone, hours, profile FROM station"
		" WHERE unit = :unit AND @scope",
	[SQL_PAGE] =
		"SELECT unit.name AS unit_name, k.label AS kind_label,"
		"       k.label_en AS kind_label_en,"
		"       (SELECT count(*) FROM place p WHERE p.station = station.id"
		"           AND p.kind = 'room' AND p.closed_on IS NULL) AS rooms,"
		"       (SELECT count(*) FROM place p WHERE p.station = station.id"
		"           AND p.kind = 'point' AND p.closed_on IS NULL) AS points,"
		"       (SELECT count(*) FROM deputy_group g"
		"         WHERE g.station = station.id) AS groups,"
		"       " DEPUTIES("") " AS deputies,"
		"       " DEPUTIES(" AND m.level = 'county'") " AS county_deputies,"
		"       " DEPUTIES(" AND m.level = 'town'") " AS town_deputies,"
		"       (SELECT count(DISTINCT o.person) FROM office o"
		"         WHERE o.station = station.id AND o.role <> 'deputy'"
		"           AND " CURRENT("o") ") AS officers"
		"  FROM station JOIN unit ON unit.id = station.unit"
		"  JOIN unit_kind k ON k.name = unit.kind"
		" WHERE station.id = :id AND @scope",
	[SQL_PAIRS] = PAIR " WHERE @scope ORDER BY unit.position",
	[SQL_PAIR] = PAIR " WHERE station.unit = :unit AND @scope",
	[SQL_SAVE] =
		"UPDATE station SET name = :name, address = :address,"
		"       phone = :phone, hours = :hours, profile = :profile"
		" WHERE id = :id AND @scope",
};
/* clang-format on */

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "station.unit = :my_unit",
    [SCOPE_STATION] = "station.id = :my_station",
    [SCOPE_SELF] = "station.id = :my_station",
    [SCOPE_ASSIGNED] = "station.unit = :my_unit",
    [SCOPE_PUBLIC] = "1",
};

const struct entity entity_station = {
    .kind = ENTITY_STATION,
    .name = "station",
    .label = N_("Station"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

int
station_get(struct ctx *c, struct arena *a, struct station_id id,
            struct station *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_station, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
station_of_unit(struct ctx *c, struct arena *a, struct unit_id unit,
                struct station *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_station, SQL_OF_UNIT);
	bind_id(q, ":unit", unit.v);
	return stmt_one(q, a, fields, out);
}

int
station_page_get(struct ctx *c, struct arena *a, struct station_id id,
                 struct station_page *out)
{
	struct station_page page = {0};
	struct stmt *q;
	int err = station_get(c, a, id, &page.row);

	if (err != OK)
		return err;

	q = ctx_stmt(c, &entity_station, SQL_PAGE);
	bind_id(q, ":id", id.v);
	err = stmt_one(q, a, page_fields, &page);
	if (err == OK)
		*out = page;
	return err;
}

bool
station_may_write(const struct ctx *c)
{
	return may(c, PERM_ORG_WRITE) || may(c, PERM_STATION_WRITE);
}

int
station_save(struct ctx *c, const struct station *entry)
{
	struct station row = *entry, old;
	struct arena *a;
	struct stmt *q;
	int err;

	if (!station_may_write(c))
		return ERR_DENIED;

	a = arena_new();
	err = station_get(c, a, entry->id, &old);
	if (err == OK && !may(c, PERM_ORG_WRITE) &&
	    (row.name == NULL || strcmp(row.name, old.name) != 0))
		err = ERR_DENIED;
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	entry_clean(c, a, fields, &row);
	err = ctx_check_end(c);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_STATION_SAVE, ENTITY_STATION, row.id.v,
	                  old.unit.v);
	if (err != OK)
		goto done;
	q = ctx_stmt(c, &entity_station, SQL_SAVE);
	bind_fields(q, fields, &row);
	err = event_end(c, stmt_run(q, NULL));
done:
	arena_free(a);
	return err;
}

static struct tree_row
unit_row(const struct pair *p)
{
	return (struct tree_row){
	    .sort = TREE_UNIT,
	    .id = p->unit.v,
	    .unit = p->unit,
	    .station = p->station,
	    .name = p->name,
	    .kind_label = p->kind_label,
	    .kind_label_en = p->kind_label_en,
	    .deputies = p->deputies,
	};
}

static struct tree_row
station_row(const struct pair *p, int depth)
{
	return (struct tree_row){
	    .sort = TREE_STATION,
	    .depth = depth,
	    .id = p->station.v,
	    .unit = p->unit,
	    .station = p->station,
	    .name = p->station_name,
	    .kind_label = "",
	    .kind_label_en = "",
	    .deputies = p->deputies,
	};
}

static struct tree_row
place_row(const struct place *p)
{
	return (struct tree_row){
	    .sort = p->kind == PLACE_ROOM ? TREE_ROOM : TREE_POINT,
	    .depth = 1,
	    .id = p->id.v,
	    .unit = p->unit,
	    .station = p->station,
	    .name = p->name,
	    .kind_label = "",
	    .kind_label_en = "",
	    .deputies = -1,
	};
}

static int
tree_of_county(struct ctx *c, struct arena *a, struct tree_row **rows, int *n)
{
	struct pair *pairs;
	struct tree_row *out;
	int count, err;

	err = stmt_all(ctx_stmt(c, &entity_station, SQL_PAIRS), a, pair_fields,
	               sizeof(*pairs), STATIONS_MAX, &pairs, &count);
	if (err != OK)
		return err;
	out = arena_alloc(a, 2 * (size_t)count * sizeof(*out) + 1);
	for (int i = 0; i < count; i++) {
		out[2 * i] = unit_row(&pairs[i]);
		out[2 * i + 1] = station_row(&pairs[i], 1);
	}
	*rows = out;
	*n = 2 * count;
	return OK;
}

int
station_tree(struct ctx *c, struct arena *a, struct unit_id unit,
             struct tree_row **rows, int *n)
{
	struct tree_row *out;
	struct place *places;
	struct pair pair;
	struct stmt *q;
	int count, err;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;
	if (unit.v == 0)
		return tree_of_county(c, a, rows, n);

	q = ctx_stmt(c, &entity_station, SQL_PAIR);
	bind_id(q, ":unit", unit.v);
	err = stmt_one(q, a, pair_fields, &pair);
	if (err == OK)
		err = place_list(c, a, pair.station, &places, &count);
	if (err != OK)
		return err;
	out = arena_alloc(a, ((size_t)count + 1) * sizeof(*out));
	out[0] = station_row(&pair, 0);
	*n = 1;
	for (int i = 0; i < count; i++)
		if (places[i].closed_on.year == 0)
			out[(*n)++] = place_row(&places[i]);
	*rows = out;
	return OK;
}
