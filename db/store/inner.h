/*
 * What the files of db/store share and nobody else sees: the connection,
 * its statements, the change journal of the event being written.
 */
#ifndef DB_STORE_INNER_H
#define DB_STORE_INNER_H

/* Debian's library has the hook; its header shows it only when asked. */
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>
#include <stddef.h>

#include "db/base/arena.h"
#include "db/base/buf.h"
#include "db/base/secret.h"
#include "db/store/ctx.h"
#include "db/store/entity.h"
#include "db/store/event.h"
#include "db/store/stmt.h"
#include "db/store/store.h"

enum { COLUMNS_MAX = 64, WHY_MAX = 256, AUTO_PARAMETERS = 7 };

/* A prepared statement. Those of static text are found by its address, the
 * ones that list.c composes by their text. */
struct stmt {
	struct store *store;
	sqlite3_stmt *raw; /* NULL: could not be prepared, err says why */
	const char *text;  /* address it was asked by; NULL: composed */
	const struct entity *entity;
	enum scope scope;
	int err;                    /* sticks until the run ends */
	int autos[AUTO_PARAMETERS]; /* index of :me and so on; 0: not in it */
	uint64_t used;              /* when last, for composed ones */

	/* Which field each column goes to, of the table last asked for. */
	const struct field *fields;
	const struct field *map[COLUMNS_MAX];
	int columns;
};

/* A table's columns, read from the schema when first written. */
struct table {
	int columns; /* 0: not read yet */
	char *names[COLUMNS_MAX];
	bool hashed[COLUMNS_MAX];     /* enters the audit as a hash only */
	char *new_id;                 /* text of ctx_new_id's query */
	char *state_sql, *step_sql;   /* texts of fsm_fire */
	char *read_state, *set_state; /* texts of fsm_fire's */
};

enum change_op { CHANGE_INSERT, CHANGE_UPDATE, CHANGE_DELETE };

/* One row changed; texts live in the store's arena of the transaction. */
struct change {
	enum entity_kind kind;
	enum change_op op;
	int64_t id;
	int seq;            /* in the whole transaction */
	const char *before; /* JSON for event_undo; NULL: an insert */
	const char *audit;  /* JSON of what changed */
	bool dropped;       /* leaves nothing: the row came and went */
	bool covered; /* needs no undo: the row's birth is undone anyway */
};

struct about {
	enum entity_kind kind;
	int64_t id;
};

/* One event being written; outer is the one it joined. */
struct event_frame {
	struct event_frame *outer;
	struct instant at; /* of it and all it caused */
	int64_t id;
	enum action action;
	enum entity_kind kind;
	int64_t subject, unit;
	const char *reason;
	bool dirty; /* the row must be updated at the end */

	struct change *changes; /* heap */
	int n, size;
	struct about *abouts; /* heap */
	int about_n, about_size;
};

struct store {
	sqlite3 *db; /* NULL while resting */
	char *path;
	int flags;
	int lock_fd;       /* -1: none (read only) */
	int restart_pages; /* of the WAL, at which it should begin anew */
	char why[WHY_MAX];

	struct stmt **stmts; /* open addressing by text, entity, scope */
	int stmt_n, stmt_size;
	struct stmt *composed[16];
	uint64_t clock; /* counts uses of composed statements */

	struct table tables[ENTITIES];

	/* The journal of the transaction. */
	struct event_frame *frame; /* innermost; NULL: no event */
	bool owns;  /* the outermost event began the transaction */
	int failed; /* an inner event's error: the whole is rolled back */
	int seq;
	uint64_t kinds; /* written in this transaction */
	int64_t unit;
	bool units_differ;
	struct arena *arena;
	struct buf scratch, scratch2;

	char **indexes;         /* dropped ones' CREATE statements; NULL ends */
	struct instant stopped; /* clock of contexts; 0: the system's */
	char contact_key[SECRET_HEX + 1];
	uint32_t version; /* data_version at the last store_changed */
};

/* Connected again when store_rest had closed the connection. */
int store_wake(struct store *s) MUST_CHECK;
/* Our code for SQLite's rc; keeps the detail for store_why. */
int store_error(struct store *s, int rc);
/* Note a detail of our own; returns err. */
int store_fail(struct store *s, int err, const char *why);

/* migrate.c */
void store_indexes_forget(struct store *s);

/* stmt.c */
void stmt_cache_free(struct store *s);
/* Composed text (after @scope was put in): kept among the last 16. */
struct stmt *stmt_composed(struct ctx *c, const char *text);
/* text with @scope replaced by scope's predicate in parentheses. */
const char *stmt_scoped(struct arena *a, const char *text,
                        const char *predicate);
const char *stmt_predicate(const struct entity *e, enum scope scope);
/* Plain text of this connection, by address; no ctx, nothing bound. */
struct stmt *store_stmt(struct store *s, const char *text);
/* The current row of q into out, as stmt_one does. */
void stmt_row(struct stmt *q, struct arena *a, const struct field *fields,
              void *out);
const char *auto_parameter(int i); /* ":me" .. */

/* journal.c */
void journal_watch(struct store *s);

/* today.c */
int store_today(struct store *s) MUST_CHECK;
void journal_forget(struct store *s); /* after the transaction */
const struct table *journal_table(struct store *s, enum entity_kind kind);
/* Links, undo and audit of f. */
int journal_write(struct ctx *c, struct event_frame *f) MUST_CHECK;
/* kind of a table that is journaled, or -1. */
int journal_kind(const char *table);

/* event.c: one event under the acting hat's scope. */
int event_read(struct ctx *c, struct arena *a, int64_t id,
               struct event *out) MUST_CHECK;

/* json.c: the little JSON that undo and audit are written in. */
void json_text(struct buf *b, const char *s, size_t n);
void json_int(struct buf *b, int64_t v);
void json_value(struct buf *b, sqlite3_value *v);
/* Hash prefix of a value, as a JSON string. */
void json_hashed(struct buf *b, sqlite3_value *v);

#endif
