/*
 * Matters raised at a reception: what was said, by whom in a word, where and
 * about what. They are notes without a contact, kept until opinions are made
 * of them.
 */
#ifndef DB_MATTER_H
#define DB_MATTER_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum {
	MATTER_WORDS_MAX = 1000, /* characters */
	MATTER_WHO_MAX = 30,
	MATTER_PLACE_MAX = 60,
	MATTER_CATEGORY_MAX = 30
};

struct matter {
	struct matter_id id;
	struct activity_id activity; /* the reception */
	struct unit_id unit;         /* the activity's, as station */
	struct station_id station;
	const char *words;
	const char *who; /* "a villager": how to call them, no contact */
	const char *place, *category;
	struct instant noted_at;
	struct person_id noted_by;
};

extern const struct entity entity_matter;
extern const struct field matter_fields[];

enum matter_list_filter {
	MATTER_LIST_ACTIVITY, /* number */
	MATTER_LIST_FILTERS
};
/* As they were noted. Deputies see none: notes are the officers'. */
extern const struct list_spec matter_list;

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int matter_get(struct ctx *c, struct arena *a, struct matter_id id,
               struct matter *out) MUST_CHECK;

/* How many were raised at an activity that the caller has read. */
int matter_count(struct ctx *c, struct activity_id activity,
                 int64_t *n) MUST_CHECK;

/* Note one, from activity, words, who, place, category; while or after the
 * reception is held, until it is archived. Errors: ERR_DENIED,
 * ERR_NOT_FOUND, ERR_STATE (not held, archived, no reception), ERR_INVALID. */
int matter_add(struct ctx *c, const struct matter *entry,
               struct matter_id *id) MUST_CHECK;
/* Write the same columns of entry->id again. Errors: as matter_add. */
int matter_save(struct ctx *c, const struct matter *entry) MUST_CHECK;
/* Take it back. Errors: as matter_add. */
int matter_drop(struct ctx *c, struct matter_id id) MUST_CHECK;

#endif
