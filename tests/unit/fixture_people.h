/*
 * On top of fixture_rows: a person of every role with an account, in two
 * units, each with the context they would work in.
 */
#ifndef TESTS_UNIT_FIXTURE_PEOPLE_H
#define TESTS_UNIT_FIXTURE_PEOPLE_H

#include "db/activity.h"
#include "db/participant.h"
#include "tests/unit/fixture.h"

struct people {
	struct ctx admin, county, leader;
	struct ctx unit, head, officer;       /* of unit 1 */
	struct ctx deputy1, deputy3, deputy5; /* persons 1, 3, 5 of unit 1 */
	struct ctx unit2, officer2, deputy2;  /* of unit 2 */
};

void people_open(struct fixture *f, struct people *p);
/* Stop everybody's clock at that time of 2026-03-29. */
void people_at(struct fixture *f, struct people *p, int hour, int minute);
/* In table order, for tests of every role: 12 of them. */
struct ctx *people_all(struct people *p, int i);

/* A form as the unit's clerk fills it: 2026-03-29 15:00-16:00, window 30
 * minutes before and after. */
struct activity people_entry(void);
/* That activity, published, deputies 1 and 3 invited. */
struct activity_id people_activity(struct fixture *f, struct people *p);
/* The short code of an activity; in f->a. */
const char *people_code(struct fixture *f, struct activity_id id);
/* Sign in by that code; fails the test on an error. */
void people_sign_in(struct fixture *f, struct ctx *c, struct activity_id id);
/* The place of a person on the roll, as the system sees it. */
struct participant people_place(struct fixture *f, struct activity_id id,
                                int64_t person);

/* All counters recounted from the rows; fails the test on a difference. */
void people_recount(struct fixture *f);
/* Duty records there are. */
int64_t people_records(struct fixture *f);

#endif
