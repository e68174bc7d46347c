/* Instructions, newest first: what was sent and how far it is, or what came
 * and how far oneself is. */
#include "db/base/i18n.h"
#include "db/instruction.h"
#include "db/store/ctx.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct instructions {
	struct records list;
};

static const char *
cell_sender(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct instruction_line *r = row;

	(void)ui, (void)data, (void)a;
	return r->sender[0] != '\0' ? r->sender : _("the county");
}

static const char *
cell_due(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct instruction_line *r = row;

	(void)data;
	return day_show(a, day_of(r->due_at), ui_today(ui));
}

static const char *
of_total(struct arena *a, int64_t n, const struct instruction_line *r)
{
	return arena_printf(a, "%lld/%lld", (long long)n, (long long)r->total);
}

static const char *
cell_received(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct instruction_line *r = row;

	(void)ui, (void)data;
	return of_total(a, r->received, r);
}

static const char *
cell_done(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct instruction_line *r = row;

	(void)ui, (void)data;
	return of_total(a, r->done, r);
}

/* One's own state; for who sent it, how many are late. */
static const char *
cell_state(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct instruction_line *r = row;

	(void)ui, (void)data;
	if (r->mine >= 0)
		return r->late > 0 ? _("overdue")
		                   : _(receipt_states[r->mine].label);
	if (r->late > 0)
		return arena_printf(a, _("%lld overdue"), (long long)r->late);
	return r->done == r->total ? _("all done") : "";
}

static enum theme
role_state(struct ui *ui, void *data, const void *row)
{
	const struct instruction_line *r = row;

	(void)ui, (void)data;
	return r->late > 0               ? THEME_ALARM
	       : r->done == r->total     ? THEME_DONE
	       : r->mine == RECEIPT_SENT ? THEME_SOON
	                                 : THEME_NORMAL;
}

/* clang-format off */
static const struct table_column columns[] = {
	{.field = "id", .width = 6, .priority = 3},
	{.field = "title", .stretch = true},
	{.heading = N_("Sent from"), .width = 10, .text = cell_sender, .priority = 2},
	{.heading = N_("Due"), .width = 10, .text = cell_due},
	{.heading = N_("Received"), .width = 8, .right = true, .text = cell_received, .priority = 1},
	{.heading = N_("Done"), .width = 6, .right = true, .text = cell_done},
	{.heading = N_("State"), .width = 14, .text = cell_state, .role = role_state},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct instruction_line, id),
    .empty = N_("No instructions. Those of the county to its units and of a "
                "unit to its station appear here."),
};

static const struct records_spec spec = {
    .list = &instruction_list,
    .table = &table,
    .find = INSTRUCTION_LIST_TITLE,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct instructions *s = data;

	(void)arg;
	records_init(&s->list, &spec, ui, s);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct instructions *s = data;

	ui_watch(ui, ENTITY_BIT(INSTRUCTION) | ENTITY_BIT(RECEIPT),
	         ui_ctx(ui)->my_unit);
	return records_load(&s->list);
}

/* --- keys -------------------------------------------------------------- */

static const struct instruction_line *
row_of(const void *data)
{
	return records_row(&((const struct instructions *)data)->list);
}

static bool
when_row(struct ui *ui, const void *data)
{
	(void)ui;
	return row_of(data) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	ui_push(ui, &screen_instruction, row_of(data)->id.v);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_instruction_form, 0);
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, when_row, NULL},
    {"F4", N_("Send one"), PERM_INSTRUCTION_SEND, key_new, NULL,
     N_("Send an instruction: the county to units, a unit to its station.")},
    RECORDS_KEY_EXPORT,
    KEY_END,
};

const struct screen screen_instructions = {
    .name = "instructions",
    .title = N_("Instructions"),
    .about = N_("Instructions from the county to units and from units to "
                "their stations, newest first.\n"
                "Not received -> received -> in progress -> done. The sender "
                "sees who has not received it and who is late."),
    .needs = PERM_STATION_READ,
    .size = sizeof(struct instructions),
    .keys = keys,
    .open = open,
    .load = load,
};
