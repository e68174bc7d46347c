#include "server/lib/loop.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "db/base/arena.h"
#include "db/base/log.h"

struct watch {
	struct watch *next;
	int fd;
	bool removed;
	void (*fn)(void *data);
	void *data;
};

struct timer {
	struct timer *next;
	int64_t at_ms;
	void (*fn)(void *data);
	void *data;
};

struct loop {
	int epoll;
	bool stopped;
	struct watch *watches;
	bool dirty; /* some are removed: free them after the round */
	struct timer *timers;
	struct watch *signals;
	int signal_fd;
	void (*on_signal)(void *data, int sig);
	void *signal_data;
};

enum { ROUND = 64 };

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct loop *
loop_new(void)
{
	struct loop *l = xcalloc(1, sizeof(*l));

	l->signal_fd = -1;
	l->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (l->epoll < 0)
		abort();
	return l;
}

static void
sweep(struct loop *l)
{
	struct watch **at = &l->watches;

	if (!l->dirty)
		return;
	while (*at != NULL) {
		struct watch *w = *at;

		if (w->removed) {
			*at = w->next;
			free(w);
		} else {
			at = &w->next;
		}
	}
	l->dirty = false;
}

void
loop_free(struct loop *l)
{
	if (l == NULL)
		return;
	if (l->signal_fd >= 0) {
		loop_remove(l, l->signals);
		(void)close(l->signal_fd);
	}
	while (l->timers != NULL)
		loop_cancel(l, l->timers);
	for (struct watch *w = l->watches; w != NULL; w = w->next)
		loop_remove(l, w);
	sweep(l);
	(void)close(l->epoll);
	free(l);
}

struct watch *
loop_read(struct loop *l, int fd, void (*fn)(void *data), void *data)
{
	struct watch *w = xcalloc(1, sizeof(*w));
	struct epoll_event ev = {.events = EPOLLIN, .data.ptr = w};

	w->fd = fd;
	w->fn = fn;
	w->data = data;
	w->next = l->watches;
	l->watches = w;
	if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, fd, &ev) != 0)
		log_error("watch fd=%d errno=%d", fd, errno);
	return w;
}

void
loop_remove(struct loop *l, struct watch *w)
{
	if (w == NULL || w->removed)
		return;
	(void)epoll_ctl(l->epoll, EPOLL_CTL_DEL, w->fd, NULL);
	w->removed = true;
	l->dirty = true;
}

struct timer *
loop_after(struct loop *l, int ms, void (*fn)(void *data), void *data)
{
	struct timer *t = xcalloc(1, sizeof(*t));

	t->at_ms = now_ms() + ms;
	t->fn = fn;
	t->data = data;
	t->next = l->timers;
	l->timers = t;
	return t;
}

/* Take t out of the list; false when it is not in it. */
static bool
unlink_timer(struct loop *l, const struct timer *t)
{
	for (struct timer **p = &l->timers; *p != NULL; p = &(*p)->next)
		if (*p == t) {
			*p = t->next;
			return true;
		}
	return false;
}

void
loop_cancel(struct loop *l, struct timer *t)
{
	if (t != NULL && unlink_timer(l, t))
		free(t);
}

/* Run what is due; returns how long epoll may sleep. */
static int
run_timers(struct loop *l)
{
	for (;;) {
		int64_t now = now_ms();
		struct timer *first = l->timers;

		for (struct timer *t = first; t != NULL; t = t->next)
			if (t->at_ms < first->at_ms)
				first = t;
		if (first == NULL)
			return -1;
		if (first->at_ms > now)
			return (int)(first->at_ms - now);
		(void)unlink_timer(l, first);
		first->fn(first->data);
		free(first);
		if (l->stopped)
			return 0;
	}
}

static void
on_signal_fd(void *data)
{
	struct loop *l = data;
	struct signalfd_siginfo info;

	while (read(l->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info))
		l->on_signal(l->signal_data, (int)info.ssi_signo);
}

int
loop_signals(struct loop *l, const int *list, void (*fn)(void *data, int sig),
             void *data)
{
	sigset_t set;

	(void)sigemptyset(&set);
	for (int i = 0; list[i] != 0; i++)
		(void)sigaddset(&set, list[i]);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return ERR_IO;
	l->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (l->signal_fd < 0)
		return ERR_IO;
	l->on_signal = fn;
	l->signal_data = data;
	l->signals = loop_read(l, l->signal_fd, on_signal_fd, l);
	return OK;
}

void
loop_run(struct loop *l)
{
	struct epoll_event ev[ROUND];

	l->stopped = false;
	while (!l->stopped) {
		int n = epoll_wait(l->epoll, ev, ROUND, run_timers(l));

		for (int i = 0; i < n && !l->stopped; i++) {
			struct watch *w = ev[i].data.ptr;

			if (!w->removed)
				w->fn(w->data);
		}
		sweep(l);
	}
}

void
loop_stop(struct loop *l)
{
	l->stopped = true;
}
