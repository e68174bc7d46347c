/* Messages between processes: what is said arrives, junk is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/lib/ipc.h"

struct wires {
	int a, b;
	struct ipc_msg m;
};

static int
setup(void **state)
{
	struct wires *w = calloc(1, sizeof(*w));
	int pair[2];

	assert_non_null(w);
	assert_int_equal(ipc_pair(pair), OK);
	w->a = pair[0];
	w->b = pair[1];
	*state = w;
	return 0;
}

static int
teardown(void **state)
{
	struct wires *w = *state;

	(void)close(w->a);
	(void)close(w->b);
	free(w);
	return 0;
}

static void
send_raw(struct wires *w, const void *bytes, size_t n)
{
	assert_int_equal(send(w->a, bytes, n, 0), (ssize_t)n);
}

static void
a_message_arrives_as_it_was_sent(void **state)
{
	struct wires *w = *state;

	ipc_begin(&w->m, IPC_LOGIN_PASSWORD);
	ipc_put_text(&w->m, "town");
	ipc_put_text(&w->m, "密码");
	assert_int_equal(ipc_send(w->a, &w->m), OK);
	assert_int_equal(ipc_recv(w->b, FROM_NET, BEFORE_LOGIN, &w->m), OK);
	assert_int_equal(w->m.type, IPC_LOGIN_PASSWORD);
	assert_string_equal(ipc_get_text(&w->m, IPC_USER_MAX), "town");
	assert_string_equal(ipc_get_text(&w->m, IPC_PASSWORD_MAX), "密码");
	assert_int_equal(ipc_end(&w->m), OK);
	ipc_clear(&w->m);
	assert_int_equal(ipc_recv(w->b, FROM_NET, ANY_TIME, &w->m), ERR_BUSY);
}

/* Who ends leaves unread what was just sent to it. */
static void
the_last_words_of_one_who_did_not_listen_arrive(void **state)
{
	struct wires *w = *state;

	ipc_begin(&w->m, IPC_RIGHTS);
	assert_int_equal(ipc_send(w->b, &w->m), OK);
	ipc_begin(&w->m, IPC_EXIT);
	ipc_put_int(&w->m, 3);
	assert_int_equal(ipc_send(w->a, &w->m), OK);
	(void)close(w->a);
	w->a = dup(w->b);
	assert_int_equal(ipc_recv(w->b, FROM_SESSION, ANY_TIME, &w->m), OK);
	assert_int_equal(w->m.type, IPC_EXIT);
	ipc_clear(&w->m);
	assert_int_equal(ipc_recv(w->b, FROM_SESSION, ANY_TIME, &w->m),
	                 ERR_CLOSED);
}

static void
numbers_keep_their_value_and_limits(void **state)
{
	struct wires *w = *state;

	ipc_begin(&w->m, IPC_WATCH);
	ipc_put_int(&w->m, INT64_MIN);
	ipc_put_int(&w->m, 5);
	assert_int_equal(ipc_send(w->a, &w->m), OK);
	assert_int_equal(ipc_recv(w->b, FROM_SESSION, ANY_TIME, &w->m), OK);
	assert_true(ipc_get_int(&w->m, INT64_MIN, INT64_MAX) == INT64_MIN);
	assert_int_equal(ipc_get_int(&w->m, 0, 4), 0); /* 5 is too large */
	assert_int_equal(ipc_end(&w->m), ERR_PROTOCOL);
	ipc_clear(&w->m);
}

static void
a_descriptor_travels_and_belongs_to_the_receiver(void **state)
{
	struct wires *w = *state;
	int p[2], fd;
	char ch = 0;

	assert_int_equal(pipe(p), 0);
	ipc_begin(&w->m, IPC_STARTED);
	ipc_put_fd(&w->m, p[0]);
	assert_int_equal(ipc_send(w->a, &w->m), OK);
	(void)close(p[0]);
	assert_int_equal(ipc_recv(w->b, FROM_LIAISOND, AFTER_LOGIN, &w->m), OK);
	fd = ipc_get_fd(&w->m);
	assert_int_equal(ipc_end(&w->m), OK);
	ipc_clear(&w->m);
	assert_int_equal(write(p[1], "x", 1), 1);
	assert_int_equal(read(fd, &ch, 1), 1);
	assert_int_equal(ch, 'x');
	(void)close(fd);
	(void)close(p[1]);
}

/* A sandboxed process must not be able to speak for another. */
static void
a_sender_may_say_only_its_own_messages(void **state)
{
	struct wires *w = *state;

	ipc_begin(&w->m, IPC_COMMIT);
	ipc_put_int(&w->m, 1);
	ipc_put_int(&w->m, 1);
	assert_int_equal(ipc_send(w->a, &w->m), OK);
	assert_int_equal(ipc_recv(w->b, FROM_NET, ANY_TIME, &w->m),
	                 ERR_PROTOCOL);
}

static void
nothing_starts_before_sign_in(void **state)
{
	struct wires *w = *state;

	ipc_begin(&w->m, IPC_START);
	assert_int_equal(ipc_send(w->a, &w->m), OK);
	assert_int_equal(ipc_recv(w->b, FROM_NET, BEFORE_LOGIN, &w->m),
	                 ERR_PROTOCOL);
}

static void
a_message_larger_than_its_row_is_not_sent(void **state)
{
	struct wires *w = *state;
	char text[1500];

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	ipc_begin(&w->m, IPC_LOGIN_PASSWORD);
	ipc_put_text(&w->m, text);
	assert_int_equal(ipc_send(w->a, &w->m), ERR_TOO_LONG);
}

static void
junk_is_refused(void **state)
{
	struct wires *w = *state;
	unsigned char big[IPC_MAX + 100];
	static const char *const junk[] = {"x", "\377\377", "\0\0xxx"};
	static const size_t sizes[] = {1, 2, 5};

	for (size_t i = 0; i < COUNT(junk); i++) {
		send_raw(w, junk[i], sizes[i]);
		assert_int_equal(ipc_recv(w->b, FROM_NET, ANY_TIME, &w->m),
		                 ERR_PROTOCOL);
	}
	memset(big, IPC_LOGIN_KEY, sizeof(big));
	big[1] = 0;
	send_raw(w, big, sizeof(big));
	assert_int_equal(ipc_recv(w->b, FROM_NET, ANY_TIME, &w->m),
	                 ERR_PROTOCOL);
}

/* Every length a text may claim, against every length that is there. */
static void
texts_that_lie_about_their_length_are_refused(void **state)
{
	struct wires *w = *state;
	unsigned char bytes[16] = {IPC_LOGIN_PASSWORD, 0, 't'};

	for (size_t there = 0; there <= 8; there++)
		for (unsigned char said = 0; said < 12; said++) {
			bytes[3] = said;
			memset(bytes + 5, 'a', 8);
			send_raw(w, bytes, 5 + there);
			assert_int_equal(
			    ipc_recv(w->b, FROM_NET, ANY_TIME, &w->m), OK);
			assert_string_equal(ipc_get_text(&w->m, 64), "");
			assert_int_equal(ipc_end(&w->m), ERR_PROTOCOL);
			ipc_clear(&w->m);
		}
}

static void
random_bytes_never_pass_as_a_whole_message(void **state)
{
	struct wires *w = *state;
	unsigned char bytes[64];
	unsigned seed = 1;

	for (int round = 0; round < 20000; round++) {
		size_t n = 2 + (size_t)(round % 60);

		for (size_t i = 2; i < n; i++) {
			seed = seed * 1103515245 + 12345;
			bytes[i] = (unsigned char)(seed >> 16);
		}
		bytes[0] = (unsigned char)(1 + round % (IPC_TYPES - 1));
		bytes[1] = 0;
		send_raw(w, bytes, n);
		if (ipc_recv(w->b, (enum ipc_sender)31, ANY_TIME, &w->m) != OK)
			continue;
		(void)ipc_get_text(&w->m, 10);
		(void)ipc_get_int(&w->m, 0, 100);
		(void)ipc_get_text(&w->m, 1000);
		assert_int_equal(ipc_end(&w->m), ERR_PROTOCOL);
		ipc_clear(&w->m);
	}
}

static void
the_end_of_the_other_side_is_seen(void **state)
{
	struct wires *w = *state;

	(void)close(w->a);
	assert_int_equal(ipc_recv(w->b, FROM_NET, ANY_TIME, &w->m), ERR_CLOSED);
	ipc_begin(&w->m, IPC_WAKE);
	assert_int_equal(ipc_send(w->b, &w->m), ERR_CLOSED);
	w->a = dup(w->b);
}

static void
a_receiver_that_does_not_read_never_stops_the_sender(void **state)
{
	struct wires *w = *state;
	int err = OK;

	for (int i = 0; i < 100000 && err == OK; i++) {
		ipc_begin(&w->m, IPC_WAKE);
		ipc_put_int(&w->m, 1);
		ipc_put_int(&w->m, 1);
		err = ipc_send(w->a, &w->m);
	}
	assert_int_equal(err, ERR_BUSY);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_message_arrives_as_it_was_sent),
	    TEST(numbers_keep_their_value_and_limits),
	    TEST(a_descriptor_travels_and_belongs_to_the_receiver),
	    TEST(a_sender_may_say_only_its_own_messages),
	    TEST(nothing_starts_before_sign_in),
	    TEST(a_message_larger_than_its_row_is_not_sent),
	    TEST(junk_is_refused),
	    TEST(texts_that_lie_about_their_length_are_refused),
	    TEST(random_bytes_never_pass_as_a_whole_message),
	    TEST(the_end_of_the_other_side_is_seen),
	    TEST(the_last_words_of_one_who_did_not_listen_arrive),
	    TEST(a_receiver_that_does_not_read_never_stops_the_sender),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
