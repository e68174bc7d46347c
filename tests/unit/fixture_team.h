/*
 * A project of the town that the office carries out, for the tests of those
 * who supervise it. The accounts are those of fixture_org.h.
 */
#ifndef TESTS_UNIT_FIXTURE_TEAM_H
#define TESTS_UNIT_FIXTURE_TEAM_H

#include "db/project_task.h"
#include "tests/unit/fixture_opinion.h"
#include "tests/unit/fixture_project.h"

struct team {
	struct opinions *w;
	struct fixture *f;
	struct projects projects;
	struct project_id project; /* running, led by the town's office */
	struct person_id deputies[ORG_DEPUTIES];
};

int team_setup(void **state);
int team_teardown(void **state);

/* It was claimed and inspected. */
void team_inspected(struct team *t);
/* The project is in a state now, however it came to be. */
void team_state(struct team *t, const char *state);
/* The first two deputies, the first the head; by the town's staff. */
void team_choose(struct team *t);
/* A visit that began an hour ago and that deputy signed in to. */
struct activity_id team_visit(struct team *t);

/* The context of an account, at the clock of the system's. */
struct ctx team_ctx(struct team *t, const char *who);
/* The same of another deputy of the town (1 or 2), who has no account. */
struct ctx team_other(struct team *t, int deputy);

/* An opinion of who. */
struct project_task_id team_opinion(struct team *t, const char *who);
struct project_task team_task(struct team *t, struct project_task_id id);
/* A step by who with words. */
int team_act(struct team *t, const char *who, struct project_task_id id,
             enum task_step step);

int64_t team_count(struct team *t, const char *sql);

#endif
