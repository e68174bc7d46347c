/*
 * What may be done with an activity: the F2 menu that its list, page and
 * code page share. The entries follow from the state steps of db/activity.c
 * and db/participant.c and from the acting hat; nothing is decided here.
 */
#ifndef TUI_ACTIVITY_MENU_H
#define TUI_ACTIVITY_MENU_H

#include "db/activity.h"
#include "db/base/arena.h"
#include "db/participant.h"
#include "tui/ui.h"

/* The activity a menu is about. */
struct activity_about {
	struct activity_id id;
	const char *title;
	int state; /* enum activity_state */
	int mine;  /* enum participant_state of the acting person; -1 none */
	bool is_reception;
	const char *extra; /* an entry of the screen's own, translated; NULL */
};

/* Offer the steps, ask what has to be asked, take the chosen one and say
 * what came of it; reloads the screen on top. True: the extra entry was
 * chosen and is the caller's to carry out. */
bool activity_menu(struct ui *ui, const struct activity_about *about);

/* F6: the code page for those who mint codes, else signing in by code. */
void activity_menu_code(struct ui *ui, struct activity_id id);

/* Say what went wrong: the first sentence of c->faults after ERR_INVALID,
 * else that of err. Returns err. */
int activity_menu_fault(struct ui *ui, int err);

/* activity_save; who would write over what somebody else saved meanwhile is
 * asked first. ERR_CHANGED: they would rather not. */
int activity_menu_save(struct ui *ui, struct activity *row) MUST_CHECK;

/* reason_ask where the table of reasons has none to offer. */
const char *activity_menu_reason(struct ui *ui, const char *label);

#endif
