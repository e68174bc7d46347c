/* One account: the person, the offices held, how they sign in, where they are
 * signed in now, and what happened to it. */
#include "db/account.h"

#include "db/account_key.h"
#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "db/store/event.h"
#include "tui/account_steps.h"
#include "tui/factor_steps.h"
#include "tui/screens.h"
#include "tui/session_step.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { EVENTS_MAX = 40 };

/* What the mark stands on. */
enum { ON_OFFICE = 1, ON_KEY, ON_SESSION };

struct account_view {
	struct page page;
	struct account_id id;
	const char *name;
	bool disabled;
	bool has_factor;
	struct service_session *sessions;
	int session_count;
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

/* --- what it shows ---------------------------------------------------- */

static void
fill_head(struct ui *ui, struct page *p, const struct account_line *line)
{
	struct arena *a = ui_arena(ui);
	struct day today = ui_today(ui);

	page_title(p, arena_printf(a, "%s  %s", line->name, line->person_name),
	           line->disabled_at.s != 0 ? _("disabled")
	           : line->must_change      ? _("temporary")
	                                    : _("in use"));
	page_pair(p, _("Unit"),
	          line->unit.v != 0 ? line->unit_name : _("whole county"));
	page_pair(p, _("Opened"), instant_show(a, line->created_at, today));
	page_pair(p, _("Last sign-in"),
	          line->seen_at.s != 0
	              ? day_show(a, day_of(line->seen_at), today)
	              : _("never yet"));
	if (line->factor_at.s != 0)
		page_pair(p, _("Second factor"),
		          instant_show(a, line->factor_at, today));
	page_blank(p);
}

/* A current office can be marked, to end it; one that ended is history. */
static void
fill_office(struct ui *ui, struct page *p, const struct office_line *row)
{
	struct arena *a = ui_arena(ui);
	struct day today = ui_today(ui);
	bool held = row->to_on.year == 0 || day_compare(row->to_on, today) >= 0;
	const struct page_cell cells[] = {
	    {office_text(a, row), 34, false, THEME_NORMAL},
	    {day_show(a, row->from_on, today), 10, false, THEME_DIM},
	    {row->to_on.year == 0
	         ? _("still held")
	         : arena_printf(a, "%s %s", _("until"),
	                        day_show(a, row->to_on, today)),
	     0, false, THEME_DIM},
	};

	if (held)
		page_item_cells(p, row->id.v, ON_OFFICE, cells, COUNT(cells));
	else
		page_cells(p, cells, COUNT(cells));
}

static int
fill_offices(struct ui *ui, struct page *p, struct person_id person)
{
	struct office_line *rows;
	int n;
	int err = office_of_person(ui_ctx(ui), ui_arena(ui), person, &rows, &n);

	if (err != OK)
		return err;
	page_heading(p, _("Offices"));
	if (n == 0)
		page_text(p, THEME_DIM,
		          _("None: without an office nobody can sign in."));
	for (int i = 0; i < n; i++)
		fill_office(ui, p, &rows[i]);
	page_blank(p);
	return OK;
}

static int
fill_keys(struct ui *ui, struct page *p, struct account_id id)
{
	struct arena *a = ui_arena(ui);
	struct account_key *rows;
	int n, err = account_key_list(ui_ctx(ui), a, id, &rows, &n);

	if (err != OK || n == 0)
		return err;
	page_heading(p, _("Keys"));
	for (int i = 0; i < n; i++) {
		const struct page_cell cells[] = {
		    {rows[i].label, 34, false, THEME_NORMAL},
		    {rows[i].type, 22, false, THEME_DIM},
		    {instant_show(a, rows[i].added_at, ui_today(ui)), 0, false,
		     THEME_DIM},
		};

		page_item_cells(p, rows[i].id.v, ON_KEY, cells, 3);
	}
	page_blank(p);
	return OK;
}

static void
fill_sessions(struct ui *ui, struct account_view *s)
{
	s->session_count = sessions_read(ui, s->id, &s->sessions);
	if (s->session_count == 0)
		return;
	page_heading(&s->page, _("Signed in now"));
	sessions_fill(ui, &s->page, ON_SESSION, s->sessions, s->session_count,
	              false);
	page_blank(&s->page);
}

static int
fill_events(struct ui *ui, struct page *p, struct account_id id)
{
	struct arena *a = ui_arena(ui);
	struct event_line *lines;
	int n, err = event_timeline(ui_ctx(ui), a, ENTITY_ACCOUNT, id.v,
	                            EVENTS_MAX, &lines, &n);

	if (err != OK)
		return err;
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
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct account_view *s = data;
	struct arena *a = ui_arena(ui);
	struct account_line line;
	int err;

	s->name = "";
	err = account_line_get(ui_ctx(ui), a, s->id, &line);
	if (err != OK)
		return err;
	ui_watch(ui,
	         ENTITY_BIT(ACCOUNT) | ENTITY_BIT(OFFICE) |
	             ENTITY_BIT(ACCOUNT_KEY),
	         0);
	s->name = line.name;
	s->disabled = line.disabled_at.s != 0;
	s->has_factor = line.factor_at.s != 0;
	page_begin(&s->page);
	fill_head(ui, &s->page, &line);
	err = fill_offices(ui, &s->page, line.person);
	if (err == OK)
		err = fill_keys(ui, &s->page, s->id);
	fill_sessions(ui, s);
	if (err == OK)
		err = fill_events(ui, &s->page, s->id);
	return err;
}

/* --- keys ------------------------------------------------------------- */

static bool
is_on(const void *data, int kind)
{
	int on;

	return page_selected(&((const struct account_view *)data)->page, NULL,
	                     &on) &&
	       on == kind;
}

static int64_t
chosen(const struct account_view *s)
{
	int64_t id = 0;

	(void)page_selected(&s->page, &id, NULL);
	return id;
}

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

static bool
when_office(struct ui *ui, const void *data)
{
	(void)ui;
	return is_on(data, ON_OFFICE);
}

static bool
when_key(struct ui *ui, const void *data)
{
	(void)ui;
	return is_on(data, ON_KEY);
}

static bool
when_session(struct ui *ui, const void *data)
{
	(void)ui;
	return is_on(data, ON_SESSION);
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

static void
key_phones(struct ui *ui, void *data)
{
	ui_push(ui, &screen_phones, ((const struct account_view *)data)->id.v);
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

static void
key_give(struct ui *ui, void *data)
{
	ui_push(ui, &screen_account_form, ((struct account_view *)data)->id.v);
}

static void
key_end_office(struct ui *ui, void *data)
{
	struct office_id id = {chosen(data)};
	int err;

	if (!ui_confirm(ui, _("End this office? Yesterday was its last day, "
	                      "what it allowed ends at once.")))
		return;
	err = office_end(ui_ctx(ui), id, (struct day){.year = 0});
	if (ui_error(ui, err) == OK)
		ui_say(ui, "%s", _("The office is ended."));
	ui_reload(ui);
}

static void
key_drop_key(struct ui *ui, void *data)
{
	struct account_key_id id = {chosen(data)};

	if (!ui_confirm(ui, _("Remove this key? Nobody signs in with it any "
	                      "more.")))
		return;
	if (ui_error(ui, account_key_drop(ui_ctx(ui), id)) == OK)
		ui_say(ui, "%s", _("The key is removed."));
	ui_reload(ui);
}

static void
key_end_session(struct ui *ui, void *data)
{
	const struct account_view *s = data;
	const struct service_session *session =
	    session_numbered(s->sessions, s->session_count, chosen(s));

	if (session != NULL)
		session_step_end(ui, session);
}

/* clang-format off */
static const struct key keys[] = {
	{KEY_ACTION, N_("Reset password"), PERM_ACCOUNT_WRITE, key_reset, when_enabled,
	 N_("Set a temporary password and show it once.")},
	{KEY_ACTION, N_("Give an office"), PERM_ACCOUNT_WRITE, key_give, NULL,
	 N_("One more office for this person, from today on.")},
	{KEY_ACTION, N_("End this office"), PERM_ACCOUNT_WRITE, key_end_office, when_office,
	 N_("The office that the mark stands on ends; what it allowed ends at once.")},
	{KEY_ACTION, N_("Remove this key"), PERM_ACCOUNT_WRITE, key_drop_key, when_key, NULL},
	{KEY_ACTION, N_("End this session"), PERM_ACCOUNT_WRITE, key_end_session, when_session,
	 N_("The person is told, what they typed is kept as a draft.")},
	{KEY_ACTION, N_("Disable"), PERM_ACCOUNT_WRITE, key_disable, when_enabled,
	 N_("The account can no longer sign in; its sessions end at once.")},
	{KEY_ACTION, N_("Enable"), PERM_ACCOUNT_WRITE, key_enable, when_disabled, NULL},
	{KEY_ACTION, N_("Keys"), PERM_ACCOUNT_READ, key_keys, NULL, NULL},
	{KEY_ACTION, N_("Reset second factor"), PERM_ACCOUNT_WRITE, key_factor, when_factor,
	 N_("For who has lost the telephone: it is gone, and set up anew at the next sign-in.")},
	{KEY_ACTION, N_("Telephones"), PERM_ACCOUNT_READ, key_phones, NULL,
	 N_("What was bound to sign in to activities; a lost one is removed.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_account = {
    .name = "account",
    .title = N_("Account"),
    .about = N_("One account with the offices its person holds, its keys, "
                "where it is signed in now, and what was done to it, newest "
                "last. In use: a reset sets a temporary password; disabling "
                "ends its sessions at once. Disabled: it may be enabled "
                "again."),
    .needs = PERM_ACCOUNT_READ,
    .size = sizeof(struct account_view),
    .keys = keys,
    .open = open,
    .load = load,
};
