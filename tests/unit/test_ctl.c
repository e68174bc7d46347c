/* liaisonctl as an administrator's script sees it: exit codes, what is
 * printed, what is refused. The program is the one beside this test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/base/arena.h"
#include "db/base/buf.h"
#include "db/base/json.h"

struct site {
	char dir[64];
	char program[4096];
	struct arena *a;
	struct buf out; /* of the last command, with its standard error */
};

static void
write_file(struct site *s, const char *name, const char *text)
{
	FILE *f = fopen(arena_printf(s->a, "%s/%s", s->dir, name), "we");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static int
setup(void **state)
{
	struct site *s = xcalloc(1, sizeof(*s));
	const char *tmp = getenv("TMPDIR");
	ssize_t n = readlink("/proc/self/exe", s->program, 4000);
	char *slash;

	assert_true(n > 0);
	s->program[n] = '\0';
	for (int i = 0; i < 2; i++) {
		slash = strrchr(s->program, '/');
		assert_non_null(slash);
		*slash = '\0';
	}
	strncat(s->program, "/liaisonctl", 64);
	snprintf(s->dir, sizeof(s->dir), "%.40s/liaison-XXXXXX",
	         tmp != NULL ? tmp : "/tmp");
	assert_non_null(mkdtemp(s->dir));
	s->a = arena_new();
	buf_init(&s->out);
	assert_int_equal(mkdir(arena_printf(s->a, "%s/data", s->dir), 0700), 0);
	write_file(s, "liaison.ini", "[database]\npath = data/liaison.db\n");
	*state = s;
	return 0;
}

static int
teardown(void **state)
{
	static const char *const names[] = {"data/liaison.db",
	                                    "data/liaison.db-wal",
	                                    "data/liaison.db-shm",
	                                    "data/liaison.db-lock",
	                                    "keys/audit",
	                                    "keys/audit.pub",
	                                    "keys/audit-heads",
	                                    "keys/contact",
	                                    "keys/contact.pub",
	                                    "copy.db",
	                                    "copy.db-wal",
	                                    "copy.db-shm",
	                                    "key.pub",
	                                    "liaison.ini"};
	struct site *s = *state;

	for (size_t i = 0; i < COUNT(names); i++)
		(void)unlink(arena_printf(s->a, "%s/%s", s->dir, names[i]));
	(void)rmdir(arena_printf(s->a, "%s/data", s->dir));
	(void)rmdir(arena_printf(s->a, "%s/keys", s->dir));
	assert_int_equal(rmdir(s->dir), 0);
	buf_clear(&s->out);
	arena_free(s->a);
	free(s);
	return 0;
}

/* Run "liaisonctl -c FILE line" in a shell; the exit code. */
static int
ctl(struct site *s, const char *line)
{
	const char *command =
	    arena_printf(s->a, "exec 2>&1; cd '%s' && '%s' -c liaison.ini %s",
	                 s->dir, s->program, line);
	FILE *p = popen(command, "re");
	char bytes[4096];
	size_t n;
	int status;

	assert_non_null(p);
	buf_truncate(&s->out, 0);
	while ((n = fread(bytes, 1, sizeof(bytes), p)) > 0)
		buf_addn(&s->out, bytes, n);
	status = pclose(p);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
says(struct site *s, const char *text)
{
	if (strstr(s->out.data, text) == NULL)
		fail_msg("no \"%s\" in: %s", text, s->out.data);
}

static int64_t
stat_of(struct site *s, const char *name)
{
	struct json *j;
	int64_t v;

	assert_int_equal(ctl(s, "stats --json"), 0);
	j = json_parse(s->out.data);
	assert_int_equal(json_int_of(json_get(j, "version")), 1);
	assert_non_null(json_get(j, name));
	v = json_int_of(json_get(j, name));
	json_free(j);
	return v;
}

static void
a_site_is_made_once(void **state)
{
	struct site *s = *state;

	assert_int_equal(ctl(s, "health"), EX_NOINPUT);
	says(s, "liaisonctl init");
	assert_int_equal(ctl(s, "migrate"), EX_NOINPUT);
	assert_int_equal(ctl(s, "init"), 0);
	says(s, "first password");
	assert_int_equal(ctl(s, "init"), EX_DATAERR);
	says(s, "set up already");
	assert_int_equal(ctl(s, "migrate"), 0);
	assert_int_equal(ctl(s, "health --json"), 0);
	says(s, "\"database\":\"ok\"");
	assert_int_equal(stat_of(s, "accounts"), 1);
	assert_int_equal(stat_of(s, "draft_laws"), 0);
}

static void
what_is_written_wrongly_says_how(void **state)
{
	struct site *s = *state;

	assert_int_equal(ctl(s, "init"), 0);
	assert_int_equal(ctl(s, ""), EX_USAGE);
	assert_int_equal(ctl(s, "frob"), EX_USAGE);
	assert_int_equal(ctl(s, "user"), EX_USAGE);
	assert_int_equal(ctl(s, "user add"), EX_USAGE);
	says(s, "--person");
	assert_int_equal(ctl(s, "stats --frob"), EX_USAGE);
	assert_int_equal(ctl(s, "user list --unit"), EX_USAGE);
	assert_int_equal(ctl(s, "user show nobody"), EX_NOINPUT);
	says(s, "There is no account nobody.");
	assert_int_equal(ctl(s, "config"), 0);
	says(s, "[database]");
}

static void
a_fault_of_the_configuration_is_named(void **state)
{
	struct site *s = *state;

	write_file(s, "liaison.ini", "[database]\nfrob = 1\n");
	assert_int_equal(ctl(s, "health"), EX_CONFIG);
	says(s, "liaison.ini:2");
}

static void
accounts_are_kept_from_the_shell(void **state)
{
	struct site *s = *state;

	assert_int_equal(ctl(s, "init"), 0);
	assert_int_equal(ctl(s, "unit add 周王庙镇 town"), 0);
	assert_int_equal(ctl(s, "user add chen --person 单志强 --role officer"
	                        " --unit 周王庙镇 --json"),
	                 0);
	says(s, "\"password\":\"");
	assert_int_equal(ctl(s, "user add chen --person 陈晨 --role officer"
	                        " --unit 周王庙镇"),
	                 EX_DATAERR);
	assert_int_equal(ctl(s, "user add 9 --person 陈晨 --role officer"),
	                 EX_DATAERR);
	says(s, "account: ");
	assert_int_equal(ctl(s, "user list"), 0);
	says(s, "单志强");
	assert_int_equal(ctl(s, "user role chen station_head"
	                        " --unit 周王庙镇"),
	                 0);
	assert_int_equal(ctl(s, "user role chen officer --end"), 0);
	assert_int_equal(ctl(s, "user role chen officer --end"), EX_NOINPUT);
	assert_int_equal(ctl(s, "user disable chen 调离"), 0);
	assert_int_equal(ctl(s, "user show chen --json"), 0);
	says(s, "\"disabled\":true");
	assert_int_equal(ctl(s, "user enable chen"), 0);
	assert_int_equal(ctl(s, "user disable admin"), EX_DATAERR);
	says(s, "One administrator must be left");
	assert_int_equal(ctl(s, "user role admin admin --end"), EX_DATAERR);
}

static void
a_password_is_read_never_an_argument(void **state)
{
	struct site *s = *state;

	assert_int_equal(ctl(s, "init"), 0);
	assert_int_equal(ctl(s, "user passwd admin hunter2hunter2"), EX_USAGE);
	assert_int_equal(ctl(s, "user passwd admin </dev/null"), EX_IOERR);
	assert_int_equal(ctl(s, "user passwd admin <<E\nshort\nE\n"),
	                 EX_DATAERR);
	says(s, "at least 8 characters");
	assert_int_equal(
	    ctl(s, "user passwd admin --keep <<E\nlong enough\nE\n"), 0);
	assert_int_equal(ctl(s, "user show admin --json"), 0);
	says(s, "\"must_change\":false");
	assert_null(strstr(s->out.data, "argon2"));
}

static void
keys_are_added_and_dropped(void **state)
{
	struct site *s = *state;

	write_file(s, "key.pub",
	           "# mine\nssh-ed25519 "
	           "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWI"
	           "IQ5bV3iv0Y chen@town\n");
	assert_int_equal(ctl(s, "init"), 0);
	assert_int_equal(ctl(s, "user key admin key.pub"), 0);
	assert_int_equal(ctl(s, "user key admin - <key.pub"), EX_DATAERR);
	assert_int_equal(ctl(s, "user key admin liaison.ini"), EX_DATAERR);
	says(s, "key: ");
	assert_int_equal(ctl(s, "user key admin missing.pub"), EX_IOERR);
	assert_int_equal(ctl(s, "user show admin"), 0);
	says(s, "chen@town");
	assert_int_equal(ctl(s, "user key admin --drop 1"), 0);
	assert_int_equal(ctl(s, "user key admin --drop 1"), EX_NOINPUT);
}

static void
what_was_done_is_in_a_whole_audit(void **state)
{
	struct site *s = *state;

	assert_int_equal(ctl(s, "init"), 0);
	assert_int_equal(ctl(s, "unit add 周王庙镇 town"), 0);
	assert_int_equal(ctl(s, "unit add 周王庙镇 town"), EX_DATAERR);
	assert_int_equal(ctl(s, "unit add 长安镇 village"), EX_DATAERR);
	assert_int_equal(stat_of(s, "units"), 1);
	assert_int_equal(ctl(s, "audit verify"), 0);
	assert_int_equal(ctl(s, "check"), 0);
	says(s, "Everything holds.");
	assert_int_equal(ctl(s, "backup copy.db"), 0);
	assert_int_equal(ctl(s, "backup copy.db"), EX_DATAERR);
}

static void
a_demo_is_refused_on_a_real_site(void **state)
{
	struct site *s = *state;

	assert_int_equal(ctl(s, "init"), 0);
	assert_int_equal(ctl(s, "demo"), EX_CONFIG);
	says(s, "demo = yes");
	assert_int_equal(stat_of(s, "units"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_site_is_made_once),
	    TEST(what_is_written_wrongly_says_how),
	    TEST(a_fault_of_the_configuration_is_named),
	    TEST(accounts_are_kept_from_the_shell),
	    TEST(a_password_is_read_never_an_argument),
	    TEST(keys_are_added_and_dropped),
	    TEST(what_was_done_is_in_a_whole_audit),
	    TEST(a_demo_is_refused_on_a_real_site),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
