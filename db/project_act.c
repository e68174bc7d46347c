/*
 * What happens to a project: the steps people take by hand, what each wants
 * and writes, and what follows by itself. Which step leads where and who may
 * take it is the table in db/project.c.
 */
#include <assert.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/conversion.h"
#include "db/entry.h"
#include "db/project_in.h"
#include "db/store/fsm.h"

enum { WORDS = PROJECT_WANTS_WORDS, REASON = PROJECT_WANTS_REASON };

/* clang-format off */
static const struct act_rule {
	unsigned wants;              /* enum project_wants */
	enum project_note_kind note; /* what the words are kept as */
	enum action action;
	bool by_hand;                /* else by its ballot, report or change */
} rules[PROJECT_STEPS] = {
	[PROJECT_DO_RELEASE]   = {0, PROJECT_NOTE_NOTE, ACTION_PROJECT_RELEASE, true},
	[PROJECT_DO_ACCEPT]    = {0, PROJECT_NOTE_NOTE, ACTION_PROJECT_ACCEPT, true},
	[PROJECT_DO_DECLINE]   = {REASON, PROJECT_NOTE_DECLINE, ACTION_PROJECT_DECLINE, true},
	[PROJECT_DO_MERGE]     = {PROJECT_WANTS_INTO, PROJECT_NOTE_NOTE, ACTION_PROJECT_MERGE, true},
	[PROJECT_DO_SHORTLIST] = {0, PROJECT_NOTE_NOTE, ACTION_PROJECT_SHORTLIST, true},
	[PROJECT_DO_NOMINATE]  = {0, PROJECT_NOTE_NOTE, ACTION_PROJECT_NOMINATE, true},
	[PROJECT_DO_RETURN]    = {WORDS, PROJECT_NOTE_RETURN, ACTION_PROJECT_RETURN, true},
	[PROJECT_DO_PLAN]      = {PROJECT_WANTS_PLAN, PROJECT_NOTE_PLAN, ACTION_PROJECT_PLAN, true},
	[PROJECT_DO_START]     = {0, PROJECT_NOTE_NOTE, ACTION_PROJECT_START, true},
	[PROJECT_DO_CLAIM]     = {0, PROJECT_NOTE_CLAIM, ACTION_PROJECT_CLAIM, true},
	[PROJECT_DO_REJECT]    = {WORDS, PROJECT_NOTE_REJECT, ACTION_PROJECT_REJECT, true},
	[PROJECT_DO_INSPECT]   = {WORDS, PROJECT_NOTE_INSPECT, ACTION_PROJECT_INSPECT, true},
	[PROJECT_DO_RATE]      = {0, PROJECT_NOTE_NOTE, ACTION_PROJECT_RATE, true},
	[PROJECT_DO_ARCHIVE]   = {0, PROJECT_NOTE_ARCHIVE, ACTION_PROJECT_ARCHIVE, true},
};
/* clang-format on */

unsigned
project_wants(enum project_step step)
{
	assert(step < PROJECT_STEPS);
	return rules[step].wants;
}

int
project_offers(struct ctx *c, const struct project *p, enum project_step *steps,
               int max)
{
	int all[PROJECT_STEPS], n = 0;
	int found =
	    fsm_offers(c, &entity_project, p->state, all, PROJECT_STEPS);

	for (int i = 0; i < found && n < max; i++)
		if (rules[all[i]].by_hand)
			steps[n++] = (enum project_step)all[i];
	return n;
}

/* --- the opinion it was converted from -------------------------------- */

/* The opinion goes on with these words; the officers still tell the
 * citizen. */
static int
answer_opinion(struct ctx *c, struct arena *a, const struct project *p,
               enum opinion_result result, const char *words)
{
	struct conversion made;
	int err;

	if (p->conversion.v == 0)
		return OK;
	err = conversion_get(c, a, p->conversion, &made);
	if (err == OK && made.state == CONVERSION_WAITING)
		err = opinion_converted(c, made.opinion, result, words);
	return err;
}

/* --- what follows ----------------------------------------------------- */

static int
merge(struct ctx *c, struct arena *a, struct project *p, struct project_id into)
{
	struct stmt *q = ctx_stmt(c, &entity_project, PROJECT_SQL_REPOINT);
	int64_t joined;
	int err;

	bind_id(q, ":id", p->id.v);
	bind_id(q, ":into", into.v);
	err = stmt_run(q, NULL);
	if (err != OK)
		return err;
	p->merged = into;
	event_about(c, ENTITY_PROJECT, into.v);
	q = ctx_stmt(c, &entity_project, PROJECT_SQL_JOIN);
	bind_id(q, ":id", into.v);
	bind_int(q, ":more", p->proposals);
	err = stmt_run(q, &joined);
	if (err == OK && joined == 0)
		err = ERR_CHANGED; /* somebody ended it meanwhile */
	if (err != OK)
		return err;
	return answer_opinion(
	    c, a, p, RESULT_REFERENCE,
	    arena_printf(a, _("It goes together with livelihood project %lld."),
	                 (long long)into.v));
}

static int
follow(struct ctx *c, struct arena *a, struct project *p,
       const struct project_act *act)
{
	struct instant now = ctx_now(c);

	switch (act->step) {
	case PROJECT_DO_RELEASE:
		p->reason = "";
		return OK;
	case PROJECT_DO_DECLINE:
		p->reason = act->reason;
		p->ended_at = now;
		return answer_opinion(c, a, p, RESULT_EXPLAINED,
		                      act->words[0] != '\0' ? act->words
		                                            : act->reason);
	case PROJECT_DO_MERGE:
		return merge(c, a, p, act->into);
	case PROJECT_DO_PLAN:
		return plan_write(c, p, act);
	case PROJECT_DO_CLAIM:
		p->claimed_at = now;
		return project_next_due(c, p);
	case PROJECT_DO_REJECT:
		p->claimed_at.s = 0;
		return project_next_due(c, p);
	case PROJECT_DO_INSPECT:
		p->inspected_at = now;
		return OK;
	case PROJECT_DO_RATE:
		p->rated_at = now;
		return OK;
	case PROJECT_DO_ARCHIVE:
		p->ended_at = now;
		return OK;
	default:
		return OK;
	}
}

/* --- checking --------------------------------------------------------- */

static int
check_into(struct ctx *c, struct arena *a, const struct project *p,
           struct project_id into)
{
	struct project other;
	int err;

	if (into.v == 0 || into.v == p->id.v) {
		ctx_fault(c, "into", N_("Say which project it goes with."));
		return OK;
	}
	err = project_get(c, a, into, &other);
	if (err == ERR_NOT_FOUND || err == ERR_DENIED) {
		ctx_fault(c, "into", N_("There is no such project."));
		return OK;
	}
	if (err == OK &&
	    (other.unit.v != p->unit.v || other.state == PROJECT_HELD ||
	     (!project_is_candidate(other.state) &&
	      !project_is_open(other.state))))
		ctx_fault(c, "into",
		          N_("It goes only with a proposal or a project of "
		             "the same unit that is not over."));
	return err;
}

/* Words say why something is missing: milestones of what is claimed, ratings
 * of what is closed. */
static int
check_missing(struct ctx *c, const struct project *p,
              const struct project_act *act)
{
	struct stmt *q;
	int64_t n;
	int err;

	if (act->words[0] != '\0')
		return OK;
	if (act->step == PROJECT_DO_CLAIM) {
		err = milestones_open(c, p->id, &n);
		if (err == OK && n > 0)
			ctx_fault(c, "words",
			          N_("Not all milestones are reached: say "
			             "why."));
		return err;
	}
	if (act->step != PROJECT_DO_RATE)
		return OK;
	q = ctx_stmt(c, &entity_project, PROJECT_SQL_RATED);
	bind_id(q, ":id", p->id.v);
	err = stmt_int(q, &n);
	if (err == OK && n == 0)
		ctx_fault(c, "words",
		          N_("Nobody has rated it: say why it is "
		             "closed."));
	return err;
}

/* Clean and check what the step wants; the rest is emptied. */
static int
check(struct ctx *c, struct arena *a, const struct project *p,
      struct project_act *act)
{
	unsigned wants = rules[act->step].wants;
	int err;

	ctx_check_begin(c);
	act->words =
	    entry_text(c, a, "words", act->words, TEXT_LINES, PROJECT_WORDS_MAX,
	               (wants & PROJECT_WANTS_WORDS) != 0);
	act->reason =
	    entry_text(c, a, "reason", act->reason, TEXT_LINE,
	               PROJECT_REASON_MAX, (wants & PROJECT_WANTS_REASON) != 0);
	err = check_missing(c, p, act);
	if (err == OK && (wants & PROJECT_WANTS_INTO))
		err = check_into(c, a, p, act->into);
	if (err == OK && (wants & PROJECT_WANTS_PLAN))
		err = plan_check(c, a, p, act);
	return err == OK ? ctx_check_end(c) : err;
}

/* State, rights, and whether somebody was quicker. */
static int
may_act(struct ctx *c, const struct project *p, const struct project_act *act)
{
	const struct edge *edge =
	    fsm_edge(&entity_project, p->state, (int)act->step);

	if (edge != NULL && !may(c, edge->perm))
		return ERR_DENIED;
	if (p->version != act->version)
		return ERR_CHANGED;
	return edge == NULL || !rules[act->step].by_hand ? ERR_STATE : OK;
}

/* --- one step --------------------------------------------------------- */

static int
write_step(struct ctx *c, struct arena *a, struct project *p,
           const struct project_act *act)
{
	int err =
	    fsm_fire(c, &entity_project, p->id.v, (int)act->step, &p->state);

	if (err == OK)
		err = follow(c, a, p, act);
	if (err == OK)
		err = project_write(c, p);
	if (err == OK)
		err = project_note_add(c, p->id, rules[act->step].note,
		                       act->words);
	return err;
}

int
project_act(struct ctx *c, const struct project_act *entry)
{
	struct project_act act = *entry;
	struct arena *a = arena_new();
	struct project p;
	int err = project_get(c, a, act.id, &p);

	assert(act.step < PROJECT_STEPS);
	if (err == OK)
		err = may_act(c, &p, &act);
	if (err == OK)
		err = check(c, a, &p, &act);
	if (err == OK)
		err = event_begin(c, rules[act.step].action, ENTITY_PROJECT,
		                  p.id.v, p.unit.v);
	if (err != OK)
		goto done;
	if (act.reason[0] != '\0')
		event_reason(c, act.reason);
	err = event_end(c, write_step(c, a, &p, &act));
done:
	arena_free(a);
	return err;
}

/* --- by its ballot ----------------------------------------------------- */

static int
by_ballot(struct ctx *c, struct arena *a, struct project *p,
          enum project_step step, int64_t year)
{
	int err = fsm_fire(c, &entity_project, p->id.v, (int)step, &p->state);

	if (err == OK && step == PROJECT_DO_SELECT) {
		p->selected_at = ctx_now(c);
		p->year = year;
		err = answer_opinion(
		    c, a, p, RESULT_PLANNED,
		    arena_printf(a,
		                 _("It is chosen as livelihood project %lld "
		                   "of %lld."),
		                 (long long)p->id.v, (long long)year));
	}
	return err == OK ? project_write(c, p) : err;
}

int
project_by_ballot(struct ctx *c, struct project_id id, enum project_step step,
                  int64_t year)
{
	struct arena *a = arena_new();
	struct project p;
	int err = project_get(c, a, id, &p);

	assert(step >= PROJECT_DO_FREEZE && step <= PROJECT_DO_NOT_SELECT);
	if (err == OK)
		err = by_ballot(c, a, &p, step, year);
	arena_free(a);
	return err;
}
