/* Codes: minting, replacing, what the QR holds, what is typed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/secret.h"
#include "db/code.h"
#include "tests/unit/fixture_people.h"

static void
a_code_is_unlike_any_other_and_easy_to_read(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct code_id fresh;
	struct code code;
	const char *last = "";

	people_open(f, &p);
	id = people_activity(f, &p);
	for (int i = 0; i < 50; i++) {
		assert_int_equal(code_replace(&p.unit, id, "换", &fresh), OK);
		assert_int_equal(code_for_activity(&p.unit, f->a, id, &code),
		                 OK);
		assert_int_equal(code.id.v, fresh.v);
		assert_string_not_equal(code.short_code, last);
		assert_int_equal(strspn(code.short_code, secret_short_letters),
		                 CODE_SHORT);
		assert_null(strpbrk(code.short_code, "01OI"));
		assert_int_equal(
		    strspn(code.token, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), 26);
		last = code.short_code;
	}
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM code"
	                                " WHERE revoked_at IS NULL"),
	                 1);
}

static void
a_seeded_site_has_the_same_codes_each_time(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;

	people_open(f, &p);
	p.unit.seed = 1;
	id = people_activity(f, &p);
	/* Changes only with the way codes are spelled: then goldens do too. */
	assert_int_equal(strlen(people_code(f, id)), CODE_SHORT);
	assert_string_equal(people_code(f, id), people_code(f, id));
	p.unit.seed = 0;
}

static void
replacing_keeps_the_window_and_wants_a_reason(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct code old, code;
	struct code_id fresh;

	people_open(f, &p);
	id = people_activity(f, &p);
	assert_int_equal(code_for_activity(&p.unit, f->a, id, &old), OK);
	assert_int_equal(code_replace(&p.unit, id, "", &fresh), ERR_INVALID);
	assert_int_equal(code_replace(&p.unit, id, "泄露", &fresh), OK);
	assert_int_equal(code_get(&p.unit, f->a, fresh, &code), OK);
	assert_int_equal(code.valid_from.s, old.valid_from.s);
	assert_int_equal(code.valid_to.s, old.valid_to.s);
	assert_int_equal(code_revoke(&p.unit, old.id, "再来"), ERR_STATE);
	assert_int_equal(code_revoke(&p.unit, fresh, "活动取消"), OK);
	assert_int_equal(code_get(&p.unit, f->a, fresh, &code), OK);
	assert_int_equal(code_usable(&p.unit, &code), ERR_REVOKED);
}

static void
renewing_is_one_event_and_only_of_a_good_code(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct code old, code;
	struct code_id fresh;
	int64_t events;

	people_open(f, &p);
	id = people_activity(f, &p);
	assert_int_equal(code_for_activity(&p.unit, f->a, id, &old), OK);
	events = fixture_int(f, "SELECT count(*) FROM event"
	                        " WHERE cause IS NULL");
	assert_int_equal(code_renew(&p.unit, old.id, "", &fresh), ERR_INVALID);
	assert_int_equal(code_renew(&p.unit, old.id, "外传", &fresh), OK);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM event"
	                                " WHERE cause IS NULL"),
	                 events + 1);
	assert_int_equal(code_get(&p.unit, f->a, fresh, &code), OK);
	assert_string_not_equal(code.token, old.token);
	assert_int_equal(code.valid_to.s, old.valid_to.s);
	assert_int_equal(code_renew(&p.unit, old.id, "又", &fresh), ERR_STATE);
	assert_int_equal(code_renew(&p.unit2, code.id, "x", &fresh),
	                 ERR_NOT_FOUND);
	assert_int_equal(code_renew(&p.leader, code.id, "x", &fresh),
	                 ERR_DENIED);
}

static void
who_manages_codes_sees_no_title(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct list_query query = {0};
	struct list_page page;
	const struct code_line *rows;
	struct code_id fresh;

	people_open(f, &p);
	(void)people_activity(f, &p);
	assert_int_equal(list_fetch(&p.admin, f->a, &code_list, &query,
	                            LIST_FIRST, NULL, 10, &page),
	                 ERR_DENIED);
	assert_int_equal(list_fetch(&p.admin, f->a, &code_bare_list, &query,
	                            LIST_FIRST, NULL, 10, &page),
	                 OK);
	rows = page.rows;
	assert_true(page.n > 0);
	assert_string_equal(rows[0].what, "");
	assert_int_equal(code_renew(&p.admin, rows[0].id, "外传", &fresh), OK);
	assert_int_equal(list_fetch(&p.unit, f->a, &code_list, &query,
	                            LIST_FIRST, NULL, 10, &page),
	                 OK);
	rows = page.rows;
	assert_string_not_equal(rows[0].what, "");
	assert_int_equal(list_fetch(&p.deputy1, f->a, &code_list, &query,
	                            LIST_FIRST, NULL, 10, &page),
	                 ERR_DENIED);
	fixture_plan_list(f, &p.unit, &code_list);
	fixture_plan_list(f, &p.admin, &code_bare_list);
}

static void
only_its_own_unit_reads_and_changes_a_code(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct code code;
	struct code_id fresh;

	people_open(f, &p);
	id = people_activity(f, &p);
	assert_int_equal(code_for_activity(&p.unit, f->a, id, &code), OK);
	assert_int_equal(code_for_activity(&p.unit2, f->a, id, &code),
	                 ERR_NOT_FOUND);
	assert_int_equal(code_revoke(&p.unit2, code.id, "x"), ERR_NOT_FOUND);
	assert_int_equal(code_replace(&p.unit2, id, "x", &fresh),
	                 ERR_NOT_FOUND);
	/* A deputy reads it off the screen in the room, not from afar. */
	assert_int_equal(code_for_activity(&p.deputy1, f->a, id, &code),
	                 ERR_NOT_FOUND);
	assert_int_equal(code_replace(&p.leader, id, "x", &fresh), ERR_DENIED);
}

static void
the_payload_is_upper_case_and_found_again(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct code code, found;
	const char *payload;

	people_open(f, &p);
	id = people_activity(f, &p);
	assert_int_equal(code_for_activity(&p.unit, f->a, id, &code), OK);
	payload = code_payload(f->a, &code, "https://rd.example.cn/");
	assert_int_equal(strncmp(payload, "HTTPS://RD.EXAMPLE.CN/A/", 24), 0);
	assert_string_equal(payload + 24, code.token);
	assert_int_equal(
	    code_find(&p.deputy1, f->a, payload, (struct instant){0}, &found),
	    OK);
	assert_int_equal(found.id.v, code.id.v);
	assert_string_equal(code_spaced(f->a, "7K2M9Q"), "7K2 M9Q");
	assert_string_equal(code_fold(f->a, " ７k2-m９q "), "7K2M9Q");
}

static void
scans_are_counted_per_code(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct code code;
	int64_t n;

	people_open(f, &p);
	id = people_activity(f, &p);
	assert_int_equal(code_for_activity(&p.unit, f->a, id, &code), OK);
	assert_int_equal(code_scans(&p.unit, code.id, &n), OK);
	assert_int_equal(n, 0);
	people_at(f, &p, 15, 0);
	people_sign_in(f, &p.deputy1, id);
	people_sign_in(f, &p.deputy1, id);
	people_sign_in(f, &p.deputy3, id);
	assert_int_equal(code_scans(&p.unit, code.id, &n), OK);
	assert_int_equal(n, 2);
}

int
main(void)
{
#define T(name)                                                                \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    T(a_code_is_unlike_any_other_and_easy_to_read),
	    T(a_seeded_site_has_the_same_codes_each_time),
	    T(replacing_keeps_the_window_and_wants_a_reason),
	    T(renewing_is_one_event_and_only_of_a_good_code),
	    T(who_manages_codes_sees_no_title),
	    T(only_its_own_unit_reads_and_changes_a_code),
	    T(the_payload_is_upper_case_and_found_again),
	    T(scans_are_counted_per_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
