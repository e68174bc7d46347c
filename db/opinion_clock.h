/*
 * The clocks of an opinion: first response, completion, telling the citizen,
 * waiting for the rating. A clock is a pure function of when it began, how
 * many working days it has, when it stood still, and the calendar.
 */
#ifndef DB_OPINION_CLOCK_H
#define DB_OPINION_CLOCK_H

#include "db/base/clock.h"
#include "db/rule.h"

/* Which clock runs; at any time at most one. Stored; but for NONE the names
 * are those of the table of deadlines. */
enum opinion_clock_kind {
	CLOCK_NONE,
	CLOCK_RESPONSE,
	CLOCK_COMPLETION,
	CLOCK_FEEDBACK,
	CLOCK_RATING,
	CLOCK_KINDS
};

/* Red: the last day is over. Yellow: the last fifth of the days, the last
 * day at least. */
enum light { LIGHT_NONE, LIGHT_GREEN, LIGHT_YELLOW, LIGHT_RED };

struct clock_span {
	struct day from, to; /* year 0: it still stands */
};

struct clock_log {
	struct day began;
	struct day ended; /* year 0: it runs */
	int64_t days;     /* working days it has, with an extension */
	const struct clock_span *pauses;
	int n;
};

struct clock_reading {
	int64_t used;         /* working days, without pauses */
	struct day warn, due; /* as if no pause were left open */
	enum light light;     /* none when it ended or stands */
	bool paused;
	/* Red since one working day: the last day was the one before. */
	bool fresh;
	int64_t over; /* working days used beyond those it has */
};

/* What a clock shows on a day. */
void clock_read(const struct calendar *cal, const struct clock_log *log,
                struct day today, struct clock_reading *out);

/* The light of stored days. */
enum light light_of(struct day warn, struct day due, struct day today);

/* What is stored where no clock ticks: after every other day. */
static const struct day clock_no_day = {9999, 12, 31};

#endif
