/*
 * Two units made through the public calls: a town (周王庙镇) and a
 * subdistrict (硖石街道), each with a station, a room, a group, three
 * deputies and an account of every role. Accounts of the first are called
 * town, station, vice, officer, deputy, those of the second end in 2; admin,
 * auditor, county and leader are the county's.
 */
#ifndef TESTS_UNIT_FIXTURE_ORG_H
#define TESTS_UNIT_FIXTURE_ORG_H

#include "db/ids.h"
#include "tests/unit/fixture.h"

enum { ORG_DEPUTIES = 3 };

struct org_unit {
	struct unit_id unit;
	struct station_id station;
	struct place_id room;
	struct deputy_group_id group;
	struct person_id deputies[ORG_DEPUTIES]; /* the first has an account */
};

struct org {
	struct fixture *f;
	struct term_id county_term, town_term;
	struct org_unit units[2];
};

/* cmocka's setup and teardown: *state is a struct org. */
int org_setup(void **state);
int org_teardown(void **state);

/* The context of an account. */
void org_ctx(struct org *o, const char *account, struct ctx *c);
struct account_id org_account(struct org *o, const char *name);

/* What the audit and the events count, to compare before and after. */
int64_t org_audits(struct org *o);

/* The newest event is struck out by the system; then every table but those
 * of events is as before says (of fixture_dump). */
void org_strike_restores(struct org *o, const char *before);

/* liaisonctl check finds nothing. */
void org_check(struct org *o);

/* The last round of checks found one fault, of field. */
void org_assert_fault(const struct ctx *c, const char *field);

#endif
