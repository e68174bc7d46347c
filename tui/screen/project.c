/*
 * One livelihood project: what it is, its plan and how far it is, month by
 * month, what it costs, who supervises it, and what happened. F2 has what may
 * be done now.
 */
#include "db/base/i18n.h"
#include "tui/project_menu.h"
#include "tui/project_view.h"
#include "tui/task_open.h"

struct project_screen {
	struct page page;
	struct project_id id;
	struct project_view view;
};

static int
load(struct ui *ui, void *data)
{
	struct project_screen *s = data;
	int err = project_view_load(ui, s->id, &s->view);

	if (err != OK)
		return err;
	ui_watch(ui,
	         ENTITY_BIT(PROJECT) | ENTITY_BIT(PROJECT_REPORT) |
	             ENTITY_BIT(PROJECT_CHANGE) | ENTITY_BIT(PROJECT_MEMBER) |
	             ENTITY_BIT(PROJECT_TASK) | ENTITY_BIT(PROJECT_RATING) |
	             ENTITY_BIT(PROJECT_NOTE) | ENTITY_BIT(BALLOT) |
	             ENTITY_BIT(ACTIVITY) | ENTITY_BIT(PARTICIPANT),
	         s->view.page.row.unit.v);
	page_begin(&s->page);
	project_view_fill(ui, &s->page, &s->view);
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct project_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- keys ------------------------------------------------------------- */

static bool
can_strike(struct ui *ui, const void *data)
{
	const struct project_screen *s = data;

	(void)ui;
	return history_can_strike(&s->page, &s->view.history);
}

static void
key_strike(struct ui *ui, void *data)
{
	struct project_screen *s = data;

	history_strike(ui, &s->page, &s->view.history);
}

static void
key_menu(struct ui *ui, void *data)
{
	struct project_screen *s = data;

	if (project_menu(ui, s->id,
	                 can_strike(ui, s)
	                     ? _("Strike out the entry under the mark")
	                     : NULL))
		key_strike(ui, s);
}

static bool
leads_on(struct ui *ui, const void *data)
{
	int64_t id;
	int kind;

	(void)ui;
	return page_selected(&((const struct project_screen *)data)->page, &id,
	                     &kind) &&
	       kind != ENTITY_EVENT;
}

static void
key_open(struct ui *ui, void *data)
{
	int64_t id;
	int kind;

	if (!page_selected(&((struct project_screen *)data)->page, &id, &kind))
		return;
	if (kind == ENTITY_OPINION)
		ui_push(ui, &screen_opinion, id);
	else if (kind == ENTITY_PROJECT)
		ui_push(ui, &screen_project, id);
	else if (kind == ENTITY_PROJECT_TASK)
		task_list_open(ui, (struct project_id){id});
	else if (kind == ENTITY_BALLOT)
		ui_push(ui, &screen_ballot, id);
	else if (kind == ENTITY_ACTIVITY)
		ui_push(ui, &screen_activity, id);
}

/* clang-format off */
static const struct key keys[] = {
	{"Up/Down", N_("Scroll"), PERM_NONE, NULL, NULL, NULL},
	{"Enter", N_("Open"), PERM_NONE, key_open, leads_on,
	 N_("What the mark stands on: the opinion it came from, what it goes with, its ballot, its opinions and findings, a visit.")},
	{"F2",    N_("Actions"), PERM_NONE, key_menu, NULL,
	 N_("The steps that are possible now, reports, changes, visits, team, rating.")},
	{"Delete", N_("Strike out"), PERM_EVENT_STRIKE, key_strike, can_strike,
	 N_("Strike out the entry of the history under the mark, with a reason; what followed from it no longer counts.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_project = {
    .name = "project",
    .title = N_("Livelihood project"),
    .about = N_(
	"One project from the proposal to the rated result.\n"
	"Proposed -> in the pool -> shortlisted -> candidate -> on the ballot "
	"-> selected -> planned -> under way -> reported done -> inspected -> "
	"rated -> archived.\n"
	"Planned: what the milestones up to the end of a month are worth "
	"together; done: what the report of that month says. The light follows "
	"the next milestone that is not reached: green, yellow when it is "
	"near, ! red when its day is over.\n"
	"A change of scope, budget or time, and stopping, is asked for by the "
	"lead unit or the unit's staff and decided by somebody else."),
    .needs = PERM_PROJECT_READ,
    .size = sizeof(struct project_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
