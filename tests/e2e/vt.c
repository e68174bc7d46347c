/* libvterm behind vt.h. */
#include "tests/e2e/vt.h"

#include <stdint.h>
#include <string.h>

#include <vterm.h>

#include "db/base/arena.h"

struct vt {
	VTerm *vterm;
	VTermScreen *screen;
	int bells;
	size_t answers;
	bool cursor_on;
};

static int
on_bell(void *user)
{
	struct vt *t = user;

	t->bells++;
	return 1;
}

static int
on_prop(VTermProp prop, VTermValue *val, void *user)
{
	struct vt *t = user;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		t->cursor_on = val->boolean != 0;
	return 1;
}

static void
on_answer(const char *s, size_t len, void *user)
{
	struct vt *t = user;

	(void)s;
	t->answers += len;
}

static const VTermScreenCallbacks callbacks = {
    .bell = on_bell,
    .settermprop = on_prop,
};

struct vt *
vt_new(int rows, int cols)
{
	struct vt *t = xcalloc(1, sizeof(*t));

	t->cursor_on = true;
	t->vterm = vterm_new(rows, cols);
	vterm_set_utf8(t->vterm, 1);
	vterm_output_set_callback(t->vterm, on_answer, t);
	t->screen = vterm_obtain_screen(t->vterm);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
	return t;
}

void
vt_free(struct vt *t)
{
	if (t == NULL)
		return;
	vterm_free(t->vterm);
	free(t);
}

void
vt_resize(struct vt *t, int rows, int cols)
{
	vterm_set_size(t->vterm, rows, cols);
}

void
vt_feed(struct vt *t, const char *data, size_t n)
{
	(void)vterm_input_write(t->vterm, data, n);
	vterm_screen_flush_damage(t->screen);
}

int
vt_rows(const struct vt *t)
{
	int rows, cols;

	vterm_get_size(t->vterm, &rows, &cols);
	return rows;
}

int
vt_cols(const struct vt *t)
{
	int rows, cols;

	vterm_get_size(t->vterm, &rows, &cols);
	return cols;
}

bool
vt_cursor(const struct vt *t, int *row, int *col)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(t->vterm), &pos);
	*row = pos.row;
	*col = pos.col;
	return t->cursor_on;
}

static int
colour(const VTermColor *c)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(c) || VTERM_COLOR_IS_DEFAULT_BG(c))
		return VT_DEFAULT;
	if (VTERM_COLOR_IS_INDEXED(c))
		return c->indexed.idx;
	return VT_RGB | c->rgb.red << 16 | c->rgb.green << 8 | c->rgb.blue;
}

static unsigned
attributes(const VTermScreenCellAttrs *a)
{
	return (a->bold ? VT_BOLD : 0U) | (a->underline ? VT_UNDERLINE : 0U) |
	       (a->reverse ? VT_REVERSE : 0U) | (a->blink ? VT_BLINK : 0U) |
	       (a->italic ? VT_ITALIC : 0U) | (a->strike ? VT_STRIKE : 0U);
}

static size_t
put_utf8(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

void
vt_cell(const struct vt *t, int row, int col, struct vt_cell *out)
{
	VTermPos pos = {.row = row, .col = col};
	VTermScreenCell cell;
	size_t n = 0;

	memset(out, 0, sizeof(*out));
	memset(&cell, 0, sizeof(cell));
	(void)vterm_screen_get_cell(t->screen, pos, &cell);
	out->attrs = attributes(&cell.attrs);
	out->fg = colour(&cell.fg);
	out->bg = colour(&cell.bg);
	if (cell.chars[0] == UINT32_MAX)
		return;
	out->width = (unsigned char)cell.width;
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL; i++) {
		if (cell.chars[i] == 0)
			break;
		n += put_utf8(out->text + n, cell.chars[i]);
	}
	if (n == 0)
		out->text[n++] = ' ';
	out->text[n] = '\0';
}

void
vt_text(const struct vt *t, struct buf *out)
{
	int rows = vt_rows(t);
	int cols = vt_cols(t);

	for (int row = 0; row < rows; row++) {
		size_t end = out->len;

		for (int col = 0; col < cols; col++) {
			struct vt_cell cell;

			vt_cell(t, row, col, &cell);
			buf_add(out, cell.text);
			if (cell.text[0] != '\0' && cell.text[0] != ' ')
				end = out->len;
		}
		buf_truncate(out, end);
		buf_addc(out, '\n');
	}
}

int
vt_bells(const struct vt *t)
{
	return t->bells;
}

size_t
vt_answers(const struct vt *t)
{
	return t->answers;
}
