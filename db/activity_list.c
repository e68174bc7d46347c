/*
 * Activities as they are looked at: the two lists, the page, the roll's
 * figures. Nothing here writes.
 */
#include "db/activity.h"

#include <string.h>

#include "db/activity_in.h"
#include "db/base/i18n.h"
#include "db/participant.h"
#include "db/store/stmt.h"

/* clang-format off */
const struct field activity_line_fields[] = {
	FIELD(activity_line, id,            REF,   N_("Number"), .width = 6),
	FIELD(activity_line, unit,          REF,   N_("Unit")),
	FIELD(activity_line, unit_name,     TEXT,  N_("Unit"), .width = 10),
	FIELD(activity_line, title,         TEXT,  N_("Activity"), .width = 30),
	FIELD(activity_line, kind,          TOKEN, N_("Kind"), .width = 8),
	FIELD(activity_line, kind_label,    TEXT,  N_("Kind"), .width = 8),
	FIELD(activity_line, kind_label_en, TEXT,  N_("Kind"), .width = 10),
	FIELD(activity_line, venue,         TEXT,  N_("Venue"), .width = 14),
	FIELD(activity_line, starts_at,     TIME,  N_("Begins"), .width = 11),
	FIELD(activity_line, ends_at,       TIME,  N_("Ends"), .width = 11),
	FIELD(activity_line, state,         ENUM,  N_("State"), .names = activity_states, .width = 10),
	FIELD(activity_line, present,       INT,   N_("Signed in"), .width = 5),
	FIELD(activity_line, total,         INT,   N_("On the roll"), .width = 5),
	FIELD(activity_line, waiting,       INT,   N_("Walk-ins to confirm"), .width = 5),
	FIELD(activity_line, mine,          INT,   N_("My answer"), .width = 10),
	FIELD_END,
};

static const struct field page_fields[] = {
	FIELD(activity_page, unit_name,     TEXT, N_("Unit")),
	FIELD(activity_page, station_name,  TEXT, N_("Station")),
	FIELD(activity_page, kind_label,    TEXT, N_("Kind")),
	FIELD(activity_page, kind_label_en, TEXT, N_("Kind")),
	FIELD(activity_page, place_name,    TEXT, N_("Room or point")),
	FIELD(activity_page, creator,       TEXT, N_("Prepared by")),
	FIELD_END,
};
/* clang-format on */

/* The roll's figures by counter, one search a state. */
#define LINE_COLUMNS                                                           \
	"activity.id, activity.unit, unit.name AS unit_name, activity.title,"  \
	" activity.kind, k.label AS kind_label, k.label_en AS kind_label_en,"  \
	" activity.venue, activity.starts_at, activity.ends_at,"               \
	" activity.state,"                                                     \
	" (SELECT coalesce(sum(n), 0) FROM counter"                            \
	"   WHERE what = 'roll.activity' AND id = activity.id"                 \
	"     AND period = 0 AND part IN ('signed_in', 'late')) AS present,"   \
	" (SELECT coalesce(sum(n), 0) FROM counter"                            \
	"   WHERE what = 'roll.activity' AND id = activity.id"                 \
	"     AND period = 0) AS total,"                                       \
	" (SELECT coalesce(sum(n), 0) FROM counter"                            \
	"   WHERE what = 'roll.walkin' AND id = activity.id"                   \
	"     AND period = 0 AND part = 'waiting') AS waiting,"                \
	" coalesce((SELECT CASE own.state WHEN 'invited' THEN 0"               \
	"     WHEN 'signed_up' THEN 1 WHEN 'leave_asked' THEN 2"               \
	"     WHEN 'leave_granted' THEN 3 WHEN 'leave_refused' THEN 4"         \
	"     WHEN 'signed_in' THEN 5 WHEN 'late' THEN 6 ELSE 7 END"           \
	"   FROM participant AS own"                                           \
	"   WHERE own.activity = activity.id AND own.person = :me), -1)"       \
	" AS mine"

/* CROSS JOIN keeps the order of the loops: the list's index comes first. */
#define LINE_JOINS                                                             \
	" CROSS JOIN unit ON unit.id = activity.unit"                          \
	" CROSS JOIN activity_kind AS k ON k.name = activity.kind"

/* Years and months are local; the bounds in UTC, a day wider on either
 * side, are for the index. */
static const struct list_filter filters[ACTIVITY_LIST_FILTERS] = {
    [ACTIVITY_LIST_UNIT] = {.name = "unit",
                            .label = N_("Unit"),
                            .predicate = "activity.unit = :unit"},
    [ACTIVITY_LIST_STATION] = {.name = "station",
                               .label = N_("Station"),
                               .predicate = "activity.station = :station"},
    [ACTIVITY_LIST_KIND] = {.name = "kind",
                            .label = N_("Kind"),
                            .predicate = "activity.kind = :kind",
                            .is_text = true},
    [ACTIVITY_LIST_STATE] = {.name = "state",
                             .label = N_("State"),
                             .predicate = "activity.state = :state",
                             .is_text = true},
    [ACTIVITY_LIST_YEAR] = {.name = "year",
                            .label = N_("Year"),
                            .predicate =
                                "activity.starts_at >="
                                " unixepoch(:year || '-01-01') - 86400"
                                " AND activity.starts_at <"
                                " unixepoch((:year + 1) || '-01-01') + 86400"
                                " AND activity.month / 100 = :year"},
    [ACTIVITY_LIST_MONTH] =
	{.name = "month",
         .label = N_("Month"),
         .predicate = "activity.starts_at >= unixepoch(printf('%d-%02d-01',"
                      " :month / 100, :month % 100)) - 86400"
                      " AND activity.starts_at < unixepoch(printf('%d-%02d-01',"
                      " :month / 100, :month % 100)) + 2764800"
                      " AND activity.month = :month"},
    [ACTIVITY_LIST_FROM] = {.name = "from",
                            .label = N_("From"),
                            .predicate = "activity.starts_at >= :from"},
    [ACTIVITY_LIST_UNTIL] = {.name = "until",
                             .label = N_("Until"),
                             .predicate = "activity.starts_at < :until"},
    [ACTIVITY_LIST_TITLE] = {.name = "title",
                             .label = N_("Title"),
                             .predicate = "(instr(activity.title, :title) > 0"
                                          " OR activity.id = :title)",
                             .is_text = true},
    [ACTIVITY_LIST_MINE] = {.name = "mine",
                            .label = N_("Takes part"),
                            .predicate =
                                "EXISTS (SELECT 1 FROM participant AS p"
                                " WHERE p.activity = activity.id"
                                " AND p.person = :mine)"},
    [ACTIVITY_LIST_WALK_INS] =
	{.name = "walk_ins",
         .label = N_("Walk-ins to confirm"),
         .predicate = ":walk_ins AND EXISTS (SELECT 1"
                      " FROM participant AS p WHERE p.unit = activity.unit"
                      " AND p.activity = activity.id AND p.confirmed = 0)"},
    [ACTIVITY_LIST_LEAVE] =
	{.name = "leave",
         .label = N_("Leave to decide"),
         .predicate = ":leave AND EXISTS (SELECT 1"
                      " FROM participant AS p WHERE p.unit = activity.unit"
                      " AND p.activity = activity.id"
                      " AND p.state = 'leave_asked')"},
};

static const struct list_order orders[] = {
    [ACTIVITY_BY_LATEST] = {.name = "latest",
                            .label = N_("Newest first"),
                            .keys = {"activity.starts_at", "activity.id"},
                            .descending = true},
    [ACTIVITY_BY_START] = {.name = "start",
                           .label = N_("Oldest first"),
                           .keys = {"activity.starts_at", "activity.id"}},
};

static const struct list_order mine_orders[] = {
    [ACTIVITY_BY_LATEST] = {.name = "latest",
                            .label = N_("Newest first"),
                            .keys = {"mine.starts_at", "mine.activity"},
                            .descending = true},
    [ACTIVITY_BY_START] = {.name = "start",
                           .label = N_("Oldest first"),
                           .keys = {"mine.starts_at", "mine.activity"}},
};

const struct list_spec activity_list = {
    .entity = &entity_activity,
    .needs = PERM_ACTIVITY_READ,
    .columns = LINE_COLUMNS,
    .from = "activity" LINE_JOINS,
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = activity_line_fields,
    .row_size = sizeof(struct activity_line),
};

const struct list_spec activity_mine_list = {
    .entity = &entity_activity,
    .needs = PERM_ACTIVITY_READ,
    .columns = LINE_COLUMNS,
    .from = "participant AS mine CROSS JOIN activity"
	    " ON activity.id = mine.activity AND mine.person = :me" LINE_JOINS,
    .scope_self = "activity.state <> 'draft'",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = mine_orders,
    .order_count = COUNT(mine_orders),
    .fields = activity_line_fields,
    .row_size = sizeof(struct activity_line),
};

/* --- the page -------------------------------------------------------- */

static const char sql_page[] =
    "SELECT unit.name AS unit_name, station.name AS station_name,"
    " k.label AS kind_label, k.label_en AS kind_label_en,"
    " coalesce((SELECT name FROM place WHERE place.id = activity.place),"
    "          '') AS place_name,"
    " coalesce((SELECT name FROM person"
    "            WHERE person.id = coalesce(activity.keeper,"
    "                                     activity.created_by)), '')"
    " AS creator"
    " FROM activity JOIN unit ON unit.id = activity.unit"
    " JOIN station ON station.id = activity.station"
    " JOIN activity_kind AS k ON k.name = activity.kind"
    " WHERE activity.id = :id AND @scope";

static const char sql_roll[] =
    "SELECT part, n FROM counter"
    " WHERE what = 'roll.activity' AND id = :id AND period = 0";
static const char sql_walk_ins[] =
    "SELECT part, n FROM counter"
    " WHERE what = 'roll.walkin' AND id = :id AND period = 0";

struct instant
activity_opens_at(const struct activity *row)
{
	return (struct instant){row->starts_at.s - row->before_minutes * 60};
}

struct instant
activity_shuts_at(const struct activity *row)
{
	return (struct instant){row->ends_at.s + row->after_minutes * 60};
}

int
activity_page_get(struct ctx *c, struct arena *a, struct activity_id id,
                  struct activity_page *out)
{
	struct activity_page page = {0};
	struct stmt *q;
	int err = activity_get(c, a, id, &page.row);

	if (err != OK)
		return err;
	q = ctx_sql(c, &entity_activity, sql_page);
	bind_id(q, ":id", id.v);
	err = stmt_one(q, a, page_fields, &page);
	if (err == OK)
		err = activity_roll(c, id, &page.roll);
	if (err != OK)
		return err;
	page.opens_at = activity_opens_at(&page.row);
	page.shuts_at = activity_shuts_at(&page.row);
	*out = page;
	return OK;
}

static void
roll_add(struct roll *roll, const char *part, int64_t n)
{
	int64_t *const by_state[] = {
	    [PARTICIPANT_INVITED] = &roll->invited,
	    [PARTICIPANT_SIGNED_UP] = &roll->signed_up,
	    [PARTICIPANT_LEAVE_ASKED] = &roll->leave_asked,
	    [PARTICIPANT_LEAVE_GRANTED] = &roll->leave_granted,
	    [PARTICIPANT_LEAVE_REFUSED] = &roll->leave_refused,
	    [PARTICIPANT_SIGNED_IN] = &roll->signed_in,
	    [PARTICIPANT_LATE] = &roll->late,
	    [PARTICIPANT_ABSENT] = &roll->absent,
	};
	int state = enum_index(participant_states, part);

	if (state >= 0)
		*by_state[state] = n;
	roll->total += n;
	roll->present = roll->signed_in + roll->late;
}

int
activity_roll(struct ctx *c, struct activity_id id, struct roll *out)
{
	struct roll roll = {0};
	struct stmt *q;
	int err;

	if (!may(c, PERM_ACTIVITY_READ))
		return ERR_DENIED;
	q = ctx_sql(c, NULL, sql_roll);
	bind_id(q, ":id", id.v);
	while (stmt_next(q))
		roll_add(&roll, col_text(q, 0), col_int(q, 1));
	err = stmt_end(q);
	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_walk_ins);
	bind_id(q, ":id", id.v);
	while (stmt_next(q)) {
		if (strcmp(col_text(q, 0), "waiting") == 0)
			roll.waiting = col_int(q, 1);
		roll.walk_ins += col_int(q, 1);
	}
	err = stmt_end(q);
	if (err == OK)
		*out = roll;
	return err;
}
