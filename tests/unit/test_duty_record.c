/* The arithmetic of duty: points, caps, ranks, against examples worked by
 * hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/duty_record.h"
#include "tests/unit/fixture_people.h"

/* n records of a person, in 2026 unless year says otherwise. */
static void
give(struct fixture *f, int64_t person, const char *kind, const char *grade,
     int n, int year)
{
	for (int i = 0; i < n; i++)
		fixture_event(
		    f, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1,
		    arena_printf(
			f->a,
			"INSERT INTO duty_record (id, person, mandate, term,"
			" unit, station, year, month, kind, grade, event,"
			" subject_kind, subject, title, venue, happened_at,"
			" state) SELECT coalesce(max(id), 0) + 1, %lld, %lld,"
			" 1, 2 - %lld %% 2, 2 - %lld %% 2, %d, %d, '%s', '%s',"
			" 1, 'activity', 1, '接待', '一楼',"
			" unixepoch('%d-03-01'), 'automatic' FROM duty_record",
			(long long)person, (long long)person, (long long)person,
			(long long)person, year, year * 100 + 3, kind, grade,
			year));
}

static void
points_are_counters_times_the_rules(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_year y;

	people_open(f, &p);
	give(f, 1, "contact", "full", 3, 2026);  /* 3 x 3.0 = 9.0 */
	give(f, 1, "contact", "late", 1, 2026);  /* 1.5 */
	give(f, 1, "activity", "full", 2, 2026); /* 2 x 2.0 = 4.0 */
	give(f, 1, "activity", "full", 9, 2025); /* another year */
	assert_int_equal(
	    duty_year_get(&p.deputy1, f->a, (struct person_id){1}, 2026, &y),
	    OK);
	assert_int_equal(y.points, 145);
	assert_int_equal(y.records, 6);
	assert_int_equal(y.n, 6); /* every kind, also those at zero */
	assert_string_equal(y.sums[0].kind, "activity");
	assert_int_equal(y.sums[0].points, 40);
	assert_string_equal(y.sums[1].kind, "contact");
	assert_int_equal(y.sums[1].full, 3);
	assert_int_equal(y.sums[1].late, 1);
	assert_int_equal(y.sums[1].points, 105);
}

static void
a_cap_holds_for_its_row_and_year(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_year y;

	people_open(f, &p);
	give(f, 1, "study", "full", 11, 2026); /* 22.0, capped at 20.0 */
	give(f, 1, "study", "late", 2, 2026);  /* 2.0, under its 10.0 */
	assert_int_equal(
	    duty_year_get(&p.deputy1, f->a, (struct person_id){1}, 2026, &y),
	    OK);
	assert_int_equal(y.points, 220);
	assert_int_equal(y.sums[3].cap, 300);
}

static void
a_year_is_counted_by_the_rules_that_held_then(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_year y;
	int64_t points;

	people_open(f, &p);
	give(f, 1, "contact", "full", 2, 2026);
	give(f, 1, "contact", "full", 2, 2025);
	assert_int_equal(store_exec(f->store,
	                            "INSERT INTO duty_rule VALUES"
	                            " (1, 'contact', '2026-01-01', 50, 25, 0,"
	                            " 0, 2)"),
	                 OK);
	assert_int_equal(
	    duty_year_get(&p.deputy1, f->a, (struct person_id){1}, 2026, &y),
	    OK);
	assert_int_equal(y.points, 100);
	assert_int_equal(y.rules, 2026);
	assert_int_equal(
	    duty_year_get(&p.deputy1, f->a, (struct person_id){1}, 2025, &y),
	    OK);
	assert_int_equal(y.points, 60);
	/* What did not change goes on. */
	assert_int_equal(
	    duty_points(&f->ctx, 2026, "study", DUTY_FULL, &points), OK);
	assert_int_equal(points, 20);
}

static void
equal_points_share_a_place_and_zero_is_a_place(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_rank r;

	people_open(f, &p);
	give(f, 1, "contact", "full", 2, 2026);  /* 6.0 */
	give(f, 3, "activity", "full", 3, 2026); /* 6.0 */
	assert_int_equal(
	    duty_rank_get(&p.deputy1, (struct person_id){1}, 2026, &r), OK);
	assert_int_equal(r.place, 1);
	assert_int_equal(r.of, 3);
	assert_int_equal(r.points, 60);
	assert_int_equal(
	    duty_rank_get(&p.deputy3, (struct person_id){3}, 2026, &r), OK);
	assert_int_equal(r.place, 1);
	assert_int_equal(
	    duty_rank_get(&p.deputy5, (struct person_id){5}, 2026, &r), OK);
	assert_int_equal(r.place, 3);
	assert_int_equal(r.points, 0);
	/* Before there was a mandate there was no rank. */
	assert_int_equal(
	    duty_rank_get(&p.deputy5, (struct person_id){5}, 2020, &r), OK);
	assert_int_equal(r.of, 0);
}

static void
the_history_has_each_year_with_records(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_past *years;
	int n;

	people_open(f, &p);
	give(f, 1, "contact", "full", 2, 2026);
	give(f, 1, "activity", "late", 1, 2024);
	assert_int_equal(
	    duty_history(&p.deputy1, f->a, (struct person_id){1}, &years, &n),
	    OK);
	assert_int_equal(n, 2);
	assert_int_equal(years[0].year, 2026);
	assert_int_equal(years[0].points, 60);
	assert_int_equal(years[1].year, 2024);
	assert_int_equal(years[1].points, 10);
	assert_int_equal(years[1].of, 3);
}

static void
a_file_is_read_by_its_person_and_those_above(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct duty_year y;
	struct duty_rank r;
	struct list_query query = {0};
	struct list_page page;
	struct person_id one = {1};

	people_open(f, &p);
	give(f, 1, "contact", "full", 2, 2026);
	assert_int_equal(duty_year_get(&p.deputy3, f->a, one, 2026, &y),
	                 ERR_DENIED);
	assert_int_equal(duty_rank_get(&p.deputy3, one, 2026, &r), ERR_DENIED);
	assert_int_equal(duty_year_get(&p.unit2, f->a, one, 2026, &y),
	                 ERR_NOT_FOUND);
	assert_int_equal(duty_year_get(&p.unit, f->a, one, 2026, &y), OK);
	assert_int_equal(duty_year_get(&p.county, f->a, one, 2026, &y), OK);
	assert_int_equal(duty_year_get(&p.admin, f->a, one, 2026, &y),
	                 ERR_DENIED);
	assert_int_equal(list_fetch(&p.deputy3, f->a, &duty_record_list, &query,
	                            LIST_FIRST, NULL, 10, &page),
	                 OK);
	assert_int_equal(page.n, 0);
	assert_int_equal(list_fetch(&p.unit2, f->a, &duty_record_list, &query,
	                            LIST_FIRST, NULL, 10, &page),
	                 OK);
	assert_int_equal(page.n, 0);
	assert_int_equal(list_fetch(&p.deputy1, f->a, &duty_record_list, &query,
	                            LIST_FIRST, NULL, 10, &page),
	                 OK);
	assert_int_equal(page.n, 2);
	assert_int_equal(((struct duty_line *)page.rows)[0].points, 30);
}

static void
striking_out_a_sign_in_takes_the_points_back(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct duty_rank r;
	struct event_list later;
	struct person_id one = {1};
	int64_t event;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	people_sign_in(f, &p.deputy1, id);
	assert_int_equal(duty_rank_get(&p.deputy1, one, 2026, &r), OK);
	assert_int_equal(r.points, 30);
	assert_int_equal(r.place, 1);
	event = fixture_int(f, "SELECT event FROM duty_record");
	assert_int_equal(event_strike(&p.head, f->a, event, "代签", &later),
	                 OK);
	assert_int_equal(duty_rank_get(&p.deputy1, one, 2026, &r), OK);
	assert_int_equal(r.points, 0);
	people_recount(f);
}

int
main(void)
{
#define T(name)                                                                \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    T(points_are_counters_times_the_rules),
	    T(a_cap_holds_for_its_row_and_year),
	    T(a_year_is_counted_by_the_rules_that_held_then),
	    T(equal_points_share_a_place_and_zero_is_a_place),
	    T(the_history_has_each_year_with_records),
	    T(a_file_is_read_by_its_person_and_those_above),
	    T(striking_out_a_sign_in_takes_the_points_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
