/*
 * The filter of the list of opinions: the views that everybody has, one's
 * own kept under a name, and single conditions. All are filters of
 * opinion_list in a struct records; what is active is always in words.
 */
#ifndef TUI_OPINION_FILTER_H
#define TUI_OPINION_FILTER_H

#include "tui/records.h"
#include "tui/ui.h"

/* What the acting hat begins with: what waits for it, else all. */
void opinion_filter_home(struct ui *ui, struct records *r);
/* In words, "" when all is shown. In a. */
const char *opinion_filter_words(struct ui *ui, const struct records *r,
                                 struct arena *a);
void opinion_filter_clear(struct records *r);
/* F5. True: something was chosen, the list begins anew. */
bool opinion_filter_ask(struct ui *ui, struct records *r);

#endif
