/*
 * Plain mode: what can be chosen has numbers, what is asked is asked line by
 * line, and no control sequence is ever sent. What breaks if this fails: a
 * person who hears the screen instead of seeing it cannot work.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <sys/socket.h>

#include "tests/unit/fixture_things.h"

static struct session *
begin(void)
{
	return start("dumb", 80, 100);
}

/* The last line that says something, without what stands at its prompt. */
static const char *
last_line(struct session *f)
{
	const char *found = "";

	for (int y = 0; y < 100; y++)
		if (row(f, y)[0] != '\0' && row(f, y)[0] != '>')
			found = row(f, y);
	return found;
}

static void
lines_of_a_list_have_numbers_and_pages(void **state)
{
	struct session *f = begin();

	(void)state;
	SHOWS(f, "Columns: Number; Name; Kind; Size; Remarks");
	SHOWS(f, "1. 1; 海宁1号; Check; 10; 𬭚䶮𮯰 remark");
	SHOWS(f, "20. 20; 海宁20号; Talk; 200;");
	assert_false(shows(f, "21. 21;"));
	press(f, "p\r");
	assert_string_equal(last_line(f), "This is the first page.");
	press(f, "n\r");
	SHOWS(f, "1. 21; 海宁21号;");
	SHOWS(f, "21-40 / 512");
	press(f, "p\r");
	press(f, "3\r");
	assert_int_equal(told->opened, 3);
	SHOWS(f, "A thing");
	session_stop(f);
}

static void
a_number_with_a_key_presses_it_on_that_line(void **state)
{
	struct session *f = begin();

	(void)state;
	press(f, "5 F2\r");
	SHOWS(f, "1. Strike out");
	SHOWS(f, "2. Remove");
	assert_false(shows(f, "Not for you"));
	press(f, "1\r");
	SHOWS(f, "Really strike it out?");
	press(f, "y\r");
	assert_int_equal(told->acted, 1);
	SHOWS(f, "struck");
	press(f, "e\r"); /* the mark stays there */
	assert_int_equal(told->opened, 5);
	session_stop(f);
}

static void
what_is_not_yes_is_no(void **state)
{
	static const char *const answers[] = {"\r", "n\r", ".\r", "x\r", ESC};
	struct session *f = begin();

	(void)state;
	for (size_t i = 0; i < COUNT(answers); i++) {
		press(f, "F2\r1\r");
		press(f, answers[i]);
		assert_false(shows(f, "struck"));
	}
	press(f, "f2\r2\r2041\r");
	assert_int_equal(told->acted, (int)COUNT(answers) + 100);
	session_stop(f);
}

static void
numbers_and_words_without_meaning_are_said_to_have_none(void **state)
{
	struct session *f = begin();

	(void)state;
	press(f, "99\r");
	assert_string_equal(last_line(f), "There is no line 99 here.");
	press(f, "0\r");
	assert_string_equal(last_line(f), "There is no line 0 here.");
	press(f, "99999999999999999999\r");
	assert_non_null(strstr(last_line(f), "There is no line "));
	press(f, "what?\r");
	assert_string_equal(last_line(f),
	                    "\"what?\" means nothing here; h helps.");
	press(f, "\r");
	assert_string_equal(last_line(f), "Nothing has changed.");
	assert_int_equal(told->opened, 0);
	session_stop(f);
}

static void
what_is_found_is_the_list(void **state)
{
	struct session *f = begin();

	(void)state;
	press(f, "F3\r宁7号\r");
	SHOWS(f, "1. 7; 海宁7号;");
	SHOWS(f, "Find: 宁7号");
	press(f, "F3\r宁999\r");
	assert_true(shows(f, "Nothing matches."));
	press(f, "F3\r\r");
	SHOWS(f, "1-20 / 512");
	session_stop(f);
}

static void
a_form_asks_for_each_kind_of_field(void **state)
{
	struct session *f = begin();

	(void)state;
	press(f, "F4\r1\r汉字 name\r2\r12\r3\r2\r4\r2022-05-06\r");
	SHOWS(f, "4. Day: 2022-05-06");
	press(f, "6\rone\rtwo\r.\r7\r沈\r1\r8\r\r1\r\r3\r.\r");
	SHOWS(f, "7. Person (required): 沈国强");
	SHOWS(f, "8. People: 2: 张伟, 朱丽");
	press(f, "F10\r");
	assert_int_equal(told->saves, 1);
	assert_string_equal(told->name, "汉字 name");
	assert_int_equal(told->saved.size, 12);
	assert_int_equal(told->saved.kind, 1);
	assert_string_equal(told->text, "one\ntwo");
	assert_int_equal(told->saved.person, 2);
	assert_int_equal(told->saved.people, 2);
	session_stop(f);
}

static void
a_form_says_what_is_wrong_and_only_that(void **state)
{
	struct session *f = begin();

	(void)state;
	press(f, "F4\r2\rabc\rF10\r");
	SHOWS(f, "Please enter a number.");
	SHOWS(f, "Please fill this in.");
	assert_int_equal(told->saves, 0);
	press(f, "2\r-\r1\rname\r7\r\r1\rF10\r");
	assert_int_equal(told->saves, 1);
	assert_int_equal(told->saved.size, 0);
	session_stop(f);
}

static void
a_line_or_a_dot_keeps_a_field_and_a_minus_clears_it(void **state)
{
	struct session *f = begin();

	(void)state;
	press(f, "F4\r1\rname\r");
	press(f, "1\r\r");
	assert_string_equal(last_line(f), "1. Name (required): name");
	press(f, "1\r.\r");
	assert_string_equal(last_line(f), "1. Name (required): name");
	press(f, "1\r-\r");
	assert_string_equal(last_line(f), "1. Name (required): (empty)");
	session_stop(f);
}

static void
a_secret_is_not_shown(void **state)
{
	struct session *f = begin();

	(void)state;
	press(f, "F4\r9\rgeheim\r?\r");
	assert_false(shows(f, "geheim"));
	SHOWS(f, "9. Pin: (filled in)");
	session_stop(f);
}

static void
leaving_a_changed_form_asks(void **state)
{
	struct session *f = begin();

	(void)state;
	press(f, "F4\r1\rname\rb\r");
	SHOWS(f, "Leave without saving what you have entered?");
	press(f, "n\r?\r");
	assert_true(shows(f, "9. Pin: (empty)"));
	press(f, "b\ry\r");
	SHOWS(f, "1-20 / 512");
	session_stop(f);
}

static void
what_is_typed_is_shown_and_corrected(void **state)
{
	struct session *f = begin();
	int y, x;

	(void)state;
	press(f, "ab汉");
	cursor(f, &y, &x);
	assert_string_equal(row(f, y), "> ab汉");
	press(f, "\177");
	assert_string_equal(row(f, y), "> ab");
	press(f, "\025"); /* Ctrl-U */
	assert_string_equal(row(f, y), ">");
	cursor(f, &y, &x);
	assert_int_equal(x, 2);
	session_stop(f);
}

static void
help_says_the_letters(void **state)
{
	struct session *f = begin();

	(void)state;
	press(f, "h\r");
	SHOWS(f, "n: The next page of a long list");
	SHOWS(f, "Make a new one.");
	assert_false(shows(f, "PgDn"));
	session_stop(f);
}

static void
another_application_is_a_menu(void **state)
{
	struct session *f = begin();

	(void)state;
	press(f, "a\r");
	SHOWS(f, "1. Things");
	SHOWS(f, "2. Code");
	assert_false(shows(f, "Forbidden"));
	press(f, "3\r");
	SHOWS(f, "周家浜路灯不亮; 办理中");
	SHOWS(f, "1. first");
	press(f, "n\r");
	SHOWS(f, "活动: 12");
	session_stop(f);
}

static void
a_list_is_read_again_only_after_the_line_was_done(void **state)
{
	const struct tui_event ev = {
	    .kind = TUI_WAKE, .kinds = 1U << 3, .unit = 7};
	struct session *f = begin();
	int loads = told->loads;

	(void)state;
	send_event(f, &ev);
	assert_int_equal(told->loads, loads);
	press(f, "\r");
	assert_int_equal(told->loads, loads + 1);
	session_stop(f);
}

static void
a_notice_is_said_with_the_next_line(void **state)
{
	const struct tui_event ev = {.kind = TUI_NOTICE,
	                             .text = "The service stops soon."};
	struct session *f = begin();

	(void)state;
	send_event(f, &ev);
	press(f, "\r");
	SHOWS(f, "The service stops soon.");
	session_stop(f);
}

static void
no_control_sequence_is_sent(void **state)
{
	static char bytes[1 << 18];
	struct session *f = begin();
	ssize_t n;

	(void)state;
	type(f, "h\r\r3\rb\rF4\r1\r\033[200~a\033]0;x\ab\033[201~\r?"
	        "\rb\ry\ra\r2\r");
	wait_idle(f);
	n = recv(session_fd(f), bytes, sizeof(bytes), MSG_DONTWAIT);
	assert_true(n > 0);
	for (ssize_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)bytes[i];

		assert_true(c >= ' ' || c == '\r' || c == '\n');
		if (c == '\n')
			assert_int_equal(bytes[i - 1], '\r');
	}
	session_stop(f);
}

static void
lines_that_wait_are_done_before_the_end(void **state)
{
	struct session *f = begin();

	(void)state;
	type(f, "F4\r1\rlast\r7\r\r1\rF10\r");
	assert_int_equal(shutdown(session_fd(f), SHUT_WR), 0);
	while (session_runs(f))
		settle(f);
	assert_int_equal(session_stop(f), ERR_CLOSED);
	assert_int_equal(told->saves, 1);
	assert_string_equal(told->name, "last");
}

static void
leaving_ends_the_session(void **state)
{
	static const char *const ways[] = {"q\ry\r", "b\ry\r", "\004"};

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct session *f = begin();

		press(f, ways[i]);
		assert_false(session_runs(f));
		assert_int_equal(session_stop(f), OK);
	}
}

static void
a_client_that_reads_nothing_costs_no_memory(void **state)
{
	struct session *f = start_with("dumb", 80, 100, 2048);

	(void)state;
	for (int i = 0; i < 40; i++)
		type(f, "?\r");
	for (int i = 0; i < 40; i++)
		settle(f);
	press(f, "1\r");
	assert_int_equal(told->opened, 1);
	session_stop(f);
}

static int
all_begin(void **state)
{
	things_plain = true;
	return things_begin(state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines_of_a_list_have_numbers_and_pages),
	    cmocka_unit_test(a_number_with_a_key_presses_it_on_that_line),
	    cmocka_unit_test(what_is_not_yes_is_no),
	    cmocka_unit_test(
		numbers_and_words_without_meaning_are_said_to_have_none),
	    cmocka_unit_test(what_is_found_is_the_list),
	    cmocka_unit_test(a_form_asks_for_each_kind_of_field),
	    cmocka_unit_test(a_form_says_what_is_wrong_and_only_that),
	    cmocka_unit_test(
		a_line_or_a_dot_keeps_a_field_and_a_minus_clears_it),
	    cmocka_unit_test(a_secret_is_not_shown),
	    cmocka_unit_test(leaving_a_changed_form_asks),
	    cmocka_unit_test(what_is_typed_is_shown_and_corrected),
	    cmocka_unit_test(help_says_the_letters),
	    cmocka_unit_test(another_application_is_a_menu),
	    cmocka_unit_test(a_list_is_read_again_only_after_the_line_was_done),
	    cmocka_unit_test(a_notice_is_said_with_the_next_line),
	    cmocka_unit_test(no_control_sequence_is_sent),
	    cmocka_unit_test(lines_that_wait_are_done_before_the_end),
	    cmocka_unit_test(leaving_ends_the_session),
	    cmocka_unit_test(a_client_that_reads_nothing_costs_no_memory),
	};

	return cmocka_run_group_tests(tests, all_begin, NULL);
}
