/*
 * The workbenches of those who look after the service, not its matters: the
 * administrator's (accounts, units) and the auditor's (the audit).
 */
#include "tui/workbench.h"

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/store/audit.h"
#include "db/store/ctx.h"
#include "db/unit.h"
#include "tui/screens.h"

/* --- administrator ---------------------------------------------------- */

/* Accounts that are disabled (1) or not (0); ">" past the cap. */
static int
count_accounts(struct ui *ui, struct workbench *w, const char *label,
               int64_t disabled)
{
	struct list_query query = {
	    .values = {{.filter = ACCOUNT_LIST_DISABLED, .v = disabled}},
	    .value_count = 1,
	};
	int64_t n;
	int err = list_count(ui_ctx(ui), &account_list, &query, &n);

	if (err != OK)
		return err;
	if (n > LIST_COUNT_CAP)
		bench_figure(w, label,
		             arena_printf(ui_arena(ui), "%d+", LIST_COUNT_CAP),
		             NULL);
	else
		bench_count(ui, w, label, n, NULL);
	return OK;
}

static int
admin_load(struct ui *ui, struct workbench *w)
{
	struct unit *units;
	int n, err;

	w->side = _("The service");
	err = count_accounts(ui, w, _("Accounts in use"), 0);
	if (err == OK)
		err = count_accounts(ui, w, _("Accounts disabled"), 1);
	if (err == OK)
		err = unit_list(ui_ctx(ui), ui_arena(ui), &units, &n);
	if (err == OK)
		bench_count(ui, w, _("Units"), n, NULL);
	return err;
}

enum { GO_ACCOUNTS, GO_ADD, GO_STATIONS };

static void
admin_fill(struct ui *ui, struct workbench *w)
{
	(void)ui;
	page_heading(&w->below, _("To look after"));
	page_item(&w->below, 1, GO_ACCOUNTS, "%s",
	          _("Accounts: passwords, disabling, enabling"));
	page_item(&w->below, 1, GO_ADD, "%s",
	          _("Enter a person with an office and an account"));
	page_item(&w->below, 1, GO_STATIONS, "%s",
	          _("Units, stations, rooms and points"));
}

static void
admin_open(struct ui *ui, int64_t id, int kind)
{
	(void)id;
	if (kind == GO_ACCOUNTS)
		ui_push(ui, &screen_accounts, 0);
	else if (kind == GO_ADD)
		ui_push(ui, &screen_account_form, 0);
	else
		ui_push(ui, &screen_stations, 0);
}

const struct bench bench_admin = {
    .name = "admin",
    .nothing = N_("Nothing waits. Passwords that people have asked you to "
                  "reset are set from the list of accounts."),
    .todo_rows = 4,
    .kinds = ENTITY_BIT(ACCOUNT) | ENTITY_BIT(UNIT),
    .load = admin_load,
    .fill = admin_fill,
    .open = admin_open,
};

/* --- auditor ---------------------------------------------------------- */

static int
audit_load(struct ui *ui, struct workbench *w)
{
	struct audit_head *head = arena_alloc(ui_arena(ui), sizeof(*head));
	int err = audit_head(ui_ctx(ui), head);

	if (err != OK)
		return err;
	w->rows = head;
	w->side = _("The audit");
	bench_count(ui, w, _("Rows"), head->seq, NULL);
	return OK;
}

static void
audit_fill(struct ui *ui, struct workbench *w)
{
	const struct audit_head *head = w->rows;

	(void)ui;
	page_heading(&w->below, _("To look after"));
	page_item(&w->below, 1, 0, "%s", _("Verify the whole audit now"));
	page_blank(&w->below);
	page_heading(&w->below, _("Newest row"));
	if (head->seq == 0) {
		page_text(&w->below, THEME_DIM,
		          _("The audit is empty: nothing was ever changed."));
		return;
	}
	page_pairf(&w->below, _("Number"), "%lld", (long long)head->seq);
	page_pair(&w->below, _("SHA-256"), head->hash);
}

/* The signatures are liaison-auth's to check; here the chain. */
static void
audit_check(struct ui *ui, int64_t id, int kind)
{
	const char *why;
	int64_t bad;
	int err =
	    audit_verify(ui_ctx(ui), ui_arena(ui), NULL, NULL, &bad, &why);

	(void)id, (void)kind;
	if (ui_error(ui, err) != OK)
		return;
	if (why[0] == '\0')
		ui_say(ui, "%s", _("The audit is complete and unchanged."));
	else
		ui_say(ui, _("Row %lld of the audit does not fit: %s"),
		       (long long)bad, why);
}

const struct bench bench_audit = {
    .name = "audit",
    .nothing = N_("Nothing waits."),
    .todo_rows = 2,
    .kinds = ENTITY_BIT(AUDIT),
    .load = audit_load,
    .fill = audit_fill,
    .open = audit_check,
};
