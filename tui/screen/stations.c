/*
 * The tree of the county: units, each with its liaison station, and the
 * rooms and points below the one that is unfolded.
 */
#include <string.h>

#include "db/base/i18n.h"
#include "db/office.h"
#include "db/station.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

struct stations {
	struct page page;
	int64_t unfolded; /* unit; 0: none */
	bool chosen;      /* somebody folded or unfolded */
	int columns;      /* the page is laid out for */
	struct tree_row *rows, *below;
	int n, n_below;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct stations *s = data;

	(void)arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

enum { KIND_WIDTH = 12, NAME_WIDTH = 20, COUNT_WIDTH = 9 };

static const char *
count_text(struct ui *ui, int64_t n)
{
	return n < 0 ? "" : arena_printf(ui_arena(ui), "%lld", (long long)n);
}

/* A unit's row tells its station too, the next row of the tree. */
static void
fill_unit(struct ui *ui, struct stations *s, const struct tree_row *unit,
          const struct tree_row *station)
{
	bool unfolded = unit->id == s->unfolded;
	int room = s->columns - 2 - 2 - NAME_WIDTH - 1 - KIND_WIDTH - 1 -
	           COUNT_WIDTH - 1;
	const struct page_cell cells[] = {
	    {unfolded ? "-" : "+", 1, false, THEME_DIM},
	    {unit->name, NAME_WIDTH, false, THEME_NORMAL},
	    {role_label(unit->kind_label, unit->kind_label_en), KIND_WIDTH,
	     false, THEME_NORMAL},
	    {station != NULL ? station->name : "", room < 16 ? 16 : room, false,
	     THEME_NORMAL},
	    {count_text(ui, unit->deputies), COUNT_WIDTH, true, THEME_NORMAL},
	};

	page_item_cells(&s->page, unit->id, TREE_UNIT, cells, 5);
	if (!unfolded)
		return;
	for (int i = 0; i < s->n_below; i++) {
		const struct tree_row *row = &s->below[i];
		const struct page_cell place[] = {
		    {" ", 3, false, THEME_NORMAL},
		    {row->sort == TREE_ROOM ? _("room") : _("point"), 8, false,
		     THEME_DIM},
		    {row->name, 0, false, THEME_NORMAL},
		};

		if (row->sort == TREE_ROOM || row->sort == TREE_POINT)
			page_cells(&s->page, place, 3);
	}
}

static void
fill(struct ui *ui, struct stations *s)
{
	int room = s->columns - 2 - 2 - NAME_WIDTH - 1 - KIND_WIDTH - 1 -
	           COUNT_WIDTH - 1;
	const struct page_cell head[] = {
	    {" ", 1, false, THEME_HEADING},
	    {_("Unit"), NAME_WIDTH, false, THEME_HEADING},
	    {_("Kind"), KIND_WIDTH, false, THEME_HEADING},
	    {_("Liaison station"), room < 16 ? 16 : room, false, THEME_HEADING},
	    {_("Deputies"), COUNT_WIDTH, true, THEME_HEADING},
	};

	page_begin(&s->page);
	if (s->n == 0) {
		page_text(&s->page, THEME_DIM,
		          _("No units yet. The administrator sets up a unit "
		            "with its station: liaisonctl unit add."));
		return;
	}
	page_cells(&s->page, head, 5);
	for (int i = 0; i < s->n; i++)
		if (s->rows[i].sort == TREE_UNIT)
			fill_unit(ui, s, &s->rows[i],
			          i + 1 < s->n &&
			                  s->rows[i + 1].sort == TREE_STATION
			              ? &s->rows[i + 1]
			              : NULL);
}

static int
load(struct ui *ui, void *data)
{
	struct stations *s = data;
	struct ctx *c = ui_ctx(ui);
	struct unit_id none = {0};
	int units = 0, err;

	s->n = s->n_below = 0;
	err = station_tree(c, ui_arena(ui), none, &s->rows, &s->n);

	if (err != OK)
		return err;
	for (int i = 0; i < s->n; i++)
		units += s->rows[i].sort == TREE_UNIT;
	/* Who sees one unit sees it unfolded. */
	if (units == 1 && !s->chosen)
		s->unfolded = s->rows[0].unit.v;
	if (s->unfolded != 0)
		err =
		    station_tree(c, ui_arena(ui), (struct unit_id){s->unfolded},
		                 &s->below, &s->n_below);
	if (err != OK)
		return err;
	ui_watch(ui,
	         ENTITY_BIT(UNIT) | ENTITY_BIT(STATION) | ENTITY_BIT(PLACE) |
	             ENTITY_BIT(MANDATE),
	         c->my_unit);
	s->columns = s->columns > 0 ? s->columns : 80;
	fill(ui, s);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct stations *s = data;

	if (s->columns != body->columns) {
		s->columns = body->columns;
		fill(ui, s);
	}
	page_draw(&s->page, body);
}

/* --- keys ------------------------------------------------------------- */

static void
key_open(struct ui *ui, void *data)
{
	const struct stations *s = data;
	int64_t id;

	if (page_selected(&s->page, &id, NULL))
		ui_push(ui, &screen_station, id);
}

static void
key_unfold(struct ui *ui, void *data)
{
	struct stations *s = data;

	s->chosen = true;
	if (page_selected(&s->page, &s->unfolded, NULL))
		ui_reload(ui);
}

static void
key_fold(struct ui *ui, void *data)
{
	struct stations *s = data;

	s->chosen = true;
	s->unfolded = 0;
	ui_reload(ui);
}

static bool
when_item(struct ui *ui, const void *data)
{
	(void)ui;
	return page_selected(&((const struct stations *)data)->page, NULL,
	                     NULL);
}

static void
key_deputies(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_deputies, 0);
}

static void
key_accounts(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_accounts, 0);
}

/* A deputy's roster is themself. */
static bool
when_roster(struct ui *ui, const void *data)
{
	(void)data;
	return ui_ctx(ui)->scope != SCOPE_SELF;
}

static void
key_people(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_persons, 0);
}

static void
key_terms(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_terms, 0);
}

static void
key_imports(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_imports, 0);
}

/* The work of the stations in sight; each opens for all of them. */
#define WORK(name)                                                             \
	static void key_##name(struct ui *ui, void *data)                      \
	{                                                                      \
		(void)data;                                                    \
		ui_push(ui, &screen_##name, 0);                                \
	}

WORK(rota)
WORK(receptions)
WORK(plan)
WORK(instructions)
WORK(documents)
static void
key_codes(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_codes, 0);
}

static void
key_rules(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_rules, 0);
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, when_item,
     N_("Open the station of the unit.")},
    {"Right", N_("Unfold"), PERM_NONE, key_unfold, when_item,
     N_("Show the rooms and points of the unit.")},
    {"Left", NULL, PERM_NONE, key_fold, NULL,
     N_("Hide the rooms and points again.")},
    {"F3", N_("Find a deputy"), PERM_ORG_READ, key_deputies, NULL,
     N_("The deputies of all units you see, by name, pinyin or initials.")},
    {KEY_ACTION, N_("Accounts"), PERM_ACCOUNT_READ, key_accounts, NULL, NULL},
    {KEY_ACTION, N_("Imports"), PERM_IMPORT_READ, key_imports, NULL,
     N_("People and records of earlier years brought in from files.")},
    {KEY_ACTION, N_("Instructions"), PERM_STATION_READ, key_instructions, NULL,
     NULL},
    {KEY_ACTION, N_("Rota"), PERM_ROTA_READ, key_rota, NULL, NULL},
    {KEY_ACTION, N_("Receptions"), PERM_STATION_READ, key_receptions, NULL,
     NULL},
    {KEY_ACTION, N_("Yearly plan"), PERM_STATION_READ, key_plan, NULL, NULL},
    {KEY_ACTION, N_("Documents"), PERM_STATION_READ, key_documents, NULL, NULL},
    {KEY_ACTION, N_("Rules"), PERM_RULE_READ, key_rules, NULL,
     N_("Kinds of activity, points, categories, deadlines, holidays ..")},
    {KEY_ACTION, N_("Codes"), PERM_CODE_READ, key_codes, NULL,
     N_("Until when the codes are good; revoke and replace them.")},
    {KEY_ACTION, N_("People"), PERM_ORG_READ, key_people, when_roster,
     N_("Everybody of the roster, deputies of all terms and officers.")},
    {KEY_ACTION, N_("Terms"), PERM_ORG_READ, key_terms, when_roster,
     N_("The terms of the congresses, and the change from one to the next.")},
    KEY_END,
};

const struct screen screen_stations = {
    .name = "stations",
    .title = N_("Stations"),
    .about = N_("The units of the county, each with its liaison station. "
                "Rooms and points belong to a station and have no "
                "administration of their own. Enter opens a station with "
                "its officers, groups and deputies."),
    .needs = PERM_ORG_READ,
    .size = sizeof(struct stations),
    .keys = keys,
    .open = open,
    .load = load,
    .draw = draw,
};
