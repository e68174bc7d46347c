/* Going to opinions from other screens: to one, or to the list of some. */
#ifndef TUI_OPINION_OPEN_H
#define TUI_OPINION_OPEN_H

#include "db/ids.h"
#include "db/store/list.h"
#include "tui/ui.h"

void opinion_open(struct ui *ui, struct opinion_id id);
/* Its texts live as long as the screen that calls. */
void opinion_list_open(struct ui *ui, const struct list_query *query);

#endif
