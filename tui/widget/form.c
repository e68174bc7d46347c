/* The form: its fields, the keys between them, saving and drawing. */
#include "tui/widget/form.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/widget/form_private.h"

enum {
	INDENT = 2,
	LABEL_MAX = 20,
	LINES = 3,      /* rows of a LINES field when nothing else is said */
	HINT_AT = 28,   /* columns behind the beginning of the value */
	DATE_CHARS = 32 /* characters that may be typed for what is no text */
};

/* --- entries ------------------------------------------------------------- */

const char *
form_label(const struct form_entry *e)
{
	if (e->row->label != NULL)
		return _(e->row->label);
	return e->field != NULL ? _(e->field->label) : "";
}

bool
form_is_shown(const struct form *f, const struct form_entry *e)
{
	return e->row->when == NULL ||
	       e->row->when(f->widget.ui, f->widget.data);
}

bool
form_is_editable(const struct form *f, const struct form_entry *e)
{
	return e->kind != ENTRY_HEADING && !e->row->readonly &&
	       form_is_shown(f, e);
}

bool
form_is_required(const struct form_entry *e)
{
	return !e->row->readonly &&
	       (e->row->required || (e->field != NULL && e->field->required));
}

const char *
form_hint(const struct form_entry *e)
{
	const char *hint = e->row->hint != NULL ? e->row->hint : e->field->hint;

	return hint != NULL ? _(hint) : NULL;
}

struct form_entry *
form_entry_of(const struct form *f, const char *field)
{
	for (int i = 0; i < f->count; i++)
		if (f->entries[i].field != NULL &&
		    strcmp(f->entries[i].field->name, field) == 0)
			return &f->entries[i];
	return NULL;
}

void
form_entry_error(struct form_entry *e, const char *text)
{
	free(e->error);
	e->error = text != NULL ? xstrdup(text) : NULL;
}

static void
entry_init(struct form *f, struct form_entry *e, const struct form_row *row)
{
	bool textual;

	*e = (struct form_entry){.row = row};
	if (row->field != NULL)
		e->field = field_find(f->spec->fields, row->field);
	if (e->field == NULL)
		return; /* a heading */
	if (row->find != NULL)
		e->kind = ENTRY_FIND;
	else if (e->field->kind == FIELD_ENUM || e->field->kind == FIELD_BOOL)
		e->kind = ENTRY_NAMES;
	else
		e->kind = ENTRY_TEXT;
	textual = e->field->kind == FIELD_TEXT ||
	          e->field->kind == FIELD_LINES ||
	          e->field->kind == FIELD_TOKEN;
	edit_init(&e->edit, "", textual ? e->field->max : DATE_CHARS);
	e->edit.lines = e->field->kind == FIELD_LINES;
	e->edit.secret = row->secret;
}

/* What stands in the form now is where it begins. */
static void
settle(struct form *f)
{
	for (int i = 0; i < f->count; i++) {
		struct form_entry *e = &f->entries[i];

		e->touched = false;
		free(e->start);
		e->start = xstrdup(e->edit.text.data);
	}
	f->changed = false;
}

void
form_reload(struct form *f)
{
	for (int i = 0; i < f->count; i++) {
		form_load_entry(f, &f->entries[i]);
		form_entry_error(&f->entries[i], NULL);
	}
	settle(f);
}

/* Text that was typed and taken back is none; a choice is one. */
static bool
differs(const struct form_entry *e)
{
	return e->touched && (e->kind != ENTRY_TEXT ||
	                      strcmp(e->edit.text.data, e->start) != 0);
}

void
form_touch(struct form *f)
{
	f->entries[f->cursor].touched = true;
	f->changed = false;
	for (int i = 0; i < f->count && !f->changed; i++)
		f->changed = differs(&f->entries[i]);
	f->widget.edits++;
	if (f->spec->live || f->spec->changed != NULL)
		(void)form_read(f, false);
	if (f->spec->changed != NULL)
		f->spec->changed(f->widget.ui, f->widget.data);
}

void
form_error(struct form *f, const char *field, const char *text)
{
	struct form_entry *e = form_entry_of(f, field);

	if (e == NULL)
		return;
	form_entry_error(e, text);
	for (int i = 0; i < f->count; i++)
		if (f->entries[i].error != NULL) {
			f->cursor = i;
			break;
		}
}

const char *
form_text(const struct form *f, const char *field)
{
	const struct form_entry *e = form_entry_of(f, field);

	return e != NULL && e->kind == ENTRY_TEXT ? e->edit.text.data : "";
}

void
form_set_text(struct form *f, const char *field, const char *text)
{
	struct form_entry *e = form_entry_of(f, field);

	if (e == NULL || e->kind != ENTRY_TEXT)
		return;
	edit_set(&e->edit, text);
	e->touched = true;
	form_touch(f);
}

int
form_submit(struct form *f)
{
	int err;

	if (form_read(f, true) > 0) {
		for (int i = f->count; i-- > 0;)
			if (f->entries[i].error != NULL)
				f->cursor = i;
		return ERR_INVALID;
	}
	err = f->spec->save(f->widget.ui, f->widget.data);
	if (err == OK)
		settle(f);
	return err;
}

/* --- keys ---------------------------------------------------------------- */

static bool
move(struct form *f, int by)
{
	for (int i = f->cursor + by; i >= 0 && i < f->count; i += by)
		if (form_is_editable(f, &f->entries[i])) {
			f->cursor = i;
			return true;
		}
	return false;
}

/* + and - change a complete date by a day. */
static bool
adjust_day(struct form *f, struct form_entry *e, int by)
{
	struct arena *a = arena_new();
	char *s = arena_strdup(a, text_fold(a, e->edit.text.data));
	char *space = strchr(s, ' ');
	struct day day;
	char out[11];
	bool good;

	if (space != NULL)
		*space++ = '\0';
	good = e->edit.at == e->edit.text.len &&
	       day_parse(s, f->today, &day) == OK;
	if (good) {
		day_format(day_add(day, by), out);
		edit_set(&e->edit, space != NULL
		                       ? arena_printf(a, "%s %s", out, space)
		                       : out);
		form_touch(f);
	}
	arena_free(a);
	return good;
}

static bool
is_date(const struct form_entry *e)
{
	return e->field->kind == FIELD_DAY || e->field->kind == FIELD_TIME;
}

static bool
text_key(struct form *f, struct form_entry *e, const struct input *in)
{
	uint32_t ch = text_fold_char(in->ch);
	bool changed;

	if (in->kind == INPUT_CHAR && is_date(e) && (ch == '+' || ch == '-') &&
	    adjust_day(f, e, ch == '+' ? 1 : -1))
		return true;
	if (!edit_key(&e->edit, in, f->width, &changed))
		return false;
	if (changed) {
		form_entry_error(e, NULL);
		if (in->kind == INPUT_TEXT) /* a paste counts whole */
			f->widget.edits += (unsigned)in->len;
		form_touch(f);
	}
	if (e->edit.full)
		form_entry_error(e, _("This is as long as it may be."));
	e->edit.full = false;
	return true;
}

/* Left and Right step through a fixed choice. */
static void
step_choice(struct form *f, struct form_entry *e, int by)
{
	int64_t n = 0;

	if (e->field->kind == FIELD_BOOL)
		n = 2;
	else
		while (e->field->names[n].name != NULL)
			n++;
	if (n == 0)
		return;
	e->value = (e->value + by + n) % n;
	form_touch(f);
}

static void
clear_choice(struct form *f, struct form_entry *e)
{
	if (e->kind != ENTRY_FIND || e->row->many)
		return;
	e->value = 0;
	free(e->label);
	e->label = xstrdup("");
	form_touch(f);
}

static bool
choice_key(struct form *f, struct form_entry *e, const struct input *in)
{
	char bytes[5];

	switch ((int)in->kind) {
	case INPUT_ENTER:
		form_pick(f, e, "");
		return true;
	case INPUT_CHAR:
		bytes[text_encode(in->ch, bytes)] = '\0';
		form_pick(f, e, in->ch == ' ' ? "" : bytes);
		return true;
	case INPUT_TEXT:
		form_pick(f, e, in->text);
		return true;
	case INPUT_LEFT:
	case INPUT_RIGHT:
		if (e->kind == ENTRY_NAMES)
			step_choice(f, e, in->kind == INPUT_LEFT ? -1 : 1);
		return true;
	case INPUT_BACKSPACE:
	case INPUT_DELETE:
		clear_choice(f, e);
		return true;
	default:
		return false;
	}
}

static void
save_key(struct form *f)
{
	const struct form_spec *spec = f->spec;
	int err;

	if (spec->ask != NULL && form_read(f, true) == 0 &&
	    !spec->ask(f->widget.ui, f->widget.data))
		return;
	err = form_submit(f);
	/* an entry that says what is wrong says enough */
	for (int i = 0; i < f->count && err == ERR_INVALID; i++)
		if (f->entries[i].error != NULL)
			return;
	f->widget.error = err;
}

static bool
key(struct widget *w, const struct input *in)
{
	struct form *f = (struct form *)w;
	struct form_entry *e = &f->entries[f->cursor];

	if (f->picker != NULL)
		return form_pick_key(f, in);
	if (form_is_editable(f, e) &&
	    (e->kind == ENTRY_TEXT ? text_key(f, e, in) : choice_key(f, e, in)))
		return true;
	switch ((int)in->kind) {
	case INPUT_F10:
		save_key(f);
		return true;
	case INPUT_TAB:
		return move(f, 1);
	case INPUT_BACKTAB:
		return move(f, -1);
	case INPUT_ENTER: /* behind the last field it is the screen's */
		return move(f, 1);
	case INPUT_DOWN:
		(void)move(f, 1);
		return true;
	case INPUT_UP:
		(void)move(f, -1);
		return true;
	default:
		return false;
	}
}

/* --- drawing ------------------------------------------------------------- */

const char *
form_choice_text(const struct form *f, struct arena *a,
                 const struct form_entry *e)
{
	struct buf all = BUF_INIT;
	const char *text;

	(void)f;
	if (e->field->kind == FIELD_BOOL)
		return e->value != 0 ? _("yes") : _("no");
	for (int i = 0; e->kind == ENTRY_NAMES; i++) {
		const struct enum_name *name = &e->field->names[i];

		if (name->name == NULL)
			return "";
		if (i == e->value)
			return _(name->label);
	}
	if (!e->row->many)
		return e->label != NULL ? e->label : "";
	if (e->chosen_count == 0)
		return "";
	for (int i = 0; i < e->chosen_count && all.len < 200; i++)
		buf_addf(&all, "%s%s", i > 0 ? ", " : "", e->labels[i]);
	text = arena_printf(a, "%d: %s", e->chosen_count, all.data);
	buf_clear(&all);
	return text;
}

static int
label_width(const struct form *f)
{
	int width = 0;

	for (int i = 0; i < f->count; i++) {
		int w = f->entries[i].kind == ENTRY_HEADING
		            ? 0
		            : text_width(form_label(&f->entries[i]));

		width = w > width ? w : width;
	}
	return width < LABEL_MAX ? width : LABEL_MAX;
}

static int
entry_rows(const struct form *f, const struct form_entry *e)
{
	int rows = 1;

	if (!form_is_shown(f, e))
		return 0;
	if (e->kind == ENTRY_TEXT && e->edit.lines)
		rows = e->row->lines > 0 ? e->row->lines : LINES;
	return rows + (e->error != NULL ? 1 : 0);
}

static void
draw_hint(const struct area *area, int y, int x, const struct form_entry *e,
          int used)
{
	const char *hint = form_hint(e);

	if (used >= HINT_AT || e->edit.lines)
		return;
	if (hint == NULL && e->kind == ENTRY_FIND && !e->row->readonly)
		hint = _("(Enter chooses, or type)");
	else if (hint == NULL && e->kind == ENTRY_NAMES && !e->row->readonly)
		hint = _("(Enter chooses)");
	else if (hint == NULL && is_date(e) && !e->row->readonly)
		hint = _("(+ and - change the day)");
	if (hint != NULL)
		area_fit(area, y, x + HINT_AT, area->columns - x - HINT_AT,
		         THEME_DIM, hint);
}

static int
draw_value(struct form *f, const struct area *area, int y, int x,
           struct form_entry *e, bool focus)
{
	const char *text;

	if (e->kind == ENTRY_TEXT) {
		int rows = entry_rows(f, e) - (e->error != NULL ? 1 : 0);

		edit_draw(&e->edit, area, y, x, rows, f->width, focus);
		return text_width(e->edit.text.data);
	}
	text = text_fit(area->arena, form_choice_text(f, area->arena, e),
	                f->width);
	area_put(area, y, x, THEME_NORMAL, text);
	if (focus)
		area_cursor(area, y, x);
	return text_width(text);
}

static void
draw_entry(struct form *f, const struct area *area, int y, int lead,
           struct form_entry *e, bool focus)
{
	int x = INDENT + lead + 4, rows = entry_rows(f, e);

	if (e->kind == ENTRY_HEADING) {
		area_put(area, y, 0, THEME_NORMAL, form_label(e));
		return;
	}
	area_put_right(area, y, INDENT + lead, THEME_NORMAL,
	               text_fit(area->arena, form_label(e), lead));
	if (form_is_required(e))
		area_put(area, y, INDENT + lead + 1, THEME_NORMAL, "*");
	if (focus)
		area_put(area, y, 0, THEME_NORMAL, ">");
	draw_hint(area, y, x, e, draw_value(f, area, y, x, e, focus));
	if (e->error != NULL)
		area_fit(area, y + rows - 1, x, f->width, THEME_ERROR,
		         e->error);
}

static void
scroll_to_cursor(struct form *f, int rows)
{
	int at = 0, own = entry_rows(f, &f->entries[f->cursor]);

	for (int i = 0; i < f->cursor; i++)
		at += entry_rows(f, &f->entries[i]);
	if (at < f->scroll || f->cursor == 0)
		f->scroll = at;
	if (at + own > f->scroll + rows)
		f->scroll = at + own - rows;
}

void
form_draw(struct form *f, const struct area *area)
{
	int lead = label_width(f), y;
	struct area body = *area;

	f->today = area->today;
	if (area->lines != NULL) {
		form_print(f, area);
		return;
	}
	f->width = area->columns - INDENT - lead - 4;
	if (f->picker != NULL) {
		form_pick_draw(f, area);
		return;
	}
	if (f->spec->title != NULL) {
		area_put(area, 0, 0, THEME_TITLE, _(f->spec->title));
		body = area_part(area, 2, 0, 0, 0);
	}
	if (!form_is_editable(f, &f->entries[f->cursor]) && !move(f, 1))
		(void)move(f, -1);
	scroll_to_cursor(f, body.rows);
	y = -f->scroll;
	for (int i = 0; i < f->count; i++) {
		struct form_entry *e = &f->entries[i];
		int rows = entry_rows(f, e);

		if (rows > 0 && y >= 0 && y < body.rows)
			draw_entry(f, &body, y, lead, e,
			           i == f->cursor && f->widget.focused);
		y += rows;
	}
}

/* --- the widget ---------------------------------------------------------- */

static void
draw(struct widget *w, const struct area *area)
{
	form_draw((struct form *)w, area);
}

static bool
changed(const struct widget *w)
{
	return ((const struct form *)w)->changed;
}

static bool
typing(const struct widget *w)
{
	(void)w;
	return true;
}

static void
entry_clear(struct form_entry *e)
{
	edit_clear(&e->edit);
	free(e->start);
	free(e->label);
	free(e->chosen);
	for (int i = 0; i < e->chosen_count; i++)
		free(e->labels[i]);
	free(e->labels);
	free(e->error);
}

static void
clear(struct widget *w)
{
	struct form *f = (struct form *)w;

	form_pick_close(f);
	for (int i = 0; i < f->count; i++)
		entry_clear(&f->entries[i]);
	free(f->entries);
	arena_free(f->keep);
}

static const struct key keys[] = {
    {"Tab", N_("Next field"), PERM_NONE, NULL, NULL,
     N_("The next field; Shift-Tab the one before, also Up and Down")},
    {"Enter", N_("Choose"), PERM_NONE, NULL, NULL,
     N_("Open the choices of a field, or go to the next field")},
    {"F10", N_("Save"), PERM_NONE, NULL, NULL, NULL},
    KEY_END,
};

static const struct widget_class class = {
    .name = "form",
    .draw = draw,
    .choose = form_choose_entry,
    .key = key,
    .keys = keys,
    .changed = changed,
    .keep = form_keep,
    .restore = form_restore,
    .typing = typing,
    .clear = clear,
};

void
form_init(struct form *f, const struct form_spec *spec, struct ui *ui,
          void *data, void *row)
{
	const struct form_row *r = spec->rows;
	int n = 0;

	while (!r[n].end)
		n++;
	*f = (struct form){
	    .widget = {.class = &class, .ui = ui, .data = data},
	    .spec = spec,
	    .row = row,
	    .keep = arena_new(),
	    .entries = xcalloc((size_t)n, sizeof(*f->entries)),
	    .count = n,
	    .width = 40,
	};
	for (int i = 0; i < n; i++)
		entry_init(f, &f->entries[i], &r[i]);
	form_reload(f);
}
