/*
 * One poll loop for everything a scene talks to: terminals, the server's
 * log, the output of commands. Nothing in the driver sleeps; it waits here
 * for descriptors, with a deadline.
 */
#ifndef TESTS_E2E_LOOP_H
#define TESTS_E2E_LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/base/buf.h"

/* n bytes arrived; n is 0 once, at the end, and the descriptor is closed. */
typedef void loop_got(void *owner, const char *data, size_t n);

struct chan {
	int fd;
	loop_got *got;
	void *owner;
	struct buf out; /* not yet written */
};

struct loop {
	struct chan chan[32];
	int count;
};

/* The loop owns fd from here on. */
void loop_add(struct loop *l, int fd, loop_got *got, void *owner);
/* Forget and close fd without calling got. */
void loop_remove(struct loop *l, int fd);
/* Queue n bytes for fd; they leave while the loop steps. */
void loop_send(struct loop *l, int fd, const char *data, size_t n);
/* Whether bytes queued for fd have not left yet. */
bool loop_pending(const struct loop *l, int fd);

/* Wait at most timeout_ms for anything, and handle it. False: nothing. */
bool loop_step(struct loop *l, int timeout_ms);

/* Milliseconds of the monotonic clock, and how many are left (0 when past). */
int64_t now_ms(void);
int left_ms(int64_t deadline_ms);

#endif
