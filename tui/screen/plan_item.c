/* One item of the yearly plan: what, by when, the activities that count for
 * it, and its history. */
#include "db/plan_item.h"

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/store/event.h"
#include "db/store/fsm.h"
#include "tui/activity_menu.h"
#include "tui/history.h"
#include "tui/screens.h"
#include "tui/station_pick.h"
#include "tui/widget/page.h"

struct plan_item_screen {
	struct page page;
	struct plan_item row;
	struct history history;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct plan_item_screen *s = data;

	s->row.id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static void
fill_activities(struct ui *ui, struct page *p, const struct plan_activity *rows,
                int n)
{
	page_blank(p);
	page_heading(p, _("Activities that count for it"));
	if (n == 0)
		page_text(p, THEME_DIM,
		          _("None yet. F2 adds one by its number."));
	for (int i = 0; i < n; i++) {
		const struct page_cell cells[] = {
		    {instant_show(ui_arena(ui), rows[i].starts_at,
		                  ui_today(ui)),
		     16, false, THEME_NORMAL},
		    {_(activity_states[rows[i].state].label), 12, false,
		     THEME_NORMAL},
		    {rows[i].title, 0, false, THEME_NORMAL},
		};

		page_item_cells(p, rows[i].id.v, ENTITY_ACTIVITY, cells, 3);
	}
}

static int
load(struct ui *ui, void *data)
{
	struct plan_item_screen *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct plan_activity *rows;
	int n, err = plan_item_get(c, a, s->row.id, &s->row);

	if (err == OK)
		err = plan_item_activities(c, a, s->row.id, &rows, &n);
	if (err == OK)
		err = history_load(ui, &s->history, ENTITY_PLAN_ITEM,
		                   s->row.id.v);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(PLAN_ITEM), s->row.unit.v);
	page_begin(&s->page);
	page_title(&s->page, s->row.title, _(plan_states[s->row.state].label));
	page_pair(&s->page, _("Due in"), month_text(a, s->row.month));
	page_pair(&s->page, _("Responsible"), s->row.office);
	if (s->row.detail[0] != '\0')
		page_pair(&s->page, _("Details"), s->row.detail);
	if (s->row.reason[0] != '\0')
		page_pair(&s->page, _("Reason"), s->row.reason);
	fill_activities(ui, &s->page, rows, n);
	history_fill(ui, &s->page, &s->history);
	return OK;
}

/* --- keys -------------------------------------------------------------- */

static bool
when_item(struct ui *ui, const void *data)
{
	int kind;

	(void)ui;
	return page_selected(&((const struct plan_item_screen *)data)->page,
	                     NULL, &kind) &&
	       kind == ENTITY_ACTIVITY;
}

static void
key_open(struct ui *ui, void *data)
{
	int64_t id;

	if (page_selected(&((struct plan_item_screen *)data)->page, &id, NULL))
		ui_push(ui, &screen_activity, id);
}

static bool
is_own(struct ui *ui, const void *data)
{
	return ((const struct plan_item_screen *)data)->row.unit.v ==
	       ui_ctx(ui)->my_unit;
}

static bool
may_take(struct ui *ui, const void *data, enum plan_step step)
{
	const struct plan_item_screen *s = data;

	return is_own(ui, data) &&
	       fsm_edge(&entity_plan_item, s->row.state, step) != NULL;
}

static void
take(struct ui *ui, void *data, enum plan_step step)
{
	struct plan_item_screen *s = data;
	const struct edge *edge =
	    fsm_edge(&entity_plan_item, s->row.state, step);
	const char *reason = "";

	if (edge != NULL && edge->wants_reason)
		reason = activity_menu_reason(ui, _("Reason"));
	if (reason == NULL)
		return;
	if (activity_menu_fault(
		ui, plan_item_fire(ui_ctx(ui), s->row.id, step, reason)) == OK)
		ui_say(ui, "%s", _("Noted."));
	ui_reload(ui);
}

#define STEP(name, step)                                                       \
	static bool when_##name(struct ui *ui, const void *data)               \
	{                                                                      \
		return may_take(ui, data, step);                               \
	}                                                                      \
	static void key_##name(struct ui *ui, void *data)                      \
	{                                                                      \
		take(ui, data, step);                                          \
	}

STEP(start, PLAN_DO_START)
STEP(finish, PLAN_DO_FINISH)
STEP(drop, PLAN_DO_DROP)
STEP(reopen, PLAN_DO_REOPEN)

static bool
when_editable(struct ui *ui, const void *data)
{
	return is_own(ui, data) &&
	       ((const struct plan_item_screen *)data)->row.state < PLAN_DONE;
}

static void
key_edit(struct ui *ui, void *data)
{
	ui_push(ui, &screen_plan_form,
	        ((struct plan_item_screen *)data)->row.id.v);
}

static void
key_attach(struct ui *ui, void *data)
{
	struct plan_item_screen *s = data;
	const char *text =
	    ui_prompt(ui, ui_arena(ui), _("Number of the activity"), "", 10);
	struct activity_id id = {0};
	int err;

	if (text == NULL || *text == '\0')
		return;
	for (; *text >= '0' && *text <= '9'; text++)
		id.v = id.v * 10 + (*text - '0');
	err = *text != '\0' ? ERR_NOT_FOUND
	                    : activity_attach(ui_ctx(ui), id, ENTITY_PLAN_ITEM,
	                                      s->row.id.v);
	if (err == ERR_EXISTS)
		ui_say(ui, "%s", _("It counts for this item already."));
	else if (ui_error(ui, err) == OK)
		ui_say(ui, "%s", _("The activity counts for this item."));
	ui_reload(ui);
}

static bool
can_strike(struct ui *ui, const void *data)
{
	const struct plan_item_screen *s = data;

	(void)ui;
	return history_can_strike(&s->page, &s->history);
}

static void
key_strike(struct ui *ui, void *data)
{
	struct plan_item_screen *s = data;

	history_strike(ui, &s->page, &s->history);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"), PERM_NONE, key_open, when_item,
	 N_("Open the activity under the mark.")},
	{KEY_ACTION, N_("Begin"), PERM_STATION_WRITE, key_start, when_start, NULL},
	{KEY_ACTION, N_("Report it done"), PERM_STATION_WRITE, key_finish, when_finish, NULL},
	{KEY_ACTION, N_("Count an activity for it"), PERM_ACTIVITY_WRITE, key_attach, when_editable, NULL},
	{KEY_ACTION, N_("Change"), PERM_STATION_WRITE, key_edit, when_editable, NULL},
	{KEY_ACTION, N_("Drop it"), PERM_STATION_WRITE, key_drop, when_drop, NULL},
	{KEY_ACTION, N_("Take it up again"), PERM_STATION_WRITE, key_reopen, when_reopen, NULL},
	{"Delete", N_("Strike out"), PERM_EVENT_STRIKE, key_strike, can_strike,
	 N_("Strike out the entry of the history under the mark, with a reason; what followed from it no longer counts.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_plan_item = {
    .name = "plan-item",
    .title = N_("Planned work"),
    .about = N_("One item of the yearly plan.\n"
                "Planned -> in progress -> done; or dropped, with a reason; "
                "both may be taken up again. Activities that count for it "
                "are named by their number."),
    .needs = PERM_STATION_READ,
    .size = sizeof(struct plan_item_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
