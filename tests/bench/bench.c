/*
 * The project's benchmark, against servers that tests/bench/run has started:
 *   bench budget KEYFILE OUR-PORT OUR-PID SSHD-PORT SSHD-PID SSHD-USER [STEP]
 *   bench walk KEYFILE PORT SCALE
 * The first prints design.md's table of budgets with what was measured, the
 * second the times of the screens. Ends 1 when a "must" is missed.
 */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "db/base/err.h"

enum how { RATIO, FASTER, VALUE };

static const struct {
	const char *step, *what, *unit;
	enum how how;
	double must, aim;
} budgets[] = {
#define BUDGET(row, step, what, unit, how, must, aim)                          \
	{step, what, unit, how, must, aim},
#include "tests/bench/budget.def"
#undef BUDGET
};

void
give_up(const char *what, const char *why)
{
	(void)fprintf(stderr, "bench: %s: %s\n", what, why);
	exit(EX_UNAVAILABLE);
}

static bool
holds(enum budget row, double judged, double limit)
{
	return budgets[row].how == FASTER ? judged >= limit : judged <= limit;
}

static bool
print_row(const struct bench *b, enum budget row)
{
	const double *f = b->figures[row];
	double ratio = f[SSHD] > 0 ? f[OURS] / f[SSHD] : 0;
	double judged = budgets[row].how == VALUE ? f[OURS] : ratio;
	bool good = holds(row, judged, budgets[row].must);

	printf("%-39s %9.1f %9.1f %-2s %6.2f %7g %6g  %s\n", budgets[row].what,
	       f[OURS], f[SSHD], budgets[row].unit, ratio, budgets[row].must,
	       budgets[row].aim,
	       !good                                  ? "FAIL"
	       : holds(row, judged, budgets[row].aim) ? "pass, aim met"
	                                              : "pass");
	return good;
}

static int
print_table(const struct bench *b, const char *only)
{
	int missed = 0;

	printf("%-39s %9s %9s %-2s %6s %7s %6s\n", "", "liaison", "sshd", "",
	       "ratio", "must", "aim");
	for (int i = 0; i < BUDGETS; i++)
		if (only == NULL || strcmp(only, budgets[i].step) == 0)
			missed += !print_row(b, (enum budget)i);
	return missed;
}

static const struct {
	const char *name;
	void (*measure)(struct bench *b);
} steps[] = {
    {"sign-in", measure_sign_in}, {"bytes", measure_bytes},
    {"backlog", measure_backlog}, {"keys", measure_keys},
    {"idle", measure_idle},       {"rate", measure_rate},
    {"search", measure_search},   {"suggest", measure_suggest},
};

static int
number(const char *text)
{
	return (int)strtol(text, NULL, 10);
}

static int
measure_budgets(ssh_key key, char **argv, const char *only)
{
	static struct bench b;

	b.quick = getenv("BENCH_QUICK") != NULL;
	b.servers[OURS] = (struct server){
	    .at = {.host = "127.0.0.1", .port = number(argv[0]), .key = key},
	    .pid = number(argv[1]),
	    .user = "town",
	    .mark = "工作台",
	    .list = "2",
	};
	b.servers[SSHD] = (struct server){
	    .at = {.host = "127.0.0.1", .port = number(argv[2]), .key = key},
	    .pid = number(argv[3]),
	    .user = argv[4],
	    .mark = "F10",
	    .list = "",
	};
	for (size_t i = 0; i < COUNT(steps); i++)
		if (only == NULL || strcmp(only, steps[i].name) == 0) {
			(void)fprintf(stderr, "bench: %s\n", steps[i].name);
			steps[i].measure(&b);
		}
	return print_table(&b, only);
}

int
main(int argc, char **argv)
{
	struct target t = {.host = "127.0.0.1"};
	int missed;

	if (argc != 8 && argc != 9 && argc != 5) {
		(void)fputs("bench is started by tests/bench/run\n", stderr);
		return EX_USAGE;
	}
	if (ssh_pki_import_privkey_file(argv[2], NULL, NULL, NULL, &t.key) !=
	    SSH_OK)
		give_up(argv[2], "no key");
	if (strcmp(argv[1], "budget") == 0 && argc >= 8) {
		missed = measure_budgets(t.key, argv + 3, argv[8]);
	} else {
		t.port = number(argv[3]);
		missed = walk_screens(&t, argv[4]);
	}
	ssh_key_free(t.key);
	return missed == 0 ? 0 : 1;
}
