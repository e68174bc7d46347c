/* The schema's versions: user_version is the number of migrations done. */
#include "db/store/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/store/inner.h"

int
store_newest_version(void)
{
	int n = 0;

	while (migrations[n].name != NULL)
		n++;
	return n;
}

int
store_version(struct store *s)
{
	int64_t v = -1;

	if (stmt_int(store_stmt(s, "PRAGMA user_version"), &v) != OK)
		return -1;
	return (int)v;
}

static int
check_keys(struct store *s)
{
	struct stmt *q = store_stmt(s, "PRAGMA foreign_key_check");
	bool broken = stmt_next(q);
	int err = stmt_end(q);

	return broken ? store_fail(s, ERR_STORE, "foreign keys do not hold")
	              : err;
}

/* Foreign keys are off while a migration rebuilds tables; what it left is
 * checked before it is kept. */
static int
migrate_one(struct store *s, int version)
{
	char pragma[48];
	int err;

	err = store_begin(s);
	if (err != OK)
		return err;
	if (store_version(s) != version) {
		store_rollback(s); /* another process was quicker */
		return OK;
	}
	err = store_exec(s, migrations[version].sql);
	if (err == OK)
		err = check_keys(s);
	snprintf(pragma, sizeof(pragma), "PRAGMA user_version = %d",
	         version + 1);
	if (err == OK)
		err = store_exec(s, pragma);
	if (err == OK)
		return store_commit(s);
	store_rollback(s);
	return err;
}

int
store_migrate(struct store *s, int *done)
{
	int version = store_version(s);
	int err = OK, n = 0;

	if (version < 0 || version > store_newest_version())
		return store_fail(s, ERR_CONFIG,
		                  "the schema is newer than the program");
	err = store_exec(s, "PRAGMA foreign_keys = OFF");
	for (; err == OK && version < store_newest_version(); version++) {
		err = migrate_one(s, version);
		if (err == OK)
			n++;
	}
	if (err == OK)
		err = store_exec(s, "PRAGMA foreign_keys = ON");
	else
		sqlite3_exec(s->db, "PRAGMA foreign_keys = ON", 0, 0, 0);
	if (err == OK && !text_index_is_current(s))
		err = text_index_rebuild(s);
	if (err == OK && done != NULL)
		*done = n;
	return err;
}

/* Indexes that filling in bulk is faster without. Unique ones stay: they
 * are rules, not speed. */
static const char indexes_sql[] =
    "SELECT name, sql FROM sqlite_schema"
    " WHERE type = 'index' AND sql LIKE 'CREATE INDEX %' ORDER BY name";

int
store_indexes_drop(struct store *s)
{
	struct stmt *q = store_stmt(s, indexes_sql);
	struct buf drop = BUF_INIT;
	int n = 0, err;

	if (s->indexes != NULL)
		return OK;
	while (stmt_next(q)) {
		s->indexes =
		    xrealloc(s->indexes, (size_t)(n + 2) * sizeof(*s->indexes));
		s->indexes[n++] = xstrdup(col_text(q, 1));
		s->indexes[n] = NULL;
		buf_addf(&drop, "DROP INDEX %s;", col_text(q, 0));
	}
	err = stmt_end(q);
	if (err == OK)
		err = store_exec(s, drop.data);
	buf_clear(&drop);
	return err;
}

void
store_indexes_forget(struct store *s)
{
	for (char **p = s->indexes; p != NULL && *p != NULL; p++)
		free(*p);
	free(s->indexes);
	s->indexes = NULL;
}

int
store_indexes_make(struct store *s)
{
	int err = OK;

	for (char **p = s->indexes; err == OK && p != NULL && *p != NULL; p++)
		err = store_exec(s, *p);
	store_indexes_forget(s);
	return err;
}
