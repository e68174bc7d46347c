/*
 * One campaign: what it is about, and how far each unit is. The figures of
 * all units are seen by all; what a unit planned and wrote, by itself and
 * the county.
 */
#include "db/campaign.h"
#include "db/base/i18n.h"
#include "db/campaign_unit.h"
#include "db/store/fsm.h"
#include "tui/activity_menu.h"
#include "tui/history.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { ITEM_UNIT = ENTITIES };

struct campaign_screen {
	struct page page;
	struct campaign_id id;
	struct campaign row;
	struct history history;
};

static bool
sees_unit(struct ui *ui, const struct campaign_progress *u)
{
	const struct ctx *c = ui_ctx(ui);

	return c->scope == SCOPE_COUNTY || u->unit.v == c->my_unit;
}

static enum theme
role_of(const struct campaign_progress *u)
{
	if (u->state == CAMPAIGN_UNIT_ISSUED)
		return THEME_SOON;
	return u->state >= CAMPAIGN_UNIT_SUMMED_UP ? THEME_DONE : THEME_NORMAL;
}

static void
put_head(struct page *p)
{
	const struct page_cell cells[] = {
	    {_("Unit"), 14, false, THEME_HEADING},
	    {_("State"), 10, false, THEME_HEADING},
	    {_("Activities"), 10, true, THEME_HEADING},
	    {_("Deputies reached"), 16, true, THEME_HEADING},
	    {_("Opinions"), 8, true, THEME_HEADING},
	    {_("Solved"), 7, true, THEME_HEADING},
	};

	page_cells(p, cells, (int)COUNT(cells));
}

static const char *
of_plan(struct arena *a, int64_t n, int64_t planned)
{
	return planned > 0 ? arena_printf(a, "%lld/%lld", (long long)n,
	                                  (long long)planned)
	                   : arena_printf(a, "%lld", (long long)n);
}

static const char *
reported(struct arena *a, const struct campaign_progress *u, int64_t n)
{
	return u->state >= CAMPAIGN_UNIT_SUMMED_UP
	           ? arena_printf(a, "%lld", (long long)n)
	           : "-";
}

static void
put_unit(struct ui *ui, struct campaign_screen *s,
         const struct campaign_progress *u)
{
	struct arena *a = ui_arena(ui);
	const struct page_cell cells[] = {
	    {u->unit_name, 14, false, THEME_NORMAL},
	    {_(campaign_unit_states[u->state].label), 10, false, role_of(u)},
	    {of_plan(a, u->activities, u->plan_activities), 10, true,
	     THEME_NORMAL},
	    {arena_printf(a, "%lld/%lld", (long long)u->reached,
	                  (long long)u->people),
	     16, true, THEME_NORMAL},
	    {reported(a, u, u->opinions), 8, true, THEME_NORMAL},
	    {reported(a, u, u->solved), 7, true, THEME_NORMAL},
	};

	if (sees_unit(ui, u))
		page_item_cells(&s->page, u->id.v, ITEM_UNIT, cells,
		                (int)COUNT(cells));
	else
		page_cells(&s->page, cells, (int)COUNT(cells));
}

static void
put_total(struct ui *ui, struct campaign_screen *s,
          const struct campaign_progress *rows, int n)
{
	struct campaign_progress all = {.unit_name = _("All units")};
	int summed = 0;
	struct page_cell cells[5];
	struct arena *a = ui_arena(ui);

	for (int i = 0; i < n; i++) {
		all.activities += rows[i].activities;
		all.plan_activities += rows[i].plan_activities;
		all.reached += rows[i].reached;
		all.people += rows[i].people;
		summed += rows[i].state >= CAMPAIGN_UNIT_SUMMED_UP;
	}
	cells[0] = (struct page_cell){all.unit_name, 14, false, THEME_NORMAL};
	cells[1] = (struct page_cell){arena_printf(a, "%d/%d", summed, n), 10,
	                              false, THEME_NORMAL};
	cells[2] =
	    (struct page_cell){of_plan(a, all.activities, all.plan_activities),
	                       10, true, THEME_NORMAL};
	cells[3] = (struct page_cell){arena_printf(a, "%lld/%lld",
	                                           (long long)all.reached,
	                                           (long long)all.people),
	                              16, true, THEME_NORMAL};
	page_cells(&s->page, cells, 4);
}

static void
put_fields(struct ui *ui, struct campaign_screen *s)
{
	const struct campaign *row = &s->row;
	struct arena *a = ui_arena(ui);
	struct page *p = &s->page;

	page_title(p, row->title, _(campaign_states[row->state].label));
	page_pairf(p, _("Number"), "%lld", (long long)row->id.v);
	page_pairf(p, _("Days"), "%s - %s",
	           day_show(a, row->from_on, ui_today(ui)),
	           day_show(a, row->to_on, ui_today(ui)));
	page_pair(p, _("What it is about"), row->text);
	if (*row->goals != '\0')
		page_pair(p, _("Goals"), row->goals);
	if (*row->summary != '\0')
		page_pair(p, _("Closing summary"), row->summary);
	if (*row->reason != '\0')
		page_pair(p, _("Reason"), row->reason);
	page_blank(p);
}

static int
load(struct ui *ui, void *data)
{
	struct campaign_screen *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct campaign_progress *rows;
	int n, err = campaign_get(c, a, s->id, &s->row);

	if (err == OK)
		err = campaign_units(c, a, s->id, &rows, &n);
	if (err == OK)
		err =
		    history_load_own(ui, &s->history, ENTITY_CAMPAIGN, s->id.v);
	if (err != OK)
		return err;
	ui_watch(ui,
	         ENTITY_BIT(CAMPAIGN) | ENTITY_BIT(CAMPAIGN_UNIT) |
	             ENTITY_BIT(PARTICIPANT),
	         0);
	page_begin(&s->page);
	put_fields(ui, s);
	put_head(&s->page);
	for (int i = 0; i < n; i++)
		put_unit(ui, s, &rows[i]);
	put_total(ui, s, rows, n);
	if (c->scope != SCOPE_SELF)
		history_fill(ui, &s->page, &s->history);
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct campaign_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- keys ------------------------------------------------------------- */

static bool
on_unit(struct ui *ui, const void *data)
{
	int kind;

	(void)ui;
	return page_selected(&((const struct campaign_screen *)data)->page,
	                     NULL, &kind) &&
	       kind == ITEM_UNIT;
}

static void
key_open(struct ui *ui, void *data)
{
	struct campaign_screen *s = data;
	int64_t id;

	if (page_selected(&s->page, &id, NULL))
		ui_push(ui, &screen_campaign_unit, id);
}

static bool
can(const struct campaign_screen *s, enum campaign_step step)
{
	return fsm_edge(&entity_campaign, s->row.state, step) != NULL;
}

static bool
can_close(struct ui *ui, const void *data)
{
	(void)ui;
	return can(data, CAMPAIGN_DO_CLOSE);
}

static bool
can_reopen(struct ui *ui, const void *data)
{
	(void)ui;
	return can(data, CAMPAIGN_DO_REOPEN);
}

static void
take(struct ui *ui, struct campaign_screen *s, enum campaign_step step,
     const char *text, const char *done)
{
	if (text == NULL)
		return;
	if (activity_menu_fault(
		ui, campaign_fire(ui_ctx(ui), s->id, step, text)) == OK)
		ui_say(ui, "%s", done);
	ui_reload(ui);
}

static void
key_edit(struct ui *ui, void *data)
{
	struct campaign_screen *s = data;

	ui_push(ui, &screen_campaign_form, s->id.v);
}

static void
key_close(struct ui *ui, void *data)
{
	take(ui, data, CAMPAIGN_DO_CLOSE,
	     ui_prompt(ui, ui_arena(ui), _("Closing summary"), "",
	               CAMPAIGN_TEXT_MAX),
	     _("The campaign is closed."));
}

static void
key_reopen(struct ui *ui, void *data)
{
	take(ui, data, CAMPAIGN_DO_REOPEN,
	     activity_menu_reason(ui, _("Reason for reopening")),
	     _("The campaign is issued again."));
}

static void
key_cancel(struct ui *ui, void *data)
{
	take(ui, data, CAMPAIGN_DO_CANCEL,
	     activity_menu_reason(ui, _("Reason for cancelling")),
	     _("The campaign is cancelled."));
}

static bool
can_strike(struct ui *ui, const void *data)
{
	const struct campaign_screen *s = data;

	(void)ui;
	return history_can_strike(&s->page, &s->history);
}

static void
key_strike(struct ui *ui, void *data)
{
	struct campaign_screen *s = data;

	history_strike(ui, &s->page, &s->history);
}

/* clang-format off */
static const struct key keys[] = {
	{"Up/Down", N_("Scroll"), PERM_NONE, NULL, NULL, NULL},
	{"Enter", N_("Unit"), PERM_NONE, key_open, on_unit,
	 N_("What the unit under the mark planned, its activities and summary.")},
	{KEY_ACTION, N_("Change the campaign"), PERM_CAMPAIGN_WRITE, key_edit, can_close, NULL},
	{KEY_ACTION, N_("Close the campaign"), PERM_CAMPAIGN_WRITE, key_close, can_close,
	 N_("With the county's summary; units that have not summed up stay as they are.")},
	{KEY_ACTION, N_("Reopen the campaign"), PERM_CAMPAIGN_WRITE, key_reopen, can_reopen, NULL},
	{KEY_ACTION, N_("Cancel the campaign"), PERM_CAMPAIGN_WRITE, key_cancel, can_close, NULL},
	{"Delete", N_("Strike out"), PERM_EVENT_STRIKE, key_strike, can_strike,
	 N_("Strike out the entry of the history under the mark, with a reason; what followed from it no longer counts.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_campaign = {
    .name = "campaign",
    .title = N_("Campaign"),
    .about = N_(
	"One campaign, unit by unit: activities of those planned, deputies "
	"reached of those the unit has, and what it reported in the end.\n"
	"A unit's part is to plan, planned, under way with its first activity, "
	"summed up, and closed when the county accepts the summary. The "
	"figures move with each sign-in."),
    .needs = PERM_CAMPAIGN_READ,
    .size = sizeof(struct campaign_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
