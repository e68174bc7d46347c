/*
 * Composing a list's statement from its declared parts and running it.
 * Backwards is the same statement in the opposite order, turned round
 * afterwards, so that one index serves both directions.
 */
#include "db/store/list.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "db/store/inner.h"

static const char *const key_names[LIST_KEYS] = {":key_0", ":key_1", ":key_2"};

static bool
is_self(const struct ctx *c, const struct list_spec *spec)
{
	return c->scope == SCOPE_SELF && spec->scope_self != NULL;
}

static int
key_count(const struct list_order *order)
{
	int n = 0;

	while (n < LIST_KEYS && order->keys[n] != NULL)
		n++;
	return n;
}

static bool
is_backward(enum list_from from)
{
	return from == LIST_LAST || from == LIST_BEFORE;
}

/* FROM and WHERE without the position: scope and filters. */
static void
add_rows(struct buf *b, const struct ctx *c, const struct list_spec *spec,
         const struct list_query *query)
{
	bool self = is_self(c, spec);

	buf_addf(
	    b, " FROM %s WHERE (%s)",
	    c->scope == SCOPE_SELF && spec->from_self != NULL ? spec->from_self
							      : spec->from,
	    self ? spec->scope_self : stmt_predicate(spec->entity, c->scope));
	if (spec->only != NULL)
		buf_addf(b, " AND (%s)", spec->only);
	for (int i = 0; i < query->value_count; i++) {
		int filter = query->values[i].filter;

		assert(filter >= 0 && filter < spec->filter_count);
		buf_addf(b, " AND (%s)", spec->filters[filter].predicate);
	}
}

/* (k1,k2) > (:key_0,:key_1) */
static void
add_position(struct buf *b, const struct list_order *order, enum list_from from)
{
	bool less = order->descending != (from == LIST_BEFORE);
	int n = key_count(order);

	if (from == LIST_FIRST || from == LIST_LAST)
		return;
	buf_add(b, " AND (");
	for (int i = 0; i < n; i++)
		buf_addf(b, "%s%s", i > 0 ? "," : "", order->keys[i]);
	buf_addf(b, ") %s%s (", less ? "<" : ">", from == LIST_AT ? "=" : "");
	for (int i = 0; i < n; i++)
		buf_addf(b, "%s%s", i > 0 ? "," : "", key_names[i]);
	buf_addc(b, ')');
}

static void
compose(struct buf *b, const struct ctx *c, const struct list_spec *spec,
        const struct list_query *query, enum list_from from)
{
	const struct list_order *order = &spec->orders[query->order];
	bool down = order->descending != is_backward(from);
	int n = key_count(order);

	buf_addf(b, "SELECT %s", spec->columns);
	for (int i = 0; i < n; i++)
		buf_addf(b, ", %s AS key_%d", order->keys[i], i);
	add_rows(b, c, spec, query);
	add_position(b, order, from);
	for (int i = 0; i < n; i++)
		buf_addf(b, "%s%s%s", i > 0 ? ", " : " ORDER BY ",
		         order->keys[i], down ? " DESC" : "");
	buf_add(b, " LIMIT :rows");
}

const char *
list_sql(struct ctx *c, struct arena *a, const struct list_spec *spec,
         const struct list_query *query, enum list_from from)
{
	struct buf b = BUF_INIT;
	const char *text;

	compose(&b, c, spec, query, from);
	text = arena_strdup(a, b.data);
	buf_clear(&b);
	return text;
}

static void
bind_values(struct stmt *q, const struct list_spec *spec,
            const struct list_query *query)
{
	char name[64];

	for (int i = 0; i < query->value_count; i++) {
		const struct list_value *v = &query->values[i];
		const struct list_filter *f = &spec->filters[v->filter];

		snprintf(name, sizeof(name), ":%s", f->name);
		if (f->is_text)
			bind_text(q, name, v->s != NULL ? v->s : "");
		else
			bind_int(q, name, v->v);
	}
}

static void
bind_key(struct stmt *q, const struct list_order *order,
         const struct list_key *key)
{
	for (int i = 0; i < key_count(order); i++) {
		const char *s = key->at[i].s != NULL ? key->at[i].s : "";

		if (key->at[i].is_text)
			bind_text(q, key_names[i], s);
		else
			bind_int(q, key_names[i], key->at[i].v);
	}
}

/* The key columns are the last ones of the row. */
static void
read_key(struct stmt *q, struct arena *a, int n, struct list_key *key)
{
	int first = sqlite3_column_count(q->raw) - n;

	for (int i = 0; i < n; i++) {
		key->at[i].is_text =
		    sqlite3_column_type(q->raw, first + i) == SQLITE_TEXT;
		if (key->at[i].is_text)
			key->at[i].s = arena_strdup(a, col_text(q, first + i));
		else
			key->at[i].v = col_int(q, first + i);
	}
}

static void
turn_round(void *data, size_t size, int n)
{
	char *p = data;

	for (int i = 0; i < n / 2; i++) {
		char *x = p + (size_t)i * size;
		char *y = p + (size_t)(n - 1 - i) * size;

		for (size_t k = 0; k < size; k++) {
			char ch = x[k];

			x[k] = y[k];
			y[k] = ch;
		}
	}
}

void
list_where(struct list_query *q, int filter, int64_t v, const char *s)
{
	assert(q->value_count < LIST_FILTERS);
	q->values[q->value_count++] = (struct list_value){filter, v, s};
}

int
list_fetch(struct ctx *c, struct arena *a, const struct list_spec *spec,
           const struct list_query *query, enum list_from from,
           const struct list_key *key, int n, struct list_page *out)
{
	const struct list_order *order = &spec->orders[query->order];
	struct list_page page = {0};
	struct buf b = BUF_INIT;
	struct stmt *q;
	int err;

	assert(query->order >= 0 && query->order < spec->order_count);
	if (c->scope == SCOPE_NONE || !may(c, spec->needs))
		return ERR_DENIED;
	compose(&b, c, spec, query, from);
	q = stmt_composed(c, b.data);
	buf_clear(&b);
	bind_values(q, spec, query);
	if (from == LIST_AFTER || from == LIST_BEFORE || from == LIST_AT)
		bind_key(q, order, key);
	bind_int(q, ":rows", (int64_t)n + 1);

	page.rows = arena_alloc(a, ((size_t)n + 1) * spec->row_size);
	page.keys = arena_alloc(a, ((size_t)n + 1) * sizeof(*page.keys));
	while (!page.more && stmt_next(q)) {
		if (page.n == n) {
			page.more = true;
			break;
		}
		stmt_row(q, a, spec->fields,
		         (char *)page.rows + (size_t)page.n * spec->row_size);
		read_key(q, a, key_count(order), &page.keys[page.n]);
		page.n++;
	}
	err = stmt_end(q);
	if (err != OK)
		return err;
	if (is_backward(from)) {
		turn_round(page.rows, spec->row_size, page.n);
		turn_round(page.keys, sizeof(*page.keys), page.n);
	}
	*out = page;
	return OK;
}

int
list_count(struct ctx *c, const struct list_spec *spec,
           const struct list_query *query, int64_t *n)
{
	struct buf b = BUF_INIT;
	struct stmt *q;

	if (c->scope == SCOPE_NONE || !may(c, spec->needs))
		return ERR_DENIED;
	buf_add(&b, "SELECT count(*) FROM (SELECT 1");
	add_rows(&b, c, spec, query);
	buf_addf(&b, " LIMIT %d)", LIST_COUNT_CAP + 1);
	q = stmt_composed(c, b.data);
	buf_clear(&b);
	bind_values(q, spec, query);
	return stmt_int(q, n);
}
