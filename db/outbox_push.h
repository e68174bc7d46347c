/*
 * Lines of the outbox that are pushed to their group, where it can be written
 * to: whose turn it is, where it goes, and what became of it. A line counts a
 * try before it is sent, so a kill in between sends it again; a line that is
 * on its way is told with no answer. Source: domain.md, Robot.
 */
#ifndef DB_OUTBOX_PUSH_H
#define DB_OUTBOX_PUSH_H

#include "db/outbox.h"

enum { PUSH_TRIES = 4, PUSH_HOST = 253 };

/* Why a line has not arrived; the first two are not tried again. */
enum push_fault {
	PUSH_ADDRESS, /* no address that may be written to */
	PUSH_FOREIGN, /* its host is not on the list */
	PUSH_NAME,    /* its host was not found */
	PUSH_CONNECT, /* nobody there */
	PUSH_TLS,
	PUSH_TIME,
	PUSH_REFUSED, /* the answer says so */
	PUSH_ANSWER,  /* that is none of the chat's, or has no end */
	PUSH_BROKEN,  /* our process ended meanwhile */
	PUSH_FAULTS
};
extern const struct enum_name push_faults[];

/* Lines of one group, in one text. */
struct push {
	const char *address; /* a secret */
	const char *text;
	int64_t ids[OUTBOX_TOLD];
	int n;
};

/*
 * Take the lines of the group whose turn it is at now (the system's clock):
 * each counts one more try and comes again 1, 5 and 30 minutes later. Lines
 * that cannot go anywhere (no session there that is open, and fixed is ""),
 * are older than a day or struck out are left to the next answer. c is the
 * system's, out in a, in the current language.
 * Errors: ERR_NOT_FOUND (none is due), ERR_BUSY, ERR_STORE.
 */
int push_claim(struct ctx *c, struct arena *a, struct instant now,
               const char *fixed, struct push *out) MUST_CHECK;
/* It arrived. */
int push_done(struct ctx *c, const struct push *p) MUST_CHECK;
/* It did not; after the last try, or for what no try helps, it is given up. */
int push_failed(struct ctx *c, const struct push *p,
                enum push_fault fault) MUST_CHECK;

/* May address be written to: https, its host among hosts (blanks between);
 * plain http on 127.0.0.1 only. Its host and port; false: *fault says why. */
bool push_may(const char *address, const char *hosts, char host[PUSH_HOST + 1],
              int *port, enum push_fault *fault);

/* A line that no group has heard. */
struct push_line {
	int64_t id;
	const char *text;
	struct instant made_at;
	int64_t tries;
	const char *fault; /* label in the current language; "" none */
	bool given_up;
};
/* The newest max of matters in one's scope, those given up first.
 * Errors: ERR_DENIED (without opinion.triage). */
int push_waiting(struct ctx *c, struct arena *a, int max,
                 struct push_line **rows, int *n) MUST_CHECK;
/* How many wait for a try, and how many were given up, among the newest
 * few thousand lines. */
int push_count(struct ctx *c, int64_t *waiting, int64_t *given_up) MUST_CHECK;

#endif
