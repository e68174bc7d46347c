/*
 * Finding anything: opinions, answers, activities and people by any piece
 * of their text, from one character up, traditional or simplified, whatever
 * punctuation stands between. What can be found is a row of search.c.
 */
#ifndef DB_SEARCH_H
#define DB_SEARCH_H

#include <stdbool.h>

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/store/ctx.h"

enum { SEARCH_MAX = 200, /* characters */ SEARCH_KINDS = 8, SEARCH_ALL = -1 };

/* What was typed, folded: words that all must be there. */
struct search_words {
	const uint32_t *const *words; /* each ends with 0; NULL ends */
	int n;                        /* words */
	int chars;                    /* in all of them */
	int64_t number;               /* a record's, when it is one; else 0 */
};

struct search_hit {
	int kind;       /* as search_kind_name */
	int64_t number; /* of the record whose page shows it */
	const char *title;
	const char *text; /* what else may have been found in it */
	const char *unit_name;
	struct instant at; /* 0: none, of a person */
	int64_t score, total;
};

struct search_result {
	struct search_words words;
	struct search_hit *hits;
	int n;
	bool is_ranked; /* best first; else newest first */
	/* Hits by kind, counted to LIST_COUNT_CAP + 1; -1: the hat may not
	 * see records of that kind. */
	int64_t totals[SEARCH_KINDS];
};

/* The kinds, in the order of the table: "activities", "persons". NULL and -1
 * when there is none. */
const char *search_kind_name(int kind);
const char *search_kind_label(int kind); /* msgid, one record: "Activity" */
int search_kind_named(const char *name);
/* Of a record's parts: their number is for opening it, not for people. */
bool search_kind_is_part(int kind);
/* Whether the acting hat sees any records of that kind. */
bool search_may(const struct ctx *c, int kind);

/* Errors: ERR_TOO_LONG. Nothing that can be sought gives n 0. */
int search_read(struct arena *a, const char *text,
                struct search_words *out) MUST_CHECK;

/* At most max hits of text among the records the acting hat sees, of one
 * kind or of SEARCH_ALL it may see: the record of that number first, then
 * people, then the rest, the newest first for a single character, else the
 * best of the newest: 2,000 of one kind, or 1,000 of each.
 * Errors: ERR_TOO_LONG, ERR_DENIED (that kind), ERR_STORE. */
int search_run(struct ctx *c, struct arena *a, const char *text, int kind,
               int max, struct search_result *out) MUST_CHECK;

/* text with each word found in [brackets], one line, cut to columns round
 * the first of them. *found (may be NULL): whether there is any. */
const char *search_mark(struct arena *a, const struct search_words *words,
                        const char *text, int columns, bool *found);

#endif
