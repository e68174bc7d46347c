/* Rows of lists as CSV or JSON, a page after the other. */
#include "db/export.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "db/activity.h"
#include "db/base/csv_write.h"
#include "db/base/i18n.h"
#include "db/export_in.h"
#include "db/opinion.h"
#include "db/store/ctx.h"
#include "db/unit.h"

enum { PAGE = 200 };

struct export
{
	struct ctx *c;
	const struct export_kind *kind;
	struct export_to to;
	const struct list_spec *list;
	struct list_query query;
	struct json *root;  /* of its texts */
	struct arena *a;    /* of the units */
	struct unit *units; /* for columns that name one */
	int unit_count;
	int64_t rows; /* written so far */
	bool begun;
	/* the last key lies in the arena of the page before */
	struct arena *now, *before;
	struct list_key *last;
};

/* --- values --------------------------------------------------------------- */

static const char *
unit_name(const struct export *e, int64_t id)
{
	for (int i = 0; i < e->unit_count; i++)
		if (e->units[i].id.v == id)
			return e->units[i].name;
	return "";
}

static const char *
points_text(struct arena *a, int64_t tenths)
{
	int64_t size = tenths < 0 ? -tenths : tenths;

	return arena_printf(a, "%s%" PRId64 ".%d", tenths < 0 ? "-" : "",
	                    size / 10, (int)(size % 10));
}

static const char *
time_text(struct arena *a, struct instant at)
{
	int hour, minute;
	char day[11];

	if (at.s == 0)
		return "";
	day_format(day_of(at), day);
	clock_time_of(at, &hour, &minute);
	return arena_printf(a, "%s %02d:%02d", day, hour, minute);
}

/* No day, or one after every other. */
static const char *
day_text(struct arena *a, struct day day)
{
	char *text = arena_alloc(a, 11);

	if (day.year != 0 && day.year != 9999)
		day_format(day, text);
	return text;
}

static const char *
enum_text(const struct field *field, int value, bool json)
{
	for (int i = 0; field->names[i].name != NULL; i++)
		if (i == value)
			return json ? field->names[i].name
			            : _(field->names[i].label);
	return "";
}

/* Whether the value is a number by itself. */
static bool
is_number(const struct field *field)
{
	return field->kind == FIELD_INT || field->kind == FIELD_POINTS ||
	       (field->kind == FIELD_REF && strcmp(field->name, "unit") != 0);
}

static const char *
value_text(const struct export *e, struct arena *a, const struct field *field,
           const void *row, bool json)
{
	const void *at = (const char *)row + field->at;
	const char *const *text = at;

	switch (field->kind) {
	case FIELD_REF:
		if (!is_number(field))
			return unit_name(e, *(const int64_t *)at);
		return arena_printf(a, "%" PRId64, *(const int64_t *)at);
	case FIELD_INT:
		return arena_printf(a, "%" PRId64, *(const int64_t *)at);
	case FIELD_POINTS:
		return points_text(a, *(const int64_t *)at);
	case FIELD_ENUM:
		return enum_text(field, *(const int *)at, json);
	case FIELD_TIME:
		return json ? instant_iso(a, *(const struct instant *)at)
		            : time_text(a, *(const struct instant *)at);
	case FIELD_TEXT:
	case FIELD_LINES:
	case FIELD_TOKEN:
		return *text != NULL ? *text : "";
	case FIELD_BOOL:
		return *(const bool *)at ? _("yes") : "";
	case FIELD_DAY:
		return day_text(a, *(const struct day *)at);
	case FIELD_NONE:
		break;
	}
	return "";
}

static const struct field *
field_of(const struct export *e, const struct export_column *c)
{
	const char *name = c->field;

	if (c->en != NULL && e->to.json)
		name = c->key;
	else if (c->en != NULL && i18n_language() == LANGUAGE_EN)
		name = c->en;
	return field_find(e->list->fields, name);
}

/* --- rows ----------------------------------------------------------------- */

static void
csv_head(struct export *e)
{
	csv_begin(e->to.out);
	for (const struct export_column *c = e->kind->columns; c->key != NULL;
	     c++)
		csv_text(e->to.out, c == e->kind->columns, _(c->label));
	csv_end_row(e->to.out);
}

static void
csv_row(struct export *e, struct arena *a, const void *row)
{
	struct buf *out = e->to.out;

	for (const struct export_column *c = e->kind->columns; c->key != NULL;
	     c++) {
		const struct field *field = field_of(e, c);
		const char *text = value_text(e, a, field, row, false);
		bool first = c == e->kind->columns;

		if (is_number(field))
			csv_number(out, first, text);
		else
			csv_text(out, first, text);
	}
	csv_end_row(out);
}

static void
json_row(struct export *e, struct arena *a, const void *row)
{
	struct json *j = json_new_object();

	for (const struct export_column *c = e->kind->columns; c->key != NULL;
	     c++) {
		const struct field *field = field_of(e, c);
		const char *text = value_text(e, a, field, row, true);

		if (field->kind == FIELD_BOOL)
			json_set_bool(
			    j, c->key,
			    *(const bool *)((const char *)row + field->at));
		else if (is_number(field) && field->kind != FIELD_POINTS)
			json_set_int(
			    j, c->key,
			    *(const int64_t *)((const char *)row + field->at));
		else
			json_set_text(j, c->key, text);
	}
	buf_addf(e->to.out, "%s%s", e->rows > 0 ? ",\n" : "\n",
	         json_print(j, a));
	json_free(j);
}

static void
add_row(struct export *e, struct arena *a, const void *row)
{
	if (e->to.json)
		json_row(e, a, row);
	else
		csv_row(e, a, row);
	e->rows++;
}

/* One page; false in *more: it was the last. */
static int
add_page(struct export *e, bool *more)
{
	struct list_page page = {.more = true};
	struct arena *swap = e->before;
	int err;

	e->before = e->now;
	e->now = swap;
	arena_reset(e->now);
	err = list_fetch(e->c, e->now, e->list, &e->query,
	                 e->last != NULL ? LIST_AFTER : LIST_FIRST, e->last,
	                 PAGE, &page);
	for (int i = 0; err == OK && i < page.n; i++)
		add_row(e, e->now,
		        (const char *)page.rows +
		            (size_t)i * e->list->row_size);
	if (err == OK) {
		e->last = page.n > 0 ? &page.keys[page.n - 1] : NULL;
		*more = page.more && page.n > 0;
	}
	return err;
}

/* --- the whole ------------------------------------------------------------ */

/* Which rows, and whether c may. */
static int
choose(struct export *e)
{
	const struct export_view *view;
	int err;

	if (e->kind->write != NULL)
		return may(e->c, e->kind->needs) ? OK : ERR_DENIED;
	err =
	    export_query(e->c, e->kind, e->to.args, &view, &e->query, &e->root);
	if (err == OK)
		e->list = view->rows != NULL ? view->rows : view->shown;
	return err;
}

static int
prepare(struct export *e)
{
	int err = choose(e);

	if (err != OK)
		return err;
	/* what only the clock has changed; read also while that cannot be
	 * written */
	if (activity_tick(e->c, NULL) == ERR_STORE ||
	    opinion_tick(e->c, NULL) == ERR_STORE)
		return ERR_STORE;
	/* who may not see units has no list with a column that needs them */
	return may(e->c, PERM_ORG_READ)
	           ? unit_list(e->c, e->a, &e->units, &e->unit_count)
	           : OK;
}

int
export_begin(struct ctx *c, const char *kind, const struct export_to *to,
             struct export **out)
{
	const struct export_kind *found = export_kind_named(kind);
	struct export *e;
	int err;

	if (found == NULL)
		return ERR_NOT_FOUND;
	e = xcalloc(1, sizeof(*e));
	*e = (struct export){.c = c,
	                     .kind = found,
	                     .to = *to,
	                     .a = arena_new(),
	                     .now = arena_new(),
	                     .before = arena_new()};
	err = prepare(e);
	if (err == OK)
		*out = e;
	else
		export_end(e);
	return err;
}

static void
add_head(struct export *e)
{
	e->begun = true;
	if (e->to.json)
		buf_addf(e->to.out, "{\"version\":1,\"kind\":\"%s\",\"rows\":[",
		         e->kind->name);
	else if (e->kind->write == NULL)
		csv_head(e);
}

int
export_step(struct export *e, bool *more)
{
	bool after = false;
	int err;

	if (!e->begun)
		add_head(e);
	err = e->kind->write != NULL ? e->kind->write(e->c, &e->to)
	                             : add_page(e, &after);
	if (err != OK)
		return err;
	if (!after && e->to.json)
		buf_add(e->to.out, "\n]}\n");
	*more = after;
	return OK;
}

void
export_end(struct export *e)
{
	if (e == NULL)
		return;
	arena_free(e->a);
	arena_free(e->now);
	arena_free(e->before);
	json_free(e->root);
	free(e);
}

int
export_run(struct ctx *c, const char *kind, const struct export_to *to)
{
	struct export *e;
	bool more = true;
	int err = export_begin(c, kind, to, &e);

	if (err != OK)
		return err;
	while (err == OK && more) {
		err = export_step(e, &more);
		if (err == OK && more)
			err = to->flush(to->data);
	}
	export_end(e);
	return err;
}
