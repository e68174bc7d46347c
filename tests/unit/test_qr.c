/* QR codes: size, correction, refusals; e2e reads them back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/arena.h"
#include "db/base/err.h"
#include "db/base/qr.h"

#define TOKEN "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static int
size_of(const char *text)
{
	struct arena *a = arena_new();
	const unsigned char *modules;
	int size;

	assert_int_equal(qr_make(a, text, &size, &modules), OK);
	for (int i = 0; i < size * size; i++)
		assert_true(modules[i] <= 1);
	/* The finder's corner and the dark module beside it. */
	assert_int_equal(modules[0], 1);
	assert_int_equal(modules[(size - 8) * size + 8], 1);
	arena_free(a);
	return size;
}

static void
an_address_with_a_token_is_version_3(void **state)
{
	(void)state;
	assert_int_equal(size_of("HTTPS://LIAISON.HAINING.GOV.CN/A/" TOKEN),
	                 29);
	assert_int_equal(size_of("HTTP://127.0.0.1:8080/A/" TOKEN), 29);
}

static void
an_otpauth_address_of_a_short_name_is_version_3(void **state)
{
	struct arena *a = arena_new();
	const unsigned char *modules;
	int size;

	(void)state;
	assert_int_equal(
	    qr_make_text(a, "otpauth://totp/longer-name?secret=" TOKEN, &size,
	                 &modules),
	    OK);
	assert_int_equal(size, 29);
	assert_int_equal(qr_make_text(a,
	                              "otpauth://totp/a-name-of-32-letters-at-"
	                              "the-most?secret=" TOKEN,
	                              &size, &modules),
	                 OK);
	assert_true(size > 29);
	assert_int_equal(qr_make_text(a, "", &size, &modules), ERR_INVALID);
	assert_int_equal(qr_make_text(a, "a\nb", &size, &modules), ERR_INVALID);
	assert_int_equal(qr_make_text(a, "\xe9\x95\x87", &size, &modules),
	                 ERR_INVALID);
	arena_free(a);
}

static void
a_longer_address_gives_up_correction_before_size(void **state)
{
	(void)state;
	assert_int_equal(
	    size_of("HTTPS://LIAISON.RD.HAINING.JIAXING.ZHEJIANG.GOV/A/" TOKEN),
	    29);
}

static void
a_very_long_text_grows_the_code(void **state)
{
	char text[QR_TEXT_MAX + 2];

	(void)state;
	memset(text, 'A', sizeof(text));
	text[QR_TEXT_MAX] = '\0';
	assert_true(size_of(text) > 29);
}

static void
what_is_not_alphanumeric_is_refused(void **state)
{
	struct arena *a = arena_new();
	const unsigned char *modules = NULL;
	char text[QR_TEXT_MAX + 2];
	int size = 7;

	(void)state;
	assert_int_equal(qr_make(a, "https://x", &size, &modules), ERR_INVALID);
	assert_int_equal(qr_make(a, "A\x1b[2J", &size, &modules), ERR_INVALID);
	assert_int_equal(qr_make(a, "", &size, &modules), ERR_INVALID);
	memset(text, 'A', sizeof(text));
	text[QR_TEXT_MAX + 1] = '\0';
	assert_int_equal(qr_make(a, text, &size, &modules), ERR_TOO_LONG);
	assert_int_equal(size, 7);
	assert_null(modules);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_address_with_a_token_is_version_3),
	    cmocka_unit_test(an_otpauth_address_of_a_short_name_is_version_3),
	    cmocka_unit_test(a_longer_address_gives_up_correction_before_size),
	    cmocka_unit_test(a_very_long_text_grows_the_code),
	    cmocka_unit_test(what_is_not_alphanumeric_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
