/*
 * A file that waits for its F10: sent to be looked at on the screen first.
 * One a person and use ("import", "law"), beside the database, readable by
 * the service only; the next one takes its place. No event: nothing of it is
 * the county's yet.
 */
#ifndef DB_KEPT_FILE_H
#define DB_KEPT_FILE_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/store/ctx.h"

enum { KEPT_WORD = 20 }; /* bytes */

struct kept_file {
	char word[KEPT_WORD + 1]; /* what it is, no blanks */
	struct instant at;
	const char *data;
	size_t n;
};

/* The caller has looked whether the person may, and at n. Errors: ERR_FULL,
 * ERR_IO. */
int kept_file_put(struct ctx *c, const char *use, const char *word,
                  const char *data, size_t n) MUST_CHECK;
/* data in a, or with a NULL not read; at most max bytes. Errors:
 * ERR_NOT_FOUND, ERR_IO. */
int kept_file_get(struct ctx *c, struct arena *a, const char *use, size_t max,
                  struct kept_file *out) MUST_CHECK;
int kept_file_drop(struct ctx *c, const char *use) MUST_CHECK;

#endif
