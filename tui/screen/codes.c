/* The codes there are: until when they are good, how often they were used;
 * revoking one and putting another in its place. */
#include "db/code.h"

#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "db/unit.h"
#include "tui/public_code.h"
#include "tui/reason.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct codes {
	struct records list;
	struct records_spec spec;
};

static const char *
cell_what(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct code_line *line = row;

	(void)ui, (void)data;
	if (line->what[0] == '\0')
		return arena_printf(a, _("activity %lld"),
		                    (long long)line->subject);
	return line->what;
}

static bool
is_over(struct ui *ui, const struct code_line *line)
{
	return line->valid_to.s < ctx_now(ui_ctx(ui)).s;
}

static const char *
cell_state(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct code_line *line = row;

	(void)data, (void)a;
	if (line->revoked_at.s != 0)
		return _("revoked");
	if (is_over(ui, line))
		return _("expired");
	return line->valid_from.s > ctx_now(ui_ctx(ui)).s ? _("to come")
	                                                  : _("valid");
}

static enum theme
role_state(struct ui *ui, void *data, const void *row)
{
	const struct code_line *line = row;

	(void)data;
	return line->revoked_at.s != 0 || is_over(ui, line) ? THEME_DIM
	                                                    : THEME_NORMAL;
}

/* clang-format off */
static const struct table_column columns[] = {
	{.field = "id"},
	{.field = "kind", .width = 8, .priority = 2},
	{.heading = N_("What for"), .stretch = true, .text = cell_what},
	{.field = "unit_name", .width = 10, .priority = 3},
	{.field = "valid_to", .width = 12},
	{.field = "scans", .priority = 1},
	{.heading = N_("State"), .width = 8, .text = cell_state, .role = role_state},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct code_line, id),
    .empty = N_("No codes. One is minted when an activity is published."),
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct codes *s = data;

	(void)arg;
	s->spec = (struct records_spec){
	    .list = ui_may(ui, PERM_CODE_WRITE) ? &code_list : &code_bare_list,
	    .table = &table,
	    .find = RECORDS_NO_FIND};
	records_init(&s->list, &s->spec, ui, s);
	records_filter_by_person(&s->list, CODE_LIST_LIVE, 1, NULL);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct codes *s = data;

	ui_watch(ui, ENTITY_BIT(CODE), ui_ctx(ui)->my_unit);
	return records_load(&s->list);
}

/* --- keys ------------------------------------------------------------- */

static const struct code_line *
row_of(const void *data)
{
	return records_row(&((const struct codes *)data)->list);
}

static bool
when_good(struct ui *ui, const void *data)
{
	(void)ui;
	return row_of(data) != NULL && row_of(data)->revoked_at.s == 0;
}

static bool
when_activity(struct ui *ui, const void *data)
{
	return row_of(data) != NULL && row_of(data)->kind == CODE_ACTIVITY &&
	       ui_may(ui, PERM_ACTIVITY_READ);
}

static void
key_open(struct ui *ui, void *data)
{
	if (row_of(data) != NULL)
		ui_push(ui, &screen_activity, row_of(data)->subject);
}

static void
key_filter(struct ui *ui, void *data)
{
	struct codes *s = data;
	const char *entries[] = {_("Valid now or later"),
	                         _("Expired or revoked"),
	                         _("all"),
	                         _(code_kinds[CODE_ACTIVITY].label),
	                         _(code_kinds[CODE_STATION].label),
	                         _(code_kinds[CODE_DEPUTY].label)};
	int chosen =
	    ui_menu(ui, _("Show which codes"), entries, COUNT(entries));

	if (chosen < 0)
		return;
	if (chosen >= 3) {
		records_filter_by_person(&s->list, CODE_LIST_KIND, 0,
		                         code_kinds[chosen - 3].name);
	} else {
		records_filter_remove(&s->list, CODE_LIST_LIVE);
		records_filter_remove(&s->list, CODE_LIST_KIND);
	}
	if (chosen < 2)
		records_filter_by_person(&s->list, CODE_LIST_LIVE, 1 - chosen,
		                         NULL);
	ui_error(ui, records_restart(&s->list));
}

static void
key_revoke(struct ui *ui, void *data)
{
	struct code_id id = row_of(data)->id;
	const char *reason =
	    reason_ask(ui, REASON_CODE,
	               _("Why is this code revoked? It is good for nothing "
	                 "from then on."));

	if (reason == NULL ||
	    ui_error(ui, code_revoke(ui_ctx(ui), id, reason)) != OK)
		return;
	ui_say(ui, "%s", _("The code is revoked."));
	ui_reload(ui);
}

static void
key_renew(struct ui *ui, void *data)
{
	struct code_id id = row_of(data)->id, fresh;
	const char *reason =
	    reason_ask(ui, REASON_CODE,
	               _("Why is this code replaced? The old one is good for "
	                 "nothing from then on."));

	if (reason == NULL ||
	    ui_error(ui, code_renew(ui_ctx(ui), id, reason, &fresh)) != OK)
		return;
	ui_say(ui, _("Code %lld takes its place."), (long long)fresh.v);
	ui_reload(ui);
}

/* What is on screen: the kind F5 narrows to. */
static void
key_print(struct ui *ui, void *data)
{
	const struct codes *s = data;
	struct code_sheet_of of = {.kind = ""};
	const struct list_query *q = &s->list.query;

	for (int i = 0; i < q->value_count; i++)
		if (q->values[i].filter == CODE_LIST_KIND)
			of.kind = q->values[i].s;
	code_print(ui, &of);
}

static void
key_print_one(struct ui *ui, void *data)
{
	const struct code_sheet_of of = {.id = row_of(data)->id};

	code_print(ui, &of);
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, when_activity,
     N_("Open the activity that the code is of.")},
    {"F5", N_("Filter"), PERM_NONE, key_filter, NULL,
     N_("Valid ones or those no longer, or one kind.")},
    RECORDS_KEY_EXPORT,
    {KEY_ACTION, N_("Revoke"), PERM_NONE, key_revoke, when_good,
     N_("The code is good for nothing from then on; with a reason.")},
    {KEY_ACTION, N_("Revoke and replace"), PERM_NONE, key_renew, when_good,
     N_("A new code of the same kind and time takes its place.")},
    {KEY_ACTION, N_("Print this code"), PERM_NONE, key_print_one, when_good,
     N_("A4, the size of a poster, fetched by a one-time address.")},
    {KEY_ACTION, N_("Print all good ones"), PERM_NONE, key_print, NULL,
     N_("A4, eight a page, of the kind that F5 shows.")},
    KEY_END,
};

const struct screen screen_codes = {
    .name = "codes",
    .title = N_("Codes"),
    .about = N_("The codes of activities, stations and deputies: what they "
                "are for, until when they are good and how often they were "
                "used. A code that was passed on is revoked, or replaced by "
                "a new one in the same step. Who manages codes without "
                "taking part in the matters sees numbers, not titles."),
    .needs = PERM_CODE_READ,
    .size = sizeof(struct codes),
    .keys = keys,
    .open = open,
    .load = load,
};
