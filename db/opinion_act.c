/*
 * What happens to an opinion: the steps people take by hand, what each wants
 * and writes, and what follows by itself. Which step leads where and who may
 * take it is the table in db/opinion.c.
 */
#include <assert.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/conversion.h"
#include "db/duty_record.h"
#include "db/entry.h"
#include "db/mandate.h"
#include "db/opinion_in.h"
#include "db/opinion_leg.h"
#include "db/opinion_note.h"
#include "db/store/event.h"
#include "db/store/fsm.h"

/* clang-format off */
static const struct act_rule {
	unsigned wants;        /* enum opinion_wants */
	enum note_kind note;   /* what the words are kept as */
	enum action action;
	bool by_hand;          /* else by itself, or a rating */
	bool counts;           /* a deputy's own act is a duty record */
} rules[OPINION_STEPS] = {
	[OPINION_DO_RELEASE]   = {0, NOTE_NOTE, ACTION_OPINION_RELEASE, true, false},
	[OPINION_DO_DISCARD]   = {WANTS_REASON, NOTE_NOTE, ACTION_OPINION_DISCARD, true, false},
	[OPINION_DO_TAKE]      = {WANTS_COMPANION, NOTE_NOTE, ACTION_OPINION_TAKE, true, false},
	[OPINION_DO_ANSWER]    = {WANTS_WORDS | WANTS_RESULT, NOTE_ANSWER, ACTION_OPINION_ANSWER, true, true},
	[OPINION_DO_REFUSE]    = {WANTS_WORDS | WANTS_REASON, NOTE_REFUSE, ACTION_OPINION_REFUSE, true, false},
	[OPINION_DO_MERGE]     = {WANTS_INTO, NOTE_NOTE, ACTION_OPINION_MERGE, true, false},
	[OPINION_DO_CONVERT]   = {WANTS_CONVERSION, NOTE_NOTE, ACTION_OPINION_CONVERT, true, false},
	[OPINION_DO_CONVERTED] = {WANTS_WORDS | WANTS_RESULT, NOTE_ANSWER, ACTION_OPINION_CONVERTED, true, false},
	[OPINION_DO_ROUTE]     = {WANTS_OFFICES, NOTE_NOTE, ACTION_OPINION_ROUTE, true, false},
	[OPINION_DO_TELL]      = {WANTS_WORDS, NOTE_TELL, ACTION_OPINION_TELL, true, true},
	[OPINION_DO_SATISFIED] = {0, NOTE_RATING, ACTION_OPINION_RATE, false, false},
	[OPINION_DO_BASIC]     = {0, NOTE_RATING, ACTION_OPINION_RATE, false, false},
	[OPINION_DO_DISSATISFIED] = {WANTS_WORDS, NOTE_RATING, ACTION_OPINION_RATE, false, false},
	[OPINION_DO_ESCALATE]  = {WANTS_WORDS, NOTE_RATING, ACTION_OPINION_RATE, false, false},
	[OPINION_DO_EXPIRE]    = {0, NOTE_NOTE, ACTION_OPINION_EXPIRE, false, false},
	[OPINION_DO_SUPERVISE] = {WANTS_WORDS | WANTS_RESULT, NOTE_SUPERVISE, ACTION_OPINION_SUPERVISE, true, false},
	[OPINION_DO_END]       = {WANTS_REASON, NOTE_END, ACTION_OPINION_END, true, false},
};

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

static const struct opinion_days no_days = {-1, -1, -1};

unsigned
opinion_wants(enum opinion_step step)
{
	assert(step < OPINION_STEPS);
	return rules[step].wants;
}

/* A deputy accompanies what is theirs: only they tell the citizen. */
static bool
may_tell(const struct ctx *c, const struct opinion *o)
{
	return o->companion.v == 0 ? c->scope != SCOPE_SELF
	                           : o->companion.v == c->me;
}

int
opinion_offers(struct ctx *c, const struct opinion *o, enum opinion_step *steps,
               int max)
{
	int all[OPINION_STEPS], n = 0;
	int found =
	    fsm_offers(c, &entity_opinion, o->state, all, OPINION_STEPS);

	for (int i = 0; i < found && n < max; i++) {
		enum opinion_step step = (enum opinion_step)all[i];

		if (!rules[step].by_hand ||
		    (step == OPINION_DO_TELL && !may_tell(c, o)))
			continue;
		steps[n++] = step;
	}
	return n;
}

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
static int
move(struct ctx *c, struct opinion *o, enum opinion_step step,
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
	return stmt_run(q, NULL);
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
static int
count_duty(struct ctx *c, struct arena *a, const struct opinion *o)
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
	return err == OK && n > 0 ? move(c, o, OPINION_DO_RESEND, days) : err;
}

static int
follow(struct ctx *c, struct opinion *o, const struct opinion_act *act,
       struct opinion_days *days)
{
	struct conversion_id made;
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
		return conversion_add(c, o,
		                      (enum conversion_kind)act->conversion,
		                      act->title, &made);
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

static int
write_step(struct ctx *c, struct arena *a, struct opinion *o,
           const struct opinion_act *act)
{
	struct opinion_days days = no_days;
	int err = move(c, o, act->step, &days);

	if (err == OK)
		err = follow(c, o, act, &days);
	o->reader = o->deputy.v != 0 ? o->deputy : o->companion;
	if (o->reader.v != 0)
		event_about(c, ENTITY_PERSON, o->reader.v);
	if (err == OK)
		err = opinion_write(c, o, &days);
	if (err == OK)
		err = note_add(c, o->id, (struct opinion_leg_id){0},
		               rules[act->step].note, act->words);
	if (err == OK && rules[act->step].counts)
		err = count_duty(c, a, o);
	return err;
}

int
opinion_handled(struct ctx *c, struct opinion *o)
{
	struct opinion_days days = no_days;
	int err = move(c, o, OPINION_DO_HANDLED, &days);

	o->handled_at = ctx_now(c);
	return err == OK ? opinion_write(c, o, &days) : err;
}

/* --- checking -------------------------------------------------------- */

static int
check_into(struct ctx *c, struct arena *a, const struct opinion *o,
           struct opinion_id into)
{
	struct opinion other;
	int err;

	if (into.v == 0 || into.v == o->id.v) {
		ctx_fault(c, "into", N_("Say which opinion it goes with."));
		return OK;
	}
	err = opinion_get(c, a, into, &other);
	if (err == ERR_NOT_FOUND || err == ERR_DENIED) {
		ctx_fault(c, "into", N_("There is no such opinion."));
		return OK;
	}
	if (err == OK &&
	    (other.unit.v != o->unit.v || other.state == OPINION_HELD ||
	     !opinion_is_open(other.state)))
		ctx_fault(c, "into",
		          N_("It goes only with an open opinion of the same "
		             "unit."));
	return err;
}

/* A deputy uses the direct channel only. */
static void
check_offices(struct ctx *c, const struct opinion_act *act)
{
	if (act->office_count < 1 || act->office_count > OPINION_OFFICES_MAX)
		ctx_fault(c, "offices", N_("Choose an office."));
	if (act->path == PATH_PLATFORM && !may(c, PERM_OPINION_TRIAGE))
		ctx_fault(c, "path",
		          N_("The four platforms are the officers' path."));
}

/* Clean and check what the step wants; the rest is emptied. */
static int
check(struct ctx *c, struct arena *a, struct opinion *o,
      struct opinion_act *act)
{
	unsigned wants = rules[act->step].wants;
	int err = OK;

	ctx_check_begin(c);
	act->words = entry_text(c, a, "words", act->words, TEXT_LINES,
	                        OPINION_WORDS_MAX, (wants & WANTS_WORDS) != 0);
	act->reason =
	    entry_text(c, a, "reason", act->reason, TEXT_LINE,
	               OPINION_REASON_MAX, (wants & WANTS_REASON) != 0);
	act->title =
	    entry_text(c, a, "title", act->title, TEXT_LINE,
	               OPINION_SUBJECT_MAX, (wants & WANTS_CONVERSION) != 0);
	if ((wants & WANTS_RESULT) &&
	    (act->result <= RESULT_NONE || act->result > RESULT_REFERENCE))
		ctx_fault(c, "result", N_("Choose a result class."));
	if (wants & WANTS_CONVERSION &&
	    (act->conversion < 0 || act->conversion >= CONVERSION_KINDS))
		ctx_fault(c, "conversion", N_("Say what it becomes."));
	if (wants & WANTS_OFFICES)
		check_offices(c, act);
	if (wants & WANTS_INTO)
		err = check_into(c, a, o, act->into);
	if (wants & WANTS_COMPANION) {
		struct opinion row = *o;

		if (c->scope == SCOPE_SELF) /* what they take is theirs */
			act->companion.v = c->me;
		row.companion = act->companion;
		err = opinion_check_companion(c, &row);
	}
	return err == OK ? ctx_check_end(c) : err;
}

/* State, rights, and whether somebody was quicker. */
static int
may_act(struct ctx *c, const struct opinion *o, const struct opinion_act *act)
{
	const struct edge *edge =
	    fsm_edge(&entity_opinion, o->state, (int)act->step);

	if (edge != NULL && !may(c, edge->perm))
		return ERR_DENIED;
	if (o->version != act->version)
		return ERR_CHANGED;
	if (edge == NULL || (act->step == OPINION_DO_EXPIRE &&
	                     day_compare(o->due_on, ctx_today(c)) >= 0))
		return ERR_STATE;
	return act->step == OPINION_DO_TELL && !may_tell(c, o) ? ERR_DENIED
	                                                       : OK;
}

static int
take(struct ctx *c, const struct opinion_act *entry)
{
	struct opinion_act act = *entry;
	struct arena *a = arena_new();
	struct opinion o;
	int err = opinion_get(c, a, act.id, &o);

	if (err == OK)
		err = may_act(c, &o, &act);
	if (err == OK)
		err = check(c, a, &o, &act);
	if (err == OK)
		err = event_begin(c, rules[act.step].action, ENTITY_OPINION,
		                  o.id.v, o.unit.v);
	if (err != OK)
		goto done;
	if (act.reason[0] != '\0')
		event_reason(c, act.reason);
	err = event_end(c, write_step(c, a, &o, &act));
done:
	arena_free(a);
	return err;
}

/* What happens by itself, or is the citizen's, is nobody's to do. */
static int
refuse(struct ctx *c, struct opinion_id id)
{
	struct arena *a = arena_new();
	struct opinion o;
	int err = opinion_get(c, a, id, &o);

	arena_free(a);
	return err == OK ? ERR_STATE : err;
}

int
opinion_act(struct ctx *c, const struct opinion_act *act)
{
	bool by_clock = act->step == OPINION_DO_EXPIRE && c->me == 0;

	assert(act->step < OPINION_STEPS);
	if (!rules[act->step].by_hand && !by_clock)
		return refuse(c, act->id);
	return take(c, act);
}

int
opinion_rate(struct ctx *c, struct opinion_id id, int64_t version,
             enum opinion_rating rating, const char *words, bool by_hand)
{
	static const enum opinion_step on[] = {
	    [RATING_SATISFIED] = OPINION_DO_SATISFIED,
	    [RATING_BASIC] = OPINION_DO_BASIC,
	    [RATING_DISSATISFIED] = OPINION_DO_DISSATISFIED,
	};
	struct arena *a = arena_new();
	struct opinion o;
	struct opinion_act act = {.id = id,
	                          .version = version,
	                          .words = words,
	                          /* whatever a person types is typed by hand */
	                          .by_hand = by_hand || c->me != 0};
	int err = opinion_get(c, a, id, &o);

	arena_free(a);
	if (err != OK)
		return err;
	if (rating < RATING_SATISFIED || rating > RATING_DISSATISFIED) {
		ctx_check_begin(c);
		ctx_fault(c, "rating", N_("Choose a rating."));
		return ctx_check_end(c);
	}
	act.step = on[rating];
	if (rating == RATING_DISSATISFIED && o.round > 0)
		act.step = OPINION_DO_ESCALATE;
	return take(c, &act);
}
