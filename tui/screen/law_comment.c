/* One comment on a draft law: what the article says, what is said about it,
 * the wording as a difference, what became of it, and what may be done. */
#include "db/base/i18n.h"
#include "db/person.h"
#include "tui/activity_menu.h"
#include "tui/history.h"
#include "tui/law_open.h"
#include "tui/law_rows.h"
#include "tui/people.h"
#include "tui/screens.h"
#include "tui/widget/page.h"

enum { CHOICES = 40 };

struct law_comment_screen {
	struct page page;
	struct law_comment_id id;
	struct law_comment row, answer;
	struct law_article article; /* id 0: the whole */
	const char *title;          /* of the consultation */
	enum law_comment_step steps[COMMENT_STEPS];
	int n;
	struct history history;
};

static const char *
whose(struct ui *ui, const struct law_comment *row)
{
	if (row->person.v == 0)
		return row->sender;
	return person_name(ui_ctx(ui), ui_arena(ui), row->person);
}

static void
put_about(struct ui *ui, struct law_comment_screen *s)
{
	const struct law_comment *m = &s->row;
	struct page *p = &s->page;

	page_pair(p, _("Consultation"), s->title);
	page_pairf(p, _("Whose"), "%s  %s  %s", whose(ui, m),
	           people_show_unit(ui, ui_arena(ui), m->unit.v),
	           _(law_comment_sources[m->source].label));
	page_pair(p, _("When"), ui_when(ui, ui_arena(ui), m->at));
	if (m->reason[0] != '\0')
		page_pair(p, _("Reason"), m->reason);
}

static void
put_said(struct ui *ui, struct law_comment_screen *s)
{
	const struct law_comment *m = &s->row;
	struct page *p = &s->page;

	page_blank(p);
	if (s->article.id.v != 0) {
		page_heading(p, _("The article"));
		page_text(p, THEME_DIM, s->article.text);
		page_blank(p);
	}
	page_heading(p, _("Comment and reason"));
	page_text(p, THEME_NORMAL, m->words);
	if (m->wording[0] != '\0') {
		page_blank(p);
		page_heading(p, _("Proposed wording: [-gone-] {+new+}"));
		page_text(p, THEME_NORMAL,
		          law_marked(ui_arena(ui), s->article.text, m->wording,
		                     false));
	}
}

static enum theme
result_role(int result)
{
	return result == COMMENT_ADOPTED || result == COMMENT_PARTLY
	           ? THEME_DONE
	           : THEME_NORMAL;
}

static void
put_answer(struct ui *ui, struct law_comment_screen *s)
{
	const struct law_comment *m = &s->answer;
	struct page *p = &s->page;

	if (s->row.state == COMMENT_MERGED)
		page_text(p, THEME_DIM,
		          _("It goes with another comment and gets its "
		            "answer."));
	if (m->state != COMMENT_ANSWERED)
		return;
	page_blank(p);
	page_heading(p, _("Answer of the county"));
	page_text(p, result_role(m->result),
	          arena_printf(ui_arena(ui), "%s  %s",
	                       _(law_comment_results[m->result].label),
	                       ui_when(ui, ui_arena(ui), m->answered_at)));
	if (m->answer[0] != '\0')
		page_text(p, THEME_NORMAL, m->answer);
	if (s->row.seen_at.s != 0)
		page_pair(p, _("Seen"),
		          ui_when(ui, ui_arena(ui), s->row.seen_at));
}

static int
read_about(struct ui *ui, struct law_comment_screen *s)
{
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct consultation k;
	int err = consultation_get(c, a, s->row.consultation, &k);

	s->title = err == OK ? k.title : "";
	s->article = (struct law_article){.label = "", .text = ""};
	if (err == OK && s->row.article.v != 0)
		err = law_article_get(c, a, s->row.article, &s->article);
	if (err == OK)
		err = law_comment_answer_of(c, a, &s->row, &s->answer);
	return err;
}

/* An answer that its author has before them is seen. */
static int
see(struct ui *ui, struct law_comment_screen *s)
{
	if (s->answer.state != COMMENT_ANSWERED || s->row.seen_at.s != 0 ||
	    s->row.person.v != ui_ctx(ui)->me ||
	    ui_ctx(ui)->scope != SCOPE_SELF)
		return OK;
	return law_comment_see(ui_ctx(ui), s->id);
}

static int
load(struct ui *ui, void *data)
{
	struct law_comment_screen *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	int err = law_comment_get(c, a, s->id, &s->row);

	if (err == OK)
		err = read_about(ui, s);
	if (err == OK)
		err = see(ui, s);
	if (err == OK)
		err =
		    history_load(ui, &s->history, ENTITY_LAW_COMMENT, s->id.v);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(LAW_COMMENT), 0);
	s->n = law_comment_offers(c, &s->row, s->steps, COMMENT_STEPS);
	page_begin(&s->page);
	page_title(&s->page,
	           arena_printf(a, "%s  %lld",
	                        s->article.id.v != 0 ? s->article.label
	                                             : _("The whole"),
	                        (long long)s->id.v),
	           _(law_comment_states[s->row.state].label));
	put_about(ui, s);
	put_answer(ui, s);
	put_said(ui, s);
	page_blank(&s->page);
	history_fill(ui, &s->page, &s->history);
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct law_comment_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- steps --------------------------------------------------------------- */

static bool
offers(const void *data, enum law_comment_step step)
{
	const struct law_comment_screen *s = data;

	for (int i = 0; i < s->n; i++)
		if (s->steps[i] == step)
			return true;
	return false;
}

static void
act(struct ui *ui, struct law_comment_screen *s, struct law_comment_act *act)
{
	act->id = s->id;
	act->row_version = s->row.row_version;
	if (activity_menu_fault(ui, law_comment_act(ui_ctx(ui), act)) == OK)
		ui_say(ui, "%s", _("Done."));
	ui_reload(ui);
}

static void
take(struct ui *ui, void *data, enum law_comment_step step)
{
	struct law_comment_act one = {.step = step};

	act(ui, data, &one);
}

#define STEP_KEY(name, STEP)                                                   \
	static bool can_##name(struct ui *ui, const void *data)                \
	{                                                                      \
		(void)ui;                                                      \
		return offers(data, STEP);                                     \
	}

STEP_KEY(release, COMMENT_DO_RELEASE)
STEP_KEY(check, COMMENT_DO_CHECK)
STEP_KEY(return, COMMENT_DO_RETURN)
STEP_KEY(again, COMMENT_DO_AGAIN)
STEP_KEY(merge, COMMENT_DO_MERGE)
STEP_KEY(send, COMMENT_DO_SEND)
STEP_KEY(answer, COMMENT_DO_ANSWER)
STEP_KEY(withdraw, COMMENT_DO_WITHDRAW)

static void
key_release(struct ui *ui, void *data)
{
	take(ui, data, COMMENT_DO_RELEASE);
}

static void
key_check(struct ui *ui, void *data)
{
	take(ui, data, COMMENT_DO_CHECK);
}

static void
key_return(struct ui *ui, void *data)
{
	struct law_comment_act one = {.step = COMMENT_DO_RETURN};

	one.reason =
	    activity_menu_reason(ui, _("Why it goes back to its author"));
	if (one.reason != NULL)
		act(ui, data, &one);
}

static void
key_send(struct ui *ui, void *data)
{
	take(ui, data, COMMENT_DO_SEND);
}

static void
key_answer(struct ui *ui, void *data)
{
	law_comment_step_open(ui, ((struct law_comment_screen *)data)->id,
	                      COMMENT_DO_ANSWER);
}

static void
key_again(struct ui *ui, void *data)
{
	law_comment_step_open(ui, ((struct law_comment_screen *)data)->id,
	                      COMMENT_DO_AGAIN);
}

static void
key_withdraw(struct ui *ui, void *data)
{
	if (ui_confirm(ui, _("Withdraw your comment?")))
		take(ui, data, COMMENT_DO_WITHDRAW);
}

/* Those on the same article that are still open, alike ones together. */
static void
key_merge(struct ui *ui, void *data)
{
	struct law_comment_screen *s = data;
	struct law_comment_act one = {.step = COMMENT_DO_MERGE};
	struct law_comment_id ids[CHOICES];
	const char *labels[CHOICES];
	struct collated_comment *rows;
	int n, count = 0, chosen;

	if (ui_error(ui,
	             law_collated(ui_ctx(ui), ui_arena(ui), s->row.consultation,
	                          s->row.article, &rows, &n)) != OK)
		return;
	for (int i = 0; i < n && count < CHOICES; i++) {
		if (rows[i].id.v == s->id.v ||
		    (rows[i].state != COMMENT_SUBMITTED &&
		     rows[i].state != COMMENT_CHECKED &&
		     rows[i].state != COMMENT_SENT))
			continue;
		ids[count] = rows[i].id;
		labels[count++] = arena_printf(ui_arena(ui), "%lld  %s  %s",
		                               (long long)rows[i].id.v,
		                               rows[i].name, rows[i].words);
	}
	if (count == 0) {
		ui_say(ui, "%s",
		       _("There is no other open comment on this "
		         "article."));
		return;
	}
	chosen = ui_menu(ui, _("Which one it goes with"), labels, count);
	if (chosen < 0)
		return;
	one.into = ids[chosen];
	act(ui, s, &one);
}

/* The key F10 is what comes next, for whoever's turn it is. */
static bool
has_next(struct ui *ui, const void *data)
{
	return can_check(ui, data) || can_send(ui, data) ||
	       can_answer(ui, data) || can_again(ui, data);
}

static void
key_next(struct ui *ui, void *data)
{
	if (can_again(ui, data))
		key_again(ui, data);
	else if (can_check(ui, data))
		key_check(ui, data);
	else if (can_send(ui, data) && !can_answer(ui, data))
		key_send(ui, data);
	else
		key_answer(ui, data);
}

static bool
can_strike(struct ui *ui, const void *data)
{
	const struct law_comment_screen *s = data;

	(void)ui;
	return history_can_strike(&s->page, &s->history);
}

static void
key_strike(struct ui *ui, void *data)
{
	struct law_comment_screen *s = data;

	history_strike(ui, &s->page, &s->history);
}

/* clang-format off */
static const struct key keys[] = {
	{"Up/Down", N_("Scroll"), PERM_NONE, NULL, NULL, NULL},
	{"F10", N_("Next step"), PERM_NONE, key_next, has_next,
	 N_("The station checks it and sends it up, the county answers it, its author changes what came back.")},
	{KEY_ACTION, N_("Release"), PERM_LAW_CHECK, key_release, can_release, NULL},
	{KEY_ACTION, N_("It is in order"), PERM_LAW_CHECK, key_check, can_check, NULL},
	{KEY_ACTION, N_("Return it"), PERM_LAW_CHECK, key_return, can_return, NULL},
	{KEY_ACTION, N_("Merge into another"), PERM_LAW_CHECK, key_merge, can_merge,
	 N_("It says what another one on the same article says, and gets that one's answer.")},
	{KEY_ACTION, N_("Send it up"), PERM_LAW_CHECK, key_send, can_send, NULL},
	{KEY_ACTION, N_("Answer it"), PERM_LAW_ANSWER, key_answer, can_answer, NULL},
	{KEY_ACTION, N_("Submit it again"), PERM_NONE, key_again, can_again, NULL},
	{KEY_ACTION, N_("Withdraw it"), PERM_NONE, key_withdraw, can_withdraw, NULL},
	{"Delete", N_("Strike out"), PERM_EVENT_STRIKE, key_strike, can_strike,
	 N_("Strike out the entry of the history under the mark, with a reason; what followed from it no longer counts.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_law_comment = {
    .name = "law-comment",
    .title = N_("Comment on a draft law"),
    .about = N_(
	"What somebody says about an article of a draft law, or the whole.\n"
	"To be checked -> cleared -> sent up -> answered: adopted, partly "
	"adopted, not adopted or for reference. The station may return it to "
	"its author with a reason, or merge it into another one. Its author "
	"has seen the answer when this page was opened."),
    .needs = PERM_LAW_READ,
    .size = sizeof(struct law_comment_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
