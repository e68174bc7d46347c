/* Lists of opinions: their plans as everybody sees them, and what each
 * filter gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/conversion.h"
#include "db/opinion_hold.h"
#include "db/opinion_leg.h"
#include "db/store/inner.h"
#include "db/totals.h"
#include "tests/unit/fixture_opinion.h"

static const struct list_spec *const lists[] = {
    &opinion_list,    &opinion_inbox, &opinion_hot,      &opinion_leg_list,
    &conversion_list, &hold_list,     &hold_decided_list};

static void
no_list_of_opinions_scans_or_sorts_for_anybody(void **state)
{
	struct opinions *w = *state;
	static const char *const who[] = {"county",  "town",   "station",
	                                  "officer", "deputy", "office",
	                                  "leader"};

	for (size_t i = 0; i < COUNT(who); i++)
		for (size_t k = 0; k < COUNT(lists); k++) {
			struct ctx c;

			ctx_of(w, who[i], &c);
			if (!may(&c, lists[k]->needs))
				continue;
			fixture_plan_list(w->o->f, &c, lists[k]);
		}
}

/* How many rows of the list a find in it shows to who. */
static int
finds(struct opinions *w, const char *who, const struct list_spec *list,
      int filter, const char *text)
{
	const struct list_query query = {.values = {{filter, .s = text}},
	                                 .value_count = 1};
	struct list_page page;
	struct ctx c;

	ctx_of(w, who, &c);
	assert_int_equal(list_fetch(&c, w->o->f->a, list, &query, LIST_FIRST,
	                            NULL, 9, &page),
	                 OK);
	return page.n;
}

static void
an_opinion_is_found_in_a_list_by_its_number(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer");
	const char *number = arena_printf(w->o->f->a, "%lld", (long long)id.v);
	const int title = OPINION_LIST_TITLE;

	(void)opinion_of(w, "officer");
	assert_int_equal(finds(w, "town", &opinion_list, title, number), 1);
	assert_int_equal(finds(w, "officer2", &opinion_list, title, number), 0);
	assert_int_equal(finds(w, "town", &opinion_list, title, "x1"), 0);
	assert_int_equal(act(w, "officer", id, OPINION_DO_TAKE), OK);
	assert_int_equal(act(w, "officer", id, OPINION_DO_ROUTE), OK);
	assert_int_equal(
	    finds(w, "office", &opinion_leg_list, LEG_LIST_TITLE, number), 1);
}

/* --- the workbench ---------------------------------------------------------
 */

static int
todos_of(struct opinions *w, const char *who, enum todo_what what,
         enum todo_urgency *urgency)
{
	struct todo *rows;
	struct ctx c;
	int n, found = 0;

	ctx_of(w, who, &c);
	assert_int_equal(todo_list(&c, w->o->f->a, 40, &rows, &n), OK);
	for (int i = 0; i < n; i++)
		if (rows[i].what == what) {
			assert_int_equal(rows[i].kind, ENTITY_OPINION);
			*urgency = rows[i].urgency;
			found++;
		}
	return found;
}

static const char *const workers[] = {"officer", "town",    "station",
                                      "vice",    "county",  "deputy",
                                      "office",  "officer2"};

/* Fails unless just those named (in one line) have one thing of that kind. */
static void
only(struct opinions *w, enum todo_what what, const char *names)
{
	for (size_t i = 0; i < COUNT(workers); i++) {
		enum todo_urgency urgency;
		const char *at = strstr(names, workers[i]);
		size_t n = strlen(workers[i]);
		bool named = at != NULL && (at[n] == ' ' || at[n] == '\0');
		int found = todos_of(w, workers[i], what, &urgency);

		if (found != named)
			fail_msg("%s has %d to %s", workers[i], found,
			         todo_label(what));
	}
}

/* Of every statement so far that reads them. */
static void
plans_of_opinions(struct fixture *f)
{
	for (int i = 0; i < f->store->stmt_size; i++) {
		const struct stmt *q = f->store->stmts[i];
		const char *sql =
		    q != NULL && q->raw != NULL ? sqlite3_sql(q->raw) : "";

		if (strstr(sql, "FROM opinion") != NULL)
			fixture_plan(f, sql);
	}
}

#define OFFICERS "officer town station vice"

static void
the_workbench_says_whose_turn_it_is(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "officer");

	only(w, TODO_TAKE, OFFICERS);
	assert_int_equal(act(w, "officer", id, OPINION_DO_TAKE), OK);
	only(w, TODO_TAKE, "");
	only(w, TODO_HANDLE, OFFICERS);
	assert_int_equal(act(w, "officer", id, OPINION_DO_ROUTE), OK);
	only(w, TODO_HANDLE, "");
	only(w, TODO_LEG, "office");
	assert_int_equal(leg(w, "office", id, LEG_DO_RETURN), OK);
	only(w, TODO_RETURNED, OFFICERS);
	only(w, TODO_LEG, "");
	assert_int_equal(act(w, "officer", id, OPINION_DO_ROUTE), OK);
	assert_int_equal(leg(w, "office", id, LEG_DO_ACCEPT), OK);
	only(w, TODO_LEG_REPLY, "office");
	assert_int_equal(leg(w, "office", id, LEG_DO_ASK), OK);
	only(w, TODO_TIME, OFFICERS);
	assert_int_equal(leg(w, "office", id, LEG_DO_PAUSE), OK);
	only(w, TODO_LEG_REPLY, "");
	assert_int_equal(leg(w, "office", id, LEG_DO_REPLY), OK);
	only(w, TODO_TIME, "");
	only(w, TODO_TELL, OFFICERS);
	assert_int_equal(act(w, "officer", id, OPINION_DO_TELL), OK);
	for (int what = TODO_ADMIT; what <= TODO_LEG_REPLY; what++)
		only(w, (enum todo_what)what, "");
	plans_of_opinions(w->o->f);
}

static void
what_is_held_back_waits_to_be_looked_through(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id;
	struct opinion entry;
	struct ctx c;

	ctx_of(w, "officer", &c);
	opinion_default(&c, &entry);
	entry.body = "路灯不亮。";
	assert_int_equal(opinion_add(&c, &entry, true, NULL, &id), OK);
	only(w, TODO_ADMIT, OFFICERS);
	only(w, TODO_TAKE, "");
	assert_int_equal(act(w, "officer", id, OPINION_DO_RELEASE), OK);
	only(w, TODO_ADMIT, "");
	only(w, TODO_TAKE, OFFICERS);
}

static void
what_came_to_a_deputy_is_theirs_to_do(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "deputy");

	only(w, TODO_TAKE, OFFICERS " deputy");
	assert_int_equal(act(w, "deputy", id, OPINION_DO_TAKE), OK);
	only(w, TODO_HANDLE, OFFICERS " deputy");
	assert_int_equal(act(w, "deputy", id, OPINION_DO_ANSWER), OK);
	only(w, TODO_TELL, "deputy");
}

static void
what_is_escalated_waits_for_the_heads_and_the_county(void **state)
{
	struct opinions *w = *state;

	opinion_to(w, opinion_of(w, "officer"), OPINION_ESCALATED);
	only(w, TODO_ESCALATED, "station vice county");
	plans_of_opinions(w->o->f);
}

static void
what_is_due_is_told_by_its_day(void **state)
{
	struct opinions *w = *state;
	struct opinion_id id = opinion_of(w, "county");
	struct instant now = w->o->f->ctx.stopped;
	enum todo_urgency urgency;
	struct day due;

	/* the county's own is the county's to take up */
	only(w, TODO_TAKE, "county");
	due = opinion_now(w, id).due_on;
	w->o->f->ctx.stopped = clock_at(due, 9, 0);
	assert_int_equal(todos_of(w, "county", TODO_TAKE, &urgency), 1);
	assert_int_equal(urgency, TODO_TODAY);
	w->o->f->ctx.stopped = clock_at(day_add(due, 1), 9, 0);
	assert_int_equal(todos_of(w, "county", TODO_TAKE, &urgency), 1);
	assert_int_equal(urgency, TODO_OVERDUE);
	w->o->f->ctx.stopped = now;
}

int
main(void)
{
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, opinions_setup, opinions_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(no_list_of_opinions_scans_or_sorts_for_anybody),
	    TEST(an_opinion_is_found_in_a_list_by_its_number),
	    TEST(the_workbench_says_whose_turn_it_is),
	    TEST(what_is_held_back_waits_to_be_looked_through),
	    TEST(what_came_to_a_deputy_is_theirs_to_do),
	    TEST(what_is_escalated_waits_for_the_heads_and_the_county),
	    TEST(what_is_due_is_told_by_its_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
