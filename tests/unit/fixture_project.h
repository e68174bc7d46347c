/*
 * Projects of two units: who does what to one in a line. The town's office,
 * 社会事务办公室, with the account office, leads what is planned.
 */
#ifndef TESTS_UNIT_FIXTURE_PROJECT_H
#define TESTS_UNIT_FIXTURE_PROJECT_H

#include "db/project_plan.h"
#include "tests/unit/fixture_org.h"

struct projects {
	struct org *o;
	struct organ_id office;
};

int projects_setup(void **state);
int projects_teardown(void **state);

/* The context of an account, at the clock of the system's. */
void project_ctx(struct projects *w, const char *who, struct ctx *c);
/* The clock of the system, and so of all, stands at noon of a day. */
void project_clock(struct projects *w, struct day day);

/* One that who (an account) proposes, with this title. */
struct project_id project_of(struct projects *w, const char *who,
                             const char *title);
/* As it is stored. */
struct project project_now(struct projects *w, struct project_id id);

/* A step by who, with all that it wants: words, a reason, a plan from
 * 2026-04-01 to 2026-12-31 with four milestones, 30, 30, 30 and 10 percent,
 * at the ends of June, September, November and December. version is the
 * present one. */
int project_do(struct projects *w, const char *who, struct project_id id,
               enum project_step step);
/* The same with what given says. */
int project_do_with(struct projects *w, const char *who, struct project_id id,
                    struct project_act given);
/* What given begins with. */
struct project_act project_plan_of(struct projects *w);
/* A step of its ballot, as the system. */
void project_ballot_step(struct projects *w, struct project_id id,
                         enum project_step step);
/* The office reports a month. */
int project_report_of(struct projects *w, struct project_id id, int64_t month,
                      int64_t done);

/* A new one of the town in that state, on the usual way. */
struct project_id project_in_state(struct projects *w,
                                   enum project_state state);

/* liaisonctl check finds nothing. */
void projects_check(struct projects *w);

#endif
