/*
 * The plan of a project and what becomes of it: milestones, lights, monthly
 * reports, changes; what is right, each refusal, and by whom.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/project_plan.h"
#include "tests/unit/fixture_project.h"

#define YES(call) assert_int_equal((call), OK)

static struct project_milestone *
milestones(struct projects *w, struct project_id id)
{
	struct project_milestone *rows;
	int n;

	YES(milestone_list(&w->o->f->ctx, w->o->f->a, id, &rows, &n));
	assert_int_equal(n, 4);
	return rows;
}

static void
assert_day(struct day day, int year, int month, int of_month)
{
	assert_int_equal(day_compare(day, (struct day){year, month, of_month}),
	                 0);
}

/* --- planning ----------------------------------------------------------- */

static void
a_plan_gives_the_project_its_office_its_money_and_the_first_due_day(
    void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_PLANNED);
	struct project row = project_now(w, id);
	struct project_milestone *rows = milestones(w, id);

	assert_int_equal(row.lead.v, w->office.v);
	assert_string_equal(row.leader, "沈建国");
	assert_int_equal(row.budget, 1000000);
	assert_day(row.due_on, 2026, 6, 30);
	assert_day(row.warn_on, 2026, 6, 16);
	assert_string_equal(rows[3].title, "竣工验收");
	assert_int_equal(rows[3].position, 4);
}

/* Fault of a plan that plan_of(w) was changed to. */
static void
refuse_plan(struct projects *w, struct project_act given, const char *field)
{
	struct project_id id = project_in_state(w, PROJECT_SELECTED);
	struct ctx c;

	given.id = id;
	given.step = PROJECT_DO_PLAN;
	given.version = project_now(w, id).version;
	project_ctx(w, "town", &c);
	assert_int_equal(project_act(&c, &given), ERR_INVALID);
	org_assert_fault(&c, field);
}

static void
a_plan_that_lacks_something_is_refused_with_its_field(void **state)
{
	struct projects *w = *state;
	struct project_act given = project_plan_of(w);

	given.leader = "";
	refuse_plan(w, given, "leader");
	given = project_plan_of(w);
	given.budget = 0;
	refuse_plan(w, given, "budget");
	given = project_plan_of(w);
	given.starts_on = (struct day){0};
	refuse_plan(w, given, "starts_on");
	given = project_plan_of(w);
	given.ends_on = (struct day){2026, 4, 1};
	refuse_plan(w, given, "ends_on");
	given = project_plan_of(w);
	given.milestone_count = 0;
	refuse_plan(w, given, "milestones");
}

static void
the_lead_unit_is_the_units_or_the_countys(void **state)
{
	struct projects *w = *state;
	struct project_act given = project_plan_of(w);

	given.lead.v = fixture_int(w->o->f, "SELECT id FROM organ"
	                                    " WHERE unit = 2");
	refuse_plan(w, given, "lead");
	given.lead.v = 0;
	refuse_plan(w, given, "lead");
}

static void
milestones_rise_within_the_plan_and_make_a_hundred(void **state)
{
	struct projects *w = *state;
	struct project_act given = project_plan_of(w);
	struct milestone_entry plan[2] = {{"开工", {2026, 4, 1}, 50},
	                                  {"完工", {2026, 12, 31}, 49}};

	given.milestones = plan;
	given.milestone_count = 2;
	refuse_plan(w, given, "milestones");
	plan[1].weight = 50;
	plan[1].due_on = (struct day){2026, 4, 1};
	refuse_plan(w, given, "milestones");
	plan[1].due_on = (struct day){2027, 1, 1};
	refuse_plan(w, given, "milestones");
	plan[1].due_on = (struct day){2026, 12, 31};
	plan[0].due_on = (struct day){2026, 3, 31};
	refuse_plan(w, given, "milestones");
	plan[0].due_on = (struct day){2026, 4, 1};
	plan[0].title = "";
	refuse_plan(w, given, "milestones");
	plan[0].title = "开工";
	given.step = PROJECT_DO_PLAN;
	YES(project_do_with(w, "town", project_in_state(w, PROJECT_SELECTED),
	                    given));
}

static void
what_is_planned_again_has_the_new_milestones_only(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_PLANNED);

	YES(project_do(w, "town", id, PROJECT_DO_PLAN));
	(void)milestones(w, id);
	projects_check(w);
}

static void
the_plan_rises_by_a_step_in_the_month_a_milestone_is_due(void **state)
{
	static const struct project_milestone rows[] = {
	    {.due_on = {2026, 6, 30}, .weight = 30},
	    {.due_on = {2026, 9, 1}, .weight = 70},
	};

	(void)state;
	assert_int_equal(plan_percent(rows, 2, 202605), 0);
	assert_int_equal(plan_percent(rows, 2, 202606), 30);
	assert_int_equal(plan_percent(rows, 2, 202608), 30);
	assert_int_equal(plan_percent(rows, 2, 202609), 100);
	assert_int_equal(plan_percent(rows, 2, 202701), 100);
}

/* --- lights --------------------------------------------------------------- */

static enum project_light
light_on(struct projects *w, struct project_id id, int month, int day)
{
	struct project row = project_now(w, id);

	project_clock(w, (struct day){2026, month, day});
	return project_light(&w->o->f->ctx, row.state, row.warn_on, row.due_on);
}

static void
the_light_turns_at_the_edges_of_days(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);

	assert_int_equal(light_on(w, id, 6, 15), PROJECT_GREEN);
	assert_int_equal(light_on(w, id, 6, 16), PROJECT_YELLOW);
	assert_int_equal(light_on(w, id, 6, 30), PROJECT_YELLOW);
	assert_int_equal(light_on(w, id, 7, 1), PROJECT_RED);
}

static void
a_project_has_a_light_from_its_plan_until_it_is_over(void **state)
{
	struct projects *w = *state;

	for (int s = 0; s < PROJECT_STATES; s++) {
		struct project_id id =
		    project_in_state(w, (enum project_state)s);
		bool lit = light_on(w, id, 3, 29) != PROJECT_NO_LIGHT;

		assert_int_equal(lit,
		                 s >= PROJECT_PLANNED && s <= PROJECT_RATED);
	}
}

static void
a_milestone_that_is_reached_moves_the_light_to_the_next(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);
	struct project_milestone *rows = milestones(w, id);
	struct ctx c;

	project_clock(w, (struct day){2026, 7, 1});
	project_ctx(w, "office", &c);
	YES(milestone_reach(&c, rows[0].id, (struct day){2026, 6, 30}));
	assert_day(project_now(w, id).due_on, 2026, 9, 30);
	assert_int_equal(light_on(w, id, 7, 1), PROJECT_GREEN);
	project_ctx(w, "town", &c); /* taken back */
	YES(milestone_reach(&c, rows[0].id, (struct day){0}));
	assert_day(project_now(w, id).due_on, 2026, 6, 30);
	for (int i = 0; i < 4; i++)
		YES(milestone_reach(&c, rows[i].id, (struct day){2026, 7, 1}));
	assert_day(project_now(w, id).due_on, 2026, 12, 31);
	projects_check(w);
}

static void
a_milestone_is_reached_by_who_carries_the_project_out_and_not_tomorrow(
    void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_PLANNED);
	struct project_milestone *rows = milestones(w, id);
	struct day today = {2026, 3, 29};
	struct ctx c;

	project_ctx(w, "town", &c);
	assert_int_equal(milestone_reach(&c, rows[0].id, today), ERR_STATE);
	YES(project_do(w, "town", id, PROJECT_DO_START));
	assert_int_equal(milestone_reach(&c, rows[0].id, day_add(today, 1)),
	                 ERR_INVALID);
	org_assert_fault(&c, "done_on");
	project_ctx(w, "deputy", &c);
	assert_int_equal(milestone_reach(&c, rows[0].id, today), ERR_DENIED);
	project_ctx(w, "office2", &c);
	assert_int_equal(milestone_reach(&c, rows[0].id, today), ERR_NOT_FOUND);
	project_ctx(w, "town2", &c);
	assert_int_equal(milestone_reach(&c, rows[0].id, today), ERR_NOT_FOUND);
}

static void
what_is_claimed_with_milestones_open_says_why(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);
	struct project_milestone *rows = milestones(w, id);
	struct project_act claim = {.step = PROJECT_DO_CLAIM};
	struct ctx c;

	assert_int_equal(project_do_with(w, "office", id, claim), ERR_INVALID);
	project_ctx(w, "office", &c);
	for (int i = 0; i < 4; i++)
		YES(milestone_reach(&c, rows[i].id, (struct day){2026, 3, 29}));
	YES(project_do_with(w, "office", id, claim));
	/* inspected by others, it is not late any more */
	assert_int_equal(light_on(w, id, 12, 31), PROJECT_GREEN);
}

static void
a_rating_that_nobody_gave_is_closed_with_words_only(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_INSPECTED);
	struct project_act given = {.step = PROJECT_DO_RATE};

	assert_int_equal(project_do_with(w, "town", id, given), ERR_INVALID);
	given.words = "代表外出较多,另行征询。";
	YES(project_do_with(w, "town", id, given));
}

/* --- reports -------------------------------------------------------------- */

static void
a_month_is_reported_once_against_the_plan(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);
	struct project_report *rows;
	struct project row;
	int n;

	project_clock(w, (struct day){2026, 7, 3});
	YES(project_report_of(w, id, 202606, 25));
	assert_int_equal(project_report_of(w, id, 202606, 25), ERR_EXISTS);
	row = project_now(w, id);
	assert_int_equal(row.done, 25);
	assert_int_equal(row.spent, 100000);
	assert_int_equal(row.reported, 202606);
	/* an earlier month changes nothing of the last one's */
	YES(project_report_of(w, id, 202604, 10));
	row = project_now(w, id);
	assert_int_equal(row.done, 25);
	assert_int_equal(row.reported, 202606);
	YES(report_list(&w->o->f->ctx, w->o->f->a, id, &rows, &n));
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].planned, 0);
	assert_int_equal(rows[1].planned, 30);
	projects_check(w);
}

static void
a_report_fits_the_reports_around_it_and_the_calendar(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);

	project_clock(w, (struct day){2026, 7, 3});
	YES(project_report_of(w, id, 202605, 20));
	assert_int_equal(project_report_of(w, id, 202606, 19), ERR_INVALID);
	assert_int_equal(project_report_of(w, id, 202604, 21), ERR_INVALID);
	assert_int_equal(project_report_of(w, id, 202606, 101), ERR_INVALID);
	assert_int_equal(project_report_of(w, id, 202603, 0), ERR_INVALID);
	assert_int_equal(project_report_of(w, id, 202608, 30), ERR_INVALID);
	assert_int_equal(project_report_of(w, id, 202613, 30), ERR_INVALID);
	YES(project_report_of(w, id, 202607, 20));
}

static void
only_the_lead_unit_reports_and_only_while_it_is_under_way(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_PLANNED);
	struct project_report entry = {
	    .project = id, .month = 202604, .words = "开工。", .next = ""};
	static const char *const others[] = {"town", "deputy", "station",
	                                     "officer", "county"};
	struct ctx c;

	project_clock(w, (struct day){2026, 4, 30});
	assert_int_equal(project_report_of(w, id, 202604, 0), ERR_STATE);
	YES(project_do(w, "town", id, PROJECT_DO_START));
	for (size_t i = 0; i < COUNT(others); i++) {
		project_ctx(w, others[i], &c);
		assert_int_equal(report_add(&c, &entry, NULL, 0), ERR_DENIED);
	}
	project_ctx(w, "office2", &c);
	assert_int_equal(report_add(&c, &entry, NULL, 0), ERR_NOT_FOUND);
	entry.words = "";
	project_ctx(w, "office", &c);
	assert_int_equal(report_add(&c, &entry, NULL, 0), ERR_INVALID);
	org_assert_fault(&c, "words");
}

static void
a_report_reaches_milestones_of_its_project_once(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);
	struct project_id other = project_in_state(w, PROJECT_RUNNING);
	struct project_report entry = {.project = id,
	                               .month = 202606,
	                               .done = 30,
	                               .words = "完成。",
	                               .next = ""};
	struct project_milestone_id reached = milestones(w, other)[0].id;
	struct ctx c;

	project_clock(w, (struct day){2026, 7, 3});
	project_ctx(w, "office", &c);
	assert_int_equal(report_add(&c, &entry, &reached, 1), ERR_INVALID);
	org_assert_fault(&c, "milestones");
	reached = milestones(w, id)[0].id;
	YES(report_add(&c, &entry, &reached, 1));
	assert_day(milestones(w, id)[0].done_on, 2026, 7, 3);
	assert_day(project_now(w, id).due_on, 2026, 9, 30);
	entry.month = 202607;
	assert_int_equal(report_add(&c, &entry, &reached, 1), ERR_INVALID);
}

static void
the_form_begins_with_the_first_month_that_has_no_report(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);
	struct project_report entry;
	struct ctx c;

	project_clock(w, (struct day){2026, 6, 3});
	project_ctx(w, "office", &c);
	YES(report_default(&c, w->o->f->a, id, &entry));
	assert_int_equal(entry.month, 202604);
	YES(project_report_of(w, id, 202604, 15));
	YES(report_default(&c, w->o->f->a, id, &entry));
	assert_int_equal(entry.month, 202605);
	assert_int_equal(entry.done, 15);
}

static void
the_picture_goes_from_the_begin_to_the_end_with_gaps(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);
	struct project_month *rows;
	int n;

	project_clock(w, (struct day){2026, 7, 3});
	YES(project_report_of(w, id, 202606, 25));
	YES(project_months(&w->o->f->ctx, w->o->f->a, id, &rows, &n));
	assert_int_equal(n, 9);
	assert_int_equal(rows[0].month, 202604);
	assert_int_equal(rows[0].done, -1);
	assert_int_equal(rows[2].planned, 30);
	assert_int_equal(rows[2].done, 25);
	assert_int_equal(rows[8].planned, 100);
}

/* --- changes -------------------------------------------------------------- */

static int
ask(struct projects *w, const char *who, struct project_id id, int kind,
    struct project_change_id *change)
{
	struct project_change entry = {
	    .project = id,
	    .kind = kind,
	    .words = "材料涨价,工期顺延。",
	    .budget = 1500000,
	    .ends_on = {2027, 2, 28},
	};
	struct project_change *rows;
	struct ctx c;
	int n, err;

	project_ctx(w, who, &c);
	err = change_ask(&c, &entry);
	YES(change_list(&w->o->f->ctx, w->o->f->a, id, &rows, &n));
	if (err == OK)
		*change = rows[n - 1].id;
	return err;
}

static int
decide(struct projects *w, const char *who, struct project_change_id id,
       bool approve)
{
	struct ctx c;

	project_ctx(w, who, &c);
	return change_decide(&c, id, approve, "经主席团讨论");
}

static void
what_was_approved_holds_at_once(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);
	struct project_change_id change = {0};

	YES(ask(w, "office", id, CHANGE_BUDGET, &change));
	assert_int_equal(project_now(w, id).budget, 1000000);
	YES(decide(w, "station", change, true));
	assert_int_equal(project_now(w, id).budget, 1500000);
	YES(ask(w, "town", id, CHANGE_TIME, &change));
	YES(decide(w, "station", change, true));
	assert_day(project_now(w, id).ends_on, 2027, 2, 28);
	assert_day(milestones(w, id)[3].due_on, 2027, 2, 28);
	assert_day(milestones(w, id)[2].due_on, 2026, 11, 30);
	YES(ask(w, "town", id, CHANGE_STOP, &change));
	YES(decide(w, "county", change, true));
	assert_int_equal(project_now(w, id).state, PROJECT_STOPPED);
	assert_string_equal(project_now(w, id).reason, "经主席团讨论");
	projects_check(w);
}

static void
the_budget_there_is_is_no_change(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);
	struct project_change_id change = {0};

	YES(ask(w, "office", id, CHANGE_BUDGET, &change));
	YES(decide(w, "station", change, true));
	assert_int_equal(ask(w, "office", id, CHANGE_BUDGET, &change),
	                 ERR_INVALID);
}

static void
what_was_refused_changes_nothing(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);
	struct project_change_id change = {0};

	YES(ask(w, "office", id, CHANGE_STOP, &change));
	YES(decide(w, "station", change, false));
	assert_int_equal(project_now(w, id).state, PROJECT_RUNNING);
	assert_int_equal(decide(w, "station", change, true), ERR_STATE);
}

static void
who_asked_for_a_change_does_not_approve_it(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);
	struct project_change_id change = {0};

	YES(ask(w, "station", id, CHANGE_BUDGET, &change));
	assert_int_equal(decide(w, "station", change, true), ERR_DENIED);
	assert_int_equal(decide(w, "town", change, true), ERR_DENIED);
	assert_int_equal(decide(w, "office", change, true), ERR_DENIED);
	assert_int_equal(decide(w, "station2", change, true), ERR_NOT_FOUND);
	YES(decide(w, "vice", change, true));
}

static void
one_change_is_asked_for_at_a_time_by_who_carries_it_out(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);
	struct project_change_id change = {0};

	assert_int_equal(ask(w, "deputy", id, CHANGE_SCOPE, &change),
	                 ERR_DENIED);
	assert_int_equal(ask(w, "town2", id, CHANGE_SCOPE, &change),
	                 ERR_NOT_FOUND);
	YES(ask(w, "office", id, CHANGE_SCOPE, &change));
	assert_int_equal(ask(w, "town", id, CHANGE_STOP, &change), ERR_EXISTS);
}

static void
a_change_is_asked_for_from_selected_until_claimed(void **state)
{
	struct projects *w = *state;

	for (int s = 0; s < PROJECT_STATES; s++) {
		struct project_id id =
		    project_in_state(w, (enum project_state)s);
		struct project_change_id change = {0};

		assert_int_equal(ask(w, "town", id, CHANGE_STOP, &change),
		                 s >= PROJECT_SELECTED && s <= PROJECT_CLAIMED
		                     ? OK
		                     : ERR_STATE);
	}
}

static void
the_new_end_lies_after_all_milestones_but_the_last(void **state)
{
	struct projects *w = *state;
	struct project_id id = project_in_state(w, PROJECT_RUNNING);
	struct project_change entry = {.project = id,
	                               .kind = CHANGE_TIME,
	                               .words = "提前",
	                               .ends_on = {2026, 11, 30}};
	struct ctx c;

	project_ctx(w, "town", &c);
	assert_int_equal(change_ask(&c, &entry), ERR_INVALID);
	org_assert_fault(&c, "ends_on");
	entry.ends_on = (struct day){2026, 12, 1};
	YES(change_ask(&c, &entry));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f)                                                                   \
	cmocka_unit_test_setup_teardown(f, projects_setup, projects_teardown)
	    T(a_plan_gives_the_project_its_office_its_money_and_the_first_due_day),
	    T(a_plan_that_lacks_something_is_refused_with_its_field),
	    T(the_lead_unit_is_the_units_or_the_countys),
	    T(milestones_rise_within_the_plan_and_make_a_hundred),
	    T(what_is_planned_again_has_the_new_milestones_only),
	    T(the_plan_rises_by_a_step_in_the_month_a_milestone_is_due),
	    T(the_light_turns_at_the_edges_of_days),
	    T(a_project_has_a_light_from_its_plan_until_it_is_over),
	    T(a_milestone_that_is_reached_moves_the_light_to_the_next),
	    T(a_milestone_is_reached_by_who_carries_the_project_out_and_not_tomorrow),
	    T(what_is_claimed_with_milestones_open_says_why),
	    T(a_rating_that_nobody_gave_is_closed_with_words_only),
	    T(a_month_is_reported_once_against_the_plan),
	    T(a_report_fits_the_reports_around_it_and_the_calendar),
	    T(only_the_lead_unit_reports_and_only_while_it_is_under_way),
	    T(a_report_reaches_milestones_of_its_project_once),
	    T(the_form_begins_with_the_first_month_that_has_no_report),
	    T(the_picture_goes_from_the_begin_to_the_end_with_gaps),
	    T(what_was_approved_holds_at_once),
	    T(the_budget_there_is_is_no_change),
	    T(what_was_refused_changes_nothing),
	    T(who_asked_for_a_change_does_not_approve_it),
	    T(one_change_is_asked_for_at_a_time_by_who_carries_it_out),
	    T(a_change_is_asked_for_from_selected_until_claimed),
	    T(the_new_end_lies_after_all_milestones_but_the_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
