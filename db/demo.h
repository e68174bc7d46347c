/*
 * A synthetic county for a demo site and for measuring: fixed by its seed,
 * made through the same calls as everything else, under a stopped clock
 * that is moved day by day.
 */
#ifndef DB_DEMO_H
#define DB_DEMO_H

#include "db/base/clock.h"
#include "db/store/ctx.h"

struct demo_options {
	int scale;        /* 1: the real size; 0 reads as 1 */
	uint64_t seed;    /* 0 reads as 1 */
	struct day today; /* none: the day of ctx_now */
	/* A fraction of scale 1 for tests: activities = 6128 * scale / part;
	 * 0 and 1: the whole. */
	int part;
};

enum { DEMO_ACTIVITIES = 6128, DEMO_RECORDS = 50343, DEMO_OPINIONS = 4562 };

/* Fill an empty site; c is a system context on a STORE_BULK store. progress
 * (may be NULL) is called now and then with permille done. One transaction.
 * Errors: ERR_EXISTS (the site has units already), ERR_STORE, ERR_FULL. */
int demo_make(struct ctx *c, const struct demo_options *options,
              void (*progress)(void *data, int permille),
              void *data) MUST_CHECK;

#endif
