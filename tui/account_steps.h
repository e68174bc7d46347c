/* What an administrator does with one account; the list of accounts and the
 * page of one share these. Each asks, acts and says what came of it. */
#ifndef TUI_ACCOUNT_STEPS_H
#define TUI_ACCOUNT_STEPS_H

#include <stdbool.h>

#include "db/ids.h"
#include "tui/ui.h"

/* Set a temporary password of our making and show it once; it has to be
 * changed at the next sign-in. ask: first
 * ask whether it is meant. */
void account_step_reset(struct ui *ui, struct account_id id, const char *name,
                        bool ask);
void account_step_disable(struct ui *ui, struct account_id id,
                          const char *name);
void account_step_enable(struct ui *ui, struct account_id id, const char *name);

#endif
