/* Asking for a reason, with those of the table of rules on offer. */
#ifndef TUI_REASON_H
#define TUI_REASON_H

#include "tui/ui.h"

/* In the order of db/rule_tables.c; which reasons are on offer. */
enum reason_purpose {
	REASON_LEAVE,
	REASON_LEAVE_REFUSED,
	REASON_CANCEL,
	REASON_REOPEN,
	REASON_CORRECT,
	REASON_CODE,
	REASON_DISABLE,
	REASON_STRIKE,
	REASON_REFUSE, /* an opinion: where to go */
	REASON_DISCARD,
	REASON_END,
	REASON_OTHER /* none is on offer */
};

/* The reason that was typed, or chosen by its number; in ui_arena. NULL:
 * Esc, or nothing was typed (which is said). */
const char *reason_ask(struct ui *ui, enum reason_purpose purpose,
                       const char *question);

#endif
