/* Settings: numbers and words that an administrator edits, in a table. */
#ifndef DB_SETTING_H
#define DB_SETTING_H

#include "db/store/ctx.h"

/* The number kept under name, or otherwise when there is no such row. */
int setting_number(struct ctx *c, const char *name, int64_t otherwise,
                   int64_t *out) MUST_CHECK;

#endif
