/* Statistics equal a recount of the opinions themselves, and each hat gets
 * its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/buf.h"
#include "db/opinion_stats_in.h"
#include "db/store/stmt.h"
#include "tests/unit/fixture_opinion.h"

enum { MATTERS = 60, DAYS = 90 };

/* The same on every run: a small generator of its own. */
static int
any(uint32_t *seed, int n)
{
	*seed = *seed * 1664525 + 1013904223;
	return (int)((*seed >> 16) % (uint32_t)n);
}

static void
on_day(struct opinions *w, int after)
{
	struct day day = day_add((struct day){2026, 1, 5}, after);

	store_stop_clock(w->o->f->store, clock_at(day, 10, 0));
	ctx_init_system(&w->o->f->ctx, w->o->f->store);
}

static struct opinion_id
write_down(struct opinions *w, uint32_t *seed, const char *who)
{
	static const char *const categories[] = {
	    "", "build.municipal.light", "build.municipal", "green.noise"};
	struct opinion entry;
	struct opinion_id id;
	struct ctx c;

	org_ctx(w->o, who, &c);
	opinion_default(&c, &entry);
	entry.body = "楼下店铺夜里噪音大。";
	entry.category = categories[any(seed, COUNT(categories))];
	if (c.my_unit == w->o->units[0].unit.v && any(seed, 2) == 0)
		entry.place = w->o->units[0].room;
	assert_int_equal(opinion_add(&c, &entry, false, NULL, &id), OK);
	return id;
}

/* Opinions of three months in two units, in all states. */
static void
fill(struct opinions *w)
{
	static const enum opinion_state states[] = {
	    OPINION_NEW,      OPINION_TRIAGE,    OPINION_HANDLING,
	    OPINION_FEEDBACK, OPINION_AWAITING,  OPINION_CONVERTED,
	    OPINION_CLOSED,   OPINION_ESCALATED, OPINION_CLOSED};
	uint32_t seed = 7;

	for (int i = 0; i < MATTERS; i++) {
		bool town = any(&seed, 4) > 0;
		struct opinion_id id;

		on_day(w, any(&seed, DAYS));
		id = write_down(w, &seed, town ? "officer" : "officer2");
		if (!town)
			continue;
		opinion_to(w, id, OPINION_TRIAGE);
		on_day(w, DAYS + any(&seed, 20));
		if (any(&seed, 3) > 0)
			assert_int_equal(
			    act(w, "officer", id, OPINION_DO_ANSWER), OK);
	}
	for (size_t i = 0; i < COUNT(states); i++) {
		on_day(w, any(&seed, DAYS));
		opinion_to(w, write_down(w, &seed, "officer"), states[i]);
	}
	/* ratings of the citizens themselves, as the phone pages write them */
	fixture_event(w->o->f, ACTION_OPINION_RATE, ENTITY_OPINION, 1,
	              "UPDATE opinion SET rating = CASE id % 3"
	              " WHEN 0 THEN 'satisfied' WHEN 1 THEN 'dissatisfied'"
	              " ELSE 'basic' END WHERE state = 'feedback'");
	on_day(w, DAYS + 20);
}

static int64_t
recount(struct opinions *w, const char *from_where)
{
	struct buf sql = BUF_INIT;
	int64_t n;

	buf_addf(&sql, "SELECT count(*) FROM opinion WHERE %s", from_where);
	n = fixture_int(w->o->f, sql.data);
	buf_clear(&sql);
	return n;
}

static const struct opinion_stats_of spring = {.from = 202602, .to = 202603};

static struct stats_table
table_of(struct opinions *w, const char *who, enum opinion_stats_by by)
{
	struct stats_table t;
	struct ctx c;

	org_ctx(w->o, who, &c);
	assert_int_equal(opinion_stats(&c, w->o->f->a, by, &spring, &t), OK);
	return t;
}

static const struct stats_row *
row_of(const struct stats_table *t, int64_t id, const char *key)
{
	for (int i = 0; i < t->n; i++)
		if (t->rows[i].id == id && strcmp(t->rows[i].key, key) == 0)
			return &t->rows[i];
	fail_msg("no row %lld %s", (long long)id, key);
	return NULL;
}

#define SPRING "month IN (202602, 202603)"

static void
every_table_equals_a_recount(void **state)
{
	struct opinions *w = *state;
	struct stats_table t;

	fill(w);
	opinions_check(w);
	t = table_of(w, "county", STATS_CATEGORY);
	assert_int_equal(t.all.values[0], recount(w, SPRING));
	assert_int_equal(row_of(&t, 0, "build")->values[0],
	                 recount(w, SPRING " AND category GLOB 'build*'"));
	assert_int_equal(
	    row_of(&t, 0, "build.municipal.light")->values[0],
	    recount(w, SPRING " AND category = 'build.municipal.light'"));
	assert_int_equal(row_of(&t, 0, "")->values[0],
	                 recount(w, SPRING " AND category = ''"));
	t = table_of(w, "county", STATS_PLACE);
	assert_int_equal(row_of(&t, w->o->units[0].room.v, "")->values[0],
	                 recount(w, SPRING " AND place IS NOT NULL"));
	assert_int_equal(row_of(&t, 0, "-")->values[0],
	                 recount(w, SPRING " AND place IS NULL"));
	t = table_of(w, "county", STATS_RESULT);
	assert_int_equal(row_of(&t, 0, "solved")->values[0],
	                 recount(w, SPRING " AND result = 'solved'"));
	assert_int_equal(row_of(&t, 0, "none")->values[0],
	                 recount(w, SPRING " AND result = 'none'"));
}

static void
months_and_units_equal_a_recount(void **state)
{
	struct opinions *w = *state;
	struct stats_table t;
	const struct stats_row *row;

	fill(w);
	t = table_of(w, "county", STATS_MONTH);
	assert_int_equal(t.n, 2);
	row = row_of(&t, 202602, "");
	assert_int_equal(row->values[0], recount(w, "month = 202602"));
	assert_int_equal(
	    row->values[1],
	    recount(w, "month = 202602"
	               " AND state IN ('closed', 'merged', 'discarded')"));
	assert_int_equal(row->values[3],
	                 recount(w, "month = 202602 AND result = 'solved'"));
	t = table_of(w, "county", STATS_UNIT);
	assert_int_equal(t.n, 2);
	row = row_of(&t, w->o->units[0].unit.v, "");
	assert_int_equal(
	    row->values[0],
	    recount(w, SPRING " AND unit = (SELECT min(id) FROM unit)"));
	/* these are of today, whenever it came */
	assert_int_equal(
	    row->values[8],
	    recount(w, "unit = (SELECT min(id) FROM unit)"
	               " AND due_on < '2026-04-25' AND clock <> 'rating'"));
	assert_true(row->values[8] > 0);
	assert_int_equal(t.all.values[8], recount(w, "due_on < '2026-04-25'"
	                                             " AND clock <> 'rating'"));
}

static void
only_the_citizens_own_rating_counts_as_satisfied(void **state)
{
	struct opinions *w = *state;
	struct stats_table t;
	int64_t happy, sad;

	fill(w);
	t = table_of(w, "town", STATS_RATING);
	happy = row_of(&t, 0, "satisfied")->values[0];
	assert_int_equal(happy, recount(w, SPRING " AND by_hand = 0"
	                                          " AND rating = 'satisfied'"));
	assert_int_equal(row_of(&t, 0, "satisfied/hand")->values[0],
	                 recount(w, SPRING " AND by_hand = 1"
	                                   " AND rating = 'satisfied'"));
	assert_int_equal(row_of(&t, 0, "satisfied/hand")->values[1],
	                 STATS_UNKNOWN);
	assert_int_equal(row_of(&t, 0, "silent")->values[1], STATS_UNKNOWN);
	happy += row_of(&t, 0, "basic")->values[0];
	sad = row_of(&t, 0, "dissatisfied")->values[0];
	assert_true(happy > 0 && sad > 0);
	t = table_of(w, "county", STATS_UNIT);
	assert_int_equal(t.all.values[5], happy);
	assert_int_equal(t.all.values[6],
	                 (happy * 1000 + (happy + sad) / 2) / (happy + sad));
}

static int
by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
the_median_is_that_of_the_sorted_days(void **state)
{
	struct opinions *w = *state;
	struct stats_table t;
	struct stmt *q;
	int64_t days[MATTERS * 2] = {0};
	int n = 0;

	fill(w);
	q = ctx_sql(&w->o->f->ctx, NULL,
	            "SELECT handling_days FROM opinion WHERE " SPRING
	            " AND handling_days IS NOT NULL");
	while (stmt_next(q))
		days[n++] = col_int(q, 0);
	assert_int_equal(stmt_end(q), OK);
	assert_true(n > 10);
	qsort(days, (size_t)n, sizeof(*days), by_value);
	t = table_of(w, "county", STATS_DAYS);
	assert_int_equal(row_of(&t, 0, "handling")->values[0], n);
	assert_int_equal(row_of(&t, 0, "handling")->values[1],
	                 5 * (days[(n - 1) / 2] + days[n / 2]));
	assert_int_equal(row_of(&t, 0, "handling")->values[3],
	                 10 * days[n - 1]);
}

static void
quantiles_are_those_of_a_sorted_list(void **state)
{
	uint32_t seed = 3;

	(void)state;
	for (int round = 0; round < 200; round++) {
		int64_t days[DAYS_MOST + 1] = {0}, list[50] = {0};
		int n = 1 + any(&seed, 50);

		for (int i = 0; i < n; i++) {
			list[i] = any(&seed, 30);
			days[list[i]]++;
		}
		qsort(list, (size_t)n, sizeof(*list), by_value);
		assert_int_equal(stats_quantile(days, 500),
		                 5 * (list[(n - 1) / 2] + list[n / 2]));
		assert_int_equal(stats_quantile(days, 1000), 10 * list[n - 1]);
		assert_int_equal(stats_quantile(days, 900),
		                 10 * list[(n * 9 + 9) / 10 - 1]);
	}
}

static void
each_hat_has_its_own_figures(void **state)
{
	static const char *const none[] = {"deputy", "office", "admin",
	                                   "auditor"};
	struct opinions *w = *state;
	struct opinion_stats_of other = spring;
	struct stats_table t;
	struct ctx c;

	fill(w);
	t = table_of(w, "town2", STATS_UNIT);
	assert_int_equal(t.n, 1);
	assert_int_equal(
	    t.all.values[0],
	    recount(w, SPRING " AND unit = (SELECT max(id) FROM unit)"));
	t = table_of(w, "station", STATS_PLACE);
	assert_int_equal(
	    t.all.values[0],
	    recount(w, SPRING " AND unit = (SELECT min(id) FROM unit)"));
	other.unit = w->o->units[0].unit;
	org_ctx(w->o, "town2", &c);
	assert_int_equal(opinion_stats(&c, w->o->f->a, STATS_MONTH, &other, &t),
	                 ERR_DENIED);
	for (size_t i = 0; i < COUNT(none); i++) {
		org_ctx(w->o, none[i], &c);
		for (int by = 0; by < STATS_BYS; by++)
			assert_int_equal(
			    opinion_stats(&c, w->o->f->a,
			                  (enum opinion_stats_by)by, &spring,
			                  &t),
			    ERR_DENIED);
	}
}

/* What Enter lists is what the row counts. */
static void
a_row_leads_to_as_many_opinions_as_it_counts(void **state)
{
	struct opinions *w = *state;
	struct ctx c;

	fill(w);
	org_ctx(w->o, "county", &c);
	for (int by = 0; by < STATS_BYS; by++) {
		struct stats_table t =
		    table_of(w, "county", (enum opinion_stats_by)by);

		for (int i = 0; i < t.n; i++) {
			struct list_query query;
			int64_t n;

			if (!opinion_stats_query((enum opinion_stats_by)by,
			                         &spring, &t.rows[i], &query))
				continue;
			assert_int_equal(
			    list_count(&c, &opinion_list, &query, &n), OK);
			assert_int_equal(n, t.rows[i].values[0]);
		}
	}
}

static void
months_without_an_opinion_are_left_out_at_the_ends(void **state)
{
	const struct opinion_stats_of ever = {.from = STATS_EVER_FROM,
	                                      .to = STATS_EVER_TO};
	struct opinions *w = *state;
	struct stats_table t;
	struct ctx c;

	org_ctx(w->o, "county", &c);
	assert_int_equal(opinion_stats(&c, w->o->f->a, STATS_MONTH, &ever, &t),
	                 OK);
	assert_int_equal(t.all.values[0], 0);
	fill(w);
	org_ctx(w->o, "county", &c);
	assert_int_equal(opinion_stats(&c, w->o->f->a, STATS_MONTH, &ever, &t),
	                 OK);
	assert_int_equal(
	    t.rows[0].id,
	    fixture_int(w->o->f, "SELECT min(month) FROM opinion"));
	assert_int_equal(
	    t.rows[t.n - 1].id,
	    fixture_int(w->o->f, "SELECT max(month) FROM opinion"));
}

static void
no_table_scans_what_grows(void **state)
{
	struct fixture *f = *state;
	struct stats_table t;

	fixture_rows(f);
	for (int by = STATS_PLACE; by < STATS_BYS; by++)
		assert_int_equal(opinion_stats(&f->ctx, f->a,
		                               (enum opinion_stats_by)by,
		                               &spring, &t),
		                 OK);
	fixture_plan_used(f);
}

int
main(void)
{
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, opinions_setup, opinions_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(every_table_equals_a_recount),
	    TEST(months_and_units_equal_a_recount),
	    TEST(only_the_citizens_own_rating_counts_as_satisfied),
	    TEST(the_median_is_that_of_the_sorted_days),
	    cmocka_unit_test(quantiles_are_those_of_a_sorted_list),
	    TEST(each_hat_has_its_own_figures),
	    TEST(a_row_leads_to_as_many_opinions_as_it_counts),
	    TEST(months_without_an_opinion_are_left_out_at_the_ends),
	    cmocka_unit_test_setup_teardown(no_table_scans_what_grows,
	                                    fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
