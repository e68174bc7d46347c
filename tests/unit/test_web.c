/* liaison-web's own parsing and writing: what strangers send is read as what
 * it must be, and what is shown is escaped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/html.h"
#include "server/web/form.h"
#include "server/web/limit.h"

/* --- html ------------------------------------------------------------ */

static void
what_is_filled_in_is_never_markup(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	html_addf(&b, "<a title=\"%s\">%s</a> 100%% %d %lld", "\" onclick='x'",
	          "<script>&</script>", -3, 5LL);
	assert_string_equal(b.data,
	                    "<a title=\"&quot; onclick=&#39;x&#39;\">"
	                    "&lt;script&gt;&amp;&lt;/script&gt;</a> 100% -3 5");
	buf_clear(&b);
	html_add_lines(&b, "one\n\n<two>\n");
	assert_string_equal(b.data, "<p>one</p>\n<p>&lt;two&gt;</p>\n");
	buf_clear(&b);
}

/* --- forms ----------------------------------------------------------- */

static int
parse(struct arena *a, const char *text, struct form *f)
{
	return form_parse(a, text, strlen(text), f);
}

static void
a_form_is_read_and_cleaned(void **state)
{
	struct arena *a = arena_new();
	struct form f;

	(void)state;
	assert_int_equal(parse(a, "", &f), OK);
	assert_int_equal(f.n, 0);
	assert_int_equal(
	    parse(a, "name=%E5%BC%A0%E4%BC%9F+&pin=1%2B2&flag&x=a%0D%0Ab", &f),
	    OK);
	assert_string_equal(form_value(&f, "name"), "张伟");
	assert_string_equal(form_value(&f, "pin"), "1+2");
	assert_string_equal(form_value(&f, "flag"), "");
	assert_string_equal(form_value(&f, "x"), "a\nb");
	assert_string_equal(form_value(&f, "none"), "");
	/* control characters do not survive */
	assert_int_equal(parse(a, "x=a%1B%5B31mb", &f), OK);
	assert_string_equal(form_value(&f, "x"), "a[31mb");
	arena_free(a);
}

static void
what_is_no_form_is_refused(void **state)
{
	static const char *const bad[] = {
	    "x=%",      "x=%4",        "x=%zz", "x=%00", "x=%FF",
	    "X=1",      "<x>=1",       "=1",    "x=1&&", "&",
	    "x=%C0%AF", "x=%ED%A0%80", "a123=1"};
	struct arena *a = arena_new();
	struct form f;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		if (parse(a, bad[i], &f) != ERR_INVALID)
			fail_msg("%s", bad[i]);
	assert_int_equal(form_parse(a, "x=a\0b", 5, &f), ERR_INVALID);
	arena_free(a);
}

static void
a_form_has_its_limits(void **state)
{
	struct arena *a = arena_new();
	struct buf b = BUF_INIT;
	struct form f;

	(void)state;
	for (int i = 0; i <= FORM_FIELDS; i++)
		buf_addf(&b, "%sx=1", i > 0 ? "&" : "");
	assert_int_equal(parse(a, b.data, &f), ERR_TOO_LONG);
	buf_truncate(&b, 0);
	buf_add(&b, "x=");
	for (int i = 0; i <= FORM_TEXT; i++)
		buf_addc(&b, 'a');
	assert_int_equal(parse(a, b.data, &f), ERR_TOO_LONG);
	buf_clear(&b);
	arena_free(a);
}

static void
a_token_is_26_letters_and_digits_of_base32(void **state)
{
	char upper[FORM_TOKEN + 1];

	(void)state;
	assert_true(form_token("abcdefghijklmnopqrstuvwx23", upper));
	assert_string_equal(upper, "ABCDEFGHIJKLMNOPQRSTUVWX23");
	assert_false(form_token("ABCDEFGHIJKLMNOPQRSTUVWX2", upper));
	assert_false(form_token("ABCDEFGHIJKLMNOPQRSTUVWX234", upper));
	assert_false(form_token("ABCDEFGHIJKLMNOPQRSTUVWX10", upper));
	assert_false(form_token("../../../../../etc/passwd/", upper));
	assert_false(form_token("", upper));
}

static void
the_ending_of_a_code_is_six_letters_behind_a_dot(void **state)
{
	char upper[FORM_TOKEN + 1], ending[FORM_ENDING + 1];

	(void)state;
	assert_true(form_code("abcdefghijklmnopqrstuvwx23", upper, ending));
	assert_string_equal(ending, "");
	assert_true(
	    form_code("abcdefghijklmnopqrstuvwx23.7k2m9q", upper, ending));
	assert_string_equal(upper, "ABCDEFGHIJKLMNOPQRSTUVWX23");
	assert_string_equal(ending, "7K2M9Q");
	assert_false(
	    form_code("ABCDEFGHIJKLMNOPQRSTUVWX23.7K2M9", upper, ending));
	assert_false(
	    form_code("ABCDEFGHIJKLMNOPQRSTUVWX23.7K2M9QQ", upper, ending));
	assert_false(form_code("ABCDEFGHIJKLMNOPQRSTUVWX23.", upper, ending));
	assert_false(
	    form_code("ABCDEFGHIJKLMNOPQRSTUVWX23/7K2M9Q", upper, ending));
	assert_false(form_code("ABCDEFGHIJKLMNOPQRSTUVWX2", upper, ending));
}

static void
a_cookie_is_found_by_its_whole_name(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(form_cookie(a, "a=1; phone=xyz; b=2", "phone"),
	                    "xyz");
	assert_string_equal(form_cookie(a, "telephone=1;phone=2", "phone"),
	                    "2");
	assert_string_equal(form_cookie(a, "phones=1", "phone"), "");
	assert_string_equal(form_cookie(a, ";;;", "phone"), "");
	assert_string_equal(form_cookie(a, NULL, "phone"), "");
	arena_free(a);
}

static void
the_language_is_the_one_that_is_liked_best(void **state)
{
	static const struct {
		const char *header;
		enum language language;
	} rows[] = {
	    {"en-GB,en;q=0.9,zh;q=0.5", LANGUAGE_EN},
	    {"fr, zh-CN;q=0.8, en;q=0.9", LANGUAGE_EN},
	    {"fr,zh-TW;q=0.8,en;q=0.3", LANGUAGE_ZH},
	    {"en;q=0", LANGUAGE_ZH},
	    {"de", LANGUAGE_ZH},
	    {",,,;q=", LANGUAGE_ZH},
	    {"", LANGUAGE_ZH},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(form_language(rows[i].header, LANGUAGE_ZH),
		                 rows[i].language);
	assert_int_equal(form_language(NULL, LANGUAGE_EN), LANGUAGE_EN);
}

static void
of_forwarded_addresses_the_last_one_counts(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(form_forwarded(a, "1.2.3.4, 5.6.7.8"), "5.6.7.8");
	assert_string_equal(form_forwarded(a, "1.2.3.4"), "1.2.3.4");
	assert_string_equal(form_forwarded(a, "1.2.3.4, "), "");
	assert_string_equal(form_forwarded(a, NULL), "");
	arena_free(a);
}

/* --- limits ---------------------------------------------------------- */

static struct source
source_at(const char *text)
{
	struct source s;

	assert_int_equal(source_parse(text, &s), OK);
	return source_home(&s);
}

static void
a_source_has_its_share_and_no_more(void **state)
{
	struct limits *l = limits_new();
	struct source one = source_at("192.0.2.1"),
		      two = source_at("192.0.2.2");
	int64_t now = 1000000;

	(void)state;
	limits_set(l, 3, 2);
	for (int i = 0; i < 3; i++)
		assert_true(limits_connect(l, &one, now));
	assert_false(limits_connect(l, &one, now));
	assert_true(limits_connect(l, &two, now));
	limits_disconnect(l, &one);
	assert_true(limits_connect(l, &one, now));
	for (int i = 0; i < 2 * LIMIT_BURST; i++)
		assert_int_equal(limits_request(l, &one, now), 0);
	assert_int_equal(limits_request(l, &one, now), 1);
	assert_int_equal(limits_request(l, &two, now), 0);
	/* two a second come back */
	assert_int_equal(limits_request(l, &one, now + 1000), 0);
	assert_int_equal(limits_request(l, &one, now + 1000), 0);
	assert_int_equal(limits_request(l, &one, now + 1000), 1);
	limits_free(l);
}

static void
each_kind_is_counted_by_the_hour_and_by_itself(void **state)
{
	enum { HOUR_MS = 3600 * 1000 };
	struct limits *l = limits_new();
	struct source one = source_at("192.0.2.1"),
		      two = source_at("192.0.2.2");

	(void)state;
	limits_set(l, 3, 2);
	for (int i = 1; i <= 3; i++)
		assert_int_equal(limits_hour(l, &one, LIMIT_UPLOADS, 0), i);
	assert_int_equal(limits_hour(l, &one, LIMIT_UPLOADS, HOUR_MS), 4);
	assert_int_equal(limits_hour(l, &two, LIMIT_UPLOADS, HOUR_MS), 1);
	assert_int_equal(limits_hour(l, &one, LIMIT_MESSAGES, HOUR_MS), 1);
	assert_int_equal(limits_hour(l, &one, LIMIT_UPLOADS, HOUR_MS + 1), 1);
	limits_free(l);
}

/* However many sources there are, who holds connections is not forgotten. */
static void
a_crowd_of_sources_frees_nobody(void **state)
{
	struct limits *l = limits_new();
	struct source held = source_at("192.0.2.1");
	char text[32];

	(void)state;
	limits_set(l, 1, 1);
	assert_true(limits_connect(l, &held, 0));
	for (int i = 0; i < 100000; i++) {
		struct source s;

		(void)snprintf(text, sizeof(text), "10.%d.%d.%d", i / 65536,
		               i / 256 % 256, i % 256);
		s = source_at(text);
		(void)limits_request(l, &s, i);
	}
	assert_false(limits_connect(l, &held, 100000));
	limits_free(l);
}

/* Of many, which all hold a connection; the table has room for fewer. */
static struct source
one_of_many(int i)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "10.%d.%d.%d", i / 65536,
	               i / 256 % 256, i % 256);
	return source_at(text);
}

enum { MANY = 60000 };

/* How many of them get in. */
static int
crowd(struct limits *l, int most, int64_t now)
{
	int n = 0;

	limits_set(l, most, 1);
	for (int i = 0; i < MANY; i++) {
		struct source s = one_of_many(i);

		n += limits_connect(l, &s, now);
	}
	return n;
}

static void
go(struct limits *l, int first, int last)
{
	for (int i = first; i <= last; i++) {
		struct source s = one_of_many(i);

		limits_disconnect(l, &s);
	}
}

static void
what_newcomers_shared_is_given_back(void **state)
{
	enum { HOUR_MS = 3600 * 1000 };
	struct limits *l = limits_new(), *fresh = limits_new();
	struct source last = one_of_many(MANY - 1);

	(void)state;
	assert_int_equal(crowd(l, MANY, 0), MANY);
	go(l, 0, MANY - 2);
	/* the last one has a row of its own by now */
	(void)limits_request(l, &last, HOUR_MS);
	go(l, MANY - 1, MANY - 1);
	assert_int_equal(crowd(l, 1, (int64_t)2 * HOUR_MS), crowd(fresh, 1, 0));
	limits_free(l);
	limits_free(fresh);
}

static void
a_file_has_a_name_in_ascii_and_one_in_utf8(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(
	    form_attachment(a, "opinions.csv", "民情 \"1\";.csv"),
	    "attachment; filename=\"opinions.csv\"; filename*=UTF-8''"
	    "%E6%B0%91%E6%83%85%20%221%22%3B.csv");
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_file_has_a_name_in_ascii_and_one_in_utf8),
	    cmocka_unit_test(what_is_filled_in_is_never_markup),
	    cmocka_unit_test(a_form_is_read_and_cleaned),
	    cmocka_unit_test(what_is_no_form_is_refused),
	    cmocka_unit_test(a_form_has_its_limits),
	    cmocka_unit_test(a_token_is_26_letters_and_digits_of_base32),
	    cmocka_unit_test(the_ending_of_a_code_is_six_letters_behind_a_dot),
	    cmocka_unit_test(a_cookie_is_found_by_its_whole_name),
	    cmocka_unit_test(the_language_is_the_one_that_is_liked_best),
	    cmocka_unit_test(of_forwarded_addresses_the_last_one_counts),
	    cmocka_unit_test(a_source_has_its_share_and_no_more),
	    cmocka_unit_test(each_kind_is_counted_by_the_hour_and_by_itself),
	    cmocka_unit_test(a_crowd_of_sources_frees_nobody),
	    cmocka_unit_test(what_newcomers_shared_is_given_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
