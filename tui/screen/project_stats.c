/*
 * The overview of livelihood projects: a year's, by unit. Left and Right go
 * to other years, Enter to the list.
 */
#include "db/project_stats.h"

#include "db/base/i18n.h"
#include "db/export_project.h"
#include "db/store/ctx.h"
#include "tui/project_open.h"
#include "tui/project_words.h"
#include "tui/transfer.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { ITEM = 1, ALL = 100, TEN_THOUSAND = 10000 };
enum { UNIT = 12, COUNT_WIDTH = 5, MONEY = 7, RATE = 7 };

struct project_stats_screen {
	struct page page;
	int64_t year, first, last;
};

/* --- cells -------------------------------------------------------------- */

static const char *
number(struct arena *a, int64_t n)
{
	return n == 0 ? "-" : arena_printf(a, "%lld", (long long)n);
}

/* Money by ten thousands, rounded up: something is never nothing. */
static const char *
money(struct arena *a, int64_t yuan)
{
	return number(a, (yuan + TEN_THOUSAND - 1) / TEN_THOUSAND);
}

/* Satisfied and basically satisfied among who rated. */
static const char *
rate(struct arena *a, const struct project_figures *f)
{
	int64_t rated = f->satisfied + f->basic + f->dissatisfied;

	if (rated == 0)
		return "-";
	return arena_printf(
	    a, "%lld%%", (long long)((f->satisfied + f->basic) * ALL / rated));
}

static void
put_head(struct page *p)
{
	const struct page_cell cells[] = {
	    {_("Unit"), UNIT, false, THEME_HEADING},
	    {C_("projects", "Prop."), COUNT_WIDTH, true, THEME_HEADING},
	    {C_("projects", "Sel."), COUNT_WIDTH, true, THEME_HEADING},
	    {C_("projects", "Green"), COUNT_WIDTH, true, THEME_HEADING},
	    {C_("projects", "Yell."), COUNT_WIDTH, true, THEME_HEADING},
	    {C_("projects", "Red"), COUNT_WIDTH, true, THEME_HEADING},
	    {C_("projects", "Done"), COUNT_WIDTH, true, THEME_HEADING},
	    {_("Budget"), MONEY, true, THEME_HEADING},
	    {_("Spent"), MONEY, true, THEME_HEADING},
	    {C_("projects", "Satisf."), RATE, true, THEME_HEADING},
	};

	page_cells(p, cells, (int)COUNT(cells));
}

static void
put_row(struct arena *a, struct page *p, const struct project_figures *f)
{
	const struct page_cell cells[] = {
	    {f->unit.v != 0 ? f->unit_name : _("Together"), UNIT, false,
	     f->unit.v != 0 ? THEME_NORMAL : THEME_TITLE},
	    {number(a, f->proposals), COUNT_WIDTH, true, THEME_NORMAL},
	    {number(a, f->selected), COUNT_WIDTH, true, THEME_NORMAL},
	    {number(a, f->green), COUNT_WIDTH, true, THEME_NORMAL},
	    {number(a, f->yellow), COUNT_WIDTH, true,
	     f->yellow > 0 ? THEME_SOON : THEME_NORMAL},
	    {f->red > 0 ? arena_printf(a, "! %lld", (long long)f->red) : "-",
	     COUNT_WIDTH, true, f->red > 0 ? THEME_ALARM : THEME_NORMAL},
	    {number(a, f->done), COUNT_WIDTH, true, THEME_NORMAL},
	    {money(a, f->budget), MONEY, true, THEME_NORMAL},
	    {money(a, f->spent), MONEY, true, THEME_NORMAL},
	    {rate(a, f), RATE, true, THEME_NORMAL},
	};

	page_item_cells(p, f->unit.v, ITEM, cells, (int)COUNT(cells));
}

static void
put_notes(struct arena *a, struct page *p, const struct project_figures *all)
{
	page_blank(p);
	page_text(p, THEME_DIM,
	          arena_printf(a,
	                       _("Budget and spent in 10,000 yuan. Stopped: "
	                         "%lld. Of the public %lld have rated, %lld of "
	                         "them are satisfied."),
	                       (long long)all->stopped,
	                       (long long)all->public_rated,
	                       (long long)all->public_satisfied));
}

/* --- the screen ----------------------------------------------------------- */

static int
load(struct ui *ui, void *data)
{
	struct project_stats_screen *s = data;
	struct arena *a = ui_arena(ui);
	struct project_figures *rows;
	const struct ctx *c = ui_ctx(ui);
	int n, err = project_stats(ui_ctx(ui), a, s->year, &rows, &n);

	ui_watch(ui, ENTITY_BIT(PROJECT) | ENTITY_BIT(PROJECT_RATING),
	         c->scope == SCOPE_COUNTY ? 0 : c->my_unit);
	if (err != OK)
		return err;
	page_begin(&s->page);
	page_title(&s->page,
	           arena_printf(a, "%s  %lld", _("Overview of projects"),
	                        (long long)s->year),
	           s->first < s->last
	               ? arena_printf(a, "%lld - %lld", (long long)s->first,
	                              (long long)s->last)
	               : "");
	if (n <= 1) {
		page_text(&s->page, THEME_DIM,
		          _("There are no projects of this year."));
		return OK;
	}
	put_head(&s->page);
	for (int i = 0; i < n; i++)
		put_row(a, &s->page, &rows[i]);
	put_notes(a, &s->page, &rows[n - 1]);
	return OK;
}

/* This year's; where there are none, the last that has any. */
static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct project_stats_screen *s = data;
	int err = project_years(ui_ctx(ui), &s->first, &s->last);

	s->year = arg != 0 ? arg : ui_today(ui).year;
	if (s->last != 0 && s->year > s->last)
		s->year = s->last;
	if (s->year < s->first)
		s->year = s->first;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return err;
}

/* --- keys ------------------------------------------------------------- */

static void
go(struct ui *ui, struct project_stats_screen *s, int64_t year)
{
	if (year < s->first || year > s->last)
		return;
	s->year = year;
	ui_reload(ui);
}

static void
key_left(struct ui *ui, void *data)
{
	struct project_stats_screen *s = data;

	go(ui, s, s->year - 1);
}

static void
key_right(struct ui *ui, void *data)
{
	struct project_stats_screen *s = data;

	go(ui, s, s->year + 1);
}

static bool
has_row(struct ui *ui, const void *data)
{
	const struct project_stats_screen *s = data;

	(void)ui;
	return page_selected(&s->page, NULL, NULL);
}

static void
key_open(struct ui *ui, void *data)
{
	const struct project_stats_screen *s = data;
	struct unit_id unit;

	if (page_selected(&s->page, &unit.v, NULL))
		ui_push(ui, &screen_projects,
		        projects_arg(PROJECTS_ALL, unit, s->year));
}

static void
key_export(struct ui *ui, void *data)
{
	const struct project_stats_screen *s = data;
	struct arena *a = ui_arena(ui);

	ui_transfer_export(ui, "project_stats",
	                   export_projects_args(a, s->year),
	                   arena_printf(a, "%lld", (long long)s->year));
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"), PERM_NONE, key_open, has_row,
	 N_("The projects that the row under the mark counts.")},
	{"Left/Right", N_("Year"), PERM_NONE, NULL, NULL,
	 N_("The year before or after.")},
	{"Left",  NULL, PERM_NONE, key_left, NULL, NULL},
	{"Right", NULL, PERM_NONE, key_right, NULL, NULL},
	{"F7",    N_("Export"), PERM_NONE, key_export, NULL,
	 N_("The table as CSV or JSON.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_project_stats = {
    .name = "project-stats",
    .title = N_("Overview of projects"),
    .about = N_("A year's livelihood projects by unit: how many were "
                "proposed and selected, with which light those planned and "
                "not over stand today, how many are inspected and done, what "
                "they may cost and have cost.\n"
                "Satisfied: satisfied or basically satisfied, of the "
                "deputies and members who rated. The public's ratings stand "
                "apart, below the table."),
    .needs = PERM_PROJECT_STATS,
    .size = sizeof(struct project_stats_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
