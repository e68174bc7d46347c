/*
 * A bounded wait in the kernel's own queue. Polling LOCK_NB would be
 * bounded too, but who polls often wins and the others starve; and SQLite's
 * own back-off starves writers for seconds (measured). So we sleep in
 * flock(2), and a timer of this thread interrupts it when the time is up.
 */
#include "db/store/lock.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "db/base/clock.h"

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

/* Ticks go on after the first, in case it arrives just before flock. */
enum { TICK_MS = 100 };

static void
on_tick(int signal)
{
	(void)signal;
}

static bool
timer_begin(timer_t *timer, int ms, struct sigaction *old)
{
	struct sigaction sa = {.sa_handler = on_tick};
	struct sigevent ev = {.sigev_notify = SIGEV_THREAD_ID,
	                      .sigev_signo = SIGRTMIN + 4};
	struct itimerspec when = {
	    .it_value = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L},
	    .it_interval = {.tv_nsec = TICK_MS * 1000000L}};

	ev.sigev_notify_thread_id = (int)syscall(SYS_gettid);
	if (sigaction(SIGRTMIN + 4, &sa, old) != 0)
		return false;
	if (timer_create(CLOCK_MONOTONIC, &ev, timer) != 0) {
		sigaction(SIGRTMIN + 4, old, NULL);
		return false;
	}
	timer_settime(*timer, 0, &when, NULL);
	return true;
}

int
lock_take(int fd, int ms)
{
	int64_t until = clock_monotonic_ms() + ms;
	struct sigaction old;
	timer_t timer;
	int rc;

	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return OK;
	if (errno != EWOULDBLOCK && errno != EINTR)
		return ERR_IO;
	if (!timer_begin(&timer, ms, &old))
		return ERR_IO;
	do
		rc = flock(fd, LOCK_EX);
	while (rc != 0 && errno == EINTR && clock_monotonic_ms() < until);
	timer_delete(timer);
	sigaction(SIGRTMIN + 4, &old, NULL);
	if (rc == 0)
		return OK;
	return errno == EINTR ? ERR_BUSY : ERR_IO;
}

void
lock_give(int fd)
{
	if (fd >= 0)
		flock(fd, LOCK_UN);
}
