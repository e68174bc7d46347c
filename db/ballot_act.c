/*
 * What happens to a ballot: freezing, opening, counting, confirming. Which
 * step leads where and who may take it is the table in db/ballot.c.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "db/activity_in.h"
#include "db/ballot_in.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/store/event.h"
#include "db/store/fsm.h"

static const enum action actions[BALLOT_STEPS] = {
    [BALLOT_DO_PREPARE] = ACTION_BALLOT_PREPARE,
    [BALLOT_DO_FREEZE] = ACTION_BALLOT_FREEZE,
    [BALLOT_DO_THAW] = ACTION_BALLOT_THAW,
    [BALLOT_DO_OPEN] = ACTION_BALLOT_OPEN,
    [BALLOT_DO_CLOSE] = ACTION_BALLOT_CLOSE,
    [BALLOT_DO_CONFIRM] = ACTION_BALLOT_CONFIRM,
    [BALLOT_DO_VOID] = ACTION_BALLOT_VOID,
};

/* One ballot at one step. */
struct doing {
	struct ballot b;
	const struct ballot_act *act;
	const char *reason;
	struct ballot_option *options;
	int n;
	struct arena *a;
};

static bool
is_standing(int outcome)
{
	return outcome == BALLOT_DECIDED || outcome == BALLOT_TIED;
}

/* --- the list and the candidates ----------------------------------------- */

static int
move_all(struct ctx *c, const struct doing *d, enum project_step step)
{
	int err = OK;

	for (int i = 0; err == OK && i < d->n; i++)
		err = project_by_ballot(c, d->options[i].project, step,
		                        d->b.year);
	return err;
}

struct voter {
	int64_t person, mandate;
	const char *pinyin;
};

static int
by_pinyin(const void *a, const void *b)
{
	const struct voter *x = a, *y = b;
	int order = strcmp(x->pinyin, y->pinyin);

	if (order != 0)
		return order;
	return x->person < y->person ? -1 : x->person > y->person;
}

static int
add_voter(struct ctx *c, struct ballot_id id, const struct voter *who)
{
	struct ballot_voter row = {
	    .id = {ctx_new_id(c, &entity_ballot_voter)},
	    .ballot = id,
	    .person = {who->person},
	    .mandate = {who->mandate},
	};
	struct stmt *q =
	    ctx_stmt(c, &entity_ballot_voter, BALLOT_VOTER_SQL_ADD);

	bind_fields(q, ballot_voter_fields, &row);
	return stmt_run(q, NULL);
}

/* Who votes is read first and written then, by pinyin. */
static int
list_voters(struct ctx *c, struct doing *d)
{
	struct voter *all = arena_alloc(d->a, BALLOT_VOTERS_MAX * sizeof(*all));
	struct stmt *q =
	    ctx_stmt(c, &entity_ballot_voter,
	             d->b.body == BALLOT_CONGRESS ? BALLOT_VOTER_SQL_CONGRESS
	                                          : BALLOT_VOTER_SQL_ASSEMBLY);
	int n = 0, err;

	bind_id(q, ":unit", d->b.unit.v);
	bind_int(q, ":person", 0);
	while (n < BALLOT_VOTERS_MAX && stmt_next(q))
		all[n++] = (struct voter){col_int(q, 0), col_int(q, 1),
		                          arena_strdup(d->a, col_text(q, 2))};
	err = stmt_end(q);
	if (err == OK && n == BALLOT_VOTERS_MAX)
		err = ERR_LIMIT; /* their papers could not be counted */
	if (n > 1)
		qsort(all, (size_t)n, sizeof(*all), by_pinyin);
	for (int i = 0; err == OK && i < n; i++)
		err = add_voter(c, d->b.id, &all[i]);
	d->b.issued = n;
	return err;
}

static int
freeze(struct ctx *c, struct doing *d)
{
	int err = list_voters(c, d);

	ctx_check_begin(c);
	if (err == OK && d->b.issued < BALLOT_LEAST)
		ctx_fault(c, "",
		          N_("Fewer than five people may vote: no result "
		             "could be told."));
	if (err == OK)
		err = ctx_check_end(c);
	if (err == OK)
		err = move_all(c, d, PROJECT_DO_FREEZE);
	if (err == ERR_STATE || err == ERR_NOT_FOUND) {
		ctx_fault(c, "",
		          N_("A candidate of the list is none any more: "
		             "change the list."));
		err = ctx_check_end(c);
	}
	d->b.frozen_at = ctx_now(c);
	return err;
}

static int
thaw(struct ctx *c, struct doing *d)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_ballot_voter, BALLOT_VOTER_SQL_DROP);
	int err;

	bind_id(q, ":ballot", d->b.id.v);
	err = stmt_run(q, NULL);
	d->b.issued = 0;
	d->b.frozen_at.s = 0;
	return err == OK ? move_all(c, d, PROJECT_DO_UNFREEZE) : err;
}

static int
open_it(struct ctx *c, struct doing *d)
{
	ctx_check_begin(c);
	if (d->b.closes_at.s != 0 && d->b.closes_at.s <= ctx_now(c).s)
		ctx_fault(c, "",
		          N_("The time it closes at is over: change it "
		             "first."));
	d->b.opened_at = ctx_now(c);
	return ctx_check_end(c);
}

/* --- counting --------------------------------------------------------------
 */

static int
write_option(struct ctx *c, const struct ballot_option *row)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_ballot_option, BALLOT_OPTION_SQL_WRITE);

	bind_fields(q, ballot_option_fields, row);
	return stmt_run(q, NULL);
}

/* The papers stay until the result is confirmed, so that check can count
 * them again; those of what does not stand go at once. */
static int
count(struct ctx *c, struct doing *d)
{
	const struct ballot_terms terms = {
	    .kind = d->b.kind,
	    .rule = d->b.rule,
	    .options = d->n,
	    .places = (int)d->b.places,
	    .issued = d->b.issued,
	};
	struct ballot_result r;
	int err = ballot_paper_count(c, d->b.id, &terms, &r);

	for (int i = 0; err == OK && i < d->n; i++) {
		d->options[i].yes = r.sums[i].yes;
		d->options[i].no = r.sums[i].no;
		d->options[i].abstain = r.sums[i].abstain;
		d->options[i].outcome = (int)r.sums[i].outcome;
		err = write_option(c, &d->options[i]);
	}
	if (err != OK)
		return err;
	d->b.outcome = (int)r.outcome;
	d->b.returned = r.returned;
	d->b.valid = r.valid;
	d->b.invalid = r.invalid;
	d->b.closed_at = ctx_now(c);
	return is_standing(d->b.outcome) ? OK : ballot_paper_drop(c, d->b.id);
}

/* --- confirming ------------------------------------------------------------
 */

static bool
is_picked(const struct ballot_act *act, struct project_id project)
{
	for (int i = 0; i < act->pick_count; i++)
		if (act->picks[i].v == project.v)
			return true;
	return false;
}

/* As many of the tied as places are left, and why. */
static int
check_picks(struct ctx *c, const struct doing *d)
{
	int64_t left = d->b.places, picked = 0;

	for (int i = 0; i < d->n; i++) {
		left -= d->options[i].outcome == OPTION_SELECTED;
		picked += d->options[i].outcome == OPTION_TIED &&
		          is_picked(d->act, d->options[i].project);
	}
	ctx_check_begin(c);
	if (picked != left || d->act->pick_count != left)
		ctx_fault(c, "picks",
		          N_("Choose as many of the tied as places are "
		             "left."));
	if (d->reason[0] == '\0')
		ctx_fault(c, "reason", N_("Give a reason."));
	return ctx_check_end(c);
}

static enum project_step
step_of(int outcome)
{
	switch ((enum option_outcome)outcome) {
	case OPTION_SELECTED:
		return PROJECT_DO_SELECT;
	case OPTION_NOT:
		return PROJECT_DO_NOT_SELECT;
	case OPTION_TIED:
	case OPTION_NONE:
		break;
	}
	return PROJECT_DO_UNFREEZE;
}

static int
confirm(struct ctx *c, struct doing *d)
{
	bool decides =
	    d->b.outcome == BALLOT_TIED && d->b.tie == BALLOT_TIE_PRESIDIUM;
	int err = decides ? check_picks(c, d) : OK;

	for (int i = 0; err == OK && i < d->n; i++) {
		struct ballot_option *o = &d->options[i];

		if (decides && o->outcome == OPTION_TIED) {
			o->outcome = is_picked(d->act, o->project)
			                 ? OPTION_SELECTED
			                 : OPTION_NOT;
			err = write_option(c, o);
		}
		if (err == OK)
			err = project_by_ballot(c, o->project,
			                        step_of(o->outcome), d->b.year);
	}
	if (decides) {
		d->b.outcome = BALLOT_DECIDED;
		d->b.reason = d->reason;
	}
	d->b.confirmed_at = ctx_now(c);
	return err == OK ? ballot_paper_drop(c, d->b.id) : err;
}

static int
make_void(struct ctx *c, struct doing *d, int was)
{
	int err =
	    was == BALLOT_DRAFT ? OK : move_all(c, d, PROJECT_DO_UNFREEZE);

	d->b.reason = d->reason;
	return err == OK ? ballot_paper_drop(c, d->b.id) : err;
}

/* --- one step --------------------------------------------------------------
 */

static int
follow(struct ctx *c, struct doing *d, int was)
{
	switch (d->act->step) {
	case BALLOT_DO_FREEZE:
		return freeze(c, d);
	case BALLOT_DO_THAW:
		return thaw(c, d);
	case BALLOT_DO_OPEN:
		return open_it(c, d);
	case BALLOT_DO_CLOSE:
		return count(c, d);
	case BALLOT_DO_CONFIRM:
		return confirm(c, d);
	case BALLOT_DO_VOID:
		return make_void(c, d, was);
	case BALLOT_DO_PREPARE:
	case BALLOT_STEPS:
		break;
	}
	return ERR_STATE;
}

/* Read again under the writer's lock: votes came in meanwhile. */
static int
write_step(struct ctx *c, struct doing *d)
{
	struct stmt *q;
	int64_t changed;
	int was, err = ballot_get(c, d->a, d->act->id, &d->b);

	was = d->b.state;
	if (err == OK && d->b.version != d->act->version)
		err = ERR_CHANGED;
	if (err == OK)
		err = ballot_options(c, d->a, d->b.id, &d->options, &d->n);
	if (err == OK)
		err = fsm_fire(c, &entity_ballot, d->b.id.v, (int)d->act->step,
		               NULL);
	if (err == OK)
		err = follow(c, d, was);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_ballot, BALLOT_SQL_WRITE);
	bind_fields(q, ballot_fields, &d->b);
	err = stmt_run(q, &changed);
	return err == OK && changed == 0 ? ERR_CHANGED : err;
}

static int
check(struct ctx *c, struct doing *d)
{
	const struct edge *edge =
	    fsm_edge(&entity_ballot, d->b.state, (int)d->act->step);

	if (edge != NULL && !may(c, edge->perm))
		return ERR_DENIED;
	if (d->b.version != d->act->version)
		return ERR_CHANGED;
	if (edge == NULL)
		return ERR_STATE;
	ctx_check_begin(c);
	d->reason = entry_text(c, d->a, "reason", d->act->reason, TEXT_LINE,
	                       BALLOT_REASON_MAX, edge->wants_reason);
	return ctx_check_end(c);
}

int
ballot_act(struct ctx *c, const struct ballot_act *act)
{
	struct arena *a = arena_new();
	struct doing d = {.act = act, .a = a};
	int err = ballot_get(c, a, act->id, &d.b);

	assert(act->step < BALLOT_STEPS);
	if (err == OK)
		err = check(c, &d);
	if (err == OK)
		err = event_begin(c, actions[act->step], ENTITY_BALLOT,
		                  act->id.v, d.b.unit.v);
	if (err != OK)
		goto done;
	event_reason(c, d.reason);
	err = event_end(c, write_step(c, &d));
	/* The log says in which order papers came: it goes into the database
	 * once no more come. Whoever reads then is not waited for long; the
	 * next step does it again. */
	if (err == OK && d.b.opened_at.s != 0 && act->step != BALLOT_DO_OPEN)
		(void)!store_checkpoint(c->store);
done:
	arena_free(a);
	return err;
}

/* --- by the clock -----------------------------------------------------------
 */

int
ballot_tick(struct ctx *c, int *changed)
{
	enum { DUE_MAX = 16 };
	struct ballot_act due[DUE_MAX];
	struct ctx system;
	struct stmt *q;
	int n = 0, err;

	ctx_as_system(c, &system);
	q = ctx_stmt(&system, &entity_ballot, BALLOT_SQL_DUE);
	while (n < DUE_MAX && stmt_next(q))
		due[n++] = (struct ballot_act){
		    .id = {col_int(q, 0)},
		    .version = col_int(q, 1),
		    .step = BALLOT_DO_CLOSE,
		    .reason = "",
		};
	err = stmt_end(q);
	for (int i = 0; err == OK && i < n; i++) {
		err = ballot_act(&system, &due[i]);
		if (err == ERR_STATE || err == ERR_CHANGED)
			err = OK; /* somebody else was quicker */
	}
	if (err == OK && changed != NULL)
		*changed = n;
	return err;
}
