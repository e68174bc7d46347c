/* Mandates and the deputies' list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/mandate.h"
#include "db/person.h"
#include "tests/unit/fixture_org.h"

static struct mandate
town_mandate(struct org *o, int deputy)
{
	return (struct mandate){.person = o->units[0].deputies[deputy],
	                        .level = LEVEL_TOWN,
	                        .term = o->town_term,
	                        .station = o->units[0].station,
	                        .grp = o->units[0].group};
}

static void
a_person_may_be_county_and_town_deputy(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const char *before = fixture_dump(o->f, o->f->a);
	const struct mandate entry = town_mandate(o, 0);
	struct mandate_line *rows;
	struct mandate row;
	struct mandate_id id;
	int n;

	assert_int_equal(mandate_add(c, &entry, &id), OK);
	assert_int_equal(mandate_get(c, o->f->a, id, &row), OK);
	assert_int_equal(row.unit.v, o->units[0].unit.v);
	assert_int_equal(row.from_on.year, 2022);
	assert_int_equal(mandate_of_person(c, o->f->a, entry.person, &rows, &n),
	                 OK);
	assert_int_equal(n, 2);
	assert_int_equal(
	    mandate_for(c, o->f->a, entry.person, o->units[0].station, &row),
	    OK);
	assert_int_equal(row.level, LEVEL_TOWN);
	org_strike_restores(o, before);
}

static void
one_mandate_a_term(void **state)
{
	struct org *o = *state;
	const struct mandate entry = town_mandate(o, 0);
	struct mandate_id id;

	assert_int_equal(mandate_add(&o->f->ctx, &entry, &id), OK);
	assert_int_equal(mandate_add(&o->f->ctx, &entry, &id), ERR_EXISTS);
}

static void
a_mandate_fits_its_term_unit_and_station(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	int64_t audits = org_audits(o);
	struct mandate entry = town_mandate(o, 0);
	struct mandate_id id;

	entry.term = o->county_term;
	assert_int_equal(mandate_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "term");

	entry = town_mandate(o, 0);
	entry.person = o->units[1].deputies[0];
	assert_int_equal(mandate_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "person");

	entry = town_mandate(o, 0);
	entry.place = o->units[1].room;
	assert_int_equal(mandate_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "place");

	entry = town_mandate(o, 0);
	entry.grp = o->units[1].group;
	assert_int_equal(mandate_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "grp");

	entry = town_mandate(o, 0);
	entry.from_on = (struct day){2021, 12, 31};
	assert_int_equal(mandate_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "from_on");

	entry = town_mandate(o, 0);
	entry.to_on = (struct day){2027, 1, 1};
	assert_int_equal(mandate_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "to_on");
	assert_int_equal(org_audits(o), audits);
}

static void
a_subdistrict_has_no_town_deputies(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const struct mandate entry = {.person = o->units[1].deputies[0],
	                              .level = LEVEL_TOWN,
	                              .term = o->town_term,
	                              .station = o->units[1].station};
	struct mandate_id id;

	assert_int_equal(mandate_add(c, &entry, &id), ERR_INVALID);
	assert_int_equal(c->fault_count, 2); /* another's term, and no such */
}

static int
count_deputies(struct org *o, struct ctx *c, int filter, int64_t v,
               const char *s)
{
	const struct list_query query = {
	    .values[0] = {.filter = filter, .v = v, .s = s},
	    .value_count = filter >= 0};
	struct list_page page;

	assert_int_equal(list_fetch(c, o->f->a, &deputy_list, &query,
	                            LIST_FIRST, NULL, 50, &page),
	                 OK);
	return page.n;
}

static void
a_deputy_of_two_congresses_is_one_row(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const struct mandate entry = town_mandate(o, 0);
	const struct list_query query = {
	    .values[0] = {.filter = DEPUTY_LIST_FIND, .s = "zw"},
	    .value_count = 1};
	const struct deputy_line *row;
	struct list_page page;
	struct mandate_id id;

	assert_int_equal(mandate_add(c, &entry, &id), OK);
	assert_int_equal(list_fetch(c, o->f->a, &deputy_list, &query,
	                            LIST_FIRST, NULL, 50, &page),
	                 OK);
	assert_int_equal(page.n, 1);
	row = page.rows;
	assert_string_equal(row->name, "张伟");
	assert_true(row->county);
	assert_true(row->town);
	assert_string_equal(row->group_name, "第一小组");
	assert_string_equal(row->place_name, "荆山联络室");
	assert_int_equal(count_deputies(o, c, DEPUTY_LIST_LEVEL, 0, "town"), 1);
	assert_int_equal(count_deputies(o, c, DEPUTY_LIST_LEVEL, 0, "county"),
	                 6);
	assert_int_equal(
	    count_deputies(o, c, DEPUTY_LIST_GROUP, o->units[1].group.v, NULL),
	    3);
	assert_int_equal(count_deputies(o, c, DEPUTY_LIST_STATION,
	                                o->units[1].station.v, NULL),
	                 3);
}

static void
the_list_is_in_the_order_asked_for(void **state)
{
	static const char *const by_pinyin[] = {"单志强", "沈国强", "张伟"};
	static const char *const by_stroke[] = {"张伟", "沈国强", "单志强"};
	struct org *o = *state;
	struct list_page page;
	struct ctx c;

	org_ctx(o, "deputy", &c);
	for (int order = 0; order < 2; order++) {
		const struct list_query query = {.order = order};
		const struct deputy_line *rows;

		assert_int_equal(list_fetch(&c, o->f->a, &deputy_list, &query,
		                            LIST_FIRST, NULL, 50, &page),
		                 OK);
		assert_int_equal(page.n, 3);
		rows = page.rows;
		for (int i = 0; i < 3; i++)
			assert_string_equal(rows[i].name, order == 0
			                                      ? by_pinyin[i]
			                                      : by_stroke[i]);
	}
}

static void
who_has_left_is_no_deputy(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	struct mandate row;

	fixture_event(o->f, ACTION_MANDATE_ADD, ENTITY_MANDATE, 1,
	              "UPDATE mandate SET to_on = '2026-03-28'"
	              " WHERE person = (SELECT id FROM person"
	              "                  WHERE name = '张伟')");
	assert_int_equal(count_deputies(o, c, -1, 0, NULL), 5);
	assert_int_equal(mandate_for(c, o->f->a, o->units[0].deputies[0],
	                             o->units[0].station, &row),
	                 ERR_NOT_FOUND);
}

static void
deputies_see_those_of_their_station_only(void **state)
{
	static const struct {
		const char *who;
		int n;
	} rows[] = {{"county", 6}, {"admin", 6},   {"town", 3},
	            {"deputy", 3}, {"deputy2", 3}, {"officer2", 3}};
	struct org *o = *state;
	struct mandate_line *lines;
	struct ctx c;
	int n;

	for (size_t i = 0; i < COUNT(rows); i++) {
		org_ctx(o, rows[i].who, &c);
		assert_int_equal(count_deputies(o, &c, -1, 0, NULL), rows[i].n);
	}
	assert_int_equal(mandate_current(&c, o->f->a, o->units[0].station,
	                                 (struct deputy_group_id){0},
	                                 (struct district_id){0}, -1, &lines,
	                                 &n),
	                 OK);
	assert_int_equal(n, 0); /* officer2, of the other unit */
	assert_int_equal(
	    mandate_of_person(&c, o->f->a, o->units[0].deputies[0], &lines, &n),
	    OK);
	assert_int_equal(n, 0);
}

static void
those_to_invite_come_by_group_and_level(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const struct mandate entry = town_mandate(o, 1);
	const struct station_id station = o->units[0].station;
	const struct deputy_group_id none = {0};
	const struct district_id any = {0};
	struct mandate_line *lines;
	struct mandate_id id;
	int n;

	assert_int_equal(mandate_add(c, &entry, &id), OK);
	assert_int_equal(
	    mandate_current(c, o->f->a, station, none, any, -1, &lines, &n),
	    OK);
	assert_int_equal(n, 4);
	assert_string_equal(lines[0].name, "单志强");
	assert_int_equal(mandate_current(c, o->f->a, station, o->units[0].group,
	                                 any, LEVEL_TOWN, &lines, &n),
	                 OK);
	assert_int_equal(n, 1);
	assert_string_equal(lines[0].name, "沈国强");
}

static void
the_deputies_list_walks_an_index(void **state)
{
	static const char *const who[] = {"admin", "town", "officer", "deputy"};
	struct org *o = *state;
	struct ctx c;

	for (size_t i = 0; i < COUNT(who); i++) {
		org_ctx(o, who[i], &c);
		fixture_plan_list(o->f, &c, &deputy_list);
	}
}

static void
only_those_who_keep_the_roster_enter_mandates(void **state)
{
	static const char *const others[] = {"leader", "auditor", "station",
	                                     "officer", "deputy"};
	struct org *o = *state;
	const struct mandate entry = town_mandate(o, 0);
	struct mandate_id id;
	struct ctx c;

	for (size_t i = 0; i < COUNT(others); i++) {
		org_ctx(o, others[i], &c);
		assert_int_equal(mandate_add(&c, &entry, &id), ERR_DENIED);
	}
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, org_setup, org_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_person_may_be_county_and_town_deputy),
	    TEST(one_mandate_a_term),
	    TEST(a_mandate_fits_its_term_unit_and_station),
	    TEST(a_subdistrict_has_no_town_deputies),
	    TEST(a_deputy_of_two_congresses_is_one_row),
	    TEST(the_list_is_in_the_order_asked_for),
	    TEST(who_has_left_is_no_deputy),
	    TEST(deputies_see_those_of_their_station_only),
	    TEST(those_to_invite_come_by_group_and_level),
	    TEST(the_deputies_list_walks_an_index),
	    TEST(only_those_who_keep_the_roster_enter_mandates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
