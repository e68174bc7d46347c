/* A table of statistics on a page. */
#ifndef TUI_STATS_PAGE_H
#define TUI_STATS_PAGE_H

#include "db/opinion_stats.h"
#include "tui/widget/page.h"

/* Heading, what all rows are together, and an item a row, whose id is its
 * place in t->rows; with bars where there is room for them. Texts are made
 * in a. */
void stats_page(struct page *p, struct arena *a, const char *heading,
                const struct stats_table *t);

#endif
