/*
 * What follows from a step of an opinion, in its event: where the table
 * leads, which clock runs then, offices, conversions, those merged, and what
 * counts for a deputy.
 */
#include "db/conversion.h"
#include "db/duty_record.h"
#include "db/law_comment.h"
#include "db/mandate.h"
#include "db/opinion_in.h"
#include "db/opinion_leg.h"
#include "db/outbox.h"
#include "db/project.h"
#include "db/store/event.h"
#include "db/store/fsm.h"

/* clang-format off */
/* The clock that runs in each state; a state that has its forerunner's goes
 * on with it. */
static const struct {
	enum opinion_clock_kind kind;
	bool goes_on;
} clocks[OPINION_STATES] = {
	[OPINION_NEW]       = {CLOCK_RESPONSE, false},
	[OPINION_TRIAGE]    = {CLOCK_COMPLETION, false},
	[OPINION_HANDLING]  = {CLOCK_COMPLETION, true},
	[OPINION_FEEDBACK]  = {CLOCK_FEEDBACK, false},
	[OPINION_AWAITING]  = {CLOCK_RATING, false},
	[OPINION_AGAIN]     = {CLOCK_COMPLETION, false},
	[OPINION_ESCALATED] = {CLOCK_COMPLETION, false},
};
/* clang-format on */

/* --- writing --------------------------------------------------------- */

void
opinion_bind_days(struct stmt *q, const struct opinion_days *days)
{
	static const char *const names[] = {":response_days", ":handling_days",
	                                    ":feedback_days"};
	const int64_t values[] = {days->response, days->handling,
	                          days->feedback};

	for (size_t i = 0; i < COUNT(names); i++)
		if (values[i] >= 0) /* else it stays NULL */
			bind_int(q, names[i], values[i]);
}

static int
write_days(struct ctx *c, const struct opinion *o,
           const struct opinion_days *days)
{
	struct stmt *q;

	if (days->response < 0 && days->handling < 0 && days->feedback < 0)
		return OK;
	q = ctx_stmt(c, &entity_opinion, OPINION_SQL_DAYS);
	bind_id(q, ":id", o->id.v);
	opinion_bind_days(q, days);
	return stmt_run(q, NULL);
}

int
opinion_write(struct ctx *c, struct opinion *row,
              const struct opinion_days *days)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion, OPINION_SQL_WRITE);
	int64_t changed;
	int err;

	bind_fields(q, opinion_fields, row);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = opinion_not_written(c, row->id, row->version);
	if (err != OK)
		return err;
	row->version++;
	return write_days(c, row, days);
}

int
opinion_touch(struct ctx *c, const struct opinion *o)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion, OPINION_SQL_TOUCH);
	int64_t changed;
	int err;

	bind_id(q, ":id", o->id.v);
	bind_int(q, ":version", o->version);
	err = stmt_run(q, &changed);
	return err == OK && changed == 0 ? ERR_CHANGED : err;
}

/* The step in the table, and the clock of the state it leads to. What the
 * closed clock has used is in *days. */
int
opinion_move(struct ctx *c, struct opinion *o, enum opinion_step step,
             struct opinion_days *days)
{
	struct instant now = ctx_now(c);
	int64_t *used = NULL;
	int err = fsm_fire(c, &entity_opinion, o->id.v, (int)step, &o->state);

	if (err != OK)
		return err;
	if (o->state == OPINION_TRIAGE)
		used = &days->response;
	else if (o->state == OPINION_FEEDBACK)
		used = &days->handling;
	else if (o->state == OPINION_AWAITING)
		used = &days->feedback;
	if (used != NULL)
		err = opinion_clock_used(
		    c, o, o->clock_at.s != 0 ? o->clock_at : o->received_at,
		    used);
	if (err != OK || (clocks[o->state].goes_on && o->clock_at.s != 0))
		return err;
	return opinion_clock_set(c, o, clocks[o->state].kind, now);
}

/* --- what follows ---------------------------------------------------- */

struct follower {
	struct opinion_id id;
	struct person_id reader;
};

static int
end_one(struct ctx *c, const struct opinion *o, const struct follower *f)
{
	struct opinion follower = *o;
	struct stmt *q;
	int err =
	    fsm_fire(c, &entity_opinion, f->id.v, OPINION_DO_FOLLOW, NULL);

	if (err != OK)
		return err;
	if (f->reader.v != 0)
		event_about(c, ENTITY_PERSON, f->reader.v);
	q = ctx_stmt(c, &entity_opinion, OPINION_SQL_FOLLOW);
	bind_fields(q, opinion_fields, o);
	bind_id(q, ":id", f->id.v);
	err = stmt_run(q, NULL);
	if (err != OK)
		return err;
	follower.id = f->id;
	return outbox_step(c, &follower, OPINION_DO_FOLLOW, "");
}

/* Who was merged into it ends with it: answered, told, of its class. The
 * rating is the other citizen's and counts once. */
static int
end_merged(struct ctx *c, const struct opinion *o)
{
	enum { AT_ONCE = 500 };
	struct arena *a = arena_new();
	struct follower *rows = arena_alloc(a, AT_ONCE * sizeof(*rows));
	int n = AT_ONCE, err = OK;

	while (err == OK && n == AT_ONCE) {
		struct stmt *q =
		    ctx_stmt(c, &entity_opinion, OPINION_SQL_MERGED);

		bind_id(q, ":id", o->id.v);
		for (n = 0; n < AT_ONCE && stmt_next(q); n++)
			rows[n] =
			    (struct follower){{col_int(q, 0)}, {col_int(q, 1)}};
		err = stmt_end(q);
		for (int i = 0; err == OK && i < n; i++)
			err = end_one(c, o, &rows[i]);
	}
	arena_free(a);
	return err;
}

static int
close_it(struct ctx *c, struct opinion *o)
{
	o->closed_at = ctx_now(c);
	return end_merged(c, o);
}

static int
merge(struct ctx *c, struct opinion *o, struct opinion_id into)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion, OPINION_SQL_REPOINT);
	int64_t joined;
	int err;

	bind_id(q, ":id", o->id.v);
	bind_id(q, ":into", into.v);
	err = stmt_run(q, NULL);
	if (err != OK)
		return err;
	o->merged = into;
	event_about(c, ENTITY_OPINION, into.v);
	q = ctx_stmt(c, &entity_opinion, OPINION_SQL_JOIN);
	bind_id(q, ":id", into.v);
	bind_int(q, ":more", o->senders);
	err = stmt_run(q, &joined);
	/* somebody closed it meanwhile */
	return err == OK && joined == 0 ? ERR_CHANGED : err;
}

static int
route(struct ctx *c, const struct opinion *o, const struct opinion_act *act)
{
	int err = leg_close_returned(c, o->id);

	for (int i = 0; err == OK && i < act->office_count; i++)
		err = leg_send(c, o, act->offices[i], (enum leg_path)act->path);
	return err;
}

/* What it becomes; a project is one at once, and a comment while a draft is
 * open. */
static int
convert(struct ctx *c, const struct opinion *o, const struct opinion_act *act)
{
	struct conversion_id made;
	struct law_comment_id comment;
	struct project_id project;
	int err = conversion_add(c, o, (enum conversion_kind)act->conversion,
	                         act->title, &made);

	if (err == OK && act->conversion == CONVERSION_LAW_COMMENT)
		return law_comment_add_converted(c, made, o->unit, act->title,
		                                 o->body, &comment);
	if (err != OK || act->conversion != CONVERSION_PROJECT)
		return err;
	return project_add_converted(c, made, o->unit, act->title, o->body,
	                             o->category, &project);
}

/* The mandate under which a deputy's contact counts: as for an activity of
 * the station. None: *id is 0. */
static int
duty_mandate(struct ctx *c, struct arena *a, const struct opinion *o,
             struct mandate *m)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion, OPINION_SQL_COUNTED);
	int64_t n;
	int err;

	m->id.v = 0;
	bind_id(q, ":id", o->id.v);
	err = stmt_int(q, &n);
	if (err != OK || n > 0)
		return err; /* answering and telling are one contact */
	err = mandate_on(c, a, (struct person_id){c->me}, o->station,
	                 ctx_today(c), m);
	return err == ERR_NOT_FOUND ? OK : err; /* no deputy any more */
}

/* What a deputy does for a citizen counts, once a matter: contact with the
 * public. */
int
opinion_count_duty(struct ctx *c, struct arena *a, const struct opinion *o)
{
	struct mandate m = {0};
	int err;

	if (o->companion.v == 0 || o->companion.v != c->me)
		return OK;
	err = duty_mandate(c, a, o, &m);
	if (err != OK || m.id.v == 0)
		return err;
	return duty_record_add(c, &(struct duty_record){
				      .person = {c->me},
				      .mandate = m.id,
				      .term = m.term,
				      .unit = m.unit,
				      .station = m.station,
				      .grp = m.grp,
				      .kind = "contact",
				      .grade = DUTY_FULL,
				      .subject_kind = entity_opinion.name,
				      .subject = o->id.v,
				      .title = o->subject,
				      .venue = o->venue,
				      .happened_at = ctx_now(c),
				      .state = DUTY_AUTOMATIC,
				  });
}

/* Satisfied, the citizen's loop is closed. Else both are open again: offices
 * that had replied have it once more, or the county and the head do. */
static int
rate(struct ctx *c, struct opinion *o, const struct opinion_act *act,
     struct opinion_days *days)
{
	int n = 0, err = OK;

	o->by_hand = act->by_hand;
	if (act->step == OPINION_DO_SATISFIED ||
	    act->step == OPINION_DO_BASIC) {
		o->rating = act->step == OPINION_DO_BASIC ? RATING_BASIC
		                                          : RATING_SATISFIED;
		return close_it(c, o);
	}
	o->rating = RATING_DISSATISFIED;
	o->round++;
	o->handled_at.s = o->told_at.s = 0;
	o->result = RESULT_NONE;
	if (act->step == OPINION_DO_DISSATISFIED)
		err = leg_resend(c, o, &n);
	return err == OK && n > 0 ? opinion_move(c, o, OPINION_DO_RESEND, days)
	                          : err;
}

int
opinion_follow(struct ctx *c, struct opinion *o, const struct opinion_act *act,
               struct opinion_days *days)
{
	struct instant now = ctx_now(c);

	switch (act->step) {
	case OPINION_DO_TAKE:
		o->taken_at = now;
		o->companion = act->companion;
		return OK;
	case OPINION_DO_ANSWER:
	case OPINION_DO_SUPERVISE:
		o->handled_at = now;
		o->result = act->result;
		return OK;
	case OPINION_DO_CONVERTED:
		o->handled_at = now;
		o->result = act->result;
		return conversion_answer(c, o->id);
	case OPINION_DO_REFUSE:
		o->handled_at = now;
		o->reason = act->reason;
		return OK;
	case OPINION_DO_DISCARD:
		o->reason = act->reason;
		o->closed_at = now;
		return OK;
	case OPINION_DO_MERGE:
		return merge(c, o, act->into);
	case OPINION_DO_CONVERT:
		return convert(c, o, act);
	case OPINION_DO_ROUTE:
		o->handled_at.s = 0;
		return route(c, o, act);
	case OPINION_DO_TELL:
		o->told_at = now;
		return OK;
	case OPINION_DO_SATISFIED:
	case OPINION_DO_BASIC:
	case OPINION_DO_DISSATISFIED:
	case OPINION_DO_ESCALATE:
		return rate(c, o, act, days);
	case OPINION_DO_EXPIRE:
		o->rating = RATING_SILENT;
		return close_it(c, o);
	case OPINION_DO_END:
		o->handled_at = now;
		o->reason = act->reason;
		return close_it(c, o);
	case OPINION_DO_RELEASE:
		o->reason = "";
		return OK;
	case OPINION_DO_RECEIVE:
	case OPINION_DO_HOLD:
	case OPINION_DO_FILE:
	case OPINION_DO_HANDLED:
	case OPINION_DO_RESEND:
	case OPINION_DO_FOLLOW:
	case OPINION_STEPS:
		break;
	}
	return OK;
}

int
opinion_handled(struct ctx *c, struct opinion *o)
{
	struct opinion_days days = {-1, -1, -1};
	int err = opinion_move(c, o, OPINION_DO_HANDLED, &days);

	o->handled_at = ctx_now(c);
	return err == OK ? opinion_write(c, o, &days) : err;
}
