/*
 * What follows a ballot of the demo: plan, team, milestones, reports,
 * changes, claims, inspections and ratings; visits and what deputies found
 * there or think, with the replies. All of it as far as the clock lets it.
 */
#include <string.h>

#include "db/demo_project.h"
#include "db/project_plan.h"

enum { MORNING = 9 * 60, NOON = 13 * 60, EVENING = 16 * 60 };
enum { QUARTER = 3, LATELY = 12 }; /* months; days: no findings yet */

int
demo_project_stages(const struct demo_project *p)
{
	const struct demo_stage *all = demo_stages[demo_ideas[p->idea].stages];
	int n = 1; /* at least */

	while (n < 5 && all[n].title != NULL)
		n++;
	return n;
}

struct day
demo_project_due(const struct demo_project *p, int k)
{
	int days = day_diff(p->ends, p->starts);

	return day_add(p->starts, days * (k + 1) / demo_project_stages(p));
}

/* --- what deputies say ---------------------------------------------------- */

/* One task and so many steps of its course: sent, accepted, replied; rated,
 * or not satisfied, replied again, and rated or disputed and ended. */
static void
add_task(struct demo *d, int i, struct person_id person,
         const struct demo_activity *visit, struct day day, int steps)
{
	static const struct {
		enum demo_project_what what;
		int days;
	} good[] = {{DO_SEND, 0},
	            {DO_TASK_ACCEPT, 1},
	            {DO_REPLY, 5},
	            {DO_SATISFIED, 7}},
	  bad[] = {{DO_SEND, 0},  {DO_TASK_ACCEPT, 1}, {DO_REPLY, 4},
	           {DO_AGAIN, 5}, {DO_REPLY, 9},       {DO_INSIST, 11},
	           {DO_END, 15}};
	struct demo_projects *y = d->projects;
	struct demo_project *p = &y->all[i];
	bool is_bad = steps > (int)COUNT(good) || (i + p->task_n) % 6 == 5;
	int most = is_bad ? (int)COUNT(bad) : (int)COUNT(good);
	int k = p->task_n, at = MORNING + 30 + k * 17;

	if (k == DEMO_TASKS)
		return;
	p->task_n++;
	p->tasks[k] = (struct demo_task){
	    .person = person,
	    .visit = visit,
	    .remark = (int)demo_roll(&y->dice, DEMO_REMARKS),
	};
	for (int s = 0; s < most && s < steps; s++) {
		bool now = demo_project_turn(
		    d, day_add(day, is_bad ? bad[s].days : good[s].days),
		    at + s * 20, is_bad ? bad[s].what : good[s].what, i, k);

		y->records += s == 0 && now;
	}
}

/* Those that wait for somebody today. */
static void
add_waiting(struct demo *d, int i, int winner)
{
	static const struct {
		int winner, ago, steps;
		bool mine;
	} waiting[] = {
	    {0, 2, 1, false},
	    {0, 3, 2, true},
	    {1, 6, 3, true},
	    {1, 13, 6, false},
	};
	const struct demo_project *p = &d->projects->all[i];

	if (p->unit != DEMO_TOWN)
		return;
	for (size_t k = 0; k < COUNT(waiting); k++)
		if (waiting[k].winner == winner)
			add_task(d, i, waiting[k].mine ? d->deputy : p->team[1],
			         NULL, day_add(d->today, -waiting[k].ago),
			         waiting[k].steps);
}

/* --- months ----------------------------------------------------------------
 */

/* Every month; long ago every third. */
static void
plan_reports(struct demo *d, int i, struct day until, int cycle)
{
	const struct demo_project *p = &d->projects->all[i];
	int64_t month = month_of(p->starts);

	for (;; month = month_add(month, cycle > 1 ? QUARTER : 1)) {
		int64_t next = month_add(month, 1);
		struct day day = {(int)(next / 100), (int)(next % 100),
		                  3 + i % 3};

		if (day_compare(day, until) >= 0)
			return;
		demo_project_turn(d, day, EVENING - 30, DO_REPORT, i,
		                  (int)month);
	}
}

static void
plan_milestones(struct demo *d, int i)
{
	const struct demo_project *p = &d->projects->all[i];
	int n = demo_project_stages(p);

	for (int k = 0; p->tight && k < n - 1 && k < p->reached; k++)
		demo_project_turn(d, day_add(demo_project_due(p, k), -2),
		                  MORNING + 40, DO_MILESTONE, i, k);
}

static void
plan_change(struct demo *d, int i, struct day day, enum change_kind kind,
            bool approve)
{
	demo_project_turn(d, day, MORNING + 50, DO_ASK, i, (int)kind);
	demo_project_turn(d, day_add(day, 3), NOON + 40, DO_DECIDE, i, approve);
}

static void
plan_changes(struct demo *d, int i)
{
	const struct demo_project *p = &d->projects->all[i];

	if (p->fate == PROJECT_STOPPED) {
		plan_change(d, i, p->ends, CHANGE_STOP, true);
		return;
	}
	if (p->fate == PROJECT_RUNNING && p->tight) /* waits today */
		demo_project_turn(d, day_add(d->today, -2), MORNING + 50,
		                  DO_ASK, i, CHANGE_BUDGET);
	if (p->moved)
		plan_change(d, i, day_add(p->ends, -40), CHANGE_TIME, true);
	if (i % 9 == 4)
		plan_change(d, i, day_add(p->starts, 60), CHANGE_BUDGET, true);
	if (i % 11 == 3)
		plan_change(d, i, day_add(p->starts, 90), CHANGE_SCOPE, false);
}

/* --- the end ---------------------------------------------------------------
 */

/* The team, the public; of what waits for ratings today the demo's deputies
 * have not said yet. */
static void
plan_ratings(struct demo *d, int i, struct day inspected)
{
	struct demo_projects *y = d->projects;
	const struct demo_project *p = &y->all[i];

	for (int k = 0; k < p->team_n; k++) {
		if (p->fate == PROJECT_INSPECTED &&
		    (p->team[k].v == d->deputy.v ||
		     p->team[k].v == d->deputy2.v))
			continue;
		y->records += demo_project_turn(d, day_add(inspected, 1 + k),
		                                NOON + k, DO_RATE, i, k);
	}
	demo_project_turn(d, day_add(inspected, 8), EVENING, DO_RATE_ALL, i, 0);
}

static void
plan_end(struct demo *d, int i, struct day day)
{
	const struct demo_project *p = &d->projects->all[i];

	demo_project_turn(d, day, EVENING, DO_CLAIM, i, 0);
	if (i % 7 == 3 && p->fate == PROJECT_ARCHIVED) {
		demo_project_turn(d, day_add(day, 4), MORNING, DO_REJECT, i, 0);
		day = day_add(day, 14);
		demo_project_turn(d, day, EVENING, DO_CLAIM, i, 1);
	}
	if (p->fate == PROJECT_CLAIMED)
		return;
	day = day_add(day, 6);
	demo_project_turn(d, day, MORNING, DO_INSPECT, i, 0);
	plan_ratings(d, i, day);
	if (p->fate == PROJECT_INSPECTED)
		return;
	demo_project_turn(d, day_add(day, 21), NOON, DO_CLOSE, i, 0);
	if (p->fate != PROJECT_RATED)
		demo_project_turn(d, day_add(day, 35), NOON, DO_ARCHIVE, i, 0);
}

void
demo_project_course(struct demo *d, int i, struct day ballot, int cycle)
{
	struct demo_project *p = &d->projects->all[i];

	p->claims = day_add(p->ends, p->moved ? 12 : -3);
	if (p->fate == PROJECT_SELECTED)
		return;
	demo_project_turn(d, day_add(ballot, 8), MORNING, DO_PLAN, i, 0);
	demo_project_turn(d, day_add(ballot, 9), MORNING, DO_TEAM, i, 0);
	if (p->fate == PROJECT_PLANNED)
		return;
	demo_project_turn(d, p->starts, MORNING, DO_START, i, 0);
	plan_reports(d, i, day_add(p->claims, -1), cycle);
	plan_milestones(d, i);
	plan_changes(d, i);
	if (i % 2 == 0 && p->fate != PROJECT_RUNNING)
		add_task(d, i, demo_project_deputy(d, p->unit, p->starts), NULL,
		         day_add(p->starts, 30 + i % 40), DEMO_REMARKS);
	if (p->fate != PROJECT_STOPPED && p->fate != PROJECT_RUNNING)
		plan_end(d, i, p->claims);
}

/* --- visits ----------------------------------------------------------------
 */

/* The project that a visit at this time would be to. */
static struct demo_project *
to_visit(struct demo *d, const struct demo_activity *r)
{
	struct demo_projects *y = d->projects;
	struct demo_project *found = NULL;
	struct day day = day_of(r->starts), made = day_of(r->made);

	for (int i = 0; i < y->n; i++) {
		struct demo_project *p = &y->all[i];

		if (p->unit == r->unit && p->team_n > 0 &&
		    p->fate >= PROJECT_RUNNING && p->fate != PROJECT_STOPPED &&
		    day_compare(made, p->starts) > 0 &&
		    day_compare(day, day_add(p->claims, -4)) < 0 &&
		    (found == NULL || p->visits < found->visits))
			found = p;
	}
	return found;
}

int
demo_project_team(const struct demo_activity *r, struct person_id *persons)
{
	memcpy(persons, r->project->team, sizeof(r->project->team));
	return r->project->team_n;
}

void
demo_project_to_come(struct demo *d, struct demo_activity *r)
{
	struct demo_projects *y = d->projects;

	for (int i = 0; i < y->n && r->project == NULL; i++)
		if (y->all[i].unit == r->unit && y->all[i].team_n > 0 &&
		    y->all[i].fate == PROJECT_RUNNING)
			r->project = &y->all[i];
	if (r->project == NULL)
		return;
	r->n = r->project->team_n;
	for (int i = 0; i < r->n; i++)
		r->guests[i].person = r->project->team[i];
}

void
demo_project_visits(struct demo *d, struct demo_activity *rows, int n)
{
	struct demo_projects *y = d->projects;

	for (int i = 0; i < n; i++) {
		struct demo_activity *r = &rows[i];
		struct demo_project *p;

		if (r->end != DEMO_ARCHIVED || strcmp(r->kind, "inspect") != 0)
			continue;
		p = to_visit(d, r);
		if (p == NULL || p->visits == 3)
			continue;
		p->visits++;
		r->project = p;
		r->ends.s = r->starts.s + 2 * 3600;
		r->present =
		    3 + (int)demo_roll(&y->dice, (unsigned)p->team_n - 2);
		if (p->visits % 2 == 1 &&
		    (r->unit != DEMO_TOWN ||
		     day_diff(d->today, day_of(r->ends)) > LATELY))
			add_task(d, (int)(p - y->all), p->team[0], r,
			         day_add(day_of(r->ends), 1), DEMO_REMARKS);
	}
	for (int i = 0, winner = 0; i < y->n; i++) {
		if (y->all[i].unit != DEMO_TOWN || y->all[i].team_n == 0)
			continue;
		if (y->all[i].fate == PROJECT_RUNNING)
			add_waiting(d, i, winner++);
	}
}
