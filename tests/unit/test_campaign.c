/* Campaigns: issued, planned, carried by activities, summed up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/campaign.h"
#include "db/campaign_unit.h"
#include "db/store/check.h"
#include "tests/unit/fixture_people.h"

static struct campaign
entry(void)
{
	return (struct campaign){.title = "防疫惠民",
	                         .text = "走访困难群众",
	                         .goals = "代表全部参加",
	                         .summary = "",
	                         .reason = "",
	                         .from_on = {2026, 3, 1},
	                         .to_on = {2026, 5, 31}};
}

static struct campaign_id
issue(struct people *p)
{
	const struct campaign row = entry();
	struct campaign_id id;

	assert_int_equal(campaign_issue(&p->county, &row, NULL, 0, &id), OK);
	return id;
}

/* The row of unit 1 or 2. */
static struct campaign_unit_id
part(struct fixture *f, int unit)
{
	return (struct campaign_unit_id){fixture_int(
	    f,
	    arena_printf(f->a, "SELECT id FROM campaign_unit WHERE unit = %d",
	                 unit))};
}

static int
plan(struct ctx *c, struct campaign_unit_id id)
{
	const struct campaign_unit row = {.id = id,
	                                  .plan = "每组一次",
	                                  .activities = 2,
	                                  .deputies = 3,
	                                  .summary = "",
	                                  .reason = ""};

	return campaign_plan(c, &row);
}

static int
sum_up(struct ctx *c, struct campaign_unit_id id)
{
	const struct campaign_unit row = {.id = id,
	                                  .plan = "",
	                                  .summary = "走访二十户",
	                                  .opinions = 7,
	                                  .solved = 3,
	                                  .reason = ""};

	return campaign_sum_up(c, &row);
}

static struct campaign_progress
progress(struct fixture *f, struct ctx *c, struct campaign_unit_id id)
{
	struct campaign_progress at;

	assert_int_equal(campaign_progress_get(c, f->a, id, &at), OK);
	return at;
}

static void
a_campaign_goes_from_issue_to_close(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct campaign_id id;
	struct campaign_unit_id ours;
	struct activity_id activity;
	int n;

	people_open(f, &p);
	id = issue(&p);
	assert_int_equal(fixture_int(f, "SELECT count(*) FROM campaign_unit"),
	                 2);
	ours = part(f, 1);
	assert_int_equal(plan(&p.unit, ours), OK);
	assert_int_equal(progress(f, &p.unit, ours).state,
	                 CAMPAIGN_UNIT_PLANNED);
	activity = people_activity(f, &p);
	assert_int_equal(campaign_attach(&p.officer, ours, activity), OK);
	assert_int_equal(progress(f, &p.unit, ours).state,
	                 CAMPAIGN_UNIT_UNDER_WAY);
	assert_int_equal(sum_up(&p.unit, ours), OK);
	assert_int_equal(campaign_answer(&p.county, ours, false, "太短"), OK);
	assert_int_equal(progress(f, &p.unit, ours).state,
	                 CAMPAIGN_UNIT_UNDER_WAY);
	assert_int_equal(sum_up(&p.unit, ours), OK);
	assert_int_equal(campaign_answer(&p.county, ours, true, ""), OK);
	assert_int_equal(progress(f, &p.county, ours).state,
	                 CAMPAIGN_UNIT_CLOSED);
	assert_int_equal(
	    campaign_fire(&p.county, id, CAMPAIGN_DO_CLOSE, "很好"), OK);
	assert_int_equal(plan(&p.unit2, part(f, 2)), ERR_STATE);
	people_recount(f);
	assert_int_equal(check_run(&f->ctx, NULL, NULL, &n), OK);
	assert_int_equal(n, 0);
}

static int
told(struct fixture *f, struct ctx *c, struct campaign_id id, enum action what)
{
	struct event_line *lines;
	int n, found = 0;

	assert_int_equal(
	    event_timeline_own(c, f->a, ENTITY_CAMPAIGN, id.v, 50, &lines, &n),
	    OK);
	for (int i = 0; i < n; i++)
		found += lines[i].action == what;
	return found;
}

static void
what_another_unit_was_told_is_not_in_the_history(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct campaign_id id;
	struct campaign_unit_id ours;

	people_open(f, &p);
	id = issue(&p);
	ours = part(f, 1);
	assert_int_equal(plan(&p.unit, ours), OK);
	assert_int_equal(
	    campaign_attach(&p.officer, ours, people_activity(f, &p)), OK);
	assert_int_equal(sum_up(&p.unit, ours), OK);
	assert_int_equal(campaign_answer(&p.county, ours, false, "太短"), OK);
	assert_int_equal(told(f, &p.county, id, ACTION_CAMPAIGN_RETURN), 1);
	assert_int_equal(told(f, &p.unit, id, ACTION_CAMPAIGN_RETURN), 1);
	assert_int_equal(told(f, &p.unit2, id, ACTION_CAMPAIGN_RETURN), 0);
	assert_int_equal(told(f, &p.officer2, id, ACTION_CAMPAIGN_RETURN), 0);
	assert_int_equal(told(f, &p.deputy1, id, ACTION_CAMPAIGN_RETURN), 0);
	assert_int_equal(told(f, &p.unit2, id, ACTION_CAMPAIGN_ISSUE), 1);
}

static void
a_campaign_that_is_summed_up_meanwhile_keeps_what_it_had(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct campaign_unit_id ours;
	struct activity_id activity;
	struct meanwhile first = {
	    .after = "FROM campaign_unit",
	    .sql = "UPDATE campaign_unit SET state = 'summed_up'",
	};
	struct meanwhile second = first;

	people_open(f, &p);
	issue(&p);
	ours = part(f, 1);
	assert_int_equal(plan(&p.unit, ours), OK);
	activity = people_activity(f, &p);
	fixture_meanwhile(f, &first);
	assert_int_equal(campaign_attach(&p.officer, ours, activity),
	                 ERR_STATE);
	fixture_meanwhile(f, NULL);
	fixture_event(f, ACTION_CAMPAIGN_SAVE, ENTITY_CAMPAIGN_UNIT, ours.v,
	              "UPDATE campaign_unit SET state = 'planned'");
	assert_int_equal(campaign_attach(&p.officer, ours, activity), OK);
	fixture_meanwhile(f, &second);
	assert_int_equal(campaign_detach(&p.officer, ours, activity),
	                 ERR_STATE);
	fixture_meanwhile(f, NULL);
	assert_true(first.done && second.done);
	assert_int_equal(progress(f, &p.unit, ours).activities, 1);
}

static void
a_sign_in_moves_the_coverage_in_its_own_event(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct campaign_unit_id ours;
	struct campaign_progress at;
	struct event_list later;
	struct activity row = people_entry();
	struct activity_id first;
	int64_t event;

	people_open(f, &p);
	issue(&p);
	ours = part(f, 1);
	assert_int_equal(plan(&p.unit, ours), OK);
	/* As the form does it: prepared for the campaign in one event. */
	row.campaign = ours;
	assert_int_equal(activity_add(&p.unit, &row, NULL, true, &first), OK);
	people_at(f, &p, 15, 0);
	people_sign_in(f, &p.deputy1, first);
	event = fixture_int(f, "SELECT event FROM duty_record");
	at = progress(f, &p.unit, ours);
	assert_int_equal(at.activities, 1);
	assert_int_equal(at.reached, 1);
	assert_int_equal(at.people, 3);
	assert_int_equal(
	    fixture_int(f,
	                arena_printf(f->a,
	                             "SELECT count(*) FROM event_link WHERE"
	                             " kind = 'campaign_unit' AND event = %lld",
	                             (long long)event)),
	    1);
	people_sign_in(f, &p.deputy3, first);
	assert_int_equal(progress(f, &p.unit, ours).reached, 2);
	people_recount(f);
	/* Striking one out takes exactly its part back. */
	assert_int_equal(event_strike(&p.head, f->a, event, "代签", &later),
	                 OK);
	at = progress(f, &p.unit, ours);
	assert_int_equal(at.reached, 1);
	assert_int_equal(at.attended, 1);
	people_recount(f);
}

static void
what_was_before_counts_once_it_is_attached(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct campaign_unit_id ours;
	struct activity_id activity;

	people_open(f, &p);
	issue(&p);
	ours = part(f, 1);
	activity = people_activity(f, &p);
	people_at(f, &p, 15, 0);
	people_sign_in(f, &p.deputy1, activity);
	assert_int_equal(plan(&p.unit, ours), OK);
	assert_int_equal(campaign_attach(&p.unit, ours, activity), OK);
	assert_int_equal(progress(f, &p.unit, ours).reached, 1);
	people_recount(f);
	assert_int_equal(campaign_attach(&p.unit, ours, activity), ERR_EXISTS);
	assert_int_equal(campaign_detach(&p.unit, ours, activity), OK);
	assert_int_equal(progress(f, &p.unit, ours).reached, 0);
	people_recount(f);
}

static void
an_activity_must_be_of_the_unit_the_days_and_a_plan(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct campaign_unit_id ours;
	struct activity row = people_entry();
	struct activity_id activity, june;

	people_open(f, &p);
	issue(&p);
	ours = part(f, 1);
	activity = people_activity(f, &p);
	assert_int_equal(campaign_attach(&p.unit, ours, activity), ERR_STATE);
	assert_int_equal(plan(&p.unit, ours), OK);
	assert_int_equal(plan(&p.unit2, part(f, 2)), OK);
	assert_int_equal(campaign_attach(&p.county, part(f, 2), activity),
	                 ERR_STATE);
	row.starts_at = clock_at((struct day){2026, 6, 1}, 9, 0);
	row.ends_at = clock_at((struct day){2026, 6, 1}, 10, 0);
	row.campaign = ours;
	assert_int_equal(activity_add(&p.unit, &row, NULL, true, &june),
	                 ERR_INVALID);
	assert_int_equal(p.unit.fault_count, 1);
	assert_string_equal(p.unit.faults[0].field, "campaign");
	row.campaign.v = 0;
	assert_int_equal(activity_add(&p.unit, &row, NULL, true, &june), OK);
	assert_int_equal(campaign_attach(&p.unit, ours, june), ERR_INVALID);
	assert_int_equal(campaign_attach(&p.unit2, part(f, 2), activity),
	                 ERR_NOT_FOUND);
}

static void
saving_an_activity_moves_it_between_campaigns(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct campaign_unit_id ours;
	struct activity row = people_entry();
	struct activity_id id;

	people_open(f, &p);
	issue(&p);
	ours = part(f, 1);
	assert_int_equal(plan(&p.unit, ours), OK);
	assert_int_equal(activity_add(&p.unit, &row, NULL, true, &id), OK);
	assert_int_equal(activity_get(&p.unit, f->a, id, &row), OK);
	assert_int_equal(row.campaign.v, 0);
	row.campaign = ours;
	assert_int_equal(activity_save(&p.unit, &row), OK);
	assert_int_equal(progress(f, &p.unit, ours).activities, 1);
	assert_int_equal(activity_get(&p.unit, f->a, id, &row), OK);
	assert_int_equal(row.campaign.v, ours.v);
	row.campaign.v = 0;
	assert_int_equal(activity_save(&p.unit, &row), OK);
	assert_int_equal(progress(f, &p.unit, ours).activities, 0);
	people_recount(f);
}

static void
what_is_missing_is_said_at_its_field(void **state)
{
	struct fixture *f = *state;
	struct people p;
	struct campaign row = entry();
	struct campaign_id id;
	struct campaign_unit bad = {.plan = "", .summary = "", .reason = ""};

	people_open(f, &p);
	row.title = "";
	row.to_on = (struct day){2026, 2, 1};
	assert_int_equal(campaign_issue(&p.county, &row, NULL, 0, &id),
	                 ERR_INVALID);
	assert_int_equal(p.county.fault_count, 2);
	assert_string_equal(p.county.faults[0].field, "title");
	assert_string_equal(p.county.faults[1].field, "to_on");
	issue(&p);
	bad.id = part(f, 1);
	assert_int_equal(campaign_plan(&p.unit, &bad), ERR_INVALID);
	assert_int_equal(p.unit.fault_count, 3);
	assert_int_equal(sum_up(&p.unit, bad.id), ERR_STATE);
	assert_int_equal(campaign_answer(&p.county, bad.id, true, ""),
	                 ERR_STATE);
	assert_int_equal(campaign_fire(&p.county, (struct campaign_id){1},
	                               CAMPAIGN_DO_CANCEL, ""),
	                 ERR_INVALID);
}

static void
each_role_does_only_its_part(void **state)
{
	struct fixture *f = *state;
	struct people p;
	const struct campaign row = entry();
	struct campaign_id id;
	struct campaign_unit_id ours;
	struct campaign_unit other;
	struct campaign_progress *rows;
	struct campaign_person *persons;
	int n;

	people_open(f, &p);
	assert_int_equal(campaign_issue(&p.unit, &row, NULL, 0, &id),
	                 ERR_DENIED);
	id = issue(&p);
	ours = part(f, 1);
	assert_int_equal(plan(&p.officer, ours), ERR_DENIED);
	assert_int_equal(plan(&p.deputy1, ours), ERR_DENIED);
	assert_int_equal(plan(&p.unit2, ours), ERR_NOT_FOUND);
	assert_int_equal(plan(&p.head, ours), OK);
	assert_int_equal(campaign_answer(&p.unit, ours, true, ""), ERR_DENIED);
	assert_int_equal(campaign_fire(&p.unit, id, CAMPAIGN_DO_CLOSE, ""),
	                 ERR_DENIED);
	assert_int_equal(campaign_unit_get(&p.unit2, f->a, ours, &other),
	                 ERR_NOT_FOUND);
	/* Sideways the figures are seen, never the words. */
	assert_int_equal(campaign_units(&p.unit2, f->a, id, &rows, &n), OK);
	assert_int_equal(n, 2);
	assert_int_equal(campaign_units(&p.admin, f->a, id, &rows, &n),
	                 ERR_DENIED);
	assert_int_equal(campaign_people(&p.deputy1, f->a, ours, &persons, &n),
	                 ERR_DENIED);
	assert_int_equal(campaign_people(&p.unit, f->a, ours, &persons, &n),
	                 OK);
	assert_int_equal(n, 3);
}

static void
a_campaign_to_some_units_is_not_there_for_the_others(void **state)
{
	struct fixture *f = *state;
	struct people p;
	const struct campaign row = entry();
	static const struct unit_id one[] = {{1}};
	struct campaign_id id;
	struct campaign got;
	struct list_query query = {0};
	struct list_page page;
	const struct campaign_line *line;

	people_open(f, &p);
	assert_int_equal(campaign_issue(&p.county, &row, one, 1, &id), OK);
	assert_int_equal(campaign_get(&p.unit2, f->a, id, &got), ERR_NOT_FOUND);
	assert_int_equal(campaign_get(&p.deputy1, f->a, id, &got), OK);
	assert_int_equal(list_fetch(&p.unit2, f->a, &campaign_list, &query,
	                            LIST_FIRST, NULL, 10, &page),
	                 OK);
	assert_int_equal(page.n, 0);
	assert_int_equal(list_fetch(&p.unit, f->a, &campaign_list, &query,
	                            LIST_FIRST, NULL, 10, &page),
	                 OK);
	assert_int_equal(page.n, 1);
	line = page.rows;
	assert_int_equal(line->units, 1);
	assert_int_equal(line->planned, 0);
	assert_int_equal(line->own, CAMPAIGN_UNIT_ISSUED);
	for (int i = 0; i < 12; i++)
		fixture_plan_list(f, people_all(&p, i), &campaign_list);
}

int
main(void)
{
#define T(name)                                                                \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
	    T(a_campaign_goes_from_issue_to_close),
	    T(what_another_unit_was_told_is_not_in_the_history),
	    T(a_campaign_that_is_summed_up_meanwhile_keeps_what_it_had),
	    T(a_sign_in_moves_the_coverage_in_its_own_event),
	    T(what_was_before_counts_once_it_is_attached),
	    T(an_activity_must_be_of_the_unit_the_days_and_a_plan),
	    T(saving_an_activity_moves_it_between_campaigns),
	    T(what_is_missing_is_said_at_its_field),
	    T(each_role_does_only_its_part),
	    T(a_campaign_to_some_units_is_not_there_for_the_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
