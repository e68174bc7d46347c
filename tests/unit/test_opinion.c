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
#include "db/organ.h"
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
a_subject_made_of_the_first_words_ends_at_a_comma(void **state)
{
	static const char *const said[][2] = {
	    {"村口公交站牌倒了两周,老人不知道班次,请修复并贴上时刻表。",
	     "村口公交站牌倒了两周,老人不知道班次"},
	    {"路灯坏了半个月。", "路灯坏了半个月"},
	    {"你好,路灯坏", "你好,路灯坏"},
	    {"一二三四五六七八九十一二三四五六七八九十一二三四五六",
	     "一二三四五六七八九十一二三四五六七八九十一二三四"},
	};
	struct opinions *w = *state;
	struct opinion_id id;
	struct opinion entry;
	struct ctx c;

	ctx_of(w, "officer", &c);
	for (size_t i = 0; i < COUNT(said); i++) {
		opinion_default(&c, &entry);
		entry.body = said[i][0];
		assert_int_equal(opinion_add(&c, &entry, false, NULL, &id), OK);
		assert_string_equal(opinion_now(w, id).subject, said[i][1]);
	}
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
	                 1); /* answering and telling are one */
	opinions_check(w);
}

/* --- two at once -----------------------------------------------------------
 */

/* Both read it at the same time; the second is told, and all is as the first
 * left it. */
static void
the_second_of_two_officers_is_told(void **state)
{
	struct opinions *w = *state;
	struct fixture *f = w->o->f;
	struct opinion_id id = opinion_of(w, "officer");
	struct opinion_act given = {.id = id, .step = OPINION_DO_TAKE};
	struct opinion sorted = opinion_now(w, id);
	const char *before;
	struct ctx town;

	ctx_of(w, "town", &town);
	given.version = sorted.version;
	assert_int_equal(act(w, "officer", id, OPINION_DO_TAKE), OK);
	before = fixture_dump(f, f->a);
	assert_int_equal(opinion_act(&town, &given), ERR_CHANGED);
	given.step = OPINION_DO_ANSWER;
	given.words = "已答复";
	given.result = RESULT_SOLVED;
	assert_int_equal(opinion_act(&town, &given), ERR_CHANGED);
	sorted.urgent = true;
	assert_int_equal(opinion_sort(&town, &sorted), ERR_CHANGED);
	assert_string_equal(fixture_dump(f, f->a), before);
}

static void
two_steps_of_one_leg_at_once_are_one(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer");
	struct leg_act given = {.step = LEG_DO_CLOSE, .words = "撤回"};
	struct opinion_leg mine;
	struct ctx office, officer;

	opinion_to(w, id, OPINION_HANDLING);
	given.version = opinion_now(w, id).version;
	assert_int_equal(leg(w, "office", id, LEG_DO_ACCEPT), OK);
	ctx_of(w, "office", &office);
	ctx_of(w, "officer", &officer);
	assert_int_equal(leg_mine(&office, w->o->f->a, id, &mine), OK);
	given.id = mine.id;
	assert_int_equal(leg_act(&officer, &given), ERR_CHANGED);
	assert_int_equal(opinion_now(w, id).state, OPINION_HANDLING);
	opinions_check(w);
}

/* --- merging ---------------------------------------------------------------
 */

static int
merge(struct opinions *w, struct opinion_id id, struct opinion_id into)
{
	struct opinion_act given = {.step = OPINION_DO_MERGE, .into = into};

	return act_with(w, "officer", id, given);
}

static struct opinion_id
taken(struct opinions *w)
{
	struct opinion_id id = opinion_of(w, "officer");

	opinion_to(w, id, OPINION_TRIAGE);
	return id;
}

static void
a_chain_of_merges_points_at_its_end(void **state)
{
	struct opinions *w = *state;
	struct opinion_id one = taken(w), two = taken(w), three = taken(w);

	assert_int_equal(merge(w, one, two), OK);
	assert_int_equal(merge(w, two, three), OK);
	assert_int_equal(opinion_now(w, one).merged.v, three.v);
	assert_int_equal(opinion_now(w, three).senders, 3);
	assert_int_equal(act(w, "officer", three, OPINION_DO_ANSWER), OK);
	assert_int_equal(act(w, "officer", three, OPINION_DO_TELL), OK);
	assert_int_equal(opinion_now(w, one).state, OPINION_MERGED);
	assert_int_equal(rate(w, "officer", three, RATING_SATISFIED), OK);
	assert_int_equal(opinion_now(w, one).state, OPINION_CLOSED);
	assert_int_equal(opinion_now(w, two).state, OPINION_CLOSED);
	opinions_check(w);
}

static void
what_was_merged_into_is_told_to_every_sender(void **state)
{
	struct opinions *w = *state;
	struct opinion_id main = taken(w), id = taken(w);
	struct note_line *notes;
	struct opinion row;
	int n;

	assert_int_equal(merge(w, id, main), OK);
	assert_int_equal(act(w, "officer", main, OPINION_DO_ANSWER), OK);
	assert_int_equal(act(w, "officer", main, OPINION_DO_TELL), OK);
	assert_int_equal(rate(w, "officer", main, RATING_BASIC), OK);
	row = opinion_now(w, id);
	assert_int_equal(row.result, RESULT_SOLVED);
	assert_true(row.handled_at.s != 0 && row.told_at.s != 0);
	assert_int_equal(row.rating, RATING_NONE); /* the other's, once */
	assert_int_equal(note_list(&w->o->f->ctx, w->o->f->a, id, &notes, &n),
	                 OK);
	/* its own of taking it up, then what the other was told */
	assert_int_equal(n, 3);
	assert_int_equal(notes[0].kind, NOTE_NOTE);
	assert_int_equal(notes[1].kind, NOTE_ANSWER);
	assert_int_equal(notes[2].kind, NOTE_TELL);
}

static void
nothing_is_merged_into_itself_the_closed_or_another_units(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = taken(w), closed = opinion_of(w, "officer");
	struct opinion_id merged = taken(w), held, theirs;
	struct fixture *f = w->o->f;
	const char *before;

	opinion_to(w, closed, OPINION_CLOSED);
	theirs = opinion_of(w, "officer2");
	held = opinion_of(w, "officer");
	assert_int_equal(merge(w, merged, held), OK);
	before = fixture_dump(f, f->a);
	assert_int_equal(merge(w, id, id), ERR_INVALID);
	assert_int_equal(merge(w, id, closed), ERR_INVALID);
	assert_int_equal(merge(w, id, theirs), ERR_INVALID);
	assert_int_equal(merge(w, id, merged), ERR_INVALID);
	assert_int_equal(merge(w, id, (struct opinion_id){0}), ERR_INVALID);
	assert_int_equal(merge(w, id, (struct opinion_id){99999}), ERR_INVALID);
	assert_string_equal(fixture_dump(f, f->a), before);
}

/* --- round after round ------------------------------------------------------
 */

static void
what_was_answered_on_the_spot_is_answered_again_by_hand(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = taken(w);

	assert_int_equal(act(w, "officer", id, OPINION_DO_ANSWER), OK);
	assert_int_equal(act(w, "officer", id, OPINION_DO_TELL), OK);
	assert_int_equal(rate(w, "officer", id, RATING_DISSATISFIED), OK);
	assert_int_equal(opinion_now(w, id).state, OPINION_AGAIN);
	assert_int_equal(opinion_now(w, id).result, RESULT_NONE);
	assert_int_equal(act(w, "officer", id, OPINION_DO_ROUTE), OK);
	assert_int_equal(opinion_now(w, id).state, OPINION_HANDLING);
	assert_int_equal(leg(w, "office", id, LEG_DO_ACCEPT), OK);
	assert_int_equal(leg(w, "office", id, LEG_DO_REPLY), OK);
	assert_int_equal(opinion_now(w, id).state, OPINION_FEEDBACK);
	opinions_check(w);
}

static void
what_is_escalated_goes_to_the_same_office_once_more(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer");

	opinion_to(w, id, OPINION_ESCALATED);
	assert_int_equal(act(w, "county", id, OPINION_DO_ROUTE), OK);
	assert_int_equal(opinion_now(w, id).state, OPINION_HANDLING);
	assert_int_equal(leg(w, "office", id, LEG_DO_ACCEPT), OK);
	assert_int_equal(leg(w, "office", id, LEG_DO_REPLY), OK);
	assert_int_equal(act(w, "officer", id, OPINION_DO_TELL), OK);
	assert_int_equal(rate(w, "officer", id, RATING_DISSATISFIED), OK);
	assert_int_equal(opinion_now(w, id).state, OPINION_ESCALATED);
	assert_int_equal(act(w, "station", id, OPINION_DO_END), OK);
	assert_int_equal(opinion_now(w, id).state, OPINION_CLOSED);
	assert_int_equal(opinion_now(w, id).rating, RATING_DISSATISFIED);
	opinions_check(w);
}

static void
what_it_became_is_answered_and_told(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer");
	struct conversion made;
	struct ctx c;

	opinion_to(w, id, OPINION_CONVERTED);
	ctx_of(w, "officer", &c);
	assert_int_equal(conversion_of(&c, w->o->f->a, id, &made), OK);
	assert_int_equal(made.state, CONVERSION_WAITING);
	assert_int_equal(made.kind, CONVERSION_SUGGESTION);
	assert_false(opinion_ticks(
	    &(struct opinion){.due_on = opinion_now(w, id).due_on}));
	assert_int_equal(act(w, "officer", id, OPINION_DO_CONVERTED), OK);
	assert_int_equal(conversion_of(&c, w->o->f->a, id, &made), OK);
	assert_int_equal(made.state, CONVERSION_ANSWERED);
	assert_true(made.answered_at.s != 0);
	assert_int_equal(act(w, "officer", id, OPINION_DO_TELL), OK);
	opinions_check(w);
}

static void
what_nobody_rates_in_time_is_closed_by_the_clock(void **state)
{
	struct opinions *w = *state;
	struct fixture *f = w->o->f;
	struct opinion_id id = opinion_of(w, "officer");
	struct day due;
	int changed;

	opinion_to(w, id, OPINION_AWAITING);
	due = opinion_now(w, id).due_on;
	f->ctx.stopped = clock_at(due, 23, 59);
	assert_int_equal(opinion_tick(&f->ctx, &changed), OK);
	assert_int_equal(changed, 0);
	f->ctx.stopped = clock_at(day_add(due, 1), 0, 1);
	assert_int_equal(opinion_tick(&f->ctx, &changed), OK);
	assert_int_equal(changed, 1);
	assert_int_equal(opinion_now(w, id).state, OPINION_CLOSED);
	assert_int_equal(opinion_now(w, id).rating, RATING_SILENT);
	opinions_check(w);
}

/* --- legs -------------------------------------------------------------------
 */

static void
only_one_of_two_offices_is_granted_time(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer");
	struct organ organ = {.unit = w->o->units[0].unit, .name = "城建办"};
	struct opinion_act given = {
	    .step = OPINION_DO_ROUTE, .path = PATH_EXPRESS, .office_count = 1};
	struct leg_line *legs;
	int n;

	assert_int_equal(organ_add(&w->o->f->ctx, &organ, &given.offices[0]),
	                 OK);
	opinion_to(w, id, OPINION_HANDLING);
	assert_int_equal(leg(w, "office", id, LEG_DO_ACCEPT), OK);
	assert_int_equal(leg(w, "office", id, LEG_DO_ASK), OK);
	assert_int_equal(act_with(w, "officer", id, given), OK);
	/* the system is the second office */
	w->o->f->ctx.my_organ = given.offices[0].v;
	assert_int_equal(leg_by(w, &w->o->f->ctx, id, LEG_DO_ACCEPT), OK);
	assert_int_equal(leg_by(w, &w->o->f->ctx, id, LEG_DO_ASK), OK);
	assert_int_equal(leg(w, "officer", id, LEG_DO_GRANT), OK);
	assert_int_equal(opinion_now(w, id).extended, 5);
	assert_int_equal(leg_list(&w->o->f->ctx, w->o->f->a, id, &legs, &n),
	                 OK);
	assert_int_equal(n, 2);
	assert_int_equal(legs[0].asked_days + legs[1].asked_days, 0);
	assert_int_equal(day_compare(legs[0].due_on, legs[1].due_on), 0);
	opinions_check(w);
}

static void
a_routing_with_a_fault_sends_nothing(void **state)
{
	struct opinions *w = *state;
	struct fixture *f = w->o->f;
	struct opinion_id id = taken(w);
	struct opinion_act given = {.step = OPINION_DO_ROUTE,
	                            .path = PATH_EXPRESS,
	                            .offices = {w->office, w->office},
	                            .office_count = 2};
	const char *before = fixture_dump(f, f->a);

	assert_int_equal(act_with(w, "officer", id, given), ERR_INVALID);
	given.office_count = 0;
	assert_int_equal(act_with(w, "officer", id, given), ERR_INVALID);
	given.office_count = OPINION_OFFICES_MAX + 1;
	assert_int_equal(act_with(w, "officer", id, given), ERR_INVALID);
	/* an office of the other unit's own */
	given.offices[1].v = fixture_int(f, "SELECT max(organ) FROM office");
	given.office_count = 2;
	assert_int_equal(act_with(w, "officer", id, given), ERR_INVALID);
	assert_string_equal(fixture_dump(f, f->a), before);
}

int
main(void)
{
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, opinions_setup, opinions_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_matter_goes_through_an_office_to_a_rating),
	    TEST(a_subject_made_of_the_first_words_ends_at_a_comma),
	    TEST(dissatisfied_once_is_handled_again_and_twice_is_escalated),
	    TEST(an_office_pauses_and_asks_for_time_once),
	    TEST(what_is_merged_ends_with_the_other),
	    TEST(what_a_deputy_tells_the_citizen_counts),
	    TEST(the_second_of_two_officers_is_told),
	    TEST(two_steps_of_one_leg_at_once_are_one),
	    TEST(a_chain_of_merges_points_at_its_end),
	    TEST(what_was_merged_into_is_told_to_every_sender),
	    TEST(nothing_is_merged_into_itself_the_closed_or_another_units),
	    TEST(what_was_answered_on_the_spot_is_answered_again_by_hand),
	    TEST(what_is_escalated_goes_to_the_same_office_once_more),
	    TEST(what_it_became_is_answered_and_told),
	    TEST(what_nobody_rates_in_time_is_closed_by_the_clock),
	    TEST(only_one_of_two_offices_is_granted_time),
	    TEST(a_routing_with_a_fault_sends_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
