/* The table of looks, read from theme.def. */
#include "tui/theme.h"

static const struct theme_look looks[] = {
#define THEME(role, colour, attributes, mono)                                  \
	[THEME_##                                                              \
	    role] = {#role, THEME_##colour, THEME_##attributes, THEME_##mono},
#include "tui/theme.def"
#undef THEME
};

const struct theme_look *
theme_look(enum theme role)
{
	return &looks[role];
}
