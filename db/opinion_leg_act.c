/* What happens to a leg: an office's steps and the officers', and what they
 * do to the opinion and its clocks. */
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/deadline.h"
#include "db/entry.h"
#include "db/opinion_in.h"
#include "db/opinion_leg_in.h"
#include "db/opinion_note.h"
#include "db/outbox.h"
#include "db/store/event.h"
#include "db/store/fsm.h"

/* clang-format off */
/* What a step wants, the note it leaves and its action. */
static const struct rule_of_leg {
	unsigned wants;
	enum note_kind note;
	enum action action;
} rules[LEG_STEPS] = {
	[LEG_DO_ACCEPT]   = {LEG_WANTS_PROMISE, NOTE_PROGRESS, ACTION_LEG_ACCEPT},
	[LEG_DO_RETURN]   = {LEG_WANTS_WORDS, NOTE_RETURN, ACTION_LEG_RETURN},
	[LEG_DO_PROGRESS] = {LEG_WANTS_WORDS, NOTE_PROGRESS, ACTION_LEG_PROGRESS},
	[LEG_DO_REPLY]    = {LEG_WANTS_WORDS | LEG_WANTS_RESULT, NOTE_REPLY, ACTION_LEG_REPLY},
	[LEG_DO_ASK]      = {LEG_WANTS_WORDS | LEG_WANTS_DAYS, NOTE_ASK, ACTION_LEG_ASK},
	[LEG_DO_GRANT]    = {0, NOTE_NOTE, ACTION_LEG_GRANT},
	[LEG_DO_DENY]     = {LEG_WANTS_WORDS, NOTE_ASK, ACTION_LEG_DENY},
	[LEG_DO_PAUSE]    = {LEG_WANTS_WORDS, NOTE_PAUSE, ACTION_LEG_PAUSE},
	[LEG_DO_RESUME]   = {0, NOTE_PAUSE, ACTION_LEG_RESUME},
	[LEG_DO_CLOSE]    = {LEG_WANTS_WORDS, NOTE_END, ACTION_LEG_CLOSE},
};
/* clang-format on */

/* When a leg's clock stood. Not scoped: read only with its opinion. */
static const struct field pause_fields[] = {FIELD_END};
enum { PAUSE_SQL_ADD, PAUSE_SQL_END, PAUSE_SQL_COUNT };
static const char *const pause_sql[] = {
    [PAUSE_SQL_ADD] = "INSERT INTO opinion_pause (id, opinion, leg, from_at)"
		      " VALUES (:id, :opinion, :leg, :now)",
    [PAUSE_SQL_END] = "UPDATE opinion_pause SET to_at = :now"
		      " WHERE leg = :leg AND to_at IS NULL",
};
const struct entity entity_opinion_pause = {
    .kind = ENTITY_OPINION_PAUSE,
    .name = "opinion_pause",
    .label = N_("Pause"),
    .fields = pause_fields,
    .sql = pause_sql,
    .sql_count = PAUSE_SQL_COUNT,
};

unsigned
leg_wants(enum leg_step step)
{
	return rules[step].wants;
}

const char *
leg_step_label(enum leg_step step)
{
	return entity_opinion_leg.steps[step].label;
}

/* What stands in a step's way besides state and rights. */
static bool
fits(const struct ctx *c, const struct opinion *o,
     const struct opinion_leg *leg, enum leg_step step)
{
	switch (step) {
	case LEG_DO_ASK: /* once, and before the last day is over */
		return o->extended == 0 && leg->asked_days == 0 &&
		       opinion_ticks(o) &&
		       day_compare(o->due_on, ctx_today(c)) >= 0;
	case LEG_DO_GRANT: /* once a matter, whoever asked first */
		return o->extended == 0 && leg->asked_days > 0;
	case LEG_DO_DENY:
		return leg->asked_days > 0;
	case LEG_DO_PAUSE:
		return leg->paused_at.s == 0;
	case LEG_DO_RESUME:
		return leg->paused_at.s != 0;
	case LEG_DO_SEND:
	case LEG_DO_RESEND:
		return false; /* by itself */
	case LEG_DO_CLOSE:    /* by itself when it is routed again */
		return may(c, PERM_OPINION_TRIAGE);
	case LEG_DO_ACCEPT:
	case LEG_DO_RETURN:
	case LEG_DO_PROGRESS:
	case LEG_DO_REPLY:
	case LEG_STEPS:
		break;
	}
	return true;
}

int
leg_offers(struct ctx *c, const struct opinion *o,
           const struct opinion_leg *leg, enum leg_step *out, int max)
{
	int all[LEG_STEPS], found, n = 0;

	if (o->state != OPINION_HANDLING)
		return 0;
	found = fsm_offers(c, &entity_opinion_leg, leg->state, all, LEG_STEPS);
	for (int i = 0; i < found && n < max; i++)
		if (fits(c, o, leg, (enum leg_step)all[i]))
			out[n++] = (enum leg_step)all[i];
	return n;
}

/* --- what follows ---------------------------------------------------- */

static int
pause_write(struct ctx *c, const struct opinion_leg *leg, bool ends)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion_pause,
	                          ends ? PAUSE_SQL_END : PAUSE_SQL_ADD);

	if (!ends) {
		bind_id(q, ":id", ctx_new_id(c, &entity_opinion_pause));
		bind_id(q, ":opinion", leg->opinion.v);
	}
	bind_id(q, ":leg", leg->id.v);
	return stmt_run(q, NULL);
}

/* A leg stands or goes on; the matter stands while any leg does. */
static int
pause(struct ctx *c, struct opinion *o, struct opinion_leg *leg, bool ends)
{
	struct stmt *q;
	int64_t n;
	int err = pause_write(c, leg, ends);

	leg->paused_at.s = ends ? 0 : ctx_now(c).s;
	leg->warn_on = leg->due_on = clock_no_day;
	if (err == OK)
		err = leg_write(c, leg);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_PAUSED);
	bind_id(q, ":id", o->id.v);
	err = stmt_int(q, &n);
	if (err != OK)
		return err;
	if (n == 0)
		o->paused_at.s = 0;
	else if (o->paused_at.s == 0)
		o->paused_at = ctx_now(c);
	err = opinion_clock_days(c, o);
	return err == OK ? leg_due_again(c, o) : err;
}

/* The one extension; every open leg has it, and none asks any more. */
static int
extend(struct ctx *c, struct opinion *o, struct opinion_leg *leg)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_ASKED);
	int err;

	bind_id(q, ":id", o->id.v);
	err = stmt_run(q, NULL);
	if (err != OK)
		return err;
	o->extended = leg->asked_days;
	o->clock_days += leg->asked_days;
	leg->asked_days = 0;
	err = opinion_clock_days(c, o);
	return err == OK ? leg_due_again(c, o) : err;
}

/* A leg that ends while it stands lets the clock go on. */
static int
end_leg(struct ctx *c, struct opinion *o, struct opinion_leg *leg)
{
	int err = leg->paused_at.s != 0 ? pause(c, o, leg, true) : OK;

	leg->asked_days = 0;
	leg->warn_on = leg->due_on = clock_no_day;
	return err;
}

static int
follow(struct ctx *c, struct opinion *o, struct opinion_leg *leg,
       const struct leg_act *act)
{
	switch (act->step) {
	case LEG_DO_ACCEPT:
		leg->accepted_at = ctx_now(c);
		leg->promised_on = act->promised_on;
		leg->warn_on = o->warn_on;
		leg->due_on = o->due_on;
		return OK;
	case LEG_DO_ASK:
		leg->asked_days = act->days;
		return OK;
	case LEG_DO_GRANT:
		leg->warn_on = clock_no_day; /* written again below */
		return extend(c, o, leg);
	case LEG_DO_DENY:
		leg->asked_days = 0;
		return OK;
	case LEG_DO_PAUSE:
		return pause(c, o, leg, false);
	case LEG_DO_RESUME:
		return pause(c, o, leg, true);
	case LEG_DO_REPLY:
		leg->replied_at = ctx_now(c);
		leg->result = act->result;
		return end_leg(c, o, leg);
	case LEG_DO_RETURN:
	case LEG_DO_CLOSE:
		return end_leg(c, o, leg);
	case LEG_DO_PROGRESS:
	case LEG_DO_SEND:
	case LEG_DO_RESEND:
	case LEG_STEPS:
		break;
	}
	return OK;
}

/* When no leg is open any more the handling loop closes by itself. */
static int
settle(struct ctx *c, struct opinion *o)
{
	static const struct opinion_days none = {-1, -1, -1};
	struct stmt *q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_OPEN);
	int64_t n, class = RESULT_NONE;
	int err;

	bind_id(q, ":id", o->id.v);
	err = stmt_int(q, &n);
	if (err != OK)
		return err;
	if (n > 0)
		return opinion_write(c, o, &none);
	q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_RESULT);
	bind_id(q, ":id", o->id.v);
	err = stmt_int(q, &class); /* none: all were called back */
	o->result = (int)class;
	return err == OK ? opinion_handled(c, o) : err;
}

static int
write_step(struct ctx *c, struct opinion *o, struct opinion_leg *leg,
           const struct leg_act *act)
{
	int err = fsm_fire(c, &entity_opinion_leg, leg->id.v, (int)act->step,
	                   &leg->state);

	event_about(c, ENTITY_ORGAN, leg->organ.v);
	if (o->reader.v != 0)
		event_about(c, ENTITY_PERSON, o->reader.v);
	if (err == OK)
		err = follow(c, o, leg, act);
	if (err == OK && leg->state != LEG_SENT && leg->paused_at.s == 0 &&
	    (leg->state == LEG_ACCEPTED || leg->state == LEG_WORKING)) {
		leg->warn_on = opinion_ticks(o) ? o->warn_on : leg->warn_on;
		leg->due_on = opinion_ticks(o) ? o->due_on : leg->due_on;
	}
	if (err == OK)
		err = leg_write(c, leg);
	if (err == OK)
		err = note_add(c, o->id, leg->id, rules[act->step].note,
		               act->words);
	if (err == OK)
		err = outbox_leg(c, o, act->step, leg->organ);
	return err == OK ? settle(c, o) : err;
}

static int
check(struct ctx *c, struct arena *a, struct leg_act *act)
{
	unsigned wants = rules[act->step].wants;
	int64_t most = 0;
	int err = wants & LEG_WANTS_DAYS
	              ? deadline_days(c, "extension", ctx_today(c), &most)
	              : OK;

	if (err != OK)
		return err;
	ctx_check_begin(c);
	act->words =
	    entry_text(c, a, "words", act->words, TEXT_LINES, OPINION_WORDS_MAX,
	               (wants & LEG_WANTS_WORDS) != 0);
	if ((wants & LEG_WANTS_RESULT) &&
	    (act->result <= RESULT_NONE || act->result > RESULT_REFERENCE))
		ctx_fault(c, "result", N_("Choose a result class."));
	if ((wants & LEG_WANTS_DAYS) && (act->days < 1 || act->days > most))
		ctx_fault(c, "days",
		          N_("This is more time than there is to "
		             "be granted."));
	if ((wants & LEG_WANTS_PROMISE) && act->promised_on.year != 0 &&
	    day_compare(act->promised_on, ctx_today(c)) < 0)
		ctx_fault(c, "promised_on", N_("This day is over."));
	return ctx_check_end(c);
}

/* State, rights and what else stands in the way. */
static int
may_act(struct ctx *c, const struct opinion *o, const struct opinion_leg *leg,
        const struct leg_act *act)
{
	const struct edge *edge =
	    fsm_edge(&entity_opinion_leg, leg->state, (int)act->step);

	if (edge != NULL && !may(c, edge->perm))
		return ERR_DENIED;
	if (o->version != act->version)
		return ERR_CHANGED;
	if (edge == NULL || o->state != OPINION_HANDLING ||
	    !fits(c, o, leg, act->step))
		return ERR_STATE;
	return OK;
}

int
leg_act(struct ctx *c, const struct leg_act *entry)
{
	struct leg_act act = *entry;
	struct arena *a = arena_new();
	struct opinion_leg leg;
	struct opinion o;
	int err = leg_get(c, a, act.id, &leg);

	if (err == OK)
		err = opinion_get(c, a, leg.opinion, &o);
	if (err == OK)
		err = may_act(c, &o, &leg, &act);
	if (err == OK)
		err = check(c, a, &act);
	if (err == OK)
		err = event_begin(c, rules[act.step].action, ENTITY_OPINION,
		                  o.id.v, o.unit.v);
	if (err == OK)
		err = event_end(c, write_step(c, &o, &leg, &act));
	arena_free(a);
	return err;
}
