/*
 * What the tests of db/ stand on: a real database file at the newest
 * schema, a clock stopped at 2026-03-29 14:02 in Shanghai, and a context of
 * the system.
 */
#ifndef TESTS_UNIT_FIXTURE_H
#define TESTS_UNIT_FIXTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/attachment.h"
#include "db/base/arena.h"
#include "db/base/secret_box.h"
#include "db/store/ctx.h"
#include "db/store/event.h"
#include "db/store/list.h"
#include "db/store/store.h"

struct fixture {
	char dir[96];
	char path[112]; /* the database */
	struct store *store;
	struct ctx ctx; /* the system's */
	struct arena *a;
};

/* The key that contacts of its store are sealed for. */
void fixture_contact_key(struct secret_box_key *out);

/* cmocka's setup and teardown: *state is a struct fixture. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* Run sql as one event of the system about kind and id (no permission is
 * asked); returns the event's number. Fails the test on an error. */
int64_t fixture_event(struct fixture *f, enum action action,
                      enum entity_kind kind, int64_t id, const char *sql);

/* Rows without entities' code: units 1 and 2, stations 1 and 2, persons 1
 * to 6 (odd ones of unit 1), a term, mandates of the same numbers, an
 * activity 1 and 2, one in each unit. */
void fixture_rows(struct fixture *f);

/* A document with that content, on the disk, its strings in f->a. */
struct attachment_file fixture_file(struct fixture *f, const char *content);

/* Another process writes between what a call reads and what it writes: sql runs
 * at the first statement after the one that has after in it. Lasts until
 * done, or the next; NULL: nobody does. */
struct meanwhile {
	const char *after, *sql;
	struct fixture *f; /* the fixture's */
	bool seen, done;   /* the fixture's */
};
void fixture_meanwhile(struct fixture *f, struct meanwhile *m);

/* One number that sql gives. */
int64_t fixture_int(struct fixture *f, const char *sql);

/* Every table but those that striking out may change, as text. */
const char *fixture_dump(struct fixture *f, struct arena *a);

/* Fails the test when the plan of sql scans a table that grows, or sorts. */
void fixture_plan(struct fixture *f, const char *sql);

/* The same for every statement that was prepared so far, lists apart. */
void fixture_plan_used(struct fixture *f);

/* The same for every search that was run last: it looks records up by the
 * numbers that the index gives. */
void fixture_searches(struct fixture *f);

/* The same for every order and filter of a list, as c sees it. */
void fixture_plan_list(struct fixture *f, struct ctx *c,
                       const struct list_spec *spec);

#endif
