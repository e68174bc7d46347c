/*
 * Statements and their cache. A text is prepared once a connection for each
 * scope it is asked under; ids of the acting person are parameters, so
 * another hat of the same scope needs no other statement.
 */
#include "db/store/stmt.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/store/inner.h"

static const char *const autos[AUTO_PARAMETERS] = {
    ":me",        ":my_unit", ":my_station", ":my_organ",
    ":my_office", ":now",     ":today"};

const char *
auto_parameter(int i)
{
	return autos[i];
}

const char *
stmt_predicate(const struct entity *e, enum scope scope)
{
	const char *p;

	if (e == NULL || e->scope == NULL)
		return "1";
	p = e->scope[scope];
	return p != NULL ? p : "0";
}

const char *
stmt_scoped(struct arena *a, const char *text, const char *predicate)
{
	static const char mark[] = "@scope";
	struct buf b = BUF_INIT;
	const char *at, *out;

	while ((at = strstr(text, mark)) != NULL) {
		buf_addn(&b, text, (size_t)(at - text));
		buf_addf(&b, "(%s)", predicate);
		text = at + strlen(mark);
	}
	buf_add(&b, text);
	out = arena_strndup(a, b.data, b.len);
	buf_clear(&b);
	return out;
}

/* err: of store_wake, which must come before a place in the cache is found,
 * since it empties and fills the cache itself. */
static struct stmt *
prepare(struct store *s, const char *sql, int err)
{
	struct stmt *q = xcalloc(1, sizeof(*q));
	int rc;

	q->store = s;
	q->err = err;
	if (err != OK)
		return q;
	rc = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
	                        &q->raw, NULL);
	if (rc != SQLITE_OK)
		q->err = store_error(s, rc);
	for (int i = 0; q->raw != NULL && i < AUTO_PARAMETERS; i++)
		q->autos[i] = sqlite3_bind_parameter_index(q->raw, autos[i]);
	return q;
}

static void
stmt_free(struct stmt *q)
{
	if (q == NULL)
		return;
	sqlite3_finalize(q->raw);
	free(q);
}

void
stmt_cache_free(struct store *s)
{
	for (int i = 0; i < s->stmt_size; i++)
		stmt_free(s->stmts[i]);
	free(s->stmts);
	s->stmts = NULL;
	s->stmt_n = s->stmt_size = 0;
	for (size_t i = 0; i < COUNT(s->composed); i++) {
		stmt_free(s->composed[i]);
		s->composed[i] = NULL;
	}
}

static size_t
slot_of(const struct store *s, const char *text, const struct entity *e,
        enum scope scope)
{
	uint64_t h = (uint64_t)(uintptr_t)text * 0x9e3779b97f4a7c15u;
	size_t mask = (size_t)s->stmt_size - 1;
	size_t i = (size_t)((h >> 32) + scope) & mask;

	while (s->stmts[i] != NULL &&
	       (s->stmts[i]->text != text || s->stmts[i]->entity != e ||
	        s->stmts[i]->scope != scope))
		i = (i + 1) & mask;
	return i;
}

static void
grow(struct store *s)
{
	struct stmt **old = s->stmts;
	int size = s->stmt_size;

	if ((s->stmt_n + 1) * 2 <= size)
		return;
	s->stmt_size = size > 0 ? size * 2 : 64;
	s->stmts = xcalloc((size_t)s->stmt_size, sizeof(struct stmt *));
	for (int i = 0; i < size; i++)
		if (old[i] != NULL)
			s->stmts[slot_of(s, old[i]->text, old[i]->entity,
			                 old[i]->scope)] = old[i];
	free(old);
}

static struct stmt *
cached(struct store *s, const char *text, const struct entity *e,
       enum scope scope)
{
	struct arena *a;
	struct stmt *q;
	size_t i;
	int err = store_wake(s);

	grow(s);
	i = slot_of(s, text, e, scope);
	if (s->stmts[i] != NULL && s->stmts[i]->raw != NULL)
		return s->stmts[i];

	a = arena_new();
	q = prepare(s, stmt_scoped(a, text, stmt_predicate(e, scope)), err);
	arena_free(a);
	q->text = text;
	q->entity = e;
	q->scope = scope;
	if (s->stmts[i] == NULL)
		s->stmt_n++;
	stmt_free(s->stmts[i]); /* one that failed is tried again */
	s->stmts[i] = q;
	return q;
}

static void
start(struct stmt *q)
{
	if (q->raw == NULL)
		return;
	q->err = OK;
	sqlite3_reset(q->raw);
	sqlite3_clear_bindings(q->raw);
}

static void
stick(struct stmt *q, int rc)
{
	if (rc != SQLITE_OK && q->err == OK)
		q->err = store_error(q->store, rc);
}

static void
bind_autos(struct stmt *q, const struct ctx *c)
{
	const int64_t ids[] = {c->me, c->my_unit, c->my_station, c->my_organ,
	                       c->office};
	char day[11];

	if (q->raw == NULL)
		return;
	for (int i = 0; i < (int)COUNT(ids); i++)
		if (q->autos[i] > 0 && ids[i] != 0)
			sqlite3_bind_int64(q->raw, q->autos[i], ids[i]);
	if (q->autos[5] > 0)
		sqlite3_bind_int64(q->raw, q->autos[5], ctx_now(c).s);
	if (q->autos[6] > 0) {
		day_format(ctx_today(c), day);
		sqlite3_bind_text(q->raw, q->autos[6], day, -1,
		                  SQLITE_TRANSIENT);
	}
}

struct stmt *
store_stmt(struct store *s, const char *text)
{
	struct stmt *q = cached(s, text, NULL, SCOPE_COUNTY);

	start(q);
	return q;
}

struct stmt *
ctx_sql(struct ctx *c, const struct entity *e, const char *text)
{
	enum scope scope = e == NULL ? SCOPE_COUNTY : c->scope;
	struct stmt *q = cached(c->store, text, e, scope);

	start(q);
	bind_autos(q, c);
	return q;
}

struct stmt *
ctx_stmt(struct ctx *c, const struct entity *e, int n)
{
	return ctx_sql(c, e, e->sql[n]);
}

struct stmt *
stmt_composed(struct ctx *c, const char *text)
{
	struct store *s = c->store;
	struct stmt **oldest = &s->composed[0];
	struct stmt *q = NULL;
	int err = store_wake(s);

	for (size_t i = 0; i < COUNT(s->composed) && q == NULL; i++) {
		struct stmt **at = &s->composed[i];

		if (*at != NULL && (*at)->raw != NULL &&
		    strcmp(sqlite3_sql((*at)->raw), text) == 0)
			q = *at;
		else if (*oldest != NULL &&
		         (*at == NULL || (*at)->used < (*oldest)->used))
			oldest = at;
	}
	if (q == NULL) {
		stmt_free(*oldest);
		q = *oldest = prepare(s, text, err);
	}
	q->used = ++s->clock;
	start(q);
	bind_autos(q, c);
	return q;
}

/* --- parameters ---------------------------------------------------------- */

/* A name the text does not have is our own mistake; it must not pass. */
static int
index_of(struct stmt *q, const char *name)
{
	int i;

	if (q->raw == NULL)
		return 0;
	i = sqlite3_bind_parameter_index(q->raw, name);
	if (i == 0 && q->err == OK) {
		snprintf(q->store->why, sizeof(q->store->why),
		         "no parameter %s in: %.160s", name,
		         sqlite3_sql(q->raw));
		q->err = ERR_STORE;
	}
	return i;
}

void
bind_int(struct stmt *q, const char *name, int64_t v)
{
	int i = index_of(q, name);

	if (i > 0)
		stick(q, sqlite3_bind_int64(q->raw, i, v));
}

static void
bind_null(struct stmt *q, const char *name)
{
	int i = index_of(q, name);

	if (i > 0)
		stick(q, sqlite3_bind_null(q->raw, i));
}

void
bind_id(struct stmt *q, const char *name, int64_t v)
{
	if (v == 0)
		bind_null(q, name);
	else
		bind_int(q, name, v);
}

void
bind_text(struct stmt *q, const char *name, const char *s)
{
	int i = index_of(q, name);

	if (i > 0)
		stick(q, sqlite3_bind_text(q->raw, i, s, -1, SQLITE_TRANSIENT));
}

void
bind_bytes(struct stmt *q, const char *name, const void *data, size_t n)
{
	int i = index_of(q, name);

	if (i > 0)
		stick(q, sqlite3_bind_blob64(q->raw, i, n > 0 ? data : "", n,
		                             SQLITE_STATIC));
}

void
bind_text_or_null(struct stmt *q, const char *name, const char *s)
{
	if (s == NULL || *s == '\0')
		bind_null(q, name);
	else
		bind_text(q, name, s);
}

void
bind_time(struct stmt *q, const char *name, struct instant t)
{
	bind_id(q, name, t.s);
}

void
bind_day(struct stmt *q, const char *name, struct day d)
{
	char text[11];

	day_format(d, text);
	bind_text_or_null(q, name, text);
}

static void
bind_field(struct stmt *q, const char *name, const struct field *f,
           const char *at)
{
	switch (f->kind) {
	case FIELD_NONE:
		break;
	case FIELD_TEXT:
	case FIELD_LINES:
	case FIELD_TOKEN: {
		const char *const *s = (const void *)at;

		bind_text(q, name, *s != NULL ? *s : "");
		break;
	}
	case FIELD_INT:
	case FIELD_POINTS:
		bind_int(q, name, *(const int64_t *)(const void *)at);
		break;
	case FIELD_BOOL:
		bind_int(q, name, *(const bool *)(const void *)at);
		break;
	case FIELD_REF:
	case FIELD_TIME:
		bind_id(q, name, *(const int64_t *)(const void *)at);
		break;
	case FIELD_ENUM:
		bind_text(q, name,
		          f->names[*(const int *)(const void *)at].name);
		break;
	case FIELD_DAY:
		bind_day(q, name, *(const struct day *)(const void *)at);
		break;
	}
}

void
bind_fields(struct stmt *q, const struct field *fields, const void *row)
{
	char name[80];

	if (q->raw == NULL)
		return;
	for (const struct field *f = fields; f->name != NULL; f++) {
		snprintf(name, sizeof(name), ":%s", f->name);
		if (sqlite3_bind_parameter_index(q->raw, name) > 0)
			bind_field(q, name, f, (const char *)row + f->at);
	}
}

/* --- running ------------------------------------------------------------- */

bool
stmt_next(struct stmt *q)
{
	int rc;

	if (q->err != OK || q->raw == NULL)
		return false;
	rc = sqlite3_step(q->raw);
	if (rc == SQLITE_ROW)
		return true;
	if (rc != SQLITE_DONE)
		q->err = store_error(q->store, rc);
	return false;
}

int
stmt_end(struct stmt *q)
{
	int err = q->err;

	if (q->raw == NULL) {
		/* why was said when preparing and may be overwritten. */
		return err != OK ? err : ERR_STORE;
	}
	sqlite3_reset(q->raw);
	q->err = OK;
	return err;
}

int
stmt_run(struct stmt *q, int64_t *changed)
{
	int64_t before;
	int err;

	if (q->raw == NULL)
		return stmt_end(q);
	before = sqlite3_total_changes64(q->store->db);
	while (stmt_next(q))
		;
	err = stmt_end(q);
	if (err != OK || changed == NULL)
		return err;
	/* changes64 keeps the last writer's number when nothing changed. */
	*changed = sqlite3_total_changes64(q->store->db) == before
	               ? 0
	               : sqlite3_changes64(q->store->db);
	return OK;
}

int64_t
col_int(struct stmt *q, int column)
{
	return sqlite3_column_int64(q->raw, column);
}

bool
col_is_null(struct stmt *q, int column)
{
	return sqlite3_column_type(q->raw, column) == SQLITE_NULL;
}

const char *
col_text(struct stmt *q, int column)
{
	const unsigned char *s = sqlite3_column_text(q->raw, column);

	return s != NULL ? (const char *)s : "";
}

const void *
col_bytes(struct stmt *q, int column, size_t *n)
{
	const void *data = sqlite3_column_blob(q->raw, column);

	*n = (size_t)sqlite3_column_bytes(q->raw, column);
	return data;
}

static void
map_columns(struct stmt *q, const struct field *fields)
{
	int n = sqlite3_column_count(q->raw);

	if (q->fields == fields)
		return;
	assert(n <= COLUMNS_MAX);
	q->columns = n;
	for (int i = 0; i < q->columns; i++)
		q->map[i] = field_find(fields, sqlite3_column_name(q->raw, i));
	q->fields = fields;
}

static void
column_into(struct stmt *q, struct arena *a, int i, const struct field *f,
            char *at)
{
	int n;

	switch (f->kind) {
	case FIELD_NONE:
		break;
	case FIELD_TEXT:
	case FIELD_LINES:
	case FIELD_TOKEN:
		*(const char **)(void *)at = arena_strdup(a, col_text(q, i));
		break;
	case FIELD_INT:
	case FIELD_POINTS:
	case FIELD_REF:
	case FIELD_TIME:
		*(int64_t *)(void *)at = col_int(q, i);
		break;
	case FIELD_BOOL:
		*(bool *)(void *)at = col_int(q, i) != 0;
		break;
	case FIELD_ENUM:
		n = enum_index(f->names, col_text(q, i));
		*(int *)(void *)at = n < 0 ? 0 : n;
		break;
	case FIELD_DAY: {
		struct day d = {0};

		if (*col_text(q, i) != '\0' &&
		    day_parse(col_text(q, i), d, &d) != OK)
			q->err = ERR_STORE;
		*(struct day *)(void *)at = d;
		break;
	}
	}
}

/* What no column fills is none: "" for texts, never NULL. */
static void
blank(const struct field *fields, void *row)
{
	for (const struct field *f = fields; f->name != NULL; f++) {
		char *at = (char *)row + f->at;

		if (f->kind == FIELD_TEXT || f->kind == FIELD_LINES ||
		    f->kind == FIELD_TOKEN)
			*(const char **)(void *)at = "";
		else
			memset(at, 0, f->size);
	}
}

void
stmt_row(struct stmt *q, struct arena *a, const struct field *fields, void *out)
{
	map_columns(q, fields);
	blank(fields, out);
	for (int i = 0; i < q->columns; i++)
		if (q->map[i] != NULL)
			column_into(q, a, i, q->map[i],
			            (char *)out + q->map[i]->at);
}

int
stmt_one(struct stmt *q, struct arena *a, const struct field *fields, void *out)
{
	bool found = stmt_next(q);
	int err;

	if (found)
		stmt_row(q, a, fields, out);
	err = stmt_end(q);
	if (err != OK)
		return err;
	return found ? OK : ERR_NOT_FOUND;
}

int
stmt_all(struct stmt *q, struct arena *a, const struct field *fields,
         size_t size, int max, void *rows, int *n)
{
	char *data = NULL;
	int room = 0, count = 0, err;

	while (count < max && stmt_next(q)) {
		if (count == room) {
			char *more;

			room = room > 0 ? room * 2 : 16;
			more = arena_alloc(a, (size_t)room * size);
			if (count > 0)
				memcpy(more, data, (size_t)count * size);
			data = more;
		}
		stmt_row(q, a, fields, data + (size_t)count * size);
		count++;
	}
	err = stmt_end(q);
	if (err != OK)
		return err;
	*(void **)rows = data;
	*n = count;
	return OK;
}

int
stmt_int(struct stmt *q, int64_t *out)
{
	bool found = stmt_next(q);
	int64_t v = found ? col_int(q, 0) : 0;
	int err = stmt_end(q);

	if (err != OK)
		return err;
	if (!found)
		return ERR_NOT_FOUND;
	*out = v;
	return OK;
}
