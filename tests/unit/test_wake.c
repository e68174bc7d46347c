/* The datagram that tells liaisond of a commit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/lib/wake.h"

struct site {
	char folder[32], database[64], socket[64];
};

static int
setup(void **state)
{
	struct site *s = calloc(1, sizeof(*s));

	assert_non_null(s);
	(void)snprintf(s->folder, sizeof(s->folder), "/tmp/test_wakeXXXXXX");
	assert_non_null(mkdtemp(s->folder));
	(void)snprintf(s->database, sizeof(s->database), "%s/liaison.db",
	               s->folder);
	(void)snprintf(s->socket, sizeof(s->socket), "%s/wake.sock", s->folder);
	*state = s;
	return 0;
}

static int
teardown(void **state)
{
	struct site *s = *state;

	(void)unlink(s->socket);
	assert_int_equal(rmdir(s->folder), 0);
	free(s);
	return 0;
}

static void
a_commit_is_told(void **state)
{
	struct site *s = *state;
	uint64_t kinds = 0;
	int64_t unit = 0;
	struct stat st;
	int fd;

	assert_int_equal(wake_open(s->database, &fd), OK);
	assert_int_equal(stat(s->socket, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(wake_recv(fd, &kinds, &unit), ERR_BUSY);
	wake_send(s->database, UINT64_C(1) << 40, 7);
	assert_int_equal(wake_recv(fd, &kinds, &unit), OK);
	assert_true(kinds == UINT64_C(1) << 40);
	assert_int_equal(unit, 7);
	wake_close(s->database, fd);
	assert_int_not_equal(stat(s->socket, &st), 0);
}

static void
nobody_listening_is_no_error(void **state)
{
	struct site *s = *state;

	wake_send(s->database, 1, 1);
}

static void
a_second_supervisor_of_the_database_is_refused(void **state)
{
	struct site *s = *state;
	int fd, other;

	assert_int_equal(wake_open(s->database, &fd), OK);
	assert_int_equal(wake_open(s->database, &other), ERR_EXISTS);
	(void)close(fd); /* killed: its socket is left behind */
	assert_int_equal(wake_open(s->database, &fd), OK);
	wake_close(s->database, fd);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_commit_is_told),
	    TEST(nobody_listening_is_no_error),
	    TEST(a_second_supervisor_of_the_database_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
