/* A project and who supervises it. */
#include "tests/unit/fixture_team.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "db/activity.h"
#include "db/opinion.h"
#include "db/participant.h"

#define YES(call) assert_int_equal((call), OK)

struct ctx
team_ctx(struct team *t, const char *who)
{
	struct ctx c;

	ctx_of(t->w, who, &c);
	return c;
}

struct ctx
team_other(struct team *t, int deputy)
{
	struct ctx c = team_ctx(t, "deputy");

	c.me = t->deputies[deputy].v;
	return c;
}

int
team_setup(void **state)
{
	struct team *t = xcalloc(1, sizeof(*t));
	void *w;

	if (opinions_setup(&w) != 0)
		return -1;
	t->w = w;
	t->f = t->w->o->f;
	for (int i = 0; i < ORG_DEPUTIES; i++)
		t->deputies[i] = t->w->o->units[0].deputies[i];
	t->projects = (struct projects){t->w->o, t->w->office};
	t->project = project_in_state(&t->projects, PROJECT_RUNNING);
	*state = t;
	return 0;
}

int
team_teardown(void **state)
{
	struct team *t = *state;
	void *w = t->w;

	free(t);
	return opinions_teardown(&w);
}

void
team_state(struct team *t, const char *state)
{
	fixture_event(
	    t->f, ACTION_ACTIVITY_SAVE, ENTITY_PROJECT, t->project.v,
	    arena_printf(t->f->a, "UPDATE project SET state = '%s'", state));
}

void
team_inspected(struct team *t)
{
	YES(project_do(&t->projects, "office", t->project, PROJECT_DO_CLAIM));
	YES(project_do(&t->projects, "town", t->project, PROJECT_DO_INSPECT));
}

void
team_choose(struct team *t)
{
	struct ctx town = team_ctx(t, "town");

	YES(team_set(&town, t->project, t->deputies, 2, t->deputies[0]));
}

struct activity_id
team_visit(struct team *t)
{
	struct ctx officer = team_ctx(t, "officer");
	struct ctx deputy = team_ctx(t, "deputy");
	struct instant at = {t->f->ctx.stopped.s - 3600};
	struct activity_id id;
	struct check_in done;

	YES(visit_add(&officer, t->project, at, "荆山小区", &id));
	YES(activity_tick(&t->f->ctx, NULL));
	YES(participant_check_in_by_hand(&officer, t->f->a, id,
	                                 (struct person_id){deputy.me}, false,
	                                 "没带手机", &done));
	return id;
}

struct project_task_id
team_opinion(struct team *t, const char *who)
{
	struct ctx c = team_ctx(t, who);
	struct project_task entry = {.project = t->project,
	                             .words = "电梯基坑没有围挡。"};
	struct project_task_id id = {0};

	YES(task_add(&c, &entry, &id));
	return id;
}

struct project_task
team_task(struct team *t, struct project_task_id id)
{
	struct project_task row;

	YES(task_get(&t->f->ctx, t->f->a, id, &row));
	return row;
}

int
team_act(struct team *t, const char *who, struct project_task_id id,
         enum task_step step)
{
	struct ctx c = team_ctx(t, who);

	return task_act(&c, id, team_task(t, id).version, step,
	                "围挡已经装好。", RATING_SATISFIED);
}

int64_t
team_count(struct team *t, const char *sql)
{
	return fixture_int(t->f, sql);
}
