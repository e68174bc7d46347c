/*
 * Livelihood projects for everybody: those that are published, in the context
 * of nobody; proposing one by the code of a station, and rating one that is
 * inspected. Source: domain.md, application 5.
 */
#ifndef DB_PUBLIC_PROJECT_H
#define DB_PUBLIC_PROJECT_H

#include "db/code.h"
#include "db/project_plan.h"

enum { PUBLIC_PROJECTS = 30, PUBLIC_MONTHS = 60 };

struct public_project_line {
	struct project_id id;
	const char *title;
	int state;
	int64_t year, done;
	struct day warn_on, due_on;
};

struct public_project {
	struct project_id id;
	const char *title, *body, *venue, *unit_name, *lead_name;
	int state;
	int64_t year, budget, done;
	struct day starts_on, ends_on, warn_on, due_on;
	int64_t satisfied, basic, dissatisfied; /* the public's */
	struct project_milestone *milestones;
	int milestone_count;
	struct project_report *reports; /* words are not read */
	int report_count;
};

/* Of a unit, newest first. */
int public_projects(struct ctx *c, struct arena *a, struct unit_id unit,
                    struct public_project_line **rows, int *n) MUST_CHECK;
/* ERR_NOT_FOUND: there is none, or it is not published. */
int public_project_get(struct ctx *c, struct arena *a, struct project_id id,
                       struct public_project *out) MUST_CHECK;
/* The light in words, or the state where there is none; translated. */
const char *public_project_light(const struct ctx *c, int state,
                                 struct day warn_on, struct day due_on);

struct public_proposal {
	const char *title, *words, *venue, *name;
	unsigned doubts; /* what the page found out: RATE, TRAP */
};
/* Held when there is any doubt; who proposes it is not told. Errors:
 * ERR_INVALID (c->faults: title, body, venue, proposed_by), ERR_STORE ... */
int public_project_propose(struct ctx *c, struct arena *a,
                           const struct code *code,
                           const struct public_proposal *proposal,
                           struct project_id *id) MUST_CHECK;
/* Errors: ERR_NOT_FOUND, ERR_STATE (not inspected, or closed), ERR_INVALID. */
int public_project_rate(struct ctx *c, struct project_id id, int grade,
                        const char *words) MUST_CHECK;

#endif
