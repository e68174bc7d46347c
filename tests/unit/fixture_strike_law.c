/* Scenarios of test_strike: a draft law comes in, deputies are asked about it,
 * comment and are answered. */
#include "tests/unit/fixture_strike.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/law_comment.h"

static const struct day none = {0};

static void
import_law(struct cast *w)
{
	static const char text[] = "养犬管理条例\n第一条 为了规范养犬行为。\n";
	struct law_version_id id;

	YES(law_import(&w->county, text, strlen(text), (struct law_id){0}, "",
	               &id));
}

static int64_t
newest(struct cast *w, const char *sql)
{
	return fixture_int(w->f, sql);
}

static struct consultation_id
consultation(struct cast *w)
{
	return (struct consultation_id){
	    newest(w, "SELECT max(id) FROM consultation")};
}

static void
prepare(struct cast *w)
{
	const struct consultation entry = {
	    .version = {newest(w, "SELECT max(id) FROM law_version")},
	    .title = "征求意见",
	    .text = "",
	    .material = "",
	    .from_on = {2026, 1, 1},
	    .to_on = {2099, 12, 31},
	};
	struct consultation_id id;

	YES(consultation_prepare(&w->county, &entry, NULL, 0, NULL, 0, &id));
}

static void
have_draft(struct cast *w)
{
	import_law(w);
	prepare(w);
}

static void
change(struct cast *w)
{
	struct consultation entry;

	YES(consultation_get(&w->county, w->a, consultation(w), &entry));
	entry.title = "再次征求意见";
	entry.to_on = (struct day){2098, 12, 31};
	YES(consultation_save(&w->county, &entry));
}

static void
fire(struct cast *w, enum consultation_step step)
{
	YES(consultation_fire(
	    &w->county, consultation(w), step, "理由",
	    step == CONSULTATION_DO_EXTEND ? (struct day){2100, 1, 1} : none));
}

static void
open_it(struct cast *w)
{
	fire(w, CONSULTATION_DO_OPEN);
}

static void
close_it(struct cast *w)
{
	fire(w, CONSULTATION_DO_CLOSE);
}

static void
extend_it(struct cast *w)
{
	fire(w, CONSULTATION_DO_EXTEND);
}

static void
answer_it(struct cast *w)
{
	fire(w, CONSULTATION_DO_ANSWER);
}

static void
cancel_it(struct cast *w)
{
	fire(w, CONSULTATION_DO_CANCEL);
}

static void
have_open(struct cast *w)
{
	have_draft(w);
	open_it(w);
}

static void
have_closed(struct cast *w)
{
	have_open(w);
	close_it(w);
}

static void
publish_it(struct cast *w)
{
	fire(w, CONSULTATION_DO_PUBLISH);
}

static void
hide_it(struct cast *w)
{
	fire(w, CONSULTATION_DO_HIDE);
}

static void
have_published(struct cast *w)
{
	have_open(w);
	publish_it(w);
}

static void
have_results(struct cast *w)
{
	have_closed(w);
	answer_it(w);
}

static void
read_it(struct cast *w)
{
	YES(consultation_take(&w->deputy, consultation(w), READER_READ));
}

static void
study_it(struct cast *w)
{
	YES(consultation_take(&w->deputy, consultation(w), READER_STUDIED));
}

static void
say_nothing(struct cast *w)
{
	YES(consultation_take(&w->deputy, consultation(w), READER_NOTHING));
}

static void
see_results(struct cast *w)
{
	YES(consultation_take(&w->deputy, consultation(w), READER_SEEN));
}

/* --- comments ------------------------------------------------------------- */

static void
comment(struct cast *w)
{
	const struct law_comment entry = {
	    .consultation = consultation(w),
	    .article = {newest(w, "SELECT max(id) FROM law_article"
	                          " WHERE kind = 'article'")},
	    .words = "太短",
	};
	struct law_comment_id id;

	YES(law_comment_add(&w->deputy, &entry, &id));
}

static void
have_comment(struct cast *w)
{
	have_open(w);
	comment(w);
}

static void
have_two(struct cast *w)
{
	have_comment(w);
	comment(w);
}

static void
have_held(struct cast *w)
{
	struct law_comment entry = {.words = "公众意见"};
	struct consultation k;
	struct law_comment_id id;

	have_open(w);
	YES(consultation_get(&w->county, w->a, consultation(w), &k));
	k.published = true;
	YES(consultation_save(&w->county, &k));
	entry.consultation = k.id;
	entry.unit.v = w->staff.my_unit;
	YES(law_comment_add_public(&w->f->ctx, &entry, "trap", &id));
}

static void
act(struct cast *w, struct ctx *c, enum law_comment_step step)
{
	struct law_comment row;
	const struct law_comment_id id = {
	    newest(w, "SELECT max(id) FROM law_comment")};
	struct law_comment_act given = {
	    .id = id,
	    .step = step,
	    .reason = "不完整",
	    .into = {newest(w, "SELECT min(id) FROM law_comment")},
	    .result = COMMENT_ADOPTED,
	    .answer = "",
	    .words = "写得更清楚",
	    .wording = "",
	};

	YES(law_comment_get(&w->f->ctx, w->a, id, &row));
	given.row_version = row.row_version;
	YES(law_comment_act(c, &given));
}

static void
release(struct cast *w)
{
	act(w, &w->head, COMMENT_DO_RELEASE);
}

static void
check(struct cast *w)
{
	act(w, &w->head, COMMENT_DO_CHECK);
}

static void
send_back(struct cast *w)
{
	act(w, &w->head, COMMENT_DO_RETURN);
}

static void
again(struct cast *w)
{
	act(w, &w->deputy, COMMENT_DO_AGAIN);
}

static void
merge(struct cast *w)
{
	act(w, &w->head, COMMENT_DO_MERGE);
}

static void
send_up(struct cast *w)
{
	act(w, &w->head, COMMENT_DO_SEND);
}

static void
answer(struct cast *w)
{
	act(w, &w->county, COMMENT_DO_ANSWER);
}

static void
withdraw(struct cast *w)
{
	act(w, &w->deputy, COMMENT_DO_WITHDRAW);
}

static void
see_answer(struct cast *w)
{
	YES(law_comment_see(&w->deputy,
	                    (struct law_comment_id){
				newest(w, "SELECT max(id) FROM law_comment")}));
}

static void
have_checked(struct cast *w)
{
	have_comment(w);
	check(w);
}

static void
have_returned(struct cast *w)
{
	have_comment(w);
	send_back(w);
}

static void
have_sent(struct cast *w)
{
	have_checked(w);
	send_up(w);
}

static void
have_answered(struct cast *w)
{
	have_sent(w);
	answer(w);
}

const struct scenario law_scenarios[] = {
    {ACTION_LAW_IMPORT, NULL, import_law},
    {ACTION_CONSULTATION_PREPARE, import_law, prepare},
    {ACTION_CONSULTATION_SAVE, have_draft, change},
    {ACTION_CONSULTATION_OPEN, have_draft, open_it},
    {ACTION_CONSULTATION_CLOSE, have_open, close_it},
    {ACTION_CONSULTATION_EXTEND, have_closed, extend_it},
    {ACTION_CONSULTATION_ANSWER, have_closed, answer_it},
    {ACTION_CONSULTATION_CANCEL, have_open, cancel_it},
    {ACTION_CONSULTATION_PUBLISH, have_open, publish_it},
    {ACTION_CONSULTATION_HIDE, have_published, hide_it},
    {ACTION_CONSULTATION_READ, have_open, read_it},
    {ACTION_CONSULTATION_STUDY, have_open, study_it},
    {ACTION_CONSULTATION_NOTHING, have_open, say_nothing},
    {ACTION_CONSULTATION_SEE, have_results, see_results},
    {ACTION_COMMENT_ADD, have_open, comment},
    {ACTION_COMMENT_RELEASE, have_held, release},
    {ACTION_COMMENT_CHECK, have_comment, check},
    {ACTION_COMMENT_RETURN, have_comment, send_back},
    {ACTION_COMMENT_AGAIN, have_returned, again},
    {ACTION_COMMENT_MERGE, have_two, merge},
    {ACTION_COMMENT_SEND, have_checked, send_up},
    {ACTION_COMMENT_ANSWER, have_sent, answer},
    {ACTION_COMMENT_WITHDRAW, have_comment, withdraw},
    {ACTION_COMMENT_SEE, have_answered, see_answer},
    {0, NULL, NULL},
};
