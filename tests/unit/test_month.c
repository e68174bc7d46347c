/* What a month leaves open, and closing it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/month.h"
#include "tests/unit/fixture_people.h"

static const struct unit_id own = {0};

static void
open_of(struct fixture *f, struct ctx *c, int64_t month,
        struct month_open rows[MONTH_WHATS])
{
	(void)f;
	assert_int_equal(month_open_list(c, own, month, rows), OK);
}

static void
what_is_open_is_told_by_today_month_and_earlier(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct month_open rows[MONTH_WHATS];
	struct activity row = people_entry();
	struct activity_id id;

	people_open(f, &p);
	assert_int_equal(activity_add(&p.unit, &row, NULL, false, &id), OK);
	row.starts_at.s -= (int64_t)40 * 86400;
	row.ends_at.s -= (int64_t)40 * 86400;
	assert_int_equal(activity_add(&p.unit, &row, NULL, false, &id), OK);
	open_of(f, &p.unit, 202603, rows);
	assert_int_equal(rows[MONTH_DRAFT].today, 1);
	assert_int_equal(rows[MONTH_DRAFT].month, 1);
	assert_int_equal(rows[MONTH_DRAFT].earlier, 1);
	open_of(f, &p.unit, 202602, rows);
	assert_int_equal(rows[MONTH_DRAFT].month, 1);
	assert_int_equal(rows[MONTH_DRAFT].earlier, 0);
	open_of(f, &p.unit2, 202603, rows);
	assert_int_equal(rows[MONTH_DRAFT].month, 0);
}

/* Each kind by rows behind the store's back: one of this month each. */
static void
every_kind_of_open_work_is_counted(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct month_open rows[MONTH_WHATS];

	people_open(f, &p);
	fixture_event(
	    f, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1,
	    "INSERT INTO activity (id, unit, station, title, kind, venue,"
	    " starts_at, ends_at, month, before_minutes, after_minutes, state,"
	    " created_at) SELECT 10 + key, 1, 1, 't', 'visit', 'v',"
	    " 1774764000, 1774771200, 202603, 30, 30, value, 1774000000"
	    " FROM json_each('[\"draft\",\"closed\",\"confirmed\"]');"
	    "INSERT INTO participant (id, activity, person, mandate, unit,"
	    " station, starts_at, month, state, walk_in, confirmed) VALUES"
	    " (1, 1, 1, 1, 1, 1, 1774764000, 202603, 'invited', 1, 0),"
	    " (2, 1, 3, 3, 1, 1, 1774764000, 202603, 'leave_asked', 0, 1);"
	    "INSERT INTO duty_request (id, kind, state, person, mandate, unit,"
	    " station, duty, wanted, title, venue, happened_at, words,"
	    " asked_at) SELECT 1 + key, 'claim', value, 1, 1, 1, 1, 'contact',"
	    " 'full', 't', 'v', 1774764000, 'w', 1774764000"
	    " FROM json_each('[\"asked\",\"appealed\",\"rejected\"]');"
	    "INSERT INTO campaign (id, title, text, from_on, to_on, state,"
	    " created_at) VALUES (1, 'a', 'b', '2026-03-10', '2026-03-20',"
	    " 'issued', 1), (2, 'a', 'b', '2026-03-10', '2026-03-20',"
	    " 'issued', 1), (3, 'a', 'b', '2026-03-10', '2026-03-20',"
	    " 'closed', 1);"
	    "INSERT INTO campaign_unit (id, campaign, unit, state) VALUES"
	    " (1, 1, 1, 'issued'), (2, 2, 1, 'under_way'),"
	    " (3, 3, 1, 'issued');"
	    "INSERT INTO instruction (id, title, text, due_at, sent_at)"
	    " VALUES (1, 'a', 'b', 1774764000, 1), (2, 'a', 'b', 1774764000, "
	    "1);"
	    "INSERT INTO receipt (id, instruction, unit, due_at, state, "
	    "done_at)"
	    " VALUES (1, 1, 1, 1774764000, 'sent', NULL),"
	    " (2, 2, 1, 1774764000, 'done', 1);"
	    "INSERT INTO opinion (unit, station, source, subject, body, level,"
	    " state, received_at, month, clock, due_on) VALUES"
	    " (1, 1, 'desk', 's', 'b', 'unit', 'held', 1774764000, 202603,"
	    "  'none', '9999-12-31'),"
	    " (1, 1, 'desk', 's', 'b', 'unit', 'new', 1770000000, 202602,"
	    "  'first_response', '2026-03-10'),"
	    " (1, 1, 'desk', 's', 'b', 'unit', 'awaiting', 1774764000, 202603,"
	    "  'rating', '2026-03-10');"
	    "INSERT INTO project (unit, source, title, body, state, year,"
	    " proposed_at, warn_on, due_on) VALUES"
	    " (1, 'staff', 't', 'b', 'running', 2026, 1, '2026-03-01',"
	    "  '2026-03-15'),"
	    " (1, 'staff', 't', 'b', 'claimed', 2026, 1, '9999-12-31',"
	    "  '9999-12-31'),"
	    " (2, 'staff', 't', 'b', 'running', 2026, 1, '2026-03-01',"
	    "  '2026-03-15');"
	    "INSERT INTO project_task (project, unit, person, kind, words,"
	    " state, sent_at, clock_at, due_on) VALUES"
	    " (1, 1, 1, 'opinion', 'w', 'sent', 1, 1, '2026-03-10'),"
	    " (1, 1, 1, 'opinion', 'w', 'replied', 1, 1, '9999-12-31');"
	    "INSERT INTO law (id, title, added_at) VALUES (1, 'a', 1);"
	    "INSERT INTO law_version (id, law, number, hash, bytes, chapters,"
	    " articles, added_at) VALUES (1, 1, 1, 'h', 1, 0, 1, 1);"
	    "INSERT INTO consultation (id, law, version, title, from_on,"
	    " to_on, state, token, added_at) VALUES (1, 1, 1, 'a',"
	    " '2026-03-01', '2026-03-31', 'open', 't', 1);"
	    "INSERT INTO law_comment (consultation, version, source, unit,"
	    " station, words, state, at) SELECT 1, 1, 'public', 1, 1, 'w',"
	    " value, 1774764000 FROM json_each('[\"submitted\", \"sent\"]')");
	open_of(f, &p.unit, 202603, rows);
	for (int i = 0; i < MONTH_WHATS; i++) {
		if (rows[i].month != 1)
			print_error("%s\n", month_name(rows[i].what));
		assert_int_equal(rows[i].month, 1);
		assert_int_equal(rows[i].earlier, 0);
	}
}

static void
closing_keeps_who_when_what_was_left_and_why(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct month_close closed;
	struct activity row = people_entry();
	struct activity_id id;

	people_open(f, &p);
	assert_int_equal(activity_add(&p.unit, &row, NULL, false, &id), OK);
	assert_int_equal(month_close(&p.unit, 202603, ""), ERR_INVALID);
	assert_string_equal(p.unit.faults[0].field, "why");
	assert_int_equal(month_close_get(&p.unit, f->a, own, 202603, &closed),
	                 ERR_NOT_FOUND);
	assert_int_equal(month_close(&p.head, 202603, "等待镇里审批"), OK);
	assert_int_equal(month_close_get(&p.unit, f->a, own, 202603, &closed),
	                 OK);
	assert_int_equal(closed.left_open, 1);
	assert_string_equal(closed.left_what, "draft 1");
	assert_string_equal(closed.why, "等待镇里审批");
	assert_string_equal(closed.closer, "王15");
	assert_int_equal(closed.closed_at.s, ctx_now(&p.head).s);
	assert_int_equal(month_close(&p.unit, 202603, "再次"), ERR_EXISTS);
	/* A month with nothing open needs no reason. */
	assert_int_equal(month_close(&p.unit, 202602, ""), OK);
}

static void
a_month_that_has_not_begun_is_not_closed(void **state)
{
	struct fixture *f = *state;
	struct people p;

	people_open(f, &p);
	assert_int_equal(month_close(&p.unit, 202604, "x"), ERR_INVALID);
	assert_string_equal(p.unit.faults[0].field, "month");
	assert_int_equal(month_close(&p.unit, 202613, "x"), ERR_INVALID);
	assert_int_equal(month_close(&p.unit, 0, "x"), ERR_INVALID);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM month_close"), 0);
}

static void
a_month_is_closed_by_its_unit_and_seen_above(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct month_open rows[MONTH_WHATS];
	struct month_unit *units;
	struct month_close closed;
	const struct unit_id one = {1};
	int n;

	people_open(f, &p);
	assert_int_equal(month_close(&p.officer, 202603, "x"), ERR_DENIED);
	assert_int_equal(month_close(&p.deputy1, 202603, "x"), ERR_DENIED);
	assert_int_equal(month_close(&p.county, 202603, "x"), ERR_DENIED);
	assert_int_equal(month_open_list(&p.unit2, one, 202603, rows),
	                 ERR_DENIED);
	assert_int_equal(month_open_list(&p.deputy1, own, 202603, rows),
	                 ERR_DENIED);
	assert_int_equal(month_close(&p.unit, 202603, "x"), OK);
	assert_int_equal(month_close_get(&p.unit2, f->a, one, 202603, &closed),
	                 ERR_DENIED);
	assert_int_equal(month_units(&p.unit, f->a, 202603, &units, &n),
	                 ERR_DENIED);
	assert_int_equal(month_units(&p.county, f->a, 202603, &units, &n), OK);
	assert_int_equal(n, 2);
	assert_int_equal(units[0].closed, 202603);
	assert_int_equal(units[1].closed, 0);
}

static void
months_are_counted_over_the_turn_of_the_year(void **state)
{
	(void)state;
	assert_int_equal(month_add(202601, -1), 202512);
	assert_int_equal(month_add(202512, 1), 202601);
	assert_int_equal(month_add(202603, -15), 202412);
	assert_int_equal(month_of((struct day){2026, 3, 29}), 202603);
}

int
main(void)
{
#define T(name)                                                                \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    T(what_is_open_is_told_by_today_month_and_earlier),
	    T(every_kind_of_open_work_is_counted),
	    T(closing_keeps_who_when_what_was_left_and_why),
	    T(a_month_that_has_not_begun_is_not_closed),
	    T(a_month_is_closed_by_its_unit_and_seen_above),
	    T(months_are_counted_over_the_turn_of_the_year),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
