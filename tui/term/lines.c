/* A page as lines of text. */
#include "tui/term/lines.h"

#include <stdarg.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"

static void
close_line(struct lines *l)
{
	if (l->open)
		buf_addc(&l->text, '\n');
	l->open = false;
}

void
lines_begin(struct lines *l)
{
	buf_truncate(&l->text, 0);
	l->part_count = l->items = 0;
	l->open = false;
}

void
lines_end(struct lines *l)
{
	close_line(l);
}

void
lines_put(struct lines *l, const struct area *area, int y, int x,
          enum theme role, const char *text)
{
	bool same = l->open && l->y == y && l->area_y == area->y &&
	            l->area_x == area->x;

	text += strspn(text, " ");
	if (role == THEME_BAR || text[0] == '\0')
		return;
	if (same)
		buf_add(&l->text, x <= l->end + 1 ? " " : C_("cells", "; "));
	else
		close_line(l);
	buf_add(&l->text, text);
	l->open = true;
	l->y = y;
	l->area_y = area->y;
	l->area_x = area->x;
	l->end = x + text_width(text);
}

void
lines_add(struct lines *l, const char *fmt, ...)
{
	size_t begin;
	va_list args;
	struct arena *a = arena_new();
	const char *text;

	close_line(l);
	begin = l->text.len;
	va_start(args, fmt);
	text = arena_vprintf(a, fmt, args);
	va_end(args);
	buf_add(&l->text, text);
	arena_free(a);
	if (strspn(l->text.data + begin, " \n") == l->text.len - begin)
		buf_truncate(&l->text, begin);
	else
		buf_addc(&l->text, '\n');
}

int
lines_part(struct lines *l, struct widget *w, int n, bool before, bool after)
{
	int first = l->items + 1;

	close_line(l);
	if (l->part_count == LINES_PARTS)
		return first;
	l->parts[l->part_count++] = (struct lines_part){.widget = w,
	                                                .first = first,
	                                                .n = n,
	                                                .before = before,
	                                                .after = after};
	l->items += n;
	return first;
}

const char *
lines_join(struct arena *a, const char *const *cells, int n)
{
	struct buf line = BUF_INIT;
	const char *out;

	for (int i = 0; i < n; i++)
		buf_addf(&line, "%s%s", i > 0 ? C_("cells", "; ") : "",
		         cells[i][0] != '\0' ? cells[i] : "-");
	out = arena_strdup(a, line.data);
	buf_clear(&line);
	return out;
}
