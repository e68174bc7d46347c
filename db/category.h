/*
 * The tree of categories that opinions are sorted by, as it holds today: the
 * table of rules (db/rule.h) read whole, for choosing, finding and
 * proposing. A category is named by its place when it is made, such as
 * build.municipal.light.
 */
#ifndef DB_CATEGORY_H
#define DB_CATEGORY_H

#include <stdbool.h>

#include "db/base/arena.h"
#include "db/store/ctx.h"

struct category {
	const char *name;  /* what records keep */
	const char *label; /* in the current language */
	const char *path; /* with what it belongs to: 城乡建设/市政设施/路灯 */
	const char *zh, *en;
	const char *words; /* what else it is called, apart by blanks */
	int parent;        /* its index, -1 on top */
	int depth;         /* 0 on top */
	bool in_use;
};

struct category_tree {
	struct category *rows; /* in the order of the tree */
	int n;
};

/* In a. Errors: ERR_STORE. */
int category_tree_get(struct ctx *c, struct arena *a,
                      struct category_tree *out) MUST_CHECK;

/* The index of a category; -1: it does not hold today. */
int category_index(const struct category_tree *t, const char *name);

/* Indexes of those in use that text finds, at most max: by label, by what
 * else they are called, then what lies below these. Without text the two
 * upper levels. */
int category_find(const struct category_tree *t, const char *text, int *out,
                  int max);

#endif
