/* Signing in: by code and by hand, walk-ins, in time and late, two at once, and
 * what others did meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/code.h"
#include "db/store/inner.h"
#include "tests/unit/fixture_people.h"

static int64_t
events(struct fixture *f)
{
	return fixture_int(f, "SELECT count(*) FROM event");
}

static void
signing_in_writes_every_record_that_follows(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct check_in done;
	struct participant row;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 14, 45);
	assert_int_equal(
	    participant_check_in(&p.deputy1, f->a, people_code(f, id), &done),
	    OK);
	assert_false(done.already);
	assert_false(done.late);
	assert_false(done.walk_in);
	assert_int_equal(done.points, 30);
	row = people_place(f, id, 1);
	assert_int_equal(row.state, PARTICIPANT_SIGNED_IN);
	assert_int_equal(row.way, WAY_TERMINAL);
	assert_int_not_equal(row.code.v, 0);
	assert_int_equal(
	    fixture_int(f, "SELECT count(*) FROM duty_record WHERE person = 1"
	                   " AND kind = 'supervision' AND grade = 'full'"
	                   " AND term = 1 AND unit = 1 AND year = 2026"
	                   " AND month = 202603"),
	    1);
	/* The timelines of the activity, the person and the roll show it. */
	assert_int_equal(fixture_int(f,
	                             "SELECT count(*) FROM event_link AS l"
	                             " JOIN event AS e ON e.id = l.event"
	                             " WHERE e.action = 'participant.check_in'"
	                             " AND l.kind IN ('activity', 'person',"
	                             " 'participant', 'duty_record')"),
	                 4);
	assert_int_equal(
	    fixture_int(f, "SELECT n FROM counter WHERE what = 'code.scans'"),
	    1);
	people_recount(f);
}

static void
the_first_sign_in_of_the_window_opens_the_activity(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct activity row;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 14, 30);
	people_sign_in(f, &p.deputy1, id);
	assert_int_equal(activity_get(&f->ctx, f->a, id, &row), OK);
	assert_int_equal(row.state, ACTIVITY_OPEN);
}

static void
the_same_person_signs_in_once(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct check_in done;
	int64_t before;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	people_sign_in(f, &p.deputy1, id);
	before = events(f);
	assert_int_equal(
	    participant_check_in(&p.deputy1, f->a, people_code(f, id), &done),
	    OK);
	assert_true(done.already);
	assert_int_equal(events(f), before);
	assert_int_equal(people_records(f), 1);
}

static void
a_code_is_read_in_any_form_people_type(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct check_in done;
	const char *code;
	char typed[64], *end = typed;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	code = people_code(f, id);
	/* Lower case, full-width, with blanks and a hyphen. */
	for (int i = 0; code[i] != '\0'; i++) {
		unsigned ch = (unsigned char)code[i];

		if (i == 3)
			end = stpcpy(end, " - ");
		if (ch >= 'A')
			*end++ = (char)(ch + 32);
		else {
			*end++ = '\xef';
			*end++ = '\xbc';
			*end++ = (char)(0x90 + (ch - '0'));
		}
	}
	*end = '\0';
	assert_int_equal(participant_check_in(&p.deputy1, f->a, typed, &done),
	                 OK);
}

static void
coming_after_the_grace_is_late_and_brings_less(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct check_in done;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 15);
	people_sign_in(f, &p.deputy3, id);
	assert_int_equal(people_place(f, id, 3).state, PARTICIPANT_SIGNED_IN);
	people_at(f, &p, 15, 16);
	assert_int_equal(
	    participant_check_in(&p.deputy1, f->a, people_code(f, id), &done),
	    OK);
	assert_true(done.late);
	assert_int_equal(done.points, 15);
	assert_int_equal(people_place(f, id, 1).state, PARTICIPANT_LATE);
}

static void
outside_the_window_a_code_says_why_and_writes_nothing(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct check_in done;
	const char *code;

	people_open(f, &p);
	id = people_activity(f, &p);
	code = people_code(f, id);
	people_at(f, &p, 14, 29);
	assert_int_equal(participant_check_in(&p.deputy1, f->a, code, &done),
	                 ERR_EARLY);
	people_at(f, &p, 16, 31);
	assert_int_equal(participant_check_in(&p.deputy1, f->a, code, &done),
	                 ERR_EXPIRED);
	people_at(f, &p, 15, 0);
	assert_int_equal(activity_fire(&p.unit, id, ACTIVITY_DO_CANCEL, "雨"),
	                 OK);
	assert_int_equal(participant_check_in(&p.deputy1, f->a, code, &done),
	                 ERR_STATE);
	assert_int_equal(people_records(f), 0);
}

static void
a_revoked_code_is_refused_and_its_successor_works(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct check_in done;
	struct code_id fresh;
	const char *old;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	old = people_code(f, id);
	assert_int_equal(code_replace(&p.officer, id, "被拍照", &fresh), OK);
	assert_int_equal(participant_check_in(&p.deputy1, f->a, old, &done),
	                 ERR_REVOKED);
	people_sign_in(f, &p.deputy1, id);
	assert_int_equal(people_records(f), 1);
}

static void
guessing_codes_is_limited_for_that_account_only(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct check_in done;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	for (int i = 0; i < 5; i++)
		assert_int_equal(
		    participant_check_in(&p.deputy1, f->a, "222222", &done),
		    ERR_NOT_FOUND);
	/* Also with the right one: a limit that a hit resets is none. */
	assert_int_equal(
	    participant_check_in(&p.deputy1, f->a, people_code(f, id), &done),
	    ERR_LIMIT);
	people_sign_in(f, &p.deputy3, id);
	people_at(f, &p, 15, 11);
	people_sign_in(f, &p.deputy1, id);
}

static void
nothing_typed_makes_a_code_of_another_kind_work(void **state)
{
	static const char *const texts[] = {
	    "", " ", "------", "%", "7K2M9", "7K2M9Q7", "'; DROP TABLE code"};
	struct fixture *f = *state;
	struct people p;
	struct check_in done;

	people_open(f, &p);
	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_int_equal(
		    participant_check_in(&p.deputy1, f->a, texts[i], &done),
		    ERR_NOT_FOUND);
		store_stop_clock(f->store, f->ctx.stopped);
		p.deputy1.stopped.s += 601;
	}
}

static void
a_walk_in_counts_at_once_and_waits_for_the_officer(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct participant row;
	struct roll roll;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	people_sign_in(f, &p.deputy5, id);
	row = people_place(f, id, 5);
	assert_true(row.walk_in);
	assert_false(row.confirmed);
	assert_int_equal(people_records(f), 1);
	assert_int_equal(activity_roll(&p.officer, id, &roll), OK);
	assert_int_equal(roll.waiting, 1);

	people_at(f, &p, 17, 0);
	assert_int_equal(activity_tick(&p.officer, NULL), OK);
	assert_int_equal(activity_fire(&p.unit, id, ACTIVITY_DO_CONFIRM, ""),
	                 ERR_INVALID);
	assert_int_equal(participant_confirm(&p.officer, row.id, true, ""), OK);
	assert_int_equal(participant_confirm(&p.officer, row.id, true, ""),
	                 ERR_STATE);
	assert_int_equal(activity_fire(&p.unit, id, ACTIVITY_DO_CONFIRM, ""),
	                 OK);
	people_recount(f);
}

static void
a_refused_walk_in_leaves_no_trace_in_any_total(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct participant row;
	const char *before;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	assert_int_equal(activity_tick(&p.officer, NULL), OK);
	before = fixture_dump(f, f->a);
	people_sign_in(f, &p.deputy5, id);
	row = people_place(f, id, 5);
	assert_int_equal(participant_confirm(&p.officer, row.id, false, ""),
	                 ERR_INVALID);
	assert_int_equal(
	    participant_confirm(&p.officer, row.id, false, "不是代表"), OK);
	assert_string_equal(fixture_dump(f, f->a), before);
}

static void
a_person_without_a_current_mandate_does_not_sign_in(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct check_in done;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	fixture_event(f, ACTION_MANDATE_ADD, ENTITY_MANDATE, 5,
	              "UPDATE mandate SET to_on = '2026-03-28' WHERE id = 5");
	assert_int_equal(
	    participant_check_in(&p.deputy5, f->a, people_code(f, id), &done),
	    ERR_DENIED);
	assert_int_equal(people_records(f), 0);
}

static void
an_officer_signs_in_by_hand_with_a_reason(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct check_in done;
	struct participant row;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	assert_int_equal(participant_check_in_by_hand(&p.officer, f->a, id,
	                                              (struct person_id){1},
	                                              false, "", &done),
	                 ERR_INVALID);
	assert_int_equal(participant_check_in_by_hand(&p.officer, f->a, id,
	                                              (struct person_id){1},
	                                              true, "手机没电", &done),
	                 OK);
	row = people_place(f, id, 1);
	assert_int_equal(row.state, PARTICIPANT_LATE);
	assert_int_equal(row.way, WAY_HAND);
	assert_string_equal(row.reason, "手机没电");
	/* A deputy of another unit is not theirs to sign in. */
	assert_int_equal(participant_check_in_by_hand(&p.officer, f->a, id,
	                                              (struct person_id){2},
	                                              false, "来了", &done),
	                 ERR_DENIED);
	assert_int_equal(participant_check_in_by_hand(&p.officer, f->a, id,
	                                              (struct person_id){5},
	                                              false, "来了", &done),
	                 OK);
	assert_true(done.walk_in);
	assert_true(people_place(f, id, 5).confirmed);
	people_recount(f);
}

/* Another process, which does something between what a sign-in reads and
 * what it writes: as the last statement before its transaction begins. */
struct between {
	struct fixture *f;
	struct people *p;
	struct activity_id activity;
	struct code_id code; /* 0: the activity is cancelled */
	bool done;
};

static bool
asks_for_grace(sqlite3_stmt *stmt)
{
	char *sql = sqlite3_expanded_sql(stmt);
	bool does = strstr(sql, "late_minutes") != NULL;

	sqlite3_free(sql);
	return does;
}

static int
act_between(unsigned what, void *data, void *stmt, void *text)
{
	struct between *b = data;
	struct store *other;
	struct ctx c;

	(void)what;
	(void)stmt;
	if (b->done || strstr(text, " FROM setting ") == NULL ||
	    store_in_transaction(b->f->store) || !asks_for_grace(stmt))
		return 0;
	b->done = true;
	assert_int_equal(store_open(b->f->path, STORE_EXISTING, &other), OK);
	assert_int_equal(ctx_open(&c, other, b->p->unit.account, 0), OK);
	c.stopped = b->p->unit.stopped;
	if (b->code.v != 0)
		assert_int_equal(code_revoke(&c, b->code, "泄露"), OK);
	else
		assert_int_equal(
		    activity_fire(&c, b->activity, ACTIVITY_DO_CANCEL, "台风"),
		    OK);
	store_close(other);
	return 0;
}

static void
sign_in_while(struct fixture *f, bool revoked, int expected)
{
	struct between b = {.f = f};
	struct check_in done;
	struct people p;
	struct code code;

	people_open(f, &p);
	b.p = &p;
	b.activity = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	assert_int_equal(activity_tick(&p.unit, NULL), OK);
	assert_int_equal(code_for_activity(&p.unit, f->a, b.activity, &code),
	                 OK);
	if (revoked)
		b.code = code.id;
	sqlite3_trace_v2(f->store->db, SQLITE_TRACE_STMT, act_between, &b);
	assert_int_equal(
	    participant_check_in(&p.deputy5, f->a, code.short_code, &done),
	    expected);
	sqlite3_trace_v2(f->store->db, 0, NULL, NULL);
	assert_true(b.done);
	assert_int_equal(people_records(f), 0);
	people_recount(f);
}

static void
a_walk_in_does_not_slip_into_an_activity_cancelled_meanwhile(void **state)
{
	sign_in_while(*state, false, ERR_STATE);
}

static void
a_code_revoked_meanwhile_signs_nobody_in(void **state)
{
	sign_in_while(*state, true, ERR_REVOKED);
}

static void
the_newest_sign_in_stands_first_on_the_code_page(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct list_query query = {.order = PARTICIPANT_BY_NEWEST};
	struct list_page page;
	struct participant_line *rows;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	people_sign_in(f, &p.deputy3, id);
	people_at(f, &p, 15, 1);
	people_sign_in(f, &p.deputy1, id);
	query.values[0].filter = PARTICIPANT_LIST_SIGNED;
	query.values[0].v = id.v;
	query.value_count = 1;
	assert_int_equal(list_fetch(&p.unit, f->a, &participant_list, &query,
	                            LIST_FIRST, NULL, 1, &page),
	                 OK);
	rows = page.rows;
	assert_int_equal(page.n, 1);
	assert_true(page.more);
	assert_int_equal(rows[0].person.v, 1);
	assert_int_equal(list_fetch(&p.unit, f->a, &participant_list, &query,
	                            LIST_AFTER, &page.keys[0], 5, &page),
	                 OK);
	rows = page.rows;
	assert_int_equal(page.n, 1);
	assert_int_equal(rows[0].person.v, 3);
}

/* The child signs in on a connection of its own as soon as told. */
static void
sign_in_apart(struct fixture *f, int64_t account, const char *code, int go)
{
	struct arena *a = arena_new();
	struct store *s;
	struct ctx c = {0};
	struct check_in done;
	char byte;
	int result = 9;

	if (store_open(f->path, STORE_EXISTING, &s) == OK) {
		store_stop_clock(s, f->ctx.stopped);
		if (ctx_open(&c, s, account, 0) == OK &&
		    read(go, &byte, 1) >= 0 &&
		    participant_check_in(&c, a, code, &done) == OK)
			result = done.already ? 1 : 0;
		store_close(s);
	}
	arena_free(a);
	_exit(result);
}

static void
two_sessions_of_one_person_sign_in_once(void **state)
{
	enum { ROUNDS = 2 };
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	const char *code;
	int go[2], status, fresh = 0;

	people_open(f, &p);
	id = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	code = people_code(f, id);
	assert_int_equal(pipe(go), 0);
	for (int i = 0; i < ROUNDS; i++)
		if (fork() == 0) {
			close(go[1]);
			/* 5 is not invited: also the row itself races. */
			sign_in_apart(f, 5, code, go[0]);
		}
	close(go[1]); /* now */
	for (int i = 0; i < ROUNDS; i++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status));
		assert_in_range(WEXITSTATUS(status), 0, 1);
		fresh += WEXITSTATUS(status) == 0;
	}
	close(go[0]);
	assert_int_equal(fresh, 1);
	assert_int_equal(people_records(f), 1);
	people_recount(f);
}

static void
an_attached_record_shows_the_sign_in_in_its_timeline(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;

	people_open(f, &p);
	id = people_activity(f, &p);
	/* Any entity will do; later kinds attach themselves. */
	assert_int_equal(activity_attach(&p.unit, id, ENTITY_STATION, 1), OK);
	people_at(f, &p, 15, 0);
	people_sign_in(f, &p.deputy1, id);
	assert_int_equal(
	    fixture_int(f, "SELECT count(*) FROM event_link AS l"
	                   " JOIN event AS e ON e.id = l.event"
	                   " WHERE l.kind = 'station' AND l.id = 1"
	                   "   AND e.action = 'participant.check_in'"),
	    1);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(signing_in_writes_every_record_that_follows),
	    TEST(the_first_sign_in_of_the_window_opens_the_activity),
	    TEST(the_same_person_signs_in_once),
	    TEST(a_code_is_read_in_any_form_people_type),
	    TEST(coming_after_the_grace_is_late_and_brings_less),
	    TEST(outside_the_window_a_code_says_why_and_writes_nothing),
	    TEST(a_revoked_code_is_refused_and_its_successor_works),
	    TEST(guessing_codes_is_limited_for_that_account_only),
	    TEST(nothing_typed_makes_a_code_of_another_kind_work),
	    TEST(a_walk_in_counts_at_once_and_waits_for_the_officer),
	    TEST(a_refused_walk_in_leaves_no_trace_in_any_total),
	    TEST(a_person_without_a_current_mandate_does_not_sign_in),
	    TEST(an_officer_signs_in_by_hand_with_a_reason),
	    TEST(a_walk_in_does_not_slip_into_an_activity_cancelled_meanwhile),
	    TEST(a_code_revoked_meanwhile_signs_nobody_in),
	    TEST(the_newest_sign_in_stands_first_on_the_code_page),
	    TEST(two_sessions_of_one_person_sign_in_once),
	    TEST(an_attached_record_shows_the_sign_in_in_its_timeline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
