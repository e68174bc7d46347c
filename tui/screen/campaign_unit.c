/*
 * A campaign in one unit: its plan, its activities, whom it reached, its
 * summary, and what happened.
 */
#include "db/campaign_unit.h"

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/campaign.h"
#include "tui/activity_menu.h"
#include "tui/history.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { ACTIVITIES_MAX = 60, CANDIDATES_MAX = 30, BAR = 20 };

struct campaign_unit_screen {
	struct page page;
	struct campaign_unit_id id;
	struct campaign_unit row;
	struct campaign_progress at;
	struct history history;
};

/* --- drawing ---------------------------------------------------------- */

static void
put_figures(struct ui *ui, struct campaign_unit_screen *s)
{
	struct arena *a = ui_arena(ui);
	const struct campaign_progress *at = &s->at;
	struct page *p = &s->page;

	page_pairf(p, _("Unit"), "%s", at->unit_name);
	page_pairf(p, _("Days"), "%s - %s",
	           day_show(a, at->from_on, ui_today(ui)),
	           day_show(a, at->to_on, ui_today(ui)));
	if (at->state == CAMPAIGN_UNIT_ISSUED) {
		page_text(p, THEME_SOON, _("Not planned yet."));
	} else {
		page_pair(p, _("Plan"), s->row.plan);
		page_bar(p, _("Activities"),
		         arena_printf(a, "%lld/%lld", (long long)at->activities,
		                      (long long)at->plan_activities),
		         at->activities, at->plan_activities, BAR);
		page_bar(p, _("Deputies to reach"),
		         arena_printf(a, "%lld/%lld", (long long)at->reached,
		                      (long long)at->plan_deputies),
		         at->reached, at->plan_deputies, BAR);
	}
	page_pairf(p, _("Deputies reached"),
	           _("%lld of %lld in the unit, %lld sign-ins"),
	           (long long)at->reached, (long long)at->people,
	           (long long)at->attended);
	if (at->state >= CAMPAIGN_UNIT_SUMMED_UP) {
		page_pair(p, _("Closing summary"), s->row.summary);
		page_pairf(p, _("Opinions gathered"), "%lld",
		           (long long)at->opinions);
		page_pairf(p, _("Problems solved"), "%lld",
		           (long long)at->solved);
	}
	if (*s->row.reason != '\0')
		page_pair(p, _("Sent back"), s->row.reason);
}

static void
put_activities(struct ui *ui, struct campaign_unit_screen *s,
               const struct campaign_activity *rows, int n)
{
	struct arena *a = ui_arena(ui);
	int title = s->page.widget.columns - 50;

	title = title < 12 ? 12 : title > 40 ? 40 : title;
	page_blank(&s->page);
	page_heading(&s->page, _("Activities"));
	if (n == 0)
		page_text(&s->page, THEME_DIM,
		          _("None attached yet. F4 prepares one for this "
		            "campaign, F2 attaches one that is there."));
	for (int i = 0; i < n; i++) {
		const struct page_cell cells[] = {
		    {instant_show(a, rows[i].starts_at, ui_today(ui)), 16,
		     false, THEME_NORMAL},
		    {rows[i].title, title, false, THEME_NORMAL},
		    {arena_printf(a, "%lld/%lld", (long long)rows[i].present,
		                  (long long)rows[i].total),
		     7, true, THEME_NORMAL},
		    {_(activity_states[rows[i].state].label), 10, false,
		     THEME_NORMAL},
		    {rows[i].venue, 12, false, THEME_DIM},
		};

		page_item_cells(&s->page, rows[i].id.v, ENTITY_ACTIVITY, cells,
		                (int)COUNT(cells));
	}
}

static int
load(struct ui *ui, void *data)
{
	struct campaign_unit_screen *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct campaign_activity *rows;
	int n, err = campaign_unit_get(c, a, s->id, &s->row);

	if (err == OK)
		err = campaign_progress_get(c, a, s->id, &s->at);
	if (err == OK)
		err =
		    campaign_activities(c, a, s->id, ACTIVITIES_MAX, &rows, &n);
	if (err == OK)
		err = history_load_own(ui, &s->history, ENTITY_CAMPAIGN_UNIT,
		                       s->id.v);
	if (err != OK)
		return err;
	ui_watch(ui,
	         ENTITY_BIT(CAMPAIGN_UNIT) | ENTITY_BIT(ACTIVITY) |
	             ENTITY_BIT(PARTICIPANT),
	         s->row.unit.v);
	page_begin(&s->page);
	page_title(&s->page, s->at.title,
	           _(campaign_unit_states[s->row.state].label));
	put_figures(ui, s);
	put_activities(ui, s, rows, n);
	if (c->scope != SCOPE_SELF)
		history_fill(ui, &s->page, &s->history);
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct campaign_unit_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- what is possible now --------------------------------------------- */

static bool
is_running(const struct campaign_unit_screen *s)
{
	return s->at.campaign_state == CAMPAIGN_ISSUED;
}

static bool
can_plan(struct ui *ui, const void *data)
{
	const struct campaign_unit_screen *s = data;

	(void)ui;
	return is_running(s) && s->row.state <= CAMPAIGN_UNIT_UNDER_WAY;
}

static bool
can_attach(struct ui *ui, const void *data)
{
	const struct campaign_unit_screen *s = data;

	(void)ui;
	return is_running(s) && (s->row.state == CAMPAIGN_UNIT_PLANNED ||
	                         s->row.state == CAMPAIGN_UNIT_UNDER_WAY);
}

static bool
on_activity(struct ui *ui, const void *data)
{
	int kind;

	(void)ui;
	return page_selected(&((const struct campaign_unit_screen *)data)->page,
	                     NULL, &kind) &&
	       kind == ENTITY_ACTIVITY;
}

static bool
can_detach(struct ui *ui, const void *data)
{
	return can_attach(ui, data) && on_activity(ui, data);
}

static bool
can_sum_up(struct ui *ui, const void *data)
{
	const struct campaign_unit_screen *s = data;

	(void)ui;
	return is_running(s) && (s->row.state == CAMPAIGN_UNIT_UNDER_WAY ||
	                         s->row.state == CAMPAIGN_UNIT_SUMMED_UP);
}

static bool
can_answer(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct campaign_unit_screen *)data)->row.state ==
	       CAMPAIGN_UNIT_SUMMED_UP;
}

static bool
can_strike(struct ui *ui, const void *data)
{
	const struct campaign_unit_screen *s = data;

	(void)ui;
	return history_can_strike(&s->page, &s->history);
}

/* --- keys ------------------------------------------------------------- */

static void
key_open(struct ui *ui, void *data)
{
	struct campaign_unit_screen *s = data;
	int64_t id;

	if (page_selected(&s->page, &id, NULL))
		ui_push(ui, &screen_activity, id);
}

static void
key_people(struct ui *ui, void *data)
{
	ui_push(ui, &screen_campaign_people,
	        ((struct campaign_unit_screen *)data)->id.v);
}

static void
key_plan(struct ui *ui, void *data)
{
	ui_push(ui, &screen_campaign_plan,
	        ((struct campaign_unit_screen *)data)->id.v);
}

static void
key_sum_up(struct ui *ui, void *data)
{
	ui_push(ui, &screen_campaign_summary,
	        ((struct campaign_unit_screen *)data)->id.v);
}

/* The form of a new activity takes a campaign as its negative. */
static void
key_new(struct ui *ui, void *data)
{
	ui_push(ui, &screen_activity_form,
	        -((struct campaign_unit_screen *)data)->id.v);
}

static void
say(struct ui *ui, int err, const char *done)
{
	if (activity_menu_fault(ui, err) == OK)
		ui_say(ui, "%s", done);
	ui_reload(ui);
}

static void
key_attach(struct ui *ui, void *data)
{
	struct campaign_unit_screen *s = data;
	struct arena *a = ui_arena(ui);
	struct campaign_activity *rows;
	const char *labels[CANDIDATES_MAX];
	int n, chosen;

	if (ui_error(ui, campaign_candidates(ui_ctx(ui), a, s->id,
	                                     CANDIDATES_MAX, &rows, &n)) != OK)
		return;
	if (n == 0) {
		ui_say(ui, "%s",
		       _("There is no other activity within these days."));
		return;
	}
	for (int i = 0; i < n; i++)
		labels[i] = arena_printf(
		    a, "%s  %s",
		    instant_show(a, rows[i].starts_at, ui_today(ui)),
		    rows[i].title);
	chosen = ui_menu(ui, _("Attach an activity"), labels, n);
	if (chosen >= 0)
		say(ui, campaign_attach(ui_ctx(ui), s->id, rows[chosen].id),
		    _("Attached: it counts for the campaign."));
}

static void
key_detach(struct ui *ui, void *data)
{
	struct campaign_unit_screen *s = data;
	int64_t id;

	if (page_selected(&s->page, &id, NULL) &&
	    ui_confirm(ui, _("Take the activity off this campaign? It stays, "
	                     "and no longer counts here.")))
		say(ui,
		    campaign_detach(ui_ctx(ui), s->id,
		                    (struct activity_id){id}),
		    _("Taken off the campaign."));
}

static void
key_accept(struct ui *ui, void *data)
{
	struct campaign_unit_screen *s = data;

	if (ui_confirm(ui, _("Accept the unit's summary?")))
		say(ui, campaign_answer(ui_ctx(ui), s->id, true, ""),
		    _("The summary is accepted."));
}

static void
key_return(struct ui *ui, void *data)
{
	struct campaign_unit_screen *s = data;
	const char *reason =
	    activity_menu_reason(ui, _("Reason for sending it back"));

	if (reason != NULL)
		say(ui, campaign_answer(ui_ctx(ui), s->id, false, reason),
		    _("Sent back to the unit."));
}

static void
key_strike(struct ui *ui, void *data)
{
	struct campaign_unit_screen *s = data;

	history_strike(ui, &s->page, &s->history);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"), PERM_NONE, key_open, on_activity,
	 N_("The activity under the mark.")},
	{"F3", N_("Coverage"), PERM_DUTY_CHECK, key_people, NULL,
	 N_("The unit's deputies: who took part how often, and who did not yet.")},
	{"F4", N_("New activity"), PERM_ACTIVITY_WRITE, key_new, can_attach,
	 N_("Prepare an activity that counts for this campaign.")},
	{KEY_ACTION, N_("Plan"), PERM_CAMPAIGN_PLAN, key_plan, can_plan, NULL},
	{KEY_ACTION, N_("Attach an activity"), PERM_ACTIVITY_WRITE, key_attach, can_attach, NULL},
	{KEY_ACTION, N_("Take the activity off"), PERM_ACTIVITY_WRITE, key_detach, can_detach, NULL},
	{KEY_ACTION, N_("Sum up"), PERM_CAMPAIGN_PLAN, key_sum_up, can_sum_up, NULL},
	{KEY_ACTION, N_("Accept the summary"), PERM_CAMPAIGN_WRITE, key_accept, can_answer, NULL},
	{KEY_ACTION, N_("Send the summary back"), PERM_CAMPAIGN_WRITE, key_return, can_answer, NULL},
	{"Delete", N_("Strike out"), PERM_EVENT_STRIKE, key_strike, can_strike,
	 N_("Strike out the entry of the history under the mark, with a reason; what followed from it no longer counts.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_campaign_unit = {
    .name = "campaign-unit",
    .title = N_("Campaign of a unit"),
    .about = N_(
	"A campaign in one unit. To plan: say what the unit does, in how many "
	"activities, for how many deputies. Planned: activities can be "
	"attached; the first one sets it under way. Summed up: the unit wrote "
	"what came of it; the county accepts that and it is closed, or sends "
	"it back with a reason and it is under way again.\n"
	"The figures are those of the attached activities and move with each "
	"sign-in."),
    .needs = PERM_CAMPAIGN_READ,
    .size = sizeof(struct campaign_unit_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
