/* The rota: whose turn it is, changing it, and the reception that follows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/activity.h"
#include "db/code.h"
#include "db/document.h"
#include "db/matter.h"
#include "db/participant.h"
#include "db/rota.h"
#include "db/totals.h"
#include "tests/unit/fixture_org.h"

enum { APRIL = 202604, TUESDAY = 2 };

/* The clock stands at Sunday 2026-03-29 14:02. */
static struct rota_rule
rule_of(const struct org *o)
{
	return (struct rota_rule){
	    .station = o->units[0].station,
	    .month = APRIL,
	    .weekday = TUESDAY,
	    .per_day = 2,
	    .starts = 9 * 60,
	    .ends = 11 * 60,
	};
}

static int64_t
count_rota(struct org *o, const char *where)
{
	return fixture_int(
	    o->f,
	    arena_printf(o->f->a, "SELECT count(*) FROM rota WHERE %s", where));
}

static void
fill(struct org *o)
{
	struct rota_rule rule = rule_of(o);
	struct ctx c;
	int days;

	org_ctx(o, "officer", &c);
	assert_int_equal(rota_fill(&c, &rule, &days), OK);
	assert_int_equal(days, 4); /* 7 14 21 28 April */
}

/* The first row of the month, or the nth. */
static struct rota_line
nth(struct org *o, struct ctx *c, int i)
{
	struct list_query query = {
	    .values[0] = {.filter = ROTA_LIST_MONTH, .v = APRIL},
	    .value_count = 1};
	struct list_page page;

	assert_int_equal(list_fetch(c, o->f->a, &rota_list, &query, LIST_FIRST,
	                            NULL, 50, &page),
	                 OK);
	assert_true(i < page.n);
	return ((struct rota_line *)page.rows)[i];
}

static void
a_month_is_filled_with_the_deputies_in_turn(void **state)
{
	struct org *o = *state;
	const char *before = fixture_dump(o->f, o->f->a);
	int64_t audits = org_audits(o);

	fill(o);
	assert_int_equal(org_audits(o), audits + 1);
	assert_int_equal(count_rota(o, "1"), 8);
	/* Three deputies share eight places: nobody has more than three. */
	assert_int_equal(
	    fixture_int(o->f, "SELECT max(n) - min(n) FROM (SELECT count(*)"
	                      " AS n FROM rota GROUP BY person)"),
	    1);
	org_strike_restores(o, before);
}

static void
who_was_longest_not_on_the_rota_comes_first(void **state)
{
	struct org *o = *state;
	struct rota_rule rule = rule_of(o);
	int64_t last[2];
	struct ctx c;
	int days;

	fill(o);
	last[0] = fixture_int(o->f, "SELECT person FROM rota ORDER BY"
	                            " starts_at DESC, id LIMIT 1");
	last[1] = fixture_int(o->f, "SELECT person FROM rota ORDER BY"
	                            " starts_at DESC, id DESC LIMIT 1");
	rule.month = 202605;
	rule.nth = 1;
	rule.per_day = 1;
	org_ctx(o, "officer", &c);
	assert_int_equal(rota_fill(&c, &rule, &days), OK);
	assert_int_equal(days, 1);
	for (int i = 0; i < 2; i++)
		assert_int_equal(
		    fixture_int(o->f,
		                arena_printf(o->f->a,
		                             "SELECT count(*) FROM rota WHERE"
		                             " month = 202605 AND person ="
		                             " %lld",
		                             (long long)last[i])),
		    0);
}

static void
days_that_are_over_or_filled_stay_as_they_are(void **state)
{
	struct org *o = *state;
	struct rota_rule rule = rule_of(o);
	struct ctx c;
	int days;

	fill(o);
	org_ctx(o, "officer", &c);
	assert_int_equal(rota_fill(&c, &rule, &days), OK);
	assert_int_equal(days, 0);
	rule.month = 202603;
	assert_int_equal(rota_fill(&c, &rule, &days), OK);
	assert_int_equal(days, 1); /* 31 March; the others are over */
	assert_int_equal(count_rota(o, "month = 202603"), 2);
}

static void
a_rule_that_makes_no_sense_names_its_field(void **state)
{
	static const struct {
		const char *field;
		struct rota_rule rule;
	} bad[] = {
	    {"month", {.month = 202613, .per_day = 1, .ends = 60}},
	    {"weekday",
	     {.month = APRIL, .weekday = 7, .per_day = 1, .ends = 60}},
	    {"nth", {.month = APRIL, .nth = 6, .per_day = 1, .ends = 60}},
	    {"per_day", {.month = APRIL, .per_day = 11, .ends = 60}},
	    {"ends_at", {.month = APRIL, .per_day = 1, .starts = 60}},
	};
	struct org *o = *state;
	struct ctx c;
	int days;

	org_ctx(o, "officer", &c);
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct rota_rule rule = bad[i].rule;

		rule.station = o->units[0].station;
		assert_int_equal(rota_fill(&c, &rule, &days), ERR_INVALID);
		org_assert_fault(&c, bad[i].field);
	}
	assert_int_equal(count_rota(o, "1"), 0);
}

static void
only_who_keeps_the_station_changes_its_rota(void **state)
{
	static const struct {
		const char *who;
		int err;
	} others[] = {
	    {"admin", ERR_DENIED},       {"auditor", ERR_DENIED},
	    {"leader", ERR_DENIED},      {"deputy", ERR_DENIED},
	    {"office", ERR_DENIED},      {"town2", ERR_NOT_FOUND},
	    {"station2", ERR_NOT_FOUND}, {"officer2", ERR_NOT_FOUND},
	};
	struct org *o = *state;
	struct rota_rule rule = rule_of(o);
	struct rota_line one, other;
	struct activity_id activity;
	const char *before;
	struct ctx c;
	int days;

	fill(o);
	one = nth(o, &o->f->ctx, 0);
	other = nth(o, &o->f->ctx, 2);
	before = fixture_dump(o->f, o->f->a);
	for (size_t i = 0; i < COUNT(others); i++) {
		org_ctx(o, others[i].who, &c);
		assert_int_equal(rota_fill(&c, &rule, &days), others[i].err);
		assert_int_equal(rota_swap(&c, one.id, other.id),
		                 others[i].err);
		assert_int_equal(rota_drop(&c, one.id), others[i].err);
		assert_int_equal(rota_fire(&c, one.id, ROTA_DO_MISS, "出差"),
		                 others[i].err);
		assert_int_equal(rota_announce(&c, one.id, &activity),
		                 others[i].err);
	}
	assert_string_equal(fixture_dump(o->f, o->f->a), before);
}

static void
two_change_places_once(void **state)
{
	struct org *o = *state;
	struct rota_line x, y;
	const char *before;
	struct ctx c;

	fill(o);
	org_ctx(o, "town", &c);
	/* Of three deputies the first is there on both days. */
	x = nth(o, &c, 1);
	y = nth(o, &c, 2);
	assert_int_equal(nth(o, &c, 0).person.v, nth(o, &c, 3).person.v);
	before = fixture_dump(o->f, o->f->a);
	/* the same hour is no change */
	assert_int_equal(rota_swap(&c, x.id, nth(o, &c, 0).id), ERR_STATE);
	assert_int_equal(rota_swap(&c, nth(o, &c, 0).id, y.id), ERR_EXISTS);
	assert_string_equal(fixture_dump(o->f, o->f->a), before);
	assert_int_equal(rota_swap(&c, x.id, y.id), OK);
	assert_int_equal(nth(o, &c, 1).person.v, y.person.v);
	assert_int_equal(nth(o, &c, 2).person.v, x.person.v);
	org_strike_restores(o, before);
}

static void
nobody_is_on_the_rota_twice_at_one_hour(void **state)
{
	struct org *o = *state;
	struct rota_line x;
	struct rota row;
	struct rota_id id;
	struct ctx c;

	fill(o);
	org_ctx(o, "officer", &c);
	x = nth(o, &c, 0);
	assert_int_equal(rota_get(&c, o->f->a, x.id, &row), OK);
	assert_int_equal(rota_add(&c, &row, &id), ERR_EXISTS);
	row.person = o->units[1].deputies[0];
	assert_int_equal(rota_add(&c, &row, &id), ERR_INVALID);
	org_assert_fault(&c, "person");
}

static void
who_cannot_come_is_marked_with_the_reason(void **state)
{
	struct org *o = *state;
	struct rota_line x;
	const char *before;
	struct ctx c;

	fill(o);
	org_ctx(o, "officer", &c);
	x = nth(o, &c, 0);
	before = fixture_dump(o->f, o->f->a);
	assert_int_equal(rota_fire(&c, x.id, ROTA_DO_MISS, " "), ERR_INVALID);
	org_assert_fault(&c, "reason");
	assert_int_equal(rota_fire(&c, x.id, ROTA_DO_MISS, "出差"), OK);
	x = nth(o, &c, 0);
	assert_int_equal(x.state, ROTA_ABSENT);
	assert_string_equal(x.reason, "出差");
	assert_int_equal(rota_fire(&c, x.id, ROTA_DO_MISS, "出差"), ERR_STATE);
	assert_int_equal(rota_fire(&c, x.id, ROTA_DO_BACK, ""), OK);
	assert_string_equal(fixture_dump(o->f, o->f->a), before);
}

static void
announcing_makes_the_reception_in_one_event(void **state)
{
	struct org *o = *state;
	struct document notice = {
	    .name = "通知", .kind = DOCUMENT_NOTICE, .text = "接待选民。"};
	struct document_id document;
	struct activity_id id;
	struct activity row;
	struct rota_line x;
	const char *before;
	struct roll roll;
	struct ctx c;

	fill(o);
	org_ctx(o, "officer", &c);
	assert_int_equal(document_save(&c, &notice, &document), OK);
	x = nth(o, &c, 0);
	before = fixture_dump(o->f, o->f->a);
	assert_int_equal(rota_announce(&c, x.id, &id), OK);
	assert_int_equal(activity_get(&c, o->f->a, id, &row), OK);
	assert_string_equal(row.kind, RECEPTION_KIND);
	assert_string_equal(row.title, "代表接待日");
	assert_string_equal(row.venue, "周王庙镇代表联络站");
	assert_string_equal(row.agenda, "接待选民。");
	assert_int_equal(row.state, ACTIVITY_PUBLISHED);
	assert_int_equal(row.starts_at.s, x.starts_at.s);
	assert_int_equal(activity_roll(&c, id, &roll), OK);
	assert_int_equal(roll.invited, 2);
	assert_int_equal(nth(o, &c, 0).activity.v, id.v);
	assert_int_equal(nth(o, &c, 1).activity.v, id.v);
	/* What is announced neither moves nor is announced again. */
	assert_int_equal(rota_announce(&c, x.id, &id), ERR_STATE);
	assert_int_equal(rota_drop(&c, x.id), ERR_STATE);
	assert_int_equal(rota_swap(&c, x.id, nth(o, &c, 2).id), ERR_STATE);
	org_strike_restores(o, before);
}

static void
the_roll_follows_who_cannot_come(void **state)
{
	struct org *o = *state;
	struct activity_id id;
	struct rota_line x;
	struct roll roll;
	struct ctx c;

	fill(o);
	org_ctx(o, "officer", &c);
	x = nth(o, &c, 0);
	assert_int_equal(rota_announce(&c, x.id, &id), OK);
	assert_int_equal(rota_fire(&c, x.id, ROTA_DO_MISS, "出差"), OK);
	assert_int_equal(activity_roll(&c, id, &roll), OK);
	assert_int_equal(roll.total, 1);
	assert_int_equal(rota_fire(&c, x.id, ROTA_DO_BACK, ""), OK);
	assert_int_equal(activity_roll(&c, id, &roll), OK);
	assert_int_equal(roll.total, 2);
}

static void
moving_the_reception_moves_its_days(void **state)
{
	struct org *o = *state;
	struct activity_id id;
	struct activity row;
	const char *before;
	struct ctx c;

	fill(o);
	org_ctx(o, "officer", &c);
	assert_int_equal(rota_announce(&c, nth(o, &c, 0).id, &id), OK);
	before = fixture_dump(o->f, o->f->a);
	assert_int_equal(activity_get(&c, o->f->a, id, &row), OK);
	row.starts_at.s += 3600;
	row.ends_at.s += 3600;
	assert_int_equal(activity_save(&c, &row), OK);
	assert_int_equal(nth(o, &c, 0).starts_at.s, row.starts_at.s);
	assert_int_equal(nth(o, &c, 1).ends_at.s, row.ends_at.s);
	org_strike_restores(o, before);
}

static void
a_day_that_nobody_can_keep_is_not_announced(void **state)
{
	struct org *o = *state;
	struct activity_id id;
	struct rota_line x;
	struct ctx c;

	fill(o);
	org_ctx(o, "officer", &c);
	x = nth(o, &c, 0);
	for (int i = 0; i < 2; i++)
		assert_int_equal(
		    rota_fire(&c, nth(o, &c, i).id, ROTA_DO_MISS, "出差"), OK);
	assert_int_equal(rota_announce(&c, x.id, &id), ERR_STATE);
	assert_int_equal(fixture_int(o->f, "SELECT count(*) FROM activity"), 0);
}

/* Put the demo's deputy on the rota now, announce it, and open it. */
static struct activity_id
hold(struct org *o, struct ctx *c)
{
	struct rota row = {
	    .station = o->units[0].station,
	    .place = o->units[0].room,
	    .person = o->units[0].deputies[0],
	    .starts_at = {ctx_now(c).s + 600},
	    .ends_at = {ctx_now(c).s + 7200},
	};
	struct activity_id activity;
	struct rota_id id;

	assert_int_equal(rota_add(c, &row, &id), OK);
	assert_int_equal(rota_announce(c, id, &activity), OK);
	return activity;
}

static void
signing_in_to_a_reception_is_having_received_people(void **state)
{
	struct org *o = *state;
	struct ctx officer, deputy;
	struct activity_id id;
	struct check_in done;
	struct list_query query = {0};
	struct list_page page;
	struct code code;

	org_ctx(o, "officer", &officer);
	org_ctx(o, "deputy", &deputy);
	id = hold(o, &officer);
	assert_int_equal(activity_tick(&officer, NULL), OK);
	assert_int_equal(code_for_activity(&officer, o->f->a, id, &code), OK);
	assert_int_equal(
	    participant_check_in(&deputy, o->f->a, code.short_code, &done), OK);
	assert_int_equal(fixture_int(o->f, "SELECT count(*) FROM duty_record"
	                                   " WHERE kind = 'contact'"
	                                   "   AND subject_kind = 'activity'"),
	                 1);
	assert_int_equal(list_fetch(&deputy, o->f->a, &rota_list, &query,
	                            LIST_FIRST, NULL, 9, &page),
	                 OK);
	assert_int_equal(page.n, 1);
	assert_true(((struct rota_line *)page.rows)[0].attended);
	/* who signed in was there */
	assert_int_equal(rota_fire(&officer,
	                           ((struct rota_line *)page.rows)[0].id,
	                           ROTA_DO_MISS, "出差"),
	                 ERR_STATE);
}

static void
a_deputy_sees_the_own_days_and_the_next_on_the_workbench(void **state)
{
	struct org *o = *state;
	struct list_query query = {0};
	struct list_page page;
	struct todo *todos;
	struct ctx c;
	int n, duties = 0;

	fill(o);
	org_ctx(o, "deputy", &c);
	assert_int_equal(list_fetch(&c, o->f->a, &rota_list, &query, LIST_FIRST,
	                            NULL, 50, &page),
	                 OK);
	assert_true(page.n == 2 || page.n == 3);
	for (int i = 0; i < page.n; i++)
		assert_int_equal(((struct rota_line *)page.rows)[i].person.v,
		                 c.me);
	assert_int_equal(todo_list(&c, o->f->a, 20, &todos, &n), OK);
	for (int i = 0; i < n; i++)
		if (todos[i].what == TODO_DUTY) {
			duties++;
			assert_int_equal(
			    todos[i].at.s,
			    ((struct rota_line *)page.rows)[0].starts_at.s);
		}
	assert_int_equal(duties, 1);
}

/* --- matters raised ------------------------------------------------------ */

static void
what_is_raised_is_noted_while_the_reception_is_held(void **state)
{
	struct org *o = *state;
	struct opinion m;
	struct opinion_id id;
	const char *before;
	struct ctx c;
	int64_t n;

	org_ctx(o, "officer", &c);
	opinion_default(&c, &m);
	m.body = "路灯不亮";
	m.sender = "村民";
	m.activity = hold(o, &c);
	/* its sign-in opens half an hour before: it is under way */
	assert_int_equal(matter_add(&c, &m, &id), ERR_STATE);
	assert_int_equal(activity_tick(&c, NULL), OK);
	before = fixture_dump(o->f, o->f->a);
	assert_int_equal(matter_add(&c, &m, &id), OK);
	assert_int_equal(matter_count(&c, m.activity, &n), OK);
	assert_int_equal(n, 1);
	org_strike_restores(o, before);
	assert_int_equal(matter_count(&c, m.activity, &n), OK);
	assert_int_equal(n, 0);
	m.body = "";
	assert_int_equal(matter_add(&c, &m, &id), ERR_INVALID);
	org_assert_fault(&c, "body");
}

static void
what_is_raised_is_an_opinion_noted_by_the_station_only(void **state)
{
	static const char *const others[] = {"town2", "officer2", "deputy",
	                                     "leader", "admin"};
	struct org *o = *state;
	struct opinion m, row;
	struct opinion_id id;
	struct ctx c, other;
	int64_t n;

	org_ctx(o, "officer", &c);
	opinion_default(&c, &m);
	m.source = SOURCE_PUBLIC;
	m.body = "路灯不亮";
	m.activity = hold(o, &c);
	assert_int_equal(activity_tick(&c, NULL), OK);
	assert_int_equal(matter_add(&c, &m, &id), OK);
	assert_int_equal(opinion_get(&c, o->f->a, id, &row), OK);
	assert_int_equal(row.source, SOURCE_MEETING);
	assert_int_equal(row.state, OPINION_NEW);
	assert_int_equal(row.activity.v, m.activity.v);
	assert_int_equal(row.received_by.v, c.me);
	for (size_t i = 0; i < COUNT(others); i++) {
		org_ctx(o, others[i], &other);
		assert_int_not_equal(matter_add(&other, &m, &id), OK);
		if (matter_count(&other, m.activity, &n) == OK &&
		    other.scope != SCOPE_COUNTY)
			assert_int_equal(n, 0);
	}
}

/* An activity of another kind takes no notes. */
static void
only_receptions_take_notes(void **state)
{
	struct org *o = *state;
	struct opinion m;
	struct opinion_id id;
	struct activity entry;
	struct ctx c;

	org_ctx(o, "officer", &c);
	opinion_default(&c, &m);
	m.body = "路灯不亮";
	activity_default(&c, &entry);
	entry.title = "检查";
	entry.kind = "check";
	entry.venue = "荆山村";
	assert_int_equal(activity_add(&c, &entry, NULL, true, &m.activity), OK);
	assert_int_equal(activity_fire(&c, m.activity, ACTIVITY_DO_OPEN, ""),
	                 OK);
	assert_int_equal(matter_add(&c, &m, &id), ERR_STATE);
}

static void
the_site_is_sound_afterwards(void **state)
{
	struct org *o = *state;
	struct activity_id id;
	struct ctx c;

	fill(o);
	org_ctx(o, "officer", &c);
	assert_int_equal(rota_announce(&c, nth(o, &c, 0).id, &id), OK);
	(void)hold(o, &c);
	org_check(o);
	fixture_plan_list(o->f, &c, &rota_list);
	org_ctx(o, "county", &c);
	fixture_plan_list(o->f, &c, &rota_list);
	org_ctx(o, "deputy", &c);
	fixture_plan_list(o->f, &c, &rota_list);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, org_setup, org_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_month_is_filled_with_the_deputies_in_turn),
	    TEST(who_was_longest_not_on_the_rota_comes_first),
	    TEST(days_that_are_over_or_filled_stay_as_they_are),
	    TEST(a_rule_that_makes_no_sense_names_its_field),
	    TEST(only_who_keeps_the_station_changes_its_rota),
	    TEST(two_change_places_once),
	    TEST(nobody_is_on_the_rota_twice_at_one_hour),
	    TEST(who_cannot_come_is_marked_with_the_reason),
	    TEST(announcing_makes_the_reception_in_one_event),
	    TEST(the_roll_follows_who_cannot_come),
	    TEST(moving_the_reception_moves_its_days),
	    TEST(a_day_that_nobody_can_keep_is_not_announced),
	    TEST(signing_in_to_a_reception_is_having_received_people),
	    TEST(a_deputy_sees_the_own_days_and_the_next_on_the_workbench),
	    TEST(what_is_raised_is_noted_while_the_reception_is_held),
	    TEST(what_is_raised_is_an_opinion_noted_by_the_station_only),
	    TEST(only_receptions_take_notes),
	    TEST(the_site_is_sound_afterwards),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
