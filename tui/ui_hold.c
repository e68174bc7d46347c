/* A screen that is left open for others to see, such as a code, does not end
 * with the idle limit: it is held. It goes on showing; any key asks for the
 * password. */
#include <string.h>

#include "db/base/i18n.h"
#include "tui/ui_private.h"

enum { TRIES = 3 };

bool
ui_may_hold(struct ui *ui)
{
	const struct level *level = ui_top(ui);

	/* a dialog takes the keys itself, so a session with one ends; and in
	 * plain mode nothing shows on */
	return level != NULL && level->screen->stays && ui->dialog == NULL &&
	       ui->plain == NULL && ui->setup.host->check_password != NULL;
}

void
ui_hold(struct ui *ui)
{
	ui->held = true;
	ui->tries = 0;
	ui->key_line = false;
	ui->message[0] = '\0';
	ui->dirty = true;
}

static void
wrong(struct ui *ui)
{
	if (++ui->tries < TRIES)
		ui_say(ui, "%s", _("That is not your password."));
	else
		ui_finish(ui, ERR_STOPPED,
		          _("The session ended: the password was wrong too "
		            "often."));
}

void
ui_hold_key(struct ui *ui)
{
	const struct tui_host *host = ui->setup.host;
	struct arena *a = arena_new();
	const char *typed =
	    ui_prompt_secret(ui, a, _("To go on, enter your password"));
	int err;

	if (typed != NULL && ui->held) {
		err = host->check_password(host->data, typed);
		if (err == OK) {
			ui->held = false;
			ui_say(ui, "%s", "");
		} else if (err == ERR_DENIED) {
			wrong(ui);
		} else {
			ui_error(ui, err);
		}
		/* it lies in a, which nobody else reads */
		explicit_bzero((char *)(uintptr_t)typed, strlen(typed));
	}
	arena_free(a);
}
