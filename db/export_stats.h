/* The statistics of opinions as a kind of export: one row a figure. */
#ifndef DB_EXPORT_STATS_H
#define DB_EXPORT_STATS_H

#include "db/export.h"
#include "db/opinion_stats.h"

/* All tables of all months, or what to->args ask for. Errors: ERR_DENIED,
 * ERR_INVALID, ERR_STORE, and those of flush. */
int export_stats(struct ctx *c, const struct export_to *to) MUST_CHECK;
/* The args of one table; in a. */
const char *export_stats_args(struct arena *a, enum opinion_stats_by by,
                              const struct opinion_stats_of *of);

#endif
