/* The verbs of "project" and what their files share. */
#ifndef SERVER_SESSION_EXEC_PROJECT_H
#define SERVER_SESSION_EXEC_PROJECT_H

#include "db/ballot.h"
#include "db/project_plan.h"
#include "server/session/exec_opinion.h"

/* The project whose number is the first word. Errors: ERR_USAGE and as
 * project_get. */
int given_project(struct exec *x, const struct given *g,
                  struct project *out) MUST_CHECK;
/* A day of an object; null when none is known. */
void project_set_day(struct json *j, const char *name, struct day day);
const char *project_light_name(struct exec *x, int state, struct day warn_on,
                               struct day due_on);
/* What is said after something was done: its number and state. */
int project_done(struct exec *x, struct project_id id) MUST_CHECK;

/* All that is shown of one. */
struct project_shown {
	struct project_page page;
	struct project_milestone *milestones;
	struct project_month *months;
	struct project_report *reports;
	struct project_change *changes;
	struct project_said *said;
	struct ballot_of_project *ballots;
	int milestone_count, month_count, report_count, change_count;
	int said_count, ballot_count;
};

const char *project_month_text(struct exec *x, int64_t month);
struct json *project_months_json(struct exec *x,
                                 const struct project_month *rows, int n);
void project_show_json(struct exec *x, const struct project_shown *s);

/* Each with what was given after the verb. */
int command_project_show(struct exec *x, const struct given *g) MUST_CHECK;
int command_project_months(struct exec *x, const struct given *g) MUST_CHECK;
int command_project_propose(struct exec *x, const struct given *g) MUST_CHECK;
int command_project_report(struct exec *x, const struct given *g) MUST_CHECK;
/* A grade in the second place rates it, otherwise the rating is closed. */
int command_project_rate(struct exec *x, const struct given *g) MUST_CHECK;
/* A step by its stored name. ERR_USAGE: no such verb. */
int command_project_step(struct exec *x, const char *verb,
                         const struct given *g) MUST_CHECK;
/* Of exec_project_task.c. */
int command_task_say(struct exec *x, const struct given *g) MUST_CHECK;
int command_tasks(struct exec *x, const struct given *g) MUST_CHECK;
int command_task_take(struct exec *x, const struct given *g) MUST_CHECK;
int command_task_reply(struct exec *x, const struct given *g) MUST_CHECK;
int command_task_judge(struct exec *x, const struct given *g) MUST_CHECK;

#endif
