/*
 * Striking out: the journal of an event, and of the events it caused,
 * played backwards in a new event. Refused while later acts stand on it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/store/inner.h"

/* The event and those it caused, as far as they stand. */
#define FAMILY                                                                 \
	"WITH RECURSIVE family (id) AS ("                                      \
	"  SELECT :id UNION"                                                   \
	"  SELECT e.id FROM event AS e JOIN family ON e.cause = family.id"     \
	"   WHERE e.struck_by IS NULL)"

static const char later_sql[] =
    FAMILY " SELECT DISTINCT l.event"
	   "   FROM family"
	   "   JOIN event_undo AS u ON u.event = family.id"
	   "   JOIN event_link AS l"
	   "     ON l.kind = u.kind AND l.id = u.id AND l.event > family.id"
	   "   JOIN event AS e ON e.id = l.event"
	   "  WHERE e.struck_by IS NULL AND e.action <> 'event.strike'"
	   "    AND e.id NOT IN (SELECT id FROM family)"
	   "  ORDER BY l.event LIMIT 1000";

/* seq counts through the whole transaction, so that what an event and its
 * inner ones did to one row is taken back in the true order. */
static const char undo_sql[] =
    FAMILY " SELECT u.kind, u.id, u.before"
	   "   FROM family JOIN event_undo AS u ON u.event = family.id"
	   "  ORDER BY u.seq DESC";

static const char secret_sql[] =
    FAMILY " SELECT count(*) FROM family"
	   "   JOIN event_undo AS u ON u.event = family.id"
	   "  WHERE u.before = '{}'";

static const char mark_sql[] = FAMILY " UPDATE event SET struck_by = :strike"
				      "  WHERE id IN (SELECT id FROM family)";

/* A correction strikes out inside; without it what it struck stands. */
static const char stand_sql[] =
    FAMILY " UPDATE event SET struck_by = NULL"
	   "  WHERE struck_by IN (SELECT id FROM family)";

static const char before_sql[] =
    "SELECT key, value, type FROM json_each(:before)";

/* --- playing backwards --------------------------------------------------- */

struct undo {
	enum entity_kind kind;
	int64_t id;
	const char *before;
};

static size_t
from_hex(const char *hex, unsigned char *out)
{
	size_t n = strlen(hex) / 2;

	for (size_t i = 0; i < n; i++) {
		unsigned v = 0;

		for (int k = 0; k < 2; k++) {
			char ch = hex[2 * i + (size_t)k];

			v = v * 16 +
			    (unsigned)(ch <= '9' ? ch - '0' : ch - 'a' + 10);
		}
		out[i] = (unsigned char)v;
	}
	return n;
}

/* {"blob":"00ff"} or {"text":"00ff"}: what JSON itself cannot hold. */
static int
bind_hex(struct store *s, sqlite3_stmt *to, int i, const char *object)
{
	const char *hex = strchr(object, ':');
	unsigned char *data;
	char *digits;
	size_t n;

	if (hex == NULL || strlen(hex) < 4)
		return store_fail(s, ERR_STORE, "an undo row is damaged");
	digits = arena_strndup(s->arena, hex + 2, strlen(hex) - 4);
	data = arena_alloc(s->arena, strlen(digits) / 2 + 1);
	n = from_hex(digits, data);
	if (strncmp(object, "{\"text\"", 7) == 0)
		sqlite3_bind_text64(to, i, (char *)data, n, SQLITE_TRANSIENT,
		                    SQLITE_UTF8);
	else
		sqlite3_bind_blob64(to, i, data, n, SQLITE_TRANSIENT);
	return OK;
}

static int
bind_before(struct store *s, sqlite3_stmt *to, int i, struct stmt *from)
{
	if (strcmp(col_text(from, 2), "object") == 0)
		return bind_hex(s, to, i, col_text(from, 1));
	sqlite3_bind_value(to, i, sqlite3_column_value(from->raw, 1));
	return OK;
}

static bool
has_column(const struct table *t, const char *name)
{
	for (int i = 0; i < t->columns; i++)
		if (strcmp(t->names[i], name) == 0)
			return true;
	return false;
}

/* "UPDATE t SET a=?,b=? WHERE id=?" or "INSERT INTO t (a,b) VALUES (?,?)".
 * Names come from the schema: a column that is not in it is refused. */
static int
compose(struct store *s, const struct undo *u, bool insert, struct buf *sql)
{
	const struct table *t = journal_table(s, u->kind);
	struct stmt *q = store_stmt(s, before_sql);
	struct buf marks = BUF_INIT;
	int n = 0;

	buf_addf(sql, insert ? "INSERT INTO %s (" : "UPDATE %s SET ",
	         entity_of(u->kind)->name);
	bind_text(q, ":before", u->before);
	while (stmt_next(q)) {
		if (t == NULL || !has_column(t, col_text(q, 0)))
			q->err = store_fail(s, ERR_STORE,
			                    "an undo row names no column");
		buf_addf(sql, insert ? "%s%s" : "%s%s=?", n > 0 ? "," : "",
		         col_text(q, 0));
		buf_addf(&marks, "%s?", n > 0 ? "," : "");
		n++;
	}
	if (insert)
		buf_addf(sql, ") VALUES (%s)", marks.data);
	else
		buf_add(sql, " WHERE id=?");
	buf_clear(&marks);
	return stmt_end(q);
}

static int
put_back(struct store *s, const struct undo *u, bool insert)
{
	struct buf sql = BUF_INIT;
	sqlite3_stmt *raw = NULL;
	struct stmt *q;
	int err, rc, i = 0;

	err = compose(s, u, insert, &sql);
	if (err != OK)
		goto done;
	rc = sqlite3_prepare_v2(s->db, sql.data, -1, &raw, NULL);
	if (rc != SQLITE_OK) {
		err = store_error(s, rc);
		goto done;
	}
	q = store_stmt(s, before_sql);
	bind_text(q, ":before", u->before);
	while (err == OK && stmt_next(q))
		err = bind_before(s, raw, ++i, q);
	if (stmt_end(q) != OK && err == OK)
		err = ERR_STORE;
	if (!insert)
		sqlite3_bind_int64(raw, ++i, u->id);
	if (err == OK)
		err = store_error(s, sqlite3_step(raw));
done:
	sqlite3_finalize(raw);
	buf_clear(&sql);
	return err;
}

static int
drop(struct store *s, const struct undo *u)
{
	sqlite3_stmt *raw;
	char *sql = sqlite3_mprintf("DELETE FROM %s WHERE id = ?",
	                            entity_of(u->kind)->name);
	int rc = sqlite3_prepare_v2(s->db, sql, -1, &raw, NULL);

	sqlite3_free(sql);
	if (rc != SQLITE_OK)
		return store_error(s, rc);
	sqlite3_bind_int64(raw, 1, u->id);
	rc = sqlite3_step(raw);
	sqlite3_finalize(raw);
	return store_error(s, rc);
}

static bool
row_exists(struct store *s, const struct undo *u)
{
	sqlite3_stmt *raw;
	char *sql = sqlite3_mprintf("SELECT 1 FROM %s WHERE id = ?",
	                            entity_of(u->kind)->name);
	int rc = sqlite3_prepare_v2(s->db, sql, -1, &raw, NULL);
	bool found = false;

	sqlite3_free(sql);
	if (rc == SQLITE_OK) {
		sqlite3_bind_int64(raw, 1, u->id);
		found = sqlite3_step(raw) == SQLITE_ROW;
		sqlite3_finalize(raw);
	}
	return found;
}

static int
undo_one(struct store *s, const struct undo *u)
{
	bool deleted =
	    u->before != NULL && strstr(u->before, "\"id\":") == u->before + 1;
	bool exists = row_exists(s, u);

	/* Nobody but events writes these tables; a row that is not as its
	 * event left it means that somebody did. */
	if (deleted == exists)
		return store_fail(s, ERR_STORE,
		                  "a record is not as its event left it");
	if (u->before == NULL)
		return drop(s, u);
	return put_back(s, u, deleted);
}

static int
undo_all(struct ctx *c, int64_t id)
{
	struct store *s = c->store;
	struct stmt *q = store_stmt(s, undo_sql);
	struct undo *all = NULL;
	int n = 0, size = 0, err;

	/* Read first: writing while reading the same tables is no order. */
	bind_int(q, ":id", id);
	while (stmt_next(q)) {
		int kind = journal_kind(col_text(q, 0));

		if (kind < 0) {
			q->err = store_fail(s, ERR_STORE,
			                    "an undo row names "
			                    "no table");
			break;
		}
		if (n == size) {
			size = size > 0 ? size * 2 : 16;
			all = xrealloc(all, (size_t)size * sizeof(*all));
		}
		all[n].kind = (enum entity_kind)kind;
		all[n].id = col_int(q, 1);
		all[n].before = col_is_null(q, 2)
		                    ? NULL
		                    : arena_strdup(s->arena, col_text(q, 2));
		n++;
	}
	err = stmt_end(q);
	for (int i = 0; i < n && err == OK; i++)
		err = undo_one(s, &all[i]);
	free(all);
	return err;
}

/* --- refusals ------------------------------------------------------------ */

/* Striking out is a clerk's correction of what clerks and deputies
 * recorded. What an administrator set up needs that right as well. */
static bool
may_strike(const struct ctx *c, enum action action, const struct event *e)
{
	enum perm perm = action_perm(action);

	if (!may(c, PERM_EVENT_STRIKE) || !action_is_strikable(action))
		return false;
	/* An office may see more than who keeps the roster does: they take
	 * back only what they did themselves. */
	if (action == ACTION_OFFICE_ADD || action == ACTION_OFFICE_END ||
	    action == ACTION_PERSON_LEAVE)
		return may(c, PERM_ACCOUNT_WRITE) ||
		       (may(c, PERM_PEOPLE_WRITE) && e->account == c->account);
	if (action == ACTION_PERSON_ADD || action == ACTION_PERSON_SAVE)
		return may(c, PERM_PEOPLE_WRITE) || may(c, PERM_ACCOUNT_WRITE);
	if (perm == PERM_ORG_WRITE || perm == PERM_ACCOUNT_WRITE ||
	    perm == PERM_PEOPLE_WRITE || perm == PERM_TERM_CHANGE)
		return may(c, perm);
	return true;
}

/* An event that changed a secret record kept no old values to go back to. */
static int
check_secrets(struct ctx *c, int64_t id)
{
	struct stmt *q = store_stmt(c->store, secret_sql);
	int64_t n;
	int err;

	bind_int(q, ":id", id);
	err = stmt_int(q, &n);
	if (err != OK)
		return err;
	return n > 0 ? ERR_DENIED : OK;
}

static int
check_later(struct ctx *c, struct arena *a, int64_t id,
            struct event_list *later)
{
	struct stmt *q = store_stmt(c->store, later_sql);
	struct event_list list = {0};
	int size = 0, err;

	bind_int(q, ":id", id);
	while (stmt_next(q)) {
		if (list.n == size) {
			int64_t *more;

			size = size > 0 ? size * 2 : 16;
			more = arena_alloc(a, (size_t)size * sizeof(*more));
			if (list.n > 0)
				memcpy(more, list.ids,
				       (size_t)list.n * sizeof(*more));
			list.ids = more;
		}
		list.ids[list.n++] = col_int(q, 0);
	}
	err = stmt_end(q);
	if (err != OK || list.n == 0)
		return err;
	*later = list;
	return ERR_DEPENDS;
}

static int
mark(struct ctx *c, int64_t id)
{
	struct stmt *q = store_stmt(c->store, stand_sql);
	int err;

	bind_int(q, ":id", id);
	err = stmt_run(q, NULL);
	if (err != OK)
		return err;
	q = store_stmt(c->store, mark_sql);
	bind_int(q, ":id", id);
	bind_int(q, ":strike", event_id(c));
	return stmt_run(q, NULL);
}

static int
check(struct ctx *c, struct arena *a, const struct event *e,
      struct event_list *later)
{
	enum action action = action_of(e->action);
	int err;

	if (action == ACTIONS || !may_strike(c, action, e))
		return ERR_DENIED;
	if (e->struck_by != 0)
		return ERR_STATE;
	err = check_secrets(c, e->id);
	return err == OK ? check_later(c, a, e->id, later) : err;
}

int
event_strike(struct ctx *c, struct arena *a, int64_t id, const char *reason,
             struct event_list *later)
{
	struct event e;
	int err;

	if (!may(c, PERM_EVENT_STRIKE))
		return ERR_DENIED;
	ctx_check_begin(c);
	if (reason == NULL || *reason == '\0')
		ctx_fault(c, "reason", N_("Please give a reason."));
	err = ctx_check_end(c);
	if (err != OK)
		return err;
	err = event_read(c, a, id, &e);
	if (err != OK)
		return err;

	err = event_begin(c, ACTION_STRIKE, ENTITY_EVENT, id, e.unit);
	if (err != OK)
		return err;
	event_reason(c, reason);
	/* Read again: under the lock nobody can come between. */
	err = event_read(c, a, id, &e);
	if (err == OK)
		err = check(c, a, &e, later);
	if (err == OK)
		err = undo_all(c, id);
	if (err == OK)
		err = mark(c, id);
	return event_end(c, err);
}
