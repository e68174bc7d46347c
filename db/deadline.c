/* The table of deadlines and the calendar, asked together. */
#include "db/deadline.h"

#include "db/opinion_clock.h"

int
deadline_days(struct ctx *c, const char *name, struct day on, int64_t *days)
{
	struct arena *a = arena_new();
	struct rule rule;
	int err = rule_named(c, a, RULE_DEADLINE, name, on, &rule);

	if (err == OK)
		*days = rule.n1;
	arena_free(a);
	return err;
}

int
deadline_of(struct ctx *c, const char *name, struct day began, struct day *warn,
            struct day *due)
{
	struct clock_log log = {.began = began};
	struct clock_reading r;
	struct calendar cal;
	int err = deadline_days(c, name, began, &log.days);

	if (err == OK) /* more days than any holidays take away */
		err = calendar_load(
		    c, began, day_add(began, (int)log.days * 2 + 40), &cal);
	if (err != OK)
		return err;
	clock_read(&cal, &log, began, &r);
	*warn = r.warn;
	*due = r.due;
	return OK;
}
