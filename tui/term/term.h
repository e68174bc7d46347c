/*
 * A terminal at the other end of a byte stream, drawn through ncurses
 * without a pty. A frame is drawn whole into memory; only what differs from
 * the terminal's screen is sent, in one send(). While the stream does not
 * take bytes frames are dropped, and the newest follows when it does.
 */
#ifndef TUI_TERM_TERM_H
#define TUI_TERM_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/base/err.h"
#include "tui/term/area.h"

struct term;

enum {
	TERM_MIN_COLUMNS = 60, /* under these one plain line is drawn */
	TERM_MIN_ROWS = 16,
	TERM_MAX_COLUMNS = 500,
	TERM_MAX_ROWS = 200
};

/*
 * Open the terminal called name (as a client said it: checked, and replaced
 * by a similar one when unknown) of that size (clamped) behind fd, a
 * non-blocking stream that the caller keeps. Nothing is sent before the
 * first term_flush. Errors: ERR_UNAVAILABLE (no terminal description).
 */
int term_open(const char *name, int columns, int rows, int fd,
              struct term **out) MUST_CHECK;
/* Give the terminal back as it was and free t; NULL is allowed. */
void term_close(struct term *t);
/* Free t and send nothing: the link is gone, or another draws on it. */
void term_drop(struct term *t);
/* Load once, before forking, what every term_open needs. */
void term_warm(void);

void term_resize(struct term *t, int columns, int rows);
int term_columns(const struct term *t);
int term_rows(const struct term *t);

/* Begin a frame: all blank. The area is the whole screen; its strings go
 * into a. */
struct area term_begin(struct term *t, struct arena *a, struct day today);
/* Send the difference. OK also when it could not be sent now: then
 * term_is_behind. Errors: ERR_CLOSED. */
int term_flush(struct term *t) MUST_CHECK;
/* Bytes are waiting: poll for writing, then call term_catch_up. A frame that
 * is drawn meanwhile is seen by nobody. */
bool term_is_behind(const struct term *t);
/* Send of what waits as much as can be sent. Errors: ERR_CLOSED. */
int term_catch_up(struct term *t) MUST_CHECK;
/* The next frame repaints everything. */
void term_repaint(struct term *t);
/* The bell rings with the next frame. */
void term_bell(struct term *t);

/* What stands on row y of the last frame, blanks at its end removed; and
 * the bytes the last frame took. For tests. In a. */
const char *term_row_text(struct term *t, struct arena *a, int y);
size_t term_frame_bytes(const struct term *t);
/* Where the cursor is; false while it is hidden. */
bool term_cursor_at(const struct term *t, int *y, int *x);

#endif
