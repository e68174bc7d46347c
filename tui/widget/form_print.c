/* A form in plain mode: a line a field, numbered where it can be changed;
 * choosing one asks for its value. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/term/lines.h"
#include "tui/widget/form_private.h"

static const char *
value_text(const struct form *f, struct arena *a, const struct form_entry *e)
{
	const char *text = e->kind == ENTRY_TEXT ? e->edit.text.data
	                                         : form_choice_text(f, a, e);

	if (text[0] == '\0')
		return _("(empty)");
	if (e->row->secret)
		return _("(filled in)");
	return text;
}

static const char *
entry_text(const struct form *f, struct arena *a, const struct form_entry *e)
{
	return arena_printf(a, "%s%s%s%s", form_label(e),
	                    form_is_required(e) ? _(" (required)") : "",
	                    C_("label", ": "), value_text(f, a, e));
}

static bool
has_error(const struct form *f)
{
	for (int i = 0; i < f->count; i++)
		if (f->entries[i].error != NULL &&
		    form_is_shown(f, &f->entries[i]))
			return true;
	return false;
}

/* Said again after a failed save, only what is wrong is said. */
void
form_print(struct form *f, const struct area *area)
{
	struct lines *out = area->lines;
	bool all = out->all || !has_error(f);
	int n = 0, number;

	if (f->spec->title != NULL && all)
		lines_add(out, "%s", _(f->spec->title));
	for (int i = 0; i < f->count; i++)
		n += form_is_editable(f, &f->entries[i]);
	number = lines_part(out, &f->widget, n, false, false);
	for (int i = 0; i < f->count; i++) {
		const struct form_entry *e = &f->entries[i];
		bool editable = form_is_editable(f, e);

		if (!form_is_shown(f, e))
			continue;
		if (e->kind == ENTRY_HEADING && all)
			lines_add(out, "%s", form_label(e));
		else if (e->kind != ENTRY_HEADING && (all || e->error != NULL))
			lines_add(
			    out, "%s%s",
			    editable ? arena_printf(area->arena, "%d. ", number)
				     : "",
			    entry_text(f, area->arena, e));
		if (e->error != NULL)
			lines_add(out, "%s", e->error);
		number += editable;
	}
}

/* --- asking --------------------------------------------------------------- */

static const char *
question(const struct form *f, struct arena *a, const struct form_entry *e)
{
	const char *hint = form_hint(e);

	return arena_printf(a, "%s%s%s", entry_text(f, a, e),
	                    hint != NULL ? "\n" : "", hint != NULL ? hint : "");
}

static void
ask_text(struct form *f, const struct ask *ask, struct arena *a,
         struct form_entry *e)
{
	const char *text;
	struct input in = {.kind = INPUT_TEXT};
	bool changed;

	ask->hint(ask->ui, HINT_FIELD, false);
	text = e->edit.lines ? ask->prompt_lines(ask->ui, a, question(f, a, e),
	                                         e->edit.max)
	                     : ask->prompt(ask->ui, a, question(f, a, e), "",
	                                   e->edit.max, e->row->secret);
	if (text == NULL || text[0] == '\0')
		return;
	form_entry_error(e, NULL);
	edit_set(&e->edit, "");
	if (strcmp(text_fold(a, text), "-") != 0) {
		in.text = text;
		in.len = strlen(text);
		(void)edit_key(&e->edit, &in, f->width, &changed);
	}
	if (e->edit.full)
		form_entry_error(e, _("This is as long as it may be."));
	e->edit.full = false;
	form_touch(f);
}

/* The choices that are open, as a menu; false when none was taken. */
static bool
take_option(struct form *f, const struct ask *ask, struct arena *a,
            const char *title)
{
	struct form_picker *p = f->picker;
	const char *entries[FORM_OPTIONS];
	int chosen;

	for (int i = 0; i < p->count; i++) {
		const struct form_option *o = &p->options[i];

		entries[i] = arena_printf(
		    a, "%s%s%s%s", o->label, o->note != NULL ? ", " : "",
		    o->note != NULL ? o->note : "",
		    p->entry->row->many && form_pick_is_chosen(f, i)
			? _(" (chosen)")
			: "");
	}
	if (p->count == 0) {
		ask->say(ask->ui, p->error != OK ? _(err_msgid(p->error))
		                                 : _("Nothing matches."));
		return true;
	}
	chosen = ask->menu(ask->ui, title, entries, p->count);
	if (chosen < 0)
		return false;
	p->cursor = chosen;
	(void)form_pick_key(f, &(struct input){.kind = INPUT_ENTER});
	return true;
}

static void
ask_names(struct form *f, const struct ask *ask, struct arena *a,
          struct form_entry *e)
{
	form_pick(f, e, "");
	(void)take_option(f, ask, a, entry_text(f, a, e));
	form_pick_close(f);
}

/* What is typed narrows the choices; several are chosen one by one. */
static void
ask_find(struct form *f, const struct ask *ask, struct arena *a,
         struct form_entry *e)
{
	const char *typed;
	bool again = false, none = false;

	do {
		ask->hint(ask->ui, e->row->many ? HINT_MANY : HINT_FIND, none);
		typed =
		    ask->prompt(ask->ui, a, entry_text(f, a, e), "", 60, false);
		if (typed == NULL)
			return;
		if (strcmp(text_fold(a, typed), "-") == 0 && !e->row->many) {
			(void)f->widget.class->key(
			    &f->widget,
			    &(struct input){.kind = INPUT_BACKSPACE});
			return;
		}
		form_pick(f, e, typed);
		none = f->picker->count == 0;
		again = none;
		if (take_option(f, ask, a, form_label(e)))
			again = again || e->row->many;
		form_pick_close(f);
	} while (again);
}

bool
form_choose_entry(struct widget *w, int i, int number, const struct ask *ask)
{
	struct form *f = (struct form *)w;
	struct arena *a = arena_new();

	for (f->cursor = 0; f->cursor < f->count - 1; f->cursor++)
		if (form_is_editable(f, &f->entries[f->cursor]) && i-- == 0)
			break;
	if (f->entries[f->cursor].kind == ENTRY_TEXT)
		ask_text(f, ask, a, &f->entries[f->cursor]);
	else if (f->entries[f->cursor].kind == ENTRY_FIND)
		ask_find(f, ask, a, &f->entries[f->cursor]);
	else
		ask_names(f, ask, a, &f->entries[f->cursor]);
	ask->say(ask->ui,
	         arena_printf(a, "%d. %s", number,
	                      entry_text(f, a, &f->entries[f->cursor])));
	if (f->entries[f->cursor].error != NULL)
		ask->say(ask->ui, f->entries[f->cursor].error);
	arena_free(a);
	return false;
}
