/* By robot and by hand: the counts, what became no matter, what was entered
 * twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/robot.h"
#include "db/robot_compare.h"
#include "tests/unit/fixture_opinion.h"

static int serial;

static void
say(struct opinions *w, const char *sender, const char *text)
{
	const struct robot_in in = {
	    .msg = arena_printf(w->o->f->a, "c%d", ++serial),
	    .conversation = "alone",
	    .sender = sender,
	    .nick = "小徐",
	    .text = text,
	};
	const char *answer;

	assert_int_equal(
	    robot_take(&w->o->f->ctx, w->o->f->a, &in, "", &answer), OK);
}

static void
bind(struct opinions *w, const char *account, const char *sender)
{
	char code[SECRET_SHORT + 1];
	struct ctx c;

	org_ctx(w->o, account, &c);
	assert_int_equal(robot_code(&c, code), OK);
	say(w, sender, arena_printf(w->o->f->a, "绑定 %s", code));
}

static struct opinion_id
by_hand(struct opinions *w, const char *who, const char *words)
{
	struct opinion entry;
	struct opinion_id id;
	struct ctx c;

	ctx_of(w, who, &c);
	opinion_default(&c, &entry);
	entry.body = words;
	assert_int_equal(opinion_add(&c, &entry, false, NULL, &id), OK);
	return id;
}

static struct robot_compare
compare(struct opinions *w, const char *who)
{
	struct robot_compare r;
	struct ctx c;

	ctx_of(w, who, &c);
	assert_int_equal(
	    robot_compare(&c, w->o->f->a, month_of(ctx_today(&c)), &r), OK);
	return r;
}

static void
each_way_is_counted_and_a_deputys_message_is_the_robots(void **state)
{
	struct opinions *w = *state;
	struct robot_compare r;

	bind(w, "officer", "s1");
	bind(w, "deputy", "s2");
	say(w, "s1", "民情 荆山村:桥头路灯不亮");
	say(w, "s2", "民情 荆山村:公园里没有厕所");
	by_hand(w, "officer", "水管漏水");
	by_hand(w, "deputy", "公交车太少");
	by_hand(w, "officer2", "噪音扰民");
	r = compare(w, "officer");
	assert_int_equal(r.unit_count, 1);
	assert_int_equal(r.units[0].n[SOURCE_ROBOT], 2);
	assert_int_equal(r.units[0].n[SOURCE_DESK], 1);
	assert_int_equal(r.units[0].n[SOURCE_DEPUTY], 1);
	r = compare(w, "county");
	assert_int_equal(r.unit_count, 2);
}

static void
what_became_no_matter_is_listed_with_its_words(void **state)
{
	struct opinions *w = *state;
	struct robot_compare r;

	bind(w, "officer", "s1");
	say(w, "s1", "帮助");
	say(w, "s1", "路灯又坏了");
	say(w, "s1", "#4711 接收");
	say(w, "stranger", "民情 荆山村:桥头路灯不亮");
	r = compare(w, "officer");
	assert_int_equal(r.message_count, 2);
	assert_int_equal(r.messages[0].why, COMPARE_REFUSED);
	assert_string_equal(r.messages[0].words, "#4711 接收");
	assert_int_equal(r.messages[1].why, COMPARE_UNREAD);
	assert_string_equal(r.messages[1].words, "路灯又坏了");
	assert_true(r.messages[1].who[0] != '\0');
	/* of whom nobody knows the unit, the county hears */
	r = compare(w, "county");
	assert_int_equal(r.message_count, 3);
	assert_int_equal(r.messages[0].why, COMPARE_HELD);
	assert_true(r.messages[0].opinion.v != 0);
	assert_int_equal(compare(w, "officer2").message_count, 0);
}

static void
one_taken_and_never_answered_is_listed(void **state)
{
	struct opinions *w = *state;
	struct robot_compare r;

	fixture_event(
	    w->o->f, ACTION_ROBOT_TAKE, ENTITY_ROBOT_MESSAGE, 77,
	    arena_printf(w->o->f->a,
	                 "INSERT INTO robot_message (id, msg, conversation,"
	                 " sender, in_group, taken_at)"
	                 " VALUES (77, 'm1', 'group1', 's1', 1, %lld)",
	                 (long long)ctx_now(&w->o->f->ctx).s));
	r = compare(w, "county");
	assert_int_equal(r.message_count, 1);
	assert_int_equal(r.messages[0].why, COMPARE_OPEN);
}

static void
a_code_that_was_refused_is_not_kept(void **state)
{
	struct opinions *w = *state;

	say(w, "s1", "绑定 ABC234");
	assert_int_equal(fixture_int(w->o->f,
	                             "SELECT count(*) FROM robot_message"
	                             " WHERE refused = 1 AND words = ''"),
	                 1);
}

static void
what_was_entered_twice_is_found_in_its_unit_only(void **state)
{
	static const char words[] =
	    "荆山村东面桥头的路灯坏了半个月，晚上老人走路很危险";
	struct opinions *w = *state;
	struct robot_compare r;
	struct opinion_id twin;

	bind(w, "officer", "s1");
	say(w, "s1", arena_printf(w->o->f->a, "民情 荆山村:%s", words));
	by_hand(w, "officer", "学校门口上下学时堵车，请交警来管一管");
	by_hand(w, "officer2", words);
	assert_int_equal(compare(w, "officer").pair_count, 0);
	twin =
	    by_hand(w, "officer", "荆山村桥头路灯坏了半个月，晚上老人走路危险");
	r = compare(w, "officer");
	assert_int_equal(r.pair_count, 1);
	assert_int_equal(r.pairs[0].hand.v, twin.v);
	assert_int_equal(compare(w, "officer2").pair_count, 0);
}

static void
days_apart_they_are_two(void **state)
{
	static const char words[] = "荆山村东面桥头的路灯坏了半个月";
	struct opinions *w = *state;

	bind(w, "officer", "s1");
	say(w, "s1", arena_printf(w->o->f->a, "民情 荆山村:%s", words));
	w->o->f->ctx.stopped.s -= 8 * 86400;
	by_hand(w, "officer", words);
	w->o->f->ctx.stopped.s += 8 * 86400;
	assert_int_equal(compare(w, "officer").pair_count, 0);
}

static void
who_does_not_sort_is_refused(void **state)
{
	static const char *const who[] = {"deputy", "office", "leader"};
	struct opinions *w = *state;
	struct robot_compare r;

	for (size_t i = 0; i < COUNT(who); i++) {
		struct ctx c;

		ctx_of(w, who[i], &c);
		assert_int_equal(robot_compare(&c, w->o->f->a, 202603, &r),
		                 ERR_DENIED);
	}
}

int
main(void)
{
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, opinions_setup, opinions_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(each_way_is_counted_and_a_deputys_message_is_the_robots),
	    TEST(what_became_no_matter_is_listed_with_its_words),
	    TEST(one_taken_and_never_answered_is_listed),
	    TEST(a_code_that_was_refused_is_not_kept),
	    TEST(what_was_entered_twice_is_found_in_its_unit_only),
	    TEST(days_apart_they_are_two),
	    TEST(who_does_not_sort_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
