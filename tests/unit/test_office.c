/* Offices and roles: giving, ending, the hats to choose from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/office.h"
#include "db/store/stmt.h"
#include "tests/unit/fixture_org.h"

static void
an_office_takes_the_place_its_role_asks_for(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const char *before = fixture_dump(o->f, o->f->a);
	struct office entry = {.person = o->units[0].deputies[1],
	                       .role = "officer",
	                       .station = o->units[0].station,
	                       .place = o->units[0].room};
	struct office row;
	struct office_id id;

	assert_int_equal(office_add(c, &entry, &id), OK);
	assert_int_equal(office_get(c, o->f->a, id, &row), OK);
	assert_int_equal(row.unit.v, o->units[0].unit.v);
	assert_int_equal(row.from_on.day, 29);
	org_strike_restores(o, before);

	entry.station.v = entry.place.v = 0;
	assert_int_equal(office_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "station");
	entry.role = "unit_staff";
	assert_int_equal(office_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "unit");
	entry.role = "organ";
	assert_int_equal(office_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "organ");
	entry.role = "mayor";
	assert_int_equal(office_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "role");
	entry.role = "officer";
	entry.station = o->units[0].station;
	entry.place = o->units[1].room;
	assert_int_equal(office_add(c, &entry, &id), ERR_INVALID);
	org_assert_fault(c, "place");
	assert_string_equal(fixture_dump(o->f, o->f->a), before);
}

static void
a_county_office_has_no_place(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const struct office entry = {.person = o->units[0].deputies[1],
	                             .role = "leader",
	                             .unit = o->units[0].unit,
	                             .station = o->units[0].station};
	struct office row;
	struct office_id id;

	assert_int_equal(office_add(c, &entry, &id), OK);
	assert_int_equal(office_get(c, o->f->a, id, &row), OK);
	assert_int_equal(row.unit.v, 0);
	assert_int_equal(row.station.v, 0);
}

static void
an_office_is_held_once_and_given_again_after_its_end(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const struct office entry = {.person = o->units[0].deputies[1],
	                             .role = "officer",
	                             .station = o->units[0].station};
	struct office_id id, again;
	const char *before;
	int64_t audits;

	assert_int_equal(office_add(c, &entry, &id), OK);
	assert_int_equal(office_add(c, &entry, &again), ERR_EXISTS);
	before = fixture_dump(o->f, o->f->a);
	audits = org_audits(o);
	assert_int_equal(office_end(c, id, (struct day){0}), OK);
	assert_int_equal(org_audits(o), audits + 1);
	assert_int_equal(office_end(c, id, (struct day){0}), ERR_STATE);
	org_strike_restores(o, before);
	assert_int_equal(office_end(c, id, (struct day){0}), OK);
	assert_int_equal(office_add(c, &entry, &again), OK);
}

static void
an_office_does_not_end_before_it_began(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	const struct office entry = {.person = o->units[0].deputies[1],
	                             .role = "officer",
	                             .station = o->units[0].station};
	struct office_id id;

	assert_int_equal(office_add(c, &entry, &id), OK);
	assert_int_equal(office_end(c, id, (struct day){2026, 3, 1}),
	                 ERR_INVALID);
	org_assert_fault(c, "to_on");
}

static void
the_last_administrator_stays(void **state)
{
	struct org *o = *state;
	struct ctx *c = &o->f->ctx;
	struct account admin;
	struct office_line *offices;
	int n;

	assert_int_equal(account_named(c, o->f->a, "admin", &admin), OK);
	assert_int_equal(
	    office_of_person(c, o->f->a, admin.person, &offices, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(office_end(c, offices[0].id, (struct day){0}),
	                 ERR_ADMIN);
	assert_int_equal(account_disable(c, org_account(o, "admin"), ""),
	                 ERR_ADMIN);
}

static void
the_hats_are_ones_own_current_offices_also_elsewhere(void **state)
{
	struct org *o = *state;
	const struct office entry = {.person = o->units[0].deputies[0],
	                             .role = "officer",
	                             .station = o->units[1].station};
	struct office_line *hats;
	struct office_line hat;
	struct office_id id;
	struct ctx c;
	int n;

	org_ctx(o, "deputy", &c);
	assert_int_equal(office_hats(&c, o->f->a, &hats, &n), OK);
	assert_int_equal(n, 1);
	assert_string_equal(hats[0].role, "deputy");
	assert_int_equal(office_add(&o->f->ctx, &entry, &id), OK);
	assert_int_equal(office_hats(&c, o->f->a, &hats, &n), OK);
	assert_int_equal(n, 2);
	assert_string_equal(hats[0].role, "officer"); /* before deputy */
	assert_int_equal(office_hat(&c, o->f->a, id, &hat), OK);
	i18n_use(LANGUAGE_ZH);
	assert_string_equal(office_text(o->f->a, &hat),
	                    "硖石街道代表联络站 联络员");
	i18n_use(LANGUAGE_EN);
	assert_string_equal(office_text(o->f->a, &hat),
	                    "硖石街道代表联络站 liaison officer");
	i18n_use(LANGUAGE_ZH);
	org_ctx(o, "deputy2", &c);
	assert_int_equal(office_hat(&c, o->f->a, id, &hat), ERR_NOT_FOUND);
}

static void
wearing_another_hat_changes_what_one_sees(void **state)
{
	struct org *o = *state;
	const struct office entry = {.person = o->units[0].deputies[0],
	                             .role = "officer",
	                             .station = o->units[1].station};
	struct office_id id, foreign = {1};
	struct ctx c, later;

	assert_int_equal(office_add(&o->f->ctx, &entry, &id), OK);
	/* Until one was chosen, the first by role is worn. */
	org_ctx(o, "deputy", &c);
	assert_string_equal(c.role, "officer");
	assert_int_equal(c.my_station, o->units[1].station.v);
	assert_int_equal(account_wear(&c, foreign), ERR_NOT_FOUND);

	{
		struct office_line *hats;
		int n;

		assert_int_equal(office_hats(&c, o->f->a, &hats, &n), OK);
		assert_int_equal(account_wear(&c, hats[1].id), OK);
	}
	assert_string_equal(c.role, "deputy");
	assert_int_equal(c.my_station, o->units[0].station.v);
	assert_false(may(&c, PERM_ACTIVITY_WRITE));
	/* The next session begins with it. */
	org_ctx(o, "deputy", &later);
	assert_string_equal(later.role, "deputy");
}

static void
officers_of_a_station_without_its_deputies(void **state)
{
	struct org *o = *state;
	struct office_line *rows;
	struct ctx c;
	int n;

	org_ctx(o, "deputy", &c);
	assert_int_equal(
	    office_at_station(&c, o->f->a, o->units[0].station, &rows, &n), OK);
	assert_int_equal(n, 3);
	assert_string_equal(rows[0].role, "station_head");
	assert_string_equal(rows[0].name, "陆建明");
	assert_string_equal(rows[1].role, "vice_head");
	assert_string_equal(rows[2].role, "officer");
	assert_int_equal(
	    office_at_station(&c, o->f->a, o->units[1].station, &rows, &n), OK);
	assert_int_equal(n, 0);
	org_ctx(o, "county", &c);
	assert_int_equal(
	    office_at_station(&c, o->f->a, o->units[1].station, &rows, &n), OK);
	assert_int_equal(n, 3);
}

static void
only_the_administrator_gives_the_countys_offices(void **state)
{
	static const char *const others[] = {"auditor", "county",  "leader",
	                                     "town",    "station", "officer",
	                                     "deputy",  "office"};
	struct org *o = *state;
	struct ctx c;

	for (size_t i = 0; i < COUNT(others); i++) {
		const struct office entry = {.person = o->units[0].deputies[0],
		                             .role = "admin"};
		struct office_id id = {1};

		org_ctx(o, others[i], &c);
		assert_int_equal(office_add(&c, &entry, &id), ERR_DENIED);
		/* a unit's staff do not even see it */
		assert_int_equal(office_end(&c, id, (struct day){0}),
		                 strcmp(others[i], "town") == 0 ? ERR_NOT_FOUND
		                                                : ERR_DENIED);
	}
}

static void
who_keeps_the_roster_gives_offices_that_see_less_than_their_own(void **state)
{
	static const struct {
		const char *who, *role;
		int result;
	} rows[] = {
	    {"county", "county_staff", ERR_DENIED},
	    {"county", "unit_staff", OK},
	    {"county", "officer", OK},
	    {"town", "unit_staff", ERR_DENIED},
	    {"town", "leader", ERR_DENIED},
	    {"town", "station_head", OK},
	    {"town", "deputy", OK},
	    {"station", "officer", ERR_DENIED},
	};
	struct org *o = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct office entry = {.person = o->units[0].deputies[1],
		                             .role = rows[i].role,
		                             .unit = o->units[0].unit,
		                             .station = o->units[0].station};
		struct office elsewhere = entry;
		struct office_id id;
		struct ctx c;

		org_ctx(o, rows[i].who, &c);
		assert_int_equal(office_add(&c, &entry, &id), rows[i].result);
		if (rows[i].result == OK)
			assert_int_equal(office_end(&c, id, (struct day){0}),
			                 OK);
		elsewhere.station = o->units[1].station;
		if (strcmp(rows[i].who, "town") == 0)
			assert_int_not_equal(office_add(&c, &elsewhere, &id),
			                     OK);
	}
}

/* What the manual has to say of one permission. */
static const char *
manual_item(struct org *o, enum perm perm)
{
	static const char sql[] =
	    "SELECT role.name FROM role_perm JOIN role ON role.name = role"
	    " WHERE perm = :perm ORDER BY role.position";
	struct arena *a = o->f->a;
	struct stmt *q = ctx_sql(&o->f->ctx, NULL, sql);
	const char *roles = "";

	bind_text(q, ":perm", perm_name(perm));
	while (stmt_next(q))
		roles =
		    arena_printf(a, "%s%s%s", roles,
		                 roles[0] != '\0' ? ", " : "", col_text(q, 0));
	assert_int_equal(stmt_end(q), OK);
	return arena_printf(a, ".It Cm %s\n%s:\n%s.\n", perm_name(perm),
	                    perm_label(perm), roles);
}

static void
the_manual_says_of_each_permission_who_has_it(void **state)
{
	static char page[65536];
	struct org *o = *state;
	FILE *f = fopen("conf/man/liaisonctl.8", "r");

	assert_non_null(f);
	page[fread(page, 1, sizeof(page) - 1, f)] = '\0';
	assert_int_equal(fclose(f), 0);
	for (enum perm p = PERM_NONE + 1; p < PERMS; p++)
		if (strstr(page, manual_item(o, p)) == NULL)
			fail_msg("conf/man/liaisonctl.8 lacks\n%s",
			         manual_item(o, p));
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, org_setup, org_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(an_office_takes_the_place_its_role_asks_for),
	    TEST(a_county_office_has_no_place),
	    TEST(an_office_is_held_once_and_given_again_after_its_end),
	    TEST(an_office_does_not_end_before_it_began),
	    TEST(the_last_administrator_stays),
	    TEST(the_hats_are_ones_own_current_offices_also_elsewhere),
	    TEST(wearing_another_hat_changes_what_one_sees),
	    TEST(officers_of_a_station_without_its_deputies),
	    TEST(only_the_administrator_gives_the_countys_offices),
	    TEST(the_manual_says_of_each_permission_who_has_it),
	    TEST(
		who_keeps_the_roster_gives_offices_that_see_less_than_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
