/*
 * Statistics of opinions: one table at a time, Left and Right go to the
 * next, F5 says of which months and unit. Enter lists what a row counts.
 * The argument is 1 + a table, or 0; plus a unit times SCREEN_UNIT.
 */
#include "db/opinion_stats.h"

#include <stdio.h>

#include "db/base/i18n.h"
#include "db/export_stats.h"
#include "db/opinion.h"
#include "db/unit.h"
#include "tui/opinion_open.h"
#include "tui/screens.h"
#include "tui/station_pick.h"
#include "tui/stats_page.h"
#include "tui/transfer.h"
#include "tui/ui.h"

enum { UNITS_MAX = 39 };

struct opinion_stats_screen {
	struct page page;
	enum opinion_stats_by by;
	struct opinion_stats_of of;
	const char *unit; /* its name; "" all that is seen */
	struct stats_table table;
};

/* --- words ------------------------------------------------------------ */

static const char *
span_text(struct arena *a, const struct opinion_stats_of *of)
{
	if (of->from == STATS_EVER_FROM && of->to == STATS_EVER_TO)
		return _("All years");
	if (of->from == of->to)
		return month_text(a, of->from);
	if (of->from % 100 == 1 && of->to == of->from + 11)
		return arena_printf(a, "%lld", (long long)(of->from / 100));
	return arena_printf(a, "%s - %s", month_text(a, of->from),
	                    month_text(a, of->to));
}

/* "[Category] Place Month": where Left and Right lead. */
static const char *
views_text(struct arena *a, enum opinion_stats_by by)
{
	const char *text = "";

	for (int i = 0; opinion_stats_bys[i].name != NULL; i++)
		text = arena_printf(a, i == (int)by ? "%s[%s]" : "%s %s ", text,
		                    _(opinion_stats_bys[i].label));
	return text;
}

static int
load(struct ui *ui, void *data)
{
	struct opinion_stats_screen *s = data;
	struct arena *a = ui_arena(ui);
	int err = opinion_stats(ui_ctx(ui), a, s->by, &s->of, &s->table);

	ui_watch(ui, ENTITY_BIT(OPINION), ui_ctx(ui)->my_unit);
	if (err != OK)
		return err;
	page_begin(&s->page);
	page_title(&s->page,
	           arena_printf(a, "%s  %s", _("Statistics of opinions"),
	                        span_text(a, &s->of)),
	           *s->unit == '\0' && ui_ctx(ui)->scope == SCOPE_COUNTY
	               ? _("All units")
	               : s->unit);
	page_text(&s->page, THEME_DIM, views_text(a, s->by));
	page_blank(&s->page);
	stats_page(&s->page, a, _(opinion_stats_bys[s->by].label), &s->table);
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct opinion_stats_screen *s = data;
	struct unit unit;
	int err = OK;

	s->unit = "";
	s->by = arg % SCREEN_UNIT > 0
	            ? (enum opinion_stats_by)(arg % SCREEN_UNIT - 1)
	            : STATS_CATEGORY;
	s->of.from = (int64_t)ui_today(ui).year * 100 + 1;
	s->of.to = s->of.from + 11;
	s->of.unit.v = arg / SCREEN_UNIT;
	if (s->of.unit.v != 0) {
		err = unit_get(ui_ctx(ui), ui_keep(ui), s->of.unit, &unit);
		s->unit = err == OK ? unit.name : "";
	}
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return err;
}

/* --- keys ------------------------------------------------------------- */

static void
go(struct ui *ui, struct opinion_stats_screen *s, int by)
{
	s->by = (enum opinion_stats_by)((by + STATS_BYS) % STATS_BYS);
	ui_reload(ui);
}

static void
key_left(struct ui *ui, void *data)
{
	struct opinion_stats_screen *s = data;

	go(ui, s, (int)s->by - 1);
}

static void
key_right(struct ui *ui, void *data)
{
	struct opinion_stats_screen *s = data;

	go(ui, s, (int)s->by + 1);
}

static void
key_open(struct ui *ui, void *data)
{
	struct opinion_stats_screen *s = data;
	struct list_query query;
	int64_t row;

	if (!page_selected(&s->page, &row, NULL))
		return;
	if (opinion_stats_query(s->by, &s->of, &s->table.rows[row], &query))
		opinion_list_open(ui, &opinion_list, &query);
	else
		ui_say(ui, "%s", _("There is no list of these."));
}

/* Many senders, one matter: of the unit shown, whenever they came. */
static void
key_hot(struct ui *ui, void *data)
{
	struct opinion_stats_screen *s = data;
	struct list_query query = {.order = 0};

	if (s->of.unit.v != 0)
		list_where(&query, OPINION_LIST_UNIT, s->of.unit.v, NULL);
	opinion_list_open(ui, &opinion_hot, &query);
}

static void
key_became(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_conversions, 0);
}

static void
key_held(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_held, 0);
}

static void
key_compare(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_robot_compare, 0);
}

static void
pick_view(struct ui *ui, struct opinion_stats_screen *s)
{
	const char *labels[STATS_BYS];
	int chosen;

	for (int i = 0; i < STATS_BYS; i++)
		labels[i] = _(opinion_stats_bys[i].label);
	chosen = ui_menu(ui, _("Table"), labels, STATS_BYS);
	if (chosen >= 0)
		go(ui, s, chosen);
}

static void
pick_unit(struct ui *ui, struct opinion_stats_screen *s)
{
	struct unit *units;
	const char *labels[UNITS_MAX + 1];
	int n, chosen;

	if (ui_error(ui, unit_list(ui_ctx(ui), ui_arena(ui), &units, &n)) != OK)
		return;
	n = n < UNITS_MAX ? n : UNITS_MAX;
	labels[0] = _("All units");
	for (int i = 0; i < n; i++)
		labels[i + 1] = units[i].name;
	chosen = ui_menu(ui, _("Unit"), labels, n + 1);
	if (chosen < 0)
		return;
	s->of.unit.v = chosen > 0 ? units[chosen - 1].id.v : 0;
	s->unit = chosen > 0 ? arena_strdup(ui_keep(ui), labels[chosen]) : "";
	ui_reload(ui);
}

/* "2025-07 2026-03": both months are part of it. */
static void
type_span(struct ui *ui, struct opinion_stats_screen *s)
{
	struct arena *a = ui_arena(ui);
	int year[2], month[2];
	const char *text = ui_prompt(
	    ui, a, _("First and last month, as 2025-07 2026-03"), "", 20);

	if (text == NULL)
		return;
	if (sscanf(text, "%4d-%2d %4d-%2d", &year[0], &month[0], &year[1],
	           &month[1]) != 4 ||
	    month[0] < 1 || month[0] > 12 || month[1] < 1 || month[1] > 12 ||
	    year[0] < 1900 || year[1] > 2099 ||
	    year[0] * 100 + month[0] > year[1] * 100 + month[1]) {
		ui_say(ui, "%s", _("Write two months, the earlier first."));
		return;
	}
	s->of.from = year[0] * 100 + month[0];
	s->of.to = year[1] * 100 + month[1];
	ui_reload(ui);
}

static void
pick_span(struct ui *ui, struct opinion_stats_screen *s)
{
	struct day today = ui_today(ui);
	int64_t now = month_of(today), year = (int64_t)today.year * 100;
	const struct opinion_stats_of spans[] = {
	    {.from = now, .to = now},
	    {.from = month_add(now, -1), .to = month_add(now, -1)},
	    {.from = year + 1, .to = year + 12},
	    {.from = year - 99, .to = year - 88},
	    {.from = STATS_EVER_FROM, .to = STATS_EVER_TO},
	};
	const char *labels[] = {_("This month"), _("Last month"),
	                        _("This year"),  _("Last year"),
	                        _("All years"),  _("From a month to another")};
	int chosen = ui_menu(ui, _("Months"), labels, (int)COUNT(labels));

	if (chosen < 0)
		return;
	if (chosen == (int)COUNT(spans)) {
		type_span(ui, s);
		return;
	}
	s->of.from = spans[chosen].from;
	s->of.to = spans[chosen].to;
	ui_reload(ui);
}

static void
key_filter(struct ui *ui, void *data)
{
	static void (*const picks[])(
	    struct ui *, struct opinion_stats_screen *) = {pick_span, pick_view,
	                                                   pick_unit};
	const char *entries[] = {_("Months"), _("Table"), _("Unit")};
	bool county = ui_ctx(ui)->scope == SCOPE_COUNTY;
	int chosen = ui_menu(ui, _("Statistics"), entries,
	                     (int)COUNT(entries) - !county);

	if (chosen >= 0)
		picks[chosen](ui, data);
}

static void
key_export(struct ui *ui, void *data)
{
	const struct opinion_stats_screen *s = data;
	struct arena *a = ui_arena(ui);

	ui_transfer_export(ui, "opinion_stats",
	                   export_stats_args(a, s->by, &s->of),
	                   _(opinion_stats_bys[s->by].label));
}

static bool
when_row(struct ui *ui, const void *data)
{
	const struct opinion_stats_screen *s = data;

	(void)ui;
	return s->by != STATS_DAYS && page_selected(&s->page, NULL, NULL);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"),   PERM_NONE, key_open, when_row,
	 N_("The opinions that the row under the mark counts.")},
	{"Left/Right", N_("Table"), PERM_NONE, NULL, NULL,
	 N_("The table before or after, in the order of the line above it.")},
	{"Left",  NULL, PERM_NONE, key_left, NULL, NULL},
	{"Right", NULL, PERM_NONE, key_right, NULL, NULL},
	{KEY_ACTION, N_("Hot topics"), PERM_NONE, key_hot, NULL,
	 N_("Matters that several citizens raised, most senders first.")},
	{KEY_ACTION, N_("What opinions became"), PERM_NONE, key_became, NULL,
	 N_("Suggestions, proposed projects, comments on draft laws.")},
	{KEY_ACTION, N_("Messages held back"), PERM_OPINION_TRIAGE, key_held, NULL,
	 N_("Why and by which code; to release or to discard.")},
	{KEY_ACTION, N_("By robot and by hand"), PERM_OPINION_TRIAGE, key_compare, NULL,
	 N_("Which way matters came, and what may have been entered twice.")},
	{"F5",    N_("Months"), PERM_NONE, key_filter, NULL,
	 N_("Of which months, which table, and for the county of which unit.")},
	{"F7",    N_("Export"), PERM_NONE, key_export, NULL,
	 N_("The table as CSV or JSON.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_opinion_stats = {
    .name = "opinion-stats",
    .title = N_("Statistics of opinions"),
    .about = N_(
	"Opinions by the month they were received: how many, how many are "
	"settled, what came of them, whether the citizen is satisfied, how "
	"many working days each step took.\n"
	"Settled: nothing is left to do. A solved: of those that have a "
	"class. Satisfied: satisfied or basically satisfied, of those who "
	"rated themselves; a rating typed by staff and no answer never count "
	"as satisfied and stand in rows of their own.\n"
	"Median: half took at most so many working days. Overdue and due "
	"soon are of today."),
    .needs = PERM_OPINION_STATS,
    .size = sizeof(struct opinion_stats_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
