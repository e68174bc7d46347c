/*
 * Clocks of opinions: what must hold of any log and any calendar, tried on
 * some thousands made by chance (always the same ones), and of the days that
 * are stored after random work.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "db/opinion_clock.h"
#include "db/opinion_leg.h"
#include "db/rule.h"
#include "db/store/stmt.h"
#include "db/store/store.h"
#include "tests/unit/fixture_opinion.h"

/* --- chance ----------------------------------------------------------------
 */

static uint64_t seed;

static int
chance(int n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int)((seed >> 33) % (uint64_t)n);
}

enum { PAUSES = 4, LOGS = 3000 };

struct one {
	struct calendar cal;
	struct clock_span spans[PAUSES];
	struct clock_log log;
	struct day today;
};

/* Holidays of a year, and weekends that are worked. */
static void
make_calendar(struct calendar *cal)
{
	struct day day = {2026, 1, 1};

	cal->n = 0;
	for (int i = chance(9); i > 0; i--) {
		struct calendar_range *r = &cal->ranges[cal->n++];

		day = day_add(day, 1 + chance(60));
		r->from = day;
		day = day_add(day, chance(8));
		r->to = day;
		r->off = chance(3) > 0;
	}
}

/* Pauses may overlap: two offices stand at once. */
static void
make_one(struct one *o)
{
	make_calendar(&o->cal);
	o->log = (struct clock_log){
	    .began = day_add((struct day){2026, 1, 1}, chance(200)),
	    .days = 1 + chance(30),
	    .pauses = o->spans,
	    .n = chance(PAUSES + 1),
	};
	o->today = day_add(o->log.began, chance(120));
	for (int i = 0; i < o->log.n; i++) {
		struct clock_span *p = &o->spans[i];

		p->from = day_add(o->log.began, chance(60));
		p->to = day_add(p->from, chance(20));
		if (day_compare(p->from, o->today) > 0)
			p->from = p->to = o->today;
		if (day_compare(p->to, o->today) > 0)
			p->to = o->today;
	}
}

static struct clock_reading
read_on(const struct one *o, struct day today)
{
	struct clock_reading r;

	clock_read(&o->cal, &o->log, today, &r);
	return r;
}

/* --- what always holds ------------------------------------------------------
 */

static void
used_and_left_are_what_it_has(const struct one *o)
{
	struct clock_reading r = read_on(o, o->today);
	/* working days to come until it is due: none stands any more */
	int64_t left = calendar_count(&o->cal, o->today, r.due);

	if (r.used <= o->log.days)
		assert_int_equal(r.used + left, o->log.days);
	else
		assert_int_equal(r.over, r.used - o->log.days);
	assert_true((r.over > 0) == (r.used > o->log.days));
	if (r.over > 0)
		assert_int_equal(r.light, LIGHT_RED);
}

static void
pausing_never_shortens(const struct one *o)
{
	struct one less = *o;
	struct clock_reading all = read_on(o, o->today), few;

	if (o->log.n == 0)
		return;
	less.log.pauses = less.spans;
	less.log.n--;
	few = read_on(&less, o->today);
	assert_true(day_compare(all.due, few.due) >= 0);
	assert_true(day_compare(all.warn, few.warn) >= 0);
	assert_true(all.used <= few.used);
}

/* One more day of the same pause is lost at most once. */
static void
two_pauses_of_the_same_days_are_one(const struct one *o)
{
	struct one twice = *o;

	if (o->log.n == 0 || o->log.n == PAUSES)
		return;
	twice.log.pauses = twice.spans;
	twice.spans[twice.log.n++] = twice.spans[0];
	assert_int_equal(day_compare(read_on(o, o->today).due,
	                             read_on(&twice, o->today).due),
	                 0);
}

static void
an_extension_adds_its_working_days(const struct one *o)
{
	struct one more = *o;
	struct clock_reading was = read_on(o, o->today), now;
	int64_t by = 1 + chance(10);

	more.log.pauses = more.spans;
	more.log.days += by;
	now = read_on(&more, o->today);
	assert_int_equal(now.used, was.used);
	if (day_compare(was.due, o->today) >= 0)
		assert_int_equal(calendar_count(&o->cal, was.due, now.due), by);
	else
		assert_true(day_compare(now.due, was.due) > 0);
}

static void
a_later_day_never_takes_back(const struct one *o)
{
	struct clock_reading now = read_on(o, o->today);
	struct day tomorrow = day_add(o->today, 1);
	struct clock_reading next = read_on(o, tomorrow);

	assert_int_equal(next.used - now.used,
	                 calendar_is_workday(&o->cal, tomorrow));
	assert_true(next.over >= now.over);
	assert_true(next.light >= now.light);
	assert_int_equal(day_compare(next.due, now.due), 0);
	assert_int_equal(day_compare(next.warn, now.warn), 0);
}

/* Yellow is the last fifth of its days, one at least; the due day is yellow,
 * the day after it red. */
static void
colours_change_on_their_days(const struct one *o)
{
	struct clock_reading r = read_on(o, o->today);
	int64_t yellow = 1 + calendar_count(&o->cal, r.warn, r.due);
	int64_t fifth = o->log.days / 5 > 0 ? o->log.days / 5 : 1;

	assert_true(calendar_is_workday(&o->cal, r.due));
	assert_true(calendar_is_workday(&o->cal, r.warn));
	/* pauses between the two take no yellow day away */
	if (o->log.n == 0)
		assert_int_equal(yellow, fifth);
	assert_true(yellow >= fifth);
	assert_int_equal(light_of(r.warn, r.due, day_add(r.warn, -1)),
	                 LIGHT_GREEN);
	assert_int_equal(light_of(r.warn, r.due, r.warn), LIGHT_YELLOW);
	assert_int_equal(light_of(r.warn, r.due, r.due), LIGHT_YELLOW);
	assert_int_equal(light_of(r.warn, r.due, day_add(r.due, 1)), LIGHT_RED);
}

static void
it_is_newly_overdue_on_one_working_day(const struct one *o)
{
	struct clock_reading first = read_on(o, o->today);
	struct day day = first.due;
	int fresh = 0;

	if (day_compare(first.due, o->today) < 0)
		return; /* what stood afterwards moves it */
	for (int i = 0; i < 90; i++) {
		day = day_add(day, 1);
		fresh +=
		    read_on(o, day).fresh && calendar_is_workday(&o->cal, day);
	}
	assert_int_equal(fresh, 1);
}

static void
what_stands_has_no_light(const struct one *o)
{
	struct one open = *o;
	struct clock_reading r;

	open.log.pauses = open.spans;
	if (o->log.n == PAUSES)
		return;
	open.spans[open.log.n++] =
	    (struct clock_span){.from = day_add(o->log.began, chance(3))};
	if (day_compare(open.spans[open.log.n - 1].from, o->today) > 0)
		return;
	r = read_on(&open, o->today);
	assert_true(r.paused);
	assert_int_equal(r.light, LIGHT_NONE);
	/* and uses nothing more */
	assert_int_equal(read_on(&open, day_add(o->today, 9)).used, r.used);
}

static void
what_must_hold_of_every_clock_holds_of_any(void **state)
{
	static void (*const rules[])(const struct one *o) = {
	    used_and_left_are_what_it_has,
	    pausing_never_shortens,
	    two_pauses_of_the_same_days_are_one,
	    an_extension_adds_its_working_days,
	    a_later_day_never_takes_back,
	    colours_change_on_their_days,
	    it_is_newly_overdue_on_one_working_day,
	    what_stands_has_no_light,
	};
	static struct one o;

	(void)state;
	seed = 2026;
	for (int i = 0; i < LOGS; i++) {
		make_one(&o);
		for (size_t r = 0; r < COUNT(rules); r++)
			rules[r](&o);
	}
}

/* Two working days from the Friday before National Day: 30 September is a
 * Wednesday, 10 October a Saturday that is worked. */
static void
holidays_and_weekends_that_are_worked_are_respected(void **state)
{
	static const struct calendar cal = {
	    .ranges = {{{2026, 9, 20}, {2026, 9, 20}, false},
	               {{2026, 9, 25}, {2026, 9, 27}, true},
	               {{2026, 10, 1}, {2026, 10, 7}, true},
	               {{2026, 10, 10}, {2026, 10, 10}, false}},
	    .n = 4};
	struct clock_log log = {.began = {2026, 9, 30}, .days = 3};
	struct clock_reading r;

	(void)state;
	clock_read(&cal, &log, log.began, &r);
	assert_int_equal(day_compare(r.due, (struct day){2026, 10, 10}), 0);
	log.began = (struct day){2026, 9, 18}; /* a Friday */
	log.days = 2;
	clock_read(&cal, &log, log.began, &r);
	assert_int_equal(day_compare(r.due, (struct day){2026, 9, 21}), 0);
	assert_int_equal(day_compare(r.warn, r.due), 0);
}

/* --- what is stored ---------------------------------------------------------
 */

struct log_of {
	struct clock_span spans[64];
	struct clock_log log;
};

static struct day
day_at(int64_t at)
{
	struct day none = {0};

	return at == 0 ? none : day_of((struct instant){at});
}

/* The log, read anew by SQL of its own. */
static void
read_log(struct fixture *f, const struct opinion *o, struct log_of *out)
{
	struct stmt *q =
	    ctx_sql(&f->ctx, NULL,
	            "SELECT from_at, coalesce(to_at, 0) FROM opinion_pause"
	            " WHERE opinion = :id AND coalesce(to_at, 9e12) > :began");

	bind_int(q, ":id", o->id.v);
	bind_int(q, ":began", o->clock_at.s);
	*out = (struct log_of){
	    .log = {.began = day_of(o->clock_at), .days = o->clock_days}};
	for (; stmt_next(q); out->log.n++)
		out->spans[out->log.n] = (struct clock_span){
		    day_at(col_int(q, 0)), day_at(col_int(q, 1))};
	assert_int_equal(stmt_end(q), OK);
	out->log.pauses = out->spans;
}

static void
compare_stored(struct opinions *w, struct opinion_id id)
{
	struct fixture *f = w->o->f;
	struct opinion row = opinion_now(w, id);
	struct log_of log;
	struct calendar cal;
	struct clock_reading r;

	if (row.clock == CLOCK_NONE || row.paused_at.s != 0) {
		assert_false(opinion_ticks(&row));
		return;
	}
	read_log(f, &row, &log);
	assert_int_equal(calendar_load(&f->ctx, log.log.began,
	                               (struct day){2028, 1, 1}, &cal),
	                 OK);
	clock_read(&cal, &log.log, ctx_today(&f->ctx), &r);
	assert_int_equal(day_compare(r.due, row.due_on), 0);
	assert_int_equal(day_compare(r.warn, row.warn_on), 0);
}

/* Legs in work have their matter's days while it ticks. */
static void
compare_legs(struct opinions *w, struct opinion_id id)
{
	struct opinion row = opinion_now(w, id);
	struct leg_line *legs;
	int n;

	assert_int_equal(leg_list(&w->o->f->ctx, w->o->f->a, id, &legs, &n),
	                 OK);
	for (int i = 0; i < n; i++) {
		if ((legs[i].state != LEG_ACCEPTED &&
		     legs[i].state != LEG_WORKING) ||
		    legs[i].paused_at.s != 0 || !opinion_ticks(&row))
			continue;
		assert_int_equal(day_compare(legs[i].due_on, row.due_on), 0);
	}
}

static void
work_at_random(struct opinions *w, struct opinion_id id)
{
	static const char *const who[] = {"office", "officer", "county"};

	for (int i = 0; i < 60; i++) {
		const char *one = who[chance(3)];

		w->o->f->ctx.stopped.s += (int64_t)chance(4) * 86400;
		if (chance(2) > 0)
			(void)leg(w, one, id,
			          (enum leg_step)(1 + chance(LEG_STEPS - 1)));
		else if (chance(3) > 0)
			(void)act(w, one, id,
			          (enum opinion_step)chance(OPINION_STEPS));
		else
			(void)rate(w, one, id, RATING_DISSATISFIED);
		compare_stored(w, id);
		compare_legs(w, id);
	}
}

static void
stored_days_are_those_of_the_log_after_any_work(void **state)
{
	struct opinions *w = *state;
	struct instant start = w->o->f->ctx.stopped;

	seed = 7;
	for (int i = 0; i < 25; i++) {
		struct opinion_id id;

		w->o->f->ctx.stopped = start;
		id = opinion_of(w, "officer");
		opinion_to(w, id,
		           chance(2) > 0 ? OPINION_HANDLING : OPINION_NEW);
		work_at_random(w, id);
	}
	opinions_check(w);
}

static struct rule
day_off(int month, int day)
{
	return (struct rule){.label = "防汛",
	                     .label_en = "Flood",
	                     .from_on = {2026, month, day},
	                     .to_on = {2026, month, day}};
}

/* A working day off moves every running clock behind it, one worked on a
 * weekend moves it back; who keeps the calendar need not see opinions. */
static void
another_calendar_moves_the_clocks_that_run(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer"), sent;
	struct rule entry = day_off(3, 30), again;
	struct day due = opinion_now(w, id).due_on;
	struct opinion_leg leg_row;
	struct rule_id off, work;
	struct ctx admin, office;

	sent = opinion_of(w, "officer");
	opinion_to(w, sent, OPINION_HANDLING);
	ctx_of(w, "admin", &admin);
	ctx_of(w, "office", &office);
	assert_int_equal(rule_save(&admin, RULE_HOLIDAY, &entry, &off), OK);
	assert_int_equal(day_diff(opinion_now(w, id).due_on, due), 1);
	compare_stored(w, id);
	compare_stored(w, sent);
	/* the days an office has to accept: 3 from Sunday the 29th */
	assert_int_equal(leg_mine(&office, w->o->f->a, sent, &leg_row), OK);
	assert_int_equal(day_compare(leg_row.due_on, (struct day){2026, 4, 2}),
	                 0);
	again = day_off(4, 5);
	again.choice = 1; /* worked */
	assert_int_equal(rule_save(&admin, RULE_HOLIDAY, &again, &work),
	                 ERR_INVALID); /* Qingming has it */
	assert_int_equal(rule_withdraw(&admin, RULE_HOLIDAY, off), OK);
	assert_int_equal(day_diff(opinion_now(w, id).due_on, due), 0);
	assert_int_equal(leg_mine(&office, w->o->f->a, sent, &leg_row), OK);
	assert_int_equal(day_compare(leg_row.due_on, (struct day){2026, 4, 1}),
	                 0);
	opinions_check(w);
}

static void
a_year_without_holidays_says_that_it_counts_weekdays(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer");
	struct opinion_page page;

	assert_int_equal(opinion_page_get(&w->o->f->ctx, w->o->f->a, id, &page),
	                 OK);
	assert_false(page.counted);
	store_stop_clock(w->o->f->store,
	                 clock_at((struct day){2026, 12, 31}, 9, 0));
	w->o->f->ctx.stopped = clock_at((struct day){2026, 12, 31}, 9, 0);
	id = opinion_of(w, "officer");
	assert_int_equal(opinion_page_get(&w->o->f->ctx, w->o->f->a, id, &page),
	                 OK);
	assert_int_equal(page.row.due_on.year, 2027);
	assert_true(page.counted);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_must_hold_of_every_clock_holds_of_any),
	    cmocka_unit_test(
		holidays_and_weekends_that_are_worked_are_respected),
	    cmocka_unit_test_setup_teardown(
		stored_days_are_those_of_the_log_after_any_work, opinions_setup,
		opinions_teardown),
	    cmocka_unit_test_setup_teardown(
		another_calendar_moves_the_clocks_that_run, opinions_setup,
		opinions_teardown),
	    cmocka_unit_test_setup_teardown(
		a_year_without_holidays_says_that_it_counts_weekdays,
		opinions_setup, opinions_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
