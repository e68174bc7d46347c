/*
 * Which of several classes a text is of, from other texts whose class is
 * known: complement naive Bayes over characters and pairs of neighbours, so
 * that Chinese needs no dictionary. Nothing is learned beforehand: the known
 * texts are read past the one question, and only what the question contains
 * is counted. Five hundred thousand characters take some ten milliseconds.
 *
 *     g = guess_new(a, subject, body, classes);
 *     guess_learn(g, class, subject, body);       for each known text
 *     n = guess_best(g, answers, 3);
 */
#ifndef DB_BASE_GUESS_H
#define DB_BASE_GUESS_H

#include "db/base/arena.h"

enum {
	GUESS_WORDS = 4, /* at most that explain an answer */
	GUESS_BODY = 600 /* signs of a body that are looked at */
};

struct guess;

struct guess_answer {
	int class;
	double share; /* of what is believed, 0 to 1 */
	const char *words[GUESS_WORDS];
	int word_count;
};

/* A question; everything of it lives in a. Classes are numbers below
 * classes. */
struct guess *guess_new(struct arena *a, const char *subject, const char *body,
                        int classes);

/* class lies below parent: what is known of one is known of the other, and
 * parent is an answer only when texts are of it itself. Before the first
 * guess_learn; three levels at most. */
void guess_below(struct guess *g, int class, int parent);

/* A text that is known to be of class. */
void guess_learn(struct guess *g, int class, const char *subject,
                 const char *body);

/* Words that stand for class, such as its own name. */
void guess_seed(struct guess *g, int class, const char *words);

/* class is no answer, whatever is known of it. */
void guess_leave_out(struct guess *g, int class);

/* The best answers, best first: how many, at most max. None when nothing of
 * the question is known. */
int guess_best(struct guess *g, struct guess_answer *out, int max);

#endif
