/* What is asked of somebody whose step comes after another's (ERR_CHANGED). */
#ifndef TUI_MEANWHILE_H
#define TUI_MEANWHILE_H

#include "db/store/entity.h"
#include "tui/ui.h"

/* Say who did what meanwhile and what it is now (label of its state). offered:
 * it can still be done, and true is to go on all the same; else it is only
 * told. */
bool meanwhile_ask(struct ui *ui, enum entity_kind kind, int64_t id,
                   const char *state, bool offered);

#endif
