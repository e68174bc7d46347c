/*
 * An arena: memory that is given back all at once. A screen owns one, a
 * request owns one. Allocation does not fail: the process ends instead
 * (one session is one process, and every size has a limit).
 */
#ifndef DB_BASE_ARENA_H
#define DB_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "db/base/err.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a); /* NULL is allowed */

/* Forget everything in a; keeps one block, so refilling is cheap. */
void arena_reset(struct arena *a);

/* size bytes, zeroed, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size) __attribute__((malloc));

char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
char *arena_vprintf(struct arena *a, const char *fmt, va_list args)
    PRINTF(2, 0);

/* malloc and realloc that end the process when memory is gone. */
void *xmalloc(size_t size) __attribute__((malloc));
void *xcalloc(size_t n, size_t size) __attribute__((malloc));
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);

#endif
