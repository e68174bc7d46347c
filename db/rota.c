/* The rota: filling, changing, announcing. Its list is at the end. */
#include "db/rota.h"

#include <assert.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/document.h"
#include "db/entry.h"
#include "db/mandate.h"
#include "db/participant.h"
#include "db/place.h"
#include "db/predicates.h"
#include "db/station.h"
#include "db/store/event.h"
#include "db/store/fsm.h"
#include "db/store/stmt.h"

enum { TURN_MAX = 2000, MINUTES = 24 * 60, WINDOW = 30 };

/* clang-format off */
const struct enum_name rota_states[] = {
	{"due",    N_("On duty")},
	{"absent", N_("Cannot come")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(rota, id,        REF,  N_("Number"), .readonly = true),
	FIELD(rota, unit,      REF,  N_("Unit"), .readonly = true),
	FIELD(rota, station,   REF,  N_("Station"), .readonly = true),
	FIELD(rota, place,     REF,  N_("Room or point")),
	FIELD(rota, person,    REF,  N_("Deputy"), .required = true),
	FIELD(rota, mandate,   REF,  N_("Mandate"), .readonly = true),
	FIELD(rota, starts_at, TIME, N_("Begins"), .required = true),
	FIELD(rota, ends_at,   TIME, N_("Ends"), .required = true),
	FIELD(rota, month,     INT,  N_("Month"), .readonly = true),
	FIELD(rota, state,     ENUM, N_("State"), .names = rota_states, .readonly = true),
	FIELD(rota, reason,    TEXT, N_("Reason"), .max = ROTA_REASON_MAX, .personal = true),
	FIELD(rota, activity,  REF,  N_("Reception"), .readonly = true),
	FIELD_END,
};

const struct field rota_line_fields[] = {
	FIELD(rota_line, id,           REF,  N_("Number"), .width = 6),
	FIELD(rota_line, unit,         REF,  N_("Unit")),
	FIELD(rota_line, station,      REF,  N_("Station")),
	FIELD(rota_line, station_name, TEXT, N_("Station"), .width = 20),
	FIELD(rota_line, place_name,   TEXT, N_("Room or point"), .width = 16),
	FIELD(rota_line, person,       REF,  N_("Deputy")),
	FIELD(rota_line, name,         TEXT, N_("Deputy"), .width = 10),
	FIELD(rota_line, group_name,   TEXT, N_("Group"), .width = 14),
	FIELD(rota_line, starts_at,    TIME, N_("Begins"), .width = 11),
	FIELD(rota_line, ends_at,      TIME, N_("Ends"), .width = 11),
	FIELD(rota_line, state,        ENUM, N_("State"), .names = rota_states, .width = 12),
	FIELD(rota_line, reason,       TEXT, N_("Reason"), .width = 20),
	FIELD(rota_line, activity,     REF,  N_("Reception"), .width = 6),
	FIELD(rota_line, attended,     BOOL, N_("Received people"), .width = 8),
	FIELD(rota_line, cancelled,    BOOL, N_("Cancelled"), .width = 8),
	FIELD_END,
};

static const struct step steps[ROTA_STEPS] = {
	[ROTA_DO_MISS] = {"miss", N_("Cannot come")},
	[ROTA_DO_BACK] = {"back", N_("Can come after all")},
};

static const struct edge edges[] = {
	/* from        on            to           who may             reason */
	{ROTA_DUE,    ROTA_DO_MISS, ROTA_ABSENT, PERM_STATION_WRITE, true},
	{ROTA_ABSENT, ROTA_DO_BACK, ROTA_DUE,    PERM_STATION_WRITE, false},
};
/* clang-format on */

static const enum action actions[ROTA_STEPS] = {
    [ROTA_DO_MISS] = ACTION_ROTA_MISS,
    [ROTA_DO_BACK] = ACTION_ROTA_BACK,
};

enum {
	SQL_GET,
	SQL_ADD,
	SQL_DROP,
	SQL_FILLED,
	SQL_TURN,
	SQL_TURN_GROUP,
	SQL_SWAP,
	SQL_REASON,
	SQL_SAME_HOUR,
	SQL_LINK,
	SQL_ROLL,
	SQL_TITLE,
	SQL_COUNT
};

/* Current deputies, the one whose last day is longest ago first. */
/* clang-format off */
#define TURN(which)                                                            \
	"SELECT m.person AS person, min(m.id) AS mandate FROM mandate AS m"    \
	" WHERE " which " AND " CURRENT("m") " GROUP BY m.person"              \
	" ORDER BY (SELECT max(r.starts_at) FROM rota AS r"                    \
	"            WHERE r.person = m.person) NULLS FIRST,"                  \
	" (SELECT pinyin FROM person WHERE person.id = m.person), m.person"
/* clang-format on */

static const char *const sql[] = {
    [SQL_GET] = "SELECT rota.* FROM rota WHERE rota.id = :id AND @scope",
    [SQL_ADD] = "INSERT INTO rota (id, unit, station, place, person, mandate,"
		" starts_at, ends_at, month, state)"
		" VALUES (:id, :unit, :station, :place, :person, :mandate,"
		" :starts_at, :ends_at, :month, 'due')",
    [SQL_DROP] = "DELETE FROM rota WHERE id = :id AND activity IS NULL"
		 "   AND @scope",
    [SQL_FILLED] = "SELECT count(*) FROM rota WHERE rota.station = :station"
		   "   AND rota.starts_at = :starts_at"
		   "   AND rota.place IS :place AND @scope",
    [SQL_TURN] = TURN("m.station = :station"),
    [SQL_TURN_GROUP] = TURN("m.station = :station AND m.grp = :group"),
    [SQL_SWAP] = "UPDATE rota SET person = :person, mandate = :mandate"
		 " WHERE id = :id AND state = 'due' AND activity IS NULL"
		 "   AND @scope",
    [SQL_REASON] = "UPDATE rota SET reason = :reason"
		   " WHERE id = :id AND @scope",
    [SQL_SAME_HOUR] = "SELECT rota.* FROM rota"
		      " WHERE rota.station = :station"
		      "   AND rota.starts_at = :starts_at"
		      "   AND rota.place IS :place AND rota.activity IS NULL"
		      "   AND @scope ORDER BY rota.starts_at, rota.id",
    [SQL_LINK] = "UPDATE rota SET activity = :activity"
		 " WHERE id = :id AND activity IS NULL AND @scope",
    [SQL_ROLL] = "SELECT p.id FROM participant AS p"
		 " WHERE p.activity = :activity AND p.person = :person"
		 "   AND p.signed_at IS NULL",
    [SQL_TITLE] = "SELECT value FROM setting WHERE name = 'reception.title'",
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "rota.unit = :my_unit",
    [SCOPE_STATION] = "rota.station = :my_station",
    [SCOPE_SELF] = "rota.person = :me",
    /* who receives people on a day that was announced */
    [SCOPE_PUBLIC] = "rota.state = 'due' AND EXISTS (SELECT 1"
		     " FROM activity AS own WHERE own.id = rota.activity"
		     " AND own.state NOT IN ('draft', 'cancelled'))",
};

const struct entity entity_rota = {
    .kind = ENTITY_ROTA,
    .name = "rota",
    .label = N_("Rota"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
    .states = rota_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

int
rota_get(struct ctx *c, struct arena *a, struct rota_id id, struct rota *out)
{
	struct stmt *q;

	if (!may(c, PERM_ROTA_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_rota, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

/* --- putting people on ------------------------------------------------ */

/* The station, if the acting hat keeps it, and a place of it. */
static int
find_station(struct ctx *c, struct arena *a, struct station_id id,
             struct place_id place, struct unit_id *unit)
{
	struct station station;
	struct place at;
	int err;

	if (!may(c, PERM_STATION_WRITE))
		return ERR_DENIED;
	err = station_get(c, a, id, &station);
	if (err == OK && place.v != 0) {
		err = place_get(c, a, place, &at);
		if (err == OK && at.station.v != id.v)
			err = ERR_NOT_FOUND;
	}
	if (err == OK)
		*unit = station.unit;
	return err;
}

static int
insert(struct ctx *c, struct rota *row)
{
	struct day day = day_of(row->starts_at);
	struct stmt *q;

	row->id.v = ctx_new_id(c, &entity_rota);
	row->month = day.year * 100 + day.month;
	event_about(c, ENTITY_PERSON, row->person.v);
	q = ctx_stmt(c, &entity_rota, SQL_ADD);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
rota_add(struct ctx *c, const struct rota *entry, struct rota_id *id)
{
	struct rota row = *entry;
	struct arena *a = arena_new();
	struct mandate mandate;
	int err = find_station(c, a, row.station, row.place, &row.unit);

	if (err != OK)
		goto done;
	ctx_check_begin(c);
	err = mandate_for(c, a, row.person, row.station, &mandate);
	if (err != OK && err != ERR_NOT_FOUND)
		goto done;
	if (err == ERR_NOT_FOUND || mandate.station.v != row.station.v)
		ctx_fault(c, "person", N_("Choose a deputy of the station."));
	else
		row.mandate = mandate.id;
	if (row.starts_at.s == 0 || row.ends_at.s <= row.starts_at.s)
		ctx_fault(c, "ends_at", N_("The end is before the beginning."));
	err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, ACTION_ROTA_ADD, ENTITY_STATION,
		                  row.station.v, row.unit.v);
	if (err == OK)
		err = event_end(c, insert(c, &row));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

static void
check_rule(struct ctx *c, const struct rota_rule *rule)
{
	int64_t month = rule->month % 100;

	if (month < 1 || month > 12 || rule->month < 200001 ||
	    rule->month > 299912)
		ctx_fault(c, "month", N_("Write the month as 2022-03."));
	if (rule->weekday < 0 || rule->weekday > 6)
		ctx_fault(c, "weekday", N_("Choose a day of the week."));
	if (rule->nth < 0 || rule->nth > 5)
		ctx_fault(c, "nth", N_("Choose which of these days."));
	if (rule->per_day < 1 || rule->per_day > ROTA_PER_DAY_MAX)
		ctx_fault(c, "per_day", N_("Between 1 and 10 deputies a day."));
	if (rule->starts < 0 || rule->ends >= MINUTES ||
	    rule->ends <= rule->starts)
		ctx_fault(c, "ends_at", N_("The end is before the beginning."));
}

/* Those who take turns: person and mandate are filled in. */
static int
read_turn(struct ctx *c, struct arena *a, const struct rota_rule *rule,
          struct rota **rows, int *n)
{
	static const struct field turn[] = {
	    FIELD(rota, person, REF, ""),
	    FIELD(rota, mandate, REF, ""),
	    FIELD_END,
	};
	struct stmt *q;

	q = ctx_stmt(c, &entity_rota,
	             rule->group.v != 0 ? SQL_TURN_GROUP : SQL_TURN);
	bind_id(q, ":station", rule->station.v);
	if (rule->group.v != 0)
		bind_id(q, ":group", rule->group.v);
	return stmt_all(q, a, turn, sizeof(**rows), TURN_MAX, rows, n);
}

static bool
is_meant(const struct rota_rule *rule, struct day day)
{
	return day_weekday(day) == rule->weekday &&
	       (rule->nth == 0 || (day.day - 1) / 7 + 1 == rule->nth);
}

static int
is_filled(struct ctx *c, const struct rota *row, bool *filled)
{
	struct stmt *q = ctx_stmt(c, &entity_rota, SQL_FILLED);
	int64_t n;
	int err;

	bind_fields(q, fields, row);
	err = stmt_int(q, &n);
	*filled = err == OK && n > 0;
	return err;
}

/* One day's deputies, from turn[*next] on. */
static int
fill_day(struct ctx *c, const struct rota_rule *rule, struct rota *row,
         const struct rota *turn, int n, int *next)
{
	int err = OK;

	for (int i = 0; err == OK && i < n && i < rule->per_day; i++) {
		row->person = turn[*next].person;
		row->mandate = turn[*next].mandate;
		*next = (*next + 1) % n;
		err = insert(c, row);
	}
	return err;
}

static int
fill_month(struct ctx *c, const struct rota_rule *rule, struct unit_id unit,
           const struct rota *turn, int n, int *days)
{
	struct rota row = {
	    .unit = unit, .station = rule->station, .place = rule->place};
	struct day day = {(int)(rule->month / 100), (int)(rule->month % 100),
	                  1};
	int next = 0, err = OK;
	int month = day.month;

	for (; err == OK && day.month == month; day = day_add(day, 1)) {
		bool filled;

		if (!is_meant(rule, day) || day_compare(day, ctx_today(c)) < 0)
			continue;
		row.starts_at =
		    clock_at(day, rule->starts / 60, rule->starts % 60);
		row.ends_at = clock_at(day, rule->ends / 60, rule->ends % 60);
		err = is_filled(c, &row, &filled);
		if (err != OK || filled)
			continue;
		err = fill_day(c, rule, &row, turn, n, &next);
		*days += err == OK;
	}
	return err;
}

int
rota_fill(struct ctx *c, const struct rota_rule *rule, int *days)
{
	struct arena *a = arena_new();
	struct unit_id unit;
	struct rota *turn;
	int n = 0, filled = 0;
	int err = find_station(c, a, rule->station, rule->place, &unit);

	if (err == OK)
		err = read_turn(c, a, rule, &turn, &n);
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	check_rule(c, rule);
	if (n == 0)
		ctx_fault(c, "group", N_("There is nobody to take turns."));
	err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, ACTION_ROTA_FILL, ENTITY_STATION,
		                  rule->station.v, unit.v);
	if (err == OK)
		err = event_end(c, fill_month(c, rule, unit, turn, n, &filled));
	if (err == OK)
		*days = filled;
done:
	arena_free(a);
	return err;
}

/* --- changing --------------------------------------------------------- */

/* Begin the event of a change to one row, about its station and person. */
static int
begin(struct ctx *c, enum action action, const struct rota *row)
{
	int err = event_begin(c, action, ENTITY_ROTA, row->id.v, row->unit.v);

	if (err == OK) {
		event_about(c, ENTITY_STATION, row->station.v);
		event_about(c, ENTITY_PERSON, row->person.v);
	}
	return err;
}

/* Run a statement that has to change one row. */
static int
run_one(struct stmt *q)
{
	int64_t changed;
	int err = stmt_run(q, &changed);

	return err == OK && changed != 1 ? ERR_STATE : err;
}

int
rota_drop(struct ctx *c, struct rota_id id)
{
	struct arena *a = arena_new();
	struct rota row;
	struct stmt *q;
	int err =
	    may(c, PERM_STATION_WRITE) ? rota_get(c, a, id, &row) : ERR_DENIED;

	if (err == OK)
		err = begin(c, ACTION_ROTA_DROP, &row);
	if (err == OK) {
		q = ctx_stmt(c, &entity_rota, SQL_DROP);
		bind_id(q, ":id", id.v);
		err = event_end(c, run_one(q));
	}
	arena_free(a);
	return err;
}

static int
put_other(struct ctx *c, const struct rota *row, const struct rota *other)
{
	struct stmt *q = ctx_stmt(c, &entity_rota, SQL_SWAP);

	bind_id(q, ":id", row->id.v);
	bind_id(q, ":person", other->person.v);
	bind_id(q, ":mandate", other->mandate.v);
	return run_one(q);
}

int
rota_swap(struct ctx *c, struct rota_id one, struct rota_id two)
{
	struct arena *a = arena_new();
	struct rota x, y;
	int err =
	    may(c, PERM_STATION_WRITE) ? rota_get(c, a, one, &x) : ERR_DENIED;

	if (err == OK)
		err = rota_get(c, a, two, &y);
	if (err == OK &&
	    (x.station.v != y.station.v || x.starts_at.s == y.starts_at.s))
		err = ERR_STATE;
	if (err == OK)
		err = begin(c, ACTION_ROTA_SWAP, &x);
	if (err == OK) {
		event_about(c, ENTITY_PERSON, y.person.v);
		err = put_other(c, &x, &y);
		if (err == OK)
			err = put_other(c, &y, &x);
		err = event_end(c, err);
	}
	arena_free(a);
	return err;
}

/* The roll of the announced reception follows the rota. */
static int
follow_roll(struct ctx *c, const struct rota *row, enum rota_step step)
{
	struct invite who = {.persons = &row->person, .person_count = 1};
	struct participant_id on = {0};
	struct stmt *q;
	int err;

	if (row->activity.v == 0)
		return OK;
	if (step == ROTA_DO_BACK)
		return participant_invite(c, row->activity, &who, NULL);
	q = ctx_stmt(c, &entity_rota, SQL_ROLL);
	bind_id(q, ":activity", row->activity.v);
	bind_id(q, ":person", row->person.v);
	err = stmt_int(q, &on.v);
	if (err != OK) /* signed in, so not absent; or not on the roll */
		return err == ERR_NOT_FOUND ? ERR_STATE : err;
	return participant_drop(c, on);
}

int
rota_fire(struct ctx *c, struct rota_id id, enum rota_step step,
          const char *reason)
{
	struct arena *a = arena_new();
	struct rota row;
	struct stmt *q;
	int err;

	assert(step < ROTA_STEPS);
	err =
	    may(c, PERM_STATION_WRITE) ? rota_get(c, a, id, &row) : ERR_DENIED;
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	row.reason = entry_text(c, a, "reason", reason, TEXT_LINE,
	                        ROTA_REASON_MAX, step == ROTA_DO_MISS);
	err = ctx_check_end(c);
	if (err == OK)
		err = begin(c, actions[step], &row);
	if (err != OK)
		goto done;
	event_reason(c, row.reason);
	err = fsm_fire(c, &entity_rota, id.v, step, NULL);
	if (err == OK) {
		q = ctx_stmt(c, &entity_rota, SQL_REASON);
		bind_id(q, ":id", id.v);
		bind_text(q, ":reason", row.reason);
		err = stmt_run(q, NULL);
	}
	if (err == OK)
		err = follow_roll(c, &row, step);
	err = event_end(c, err);
done:
	arena_free(a);
	return err;
}

/* --- announcing ------------------------------------------------------- */

static const char *
reception_title(struct ctx *c, struct arena *a)
{
	struct stmt *q = ctx_stmt(c, &entity_rota, SQL_TITLE);
	const char *title = stmt_next(q) ? arena_strdup(a, col_text(q, 0)) : "";

	return stmt_end(q) == OK ? title : "";
}

/* The reception as it will be, from the hour and the template. */
static int
prepare(struct ctx *c, struct arena *a, const struct rota *row,
        struct activity *entry)
{
	struct station station;
	int err = station_get(c, a, row->station, &station);

	*entry = (struct activity){
	    .station = row->station,
	    .title = reception_title(c, a),
	    .kind = RECEPTION_KIND,
	    .place = row->place,
	    .venue = "",
	    .starts_at = row->starts_at,
	    .ends_at = row->ends_at,
	    .before_minutes = WINDOW,
	    .after_minutes = WINDOW,
	    .agenda = "",
	    .minutes = "",
	    .reason = "",
	};
	if (err == OK && row->place.v == 0)
		entry->venue = station.name;
	if (err == OK)
		err = document_template(c, a, row->unit, DOCUMENT_NOTICE,
		                        &entry->agenda);
	return err;
}

static int
announce(struct ctx *c, const struct activity *entry, const struct rota *rows,
         int n, const struct invite *who, struct activity_id *activity)
{
	int err = activity_add(c, entry, who, true, activity);

	for (int i = 0; err == OK && i < n; i++) {
		struct stmt *q = ctx_stmt(c, &entity_rota, SQL_LINK);

		bind_id(q, ":id", rows[i].id.v);
		bind_id(q, ":activity", activity->v);
		err = run_one(q);
	}
	return err;
}

int
rota_announce(struct ctx *c, struct rota_id id, struct activity_id *activity)
{
	struct arena *a = arena_new();
	struct person_id *persons;
	struct invite who = {0};
	struct rota row, *rows;
	struct activity entry;
	struct stmt *q;
	int n, err;

	err =
	    may(c, PERM_STATION_WRITE) ? rota_get(c, a, id, &row) : ERR_DENIED;
	if (err == OK && row.activity.v != 0)
		err = ERR_STATE;
	if (err != OK)
		goto done;
	q = ctx_stmt(c, &entity_rota, SQL_SAME_HOUR);
	bind_fields(q, fields, &row);
	err = stmt_all(q, a, fields, sizeof(*rows), TURN_MAX, &rows, &n);
	if (err != OK)
		goto done;
	persons = arena_alloc(a, (size_t)(n + 1) * sizeof(*persons));
	who.persons = persons;
	for (int i = 0; i < n; i++)
		if (rows[i].state == ROTA_DUE)
			persons[who.person_count++] = rows[i].person;
	err = who.person_count > 0 ? prepare(c, a, &row, &entry) : ERR_STATE;
	if (err == OK)
		err = begin(c, ACTION_ROTA_ANNOUNCE, &row);
	if (err == OK)
		err =
		    event_end(c, announce(c, &entry, rows, n, &who, activity));
done:
	arena_free(a);
	return err;
}

/* --- the list --------------------------------------------------------- */

static const struct list_filter filters[ROTA_LIST_FILTERS] = {
    [ROTA_LIST_STATION] = {.name = "station",
                           .label = N_("Station"),
                           .predicate = "rota.station = :station"},
    [ROTA_LIST_MONTH] =
	{.name = "month",
         .label = N_("Month"),
         .predicate = "rota.starts_at >= unixepoch(printf('%d-%02d-01',"
                      " :month / 100, :month % 100)) - 86400"
                      " AND rota.starts_at < unixepoch(printf('%d-%02d-01',"
                      " :month / 100, :month % 100)) + 2764800"
                      " AND rota.month = :month"},
    [ROTA_LIST_FROM] = {.name = "from",
                        .label = N_("From"),
                        .predicate = "rota.starts_at >= :from"},
};

static const struct list_order orders[] = {
    [ROTA_BY_DAY] = {.name = "day",
                     .label = N_("Oldest first"),
                     .keys = {"rota.starts_at", "rota.id"}},
    [ROTA_BY_LATEST] = {.name = "latest",
                        .label = N_("Newest first"),
                        .keys = {"rota.starts_at", "rota.id"},
                        .descending = true},
};

const struct list_spec rota_list = {
    .entity = &entity_rota,
    .needs = PERM_ROTA_READ,
    .columns = "rota.id, rota.unit, rota.station, s.name AS station_name,"
	       " coalesce((SELECT at.name FROM place AS at"
	       "            WHERE at.id = rota.place), '') AS place_name,"
	       " rota.person, who.name,"
	       " coalesce((SELECT g.name FROM mandate AS m"
	       "            CROSS JOIN deputy_group AS g ON g.id = m.grp"
	       "            WHERE m.id = rota.mandate), '') AS group_name,"
	       " rota.starts_at, rota.ends_at, rota.state, rota.reason,"
	       " rota.activity, EXISTS (SELECT 1 FROM participant AS p"
	       "   WHERE p.activity = rota.activity AND p.person = rota.person"
	       "     AND p.signed_at IS NOT NULL) AS attended,"
	       " EXISTS (SELECT 1 FROM activity AS a WHERE a.id = rota.activity"
	       "   AND a.state = 'cancelled') AS cancelled",
    .from = "rota CROSS JOIN person AS who ON who.id = rota.person"
	    " CROSS JOIN station AS s ON s.id = rota.station",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = rota_line_fields,
    .row_size = sizeof(struct rota_line),
};
