/* Codes by time and codes on paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/otp.h"

/* RFC 6238, appendix B: the ASCII secret "12345678901234567890" with SHA-1;
 * of its eight digits the last six. */
static const char rfc_secret[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
static const struct {
	int64_t at;
	const char *code;
} rfc[] = {
    {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
    {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
};

static void
codes_are_those_of_rfc_6238(void **state)
{
	char code[OTP_DIGITS + 1];
	int64_t step;

	(void)state;
	for (size_t i = 0; i < sizeof(rfc) / sizeof(rfc[0]); i++) {
		assert_int_equal(
		    otp_code(rfc_secret, rfc[i].at / OTP_STEP_S, code), OK);
		assert_string_equal(code, rfc[i].code);
		assert_int_equal(
		    otp_verify(rfc_secret, code, rfc[i].at, -1, &step), OK);
		assert_int_equal(step, rfc[i].at / OTP_STEP_S);
	}
}

static void
a_clock_may_be_off_by_one_step_and_no_more(void **state)
{
	static const int64_t now = 1234567890;
	char code[OTP_DIGITS + 1];

	(void)state;
	for (int off = -3; off <= 3; off++) {
		int64_t step = -7;
		bool near = off >= -1 && off <= 1;

		assert_int_equal(
		    otp_code(rfc_secret, now / OTP_STEP_S + off, code), OK);
		assert_int_equal(otp_verify(rfc_secret, code, now, -1, &step),
		                 near ? OK : ERR_DENIED);
		assert_int_equal(step, near ? now / OTP_STEP_S + off : -7);
	}
}

static void
a_step_that_was_used_is_not_taken_again(void **state)
{
	static const int64_t now = 1234567890, step = now / OTP_STEP_S;
	char code[OTP_DIGITS + 1], before[OTP_DIGITS + 1];
	int64_t found;

	(void)state;
	assert_int_equal(otp_code(rfc_secret, step, code), OK);
	assert_int_equal(otp_code(rfc_secret, step - 1, before), OK);
	assert_int_equal(otp_verify(rfc_secret, code, now, step, &found),
	                 ERR_DENIED);
	assert_int_equal(otp_verify(rfc_secret, before, now, step, &found),
	                 ERR_DENIED);
	assert_int_equal(otp_verify(rfc_secret, code, now, step - 1, &found),
	                 OK);
	assert_int_equal(found, step);
}

static void
only_six_digits_are_a_code(void **state)
{
	static const char *const others[] = {
	    "",
	    "28708",
	    "2870822",
	    "28708a",
	    " 287082",
	    "287082 ",
	    "-87082",
	    "\xef\xbc\x92"
	    "87082",
	};
	int64_t step;

	(void)state;
	assert_true(otp_is_code("287082"));
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		assert_false(otp_is_code(others[i]));
		assert_int_equal(
		    otp_verify(rfc_secret, others[i], 59, -1, &step),
		    ERR_DENIED);
	}
}

static void
a_new_secret_is_base32_of_its_own(void **state)
{
	char a[OTP_SECRET + 1], b[OTP_SECRET + 1], code[OTP_DIGITS + 1];

	(void)state;
	assert_int_equal(otp_secret(a), OK);
	assert_int_equal(otp_secret(b), OK);
	assert_true(otp_is_secret(a));
	assert_int_equal(strlen(a), OTP_SECRET);
	assert_string_not_equal(a, b);
	assert_int_equal(otp_code(a, 1, code), OK);
	assert_false(otp_is_secret("GEZDGNBVGY3TQOJQGEZDGNBVG"));
	assert_false(otp_is_secret("gezdgnbvgy3tqojqgezdgnbvgy"));
	assert_false(otp_is_secret("GEZDGNBVGY3TQOJQGEZDGNBVG1"));
	assert_false(otp_is_secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQA"));
	assert_int_equal(otp_code("", 1, code), ERR_INVALID);
}

static void
a_recovery_code_is_read_however_it_is_typed(void **state)
{
	char code[OTP_RECOVERY_CODE + 1], a[OTP_RECOVERY_CODE + 1];
	char b[OTP_RECOVERY_CODE + 1];

	(void)state;
	otp_recovery(code);
	assert_int_equal(strlen(code), OTP_RECOVERY_CODE);
	assert_int_equal(code[4], '-');
	assert_true(otp_recovery_fold(code, a));
	assert_false(otp_is_code(a));
	assert_true(otp_recovery_fold("7k2m 9qpw", a));
	assert_true(otp_recovery_fold(" 7K2M-9QPW ", b));
	assert_string_equal(a, "7K2M9QPW");
	assert_string_equal(a, b);
	assert_false(otp_recovery_fold("7K2M-9QP", a));
	assert_false(otp_recovery_fold("7K2M-9QPWX", a));
	assert_false(otp_recovery_fold("7K2M-9QP0", a));
	assert_false(otp_recovery_fold("", a));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(codes_are_those_of_rfc_6238),
	    cmocka_unit_test(a_clock_may_be_off_by_one_step_and_no_more),
	    cmocka_unit_test(a_step_that_was_used_is_not_taken_again),
	    cmocka_unit_test(only_six_digits_are_a_code),
	    cmocka_unit_test(a_new_secret_is_base32_of_its_own),
	    cmocka_unit_test(a_recovery_code_is_read_however_it_is_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
