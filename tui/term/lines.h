/*
 * What is drawn as lines of text: an area whose lines is set puts text there
 * instead of on a terminal, in the order of drawing. Lists, forms and pages
 * put numbers before what can be chosen. Used by plain mode (tui/plain.h).
 */
#ifndef TUI_TERM_LINES_H
#define TUI_TERM_LINES_H

#include <stdbool.h>

#include "db/base/buf.h"
#include "tui/term/area.h"

struct widget;

enum {
	LINES_PAGE = 20, /* lines of a list before "more" */
	LINES_PARTS = 8
};

/* A widget that printed itself. */
struct lines_part {
	struct widget *widget;
	int first, n; /* numbers of its lines */
	bool before, after;
};

struct lines {
	struct buf text; /* the page, not wrapped */
	struct lines_part parts[LINES_PARTS];
	int part_count, items;
	bool all; /* all is to be said, not only what is wrong */

	/* The line that lines_put is adding to. */
	bool open;
	int y, area_y, area_x, end;
};

void lines_begin(struct lines *l);
void lines_end(struct lines *l);
/* Text drawn at y, x of area; what stands on one row of one area is one
 * line. Bars are left out: their number stands beside them. */
void lines_put(struct lines *l, const struct area *area, int y, int x,
               enum theme role, const char *text);
/* A line of its own. Blank ones are left out. */
void lines_add(struct lines *l, const char *fmt, ...) PRINTF(2, 3);
/* w prints itself now and has n lines to choose; more pages lie before or
 * behind. Returns the number of the first of them. */
int lines_part(struct lines *l, struct widget *w, int n, bool before,
               bool after);
/* Cells of a row as one line: "a; b; -". In a. */
const char *lines_join(struct arena *a, const char *const *cells, int n);

#endif
