/* Working days: Monday to Friday, but for the table of holidays. */
#include <string.h>

#include "db/rule_in.h"
#include "db/store/stmt.h"

enum { RANGES_MAX = 200 };

struct range {
	struct day from, to;
	bool off;
};

static int
read_ranges(struct ctx *c, struct day from, struct day to,
            struct range out[RANGES_MAX], int *n)
{
	struct stmt *q = ctx_stmt(c, &entity_holiday_rule, RULE_SQL_BETWEEN);

	bind_day(q, ":from_on", from);
	bind_day(q, ":to_on", to);
	*n = 0;
	while (*n < RANGES_MAX && stmt_next(q)) {
		struct range *r = &out[(*n)++];

		if (day_parse(col_text(q, 0), from, &r->from) != OK ||
		    day_parse(col_text(q, 1), from, &r->to) != OK)
			--*n;
		r->off = strcmp(col_text(q, 2), "off") == 0;
	}
	return stmt_end(q);
}

static bool
is_workday(struct day day, const struct range *ranges, int n)
{
	int weekday = day_weekday(day);

	for (int i = 0; i < n; i++)
		if (day_compare(day, ranges[i].from) >= 0 &&
		    day_compare(day, ranges[i].to) <= 0)
			return !ranges[i].off;
	return weekday != 0 && weekday != 6;
}

int
workday_after(struct ctx *c, struct day day, int64_t n, struct day *out)
{
	struct range ranges[RANGES_MAX];
	/* no year has more days off than a half */
	struct day last = day_add(day, (int)n * 2 + 40);
	int count, err = read_ranges(c, day, last, ranges, &count);

	if (err != OK)
		return err;
	while (n > 0) {
		day = day_add(day, 1);
		n -= is_workday(day, ranges, count);
	}
	*out = day;
	return OK;
}
