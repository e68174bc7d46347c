/* The crew; see crew.h. What workers tell is counted in shared memory. */
#include "tests/bench/crew.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/base/arena.h"

enum {
	WORKERS_MAX = 64,
	SCREEN_MS = 30000,
	OPEN_MS = 240000, /* all sessions, on a busy machine */
	SECOND_US = 1000000,
	STEP_US = 20000
};

struct shared {
	atomic_int ready, done, failed;
	atomic_bool over, paused;
};

struct crew {
	struct shared *shared;
	pid_t pids[WORKERS_MAX];
	int workers;
};

static bool
open_one(struct client *c, const struct server *s)
{
	return client_open(c, &s->at, s->user) &&
	       client_await(c, s->mark, SCREEN_MS);
}

static void
drain(struct client *c)
{
	char data[16384];

	while (ssh_channel_read_nonblocking(c->channel, data, sizeof(data), 0) >
	       0)
		;
}

/* A key a second in each, evenly spread, answers read as they come. */
static void
press(struct shared *shared, struct client *clients, int n)
{
	for (int round = 0; !shared->over; round++)
		for (int i = 0; i < n && !shared->over; i++) {
			while (shared->paused && !shared->over)
				(void)usleep(STEP_US);
			(void)client_send(&clients[i],
			                  round % 2 ? "\033[A" : "\033[B");
			(void)usleep((useconds_t)(SECOND_US / n));
			drain(&clients[i]);
		}
}

static void
hold(struct shared *shared, const struct server *s, enum crew_work work, int n)
{
	struct client *clients = calloc((size_t)n, sizeof(*clients));

	for (int i = 0; i < n; i++) {
		if (clients == NULL || !open_one(&clients[i], s)) {
			shared->failed++;
			return;
		}
		if (work == CREW_PRESS)
			(void)client_send(&clients[i], s->list);
		shared->ready++;
	}
	if (work == CREW_PRESS)
		press(shared, clients, n);
	while (!shared->over)
		(void)usleep(STEP_US);
}

static void
sign_in(struct shared *shared, const struct server *s)
{
	while (!shared->over) {
		struct client c;

		if (open_one(&c, s))
			shared->done++;
		else if (!shared->over)
			shared->failed++;
		client_close(&c);
	}
}

static _Noreturn void
work_on(struct shared *shared, const struct server *s, enum crew_work work,
        int n)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (work == CREW_SIGN_IN)
		sign_in(shared, s);
	else
		hold(shared, s, work, n);
	_exit(0);
}

static void
await_all(const struct shared *shared, int sessions)
{
	double end = now_ms() + OPEN_MS;

	while (shared->ready < sessions && shared->failed == 0 &&
	       now_ms() < end)
		(void)usleep(STEP_US);
	if (shared->ready < sessions)
		give_up("sessions", "not all could be opened");
}

struct crew *
crew_start(const struct server *s, enum crew_work work, int workers,
           int sessions)
{
	struct crew *crew = xcalloc(1, sizeof(*crew));
	void *page = mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE,
	                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		give_up("crew", "no memory");
	crew->shared = page;
	for (int i = 0; i < workers; i++) {
		int share =
		    sessions * (i + 1) / workers - sessions * i / workers;
		pid_t pid = fork();

		if (pid == 0)
			work_on(crew->shared, s, work, share);
		if (pid < 0)
			give_up("crew", "cannot fork");
		crew->pids[crew->workers++] = pid;
	}
	if (work != CREW_SIGN_IN)
		await_all(crew->shared, sessions);
	return crew;
}

void
crew_pause(struct crew *crew, bool paused)
{
	crew->shared->paused = paused;
}

void
crew_end(struct crew *crew, int *done, int *failed)
{
	crew->shared->over = true;
	for (int i = 0; i < crew->workers; i++)
		(void)waitpid(crew->pids[i], NULL, 0);
	if (done != NULL)
		*done = crew->shared->done;
	if (failed != NULL)
		*failed = crew->shared->failed;
	(void)munmap(crew->shared, sizeof(struct shared));
	free(crew);
}
