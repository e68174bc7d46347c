/* One-time addresses: used once, in time, by that person with their rights of
 * now; guessed, revoked, worn as another hat; two at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/transfer.h"
#include "tests/unit/fixture_people.h"

struct transfers {
	struct fixture *f;
	struct people p;
	struct ctx public;
};

static void
begin(void **state, struct transfers *t)
{
	t->f = *state;
	people_open(t->f, &t->p);
	ctx_init_public(&t->public, t->f->store);
}

static const struct transfer_want opinions = {.what = TRANSFER_EXPORT,
                                              .name = "opinions",
                                              .args = "{\"format\":\"csv\"}",
                                              .label = "Opinions"};

/* An address of c's, as who opens it finds it. */
static struct transfer
made(struct transfers *t, struct ctx *c, char token[SECRET_TOKEN + 1])
{
	struct transfer_id id;
	struct transfer found;

	assert_int_equal(transfer_make(c, &opinions, token, &id), OK);
	assert_int_equal(transfer_find(&t->public, t->f->a, token, &found), OK);
	assert_int_equal(found.id.v, id.v);
	return found;
}

static void
an_address_says_what_it_is_and_looking_does_not_use_it_up(void **state)
{
	char token[SECRET_TOKEN + 1];
	struct transfer found;
	struct transfers t;

	begin(state, &t);
	found = made(&t, &t.p.officer, token);
	assert_int_equal(found.what, TRANSFER_EXPORT);
	assert_string_equal(found.name, "opinions");
	assert_string_equal(found.args, "{\"format\":\"csv\"}");
	assert_string_equal(found.label, "Opinions");
	assert_int_equal(found.account, t.p.officer.account);
	assert_int_equal(found.office, t.p.officer.office);
	assert_int_equal(found.expires_at.s, ctx_now(&t.p.officer).s + 600);
	assert_int_equal(found.used_at.s, 0);
	for (int i = 0; i < 3; i++)
		assert_int_equal(
		    transfer_find(&t.public, t.f->a, token, &found), OK);
}

static void
an_address_is_used_once(void **state)
{
	char token[SECRET_TOKEN + 1];
	struct transfer found, own;
	struct transfers t;
	struct ctx c;

	begin(state, &t);
	found = made(&t, &t.p.officer, token);
	assert_int_equal(transfer_open(&c, t.f->store, &found), OK);
	assert_int_equal(transfer_use(&c, &found), OK);
	assert_int_equal(transfer_use(&c, &found), ERR_REVOKED);
	assert_int_equal(transfer_find(&t.public, t.f->a, token, &own),
	                 ERR_REVOKED);
	assert_int_equal(transfer_get(&t.p.officer, t.f->a, found.id, &own),
	                 OK);
	assert_int_equal(own.used_at.s, ctx_now(&c).s);
	assert_int_equal(
	    fixture_int(t.f, "SELECT count(*) FROM audit WHERE action ="
	                     " 'transfer.fetch' AND detail LIKE '%opinions%'"),
	    1);
}

static void
what_arrived_in_part_may_be_fetched_again(void **state)
{
	char token[SECRET_TOKEN + 1];
	struct transfer found;
	struct transfers t;

	begin(state, &t);
	found = made(&t, &t.p.officer, token);
	assert_int_equal(transfer_use(&t.p.officer, &found), OK);
	assert_int_equal(transfer_back(&t.p.officer, &found), OK);
	assert_int_equal(transfer_find(&t.public, t.f->a, token, &found), OK);
	assert_int_equal(transfer_use(&t.p.officer, &found), OK);
	assert_int_equal(fixture_int(t.f, "SELECT count(*) FROM audit WHERE"
	                                  " action LIKE 'transfer.%'"),
	                 3);
}

static void
an_address_is_good_for_ten_minutes(void **state)
{
	char token[SECRET_TOKEN + 1];
	struct transfer found;
	struct transfers t;

	begin(state, &t);
	found = made(&t, &t.p.officer, token);
	people_at(t.f, &t.p, 14, 12);
	t.public.stopped = t.p.officer.stopped;
	assert_int_equal(transfer_find(&t.public, t.f->a, token, &found), OK);
	people_at(t.f, &t.p, 14, 13);
	t.public.stopped = t.p.officer.stopped;
	assert_int_equal(transfer_find(&t.public, t.f->a, token, &found),
	                 ERR_EXPIRED);
	/* also for who looked in time */
	assert_int_equal(transfer_use(&t.p.officer, &found), ERR_REVOKED);
}

static void
what_is_long_over_is_removed_by_the_next(void **state)
{
	char token[SECRET_TOKEN + 1];
	struct transfer_id id;
	struct transfer found;
	struct transfers t;
	struct ctx *c;

	begin(state, &t);
	c = &t.p.officer;
	found = made(&t, c, token);
	c->stopped.s += 2 * 86400;
	t.public.stopped = c->stopped;
	assert_int_equal(transfer_find(&t.public, t.f->a, token, &found),
	                 ERR_EXPIRED);
	assert_int_equal(transfer_make(c, &opinions, token, &id), OK);
	assert_int_equal(fixture_int(t.f, "SELECT count(*) FROM transfer"), 1);
}

static void
a_guessed_token_opens_nothing(void **state)
{
	char token[SECRET_TOKEN + 1];
	struct transfer found;
	struct transfers t;

	begin(state, &t);
	found = made(&t, &t.p.officer, token);
	token[0] = token[0] == 'A' ? 'B' : 'A';
	assert_int_equal(transfer_find(&t.public, t.f->a, token, &found),
	                 ERR_NOT_FOUND);
	assert_int_equal(transfer_find(&t.public, t.f->a, "", &found),
	                 ERR_NOT_FOUND);
}

static void
the_token_is_kept_nowhere(void **state)
{
	char token[SECRET_TOKEN + 1];
	struct transfers t;

	begin(state, &t);
	(void)made(&t, &t.p.officer, token);
	assert_null(strstr(fixture_dump(t.f, t.f->a), token));
}

static void
rights_are_those_of_the_moment_it_is_used(void **state)
{
	char token[SECRET_TOKEN + 1];
	struct transfer found;
	struct transfers t;
	struct ctx c;

	begin(state, &t);
	found = made(&t, &t.p.officer, token);
	assert_int_equal(transfer_open(&c, t.f->store, &found), OK);
	assert_true(may(&c, PERM_OPINION_READ));
	assert_int_equal(store_exec(t.f->store,
	                            "DELETE FROM role_perm WHERE perm ="
	                            " 'opinion.read'"),
	                 OK);
	assert_int_equal(transfer_open(&c, t.f->store, &found), OK);
	assert_false(may(&c, PERM_OPINION_READ));
	/* the office is over */
	assert_int_equal(
	    store_exec(t.f->store, arena_printf(t.f->a,
	                                        "UPDATE office SET to_on ="
	                                        " '2026-03-01' WHERE id = %lld",
	                                        (long long)found.office)),
	    OK);
	assert_int_equal(transfer_open(&c, t.f->store, &found), ERR_DENIED);
}

static void
a_disabled_account_opens_nothing(void **state)
{
	char token[SECRET_TOKEN + 1];
	struct transfer found;
	struct transfers t;
	struct ctx c;

	begin(state, &t);
	found = made(&t, &t.p.officer, token);
	assert_int_equal(
	    store_exec(t.f->store,
	               arena_printf(t.f->a,
	                            "UPDATE account SET disabled_at = 1"
	                            " WHERE id = %lld",
	                            (long long)found.account)),
	    OK);
	assert_int_equal(transfer_open(&c, t.f->store, &found), ERR_DENIED);
}

/* Whoever wears two hats made it in one; with the other worn meanwhile it
 * still gives what the first one sees. */
static void
it_acts_in_the_office_that_made_it(void **state)
{
	char token[SECRET_TOKEN + 1];
	struct transfer found;
	struct transfers t;
	struct ctx c;

	begin(state, &t);
	found = made(&t, &t.p.officer, token);
	assert_int_equal(
	    store_exec(t.f->store,
	               arena_printf(
			   t.f->a,
			   "INSERT INTO office (id, person, role, from_on)"
			   " SELECT 9001, person, 'admin', '2022-01-01' FROM"
			   " office WHERE id = %lld;"
			   "UPDATE account SET office = 9001 WHERE id = %lld",
			   (long long)found.office, (long long)found.account)),
	    OK);
	assert_int_equal(ctx_open(&c, t.f->store, found.account, 0), OK);
	assert_int_equal(c.office, 9001);
	assert_int_equal(transfer_open(&c, t.f->store, &found), OK);
	assert_int_equal(c.office, found.office);
	assert_int_equal(c.scope, t.p.officer.scope);
}

static void
others_neither_see_use_nor_drop_one(void **state)
{
	char token[SECRET_TOKEN + 1];
	struct transfer found, out;
	struct transfers t;

	begin(state, &t);
	found = made(&t, &t.p.officer, token);
	for (int i = 0; i < 12; i++) {
		struct ctx *c = people_all(&t.p, i);

		if (c->account == found.account)
			continue;
		assert_int_equal(transfer_get(c, t.f->a, found.id, &out),
		                 ERR_NOT_FOUND);
		assert_int_equal(transfer_use(c, &found), ERR_DENIED);
		assert_int_equal(transfer_back(c, &found), ERR_DENIED);
		assert_int_equal(transfer_drop(c, found.id), OK);
	}
	assert_int_equal(transfer_find(&t.public, t.f->a, token, &out), OK);
	assert_int_equal(transfer_drop(&t.p.officer, found.id), OK);
	assert_int_equal(transfer_find(&t.public, t.f->a, token, &out),
	                 ERR_NOT_FOUND);
}

static void
nobody_makes_one_before_being_proven(void **state)
{
	char token[SECRET_TOKEN + 1];
	struct transfer_id id;
	struct transfers t;

	begin(state, &t);
	assert_int_equal(transfer_make(&t.public, &opinions, token, &id),
	                 ERR_DENIED);
	assert_int_equal(transfer_make(&t.f->ctx, &opinions, token, &id),
	                 ERR_DENIED);
	ctx_lock(&t.p.officer);
	assert_int_equal(transfer_make(&t.p.officer, &opinions, token, &id),
	                 ERR_DENIED);
}

static void
the_eleventh_takes_the_place_of_the_oldest(void **state)
{
	char token[SECRET_TOKEN + 1], first[SECRET_TOKEN + 1],
	    second[SECRET_TOKEN + 1];
	struct transfer found;
	struct transfers t;

	begin(state, &t);
	(void)made(&t, &t.p.deputy1, token);
	(void)made(&t, &t.p.officer, first);
	(void)made(&t, &t.p.officer, second);
	for (int i = 2; i < 11; i++)
		(void)made(&t, &t.p.officer, token);
	assert_int_equal(transfer_find(&t.public, t.f->a, first, &found),
	                 ERR_NOT_FOUND);
	assert_int_equal(transfer_find(&t.public, t.f->a, second, &found), OK);
	assert_int_equal(fixture_int(t.f, "SELECT count(*) FROM transfer"), 11);
}

/* Both have found it good; only one of them uses it. */
static void
of_two_at_once_one_wins(void **state)
{
	char token[SECRET_TOKEN + 1];
	struct transfer one, two;
	struct store *other;
	struct transfers t;
	struct ctx c, public;

	begin(state, &t);
	one = made(&t, &t.p.officer, token);
	assert_int_equal(store_open(t.f->path, STORE_EXISTING, &other), OK);
	store_stop_clock(other, ctx_now(&t.p.officer));
	ctx_init_public(&public, other);
	assert_int_equal(transfer_find(&public, t.f->a, token, &two), OK);
	assert_int_equal(transfer_open(&c, other, &two), OK);
	assert_int_equal(transfer_use(&c, &two), OK);
	assert_int_equal(transfer_use(&t.p.officer, &one), ERR_REVOKED);
	assert_int_equal(fixture_int(t.f, "SELECT count(*) FROM audit WHERE"
	                                  " action LIKE 'transfer.%'"),
	                 1);
	store_close(other);
}

static uint64_t woken;

static void
on_commit(void *data, uint64_t kinds, int64_t unit)
{
	(void)data, (void)unit;
	woken |= kinds;
}

static void
its_use_wakes_the_screen_that_waits(void **state)
{
	char token[SECRET_TOKEN + 1];
	struct transfer found;
	struct transfers t;

	begin(state, &t);
	found = made(&t, &t.p.officer, token);
	t.p.officer.committed = on_commit;
	woken = 0;
	assert_int_equal(transfer_use(&t.p.officer, &found), OK);
	assert_true(woken == ENTITY_BIT(TRANSFER));
}

static void
no_query_scans(void **state)
{
	struct fixture *f = *state;
	char token[SECRET_TOKEN + 1];
	struct transfer found;
	struct transfer_id id;
	struct ctx c = f->ctx;

	c.account = 7;
	assert_int_equal(transfer_make(&c, &opinions, token, &id), OK);
	assert_int_equal(transfer_find(&c, f->a, token, &found), OK);
	assert_int_equal(transfer_use(&c, &found), OK);
	assert_int_equal(transfer_back(&c, &found), OK);
	assert_int_equal(transfer_drop(&c, found.id), OK);
	assert_int_equal(transfer_get(&c, f->a, id, &found), ERR_NOT_FOUND);
	fixture_plan_used(f);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(an_address_says_what_it_is_and_looking_does_not_use_it_up),
	    TEST(an_address_is_used_once),
	    TEST(what_arrived_in_part_may_be_fetched_again),
	    TEST(an_address_is_good_for_ten_minutes),
	    TEST(what_is_long_over_is_removed_by_the_next),
	    TEST(a_guessed_token_opens_nothing),
	    TEST(the_token_is_kept_nowhere),
	    TEST(rights_are_those_of_the_moment_it_is_used),
	    TEST(a_disabled_account_opens_nothing),
	    TEST(it_acts_in_the_office_that_made_it),
	    TEST(others_neither_see_use_nor_drop_one),
	    TEST(nobody_makes_one_before_being_proven),
	    TEST(the_eleventh_takes_the_place_of_the_oldest),
	    TEST(of_two_at_once_one_wins),
	    TEST(its_use_wakes_the_screen_that_waits),
	    TEST(no_query_scans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
