/*
 * Editing of one text by character cell: a wide character is one step, a
 * mark goes with the character it stands on, a paste goes in whole. Used
 * by forms and prompts.
 */
#ifndef TUI_WIDGET_EDIT_H
#define TUI_WIDGET_EDIT_H

#include "db/base/buf.h"
#include "tui/term/area.h"
#include "tui/term/input.h"

struct edit {
	struct buf text;
	size_t at;   /* the cursor: a byte offset */
	size_t left; /* first byte shown; first row when lines > 1 */
	int max;     /* characters; 0: 200 */
	bool lines;  /* newlines allowed */
	bool secret;
	bool full; /* something typed or pasted did not fit */
};

void edit_init(struct edit *e, const char *text, int max);
void edit_clear(struct edit *e);
void edit_set(struct edit *e, const char *text);
/* True when the key was used; *changed when the text is another now. width
 * is what edit_draw was given (for Up and Down in several lines). */
bool edit_key(struct edit *e, const struct input *in, int width, bool *changed);
/* Draw into rows rows of width columns at y, x; with focus the cursor
 * stands in it. */
void edit_draw(struct edit *e, const struct area *area, int y, int x, int rows,
               int width, bool focus);

#endif
