/*
 * Draft laws for everybody: consultations that are published, in the context
 * of nobody; commenting while one is open, and once it is answered what was
 * said and answered, without names. Source: domain.md, application 3.
 */
#ifndef DB_PUBLIC_LAW_H
#define DB_PUBLIC_LAW_H

#include "db/law_comment.h"

enum { PUBLIC_LAWS = 20, PUBLIC_ANSWERS = 2000 };

struct public_law_line {
	const char *title, *token;
	int state;
	struct day from_on, to_on;
};
/* That a unit is asked about, newest first. */
int public_laws(struct ctx *c, struct arena *a, struct unit_id unit,
                struct public_law_line **rows, int *n) MUST_CHECK;

/* A comment as everybody reads it when all are answered. */
struct public_answer {
	struct law_article_id article; /* 0: the whole */
	const char *words, *wording, *answer;
	int result;
};
/* In the order they came; none before it is answered. */
int public_answers(struct ctx *c, struct arena *a, struct consultation_id id,
                   struct public_answer **rows, int *n) MUST_CHECK;

struct public_comment {
	struct law_article_id article;
	struct unit_id unit; /* one that is asked: its station checks it */
	const char *words, *wording, *name;
	unsigned doubts; /* what the page found out: RATE, TRAP */
};
/* Held when there is any doubt; who sends it is not told. Errors: ERR_STATE
 * (not open), ERR_INVALID (c->faults), ERR_NOT_FOUND, ERR_STORE ... */
int public_law_comment(struct ctx *c, struct arena *a,
                       const struct consultation *k,
                       const struct public_comment *comment,
                       struct law_comment_id *id) MUST_CHECK;

#endif
