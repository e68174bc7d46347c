/* How much there is of everything, for liaisonctl and monitoring. */
#ifndef DB_STATS_H
#define DB_STATS_H

#include "db/store/ctx.h"

struct stat_line {
	const char *name; /* "duty_records": what scripts read */
	int64_t n;
};

/* One line each, always the same names in the same order; what this issue
 * has no table of is 0. For who sees the service's state, in a.
 * Errors: ERR_DENIED, ERR_STORE. */
int stats_list(struct ctx *c, struct arena *a, struct stat_line **rows,
               int *n) MUST_CHECK;

#endif
