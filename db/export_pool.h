/* The pool of projects as a file that import takes back. */
#ifndef DB_EXPORT_POOL_H
#define DB_EXPORT_POOL_H

#include "db/export.h"

/* All proposals up to the ballot in scope, with the columns of the import
 * "pool": sent back unchanged it changes nothing. What has no number in the
 * reserve pool is called by its own, "L12". Takes no args.
 * Errors: ERR_INVALID, as list_fetch, as flush. */
int export_pool(struct ctx *c, const struct export_to *to) MUST_CHECK;

#endif
