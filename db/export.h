/*
 * Whole lists as CSV or JSON, a page at a time by key. Between pages no
 * statement is open, so whoever reads slowly holds back neither the database
 * nor more memory than a page.
 *
 * Which rows is said by args, JSON: {"list": one of the kind's, "order":
 * one of its, "only": {filter: value}}, each may be missing; "format" is
 * "csv" or "json". A filter that the list does not know is refused, so that
 * nobody gets more than was asked for.
 */
#ifndef DB_EXPORT_H
#define DB_EXPORT_H

#include <stdbool.h>

#include "db/base/arena.h"
#include "db/base/buf.h"
#include "db/base/err.h"
#include "db/store/list.h"

struct ctx;
struct export;

struct export_to {
	bool json;        /* else CSV */
	const char *args; /* NULL or "": all rows */
	struct buf *out;  /* text is added here */
	/* Called after each page: takes what is in out, or fails. */
	int (*flush)(void *data);
	void *data;
};

/* The kinds there are, as "activities, persons". In a. */
const char *export_kinds(struct arena *a);
const char *export_label(const char *kind); /* msgid */

/* Write the list called kind as far as the acting person sees it; what comes
 * after the last page is left in out. Errors: ERR_NOT_FOUND no such kind,
 * ERR_DENIED, ERR_INVALID (args), ERR_STORE, and those of flush. */
int export_run(struct ctx *c, const char *kind,
               const struct export_to *to) MUST_CHECK;

/* The same for who is asked for more when there is room: begin, step until
 * *more is false, end (also after an error). c, args and out live as long.
 * to->flush is not called by a list's steps; what is no list comes in one. */
int export_begin(struct ctx *c, const char *kind, const struct export_to *to,
                 struct export **out) MUST_CHECK;
int export_step(struct export *e, bool *more) MUST_CHECK;
void export_end(struct export *e); /* NULL is allowed */

/* --- what is on screen --------------------------------------------------- */

/* The kind and args that give what list shows with query. False: there is
 * no export of it. In a. */
bool export_of_list(struct arena *a, const struct list_spec *list,
                    const struct list_query *query, const char **kind,
                    const char **args);
/* args with another format, and what it is; CSV when it says none. */
const char *export_with_format(struct arena *a, const char *args, bool json);
bool export_is_json(const char *args);
/* args as the words that "export KIND" takes: " --list inbox --only 'a=b'",
 * "" without any; and back: args with one more word's list or filter.
 * Errors: ERR_USAGE ("only" without "="). */
const char *export_words(struct arena *a, const char *args);
int export_add_word(struct arena *a, const char **args, const char *option,
                    const char *value) MUST_CHECK;

#endif
