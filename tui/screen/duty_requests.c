/*
 * Requests about duty files: a deputy's own with their state, an officer's
 * station's. The argument is 1 + enum request_state to show only those, or 0
 * for all, and a unit (tui/screens.h).
 */
#include "db/base/i18n.h"
#include "db/duty_request.h"
#include "db/office.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct requests {
	struct records list;
	const char *state; /* what F5 narrows to, in words; "" not */
};

static const char *
cell_kind(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct duty_request_line *line = row;

	(void)ui, (void)data, (void)a;
	return role_label(line->duty_label, line->duty_label_en);
}

static const char *
cell_day(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct duty_request_line *line = row;

	(void)data;
	return day_show(a, day_of(line->happened_at), ui_today(ui));
}

static enum theme
role_state(struct ui *ui, void *data, const void *row)
{
	const struct duty_request_line *line = row;

	(void)ui, (void)data;
	switch ((enum request_state)line->state) {
	case REQUEST_ASKED:
	case REQUEST_APPEALED:
		return THEME_SOON;
	case REQUEST_CHECKED:
	case REQUEST_GRANTED:
		return THEME_DONE;
	case REQUEST_REJECTED:
	case REQUEST_WITHDRAWN:
	case REQUEST_DISMISSED:
		break;
	}
	return THEME_NORMAL;
}

/* clang-format off */
static const struct table_column columns[] = {
	{.field = "id", .heading = N_("No."), .width = 5, .right = true, .priority = 3},
	{.field = "name", .width = 10},
	{.field = "title", .stretch = true},
	{.heading = N_("Kind"), .width = 11, .priority = 2, .text = cell_kind},
	{.heading = N_("Date"), .width = 11, .priority = 1, .text = cell_day},
	{.field = "kind", .width = 10, .priority = 4},
	{.field = "state", .width = 9, .role = role_state},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const char *
filter_text(struct ui *ui, void *data, struct arena *a)
{
	(void)ui, (void)a;
	return ((const struct requests *)data)->state;
}

static void
filter_clear(struct ui *ui, void *data)
{
	struct requests *s = data;

	(void)ui;
	s->state = "";
	records_filter_remove(&s->list, REQUEST_LIST_STATE);
}

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct duty_request_line, id),
    .filter = filter_text,
    .filter_clear = filter_clear,
    .empty = N_("No requests here. A deputy claims what no code recorded, or "
                "asks for a correction, in the own duty file with F2."),
};

static const struct records_spec spec = {
    .list = &duty_request_list,
    .table = &table,
    .find = RECORDS_NO_FIND,
};

static void
show_only(struct ui *ui, struct requests *s, int state)
{
	s->state = arena_strdup(ui_keep(ui), _(request_states[state].label));
	records_filter_by_person(&s->list, REQUEST_LIST_STATE, 0,
	                         request_states[state].name);
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct requests *s = data;

	s->state = "";
	records_init(&s->list, &spec, ui, s);
	if (arg / SCREEN_UNIT != 0)
		records_filter(&s->list, REQUEST_LIST_UNIT, arg / SCREEN_UNIT,
		               NULL);
	arg %= SCREEN_UNIT;
	if (arg > 0 && arg <= REQUEST_DISMISSED + 1)
		show_only(ui, s, (int)arg - 1);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	ui_watch(ui, ENTITY_BIT(DUTY_REQUEST), ui_ctx(ui)->my_unit);
	return records_load(&((struct requests *)data)->list);
}

static bool
has_row(struct ui *ui, const void *data)
{
	(void)ui;
	return records_row(&((const struct requests *)data)->list) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	const struct duty_request_line *row =
	    records_row(&((struct requests *)data)->list);

	ui_push(ui, &screen_duty_request, row->id.v);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_claim, 0);
}

static void
key_filter(struct ui *ui, void *data)
{
	struct requests *s = data;
	const char *labels[REQUEST_DISMISSED + 1];
	int chosen;

	for (int i = 0; i <= REQUEST_DISMISSED; i++)
		labels[i] = _(request_states[i].label);
	chosen = ui_menu(ui, _("State"), labels, (int)COUNT(labels));
	if (chosen < 0)
		return;
	show_only(ui, s, chosen);
	ui_error(ui, records_restart(&s->list));
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"),   PERM_NONE, key_open, has_row,
	 N_("The request: what is asked, and what may be done with it.")},
	{"F4",    N_("Claim"),  PERM_DUTY_OWN, key_new, NULL,
	 N_("Claim what you did and no code recorded.")},
	{"F5",    N_("Filter"), PERM_NONE, key_filter, NULL,
	 N_("Show only one state; Backspace shows all again.")},
	RECORDS_KEY_EXPORT,
	KEY_END,
};
/* clang-format on */

const struct screen screen_duty_requests = {
    .name = "duty-requests",
    .title = N_("Requests about duty files"),
    .about = N_(
	"What deputies ask about their files, newest first. A claim: done, and "
	"no code recorded it. A correction: a record or a roll is wrong.\n"
	"To check: an officer checks or rejects it; the deputy may withdraw "
	"it. Checked: it is in the file. Rejected: the deputy may appeal. "
	"Appealed: a head, not the one who rejected it, grants or dismisses "
	"it; granted, it is in the file."),
    .needs = PERM_DUTY_READ,
    .size = sizeof(struct requests),
    .keys = keys,
    .open = open,
    .load = load,
};
