/* Ballots from the draft to what is selected. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/totals.h"
#include "tests/unit/fixture_ballot.h"

/* n voters of the town from first on mark the same. */
static void
vote(struct ballots *w, struct ballot_id id, int first, int n,
     const char *marks)
{
	for (int i = first; i < first + n; i++)
		assert_int_equal(ballot_vote_by(w, ballots_voter(i), id, marks),
		                 OK);
}

static void
a_ballot_goes_from_draft_to_what_is_selected(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 0, &terms, 4);
	struct ballot b = ballot_now(w, id);

	assert_int_equal(b.state, BALLOT_DRAFT);
	assert_int_equal(b.body, BALLOT_CONGRESS);
	assert_int_equal(b.station.v, w->o->units[0].station.v);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_FREEZE, ""), OK);
	assert_int_equal(ballot_now(w, id).issued, BALLOT_VOTERS);
	assert_string_equal(ballot_project_state(w, w->projects[0][0]),
	                    "ballot");
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_OPEN, ""), OK);
	vote(w, id, 0, 4, "++00");
	vote(w, id, 4, 3, "+0+0");
	b = ballot_now(w, id);
	assert_int_equal(b.returned, 7);
	ballots_check(w);
	/* nobody sees a count while it is open */
	assert_int_equal(ballot_option_now(w, id, 0).yes, 0);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CLOSE, ""), OK);
	b = ballot_now(w, id);
	assert_int_equal(b.outcome, BALLOT_DECIDED);
	assert_int_equal(b.valid, 7);
	assert_int_equal(ballot_option_now(w, id, 0).yes, 7);
	assert_int_equal(ballot_option_now(w, id, 1).yes, 4);
	assert_int_equal(ballot_option_now(w, id, 2).yes, 3);
	ballots_check(w);
	assert_string_equal(ballot_project_state(w, w->projects[0][0]),
	                    "ballot");
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CONFIRM, ""), OK);
	assert_string_equal(ballot_project_state(w, w->projects[0][0]),
	                    "selected");
	assert_string_equal(ballot_project_state(w, w->projects[0][1]),
	                    "selected");
	assert_string_equal(ballot_project_state(w, w->projects[0][2]), "pool");
	assert_string_equal(ballot_project_state(w, w->projects[0][4]),
	                    "candidate");
	assert_int_equal(fixture_int(w->f, "SELECT count(*) FROM ballot_paper"),
	                 0);
	ballots_check(w);
}

static void
the_assembly_of_a_subdistrict_selects(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 1, &terms, 3);

	assert_int_equal(ballot_now(w, id).body, BALLOT_ASSEMBLY);
	ballot_open(w, id);
	assert_int_equal(ballot_now(w, id).issued, BALLOT_MEMBERS);
	for (int i = 1; i <= 5; i++)
		assert_int_equal(ballot_vote_by(w,
		                                arena_printf(w->f->a, "m%d", i),
		                                id, "+0+"),
		                 OK);
	/* a deputy to the county's congress is not of the assembly */
	assert_int_equal(ballot_vote_by(w, "deputy2", id, "+00"), ERR_DENIED);
	assert_int_equal(ballot_do(w, "town2", id, BALLOT_DO_CLOSE, ""), OK);
	assert_int_equal(ballot_option_now(w, id, 2).outcome, OPTION_SELECTED);
	/* they have no mandate, so no file to keep it in */
	assert_int_equal(fixture_int(w->f, "SELECT count(*) FROM duty_record"),
	                 0);
	ballots_check(w);
}

static void
what_is_prepared_is_checked(void **state)
{
	struct ballots *w = *state;
	struct ballot terms = ballot_terms_of();
	const struct project_id twice[] = {w->projects[0][0], w->projects[0][0],
	                                   w->projects[0][1]};
	const struct project_id foreign[] = {
	    w->projects[0][0], w->projects[1][0], w->projects[0][1]};
	struct ballot_id id;
	struct ctx c;

	org_ctx(w->o, "town", &c);
	assert_int_equal(ballot_prepare(&c, &terms, twice, 3, &id),
	                 ERR_INVALID);
	org_assert_fault(&c, "projects");
	assert_int_equal(ballot_prepare(&c, &terms, foreign, 3, &id),
	                 ERR_INVALID);
	org_assert_fault(&c, "projects");
	/* two of two is no choice */
	assert_int_equal(ballot_prepare(&c, &terms, w->projects[0], 2, &id),
	                 ERR_INVALID);
	org_assert_fault(&c, "places");
	terms.places = 0;
	assert_int_equal(ballot_prepare(&c, &terms, w->projects[0], 3, &id),
	                 ERR_INVALID);
	org_assert_fault(&c, "places");
	terms = ballot_terms_of();
	terms.title = "";
	assert_int_equal(ballot_prepare(&c, &terms, w->projects[0], 3, &id),
	                 ERR_INVALID);
	org_assert_fault(&c, "title");
	terms = ballot_terms_of();
	terms.closes_at = ctx_now(&c);
	assert_int_equal(ballot_prepare(&c, &terms, w->projects[0], 3, &id),
	                 ERR_INVALID);
	org_assert_fault(&c, "closes_at");
	terms = ballot_terms_of();
	terms.unit = w->o->units[1].unit;
	assert_int_equal(ballot_prepare(&c, &terms, w->projects[1], 3, &id),
	                 ERR_DENIED);
	org_ctx(w->o, "deputy", &c);
	assert_int_equal(ballot_prepare(&c, &terms, w->projects[0], 3, &id),
	                 ERR_DENIED);
	assert_int_equal(fixture_int(w->f, "SELECT count(*) FROM ballot"), 0);
}

static void
a_draft_is_changed_and_a_frozen_one_is_not(void **state)
{
	struct ballots *w = *state;
	struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 0, &terms, 3);
	struct ctx c;

	org_ctx(w->o, "town", &c);
	terms.id = id;
	terms.places = 3;
	assert_int_equal(ballot_save(&c, &terms, w->projects[0] + 1, 4), OK);
	assert_int_equal(ballot_now(w, id).places, 3);
	assert_int_equal(ballot_option_now(w, id, 3).project.v,
	                 w->projects[0][4].v);
	/* as of the version it was read at */
	assert_int_equal(ballot_save(&c, &terms, w->projects[0], 4),
	                 ERR_CHANGED);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_FREEZE, ""), OK);
	terms.version = ballot_now(w, id).version;
	assert_int_equal(ballot_save(&c, &terms, w->projects[0], 4), ERR_STATE);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_THAW, ""), OK);
	assert_string_equal(ballot_project_state(w, w->projects[0][1]),
	                    "candidate");
	assert_int_equal(fixture_int(w->f, "SELECT count(*) FROM ballot_voter"),
	                 0);
	terms.version = ballot_now(w, id).version;
	assert_int_equal(ballot_save(&c, &terms, w->projects[0], 4), OK);
}

static void
preparing_and_striking_out_leaves_nothing(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	const char *before = fixture_dump(w->f, w->f->a);

	ballot_of(w, 0, &terms, 3);
	org_strike_restores(w->o, before);
}

static void
a_candidate_is_on_one_frozen_list_only(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	struct ballot_id one = ballot_of(w, 0, &terms, 3);
	struct ballot_id two = ballot_of(w, 0, &terms, 4);

	assert_int_equal(ballot_do(w, "town", one, BALLOT_DO_FREEZE, ""), OK);
	assert_int_equal(ballot_do(w, "town", two, BALLOT_DO_FREEZE, ""),
	                 ERR_INVALID);
	assert_int_equal(ballot_now(w, two).state, BALLOT_DRAFT);
	assert_int_equal(fixture_int(w->f, "SELECT count(*) FROM ballot_voter"),
	                 BALLOT_VOTERS);
}

static void
steps_follow_the_table_and_the_version(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 0, &terms, 3);
	struct ballot_act act = {
	    .id = id, .version = 7, .step = BALLOT_DO_FREEZE, .reason = ""};
	struct ctx c;

	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_OPEN, ""),
	                 ERR_STATE);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_VOID, ""),
	                 ERR_INVALID);
	assert_int_equal(ballot_do(w, "officer", id, BALLOT_DO_FREEZE, ""),
	                 ERR_DENIED);
	assert_int_equal(ballot_do(w, "county", id, BALLOT_DO_FREEZE, ""),
	                 ERR_DENIED);
	assert_int_equal(ballot_do(w, "deputy", id, BALLOT_DO_FREEZE, ""),
	                 ERR_NOT_FOUND); /* a draft is the staff's */
	assert_int_equal(ballot_do(w, "town2", id, BALLOT_DO_FREEZE, ""),
	                 ERR_NOT_FOUND);
	org_ctx(w->o, "town", &c);
	assert_int_equal(ballot_act(&c, &act), ERR_CHANGED);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_VOID, "延期"), OK);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_FREEZE, ""),
	                 ERR_STATE);
}

static void
a_void_ballot_gives_the_candidates_back_and_has_no_papers(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 0, &terms, 3);

	ballot_open(w, id);
	vote(w, id, 0, 6, "+00");
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_VOID, "名单有误"),
	                 OK);
	assert_int_equal(fixture_int(w->f, "SELECT count(*) FROM ballot_paper"),
	                 0);
	assert_int_equal(ballot_option_now(w, id, 0).yes, 0);
	assert_string_equal(ballot_project_state(w, w->projects[0][0]),
	                    "candidate");
	assert_int_equal(ballot_vote_by(w, "t9", id, "+00"), ERR_STATE);
	ballots_check(w);
}

/* 3 for the second and 3 for the third, one place left. */
static struct ballot_id
tied(struct ballots *w, int tie)
{
	struct ballot terms = ballot_terms_of();
	struct ballot_id id;

	terms.tie = tie;
	id = ballot_of(w, 0, &terms, 4);
	ballot_open(w, id);
	vote(w, id, 0, 3, "++00");
	vote(w, id, 3, 3, "+0+0");
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CLOSE, ""), OK);
	assert_int_equal(ballot_now(w, id).outcome, BALLOT_TIED);
	return id;
}

static void
a_further_ballot_is_among_the_tied_for_the_places_left(void **state)
{
	struct ballots *w = *state;
	struct ballot_id id = tied(w, BALLOT_TIE_AGAIN), next, other;
	struct ballot b;
	struct ctx c;

	org_ctx(w->o, "town", &c);
	assert_int_equal(ballot_again(&c, id, &next), ERR_STATE);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CONFIRM, ""), OK);
	assert_string_equal(ballot_project_state(w, w->projects[0][0]),
	                    "selected");
	assert_string_equal(ballot_project_state(w, w->projects[0][1]),
	                    "candidate");
	assert_string_equal(ballot_project_state(w, w->projects[0][3]), "pool");
	assert_int_equal(ballot_again(&c, id, &next), OK);
	assert_int_equal(ballot_again(&c, id, &other), ERR_EXISTS);
	b = ballot_now(w, next);
	assert_int_equal(b.places, 1);
	assert_int_equal(b.again.v, id.v);
	assert_int_equal(ballot_option_now(w, next, 1).project.v,
	                 w->projects[0][2].v);
	ballot_open(w, next);
	vote(w, next, 0, 4, "+0");
	vote(w, next, 4, 2, "0+");
	assert_int_equal(ballot_do(w, "town", next, BALLOT_DO_CLOSE, ""), OK);
	assert_int_equal(ballot_do(w, "town", next, BALLOT_DO_CONFIRM, ""), OK);
	assert_string_equal(ballot_project_state(w, w->projects[0][1]),
	                    "selected");
	assert_string_equal(ballot_project_state(w, w->projects[0][2]), "pool");
	ballots_check(w);
}

static void
the_presidium_picks_among_the_tied_with_a_reason(void **state)
{
	struct ballots *w = *state;
	struct ballot_id id = tied(w, BALLOT_TIE_PRESIDIUM);
	struct ballot_act act = {.id = id,
	                         .version = ballot_now(w, id).version,
	                         .step = BALLOT_DO_CONFIRM,
	                         .reason = "惠及人数更多"};
	struct ctx c;

	org_ctx(w->o, "town", &c);
	assert_int_equal(ballot_act(&c, &act), ERR_INVALID);
	org_assert_fault(&c, "picks");
	act.picks = &w->projects[0][3]; /* not tied */
	act.pick_count = 1;
	assert_int_equal(ballot_act(&c, &act), ERR_INVALID);
	act.picks = &w->projects[0][1]; /* more than places */
	act.pick_count = 2;
	assert_int_equal(ballot_act(&c, &act), ERR_INVALID);
	act.picks = &w->projects[0][2];
	act.pick_count = 1;
	act.reason = "";
	assert_int_equal(ballot_act(&c, &act), ERR_INVALID);
	org_assert_fault(&c, "reason");
	act.reason = "惠及人数更多";
	assert_int_equal(ballot_act(&c, &act), OK);
	assert_string_equal(ballot_project_state(w, w->projects[0][2]),
	                    "selected");
	assert_string_equal(ballot_project_state(w, w->projects[0][1]), "pool");
	assert_string_equal(ballot_now(w, id).reason, "惠及人数更多");
	ballots_check(w);
}

/* Five of ten are no quorum, four papers too few: nothing is told, and the
 * candidates are candidates again. */
static void
what_does_not_stand_is_not_counted(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();

	for (int n = 4; n <= 5; n++) {
		struct ballot_id id = ballot_of(w, 0, &terms, 3);

		ballot_open(w, id);
		vote(w, id, 0, n, "+00");
		assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CLOSE, ""),
		                 OK);
		assert_int_equal(ballot_now(w, id).outcome,
		                 n == 4 ? BALLOT_TOO_FEW : BALLOT_NO_QUORUM);
		assert_int_equal(ballot_now(w, id).returned, n);
		assert_int_equal(ballot_option_now(w, id, 0).yes, 0);
		assert_int_equal(
		    fixture_int(w->f, "SELECT count(*) FROM ballot_paper"), 0);
		ballots_check(w);
		assert_int_equal(
		    ballot_do(w, "town", id, BALLOT_DO_CONFIRM, ""), OK);
		assert_string_equal(ballot_project_state(w, w->projects[0][0]),
		                    "candidate");
	}
	ballots_check(w);
}

static void
a_list_of_under_five_voters_is_not_frozen(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 1, &terms, 3);
	struct ctx c;

	fixture_event(w->f, ACTION_OFFICE_END, ENTITY_OFFICE, 0,
	              "UPDATE office SET to_on = '2026-03-28'"
	              " WHERE id IN (SELECT id FROM office"
	              "   WHERE role = 'member' ORDER BY id LIMIT 2)");
	org_ctx(w->o, "town2", &c);
	assert_int_equal(ballot_act(&c,
	                            &(struct ballot_act){
					.id = id,
					.step = BALLOT_DO_FREEZE,
					.reason = "",
				    }),
	                 ERR_INVALID);
	org_assert_fault(&c, "");
	assert_string_equal(ballot_project_state(w, w->projects[1][0]),
	                    "candidate");
}

static void
it_closes_by_itself_at_its_time(void **state)
{
	struct ballots *w = *state;
	struct ballot terms = ballot_terms_of();
	struct instant now = ctx_now(&w->f->ctx);
	struct ballot_id id;
	struct ctx c;
	int changed;

	terms.closes_at.s = now.s + 3600;
	id = ballot_of(w, 0, &terms, 3);
	ballot_open(w, id);
	vote(w, id, 0, 6, "+00");
	org_ctx(w->o, "t9", &c);
	assert_int_equal(ballot_tick(&c, &changed), OK);
	assert_int_equal(changed, 0);
	c.stopped.s = now.s + 3600;
	/* late by the clock, whether anybody has closed it or not */
	assert_int_equal(ballot_vote(&c, id, "+00"), ERR_EXPIRED);
	assert_int_equal(ballot_tick(&c, &changed), OK);
	assert_int_equal(changed, 1);
	assert_int_equal(ballot_now(w, id).state, BALLOT_CLOSED);
	assert_int_equal(ballot_now(w, id).returned, 6);
	ballots_check(w);
}

static int
todos(struct ballots *w, const char *who, enum todo_what what)
{
	struct todo *rows;
	struct ctx c;
	int n, found = 0;

	org_ctx(w->o, who, &c);
	assert_int_equal(todo_list(&c, w->f->a, 20, &rows, &n), OK);
	for (int i = 0; i < n; i++)
		found += rows[i].what == what;
	return found;
}

static void
who_has_to_do_something_is_told(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 1, &terms, 3);

	assert_int_equal(todos(w, "m1", TODO_VOTE), 0);
	ballot_open(w, id);
	assert_int_equal(todos(w, "m1", TODO_VOTE), 1);
	assert_int_equal(todos(w, "deputy2", TODO_VOTE), 0);
	assert_int_equal(todos(w, "town2", TODO_CLOSE), 0);
	for (int i = 1; i <= BALLOT_MEMBERS; i++)
		assert_int_equal(ballot_vote_by(w,
		                                arena_printf(w->f->a, "m%d", i),
		                                id, "+00"),
		                 OK);
	assert_int_equal(todos(w, "m1", TODO_VOTE), 0);
	assert_int_equal(todos(w, "town2", TODO_CLOSE), 1);
	assert_int_equal(ballot_do(w, "town2", id, BALLOT_DO_CLOSE, ""), OK);
	assert_int_equal(todos(w, "town2", TODO_OUTCOME), 1);
	assert_int_equal(todos(w, "town", TODO_OUTCOME), 0);
}

static void
others_see_nothing_of_it(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 0, &terms, 3);
	struct ballot_voter *voters, me;
	struct ballot_option *options;
	struct ballot b;
	struct ctx c;
	int n;

	ballot_open(w, id);
	org_ctx(w->o, "town2", &c);
	assert_int_equal(ballot_get(&c, w->f->a, id, &b), ERR_NOT_FOUND);
	assert_int_equal(ballot_options(&c, w->f->a, id, &options, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(ballot_voters(&c, w->f->a, id, &voters, &n), OK);
	assert_int_equal(n, 0);
	org_ctx(w->o, "office", &c);
	assert_int_equal(ballot_get(&c, w->f->a, id, &b), ERR_DENIED);
	org_ctx(w->o, "t1", &c);
	assert_int_equal(ballot_get(&c, w->f->a, id, &b), OK);
	assert_int_equal(ballot_voters(&c, w->f->a, id, &voters, &n),
	                 ERR_DENIED);
	assert_int_equal(ballot_mine(&c, w->f->a, id, &me), OK);
	assert_false(me.voted);
	org_ctx(w->o, "officer", &c);
	assert_int_equal(ballot_get(&c, w->f->a, id, &b), OK);
	assert_int_equal(ballot_mine(&c, w->f->a, id, &me), ERR_NOT_FOUND);
}

/* What the page of a candidate tells of its ballots to who. */
static int
told(struct ballots *w, const char *who, struct project_id project,
     struct ballot_of_project *last)
{
	struct ballot_of_project *rows;
	struct ctx c;
	int n;

	org_ctx(w->o, who, &c);
	assert_int_equal(ballots_of_project(&c, w->f->a, project, &rows, &n),
	                 OK);
	if (n > 0)
		*last = rows[n - 1];
	return n;
}

static void
a_project_names_its_ballot_and_its_votes_once_they_are_counted(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 0, &terms, 3);
	struct project_id chosen = w->projects[0][0];
	struct ballot_of_project b = {0};

	assert_int_equal(told(w, "town", chosen, &b), 0); /* a draft */
	ballot_open(w, id);
	vote(w, id, 0, 4, "++0");
	vote(w, id, 4, 3, "+0+");
	assert_int_equal(told(w, "t1", chosen, &b), 1);
	assert_true(b.id.v == id.v && b.may_open);
	assert_string_equal(ballot_told(w->f->a, &b), "Voting");
	assert_int_equal(b.yes, 0);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CLOSE, ""), OK);
	assert_int_equal(told(w, "t1", chosen, &b), 1);
	assert_int_equal(b.yes, 7);
	assert_int_equal(b.outcome, OPTION_SELECTED);
	assert_string_equal(ballot_told(w->f->a, &b), "votes 7; papers 7/10");
	assert_int_equal(told(w, "t1", w->projects[0][2], &b), 1);
	assert_int_equal(b.outcome, OPTION_NOT);
	assert_int_equal(told(w, "t1", w->projects[0][3], &b), 0);
}

static void
whose_ballot_it_is_not_learns_of_it_when_it_is_confirmed(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 0, &terms, 3);
	struct project_id chosen = w->projects[0][0];
	struct ballot_of_project b = {0};

	fixture_event(w->f, ACTION_PROJECT_SAVE, ENTITY_PROJECT, chosen.v,
	              "UPDATE project SET published = 1 WHERE title = '实事1'");
	ballot_open(w, id);
	vote(w, id, 0, 7, "++0");
	assert_int_equal(told(w, "deputy2", chosen, &b), 0);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CLOSE, ""), OK);
	assert_int_equal(told(w, "deputy2", chosen, &b), 0);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CONFIRM, ""), OK);
	assert_int_equal(told(w, "deputy2", chosen, &b), 1);
	assert_int_equal(b.yes, 7);
	assert_false(b.may_open);
	assert_int_equal(told(w, "town2", chosen, &b), 0);
}

static void
a_project_is_told_no_votes_of_what_does_not_stand(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 0, &terms, 3);
	struct ballot_of_project b = {0};

	ballot_open(w, id);
	vote(w, id, 0, 4, "+00");
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CLOSE, ""), OK);
	assert_int_equal(told(w, "town", w->projects[0][0], &b), 1);
	assert_int_equal(b.yes + b.no + b.abstain, 0);
	assert_int_equal(b.outcome, OPTION_NONE);
	assert_string_equal(ballot_told(w->f->a, &b), "Fewer than five papers");
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_CONFIRM, ""), OK);
	/* it is a candidate again: both are told, a void one is not */
	id = ballot_of(w, 0, &terms, 3);
	ballot_open(w, id);
	assert_int_equal(told(w, "town", w->projects[0][0], &b), 2);
	assert_int_equal(ballot_do(w, "town", id, BALLOT_DO_VOID, "停电"), OK);
	assert_int_equal(told(w, "town", w->projects[0][0], &b), 1);
}

static void
the_record_tells_what_was_counted(void **state)
{
	struct ballots *w = *state;
	struct ballot_id id = tied(w, BALLOT_TIE_AGAIN);
	const char *text;
	struct ctx c;

	org_ctx(w->o, "county", &c);
	assert_int_equal(ballot_record(&c, w->f->a, id, &text), OK);
	assert_non_null(strstr(text, "周王庙镇"));
	assert_non_null(strstr(text, "实事4"));
	assert_non_null(strstr(text, "钱监票"));
	org_ctx(w->o, "town2", &c);
	assert_int_equal(ballot_record(&c, w->f->a, id, &text), ERR_NOT_FOUND);
}

static void
an_open_one_has_no_record(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 0, &terms, 3);
	const char *text;

	ballot_open(w, id);
	vote(w, id, 0, 6, "+00");
	assert_int_equal(ballot_record(&w->f->ctx, w->f->a, id, &text),
	                 ERR_STATE);
}

/* On a connection that has prepared nothing yet, as the system. */
static void
every_query_has_an_index(void **state)
{
	struct ballots *w = *state;
	const struct ballot terms = ballot_terms_of();
	struct ballot_id id = ballot_of(w, 0, &terms, 4), again;
	struct fixture other = *w->f;
	struct ballot_act act = {.id = id, .reason = ""};
	struct ballot_of_project *of;
	struct ballot_voter *voters;
	struct ctx c;
	int n;

	assert_int_equal(store_open(w->f->path, STORE_EXISTING, &other.store),
	                 OK);
	ctx_init_system(&other.ctx, other.store);
	other.ctx.me = w->o->units[0].deputies[0].v;
	for (int step = BALLOT_DO_FREEZE; step <= BALLOT_DO_CONFIRM; step++) {
		if (step == BALLOT_DO_THAW)
			continue;
		act.step = (enum ballot_step)step;
		act.version = ballot_now(w, id).version;
		assert_int_equal(ballot_act(&other.ctx, &act), OK);
		if (step == BALLOT_DO_OPEN)
			assert_int_equal(ballot_vote(&other.ctx, id, "++00"),
			                 OK);
	}
	assert_int_equal(ballot_voters(&other.ctx, w->f->a, id, &voters, &n),
	                 OK);
	assert_int_equal(ballot_again(&other.ctx, id, &again), ERR_STATE);
	assert_int_equal(
	    ballots_of_project(&other.ctx, w->f->a, w->projects[0][0], &of, &n),
	    OK);
	assert_int_equal(ballot_tick(&other.ctx, &n), OK);
	fixture_plan_used(&other);
	store_close(other.store);
	for (int i = 0; i < 3; i++) {
		org_ctx(w->o, i == 0 ? "county" : i == 1 ? "town" : "t1", &c);
		fixture_plan_list(w->f, &c, &ballot_list);
	}
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, ballots_setup, ballots_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_ballot_goes_from_draft_to_what_is_selected),
	    TEST(the_assembly_of_a_subdistrict_selects),
	    TEST(what_is_prepared_is_checked),
	    TEST(a_draft_is_changed_and_a_frozen_one_is_not),
	    TEST(preparing_and_striking_out_leaves_nothing),
	    TEST(a_candidate_is_on_one_frozen_list_only),
	    TEST(steps_follow_the_table_and_the_version),
	    TEST(a_void_ballot_gives_the_candidates_back_and_has_no_papers),
	    TEST(a_further_ballot_is_among_the_tied_for_the_places_left),
	    TEST(the_presidium_picks_among_the_tied_with_a_reason),
	    TEST(what_does_not_stand_is_not_counted),
	    TEST(a_list_of_under_five_voters_is_not_frozen),
	    TEST(it_closes_by_itself_at_its_time),
	    TEST(who_has_to_do_something_is_told),
	    TEST(others_see_nothing_of_it),
	    TEST(
		a_project_names_its_ballot_and_its_votes_once_they_are_counted),
	    TEST(whose_ballot_it_is_not_learns_of_it_when_it_is_confirmed),
	    TEST(a_project_is_told_no_votes_of_what_does_not_stand),
	    TEST(the_record_tells_what_was_counted),
	    TEST(an_open_one_has_no_record),
	    TEST(every_query_has_an_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
