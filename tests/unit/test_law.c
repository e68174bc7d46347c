/* Draft laws come in, are compared with the text before, and go out again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/buf.h"
#include "db/base/gb18030.h"
#include "db/law.h"
#include "db/store/check.h"
#include "tests/unit/fixture_org.h"

#define FIRST                                                                              \
	"# 养犬管理条例\n\n2026年3月1日 征求意见\n\n## 第一章 总则\n\n"  \
	"第一条 为了规范养犬行为，保障公民健康，制定本条例。\n\n" \
	"第二条 本市行政区域内的养犬及其管理，适用本条例。\n\n"    \
	"军用犬除外。\n\n## 第二章 登记\n\n"                                    \
	"第三条 公安机关是养犬管理的主管部门，负责养犬登记。\n"
#define SECOND                                                                                  \
	"# 养犬管理条例\n\n2026年6月1日 再次征求意见\n\n## 第一章 总则\n\n" \
	"第一条 为了规范养犬行为，保障公民健康，制定本条例。\n\n"      \
	"第二条 养犬人应当文明养犬，遵守社会公德。\n\n"                     \
	"第三条 本市行政区域内的养犬及其管理，适用本条例。\n\n"         \
	"军用犬除外。\n\n## 第二章 登记\n\n"                                         \
	"第四条 公安机关是养犬管理的主管部门，负责养犬登记和年检。\n"

static struct law_version_id
import_text(struct org *o, const char *who, const char *text, int expected)
{
	struct law_version_id id = {0};
	struct ctx c;

	org_ctx(o, who, &c);
	assert_int_equal(
	    law_import(&c, text, strlen(text), (struct law_id){0}, "", &id),
	    expected);
	return id;
}

static void
assert_exports(struct org *o, struct law_version_id id, const char *text)
{
	struct buf out = BUF_INIT;
	struct ctx c;

	org_ctx(o, "county", &c);
	assert_int_equal(law_export(&c, id, &out), OK);
	assert_string_equal(out.data, text);
	buf_clear(&out);
}

static void
what_came_in_goes_out_byte_by_byte(void **state)
{
	static const char *const texts[] = {
	    "\xef\xbb\xbf甲法\r\n\r\n第一条　甲。\r\n",
	    "\n\n  乙法  \n\n\n第一条 乙。",
	    "丙法\n|a|b|\n第一条 丙。\n\n附件：\n第一条 表\n\n\n",
	};
	struct org *o = *state;

	assert_exports(o, import_text(o, "county", FIRST, OK), FIRST);
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_exports(o, import_text(o, "county", texts[i], OK),
		               texts[i]);
}

static void
gb18030_comes_in_as_utf8(void **state)
{
	static const char text[] = "\xbc\xd7\xb7\xa8\n\xb5\xda\xd2\xbb\xcc\xf5 "
				   "\xbc\xd7\xa1\xa3\n";
	struct org *o = *state;
	struct law_preview p;
	struct ctx c;

	org_ctx(o, "county", &c);
	assert_int_equal(law_preview(&c, o->f->a, text, strlen(text),
	                             (struct law_id){0}, &p),
	                 OK);
	assert_string_equal(p.encoding, "GB18030");
	assert_exports(o, import_text(o, "county", text, OK),
	               "甲法\n第一条 甲。\n");
}

static void
the_same_text_again_is_nothing_new(void **state)
{
	struct org *o = *state;
	struct law_version_id id = import_text(o, "county", FIRST, OK);
	int64_t before = org_audits(o);

	assert_int_equal(import_text(o, "county", FIRST, OK).v, id.v);
	assert_int_equal(org_audits(o), before);
}

static void
the_next_text_knows_what_became_of_each_article(void **state)
{
	struct org *o = *state;
	struct law_article first, row;
	struct law_version_id one, two;
	struct law_preview p;
	struct ctx c;

	one = import_text(o, "county", FIRST, OK);
	org_ctx(o, "county", &c);
	assert_int_equal(law_preview(&c, o->f->a, SECOND, strlen(SECOND),
	                             (struct law_id){0}, &p),
	                 OK);
	assert_int_equal(p.same, 1);
	assert_int_equal(p.moved, 1);
	assert_int_equal(p.changed, 1);
	assert_int_equal(p.fresh, 1);
	assert_int_equal(p.gone, 0);
	two = import_text(o, "county", SECOND, OK);
	assert_int_equal(law_article_named(&c, o->f->a, one, "2", &first), OK);
	assert_int_equal(law_article_named(&c, o->f->a, two, "第三条", &row),
	                 OK);
	assert_int_equal(row.before.v, first.id.v);
	assert_int_equal(row.change, LAW_MOVED);
	assert_non_null(strstr(row.text, "军用犬除外。"));
	assert_int_equal(law_article_named(&c, o->f->a, two, "9", &row),
	                 ERR_NOT_FOUND);
}

static void
what_is_no_law_is_refused_with_its_reason(void **state)
{
	static const char *const texts[] = {
	    "甲法\n没有条文。\n",     /* no article */
	    "第一条 没有标题。\n",    /* no title */
	    "\xff\xfe\xff",           /* no text */
	    "甲法\n第一条 \x1b[2J\n", /* what a terminal would obey */
	    "",
	};
	struct org *o = *state;

	for (size_t i = 0; i < COUNT(texts); i++) {
		struct law_version_id id;
		struct ctx c;

		org_ctx(o, "county", &c);
		assert_int_equal(law_import(&c, texts[i], strlen(texts[i]),
		                            (struct law_id){0}, "", &id),
		                 ERR_INVALID);
		org_assert_fault(&c, "file");
	}
}

static void
a_text_is_previewed_as_the_next_of_a_law_with_another_title(void **state)
{
	static const char renamed[] = "# 犬只管理条例\n\n第一条 甲。\n";
	struct org *o = *state;
	struct law_version one, two;
	struct law_version_id id;
	struct law_preview p;
	struct ctx c;

	org_ctx(o, "county", &c);
	id = import_text(o, "county", FIRST, OK);
	assert_int_equal(law_version_get(&c, o->f->a, id, &one), OK);
	assert_int_equal(law_preview(&c, o->f->a, renamed, strlen(renamed),
	                             (struct law_id){0}, &p),
	                 OK);
	assert_int_equal(p.law.v, 0);
	assert_int_equal(
	    law_preview(&c, o->f->a, renamed, strlen(renamed), one.law, &p),
	    OK);
	assert_int_equal(p.law.v, one.law.v);
	assert_int_equal(p.gone + p.changed + p.same + p.moved, 3);
	assert_int_equal(
	    law_import(&c, renamed, strlen(renamed), p.law, "", &id), OK);
	assert_int_equal(law_version_get(&c, o->f->a, id, &two), OK);
	assert_int_equal(two.law.v, one.law.v);
	assert_int_equal(two.number, 2);
	assert_int_equal(law_preview(&c, o->f->a, renamed, strlen(renamed),
	                             (struct law_id){999999}, &p),
	                 ERR_NOT_FOUND);
}

static void
a_preview_says_why_a_text_would_be_refused(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
	    {"没有条文\n", "no article"},
	    {"第一条 没有名称。\n", "title"},
	    {FIRST, NULL},
	};
	struct org *o = *state;
	struct law_preview p;
	struct ctx c;

	org_ctx(o, "county", &c);
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(law_preview(&c, o->f->a, rows[i].text,
		                             strlen(rows[i].text),
		                             (struct law_id){0}, &p),
		                 OK);
		if (rows[i].why == NULL)
			assert_null(p.refused);
		else
			assert_non_null(strstr(p.refused, rows[i].why));
	}
}

static void
a_text_waits_for_the_person_who_sent_it_and_for_nobody_else(void **state)
{
	struct org *o = *state;
	struct law_pending found;
	struct ctx c, town;
	char *big;

	org_ctx(o, "county", &c);
	org_ctx(o, "town", &town);
	assert_int_equal(law_kept(&c, o->f->a, &found), ERR_NOT_FOUND);
	assert_int_equal(law_keep(&town, (struct law_id){0}, "x", 1),
	                 ERR_DENIED);
	assert_int_equal(law_keep(&c, (struct law_id){7}, FIRST, strlen(FIRST)),
	                 OK);
	assert_int_equal(law_kept(&c, o->f->a, &found), OK);
	assert_int_equal(found.into.v, 7);
	assert_int_equal(found.at.s, ctx_now(&c).s);
	assert_int_equal(found.n, strlen(FIRST));
	assert_memory_equal(found.data, FIRST, found.n);
	assert_int_equal(law_kept(&town, o->f->a, &found), ERR_NOT_FOUND);
	big = calloc(1, LAW_BYTES_MAX + 1);
	assert_int_equal(
	    law_keep(&c, (struct law_id){0}, big, LAW_BYTES_MAX + 1),
	    ERR_TOO_LONG);
	/* a text without a byte is kept, too: the screen says what it is */
	assert_int_equal(law_keep(&c, (struct law_id){0}, big, 0), OK);
	assert_int_equal(law_kept(&c, o->f->a, &found), OK);
	assert_int_equal(found.n, 0);
	free(big);
	assert_int_equal(law_forget(&c), OK);
	assert_int_equal(law_kept(&c, NULL, &found), ERR_NOT_FOUND);
	assert_int_equal(law_forget(&c), OK);
}

static void
only_the_county_imports_and_sees_what_nobody_was_asked(void **state)
{
	static const char *const others[] = {"town",   "station", "officer",
	                                     "deputy", "leader",  "admin"};
	struct org *o = *state;
	struct law_version_id id = import_text(o, "county", FIRST, OK);

	for (size_t i = 0; i < COUNT(others); i++) {
		struct law_version row;
		struct ctx c;
		int err;

		import_text(o, others[i], SECOND, ERR_DENIED);
		org_ctx(o, others[i], &c);
		err = law_version_get(&c, o->f->a, id, &row);
		if (c.scope != SCOPE_COUNTY)
			assert_int_equal(err, ERR_NOT_FOUND);
	}
}

static void
striking_out_an_import_takes_its_articles_with_it(void **state)
{
	struct org *o = *state;
	const char *before = fixture_dump(o->f, o->f->a);

	import_text(o, "county", FIRST, OK);
	org_strike_restores(o, before);
}

static void
a_reader_goes_on_where_they_were(void **state)
{
	struct org *o = *state;
	struct law_version_id id = import_text(o, "county", FIRST, OK);
	struct law_article_id at;
	struct law_article row;
	struct ctx c;

	org_ctx(o, "county", &c);
	assert_int_equal(law_bookmark(&c, id, &at), OK);
	assert_int_equal(at.v, 0);
	assert_int_equal(law_article_named(&c, o->f->a, id, "二", &row), OK);
	assert_int_equal(law_set_bookmark(&c, id, row.id), OK);
	assert_int_equal(law_bookmark(&c, id, &at), OK);
	assert_int_equal(at.v, row.id.v);
}

static void
to_read_there_are_no_marks_of_markdown(void **state)
{
	static const char *const texts[][2] = {
	    {"## 第一章 总则\n", "第一章 总则"},
	    {"**第一节** 登记", "第一节 登记"},
	    {"2017年3月批准\n\n<!-- INFO END -->\n\n", "2017年3月批准"},
	    {"<!-- INFO END -->", ""},
	    {"a <!-- b", "a <!-- b"},
	    {"", ""},
	};
	struct org *o = *state;

	for (size_t i = 0; i < COUNT(texts); i++)
		assert_string_equal(law_plain(o->f->a, texts[i][0]),
		                    texts[i][1]);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, org_setup, org_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(what_came_in_goes_out_byte_by_byte),
	    TEST(gb18030_comes_in_as_utf8),
	    TEST(the_same_text_again_is_nothing_new),
	    TEST(the_next_text_knows_what_became_of_each_article),
	    TEST(what_is_no_law_is_refused_with_its_reason),
	    TEST(a_text_is_previewed_as_the_next_of_a_law_with_another_title),
	    TEST(a_preview_says_why_a_text_would_be_refused),
	    TEST(a_text_waits_for_the_person_who_sent_it_and_for_nobody_else),
	    TEST(only_the_county_imports_and_sees_what_nobody_was_asked),
	    TEST(striking_out_an_import_takes_its_articles_with_it),
	    TEST(to_read_there_are_no_marks_of_markdown),
	    TEST(a_reader_goes_on_where_they_were),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
