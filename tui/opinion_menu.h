/*
 * What may be done with an opinion: the F2 menu that its list and its page
 * share, and what the form of a step is opened with. The entries follow from
 * the tables of db/opinion.c, db/opinion_leg.c and db/opinion_note.c and from
 * the acting hat; nothing is decided here.
 */
#ifndef TUI_OPINION_MENU_H
#define TUI_OPINION_MENU_H

#include "db/opinion_leg.h"
#include "db/opinion_note.h"
#include "tui/ui.h"

/* What is to be done, and with which record: of the opinion but for a leg's
 * step. As the one number that a screen is opened with. */
enum opinion_deed {
	DEED_STEP,
	DEED_LEG,
	DEED_SAY,
	DEED_RATE,
	DEED_SORT, /* from here on the menu's own */
	DEED_RELEASE,
	DEED_CONTACT,
	DEED_ATTACH,
	DEED_EXTRA
};
struct opinion_todo {
	enum opinion_deed deed;
	int step; /* enum opinion_step, leg_step, note_kind */
	int64_t id;
};
int64_t opinion_todo_arg(const struct opinion_todo *todo);
struct opinion_todo opinion_todo_of(int64_t arg);
/* What it is called, translated. */
const char *opinion_todo_label(const struct opinion_todo *todo);

/* Offer what is allowed now, numbered; ask for what the chosen one wants and
 * do it. True: extra (translated; NULL: none), the last entry, was chosen. */
bool opinion_menu(struct ui *ui, struct opinion_id id, const char *extra);

/* After ERR_CHANGED: tell who did what meanwhile, and ask whether to go on
 * all the same. True: yes, with the version that stands now; false: no, or
 * it can no longer be done. todo NULL: sorting it. */
bool opinion_changed(struct ui *ui, struct opinion_id id,
                     const struct opinion_todo *todo, int64_t *version);

/* The secret of the one just entered, for screen_opinion_receipt, which
 * shows it once. */
void opinion_receipt_give(const char *secret);

#endif
