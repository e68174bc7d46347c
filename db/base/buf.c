/* struct buf: grows by doubling, never shrinks until cleared. */
#include "db/base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/arena.h"

char buf_empty[1];

void
buf_init(struct buf *b)
{
	*b = (struct buf)BUF_INIT;
}

void
buf_clear(struct buf *b)
{
	if (b->size > 0)
		free(b->data);
	buf_init(b);
}

static void
reserve(struct buf *b, size_t more)
{
	size_t need = b->len + more + 1;
	size_t size = b->size > 0 ? b->size : 64;

	if (need <= b->size)
		return;
	while (size < need)
		size *= 2;
	b->data = xrealloc(b->size > 0 ? b->data : NULL, size);
	b->size = size;
}

void
buf_truncate(struct buf *b, size_t len)
{
	if (len >= b->len)
		return;
	b->len = len;
	b->data[len] = '\0';
}

void
buf_addn(struct buf *b, const void *data, size_t n)
{
	if (n == 0)
		return;
	reserve(b, n);
	memcpy(b->data + b->len, data, n);
	b->len += n;
	b->data[b->len] = '\0';
}

void
buf_add(struct buf *b, const char *s)
{
	buf_addn(b, s, strlen(s));
}

void
buf_addc(struct buf *b, char ch)
{
	buf_addn(b, &ch, 1);
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list args, again;
	int n;

	va_start(args, fmt);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n > 0) {
		reserve(b, (size_t)n);
		(void)vsnprintf(b->data + b->len, (size_t)n + 1, fmt, args);
		b->len += (size_t)n;
	}
	va_end(args);
}

void
buf_drop(struct buf *b, size_t n)
{
	if (n > b->len)
		n = b->len;
	if (n == 0)
		return;
	memmove(b->data, b->data + n, b->len - n + 1);
	b->len -= n;
}

char *
buf_take(struct buf *b)
{
	char *s;

	reserve(b, 0);
	b->data[b->len] = '\0';
	s = b->data;
	buf_init(b);
	return s;
}
