/* Claims, corrections and appeals: what enters a file, and who decides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/duty_ledger.h"
#include "db/duty_request.h"
#include "db/store/check.h"
#include "tests/unit/fixture_people.h"

static struct duty_request
entry(const struct fixture *f)
{
	return (struct duty_request){
	    .duty = "contact",
	    .title = "走访困难群众",
	    .venue = "荆山村",
	    .words = "村主任同行",
	    .happened_at = {ctx_now(&f->ctx).s - 3 * 86400}};
}

static struct duty_request_id
claim(struct fixture *f, struct ctx *c)
{
	const struct duty_request row = entry(f);
	struct duty_request_id id;

	assert_int_equal(duty_claim(c, &row, &id), OK);
	return id;
}

static int64_t
points(struct fixture *f, struct ctx *c, int64_t person)
{
	struct duty_year y;

	assert_int_equal(
	    duty_year_get(c, f->a, (struct person_id){person}, 2026, &y), OK);
	return y.points;
}

static int
state_of(struct fixture *f, struct ctx *c, struct duty_request_id id)
{
	struct duty_request row;

	assert_int_equal(duty_request_get(c, f->a, id, &row), OK);
	return row.state;
}

static void
is_sound(struct fixture *f)
{
	int n;

	people_recount(f);
	assert_int_equal(check_run(&f->ctx, NULL, NULL, &n), OK);
	assert_int_equal(n, 0);
}

static void
a_sealed_file_takes_a_claim_as_an_addendum(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_request_id id;

	people_open(f, &p);
	id = claim(f, &p.deputy1);
	assert_int_equal(
	    store_exec(f->store,
	               "INSERT INTO file_seal SELECT 1, m.id, m.person, m.term,"
	               " m.unit, 0, 'x', 1 FROM mandate AS m JOIN duty_request"
	               " AS r ON r.mandate = m.id"),
	    OK);
	assert_int_equal(
	    duty_request_fire(&p.officer, id, REQUEST_DO_CHECK, "属实"), OK);
	assert_int_equal(state_of(f, &p.deputy1, id), REQUEST_CHECKED);
	assert_int_equal(points(f, &p.deputy1, 1), 0);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM file_addendum"
	                                " WHERE seal = 1 AND person = 1 AND"
	                                " text LIKE '%走访困难群众%属实%'"),
	                 1);
}

static void
a_checked_claim_is_a_record_with_its_points(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_request_id id;

	people_open(f, &p);
	id = claim(f, &p.deputy1);
	assert_int_equal(points(f, &p.deputy1, 1), 0);
	assert_int_equal(
	    duty_request_fire(&p.officer, id, REQUEST_DO_CHECK, "属实"), OK);
	assert_int_equal(state_of(f, &p.deputy1, id), REQUEST_CHECKED);
	assert_int_equal(points(f, &p.deputy1, 1), 30);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM duty_record WHERE"
	                                " subject_kind = 'duty_request'"
	                                " AND state = 'checked' AND event ="
	                                " (SELECT max(id) FROM event)"),
	                 1);
	assert_int_equal(
	    duty_request_fire(&p.officer, id, REQUEST_DO_CHECK, ""), ERR_STATE);
	is_sound(f);
}

static void
a_rejected_claim_may_be_appealed_to_somebody_else(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_request_id id;

	people_open(f, &p);
	id = claim(f, &p.deputy1);
	assert_int_equal(duty_request_fire(&p.head, id, REQUEST_DO_REJECT, ""),
	                 ERR_INVALID);
	assert_int_equal(
	    duty_request_fire(&p.head, id, REQUEST_DO_REJECT, "没有依据"), OK);
	assert_int_equal(
	    duty_request_fire(&p.deputy3, id, REQUEST_DO_APPEAL, "x"),
	    ERR_NOT_FOUND);
	assert_int_equal(
	    duty_request_fire(&p.deputy1, id, REQUEST_DO_APPEAL, "有照片"), OK);
	assert_int_equal(
	    duty_request_fire(&p.officer, id, REQUEST_DO_GRANT, ""),
	    ERR_DENIED);
	/* Who rejected it does not decide about the appeal. */
	assert_int_equal(duty_request_fire(&p.head, id, REQUEST_DO_GRANT, ""),
	                 ERR_INVALID);
	assert_int_equal(
	    duty_request_fire(&p.county, id, REQUEST_DO_GRANT, "属实"), OK);
	assert_int_equal(state_of(f, &p.deputy1, id), REQUEST_GRANTED);
	assert_int_equal(points(f, &p.deputy1, 1), 30);
	is_sound(f);
	id = claim(f, &p.deputy3);
	assert_int_equal(
	    duty_request_fire(&p.officer, id, REQUEST_DO_REJECT, "无"), OK);
	assert_int_equal(
	    duty_request_fire(&p.deputy3, id, REQUEST_DO_APPEAL, "有"), OK);
	assert_int_equal(
	    duty_request_fire(&p.head, id, REQUEST_DO_DISMISS, "仍无"), OK);
	assert_int_equal(points(f, &p.deputy3, 3), 0);
	is_sound(f);
}

static void
a_claim_says_what_when_and_how_it_can_be_checked(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_request row = entry(f);
	struct duty_request_id id;

	people_open(f, &p);
	row.title = row.words = "";
	row.duty = "nothing";
	row.happened_at.s = ctx_now(&f->ctx).s + 60;
	assert_int_equal(duty_claim(&p.deputy1, &row, &id), ERR_INVALID);
	assert_int_equal(p.deputy1.fault_count, 4);
	row = entry(f);
	row.happened_at.s -= (int64_t)400 * 86400;
	assert_int_equal(duty_claim(&p.deputy1, &row, &id), ERR_INVALID);
	assert_string_equal(p.deputy1.faults[0].field, "happened_at");
	assert_int_equal(duty_claim(&p.officer, &row, &id), ERR_DENIED);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM duty_request"),
	                 0);
}

static void
nobody_decides_about_their_own_file(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_request_id id;
	struct ctx both;

	people_open(f, &p);
	id = claim(f, &p.deputy1);
	both = p.officer;
	both.me = 1;
	assert_int_equal(duty_request_fire(&both, id, REQUEST_DO_CHECK, ""),
	                 ERR_INVALID);
	assert_int_equal(
	    duty_request_fire(&p.deputy1, id, REQUEST_DO_CHECK, ""),
	    ERR_DENIED);
	assert_int_equal(
	    duty_request_fire(&p.deputy1, id, REQUEST_DO_WITHDRAW, ""), OK);
	assert_int_equal(
	    duty_request_fire(&p.officer, id, REQUEST_DO_CHECK, ""), ERR_STATE);
}

static void
a_correction_of_a_roll_corrects_the_roll(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id activity;
	struct duty_record_id none = {0}, record;
	struct duty_request_id id, again;

	people_open(f, &p);
	activity = people_activity(f, &p);
	people_at(f, &p, 15, 20); /* late */
	people_sign_in(f, &p.deputy1, activity);
	assert_int_equal(points(f, &p.deputy1, 1), 15);
	record.v = fixture_int(f, "SELECT id FROM duty_record");
	assert_int_equal(duty_correct(&p.deputy3, record,
	                              (struct activity_id){0}, WANTED_FULL, "x",
	                              &id),
	                 ERR_NOT_FOUND);
	assert_int_equal(duty_correct(&p.deputy1, record,
	                              (struct activity_id){0}, WANTED_FULL,
	                              "早到,手机没电", &id),
	                 OK);
	/* One about the same thing waits already. */
	assert_int_equal(
	    duty_correct(&p.deputy1, none, activity, WANTED_NONE, "x", &again),
	    ERR_INVALID);
	assert_int_equal(
	    duty_request_fire(&p.officer, id, REQUEST_DO_CHECK, "签到员证实"),
	    OK);
	assert_int_equal(points(f, &p.deputy1, 1), 30);
	assert_int_equal(people_place(f, activity, 1).state,
	                 PARTICIPANT_SIGNED_IN);
	is_sound(f);
	/* Invited, not signed in, and yet there. */
	assert_int_equal(duty_correct(&p.deputy3, none, activity, WANTED_LATE,
	                              "忘了签到", &id),
	                 OK);
	assert_int_equal(
	    duty_request_fire(&p.officer, id, REQUEST_DO_CHECK, ""), OK);
	assert_int_equal(points(f, &p.deputy3, 3), 15);
	is_sound(f);
}

static void
a_correction_of_a_claimed_record_replaces_it(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_request_id id;
	struct duty_record_id record;
	const struct activity_id none = {0};

	people_open(f, &p);
	id = claim(f, &p.deputy1);
	assert_int_equal(
	    duty_request_fire(&p.officer, id, REQUEST_DO_CHECK, ""), OK);
	record.v = fixture_int(f, "SELECT id FROM duty_record");
	assert_int_equal(duty_correct(&p.deputy1, record, none, WANTED_LATE,
	                              "只到了一半", &id),
	                 OK);
	assert_int_equal(
	    duty_request_fire(&p.officer, id, REQUEST_DO_CHECK, ""), OK);
	assert_int_equal(points(f, &p.deputy1, 1), 15);
	is_sound(f);
	record.v = fixture_int(f, "SELECT id FROM duty_record");
	assert_int_equal(
	    duty_correct(&p.deputy1, record, none, WANTED_NONE, "记错了", &id),
	    OK);
	assert_int_equal(
	    duty_request_fire(&p.officer, id, REQUEST_DO_CHECK, ""), OK);
	assert_int_equal(points(f, &p.deputy1, 1), 0);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM duty_record"), 0);
	is_sound(f);
}

static void
requests_are_seen_by_their_deputy_and_station(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_request_id id;
	struct duty_request row;
	struct list_query query = {0};
	struct list_page page;

	people_open(f, &p);
	id = claim(f, &p.deputy1);
	assert_int_equal(duty_request_get(&p.deputy3, f->a, id, &row),
	                 ERR_NOT_FOUND);
	assert_int_equal(duty_request_get(&p.officer2, f->a, id, &row),
	                 ERR_NOT_FOUND);
	assert_int_equal(duty_request_get(&p.admin, f->a, id, &row),
	                 ERR_DENIED);
	assert_int_equal(
	    duty_request_fire(&p.officer2, id, REQUEST_DO_CHECK, ""),
	    ERR_NOT_FOUND);
	assert_int_equal(list_fetch(&p.officer, f->a, &duty_request_list,
	                            &query, LIST_FIRST, NULL, 10, &page),
	                 OK);
	assert_int_equal(page.n, 1);
	assert_int_equal(list_fetch(&p.deputy3, f->a, &duty_request_list,
	                            &query, LIST_FIRST, NULL, 10, &page),
	                 OK);
	assert_int_equal(page.n, 0);
	for (int i = 0; i < 12; i++)
		fixture_plan_list(f, people_all(&p, i), &duty_request_list);
}

/* --- files ---------------------------------------------------------------- */

static void
a_term_is_the_sum_of_its_years(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_request_id id;
	struct duty_choice *choices;
	struct duty_member *members;
	struct duty_year y;
	const struct duty_of me = {DUTY_OF_PERSON, 1};
	const struct duty_of station = {DUTY_OF_STATION, 1};
	const struct duty_period term = {0, {1}}, year = {2026, {0}};
	int n;

	people_open(f, &p);
	id = claim(f, &p.deputy1);
	assert_int_equal(
	    duty_request_fire(&p.officer, id, REQUEST_DO_CHECK, ""), OK);
	fixture_event(f, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1,
	              "INSERT INTO duty_record (id, person, mandate, term,"
	              " unit, station, year, month, kind, grade, event,"
	              " subject_kind, subject, title, venue, happened_at,"
	              " state) SELECT 50 + value, 1, 1, 1, 1, 1,"
	              " 2024 + value / 6, 202403 + value / 6 * 100, 'study',"
	              " 'full', 1, '', 0, 't', 'v', 1774000000, 'checked'"
	              " FROM json_each('[0,1,2,3,4,5,6,7,8,9,10,11]')");
	/* 2024: 6 x 2.0; 2025: 6 x 2.0; 2026: 3.0. */
	assert_int_equal(duty_ledger_get(&p.deputy1, f->a, me, term, &y), OK);
	assert_int_equal(y.records, 13);
	assert_int_equal(y.points, 270);
	assert_int_equal(duty_ledger_get(&p.deputy1, f->a, me, year, &y), OK);
	assert_int_equal(y.records, 1);
	assert_int_equal(y.points, 30);
	assert_int_equal(duty_choices(&p.deputy1, f->a, me, &choices, &n), OK);
	assert_int_equal(n, 4); /* three years, one term */
	assert_int_equal(choices[0].period.year, 2026);
	assert_int_equal(choices[3].period.term.v, 1);
	assert_int_equal(choices[3].records, 13);
	assert_int_equal(duty_ledger_get(&p.head, f->a, station, term, &y), OK);
	assert_int_equal(y.records, 13);
	assert_int_equal(
	    duty_members(&p.head, f->a, station, term, &members, &n), OK);
	assert_int_equal(n, 3);
	assert_int_equal(members[0].person.v, 1);
	assert_int_equal(members[0].records, 13);
	assert_int_equal(members[0].points, 270);
	assert_int_equal(members[1].place, 2);
	assert_int_equal(members[2].place, 2);
	people_recount(f);
}

static void
a_deputy_reads_the_own_file_and_the_own_groups_figures(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_year y;
	struct duty_member *members;
	const struct duty_period year = {2026, {0}};
	int n;

	people_open(f, &p);
	fixture_event(f, ACTION_GROUP_ADD, ENTITY_DEPUTY_GROUP, 1,
	              "INSERT INTO deputy_group VALUES (1, 1, 1, 'g'),"
	              " (2, 1, 1, 'h');"
	              "UPDATE mandate SET grp = 1 WHERE person = 1");
	assert_int_equal(duty_ledger_get(&p.deputy1, f->a,
	                                 (struct duty_of){DUTY_OF_PERSON, 3},
	                                 year, &y),
	                 ERR_DENIED);
	assert_int_equal(duty_ledger_get(&p.deputy1, f->a,
	                                 (struct duty_of){DUTY_OF_GROUP, 1},
	                                 year, &y),
	                 OK);
	assert_int_equal(duty_members(&p.deputy1, f->a,
	                              (struct duty_of){DUTY_OF_GROUP, 1}, year,
	                              &members, &n),
	                 ERR_DENIED);
	assert_int_equal(duty_ledger_get(&p.deputy1, f->a,
	                                 (struct duty_of){DUTY_OF_GROUP, 2},
	                                 year, &y),
	                 ERR_DENIED);
	assert_int_equal(duty_ledger_get(&p.deputy1, f->a,
	                                 (struct duty_of){DUTY_OF_STATION, 1},
	                                 year, &y),
	                 ERR_DENIED);
	assert_int_equal(duty_ledger_get(&p.officer2, f->a,
	                                 (struct duty_of){DUTY_OF_STATION, 1},
	                                 year, &y),
	                 ERR_NOT_FOUND);
	assert_int_equal(duty_ledger_get(&p.officer2, f->a,
	                                 (struct duty_of){DUTY_OF_GROUP, 1},
	                                 year, &y),
	                 ERR_NOT_FOUND);
}

int
main(void)
{
#define T(name)                                                                \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    T(a_sealed_file_takes_a_claim_as_an_addendum),
	    T(a_checked_claim_is_a_record_with_its_points),
	    T(a_rejected_claim_may_be_appealed_to_somebody_else),
	    T(a_claim_says_what_when_and_how_it_can_be_checked),
	    T(nobody_decides_about_their_own_file),
	    T(a_correction_of_a_roll_corrects_the_roll),
	    T(a_correction_of_a_claimed_record_replaces_it),
	    T(requests_are_seen_by_their_deputy_and_station),
	    T(a_term_is_the_sum_of_its_years),
	    T(a_deputy_reads_the_own_file_and_the_own_groups_figures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
