/*
 * The filter of the list of projects: one of three lists, views of them,
 * single conditions, filters kept under a name. What is active is always in
 * words.
 */
#ifndef TUI_PROJECT_FILTER_H
#define TUI_PROJECT_FILTER_H

#include "tui/filters.h"
#include "tui/project_open.h"

/* Being carried out, the pool, all: where Left and Right lead. */
enum { PROJECT_LISTS = 3 };
int project_list_at(const struct filtered *r);
/* "[Carried out] Pool  All". In a. */
const char *project_lists_text(struct arena *a, int at);
/* To another list; conditions stay as far as they make sense there. */
void project_list_go(struct filtered *r, int at);

/* What another screen asked for: project_open.h. */
void project_filter_want(struct ui *ui, struct filtered *r, int64_t arg);
/* In words, "" when the whole list is shown. In a. */
const char *project_filter_words(struct ui *ui, const struct filtered *r,
                                 struct arena *a);
/* F5. True: something was chosen, the list begins anew. */
bool project_filter_ask(struct ui *ui, struct filtered *r);

#endif
