/* Reading lines, with the echo that a raw terminal needs; and the questions
 * that dialogs and forms ask line by line. */
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/plain_private.h"

enum { LINE_MAX_CHARS = 4000, ANSWER_MAX = 200 };

/* --- a line --------------------------------------------------------------- */

/* Show what in did to the line: what was added, or blanks over what went. */
static void
echo(struct ui *ui, const struct edit *line, size_t before, int width)
{
	if (line->text.len > before) {
		plain_send(ui, line->text.data + before);
		return;
	}
	for (width -= text_width(line->text.data); width > 0; width--)
		plain_send(ui, "\b \b");
}

static void
edit_line(struct ui *ui, struct edit *line, const struct input *in)
{
	size_t before = line->text.len;
	int width = text_width(line->text.data);
	bool changed = false;

	if (in->kind == INPUT_CTRL && in->ch == 'U') {
		edit_set(line, "");
		changed = true;
	} else if (in->kind == INPUT_CHAR || in->kind == INPUT_TEXT ||
	           in->kind == INPUT_BACKSPACE) {
		(void)edit_key(line, in, LINE_MAX_CHARS, &changed);
	}
	if (changed && ui->plain->echo && !line->secret)
		echo(ui, line, before, width);
}

/* Whether in ends the line as a key of its own. */
static bool
is_answer(const struct input *in)
{
	return in->kind == INPUT_ESC ||
	       (in->kind >= INPUT_F1 && in->kind <= INPUT_F12);
}

/* The one thing that is said unasked: nothing else would help. */
static void
warn_of_idle(struct ui *ui, const char *prompt)
{
	struct plain *p = ui->plain;

	if (ui->warned && !p->idle_told && ui->message[0] != '\0') {
		plain_send(ui, plain_newline(p));
		plain_say(ui, ui->message);
		ui->message[0] = '\0';
		plain_send(ui, prompt);
	}
	p->idle_told = ui->warned;
}

/* What in does: 1 the line is complete, 0 go on. */
static bool
take(struct ui *ui, const struct input *in, struct plain_answer *out)
{
	bool control_c = in->kind == INPUT_CTRL && in->ch == 'C';

	if (in->kind == INPUT_CTRL && in->ch == 'D' && out->line.text.len == 0)
		ui_end(ui);
	if (is_answer(in) || control_c) {
		out->key = *in;
		if (control_c)
			out->key = (struct input){.kind = INPUT_ESC};
	} else if (in->kind != INPUT_ENTER) {
		edit_line(ui, &out->line, in);
		return false;
	}
	if (ui->plain->echo)
		plain_send(ui, plain_newline(ui->plain));
	return true;
}

bool
plain_read(struct ui *ui, const char *prompt, int max, bool secret,
           struct plain_answer *out)
{
	struct plain *p = ui->plain;
	struct input in;

	*out = (struct plain_answer){.key = {.kind = INPUT_NONE}};
	edit_init(&out->line, "", max);
	out->line.secret = secret;
	plain_send(ui, prompt);
	while (!ui->ending) {
		while (!ui->ending && ui_next_key(ui, &in))
			if (take(ui, &in, out))
				return !ui->ending;
		if (p->input_ended)
			ui_finish(ui, ERR_CLOSED, "");
		ui_wait(ui);
		warn_of_idle(ui, prompt);
	}
	edit_clear(&out->line);
	return false;
}

/* --- questions ------------------------------------------------------------ */

void
plain_hint(struct ui *ui, enum ask_hint hint, bool again)
{
	static const char *const texts[] = {
	    [HINT_FIELD] = N_("An empty line or a dot keeps it, a minus clears "
	                      "it."),
	    [HINT_FIND] = N_("Type what to find; an empty line finds the first "
	                     "ones, a dot keeps it, a minus clears it."),
	    [HINT_MANY] = N_("Type what to find; an empty line finds the first "
	                     "ones, a dot when done."),
	    [HINT_LINES] = N_("Several lines; a single dot ends them."),
	};
	unsigned bit = 1U << hint;

	if (again || (ui->plain->hinted & bit) == 0)
		plain_say(ui, _(texts[hint]));
	ui->plain->hinted |= bit;
}

static const char *
clean(struct arena *a, const struct edit *line)
{
	const char *out;

	if (text_clean(a, line->text.data, line->text.len, TEXT_LINE,
	               (size_t)line->max, &out) != OK)
		return NULL;
	return out;
}

/* A line that answers prompt; NULL: left with a dot or a key, or the end. */
static const char *
ask(struct ui *ui, struct arena *a, const char *prompt, int max, bool secret)
{
	struct plain_answer answer;
	const char *text = NULL;

	while (text == NULL) {
		if (!plain_read(ui, prompt, max, secret, &answer))
			return NULL;
		text = clean(a, &answer.line);
		edit_clear(&answer.line);
		if (answer.key.kind != INPUT_NONE)
			return NULL;
		if (text == NULL)
			plain_say(ui, _("This text cannot be read."));
	}
	return strcmp(text_fold(a, text), ".") == 0 ? NULL : text;
}

const char *
plain_prompt(struct ui *ui, struct arena *a, const char *label,
             const char *initial, int max, bool secret)
{
	const char *text, *prompt = "> ";

	plain_say(ui, label);
	if (secret && !ui->plain->echo)
		plain_say(ui, _("Without a terminal of ours (ssh -t) what you "
		                "type is shown."));
	if (initial[0] != '\0')
		plain_say(
		    ui, arena_printf(a, _("An empty line means: %s"), initial));
	text = ask(ui, a, prompt, max > 0 ? max : ANSWER_MAX, secret);
	return text != NULL && text[0] == '\0' ? initial : text;
}

const char *
plain_prompt_lines(struct ui *ui, struct arena *a, const char *label, int max)
{
	struct buf all = BUF_INIT;
	const char *line, *out = NULL;

	plain_say(ui, label);
	plain_hint(ui, HINT_LINES, false);
	while ((line = ask(ui, a, "> ", max, false)) != NULL) {
		if (out != NULL)
			buf_addc(&all, '\n');
		buf_add(&all, line);
		out = "";
	}
	if (out != NULL)
		out = arena_strdup(a, all.data);
	buf_clear(&all);
	return ui->ending ? NULL : out;
}

/* Entries top and on, as far as a page goes. */
static void
say_entries(struct ui *ui, struct arena *a, const char *const *entries, int n,
            int top)
{
	struct buf text = BUF_INIT;

	for (int i = top; i < n && i < top + LINES_PAGE; i++)
		buf_addf(&text, "%d. %s\n", i + 1, entries[i]);
	if (top + LINES_PAGE < n)
		buf_addf(
		    &text, "%s\n",
		    arena_printf(a, _("%d more: n"), n - top - LINES_PAGE));
	plain_say(ui, text.data);
	buf_clear(&text);
}

int
plain_menu(struct ui *ui, const char *title, const char *const *entries, int n)
{
	struct arena *a = arena_new();
	int top = 0, answer = -2;

	plain_say(ui, title);
	say_entries(ui, a, entries, n, top);
	while (answer == -2) {
		const char *text =
		    ask(ui, a, _("Number, b back > "), ANSWER_MAX, false);
		char *end;
		long number;

		text = text != NULL ? text_fold(a, text) : "b";
		number = strtol(text, &end, 10);
		if (text[0] == '\0' || strcasecmp(text, "b") == 0) {
			answer = -1;
		} else if (*end == '\0' && number >= 1 && number <= n) {
			answer = (int)number - 1;
		} else if (strcasecmp(text, "n") == 0 && top + LINES_PAGE < n) {
			top += LINES_PAGE;
			say_entries(ui, a, entries, n, top);
		} else {
			plain_say(ui, _("That is none of these numbers."));
			say_entries(ui, a, entries, n, top = 0);
		}
	}
	arena_free(a);
	return answer;
}

bool
plain_confirm(struct ui *ui, const char *question)
{
	struct arena *a = arena_new();
	const char *text;
	bool yes;

	plain_say(ui, question);
	text = ask(ui, a, _("y yes, n no > "), ANSWER_MAX, false);
	text = text != NULL ? text_fold(a, text) : "";
	yes = strcasecmp(text, "y") == 0 || strcmp(text, "1") == 0 ||
	      strcasecmp(text, "yes") == 0 || strcasecmp(text, _("Yes")) == 0;
	arena_free(a);
	return yes;
}

void
plain_show(struct ui *ui, const char *title, const char *text)
{
	struct arena *a = arena_new();
	const char *const *lines = text_wrap(a, text, 76);

	plain_say(ui, title);
	for (int n = 0; *lines != NULL && !ui->ending; lines++, n++) {
		if (n >= LINES_PAGE) {
			const char *more =
			    ask(ui, a, _("Enter more, b back > "), ANSWER_MAX,
			        false);

			if (more == NULL || more[0] != '\0')
				break;
			n = 0;
		}
		if ((*lines)[0] != '\0')
			plain_say(ui, *lines);
	}
	arena_free(a);
}
