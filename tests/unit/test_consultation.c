/* Deputies are asked about a draft law, and take their five steps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/leaving.h"
#include "db/store/check.h"
#include "tests/unit/fixture_law.h"

#define YES(call) assert_int_equal((call), OK)

static const struct day none = {0};

static int64_t
people_of(struct laws *w, struct consultation_id id)
{
	return law_now(w, id).people;
}

static void
every_deputy_of_the_units_is_asked_once(void **state)
{
	struct laws *w = *state;
	struct consultation entry = law_entry(w);

	/* the first also has a town's mandate */
	fixture_event(
	    w->o->f, ACTION_MANDATE_SAVE, ENTITY_MANDATE, 0,
	    "INSERT INTO mandate (person, level, term, unit, station, from_on)"
	    " SELECT person, 'town', (SELECT id FROM term WHERE level ="
	    " 'town'), unit, station, from_on FROM mandate LIMIT 1");
	YES(consultation_prepare(&w->county, &entry, NULL, 0, NULL, 0, &w->id));
	assert_int_equal(people_of(w, w->id), 6);
	YES(consultation_prepare(&w->county, &entry, &w->o->units[1].unit, 1,
	                         NULL, 0, &w->id));
	assert_int_equal(people_of(w, w->id), 3);
}

static void
only_those_named_are_asked(void **state)
{
	struct laws *w = *state;
	struct consultation entry = law_entry(w);
	const struct person_id named[] = {w->o->units[0].deputies[1],
	                                  w->o->units[1].deputies[2]};
	struct consultation_person *rows;
	int n;

	YES(consultation_prepare(&w->county, &entry, NULL, 0, named, 2,
	                         &w->id));
	YES(consultation_people(&w->county, w->o->f->a, w->id, &rows, &n));
	assert_int_equal(n, 2);
	for (int i = 0; i < n; i++)
		assert_true(rows[i].person.v == named[0].v ||
		            rows[i].person.v == named[1].v);
}

static void
what_a_consultation_wants_is_said_at_its_field(void **state)
{
	struct laws *w = *state;
	struct consultation entry = law_entry(w);

	entry.title = " ";
	assert_int_equal(
	    consultation_prepare(&w->county, &entry, NULL, 0, NULL, 0, &w->id),
	    ERR_INVALID);
	org_assert_fault(&w->county, "title");
	entry = law_entry(w);
	entry.to_on = (struct day){2026, 2, 1};
	assert_int_equal(
	    consultation_prepare(&w->county, &entry, NULL, 0, NULL, 0, &w->id),
	    ERR_INVALID);
	org_assert_fault(&w->county, "to_on");
	entry = law_entry(w);
	entry.version.v = 4711;
	assert_int_equal(
	    consultation_prepare(&w->county, &entry, NULL, 0, NULL, 0, &w->id),
	    ERR_INVALID);
	org_assert_fault(&w->county, "version");
}

/* What each step leads to from each state; the others are refused. */
static const int oracle[CONSULTATION_STATES][CONSULTATION_STEPS] = {
    [CONSULTATION_DRAFT] = {-1, CONSULTATION_OPEN, -1, -1, -1,
                            CONSULTATION_CANCELLED, -1, -1},
    [CONSULTATION_OPEN] = {-1, -1, CONSULTATION_CLOSED, CONSULTATION_OPEN, -1,
                           CONSULTATION_CANCELLED, -1, CONSULTATION_OPEN},
    [CONSULTATION_CLOSED] = {-1, -1, -1, CONSULTATION_OPEN,
                             CONSULTATION_ANSWERED, -1, -1,
                             CONSULTATION_CLOSED},
    [CONSULTATION_ANSWERED] = {-1, -1, -1, -1, -1, -1, -1,
                               CONSULTATION_ANSWERED},
    [CONSULTATION_CANCELLED] = {-1, -1, -1, -1, -1, -1, -1, -1},
};

/* Leads there by hand. */
static void
lead_to(struct laws *w, int state)
{
	struct consultation entry = law_entry(w);

	YES(consultation_prepare(&w->county, &entry, NULL, 0, NULL, 0, &w->id));
	if (state == CONSULTATION_DRAFT)
		return;
	YES(law_step(w, "county",
	             state == CONSULTATION_CANCELLED ? CONSULTATION_DO_CANCEL
	                                             : CONSULTATION_DO_OPEN));
	if (state == CONSULTATION_CLOSED || state == CONSULTATION_ANSWERED)
		YES(law_step(w, "county", CONSULTATION_DO_CLOSE));
	if (state == CONSULTATION_ANSWERED)
		YES(law_step(w, "county", CONSULTATION_DO_ANSWER));
}

static void
steps_lead_where_the_table_says_and_only_the_county_takes_them(void **state)
{
	static const char *const others[] = {"town",    "station", "vice",
	                                     "officer", "deputy",  "leader",
	                                     "admin",   "office"};
	struct laws *w = *state;

	for (int from = 0; from < CONSULTATION_STATES; from++)
		for (int step = 1; step < CONSULTATION_STEPS; step++) {
			int to = oracle[from][step];

			lead_to(w, from);
			for (size_t i = 0; i < COUNT(others); i++)
				assert_int_not_equal(
				    law_step(w, others[i],
				             (enum consultation_step)step),
				    OK);
			assert_int_equal(
			    law_step(w, "county", (enum consultation_step)step),
			    to < 0 ? ERR_STATE : OK);
			assert_int_equal(law_now(w, w->id).state,
			                 to < 0 ? from : to);
		}
}

static void
it_opens_and_closes_by_the_day(void **state)
{
	struct laws *w = *state;
	struct consultation entry = law_entry(w);
	struct ctx *c = &w->o->f->ctx;

	entry.from_on = (struct day){2026, 3, 11};
	YES(consultation_prepare(&w->county, &entry, NULL, 0, NULL, 0, &w->id));
	YES(consultation_tick(c, NULL));
	assert_int_equal(law_now(w, w->id).state, CONSULTATION_DRAFT);
	law_clock(w, (struct day){2026, 3, 11});
	YES(consultation_tick(c, NULL));
	assert_int_equal(law_now(w, w->id).state, CONSULTATION_OPEN);
	law_clock(w, (struct day){2026, 3, 31});
	YES(consultation_tick(c, NULL));
	assert_int_equal(law_now(w, w->id).state, CONSULTATION_OPEN);
	law_clock(w, (struct day){2026, 4, 1});
	YES(consultation_tick(c, NULL));
	assert_int_equal(law_now(w, w->id).state, CONSULTATION_CLOSED);
}

static struct consultation_person
reader(struct laws *w, const char *who)
{
	struct consultation_person row;
	struct ctx c;

	law_ctx(w, who, &c);
	YES(consultation_mine(&c, w->o->f->a, w->id, &row));
	return row;
}

static int
take(struct laws *w, const char *who, enum consultation_person_state step)
{
	struct ctx c;

	law_ctx(w, who, &c);
	return consultation_take(&c, w->id, step);
}

static void
a_deputys_steps_are_logged_once_each(void **state)
{
	static const enum consultation_person_state steps[] = {
	    READER_READ, READER_STUDIED, READER_NOTHING};
	struct laws *w = *state;

	for (size_t i = 0; i < COUNT(steps); i++) {
		int64_t before = org_audits(w->o);

		YES(take(w, "deputy", steps[i]));
		assert_int_equal(reader(w, "deputy").state, steps[i]);
		assert_int_equal(org_audits(w->o), before + 1);
		YES(take(w, "deputy", steps[i]));
		YES(take(w, "deputy", READER_READ));
		assert_int_equal(reader(w, "deputy").state, steps[i]);
		assert_int_equal(org_audits(w->o), before + 1);
	}
	assert_int_equal(take(w, "deputy", READER_SEEN), ERR_STATE);
	YES(law_step(w, "county", CONSULTATION_DO_CLOSE));
	YES(law_step(w, "county", CONSULTATION_DO_ANSWER));
	YES(take(w, "deputy", READER_SEEN));
	assert_int_equal(reader(w, "deputy").state, READER_SEEN);
	assert_int_not_equal(reader(w, "deputy").read_at.s, 0);
	assert_int_equal(law_now(w, w->id).studied, 1);
	assert_int_equal(law_now(w, w->id).done, 1);
}

static void
late_it_is_read_and_no_more(void **state)
{
	struct laws *w = *state;

	YES(law_step(w, "county", CONSULTATION_DO_CLOSE));
	YES(take(w, "deputy", READER_READ));
	assert_int_equal(take(w, "deputy", READER_STUDIED), ERR_STATE);
	assert_int_equal(take(w, "deputy", READER_NOTHING), ERR_STATE);
	/* more time opens it again, for each of them */
	YES(law_step(w, "county", CONSULTATION_DO_EXTEND));
	YES(take(w, "deputy", READER_STUDIED));
	assert_int_equal(
	    day_compare(reader(w, "deputy").to_on, (struct day){2026, 4, 30}),
	    0);
}

static void
who_is_not_asked_takes_no_step(void **state)
{
	struct laws *w = *state;
	struct consultation entry = law_entry(w);
	struct consultation row;
	struct ctx c;

	YES(consultation_prepare(&w->county, &entry, &w->o->units[1].unit, 1,
	                         NULL, 0, &w->id));
	law_ctx(w, "deputy2", &c);
	assert_int_equal(consultation_get(&c, w->o->f->a, w->id, &row),
	                 ERR_NOT_FOUND); /* not open yet */
	YES(law_step(w, "county", CONSULTATION_DO_OPEN));
	assert_int_equal(take(w, "deputy", READER_READ), ERR_NOT_FOUND);
	assert_int_equal(take(w, "town2", READER_READ), ERR_DENIED);
	YES(take(w, "deputy2", READER_READ));
}

/* How often the history, as somebody may know it, says that. */
static int
told(struct laws *w, const char *who, enum action action)
{
	struct event_line *lines;
	struct ctx c;
	int n, found = 0;

	law_ctx(w, who, &c);
	YES(event_timeline_own(&c, w->o->f->a, ENTITY_CONSULTATION, w->id.v, 50,
	                       &lines, &n));
	for (int i = 0; i < n; i++)
		found += lines[i].action == action;
	return found;
}

static void
how_far_others_got_is_no_deputys_and_no_other_units_to_know(void **state)
{
	struct laws *w = *state;

	YES(take(w, "deputy", READER_STUDIED));
	YES(take(w, "deputy2", READER_STUDIED));
	assert_int_equal(told(w, "deputy", ACTION_CONSULTATION_STUDY), 1);
	assert_int_equal(told(w, "town", ACTION_CONSULTATION_STUDY), 1);
	assert_int_equal(told(w, "station2", ACTION_CONSULTATION_STUDY), 1);
	assert_int_equal(told(w, "county", ACTION_CONSULTATION_STUDY), 2);
	YES(take(w, "deputy2", READER_NOTHING));
	assert_int_equal(told(w, "deputy", ACTION_CONSULTATION_NOTHING), 0);
	assert_int_equal(told(w, "deputy", ACTION_CONSULTATION_OPEN), 1);
}

static void
unpublished_it_is_seen_where_it_is_asked(void **state)
{
	struct laws *w = *state;
	struct consultation entry = law_entry(w), row;
	struct ctx c;

	entry.published = false;
	YES(consultation_prepare(&w->county, &entry, &w->o->units[1].unit, 1,
	                         NULL, 0, &w->id));
	YES(law_step(w, "county", CONSULTATION_DO_OPEN));
	law_ctx(w, "town", &c);
	assert_int_equal(consultation_get(&c, w->o->f->a, w->id, &row),
	                 ERR_NOT_FOUND);
	law_ctx(w, "deputy", &c);
	assert_int_equal(consultation_get(&c, w->o->f->a, w->id, &row),
	                 ERR_NOT_FOUND);
	law_ctx(w, "station2", &c);
	YES(consultation_get(&c, w->o->f->a, w->id, &row));
	assert_int_equal(consultation_of_token(&c, w->o->f->a, row.token, &row),
	                 ERR_STATE);
}

static void
its_token_finds_it_while_it_is_published(void **state)
{
	struct laws *w = *state;
	struct consultation row = law_now(w, w->id), found;
	struct consultation_unit *units;
	int n;

	assert_int_equal(strlen(row.token), 26);
	YES(consultation_of_token(&w->county, w->o->f->a, row.token, &found));
	assert_int_equal(found.id.v, w->id.v);
	YES(consultation_units(&w->county, w->o->f->a, w->id, &units, &n));
	assert_int_equal(n, 2);
	assert_string_equal(units[0].name, "周王庙镇");
	row.published = false;
	YES(consultation_save(&w->county, &row));
	assert_int_equal(
	    consultation_of_token(&w->county, w->o->f->a, row.token, &found),
	    ERR_STATE);
	assert_int_equal(consultation_of_token(&w->county, w->o->f->a,
	                                       "AAAAAAAAAAAAAAAAAAAAAAAAAA",
	                                       &found),
	                 ERR_NOT_FOUND);
}

/* Whatever its state, with a reason; and back. */
static void
it_is_taken_off_the_public_page_and_put_there_again(void **state)
{
	static const enum consultation_step on[] = {CONSULTATION_DO_CLOSE,
	                                            CONSULTATION_DO_ANSWER};
	struct laws *w = *state;
	struct consultation row = law_now(w, w->id), found;

	for (size_t i = 0; i <= COUNT(on); i++) {
		int is = law_now(w, w->id).state;

		assert_int_equal(consultation_fire(&w->county, w->id,
		                                   CONSULTATION_DO_HIDE, " ",
		                                   none),
		                 ERR_INVALID);
		org_assert_fault(&w->county, "reason");
		YES(law_step(w, "county", CONSULTATION_DO_HIDE));
		assert_false(law_now(w, w->id).published);
		assert_int_equal(consultation_of_token(&w->county, w->o->f->a,
		                                       row.token, &found),
		                 ERR_STATE);
		assert_int_equal(law_step(w, "county", CONSULTATION_DO_HIDE),
		                 ERR_STATE);
		YES(law_step(w, "county", CONSULTATION_DO_PUBLISH));
		YES(consultation_of_token(&w->county, w->o->f->a, row.token,
		                          &found));
		assert_int_equal(law_step(w, "county", CONSULTATION_DO_PUBLISH),
		                 ERR_STATE);
		assert_int_equal(law_now(w, w->id).state, is);
		if (i < COUNT(on))
			YES(law_step(w, "county", on[i]));
	}
}

/* The titles as somebody has them listed, in a page of two at a time. */
static const char *
listed(struct laws *w, const char *who)
{
	const char *titles = "";
	struct list_page page;
	struct list_key last;
	enum list_from from = LIST_FIRST;
	struct list_query query = {0};
	struct ctx c;

	law_ctx(w, who, &c);
	query.order = (int)consultation_order(&c);
	do {
		YES(list_fetch(&c, w->o->f->a, &consultation_list, &query, from,
		               &last, 2, &page));
		for (int i = 0; i < page.n; i++) {
			const struct consultation_line *rows = page.rows;

			titles = arena_printf(w->o->f->a, "%s%s", titles,
			                      rows[i].title);
		}
		if (page.n > 0)
			last = page.keys[page.n - 1];
		from = LIST_AFTER;
	} while (page.more);
	return titles;
}

static void
who_is_asked_has_what_is_due_first_listed_first(void **state)
{
	/* from, to, and the step that ends it */
	static const struct {
		const char *title;
		struct day from, to;
		bool ends;
	} rows[] = {
	    {"A", {2026, 3, 5}, {2026, 4, 20}, false},
	    {"B", {2026, 3, 6}, {2026, 3, 12}, false},
	    {"C", {2026, 3, 7}, {2026, 3, 13}, true},
	    {"D", {2026, 3, 8}, {2026, 5, 1}, true},
	    {"E", {2026, 3, 9}, {2026, 4, 1}, false},
	};
	struct laws *w = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct consultation entry = law_entry(w);

		entry.title = rows[i].title;
		entry.from_on = rows[i].from;
		entry.to_on = rows[i].to;
		YES(consultation_prepare(&w->county, &entry, NULL, 0, NULL, 0,
		                         &w->id));
		YES(law_step(w, "county", CONSULTATION_DO_OPEN));
		if (rows[i].ends)
			YES(law_step(w, "county", CONSULTATION_DO_CLOSE));
	}
	assert_string_equal(listed(w, "deputy"), "BEADC");
	assert_string_equal(listed(w, "station"), "BEADC");
	assert_string_equal(listed(w, "county"), "EDCBA");
}

static void
a_changed_end_reaches_those_who_are_asked(void **state)
{
	struct laws *w = *state;
	struct consultation entry = law_entry(w);

	YES(consultation_prepare(&w->county, &entry, NULL, 0, NULL, 0, &w->id));
	entry.id = w->id;
	entry.to_on = (struct day){2026, 5, 1};
	YES(consultation_save(&w->county, &entry));
	law_clock(w, (struct day){2026, 3, 12});
	YES(law_step(w, "county", CONSULTATION_DO_OPEN));
	assert_int_equal(
	    day_compare(reader(w, "deputy").to_on, (struct day){2026, 5, 1}),
	    0);
	/* and they receive it when it is opened */
	assert_int_equal(reader(w, "deputy").received_at.s,
	                 clock_at((struct day){2026, 3, 12}, 12, 0).s);
	entry = law_now(w, w->id);
	entry.to_on = (struct day){2026, 6, 1};
	assert_int_equal(consultation_save(&w->county, &entry), ERR_STATE);
}

static void
it_is_answered_when_every_comment_is(void **state)
{
	struct laws *w = *state;
	struct law_comment_id id = law_said(w, "deputy", 0, "太短");

	YES(law_step(w, "county", CONSULTATION_DO_CLOSE));
	assert_int_equal(law_step(w, "county", CONSULTATION_DO_ANSWER),
	                 ERR_INVALID);
	YES(law_do(w, "station", id, COMMENT_DO_CHECK,
	           (struct law_comment_id){0}));
	YES(law_do(w, "county", id, COMMENT_DO_ANSWER,
	           (struct law_comment_id){0}));
	YES(law_step(w, "county", CONSULTATION_DO_ANSWER));
}

static void
what_comes_back_while_it_is_answered_is_not_left_behind(void **state)
{
	struct laws *w = *state;
	struct law_comment_id id = law_said(w, "deputy", 0, "太短");
	struct meanwhile again = {
	    .after = "state IN ('held', 'submitted', 'checked', 'sent')",
	    .sql = "UPDATE law_comment SET state = 'submitted'",
	};

	YES(law_do(w, "station", id, COMMENT_DO_RETURN,
	           (struct law_comment_id){0}));
	YES(law_step(w, "county", CONSULTATION_DO_CLOSE));
	fixture_meanwhile(w->o->f, &again);
	assert_int_equal(law_step(w, "county", CONSULTATION_DO_ANSWER),
	                 ERR_INVALID);
	fixture_meanwhile(w->o->f, NULL);
	assert_true(again.done);
	assert_int_equal(law_now(w, w->id).state, CONSULTATION_CLOSED);
}

static void
nobodys_change_is_overwritten_by_who_is_slower(void **state)
{
	struct laws *w = *state;
	struct consultation first = law_now(w, w->id), second = first;
	struct meanwhile hidden = {
	    .after = "FROM consultation WHERE consultation.id",
	    .sql = "UPDATE consultation SET published = 0,"
		   " row_version = row_version + 1",
	};

	first.text = "问第二条";
	second.text = "问第三条";
	YES(consultation_save(&w->county, &first));
	assert_int_equal(consultation_save(&w->county, &second), ERR_CHANGED);
	assert_string_equal(law_now(w, w->id).text, "问第二条");
	/* more time does not put back on the public page what was taken off */
	fixture_meanwhile(w->o->f, &hidden);
	assert_int_equal(law_step(w, "county", CONSULTATION_DO_EXTEND),
	                 ERR_CHANGED);
	fixture_meanwhile(w->o->f, NULL);
	assert_true(hidden.done);
	assert_false(law_now(w, w->id).published);
}

static void
no_step_is_taken_in_what_ends_meanwhile(void **state)
{
	struct laws *w = *state;
	struct meanwhile closed = {
	    .after = "FROM consultation_person",
	    .sql = "UPDATE consultation SET state = 'closed'",
	};

	fixture_meanwhile(w->o->f, &closed);
	assert_int_equal(take(w, "deputy", READER_STUDIED), ERR_STATE);
	fixture_meanwhile(w->o->f, NULL);
	assert_true(closed.done);
	assert_int_equal(reader(w, "deputy").state, READER_RECEIVED);
}

static void
more_time_ends_later_and_not_before_today(void **state)
{
	struct laws *w = *state;

	assert_int_equal(consultation_fire(&w->county, w->id,
	                                   CONSULTATION_DO_EXTEND, "",
	                                   (struct day){2026, 3, 20}),
	                 ERR_INVALID);
	org_assert_fault(&w->county, "to_on");
	assert_int_equal(consultation_fire(&w->county, w->id,
	                                   CONSULTATION_DO_CANCEL, " ", none),
	                 ERR_INVALID);
	org_assert_fault(&w->county, "reason");
}

static void
who_is_no_deputy_any_more_is_asked_no_more(void **state)
{
	struct laws *w = *state;
	struct leaving leave = {.person = w->o->units[0].deputies[0],
	                        .all = true,
	                        .reason = "调离"};
	const char *before;

	YES(law_step(w, "county", CONSULTATION_DO_CLOSE));
	YES(law_step(w, "county", CONSULTATION_DO_EXTEND));
	before = fixture_dump(w->o->f, w->o->f->a);
	YES(leaving_run(&w->o->f->ctx, &leave));
	assert_int_equal(people_of(w, w->id), 5);
	org_strike_restores(w->o, before);
}

static void
struck_out_nothing_is_left_of_it(void **state)
{
	struct laws *w = *state;
	const char *before = fixture_dump(w->o->f, w->o->f->a);
	struct consultation entry = law_entry(w);

	YES(consultation_prepare(&w->county, &entry, NULL, 0, NULL, 0, &w->id));
	org_strike_restores(w->o, before);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, laws_setup, laws_teardown)
#define TEST_OPEN(name)                                                        \
	cmocka_unit_test_setup_teardown(name, laws_open_setup, laws_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(every_deputy_of_the_units_is_asked_once),
	    TEST(only_those_named_are_asked),
	    TEST(what_a_consultation_wants_is_said_at_its_field),
	    TEST(
		steps_lead_where_the_table_says_and_only_the_county_takes_them),
	    TEST(it_opens_and_closes_by_the_day),
	    TEST(who_is_asked_has_what_is_due_first_listed_first),
	    TEST_OPEN(a_deputys_steps_are_logged_once_each),
	    TEST_OPEN(late_it_is_read_and_no_more),
	    TEST(who_is_not_asked_takes_no_step),
	    TEST_OPEN(
		how_far_others_got_is_no_deputys_and_no_other_units_to_know),
	    TEST_OPEN(what_comes_back_while_it_is_answered_is_not_left_behind),
	    TEST_OPEN(nobodys_change_is_overwritten_by_who_is_slower),
	    TEST_OPEN(no_step_is_taken_in_what_ends_meanwhile),
	    TEST(unpublished_it_is_seen_where_it_is_asked),
	    TEST_OPEN(its_token_finds_it_while_it_is_published),
	    TEST_OPEN(it_is_taken_off_the_public_page_and_put_there_again),
	    TEST(a_changed_end_reaches_those_who_are_asked),
	    TEST_OPEN(it_is_answered_when_every_comment_is),
	    TEST_OPEN(more_time_ends_later_and_not_before_today),
	    TEST_OPEN(who_is_no_deputy_any_more_is_asked_no_more),
	    TEST(struck_out_nothing_is_left_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
