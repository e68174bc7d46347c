/*
 * Text of a law as rows to read: wrapped, what went and what came in marks
 * that need no colour ([-gone-] and {+new+}), what is sought in bold.
 */
#ifndef TUI_LAW_ROWS_H
#define TUI_LAW_ROWS_H

#include "db/base/arena.h"
#include "tui/term/area.h"

struct law_span {
	enum theme role;
	const char *text;
};
struct law_row {
	struct law_span *spans;
	int n;
};

struct law_shown {
	const char *text;
	const char *before; /* what it was; NULL: no difference is shown */
	const char *find;   /* what is sought; "" nothing */
	enum theme role;
};

/* Rows of at most width columns, in a; returns how many. */
int law_rows(struct arena *a, const struct law_shown *shown, int width,
             struct law_row **rows);
void law_row_draw(const struct area *area, int y, int x,
                  const struct law_row *row);
/* The text of a row, in a. */
const char *law_row_text(struct arena *a, const struct law_row *row);

/* What an article said before, called as it is called now: that it has
 * another number is no change of its words. In a. */
const char *law_relabelled(struct arena *a, const char *before, const char *was,
                           const char *label);

/* How before became text, as one text with marks; in a. brief: of what stayed
 * only the ends that stand beside a change. */
const char *law_marked(struct arena *a, const char *before, const char *text,
                       bool brief);

#endif
