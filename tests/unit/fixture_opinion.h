/*
 * Opinions on two units: who does what to one in a line. The town has an
 * office, 社会事务办公室, with the account office.
 */
#ifndef TESTS_UNIT_FIXTURE_OPINION_H
#define TESTS_UNIT_FIXTURE_OPINION_H

#include "db/opinion_leg.h"
#include "tests/unit/fixture_org.h"

struct opinions {
	struct org *o;
	struct organ_id office;
};

int opinions_setup(void **state);
int opinions_teardown(void **state);

/* The context of an account, at the clock of the system's. */
void ctx_of(struct opinions *w, const char *who, struct ctx *c);

/* One that who (an account) writes down. */
struct opinion_id opinion_of(struct opinions *w, const char *who);
/* As it is stored. */
struct opinion opinion_now(struct opinions *w, struct opinion_id id);

/* A step by who, with all that it wants: words, class A, the office by the
 * direct channel, a suggestion. version is the present one. */
int act(struct opinions *w, const char *who, struct opinion_id id,
        enum opinion_step step);
/* The same with what given says. */
int act_with(struct opinions *w, const char *who, struct opinion_id id,
             struct opinion_act given);
/* A step of the newest leg. */
int leg(struct opinions *w, const char *who, struct opinion_id id,
        enum leg_step step);
int leg_by(struct opinions *w, struct ctx *c, struct opinion_id id,
           enum leg_step step);
int rate(struct opinions *w, const char *who, struct opinion_id id,
         enum opinion_rating rating);

/* The usual way to a state: NEW, TRIAGE, HANDLING, FEEDBACK, AWAITING,
 * CONVERTED, ESCALATED, CLOSED, by the town's officer, office and county. */
void opinion_to(struct opinions *w, struct opinion_id id,
                enum opinion_state state);

/* liaisonctl check finds nothing. */
void opinions_check(struct opinions *w);

#endif
