/*
 * Whole lists as CSV or JSON, a page at a time by key. Between pages no
 * statement is open, so whoever reads slowly holds back neither the database
 * nor more memory than a page.
 */
#ifndef DB_EXPORT_H
#define DB_EXPORT_H

#include <stdbool.h>

#include "db/base/arena.h"
#include "db/base/buf.h"
#include "db/base/err.h"

struct ctx;

struct export_to {
	bool json;       /* else CSV */
	struct buf *out; /* text is added here */
	/* Called after each page: takes what is in out, or fails. */
	int (*flush)(void *data);
	void *data;
};

/* The kinds there are, as "activities, persons". In a. */
const char *export_kinds(struct arena *a);

/* Write the list called kind as far as the acting person sees it; what comes
 * after the last page is left in out. Errors: ERR_NOT_FOUND no such kind,
 * ERR_DENIED, ERR_STORE, and those of flush. */
int export_run(struct ctx *c, const char *kind,
               const struct export_to *to) MUST_CHECK;

#endif
