/* The screens by name, for those that open one another; tui/screens.def
 * lists them. */
#ifndef TUI_SCREENS_H
#define TUI_SCREENS_H

#include "tui/screen.h"

#define SCREEN(name) extern const struct screen screen_##name;
#include "tui/screens.def"
#undef SCREEN

/* The one of that name, as in its struct; NULL: there is none. */
const struct screen *screen_named(const char *name);

#endif
