/*
 * A screen: one file in tui/screen/, one line in screens.def, this struct.
 * It describes; the frame (ui.c) draws the rows around it, gives it keys,
 * wakes it when somebody else committed something, asks before a changed
 * form is left, and frees its memory.
 *
 *	struct opinion_list {
 *		struct records list;
 *	};
 *
 *	const struct screen screen_opinion_list = {
 *		.name = "opinion-list",
 *		.title = N_("Opinions"),
 *		.about = N_("The opinions of your place, newest first."),
 *		.needs = PERM_OPINION_READ,
 *		.size = sizeof(struct opinion_list),
 *		.keys = keys,
 *		.open = open,
 *		.load = load,
 *	};
 */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/base/err.h"
#include "db/base/perm.h"
#include "tui/keys.h"
#include "tui/term/area.h"

struct ui;

struct screen {
	const char *name;  /* kebab-case, unique; as in screens.def with '_' */
	const char *title; /* msgid */
	const char *about; /* msgid: what it is, the states and what may
	                      follow each; the top of its F1 page */
	enum perm needs;   /* without it the screen does not open */
	bool stays;    /* at the idle limit it shows on, locked (ui_hold.c) */
	bool no_draft; /* typed here, it is neither drafted nor resumed */
	size_t size;   /* of the screen's own struct, zeroed before open */
	const struct key *keys; /* NULL: none of its own */

	/* Once, before the first load: set up widgets, tell ui_body which
	 * they are. arg is what ui_push was given. An error is said on the
	 * message line and the screen does not open. May be NULL. */
	int (*open)(struct ui *ui, void *data, int64_t arg);
	/* Read what is shown: after open, when a screen above it closed, when
	 * the language changed, and on wake when wake is NULL. ui_arena was
	 * emptied just before. ERR_NOT_FOUND and ERR_DENIED close the screen.
	 * May be NULL. */
	int (*load)(struct ui *ui, void *data);
	/* Draw the body. NULL: the first widget fills it. */
	void (*draw)(struct ui *ui, void *data, const struct area *body);
	/* Something of kinds (ENTITY_BIT) was committed and the screen
	 * watches it (ui_watch). NULL: load again. Call ui_reload here if the
	 * whole screen is to be read again. */
	void (*wake)(struct ui *ui, void *data, uint64_t kinds);
	/* Before the screen closes, to release what is in no arena and no
	 * widget. May be NULL. */
	void (*leave)(struct ui *ui, void *data);
};

#endif
