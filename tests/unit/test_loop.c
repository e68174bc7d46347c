/* The event loop: watches, timers and signals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <unistd.h>

#include "server/lib/loop.h"

struct bench {
	struct loop *loop;
	struct watch *a, *b;
	int pipe_a[2], pipe_b[2];
	int fired, signals;
};

/* Whichever comes first removes both, so the other must not be called. */
static void
remove_both(void *data)
{
	struct bench *x = data;

	x->fired++;
	loop_remove(x->loop, x->a);
	loop_remove(x->loop, x->b);
	loop_stop(x->loop);
}

static void
an_event_of_a_removed_watch_is_dropped(void **state)
{
	struct bench x = {.loop = loop_new()};

	(void)state;
	assert_int_equal(pipe(x.pipe_a), 0);
	assert_int_equal(pipe(x.pipe_b), 0);
	x.a = loop_read(x.loop, x.pipe_a[0], remove_both, &x);
	x.b = loop_read(x.loop, x.pipe_b[0], remove_both, &x);
	assert_int_equal(write(x.pipe_a[1], "x", 1), 1);
	assert_int_equal(write(x.pipe_b[1], "x", 1), 1);
	loop_run(x.loop);
	assert_int_equal(x.fired, 1);
	loop_free(x.loop);
	for (int i = 0; i < 2; i++) {
		(void)close(x.pipe_a[i]);
		(void)close(x.pipe_b[i]);
	}
}

static void
count(void *data)
{
	struct bench *x = data;

	x->fired++;
}

static void
stop(void *data)
{
	struct bench *x = data;

	loop_stop(x->loop);
}

static void
timers_fire_once_and_in_time_order(void **state)
{
	struct bench x = {.loop = loop_new()};
	struct timer *never;

	(void)state;
	(void)loop_after(x.loop, 3, stop, &x);
	(void)loop_after(x.loop, 1, count, &x);
	never = loop_after(x.loop, 2, count, &x);
	(void)loop_after(x.loop, 60000, count, &x);
	loop_cancel(x.loop, never);
	loop_run(x.loop);
	assert_int_equal(x.fired, 1);
	loop_free(x.loop);
}

static void
on_signal(void *data, int sig)
{
	struct bench *x = data;

	x->signals = sig;
	loop_stop(x->loop);
}

static void
a_signal_is_handed_over_between_events(void **state)
{
	static const int list[] = {SIGUSR1, 0};
	struct bench x = {.loop = loop_new()};

	(void)state;
	assert_int_equal(loop_signals(x.loop, list, on_signal, &x), OK);
	assert_int_equal(raise(SIGUSR1), 0);
	loop_run(x.loop);
	assert_int_equal(x.signals, SIGUSR1);
	loop_free(x.loop);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_event_of_a_removed_watch_is_dropped),
	    cmocka_unit_test(timers_fire_once_and_in_time_order),
	    cmocka_unit_test(a_signal_is_handed_over_between_events),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
