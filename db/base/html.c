/* The one place that escapes. */
#include "db/base/html.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/qr.h"

static const char *
entity(char ch)
{
	switch (ch) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static void
add_text(struct buf *out, const char *text, size_t n)
{
	size_t from = 0;

	for (size_t i = 0; i < n; i++) {
		const char *e = entity(text[i]);

		if (e == NULL)
			continue;
		buf_addn(out, text + from, i - from);
		buf_add(out, e);
		from = i + 1;
	}
	buf_addn(out, text + from, n - from);
}

static void add_filled(struct buf *out, const char *fmt, va_list args)
    PRINTF(2, 0);

static void
add_filled(struct buf *out, const char *fmt, va_list args)
{
	const char *at, *text;

	while ((at = strchr(fmt, '%')) != NULL) {
		buf_addn(out, fmt, (size_t)(at - fmt));
		fmt = at + 2;
		if (at[1] == 's') {
			text = va_arg(args, const char *);
			add_text(out, text, strlen(text));
		} else if (at[1] == 'd') {
			buf_addf(out, "%d", va_arg(args, int));
		} else if (strncmp(at, "%lld", 4) == 0) {
			buf_addf(out, "%lld", va_arg(args, long long));
			fmt = at + 4;
		} else if (at[1] == '%') {
			buf_addc(out, '%');
		} else {
			abort(); /* a mistake of ours */
		}
	}
	buf_add(out, fmt);
}

void
html_addf(struct buf *out, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add_filled(out, fmt, args);
	va_end(args);
}

void
html_add_lines(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		if (n > 0) {
			buf_add(out, "<p>");
			add_text(out, text, n);
			buf_add(out, "</p>\n");
		}
		text += n + (text[n] == '\n');
	}
}

/* Dark modules of a row that touch are one box. */
static void
add_modules(struct buf *out, int size, const unsigned char *modules)
{
	enum { QUIET = 4 };

	for (int y = 0; y < size; y++) {
		for (int x = 0, n; x < size; x += n) {
			bool dark = modules[y * size + x] & 1;

			for (n = 1; x + n < size &&
			            (modules[y * size + x + n] & 1) == dark;)
				n++;
			if (dark)
				html_addf(out, "M%d %dh%dv1h-%dz", x + QUIET,
				          y + QUIET, n, n);
		}
	}
}

void
html_add_qr(struct buf *out, const char *class, const char *text)
{
	struct arena *a = arena_new();
	const unsigned char *modules;
	int size;

	if (qr_make_text(a, text, &size, &modules) == OK) {
		html_addf(out,
		          "<svg class=\"%s\" shape-rendering=\"crispEdges\" "
		          "role=\"img\" "
		          "aria-label=\"%s\" viewBox=\"0 0 %d %d\"><rect "
		          "width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>"
		          "<path d=\"",
		          class, text, size + 8, size + 8);
		add_modules(out, size, modules);
		html_addf(out, "\" fill=\"#000\"/></svg>\n");
	}
	arena_free(a);
}
