/*
 * The history at the foot of a record's page: who did what when. The mark
 * stands on entries only for those who may strike them out.
 *
 *	load: err = history_load(ui, &s->history, ENTITY_ACTIVITY, id);
 *	      history_fill(ui, &s->page, &s->history);
 *	keys: {"Delete", N_("Strike out"), PERM_EVENT_STRIKE, ...}
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

/* The newest events about the record. Errors: as event_timeline. */
int history_load(struct ui *ui, struct history *h, enum entity_kind kind,
                 int64_t id) MUST_CHECK;
/* The same of a record that many act on, each for themselves: those that the
 * acting hat may know (event_timeline_own). */
int history_load_own(struct ui *ui, struct history *h, enum entity_kind kind,
                     int64_t id) MUST_CHECK;
/* A heading and the events, oldest first. */
void history_fill(struct ui *ui, struct page *p, const struct history *h);

/* The mark stands on an entry that can be struck out. */
bool history_can_strike(const struct page *p, const struct history *h);
/* Ask for the reason and strike out the entry under the mark, or say which
 * later ones stand on it; reloads the screen. */
void history_strike(struct ui *ui, const struct page *p,
                    const struct history *h);

#endif
