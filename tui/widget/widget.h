/*
 * What table, form and page have in common: the frame gives each key to the
 * focused widget first, then to the screen's key table, then to its own.
 * Widgets know fields and text, not entities; struct ui is only passed
 * through to the callbacks of the screen.
 */
#ifndef TUI_WIDGET_WIDGET_H
#define TUI_WIDGET_WIDGET_H

#include "tui/keys.h"
#include "tui/term/area.h"
#include "tui/term/input.h"
#include "tui/widget/ask.h"

struct widget;

/* What stands in a widget, for a draft. */
struct widget_state {
	const char *text;  /* restore takes it back */
	const char *title; /* a few words of it for the person; may be "" */
};

struct widget_class {
	const char *name;
	/* On an area whose lines is set: print it (tui/term/lines.h). */
	void (*draw)(struct widget *w, const struct area *area);
	/* Plain mode: line i (from 0) of those the widget printed was chosen
	 * by its number. Put the mark there; true when Enter is to be pressed
	 * on it, false when the widget has asked and said all itself. */
	bool (*choose)(struct widget *w, int i, int number,
	               const struct ask *ask);
	/* True when the key was used. */
	bool (*key)(struct widget *w, const struct input *in);
	/* Rows for the key line and F1 when the screen's own table has none
	 * of that name. run NULL: the widget takes the key itself. when is
	 * given the widget as data. */
	const struct key *keys;
	/* Whether something would be lost; NULL: never. */
	bool (*changed)(const struct widget *w);
	/* For drafts; NULL: it has none. keep tells what was typed, or all
	 * that stands there, never what is secret; in a. restore puts it
	 * back and is then changed; false: text is none of keep's. */
	struct widget_state (*keep)(const struct widget *w, struct arena *a,
	                            bool all);
	bool (*restore)(struct widget *w, const char *text);
	/* Whether characters are typed into it now, so that digits are text. */
	bool (*typing)(const struct widget *w);
	void (*clear)(struct widget *w);
};

struct widget {
	const struct widget_class *class;
	struct ui *ui; /* handed to the callbacks */
	void *data;    /* the screen's own struct, handed to the callbacks */
	bool focused;
	int rows, columns; /* of the body it will probably be drawn in */
	unsigned edits;    /* characters typed and choices made in it */
	int error; /* of something done for a key; the frame says it once */
};

void widget_draw(struct widget *w, const struct area *area);

#endif
