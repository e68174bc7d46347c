/* Texts to begin from: by step, by category, in use. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/template.h"
#include "tests/unit/fixture_opinion.h"

static int
texts(struct opinions *w, enum template_purpose purpose, const char *category,
      struct rule **rows)
{
	struct ctx c;
	int n;

	ctx_of(w, "office", &c);
	assert_int_equal(
	    template_list(&c, w->o->f->a, purpose, category, rows, &n), OK);
	return n;
}

static void
every_step_that_speaks_to_a_citizen_has_texts(void **state)
{
	static const enum opinion_step steps[] = {
	    OPINION_DO_ANSWER, OPINION_DO_TELL, OPINION_DO_REFUSE,
	    OPINION_DO_SUPERVISE, OPINION_DO_CONVERTED};
	static const enum leg_step legs[] = {LEG_DO_REPLY, LEG_DO_PROGRESS,
	                                     LEG_DO_RETURN};
	struct opinions *w = *state;
	struct rule *rows;

	for (size_t i = 0; i < COUNT(steps); i++)
		assert_true(texts(w, template_of_step(steps[i]), "", &rows) >
		            0);
	for (size_t i = 0; i < COUNT(legs); i++)
		assert_true(texts(w, template_of_leg_step(legs[i]), "", &rows) >
		            0);
	assert_int_equal(
	    texts(w, template_of_step(OPINION_DO_MERGE), "", &rows), 0);
}

static void
texts_of_the_category_come_first_and_of_others_never(void **state)
{
	struct opinions *w = *state;
	struct rule *rows;
	int any = texts(w, TEMPLATE_ANSWER, "", &rows), n;

	n = texts(w, TEMPLATE_ANSWER, "build.municipal.light", &rows);
	assert_int_equal(n, any + 1);
	assert_string_equal(rows[0].label, "路灯维修");
	assert_string_equal(rows[1].part, "");
	/* of what it lies below, too */
	n = texts(w, TEMPLATE_REPLY, "traffic.road.repair", &rows);
	assert_string_equal(rows[0].part, "traffic.road");
	assert_int_equal(texts(w, TEMPLATE_REPLY, "green.water", &rows), n - 1);
	assert_int_equal(texts(w, TEMPLATE_REPLY, "gone", &rows), n - 1);
}

static void
a_text_is_added_for_a_category_that_is_there(void **state)
{
	struct opinions *w = *state;
	struct rule entry = {.label = "垃圾清运",
	                     .text = "已清运。",
	                     .choice = TEMPLATE_TELL,
	                     .part = "green.waste",
	                     .in_use = true,
	                     .from_on = ctx_today(&w->o->f->ctx)};
	struct rule *rows;
	struct rule_id id;
	struct ctx c;

	ctx_of(w, "county", &c);
	assert_int_equal(rule_save(&c, RULE_TEMPLATE, &entry, &id), OK);
	texts(w, TEMPLATE_TELL, "green.waste", &rows);
	assert_string_equal(rows[0].label, "垃圾清运");
	entry.part = "nothing";
	assert_int_equal(rule_save(&c, RULE_TEMPLATE, &entry, &id),
	                 ERR_INVALID);
	org_assert_fault(&c, "category");
	ctx_of(w, "officer", &c);
	assert_int_equal(rule_save(&c, RULE_TEMPLATE, &entry, &id), ERR_DENIED);
}

int
main(void)
{
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, opinions_setup, opinions_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(every_step_that_speaks_to_a_citizen_has_texts),
	    TEST(texts_of_the_category_come_first_and_of_others_never),
	    TEST(a_text_is_added_for_a_category_that_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
