/* Scenarios of who supervises projects for test_strike: the team, visits,
 * findings and opinions on their way, ratings. Project 190 of the world is
 * running, led by the town's office. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/opinion.h"
#include "db/project_task.h"
#include "tests/unit/fixture_strike.h"

static const struct project_id project = {190};

static void
set_team(struct cast *w)
{
	static const struct person_id team[] = {{111}, {112}};

	YES(team_set(&w->staff, project, team, 2, team[1]));
}

static void
arrange_visit(struct cast *w)
{
	struct instant at = {ctx_now(&w->staff).s + 86400};
	struct activity_id id;

	YES(visit_add(&w->staff, project, at, "荆山小区", &id));
}

static void
send(struct cast *w)
{
	const struct project_task entry = {.project = project,
	                                   .words = "基坑没有围挡。"};
	struct project_task_id id;

	YES(task_add(&w->deputy, &entry, &id));
}

static void
step(struct cast *w, struct ctx *c, enum task_step on)
{
	struct project_task_id id = {
	    fixture_int(w->f, "SELECT max(id) FROM project_task")};
	struct project_task row;

	YES(task_get(&w->county, w->a, id, &row));
	YES(task_act(c, id, row.version, on, "已经装好。", RATING_BASIC));
}

static void
by_office(struct cast *w, enum task_step on)
{
	struct ctx office;

	world_ctx(w->f, "organ", 1, &office);
	step(w, &office, on);
}

static void
accept(struct cast *w)
{
	by_office(w, TASK_DO_ACCEPT);
}

static void
reply(struct cast *w)
{
	by_office(w, TASK_DO_REPLY);
}

static void
close(struct cast *w)
{
	step(w, &w->deputy, TASK_DO_CLOSE);
}

static void
again(struct cast *w)
{
	step(w, &w->deputy, TASK_DO_AGAIN);
}

static void
insist(struct cast *w)
{
	step(w, &w->deputy, TASK_DO_INSIST);
}

static void
end(struct cast *w)
{
	step(w, &w->head, TASK_DO_END);
}

static void
have_reply(struct cast *w)
{
	send(w);
	reply(w);
}

static void
have_second_reply(struct cast *w)
{
	have_reply(w);
	again(w);
	reply(w);
}

static void
have_dispute(struct cast *w)
{
	have_second_reply(w);
	insist(w);
}

static void
have_inspected(struct cast *w)
{
	fixture_event(w->f, ACTION_ACTIVITY_SAVE, ENTITY_PROJECT, project.v,
	              "UPDATE project SET state = 'inspected' WHERE id = 190");
}

static void
give_rating(struct cast *w)
{
	/* deputy 110 has rated already: it is changed */
	YES(project_rate(&w->deputy, project, RATING_BASIC, "还可以"));
}

const struct scenario team_scenarios[] = {
    {ACTION_PROJECT_TEAM, NULL, set_team},
    {ACTION_PROJECT_VISIT, NULL, arrange_visit},
    {ACTION_TASK_SEND, NULL, send},
    {ACTION_TASK_ACCEPT, send, accept},
    {ACTION_TASK_REPLY, send, reply},
    {ACTION_TASK_CLOSE, have_reply, close},
    {ACTION_TASK_AGAIN, have_reply, again},
    {ACTION_TASK_INSIST, have_second_reply, insist},
    {ACTION_TASK_END, have_reply, end},
    {ACTION_TASK_END, have_dispute, end},
    {ACTION_RATING_GIVE, have_inspected, give_rating},
    {.act = NULL},
};
