/*
 * Opinions: fields, scope, the table of steps; and their queries. Receiving
 * them is db/opinion_add.c, sorting db/opinion_sort.c, taking a step
 * db/opinion_act.c and what follows from it db/opinion_follow.c; lists and
 * the page are db/opinion_list.c.
 */
#include "db/opinion.h"

#include "db/base/i18n.h"
#include "db/opinion_in.h"

/* clang-format off */
const struct enum_name opinion_states[] = {
	{"held",      N_("Held back")},
	{"new",       N_("To take up")},
	{"triage",    N_("Taken up")},
	{"handling",  N_("In handling")},
	{"feedback",  N_("To tell")},
	{"awaiting",  N_("To be rated")},
	{"again",     N_("To handle again")},
	{"escalated", N_("Escalated")},
	{"merged",    N_("Merged")},
	{"converted", N_("Converted")},
	{"closed",    N_("Concluded")},
	{"discarded", N_("Discarded")},
	{NULL, NULL},
};

const struct enum_name opinion_sources[] = {
	{"public",  N_("Public page")},
	{"desk",    N_("Station desk")},
	{"deputy",  N_("Deputy")},
	{"robot",   N_("Robot")},
	{"meeting", N_("Reception")},
	{"import",  N_("Import")},
	{NULL, NULL},
};

const struct enum_name opinion_levels[] = {
	{"station", N_("Station")},
	{"unit",    N_("Unit")},
	{"county",  N_("County")},
	{NULL, NULL},
};

const struct enum_name opinion_results[] = {
	{"none",      N_("No class yet")},
	{"solved",    N_("A solved")},
	{"planned",   N_("B planned")},
	{"explained", N_("C explained")},
	{"reference", N_("D for reference")},
	{NULL, NULL},
};

const struct enum_name opinion_ratings[] = {
	{"none",         N_("Not rated")},
	{"satisfied",    N_("Satisfied")},
	{"basic",        N_("Basically satisfied")},
	{"dissatisfied", N_("Dissatisfied")},
	{"silent",       N_("No answer")},
	{NULL, NULL},
};

const struct enum_name opinion_clocks[] = {
	{"none",           N_("No clock")},
	{"first_response", N_("First response")},
	{"completion",     N_("Completion")},
	{"feedback",       N_("Telling the citizen")},
	{"rating",         N_("Waiting for the rating")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(opinion, id,          REF,   N_("Number"), .width = 6, .readonly = true),
	FIELD(opinion, unit,        REF,   N_("Unit")),
	FIELD(opinion, station,     REF,   N_("Station"), .readonly = true),
	FIELD(opinion, place,       REF,   N_("Room or point")),
	FIELD(opinion, venue,       TEXT,  N_("Landmark"), .max = OPINION_VENUE_MAX, .width = 14),
	FIELD(opinion, source,      ENUM,  N_("Source"), .names = opinion_sources, .width = 8, .readonly = true),
	FIELD(opinion, sender,      TEXT,  N_("Raised by"), .max = OPINION_SENDER_MAX, .personal = true, .hint = N_("a word, no contact")),
	FIELD(opinion, deputy,      REF,   N_("Deputy")),
	FIELD(opinion, companion,   REF,   N_("Accompanied by")),
	FIELD(opinion, reader,      REF,   N_("Deputy who sees it"), .readonly = true),
	FIELD(opinion, activity,    REF,   N_("Reception"), .readonly = true),
	FIELD(opinion, subject,     TEXT,  N_("Subject"), .max = OPINION_SUBJECT_MAX, .width = 30, .personal = true),
	FIELD(opinion, body,        LINES, N_("Words"), .max = OPINION_BODY_MAX, .required = true, .personal = true),
	FIELD(opinion, category,    TOKEN, N_("Category")),
	FIELD(opinion, level,       ENUM,  N_("Level"), .names = opinion_levels),
	FIELD(opinion, urgent,      BOOL,  N_("Urgent")),
	FIELD(opinion, state,       ENUM,  N_("State"), .names = opinion_states, .width = 10, .readonly = true),
	FIELD(opinion, round,       INT,   N_("Times dissatisfied"), .readonly = true),
	FIELD(opinion, result,      ENUM,  N_("Result"), .names = opinion_results, .readonly = true),
	FIELD(opinion, rating,      ENUM,  N_("Rating"), .names = opinion_ratings, .readonly = true),
	FIELD(opinion, by_hand,     BOOL,  N_("By hand"), .readonly = true),
	FIELD(opinion, reason,      TEXT,  N_("Reason"), .max = OPINION_REASON_MAX, .personal = true, .readonly = true),
	FIELD(opinion, doubts,      TOKEN, N_("Held because"), .readonly = true),
	FIELD(opinion, code,        REF,   N_("Code"), .readonly = true),
	FIELD(opinion, merged,      REF,   N_("Merged into"), .readonly = true),
	FIELD(opinion, senders,     INT,   N_("Senders"), .readonly = true),
	FIELD(opinion, received_at, TIME,  N_("Received"), .width = 11, .readonly = true),
	FIELD(opinion, received_by, REF,   N_("Received by"), .readonly = true),
	FIELD(opinion, month,       INT,   N_("Month"), .readonly = true),
	FIELD(opinion, taken_at,    TIME,  N_("Taken up"), .readonly = true),
	FIELD(opinion, handled_at,  TIME,  N_("Answered"), .readonly = true),
	FIELD(opinion, told_at,     TIME,  N_("Told"), .readonly = true),
	FIELD(opinion, closed_at,   TIME,  N_("Closed"), .readonly = true),
	FIELD(opinion, clock,       ENUM,  N_("Clock"), .names = opinion_clocks, .readonly = true),
	FIELD(opinion, clock_at,    TIME,  N_("Clock began"), .readonly = true),
	FIELD(opinion, clock_days,  INT,   N_("Working days"), .readonly = true),
	FIELD(opinion, extended,    INT,   N_("Extended by"), .readonly = true),
	FIELD(opinion, paused_at,   TIME,  N_("Paused"), .readonly = true),
	FIELD(opinion, warn_on,     DAY,   N_("Due soon from"), .readonly = true),
	FIELD(opinion, due_on,      DAY,   N_("Due"), .readonly = true),
	FIELD(opinion, version,     INT,   N_("Times written"), .readonly = true),
	FIELD_END,
};

static const struct step steps[OPINION_STEPS] = {
	[OPINION_DO_RECEIVE]      = {"receive",      N_("Receive")},
	[OPINION_DO_HOLD]         = {"hold",         N_("Hold back")},
	[OPINION_DO_FILE]         = {"file",         N_("Enter a past opinion")},
	[OPINION_DO_RELEASE]      = {"release",      N_("Release")},
	[OPINION_DO_DISCARD]      = {"discard",      N_("Discard")},
	[OPINION_DO_TAKE]         = {"take",         N_("Take up")},
	[OPINION_DO_ANSWER]       = {"answer",       N_("Answer on the spot")},
	[OPINION_DO_REFUSE]       = {"refuse",       N_("Refuse")},
	[OPINION_DO_MERGE]        = {"merge",        N_("Merge into another")},
	[OPINION_DO_CONVERT]      = {"convert",      N_("Convert")},
	[OPINION_DO_CONVERTED]    = {"converted",    N_("Enter the answer of what it became")},
	[OPINION_DO_ROUTE]        = {"route",        N_("Route")},
	[OPINION_DO_HANDLED]      = {"handled",      N_("Close the handling loop")},
	[OPINION_DO_RESEND]       = {"resend",       N_("Handle again")},
	[OPINION_DO_TELL]         = {"tell",         N_("Tell the citizen")},
	[OPINION_DO_SATISFIED]    = {"satisfied",    N_("Satisfied")},
	[OPINION_DO_BASIC]        = {"basic",        N_("Basically satisfied")},
	[OPINION_DO_DISSATISFIED] = {"dissatisfied", N_("Dissatisfied")},
	[OPINION_DO_ESCALATE]     = {"escalate",     N_("Dissatisfied again")},
	[OPINION_DO_EXPIRE]       = {"expire",       N_("Close without a rating")},
	[OPINION_DO_SUPERVISE]    = {"supervise",    N_("Supervise to an answer")},
	[OPINION_DO_END]          = {"end",          N_("End it")},
	[OPINION_DO_FOLLOW]       = {"follow",       N_("End with what it was merged into")},
};

/* What follows by itself carries the permission of those who can be its
 * cause; opinion_act.c offers none of it. */
static const struct edge edges[] = {
	/* from              on                       to                  who may                 reason */
	{FSM_NEW,           OPINION_DO_RECEIVE,      OPINION_NEW,       PERM_OPINION_ENTER,     false},
	{FSM_NEW,           OPINION_DO_HOLD,         OPINION_HELD,      PERM_OPINION_ENTER,     false},
	{FSM_NEW,           OPINION_DO_FILE,         OPINION_CLOSED,    PERM_IMPORT_WRITE,      false},
	{OPINION_HELD,      OPINION_DO_RELEASE,      OPINION_NEW,       PERM_OPINION_TRIAGE,    false},
	{OPINION_HELD,      OPINION_DO_DISCARD,      OPINION_DISCARDED, PERM_OPINION_TRIAGE,    true},
	{OPINION_NEW,       OPINION_DO_TAKE,         OPINION_TRIAGE,    PERM_OPINION_HANDLE,    false},
	{OPINION_TRIAGE,    OPINION_DO_ANSWER,       OPINION_FEEDBACK,  PERM_OPINION_HANDLE,    false},
	{OPINION_TRIAGE,    OPINION_DO_ROUTE,        OPINION_HANDLING,  PERM_OPINION_HANDLE,    false},
	{OPINION_TRIAGE,    OPINION_DO_REFUSE,       OPINION_FEEDBACK,  PERM_OPINION_HEAD,      true},
	{OPINION_TRIAGE,    OPINION_DO_MERGE,        OPINION_MERGED,    PERM_OPINION_TRIAGE,    false},
	{OPINION_TRIAGE,    OPINION_DO_CONVERT,      OPINION_CONVERTED, PERM_OPINION_HANDLE,    false},
	{OPINION_CONVERTED, OPINION_DO_CONVERTED,    OPINION_FEEDBACK,  PERM_OPINION_HANDLE,    false},
	{OPINION_HANDLING,  OPINION_DO_ROUTE,        OPINION_HANDLING,  PERM_OPINION_HANDLE,    false},
	{OPINION_HANDLING,  OPINION_DO_HANDLED,      OPINION_FEEDBACK,  PERM_OPINION_READ,      false},
	{OPINION_FEEDBACK,  OPINION_DO_TELL,         OPINION_AWAITING,  PERM_OPINION_HANDLE,    false},
	{OPINION_AWAITING,  OPINION_DO_SATISFIED,    OPINION_CLOSED,    PERM_OPINION_TRIAGE,    false},
	{OPINION_AWAITING,  OPINION_DO_BASIC,        OPINION_CLOSED,    PERM_OPINION_TRIAGE,    false},
	{OPINION_AWAITING,  OPINION_DO_DISSATISFIED, OPINION_AGAIN,     PERM_OPINION_TRIAGE,    true},
	{OPINION_AWAITING,  OPINION_DO_ESCALATE,     OPINION_ESCALATED, PERM_OPINION_TRIAGE,    true},
	{OPINION_AWAITING,  OPINION_DO_EXPIRE,       OPINION_CLOSED,    PERM_OPINION_TRIAGE,    false},
	{OPINION_AGAIN,     OPINION_DO_RESEND,       OPINION_HANDLING,  PERM_OPINION_READ,      false},
	{OPINION_AGAIN,     OPINION_DO_ANSWER,       OPINION_FEEDBACK,  PERM_OPINION_HANDLE,    false},
	{OPINION_AGAIN,     OPINION_DO_ROUTE,        OPINION_HANDLING,  PERM_OPINION_HANDLE,    false},
	{OPINION_ESCALATED, OPINION_DO_SUPERVISE,    OPINION_FEEDBACK,  PERM_OPINION_SUPERVISE, false},
	{OPINION_ESCALATED, OPINION_DO_ROUTE,        OPINION_HANDLING,  PERM_OPINION_SUPERVISE, false},
	{OPINION_ESCALATED, OPINION_DO_END,          OPINION_CLOSED,    PERM_OPINION_HEAD,      true},
	{OPINION_MERGED,    OPINION_DO_FOLLOW,       OPINION_CLOSED,    PERM_OPINION_READ,      false},
};
/* clang-format on */

static const char *const sql[] = {
    [OPINION_SQL_GET] = "SELECT opinion.* FROM opinion"
			" WHERE opinion.id = :id AND @scope",
    [OPINION_SQL_ADD] =
	"INSERT INTO opinion (id, unit, station, place, venue, source, sender,"
	" deputy, companion, reader, activity, subject, body, category, level,"
	" urgent, state, result, rating, reason, doubts, code, secret,"
	" received_at,"
	" received_by,"
	" month, taken_at, handled_at, told_at, closed_at, response_days,"
	" handling_days, clock, clock_at, clock_days, warn_on, due_on)"
	" VALUES (:id, :unit, :station, :place, :venue, :source, :sender,"
	" :deputy, :companion, :reader, :activity, :subject, :body,"
	" :category, :level, :urgent, :state, :result, :rating, :reason, "
	":doubts, :code,"
	" :secret,"
	" :received_at, :received_by, :month, :taken_at, :handled_at,"
	" :told_at, :closed_at, :response_days, :handling_days, :clock,"
	" :clock_at, :clock_days, :warn_on, :due_on)",
    [OPINION_SQL_SORT] =
	"UPDATE opinion SET unit = :unit, station = :station, place = :place,"
	" venue = :venue, companion = :companion, reader = :reader,"
	" category = :category, level = :level, urgent = :urgent,"
	" version = :version + 1"
	" WHERE id = :id AND version = :version AND @scope",
    [OPINION_SQL_WRITE] =
	"UPDATE opinion SET companion = :companion, reader = :reader,"
	" round = :round, result = :result, rating = :rating,"
	" by_hand = :by_hand, reason = :reason, merged = :merged,"
	" taken_at = :taken_at, handled_at = :handled_at,"
	" told_at = :told_at, closed_at = :closed_at, clock = :clock,"
	" clock_at = :clock_at, clock_days = :clock_days,"
	" extended = :extended, paused_at = :paused_at,"
	" warn_on = :warn_on, due_on = :due_on, version = :version + 1"
	" WHERE id = :id AND version = :version AND @scope",
    [OPINION_SQL_DAYS] =
	"UPDATE opinion SET response_days = coalesce(:response_days,"
	" response_days), handling_days = coalesce(:handling_days,"
	" handling_days), feedback_days = coalesce(:feedback_days,"
	" feedback_days) WHERE id = :id AND @scope",
    [OPINION_SQL_TOUCH] = "UPDATE opinion SET version = :version + 1"
			  " WHERE id = :id AND version = :version AND @scope",
    [OPINION_SQL_SECRET] = "SELECT secret FROM opinion WHERE id = :id",
    [OPINION_SQL_PLACE] = "SELECT name FROM place"
			  " WHERE id = :place AND station IS :station",
    [OPINION_SQL_CATEGORY] = "SELECT 1 FROM category_rule"
			     " WHERE name = :category LIMIT 1",
    [OPINION_SQL_DEPUTY] =
	"SELECT m.id FROM mandate AS m WHERE m.person = :person"
	"   AND m.from_on <= :today"
	"   AND (m.to_on IS NULL OR m.to_on >= :today)"
	"   AND (:unit IS NULL OR m.unit = :unit) LIMIT 1",
    /* Of the acting deputy's own file. */
    [OPINION_SQL_COUNTED] =
	"SELECT count(*) FROM duty_record WHERE subject_kind = 'opinion'"
	"   AND subject = :id AND person = :me",
    [OPINION_SQL_ACTIVITY] = "SELECT id FROM activity"
			     " WHERE id = :activity AND unit IS :unit",
    [OPINION_SQL_STATION] = "SELECT id FROM station WHERE unit = :unit",
    [OPINION_SQL_PAUSES] =
	"SELECT from_at, to_at FROM opinion_pause WHERE opinion = :id"
	"   AND (to_at IS NULL OR to_at > :from) ORDER BY from_at",
    [OPINION_SQL_RUNNING] =
	"SELECT id FROM opinion"
	" WHERE state NOT IN ('closed', 'discarded', 'merged')"
	"   AND due_on <= '9999-12-31' AND @scope",
    [OPINION_SQL_CLOCK] =
	"UPDATE opinion SET warn_on = :warn_on, due_on = :due_on,"
	" version = version + 1 WHERE id = :id AND @scope",
    [OPINION_SQL_UNRATED] =
	"SELECT id, version FROM opinion WHERE state = 'awaiting'"
	"   AND due_on < :today LIMIT 64",
    [OPINION_SQL_JOIN] =
	"UPDATE opinion SET senders = senders + :more, version = version + 1"
	" WHERE id = :id AND state NOT IN"
	"   ('held', 'merged', 'closed', 'discarded') AND @scope",
    [OPINION_SQL_REPOINT] = "UPDATE opinion SET merged = :into"
			    " WHERE merged = :id AND @scope",
    [OPINION_SQL_MERGED] = "SELECT id, reader FROM opinion WHERE merged = :id"
			   "   AND state = 'merged' AND @scope LIMIT 500",
    [OPINION_SQL_FOLLOW] =
	"UPDATE opinion SET handled_at = :handled_at, told_at = :told_at,"
	" result = :result, closed_at = :now, version = version + 1"
	" WHERE id = :id AND @scope",
};

/* A deputy sees what came to them and what they accompany, never what came
 * to another. An office sees what was sent to it. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "opinion.unit = :my_unit",
    [SCOPE_STATION] = "opinion.station = :my_station",
    [SCOPE_SELF] = "opinion.reader = :me",
    [SCOPE_ASSIGNED] = "EXISTS (SELECT 1 FROM opinion_leg AS own"
		       " WHERE own.opinion = opinion.id"
		       "   AND own.organ = :my_organ)",
};

const struct entity entity_opinion = {
    .kind = ENTITY_OPINION,
    .name = "opinion",
    .label = N_("Opinion"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = OPINION_SQL_COUNT,
    .states = opinion_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

const struct field *const opinion_fields = fields;

bool
opinion_ticks(const struct opinion *o)
{
	return day_compare(o->due_on, clock_no_day) != 0;
}

bool
opinion_is_open(int state)
{
	return state != OPINION_CLOSED && state != OPINION_DISCARDED &&
	       state != OPINION_MERGED;
}

int
opinion_get(struct ctx *c, struct arena *a, struct opinion_id id,
            struct opinion *out)
{
	struct stmt *q;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_opinion, OPINION_SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}
