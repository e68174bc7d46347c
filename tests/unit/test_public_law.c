/* Draft laws for everybody: only what is published is seen, what looks like
 * abuse is held, answers have no name and come when all is answered; and what
 * a text that is imported is said to be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/law_report.h"
#include "db/public_law.h"
#include "db/public_matter.h"
#include "tests/unit/fixture_law.h"

#define YES(call) assert_int_equal((call), OK)

static void
nobody(struct laws *w, struct ctx *c)
{
	ctx_init_public(c, w->o->f->store);
	c->stopped = w->o->f->ctx.stopped;
}

static int
listed(struct laws *w)
{
	struct public_law_line *rows;
	struct ctx c;
	int n;

	nobody(w, &c);
	YES(public_laws(&c, w->o->f->a, w->o->units[0].unit, &rows, &n));
	return n;
}

static int
say(struct laws *w, struct public_comment comment, struct law_comment_id *id)
{
	struct consultation k = law_now(w, w->id);
	struct ctx c;
	int err;

	if (comment.unit.v == 0)
		comment.unit = w->o->units[0].unit;
	if (comment.wording == NULL)
		comment.wording = "";
	if (comment.name == NULL)
		comment.name = "";
	nobody(w, &c);
	err = public_law_comment(&c, w->o->f->a, &k, &comment, id);
	if (err == ERR_INVALID)
		assert_true(c.fault_count > 0);
	return err;
}

static void
publish(struct laws *w, bool published)
{
	struct consultation row = law_now(w, w->id);

	row.published = published;
	YES(consultation_save(&w->county, &row));
}

static void
only_what_is_published_is_listed(void **state)
{
	struct laws *w = *state;

	assert_int_equal(listed(w), 1);
	publish(w, false);
	assert_int_equal(listed(w), 0);
	publish(w, true);
	YES(law_step(w, "county", CONSULTATION_DO_CANCEL));
	assert_int_equal(listed(w), 0);
}

static void
a_citizens_comment_waits_for_the_station(void **state)
{
	struct laws *w = *state;
	struct law_comment_id id;
	struct law_comment row;

	YES(say(w,
	        (struct public_comment){.article = w->articles[1],
	                                .words = " 写得好 ",
	                                .name = "王先生"},
	        &id));
	row = law_comment_now(w, id);
	assert_int_equal(row.state, COMMENT_SUBMITTED);
	assert_int_equal(row.source, COMMENT_BY_PUBLIC);
	assert_int_equal(row.person.v, 0);
	assert_string_equal(row.words, "写得好");
	assert_string_equal(row.sender, "王先生");
}

static void
what_looks_like_abuse_is_held(void **state)
{
	struct laws *w = *state;
	struct law_comment_id id;

	YES(say(w, (struct public_comment){.words = "甲"}, &id));
	YES(say(w, (struct public_comment){.words = "甲"}, &id));
	assert_int_equal(law_comment_now(w, id).state, COMMENT_HELD);
	assert_string_equal(law_comment_now(w, id).reason, "repeat");
	YES(say(w, (struct public_comment){.words = "看 http://a.b/c"}, &id));
	assert_int_equal(law_comment_now(w, id).state, COMMENT_HELD);
	YES(say(w, (struct public_comment){.words = "乙", .doubts = DOUBT_TRAP},
	        &id));
	assert_string_equal(law_comment_now(w, id).reason, "trap");
}

static void
what_cannot_be_a_comment_is_refused(void **state)
{
	struct laws *w = *state;
	struct law_comment_id id;

	assert_int_equal(say(w, (struct public_comment){.words = " "}, &id),
	                 ERR_INVALID);
	assert_int_equal(
	    say(w, (struct public_comment){.words = "丙", .wording = "条文"},
	        &id),
	    ERR_INVALID);
	assert_int_equal(
	    say(w, (struct public_comment){.words = "丙", .article = {987654}},
	        &id),
	    ERR_NOT_FOUND);
	YES(law_step(w, "county", CONSULTATION_DO_CLOSE));
	assert_int_equal(say(w, (struct public_comment){.words = "丙"}, &id),
	                 ERR_STATE);
}

static void
answers_are_read_when_all_is_answered(void **state)
{
	struct laws *w = *state;
	struct public_answer *rows;
	struct law_comment_id id;
	struct ctx c;
	int n;

	YES(say(w, (struct public_comment){.words = "丁", .name = "王先生"},
	        &id));
	YES(law_do(w, "county", id, COMMENT_DO_CHECK,
	           (struct law_comment_id){0}));
	YES(law_do(w, "county", id, COMMENT_DO_ANSWER,
	           (struct law_comment_id){0}));
	nobody(w, &c);
	YES(public_answers(&c, w->o->f->a, w->id, &rows, &n));
	assert_int_equal(n, 0);
	YES(law_step(w, "county", CONSULTATION_DO_CLOSE));
	YES(law_step(w, "county", CONSULTATION_DO_ANSWER));
	YES(public_answers(&c, w->o->f->a, w->id, &rows, &n));
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].words, "丁");
	assert_int_not_equal(rows[0].result, COMMENT_NO_RESULT);
}

static void
a_preview_names_lines_and_changes(void **state)
{
	static const char next[] =
	    "# 养犬管理条例\n\n第一条 为了规范养犬行为,制定本条例。\n\n"
	    "第三条 公安机关负责养犬登记和年检。\n\n第五条 罚则另定。\n";
	struct laws *w = *state;
	struct arena *a = w->o->f->a;
	struct buf out = BUF_INIT;
	struct law_preview p;
	struct json *j;

	YES(law_preview(&w->county, a, next, strlen(next), (struct law_id){0},
	                &p));
	law_preview_text(&out, a, &p);
	assert_non_null(strstr(out.data, "line 5: "));
	assert_non_null(strstr(out.data, "articles 3"));
	assert_non_null(
	    strstr(out.data, "unchanged 1, moved 0, changed 1, new 1, gone 1"));
	buf_clear(&out);
	j = law_preview_json(a, &p);
	assert_non_null(strstr(json_print(j, a), "\"doubt\":\"gap\""));
	json_free(j);
}

static void
a_text_is_found_by_number_or_title(void **state)
{
	struct laws *w = *state;
	struct arena *a = w->o->f->a;
	struct law_version v;

	YES(law_version_named(&w->county, a, "养犬管理条例", 0, &v));
	assert_int_equal(v.id.v, w->version.v);
	YES(law_version_named(
	    &w->county, a, arena_printf(a, "%lld", (long long)v.law.v), 1, &v));
	assert_int_equal(
	    law_version_named(&w->county, a, "养犬管理条例", 2, &v),
	    ERR_NOT_FOUND);
	assert_int_equal(law_version_named(&w->county, a, "", 0, &v),
	                 ERR_NOT_FOUND);
}

#define WITH(test)                                                             \
	cmocka_unit_test_setup_teardown(test, laws_open_setup, laws_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH(only_what_is_published_is_listed),
	    WITH(a_citizens_comment_waits_for_the_station),
	    WITH(what_looks_like_abuse_is_held),
	    WITH(what_cannot_be_a_comment_is_refused),
	    WITH(answers_are_read_when_all_is_answered),
	    WITH(a_preview_names_lines_and_changes),
	    WITH(a_text_is_found_by_number_or_title),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
