/* Messages that the rules against abuse held: counted, listed, decided. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/opinion_hold.h"
#include "db/public_matter.h"
#include "tests/unit/fixture_opinion.h"

struct doorway {
	struct ctx public;
	struct code code;
};

static void
mint(struct opinions *w, const char *who, int unit, struct doorway *d)
{
	struct code_id id;
	struct ctx c;

	ctx_of(w, who, &c);
	assert_int_equal(code_mint_station(&c, w->o->units[unit].station, &id),
	                 OK);
	assert_int_equal(code_get(&c, w->o->f->a, id, &d->code), OK);
	ctx_init_public(&d->public, w->o->f->store);
	d->public.stopped = c.stopped;
}

static struct opinion_id
leave(struct opinions *w, struct doorway *d, const char *words, unsigned doubts)
{
	const struct public_message message = {.sender = "陈阿姨",
	                                       .venue = "",
	                                       .words = words,
	                                       .phone = "",
	                                       .doubts = doubts};
	char secret[OPINION_SECRET + 1];
	struct opinion_id id;

	assert_int_equal(public_message_take(&d->public, w->o->f->a, &d->code,
	                                     &message, secret, &id),
	                 OK);
	return id;
}

static int
listed(struct opinions *w, const char *who, const struct list_spec *spec,
       struct hold_line **rows)
{
	static const struct list_query all = {0};
	struct list_page page;
	struct ctx c;

	ctx_of(w, who, &c);
	assert_int_equal(
	    list_fetch(&c, w->o->f->a, spec, &all, LIST_FIRST, NULL, 50, &page),
	    OK);
	*rows = page.rows;
	return page.n;
}

static int64_t
counted(struct opinions *w, const char *who, const char *label,
        enum hold_span span)
{
	struct hold_counts counts;
	struct ctx c;

	ctx_of(w, who, &c);
	assert_int_equal(hold_counts(&c, w->o->f->a, &counts), OK);
	if (label == NULL)
		return counts.all.n[span];
	for (int i = 0; i < counts.reason_count; i++)
		if (strcmp(counts.reasons[i].label, label) == 0)
			return counts.reasons[i].n[span];
	for (int i = 0; i < counts.code_count; i++)
		if (strcmp(counts.codes[i].label, label) == 0)
			return counts.codes[i].n[span];
	return 0;
}

static void
each_reason_and_each_code_is_counted(void **state)
{
	struct opinions *w = *state;
	struct doorway d;

	mint(w, "officer", 0, &d);
	leave(w, &d, "路灯不亮", 0);
	assert_int_equal(counted(w, "officer", NULL, HOLD_TODAY), 0);
	leave(w, &d, "路灯不亮", DOUBT_RATE); /* and the words again */
	leave(w, &d, "看 www.example.org", 0);
	assert_int_equal(counted(w, "officer", NULL, HOLD_TODAY), 2);
	assert_int_equal(
	    counted(w, "officer", "many messages from one source", HOLD_TODAY),
	    1);
	assert_int_equal(
	    counted(w, "officer", "the same words as before", HOLD_WEEK), 1);
	assert_int_equal(
	    counted(w, "officer", "addresses in the text", HOLD_WAITING), 1);
	assert_int_equal(counted(w, "officer",
	                         arena_strdup(w->o->f->a, "周王庙镇代表联络站"),
	                         HOLD_WEEK),
	                 2);
	opinions_check(w);
}

static void
one_code_may_bring_so_many_an_hour(void **state)
{
	struct opinions *w = *state;
	struct doorway d;
	struct hold_line *rows;
	char words[32];

	fixture_event(w->o->f, ACTION_RULE_SAVE, ENTITY_SETTING_RULE, 1,
	              "UPDATE setting_rule SET value = '3'"
	              " WHERE name = 'message.per_hour_code'");
	mint(w, "officer", 0, &d);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(listed(w, "officer", &hold_list, &rows), 0);
		snprintf(words, sizeof(words), "第%d盏路灯不亮", i);
		leave(w, &d, words, 0);
	}
	assert_int_equal(listed(w, "officer", &hold_list, &rows), 1);
	assert_string_equal(rows[0].doubts, "code");
	d.public.stopped.s += 3601;
	leave(w, &d, "一小时后", 0);
	assert_int_equal(listed(w, "officer", &hold_list, &rows), 1);
}

static void
what_is_decided_keeps_the_words_the_reason_and_who(void **state)
{
	struct opinions *w = *state;
	struct opinion_id first, second;
	struct hold_line *rows;
	struct doorway d;
	struct ctx c;

	mint(w, "officer", 0, &d);
	first = leave(w, &d, "看 www.example.org", 0);
	second = leave(w, &d, "路灯不亮", DOUBT_RATE);
	ctx_of(w, "officer", &c);
	assert_int_equal(listed(w, "officer", &hold_list, &rows), 2);
	assert_int_equal(hold_decide(&c, &rows[0], OPINION_DO_DISCARD, ""),
	                 ERR_INVALID);
	assert_int_equal(hold_decide(&c, &rows[0], OPINION_DO_DISCARD, "广告"),
	                 OK);
	assert_int_equal(hold_decide(&c, &rows[0], OPINION_DO_RELEASE, ""),
	                 ERR_CHANGED);
	assert_int_equal(hold_decide(&c, &rows[1], OPINION_DO_RELEASE, ""), OK);
	assert_int_equal(listed(w, "officer", &hold_list, &rows), 0);
	assert_int_equal(listed(w, "officer", &hold_decided_list, &rows), 2);
	for (int i = 0; i < 2; i++) {
		assert_true(rows[i].by[0] != '\0');
		assert_true(rows[i].doubts[0] != '\0');
	}
	assert_string_equal(opinion_now(w, first).body, "看 www.example.org");
	assert_string_equal(opinion_now(w, second).doubts, "rate");
	assert_int_equal(counted(w, "officer", NULL, HOLD_TODAY), 2);
	assert_int_equal(counted(w, "officer", NULL, HOLD_WAITING), 0);
	opinions_check(w);
}

static void
another_unit_and_who_does_not_sort_see_none_of_it(void **state)
{
	struct opinions *w = *state;
	struct hold_counts counts;
	struct hold_line *rows;
	struct doorway d;
	struct ctx c;

	mint(w, "officer", 0, &d);
	leave(w, &d, "看 www.example.org", 0);
	assert_int_equal(listed(w, "officer2", &hold_list, &rows), 0);
	assert_int_equal(counted(w, "officer2", NULL, HOLD_WAITING), 0);
	assert_int_equal(counted(w, "county", NULL, HOLD_WAITING), 1);
	assert_int_equal(listed(w, "officer", &hold_list, &rows), 1);
	ctx_of(w, "officer2", &c);
	assert_int_equal(hold_decide(&c, &rows[0], OPINION_DO_RELEASE, ""),
	                 ERR_NOT_FOUND);
	ctx_of(w, "deputy", &c);
	assert_int_equal(hold_counts(&c, w->o->f->a, &counts), ERR_DENIED);
	ctx_of(w, "office", &c);
	assert_int_equal(hold_counts(&c, w->o->f->a, &counts), ERR_DENIED);
}

static void
what_waits_longer_than_a_week_still_waits(void **state)
{
	struct opinions *w = *state;
	struct doorway d;

	mint(w, "officer", 0, &d);
	d.public.stopped.s = ctx_now(&w->o->f->ctx).s - 8 * 86400;
	fixture_event(w->o->f, ACTION_CODE_MINT, ENTITY_CODE, d.code.id.v,
	              "UPDATE code SET valid_from = 1");
	leave(w, &d, "看 www.example.org", 0);
	assert_int_equal(counted(w, "officer", NULL, HOLD_WEEK), 0);
	assert_int_equal(counted(w, "officer", NULL, HOLD_WAITING), 1);
}

int
main(void)
{
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, opinions_setup, opinions_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(each_reason_and_each_code_is_counted),
	    TEST(one_code_may_bring_so_many_an_hour),
	    TEST(what_is_decided_keeps_the_words_the_reason_and_who),
	    TEST(another_unit_and_who_does_not_sort_see_none_of_it),
	    TEST(what_waits_longer_than_a_week_still_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
