/* What the files of plain mode share: what is printed (plain.c), what is
 * read (plain_read.c), what a line means (plain_step.c). */
#ifndef TUI_PLAIN_PRIVATE_H
#define TUI_PLAIN_PRIVATE_H

#include "db/base/buf.h"
#include "tui/plain.h"
#include "tui/term/lines.h"
#include "tui/ui_private.h"

struct plain {
	bool echo, input_ended, behind;
	bool idle_told;   /* the warning of the idle limit was said */
	unsigned hinted;  /* bits: what plain_hint has said */
	struct buf waits; /* output that the client has not taken */

	struct lines lines;        /* the page being printed */
	struct buf before;         /* as it was said last */
	bool asked;                /* an empty line: say that nothing changed */
	bool quiet;                /* a field was set and has said so itself */
	const struct level *level; /* of the page said last */
};

/* A key that stands for a line: Esc, F1..F12. */
struct plain_answer {
	struct edit line;
	struct input key; /* kind INPUT_NONE: the line counts */
};

/* Say text as it is, without a newline. */
void plain_send(struct ui *ui, const char *text);
/* The next line after prompt; false when the session ends. The line is the
 * caller's to clear. */
bool plain_read(struct ui *ui, const char *prompt, int max, bool secret,
                struct plain_answer *out);

#endif
