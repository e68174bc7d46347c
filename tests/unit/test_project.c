/*
 * Proposing projects and changing what they say; opinions that become one;
 * lists, those alike, what is to do, the overview, the search.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/conversion.h"
#include "db/opinion_note.h"
#include "db/project_plan.h"
#include "db/project_stats.h"
#include "db/search.h"
#include "db/store/inner.h"
#include "db/totals.h"
#include "tests/unit/fixture_opinion.h"
#include "tests/unit/fixture_project.h"

#define YES(call) assert_int_equal((call), OK)

/* Of every statement so far that reads them. */
static void
plans_of_projects(struct fixture *f)
{
	for (int i = 0; i < f->store->stmt_size; i++) {
		const struct stmt *q = f->store->stmts[i];
		const char *sql =
		    q != NULL && q->raw != NULL ? sqlite3_sql(q->raw) : "";

		if (strstr(sql, "FROM project") != NULL)
			fixture_plan(f, sql);
	}
}

/* --- proposing ------------------------------------------------------------ */

static void
who_acts_is_who_proposes(void **state)
{
	static const struct {
		const char *who;
		int source;
	} people[] = {
	    {"town", PROJECT_BY_STAFF},    {"officer", PROJECT_BY_STAFF},
	    {"county", PROJECT_BY_STAFF},  {"deputy", PROJECT_BY_DEPUTY},
	    {"office", PROJECT_BY_OFFICE},
	};
	struct projects *w = *state;

	for (size_t i = 0; i < COUNT(people); i++) {
		struct project row =
		    project_now(w, project_of(w, people[i].who, "桥梁"));
		struct ctx c;

		project_ctx(w, people[i].who, &c);
		assert_int_equal(row.source, people[i].source);
		assert_int_equal(row.state, PROJECT_PROPOSED);
		assert_int_equal(row.proposer.v, c.me);
		assert_int_equal(row.organ.v, c.my_organ);
		assert_int_equal(row.unit.v, w->o->units[0].unit.v);
		assert_int_equal(row.year, 2027);
	}
}

static void
who_may_only_look_proposes_nothing(void **state)
{
	static const char *const people[] = {"leader", "admin", "auditor"};
	struct projects *w = *state;

	for (size_t i = 0; i < COUNT(people); i++) {
		struct project entry;
		struct project_id id;
		struct ctx c;

		project_ctx(w, people[i], &c);
		project_default(&c, &entry);
		assert_int_equal(project_add(&c, &entry, &id), ERR_DENIED);
		assert_int_equal(project_add_public(&c, &entry, "", &id),
		                 ERR_DENIED);
	}
}

static int
add_changed(struct projects *w, const char *who, struct ctx *c,
            void (*change)(struct project *entry))
{
	struct project entry;
	struct project_id id;

	project_ctx(w, who, c);
	project_default(c, &entry);
	entry.title = "桥梁";
	entry.body = "桥面破损";
	change(&entry);
	return project_add(c, &entry, &id);
}

#define CHANGE(name, what)                                                     \
	static void name(struct project *entry)                                \
	{                                                                      \
		entry->what;                                                   \
	}
CHANGE(no_title, title = " ")
CHANGE(no_body, body = "")
CHANGE(no_unit, unit.v = 0)
CHANGE(strange_unit, unit.v = 99)
CHANGE(long_ago, year = 1999)
CHANGE(far_off, year = 2037)
CHANGE(owes, budget = -1)
CHANGE(no_category, category = "nonsense")
CHANGE(numbered, reserve = "2027-12")

static void
a_proposal_that_lacks_something_is_refused_with_its_field(void **state)
{
	static const struct {
		const char *who, *field;
		void (*change)(struct project *entry);
	} wrong[] = {
	    {"town", "title", no_title}, {"town", "body", no_body},
	    {"county", "unit", no_unit}, {"county", "unit", strange_unit},
	    {"town", "year", long_ago},  {"town", "year", far_off},
	    {"town", "budget", owes},    {"town", "category", no_category},
	};
	struct projects *w = *state;

	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct ctx c;

		assert_int_equal(
		    add_changed(w, wrong[i].who, &c, wrong[i].change),
		    ERR_INVALID);
		org_assert_fault(&c, wrong[i].field);
	}
}

static void
a_number_of_the_reserve_pool_is_there_once_in_a_unit(void **state)
{
	struct projects *w = *state;
	struct ctx c;

	YES(add_changed(w, "town", &c, numbered));
	assert_int_equal(add_changed(w, "town", &c, numbered), ERR_EXISTS);
	YES(add_changed(w, "town2", &c, numbered));
}

static void
what_is_held_back_is_neither_published_nor_seen_by_deputies(void **state)
{
	struct projects *w = *state;
	struct project row = project_now(w, project_in_state(w, PROJECT_HELD));
	struct ctx c;

	assert_int_equal(row.source, PROJECT_BY_PUBLIC);
	assert_string_equal(row.reason, "太多");
	project_ctx(w, "town", &c);
	row.published = true;
	assert_int_equal(project_save(&c, &row), ERR_INVALID);
	org_assert_fault(&c, "published");
	project_ctx(w, "deputy", &c);
	assert_int_equal(project_get(&c, w->o->f->a, row.id, &row),
	                 ERR_NOT_FOUND);
}

static void
the_public_and_deputies_elsewhere_see_what_is_published(void **state)
{
	struct projects *w = *state;
	struct project row = project_now(w, project_of(w, "town", "桥梁"));
	struct ctx c;

	project_ctx(w, "deputy2", &c);
	assert_int_equal(project_get(&c, w->o->f->a, row.id, &row),
	                 ERR_NOT_FOUND);
	row = project_now(w, project_of(w, "town", "桥梁"));
	row.published = true;
	project_ctx(w, "town", &c);
	YES(project_save(&c, &row));
	project_ctx(w, "deputy2", &c);
	YES(project_get(&c, w->o->f->a, row.id, &row));
	/* the other unit's staff keep their own */
	project_ctx(w, "town2", &c);
	assert_int_equal(project_get(&c, w->o->f->a, row.id, &row),
	                 ERR_NOT_FOUND);
}

/* --- changing ---------------------------------------------------------------
 */

static void
a_proposal_is_changed_by_who_keeps_the_pool_until_it_is_voted_on(void **state)
{
	struct projects *w = *state;
	struct project row =
	    project_now(w, project_in_state(w, PROJECT_CANDIDATE));
	struct ctx c;

	row.title = "周家浜桥重建";
	project_ctx(w, "deputy", &c);
	assert_int_equal(project_save(&c, &row), ERR_DENIED);
	project_ctx(w, "town2", &c);
	assert_int_equal(project_save(&c, &row), ERR_NOT_FOUND);
	project_ctx(w, "town", &c);
	YES(project_save(&c, &row));
	assert_int_equal(project_save(&c, &row), ERR_CHANGED);
	project_ballot_step(w, row.id, PROJECT_DO_FREEZE);
	row = project_now(w, row.id);
	assert_string_equal(row.title, "周家浜桥重建");
	row.title = "别的";
	assert_int_equal(project_save(&c, &row), ERR_INVALID);
	org_assert_fault(&c, "title");
	row = project_now(w, row.id);
	row.venue = "桥头";
	row.published = true;
	YES(project_save(&c, &row));
	projects_check(w);
}

static void
what_is_merged_counts_where_it_went(void **state)
{
	struct projects *w = *state;
	struct project_id a = project_of(w, "town", "桥梁"),
			  b = project_of(w, "town", "桥梁二"),
			  into = project_of(w, "town", "桥梁三");
	struct project_act given = {.step = PROJECT_DO_MERGE, .into = b};

	YES(project_do_with(w, "town", a, given));
	given.into = into;
	YES(project_do_with(w, "town", b, given));
	assert_int_equal(project_now(w, into).proposals, 3);
	assert_int_equal(project_now(w, a).merged.v, into.v);
	projects_check(w);
}

static void
a_proposal_goes_only_with_one_of_its_unit_that_is_not_over(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_of(w, "town", "桥梁");
	struct project_id wrong[] = {
	    {0},
	    id,
	    {9999},
	    project_of(w, "town2", "桥梁"),
	    project_in_state(w, PROJECT_HELD),
	    project_in_state(w, PROJECT_DECLINED),
	    project_in_state(w, PROJECT_STOPPED),
	    project_in_state(w, PROJECT_ARCHIVED),
	};

	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct project_act given = {
		    .step = PROJECT_DO_MERGE, .id = id, .into = wrong[i]};
		struct ctx c;

		given.version = project_now(w, id).version;
		project_ctx(w, "county", &c);
		assert_int_equal(project_act(&c, &given), ERR_INVALID);
		org_assert_fault(&c, "into");
	}
}

static void
proposals_that_look_alike_are_found_in_the_unit(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_of(w, "town", "周家浜桥改造");
	struct project_alike *rows;
	struct ctx c;
	int n;

	(void)project_of(w, "town2", "周家浜桥改造");
	project_ctx(w, "town", &c);
	YES(project_alike(&c, w->o->f->a, w->o->units[0].unit, "周家浜桥重建",
	                  "村民出行不便,建议列入民生实事项目。",
	                  (struct project_id){0}, &rows, &n));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].id.v, id.v);
	assert_true(rows[0].alike >= 30 && rows[0].alike <= 100);
	YES(project_alike(&c, w->o->f->a, w->o->units[0].unit, "周家浜桥重建",
	                  "村民出行不便", id, &rows, &n));
	assert_int_equal(n, 0);
}

/* --- opinions that become one ----------------------------------------------
 */

static struct opinions
opinions_of(struct projects *w)
{
	return (struct opinions){.o = w->o, .office = w->office};
}

static struct opinion_id
converted(struct projects *w, const char *who, struct project_id *project)
{
	struct opinions ow = opinions_of(w);
	struct opinion_act given = {.step = OPINION_DO_CONVERT,
	                            .conversion = CONVERSION_PROJECT,
	                            .title = "周家浜路灯改造"};
	struct opinion_id id = opinion_of(&ow, who);
	struct conversion made;

	opinion_to(&ow, id, OPINION_TRIAGE);
	YES(act_with(&ow, "officer", id, given));
	YES(conversion_of(&w->o->f->ctx, w->o->f->a, id, &made));
	YES(project_of_conversion(&w->o->f->ctx, made.id, project));
	return id;
}

static void
an_opinion_becomes_a_proposal_in_the_same_event_linked_both_ways(void **state)
{
	struct projects *w = *state;
	struct project_id id;
	struct opinion_id from = converted(w, "officer", &id);
	struct project_page page;

	YES(project_page_get(&w->o->f->ctx, w->o->f->a, id, &page));
	assert_int_equal(page.opinion.v, from.v);
	assert_int_equal(page.row.source, PROJECT_BY_OPINION);
	assert_int_equal(page.row.state, PROJECT_PROPOSED);
	assert_string_equal(page.row.title, "周家浜路灯改造");
	projects_check(w);
}

static void
a_conversion_that_is_struck_out_takes_its_proposal_back(void **state)
{
	struct projects *w = *state;
	struct opinions ow = opinions_of(w);
	struct opinion_id from = opinion_of(&ow, "officer");
	struct opinion_act given = {.step = OPINION_DO_CONVERT,
	                            .conversion = CONVERSION_PROJECT,
	                            .title = "周家浜路灯改造"};
	const char *before;

	opinion_to(&ow, from, OPINION_TRIAGE);
	before = fixture_dump(w->o->f, w->o->f->a);
	YES(act_with(&ow, "officer", from, given));
	org_strike_restores(w->o, before);
}

/* The opinion goes on with a class and with words that have part. */
static void
assert_answered(struct projects *w, struct opinion_id id, int result,
                const char *part)
{
	struct opinions ow = opinions_of(w);
	struct opinion row = opinion_now(&ow, id);
	struct opinion_note note;

	assert_int_equal(row.state, OPINION_FEEDBACK);
	assert_int_equal(row.result, result);
	YES(note_last(&w->o->f->ctx, w->o->f->a, id, NOTE_ANSWER, &note));
	assert_non_null(strstr(note.words, part));
	projects_check(w);
}

static void
what_is_declined_answers_the_opinion_with_its_words(void **state)
{
	struct projects *w = *state;
	struct project_id id;
	struct opinion_id from = converted(w, "officer", &id);
	struct project_act given = {.step = PROJECT_DO_DECLINE,
	                            .reason = "已列入其他计划",
	                            .words = "明年随道路大修一并更换。"};
	const char *before = fixture_dump(w->o->f, w->o->f->a);

	YES(project_do_with(w, "town", id, given));
	assert_answered(w, from, RESULT_EXPLAINED, "随道路大修");
	org_strike_restores(w->o, before);
	given.words = "";
	YES(project_do_with(w, "station", id, given));
	assert_answered(w, from, RESULT_EXPLAINED, "已列入其他计划");
}

static void
what_is_merged_answers_the_opinion_with_the_number(void **state)
{
	struct projects *w = *state;
	struct project_id id;
	struct opinion_id from = converted(w, "officer", &id);
	struct project_act given = {.step = PROJECT_DO_MERGE,
	                            .into = project_of(w, "town", "路灯")};

	YES(project_do_with(w, "town", id, given));
	assert_answered(
	    w, from, RESULT_REFERENCE,
	    arena_printf(w->o->f->a, "%lld", (long long)given.into.v));
}

static void
what_is_chosen_answers_the_opinion_with_the_year(void **state)
{
	static const enum project_step by_hand[] = {
	    PROJECT_DO_ACCEPT, PROJECT_DO_SHORTLIST, PROJECT_DO_NOMINATE};
	struct projects *w = *state;
	struct project_id id;
	struct opinion_id from = converted(w, "officer", &id);
	struct opinions ow = opinions_of(w);

	for (size_t i = 0; i < COUNT(by_hand); i++)
		YES(project_do(w, "town", id, by_hand[i]));
	project_ballot_step(w, id, PROJECT_DO_FREEZE);
	assert_int_equal(opinion_now(&ow, from).state, OPINION_CONVERTED);
	project_ballot_step(w, id, PROJECT_DO_SELECT);
	assert_answered(w, from, RESULT_PLANNED, "2027");
	YES(act(&ow, "officer", from, OPINION_DO_TELL));
}

static void
what_was_answered_by_hand_is_not_answered_again(void **state)
{
	struct projects *w = *state;
	struct project_id id;
	struct opinion_id from = converted(w, "officer", &id);
	struct opinions ow = opinions_of(w);

	YES(act(&ow, "officer", from, OPINION_DO_CONVERTED));
	YES(project_do(w, "town", id, PROJECT_DO_DECLINE));
	assert_int_equal(opinion_now(&ow, from).result, RESULT_SOLVED);
	projects_check(w);
}

static void
the_countys_own_opinion_is_given_to_a_unit_first(void **state)
{
	struct projects *w = *state;
	struct opinions ow = opinions_of(w);
	struct opinion_id id = opinion_of(&ow, "county");
	struct opinion_act given = {.id = id,
	                            .step = OPINION_DO_CONVERT,
	                            .conversion = CONVERSION_PROJECT,
	                            .title = "路灯"};
	struct ctx c;

	YES(act(&ow, "county", id, OPINION_DO_TAKE));
	given.version = opinion_now(&ow, id).version;
	ctx_of(&ow, "county", &c);
	assert_int_equal(opinion_act(&c, &given), ERR_INVALID);
	org_assert_fault(&c, "conversion");
}

/* --- lists ---------------------------------------------------------------- */

static int64_t
listed(struct projects *w, const char *who, const struct list_spec *spec)
{
	const struct list_query all = {0};
	struct ctx c;
	int64_t n;

	project_ctx(w, who, &c);
	YES(list_count(&c, spec, &all, &n));
	return n;
}

static void
in_every_state(struct projects *w)
{
	for (int s = 0; s < PROJECT_STATES; s++)
		(void)project_in_state(w, (enum project_state)s);
}

static void
the_lists_are_all_the_pool_and_what_is_carried_out(void **state)
{
	struct projects *w = *state;

	in_every_state(w); /* and what the merged one went into */
	assert_int_equal(listed(w, "town", &project_list), PROJECT_STATES + 1);
	assert_int_equal(listed(w, "town", &project_pool), 7);
	assert_int_equal(listed(w, "town", &project_works), 6);
	assert_int_equal(listed(w, "deputy", &project_pool), 6);
	assert_int_equal(listed(w, "deputy2", &project_pool), 0);
	assert_int_equal(listed(w, "deputy2", &project_works), 6);
	assert_int_equal(listed(w, "deputy2", &project_list), 8);
	assert_int_equal(listed(w, "office", &project_works), 5);
	assert_int_equal(listed(w, "town2", &project_list), 0);
}

static void
lists_and_pages_read_what_they_show_by_index(void **state)
{
	static const char *const people[] = {"county", "town", "station",
	                                     "deputy", "office"};
	static const struct list_spec *const lists[] = {
	    &project_list, &project_pool, &project_works};
	struct projects *w = *state;
	struct project_page page;
	struct project_id id = project_in_state(w, PROJECT_INSPECTED);

	in_every_state(w);
	for (size_t i = 0; i < COUNT(people); i++) {
		struct ctx c;

		project_ctx(w, people[i], &c);
		for (size_t k = 0; k < COUNT(lists); k++)
			fixture_plan_list(w->o->f, &c, lists[k]);
		YES(project_page_get(&c, w->o->f->a, id, &page));
	}
	plans_of_projects(w->o->f);
}

/* --- what is to do ---------------------------------------------------------
 */

/* How many of a kind wait for who. */
static int
todos(struct projects *w, const char *who, enum todo_what what)
{
	struct todo *rows;
	struct ctx c;
	int n, found = 0;

	project_ctx(w, who, &c);
	YES(todo_list(&c, w->o->f->a, 100, &rows, &n));
	for (int i = 0; i < n; i++) {
		found += rows[i].what == what;
		/* what has no clock is never late */
		if (rows[i].what >= TODO_PROPOSAL &&
		    rows[i].what <= TODO_CHANGE)
			assert_int_equal(rows[i].at.s, 0);
	}
	return found;
}

static void
what_waits_stands_with_who_does_it(void **state)
{
	struct projects *w = *state;
	struct project_change entry = {.kind = CHANGE_SCOPE, .words = "扩面"};
	struct ctx c;

	in_every_state(w);
	/* held, proposed, and what another was merged into */
	assert_int_equal(todos(w, "town", TODO_PROPOSAL), 3);
	assert_int_equal(todos(w, "town2", TODO_PROPOSAL), 0);
	assert_int_equal(todos(w, "deputy", TODO_PROPOSAL), 0);
	assert_int_equal(todos(w, "town", TODO_CHOSEN), 1);
	assert_int_equal(todos(w, "station", TODO_INSPECT), 1);
	entry.project = project_in_state(w, PROJECT_RUNNING);
	project_ctx(w, "station", &c);
	YES(change_ask(&c, &entry));
	assert_int_equal(todos(w, "station", TODO_CHANGE), 0);
	assert_int_equal(todos(w, "vice", TODO_CHANGE), 1);
	assert_int_equal(todos(w, "county", TODO_CHANGE), 1);
	assert_int_equal(todos(w, "town", TODO_CHANGE), 0);
	plans_of_projects(w->o->f);
}

static void
the_office_is_to_report_from_the_first_and_late_from_the_sixth(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);
	struct todo *rows;
	struct ctx c;
	int n;

	project_clock(w, (struct day){2026, 4, 30});
	assert_int_equal(todos(w, "office", TODO_REPORT), 0);
	project_clock(w, (struct day){2026, 5, 1});
	assert_int_equal(todos(w, "office", TODO_REPORT), 1);
	assert_int_equal(todos(w, "office2", TODO_REPORT), 0);
	project_clock(w, (struct day){2026, 5, 5});
	project_ctx(w, "office", &c);
	YES(todo_list(&c, w->o->f->a, 10, &rows, &n));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].urgency, TODO_TODAY);
	project_clock(w, (struct day){2026, 5, 6});
	project_ctx(w, "office", &c);
	YES(todo_list(&c, w->o->f->a, 10, &rows, &n));
	assert_int_equal(rows[0].urgency, TODO_OVERDUE);
	YES(project_report_of(w, id, 202604, 0));
	assert_int_equal(todos(w, "office", TODO_REPORT), 0);
}

static void
the_office_sees_a_milestone_that_is_near(void **state)
{
	struct projects *w = *state;

	(void)project_in_state(w, PROJECT_RUNNING);
	project_clock(w, (struct day){2026, 6, 15});
	assert_int_equal(todos(w, "office", TODO_MILESTONE), 0);
	project_clock(w, (struct day){2026, 6, 16});
	assert_int_equal(todos(w, "office", TODO_MILESTONE), 1);
}

/* --- overview and search ---------------------------------------------------
 */

static void
the_overview_counts_a_year_by_unit(void **state)
{
	struct projects *w = *state;
	struct project_figures *rows;
	struct ctx c;
	int64_t first, last;
	int n;

	in_every_state(w);
	(void)project_of(w, "town2", "桥梁");
	fixture_event(w->o->f, ACTION_PROJECT_SAVE, ENTITY_PROJECT, 1,
	              "INSERT INTO project_rating (project, person, grade, at)"
	              " SELECT p.id, m.person, iif(m.person % 3, 'satisfied',"
	              "  'basic'), 1 FROM project AS p CROSS JOIN (SELECT"
	              "   DISTINCT person FROM mandate ORDER BY person LIMIT 3)"
	              "  AS m WHERE p.state = 'rated';"
	              "INSERT INTO project_rating (project, grade, at)"
	              " SELECT id, column1, 1 FROM project, (VALUES"
	              "  ('satisfied'), ('dissatisfied')) WHERE state ="
	              " 'rated'");
	project_clock(w, (struct day){2026, 7, 1});
	project_ctx(w, "county", &c);
	YES(project_stats(&c, w->o->f->a, 2027, &rows, &n));
	assert_int_equal(n, 3);
	assert_int_equal(rows[0].proposals, PROJECT_STATES);
	assert_int_equal(rows[0].selected, 8);
	assert_int_equal(rows[0].red, 2);
	assert_int_equal(rows[0].yellow, 0);
	assert_int_equal(rows[0].green, 3);
	assert_int_equal(rows[0].done, 3);
	assert_int_equal(rows[0].stopped, 1);
	/* the selected one is not planned: its guess is higher */
	assert_int_equal(rows[0].budget, 7 * 1000000 + 1200000);
	assert_int_equal(rows[0].satisfied, 2);
	assert_int_equal(rows[0].basic, 1);
	assert_int_equal(rows[0].dissatisfied, 0);
	assert_int_equal(rows[0].public_satisfied, 1);
	assert_int_equal(rows[0].public_rated, 2);
	assert_int_equal(rows[1].proposals, 1);
	assert_int_equal(rows[2].proposals, PROJECT_STATES + 1);
	assert_int_equal(rows[2].unit.v, 0);
	YES(project_years(&c, &first, &last));
	assert_int_equal(first, 2027);
	assert_int_equal(last, 2027);
	project_ctx(w, "admin", &c);
	assert_int_equal(project_stats(&c, w->o->f->a, 2027, &rows, &n),
	                 ERR_DENIED);
	plans_of_projects(w->o->f);
}

static int
hits(struct projects *w, const char *who, const char *text)
{
	struct search_result found = {0};
	struct ctx c;

	project_ctx(w, who, &c);
	YES(search_run(&c, w->o->f->a, text, search_kind_named("projects"), 10,
	               &found));
	return found.n;
}

static void
a_project_is_found_by_any_part_of_its_words_by_who_sees_it(void **state)
{
	struct projects *w = *state;

	(void)project_of(w, "town", "周家浜桥改造");
	assert_int_equal(hits(w, "town", "家浜桥"), 1);
	assert_int_equal(hits(w, "deputy", "出行不便"), 1);
	assert_int_equal(hits(w, "town2", "家浜桥"), 0);
	assert_int_equal(hits(w, "deputy2", "家浜桥"), 0);
	assert_int_equal(hits(w, "office", "家浜桥"), 0);
	assert_int_equal(hits(w, "county", "没有的话"), 0);
	fixture_searches(w->o->f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f)                                                                   \
	cmocka_unit_test_setup_teardown(f, projects_setup, projects_teardown)
	    T(who_acts_is_who_proposes),
	    T(who_may_only_look_proposes_nothing),
	    T(a_proposal_that_lacks_something_is_refused_with_its_field),
	    T(a_number_of_the_reserve_pool_is_there_once_in_a_unit),
	    T(what_is_held_back_is_neither_published_nor_seen_by_deputies),
	    T(the_public_and_deputies_elsewhere_see_what_is_published),
	    T(a_proposal_is_changed_by_who_keeps_the_pool_until_it_is_voted_on),
	    T(what_is_merged_counts_where_it_went),
	    T(a_proposal_goes_only_with_one_of_its_unit_that_is_not_over),
	    T(proposals_that_look_alike_are_found_in_the_unit),
	    T(an_opinion_becomes_a_proposal_in_the_same_event_linked_both_ways),
	    T(a_conversion_that_is_struck_out_takes_its_proposal_back),
	    T(what_is_declined_answers_the_opinion_with_its_words),
	    T(what_is_merged_answers_the_opinion_with_the_number),
	    T(what_is_chosen_answers_the_opinion_with_the_year),
	    T(what_was_answered_by_hand_is_not_answered_again),
	    T(the_countys_own_opinion_is_given_to_a_unit_first),
	    T(the_lists_are_all_the_pool_and_what_is_carried_out),
	    T(lists_and_pages_read_what_they_show_by_index),
	    T(what_waits_stands_with_who_does_it),
	    T(the_office_is_to_report_from_the_first_and_late_from_the_sixth),
	    T(the_office_sees_a_milestone_that_is_near),
	    T(the_overview_counts_a_year_by_unit),
	    T(a_project_is_found_by_any_part_of_its_words_by_who_sees_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
