/* What db/project_task*.c, project_team.c, project_visit.c and
 * project_rating.c share. */
#ifndef DB_PROJECT_TASK_IN_H
#define DB_PROJECT_TASK_IN_H

#include "db/project_task.h"
#include "db/store/stmt.h"

enum {
	TASK_SQL_GET,
	TASK_SQL_NAMES,
	TASK_SQL_OF,
	TASK_SQL_COUNT_OF,
	TASK_SQL_ADD,
	TASK_SQL_WRITE,
	TASK_SQL_OPINIONS,
	TASK_SQL_FINDINGS,
	TASK_SQL_RUNNING,
	TASK_SQL_CLOCK,
	TASK_SQL_COUNT
};

extern const struct field project_task_fields[];

/* Is the acting person of the project's team now? */
int team_is_mine(struct ctx *c, struct project_id id, bool *is) MUST_CHECK;

/* Supervising p counts in the acting deputy's file, inside the event; no
 * mandate, no record. */
int project_count_duty(struct ctx *c, struct arena *a, const struct project *p,
                       const char *venue) MUST_CHECK;

#endif
