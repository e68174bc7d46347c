/* One account: the person, the offices held, and what happened to it. */
#include "db/account.h"

#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "db/store/event.h"
#include "tui/account_steps.h"
#include "tui/factor_steps.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { EVENTS_MAX = 40 };

struct account_view {
	struct page page;
	struct account_id id;
	const char *name;
	bool disabled;
	bool has_factor;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct account_view *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static void
fill_offices(struct ui *ui, struct page *p, const struct office_line *rows,
             int n)
{
	struct arena *a = ui_arena(ui);
	struct day today = ui_today(ui);

	page_heading(p, _("Offices"));
	if (n == 0)
		page_text(p, THEME_DIM,
		          _("None: without an office nobody can sign in."));
	for (int i = 0; i < n; i++) {
		const struct page_cell cells[] = {
		    {office_text(a, &rows[i]), 34, false, THEME_NORMAL},
		    {day_show(a, rows[i].from_on, today), 10, false, THEME_DIM},
		    {rows[i].to_on.year == 0 ? _("still held") : _("until"), 0,
		     false, THEME_DIM},
		    {rows[i].to_on.year == 0
		         ? " "
		         : day_show(a, rows[i].to_on, today),
		     10, false, THEME_DIM},
		};

		page_cells(p, cells, 4);
	}
	page_blank(p);
}

static void
fill_events(struct ui *ui, struct page *p, const struct event_line *lines,
            int n)
{
	struct arena *a = ui_arena(ui);

	page_heading(p, _("What happened"));
	for (int i = 0; i < n; i++) {
		const char *what = lines[i].action < ACTIONS
		                       ? _(action_label(lines[i].action))
		                       : "?";

		page_event(
		    p, instant_show(a, lines[i].at, ui_today(ui)),
		    lines[i].who[0] != '\0' ? lines[i].who : _("the system"),
		    lines[i].reason[0] != '\0'
			? arena_printf(a, "%s: %s", what, lines[i].reason)
			: what);
	}
}

static void
fill_head(struct ui *ui, struct page *p, const struct account_line *line)
{
	struct arena *a = ui_arena(ui);

	page_title(p, arena_printf(a, "%s  %s", line->name, line->person_name),
	           line->disabled_at.s != 0 ? _("disabled")
	           : line->must_change      ? _("temporary")
	                                    : _("in use"));
	page_pair(p, _("Unit"),
	          line->unit.v != 0 ? line->unit_name : _("whole county"));
	page_pair(p, _("Opened"),
	          instant_show(a, line->created_at, ui_today(ui)));
	page_pairf(p, _("Keys"), "%lld", (long long)line->keys);
	if (line->factor_at.s != 0)
		page_pair(p, _("Second factor"),
		          instant_show(a, line->factor_at, ui_today(ui)));
	page_blank(p);
}

static int
load(struct ui *ui, void *data)
{
	struct account_view *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct account_line line;
	struct office_line *offices;
	struct event_line *events;
	int n_offices, n_events, err;

	s->name = "";
	err = account_line_get(c, a, s->id, &line);

	if (err == OK)
		err = office_of_person(c, a, line.person, &offices, &n_offices);
	if (err == OK)
		err = event_timeline(c, a, ENTITY_ACCOUNT, s->id.v, EVENTS_MAX,
		                     &events, &n_events);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(ACCOUNT) | ENTITY_BIT(OFFICE), 0);
	s->name = line.name;
	s->disabled = line.disabled_at.s != 0;
	s->has_factor = line.factor_at.s != 0;
	page_begin(&s->page);
	fill_head(ui, &s->page, &line);
	fill_offices(ui, &s->page, offices, n_offices);
	fill_events(ui, &s->page, events, n_events);
	return OK;
}

/* --- keys ------------------------------------------------------------- */

static bool
when_enabled(struct ui *ui, const void *data)
{
	(void)ui;
	return !((const struct account_view *)data)->disabled;
}

static bool
when_disabled(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct account_view *)data)->disabled;
}

static void
key_reset(struct ui *ui, void *data)
{
	struct account_view *s = data;

	account_step_reset(ui, s->id, arena_strdup(ui_keep(ui), s->name), true);
}

static void
key_disable(struct ui *ui, void *data)
{
	struct account_view *s = data;

	account_step_disable(ui, s->id, arena_strdup(ui_keep(ui), s->name));
}

static void
key_keys(struct ui *ui, void *data)
{
	const struct account_view *s = data;

	ui_push(ui, &screen_account_keys, s->id.v);
}

static bool
when_factor(struct ui *ui, const void *data)
{
	const struct account_view *s = data;

	return s->has_factor && s->id.v != ui_ctx(ui)->account;
}

static void
key_factor(struct ui *ui, void *data)
{
	struct account_view *s = data;

	factor_step_reset(ui, s->id, arena_strdup(ui_keep(ui), s->name));
}

static void
key_enable(struct ui *ui, void *data)
{
	struct account_view *s = data;

	account_step_enable(ui, s->id, arena_strdup(ui_keep(ui), s->name));
}

/* clang-format off */
static const struct key keys[] = {
	{KEY_ACTION, N_("Reset password"), PERM_ACCOUNT_WRITE, key_reset, when_enabled,
	 N_("Set a temporary password and show it once.")},
	{KEY_ACTION, N_("Disable"), PERM_ACCOUNT_WRITE, key_disable, when_enabled,
	 N_("The account can no longer sign in; its sessions end at once.")},
	{KEY_ACTION, N_("Enable"), PERM_ACCOUNT_WRITE, key_enable, when_disabled, NULL},
	{KEY_ACTION, N_("Keys"), PERM_ACCOUNT_READ, key_keys, NULL, NULL},
	{KEY_ACTION, N_("Reset second factor"), PERM_ACCOUNT_WRITE, key_factor, when_factor,
	 N_("For who has lost the telephone: it is gone, and set up anew at the next sign-in.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_account = {
    .name = "account",
    .title = N_("Account"),
    .about = N_("One account with the offices its person holds and what was "
                "done to it, newest last. In use: a reset sets a temporary "
                "password; disabling ends its sessions at once. Disabled: "
                "it may be enabled again."),
    .needs = PERM_ACCOUNT_READ,
    .size = sizeof(struct account_view),
    .keys = keys,
    .open = open,
    .load = load,
};
