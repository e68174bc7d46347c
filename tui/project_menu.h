/*
 * What may be done with a project: the F2 menu that its list and its page
 * share. The entries follow from the tables of db/project.c and
 * db/project_act.c and from the acting hat; nothing is decided here.
 */
#ifndef TUI_PROJECT_MENU_H
#define TUI_PROJECT_MENU_H

#include "db/project_plan.h"
#include "tui/screens.h"

/* What screen_project_step is opened with, and screen_project_change. */
static inline int64_t
project_arg(int what, int64_t id)
{
	return (int64_t)what * SCREEN_PAIR + id;
}

/* Offer what is allowed now, numbered; ask for what the chosen one wants and
 * do it. True: extra (translated; NULL: none), the last entry, was chosen. */
bool project_menu(struct ui *ui, struct project_id id, const char *extra);

/* After ERR_CHANGED: tell who did what meanwhile, and ask whether to go on
 * all the same. True: yes, with the version that stands now; false: no, or
 * step can no longer be taken. step PROJECT_STEPS: what is no step. */
bool project_changed(struct ui *ui, struct project_id id,
                     enum project_step step, int64_t *version);

/* The change that is asked and not decided; false: none. In ui_arena. */
bool project_asked_change(struct ui *ui, struct project_id id,
                          struct project_change *out);

#endif
