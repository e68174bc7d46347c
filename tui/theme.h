/*
 * Roles that text on the screen plays; what each looks like is a row of
 * theme.def. Colours are never named anywhere else.
 */
#ifndef TUI_THEME_H
#define TUI_THEME_H

enum theme {
#define THEME(role, colour, attributes, mono) THEME_##role,
#include "tui/theme.def"
#undef THEME
	THEMES
};

enum theme_colour { THEME_DEFAULT, THEME_RED, THEME_YELLOW, THEME_GREEN };

/* Attributes are bits. */
enum {
	THEME_PLAIN = 0,
	THEME_BOLD = 1,
	THEME_UNDERLINE = 2,
	THEME_REVERSE = 4
};

struct theme_look {
	const char *name; /* of the role */
	enum theme_colour colour;
	int attributes, mono;
};

const struct theme_look *theme_look(enum theme role);

#endif
