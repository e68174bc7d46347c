/* Network addresses and blocks of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "db/base/arena.h"
#include "db/base/source.h"

static bool
same_home(const char *a, const char *b)
{
	struct source x, y;

	assert_int_equal(source_parse(a, &x), OK);
	assert_int_equal(source_parse(b, &y), OK);
	x = source_home(&x);
	y = source_home(&y);
	return source_equal(&x, &y);
}

static void
one_source_is_an_ipv4_address_or_an_ipv6_64(void **state)
{
	(void)state;
	assert_true(same_home("10.1.2.3", "::ffff:10.1.2.3"));
	assert_false(same_home("10.1.2.3", "10.1.2.4"));
	assert_true(same_home("2001:db8::1", "2001:db8::ffff:1"));
	assert_false(same_home("2001:db8::1", "2001:db8:0:1::1"));
	assert_true(same_home("fe80::1%eth0", "fe80::2"));
}

static void
what_is_no_address_is_refused(void **state)
{
	static const char *const bad[] = {"",        "?",        "localhost",
	                                  "10.1.2",  "1.2.3.4.", "10.0.0.256",
	                                  "::ffff:", ":::"};
	struct source s;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(source_parse(bad[i], &s), ERR_INVALID);
}

static bool
is_in(const char *list, const char *address)
{
	struct source_list l;
	struct source s;

	assert_int_equal(source_list_parse(list, &l), OK);
	assert_int_equal(source_parse(address, &s), OK);
	return source_is_in(&l, &s);
}

static void
a_block_holds_its_addresses_only(void **state)
{
	static const char list[] = "10.1.2.3, 192.168.4.0/23 2001:db8::/33";

	(void)state;
	assert_true(is_in(list, "10.1.2.3"));
	assert_false(is_in(list, "10.1.2.4"));
	assert_true(is_in(list, "192.168.5.255"));
	assert_false(is_in(list, "192.168.6.0"));
	assert_true(is_in(list, "::ffff:192.168.4.1"));
	assert_true(is_in(list, "2001:db8:7fff::1"));
	assert_false(is_in(list, "2001:db8:8000::1"));
	assert_false(is_in("", "127.0.0.1"));
	assert_true(is_in("0.0.0.0/0", "8.8.8.8"));
	assert_false(is_in("0.0.0.0/0", "2001:db8::1"));
	assert_true(is_in("::/0", "8.8.8.8"));
}

static void
a_list_with_something_else_is_refused(void **state)
{
	static const char *const bad[] = {
	    "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x",
	    "::/129",      "office",    "10.0.0.1;",   "fe80::1%eth0"};
	struct source_list l = {.n = 7};
	char many[SOURCE_BLOCKS_MAX * 8 + 16] = "";

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(source_list_parse(bad[i], &l), ERR_INVALID);
	for (size_t i = 0; i <= SOURCE_BLOCKS_MAX; i++)
		memcpy(many + i * 8, "1.2.3.4 ", 9);
	assert_int_equal(source_list_parse(many, &l), ERR_LIMIT);
	assert_int_equal(l.n, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_source_is_an_ipv4_address_or_an_ipv6_64),
	    cmocka_unit_test(what_is_no_address_is_refused),
	    cmocka_unit_test(a_block_holds_its_addresses_only),
	    cmocka_unit_test(a_list_with_something_else_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
