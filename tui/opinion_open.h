/* Going to the list of opinions from other screens. */
#ifndef TUI_OPINION_OPEN_H
#define TUI_OPINION_OPEN_H

#include "db/store/list.h"
#include "tui/ui.h"

/* What screen_opinions is opened with, by its address: one of the three
 * lists of db/opinion.h and filters of it. */
struct opinion_wanted {
	const struct list_spec *list;
	struct list_query query;
};

/* The texts of query live as long as the screen that calls. */
void opinion_list_open(struct ui *ui, const struct list_spec *list,
                       const struct list_query *query);

#endif
