/* What db/project*.c share. */
#ifndef DB_PROJECT_IN_H
#define DB_PROJECT_IN_H

#include "db/opinion_clock.h" /* clock_no_day */
#include "db/predicates.h"
#include "db/project_plan.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum {
	PROJECT_SQL_GET,
	PROJECT_SQL_ADD,
	PROJECT_SQL_SAVE,
	PROJECT_SQL_WRITE,
	PROJECT_SQL_STILL,
	PROJECT_SQL_CATEGORY,
	PROJECT_SQL_UNIT,
	PROJECT_SQL_ORGAN,
	PROJECT_SQL_RESERVE,
	PROJECT_SQL_OF_CONVERSION,
	PROJECT_SQL_JOIN,
	PROJECT_SQL_REPOINT,
	PROJECT_SQL_RATED,
	PROJECT_SQL_ALIKE,
	PROJECT_SQL_BALLOTS,
	PROJECT_SQL_COUNT
};

extern const struct field *const project_fields;

/* The predicates of what hangs on a project, by that of the project: table's
 * column project. */
#define OF_PROJECT(table, predicate)                                           \
	"EXISTS (SELECT 1 FROM project AS p WHERE p.id = " table ".project"    \
	" AND " predicate ")"
#define PROJECT_CHILD_SCOPE(table)                                             \
	[SCOPE_COUNTY] = "1",                                                  \
	[SCOPE_UNIT] = OF_PROJECT(table, "p.unit = :my_unit"),                 \
	[SCOPE_STATION] = OF_PROJECT(table, "p.unit = :my_unit"),              \
	[SCOPE_SELF] = OF_PROJECT(table, PROJECT_OF_ANYONE("p")),              \
	[SCOPE_ASSIGNED] = OF_PROJECT(table, PROJECT_OF_ORGAN("p"))
/* And what the public pages show of it. */
#define PROJECT_PUBLIC(table) OF_PROJECT(table, "p.published = 1")

/* Clean and check an entry of one's own; the unit follows from who acts. */
int project_check(struct ctx *c, struct arena *a,
                  struct project *row) MUST_CHECK;

/* Write row as a new one, proposed now; or what it says, as of its version.
 * Checked already, in the caller's event. ERR_CHANGED: somebody was quicker. */
int project_insert(struct ctx *c, struct project *row) MUST_CHECK;
int project_update(struct ctx *c, const struct project *row) MUST_CHECK;

/* Write row, all that steps change but its state, as of row->version; which
 * goes on. ERR_CHANGED: somebody was quicker. */
int project_write(struct ctx *c, struct project *row) MUST_CHECK;

/* warn_on and due_on by the next milestone of it that is not reached, or its
 * end; only what is planned or running has them. In row, not written. */
int project_next_due(struct ctx *c, struct project *row) MUST_CHECK;

/* Clean and check a plan: faults lead, leader, budget, starts_on, ends_on,
 * milestones. */
int plan_check(struct ctx *c, struct arena *a, const struct project *row,
               struct project_act *act) MUST_CHECK;
/* In the step's event: row has the plan, its milestones are these. */
int plan_write(struct ctx *c, struct project *row,
               const struct project_act *act) MUST_CHECK;
/* How many milestones are not reached. */
int milestones_open(struct ctx *c, struct project_id id, int64_t *n) MUST_CHECK;

/* Only its row: reached on a day, or not yet. */
int milestone_write(struct ctx *c, struct project_milestone_id id,
                    struct day on) MUST_CHECK;

/* In an event: it has the state and the lead unit that row has from before the
 * event. Errors: ERR_STATE, somebody was quicker. */
int project_still(struct ctx *c, const struct project *row) MUST_CHECK;

/* Who reports on it: the lead unit, or the unit's staff. */
bool project_may_carry(const struct ctx *c);

#endif
