/* Opinions from the first word to the end of both loops. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/conversion.h"
#include "db/duty_record.h"
#include "db/opinion_leg.h"
#include "db/opinion_note.h"
#include "db/store/check.h"
#include "tests/unit/fixture_opinion.h"

static void
a_matter_goes_through_an_office_to_a_rating(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer");

	assert_int_equal(opinion_now(w, id).state, OPINION_NEW);
	assert_int_equal(act(w, "officer", id, OPINION_DO_TAKE), OK);
	assert_int_equal(act(w, "officer", id, OPINION_DO_ROUTE), OK);
	assert_int_equal(opinion_now(w, id).state, OPINION_HANDLING);
	assert_int_equal(leg(w, "office", id, LEG_DO_REPLY), ERR_STATE);
	assert_int_equal(leg(w, "office", id, LEG_DO_ACCEPT), OK);
	assert_int_equal(leg(w, "office", id, LEG_DO_PROGRESS), OK);
	assert_int_equal(leg(w, "office", id, LEG_DO_REPLY), OK);
	assert_int_equal(opinion_now(w, id).state, OPINION_FEEDBACK);
	assert_int_equal(opinion_now(w, id).result, RESULT_SOLVED);
	assert_int_equal(act(w, "officer", id, OPINION_DO_TELL), OK);
	assert_int_equal(rate(w, "officer", id, RATING_SATISFIED), OK);
	assert_int_equal(opinion_now(w, id).state, OPINION_CLOSED);
	assert_int_equal(opinion_now(w, id).rating, RATING_SATISFIED);
	assert_true(opinion_now(w, id).by_hand);
	opinions_check(w);
}

static void
dissatisfied_once_is_handled_again_and_twice_is_escalated(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer");

	opinion_to(w, id, OPINION_AWAITING);
	assert_int_equal(rate(w, "officer", id, RATING_DISSATISFIED), OK);
	assert_int_equal(opinion_now(w, id).state, OPINION_HANDLING);
	assert_int_equal(leg(w, "office", id, LEG_DO_ACCEPT), OK);
	assert_int_equal(leg(w, "office", id, LEG_DO_REPLY), OK);
	assert_int_equal(act(w, "officer", id, OPINION_DO_TELL), OK);
	assert_int_equal(rate(w, "officer", id, RATING_DISSATISFIED), OK);
	assert_int_equal(opinion_now(w, id).state, OPINION_ESCALATED);
	assert_int_equal(act(w, "officer", id, OPINION_DO_SUPERVISE),
	                 ERR_DENIED);
	assert_int_equal(act(w, "county", id, OPINION_DO_SUPERVISE), OK);
	assert_int_equal(opinion_now(w, id).state, OPINION_FEEDBACK);
	opinions_check(w);
}

static void
an_office_pauses_and_asks_for_time_once(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer");
	struct day due;

	opinion_to(w, id, OPINION_HANDLING);
	assert_int_equal(leg(w, "office", id, LEG_DO_ACCEPT), OK);
	due = opinion_now(w, id).due_on;
	assert_int_equal(leg(w, "office", id, LEG_DO_ASK), OK);
	assert_int_equal(leg(w, "office", id, LEG_DO_ASK), ERR_STATE);
	assert_int_equal(leg(w, "office", id, LEG_DO_GRANT), ERR_DENIED);
	assert_int_equal(leg(w, "officer", id, LEG_DO_GRANT), OK);
	assert_true(day_compare(opinion_now(w, id).due_on, due) > 0);
	assert_int_equal(leg(w, "office", id, LEG_DO_ASK), ERR_STATE);
	assert_int_equal(leg(w, "office", id, LEG_DO_PAUSE), OK);
	assert_false(opinion_ticks(
	    &(struct opinion){.due_on = opinion_now(w, id).due_on}));
	assert_int_equal(leg(w, "office", id, LEG_DO_RESUME), OK);
	assert_true(day_compare(opinion_now(w, id).due_on, due) > 0);
	assert_int_equal(leg(w, "office", id, LEG_DO_REPLY), OK);
	assert_int_equal(opinion_now(w, id).state, OPINION_FEEDBACK);
	opinions_check(w);
}

static void
what_is_merged_ends_with_the_other(void **state)
{
	struct opinions *w = *state;
	struct opinion_id first = opinion_of(w, "officer");
	struct opinion_id second = opinion_of(w, "officer");
	struct opinion_act merge = {.step = OPINION_DO_MERGE, .into = first};

	opinion_to(w, second, OPINION_TRIAGE);
	assert_int_equal(act_with(w, "officer", second, merge), OK);
	assert_int_equal(opinion_now(w, second).state, OPINION_MERGED);
	assert_int_equal(opinion_now(w, first).senders, 2);
	opinion_to(w, first, OPINION_AWAITING);
	assert_int_equal(rate(w, "officer", first, RATING_BASIC), OK);
	assert_int_equal(opinion_now(w, second).state, OPINION_CLOSED);
	opinions_check(w);
}

static void
what_a_deputy_tells_the_citizen_counts(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "deputy");

	assert_int_equal(act(w, "deputy", id, OPINION_DO_TAKE), OK);
	assert_int_equal(act(w, "deputy", id, OPINION_DO_ANSWER), OK);
	assert_int_equal(act(w, "officer", id, OPINION_DO_TELL), ERR_DENIED);
	assert_int_equal(act(w, "deputy", id, OPINION_DO_TELL), OK);
	assert_int_equal(fixture_int(w->o->f,
	                             "SELECT count(*) FROM duty_record"
	                             " WHERE subject_kind = 'opinion'"),
	                 2);
	opinions_check(w);
}

int
main(void)
{
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, opinions_setup, opinions_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_matter_goes_through_an_office_to_a_rating),
	    TEST(dissatisfied_once_is_handled_again_and_twice_is_escalated),
	    TEST(an_office_pauses_and_asks_for_time_once),
	    TEST(what_is_merged_ends_with_the_other),
	    TEST(what_a_deputy_tells_the_citizen_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
