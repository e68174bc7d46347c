/* The audit, newest first, narrowed by who, what, where and when. */
#include "db/audit_list.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/office.h"
#include "db/store/ctx.h"
#include "tui/audit_step.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

enum { CHOICES_MAX = 40 };

struct audit_view {
	struct records list;
	const char *filter; /* in words, "" none */
};

/* --- cells ------------------------------------------------------------ */

static const char *
cell_action(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data, (void)a;
	return _(audit_action_label(((const struct audit_line *)row)->action));
}

static const char *
cell_who(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct audit_line *line = row;

	(void)ui, (void)data;
	if (line->name[0] == '\0')
		return _("the system");
	return arena_printf(a, "%s %s", line->name,
	                    role_label(line->label, line->label_en));
}

static const char *
cell_of(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct audit_line *line = row;
	const struct entity *e = entity_named(line->subject_kind);

	(void)ui, (void)data;
	if (e == NULL)
		return "";
	return line->subject > 0 ? arena_printf(a, "%s %lld", _(e->label),
	                                        (long long)line->subject)
	                         : _(e->label);
}

/* clang-format off */
static const struct table_column columns[] = {
	{.field = "seq", .width = 8},
	{.field = "at", .width = 12},
	{.heading = N_("Who"), .width = 18, .text = cell_who},
	{.heading = N_("Action taken"), .stretch = true, .text = cell_action},
	{.heading = N_("Record"), .width = 16, .priority = 1, .text = cell_of},
	{.field = "unit_name", .width = 10, .priority = 2},
	{.field = "account", .width = 10, .priority = 3},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const char *
filter_text(struct ui *ui, void *data, struct arena *a)
{
	(void)ui, (void)a;
	return ((const struct audit_view *)data)->filter;
}

static void
filter_clear(struct ui *ui, void *data)
{
	struct audit_view *s = data;

	(void)ui;
	for (int i = 0; i < AUDIT_LIST_FILTERS; i++)
		records_filter_remove(&s->list, i);
	s->filter = "";
}

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct audit_line, seq),
    .filter = filter_text,
    .filter_clear = filter_clear,
    .empty = N_("No row of the audit is like that. Backspace drops the "
                "filter."),
};

static const struct records_spec spec = {
    .list = &audit_list,
    .table = &table,
    .find = RECORDS_NO_FIND,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct audit_view *s = data;

	(void)arg;
	s->filter = "";
	records_init(&s->list, &spec, ui, s);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct audit_view *s = data;

	ui_watch(ui, ENTITY_BIT(AUDIT), 0);
	return records_load(&s->list);
}

/* --- filters ---------------------------------------------------------- */

static void
narrow(struct ui *ui, struct audit_view *s, int filter, int64_t v,
       const char *text, const char *word)
{
	records_filter_by_person(&s->list, filter, v, text);
	s->filter = arena_printf(ui_keep(ui), "%s%s%s", s->filter,
	                         s->filter[0] != '\0' ? ", " : "", word);
	ui_error(ui, records_restart(&s->list));
}

static void
pick_account(struct ui *ui, struct audit_view *s)
{
	struct arena *a = ui_keep(ui);
	const char *name =
	    ui_prompt(ui, a, _("Whose account (its name)"), "", 64);
	struct account_id account;
	int err;

	if (name == NULL || name[0] == '\0')
		return;
	err = audit_account(ui_ctx(ui), name, &account);
	if (err == ERR_NOT_FOUND)
		ui_say(ui, _("There is no account called %s."), name);
	else if (ui_error(ui, err) == OK)
		narrow(ui, s, AUDIT_LIST_ACCOUNT, account.v, NULL, name);
}

static void
pick_action(struct ui *ui, struct audit_view *s)
{
	const char **names, *labels[CHOICES_MAX];
	int n, chosen;

	if (ui_error(ui, audit_actions(ui_ctx(ui), ui_keep(ui), &names, &n)) !=
	    OK)
		return;
	n = n < CHOICES_MAX ? n : CHOICES_MAX;
	for (int i = 0; i < n; i++)
		labels[i] = _(audit_action_label(names[i]));
	chosen = ui_menu(ui, _("Action taken"), labels, n);
	if (chosen >= 0)
		narrow(ui, s, AUDIT_LIST_ACTION, 0, names[chosen],
		       labels[chosen]);
}

static void
pick_kind(struct ui *ui, struct audit_view *s)
{
	const char *labels[CHOICES_MAX];
	int kinds[CHOICES_MAX], n = 0, chosen;

	for (int i = 0; i < ENTITIES && n < CHOICES_MAX; i++) {
		if (i == ENTITY_AUDIT)
			continue;
		labels[n] = _(entity_of((enum entity_kind)i)->label);
		kinds[n++] = i;
	}
	chosen = ui_menu(ui, _("Kind of record"), labels, n);
	if (chosen >= 0)
		narrow(ui, s, AUDIT_LIST_KIND, 0,
		       entity_of((enum entity_kind)kinds[chosen])->name,
		       labels[chosen]);
}

static void
pick_unit(struct ui *ui, struct audit_view *s)
{
	const char *labels[CHOICES_MAX];
	struct audit_unit *units;
	int n, chosen;

	if (ui_error(ui, audit_units(ui_ctx(ui), ui_keep(ui), &units, &n)) !=
	    OK)
		return;
	n = n < CHOICES_MAX ? n : CHOICES_MAX;
	for (int i = 0; i < n; i++)
		labels[i] = units[i].name;
	chosen = ui_menu(ui, _("Unit"), labels, n);
	if (chosen >= 0)
		narrow(ui, s, AUDIT_LIST_UNIT, units[chosen].unit.v, NULL,
		       labels[chosen]);
}

/* Days, of which the last counts to its end. */
static void
pick_days(struct ui *ui, struct audit_view *s, bool first)
{
	struct arena *a = ui_keep(ui);
	const char *text = ui_prompt(
	    ui, a, first ? _("From which day on") : _("Until which day"), "",
	    10);
	struct day day;
	char shown[11];
	int64_t seq;

	if (text == NULL || text[0] == '\0')
		return;
	if (day_parse(text, ui_today(ui), &day) != OK) {
		ui_say(ui, "%s", _("Please enter a day, such as 2022-03-29."));
		return;
	}
	day_format(day, shown);
	if (ui_error(ui, audit_first_from(
			     ui_ctx(ui),
			     clock_at(first ? day : day_add(day, 1), 0, 0),
			     &seq)) != OK)
		return;
	narrow(ui, s, first ? AUDIT_LIST_FROM : AUDIT_LIST_TO,
	       first ? seq : seq - 1, NULL,
	       arena_printf(a, first ? _("from %s") : _("until %s"), shown));
}

static void
key_filter(struct ui *ui, void *data)
{
	struct audit_view *s = data;
	const char *entries[] = {_("Account"),        _("Action taken"),
	                         _("Kind of record"), _("Unit"),
	                         _("From"),           _("Until")};

	switch (ui_menu(ui, _("Narrow by"), entries, COUNT(entries))) {
	case 0:
		pick_account(ui, s);
		break;
	case 1:
		pick_action(ui, s);
		break;
	case 2:
		pick_kind(ui, s);
		break;
	case 3:
		pick_unit(ui, s);
		break;
	case 4:
		pick_days(ui, s, true);
		break;
	case 5:
		pick_days(ui, s, false);
		break;
	default:
		break;
	}
}

/* --- keys ------------------------------------------------------------- */

static bool
when_row(struct ui *ui, const void *data)
{
	(void)ui;
	return records_row(&((const struct audit_view *)data)->list) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	const struct audit_line *row =
	    records_row(&((const struct audit_view *)data)->list);

	if (row != NULL)
		ui_push(ui, &screen_audit_row, row->seq);
}

static void
key_verify(struct ui *ui, void *data)
{
	(void)data;
	audit_step_verify(ui);
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, when_row,
     N_("What the row says was changed, before and after.")},
    {"F5", N_("Filter"), PERM_NONE, key_filter, NULL,
     N_("By account, by what was done, by record, unit and days; one "
        "narrows the other.")},
    RECORDS_KEY_EXPORT,
    {KEY_ACTION, N_("Verify"), PERM_NONE, key_verify, NULL,
     N_("Compute the whole chain again and name the first row that does "
        "not fit.")},
    KEY_END,
};

const struct screen screen_audit = {
    .name = "audit",
    .title = N_("The audit"),
    .about = N_("A row for every change, in its own transaction, each with "
                "a hash over itself and the row before. Personal text is "
                "kept as a hash: a row shows that a text was changed, not "
                "what it said."),
    .needs = PERM_AUDIT_READ,
    .size = sizeof(struct audit_view),
    .keys = keys,
    .open = open,
    .load = load,
};
