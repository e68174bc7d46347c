/*
 * liaisonctl check: integrity and foreign keys by SQLite, every counter
 * recounted by SQL of its own (not the triggers'), links and undo against
 * their records, the audit chain. Rows of rules: db/store/check.def.
 */
#ifndef DB_STORE_CHECK_H
#define DB_STORE_CHECK_H

#include "db/store/ctx.h"

/* Calls found once a problem: rule's name and an English sentence. *n:
 * problems in all. Errors: ERR_STORE when a rule could not be run. */
int check_run(struct ctx *c,
              void (*found)(void *data, const char *rule, const char *text),
              void *data, int *n) MUST_CHECK;

#endif
