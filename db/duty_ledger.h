/*
 * The files of deputies, groups and stations in figures, by year and by term:
 * counters, and points by the rule set of each year. The records behind a
 * figure are duty_record_list with the filters of the same names.
 */
#ifndef DB_DUTY_LEDGER_H
#define DB_DUTY_LEDGER_H

#include "db/duty_record.h"
#include "db/term.h"

/* Whose file. */
enum duty_holder { DUTY_OF_PERSON, DUTY_OF_GROUP, DUTY_OF_STATION };
struct duty_of {
	enum duty_holder holder;
	int64_t id;
};

/* Of when: a year, or, when term is not 0, a term. */
struct duty_period {
	int64_t year;
	struct term_id term;
};

/* What there is to choose from, newest first: years, then terms. */
struct duty_choice {
	struct duty_period period;
	int level;      /* of a term: enum level */
	int64_t number; /* of a term: the 16th */
	int64_t records;
};
int duty_choices(struct ctx *c, struct arena *a, struct duty_of of,
                 struct duty_choice **rows, int *n) MUST_CHECK;

/*
 * Sums by kind. Points are a person's: of a group or station they are 0 here,
 * a cap being each deputy's own; duty_members() has them.
 * Errors: ERR_DENIED (a deputy: of others, or of a group not theirs),
 * ERR_NOT_FOUND (out of scope), ERR_STORE.
 */
int duty_ledger_get(struct ctx *c, struct arena *a, struct duty_of of,
                    struct duty_period period,
                    struct duty_year *out) MUST_CHECK;

struct duty_member {
	struct person_id person;
	const char *name, *group_name;
	int64_t records, points; /* points in tenths */
	int64_t place;           /* by points; equal ones share it */
};
/* Everybody who held a mandate there in the period, the most points first.
 * Not for deputies: ERR_DENIED. */
int duty_members(struct ctx *c, struct arena *a, struct duty_of of,
                 struct duty_period period, struct duty_member **rows,
                 int *n) MUST_CHECK;

/* Name of the holder, for a title. In a. */
int duty_holder_name(struct ctx *c, struct arena *a, struct duty_of of,
                     const char **name) MUST_CHECK;

#endif
