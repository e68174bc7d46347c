/* Looking after the service: who may, what stands in the audit, and the audit
 * to read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/account.h"
#include "db/audit_list.h"
#include "db/rule.h"
#include "db/service.h"
#include "db/store/audit.h"
#include "db/store/check.h"
#include "tests/unit/fixture_org.h"

static const struct list_query all = {0};

static int
count_lines(struct org *o, struct ctx *c, int filter, int64_t v, const char *s)
{
	const struct list_query query = {
	    .values = {{.filter = filter, .v = v, .s = s}}, .value_count = 1};
	struct list_page page;

	assert_int_equal(list_fetch(c, o->f->a, &audit_list, &query, LIST_FIRST,
	                            NULL, 500, &page),
	                 OK);
	return page.n;
}

/* --- sessions and penalties ---------------------------------------------- */

static void
ending_a_session_is_the_administrators_and_ones_own(void **state)
{
	struct org *o = *state;
	const struct account_id town = org_account(o, "town");
	struct ctx admin, own, other, auditor;
	int64_t audits;

	org_ctx(o, "admin", &admin);
	org_ctx(o, "town", &own);
	org_ctx(o, "county", &other);
	org_ctx(o, "auditor", &auditor);
	audits = org_audits(o);
	assert_int_equal(service_session_ended(&admin, town, ""), ERR_INVALID);
	assert_int_equal(service_session_ended(&other, town, "x"), ERR_DENIED);
	assert_int_equal(org_audits(o), audits);
	assert_int_equal(service_session_ended(&admin, town, "离岗"), OK);
	assert_int_equal(service_session_ended(&own, town, "自己"), OK);
	assert_int_equal(org_audits(o), audits + 2);
	assert_int_equal(
	    count_lines(o, &auditor, AUDIT_LIST_ACTION, 0, "session.end"), 2);
	assert_int_equal(service_may_see(&admin), OK);
	assert_int_equal(service_may_see(&own), ERR_DENIED);
}

static void
forgiving_stands_in_the_audit_without_what_was_typed(void **state)
{
	struct org *o = *state;
	struct ctx admin, town, auditor;
	struct audit_line line;
	struct audit_head head;
	int n;

	org_ctx(o, "admin", &admin);
	org_ctx(o, "town", &town);
	org_ctx(o, "auditor", &auditor);
	assert_int_equal(service_forgiven(&town, "", "203.0.113.5"),
	                 ERR_DENIED);
	assert_int_equal(
	    service_forgiven(&admin, "my-secret-pass", "203.0.113.5"), OK);
	assert_int_equal(audit_head(&admin, &head), OK);
	assert_int_equal(audit_line_get(&auditor, o->f->a, head.seq, &line),
	                 OK);
	assert_string_equal(line.action, "penalty.forgive");
	assert_non_null(strstr(line.detail, "203.0.113.5"));
	assert_null(strstr(line.detail, "secret"));
	assert_int_equal(service_forgiven(&admin, "town", "203.0.113.5"), OK);
	assert_int_equal(audit_line_get(&auditor, o->f->a, head.seq + 1, &line),
	                 OK);
	assert_non_null(strstr(line.detail, "\"account\""));
	assert_int_equal(check_run(&o->f->ctx, NULL, NULL, &n), OK);
	assert_int_equal(n, 0);
}

static void
the_last_sign_in_is_written_once_a_day(void **state)
{
	struct org *o = *state;
	const struct account_id id = org_account(o, "town");
	struct account_line line;
	struct instant first;
	struct ctx c;

	org_ctx(o, "town", &c);
	assert_int_equal(account_line_get(&c, o->f->a, id, &line), OK);
	assert_int_equal(line.seen_at.s, 0);
	service_seen(&c);
	first = ctx_now(&c);
	c.stopped.s += 3600;
	service_seen(&c);
	assert_int_equal(account_line_get(&c, o->f->a, id, &line), OK);
	assert_int_equal(line.seen_at.s, first.s);
	c.stopped.s += 86400;
	service_seen(&c);
	assert_int_equal(account_line_get(&c, o->f->a, id, &line), OK);
	assert_int_equal(line.seen_at.s, c.stopped.s);
}

static void
accounts_are_found_by_office_and_long_disuse(void **state)
{
	struct org *o = *state;
	struct list_query query = {.value_count = 1};
	struct list_page page;
	struct ctx admin, town;

	org_ctx(o, "admin", &admin);
	org_ctx(o, "town", &town);
	query.values[0] =
	    (struct list_value){.filter = ACCOUNT_LIST_ROLE, .s = "officer"};
	assert_int_equal(list_fetch(&admin, o->f->a, &account_list, &query,
	                            LIST_FIRST, NULL, 50, &page),
	                 OK);
	assert_int_equal(page.n, 2);
	town.stopped.s += 400 * 86400;
	service_seen(&town);
	query.values[0] = (struct list_value){.filter = ACCOUNT_LIST_UNSEEN,
	                                      .v = town.stopped.s - 86400};
	assert_int_equal(list_fetch(&admin, o->f->a, &account_list, &query,
	                            LIST_FIRST, NULL, 50, &page),
	                 OK);
	assert_int_equal(page.n, 15); /* all but the one just seen */
}

/* --- the audit ------------------------------------------------------------ */

static void
only_who_may_read_the_audit_reads_it(void **state)
{
	static const char *const others[] = {"admin",  "county",  "leader",
	                                     "town",   "station", "officer",
	                                     "deputy", "office"};
	struct org *o = *state;

	for (size_t i = 0; i < COUNT(others); i++) {
		struct audit_change *rows;
		struct audit_unit *units;
		struct account_id id;
		struct list_page page;
		struct audit_line line;
		const char **names;
		int64_t seq;
		struct ctx c;
		int n;

		org_ctx(o, others[i], &c);
		assert_int_equal(list_fetch(&c, o->f->a, &audit_list, &all,
		                            LIST_FIRST, NULL, 5, &page),
		                 ERR_DENIED);
		assert_int_equal(audit_line_get(&c, o->f->a, 1, &line),
		                 ERR_DENIED);
		assert_int_equal(audit_changes(&c, o->f->a, 1, 5, &rows, &n),
		                 ERR_DENIED);
		assert_int_equal(audit_first_from(&c, ctx_now(&c), &seq),
		                 ERR_DENIED);
		assert_int_equal(audit_actions(&c, o->f->a, &names, &n),
		                 ERR_DENIED);
		assert_int_equal(audit_units(&c, o->f->a, &units, &n),
		                 ERR_DENIED);
		assert_int_equal(audit_account(&c, "town", &id), ERR_DENIED);
	}
}

static void
the_audit_is_narrowed_by_who_what_where_and_when(void **state)
{
	struct org *o = *state;
	struct ctx auditor, admin;
	struct audit_head head;
	struct account_id id;
	const char **names;
	int64_t seq;
	int n;

	org_ctx(o, "auditor", &auditor);
	org_ctx(o, "admin", &admin);
	assert_int_equal(
	    account_disable(&admin, org_account(o, "town"), "调离"), OK);
	assert_int_equal(audit_account(&auditor, "admin", &id), OK);
	assert_int_equal(
	    count_lines(o, &auditor, AUDIT_LIST_ACCOUNT, id.v, NULL), 1);
	assert_int_equal(
	    count_lines(o, &auditor, AUDIT_LIST_ACTION, 0, "account.disable"),
	    1);
	assert_int_equal(count_lines(o, &auditor, AUDIT_LIST_UNIT,
	                             o->units[0].unit.v, NULL) > 0,
	                 1);
	assert_int_equal(
	    count_lines(o, &auditor, AUDIT_LIST_KIND, 0, "account"),
	    fixture_int(o->f, "SELECT count(*) FROM event"
	                      " WHERE subject_kind = 'account'"));
	assert_int_equal(audit_actions(&auditor, o->f->a, &names, &n), OK);
	assert_int_equal(n, fixture_int(o->f, "SELECT count(DISTINCT action)"
	                                      " FROM audit"));
	assert_int_equal(audit_head(&auditor, &head), OK);
	assert_int_equal(audit_first_from(&auditor, (struct instant){0}, &seq),
	                 OK);
	assert_int_equal(seq, 1);
	assert_int_equal(
	    audit_first_from(&auditor, (struct instant){INT32_MAX}, &seq), OK);
	assert_int_equal(seq, head.seq + 1);
	fixture_plan_list(o->f, &auditor, &audit_list);
}

static void
a_row_shows_what_was_before_and_after_but_no_personal_text(void **state)
{
	struct org *o = *state;
	struct ctx c, auditor;
	struct audit_change *rows;
	struct audit_head head;
	struct rule row;
	struct rule_id id;
	bool seen = false;
	int n;

	org_ctx(o, "county", &c);
	org_ctx(o, "auditor", &auditor);
	assert_int_equal(rule_named(&c, o->f->a, RULE_DEADLINE, "completion",
	                            (struct day){0}, &row),
	                 OK);
	row.from_on = (struct day){2026, 5, 1};
	assert_int_equal(rule_save(&c, RULE_DEADLINE, &row, &id), OK);
	row.id = id;
	row.n1 = 20;
	assert_int_equal(rule_save(&c, RULE_DEADLINE, &row, &id), OK);
	assert_int_equal(audit_head(&c, &head), OK);
	assert_int_equal(
	    audit_changes(&auditor, o->f->a, head.seq, 20, &rows, &n), OK);
	for (int i = 0; i < n; i++)
		if (strcmp(rows[i].column, "days") == 0) {
			seen = true;
			assert_string_equal(rows[i].before, "15");
			assert_string_equal(rows[i].after, "20");
			assert_string_equal(rows[i].op, "change");
		}
	assert_true(seen);
}

static bool
stop_at_once(void *data, int permille)
{
	int *calls = data;

	(void)permille;
	++*calls;
	return false;
}

static void
a_long_verification_tells_how_far_it_is_and_can_be_stopped(void **state)
{
	struct org *o = *state;
	int calls = 0;
	const struct audit_watch watch = {stop_at_once, &calls};
	struct ctx c;
	const char *why;
	int64_t bad;

	org_ctx(o, "auditor", &c);
	for (int i = 0; i < 300; i++)
		assert_int_equal(service_forgiven(&o->f->ctx, "", "::1"), OK);
	assert_int_equal(
	    audit_verify(&c, o->f->a, NULL, NULL, &watch, &bad, &why),
	    ERR_STOPPED);
	assert_int_equal(calls, 1);
	assert_int_equal(
	    audit_verify(&c, o->f->a, NULL, NULL, NULL, &bad, &why), OK);
	assert_int_equal(bad, 0);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, org_setup, org_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(ending_a_session_is_the_administrators_and_ones_own),
	    TEST(forgiving_stands_in_the_audit_without_what_was_typed),
	    TEST(the_last_sign_in_is_written_once_a_day),
	    TEST(accounts_are_found_by_office_and_long_disuse),
	    TEST(only_who_may_read_the_audit_reads_it),
	    TEST(the_audit_is_narrowed_by_who_what_where_and_when),
	    TEST(a_row_shows_what_was_before_and_after_but_no_personal_text),
	    TEST(a_long_verification_tells_how_far_it_is_and_can_be_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
