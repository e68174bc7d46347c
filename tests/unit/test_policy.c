/* Which passwords are taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/lib/policy.h"

static void
good(const char *password)
{
	if (policy_check("zhang.wei", password) != OK)
		fail_msg("refused: %s", password);
}

static void
bad(const char *password)
{
	if (policy_check("zhang.wei", password) != ERR_INVALID)
		fail_msg("taken: %s", password);
}

static void
eight_characters_are_enough_in_any_script(void **state)
{
	(void)state;
	good("tidal-Bo");
	good("海宁潮起八月十八");
	bad("");
	bad("tidal-B");
	bad("海宁潮八月");
}

static void
the_name_is_no_password(void **state)
{
	(void)state;
	bad("zhang.wei");
	bad("Zhang.Wei");
	bad("zhang.wei12");
	good("zhang.wei and the tide");
}

static void
what_everybody_tries_is_refused(void **state)
{
	(void)state;
	bad("12345678");
	bad("PASSWORD1");
	bad("aaaaaaaaaaaa");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(eight_characters_are_enough_in_any_script),
	    cmocka_unit_test(the_name_is_no_password),
	    cmocka_unit_test(what_everybody_tries_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
