/* Livelihood projects for everybody: only what is published is seen, what
 * looks like abuse is held, ratings have no name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/opinion.h"
#include "db/public_matter.h"
#include "db/public_project.h"
#include "tests/unit/fixture_project.h"

#define YES(call) assert_int_equal((call), OK)

static void
nobody(struct projects *w, struct ctx *c)
{
	ctx_init_public(c, w->o->f->store);
	c->stopped = w->o->f->ctx.stopped;
}

static void
publish(struct projects *w, struct project_id id)
{
	struct project row = project_now(w, id);

	row.published = true;
	YES(project_save(&w->o->f->ctx, &row));
}

static int
seen(struct projects *w, struct project_id id)
{
	struct public_project p;
	struct ctx c;

	nobody(w, &c);
	return public_project_get(&c, w->o->f->a, id, &p);
}

static int
propose(struct projects *w, struct public_proposal proposal,
        struct project_id *id)
{
	const struct code code = {.unit = w->o->units[0].unit};
	struct ctx c;
	int err;

	nobody(w, &c);
	err = public_project_propose(&c, w->o->f->a, &code, &proposal, id);
	if (err == ERR_INVALID)
		assert_true(c.fault_count > 0);
	return err;
}

static void
only_what_is_published_is_seen(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);
	struct public_project_line *rows;
	struct public_project p;
	struct ctx c;
	int n;

	project_clock(w, (struct day){2026, 5, 5});
	YES(project_report_of(w, id, 202604, 10));
	nobody(w, &c);
	assert_int_equal(seen(w, id), ERR_NOT_FOUND);
	YES(public_projects(&c, w->o->f->a, w->o->units[0].unit, &rows, &n));
	assert_int_equal(n, 0);
	publish(w, id);
	YES(public_project_get(&c, w->o->f->a, id, &p));
	assert_int_equal(p.milestone_count, 4);
	assert_int_equal(p.report_count, 1);
	assert_null(p.reports[0].words);
	assert_int_equal(p.done, 10);
	YES(public_projects(&c, w->o->f->a, w->o->units[0].unit, &rows, &n));
	assert_int_equal(n, 1);
	YES(public_projects(&c, w->o->f->a, w->o->units[1].unit, &rows, &n));
	assert_int_equal(n, 0);
}

static void
a_proposal_arrives_and_what_is_doubted_is_held(void **state)
{
	struct projects *w = *state;
	struct public_proposal entry = {
	    .title = "修桥", .words = "桥面窄。", .venue = "", .name = "陈"};
	struct project_id id, again;
	struct project p;

	YES(propose(w, entry, &id));
	p = project_now(w, id);
	assert_int_equal(p.state, PROJECT_PROPOSED);
	assert_int_equal(p.source, PROJECT_BY_PUBLIC);
	assert_int_equal(p.proposer.v, 0);
	assert_string_equal(p.proposed_by, "陈");
	assert_false(p.published);
	YES(propose(w, entry, &again));
	p = project_now(w, again);
	assert_int_equal(p.state, PROJECT_HELD);
	assert_string_equal(p.reason, "repeat");
	entry.words = "请看 https://example.org";
	entry.doubts = DOUBT_TRAP;
	YES(propose(w, entry, &again));
	assert_string_equal(project_now(w, again).reason, "trap link");
	assert_int_equal(seen(w, again), ERR_NOT_FOUND);
	projects_check(w);
}

static void
a_proposal_needs_a_title_and_words(void **state)
{
	struct projects *w = *state;
	struct public_proposal entry = {
	    .title = "", .words = "桥面窄。", .venue = "", .name = ""};
	struct project_id id;

	assert_int_equal(propose(w, entry, &id), ERR_INVALID);
	entry.title = "修桥";
	entry.words = " \n ";
	assert_int_equal(propose(w, entry, &id), ERR_INVALID);
	entry.words = "\xff\xfe";
	assert_int_equal(propose(w, entry, &id), ERR_INVALID);
	assert_int_equal(fixture_int(w->o->f, "SELECT count(*) FROM project"),
	                 0);
}

static void
a_published_inspected_one_is_rated_without_a_name(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_CLAIMED);
	struct public_project p;
	struct ctx c;

	nobody(w, &c);
	publish(w, id);
	assert_int_equal(public_project_rate(&c, id, RATING_SATISFIED, ""),
	                 ERR_STATE);
	YES(project_do(w, "station", id, PROJECT_DO_INSPECT));
	YES(public_project_rate(&c, id, RATING_SATISFIED, ""));
	YES(public_project_rate(&c, id, RATING_DISSATISFIED, "晚了两个月"));
	assert_int_equal(public_project_rate(&c, id, -1, ""), ERR_INVALID);
	assert_int_equal(public_project_rate(&c, id, RATING_SILENT, ""),
	                 ERR_INVALID);
	YES(public_project_get(&c, w->o->f->a, id, &p));
	assert_int_equal(p.satisfied, 1);
	assert_int_equal(p.dissatisfied, 1);
	assert_int_equal(
	    fixture_int(w->o->f, "SELECT count(person) FROM project_rating"),
	    0);
	id = project_in_state(w, PROJECT_INSPECTED);
	assert_int_equal(public_project_rate(&c, id, RATING_SATISFIED, ""),
	                 ERR_NOT_FOUND);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, projects_setup, projects_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(only_what_is_published_is_seen),
	    TEST(a_proposal_arrives_and_what_is_doubted_is_held),
	    TEST(a_proposal_needs_a_title_and_words),
	    TEST(a_published_inspected_one_is_rated_without_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
