/* Terminals by the names that clients say: each is drawn, with colours where
 * it has any, whatever is installed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tui/term/families.h"
#include "tui/term/term.h"

#ifdef SANITIZE
/* Each newterm() of ncurses 6.4 keeps a small structure for ever. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:new_prescr\n";
}
#endif

static const char *const families[] = {
#define FAMILY(family, stand_in) family,
#include "tui/term/families.def"
#undef FAMILY
};

static const char *const stand_ins[] = {
#define FAMILY(family, stand_in) stand_in,
#include "tui/term/families.def"
#undef FAMILY
};

/* What a terminal called name is sent for a red word, in bytes (room). */
static size_t
red_frame(const char *name, char *bytes, size_t room)
{
	struct day today = {2026, 3, 29};
	struct arena *a = arena_new();
	struct area area;
	struct term *t;
	ssize_t n;
	int pair[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	assert_int_equal(term_open(name, 80, 24, pair[0], &t), OK);
	area = term_begin(t, a, today);
	area_put(&area, 3, 0, THEME_ALARM, "overdue");
	assert_int_equal(term_flush(t), OK);
	n = recv(pair[1], bytes, room - 1, 0);
	assert_true(n > 0);
	bytes[n] = '\0';
	term_close(t);
	(void)close(pair[0]);
	(void)close(pair[1]);
	arena_free(a);
	return (size_t)n;
}

static bool
is_red(const char *name)
{
	static const char *const red[] = {"[31m", "[31;22m", ";31m", "38;5;1m",
	                                  "[38:5:1m"};
	char bytes[8192];

	(void)red_frame(name, bytes, sizeof(bytes));
	assert_non_null(strstr(bytes, "overdue"));
	for (size_t i = 0; i < COUNT(red); i++)
		if (strstr(bytes, red[i]) != NULL)
			return true;
	return false;
}

static void
every_stand_in_is_installed_and_draws(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(stand_ins); i++) {
		assert_string_equal(term_stand_in(families[i]), stand_ins[i]);
		/* its own name, not what would stand in for it */
		assert_int_equal(is_red(stand_ins[i]),
		                 strncmp(stand_ins[i], "vt", 2) != 0);
		assert_int_equal(is_red(families[i]),
		                 strncmp(stand_ins[i], "vt", 2) != 0);
	}
}

static void
families_are_in_order_and_once(void **state)
{
	(void)state;
	for (size_t i = 1; i < COUNT(families); i++)
		assert_true(strcmp(families[i - 1], families[i]) < 0);
}

static void
modern_terminals_have_colours(void **state)
{
	static const char *const names[] = {
	    "kitty",       "xterm-kitty",      "foot",
	    "foot-extra",  "xterm-ghostty",    "wezterm",
	    "contour",     "contour-latest",   "rio",
	    "alacritty",   "alacritty-direct", "konsole-direct",
	    "st-256color", "some-256color",    "tmux-direct",
	    "vte-2018",    "linux-16color",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		if (!is_red(names[i]))
			fail_msg("%s has no colours", names[i]);
}

static void
what_nobody_knows_is_drawn_without(void **state)
{
	static const char *const names[] = {
	    "",
	    "no-such-terminal",
	    "../../etc/passwd",
	    "stv52-x",
	    "vt100",
	    "/etc/passwd",
	    ".",
	    "xterm/../vt100",
	    "\033[31m",
	    "xterm 2",
	    "ridiculously-long-name-of-a-terminal-xxxx",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		assert_false(is_red(names[i]));
		assert_string_equal(term_stand_in(names[i]), "vt100");
	}
	assert_string_equal(term_description("../../etc/passwd"), "vt100");
}

static void
no_color_is_obeyed_everywhere(void **state)
{
	(void)state;
	assert_int_equal(setenv("NO_COLOR", "1", 1), 0);
	assert_false(is_red("xterm-256color"));
	assert_false(is_red("linux"));
	assert_false(is_red("kitty"));
	assert_int_equal(unsetenv("NO_COLOR"), 0);
	assert_true(is_red("linux"));
}

/* A code is black on white, also where colours have 24 bits each. */
static void
direct_colours_are_not_taken_for_numbers(void **state)
{
	(void)state;
	assert_string_equal(term_description("xterm-direct"), "xterm-256color");
	assert_string_equal(term_description("tmux-direct"), "tmux-256color");
	assert_string_equal(term_description("xterm-256color"),
	                    "xterm-256color");
}

static int
set_locale(void **state)
{
	(void)state;
	(void)unsetenv("NO_COLOR");
	return setlocale(LC_ALL, "C.UTF-8") != NULL ? 0 : 1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_stand_in_is_installed_and_draws),
	    cmocka_unit_test(families_are_in_order_and_once),
	    cmocka_unit_test(modern_terminals_have_colours),
	    cmocka_unit_test(what_nobody_knows_is_drawn_without),
	    cmocka_unit_test(no_color_is_obeyed_everywhere),
	    cmocka_unit_test(direct_colours_are_not_taken_for_numbers),
	};

	return cmocka_run_group_tests(tests, set_locale, NULL);
}
