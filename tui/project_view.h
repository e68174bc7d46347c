/* The page of a project, part by part: what it is, the plan, planned against
 * done month by month, money, reports, changes, who supervises it, and what
 * happened. */
#ifndef TUI_PROJECT_VIEW_H
#define TUI_PROJECT_VIEW_H

#include "db/ballot.h"
#include "db/project_plan.h"
#include "db/project_task.h"
#include "tui/history.h"

struct project_view {
	struct project_page page;
	struct project_milestone *milestones;
	int milestone_count;
	struct project_month *months;
	int month_count;
	struct project_report *reports;
	int report_count;
	struct project_change *changes;
	int change_count;
	struct project_said *said;
	int said_count;
	struct ballot_of_project *ballots;
	int ballot_count;
	struct project_visit *visits;
	int visit_count;
	struct history history;
};

/* Read all of it; in ui_arena. Errors: as project_page_get. */
int project_view_load(struct ui *ui, struct project_id id,
                      struct project_view *v) MUST_CHECK;
/* Items of ENTITY_OPINION, ENTITY_PROJECT (what it was merged into) and
 * ENTITY_PROJECT_TASK (its tasks), ENTITY_BALLOT (whose page they may see),
 * ENTITY_ACTIVITY (a visit); of ENTITY_EVENT for who may strike out. */
void project_view_fill(struct ui *ui, struct page *p,
                       const struct project_view *v);

#endif
