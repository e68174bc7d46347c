/* What the screens of projects say in the same words: lights, money, parts of
 * a hundred. */
#ifndef TUI_PROJECT_WORDS_H
#define TUI_PROJECT_WORDS_H

#include "db/project_plan.h"
#include "tui/term/area.h"
#include "tui/ui.h"

/* "! red", "yellow", "green", "": readable without colours. */
const char *project_light_text(const struct ctx *c, int state, struct day warn,
                               struct day due);
enum theme project_light_role(const struct ctx *c, int state, struct day warn,
                              struct day due);
/* The day until which the next milestone is to be reached; "" none. In a. */
const char *project_due_text(struct ui *ui, struct arena *a, struct day due);
/* "Budget -> 480,000 yuan": what a change asks for. In a. */
const char *project_change_what(struct ui *ui, struct arena *a,
                                const struct project_change *c);
/* "120,000 yuan"; "-" for nothing. In a. */
const char *project_yuan(struct arena *a, int64_t yuan);

#endif
