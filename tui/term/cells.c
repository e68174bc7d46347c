/* Drawing into areas: text to cells of ncurses' newscr. */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "db/base/text.h"
#include "tui/term/area.h"
#include "tui/term/lines.h"
#include "tui/term/private.h"
#include "tui/term/term.h"

/*
 * ncurses asks the C library how wide a character is, and that answer
 * changes with the library's age; a character they disagree on would shift
 * the rest of its row. Defined here, this is the function that ncurses
 * finds, so that the whole process measures with the one table.
 */
int
wcwidth(wchar_t ch)
{
	if (ch == 0)
		return 0;
	if (ch < 0x20 || (ch >= 0x7F && ch < 0xA0))
		return -1;
	return text_char_width((uint32_t)ch);
}

static attr_t
attributes(const struct term *t, enum theme role, short *pair)
{
	const struct theme_look *look = theme_look(role);
	int bits = t->colour ? look->attributes : look->mono;
	attr_t attrs = A_NORMAL;

	if ((bits & THEME_BOLD) != 0)
		attrs |= A_BOLD;
	if ((bits & THEME_UNDERLINE) != 0)
		attrs |= A_UNDERLINE;
	if ((bits & THEME_REVERSE) != 0)
		attrs |= A_REVERSE;
	*pair = t->colour ? (short)look->colour : PAIR_DEFAULT;
	return attrs;
}

/* The next character of s with the marks that stand on it, in out (room for
 * 4); its bytes. What is no text is shown as '?'. */
static size_t
next_cluster(const char *s, wchar_t out[4], int *width)
{
	size_t n = strlen(s), at;
	uint32_t ch;
	int len = text_decode(s, n, &ch), marks = 0;

	if (len < 0 || ch < 0x20 || (ch >= 0x7F && ch < 0xA0) ||
	    text_char_width(ch) == 0) {
		ch = '?';
		len = len > 0 ? len : 1;
	}
	*width = text_char_width(ch);
	out[0] = (wchar_t)ch;
	at = (size_t)len;
	while ((len = text_decode(s + at, n - at, &ch)) > 0 &&
	       text_char_width(ch) == 0) {
		if (marks < 2)
			out[1 + marks++] = (wchar_t)ch;
		at += (size_t)len;
	}
	out[1 + marks] = L'\0';
	return at;
}

static void
put_cell(const struct area *area, int y, int x, const wchar_t *text,
         attr_t attrs, short pair)
{
	cchar_t cell;

	if (setcchar(&cell, text, attrs, pair, NULL) == OK)
		(void)mvwadd_wch(newscr, area->y + y, area->x + x, &cell);
}

static bool
is_inside(const struct area *area, int y, int x)
{
	return area->term != NULL && y >= 0 && y < area->rows && x >= 0 &&
	       x < area->columns && area->y + y < area->term->rows &&
	       area->x + x < area->term->columns;
}

int
area_put(const struct area *area, int y, int x, enum theme role,
         const char *text)
{
	short pair;
	attr_t attrs;
	int begin = x;

	if (area->lines != NULL) {
		lines_put(area->lines, area, y, x, role, text);
		return text_width(text);
	}
	attrs = attributes(area->term, role, &pair);
	while (*text != '\0') {
		wchar_t cluster[4];
		int width;
		size_t bytes = next_cluster(text, cluster, &width);

		if (!is_inside(area, y, x) ||
		    !is_inside(area, y, x + width - 1))
			break;
		put_cell(area, y, x, cluster, attrs, pair);
		x += width;
		text += bytes;
	}
	return x - begin;
}

int
area_fit(const struct area *area, int y, int x, int columns, enum theme role,
         const char *text)
{
	if (area->lines != NULL) /* nothing is too long for a line */
		return area_put(area, y, x, role, text);
	if (columns > area->columns - x)
		columns = area->columns - x;
	return area_put(area, y, x, role, text_fit(area->arena, text, columns));
}

int
area_putf(const struct area *area, int y, int x, enum theme role,
          const char *fmt, ...)
{
	va_list args;
	const char *text;

	va_start(args, fmt);
	text = arena_vprintf(area->arena, fmt, args);
	va_end(args);
	return area_put(area, y, x, role, text);
}

void
area_put_right(const struct area *area, int y, int end, enum theme role,
               const char *text)
{
	int x = end - text_width(text);

	area_put(area, y, x > 0 ? x : 0, role, text);
}

void
area_rule(const struct area *area, int y)
{
	for (int x = 0; x < area->columns; x++)
		if (is_inside(area, y, x))
			put_cell(area, y, x, L"-", A_NORMAL, PAIR_DEFAULT);
}

void
area_erase(const struct area *area)
{
	for (int y = 0; y < area->rows; y++)
		for (int x = 0; x < area->columns; x++)
			if (is_inside(area, y, x))
				put_cell(area, y, x, L" ", A_NORMAL,
				         PAIR_DEFAULT);
}

void
area_qr_cell(const struct area *area, int y, int x, bool upper_dark,
             bool lower_dark)
{
	const wchar_t *glyph = upper_dark   ? lower_dark ? L"\u2588" : L"\u2580"
	                       : lower_dark ? L"\u2584"
	                                    : L" ";

	if (!is_inside(area, y, x))
		return;
	if (area->term->colour)
		put_cell(area, y, x, glyph, A_NORMAL, PAIR_QR);
	else
		put_cell(area, y, x, glyph, A_REVERSE, PAIR_DEFAULT);
}

void
area_qr_blank(const struct area *area, int y, int x, bool dark)
{
	if (!is_inside(area, y, x))
		return;
	if (area->term->colour)
		put_cell(area, y, x, L" ", A_NORMAL,
		         dark ? PAIR_QR_DARK : PAIR_QR);
	else
		put_cell(area, y, x, L" ", dark ? A_NORMAL : A_REVERSE,
		         PAIR_DEFAULT);
}

/* How many of total remain from start when n are asked for (below 0: from
 * the end; 0: all). */
static int
extent(int total, int start, int n)
{
	int left = total > start ? total - start : 0;

	if (n < 0)
		n = left + n;
	else if (n == 0 || n > left)
		n = left;
	return n > 0 ? n : 0;
}

struct area
area_part(const struct area *area, int y, int x, int rows, int columns)
{
	struct area part = *area;

	part.y += y;
	part.x += x;
	part.rows = extent(area->rows, y, rows);
	part.columns = extent(area->columns, x, columns);
	return part;
}

static void
set_cursor(const struct area *area, int y, int x, bool shown)
{
	struct term *t = area->term;

	if (!is_inside(area, y, x))
		return;
	t->cursor_y = area->y + y;
	t->cursor_x = area->x + x;
	t->cursor_shown = shown;
}

void
area_cursor(const struct area *area, int y, int x)
{
	set_cursor(area, y, x, true);
}

void
area_park(const struct area *area, int y, int x)
{
	if (area->term != NULL && !area->term->cursor_shown)
		set_cursor(area, y, x, false);
}

void
area_hide_cursor(const struct area *area)
{
	if (area->term != NULL)
		area->term->cursor_shown = false;
}

const char *
term_row_text(struct term *t, struct arena *a, int y)
{
	char *row = arena_alloc(a, (size_t)t->columns * 16 + 1);
	size_t len = 0;

	set_term(t->screen);
	for (int x = 0; x < t->columns;) {
		cchar_t cell;
		wchar_t text[CCHARW_MAX + 1] = {0};
		attr_t attrs;
		short pair;

		if (mvwin_wch(newscr, y, x, &cell) != OK ||
		    getcchar(&cell, text, &attrs, &pair, NULL) != OK)
			break;
		for (int i = 0; text[i] != L'\0'; i++)
			len +=
			    (size_t)text_encode((uint32_t)text[i], row + len);
		x += wcwidth(text[0]) > 1 ? 2 : 1;
	}
	while (len > 0 && row[len - 1] == ' ')
		len--;
	row[len] = '\0';
	return row;
}
