/* The county's overview of livelihood projects: a year's, by unit. */
#ifndef DB_PROJECT_STATS_H
#define DB_PROJECT_STATS_H

#include "db/project.h"

struct project_figures {
	struct unit_id unit;
	const char *unit_name;
	int64_t proposals;          /* all but those held back */
	int64_t selected;           /* carried out, over or stopped */
	int64_t green, yellow, red; /* of those planned and not over */
	int64_t done;               /* inspected and what follows */
	int64_t stopped;
	int64_t budget, spent;                  /* yuan, of those selected */
	int64_t satisfied, basic, dissatisfied; /* by deputies and members */
	int64_t public_satisfied, public_rated; /* by the public */
};

/* A row a unit in scope that has any of that year, in the units' order; the
 * last row is the sum of all, unit 0. Errors: ERR_DENIED, ERR_STORE. */
int project_stats(struct ctx *c, struct arena *a, int64_t year,
                  struct project_figures **rows, int *n) MUST_CHECK;

/* The first and the last year of which there are projects in scope; both 0:
 * none. */
int project_years(struct ctx *c, int64_t *first, int64_t *last) MUST_CHECK;

#endif
