/* Filters that a person keeps under a name, of a screen that shows several
 * lists with the same filters. */
#ifndef TUI_SAVED_FILTERS_H
#define TUI_SAVED_FILTERS_H

#include "tui/records.h"
#include "tui/ui.h"

enum { SAVED_LISTS = 4 };

struct saved_lists {
	const char *name; /* whose filters they are: db/saved_filter.h */
	struct {
		const char *name;
		const struct list_spec *list;
	} lists[SAVED_LISTS]; /* the first is all */
};

/* Choose one of one's own, or one to delete; true: r and the list of spec
 * show it from the next load on. */
bool saved_filters_recall(struct ui *ui, const struct saved_lists *of,
                          struct records *r, struct records_spec *spec);
/* Ask for a name and keep what r shows. */
void saved_filters_keep(struct ui *ui, const struct saved_lists *of,
                        const struct records *r);

#endif
