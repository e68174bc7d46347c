/* The accounts: who may sign in, as what, and who no longer. */
#include "db/account.h"

#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "tui/account_steps.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct accounts {
	struct records list;
};

static const char *
cell_name(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data, (void)a;
	return ((const struct account_line *)row)->name;
}

static const char *
cell_person(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data, (void)a;
	return ((const struct account_line *)row)->person_name;
}

static const char *
cell_role(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct account_line *line = row;
	const char *label = role_label(line->label, line->label_en);

	(void)ui, (void)data;
	if (line->offices == 0)
		return _("no office");
	if (line->offices == 1)
		return label;
	return arena_printf(a, "%s +%lld", label, (long long)line->offices - 1);
}

static const char *
cell_unit(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct account_line *line = row;

	(void)ui, (void)data, (void)a;
	return line->unit.v != 0 ? line->unit_name : _("whole county");
}

static const char *
cell_state(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct account_line *line = row;

	(void)ui, (void)data, (void)a;
	if (line->disabled_at.s != 0)
		return _("disabled");
	return line->must_change ? _("temporary") : _("in use");
}

static enum theme
role_state(struct ui *ui, void *data, const void *row)
{
	const struct account_line *line = row;

	(void)ui, (void)data;
	if (line->disabled_at.s != 0)
		return THEME_DIM;
	return line->must_change ? THEME_SOON : THEME_NORMAL;
}

static const char *
cell_keys(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct account_line *line = row;

	(void)ui, (void)data;
	return line->keys == 0 ? ""
	                       : arena_printf(a, "%lld", (long long)line->keys);
}

/* clang-format off */
static const struct table_column columns[] = {
	{.heading = N_("Account"), .width = 14, .text = cell_name},
	{.heading = N_("Name"),    .stretch = true, .text = cell_person},
	{.heading = N_("Office"),  .width = 16, .priority = 1, .text = cell_role},
	{.heading = N_("Unit"),    .width = 12, .priority = 2, .text = cell_unit},
	{.heading = N_("Keys"),    .width = 4, .right = true, .priority = 3, .text = cell_keys},
	{.heading = N_("State"),   .width = 10, .text = cell_state, .role = role_state},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct account_line, id),
    .empty = N_("No accounts yet. F4 enters a person with an office and an "
                "account."),
};

static const struct records_spec spec = {
    .list = &account_list,
    .table = &table,
    .find = ACCOUNT_LIST_FIND,
    .pattern = person_find_text,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct accounts *s = data;

	(void)arg;
	records_init(&s->list, &spec, ui, s);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct accounts *s = data;

	ui_watch(ui, ENTITY_BIT(ACCOUNT) | ENTITY_BIT(OFFICE), 0);
	return records_load(&s->list);
}

/* --- keys ------------------------------------------------------------- */

static const struct account_line *
row_of(const void *data)
{
	return records_row(&((const struct accounts *)data)->list);
}

static bool
when_row(struct ui *ui, const void *data)
{
	(void)ui;
	return row_of(data) != NULL;
}

static bool
when_enabled(struct ui *ui, const void *data)
{
	const struct account_line *row = row_of(data);

	(void)ui;
	return row != NULL && row->disabled_at.s == 0;
}

static bool
when_disabled(struct ui *ui, const void *data)
{
	const struct account_line *row = row_of(data);

	(void)ui;
	return row != NULL && row->disabled_at.s != 0;
}

static void
key_open(struct ui *ui, void *data)
{
	if (row_of(data) != NULL)
		ui_push(ui, &screen_account, row_of(data)->id.v);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_account_form, 0);
}

static void
key_reset(struct ui *ui, void *data)
{
	const struct account_line *row = row_of(data);

	account_step_reset(ui, row->id, arena_strdup(ui_keep(ui), row->name),
	                   true);
}

static void
key_disable(struct ui *ui, void *data)
{
	const struct account_line *row = row_of(data);

	account_step_disable(ui, row->id, arena_strdup(ui_keep(ui), row->name));
}

static void
key_enable(struct ui *ui, void *data)
{
	const struct account_line *row = row_of(data);

	account_step_enable(ui, row->id, arena_strdup(ui_keep(ui), row->name));
}

static void
pick_role(struct ui *ui, struct accounts *s)
{
	enum { ROLES_MAX = 40 };
	const char *labels[ROLES_MAX];
	struct role *roles;
	int n, chosen;

	if (ui_error(ui, role_list(ui_ctx(ui), ui_keep(ui), &roles, &n)) != OK)
		return;
	n = n < ROLES_MAX ? n : ROLES_MAX;
	for (int i = 0; i < n; i++)
		labels[i] = role_label(roles[i].label, roles[i].label_en);
	chosen = ui_menu(ui, _("Office"), labels, n);
	if (chosen >= 0)
		records_filter_by_person(&s->list, ACCOUNT_LIST_ROLE, 0,
		                         roles[chosen].name);
}

static void
key_filter(struct ui *ui, void *data)
{
	enum { YEAR_S = 365 * 86400 };
	struct accounts *s = data;
	const char *entries[] = {_("all"), _("in use"), _("disabled"),
	                         _("No sign-in for a year"), _("By office")};
	int chosen =
	    ui_menu(ui, _("Show which accounts"), entries, COUNT(entries));

	if (chosen < 0)
		return;
	if (chosen == 4) {
		pick_role(ui, s);
	} else {
		records_filter_remove(&s->list, ACCOUNT_LIST_DISABLED);
		records_filter_remove(&s->list, ACCOUNT_LIST_UNSEEN);
	}
	if (chosen == 0)
		records_filter_remove(&s->list, ACCOUNT_LIST_ROLE);
	else if (chosen == 3)
		records_filter_by_person(&s->list, ACCOUNT_LIST_UNSEEN,
		                         ctx_now(ui_ctx(ui)).s - YEAR_S, NULL);
	else if (chosen != 4)
		records_filter_by_person(&s->list, ACCOUNT_LIST_DISABLED,
		                         chosen - 1, NULL);
	ui_error(ui, records_restart(&s->list));
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"), PERM_NONE, key_open, when_row, NULL},
	{"F4", N_("New person"), PERM_ACCOUNT_WRITE, key_new, NULL,
	 N_("Enter a person with an office and an account, in one go.")},
	{"F5", N_("Filter"), PERM_NONE, key_filter, NULL,
	 N_("Show all accounts, those in use, disabled or long unused, or one office's.")},
	{KEY_ACTION, N_("Reset password"), PERM_ACCOUNT_WRITE, key_reset, when_enabled,
	 N_("Set a temporary password and show it once.")},
	{KEY_ACTION, N_("Disable"), PERM_ACCOUNT_WRITE, key_disable, when_enabled,
	 N_("The account can no longer sign in; its sessions end at once.")},
	{KEY_ACTION, N_("Enable"), PERM_ACCOUNT_WRITE, key_enable, when_disabled, NULL},
	KEY_END,
};
/* clang-format on */

const struct screen screen_accounts = {
    .name = "accounts",
    .title = N_("Accounts"),
    .about = N_("Who may sign in. An account is one person's; what they may "
                "do follows from the offices they hold. States: in use; "
                "temporary (password set by an administrator, to be changed "
                "at the next sign-in); disabled (with a reason, and may be "
                "enabled again). Accounts are never deleted."),
    .needs = PERM_ACCOUNT_READ,
    .size = sizeof(struct accounts),
    .keys = keys,
    .open = open,
    .load = load,
};
