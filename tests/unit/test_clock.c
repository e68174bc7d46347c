/* Dates and times: zone, arithmetic, what people type, what is shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/clock.h"
#include "db/base/i18n.h"

static const struct day base = {2026, 3, 29};

static void
an_unknown_zone_is_refused(void **state)
{
	(void)state;
	assert_int_equal(clock_zone("Asia/Nowhere"), ERR_INVALID);
	assert_int_equal(clock_zone(""), ERR_INVALID);
	assert_int_equal(clock_zone("../../etc/passwd"), ERR_INVALID);
	assert_int_equal(clock_zone("/etc/passwd"), ERR_INVALID);
	assert_int_equal(clock_zone("UTC"), OK);
	assert_int_equal(clock_zone("Asia/Shanghai"), OK);
}

static void
a_local_time_is_an_instant_and_back(void **state)
{
	struct instant at = clock_at(base, 14, 2);
	struct day day;
	int hour, minute;

	(void)state;
	assert_int_equal(at.s, 1774764120);
	day = day_of(at);
	assert_int_equal(day_compare(day, base), 0);
	clock_time_of(at, &hour, &minute);
	assert_int_equal(hour, 14);
	assert_int_equal(minute, 2);
	/* 16:00 UTC is the next day in Shanghai. */
	day = day_of((struct instant){1774764120 + 10 * 3600});
	assert_int_equal(day.day, 30);
}

static void
days_are_counted_over_months_and_leap_years(void **state)
{
	struct day day = day_add((struct day){2024, 2, 28}, 1);

	(void)state;
	assert_int_equal(day.day, 29);
	day = day_add((struct day){2026, 12, 31}, 1);
	assert_int_equal(day.year, 2027);
	day = day_add((struct day){2026, 1, 1}, -1);
	assert_int_equal(day.year, 2025);
	assert_int_equal(
	    day_diff((struct day){2027, 1, 1}, (struct day){2026, 1, 1}), 365);
	assert_int_equal(day_weekday(base), 0);
	assert_int_equal(day_weekday((struct day){1969, 12, 31}), 3);
	assert_true(day_is_valid((struct day){2024, 2, 29}));
	assert_false(day_is_valid((struct day){2025, 2, 29}));
	assert_false(day_is_valid((struct day){2026, 4, 31}));
	assert_false(day_is_valid((struct day){0, 0, 0}));
}

static void
a_day_is_read_as_people_write_it(void **state)
{
	static const struct {
		const char *text, *day; /* day "": refused */
	} rows[] = {
	    {"2022-03-29", "2022-03-29"},
	    {"2022/3/9", "2022-03-09"},
	    {" 20220329 ", "2022-03-29"},
	    {"3-29", "2026-03-29"},
	    {"12/1", "2026-12-01"},
	    {"２０２２－０３－２９", "2022-03-29"},
	    {"３／２９", "2026-03-29"},
	    {"", ""},
	    {"2022-02-30", ""},
	    {"2022-13-01", ""},
	    {"22-03-29", ""},
	    {"2022-03", ""},
	    {"2022-03-29-1", ""},
	    {"2022-03-291", ""},
	    {"99999999999999999999", ""},
	    {"-1-2", ""},
	    {"abc", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct day day = {1, 2, 3};
		char text[11];
		int err = day_parse(rows[i].text, base, &day);

		if (*rows[i].day == '\0') {
			if (err != ERR_INVALID)
				fail_msg("accepted: %s", rows[i].text);
			assert_int_equal(day.year, 1);
			continue;
		}
		if (err != OK)
			fail_msg("refused: %s", rows[i].text);
		day_format(day, text);
		assert_string_equal(text, rows[i].day);
	}
}

static void
a_time_is_read_as_people_write_it(void **state)
{
	static const struct {
		const char *text;
		int minutes; /* -1: refused */
	} rows[] = {
	    {"14:00", 840},      {"1400", 840}, {"14.05", 845},  {"9:05", 545},
	    {"１４：３０", 870}, {"0:00", 0},   {"23:59", 1439}, {"24:00", -1},
	    {"12:60", -1},       {"9:5", -1},   {"", -1},        {"900", -1},
	    {"1:2:3", -1},       {"x", -1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int hour = 0, minute = 0;
		int err = clock_parse_time(rows[i].text, &hour, &minute);

		if (rows[i].minutes < 0 ? err != ERR_INVALID
		                        : hour * 60 + minute != rows[i].minutes)
			fail_msg("%s: %d:%d", rows[i].text, hour, minute);
	}
}

static void
times_are_shown_in_the_site_zone(void **state)
{
	struct arena *a = arena_new();
	struct instant at = clock_at(base, 14, 2);
	char text[11];

	(void)state;
	assert_string_equal(instant_show(a, at, base), "03-29 14:02");
	assert_string_equal(instant_show(a, at, (struct day){2027, 1, 1}),
	                    "2026-03-29 14:02");
	assert_string_equal(instant_show_time(a, at), "14:02");
	assert_string_equal(instant_iso(a, at), "2026-03-29T14:02:00+08:00");
	assert_string_equal(instant_show(a, (struct instant){0}, base), "");
	assert_string_equal(instant_iso(a, (struct instant){0}), "");
	day_format((struct day){0, 0, 0}, text);
	assert_string_equal(text, "");
	assert_string_equal(day_show(a, (struct day){2021, 3, 29}, base),
	                    "2021-03-29");
	i18n_use(LANGUAGE_ZH);
	assert_string_equal(day_show(a, base, base), "3月29日");
	i18n_use(LANGUAGE_EN);
	assert_string_equal(day_show(a, base, base), "29 Mar");
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_unknown_zone_is_refused),
	    cmocka_unit_test(a_local_time_is_an_instant_and_back),
	    cmocka_unit_test(days_are_counted_over_months_and_leap_years),
	    cmocka_unit_test(a_day_is_read_as_people_write_it),
	    cmocka_unit_test(a_time_is_read_as_people_write_it),
	    cmocka_unit_test(times_are_shown_in_the_site_zone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
