/* Units, stations, rooms and points, groups, districts, terms: the tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/deputy_group.h"
#include "db/district.h"
#include "db/organ.h"
#include "db/place.h"
#include "db/station.h"
#include "db/term.h"
#include "db/unit.h"
#include "tests/unit/fixture_org.h"

static void
one_call_sets_up_a_unit_with_its_station(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const char *before = fixture_dump(o->f, o->f->a);
	int64_t audits = org_audits(o);
	const struct unit_new entry = {.name = "长安镇", .kind = "town"};
	struct unit_id id;
	struct station_id station;
	struct station row;
	struct unit unit;

	assert_int_equal(unit_add(c, &entry, &id, &station), OK);
	assert_int_equal(org_audits(o), audits + 1);
	assert_int_equal(station_of_unit(c, o->f->a, id, &row), OK);
	assert_int_equal(row.id.v, station.v);
	assert_string_equal(row.name, "长安镇代表联络站");
	assert_int_equal(unit_named(c, o->f->a, "长安镇", &unit), OK);
	assert_int_equal(unit.position, 3);
	org_strike_restores(o, before);
}

static void
a_unit_needs_a_name_and_a_known_kind(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	struct unit_new entry = {.name = "  ", .kind = "town", .station = "站"};
	const char *before = fixture_dump(o->f, o->f->a);
	struct unit_id id;

	assert_int_equal(unit_add(c, &entry, &id, NULL), ERR_INVALID);
	org_assert_fault(c, "name");
	entry.name = "长安镇";
	entry.kind = "village";
	assert_int_equal(unit_add(c, &entry, &id, NULL), ERR_INVALID);
	org_assert_fault(c, "kind");
	entry.kind = "town";
	entry.phone = "\xff";
	assert_int_equal(unit_add(c, &entry, &id, NULL), ERR_INVALID);
	org_assert_fault(c, "phone");
	assert_string_equal(fixture_dump(o->f, o->f->a), before);
}

static void
two_units_have_two_names(void **state)
{
	struct org *o = *state;
	const struct unit_new entry = {.name = "周王庙镇", .kind = "town"};
	const char *before = fixture_dump(o->f, o->f->a);
	struct unit_id id;

	assert_int_equal(unit_add(&o->f->ctx, &entry, &id, NULL), ERR_EXISTS);
	assert_string_equal(fixture_dump(o->f, o->f->a), before);
}

static void
only_the_administrator_changes_the_tree(void **state)
{
	static const char *const others[] = {"auditor", "county",  "leader",
	                                     "town",    "station", "vice",
	                                     "officer", "deputy",  "office"};
	struct org *o = *state;
	const struct unit_new entry = {.name = "长安镇", .kind = "town"};
	const struct place place = {.station = o->units[0].station,
	                            .name = "新室"};
	const struct organ organ = {.name = "新办"};
	const struct station station = {.id = o->units[0].station,
	                                .name = "新站"};
	int64_t audits = org_audits(o);
	struct unit_id unit_id;
	struct place_id place_id;
	struct organ_id organ_id;
	struct ctx c;

	for (size_t i = 0; i < COUNT(others); i++) {
		org_ctx(o, others[i], &c);
		assert_int_equal(unit_add(&c, &entry, &unit_id, NULL),
		                 ERR_DENIED);
		assert_int_equal(organ_add(&c, &organ, &organ_id), ERR_DENIED);
		assert_int_equal(station_save(&c, &station), ERR_DENIED);
	}
	assert_int_equal(org_audits(o), audits);
	org_ctx(o, "admin", &c);
	assert_int_equal(place_add(&c, &place, &place_id), OK);
}

/* The name stays the administrator's. */
static void
a_station_keeps_its_profile_rooms_and_points(void **state)
{
	static const char *const keepers[] = {"county", "town", "station",
	                                      "vice", "officer"};
	static const char *const others[] = {"auditor", "leader", "deputy",
	                                     "office",  "town2",  "station2"};
	struct org *o = *state;
	struct station row;
	struct place place = {.station = o->units[0].station};
	struct place_id id;
	struct ctx c;

	assert_int_equal(
	    station_get(&o->f->ctx, o->f->a, o->units[0].station, &row), OK);
	for (size_t i = 0; i < COUNT(keepers); i++) {
		org_ctx(o, keepers[i], &c);
		row.hours = "周一至周五 8:30-17:00";
		assert_int_equal(station_save(&c, &row), OK);
		place.name = arena_printf(o->f->a, "第%d室", (int)i);
		assert_int_equal(place_add(&c, &place, &id), OK);
	}
	for (size_t i = 0; i < COUNT(others); i++) {
		org_ctx(o, others[i], &c);
		assert_int_not_equal(station_save(&c, &row), OK);
		assert_int_not_equal(place_add(&c, &place, &id), OK);
	}
	org_ctx(o, "station", &c);
	row.name = "新站";
	assert_int_equal(station_save(&c, &row), ERR_DENIED);
}

static void
a_closed_room_keeps_its_row_and_leaves_the_counts(void **state)
{
	struct org *o = *state;
	const struct org_unit *u = &o->units[0];
	const char *before = fixture_dump(o->f, o->f->a);
	struct station_page page;
	struct tree_row *tree;
	struct place row;
	struct ctx c;
	int n;

	org_ctx(o, "officer", &c);
	assert_int_equal(place_get(&c, o->f->a, u->room, &row), OK);
	row.closed_on = day_add(ctx_today(&c), 1);
	assert_int_equal(place_save(&c, &row), ERR_INVALID);
	org_assert_fault(&c, "closed_on");
	row.closed_on = ctx_today(&c);
	assert_int_equal(place_save(&c, &row), OK);
	assert_int_equal(station_page_get(&c, o->f->a, u->station, &page), OK);
	assert_int_equal(page.rooms, 0);
	assert_int_equal(station_tree(&c, o->f->a, u->unit, &tree, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(place_get(&c, o->f->a, u->room, &row), OK);
	assert_int_equal(row.closed_on.year, ctx_today(&c).year);
	org_strike_restores(o, before);
}

static void
only_those_who_keep_the_roster_add_groups_districts_and_terms(void **state)
{
	static const char *const others[] = {"auditor", "leader",  "station",
	                                     "vice",    "officer", "deputy",
	                                     "office"};
	struct org *o = *state;
	struct deputy_group group = {.station = o->units[0].station,
	                             .name = "新组"};
	struct district district = {.unit = o->units[0].unit, .name = "新区"};
	const struct term term = {.level = LEVEL_TOWN,
	                          .unit = o->units[0].unit,
	                          .number = 18,
	                          .from_on = {2027, 1, 1},
	                          .to_on = {2031, 12, 31}};
	int64_t audits = org_audits(o);
	struct deputy_group_id group_id;
	struct district_id district_id;
	struct term_id term_id;
	struct ctx c;

	for (size_t i = 0; i < COUNT(others); i++) {
		org_ctx(o, others[i], &c);
		assert_int_equal(deputy_group_add(&c, &group, &group_id),
		                 ERR_DENIED);
		assert_int_equal(district_add(&c, &district, &district_id),
		                 ERR_DENIED);
		assert_int_equal(term_add(&c, &term, &term_id), ERR_DENIED);
	}
	assert_int_equal(org_audits(o), audits);
	/* a unit's staff their own unit's */
	org_ctx(o, "town2", &c);
	assert_int_equal(deputy_group_add(&c, &group, &group_id),
	                 ERR_NOT_FOUND);
	assert_int_equal(district_add(&c, &district, &district_id),
	                 ERR_NOT_FOUND);
	assert_int_equal(term_add(&c, &term, &term_id), ERR_DENIED);
	org_ctx(o, "town", &c);
	assert_int_equal(deputy_group_add(&c, &group, &group_id), OK);
	assert_int_equal(district_add(&c, &district, &district_id), OK);
	assert_int_equal(term_add(&c, &term, &term_id), OK);
	group.id = group_id;
	group.name = "改名组";
	assert_int_equal(deputy_group_save(&c, &group), OK);
	district.id = district_id;
	district.name = "";
	assert_int_equal(district_save(&c, &district), ERR_INVALID);
	org_ctx(o, "town2", &c);
	assert_int_equal(deputy_group_save(&c, &group), ERR_NOT_FOUND);
}

static void
the_county_sees_every_unit_a_unit_its_own(void **state)
{
	static const struct {
		const char *who;
		int units;
	} rows[] = {{"admin", 2},   {"county", 2},  {"leader", 2},
	            {"town", 1},    {"station", 1}, {"officer", 1},
	            {"deputy2", 1}, {"town2", 1}};
	struct org *o = *state;
	struct tree_row *tree;
	struct unit *units;
	struct ctx c;
	int n;

	for (size_t i = 0; i < COUNT(rows); i++) {
		org_ctx(o, rows[i].who, &c);
		assert_int_equal(unit_list(&c, o->f->a, &units, &n), OK);
		assert_int_equal(n, rows[i].units);
		assert_int_equal(
		    station_tree(&c, o->f->a, (struct unit_id){0}, &tree, &n),
		    OK);
		assert_int_equal(n, 2 * rows[i].units);
	}
}

static void
another_units_station_is_not_found(void **state)
{
	static const char *const who[] = {"town2", "station2", "vice2",
	                                  "officer2", "deputy2"};
	struct org *o = *state;
	const struct org_unit *u = &o->units[0];
	struct station station;
	struct station_page page;
	struct place place;
	struct place *places;
	struct deputy_group group;
	struct tree_row *tree;
	struct unit unit;
	struct ctx c;
	int n;

	for (size_t i = 0; i < COUNT(who); i++) {
		org_ctx(o, who[i], &c);
		assert_int_equal(unit_get(&c, o->f->a, u->unit, &unit),
		                 ERR_NOT_FOUND);
		assert_int_equal(station_get(&c, o->f->a, u->station, &station),
		                 ERR_NOT_FOUND);
		assert_int_equal(
		    station_page_get(&c, o->f->a, u->station, &page),
		    ERR_NOT_FOUND);
		assert_int_equal(place_get(&c, o->f->a, u->room, &place),
		                 ERR_NOT_FOUND);
		assert_int_equal(
		    deputy_group_get(&c, o->f->a, u->group, &group),
		    ERR_NOT_FOUND);
		assert_int_equal(station_tree(&c, o->f->a, u->unit, &tree, &n),
		                 ERR_NOT_FOUND);
		assert_int_equal(
		    place_list(&c, o->f->a, u->station, &places, &n), OK);
		assert_int_equal(n, 0);
	}
}

static void
the_page_counts_people_once(void **state)
{
	struct org *o = *state;
	struct station_page page;
	struct ctx c;

	org_ctx(o, "deputy", &c);
	assert_int_equal(
	    station_page_get(&c, o->f->a, o->units[0].station, &page), OK);
	assert_string_equal(page.row.name, "周王庙镇代表联络站");
	assert_string_equal(page.unit_name, "周王庙镇");
	assert_string_equal(page.kind_label, "镇");
	assert_int_equal(page.rooms, 1);
	assert_int_equal(page.points, 0);
	assert_int_equal(page.groups, 1);
	assert_int_equal(page.deputies, ORG_DEPUTIES);
	assert_int_equal(page.county_deputies, ORG_DEPUTIES);
	assert_int_equal(page.town_deputies, 0);
	assert_int_equal(page.officers, 3);
}

static void
a_units_tree_is_its_station_rooms_then_points(void **state)
{
	struct org *o = *state;
	const struct org_unit *u = &o->units[0];
	const struct place point = {
	    .station = u->station, .kind = PLACE_POINT, .name = "博儒桥联络点"};
	const struct place room = {
	    .station = u->station, .kind = PLACE_ROOM, .name = "石井联络室"};
	struct tree_row *tree;
	struct place_id id;
	int n;

	assert_int_equal(place_add(&o->f->ctx, &point, &id), OK);
	assert_int_equal(place_add(&o->f->ctx, &room, &id), OK);
	assert_int_equal(station_tree(&o->f->ctx, o->f->a, u->unit, &tree, &n),
	                 OK);
	assert_int_equal(n, 4);
	assert_int_equal(tree[0].sort, TREE_STATION);
	assert_int_equal(tree[0].deputies, ORG_DEPUTIES);
	assert_int_equal(tree[1].sort, TREE_ROOM);
	assert_int_equal(tree[2].sort, TREE_ROOM);
	assert_int_equal(tree[3].sort, TREE_POINT);
	assert_int_equal(tree[3].depth, 1);
	assert_string_equal(tree[3].name, "博儒桥联络点");
}

static void
rooms_groups_and_offices_of_one_place_differ_by_name(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const struct org_unit *u = &o->units[0];
	const struct place place = {.station = u->station,
	                            .name = "荆山联络室"};
	const struct deputy_group group = {.station = u->station,
	                                   .name = "第一小组"};
	const struct organ organ = {.name = "市交通局"};
	struct place_id place_id;
	struct deputy_group_id group_id;
	struct organ_id organ_id;

	assert_int_equal(place_add(c, &place, &place_id), ERR_EXISTS);
	assert_int_equal(deputy_group_add(c, &group, &group_id), ERR_EXISTS);
	/* The county's has no unit, which no index compares. */
	assert_int_equal(organ_add(c, &organ, &organ_id), OK);
	assert_int_equal(organ_add(c, &organ, &organ_id), ERR_EXISTS);
}

static void
a_changed_profile_can_be_struck_out(void **state)
{
	struct org *o = *state;
	struct station row;
	const char *before = fixture_dump(o->f, o->f->a);
	struct ctx c;

	org_ctx(o, "admin", &c);
	assert_int_equal(station_get(&c, o->f->a, o->units[0].station, &row),
	                 OK);
	row.profile = "周一至周五接待。\r\n电话预约。";
	assert_int_equal(station_save(&c, &row), OK);
	assert_int_equal(station_get(&c, o->f->a, o->units[0].station, &row),
	                 OK);
	assert_string_equal(row.profile, "周一至周五接待。\n电话预约。");
	org_strike_restores(o, before);
}

static void
a_subdistrict_has_no_term_and_no_town_district(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const struct term term = {.level = LEVEL_TOWN,
	                          .unit = o->units[1].unit,
	                          .number = 17,
	                          .from_on = {2022, 1, 1},
	                          .to_on = {2026, 12, 31}};
	const struct district district = {
	    .level = LEVEL_TOWN, .unit = o->units[1].unit, .name = "一选区"};
	struct term_id term_id;
	struct district_id district_id;

	assert_int_equal(term_add(c, &term, &term_id), ERR_INVALID);
	org_assert_fault(c, "unit");
	assert_int_equal(district_add(c, &district, &district_id), ERR_INVALID);
	org_assert_fault(c, "level");
}

static void
the_term_of_a_day_is_found(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const struct day day = {2026, 12, 31}, after = {2027, 1, 1};
	const struct unit_id none = {0};
	struct term term;

	assert_int_equal(term_on(c, o->f->a, LEVEL_COUNTY, none, day, &term),
	                 OK);
	assert_int_equal(term.number, 16);
	assert_int_equal(
	    term_on(c, o->f->a, LEVEL_TOWN, o->units[0].unit, day, &term), OK);
	assert_int_equal(term.number, 17);
	assert_int_equal(term_on(c, o->f->a, LEVEL_COUNTY, none, after, &term),
	                 ERR_NOT_FOUND);
}

static void
a_term_needs_its_days_and_is_entered_once(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	struct term term = {
	    .number = 17, .from_on = {2027, 1, 1}, .to_on = {2026, 12, 31}};
	const char *before = fixture_dump(o->f, o->f->a);
	struct term_id id;

	assert_int_equal(term_add(c, &term, &id), ERR_INVALID);
	org_assert_fault(c, "to_on");
	term.to_on = (struct day){2031, 12, 31};
	assert_int_equal(term_add(c, &term, &id), OK);
	org_strike_restores(o, before);
	term.number = 16;
	assert_int_equal(term_add(c, &term, &id), ERR_EXISTS);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, org_setup, org_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(one_call_sets_up_a_unit_with_its_station),
	    TEST(a_unit_needs_a_name_and_a_known_kind),
	    TEST(two_units_have_two_names),
	    TEST(only_the_administrator_changes_the_tree),
	    TEST(a_station_keeps_its_profile_rooms_and_points),
	    TEST(a_closed_room_keeps_its_row_and_leaves_the_counts),
	    TEST(only_those_who_keep_the_roster_add_groups_districts_and_terms),
	    TEST(the_county_sees_every_unit_a_unit_its_own),
	    TEST(another_units_station_is_not_found),
	    TEST(the_page_counts_people_once),
	    TEST(a_units_tree_is_its_station_rooms_then_points),
	    TEST(rooms_groups_and_offices_of_one_place_differ_by_name),
	    TEST(a_changed_profile_can_be_struck_out),
	    TEST(a_subdistrict_has_no_term_and_no_town_district),
	    TEST(the_term_of_a_day_is_found),
	    TEST(a_term_needs_its_days_and_is_entered_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
