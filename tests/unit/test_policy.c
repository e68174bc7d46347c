/* Which passwords are taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/base/policy.h"

static void
good(const char *password)
{
	if (policy_check("zhang.wei", password, 8) != OK)
		fail_msg("refused: %s", password);
}

static void
bad(const char *password)
{
	if (policy_check("zhang.wei", password, 8) != ERR_INVALID)
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
	bad("woaini1314");
	bad("1qaz2wsx");
	bad("20262026");
	bad("Haining1");
}

static void
a_few_digits_hung_on_make_no_password_of_a_word(void **state)
{
	(void)state;
	bad("haining2026");
	bad("Password!1");
	bad("woaini520!");
	good("haining and the tide 8");
	good("2026-haining-tide");
}

static void
the_site_says_how_long(void **state)
{
	(void)state;
	assert_int_equal(policy_fault("a", "tidal-Bore1", 12), POLICY_SHORT);
	assert_int_equal(policy_fault("a", "tidal-Bore12", 12), POLICY_FINE);
	assert_int_equal(policy_fault("a", "12345678", 8), POLICY_COMMON);
}

static void
every_line_of_the_list_is_found_in_it(void **state)
{
	(void)state;
	assert_true(policy_common_count > 300);
	for (int i = 0; i < policy_common_count; i++)
		if (policy_fault("", policy_common[i], 1) == POLICY_FINE)
			fail_msg("not found: %s", policy_common[i]);
}

static void
every_fault_has_its_sentence(void **state)
{
	(void)state;
	for (int i = POLICY_FINE + 1; i < POLICY_FAULTS; i++)
		assert_true(policy_sentence((enum policy_fault)i)[0] != '\0');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(eight_characters_are_enough_in_any_script),
	    cmocka_unit_test(the_name_is_no_password),
	    cmocka_unit_test(what_everybody_tries_is_refused),
	    cmocka_unit_test(a_few_digits_hung_on_make_no_password_of_a_word),
	    cmocka_unit_test(the_site_says_how_long),
	    cmocka_unit_test(every_line_of_the_list_is_found_in_it),
	    cmocka_unit_test(every_fault_has_its_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
