/*
 * Ballots on two units. The town: ten voters, deputy (张伟) and t1 to t9;
 * other, a deputy of the county only, has no vote. The subdistrict: six
 * members of the assembly, m1 to m6. Six candidates in each.
 */
#ifndef TESTS_UNIT_FIXTURE_BALLOT_H
#define TESTS_UNIT_FIXTURE_BALLOT_H

#include "db/ballot.h"
#include "tests/unit/fixture_org.h"

enum { BALLOT_VOTERS = 10, BALLOT_MEMBERS = 6, BALLOT_PROJECTS = 6 };

struct ballots {
	struct org *o;
	struct fixture *f;
	struct project_id projects[2][BALLOT_PROJECTS];
	struct mandate_id mandates[BALLOT_VOTERS]; /* of deputy, t1 to t9 */
};

int ballots_setup(void **state);
int ballots_teardown(void **state);

/* Who votes: deputy, t1, ... t9, by number. */
const char *ballots_voter(int i);

/* A draft of the town (0) or the subdistrict (1) with n candidates. */
struct ballot_id ballot_of(struct ballots *w, int unit, const struct ballot *of,
                           int n);
/* Terms: mark some, the top two, a further ballot at a tie. */
struct ballot ballot_terms_of(void);
struct ballot ballot_now(struct ballots *w, struct ballot_id id);
/* The outcome of an option, from 0. */
struct ballot_option ballot_option_now(struct ballots *w, struct ballot_id id,
                                       int at);
/* A step by an account, at the present version. */
int ballot_do(struct ballots *w, const char *who, struct ballot_id id,
              enum ballot_step step, const char *reason);
/* Frozen and open. */
void ballot_open(struct ballots *w, struct ballot_id id);
int ballot_vote_by(struct ballots *w, const char *who, struct ballot_id id,
                   const char *marks);
/* The state of a candidate of the town, project_states[].name. */
const char *ballot_project_state(struct ballots *w, struct project_id id);

/* liaisonctl check finds nothing. */
void ballots_check(struct ballots *w);

#endif
