/* What a question is made of, for db/base/guess*.c. */
#ifndef DB_BASE_GUESS_IN_H
#define DB_BASE_GUESS_IN_H

#include <stdbool.h>
#include <stdint.h>

#include "db/base/guess.h"

enum {
	GUESS_SUBJECT = 100, /* signs of a subject that are looked at */
	GUESS_SIGNS = GUESS_SUBJECT + GUESS_BODY,
	GUESS_TOKENS = 2 * GUESS_SIGNS,
	GUESS_SLOTS = 4096, /* a power of two, well above the tokens */
	GUESS_BITS = 1 << 16,
	GUESS_LENGTH = 300 /* of a usual text */
};

/* Where it is known from: what classes are called, and texts. */
enum guess_source { GUESS_NAMES, GUESS_TEXTS, GUESS_SOURCES };

struct guess_slot {
	uint64_t key; /* 0: free */
	int token;
};

/* A sign, or two side by side, of the question. */
struct guess_token {
	double asked;                    /* weight in the question */
	double known[GUESS_SOURCES];     /* in all that is known */
	double here;                     /* in the text at hand */
	double log_known[GUESS_SOURCES]; /* for answering */
	double pull; /* how much it draws a text that has it too */
	int texts;   /* how many have it */
	bool is_pair;
	bool is_named; /* a class is called so */
};

/* Where signs stand in the question. */
struct guess_spot {
	const char *text;
	int bytes;
	int pair; /* token of it and the next one; -1: a word ends here */
};

struct guess_class {
	int parent;    /* -1: on top */
	bool is_above; /* others lie below */
	bool is_known; /* a text is of it */
	bool is_out;   /* is no answer */
	int texts;     /* of it and below */
	/* by token; NULL: nothing is known */
	float *known[GUESS_SOURCES], *centre;
	double sum[GUESS_SOURCES]; /* also of what was not asked for */
	double score;
};

struct guess {
	struct arena *a;
	struct guess_slot slots[GUESS_SLOTS];
	uint64_t signs[GUESS_BITS / 64]; /* which signs it may have */
	struct guess_token tokens[GUESS_TOKENS];
	struct guess_spot spots[GUESS_SIGNS];
	struct guess_class *classes;
	int token_count, spot_count, class_count;
	double sum[GUESS_SOURCES]; /* of all classes */
	/* weight in the question of what is known */
	double asked_known[GUESS_SOURCES];
	int texts;
	int seen[GUESS_TOKENS]; /* tokens of the text at hand */
	int seen_count;
	double here;                  /* its length */
	int pairs_here, strange_here; /* of them not in the question */
};

/* The next sign of s, 0 for what is none, and its bytes; 0 at the end. */
int guess_sign(const char *s, uint32_t *sign);

/* Read a text: what of the question it has is seen. */
void guess_look(struct guess *g, const char *subject, const char *body);

/* The words of the question that weigh most, by weights of its tokens: how
 * many. */
int guess_words(const struct guess *g, const double *weights,
                const char *words[GUESS_WORDS]);
/* The same by whole stretches of what weighs something. */
int guess_stretches(const struct guess *g, const double *weights,
                    const char *words[GUESS_WORDS]);

#endif
