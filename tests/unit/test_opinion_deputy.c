/* Opinions and deputies: a message to one deputy is no other deputy's, and
 * what a deputy does for a citizen counts once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/account.h"
#include "db/conversion.h"
#include "db/duty_ledger.h"
#include "db/duty_record.h"
#include "db/leaving.h"
#include "db/mandate.h"
#include "db/opinion_leg.h"
#include "db/opinion_note.h"
#include "db/store/stmt.h"
#include "db/totals.h"
#include "tests/unit/fixture_opinion.h"

#define YES(call) assert_int_equal((call), OK)

/* An account for the second deputy of the same station and group. */
static void
add_colleague(struct opinions *w)
{
	struct account_new entry = {.name = "colleague",
	                            .of = w->o->units[0].deputies[1]};
	struct account_id id;

	entry.office = (struct office){.role = "deputy",
	                               .station = w->o->units[0].station,
	                               .from_on = {2022, 1, 1}};
	YES(account_add(&w->o->f->ctx, &entry, &id));
}

static int
listed(struct ctx *c, struct arena *a, const struct list_spec *spec)
{
	struct list_query query = {0};
	struct list_page page;

	YES(list_fetch(c, a, spec, &query, LIST_FIRST, NULL, 100, &page));
	return page.n;
}

static int64_t
events_of(struct ctx *c)
{
	struct stmt *q = ctx_sql(c, entity_named("event"),
	                         "SELECT count(*) FROM event WHERE"
	                         " subject_kind = 'opinion' AND @scope");
	int64_t n;

	YES(stmt_int(q, &n));
	return n;
}

static void
see_nothing(struct opinions *w, const char *who, struct opinion_id id)
{
	struct fixture *f = w->o->f;
	struct opinion row;
	struct opinion_page page;
	struct note_line *notes;
	struct leg_line *legs;
	struct conversion made;
	struct todo *todos;
	struct ctx c;
	int n;

	ctx_of(w, who, &c);
	assert_int_equal(opinion_get(&c, f->a, id, &row), ERR_NOT_FOUND);
	assert_int_equal(opinion_page_get(&c, f->a, id, &page), ERR_NOT_FOUND);
	YES(note_list(&c, f->a, id, &notes, &n));
	assert_int_equal(n, 0);
	YES(leg_list(&c, f->a, id, &legs, &n));
	assert_int_equal(n, 0);
	assert_int_equal(conversion_of(&c, f->a, id, &made), ERR_NOT_FOUND);
	assert_int_equal(listed(&c, f->a, &opinion_list), 0);
	assert_int_equal(listed(&c, f->a, &conversion_list), 0);
	assert_int_equal(listed(&c, f->a, &duty_record_list), 0);
	YES(todo_list(&c, f->a, 40, &todos, &n));
	assert_int_equal(n, 0);
	assert_int_equal(events_of(&c), 0);
	assert_int_equal(opinion_say(&c, id, NOTE_NOTE, "在吗"), ERR_NOT_FOUND);
	assert_false(may(&c, PERM_OPINION_STATS));
}

static void
a_message_to_a_deputy_is_no_other_deputys(void **state)
{
	struct opinions *w = *state;
	struct opinion_id routed, converted;

	add_colleague(w);
	routed = opinion_of(w, "deputy");
	YES(act(w, "deputy", routed, OPINION_DO_TAKE));
	YES(act(w, "deputy", routed, OPINION_DO_ROUTE));
	YES(leg(w, "office", routed, LEG_DO_ACCEPT));
	YES(leg(w, "office", routed, LEG_DO_REPLY));
	YES(act(w, "deputy", routed, OPINION_DO_TELL));
	converted = opinion_of(w, "deputy");
	YES(act(w, "deputy", converted, OPINION_DO_TAKE));
	YES(act(w, "deputy", converted, OPINION_DO_CONVERT));
	see_nothing(w, "colleague", routed);
	see_nothing(w, "colleague", converted);
	see_nothing(w, "deputy2", routed);
}

/* The words, the names and the other matter stay the other deputy's; what
 * the citizens were told is both deputies'. */
static void
a_merge_of_two_deputies_messages_shows_only_what_was_told(void **state)
{
	struct opinions *w = *state;
	struct opinion_act merge = {.step = OPINION_DO_MERGE};
	struct opinion_id mine, theirs;
	struct note_line *notes;
	struct opinion row;
	struct ctx c;
	int n;

	add_colleague(w);
	mine = opinion_of(w, "deputy");
	theirs = opinion_of(w, "colleague");
	YES(opinion_say(&w->o->f->ctx, mine, NOTE_MORE, "我的电话不便公开"));
	YES(act(w, "colleague", theirs, OPINION_DO_TAKE));
	YES(act(w, "deputy", mine, OPINION_DO_TAKE));
	merge.into = mine;
	YES(act_with(w, "officer", theirs, merge));
	YES(act(w, "deputy", mine, OPINION_DO_ANSWER));
	ctx_of(w, "colleague", &c);
	assert_int_equal(opinion_get(&c, w->o->f->a, mine, &row),
	                 ERR_NOT_FOUND);
	YES(note_list(&c, w->o->f->a, theirs, &notes, &n));
	assert_int_equal(n, 2);
	assert_int_equal(notes[1].kind, NOTE_ANSWER);
	YES(note_list(&c, w->o->f->a, mine, &notes, &n));
	assert_int_equal(n, 1);
	assert_int_equal(notes[0].kind, NOTE_ANSWER);
}

static void
no_other_deputy_is_named_for_a_message_to_one(void **state)
{
	struct opinions *w = *state;
	struct opinion_act given = {.step = OPINION_DO_TAKE};
	struct opinion_id id = opinion_of(w, "deputy");

	given.companion = w->o->units[0].deputies[1];
	assert_int_equal(act_with(w, "officer", id, given), ERR_INVALID);
	/* nor one of another unit for what came to none */
	id = opinion_of(w, "officer");
	given.companion = w->o->units[1].deputies[0];
	assert_int_equal(act_with(w, "officer", id, given), ERR_INVALID);
	given.companion = w->o->units[0].deputies[1];
	YES(act_with(w, "officer", id, given));
	assert_int_equal(opinion_now(w, id).reader.v, given.companion.v);
}

/* --- what counts -----------------------------------------------------------
 */

static int64_t
records(struct opinions *w)
{
	return fixture_int(w->o->f, "SELECT count(*) FROM duty_record"
	                            " WHERE subject_kind = 'opinion'");
}

static struct opinion_id
taken_by_deputy(struct opinions *w)
{
	struct opinion_id id = opinion_of(w, "deputy");

	YES(act(w, "deputy", id, OPINION_DO_TAKE));
	return id;
}

static void
a_matter_counts_once_however_often_its_deputy_speaks(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = taken_by_deputy(w);

	assert_int_equal(records(w), 0);
	YES(act(w, "deputy", id, OPINION_DO_ANSWER));
	assert_int_equal(records(w), 1);
	YES(act(w, "deputy", id, OPINION_DO_TELL));
	YES(rate(w, "officer", id, RATING_DISSATISFIED));
	YES(act(w, "deputy", id, OPINION_DO_ANSWER));
	YES(act(w, "deputy", id, OPINION_DO_TELL));
	assert_int_equal(records(w), 1);
	/* another matter is another contact */
	id = taken_by_deputy(w);
	YES(act(w, "deputy", id, OPINION_DO_ANSWER));
	assert_int_equal(records(w), 2);
	opinions_check(w);
}

static void
telling_counts_when_others_answered(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = taken_by_deputy(w);

	YES(act(w, "officer", id, OPINION_DO_ANSWER));
	assert_int_equal(records(w), 0); /* the officer is no deputy */
	YES(act(w, "deputy", id, OPINION_DO_TELL));
	assert_int_equal(records(w), 1);
	assert_int_equal(fixture_int(w->o->f, "SELECT n FROM counter WHERE"
	                                      " what = 'duty.county'"
	                                      " AND period = 2026"
	                                      " AND part LIKE 'contact%'"),
	                 1);
}

static void
an_answer_struck_out_takes_its_contact_along(void **state)
{
	struct opinions *w = *state;
	struct fixture *f = w->o->f;
	struct opinion_id id = taken_by_deputy(w);
	const char *before = fixture_dump(f, f->a);

	YES(act(w, "deputy", id, OPINION_DO_ANSWER));
	org_strike_restores(w->o, before);
	assert_int_equal(records(w), 0);
	/* and counts again when it is given again */
	YES(act(w, "deputy", id, OPINION_DO_ANSWER));
	assert_int_equal(records(w), 1);
}

static void
a_deputy_of_both_levels_has_it_in_the_towns_file(void **state)
{
	struct opinions *w = *state;
	struct mandate town = {.person = w->o->units[0].deputies[0],
	                       .level = LEVEL_TOWN,
	                       .term = w->o->town_term,
	                       .station = w->o->units[0].station};
	struct opinion_id id;
	struct mandate_id mandate;

	YES(mandate_add(&w->o->f->ctx, &town, &mandate));
	id = taken_by_deputy(w);
	YES(act(w, "deputy", id, OPINION_DO_ANSWER));
	assert_int_equal(
	    fixture_int(w->o->f, "SELECT mandate FROM duty_record"), mandate.v);
	opinions_check(w);
}

static void
seal(struct opinions *w)
{
	fixture_event(w->o->f, ACTION_UNIT_ADD, ENTITY_UNIT, 1,
	              "INSERT INTO file_seal SELECT id, id, person, term, unit,"
	              " 0, 'x', 1774000000 FROM mandate"
	              " WHERE person = (SELECT person FROM office"
	              "                  WHERE role = 'deputy' ORDER BY id"
	              "                  LIMIT 1)");
}

static void
nothing_is_counted_in_a_sealed_file_and_nothing_half_done(void **state)
{
	struct opinions *w = *state;
	struct fixture *f = w->o->f;
	struct opinion_id id = taken_by_deputy(w);
	const char *before;

	seal(w);
	before = fixture_dump(f, f->a);
	assert_int_equal(act(w, "deputy", id, OPINION_DO_ANSWER), ERR_SEALED);
	assert_string_equal(fixture_dump(f, f->a), before);
	assert_int_equal(opinion_now(w, id).state, OPINION_TRIAGE);
}

static void
what_is_in_a_sealed_file_is_not_struck_out(void **state)
{
	struct opinions *w = *state;
	struct fixture *f = w->o->f;
	struct opinion_id id = taken_by_deputy(w);
	struct event_list later;
	int64_t event;

	YES(act(w, "deputy", id, OPINION_DO_ANSWER));
	event = fixture_int(f, "SELECT max(id) FROM event");
	seal(w);
	assert_int_equal(event_strike(&f->ctx, f->a, event, "误录", &later),
	                 ERR_SEALED);
	assert_int_equal(records(w), 1);
	assert_int_equal(opinion_now(w, id).state, OPINION_FEEDBACK);
}

/* --- who leaves -------------------------------------------------------------
 */

static void
the_officers_go_on_with_what_a_leaving_deputy_accompanied(void **state)
{
	struct opinions *w = *state;
	struct fixture *f = w->o->f;
	struct leaving entry = {.person = w->o->units[0].deputies[0],
	                        .all = true,
	                        .reason = "调离本市"};
	struct opinion_id id = taken_by_deputy(w), done = taken_by_deputy(w);
	struct opinion row;
	const char *before;
	struct ctx admin;

	YES(act(w, "deputy", id, OPINION_DO_ANSWER));
	YES(act(w, "deputy", done, OPINION_DO_ANSWER));
	YES(act(w, "deputy", done, OPINION_DO_TELL));
	YES(rate(w, "officer", done, RATING_SATISFIED));
	assert_int_equal(act(w, "officer", id, OPINION_DO_TELL), ERR_DENIED);
	before = fixture_dump(f, f->a);
	ctx_of(w, "admin", &admin);
	YES(leaving_run(&admin, &entry));
	row = opinion_now(w, id);
	assert_int_equal(row.companion.v, 0);
	assert_int_equal(row.deputy.v, entry.person.v); /* it came to them */
	assert_int_equal(opinion_now(w, done).companion.v, entry.person.v);
	org_strike_restores(w->o, before);
	YES(leaving_run(&admin, &entry));
	YES(act(w, "officer", id, OPINION_DO_TELL));
	opinions_check(w);
}

int
main(void)
{
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, opinions_setup, opinions_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_message_to_a_deputy_is_no_other_deputys),
	    TEST(a_merge_of_two_deputies_messages_shows_only_what_was_told),
	    TEST(no_other_deputy_is_named_for_a_message_to_one),
	    TEST(a_matter_counts_once_however_often_its_deputy_speaks),
	    TEST(telling_counts_when_others_answered),
	    TEST(an_answer_struck_out_takes_its_contact_along),
	    TEST(a_deputy_of_both_levels_has_it_in_the_towns_file),
	    TEST(nothing_is_counted_in_a_sealed_file_and_nothing_half_done),
	    TEST(what_is_in_a_sealed_file_is_not_struck_out),
	    TEST(the_officers_go_on_with_what_a_leaving_deputy_accompanied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
