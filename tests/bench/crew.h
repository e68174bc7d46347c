/*
 * Many clients: a crew of processes, each with its share of sessions, that
 * wait, press a key a second, or sign in again and again.
 */
#ifndef TESTS_BENCH_CREW_H
#define TESTS_BENCH_CREW_H

#include "tests/bench/bench.h"

enum crew_work {
	CREW_WAIT,   /* hold the sessions open */
	CREW_PRESS,  /* and press a key a second in each */
	CREW_SIGN_IN /* one session at a time, until told to end */
};

struct crew;

/* Start workers, together with that many sessions; returns when all are
 * open (or, signing in, at once). */
struct crew *crew_start(const struct server *s, enum crew_work work,
                        int workers, int sessions);
/* Let them wait, or go on. */
void crew_pause(struct crew *crew, bool paused);
/* End them; *done and *failed (may be NULL) count sign-ins. */
void crew_end(struct crew *crew, int *done, int *failed);

#endif
