/* What the files of the filter of opinions share. */
#ifndef TUI_OPINION_FILTER_IN_H
#define TUI_OPINION_FILTER_IN_H

#include "tui/opinion_filter.h"

/* Choose one of one's own, or one to delete; true: it is in r now. */
bool opinion_filter_recall(struct ui *ui, struct opinion_records *r);
/* Ask for a name and keep what r shows. */
void opinion_filter_keep(struct ui *ui, struct opinion_records *r);

#endif
