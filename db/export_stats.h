/* The statistics of opinions for export. */
#ifndef DB_EXPORT_STATS_H
#define DB_EXPORT_STATS_H

#include "db/export.h"

/* All tables of all years, a row a figure: which table, which row of it,
 * which figure, its value. Of JSON the rows only. Errors: as
 * opinion_stats(), and those of flush. */
int export_stats(struct ctx *c, const struct export_to *to) MUST_CHECK;

#endif
