/* Projects of two units. */
#include "tests/unit/fixture_project.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define YES(call) assert_int_equal((call), OK)

int
projects_setup(void **state)
{
	struct projects *w = xcalloc(1, sizeof(*w));
	void *o;

	if (org_setup(&o) != 0)
		return -1;
	w->o = o;
	w->office.v = fixture_int(w->o->f, "SELECT organ FROM office"
	                                   " WHERE role = 'organ' LIMIT 1");
	*state = w;
	return 0;
}

int
projects_teardown(void **state)
{
	struct projects *w = *state;
	void *o = w->o;

	free(w);
	return org_teardown(&o);
}

void
project_ctx(struct projects *w, const char *who, struct ctx *c)
{
	org_ctx(w->o, who, c);
	c->stopped = w->o->f->ctx.stopped;
}

void
project_clock(struct projects *w, struct day day)
{
	w->o->f->ctx.stopped = clock_at(day, 12, 0);
}

struct project_id
project_of(struct projects *w, const char *who, const char *title)
{
	struct project entry;
	struct project_id id = {0};
	struct ctx c;

	project_ctx(w, who, &c);
	project_default(&c, &entry);
	entry.unit = c.my_unit != 0 ? entry.unit : w->o->units[0].unit;
	entry.title = title;
	entry.body = "村民出行不便,建议列入明年民生实事项目。";
	entry.venue = "周家浜";
	entry.budget = 1200000;
	YES(project_add(&c, &entry, &id));
	return id;
}

struct project
project_now(struct projects *w, struct project_id id)
{
	struct project row;

	YES(project_get(&w->o->f->ctx, w->o->f->a, id, &row));
	return row;
}

int
project_do_with(struct projects *w, const char *who, struct project_id id,
                struct project_act given)
{
	struct ctx c;

	project_ctx(w, who, &c);
	given.id = id;
	given.version = project_now(w, id).version;
	return project_act(&c, &given);
}

struct project_act
project_plan_of(struct projects *w)
{
	static const struct milestone_entry plan[] = {
	    {"施工招标", {2026, 6, 30}, 30},
	    {"主体完工", {2026, 9, 30}, 30},
	    {"附属完工", {2026, 11, 30}, 30},
	    {"竣工验收", {2026, 12, 31}, 10},
	};

	return (struct project_act){
	    .words = "已到现场查看。",
	    .reason = "已列入其他计划",
	    .lead = w->office,
	    .leader = "沈建国",
	    .budget = 1000000,
	    .starts_on = {2026, 4, 1},
	    .ends_on = {2026, 12, 31},
	    .milestones = plan,
	    .milestone_count = COUNT(plan),
	};
}

int
project_do(struct projects *w, const char *who, struct project_id id,
           enum project_step step)
{
	struct project_act given = project_plan_of(w);

	given.step = step;
	return project_do_with(w, who, id, given);
}

void
project_ballot_step(struct projects *w, struct project_id id,
                    enum project_step step)
{
	struct ctx *c = &w->o->f->ctx;
	struct project row = project_now(w, id);

	YES(event_begin(c, ACTION_PROJECT_SAVE, ENTITY_PROJECT, id.v,
	                row.unit.v));
	YES(event_end(c, project_by_ballot(c, id, step, row.year)));
}

int
project_report_of(struct projects *w, struct project_id id, int64_t month,
                  int64_t done)
{
	struct project_report entry = {
	    .project = id,
	    .month = month,
	    .done = done,
	    .spent = 100000,
	    .words = "按计划推进。",
	    .next = "继续施工。",
	};
	struct ctx c;

	project_ctx(w, "office", &c);
	return report_add(&c, &entry, NULL, 0);
}

/* Each of the usual way: the state, and what brings it there. */
static const struct {
	const char *who; /* NULL: its ballot */
	enum project_state to;
	enum project_step step;
} way[] = {
    {"town", PROJECT_POOL, PROJECT_DO_ACCEPT},
    {"town", PROJECT_SHORTLISTED, PROJECT_DO_SHORTLIST},
    {"town", PROJECT_CANDIDATE, PROJECT_DO_NOMINATE},
    {NULL, PROJECT_BALLOT, PROJECT_DO_FREEZE},
    {NULL, PROJECT_SELECTED, PROJECT_DO_SELECT},
    {"town", PROJECT_PLANNED, PROJECT_DO_PLAN},
    {"town", PROJECT_RUNNING, PROJECT_DO_START},
    {"office", PROJECT_CLAIMED, PROJECT_DO_CLAIM},
    {"town", PROJECT_INSPECTED, PROJECT_DO_INSPECT},
    {"town", PROJECT_RATED, PROJECT_DO_RATE},
    {"town", PROJECT_ARCHIVED, PROJECT_DO_ARCHIVE},
};

static struct project_id
held(struct projects *w)
{
	struct project entry;
	struct project_id id = {0};

	project_default(&w->o->f->ctx, &entry);
	entry.unit = w->o->units[0].unit;
	entry.title = "加微信领红包";
	entry.body = "加微信领红包";
	YES(project_add_public(&w->o->f->ctx, &entry, "太多", &id));
	return id;
}

static void
stop(struct projects *w, struct project_id id)
{
	struct project_change entry = {
	    .project = id,
	    .kind = CHANGE_STOP,
	    .words = "地块另有规划。",
	};
	struct project_change *rows;
	struct ctx c;
	int n;

	project_ctx(w, "town", &c);
	YES(change_ask(&c, &entry));
	project_ctx(w, "station", &c);
	YES(change_list(&c, w->o->f->a, id, &rows, &n));
	YES(change_decide(&c, rows[n - 1].id, true, "同意停止"));
}

struct project_id
project_in_state(struct projects *w, enum project_state state)
{
	struct project_id id;
	enum project_state to = state;

	if (state == PROJECT_HELD)
		return held(w);
	id = project_of(w, "town", "周家浜桥改造");
	if (state == PROJECT_STOPPED)
		to = PROJECT_RUNNING;
	if (state == PROJECT_DECLINED)
		YES(project_do(w, "town", id, PROJECT_DO_DECLINE));
	if (state == PROJECT_MERGED) {
		struct project_act given = {
		    .step = PROJECT_DO_MERGE,
		    .into = project_of(w, "town", "周家浜桥重建"),
		};

		YES(project_do_with(w, "town", id, given));
	}
	for (size_t i = 0; i < COUNT(way) && way[i].to <= to &&
	                   to <= PROJECT_ARCHIVED && to > PROJECT_PROPOSED;
	     i++) {
		if (way[i].who == NULL)
			project_ballot_step(w, id, way[i].step);
		else
			YES(project_do(w, way[i].who, id, way[i].step));
	}
	if (state == PROJECT_STOPPED)
		stop(w, id);
	assert_int_equal(project_now(w, id).state, state);
	return id;
}

void
projects_check(struct projects *w)
{
	org_check(w->o);
}
