/*
 * Watching rows: what an event changed, written down as it happens by
 * SQLite's preupdate hook, and put into event_undo, event_link and the
 * audit when the event ends. Striking out plays event_undo backwards.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/secret.h"
#include "db/store/audit.h"
#include "db/store/inner.h"

/* --- tables -------------------------------------------------------------- */

/* The event itself and the audit are not what an event changes, a one-time
 * address is no record. */
static bool
is_journaled(enum entity_kind kind)
{
	return kind != ENTITY_EVENT && kind != ENTITY_AUDIT &&
	       kind != ENTITY_TRANSFER;
}

int
journal_kind(const char *table)
{
	const struct entity *e;

	if (strcmp(table, "counter") == 0) /* the most frequent by far */
		return -1;
	e = entity_named(table);
	return e != NULL && is_journaled(e->kind) ? (int)e->kind : -1;
}

/* A text column that no field declares is hashed as well: pinyin gives a
 * name away as surely as the name. */
static bool
is_hashed(const struct entity *e, const char *column, const char *type)
{
	const struct field *f =
	    e->fields != NULL ? field_find(e->fields, column) : NULL;

	if (e->secret && strcmp(column, "id") != 0)
		return true;
	return f != NULL ? f->personal : strcmp(type, "TEXT") == 0;
}

const struct table *
journal_table(struct store *s, enum entity_kind kind)
{
	const struct entity *e = entity_of(kind);
	struct table *t = &s->tables[kind];
	sqlite3_stmt *raw;
	int n = 0;

	if (t->columns > 0)
		return t;
	if (sqlite3_prepare_v2(s->db,
	                       "SELECT name, type FROM pragma_table_info(?)"
	                       " ORDER BY cid",
	                       -1, &raw, NULL) != SQLITE_OK)
		return NULL;
	sqlite3_bind_text(raw, 1, e->name, -1, SQLITE_STATIC);
	while (sqlite3_step(raw) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(raw, 0);
		const char *type = (const char *)sqlite3_column_text(raw, 1);

		assert(n < COLUMNS_MAX);
		t->names[n] = xstrdup(name != NULL ? name : "");
		t->hashed[n] =
		    is_hashed(e, t->names[n], type != NULL ? type : "");
		n++;
	}
	sqlite3_finalize(raw);
	t->columns = n;
	return n > 0 ? t : NULL;
}

/* --- watching ------------------------------------------------------------ */

static bool
is_same(sqlite3_value *a, sqlite3_value *b)
{
	int type = sqlite3_value_type(a);
	int n;

	if (type != sqlite3_value_type(b))
		return false;
	if (type == SQLITE_NULL)
		return true;
	if (type == SQLITE_INTEGER)
		return sqlite3_value_int64(a) == sqlite3_value_int64(b);
	n = sqlite3_value_bytes(a);
	return n == sqlite3_value_bytes(b) &&
	       (n == 0 || memcmp(sqlite3_value_blob(a), sqlite3_value_blob(b),
	                         (size_t)n) == 0);
}

static void
add_member(struct buf *b, const char *name)
{
	if (b->len > 1)
		buf_addc(b, ',');
	buf_addc(b, '"');
	buf_add(b, name);
	buf_add(b, "\":");
}

static void
audit_value(struct buf *b, bool hashed, sqlite3_value *v)
{
	if (hashed)
		json_hashed(b, v);
	else
		json_value(b, v);
}

/* Old values into *before, what changed into *audit. A secret record gives
 * {} and its event cannot be struck out. */
static int
note_update(struct store *s, const struct entity *e, const struct table *t,
            struct buf *before, struct buf *audit)
{
	for (int i = 0; i < t->columns; i++) {
		sqlite3_value *old, *new;

		if (sqlite3_preupdate_old(s->db, i, &old) != SQLITE_OK ||
		    sqlite3_preupdate_new(s->db, i, &new) != SQLITE_OK)
			return ERR_STORE;
		if (is_same(old, new))
			continue;
		if (!e->secret) {
			add_member(before, t->names[i]);
			json_value(before, old);
		}
		add_member(audit, t->names[i]);
		buf_addc(audit, '[');
		audit_value(audit, t->hashed[i], old);
		buf_addc(audit, ',');
		audit_value(audit, t->hashed[i], new);
		buf_addc(audit, ']');
	}
	return OK;
}

/* A whole row as JSON, the old one or the new one. */
static int
note_row(struct store *s, const struct table *t, bool is_old, struct buf *b)
{
	for (int i = 0; i < t->columns; i++) {
		sqlite3_value *v;
		int rc = is_old ? sqlite3_preupdate_old(s->db, i, &v)
		                : sqlite3_preupdate_new(s->db, i, &v);

		if (rc != SQLITE_OK)
			return ERR_STORE;
		add_member(b, t->names[i]);
		json_value(b, v);
	}
	return OK;
}

static struct change *
new_change(struct event_frame *f)
{
	if (f->n == f->size) {
		f->size = f->size > 0 ? f->size * 2 : 16;
		f->changes =
		    xrealloc(f->changes, (size_t)f->size * sizeof(*f->changes));
	}
	return &f->changes[f->n++];
}

static int
note(struct store *s, const struct entity *e, const struct table *t,
     struct change *ch)
{
	struct buf *before = &s->scratch, *audit = &s->scratch2;
	char hash[SECRET_HEX + 1];
	int err;

	buf_truncate(before, 0);
	buf_truncate(audit, 0);
	buf_addc(before, '{');
	if (ch->op == CHANGE_UPDATE) {
		buf_addc(audit, '{');
		err = note_update(s, e, t, before, audit);
		buf_addc(audit, '}');
	} else {
		err = note_row(s, t, ch->op == CHANGE_DELETE, before);
	}
	if (err != OK)
		return err;
	buf_addc(before, '}');
	if (ch->op != CHANGE_UPDATE) {
		secret_sha256(before->data, before->len, hash);
		buf_add(audit, "\"#");
		buf_addn(audit, hash, SECRET_HEX);
		buf_addc(audit, '"');
	}
	ch->audit = arena_strndup(s->arena, audit->data, audit->len);
	if (ch->op == CHANGE_INSERT)
		return OK;
	ch->before = e->secret
	                 ? "{}"
	                 : arena_strndup(s->arena, before->data, before->len);
	return OK;
}

static void
on_row(void *data, sqlite3 *db, int op, const char *schema, const char *name,
       sqlite3_int64 old_id, sqlite3_int64 new_id)
{
	struct store *s = data;
	const struct table *t;
	struct change ch = {0};
	int kind;

	(void)db;
	(void)schema;
	if (s->frame == NULL || (kind = journal_kind(name)) < 0)
		return;
	t = journal_table(s, (enum entity_kind)kind);
	ch.kind = (enum entity_kind)kind;
	ch.op = op == SQLITE_INSERT   ? CHANGE_INSERT
	        : op == SQLITE_DELETE ? CHANGE_DELETE
	                              : CHANGE_UPDATE;
	ch.id = op == SQLITE_INSERT ? new_id : old_id;
	ch.seq = ++s->seq;
	/* An id that changes could not be followed; nothing of ours does. */
	if (t == NULL || (op == SQLITE_UPDATE && old_id != new_id) ||
	    note(s, entity_of(ch.kind), t, &ch) != OK) {
		s->failed = store_fail(s, ERR_STORE, "the journal failed");
		return;
	}
	/* An update that changed nothing is nothing. */
	if (ch.op == CHANGE_UPDATE && strcmp(ch.audit, "{}") == 0)
		return;
	*new_change(s->frame) = ch;
	s->kinds |= ENTITY_BIT_OF(kind);
}

void
journal_watch(struct store *s)
{
	sqlite3_preupdate_hook(s->db, on_row, s);
}

void
journal_forget(struct store *s)
{
	while (s->frame != NULL) {
		struct event_frame *f = s->frame;

		s->frame = f->outer;
		free(f->changes);
		free(f->abouts);
		free(f);
	}
	s->owns = false;
	s->failed = OK;
	s->seq = 0;
	s->kinds = 0;
	s->unit = 0;
	s->units_differ = false;
	arena_reset(s->arena);
}

/* --- writing it down ----------------------------------------------------- */

static int
by_row(const void *a, const void *b)
{
	const struct change *x = *(struct change *const *)a;
	const struct change *y = *(struct change *const *)b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->seq < y->seq ? -1 : 1;
}

/* The changes of one row in one event, in their order: what is overtaken
 * leaves nothing. Deleting the row takes back all that followed its birth;
 * a row that came and went was never there. */
static void
settle_row(struct change **row, int n)
{
	int born = -1;

	for (int i = 0; i < n; i++) {
		if (row[i]->op == CHANGE_INSERT) {
			born = i;
		} else if (born >= 0 && row[i]->op == CHANGE_DELETE) {
			for (int k = born; k <= i; k++)
				row[k]->dropped = true;
			born = -1;
		} else if (born >= 0) {
			row[i]->covered = true;
		}
	}
}

static const char undo_sql[] =
    "INSERT INTO event_undo (event, seq, kind, id, before)"
    " VALUES (:event, :seq, :kind, :id, :before)";
static const char link_sql[] =
    "INSERT INTO event_link (kind, id, event, wrote)"
    " VALUES (:kind, :id, :event, :wrote)"
    " ON CONFLICT DO UPDATE SET wrote = max(wrote, excluded.wrote)";

static int
write_link(struct store *s, int64_t event, enum entity_kind kind, int64_t id,
           bool wrote)
{
	struct stmt *q = store_stmt(s, link_sql);

	bind_text(q, ":kind", entity_of(kind)->name);
	bind_int(q, ":id", id);
	bind_int(q, ":event", event);
	bind_int(q, ":wrote", wrote);
	return stmt_run(q, NULL);
}

static int
write_undo(struct store *s, int64_t event, const struct change *ch)
{
	struct stmt *q = store_stmt(s, undo_sql);

	bind_int(q, ":event", event);
	bind_int(q, ":seq", ch->seq);
	bind_text(q, ":kind", entity_of(ch->kind)->name);
	bind_int(q, ":id", ch->id);
	if (ch->before != NULL)
		bind_text(q, ":before", ch->before);
	return stmt_run(q, NULL);
}

static int
write_links(struct store *s, struct event_frame *f, struct change **rows)
{
	int err = OK;

	for (int i = 0, last = -1; i < f->n && err == OK; i++) {
		if (rows[i]->dropped)
			continue;
		if (last < 0 || rows[last]->kind != rows[i]->kind ||
		    rows[last]->id != rows[i]->id)
			err = write_link(s, f->id, rows[i]->kind, rows[i]->id,
			                 true);
		last = i;
	}
	if (err == OK && f->subject != 0)
		err = write_link(s, f->id, f->kind, f->subject, false);
	for (int i = 0; i < f->about_n && err == OK; i++)
		err = write_link(s, f->id, f->abouts[i].kind, f->abouts[i].id,
		                 false);
	return err;
}

static int
write_undos(struct store *s, struct event_frame *f)
{
	int err = OK;

	for (int i = 0; i < f->n && err == OK; i++) {
		const struct change *ch = &f->changes[i];

		if (!ch->dropped && !ch->covered)
			err = write_undo(s, f->id, ch);
	}
	return err;
}

static const char *const op_names[] = {"add", "change", "drop"};

/* ["participant",7 */
static void
add_record(struct buf *b, enum entity_kind kind, int64_t id)
{
	buf_add(b, "[\"");
	buf_add(b, entity_of(kind)->name);
	buf_add(b, "\",");
	json_int(b, id);
}

static void
add_number(struct buf *b, const char *name, int64_t v)
{
	if (v == 0)
		return;
	buf_add(b, name);
	json_int(b, v);
}

static void
audit_head_of(struct buf *b, const struct ctx *c, const struct event_frame *f)
{
	char hash[SECRET_HEX + 1];

	buf_add(b, "{\"subject\":");
	add_record(b, f->kind, f->subject);
	buf_addc(b, ']');
	add_number(b, ",\"unit\":", f->unit);
	add_number(b, ",\"person\":", c->me);
	add_number(b, ",\"cause\":", f->outer != NULL ? f->outer->id : 0);
	if (*f->reason != '\0') {
		secret_sha256(f->reason, strlen(f->reason), hash);
		buf_addf(b, ",\"reason\":\"#%s\"", hash);
	}
}

/* All that check compares events and links with; the chain makes sure that
 * nobody changes it afterwards. */
static int
write_audit(struct ctx *c, const struct event_frame *f)
{
	struct buf *b = &c->store->scratch;
	const char *comma = "";

	buf_truncate(b, 0);
	audit_head_of(b, c, f);
	buf_add(b, ",\"about\":[");
	for (int i = 0; i < f->about_n; i++) {
		buf_add(b, i > 0 ? "," : "");
		add_record(b, f->abouts[i].kind, f->abouts[i].id);
		buf_addc(b, ']');
	}
	buf_add(b, "],\"rows\":[");
	for (int i = 0; i < f->n; i++) {
		const struct change *ch = &f->changes[i];

		if (ch->dropped)
			continue;
		buf_add(b, comma);
		add_record(b, ch->kind, ch->id);
		buf_add(b, ",\"");
		buf_add(b, op_names[ch->op]);
		buf_add(b, "\",");
		buf_add(b, ch->audit);
		buf_addc(b, ']');
		comma = ",";
	}
	buf_add(b, "]}");
	return audit_add(c, f->id, action_name(f->action), b->data);
}

int
journal_write(struct ctx *c, struct event_frame *f)
{
	struct store *s = c->store;
	struct change **rows;
	int err;

	rows = xcalloc((size_t)f->n + 1, sizeof(struct change *));
	for (int i = 0; i < f->n; i++)
		rows[i] = &f->changes[i];
	qsort(rows, (size_t)f->n, sizeof(struct change *), by_row);
	for (int i = 0, k; i < f->n; i = k) {
		for (k = i; k < f->n && rows[k]->kind == rows[i]->kind &&
		            rows[k]->id == rows[i]->id;
		     k++)
			;
		settle_row(rows + i, k - i);
	}
	err = write_links(s, f, rows);
	/* What happened inside another event is taken back with it. */
	if (err == OK && (action_is_strikable(f->action) || f->outer != NULL))
		err = write_undos(s, f);
	free(rows);
	return err == OK ? write_audit(c, f) : err;
}
