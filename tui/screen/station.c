/*
 * One liaison station: its profile, officers, groups, rooms and points. The
 * argument is its unit (each unit has one station); 0 is one's own.
 */
#include "db/station.h"

#include <stdlib.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/deputy_group.h"
#include "db/office.h"
#include "db/place.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

struct station_view {
	struct page page;
	struct unit_id unit;
	struct station_id station;
};

/* What the mark stands on. */
enum { ITEM_DEPUTIES, ITEM_GROUP };

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct station_view *s = data;

	s->unit.v = arg != 0 ? arg : ui_ctx(ui)->my_unit;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static void
fill_profile(struct page *p, const struct station_page *page)
{
	page_title(p, page->row.name,
	           role_label(page->kind_label, page->kind_label_en));
	page_pair(p, _("Unit"), page->unit_name);
	if (page->row.address[0] != '\0')
		page_pair(p, _("Address"), page->row.address);
	if (page->row.phone[0] != '\0')
		page_pair(p, _("Telephone"), page->row.phone);
	if (page->row.hours[0] != '\0')
		page_pair(p, _("Opening hours"), page->row.hours);
	if (page->row.profile[0] != '\0')
		page_pair(p, _("Profile"), page->row.profile);
	page_blank(p);
}

static void
fill_deputies(struct ui *ui, struct page *p, const struct station_page *page,
              const struct deputy_group *groups, int n)
{
	struct arena *a = ui_arena(ui);

	page_heading(p, arena_printf(a, "%s %lld", _("Deputies"),
	                             (long long)page->deputies));
	page_item(p, page->row.id.v, ITEM_DEPUTIES,
	          _("all: %lld of the county, %lld of the town"),
	          (long long)page->county_deputies,
	          (long long)page->town_deputies);
	for (int i = 0; i < n; i++)
		page_item(p, groups[i].id.v, ITEM_GROUP, "%s  %lld",
		          groups[i].name, (long long)groups[i].deputies);
	page_blank(p);
}

static void
fill_officers(struct page *p, const struct office_line *rows, int n)
{
	page_heading(p, _("Officers"));
	if (n == 0)
		page_text(p, THEME_DIM,
		          _("Nobody holds an office here at present."));
	for (int i = 0; i < n; i++)
		page_pairf(p, role_label(rows[i].label, rows[i].label_en),
		           "%s%s%s", rows[i].name,
		           rows[i].place_name[0] != '\0' ? "  " : "",
		           rows[i].place_name);
	page_blank(p);
}

/* Rooms on one paragraph, points on the next. */
static void
fill_places(struct ui *ui, struct page *p, const struct place *rows, int n)
{
	struct arena *a = ui_arena(ui);

	page_heading(p, _("Rooms and points"));
	if (n == 0)
		page_text(p, THEME_DIM, _("None yet."));
	for (int kind = PLACE_ROOM; kind <= PLACE_POINT; kind++) {
		const char *names = "";
		int found = 0;

		for (int i = 0; i < n; i++)
			if (rows[i].kind == kind && rows[i].closed_on.year == 0)
				names = arena_printf(a, "%s%s%s", names,
				                     found++ > 0 ? "  " : "",
				                     rows[i].name);
		if (found > 0)
			page_pair(p,
			          arena_printf(a, "%s %d",
			                       kind == PLACE_ROOM
			                           ? _("Rooms")
			                           : _("Points of contact"),
			                       found),
			          names);
	}
}

/* As they were set up: by name the third would stand before the second. */
static int
by_number(const void *a, const void *b)
{
	const struct deputy_group *x = a, *y = b;

	return (x->id.v > y->id.v) - (x->id.v < y->id.v);
}

static int
load(struct ui *ui, void *data)
{
	struct station_view *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct station_page page;
	struct station row;
	struct deputy_group *groups;
	struct office_line *officers;
	struct place *places;
	int n_groups, n_officers, n_places;
	int err = station_of_unit(c, a, s->unit, &row);

	if (err == OK)
		err = station_page_get(c, a, row.id, &page);
	if (err == OK)
		err = deputy_group_list(c, a, row.id, &groups, &n_groups);
	if (err == OK)
		err = office_at_station(c, a, row.id, &officers, &n_officers);
	if (err == OK)
		err = place_list(c, a, row.id, &places, &n_places);
	if (err != OK)
		return err;
	s->station = row.id;
	if (n_groups > 0)
		qsort(groups, (size_t)n_groups, sizeof(*groups), by_number);
	ui_watch(ui,
	         ENTITY_BIT(STATION) | ENTITY_BIT(PLACE) | ENTITY_BIT(OFFICE) |
	             ENTITY_BIT(MANDATE) | ENTITY_BIT(DEPUTY_GROUP),
	         row.unit.v);
	page_begin(&s->page);
	fill_profile(&s->page, &page);
	fill_deputies(ui, &s->page, &page, groups, n_groups);
	fill_officers(&s->page, officers, n_officers);
	fill_places(ui, &s->page, places, n_places);
	return OK;
}

/* --- keys ------------------------------------------------------------- */

/* The list of deputies takes a station, or a group as its negative. */
static void
key_open(struct ui *ui, void *data)
{
	const struct station_view *s = data;
	int64_t id;
	int kind;

	if (page_selected(&s->page, &id, &kind))
		ui_push(ui, &screen_deputies, kind == ITEM_GROUP ? -id : id);
}

static void
key_deputies(struct ui *ui, void *data)
{
	const struct station_view *s = data;

	ui_push(ui, &screen_deputies, s->station.v);
}

static void
key_file(struct ui *ui, void *data)
{
	const struct station_view *s = data;
	int64_t id;
	int kind;

	if (page_selected(&s->page, &id, &kind) && kind == ITEM_GROUP)
		ui_push(ui, &screen_duty_ledger, -id);
	else
		ui_push(ui, &screen_duty_ledger, s->station.v);
}

static void
key_month(struct ui *ui, void *data)
{
	ui_push(ui, &screen_month, ((struct station_view *)data)->unit.v);
}

/* A deputy's roster is themself, and has figures of groups only. */
static bool
when_roster(struct ui *ui, const void *data)
{
	(void)data;
	return ui_ctx(ui)->scope != SCOPE_SELF;
}

static void
key_people(struct ui *ui, void *data)
{
	ui_push(ui, &screen_persons,
	        ((const struct station_view *)data)->unit.v);
}

static void
key_groups(struct ui *ui, void *data)
{
	ui_push(ui, &screen_groups,
	        ((const struct station_view *)data)->unit.v);
}

static bool
when_item(struct ui *ui, const void *data)
{
	(void)ui;
	return page_selected(&((const struct station_view *)data)->page, NULL,
	                     NULL);
}

#define WORK(name, screen)                                                     \
	static void key_##name(struct ui *ui, void *data)                      \
	{                                                                      \
		ui_push(ui, &screen_##screen,                                  \
		        ((const struct station_view *)data)->station.v);       \
	}

WORK(rota, rota)
WORK(receptions, receptions)
WORK(plan, plan)
WORK(instructions, instructions)
WORK(documents, documents)
WORK(profile, station_form)
WORK(places, places)

static void
key_code(struct ui *ui, void *data)
{
	ui_push(ui, &screen_station_code,
	        ((const struct station_view *)data)->unit.v);
}

/* clang-format off */
static const struct key keys[] = {
    {"Enter", N_("Deputies"), PERM_NONE, key_open, when_item,
     N_("The deputies of the station, or of the group under the mark.")},
    {"F3", N_("Find a deputy"), PERM_NONE, key_deputies, NULL,
     N_("Find one by name, pinyin or initials.")},
	{"F6", N_("Duty file"), PERM_DUTY_READ, key_file, when_roster,
     N_("The file of the station, or of the group under the mark: a year or "
        "a term.")},
	{"F7", N_("Month"), PERM_MONTH_READ, key_month, NULL,
     N_("What the unit has still open today and this month.")},
	{KEY_ACTION, N_("Rota"), PERM_ROTA_READ, key_rota, NULL, NULL},
	{KEY_ACTION, N_("Receptions"), PERM_STATION_READ, key_receptions, NULL, NULL},
	{KEY_ACTION, N_("Yearly plan"), PERM_STATION_READ, key_plan, NULL, NULL},
	{KEY_ACTION, N_("Instructions"), PERM_STATION_READ, key_instructions, NULL, NULL},
	{KEY_ACTION, N_("Documents"), PERM_STATION_READ, key_documents, NULL, NULL},
	{KEY_ACTION, N_("Rooms and points"), PERM_STATION_WRITE, key_places, NULL, NULL},
	{KEY_ACTION, N_("Change the profile"), PERM_STATION_WRITE, key_profile, NULL, NULL},
	{KEY_ACTION, N_("People"), PERM_ORG_READ, key_people, when_roster,
     N_("Everybody of the unit's roster, also who left.")},
	{KEY_ACTION, N_("Groups and districts"), PERM_ORG_READ, key_groups,
     when_roster, NULL},
	{KEY_ACTION, N_("Station code"), PERM_CODE_READ, key_code, NULL,
     N_("The QR that opens the station's public page.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_station = {
    .name = "station",
    .title = N_("Liaison station"),
    .about = N_("One station: where it is, who runs it, its deputies in "
                "their groups, its rooms and points. Deputies of the county "
                "and of the town belong to the same station; who is both "
                "counts once in the total."),
    .needs = PERM_ORG_READ,
    .size = sizeof(struct station_view),
    .keys = keys,
    .open = open,
    .load = load,
};
