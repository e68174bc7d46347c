/* Opinions of citizens that become comments on a draft law. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "db/conversion.h"
#include "db/opinion_note.h"
#include "tests/unit/fixture_law.h"
#include "tests/unit/fixture_opinion.h"

#define YES(call) assert_int_equal((call), OK)

static const struct law_comment_id nothing = {0};

static struct opinion_id
converted(struct laws *w, struct conversion *made)
{
	struct opinions ow = {.o = w->o};
	struct opinion_act given = {.step = OPINION_DO_CONVERT,
	                            .conversion = CONVERSION_LAW_COMMENT,
	                            .title = "养犬登记办理太慢"};
	struct opinion_id id = opinion_of(&ow, "officer");

	opinion_to(&ow, id, OPINION_TRIAGE);
	YES(act_with(&ow, "officer", id, given));
	YES(conversion_of(&w->o->f->ctx, w->o->f->a, id, made));
	return id;
}

static struct law_comment
of_conversion(struct laws *w, const struct conversion *made)
{
	struct law_comment row;

	YES(law_comment_of_conversion(&w->o->f->ctx, w->o->f->a, made->id,
	                              &row));
	return row;
}

static void
an_opinion_becomes_a_comment_and_is_answered_with_it(void **state)
{
	struct laws *w = *state;
	struct law_comment_id head = law_said(w, "deputy", -1, "总体");
	struct opinions ow = {.o = w->o};
	struct opinion_id from[2];
	struct conversion made;
	struct law_comment row;

	for (int i = 0; i < 2; i++) {
		from[i] = converted(w, &made);
		row = of_conversion(w, &made);
		assert_int_equal(row.consultation.v, w->id.v);
		assert_int_equal(row.source, COMMENT_BY_OPINION);
		assert_int_equal(row.article.v, 0);
		assert_int_equal(row.person.v, 0);
		if (i == 0)
			YES(law_do(w, "station", row.id, COMMENT_DO_MERGE,
			           head));
	}
	assert_int_equal(law_duties(w), 1); /* the head's alone */
	YES(law_do(w, "station", head, COMMENT_DO_MERGE, row.id));
	YES(law_do(w, "station", row.id, COMMENT_DO_CHECK, nothing));
	YES(law_do(w, "county", row.id, COMMENT_DO_ANSWER, nothing));
	for (int i = 0; i < 2; i++) {
		struct opinion_note note;

		assert_int_equal(opinion_now(&ow, from[i]).state,
		                 OPINION_FEEDBACK);
		YES(note_last(&w->o->f->ctx, w->o->f->a, from[i], NOTE_ANSWER,
		              &note));
		assert_non_null(strstr(note.words, "已部分采纳。"));
	}
}

static int
adopt(struct laws *w, const char *who, const struct conversion *made,
      int article)
{
	struct law_comment_id id;
	struct ctx c;

	law_ctx(w, who, &c);
	return law_comment_adopt(&c, made->id, w->id, w->articles[article],
	                         &id);
}

static int
waiting(struct laws *w, const char *who, const struct conversion *made)
{
	struct conversion *rows;
	struct ctx c;
	int n;

	law_ctx(w, who, &c);
	YES(law_comment_waiting(&c, w->o->f->a, w->id, &rows, &n));
	if (n > 0)
		assert_int_equal(rows[0].id.v, made->id.v);
	return n;
}

static void
who_checks_comments_sees_the_opinions_of_theirs_that_wait(void **state)
{
	struct laws *w = *state;
	struct conversion *rows, made, other;
	struct ctx c;
	int n;

	YES(law_step(w, "county", CONSULTATION_DO_CLOSE));
	converted(w, &made);
	YES(law_step(w, "county", CONSULTATION_DO_EXTEND));
	converted(w, &other); /* is one at once and does not wait */
	assert_int_equal(waiting(w, "officer", &made), 1);
	assert_int_equal(waiting(w, "county", &made), 1);
	assert_int_equal(waiting(w, "officer2", &made), 0);
	law_ctx(w, "deputy", &c);
	assert_int_equal(law_comment_waiting(&c, w->o->f->a, w->id, &rows, &n),
	                 ERR_DENIED);
	YES(adopt(w, "officer", &made, 1));
	assert_int_equal(waiting(w, "officer", &made), 0);
}

static void
an_opinion_waits_for_a_draft_until_somebody_adds_it(void **state)
{
	struct laws *w = *state;
	struct conversion made;
	struct law_comment row;

	YES(law_step(w, "county", CONSULTATION_DO_CLOSE));
	converted(w, &made);
	assert_int_equal(
	    law_comment_of_conversion(&w->county, w->o->f->a, made.id, &row),
	    ERR_NOT_FOUND);
	assert_int_equal(adopt(w, "officer", &made, 1), ERR_STATE);
	YES(law_step(w, "county", CONSULTATION_DO_EXTEND));
	assert_int_equal(adopt(w, "deputy", &made, 1), ERR_DENIED);
	assert_int_equal(adopt(w, "officer2", &made, 1), ERR_NOT_FOUND);
	YES(adopt(w, "officer", &made, 1));
	assert_int_equal(of_conversion(w, &made).article.v, w->articles[1].v);
	assert_int_equal(adopt(w, "officer", &made, 1), ERR_EXISTS);
}

static void
a_conversion_struck_out_takes_its_comment_back(void **state)
{
	struct laws *w = *state;
	struct opinions ow = {.o = w->o};
	struct opinion_act given = {.step = OPINION_DO_CONVERT,
	                            .conversion = CONVERSION_LAW_COMMENT,
	                            .title = "养犬登记办理太慢"};
	struct opinion_id id = opinion_of(&ow, "officer");
	const char *before;

	opinion_to(&ow, id, OPINION_TRIAGE);
	before = fixture_dump(w->o->f, w->o->f->a);
	YES(act_with(&ow, "officer", id, given));
	org_strike_restores(w->o, before);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, laws_open_setup, laws_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(an_opinion_becomes_a_comment_and_is_answered_with_it),
	    TEST(who_checks_comments_sees_the_opinions_of_theirs_that_wait),
	    TEST(an_opinion_waits_for_a_draft_until_somebody_adds_it),
	    TEST(a_conversion_struck_out_takes_its_comment_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
