/* Files of JSON: an array of objects, each of which is a line. Where they
 * are, programs wrote them; the columns, checks and reports are the same. */
#include <inttypes.h>
#include <string.h>

#include "db/base/gb18030.h"
#include "db/base/i18n.h"
#include "db/base/json.h"
#include "db/import_in.h"

static bool
looks_json(const char *s, size_t n)
{
	size_t at = 0;

	while (at < n && strchr(" \t\r\n", s[at]) != NULL && s[at] != '\0')
		at++;
	return at < n && (s[at] == '[' || s[at] == '{');
}

/* The array, which may be the one member of an object that is an array, as
 * exports have it. */
static const struct json *
find_items(const struct json *root)
{
	const struct json *found = NULL;

	if (json_sort(root) == JSON_OF_ARRAY)
		return root;
	for (int i = 0; i < json_length(root); i++) {
		const char *key;
		const struct json *v = json_member(root, i, &key);

		if (json_sort(v) == JSON_OF_ARRAY)
			found = v;
	}
	return found;
}

int
import_json_open(struct import_input *in, struct arena *a,
                 struct import_report *out)
{
	const char *text;
	int err = OK;

	if (!looks_json(in->data, in->n))
		return OK;
	text = arena_strndup(a, in->data, in->n);
	if (in->gb18030 != NULL)
		err = gb18030_decode(in->gb18030, a, text, strlen(text), &text);
	if (err == OK)
		in->json = json_parse(text);
	if (in->json != NULL)
		in->items = find_items(in->json);
	if (in->items != NULL)
		return OK;
	out->refused = _("This is no JSON array of objects.");
	return ERR_INVALID;
}

static void
list(struct buf *b, const char *name)
{
	buf_addf(b, "%s%s", b->len > 0 ? ", " : "", name);
}

/* Keys of all objects: what one lacks is an empty cell of it, what none has
 * is a column that is not there. */
static void
read_keys(struct import_run *r, const struct json *item,
          bool has[IMPORT_COLUMNS_MAX], struct buf *unknown)
{
	for (int i = 0; i < json_length(item); i++) {
		const char *key;
		int column;

		(void)json_member(item, i, &key);
		column = import_column_of(r->spec, r->page, key);
		if (column >= 0)
			has[column] = true;
		else if (unknown->len < 200 &&
		         (unknown->len == 0 ||
		          strstr(unknown->data, key) == NULL))
			list(unknown, key);
	}
}

int
import_json_header(struct import_run *r, struct import_input *in)
{
	bool has[IMPORT_COLUMNS_MAX] = {false};
	struct buf unknown = BUF_INIT;
	int n = json_length(in->items);

	for (int i = 0; i < n; i++) {
		const struct json *item = json_at(in->items, i);

		arena_reset(r->page);
		if (json_sort(item) == JSON_OF_OBJECT)
			read_keys(r, item, has, &unknown);
	}
	for (int i = 0; i < r->spec->column_count; i++)
		in->columns[i] = i;
	in->cells = r->spec->column_count;
	if (n == 0)
		r->report->refused = _("The file is empty.");
	else
		r->report->refused = import_refuse_header(r, &unknown, has);
	buf_clear(&unknown);
	return r->report->refused == NULL ? OK : ERR_INVALID;
}

/* As it would stand in CSV, where an apostrophe says that it is no formula.
 * NULL: neither text nor number. */
static const char *
cell_of(struct arena *a, const struct json *v)
{
	const char *text;

	switch (json_sort(v)) {
	case JSON_OF_NULL:
		return "";
	case JSON_OF_INT:
		return arena_printf(a, "%" PRId64, json_int_of(v));
	case JSON_OF_TEXT:
		text = json_text_of(v);
		return *text != '\0' && strchr("=+-@", *text) != NULL
		           ? arena_printf(a, "'%s", text)
		           : text;
	default:
		return NULL;
	}
}

bool
import_json_next(struct import_run *r, struct import_input *in,
                 struct csv_record *record)
{
	const struct json *item;

	if (in->item == json_length(in->items))
		return false;
	arena_reset(r->page);
	item = json_at(in->items, in->item++);
	*record =
	    (struct csv_record){.line = in->item, .n = r->spec->column_count};
	for (int i = 0; i < record->n; i++)
		record->cells[i] = "";
	if (json_sort(item) != JSON_OF_OBJECT)
		record->fault = N_("This is no object.");
	for (int i = 0; record->fault == NULL && i < json_length(item); i++) {
		const char *key, *cell;
		const struct json *v = json_member(item, i, &key);
		int column = import_column_of(r->spec, r->page, key);

		/* in the arena of all: the line's is emptied */
		cell = cell_of(r->a, v);
		if (cell == NULL)
			record->fault =
			    N_("Only texts and whole numbers are read.");
		else if (column >= 0)
			record->cells[column] = cell;
	}
	return true;
}
