/*
 * Whether a stranger can tell names apart: a wrong password for each NAME, in
 * turn, ROUNDS times.
 *
 *   alike PORT ROUNDS NAME NAME...
 *
 * Every answer must be the same, and every name must take as long as the
 * first. Two differ when one took longer in nearly all pairs of tries (MOST;
 * with 20 rounds chance comes as far from one half once in 50,000 times) and
 * by more than a tenth (APART), some ten milliseconds. The names take turns
 * in one run, each try from an address of its own, so that neither a busy
 * machine nor a penalty decides.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libssh/libssh.h>

enum { ROUNDS_MAX = 100, NAMES_MAX = 8, FIRST_NET = 240, A_NET = 250 };

static const double MOST = 0.9, APART = 0.1;

/* What a client learns from a try. */
struct answer {
	double took_ms;
	int result, methods;
};

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool
try(int port, const char *name, int i, struct answer *out)
{
	ssh_session s = ssh_new();
	long timeout_s = 60;
	int no = 0, yes = 1;
	char from[32];
	double start;
	bool ok;

	(void)snprintf(from, sizeof(from), "127.0.%d.%d", FIRST_NET + i / A_NET,
	               1 + i % A_NET);
	ssh_options_set(s, SSH_OPTIONS_HOST, "127.0.0.1");
	ssh_options_set(s, SSH_OPTIONS_PORT, &port);
	ssh_options_set(s, SSH_OPTIONS_BINDADDR, from);
	ssh_options_set(s, SSH_OPTIONS_USER, name);
	ssh_options_set(s, SSH_OPTIONS_TIMEOUT, &timeout_s);
	ssh_options_set(s, SSH_OPTIONS_PROCESS_CONFIG, &no);
	ssh_options_set(s, SSH_OPTIONS_NODELAY, &yes);
	ssh_options_set(s, SSH_OPTIONS_KNOWNHOSTS, "/dev/null");
	ssh_options_set(s, SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null");
	ok = ssh_connect(s) == SSH_OK &&
	     ssh_userauth_none(s, NULL) == SSH_AUTH_DENIED;
	if (ok) {
		start = now_ms();
		out->result = ssh_userauth_password(s, NULL, "wrong");
		out->took_ms = now_ms() - start;
		out->methods = ssh_userauth_list(s, NULL);
		ok = out->result != SSH_AUTH_ERROR;
	}
	if (!ok)
		(void)fprintf(stderr, "%s: %s\n", name, ssh_get_error(s));
	ssh_disconnect(s);
	ssh_free(s);
	return ok;
}

static int
by_time(const void *a, const void *b)
{
	double x = ((const struct answer *)a)->took_ms;
	double y = ((const struct answer *)b)->took_ms;

	return (x > y) - (x < y);
}

/* The part of all pairs in which a took longer than b. */
static double
longer(const struct answer *a, const struct answer *b, int n)
{
	int count = 0;

	for (int i = 0; i < n; i++)
		for (int k = 0; k < n; k++)
			count += a[i].took_ms > b[k].took_ms;
	return (double)count / (n * n);
}

/* Both sorted; prints what it found. */
static bool
is_alike(const char *name, const struct answer *a, const char *other,
         const struct answer *b, int n)
{
	double part = longer(a, b, n);
	double x = a[n / 2].took_ms, y = b[n / 2].took_ms;
	double apart = x > y ? (x - y) / x : (y - x) / y;
	bool alike = (part < MOST && part > 1 - MOST) || apart < APART;

	(void)printf("%s %.1f ms, %s %.1f ms; longer in %.0f %% of the pairs: "
	             "%s\n",
	             name, x, other, y, 100 * part, alike ? "alike" : "APART");
	return alike;
}

static bool
same_answers(const struct answer *all, int n, const struct answer *first)
{
	for (int i = 0; i < n; i++)
		if (all[i].result != first->result ||
		    all[i].methods != first->methods) {
			(void)printf("answers differ: %d %d, %d %d\n",
			             all[i].result, all[i].methods,
			             first->result, first->methods);
			return false;
		}
	return true;
}

static int
number(const char *text)
{
	return (int)strtol(text, NULL, 10);
}

int
main(int argc, char **argv)
{
	static struct answer all[NAMES_MAX][ROUNDS_MAX];
	int n = argc - 3, rounds = argc > 2 ? number(argv[2]) : 0;
	char **names = argv + 3;
	bool ok = true;

	if (n < 2 || n > NAMES_MAX || rounds < 10 || rounds > ROUNDS_MAX) {
		(void)fputs("usage: alike PORT ROUNDS NAME NAME...\n", stderr);
		return 2;
	}
	for (int i = 0; i < rounds; i++)
		for (int k = 0; k < n; k++) {
			int who = (i + k) % n;

			if (!try(number(argv[1]), names[who], i * n + k,
			         &all[who][i]))
				return 1;
		}
	for (int k = 0; k < n; k++) {
		qsort(all[k], (size_t)rounds, sizeof(all[k][0]), by_time);
		ok &= same_answers(all[k], rounds, &all[0][0]);
		if (k > 0)
			ok &= is_alike(names[0], all[0], names[k], all[k],
			               rounds);
	}
	return ok ? 0 : 1;
}
