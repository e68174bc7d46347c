/* The clocks of an opinion, as a pure function. */
#include "db/opinion_clock.h"

enum { FIFTH = 5 };

static bool
is_none(struct day day)
{
	return day.year == 0;
}

static struct day
earlier(struct day a, struct day b)
{
	return day_compare(a, b) < 0 ? a : b;
}

/* Working days that the pauses took away until a day. */
static int64_t
stood_still(const struct calendar *cal, const struct clock_log *log,
            struct day until)
{
	int64_t n = 0;

	for (int i = 0; i < log->n; i++) {
		const struct clock_span *p = &log->pauses[i];
		struct day to = is_none(p->to) ? until : earlier(p->to, until);

		n += calendar_count(cal, p->from, to);
	}
	return n;
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

void
clock_read(const struct calendar *cal, const struct clock_log *log,
           struct day today, struct clock_reading *out)
{
	struct day until = is_none(log->ended) ? today : log->ended;
	int64_t still = stood_still(cal, log, until);
	/* The days left when the light turns yellow. */
	int64_t last = log->days >= FIFTH ? log->days / FIFTH : 1;

	*out = (struct clock_reading){
	    .used = calendar_count(cal, log->began, until) - still,
	    .due = calendar_add(cal, log->began, log->days + still),
	    .warn = calendar_add(cal, log->began,
	                         log->days > last ? log->days - last + still
	                                          : still),
	    .paused = is_none(log->ended) && is_paused(log),
	};
	if (day_compare(until, out->due) > 0)
		out->over = calendar_count(cal, out->due, until);
	if (!is_none(log->ended) || out->paused)
		return;
	out->light = light_of(out->warn, out->due, today);
	out->fresh = out->light == LIGHT_RED && out->over == 1;
}
