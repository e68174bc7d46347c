/* Blocks in a chain, each twice the last up to a limit. */
#include "db/base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum { BLOCK_MIN = 2048, BLOCK_MAX = 65536 };

struct block {
	struct block *next;
	size_t size, used;
	alignas(max_align_t) char data[];
};

struct arena {
	struct block *top;
	size_t next_size;
};

static _Noreturn void
out_of_memory(void)
{
	(void)fputs("error out-of-memory\n", stderr);
	_Exit(EX_OSERR);
}

void *
xmalloc(size_t size)
{
	void *p = malloc(size > 0 ? size : 1);

	if (p == NULL)
		out_of_memory();
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void *p = calloc(n > 0 ? n : 1, size > 0 ? size : 1);

	if (p == NULL)
		out_of_memory();
	return p;
}

void *
xrealloc(void *p, size_t size)
{
	p = realloc(p, size > 0 ? size : 1);
	if (p == NULL)
		out_of_memory();
	return p;
}

char *
xstrdup(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(xmalloc(n), s, n);
}

struct arena *
arena_new(void)
{
	struct arena *a = xcalloc(1, sizeof(*a));

	a->next_size = BLOCK_MIN;
	return a;
}

static void
free_chain(struct block *b)
{
	while (b != NULL) {
		struct block *next = b->next;

		free(b);
		b = next;
	}
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	free_chain(a->top);
	free(a);
}

void
arena_reset(struct arena *a)
{
	if (a->top == NULL)
		return;
	free_chain(a->top->next);
	a->top->next = NULL;
	memset(a->top->data, 0, a->top->used);
	a->top->used = 0;
}

static void
add_block(struct arena *a, size_t need)
{
	size_t size = need > a->next_size ? need : a->next_size;
	struct block *b;

	if (size > SIZE_MAX - sizeof(*b))
		out_of_memory();
	b = xcalloc(1, sizeof(*b) + size);
	b->size = size;
	b->next = a->top;
	a->top = b;
	if (a->next_size < BLOCK_MAX)
		a->next_size *= 2;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	const size_t unit = alignof(max_align_t);
	size_t need;
	char *p;

	if (size > SIZE_MAX / 2)
		out_of_memory();
	need = (size + unit - 1) / unit * unit;
	if (a->top == NULL || a->top->size - a->top->used < need)
		add_block(a, need);
	p = a->top->data + a->top->used;
	a->top->used += need;
	return p;
}

char *
arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = arena_alloc(a, n + 1);

	memcpy(p, s, n);
	return p;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *
arena_vprintf(struct arena *a, const char *fmt, va_list args)
{
	va_list again;
	int n;
	char *p;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return arena_strdup(a, "");
	p = arena_alloc(a, (size_t)n + 1);
	(void)vsnprintf(p, (size_t)n + 1, fmt, args);
	return p;
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list args;
	char *p;

	va_start(args, fmt);
	p = arena_vprintf(a, fmt, args);
	va_end(args);
	return p;
}
