/* Bars of ASCII: ########-- */
#ifndef TUI_WIDGET_BAR_H
#define TUI_WIDGET_BAR_H

#include <stdbool.h>

#include "db/base/arena.h"

/* value of max as '#', at least one when value > 0; filled: the rest of
 * columns is '-', else nothing follows. In a. */
const char *bar_text(struct arena *a, long long value, long long max,
                     int columns, bool filled);

#endif
