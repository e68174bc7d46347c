/* What a line means: a number chooses, a letter or the name of a key presses
 * it; and when the page is said again. */
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/plain_private.h"

/* A letter instead of a key that plain mode has no name for. */
static const struct letter {
	const char *typed, *key;
	const char *help; /* msgid */
} letters[] = {
    {"b", "Esc", N_("Back; at the first page it asks whether to leave")},
    {"n", "PgDn", N_("The next page of a long list")},
    {"p", "PgUp", N_("The page before")},
    {"e", "Enter", N_("The Enter key, where the keys name it")},
    {"c", "Backspace", N_("Clear the filter of a list")},
    {"h", "F1", N_("This help")},
};

static const char help_text[] =
    N_("Type a number and Enter to choose that line. 3 F2 presses F2 on "
       "line 3. Keys are typed as their names: F4 or f4.");
static const char help_rest[] =
    N_("An empty line looks again, ? says the whole page, a goes to another "
       "application, q leaves. A single dot leaves a question.");

const char *
plain_help(struct arena *a)
{
	struct buf text = BUF_INIT;
	const char *out;

	buf_addf(&text, "%s\n", _(help_text));
	for (size_t i = 0; i < COUNT(letters); i++)
		buf_addf(&text, "%s: %s\n", letters[i].typed,
		         _(letters[i].help));
	buf_addf(&text, "%s\n", _(help_rest));
	out = arena_strdup(a, text.data);
	buf_clear(&text);
	return out;
}

/* --- saying the page ------------------------------------------------------ */

static bool
has_more(const struct plain *p, bool after)
{
	for (int i = 0; i < p->lines.part_count; i++)
		if (after ? p->lines.parts[i].after : p->lines.parts[i].before)
			return true;
	return false;
}

static void
add_key(struct buf *out, struct arena *a, const char *name, const char *label)
{
	buf_addf(out, "%s%s", out->len > 0 ? C_("cells", "; ") : "",
	         key_text(a, name, label));
}

/* What can be typed now, from the same table as the key line. */
static void
say_keys(struct ui *ui)
{
	struct plain *p = ui->plain;
	struct line_key keys[LINE_KEYS_MAX];
	struct buf out = BUF_INIT;
	int n = ui_line_keys(ui, keys);

	for (int i = 0; i < n; i++) {
		struct input in = key_parse(keys[i].name);

		if (in.kind >= INPUT_F1 && in.kind <= INPUT_F12)
			add_key(&out, ui->frame, keys[i].name, keys[i].label);
		else if (in.kind == INPUT_ENTER && p->lines.items == 0)
			add_key(&out, ui->frame, "e", keys[i].label);
	}
	if (has_more(p, true))
		add_key(&out, ui->frame, "n", _("Next page"));
	if (has_more(p, false))
		add_key(&out, ui->frame, "p", _("Page before"));
	if (!ui_is_locked(ui))
		add_key(&out, ui->frame, "a", _("Go to"));
	add_key(&out, ui->frame, "b", _("Back"));
	add_key(&out, ui->frame, "h", _("Help"));
	plain_say(ui, arena_printf(ui->frame,
	                           p->lines.items > 0 ? _("Number or key: %s")
	                                              : _("Keys: %s"),
	                           out.data));
	buf_clear(&out);
}

static void
say_message(struct ui *ui)
{
	if (ui->message[0] != '\0')
		plain_say(ui, ui->message);
	ui->message[0] = '\0';
}

static void
print_page(struct ui *ui, struct level *level)
{
	struct plain *p = ui->plain;
	struct area body = {.lines = &p->lines,
	                    .rows = LINES_PAGE,
	                    .columns = PLAIN_COLUMNS,
	                    .arena = ui->frame,
	                    .today = ui_today(ui)};

	lines_begin(&p->lines);
	lines_add(&p->lines, "%s", _(level->screen->title));
	ui_draw_body(ui, &body);
	lines_end(&p->lines);
}

static void
say_page(struct ui *ui)
{
	struct plain *p = ui->plain;
	struct level *level = ui_top(ui);
	int items = p->lines.items;
	bool same;

	if (level == NULL)
		return;
	p->lines.all = p->lines.all || level != p->level;
	print_page(ui, level);
	same = strcmp(p->lines.text.data, p->before.data) == 0;
	if (p->lines.all || (!same && !(p->quiet && items == p->lines.items))) {
		if (p->level != NULL)
			plain_send(ui, plain_newline(p));
		plain_say(ui, p->lines.text.data);
		say_message(ui);
		say_keys(ui);
	} else if (p->asked && same && ui->message[0] == '\0') {
		plain_say(ui, _("Nothing has changed."));
	}
	say_message(ui);
	buf_truncate(&p->before, 0);
	buf_add(&p->before, p->lines.text.data);
	p->level = level;
	p->lines.all = p->asked = p->quiet = false;
	arena_reset(ui->frame);
}

/* --- doing what was typed ------------------------------------------------- */

static void
press(struct ui *ui, const char *name)
{
	struct input in = key_parse(name);

	ui_key(ui, &in);
}

static void
focus(struct ui *ui, struct widget *w)
{
	struct level *level = ui_top(ui);

	for (int i = 0; level != NULL && i < level->pane_count; i++)
		if (level->panes[i] == w)
			ui_focus(ui, w);
}

/* Put the mark on that line. *enter: press Enter there. */
static bool
choose(struct ui *ui, long number, bool *enter)
{
	struct plain *p = ui->plain;
	const struct ask ask = {.ui = ui,
	                        .say = plain_say,
	                        .hint = plain_hint,
	                        .prompt = plain_prompt,
	                        .prompt_lines = plain_prompt_lines,
	                        .menu = plain_menu};

	for (int i = 0; i < p->lines.part_count; i++) {
		struct lines_part *part = &p->lines.parts[i];

		if (number < part->first || number >= part->first + part->n)
			continue;
		focus(ui, part->widget);
		*enter = part->widget->class->choose(
		    part->widget, (int)number - part->first, (int)number, &ask);
		return true;
	}
	ui_say(ui, _("There is no line %ld here."), number);
	return false;
}

/* n and p turn the part that has more, wherever the mark is. */
static void
turn(struct ui *ui, bool after)
{
	struct plain *p = ui->plain;

	for (int i = 0; i < p->lines.part_count; i++)
		if (after ? p->lines.parts[i].after
		          : p->lines.parts[i].before) {
			focus(ui, p->lines.parts[i].widget);
			press(ui, after ? "PgDn" : "PgUp");
			return;
		}
	ui_say(ui, "%s",
	       after ? _("This is the last page.")
	             : _("This is the first page."));
}

/* F3 on a list: ask what to find, then type it. */
static bool
find(struct ui *ui, const struct input *in)
{
	struct widget *w = ui_focused(ui);
	struct arena *a;
	const char *text;

	if (in->kind != INPUT_F3 || w == NULL || w->class->typing == NULL ||
	    key_find(w->class->keys, in) == NULL)
		return false;
	a = arena_new();
	text = plain_prompt(ui, a, _("Find; empty: all again"), "", 40, false);
	if (text != NULL && w->class->typing(w))
		press(ui, "Esc");
	if (text != NULL && text[0] != '\0') {
		ui_key(ui, in);
		ui_key(ui, &(struct input){.kind = INPUT_TEXT,
		                           .text = text,
		                           .len = strlen(text)});
	}
	arena_free(a);
	return true;
}

static void
go_to_app(struct ui *ui)
{
	const char *labels[10];
	char digits[10];
	int n = 0, chosen;

	for (const struct ui_app *app = ui->setup.apps; app->digit != '\0';
	     app++)
		if (n < 10 && ui_may(ui, app->screen->needs)) {
			digits[n] = app->digit;
			labels[n++] = _(app->label);
		}
	if (ui_is_locked(ui))
		return;
	chosen = plain_menu(ui, _("Go to"), labels, n);
	if (chosen >= 0 && ui_may_leave(ui))
		ui_go(ui, digits[chosen]);
}

static void
do_key(struct ui *ui, const struct input *in)
{
	if (!find(ui, in))
		ui_key(ui, in);
}

/* The key that word names; kind INPUT_NONE: none. */
static struct input
key_named(struct arena *a, const char *word)
{
	char *name = arena_strdup(a, word);

	for (size_t i = 0; i < COUNT(letters); i++)
		if (strcasecmp(word, letters[i].typed) == 0)
			return key_parse(letters[i].key);
	if (name[0] == 'f')
		name[0] = 'F';
	return name[0] == 'F' ? key_parse(name)
	                      : (struct input){.kind = INPUT_NONE};
}

static void
do_word(struct ui *ui, struct arena *a, const char *word)
{
	struct plain *p = ui->plain;
	struct input in = key_named(a, word);

	if (word[0] == '\0')
		p->asked = true;
	else if (strcmp(word, "?") == 0)
		p->lines.all = true;
	else if (strcasecmp(word, "a") == 0)
		go_to_app(ui);
	else if (strcasecmp(word, "q") == 0) {
		if (ui_may_leave(ui) && ui_confirm(ui, _("Leave liaison?")))
			ui_end(ui);
	} else if (in.kind == INPUT_PGDN || in.kind == INPUT_PGUP)
		turn(ui, in.kind == INPUT_PGDN);
	else if (in.kind != INPUT_NONE)
		do_key(ui, &in);
	else
		ui_say(ui, _("\"%s\" means nothing here; h helps."), word);
}

/* A number, with what to press there when it is not Enter. */
static void
do_number(struct ui *ui, struct arena *a, long number, const char *rest)
{
	bool enter = false;

	rest += strspn(rest, " ");
	if (!choose(ui, number, &enter))
		return;
	if (rest[0] != '\0')
		do_word(ui, a, rest);
	else if (enter)
		press(ui, "Enter");
	else
		ui->plain->quiet = true;
}

static void
do_line(struct ui *ui, const struct plain_answer *answer)
{
	struct arena *a = arena_new();
	const char *text;
	char *rest;
	long number;

	if (answer->key.kind != INPUT_NONE) {
		do_key(ui, &answer->key);
	} else if (text_clean(a, answer->line.text.data, answer->line.text.len,
	                      TEXT_LINE, 200, &text) == OK) {
		text = text_fold(a, text);
		number = strtol(text, &rest, 10);
		if (rest == text || (*rest != '\0' && *rest != ' '))
			do_word(ui, a, text);
		else
			do_number(ui, a, number, rest);
	}
	arena_free(a);
}

bool
plain_step(struct ui *ui)
{
	struct plain_answer answer;

	if (ui->ending)
		return false;
	say_page(ui);
	if (!plain_read(ui, "> ", 200, false, &answer))
		return false;
	/* what came meanwhile is said before it is forgotten. The lists are
	 * not read again before the line was done: a number means the line
	 * that was said. */
	say_message(ui);
	do_line(ui, &answer);
	edit_clear(&answer.line);
	return !ui->ending;
}
