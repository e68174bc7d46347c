/* A law's text as rows to read, with what went and what came marked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/text.h"
#include "tests/unit/fixture_law.h"
#include "tui/law_rows.h"

#define YES(call) assert_int_equal((call), OK)

static void
what_went_and_came_is_readable_without_colour(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(law_marked(a, "二十日前报市公安机关。",
	                               "十五日前报市公安机关。", false),
	                    "[-二十-]{+十五+}日前报市公安机关。");
	assert_string_equal(law_marked(a, "同样。", "同样。", false), "同样。");
	arena_free(a);
}

static void
a_brief_difference_keeps_only_what_stands_beside_it(void **state)
{
	struct arena *a = arena_new();
	const char *long_one =
	    "为了保护海塘古迹和观潮文化,规范观潮活动,根据有关"
	    "法律、法规,结合本市实际,制定本条例";
	const char *text =
	    law_marked(a, long_one, arena_printf(a, "%s。", long_one), true);

	(void)state;
	assert_non_null(strstr(text, " .. "));
	assert_non_null(strstr(text, "制定本条例{+。+}"));
	assert_true(text_width(text) < text_width(long_one));
	arena_free(a);
}

static void
another_number_is_no_change_of_the_words(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(
	    law_relabelled(a, "第六条  文字。", "第六条", "第七条"),
	    "第七条  文字。");
	assert_string_equal(law_relabelled(a, "文字。", "", "第七条"),
	                    "文字。");
	arena_free(a);
}

/* The rows joined are the text, whatever the width. */
static void
rows_fit_and_lose_nothing(void **state)
{
	struct arena *a = arena_new();
	const struct law_shown shown = {.text = "第一条 为了保护海塘古迹。\n"
	                                        "(一)取土、采石;",
	                                .before = "第一条 为保护海塘。\n"
	                                          "(一)取土;",
	                                .find = "古迹",
	                                .role = THEME_NORMAL};
	const char *whole = law_marked(a, shown.before, shown.text, false);

	(void)state;
	for (int width = 8; width < 90; width += 7) {
		struct law_row *rows;
		int n = law_rows(a, &shown, width, &rows);
		const char *at = whole;

		assert_true(n >= 2);
		for (int i = 0; i < n; i++) {
			const char *row = law_row_text(a, &rows[i]);

			assert_true(text_width(row) <= width);
			at += strspn(at, " \n");
			assert_memory_equal(at, row, strlen(row));
			at += strlen(row);
		}
		assert_string_equal(at, "");
	}
	arena_free(a);
}

static void
what_an_article_was_is_read_with_the_text_it_became(void **state)
{
	struct laws *w = *state;
	struct law_article first, now;
	const char *label, *text;
	struct law_version_id id;
	struct law_version old;
	struct buf changed = BUF_INIT;
	char *at;

	YES(law_version_get(&w->county, w->o->f->a, w->version, &old));
	YES(law_export(&w->county, w->version, &changed));
	at = strstr(changed.data, "第一条");
	assert_non_null(at);
	YES(law_article_named(&w->county, w->o->f->a, w->version, "1", &first));
	/* one more word at the end of the first article */
	at = strstr(at, "。");
	assert_non_null(at);
	*at = '!';
	memmove(at + 1, at + 3, strlen(at + 3) + 1);
	YES(law_import(&w->county, changed.data, strlen(changed.data), old.law,
	               "", &id));
	YES(law_article_named(&w->county, w->o->f->a, id, "1", &now));
	assert_int_equal(now.change, LAW_CHANGED);
	YES(law_before(&w->county, w->o->f->a, now.id, &label, &text));
	assert_string_equal(label, first.label);
	assert_string_equal(text, first.text);
	assert_int_equal(
	    law_before(&w->county, w->o->f->a, first.id, &label, &text),
	    ERR_NOT_FOUND);
	buf_clear(&changed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_went_and_came_is_readable_without_colour),
	    cmocka_unit_test(
		a_brief_difference_keeps_only_what_stands_beside_it),
	    cmocka_unit_test(another_number_is_no_change_of_the_words),
	    cmocka_unit_test(rows_fit_and_lose_nothing),
	    cmocka_unit_test_setup_teardown(
		what_an_article_was_is_read_with_the_text_it_became, laws_setup,
		laws_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
