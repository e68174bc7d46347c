/* The tables of rules: what holds on a day, changes, history, rights. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/duty_record.h"
#include "db/rule.h"
#include "db/setting.h"
#include "db/store/check.h"
#include "tests/unit/fixture_org.h"

/* Today is 2026-03-29. */
static const struct day today = {2026, 3, 29}, next_may = {2026, 5, 1};

static struct rule
named(struct org *o, enum rule_table table, const char *name, struct day on)
{
	struct rule row;

	assert_int_equal(rule_named(&o->f->ctx, o->f->a, table, name, on, &row),
	                 OK);
	return row;
}

static void
assert_clean(struct org *o)
{
	int n;

	assert_int_equal(check_run(&o->f->ctx, NULL, NULL, &n), OK);
	assert_int_equal(n, 0);
}

static struct rule
new_kind(void)
{
	return (struct rule){
	    .from_on = today,
	    .label = "执法检查",
	    .label_en = "law enforcement check",
	    .part = "supervision",
	    .n1 = 60,
	    .n2 = 15,
	    .in_use = true,
	};
}

static void
a_change_holds_from_its_day_and_what_was_stays(void **state)
{
	struct org *o = *state;
	struct rule row = named(o, RULE_DEADLINE, "completion", today);
	int64_t audits = org_audits(o);
	struct rule_id id;
	struct ctx c;

	org_ctx(o, "county", &c);
	assert_int_equal(row.n1, 15);
	row.n1 = 10;
	row.from_on = next_may;
	assert_int_equal(rule_save(&c, RULE_DEADLINE, &row, &id), OK);
	assert_int_equal(org_audits(o), audits + 1);
	assert_int_equal(named(o, RULE_DEADLINE, "completion", today).n1, 15);
	assert_int_equal(
	    named(o, RULE_DEADLINE, "completion", (struct day){2026, 4, 30}).n1,
	    15);
	assert_int_equal(named(o, RULE_DEADLINE, "completion", next_may).n1,
	                 10);
	assert_clean(o);
}

static void
what_is_to_come_is_changed_and_withdrawn(void **state)
{
	struct org *o = *state;
	const char *before = fixture_dump(o->f, o->f->a);
	struct rule row = named(o, RULE_DEADLINE, "completion", today);
	struct rule_id id, again;
	struct ctx c;

	org_ctx(o, "county", &c);
	row.from_on = next_may;
	row.n1 = 10;
	assert_int_equal(rule_save(&c, RULE_DEADLINE, &row, &id), OK);
	assert_int_equal(rule_save(&c, RULE_DEADLINE, &row, &again),
	                 ERR_EXISTS);
	row = named(o, RULE_DEADLINE, "completion", next_may);
	row.from_on = (struct day){2026, 6, 1};
	assert_int_equal(rule_save(&c, RULE_DEADLINE, &row, &again), OK);
	assert_int_equal(again.v, id.v);
	assert_int_equal(named(o, RULE_DEADLINE, "completion", next_may).n1,
	                 15);
	assert_int_equal(rule_withdraw(&c, RULE_DEADLINE, id), OK);
	assert_string_equal(fixture_dump(o->f, o->f->a), before);
	assert_clean(o);
}

static void
what_has_begun_is_not_written_over(void **state)
{
	struct org *o = *state;
	struct rule row = named(o, RULE_DEADLINE, "completion", today);
	const struct rule_id shipped = row.id;
	struct rule_id id;
	struct ctx c;

	org_ctx(o, "county", &c);
	assert_int_equal(rule_withdraw(&c, RULE_DEADLINE, shipped), ERR_STATE);
	row.from_on = (struct day){2026, 3, 28};
	assert_int_equal(rule_save(&c, RULE_DEADLINE, &row, &id), ERR_INVALID);
	org_assert_fault(&c, "from_on");
	/* saving what was read makes a row of its own */
	row.from_on = today;
	row.n1 = 12;
	assert_int_equal(rule_save(&c, RULE_DEADLINE, &row, &id), OK);
	assert_int_not_equal(id.v, shipped.v);
	assert_int_equal(
	    named(o, RULE_DEADLINE, "completion", (struct day){2026, 3, 28}).n1,
	    15);
}

static void
a_new_kind_of_activity_is_offered_from_its_day(void **state)
{
	struct org *o = *state;
	struct rule entry = new_kind();
	struct activity_kind *kinds;
	struct rule_id id;
	struct ctx c;
	int before, n;

	org_ctx(o, "admin", &c);
	assert_int_equal(activity_kind_list(&c, o->f->a, &kinds, &before), OK);
	entry.from_on = next_may;
	assert_int_equal(rule_save(&c, RULE_ACTIVITY, &entry, &id), OK);
	assert_int_equal(activity_kind_list(&c, o->f->a, &kinds, &n), OK);
	assert_int_equal(n, before);
	entry.from_on = today;
	assert_int_equal(rule_save(&c, RULE_ACTIVITY, &entry, &id), OK);
	assert_int_equal(activity_kind_list(&c, o->f->a, &kinds, &n), OK);
	assert_int_equal(n, before + 1);
	assert_string_equal(kinds[n - 1].label, "执法检查");
	assert_string_equal(kinds[n - 1].duty, "supervision");
	assert_int_equal(kinds[n - 1].before_minutes, 60);
	assert_true(kinds[n - 1].in_use);
	assert_clean(o);
}

static void
a_kind_that_activities_have_is_not_withdrawn(void **state)
{
	struct org *o = *state;
	struct rule entry = new_kind();
	struct rule_id id;
	const char *sql;
	struct ctx c;

	org_ctx(o, "county", &c);
	assert_int_equal(rule_save(&c, RULE_ACTIVITY, &entry, &id), OK);
	sql = arena_printf(
	    o->f->a,
	    "INSERT INTO activity (id, unit, station, title, kind, venue,"
	    " starts_at, ends_at, month, before_minutes, after_minutes, state,"
	    " created_at) VALUES (1, %lld, %lld, '查', 'n%lld', '村', "
	    "1774764000,"
	    " 1774771200, 202603, 30, 30, 'published', 1774000000)",
	    (long long)o->units[0].unit.v, (long long)o->units[0].station.v,
	    (long long)id.v);
	fixture_event(o->f, ACTION_ACTIVITY_ADD, ENTITY_ACTIVITY, 1, sql);
	assert_int_equal(rule_withdraw(&c, RULE_ACTIVITY, id), ERR_DEPENDS);
	assert_clean(o);
}

static void
each_fault_is_said_at_its_field(void **state)
{
	static const struct {
		const char *field;
		struct rule entry;
	} bad[] = {
	    {"label", {.label = "", .part = "study"}},
	    {"label",
	     {.label = "二十一个字的名称太长了写不进表格里去的呀呀呀呀"}},
	    {"before_minutes", {.n1 = 2000}},
	    {"after_minutes", {.n2 = -1}},
	    {"duty", {.part = "leisure"}},
	    {"from_on", {.from_on = {2026, 2, 30}}},
	};
	struct org *o = *state;
	struct rule_id id;
	struct ctx c;

	org_ctx(o, "county", &c);
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct rule entry = new_kind();

		if (bad[i].entry.label != NULL)
			entry.label = bad[i].entry.label;
		if (bad[i].entry.part != NULL)
			entry.part = bad[i].entry.part;
		if (bad[i].entry.n1 != 0)
			entry.n1 = bad[i].entry.n1;
		if (bad[i].entry.n2 != 0)
			entry.n2 = bad[i].entry.n2;
		if (bad[i].entry.from_on.year != 0)
			entry.from_on = bad[i].entry.from_on;
		assert_int_equal(rule_save(&c, RULE_ACTIVITY, &entry, &id),
		                 ERR_INVALID);
		org_assert_fault(&c, bad[i].field);
	}
}

static void
categories_are_three_levels_and_no_circle(void **state)
{
	struct org *o = *state;
	struct rule entry = {.from_on = today,
	                     .label = "灯杆",
	                     .label_en = "Lamp posts",
	                     .part = "build.municipal.light",
	                     .in_use = true};
	struct rule up;
	struct rule_id id;
	struct ctx c;

	org_ctx(o, "county", &c);
	assert_int_equal(rule_save(&c, RULE_CATEGORY, &entry, &id),
	                 ERR_INVALID);
	org_assert_fault(&c, "parent");
	entry.part = "build.municipal";
	assert_int_equal(rule_save(&c, RULE_CATEGORY, &entry, &id), OK);
	/* behind its brothers, before the next branch */
	up = named(o, RULE_CATEGORY, "build.municipal.net", today);
	assert_int_equal(
	    fixture_int(o->f, arena_printf(o->f->a,
	                                   "SELECT position FROM category_rule"
	                                   " WHERE id = %lld",
	                                   (long long)id.v)),
	    up.position + 1);
	/* a new branch goes behind all of its brothers' leaves, and is named
	 * by its place */
	entry.part = "build";
	assert_int_equal(rule_save(&c, RULE_CATEGORY, &entry, &id), OK);
	up = named(o, RULE_CATEGORY, "build.work.decor", today);
	assert_int_equal(rule_get(&c, o->f->a, RULE_CATEGORY, id, &entry), OK);
	assert_int_equal(entry.position, up.position + 1);
	assert_string_equal(
	    entry.name, arena_printf(o->f->a, "build.n%lld", (long long)id.v));
	up = named(o, RULE_CATEGORY, "build", today);
	up.part = "build";
	up.from_on = today;
	assert_int_equal(rule_save(&c, RULE_CATEGORY, &up, &id), ERR_INVALID);
}

static void
only_the_program_names_what_it_reads(void **state)
{
	static const enum rule_table fixed[] = {RULE_DUTY, RULE_DEADLINE,
	                                        RULE_SETTING};
	struct org *o = *state;
	struct rule_id id;

	for (size_t i = 0; i < COUNT(fixed); i++) {
		const struct rule entry = {.from_on = {2026, 12, 1},
		                           .label = "x",
		                           .label_en = "x",
		                           .text = "1",
		                           .n1 = 1};

		assert_int_equal(rule_save(&o->f->ctx, fixed[i], &entry, &id),
		                 ERR_DENIED);
	}
}

static void
a_setting_has_a_row_that_says_what_it_is_and_bounds(void **state)
{
	struct org *o = *state;
	struct rule *rows;
	struct rule_id id;
	struct ctx c;
	int64_t tries;
	int n;

	org_ctx(o, "admin", &c);
	assert_int_equal(
	    rule_list(&c, o->f->a, RULE_SETTING, (struct day){0}, &rows, &n),
	    OK);
	assert_true(n >= 4);
	for (int i = 0; i < n; i++)
		if (setting_of(rows[i].name) == NULL)
			fail_msg("db/setting.c does not say what %s is",
			         rows[i].name);
	rows[0] = named(o, RULE_SETTING, "code.tries", today);
	rows[0].from_on = today;
	rows[0].text = "0";
	assert_int_equal(rule_save(&c, RULE_SETTING, &rows[0], &id),
	                 ERR_INVALID);
	org_assert_fault(&c, "value");
	rows[0].text = "7";
	assert_int_equal(rule_save(&c, RULE_SETTING, &rows[0], &id), OK);
	assert_int_equal(setting_number(&c, "code.tries", 5, &tries), OK);
	assert_int_equal(tries, 7);
}

static void
found(struct org *o, const char *text, const char *names)
{
	struct list_query query = {
	    .values = {{RULE_LIST_FIND, .s = setting_find_text(o->f->a, text)},
	               {RULE_LIST_NOW, .v = 1}},
	    .value_count = 2};
	struct list_page page;
	const char *got = "";
	struct ctx c;

	org_ctx(o, "admin", &c);
	assert_int_equal(list_fetch(&c, o->f->a, rule_list_spec(RULE_SETTING),
	                            &query, LIST_FIRST, NULL, 40, &page),
	                 OK);
	for (int i = 0; i < page.n; i++)
		got = arena_printf(o->f->a, "%s %s", got,
		                   ((const struct rule *)page.rows)[i].name);
	assert_string_equal(got, names);
}

static void
a_setting_is_found_by_what_is_shown_of_it_and_by_its_name(void **state)
{
	struct org *o = *state;

	found(o, "one-time", " transfer.minutes transfer.most");
	found(o, "transfer.", " transfer.minutes transfer.most");
	found(o, "nothing is called so", "");
	found(o, "code.tries", " code.tries code.tries_minutes");
}

static void
each_table_is_changed_by_those_it_is_for(void **state)
{
	static const char *const names[] = {"admin",   "auditor", "county",
	                                    "leader",  "town",    "station",
	                                    "officer", "deputy",  "office"};
	struct org *o = *state;

	for (size_t i = 0; i < COUNT(names); i++) {
		bool admin = strcmp(names[i], "admin") == 0;
		bool county = strcmp(names[i], "county") == 0;
		struct ctx c;

		org_ctx(o, names[i], &c);
		for (int t = 0; t < RULE_TABLES; t++) {
			const struct rule entry = {.id = {-1},
			                           .from_on = {2020, 1, 1}};
			bool may_be = t == RULE_DUTY      ? county
			              : t == RULE_SETTING ? admin
			                                  : admin || county;
			struct rule_id id;
			int err =
			    rule_save(&c, (enum rule_table)t, &entry, &id);

			if ((err != ERR_DENIED) != may_be)
				fail_msg("%s and %s", names[i],
				         rule_spec((enum rule_table)t)->name);
			assert_int_equal(rule_withdraw(&c, (enum rule_table)t,
			                               (struct rule_id){-1}),
			                 may_be ? ERR_STATE : ERR_DENIED);
		}
	}
}

static void
working_days_leave_out_weekends_and_holidays(void **state)
{
	static const struct {
		struct day from;
		int n;
		struct day due;
	} cases[] = {
	    /* Friday and a weekend */
	    {{2026, 3, 27}, 0, {2026, 3, 27}},
	    {{2026, 3, 27}, 1, {2026, 3, 30}},
	    {{2026, 3, 29}, 5, {2026, 4, 3}},
	    /* Qingming 4 to 6 April */
	    {{2026, 4, 3}, 1, {2026, 4, 7}},
	    /* Spring Festival: Saturday the 14th is worked, then nine days */
	    {{2026, 2, 13}, 1, {2026, 2, 14}},
	    {{2026, 2, 13}, 2, {2026, 2, 24}},
	    /* New Year's eve of a year without a notice */
	    {{2030, 12, 31}, 1, {2031, 1, 1}},
	};
	struct org *o = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct day due;

		assert_int_equal(
		    workday_after(&o->f->ctx, cases[i].from, cases[i].n, &due),
		    OK);
		assert_int_equal(day_compare(due, cases[i].due), 0);
	}
}

/* The days worked for a holiday are weekend days, those off name no day
 * twice: a slip in the list would show. */
static void
the_shipped_holidays_fit_the_calendar(void **state)
{
	struct org *o = *state;

	assert_int_equal(
	    fixture_int(o->f,
	                "SELECT count(*) FROM holiday_rule"
	                " WHERE sort = 'work'"
	                "   AND (strftime('%w', from_on) NOT IN ('0', '6')"
	                "     OR strftime('%w', to_on) NOT IN ('0', '6'))"),
	    0);
	assert_int_equal(fixture_int(o->f,
	                             "SELECT count(*) FROM holiday_rule AS a"
	                             "  JOIN holiday_rule AS b ON b.id < a.id"
	                             " WHERE b.from_on <= a.to_on"
	                             "   AND b.to_on >= a.from_on"),
	                 0);
	/* each makes good days that lie within three weeks of it */
	assert_int_equal(fixture_int(o->f,
	                             "SELECT count(*) FROM holiday_rule AS w"
	                             " WHERE w.sort = 'work' AND NOT EXISTS ("
	                             "   SELECT 1 FROM holiday_rule AS f"
	                             "    WHERE f.sort = 'off'"
	                             "      AND julianday(f.from_on) - 14"
	                             "          < julianday(w.from_on)"
	                             "      AND julianday(f.to_on) + 14"
	                             "          > julianday(w.to_on))"),
	                 0);
}

static void
days_of_holidays_do_not_overlap(void **state)
{
	struct org *o = *state;
	struct rule entry = {.from_on = {2027, 1, 1},
	                     .to_on = {2027, 1, 3},
	                     .label = "元旦",
	                     .label_en = "New Year"};
	struct rule_id id;
	struct ctx c;

	org_ctx(o, "county", &c);
	assert_int_equal(rule_save(&c, RULE_HOLIDAY, &entry, &id), OK);
	entry.from_on = (struct day){2027, 1, 3};
	assert_int_equal(rule_save(&c, RULE_HOLIDAY, &entry, &id), ERR_INVALID);
	org_assert_fault(&c, "from_on");
	entry.from_on = (struct day){2027, 1, 5};
	assert_int_equal(rule_save(&c, RULE_HOLIDAY, &entry, &id), ERR_INVALID);
	org_assert_fault(&c, "to_on");
}

static void
give(struct org *o, struct person_id who, const char *part, int n)
{
	assert_int_equal(
	    store_exec(o->f->store,
	               arena_printf(o->f->a,
	                            "INSERT INTO counter VALUES"
	                            " ('duty.person', %lld, 2026, '%s', %d)",
	                            (long long)who.v, part, n)),
	    OK);
}

static void
the_preview_is_what_saving_brings(void **state)
{
	struct org *o = *state;
	const struct org_unit *u = &o->units[0];
	struct rule row = named(o, RULE_DUTY, "contact", today);
	struct rule_effect *rows;
	struct duty_rank rank;
	struct duty_year year;
	struct rule_id id;
	struct ctx c, town;
	int n;

	org_ctx(o, "county", &c);
	org_ctx(o, "town", &town);
	give(o, u->deputies[0], "contact/full", 2);     /* 6.0 */
	give(o, u->deputies[1], "supervision/full", 3); /* 9.0 */
	give(o, u->deputies[2], "contact/late", 1);     /* 1.5 */
	row.n1 = 60;
	row.n3 = 100;
	row.from_on = (struct day){2026, 1, 1};
	assert_int_equal(rule_effects(&town, o->f->a, &row, 10, &rows, &n),
	                 ERR_DENIED);
	assert_int_equal(rule_effects(&c, o->f->a, &row, 10, &rows, &n), OK);
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].of, 2);
	assert_int_equal(rows[0].person.v, u->deputies[0].v);
	assert_int_equal(rows[0].before, 60);
	assert_int_equal(rows[0].after, 100); /* capped */
	assert_int_equal(rows[0].place_before, 2);
	assert_int_equal(rows[0].place_after, 1);
	assert_int_equal(rows[1].person.v, u->deputies[1].v);
	assert_int_equal(rows[1].before, rows[1].after);
	assert_int_equal(rows[1].place_after, 2);

	assert_int_equal(rule_save(&c, RULE_DUTY, &row, &id), OK);
	assert_int_equal(
	    duty_year_get(&c, o->f->a, u->deputies[0], 2026, &year), OK);
	assert_int_equal(year.points, 100);
	assert_int_equal(duty_rank_get(&c, u->deputies[0], 2026, &rank), OK);
	assert_int_equal(rank.place, 1);
	assert_int_equal(
	    duty_year_get(&c, o->f->a, u->deputies[0], 2025, &year), OK);
	assert_int_equal(year.points, 0);
}

static void
points_begin_with_a_year_and_not_with_a_past_one(void **state)
{
	static const struct day bad[] = {{2025, 1, 1}, {2026, 5, 1}};
	struct org *o = *state;
	struct rule row = named(o, RULE_DUTY, "contact", today);
	struct rule_id id;
	struct ctx c;

	org_ctx(o, "county", &c);
	for (size_t i = 0; i < COUNT(bad); i++) {
		row.from_on = bad[i];
		assert_int_equal(rule_save(&c, RULE_DUTY, &row, &id),
		                 ERR_INVALID);
		org_assert_fault(&c, "from_on");
	}
	row.from_on = (struct day){2027, 1, 1};
	assert_int_equal(rule_save(&c, RULE_DUTY, &row, &id), OK);
}

static void
every_list_of_rules_goes_along_an_index(void **state)
{
	struct org *o = *state;
	struct ctx c;

	org_ctx(o, "county", &c);
	for (int t = 0; t < RULE_TABLES; t++)
		fixture_plan_list(o->f, &c, rule_list_spec((enum rule_table)t));
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, org_setup, org_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_change_holds_from_its_day_and_what_was_stays),
	    TEST(what_is_to_come_is_changed_and_withdrawn),
	    TEST(what_has_begun_is_not_written_over),
	    TEST(a_new_kind_of_activity_is_offered_from_its_day),
	    TEST(a_kind_that_activities_have_is_not_withdrawn),
	    TEST(each_fault_is_said_at_its_field),
	    TEST(categories_are_three_levels_and_no_circle),
	    TEST(only_the_program_names_what_it_reads),
	    TEST(a_setting_has_a_row_that_says_what_it_is_and_bounds),
	    TEST(a_setting_is_found_by_what_is_shown_of_it_and_by_its_name),
	    TEST(each_table_is_changed_by_those_it_is_for),
	    TEST(working_days_leave_out_weekends_and_holidays),
	    TEST(the_shipped_holidays_fit_the_calendar),
	    TEST(days_of_holidays_do_not_overlap),
	    TEST(the_preview_is_what_saving_brings),
	    TEST(points_begin_with_a_year_and_not_with_a_past_one),
	    TEST(every_list_of_rules_goes_along_an_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
