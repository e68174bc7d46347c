/* The text functions that every screen, form and record relies on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "db/base/i18n.h"
#include "db/base/text.h"

static int
set_up(void **state)
{
	*state = arena_new();
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static void
rare_han_and_emoji_are_two_columns(void **state)
{
	(void)state;
	assert_int_equal(text_width("𬭚䶮"), 4);
	assert_int_equal(text_width("海宁"), 4);
	assert_int_equal(text_width("，。！"), 6);
	assert_int_equal(text_width("😀"), 2);
	assert_int_equal(text_char_width(0x2EBF0), 2); /* extension I */
	assert_int_equal(text_char_width(0x31350), 2); /* extension H */
	assert_int_equal(text_char_width(0xFF11), 2);
}

static void
ambiguous_is_one_column_and_marks_are_none(void **state)
{
	(void)state;
	assert_int_equal(text_width("─●○✓…▀"), 6);
	assert_int_equal(text_width("e\u0301"), 1);
	assert_int_equal(text_char_width(0x200B), 0);
}

static void
width_agrees_with_the_c_library_where_that_knows(void **state)
{
	int differ = 0;

	(void)state;
	i18n_init("/nonexistent");
	for (uint32_t ch = 0xA0; ch < 0x40000; ch++) {
		wchar_t w = (wchar_t)ch;
		int theirs = wcswidth(&w, 1);

		if (theirs >= 0 && theirs != text_char_width(ch))
			differ++;
	}
	/* a few dozen marks are judged differently by versions of Unicode */
	assert_in_range(differ, 0, 100);
}

static void
every_character_survives_encode_and_decode(void **state)
{
	(void)state;
	for (uint32_t ch = 1; ch <= 0x10FFFF; ch++) {
		char bytes[4];
		uint32_t back = 0;
		int len;

		if (ch >= 0xD800 && ch <= 0xDFFF)
			continue;
		len = text_encode(ch, bytes);
		assert_int_equal(text_decode(bytes, (size_t)len, &back), len);
		assert_int_equal(back, ch);
		for (int cut = 1; cut < len; cut++)
			assert_int_equal(text_decode(bytes, (size_t)cut, &back),
			                 -2);
	}
}

static void
bad_bytes_are_refused(void **state)
{
	static const char *const bad[] = {
	    "\x80",
	    "\xC0\xAF",
	    "\xC1\x81",
	    "\xE0\x80\xAF",
	    "\xED\xA0\x80",
	    "\xF0\x80\x80\x80",
	    "\xF4\x90\x80\x80",
	    "\xF5\x80\x80\x80",
	    "\xFF",
	    "\xE4\x41",
	    "\xE4\xBD\x41",
	};
	const char *out;
	uint32_t ch;

	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_int_equal(text_decode(bad[i], strlen(bad[i]), &ch), -1);
		assert_int_equal(text_clean(*state, bad[i], strlen(bad[i]),
		                            TEXT_LINE, 10, &out),
		                 ERR_INVALID);
	}
}

static void
cutting_never_splits_a_character_and_says_so(void **state)
{
	struct arena *a = *state;

	assert_string_equal(text_fit(a, "疫情防控", 8), "疫情防控");
	assert_string_equal(text_fit(a, "疫情防控", 7), "疫情..");
	assert_string_equal(text_fit(a, "疫情防控", 6), "疫情..");
	assert_string_equal(text_fit(a, "疫情防控", 5), "疫..");
	assert_string_equal(text_fit(a, "疫情防控", 1), ".");
	assert_string_equal(text_fit(a, "abc", 0), "");
	for (int columns = 0; columns < 20; columns++)
		assert_true(text_width(text_fit(a, "海a宁b人大c基层",
		                                columns)) <= columns);
}

static void
padding_is_exact(void **state)
{
	struct arena *a = *state;

	assert_string_equal(text_pad(a, "海宁", 6, false), "海宁  ");
	assert_string_equal(text_pad(a, "海宁", 6, true), "  海宁");
	for (int columns = 0; columns < 20; columns++)
		assert_int_equal(
		    text_width(text_pad(a, "海a宁b人大c基层", columns, true)),
		    columns);
}

static void
wrapped_lines_fit_and_lose_nothing(void **state)
{
	static const char text[] =
	    "到荆山村、博儒桥村卡口查看扫码、测温和值守"
	    "情况；听取汇报 and some English words here。";

	for (int columns = 2; columns < 70; columns++) {
		const char *const *lines = text_wrap(*state, text, columns);
		size_t bytes = 0;

		for (; *lines != NULL; lines++) {
			assert_true(text_width(*lines) <= columns);
			bytes += strlen(*lines);
		}
		/* at most the blanks where lines end are gone */
		assert_in_range(bytes, sizeof(text) - 1 - 5, sizeof(text) - 1);
	}
}

static void
closing_marks_do_not_begin_a_line(void **state)
{
	const char *const *lines = text_wrap(*state, "一二三四，五六", 8);

	assert_string_equal(lines[0], "一二三");
	assert_string_equal(lines[1], "四，五六");
	assert_null(lines[2]);
}

static void
newlines_are_kept(void **state)
{
	const char *const *lines = text_wrap(*state, "一\n\n二\n", 8);

	assert_string_equal(lines[0], "一");
	assert_string_equal(lines[1], "");
	assert_string_equal(lines[2], "二");
	assert_null(lines[3]);
	assert_string_equal(text_wrap(*state, "", 8)[0], "");
	assert_null(text_wrap(*state, "", 8)[1]);
}

static void
nothing_that_steers_a_terminal_survives_cleaning(void **state)
{
	static const char dirty[] = " a\x1b[31mb\x07"
				    "c\u202E"
				    "d\u200Be\uFEFF"
				    "f\x7F\xC2\x85"
				    "g\r\nh ";
	const char *out;

	assert_int_equal(
	    text_clean(*state, dirty, sizeof(dirty) - 1, TEXT_LINE, 100, &out),
	    OK);
	assert_string_equal(out, "a[31mbcdef g h");
	assert_int_equal(
	    text_clean(*state, "a\r\nb\rc\n", 7, TEXT_LINES, 100, &out), OK);
	assert_string_equal(out, "a\nb\nc");
}

static void
the_limit_is_in_characters(void **state)
{
	const char *out;

	assert_int_equal(text_clean(*state, "海宁人大", 12, TEXT_LINE, 4, &out),
	                 OK);
	assert_int_equal(text_clean(*state, "海宁人大", 12, TEXT_LINE, 3, &out),
	                 ERR_TOO_LONG);
}

static void
heaps_of_marks_are_thinned(void **state)
{
	const char *out;
	const char s[] = "e\u0301\u0301\u0301\u0301x";

	assert_int_equal(
	    text_clean(*state, s, sizeof(s) - 1, TEXT_LINE, 20, &out), OK);
	assert_int_equal(text_length(out), 4);
}

static void
full_width_forms_fold(void **state)
{
	assert_string_equal(text_fold(*state, "２０２２－３－２９　１４：０５"),
	                    "2022-3-29 14:05");
	assert_string_equal(text_fold(*state, "７Ｋ２ｍ９Ｑ？／海"),
	                    "7K2m9Q?/海");
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    T(rare_han_and_emoji_are_two_columns),
	    T(ambiguous_is_one_column_and_marks_are_none),
	    T(width_agrees_with_the_c_library_where_that_knows),
	    T(every_character_survives_encode_and_decode),
	    T(bad_bytes_are_refused),
	    T(cutting_never_splits_a_character_and_says_so),
	    T(padding_is_exact),
	    T(wrapped_lines_fit_and_lose_nothing),
	    T(closing_marks_do_not_begin_a_line),
	    T(newlines_are_kept),
	    T(nothing_that_steers_a_terminal_survives_cleaning),
	    T(the_limit_is_in_characters),
	    T(heaps_of_marks_are_thinned),
	    T(full_width_forms_fold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
