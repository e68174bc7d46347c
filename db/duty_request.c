/*
 * Requests about duty files and their states. How they are decided, and what
 * follows in the file, is db/duty_decide.c.
 */
#include "db/duty_request.h"

#include "db/activity_in.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/duty_record.h"
#include "db/duty_request_in.h"
#include "db/mandate.h"
#include "db/participant.h"
#include "db/setting.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

/* clang-format off */
const struct enum_name request_kinds[] = {
	{"claim",      N_("Claim")},
	{"correction", N_("Correction")},
	{NULL, NULL},
};

const struct enum_name request_states[] = {
	{"asked",     N_("To check")},
	{"checked",   N_("Checked")},
	{"rejected",  N_("Rejected")},
	{"withdrawn", N_("Withdrawn")},
	{"appealed",  N_("Appealed")},
	{"granted",   N_("Granted")},
	{"dismissed", N_("Dismissed")},
	{NULL, NULL},
};

const struct enum_name request_wanteds[] = {
	{"full", N_("was there in time")},
	{"late", N_("was there, late")},
	{"none", N_("was not there")},
	{NULL, NULL},
};

const struct field duty_request_fields[] = {
	FIELD(duty_request, id,          REF,   N_("Number"), .readonly = true),
	FIELD(duty_request, kind,        ENUM,  N_("Request"), .names = request_kinds, .readonly = true),
	FIELD(duty_request, state,       ENUM,  N_("State"), .names = request_states, .readonly = true),
	FIELD(duty_request, person,      REF,   N_("Person"), .readonly = true),
	FIELD(duty_request, mandate,     REF,   N_("Mandate"), .readonly = true),
	FIELD(duty_request, unit,        REF,   N_("Unit"), .readonly = true),
	FIELD(duty_request, station,     REF,   N_("Station"), .readonly = true),
	FIELD(duty_request, duty,        TOKEN, N_("Kind"), .required = true),
	FIELD(duty_request, wanted,      ENUM,  N_("Should say"), .names = request_wanteds),
	FIELD(duty_request, record,      REF,   N_("Record"), .readonly = true),
	FIELD(duty_request, activity,    REF,   N_("Activity"), .readonly = true),
	FIELD(duty_request, title,       TEXT,  N_("What was done"), .max = REQUEST_TITLE_MAX, .required = true),
	FIELD(duty_request, venue,       TEXT,  N_("Place"), .max = REQUEST_TITLE_MAX),
	FIELD(duty_request, happened_at, TIME,  N_("Date"), .required = true),
	FIELD(duty_request, words,       LINES, N_("Explanation"), .max = REQUEST_WORDS_MAX, .required = true, .personal = true),
	FIELD(duty_request, answer,      LINES, N_("Reply"), .max = REQUEST_WORDS_MAX, .personal = true),
	FIELD(duty_request, appeal,      LINES, N_("Appeal"), .max = REQUEST_WORDS_MAX, .personal = true),
	FIELD(duty_request, verdict,     LINES, N_("Decision"), .max = REQUEST_WORDS_MAX, .personal = true),
	FIELD(duty_request, asked_at,    TIME,  N_("Asked"), .readonly = true),
	FIELD(duty_request, answered_by, REF,   N_("Answered by"), .readonly = true),
	FIELD_END,
};

static const struct field line_fields[] = {
	FIELD(duty_request_line, id,            REF,  N_("Number"), .width = 5),
	FIELD(duty_request_line, kind,          ENUM, N_("Request"), .names = request_kinds, .width = 10),
	FIELD(duty_request_line, state,         ENUM, N_("State"), .names = request_states, .width = 10),
	FIELD(duty_request_line, person,        REF,  N_("Person")),
	FIELD(duty_request_line, name,          TEXT, N_("Name"), .width = 10),
	FIELD(duty_request_line, title,         TEXT, N_("What was done"), .width = 24),
	FIELD(duty_request_line, duty_label,    TEXT, N_("Kind")),
	FIELD(duty_request_line, duty_label_en, TEXT, N_("Kind")),
	FIELD(duty_request_line, happened_at,   TIME, N_("Date"), .width = 11),
	FIELD(duty_request_line, asked_at,      TIME, N_("Asked"), .width = 11),
	FIELD_END,
};

static const struct step steps[REQUEST_STEPS] = {
	[REQUEST_DO_CHECK]    = {"check",    N_("Check: it is right")},
	[REQUEST_DO_REJECT]   = {"reject",   N_("Reject")},
	[REQUEST_DO_GRANT]    = {"grant",    N_("Grant the appeal")},
	[REQUEST_DO_DISMISS]  = {"dismiss",  N_("Dismiss the appeal")},
	[REQUEST_DO_APPEAL]   = {"appeal",   N_("Appeal")},
	[REQUEST_DO_WITHDRAW] = {"withdraw", N_("Withdraw")},
	[REQUEST_DO_ASK]      = {"ask",      N_("Ask")},
};

static const struct edge edges[] = {
	/* from            on                   to                 who may          reason */
	{FSM_NEW,          REQUEST_DO_ASK,      REQUEST_ASKED,     PERM_DUTY_OWN,   true},
	{REQUEST_ASKED,    REQUEST_DO_WITHDRAW, REQUEST_WITHDRAWN, PERM_DUTY_OWN,   false},
	{REQUEST_ASKED,    REQUEST_DO_CHECK,    REQUEST_CHECKED,   PERM_DUTY_CHECK, false},
	{REQUEST_ASKED,    REQUEST_DO_REJECT,   REQUEST_REJECTED,  PERM_DUTY_CHECK, true},
	{REQUEST_REJECTED, REQUEST_DO_APPEAL,   REQUEST_APPEALED,  PERM_DUTY_OWN,   true},
	{REQUEST_APPEALED, REQUEST_DO_GRANT,    REQUEST_GRANTED,   PERM_DUTY_HEAD,  false},
	{REQUEST_APPEALED, REQUEST_DO_DISMISS,  REQUEST_DISMISSED, PERM_DUTY_HEAD,  true},
};
/* clang-format on */

#define WORDS(column)                                                          \
	"UPDATE duty_request SET " column " = :words"                          \
	" WHERE id = :id AND @scope"

static const char *const sql[] = {
    [REQUEST_SQL_GET] = "SELECT duty_request.* FROM duty_request"
			" WHERE duty_request.id = :id AND @scope",
    [REQUEST_SQL_ADD] =
	"INSERT INTO duty_request (id, kind, state, person, mandate, unit,"
	" station, duty, wanted, record, activity, title, venue, happened_at,"
	" words, asked_at) VALUES (:id, :kind, :state, :person, :mandate,"
	" :unit, :station, :duty, :wanted, :record, :activity, :title,"
	" :venue, :happened_at, :words, :asked_at)",
    [REQUEST_SQL_ANSWER] = "UPDATE duty_request SET answer = :words,"
			   " answered_by = :me WHERE id = :id AND @scope",
    [REQUEST_SQL_APPEAL] = WORDS("appeal"),
    [REQUEST_SQL_VERDICT] = WORDS("verdict"),
    [REQUEST_SQL_KIND] = "SELECT 1 FROM duty_kind WHERE name = :duty",
    [REQUEST_SQL_RECORD_DROP] = "DELETE FROM duty_record"
				" WHERE id = :record AND person = :person",
    [REQUEST_SQL_PENDING] = "SELECT count(*) FROM duty_request"
			    " WHERE duty_request.person = :me AND @scope"
			    "   AND state IN ('asked', 'appealed')"
			    "   AND (record = :record OR activity = :activity)",
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "duty_request.unit = :my_unit",
    [SCOPE_STATION] = "duty_request.station = :my_station",
    [SCOPE_SELF] = "duty_request.person = :me",
};

const struct entity entity_duty_request = {
    .kind = ENTITY_DUTY_REQUEST,
    .name = "duty_request",
    .label = N_("Request about a duty file"),
    .fields = duty_request_fields,
    .scope = scope,
    .sql = sql,
    .sql_count = REQUEST_SQL_COUNT,
    .states = request_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

/* --- the list -------------------------------------------------------- */

static const struct list_filter filters[REQUEST_LIST_FILTERS] = {
    [REQUEST_LIST_STATE] = {.name = "state",
                            .label = N_("State"),
                            .predicate = "duty_request.state = :state",
                            .is_text = true},
    [REQUEST_LIST_PERSON] = {.name = "person",
                             .label = N_("Person"),
                             .predicate = "duty_request.person = :person"},
    [REQUEST_LIST_UNIT] = {.name = "unit",
                           .label = N_("Unit"),
                           .predicate = "duty_request.unit = :unit"},
};

static const struct list_order orders[] = {
    {.name = "latest",
     .label = N_("Newest first"),
     .keys = {"duty_request.asked_at", "duty_request.id"},
     .descending = true},
};

const struct list_spec duty_request_list = {
    .entity = &entity_duty_request,
    .needs = PERM_DUTY_READ,
    .columns = "duty_request.id, duty_request.kind, duty_request.state,"
	       " duty_request.person, who.name, duty_request.title,"
	       " k.label AS duty_label, k.label_en AS duty_label_en,"
	       " duty_request.happened_at, duty_request.asked_at",
    .from = "duty_request"
	    " CROSS JOIN person AS who ON who.id = duty_request.person"
	    " CROSS JOIN duty_kind AS k ON k.name = duty_request.duty",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = line_fields,
    .row_size = sizeof(struct duty_request_line),
};

int
duty_request_get(struct ctx *c, struct arena *a, struct duty_request_id id,
                 struct duty_request *out)
{
	struct stmt *q;

	if (!may(c, PERM_DUTY_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_duty_request, REQUEST_SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, duty_request_fields, out);
}

/* --- asking ---------------------------------------------------------- */

static void
check_text(struct ctx *c, const char *field, const char *text, size_t max,
           const char *missing)
{
	if (missing != NULL && text[0] == '\0')
		ctx_fault(c, field, missing);
	if (text_length(text) > max)
		ctx_fault(c, field, N_("The text is too long."));
}

/* When it was, and under which mandate. */
static int
check_day(struct ctx *c, struct arena *a, struct duty_request *row)
{
	struct day today = ctx_today(c), day = day_of(row->happened_at);
	struct station_id anywhere = {0};
	struct mandate m;
	int64_t days;
	int err = setting_number(c, "duty.claim_days", 366, &days);

	if (err != OK)
		return err;
	if (row->happened_at.s == 0) {
		ctx_fault(c, "happened_at", N_("Say when it was."));
		return OK;
	}
	if (row->happened_at.s > ctx_now(c).s)
		ctx_fault(c, "happened_at", N_("This has not happened yet."));
	if (day_diff(today, day) > days)
		ctx_fault(c, "happened_at",
		          N_("This is too long ago to be claimed."));
	err = mandate_on(c, a, row->person, anywhere, day, &m);
	if (err == OK) {
		row->mandate = m.id;
		row->unit = m.unit;
		row->station = m.station;
	} else if (err == ERR_NOT_FOUND) {
		ctx_fault(c, "happened_at",
		          N_("You held no mandate on that day."));
		err = OK;
	}
	return err;
}

static int
write_new(struct ctx *c, struct duty_request *row, struct duty_request_id *id)
{
	struct stmt *q;
	int err = event_begin(c, ACTION_REQUEST_ASK, ENTITY_DUTY_REQUEST, 0,
	                      row->unit.v);

	if (err != OK)
		return err;
	row->id.v = ctx_new_id(c, &entity_duty_request);
	row->state = REQUEST_ASKED;
	row->asked_at = ctx_now(c);
	event_subject(c, row->id.v, row->unit.v);
	event_about(c, ENTITY_PERSON, row->person.v);
	if (row->activity.v != 0)
		event_about(c, ENTITY_ACTIVITY, row->activity.v);
	q = ctx_stmt(c, &entity_duty_request, REQUEST_SQL_ADD);
	bind_fields(q, duty_request_fields, row);
	err = event_end(c, stmt_run(q, NULL));
	if (err == OK)
		*id = row->id;
	return err;
}

int
duty_claim(struct ctx *c, const struct duty_request *entry,
           struct duty_request_id *id)
{
	struct duty_request row = *entry;
	struct arena *a;
	struct stmt *q;
	int64_t found;
	int err;

	if (!may(c, PERM_DUTY_OWN) || c->me == 0)
		return ERR_DENIED;
	a = arena_new();
	row.kind = REQUEST_CLAIM;
	row.wanted = WANTED_FULL;
	row.person.v = c->me;
	row.record.v = row.activity.v = 0;
	ctx_check_begin(c);
	check_text(c, "title", row.title, REQUEST_TITLE_MAX,
	           N_("Say what you did."));
	check_text(c, "venue", row.venue, REQUEST_TITLE_MAX, NULL);
	check_text(c, "words", row.words, REQUEST_WORDS_MAX,
	           N_("Say how it can be checked: who was there, what shows "
	              "it."));
	q = ctx_stmt(c, &entity_duty_request, REQUEST_SQL_KIND);
	bind_text(q, ":duty", row.duty);
	err = stmt_int(q, &found);
	if (err == ERR_NOT_FOUND) {
		ctx_fault(c, "duty", N_("Choose a kind of duty."));
		err = OK;
	}
	if (err == OK)
		err = check_day(c, a, &row);
	if (err == OK)
		err = ctx_check_end(c);
	if (err == OK)
		err = write_new(c, &row, id);
	arena_free(a);
	return err;
}

/* What a correction is about: the record, or the roll of an activity. */
static int
find_wrong(struct ctx *c, struct arena *a, struct duty_request *row)
{
	struct participant place;
	struct activity activity;
	struct duty_record record;
	int err;

	if (row->record.v != 0) {
		err = duty_record_own(c, a, row->record, &record);
		if (err != OK)
			return err;
		row->mandate = record.mandate;
		row->unit = record.unit;
		row->station = record.station;
		row->duty = record.kind;
		row->title = record.title;
		row->venue = record.venue;
		row->happened_at = record.happened_at;
		if (record.subject_kind[0] == 'a')
			row->activity.v = record.subject;
	}
	if (row->activity.v == 0)
		return row->record.v != 0 ? OK : ERR_NOT_FOUND;
	err = participant_mine(c, a, row->activity, &place);
	if (err == OK)
		err = activity_get(c, a, row->activity, &activity);
	if (err != OK)
		return err;
	if (activity.state < ACTIVITY_OPEN ||
	    activity.state == ACTIVITY_CANCELLED)
		return ERR_STATE;
	row->mandate = place.mandate;
	row->unit = place.unit;
	row->station = place.station;
	row->title = activity.title;
	row->venue = activity.venue;
	row->happened_at = activity.starts_at;
	return row->duty[0] != '\0'
	           ? OK
	           : activity_duty(c, a, activity.kind, &row->duty);
}

int
duty_correct(struct ctx *c, struct duty_record_id record,
             struct activity_id activity, enum request_wanted wanted,
             const char *words, struct duty_request_id *id)
{
	struct duty_request row = {
	    .kind = REQUEST_CORRECTION,
	    .person = {c->me},
	    .wanted = (int)wanted,
	    .record = record,
	    .activity = activity,
	    .duty = "",
	    .words = words,
	};
	struct arena *a;
	struct stmt *q;
	int64_t pending = 0;
	int err;

	if (!may(c, PERM_DUTY_OWN) || c->me == 0)
		return ERR_DENIED;
	a = arena_new();
	err = find_wrong(c, a, &row);
	if (err == OK) {
		q = ctx_stmt(c, &entity_duty_request, REQUEST_SQL_PENDING);
		bind_id(q, ":record", row.record.v);
		bind_id(q, ":activity", row.activity.v);
		err = stmt_int(q, &pending);
	}
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	check_text(c, "words", words, REQUEST_WORDS_MAX,
	           N_("Say what is wrong and how it was."));
	if (pending > 0)
		ctx_fault(c, "", N_("A request about this waits already."));
	err = ctx_check_end(c);
	if (err == OK)
		err = write_new(c, &row, id);
done:
	arena_free(a);
	return err;
}
