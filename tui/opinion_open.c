/* Going to the list of opinions from other screens. */
#include "tui/opinion_open.h"

#include <stdint.h>

#include "tui/screens.h"

void
opinion_list_open(struct ui *ui, const struct list_spec *list,
                  const struct list_query *query)
{
	struct opinion_wanted *wanted =
	    arena_alloc(ui_keep(ui), sizeof(*wanted));

	*wanted = (struct opinion_wanted){list, *query};
	/* the screen that calls stays open below, and with it its memory */
	ui_push(ui, &screen_opinions, (int64_t)(intptr_t)wanted);
}
