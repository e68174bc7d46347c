/* Encodings of clients: their names in locales, and conversion of streams
 * that may be split anywhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "db/base/text.h"
#include "server/net/convert.h"

enum { TEXT_MAX = 256, OUT_MAX = CONVERT_ROOM(TEXT_MAX) };

static int
open_converters(void **state)
{
	static struct converters all;

	*state = &all;
	return converters_open(&all);
}

static int
close_converters(void **state)
{
	converters_close(*state);
	return 0;
}

static size_t
whole(const struct converters *all, enum encoding encoding, bool encode,
      const char *in, size_t n, char *out)
{
	struct convert v = {.held_len = 0};

	convert_use(&v, all, encoding, encode);
	return convert(&v, in, n, out);
}

static void
becomes(const struct converters *all, enum encoding encoding, bool encode,
        const char *in, const char *want)
{
	char out[OUT_MAX + 1];
	size_t n = whole(all, encoding, encode, in, strlen(in), out);

	out[n] = '\0';
	assert_string_equal(out, want);
}

static void
a_locale_says_its_encoding(void **state)
{
	static const struct {
		const char *locale;
		enum encoding encoding;
	} rows[] = {
	    {"zh_CN.GB18030", ENCODING_GB18030},
	    {"zh_CN.gb18030@stroke", ENCODING_GB18030},
	    {"zh_CN.GBK", ENCODING_GBK},
	    {"zh_CN.gb2312", ENCODING_GBK},
	    {"zh_CN.GB2312", ENCODING_GBK},
	    {"zh_CN.eucCN", ENCODING_GBK},
	    {"Chinese_China.936", ENCODING_GBK},
	    {"zh_CN.CP936", ENCODING_GBK},
	    {"zh_CN.UTF-8", ENCODING_UTF8},
	    {"en_US.utf8", ENCODING_UTF8},
	    {"zh_TW.Big5", ENCODING_UTF8},
	    {"zh_CN", ENCODING_UTF8},
	    {"gbk", ENCODING_UTF8},
	    {".", ENCODING_UTF8},
	    {"zh_CN.gbkgbkgbkgbkgbkgbkgbk", ENCODING_UTF8},
	    {"", ENCODING_UTF8},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(encoding_of_locale(rows[i].locale),
		                 rows[i].encoding);
}

static void
an_encoding_is_found_by_its_name(void **state)
{
	(void)state;
	for (int i = 0; i < ENCODINGS; i++) {
		const char *name = encoding_name((enum encoding)i);

		assert_int_equal(encoding_named(name, ENCODINGS), i);
	}
	assert_int_equal(encoding_named("", ENCODING_GBK), ENCODING_GBK);
}

static void
chinese_goes_both_ways(void **state)
{
	const struct converters *all = *state;
	static const char utf8[] = "海宁 abc 𬭚䶮 é€";
	char gb[OUT_MAX], back[OUT_MAX + 1];
	size_t n;

	becomes(all, ENCODING_GB18030, true, "海宁", "\xBA\xA3\xC4\xFE");
	becomes(all, ENCODING_GB18030, false, "\xBA\xA3\xC4\xFE", "海宁");
	n = whole(all, ENCODING_GB18030, true, utf8, strlen(utf8), gb);
	n = whole(all, ENCODING_GB18030, false, gb, n, back);
	back[n] = '\0';
	assert_string_equal(back, utf8);
}

/* Every character that can be cleaned text survives the way to a GB18030
 * client and back: that is what a form edited there does to a name. Not so
 * private use, which the standard has since given to characters of its own. */
static void
gb18030_says_everything(void **state)
{
	const struct converters *all = *state;

	for (uint32_t ch = 0x20; ch < 0xF0000; ch++) {
		char utf8[4], gb[OUT_MAX], back[OUT_MAX];
		int len = text_encode(ch, utf8);
		size_t n;

		if ((ch >= 0xD800 && ch <= 0xF8FF) || (ch & 0xFFFE) == 0xFFFE)
			continue;
		n = whole(all, ENCODING_GB18030, true, utf8, (size_t)len, gb);
		n = whole(all, ENCODING_GB18030, false, gb, n, back);
		if (n != (size_t)len || memcmp(back, utf8, n) != 0)
			fail_msg("U+%04X is lost", (unsigned)ch);
	}
}

static void
what_gbk_cannot_say_keeps_its_columns(void **state)
{
	becomes(*state, ENCODING_GBK, true, "a𬭚b", "a??b");
	becomes(*state, ENCODING_GBK, true, "aéb",
	        "a\xA8\xA6"
	        "b");
	becomes(*state, ENCODING_GBK, true, "a\xC3\xB1z", "a?z"); /* ñ */
	becomes(*state, ENCODING_GBK, true, "a\xCC\x84z", "az");  /* macron */
	becomes(*state, ENCODING_GBK, true, "龙", "\xC1\xFA");
}

static void
escape_sequences_pass(void **state)
{
	static const char keys[] = "\033[200~\xBA\xA3\033[201~\033OP\r\x0C";

	becomes(*state, ENCODING_GB18030, false, keys,
	        "\033[200~海\033[201~\033OP\r\x0C");
	becomes(*state, ENCODING_GB18030, true, "\033[2;3H海\033[K\a",
	        "\033[2;3H\xBA\xA3\033[K\a");
}

/* A key after half a character is that key, not the other half. */
static void
a_broken_character_costs_itself_only(void **state)
{
	becomes(*state, ENCODING_GB18030, false, "\xBA\033[A",
	        "\xEF\xBF\xBD\033[A");
	becomes(*state, ENCODING_GB18030, false, "\x81\x30\033[A",
	        "\xEF\xBF\xBD"
	        "0\033[A");
	becomes(*state, ENCODING_GB18030, false, "\x81\x30\r",
	        "\xEF\xBF\xBD"
	        "0\r");
	becomes(*state, ENCODING_GB18030, false, "\xFF\x80\xBA\xA3",
	        "\xEF\xBF\xBD\xEF\xBF\xBD海");
	becomes(*state, ENCODING_GB18030, true, "\xE6\xB5\033[A", "??\033[A");
	becomes(*state, ENCODING_GB18030, true, "\xFF海", "?\xBA\xA3");
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Text, half characters, control sequences and noise. */
static size_t
random_text(uint32_t *seed, char *out)
{
	static const char *const parts[] = {
	    "海",       "\xBA\xA3", "𬭚", "\x98\x36\xCC\x37",
	    "\033[31m", "\xE6\xB5", "\x81", "\x81\x30\x81",
	    "é",        "\xFF",     "\x80", "a1",
	};
	size_t n = 0;

	while (n < TEXT_MAX - 8) {
		const char *part = parts[next_random(seed) % COUNT(parts)];

		if (next_random(seed) % 4 == 0) {
			out[n++] = (char)next_random(seed);
			continue;
		}
		while (*part != '\0')
			out[n++] = *part++;
	}
	return n;
}

static void
a_split_changes_nothing(void **state)
{
	const struct converters *all = *state;
	uint32_t seed = 20260329;

	for (int round = 0; round < 600; round++) {
		char in[TEXT_MAX], want[OUT_MAX], got[OUT_MAX];
		enum encoding encoding =
		    round % 2 == 0 ? ENCODING_GB18030 : ENCODING_GBK;
		bool encode = round % 4 < 2;
		size_t n = random_text(&seed, in), len = 0;
		size_t want_len = whole(all, encoding, encode, in, n, want);
		struct convert v = {.held_len = 0};

		assert_true(want_len <=
		            (encode ? CONVERT_ROOM_OUT(n) : CONVERT_ROOM(n)));
		convert_use(&v, all, encoding, encode);
		for (size_t at = 0; at < n;) {
			size_t part = 1 + next_random(&seed) % 5;

			if (part > n - at)
				part = n - at;
			len += convert(&v, in + at, part, got + len);
			at += part;
		}
		assert_int_equal(len, want_len);
		assert_memory_equal(got, want, len);
	}
}

static void
a_change_of_encoding_loses_no_half_character(void **state)
{
	const struct converters *all = *state;
	struct convert v = {.held_len = 0};
	char out[OUT_MAX];
	size_t n;

	convert_use(&v, all, ENCODING_GB18030, true);
	n = convert(&v, "\xE6\xB5", 2, out);
	assert_int_equal(n, 0);
	convert_use(&v, all, ENCODING_UTF8, true);
	n = convert(&v, "\xB7!", 2, out);
	assert_int_equal(n, 4);
	assert_memory_equal(out, "海!", 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_locale_says_its_encoding),
	    cmocka_unit_test(an_encoding_is_found_by_its_name),
	    cmocka_unit_test(chinese_goes_both_ways),
	    cmocka_unit_test(gb18030_says_everything),
	    cmocka_unit_test(what_gbk_cannot_say_keeps_its_columns),
	    cmocka_unit_test(escape_sequences_pass),
	    cmocka_unit_test(a_broken_character_costs_itself_only),
	    cmocka_unit_test(a_split_changes_nothing),
	    cmocka_unit_test(a_change_of_encoding_loses_no_half_character),
	};

	return cmocka_run_group_tests(tests, open_converters, close_converters);
}
