/*
 * What is going to happen in the demo: five years of activities spread over
 * the units, exactly as many sign-ins as asked, and around today what a
 * visitor should find.
 */
#include <string.h>

#include "db/demo_in.h"

enum {
	MINUTE = 60,
	HOUR = 60 * MINUTE,
	WINDOW = 30, /* minutes before and after */
	PRESENT_MIN = 2,
	PRESENT_MAX = 20
};

/* clang-format off */
static const struct {
	const char *kind;
	unsigned weight;
} kinds[] = {
	{"reception", 22}, {"survey", 14}, {"visit", 14}, {"check", 12},
	{"inspect", 12}, {"talk", 10}, {"service", 7}, {"study", 6},
	{"meeting", 3},
};
/* clang-format on */

static const char *
roll_kind(struct demo *d)
{
	unsigned at = demo_roll(&d->dice, 100);
	size_t i = 0;

	while (at >= kinds[i].weight)
		at -= kinds[i++].weight;
	return kinds[i].kind;
}

int
demo_roll_unit(uint64_t *dice)
{
	unsigned all = 0, at;
	int i = 0;

	for (int k = 0; k < DEMO_UNITS; k++)
		all += (unsigned)demo_places[k].weight;
	at = demo_roll(dice, all);
	while (at >= (unsigned)demo_places[i].weight)
		at -= (unsigned)demo_places[i++].weight;
	return i;
}

static struct demo_pool *
pool_of(struct demo *d, const struct demo_activity *row)
{
	struct demo_unit *u = &d->units[row->unit];

	return day_compare(day_of(row->starts), d->turn) < 0 ? &u->old
	                                                     : &u->now;
}

/* When the clerk prepared it: some days before, in office hours. */
static struct instant
made_before(struct demo *d, struct day day)
{
	struct day made = day_add(day, -3 - (int)demo_roll(&d->dice, 8));

	if (day_compare(made, d->first) < 0)
		made = d->first;
	return clock_at(made, 9 + (int)demo_roll(&d->dice, 8),
	                (int)demo_roll(&d->dice, 60));
}

/* --- the years ------------------------------------------------------- */

/* A working day, mostly, between the first and yesterday. */
static struct day
roll_day(struct demo *d)
{
	int days = day_diff(d->today, d->first) - 4;
	struct day day;
	int weekday;

	do {
		day = day_add(d->first,
		              3 + (int)demo_roll(&d->dice, (unsigned)days));
		weekday = day_weekday(day);
	} while ((weekday == 0 || weekday == 6) && !demo_once_in(&d->dice, 8));
	return day;
}

/* recent: some days ago, so confirmed and not archived yet. */
static void
plan_regular(struct demo *d, struct demo_activity *row, bool recent)
{
	struct day day = recent ? day_add(d->today, -3) : roll_day(d);
	int half_hours = 17 + (int)demo_roll(&d->dice, 14);
	int ago = day_diff(d->today, day);

	row->unit = demo_roll_unit(&d->dice);
	row->village = (int)demo_roll(&d->dice, DEMO_VILLAGES);
	row->kind = roll_kind(d);
	row->title = demo_title(d->a, &d->dice, row->kind,
	                        demo_places[row->unit].villages[row->village]);
	row->starts = clock_at(day, half_hours / 2, half_hours % 2 * 30);
	row->ends.s =
	    row->starts.s + (3 + demo_roll(&d->dice, 4)) * 30 * MINUTE;
	row->made = made_before(d, day);
	row->before = row->after = WINDOW;
	row->present = 3 + (int)demo_roll(&d->dice, 12);
	if (recent)
		row->end = DEMO_ARCHIVED;
	else if (demo_once_in(&d->dice, 90))
		row->end = DEMO_CANCELLED;
	else if (ago <= 6 && demo_once_in(&d->dice, 3))
		row->end = DEMO_LEFT;
	if (row->end == DEMO_CANCELLED)
		row->present = 0;
}

/* Bring the sign-ins of all to exactly `wanted`. */
static void
level_out(struct demo *d, struct demo_activity *rows, int n, int64_t wanted)
{
	int64_t all = 0;
	int step;

	for (int i = 0; i < n; i++)
		all += rows[i].present;
	while (all != wanted) {
		struct demo_activity *row =
		    &rows[demo_roll(&d->dice, (unsigned)n)];

		step = all < wanted ? 1 : -1;
		if (row->end == DEMO_CANCELLED || row->project != NULL ||
		    row->present + step < PRESENT_MIN ||
		    row->present + step > PRESENT_MAX)
			continue;
		row->present += step;
		all += step;
	}
}

/* --- who comes ------------------------------------------------------- */

/* count different people of the pool, the one called first before others
 * when it is not 0. */
static void
draw(struct demo *d, const struct demo_pool *pool, struct person_id first,
     struct demo_guest *guests, int count)
{
	struct person_id *deck =
	    arena_alloc(d->page, (size_t)pool->n * sizeof(*deck));

	memcpy(deck, pool->persons, (size_t)pool->n * sizeof(*deck));
	for (int i = 0; i < count; i++) {
		int k = i + (int)demo_roll(&d->dice, (unsigned)(pool->n - i));
		struct person_id it;

		if (i == 0 && first.v != 0)
			for (k = 0; deck[k].v != first.v;)
				k++;
		it = deck[k];
		deck[k] = deck[i];
		deck[i] = it;
		guests[i].person = it;
	}
	arena_reset(d->page);
}

static struct instant
sign_time(struct demo *d, const struct demo_activity *row)
{
	struct instant at = row->starts;

	if (demo_roll(&d->dice, 100) < 8) /* late */
		at.s += 16 * MINUTE + demo_roll(&d->dice, 30 * MINUTE);
	else
		at.s += -25 * MINUTE + (int)demo_roll(&d->dice, 27 * MINUTE);
	return at;
}

/* The demo's deputies come often to what was lately. */
static struct person_id
regular_guest(struct demo *d, const struct demo_activity *row)
{
	int ago = day_diff(d->today, day_of(row->starts));
	struct person_id nobody = {0};

	if (ago > 90 || demo_once_in(&d->dice, 3))
		return nobody;
	return row->unit == DEMO_TOWN          ? d->deputy
	       : row->unit == DEMO_SUBDISTRICT ? d->deputy2
	                                       : nobody;
}

/* The team of the project, of whom the first come. */
static void
plan_visitors(struct demo *d, struct demo_activity *row)
{
	struct person_id team[PRESENT_MAX];
	struct demo_guest *g;

	row->n = demo_project_team(row, team);
	g = row->guests = arena_alloc(d->a, (size_t)row->n * sizeof(*g));
	for (int i = 0; i < row->n; i++) {
		g[i].person = team[i];
		if (i < row->present)
			g[i].at = sign_time(d, row);
	}
}

static void
plan_guests(struct demo *d, struct demo_activity *row)
{
	const struct demo_pool *pool = pool_of(d, row);
	unsigned base = (unsigned)(row->present > 0 ? row->present : 6);
	int missing = (int)demo_roll(&d->dice, base / 5 + 1);
	int leave = (int)demo_roll(&d->dice, base / 8 + 1);
	int ago = day_diff(d->today, day_of(row->starts));
	struct demo_guest *g;

	row->n = row->present + missing + leave;
	if (row->n == 0)
		row->n = 6; /* cancelled: invited for nothing */
	if (row->n > pool->n)
		row->n = pool->n;
	g = row->guests = arena_alloc(d->a, (size_t)row->n * sizeof(*g));
	draw(d, pool, regular_guest(d, row), g, row->n);
	for (int i = 0; i < row->n; i++) {
		if (i < row->present) {
			g[i].at = sign_time(d, row);
			g[i].walk_in = i > 0 && demo_once_in(&d->dice, 35);
		} else {
			g[i].leave = i < row->present + leave &&
			             row->end != DEMO_CANCELLED;
		}
		g[i].says_yes = ago < 60 && !g[i].leave && !g[i].walk_in &&
		                demo_once_in(&d->dice, 3);
	}
}

/* --- around today ---------------------------------------------------- */

static const struct special {
	int unit, village;
	int day; /* from today on */
	int half_hours;
	const char *kind, *title;
	int guests;
	bool draft, open; /* open: its window holds now */
} specials[] = {
    {DEMO_TOWN, 0, 0, 18, "reception", "代表接待日", 6, false, false},
    {DEMO_TOWN, 0, 0, 0, "check", "安全生产专项检查", 20, false, true},
    {DEMO_TOWN, 3, 1, 18, "check", "五水共治专项检查", 12, false, false},
    {DEMO_TOWN, 2, 2, 27, "inspect", "民生实事项目视察", 15, false, false},
    {DEMO_TOWN, 7, 3, 18, "visit", "石井社区走访选民", 9, false, false},
    {DEMO_TOWN, 1, 5, 28, "talk", "老旧小区改造座谈", 14, false, false},
    {DEMO_TOWN, 5, 6, 18, "study", "代表履职培训", 0, true, false},
    {DEMO_SUBDISTRICT, 0, 0, 18, "reception", "代表接待日", 5, false, false},
    {DEMO_SUBDISTRICT, 1, 2, 28, "survey", "停车难问题调研", 8, false, false},
    {DEMO_SUBDISTRICT, 2, 8, 18, "meeting", "代表小组会议", 0, true, false},
    {0, 1, 0, 19, "visit", "企业走访", 8, false, false},
    {1, 2, 1, 28, "survey", "营商环境调研", 10, false, false},
    {3, 4, 3, 18, "reception", "代表接待日", 6, false, false},
    {6, 0, 4, 28, "inspect", "重点工程建设视察", 12, false, false},
    {9, 0, 0, 20, "service", "文明交通劝导", 7, false, false},
    {11, 0, 2, 18, "talk", "企业负责人座谈", 9, false, false},
};

/* An activity whose sign-in is open at whatever time of day the site is
 * made: its window is stretched to hold now. */
static void
open_now(struct demo *d, struct demo_activity *row)
{
	struct instant eight = clock_at(d->today, 8, 0);
	struct instant seven = clock_at(d->today, 19, 0);
	int64_t latest = d->now.s + 3 * HOUR;

	row->starts.s = d->now.s - d->now.s % (30 * MINUTE);
	if (row->starts.s < eight.s)
		row->starts = eight;
	if (row->starts.s > seven.s)
		row->starts = seven;
	row->ends.s = row->starts.s + 150 * MINUTE;
	if (d->now.s < row->starts.s)
		row->before +=
		    (int)((row->starts.s - d->now.s) / MINUTE) + WINDOW;
	if (latest > row->ends.s + row->after * MINUTE)
		row->after = (int)((latest - row->ends.s) / MINUTE);
}

/* A sign-in about the beginning, if that is over, else just now. */
static struct instant
open_time(struct demo *d, const struct demo_activity *row)
{
	struct instant at = {row->starts.s - 20 * MINUTE +
	                     demo_roll(&d->dice, 25 * MINUTE)};

	if (at.s >= d->now.s)
		at.s = d->now.s - MINUTE - demo_roll(&d->dice, 9 * MINUTE);
	return at;
}

/* Those who have signed in by now, the demo's deputy not among them; one
 * walk-in waits, one asks for leave. */
static void
plan_open_guests(struct demo *d, struct demo_activity *row)
{
	struct demo_guest *g = row->guests;

	for (int i = 1; i < row->n; i++) {
		if (i <= 11) {
			g[i].at = open_time(d, row);
			g[i].walk_in = i == 11;
		}
		g[i].leave = i == 12;
		g[i].asks = i == 13;
		g[i].says_yes = i % 3 == 1 && i < 11;
	}
	g[0].says_yes = true;
}

static void
plan_special(struct demo *d, const struct special *s, struct demo_activity *row)
{
	struct day day = day_add(d->today, s->day);
	struct person_id first = {0};

	row->is_special = true;
	row->unit = s->unit;
	row->village = s->village;
	row->kind = s->kind;
	row->title = s->title;
	row->starts = clock_at(day, s->half_hours / 2, s->half_hours % 2 * 30);
	row->ends.s = row->starts.s + 2 * HOUR;
	row->before = row->after = WINDOW;
	row->made = made_before(d, d->today);
	if (s->draft)
		row->end = DEMO_DRAFT;
	if (s->open)
		open_now(d, row);
	if (s->unit == DEMO_TOWN)
		first = d->deputy;
	else if (s->unit == DEMO_SUBDISTRICT)
		first = d->deputy2;
	row->n = s->guests;
	row->guests =
	    arena_alloc(d->a, (size_t)(row->n + 1) * sizeof(*row->guests));
	draw(d, &d->units[s->unit].now, first, row->guests, row->n);
	if (s->open) {
		plan_open_guests(d, row);
		return;
	}
	for (int i = 0; i < row->n; i++) {
		if (s->day == 0 && i != row->n - 1)
			row->guests[i].at = sign_time(d, row);
		row->guests[i].says_yes = i > 0 && demo_once_in(&d->dice, 2);
		row->guests[i].asks = s->day > 1 && i == 2;
	}
}

/* Room for n records that are no sign-ins: so many of other units are absent.
 */
static void
make_room(struct demo_activity *rows, int count, int n)
{
	for (int i = 0; n > 0; i = (i + 1) % count) {
		struct demo_activity *row = &rows[i];
		struct demo_guest *last = &row->guests[row->present - 1];

		if (row->unit == DEMO_TOWN || row->unit == DEMO_SUBDISTRICT ||
		    row->end != DEMO_ARCHIVED || row->present <= PRESENT_MIN)
			continue;
		last->at.s = 0;
		last->walk_in = false;
		row->present--;
		n--;
	}
}

int
demo_plan(struct demo *d, struct demo_activity **rows, int *n)
{
	int count = d->activities, special = COUNT(specials), err;
	struct demo_activity *all;
	int64_t wanted = d->records;

	if (special > count / 2)
		special = 2; /* a small one for tests */
	all = arena_alloc(d->a, (size_t)count * sizeof(*all));
	for (int i = 0; i < special; i++) {
		struct demo_activity *row = &all[count - special + i];

		plan_special(d, &specials[i], row);
		for (int k = 0; k < row->n; k++)
			wanted -= row->guests[k].at.s != 0 &&
			          row->guests[k].at.s <= d->now.s;
	}
	for (int i = 0; i < count - special; i++)
		plan_regular(d, &all[i], i == 0);
	err = demo_project_plan(d);
	if (err != OK)
		return err;
	demo_project_visits(d, all, count - special);
	for (int i = count - special; i < count; i++)
		if (all[i].unit == DEMO_TOWN &&
		    strcmp(all[i].kind, "inspect") == 0)
			demo_project_to_come(d, &all[i]);
	level_out(d, all, count - special, wanted);
	for (int i = 0; i < count - special; i++)
		if (all[i].project != NULL)
			plan_visitors(d, &all[i]);
		else
			plan_guests(d, &all[i]);
	err = demo_opinion_plan(d, all, count);
	if (err != OK)
		return err;
	make_room(all, count - special,
	          demo_duty_records() + demo_opinion_records(d) +
	              demo_project_records(d) + demo_law_plan(d));
	*rows = all;
	*n = count;
	return OK;
}
