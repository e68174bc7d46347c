/* The records behind a figure of a file: of a deputy, group or station, in a
 * year or term, of one kind or all (tui/duty_pick.h). */
#include "db/base/i18n.h"
#include "db/duty_record.h"
#include "db/office.h"
#include "tui/duty_file.h"
#include "tui/duty_pick.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct duty_records {
	struct records list;
	struct duty_pick pick;
};

static const char *
cell_day(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct duty_line *line = row;

	(void)data;
	return day_show(a, day_of(line->happened_at), ui_today(ui));
}

static const char *
cell_kind(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct duty_line *line = row;

	(void)ui, (void)data, (void)a;
	return role_label(line->kind_label, line->kind_label_en);
}

static const char *
cell_points(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct duty_line *line = row;

	(void)ui, (void)data;
	return arena_printf(a, "%lld.%d", (long long)(line->points / 10),
	                    (int)(line->points % 10));
}

/* clang-format off */
static const struct table_column columns[] = {
	{.heading = N_("Date"),   .width = 11, .text = cell_day},
	{.field = "name", .width = 10},
	{.field = "title", .heading = N_("Record"), .stretch = true},
	{.heading = N_("Kind"),   .width = 11, .priority = 1, .text = cell_kind},
	{.field = "venue", .heading = N_("Place"), .width = 14, .priority = 3},
	{.field = "grade", .width = 8, .priority = 2},
	{.heading = N_("Points"), .width = 6, .right = true, .text = cell_points},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct duty_line, id),
    .empty = N_("No records of that kind in that time. Signing in to an "
                "activity by its code makes one."),
};

static const struct records_spec spec = {
    .list = &duty_record_list,
    .table = &table,
    .find = RECORDS_NO_FIND,
};

static int
filter_kind(struct ui *ui, struct duty_records *s)
{
	struct duty_kind *kinds;
	int n, err;

	if (s->pick.kind < 0)
		return OK;
	err = duty_kind_list(ui_ctx(ui), ui_keep(ui), &kinds, &n);
	if (err == OK && s->pick.kind < n)
		records_filter(&s->list, DUTY_LIST_KIND, 0,
		               kinds[s->pick.kind].name);
	return err;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	static const int holders[] = {
	    [DUTY_OF_PERSON] = DUTY_LIST_PERSON,
	    [DUTY_OF_GROUP] = DUTY_LIST_GROUP,
	    [DUTY_OF_STATION] = DUTY_LIST_STATION,
	};
	struct duty_records *s = data;

	s->pick = duty_pick_unpack(arg);
	if (s->pick.of.id == 0)
		s->pick = (struct duty_pick){{DUTY_OF_PERSON, ui_ctx(ui)->me},
		                             {ui_today(ui).year, {0}},
		                             -1};
	records_init(&s->list, &spec, ui, s);
	records_filter(&s->list, holders[s->pick.of.holder], s->pick.of.id,
	               NULL);
	if (s->pick.period.term.v != 0)
		records_filter(&s->list, DUTY_LIST_TERM, s->pick.period.term.v,
		               NULL);
	else
		records_filter(&s->list, DUTY_LIST_YEAR, s->pick.period.year,
		               NULL);
	return filter_kind(ui, s);
}

static int
load(struct ui *ui, void *data)
{
	ui_watch(ui, ENTITY_BIT(DUTY_RECORD), 0);
	return records_load(&((struct duty_records *)data)->list);
}

static bool
leads_on(struct ui *ui, const void *data)
{
	const struct duty_line *row =
	    records_row(&((const struct duty_records *)data)->list);

	(void)ui;
	return row != NULL && duty_file_source(row) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	const struct duty_line *row =
	    records_row(&((struct duty_records *)data)->list);

	ui_push(ui, duty_file_source(row), row->subject);
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, leads_on,
     N_("What the record followed from: the activity, or the request.")},
    RECORDS_KEY_EXPORT,
    KEY_END,
};

const struct screen screen_duty_records = {
    .name = "duty-records",
    .title = N_("Duty records"),
    .about = N_("The records that a figure of a duty file counts, newest "
                "first. Each leads to what it followed from: an activity "
                "that was signed in to, or a request that was checked."),
    .needs = PERM_DUTY_READ,
    .size = sizeof(struct duty_records),
    .keys = keys,
    .open = open,
    .load = load,
};
