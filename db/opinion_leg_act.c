/* What happens to a leg: sending it, an office's steps, and what they do to
 * the opinion and its clocks. */
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/opinion_in.h"
#include "db/opinion_leg_in.h"
#include "db/opinion_note.h"
#include "db/rule.h"
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

/* --- writing --------------------------------------------------------- */

static int
days_of(struct ctx *c, const char *deadline, struct day on, int64_t *days)
{
	struct arena *a = arena_new();
	struct rule rule;
	int err = rule_named(c, a, RULE_DEADLINE, deadline, on, &rule);

	if (err == OK)
		*days = rule.n1;
	arena_free(a);
	return err;
}

/* How long an office may take to accept, from the day it was sent. */
static int
acceptance(struct ctx *c, struct opinion_leg *row)
{
	struct clock_log log = {.began = day_of(row->sent_at)};
	struct clock_reading r;
	struct calendar cal;
	int err = days_of(c, "acceptance", log.began, &log.days);

	if (err == OK)
		err = calendar_load(c, log.began,
		                    day_add(log.began, (int)log.days * 2 + 40),
		                    &cal);
	if (err != OK)
		return err;
	clock_read(&cal, &log, log.began, &r);
	row->warn_on = r.warn;
	row->due_on = r.due;
	return OK;
}

static int
check_organ(struct ctx *c, const struct opinion *o, struct organ_id organ)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_ORGAN);
	int64_t n;
	int err;

	bind_id(q, ":opinion", o->id.v);
	bind_id(q, ":organ", organ.v);
	bind_id(q, ":unit", o->unit.v);
	err = stmt_int(q, &n);
	if (err == OK && n != 0) {
		ctx_check_begin(c);
		ctx_fault(c, "offices",
		          n < 0 ? N_("Choose an office of the unit or of the "
		                     "county.")
		                : N_("This office has it already."));
		err = ctx_check_end(c);
	}
	return err;
}

static int
write_leg(struct ctx *c, const struct opinion_leg *row)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_WRITE);

	bind_fields(q, opinion_leg_fields, row);
	return stmt_run(q, NULL);
}

/* An office that had replied has it once more. */
static int
resend(struct ctx *c, struct opinion_leg *leg)
{
	int err =
	    fsm_fire(c, &entity_opinion_leg, leg->id.v, LEG_DO_RESEND, NULL);

	event_about(c, ENTITY_ORGAN, leg->organ.v);
	leg->sent_at = ctx_now(c);
	leg->accepted_at.s = leg->replied_at.s = 0;
	leg->promised_on = (struct day){0};
	leg->asked_days = 0;
	leg->result = RESULT_NONE;
	if (err == OK)
		err = acceptance(c, leg);
	return err == OK ? write_leg(c, leg) : err;
}

static int
read_legs(struct ctx *c, struct arena *a, struct opinion_id id, int query,
          struct opinion_leg **rows, int *n)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion_leg, query);

	bind_id(q, ":id", id.v);
	return stmt_all(q, a, opinion_leg_fields, sizeof(**rows), LEG_MAX, rows,
	                n);
}

int
leg_resend(struct ctx *c, const struct opinion *o, int *n)
{
	struct arena *a = arena_new();
	struct opinion_leg *rows;
	int err = read_legs(c, a, o->id, LEG_SQL_REPLIED, &rows, n);

	for (int i = 0; err == OK && i < *n; i++)
		err = resend(c, &rows[i]);
	arena_free(a);
	return err;
}

/* The office had it and replied: it is asked again. *n: 1, or 0 when it
 * never had. */
static int
send_again(struct ctx *c, const struct opinion *o, struct organ_id organ,
           enum leg_path path, int *n)
{
	struct arena *a = arena_new();
	struct opinion_leg *rows;
	int found, err = read_legs(c, a, o->id, LEG_SQL_REPLIED, &rows, &found);

	*n = 0;
	for (int i = 0; err == OK && i < found && *n == 0; i++)
		if (rows[i].organ.v == organ.v) {
			*n = 1;
			rows[i].path = (int)path;
			err = resend(c, &rows[i]);
		}
	arena_free(a);
	return err;
}

int
leg_send(struct ctx *c, const struct opinion *o, struct organ_id organ,
         enum leg_path path)
{
	struct opinion_leg row = {
	    .opinion = o->id,
	    .unit = o->unit,
	    .station = o->station,
	    .organ = organ,
	    .path = (int)path,
	    .state = LEG_SENT,
	    .sent_at = ctx_now(c),
	    .sent_by = {c->me},
	};
	struct stmt *q;
	int again = 0, err = check_organ(c, o, organ);

	if (err == OK)
		err = send_again(c, o, organ, path, &again);
	if (err != OK || again > 0)
		return err;
	err = acceptance(c, &row);
	if (err != OK)
		return err;
	row.id.v = ctx_new_id(c, &entity_opinion_leg);
	event_about(c, ENTITY_ORGAN, organ.v);
	q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_ADD);
	bind_fields(q, opinion_leg_fields, &row);
	return stmt_run(q, NULL);
}

int
leg_record(struct ctx *c, const struct opinion *o, struct organ_id organ,
           struct instant replied)
{
	struct opinion_leg row = {
	    .id = {ctx_new_id(c, &entity_opinion_leg)},
	    .opinion = o->id,
	    .unit = o->unit,
	    .station = o->station,
	    .organ = organ,
	    .path = PATH_PLATFORM,
	    .state = LEG_REPLIED,
	    .sent_at = o->received_at,
	    .accepted_at = o->received_at,
	    .replied_at = replied,
	    .result = RESULT_EXPLAINED,
	    .warn_on = clock_no_day,
	    .due_on = clock_no_day,
	};
	struct stmt *q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_ADD);
	int err;

	event_about(c, ENTITY_ORGAN, organ.v);
	bind_fields(q, opinion_leg_fields, &row);
	err = stmt_run(q, NULL);
	return err == OK ? write_leg(c, &row) : err;
}

int
leg_close_returned(struct ctx *c, struct opinion_id id)
{
	int64_t ids[LEG_MAX];
	struct stmt *q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_RETURNED);
	int n = 0, err;

	bind_id(q, ":id", id.v);
	while (n < LEG_MAX && stmt_next(q))
		ids[n++] = col_int(q, 0);
	err = stmt_end(q);
	for (int i = 0; err == OK && i < n; i++)
		err = fsm_fire(c, &entity_opinion_leg, ids[i], LEG_DO_CLOSE,
		               NULL);
	return err;
}

int
leg_due_again(struct ctx *c, const struct opinion *o)
{
	struct stmt *q;

	if (o->clock != CLOCK_COMPLETION || !opinion_ticks(o))
		return OK;
	q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_DUE);
	bind_id(q, ":id", o->id.v);
	bind_day(q, ":warn_on", o->warn_on);
	bind_day(q, ":due_on", o->due_on);
	return stmt_run(q, NULL);
}

int
leg_accept_again(struct ctx *c, struct opinion_id id)
{
	struct arena *a = arena_new();
	struct opinion_leg *rows, was;
	int n, err = read_legs(c, a, id, LEG_SQL_SENT, &rows, &n);

	for (int i = 0; err == OK && i < n; i++) {
		was = rows[i];
		err = acceptance(c, &rows[i]);
		if (err == OK &&
		    (day_compare(was.due_on, rows[i].due_on) != 0 ||
		     day_compare(was.warn_on, rows[i].warn_on) != 0))
			err = write_leg(c, &rows[i]);
	}
	arena_free(a);
	return err;
}

int
leg_release(struct ctx *c, struct opinion_leg_id id, bool released)
{
	struct arena *a = arena_new();
	struct opinion_leg leg;
	struct stmt *q;
	int err =
	    may(c, PERM_OPINION_TRIAGE) ? leg_get(c, a, id, &leg) : ERR_DENIED;

	if (err == OK)
		err = event_begin(c, ACTION_LEG_CONTACT, ENTITY_OPINION,
		                  leg.opinion.v, leg.unit.v);
	if (err != OK)
		goto done;
	q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_RELEASE);
	bind_id(q, ":id", id.v);
	bind_int(q, ":released", released);
	err = event_end(c, stmt_run(q, NULL));
done:
	arena_free(a);
	return err;
}

/* --- steps ----------------------------------------------------------- */

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

	leg->paused_at = ends ? (struct instant){0} : ctx_now(c);
	leg->warn_on = leg->due_on = clock_no_day;
	if (err == OK)
		err = write_leg(c, leg);
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
		err = write_leg(c, leg);
	if (err == OK)
		err = note_add(c, o->id, leg->id, rules[act->step].note,
		               act->words);
	return err == OK ? settle(c, o) : err;
}

static int
check(struct ctx *c, struct arena *a, struct leg_act *act)
{
	unsigned wants = rules[act->step].wants;
	int64_t most = 0;
	int err = wants & LEG_WANTS_DAYS
	              ? days_of(c, "extension", ctx_today(c), &most)
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
