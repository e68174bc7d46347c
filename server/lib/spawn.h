/*
 * Start one of our programs with the descriptors it is meant to have and no
 * other, and what a process does when it begins.
 */
#ifndef SERVER_LIB_SPAWN_H
#define SERVER_LIB_SPAWN_H

#include <sys/types.h>

#include "db/base/err.h"

/* Where a program started by liaisond finds its wires. */
enum {
	SPAWN_WIRE = 3,  /* the wire to liaisond */
	SPAWN_LISTEN = 4 /* liaison-net and liaison-web: the listening socket */
};

/*
 * Run the program called name, from the folder this program lies in, with
 * argv (argv[0] is set to name) and fds[i] as its descriptor 3 + i; all
 * other descriptors but 0, 1, 2 are closed, signals as at boot.
 * Errors: ERR_IO (could not fork).
 */
int spawn(const char *name, char *const argv[], const int *fds, int fd_count,
          pid_t *pid) MUST_CHECK;

/* After fork, in the child: no descriptor but 0, 1, 2 and keep[], signals
 * as at boot. keep must be ascending and all at least 3. */
void spawn_isolate(const int *keep, int n);

/* Begin: closed to debuggers and dumps, gaining no rights by what is run;
 * ignore SIGPIPE, give descriptors 0, 1, 2 when missing, allow as
 * many descriptors as the system lets us. */
void process_begin(void);

#endif
