/*
 * The database file: one connection a process, WAL, synchronous=FULL, a
 * lock file in front of the one writer, statements prepared once. Only
 * db/store includes sqlite3.h.
 */
#ifndef DB_STORE_STORE_H
#define DB_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/base/clock.h"
#include "db/base/err.h"

struct store;

enum {
	STORE_EXISTING = 0,
	STORE_CREATE = 1, /* make the file when there is none */
	STORE_BULK = 2,   /* demo and import: large cache, no fsync a commit */
	STORE_READONLY = 4
};

/* Process-wide settings of SQLite (page cache, soft limits); call before
 * the first store_open, also in a parent that forks. */
void store_warm(void);

/* Open path. Refuses a schema that is older or newer than the program
 * (ERR_CONFIG; store_why says what to do) unless STORE_CREATE.
 * Errors: ERR_NOT_FOUND, ERR_CONFIG, ERR_STORE, ERR_READONLY. */
int store_open(const char *path, int flags, struct store **out) MUST_CHECK;
void store_close(struct store *s); /* NULL is allowed */

/* Bring the schema to the newest version, each migration in a transaction
 * of its own. *done: how many ran. Errors: ERR_STORE, ERR_BUSY. */
int store_migrate(struct store *s, int *done) MUST_CHECK;
int store_version(struct store *s);
int store_newest_version(void);

/* Last detail for the log; never shown to a person, never NULL. */
const char *store_why(const struct store *s);
const char *store_path(const struct store *s);

/* Transactions. begin takes the lock file, then BEGIN IMMEDIATE; it waits
 * at most 5 s (ERR_BUSY). commit and rollback release the lock. Entities
 * use event_begin / event_end instead. */
int store_begin(struct store *s) MUST_CHECK;
int store_commit(struct store *s) MUST_CHECK;
void store_rollback(struct store *s);
bool store_in_transaction(const struct store *s);

/* STORE_BULK: drop every index that is not UNIQUE and belongs to a table of
 * records; and make them again. Inside one transaction. */
int store_indexes_drop(struct store *s) MUST_CHECK;
int store_indexes_make(struct store *s) MUST_CHECK;

/* A large transaction keeps more pages and may spill them into the WAL
 * before it commits, so that it neither reads them again and again nor
 * holds all of them. Also inside a transaction. */
void store_cache_large(struct store *s, bool large);

/* Plain SQL without parameters, for check, backup and tests. */
int store_exec(struct store *s, const char *sql) MUST_CHECK;

/* Stop the clock of every context made from now on ([site] clock, tests,
 * the demo); 0: the system's. */
void store_stop_clock(struct store *s, struct instant at);

/* The public key that contacts are sealed for (db/contact.h), hexadecimal:
 * from the site's folder of keys. "": this process was given none. */
void store_set_contact_key(struct store *s, const char *public);
const char *store_contact_key(const struct store *s);

/* Outside a transaction: close the connection and give back what it holds,
 * some 350 KB after a few screens. The next use connects again within a
 * millisecond, and store_changed then says true. */
void store_rest(struct store *s);

/* Has another connection committed since the last call? */
bool store_changed(struct store *s);

/* Move the WAL into the database (TRUNCATE). */
int store_checkpoint(struct store *s) MUST_CHECK;

/* A consistent copy by VACUUM INTO. Errors: ERR_EXISTS, ERR_FULL, ERR_IO. */
int store_backup(struct store *s, const char *path) MUST_CHECK;

#endif
