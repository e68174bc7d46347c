/*
 * The filter of the list of opinions: the views that everybody has, one's
 * own kept under a name, and single conditions. A view is one of the three
 * lists of db/opinion.h with at most one filter; what is active is always in
 * words.
 */
#ifndef TUI_OPINION_FILTER_H
#define TUI_OPINION_FILTER_H

#include "tui/filters.h"
#include "tui/opinion_open.h"
#include "tui/ui.h"

/* What the acting hat begins with: what waits for it, else all. */
void opinion_filter_home(struct ui *ui, struct filtered *r);
/* What another screen asked for. */
void opinion_filter_want(struct filtered *r,
                         const struct opinion_wanted *wanted);
/* In words, "" when all is shown. In a. */
const char *opinion_filter_words(struct ui *ui, const struct filtered *r,
                                 struct arena *a);
void opinion_filter_clear(struct filtered *r);
/* F5. True: something was chosen, the list begins anew. */
bool opinion_filter_ask(struct ui *ui, struct filtered *r);

#endif
