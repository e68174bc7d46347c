/* Second factors: kept sealed, used once, reset by who may. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/account.h"
#include "db/factor.h"
#include "db/store/check.h"
#include "db/store/event.h"
#include "tests/unit/fixture_org.h"

#define SEALED "5ea1ed5ea1ed"

static struct factor_codes
codes_of(char first)
{
	struct factor_codes codes = {{{0}}};

	for (int i = 0; i < OTP_RECOVERY; i++)
		(void)snprintf(codes.hash[i], sizeof(codes.hash[i]), "%chash%d",
		               first, i);
	return codes;
}

static void
set(struct ctx *c)
{
	const struct factor factor = {.secret = SEALED, .step = 100};
	const struct factor_codes codes = codes_of('a');

	assert_int_equal(factor_set(c, &factor, &codes), OK);
}

static struct account
account_of(struct org *o, const char *name)
{
	struct account row;

	assert_int_equal(
	    account_get(&o->f->ctx, o->f->a, org_account(o, name), &row), OK);
	return row;
}

static void
note(void *data, const char *rule, const char *text)
{
	(void)data;
	(void)rule;
	print_error("%s\n", text);
}

static void
assert_sound(struct org *o)
{
	int n;

	assert_int_equal(check_run(&o->f->ctx, note, NULL, &n), OK);
	assert_int_equal(n, 0);
}

static void
setting_one_up_shows_in_the_account_and_the_audit(void **state)
{
	struct org *o = *state;
	const struct account_id id = org_account(o, "county");
	int64_t audits = org_audits(o);
	struct account_login login;
	struct factor factor;
	struct ctx c;

	assert_int_equal(account_of(o, "county").factor_at.s, 0);
	assert_int_equal(factor_get(&o->f->ctx, o->f->a, id, &factor),
	                 ERR_NOT_FOUND);
	org_ctx(o, "county", &c);
	set(&c);
	assert_int_equal(org_audits(o), audits + 1);
	assert_true(account_of(o, "county").factor_at.s != 0);
	assert_int_equal(account_of(o, "county").recovery, OTP_RECOVERY);
	assert_int_equal(factor_get(&o->f->ctx, o->f->a, id, &factor), OK);
	assert_string_equal(factor.secret, SEALED);
	assert_int_equal(
	    account_for_login(&o->f->ctx, o->f->a, "county", &login), OK);
	assert_true(login.factor);
	assert_int_equal(fixture_int(o->f, "SELECT count(*) FROM audit"
	                                   " WHERE detail LIKE '%" SEALED "%'"
	                                   "    OR detail LIKE '%ahash%'"),
	                 0);
	assert_sound(o);
}

static void
a_session_reads_no_secret_not_even_its_own(void **state)
{
	struct org *o = *state;
	const struct account_id id = org_account(o, "county");
	struct factor factor;
	struct ctx c;

	org_ctx(o, "county", &c);
	set(&c);
	assert_int_equal(factor_get(&c, o->f->a, id, &factor), ERR_DENIED);
	assert_int_equal(factor_use_step(&c, id, 200), ERR_DENIED);
	org_ctx(o, "admin", &c);
	assert_int_equal(factor_get(&c, o->f->a, id, &factor), ERR_DENIED);
}

static void
a_step_is_used_once_and_none_before_it(void **state)
{
	struct org *o = *state;
	const struct account_id id = org_account(o, "county");
	struct ctx c;

	org_ctx(o, "county", &c);
	set(&c);
	assert_int_equal(factor_use_step(&o->f->ctx, id, 100), ERR_DENIED);
	assert_int_equal(factor_use_step(&o->f->ctx, id, 102), OK);
	assert_int_equal(factor_use_step(&o->f->ctx, id, 102), ERR_DENIED);
	assert_int_equal(factor_use_step(&o->f->ctx, id, 101), ERR_DENIED);
	assert_int_equal(factor_use_step(&o->f->ctx, id, 103), OK);
	assert_int_equal(
	    factor_use_step(&o->f->ctx, org_account(o, "town"), 103),
	    ERR_DENIED);
	assert_sound(o);
}

static void
a_recovery_code_is_good_once_and_for_its_account(void **state)
{
	struct org *o = *state;
	struct ctx c, other;

	org_ctx(o, "county", &c);
	set(&c);
	org_ctx(o, "auditor", &other);
	assert_int_equal(factor_use_code(&other, "ahash3"), ERR_DENIED);
	assert_int_equal(factor_use_code(&c, "bhash3"), ERR_DENIED);
	assert_int_equal(factor_use_code(&c, "ahash3"), OK);
	assert_int_equal(factor_use_code(&c, "ahash3"), ERR_DENIED);
	assert_int_equal(account_of(o, "county").recovery, OTP_RECOVERY - 1);
	assert_int_equal(fixture_int(o->f,
	                             "SELECT count(*) FROM event"
	                             " WHERE action = 'account.recovered'"),
	                 1);
	assert_sound(o);
}

static void
new_recovery_codes_replace_those_of_before(void **state)
{
	const struct factor_codes fresh = codes_of('b');
	struct org *o = *state;
	struct ctx c;

	org_ctx(o, "county", &c);
	assert_int_equal(factor_renew(&c, &fresh), ERR_NOT_FOUND);
	set(&c);
	assert_int_equal(factor_use_code(&c, "ahash0"), OK);
	assert_int_equal(factor_renew(&c, &fresh), OK);
	assert_int_equal(account_of(o, "county").recovery, OTP_RECOVERY);
	assert_int_equal(factor_use_code(&c, "ahash1"), ERR_DENIED);
	assert_int_equal(factor_use_code(&c, "bhash1"), OK);
	assert_sound(o);
}

static void
setting_it_up_anew_forgets_the_one_before(void **state)
{
	const struct factor factor = {.secret = "another", .step = 7};
	const struct factor_codes codes = codes_of('c');
	struct org *o = *state;
	struct factor found;
	struct ctx c;

	org_ctx(o, "county", &c);
	set(&c);
	assert_int_equal(factor_set(&c, &factor, &codes), OK);
	assert_int_equal(
	    factor_get(&o->f->ctx, o->f->a, org_account(o, "county"), &found),
	    OK);
	assert_string_equal(found.secret, "another");
	assert_int_equal(found.step, 7);
	assert_int_equal(factor_use_code(&c, "ahash0"), ERR_DENIED);
	assert_int_equal(fixture_int(o->f, "SELECT count(*) FROM event_undo"
	                                   " WHERE before LIKE '%" SEALED "%'"),
	                 0);
	assert_sound(o);
}

static void
one_s_own_is_dropped_and_another_s_reset_by_who_may(void **state)
{
	struct org *o = *state;
	const struct account_id id = org_account(o, "county");
	struct ctx c;

	org_ctx(o, "county", &c);
	assert_int_equal(factor_drop(&c), ERR_NOT_FOUND);
	set(&c);
	assert_int_equal(factor_reset(&c, id), ERR_DENIED);
	assert_int_equal(factor_drop(&c), OK);
	assert_int_equal(account_of(o, "county").factor_at.s, 0);
	assert_int_equal(account_of(o, "county").recovery, 0);
	set(&c);
	org_ctx(o, "town", &c);
	assert_int_equal(factor_reset(&c, id), ERR_DENIED);
	org_ctx(o, "auditor", &c);
	assert_int_equal(factor_reset(&c, id), ERR_DENIED);
	org_ctx(o, "admin", &c);
	assert_int_equal(factor_reset(&c, id), OK);
	assert_int_equal(factor_reset(&c, id), ERR_STATE);
	assert_int_equal(account_of(o, "county").factor_at.s, 0);
	set(&c);
	assert_int_equal(factor_reset(&c, org_account(o, "admin")), ERR_DENIED);
	assert_int_equal(fixture_int(o->f,
	                             "SELECT count(*) FROM audit"
	                             " WHERE action = 'account.factor_reset'"),
	                 1);
	assert_sound(o);
}

static void
offices_that_see_most_need_one_whatever_hat_is_worn(void **state)
{
	static const char *const need[] = {"admin", "auditor", "county"};
	static const char *const free[] = {"town", "station", "deputy",
	                                   "leader"};
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	struct account_login login;
	struct office office = {.role = "county_staff"};
	struct office_id id;

	for (size_t i = 0; i < COUNT(need); i++) {
		assert_int_equal(account_for_login(c, o->f->a, need[i], &login),
		                 OK);
		assert_true(login.guarded);
		assert_true(login.sees_most);
	}
	for (size_t i = 0; i < COUNT(free); i++) {
		assert_int_equal(account_for_login(c, o->f->a, free[i], &login),
		                 OK);
		assert_false(login.guarded);
		assert_false(login.sees_most);
	}
	office.person = account_of(o, "deputy").person;
	office.from_on = (struct day){2020, 1, 1};
	assert_int_equal(office_add(c, &office, &id), OK);
	assert_int_equal(account_for_login(c, o->f->a, "deputy", &login), OK);
	assert_true(login.guarded);
	assert_true(login.sees_most);
}

static void
a_locked_context_sees_and_may_nothing(void **state)
{
	struct org *o = *state;
	struct account row;
	struct ctx c;

	org_ctx(o, "admin", &c);
	ctx_lock(&c);
	assert_false(may(&c, PERM_ACCOUNT_WRITE));
	assert_int_equal(account_get(&c, o->f->a, org_account(o, "town"), &row),
	                 ERR_DENIED);
	assert_int_equal(
	    account_get(&c, o->f->a, org_account(o, "admin"), &row),
	    ERR_NOT_FOUND);
	assert_int_equal(ctx_refresh(&c), OK);
	assert_false(may(&c, PERM_ACCOUNT_WRITE));
	assert_int_equal(account_disable(&c, org_account(o, "town"), "x"),
	                 ERR_DENIED);
	assert_int_equal(account_wear(&c, (struct office_id){c.office}),
	                 ERR_DENIED);
	assert_true(c.locked);
	assert_int_equal(ctx_unlock(&c), OK);
	assert_true(may(&c, PERM_ACCOUNT_WRITE));
	assert_int_equal(account_get(&c, o->f->a, org_account(o, "town"), &row),
	                 OK);
}

#define ORG_TEST(name)                                                         \
	cmocka_unit_test_setup_teardown(name, org_setup, org_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    ORG_TEST(setting_one_up_shows_in_the_account_and_the_audit),
	    ORG_TEST(a_session_reads_no_secret_not_even_its_own),
	    ORG_TEST(a_step_is_used_once_and_none_before_it),
	    ORG_TEST(a_recovery_code_is_good_once_and_for_its_account),
	    ORG_TEST(new_recovery_codes_replace_those_of_before),
	    ORG_TEST(setting_it_up_anew_forgets_the_one_before),
	    ORG_TEST(one_s_own_is_dropped_and_another_s_reset_by_who_may),
	    ORG_TEST(offices_that_see_most_need_one_whatever_hat_is_worn),
	    ORG_TEST(a_locked_context_sees_and_may_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
