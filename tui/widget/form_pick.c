/* The list of choices of one field, in the form's place: what is typed
 * narrows it. */
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/widget/form_private.h"

/* The labels of an ENUM or BOOL that contain what was typed. */
static int
find_names(const struct form_entry *e, struct arena *a, const char *text,
           struct form_option *out, int max)
{
	int n = 0;

	if (e->field->kind == FIELD_BOOL) {
		out[n++] = (struct form_option){.value = 1, .label = _("yes")};
		out[n++] = (struct form_option){.value = 0, .label = _("no")};
		return n;
	}
	for (int i = 0; e->field->names[i].name != NULL && n < max; i++) {
		const char *label = _(e->field->names[i].label);

		if (text[0] == '\0' || strcasestr(label, text) != NULL)
			out[n++] = (struct form_option){
			    .value = i, .label = arena_strdup(a, label)};
	}
	return n;
}

static void
look_up(struct form *f)
{
	struct form_picker *p = f->picker;
	struct form_entry *e = p->entry;
	const char *text = "";
	int n;

	arena_reset(p->arena);
	memset(p->options, 0, sizeof(p->options));
	p->count = 0;
	p->cursor = 0;
	p->error = text_clean(p->arena, p->text.text.data, p->text.text.len,
	                      TEXT_LINE, 100, &text);
	if (p->error != OK)
		return;
	n = e->kind == ENTRY_NAMES
	        ? find_names(e, p->arena, text, p->options, FORM_OPTIONS)
	        : e->row->find(f->widget.ui, f->widget.data, p->arena, text,
	                       p->options, FORM_OPTIONS);
	if (n < 0)
		p->error = n;
	else
		p->count = n;
}

void
form_pick(struct form *f, struct form_entry *e, const char *text)
{
	struct form_picker *p = xcalloc(1, sizeof(*p));
	const struct input typed = {
	    .kind = INPUT_TEXT, .text = text, .len = strlen(text)};
	bool changed;

	p->entry = e;
	p->arena = arena_new();
	/* as if typed here: a paste may be longer than the field */
	edit_init(&p->text, "", 60);
	(void)edit_key(&p->text, &typed, f->width, &changed);
	f->picker = p;
	look_up(f);
	for (int i = 0; i < p->count; i++)
		if (text[0] == '\0' && !e->row->many &&
		    p->options[i].value == e->value)
			p->cursor = i;
}

void
form_pick_close(struct form *f)
{
	struct form_picker *p = f->picker;

	if (p == NULL)
		return;
	edit_clear(&p->text);
	arena_free(p->arena);
	free(p);
	f->picker = NULL;
}

static int
chosen_index(const struct form_entry *e, int64_t value)
{
	for (int i = 0; i < e->chosen_count; i++)
		if (e->chosen[i] == value)
			return i;
	return -1;
}

static void
toggle(struct form_entry *e, const struct form_option *o)
{
	int i = chosen_index(e, o->value), n = e->chosen_count;

	if (i >= 0) {
		free(e->labels[i]);
		memmove(e->chosen + i, e->chosen + i + 1,
		        (size_t)(n - i - 1) * sizeof(*e->chosen));
		memmove(e->labels + i, e->labels + i + 1,
		        (size_t)(n - i - 1) * sizeof(*e->labels));
		e->chosen_count--;
		return;
	}
	e->chosen = xrealloc(e->chosen, (size_t)(n + 1) * sizeof(*e->chosen));
	e->labels = xrealloc(e->labels, (size_t)(n + 1) * sizeof(*e->labels));
	e->chosen[n] = o->value;
	e->labels[n] = xstrdup(o->label);
	e->chosen_count++;
}

void
form_choose(struct form *f, const char *field,
            const struct form_option *options, int n)
{
	struct form_entry *e = form_entry_of(f, field);

	for (int i = 0; e != NULL && i < n; i++)
		if (chosen_index(e, options[i].value) < 0)
			toggle(e, &options[i]);
}

int
form_chosen(const struct form *f, const char *field, const int64_t **values)
{
	const struct form_entry *e = form_entry_of(f, field);

	*values = e != NULL ? e->chosen : NULL;
	return e != NULL ? e->chosen_count : 0;
}

static void
take(struct form *f)
{
	struct form_picker *p = f->picker;
	struct form_entry *e = p->entry;
	const struct form_option *o = &p->options[p->cursor];

	if (p->cursor >= p->count)
		return;
	if (e->row->many) {
		toggle(e, o);
		if (p->text.text.len > 0) {
			edit_set(&p->text, "");
			look_up(f);
		}
	} else {
		e->value = o->value;
		if (e->kind == ENTRY_FIND) {
			free(e->label);
			e->label = xstrdup(o->label);
		}
		form_pick_close(f);
	}
	form_entry_error(e, NULL);
	form_touch(f);
}

static void
pick_move(struct form_picker *p, int by)
{
	p->cursor += by;
	if (p->cursor >= p->count)
		p->cursor = p->count - 1;
	if (p->cursor < 0)
		p->cursor = 0;
}

bool
form_pick_key(struct form *f, const struct input *in)
{
	struct form_picker *p = f->picker;
	uint32_t digit = text_fold_char(in->ch);
	bool changed;

	switch ((int)in->kind) {
	case INPUT_UP:
		pick_move(p, -1);
		return true;
	case INPUT_DOWN:
		pick_move(p, 1);
		return true;
	case INPUT_PGUP:
		pick_move(p, -10);
		return true;
	case INPUT_PGDN:
		pick_move(p, 10);
		return true;
	case INPUT_ENTER:
		take(f);
		return true;
	case INPUT_ESC:
	case INPUT_TAB:
		form_pick_close(f);
		return true;
	case INPUT_CHAR:
		/* a fixed choice is a menu: its digits choose */
		if (p->entry->kind == ENTRY_NAMES && digit >= '1' &&
		    digit <= '9' && (int)(digit - '1') < p->count) {
			p->cursor = (int)(digit - '1');
			take(f);
			return true;
		}
		break;
	default:
		break;
	}
	if (edit_key(&p->text, in, f->width, &changed) && changed)
		look_up(f);
	return true; /* nothing else happens while it is open */
}

bool
form_pick_is_chosen(const struct form *f, int i)
{
	return chosen_index(f->picker->entry, f->picker->options[i].value) >= 0;
}

static void
draw_option(const struct form *f, const struct area *area, int y, int i)
{
	const struct form_picker *p = f->picker;
	const struct form_entry *e = p->entry;
	const struct form_option *o = &p->options[i];
	int x = 2;

	if (e->row->many)
		x += area_put(area, y, x, THEME_NORMAL,
		              form_pick_is_chosen(f, i) ? "[x] " : "[ ] ");
	else if (e->kind == ENTRY_NAMES && i < 9)
		x += area_putf(area, y, x, THEME_NORMAL, "%d ", i + 1);
	x += area_fit(area, y, x, area->columns - x, THEME_NORMAL, o->label);
	if (o->note != NULL)
		area_fit(area, y, x + 2, area->columns - x - 2, THEME_DIM,
		         o->note);
}

void
form_pick_draw(struct form *f, const struct area *area)
{
	struct form_picker *p = f->picker;
	int x =
	    area_putf(area, 0, 0, THEME_NORMAL, "%s:", form_label(p->entry)) +
	    1;
	int rows = area->rows - 3, top;

	edit_draw(&p->text, area, 0, x, 1, area->columns - x, true);
	if (p->error != OK)
		area_put(area, 2, 2, THEME_ERROR, _(err_msgid(p->error)));
	else if (p->count == 0)
		area_put(area, 2, 2, THEME_NORMAL, _("Nothing matches."));
	top = p->cursor >= rows ? p->cursor - rows + 1 : 0;
	for (int i = top; i < p->count && i - top < rows; i++)
		draw_option(f, area, 2 + i - top, i);
	if (p->count > 0)
		area_put(area, 2 + p->cursor - top, 0, THEME_NORMAL, ">");
	if (p->entry->row->many)
		area_putf(area, area->rows - 1, 0, THEME_DIM,
		          P_("%d chosen; Enter marks, Esc when done",
		             "%d chosen; Enter marks, Esc when done",
		             (unsigned long)p->entry->chosen_count),
		          p->entry->chosen_count);
}
