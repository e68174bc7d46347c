/*
 * Lists: a page at a time by key, never by offset; filters and orders are
 * declared and the store composes the statement, with the acting hat's
 * predicate. A list reads the rows it shows and nothing else.
 */
#ifndef DB_STORE_LIST_H
#define DB_STORE_LIST_H

#include "db/base/arena.h"
#include "db/store/ctx.h"

enum { LIST_KEYS = 3, LIST_FILTERS = 20, LIST_COUNT_CAP = 1000 };

/* A filter is a predicate with one parameter, called :<name>. */
struct list_filter {
	const char *name;
	const char *label; /* msgid */
	const char *predicate;
	bool is_text; /* else a number */
};

/* An order is up to three NOT NULL key columns, the last one unique, backed
 * by an index in the order's own sequence for each scope that uses it. */
struct list_order {
	const char *name;
	const char *label; /* msgid */
	const char *keys[LIST_KEYS];
	bool descending;
};

struct list_spec {
	const struct entity *entity; /* whose @scope applies */
	enum perm needs;             /* without it: ERR_DENIED */
	const char *columns;         /* what SELECT lists */
	const char *from;            /* tables and joins after FROM */
	const char *only;       /* a predicate of every query; NULL: none */
	const char *from_self;  /* the same for SCOPE_SELF; NULL: from */
	const char *scope_self; /* and its predicate; NULL: the entity's */
	const struct list_filter *filters;
	int filter_count;
	const struct list_order *orders; /* the first is the default */
	int order_count;
	const struct field *fields; /* of a row */
	size_t row_size;
};

/* Where a row stands in its order. Text lives as long as the arena given. */
struct list_key {
	struct {
		bool is_text;
		int64_t v;
		const char *s;
	} at[LIST_KEYS];
};

struct list_value { /* one active filter */
	int filter; /* index into filters */
	int64_t v;
	const char *s;
};

struct list_query {
	int order;
	struct list_value values[LIST_FILTERS];
	int value_count;
};

/* One more filter, by a number or by text (the other is 0 or NULL). */
void list_where(struct list_query *q, int filter, int64_t v, const char *s);

enum list_from { LIST_FIRST, LIST_LAST, LIST_AFTER, LIST_BEFORE, LIST_AT };

struct list_page {
	void *rows; /* row_size bytes each, in the list's order */
	struct list_key *keys;
	int n;
	bool more; /* there are rows beyond, in the direction asked */
};

/* Up to n rows: the first, the last, those after or before *key, or from
 * *key itself on (to show again what was on screen). Rows come in the
 * list's order whatever the direction. Errors: ERR_DENIED, ERR_STORE. */
int list_fetch(struct ctx *c, struct arena *a, const struct list_spec *spec,
               const struct list_query *query, enum list_from from,
               const struct list_key *key, int n,
               struct list_page *out) MUST_CHECK;

/* Rows in all, counted to LIST_COUNT_CAP + 1 at most. */
int list_count(struct ctx *c, const struct list_spec *spec,
               const struct list_query *query, int64_t *n) MUST_CHECK;

/* The text that list_fetch would run, for the plan test. */
const char *list_sql(struct ctx *c, struct arena *a,
                     const struct list_spec *spec,
                     const struct list_query *query, enum list_from from);

#endif
