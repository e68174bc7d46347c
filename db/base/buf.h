/*
 * A growing string of bytes. data is always terminated by a NUL that len
 * does not count; embedded NULs are allowed. BUF_INIT is an empty one.
 */
#ifndef DB_BASE_BUF_H
#define DB_BASE_BUF_H

#include <stddef.h>

#include "db/base/err.h"

struct buf {
	char *data; /* owned; "" until something was added */
	size_t len;
	size_t size; /* 0 while data is the shared empty string */
};

extern char buf_empty[1];
#define BUF_INIT                                                               \
	{                                                                      \
		.data = buf_empty                                              \
	}

void buf_init(struct buf *b);
void buf_clear(struct buf *b); /* frees; b can be used again */
void buf_truncate(struct buf *b, size_t len);

void buf_add(struct buf *b, const char *s);
void buf_addn(struct buf *b, const void *data, size_t n);
void buf_addc(struct buf *b, char ch);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);

/* Remove n bytes (at most len) from the front. */
void buf_drop(struct buf *b, size_t n);

/* The string itself; the caller frees it and b is empty again. */
char *buf_take(struct buf *b);

#endif
