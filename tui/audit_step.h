/* Verifying the audit from a screen. */
#ifndef TUI_AUDIT_STEP_H
#define TUI_AUDIT_STEP_H

#include "tui/ui.h"

/* The whole chain, with a bar and Esc to stop; says what came of it. */
void audit_step_verify(struct ui *ui);

#endif
