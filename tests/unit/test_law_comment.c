/* Comments on a draft law: who makes, checks, merges, answers and sees them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/export.h"
#include "db/month.h"
#include "db/search.h"
#include "db/store/check.h"
#include "db/store/inner.h"
#include "db/todo_in.h"
#include "db/totals.h"
#include "tests/unit/fixture_law.h"

#define YES(call) assert_int_equal((call), OK)

static const struct law_comment_id nothing = {0};

static int
add(struct laws *w, const char *who, const struct law_comment *entry,
    struct law_comment_id *id)
{
	struct ctx c;

	law_ctx(w, who, &c);
	return law_comment_add(&c, entry, id);
}

/* Who adds it is refused, with a fault of field ("": none). */
static void
refused(struct laws *w, const char *who, const struct law_comment *entry,
        int expected, const char *field)
{
	struct law_comment_id id;
	struct ctx c;

	law_ctx(w, who, &c);
	assert_int_equal(law_comment_add(&c, entry, &id), expected);
	if (*field != '\0')
		org_assert_fault(&c, field);
}

static int
see_one(struct laws *w, const char *who, struct law_comment_id id)
{
	struct law_comment row;
	struct ctx c;

	law_ctx(w, who, &c);
	return law_comment_get(&c, w->o->f->a, id, &row);
}

static int64_t
listed(struct laws *w, const char *who)
{
	const struct list_query query = {0};
	struct ctx c;
	int64_t n;

	law_ctx(w, who, &c);
	YES(list_count(&c, &law_comment_list, &query, &n));
	return n;
}

static void
a_deputys_comment_counts_once_an_article(void **state)
{
	struct laws *w = *state;
	struct law_comment_id id = law_said(w, "deputy", 0, "目的写得太短");
	struct law_comment row = law_comment_now(w, id);
	struct consultation_person mine;
	struct ctx c;

	assert_int_equal(row.source, COMMENT_BY_DEPUTY);
	assert_int_equal(row.state, COMMENT_SUBMITTED);
	assert_int_equal(row.unit.v, w->o->units[0].unit.v);
	assert_int_equal(row.version.v, w->version.v);
	law_ctx(w, "deputy", &c);
	YES(consultation_mine(&c, w->o->f->a, w->id, &mine));
	assert_int_equal(mine.state, READER_COMMENTED);
	assert_int_equal(law_duties(w), 1);
	YES(law_do(w, "deputy", id, COMMENT_DO_WITHDRAW, nothing));
	law_said(w, "deputy", 0, "再想一遍");
	assert_int_equal(law_duties(w), 1);
	law_said(w, "deputy", 1, "另一条");
	law_said(w, "deputy", -1, "总体很好");
	law_said(w, "deputy", -1, "总体仍然很好");
	assert_int_equal(law_duties(w), 3);
}

static void
an_officer_writes_for_a_deputy_and_for_a_citizen(void **state)
{
	struct laws *w = *state;
	struct law_comment entry = law_comment_entry(w, 2, "登记太麻烦");
	struct law_comment_id id;
	struct law_comment row;

	entry.person = w->o->units[0].deputies[2];
	YES(add(w, "officer", &entry, &id));
	row = law_comment_now(w, id);
	assert_int_equal(row.source, COMMENT_BY_OFFICER);
	assert_int_equal(row.person.v, entry.person.v);
	assert_int_not_equal(row.entered_by.v, 0);
	assert_int_equal(law_duties(w), 1);
	entry.person.v = 0;
	refused(w, "officer", &entry, ERR_INVALID, "person");
	entry.sender = "周先生";
	YES(add(w, "station", &entry, &id));
	assert_int_equal(law_comment_now(w, id).unit.v, w->o->units[0].unit.v);
	assert_int_equal(law_duties(w), 1);
	/* the county says of which unit */
	refused(w, "county", &entry, ERR_INVALID, "unit");
	entry.unit = w->o->units[1].unit;
	YES(add(w, "county", &entry, &id));
	assert_int_equal(law_comment_now(w, id).unit.v, w->o->units[1].unit.v);
}

static void
what_does_not_fit_is_refused(void **state)
{
	static const char *const others[] = {"leader", "admin", "office",
	                                     "auditor"};
	static const char other[] = "乙法\n第一条 乙。\n";
	struct laws *w = *state;
	struct law_comment entry = law_comment_entry(w, 0, "太短");
	struct law_version_id version;
	struct law_article article;

	for (size_t i = 0; i < COUNT(others); i++)
		refused(w, others[i], &entry, ERR_DENIED, "");
	/* another unit's deputy */
	entry.person = w->o->units[1].deputies[1];
	refused(w, "officer", &entry, ERR_INVALID, "person");
	entry = law_comment_entry(w, 0, " ");
	refused(w, "deputy", &entry, ERR_INVALID, "words");
	entry = law_comment_entry(w, -1, "总体");
	entry.wording = "第一条 改。";
	refused(w, "deputy", &entry, ERR_INVALID, "wording");
	YES(law_import(&w->county, other, strlen(other), (struct law_id){0}, "",
	               &version));
	YES(law_article_named(&w->county, w->o->f->a, version, "1", &article));
	entry = law_comment_entry(w, 0, "错条");
	entry.article = article.id;
	refused(w, "deputy", &entry, ERR_NOT_FOUND, "");
	entry.sender = "周先生";
	refused(w, "officer", &entry, ERR_NOT_FOUND, "");
	YES(law_step(w, "county", CONSULTATION_DO_CLOSE));
	entry = law_comment_entry(w, 0, "晚了");
	refused(w, "deputy", &entry, ERR_STATE, "");
}

static void
the_public_comments_on_what_is_published(void **state)
{
	struct laws *w = *state;
	struct consultation k = law_now(w, w->id);
	struct law_comment entry = law_comment_entry(w, 0, "太短");
	struct law_comment_id id;
	struct ctx *c = &w->o->f->ctx;

	entry.unit = w->o->units[1].unit;
	YES(law_comment_add_public(c, &entry, "", &id));
	assert_int_equal(law_comment_now(w, id).state, COMMENT_SUBMITTED);
	YES(law_comment_add_public(c, &entry, "rate", &id));
	assert_int_equal(law_comment_now(w, id).state, COMMENT_HELD);
	assert_string_equal(law_comment_now(w, id).reason, "rate");
	assert_int_equal(see_one(w, "station", id), ERR_NOT_FOUND);
	YES(law_do(w, "station2", id, COMMENT_DO_RELEASE, nothing));
	k.published = false;
	YES(consultation_save(&w->county, &k));
	assert_int_equal(law_comment_add_public(c, &entry, "", &id),
	                 ERR_NOT_FOUND);
	assert_int_equal(law_duties(w), 0);
}

/* Who takes a step from a state: d its deputy, s the station that checks, c
 * the county; the columns are enum law_comment_step from RELEASE on. */
static const char *const oracle[COMMENT_STATES] = {
    [COMMENT_HELD] = "x-x-----",     [COMMENT_SUBMITTED] = "-xx-x--d",
    [COMMENT_CHECKED] = "----xxc-",  [COMMENT_MERGED] = "--------",
    [COMMENT_SENT] = "----c-c-",     [COMMENT_ANSWERED] = "--------",
    [COMMENT_RETURNED] = "---d---d", [COMMENT_WITHDRAWN] = "--------",
};

/* A fresh one, in that state. */
static struct law_comment_id
in_state(struct laws *w, int at, struct law_comment_id into)
{
	struct law_comment_id id = law_said(w, "deputy", 0, "太短");
	struct law_comment entry = law_comment_entry(w, 0, "太短");

	switch (at) {
	case COMMENT_HELD:
		entry.unit = w->o->units[0].unit;
		YES(law_comment_add_public(&w->o->f->ctx, &entry, "trap", &id));
		break;
	case COMMENT_CHECKED:
	case COMMENT_SENT:
	case COMMENT_ANSWERED:
		YES(law_do(w, "station", id, COMMENT_DO_CHECK, nothing));
		if (at == COMMENT_SENT)
			YES(law_do(w, "station", id, COMMENT_DO_SEND, nothing));
		if (at == COMMENT_ANSWERED)
			YES(law_do(w, "county", id, COMMENT_DO_ANSWER,
			           nothing));
		break;
	case COMMENT_MERGED:
		YES(law_do(w, "station", id, COMMENT_DO_MERGE, into));
		break;
	case COMMENT_RETURNED:
		YES(law_do(w, "station", id, COMMENT_DO_RETURN, nothing));
		break;
	case COMMENT_WITHDRAWN:
		YES(law_do(w, "deputy", id, COMMENT_DO_WITHDRAW, nothing));
		break;
	default:
		break;
	}
	return id;
}

static bool
may_take(char rule, const char *who)
{
	if (rule == 'd')
		return strcmp(who, "deputy") == 0;
	if (rule == 'c')
		return strcmp(who, "county") == 0;
	return rule == 'x' &&
	       (strcmp(who, "county") == 0 || strcmp(who, "station") == 0 ||
	        strcmp(who, "town") == 0 || strcmp(who, "officer") == 0 ||
	        strcmp(who, "vice") == 0);
}

static bool
is_offered(struct laws *w, const char *who, struct law_comment_id id,
           enum law_comment_step step)
{
	enum law_comment_step offers[COMMENT_STEPS];
	struct law_comment row = law_comment_now(w, id);
	struct ctx c;
	int n;

	law_ctx(w, who, &c);
	n = law_comment_offers(&c, &row, offers, COMMENT_STEPS);
	for (int i = 0; i < n; i++)
		if (offers[i] == step)
			return true;
	return false;
}

static void
each_step_is_taken_by_whom_the_table_says(void **state)
{
	static const char *const people[] = {
	    "deputy", "station",  "town",   "officer", "vice",    "county",
	    "leader", "station2", "office", "admin",   "deputy2",
	};
	struct laws *w = *state;
	struct law_comment_id into = law_said(w, "deputy", 0, "留着");

	for (int at = 0; at < COMMENT_STATES; at++)
		for (int step = COMMENT_DO_RELEASE; step < COMMENT_STEPS;
		     step++)
			for (size_t i = 0; i < COUNT(people); i++) {
				char rule =
				    oracle[at][step - COMMENT_DO_RELEASE];
				struct law_comment_id id =
				    in_state(w, at, into);
				bool may_it = may_take(rule, people[i]);
				bool in_sight = see_one(w, people[i], id) == OK;
				int err =
				    law_do(w, people[i], id,
				           (enum law_comment_step)step, into);

				if ((err == OK) != may_it)
					fail_msg("%s, state %d, step %d: %d",
					         people[i], at, step, err);
				id = in_state(w, at, into);
				if (in_sight &&
				    is_offered(w, people[i], id,
				               (enum law_comment_step)step) !=
				        may_it)
					fail_msg("%s is offered wrongly %d, %d",
					         people[i], at, step);
			}
}

static void
what_was_returned_comes_back_better(void **state)
{
	struct laws *w = *state;
	struct law_comment_id id = law_said(w, "deputy", 0, "短");
	struct law_comment_id written = law_said(w, "officer", 1, "市民说");

	YES(law_do(w, "station", id, COMMENT_DO_RETURN, nothing));
	assert_string_equal(law_comment_now(w, id).reason, "请写明理由");
	YES(law_do(w, "deputy", id, COMMENT_DO_AGAIN, nothing));
	assert_string_equal(law_comment_now(w, id).words, "应当写明登记机关。");
	/* a citizen's is made better by who wrote it down */
	YES(law_do(w, "station", written, COMMENT_DO_RETURN, nothing));
	assert_int_equal(
	    law_do(w, "station", written, COMMENT_DO_AGAIN, nothing),
	    ERR_DENIED);
	YES(law_do(w, "officer", written, COMMENT_DO_AGAIN, nothing));
}

static void
only_alike_open_comments_are_merged(void **state)
{
	struct laws *w = *state;
	struct law_comment_id one = law_said(w, "deputy", 0, "太短");
	struct law_comment_id other = law_said(w, "deputy", 1, "另一条");
	struct law_comment_id gone = law_said(w, "deputy", 0, "算了");

	YES(law_do(w, "deputy", gone, COMMENT_DO_WITHDRAW, nothing));
	assert_int_equal(law_do(w, "station", one, COMMENT_DO_MERGE, one),
	                 ERR_INVALID);
	assert_int_equal(law_do(w, "station", one, COMMENT_DO_MERGE, other),
	                 ERR_INVALID);
	assert_int_equal(law_do(w, "station", one, COMMENT_DO_MERGE, gone),
	                 ERR_INVALID);
}

/* Theirs of two units go together, and then with a third. */
static void
an_answer_reaches_what_was_merged_without_telling_whose_it_was(void **state)
{
	struct laws *w = *state;
	struct law_comment_id third = law_said(w, "deputy", 0, "第三");
	struct law_comment_id ours = law_said(w, "deputy", 0, "我们的");
	struct law_comment_id theirs = law_said(w, "deputy2", 0, "他们的");
	struct law_comment row, answer;
	struct ctx c;

	YES(law_do(w, "county", theirs, COMMENT_DO_MERGE, ours));
	YES(law_do(w, "station", ours, COMMENT_DO_MERGE, third));
	assert_int_equal(law_comment_now(w, theirs).merged.v, third.v);
	YES(law_do(w, "station", third, COMMENT_DO_CHECK, nothing));
	law_ctx(w, "deputy2", &c);
	assert_int_equal(law_comment_see(&c, theirs), ERR_STATE);
	YES(law_do(w, "county", third, COMMENT_DO_ANSWER, nothing));
	YES(law_comment_get(&c, w->o->f->a, theirs, &row));
	YES(law_comment_answer_of(&c, w->o->f->a, &row, &answer));
	assert_int_equal(answer.result, COMMENT_PARTLY);
	assert_string_equal(answer.answer, "已部分采纳。");
	assert_string_equal(answer.words, "他们的");
	assert_int_equal(answer.person.v, row.person.v);
	YES(law_comment_see(&c, theirs));
	YES(law_comment_see(&c, theirs));
	assert_int_not_equal(law_comment_now(w, theirs).seen_at.s, 0);
	law_ctx(w, "station2", &c);
	assert_int_equal(law_comment_see(&c, theirs), ERR_DENIED);
	law_ctx(w, "deputy", &c);
	assert_int_equal(law_comment_see(&c, theirs), ERR_NOT_FOUND);
}

static void
two_people_do_not_answer_one_comment(void **state)
{
	struct laws *w = *state;
	struct law_comment_id id = law_said(w, "deputy", 0, "太短");
	struct law_comment_act act = {.id = id, .step = COMMENT_DO_CHECK};
	struct ctx c;

	act.row_version = law_comment_now(w, id).row_version;
	law_ctx(w, "station", &c);
	YES(law_comment_act(&c, &act));
	act.step = COMMENT_DO_SEND;
	assert_int_equal(law_comment_act(&c, &act), ERR_CHANGED);
}

static void
an_answer_has_its_result_and_its_reason(void **state)
{
	struct laws *w = *state;
	struct law_comment_id id = law_said(w, "deputy", 0, "太短");
	struct law_comment_act act = {
	    .id = id, .step = COMMENT_DO_ANSWER, .answer = "不采纳"};

	YES(law_do(w, "station", id, COMMENT_DO_CHECK, nothing));
	act.row_version = law_comment_now(w, id).row_version;
	assert_int_equal(law_comment_act(&w->county, &act), ERR_INVALID);
	org_assert_fault(&w->county, "result");
	act.result = COMMENT_NOT_ADOPTED;
	act.answer = " ";
	assert_int_equal(law_comment_act(&w->county, &act), ERR_INVALID);
	org_assert_fault(&w->county, "answer");
	act.result = COMMENT_ADOPTED; /* says all */
	YES(law_comment_act(&w->county, &act));
}

static void
nothing_moves_once_the_draft_is_answered(void **state)
{
	struct laws *w = *state;
	struct law_comment_id id = law_said(w, "deputy", 0, "短");

	YES(law_do(w, "station", id, COMMENT_DO_RETURN, nothing));
	YES(law_step(w, "county", CONSULTATION_DO_CLOSE));
	YES(law_step(w, "county", CONSULTATION_DO_ANSWER));
	assert_int_equal(law_do(w, "deputy", id, COMMENT_DO_AGAIN, nothing),
	                 ERR_STATE);
	assert_false(is_offered(w, "deputy", id, COMMENT_DO_AGAIN));
}

static void
nothing_slips_into_a_draft_that_ends_meanwhile(void **state)
{
	struct laws *w = *state;
	struct law_comment_id one = law_said(w, "deputy", 0, "太短");
	struct law_comment_id other = law_said(w, "deputy", 0, "还是太短");
	struct law_comment entry = law_comment_entry(w, 1, "晚了");
	struct meanwhile closed = {
	    .after = "FROM consultation_person",
	    .sql = "UPDATE consultation SET state = 'closed'",
	};
	struct meanwhile answered = {
	    .after = "state IN ('open', 'closed') FROM consultation",
	    .sql = "UPDATE consultation SET state = 'answered'",
	};
	struct law_comment_act act = {
	    .id = one,
	    .row_version = law_comment_now(w, one).row_version,
	    .step = COMMENT_DO_MERGE,
	    .reason = "",
	    .words = "",
	    .wording = "",
	    .answer = "",
	    .into = other,
	};
	struct law_comment_id id;
	struct ctx c;

	law_ctx(w, "deputy", &c);
	fixture_meanwhile(w->o->f, &closed);
	assert_int_equal(law_comment_add(&c, &entry, &id), ERR_STATE);
	assert_true(closed.done);
	law_ctx(w, "station", &c);
	fixture_meanwhile(w->o->f, &answered);
	assert_int_equal(law_comment_act(&c, &act), ERR_CHANGED);
	assert_true(answered.done);
	fixture_meanwhile(w->o->f, NULL);
	assert_int_equal(law_comment_now(w, one).state, COMMENT_SUBMITTED);
	assert_int_equal(listed(w, "county"), 2);
}

static void
a_persons_history_tells_the_administrator_of_no_comment(void **state)
{
	static const struct {
		const char *who;
		int told;
	} rows[] = {{"admin", 0}, {"station", 1}, {"deputy", 1}};
	struct laws *w = *state;
	struct law_comment_id id = law_said(w, "deputy", 0, "短");
	int64_t person = w->o->units[0].deputies[0].v;
	struct event_line *lines;
	struct ctx c;
	int n, told, joined;

	YES(law_do(w, "station", id, COMMENT_DO_RETURN, nothing));
	for (size_t i = 0; i < COUNT(rows); i++) {
		law_ctx(w, rows[i].who, &c);
		YES(event_timeline_person(&c, w->o->f->a, person, 50, &lines,
		                          &n));
		told = joined = 0;
		while (n-- > 0) {
			told += lines[n].action == ACTION_COMMENT_RETURN;
			joined += lines[n].action == ACTION_MANDATE_ADD;
		}
		assert_int_equal(told, rows[i].told);
		assert_true(joined > 0);
	}
}

static void
what_others_said_is_seen_by_nobody_else(void **state)
{
	struct laws *w = *state;
	struct law_comment_id id = law_said(w, "deputy", 0, "太短");
	struct law_comment entry = law_comment_entry(w, 0, "同感");
	struct law_comment_id colleague;
	struct collation_row *rows;
	struct ctx c;
	int n;

	entry.person = w->o->units[0].deputies[1];
	YES(add(w, "officer", &entry, &colleague));
	assert_int_equal(see_one(w, "deputy", colleague), ERR_NOT_FOUND);
	assert_int_equal(see_one(w, "deputy2", id), ERR_NOT_FOUND);
	assert_int_equal(see_one(w, "town2", id), ERR_NOT_FOUND);
	assert_int_equal(see_one(w, "office", id), ERR_DENIED);
	assert_int_equal(listed(w, "deputy"), 1);
	assert_int_equal(listed(w, "deputy2"), 0);
	assert_int_equal(listed(w, "station2"), 0);
	assert_int_equal(listed(w, "station"), 2);
	assert_int_equal(listed(w, "county"), 2);
	law_ctx(w, "station2", &c);
	YES(law_collation(&c, w->o->f->a, w->id, &rows, &n));
	assert_int_equal(n, 0);
	law_ctx(w, "deputy", &c);
	YES(law_collation(&c, w->o->f->a, w->id, &rows, &n));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].comments, 1); /* their own */
}

/* --- found, broken, to be done ---------------------------------------- */

static int
hits(struct laws *w, const char *who, const char *kind, const char *text)
{
	struct search_result result;
	struct ctx c;

	law_ctx(w, who, &c);
	YES(search_run(&c, w->o->f->a, text, search_kind_named(kind), 10,
	               &result));
	return result.n;
}

static void
the_export_has_what_is_in_sight(void **state)
{
	struct laws *w = *state;
	const char *args =
	    arena_printf(w->o->f->a, "{\"only\": {\"consultation\": %lld}}",
	                 (long long)w->id.v);
	struct buf out = BUF_INIT;
	const struct export_to to = {.json = true, .args = args, .out = &out};
	struct ctx c;

	law_said(w, "deputy", 0, "登记期限太长");
	law_said(w, "deputy2", 0, "登记材料太多");
	law_ctx(w, "station", &c);
	YES(export_run(&c, "law_comments", &to));
	assert_non_null(strstr(out.data, "登记期限太长"));
	assert_null(strstr(out.data, "登记材料太多"));
	buf_clear(&out);
}

static void
a_search_finds_what_is_in_sight(void **state)
{
	struct laws *w = *state;

	law_said(w, "deputy", 0, "登记期限太长");
	assert_int_equal(hits(w, "deputy", "law_comments", "登记期限"), 1);
	assert_int_equal(hits(w, "station", "law_comments", "登记期限"), 1);
	assert_int_equal(hits(w, "county", "law_comments", "登记期限"), 1);
	assert_int_equal(hits(w, "deputy2", "law_comments", "登记期限"), 0);
	assert_int_equal(hits(w, "station2", "law_comments", "登记期限"), 0);
	assert_int_equal(hits(w, "deputy2", "laws", "养犬管理"), 1);
}

static void
an_article_is_found_by_who_may_read_its_text(void **state)
{
	static const char unasked[] = "# 风车办法\n\n第一条 风车另行规定。\n";
	struct laws *w = *state;
	struct law_version_id id;

	YES(law_import(&w->county, unasked, strlen(unasked), (struct law_id){0},
	               "", &id));
	assert_int_equal(hits(w, "deputy2", "articles", "公安机关"), 1);
	assert_int_equal(hits(w, "station", "articles", "公安机关"), 1);
	assert_int_equal(hits(w, "county", "articles", "风车另行"), 1);
	assert_int_equal(hits(w, "deputy2", "articles", "风车另行"), 0);
	assert_int_equal(hits(w, "town", "articles", "风车另行"), 0);
}

static int broken;

static void
count(void *data, const char *rule, const char *text)
{
	(void)text;
	broken += strcmp(rule, data) == 0;
}

/* What somebody does to the file behind the program's back. */
static void
is_found(struct laws *w, const char *rule, const char *sql)
{
	int n = 0;

	YES(store_begin(w->o->f->store));
	YES(store_exec(w->o->f->store, sql));
	broken = 0;
	YES(check_run(&w->o->f->ctx, count, (void *)(uintptr_t)rule, &n));
	store_rollback(w->o->f->store);
	if (broken == 0)
		fail_msg("%s not found (%d): %s", rule, n, sql);
}

static void
what_is_broken_is_found(void **state)
{
	static const char *const what[][2] = {
	    {"law", "UPDATE law_article SET text = text || '。' WHERE id = 2"},
	    {"law", "UPDATE law SET version = 2"},
	    {"consultation", "UPDATE consultation SET to_on = '2026-05-01'"},
	    {"consultation", "UPDATE consultation_person SET read_at = NULL"
	                     " WHERE state = 'commented'"},
	    {"consultation", "UPDATE consultation_person SET state = 'seen'"},
	    {"law_comment", "UPDATE law_comment SET article = NULL"
	                    " WHERE state = 'merged'"},
	    {"law_comment", "UPDATE law_comment SET merged = NULL"},
	    {"law_comment", "UPDATE law_comment SET result = 'adopted'"},
	    {"law_comment", "UPDATE consultation SET state = 'answered'"},
	    {"law_comment", "UPDATE law_comment SET source = 'opinion'"},
	};
	struct laws *w = *state;
	struct law_comment_id one = law_said(w, "deputy", 0, "太短");
	struct law_comment_id other = law_said(w, "deputy", 0, "还是太短");
	int n;

	YES(law_do(w, "station", other, COMMENT_DO_MERGE, one));
	YES(check_run(&w->o->f->ctx, NULL, NULL, &n));
	assert_int_equal(n, 0);
	for (size_t i = 0; i < COUNT(what); i++)
		is_found(w, what[i][0], what[i][1]);
}

static int64_t
todo_of(struct laws *w, const char *who, enum todo_what what,
        enum todo_urgency urgency)
{
	struct todo *rows;
	struct ctx c;
	int n;

	law_ctx(w, who, &c);
	YES(todo_list(&c, w->o->f->a, 50, &rows, &n));
	for (int i = 0; i < n; i++)
		if (rows[i].what == what) {
			assert_int_equal(rows[i].urgency, urgency);
			return rows[i].n > 0 ? rows[i].n : 1;
		}
	return 0;
}

static void
a_month_says_what_is_not_sent_up(void **state)
{
	struct laws *w = *state;
	struct month_open rows[MONTH_WHATS];
	struct law_comment_id id = law_said(w, "deputy", 0, "太短");
	struct ctx c;

	law_ctx(w, "station", &c);
	YES(month_open_list(&c, w->o->units[0].unit, 202603, rows));
	assert_int_equal(rows[MONTH_COMMENT].month, 1);
	YES(law_do(w, "station", id, COMMENT_DO_CHECK, nothing));
	YES(law_do(w, "station", id, COMMENT_DO_SEND, nothing));
	YES(month_open_list(&c, w->o->units[0].unit, 202603, rows));
	assert_int_equal(rows[MONTH_COMMENT].month, 0);
}

static void
who_has_to_do_something_is_told(void **state)
{
	struct laws *w = *state;
	struct law_comment_id id, other;

	assert_int_equal(todo_of(w, "deputy", TODO_STUDY, TODO_LATER), 1);
	law_clock(w, (struct day){2026, 3, 29});
	assert_int_equal(todo_of(w, "deputy", TODO_STUDY, TODO_SOON), 1);
	law_clock(w, (struct day){2026, 4, 2}); /* the clock is late */
	assert_int_equal(todo_of(w, "deputy", TODO_STUDY, TODO_OVERDUE), 1);
	id = law_said(w, "deputy", 0, "太短");
	other = law_said(w, "deputy", 0, "还是太短");
	assert_int_equal(todo_of(w, "deputy", TODO_STUDY, TODO_LATER), 0);
	assert_int_equal(todo_of(w, "deputy2", TODO_STUDY, TODO_OVERDUE), 1);
	assert_int_equal(todo_of(w, "station", TODO_COMMENT, TODO_SOON), 2);
	assert_int_equal(todo_of(w, "station2", TODO_COMMENT, TODO_SOON), 0);
	assert_int_equal(todo_of(w, "county", TODO_LAW_ANSWER, TODO_SOON), 0);
	YES(law_do(w, "station", id, COMMENT_DO_RETURN, nothing));
	assert_int_equal(todo_of(w, "deputy", TODO_AGAIN, TODO_SOON), 1);
	assert_int_equal(todo_of(w, "deputy2", TODO_AGAIN, TODO_SOON), 0);
	YES(law_do(w, "deputy", id, COMMENT_DO_AGAIN, nothing));
	assert_int_equal(todo_of(w, "deputy", TODO_AGAIN, TODO_SOON), 0);
	YES(law_do(w, "station", other, COMMENT_DO_MERGE, id));
	YES(law_do(w, "station", id, COMMENT_DO_CHECK, nothing));
	assert_int_equal(todo_of(w, "station", TODO_COMMENT, TODO_SOON), 1);
	YES(law_do(w, "station", id, COMMENT_DO_SEND, nothing));
	assert_int_equal(todo_of(w, "station", TODO_COMMENT, TODO_SOON), 0);
	assert_int_equal(todo_of(w, "county", TODO_LAW_ANSWER, TODO_SOON), 1);
	YES(law_step(w, "county", CONSULTATION_DO_CLOSE));
	assert_int_equal(todo_of(w, "deputy2", TODO_STUDY, TODO_LATER), 0);
	assert_int_equal(todo_of(w, "county", TODO_CONSULTATION, TODO_SOON), 0);
	assert_int_equal(todo_of(w, "deputy", TODO_RESULT, TODO_LATER), 0);
	YES(law_do(w, "county", id, COMMENT_DO_ANSWER, nothing));
	assert_int_equal(todo_of(w, "county", TODO_LAW_ANSWER, TODO_SOON), 0);
	assert_int_equal(todo_of(w, "county", TODO_CONSULTATION, TODO_SOON), 1);
	assert_int_equal(todo_of(w, "deputy", TODO_RESULT, TODO_LATER), 1);
}

/* Without a scope: where everything is in sight. */
static void
plan_of(struct laws *w, const char *sql)
{
	const char *at;

	while ((at = strstr(sql, "@scope")) != NULL)
		sql = arena_printf(w->o->f->a, "%.*s1%s", (int)(at - sql), sql,
		                   at + strlen("@scope"));
	fixture_plan(w->o->f, sql);
}

static void
no_list_and_no_deputys_workbench_reads_all_comments(void **state)
{
	static const char *const people[] = {"county", "town", "station",
	                                     "deputy"};
	const char *const todos[] = {todo_sql_study, todo_sql_results,
	                             todo_sql_again};
	struct laws *w = *state;

	for (size_t i = 0; i < COUNT(people); i++) {
		struct ctx c;

		law_ctx(w, people[i], &c);
		fixture_plan_list(w->o->f, &c, &law_comment_list);
		fixture_plan_list(w->o->f, &c, &consultation_list);
		fixture_plan_list(w->o->f, &c, &law_list);
		hits(w, people[i], "law_comments", "登记期限");
		hits(w, people[i], "articles", "登记期限");
	}
	for (size_t i = 0; i < COUNT(todos); i++)
		plan_of(w, todos[i]);
}

static void
struck_out_it_was_never_said(void **state)
{
	struct laws *w = *state;
	const char *before = fixture_dump(w->o->f, w->o->f->a);

	law_said(w, "deputy", 0, "太短");
	org_strike_restores(w->o, before);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, laws_open_setup, laws_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_deputys_comment_counts_once_an_article),
	    TEST(an_officer_writes_for_a_deputy_and_for_a_citizen),
	    TEST(what_does_not_fit_is_refused),
	    TEST(the_public_comments_on_what_is_published),
	    TEST(each_step_is_taken_by_whom_the_table_says),
	    TEST(what_was_returned_comes_back_better),
	    TEST(only_alike_open_comments_are_merged),
	    TEST(
		an_answer_reaches_what_was_merged_without_telling_whose_it_was),
	    TEST(two_people_do_not_answer_one_comment),
	    TEST(an_answer_has_its_result_and_its_reason),
	    TEST(nothing_moves_once_the_draft_is_answered),
	    TEST(nothing_slips_into_a_draft_that_ends_meanwhile),
	    TEST(a_persons_history_tells_the_administrator_of_no_comment),
	    TEST(what_others_said_is_seen_by_nobody_else),
	    TEST(the_export_has_what_is_in_sight),
	    TEST(a_search_finds_what_is_in_sight),
	    TEST(an_article_is_found_by_who_may_read_its_text),
	    TEST(what_is_broken_is_found),
	    TEST(a_month_says_what_is_not_sent_up),
	    TEST(who_has_to_do_something_is_told),
	    TEST(no_list_and_no_deputys_workbench_reads_all_comments),
	    TEST(struck_out_it_was_never_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
