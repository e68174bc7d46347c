/* The history at the foot of a record's page. */
#ifndef TUI_HISTORY_H
#define TUI_HISTORY_H

#include "db/store/entity.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

/* A heading and the newest events about the record, oldest first: when, who,
 * what was done, in which words. Errors: as event_timeline. */
int history_fill(struct ui *ui, struct page *p, enum entity_kind kind,
                 int64_t id) MUST_CHECK;

#endif
