/* Resetting a password, disabling and enabling an account. */
#include "tui/account_steps.h"

#include <string.h>

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "tui/reason.h"

/* Three groups of what reads unambiguously, such as "7K2M-9QPW-R4TX": about
 * 60 random bits, to be typed once. */
enum { GROUPS = 3, GROUP = 4 };

static void
make_password(char out[GROUPS * (GROUP + 1)])
{
	unsigned letters = (unsigned)strlen(secret_short_letters);
	size_t at = 0;

	for (int g = 0; g < GROUPS; g++) {
		for (int i = 0; i < GROUP; i++)
			out[at++] = secret_short_letters[secret_below(letters)];
		out[at++] = g + 1 < GROUPS ? '-' : '\0';
	}
}

void
account_step_reset(struct ui *ui, struct account_id id, const char *name,
                   bool ask)
{
	const struct tui_host *host = ui_host(ui);
	char password[GROUPS * (GROUP + 1)];
	char *text;
	int err;

	if (ask &&
	    !ui_confirm(ui, arena_printf(ui_arena(ui),
	                                 _("Set a temporary password for %s? "
	                                   "The present one stops working."),
	                                 name)))
		return;
	make_password(password);
	err = host->set_password == NULL
	          ? ERR_UNAVAILABLE
	          : host->set_password(host->data, id.v, password, true);
	if (ui_error(ui, err) == OK) {
		text = arena_printf(
		    ui_arena(ui),
		    _("The temporary password of %s is\n\n    %s\n\nIt is "
		      "shown "
		      "only here and only now. Hand it over in person or by "
		      "telephone; at the next sign-in it has to be changed."),
		    name, password);
		ui_show(ui, _("Temporary password"), text);
		explicit_bzero(text, strlen(text));
		ui_reload(ui);
	}
	explicit_bzero(password, sizeof(password));
}

void
account_step_disable(struct ui *ui, struct account_id id, const char *name)
{
	const char *reason = reason_ask(
	    ui, REASON_DISABLE,
	    arena_printf(ui_arena(ui),
	                 _("Why is %s disabled? Its sessions end at once."),
	                 name));

	if (reason == NULL)
		return;
	if (ui_error(ui, account_disable(ui_ctx(ui), id, reason)) != OK)
		return;
	ui_say(ui, _("%s is disabled."), name);
	ui_reload(ui);
}

void
account_step_enable(struct ui *ui, struct account_id id, const char *name)
{
	if (ui_error(ui, account_enable(ui_ctx(ui), id)) != OK)
		return;
	ui_say(ui, _("%s may sign in again."), name);
	ui_reload(ui);
}
