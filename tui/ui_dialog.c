/* Questions, menus, prompts and text to read: drawn at the body's lower end,
 * answered by a loop of their own while the screen waits. */
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/ui_private.h"

enum { MENU_MAX = 40, PROMPT_MAX = 200 };

/* --- drawing ------------------------------------------------------------- */

static void
draw_entries(const struct dialog *d, const struct area *area, int y)
{
	int rows = area->rows - y;

	for (int i = d->top; i < d->n && i - d->top < rows; i++) {
		int row = y + i - d->top;

		if (i == d->cursor) {
			area_put(area, row, 0, THEME_NORMAL, ">");
			area_park(area, row, 1);
		}
		if (i < 10)
			area_putf(area, row, 2, THEME_NORMAL, "%d",
			          (i + 1) % 10);
		area_fit(area, row, 4, area->columns - 4, THEME_NORMAL,
		         d->entries[i]);
	}
}

static void
draw_text(struct dialog *d, const struct area *body)
{
	const char *const *lines =
	    text_wrap(body->arena, d->text, body->columns);

	area_erase(body);
	area_put(body, 0, 0, THEME_TITLE, d->title);
	d->height = body->rows - 3;
	d->total = 0;
	while (lines[d->total] != NULL)
		d->total++;
	if (d->top > d->total - d->height)
		d->top = d->total - d->height;
	if (d->top < 0)
		d->top = 0;
	for (int i = 0; i < d->height && d->top + i < d->total; i++)
		area_put(body, 2 + i, 0, THEME_NORMAL, lines[d->top + i]);
	if (d->total > d->height)
		area_putf(body, body->rows - 1, 0, THEME_DIM, "%d-%d / %d",
		          d->top + 1,
		          d->top + d->height < d->total ? d->top + d->height
		                                        : d->total,
		          d->total);
}

void
ui_dialog_draw(struct ui *ui, const struct area *body)
{
	struct dialog *d = ui->dialog;
	const char *const *lines;
	struct area box;
	int head = 0, want;

	if (d->kind == DIALOG_TEXT) {
		draw_text(d, body);
		return;
	}
	lines = text_wrap(body->arena, d->title, body->columns);
	while (lines[head] != NULL)
		head++;
	want = 1 + head + (d->kind == DIALOG_PROMPT ? 1 : d->n);
	if (want > body->rows)
		want = body->rows;
	box = area_part(body, body->rows - want, 0, 0, 0);
	area_erase(&box);
	area_rule(&box, 0);
	for (int i = 0; i < head; i++)
		area_put(&box, 1 + i, 0, THEME_NORMAL, lines[i]);
	if (d->kind == DIALOG_PROMPT) {
		edit_draw(d->edit, &box, 1 + head, 2, 1, box.columns - 2, true);
		return;
	}
	d->height = box.rows - 1 - head;
	if (d->cursor < d->top)
		d->top = d->cursor;
	if (d->cursor >= d->top + d->height)
		d->top = d->cursor - d->height + 1;
	draw_entries(d, &box, 1 + head);
}

/* --- waiting ------------------------------------------------------------- */

/* The next key for the dialog; false when the session ends. */
static bool
next_key(struct ui *ui, struct input *in)
{
	while (!ui->ending) {
		if (ui_next_key(ui, in))
			return true;
		ui_wait(ui);
	}
	return false;
}

static void
begin(struct ui *ui, struct dialog *d)
{
	ui->dialog = d;
	ui->key_line = false;
	ui->dirty = true;
}

static void
end(struct ui *ui, struct dialog *before)
{
	ui->dialog = before;
	ui->dirty = true;
}

/* --- menus --------------------------------------------------------------- */

static int
row_of(const struct dialog *d, uint32_t ch)
{
	uint32_t digit = text_fold_char(ch);
	int i = digit == '0' ? 9 : (int)digit - '1';

	return digit >= '0' && digit <= '9' && i < d->n ? i : -2;
}

/* Keys that came together on a link that hung: the first is the row, the
 * others are for what it opens. What names no row is somebody's text, and the
 * Enter at its end with it. */
static int
menu_text(struct ui *ui, struct dialog *d, const struct input *in)
{
	uint32_t ch = 0;
	int step = text_decode(in->text, in->len, &ch);
	int i = in->burst && !d->is_question && step > 0 ? row_of(d, ch) : -2;

	if (i >= 0)
		input_again(ui->in, (size_t)step);
	d->deaf = i < 0;
	return i;
}

/* What in does to the menu: the index chosen, -1 to leave, -2 to go on. */
static int
menu_key(struct ui *ui, struct dialog *d, const struct input *in)
{
	bool deaf = d->deaf;

	d->deaf = false;
	switch ((int)in->kind) {
	case INPUT_UP:
	case INPUT_BACKTAB:
		d->cursor -= d->cursor > 0;
		return -2;
	case INPUT_DOWN:
	case INPUT_TAB:
		d->cursor += d->cursor + 1 < d->n;
		return -2;
	case INPUT_HOME:
	case INPUT_PGUP:
		d->cursor = 0;
		return -2;
	case INPUT_END:
	case INPUT_PGDN:
		d->cursor = d->n - 1;
		return -2;
	case INPUT_ENTER:
		return deaf ? -2 : d->cursor;
	case INPUT_ESC:
		return -1;
	case INPUT_CHAR:
		return row_of(d, in->ch);
	case INPUT_TEXT:
		return menu_text(ui, d, in);
	default:
		return -2;
	}
}

static int
run_menu(struct ui *ui, const char *title, const char *const *entries, int n,
         bool is_question)
{
	struct dialog d = {.kind = DIALOG_MENU,
	                   .title = title,
	                   .entries = entries,
	                   .n = n < MENU_MAX ? n : MENU_MAX,
	                   /* Enter by habit changes nothing */
	                   .cursor = is_question ? 1 : 0,
	                   .is_question = is_question};
	struct dialog *before = ui->dialog;
	struct input in;
	int answer = -2;

	if (n <= 0)
		return -1;
	if (ui->plain != NULL)
		return plain_menu(ui, title, entries, d.n);
	begin(ui, &d);
	while (answer == -2)
		answer = next_key(ui, &in) ? menu_key(ui, &d, &in) : -1;
	end(ui, before);
	return answer;
}

int
ui_menu(struct ui *ui, const char *title, const char *const *entries, int n)
{
	return run_menu(ui, title, entries, n, false);
}

bool
ui_confirm(struct ui *ui, const char *question)
{
	const char *const answers[] = {_("Yes"), _("No")};

	if (ui->plain != NULL)
		return plain_confirm(ui, question);
	return run_menu(ui, question, answers, 2, true) == 0;
}

/* --- prompts ------------------------------------------------------------- */

static const char *
run_prompt(struct ui *ui, struct arena *a, const char *label, struct edit *e)
{
	struct dialog d = {.kind = DIALOG_PROMPT, .title = label, .edit = e};
	struct dialog *before = ui->dialog;
	const char *out = NULL;
	struct input in;
	bool changed;

	begin(ui, &d);
	while (next_key(ui, &in)) {
		if (in.kind == INPUT_ESC)
			break;
		if (in.kind != INPUT_ENTER && in.kind != INPUT_F10) {
			(void)edit_key(e, &in, PROMPT_MAX, &changed);
			continue;
		}
		if (text_clean(a, e->text.data, e->text.len, TEXT_LINE,
		               (size_t)e->max, &out) == OK)
			break;
		out = NULL;
	}
	end(ui, before);
	edit_clear(e);
	return out;
}

const char *
ui_prompt(struct ui *ui, struct arena *a, const char *label,
          const char *initial, int max)
{
	struct edit e;

	if (ui->plain != NULL)
		return plain_prompt(ui, a, label, initial, max, false);
	edit_init(&e, initial, max > 0 ? max : PROMPT_MAX);
	return run_prompt(ui, a, label, &e);
}

const char *
ui_prompt_secret(struct ui *ui, struct arena *a, const char *label)
{
	struct edit e;

	if (ui->plain != NULL)
		return plain_prompt(ui, a, label, "", PROMPT_MAX, true);
	edit_init(&e, "", PROMPT_MAX);
	e.secret = true;
	return run_prompt(ui, a, label, &e);
}

bool
ui_confirm_number(struct ui *ui, const char *question, const char *number)
{
	struct arena *a = arena_new();
	const char *typed;
	bool yes;

	typed = ui_prompt(ui, a,
	                  arena_printf(a, "%s\n%s", question,
	                               arena_printf(a,
	                                            _("To do it, type the "
	                                              "number %s."),
	                                            number)),
	                  "", 40);
	yes = typed != NULL && strcmp(text_fold(a, typed), number) == 0;
	if (typed != NULL && !yes)
		ui_say(ui, "%s",
		       _("That is another number; nothing was done."));
	arena_free(a);
	return yes;
}

/* --- text ---------------------------------------------------------------- */

void
ui_show(struct ui *ui, const char *title, const char *text)
{
	struct dialog d = {.kind = DIALOG_TEXT, .title = title, .text = text};
	struct dialog *before = ui->dialog;
	struct input in;
	bool done = false;

	if (ui->plain != NULL) {
		plain_show(ui, title, text);
		return;
	}
	begin(ui, &d);
	while (!done && next_key(ui, &in)) {
		switch ((int)in.kind) {
		case INPUT_UP:
			d.top--;
			break;
		case INPUT_DOWN:
			d.top++;
			break;
		case INPUT_PGUP:
			d.top -= d.height;
			break;
		case INPUT_PGDN:
			d.top += d.height;
			break;
		case INPUT_HOME:
			d.top = 0;
			break;
		case INPUT_END:
			d.top = d.total;
			break;
		case INPUT_ESC:
		case INPUT_ENTER:
		case INPUT_F1:
			done = true;
			break;
		default:
			break;
		}
	}
	end(ui, before);
}
