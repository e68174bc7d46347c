/*
 * What is going to be said in the demo and the course each opinion takes:
 * exactly as many as asked, more in later years, around today one in every
 * state and light. A course that is not over by now is as far as it got.
 */
#include <string.h>

#include "db/conversion.h"
#include "db/demo_opinion.h"
#include "db/rule.h"

enum { YEARS = 5, STEPS_MAX = 13, HOT_MAX = 8, MINUTE = 60, LEAD = 40 };

/* --- courses ------------------------------------------------------------ */

enum course {
	COURSE_SPOT,
	COURSE_OFFICE,
	COURSE_REPORT,
	COURSE_TWO,
	COURSE_LONG,
	COURSE_PAUSED,
	COURSE_RETURNED,
	COURSE_AGAIN,
	COURSE_SPOT_AGAIN,
	COURSE_TWICE,
	COURSE_ENDED,
	COURSE_REFUSED,
	COURSE_CONVERTED,
	COURSE_RELEASED,
	COURSE_DISCARDED,
	COURSE_HOT,
	COURSE_MERGED,
	COURSES
};

/* A turn, so many working days after the one before (days, when the citizen
 * takes it). */
struct demo_step {
	enum demo_turn_kind what;
	int soonest, latest;
	enum demo_leg leg;
};

/* clang-format off */
#define TAKEN {TURN_TAKE, 0, 2, 0}
#define SENT TAKEN, {TURN_ROUTE, 0, 1, LEG_FIRST}
#define ACCEPTED SENT, {TURN_ACCEPT, 1, 3, LEG_FIRST}
#define ENDS {TURN_TELL, 0, 3, 0}, {TURN_RATE, 1, 5, 0}
#define REFUTED ACCEPTED, {TURN_REPLY, 3, 8, LEG_FIRST}, {TURN_TELL, 0, 3, 0}, {TURN_REFUTE, 1, 5, 0}
#define ONCE_MORE {TURN_ACCEPT, 1, 2, LEG_FIRST}, {TURN_REPLY, 3, 8, LEG_FIRST}

static const struct {
	unsigned weight; /* of a thousand; 0: not by chance */
	struct demo_step steps[STEPS_MAX + 1];
} courses[COURSES] = {
	[COURSE_SPOT]       = {438, {TAKEN, {TURN_ANSWER, 0, 1, 0}, ENDS}},
	[COURSE_OFFICE]     = {300, {ACCEPTED, {TURN_REPLY, 3, 11, LEG_FIRST}, ENDS}},
	[COURSE_REPORT]     = {80,  {ACCEPTED, {TURN_PROGRESS, 1, 4, LEG_FIRST}, {TURN_REPLY, 2, 8, LEG_FIRST}, ENDS}},
	[COURSE_TWO]        = {25,  {TAKEN, {TURN_ROUTE, 0, 1, LEG_BOTH}, {TURN_ACCEPT, 1, 2, LEG_FIRST}, {TURN_ACCEPT, 0, 1, LEG_SECOND},
	                             {TURN_PROGRESS, 1, 3, LEG_SECOND}, {TURN_REPLY, 1, 4, LEG_FIRST}, {TURN_REPLY, 1, 5, LEG_SECOND}, ENDS}},
	[COURSE_LONG]       = {20,  {ACCEPTED, {TURN_PROGRESS, 1, 3, LEG_FIRST}, {TURN_ASK, 2, 4, LEG_FIRST}, {TURN_GRANT, 0, 1, LEG_FIRST},
	                             {TURN_MORE, 1, 4, 0}, {TURN_REPLY, 4, 9, LEG_FIRST}, ENDS}},
	[COURSE_PAUSED]     = {12,  {ACCEPTED, {TURN_PAUSE, 1, 3, LEG_FIRST}, {TURN_RESUME, 4, 15, LEG_FIRST}, {TURN_REPLY, 2, 6, LEG_FIRST}, ENDS}},
	[COURSE_RETURNED]   = {20,  {TAKEN, {TURN_ROUTE, 0, 1, LEG_WRONG}, {TURN_RETURN, 1, 2, LEG_WRONG}, {TURN_ROUTE, 0, 1, LEG_FIRST},
	                             {TURN_ACCEPT, 1, 2, LEG_FIRST}, {TURN_REPLY, 3, 8, LEG_FIRST}, ENDS}},
	[COURSE_AGAIN]      = {16,  {REFUTED, ONCE_MORE, ENDS}},
	[COURSE_SPOT_AGAIN] = {8,   {TAKEN, {TURN_ANSWER, 0, 1, 0}, {TURN_TELL, 0, 2, 0}, {TURN_REFUTE, 1, 4, 0}, {TURN_ANSWER, 2, 8, 0}, ENDS}},
	[COURSE_TWICE]      = {3,   {REFUTED, ONCE_MORE, {TURN_TELL, 0, 3, 0}, {TURN_REFUTE, 1, 5, 0}, {TURN_INSTRUCT, 0, 1, 0}, {TURN_SUPERVISE, 2, 8, 0}, ENDS}},
	[COURSE_ENDED]      = {2,   {REFUTED, ONCE_MORE, {TURN_TELL, 0, 3, 0}, {TURN_REFUTE, 1, 5, 0}, {TURN_END, 3, 9, 0}}},
	[COURSE_REFUSED]    = {22,  {TAKEN, {TURN_REFUSE, 0, 2, 0}, ENDS}},
	[COURSE_CONVERTED]  = {26,  {TAKEN, {TURN_CONVERT, 1, 4, 0}, {TURN_CONVERTED, 18, 60, 0}, ENDS}},
	[COURSE_RELEASED]   = {16,  {{TURN_RELEASE, 0, 1, 0}, TAKEN, {TURN_ANSWER, 0, 1, 0}, ENDS}},
	[COURSE_DISCARDED]  = {12,  {{TURN_DISCARD, 0, 2, 0}}},
	[COURSE_HOT]        = {0,   {{TURN_TAKE, 0, 1, 0}, {TURN_ROUTE, 0, 1, LEG_FIRST}, {TURN_ACCEPT, 1, 2, LEG_FIRST}, {TURN_REPLY, 9, 12, LEG_FIRST}, ENDS}},
	[COURSE_MERGED]     = {0,   {{TURN_TAKE, 0, 1, 0}, {TURN_MERGE, 0, 1, 0}}},
};

/* What a visitor finds today. steps: so many of the course are done. ago:
 * received so many working days ago; below 0: just now. */
enum who { NOBODY, SEER, HELPER }; /* the demo's deputy: whose code; accompanies */
static const struct special {
	const char *category;
	int unit;
	int source;
	enum who who;
	enum course course;
	int steps, ago;
} specials[] = {
	{"build.municipal.parking", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_HOT, 3, 8},
	{"build.municipal.parking", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_MERGED, 2, 6},
	{"build.municipal.parking", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_MERGED, 2, 6},
	{"build.municipal.parking", DEMO_TOWN, SOURCE_DESK, NOBODY, COURSE_MERGED, 2, 5},
	{"build.municipal.parking", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_MERGED, 2, 4},
	{"build.municipal.parking", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_SPOT, 0, -1},
	{"people.old", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_OFFICE, 0, 0},
	{"traffic.road.repair", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_OFFICE, 0, 3},
	{"green.water", DEMO_TOWN, SOURCE_PUBLIC, SEER, COURSE_OFFICE, 0, 1},
	{"law.safe", DEMO_TOWN, SOURCE_PUBLIC, SEER, COURSE_SPOT, 1, 4},
	{"traffic.bus", DEMO_TOWN, SOURCE_DEPUTY, SEER, COURSE_OFFICE, 3, 7},
	{"school.base", DEMO_TOWN, SOURCE_DESK, HELPER, COURSE_OFFICE, 4, 8},
	{"farm", DEMO_TOWN, SOURCE_PUBLIC, HELPER, COURSE_SPOT, 3, 4},
	{"other", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_DISCARDED, 0, 1},
	{"economy.firm", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_RELEASED, 0, 2},
	{"green.noise", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_DISCARDED, 1, 6},
	{"health.care.local", DEMO_TOWN, SOURCE_DESK, NOBODY, COURSE_OFFICE, 1, 2},
	{"people", DEMO_TOWN, SOURCE_DESK, NOBODY, COURSE_OFFICE, 2, 2},
	{"people.old", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_OFFICE, 2, 9},
	{"people.work", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_OFFICE, 3, 17},
	{"health.care.local", DEMO_TOWN, SOURCE_ROBOT, NOBODY, COURSE_REPORT, 4, 14},
	{"people", DEMO_TOWN, SOURCE_DESK, NOBODY, COURSE_PAUSED, 4, 10},
	{"people.old", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_LONG, 5, 12},
	{"farm.water", DEMO_TOWN, SOURCE_DESK, NOBODY, COURSE_RETURNED, 3, 5},
	{"people.work", DEMO_TOWN, SOURCE_DESK, NOBODY, COURSE_TWO, 4, 9},
	{"green.waste", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_OFFICE, 4, 10},
	{"build.housing.old", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_SPOT, 3, 3},
	{"farm.land", DEMO_TOWN, SOURCE_DESK, NOBODY, COURSE_SPOT_AGAIN, 4, 6},
	{"people.work", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_AGAIN, 6, 13},
	{"green.air", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_TWICE, 10, 24},
	{"traffic.road", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_CONVERTED, 2, 12},
	{"build.municipal", DEMO_TOWN, SOURCE_DESK, NOBODY, COURSE_CONVERTED, 2, 8},
	{"law.safe", DEMO_TOWN, SOURCE_PUBLIC, NOBODY, COURSE_CONVERTED, 2, 5},
	{"build.municipal.pipe", DEMO_TOWN, SOURCE_ROBOT, NOBODY, COURSE_OFFICE, 3, 26},
	{"green.noise", DEMO_SUBDISTRICT, SOURCE_PUBLIC, SEER, COURSE_SPOT, 0, 1},
	{"build.housing.property", DEMO_SUBDISTRICT, SOURCE_PUBLIC, SEER, COURSE_OFFICE, 4, 8},
	{"build.housing.old", DEMO_SUBDISTRICT, SOURCE_PUBLIC, NOBODY, COURSE_OFFICE, 0, 0},
	{"economy.market", DEMO_SUBDISTRICT, SOURCE_DESK, HELPER, COURSE_OFFICE, 1, 3},
	{"law.safe", DEMO_SUBDISTRICT, SOURCE_PUBLIC, NOBODY, COURSE_DISCARDED, 0, 0},
	{"build.municipal.parking", DEMO_SUBDISTRICT, SOURCE_PUBLIC, NOBODY, COURSE_OFFICE, 3, 17},
	{"build.housing", DEMO_SUBDISTRICT, SOURCE_PUBLIC, NOBODY, COURSE_TWICE, 10, 27},
	{"people.old", DEMO_SUBDISTRICT, SOURCE_DESK, NOBODY, COURSE_LONG, 5, 12},
	{"green.water", 0, SOURCE_PUBLIC, NOBODY, COURSE_TWICE, 11, 26},
	{"economy.firm", 1, SOURCE_DESK, NOBODY, COURSE_CONVERTED, 2, 15},
	{"traffic.road", 3, SOURCE_PUBLIC, NOBODY, COURSE_OFFICE, 3, 30},
	{"farm.water", 6, SOURCE_PUBLIC, NOBODY, COURSE_PAUSED, 4, 12},
	{"green", 9, SOURCE_PUBLIC, NOBODY, COURSE_RETURNED, 5, 9},
	{"school.base", DEMO_COUNTY, SOURCE_DESK, NOBODY, COURSE_OFFICE, 1, 2},
	{"traffic.bus", DEMO_COUNTY, SOURCE_DESK, NOBODY, COURSE_OFFICE, 3, 6},
};
/* clang-format on */

/* --- working days ------------------------------------------------------- */

static int
learn_workdays(struct demo *d, struct demo_opinions *y)
{
	struct calendar *cal = arena_alloc(d->page, sizeof(*cal));
	int err;

	y->day0 = day_add(d->first, -LEAD);
	y->days = day_diff(d->today, y->day0) + 1;
	y->workdays = arena_alloc(d->a, (size_t)y->days);
	err = calendar_load(d->c, y->day0, d->today, cal);
	for (int i = 0; err == OK && i < y->days; i++)
		y->workdays[i] = calendar_is_workday(cal, day_add(y->day0, i));
	arena_reset(d->page);
	return err;
}

/* The n-th working day after day; one after today when that is not over. */
static struct day
after(const struct demo_opinions *y, struct day day, int n)
{
	int i = day_diff(day, y->day0);

	while (n > 0 && ++i < y->days)
		n -= y->workdays[i];
	return day_add(y->day0, i);
}

/* The working day with n of them after it until today. */
static struct day
before(const struct demo_opinions *y, int n)
{
	int i = y->days - 1;

	while (i > 0 && (n > 0 || !y->workdays[i]))
		n -= y->workdays[i--];
	return day_add(y->day0, i);
}

static bool
is_workday(const struct demo_opinions *y, struct instant at)
{
	int i = day_diff(day_of(at), y->day0);

	return i >= 0 && i < y->days && y->workdays[i];
}

/* --- when --------------------------------------------------------------- */

static bool
of_citizen(enum demo_turn_kind what)
{
	return what == TURN_RATE || what == TURN_REFUTE || what == TURN_MORE;
}

/* In office hours; the same day when there is time left. */
static struct instant
later(struct demo_opinions *y, struct instant at, int lag)
{
	int hour, minute;
	struct instant morning;

	clock_time_of(at, &hour, &minute);
	if (lag == 0 && hour >= 8 && hour < 16 && is_workday(y, at)) {
		at.s += (15 + demo_roll(&y->dice, 45)) * MINUTE;
		return at;
	}
	morning = clock_at(after(y, day_of(at), lag > 0 ? lag : 1), 8, 30);
	morning.s += demo_roll(&y->dice, 8 * 60) * MINUTE;
	return morning;
}

static struct instant
next(struct demo_opinions *y, struct instant at, const struct demo_step *s,
     bool set)
{
	int lag = s->soonest;

	if (!set)
		lag += (int)demo_roll(&y->dice,
		                      (unsigned)(s->latest - s->soonest) + 1);
	if (of_citizen(s->what))
		return (struct instant){
		    clock_at(day_add(day_of(at), lag), 7, 0).s +
		    demo_roll(&y->dice, 14 * 60) * MINUTE};
	if (!set && demo_once_in(&y->dice, 30) &&
	    (s->what == TURN_REPLY || s->what == TURN_TELL))
		lag += 3 + (int)demo_roll(&y->dice, 9);
	return later(y, at, lag);
}

/* More in later years, and a wave just now. */
static struct day
roll_day(struct demo *d, struct demo_opinions *y)
{
	enum { WAVE = 24, WAVE_ONE_IN = 14, FIRST_YEAR = 3, ALL = 25 };
	unsigned at = demo_roll(&y->dice, ALL), year = 0;

	if (demo_once_in(&y->dice, WAVE_ONE_IN))
		return day_add(d->today, -1 - (int)demo_roll(&y->dice, WAVE));
	while (at >= FIRST_YEAR + year)
		at -= FIRST_YEAR + year++;
	return day_add(d->first, (int)(year * 365 + demo_roll(&y->dice, 365)));
}

/* A working day mostly. */
static struct instant
roll_time(struct demo *d, struct demo_opinions *y, bool any_day)
{
	struct instant at;
	struct day day;

	do {
		day = roll_day(d, y);
		at = clock_at(day, any_day ? 7 : 9, 0);
		at.s += demo_roll(&y->dice, (any_day ? 15 : 8) * 60) * MINUTE;
	} while (
	    day_compare(day, d->today) >= 0 ||
	    (!is_workday(y, at) && (!any_day || demo_once_in(&y->dice, 2))));
	return at;
}

/* --- who ---------------------------------------------------------------- */

static struct person_id
some_deputy(struct demo *d, struct demo_opinions *y, int unit, struct day day)
{
	const struct demo_unit *u = &d->units[unit];
	const struct demo_pool *pool =
	    day_compare(day, d->turn) < 0 ? &u->old : &u->now;

	if (demo_once_in(&y->dice, 8))
		return pool->persons[0];
	return pool->persons[demo_roll(&y->dice, (unsigned)pool->n)];
}

static bool
offices_first(const struct demo_concern *what, int unit)
{
	return unit == DEMO_COUNTY || what->unit_office < 0;
}

static struct person_id
who_handles(const struct demo *d, const struct demo_matter *m,
            enum demo_leg leg)
{
	return demo_opinion_office(d, m, leg)->person;
}

const struct demo_office *
demo_opinion_office(const struct demo *d, const struct demo_matter *m,
                    enum demo_leg leg)
{
	const struct demo_concern *what = &demo_concerns[m->concern];
	const struct demo_office *county = d->units[DEMO_COUNTY].offices;
	const struct demo_office *unit = d->units[m->unit].offices;
	int theirs =
	    what->county_office >= 0 ? what->county_office : COUNTY_CIVIL;

	switch (leg) {
	case LEG_SECOND:
		return offices_first(what, m->unit) ? &county[COUNTY_TRADE]
		                                    : &county[theirs];
	case LEG_WRONG:
		return offices_first(what, m->unit)
		           ? &county[(theirs + 1) % COUNTY_TRADE]
		           : &unit[(what->unit_office + 1) % DEMO_OFFICES];
	case LEG_FIRST:
	case LEG_BOTH:
		break;
	}
	return offices_first(what, m->unit) ? &county[theirs]
	                                    : &unit[what->unit_office];
}

static struct person_id
by_whom(struct demo *d, const struct demo_matter *m, const struct demo_step *s)
{
	struct demo_opinions *y = d->matters;
	const struct demo_unit *u = &d->units[m->unit];
	struct person_id nobody = {0};
	bool helps = m->companion.v != 0;

	switch (s->what) {
	case TURN_RECEIVE:
		if (m->source == SOURCE_PUBLIC || m->source == SOURCE_ROBOT)
			return nobody;
		return m->source == SOURCE_DEPUTY ? m->deputy : u->officer;
	case TURN_TAKE:
		return m->deputy.v != 0 && demo_once_in(&y->dice, 2)
		           ? m->deputy
		           : u->officer;
	case TURN_ANSWER:
	case TURN_CONVERT:
		return helps && demo_once_in(&y->dice, 2) ? m->companion
		                                          : u->officer;
	case TURN_ROUTE:
		return helps && demo_once_in(&y->dice, 3) ? m->companion
		                                          : u->officer;
	case TURN_TELL:
		return helps ? m->companion : u->officer;
	case TURN_REFUSE:
	case TURN_END:
		return u->head;
	case TURN_SUPERVISE:
		return d->units[DEMO_COUNTY].officer;
	case TURN_INSTRUCT:
		return d->leader;
	case TURN_ACCEPT:
	case TURN_PROGRESS:
	case TURN_ASK:
	case TURN_PAUSE:
	case TURN_RESUME:
	case TURN_RETURN:
	case TURN_REPLY:
		return who_handles(d, m, s->leg);
	case TURN_RATE:
	case TURN_REFUTE:
		return m->by_hand ? u->officer : nobody;
	case TURN_MORE:
		return nobody;
	case TURN_RELEASE:
	case TURN_DISCARD:
	case TURN_MERGE:
	case TURN_CONVERTED:
	case TURN_GRANT:
	case TURN_CHASE:
	case TURN_TICK:
	case TURN_NONE:
		break;
	}
	return u->officer;
}

/* --- one matter --------------------------------------------------------- */

static void
add_turn(struct demo *d, const struct demo_turn *turn)
{
	struct demo_opinions *y = d->matters;

	if (y->turn_count == y->turn_size) {
		int size = y->turn_size > 0 ? y->turn_size * 2 : 4096;
		struct demo_turn *more =
		    arena_alloc(d->a, (size_t)size * sizeof(*more));

		if (y->turn_count > 0)
			memcpy(more, y->turns,
			       (size_t)y->turn_count * sizeof(*more));
		y->turns = more;
		y->turn_size = size;
	}
	y->turns[y->turn_count++] = *turn;
}

/* The instants of a course until now, the receiving first; how many. */
static int
cut(struct demo *d, const struct demo_matter *m, enum course course, int most,
    bool set, struct instant at[STEPS_MAX + 1])
{
	const struct demo_step *s = courses[course].steps;
	int n = 1;

	for (; n <= most && s->what != TURN_NONE; s++, n++) {
		bool takes = set && s->what == TURN_TAKE;
		struct demo_step own = *s;

		if (s->what == TURN_RATE && m->silent)
			break;
		if (takes)
			own.soonest = 1;
		at[n] = next(d->matters, at[n - 1], &own, set);
		if (at[n].s > d->now.s)
			break;
	}
	return n;
}

/* Not everything that is said can be built. */
static bool
can_be_built(const struct demo_matter *m)
{
	static const char *const kinds[] = {
	    "build.municipal", "build.housing.old", "traffic",
	    "farm.water",      "green.w",           "school",
	    "health",          "people.old"};
	const char *category = demo_concerns[m->concern].category;

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strncmp(category, kinds[i], strlen(kinds[i])) == 0)
			return true;
	return false;
}

/* Nobody of the old term accompanies into the new one. */
static void
settle_deputy(const struct demo *d, struct demo_matter *m, struct instant from,
              struct instant to)
{
	if (day_compare(day_of(from), d->turn) >= 0 ||
	    day_compare(day_of(to), d->turn) < 0)
		return;
	m->deputy.v = m->companion.v = 0;
	if (m->source == SOURCE_DEPUTY)
		m->source = SOURCE_DESK;
}

static struct demo_matter *
add_matter(struct demo *d, struct demo_matter *m, struct instant received,
           enum course course, int most, bool set)
{
	static const struct demo_step receive = {TURN_RECEIVE, 0, 0, LEG_FIRST};
	struct demo_opinions *y = d->matters;
	struct instant at[STEPS_MAX + 2];
	bool counts = false;
	int n;

	if (m->conversion != CONVERSION_LAW_COMMENT)
		m->conversion = can_be_built(m) && m->village % 4 != 3
		                    ? CONVERSION_PROJECT
		                    : CONVERSION_SUGGESTION;
	at[0] = received;
	m->held = course == COURSE_DISCARDED || course == COURSE_RELEASED;
	n = cut(d, m, course, most, set, at);
	settle_deputy(d, m, received, at[n - 1]);
	for (int i = 0; i < n; i++) {
		const struct demo_step *s =
		    i == 0 ? &receive : &courses[course].steps[i - 1];
		struct demo_turn turn = {
		    .at = at[i].s,
		    .matter = y->n,
		    .what = s->what,
		    .leg = s->leg,
		    .by = by_whom(d, m, s),
		};

		add_turn(d, &turn);
		counts = counts ||
		         ((s->what == TURN_ANSWER || s->what == TURN_TELL) &&
		          m->companion.v != 0 && turn.by.v == m->companion.v);
	}
	y->records += counts; /* once a matter */
	y->matters[y->n] = *m;
	return &y->matters[y->n++];
}

/* Class and rating, as they mostly go. */
static void
roll_ends(struct demo_opinions *y, struct demo_matter *m)
{
	unsigned at = demo_roll(&y->dice, 100);

	m->result = at < 68   ? RESULT_SOLVED
	            : at < 80 ? RESULT_PLANNED
	            : at < 95 ? RESULT_EXPLAINED
	                      : RESULT_REFERENCE;
	at = demo_roll(&y->dice, 10);
	m->conversion = at < 6 ? 0 : at < 9 ? 1 : 2;
	m->by_hand = m->source != SOURCE_PUBLIC && !demo_once_in(&y->dice, 3);
	m->silent = demo_roll(&y->dice, 100) < 38;
	m->into = -1;
}

/* --- around today ------------------------------------------------------- */

static int
concern_of(const char *category)
{
	int i = 0;

	while (strcmp(demo_concerns[i].category, category) != 0)
		i++;
	return i;
}

static void
plan_special(struct demo *d, const struct special *s, int i)
{
	struct demo_opinions *y = d->matters;
	struct instant at = {d->now.s -
	                     (20 + demo_roll(&y->dice, 90)) * MINUTE};
	struct person_id whose = s->unit == DEMO_TOWN ? d->deputy : d->deputy2;
	struct demo_matter m = {
	    .unit = s->unit,
	    .village = s->course == COURSE_MERGED ? 1 : i % DEMO_VILLAGES,
	    .concern = concern_of(s->category),
	    .spot = i * 5 % DEMO_SPOTS,
	    .source = s->source,
	};
	const struct demo_matter *added;

	roll_ends(y, &m);
	m.silent = false;
	m.conversion = i % 3;
	if (s->who == SEER)
		m.deputy = whose;
	if (s->who != NOBODY)
		m.companion = whose;
	if (s->ago >= 0) {
		at = clock_at(before(y, s->ago), 9, 0);
		at.s += demo_roll(&y->dice, 90) * MINUTE;
		if (at.s >= d->now.s)
			at.s = d->now.s - 5 * MINUTE;
	}
	if (s->course == COURSE_HOT || s->course == COURSE_MERGED ||
	    s->ago < 0) {
		m.village = 1;
		m.spot = 3;
		m.into = y->hot;
	}
	added = add_matter(d, &m, at, s->course, s->steps, true);
	if (s->course == COURSE_HOT)
		y->hot = (int)(added - y->matters);
}

/* --- at receptions ------------------------------------------------------ */

static bool
goes_on_rota(const struct demo *d, const struct demo_activity *r)
{
	return r->end != DEMO_CANCELLED && demo_station_is_on_rota(d, r);
}

/* One to three at each that was on the rota, noted when it has closed. */
static void
plan_reception(struct demo *d, const struct demo_activity *r, int most)
{
	struct demo_opinions *y = d->matters;
	int n = 1 + r->village % 3;

	for (int i = 0; i < n && i < most; i++) {
		struct instant at = {r->ends.s + (r->after + 2 + i) * MINUTE};
		struct demo_matter m = {
		    .unit = r->unit,
		    .village = r->village,
		    .concern = (int)demo_roll(&y->dice, DEMO_CONCERNS),
		    .spot = (int)demo_roll(&y->dice, DEMO_SPOTS),
		    .source = SOURCE_MEETING,
		    .activity = r,
		};

		if (at.s > d->now.s)
			return;
		roll_ends(y, &m);
		if (demo_once_in(&y->dice, 2))
			m.companion = r->guests[0].person;
		add_matter(d, &m, at,
		           demo_once_in(&y->dice, 3) ? COURSE_SPOT
		                                     : COURSE_OFFICE,
		           STEPS_MAX, false);
	}
}

/* --- the years ---------------------------------------------------------- */

static enum course
roll_course(struct demo_opinions *y, int source)
{
	unsigned at = demo_roll(&y->dice, 1000);
	int i = 0;

	while (at >= courses[i].weight)
		at -= courses[i++].weight;
	if (source != SOURCE_PUBLIC &&
	    (i == COURSE_DISCARDED || i == COURSE_RELEASED))
		return COURSE_SPOT;
	return (enum course)i;
}

static int
roll_source(struct demo_opinions *y)
{
	unsigned at = demo_roll(&y->dice, 100);

	return at < 56   ? SOURCE_PUBLIC
	       : at < 78 ? SOURCE_DESK
	       : at < 92 ? SOURCE_DEPUTY
	                 : SOURCE_ROBOT;
}

static void
plan_regular(struct demo *d)
{
	struct demo_opinions *y = d->matters;
	int source = roll_source(y);
	struct instant at = roll_time(d, y, source == SOURCE_PUBLIC);
	enum course course = roll_course(y, source);
	struct demo_matter m = {
	    .unit = demo_roll_unit(&y->dice),
	    .village = (int)demo_roll(&y->dice, DEMO_VILLAGES),
	    .concern = (int)demo_roll(&y->dice, DEMO_CONCERNS),
	    .spot = (int)demo_roll(&y->dice, DEMO_SPOTS),
	    .source = source,
	};

	roll_ends(y, &m);
	if (source == SOURCE_DEPUTY ||
	    (source == SOURCE_PUBLIC && demo_once_in(&y->dice, 4)))
		m.deputy = m.companion = some_deputy(d, y, m.unit, day_of(at));
	else if (demo_once_in(&y->dice, 4))
		m.companion = some_deputy(d, y, m.unit, day_of(at));
	add_matter(d, &m, at, course, STEPS_MAX, false);
}

/* One that many say, and those who say it too; some weeks ago. */
static void
plan_hot(struct demo *d, int most)
{
	struct demo_opinions *y = d->matters;
	struct demo_matter m = {
	    .unit = demo_roll_unit(&y->dice),
	    .village = (int)demo_roll(&y->dice, DEMO_VILLAGES),
	    .concern = (int)demo_roll(&y->dice, DEMO_CONCERNS),
	    .spot = (int)demo_roll(&y->dice, DEMO_SPOTS),
	    .source = SOURCE_PUBLIC,
	};
	int others = 1 + (int)demo_roll(&y->dice, HOT_MAX), into = y->n;
	struct instant at;

	do
		at = roll_time(d, y, false);
	while (day_diff(d->today, day_of(at)) < LEAD);
	roll_ends(y, &m);
	add_matter(d, &m, at, COURSE_HOT, STEPS_MAX, false);
	at = clock_at(after(y, day_of(at), 2), 10, 0);
	for (int i = 0; i < others && i < most - 1; i++) {
		m.into = into;
		add_matter(d, &m,
		           clock_at(after(y, day_of(at), i / 4), 8 + i % 7, 7),
		           COURSE_MERGED, STEPS_MAX, false);
	}
}

static void
add_ticks(struct demo *d)
{
	for (struct day day = d->first; day_compare(day, d->today) <= 0;
	     day = day_add(day, 1)) {
		struct demo_turn turn = {.at = clock_at(day, 0, 10).s,
		                         .what = TURN_TICK};

		if (turn.at <= d->now.s)
			add_turn(d, &turn);
	}
}

int
demo_opinion_plan(struct demo *d, const struct demo_activity *rows, int n)
{
	enum { HOT_ONE_IN = 80 };
	struct demo_opinions *y = arena_alloc(d->a, sizeof(*y));
	int err;

	*y = (struct demo_opinions){.dice = d->c->seed + 5, .hot = -1};
	d->matters = y;
	y->matters =
	    arena_alloc(d->a, (size_t)d->opinions * sizeof(*y->matters));
	err = learn_workdays(d, y);
	if (err != OK)
		return err;
	for (int i = 0; i < (int)COUNT(specials) && y->n < d->opinions; i++)
		plan_special(d, &specials[i], i);
	for (int i = 0; i < n && y->n < d->opinions; i++)
		if (goes_on_rota(d, &rows[i]))
			plan_reception(d, &rows[i], d->opinions - y->n);
	for (int i = d->opinions / HOT_ONE_IN; i > 0 && y->n < d->opinions; i--)
		plan_hot(d, d->opinions - y->n);
	while (y->n < d->opinions)
		plan_regular(d);
	add_ticks(d);
	return OK;
}

int
demo_opinion_turns(const struct demo *d)
{
	return d->matters->turn_count;
}

int64_t
demo_opinion_at(const struct demo *d, int i)
{
	return d->matters->turns[i].at;
}

int
demo_opinion_records(const struct demo *d)
{
	return d->matters->records;
}
