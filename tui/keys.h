/*
 * Keys. A screen's table is the only place that says which key does what:
 * dispatch, the key line, the F1 page and the F2 menu are made from it, so
 * they cannot disagree.
 */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>

#include "db/base/arena.h"
#include "db/base/perm.h"
#include "tui/term/input.h"

struct ui;

/*
 * One row. name is one of: Enter Tab Shift-Tab Backspace Up Down Left Right
 * Home End PgUp PgDn Insert Delete F1..F12, a digit, + or -, Ctrl-A.. (never
 * a letter); or KEY_ACTION: an entry of the F2 menu, numbered in the order of
 * the table. "Up/Down" with run NULL is a hint on the key line only.
 * Esc, F1, F8, F9, Ctrl-P, Ctrl-L, Tab past the last pane and the digits belong
 * to the frame; a row of a screen goes before them.
 */
struct key {
	const char *name;
	const char *label; /* msgid, one or two words; NULL: not shown */
	enum perm perm;    /* hidden and refused without it */
	void (*run)(struct ui *ui, void *data);
	/* Whether it makes sense now; NULL: always. Hidden when false. */
	bool (*when)(struct ui *ui, const void *data);
	const char *help; /* msgid, a sentence for F1; NULL: the label */
};

#define KEY_ACTION "F2."
#define KEY_END                                                                \
	{                                                                      \
		.name = NULL                                                   \
	}

/* What name stands for; kind INPUT_NONE when it is not the name of a key. */
struct input key_parse(const char *name);
/* Whether in is the key called name; full-width digits and forms count as
 * their half-width ones. */
bool key_is(const char *name, const struct input *in);
/* The name as it is shown, in the current language ("Up/Down"). */
const char *key_show(const char *name);
/* "F4 New", "F4新建": the form of the key line. In a. */
const char *key_text(struct arena *a, const char *name, const char *label);

/* The row of keys that in runs, or NULL. Looks at names only. */
const struct key *key_find(const struct key *keys, const struct input *in);
/* NULL when the table is good, else what is wrong with *row (a name that
 * does not parse, twice the same key, a letter). English, for tests. */
const char *key_table_fault(const struct key *keys, const struct key **row);

#endif
