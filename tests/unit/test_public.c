/* What opens when a code is scanned: what is published, by a good code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/activity.h"
#include "db/public.h"
#include "db/rota.h"
#include "db/station.h"
#include "tests/unit/fixture_people.h"

struct open {
	struct fixture *f;
	struct people p;
	struct ctx public;
	const char *token; /* of station 1 */
	struct code_id id;
};

static void
begin(void **state, struct open *t)
{
	struct code code;

	t->f = *state;
	people_open(t->f, &t->p);
	ctx_init_public(&t->public, t->f->store);
	t->public.stopped = t->p.unit.stopped;
	assert_int_equal(
	    code_mint_station(&t->p.unit, (struct station_id){1}, &t->id), OK);
	assert_int_equal(code_get(&t->p.unit, t->f->a, t->id, &code), OK);
	t->token = code.token;
}

static int
look(struct open *t, struct code *code)
{
	return public_code(&t->public, t->f->a, CODE_STATION, t->token, code);
}

static void
a_code_opens_until_it_is_revoked_or_over(void **state)
{
	struct code_id fresh;
	struct code code;
	struct open t;

	begin(state, &t);
	assert_int_equal(look(&t, &code), OK);
	assert_int_equal(code.subject, 1);
	/* as another kind it opens nothing */
	assert_int_equal(
	    public_code(&t.public, t.f->a, CODE_ACTIVITY, t.token, &code),
	    ERR_NOT_FOUND);
	assert_int_equal(public_code(&t.public, t.f->a, CODE_STATION,
	                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ", &code),
	                 ERR_NOT_FOUND);
	t.public.stopped.s += (int64_t)11 * 366 * 86400;
	assert_int_equal(look(&t, &code), ERR_EXPIRED);
	t.public.stopped.s -= (int64_t)22 * 366 * 86400;
	assert_int_equal(look(&t, &code), ERR_EARLY);
	t.public.stopped = t.p.unit.stopped;
	/* one at a time; replaced, the one before is no longer good */
	assert_int_equal(
	    code_mint_station(&t.p.unit, (struct station_id){1}, &fresh),
	    ERR_STATE);
	assert_int_equal(code_renew(&t.p.unit, t.id, "lost", &fresh), OK);
	assert_int_equal(look(&t, &code), ERR_REVOKED);
}

static void
only_who_keeps_codes_mints_one(void **state)
{
	struct code_id id;
	struct open t;

	begin(state, &t);
	assert_int_equal(code_revoke(&t.p.unit, t.id, "lost"), OK);
	assert_int_equal(
	    code_mint_station(&t.p.deputy1, (struct station_id){1}, &id),
	    ERR_DENIED);
	assert_int_equal(
	    code_mint_station(&t.p.leader, (struct station_id){1}, &id),
	    ERR_DENIED);
	/* nor of a station that is not theirs */
	assert_int_equal(
	    code_mint_station(&t.p.unit2, (struct station_id){1}, &id),
	    ERR_NOT_FOUND);
	assert_int_equal(
	    code_mint_station(&t.p.officer, (struct station_id){1}, &id), OK);
}

static void
a_station_shows_its_deputies_of_today(void **state)
{
	struct public_station station;
	struct public_deputy *rows;
	struct open t;
	int n;

	begin(state, &t);
	assert_int_equal(
	    public_station(&t.public, t.f->a, (struct station_id){1}, &station),
	    OK);
	assert_true(station.name[0] != '\0');
	assert_int_equal(public_deputies(&t.public, t.f->a,
	                                 (struct station_id){1}, &rows, &n),
	                 OK);
	assert_int_equal(n, fixture_int(t.f, "SELECT count(DISTINCT person)"
	                                     " FROM mandate WHERE station = 1"
	                                     " AND to_on IS NULL"));
	assert_true(n > 0);
	fixture_event(t.f, ACTION_MANDATE_SAVE, ENTITY_MANDATE, 1,
	              "UPDATE mandate SET to_on = '2026-03-28'"
	              " WHERE person = 1;");
	assert_int_equal(public_deputies(&t.public, t.f->a,
	                                 (struct station_id){1}, &rows, &n),
	                 OK);
	for (int i = 0; i < n; i++)
		assert_int_not_equal(rows[i].person.v, 1);
}

static int
receptions(struct open *t)
{
	struct public_reception *rows;
	int n;

	assert_int_equal(public_receptions(&t->public, t->f->a,
	                                   (struct station_id){1}, &rows, &n),
	                 OK);
	return n;
}

static void
a_day_of_the_rota_is_shown_when_it_is_announced(void **state)
{
	struct activity_id activity;
	struct rota entry = {
	    .station = {1},
	    .person = {1},
	};
	struct rota_id first, second;
	struct open t;

	begin(state, &t);
	entry.starts_at = ctx_now(&t.p.head);
	entry.starts_at.s += 86400;
	entry.ends_at.s = entry.starts_at.s + 7200;
	assert_int_equal(rota_add(&t.p.head, &entry, &first), OK);
	entry.person.v = 3;
	assert_int_equal(rota_add(&t.p.head, &entry, &second), OK);
	assert_int_equal(receptions(&t), 0);
	assert_int_equal(rota_announce(&t.p.head, first, &activity), OK);
	assert_int_equal(receptions(&t), 2);
	/* who cannot come is not said to be there */
	assert_int_equal(rota_fire(&t.p.head, second, ROTA_DO_MISS, "病"), OK);
	assert_int_equal(receptions(&t), 1);
	/* tomorrow's are of the past the day after */
	t.public.stopped.s += 2 * 86400;
	assert_int_equal(receptions(&t), 0);
}

static void
an_activity_that_is_no_draft_can_be_read_by_its_code(void **state)
{
	struct public_activity row;
	struct activity_id id;
	struct code code;
	struct open t;

	begin(state, &t);
	id = people_activity(t.f, &t.p);
	assert_int_equal(code_for_activity(&t.p.unit, t.f->a, id, &code), OK);
	assert_int_equal(
	    public_code(&t.public, t.f->a, CODE_ACTIVITY, code.token, &code),
	    ERR_EARLY);
	assert_int_equal(code.subject, id.v);
	assert_int_equal(public_activity(&t.public, t.f->a, id, &row), OK);
	assert_int_equal(row.state, ACTIVITY_PUBLISHED);
	fixture_event(t.f, ACTION_ACTIVITY_SAVE, ENTITY_ACTIVITY, id.v,
	              "UPDATE activity SET state = 'draft';");
	assert_int_equal(public_activity(&t.public, t.f->a, id, &row),
	                 ERR_NOT_FOUND);
}

/* A page that is opened writes no event. */
static void
openings_are_counted_by_day(void **state)
{
	struct code_view views[2];
	int64_t events, n;
	struct open t;

	begin(state, &t);
	views[0] = (struct code_view){t.id, 3};
	views[1] = (struct code_view){{999}, 1};
	events = fixture_int(t.f, "SELECT count(*) FROM event");
	assert_int_equal(code_views(&t.p.unit, t.id, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(code_add_views(&t.public, views, 2), ERR_DENIED);
	assert_int_equal(code_add_views(&t.f->ctx, views, 2), OK);
	assert_int_equal(code_add_views(&t.f->ctx, views, 1), OK);
	assert_int_equal(code_views(&t.p.unit, t.id, &n), OK);
	assert_int_equal(n, 6);
	assert_int_equal(fixture_int(t.f, "SELECT count(*) FROM code_view"), 1);
	assert_int_equal(fixture_int(t.f, "SELECT count(*) FROM event"),
	                 events);
}

#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_code_opens_until_it_is_revoked_or_over),
	    TEST(only_who_keeps_codes_mints_one),
	    TEST(a_station_shows_its_deputies_of_today),
	    TEST(a_day_of_the_rota_is_shown_when_it_is_announced),
	    TEST(an_activity_that_is_no_draft_can_be_read_by_its_code),
	    TEST(openings_are_counted_by_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
