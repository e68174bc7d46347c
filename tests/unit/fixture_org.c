/* The two units of fixture_org.h. */
#include "tests/unit/fixture_org.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/account.h"
#include "db/deputy_group.h"
#include "db/mandate.h"
#include "db/organ.h"
#include "db/place.h"
#include "db/store/check.h"
#include "db/term.h"
#include "db/unit.h"

static const struct day first_day = {2022, 1, 1}, last_day = {2026, 12, 31};

static void
add_account(struct org *o, const char *name, const char *person,
            const struct office *office, struct unit_id unit)
{
	struct account_new entry = {.name = name,
	                            .person = {.unit = unit, .name = person},
	                            .office = *office};
	struct account_id id;

	entry.office.from_on = first_day;
	assert_int_equal(account_add(&o->f->ctx, &entry, &id), OK);
}

static void
add_county(struct org *o)
{
	static const char *const rows[][3] = {
	    {"admin", "admin", "顾系统"},
	    {"auditor", "auditor", "严审计"},
	    {"county", "county_staff", "何静"},
	    {"leader", "leader", "高领导"},
	};
	struct term term = {.level = LEVEL_COUNTY,
	                    .number = 16,
	                    .from_on = first_day,
	                    .to_on = last_day};

	assert_int_equal(term_add(&o->f->ctx, &term, &o->county_term), OK);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct office office = {.role = rows[i][1]};

		add_account(o, rows[i][0], rows[i][2], &office,
		            (struct unit_id){0});
	}
}

static void
add_deputies(struct org *o, struct org_unit *u, const char *const names[])
{
	for (int i = 0; i < ORG_DEPUTIES; i++) {
		const struct person person = {.unit = u->unit,
		                              .name = names[i]};
		const struct mandate mandate = {.level = LEVEL_COUNTY,
		                                .term = o->county_term,
		                                .station = u->station,
		                                .place = u->room,
		                                .grp = u->group};
		struct mandate entry = mandate;
		struct mandate_id id;

		assert_int_equal(
		    person_add(&o->f->ctx, &person, &u->deputies[i]), OK);
		entry.person = u->deputies[i];
		assert_int_equal(mandate_add(&o->f->ctx, &entry, &id), OK);
	}
}

static void
add_people(struct org *o, struct org_unit *u, const char *suffix)
{
	static const char *const rows[][3] = {
	    {"town", "unit_staff", "葛敏"},
	    {"station", "station_head", "陆建明"},
	    {"vice", "vice_head", "徐芳"},
	    {"officer", "officer", "朱丽"},
	};
	struct account_new deputy = {.of = u->deputies[0]};
	struct organ organ = {.unit = u->unit, .name = "社会事务办公室"};
	struct office office = {.role = "organ"};
	struct account_id id;
	struct arena *a = o->f->a;

	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct office held = {
		    .role = rows[i][1], .unit = u->unit, .station = u->station};

		add_account(o, arena_printf(a, "%s%s", rows[i][0], suffix),
		            rows[i][2], &held, u->unit);
	}
	assert_int_equal(organ_add(&o->f->ctx, &organ, &office.organ), OK);
	add_account(o, arena_printf(a, "office%s", suffix), "孙办", &office,
	            u->unit);
	deputy.name = arena_printf(a, "deputy%s", suffix);
	deputy.office = (struct office){
	    .role = "deputy", .station = u->station, .from_on = first_day};
	assert_int_equal(account_add(&o->f->ctx, &deputy, &id), OK);
}

static void
add_unit(struct org *o, int i, const struct unit_new *entry,
         const char *const names[])
{
	struct org_unit *u = &o->units[i];
	struct ctx *c = &o->f->ctx;
	struct place room = {.kind = PLACE_ROOM, .name = "荆山联络室"};
	struct deputy_group group = {.name = "第一小组"};

	assert_int_equal(unit_add(c, entry, &u->unit, &u->station), OK);
	room.station = group.station = u->station;
	assert_int_equal(place_add(c, &room, &u->room), OK);
	assert_int_equal(deputy_group_add(c, &group, &u->group), OK);
	add_deputies(o, u, names);
	add_people(o, u, i == 0 ? "" : "2");
}

int
org_setup(void **state)
{
	static const struct unit_new town = {.name = "周王庙镇",
	                                     .kind = "town"};
	static const struct unit_new subdistrict = {.name = "硖石街道",
	                                            .kind = "subdistrict"};
	static const char *const first[] = {"张伟", "沈国强", "单志强"};
	static const char *const second[] = {"李强", "丁一", "王芳"};
	struct org *o = xcalloc(1, sizeof(*o));
	struct term term = {.level = LEVEL_TOWN,
	                    .number = 17,
	                    .from_on = first_day,
	                    .to_on = last_day};
	void *f;

	fixture_setup(&f);
	o->f = f;
	add_county(o);
	add_unit(o, 0, &town, first);
	add_unit(o, 1, &subdistrict, second);
	term.unit = o->units[0].unit;
	assert_int_equal(term_add(&o->f->ctx, &term, &o->town_term), OK);
	*state = o;
	return 0;
}

int
org_teardown(void **state)
{
	struct org *o = *state;
	void *f = o->f;

	fixture_teardown(&f);
	free(o);
	return 0;
}

struct account_id
org_account(struct org *o, const char *name)
{
	struct account account;

	assert_int_equal(account_named(&o->f->ctx, o->f->a, name, &account),
	                 OK);
	return account.id;
}

void
org_ctx(struct org *o, const char *account, struct ctx *c)
{
	assert_int_equal(ctx_open(c, o->f->store, org_account(o, account).v, 0),
	                 OK);
}

int64_t
org_audits(struct org *o)
{
	return fixture_int(o->f, "SELECT count(*) FROM audit");
}

void
org_strike_restores(struct org *o, const char *before)
{
	int64_t event =
	    fixture_int(o->f, "SELECT max(id) FROM event WHERE cause IS NULL");
	struct event_list later;

	assert_string_not_equal(fixture_dump(o->f, o->f->a), before);
	assert_int_equal(
	    event_strike(&o->f->ctx, o->f->a, event, "误录", &later), OK);
	assert_string_equal(fixture_dump(o->f, o->f->a), before);
}

void
org_assert_fault(const struct ctx *c, const char *field)
{
	assert_int_equal(c->fault_count, 1);
	assert_string_equal(c->faults[0].field, field);
}

static void
complain(void *data, const char *rule, const char *what)
{
	(void)data;
	print_error("%s: %s\n", rule, what);
}

void
org_check(struct org *o)
{
	int n = 0;

	assert_int_equal(check_run(&o->f->ctx, complain, NULL, &n), OK);
	assert_int_equal(n, 0);
}
