/*
 * How good proposals of a category would be: learned from one file of texts
 * whose category is known, asked about another. CSV with the columns
 * subject, body and category; id, author and received_at may stand there.
 */
#ifndef DB_SUGGEST_TRIAL_H
#define DB_SUGGEST_TRIAL_H

#include "db/import.h"

struct suggest_class {
	const char *name;
	int known;        /* texts learned from */
	int asked;        /* texts asked about */
	int first, among; /* of them right at once, among the first three */
};

struct suggest_trial {
	struct import_report train, test; /* what is in the files */
	struct suggest_class *classes;    /* as the files first name them */
	int class_count;
	int asked, first, among;
};

/* Strings in a. Errors: ERR_INVALID when a file is refused (its report says
 * why) or nothing in it is good. Bad lines are left out and named. */
int suggest_trial(struct arena *a, const char *train, size_t train_n,
                  const char *test, size_t test_n,
                  struct suggest_trial *out) MUST_CHECK;

#endif
