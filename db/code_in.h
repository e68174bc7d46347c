/* What db/code.c and db/code_turn.c share with nobody else. */
#ifndef DB_CODE_IN_H
#define DB_CODE_IN_H

#include "db/base/secret.h"
#include "db/code.h"

/* A new rotate_key; of a seeded site it follows from the number. */
void code_new_key(const struct ctx *c, int64_t id, char out[SECRET_HEX + 1]);

/* Does the code show these letters to type now? Errors: ERR_NOT_FOUND, and
 * ERR_TURNED (it did a while ago). */
int code_typed(struct ctx *c, const struct code *code,
               const char *typed) MUST_CHECK;

#endif
