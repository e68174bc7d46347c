/* The form widget as a person meets it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/unit/fixture_things.h"

/* --- the form ------------------------------------------------------------ */

static void
a_form_is_filled_with_the_keyboard_alone(void **state)
{
	struct session *f = start("xterm-256color", 80, 24);

	(void)state;
	press(f, "\033OS");
	SHOWS(f, "Name *");
	press(f, "疫情防控");
	press(f, "\t１２");
	press(f, "\t\033[C\t"); /* Kind: the next one */
	press(f, "2022-03-29");
	press(f, "+");
	SHOWS(f, "2022-03-30");
	press(f, "\t3-31 1400");
	press(f, "\tone\rtwo\t");
	press(f, "沈");
	SHOWS(f, "> 沈国强");
	press(f, "\r\t\r");
	press(f, "\r\033[B\033[B\r");
	SHOWS(f, "[x] 朱丽");
	press(f, "\t");
	SHOWS(f, "2: 张伟, 朱丽");
	press(f, "\033[21~");
	assert_int_equal(told->saves, 1);
	assert_string_equal(told->name, "疫情防控");
	assert_string_equal(told->text, "one\ntwo");
	assert_int_equal(told->saved.size, 12);
	assert_int_equal(told->saved.kind, 1);
	assert_int_equal(told->saved.on.day, 30);
	assert_int_equal(day_of(told->saved.at).day, 31);
	assert_int_equal(told->saved.person, 2);
	assert_int_equal(told->saved.people, 2);
	SHOWS(f, "Up/Down Select"); /* the list again */
	session_stop(f);
}

static void
faults_stand_under_their_fields(void **state)
{
	struct session *f = start("xterm", 80, 24);
	int y, x;

	(void)state;
	press(f, "\033OS");
	press(f, "\tabc\t\t31-31\t14\033[21~");
	assert_int_equal(told->saves, 0);
	SHOWS(f, "Please fill this in.");
	SHOWS(f, "Please enter a number.");
	SHOWS(f, "Please enter a day, such as");
	SHOWS(f, "Please enter a day and a time");
	SHOWS(f, "Please choose.");
	cursor(f, &y, &x); /* in the first one */
	assert_non_null(strstr(row(f, y), "Name *"));
	press(f, "a");
	assert_false(shows(f, "Please fill this in."));
	session_stop(f);
}

static void
leaving_a_changed_form_asks(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, "\033OS" ESC);
	SHOWS(f, "Up/Down Select"); /* unchanged: no question */
	press(f, "\033OSa");
	press(f, ESC);
	SHOWS(f, "Leave without saving");
	press(f, ESC);
	SHOWS(f, "Name *");
	press(f, ESC "1");
	SHOWS(f, "Up/Down Select");
	session_stop(f);
}

static void
what_the_database_refuses_is_said(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	told->save_error = ERR_INVALID;
	press(f, "\033OSab\t\t\t\t\t\t张\r\033[21~");
	assert_int_equal(told->saves, 1);
	SHOWS(f, "This name is taken.");
	told->save_error = ERR_FULL;
	press(f, "c\033[21~");
	SHOWS(f, "disk is full");
	SHOWS(f, "abc");
	told->save_error = OK;
	session_stop(f);
}

static void
editing_is_by_whole_characters(void **state)
{
	struct session *f = start("xterm", 80, 24);
	int y, x, begin;

	(void)state;
	press(f, "\033OS");
	cursor(f, &y, &begin);
	press(f, "海宁");
	cursor(f, &y, &x);
	assert_int_equal(x - begin, 4);
	press(f, "\033[D");
	cursor(f, &y, &x);
	assert_int_equal(x - begin, 2);
	press(f, "𬭚");
	SHOWS(f, "海𬭚宁");
	press(f, "\177\177");
	SHOWS(f, "  宁");
	assert_false(shows(f, "海𬭚"));
	session_stop(f);
}

static void
a_huge_paste_fills_the_field_and_no_more(void **state)
{
	struct session *f = start("xterm", 80, 24);
	char block[1000];

	(void)state;
	press(f, "\033OS\033[200~");
	memset(block, 'x', sizeof(block));
	block[500] = '\033';
	for (int i = 0; i < 1100; i++) {
		assert_int_equal(send(session_fd(f), block, sizeof(block), 0),
		                 sizeof(block));
		settle(f);
	}
	press(f, "\033[201~");
	SHOWS(f, "xxxxxxxxxxxxxxxxxxxx");
	assert_false(shows(f, "xxxxxxxxxxxxxxxxxxxxx"));
	SHOWS(f, "as long as it may be");
	session_stop(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_form_is_filled_with_the_keyboard_alone),
	    cmocka_unit_test(faults_stand_under_their_fields),
	    cmocka_unit_test(leaving_a_changed_form_asks),
	    cmocka_unit_test(what_the_database_refuses_is_said),
	    cmocka_unit_test(editing_is_by_whole_characters),
	    cmocka_unit_test(a_huge_paste_fills_the_field_and_no_more),
	};

	return cmocka_run_group_tests(tests, things_begin, NULL);
}
