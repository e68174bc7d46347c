/* Proposals for an opinion: from what, for whom, and why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/category.h"
#include "db/organ.h"
#include "db/rule.h"
#include "db/store/inner.h"
#include "db/suggest.h"
#include "tests/unit/fixture_opinion.h"
#include "tui/category_pick.h"
#include "tui/suggest_pick.h"

static struct opinion_id
write_down(struct opinions *w, const char *who, const char *subject,
           const char *body, const char *category)
{
	struct opinion entry;
	struct opinion_id id = {0};
	struct ctx c;

	org_ctx(w->o, who, &c);
	opinion_default(&c, &entry);
	entry.subject = subject;
	entry.body = body;
	entry.category = category;
	assert_int_equal(opinion_add(&c, &entry, false, NULL, &id), OK);
	return id;
}

/* What is proposed first; "" nothing. */
static const char *
category_of(struct opinions *w, const char *who, const char *subject,
            const char *body, const char **why)
{
	const struct suggest_asked asked = {.subject = subject, .body = body};
	struct suggestion s[SUGGEST_TOP];
	struct ctx c;
	int n = 0;

	org_ctx(w->o, who, &c);
	assert_int_equal(
	    suggest_category(&c, w->o->f->a, &asked, s, SUGGEST_TOP, &n), OK);
	*why = n > 0 ? suggest_because(w->o->f->a, &s[0]) : "";
	return n > 0 ? s[0].category : "";
}

static void
a_new_site_proposes_by_what_the_tree_calls_things(void **state)
{
	struct opinions *w = *state;
	const char *why;

	assert_string_equal(category_of(w, "officer", "停车难",
	                                "小区停车位太少,物业公司不管。", &why),
	                    "build.municipal.parking");
	assert_string_equal(why, "停车难 物业公司 小区");
	assert_string_equal(category_of(w, "officer", "hello", "...", &why),
	                    "");
}

/* The same word, decided otherwise than the tree would. */
static void
decide(struct opinions *w, struct opinion_id ids[4])
{
	static const char *const bodies[4] = {
	    "晒谷场上不能晒谷。", "村里的晒谷场破了。", "晒谷场被人占了。",
	    "晒谷场的路灯不亮。"};

	for (int i = 0; i < 4; i++)
		ids[i] = write_down(w, "officer", "晒谷场", bodies[i],
		                    "farm.crop.sale");
}

static void
what_people_decided_counts_until_they_change_it(void **state)
{
	struct opinions *w = *state;
	struct opinion_id ids[4];
	struct opinion row;
	const char *why;
	struct ctx c;

	assert_string_equal(
	    category_of(w, "town", "晒谷场", "晒谷场要修。", &why), "");
	decide(w, ids);
	assert_string_equal(
	    category_of(w, "town", "晒谷场", "晒谷场要修。", &why),
	    "farm.crop.sale");
	assert_string_equal(why, "晒谷场");
	org_ctx(w->o, "officer", &c);
	for (int i = 0; i < 4; i++) {
		row = opinion_now(w, ids[i]);
		row.category = "farm.village.work";
		assert_int_equal(opinion_sort(&c, &row), OK);
	}
	assert_string_equal(
	    category_of(w, "town", "晒谷场", "晒谷场要修。", &why),
	    "farm.village.work");
	opinions_check(w);
}

static void
what_is_struck_out_counts_no_more(void **state)
{
	struct opinions *w = *state;
	struct opinion_id ids[4];
	const char *why;
	struct event_list later;

	decide(w, ids);
	for (int i = 0; i < 4; i++) {
		struct buf sql = BUF_INIT;
		int64_t event;

		buf_addf(&sql,
		         "SELECT max(id) FROM event WHERE subject = %lld"
		         "   AND subject_kind = 'opinion'",
		         (long long)ids[i].v);
		event = fixture_int(w->o->f, sql.data);
		buf_clear(&sql);
		assert_int_equal(event_strike(&w->o->f->ctx, w->o->f->a, event,
		                              "误录", &later),
		                 OK);
	}
	assert_string_equal(
	    category_of(w, "town", "晒谷场", "晒谷场要修。", &why), "");
}

static void
what_is_out_of_use_is_not_proposed(void **state)
{
	struct opinions *w = *state;
	struct rule entry;
	struct rule_id id;
	const char *why;
	struct ctx c;

	assert_string_equal(category_of(w, "town", "路灯", "路灯不亮。", &why),
	                    "build.municipal.light");
	assert_int_equal(rule_named(&w->o->f->ctx, w->o->f->a, RULE_CATEGORY,
	                            "build.municipal.light", (struct day){0},
	                            &entry),
	                 OK);
	org_ctx(w->o, "county", &c);
	entry.from_on = ctx_today(&c);
	entry.in_use = false;
	assert_int_equal(rule_save(&c, RULE_CATEGORY, &entry, &id), OK);
	assert_string_not_equal(
	    category_of(w, "town", "路灯", "路灯不亮。", &why),
	    "build.municipal.light");
}

/* --- the handling unit --------------------------------------------------- */

static int
offices_of(struct opinions *w, const char *who, struct unit_id unit,
           const char *category, const char *body, struct suggestion *out)
{
	const struct suggest_asked asked = {
	    .unit = unit, .subject = "", .body = body};
	struct ctx c;
	int n = 0;

	org_ctx(w->o, who, &c);
	assert_int_equal(suggest_office(&c, w->o->f->a, &asked, category, out,
	                                SUGGEST_TOP, &n),
	                 OK);
	return n;
}

static struct organ_id
add_organ(struct opinions *w, struct unit_id unit, const char *name)
{
	const struct organ entry = {.unit = unit, .name = name};
	struct organ_id id;

	assert_int_equal(organ_add(&w->o->f->ctx, &entry, &id), OK);
	return id;
}

static void
an_office_is_proposed_by_where_the_like_went(void **state)
{
	struct opinions *w = *state;
	struct unit_id town = w->o->units[0].unit;
	struct organ_id other = add_organ(w, town, "村镇建设办公室");
	struct suggestion s[SUGGEST_TOP];
	struct opinion_id ids[4];

	(void)add_organ(w, w->o->units[1].unit, "晒谷场办公室");
	assert_int_equal(offices_of(w, "town", town, "", "晒谷场要修", s), 0);
	decide(w, ids);
	for (int i = 0; i < 4; i++) {
		struct opinion_act route = {.step = OPINION_DO_ROUTE,
		                            .words = "请办理",
		                            .path = PATH_EXPRESS,
		                            .offices = {other},
		                            .office_count = 1};

		opinion_to(w, ids[i], OPINION_TRIAGE);
		assert_int_equal(act_with(w, "officer", ids[i], route), OK);
	}
	assert_true(offices_of(w, "town", town, "", "晒谷场要修", s) > 0);
	assert_int_equal(s[0].organ.v, other.v);
	assert_string_equal(s[0].label, "村镇建设办公室");
	assert_string_equal(suggest_because(w->o->f->a, &s[0]), "晒谷场");
	/* another unit has its own, and its own experience */
	for (int i =
	         offices_of(w, "town2", w->o->units[1].unit, "", "谷场要修", s);
	     i > 0; i--)
		assert_int_not_equal(s[i - 1].organ.v, other.v);
}

/* --- likely duplicates --------------------------------------------------- */

static int
alike_of(struct opinions *w, const char *who, struct opinion_id except,
         struct unit_id unit, struct suggestion *out)
{
	const struct suggest_asked asked = {
	    .except = except,
	    .unit = unit,
	    .subject = "周家浜路灯",
	    .body = "周家浜桥头到村口的路灯坏了半个月没有人修"};
	struct ctx c;
	int n = 0;

	org_ctx(w->o, who, &c);
	assert_int_equal(
	    suggest_alike(&c, w->o->f->a, &asked, out, SUGGEST_ALIKE, &n), OK);
	return n;
}

static void
who_said_the_same_is_found_within_ones_own_sight(void **state)
{
	struct opinions *w = *state;
	struct unit_id town = w->o->units[0].unit;
	struct opinion_id mine, desk;
	struct suggestion s[SUGGEST_ALIKE];

	(void)write_down(w, "officer", "河水发臭", "门前河水发臭。", "");
	desk = write_down(w, "officer", "路灯坏了",
	                  "周家浜桥头的路灯坏了,村口也不亮。", "");
	mine = write_down(w, "deputy", "周家浜路灯",
	                  "周家浜路灯坏了半个月没有人修。", "");

	assert_int_equal(
	    alike_of(w, "officer", (struct opinion_id){0}, town, s), 2);
	assert_int_equal(s[0].opinion.v, mine.v);
	assert_string_equal(s[0].label, "周家浜路灯");
	assert_true(s[0].percent > s[1].percent);
	assert_int_equal(s[1].opinion.v, desk.v);
	assert_true(s[1].word_count > 0);
	assert_int_equal(alike_of(w, "officer", mine, town, s), 1);
	assert_int_equal(s[0].opinion.v, desk.v);

	/* a message to one deputy is for no other */
	assert_int_equal(alike_of(w, "deputy", (struct opinion_id){0}, town, s),
	                 1);
	assert_int_equal(s[0].opinion.v, mine.v);
	assert_int_equal(
	    alike_of(w, "deputy2", (struct opinion_id){0}, town, s), 0);
	assert_int_equal(alike_of(w, "town2", (struct opinion_id){0}, town, s),
	                 0);
	assert_int_equal(alike_of(w, "office", (struct opinion_id){0}, town, s),
	                 0);
}

static void
what_was_merged_is_not_proposed_again(void **state)
{
	struct opinions *w = *state;
	struct unit_id town = w->o->units[0].unit;
	struct opinion_id into = opinion_of(w, "officer");
	struct opinion_id merged = opinion_of(w, "officer");
	const struct opinion_act merge = {.step = OPINION_DO_MERGE,
	                                  .into = into};
	struct suggestion s[SUGGEST_ALIKE];

	assert_int_equal(
	    alike_of(w, "officer", (struct opinion_id){0}, town, s), 2);
	opinion_to(w, merged, OPINION_TRIAGE);
	assert_int_equal(act_with(w, "officer", merged, merge), OK);
	assert_int_equal(
	    alike_of(w, "officer", (struct opinion_id){0}, town, s), 1);
	assert_int_equal(s[0].opinion.v, into.v);
}

static void
who_may_not_read_opinions_is_told_nothing(void **state)
{
	struct opinions *w = *state;
	const struct suggest_asked asked = {
	    .unit = w->o->units[0].unit, .subject = "路灯", .body = "路灯不亮"};
	struct suggestion s[SUGGEST_ALIKE];
	struct arena *a = w->o->f->a;
	struct ctx c;
	int n;

	org_ctx(w->o, "admin", &c);
	assert_int_equal(suggest_category(&c, a, &asked, s, 1, &n), ERR_DENIED);
	assert_int_equal(suggest_office(&c, a, &asked, "", s, 1, &n),
	                 ERR_DENIED);
	assert_int_equal(suggest_alike(&c, a, &asked, s, 1, &n), ERR_DENIED);
}

static void
no_proposal_reads_more_than_the_newest(void **state)
{
	static const char *const who[] = {"county", "town",   "officer",
	                                  "deputy", "office", "leader"};
	struct opinions *w = *state;
	struct suggestion s[SUGGEST_ALIKE];
	const struct store *store = w->o->f->store;
	const char *why;
	int looked = 0;

	for (size_t i = 0; i < COUNT(who); i++) {
		(void)category_of(w, who[i], "路灯", "路灯不亮", &why);
		if (strcmp(who[i], "office") != 0) /* it routes nothing */
			(void)offices_of(w, who[i], w->o->units[0].unit, "",
			                 "路灯", s);
		(void)alike_of(w, who[i], (struct opinion_id){0},
		               w->o->units[0].unit, s);
	}
	for (int i = 0; i < store->stmt_size; i++) {
		const struct stmt *q = store->stmts[i];
		const char *sql =
		    q != NULL && q->raw != NULL ? sqlite3_sql(q->raw) : "";

		if (strstr(sql, "substr(") == NULL)
			continue;
		fixture_plan(w->o->f, sql);
		looked++;
	}
	assert_int_equal(looked, 2 + 5); /* two for all, one for each scope */
}

/* --- the tree ------------------------------------------------------------ */

static void
the_tree_has_three_levels_and_names_for_all(void **state)
{
	struct opinions *w = *state;
	struct category_tree t;
	int levels[3] = {0};

	assert_int_equal(category_tree_get(&w->o->f->ctx, w->o->f->a, &t), OK);
	for (int i = 0; i < t.n; i++) {
		const struct category *row = &t.rows[i];
		const char *dot = strrchr(row->name, '.');

		levels[row->depth]++;
		assert_true(row->zh[0] != '\0' && row->en[0] != '\0');
		assert_int_equal(category_index(&t, row->name), i);
		assert_int_equal(row->parent >= 0, dot != NULL);
		/* a parent stands before what belongs to it */
		assert_true(row->parent < i);
	}
	assert_int_equal(levels[0], 10);
	assert_true(levels[1] >= 40 && levels[2] >= 160);
	assert_int_equal(category_index(&t, "no.such"), -1);
}

static const char *
found(struct opinions *w, const char *text, int at)
{
	struct category_tree t;
	int out[60], n;

	assert_int_equal(category_tree_get(&w->o->f->ctx, w->o->f->a, &t), OK);
	n = category_find(&t, text, out, COUNT(out));
	return at < n ? t.rows[out[at]].name : "";
}

static void
a_category_is_found_by_label_then_other_names_then_branch(void **state)
{
	struct opinions *w = *state;

	i18n_use(LANGUAGE_ZH);
	assert_string_equal(found(w, "停车", 0), "build.municipal.parking");
	assert_string_equal(found(w, "灯杆", 0), "build.municipal.light");
	assert_string_equal(found(w, "street lights", 0),
	                    "build.municipal.light");
	assert_string_equal(found(w, "市政", 0), "build.municipal");
	assert_string_equal(found(w, "市政", 1), "build.municipal.light");
	assert_string_equal(found(w, "没有这样的", 0), "");
	assert_string_equal(found(w, "", 0), "build");
	assert_string_equal(found(w, "", 1), "build.plan");
	assert_string_equal(found(w, "", 2), "build.municipal");
}

static void
a_form_offers_what_is_proposed_first(void **state)
{
	struct opinions *w = *state;
	struct form_option out[FORM_OPTIONS];
	const struct suggest_asked asked = {.subject = "路灯",
	                                    .body = "路灯不亮"};
	struct category_tree t;
	struct ctx c;
	int n;

	i18n_use(LANGUAGE_ZH);
	org_ctx(w->o, "officer", &c);
	assert_int_equal(category_tree_get(&c, w->o->f->a, &t), OK);
	n = category_pick(&c, w->o->f->a, &t, &asked, "", out, FORM_OPTIONS);
	assert_true(n > 50);
	assert_string_equal(out[0].label, "城乡建设/市政设施/路灯");
	assert_non_null(strstr(out[0].note, "% 路灯"));
	assert_string_equal(category_pick_name(&t, out[0].value),
	                    "build.municipal.light");
	assert_int_equal(category_pick_value(&t, "build.municipal.light"),
	                 out[0].value);
	assert_int_equal(category_pick(&c, w->o->f->a, &t, &asked, "灯杆", out,
	                               FORM_OPTIONS),
	                 1);
	assert_string_equal(category_pick_label(&t, out[0].value),
	                    "城乡建设/市政设施/路灯");
	assert_string_equal(category_pick_label(&t, 0), "");
	assert_string_equal(category_pick_name(&t, t.n + 1), "");
}

static void
a_form_offers_offices_and_opinions_that_fit_first(void **state)
{
	struct opinions *w = *state;
	struct unit_id town = w->o->units[0].unit;
	struct organ_id roads = add_organ(w, town, "公路养护站");
	struct opinion_id id = opinion_of(w, "officer");
	const struct suggest_asked asked = {
	    .unit = town,
	    .subject = "公路养护",
	    .body = "周家浜桥头到村口路灯坏了,公路养护站也没人管"};
	struct form_option out[FORM_OPTIONS];
	struct arena *a = w->o->f->a;
	struct ctx c;
	int n;

	org_ctx(w->o, "officer", &c);
	n = suggest_pick_office(&c, a, &asked, "", "", out, FORM_OPTIONS);
	assert_int_equal(n, 2); /* each once */
	assert_int_equal(out[0].value, roads.v);
	assert_non_null(strstr(out[0].note, "公路养护"));
	assert_null(out[1].note);
	assert_int_equal(
	    suggest_pick_office(&c, a, &asked, "", "社会", out, FORM_OPTIONS),
	    1);
	assert_int_equal(out[0].value, w->office.v);
	assert_string_equal(suggest_pick_office_label(&c, a, roads.v),
	                    "公路养护站");

	assert_int_equal(
	    suggest_pick_opinion(&c, a, &asked, "", out, FORM_OPTIONS), 1);
	assert_int_equal(out[0].value, id.v);
	assert_non_null(strstr(out[0].note, "路灯"));
	assert_int_equal(
	    suggest_pick_opinion(&c, a, &asked, "路灯", out, FORM_OPTIONS), 1);
	assert_int_equal(out[0].value, id.v);
	assert_string_equal(suggest_pick_opinion_label(&c, a, 999), "");
}

int
main(void)
{
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, opinions_setup, opinions_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_new_site_proposes_by_what_the_tree_calls_things),
	    TEST(what_people_decided_counts_until_they_change_it),
	    TEST(what_is_struck_out_counts_no_more),
	    TEST(what_is_out_of_use_is_not_proposed),
	    TEST(an_office_is_proposed_by_where_the_like_went),
	    TEST(who_said_the_same_is_found_within_ones_own_sight),
	    TEST(what_was_merged_is_not_proposed_again),
	    TEST(who_may_not_read_opinions_is_told_nothing),
	    TEST(no_proposal_reads_more_than_the_newest),
	    TEST(the_tree_has_three_levels_and_names_for_all),
	    TEST(a_category_is_found_by_label_then_other_names_then_branch),
	    TEST(a_form_offers_what_is_proposed_first),
	    TEST(a_form_offers_offices_and_opinions_that_fit_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
