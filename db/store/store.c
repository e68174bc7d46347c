/*
 * Opening the database, its transactions, and SQLite's errors in our
 * words. The queue in front of the one writer is lock.c, the schema's
 * versions are migrate.c.
 */
#include "db/store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/store/inner.h"
#include "db/store/lock.h"
#include "db/store/migrate.h"

enum {
	WAIT_MS = 5000,
	/* Pages of the WAL after which a commit copies it into the database,
	 * and after which it waits for readers to leave it, so that it is
	 * begun anew: while somebody always reads, copying alone never gets
	 * to its end. */
	COPY_PAGES = 1000,
	RESTART_PAGES = 2000,
	RESTART_MS = 200
};

static const char settings[] = "PRAGMA journal_mode = WAL;"
			       "PRAGMA synchronous = FULL;"
			       "PRAGMA cell_size_check = ON;"
			       "PRAGMA journal_size_limit = 8388608;"
			       "PRAGMA cache_size = -128;"
			       "PRAGMA cache_spill = OFF;"
			       "PRAGMA temp_store = MEMORY;";
static const char settings_all[] = "PRAGMA foreign_keys = ON;"
				   "PRAGMA trusted_schema = OFF;"
				   "PRAGMA recursive_triggers = OFF;";
static const char settings_bulk[] = "PRAGMA synchronous = OFF;"
				    "PRAGMA cache_size = -65536;"
				    "PRAGMA cache_spill = OFF;"
				    "PRAGMA secure_delete = FAST;";

static const char cache_large[] = "PRAGMA cache_spill = ON;"
				  "PRAGMA cache_size = -65536;";
static const char cache_usual[] = "PRAGMA cache_spill = OFF;"
				  "PRAGMA cache_size = -128;";

void
store_warm(void)
{
	/* One page at a time instead of a slab a connection: a session that
	 * read little holds little. Refused, and not needed, when SQLite
	 * runs already. */
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 128, 32);
	sqlite3_initialize();
}

int
store_fail(struct store *s, int err, const char *why)
{
	snprintf(s->why, sizeof(s->why), "%s", why);
	return err;
}

static int
constraint_error(struct store *s, int rc)
{
	switch (rc) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		return ERR_EXISTS;
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return ERR_DEPENDS;
	case SQLITE_CONSTRAINT_TRIGGER: /* RAISE of a migration */
		return strcmp(sqlite3_errmsg(s->db), "sealed") == 0 ? ERR_SEALED
		                                                    : ERR_STORE;
	default:
		return ERR_STORE;
	}
}

int
store_error(struct store *s, int rc)
{
	int system = sqlite3_system_errno(s->db);

	snprintf(s->why, sizeof(s->why), "%s (%d)", sqlite3_errmsg(s->db), rc);
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return OK;
	case SQLITE_FULL:
		return ERR_FULL;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return ERR_READONLY;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	case SQLITE_CONSTRAINT:
		return constraint_error(s, rc);
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		/* when it rolls back by itself SQLite forgets why a write
		 * failed; a file that cannot be written on is full */
		if (system == ENOSPC || system == EDQUOT || system == EFBIG ||
		    (system == 0 && rc == SQLITE_IOERR_WRITE))
			return ERR_FULL;
		return system == EROFS || system == EACCES ? ERR_READONLY
		                                           : ERR_STORE;
	default:
		return ERR_STORE;
	}
}

const char *
store_why(const struct store *s)
{
	/* Opening failed: the one reason that needs words is the schema. */
	return s != NULL ? s->why
	                 : "the database cannot be opened, or its schema is "
	                   "not this program's: run liaisonctl migrate, or "
	                   "install the newer program";
}

const char *
store_path(const struct store *s)
{
	return s->path;
}

/* Made by ourselves, so that SQLite's 0644 does not apply; the WAL and the
 * shared memory file take their mode from it. */
static int
make_file(const char *path, int flags)
{
	int fd;

	if ((flags & STORE_CREATE) == 0)
		return access(path, F_OK) == 0 ? OK : ERR_NOT_FOUND;
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
	if (fd >= 0) {
		close(fd);
		return OK;
	}
	if (errno == EROFS || errno == EACCES)
		return access(path, R_OK) == 0 ? OK : ERR_READONLY;
	return errno == ENOENT ? ERR_NOT_FOUND : ERR_STORE;
}

static int
open_lock(struct store *s)
{
	char *path;

	if (s->flags & STORE_READONLY)
		return -1;
	path = xmalloc(strlen(s->path) + sizeof("-lock"));
	memcpy(path, s->path, strlen(s->path));
	memcpy(path + strlen(s->path), "-lock", sizeof("-lock"));
	s->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
	free(path);
	return s->lock_fd;
}

/* After a commit, in place of SQLite's own checkpoint. What goes wrong here
 * is made up for by the next commit. */
static int
on_wal(void *data, sqlite3 *db, const char *name, int pages)
{
	struct store *s = data;
	bool restart = pages >= s->restart_pages;
	int rc;

	if (pages < COPY_PAGES)
		return SQLITE_OK;
	if (restart)
		sqlite3_busy_timeout(db, RESTART_MS);
	rc = sqlite3_wal_checkpoint_v2(db, name,
	                               restart ? SQLITE_CHECKPOINT_RESTART
	                                       : SQLITE_CHECKPOINT_PASSIVE,
	                               NULL, NULL);
	if (restart)
		sqlite3_busy_timeout(db, WAIT_MS);
	/* who reads for long is not waited for at every commit */
	if (restart)
		s->restart_pages =
		    rc == SQLITE_OK ? RESTART_PAGES : pages + COPY_PAGES;
	return SQLITE_OK;
}

static int
set_up(struct store *s)
{
	int err;

	sqlite3_extended_result_codes(s->db, 1);
	sqlite3_busy_timeout(s->db, WAIT_MS);
	s->restart_pages = RESTART_PAGES;
	(void)sqlite3_wal_hook(s->db, on_wal, s);
	err = store_exec(s, settings_all);
	if (err == OK && (s->flags & STORE_READONLY) == 0) {
		err = store_exec(s, settings);
		/* A file that may only be read stays usable for reading. */
		if (err == ERR_READONLY)
			err = OK;
	}
	if (err == OK && (s->flags & STORE_BULK))
		err = store_exec(s, settings_bulk);
	if (err != OK)
		return err;

	err = store_today(s);
	if (err != OK)
		return err;
	journal_watch(s);
	if ((s->flags & STORE_CREATE) == 0 &&
	    store_version(s) != store_newest_version())
		return ERR_CONFIG;
	return OK;
}

static int
connect_to(struct store *s)
{
	int how = s->flags & STORE_READONLY ? SQLITE_OPEN_READONLY
	                                    : SQLITE_OPEN_READWRITE;
	int rc =
	    sqlite3_open_v2(s->path, &s->db, how | SQLITE_OPEN_NOMUTEX, NULL);

	return rc == SQLITE_OK ? set_up(s) : store_error(s, rc);
}

static void
disconnect(struct store *s)
{
	stmt_cache_free(s);
	sqlite3_close(s->db);
	s->db = NULL;
}

int
store_open(const char *path, int flags, struct store **out)
{
	struct store *s;
	int err;

	store_warm();
	err = make_file(path, flags);
	if (err != OK)
		return err;

	s = xcalloc(1, sizeof(*s));
	s->path = xstrdup(path);
	s->flags = flags;
	s->lock_fd = -1;
	s->arena = arena_new();
	buf_init(&s->scratch);
	buf_init(&s->scratch2);
	open_lock(s);

	err = connect_to(s);
	if (err != OK) {
		store_close(s);
		return err;
	}
	*out = s;
	return OK;
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	if (store_in_transaction(s))
		store_rollback(s);
	journal_forget(s);
	disconnect(s);
	for (int i = 0; i < ENTITIES; i++) {
		for (int k = 0; k < s->tables[i].columns; k++)
			free(s->tables[i].names[k]);
		free(s->tables[i].new_id);
		free(s->tables[i].state_sql);
		free(s->tables[i].step_sql);
		free(s->tables[i].read_state);
		free(s->tables[i].set_state);
	}
	store_indexes_forget(s);
	if (s->lock_fd >= 0)
		close(s->lock_fd);
	buf_clear(&s->scratch);
	buf_clear(&s->scratch2);
	arena_free(s->arena);
	free(s->path);
	free(s);
}

void
store_stop_clock(struct store *s, struct instant at)
{
	s->stopped = at;
}

void
store_set_contact_key(struct store *s, const char *public)
{
	(void)snprintf(s->contact_key, sizeof(s->contact_key), "%s", public);
}

const char *
store_contact_key(const struct store *s)
{
	return s->contact_key;
}

int
store_exec(struct store *s, const char *sql)
{
	int err = store_wake(s);

	if (err != OK)
		return err;
	return store_error(s, sqlite3_exec(s->db, sql, NULL, NULL, NULL));
}

void
store_cache_large(struct store *s, bool large)
{
	/* Only speed: no transaction fails for want of it. */
	if ((s->flags & STORE_BULK) == 0)
		(void)sqlite3_exec(s->db, large ? cache_large : cache_usual,
		                   NULL, NULL, NULL);
}

bool
store_in_transaction(const struct store *s)
{
	return s->db != NULL && sqlite3_get_autocommit(s->db) == 0;
}

int
store_begin(struct store *s)
{
	int err;

	if (s->lock_fd < 0)
		return store_fail(s, ERR_READONLY, "opened for reading");
	err = lock_take(s->lock_fd, WAIT_MS);
	if (err != OK)
		return store_fail(s, err, "lock file");
	err = store_exec(s, "BEGIN IMMEDIATE");
	if (err != OK)
		lock_give(s->lock_fd);
	return err;
}

int
store_commit(struct store *s)
{
	int err = store_exec(s, "COMMIT");

	if (err != OK && store_in_transaction(s)) {
		store_rollback(s);
		return err;
	}
	lock_give(s->lock_fd);
	return err;
}

void
store_rollback(struct store *s)
{
	char why[WHY_MAX];

	/* SQLite has rolled back by itself on some errors; the reason that
	 * brought us here is worth more than what ROLLBACK says. */
	memcpy(why, s->why, sizeof(why));
	if (store_in_transaction(s))
		store_error(s, sqlite3_exec(s->db, "ROLLBACK", 0, 0, 0));
	memcpy(s->why, why, sizeof(why));
	store_indexes_forget(s);
	lock_give(s->lock_fd);
}

void
store_rest(struct store *s)
{
	if (store_in_transaction(s))
		return;
	disconnect(s);
	if (s->version != 0) /* who has written when it wakes is unknown */
		s->version = UINT32_MAX;
}

int
store_wake(struct store *s)
{
	int err;

	if (s->db != NULL)
		return OK;
	err = connect_to(s);
	if (err != OK)
		disconnect(s);
	return err;
}

bool
store_changed(struct store *s)
{
	struct stmt *q = store_stmt(s, "PRAGMA data_version");
	int64_t v = 0;
	bool changed;

	if (stmt_int(q, &v) != OK)
		return false;
	changed = s->version != 0 && s->version != (uint32_t)v;
	s->version = (uint32_t)v;
	return changed;
}

int
store_checkpoint(struct store *s)
{
	int err = store_wake(s);

	if (err != OK)
		return err;
	return store_error(
	    s, sqlite3_wal_checkpoint_v2(
		   s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL));
}

int
store_backup(struct store *s, const char *path)
{
	sqlite3_stmt *raw;
	int rc;

	if (access(path, F_OK) == 0)
		return store_fail(s, ERR_EXISTS, "the backup's file exists");
	rc = store_wake(s);
	if (rc != OK)
		return rc;
	rc = sqlite3_prepare_v2(s->db, "VACUUM INTO ?", -1, &raw, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_bind_text(raw, 1, path, -1, SQLITE_TRANSIENT);
		rc = sqlite3_step(raw);
		sqlite3_finalize(raw);
	}
	switch (store_error(s, rc)) {
	case OK:
		return OK;
	case ERR_FULL:
		unlink(path);
		return ERR_FULL;
	default:
		unlink(path);
		return ERR_IO;
	}
}
