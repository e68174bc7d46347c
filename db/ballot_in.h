/* What db/ballot*.c share with each other and with nobody else. */
#ifndef DB_BALLOT_IN_H
#define DB_BALLOT_IN_H

#include "db/ballot.h"
#include "db/store/stmt.h"

/* Less than so many vote in one ballot, so that its papers can be counted. */
enum { BALLOT_VOTERS_MAX = 5000 };

enum {
	BALLOT_SQL_GET,
	BALLOT_SQL_ADD,
	BALLOT_SQL_SAVE,
	BALLOT_SQL_WRITE,
	BALLOT_SQL_RETURNED,
	BALLOT_SQL_DUE,
	BALLOT_SQL_UNIT,
	BALLOT_SQL_STATION,
	BALLOT_SQL_COUNT
};
enum {
	BALLOT_OPTION_SQL_LIST,
	BALLOT_OPTION_SQL_ADD,
	BALLOT_OPTION_SQL_DROP,
	BALLOT_OPTION_SQL_WRITE,
	BALLOT_OPTION_SQL_COUNT
};
enum {
	BALLOT_VOTER_SQL_LIST,
	BALLOT_VOTER_SQL_OF,
	BALLOT_VOTER_SQL_ADD,
	BALLOT_VOTER_SQL_DROP,
	BALLOT_VOTER_SQL_VOTED,
	BALLOT_VOTER_SQL_CONGRESS,
	BALLOT_VOTER_SQL_ASSEMBLY,
	BALLOT_VOTER_SQL_COUNT
};

extern const struct field *const ballot_fields, *const ballot_option_fields;
extern const struct field *const ballot_voter_fields;

/* Clean and check an entry, its unit's station and body set. */
int ballot_check(struct ctx *c, struct arena *a, struct ballot *row,
                 const struct project_id *projects, int n) MUST_CHECK;
/* Write row as the new draft with these options, in the caller's event. */
int ballot_add(struct ctx *c, struct ballot *row,
               const struct project_id *projects, int n) MUST_CHECK;

/* The papers, in the caller's event: one more; all of them, counted; none
 * any more. */
int ballot_paper_add(struct ctx *c, struct ballot_id id,
                     const char *marks) MUST_CHECK;
int ballot_paper_count(struct ctx *c, struct ballot_id id,
                       const struct ballot_terms *terms,
                       struct ballot_result *r) MUST_CHECK;
int ballot_paper_drop(struct ctx *c, struct ballot_id id) MUST_CHECK;

#endif
