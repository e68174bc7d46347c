/*
 * By robot and by hand: in a month, by unit, which way matters came; what was
 * written to the robot and became none; and what may have been entered twice.
 */
#include "db/robot_compare.h"

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/opinion_open.h"
#include "tui/screens.h"
#include "tui/station_pick.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { UNIT = 16, COUNTED = 9, WHY = 14, WHO = 8, NARROW = 100 };
enum kind { KIND_UNIT, KIND_MESSAGE, KIND_PAIR };

struct compare_view {
	struct page page;
	int64_t month;
	struct robot_compare found; /* of this load */
};

/* --- drawing ------------------------------------------------------------- */

/* Robot first, then by hand, then the rest. */
static const struct {
	enum opinion_source source;
	const char *label;
} ways[COMPARE_SOURCES] = {
    {SOURCE_ROBOT, N_("Robot")},       {SOURCE_DESK, N_("Desk")},
    {SOURCE_MEETING, N_("Reception")}, {SOURCE_DEPUTY, N_("Deputy")},
    {SOURCE_PUBLIC, N_("Public")},     {SOURCE_IMPORT, N_("Import")},
};

static void
put_units(struct ui *ui, struct compare_view *s)
{
	struct arena *a = ui_arena(ui);
	struct page_cell cells[2 + COMPARE_SOURCES] = {
	    {"", 2, false, THEME_NORMAL},
	    {_("Unit"), UNIT, false, THEME_HEADING}};

	for (int i = 0; i < COMPARE_SOURCES; i++)
		cells[2 + i] = (struct page_cell){_(ways[i].label), COUNTED,
		                                  true, THEME_HEADING};
	page_cells(&s->page, cells + 1, 1 + COMPARE_SOURCES);
	for (int k = 0; k < s->found.unit_count; k++) {
		const struct compare_unit *u = &s->found.units[k];

		cells[1] =
		    (struct page_cell){u->name, UNIT, false, THEME_NORMAL};
		for (int i = 0; i < COMPARE_SOURCES; i++)
			cells[2 + i] = (struct page_cell){
			    arena_printf(a, "%lld",
			                 (long long)u->n[ways[i].source]),
			    COUNTED, true, THEME_NORMAL};
		page_item_cells(&s->page, k, KIND_UNIT, cells + 1,
		                1 + COMPARE_SOURCES);
	}
	if (s->found.unit_count == 0)
		page_text(&s->page, THEME_DIM, _("No matter came."));
}

static void
put_messages(struct ui *ui, struct compare_view *s)
{
	struct arena *a = ui_arena(ui);

	page_heading(&s->page, _("Written to the robot, and no matter of it"));
	if (s->found.message_count == 0)
		page_text(&s->page, THEME_DIM, _("None."));
	for (int i = 0; i < s->found.message_count; i++) {
		const struct compare_message *m = &s->found.messages[i];
		const struct page_cell cells[] = {
		    {instant_show(a, m->taken_at, ui_today(ui)), 11, false,
		     THEME_DIM},
		    {_(compare_whys[m->why].label), WHY, false, THEME_NORMAL},
		    {m->who[0] != '\0' ? m->who : _("unknown"), WHO, false,
		     THEME_NORMAL},
		    {m->words, 0, false, THEME_NORMAL},
		};

		page_item_cells(&s->page, i, KIND_MESSAGE, cells,
		                (int)COUNT(cells));
	}
}

static void
put_pairs(struct ui *ui, struct compare_view *s)
{
	struct arena *a = ui_arena(ui);
	int columns = s->page.widget.columns;
	int width = columns >= NARROW ? 40 : 22;

	page_heading(&s->page, _("Perhaps entered twice: by robot, by hand"));
	if (s->found.pair_count == 0)
		page_text(&s->page, THEME_DIM, _("None."));
	for (int i = 0; i < s->found.pair_count; i++) {
		const struct compare_pair *p = &s->found.pairs[i];
		const struct page_cell cells[] = {
		    {arena_printf(a, "%lld", (long long)p->robot.v), 6, true,
		     THEME_NORMAL},
		    {p->robot_subject, width, false, THEME_NORMAL},
		    {arena_printf(a, "%lld", (long long)p->hand.v), 6, true,
		     THEME_NORMAL},
		    {p->hand_subject, width, false, THEME_NORMAL},
		    {arena_printf(a, "%d%%", p->percent), 4, true, THEME_DIM},
		};

		page_item_cells(&s->page, i, KIND_PAIR, cells,
		                (int)COUNT(cells));
	}
}

static int
load(struct ui *ui, void *data)
{
	struct compare_view *s = data;
	int err = robot_compare(ui_ctx(ui), ui_arena(ui), s->month, &s->found);

	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(OPINION) | ENTITY_BIT(ROBOT_MESSAGE),
	         ui_ctx(ui)->my_unit);
	page_begin(&s->page);
	page_title(&s->page, _("By robot and by hand"),
	           month_text(ui_arena(ui), s->month));
	put_units(ui, s);
	put_messages(ui, s);
	put_pairs(ui, s);
	if (s->found.cut)
		page_text(&s->page, THEME_DIM,
		          _("There are more; the newest are shown."));
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct compare_view *s = data;

	s->month = arg != 0 ? arg : month_of(ui_today(ui));
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- keys ---------------------------------------------------------------- */

static void
open_unit(struct ui *ui, const struct compare_view *s,
          const struct compare_unit *u)
{
	struct list_query query = {.order = 0};

	list_where(&query, OPINION_LIST_MONTH, s->month, NULL);
	if (u->unit.v != 0)
		list_where(&query, OPINION_LIST_UNIT, u->unit.v, NULL);
	opinion_list_open(ui, &opinion_list, &query);
}

static void
open_message(struct ui *ui, const struct compare_message *m)
{
	struct arena *a = ui_arena(ui);

	if (m->opinion.v != 0) {
		ui_push(ui, &screen_opinion, m->opinion.v);
		return;
	}
	ui_show(ui, _(compare_whys[m->why].label),
	        arena_printf(a, "%s  %s\n\n%s\n\n%s\n%s",
	                     instant_show(a, m->taken_at, ui_today(ui)),
	                     m->who[0] != '\0' ? m->who : _("unknown"),
	                     m->words, _("The robot said:"), m->answer));
}

static void
key_open(struct ui *ui, void *data)
{
	struct compare_view *s = data;
	const struct compare_pair *pair;
	int64_t at;
	int kind;

	if (!page_selected(&s->page, &at, &kind))
		return;
	if (kind == KIND_UNIT) {
		open_unit(ui, s, &s->found.units[at]);
	} else if (kind == KIND_MESSAGE) {
		open_message(ui, &s->found.messages[at]);
	} else {
		pair = &s->found.pairs[at];
		ui_push(ui, &screen_opinion_merge,
		        screen_merge_arg(pair->robot, pair->hand));
	}
}

static bool
when_item(struct ui *ui, const void *data)
{
	(void)ui;
	return page_selected(&((const struct compare_view *)data)->page, NULL,
	                     NULL);
}

static void
go(struct ui *ui, struct compare_view *s, int months)
{
	int64_t month = month_add(s->month, months);

	if (month > month_of(ui_today(ui)))
		return;
	s->month = month;
	ui_reload(ui);
}

static void
key_left(struct ui *ui, void *data)
{
	go(ui, data, -1);
}

static void
key_right(struct ui *ui, void *data)
{
	go(ui, data, 1);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"), PERM_NONE, key_open, when_item,
	 N_("The matters of a unit, a message, or two matters side by side to merge them.")},
	{"Left/Right", N_("Month"), PERM_NONE, NULL, NULL, NULL},
	{"Left",  NULL, PERM_NONE, key_left, NULL, NULL},
	{"Right", NULL, PERM_NONE, key_right, NULL, NULL},
	KEY_END,
};
/* clang-format on */

const struct screen screen_robot_compare = {
    .name = "robot-compare",
    .title = N_("By robot and by hand"),
    .about = N_(
	"How many matters of a month came by the robot, by the desk and the "
	"other ways; what a deputy wrote to the robot counts as the robot's. "
	"Below it what was written to the robot without becoming a matter: by "
	"somebody unknown, not understood, refused, or never answered. Last, "
	"matters of one unit that say the same, one by the robot and one by "
	"hand within a few days (robot.twice_days): Enter shows both side by "
	"side, to merge the left one into the right one."),
    .needs = PERM_OPINION_TRIAGE,
    .size = sizeof(struct compare_view),
    .keys = keys,
    .open = open,
    .load = load,
};
