/*
 * Opinions: fields, scope, the table of steps; receiving and sorting them.
 * What a step does besides is db/opinion_act.c; lists and the page are
 * db/opinion_list.c.
 */
#include "db/opinion.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/opinion_in.h"
#include "db/opinion_note.h"
#include "db/place.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

/* clang-format off */
const struct enum_name opinion_states[] = {
	{"held",      N_("Held")},
	{"new",       N_("New")},
	{"triage",    N_("Taken up")},
	{"handling",  N_("In handling")},
	{"feedback",  N_("To tell")},
	{"awaiting",  N_("To be rated")},
	{"again",     N_("To handle again")},
	{"escalated", N_("Escalated")},
	{"merged",    N_("Merged")},
	{"converted", N_("Converted")},
	{"closed",    N_("Closed")},
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
	[OPINION_DO_HOLD]         = {"hold",         N_("Hold")},
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
	" urgent, state, result, rating, secret, received_at, received_by,"
	" month, taken_at, handled_at, told_at, closed_at, response_days,"
	" handling_days, clock, clock_at, clock_days, warn_on, due_on)"
	" VALUES (:id, :unit, :station, :place, :venue, :source, :sender,"
	" :deputy, :companion, :reader, :activity, :subject, :body,"
	" :category, :level, :urgent, :state, :result, :rating, :secret,"
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
    [OPINION_SQL_TOUCH] =
	"UPDATE opinion SET version = :version + 1"
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
	" ORDER BY m.unit IS NOT :unit, m.level = 'county', m.id LIMIT 1",
    [OPINION_SQL_STATION] = "SELECT id FROM station WHERE unit = :unit",
    [OPINION_SQL_PAUSES] =
	"SELECT from_at, to_at FROM opinion_pause WHERE opinion = :id"
	"   AND (to_at IS NULL OR to_at > :from) ORDER BY from_at",
    [OPINION_SQL_RUNNING] =
	"SELECT id FROM opinion"
	" WHERE state NOT IN ('closed', 'discarded', 'merged')"
	"   AND due_on < '9999-12-31' AND @scope",
    [OPINION_SQL_CLOCK] = "UPDATE opinion SET warn_on = :warn_on,"
			  " due_on = :due_on WHERE id = :id AND @scope",
    [OPINION_SQL_UNRATED] =
	"SELECT id, version FROM opinion WHERE state = 'awaiting'"
	"   AND due_on < :today LIMIT 64",
    [OPINION_SQL_JOIN] =
	"UPDATE opinion SET senders = senders + :more, version = version + 1"
	" WHERE id = :id AND @scope",
    [OPINION_SQL_REPOINT] = "UPDATE opinion SET merged = :into"
			    " WHERE merged = :id AND @scope",
    [OPINION_SQL_MERGED] = "SELECT id FROM opinion WHERE merged = :id"
			   "   AND state = 'merged' AND @scope",
    [OPINION_SQL_FOLLOW] =
	"UPDATE opinion SET closed_at = :now, version = version + 1"
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

/* --- checking -------------------------------------------------------- */

/* A fault when nothing is there; *found (may be NULL): its number. */
static int
must_exist(struct ctx *c, struct stmt *q, const char *field, const char *msgid,
           int64_t *found)
{
	int64_t v;
	int err = stmt_int(q, found != NULL ? found : &v);

	if (err != ERR_NOT_FOUND)
		return err;
	ctx_fault(c, field, msgid);
	return OK;
}

/* Who accompanies: a deputy of today, and of a message to a deputy only that
 * deputy. */
int
opinion_check_companion(struct ctx *c, struct opinion *row)
{
	struct stmt *q;

	row->reader = row->deputy.v != 0 ? row->deputy : row->companion;
	if (row->companion.v == 0)
		return OK;
	if (row->deputy.v != 0 && row->companion.v != row->deputy.v) {
		ctx_fault(c, "companion",
		          N_("It came to one deputy; no other may read it."));
		return OK;
	}
	q = ctx_stmt(c, &entity_opinion, OPINION_SQL_DEPUTY);
	bind_id(q, ":person", row->companion.v);
	bind_id(q, ":unit", row->unit.v);
	return must_exist(c, q, "companion", N_("Choose a deputy in office."),
	                  NULL);
}

static int
check_place(struct ctx *c, const struct opinion *row)
{
	struct stmt *q;

	if (row->place.v == 0)
		return OK;
	q = ctx_stmt(c, &entity_opinion, OPINION_SQL_PLACE);
	bind_id(q, ":place", row->place.v);
	bind_id(q, ":station", row->station.v);
	if (stmt_next(q))
		return stmt_end(q);
	ctx_fault(c, "place", N_("Choose a room or point of the station."));
	return stmt_end(q);
}

static int
check_category(struct ctx *c, const struct opinion *row)
{
	struct stmt *q;

	if (row->category[0] == '\0')
		return OK;
	q = ctx_stmt(c, &entity_opinion, OPINION_SQL_CATEGORY);
	bind_text(q, ":category", row->category);
	return must_exist(c, q, "category", N_("Choose a category."), NULL);
}

/* The unit's station; the county itself has none. */
static int
find_station(struct ctx *c, struct opinion *row)
{
	struct stmt *q;

	row->station.v = 0;
	if (row->unit.v == 0)
		return OK;
	q = ctx_stmt(c, &entity_opinion, OPINION_SQL_STATION);
	bind_id(q, ":unit", row->unit.v);
	return must_exist(c, q, "unit", N_("Choose a unit with a station."),
	                  &row->station.v);
}

/* Who sees one unit works in it. */
static void
own_unit(const struct ctx *c, struct opinion *row)
{
	if (c->scope != SCOPE_COUNTY)
		row->unit.v = c->my_unit;
}

/* The first words make a subject. */
static const char *
subject_of(struct arena *a, const char *body)
{
	enum { WORDS = 24 };
	size_t left = strcspn(body, "\n"), n = 0;
	uint32_t ch;

	for (int i = 0; i < WORDS && n < left; i++)
		n += (size_t)text_decode(body + n, left - n, &ch);
	return arena_strndup(a, body, n);
}

static int
check_entry(struct ctx *c, struct arena *a, struct opinion *row)
{
	int err;

	ctx_check_begin(c);
	own_unit(c, row);
	entry_clean(c, a, fields, row);
	if (row->subject[0] == '\0')
		row->subject = subject_of(a, row->body);
	err = find_station(c, row);
	if (err == OK)
		err = opinion_check_companion(c, row);
	if (err == OK)
		err = check_place(c, row);
	if (err == OK)
		err = check_category(c, row);
	return err == OK ? ctx_check_end(c) : err;
}

/* --- receiving ------------------------------------------------------- */

void
opinion_default(struct ctx *c, struct opinion *out)
{
	*out = (struct opinion){
	    .unit = {c->my_unit},
	    .source = c->scope == SCOPE_SELF ? SOURCE_DEPUTY : SOURCE_DESK,
	    .venue = "",
	    .sender = "",
	    .subject = "",
	    .body = "",
	    .category = "",
	    .reason = "",
	    .level = c->my_unit != 0 ? OPINION_OF_STATION : OPINION_OF_COUNTY,
	};
}

static int
insert(struct ctx *c, const struct opinion *row, const char *hash,
       const struct opinion_days *days)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion, OPINION_SQL_ADD);

	event_subject(c, row->id.v, row->unit.v);
	if (row->reader.v != 0) /* it stands in their timeline */
		event_about(c, ENTITY_PERSON, row->reader.v);
	if (row->activity.v != 0)
		event_about(c, ENTITY_ACTIVITY, row->activity.v);
	bind_fields(q, fields, row);
	bind_text(q, ":secret", hash);
	opinion_bind_days(q, days);
	return stmt_run(q, NULL);
}

/* A new secret, and its hash. A demo's follow from its seed. */
static void
make_secret(const struct ctx *c, int64_t id, char secret[OPINION_SECRET + 1],
            char hash[SECRET_HEX + 1])
{
	char text[SECRET_HEX + 1];

	if (c->seed == 0) {
		secret_token(text);
	} else {
		snprintf(text, sizeof(text), "opinion %" PRIu64 " %" PRId64,
		         c->seed, id);
		secret_sha256(text, strlen(text), text);
	}
	for (int i = 0; i < OPINION_SECRET; i++)
		secret[i] = (char)toupper((unsigned char)text[i]);
	secret[OPINION_SECRET] = '\0';
	secret_sha256(secret, OPINION_SECRET, hash);
	secret_wipe(text, sizeof(text));
}

static int
receive(struct ctx *c, struct opinion *row, bool held,
        char secret[OPINION_SECRET + 1])
{
	static const struct opinion_days none = {-1, -1, -1};
	char hash[SECRET_HEX + 1];
	int err;

	row->id.v = ctx_new_id(c, &entity_opinion);
	make_secret(c, row->id.v, secret, hash);
	row->received_at = ctx_now(c);
	row->month = month_of(day_of(row->received_at));
	row->state = held ? OPINION_HELD : OPINION_NEW;
	err = opinion_clock_set(
	    c, row, held ? CLOCK_NONE : CLOCK_RESPONSE, row->received_at);
	return err == OK ? insert(c, row, hash, &none) : err;
}

int
opinion_add(struct ctx *c, const struct opinion *entry, bool held,
            char secret[OPINION_SECRET + 1], struct opinion_id *id)
{
	struct opinion row = *entry;
	char own[OPINION_SECRET + 1];
	struct arena *a;
	int err;

	if (!may(c, PERM_OPINION_ENTER))
		return ERR_DENIED;
	a = arena_new();
	if (c->scope == SCOPE_SELF) { /* what a deputy writes is theirs */
		row.source = SOURCE_DEPUTY;
		row.deputy.v = c->me;
	}
	if (row.deputy.v != 0)
		row.companion = row.deputy;
	row.received_by.v = row.source == SOURCE_PUBLIC ? 0 : c->me;
	err = check_entry(c, a, &row);
	if (err == OK)
		err = event_begin(c, ACTION_OPINION_ADD, ENTITY_OPINION, 0,
		                  row.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, receive(c, &row, held, own));
	if (err == OK) {
		*id = row.id;
		if (secret != NULL)
			memcpy(secret, own, sizeof(own));
	}
	secret_wipe(own, sizeof(own));
done:
	arena_free(a);
	return err;
}

int
opinion_secret_fits(struct ctx *c, struct opinion_id id, const char *secret,
                    bool *fits)
{
	char hash[SECRET_HEX + 1];
	struct stmt *q = ctx_stmt(c, &entity_opinion, OPINION_SQL_SECRET);

	secret_sha256(secret, strlen(secret), hash);
	bind_id(q, ":id", id.v);
	*fits = stmt_next(q) && secret_equal_text(hash, col_text(q, 0));
	return stmt_end(q);
}

/* Closed long ago: by an answer of then. */
static int
file_past(struct ctx *c, struct opinion *row, struct instant answered,
          struct opinion_days *days)
{
	struct calendar cal;
	struct day from = day_of(row->received_at), to = day_of(answered);
	int err = calendar_load(c, from, to, &cal);

	if (err != OK)
		return err;
	row->state = OPINION_CLOSED;
	row->result = RESULT_EXPLAINED;
	row->rating = RATING_SILENT;
	row->taken_at = row->received_at;
	row->handled_at = row->told_at = row->closed_at = answered;
	row->warn_on = row->due_on = clock_no_day;
	days->response = 0;
	days->handling = calendar_count(&cal, from, to);
	return OK;
}

int
opinion_record(struct ctx *c, const struct opinion *entry, const char *answer,
               struct instant answered, struct opinion_id *id)
{
	struct opinion row = *entry;
	struct opinion_days days = {-1, -1, -1};
	struct arena *a;
	int err;

	if (!may(c, PERM_IMPORT_WRITE))
		return ERR_DENIED;
	a = arena_new();
	row.source = SOURCE_IMPORT;
	row.month = month_of(day_of(row.received_at));
	row.state = OPINION_NEW;
	err = check_entry(c, a, &row);
	if (err == OK)
		err = answer != NULL
		          ? file_past(c, &row, answered, &days)
		          : opinion_clock_set(c, &row, CLOCK_RESPONSE,
		                              row.received_at);
	if (err != OK)
		goto done;
	row.id.v = ctx_new_id(c, &entity_opinion);
	err = insert(c, &row, "", &days);
	if (err == OK && answer != NULL)
		err = note_add(c, row.id, (struct opinion_leg_id){0},
		               NOTE_ANSWER, answer);
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

/* --- sorting --------------------------------------------------------- */

int
opinion_not_written(struct ctx *c, struct opinion_id id, int64_t version)
{
	struct arena *a = arena_new();
	struct opinion now;
	int err = opinion_get(c, a, id, &now);

	arena_free(a);
	if (err != OK)
		return err;
	return now.version != version ? ERR_CHANGED : ERR_STATE;
}

static int
write_sorted(struct ctx *c, const struct opinion *row)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion, OPINION_SQL_SORT);
	int64_t changed;
	int err;

	if (row->reader.v != 0)
		event_about(c, ENTITY_PERSON, row->reader.v);
	bind_fields(q, fields, row);
	err = stmt_run(q, &changed);
	return err == OK && changed == 0
	           ? opinion_not_written(c, row->id, row->version)
	           : err;
}

int
opinion_sort(struct ctx *c, const struct opinion *entry)
{
	struct opinion row;
	struct arena *a = arena_new();
	int err = may(c, PERM_OPINION_HANDLE)
	              ? opinion_get(c, a, entry->id, &row)
	              : ERR_DENIED;

	if (err != OK)
		goto done;
	err = opinion_is_open(row.state) ? OK : ERR_STATE;
	if (err == OK && row.version != entry->version)
		err = ERR_CHANGED;
	if (err != OK)
		goto done;
	if (c->scope == SCOPE_COUNTY && entry->unit.v != row.unit.v) {
		row.unit = entry->unit;
		row.place.v = 0;
	} else {
		row.place = entry->place;
	}
	row.venue = entry->venue;
	row.category = entry->category;
	row.level = entry->level;
	row.urgent = entry->urgent;
	if (may(c, PERM_OPINION_TRIAGE))
		row.companion = entry->companion;
	err = check_entry(c, a, &row);
	if (err == OK)
		err = event_begin(c, ACTION_OPINION_SORT, ENTITY_OPINION,
		                  row.id.v, row.unit.v);
	if (err == OK)
		err = event_end(c, write_sorted(c, &row));
done:
	arena_free(a);
	return err;
}
