/* The county's steps of a consultation: ask what each wants, take it, say
 * what came of it; the screen on top loads again. */
#ifndef TUI_CONSULTATION_STEPS_H
#define TUI_CONSULTATION_STEPS_H

#include "db/consultation.h"
#include "tui/ui.h"

void consultation_step_ask(struct ui *ui, const struct consultation *row,
                           enum consultation_step step);

#endif
