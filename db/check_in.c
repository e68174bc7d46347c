/*
 * Signing in: one action, and every record that follows from it. By code, by
 * an officer's hand, and what undoes it: refusing a walk-in and correcting
 * the roll strike the sign-in out, so there is one way of taking back.
 */
#include "db/participant.h"

#include "db/activity_in.h"
#include "db/base/i18n.h"
#include "db/code.h"
#include "db/duty_record.h"
#include "db/participant_in.h"
#include "db/setting.h"
#include "db/store/event.h"
#include "db/store/fsm.h"
#include "db/store/stmt.h"

/* What one sign-in is to write. */
struct sign_in {
	const struct activity *activity;
	struct person_id person;
	enum way way;
	struct code_id code; /* 0: by hand */
	struct instant at;
	bool late;
	const char *reason; /* by hand; else "" */
};

/* The mandate a person signs in under; its term and group are the
 * record's. ERR_DENIED: none is current on that day. */
struct mandate_row {
	int64_t id, term, unit, station, grp;
};

static const char sql_mandate[] =
    "SELECT m.id, m.term, m.unit, m.station, coalesce(m.grp, 0)"
    " FROM mandate AS m WHERE m.id = :id";

static int
mandate_read(struct ctx *c, int64_t id, struct mandate_row *out)
{
	struct stmt *q = ctx_sql(c, NULL, sql_mandate);
	bool found;
	int err;

	bind_id(q, ":id", id);
	found = stmt_next(q);
	if (found)
		*out = (struct mandate_row){col_int(q, 0), col_int(q, 1),
		                            col_int(q, 2), col_int(q, 3),
		                            col_int(q, 4)};
	err = stmt_end(q);
	return err == OK && !found ? ERR_NOT_FOUND : err;
}

static int
mandate_find(struct ctx *c, const struct sign_in *s, struct mandate_id *id)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_participant, PARTICIPANT_SQL_MANDATE);
	bool found;
	int err;

	bind_id(q, ":person", s->person.v);
	bind_id(q, ":station", s->activity->station.v);
	bind_day(q, ":day", day_of(s->activity->starts_at));
	found = stmt_next(q);
	if (found)
		id->v = col_int(q, 1);
	err = stmt_end(q);
	return err == OK && !found ? ERR_DENIED : err;
}

/* --- what follows, in one event -------------------------------------- */

int
activity_duty(struct ctx *c, struct arena *a, const char *kind,
              const char **duty)
{
	static const char sql[] =
	    "SELECT duty FROM activity_kind WHERE name = :kind";
	struct stmt *q = ctx_sql(c, NULL, sql);
	bool found;
	int err;

	bind_text(q, ":kind", kind);
	found = stmt_next(q);
	*duty = found ? arena_strdup(a, col_text(q, 0)) : "";
	err = stmt_end(q);
	return err == OK && !found ? ERR_NOT_FOUND : err;
}

static int
write_record(struct ctx *c, struct arena *a, const struct sign_in *s,
             struct mandate_id mandate, int64_t *points)
{
	const struct activity *activity = s->activity;
	struct mandate_row m;
	struct duty_record row;
	const char *duty;
	int err = mandate_read(c, mandate.v, &m);

	if (err == OK)
		err = activity_duty(c, a, activity->kind, &duty);
	if (err != OK)
		return err;
	row = (struct duty_record){
	    .person = s->person,
	    .mandate = mandate,
	    .term = {m.term},
	    .unit = {m.unit},
	    .station = {m.station},
	    .grp = {m.grp},
	    .kind = duty,
	    .grade = s->late ? DUTY_LATE : DUTY_FULL,
	    .subject_kind = entity_activity.name,
	    .subject = activity->id.v,
	    .title = activity->title,
	    .venue = activity->venue,
	    .happened_at = activity->starts_at,
	    .state = DUTY_AUTOMATIC,
	};
	err = duty_record_add(c, &row);
	if (err == OK)
		err = duty_points(c, activity->month / 100, duty, row.grade,
		                  points);
	return err;
}

/* Everything the sign-in is about shows it in its timeline. */
static int
write_links(struct ctx *c, const struct sign_in *s)
{
	const struct entity *kind;
	struct stmt *q;

	event_about(c, ENTITY_ACTIVITY, s->activity->id.v);
	event_about(c, ENTITY_PERSON, s->person.v);
	q = ctx_stmt(c, &entity_participant, PARTICIPANT_SQL_SUBJECTS);
	bind_id(q, ":activity", s->activity->id.v);
	while (stmt_next(q)) {
		kind = entity_named(col_text(q, 0));
		if (kind != NULL)
			event_about(c, kind->kind, col_int(q, 1));
	}
	return stmt_end(q);
}

static int
write_roll(struct ctx *c, const struct sign_in *s, struct participant_id id)
{
	struct participant row = {
	    .id = id,
	    .way = s->way,
	    .code = s->code,
	    .signed_at = s->at,
	    .reason = s->reason,
	};
	bool hand = s->way == WAY_HAND;
	int step = s->late ? hand ? PARTICIPANT_DO_HAND_LATE
	                          : PARTICIPANT_DO_CHECK_IN_LATE
	           : hand  ? PARTICIPANT_DO_HAND
	                   : PARTICIPANT_DO_CHECK_IN;
	struct stmt *q;
	int err = fsm_fire(c, &entity_participant, id.v, step, NULL);

	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_participant, PARTICIPANT_SQL_SIGNED);
	bind_fields(q, participant_fields, &row);
	return stmt_run(q, NULL);
}

static bool
is_present(const struct participant *row)
{
	return row->state == PARTICIPANT_SIGNED_IN ||
	       row->state == PARTICIPANT_LATE;
}

/* Inside the event, so under the writer's lock: of two sessions signing in
 * the same person the second finds the first's and gets ERR_EXISTS. */
static int
write_sign_in(struct ctx *c, struct arena *a, const struct sign_in *s,
              struct check_in *out)
{
	struct participant row;
	int err = participant_of(c, a, s->activity->id, s->person, &row);

	if (err == ERR_NOT_FOUND) {
		err = mandate_find(c, s, &row.mandate);
		if (err == OK)
			err = participant_add(c, s->activity, s->person,
			                      row.mandate, true,
			                      s->way == WAY_HAND, &row.id);
		out->walk_in = true;
	} else if (err == OK) {
		out->walk_in = row.walk_in;
		if (is_present(&row))
			err = ERR_EXISTS;
	}
	out->participant = row.id;
	out->signed_at = row.signed_at;
	if (err != OK)
		return err;
	event_subject(c, row.id.v, s->activity->unit.v);
	out->signed_at = s->at;
	err = write_roll(c, s, row.id);
	if (err == OK)
		err = write_record(c, a, s, row.mandate, &out->points);
	return err == OK ? write_links(c, s) : err;
}

/* After code_usable: what the activity itself says. */
static int
activity_usable(const struct activity *activity)
{
	switch ((enum activity_state)activity->state) {
	case ACTIVITY_OPEN:
		return OK;
	case ACTIVITY_DRAFT:
	case ACTIVITY_PUBLISHED:
		return ERR_EARLY;
	case ACTIVITY_CLOSED:
	case ACTIVITY_CONFIRMED:
	case ACTIVITY_ARCHIVED:
		return ERR_EXPIRED;
	case ACTIVITY_CANCELLED:
		break;
	}
	return ERR_STATE;
}

/* Asked again under the writer's lock: since it was read, the activity may
 * have been closed, cancelled or moved, and its code revoked. */
static int
check_still(struct ctx *c, struct arena *a, const struct sign_in *s)
{
	struct activity now;
	struct code code;
	struct ctx system;
	int err;

	ctx_as_system(c, &system);
	err = activity_get(&system, a, s->activity->id, &now);
	if (err == OK && s->code.v != 0)
		err = activity_usable(&now);
	if (err == OK && (now.state != s->activity->state ||
	                  now.starts_at.s != s->activity->starts_at.s))
		err = ERR_STATE;
	if (err != OK || s->code.v == 0)
		return err;
	err = code_get(&system, a, s->code, &code);
	return err == OK ? code_usable(c, &code) : err;
}

static int
sign_in(struct ctx *c, struct arena *a, const struct sign_in *s,
        struct check_in *out)
{
	int err = event_begin(c, ACTION_PARTICIPANT_CHECK_IN,
	                      ENTITY_PARTICIPANT, 0, s->activity->unit.v);

	if (err != OK)
		return err;
	event_reason(c, s->reason);
	out->activity = s->activity->id;
	out->title = s->activity->title;
	out->late = s->late;
	err = check_still(c, a, s);
	if (err == OK)
		err = write_sign_in(c, a, s, out);
	return event_end(c, err);
}

/* --- by code --------------------------------------------------------- */

/* The activity a typed code opens now, read as the system: a walk-in is
 * not on its roll and so does not see it. */
static int
activity_of_code(struct ctx *c, struct arena *a, const char *text,
                 struct instant opened, struct code *code,
                 struct activity *activity)
{
	struct activity_id id;
	struct ctx system;
	int err = code_find(c, a, text, opened, code);

	id.v = err == OK ? code->subject : 0;

	if (err == OK && code->kind != CODE_ACTIVITY)
		err = ERR_NOT_FOUND;
	if (err == OK)
		err = code_usable(c, code);
	if (err != OK)
		return err;
	ctx_as_system(c, &system);
	err = activity_get(&system, a, id, activity);
	if (err == OK && activity->state == ACTIVITY_PUBLISHED) {
		err = activity_tick(c, NULL);
		if (err == OK)
			err = activity_get(&system, a, id, activity);
	}
	return err == OK ? activity_usable(activity) : err;
}

int
participant_check_in(struct ctx *c, struct arena *a, const char *text,
                     struct check_in *out)
{
	return participant_check_in_by(c, a, WAY_TERMINAL, text,
	                               (struct instant){0}, out);
}

int
participant_check_in_by(struct ctx *c, struct arena *a, enum way way,
                        const char *text, struct instant opened,
                        struct check_in *out)
{
	struct activity activity;
	struct check_in done = {0};
	struct code code;
	struct sign_in s = {
	    .activity = &activity,
	    .person = {c->me},
	    .way = way,
	    .at = ctx_now(c),
	    .reason = "",
	};
	int64_t grace;
	int err;

	if (!may(c, PERM_ACTIVITY_JOIN) || c->me == 0)
		return ERR_DENIED;
	err = activity_of_code(c, a, text, opened, &code, &activity);
	if (err == OK)
		err = setting_number(c, "activity.late_minutes", 15, &grace);
	if (err != OK)
		return err;
	s.code = code.id;
	s.late = s.at.s > activity.starts_at.s + grace * 60;
	err = sign_in(c, a, &s, &done);
	if (err == ERR_EXISTS) {
		done.already = true;
		err = OK;
	}
	if (err == OK)
		*out = done;
	return err;
}

/* --- by hand --------------------------------------------------------- */

/* An officer signs in people of the roll and deputies of their own
 * station or unit; others come by the code. */
static int
may_sign_in(struct ctx *c, struct arena *a, const struct sign_in *s)
{
	struct participant row;
	struct mandate_row m;
	struct mandate_id id;
	int err = participant_of(c, a, s->activity->id, s->person, &row);

	if (err != ERR_NOT_FOUND)
		return err;
	err = mandate_find(c, s, &id);
	if (err == OK)
		err = mandate_read(c, id.v, &m);
	if (err != OK || c->scope == SCOPE_COUNTY)
		return err;
	return (c->scope == SCOPE_UNIT && m.unit == c->my_unit) ||
	               (c->scope == SCOPE_STATION && m.station == c->my_station)
	           ? OK
	           : ERR_DENIED;
}

int
participant_check_in_by_hand(struct ctx *c, struct arena *a,
                             struct activity_id id, struct person_id person,
                             bool late, const char *reason,
                             struct check_in *out)
{
	struct activity activity;
	struct check_in done = {0};
	struct sign_in s = {
	    .activity = &activity,
	    .person = person,
	    .way = WAY_HAND,
	    .at = ctx_now(c),
	    .late = late,
	    .reason = reason,
	};
	int err;

	if (!may(c, PERM_ACTIVITY_ROLL))
		return ERR_DENIED;
	err = activity_tick(c, NULL);
	if (err == OK)
		err = activity_get(c, a, id, &activity);
	if (err == OK && activity.state != ACTIVITY_OPEN &&
	    activity.state != ACTIVITY_CLOSED)
		err = ERR_STATE;
	if (err == OK)
		err = participant_reason_check(c, reason, true);
	if (err == OK)
		err = may_sign_in(c, a, &s);
	if (err == OK)
		err = sign_in(c, a, &s, &done);
	if (err == ERR_EXISTS) {
		done.already = true;
		err = OK;
	}
	if (err == OK)
		*out = done;
	return err;
}

/* --- taking back ----------------------------------------------------- */

/* Strike out the sign-in of a row, with what was done to the row since (a
 * walk-in's confirmation), the newest first; in the caller's event. */
static int
strike_sign_in(struct ctx *c, struct arena *a, const struct participant *row,
               const char *reason)
{
	enum { STANDING_MAX = 32 };
	int64_t events[STANDING_MAX];
	struct event_list later;
	struct ctx system;
	struct stmt *q =
	    ctx_stmt(c, &entity_participant, PARTICIPANT_SQL_EVENTS);
	int n = 0, err;

	bind_id(q, ":id", row->id.v);
	bind_id(q, ":activity", row->activity.v);
	bind_id(q, ":person", row->person.v);
	while (n < STANDING_MAX && stmt_next(q)) {
		/* One that is open now is our own correction. */
		if (col_int(q, 0) != event_id(c))
			events[n++] = col_int(q, 0);
	}
	err = stmt_end(q);
	/* An officer may correct the roll without the right to strike out
	 * whatever they like; the correction's own row says who did it. */
	ctx_as_system(c, &system);
	system.account = c->account;
	system.me = c->me;
	system.office = c->office;
	system.frame = c->frame;
	for (int i = 0; err == OK && i < n; i++)
		err = event_strike(&system, a, events[i], reason, &later);
	return err;
}

static int
confirm(struct ctx *c, const struct participant *row)
{
	struct stmt *q;
	int64_t changed;
	int err = event_begin(c, ACTION_PARTICIPANT_CONFIRM, ENTITY_PARTICIPANT,
	                      row->id.v, row->unit.v);

	if (err != OK)
		return err;
	event_about(c, ENTITY_ACTIVITY, row->activity.v);
	event_about(c, ENTITY_PERSON, row->person.v);
	q = ctx_stmt(c, &entity_participant, PARTICIPANT_SQL_CONFIRM);
	bind_id(q, ":id", row->id.v);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = ERR_STATE;
	return event_end(c, err);
}

/* Begin the event of a correction. */
static int
begin_correcting(struct ctx *c, const struct participant *row,
                 const char *reason)
{
	int err = participant_reason_check(c, reason, true);

	if (err == OK)
		err = event_begin(c, ACTION_PARTICIPANT_CORRECT,
		                  ENTITY_PARTICIPANT, row->id.v, row->unit.v);
	if (err != OK)
		return err;
	event_reason(c, reason);
	event_about(c, ENTITY_ACTIVITY, row->activity.v);
	event_about(c, ENTITY_PERSON, row->person.v);
	return OK;
}

int
participant_confirm(struct ctx *c, struct participant_id id, bool yes,
                    const char *reason)
{
	struct arena *a = arena_new();
	struct activity activity;
	struct participant row;
	int err = may(c, PERM_ACTIVITY_ROLL)
	              ? participant_open(c, a, id, &row, &activity)
	              : ERR_DENIED;

	if (err == OK && (row.confirmed || activity.state < ACTIVITY_OPEN ||
	                  activity.state > ACTIVITY_CLOSED))
		err = ERR_STATE;
	if (err == OK && yes) {
		err = confirm(c, &row);
	} else if (err == OK) {
		err = begin_correcting(c, &row, reason);
		if (err == OK)
			err = event_end(c, strike_sign_in(c, a, &row, reason));
	}
	arena_free(a);
	return err;
}

/* From a row that is not signed in (any more) to what it should be. */
static int
set_state(struct ctx *c, struct arena *a, const struct participant *old,
          const struct activity *activity, enum participant_state to,
          const char *reason)
{
	struct participant now;
	struct check_in out = {0};
	struct sign_in s = {
	    .activity = activity,
	    .person = old->person,
	    .way = WAY_HAND,
	    .at = old->signed_at.s != 0 ? old->signed_at : ctx_now(c),
	    .late = to == PARTICIPANT_LATE,
	    .reason = reason,
	};
	int err;

	if (to == PARTICIPANT_SIGNED_IN || to == PARTICIPANT_LATE)
		return sign_in(c, a, &s, &out);
	err = participant_of(c, a, activity->id, old->person, &now);
	if (err == ERR_NOT_FOUND) /* a walk-in: gone with its sign-in */
		return OK;
	if (err == OK && now.state != (int)to)
		err = fsm_fire(c, &entity_participant, now.id.v,
		               to == PARTICIPANT_ABSENT ? PARTICIPANT_DO_MISS
		                                        : PARTICIPANT_DO_LEAVE,
		               NULL);
	if (err == OK)
		err = participant_set_reason(c, now.id, reason);
	return err;
}

static bool
is_correction(enum participant_state to)
{
	return to == PARTICIPANT_SIGNED_IN || to == PARTICIPANT_LATE ||
	       to == PARTICIPANT_ABSENT || to == PARTICIPANT_LEAVE_GRANTED;
}

int
participant_correct(struct ctx *c, struct participant_id id,
                    enum participant_state to, const char *reason)
{
	struct arena *a = arena_new();
	struct activity activity;
	struct participant row;
	int err = may(c, PERM_ACTIVITY_ROLL)
	              ? participant_open(c, a, id, &row, &activity)
	              : ERR_DENIED;

	if (err == OK && (!is_correction(to) || row.state == (int)to ||
	                  activity.state < ACTIVITY_OPEN ||
	                  activity.state > ACTIVITY_CONFIRMED))
		err = ERR_STATE;
	if (err == OK)
		err = begin_correcting(c, &row, reason);
	if (err != OK)
		goto done;
	if (is_present(&row))
		err = strike_sign_in(c, a, &row, reason);
	if (err == OK)
		err = set_state(c, a, &row, &activity, to, reason);
	err = event_end(c, err);
done:
	arena_free(a);
	return err;
}
