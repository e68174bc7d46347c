/*
 * A voter's paper: the candidates in their order, each to be marked. What is
 * marked is in this screen's memory alone: it is neither drafted nor resumed,
 * and wiped when the screen closes or the paper was handed in.
 */
#include <string.h>

#include "db/ballot.h"
#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

struct ballot_vote {
	struct page page;
	struct ballot_id id;
	struct ballot row; /* of ui_keep */
	struct ballot_option *options;
	int n;
	int why; /* OK: they may vote; else why not */
	char marks[BALLOT_OPTIONS_MAX + 1];
};

enum { HEAD_ROWS = 3 };

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct ballot_vote *s = data;
	struct ctx *c = ui_ctx(ui);
	int err;

	s->id.v = arg;
	err = ballot_get(c, ui_keep(ui), s->id, &s->row);
	if (err == OK)
		err = ballot_options(c, ui_keep(ui), s->id, &s->options, &s->n);
	if (err != OK)
		return err;
	s->why = ballot_may_vote(c, s->id);
	memset(s->marks, '0', (size_t)s->n);
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static int
count(const struct ballot_vote *s, char mark)
{
	int n = 0;

	for (int i = 0; i < s->n; i++)
		n += s->marks[i] == mark;
	return n;
}

static const char *
mark_text(const struct ballot_vote *s, char mark)
{
	if (mark == '+')
		return s->row.kind == BALLOT_EACH ? _("[for]") : "[+]";
	if (mark == '-')
		return _("[against]");
	return s->row.kind == BALLOT_EACH ? _("[   ]") : "[ ]";
}

static int
load(struct ui *ui, void *data)
{
	struct ballot_vote *s = data;
	int wide = s->row.kind == BALLOT_EACH ? 9 : 3;

	page_begin(&s->page);
	if (s->why != OK)
		page_text(&s->page, THEME_NORMAL, _(ballot_refusal(s->why)));
	for (int i = 0; s->why == OK && i < s->n; i++) {
		const struct ballot_option *o = &s->options[i];
		const struct page_cell cells[] = {
		    {mark_text(s, s->marks[i]), wide, false,
		     s->marks[i] == '0' ? THEME_NORMAL : THEME_TITLE},
		    {arena_printf(ui_arena(ui), "%lld", (long long)o->position),
		     3, true, THEME_DIM},
		    {o->title, 0, false, THEME_NORMAL},
		};

		page_item_cells(&s->page, i + 1, 0, cells, 3);
	}
	return OK;
}

static const char *
standing(struct ui *ui, const struct ballot_vote *s)
{
	struct arena *a = ui_arena(ui);
	int yes = count(s, '+');

	if (s->row.kind == BALLOT_EACH)
		return arena_printf(a, _("for %d, against %d, neither %d"), yes,
		                    count(s, '-'), count(s, '0'));
	return arena_printf(a, _("marked %d of at most %lld"), yes,
	                    (long long)s->row.places);
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct ballot_vote *s = data;
	struct area below = area_part(body, HEAD_ROWS, 0, 0, 0);
	const char *text = standing(ui, s);

	area_fit(body, 0, 0, body->columns, THEME_TITLE, s->row.title);
	if (s->why == OK)
		area_fit(body, 1, 0, body->columns, THEME_NORMAL, text);
	page_draw(&s->page, &below);
}

static void
leave(struct ui *ui, void *data)
{
	struct ballot_vote *s = data;

	(void)ui;
	secret_wipe(s->marks, sizeof(s->marks));
}

/* --- keys ---------------------------------------------------------------- */

/* Mark the candidate under the cursor; more than the places are refused here
 * already. */
static void
set(struct ui *ui, struct ballot_vote *s, char mark)
{
	int64_t at;

	if (!page_selected(&s->page, &at, NULL))
		return;
	if (mark == '+' && s->row.kind == BALLOT_MARK &&
	    s->marks[at - 1] != '+' && count(s, '+') >= s->row.places) {
		ui_say(ui, "%s",
		       _("As many are marked as there are places; take one "
		         "mark away first."));
		return;
	}
	s->marks[at - 1] = mark;
	ui_reload(ui);
}

static void
key_next(struct ui *ui, void *data)
{
	struct ballot_vote *s = data;
	int64_t at;
	char was;

	if (!page_selected(&s->page, &at, NULL))
		return;
	was = s->marks[at - 1];
	if (was == '0')
		set(ui, s, '+');
	else
		set(ui, s,
		    was == '+' && s->row.kind == BALLOT_EACH ? '-' : '0');
}

static void
key_for(struct ui *ui, void *data)
{
	set(ui, data, '+');
}

static void
key_against(struct ui *ui, void *data)
{
	struct ballot_vote *s = data;

	set(ui, s, s->row.kind == BALLOT_EACH ? '-' : '0');
}

static void
key_neither(struct ui *ui, void *data)
{
	set(ui, data, '0');
}

/* "1, 4, 9": the numbers with a mark. */
static const char *
numbers(struct arena *a, const struct ballot_vote *s, char mark)
{
	struct buf b = BUF_INIT;
	const char *text;

	for (int i = 0; i < s->n; i++)
		if (s->marks[i] == mark)
			buf_addf(&b, "%s%d", b.len > 0 ? ", " : "", i + 1);
	text = arena_strdup(a, b.len > 0 ? b.data : "-");
	buf_clear(&b);
	return text;
}

static const char *
question(struct ui *ui, const struct ballot_vote *s)
{
	struct arena *a = ui_arena(ui);

	if (s->row.kind == BALLOT_EACH)
		return arena_printf(a,
		                    _("Hand in: for %s; against %s? It cannot "
		                      "be changed."),
		                    numbers(a, s, '+'), numbers(a, s, '-'));
	if (count(s, '+') == 0)
		return _("Nobody is marked. Hand in a blank paper? It cannot "
		         "be changed.");
	return arena_printf(a,
	                    _("Hand in with %d marked: %s? It cannot be "
	                      "changed."),
	                    count(s, '+'), numbers(a, s, '+'));
}

/* What is marked stays here meanwhile. */
static void
key_read(struct ui *ui, void *data)
{
	struct ballot_vote *s = data;
	int64_t at;

	if (page_selected(&s->page, &at, NULL))
		ui_push(ui, &screen_project, s->options[at - 1].project.v);
}

static void
key_hand_in(struct ui *ui, void *data)
{
	struct ballot_vote *s = data;
	int err;

	if (!ui_confirm(ui, question(ui, s)))
		return;
	err = ballot_vote(ui_ctx(ui), s->id, s->marks);
	if (err == ERR_BUSY || err == ERR_FULL || err == ERR_READONLY ||
	    err == ERR_STORE) { /* nothing was written: it can be tried again */
		ui_error(ui, err);
		return;
	}
	secret_wipe(s->marks, sizeof(s->marks));
	ui_say(ui, "%s",
	       err == OK ? _("Your paper was handed in; it counts.")
	                 : _(ballot_refusal(err)));
	ui_pop(ui);
}

static bool
may_vote(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct ballot_vote *)data)->why == OK;
}

static bool
is_each(struct ui *ui, const void *data)
{
	return may_vote(ui, data) &&
	       ((const struct ballot_vote *)data)->row.kind == BALLOT_EACH;
}

static bool
is_mark(struct ui *ui, const void *data)
{
	return may_vote(ui, data) && !is_each(ui, data);
}

/* clang-format off */
static const struct key keys[] = {
	{"Up/Down", N_("Choose"), PERM_NONE, NULL, NULL, NULL},
	{"Enter", N_("Mark"), PERM_NONE, key_next, may_vote,
	 N_("Mark the candidate, or take the mark away; for or against each: for, against, neither in turn.")},
	{"+/-", N_("For, against"), PERM_NONE, NULL, is_each, NULL},
	{"+/-", N_("Mark, clear"), PERM_NONE, NULL, is_mark, NULL},
	{"+", NULL, PERM_NONE, key_for, may_vote, N_("For this candidate.")},
	{"-", NULL, PERM_NONE, key_against, may_vote, N_("Against this candidate, or take the mark away.")},
	{"Delete", N_("Neither"), PERM_NONE, key_neither, is_each, NULL},
	{"F10", N_("Hand in"), PERM_BALLOT_VOTE, key_hand_in, may_vote,
	 N_("Hand in the paper, after one question. It cannot be changed or taken back.")},
	{KEY_ACTION, N_("Read about the candidate"), PERM_PROJECT_READ, key_read, may_vote,
	 N_("What is marked stays on the paper meanwhile.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_ballot_vote = {
    .name = "ballot-vote",
    .no_draft = true,
    .title = N_("Vote"),
    .about = N_(
	"Your paper. Nothing of it is kept until it is handed in: when the "
	"link drops, it is empty again.\n"
	"Handed in, it lies among the others without your name, number or "
	"time; that you took part is noted, how is not. A paper counts once."),
    .needs = PERM_BALLOT_VOTE,
    .size = sizeof(struct ballot_vote),
    .keys = keys,
    .open = open,
    .load = load,
    .draw = draw,
    .leave = leave,
};
