/*
 * Bad sign-ins in bulk, from many loopback addresses.
 *
 *   flood hold PORT COUNT SOURCES
 *     opens COUNT silent connections, says "held" and keeps them
 *   flood guess PORT COUNT SOURCES NAME PASSWORD MOST_MS [GOOD]
 *     tries COUNT wrong passwords for NAME, while the same person, coming
 *     from elsewhere, signs in over and over; fails when one of these
 *     sign-ins fails or takes longer than MOST_MS to the first screen (on a
 *     machine that is busy with other things: than QUIET_TIMES the slowest
 *     sign-in before the flood). Ends when all have been tried, or after
 *     GOOD sign-ins
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <libssh/libssh.h>

enum {
	WORKERS = 12,
	FIRST_NET = 2,
	A_NET = 250,
	PAUSE_US = 100000,
	QUIET = 5,
	QUIET_TIMES = 4
};

struct flood {
	int port;
	long count, sources;
	const char *name, *password;
	double most_ms;
	long good;  /* 0: until all have been tried */
	long *done; /* by each worker, in shared memory */
};

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The i-th source: 127.0.2.1, 127.0.2.2, ... */
static void
source(const struct flood *f, long i, char out[32])
{
	i %= f->sources;
	(void)snprintf(out, 32, "127.0.%ld.%ld", FIRST_NET + i / A_NET,
	               1 + i % A_NET);
}

static bool
hold_one(const struct flood *f, long i)
{
	struct sockaddr_in at = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char from[32];

	source(f, i, from);
	(void)inet_pton(AF_INET, from, &at.sin_addr);
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0) {
		at.sin_port = htons((uint16_t)f->port);
		at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
			return true; /* and it stays until we end */
	}
	(void)close(fd);
	return false;
}

static int
hold(const struct flood *f)
{
	for (long i = 0; i < f->count; i++)
		if (!hold_one(f, i)) {
			perror("hold");
			return 1;
		}
	(void)puts("held");
	(void)fflush(stdout);
	(void)pause();
	return 0;
}

static ssh_session
connect_from(const struct flood *f, const char *from)
{
	ssh_session s = ssh_new();
	long timeout_s = 30;
	int no = 0, yes = 1;

	ssh_options_set(s, SSH_OPTIONS_HOST, "127.0.0.1");
	ssh_options_set(s, SSH_OPTIONS_PORT, &f->port);
	ssh_options_set(s, SSH_OPTIONS_BINDADDR, from);
	ssh_options_set(s, SSH_OPTIONS_USER, f->name);
	ssh_options_set(s, SSH_OPTIONS_TIMEOUT, &timeout_s);
	ssh_options_set(s, SSH_OPTIONS_PROCESS_CONFIG, &no);
	ssh_options_set(s, SSH_OPTIONS_NODELAY, &yes);
	ssh_options_set(s, SSH_OPTIONS_KNOWNHOSTS, "/dev/null");
	ssh_options_set(s, SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null");
	return s;
}

static void
close_session(ssh_session s)
{
	ssh_disconnect(s);
	ssh_free(s);
}

/* Strangers have their own computers: at nice 19 ours leave the server
 * the processors, which their network packets would. */
static _Noreturn void
be_stranger(const struct flood *f, int worker)
{
	(void)setpriority(PRIO_PROCESS, 0, 19);
	for (long i = worker; i < f->count; i += WORKERS) {
		char from[32];
		ssh_session s;

		source(f, i, from);
		s = connect_from(f, from);
		if (ssh_connect(s) == SSH_OK)
			(void)ssh_userauth_password(s, NULL, "wrong");
		close_session(s);
		f->done[worker]++;
	}
	_exit(0);
}

/* Milliseconds until the first bytes of the screen; -1: was not let in. */
static double
sign_in(const struct flood *f)
{
	double start = now_ms(), took = -1;
	ssh_session s = connect_from(f, "127.0.0.1");
	ssh_channel c;
	char data[4096];

	if (ssh_connect(s) != SSH_OK ||
	    ssh_userauth_password(s, NULL, f->password) != SSH_AUTH_SUCCESS)
		goto done;
	c = ssh_channel_new(s);
	if (ssh_channel_open_session(c) == SSH_OK &&
	    ssh_channel_request_pty_size(c, "xterm-256color", 80, 24) ==
	        SSH_OK &&
	    ssh_channel_request_shell(c) == SSH_OK &&
	    ssh_channel_read_timeout(c, data, sizeof(data), 0, 30000) > 0)
		took = now_ms() - start;
	ssh_channel_free(c);
done:
	if (took < 0)
		(void)fprintf(stderr, "not let in: %s\n", ssh_get_error(s));
	close_session(s);
	return took;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static long
tried(const struct flood *f)
{
	long n = 0;

	for (int i = 0; i < WORKERS; i++)
		n += f->done[i];
	return n;
}

/* The slowest of a few sign-ins; -1: one was not let in. */
static double
measure_quiet(const struct flood *f)
{
	double slowest = 0;

	for (int i = 0; i < QUIET; i++) {
		double took = sign_in(f);

		if (took < 0)
			return -1;
		slowest = took > slowest ? took : slowest;
	}
	return slowest;
}

/* Sign in until no stranger is left, or often enough. */
static int
be_person(const struct flood *f, double quiet_ms)
{
	static double took[100000];
	int n = 0, left = WORKERS;
	double start = now_ms();

	while (left > 0 && (f->good == 0 || n < f->good) &&
	       n < (int)(sizeof(took) / sizeof(took[0]))) {
		took[n] = sign_in(f);
		if (took[n++] < 0)
			return 1;
		(void)usleep(PAUSE_US);
		while (left > 0 && waitpid(-1, NULL, WNOHANG) > 0)
			left--;
	}
	qsort(took, (size_t)n, sizeof(took[0]), by_size);
	(void)printf(
	    "%ld bad sign-ins from %ld sources in %.1f s; meanwhile "
	    "%d good ones: median %.0f ms, slowest %.0f ms (before: %.0f ms)\n",
	    tried(f), f->sources, (now_ms() - start) / 1e3, n, took[n / 2],
	    took[n - 1], quiet_ms);
	return took[n - 1] <= f->most_ms ||
	               took[n - 1] <= QUIET_TIMES * quiet_ms
	           ? 0
	           : 1;
}

static int
guess(struct flood *f)
{
	pid_t pids[WORKERS];
	double quiet_ms = measure_quiet(f);
	int status;

	if (quiet_ms < 0)
		return 1;
	f->done = mmap(NULL, sizeof(long) * WORKERS, PROT_READ | PROT_WRITE,
	               MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (f->done == MAP_FAILED)
		return 1;
	for (int i = 0; i < WORKERS; i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			be_stranger(f, i);
	}
	status = be_person(f, quiet_ms);
	for (int i = 0; i < WORKERS; i++)
		if (pids[i] > 0 && waitpid(pids[i], NULL, WNOHANG) == 0)
			(void)kill(pids[i], SIGKILL);
	return status;
}

int
main(int argc, char **argv)
{
	struct flood f = {.port = 0};

	if (argc >= 5) {
		f.port = (int)strtol(argv[2], NULL, 10);
		f.count = strtol(argv[3], NULL, 10);
		f.sources = strtol(argv[4], NULL, 10);
	}
	if (argc == 5 && f.sources > 0 && strcmp(argv[1], "hold") == 0)
		return hold(&f);
	if (argc == 9)
		f.good = strtol(argv[8], NULL, 10);
	if ((argc == 8 || argc == 9) && f.sources > 0 &&
	    strcmp(argv[1], "guess") == 0) {
		f.name = argv[5];
		f.password = argv[6];
		f.most_ms = strtod(argv[7], NULL);
		return guess(&f);
	}
	(void)fputs("usage: flood hold PORT COUNT SOURCES\n"
	            "       flood guess PORT COUNT SOURCES NAME PASSWORD "
	            "MOST_MS [GOOD]\n",
	            stderr);
	return 2;
}
