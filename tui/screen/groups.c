/*
 * The deputies' groups and the electoral districts of a unit. The argument
 * is the unit; 0 is one's own.
 */
#include <stdlib.h>

#include "db/base/i18n.h"
#include "db/deputy_group.h"
#include "db/district.h"
#include "db/station.h"
#include "db/store/ctx.h"
#include "db/term.h"
#include "db/unit.h"
#include "tui/people.h"
#include "tui/screens.h"

struct groups {
	struct page page;
	struct unit_id unit;
	struct station_id station;
	bool has_deputies; /* of its own level */
	struct deputy_group *rows;
	int n;
};

/* What the mark stands on. */
enum { ITEM_GROUP, ITEM_DISTRICT };

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct groups *s = data;

	s->unit.v = arg != 0 ? arg : ui_ctx(ui)->my_unit;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* As they were set up: by name the third would stand before the second. */
static int
by_group(const void *a, const void *b)
{
	const struct deputy_group *x = a, *y = b;

	return (x->id.v > y->id.v) - (x->id.v < y->id.v);
}

static int
by_district(const void *a, const void *b)
{
	const struct district *x = a, *y = b;

	return (x->id.v > y->id.v) - (x->id.v < y->id.v);
}

static int
fill_districts(struct ui *ui, struct groups *s, int level)
{
	struct district *rows;
	int n, err = district_list(ui_ctx(ui), ui_arena(ui), s->unit, level,
	                           &rows, &n);

	if (err != OK)
		return err;
	if (n > 0)
		qsort(rows, (size_t)n, sizeof(*rows), by_district);
	page_blank(&s->page);
	page_heading(&s->page, level == LEVEL_COUNTY
	                           ? _("Electoral districts of the county")
	                           : _("Electoral districts of the town"));
	if (n == 0)
		page_text(&s->page, THEME_DIM, _("None yet."));
	for (int i = 0; i < n; i++)
		page_item(&s->page, rows[i].id.v, ITEM_DISTRICT, "%s",
		          rows[i].name);
	return OK;
}

static void
fill_groups(struct ui *ui, struct groups *s, const char *unit)
{
	page_title(&s->page, unit, "");
	page_heading(&s->page, _("Deputies' groups"));
	if (s->n == 0)
		page_text(&s->page, THEME_DIM,
		          _("None yet. F4 adds the first one."));
	for (int i = 0; i < s->n; i++) {
		const struct page_cell cells[] = {
		    {s->rows[i].name, 30, false, THEME_NORMAL},
		    {arena_printf(ui_arena(ui), "%lld",
		                  (long long)s->rows[i].deputies),
		     6, true, THEME_NORMAL},
		};

		page_item_cells(&s->page, s->rows[i].id.v, ITEM_GROUP, cells,
		                2);
	}
}

static int
load(struct ui *ui, void *data)
{
	struct groups *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct station station;
	struct unit unit;
	struct unit_kind kind;
	int err = unit_get(c, a, s->unit, &unit);

	if (err == OK)
		err = unit_kind_get(c, a, unit.kind, &kind);
	if (err == OK)
		err = station_of_unit(c, a, s->unit, &station);
	if (err == OK)
		err = deputy_group_list(c, a, station.id, &s->rows, &s->n);
	if (err != OK)
		return err;
	if (s->n > 0)
		qsort(s->rows, (size_t)s->n, sizeof(*s->rows), by_group);
	s->station = station.id;
	s->has_deputies = kind.has_deputies;
	ui_watch(ui,
	         ENTITY_BIT(DEPUTY_GROUP) | ENTITY_BIT(DISTRICT) |
	             ENTITY_BIT(MANDATE),
	         s->unit.v);
	page_begin(&s->page);
	fill_groups(ui, s, unit.name);
	err = fill_districts(ui, s, LEVEL_COUNTY);
	if (err == OK && s->has_deputies)
		err = fill_districts(ui, s, LEVEL_TOWN);
	return err;
}

/* --- keys ------------------------------------------------------------- */

static bool
when_group(struct ui *ui, const void *data)
{
	int kind;

	(void)ui;
	return page_selected(&((const struct groups *)data)->page, NULL,
	                     &kind) &&
	       kind == ITEM_GROUP;
}

static bool
when_item(struct ui *ui, const void *data)
{
	(void)ui;
	return page_selected(&((const struct groups *)data)->page, NULL, NULL);
}

static void
key_members(struct ui *ui, void *data)
{
	const struct groups *s = data;
	int64_t id;

	if (page_selected(&s->page, &id, NULL))
		ui_push(ui, &screen_deputies, -id);
}

static const char *
ask_name(struct ui *ui, const char *label)
{
	const char *name =
	    ui_prompt(ui, ui_arena(ui), label, "", DEPUTY_GROUP_NAME_MAX);

	return name != NULL && name[0] != '\0' ? name : NULL;
}

static void
key_add_group(struct ui *ui, void *data)
{
	struct groups *s = data;
	struct deputy_group row = {.station = s->station};
	struct deputy_group_id id;

	row.name = ask_name(ui, _("Name of the new group"));
	if (row.name != NULL)
		(void)people_say(ui, deputy_group_add(ui_ctx(ui), &row, &id));
	ui_reload(ui);
}

static void
add_district(struct ui *ui, const struct groups *s, int level)
{
	struct district row = {.unit = s->unit, .level = level};
	struct district_id id;

	row.name = ask_name(ui, _("Name of the new district"));
	if (row.name != NULL)
		(void)people_say(ui, district_add(ui_ctx(ui), &row, &id));
	ui_reload(ui);
}

static void
key_add_county(struct ui *ui, void *data)
{
	add_district(ui, data, LEVEL_COUNTY);
}

static void
key_add_town(struct ui *ui, void *data)
{
	add_district(ui, data, LEVEL_TOWN);
}

static bool
when_town(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct groups *)data)->has_deputies;
}

static void
key_rename(struct ui *ui, void *data)
{
	struct groups *s = data;
	struct deputy_group group = {0};
	struct district district = {0};
	int64_t id;
	int kind;

	if (!page_selected(&s->page, &id, &kind))
		return;
	group.id.v = district.id.v = id;
	group.name = district.name = ask_name(ui, _("New name"));
	if (group.name == NULL)
		return;
	(void)people_say(ui, kind == ITEM_GROUP
	                         ? deputy_group_save(ui_ctx(ui), &group)
	                         : district_save(ui_ctx(ui), &district));
	ui_reload(ui);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Members"), PERM_NONE, key_members, when_group,
	 N_("The deputies of the group under the mark; F2 there leads to the mandate and its group.")},
	{"F4", N_("New group"), PERM_PEOPLE_WRITE, key_add_group, NULL, NULL},
	{KEY_ACTION, N_("Rename"), PERM_PEOPLE_WRITE, key_rename, when_item,
	 N_("The group or district under the mark.")},
	{KEY_ACTION, N_("New county district"), PERM_PEOPLE_WRITE, key_add_county, NULL,
	 N_("A district that elects county deputies.")},
	{KEY_ACTION, N_("New town district"), PERM_PEOPLE_WRITE, key_add_town, when_town,
	 N_("A district that elects town deputies.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_groups = {
    .name = "groups",
    .title = N_("Groups and districts"),
    .about = N_("The deputies' groups of a unit with how many they have, and "
                "the electoral districts of either congress. A deputy is put "
                "into a group and a district with the mandate."),
    .needs = PERM_ORG_READ,
    .size = sizeof(struct groups),
    .keys = keys,
    .open = open,
    .load = load,
};
