/*
 * Activities and their state machine. Whether one is open follows the
 * clock: activity_tick() takes the steps that are due, as the system, when
 * somebody looks. The roll is db/participant.c, the codes db/code.c; lists
 * and the page are db/activity_list.c.
 */
#include "db/activity.h"

#include <assert.h>

#include "db/activity_in.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/campaign_unit.h"
#include "db/code.h"
#include "db/participant.h"
#include "db/store/event.h"
#include "db/store/fsm.h"
#include "db/store/stmt.h"

/* clang-format off */
const struct enum_name activity_states[] = {
	{"draft",     N_("Draft")},
	{"published", N_("Published")},
	{"open",      N_("Under way")},
	{"closed",    N_("To confirm")},
	{"confirmed", N_("Confirmed")},
	{"archived",  N_("Archived")},
	{"cancelled", N_("Cancelled")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(activity, id,             REF,   N_("Number"), .width = 6, .readonly = true),
	FIELD(activity, unit,           REF,   N_("Unit"), .readonly = true),
	FIELD(activity, station,        REF,   N_("Station"), .readonly = true),
	FIELD(activity, title,          TEXT,  N_("Title"), .max = ACTIVITY_TITLE_MAX, .width = 30, .required = true),
	FIELD(activity, kind,           TOKEN, N_("Kind"), .required = true),
	FIELD(activity, place,          REF,   N_("Room or point")),
	FIELD(activity, venue,          TEXT,  N_("Venue"), .max = ACTIVITY_VENUE_MAX, .width = 14),
	FIELD(activity, starts_at,      TIME,  N_("Begins"), .required = true),
	FIELD(activity, ends_at,        TIME,  N_("Ends"), .required = true),
	FIELD(activity, month,          INT,   N_("Month"), .readonly = true),
	FIELD(activity, before_minutes, INT,   N_("Sign-in opens before (minutes)"), .required = true),
	FIELD(activity, after_minutes,  INT,   N_("Sign-in closes after (minutes)"), .required = true),
	FIELD(activity, rotates,        BOOL,  N_("Changing code")),
	FIELD(activity, agenda,         LINES, N_("Agenda"), .max = ACTIVITY_TEXT_MAX),
	FIELD(activity, minutes,        LINES, N_("Minutes"), .max = ACTIVITY_TEXT_MAX),
	FIELD(activity, state,          ENUM,  N_("State"), .names = activity_states, .width = 9, .readonly = true),
	FIELD(activity, reason,         TEXT,  N_("Reason"), .max = ACTIVITY_REASON_MAX, .readonly = true),
	FIELD(activity, created_at,     TIME,  N_("Prepared"), .readonly = true),
	FIELD(activity, created_by,     REF,   N_("Prepared by"), .readonly = true),
	FIELD(activity, version,        INT,   N_("Times saved"), .readonly = true),
	FIELD(activity, campaign,       REF,   N_("Campaign")),
	FIELD_END,
};

static const struct step steps[ACTIVITY_STEPS] = {
	[ACTIVITY_DO_PUBLISH] = {"publish", N_("Publish")},
	[ACTIVITY_DO_OPEN]    = {"open",    N_("Open the sign-in")},
	[ACTIVITY_DO_CLOSE]   = {"close",   N_("Close the sign-in")},
	[ACTIVITY_DO_CONFIRM] = {"confirm", N_("Confirm the roll")},
	[ACTIVITY_DO_ARCHIVE] = {"archive", N_("Archive")},
	[ACTIVITY_DO_REOPEN]  = {"reopen",  N_("Reopen the roll")},
	[ACTIVITY_DO_CANCEL]  = {"cancel",  N_("Cancel the activity")},
	[ACTIVITY_DO_ADD]     = {"add",     N_("Prepare an activity")},
	[ACTIVITY_DO_RECORD]  = {"record",  N_("Enter a past activity")},
	[ACTIVITY_DO_FILE]    = {"file",    N_("Enter an archived activity")},
};

static const struct edge edges[] = {
	/* from               on                   to                  who may            reason */
	{FSM_NEW,            ACTIVITY_DO_ADD,     ACTIVITY_DRAFT,     PERM_ACTIVITY_WRITE, false},
	{FSM_NEW,            ACTIVITY_DO_RECORD,  ACTIVITY_CONFIRMED, PERM_IMPORT_WRITE,   false},
	{FSM_NEW,            ACTIVITY_DO_FILE,    ACTIVITY_ARCHIVED,  PERM_IMPORT_WRITE,   false},
	{ACTIVITY_DRAFT,     ACTIVITY_DO_PUBLISH, ACTIVITY_PUBLISHED, PERM_ACTIVITY_WRITE, false},
	{ACTIVITY_PUBLISHED, ACTIVITY_DO_OPEN,    ACTIVITY_OPEN,      PERM_ACTIVITY_WRITE, false},
	/* A window nobody looked at closes without having been open. */
	{ACTIVITY_PUBLISHED, ACTIVITY_DO_CLOSE,   ACTIVITY_CLOSED,    PERM_ACTIVITY_WRITE, false},
	{ACTIVITY_OPEN,      ACTIVITY_DO_CLOSE,   ACTIVITY_CLOSED,    PERM_ACTIVITY_WRITE, false},
	{ACTIVITY_CLOSED,    ACTIVITY_DO_CONFIRM, ACTIVITY_CONFIRMED, PERM_ACTIVITY_WRITE, false},
	{ACTIVITY_CONFIRMED, ACTIVITY_DO_ARCHIVE, ACTIVITY_ARCHIVED,  PERM_ACTIVITY_HEAD,  false},
	{ACTIVITY_CONFIRMED, ACTIVITY_DO_REOPEN,  ACTIVITY_CLOSED,    PERM_ACTIVITY_HEAD,  true},
	{ACTIVITY_ARCHIVED,  ACTIVITY_DO_REOPEN,  ACTIVITY_CLOSED,    PERM_ACTIVITY_HEAD,  true},
	{ACTIVITY_DRAFT,     ACTIVITY_DO_CANCEL,  ACTIVITY_CANCELLED, PERM_ACTIVITY_WRITE, true},
	{ACTIVITY_PUBLISHED, ACTIVITY_DO_CANCEL,  ACTIVITY_CANCELLED, PERM_ACTIVITY_WRITE, true},
	{ACTIVITY_OPEN,      ACTIVITY_DO_CANCEL,  ACTIVITY_CANCELLED, PERM_ACTIVITY_WRITE, true},
};
/* clang-format on */

enum {
	SQL_GET,
	SQL_ADD,
	SQL_SAVE,
	SQL_SAVE_MINUTES,
	SQL_SET_REASON,
	SQL_MOVE_ROLL,
	SQL_MOVE_ROTA,
	SQL_MISSING,
	SQL_DUE,
	SQL_ATTACH,
	SQL_STATION,
	SQL_STATION_OF_UNIT,
	SQL_PLACE,
	SQL_KIND,
	SQL_KINDS,
	SQL_COUNT
};

static const char *const sql[] = {
    [SQL_GET] = "SELECT activity.*, (SELECT subject FROM activity_subject"
		"  WHERE activity_subject.activity = activity.id"
		"    AND kind = 'campaign_unit') AS campaign FROM activity"
		" WHERE activity.id = :id AND @scope",
    [SQL_ADD] = "INSERT INTO activity (id, unit, station, title, kind, place,"
		" venue, starts_at, ends_at, month, before_minutes,"
		" after_minutes, rotates, agenda, minutes, state, reason,"
		" created_at, created_by)"
		" VALUES (:id, :unit, :station, :title, :kind, :place, :venue,"
		" :starts_at, :ends_at, :month, :before_minutes,"
		" :after_minutes, :rotates, :agenda, :minutes, :state, '',"
		" :created_at, :created_by)",
    [SQL_SAVE] = "UPDATE activity SET title = :title, kind = :kind,"
		 " place = :place, venue = :venue, starts_at = :starts_at,"
		 " ends_at = :ends_at, month = :month,"
		 " before_minutes = :before_minutes,"
		 " after_minutes = :after_minutes, rotates = :rotates,"
		 " agenda = :agenda, minutes = :minutes, version = :version + 1"
		 " WHERE id = :id AND version = :version AND @scope"
		 "   AND state IN ('draft', 'published', 'open')",
    [SQL_SAVE_MINUTES] = "UPDATE activity SET minutes = :minutes,"
			 " version = :version + 1"
			 " WHERE id = :id AND version = :version AND @scope"
			 "   AND state IN ('closed', 'confirmed')",
    [SQL_SET_REASON] = "UPDATE activity SET reason = :reason"
		       " WHERE id = :id AND @scope",
    [SQL_MOVE_ROLL] =
	"UPDATE participant SET starts_at = :starts_at, month = :month"
	" WHERE activity = :id",
    [SQL_MOVE_ROTA] =
	"UPDATE rota SET starts_at = :starts_at, ends_at = :ends_at,"
	" month = :month, place = :place WHERE activity = :id",
    [SQL_MISSING] = "SELECT id FROM participant WHERE activity = :id"
		    "   AND state IN ('invited', 'signed_up',"
		    "                 'leave_refused')"
		    " ORDER BY id",
    /* The bounds on starts_at are there for the index: no window begins
     * earlier than a day before the start. Due to close, else to open. */
    [SQL_DUE] = "SELECT id, ends_at + after_minutes * 60 < :now FROM activity"
		" WHERE state = 'published' AND starts_at <= :now + 86400"
		"   AND starts_at - before_minutes * 60 <= :now"
		" UNION ALL "
		"SELECT id, 1 FROM activity"
		" WHERE state = 'open' AND starts_at <= :now"
		"   AND ends_at + after_minutes * 60 < :now",
    [SQL_ATTACH] = "INSERT INTO activity_subject (id, activity, kind, subject)"
		   " VALUES (:id, :activity, :kind, :subject)",
    [SQL_STATION] = "SELECT unit FROM station WHERE id = :station",
    [SQL_STATION_OF_UNIT] = "SELECT id FROM station WHERE unit = :my_unit",
    [SQL_PLACE] = "SELECT name FROM place"
		  " WHERE id = :place AND station = :station",
    [SQL_KIND] = "SELECT 1 FROM activity_kind WHERE name = :kind",
    [SQL_KINDS] = "SELECT name, label, label_en, duty, before_minutes,"
		  " after_minutes, in_use FROM activity_kind"
		  " ORDER BY position",
};

/* A deputy sees the activities they are on the roll of, once published. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "activity.unit = :my_unit",
    [SCOPE_STATION] = "activity.station = :my_station",
    [SCOPE_SELF] = "activity.state <> 'draft' AND EXISTS (SELECT 1"
		   " FROM participant AS own WHERE own.activity ="
		   " activity.id AND own.person = :me)",
    /* who has its code reads it: db/public.h */
    [SCOPE_PUBLIC] = "activity.state <> 'draft'",
};

const struct entity entity_activity = {
    .kind = ENTITY_ACTIVITY,
    .name = "activity",
    .label = N_("Activity"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
    .states = activity_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

/* What an activity also counts for. Not scoped: read only together with its
 * activity. */
static const struct field subject_fields[] = {
    {.name = "kind", .kind = FIELD_TOKEN, .label = N_("Kind")},
    FIELD_END,
};
const struct entity entity_activity_subject = {
    .kind = ENTITY_ACTIVITY_SUBJECT,
    .name = "activity_subject",
    .label = N_("Counts for"),
    .fields = subject_fields,
};

static const enum action actions[ACTIVITY_STEPS] = {
    [ACTIVITY_DO_PUBLISH] = ACTION_ACTIVITY_PUBLISH,
    [ACTIVITY_DO_OPEN] = ACTION_ACTIVITY_OPEN,
    [ACTIVITY_DO_CLOSE] = ACTION_ACTIVITY_CLOSE,
    [ACTIVITY_DO_CONFIRM] = ACTION_ACTIVITY_CONFIRM,
    [ACTIVITY_DO_ARCHIVE] = ACTION_ACTIVITY_ARCHIVE,
    [ACTIVITY_DO_REOPEN] = ACTION_ACTIVITY_REOPEN,
    [ACTIVITY_DO_CANCEL] = ACTION_ACTIVITY_CANCEL,
    [ACTIVITY_DO_ADD] = ACTION_ACTIVITY_ADD,
    [ACTIVITY_DO_RECORD] = ACTION_IMPORT_ROW,
    [ACTIVITY_DO_FILE] = ACTION_IMPORT_ROW,
};

int
activity_get(struct ctx *c, struct arena *a, struct activity_id id,
             struct activity *out)
{
	struct stmt *q;

	if (!may(c, PERM_ACTIVITY_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_activity, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
activity_kind_list(struct ctx *c, struct arena *a, struct activity_kind **kinds,
                   int *n)
{
	static const struct field row[] = {
	    FIELD(activity_kind, name, TOKEN, ""),
	    FIELD(activity_kind, label, TEXT, ""),
	    FIELD(activity_kind, label_en, TEXT, ""),
	    FIELD(activity_kind, duty, TOKEN, ""),
	    FIELD(activity_kind, before_minutes, INT, ""),
	    FIELD(activity_kind, after_minutes, INT, ""),
	    FIELD(activity_kind, in_use, BOOL, ""),
	    FIELD_END,
	};
	enum { KINDS_MAX = 200 };

	return stmt_all(ctx_stmt(c, &entity_activity, SQL_KINDS), a, row,
	                sizeof(**kinds), KINDS_MAX, kinds, n);
}

const char *
activity_kind_label(const char *label, const char *label_en)
{
	return i18n_language() == LANGUAGE_EN ? label_en : label;
}

/* --- preparing and saving -------------------------------------------- */

struct station_id
activity_own_station(struct ctx *c)
{
	struct station_id own = {c->my_station};

	if (own.v == 0 && c->my_unit != 0 &&
	    stmt_int(ctx_stmt(c, &entity_activity, SQL_STATION_OF_UNIT),
	             &own.v) != OK)
		own.v = 0; /* then no station is named, which is a fault */
	return own;
}

/* The unit of a station that the acting hat may work in. */
static int
station_unit(struct ctx *c, struct station_id station, struct unit_id *unit)
{
	struct stmt *q = ctx_stmt(c, &entity_activity, SQL_STATION);
	int64_t v = 0;
	int err;

	bind_id(q, ":station", station.v);
	err = stmt_int(q, &v);
	if (err != OK)
		return err;
	if ((c->scope == SCOPE_UNIT && v == c->my_unit) ||
	    (c->scope == SCOPE_STATION && station.v == c->my_station) ||
	    c->scope == SCOPE_COUNTY) {
		unit->v = v;
		return OK;
	}
	return ERR_DENIED;
}

void
activity_default(struct ctx *c, struct activity *out)
{
	struct instant now = ctx_now(c);

	*out = (struct activity){
	    .unit = {c->my_unit},
	    .station = activity_own_station(c),
	    .title = "",
	    .kind = "",
	    .venue = "",
	    .agenda = "",
	    .minutes = "",
	    .reason = "",
	    .before_minutes = ACTIVITY_WINDOW,
	    .after_minutes = ACTIVITY_WINDOW,
	    .starts_at = {now.s - now.s % 1800 + 1800},
	    .ends_at = {now.s - now.s % 1800 + 1800 + 2 * 3600},
	};
}

/* A fault when a row of :name is not there. */
static int
must_exist(struct ctx *c, struct stmt *q, const char *field, const char *msgid)
{
	int64_t found;
	int err = stmt_int(q, &found);

	if (err != ERR_NOT_FOUND)
		return err;
	ctx_fault(c, field, msgid);
	return OK;
}

static void
check_times(struct ctx *c, const struct activity *entry)
{
	if (entry->starts_at.s == 0)
		ctx_fault(c, "starts_at", N_("Say when it begins."));
	if (entry->ends_at.s == 0)
		ctx_fault(c, "ends_at", N_("Say when it ends."));
	else if (entry->ends_at.s <= entry->starts_at.s)
		ctx_fault(c, "ends_at", N_("The end is before the beginning."));
	if (entry->before_minutes < 0 ||
	    entry->before_minutes > ACTIVITY_WINDOW_MAX)
		ctx_fault(c, "before_minutes",
		          N_("Between 0 and 1440 minutes."));
	if (entry->after_minutes < 0 ||
	    entry->after_minutes > ACTIVITY_WINDOW_MAX)
		ctx_fault(c, "after_minutes",
		          N_("Between 0 and 1440 minutes."));
}

static void
check_length(struct ctx *c, const char *field, const char *text, size_t max)
{
	if (text_length(text) > max)
		ctx_fault(c, field, N_("The text is too long."));
}

int
activity_check(struct ctx *c, const struct activity *entry)
{
	struct station_id station = entry->station;
	struct stmt *q;
	int err;

	if (station.v == 0)
		station = activity_own_station(c);
	ctx_check_begin(c);
	if (entry->title[0] == '\0')
		ctx_fault(c, "title", N_("Give the activity a title."));
	check_length(c, "title", entry->title, ACTIVITY_TITLE_MAX);
	check_length(c, "venue", entry->venue, ACTIVITY_VENUE_MAX);
	check_length(c, "agenda", entry->agenda, ACTIVITY_TEXT_MAX);
	check_length(c, "minutes", entry->minutes, ACTIVITY_TEXT_MAX);
	q = ctx_stmt(c, &entity_activity, SQL_KIND);
	bind_text(q, ":kind", entry->kind);
	err = must_exist(c, q, "kind", N_("Choose a kind of activity."));
	if (err != OK)
		return err;
	if (entry->place.v == 0 && entry->venue[0] == '\0')
		ctx_fault(c, "venue", N_("Say where it takes place."));
	if (entry->place.v != 0) {
		q = ctx_stmt(c, &entity_activity, SQL_PLACE);
		bind_id(q, ":place", entry->place.v);
		bind_id(q, ":station", station.v);
		err = must_exist(c, q, "place",
		                 N_("Choose a room or point of the station."));
		if (err != OK)
			return err;
	}
	check_times(c, entry);
	return ctx_check_end(c);
}

/* Check entry and fill in what follows from it: month, venue. */
static int
prepare(struct ctx *c, struct arena *a, struct activity *row)
{
	struct day day = day_of(row->starts_at);
	struct stmt *q;
	int err = activity_check(c, row);

	if (err != OK)
		return err;
	row->month = day.year * 100 + day.month;
	if (row->venue[0] != '\0')
		return OK;
	q = ctx_stmt(c, &entity_activity, SQL_PLACE);
	bind_id(q, ":place", row->place.v);
	bind_id(q, ":station", row->station.v);
	if (stmt_next(q))
		row->venue = arena_strdup(a, col_text(q, 0));
	return stmt_end(q);
}

static int
insert(struct ctx *c, struct activity *row)
{
	struct stmt *q;

	row->id.v = ctx_new_id(c, &entity_activity);
	row->created_at = ctx_now(c);
	row->created_by.v = c->me;
	event_subject(c, row->id.v, row->unit.v);
	q = ctx_stmt(c, &entity_activity, SQL_ADD);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

static int
write_new(struct ctx *c, struct activity *row, const struct invite *who,
          bool publish)
{
	int err;

	row->state = ACTIVITY_DRAFT;
	err = insert(c, row);
	if (err == OK)
		err = campaign_follow(c, (struct campaign_unit_id){0}, row);
	if (err == OK && who != NULL)
		err = participant_invite(c, row->id, who, NULL);
	if (err == OK && publish)
		err = activity_fire(c, row->id, ACTIVITY_DO_PUBLISH, "");
	return err;
}

int
activity_add(struct ctx *c, const struct activity *entry,
             const struct invite *who, bool publish, struct activity_id *id)
{
	struct activity row = *entry;
	struct arena *a;
	int err;

	if (!may(c, PERM_ACTIVITY_WRITE))
		return ERR_DENIED;
	if (row.station.v == 0)
		row.station = activity_own_station(c);
	err = station_unit(c, row.station, &row.unit);
	if (err != OK)
		return err;
	a = arena_new();
	err = prepare(c, a, &row);
	if (err == OK)
		err = event_begin(c, ACTION_ACTIVITY_ADD, ENTITY_ACTIVITY, 0,
		                  row.unit.v);
	if (err == OK)
		err = event_end(c, write_new(c, &row, who, publish));
	if (err == OK)
		*id = row.id;
	arena_free(a);
	return err;
}

int
activity_version(struct ctx *c, struct activity_id id, int64_t *version)
{
	struct arena *a = arena_new();
	struct activity now;
	int err = activity_get(c, a, id, &now);

	if (err == OK)
		*version = now.version;
	arena_free(a);
	return err;
}

int
activity_record(struct ctx *c, const struct activity *entry,
                struct activity_id *id)
{
	struct activity row = *entry;
	struct arena *a;
	int err;

	assert(row.state == ACTIVITY_CONFIRMED ||
	       row.state == ACTIVITY_ARCHIVED);
	if (!may(c, PERM_IMPORT_WRITE))
		return ERR_DENIED;
	err = station_unit(c, row.station, &row.unit);
	if (err != OK)
		return err;
	a = arena_new();
	err = prepare(c, a, &row);
	if (err == OK)
		err = insert(c, &row);
	if (err == OK)
		*id = row.id;
	arena_free(a);
	return err;
}

/* Why nothing was written: another version is there, or another state. */
static int
not_saved(struct ctx *c, const struct activity *row)
{
	int64_t version;
	int err = activity_version(c, row->id, &version);

	if (err != OK)
		return err;
	return version != row->version ? ERR_CHANGED : ERR_STATE;
}

static int
write_changes(struct ctx *c, const struct activity *old,
              const struct activity *row)
{
	bool open = old->state <= ACTIVITY_OPEN;
	struct stmt *q;
	int64_t changed;
	int err;

	q = ctx_stmt(c, &entity_activity, open ? SQL_SAVE : SQL_SAVE_MINUTES);
	bind_fields(q, fields, row);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = not_saved(c, row);
	if (err != OK || !open)
		return err;
	err = campaign_follow(c, old->campaign, row);
	if (err != OK)
		return err;
	if (old->starts_at.s != row->starts_at.s) {
		q = ctx_stmt(c, &entity_activity, SQL_MOVE_ROLL);
		bind_fields(q, fields, row);
		err = stmt_run(q, NULL);
	}
	if (err == OK) { /* of a reception: the days that announced it */
		q = ctx_stmt(c, &entity_activity, SQL_MOVE_ROTA);
		bind_fields(q, fields, row);
		err = stmt_run(q, NULL);
	}
	if (err == OK && old->state != ACTIVITY_DRAFT)
		err = code_move_activity(c, row->id, activity_opens_at(row),
		                         activity_shuts_at(row));
	if (err == OK && old->state != ACTIVITY_DRAFT &&
	    old->rotates != row->rotates)
		err = code_turn_activity(c, row->id, row->rotates);
	return err;
}

int
activity_save(struct ctx *c, const struct activity *entry)
{
	struct activity old, row = *entry;
	struct arena *a;
	int err;

	if (!may(c, PERM_ACTIVITY_WRITE))
		return ERR_DENIED;
	a = arena_new();
	err = activity_get(c, a, entry->id, &old);
	if (err != OK)
		goto done;
	row.unit = old.unit;
	row.station = old.station;
	err = prepare(c, a, &row);
	if (err == OK)
		err = event_begin(c, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY,
		                  row.id.v, row.unit.v);
	if (err == OK)
		err = event_end(c, write_changes(c, &old, &row));
done:
	arena_free(a);
	return err;
}

int
activity_attach(struct ctx *c, struct activity_id id, enum entity_kind kind,
                int64_t subject)
{
	struct activity row;
	struct arena *a = arena_new();
	struct stmt *q;
	int err = activity_get(c, a, id, &row);

	if (err == OK)
		err = event_begin(c, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY,
		                  id.v, row.unit.v);
	if (err != OK)
		goto done;
	q = ctx_stmt(c, &entity_activity, SQL_ATTACH);
	bind_id(q, ":id", ctx_new_id(c, &entity_activity_subject));
	bind_id(q, ":activity", id.v);
	bind_text(q, ":kind", entity_of(kind)->name);
	bind_id(q, ":subject", subject);
	event_about(c, kind, subject);
	err = event_end(c, stmt_run(q, NULL));
done:
	arena_free(a);
	return err;
}

/* --- steps ----------------------------------------------------------- */

/* Those who have not signed in were not there. Leave that was asked for
 * and not answered stays: the officer decides before confirming. */
static int
mark_absent(struct ctx *c, const struct activity *row)
{
	enum { PEOPLE_MAX = 10000 };
	static const struct field ids[] = {
	    FIELD(participant, id, REF, ""),
	    FIELD_END,
	};
	struct arena *a = arena_new();
	struct participant *missing;
	struct stmt *q;
	int n, err;

	q = ctx_stmt(c, &entity_activity, SQL_MISSING);
	bind_id(q, ":id", row->id.v);
	err = stmt_all(q, a, ids, sizeof(*missing), PEOPLE_MAX, &missing, &n);
	for (int i = 0; err == OK && i < n; i++)
		err = fsm_fire(c, &entity_participant, missing[i].id.v,
		               PARTICIPANT_DO_MISS, NULL);
	arena_free(a);
	return err;
}

static int
mint_code(struct ctx *c, const struct activity *row)
{
	struct code_id id;

	return code_mint(c, CODE_ACTIVITY, row->id.v, row->unit,
	                 activity_opens_at(row), activity_shuts_at(row), &id);
}

/* Opened by hand before its time: the code is good from now on. */
static int
open_early(struct ctx *c, const struct activity *row)
{
	struct instant now = ctx_now(c);

	if (now.s >= activity_opens_at(row).s)
		return OK;
	return code_move_activity(c, row->id, now, activity_shuts_at(row));
}

/* What else a step does, in its event. */
static int
follow(struct ctx *c, const struct activity *row, enum activity_step step,
       const char *reason)
{
	struct stmt *q;

	switch (step) {
	case ACTIVITY_DO_PUBLISH:
		return mint_code(c, row);
	case ACTIVITY_DO_OPEN:
		return open_early(c, row);
	case ACTIVITY_DO_CLOSE:
		return mark_absent(c, row);
	case ACTIVITY_DO_CANCEL:
	case ACTIVITY_DO_REOPEN:
		q = ctx_stmt(c, &entity_activity, SQL_SET_REASON);
		bind_id(q, ":id", row->id.v);
		bind_text(q, ":reason", reason);
		return stmt_run(q, NULL);
	case ACTIVITY_DO_CONFIRM:
	case ACTIVITY_DO_ARCHIVE:
	case ACTIVITY_DO_ADD:
	case ACTIVITY_DO_RECORD:
	case ACTIVITY_DO_FILE:
	case ACTIVITY_STEPS:
		break;
	}
	return OK;
}

/* What stands in a step's way, in words. */
static int
step_check(struct ctx *c, const struct activity *row, enum activity_step step,
           const char *reason)
{
	const struct edge *edge = fsm_edge(&entity_activity, row->state, step);
	struct roll roll;
	int err;

	if (edge == NULL)
		return ERR_STATE;
	if (!may(c, edge->perm))
		return ERR_DENIED;
	ctx_check_begin(c);
	if (edge->wants_reason && reason[0] == '\0')
		ctx_fault(c, "reason", N_("Give a reason."));
	check_length(c, "reason", reason, ACTIVITY_REASON_MAX);
	if (step == ACTIVITY_DO_CONFIRM) {
		err = activity_roll(c, row->id, &roll);
		if (err != OK)
			return err;
		if (roll.leave_asked > 0)
			ctx_fault(c, "",
			          N_("Leave was asked for and is not "
			             "decided yet."));
		if (roll.waiting > 0)
			ctx_fault(c, "", N_("Walk-ins wait to be confirmed."));
	}
	return ctx_check_end(c);
}

int
activity_fire(struct ctx *c, struct activity_id id, enum activity_step step,
              const char *reason)
{
	struct arena *a = arena_new();
	struct activity row;
	int err;

	assert(step < ACTIVITY_STEPS);
	err = activity_get(c, a, id, &row);
	if (err == OK)
		err = step_check(c, &row, step, reason);
	if (err == OK)
		err = event_begin(c, actions[step], ENTITY_ACTIVITY, id.v,
		                  row.unit.v);
	if (err != OK)
		goto done;
	event_reason(c, reason);
	err = fsm_fire(c, &entity_activity, id.v, step, NULL);
	if (err == OK)
		err = follow(c, &row, step, reason);
	err = event_end(c, err);
done:
	arena_free(a);
	return err;
}

/* --- the clock ------------------------------------------------------- */

struct due {
	struct activity_id id;
	enum activity_step step;
};

enum { DUE_MAX = 64 };

static int
find_due(struct ctx *c, struct due *due, int *n)
{
	struct stmt *q = ctx_stmt(c, &entity_activity, SQL_DUE);

	*n = 0;
	while (*n < DUE_MAX && stmt_next(q)) {
		due[*n].id.v = col_int(q, 0);
		due[*n].step =
		    col_int(q, 1) ? ACTIVITY_DO_CLOSE : ACTIVITY_DO_OPEN;
		++*n;
	}
	return stmt_end(q);
}

void
ctx_as_system(const struct ctx *c, struct ctx *system)
{
	ctx_init_system(system, c->store);
	system->stopped = c->stopped;
	system->seed = c->seed;
	system->committed = c->committed;
	system->committed_data = c->committed_data;
}

int
activity_tick(struct ctx *c, int *changed)
{
	struct due due[DUE_MAX];
	struct ctx system;
	int n, err;

	ctx_as_system(c, &system);
	err = find_due(&system, due, &n);
	for (int i = 0; err == OK && i < n; i++) {
		err = activity_fire(&system, due[i].id, due[i].step, "");
		if (err == ERR_STATE) /* somebody else was quicker */
			err = OK;
	}
	if (err == OK && changed != NULL)
		*changed = n;
	return err;
}
