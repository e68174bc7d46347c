/*
 * Two units with everything in them, so that a test can ask "what does this
 * role of that unit see". Unit 1 is a town, unit 2 a subdistrict. Rows of
 * unit u have numbers u * 100 + something; county people have 1..9.
 */
#ifndef TESTS_UNIT_FIXTURE_WORLD_H
#define TESTS_UNIT_FIXTURE_WORLD_H

#include "tests/unit/fixture.h"

/* Roles in the order of the role table. */
extern const char *const world_roles[];
enum { WORLD_ROLES = 10, WORLD_UNITS = 2 };

/* People of unit u: number u * 100 + this. */
enum {
	WORLD_STAFF = 4, /* 4..7: unit staff, head, vice head, officer */
	WORLD_ORGAN = 9,
	WORLD_DEPUTY = 10, /* 10, 11, 12: deputies; 10 has the account */
};

/* Opinions of unit u: u * 100 nobody's, with the office; + 1 to deputy 10;
 * + 2 to deputy 11, with the county's office; + 3 to deputy 11, merged into
 * + 1; + 4 accompanied by deputy 10, converted. */

/* Projects of unit u: u * 100 + 90, running, led by the office, deputy 10 is
 * its team; + 91 inspected. Tasks u * 100 an opinion of deputy 10, + 1 of
 * deputy 11, + 2 a finding of 11 that is the unit's to answer. Ratings of 10,
 * 11, nobody. */

/* Activities of unit u: u * 100 + enum activity_state, one in each state;
 * deputies 10 and 11 are on the roll of each, 10 signed in where it could,
 * 11 absent there; 12 is on none. Participants: activity * 10 + 0 or 1.
 * Duty records have their participant's number. Codes: the activity's. */
void world_make(struct fixture *f);

/* The context of role (a name) in unit 1 or 2; county roles ignore unit. */
void world_ctx(struct fixture *f, const char *role, int unit, struct ctx *c);

/* The person behind it. */
int64_t world_person(const char *role, int unit);

#endif
