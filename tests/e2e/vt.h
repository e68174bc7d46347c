/*
 * The terminal of a scene: libvterm, fed with what a client prints. The
 * only file that includes vterm.h is vt.c.
 */
#ifndef TESTS_E2E_VT_H
#define TESTS_E2E_VT_H

#include <stdbool.h>
#include <stddef.h>

#include "db/base/buf.h"

struct vt;

enum {
	VT_BOLD = 1,
	VT_UNDERLINE = 2,
	VT_REVERSE = 4,
	VT_BLINK = 8,
	VT_ITALIC = 16,
	VT_STRIKE = 32
};

/* A colour: VT_DEFAULT, an index 0-255, or VT_RGB plus 24 bits. */
#define VT_DEFAULT (-1)
#define VT_RGB 0x1000000

struct vt_cell {
	char text[32]; /* UTF-8; "" for the right half of a wide character */
	int width;     /* columns, 1 or 2; 0 for a right half */
	unsigned attrs;
	int fg, bg;
};

struct vt *vt_new(int rows, int cols);
void vt_free(struct vt *t); /* NULL is allowed */
void vt_resize(struct vt *t, int rows, int cols);
void vt_feed(struct vt *t, const char *data, size_t n);

int vt_rows(const struct vt *t);
int vt_cols(const struct vt *t);
/* Row and column from 0; false when the cursor is hidden. */
bool vt_cursor(const struct vt *t, int *row, int *col);
void vt_cell(const struct vt *t, int row, int col, struct vt_cell *out);

/* All rows, blanks at their ends cut, each followed by a newline. */
void vt_text(const struct vt *t, struct buf *out);

/* How many bells have rung, and how many bytes the terminal would have had
 * to answer: the server must never ask a terminal anything. */
int vt_bells(const struct vt *t);
size_t vt_answers(const struct vt *t);

#endif
