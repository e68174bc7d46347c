/*
 * One consultation: the law, the days, what is asked and what there is to
 * study; for a deputy their own steps, with the next one on one key; for the
 * staff the figures and the steps.
 */
#include "db/base/i18n.h"
#include "tui/consultation_steps.h"
#include "tui/history.h"
#include "tui/law_open.h"
#include "tui/screens.h"
#include "tui/widget/page.h"

enum { BAR = 30 };

struct consultation_screen {
	struct page page;
	struct consultation_id id;
	struct consultation row;
	struct law_version version;
	struct consultation_person me;
	bool asked; /* me is there */
	enum consultation_step steps[CONSULTATION_STEPS];
	int n;
	struct conversion *waiting; /* opinions without a comment */
	int waiting_n;
	struct history history;
};

static void
put_terms(struct ui *ui, struct consultation_screen *s)
{
	const struct consultation *k = &s->row;
	struct arena *a = ui_arena(ui);
	struct page *p = &s->page;
	enum theme role;

	page_title(p, k->title, _(consultation_states[k->state].label));
	page_pairf(p, _("The text"),
	           _("version %lld, %lld chapters, %lld articles"),
	           (long long)s->version.number, (long long)s->version.chapters,
	           (long long)s->version.articles);
	page_pairf(p, _("Days"), "%s - %s",
	           day_show(a, k->from_on, (struct day){0}),
	           day_show(a, k->to_on, (struct day){0}));
	if (k->state == CONSULTATION_OPEN)
		page_pair(p, _("Until"),
		          law_due(ui, a, k->to_on, true, false, &role));
	if (k->published)
		page_pair(p, _("On the public page"), _("yes"));
	if (k->text[0] != '\0')
		page_pair(p, _("What is asked"), k->text);
	if (k->material[0] != '\0')
		page_pair(p, _("To study"), k->material);
	if (k->reason[0] != '\0')
		page_pair(p, _("Reason"), k->reason);
	if (k->summary[0] != '\0')
		page_pair(p, _("Closing summary"), k->summary);
}

static void
put_bar(struct ui *ui, struct consultation_screen *s, const char *label,
        int64_t n)
{
	page_bar(&s->page, label,
	         arena_printf(ui_arena(ui), "%lld/%lld", (long long)n,
	                      (long long)s->row.people),
	         (long long)n, (long long)s->row.people, BAR);
}

static void
put_figures(struct ui *ui, struct consultation_screen *s)
{
	page_blank(&s->page);
	put_bar(ui, s, _("Studied"), s->row.studied);
	put_bar(ui, s, _("Had their say"), s->row.done);
	page_pairf(&s->page, _("Comments"), "%lld", (long long)s->row.comments);
}

/* What a deputy has to do next, and the key that does it. */
static const char *
next_words(const struct consultation_screen *s)
{
	bool open = s->row.state == CONSULTATION_OPEN;

	if (!s->asked)
		return "";
	if (s->row.state == CONSULTATION_ANSWERED)
		return s->me.state == READER_SEEN
		           ? ""
		           : _("Enter shows what became of the comments.");
	if (!open)
		return s->row.state == CONSULTATION_CLOSED
		           ? _("It is over; the county answers the comments.")
		           : "";
	switch (s->me.state) {
	case READER_RECEIVED:
		return _("Enter opens the text.");
	case READER_READ:
		return _("Study it, then Enter says that you have.");
	case READER_STUDIED:
		return _("Comment on an article in the text, or Enter says "
		         "that you have no comment.");
	}
	return _("Done. You may still comment until the last day.");
}

static void
put_step(struct ui *ui, struct consultation_screen *s, const char *label,
         struct instant at)
{
	const struct page_cell cells[] = {
	    {at.s != 0 ? "x" : "-", 1, false,
	     at.s != 0 ? THEME_DONE : THEME_DIM},
	    {label, 18, false, at.s != 0 ? THEME_NORMAL : THEME_DIM},
	    {at.s != 0 ? ui_when(ui, ui_arena(ui), at) : "", 0, false,
	     THEME_DIM},
	};

	page_cells(&s->page, cells, (int)COUNT(cells));
}

static void
put_mine(struct ui *ui, struct consultation_screen *s)
{
	const struct consultation_person *me = &s->me;
	const char *next = next_words(s);

	if (!s->asked)
		return;
	page_blank(&s->page);
	page_heading(&s->page, _("My steps"));
	put_step(ui, s, _("Received it"), me->received_at);
	put_step(ui, s, _("Read it"), me->read_at);
	put_step(ui, s, _("Studied"), me->studied_at);
	put_step(ui, s,
	         me->state == READER_NOTHING ? _("No comment") : _("Commented"),
	         me->done_at);
	put_step(ui, s, _("Saw the result"), me->seen_at);
	if (next[0] != '\0')
		page_text(&s->page, THEME_TITLE, next);
}

static int
read_mine(struct ui *ui, struct consultation_screen *s)
{
	int err = consultation_mine(ui_ctx(ui), ui_arena(ui), s->id, &s->me);

	s->asked = err == OK && ui_ctx(ui)->scope == SCOPE_SELF;
	return err == ERR_NOT_FOUND ? OK : err;
}

static int
read_waiting(struct ui *ui, struct consultation_screen *s)
{
	s->waiting_n = 0;
	if (s->row.state != CONSULTATION_OPEN || !ui_may(ui, PERM_LAW_CHECK))
		return OK;
	return law_comment_waiting(ui_ctx(ui), ui_arena(ui), s->id, &s->waiting,
	                           &s->waiting_n);
}

static int
load(struct ui *ui, void *data)
{
	struct consultation_screen *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	int err = consultation_get(c, a, s->id, &s->row);

	if (err == OK)
		err = law_version_get(c, a, s->row.version, &s->version);
	if (err == OK)
		err = read_mine(ui, s);
	if (err == OK)
		err = read_waiting(ui, s);
	if (err == OK)
		err = history_load_own(ui, &s->history, ENTITY_CONSULTATION,
		                       s->id.v);
	if (err != OK)
		return err;
	ui_watch(ui,
	         ENTITY_BIT(CONSULTATION) | ENTITY_BIT(CONSULTATION_PERSON) |
	             ENTITY_BIT(LAW_COMMENT) | ENTITY_BIT(CONVERSION),
	         0);
	s->n = consultation_offers(c, &s->row, s->steps, CONSULTATION_STEPS);
	page_begin(&s->page);
	put_terms(ui, s);
	put_mine(ui, s);
	put_figures(ui, s);
	history_fill(ui, &s->page, &s->history);
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct consultation_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- a deputy's next step ------------------------------------------------ */

static void
take(struct ui *ui, struct consultation_screen *s,
     enum consultation_person_state step, const char *done)
{
	if (ui_error(ui, consultation_take(ui_ctx(ui), s->id, step)) == OK)
		ui_say(ui, "%s", done);
	ui_reload(ui);
}

static void
say_nothing(struct ui *ui, struct consultation_screen *s)
{
	if (ui_confirm(ui, _("Say that you have no comment? You may still "
	                     "comment until the last day.")))
		take(ui, s, READER_NOTHING, _("It is noted."));
}

static void
key_next(struct ui *ui, void *data)
{
	struct consultation_screen *s = data;
	bool open = s->row.state == CONSULTATION_OPEN;

	if (s->asked && s->row.state == CONSULTATION_ANSWERED) {
		take(ui, s, READER_SEEN, _("These are your comments."));
		law_comment_list_open(ui, s->id, (struct law_article_id){0});
	} else if (s->asked && open && s->me.state == READER_READ) {
		take(ui, s, READER_STUDIED,
		     _("It is noted that you studied "
		       "it."));
	} else if (s->asked && open && s->me.state == READER_STUDIED) {
		say_nothing(ui, s);
	} else {
		law_read_open(ui, s->id);
	}
}

static void
key_read(struct ui *ui, void *data)
{
	law_read_open(ui, ((struct consultation_screen *)data)->id);
}

static void
key_comments(struct ui *ui, void *data)
{
	law_comment_list_open(ui, ((struct consultation_screen *)data)->id,
	                      (struct law_article_id){0});
}

static void
key_write(struct ui *ui, void *data)
{
	law_comment_write(ui, ((struct consultation_screen *)data)->id,
	                  (struct law_article_id){0});
}

static bool
can_write(struct ui *ui, const void *data)
{
	const struct consultation_screen *s = data;

	return s->row.state == CONSULTATION_OPEN &&
	       (s->asked || ui_may(ui, PERM_LAW_CHECK));
}

static bool
can_study(struct ui *ui, const void *data)
{
	const struct consultation_screen *s = data;

	(void)ui;
	return s->asked && s->row.state == CONSULTATION_OPEN &&
	       s->me.state < READER_STUDIED;
}

static void
key_study(struct ui *ui, void *data)
{
	take(ui, data, READER_STUDIED, _("It is noted that you studied it."));
}

static bool
can_nothing(struct ui *ui, const void *data)
{
	const struct consultation_screen *s = data;

	(void)ui;
	return s->asked && s->row.state == CONSULTATION_OPEN &&
	       s->me.state < READER_COMMENTED;
}

static void
key_nothing(struct ui *ui, void *data)
{
	say_nothing(ui, data);
}

/* --- the county's -------------------------------------------------------- */

static void
key_people(struct ui *ui, void *data)
{
	ui_push(ui, &screen_consultation_people,
	        ((struct consultation_screen *)data)->id.v);
}

static void
key_collation(struct ui *ui, void *data)
{
	ui_push(ui, &screen_collation,
	        ((struct consultation_screen *)data)->id.v);
}

static void
key_versions(struct ui *ui, void *data)
{
	ui_push(ui, &screen_law_versions,
	        ((struct consultation_screen *)data)->row.law.v);
}

static void
key_change(struct ui *ui, void *data)
{
	ui_push(ui, &screen_consultation_form,
	        ((struct consultation_screen *)data)->id.v);
}

static bool
offers(const void *data, enum consultation_step step)
{
	const struct consultation_screen *s = data;

	for (int i = 0; i < s->n; i++)
		if (s->steps[i] == step)
			return true;
	return false;
}

static bool
can_change(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct consultation_screen *)data)->row.state <=
	       CONSULTATION_CLOSED;
}

/* Whether a step is on offer, and its key. */
#define STEP_KEY(name, STEP)                                                   \
	static bool can_##name(struct ui *ui, const void *data)                \
	{                                                                      \
		(void)ui;                                                      \
		return offers(data, STEP);                                     \
	}                                                                      \
	static void key_##name(struct ui *ui, void *data)                      \
	{                                                                      \
		consultation_step_ask(                                         \
		    ui, &((const struct consultation_screen *)data)->row,      \
		    STEP);                                                     \
	}

STEP_KEY(open, CONSULTATION_DO_OPEN)
STEP_KEY(close, CONSULTATION_DO_CLOSE)
STEP_KEY(extend, CONSULTATION_DO_EXTEND)
STEP_KEY(answer, CONSULTATION_DO_ANSWER)
STEP_KEY(cancel, CONSULTATION_DO_CANCEL)
STEP_KEY(publish, CONSULTATION_DO_PUBLISH)
STEP_KEY(hide, CONSULTATION_DO_HIDE)

static bool
can_adopt(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct consultation_screen *)data)->waiting_n > 0;
}

static void
key_adopt(struct ui *ui, void *data)
{
	const struct consultation_screen *s = data;

	law_opinion_adopt(ui, &s->row, s->waiting, s->waiting_n);
}

static bool
can_strike(struct ui *ui, const void *data)
{
	const struct consultation_screen *s = data;

	(void)ui;
	return history_can_strike(&s->page, &s->history);
}

static void
key_strike(struct ui *ui, void *data)
{
	struct consultation_screen *s = data;

	history_strike(ui, &s->page, &s->history);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Next step"), PERM_NONE, key_next, NULL,
	 N_("What comes next for you: the text, that you have studied it, that you have no comment, the results. For the staff the text.")},
	{"F3", N_("Read the text"), PERM_NONE, key_read, NULL, NULL},
	{"F4", N_("Comment"), PERM_NONE, key_write, can_write,
	 N_("Comment on the whole; on an article from its text.")},
	{KEY_ACTION, N_("I have studied it"), PERM_LAW_COMMENT, key_study, can_study, NULL},
	{KEY_ACTION, N_("I have no comment"), PERM_LAW_COMMENT, key_nothing, can_nothing, NULL},
	{KEY_ACTION, N_("Comments"), PERM_NONE, key_comments, NULL, NULL},
	{KEY_ACTION, N_("Comments by article"), PERM_LAW_CHECK, key_collation, NULL,
	 N_("How many comments each article has, and of what result; alike ones together.")},
	{KEY_ACTION, N_("Who got how far"), PERM_LAW_CHECK, key_people, NULL, NULL},
	{KEY_ACTION, N_("Texts of the law"), PERM_NONE, key_versions, NULL, NULL},
	{KEY_ACTION, N_("Open it"), PERM_LAW_WRITE, key_open, can_open, NULL},
	{KEY_ACTION, N_("Close it"), PERM_LAW_WRITE, key_close, can_close, NULL},
	{KEY_ACTION, N_("Give more time"), PERM_LAW_WRITE, key_extend, can_extend, NULL},
	{KEY_ACTION, N_("Tell everybody the results"), PERM_LAW_WRITE, key_answer, can_answer,
	 N_("When every comment has its answer: each author sees what became of theirs.")},
	{KEY_ACTION, N_("Change it"), PERM_LAW_WRITE, key_change, can_change, NULL},
	{KEY_ACTION, N_("Put it on the public page"), PERM_LAW_WRITE, key_publish, can_publish, NULL},
	{KEY_ACTION, N_("Take it off the public page"), PERM_LAW_WRITE, key_hide, can_hide,
	 N_("Its page and its code then say that it is not public any more. Deputies and stations keep what they have.")},
	{KEY_ACTION, N_("Cancel it"), PERM_LAW_WRITE, key_cancel, can_cancel, NULL},
	{KEY_ACTION, N_("Opinions that wait"), PERM_LAW_CHECK, key_adopt, can_adopt,
	 N_("Opinions that were to be comments on a draft when nobody was asked about one: make one a comment here.")},
	{"Delete", N_("Strike out"), PERM_EVENT_STRIKE, key_strike, can_strike,
	 N_("Strike out the entry of the history under the mark, with a reason; what followed from it no longer counts.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_consultation = {
    .name = "consultation",
    .title = N_("Consultation"),
    .about = N_(
	"What is asked about a draft law, of whom and until when.\n"
	"A deputy: received -> read -> studied -> commented, or no comment -> "
	"saw the result. Reading is noted when the text is opened; the rest "
	"you say yourself.\n"
	"The county: being prepared -> open -> being answered -> answered. It "
	"opens and closes by itself on its days."),
    .needs = PERM_LAW_READ,
    .size = sizeof(struct consultation_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
