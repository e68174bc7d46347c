/* Codes that change on the screen: what is good when, and of which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/qr.h"
#include "db/base/secret.h"
#include "db/code.h"
#include "db/store/event.h"
#include "tests/unit/fixture_people.h"

enum { STEP = 30, PEOPLE = 12 };

static const struct instant now_at = {0};

/* Everybody's clock at so many seconds after 15:00, which begins a step. */
static struct instant
at(struct fixture *f, struct people *p, int seconds)
{
	struct instant when = clock_at((struct day){2026, 3, 29}, 15, 0);

	assert_int_equal(when.s % STEP, 0);
	when.s += seconds;
	store_stop_clock(f->store, when);
	f->ctx.stopped = when;
	for (int i = 0; i < PEOPLE; i++)
		people_all(p, i)->stopped = when;
	return when;
}

static struct activity_id
add(struct fixture *f, struct people *p, const char *title)
{
	static const struct person_id persons[] = {{1}, {3}};
	struct invite who = {.persons = persons, .person_count = 2};
	struct activity entry = people_entry();
	struct activity_id id;

	entry.title = title;
	entry.rotates = true;
	assert_int_equal(activity_add(&p->unit, &entry, &who, true, &id), OK);
	(void)at(f, p, 0);
	return id;
}

/* As the screen shows it now. */
static struct code
shown(struct fixture *f, struct people *p, struct activity_id id)
{
	struct code code;

	assert_int_equal(code_for_activity(&p->unit, f->a, id, &code), OK);
	assert_int_equal(code_shown(&p->unit, f->a, &code, &code), OK);
	return code;
}

static int
sign_in(struct fixture *f, struct ctx *c, const char *text,
        struct instant opened)
{
	struct check_in done;

	return participant_check_in_by(c, f->a, WAY_PHONE, text, opened, &done);
}

static void
it_shows_another_address_and_other_letters_in_each_step(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct code first, later;
	int ms;

	people_open(f, &p);
	id = add(f, &p, "一");
	first = shown(f, &p, id);
	assert_int_equal(strlen(first.token), 26 + 1 + CODE_SHORT);
	assert_int_equal(strspn(first.token + 27, secret_short_letters),
	                 CODE_SHORT);
	assert_string_not_equal(first.token + 27, first.short_code);
	assert_int_equal(code_turn_ms(&p.unit, &first, &ms), OK);
	assert_int_equal(ms, STEP * 1000);
	(void)at(f, &p, STEP - 1);
	later = shown(f, &p, id);
	assert_string_equal(later.token, first.token);
	assert_string_equal(later.short_code, first.short_code);
	assert_int_equal(code_turn_ms(&p.unit, &first, &ms), OK);
	assert_int_equal(ms, 1000);
	(void)at(f, &p, STEP);
	later = shown(f, &p, id);
	assert_string_not_equal(later.token, first.token);
	assert_string_not_equal(later.short_code, first.short_code);
	assert_int_equal(strncmp(later.token, first.token, 27), 0);
}

static void
an_address_is_good_for_its_step_and_two_more(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct code code, ahead;

	people_open(f, &p);
	id = add(f, &p, "一");
	(void)at(f, &p, STEP);
	ahead = shown(f, &p, id);
	(void)at(f, &p, 0);
	code = shown(f, &p, id);
	/* none that is to come: there is one clock */
	assert_int_equal(sign_in(f, &p.deputy1, ahead.token, now_at),
	                 ERR_TURNED);
	(void)at(f, &p, 3 * STEP);
	assert_int_equal(sign_in(f, &p.deputy1, code.token, now_at),
	                 ERR_TURNED);
	(void)at(f, &p, 3 * STEP - 1);
	assert_int_equal(sign_in(f, &p.deputy1, code.token, now_at), OK);
	/* nor without an ending, or with a wrong one */
	assert_int_equal(
	    sign_in(f, &p.deputy3, arena_strndup(f->a, code.token, 26), now_at),
	    ERR_TURNED);
	assert_int_equal(sign_in(f, &p.deputy3,
	                         arena_printf(f->a, "%.26s.AAAAAA", code.token),
	                         now_at),
	                 ERR_TURNED);
	assert_int_equal(people_place(f, id, 3).signed_at.s, 0);
}

static void
who_opened_it_in_time_has_ten_minutes_to_sign_in(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct instant opened;
	struct code code;

	people_open(f, &p);
	id = add(f, &p, "一");
	code = shown(f, &p, id);
	opened = at(f, &p, 2 * STEP);
	(void)at(f, &p, 2 * STEP + CODE_OPENED_S + 1);
	assert_int_equal(sign_in(f, &p.deputy1, code.token, opened),
	                 ERR_TURNED);
	(void)at(f, &p, 2 * STEP + CODE_OPENED_S);
	assert_int_equal(sign_in(f, &p.deputy1, code.token, opened), OK);
	/* opened too late, or not yet */
	opened.s += STEP;
	assert_int_equal(sign_in(f, &p.deputy3, code.token, opened),
	                 ERR_TURNED);
	opened.s = ctx_now(&p.unit).s + 1;
	assert_int_equal(sign_in(f, &p.deputy3, code.token, opened),
	                 ERR_TURNED);
}

static void
letters_that_are_typed_change_too_and_old_ones_are_no_wrong_ones(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct check_in done;
	struct code code, kept;

	people_open(f, &p);
	id = add(f, &p, "一");
	code = shown(f, &p, id);
	assert_int_equal(code_for_activity(&p.unit, f->a, id, &kept), OK);
	(void)at(f, &p, 3 * STEP);
	assert_int_equal(
	    participant_check_in(&p.deputy1, f->a, code.short_code, &done),
	    ERR_TURNED);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM code_try"), 0);
	/* those of its row are not shown to anybody */
	assert_int_equal(
	    participant_check_in(&p.deputy1, f->a, kept.short_code, &done),
	    ERR_NOT_FOUND);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM code_try"), 1);
	(void)at(f, &p, 3 * STEP - 1);
	assert_int_equal(
	    participant_check_in(&p.deputy1, f->a,
	                         code_spaced(f->a, code.short_code), &done),
	    OK);
	assert_int_equal(done.activity.v, id.v);
}

static void
wrong_letters_are_counted_as_ever(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct check_in done;

	people_open(f, &p);
	id = add(f, &p, "一");
	for (int i = 0; i < 5; i++)
		assert_int_equal(
		    participant_check_in(&p.deputy1, f->a, "222222", &done),
		    ERR_NOT_FOUND);
	assert_int_equal(participant_check_in(&p.deputy1, f->a,
	                                      shown(f, &p, id).short_code,
	                                      &done),
	                 ERR_LIMIT);
}

static void
another_activitys_letters_open_that_one_only(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id one, two;
	struct code first, second;
	struct check_in done;

	people_open(f, &p);
	one = add(f, &p, "一");
	two = add(f, &p, "二");
	first = shown(f, &p, one);
	second = shown(f, &p, two);
	assert_string_not_equal(first.short_code, second.short_code);
	assert_int_equal(sign_in(f, &p.deputy1,
	                         arena_printf(f->a, "%.26s%s", first.token,
	                                      second.token + 26),
	                         now_at),
	                 ERR_TURNED);
	assert_int_equal(
	    participant_check_in(&p.deputy1, f->a, second.short_code, &done),
	    OK);
	assert_int_equal(done.activity.v, two.v);
	assert_int_equal(people_place(f, one, 1).signed_at.s, 0);
}

static void
a_new_code_and_a_changed_mind_take_the_old_key_away(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct activity row;
	struct code_id fresh;
	struct code code, later;

	people_open(f, &p);
	id = add(f, &p, "一");
	code = shown(f, &p, id);
	assert_int_equal(code_replace(&p.unit, id, "换", &fresh), OK);
	later = shown(f, &p, id);
	assert_true(code_turns(&later));
	assert_string_not_equal(later.rotate_key, code.rotate_key);
	assert_int_equal(sign_in(f, &p.deputy1, code.token, now_at),
	                 ERR_REVOKED);
	assert_int_equal(code_may_print(&p.unit, &later), ERR_INVALID);
	assert_int_equal(p.unit.fault_count, 1);

	assert_int_equal(activity_get(&p.unit, f->a, id, &row), OK);
	row.rotates = false;
	assert_int_equal(activity_save(&p.unit, &row), OK);
	later = shown(f, &p, id);
	assert_false(code_turns(&later));
	assert_int_equal(strlen(later.token), 26);
	assert_int_equal(code_may_print(&p.unit, &later), OK);
	assert_int_equal(sign_in(f, &p.deputy1, later.token, now_at), OK);

	row.version++;
	row.rotates = true;
	assert_int_equal(activity_save(&p.unit, &row), OK);
	later = shown(f, &p, id);
	assert_true(code_turns(&later));
	assert_int_equal(sign_in(f, &p.deputy3, later.token, now_at), OK);
	people_recount(f);
}

static void
striking_the_change_out_gives_the_plain_code_back(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct activity row;
	struct event_list later;
	struct code before, after;

	people_open(f, &p);
	id = people_activity(f, &p);
	before = shown(f, &p, id);
	assert_int_equal(activity_get(&p.unit, f->a, id, &row), OK);
	row.rotates = true;
	assert_int_equal(activity_save(&p.unit, &row), OK);
	assert_true(code_turns(
	    &(struct code){.rotate_key = shown(f, &p, id).rotate_key}));
	assert_int_equal(
	    event_strike(&f->ctx, f->a,
	                 fixture_int(f, "SELECT max(id) FROM event"), "试",
	                 &later),
	    OK);
	after = shown(f, &p, id);
	assert_false(code_turns(&after));
	assert_string_equal(after.token, before.token);
	assert_string_equal(after.short_code, before.short_code);
}

static void
another_units_code_is_not_shown(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct code code;

	people_open(f, &p);
	id = add(f, &p, "一");
	assert_int_equal(code_for_activity(&p.unit2, f->a, id, &code),
	                 ERR_NOT_FOUND);
	assert_int_equal(code_for_activity(&p.deputy1, f->a, id, &code),
	                 ERR_NOT_FOUND);
}

static void
its_address_is_still_a_small_qr(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct activity_id id;
	struct code code;
	const unsigned char *modules;
	const char *payload;
	int size;

	people_open(f, &p);
	id = add(f, &p, "一");
	code = shown(f, &p, id);
	payload = code_payload(f->a, &code, "https://renda.example.gov.cn");
	assert_int_equal(qr_make(f->a, payload, &size, &modules), OK);
	assert_int_equal(size, 29); /* version 3: it fits into 80x24 */
}

static void
no_event_and_no_export_tells_the_key(void **state)
{
	for (const struct field *field = entity_code.fields;
	     field->name != NULL; field++)
		assert_string_not_equal(field->name, "rotate_key");
	(void)state;
}

int
main(void)
{
#define T(name)                                                                \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    T(it_shows_another_address_and_other_letters_in_each_step),
	    T(an_address_is_good_for_its_step_and_two_more),
	    T(who_opened_it_in_time_has_ten_minutes_to_sign_in),
	    T(letters_that_are_typed_change_too_and_old_ones_are_no_wrong_ones),
	    T(wrong_letters_are_counted_as_ever),
	    T(another_activitys_letters_open_that_one_only),
	    T(a_new_code_and_a_changed_mind_take_the_old_key_away),
	    T(striking_the_change_out_gives_the_plain_code_back),
	    T(another_units_code_is_not_shown),
	    T(its_address_is_still_a_small_qr),
	    T(no_event_and_no_export_tells_the_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
