/*
 * Deputies with a current mandate, found by name, pinyin or initials. The
 * argument is a station, a group as its negative, or 0: all one sees.
 */
#include "db/base/i18n.h"
#include "db/mandate.h"
#include "db/person.h"
#include "db/store/ctx.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct deputies {
	struct records list;
};

static const char *
cell_levels(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct deputy_line *line = row;

	(void)ui, (void)data, (void)a;
	if (line->county && line->town)
		return _("county, town");
	return line->county ? _("county") : _("town");
}

static const char *
cell_name(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data, (void)a;
	return ((const struct deputy_line *)row)->name;
}

static const char *
cell_unit(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data, (void)a;
	return ((const struct deputy_line *)row)->unit_name;
}

static const char *
cell_group(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data, (void)a;
	return ((const struct deputy_line *)row)->group_name;
}

static const char *
cell_place(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data, (void)a;
	return ((const struct deputy_line *)row)->place_name;
}

static const char *
cell_job(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data, (void)a;
	return ((const struct deputy_line *)row)->job;
}

/* clang-format off */
#define NAME   {.heading = N_("Name"),      .width = 10, .text = cell_name}
#define LEVELS {.heading = N_("Deputy of"), .width = 12, .priority = 1, .text = cell_levels}
#define UNIT   {.heading = N_("Unit"),      .width = 10, .priority = 2, .text = cell_unit}
#define GROUP  {.heading = N_("Group"),     .width = 12, .priority = 4, .text = cell_group}
#define PLACE  {.heading = N_("Room or point"), .width = 18, .priority = 5, .text = cell_place}
#define JOB    {.heading = N_("Occupation"), .stretch = true, .priority = 3, .text = cell_job}

static const struct table_column columns[] = {
	NAME, LEVELS, GROUP, PLACE, JOB, TABLE_COLUMN_END,
};
static const struct table_column columns_of_all[] = {
	NAME, LEVELS, UNIT, GROUP, PLACE, JOB, TABLE_COLUMN_END,
};

#define EMPTY N_("No deputies with a current mandate here. Mandates are entered " \
                 "with liaisonctl import persons.")

static const struct table_spec table = {
	.columns = columns, .id_at = offsetof(struct deputy_line, person), .empty = EMPTY,
};
static const struct table_spec table_of_all = {
	.columns = columns_of_all, .id_at = offsetof(struct deputy_line, person), .empty = EMPTY,
};

static const struct records_spec spec = {
	.list = &deputy_list, .table = &table, .find = DEPUTY_LIST_FIND, .pattern = person_find_text,
};
static const struct records_spec spec_of_all = {
	.list = &deputy_list, .table = &table_of_all, .find = DEPUTY_LIST_FIND,
	.pattern = person_find_text,
};
/* clang-format on */

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct deputies *s = data;

	records_init(&s->list, arg == 0 ? &spec_of_all : &spec, ui, s);
	if (arg > 0)
		records_filter(&s->list, DEPUTY_LIST_STATION, arg, NULL);
	else if (arg < 0)
		records_filter(&s->list, DEPUTY_LIST_GROUP, -arg, NULL);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct deputies *s = data;

	ui_watch(ui, ENTITY_BIT(MANDATE) | ENTITY_BIT(PERSON),
	         ui_ctx(ui)->my_unit);
	return records_load(&s->list);
}

/* A deputy opens no other deputy's file. */
static bool
when_file(struct ui *ui, const void *data)
{
	const struct deputies *s = data;
	const struct deputy_line *row = records_row(&s->list);
	const struct ctx *c = ui_ctx(ui);

	return row != NULL &&
	       (c->scope != SCOPE_SELF || row->person.v == c->me);
}

static void
key_open(struct ui *ui, void *data)
{
	const struct deputies *s = data;
	const struct deputy_line *row = records_row(&s->list);

	if (row != NULL)
		ui_push(ui, &screen_duty_file, row->person.v);
}

static void
key_order(struct ui *ui, void *data)
{
	struct deputies *s = data;
	const char *orders[] = {_("by pinyin"), _("by strokes")};
	int order = ui_menu(ui, _("Order"), orders, 2);

	if (order < 0)
		return;
	records_order(&s->list,
	              order == 1 ? DEPUTY_BY_STROKE : DEPUTY_BY_PINYIN);
	ui_error(ui, records_restart(&s->list));
}

static void
key_person(struct ui *ui, void *data)
{
	const struct deputies *s = data;
	const struct deputy_line *row = records_row(&s->list);

	if (row != NULL)
		ui_push(ui, &screen_person, row->person.v);
}

static const struct key keys[] = {
    {"Enter", N_("Duty file"), PERM_DUTY_READ, key_open, when_file,
     N_("The deputy's duty file: records, points and rank by year.")},
    {"F5", N_("Order"), PERM_NONE, key_order, NULL,
     N_("By pinyin or by number of strokes.")},
    RECORDS_KEY_EXPORT,
    {KEY_ACTION, N_("Person"), PERM_ORG_READ, key_person, when_file,
     N_("The person's page: mandates, group, offices.")},
    KEY_END,
};

const struct screen screen_deputies = {
    .name = "deputies",
    .title = N_("Deputies"),
    .about = N_("The deputies whose mandate is current, each person once "
                "however many mandates they hold. Type a name, its pinyin "
                "or its initials to find one: zw finds Zhang Wei."),
    .needs = PERM_ORG_READ,
    .size = sizeof(struct deputies),
    .keys = keys,
    .open = open,
    .load = load,
};
