/*
 * Working days: Monday to Friday, but for the table of holidays. The rows
 * that come with the program are the General Office of the State Council's
 * yearly notices: 2022 by 国办发明电〔2021〕11号, 2023 by 〔2022〕16号, 2024 by
 * 〔2023〕7号, 2025 by 〔2024〕12号, 2026 by that of 4 November 2025.
 */
#include <string.h>

#include "db/rule_in.h"
#include "db/store/stmt.h"

int
calendar_load(struct ctx *c, struct day from, struct day to,
              struct calendar *out)
{
	struct stmt *q = ctx_stmt(c, &entity_holiday_rule, RULE_SQL_BETWEEN);

	bind_day(q, ":from_on", from);
	bind_day(q, ":to_on", to);
	out->n = 0;
	while (out->n < CALENDAR_RANGES && stmt_next(q)) {
		struct calendar_range *r = &out->ranges[out->n++];

		if (day_parse(col_text(q, 0), from, &r->from) != OK ||
		    day_parse(col_text(q, 1), from, &r->to) != OK)
			--out->n;
		r->off = strcmp(col_text(q, 2), "off") == 0;
	}
	return stmt_end(q);
}

/* The rows are in order and do not overlap: the one that may hold day is the
 * last that begins by then. */
static const struct calendar_range *
range_of(const struct calendar *cal, struct day day)
{
	int low = 0, high = cal->n;

	while (low < high) {
		int mid = low + (high - low) / 2;

		if (day_compare(cal->ranges[mid].from, day) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low > 0 && day_compare(day, cal->ranges[low - 1].to) <= 0
	           ? &cal->ranges[low - 1]
	           : NULL;
}

bool
calendar_is_workday(const struct calendar *cal, struct day day)
{
	const struct calendar_range *r = range_of(cal, day);
	int weekday;

	if (r != NULL)
		return !r->off;
	weekday = day_weekday(day);
	return weekday != 0 && weekday != 6;
}

bool
calendar_knows(const struct calendar *cal, int year)
{
	for (int i = 0; i < cal->n; i++)
		if (cal->ranges[i].from.year == year ||
		    cal->ranges[i].to.year == year)
			return true;
	return false;
}

int64_t
calendar_count(const struct calendar *cal, struct day from, struct day to)
{
	int64_t n = 0;

	while (day_compare(from, to) < 0) {
		from = day_add(from, 1);
		n += calendar_is_workday(cal, from);
	}
	return n;
}

struct day
calendar_add(const struct calendar *cal, struct day day, int64_t n)
{
	while (n > 0) {
		day = day_add(day, 1);
		n -= calendar_is_workday(cal, day);
	}
	return day;
}

int
workday_after(struct ctx *c, struct day day, int64_t n, struct day *out)
{
	struct calendar cal;
	/* no year has more days off than a half */
	int err = calendar_load(c, day, day_add(day, (int)n * 2 + 40), &cal);

	if (err == OK)
		*out = calendar_add(&cal, day, n);
	return err;
}
