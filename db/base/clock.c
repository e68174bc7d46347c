/*
 * The C library's calendar in the site's zone, and dates and times as
 * people here write them.
 */
#include "db/base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/base/i18n.h"
#include "db/base/text.h"

enum { NUMBERS = 3, DAY_SECONDS = 86400 };

static const char *const month_names[] = {"Jan", "Feb", "Mar", "Apr",
                                          "May", "Jun", "Jul", "Aug",
                                          "Sep", "Oct", "Nov", "Dec"};

int
clock_zone(const char *name)
{
	char path[128];

	/* tzset() takes any name and falls back to UTC without a word. */
	if (*name == '\0' || *name == '/' || strstr(name, "..") != NULL)
		return ERR_INVALID;
	snprintf(path, sizeof(path), "/usr/share/zoneinfo/%.100s", name);
	if (strcmp(name, "UTC") != 0 && access(path, R_OK) != 0)
		return ERR_INVALID;
	if (setenv("TZ", name, 1) != 0)
		return ERR_INVALID;
	tzset();
	return OK;
}

struct instant
clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (struct instant){now.tv_sec};
}

int64_t
clock_monotonic_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t
clock_monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct tm
local(struct instant at)
{
	time_t t = (time_t)at.s;
	struct tm tm = {0};

	localtime_r(&t, &tm);
	return tm;
}

struct day
day_of(struct instant at)
{
	struct tm tm = local(at);

	return (struct day){.year = tm.tm_year + 1900,
	                    .month = tm.tm_mon + 1,
	                    .day = tm.tm_mday};
}

void
clock_time_of(struct instant at, int *hour, int *minute)
{
	struct tm tm = local(at);

	*hour = tm.tm_hour;
	*minute = tm.tm_min;
}

struct instant
clock_at(struct day day, int hour, int minute)
{
	struct tm tm = {.tm_year = day.year - 1900,
	                .tm_mon = day.month - 1,
	                .tm_mday = day.day,
	                .tm_hour = hour,
	                .tm_min = minute,
	                .tm_isdst = -1};

	return (struct instant){(int64_t)mktime(&tm)};
}

/* --- days: counted in the proleptic Gregorian calendar, no zone ---------- */

static int64_t
day_number(struct day d)
{
	struct tm tm = {
	    .tm_year = d.year - 1900, .tm_mon = d.month - 1, .tm_mday = d.day};

	return (int64_t)timegm(&tm) / DAY_SECONDS;
}

struct day
day_add(struct day day, int days)
{
	time_t t = (time_t)((day_number(day) + days) * DAY_SECONDS);
	struct tm tm = {0};

	gmtime_r(&t, &tm);
	return (struct day){.year = tm.tm_year + 1900,
	                    .month = tm.tm_mon + 1,
	                    .day = tm.tm_mday};
}

int
day_compare(struct day a, struct day b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	return a.day < b.day ? -1 : a.day > b.day;
}

int
day_diff(struct day a, struct day b)
{
	return (int)(day_number(a) - day_number(b));
}

int64_t
month_of(struct day day)
{
	return (int64_t)day.year * 100 + day.month;
}

int64_t
month_add(int64_t month, int n)
{
	int64_t months = month / 100 * 12 + month % 100 - 1 + n;

	return months / 12 * 100 + months % 12 + 1;
}

bool
day_is_valid(struct day day)
{
	if (day.year < 1900 || day.year > 9999 || day.month < 1 ||
	    day.month > 12 || day.day < 1 || day.day > 31)
		return false;
	/* The 31st of April comes back as the 1st of May. */
	return day_compare(day_add(day, 0), day) == 0;
}

int
day_weekday(struct day day)
{
	/* 1970-01-01 was a Thursday. */
	return (int)(((day_number(day) + 4) % 7 + 7) % 7);
}

/* --- reading ------------------------------------------------------------- */

/* Up to three numbers with one separator out of seps between them; the
 * digits of each in width. Returns how many, 0 when s is anything else. */
static int
numbers(const char *s, const char *seps, int v[NUMBERS], int width[NUMBERS])
{
	int n = 0;

	while (n < NUMBERS) {
		v[n] = 0;
		width[n] = 0;
		while (*s >= '0' && *s <= '9' && width[n] < 9) {
			v[n] = v[n] * 10 + (*s++ - '0');
			width[n]++;
		}
		if (width[n++] == 0)
			return 0;
		if (*s == '\0')
			return n;
		if (strchr(seps, *s++) == NULL)
			return 0;
	}
	return 0;
}

static const char *
folded(struct arena *a, const char *s)
{
	const char *t;

	if (text_clean(a, s, strlen(s), TEXT_LINE, 40, &t) != OK)
		return "";
	return text_fold(a, t);
}

int
day_parse(const char *s, struct day base, struct day *out)
{
	struct arena *a = arena_new();
	struct day d = {0};
	int v[NUMBERS], width[NUMBERS];
	int n = numbers(folded(a, s), "-/.", v, width);

	arena_free(a);
	if (n == 3 && width[0] == 4)
		d = (struct day){.year = v[0], .month = v[1], .day = v[2]};
	else if (n == 2 && width[0] <= 2)
		d = (struct day){.year = base.year, .month = v[0], .day = v[1]};
	else if (n == 1 && width[0] == 8)
		d = (struct day){.year = v[0] / 10000,
		                 .month = v[0] / 100 % 100,
		                 .day = v[0] % 100};
	if ((n > 1 && width[n - 1] > 2) || !day_is_valid(d))
		return ERR_INVALID;
	*out = d;
	return OK;
}

int
clock_parse_time(const char *s, int *hour, int *minute)
{
	struct arena *a = arena_new();
	int v[NUMBERS], width[NUMBERS];
	int n = numbers(folded(a, s), ":.", v, width);
	int h = -1, m = -1;

	arena_free(a);
	if (n == 2 && width[0] <= 2 && width[1] == 2) {
		h = v[0];
		m = v[1];
	} else if (n == 1 && width[0] == 4) {
		h = v[0] / 100;
		m = v[0] % 100;
	}
	if (h < 0 || h > 23 || m > 59)
		return ERR_INVALID;
	*hour = h;
	*minute = m;
	return OK;
}

/* --- showing ------------------------------------------------------------- */

void
day_format(struct day day, char out[11])
{
	out[0] = '\0';
	if (day.year > 0 && day.year <= 9999)
		snprintf(out, 11, "%04u-%02u-%02u", (unsigned)day.year % 10000,
		         (unsigned)day.month % 100, (unsigned)day.day % 100);
}

const char *
day_show(struct arena *a, struct day day, struct day base)
{
	char text[11];

	/* Two orders of the parts: ISO C's formats cannot swap them, so this
	 * is no matter for the catalogue. */
	if (day.year == base.year && i18n_language() == LANGUAGE_ZH)
		return arena_printf(a, "%d月%d日", day.month, day.day);
	if (day.year == base.year && day.month >= 1 && day.month <= 12)
		return arena_printf(a, "%d %s", day.day,
		                    month_names[day.month - 1]);
	day_format(day, text);
	return arena_strdup(a, text);
}

const char *
instant_show(struct arena *a, struct instant at, struct day base)
{
	struct tm tm = local(at);
	int year = tm.tm_year + 1900;

	if (at.s == 0)
		return arena_strdup(a, "");
	if (year == base.year)
		return arena_printf(a, "%02d-%02d %02d:%02d", tm.tm_mon + 1,
		                    tm.tm_mday, tm.tm_hour, tm.tm_min);
	return arena_printf(a, "%04d-%02d-%02d %02d:%02d", year, tm.tm_mon + 1,
	                    tm.tm_mday, tm.tm_hour, tm.tm_min);
}

const char *
instant_show_time(struct arena *a, struct instant at)
{
	struct tm tm = local(at);

	if (at.s == 0)
		return arena_strdup(a, "");
	return arena_printf(a, "%02d:%02d", tm.tm_hour, tm.tm_min);
}

const char *
instant_iso(struct arena *a, struct instant at)
{
	struct tm tm = local(at);
	long offset = tm.tm_gmtoff / 60;
	long size = offset < 0 ? -offset : offset;

	if (at.s == 0)
		return arena_strdup(a, "");
	return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d%c%02ld:%02ld",
	                    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
	                    tm.tm_hour, tm.tm_min, tm.tm_sec,
	                    offset < 0 ? '-' : '+', size / 60, size % 60);
}
