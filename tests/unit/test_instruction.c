/* Instructions from sending to done, the yearly plan, and documents. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/activity.h"
#include "db/document.h"
#include "db/instruction.h"
#include "db/plan_item.h"
#include "db/totals.h"
#include "tests/unit/fixture_org.h"

/* The county's to both units, due in ten days. */
static struct instruction_id
send(struct org *o)
{
	const struct unit_id units[] = {o->units[0].unit, o->units[1].unit};
	struct instruction_id id;
	struct instruction row = {.title = "上报计划", .text = "请上报。"};
	struct ctx c;

	org_ctx(o, "county", &c);
	row.due_at = clock_at(day_add(ctx_today(&c), 10), 23, 59);
	assert_int_equal(instruction_send(&c, &row, units, 2, &id), OK);
	return id;
}

static struct receipt_id
receipt_of(struct org *o, const char *who, struct instruction_id id)
{
	struct receipt row;
	struct ctx c;

	org_ctx(o, who, &c);
	assert_int_equal(receipt_mine(&c, o->f->a, id, &row), OK);
	return row.id;
}

static int
fire(struct org *o, const char *who, struct instruction_id id,
     enum receipt_step step, const char *note)
{
	struct ctx c;

	org_ctx(o, who, &c);
	return receipt_fire(&c, receipt_of(o, who, id), step, note);
}

static struct instruction_line
line_of(struct org *o, const char *who)
{
	struct list_query query = {0};
	struct list_page page;
	struct ctx c;

	org_ctx(o, who, &c);
	assert_int_equal(list_fetch(&c, o->f->a, &instruction_list, &query,
	                            LIST_FIRST, NULL, 9, &page),
	                 OK);
	assert_int_equal(page.n, 1);
	return ((struct instruction_line *)page.rows)[0];
}

static int
count_todo(struct org *o, const char *who, enum todo_what what,
           enum todo_urgency *urgency)
{
	struct todo *rows;
	struct ctx c;
	int n, found = 0;

	org_ctx(o, who, &c);
	assert_int_equal(todo_list(&c, o->f->a, 30, &rows, &n), OK);
	for (int i = 0; i < n; i++)
		if (rows[i].what == what) {
			found++;
			*urgency = rows[i].urgency;
		}
	return found;
}

static void
an_instruction_goes_from_sent_to_done(void **state)
{
	struct org *o = *state;
	const char *before = fixture_dump(o->f, o->f->a);
	struct instruction_id id = send(o);
	struct receipt row;
	struct ctx c;

	org_ctx(o, "town", &c);
	assert_int_equal(line_of(o, "county").total, 2);
	assert_int_equal(line_of(o, "county").mine, -1);
	assert_int_equal(line_of(o, "town").mine, RECEIPT_SENT);
	assert_int_equal(fire(o, "town", id, RECEIPT_DO_REPORT, "x"),
	                 ERR_STATE);
	assert_int_equal(fire(o, "town", id, RECEIPT_DO_RECEIVE, ""), OK);
	assert_int_equal(receipt_mine(&c, o->f->a, id, &row), OK);
	assert_int_equal(row.received_by.v, c.me);
	assert_int_equal(row.received_at.s, ctx_now(&c).s);
	assert_int_equal(fire(o, "town", id, RECEIPT_DO_REPORT, ""),
	                 ERR_INVALID);
	assert_int_equal(fire(o, "town", id, RECEIPT_DO_REPORT, "已部署"), OK);
	assert_int_equal(fire(o, "town", id, RECEIPT_DO_REPORT, "过半"), OK);
	assert_int_equal(fire(o, "town", id, RECEIPT_DO_FINISH, ""), OK);
	assert_int_equal(line_of(o, "county").received, 1);
	assert_int_equal(line_of(o, "county").done, 1);
	assert_int_equal(fire(o, "town", id, RECEIPT_DO_FINISH, ""), ERR_STATE);
	assert_string_not_equal(fixture_dump(o->f, o->f->a), before);
}

static void
sending_is_one_event_that_can_be_struck_out(void **state)
{
	struct org *o = *state;
	const char *before = fixture_dump(o->f, o->f->a);
	int64_t audits = org_audits(o);

	(void)send(o);
	assert_int_equal(org_audits(o), audits + 1);
	org_strike_restores(o, before);
}

static void
each_step_of_a_receipt_can_be_struck_out(void **state)
{
	static const enum receipt_step steps[] = {
	    RECEIPT_DO_RECEIVE, RECEIPT_DO_REPORT, RECEIPT_DO_FINISH};
	struct org *o = *state;
	struct instruction_id id = send(o);

	for (size_t i = 0; i < COUNT(steps); i++) {
		const char *before = fixture_dump(o->f, o->f->a);

		assert_int_equal(fire(o, "town", id, steps[i], "进展"), OK);
		org_strike_restores(o, before);
		assert_int_equal(fire(o, "town", id, steps[i], "进展"), OK);
	}
}

static void
an_instruction_says_what_to_whom_until_when(void **state)
{
	struct org *o = *state;
	struct instruction row = {.title = "", .text = "全文"};
	struct instruction_id id;
	struct ctx c;

	org_ctx(o, "county", &c);
	row.due_at = clock_at(day_add(ctx_today(&c), 1), 23, 59);
	assert_int_equal(instruction_send(&c, &row, &o->units[0].unit, 1, &id),
	                 ERR_INVALID);
	org_assert_fault(&c, "title");
	row.title = "上报";
	assert_int_equal(instruction_send(&c, &row, NULL, 0, &id), ERR_INVALID);
	org_assert_fault(&c, "units");
	row.due_at.s = ctx_now(&c).s - 1;
	assert_int_equal(instruction_send(&c, &row, &o->units[0].unit, 1, &id),
	                 ERR_INVALID);
	org_assert_fault(&c, "due_at");
}

static void
only_county_and_unit_staff_send(void **state)
{
	static const char *const others[] = {"admin",   "auditor", "leader",
	                                     "station", "officer", "deputy",
	                                     "office"};
	struct org *o = *state;
	struct instruction row = {.title = "上报", .text = "全文"};
	struct instruction_id id;
	struct ctx c;

	for (size_t i = 0; i < COUNT(others); i++) {
		org_ctx(o, others[i], &c);
		row.due_at.s = ctx_now(&c).s + 9;
		assert_int_equal(
		    instruction_send(&c, &row, &o->units[0].unit, 1, &id),
		    ERR_DENIED);
	}
	/* A unit's own goes to its station, whatever it names. */
	org_ctx(o, "town", &c);
	assert_int_equal(instruction_send(&c, &row, &o->units[1].unit, 1, &id),
	                 OK);
	assert_int_equal(
	    fixture_int(o->f, "SELECT count(*) FROM receipt AS r JOIN station"
	                      " AS s ON s.id = r.station AND s.unit = r.unit"
	                      " JOIN unit AS u ON u.id = r.unit"
	                      " WHERE u.name = '周王庙镇'"),
	    1);
	assert_int_equal(fixture_int(o->f, "SELECT count(*) FROM receipt"), 1);
}

static void
nobody_answers_for_another(void **state)
{
	static const char *const others[] = {"county", "admin",    "station",
	                                     "town2",  "officer2", "deputy",
	                                     "leader"};
	struct org *o = *state;
	struct instruction_id id = send(o);
	struct receipt_id mine = receipt_of(o, "town", id);
	struct ctx c;

	for (size_t i = 0; i < COUNT(others); i++) {
		org_ctx(o, others[i], &c);
		assert_int_not_equal(
		    receipt_fire(&c, mine, RECEIPT_DO_RECEIVE, ""), OK);
	}
	assert_int_equal(line_of(o, "county").received, 0);
}

static void
a_unit_passes_on_what_it_has_received(void **state)
{
	struct org *o = *state;
	struct instruction_id id = send(o);
	struct receipt row;
	struct ctx c, s;

	org_ctx(o, "town", &c);
	org_ctx(o, "station", &s);
	assert_int_equal(receipt_mine(&s, o->f->a, id, &row), ERR_NOT_FOUND);
	assert_int_equal(instruction_pass(&c, id), ERR_STATE);
	assert_int_equal(fire(o, "town", id, RECEIPT_DO_RECEIVE, ""), OK);
	assert_int_equal(instruction_pass(&s, id), ERR_DENIED);
	assert_int_equal(instruction_pass(&c, id), OK);
	assert_int_equal(instruction_pass(&c, id), ERR_EXISTS);
	assert_int_equal(receipt_mine(&s, o->f->a, id, &row), OK);
	assert_int_equal(row.state, RECEIPT_SENT);
	assert_int_equal(fire(o, "officer", id, RECEIPT_DO_RECEIVE, ""), OK);
	assert_int_equal(line_of(o, "county").total, 3);
}

static void
the_sender_asks_for_more(void **state)
{
	struct org *o = *state;
	struct instruction_id id = send(o);
	struct receipt_id mine = receipt_of(o, "town", id);
	struct ctx county, town;

	org_ctx(o, "county", &county);
	org_ctx(o, "town", &town);
	assert_int_equal(fire(o, "town", id, RECEIPT_DO_RECEIVE, ""), OK);
	assert_int_equal(receipt_fire(&county, mine, RECEIPT_DO_RETURN, "缺表"),
	                 ERR_STATE);
	assert_int_equal(fire(o, "town", id, RECEIPT_DO_FINISH, ""), OK);
	assert_int_equal(receipt_fire(&town, mine, RECEIPT_DO_RETURN, "缺表"),
	                 ERR_DENIED);
	assert_int_equal(receipt_fire(&county, mine, RECEIPT_DO_RETURN, ""),
	                 ERR_INVALID);
	assert_int_equal(receipt_fire(&county, mine, RECEIPT_DO_RETURN, "缺表"),
	                 OK);
	assert_int_equal(line_of(o, "town").mine, RECEIPT_IN_PROGRESS);
	assert_int_equal(line_of(o, "county").done, 0);
}

static void
the_workbench_says_receive_carry_out_and_chase(void **state)
{
	struct org *o = *state;
	enum todo_urgency urgency = TODO_LATER;
	struct instruction_id id = send(o);
	struct instant later;

	assert_int_equal(count_todo(o, "town", TODO_RECEIVE, &urgency), 1);
	assert_int_equal(urgency, TODO_TODAY);
	assert_int_equal(count_todo(o, "station", TODO_RECEIVE, &urgency), 0);
	assert_int_equal(count_todo(o, "county", TODO_RECEIVE, &urgency), 0);
	assert_int_equal(count_todo(o, "county", TODO_CHASE, &urgency), 0);
	assert_int_equal(fire(o, "town", id, RECEIPT_DO_RECEIVE, ""), OK);
	assert_int_equal(count_todo(o, "town", TODO_RECEIVE, &urgency), 0);
	assert_int_equal(count_todo(o, "town", TODO_CARRY_OUT, &urgency), 1);
	assert_int_equal(urgency, TODO_LATER);
	later = clock_at(day_add(day_of(ctx_now(&o->f->ctx)), 12), 9, 0);
	store_stop_clock(o->f->store, later);
	assert_int_equal(count_todo(o, "town", TODO_CARRY_OUT, &urgency), 1);
	assert_int_equal(urgency, TODO_OVERDUE);
	assert_int_equal(count_todo(o, "county", TODO_CHASE, &urgency), 1);
	assert_int_equal(urgency, TODO_OVERDUE);
	assert_int_equal(line_of(o, "county").late, 2);
}

/* --- the yearly plan ----------------------------------------------------- */

static struct plan_item_id
plan(struct org *o, const char *who)
{
	const struct plan_item entry = {
	    .title = "接待月", .month = 202602, .office = "联络站"};
	struct plan_item_id id;
	struct ctx c;

	org_ctx(o, who, &c);
	assert_int_equal(plan_item_add(&c, &entry, &id), OK);
	return id;
}

static void
planned_work_begins_ends_or_is_dropped_with_a_reason(void **state)
{
	struct org *o = *state;
	struct plan_item_id id = plan(o, "officer");
	struct plan_progress p;
	const char *before;
	struct ctx c;

	org_ctx(o, "town", &c);
	assert_int_equal(plan_progress(&c, 2026, &p), OK);
	assert_int_equal(p.planned, 1);
	assert_int_equal(p.late, 1); /* February is over */
	before = fixture_dump(o->f, o->f->a);
	assert_int_equal(plan_item_fire(&c, id, PLAN_DO_DROP, ""), ERR_INVALID);
	org_assert_fault(&c, "reason");
	assert_int_equal(plan_item_fire(&c, id, PLAN_DO_REOPEN, "x"),
	                 ERR_STATE);
	assert_int_equal(plan_item_fire(&c, id, PLAN_DO_START, ""), OK);
	org_strike_restores(o, before);
	assert_int_equal(plan_item_fire(&c, id, PLAN_DO_FINISH, ""), OK);
	assert_int_equal(plan_progress(&c, 2026, &p), OK);
	assert_int_equal(p.done, 1);
	assert_int_equal(p.late, 0);
	assert_int_equal(plan_item_fire(&c, id, PLAN_DO_REOPEN, "漏了一组"),
	                 OK);
	assert_int_equal(plan_item_fire(&c, id, PLAN_DO_DROP, "合并"), OK);
}

static void
a_plan_is_kept_where_it_belongs(void **state)
{
	static const char *const others[] = {"county", "town2",  "officer2",
	                                     "deputy", "leader", "admin"};
	struct org *o = *state;
	struct plan_item_id id = plan(o, "town");
	struct plan_item row;
	struct ctx c;

	assert_int_equal(plan_item_get(&o->f->ctx, o->f->a, id, &row), OK);
	for (size_t i = 0; i < COUNT(others); i++) {
		org_ctx(o, others[i], &c);
		assert_int_not_equal(plan_item_fire(&c, id, PLAN_DO_START, ""),
		                     OK);
		assert_int_not_equal(plan_item_save(&c, &row), OK);
	}
}

static void
who_saves_over_a_newer_version_is_told(void **state)
{
	struct org *o = *state;
	struct plan_item_id id = plan(o, "town");
	struct plan_item row;
	struct ctx c;

	org_ctx(o, "officer", &c);
	assert_int_equal(plan_item_get(&c, o->f->a, id, &row), OK);
	row.title = "接待月活动";
	row.month = 202613;
	assert_int_equal(plan_item_save(&c, &row), ERR_INVALID);
	org_assert_fault(&c, "month");
	row.month = 202604;
	assert_int_equal(plan_item_save(&c, &row), OK);
	assert_int_equal(plan_item_save(&c, &row), ERR_CHANGED);
	row.version++;
	assert_int_equal(plan_item_fire(&c, id, PLAN_DO_FINISH, ""), OK);
	assert_int_equal(plan_item_save(&c, &row), ERR_STATE);
}

static void
activities_count_for_planned_work(void **state)
{
	struct org *o = *state;
	struct plan_item_id id = plan(o, "town");
	struct plan_activity *rows;
	struct activity entry;
	struct activity_id activity;
	struct ctx c;
	int n;

	org_ctx(o, "town", &c);
	activity_default(&c, &entry);
	entry.title = "接待";
	entry.kind = "reception";
	entry.venue = "荆山村";
	assert_int_equal(activity_add(&c, &entry, NULL, true, &activity), OK);
	assert_int_equal(activity_attach(&c, activity, ENTITY_PLAN_ITEM, id.v),
	                 OK);
	assert_int_equal(activity_attach(&c, activity, ENTITY_PLAN_ITEM, id.v),
	                 ERR_EXISTS);
	assert_int_equal(plan_item_activities(&c, o->f->a, id, &rows, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].id.v, activity.v);
}

/* --- documents ----------------------------------------------------------- */

static void
write_document(struct org *o, const char *who, const char *name, int kind,
               const char *text)
{
	const struct document row = {.name = name, .kind = kind, .text = text};
	struct document_id id;
	struct ctx c;

	org_ctx(o, who, &c);
	assert_int_equal(document_save(&c, &row, &id), OK);
}

static void
a_name_is_one_document_and_striking_brings_the_old_text_back(void **state)
{
	struct org *o = *state;
	struct document row;
	const char *before;
	struct ctx c;

	org_ctx(o, "officer", &c);
	write_document(o, "officer", "制度", DOCUMENT_RULE, "旧的");
	before = fixture_dump(o->f, o->f->a);
	write_document(o, "town", "制度", DOCUMENT_RULE, "新的\n两行");
	assert_int_equal(document_named(&c, o->f->a, "制度", &row), OK);
	assert_string_equal(row.text, "新的\n两行");
	assert_int_equal(row.version, 1);
	org_strike_restores(o, before);
}

static void
a_unit_reads_the_countys_and_its_own_before_it(void **state)
{
	struct org *o = *state;
	const char *text;
	struct document row;
	struct document_line *rows;
	struct ctx c;
	int n;

	write_document(o, "county", "通知", DOCUMENT_NOTICE, "市里的");
	org_ctx(o, "station", &c);
	assert_int_equal(document_template(&c, o->f->a, o->units[0].unit,
	                                   DOCUMENT_NOTICE, &text),
	                 OK);
	assert_string_equal(text, "市里的");
	assert_int_equal(document_named(&c, o->f->a, "通知", &row), OK);
	assert_int_equal(document_drop(&c, row.id), ERR_DENIED);
	write_document(o, "officer", "通知", DOCUMENT_NOTICE, "站里的");
	assert_int_equal(document_named(&c, o->f->a, "通知", &row), OK);
	assert_string_equal(row.text, "站里的");
	assert_int_equal(document_template(&c, o->f->a, o->units[0].unit,
	                                   DOCUMENT_NOTICE, &text),
	                 OK);
	assert_string_equal(text, "站里的");
	org_ctx(o, "town2", &c);
	assert_int_equal(document_list(&c, o->f->a, &rows, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(document_get(&c, o->f->a, row.id, &row),
	                 ERR_NOT_FOUND);
	org_ctx(o, "deputy", &c);
	assert_int_equal(document_list(&c, o->f->a, &rows, &n), ERR_DENIED);
	org_ctx(o, "officer", &c);
	assert_int_equal(document_named(&c, o->f->a, "通知", &row), OK);
	assert_int_equal(document_drop(&c, row.id), OK);
}

static void
a_file_is_text_in_utf8_or_gb18030_of_a_limited_size(void **state)
{
	static const char utf8[] = "\xef\xbb\xbf接待\r\n登记";
	static const char gb[] = "\xbd\xd3\xb4\xfd\r\n\xb5\xc7\xbc\xc7";
	struct org *o = *state;
	struct arena *a = o->f->a;
	char *large = arena_alloc(a, DOCUMENT_TEXT_MAX + 2);
	const char *text;

	assert_int_equal(document_decode(a, utf8, sizeof(utf8) - 1, &text), OK);
	assert_string_equal(text, "接待\n登记");
	assert_int_equal(document_decode(a, gb, sizeof(gb) - 1, &text), OK);
	assert_string_equal(text, "接待\n登记");
	assert_int_equal(document_decode(a, "\xff\xfe\x00", 3, &text),
	                 ERR_INVALID);
	memset(large, 'a', DOCUMENT_TEXT_MAX + 1);
	assert_int_equal(
	    document_decode(a, large, DOCUMENT_TEXT_MAX + 1, &text),
	    ERR_TOO_LONG);
}

static void
the_site_is_sound_and_no_list_scans(void **state)
{
	static const char *const who[] = {"county", "town", "station"};
	struct org *o = *state;
	struct instruction_id id = send(o);
	struct ctx c;

	assert_int_equal(fire(o, "town", id, RECEIPT_DO_RECEIVE, ""), OK);
	(void)plan(o, "town");
	write_document(o, "town", "制度", DOCUMENT_RULE, "全文");
	org_check(o);
	for (size_t i = 0; i < COUNT(who); i++) {
		org_ctx(o, who[i], &c);
		fixture_plan_list(o->f, &c, &instruction_list);
		fixture_plan_list(o->f, &c, &plan_list);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, org_setup, org_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(an_instruction_goes_from_sent_to_done),
	    TEST(sending_is_one_event_that_can_be_struck_out),
	    TEST(each_step_of_a_receipt_can_be_struck_out),
	    TEST(an_instruction_says_what_to_whom_until_when),
	    TEST(only_county_and_unit_staff_send),
	    TEST(nobody_answers_for_another),
	    TEST(a_unit_passes_on_what_it_has_received),
	    TEST(the_sender_asks_for_more),
	    TEST(the_workbench_says_receive_carry_out_and_chase),
	    TEST(planned_work_begins_ends_or_is_dropped_with_a_reason),
	    TEST(a_plan_is_kept_where_it_belongs),
	    TEST(who_saves_over_a_newer_version_is_told),
	    TEST(activities_count_for_planned_work),
	    TEST(a_name_is_one_document_and_striking_brings_the_old_text_back),
	    TEST(a_unit_reads_the_countys_and_its_own_before_it),
	    TEST(a_file_is_text_in_utf8_or_gb18030_of_a_limited_size),
	    TEST(the_site_is_sound_and_no_list_scans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
