/*
 * A rectangle of the screen that something draws into. Coordinates are
 * rows and columns from 0 inside the area; what does not fit is cut, never
 * wrapped, and a wide character is never split. Everything in an area is
 * blank when a frame begins; only cells that differ from what the terminal
 * shows are sent.
 */
#ifndef TUI_TERM_AREA_H
#define TUI_TERM_AREA_H

#include <stdbool.h>

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/base/err.h"
#include "tui/theme.h"

struct lines;
struct term;

struct area {
	struct term *term;   /* NULL: it is taken as lines of text */
	struct lines *lines; /* by this, tui/term/lines.h */
	int y, x;            /* of its first cell on the screen */
	int rows, columns;   /* may be 0 */
	struct arena *arena; /* for text of this frame; emptied after it */
	struct day today;    /* the site's, for day_show and instant_show */
};

/* Draw text (UTF-8, one line) at y, x; returns the columns it took. */
int area_put(const struct area *area, int y, int x, enum theme role,
             const char *text);
/* The same, cut to columns with ".." when it is longer, not padded. */
int area_fit(const struct area *area, int y, int x, int columns,
             enum theme role, const char *text);
int area_putf(const struct area *area, int y, int x, enum theme role,
              const char *fmt, ...) PRINTF(5, 6);
/* Draw text so that it ends before column end. */
void area_put_right(const struct area *area, int y, int end, enum theme role,
                    const char *text);
/* A rule of '-' over the whole width. */
void area_rule(const struct area *area, int y);
/* Blanks over all of it. */
void area_erase(const struct area *area);
/* A cell of a QR code: upper and lower half dark or light, in explicit
 * black and white where the terminal has colours. */
void area_qr_cell(const struct area *area, int y, int x, bool upper_dark,
                  bool lower_dark);

/* A whole dark or light cell, a blank: for the two-column form. */
void area_qr_blank(const struct area *area, int y, int x, bool dark);

/* The part of area that begins at y, x, cut to what there is. rows and
 * columns below 0 count from the end: -1 is all but the last. 0: all that
 * is left. */
struct area area_part(const struct area *area, int y, int x, int rows,
                      int columns);

/* The real cursor stands here after this frame (input methods put their
 * window there). Without a call it is parked and hidden. */
void area_cursor(const struct area *area, int y, int x);
/* Park the cursor here, hidden where the terminal can hide it: at the mark,
 * so that what follows the cursor (a reader for the blind) finds it. */
void area_park(const struct area *area, int y, int x);
/* Forget what area_cursor said in this frame. */
void area_hide_cursor(const struct area *area);

#endif
