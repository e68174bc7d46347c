/* How one text became another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/buf.h"
#include "db/base/text_diff.h"

/* The runs as "same[-gone-]{+new+}"; both texts come out of them again. */
static const char *
shown(struct arena *a, const char *old, const char *new)
{
	static const char *const open[] = {"", "[-", "{+"};
	static const char *const shut[] = {"", "-]", "+}"};
	struct buf all = BUF_INIT, was = BUF_INIT, is = BUF_INIT;
	struct diff_run *runs;
	const char *out;
	int n;

	text_diff(a, old, strlen(old), new, strlen(new), &runs, &n);
	for (int i = 0; i < n; i++) {
		const char *from = runs[i].kind == DIFF_NEW ? new : old;

		buf_add(&all, open[runs[i].kind]);
		buf_addn(&all, from + runs[i].at, runs[i].n);
		buf_add(&all, shut[runs[i].kind]);
		if (runs[i].kind != DIFF_NEW)
			buf_addn(&was, from + runs[i].at, runs[i].n);
		if (runs[i].kind != DIFF_GONE)
			buf_addn(&is, from + runs[i].at, runs[i].n);
	}
	assert_string_equal(was.data, old);
	assert_string_equal(is.data, new);
	out = arena_strdup(a, all.data);
	buf_clear(&all);
	buf_clear(&was);
	buf_clear(&is);
	return out;
}

static void
changes_are_runs_of_characters(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(shown(a, "", ""), "");
	assert_string_equal(shown(a, "甲乙", "甲乙"), "甲乙");
	assert_string_equal(shown(a, "", "甲"), "{+甲+}");
	assert_string_equal(shown(a, "甲", ""), "[-甲-]");
	assert_string_equal(
	    shown(a, "应当自三十日内提出", "应当自六十日内提出"),
	    "应当自[-三-]{+六+}十日内提出");
	assert_string_equal(shown(a, "鼓励居民养犬", "鼓励和支持居民文明养犬"),
	                    "鼓励{+和支持+}居民{+文明+}养犬");
	arena_free(a);
}

static void
one_character_between_two_changes_does_not_stand_alone(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	/* 的 stays by chance: nobody reads that */
	assert_string_equal(
	    shown(a, "前文甲乙的丙丁后文", "前文子丑的寅卯后文"),
	    "前文[-甲乙的丙丁-]{+子丑的寅卯+}后文");
	arena_free(a);
}

static void
texts_with_little_in_common_are_exchanged(void **state)
{
	struct arena *a = arena_new();
	struct buf old = BUF_INIT, new = BUF_INIT;
	struct diff_run *runs;
	int n;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		buf_addf(&old, "%d甲", i * 7);
		buf_addf(&new, "%x乙", (unsigned)i * 13);
	}
	text_diff(a, old.data, old.len, new.data, new.len, &runs, &n);
	assert_true(n <= 4);
	buf_clear(&old);
	buf_clear(&new);
	arena_free(a);
}

static void
likeness_is_of_what_is_said(void **state)
{
	(void)state;
	assert_int_equal(text_alike("甲乙丙", 9, "甲乙丙", 9), 100);
	assert_int_equal(text_alike("甲乙丙", 9, "丁戊己", 9), 0);
	/* two of three pairs: 甲乙 乙丙 of 甲乙 乙丙 丙丁 -> 2*2/(2+3) = 80 */
	assert_int_equal(text_alike("甲乙丙", 9, "甲乙丙丁", 12), 80);
	assert_int_equal(text_alike("", 0, "", 0), 100);
}

#define TEXT(label, text)                                                      \
	{                                                                      \
		label, text, sizeof(text) - 1                                  \
	}

static void
an_article_put_in_between_moves_the_others(void **state)
{
	static const struct diff_text old[] = {
	    TEXT("第一条", "为了规范养犬行为，保障公民健康和人身安全。"),
	    TEXT("第二条", "本市行政区域内的养犬及其管理适用本条例。"),
	    TEXT("第三条", "公安机关是养犬管理的主管部门。"),
	    TEXT("第四条", "违反本条例的，处五百元罚款。"),
	};
	static const struct diff_text new[] = {
	    TEXT("第一条", "为了规范养犬行为，保障公民健康和人身安全。"),
	    TEXT("第二条", "养犬管理实行政府监管、养犬人自律、社会参与。"),
	    TEXT("第三条", "本市行政区域内的养犬及其管理适用本条例。"),
	    TEXT("第四条", "公安机关和城市管理部门是养犬管理的主管部门。"),
	};
	struct arena *a = arena_new();
	int old_of[4], alike[4];

	(void)state;
	text_match(a, old, 4, new, 4, old_of, alike);
	assert_int_equal(old_of[0], 0);
	assert_int_equal(old_of[1], -1); /* new */
	assert_int_equal(old_of[2], 1);  /* moved */
	assert_int_equal(alike[2], 100);
	assert_int_equal(old_of[3], 2); /* moved and changed */
	assert_in_range(alike[3], 50, 99);
	arena_free(a);
}

static void
the_same_words_twice_stay_where_they_stood(void **state)
{
	static const struct diff_text rows[] = {
	    TEXT("第一条", "（删去）"),
	    TEXT("第二条", "（删去）"),
	};
	struct arena *a = arena_new();
	int old_of[2], alike[2];

	(void)state;
	text_match(a, rows, 2, rows, 2, old_of, alike);
	assert_int_equal(old_of[0], 0);
	assert_int_equal(old_of[1], 1);
	text_match(a, rows, 0, rows, 2, old_of, alike);
	assert_int_equal(old_of[1], -1);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(changes_are_runs_of_characters),
	    cmocka_unit_test(
		one_character_between_two_changes_does_not_stand_alone),
	    cmocka_unit_test(texts_with_little_in_common_are_exchanged),
	    cmocka_unit_test(likeness_is_of_what_is_said),
	    cmocka_unit_test(an_article_put_in_between_moves_the_others),
	    cmocka_unit_test(the_same_words_twice_stay_where_they_stood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
