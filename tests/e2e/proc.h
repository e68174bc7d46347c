/*
 * Processes: starting one, waiting for its end with a deadline, ending a
 * whole tree of them.
 */
#ifndef TESTS_E2E_PROC_H
#define TESTS_E2E_PROC_H

#include <stdbool.h>
#include <sys/types.h>

#include "tests/e2e/loop.h"

struct proc {
	char *const *argv;      /* argv[0] is looked up in PATH */
	const char *const *env; /* "NAME=value" set, "NAME" unset; NULL ends */
	const char *dir;        /* working directory, or NULL */
	int in, out, err;       /* descriptors, or -1 for /dev/null */
};

/* Start it in a session of its own; it dies with us. -1: failed. */
pid_t proc_start(const struct proc *p);

/* In the child: environment, directory, exec; does not return. */
void proc_become(const struct proc *p) __attribute__((noreturn));

/*
 * Wait until pid ends, at most until deadline, and collect its status (as
 * a shell shows it: 128 + n for signal n). False: still running.
 */
bool proc_wait(struct loop *l, pid_t pid, int64_t deadline_ms, int *status);

/* SIGTERM, then SIGKILL to whatever of the tree is left after grace_ms. */
void proc_end(struct loop *l, pid_t pid, int grace_ms);

/* Up to most processes below root whose name is name (NULL: any). */
int proc_find(pid_t root, const char *name, pid_t *pids, int most);
/* Whether the parent of pid is one of pids. */
bool proc_is_below(pid_t pid, const pid_t *pids, int count);
/* Signal each process below root whose name is name; returns how many. */
int proc_signal(pid_t root, const char *name, int sig);

/* KB of memory that is pid's own; 0 when it is gone. */
long proc_memory_kb(pid_t pid);

/*
 * Run a command to its end; out and err get what it printed. False when it
 * could not start or the deadline passed (it is killed then).
 */
bool proc_run(struct loop *l, const struct proc *p, struct buf *out,
              struct buf *err, int64_t deadline_ms, int *status);

#endif
