/*
 * Choosing whom to invite in a form: deputies of a level, of a group, single
 * persons by name, pinyin or initials. The callbacks of a `many` row, and
 * what the chosen values mean.
 */
#ifndef TUI_INVITE_PICK_H
#define TUI_INVITE_PICK_H

#include "db/participant.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

/* Choices matching text among the deputies of station: levels and groups
 * first, then people. As form_row.find. */
int invite_pick_find(struct ui *ui, struct station_id station, struct arena *a,
                     const char *text, struct form_option *out, int max);

/* What chosen values mean; arrays in a. */
void invite_pick_read(struct arena *a, const int64_t *values, int n,
                      struct invite *out);

#endif
