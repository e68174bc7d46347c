/*
 * Names of terminals, as clients say them: checked, since they become names
 * of files, and replaced where there is no such file.
 */
#ifndef TUI_TERM_FAMILIES_H
#define TUI_TERM_FAMILIES_H

#include <stdbool.h>

/* May name be looked up as a file of a terminal description? */
bool term_is_name(const char *name);
/* The description to try for a terminal of that name: its own, unless that
 * cannot be or would be drawn wrongly. */
const char *term_description(const char *name);
/* The one to use when that is not installed: of the terminal's family, else
 * without colours. In ncurses-base. */
const char *term_stand_in(const char *name);

#endif
