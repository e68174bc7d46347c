/*
 * The benchmark's parts: two servers, measured in turn in one run, and the
 * table of budgets that the figures are judged by.
 */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include <stdbool.h>
#include <sys/types.h>

#include "tests/bench/client.h"

enum budget {
#define BUDGET(row, step, what, unit, how, must, aim) BUDGET_##row,
#include "tests/bench/budget.def"
#undef BUDGET
	BUDGETS
};

enum { OURS, SSHD, SERVERS };

/* A server that is measured. */
struct server {
	struct target at;
	const char *user;
	const char *mark; /* stands on a first screen that is complete */
	const char *list; /* keys from there to the list */
	pid_t pid;        /* its processes are this one and those below */
};

struct bench {
	struct server servers[SERVERS];
	bool quick; /* fewer of everything; figures are rougher */
	double figures[BUDGETS][SERVERS];
};

/* What could not be measured ends the run. */
_Noreturn void give_up(const char *what, const char *why);

/* measure.c: each fills the figures it is named for. */
void measure_sign_in(struct bench *b);
void measure_rate(struct bench *b);
void measure_bytes(struct bench *b);
void measure_backlog(struct bench *b);
/* search.c: a database of its own. */
void measure_search(struct bench *b);
/* suggest.c: a database of its own. */
void measure_suggest(struct bench *b);
/* many.c: with hundreds of sessions. */
void measure_idle(struct bench *b);
void measure_keys(struct bench *b);

/* walk.c: times of the screens of a site at that scale; 0 when all stay
 * within the budget. */
int walk_screens(const struct target *t, const char *scale);

/* Of n values, sorted in place: the one that share (0..1) are below. */
double quantile(double *values, int n, double share);

/* tree.c: all processes from pid downwards. */
struct tree {
	int processes;
	long pss_kb;
	double cpu_s;
};
struct tree tree_of(pid_t pid);

#endif
