/* The key decoder: all encodings, split anywhere, and nothing that a
 * terminal answers or a person pastes ever runs a key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/buf.h"
#include "tui/term/input.h"

/* Keys as text: "Up" "F5" 'a' {pasted} ^P, in a string to compare. */
static void
tell(struct buf *out, const struct input *in)
{
	static const char *const names[] = {
	    [INPUT_NONE] = "None",       [INPUT_ENTER] = "Enter",
	    [INPUT_ESC] = "Esc",         [INPUT_TAB] = "Tab",
	    [INPUT_BACKTAB] = "BackTab", [INPUT_BACKSPACE] = "BS",
	    [INPUT_UP] = "Up",           [INPUT_DOWN] = "Down",
	    [INPUT_LEFT] = "Left",       [INPUT_RIGHT] = "Right",
	    [INPUT_HOME] = "Home",       [INPUT_END] = "End",
	    [INPUT_PGUP] = "PgUp",       [INPUT_PGDN] = "PgDn",
	    [INPUT_INSERT] = "Ins",      [INPUT_DELETE] = "Del",
	};

	if (in->kind == INPUT_CHAR)
		buf_addf(out, "%x ", in->ch);
	else if (in->kind == INPUT_TEXT)
		buf_addf(out, "{%s}%s ", in->text, in->truncated ? "!" : "");
	else if (in->kind == INPUT_CTRL)
		buf_addf(out, "^%c ", (char)in->ch);
	else if (in->kind >= INPUT_F1)
		buf_addf(out, "F%d ", in->kind - INPUT_F1 + 1);
	else
		buf_addf(out, "%s ", names[in->kind]);
}

static void
drain(struct input_decoder *d, struct buf *out)
{
	struct input in;

	while (input_next(d, &in))
		tell(out, &in);
}

/* The keys of n bytes, given in two parts cut at cut, then silence. */
static char *
keys_of(const char *bytes, size_t n, size_t cut)
{
	struct input_decoder *d = input_new();
	struct buf out = BUF_INIT;

	input_feed(d, bytes, cut);
	drain(d, &out);
	input_feed(d, bytes + cut, n - cut);
	drain(d, &out);
	if (input_wait_ms(d) >= 0)
		input_timeout(d);
	drain(d, &out);
	input_free(d);
	return buf_take(&out);
}

static char *
keys_bytewise(const char *bytes, size_t n)
{
	struct input_decoder *d = input_new();
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		input_feed(d, bytes + i, 1);
		drain(d, &out);
	}
	if (input_wait_ms(d) >= 0)
		input_timeout(d);
	drain(d, &out);
	input_free(d);
	return buf_take(&out);
}

struct example {
	const char *bytes, *keys;
};

/* clang-format off */
static const struct example examples[] = {
	/* cursor keys: xterm normal and application, rxvt, with modifiers */
	{"\033[A\033[B\033[C\033[D", "Up Down Right Left "},
	{"\033OA\033OB\033OC\033OD", "Up Down Right Left "},
	{"\033[1;5A\033[1;2B\033O5C", "Up Down Right "},
	{"\033[a\033Ob\033[1;3C", "Up Down Right "},
	{"\033[H\033[F\033OH\033OF", "Home End Home End "},
	{"\033[1~\033[4~\033[7~\033[8~", "Home End Home End "},
	{"\033[7$\033[8^\033[5@", "Home End PgUp "},
	{"\033[2~\033[3~\033[5~\033[6~", "Ins Del PgUp PgDn "},
	{"\033[3;5~\033[6;2~", "Del PgDn "},
	/* function keys: VT220, xterm, Linux console, PuTTY's modes, rxvt */
	{"\033[11~\033[12~\033[13~\033[14~\033[15~", "F1 F2 F3 F4 F5 "},
	{"\033[17~\033[18~\033[19~\033[20~\033[21~\033[23~\033[24~", "F6 F7 F8 F9 F10 F11 F12 "},
	{"\033OP\033OQ\033OR\033OS", "F1 F2 F3 F4 "},
	{"\033OT\033OU\033OY\033O[", "F5 F6 F10 F12 "},
	{"\033[[A\033[[B\033[[C\033[[D\033[[E", "F1 F2 F3 F4 F5 "},
	{"\033[1;2P\033[1;5Q\033[15;2~\033[P", "F1 F2 F5 F1 "},
	/* Tab, Enter, Backspace in every form */
	{"\t\033[Z\033[27;2;9~\033[9;2u", "Tab BackTab BackTab BackTab "},
	{"\r\n\r\n", "Enter Enter "},
	{"\n\n\033OM", "Enter Enter Enter "},
	{"\b\177\033[127u", "BS BS BS "},
	/* keypad, control, kitty */
	{"\033Op\033Oy\033Ok", "30 39 2b "},
	{"\020\014\033[112;5u\033[27u", "^P ^L ^P Esc "},
	/* text of one to four bytes */
	{"aé海𬭚😀", "61 e9 6d77 2cb5a 1f600 "},
	{"？１", "ff1f ff11 "},
	/* Esc alone, twice, before text and before a key */
	{"\033", "Esc "},
	{"\033\033", "Esc Esc "},
	/* Esc and the next key in one packet of a slow link are two keys. */
	{"\033\033[C\033\033OQ\033\033[12~", "Esc Right Esc F2 Esc F2 "},
	{"\0332", "Esc 32 "},
	{"\033\r", "Esc Enter "},
	{"\033海", "Esc 6d77 "},
	/* bytes that are no UTF-8 are dropped, what follows counts */
	{"\377a\344\275b\300\257c\355\240\200d", "61 62 63 64 "},
	{"\302\233A\302\200", "41 "},
	/* answers nobody asked for: nothing */
	{"\033[24;80R\033[1;1R\033[?1;2c\033[>0;276;0c\033[0n", ""},
	{"\033[8;24;80t\033[?2026;2$y\033[4;1$yx", "78 "},
	{"\033]11;rgb:0000/0000/0000\033\\a", "61 "},
	{"\033]11;rgb:0000/0000/0000\007a", "61 "},
	{"\033P1$r0m\033\\\033_Gi=1;OK\033\\\033^x\033\\\033Xy\033\\b", "62 "},
	{"\033[I\033[O\033[<0;12;3M\033[<0;12;3m\033[M !!z", "7a "},
	{"\033[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19Ak", "6b "},
	{"\033]never ended\033[A", "Up "},
	{"\033[12\rx", "Enter 78 "},
	/* a paste is one event; inside it nothing is a key */
	{"\033[200~q\r\033[21~\t1\033[201~x", "{q\n\033[21~\t1} 78 "},
	{"\033[200~一\r\n二\033[201~\r", "{一\n二} Enter "},
	{"\033[200~\033[201\033[201~a", "{\033[201} 61 "},
	{"\033[200~\033[201~", "{} "},
	{"\033[201~a", "61 "},
};
/* clang-format on */

static void
every_encoding_of_a_key_is_that_key(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++) {
		size_t n = strlen(examples[i].bytes);
		char *keys = keys_of(examples[i].bytes, n, n);

		assert_string_equal(keys, examples[i].keys);
		free(keys);
	}
}

static void
split_at_any_byte_the_keys_are_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++) {
		size_t n = strlen(examples[i].bytes);
		char *keys = keys_bytewise(examples[i].bytes, n);

		assert_string_equal(keys, examples[i].keys);
		free(keys);
		for (size_t cut = 0; cut <= n; cut++) {
			keys = keys_of(examples[i].bytes, n, cut);
			assert_string_equal(keys, examples[i].keys);
			free(keys);
		}
	}
}

static void
any_two_sequences_in_a_row_split_anywhere_are_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(examples); i++)
		for (size_t j = 0; j < COUNT(examples); j++) {
			struct buf both = BUF_INIT;
			char *whole, *bytewise;

			buf_add(&both, examples[i].bytes);
			buf_add(&both, examples[j].bytes);
			whole = keys_of(both.data, both.len, both.len);
			bytewise = keys_bytewise(both.data, both.len);
			assert_string_equal(whole, bytewise);
			free(whole);
			free(bytewise);
			buf_clear(&both);
		}
}

static void
random_bytes_split_anywhere_are_the_same_and_harmless(void **state)
{
	unsigned seed = 12345;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		static const char likely[] = "\033[]OP1;2~AMR$\r\n\t u\\";
		char bytes[40], *whole, *bytewise;
		size_t n = 1 + seed % sizeof(bytes);

		for (size_t i = 0; i < n; i++) {
			seed = seed * 1103515245 + 12345;
			bytes[i] =
			    (seed >> 16) % 3 != 0
				? likely[(seed >> 18) % (sizeof(likely) - 1)]
				: (char)(seed >> 20);
		}
		whole = keys_of(bytes, n, seed % (n + 1));
		bytewise = keys_bytewise(bytes, n);
		assert_string_equal(whole, bytewise);
		free(whole);
		free(bytewise);
	}
}

static void
only_a_lone_escape_asks_for_a_short_wait(void **state)
{
	struct input_decoder *d = input_new();

	(void)state;
	assert_int_equal(input_wait_ms(d), -1);
	input_feed(d, "a", 1);
	assert_int_equal(input_wait_ms(d), -1);
	input_feed(d, "\033", 1);
	assert_int_equal(input_wait_ms(d), INPUT_ESC_MS);
	input_feed(d, "[", 1);
	assert_int_equal(input_wait_ms(d), INPUT_STUCK_MS);
	input_feed(d, "A", 1);
	assert_int_equal(input_wait_ms(d), -1);
	input_free(d);
}

static void
a_huge_paste_is_cut_and_says_so(void **state)
{
	struct input_decoder *d = input_new();
	struct input in;
	char block[4096];
	int keys = 0;

	(void)state;
	memset(block, 'x', sizeof(block));
	input_feed(d, "\033[200~", 6);
	for (int i = 0; i < 300; i++)
		input_feed(d, block, sizeof(block));
	input_feed(d, "\033[201~\r", 7);
	while (input_next(d, &in)) {
		if (in.kind == INPUT_TEXT) {
			assert_int_equal(in.len, INPUT_PASTE_MAX);
			assert_true(in.truncated);
		}
		keys++;
	}
	assert_int_equal(keys, 2); /* the paste and the Enter after it */
	input_free(d);
}

static void
merged(const char *bytes, const char *expected)
{
	struct input_decoder *d = input_new();
	struct buf out = BUF_INIT;

	input_feed(d, bytes, strlen(bytes));
	input_merge_bursts(d);
	drain(d, &out);
	assert_string_equal(out.data, expected);
	buf_clear(&out);
	input_free(d);
}

static void
a_burst_of_characters_is_text(void **state)
{
	(void)state;
	merged("123", "{123} ");
	merged("12", "31 32 ");
	merged("2\r", "32 Enter ");
	merged("疫情防控\r", "{疫情防控} Enter ");
	merged("abc\tdef", "{abc} Tab {def} ");
	merged("\033[B\033[B1", "Down Down 31 ");
	merged("line one of it\rline two\r",
	       "{line one of it\nline two} Enter ");
}

static void
the_rest_of_a_burst_comes_again(void **state)
{
	struct input_decoder *d = input_new();
	struct buf out = BUF_INIT;
	struct input in;

	(void)state;
	input_feed(d, "2海abc\r", 8);
	input_merge_bursts(d);
	assert_true(input_next(d, &in));
	assert_true(in.burst);
	input_again(d, 1);
	assert_true(input_next(d, &in));
	assert_int_equal(in.len, 6);
	input_again(d, 3);
	drain(d, &out);
	assert_string_equal(out.data, "{abc} Enter ");
	input_feed(d, "xyz", 3);
	input_merge_bursts(d);
	assert_true(input_next(d, &in));
	input_again(d, 3);
	assert_false(input_next(d, &in));
	input_feed(d, "\033[200~xyz\033[201~", 15);
	assert_true(input_next(d, &in));
	assert_false(in.burst);
	buf_clear(&out);
	input_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_encoding_of_a_key_is_that_key),
	    cmocka_unit_test(split_at_any_byte_the_keys_are_the_same),
	    cmocka_unit_test(
		any_two_sequences_in_a_row_split_anywhere_are_the_same),
	    cmocka_unit_test(
		random_bytes_split_anywhere_are_the_same_and_harmless),
	    cmocka_unit_test(only_a_lone_escape_asks_for_a_short_wait),
	    cmocka_unit_test(a_huge_paste_is_cut_and_says_so),
	    cmocka_unit_test(a_burst_of_characters_is_text),
	    cmocka_unit_test(the_rest_of_a_burst_comes_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
