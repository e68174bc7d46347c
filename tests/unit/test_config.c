/* liaison.ini: what is read, and that every fault names its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/config.h"

struct site {
	char folder[32];
	char file[64];
	struct buf why;
};

static int
setup(void **state)
{
	struct site *s = xcalloc(1, sizeof(*s));

	(void)snprintf(s->folder, sizeof(s->folder), "/tmp/test_configXXXXXX");
	assert_non_null(mkdtemp(s->folder));
	(void)snprintf(s->file, sizeof(s->file), "%s/liaison.ini", s->folder);
	buf_init(&s->why);
	*state = s;
	return 0;
}

static int
teardown(void **state)
{
	struct site *s = *state;

	(void)unlink(s->file);
	(void)rmdir(s->folder);
	buf_clear(&s->why);
	free(s);
	return 0;
}

static int
load(struct site *s, const char *text, struct config **out)
{
	FILE *f = fopen(s->file, "we");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	return config_load(s->file, out, &s->why);
}

static void
refused(struct site *s, const char *text, const char *say)
{
	struct config *cfg;

	buf_truncate(&s->why, 0);
	assert_int_equal(load(s, text, &cfg), ERR_CONFIG);
	if (strstr(s->why.data, say) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", s->why.data, say);
}

static void
an_empty_file_gives_the_defaults(void **state)
{
	struct site *s = *state;
	struct config *cfg;
	char path[64];

	assert_int_equal(load(s, "", &cfg), OK);
	assert_int_equal(cfg->ssh_port, 2222);
	assert_string_equal(cfg->site_timezone, "Asia/Shanghai");
	assert_false(cfg->site_demo);
	(void)snprintf(path, sizeof(path), "%s/liaison.db", s->folder);
	assert_string_equal(cfg->database_path, path);
	assert_string_equal(cfg->http_tls_key, "");
	config_free(cfg);
}

static void
values_are_read(void **state)
{
	struct site *s = *state;
	struct config *cfg;

	assert_int_equal(load(s,
	                      "[site]\nname = 长安镇\ndemo = yes\n"
	                      "[ssh]\nport = 2200 ; ours\n"
	                      "[database]\npath = /var/lib/l.db\n",
	                      &cfg),
	                 OK);
	assert_string_equal(cfg->site_name, "长安镇");
	assert_true(cfg->site_demo);
	assert_int_equal(cfg->ssh_port, 2200);
	assert_string_equal(cfg->database_path, "/var/lib/l.db");
	config_free(cfg);
}

static void
unknown_keys_name_their_line(void **state)
{
	refused(*state, "[ssh]\n\nprot = 22\n",
	        "liaison.ini:3: ssh.prot: there is no such key");
	refused(*state, "port = 22\n", "liaison.ini:1: .port");
}

static void
bad_values_name_their_line(void **state)
{
	refused(*state, "[ssh]\nport = 65536\n",
	        "liaison.ini:2: ssh.port: must");
	refused(*state, "[ssh]\nport = 22x\n", "liaison.ini:2: ssh.port: must");
	refused(*state, "[ssh]\nport =\n", "liaison.ini:2: ssh.port: must");
	refused(*state, "[site]\ndemo = maybe\n", ":2: site.demo: must be yes");
	refused(*state, "[site]\n\nlanguage = de\n", ":3: site.language");
	refused(*state, "[site]\nsecond_factor = yes\n",
	        ":2: site.second_factor: must be required, offered or off");
}

static void
a_second_factor_is_required_unless_it_is_a_demo_or_said_otherwise(void **state)
{
	static const struct {
		const char *text;
		enum second_factor is;
	} rows[] = {
	    {"[site]\n", SECOND_FACTOR_REQUIRED},
	    {"[site]\ndemo = yes\n", SECOND_FACTOR_OFF},
	    {"[site]\ndemo = yes\nsecond_factor = required\n",
	     SECOND_FACTOR_REQUIRED},
	    {"[site]\nsecond_factor = offered\n", SECOND_FACTOR_OFFERED},
	    {"[site]\nsecond_factor = off\n", SECOND_FACTOR_OFF},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct config *cfg;

		assert_int_equal(load(*state, rows[i].text, &cfg), OK);
		assert_int_equal(config_second_factor(cfg), rows[i].is);
		config_free(cfg);
	}
}

static void
every_fault_is_named_at_once(void **state)
{
	refused(*state, "[ssh]\nport = x\nfoo = 1\n", "ini:3: ssh.foo");
	refused(*state, "[ssh]\nport = x\nfoo = 1\n", "ini:2: ssh.port");
}

static void
a_key_given_twice_is_refused(void **state)
{
	refused(*state, "[ssh]\nport = 1\nport = 2\n",
	        "ini:3: ssh.port: is given a second time");
}

static void
lines_that_are_no_ini_are_refused(void **state)
{
	char text[400];

	refused(*state, "[ssh]\nhello\n", "ini:2: is neither");
	memset(text, 'x', sizeof(text) - 1);
	memcpy(text, "[site]\nname=", 12);
	text[sizeof(text) - 1] = '\0';
	refused(*state, text, "ini:2: the line is too long");
}

static void
a_demo_site_listens_on_loopback_only(void **state)
{
	refused(*state, "[site]\ndemo = yes\n[ssh]\nlisten = 0.0.0.0\n",
	        "ini:4: ssh.listen: must be loopback");
	refused(*state, "[site]\nclock = 2026-03-29T14:00\n",
	        "ini:2: site.clock: is for demo sites only");
}

static void
keys_do_not_lie_beside_the_database(void **state)
{
	refused(*state, "[site]\nkeys = /data\n[database]\npath = /data/l.db\n",
	        "ini:2: site.keys: must not be");
}

static void
limits_are_checked_together(void **state)
{
	refused(*state, "[limits]\nexempt = 10.0.0.0/8 office\n",
	        "ini:2: limits.exempt: must be addresses and blocks");
	refused(*state, "[limits]\npenalty_seconds = 700\n",
	        "limits.penalty_max_seconds: must not be less");
}

static void
a_missing_file_is_an_error(void **state)
{
	struct site *s = *state;
	struct config *cfg;

	assert_int_equal(config_load("/nowhere/liaison.ini", &cfg, &s->why),
	                 ERR_CONFIG);
	assert_non_null(strstr(s->why.data, "/nowhere/liaison.ini: No such"));
}

static void
what_is_printed_can_be_read_and_changes_nothing(void **state)
{
	struct site *s = *state;
	struct config *cfg;
	struct buf text = BUF_INIT;

	config_print(&text);
	assert_int_equal(load(s, text.data, &cfg), OK);
	assert_int_equal(cfg->ssh_port, 2222);
	assert_string_equal(cfg->site_name, "海宁人大基层单元");
	config_free(cfg);
	buf_clear(&text);
}

/* A key that is in the one and not in the other misleads the administrator. */
static void
the_shipped_file_is_what_is_printed(void **state)
{
	struct buf text = BUF_INIT;
	char shipped[16384];
	FILE *f = fopen("conf/liaison.ini", "re");
	size_t n;

	(void)state;
	assert_non_null(f);
	n = fread(shipped, 1, sizeof(shipped) - 1, f);
	shipped[n] = '\0';
	(void)fclose(f);
	config_print(&text);
	assert_string_equal(shipped, text.data);
	buf_clear(&text);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

static void
codes_point_to_the_public_address_or_the_http_port(void **state)
{
	struct config cfg = {.http_public_url = "",
	                     .http_tls_cert = "",
	                     .http_listen = "127.0.0.1",
	                     .http_port = 8080};
	char url[CONFIG_URL_MAX];

	(void)state;
	assert_string_equal(config_public_url(&cfg, url),
	                    "http://127.0.0.1:8080");
	cfg.http_listen = "::1";
	assert_string_equal(config_public_url(&cfg, url), "http://[::1]:8080");
	cfg.http_public_url = "https://example.org";
	assert_string_equal(config_public_url(&cfg, url),
	                    "https://example.org");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		codes_point_to_the_public_address_or_the_http_port),
	    TEST(an_empty_file_gives_the_defaults),
	    TEST(values_are_read),
	    TEST(unknown_keys_name_their_line),
	    TEST(bad_values_name_their_line),
	    TEST(
		a_second_factor_is_required_unless_it_is_a_demo_or_said_otherwise),
	    TEST(every_fault_is_named_at_once),
	    TEST(a_key_given_twice_is_refused),
	    TEST(lines_that_are_no_ini_are_refused),
	    TEST(a_demo_site_listens_on_loopback_only),
	    TEST(keys_do_not_lie_beside_the_database),
	    TEST(limits_are_checked_together),
	    TEST(a_missing_file_is_an_error),
	    TEST(what_is_printed_can_be_read_and_changes_nothing),
	    TEST(the_shipped_file_is_what_is_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
