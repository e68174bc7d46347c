/* Scenarios of livelihood projects for test_strike: everything that can be
 * struck out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/project_plan.h"
#include "tests/unit/fixture_strike.h"

static int64_t
newest(struct cast *w, const char *table)
{
	return fixture_int(w->f,
	                   arena_printf(w->a, "SELECT max(id) FROM %s", table));
}

static struct project
last(struct cast *w)
{
	struct project row;

	YES(project_get(&w->county, w->a,
	                (struct project_id){newest(w, "project")}, &row));
	return row;
}

static void
add_as(struct ctx *c)
{
	struct project entry;
	struct project_id id;

	project_default(c, &entry);
	entry.title = "周家浜桥改造";
	entry.body = "桥面破损,村民出行不便。";
	YES(project_add(c, &entry, &id));
}

static void
add(struct cast *w)
{
	add_as(&w->staff);
}

static void
add_own(struct cast *w)
{
	add_as(&w->deputy);
}

static void
add_two(struct cast *w)
{
	add_as(&w->staff);
	add_as(&w->deputy);
}

static void
save(struct cast *w)
{
	struct project row = last(w);

	row.title = "周家浜桥重建";
	row.published = true;
	YES(project_save(&w->staff, &row));
}

static void
step(struct cast *w, struct ctx *c, enum project_step on)
{
	static const struct milestone_entry plan[] = {
	    {"主体完工", {2026, 3, 29}, 60},
	    {"竣工验收", {2026, 12, 31}, 40},
	};
	struct project row = last(w);
	struct project_act act = {
	    .id = row.id,
	    .version = row.version,
	    .step = on,
	    .words = "已到现场查看。",
	    .reason = "已列入其他计划",
	    .into = {row.id.v - 1},
	    .lead = {100},
	    .leader = "沈建国",
	    .budget = 1000000,
	    .starts_on = {2026, 1, 1},
	    .ends_on = {2026, 12, 31},
	    .milestones = plan,
	    .milestone_count = COUNT(plan),
	};

	YES(project_act(c, &act));
}

/* What each step begins with. */
static void
have(struct cast *w, enum project_state state)
{
	static const struct {
		enum project_state to;
		enum project_step step;
	} way[] = {
	    {PROJECT_POOL, PROJECT_DO_ACCEPT},
	    {PROJECT_SHORTLISTED, PROJECT_DO_SHORTLIST},
	    {PROJECT_CANDIDATE, PROJECT_DO_NOMINATE},
	    {PROJECT_BALLOT, PROJECT_DO_FREEZE},
	    {PROJECT_SELECTED, PROJECT_DO_SELECT},
	    {PROJECT_PLANNED, PROJECT_DO_PLAN},
	    {PROJECT_RUNNING, PROJECT_DO_START},
	    {PROJECT_CLAIMED, PROJECT_DO_CLAIM},
	    {PROJECT_INSPECTED, PROJECT_DO_INSPECT},
	    {PROJECT_RATED, PROJECT_DO_RATE},
	};
	struct ctx *c = &w->f->ctx;

	add(w);
	for (size_t i = 0; i < COUNT(way) && way[i].to <= state; i++) {
		struct project row = last(w);

		if (way[i].to != PROJECT_BALLOT &&
		    way[i].to != PROJECT_SELECTED) {
			step(w, c, way[i].step);
			continue;
		}
		YES(event_begin(c, ACTION_PROJECT_SAVE, ENTITY_PROJECT,
		                row.id.v, row.unit.v));
		YES(event_end(
		    c, project_by_ballot(c, row.id, way[i].step, row.year)));
	}
}

static void
have_held(struct cast *w)
{
	struct project entry;
	struct project_id id;

	project_default(&w->f->ctx, &entry);
	entry.unit.v = 1;
	entry.title = entry.body = "加微信领红包";
	YES(project_add_public(&w->f->ctx, &entry, "太多", &id));
}

static void
by_office(struct cast *w, enum project_step on)
{
	struct ctx c;

	world_ctx(w->f, "organ", 1, &c);
	step(w, &c, on);
}

static void
ask(struct cast *w, enum change_kind kind)
{
	struct project_change entry = {
	    .project = last(w).id,
	    .kind = (int)kind,
	    .words = "材料涨价,工期顺延。",
	    .budget = 1500000,
	    .ends_on = {2027, 1, 31},
	};

	YES(change_ask(&w->staff, &entry));
}

static void
decide(struct cast *w, bool approve)
{
	YES(change_decide(
	    &w->head, (struct project_change_id){newest(w, "project_change")},
	    approve, "经主席团会议讨论"));
}

#define HAVE(name, state)                                                      \
	static void name(struct cast *w)                                       \
	{                                                                      \
		have(w, state);                                                \
	}
#define STEP(name, on)                                                         \
	static void name(struct cast *w)                                       \
	{                                                                      \
		step(w, &w->staff, on);                                        \
	}
#define ASK(name, kind)                                                        \
	static void name(struct cast *w)                                       \
	{                                                                      \
		have(w, PROJECT_RUNNING);                                      \
		ask(w, kind);                                                  \
	}

/* clang-format off */
HAVE(have_pool, PROJECT_POOL)
HAVE(have_short, PROJECT_SHORTLISTED)
HAVE(have_candidate, PROJECT_CANDIDATE)
HAVE(have_selected, PROJECT_SELECTED)
HAVE(have_planned, PROJECT_PLANNED)
HAVE(have_running, PROJECT_RUNNING)
HAVE(have_claimed, PROJECT_CLAIMED)
HAVE(have_inspected, PROJECT_INSPECTED)
HAVE(have_rated, PROJECT_RATED)
STEP(release, PROJECT_DO_RELEASE)
STEP(accept_it, PROJECT_DO_ACCEPT)
STEP(decline, PROJECT_DO_DECLINE)
STEP(merge, PROJECT_DO_MERGE)
STEP(shortlist, PROJECT_DO_SHORTLIST)
STEP(nominate, PROJECT_DO_NOMINATE)
STEP(give_back, PROJECT_DO_RETURN)
STEP(plan, PROJECT_DO_PLAN)
STEP(start, PROJECT_DO_START)
STEP(reject, PROJECT_DO_REJECT)
STEP(inspect, PROJECT_DO_INSPECT)
STEP(close_rating, PROJECT_DO_RATE)
STEP(archive, PROJECT_DO_ARCHIVE)
ASK(have_asked_time, CHANGE_TIME)
ASK(have_asked_budget, CHANGE_BUDGET)
ASK(have_asked_stop, CHANGE_STOP)
/* clang-format on */

static void
claim(struct cast *w)
{
	by_office(w, PROJECT_DO_CLAIM);
}

static void
ask_scope(struct cast *w)
{
	ask(w, CHANGE_SCOPE);
}

static void
approve(struct cast *w)
{
	decide(w, true);
}

static void
refuse(struct cast *w)
{
	decide(w, false);
}

static void
reach(struct cast *w)
{
	YES(milestone_reach(
	    &w->staff,
	    (struct project_milestone_id){newest(w, "project_milestone") - 1},
	    (struct day){2026, 3, 20}));
}

static void
report(struct cast *w)
{
	struct project_milestone_id reached = {newest(w, "project_milestone") -
	                                       1};
	struct project_report entry = {
	    .project = last(w).id,
	    .month = 202603,
	    .done = 60,
	    .spent = 400000,
	    .words = "主体完工。",
	    .next = "",
	};
	struct ctx c;

	world_ctx(w->f, "organ", 1, &c);
	YES(report_add(&c, &entry, &reached, 1));
}

const struct scenario project_scenarios[] = {
    {ACTION_PROJECT_ADD, NULL, add},
    {ACTION_PROJECT_ADD, NULL, add_own},
    {ACTION_PROJECT_SAVE, add, save},
    {ACTION_PROJECT_RELEASE, have_held, release},
    {ACTION_PROJECT_ACCEPT, add, accept_it},
    {ACTION_PROJECT_DECLINE, have_pool, decline},
    {ACTION_PROJECT_MERGE, add_two, merge},
    {ACTION_PROJECT_SHORTLIST, have_pool, shortlist},
    {ACTION_PROJECT_NOMINATE, have_short, nominate},
    {ACTION_PROJECT_RETURN, have_candidate, give_back},
    {ACTION_PROJECT_PLAN, have_selected, plan},
    {ACTION_PROJECT_PLAN, have_planned, plan},
    {ACTION_PROJECT_START, have_planned, start},
    {ACTION_PROJECT_CLAIM, have_running, claim},
    {ACTION_PROJECT_REJECT, have_claimed, reject},
    {ACTION_PROJECT_INSPECT, have_claimed, inspect},
    {ACTION_PROJECT_RATE, have_inspected, close_rating},
    {ACTION_PROJECT_ARCHIVE, have_rated, archive},
    {ACTION_PROJECT_MILESTONE, have_running, reach},
    {ACTION_PROJECT_REPORT, have_running, report},
    {ACTION_PROJECT_ASK, have_running, ask_scope},
    {ACTION_PROJECT_APPROVE, have_asked_time, approve},
    {ACTION_PROJECT_APPROVE, have_asked_budget, approve},
    {ACTION_PROJECT_APPROVE, have_asked_stop, approve},
    {ACTION_PROJECT_REFUSE, have_asked_stop, refuse},
    {ACTIONS, NULL, NULL},
};
