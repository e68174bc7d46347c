/*
 * What somebody was filling in, kept until it is saved. Drafts are no
 * records: they lie in one small file a person beside the database, so that
 * many people typing never queue for its one writer. The file is replaced
 * whole, so a process killed at any byte leaves the old one or the new one.
 */
#ifndef DB_DRAFT_H
#define DB_DRAFT_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/base/err.h"
#include "db/store/ctx.h"

enum {
	DRAFTS_MAX = 8,        /* of a person; the oldest gives way */
	DRAFT_MAX = 64 * 1024, /* bytes of one state */
	DRAFT_DAYS = 60        /* one that nobody went on with goes */
};

struct draft {
	const char *screen; /* its name, */
	int64_t arg;        /* what it was opened with */
	int64_t office;     /* and the hat worn: they say which draft */
	struct instant at;  /* written last */
	const char *title;  /* a few words of what was typed; may be "" */
	const char *base;   /* what the form held before; the widget's own */
	const char *state;  /* what it holds; the widget's own */
};

/* The file of the acting account. In a. */
const char *draft_file(const struct ctx *c, struct arena *a);

/* All drafts of that hat, newest first; none when there is no file or it
 * cannot be read. In a. Returns how many. */
int draft_list(const char *file, struct arena *a, int64_t office,
               struct draft **out);
/* Errors: ERR_NOT_FOUND. */
int draft_get(const char *file, struct arena *a, const char *screen,
              int64_t arg, int64_t office, struct draft *out) MUST_CHECK;
/* Keep d in place of the one before. It is on the disk when this returns OK.
 * Errors: ERR_TOO_LONG, ERR_FULL, ERR_IO. */
int draft_put(const char *file, const struct draft *d) MUST_CHECK;
/* Forget it; the file goes with the last one. Errors: ERR_FULL, ERR_IO. */
int draft_drop(const char *file, const char *screen, int64_t arg,
               int64_t office) MUST_CHECK;

#endif
