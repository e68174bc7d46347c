/*
 * The list of campaigns, newest first: for the county how many units planned
 * and summed up, for a unit how far its own part is.
 */
#include "db/base/i18n.h"
#include "db/campaign.h"
#include "db/campaign_unit.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct campaigns {
	struct records list;
	const char *state; /* what F5 narrows to, in words; "" not */
};

static const char *
cell_days(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct campaign_line *line = row;
	struct day from = line->from_on, to = line->to_on;

	(void)data;
	if (from.year == ui_today(ui).year)
		return arena_printf(a, "%02d-%02d - %02d-%02d", from.month,
		                    from.day, to.month, to.day);
	return arena_printf(a, "%d-%02d - %02d", from.year, from.month,
	                    to.month);
}

static const char *
cell_units(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct campaign_line *line = row;

	(void)ui, (void)data;
	return arena_printf(a, "%lld/%lld", (long long)line->planned,
	                    (long long)line->units);
}

static const char *
cell_summed(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct campaign_line *line = row;

	(void)ui, (void)data;
	return arena_printf(a, "%lld/%lld", (long long)line->summed,
	                    (long long)line->units);
}

static const char *
cell_own(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct campaign_line *line = row;

	(void)ui, (void)data, (void)a;
	return line->own < 0 ? "" : _(campaign_unit_states[line->own].label);
}

static enum theme
role_own(struct ui *ui, void *data, const void *row)
{
	const struct campaign_line *line = row;

	(void)ui, (void)data;
	if (line->state != CAMPAIGN_ISSUED)
		return THEME_NORMAL;
	return line->own == CAMPAIGN_UNIT_ISSUED ? THEME_SOON : THEME_NORMAL;
}

/* clang-format off */
#define NUMBER {.field = "id", .heading = N_("No."), .width = 4, .right = true, .priority = 4}
#define TITLE  {.field = "title", .heading = N_("Campaign"), .width = 18, .stretch = true}
#define DAYS   {.heading = N_("Days"), .width = 13, .priority = 3, .text = cell_days}
#define COUNT_ {.field = "activities", .heading = N_("Times"), .width = 5, .right = true, .priority = 2}
#define PEOPLE {.field = "reached", .heading = N_("Deputies"), .width = 8, .right = true, .priority = 2}
#define STATE  {.field = "state", .width = 9}

static const struct table_column county_columns[] = {
	NUMBER, TITLE, DAYS,
	{.heading = N_("Planned"), .width = 7, .right = true, .priority = 1, .text = cell_units},
	{.heading = N_("Summed up"), .width = 9, .right = true, .priority = 2, .text = cell_summed},
	COUNT_, PEOPLE, STATE, TABLE_COLUMN_END,
};
static const struct table_column unit_columns[] = {
	NUMBER, TITLE, DAYS, COUNT_, PEOPLE,
	{.heading = N_("Own unit"), .width = 10, .text = cell_own, .role = role_own},
	STATE, TABLE_COLUMN_END,
};
/* clang-format on */

static const char *
filter_text(struct ui *ui, void *data, struct arena *a)
{
	(void)ui, (void)a;
	return ((const struct campaigns *)data)->state;
}

static void
filter_clear(struct ui *ui, void *data)
{
	struct campaigns *s = data;

	(void)ui;
	s->state = "";
	records_filter_remove(&s->list, CAMPAIGN_LIST_STATE);
}

static const struct table_spec county_table = {
    .columns = county_columns,
    .id_at = offsetof(struct campaign_line, id),
    .filter = filter_text,
    .filter_clear = filter_clear,
    .empty = N_("No campaigns yet. F4 issues the first one: title, days, "
                "goals, and the units that take part."),
};
static const struct table_spec unit_table = {
    .columns = unit_columns,
    .id_at = offsetof(struct campaign_line, id),
    .filter = filter_text,
    .filter_clear = filter_clear,
    .empty = N_("No campaigns yet. The county issues them; each appears here "
                "and on the workbench until it is planned."),
};
static const struct records_spec county_spec = {
    .list = &campaign_list,
    .table = &county_table,
    .find = CAMPAIGN_LIST_TITLE,
};
static const struct records_spec unit_spec = {
    .list = &campaign_list,
    .table = &unit_table,
    .find = CAMPAIGN_LIST_TITLE,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct campaigns *s = data;

	(void)arg;
	s->state = "";
	records_init(&s->list,
	             ui_ctx(ui)->scope == SCOPE_COUNTY ? &county_spec
	                                               : &unit_spec,
	             ui, s);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct campaigns *s = data;

	ui_watch(ui, ENTITY_BIT(CAMPAIGN) | ENTITY_BIT(CAMPAIGN_UNIT), 0);
	return records_load(&s->list);
}

static bool
has_row(struct ui *ui, const void *data)
{
	(void)ui;
	return records_row(&((const struct campaigns *)data)->list) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	struct campaigns *s = data;
	const struct campaign_line *row = records_row(&s->list);

	ui_push(ui, &screen_campaign, row->id.v);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_campaign_form, 0);
}

static void
key_filter(struct ui *ui, void *data)
{
	struct campaigns *s = data;
	const char *labels[8];
	int n = 0, chosen;

	for (; campaign_states[n].name != NULL; n++)
		labels[n] = _(campaign_states[n].label);
	chosen = ui_menu(ui, _("State"), labels, n);
	if (chosen < 0)
		return;
	s->state = arena_strdup(ui_keep(ui), labels[chosen]);
	records_filter_by_person(&s->list, CAMPAIGN_LIST_STATE, 0,
	                         campaign_states[chosen].name);
	ui_error(ui, records_restart(&s->list));
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"),   PERM_NONE, key_open, has_row,
	 N_("The campaign unit by unit.")},
	{"F4",    N_("Issue"),  PERM_CAMPAIGN_WRITE, key_new, NULL,
	 N_("Issue a new campaign to the units.")},
	{"F5",    N_("Filter"), PERM_NONE, key_filter, NULL,
	 N_("Show only one state; Backspace shows all again.")},
	RECORDS_KEY_EXPORT,
	KEY_END,
};
/* clang-format on */

const struct screen screen_campaigns = {
    .name = "campaigns",
    .title = N_("Campaigns"),
    .about = N_(
	"Campaigns that the county issues, newest first.\n"
	"Issued: each unit plans its part, attaches its activities and sums "
	"it up in the end. Closed by the county; a closed one can be reopened, "
	"an issued one cancelled, with a reason.\n"
	"Planned and summed up say how many of the units; activities are those "
	"attached, deputies those who took part in them."),
    .needs = PERM_CAMPAIGN_READ,
    .size = sizeof(struct campaigns),
    .keys = keys,
    .open = open,
    .load = load,
};
