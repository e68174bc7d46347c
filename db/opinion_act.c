/*
 * What happens to an opinion: the steps people take by hand, what each wants
 * and writes, and what follows by itself. Which step leads where and who may
 * take it is the table in db/opinion.c.
 */
#include <assert.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/conversion.h"
#include "db/entry.h"
#include "db/opinion_in.h"
#include "db/opinion_leg.h"
#include "db/opinion_note.h"
#include "db/outbox.h"
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

/* --- one step ------------------------------------------------------- */

static int
write_step(struct ctx *c, struct arena *a, struct opinion *o,
           const struct opinion_act *act)
{
	struct opinion_days days = no_days;
	int err = opinion_move(c, o, act->step, &days);

	if (err == OK)
		err = opinion_follow(c, o, act, &days);
	o->reader = o->deputy.v != 0 ? o->deputy : o->companion;
	if (o->reader.v != 0)
		event_about(c, ENTITY_PERSON, o->reader.v);
	if (err == OK)
		err = opinion_write(c, o, &days);
	if (err == OK)
		err = note_add(c, o->id, (struct opinion_leg_id){0},
		               rules[act->step].note, act->words);
	if (err == OK && rules[act->step].counts)
		err = opinion_count_duty(c, a, o);
	if (err == OK)
		err = outbox_step(c, o, act->step, act->words);
	return err;
}

int
opinion_converted(struct ctx *c, struct opinion_id id,
                  enum opinion_result result, const char *words)
{
	struct opinion_act act = {.id = id,
	                          .step = OPINION_DO_CONVERTED,
	                          .words = words,
	                          .result = (int)result};
	struct arena *a = arena_new();
	struct opinion o;
	int err = opinion_get(c, a, id, &o);

	if (err == OK && o.state == OPINION_CONVERTED)
		err = write_step(c, a, &o, &act);
	arena_free(a);
	return err;
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
	if (wants & WANTS_CONVERSION && o->unit.v == 0 &&
	    act->conversion == CONVERSION_PROJECT)
		ctx_fault(c, "conversion",
		          N_("A project is a unit's: give it to a unit "
		             "first."));
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
