/* The frame, the table, the page and the code as a person meets them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/unit/fixture_things.h"

/* --- the frame ----------------------------------------------------------- */

static void
the_frame_is_that_of_the_design(void **state)
{
	struct session *f = start("xterm-256color", 80, 24);

	(void)state;
	assert_string_equal(row(f, 0),
	                    "海宁人大基层单元  长安镇代表联络站                "
	                    "     张伟 代表  29 Mar 14:02");
	assert_string_equal(row(f, 1),
	                    "[1Things]2Code 8Page                    "
	                    "                               F1 Help");
	assert_int_equal(strlen(row(f, 2)), 78);
	assert_int_equal(strspn(row(f, 2), "-"), 78);
	assert_string_equal(row(f, 3),
	                    "  Number Name                           "
	                    "                         Kind     Size");
	assert_string_equal(row(f, 4),
	                    ">      1 海宁1号                           "
	                    "                      Check      10");
	assert_string_equal(row(f, 21), "1-16 / 512");
	assert_string_equal(row(f, 23), "Up/Down Select  Enter Open  F2 Actions"
	                                "  F3 Find  F4 New  Esc Back");
	assert_int_equal(session_stop(f), ERR_CLOSED);
}

static void
what_the_wire_shows_is_what_was_drawn(void **state)
{
	struct session *f = start("xterm-256color", 132, 43);
	const char *before[43];

	(void)state;
	SHOWS(f, "𬭚䶮\U0002EBF0 remark");
	press(f, "\033[6~");
	press(f, "\033[B");
	press(f, "\033[6~\033[6~\033[A海\033[27u\033[F");
	for (int y = 0; y < 43; y++)
		before[y] = row(f, y);
	press(f, "\014"); /* Ctrl-L: all of it again */
	assert_in_range(session_bytes(f), 2000, 9000);
	for (int y = 0; y < 43; y++)
		assert_string_equal(row(f, y), before[y]);
	session_stop(f);
}

static void
bytes_stay_within_the_budgets(void **state)
{
	struct session *f = start("xterm-256color", 80, 24);

	(void)state;
	assert_in_range(session_bytes(f), 1, 3000);
	press(f, "\033[B");
	assert_in_range(session_bytes(f), 1, 60);
	press(f, "\033[6~");
	assert_in_range(session_bytes(f), 1, 1600);
	press(f, "\033OS");   /* F4 */
	press(f, "\033[20~"); /* F9 leaves, by way of the language */
	press(f, "\033[20~");
	press(f, "");
	assert_int_equal(session_bytes(f), 0); /* idle */
	press(f, "海");
	assert_in_range(session_bytes(f), 1, 28);
	session_stop(f);
}

static void
keys_that_wait_are_done_before_one_frame(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, "\033[B\033[B\033[B\033[B\033[B\033[B\033[B");
	assert_in_range(session_bytes(f), 1, 60);
	assert_non_null(strstr(row(f, 11), ">      8"));
	session_stop(f);
}

static void
a_small_window_is_one_plain_line(void **state)
{
	struct session *f = start("xterm", 40, 10);

	(void)state;
	SHOWS(f, "too small: 60 x 16");
	resize(f, 80, 24);
	SHOWS(f, "[1Things]");
	session_stop(f);
}

static void
sizes_that_lie_and_names_that_are_none_still_work(void **state)
{
	static const char *const terms[] = {
	    "../../etc/passwd",
	    "",
	    "xterm-kitty",
	    "foot",
	    "dumb",
	    "vt100",
	    "linux",
	    "putty",
	    "rxvt-unicode-256color",
	    "screen.xterm-256color",
	    "no-such-terminal",
	    "a-name-that-is-much-too-long-to-be-a-terminal"};

	(void)state;
	for (size_t i = 0; i < COUNT(terms); i++) {
		struct session *f = start(terms[i], 0, 0);

		SHOWS(f, "[1Things]");
		press(f, "\033[B");
		assert_non_null(strstr(row(f, 5), ">      2"));
		session_stop(f);
	}
}

static void
columns_are_dropped_by_priority(void **state)
{
	struct session *f = start("xterm", 132, 24);

	(void)state;
	SHOWS(f, "Remarks");
	resize(f, 80, 24);
	assert_false(shows(f, "Remarks"));
	SHOWS(f, "Kind");
	session_stop(f);
}

/* --- moving -------------------------------------------------------------- */

static void
pages_turn_by_key_and_the_footer_counts(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, "\033[6~");
	SHOWS(f, "17-32 / 512");
	press(f, "\033[F");
	SHOWS(f, "497-512 / 512");
	assert_non_null(strstr(row(f, 19), ">    512"));
	press(f, "\033[B");
	SHOWS(f, "497-512 / 512");
	press(f, "\033[5~");
	SHOWS(f, "481-496 / 512");
	press(f, "\033[H");
	SHOWS(f, "1-16 / 512");
	press(f, "\033[A");
	assert_non_null(strstr(row(f, 4), ">      1"));
	press(f, "\033[6~\033[A\033[A"); /* over the page's top */
	press(f, "\033[H\033[6~\033[A");
	SHOWS(f, "1-16 / 512");
	assert_non_null(strstr(row(f, 19), ">     16"));
	session_stop(f);
}

static void
typing_finds_and_letters_are_no_commands(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, "海");
	SHOWS(f, "Find: 海");
	press(f, "宁51");
	SHOWS(f, "Find: 海宁51");
	SHOWS(f, "海宁510号");
	assert_non_null(strstr(row(f, 4), ">     51"));
	press(f, "\r"); /* opens the row found */
	assert_int_equal(told->opened, 51);
	press(f, "\033");
	wait_until_gone(f, "周家浜"); /* a lone Esc takes its 60 ms */
	SHOWS(f, "Find: 海宁51");
	press(f, "\177\177");
	SHOWS(f, "Find: 海宁");
	press(f, "q");
	SHOWS(f, "Nothing matches.");
	session_stop(f);
}

static void
digits_go_to_applications_also_full_width(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, "8");
	SHOWS(f, "[8Page]");
	press(f, "１");
	SHOWS(f, "[1Things]");
	press(f, "4"); /* may not be opened: not there */
	SHOWS(f, "[1Things]");
	assert_false(shows(f, "Forbidden"));
	press(f, "\033[200~8\033[201~"); /* a paste runs nothing */
	SHOWS(f, "Find: 8");
	session_stop(f);
}

static void
escape_at_the_top_asks_and_leaves(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, ESC);
	SHOWS(f, "Leave liaison?");
	press(f, "\r"); /* No by habit */
	assert_true(session_runs(f));
	press(f, ESC "1");
	assert_false(session_runs(f));
	assert_int_equal(session_stop(f), OK);
}

static void
the_key_line_runs_any_key(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, "\t");
	for (int i = 0; i < 4; i++)
		press(f, "\033[C");
	press(f, "\r"); /* F4 New */
	SHOWS(f, "New thing");
	session_stop(f);
}

/* On a link that hung, keys come together and are read as a text. */
static void
a_burst_on_a_menu_chooses_the_row_of_its_digit_or_none(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, "\033OQ");
	press(f, "2041\r");
	assert_int_equal(told->acted, 0);
	SHOWS(f, "nothing was done"); /* row 2 asked for its number: 041 */
	press(f, "\033OQ");
	press(f, "２2041\r");
	assert_int_equal(told->acted, 100);
	/* no row of that digit, and no digit: Enter belongs to the text */
	press(f, "\033OQ");
	press(f, "9abc\r");
	assert_int_equal(told->acted, 100);
	SHOWS(f, "1 Strike out");
	press(f, "abcd\r");
	assert_int_equal(told->acted, 100);
	SHOWS(f, "1 Strike out");
	press(f, "\r");
	SHOWS(f, "Really strike it out?");
	assert_int_equal(told->acted, 101);
	session_stop(f);
}

static void
a_paste_chooses_nothing_and_a_burst_confirms_nothing(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, "\033OQ");
	press(f, "\033[200~2041\033[201~\r");
	assert_int_equal(told->acted, 0);
	SHOWS(f, "1 Strike out");
	press(f, "1");
	SHOWS(f, "Really strike it out?");
	press(f, "111\r");
	SHOWS(f, "Really strike it out?");
	assert_false(shows(f, "struck"));
	press(f, "1");
	SHOWS(f, "struck");
	session_stop(f);
}

static void
actions_are_numbered_and_only_those_allowed(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, "\033OQ");
	SHOWS(f, "1 Strike out");
	SHOWS(f, "2 Remove");
	assert_false(shows(f, "Not for you"));
	press(f, "1");
	SHOWS(f, "Really strike it out?");
	press(f, "\033[A\r");
	SHOWS(f, "struck");
	assert_int_equal(told->acted, 1);
	press(f, "\033OQ2");
	press(f, "２０４１\r");
	assert_int_equal(told->acted, 101);
	press(f, "\033OQ2");
	press(f, "2042\r");
	SHOWS(f, "nothing was done");
	assert_int_equal(told->acted, 101);
	press(f, "\033[17~"); /* F6 needs a permission */
	SHOWS(f, "[1Things]");
	session_stop(f);
}

static void
esc_stops_long_work_and_other_keys_are_dropped(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, "8");
	type(f, "\033[18~"); /* F7 */
	press(f, "1\033");
	assert_int_equal(told->acted, 1);
	assert_string_equal(row(f, 22), "");
	SHOWS(f, "[8Page]");
	assert_int_equal(session_stop(f), ERR_CLOSED);
}

static void
help_is_made_from_the_key_table(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, "\033OP");
	SHOWS(f, "All things there are.");
	SHOWS(f, "Make a new one.");
	SHOWS(f, "F2 1        Strike out");
	assert_false(shows(f, "Secret"));
	press(f, ESC);
	assert_false(shows(f, "Make a new one."));
	session_stop(f);
}
static void
a_contact_is_shown_until_it_is_left_and_refusals_are_said(void **state)
{
	static const struct {
		int err;
		const char *sentence;
	} refusals[] = {
	    {ERR_DENIED, "You may not see this contact."},
	    {ERR_STATE, "The opinion is closed"},
	    {ERR_LIMIT, "please wait a few minutes"},
	    {ERR_UNAVAILABLE, "Contacts cannot be opened just now"},
	    {ERR_CONFIG, "tell the administrator"},
	    {ERR_BUSY, "The database is busy"},
	};
	struct session *f = start("xterm", 80, 24);

	(void)state;
	told->asks = true;
	press(f, "\r");
	SHOWS(f, "裘晓云");
	SHOWS(f, "13612342210");
	SHOWS(f, "The audit says that you looked.");
	press(f, ESC);
	assert_false(shows(f, "裘晓云"));
	assert_false(shows(f, "13612342210"));
	for (size_t i = 0; i < COUNT(refusals); i++) {
		told->refused = refusals[i].err;
		press(f, "\r");
		SHOWS(f, refusals[i].sentence);
	}
	assert_int_equal(session_stop(f), ERR_CLOSED);
}

/* --- page, code, events -------------------------------------------------- */

static void
a_page_scrolls_and_its_items_can_be_chosen(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	press(f, "8");
	assert_non_null(strstr(row(f, 3), "周家浜路灯不亮"));
	assert_string_equal(row(f, 5), "  来源    代表码 张伟");
	assert_string_equal(row(f, 8), "> first");
	press(f, "\033[B");
	assert_string_equal(row(f, 9), "> second");
	SHOWS(f, "1-18 / 39");
	press(f, "\033[F");
	SHOWS(f, "活动      12  ##########");
	session_stop(f);
}

static void
a_code_is_black_on_white_with_its_quiet_zone(void **state)
{
	struct session *f = start("xterm-256color", 80, 24);
	uint32_t ch;
	int fg, bg;

	(void)state;
	press(f, "2");
	for (int y = 0; y < 19; y++)
		for (int x = 0; x < 37; x++) {
			cell(f, 3 + y, x, &ch, &fg, &bg);
			assert_int_equal(bg, 255);
			if (ch != 0)
				assert_int_equal(fg, 0);
			if (y < 2 || x < 4 || x >= 33)
				assert_int_equal(ch, 0);
		}
	session_stop(f);
	f = start("xterm", 80, 20);
	press(f, "2");
	SHOWS(f, "needs 37 columns and 19 rows");
	session_stop(f);
}

static void
a_wake_for_what_is_watched_loads_again(void **state)
{
	struct session *f = start("xterm", 80, 24);
	int before = told->loads;

	(void)state;
	assert_int_equal(session_watched(f).kinds, 1U << 3);
	send_event(f, &(struct tui_event){
			  .kind = TUI_WAKE, .kinds = 1U << 3, .unit = 7});
	assert_int_equal(told->loads, before + 1);
	assert_int_equal(session_bytes(f),
	                 0); /* nothing has changed on the screen */
	send_event(f, &(struct tui_event){
			  .kind = TUI_WAKE, .kinds = 1U << 3, .unit = 8});
	send_event(f, &(struct tui_event){
			  .kind = TUI_WAKE, .kinds = 1U << 4, .unit = 7});
	assert_int_equal(told->loads, before + 1);
	session_stop(f);
}

static void
what_was_committed_between_read_and_watch_is_read(void **state)
{
	struct session *f = start("xterm", 80, 24);
	int before;

	(void)state;
	press(f, "2");
	before = told->loads;
	told->meanwhile = 1;
	press(f, "1");
	assert_int_equal(told->meanwhile, 0);
	assert_int_equal(told->loads, before + 2);
	session_stop(f);
}

static void
a_live_sign_in_rings_the_bell_once(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	told->ring = true;
	send_event(f, &(struct tui_event){
			  .kind = TUI_WAKE, .kinds = 1U << 3, .unit = 7});
	press(f, "");
	assert_int_equal(session_bells(f), 1);
	session_stop(f);
}

static void
a_silent_session_ends_and_says_so(void **state)
{
	struct session *f;

	(void)state;
	things_idle = 1;
	f = start("xterm", 80, 24);
	things_idle = 0;
	wait_until_gone(f, "1-16 / 512"); /* at most five seconds */
	SHOWS(f, "no key was pressed");
	assert_int_equal(session_stop(f), ERR_STOPPED);
}

static void
without_colours_none_are_sent(void **state)
{
	struct session *f = start("vt100", 80, 24);
	static char bytes[65536];
	ssize_t n;

	(void)state;
	type(f, "2"); /* even the code: in reverse */
	wait_idle(f);
	n = recv(session_fd(f), bytes, sizeof(bytes) - 1, MSG_DONTWAIT);
	assert_true(n > 0);
	bytes[n] = '\0';
	for (const char *p = bytes; (p = strstr(p, "\033[")) != NULL; p++) {
		size_t numbers = strspn(p + 2, "0123456789;");

		if (p[2 + numbers] == 'm') /* no 30 to 49 */
			assert_true(numbers < 2 ||
			            (p[2] != '3' && p[2] != '4'));
	}
	assert_non_null(strstr(bytes, "7m"));
	session_stop(f);
}

static void
the_end_of_the_link_ends_the_session(void **state)
{
	struct session *f = start("xterm", 80, 24);

	(void)state;
	shutdown(session_fd(f), SHUT_RDWR);
	assert_int_equal(session_stop(f), ERR_CLOSED);
}

static void
the_supervisor_can_end_it_also_inside_a_dialog(void **state)
{
	struct session *f = start("xterm", 80, 24);
	struct tui_event ev = {.kind = TUI_END, .text = "Maintenance."};

	(void)state;
	press(f, "\033OQ");
	send_event(f, &ev);
	assert_false(session_runs(f));
	assert_int_equal(session_stop(f), ERR_STOPPED);
}

static void
a_client_that_stalls_gets_only_the_newest_frame(void **state)
{
	struct session *f = start_with("xterm", 200, 60, 4096);

	(void)state;
	for (int i = 0; i < 201; i++) {
		type(f, i % 2 == 0 ? "\033[6~" : "\033[H");
		wait_idle(f); /* nothing is received meanwhile */
	}
	for (int i = 0; i < 20; i++)
		settle(f);
	assert_in_range(session_bytes(f), 1, 32768);
	SHOWS(f, "53-104 / 512");
	session_stop(f);
}

static void
what_changes_is_read_when_a_stalled_client_reads_again(void **state)
{
	struct session *f = start_with("xterm", 200, 60, 4096);
	const struct tui_event ev = {
	    .kind = TUI_WAKE, .kinds = 1U << 3, .unit = 7};
	int before;

	(void)state;
	for (int i = 0; i < 21; i++) {
		type(f, i % 2 == 0 ? "\033[6~" : "\033[H");
		wait_idle(f);
	}
	before = told->loads;
	for (int i = 0; i < 20; i++)
		send_event_only(f, &ev);
	wait_idle(f);
	assert_int_equal(told->loads, before);
	for (int i = 0; i < 20; i++)
		settle(f);
	assert_int_equal(told->loads, before + 1);
	SHOWS(f, "53-104 / 512");
	session_stop(f);
}

static void
the_terminal_is_given_back(void **state)
{
	struct session *f = start("xterm-256color", 80, 24);
	int fd = dup(session_fd(f));
	static char bytes[4096];
	ssize_t n;

	(void)state;
	wait_idle(f);
	send_event_only(
	    f, &(struct tui_event){.kind = TUI_END, .text = "Until later."});
	assert_int_equal(session_stop(f), ERR_STOPPED);
	n = recv(fd, bytes, sizeof(bytes) - 1, MSG_DONTWAIT);
	assert_true(n > 0);
	bytes[n] = '\0';
	assert_non_null(strstr(bytes, "\033[?2004l"));
	assert_non_null(strstr(bytes, "\033[?1049l"));
	assert_non_null(strstr(bytes, "\033[?25h"));
	assert_non_null(strstr(bytes, "Until later.\r\n"));
	close(fd);
}

static void
nothing_asks_the_terminal_a_question(void **state)
{
	struct session *f = start("xterm-256color", 80, 24);
	static char bytes[65536];
	ssize_t n;

	(void)state;
	type(f, "\033[6~\033OP");
	wait_idle(f);
	n = recv(session_fd(f), bytes, sizeof(bytes) - 1, MSG_DONTWAIT);
	for (ssize_t i = 0; i + 1 < n; i++)
		if (bytes[i] == '\033' && bytes[i + 1] == '[') {
			ssize_t j = i + 2;

			while (j < n && (bytes[j] < 0x40 || bytes[j] > 0x7E))
				j++;
			assert_true(j == n || strchr("cn", bytes[j]) == NULL);
		}
	session_stop(f);
}

static void
act(struct ui *ui, void *data)
{
	(void)ui, (void)data;
}

static void
tables_of_keys_are_checked(void **state)
{
	static const struct key letter[] = {
	    {"n", "New", PERM_NONE, act, NULL, NULL}, KEY_END};
	static const struct key twice[] = {
	    {"F4", "New", PERM_NONE, act, NULL, NULL},
	    {"F4", "Old", PERM_NONE, act, NULL, NULL},
	    KEY_END};
	const struct key *bad;

	(void)state;
	assert_null(key_table_fault(things_keys, &bad));
	assert_non_null(key_table_fault(letter, &bad));
	assert_non_null(key_table_fault(twice, &bad));
	assert_ptr_equal(bad, &twice[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_frame_is_that_of_the_design),
	    cmocka_unit_test(what_the_wire_shows_is_what_was_drawn),
	    cmocka_unit_test(bytes_stay_within_the_budgets),
	    cmocka_unit_test(keys_that_wait_are_done_before_one_frame),
	    cmocka_unit_test(a_small_window_is_one_plain_line),
	    cmocka_unit_test(sizes_that_lie_and_names_that_are_none_still_work),
	    cmocka_unit_test(columns_are_dropped_by_priority),
	    cmocka_unit_test(pages_turn_by_key_and_the_footer_counts),
	    cmocka_unit_test(typing_finds_and_letters_are_no_commands),
	    cmocka_unit_test(digits_go_to_applications_also_full_width),
	    cmocka_unit_test(escape_at_the_top_asks_and_leaves),
	    cmocka_unit_test(the_key_line_runs_any_key),
	    cmocka_unit_test(actions_are_numbered_and_only_those_allowed),
	    cmocka_unit_test(
		a_burst_on_a_menu_chooses_the_row_of_its_digit_or_none),
	    cmocka_unit_test(
		a_paste_chooses_nothing_and_a_burst_confirms_nothing),
	    cmocka_unit_test(esc_stops_long_work_and_other_keys_are_dropped),
	    cmocka_unit_test(help_is_made_from_the_key_table),
	    cmocka_unit_test(
		a_contact_is_shown_until_it_is_left_and_refusals_are_said),
	    cmocka_unit_test(a_page_scrolls_and_its_items_can_be_chosen),
	    cmocka_unit_test(a_code_is_black_on_white_with_its_quiet_zone),
	    cmocka_unit_test(a_wake_for_what_is_watched_loads_again),
	    cmocka_unit_test(what_was_committed_between_read_and_watch_is_read),
	    cmocka_unit_test(a_live_sign_in_rings_the_bell_once),
	    cmocka_unit_test(a_silent_session_ends_and_says_so),
	    cmocka_unit_test(without_colours_none_are_sent),
	    cmocka_unit_test(the_end_of_the_link_ends_the_session),
	    cmocka_unit_test(the_supervisor_can_end_it_also_inside_a_dialog),
	    cmocka_unit_test(a_client_that_stalls_gets_only_the_newest_frame),
	    cmocka_unit_test(
		what_changes_is_read_when_a_stalled_client_reads_again),
	    cmocka_unit_test(the_terminal_is_given_back),
	    cmocka_unit_test(nothing_asks_the_terminal_a_question),
	    cmocka_unit_test(tables_of_keys_are_checked),
	};

	return cmocka_run_group_tests(tests, things_begin, NULL);
}
