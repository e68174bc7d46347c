/* What is typed into a form is back, whatever happens to the session. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/draft.h"
#include "tests/unit/fixture_things.h"

#define F4 "\033OS"
#define F10 "\033[21~"

static char folder[32];
static char file[64];

static int
begin(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "%s", "/tmp/test_formXXXXXX");
	if (mkdtemp(folder) == NULL)
		return -1;
	(void)snprintf(file, sizeof(file), "%s/1", folder);
	things_drafts = file;
	told->record = 0;
	told->record_size = 10;
	return 0;
}

static int
end(void **state)
{
	(void)state;
	(void)unlink(file);
	things_drafts = NULL;
	return rmdir(folder);
}

static bool
exists(void)
{
	return access(file, F_OK) == 0;
}

/* The state in the file; "" when there is none. Lives till the next call. */
static const char *
in_file(void)
{
	static char text[70000];
	struct arena *a = arena_new();
	struct draft *list;

	text[0] = '\0';
	if (draft_list(file, a, 0, &list) > 0)
		(void)snprintf(text, sizeof(text), "%s", list[0].state);
	arena_free(a);
	return text;
}

/* Let the session go on until the file says text; milliseconds it took. */
static int64_t
until_in_file(struct session *f, const char *text)
{
	int64_t from = clock_monotonic_ms(), ms = 0;

	while (strstr(in_file(), text) == NULL && ms < 10000) {
		wait_idle(f);
		ms = clock_monotonic_ms() - from;
	}
	return ms;
}

static void
forty_characters_are_kept_before_they_are_shown(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, F4 "one\t12\t\t\t\tforty letters, forty letters, forty lette");
	assert_true(exists());
	session_kill(f);
	f = start("xterm", 80, 24);
	press(f, F4);
	SHOWS(f, "There is a draft of 14:02.");
	press(f, "1");
	SHOWS(f, "Your draft of 14:02 is back.");
	SHOWS(f, "forty letters, forty letters, forty lette");
	SHOWS(f, "Name *  one");
	session_stop(f);
}

static void
a_few_characters_are_kept_within_two_seconds(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, F4 "灯");
	assert_false(exists());
	assert_in_range(until_in_file(f, "灯"), 1000, 2000);
	session_kill(f);
}

static void
what_is_taken_back_leaves_no_draft(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, F4 "灯");
	(void)until_in_file(f, "灯");
	press(f, "\177");
	session_kill(f);
	assert_false(exists());
	f = start("xterm", 80, 24);
	press(f, F4 "a\177" ESC);
	assert_false(shows(f, "Leave without saving"));
	SHOWS(f, "Up/Down Select");
	session_stop(f);
}

static void
a_paste_is_kept_at_once(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, F4 "\t\t\t\t\t\033[200~a page of text, pasted in one go; "
	            "that is more than it seems\033[201~");
	assert_non_null(strstr(in_file(), "than it seems"));
	session_kill(f);
}

static void
who_types_nothing_writes_nothing(void **state)
{
	struct session *f = start("xterm", 80, 24);
	struct stat before, after;

	(void)state;
	press(f, F4 "a");
	(void)until_in_file(f, "a");
	assert_int_equal(stat(file, &before), 0);
	press(f, "\033[D\033[C\t\t\033[Z");
	for (int64_t from = clock_monotonic_ms();
	     clock_monotonic_ms() - from < 2000;)
		wait_idle(f);
	assert_int_equal(stat(file, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_memory_equal(&before.st_mtim, &after.st_mtim,
	                    sizeof(before.st_mtim));
	session_kill(f);
}

/* Fill in what is required. */
static void
fill(struct session *f)
{
	press(f, F4 "qz\t\t\t\t\t\t张\r");
	(void)until_in_file(f, "qz");
	assert_true(exists());
}

static void
a_saved_form_leaves_no_draft(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	fill(f);
	press(f, F10);
	assert_int_equal(told->saves, 1);
	assert_false(exists());
	press(f, F4);
	SHOWS(f, "Name *");
	assert_false(shows(f, "draft"));
	session_stop(f);
}

static void
what_could_not_be_saved_stays_a_draft(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	fill(f);
	told->save_error = ERR_FULL;
	press(f, F10);
	SHOWS(f, "disk is full");
	assert_true(exists());
	told->save_error = OK;
	press(f, F10);
	assert_false(exists());
	session_stop(f);
}

static void
giving_up_forgets_the_draft(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	fill(f);
	press(f, ESC);
	SHOWS(f, "Leave without saving");
	press(f, "2");
	assert_true(exists());
	press(f, ESC "1");
	assert_false(exists());
	session_stop(f);
}

static void
a_draft_may_be_left_for_another_time(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	fill(f);
	session_kill(f);
	f = start("xterm", 80, 24);
	press(f, F4);
	SHOWS(f, "There is a draft");
	press(f, ESC);
	SHOWS(f, "Up/Down Select"); /* the list */
	assert_true(exists());
	press(f, F4 "2");
	SHOWS(f, "Name *");
	assert_false(exists());
	assert_false(shows(f, "qz"));
	session_stop(f);
}

static void
the_end_of_a_session_keeps_the_last_letter(void **state)
{
	const struct tui_event over = {.kind = TUI_END, .text = "Over."};
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, F4 "abc");
	send_event_only(f, &over);
	assert_int_equal(session_stop(f), ERR_STOPPED);
	assert_non_null(strstr(in_file(), "\"abc\""));
}

static void
a_lost_link_keeps_the_last_letter(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, F4 "abc");
	assert_int_equal(session_stop(f), ERR_CLOSED);
	assert_non_null(strstr(in_file(), "\"abc\""));
}

static void
letters_that_came_with_the_end_are_kept(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, F4);
	type(f, "abc");
	assert_int_equal(session_stop(f), ERR_CLOSED);
	assert_non_null(strstr(in_file(), "\"abc\""));
}

static void
every_kind_of_field_comes_back(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, F4 "name\t12\t\033[C\t2022-03-30\t3-31 1400\tone\rtwo\t沈");
	press(f, "\r\t\r\r\033[B\033[B\r");
	press(f, "\t\tpin");
	(void)session_stop(f);
	f = start("xterm", 80, 24);
	press(f, F4 "1");
	press(f, F10);
	assert_int_equal(told->saves, 1);
	assert_string_equal(told->name, "name");
	assert_string_equal(told->text, "one\ntwo");
	assert_int_equal(told->saved.size, 12);
	assert_int_equal(told->saved.kind, 1);
	assert_int_equal(told->saved.on.day, 30);
	assert_int_equal(day_of(told->saved.at).day, 31);
	assert_int_equal(told->saved.person, 2);
	assert_int_equal(told->saved.people, 2);
	session_stop(f);
}

static void
a_secret_is_never_in_a_draft(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, F4 "abc\t\t\t\t\t\t\t\thunter2");
	assert_int_equal(session_stop(f), ERR_CLOSED);
	assert_non_null(strstr(in_file(), "abc"));
	assert_null(strstr(in_file(), "hunter2"));
}

static void
what_is_to_be_kept_nowhere_else_is_shown_and_in_no_draft(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	told->undrafted = true;
	press(f, F4 "13612342210\t27");
	SHOWS(f, "13612342210");
	assert_int_equal(session_stop(f), ERR_CLOSED);
	assert_non_null(strstr(in_file(), "27"));
	assert_null(strstr(in_file(), "13612342210"));
}

/* Only what was typed comes back; what others changed stays, and is said. */
static void
a_record_changed_meanwhile_is_not_undone(void **state)
{
	struct session *f;

	(void)state;
	told->record = 5;
	f = start("xterm", 80, 24);
	press(f, F4 ", longer");
	(void)session_stop(f);
	f = start("xterm", 80, 24);
	press(f, F4 "1");
	SHOWS(f, "Your draft of 14:02 is back.");
	assert_false(shows(f, "changed meanwhile"));
	(void)session_stop(f);
	told->record_size = 11;
	f = start("xterm", 80, 24);
	press(f, F4 "1");
	SHOWS(f, "changed meanwhile");
	SHOWS(f, "an existing one, lon");
	SHOWS(f, "11");
	session_stop(f);
}

static void
a_draft_that_cannot_be_kept_is_said_once(void **state)
{
	struct session *f;

	(void)state;
	things_drafts = "/proc/no/drafts/1";
	f = start("xterm", 80, 24);
	press(f, F4 "\t\t\t\t\t\033[200~more than forty letters, more than "
	            "forty letters\033[201~");
	SHOWS(f, "cannot be kept as a draft");
	SHOWS(f, "more than forty letters");
	press(f, "x");
	assert_false(shows(f, "cannot be kept"));
	session_stop(f);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
	    TEST(forty_characters_are_kept_before_they_are_shown),
	    TEST(a_few_characters_are_kept_within_two_seconds),
	    TEST(what_is_taken_back_leaves_no_draft),
	    TEST(a_paste_is_kept_at_once),
	    TEST(who_types_nothing_writes_nothing),
	    TEST(a_saved_form_leaves_no_draft),
	    TEST(what_could_not_be_saved_stays_a_draft),
	    TEST(giving_up_forgets_the_draft),
	    TEST(a_draft_may_be_left_for_another_time),
	    TEST(the_end_of_a_session_keeps_the_last_letter),
	    TEST(a_lost_link_keeps_the_last_letter),
	    TEST(letters_that_came_with_the_end_are_kept),
	    TEST(every_kind_of_field_comes_back),
	    TEST(a_secret_is_never_in_a_draft),
	    TEST(what_is_to_be_kept_nowhere_else_is_shown_and_in_no_draft),
	    TEST(a_record_changed_meanwhile_is_not_undone),
	    TEST(a_draft_that_cannot_be_kept_is_said_once),
	};

	return cmocka_run_group_tests(tests, things_begin, NULL);
}
