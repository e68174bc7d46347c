/* What people do with their second factor; the pages before the workbench
 * and those of the settings share these. */
#ifndef TUI_FACTOR_STEPS_H
#define TUI_FACTOR_STEPS_H

#include "db/ids.h"
#include "tui/ui.h"

enum { FACTOR_TEXT_MAX = 20 }; /* characters of a code, blanks and all */

/* A code, as typed: blanks do not matter. */
int factor_step_show(struct ui *ui, const char *code) MUST_CHECK;
/* Errors: ERR_INVALID (code is not of secret), those of the host. After OK
 * the recovery codes were shown. */
int factor_step_enrol(struct ui *ui, const char *secret, const char *code,
                      const char *present) MUST_CHECK;
/* Why a code was not taken. */
const char *factor_step_refusal(int err);

/* With a question for a code; they say what came of it. */
void factor_step_renew(struct ui *ui);
void factor_step_drop(struct ui *ui);

/* Somebody else's, for who has lost it. */
void factor_step_reset(struct ui *ui, struct account_id id, const char *name);

#endif
