/*
 * A link that can stall: a process between a client and a server which stops
 * carrying what the server sends, while keys still arrive.
 */
#ifndef TESTS_BENCH_RELAY_H
#define TESTS_BENCH_RELAY_H

#include <stdbool.h>
#include <sys/types.h>

struct relay {
	int port; /* connect here instead */
	int tell;
	pid_t pid;
};

/* One connection to port of 127.0.0.1; false: none could be made. */
bool relay_start(struct relay *r, int port);
void relay_stall(struct relay *r);
void relay_resume(struct relay *r);
void relay_end(struct relay *r);

#endif
