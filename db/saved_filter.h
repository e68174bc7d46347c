/*
 * Filters of a list that a person keeps under a name, to call up again.
 * Everybody sees and changes their own only, whatever hat they wear. What
 * the text says is the screen's: a line "filter=value" each.
 */
#ifndef DB_SAVED_FILTER_H
#define DB_SAVED_FILTER_H

#include "db/base/arena.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum {
	SAVED_FILTER_NAME_MAX = 20, /* characters */
	SAVED_FILTER_TEXT_MAX = 1000,
	SAVED_FILTERS_MAX = 20 /* of a person and list */
};

struct saved_filter {
	struct saved_filter_id id;
	struct person_id person;
	const char *list; /* name of its screen */
	const char *name, *text;
};

extern const struct entity entity_saved_filter;

/* The acting person's for a list, by name. */
int saved_filter_list(struct ctx *c, struct arena *a, const char *list,
                      struct saved_filter **rows, int *n) MUST_CHECK;

/* Keep list, name and text; one of that name is written over. Errors:
 * ERR_DENIED (nobody is signed in), ERR_INVALID (c->faults: name, text, or
 * name when there are too many). */
int saved_filter_save(struct ctx *c, const struct saved_filter *entry,
                      struct saved_filter_id *id) MUST_CHECK;
/* Errors: ERR_DENIED, ERR_NOT_FOUND. */
int saved_filter_drop(struct ctx *c, struct saved_filter_id id) MUST_CHECK;

#endif
