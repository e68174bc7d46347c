/*
 * Large plain letters, five rows high, made of '#': a short code that is
 * read from the back of a room.
 */
#ifndef TUI_WIDGET_BANNER_H
#define TUI_WIDGET_BANNER_H

#include "tui/term/area.h"

enum { BANNER_ROWS = 5 };

/* Columns that text takes; only A-Z and 0-9 have a shape, a blank is half a
 * letter, all else a blank. */
int banner_columns(const char *text);

/* Draw at y, x of area, cut at its edges. */
void banner_draw(const struct area *area, int y, int x, const char *text);

#endif
