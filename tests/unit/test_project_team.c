/* The team of a project, its visits and its ratings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/activity.h"
#include "db/leaving.h"
#include "db/opinion.h"
#include "db/participant.h"
#include "db/totals.h"
#include "tests/unit/fixture_team.h"

#define YES(call) assert_int_equal((call), OK)

static struct project_member *
members(struct team *t, int *n)
{
	struct project_member *rows;

	YES(team_list(&t->f->ctx, t->f->a, t->project, &rows, n));
	return rows;
}

/* --- the team -------------------------------------------------------- */

static void
a_team_has_one_head_who_stands_first(void **state)
{
	struct team *t = *state;
	struct ctx town = team_ctx(t, "town");
	struct project_member *rows;
	int n;

	team_choose(t);
	rows = members(t, &n);
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].person.v, t->deputies[0].v);
	assert_true(rows[0].head && !rows[1].head);
	/* the second leads now, the third is new, the first has left */
	YES(team_set(&town, t->project, t->deputies + 1, 2, t->deputies[1]));
	rows = members(t, &n);
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].person.v, t->deputies[1].v);
	assert_true(rows[0].head && !rows[1].head);
	assert_int_equal(team_count(t, "SELECT count(*) FROM project_member"
	                               " WHERE to_on IS NOT NULL AND head = 0"),
	                 1);
	opinions_check(t->w);
}

static void
the_head_is_one_of_them_and_all_are_the_units_deputies(void **state)
{
	struct team *t = *state;
	struct ctx town = team_ctx(t, "town");

	assert_int_equal(
	    team_set(&town, t->project, t->deputies, 2, t->deputies[2]),
	    ERR_INVALID);
	org_assert_fault(&town, "head");
	assert_int_equal(team_set(&town, t->project, t->w->o->units[1].deputies,
	                          1, t->w->o->units[1].deputies[0]),
	                 ERR_INVALID);
	org_assert_fault(&town, "persons");
}

static void
the_staff_of_the_unit_chooses_it_while_the_project_is_open(void **state)
{
	static const struct {
		const char *who;
		int err;
	} rows[] = {{"deputy", ERR_DENIED},
	            {"office", ERR_DENIED},
	            {"officer", ERR_DENIED},
	            {"leader", ERR_DENIED},
	            {"town2", ERR_NOT_FOUND}};
	struct team *t = *state;
	struct ctx c;

	for (size_t i = 0; i < COUNT(rows); i++) {
		c = team_ctx(t, rows[i].who);
		assert_int_equal(
		    team_set(&c, t->project, t->deputies, 1, t->deputies[0]),
		    rows[i].err);
	}
	team_state(t, "archived");
	c = team_ctx(t, "town");
	assert_int_equal(
	    team_set(&c, t->project, t->deputies, 1, t->deputies[0]),
	    ERR_STATE);
}

static void
striking_it_out_restores_the_team_before(void **state)
{
	struct team *t = *state;
	struct ctx town = team_ctx(t, "town");
	const char *before;

	team_choose(t);
	before = fixture_dump(t->f, t->f->a);
	YES(team_set(&town, t->project, t->deputies + 1, 2, t->deputies[1]));
	org_strike_restores(t->w->o, before);
}

static void
who_is_no_deputy_any_more_leaves_the_team(void **state)
{
	struct team *t = *state;
	struct leaving leave = {
	    .person = t->deputies[0], .all = true, .reason = "调离"};
	const char *before;
	struct left rows[RESPONSIBLES];
	int n, left = 0;

	team_choose(t);
	before = fixture_dump(t->f, t->f->a);
	YES(leaving_preview(&t->f->ctx, t->f->a, &leave, rows, &n));
	for (int i = 0; i < n; i++)
		left += rows[i].kind == RESPONSIBLE_PROJECT_TEAM;
	assert_int_equal(left, 1);
	YES(leaving_run(&t->f->ctx, &leave));
	members(t, &n);
	assert_int_equal(n, 1);
	org_strike_restores(t->w->o, before);
}

/* --- visits ---------------------------------------------------------- */

static void
a_visit_invites_the_team_and_its_sign_ins_stand_in_the_projects_history(
    void **state)
{
	struct team *t = *state;
	struct activity_id id;
	struct activity row;
	struct event_line *events;
	struct project_visit *visits;
	struct project_member *rows;
	int n, signed_in = 0;

	team_choose(t);
	id = team_visit(t);
	YES(activity_get(&t->f->ctx, t->f->a, id, &row));
	assert_string_equal(row.kind, "inspect");
	assert_string_equal(row.venue, "荆山小区");
	assert_int_equal(row.state, ACTIVITY_OPEN);
	assert_non_null(strstr(row.title, "周家浜桥改造"));
	assert_int_equal(
	    team_count(t, "SELECT count(*) FROM participant WHERE NOT walk_in"),
	    2);
	YES(event_timeline(&t->f->ctx, t->f->a, ENTITY_PROJECT, t->project.v,
	                   50, &events, &n));
	while (n-- > 0)
		signed_in += events[n].action == ACTION_PARTICIPANT_CHECK_IN;
	assert_int_equal(signed_in, 1);
	YES(visit_list(&t->f->ctx, t->f->a, t->project, &visits, &n));
	assert_int_equal(n, 1);
	assert_int_equal(visits[0].came, 1);
	rows = members(t, &n);
	assert_int_equal(rows[0].visits, 1);
	assert_int_equal(rows[1].visits, 0);
	opinions_check(t->w);
}

static void
striking_a_visit_out_leaves_nothing(void **state)
{
	struct team *t = *state;
	struct ctx officer = team_ctx(t, "officer");
	struct instant at = {t->f->ctx.stopped.s + 86400};
	struct activity_id id;
	const char *before;

	team_choose(t);
	before = fixture_dump(t->f, t->f->a);
	YES(visit_add(&officer, t->project, at, "荆山小区", &id));
	org_strike_restores(t->w->o, before);
}

static void
a_visit_needs_a_place_and_who_keeps_activities(void **state)
{
	struct team *t = *state;
	struct instant at = {t->f->ctx.stopped.s + 86400};
	struct activity_id id;
	struct ctx c = team_ctx(t, "officer");

	assert_int_equal(visit_add(&c, t->project, at, "", &id), ERR_INVALID);
	org_assert_fault(&c, "venue");
	c = team_ctx(t, "deputy");
	assert_int_equal(visit_add(&c, t->project, at, "村口", &id),
	                 ERR_DENIED);
	c = team_ctx(t, "office");
	assert_int_equal(visit_add(&c, t->project, at, "村口", &id),
	                 ERR_DENIED);
	c = team_ctx(t, "officer2");
	assert_int_equal(visit_add(&c, t->project, at, "村口", &id),
	                 ERR_NOT_FOUND);
	team_state(t, "archived");
	c = team_ctx(t, "officer");
	assert_int_equal(visit_add(&c, t->project, at, "村口", &id), ERR_STATE);
}

static void
a_long_title_is_cut_for_the_visit(void **state)
{
	struct team *t = *state;
	struct ctx officer = team_ctx(t, "officer");
	struct instant at = {t->f->ctx.stopped.s + 86400};
	const char *title = "";
	struct activity_id id;

	for (int i = 0; i < PROJECT_TITLE_MAX; i++)
		title = arena_printf(t->f->a, "%s梯", title);
	fixture_event(
	    t->f, ACTION_ACTIVITY_SAVE, ENTITY_PROJECT, t->project.v,
	    arena_printf(t->f->a, "UPDATE project SET title = '%s'", title));
	YES(visit_add(&officer, t->project, at, "荆山小区", &id));
}

/* --- ratings --------------------------------------------------------- */

#define RECORDS                                                                \
	"SELECT count(*) FROM duty_record WHERE subject_kind = 'project'"

static int
to_rate(struct team *t)
{
	struct ctx c = team_ctx(t, "deputy");
	struct todo *rows;
	int n, found = 0;

	YES(todo_list(&c, t->f->a, 20, &rows, &n));
	for (int i = 0; i < n; i++)
		found +=
		    rows[i].what == TODO_RATE && rows[i].id == t->project.v;
	return found;
}

static void
a_rating_counts_once_and_may_be_changed(void **state)
{
	struct team *t = *state;
	struct ctx c = team_ctx(t, "deputy");
	struct project_rating mine;
	struct project_page page;

	assert_int_equal(to_rate(t), 0);
	team_inspected(t);
	assert_int_equal(to_rate(t), 1);
	assert_int_equal(project_rating_mine(&c, t->f->a, t->project, &mine),
	                 ERR_NOT_FOUND);
	YES(project_rate(&c, t->project, RATING_BASIC, ""));
	assert_int_equal(to_rate(t), 0);
	YES(project_rate(&c, t->project, RATING_SATISFIED, "老人方便了"));
	YES(project_rating_mine(&c, t->f->a, t->project, &mine));
	assert_int_equal(mine.grade, RATING_SATISFIED);
	assert_string_equal(mine.words, "老人方便了");
	assert_int_equal(team_count(t, RECORDS), 1);
	YES(project_page_get(&t->f->ctx, t->f->a, t->project, &page));
	assert_int_equal(page.satisfied, 1);
	assert_int_equal(page.basic, 0);
	opinions_check(t->w);
}

static int
told(struct team *t, const char *who, enum action what)
{
	struct ctx c = team_ctx(t, who);
	struct event_line *lines;
	int n, found = 0;

	YES(event_timeline_own(&c, t->f->a, ENTITY_PROJECT, t->project.v, 50,
	                       &lines, &n));
	while (n-- > 0)
		found += lines[n].action == what;
	return found;
}

static void
who_rated_and_who_came_is_told_to_who_keeps_the_project(void **state)
{
	static const struct {
		const char *who;
		int rated, came, arranged;
	} rows[] = {{"deputy", 1, 1, 1},
	            {"town", 1, 1, 1},
	            {"county", 1, 1, 1},
	            {"deputy2", 0, 0, 1},
	            {"office", 0, 0, 1}};
	struct team *t = *state;
	struct ctx c = team_ctx(t, "deputy");

	team_choose(t);
	team_visit(t);
	team_inspected(t);
	YES(project_rate(&c, t->project, RATING_DISSATISFIED, "慢"));
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(told(t, rows[i].who, ACTION_RATING_GIVE),
		                 rows[i].rated);
		assert_int_equal(
		    told(t, rows[i].who, ACTION_PARTICIPANT_CHECK_IN),
		    rows[i].came);
		assert_int_equal(told(t, rows[i].who, ACTION_PROJECT_VISIT),
		                 rows[i].arranged);
	}
}

static void
nothing_is_done_with_a_project_that_ends_meanwhile(void **state)
{
	struct team *t = *state;
	struct ctx deputy = team_ctx(t, "deputy");
	struct ctx town = team_ctx(t, "town");
	struct ctx officer = team_ctx(t, "officer");
	struct instant at = {t->f->ctx.stopped.s + 86400};
	struct project_task entry = {
	    .project = t->project, .kind = TASK_OPINION, .words = "慢"};
	struct project_task_id task;
	struct activity_id visit;

	for (int i = 0; i < 4; i++) {
		struct meanwhile ended = {
		    .after = "FROM project WHERE project.id",
		    .sql = "UPDATE project SET state = 'archived'",
		};
		int err;

		team_state(t, i == 3 ? "inspected" : "running");
		fixture_meanwhile(t->f, &ended);
		err = i == 0 ? team_set(&town, t->project, t->deputies, 2,
		                        t->deputies[0])
		      : i == 1
		          ? visit_add(&officer, t->project, at, "桥", &visit)
		      : i == 2
		          ? task_add(&deputy, &entry, &task)
		          : project_rate(&deputy, t->project, RATING_BASIC, "");
		fixture_meanwhile(t->f, NULL);
		assert_true(ended.done);
		assert_int_equal(err, ERR_STATE);
	}
	assert_int_equal(
	    team_count(t, "SELECT (SELECT count(*) FROM project_member)"
	                  " + (SELECT count(*) FROM project_task)"
	                  " + (SELECT count(*) FROM project_rating)"),
	    0);
}

static void
only_what_is_inspected_is_rated_with_a_grade(void **state)
{
	struct team *t = *state;
	struct ctx c = team_ctx(t, "deputy");

	assert_int_equal(project_rate(&c, t->project, RATING_SATISFIED, ""),
	                 ERR_STATE);
	team_inspected(t);
	assert_int_equal(project_rate(&c, t->project, RATING_NONE, ""),
	                 ERR_INVALID);
	org_assert_fault(&c, "grade");
	assert_int_equal(project_rate(&c, t->project, RATING_SILENT, ""),
	                 ERR_INVALID);
	c = team_ctx(t, "town");
	assert_int_equal(project_rate(&c, t->project, RATING_SATISFIED, ""),
	                 ERR_DENIED);
	team_state(t, "rated");
	c = team_ctx(t, "deputy");
	assert_int_equal(project_rate(&c, t->project, RATING_SATISFIED, ""),
	                 ERR_STATE);
}

static void
the_publics_ratings_have_no_name_and_count_apart(void **state)
{
	struct team *t = *state;
	struct project_page page;

	team_inspected(t);
	assert_int_equal(
	    project_rate_public(&t->f->ctx, t->project, RATING_SATISFIED, ""),
	    ERR_NOT_FOUND);
	fixture_event(t->f, ACTION_ACTIVITY_SAVE, ENTITY_PROJECT, t->project.v,
	              "UPDATE project SET published = 1");
	YES(project_rate_public(&t->f->ctx, t->project, RATING_SATISFIED, ""));
	YES(project_rate_public(&t->f->ctx, t->project, RATING_DISSATISFIED,
	                        "太慢"));
	assert_int_equal(
	    team_count(t, "SELECT count(person) FROM project_rating"), 0);
	assert_int_equal(team_count(t, RECORDS), 0);
	YES(project_page_get(&t->f->ctx, t->f->a, t->project, &page));
	assert_int_equal(page.satisfied, 0);
	assert_int_equal(page.public_satisfied, 1);
	assert_int_equal(page.public_dissatisfied, 1);
}

static void
a_rating_is_read_by_who_gave_it_and_by_the_unit(void **state)
{
	static const struct {
		const char *who;
		int n;
	} rows[] = {{"deputy", 1}, {"town", 1},   {"county", 1},
	            {"town2", 0},  {"office", 0}, {"deputy2", 0}};
	struct team *t = *state;
	struct ctx c = team_ctx(t, "deputy");
	struct project_rating *read;
	int n;

	team_inspected(t);
	YES(project_rate(&c, t->project, RATING_BASIC, "还可以"));
	for (size_t i = 0; i < COUNT(rows); i++) {
		c = team_ctx(t, rows[i].who);
		YES(project_rating_words(&c, t->f->a, t->project, 9, &read,
		                         &n));
		assert_int_equal(n, rows[i].n);
	}
	assert_int_equal(team_count(t, "SELECT count(*) FROM audit"
	                               " WHERE instr(detail, '还可以') > 0"),
	                 0);
}

static void
striking_a_rating_out_takes_its_record_along(void **state)
{
	struct team *t = *state;
	struct ctx c = team_ctx(t, "deputy");
	const char *before;

	team_inspected(t);
	before = fixture_dump(t->f, t->f->a);
	YES(project_rate(&c, t->project, RATING_BASIC, ""));
	org_strike_restores(t->w->o, before);
}

static void
all_is_read_along_indexes(void **state)
{
	static const enum scope scopes[] = {SCOPE_COUNTY, SCOPE_UNIT,
	                                    SCOPE_STATION, SCOPE_SELF,
	                                    SCOPE_ASSIGNED};
	struct fixture *f = *state;
	struct project_id id = {1};

	fixture_rows(f);
	for (size_t i = 0; i < COUNT(scopes); i++) {
		struct project_member *rows;
		struct project_visit *visits;
		struct project_rating *read;
		struct project of;
		int n;

		f->ctx.scope = scopes[i];
		f->ctx.my_unit = f->ctx.my_station = f->ctx.my_organ = 1;
		YES(team_list(&f->ctx, f->a, id, &rows, &n));
		if (scopes[i] == SCOPE_ASSIGNED)
			continue; /* who sees neither visits nor ratings */
		if (scopes[i] != SCOPE_SELF) /* their one row */
			YES(project_rating_words(&f->ctx, f->a, id, 9, &read,
			                         &n));
		YES(visit_list(&f->ctx, f->a, id, &visits, &n));
		assert_int_equal(
		    visit_project(&f->ctx, f->a, (struct activity_id){1}, &of),
		    ERR_NOT_FOUND);
	}
	fixture_plan_used(f);
}

#define TEST(rule)                                                             \
	cmocka_unit_test_setup_teardown(rule, team_setup, team_teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    TEST(a_team_has_one_head_who_stands_first),
	    TEST(the_head_is_one_of_them_and_all_are_the_units_deputies),
	    TEST(the_staff_of_the_unit_chooses_it_while_the_project_is_open),
	    TEST(striking_it_out_restores_the_team_before),
	    TEST(who_is_no_deputy_any_more_leaves_the_team),
	    TEST(
		a_visit_invites_the_team_and_its_sign_ins_stand_in_the_projects_history),
	    TEST(striking_a_visit_out_leaves_nothing),
	    TEST(a_visit_needs_a_place_and_who_keeps_activities),
	    TEST(a_long_title_is_cut_for_the_visit),
	    TEST(a_rating_counts_once_and_may_be_changed),
	    TEST(who_rated_and_who_came_is_told_to_who_keeps_the_project),
	    TEST(nothing_is_done_with_a_project_that_ends_meanwhile),
	    TEST(only_what_is_inspected_is_rated_with_a_grade),
	    TEST(the_publics_ratings_have_no_name_and_count_apart),
	    TEST(a_rating_is_read_by_who_gave_it_and_by_the_unit),
	    TEST(striking_a_rating_out_takes_its_record_along),
	    cmocka_unit_test_setup_teardown(all_is_read_along_indexes,
	                                    fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
