/* A form's fields as text for a draft, and back: a JSON object of field and
 * what stands in it. Secrets, and what is to be kept nowhere else, have no part
 * in it. */
#include <stdlib.h>
#include <string.h>

#include "db/base/json.h"
#include "db/base/text.h"
#include "tui/widget/form_private.h"

static void
add_choice(struct json *all, int64_t value, const char *label)
{
	struct json *one = json_new_array();

	json_add_int(one, value);
	json_add_text(one, label);
	json_add(all, one);
}

/* What was found and chosen, as [value, label]. The label of a single one is
 * said only when the row cannot tell it: it has a language. */
static struct json *
found_of(const struct form_entry *e)
{
	struct json *all = json_new_array();

	for (int i = 0; i < e->chosen_count; i++)
		add_choice(all, e->chosen[i], e->labels[i]);
	if (!e->row->many)
		add_choice(all, e->value, e->row->show == NULL ? e->label : "");
	return all;
}

static bool
is_kept(const struct form_entry *e, bool all)
{
	return e->field != NULL && !e->row->secret && !e->row->undrafted &&
	       !e->row->readonly && (all || e->touched);
}

struct widget_state
form_keep(const struct widget *w, struct arena *a, bool all)
{
	const struct form *f = (const struct form *)w;
	const char *at = f->entries[f->cursor].row->field;
	struct json *root = json_new_object(), *fields = json_new_object();
	struct widget_state state = {.title = ""};

	for (int i = 0; i < f->count; i++) {
		const struct form_entry *e = &f->entries[i];

		if (!is_kept(e, all))
			continue;
		if (e->kind == ENTRY_TEXT)
			json_set_text(fields, e->field->name,
			              e->edit.text.data);
		else if (e->kind == ENTRY_FIND)
			json_set(fields, e->field->name, found_of(e));
		else
			json_set_int(fields, e->field->name, e->value);
		if (e->kind == ENTRY_TEXT && state.title[0] == '\0')
			state.title = text_fit(a, e->edit.text.data, 40);
	}
	json_set_text(root, "at", at != NULL ? at : "");
	json_set(root, "fields", fields);
	state.text = json_print(root, a);
	json_free(root);
	return state;
}

/* --- back ---------------------------------------------------------------- */

/* A file is something from outside: text is cleaned once more. */
static void
restore_text(struct form_entry *e, const char *text)
{
	struct arena *a = arena_new();
	const char *clean;

	if (text_clean(a, text, strlen(text),
	               e->edit.lines ? TEXT_LINES : TEXT_LINE,
	               (size_t)e->edit.max, &clean) == OK)
		edit_set(&e->edit, clean);
	arena_free(a);
}

static void
restore_one(struct form *f, struct form_entry *e, struct arena *a,
            int64_t value, const char *label)
{
	e->value = value;
	if (value != 0 && e->row->show != NULL)
		label = e->row->show(f->widget.ui, f->widget.data, a, value);
	free(e->label);
	e->label = xstrdup(label);
}

static void
restore_found(struct form *f, struct form_entry *e, const struct json *list)
{
	while (e->chosen_count > 0)
		free(e->labels[--e->chosen_count]);
	for (int i = 0; i < json_length(list); i++) {
		const struct json *one = json_at(list, i);
		const char *label = json_text_of(json_at(one, 1));
		struct arena *a = arena_new();
		struct form_option o = {.value = json_int_of(json_at(one, 0))};

		if (text_clean(a, label, strlen(label), TEXT_LINE, 200,
		               &o.label) != OK)
			o.label = "";
		if (e->row->many)
			form_choose(f, e->field->name, &o, 1);
		else
			restore_one(f, e, a, o.value, o.label);
		arena_free(a);
	}
}

static bool
has_name(const struct form_entry *e, int64_t value)
{
	if (e->field->kind == FIELD_BOOL)
		return value == 0 || value == 1;
	for (int64_t i = 0; e->field->names[i].name != NULL; i++)
		if (i == value)
			return true;
	return false;
}

static void
restore_entry(struct form *f, struct form_entry *e, const struct json *v)
{
	if (e->kind == ENTRY_TEXT && json_sort(v) == JSON_OF_TEXT)
		restore_text(e, json_text_of(v));
	else if (e->kind == ENTRY_FIND && json_sort(v) == JSON_OF_ARRAY)
		restore_found(f, e, v);
	else if (e->kind == ENTRY_NAMES && json_sort(v) == JSON_OF_INT &&
	         has_name(e, json_int_of(v)))
		e->value = json_int_of(v);
	e->touched = true;
}

bool
form_restore(struct widget *w, const char *text)
{
	struct form *f = (struct form *)w;
	struct json *root = json_parse(text);
	const struct json *fields = json_get(root, "fields");
	const char *at = json_text_of(json_get(root, "at"));
	bool good = json_sort(fields) == JSON_OF_OBJECT;

	for (int i = 0; good && i < f->count; i++) {
		struct form_entry *e = &f->entries[i];
		const struct json *v;

		if (!is_kept(e, true))
			continue;
		if (strcmp(e->field->name, at) == 0)
			f->cursor = i;
		v = json_get(fields, e->field->name);
		if (v == NULL)
			continue;
		restore_entry(f, e, v);
		/* what other rows offer may follow from it */
		(void)form_read(f, false);
	}
	json_free(root);
	if (!good)
		return false;
	f->changed = true;
	f->widget.edits++;
	if (f->spec->changed != NULL)
		f->spec->changed(f->widget.ui, f->widget.data);
	return true;
}
