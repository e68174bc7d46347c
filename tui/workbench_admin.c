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
#include "tui/audit_step.h"
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

/* What an administrator looks after, each a screen. */
static const struct {
	const char *text; /* msgid */
	const struct screen *screen;
} to_look_after[] = {
    {N_("Accounts: passwords, offices, disabling"), &screen_accounts},
    {N_("Enter a person with an office and an account"), &screen_account_form},
    {N_("Sessions: who is signed in"), &screen_sessions},
    {N_("Penalties: who has to wait after failed sign-ins"), &screen_penalties},
    {N_("Codes: revoke and replace"), &screen_codes},
    {N_("Rules: kinds, deadlines, holidays, limits .."), &screen_rules},
    {N_("Units, stations, rooms and points"), &screen_stations},
};

static void
admin_fill(struct ui *ui, struct workbench *w)
{
	(void)ui;
	page_heading(&w->below, _("To look after"));
	for (size_t i = 0; i < COUNT(to_look_after); i++)
		page_item(&w->below, (int64_t)i + 1, 0, "%s",
		          _(to_look_after[i].text));
}

static void
admin_open(struct ui *ui, int64_t id, int kind)
{
	(void)kind;
	ui_push(ui, to_look_after[id - 1].screen, 0);
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

enum { GO_READ, GO_VERIFY, GO_RULES };

static void
audit_fill(struct ui *ui, struct workbench *w)
{
	const struct audit_head *head = w->rows;

	(void)ui;
	page_heading(&w->below, _("To look after"));
	page_item(&w->below, 1, GO_READ, "%s", _("Read the audit"));
	page_item(&w->below, 1, GO_VERIFY, "%s",
	          _("Verify the whole audit now"));
	page_item(&w->below, 1, GO_RULES, "%s", _("The tables of rules"));
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

static void
audit_open(struct ui *ui, int64_t id, int kind)
{
	(void)id;
	if (kind == GO_READ)
		ui_push(ui, &screen_audit, 0);
	else if (kind == GO_RULES)
		ui_push(ui, &screen_rules, 0);
	else
		audit_step_verify(ui);
}

const struct bench bench_audit = {
    .name = "audit",
    .nothing = N_("Nothing waits."),
    .todo_rows = 2,
    .kinds = ENTITY_BIT(AUDIT),
    .load = audit_load,
    .fill = audit_fill,
    .open = audit_open,
};
