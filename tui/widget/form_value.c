/* Between the struct and the form: what stands in a field at first, and
 * what was typed as a value, with the sentence that says what is wrong. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/widget/form_private.h"

/* --- row to form --------------------------------------------------------- */

static const char *
time_text(struct arena *a, struct instant at)
{
	char day[11];
	int hour, minute;

	if (at.s == 0)
		return "";
	day_format(day_of(at), day);
	clock_time_of(at, &hour, &minute);
	return arena_printf(a, "%s %02d:%02d", day, hour, minute);
}

static const char *
initial_text(struct arena *a, const struct field *field, const void *at)
{
	char day[11];
	int64_t n;

	switch (field->kind) {
	case FIELD_TEXT:
	case FIELD_LINES:
	case FIELD_TOKEN:
		return *(const char *const *)at != NULL
		           ? *(const char *const *)at
		           : "";
	case FIELD_INT:
	case FIELD_REF:
		n = *(const int64_t *)at;
		return n == 0 && !field->required
		           ? ""
		           : arena_printf(a, "%lld", (long long)n);
	case FIELD_POINTS:
		n = *(const int64_t *)at;
		return arena_printf(a, "%lld.%d", (long long)(n / 10),
		                    abs((int)(n % 10)));
	case FIELD_TIME:
		return time_text(a, *(const struct instant *)at);
	case FIELD_DAY:
		day_format(*(const struct day *)at, day);
		return arena_strdup(a, day);
	case FIELD_BOOL:
	case FIELD_ENUM:
	case FIELD_NONE:
		break;
	}
	return "";
}

static void
load_choice(struct form *f, struct form_entry *e, const void *at)
{
	struct arena *a = arena_new();

	if (e->field->kind == FIELD_BOOL)
		e->value = *(const bool *)at;
	else if (e->field->kind == FIELD_ENUM)
		e->value = *(const int *)at;
	else
		e->value = *(const int64_t *)at;
	if (e->kind == ENTRY_FIND && !e->row->many) {
		free(e->label);
		e->label =
		    xstrdup(e->value == 0 || e->row->show == NULL
		                ? ""
		                : e->row->show(f->widget.ui, f->widget.data, a,
		                               e->value));
	}
	arena_free(a);
}

void
form_load_entry(struct form *f, struct form_entry *e)
{
	const void *at;
	struct arena *a;

	if (e->field == NULL)
		return;
	at = (const char *)f->row + e->field->at;
	if (e->kind != ENTRY_TEXT) {
		load_choice(f, e, at);
		return;
	}
	a = arena_new();
	edit_set(&e->edit, initial_text(a, e->field, at));
	arena_free(a);
}

/* --- form to row --------------------------------------------------------- */

static const char *
read_text(struct form *f, const struct form_entry *e, void *at)
{
	int max = e->edit.max;
	const char *clean;
	int err = text_clean(f->keep, e->edit.text.data, e->edit.text.len,
	                     e->edit.lines ? TEXT_LINES : TEXT_LINE,
	                     (size_t)max, &clean);

	if (err == ERR_TOO_LONG)
		return arena_printf(f->keep, _("At most %d characters."), max);
	if (err != OK)
		return _("This text cannot be read.");
	if (e->field->kind == FIELD_TOKEN)
		clean = text_fold(f->keep, clean);
	*(const char **)at = clean;
	return NULL;
}

/* A number, with tenths when scale is 10. */
static const char *
read_number(const char *s, int scale, int64_t *out)
{
	char *end;
	long long n = strtoll(s, &end, 10), tenth = 0;
	bool minus = s[0] == '-';

	if (end == s || n > INT64_MAX / 100 || n < INT64_MIN / 100)
		return _("Please enter a number.");
	if (scale == 10 && *end == '.' && end[1] >= '0' && end[1] <= '9') {
		tenth = end[1] - '0';
		end += 2;
	}
	if (*end != '\0')
		return _("Please enter a number.");
	*out = n * scale + (minus ? -tenth : tenth);
	return NULL;
}

static const char *
read_time(struct form *f, char *s, struct instant *out)
{
	char *space = strchr(s, ' ');
	struct day day;
	int hour, minute;

	if (space == NULL)
		return _("Please enter a day and a time, such as "
		         "2022-03-29 14:00.");
	*space++ = '\0';
	space += strspn(space, " ");
	if (day_parse(s, f->today, &day) != OK ||
	    clock_parse_time(space, &hour, &minute) != OK)
		return _("Please enter a day and a time, such as "
		         "2022-03-29 14:00.");
	*out = clock_at(day, hour, minute);
	return NULL;
}

/* What was typed, folded and without blanks around, as a value of another
 * kind than text. */
static const char *
read_other(struct form *f, const struct form_entry *e, char *s, void *at)
{
	struct day day = {0};

	switch (e->field->kind) {
	case FIELD_POINTS:
		return read_number(s, 10, at);
	case FIELD_TIME:
		return read_time(f, s, at);
	case FIELD_DAY:
		if (day_parse(s, f->today, &day) != OK)
			return _("Please enter a day, such as 2022-03-29.");
		*(struct day *)at = day;
		return NULL;
	case FIELD_INT:
	case FIELD_REF:
	case FIELD_NONE:
	case FIELD_TEXT:
	case FIELD_LINES:
	case FIELD_TOKEN:
	case FIELD_BOOL:
	case FIELD_ENUM:
		break;
	}
	return read_number(s, 1, at);
}

static bool
is_textual(const struct field *field)
{
	return field->kind == FIELD_TEXT || field->kind == FIELD_LINES ||
	       field->kind == FIELD_TOKEN;
}

static const char *
read_typed(struct form *f, const struct form_entry *e, void *at)
{
	const char *clean;

	if (is_textual(e->field))
		return read_text(f, e, at);
	if (text_clean(f->keep, e->edit.text.data, e->edit.text.len, TEXT_LINE,
	               100, &clean) != OK)
		return _("This text cannot be read.");
	if (clean[0] == '\0') {
		memset(at, 0, e->field->size);
		return NULL;
	}
	return read_other(f, e,
	                  arena_strdup(f->keep, text_fold(f->keep, clean)), at);
}

static void
read_choice(const struct form_entry *e, void *at)
{
	if (e->field->kind == FIELD_BOOL)
		*(bool *)at = e->value != 0;
	else if (e->field->kind == FIELD_ENUM)
		*(int *)at = (int)e->value;
	else
		*(int64_t *)at = e->row->many ? e->chosen_count : e->value;
}

static bool
is_empty(const struct form_entry *e, const void *at)
{
	if (e->kind == ENTRY_NAMES)
		return false;
	if (e->kind == ENTRY_FIND)
		return *(const int64_t *)at == 0;
	if (is_textual(e->field))
		return (*(const char *const *)at)[0] == '\0';
	return e->edit.text.len == 0;
}

int
form_read(struct form *f, bool check)
{
	int faults = 0;

	arena_reset(f->keep);
	for (int i = 0; i < f->count; i++) {
		struct form_entry *e = &f->entries[i];
		const char *fault = NULL;
		void *at;

		/* hidden rows are read too: their text moves into keep */
		if (e->field == NULL || e->row->readonly)
			continue;
		at = (char *)f->row + e->field->at;
		if (e->kind == ENTRY_TEXT)
			fault = read_typed(f, e, at);
		else
			read_choice(e, at);
		if (fault != NULL && is_textual(e->field))
			*(const char **)at = "";
		if (!form_is_shown(f, e))
			fault = NULL;
		else if (fault == NULL && is_empty(e, at) &&
		         (e->field->required || e->row->required))
			fault = e->kind == ENTRY_TEXT
			            ? _("Please fill this in.")
			            : _("Please choose.");
		if (check)
			form_entry_error(e, fault);
		faults += fault != NULL;
	}
	return faults;
}
