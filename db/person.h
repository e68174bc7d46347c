/*
 * People: name, how it is read and sorted, what they do. Pinyin, initials
 * and the stroke key are columns, computed once when the name is written and
 * editable; finding and sorting use the columns. What people are elected
 * to is db/mandate.h, what they hold db/office.h.
 */
#ifndef DB_PERSON_H
#define DB_PERSON_H

#include <stdbool.h>

#include "db/base/arena.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum {
	PERSON_NAME_MAX = 30, /* characters */
	PERSON_PINYIN_MAX = 120,
	PERSON_INITIALS_MAX = 30,
	PERSON_JOB_MAX = 60,
	PERSON_NOTE_MAX = 500,
	PERSON_FIND_MAX = 40
};

struct person {
	struct person_id id;
	struct unit_id unit; /* whose roster; 0: the county's */
	const char *name;
	const char *pinyin;   /* "zhang wei"; "" on writing: computed */
	const char *initials; /* "zw"; "" on writing: of the pinyin */
	const char *stroke;   /* computed, never entered */
	const char *job;
	const char *note;
};

extern const struct entity entity_person;

/* A row of person_list. */
struct person_line {
	struct person_id id;
	struct unit_id unit;
	const char *unit_name; /* "" the county's */
	const char *name, *pinyin, *job;
	bool county, town;            /* deputy of which level now */
	int64_t offices;              /* held now, besides a deputy's */
	const char *label, *label_en; /* of one of them; "" none */
};

enum person_list_filter {
	PERSON_LIST_UNIT,     /* number */
	PERSON_LIST_TERM,     /* number: deputies of that term */
	PERSON_LIST_DEPUTIES, /* 1: a current mandate */
	PERSON_LIST_OFFICERS, /* 1: a current office, besides a deputy's */
	PERSON_LIST_LEFT,     /* 1: neither any more */
	PERSON_LIST_FIND,     /* text of person_find_text */
	PERSON_LIST_FILTERS
};
enum person_list_order { PERSON_BY_PINYIN, PERSON_BY_STROKE };
/* Rows are struct person_line. A deputy sees themself only. */
extern const struct list_spec person_list;

/* What was typed, as PERSON_LIST_FIND and the deputies' list want it:
 * folded, lower case, no blanks. Fits records_spec.pattern. */
const char *person_find_text(struct arena *a, const char *text);

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int person_get(struct ctx *c, struct arena *a, struct person_id id,
               struct person *out) MUST_CHECK;
/* Name by itself, for a title; "" when out of scope. */
const char *person_name(struct ctx *c, struct arena *a, struct person_id id);

/* At most max people in scope whose name has text in it, or whose pinyin or
 * initials begin with it, by pinyin. */
int person_find(struct ctx *c, struct arena *a, const char *text, int max,
                struct person **rows, int *n) MUST_CHECK;

/*
 * Enter a person: unit, name, pinyin, initials, job, note. For who may
 * change the org tree or accounts. Joins an event that is open.
 * Errors: ERR_DENIED, ERR_NOT_FOUND (unit), ERR_INVALID (c->faults).
 */
int person_add(struct ctx *c, const struct person *entry,
               struct person_id *id) MUST_CHECK;
/* Write the same columns of entry->id. A changed name with the old pinyin
 * gets its pinyin computed anew. */
int person_save(struct ctx *c, const struct person *entry) MUST_CHECK;

/* The entry's own checks, each a fault of its field. *clean (may be NULL):
 * the entry with texts cleaned and readings filled in, in a. */
int person_check(struct ctx *c, struct arena *a, const struct person *entry,
                 struct person *clean) MUST_CHECK;

#endif
