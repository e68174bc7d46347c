/* Pushing to a group: who is due, how often, where it goes, once by either
 * way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/outbox_push.h"
#include "db/robot.h"
#include "db/store/event.h"
#include "tests/unit/fixture_opinion.h"

#define SESSION "https://oapi.dingtalk.com/robot/sendBySession?session=s3cr3t"
#define FIXED "https://oapi.dingtalk.com/robot/send?access_token=t"

enum { SESSION_S = 2 * 3600 };

static int serial;

static const char *
say_with(struct opinions *w, const char *sender, const char *conversation,
         const char *text, const char *webhook, struct instant until)
{
	char msg[32];
	const struct robot_in in = {
	    .msg = msg,
	    .conversation = conversation,
	    .sender = sender,
	    .nick = "小徐",
	    .text = text,
	    .in_group = strncmp(conversation, "group", 5) == 0,
	    .webhook = webhook,
	    .webhook_until = until,
	};
	const char *answer = NULL;

	snprintf(msg, sizeof(msg), "msg%d", ++serial);
	assert_int_equal(
	    robot_take(&w->o->f->ctx, w->o->f->a, &in, "", &answer), OK);
	return answer;
}

static const char *
say(struct opinions *w, const char *conversation, const char *text)
{
	const struct instant until = {clock_now().s + SESSION_S};

	return say_with(w, "s1", conversation, text, SESSION, until);
}

static void
bind(struct opinions *w)
{
	char code[SECRET_SHORT + 1], text[64];
	struct ctx c;

	org_ctx(w->o, "officer", &c);
	assert_int_equal(robot_code(&c, code), OK);
	snprintf(text, sizeof(text), "绑定 %s", code);
	say(w, "alone", text);
}

static struct opinion_id
raised(struct opinions *w, const char *conversation)
{
	say(w, conversation, "民情 荆山村:桥头路灯不亮");
	return (struct opinion_id){
	    fixture_int(w->o->f, "SELECT max(id) FROM opinion")};
}

/* A matter of that group that was taken up: one line. */
static void
taken_up(struct opinions *w, const char *conversation)
{
	assert_int_equal(
	    act(w, "officer", raised(w, conversation), OPINION_DO_TAKE), OK);
}

static int
setup(void **state)
{
	int err = opinions_setup(state);

	if (err == 0)
		bind(*state);
	return err;
}

static int
claim(struct opinions *w, int64_t now, const char *fixed, struct push *p)
{
	return push_claim(&w->o->f->ctx, w->o->f->a, (struct instant){now},
	                  fixed, p);
}

#define COUNTED(w, sql) fixture_int((w)->o->f, "SELECT count(*) FROM " sql)

/* --- when ---------------------------------------------------------------- */

static void
a_line_is_tried_at_once_after_1_5_and_30_minutes_and_then_given_up(void **state)
{
	static const int after[PUSH_TRIES] = {0, 60, 5 * 60, 30 * 60};
	struct opinions *w = *state;
	int64_t now = clock_now().s;
	struct push p;

	taken_up(w, "group1");
	for (int i = 0; i < PUSH_TRIES; i++) {
		now += after[i];
		assert_int_equal(claim(w, now - (i > 0), "", &p),
		                 i > 0 ? ERR_NOT_FOUND : OK);
		if (i > 0)
			assert_int_equal(claim(w, now, "", &p), OK);
		assert_int_equal(p.n, 1);
		assert_int_equal(push_failed(&w->o->f->ctx, &p, PUSH_CONNECT),
		                 OK);
	}
	assert_int_equal(claim(w, now + 24 * 3600, "", &p), ERR_NOT_FOUND);
	assert_int_equal(COUNTED(w, "outbox WHERE given_up = 1 AND tries = 4"
	                            " AND fault = 'connect'"),
	                 1);
	/* the group hears of it all the same */
	assert_non_null(strstr(say(w, "group1", "帮助"), "taken up"));
	opinions_check(w);
}

static void
a_kill_while_sending_has_it_sent_once_more(void **state)
{
	struct opinions *w = *state;
	int64_t now = clock_now().s;
	struct push p;

	taken_up(w, "group1");
	assert_int_equal(claim(w, now, "", &p), OK);
	assert_int_equal(claim(w, now, "", &p), ERR_NOT_FOUND);
	assert_int_equal(claim(w, now + 60, "", &p), OK);
	assert_int_equal(push_done(&w->o->f->ctx, &p), OK);
	assert_int_equal(claim(w, now + 24 * 3600, "", &p), ERR_NOT_FOUND);
}

static void
a_kill_in_the_last_try_gives_it_up(void **state)
{
	struct opinions *w = *state;
	int64_t now = clock_now().s;
	struct push p;

	taken_up(w, "group1");
	for (int i = 0; i < PUSH_TRIES; i++, now += 3600)
		assert_int_equal(claim(w, now, FIXED, &p), OK);
	assert_int_equal(claim(w, now, FIXED, &p), ERR_NOT_FOUND);
	assert_int_equal(
	    COUNTED(w, "outbox WHERE given_up = 1 AND fault = 'broken'"), 1);
}

static void
what_no_try_helps_is_given_up_at_once(void **state)
{
	struct opinions *w = *state;
	struct push p;

	taken_up(w, "group1");
	assert_int_equal(claim(w, clock_now().s, "", &p), OK);
	assert_int_equal(push_failed(&w->o->f->ctx, &p, PUSH_FOREIGN), OK);
	assert_int_equal(COUNTED(w, "outbox WHERE given_up = 1 AND tries = 1"),
	                 1);
}

static void
a_line_of_yesterday_is_left_to_the_next_answer(void **state)
{
	struct opinions *w = *state;
	struct push p;

	taken_up(w, "group1");
	fixture_event(w->o->f, ACTION_ROBOT_TAKE, ENTITY_ROBOT_MESSAGE, 1,
	              "UPDATE outbox SET made_at = made_at - 86401");
	assert_int_equal(claim(w, clock_now().s, "", &p), ERR_NOT_FOUND);
	assert_non_null(strstr(say(w, "group1", "帮助"), "taken up"));
}

static void
a_step_that_was_struck_out_is_not_pushed(void **state)
{
	struct opinions *w = *state;
	struct event_list later;
	struct push p;

	taken_up(w, "group1");
	assert_int_equal(
	    event_strike(&w->o->f->ctx, w->o->f->a,
	                 fixture_int(w->o->f, "SELECT max(id) FROM event"),
	                 "mistake", &later),
	    OK);
	assert_int_equal(claim(w, clock_now().s, "", &p), ERR_NOT_FOUND);
	opinions_check(w);
}

static void
a_kill_while_sending_before_the_session_ends_leaves_it_to_the_answer(
    void **state)
{
	struct opinions *w = *state;
	const int64_t now = clock_now().s;
	struct push p;

	taken_up(w, "group1");
	assert_int_equal(claim(w, now, "", &p), OK);
	assert_int_equal(claim(w, now + SESSION_S, "", &p), ERR_NOT_FOUND);
	assert_non_null(strstr(say(w, "group1", "帮助"), "taken up"));
}

/* --- where --------------------------------------------------------------- */

static void
a_line_goes_to_its_groups_newest_session_while_that_is_open(void **state)
{
	struct opinions *w = *state;
	const int64_t now = clock_now().s;
	struct push p;

	taken_up(w, "group1");
	say_with(w, "s1", "group1", "帮助", SESSION "2",
	         (struct instant){now + 2 * SESSION_S});
	say_with(w, "s1", "group2", "帮助", SESSION "3",
	         (struct instant){now + 2 * SESSION_S});
	taken_up(w, "group1");
	assert_int_equal(claim(w, now, FIXED, &p), OK);
	assert_string_equal(p.address, SESSION "2");
	assert_non_null(strstr(p.text, "taken up"));
	assert_int_equal(push_failed(&w->o->f->ctx, &p, PUSH_TIME), OK);
	assert_int_equal(claim(w, now + 2 * SESSION_S, FIXED, &p), OK);
	assert_string_equal(p.address, FIXED);
}

static void
a_line_that_can_go_nowhere_waits_for_the_next_answer(void **state)
{
	struct opinions *w = *state;
	struct push p;

	taken_up(w, "group1");
	assert_int_equal(claim(w, clock_now().s + SESSION_S, "", &p),
	                 ERR_NOT_FOUND);
	assert_int_equal(COUNTED(w, "outbox WHERE given_up = 0 AND tries = 0"),
	                 1);
	assert_non_null(strstr(say(w, "group1", "帮助"), "taken up"));
}

static void
only_the_hosts_of_the_list_are_written_to(void **state)
{
	enum { FINE = PUSH_FAULTS };
	static const struct {
		const char *address;
		int port, fault;
	} rows[] = {
	    {SESSION, 443, FINE},
	    {"https://OAPI.dingtalk.com:8443/x", 8443, FINE},
	    {"http://127.0.0.1:8080/x", 8080, FINE},
	    {"https://oapi.dingtalk.com", 443, FINE},
	    {"http://oapi.dingtalk.com/x", 0, PUSH_ADDRESS},
	    {"https://dingtalk.com/x", 0, PUSH_FOREIGN},
	    {"https://oapi.dingtalk.com.example/x", 0, PUSH_FOREIGN},
	    {"https://oapi.dingtalk.com@example.org/x", 0, PUSH_ADDRESS},
	    {"https://u:p@oapi.dingtalk.com/x", 0, PUSH_ADDRESS},
	    {"https://oapi.dingtalk.com\\@example.org/", 0, PUSH_ADDRESS},
	    {"https://oapi.dingtalk.com:0/x", 0, PUSH_ADDRESS},
	    {"https://oapi.dingtalk.com:70000/x", 0, PUSH_ADDRESS},
	    {"https://oapi.dingtalk.com:/x", 0, PUSH_ADDRESS},
	    {"https://oapi.dingtalk.com:443x", 0, PUSH_ADDRESS},
	    {"https://oapi.dingtalk.com/a b", 0, PUSH_ADDRESS},
	    {"https://oapi.dingtalk.com?x", 0, PUSH_ADDRESS},
	    {"http://127.0.0.2/x", 0, PUSH_ADDRESS},
	    {"http://localhost/x", 0, PUSH_ADDRESS},
	    {"https://[::1]/x", 0, PUSH_ADDRESS},
	    {"file:///etc/passwd", 0, PUSH_ADDRESS},
	    {"https:///x", 0, PUSH_ADDRESS},
	    {"", 0, PUSH_ADDRESS},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char host[PUSH_HOST + 1];
		enum push_fault fault;
		int port = 0;
		bool may =
		    push_may(rows[i].address, "oapi.dingtalk.com  127.0.0.1",
		             host, &port, &fault);

		if (may != (rows[i].fault == FINE) ||
		    (may ? port != rows[i].port : (int)fault != rows[i].fault))
			fail_msg("%s", rows[i].address);
		assert_false(
		    push_may(rows[i].address, "", host, &port, &fault));
	}
}

/* --- once ---------------------------------------------------------------- */

static void
a_group_hears_a_line_once_by_either_way(void **state)
{
	struct opinions *w = *state;
	int64_t now = clock_now().s;
	struct push p;

	taken_up(w, "group1");
	assert_int_equal(claim(w, now, "", &p), OK);
	/* on its way: no answer takes it along, nor says that it was told */
	assert_null(strstr(say(w, "group1", "帮助"), "taken up"));
	assert_int_equal(push_done(&w->o->f->ctx, &p), OK);
	assert_null(strstr(say(w, "group1", "帮助"), "taken up"));

	taken_up(w, "group1");
	assert_int_equal(claim(w, now, "", &p), OK);
	assert_int_equal(push_failed(&w->o->f->ctx, &p, PUSH_TIME), OK);
	assert_non_null(strstr(say(w, "group1", "帮助"), "taken up"));
	assert_int_equal(claim(w, now + 60, "", &p), ERR_NOT_FOUND);
	opinions_check(w);
}

static void
five_lines_of_a_group_go_in_one_text_and_others_by_themselves(void **state)
{
	struct opinions *w = *state;
	const int64_t now = clock_now().s;
	struct opinion_id ids[OUTBOX_TOLD + 2];
	struct push p;
	int groups[] = {0, 0};

	for (size_t i = 0; i < COUNT(ids); i++)
		ids[i] = raised(w, i == 0 ? "group2" : "group1");
	for (size_t i = 0; i < COUNT(ids); i++)
		assert_int_equal(act(w, "officer", ids[i], OPINION_DO_TAKE),
		                 OK);
	for (int n = 0; claim(w, now, "", &p) == OK; n++) {
		assert_in_range(p.n, 1, OUTBOX_TOLD);
		groups[p.n == OUTBOX_TOLD]++;
		assert_int_equal(push_done(&w->o->f->ctx, &p), OK);
	}
	assert_int_equal(groups[true], 1);
	assert_int_equal(groups[false], 2);
}

/* --- who knows ----------------------------------------------------------- */

static void
the_address_of_a_group_stands_in_its_one_row_only(void **state)
{
	struct opinions *w = *state;

	taken_up(w, "group1");
	say(w, "alone", "帮助");
	assert_int_equal(COUNTED(w, "robot_webhook"), 1);
	assert_int_equal(
	    COUNTED(w, "robot_webhook WHERE address LIKE '%s3cr3t'"), 1);
	assert_int_equal(COUNTED(w, "audit WHERE detail LIKE '%s3cr3t%'"), 0);
	assert_int_equal(COUNTED(w, "event_undo WHERE before LIKE '%s3cr3t%'"),
	                 0);
	assert_int_equal(
	    COUNTED(w, "robot_message WHERE answer || words LIKE '%s3cr3t%'"),
	    0);
}

static void
what_waits_is_seen_by_who_receives_the_opinions_of_that_unit(void **state)
{
	struct opinions *w = *state;
	struct opinion_id second;
	struct push_line *rows;
	struct ctx c;
	struct push p;
	int n;

	second = raised(w, "group1");
	taken_up(w, "group1");
	assert_int_equal(claim(w, clock_now().s, "", &p), OK);
	assert_int_equal(push_failed(&w->o->f->ctx, &p, PUSH_FOREIGN), OK);
	assert_int_equal(act(w, "officer", second, OPINION_DO_TAKE), OK);
	ctx_of(w, "officer", &c);
	assert_int_equal(push_waiting(&c, w->o->f->a, 10, &rows, &n), OK);
	assert_int_equal(n, 2);
	assert_true(rows[0].given_up);
	assert_string_equal(rows[0].fault, "the host is not on the list");
	assert_false(rows[1].given_up);
	assert_string_equal(rows[1].fault, "");
	ctx_of(w, "officer2", &c);
	assert_int_equal(push_waiting(&c, w->o->f->a, 10, &rows, &n), OK);
	assert_int_equal(n, 0);
	ctx_of(w, "deputy", &c);
	assert_int_equal(push_waiting(&c, w->o->f->a, 10, &rows, &n),
	                 ERR_DENIED);
}

static void
its_questions_have_an_index(void **state)
{
	struct fixture *f = *state;
	const struct instant now = {1900000000};
	int64_t waiting, given_up;
	struct push_line *rows;
	struct push p;
	int n;

	fixture_rows(f);
	fixture_event(
	    f, ACTION_ROBOT_TAKE, ENTITY_ROBOT_MESSAGE, 1,
	    "INSERT INTO opinion (id, unit, station, source, subject, body,"
	    " level, state, senders, received_at, month) VALUES (1, 1, 1,"
	    " 'desk', 's', 'b', 'unit', 'new', 1, 1774764000, 202603)");
	fixture_event(f, ACTION_ROBOT_TAKE, ENTITY_ROBOT_MESSAGE, 1,
	              "INSERT INTO outbox (target, opinion, event, step,"
	              " made_at) VALUES ('group1', 1, 1, 'take', 4102444800)");
	assert_int_equal(push_claim(&f->ctx, f->a, now, FIXED, &p), OK);
	assert_int_equal(push_failed(&f->ctx, &p, PUSH_TIME), OK);
	assert_int_equal(push_count(&f->ctx, &waiting, &given_up), OK);
	assert_int_equal(waiting, 1);
	assert_int_equal(given_up, 0);
	assert_int_equal(push_waiting(&f->ctx, f->a, 10, &rows, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(push_done(&f->ctx, &p), OK);
	fixture_plan_used(f);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, opinions_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(
		a_line_is_tried_at_once_after_1_5_and_30_minutes_and_then_given_up),
	    TEST(a_kill_while_sending_has_it_sent_once_more),
	    TEST(a_kill_in_the_last_try_gives_it_up),
	    TEST(
		a_kill_while_sending_before_the_session_ends_leaves_it_to_the_answer),
	    TEST(what_no_try_helps_is_given_up_at_once),
	    TEST(a_line_of_yesterday_is_left_to_the_next_answer),
	    TEST(a_step_that_was_struck_out_is_not_pushed),
	    TEST(a_line_goes_to_its_groups_newest_session_while_that_is_open),
	    TEST(a_line_that_can_go_nowhere_waits_for_the_next_answer),
	    cmocka_unit_test(only_the_hosts_of_the_list_are_written_to),
	    TEST(a_group_hears_a_line_once_by_either_way),
	    TEST(five_lines_of_a_group_go_in_one_text_and_others_by_themselves),
	    TEST(the_address_of_a_group_stands_in_its_one_row_only),
	    TEST(what_waits_is_seen_by_who_receives_the_opinions_of_that_unit),
	    cmocka_unit_test_setup_teardown(its_questions_have_an_index,
	                                    fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
