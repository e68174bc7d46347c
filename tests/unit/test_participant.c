/* The roll: inviting, answering, correcting. Signing in is test_check_in.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/store/fsm.h"
#include "tests/unit/fixture_people.h"

static void
leave_is_asked_with_a_reason_and_decided_before_confirming(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct participant row;

	people_open(f, &p);
	id = people_activity(f, &p);
	assert_int_equal(
	    participant_answer(&p.deputy1, id, PARTICIPANT_DO_ASK_LEAVE, ""),
	    ERR_INVALID);
	assert_int_equal(participant_answer(&p.deputy1, id,
	                                    PARTICIPANT_DO_ASK_LEAVE, "出差"),
	                 OK);
	assert_int_equal(
	    participant_answer(&p.deputy3, id, PARTICIPANT_DO_SIGN_UP, ""), OK);
	people_at(f, &p, 16, 31);
	assert_int_equal(activity_tick(&p.unit, NULL), OK);
	assert_int_equal(people_place(f, id, 3).state, PARTICIPANT_ABSENT);
	row = people_place(f, id, 1);
	assert_int_equal(row.state, PARTICIPANT_LEAVE_ASKED);
	assert_int_equal(activity_fire(&p.unit, id, ACTIVITY_DO_CONFIRM, ""),
	                 ERR_INVALID);
	assert_int_equal(participant_decide(&p.officer, row.id, false, ""),
	                 ERR_INVALID);
	assert_int_equal(participant_decide(&p.officer, row.id, true, ""), OK);
	assert_int_equal(people_place(f, id, 1).state,
	                 PARTICIPANT_LEAVE_GRANTED);
	assert_int_equal(activity_fire(&p.unit, id, ACTIVITY_DO_CONFIRM, ""),
	                 OK);
}

/* How often the activity's history tells that, and of all its lines. */
static int
told(struct fixture *f, struct ctx *c, struct activity_id id, enum action what)
{
	struct event_line *lines;
	int n, found = 0;

	assert_int_equal(
	    event_timeline_own(c, f->a, ENTITY_ACTIVITY, id.v, 50, &lines, &n),
	    OK);
	for (int i = 0; i < n; i++)
		found += lines[i].action == what;
	return found;
}

static void
why_another_stays_away_is_no_deputys_to_know(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct ctx *c;

	people_open(f, &p);
	c = &p.deputy3;
	id = people_activity(f, &p);
	assert_int_equal(participant_answer(&p.deputy1, id,
	                                    PARTICIPANT_DO_ASK_LEAVE, "住院"),
	                 OK);
	assert_int_equal(participant_decide(&p.officer,
	                                    people_place(f, id, 1).id, false,
	                                    "换一天"),
	                 OK);
	assert_int_equal(told(f, c, id, ACTION_PARTICIPANT_ASK_LEAVE), 0);
	assert_int_equal(told(f, c, id, ACTION_PARTICIPANT_REFUSE), 0);
	assert_int_equal(told(f, c, id, ACTION_ACTIVITY_PUBLISH), 1);
	c = &p.deputy1;
	assert_int_equal(told(f, c, id, ACTION_PARTICIPANT_ASK_LEAVE), 1);
	assert_int_equal(told(f, c, id, ACTION_PARTICIPANT_REFUSE), 1);
	c = &p.officer;
	assert_int_equal(told(f, c, id, ACTION_PARTICIPANT_ASK_LEAVE), 1);
	assert_int_equal(told(f, c, id, ACTION_PARTICIPANT_REFUSE), 1);
}

static void
the_roll_of_what_is_closed_meanwhile_stays(void **state)
{
	static const char closed[] = "UPDATE activity SET state = 'closed'";
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct meanwhile one = {.after = "FROM activity", .sql = closed};
	struct meanwhile other = {.after = "FROM activity", .sql = closed};
	const struct invite all = {.county = true, .town = true};
	int added;

	people_open(f, &p);
	id = people_activity(f, &p);
	fixture_meanwhile(f, &one);
	assert_int_equal(
	    participant_drop(&p.officer, people_place(f, id, 1).id), ERR_STATE);
	assert_true(one.done);
	fixture_meanwhile(f, NULL);
	fixture_event(f, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, id.v,
	              "UPDATE activity SET state = 'published'");
	fixture_meanwhile(f, &other);
	assert_int_equal(participant_invite(&p.officer, id, &all, &added),
	                 ERR_STATE);
	assert_true(other.done);
	fixture_meanwhile(f, NULL);
	assert_int_equal(people_place(f, id, 1).state, PARTICIPANT_INVITED);
}

static void
correcting_to_absent_takes_the_record_with_it(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct participant row;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	people_sign_in(f, &p.deputy1, id);
	people_at(f, &p, 17, 0);
	assert_int_equal(activity_tick(&p.unit, NULL), OK);
	row = people_place(f, id, 1);
	assert_int_equal(
	    participant_correct(&p.officer, row.id, PARTICIPANT_ABSENT, ""),
	    ERR_INVALID);
	assert_int_equal(
	    participant_correct(&p.officer, row.id, PARTICIPANT_ABSENT, "代签"),
	    OK);
	assert_int_equal(people_place(f, id, 1).state, PARTICIPANT_ABSENT);
	assert_int_equal(people_place(f, id, 1).signed_at.s, 0);
	assert_int_equal(people_records(f), 0);
	people_recount(f);

	/* And back: by hand, so with a record again. */
	assert_int_equal(participant_correct(&p.officer, row.id,
	                                     PARTICIPANT_SIGNED_IN, "看错"),
	                 OK);
	assert_int_equal(people_place(f, id, 1).way, WAY_HAND);
	assert_int_equal(people_records(f), 1);
	assert_int_equal(
	    participant_correct(&p.officer, row.id, PARTICIPANT_LATE, "迟到"),
	    OK);
	assert_int_equal(people_place(f, id, 1).state, PARTICIPANT_LATE);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM duty_record"
	                                " WHERE grade = 'late'"),
	                 1);
	assert_int_equal(participant_correct(&p.officer, row.id,
	                                     PARTICIPANT_LEAVE_GRANTED, "病"),
	                 OK);
	assert_int_equal(people_records(f), 0);
	people_recount(f);
}

static void
a_confirmed_walk_in_can_still_be_taken_off(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	const char *before;
	struct participant row;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	assert_int_equal(activity_tick(&p.officer, NULL), OK);
	before = fixture_dump(f, f->a);
	people_sign_in(f, &p.deputy5, id);
	row = people_place(f, id, 5);
	assert_int_equal(participant_confirm(&p.officer, row.id, true, ""), OK);
	assert_int_equal(
	    participant_correct(&p.officer, row.id, PARTICIPANT_ABSENT, "不在"),
	    OK);
	assert_string_equal(fixture_dump(f, f->a), before);
}

static void
an_archived_roll_is_not_corrected(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct participant row;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 17, 0);
	assert_int_equal(activity_tick(&p.unit, NULL), OK);
	assert_int_equal(activity_fire(&p.unit, id, ACTIVITY_DO_CONFIRM, ""),
	                 OK);
	row = people_place(f, id, 1);
	assert_int_equal(participant_correct(&p.officer, row.id,
	                                     PARTICIPANT_SIGNED_IN, "补签"),
	                 OK);
	assert_int_equal(activity_fire(&p.head, id, ACTIVITY_DO_ARCHIVE, ""),
	                 OK);
	assert_int_equal(
	    participant_correct(&p.officer, row.id, PARTICIPANT_ABSENT, "再改"),
	    ERR_STATE);
}

static void
inviting_by_level_and_group_takes_each_person_once(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity entry = people_entry();
	struct activity_id id;
	struct invite who = {.county = true, .town = true};
	struct deputy_group_id group = {1};
	int64_t n;
	int added;

	people_open(f, &p);
	fixture_event(f, ACTION_GROUP_ADD, ENTITY_DEPUTY_GROUP, 1,
	              "INSERT INTO deputy_group VALUES (1, 1, 1, '一组');"
	              "UPDATE mandate SET grp = 1 WHERE id IN (1, 3);"
	              "INSERT INTO mandate (id, person, level, term, unit,"
	              " station, from_on) VALUES"
	              " (9, 1, 'town', 1, 1, 1, '2022-01-01')");
	assert_int_equal(activity_add(&p.unit, &entry, NULL, false, &id), OK);
	who.groups = &group;
	who.group_count = 1;
	assert_int_equal(
	    participant_count_invite(&p.unit, (struct station_id){0}, &who, &n),
	    OK);
	assert_int_equal(n, 3);
	assert_int_equal(participant_invite(&p.unit, id, &who, &added), OK);
	assert_int_equal(added, 3);
	assert_int_equal(participant_invite(&p.unit, id, &who, &added), OK);
	assert_int_equal(added, 0);
	people_recount(f);
}

static void
taking_off_the_list_is_for_those_not_signed_in(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	people_sign_in(f, &p.deputy1, id);
	assert_int_equal(participant_drop(&p.unit, people_place(f, id, 1).id),
	                 ERR_STATE);
	assert_int_equal(participant_drop(&p.unit, people_place(f, id, 3).id),
	                 OK);
	people_recount(f);
}

static void
another_unit_sees_and_changes_nothing_of_the_roll(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct participant row, seen;
	struct list_query query = {0};
	struct list_page page;
	struct check_in done;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	row = people_place(f, id, 1);
	query.values[0].filter = PARTICIPANT_LIST_ACTIVITY;
	query.values[0].v = id.v;
	query.value_count = 1;
	assert_int_equal(participant_get(&p.officer2, f->a, row.id, &seen),
	                 ERR_NOT_FOUND);
	assert_int_equal(participant_correct(&p.officer2, row.id,
	                                     PARTICIPANT_SIGNED_IN, "越权"),
	                 ERR_NOT_FOUND);
	assert_int_equal(participant_check_in_by_hand(&p.officer2, f->a, id,
	                                              (struct person_id){1},
	                                              false, "越权", &done),
	                 ERR_NOT_FOUND);
	assert_int_equal(participant_drop(&p.officer2, row.id), ERR_NOT_FOUND);
	assert_int_equal(list_fetch(&p.officer2, f->a, &participant_list,
	                            &query, LIST_FIRST, NULL, 50, &page),
	                 OK);
	assert_int_equal(page.n, 0);
	/* A deputy sees their own line only. */
	assert_int_equal(list_fetch(&p.deputy1, f->a, &participant_list, &query,
	                            LIST_FIRST, NULL, 50, &page),
	                 OK);
	assert_int_equal(page.n, 1);
	assert_int_equal(list_fetch(&p.officer, f->a, &participant_list, &query,
	                            LIST_FIRST, NULL, 50, &page),
	                 OK);
	assert_int_equal(page.n, 2);
	assert_int_equal(participant_correct(&p.deputy1, row.id,
	                                     PARTICIPANT_SIGNED_IN, "自己"),
	                 ERR_DENIED);
	assert_int_equal(participant_correct(&p.leader, row.id,
	                                     PARTICIPANT_SIGNED_IN, "领导"),
	                 ERR_DENIED);
}

/* What each role may do with a row in each state, written down by hand: a
 * letter a state (i u a g r s l x: invited, signed up, leave asked,
 * granted, refused, signed in, late, absent). */
/* clang-format off */
static const struct {
	enum participant_step on;
	const char *from;
	enum participant_state to;
	bool deputy, officer;
} expected[] = {
	{PARTICIPANT_DO_SIGN_UP,       "iar",    PARTICIPANT_SIGNED_UP,     true,  false},
	{PARTICIPANT_DO_ASK_LEAVE,     "iu",     PARTICIPANT_LEAVE_ASKED,   true,  false},
	{PARTICIPANT_DO_GRANT,         "a",      PARTICIPANT_LEAVE_GRANTED, false, true},
	{PARTICIPANT_DO_REFUSE,        "a",      PARTICIPANT_LEAVE_REFUSED, false, true},
	{PARTICIPANT_DO_CHECK_IN,      "iuagr",  PARTICIPANT_SIGNED_IN,     true,  false},
	{PARTICIPANT_DO_CHECK_IN_LATE, "iuagr",  PARTICIPANT_LATE,          true,  false},
	{PARTICIPANT_DO_HAND,          "iuagrx", PARTICIPANT_SIGNED_IN,     false, true},
	{PARTICIPANT_DO_HAND_LATE,     "iuagrx", PARTICIPANT_LATE,          false, true},
	{PARTICIPANT_DO_MISS,          "iuagr",  PARTICIPANT_ABSENT,        false, true},
	{PARTICIPANT_DO_LEAVE,         "iurx",   PARTICIPANT_LEAVE_GRANTED, false, true},
	{PARTICIPANT_DO_INVITE,        "",       PARTICIPANT_INVITED,       false, false},
};
/* clang-format on */

static void
every_step_of_the_roll_is_as_written_down(void **state)
{
	static const char letters[] = "iuagrslx";
	struct fixture *f = *state;
	struct people p;

	people_open(f, &p);
	for (size_t i = 0; i < COUNT(expected); i++)
		for (int from = 0; letters[from] != '\0'; from++) {
			const struct edge *edge =
			    fsm_edge(&entity_participant, from, expected[i].on);

			if (strchr(expected[i].from, letters[from]) == NULL) {
				assert_null(edge);
				continue;
			}
			assert_non_null(edge);
			assert_int_equal(edge->to, expected[i].to);
			assert_int_equal(may(&p.deputy1, edge->perm),
			                 expected[i].deputy);
			assert_int_equal(may(&p.officer, edge->perm),
			                 expected[i].officer);
			assert_false(may(&p.leader, edge->perm));
			assert_false(may(&p.admin, edge->perm));
		}
}

int
main(void)
{
#define T(name)                                                                \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    T(leave_is_asked_with_a_reason_and_decided_before_confirming),
	    T(why_another_stays_away_is_no_deputys_to_know),
	    T(the_roll_of_what_is_closed_meanwhile_stays),
	    T(correcting_to_absent_takes_the_record_with_it),
	    T(a_confirmed_walk_in_can_still_be_taken_off),
	    T(an_archived_roll_is_not_corrected),
	    T(inviting_by_level_and_group_takes_each_person_once),
	    T(taking_off_the_list_is_for_those_not_signed_in),
	    T(another_unit_sees_and_changes_nothing_of_the_roll),
	    T(every_step_of_the_roll_is_as_written_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
