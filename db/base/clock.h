/*
 * Time. An instant is seconds UTC, a day is a civil date in the site's zone;
 * a bare integer is never a time. The zone is applied only when a time is
 * shown or read. Nothing here asks the system for the time of a record:
 * that is ctx_now(), so that tests and demos stop the clock.
 */
#ifndef DB_BASE_CLOCK_H
#define DB_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "db/base/arena.h"
#include "db/base/err.h"

struct instant {
	int64_t s; /* seconds since 1970-01-01 UTC; 0 means "none" */
};

struct day {
	int year, month, day; /* month and day from 1; year 0 means "none" */
};

/* Set the process's zone (IANA name). Errors: ERR_INVALID (unknown). */
int clock_zone(const char *name) MUST_CHECK;

struct instant clock_now(void);   /* wall clock */
int64_t clock_monotonic_ms(void); /* for time-outs only */
int64_t clock_monotonic_us(void); /* for what is measured */

struct day day_of(struct instant at);
/* hour and minute in the site's zone. */
void clock_time_of(struct instant at, int *hour, int *minute);
/* The instant of a local time; minute may be 0-59, hour 0-23. */
struct instant clock_at(struct day day, int hour, int minute);

struct day day_add(struct day day, int days);
int day_compare(struct day a, struct day b);
int day_diff(struct day a, struct day b); /* a - b in days */

/* The month that day is in, as 202603; the month n later (n may be
 * negative). */
int64_t month_of(struct day day);
int64_t month_add(int64_t month, int n);
bool day_is_valid(struct day day);
int day_weekday(struct day day); /* 0 Sunday .. 6 */

/* "2022-03-29"; out has room for 11 bytes. "" for none. */
void day_format(struct day day, char out[11]);
/* Accepts 2022-03-29, 2022/3/29, 20220329, 3-29 (of base's year), and the
 * full-width forms of these. Errors: ERR_INVALID. */
int day_parse(const char *s, struct day base, struct day *out) MUST_CHECK;
/* "14:00", "1400", "14.00", "9:05"; full-width too. Errors: ERR_INVALID. */
int clock_parse_time(const char *s, int *hour, int *minute) MUST_CHECK;

/* For people, in the current language: "3月29日" / "29 Mar"; with the year
 * when it is not base's: "2021-03-29". */
const char *day_show(struct arena *a, struct day day, struct day base);
/* "03-29 14:00", the column form; year added when not base's. */
const char *instant_show(struct arena *a, struct instant at, struct day base);
/* "14:02" */
const char *instant_show_time(struct arena *a, struct instant at);
/* "2022-03-29T14:02:00+08:00" for data. */
const char *instant_iso(struct arena *a, struct instant at);

#endif
