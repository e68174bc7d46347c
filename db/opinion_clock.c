/* The clocks of an opinion, as a pure function. */
#include "db/opinion_clock.h"

enum {
	FIFTH = 5,
	HORIZON = 10000, /* calendar days a clock is followed at most */
};

static bool
is_none(struct day day)
{
	return day.year == 0;
}

/* Whether the clock stood on a day: a pause takes the days after its first,
 * its last among them. Two offices may pause at once; a day is lost once. */
static bool
stood(const struct clock_log *log, struct day day, struct day until)
{
	for (int i = 0; i < log->n; i++) {
		const struct clock_span *p = &log->pauses[i];
		struct day to = is_none(p->to) ? until : p->to;

		if (day_compare(day, p->from) > 0 && day_compare(day, to) <= 0)
			return true;
	}
	return false;
}

static bool
is_paused(const struct clock_log *log)
{
	for (int i = 0; i < log->n; i++)
		if (is_none(log->pauses[i].to))
			return true;
	return false;
}

enum light
light_of(struct day warn, struct day due, struct day today)
{
	if (day_compare(due, clock_no_day) == 0)
		return LIGHT_NONE;
	if (day_compare(today, due) > 0)
		return LIGHT_RED;
	return day_compare(today, warn) >= 0 ? LIGHT_YELLOW : LIGHT_GREEN;
}

/* Day by day from the first: what counts, and when enough have. */
static void
count_days(const struct calendar *cal, const struct clock_log *log,
           struct day until, int64_t warn_at, struct clock_reading *out)
{
	struct day day = log->began;
	int64_t n = 0;

	for (int i = 0; i < HORIZON; i++) {
		if (n >= log->days && day_compare(day, until) >= 0)
			return;
		day = day_add(day, 1);
		if (!calendar_is_workday(cal, day) || stood(log, day, until))
			continue;
		n++;
		if (n == warn_at)
			out->warn = day;
		if (n == log->days)
			out->due = day;
		if (day_compare(day, until) <= 0)
			out->used = n;
	}
}

void
clock_read(const struct calendar *cal, const struct clock_log *log,
           struct day today, struct clock_reading *out)
{
	struct day until = is_none(log->ended) ? today : log->ended;
	/* So many days are yellow. */
	int64_t last = log->days >= FIFTH ? log->days / FIFTH : 1;

	*out = (struct clock_reading){
	    .warn = log->began,
	    .due = log->began,
	    .paused = is_none(log->ended) && is_paused(log),
	};
	count_days(cal, log, until, log->days - last + 1, out);
	if (out->used > log->days)
		out->over = out->used - log->days;
	if (!is_none(log->ended) || out->paused)
		return;
	out->light = light_of(out->warn, out->due, today);
	out->fresh = out->light == LIGHT_RED && out->over == 1;
}
