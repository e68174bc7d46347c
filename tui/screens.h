/* The screens by name, for those that open one another; tui/screens.def
 * lists them. */
#ifndef TUI_SCREENS_H
#define TUI_SCREENS_H

#include "db/ids.h"
#include "tui/screen.h"

#define SCREEN(name) extern const struct screen screen_##name;
#include "tui/screens.def"
#undef SCREEN

/* What screen_activities and screen_duty_requests are opened with: 1 + a
 * state, or one of these, or 0 for all; plus a unit times SCREEN_UNIT, for
 * who sees several. */
enum { ACTIVITIES_WALK_INS = 20, ACTIVITIES_LEAVE = 21, SCREEN_UNIT = 100 };
#define SCREEN_PAIR (INT64_C(1) << 31)

/* What screen_opinion_merge is opened with when both are known. */
static inline int64_t
screen_merge_arg(struct opinion_id goes, struct opinion_id into)
{
	return into.v * SCREEN_PAIR + goes.v;
}

/* The one of that name, as in its struct; NULL: there is none. */
const struct screen *screen_named(const char *name);

#endif
