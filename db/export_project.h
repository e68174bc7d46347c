/* The overview of livelihood projects as a kind of export: one row a unit. */
#ifndef DB_EXPORT_PROJECT_H
#define DB_EXPORT_PROJECT_H

#include "db/export.h"

/* All years, or the one that to->args ask for. Errors: ERR_DENIED,
 * ERR_INVALID, ERR_STORE, and those of flush. */
int export_projects(struct ctx *c, const struct export_to *to) MUST_CHECK;
/* The args of one year; in a. */
const char *export_projects_args(struct arena *a, int64_t year);

#endif
