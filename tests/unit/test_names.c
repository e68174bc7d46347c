/* Readings of names: surnames that read otherwise than as a word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/arena.h"
#include "db/base/err.h"
#include "db/base/names.h"

static void
expect(const char *name, const char *pinyin, const char *initials)
{
	struct arena *a = arena_new();
	struct names_reading r;

	assert_int_equal(names_read(a, name, &r), OK);
	assert_string_equal(r.pinyin, pinyin);
	assert_string_equal(r.initials, initials);
	arena_free(a);
}

static void
plain_names_read_as_words(void **state)
{
	(void)state;
	expect("张伟", "zhang wei", "zw");
	expect("張偉", "zhang wei", "zw");
	expect("沈国强", "shen guo qiang", "sgq");
	expect("吕秀英", "lv xiu ying", "lxy");
	expect("欧阳修", "ou yang xiu", "oyx");
}

static void
hard_surnames_read_as_surnames(void **state)
{
	static const char *const rows[][2] = {
	    {"单志强", "shan"}, {"曾国荃", "zeng"}, {"仇英", "qiu"},
	    {"解缙", "xie"},    {"查良镛", "zha"},  {"区大明", "ou"},
	    {"盖叫天", "ge"},   {"乐明", "yue"},    {"种师道", "chong"},
	    {"召明", "shao"},   {"繁钦", "po"},     {"翟明", "zhai"},
	    {"隗嚣", "wei"},    {"秘明", "bi"},     {"卜商", "bu"},
	    {"朴树", "piao"},   {"缪明", "miao"},   {"覃刚", "qin"},
	    {"薄一明", "bo"},   {"洗星", "xian"},   {"藏明", "zang"},
	    {"黑明", "he"},     {"都明", "du"},     {"大明明", "dai"},
	    {"阚明", "kan"},    {"郇明", "xun"},    {"乜明", "nie"},
	    {"颉明", "xie"},    {"佴明", "nai"},    {"能明", "nai"},
	    {"么明", "yao"},    {"不明", "fou"},    {"会明", "gui"},
	    {"还明", "huan"},   {"番明", "pan"},    {"尺明", "che"},
	    {"佛明", "fu"},     {"祭明", "zhai"},   {"句明", "gou"},
	    {"蔚明", "yu"},     {"牟明", "mou"},    {"莘明", "shen"},
	    {"尉明", "wei"},    {"员明", "yun"},    {"任明", "ren"},
	    {"华佗", "hua"},    {"葛优", "ge"},     {"燕青", "yan"},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct names_reading r;
		size_t n = strlen(rows[i][1]);

		assert_int_equal(names_read(a, rows[i][0], &r), OK);
		if (strncmp(r.pinyin, rows[i][1], n) != 0 || r.pinyin[n] != ' ')
			fail_msg("%s: %s", rows[i][0], r.pinyin);
	}
	arena_free(a);
}

static void
double_surnames_are_read_whole(void **state)
{
	(void)state;
	expect("单于明", "chan yu ming", "cym");
	expect("尉迟恭", "yu chi gong", "ycg");
	expect("万俟明", "mo qi ming", "mqm");
	expect("澹台明", "tan tai ming", "ttm");
	expect("长孙明", "zhang sun ming", "zsm");
	expect("诸葛亮", "zhu ge liang", "zgl");
}

static void
a_correction_is_for_the_surname_only(void **state)
{
	(void)state;
	expect("王大会", "wang da hui", "wdh");
	expect("李能", "li neng", "ln");
}

static void
names_that_are_not_han_are_kept_in_plain_letters(void **state)
{
	(void)state;
	expect("John O'Neill", "john oneill", "jo");
	expect("阿不都·热合曼", "a bu dou re he man", "abdrhm");
	expect("José", "jose", "j");
	expect("", "", "");
}

static void
characters_of_four_bytes_do_no_harm(void **state)
{
	struct arena *a = arena_new();
	struct names_reading r;

	(void)state;
	assert_int_equal(names_read(a, "王𬭚", &r), OK);
	assert_int_equal(strncmp(r.pinyin, "wang ", 5), 0);
	arena_free(a);
}

static void
the_stroke_key_sorts_by_the_number_of_strokes(void **state)
{
	/* 2, 4, 7, 10 strokes */
	static const char *const names[] = {"丁一", "王一", "张一", "徐一"};
	struct arena *a = arena_new();
	struct names_reading r[COUNT(names)];

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		assert_int_equal(names_read(a, names[i], &r[i]), OK);
	for (size_t i = 1; i < COUNT(names); i++)
		assert_true(strcmp(r[i - 1].stroke, r[i].stroke) < 0);
	arena_free(a);
}

static void
initials_follow_a_corrected_pinyin(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(names_initials(a, "tan gang"), "tg");
	assert_string_equal(names_initials(a, ""), "");
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(plain_names_read_as_words),
	    cmocka_unit_test(hard_surnames_read_as_surnames),
	    cmocka_unit_test(double_surnames_are_read_whole),
	    cmocka_unit_test(a_correction_is_for_the_surname_only),
	    cmocka_unit_test(names_that_are_not_han_are_kept_in_plain_letters),
	    cmocka_unit_test(characters_of_four_bytes_do_no_harm),
	    cmocka_unit_test(the_stroke_key_sorts_by_the_number_of_strokes),
	    cmocka_unit_test(initials_follow_a_corrected_pinyin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
