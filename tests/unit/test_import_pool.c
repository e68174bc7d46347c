/* The government's reserve pool: brought in, exported and sent back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/export.h"
#include "db/import.h"
#include "tests/unit/fixture_project.h"

#define HEAD "编号,单位,名称,内容,预算\n"

static struct import_report report;

static int
take_as(struct projects *w, const char *who, const char *text)
{
	const struct import_options options = {0};
	struct ctx c;

	project_ctx(w, who, &c);
	return import_run(&c, w->o->f->a, IMPORT_POOL, text, strlen(text),
	                  &options, &report);
}

static int
take(struct projects *w, const char *text)
{
	return take_as(w, "town", text);
}

static void
is_bad(struct projects *w, const char *text, const char *why)
{
	int64_t before = org_audits(w->o);

	assert_int_equal(take(w, text), ERR_INVALID);
	if (report.refused != NULL) {
		assert_non_null(strstr(report.refused, why));
	} else {
		assert_int_equal(report.bad_count, 1);
		if (strstr(report.bad[0].text, why) == NULL)
			fail_msg("no \"%s\" in: %s", why, report.bad[0].text);
	}
	assert_int_equal(org_audits(w->o), before);
}

static struct project
the(struct projects *w, const char *reserve)
{
	struct project_id id = {fixture_int(
	    w->o->f, arena_printf(w->o->f->a,
	                          "SELECT id FROM project WHERE reserve = '%s'",
	                          reserve))};

	return project_now(w, id);
}

static int
flush(void *data)
{
	(void)data;
	return OK;
}

static const char *
out(struct projects *w, bool json)
{
	struct buf text = BUF_INIT;
	struct export_to to = {.json = json, .out = &text, .flush = flush};
	const char *copy;
	struct ctx c;

	project_ctx(w, "town", &c);
	assert_int_equal(export_run(&c, "pool", &to), OK);
	copy = arena_strdup(w->o->f->a, text.data);
	buf_clear(&text);
	return copy;
}

/* --- in ------------------------------------------------------------------ */

static void
a_new_number_is_in_the_pool_and_a_known_one_changes_nothing(void **state)
{
	static const char file[] =
	    HEAD "GC-1,,修桥,\"桥面窄。\n两车会不过去。\",1200000\n"
		 "GC-2,,装路灯,村口没有路灯。,\n";
	struct projects *w = *state;
	struct project p;

	assert_int_equal(take(w, file), OK);
	assert_int_equal(report.good, 2);
	p = the(w, "GC-1");
	assert_int_equal(p.state, PROJECT_POOL);
	assert_int_equal(p.source, PROJECT_BY_IMPORT);
	assert_int_equal(p.budget, 1200000);
	assert_string_equal(p.body, "桥面窄。\n两车会不过去。");
	assert_int_equal(take(w, file), OK);
	assert_int_equal(report.good, 0);
	assert_int_equal(report.already, 2);
	projects_check(w);
}

static void
a_changed_line_is_written_until_it_is_voted_on(void **state)
{
	struct projects *w = *state;
	struct project p;

	assert_int_equal(take(w, HEAD "GC-1,,修桥,桥面窄。,100\n"), OK);
	assert_int_equal(take(w, HEAD "GC-1,,修大桥,桥面很窄。,200\n"), OK);
	assert_int_equal(report.good, 1);
	p = the(w, "GC-1");
	assert_string_equal(p.title, "修大桥");
	assert_int_equal(p.budget, 200);
	assert_int_equal(project_do(w, "town", p.id, PROJECT_DO_SHORTLIST), OK);
	assert_int_equal(project_do(w, "town", p.id, PROJECT_DO_NOMINATE), OK);
	project_ballot_step(w, p.id, PROJECT_DO_FREEZE);
	assert_int_equal(take(w, HEAD "GC-1,,别的,桥面很窄。,200\n"), OK);
	assert_int_equal(report.already, 1);
	assert_string_equal(the(w, "GC-1").title, "修大桥");
	projects_check(w);
}

static void
bad_lines_are_named_and_nothing_is_written(void **state)
{
	struct projects *w = *state;

	is_bad(w, HEAD "GC-1,,,桥面窄。,1\n", "filled in");
	is_bad(w, HEAD "GC-1,,修桥,窄。,-1\n", "no such number");
	is_bad(w, HEAD "GC-1,,修桥,窄。,一百万\n", "no such number");
	is_bad(w, HEAD "GC-1,,修桥,窄。,99999999999\n", "no such number");
	is_bad(w, HEAD "GC-1,,修桥,窄。,1\nGC-1,,修路,破。,1\n",
	       "another line");
	is_bad(w, HEAD "GC-1,硖石街道,修桥,窄。,1\n", "not yours");
	is_bad(w, HEAD "L99,,修桥,窄。,1\n", "no such project");
	is_bad(w, HEAD "GC-1,,=1+1,窄。,1\n", "formula");
	is_bad(w, "number,title,words,lead\nGC-1,修桥,窄。,没有的科室\n",
	       "no such handling unit");
	is_bad(w, "number,title,words,category\nGC-1,修桥,窄。,没有\n",
	       "no such category");
	is_bad(w, "number,title,words,year\nGC-1,修桥,窄。,1899\n", "2000");
	is_bad(w, "[1]", "lacks");
	is_bad(w, "[{\"number\":\"GC-1\",\"title\":{},\"words\":\"x\"}]",
	       "Only texts");
	is_bad(w, "[{\"number\":", "no JSON");
	is_bad(w, "[]", "empty");
	is_bad(w,
	       "[{\"number\":\"1\",\"title\":\"x\",\"words\":\"x\","
	       "\"id\":7}]",
	       "not known");
	assert_int_equal(take_as(w, "deputy", HEAD "GC-1,,修桥,窄。,1\n"),
	                 ERR_DENIED);
}

static void
gb18030_is_read(void **state)
{
	/* 修桥, 窄 */
	static const char file[] = "number,title,words\n"
				   "GC-1,\xd0\xde\xc7\xc5,\xd5\xad\n";
	struct projects *w = *state;

	assert_int_equal(take(w, file), OK);
	assert_string_equal(report.encoding, "GB18030");
	assert_string_equal(the(w, "GC-1").title, "修桥");
}

/* --- out and back -------------------------------------------------------- */

static void
what_is_exported_comes_back_without_a_change(void **state)
{
	struct projects *w = *state;
	int64_t before;

	(void)project_of(w, "deputy", "=装路灯, \"村口\"");
	(void)project_in_state(w, PROJECT_CANDIDATE);
	assert_int_equal(take(w, HEAD "GC-1,,修桥,\"窄。\n\n'=很窄\",12\n"),
	                 OK);
	before = org_audits(w->o);
	for (int json = 0; json <= 1; json++) {
		const char *text = out(w, json != 0);

		assert_non_null(strstr(text, "GC-1"));
		assert_int_equal(take(w, text), OK);
		assert_int_equal(report.rows, 3);
		assert_int_equal(report.already, 3);
		assert_int_equal(org_audits(w->o), before);
	}
}

static void
what_is_held_back_is_not_exported(void **state)
{
	struct projects *w = *state;
	struct project entry;
	struct project_id id;

	project_default(&w->o->f->ctx, &entry);
	entry.unit.v = fixture_int(w->o->f, "SELECT id FROM unit"
	                                    " WHERE name = '周王庙镇'");
	entry.title = "广告";
	entry.body = "请看 https://example.org";
	assert_int_equal(project_add_public(&w->o->f->ctx, &entry, "link", &id),
	                 OK);
	assert_null(strstr(out(w, false), "广告"));
}

static void
json_may_be_any_kind(void **state)
{
	static const char file[] =
	    "{\"rows\":[{\"编号\":\"7\",\"received_at\":\"2019-04-25\","
	    "\"内容\":\"不亮\\n很久了\",\"answer\":null}]}";
	const struct import_options options = {0};
	struct projects *w = *state;

	assert_int_equal(import_run(&w->o->f->ctx, w->o->f->a, IMPORT_OPINIONS,
	                            file, strlen(file), &options, &report),
	                 OK);
	assert_int_equal(fixture_int(w->o->f,
	                             "SELECT count(*) FROM opinion WHERE body"
	                             " = '不亮' || char(10) || '很久了'"),
	                 1);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, projects_setup, projects_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_new_number_is_in_the_pool_and_a_known_one_changes_nothing),
	    TEST(a_changed_line_is_written_until_it_is_voted_on),
	    TEST(bad_lines_are_named_and_nothing_is_written),
	    TEST(gb18030_is_read),
	    TEST(what_is_exported_comes_back_without_a_change),
	    TEST(what_is_held_back_is_not_exported),
	    TEST(json_may_be_any_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
