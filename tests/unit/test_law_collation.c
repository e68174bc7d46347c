/* Comments on a draft law put together: counted by article, alike ones side by
 * side, as a document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/fixture_law.h"

#define YES(call) assert_int_equal((call), OK)

static const struct law_comment_id nothing = {0};

static void
the_collation_counts_what_stands(void **state)
{
	struct laws *w = *state;
	struct law_comment_id one = law_said(w, "deputy", 0, "太短");
	struct law_comment entry = law_comment_entry(w, 1, "公众");
	struct law_comment_id id;
	struct collation_row *rows;
	struct law_article *articles;
	int n;

	law_said(w, "deputy2", 0, "应当写明目的与依据");
	law_said(w, "deputy2", -1, "总体很好");
	entry.unit = w->o->units[0].unit;
	YES(law_comment_add_public(&w->o->f->ctx, &entry, "", &id));
	YES(law_comment_add_public(&w->o->f->ctx, &entry, "trap", &id));
	YES(law_do(w, "station", one, COMMENT_DO_CHECK, nothing));
	YES(law_do(w, "county", one, COMMENT_DO_ANSWER, nothing));
	YES(law_collation(&w->county, w->o->f->a, w->id, &rows, &n));
	assert_int_equal(n, 3);
	for (int i = 0; i < n; i++) {
		const char *sql = arena_printf(
		    w->o->f->a,
		    "SELECT count(*) FROM law_comment WHERE article IS"
		    " nullif(%lld, 0) AND state <> 'held'",
		    (long long)rows[i].article.v);

		assert_int_equal(rows[i].comments, fixture_int(w->o->f, sql));
		assert_int_equal(rows[i].deputies + rows[i].publics,
		                 rows[i].comments);
	}
	assert_int_equal(rows[1].article.v, w->articles[0].v);
	assert_int_equal(rows[1].comments, 2);
	assert_int_equal(rows[1].answered, 1);
	assert_int_equal(rows[1].partly, 1);
	assert_int_equal(rows[2].publics, 1);
	YES(law_contents(&w->county, w->o->f->a, w->version, &articles, &n));
	assert_int_equal(articles[n - 2].comments, 1); /* without the held */
}

static void
alike_comments_stand_together(void **state)
{
	struct laws *w = *state;
	struct law_comment_id one, other;
	struct collated_comment *rows;
	struct buf out = BUF_INIT;
	int n;

	one = law_said(w, "deputy", 0, "建议明确养犬登记的办理时限和材料");
	law_said(w, "deputy2", 0, "罚款数额过低,起不到作用");
	law_said(w, "deputy2", 0, "建议明确养犬登记的办理时限和材料。");
	other = law_said(w, "deputy", 0, "毫不相干的另一句话");
	YES(law_do(w, "station", other, COMMENT_DO_MERGE, one));
	YES(law_collated(&w->county, w->o->f->a, w->id, w->articles[0], &rows,
	                 &n));
	assert_int_equal(n, 4);
	assert_int_equal(rows[0].id.v, one.v);
	assert_int_equal(rows[1].group, rows[0].group);
	assert_int_equal(rows[2].group, rows[0].group); /* was merged */
	assert_int_not_equal(rows[3].group, rows[0].group);
	YES(law_collation_document(&w->county, w->id, &out));
	assert_non_null(strstr(out.data, "公安机关负责养犬登记"));
	assert_non_null(strstr(out.data, "罚款数额过低"));
	buf_clear(&out);
}

static void
five_thousand_comments_are_put_together_at_once(void **state)
{
	enum { SECOND_MS = 1000 };
	struct laws *w = *state;
	struct collation_row *rows;
	struct collated_comment *all;
	struct buf out = BUF_INIT;
	int64_t from;
	int n;

	fixture_event(
	    w->o->f, ACTION_COMMENT_ADD, ENTITY_LAW_COMMENT, 0,
	    arena_printf(
		w->o->f->a,
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
		" FROM n WHERE i < 5000) INSERT INTO law_comment"
		" (consultation, version, article, source, unit, station,"
		" words, state, at) SELECT %lld, %lld, %lld + i %% 3,"
		" 'public', 1, 1, '第' || (i * 7919 %% 613) || '号意见'"
		" || (i * 104729 %% 997) || hex(i * i), 'submitted', i FROM n",
		(long long)w->id.v, (long long)w->version.v,
		(long long)w->articles[0].v));
	from = clock_monotonic_ms();
	YES(law_collation(&w->county, w->o->f->a, w->id, &rows, &n));
	assert_int_equal(n, 3);
	print_message("collation: %d ms\n", (int)(clock_monotonic_ms() - from));
	from = clock_monotonic_ms();
	YES(law_collated(&w->county, w->o->f->a, w->id, w->articles[0], &all,
	                 &n));
	print_message("groups of %d: %d ms\n", n,
	              (int)(clock_monotonic_ms() - from));
	from = clock_monotonic_ms();
	YES(law_collation_document(&w->county, w->id, &out));
	print_message("document: %d ms\n", (int)(clock_monotonic_ms() - from));
	assert_in_range(clock_monotonic_ms() - from, 0, 10 * SECOND_MS);
	buf_clear(&out);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, laws_open_setup, laws_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(the_collation_counts_what_stands),
	    TEST(alike_comments_stand_together),
	    TEST(five_thousand_comments_are_put_together_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
