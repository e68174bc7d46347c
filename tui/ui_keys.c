/* What a key does: the key line, the focused widget, the screen's table,
 * then the frame's own keys. The key line and the F1 page are made here
 * from the same tables. */
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/ui_private.h"

enum { ACTIONS_MAX = 40 };

static bool
is_action(const struct key *key)
{
	return strcmp(key->name, KEY_ACTION) == 0;
}

static bool
is_allowed(struct ui *ui, const struct key *key, const void *data)
{
	return ui_may(ui, key->perm) &&
	       (key->when == NULL || key->when(ui, data));
}

/* The row of the screen that in runs now. */
static const struct key *
screen_key(struct ui *ui, const struct level *level, const struct input *in)
{
	const struct key *key = level->screen->keys;

	for (; key != NULL && key->name != NULL; key++)
		if (!is_action(key) && key->run != NULL &&
		    key_is(key->name, in) && is_allowed(ui, key, level->data))
			return key;
	return NULL;
}

int
ui_actions(struct ui *ui, const struct key **out, int max)
{
	struct level *level = ui_top(ui);
	const struct key *key = level != NULL ? level->screen->keys : NULL;
	int n = 0;

	for (; key != NULL && key->name != NULL && n < max; key++)
		if (is_action(key) && is_allowed(ui, key, level->data))
			out[n++] = key;
	return n;
}

static void
run_actions(struct ui *ui)
{
	const struct key *actions[ACTIONS_MAX];
	const char *labels[ACTIONS_MAX];
	struct level *level = ui_top(ui);
	int n = ui_actions(ui, actions, ACTIONS_MAX), chosen;

	for (int i = 0; i < n; i++)
		labels[i] = _(actions[i]->label);
	chosen = ui_menu(ui, _("Actions"), labels, n);
	/* the rights may have changed while the menu stood open */
	if (chosen >= 0 && is_allowed(ui, actions[chosen], level->data))
		actions[chosen]->run(ui, level->data);
}

/* --- the frame's own keys ------------------------------------------------ */

bool
ui_may_leave(struct ui *ui)
{
	struct level *level = ui_top(ui);

	for (int i = 0; level != NULL && i < level->pane_count; i++) {
		struct widget *w = level->panes[i];

		if (w->class->changed == NULL || !w->class->changed(w))
			continue;
		if (!ui_confirm(ui, _("Leave without saving what you have "
		                      "entered?")))
			return false;
		ui_draft_given_up(ui);
		return true;
	}
	return true;
}

static void
back(struct ui *ui)
{
	if (!ui_may_leave(ui))
		return;
	if (ui->depth > 1)
		ui_pop(ui);
	else if (ui_confirm(ui, _("Leave liaison?")))
		ui_end(ui);
}

static void
switch_language(struct ui *ui)
{
	enum language next =
	    i18n_language() == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH;

	i18n_use(next);
	ui_forget_title(ui);
	if (ui->setup.person->set_language != NULL)
		ui->setup.person->set_language(ui->setup.ctx, (int)next);
	for (int i = 0; i < ui->depth; i++)
		ui->levels[i]->stale = true;
}

/* Tab past the last pane goes to the key line, and from there back. */
static void
next_pane(struct ui *ui, int by)
{
	struct level *level = ui_top(ui);
	int to = level != NULL ? level->focus + by : 0;

	if (level != NULL && to >= 0 && to < level->pane_count) {
		ui_focus(ui, level->panes[to]);
		return;
	}
	ui->key_line = true;
	ui->key_at = 0;
}

static void
go_app(struct ui *ui, const struct input *in)
{
	uint32_t ch = text_fold_char(in->ch);

	if (ui_is_locked(ui))
		return;
	for (const struct ui_app *app = ui->setup.apps; app->digit != '\0';
	     app++)
		if ((uint32_t)app->digit == ch &&
		    ui_may(ui, app->screen->needs)) {
			if (ui_may_leave(ui))
				ui_go(ui, app->digit);
			return;
		}
}

/* What is typed here stays below. */
static void
go_anywhere(struct ui *ui)
{
	const struct level *level = ui_top(ui);

	if (ui->setup.search != NULL && !ui_is_locked(ui) &&
	    (level == NULL || level->screen != ui->setup.search))
		ui_push(ui, ui->setup.search, 0);
}

static void
frame_key(struct ui *ui, const struct input *in)
{
	switch ((int)in->kind) {
	case INPUT_ESC:
		back(ui);
		break;
	case INPUT_F1:
		ui_help(ui);
		break;
	case INPUT_F2:
		run_actions(ui);
		break;
	case INPUT_F8:
		if (ui->has_hats && !ui_is_locked(ui) && ui_may_leave(ui))
			ui_push(ui, ui->setup.hat, 0);
		break;
	case INPUT_F9:
		switch_language(ui);
		break;
	case INPUT_TAB:
		next_pane(ui, 1);
		break;
	case INPUT_BACKTAB:
		next_pane(ui, -1);
		break;
	case INPUT_CHAR:
		go_app(ui, in);
		break;
	case INPUT_CTRL:
		if (in->ch == 'P')
			go_anywhere(ui);
		break;
	default:
		break;
	}
}

/* --- dispatch ------------------------------------------------------------ */

static void
plain_key(struct ui *ui, const struct input *in)
{
	struct level *level = ui_top(ui);
	struct widget *w = ui_focused(ui);
	const struct key *key;

	if (level == NULL)
		return;
	if (w != NULL && w->class->key(w, in)) {
		int err = w->error;

		w->error = OK;
		ui_error(ui, err);
		return;
	}
	key = screen_key(ui, level, in);
	if (key != NULL)
		key->run(ui, level->data);
	else
		frame_key(ui, in);
}

/* Keys while the key line has the focus; false: it is a key like any other
 * and the focus goes back to the screen. */
static bool
line_key(struct ui *ui, const struct input *in)
{
	struct line_key keys[LINE_KEYS_MAX];
	int n = ui_line_keys(ui, keys);
	struct input chosen;

	switch ((int)in->kind) {
	case INPUT_LEFT:
	case INPUT_BACKTAB:
		if (ui->key_at > 0)
			ui->key_at--;
		return true;
	case INPUT_RIGHT:
		if (ui->key_at + 1 < n)
			ui->key_at++;
		return true;
	case INPUT_TAB: /* once round */
		ui->key_line = false;
		if (ui_top(ui) != NULL && ui_top(ui)->pane_count > 0)
			ui_focus(ui, ui_top(ui)->panes[0]);
		return true;
	case INPUT_ESC:
		ui->key_line = false;
		return true;
	case INPUT_ENTER:
		ui->key_line = false;
		if (ui->key_at >= n)
			return true;
		chosen = key_parse(keys[ui->key_at].name);
		if (chosen.kind != INPUT_NONE)
			plain_key(ui, &chosen);
		return true;
	default:
		ui->key_line = false;
		return false;
	}
}

bool
ui_next_key(struct ui *ui, struct input *in)
{
	while (input_next(ui->in, in)) {
		ui->last_key_ms = clock_monotonic_ms();
		ui->warned = false;
		ui->dirty = true;
		if (in->kind != INPUT_CTRL || in->ch != 'L')
			return true;
		if (ui->term != NULL)
			term_repaint(ui->term);
	}
	return false;
}

void
ui_key(struct ui *ui, const struct input *in)
{
	if (ui->held) {
		ui_hold_key(ui);
		return;
	}
	ui->message[0] = '\0';
	if (ui->key_line && line_key(ui, in))
		return;
	plain_key(ui, in);
}

/* --- the key line and F1 ------------------------------------------------- */

static bool
has_search(struct ui *ui, const void *data)
{
	(void)data;
	return ui->setup.search != NULL;
}

static const struct key frame_keys[] = {
    {"F8", N_("Hat"), PERM_NONE, NULL, NULL,
     N_("Work in another office or at another station of yours")},
    {"F9", NULL, PERM_NONE, NULL, NULL, N_("Chinese or English")},
    {"Ctrl-P", NULL, PERM_NONE, NULL, has_search,
     N_("Go anywhere: a page, a person, a record by number or words")},
    {"Ctrl-L", NULL, PERM_NONE, NULL, NULL, N_("Draw the screen again")},
    {"1-9", NULL, PERM_NONE, NULL, NULL,
     N_("Go to the application with that number; 0 is the management")},
    {"Tab", NULL, PERM_NONE, NULL, NULL,
     N_("The next part of the screen, then the key line: there the arrows "
        "choose a key and Enter presses it")},
    {"Esc", N_("Back"), PERM_NONE, NULL, NULL,
     N_("Back; at the first screen it asks whether to leave")},
    KEY_END,
};

/* Where a key stands on the line: what moves, Tab, Enter, F-keys, Esc. */
static int
rank(const char *name)
{
	struct input in = key_parse(name);

	if (name[0] >= '0' && name[0] <= '9')
		return 50;
	if (in.kind >= INPUT_F1 && in.kind <= INPUT_F12)
		return 10 + (int)(in.kind - INPUT_F1);
	switch ((int)in.kind) {
	case INPUT_TAB:
		return 1;
	case INPUT_ENTER:
		return 2;
	case INPUT_ESC:
		return 99;
	case INPUT_CTRL:
		return 51;
	default:
		return 0;
	}
}

static bool
has(const struct line_key *keys, int n, const char *name)
{
	for (int i = 0; i < n; i++)
		if (strcmp(keys[i].name, name) == 0)
			return true;
	return false;
}

static int
add_keys(struct ui *ui, const struct key *key, const void *data,
         struct line_key *out, int n, int max)
{
	for (; key != NULL && key->name != NULL && n < max; key++) {
		if (is_action(key) || has(out, n, key->name) ||
		    !is_allowed(ui, key, data))
			continue;
		out[n++] = (struct line_key){
		    .name = key->name,
		    .label = key->label != NULL ? _(key->label) : NULL,
		    .help = key->help != NULL    ? _(key->help)
		            : key->label != NULL ? _(key->label)
		                                 : NULL,
		    .can_run = key_parse(key->name).kind != INPUT_NONE,
		};
	}
	return n;
}

static int
by_rank(const void *a, const void *b)
{
	const struct line_key *x = a, *y = b;

	return rank(x->name) - rank(y->name);
}

/* All keys that do something now, the screen's first; in the order of the
 * line. */
static int
all_keys(struct ui *ui, struct line_key *out, int max)
{
	struct level *level = ui_top(ui);
	struct widget *w = ui_focused(ui);
	const struct key *action;
	int n = 0;

	if (level == NULL)
		return 0;
	n = add_keys(ui, level->screen->keys, level->data, out, n, max);
	if (w != NULL)
		n = add_keys(ui, w->class->keys, w, out, n, max);
	if (n < max && !has(out, n, "F2") && ui_actions(ui, &action, 1) > 0)
		out[n++] = (struct line_key){
		    .name = "F2",
		    .label = _("Actions"),
		    .help = _("What may be done here, numbered; a digit "
		              "does it"),
		    .can_run = true};
	n = add_keys(ui, frame_keys + (ui->has_hats ? 0 : 1), NULL, out, n,
	             max);
	qsort(out, (size_t)n, sizeof(*out), by_rank);
	return n;
}

static const struct key dialog_keys[] = {
    {"Up/Down", N_("Select"), PERM_NONE, NULL, NULL, NULL},
    {"Enter", N_("OK"), PERM_NONE, NULL, NULL, NULL},
    {"Esc", N_("Back"), PERM_NONE, NULL, NULL, NULL},
    KEY_END,
};

int
ui_line_keys(struct ui *ui, struct line_key *out)
{
	struct line_key all[2 * LINE_KEYS_MAX];
	int n, count = 0;

	if (ui->dialog != NULL)
		return add_keys(ui,
		                dialog_keys +
		                    (ui->dialog->kind == DIALOG_PROMPT ? 1 : 0),
		                NULL, out, 0, LINE_KEYS_MAX);
	n = all_keys(ui, all, 2 * LINE_KEYS_MAX);
	for (int i = 0; i < n && count < LINE_KEYS_MAX; i++)
		if (all[i].label != NULL)
			out[count++] = all[i];
	return count;
}

static bool
is_function_key(const char *name)
{
	struct input in = key_parse(name);

	return in.kind >= INPUT_F1 && in.kind <= INPUT_F12;
}

void
ui_help(struct ui *ui)
{
	struct line_key keys[2 * LINE_KEYS_MAX];
	struct level *level = ui_top(ui);
	const struct key *actions[ACTIONS_MAX];
	struct arena *a;
	struct buf text = BUF_INIT;
	int n;

	if (level == NULL)
		return;
	a = arena_new();
	if (level->screen->about != NULL)
		buf_addf(&text, "%s\n\n", _(level->screen->about));
	n = all_keys(ui, keys, 2 * LINE_KEYS_MAX);
	for (int i = 0; i < n; i++) {
		if (ui->plain != NULL && !is_function_key(keys[i].name))
			continue; /* the letters for them follow */
		if (keys[i].help == NULL)
			continue; /* said by the row that names both */
		buf_addf(&text, "  %s%s\n",
		         text_pad(a, key_show(keys[i].name), 12, false),
		         keys[i].help != NULL ? keys[i].help : "");
	}
	if (ui->plain != NULL)
		buf_add(&text, plain_help(a));
	n = ui_actions(ui, actions, ACTIONS_MAX);
	for (int i = 0; i < n; i++)
		buf_addf(
		    &text, "%s  %s%s\n", i == 0 ? "\n" : "",
		    text_pad(a, arena_printf(a, "F2 %d", i + 1), 12, false),
		    _(actions[i]->help != NULL ? actions[i]->help
		                               : actions[i]->label));
	ui_show(ui, _(level->screen->title), text.data);
	buf_clear(&text);
	arena_free(a);
}
