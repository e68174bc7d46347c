/* What term.c and cells.c share; nobody else includes it or curses.h. */
#ifndef TUI_TERM_PRIVATE_H
#define TUI_TERM_PRIVATE_H

#include <stdbool.h>
#include <stdio.h>

#include "db/base/buf.h"
#include "tui/theme.h"

/* after err.h: its OK is ours by another definition of the same value */
#define NCURSES_NOMACROS
#include <curses.h>

/* Colour pairs. */
enum { PAIR_DEFAULT, PAIR_RED, PAIR_YELLOW, PAIR_GREEN, PAIR_QR, PAIR_QR_DARK };

struct term {
	SCREEN *screen;
	FILE *out, *in;     /* out is a memfd: one frame */
	int fd;             /* the stream */
	struct buf waiting; /* generated, not sent yet */
	size_t frame_bytes;
	int columns, rows;
	int cursor_y, cursor_x;
	bool cursor_shown; /* this frame wants it */
	bool cursor_is_on; /* as the terminal has it */
	bool colour, repaint, bell, closed, greeted;
};

#endif
