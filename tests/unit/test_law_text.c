/* A law's text read as chapters and articles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/buf.h"
#include "db/base/law_text.h"

static struct law_text
read_law(struct arena *a, const char *text)
{
	struct law_text t;
	size_t at = 0;

	assert_int_equal(law_text_read(a, text, strlen(text), &t), OK);
	for (int i = 0; i < t.n; i++) { /* nothing is lost, nothing twice */
		assert_int_equal(t.units[i].begins, at);
		assert_true(t.units[i].ends > at);
		at = t.units[i].ends;
	}
	assert_int_equal(at, strlen(text));
	return t;
}

static void
numerals_are_read_as_laws_write_them(void **state)
{
	static const struct {
		const char *text;
		int64_t value;
	} rows[] = {
	    {"一", 1},         {"十", 10},         {"十五", 15},
	    {"二十", 20},      {"一百", 100},      {"一百零一", 101},
	    {"一百一十", 110}, {"一百二十", 120},  {"两百", 200},
	    {"廿三", 23},      {"一千零五", 1005}, {"一二〇", 120},
	    {"120", 120},      {"１２", 12},       {"", -1},
	    {"甲", -1},        {"一一百", -1},     {"十X", -1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(
		    law_numeral(rows[i].text, strlen(rows[i].text)),
		    rows[i].value);
}

static void
a_numeral_written_is_read_again(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (int64_t v = 1; v < 2000; v++) {
		const char *text = law_numeral_of(a, v);

		assert_int_equal(law_numeral(text, strlen(text)), v);
	}
	assert_string_equal(law_numeral_of(a, 12), "十二");
	assert_string_equal(law_numeral_of(a, 1005), "一千零五");
	arena_free(a);
}

static void
chapters_and_articles_are_found(void **state)
{
	struct arena *a = arena_new();
	struct law_text t = read_law(
	    a, "# 某条例\n\n2021年10月29日 通过\n\n## 第一章  总  则\n\n"
	       "第一条 甲。\n\n又一款。\n\n（一）一项；\n\n"
	       "## 第二章 罚则\n\n第一节 一般\n\n第二条 乙。\n\n"
	       "第二条之一 丙。\n\n附件：表\n\n第一条 附件的\n");

	(void)state;
	assert_string_equal(t.title, "某条例");
	assert_int_equal(t.chapters, 2);
	assert_int_equal(t.sections, 1);
	assert_int_equal(t.articles, 3);
	assert_int_equal(t.warning_count, 0);
	assert_int_equal(t.units[1].kind, LAW_NOTE);
	assert_int_equal(t.units[t.n - 2].number, 2);
	assert_int_equal(t.units[t.n - 2].sub, 1);
	assert_string_equal(t.units[t.n - 2].label, "第二条之一");
	/* an annex has articles of its own, which are none of the law */
	assert_int_equal(t.units[t.n - 1].kind, LAW_REST);
	arena_free(a);
}

static void
a_sentence_that_names_an_article_begins_none(void **state)
{
	struct arena *a = arena_new();
	struct law_text t = read_law(a, "某条例\n第一条 甲。\n"
	                                "第九条规定的事项，从其规定。\n"
	                                "第三章规定的事项，从其规定。\n"
	                                "第二条乙，紧接着写。\n");

	(void)state;
	assert_int_equal(t.articles, 2);
	assert_int_equal(t.chapters, 0);
	arena_free(a);
}

static void
a_table_of_contents_makes_no_chapters(void **state)
{
	struct arena *a = arena_new();
	struct law_text t = read_law(
	    a, "某条例\n目　录\n第一章 总则\n第二章 罚则\n\n第一章 总则\n"
	       "第一条 甲。\n第二章 罚则\n第二条 乙。\n");

	(void)state;
	assert_int_equal(t.chapters, 2);
	assert_int_equal(t.articles, 2);
	arena_free(a);
}

static void
what_looks_wrong_is_named_with_its_line(void **state)
{
	static const struct {
		enum law_doubt doubt;
		int line;
	} expected[] = {{LAW_GAP, 3},
	                {LAW_TWICE, 4},
	                {LAW_BACK, 5},
	                {LAW_TABLE, 6},
	                {LAW_NUMERAL, 7}};
	struct arena *a = arena_new();
	struct law_text t = read_law(a, "某条例\r\n第一条 甲。\r\n"
	                                "第四条 乙。\r\n第四条 丙。\r\n"
	                                "第二条 丁。\r\n|a|b|\r\n"
	                                "第某条 戊。\r\n");

	(void)state;
	assert_int_equal(t.warning_count, COUNT(expected));
	for (size_t i = 0; i < COUNT(expected); i++) {
		assert_int_equal(t.warnings[i].doubt, expected[i].doubt);
		assert_int_equal(t.warnings[i].line, expected[i].line);
	}
	t = read_law(a, "只有一句话。\n");
	assert_int_equal(t.warnings[0].doubt, LAW_NO_ARTICLE);
	arena_free(a);
}

static void
what_is_no_text_is_refused(void **state)
{
	struct arena *a = arena_new();
	struct law_text t;
	char *large = arena_alloc(a, LAW_BYTES_MAX + 1);

	(void)state;
	memset(large, 'a', LAW_BYTES_MAX + 1);
	assert_int_equal(law_text_read(a, "", 0, &t), ERR_INVALID);
	assert_int_equal(law_text_read(a, "\n\n", 2, &t), ERR_INVALID);
	assert_int_equal(law_text_read(a, "a\0b", 3, &t), ERR_INVALID);
	assert_int_equal(law_text_read(a, "\xb5\xda", 2, &t), ERR_INVALID);
	assert_int_equal(law_text_read(a, large, LAW_BYTES_MAX + 1, &t),
	                 ERR_TOO_LONG);
	arena_free(a);
}

static void
six_hundred_articles_are_all_there(void **state)
{
	struct arena *a = arena_new();
	struct buf b = BUF_INIT;
	struct law_text t;

	(void)state;
	buf_add(&b, "长法\n");
	for (int i = 1; i <= 600; i++)
		buf_addf(&b, "第%s条 内容。\n\n第二款。\n\n",
		         law_numeral_of(a, i));
	t = read_law(a, b.data);
	assert_int_equal(t.articles, 600);
	assert_int_equal(t.units[t.n - 1].number, 600);
	assert_int_equal(t.warning_count, 0);
	buf_clear(&b);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numerals_are_read_as_laws_write_them),
	    cmocka_unit_test(a_numeral_written_is_read_again),
	    cmocka_unit_test(chapters_and_articles_are_found),
	    cmocka_unit_test(a_sentence_that_names_an_article_begins_none),
	    cmocka_unit_test(a_table_of_contents_makes_no_chapters),
	    cmocka_unit_test(what_looks_wrong_is_named_with_its_line),
	    cmocka_unit_test(what_is_no_text_is_refused),
	    cmocka_unit_test(six_hundred_articles_are_all_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
