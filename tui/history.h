/*
 * The history of a record on its page: what happened, who did it, newest
 * last; for those who may, an entry under the mark can be struck out.
 *
 *	load: err = history_load(ui, &s->history, ENTITY_ACTIVITY, id);
 *	      history_put(ui, &s->page, &s->history);
 */
#ifndef TUI_HISTORY_H
#define TUI_HISTORY_H

#include "db/store/event.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

struct history {
	struct event_line *events; /* in ui_arena */
	int n;
};

/* The newest entries about a record that the caller has read. */
int history_load(struct ui *ui, struct history *h, enum entity_kind kind,
                 int64_t id) MUST_CHECK;
/* Put them into the page under their heading; the mark stands on entries
 * only for those who may strike them out. */
void history_put(struct ui *ui, struct page *page, const struct history *h);
/* The entry under the mark that can be struck out by the acting person, or
 * NULL. */
const struct event_line *history_marked(struct ui *ui, const struct page *page,
                                        const struct history *h);
/* Ask for the reason, strike it out and say what came of it. */
void history_strike(struct ui *ui, const struct event_line *e);

#endif
