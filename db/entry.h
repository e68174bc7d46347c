/*
 * What every form's entry goes through before it is written: each text
 * cleaned, needed ones there, none too long, by the entity's fields.
 */
#ifndef DB_ENTRY_H
#define DB_ENTRY_H

#include "db/base/arena.h"
#include "db/base/field.h"
#include "db/store/ctx.h"

/* Replace every text of row that has a limit by its clean form, in a; NULL
 * reads as "". What is missing, too long or no text is a fault of its
 * field. Between ctx_check_begin and ctx_check_end. */
void entry_clean(struct ctx *c, struct arena *a, const struct field *fields,
                 void *row);

/* One text on its own; a fault of field when it is wrong. In a, never
 * NULL. */
const char *entry_text(struct ctx *c, struct arena *a, const char *field,
                       const char *text, int mode, int max, bool required);

#endif
