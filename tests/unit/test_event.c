/* Events on raw rows: journal, links, undo, strike, audit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/store/audit.h"
#include "db/store/event.h"
#include "db/store/stmt.h"
#include "tests/unit/fixture.h"

static const char sign_in[] =
    "INSERT INTO participant (id, activity, person, mandate, unit, station,"
    " starts_at, month, state) VALUES"
    " (1, 1, 1, 1, 1, 1, 1774764000, 202603, 'signed_in');"
    "INSERT INTO duty_record (id, person, mandate, term, unit, station, year,"
    " month, kind, grade, event, subject_kind, subject, title, venue,"
    " happened_at, state) SELECT 1, 1, 1, 1, 1, 1, 2026, 202603, 'contact',"
    " 'full', max(id), 'activity', 1, 't', 'v', 1774764000, 'automatic'"
    " FROM event;";

static int64_t
check_in(struct fixture *f)
{
	int64_t id;
	int err;

	assert_int_equal(event_begin(&f->ctx, ACTION_PARTICIPANT_CHECK_IN,
	                             ENTITY_PARTICIPANT, 1, 1),
	                 OK);
	id = event_id(&f->ctx);
	event_about(&f->ctx, ENTITY_ACTIVITY, 1);
	event_about(&f->ctx, ENTITY_PERSON, 1);
	err = store_exec(f->store, sign_in);
	assert_int_equal(event_end(&f->ctx, err), OK);
	return id;
}

static void
an_action_has_one_time_however_long_it_takes(void **state)
{
	struct fixture *f = *state;
	struct instant began;

	fixture_rows(f);
	f->ctx.stopped.s = 0; /* the system's clock, which goes on */
	assert_int_equal(event_begin(&f->ctx, ACTION_PARTICIPANT_CHECK_IN,
	                             ENTITY_PARTICIPANT, 1, 1),
	                 OK);
	began = ctx_now(&f->ctx);
	while (clock_now().s == began.s)
		;
	assert_int_equal(event_end(&f->ctx, store_exec(f->store, sign_in)), OK);
	assert_int_equal(
	    fixture_int(f, "SELECT event.at = audit.at FROM event JOIN audit"
	                   " ON audit.event = event.id"
	                   " ORDER BY event.id DESC LIMIT 1"),
	    1);
	assert_true(ctx_now(&f->ctx).s > began.s);
}

static int
strike(struct fixture *f, int64_t id, struct event_list *later)
{
	return event_strike(&f->ctx, f->a, id, "test", later);
}

static void
an_event_writes_links_undo_counters_and_one_audit_row(void **state)
{
	struct fixture *f = *state;
	int64_t audits;

	fixture_rows(f);
	audits = fixture_int(f, "SELECT count(*) FROM audit");
	check_in(f);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM audit"),
	                 audits + 1);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event_undo"
	                                " WHERE event = 3"),
	                 2);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event_link"
	                                " WHERE event = 3 AND wrote"),
	                 2);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event_link"
	                                " WHERE event = 3 AND NOT wrote"),
	                 2);
	assert_int_equal(fixture_int(f, "SELECT n FROM counter WHERE"
	                                " what = 'duty.person' AND id = 1"),
	                 1);
}

static void
striking_out_leaves_no_trace_but_the_event(void **state)
{
	struct fixture *f = *state;
	struct event_list later;
	const char *before;
	int64_t id;

	fixture_rows(f);
	before = fixture_dump(f, f->a);
	id = check_in(f);
	assert_string_not_equal(before, fixture_dump(f, f->a));
	assert_int_equal(strike(f, id, &later), OK);
	assert_string_equal(before, fixture_dump(f, f->a));
	assert_int_equal(fixture_int(f, "SELECT struck_by FROM event"
	                                " WHERE id = 3"),
	                 4);
	assert_int_equal(strike(f, id, &later), ERR_STATE);
}

static void
striking_out_gives_back_every_kind_of_change(void **state)
{
	struct fixture *f = *state;
	struct event_list later;
	const char *before;
	int64_t id;

	fixture_rows(f);
	check_in(f);
	before = fixture_dump(f, f->a);
	id = fixture_event(
	    f, ACTION_PERSON_SAVE, ENTITY_PERSON, 5,
	    "UPDATE person SET name = '李''\"\\' || char(10, 1), job = 'x'"
	    " WHERE id = 5;"
	    "UPDATE person SET name = 'B', unit = NULL WHERE id = 5;"
	    "DELETE FROM mandate WHERE id = 6;"
	    "DELETE FROM person WHERE id = 6;"
	    "INSERT INTO person VALUES (7, NULL, 'a', 'a', 'a', 'a', '', '');"
	    "UPDATE person SET name = 'b' WHERE id = 7;"
	    "INSERT INTO person VALUES (8, NULL, 'a', 'a', 'a', 'a', '', '');"
	    "DELETE FROM person WHERE id = 8;"
	    "UPDATE person SET name = name WHERE id = 3;");
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event_link"
	                                " WHERE event = 4 AND id IN (3, 8)"),
	                 0);
	assert_int_equal(strike(f, id, &later), OK);
	assert_string_equal(before, fixture_dump(f, f->a));

	(void)fixture_event(
	    f, ACTION_PERSON_SAVE, ENTITY_PERSON, 5,
	    "UPDATE person SET name = '李''\"\\' || char(10, 1) WHERE id = 5");
	before = fixture_dump(f, f->a);
	id = fixture_event(f, ACTION_PERSON_SAVE, ENTITY_PERSON, 5,
	                   "UPDATE person SET name = 'C' WHERE id = 5");
	assert_int_equal(strike(f, id, &later), OK);
	assert_string_equal(before, fixture_dump(f, f->a));
}

static void
a_strike_is_refused_while_later_acts_depend(void **state)
{
	struct fixture *f = *state;
	struct event_list later = {0};
	struct event_line line;
	int64_t first, second;

	fixture_rows(f);
	first = fixture_event(f, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1,
	                      "UPDATE activity SET title = 'new' WHERE id = 1");
	second = check_in(f);
	assert_int_equal(strike(f, first, &later), ERR_DEPENDS);
	assert_int_equal(later.n, 1);
	assert_int_equal(later.ids[0], second);
	assert_int_equal(event_line_get(&f->ctx, f->a, second, &line), OK);
	assert_int_equal(line.id, second);
	assert_int_equal(line.action, ACTION_PARTICIPANT_CHECK_IN);
	assert_int_equal(event_line_get(&f->ctx, f->a, second + 1, &line),
	                 ERR_NOT_FOUND);
	assert_int_equal(strike(f, second, &later), OK);
	assert_int_equal(strike(f, first, &later), OK);
}

static void
a_strike_wants_a_right_a_reason_and_a_strikable_event(void **state)
{
	struct fixture *f = *state;
	struct event_list later;
	struct ctx none = f->ctx;
	int64_t id;

	fixture_rows(f);
	id = check_in(f);
	memset(&none.perms, 0, sizeof(none.perms));
	assert_int_equal(event_strike(&none, f->a, id, "x", &later),
	                 ERR_DENIED);
	assert_int_equal(event_strike(&f->ctx, f->a, id, "", &later),
	                 ERR_INVALID);
	assert_int_equal(strike(f, 999, &later), ERR_NOT_FOUND);
	none = f->ctx;
	none.scope = SCOPE_UNIT;
	none.my_unit = 2;
	assert_int_equal(event_strike(&none, f->a, id, "x", &later),
	                 ERR_NOT_FOUND);
	assert_int_equal(strike(f, id, &later), OK);
	/* The strike itself cannot be struck. */
	assert_int_equal(strike(f, id + 1, &later), ERR_DENIED);
}

static void
an_inner_event_is_struck_with_its_cause(void **state)
{
	struct fixture *f = *state;
	struct event_list later;
	const char *before;
	int64_t outer;
	int err;

	fixture_rows(f);
	before = fixture_dump(f, f->a);
	assert_int_equal(
	    event_begin(&f->ctx, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1, 1),
	    OK);
	outer = event_id(&f->ctx);
	err = store_exec(f->store,
	                 "UPDATE activity SET title = 'a' WHERE id = 1");
	assert_int_equal(err, OK);
	fixture_event(f, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1,
	              "UPDATE activity SET title = 'b' WHERE id = 1;"
	              "INSERT INTO person VALUES"
	              " (9, NULL, 'a', 'a', 'a', 'a', '', '')");
	err =
	    store_exec(f->store, "UPDATE activity SET title = 'c' WHERE id = 1;"
	                         "DELETE FROM person WHERE id = 9");
	assert_int_equal(event_end(&f->ctx, err), OK);
	assert_int_equal(fixture_int(f, "SELECT cause FROM event"
	                                " WHERE id = 4"),
	                 outer);
	assert_int_equal(strike(f, outer, &later), OK);
	assert_string_equal(before, fixture_dump(f, f->a));
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event"
	                                " WHERE struck_by = 5"),
	                 2);
}

static void
a_failed_event_leaves_nothing_at_all(void **state)
{
	struct fixture *f = *state;
	const char *before;
	int err;

	fixture_rows(f);
	before = fixture_dump(f, f->a);
	assert_int_equal(event_begin(&f->ctx, ACTION_PARTICIPANT_CHECK_IN,
	                             ENTITY_PARTICIPANT, 1, 1),
	                 OK);
	err = store_exec(f->store, sign_in);
	assert_int_equal(err, OK);
	assert_int_equal(event_end(&f->ctx, ERR_STATE), ERR_STATE);
	assert_string_equal(before, fixture_dump(f, f->a));
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event"), 2);
	assert_false(store_in_transaction(f->store));
}

static void
an_outer_event_fails_with_its_inner_one(void **state)
{
	struct fixture *f = *state;
	int64_t events;

	fixture_rows(f);
	events = fixture_int(f, "SELECT count(*) FROM event");
	assert_int_equal(
	    event_begin(&f->ctx, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1, 1),
	    OK);
	assert_int_equal(
	    event_begin(&f->ctx, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, 1, 1),
	    OK);
	assert_int_equal(event_end(&f->ctx, ERR_INVALID), ERR_INVALID);
	assert_int_equal(event_end(&f->ctx, OK), ERR_INVALID);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event"), events);
}

static void
in_a_bulk_transaction_only_the_failed_event_goes(void **state)
{
	struct fixture *f = *state;
	int err;

	fixture_rows(f);
	assert_int_equal(store_begin(f->store), OK);
	check_in(f);
	assert_int_equal(
	    event_begin(&f->ctx, ACTION_PERSON_SAVE, ENTITY_PERSON, 1, 1), OK);
	err = store_exec(f->store, "UPDATE person SET name = 'x'");
	assert_int_equal(err, OK);
	assert_int_equal(event_end(&f->ctx, ERR_STATE), ERR_STATE);
	assert_true(store_in_transaction(f->store));
	assert_int_equal(store_commit(f->store), OK);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event"), 3);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM person"
	                                " WHERE name = 'x'"),
	                 0);
}

static void
a_new_id_is_never_one_that_was_struck_out(void **state)
{
	struct fixture *f = *state;
	struct event_list later;
	int64_t id;

	fixture_rows(f);
	id = fixture_event(f, ACTION_PERSON_ADD, ENTITY_PERSON, 7,
	                   "INSERT INTO person VALUES"
	                   " (7, NULL, 'a', 'a', 'a', 'a', '', '')");
	assert_int_equal(strike(f, id, &later), OK);
	assert_int_equal(ctx_new_id(&f->ctx, entity_of(ENTITY_PERSON)), 8);
}

static void
a_timeline_tells_who_and_about_whom(void **state)
{
	struct fixture *f = *state;
	struct event_line *lines;
	struct event_list later;
	int64_t id;
	int n;

	fixture_rows(f);
	id = check_in(f);
	assert_int_equal(
	    event_timeline(&f->ctx, f->a, ENTITY_ACTIVITY, 1, 10, &lines, &n),
	    OK);
	assert_int_equal(n, 2);
	assert_int_equal(lines[0].action, ACTION_ACTIVITY_ADD);
	assert_int_equal(lines[1].action, ACTION_PARTICIPANT_CHECK_IN);
	assert_string_equal(lines[1].about, "张1");
	assert_string_equal(lines[1].who, "");
	assert_false(lines[1].struck);
	assert_int_equal(strike(f, id, &later), OK);
	assert_int_equal(
	    event_timeline(&f->ctx, f->a, ENTITY_ACTIVITY, 1, 1, &lines, &n),
	    OK);
	assert_int_equal(n, 1);
	assert_true(lines[0].struck);
}

static void
nothing_that_an_event_runs_scans_or_sorts(void **state)
{
	struct fixture *f = *state;
	struct event_line *lines;
	int n;

	fixture_rows(f);
	check_in(f);
	assert_int_equal(
	    event_timeline(&f->ctx, f->a, ENTITY_ACTIVITY, 1, 10, &lines, &n),
	    OK);
	assert_int_equal(ctx_new_id(&f->ctx, entity_of(ENTITY_PERSON)), 7);
	fixture_plan_used(f); /* a strike sorts what its event wrote */
}

int
main(void)
{
#define T(name)                                                                \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    T(an_event_writes_links_undo_counters_and_one_audit_row),
	    T(an_action_has_one_time_however_long_it_takes),
	    T(striking_out_leaves_no_trace_but_the_event),
	    T(striking_out_gives_back_every_kind_of_change),
	    T(a_strike_is_refused_while_later_acts_depend),
	    T(a_strike_wants_a_right_a_reason_and_a_strikable_event),
	    T(an_inner_event_is_struck_with_its_cause),
	    T(a_failed_event_leaves_nothing_at_all),
	    T(an_outer_event_fails_with_its_inner_one),
	    T(in_a_bulk_transaction_only_the_failed_event_goes),
	    T(a_new_id_is_never_one_that_was_struck_out),
	    T(nothing_that_an_event_runs_scans_or_sorts),
	    T(a_timeline_tells_who_and_about_whom),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
