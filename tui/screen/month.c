/*
 * What is still open: today, this month, from before; and the closing of a
 * month. The argument is a unit, or 0: the acting hat's; the county sees its
 * units first.
 */
#include "db/month.h"

#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/duty_request.h"
#include "db/opinion.h"
#include "db/unit.h"
#include "tui/activity_menu.h"
#include "tui/opinion_open.h"
#include "tui/project_open.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { ITEM_WHAT, ITEM_UNIT, WIDE = 34, NUMBER = 10 };

struct month_screen {
	struct page page;
	struct unit_id unit; /* 0: all units, for the county */
	int64_t month;
	bool closed;
	int64_t open; /* things, of the month and before */
};

/* Where the work of a row is done; each takes a number and the unit, but
 * those of opinions and of projects' tasks. */
static const struct {
	const struct screen *screen; /* NULL: the list of opinions */
	int64_t arg;
} goes[MONTH_WHATS] = {
    [MONTH_DRAFT] = {&screen_activities, ACTIVITY_DRAFT + 1},
    [MONTH_CONFIRM] = {&screen_activities, ACTIVITY_CLOSED + 1},
    [MONTH_ARCHIVE] = {&screen_activities, ACTIVITY_CONFIRMED + 1},
    [MONTH_WALK_IN] = {&screen_activities, ACTIVITIES_WALK_INS},
    [MONTH_LEAVE] = {&screen_activities, ACTIVITIES_LEAVE},
    [MONTH_REQUEST] = {&screen_duty_requests, REQUEST_ASKED + 1},
    [MONTH_APPEAL] = {&screen_duty_requests, REQUEST_APPEALED + 1},
    [MONTH_PLAN] = {&screen_campaigns, 0},
    [MONTH_SUM_UP] = {&screen_campaigns, 0},
    [MONTH_RECEIPT] = {&screen_instructions, 0},
    [MONTH_HELD] = {NULL, 0},
    [MONTH_OPINION] = {NULL, 0},
    [MONTH_PROJECT] = {&screen_projects, PROJECTS_RED},
    [MONTH_TASK] = {&screen_project_tasks, 0},
    [MONTH_COMMENT] = {&screen_law_comments, 0},
};

/* --- drawing ---------------------------------------------------------- */

static const char *
number(struct arena *a, int64_t n)
{
	return n == 0 ? "-" : arena_printf(a, "%lld", (long long)n);
}

static void
put_closing(struct ui *ui, struct month_screen *s, const struct month_close *m)
{
	struct arena *a = ui_arena(ui);
	const char *left = m->left_what;
	struct page *p = &s->page;

	page_pairf(p, _("Month closed"), "%s  %s",
	           instant_show(a, m->closed_at, ui_today(ui)), m->closer);
	if (m->left_open == 0) {
		page_pair(p, _("Left open"), _("nothing"));
		return;
	}
	for (int i = 0; i < MONTH_WHATS; i++) {
		const char *name = month_name((enum month_what)i);
		const char *at = strstr(left, name);
		size_t length = strlen(name);

		if (at == NULL || at[length] != ' ' ||
		    (at > left && at[-1] != ' '))
			continue;
		page_pairf(p, _("Left open"), "%s %.*s",
		           _(month_label((enum month_what)i)),
		           (int)strcspn(at + length + 1, " "), at + length + 1);
	}
	page_pair(p, _("Why"), m->why);
}

static void
put_rows(struct ui *ui, struct month_screen *s, const struct month_open *rows)
{
	struct arena *a = ui_arena(ui);
	const struct page_cell head[] = {
	    {_("Still open"), WIDE, false, THEME_HEADING},
	    {_("Today"), NUMBER, true, THEME_HEADING},
	    {C_("open", "This month"), NUMBER, true, THEME_HEADING},
	    {_("Earlier"), NUMBER, true, THEME_HEADING},
	};

	page_cells(&s->page, head, (int)COUNT(head));
	s->open = 0;
	for (int i = 0; i < MONTH_WHATS; i++) {
		const struct month_open *r = &rows[i];
		int64_t n = r->month + r->earlier;
		const struct page_cell cells[] = {
		    {_(month_label(r->what)), WIDE, false,
		     n > 0 ? THEME_NORMAL : THEME_DIM},
		    {number(a, r->today), NUMBER, true, THEME_NORMAL},
		    {number(a, r->month), NUMBER, true, THEME_NORMAL},
		    {number(a, r->earlier), NUMBER, true,
		     r->earlier > 0 ? THEME_SOON : THEME_NORMAL},
		};

		s->open += n;
		page_item_cells(&s->page, i, ITEM_WHAT, cells,
		                (int)COUNT(cells));
	}
}

static const char *
month_text(struct arena *a, int64_t month)
{
	return month == 0
	           ? "-"
	           : arena_printf(a, "%lld-%02d", (long long)(month / 100),
	                          (int)(month % 100));
}

static int
load_unit(struct ui *ui, struct month_screen *s)
{
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct month_open rows[MONTH_WHATS];
	struct month_close closed;
	struct unit unit;
	int err = unit_get(c, a, s->unit, &unit);

	if (err == OK)
		err = month_open_list(c, s->unit, s->month, rows);
	if (err != OK)
		return err;
	err = month_close_get(c, a, s->unit, s->month, &closed);
	s->closed = err == OK;
	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	page_begin(&s->page);
	page_title(
	    &s->page,
	    arena_printf(a, "%s  %s", unit.name, month_text(a, s->month)),
	    s->closed ? _("Month closed") : _("Not closed"));
	put_rows(ui, s, rows);
	page_blank(&s->page);
	if (s->closed)
		put_closing(ui, s, &closed);
	return OK;
}

static int
load_units(struct ui *ui, struct month_screen *s)
{
	struct arena *a = ui_arena(ui);
	const struct page_cell head[] = {
	    {_("Unit"), WIDE, false, THEME_HEADING},
	    {C_("open", "This month"), NUMBER, true, THEME_HEADING},
	    {_("Earlier"), NUMBER, true, THEME_HEADING},
	    {_("Last closed"), 12, true, THEME_HEADING},
	};
	struct month_unit *rows;
	int n, err = month_units(ui_ctx(ui), a, s->month, &rows, &n);

	if (err != OK)
		return err;
	page_begin(&s->page);
	page_title(&s->page, _("Still open, unit by unit"),
	           month_text(a, s->month));
	page_cells(&s->page, head, (int)COUNT(head));
	for (int i = 0; i < n; i++) {
		const struct page_cell cells[] = {
		    {rows[i].name, WIDE, false, THEME_NORMAL},
		    {number(a, rows[i].month), NUMBER, true, THEME_NORMAL},
		    {number(a, rows[i].earlier), NUMBER, true,
		     rows[i].earlier > 0 ? THEME_SOON : THEME_NORMAL},
		    {month_text(a, rows[i].closed), 12, true, THEME_NORMAL},
		};

		page_item_cells(&s->page, rows[i].unit.v, ITEM_UNIT, cells,
		                (int)COUNT(cells));
	}
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct month_screen *s = data;

	ui_watch(ui,
	         ENTITY_BIT(ACTIVITY) | ENTITY_BIT(PARTICIPANT) |
	             ENTITY_BIT(DUTY_REQUEST) | ENTITY_BIT(CAMPAIGN_UNIT) |
	             ENTITY_BIT(MONTH_CLOSE) | ENTITY_BIT(RECEIPT) |
	             ENTITY_BIT(OPINION) | ENTITY_BIT(PROJECT) |
	             ENTITY_BIT(PROJECT_TASK),
	         s->unit.v);
	return s->unit.v != 0 ? load_unit(ui, s) : load_units(ui, s);
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct month_screen *s = data;

	s->unit.v = arg != 0 ? arg : ui_ctx(ui)->my_unit;
	s->month = month_of(ui_today(ui));
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- keys ------------------------------------------------------------- */

static void
open_list(struct ui *ui, int64_t what, struct unit_id unit)
{
	struct list_query of_unit = {.value_count = 1};

	of_unit.values[0] =
	    (struct list_value){OPINION_LIST_UNIT, unit.v, NULL};
	if (goes[what].screen == NULL)
		opinion_list_open(ui, &opinion_inbox, &of_unit);
	else if (what == MONTH_TASK || what == MONTH_COMMENT)
		ui_push(ui, goes[what].screen, 0);
	else
		ui_push(ui, goes[what].screen,
		        goes[what].arg + unit.v * SCREEN_UNIT);
}

static void
key_open(struct ui *ui, void *data)
{
	struct month_screen *s = data;
	int64_t id;
	int kind;

	if (!page_selected(&s->page, &id, &kind))
		return;
	if (kind == ITEM_UNIT)
		ui_push(ui, &screen_month, id);
	else
		open_list(ui, id, s->unit);
}

static void
key_month(struct ui *ui, void *data)
{
	struct month_screen *s = data;
	const char *labels[12];
	int64_t now = month_of(ui_today(ui));
	int chosen;

	for (int i = 0; i < 12; i++)
		labels[i] = month_text(ui_arena(ui), month_add(now, -i));
	chosen = ui_menu(ui, _("Month"), labels, 12);
	if (chosen < 0)
		return;
	s->month = month_add(now, -chosen);
	ui_reload(ui);
}

static bool
can_close(struct ui *ui, const void *data)
{
	const struct month_screen *s = data;

	return s->unit.v != 0 && s->unit.v == ui_ctx(ui)->my_unit && !s->closed;
}

static void
key_close(struct ui *ui, void *data)
{
	struct month_screen *s = data;
	struct arena *a = ui_arena(ui);
	const char *why = "", *month = month_text(a, s->month);

	if (s->open > 0)
		why = ui_prompt(ui, a,
		                arena_printf(a,
		                             P_("Why %lld thing is left open",
		                                "Why %lld things are left open",
		                                (unsigned long)s->open),
		                             (long long)s->open),
		                "", MONTH_WHY_MAX);
	else if (!ui_confirm(ui, arena_printf(a, _("Close %s?"), month)))
		return;
	if (why == NULL)
		return;
	if (activity_menu_fault(ui, month_close(ui_ctx(ui), s->month, why)) ==
	    OK)
		ui_say(ui, _("%s is closed."), month);
	ui_reload(ui);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"),  PERM_NONE, key_open, NULL,
	 N_("The list where the work under the mark is done.")},
	{"F5",    N_("Month"), PERM_NONE, key_month, NULL,
	 N_("Another month of the last twelve.")},
	{KEY_ACTION, N_("Close the month"), PERM_MONTH_CLOSE, key_close, can_close,
	 N_("Say that the month is done; what is open is kept with the reason.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_month = {
    .name = "month",
    .title = N_("Closing of the month"),
    .about = N_("What a unit has not finished: of today, of the month shown, "
                "of the months before. Each row leads to its list. F2 closes "
                "the month: who closed it, when, what was left open and why "
                "is kept. A month that has not begun cannot be closed, a "
                "closed one not again."),
    .needs = PERM_MONTH_READ,
    .size = sizeof(struct month_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
