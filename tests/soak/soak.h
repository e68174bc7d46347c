/*
 * The soak: a site, people at work on it, and somebody who kills its
 * processes. What people's screens acknowledged is in the ledger, and is
 * compared with the database in the end.
 */
#ifndef TESTS_SOAK_SOAK_H
#define TESTS_SOAK_SOAK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

#include "tests/bench/client.h"

enum { ENTRIES_MAX = 65536, TITLE_BYTES = 32 };

enum entry_state {
	ENTRY_TYPED, /* never asked to be saved: it may not be there */
	ENTRY_ASKED, /* asked, but no answer came: there, or not */
	ENTRY_SAVED  /* the screen said so: there, once */
};

struct entry {
	char title[TITLE_BYTES];
	atomic_int state;
};

/* What all processes of the soak share. */
struct shared {
	atomic_bool over;
	atomic_int keys, sign_ins, cuts, stalls, answered;
	atomic_int kept;   /* drafts and sessions that were found again */
	atomic_int faults; /* each has been said */
	atomic_int entries;
	struct entry ledger[ENTRIES_MAX];
};

struct soak {
	const char *config, *program; /* of liaisond */
	struct target at;
	unsigned seed;
	double begin_ms, end_ms;
	struct shared *shared;
};

/* Said, counted, and in the end the soak has failed. */
void fault(const struct soak *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The same numbers for the same seed. */
unsigned chance(unsigned *state, unsigned below);

/* writer.c, presser.c: what they do until it is over. */
void writer_run(const struct soak *s, int number);
void presser_run(const struct soak *s, int number, int sessions);

/* ledger.c: a new entry, typed; and the comparison in the end. */
struct entry *ledger_add(const struct soak *s, int writer);
void ledger_compare(const struct soak *s, const char *database);

/* site.c: the server and its processes, orphans too. */
pid_t site_start(const struct soak *s);
void site_stop(const struct soak *s, pid_t liaisond);

struct census {
	int processes;
	int descriptors; /* of all of them */
	long memory_kb;
};
struct census site_census(const struct soak *s);
/* Until no more than that many are left; at most ms. */
struct census site_settle(const struct soak *s, int processes, int ms);

/* Kill one process, of the kind at that place in the order or, past it, by
 * chance; gentle: only one that serves a single person. Returns whether it
 * was liaisond. */
bool site_kill(const struct soak *s, pid_t liaisond, int order, bool gentle,
               unsigned *state);
/* How often each kind was killed, as a line. */
void site_say_kills(void);

#endif
