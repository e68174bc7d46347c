/*
 * The contents beside the database that rows name (db/blob.h), as a whole:
 * are they there, are there others, and how they travel inside a copy of the
 * database. Which rows name one is said here alone. For liaisonctl.
 */
#ifndef DB_ATTACHMENT_FILES_H
#define DB_ATTACHMENT_FILES_H

#include "db/store/ctx.h"

/* What is said of one content, in English like the rules of check.def. */
typedef void files_found(void *data, const char *rule, const char *text);

/* Contents that a row names and that are not there, or of another size, or
 * damaged (those of up to a megabyte are read). *n: how many; what was in it
 * is kept. Errors: ERR_IO, ERR_STORE. */
int files_check(struct ctx *c, files_found *found, void *data,
                int *n) MUST_CHECK;

/* Remove the contents that no row names and that nobody wrote in the last
 * older_s seconds, and what is left of uploads that ended as long ago.
 * *n, *bytes: how many and how large. Errors: ERR_IO, ERR_STORE. */
int files_collect(struct ctx *c, int64_t older_s, int *n,
                  int64_t *bytes) MUST_CHECK;

/* Put all that the copy c names into it, from beside database, in a table of
 * its own; what is missing there is told and left out. The copy must be
 * nobody else's. Errors: ERR_FULL, ERR_IO, ERR_STORE. */
int files_pack(struct ctx *c, const char *database, files_found *missing,
               void *data) MUST_CHECK;
/* The other way, to beside the copy, whose table goes; a copy without one is
 * left as it is. Errors: ERR_INVALID (a content is damaged), ERR_FULL,
 * ERR_IO, ERR_STORE. */
int files_unpack(struct ctx *c) MUST_CHECK;

#endif
