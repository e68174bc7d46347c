/* Screens to try the frame and the widgets with: a list of 512 things, a
 * page, a form over each kind of field, a code. */
#ifndef TESTS_UNIT_FIXTURE_THINGS_H
#define TESTS_UNIT_FIXTURE_THINGS_H

#include <stdint.h>

#include "db/base/clock.h"
#include "tests/unit/fixture_term.h"

struct thing {
	int64_t id;
	const char *name;
	int64_t size;
	int kind;
	struct day on;
	struct instant at;
	const char *text;
	bool good;
	int64_t person;
	int64_t people;
	const char *pin;
};

/* What the session, a process of its own, tells the test. */
struct told {
	int opened, acted, loads, saves, save_error;
	bool ring; /* the list rings when it loads */
	bool asks; /* Enter has a contact opened */
	struct thing saved;
	char name[200], text[400];
	/* What F4 opens: 0 a new one, else an existing one of that size. */
	int64_t record, record_size;
	bool undrafted; /* the name of what F4 opens */
	int refused;    /* OK, or why no contact is opened */
	int meanwhile;  /* commits of others that the next loads miss */
};

extern struct told *told;         /* in memory shared with the session */
extern const char *things_drafts; /* their file, of sessions from now on */
extern int things_idle;           /* seconds, of sessions started from now on */
extern bool things_plain;         /* the same, in plain mode */
extern const struct key things_keys[];

/* Set up language, zone and told; a group's set up of cmocka. */
int things_begin(void **state);
/* A session of somebody who may do all but write accounts. */
struct session *start(const char *term, int columns, int rows);
/* The same with a stream that holds only buffer bytes. */
struct session *start_with(const char *term, int columns, int rows, int buffer);

#endif
