/* Going to the list of projects from other screens. */
#ifndef TUI_PROJECT_OPEN_H
#define TUI_PROJECT_OPEN_H

#include "tui/screens.h"

/* What the list shows, as F5 offers it; HOME: what the acting hat begins
 * with. */
enum projects_view {
	PROJECTS_HOME,
	PROJECTS_WORKS, /* being carried out, due first */
	PROJECTS_RED,
	PROJECTS_SOON, /* yellow or red */
	PROJECTS_POOL,
	PROJECTS_PROPOSED, /* to be looked at */
	PROJECTS_CANDIDATES,
	PROJECTS_ALL,
	PROJECTS_MINE, /* whose team the acting person is in */
	PROJECTS_VIEWS
};

/* What screen_projects is opened with; unit and year 0: all. */
static inline int64_t
projects_arg(enum projects_view view, struct unit_id unit, int64_t year)
{
	return year * SCREEN_PAIR + unit.v * SCREEN_UNIT + view;
}

#endif
