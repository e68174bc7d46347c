/*
 * Questions that a widget asks in plain mode, where it has no keys of its
 * own. The frame gives them to widget_class.choose. Every answer is NULL or
 * -1 when the person left the question (a dot, Esc) or the link ended.
 */
#ifndef TUI_WIDGET_ASK_H
#define TUI_WIDGET_ASK_H

#include <stdbool.h>

#include "db/base/arena.h"

struct ui;

/* How to answer: said once a session, and again where it was no help. */
enum ask_hint { HINT_FIELD, HINT_FIND, HINT_MANY, HINT_LINES };

struct ask {
	struct ui *ui;
	/* Say text (lines by newlines) at once. */
	void (*say)(struct ui *ui, const char *text);
	void (*hint)(struct ui *ui, enum ask_hint hint, bool again);
	/* One line, cleaned, in a. initial: what an empty line means. */
	const char *(*prompt)(struct ui *ui, struct arena *a, const char *label,
	                      const char *initial, int max, bool secret);
	/* Lines until a single dot; NULL when there were none. */
	const char *(*prompt_lines)(struct ui *ui, struct arena *a,
	                            const char *label, int max);
	/* The index chosen. */
	int (*menu)(struct ui *ui, const char *title,
	            const char *const *entries, int n);
};

#endif
