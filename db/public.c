/* Queries of what is published. */
#include "db/public.h"

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/mandate.h"
#include "db/rota.h"
#include "db/station.h"
#include "db/store/stmt.h"

/* clang-format off */
static const struct field station_fields[] = {
	FIELD(public_station, name,      TEXT,  N_("Called")),
	FIELD(public_station, unit_name, TEXT,  N_("Unit")),
	FIELD(public_station, address,   TEXT,  N_("Address")),
	FIELD(public_station, phone,     TEXT,  N_("Telephone")),
	FIELD(public_station, hours,     TEXT,  N_("Opening hours")),
	FIELD(public_station, profile,   LINES, N_("Profile")),
	FIELD_END,
};

static const struct field deputy_fields[] = {
	FIELD(public_deputy, person, REF,  N_("Person")),
	FIELD(public_deputy, name,   TEXT, N_("Name")),
	FIELD(public_deputy, county, BOOL, N_("County deputies")),
	FIELD(public_deputy, town,   BOOL, N_("Town deputies")),
	FIELD_END,
};

static const struct field reception_fields[] = {
	FIELD(public_reception, person,    REF,  N_("Person")),
	FIELD(public_reception, name,      TEXT, N_("Name")),
	FIELD(public_reception, place,     TEXT, N_("Place")),
	FIELD(public_reception, starts_at, TIME, N_("Begins")),
	FIELD(public_reception, ends_at,   TIME, N_("Ends")),
	FIELD_END,
};

static const struct field activity_fields[] = {
	FIELD(public_activity, id,           REF,  N_("Number")),
	FIELD(public_activity, title,        TEXT, N_("Title")),
	FIELD(public_activity, venue,        TEXT, N_("Place")),
	FIELD(public_activity, station_name, TEXT, N_("Station")),
	FIELD(public_activity, starts_at,    TIME, N_("Begins")),
	FIELD(public_activity, ends_at,      TIME, N_("Ends")),
	FIELD(public_activity, state,        ENUM, N_("State"), .names = activity_states),
	FIELD_END,
};
/* clang-format on */

static const char sql_station[] =
    "SELECT station.name AS name, u.name AS unit_name, address, phone, hours,"
    "       profile FROM station JOIN unit AS u ON u.id = station.unit"
    " WHERE station.id = :id AND @scope";

/* By the order of the station's index: a person's mandates follow each other
 * and become one line. */
static const char sql_deputies[] =
    "SELECT mandate.person AS person, p.name AS name,"
    "       max(mandate.level = 'county') AS county,"
    "       max(mandate.level = 'town') AS town"
    "  FROM mandate JOIN person AS p ON p.id = mandate.person"
    " WHERE mandate.station = :id AND @scope"
    " GROUP BY mandate.person ORDER BY p.pinyin, mandate.person";

static const char sql_receptions[] =
    "SELECT rota.person AS person, p.name AS name,"
    "       coalesce(l.name, '') AS place, rota.starts_at AS starts_at,"
    "       rota.ends_at AS ends_at"
    "  FROM rota JOIN person AS p ON p.id = rota.person"
    "  LEFT JOIN place AS l ON l.id = rota.place"
    " WHERE rota.station = :id AND rota.starts_at >= :from AND @scope"
    " ORDER BY rota.starts_at, rota.id";

static const char sql_activity[] =
    "SELECT activity.id AS id, activity.title AS title,"
    "       activity.venue AS venue, s.name AS station_name,"
    "       activity.starts_at AS starts_at, activity.ends_at AS ends_at,"
    "       activity.state AS state"
    "  FROM activity JOIN station AS s ON s.id = activity.station"
    " WHERE activity.id = :id AND @scope";

int
public_code(struct ctx *c, struct arena *a, enum code_kind kind,
            const char *token, struct code *code)
{
	int err = code_of_token(c, a, kind, token, code);

	return err == OK ? code_usable(c, code) : err;
}

int
public_station(struct ctx *c, struct arena *a, struct station_id id,
               struct public_station *out)
{
	struct stmt *q = ctx_sql(c, &entity_station, sql_station);

	bind_id(q, ":id", id.v);
	return stmt_one(q, a, station_fields, out);
}

int
public_deputies(struct ctx *c, struct arena *a, struct station_id id,
                struct public_deputy **rows, int *n)
{
	struct stmt *q = ctx_sql(c, &entity_mandate, sql_deputies);

	bind_id(q, ":id", id.v);
	return stmt_all(q, a, deputy_fields, sizeof(**rows), PUBLIC_DEPUTIES,
	                rows, n);
}

int
public_receptions(struct ctx *c, struct arena *a, struct station_id id,
                  struct public_reception **rows, int *n)
{
	struct stmt *q = ctx_sql(c, &entity_rota, sql_receptions);

	bind_id(q, ":id", id.v);
	bind_time(q, ":from", clock_at(ctx_today(c), 0, 0));
	return stmt_all(q, a, reception_fields, sizeof(**rows),
	                PUBLIC_RECEPTIONS, rows, n);
}

int
public_activity(struct ctx *c, struct arena *a, struct activity_id id,
                struct public_activity *out)
{
	struct stmt *q = ctx_sql(c, &entity_activity, sql_activity);

	bind_id(q, ":id", id.v);
	return stmt_one(q, a, activity_fields, out);
}
