/*
 * Which of several texts say the same as one: by the pairs of signs they
 * share, the rarer among all of them the heavier (as db/base/guess.h reads
 * them).
 */
#ifndef DB_BASE_ALIKE_H
#define DB_BASE_ALIKE_H

#include <stdint.h>

#include "db/base/guess.h"

struct alike;

struct alike_answer {
	int64_t id;
	double share; /* of what they say, 0 to 1 */
	const char *words[GUESS_WORDS];
	int word_count;
};

/* A question; everything of it lives in a. */
struct alike *alike_new(struct arena *a, const char *subject, const char *body);
/* A text to compare it with. */
void alike_add(struct alike *l, int64_t id, const char *subject,
               const char *body);
/* Those that share at least least, most first: how many, at most max. */
int alike_best(struct alike *l, double least, struct alike_answer *out,
               int max);

#endif
