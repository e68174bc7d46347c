/* Opinions and findings about projects: between whom they are, whose turn it
 * is, the clock, and what counts in a deputy's file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/month.h"
#include "db/opinion.h"
#include "db/rule.h"
#include "db/totals.h"
#include "tests/unit/fixture_team.h"

#define YES(call) assert_int_equal((call), OK)

static int
add(struct ctx *c, const struct project_task *entry)
{
	struct project_task_id id;

	return task_add(c, entry, &id);
}

/* --- the way --------------------------------------------------------- */

static void
an_opinion_is_accepted_replied_to_and_rated(void **state)
{
	struct team *t = *state;
	struct project_task_id id = team_opinion(t, "deputy");
	struct project_task row = team_task(t, id);

	assert_int_equal(row.state, TASK_SENT);
	assert_int_equal(row.organ.v, t->w->office.v);
	YES(team_act(t, "office", id, TASK_DO_ACCEPT));
	YES(team_act(t, "office", id, TASK_DO_REPLY));
	row = team_task(t, id);
	assert_string_equal(row.reply, "围挡已经装好。");
	assert_int_equal(row.due_on.year, 9999);
	YES(team_act(t, "deputy", id, TASK_DO_CLOSE));
	row = team_task(t, id);
	assert_int_equal(row.state, TASK_CLOSED);
	assert_int_equal(row.rating, RATING_SATISFIED);
	opinions_check(t->w);
}

static void
not_satisfied_it_goes_back_once_and_then_to_a_head(void **state)
{
	struct team *t = *state;
	struct project_task_id id = team_opinion(t, "deputy");
	struct project_task row;

	YES(team_act(t, "office", id, TASK_DO_REPLY));
	assert_int_equal(team_act(t, "deputy", id, TASK_DO_INSIST), ERR_STATE);
	YES(team_act(t, "deputy", id, TASK_DO_AGAIN));
	row = team_task(t, id);
	assert_int_equal(row.state, TASK_SENT);
	assert_string_equal(row.reply, "");
	assert_string_equal(row.first_reply, "围挡已经装好。");
	assert_true(row.due_on.year < 9999);
	YES(team_act(t, "office", id, TASK_DO_REPLY));
	assert_int_equal(team_act(t, "deputy", id, TASK_DO_AGAIN), ERR_STATE);
	YES(team_act(t, "deputy", id, TASK_DO_INSIST));
	row = team_task(t, id);
	assert_int_equal(row.state, TASK_DISPUTED);
	assert_int_equal(row.rating, RATING_DISSATISFIED);
	assert_int_equal(row.rounds, 2);
	assert_int_equal(team_act(t, "town", id, TASK_DO_END), ERR_DENIED);
	YES(team_act(t, "station", id, TASK_DO_END));
	row = team_task(t, id);
	assert_int_equal(row.state, TASK_CLOSED);
	assert_int_equal(row.rating, RATING_DISSATISFIED);
}

static void
where_there_is_no_lead_unit_the_staff_answers(void **state)
{
	struct team *t = *state;
	struct project_task_id id;

	team_state(t, "pool");
	fixture_event(t->f, ACTION_ACTIVITY_SAVE, ENTITY_PROJECT, t->project.v,
	              "UPDATE project SET lead = NULL");
	id = team_opinion(t, "deputy");
	assert_int_equal(team_task(t, id).organ.v, 0);
	assert_int_equal(team_act(t, "office", id, TASK_DO_REPLY),
	                 ERR_NOT_FOUND);
	YES(team_act(t, "town", id, TASK_DO_REPLY));
}

/* --- refusals -------------------------------------------------------- */

static void
only_who_has_the_turn_takes_a_step(void **state)
{
	static const struct {
		const char *who;
		enum task_step step;
		int err;
	} rows[] = {
	    {"town", TASK_DO_REPLY, ERR_DENIED},
	    {"county", TASK_DO_ACCEPT, ERR_DENIED},
	    {"leader", TASK_DO_REPLY, ERR_DENIED},
	    {"deputy", TASK_DO_REPLY, ERR_DENIED},
	    {"deputy", TASK_DO_CLOSE, ERR_STATE},
	    {"station", TASK_DO_END, ERR_STATE},
	    {"town2", TASK_DO_REPLY, ERR_NOT_FOUND},
	    {"office2", TASK_DO_REPLY, ERR_NOT_FOUND},
	    {"deputy2", TASK_DO_CLOSE, ERR_NOT_FOUND},
	    {"admin", TASK_DO_REPLY, ERR_DENIED},
	};
	struct team *t = *state;
	struct project_task_id id = team_opinion(t, "deputy");
	int64_t audits = org_audits(t->w->o);

	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(team_act(t, rows[i].who, id, rows[i].step),
		                 rows[i].err);
	assert_int_equal(org_audits(t->w->o), audits);
}

static void
a_step_names_the_version_it_was_decided_on(void **state)
{
	struct team *t = *state;
	struct project_task_id id = team_opinion(t, "deputy");
	struct ctx office = team_ctx(t, "office");

	YES(task_act(&office, id, 0, TASK_DO_ACCEPT, "", 0));
	assert_int_equal(task_act(&office, id, 0, TASK_DO_REPLY, "好", 0),
	                 ERR_CHANGED);
}

static void
words_and_a_grade_are_asked_for(void **state)
{
	struct team *t = *state;
	struct project_task_id id = team_opinion(t, "deputy");
	struct ctx office = team_ctx(t, "office");
	struct ctx deputy = team_ctx(t, "deputy");
	struct project_task entry = {.project = t->project, .words = " \n"};

	assert_int_equal(add(&deputy, &entry), ERR_INVALID);
	org_assert_fault(&deputy, "words");
	assert_int_equal(task_act(&office, id, 0, TASK_DO_REPLY, "", 0),
	                 ERR_INVALID);
	org_assert_fault(&office, "words");
	YES(team_act(t, "office", id, TASK_DO_REPLY));
	assert_int_equal(
	    task_act(&deputy, id, 1, TASK_DO_CLOSE, "", RATING_DISSATISFIED),
	    ERR_INVALID);
	org_assert_fault(&deputy, "rating");
}

static void
what_is_over_takes_no_opinion_and_others_give_none(void **state)
{
	static const char *const over[] = {"archived", "declined", "stopped"};
	static const char *const others[] = {"town", "office", "officer",
	                                     "county", "leader"};
	struct team *t = *state;
	struct project_task entry = {.project = t->project, .words = "好"};
	struct ctx c = team_ctx(t, "deputy");

	for (size_t i = 0; i < COUNT(over); i++) {
		team_state(t, over[i]);
		assert_int_equal(add(&c, &entry), ERR_STATE);
	}
	team_state(t, "running");
	for (size_t i = 0; i < COUNT(others); i++) {
		struct ctx other = team_ctx(t, others[i]);

		assert_int_equal(add(&other, &entry), ERR_DENIED);
	}
	entry.project.v = 77;
	assert_int_equal(add(&c, &entry), ERR_NOT_FOUND);
}

/* --- one to one ------------------------------------------------------ */

static int64_t
listed(struct ctx *c, const struct list_spec *spec)
{
	const struct list_query query = {0};
	int64_t n;

	YES(list_count(c, spec, &query, &n));
	return n;
}

static int
shown_with_project(struct team *t, struct ctx *c)
{
	struct task_line *rows;
	int n;

	YES(task_of_project(c, t->f->a, t->project, 50, &rows, &n));
	return n;
}

static void
an_opinion_is_never_another_deputys(void **state)
{
	struct team *t = *state;
	struct project_task_id id = team_opinion(t, "deputy");
	struct ctx other = team_other(t, 1), far = team_ctx(t, "deputy2");
	struct ctx *who[] = {&other, &far};
	struct project_task row;
	struct task_line line;

	team_choose(t); /* not even of one in the same team */
	for (size_t i = 0; i < COUNT(who); i++) {
		struct arena *a = t->f->a;
		struct event_line *events;
		struct project_page page;
		int n;

		assert_int_equal(task_get(who[i], a, id, &row), ERR_NOT_FOUND);
		assert_int_equal(task_names(who[i], a, id, &line),
		                 ERR_NOT_FOUND);
		assert_int_equal(listed(who[i], &task_list), 0);
		assert_int_equal(listed(who[i], &task_inbox), 0);
		assert_int_equal(shown_with_project(t, who[i]), 0);
		YES(project_page_get(who[i], a, t->project, &page));
		assert_int_equal(page.tasks, 0);
		assert_int_equal(page.tasks_open, 0);
		YES(event_timeline(who[i], a, ENTITY_PROJECT, t->project.v, 50,
		                   &events, &n));
		while (n-- > 0)
			assert_true(events[n].action != ACTION_TASK_SEND);
		assert_int_equal(task_act(who[i], id, 0, TASK_DO_CLOSE, "",
		                          RATING_SATISFIED),
		                 ERR_NOT_FOUND);
	}
}

static void
its_deputy_the_unit_the_county_and_the_lead_unit_see_it(void **state)
{
	static const char *const who[] = {"deputy",  "town",   "officer",
	                                  "station", "county", "office"};
	static const char *const not_they[] = {"town2", "office2", "deputy2"};
	struct team *t = *state;
	struct project_task_id id = team_opinion(t, "deputy");
	struct project_task row;

	for (size_t i = 0; i < COUNT(who); i++) {
		struct ctx c = team_ctx(t, who[i]);

		YES(task_get(&c, t->f->a, id, &row));
		assert_int_equal(listed(&c, &task_list), 1);
		assert_int_equal(listed(&c, &task_inbox), 1);
		assert_int_equal(shown_with_project(t, &c), 1);
	}
	for (size_t i = 0; i < COUNT(not_they); i++) {
		struct ctx c = team_ctx(t, not_they[i]);

		assert_int_equal(task_get(&c, t->f->a, id, &row),
		                 ERR_NOT_FOUND);
		assert_int_equal(listed(&c, &task_list), 0);
	}
}

static void
its_words_enter_the_audit_as_a_hash(void **state)
{
	struct team *t = *state;
	struct project_task_id id = team_opinion(t, "deputy");

	YES(team_act(t, "office", id, TASK_DO_REPLY));
	assert_int_equal(team_count(t, "SELECT count(*) FROM audit"
	                               " WHERE instr(detail, '围挡') > 0"),
	                 0);
	assert_int_equal(team_count(t, "SELECT count(*) FROM event"
	                               " WHERE instr(reason, '围挡') > 0"),
	                 0);
}

/* --- findings -------------------------------------------------------- */

static void
who_came_or_is_of_the_team_sends_findings_others_do_not(void **state)
{
	struct team *t = *state;
	struct activity_id visit;
	struct ctx came = team_ctx(t, "deputy"), team, stranger;
	struct project_task entry = {
	    .project = t->project, .kind = TASK_FINDING, .words = "护栏松动。"};
	struct event_line *events;
	int n, found = 0;

	team_choose(t);
	visit = team_visit(t);
	entry.activity = visit;
	team = team_other(t, 1);
	stranger = team_other(t, 2);
	YES(add(&came, &entry));
	YES(add(&team, &entry));
	assert_int_equal(add(&stranger, &entry), ERR_DENIED);
	/* the unit's deputies read it, with the project's history */
	assert_int_equal(shown_with_project(t, &stranger), 2);
	assert_int_equal(listed(&stranger, &task_list), 0);
	YES(event_timeline(&stranger, t->f->a, ENTITY_PROJECT, t->project.v, 50,
	                   &events, &n));
	while (n-- > 0)
		found += events[n].action == ACTION_TASK_SEND;
	assert_int_equal(found, 2);
	entry.activity.v = 77;
	assert_int_equal(add(&came, &entry), ERR_NOT_FOUND);
}

static void
nothing_is_found_before_a_visit_or_after_the_project(void **state)
{
	struct team *t = *state;
	struct ctx officer = team_ctx(t, "officer");
	struct ctx deputy = team_ctx(t, "deputy");
	struct project_task entry = {
	    .project = t->project, .kind = TASK_FINDING, .words = "护栏松动。"};
	struct instant at = {t->f->ctx.stopped.s + 7200};

	team_choose(t);
	YES(visit_add(&officer, t->project, at, "荆山小区", &entry.activity));
	assert_int_equal(add(&deputy, &entry), ERR_STATE);
	entry.activity = team_visit(t);
	team_state(t, "archived");
	assert_int_equal(add(&deputy, &entry), ERR_STATE);
}

/* --- what counts ----------------------------------------------------- */

#define RECORDS                                                                \
	"SELECT count(*) FROM duty_record WHERE subject_kind = 'project'"      \
	" AND kind = 'supervision'"

static void
opinions_count_once_a_project_and_day(void **state)
{
	struct team *t = *state;

	team_opinion(t, "deputy");
	assert_int_equal(team_count(t, RECORDS), 1);
	team_opinion(t, "deputy");
	assert_int_equal(team_count(t, RECORDS), 1);
	t->f->ctx.stopped.s += 86400;
	team_opinion(t, "deputy");
	assert_int_equal(team_count(t, RECORDS), 2);
	opinions_check(t->w);
}

static void
findings_count_once_a_visit(void **state)
{
	struct team *t = *state;
	struct ctx c = team_ctx(t, "deputy");
	struct project_task entry = {
	    .project = t->project, .kind = TASK_FINDING, .words = "护栏松动。"};

	team_choose(t);
	entry.activity = team_visit(t);
	YES(add(&c, &entry));
	YES(add(&c, &entry));
	assert_int_equal(team_count(t, RECORDS), 1);
	opinions_check(t->w);
}

static void
striking_an_opinion_out_takes_its_record_along(void **state)
{
	struct team *t = *state;
	const char *before = fixture_dump(t->f, t->f->a);

	team_opinion(t, "deputy");
	org_strike_restores(t->w->o, before);
}

static void
striking_a_step_out_restores_the_state_before(void **state)
{
	struct team *t = *state;
	struct project_task_id id = team_opinion(t, "deputy");
	const char *before = fixture_dump(t->f, t->f->a);

	YES(team_act(t, "office", id, TASK_DO_REPLY));
	org_strike_restores(t->w->o, before);
}

/* --- the clock ------------------------------------------------------- */

static void
the_clock_is_ten_working_days_yellow_on_the_last_two(void **state)
{
	struct team *t = *state;
	/* from Sunday 29 March; Qingming is off from the 4th to the 6th */
	struct project_task row = team_task(t, team_opinion(t, "deputy"));

	assert_int_equal(day_compare(row.due_on, (struct day){2026, 4, 13}), 0);
	assert_int_equal(day_compare(row.warn_on, (struct day){2026, 4, 10}),
	                 0);
}

static void
a_changed_calendar_moves_what_waits(void **state)
{
	struct team *t = *state;
	struct project_task_id id = team_opinion(t, "deputy");
	struct rule holiday = {.label = "停电",
	                       .label_en = "No power",
	                       .from_on = {2026, 3, 30},
	                       .to_on = {2026, 3, 30}};
	struct rule_id made;
	struct ctx admin = team_ctx(t, "admin"); /* who sees no task */

	YES(rule_save(&admin, RULE_HOLIDAY, &holiday, &made));
	assert_int_equal(
	    day_compare(team_task(t, id).due_on, (struct day){2026, 4, 14}), 0);
}

static enum todo_what
first_todo(struct team *t, const char *who, enum todo_urgency *urgency)
{
	struct ctx c = team_ctx(t, who);
	struct todo *rows;
	int n;

	YES(todo_list(&c, t->f->a, 20, &rows, &n));
	for (int i = 0; i < n; i++)
		if (rows[i].kind == ENTITY_PROJECT_TASK) {
			*urgency = rows[i].urgency;
			return rows[i].what;
		}
	return TODO_WHATS;
}

static void
each_is_told_what_waits_for_them(void **state)
{
	struct team *t = *state;
	struct project_task_id id = team_opinion(t, "deputy");
	enum todo_urgency urgency = TODO_LATER;

	assert_int_equal(first_todo(t, "office", &urgency), TODO_TASK);
	assert_int_equal(urgency, TODO_LATER);
	assert_int_equal(first_todo(t, "town", &urgency), TODO_WHATS);
	YES(team_act(t, "office", id, TASK_DO_ACCEPT));
	assert_int_equal(first_todo(t, "office", &urgency), TODO_TASK_REPLY);
	t->f->ctx.stopped.s += 20 * 86400;
	assert_int_equal(first_todo(t, "office", &urgency), TODO_TASK_REPLY);
	assert_int_equal(urgency, TODO_OVERDUE);
	assert_int_equal(first_todo(t, "town", &urgency), TODO_TASK_LATE);
	assert_int_equal(first_todo(t, "town2", &urgency), TODO_WHATS);
	YES(team_act(t, "office", id, TASK_DO_REPLY));
	assert_int_equal(first_todo(t, "deputy", &urgency), TODO_TASK_RATE);
	assert_int_equal(first_todo(t, "town", &urgency), TODO_WHATS);
	YES(team_act(t, "deputy", id, TASK_DO_AGAIN));
	YES(team_act(t, "office", id, TASK_DO_REPLY));
	YES(team_act(t, "deputy", id, TASK_DO_INSIST));
	assert_int_equal(first_todo(t, "station", &urgency), TODO_TASK_END);
	assert_int_equal(first_todo(t, "town", &urgency), TODO_WHATS);
}

static void
a_task_that_is_late_is_open_in_its_month(void **state)
{
	struct team *t = *state;
	struct ctx town = team_ctx(t, "town");
	struct month_open rows[MONTH_WHATS];

	team_opinion(t, "deputy");
	YES(month_open_list(&town, (struct unit_id){0}, 202604, rows));
	assert_int_equal(rows[MONTH_TASK].month, 1);
}

static void
lists_read_along_their_indexes(void **state)
{
	static const enum scope scopes[] = {SCOPE_COUNTY, SCOPE_UNIT,
	                                    SCOPE_STATION, SCOPE_SELF,
	                                    SCOPE_ASSIGNED};
	struct fixture *f = *state;

	fixture_rows(f);
	for (size_t i = 0; i < COUNT(scopes); i++) {
		struct task_line *rows;
		int64_t all, open;
		int n;

		f->ctx.scope = scopes[i];
		f->ctx.my_unit = f->ctx.my_station = f->ctx.my_organ = 1;
		fixture_plan_list(f, &f->ctx, &task_list);
		fixture_plan_list(f, &f->ctx, &task_inbox);
		YES(task_count(&f->ctx, (struct project_id){1}, &all, &open));
		YES(task_of_project(&f->ctx, f->a, (struct project_id){1}, 20,
		                    &rows, &n));
		YES(task_clocks_again(&f->ctx));
	}
	fixture_plan_used(f);
}

#define TEST(rule)                                                             \
	cmocka_unit_test_setup_teardown(rule, team_setup, team_teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    TEST(an_opinion_is_accepted_replied_to_and_rated),
	    TEST(not_satisfied_it_goes_back_once_and_then_to_a_head),
	    TEST(where_there_is_no_lead_unit_the_staff_answers),
	    TEST(only_who_has_the_turn_takes_a_step),
	    TEST(a_step_names_the_version_it_was_decided_on),
	    TEST(words_and_a_grade_are_asked_for),
	    TEST(what_is_over_takes_no_opinion_and_others_give_none),
	    TEST(an_opinion_is_never_another_deputys),
	    TEST(its_deputy_the_unit_the_county_and_the_lead_unit_see_it),
	    TEST(its_words_enter_the_audit_as_a_hash),
	    TEST(who_came_or_is_of_the_team_sends_findings_others_do_not),
	    TEST(nothing_is_found_before_a_visit_or_after_the_project),
	    TEST(opinions_count_once_a_project_and_day),
	    TEST(findings_count_once_a_visit),
	    TEST(striking_an_opinion_out_takes_its_record_along),
	    TEST(striking_a_step_out_restores_the_state_before),
	    TEST(the_clock_is_ten_working_days_yellow_on_the_last_two),
	    TEST(a_changed_calendar_moves_what_waits),
	    TEST(each_is_told_what_waits_for_them),
	    TEST(a_task_that_is_late_is_open_in_its_month),
	    cmocka_unit_test_setup_teardown(lists_read_along_their_indexes,
	                                    fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
