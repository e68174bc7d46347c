/*
 * One activity: what, where, when, who came and who did not, and its
 * history. An entry of the history can be struck out here, with a reason.
 */
#include "db/activity.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/campaign_unit.h"
#include "db/participant.h"
#include "db/rota.h"
#include "tui/activity_menu.h"
#include "tui/history.h"
#include "tui/screens.h"
#include "tui/task_open.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum {
	NAMES_MAX = 200, /* of the roll shown here */
	NAMES_LINE = 16, /* names a line at most */
	NAMES_LINES = 3, /* lines a state at most */
	NAME = 9,        /* columns a name takes */
	LABEL = 16       /* of a state and its count */
};

struct activity_screen {
	struct page page;
	struct activity_id id;
	struct activity_page a;
	int mine; /* enum participant_state; -1: not on the roll */
	const char *mine_reason;
	const char *campaign; /* what it counts for; "" none */
	const char *project;  /* the same */
	bool may_find;        /* send findings of this visit */
	struct history history;
};

/* --- drawing ---------------------------------------------------------------
 */

static void
put_when(struct ui *ui, struct activity_screen *s)
{
	struct arena *a = ui_arena(ui);
	const struct activity *row = &s->a.row;
	bool one_day =
	    day_compare(day_of(row->starts_at), day_of(row->ends_at)) == 0;

	page_pairf(&s->page, _("Time"), "%s - %s",
	           instant_show(a, row->starts_at, ui_today(ui)),
	           one_day ? instant_show_time(a, row->ends_at)
	                   : instant_show(a, row->ends_at, ui_today(ui)));
	page_pairf(&s->page, _("Sign-in"), "%s - %s",
	           instant_show(a, s->a.opens_at, ui_today(ui)),
	           instant_show_time(a, s->a.shuts_at));
}

static void
put_fields(struct ui *ui, struct activity_screen *s)
{
	const struct activity *row = &s->a.row;
	struct page *p = &s->page;

	page_pairf(p, _("Number"), "%lld", (long long)row->id.v);
	page_pair(p, _("Kind"),
	          activity_kind_label(s->a.kind_label, s->a.kind_label_en));
	page_pairf(p, _("Place"), "%s  %s", s->a.unit_name, row->venue);
	put_when(ui, s);
	if (*s->campaign != '\0')
		page_pair(p, _("Campaign"), s->campaign);
	if (*s->project != '\0')
		page_pair(p, _("Project"), s->project);
	if (*row->agenda != '\0')
		page_pair(p, _("Agenda"), row->agenda);
	if (*row->minutes != '\0')
		page_pair(p, _("Minutes"), row->minutes);
	if (*row->reason != '\0')
		page_pair(p, _("Reason"), row->reason);
	if (s->mine >= 0)
		page_pairf(p, _("My part"), "%s  %s",
		           _(participant_states[s->mine].label),
		           s->mine_reason);
}

static int64_t
roll_of(const struct roll *r, int state)
{
	switch ((enum participant_state)state) {
	case PARTICIPANT_INVITED:
		return r->invited;
	case PARTICIPANT_SIGNED_UP:
		return r->signed_up;
	case PARTICIPANT_LEAVE_ASKED:
		return r->leave_asked;
	case PARTICIPANT_LEAVE_GRANTED:
		return r->leave_granted;
	case PARTICIPANT_LEAVE_REFUSED:
		return r->leave_refused;
	case PARTICIPANT_SIGNED_IN:
		return r->signed_in;
	case PARTICIPANT_LATE:
		return r->late;
	case PARTICIPANT_ABSENT:
		return r->absent;
	}
	return 0;
}

/* The first names of those in one state, in columns beside its count; Enter
 * shows them all. */
static void
put_names(struct ui *ui, struct activity_screen *s, const char *label,
          const struct participant_line *rows, int n, int state)
{
	struct page_cell cells[1 + NAMES_LINE] = {
	    {.text = label, .width = LABEL}};
	int room = (s->page.widget.columns - LABEL - 2) / (NAME + 1), k = 0;
	int lines = NAMES_LINES;

	room = room < 1 ? 1 : room > NAMES_LINE ? NAMES_LINE : room;
	for (int i = 0; i < n; i++) {
		if (rows[i].state != state)
			continue;
		if (k == room && --lines == 0) {
			cells[k].text = "..";
			break;
		}
		if (k == room) {
			page_cells(&s->page, cells, k + 1);
			cells[0].text = "";
			k = 0;
		}
		cells[++k] = (struct page_cell){
		    .text = arena_printf(
			ui_arena(ui), "%s%s", rows[i].name,
			rows[i].walk_in && !rows[i].confirmed ? "?" : ""),
		    .width = NAME};
	}
	page_cells(&s->page, cells, k + 1);
}

static int
put_roll(struct ui *ui, struct activity_screen *s)
{
	struct list_query query = {.order = PARTICIPANT_BY_ROLL,
	                           .value_count = 1};
	struct arena *a = ui_arena(ui);
	const struct roll *r = &s->a.roll;
	struct list_page page;
	int err;

	query.values[0] =
	    (struct list_value){PARTICIPANT_LIST_ACTIVITY, s->id.v, NULL};
	err = list_fetch(ui_ctx(ui), a, &participant_list, &query, LIST_FIRST,
	                 NULL, NAMES_MAX, &page);
	if (err != OK)
		return err;
	page_blank(&s->page);
	page_heading(&s->page,
	             arena_printf(a, _("Roll  %lld of %lld signed in"),
	                          (long long)r->present, (long long)r->total));
	if (r->total == 0)
		page_text(&s->page, THEME_DIM,
		          _("Nobody is invited yet. F2 invites deputies."));
	for (int i = 0; participant_states[i].name != NULL; i++) {
		const char *label =
		    arena_printf(a, "%s %lld", _(participant_states[i].label),
		                 (long long)roll_of(r, i));

		if (roll_of(r, i) > 0)
			put_names(ui, s, label, page.rows, page.n, i);
	}
	if (r->waiting > 0)
		page_text(&s->page, THEME_SOON,
		          arena_printf(a,
		                       P_("%lld walk-in waits to be "
		                          "confirmed (marked ?).",
		                          "%lld walk-ins wait to be "
		                          "confirmed (marked ?).",
		                          (unsigned long)r->waiting),
		                       (long long)r->waiting));
	return OK;
}

/* --- loading ----------------------------------------------------------------
 */

static int
load_mine(struct ui *ui, struct activity_screen *s)
{
	struct participant mine;
	int err;

	s->mine = -1;
	s->mine_reason = "";
	if (!ui_may(ui, PERM_ACTIVITY_JOIN))
		return OK;
	err = participant_mine(ui_ctx(ui), ui_arena(ui), s->id, &mine);
	if (err == ERR_NOT_FOUND)
		return OK;
	if (err == OK) {
		s->mine = mine.state;
		s->mine_reason = mine.reason;
	}
	return err;
}

/* Who may not see campaigns is not told of one. */
static int
load_campaign(struct ui *ui, struct activity_screen *s)
{
	struct campaign_progress at;
	int err;

	s->campaign = "";
	if (s->a.row.campaign.v == 0 || !ui_may(ui, PERM_CAMPAIGN_READ))
		return OK;
	err = campaign_progress_get(ui_ctx(ui), ui_arena(ui), s->a.row.campaign,
	                            &at);
	if (err == OK)
		s->campaign = at.title;
	return err == ERR_NOT_FOUND ? OK : err;
}

static int
load_project(struct ui *ui, struct activity_screen *s)
{
	struct project p;
	int err;

	s->project = "";
	s->may_find = false;
	if (!ui_may(ui, PERM_PROJECT_READ))
		return OK;
	err = visit_project(ui_ctx(ui), ui_arena(ui), s->id, &p);
	if (err == ERR_NOT_FOUND)
		return OK;
	if (err == OK) {
		s->project = p.title;
		s->may_find = visit_may_find(ui_ctx(ui), s->id, p.id) == OK;
	}
	return err;
}

static int
load(struct ui *ui, void *data)
{
	struct activity_screen *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	int err = activity_tick(c, NULL);

	if (err == OK)
		err = activity_page_get(c, a, s->id, &s->a);
	if (err == OK)
		err = load_campaign(ui, s);
	if (err == OK)
		err = load_project(ui, s);
	if (err == OK)
		err = load_mine(ui, s);
	if (err == OK)
		err =
		    history_load_own(ui, &s->history, ENTITY_ACTIVITY, s->id.v);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(ACTIVITY) | ENTITY_BIT(PARTICIPANT),
	         s->a.row.unit.v);
	page_begin(&s->page);
	page_title(&s->page, s->a.row.title,
	           _(activity_states[s->a.row.state].label));
	put_fields(ui, s);
	err = put_roll(ui, s);
	history_fill(ui, &s->page, &s->history);
	return err;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct activity_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static bool
can_strike(struct ui *ui, const void *data)
{
	const struct activity_screen *s = data;

	(void)ui;
	return history_can_strike(&s->page, &s->history);
}

static void
key_strike(struct ui *ui, void *data)
{
	struct activity_screen *s = data;

	history_strike(ui, &s->page, &s->history);
}

static void
key_menu(struct ui *ui, void *data)
{
	struct activity_screen *s = data;
	const struct activity *row = &s->a.row;
	bool strike = can_strike(ui, s);
	struct activity_about about = {
	    row->id,
	    row->title,
	    row->state,
	    s->mine,
	    strcmp(row->kind, RECEPTION_KIND) == 0,
	    strike ? _("Strike out the entry under the mark") : NULL};

	if (activity_menu(ui, &about))
		key_strike(ui, s);
}

static void
key_roll(struct ui *ui, void *data)
{
	const struct activity_screen *s = data;

	ui_push(ui, &screen_roll, s->id.v);
}

static void
key_code(struct ui *ui, void *data)
{
	const struct activity_screen *s = data;

	activity_menu_code(ui, s->id);
}

static bool
has_finding(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct activity_screen *)data)->may_find;
}

static void
key_finding(struct ui *ui, void *data)
{
	task_write_finding(ui, ((struct activity_screen *)data)->id);
}

static bool
has_code(struct ui *ui, const void *data)
{
	const struct activity_screen *s = data;

	return s->a.row.state != ACTIVITY_DRAFT &&
	       (ui_may(ui, PERM_CODE_WRITE) || ui_may(ui, PERM_ACTIVITY_JOIN));
}

static bool
has_roll(struct ui *ui, const void *data)
{
	(void)data;
	return ui_ctx(ui)->scope != SCOPE_SELF;
}

/* clang-format off */
static const struct key keys[] = {
	{"Up/Down", N_("Scroll"), PERM_NONE, NULL, NULL, NULL},
	{"Enter", N_("Roll"),    PERM_NONE, key_roll, has_roll,
	 N_("The roll: who came, leave, walk-ins, corrections.")},
	{"F2",    N_("Actions"), PERM_NONE, key_menu, NULL,
	 N_("The steps that are possible now.")},
	{"F4",    N_("Finding"), PERM_PROJECT_SUPERVISE, key_finding, has_finding,
	 N_("Send what you found at this visit to the lead unit of the project.")},
	{"F6",    N_("Code"),    PERM_NONE, key_code, has_code,
	 N_("The activity's QR and short code; for a deputy: sign in by code.")},
	{"Delete", N_("Strike out"), PERM_EVENT_STRIKE, key_strike, can_strike,
	 N_("Strike out the entry of the history under the mark, with a reason; what followed from it no longer counts.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_activity = {
    .name = "activity",
    .title = N_("Activity"),
    .about =
	N_("One activity: what, where and when, the roll, and what happened.\n"
           "Draft -> published -> under way -> to confirm -> confirmed -> "
           "archived. The "
           "clock opens and closes the sign-in by itself; F2 does it by hand.\n"
           "A participant is invited, signs up or asks for leave, which is "
           "granted or refused; signs in, in time or late; or is absent.\n"
           "What was recorded wrongly is struck out with a reason: it stays in "
           "the history, and exactly what followed from it stops counting."),
    .needs = PERM_ACTIVITY_READ,
    .size = sizeof(struct activity_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
