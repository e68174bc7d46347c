/*
 * Sealed duty files: once a change of term is confirmed, the records of each
 * mandate of the old term are counted and hashed, and from then on the
 * database lets none in, out or change (ERR_SEALED through every door). What
 * has to be said of one afterwards is an addendum.
 *
 * The hash is SHA-256 over a line a record in the order of their numbers: id,
 * person, mandate, term, unit, station, grp (0: none), year, month, kind,
 * grade, event, subject_kind, subject, title, venue, happened_at, state, with
 * a tab between them and a newline after each.
 */
#ifndef DB_FILE_SEAL_H
#define DB_FILE_SEAL_H

#include <stdbool.h>

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum { FILE_ADDENDUM_MAX = 500 }; /* characters */

struct file_seal {
	struct file_seal_id id;
	struct mandate_id mandate;
	struct person_id person;
	struct term_id term;
	struct unit_id unit;
	int64_t records;
	const char *hash;
	struct instant at;
};

struct file_addendum {
	struct file_addendum_id id;
	struct file_seal_id seal;
	struct person_id person; /* whose file */
	struct unit_id unit;
	const char *text;
	struct person_id by;
	struct instant at;
};

extern const struct entity entity_file_seal, entity_file_addendum;

/* Of a person, oldest first; and what was added to one. */
int file_seal_of_person(struct ctx *c, struct arena *a, struct person_id person,
                        struct file_seal **rows, int *n) MUST_CHECK;
int file_addendum_list(struct ctx *c, struct arena *a, struct file_seal_id seal,
                       struct file_addendum **rows, int *n) MUST_CHECK;
/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_INVALID (text). */
int file_addendum_add(struct ctx *c, struct file_seal_id seal, const char *text,
                      struct file_addendum_id *id) MUST_CHECK;

/* For db/duty_decide.c, within its event: what would have gone into the file
 * of mandate goes into it as an addendum when it is sealed; *sealed says so.
 * text may be longer than FILE_ADDENDUM_MAX: the rest stays where it came
 * from. */
int file_addendum_enter(struct ctx *c, struct mandate_id mandate,
                        const char *text, bool *sealed) MUST_CHECK;

/* For db/term_change.c, within its event: seal the file of each mandate of
 * the term. *n: how many. */
int file_seal_term(struct ctx *c, struct term_id term, int64_t *n) MUST_CHECK;

#endif
