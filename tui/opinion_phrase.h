/* Choosing a text of the county's tables while a step of an opinion is
 * filled in: reasons where it wants one, else what fits the step and the
 * category. */
#ifndef TUI_OPINION_PHRASE_H
#define TUI_OPINION_PHRASE_H

#include "tui/opinion_menu.h"

struct opinion_phrase {
	const char *text; /* in ui_arena */
	bool is_reason;   /* else for the words */
};

/* False: nothing was chosen, or there is none (which is said). */
bool opinion_phrase_ask(struct ui *ui, const struct opinion_todo *todo,
                        const char *category, struct opinion_phrase *out);

#endif
