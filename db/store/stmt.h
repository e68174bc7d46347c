/*
 * Statements: prepared once a connection from an entity's sql[], with the
 * acting hat's predicate put in place of @scope; parameters by name;
 * errors stick to the statement and surface once, at the end. A statement
 * is reset before its function returns, so none pins the WAL.
 */
#ifndef DB_STORE_STMT_H
#define DB_STORE_STMT_H

#include <stdbool.h>
#include <stdint.h>

#include "db/base/clock.h"
#include "db/store/ctx.h"

struct stmt;

/* Query number n of e, ready to bind. :me :my_unit :my_station :my_organ
 * :my_office :now :today are bound already where the text has them.
 * Never NULL; a statement that could not be prepared fails when it runs. */
struct stmt *ctx_stmt(struct ctx *c, const struct entity *e, int n);

/* The same for text that is not an entity's own: static strings only, so
 * that the cache can go by address. e says whose @scope; NULL: none. */
struct stmt *ctx_sql(struct ctx *c, const struct entity *e, const char *text);

void bind_int(struct stmt *q, const char *name, int64_t v);
void bind_id(struct stmt *q, const char *name, int64_t v); /* 0 is NULL */
void bind_text(struct stmt *q, const char *name, const char *s);
/* n bytes that stay where they are until the statement has run. */
void bind_bytes(struct stmt *q, const char *name, const void *data, size_t n);
void bind_text_or_null(struct stmt *q, const char *name, const char *s);
void bind_time(struct stmt *q, const char *name, struct instant t); /* 0 NULL */
void bind_day(struct stmt *q, const char *name, struct day d); /* none: NULL */

/* Bind every field of row that the text has as :name (ENUM as its stored
 * name, POINTS as tenths, none as NULL for REF, TIME and DAY). */
void bind_fields(struct stmt *q, const struct field *fields, const void *row);

/* Run to the end; *changed (may be NULL): rows changed. */
int stmt_run(struct stmt *q, int64_t *changed) MUST_CHECK;

/* First row into *out by column name; strings in a. ERR_NOT_FOUND: none. */
int stmt_one(struct stmt *q, struct arena *a, const struct field *fields,
             void *out) MUST_CHECK;

/* All rows, at most max, into an array of size bytes a row in a. */
int stmt_all(struct stmt *q, struct arena *a, const struct field *fields,
             size_t size, int max, void *rows, int *n) MUST_CHECK;

/* One number of the first row; ERR_NOT_FOUND when there is no row. */
int stmt_int(struct stmt *q, int64_t *out) MUST_CHECK;

/* Row by row, for what no struct fits: true while there is a row. Call
 * stmt_end after the last; it resets and returns what went wrong. */
bool stmt_next(struct stmt *q);
int64_t col_int(struct stmt *q, int column);
bool col_is_null(struct stmt *q, int column);
/* Valid until the next stmt_next; never NULL. */
const char *col_text(struct stmt *q, int column);
/* The same for bytes; NULL when there are none. */
const void *col_bytes(struct stmt *q, int column, size_t *n);
int stmt_end(struct stmt *q) MUST_CHECK;

#endif
