/*
 * What is going to be proposed, chosen and built in the demo: a ballot a unit
 * and year, counted back from today so that one is open today in the two
 * units of the demo's accounts; around today projects in every state and
 * light. What follows one ballot is db/demo_project_course.c.
 */
#include <string.h>

#include "db/ballot_in.h"
#include "db/demo_project.h"

enum { CYCLES = 5, PROPOSALS = 8, SCALE_MAX = 8, YEAR_DAYS = 365 };

/* --- where and when ----------------------------------------------------- */

/* How the present year of a unit stands: its ballot so many days ago. */
static const struct {
	int ago;
	enum ballot_state fate;
} present[DEMO_UNITS] = {
    {19, BALLOT_CONFIRMED}, {-6, BALLOT_DRAFT},      {0, BALLOT_OPEN},
    {-1, BALLOT_FROZEN},    {1, BALLOT_CLOSED},      {47, BALLOT_CONFIRMED},
    {72, BALLOT_CONFIRMED}, {104, BALLOT_CONFIRMED}, {0, BALLOT_OPEN},
    {33, BALLOT_VOID},      {131, BALLOT_CONFIRMED}, {160, BALLOT_CONFIRMED},
};

/* What the projects of last year's ballot in the two units of the accounts
 * have come to: by the winner's number. */
static const struct special {
	int unit, winner;
	enum project_state fate;
	int ends; /* from today on */
	int reached;
	bool tight;
} specials[] = {
    {DEMO_TOWN, 0, PROJECT_RUNNING, 101, 2, false}, /* red */
    {DEMO_TOWN, 1, PROJECT_RUNNING, 127, 5, true},  /* yellow */
    {DEMO_TOWN, 2, PROJECT_CLAIMED, -1, 5, false},
    {DEMO_TOWN, 3, PROJECT_INSPECTED, -13, 5, false},
    {DEMO_SUBDISTRICT, 0, PROJECT_RUNNING, 50, 5, false}, /* green */
    {DEMO_SUBDISTRICT, 1, PROJECT_RATED, -28, 5, false},
    {DEMO_SUBDISTRICT, 2, PROJECT_ARCHIVED, -60, 5, false},
    {DEMO_SUBDISTRICT, 3, PROJECT_STOPPED, -45, 5, false},
    {0, 0, PROJECT_SELECTED, 290, 5, false},
    {0, 1, PROJECT_SELECTED, 290, 5, false},
    {0, 2, PROJECT_PLANNED, 290, 5, false},
};

/* One of so many proposals: who makes it and where it goes. */
static const struct pattern {
	enum project_source source;
	bool candidate, wins, declined, merged;
} patterns[PROPOSALS] = {
    {PROJECT_BY_PUBLIC, false, false, true, false},
    {PROJECT_BY_DEPUTY, true, true, false, false},
    {PROJECT_BY_OFFICE, true, true, false, false},
    {PROJECT_BY_STAFF, true, false, false, false},
    {PROJECT_BY_IMPORT, true, false, false, false},
    {PROJECT_BY_PUBLIC, true, true, false, false},
    {PROJECT_BY_DEPUTY, false, false, false, true},
    {PROJECT_BY_OPINION, true, true, false, false},
};

static bool
is_town(int unit)
{
	return strcmp(demo_places[unit].kind, "town") == 0;
}

/* --- who ------------------------------------------------------------------ */

struct person_id
demo_project_deputy(struct demo *d, int unit, struct day then)
{
	struct demo_projects *y = d->projects;
	const struct demo_unit *u = &d->units[unit];
	bool before = day_compare(then, d->turn) < 0;

	for (;;) {
		struct person_id it =
		    u->now.persons[demo_roll(&y->dice, (unsigned)u->now.n)];
		bool fits = !before;

		for (int i = 0; i < u->old.n && !fits; i++)
			fits = u->old.persons[i].v == it.v;
		if (fits)
			return it;
	}
}

static void
draw_team(struct demo *d, struct demo_project *p, struct day day)
{
	int n = 4 + (int)demo_roll(&d->projects->dice, DEMO_TEAM - 3);

	while (p->team_n < n) {
		struct person_id it = demo_project_deputy(d, p->unit, day);
		bool new = true;

		for (int i = 0; i < p->team_n; i++)
			new = new && p->team[i].v != it.v;
		if (new)
			p->team[p->team_n++] = it;
	}
}

/* The demo's deputies are of the teams of what they find today: as head of
 * the first. */
static void
add_account(struct demo *d, struct demo_project *p, int winner)
{
	struct person_id me = p->unit == DEMO_TOWN ? d->deputy : d->deputy2;
	int at = winner == 0 ? 0 : p->team_n - 1;

	for (int i = 0; i < p->team_n; i++)
		if (p->team[i].v == me.v)
			at = i;
	p->team[at] = me;
}

/* --- proposals -------------------------------------------------------------
 */

static struct demo_project *
add_project(struct demo *d, int unit, int year, int source, struct day day)
{
	struct demo_projects *y = d->projects;
	struct demo_project *p;

	if (y->n == y->size) {
		int size = y->size > 0 ? y->size * 2 : 256;
		struct demo_project *more =
		    arena_alloc(d->a, (size_t)size * sizeof(*more));

		if (y->n > 0)
			memcpy(more, y->all, (size_t)y->n * sizeof(*more));
		y->all = more;
		y->size = size;
	}
	p = &y->all[y->n++];
	*p = (struct demo_project){
	    .unit = unit,
	    .village = (int)demo_roll(&y->dice, DEMO_VILLAGES),
	    .idea = (int)demo_roll(&y->dice, DEMO_IDEAS),
	    .words = (int)demo_roll(&y->dice, 2),
	    .source = source,
	    .year = year,
	    .into = -1,
	    .reached = 5,
	    .fate = PROJECT_ARCHIVED,
	};
	if (source == PROJECT_BY_DEPUTY)
		p->by = demo_project_deputy(d, unit, day);
	return p;
}

bool
demo_project_turn(struct demo *d, struct day day, int minutes,
                  enum demo_project_what what, int i, int k)
{
	struct demo_projects *y = d->projects;
	int64_t at = clock_at(day, 0, 0).s + minutes * 60;

	if (at > d->now.s)
		return false;
	if (y->turn_n == y->turn_size) {
		int size = y->turn_size > 0 ? y->turn_size * 2 : 4096;
		struct demo_project_turn *more =
		    arena_alloc(d->a, (size_t)size * sizeof(*more));

		if (y->turn_n > 0)
			memcpy(more, y->turns,
			       (size_t)y->turn_n * sizeof(*more));
		y->turns = more;
		y->turn_size = size;
	}
	y->turns[y->turn_n++] = (struct demo_project_turn){at, what, i, k};
	return true;
}

/* Up to the ballot: what is proposed, taken up, and nominated. */
static void
plan_pool(struct demo *d, int i, const struct pattern *how, struct day ballot)
{
	struct demo_projects *y = d->projects;
	struct demo_project *p = &y->all[i];
	struct day made = day_add(ballot, -95 + (int)demo_roll(&y->dice, 50));
	int at = 8 * 60 + (int)demo_roll(&y->dice, 9 * 60);

	demo_project_turn(d, made, at, DO_PROPOSE, i, 0);
	made = day_add(made, 2 + (int)demo_roll(&y->dice, 4));
	if (how->merged) {
		p->idea = y->all[i - 1].idea;
		p->village = y->all[i - 1].village;
		p->words = !y->all[i - 1].words;
		p->into = i - 1;
		demo_project_turn(d, day_add(ballot, -36), at, DO_MERGE, i, 0);
		return;
	}
	demo_project_turn(d, made, at, DO_ACCEPT, i, 0);
	if (how->declined)
		demo_project_turn(d, day_add(ballot, -33), at, DO_DECLINE, i,
		                  0);
	if (!how->candidate)
		return;
	p->candidate = true;
	p->wins = how->wins;
	demo_project_turn(d, day_add(ballot, -30), at, DO_SHORTLIST, i, 0);
	demo_project_turn(d, day_add(ballot, -20), at, DO_NOMINATE, i, 0);
}

/* Next year's: in every state up to candidate. */
static void
plan_next(struct demo *d, int unit, int year)
{
	static const int sources[PROPOSALS] = {
	    PROJECT_BY_PUBLIC, PROJECT_BY_DEPUTY, PROJECT_BY_OFFICE,
	    PROJECT_BY_STAFF,  PROJECT_BY_IMPORT, PROJECT_BY_PUBLIC,
	    PROJECT_BY_DEPUTY, PROJECT_BY_OFFICE};

	for (int k = 0; k < PROPOSALS; k++) {
		struct day day = day_add(d->today, -3 - k * 6);
		struct demo_project *p =
		    add_project(d, unit, year, sources[k], day);
		int i = d->projects->n - 1, at = 9 * 60 + k * 31;

		p->held = k == 0;
		demo_project_turn(d, day, at, DO_PROPOSE, i, 0);
		if (k > 2)
			demo_project_turn(d, day_add(day, 2), at, DO_ACCEPT, i,
			                  0);
		if (k > 5)
			demo_project_turn(d, day_add(day, 10), at, DO_SHORTLIST,
			                  i, 0);
		if (k > 6)
			demo_project_turn(d, day_add(day, 20), at, DO_NOMINATE,
			                  i, 0);
	}
}

/* --- ballots ---------------------------------------------------------------
 */

/* So many are on its list when it is frozen. */
static int
count_voters(struct demo *d, int unit, struct day day, int64_t *n)
{
	struct ctx then = *d->c;
	struct stmt *q;

	then.stopped = clock_at(day, 12, 0);
	q = ctx_stmt(&then, &entity_ballot_voter,
	             is_town(unit) ? BALLOT_VOTER_SQL_CONGRESS
	                           : BALLOT_VOTER_SQL_ASSEMBLY);
	bind_id(q, ":unit", d->units[unit].id.v);
	bind_int(q, ":person", 0);
	for (*n = 0; stmt_next(q);)
		++*n;
	return stmt_end(q);
}

/* Since this morning or, at night, since yesterday. */
static void
plan_open(struct demo *d, struct demo_ballot *b, int i)
{
	bool early = d->now.s < clock_at(d->today, 9, 30).s;
	struct day day = early ? day_add(d->today, -1) : d->today;
	int at = early ? 14 * 60 : 9 * 60;

	b->closes_at.s = d->now.s - d->now.s % 1800 + 5 * 3600;
	demo_project_turn(d, day, at, DO_OPEN, i, 0);
	for (int k = 0; k < b->votes; k++)
		demo_project_turn(d, day, at + 2 + k / 2, DO_VOTE, i, k);
}

static void
plan_steps(struct demo *d, struct demo_ballot *b, int i, struct day day)
{
	int over = 9 * 60 + 7 + b->votes;

	demo_project_turn(d, day_add(day, -10), 10 * 60, DO_PREPARE, i, 0);
	if (b->fate == BALLOT_DRAFT)
		return;
	demo_project_turn(d, day_add(day, -3), 15 * 60, DO_FREEZE, i, 0);
	if (b->fate == BALLOT_FROZEN)
		return;
	if (b->fate == BALLOT_OPEN) {
		plan_open(d, b, i);
		return;
	}
	if (b->fate == BALLOT_VOID) {
		demo_project_turn(d, day_add(day, -1), 16 * 60, DO_VOID, i, 0);
		return;
	}
	demo_project_turn(d, day, 9 * 60, DO_OPEN, i, 0);
	for (int k = 0; k < b->votes; k++)
		demo_project_turn(d, day, 9 * 60 + 5 + k, DO_VOTE, i, k);
	demo_project_turn(d, day, over, DO_COUNT, i, 0);
	if (b->fate == BALLOT_CONFIRMED)
		demo_project_turn(d, day, over + 15, DO_CONFIRM, i, 0);
}

/* Nearly all vote this year, some more than half before: every paper that
 * comes in writes the others anew. */
static int
plan_ballot(struct demo *d, int unit, int cycle, struct day day, int first)
{
	struct demo_projects *y = d->projects;
	int i = y->ballot_n++;
	struct demo_ballot *b = &y->ballots[i];
	int turnout = cycle == 0 ? 92 : cycle == 1 ? 75 : 55;
	int64_t n;
	int err = count_voters(d, unit, day_add(day, -3), &n);

	*b = (struct demo_ballot){
	    .unit = unit,
	    .cycle = cycle,
	    .year = day.year + (day.month >= 7),
	    .first = first,
	    .n = y->n - first,
	    .kind = cycle % 2 == 0 ? BALLOT_MARK : BALLOT_EACH,
	    .rule = cycle < 2 ? BALLOT_MAJORITY : BALLOT_TOP,
	    .votes = (int)(n * turnout / 100),
	    .fate = cycle == 0 ? present[unit].fate : BALLOT_CONFIRMED,
	};
	if (b->fate == BALLOT_OPEN)
		b->votes = (int)(n * 2 / 5);
	if (b->fate == BALLOT_DRAFT || b->fate == BALLOT_FROZEN ||
	    b->fate == BALLOT_VOID)
		b->votes = 0;
	if (is_town(unit))
		y->records += b->votes;
	plan_steps(d, b, i, day);
	return err;
}

/* --- a unit's year ---------------------------------------------------------
 */

/* What a winner of a ballot has come to. */
static void
plan_winner(struct demo *d, int i, int cycle, int winner, struct day ballot)
{
	struct demo_projects *y = d->projects;
	struct demo_project *p = &y->all[i];
	int shown = present[p->unit].ago > 0 ? 0 : 1;

	p->starts = day_add(ballot, 15);
	p->ends = day_add(p->starts, 240 + (int)demo_roll(&y->dice, 60));
	p->tight = demo_once_in(&y->dice, 3);
	p->moved = cycle > 0 && demo_once_in(&y->dice, 6);
	if (cycle == 0 && demo_once_in(&y->dice, 5))
		p->reached = 0; /* late today */
	draw_team(d, p, p->starts);
	for (size_t k = 0; k < COUNT(specials) && cycle == shown; k++)
		if (specials[k].unit == p->unit &&
		    specials[k].winner == winner) {
			p->fate = specials[k].fate;
			p->ends = day_add(d->today, specials[k].ends);
			p->reached = specials[k].reached;
			p->tight = specials[k].tight;
			p->moved = false;
			if (p->unit == DEMO_TOWN || p->unit == DEMO_SUBDISTRICT)
				add_account(d, p, winner);
			p->shown = p->unit == DEMO_TOWN &&
			           (winner == 0 || winner == 3);
			/* Four milestones, for the lights. */
			if (p->fate == PROJECT_RUNNING)
				p->idea = winner == 0 ? 4 : 0;
		}
	demo_project_course(d, i, ballot, cycle);
}

static int
plan_cycle(struct demo *d, int unit, int cycle, int per)
{
	struct demo_projects *y = d->projects;
	struct day day =
	    day_add(d->today, -present[unit].ago - cycle * YEAR_DAYS);
	int first = y->n, winner = 0, err;
	bool is_chosen;

	/* Who is on the list when it is frozen is still when it is open. */
	if (day_compare(day, d->turn) >= 0 && day_diff(day, d->turn) <= 3)
		day = day_add(day, 4);
	for (int k = 0; k < per; k++) {
		const struct pattern *how = &patterns[k % PROPOSALS];

		add_project(d, unit, day.year + (day.month >= 7), how->source,
		            day_add(day, -95));
		plan_pool(d, y->n - 1, how, day);
	}
	err = plan_ballot(d, unit, cycle, day, first);
	is_chosen = y->ballots[y->ballot_n - 1].fate == BALLOT_CONFIRMED;
	for (int i = first; i < first + per && is_chosen; i++) {
		if (y->all[i].wins)
			plan_winner(d, i, cycle, winner++, day);
		else if (y->all[i].candidate && (cycle > 1 || i % 2 == 0))
			demo_project_turn(d, day_add(day, 20), 10 * 60,
			                  DO_DECLINE, i, 0);
	}
	return err;
}

/* A small site for tests has what its visitors find today. */
static int
cycles_of(const struct demo *d, int unit)
{
	bool shown = unit == DEMO_TOWN || unit == DEMO_SUBDISTRICT;

	if (d->activities >= DEMO_ACTIVITIES)
		return CYCLES;
	return shown ? 2 : unit <= 4 || unit == 9;
}

int
demo_project_plan(struct demo *d)
{
	struct demo_projects *y = arena_alloc(d->a, sizeof(*y));
	int scale = d->activities / DEMO_ACTIVITIES, err = OK;

	*y = (struct demo_projects){.dice = d->c->seed + 11};
	d->projects = y;
	y->ballots = arena_alloc(d->a, sizeof(*y->ballots) *
	                                   (size_t)(DEMO_UNITS * CYCLES));
	scale = scale < 1 ? 1 : scale > SCALE_MAX ? SCALE_MAX : scale;
	for (int u = 0; u < DEMO_UNITS && err == OK; u++) {
		int cycles = cycles_of(d, u);

		for (int k = cycles - 1; k >= 0 && err == OK; k--)
			err = plan_cycle(d, u, k, PROPOSALS * scale);
		if (cycles > 0)
			plan_next(d, u, y->ballots[y->ballot_n - 1].year + 1);
	}
	return err;
}

int
demo_project_turns(const struct demo *d)
{
	return d->projects->turn_n;
}

int64_t
demo_project_at(const struct demo *d, int i)
{
	return d->projects->turns[i].at;
}

int
demo_project_records(const struct demo *d)
{
	return d->projects->records;
}
