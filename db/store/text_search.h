/*
 * Searching an index of text (<entity>_text, written by triggers): the
 * hits that the acting hat may see, newest first or the best among the
 * newest. Rights are in the query itself, so that neither a row nor a
 * number of rows gives away what is out of scope.
 */
#ifndef DB_STORE_TEXT_SEARCH_H
#define DB_STORE_TEXT_SEARCH_H

#include "db/base/arena.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

struct text_spec {
	const struct entity *entity; /* indexed; whose @scope applies */
	enum perm needs;             /* without it: ERR_DENIED */
	const char *weights;         /* of the index's columns: "4, 1" */
	const char *columns;         /* what SELECT lists, of the entity */
	const char *joins;           /* more tables for them; NULL: none */
	/* By scope, a SELECT of ids that are at least those in scope, for
	 * speed where these are few; NULL: the predicate alone. */
	const char *narrow[SCOPES];
	const struct field *fields; /* of a row; score and total are filled */
	size_t row_size;            /* when it has them */
	/* Indexed instead of the entity: a table whose rows come and go with
	 * it, and how it is joined to that; NULL: the entity's own. */
	const char *table, *joined;
};

/* What is sought. match: phrases of folded words as FTS5 takes them. */
struct text_query {
	const char *match;
	int64_t number; /* instead of match: the record of that number */
	bool is_ranked; /* best first; else newest, that is highest number */
	int among;      /* the best of so many of the newest hits */
	int max;        /* rows at most */
};

/* Rows into an array of spec->row_size each. "score" of a row: higher is
 * better; "total": hits in all, counted to LIST_COUNT_CAP + 1 at least.
 * Errors: ERR_DENIED, ERR_STORE. */
int text_search(struct ctx *c, struct arena *a, const struct text_spec *spec,
                const struct text_query *query, void *rows, int *n) MUST_CHECK;

/* The text that text_search would run, for the plan test. */
const char *text_search_sql(struct ctx *c, struct arena *a,
                            const struct text_spec *spec,
                            const struct text_query *query);

#endif
