/* Between the store's lists and the table widget: the callbacks that a list
 * screen would otherwise write. */
#include "tui/records.h"

#include "db/base/i18n.h"
#include "db/export.h"
#include "tui/transfer.h"
#include "tui/ui.h"

static void
set(struct records *r, int filter, int64_t v, const char *s)
{
	struct list_query *q = &r->query;
	int i = 0;

	while (i < q->value_count && q->values[i].filter != filter)
		i++;
	if (i == LIST_FILTERS)
		return;
	if (i == q->value_count)
		q->value_count++;
	q->values[i] = (struct list_value){
	    .filter = filter,
	    .v = v,
	    .s = s != NULL ? arena_strdup(r->texts, s) : NULL};
}

void
records_filter(struct records *r, int filter, int64_t v, const char *s)
{
	set(r, filter, v, s);
	r->by_person[filter] = false;
}

void
records_filter_by_person(struct records *r, int filter, int64_t v,
                         const char *s)
{
	set(r, filter, v, s);
	r->by_person[filter] = true;
}

void
records_filter_remove(struct records *r, int filter)
{
	struct list_query *q = &r->query;
	int kept = 0;

	for (int i = 0; i < q->value_count; i++)
		if (q->values[i].filter != filter)
			q->values[kept++] = q->values[i];
	q->value_count = kept;
	r->by_person[filter] = false;
}

bool
records_is_filtered(const struct records *r, int filter)
{
	for (int i = 0; i < r->query.value_count; i++)
		if (r->query.values[i].filter == filter)
			return true;
	return false;
}

void
records_order(struct records *r, int order)
{
	r->query.order = order;
}

void
records_columns(struct records *r, const struct table_column *columns)
{
	r->joined.columns = columns;
}

/* The query with what is sought as one more filter. */
static struct list_query
query_of(const struct records *r, struct arena *a, const char *find)
{
	struct list_query q = r->query;

	if (r->spec->find == RECORDS_NO_FIND || find[0] == '\0' ||
	    q.value_count == LIST_FILTERS)
		return q;
	if (r->spec->pattern != NULL)
		find = r->spec->pattern(a, find);
	list_where(&q, r->spec->find, 0, find);
	return q;
}

static enum list_from
from_of(enum table_from from)
{
	switch (from) {
	case TABLE_LAST:
		return LIST_LAST;
	case TABLE_AFTER:
		return LIST_AFTER;
	case TABLE_BEFORE:
		return LIST_BEFORE;
	case TABLE_AT:
		return LIST_AT;
	case TABLE_FIRST:
		break;
	}
	return LIST_FIRST;
}

static int
fetch(struct ui *ui, void *data, struct arena *a,
      const struct table_query *query, struct table_rows *out)
{
	struct records *r = data;
	struct list_query q = query_of(r, a, query->find);
	struct list_page page;
	int err =
	    list_fetch(ui_ctx(ui), a, r->spec->list, &q, from_of(query->from),
	               query->anchor, query->n, &page);

	if (err != OK)
		return err;
	out->rows = page.rows;
	out->count = page.n;
	out->more = page.more;
	if (page.n > 0) { /* the keys lie in a, as the rows do */
		const struct list_key *keys = page.keys;

		out->first = keys;
		out->last = keys + page.n - 1;
	}
	return OK;
}

static int
count(struct ui *ui, void *data, const char *find, struct table_count *out)
{
	struct records *r = data;
	struct arena *a = arena_new();
	struct list_query q = query_of(r, a, find);
	int64_t n;
	int err = list_count(ui_ctx(ui), r->spec->list, &q, &n);

	arena_free(a);
	if (err != OK)
		return err;
	out->more = n > LIST_COUNT_CAP;
	out->total = out->more ? LIST_COUNT_CAP : n;
	return OK;
}

static const char *
filter_text(struct ui *ui, void *data, struct arena *a)
{
	const struct records *r = data;
	const char *text = "";

	(void)ui;
	for (int i = 0; i < r->query.value_count; i++) {
		const struct list_value *v = &r->query.values[i];

		if (r->by_person[v->filter])
			text = arena_printf(
			    a, "%s%s%s", text, text[0] != '\0' ? ", " : "",
			    _(r->spec->list->filters[v->filter].label));
	}
	return text;
}

static void
filter_clear(struct ui *ui, void *data)
{
	struct records *r = data;

	(void)ui;
	for (int i = 0; i < LIST_FILTERS; i++)
		if (r->by_person[i])
			records_filter_remove(r, i);
}

/* The records own memory that the table does not know. */
static void
clear(struct widget *w)
{
	struct records *r = (struct records *)w;

	r->inner->clear(w);
	arena_free(r->texts);
}

void
records_init(struct records *r, const struct records_spec *spec, struct ui *ui,
             void *data)
{
	struct table_spec *j = &r->joined;

	*r = (struct records){.spec = spec, .texts = arena_new()};
	*j = *spec->table;
	if (j->fields == NULL)
		j->fields = spec->list->fields;
	if (j->row_size == 0)
		j->row_size = spec->list->row_size;
	if (j->fetch == NULL)
		j->fetch = fetch;
	if (j->count == NULL)
		j->count = count;
	if (j->filter == NULL) {
		j->filter = filter_text;
		j->filter_clear = filter_clear;
		j->source_filters = true;
	}
	j->find = spec->find != RECORDS_NO_FIND;
	table_init(&r->table, j, ui, data);
	r->table.source = r;
	r->inner = r->table.widget.class;
	r->class = *r->inner;
	r->class.clear = clear;
	r->table.widget.class = &r->class;
	ui_body(ui, &r->table.widget);
}

int
records_load(struct records *r)
{
	return table_load(&r->table);
}

int
records_restart(struct records *r)
{
	return table_restart(&r->table);
}

const void *
records_row(const struct records *r)
{
	return table_row(&r->table);
}

/* --- as a file ------------------------------------------------------------ */

/* What narrows it, as the filter line says, and what is sought. */
static const char *
words_of(const struct records *r, struct arena *a)
{
	const struct table *t = &r->table;
	const char *text = table_filter_text(t, a);

	return arena_printf(a, "%s%s%s", text,
	                    *text != '\0' && t->find.len > 0 ? "  " : "",
	                    t->find.data);
}

void
records_export(struct ui *ui, const struct records *r)
{
	struct arena *a = arena_new();
	struct list_query q = query_of(r, a, r->table.find.data);
	const char *kind, *args;

	if (export_of_list(a, r->spec->list, &q, &kind, &args))
		ui_transfer_export(ui, kind, args, words_of(r, a));
	arena_free(a);
}

void
records_key_export(struct ui *ui, void *data)
{
	records_export(ui, data);
}
