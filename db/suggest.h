/*
 * Proposals for an opinion, which a person decides on: its category, the
 * handling unit, and earlier opinions that say the same. They are worked out
 * from past decisions whenever they are asked for, and nothing is kept: what
 * was decided, changed or struck out a moment ago counts at once, and no
 * session waits for another's learning. The newest few thousand decisions
 * are read, so that it takes as long in a large site as in a small one.
 *
 * Each comes with the words of the text that speak for it. Categories are
 * learned from all opinions, also those the acting person may not see: what
 * comes of it is a category, and words of the asked text that at least three
 * of them share.
 */
#ifndef DB_SUGGEST_H
#define DB_SUGGEST_H

#include "db/base/guess.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum { SUGGEST_TOP = 3, SUGGEST_ALIKE = 5 };

struct suggestion {
	const char *category;      /* suggest_category: its name */
	struct organ_id organ;     /* suggest_office */
	struct opinion_id opinion; /* suggest_alike; received_at and subject */
	struct instant received_at;
	const char *label; /* to show: the category's path, the office's name,
	                      the opinion's subject */
	int percent;       /* how likely; of alike: how much they share */
	const char *words[GUESS_WORDS]; /* why */
	int word_count;
};

/* What is asked about: an opinion, or what is being typed. */
struct suggest_asked {
	struct opinion_id except; /* itself, when it is one already */
	struct unit_id unit;      /* 0: the county's own */
	const char *subject, *body;
};

/* All: at most max into out, best first; *n how many. Strings in a.
 * Errors: ERR_DENIED, ERR_STORE. */
int suggest_category(struct ctx *c, struct arena *a,
                     const struct suggest_asked *asked, struct suggestion *out,
                     int max, int *n) MUST_CHECK;

/* Among the unit's handling units and the county's, by where the unit's
 * opinions of that category ("" none) and with such words went. */
int suggest_office(struct ctx *c, struct arena *a,
                   const struct suggest_asked *asked, const char *category,
                   struct suggestion *out, int max, int *n) MUST_CHECK;

/* Opinions of the unit that say the same, among the newest that the acting
 * person sees. */
int suggest_alike(struct ctx *c, struct arena *a,
                  const struct suggest_asked *asked, struct suggestion *out,
                  int max, int *n) MUST_CHECK;

/* "停车 物业", of the words that speak for it; "" none. In a. */
const char *suggest_because(struct arena *a, const struct suggestion *s);

#endif
