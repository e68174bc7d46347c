/*
 * The roll of an activity: inviting, answering, leave, and how it is read.
 * Signing in and correcting are db/check_in.c.
 */
#include "db/participant.h"

#include <string.h>

#include "db/activity_in.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/participant_in.h"
#include "db/store/event.h"
#include "db/store/fsm.h"
#include "db/store/stmt.h"

/* clang-format off */
const struct enum_name participant_states[] = {
	{"invited",       N_("Invited")},
	{"signed_up",     N_("Signed up")},
	{"leave_asked",   N_("Leave asked")},
	{"leave_granted", N_("On leave")},
	{"leave_refused", N_("Leave refused")},
	{"signed_in",     N_("Signed in")},
	{"late",          N_("Late")},
	{"absent",        N_("Absent")},
	{NULL, NULL},
};

const struct enum_name participant_ways[] = {
	{"",         ""},
	{"phone",    N_("Phone")},
	{"pin",      N_("PIN")},
	{"terminal", N_("Terminal")},
	{"hand",     N_("By hand")},
	{NULL, NULL},
};

const struct field participant_fields[] = {
	FIELD(participant, id,        REF,  N_("Number"), .readonly = true),
	FIELD(participant, activity,  REF,  N_("Activity"), .readonly = true),
	FIELD(participant, person,    REF,  N_("Person"), .readonly = true),
	FIELD(participant, mandate,   REF,  N_("Mandate"), .readonly = true),
	FIELD(participant, unit,      REF,  N_("Unit"), .readonly = true),
	FIELD(participant, station,   REF,  N_("Station"), .readonly = true),
	FIELD(participant, starts_at, TIME, N_("Begins"), .readonly = true),
	FIELD(participant, month,     INT,  N_("Month"), .readonly = true),
	FIELD(participant, state,     ENUM, N_("State"), .names = participant_states, .readonly = true),
	FIELD(participant, walk_in,   BOOL, N_("Walk-in"), .readonly = true),
	FIELD(participant, confirmed, BOOL, N_("Confirmed"), .readonly = true),
	FIELD(participant, way,       ENUM, N_("Way"), .names = participant_ways, .readonly = true),
	FIELD(participant, code,      REF,  N_("Code"), .readonly = true),
	FIELD(participant, signed_at, TIME, N_("Signed in"), .readonly = true),
	FIELD(participant, reason,    TEXT, N_("Reason"), .max = ACTIVITY_REASON_MAX, .readonly = true, .personal = true),
	FIELD_END,
};

const struct field participant_line_fields[] = {
	FIELD(participant_line, id,         REF,   N_("Number"), .width = 6),
	FIELD(participant_line, activity,   REF,   N_("Activity")),
	FIELD(participant_line, person,     REF,   N_("Person")),
	FIELD(participant_line, name,       TEXT,  N_("Name"), .width = 10),
	FIELD(participant_line, pinyin,     TOKEN, N_("Pinyin"), .width = 16),
	FIELD(participant_line, level,      TOKEN, N_("Level"), .width = 8),
	FIELD(participant_line, group_name, TEXT,  N_("Group"), .width = 12),
	FIELD(participant_line, mandates,   INT,   N_("Mandates"), .width = 4),
	FIELD(participant_line, state,      ENUM,  N_("State"), .names = participant_states, .width = 10),
	FIELD(participant_line, walk_in,    BOOL,  N_("Walk-in"), .width = 8),
	FIELD(participant_line, confirmed,  BOOL,  N_("Confirmed"), .width = 8),
	FIELD(participant_line, way,        ENUM,  N_("Way"), .names = participant_ways, .width = 8),
	FIELD(participant_line, signed_at,  TIME,  N_("Signed in"), .width = 11),
	FIELD(participant_line, reason,     TEXT,  N_("Reason"), .width = 20),
	FIELD_END,
};

static const struct step steps[PARTICIPANT_STEPS] = {
	[PARTICIPANT_DO_SIGN_UP]       = {"sign_up",       N_("Sign up")},
	[PARTICIPANT_DO_ASK_LEAVE]     = {"ask_leave",     N_("Ask for leave")},
	[PARTICIPANT_DO_GRANT]         = {"grant",         N_("Grant leave")},
	[PARTICIPANT_DO_REFUSE]        = {"refuse",        N_("Refuse leave")},
	[PARTICIPANT_DO_CHECK_IN]      = {"check_in",      N_("Sign in")},
	[PARTICIPANT_DO_CHECK_IN_LATE] = {"check_in_late", N_("Sign in late")},
	[PARTICIPANT_DO_HAND]          = {"hand",          N_("Sign in by hand")},
	[PARTICIPANT_DO_HAND_LATE]     = {"hand_late",     N_("Sign in by hand, late")},
	[PARTICIPANT_DO_MISS]          = {"miss",          N_("Mark as absent")},
	[PARTICIPANT_DO_LEAVE]         = {"leave",         N_("Mark as on leave")},
	[PARTICIPANT_DO_INVITE]        = {"invite",        N_("Invite")},
	[PARTICIPANT_DO_RECORD]        = {"record",        N_("Enter who was there")},
	[PARTICIPANT_DO_RECORD_LATE]   = {"record_late",   N_("Enter who was late")},
};

/* Signed in and late have no way out here: correcting strikes out the
 * sign-in, and its record with it. */
static const struct edge edges[] = {
	/* from                     on                            to                         who may             reason */
	{FSM_NEW,                   PARTICIPANT_DO_INVITE,        PARTICIPANT_INVITED,       PERM_NONE,          false},
	{FSM_NEW,                   PARTICIPANT_DO_RECORD,        PARTICIPANT_SIGNED_IN,     PERM_IMPORT_WRITE,  false},
	{FSM_NEW,                   PARTICIPANT_DO_RECORD_LATE,   PARTICIPANT_LATE,          PERM_IMPORT_WRITE,  false},
	{PARTICIPANT_INVITED,       PARTICIPANT_DO_SIGN_UP,       PARTICIPANT_SIGNED_UP,     PERM_ACTIVITY_JOIN, false},
	{PARTICIPANT_LEAVE_ASKED,   PARTICIPANT_DO_SIGN_UP,       PARTICIPANT_SIGNED_UP,     PERM_ACTIVITY_JOIN, false},
	{PARTICIPANT_LEAVE_REFUSED, PARTICIPANT_DO_SIGN_UP,       PARTICIPANT_SIGNED_UP,     PERM_ACTIVITY_JOIN, false},
	{PARTICIPANT_INVITED,       PARTICIPANT_DO_ASK_LEAVE,     PARTICIPANT_LEAVE_ASKED,   PERM_ACTIVITY_JOIN, true},
	{PARTICIPANT_SIGNED_UP,     PARTICIPANT_DO_ASK_LEAVE,     PARTICIPANT_LEAVE_ASKED,   PERM_ACTIVITY_JOIN, true},
	{PARTICIPANT_LEAVE_ASKED,   PARTICIPANT_DO_GRANT,         PARTICIPANT_LEAVE_GRANTED, PERM_ACTIVITY_ROLL, false},
	{PARTICIPANT_LEAVE_ASKED,   PARTICIPANT_DO_REFUSE,        PARTICIPANT_LEAVE_REFUSED, PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_INVITED,       PARTICIPANT_DO_CHECK_IN,      PARTICIPANT_SIGNED_IN,     PERM_ACTIVITY_JOIN, false},
	{PARTICIPANT_SIGNED_UP,     PARTICIPANT_DO_CHECK_IN,      PARTICIPANT_SIGNED_IN,     PERM_ACTIVITY_JOIN, false},
	{PARTICIPANT_LEAVE_ASKED,   PARTICIPANT_DO_CHECK_IN,      PARTICIPANT_SIGNED_IN,     PERM_ACTIVITY_JOIN, false},
	{PARTICIPANT_LEAVE_GRANTED, PARTICIPANT_DO_CHECK_IN,      PARTICIPANT_SIGNED_IN,     PERM_ACTIVITY_JOIN, false},
	{PARTICIPANT_LEAVE_REFUSED, PARTICIPANT_DO_CHECK_IN,      PARTICIPANT_SIGNED_IN,     PERM_ACTIVITY_JOIN, false},
	{PARTICIPANT_INVITED,       PARTICIPANT_DO_CHECK_IN_LATE, PARTICIPANT_LATE,          PERM_ACTIVITY_JOIN, false},
	{PARTICIPANT_SIGNED_UP,     PARTICIPANT_DO_CHECK_IN_LATE, PARTICIPANT_LATE,          PERM_ACTIVITY_JOIN, false},
	{PARTICIPANT_LEAVE_ASKED,   PARTICIPANT_DO_CHECK_IN_LATE, PARTICIPANT_LATE,          PERM_ACTIVITY_JOIN, false},
	{PARTICIPANT_LEAVE_GRANTED, PARTICIPANT_DO_CHECK_IN_LATE, PARTICIPANT_LATE,          PERM_ACTIVITY_JOIN, false},
	{PARTICIPANT_LEAVE_REFUSED, PARTICIPANT_DO_CHECK_IN_LATE, PARTICIPANT_LATE,          PERM_ACTIVITY_JOIN, false},
	{PARTICIPANT_INVITED,       PARTICIPANT_DO_HAND,          PARTICIPANT_SIGNED_IN,     PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_SIGNED_UP,     PARTICIPANT_DO_HAND,          PARTICIPANT_SIGNED_IN,     PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_LEAVE_ASKED,   PARTICIPANT_DO_HAND,          PARTICIPANT_SIGNED_IN,     PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_LEAVE_GRANTED, PARTICIPANT_DO_HAND,          PARTICIPANT_SIGNED_IN,     PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_LEAVE_REFUSED, PARTICIPANT_DO_HAND,          PARTICIPANT_SIGNED_IN,     PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_ABSENT,        PARTICIPANT_DO_HAND,          PARTICIPANT_SIGNED_IN,     PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_INVITED,       PARTICIPANT_DO_HAND_LATE,     PARTICIPANT_LATE,          PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_SIGNED_UP,     PARTICIPANT_DO_HAND_LATE,     PARTICIPANT_LATE,          PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_LEAVE_ASKED,   PARTICIPANT_DO_HAND_LATE,     PARTICIPANT_LATE,          PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_LEAVE_GRANTED, PARTICIPANT_DO_HAND_LATE,     PARTICIPANT_LATE,          PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_LEAVE_REFUSED, PARTICIPANT_DO_HAND_LATE,     PARTICIPANT_LATE,          PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_ABSENT,        PARTICIPANT_DO_HAND_LATE,     PARTICIPANT_LATE,          PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_INVITED,       PARTICIPANT_DO_MISS,          PARTICIPANT_ABSENT,        PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_SIGNED_UP,     PARTICIPANT_DO_MISS,          PARTICIPANT_ABSENT,        PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_LEAVE_ASKED,   PARTICIPANT_DO_MISS,          PARTICIPANT_ABSENT,        PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_LEAVE_GRANTED, PARTICIPANT_DO_MISS,          PARTICIPANT_ABSENT,        PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_LEAVE_REFUSED, PARTICIPANT_DO_MISS,          PARTICIPANT_ABSENT,        PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_INVITED,       PARTICIPANT_DO_LEAVE,         PARTICIPANT_LEAVE_GRANTED, PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_SIGNED_UP,     PARTICIPANT_DO_LEAVE,         PARTICIPANT_LEAVE_GRANTED, PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_LEAVE_REFUSED, PARTICIPANT_DO_LEAVE,         PARTICIPANT_LEAVE_GRANTED, PERM_ACTIVITY_ROLL, true},
	{PARTICIPANT_ABSENT,        PARTICIPANT_DO_LEAVE,         PARTICIPANT_LEAVE_GRANTED, PERM_ACTIVITY_ROLL, true},
};
/* clang-format on */

/* The people of an invitation: the current deputies of a station, by level,
 * by group, or one of them; a town mandate before a county one, as
 * mandate_for() has it. */
#define CURRENT_DEPUTIES                                                       \
	"SELECT m.person, m.id FROM mandate AS m"                              \
	" WHERE m.station = :station AND m.from_on <= :day"                    \
	"   AND (m.to_on IS NULL OR m.to_on >= :day)"

static const char *const sql[] = {
    [PARTICIPANT_SQL_GET] = "SELECT participant.* FROM participant"
			    " WHERE participant.id = :id AND @scope",
    [PARTICIPANT_SQL_OF] = "SELECT participant.* FROM participant"
			   " WHERE participant.activity = :activity"
			   "   AND participant.person = :person",
    [PARTICIPANT_SQL_MINE] = "SELECT participant.* FROM participant"
			     " WHERE participant.activity = :activity"
			     "   AND participant.person = :me AND @scope",
    [PARTICIPANT_SQL_BY_LEVEL] = CURRENT_DEPUTIES
    " AND m.level = :level"
    " ORDER BY (SELECT pinyin FROM person WHERE id = m.person),"
    " m.person",
    [PARTICIPANT_SQL_BY_GROUP] = CURRENT_DEPUTIES
    " AND m.grp = :group"
    " ORDER BY (SELECT pinyin FROM person WHERE id = m.person),"
    " m.person, m.level = 'county'",
    [PARTICIPANT_SQL_MANDATE] =
	"SELECT m.person, m.id FROM mandate AS m"
	" WHERE m.person = :person AND m.from_on <= :day"
	"   AND (m.to_on IS NULL OR m.to_on >= :day)"
	" ORDER BY m.station = :station DESC, m.level = 'county', m.id"
	" LIMIT 1",
    [PARTICIPANT_SQL_ADD] =
	"INSERT INTO participant (id, activity, person, mandate, unit,"
	" station, starts_at, month, state, walk_in, confirmed)"
	" VALUES (:id, :activity, :person, :mandate, :unit, :station,"
	" :starts_at, :month, 'invited', :walk_in, :confirmed)",
    [PARTICIPANT_SQL_RECORD] =
	"INSERT INTO participant (id, activity, person, mandate, unit,"
	" station, starts_at, month, state, signed_at)"
	" VALUES (:id, :activity, :person, :mandate, :unit, :station,"
	" :starts_at, :month, :state, :signed_at)",
    [PARTICIPANT_SQL_IS_ON] = "SELECT count(*) FROM participant"
			      " WHERE participant.activity = :activity"
			      "   AND participant.person = :person",
    [PARTICIPANT_SQL_DROP] = "DELETE FROM participant"
			     " WHERE id = :id AND @scope AND state IN"
			     "   ('invited', 'signed_up', 'leave_asked',"
			     "    'leave_granted', 'leave_refused')",
    [PARTICIPANT_SQL_REASON] = "UPDATE participant SET reason = :reason"
			       " WHERE id = :id AND @scope"
			       "   AND reason <> :reason",
    [PARTICIPANT_SQL_SIGNED] =
	"UPDATE participant SET way = :way, code = :code,"
	" signed_at = :signed_at, reason = :reason"
	" WHERE id = :id AND @scope",
    [PARTICIPANT_SQL_CONFIRM] =
	"UPDATE participant SET confirmed = 1"
	" WHERE id = :id AND walk_in AND NOT confirmed AND @scope",
    [PARTICIPANT_SQL_SUBJECTS] = "SELECT kind, subject FROM activity_subject"
				 " WHERE activity = :activity ORDER BY id",
    /* What stands on this row since the sign-in, the newest first: the
     * order in which it can be struck out; the sign-in comes last. */
    [PARTICIPANT_SQL_EVENTS] =
	"SELECT l.event FROM event_link AS l"
	" CROSS JOIN event AS e ON e.id = l.event"
	" WHERE l.kind = 'participant' AND l.id = :id AND l.wrote"
	"   AND e.struck_by IS NULL AND e.action <> 'event.strike'"
	"   AND l.event >= (SELECT d.event"
	"     FROM duty_record AS d WHERE d.subject_kind = 'activity'"
	"      AND d.subject = :activity AND d.person = :person)"
	" ORDER BY l.event DESC",
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "participant.unit = :my_unit",
    [SCOPE_STATION] = "participant.station = :my_station",
    [SCOPE_SELF] = "participant.person = :me AND EXISTS (SELECT 1"
		   " FROM activity AS of WHERE of.id = participant.activity"
		   " AND of.state <> 'draft')",
};

const struct entity entity_participant = {
    .kind = ENTITY_PARTICIPANT,
    .name = "participant",
    .label = N_("Participant"),
    .fields = participant_fields,
    .scope = scope,
    .sql = sql,
    .sql_count = PARTICIPANT_SQL_COUNT,
    .states = participant_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

/* --- the list -------------------------------------------------------- */

static const struct list_filter filters[PARTICIPANT_LIST_FILTERS] = {
    [PARTICIPANT_LIST_ACTIVITY] = {.name = "activity",
                                   .label = N_("Activity"),
                                   .predicate =
                                       "participant.activity = :activity"},
    [PARTICIPANT_LIST_SIGNED] = {.name = "signed",
                                 .label = N_("Signed in"),
                                 .predicate =
                                     "participant.activity = :signed"
                                     " AND participant.signed_at IS NOT NULL"},
    [PARTICIPANT_LIST_WAITING] = {.name = "waiting",
                                  .label = N_("Walk-ins to confirm"),
                                  .predicate =
                                      "participant.activity = :waiting"
                                      " AND NOT participant.confirmed"},
    [PARTICIPANT_LIST_STATE] = {.name = "state",
                                .label = N_("State"),
                                .predicate = "participant.state = :state",
                                .is_text = true},
    [PARTICIPANT_LIST_FIND] =
	{.name = "find",
         .label = N_("Name"),
         .predicate = "(instr(who.name, :find) > 0"
                      " OR instr(who.initials, :find) = 1"
                      " OR instr(replace(who.pinyin, ' ', ''), :find)"
                      " = 1)",
         .is_text = true},
};

static const struct list_order orders[] = {
    [PARTICIPANT_BY_ROLL] = {.name = "roll",
                             .label = N_("As invited"),
                             .keys = {"participant.id"}},
    [PARTICIPANT_BY_NEWEST] = {.name = "newest",
                               .label = N_("Newest sign-in first"),
                               .keys = {"participant.signed_at",
                                        "participant.id"},
                               .descending = true},
};

const struct list_spec participant_list = {
    .entity = &entity_participant,
    .needs = PERM_ACTIVITY_READ,
    .columns = "participant.id, participant.activity, participant.person,"
	       " who.name, who.pinyin, m.level,"
	       " coalesce((SELECT g.name FROM deputy_group AS g"
	       "            WHERE g.id = m.grp), '') AS group_name,"
	       " (SELECT count(*) FROM mandate AS other"
	       "   WHERE other.person = participant.person"
	       "     AND other.from_on <= :today"
	       "     AND (other.to_on IS NULL OR other.to_on >= :today))"
	       " AS mandates, participant.state, participant.walk_in,"
	       " participant.confirmed, participant.way, participant.signed_at,"
	       " participant.reason",
    .from = "participant"
	    " CROSS JOIN person AS who ON who.id = participant.person"
	    " CROSS JOIN mandate AS m ON m.id = participant.mandate",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = participant_line_fields,
    .row_size = sizeof(struct participant_line),
};

/* --- reading --------------------------------------------------------- */

int
participant_get(struct ctx *c, struct arena *a, struct participant_id id,
                struct participant *out)
{
	struct stmt *q;

	if (!may(c, PERM_ACTIVITY_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_participant, PARTICIPANT_SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, participant_fields, out);
}

int
participant_mine(struct ctx *c, struct arena *a, struct activity_id activity,
                 struct participant *out)
{
	struct stmt *q;

	if (!may(c, PERM_ACTIVITY_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_participant, PARTICIPANT_SQL_MINE);
	bind_id(q, ":activity", activity.v);
	return stmt_one(q, a, participant_fields, out);
}

int
participant_of(struct ctx *c, struct arena *a, struct activity_id activity,
               struct person_id person, struct participant *out)
{
	struct stmt *q = ctx_stmt(c, &entity_participant, PARTICIPANT_SQL_OF);

	bind_id(q, ":activity", activity.v);
	bind_id(q, ":person", person.v);
	return stmt_one(q, a, participant_fields, out);
}

/* --- inviting -------------------------------------------------------- */

struct guest {
	struct person_id person;
	struct mandate_id mandate;
};

struct guests {
	struct arena *a;
	struct guest *rows;
	int n, size;
};

static void
guests_add(struct guests *g, int64_t person, int64_t mandate)
{
	struct guest *more;

	for (int i = 0; i < g->n; i++)
		if (g->rows[i].person.v == person)
			return;
	if (g->n == g->size) {
		g->size = g->size > 0 ? g->size * 2 : 32;
		more = arena_alloc(g->a, (size_t)g->size * sizeof(*more));
		if (g->n > 0)
			memcpy(more, g->rows, (size_t)g->n * sizeof(*more));
		g->rows = more;
	}
	g->rows[g->n++] = (struct guest){{person}, {mandate}};
}

static int
guests_take(struct guests *g, struct stmt *q, struct station_id station,
            struct day day)
{
	bind_id(q, ":station", station.v);
	bind_day(q, ":day", day);
	while (stmt_next(q))
		guests_add(g, col_int(q, 0), col_int(q, 1));
	return stmt_end(q);
}

static int
guests_find(struct ctx *c, struct station_id station, struct day day,
            const struct invite *who, struct guests *g)
{
	const struct entity *e = &entity_participant;
	struct stmt *q;
	int err = OK;

	for (int i = 0; err == OK && i < who->person_count; i++) {
		q = ctx_stmt(c, e, PARTICIPANT_SQL_MANDATE);
		bind_id(q, ":person", who->persons[i].v);
		err = guests_take(g, q, station, day);
	}
	for (int i = 0; err == OK && i < who->group_count; i++) {
		q = ctx_stmt(c, e, PARTICIPANT_SQL_BY_GROUP);
		bind_id(q, ":group", who->groups[i].v);
		err = guests_take(g, q, station, day);
	}
	if (err == OK && who->town) {
		q = ctx_stmt(c, e, PARTICIPANT_SQL_BY_LEVEL);
		bind_text(q, ":level", "town");
		err = guests_take(g, q, station, day);
	}
	if (err == OK && who->county) {
		q = ctx_stmt(c, e, PARTICIPANT_SQL_BY_LEVEL);
		bind_text(q, ":level", "county");
		err = guests_take(g, q, station, day);
	}
	return err;
}

int
participant_count_invite(struct ctx *c, struct station_id station,
                         const struct invite *who, int64_t *n)
{
	struct guests g = {.a = arena_new()};
	int err;

	if (station.v == 0)
		station = activity_own_station(c);
	err = guests_find(c, station, ctx_today(c), who, &g);
	if (err == OK)
		*n = g.n;
	arena_free(g.a);
	return err;
}

int
participant_add(struct ctx *c, const struct activity *activity,
                struct person_id person, struct mandate_id mandate,
                bool walk_in, bool confirmed, struct participant_id *id)
{
	struct participant row = {
	    .activity = activity->id,
	    .person = person,
	    .mandate = mandate,
	    .unit = activity->unit,
	    .station = activity->station,
	    .starts_at = activity->starts_at,
	    .month = activity->month,
	    .walk_in = walk_in,
	    .confirmed = confirmed,
	    .reason = "",
	};
	struct stmt *q;

	row.id.v = ctx_new_id(c, &entity_participant);
	*id = row.id;
	q = ctx_stmt(c, &entity_participant, PARTICIPANT_SQL_ADD);
	bind_fields(q, participant_fields, &row);
	return stmt_run(q, NULL);
}

int
participant_is_on(struct ctx *c, struct activity_id activity,
                  struct person_id person, bool *is)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_participant, PARTICIPANT_SQL_IS_ON);
	int64_t n;
	int err;

	bind_id(q, ":activity", activity.v);
	bind_id(q, ":person", person.v);
	err = stmt_int(q, &n);
	if (err == OK)
		*is = n > 0;
	return err;
}

int
participant_record(struct ctx *c, const struct activity *activity,
                   struct person_id person, struct mandate_id mandate,
                   bool late)
{
	struct participant row = {
	    .activity = activity->id,
	    .person = person,
	    .mandate = mandate,
	    .unit = activity->unit,
	    .station = activity->station,
	    .starts_at = activity->starts_at,
	    .month = activity->month,
	    .state = late ? PARTICIPANT_LATE : PARTICIPANT_SIGNED_IN,
	    .signed_at = activity->starts_at,
	    .reason = "",
	};
	struct stmt *q;

	if (!may(c, PERM_IMPORT_WRITE))
		return ERR_DENIED;
	row.id.v = ctx_new_id(c, &entity_participant);
	q = ctx_stmt(c, &entity_participant, PARTICIPANT_SQL_RECORD);
	bind_fields(q, participant_fields, &row);
	return stmt_run(q, NULL);
}

/* In the event: it was not closed meanwhile, with all its roll. */
static int
still_open(struct ctx *c, struct arena *a, struct activity_id id)
{
	struct activity now;
	int err = activity_get(c, a, id, &now);

	return err == OK && now.state > ACTIVITY_OPEN ? ERR_STATE : err;
}

static int
add_guests(struct ctx *c, const struct activity *activity, struct guests *g,
           int *added)
{
	struct participant_id id;
	struct participant old;
	int err = still_open(c, g->a, activity->id);

	*added = 0;
	for (int i = 0; err == OK && i < g->n; i++) {
		err = participant_of(c, g->a, activity->id, g->rows[i].person,
		                     &old);
		if (err == OK)
			continue;
		if (err == ERR_NOT_FOUND)
			err = participant_add(c, activity, g->rows[i].person,
			                      g->rows[i].mandate, false, true,
			                      &id);
		if (err == OK)
			++*added;
	}
	return err;
}

int
participant_invite(struct ctx *c, struct activity_id id,
                   const struct invite *who, int *added)
{
	struct guests g = {.a = arena_new()};
	struct activity activity;
	int n = 0, err;

	err = activity_get(c, g.a, id, &activity);
	if (err == OK && activity.state > ACTIVITY_OPEN)
		err = ERR_STATE;
	if (err == OK)
		err = guests_find(c, activity.station,
		                  day_of(activity.starts_at), who, &g);
	if (err == OK)
		err = event_begin(c, ACTION_PARTICIPANT_INVITE, ENTITY_ACTIVITY,
		                  id.v, activity.unit.v);
	if (err == OK)
		err = event_end(c, add_guests(c, &activity, &g, &n));
	if (err == OK && added != NULL)
		*added = n;
	arena_free(g.a);
	return err;
}

/* The participant and the activity, both in scope. */
int
participant_open(struct ctx *c, struct arena *a, struct participant_id id,
                 struct participant *row, struct activity *activity)
{
	int err = participant_get(c, a, id, row);

	return err == OK ? activity_get(c, a, row->activity, activity) : err;
}

int
participant_drop(struct ctx *c, struct participant_id id)
{
	struct arena *a = arena_new();
	struct activity activity;
	struct participant row;
	struct stmt *q;
	int64_t changed;
	int err = participant_open(c, a, id, &row, &activity);

	if (err == OK && activity.state > ACTIVITY_OPEN)
		err = ERR_STATE;
	if (err == OK)
		err = event_begin(c, ACTION_PARTICIPANT_DROP, ENTITY_ACTIVITY,
		                  row.activity.v, row.unit.v);
	if (err != OK)
		goto done;
	event_about(c, ENTITY_PERSON, row.person.v);
	q = ctx_stmt(c, &entity_participant, PARTICIPANT_SQL_DROP);
	bind_id(q, ":id", id.v);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = ERR_STATE;
	if (err == OK)
		err = still_open(c, a, row.activity);
	err = event_end(c, err);
done:
	arena_free(a);
	return err;
}

/* --- answers and leave ----------------------------------------------- */

int
participant_reason_check(struct ctx *c, const char *reason, bool required)
{
	ctx_check_begin(c);
	if (required && reason[0] == '\0')
		ctx_fault(c, "reason", N_("Give a reason."));
	if (text_length(reason) > ACTIVITY_REASON_MAX)
		ctx_fault(c, "reason", N_("The text is too long."));
	return ctx_check_end(c);
}

int
participant_set_reason(struct ctx *c, struct participant_id id,
                       const char *reason)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_participant, PARTICIPANT_SQL_REASON);

	bind_id(q, ":id", id.v);
	bind_text(q, ":reason", reason);
	return stmt_run(q, NULL);
}

/* One step of the roll with its event. */
static int
fire(struct ctx *c, const struct participant *row, enum action action,
     enum participant_step step, const char *reason)
{
	const struct edge *edge =
	    fsm_edge(&entity_participant, row->state, step);
	int err;

	if (edge == NULL)
		return ERR_STATE;
	err = participant_reason_check(c, reason, edge->wants_reason);
	if (err == OK)
		err = event_begin(c, action, ENTITY_PARTICIPANT, row->id.v,
		                  row->unit.v);
	if (err != OK)
		return err;
	event_reason(c, reason);
	event_about(c, ENTITY_ACTIVITY, row->activity.v);
	event_about(c, ENTITY_PERSON, row->person.v);
	err = fsm_fire(c, &entity_participant, row->id.v, step, NULL);
	if (err == OK)
		err = participant_set_reason(c, row->id, reason);
	return event_end(c, err);
}

int
participant_answer(struct ctx *c, struct activity_id id,
                   enum participant_step step, const char *reason)
{
	static const enum action actions[] = {
	    [PARTICIPANT_DO_SIGN_UP] = ACTION_PARTICIPANT_SIGN_UP,
	    [PARTICIPANT_DO_ASK_LEAVE] = ACTION_PARTICIPANT_ASK_LEAVE,
	};
	struct arena *a = arena_new();
	struct activity activity;
	struct participant row;
	int err;

	if (step != PARTICIPANT_DO_SIGN_UP && step != PARTICIPANT_DO_ASK_LEAVE)
		err = ERR_STATE;
	else if (!may(c, PERM_ACTIVITY_JOIN))
		err = ERR_DENIED;
	else
		err = participant_mine(c, a, id, &row);
	if (err == OK)
		err = activity_get(c, a, id, &activity);
	if (err == OK && activity.state != ACTIVITY_PUBLISHED &&
	    activity.state != ACTIVITY_OPEN)
		err = ERR_STATE;
	if (err == OK)
		err = fire(c, &row, actions[step], step, reason);
	arena_free(a);
	return err;
}

int
participant_decide(struct ctx *c, struct participant_id id, bool grant,
                   const char *reason)
{
	struct arena *a = arena_new();
	struct activity activity;
	struct participant row;
	int err = participant_open(c, a, id, &row, &activity);

	if (err == OK && (activity.state < ACTIVITY_PUBLISHED ||
	                  activity.state > ACTIVITY_CLOSED))
		err = ERR_STATE;
	if (err == OK)
		err = grant ? fire(c, &row, ACTION_PARTICIPANT_GRANT,
		                   PARTICIPANT_DO_GRANT, reason)
		            : fire(c, &row, ACTION_PARTICIPANT_REFUSE,
		                   PARTICIPANT_DO_REFUSE, reason);
	arena_free(a);
	return err;
}
