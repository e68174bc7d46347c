/* The editor of one text. */
#include "tui/widget/edit.h"

#include <string.h>

#include "db/base/text.h"

enum { USUAL_MAX = 200 };

void
edit_init(struct edit *e, const char *text, int max)
{
	*e = (struct edit){.max = max > 0 ? max : USUAL_MAX};
	buf_init(&e->text);
	edit_set(e, text);
}

void
edit_clear(struct edit *e)
{
	if (e->secret && e->text.size > 0)
		explicit_bzero(e->text.data, e->text.size);
	buf_clear(&e->text);
}

void
edit_set(struct edit *e, const char *text)
{
	buf_truncate(&e->text, 0);
	buf_add(&e->text, text);
	e->at = e->text.len;
	e->left = 0;
}

/* Bytes of the character at at, with the marks on it. */
static size_t
bytes_after(const struct edit *e, size_t at)
{
	const char *s = e->text.data;
	size_t n = e->text.len, begin = at;
	uint32_t ch;
	int len = text_decode(s + at, n - at, &ch);

	if (len == 0)
		return 0;
	at += len > 0 ? (size_t)len : 1;
	while ((len = text_decode(s + at, n - at, &ch)) > 0 &&
	       text_char_width(ch) == 0)
		at += (size_t)len;
	return at - begin;
}

/* Bytes of the character before at. */
static size_t
bytes_before(const struct edit *e, size_t at)
{
	size_t begin = 0, next = 0;

	while (next < at) {
		begin = next;
		next += bytes_after(e, next);
	}
	return at - begin;
}

/* Whether ch may stand in the text; newlines and tabs are adapted. */
static bool
adapt(const struct edit *e, uint32_t *ch)
{
	if (*ch == '\r' || (*ch == '\n' && !e->lines) || *ch == '\t')
		*ch = ' ';
	return *ch == '\n' ||
	       (*ch >= 0x20 && *ch != 0x7F && (*ch < 0x80 || *ch >= 0xA0));
}

static bool
insert(struct edit *e, const char *s, size_t n)
{
	struct buf clean = BUF_INIT, rest = BUF_INIT;
	int length = (int)text_length(e->text.data);

	while (n > 0) {
		uint32_t ch;
		char bytes[4];
		int len = text_decode(s, n, &ch);

		if (len > 0 && adapt(e, &ch)) {
			if (length == e->max) {
				e->full = true;
				break;
			}
			buf_addn(&clean, bytes, (size_t)text_encode(ch, bytes));
			length++;
		}
		s += len > 0 ? (size_t)len : 1;
		n -= len > 0 ? (size_t)len : 1;
	}
	buf_add(&rest, e->text.data + e->at);
	buf_truncate(&e->text, e->at);
	buf_addn(&e->text, clean.data, clean.len);
	e->at = e->text.len;
	buf_addn(&e->text, rest.data, rest.len);
	n = clean.len;
	buf_clear(&clean);
	buf_clear(&rest);
	return n > 0;
}

static void
erase(struct edit *e, size_t at, size_t n)
{
	memmove(e->text.data + at, e->text.data + at + n, e->text.len - at - n);
	buf_truncate(&e->text, e->text.len - n);
	e->at = at;
}

/* --- several lines ------------------------------------------------------- */

/* The row and column where byte at stands when the text is broken before
 * column width - 1 (the last one is the cursor's, behind a full row); and
 * the other way round with find: the byte nearest to row, column. */
static size_t
walk(const struct edit *e, int width, size_t at, int *row, int *column,
     bool find)
{
	int y = 0, x = 0, want_y = *row, want_x = *column;
	size_t i = 0, best = 0;

	for (;;) {
		uint32_t ch = 0;
		size_t n = bytes_after(e, i);
		int w;

		if (n > 0)
			(void)text_decode(e->text.data + i, e->text.len - i,
			                  &ch);
		w = ch == '\n' || n == 0 ? 0 : text_char_width(ch);
		if (x + w > width - 1 && ch != '\n') {
			y++;
			x = 0;
		}
		if (find ? y > want_y : i >= at)
			break;
		if (find && y == want_y && x <= want_x)
			best = i;
		if (n == 0)
			break;
		x += w;
		i += n;
		if (ch == '\n') {
			y++;
			x = 0;
		}
	}
	if (find)
		return y < want_y ? e->text.len + 1 : best;
	*row = y;
	*column = x;
	return at;
}

/* Up or Down within the text; false when that leaves it. */
static bool
move_row(struct edit *e, int by, int width)
{
	int row = 0, column = 0;
	size_t to;

	(void)walk(e, width, e->at, &row, &column, false);
	row += by;
	if (row < 0)
		return false;
	to = walk(e, width, 0, &row, &column, true);
	if (to > e->text.len)
		return false;
	e->at = to;
	return true;
}

/* --- keys ---------------------------------------------------------------- */

static bool
move_key(struct edit *e, const struct input *in, int width)
{
	switch ((int)in->kind) {
	case INPUT_LEFT:
		e->at -= bytes_before(e, e->at);
		return true;
	case INPUT_RIGHT:
		e->at += bytes_after(e, e->at);
		return true;
	case INPUT_HOME:
		e->at = 0;
		return true;
	case INPUT_END:
		e->at = e->text.len;
		return true;
	case INPUT_UP:
		return e->lines && move_row(e, -1, width);
	case INPUT_DOWN:
		return e->lines && move_row(e, 1, width);
	default:
		return false;
	}
}

bool
edit_key(struct edit *e, const struct input *in, int width, bool *changed)
{
	size_t n;
	char bytes[4];

	*changed = false;
	switch ((int)in->kind) {
	case INPUT_CHAR:
		n = (size_t)text_encode(in->ch, bytes);
		*changed = insert(e, bytes, n);
		return true;
	case INPUT_TEXT:
		*changed = insert(e, in->text, in->len);
		e->full = e->full || in->truncated;
		return true;
	case INPUT_ENTER:
		if (e->lines)
			*changed = insert(e, "\n", 1);
		return e->lines;
	case INPUT_BACKSPACE:
		n = bytes_before(e, e->at);
		if (n > 0)
			erase(e, e->at - n, n);
		*changed = n > 0;
		return true;
	case INPUT_DELETE:
		n = bytes_after(e, e->at);
		if (n > 0)
			erase(e, e->at, n);
		*changed = n > 0;
		return true;
	default:
		return move_key(e, in, width);
	}
}

/* --- drawing ------------------------------------------------------------- */

static void
draw_lines(struct edit *e, const struct area *area, int y, int x, int rows,
           int width, bool focus)
{
	int row = 0, column = 0, top = (int)e->left;
	struct area part = area_part(area, y, x, rows, width);
	size_t i = 0;

	(void)walk(e, width, e->at, &row, &column, false);
	if (row < top)
		top = row;
	if (row >= top + rows)
		top = row - rows + 1;
	e->left = (size_t)top;
	if (focus)
		area_cursor(&part, row - top, column);
	row = column = 0;
	while (i < e->text.len && row - top < rows) {
		size_t n = bytes_after(e, i);
		const char *s = arena_strndup(area->arena, e->text.data + i, n);
		int w = text_width(s);

		if (s[0] == '\n' || column + w > width - 1) {
			row++;
			column = 0;
		}
		if (s[0] != '\n') {
			area_put(&part, row - top, column, THEME_NORMAL, s);
			column += w;
		}
		i += n;
	}
}

static void
draw_line(struct edit *e, const struct area *area, int y, int x, int width,
          bool focus)
{
	const char *s = e->text.data;
	struct area part = area_part(area, y, x, 1, width);

	if (e->secret) {
		int n = (int)text_length(s);
		char *stars = arena_alloc(area->arena, (size_t)n + 1);

		memset(stars, '*', (size_t)(n < width ? n : width - 1));
		area_put(&part, 0, 0, THEME_NORMAL, stars);
		if (focus)
			area_cursor(&part, 0, n < width ? n : width - 1);
		return;
	}
	if (e->at < e->left)
		e->left = e->at;
	/* one column is kept for the cursor behind the text */
	while (text_width(arena_strndup(area->arena, s + e->left,
	                                e->at - e->left)) > width - 1)
		e->left += bytes_after(e, e->left);
	area_put(&part, 0, 0, THEME_NORMAL, s + e->left);
	if (focus)
		area_cursor(&part, 0,
		            text_width(arena_strndup(area->arena, s + e->left,
		                                     e->at - e->left)));
}

void
edit_draw(struct edit *e, const struct area *area, int y, int x, int rows,
          int width, bool focus)
{
	if (width < 2)
		return;
	if (e->lines)
		draw_lines(e, area, y, x, rows, width, focus);
	else
		draw_line(e, area, y, x, width, focus);
}
