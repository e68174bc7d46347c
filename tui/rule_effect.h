/* Showing what other points would do, before they are saved. */
#ifndef TUI_RULE_EFFECT_H
#define TUI_RULE_EFFECT_H

#include "db/rule.h"
#include "tui/ui.h"

/* Show this year's scores with entry against the present ones. Errors: as
 * rule_effects. */
int rule_effect_show(struct ui *ui, const struct rule *entry) MUST_CHECK;

#endif
