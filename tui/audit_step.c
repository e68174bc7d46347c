#include "tui/audit_step.h"

#include "db/base/i18n.h"
#include "db/store/audit.h"

/* The signatures are liaison-auth's and liaisonctl's to check, who have the
 * key; here the chain. */
void
audit_step_verify(struct ui *ui)
{
	struct ui_progress progress = {.ui = ui,
	                               .what = _("Verifying the audit")};
	const struct audit_watch watch = {.show = ui_progress_show,
	                                  .data = &progress};
	const char *why;
	int64_t bad;
	int err = audit_verify(ui_ctx(ui), ui_arena(ui), NULL, NULL, &watch,
	                       &bad, &why);

	ui_progress_end(&progress);
	if (err == ERR_STOPPED)
		ui_say(ui, "%s", _("Stopped; nothing wrong was found so far."));
	else if (ui_error(ui, err) != OK)
		return;
	else if (why[0] == '\0')
		ui_say(ui, "%s", _("The audit is complete and unchanged."));
	else
		ui_say(ui, _("Row %lld of the audit does not fit: %s"),
		       (long long)bad, _(why));
}
