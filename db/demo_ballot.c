/* The demo's ballots as they pass: who is on the list votes one after the
 * other, so that what was planned to win wins. */
#include "db/demo_project.h"

static struct ctx
as(const struct demo *d, struct person_id person)
{
	struct ctx c = *d->c;

	c.me = person.v;
	return c;
}

/* Number i of the candidates of a ballot; NULL: there are no more. */
static const struct demo_project *
candidate(const struct demo *d, const struct demo_ballot *b, int i)
{
	for (int k = b->first; k < b->first + b->n; k++) {
		const struct demo_project *p = &d->projects->all[k];

		if (p->candidate && i-- == 0)
			return p;
	}
	return NULL;
}

static int
prepare(struct demo *d, struct demo_ballot *b)
{
	bool town = demo_places[b->unit].kind[0] == 't';
	struct ctx clerk = as(d, d->units[b->unit].clerk);
	struct project_id *list =
	    arena_alloc(d->page, (size_t)b->n * sizeof(*list));
	const struct demo_project *p;
	uint64_t dice = d->c->seed + (uint64_t)b->first;
	struct ballot entry;
	int n = 0;

	ballot_default(&clerk, &entry);
	entry.unit = d->units[b->unit].id;
	entry.title = arena_printf(d->page, "%s%d年度民生实事项目%s",
	                           demo_places[b->unit].name, b->year,
	                           town ? "票决" : "票选");
	entry.year = b->year;
	entry.kind = b->kind;
	entry.rule = b->rule;
	entry.places = 0;
	for (; (p = candidate(d, b, n)) != NULL; n++) {
		list[n] = p->id;
		entry.places += p->wins;
	}
	entry.tellers =
	    arena_printf(d->page, "%s、%s", demo_name(d->page, &dice),
	                 demo_name(d->page, &dice));
	entry.closes_at = b->closes_at;
	return ballot_prepare(&clerk, &entry, list, n, &b->id);
}

static int
act(struct demo *d, const struct demo_ballot *b, enum ballot_step step)
{
	struct ctx head = as(d, d->units[b->unit].head);
	struct ballot_act it = {.id = b->id, .step = step, .reason = ""};
	struct ballot row;
	int err = ballot_get(&head, d->page, b->id, &row);

	it.version = row.version;
	if (step == BALLOT_DO_VOID)
		it.reason = "候选项目用地有变,名单重新确定后再组织";
	return err == OK ? ballot_act(&head, &it) : err;
}

/* Those on the list, but for whose account finds it open. */
static int
open_it(struct demo *d, struct demo_ballot *b)
{
	struct ctx head = as(d, d->units[b->unit].head);
	struct ballot_voter *all;
	int n, err = act(d, b, BALLOT_DO_OPEN);

	if (err == OK)
		err = ballot_voters(&head, d->page, b->id, &all, &n);
	if (err != OK)
		return err;
	b->voters = arena_alloc(d->a, (size_t)n * sizeof(*b->voters));
	b->voter_n = 0;
	for (int i = 0; i < n; i++)
		if (b->fate != BALLOT_OPEN || (all[i].person.v != d->deputy.v &&
		                               all[i].person.v != d->member.v))
			b->voters[b->voter_n++] = all[i].person;
	return OK;
}

/* Most want what wins; one in four wants something else for one of it. */
static int
vote(struct demo *d, const struct demo_ballot *b, int k)
{
	struct ctx voter = as(d, b->voters[k]);
	char marks[BALLOT_OPTIONS_MAX + 1];
	const struct demo_project *p;
	int n = 0, wins = 0, loses = 0;
	int without = -1, with = -1, winners = 0, losers = 0;

	for (int i = 0; (p = candidate(d, b, i)) != NULL; i++) {
		winners += p->wins;
		losers += !p->wins;
	}
	if (k % 4 == 1 && winners > 0 && losers > 0) {
		without = k / 4 % winners;
		with = k % losers;
	}
	for (; (p = candidate(d, b, n)) != NULL; n++) {
		bool yes = p->wins ? wins++ != without : loses++ == with;

		marks[n] = yes ? '+' : '0';
		if (!yes && b->kind == BALLOT_EACH && (k + n) % 3 == 0)
			marks[n] = '-';
	}
	marks[n] = '\0';
	return ballot_vote(&voter, b->id, marks);
}

int
demo_ballot_do(struct demo *d, const struct demo_project_turn *turn)
{
	struct demo_ballot *b = &d->projects->ballots[turn->i];

	switch (turn->what) {
	case DO_PREPARE:
		return prepare(d, b);
	case DO_FREEZE:
		return act(d, b, BALLOT_DO_FREEZE);
	case DO_OPEN:
		return open_it(d, b);
	case DO_VOTE:
		return vote(d, b, turn->k);
	case DO_COUNT:
		return act(d, b, BALLOT_DO_CLOSE);
	case DO_CONFIRM:
		return act(d, b, BALLOT_DO_CONFIRM);
	default:
		return act(d, b, BALLOT_DO_VOID);
	}
}
