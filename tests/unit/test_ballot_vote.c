/* Who may vote and who may not, once and not twice, whatever is killed. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/store/inner.h"
#include "tests/unit/fixture_ballot.h"

static struct ballot_id
open_one(struct ballots *w)
{
	const struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 0, &terms, 3);

	ballot_open(w, id);
	return id;
}

static void
a_vote_is_a_paper_a_voter_and_a_duty_record(void **state)
{
	struct ballots *w = *state;
	struct ballot_id id = open_one(w);
	struct ballot_voter me;
	struct instant at;
	struct ctx c;

	org_ctx(w->o, "t1", &c);
	assert_int_equal(ballot_may_vote(&c, id), OK);
	assert_int_equal(ballot_voted_at(&c, id, &at), ERR_NOT_FOUND);
	assert_int_equal(ballot_vote(&c, id, "+0+"), OK);
	assert_int_equal(ballot_mine(&c, w->f->a, id, &me), OK);
	assert_true(me.voted);
	assert_int_equal(ballot_voted_at(&c, id, &at), OK);
	assert_int_equal(at.s, ctx_now(&c).s);
	assert_int_equal(ballot_now(w, id).returned, 1);
	assert_int_equal(fixture_int(w->f, "SELECT count(*) FROM ballot_paper"),
	                 1);
	assert_int_equal(fixture_int(w->f,
	                             "SELECT count(*) FROM duty_record"
	                             " WHERE kind = 'meeting'"
	                             "   AND subject_kind = 'ballot'"
	                             "   AND title = '2026年民生实事项目'"),
	                 1);
	ballots_check(w);
}

static void
a_voter_votes_once(void **state)
{
	struct ballots *w = *state;
	struct ballot_id id = open_one(w);
	struct ctx c;

	assert_int_equal(ballot_vote_by(w, "t1", id, "+00"), OK);
	assert_int_equal(ballot_vote_by(w, "t1", id, "0+0"), ERR_EXISTS);
	org_ctx(w->o, "t1", &c);
	assert_int_equal(ballot_may_vote(&c, id), ERR_EXISTS);
	/* also when it is over, that is what they hear */
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CLOSE, ""), OK);
	assert_int_equal(ballot_vote_by(w, "t1", id, "0+0"), ERR_EXISTS);
}

static void
who_is_not_on_the_list_does_not_vote(void **state)
{
	struct ballots *w = *state;
	struct ballot_id id = open_one(w);

	/* of the town, but a deputy of the county only */
	assert_int_equal(ballot_vote_by(w, "other", id, "+00"), ERR_DENIED);
	/* a clerk */
	assert_int_equal(ballot_vote_by(w, "town", id, "+00"), ERR_DENIED);
	/* of another unit, where it is as if it were not there */
	assert_int_equal(ballot_vote_by(w, "m1", id, "+00"), ERR_NOT_FOUND);
	assert_int_equal(ballot_vote(&w->f->ctx, id, "+00"), ERR_DENIED);
	assert_int_equal(ballot_now(w, id).returned, 0);
}

static void
a_ballot_takes_papers_only_while_it_is_open(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 0, &terms, 3);

	assert_int_equal(ballot_vote_by(w, "t1", id, "+00"), ERR_NOT_FOUND);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_FREEZE, ""), OK);
	assert_int_equal(ballot_vote_by(w, "t1", id, "+00"), ERR_STATE);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_OPEN, ""), OK);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CLOSE, ""), OK);
	assert_int_equal(ballot_vote_by(w, "t1", id, "+00"), ERR_EXPIRED);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CONFIRM, ""), OK);
	assert_int_equal(ballot_vote_by(w, "t1", id, "+00"), ERR_EXPIRED);
}

/* The list is as it was frozen; the right to vote is of today. */
static void
whose_mandate_ended_after_the_list_was_made_may_not_vote(void **state)
{
	struct ballots *w = *state;
	struct ballot_id id = open_one(w);
	const char *sql = arena_printf(
	    w->f->a, "UPDATE mandate SET to_on = '2026-03-28' WHERE id = %lld",
	    (long long)w->mandates[3].v);

	fixture_event(w->f, ACTION_PERSON_LEAVE, ENTITY_MANDATE,
	              w->mandates[3].v, sql);
	assert_int_equal(ballot_vote_by(w, "t3", id, "+00"), ERR_REVOKED);
	assert_int_equal(ballot_now(w, id).issued, BALLOT_VOTERS);
	ballots_check(w);
}

static void
a_paper_that_is_not_as_it_asks_is_refused(void **state)
{
	static const char *const bad[] = {"+++", "+0", "+000", "", "+x0"};
	struct ballots *w = *state;
	struct ballot_id id = open_one(w);

	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(ballot_vote_by(w, "t1", id, bad[i]),
		                 ERR_INVALID);
	assert_int_equal(ballot_now(w, id).returned, 0);
	/* a blank one is a paper */
	assert_int_equal(ballot_vote_by(w, "t1", id, "000"), OK);
}

static void
every_refusal_has_a_sentence_of_its_own(void **state)
{
	static const int all[] = {ERR_DENIED,  ERR_NOT_FOUND, ERR_EXISTS,
	                          ERR_STATE,   ERR_EXPIRED,   ERR_REVOKED,
	                          ERR_INVALID, ERR_STORE};

	(void)state;
	for (size_t i = 0; i < COUNT(all); i++)
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(ballot_refusal(all[i]),
			                        ballot_refusal(all[j]));
}

/* Statements until kill -9. */
static int
kill_at(unsigned what, void *data, void *stmt, void *text)
{
	int *left = data;

	(void)what, (void)stmt, (void)text;
	return --*left == 0 ? raise(SIGKILL) : 0;
}

/* In a process of its own, with its own connection; it is killed before its
 * statement number at; 0: never. */

static void
vote_and_exit(struct ballots *w, const char *who, struct ballot_id id, int at)
{
	int64_t account = org_account(w->o, who).v;
	struct store *s;
	struct ctx c;
	int err = store_open(w->f->path, STORE_EXISTING, &s);

	if (err == OK)
		err = ctx_open(&c, s, account, 0);
	c.stopped = w->f->ctx.stopped;
	if (err == OK && at > 0)
		sqlite3_trace_v2(s->db, SQLITE_TRACE_STMT, kill_at, &at);
	if (err == OK)
		err = ballot_vote(&c, id, "+00");
	_exit(err == OK ? 0 : -err);
}

/* What ballot_vote said; 1: it was killed. */
static int
verdict(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? -WEXITSTATUS(status) : 1;
}

static void
of_two_sessions_of_one_voter_one_votes(void **state)
{
	struct ballots *w = *state;
	struct ballot_id id = open_one(w);
	pid_t pids[2];
	int said[2];

	for (int i = 0; i < 2; i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (pids[i] == 0)
			vote_and_exit(w, "t1", id, 0);
	}
	for (int i = 0; i < 2; i++)
		said[i] = verdict(pids[i]);
	assert_true((said[0] == OK && said[1] == ERR_EXISTS) ||
	            (said[0] == ERR_EXISTS && said[1] == OK));
	assert_int_equal(ballot_now(w, id).returned, 1);
	ballots_check(w);
}

static void
of_a_killed_vote_all_is_there_or_nothing_and_the_voter_sees_which(void **state)
{
	struct ballots *w = *state;
	struct ballot_id id = open_one(w);
	struct ballot_voter me;
	struct instant at;
	struct ctx c;
	int said = 1, kills = 0;

	org_ctx(w->o, "t1", &c);
	for (int nth = 1; said != OK; nth++) {
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid == 0)
			vote_and_exit(w, "t1", id, nth);
		said = verdict(pid);
		kills += said == 1;
		assert_int_equal(ballot_mine(&c, w->f->a, id, &me), OK);
		assert_int_equal(
		    fixture_int(w->f, "SELECT count(*) FROM ballot_paper"),
		    me.voted);
		assert_int_equal(
		    fixture_int(w->f, "SELECT count(*) FROM duty_record"),
		    me.voted);
		assert_int_equal(ballot_now(w, id).returned, me.voted);
		assert_int_equal(ballot_voted_at(&c, id, &at),
		                 me.voted ? OK : ERR_NOT_FOUND);
		assert_int_equal(me.voted, said == OK);
	}
	assert_true(kills > 10);
	ballots_check(w);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, ballots_setup, ballots_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_vote_is_a_paper_a_voter_and_a_duty_record),
	    TEST(a_voter_votes_once),
	    TEST(who_is_not_on_the_list_does_not_vote),
	    TEST(a_ballot_takes_papers_only_while_it_is_open),
	    TEST(whose_mandate_ended_after_the_list_was_made_may_not_vote),
	    TEST(a_paper_that_is_not_as_it_asks_is_refused),
	    cmocka_unit_test(every_refusal_has_a_sentence_of_its_own),
	    TEST(of_two_sessions_of_one_voter_one_votes),
	    TEST(
		of_a_killed_vote_all_is_there_or_nothing_and_the_voter_sees_which),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
