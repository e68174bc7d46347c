/* What the commands about opinions share: what was typed after the verb. */
#ifndef SERVER_SESSION_EXEC_OPINION_H
#define SERVER_SESSION_EXEC_OPINION_H

#include "db/opinion_leg.h"
#include "server/session/exec.h"

enum { GIVEN_WORDS = 20 };

/* Options by name, and the words between them. Not given: NULL, 0. */
struct given {
	const char *result, *reason, *into, *path, *become, *title, *days;
	const char *promised; /* --until */
	const char *subject, *category, *place, *sender;
	const char *table, *from, *to, *unit, *state, *limit, *month;
	const char *year, *budget, *reached, *wording;
	bool open, overdue, mine, hot, csv, urgent, pool, late, markdown;
	const char *words[GIVEN_WORDS];
	int n;
};

/* Cut the words typed from number first on. Errors: ERR_USAGE. */
int given_read(struct exec *x, int first, struct given *out) MUST_CHECK;
/* A number typed as a word. Errors: ERR_USAGE. */
int given_number(const char *word, int64_t *out) MUST_CHECK;
/* How many rows --limit wants; without it the newest 50. Errors: ERR_USAGE. */
int given_limit(const struct given *g, int *out) MUST_CHECK;
/* A month typed as 2026-03. Errors: ERR_USAGE. */
int given_month(const char *word, int64_t *out) MUST_CHECK;
/* A unit by its name. Errors: ERR_INVALID, said already. */
int given_unit(struct exec *x, const char *name,
               struct unit_id *out) MUST_CHECK;
/* The words given from number first on as one text, blank between; "-":
 * standard input. Errors: ERR_TOO_LONG, ERR_INVALID (said), ERR_CLOSED. */
int given_text(struct exec *x, const struct given *g, int first,
               const char **out) MUST_CHECK;

/* What a verb does with what was given after it. */
struct exec_verb {
	const char *name;
	int (*run)(struct exec *x, const struct given *g);
};
/* The verb that is the first word; a number there means the first of the n
 * verbs. other: a word that is none of them. */
int given_verb(struct exec *x, const struct exec_verb *verbs, int n,
               int (*other)(struct exec *x, const char *word,
                            const struct given *g)) MUST_CHECK;

/* The verbs of "opinion", each with what was given after it. */
int command_show(struct exec *x, const struct given *g) MUST_CHECK;
int command_file(struct exec *x, const struct given *g) MUST_CHECK;
int command_find(struct exec *x, const struct given *g) MUST_CHECK;
int command_enter(struct exec *x, const struct given *g) MUST_CHECK;
int command_count(struct exec *x, const struct given *g) MUST_CHECK;
int command_contact(struct exec *x, const struct given *g) MUST_CHECK;
int command_judge(struct exec *x, const struct given *g) MUST_CHECK;
/* A step of the opinion, of a leg, or a note, by its stored name.
 * Errors: ERR_USAGE (no such verb), those of the step. */
int command_step(struct exec *x, const char *verb,
                 const struct given *g) MUST_CHECK;

/* The lines or the JSON of a list. */
int command_rows(struct exec *x, const struct list_spec *spec,
                 const struct list_query *query, int limit) MUST_CHECK;
/* What is said after something was done: its number and state. */
int command_done(struct exec *x, struct opinion_id id) MUST_CHECK;
/* Says the faults of ERR_INVALID. Returns err. */
int command_faults(struct exec *x, int err) MUST_CHECK;

#endif
