/* Characters that terminals draw one or two columns wide: measured as the
 * person answered, and none of ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/text.h"

static int
narrow(void **state)
{
	(void)state;
	text_set_ambiguous(false);
	return 0;
}

static void
ambiguous_characters_are_as_wide_as_was_said(void **state)
{
	static const char text[] = "“大潮”×…é█";

	(void)state;
	assert_int_equal(text_width(text), 10);
	text_set_ambiguous(true);
	assert_int_equal(text_width(text), 16);
	assert_int_equal(text_fit_bytes("“大”", 3), strlen("“"));
	text_set_ambiguous(false);
	assert_int_equal(text_width(text), 10);
}

static void
all_others_stay_as_they_are(void **state)
{
	int differ = 0;

	(void)state;
	for (uint32_t ch = 0x20; ch < 0x30000; ch++) {
		int before = text_char_width(ch), after;

		text_set_ambiguous(true);
		after = text_char_width(ch);
		text_set_ambiguous(false);
		if (text_is_ambiguous(ch)) {
			assert_int_equal(before, 1);
			assert_int_equal(after, 2);
			differ++;
		} else if (before != after) {
			fail_msg("U+%04X", (unsigned)ch);
		}
	}
	assert_true(differ > 6400); /* private use is most of them */
	assert_int_equal(text_width("e\u0301海a"), 4);
}

/* --- ours ----------------------------------------------------------------- */

static const char *const ours[] = {
    "conf/po/*.po",        "tui/*.[ch]",          "tui/*.def",
    "tui/screen/*.c",      "tui/term/*.c",        "tui/widget/*.c",
    "server/session/*.c",  "server/lib/exec.def", "server/net/*.c",
    "db/migrations/*.sql",
};

/* What draws codes and bars, and asks before. */
static const char *const may_draw_blocks[] = {
    "tui/term/cells.c",
    "tui/offer_blocks.c",
    "server/session/exec_activity.c",
};

static bool
draws_blocks(const char *file)
{
	for (size_t i = 0; i < COUNT(may_draw_blocks); i++)
		if (strcmp(may_draw_blocks[i], file) == 0)
			return true;
	return false;
}

/* The first ambiguous character of line, written as itself or as \uXXXX. */
static uint32_t
ambiguous_in(const char *line)
{
	size_t n = strlen(line);

	while (n > 0) {
		uint32_t ch;
		int len = text_decode(line, n, &ch);

		if (len <= 0)
			return 0xFFFD; /* ours is UTF-8 */
		if (strncmp(line, "\\u", 2) == 0)
			ch = (uint32_t)strtoul(line + 2, NULL, 16);
		if (text_is_ambiguous(ch))
			return ch;
		line += len;
		n -= (size_t)len;
	}
	return 0;
}

static void
check_file(const char *file)
{
	FILE *f = fopen(file, "re");
	char line[1024];
	int number = 0;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		uint32_t ch = ambiguous_in(line);

		number++;
		if (ch != 0)
			fail_msg("%s:%d: U+%04X", file, number, (unsigned)ch);
	}
	(void)fclose(f);
}

static void
the_frame_has_none_of_them(void **state)
{
	int files = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(ours); i++) {
		glob_t found;

		assert_int_equal(glob(ours[i], 0, NULL, &found), 0);
		for (size_t k = 0; k < found.gl_pathc; k++) {
			files++;
			if (!draws_blocks(found.gl_pathv[k]))
				check_file(found.gl_pathv[k]);
		}
		globfree(&found);
	}
	assert_true(files > 60);
}

#define T(test) cmocka_unit_test_teardown(test, narrow)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    T(ambiguous_characters_are_as_wide_as_was_said),
	    T(all_others_stay_as_they_are),
	    T(the_frame_has_none_of_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
