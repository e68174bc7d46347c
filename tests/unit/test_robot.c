/* The chat robot: grammar, signature, once and only once, who may what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/secret.h"
#include "db/outbox.h"
#include "db/robot.h"
#include "db/robot_text.h"
#include "db/store/event.h"
#include "tests/unit/fixture_opinion.h"

/* --- grammar ---------------------------------------------------------- */

static void
the_grammar_is_read_as_people_write_it(void **state)
{
	static const struct {
		const char *text;
		enum robot_verb verb;
		const char *first, *second, *words;
		int64_t number;
	} rows[] = {
	    {" 帮助", ROBOT_HELP, "", "", "", 0},
	    {"民情 路灯 荆山村:桥头不亮", ROBOT_OPINION, "路灯", "荆山村",
	     "桥头不亮", 0},
	    {"民情　路灯　荆山村：\n桥头：不亮", ROBOT_OPINION, "路灯",
	     "荆山村", "桥头：不亮", 0},
	    {"民情 荆山村: 不亮", ROBOT_OPINION, "荆山村", "", "不亮", 0},
	    {"民情 桥头路灯不亮", ROBOT_OPINION, "", "", "桥头路灯不亮", 0},
	    {"查 2041", ROBOT_FIND, "", "", "", 2041},
	    {"查#２０４１", ROBOT_FIND, "", "", "", 2041},
	    {"查 路灯", ROBOT_FIND, "", "", "", 0},
	    {"#2041 接收", ROBOT_STEP, "", "", "", 2041},
	    {"＃2041　办结 已修好", ROBOT_STEP, "", "", "已修好", 2041},
	    {"#2041 看看", ROBOT_UNKNOWN, "", "", "", 0},
	    {"# 接收", ROBOT_UNKNOWN, "", "", "", 0},
	    {"#99999999999999999 接收", ROBOT_UNKNOWN, "", "", "", 0},
	    {"活动 卡口检查 荆山村 北", ROBOT_ACTIVITY, "卡口检查", "荆山村 北",
	     "", 0},
	    {"绑定 7k2m9q", ROBOT_BIND, "7k2m9q", "", "", 0},
	    {"绑定 7k2 m9q", ROBOT_BIND, "7k2 m9q", "", "", 0},
	    {"你好", ROBOT_UNKNOWN, "", "", "", 0},
	    {"", ROBOT_UNKNOWN, "", "", "", 0},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct robot_command got;

		robot_read(a, rows[i].text, &got);
		if (got.verb != rows[i].verb)
			print_error("%s\n", rows[i].text);
		assert_int_equal(got.verb, rows[i].verb);
		assert_string_equal(got.first, rows[i].first);
		assert_string_equal(got.second, rows[i].second);
		assert_string_equal(got.words, rows[i].words);
		assert_int_equal(got.number, rows[i].number);
	}
	arena_free(a);
}

static void
the_signature_is_the_chats(void **state)
{
	char sign[SECRET_CALLBACK];

	(void)state;
	secret_callback_sign("this is a secret", "1577262236757", sign);
	assert_string_equal(sign,
	                    "DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA=");
}

/* --- messages --------------------------------------------------------- */

static int serial;

static const char *
say_in(struct opinions *w, const char *sender, const char *conversation,
       const char *msg, const char *text)
{
	const struct robot_in in = {
	    .msg = msg,
	    .conversation = conversation,
	    .sender = sender,
	    .nick = "小徐",
	    .text = text,
	    .in_group = strncmp(conversation, "group", 5) == 0,
	};
	const char *answer = NULL;

	assert_int_equal(
	    robot_take(&w->o->f->ctx, w->o->f->a, &in, "", &answer), OK);
	return answer;
}

static const char *
say(struct opinions *w, const char *sender, const char *conversation,
    const char *text)
{
	char msg[32];

	snprintf(msg, sizeof(msg), "msg%d", ++serial);
	return say_in(w, sender, conversation, msg, text);
}

static void
bind(struct opinions *w, const char *account, const char *sender)
{
	char code[SECRET_SHORT + 1], text[64];
	struct ctx c;

	org_ctx(w->o, account, &c);
	assert_int_equal(robot_code(&c, code), OK);
	snprintf(text, sizeof(text), "绑定 %s", code);
	say(w, sender, "alone", text);
}

#define COUNTED(w, sql) fixture_int((w)->o->f, "SELECT count(*) FROM " sql)

static void
a_message_does_its_work_once(void **state)
{
	struct opinions *w = *state;
	const char *first, *second;

	bind(w, "officer", "s1");
	first = say_in(w, "s1", "group1", "m1", "民情 荆山村:桥头路灯不亮");
	second = say_in(w, "s1", "group1", "m1", "民情 荆山村:桥头路灯不亮");
	assert_string_equal(first, second);
	assert_int_equal(COUNTED(w, "opinion"), 1);
	assert_int_equal(COUNTED(w, "opinion WHERE source = 'robot'"
	                            " AND state = 'new' AND venue = '荆山村'"
	                            " AND body = '桥头路灯不亮'"),
	                 1);
	opinions_check(w);
}

static void
a_message_taken_before_a_kill_is_answered_afterwards(void **state)
{
	struct opinions *w = *state;

	bind(w, "officer", "s1");
	fixture_event(w->o->f, ACTION_ROBOT_TAKE, ENTITY_ROBOT_MESSAGE, 77,
	              "INSERT INTO robot_message (id, msg, conversation,"
	              " sender, in_group, taken_at)"
	              " VALUES (77, 'm1', 'group1', 's1', 1, 5)");
	say_in(w, "s1", "group1", "m1", "民情 荆山村:桥头路灯不亮");
	assert_int_equal(COUNTED(w, "opinion"), 1);
	assert_int_equal(
	    COUNTED(w, "robot_message WHERE msg = 'm1' AND opinion > 0"), 1);
}

static void
who_is_unknown_makes_a_held_matter_and_learns_nothing(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer");
	char text[32];

	say(w, "stranger", "alone", "民情 荆山村:桥头路灯不亮");
	assert_int_equal(COUNTED(w, "opinion WHERE state = 'held'"
	                            "   AND doubts = 'unknown'"),
	                 1);
	snprintf(text, sizeof(text), "查 %lld", (long long)id.v);
	assert_null(strstr(say(w, "stranger", "alone", text), "路灯"));
	assert_null(strstr(say(w, "stranger", "alone", "活动 甲 乙"), "code"));
	assert_int_equal(COUNTED(w, "activity"), 0);
}

static void
a_group_hears_only_of_what_was_raised_in_it(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer");
	char text[32];

	bind(w, "officer", "s1");
	snprintf(text, sizeof(text), "查 %lld", (long long)id.v);
	assert_non_null(strstr(say(w, "s1", "alone", text), "路灯"));
	assert_null(strstr(say(w, "s1", "group1", text), "路灯"));
}

static void
an_office_handles_its_leg_and_nobody_else_does(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer");
	char text[64];

	opinion_to(w, id, OPINION_HANDLING);
	bind(w, "office", "s2");
	bind(w, "office2", "s3");
	snprintf(text, sizeof(text), "#%lld 接收", (long long)id.v);
	say(w, "s3", "alone", text);
	assert_int_equal(COUNTED(w, "opinion_leg WHERE state = 'sent'"), 1);
	say(w, "s2", "alone", text);
	assert_int_equal(COUNTED(w, "opinion_leg WHERE state = 'accepted'"), 1);
	snprintf(text, sizeof(text), "#%lld 办结 已修好", (long long)id.v);
	say(w, "s2", "alone", text);
	assert_int_equal(opinion_now(w, id).state, OPINION_FEEDBACK);
	opinions_check(w);
}

static void
a_code_binds_once_and_not_too_late(void **state)
{
	struct opinions *w = *state;
	char code[SECRET_SHORT + 1], text[64];
	struct ctx c;

	org_ctx(w->o, "officer", &c);
	assert_int_equal(robot_code(&c, code), OK);
	snprintf(text, sizeof(text), "绑定 %s", code);
	say(w, "s1", "group1", text); /* the group would have read it */
	assert_int_equal(COUNTED(w, "robot_sender WHERE sender > ''"), 0);
	say(w, "s1", "alone", text);
	say(w, "s4", "alone", text);
	assert_int_equal(COUNTED(w, "robot_sender WHERE sender > ''"), 1);
	assert_int_equal(COUNTED(w, "robot_sender WHERE sender = 's1'"), 1);
	assert_int_equal(robot_code(&c, code), OK);
	w->o->f->ctx.stopped.s += (ROBOT_CODE_MINUTES + 1) * 60;
	snprintf(text, sizeof(text), "绑定 %s", code);
	say(w, "s5", "alone", text);
	assert_int_equal(COUNTED(w, "robot_sender WHERE sender > ''"), 1);
}

static void
what_is_refused_is_told_and_written_once(void **state)
{
	struct opinions *w = *state;

	bind(w, "officer", "s1");
	assert_string_not_equal(say_in(w, "s1", "alone", "m9", "#4711 接收"),
	                        "");
	say_in(w, "s1", "alone", "m9", "#4711 接收");
	assert_int_equal(
	    COUNTED(w, "robot_message WHERE msg = 'm9' AND answer > ''"), 1);
	opinions_check(w);
}

static struct opinion_id
raised(struct opinions *w, const char *conversation)
{
	say(w, "s1", conversation, "民情 荆山村:桥头路灯不亮");
	return (struct opinion_id){
	    fixture_int(w->o->f, "SELECT max(id) FROM opinion")};
}

static void
a_group_hears_once_what_became_of_its_matters(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id;
	const char *said;
	char line[64];

	bind(w, "officer", "s1");
	id = raised(w, "group1");
	opinion_to(w, id, OPINION_HANDLING);
	assert_null(strstr(say(w, "s1", "group2", "帮助"), "News"));
	assert_null(strstr(say(w, "s1", "alone", "帮助"), "News"));
	said = say(w, "stranger", "group1", "帮助");
	snprintf(line, sizeof(line), "\n#%lld taken up\n", (long long)id.v);
	assert_non_null(strstr(said, line));
	snprintf(line, sizeof(line),
	         "\n#%lld given to 社会事务办公室, an answer", (long long)id.v);
	assert_non_null(strstr(said, line));
	assert_null(strstr(say(w, "s1", "group1", "帮助"), "News"));
	assert_int_equal(leg(w, "office", id, LEG_DO_ACCEPT), OK);
	assert_int_equal(leg(w, "office", id, LEG_DO_REPLY), OK);
	said = say(w, "s1", "group1", "帮助");
	snprintf(line, sizeof(line), "#%lld 社会事务办公室 replied",
	         (long long)id.v);
	assert_non_null(strstr(said, line));
	assert_null(strstr(said, "taken up"));
	opinions_check(w);
}

static void
a_step_that_was_struck_out_is_not_told(void **state)
{
	struct opinions *w = *state;
	struct event_list later;
	struct opinion_id id;

	bind(w, "officer", "s1");
	id = raised(w, "group1");
	assert_int_equal(act(w, "officer", id, OPINION_DO_TAKE), OK);
	assert_int_equal(
	    event_strike(&w->o->f->ctx, w->o->f->a,
	                 fixture_int(w->o->f, "SELECT max(id) FROM event"),
	                 "mistake", &later),
	    OK);
	assert_null(strstr(say(w, "s1", "group1", "帮助"), "News"));
	opinions_check(w);
}

static void
a_step_is_struck_out_also_after_the_group_heard_of_it(void **state)
{
	struct opinions *w = *state;
	struct event_list later;
	struct opinion_id id;
	int64_t event;

	bind(w, "officer", "s1");
	id = raised(w, "group1");
	assert_int_equal(act(w, "officer", id, OPINION_DO_TAKE), OK);
	event = fixture_int(w->o->f, "SELECT max(id) FROM event");
	assert_non_null(strstr(say(w, "s1", "group1", "帮助"), "News"));
	assert_int_equal(
	    event_strike(&w->o->f->ctx, w->o->f->a, event, "mistake", &later),
	    OK);
	opinions_check(w);
}

static void
an_answer_takes_the_newest_five_lines_along(void **state)
{
	struct opinions *w = *state;
	struct opinion_id ids[OUTBOX_TOLD + 1];
	const char *said;
	char line[64];

	bind(w, "officer", "s1");
	for (size_t i = 0; i < COUNT(ids); i++) {
		ids[i] = raised(w, "group1");
		say(w, "s1", "group1", "帮助");
	}
	for (size_t i = 0; i < COUNT(ids); i++)
		assert_int_equal(act(w, "officer", ids[i], OPINION_DO_TAKE),
		                 OK);
	said = say(w, "s1", "group1", "帮助");
	snprintf(line, sizeof(line), "#%lld ", (long long)ids[0].v);
	assert_null(strstr(said, line));
	snprintf(line, sizeof(line), "#%lld ", (long long)ids[1].v);
	assert_non_null(strstr(said, line));
	assert_non_null(strstr(said, "Earlier ones"));
	assert_int_equal(COUNTED(w, "outbox WHERE told_at IS NULL"), 0);
}

static void
what_a_group_did_itself_is_no_news_to_it(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id;
	char text[64];

	bind(w, "officer", "s1");
	bind(w, "office", "s2");
	id = raised(w, "group1");
	opinion_to(w, id, OPINION_HANDLING);
	say(w, "s1", "group1", "帮助");
	snprintf(text, sizeof(text), "#%lld 接收", (long long)id.v);
	assert_null(strstr(say(w, "s2", "group1", text), "News"));
	assert_null(strstr(say(w, "s1", "group1", "帮助"), "News"));
}

int
main(void)
{
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, opinions_setup, opinions_teardown)
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_grammar_is_read_as_people_write_it),
	    cmocka_unit_test(the_signature_is_the_chats),
	    TEST(a_message_does_its_work_once),
	    TEST(a_message_taken_before_a_kill_is_answered_afterwards),
	    TEST(who_is_unknown_makes_a_held_matter_and_learns_nothing),
	    TEST(a_group_hears_only_of_what_was_raised_in_it),
	    TEST(an_office_handles_its_leg_and_nobody_else_does),
	    TEST(a_code_binds_once_and_not_too_late),
	    TEST(what_is_refused_is_told_and_written_once),
	    TEST(a_group_hears_once_what_became_of_its_matters),
	    TEST(a_step_that_was_struck_out_is_not_told),
	    TEST(a_step_is_struck_out_also_after_the_group_heard_of_it),
	    TEST(an_answer_takes_the_newest_five_lines_along),
	    TEST(what_a_group_did_itself_is_no_news_to_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
