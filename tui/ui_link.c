/* The link a session draws on: lost, and got again from another sign-in of
 * the same person. Meanwhile the session holds its screens and what was
 * typed, but no terminal. */
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "db/base/i18n.h"
#include "tui/ui_private.h"

/* Say a sentence where the terminal was given back already. */
void
ui_say_last(const struct ui *ui, const char *text)
{
	char line[220];
	int n;

	if (text[0] == '\0' || ui->fd < 0)
		return;
	n = snprintf(line, sizeof(line), "%s%s", text,
	             ui->plain != NULL ? plain_newline(ui->plain) : "\r\n");
	if (send(ui->fd, line, (size_t)n, MSG_DONTWAIT | MSG_NOSIGNAL) != n)
		return; /* the link is gone; nobody is there to read it */
}

/* The first screen is where every sign-in begins: nothing to go on with. And
 * what may not be kept is not kept by waiting either. */
static bool
is_somewhere(const struct ui *ui)
{
	for (int i = 0; i < ui->depth; i++)
		if (ui->levels[i]->screen->no_draft)
			return false;
	return ui->depth > 1 || ui->app != ui->first_app;
}

static bool
may_stay(struct ui *ui)
{
	return ui->setup.host->others != NULL && ui->term != NULL &&
	       ui->running && !ui->ending && !ui_is_locked(ui) &&
	       is_somewhere(ui);
}

/* Tell where the session is, for the line on the other one's workbench. */
void
ui_place(struct ui *ui)
{
	const struct tui_host *host = ui->setup.host;
	const struct level *level = ui_top(ui);
	const char *name = "";

	if (host->place == NULL || level == NULL)
		return;
	if (may_stay(ui))
		name = level->screen->name;
	if (ui->place_told == name)
		return;
	ui->place_told = name;
	host->place(host->data, name, ui->setup.person->now(ui->setup.ctx));
}

static void
drop_input(struct ui *ui)
{
	input_free(ui->in);
	ui->in = input_new();
}

void
ui_link_lost(struct ui *ui)
{
	const struct tui_host *host = ui->setup.host;

	if (!may_stay(ui)) {
		ui_finish(ui, ERR_CLOSED, "");
		return;
	}
	(void)ui_draft_flush(ui);
	ui->place_told = NULL; /* since now */
	ui_place(ui);
	ui->watched = 0;
	if (host->watch != NULL) /* what changes meanwhile is read then */
		host->watch(host->data, 0, 0);
	term_drop(ui->term);
	ui->term = NULL;
	(void)close(ui->fd);
	ui->fd = -1;
	drop_input(ui);
	(void)malloc_trim(0);
}

static void
say_farewell(struct ui *ui)
{
	term_close(ui->term);
	ui->term = NULL;
	ui_say_last(ui, _("This session goes on in another window."));
	if (ui->fd >= 0)
		(void)close(ui->fd);
}

void
ui_attach(struct ui *ui, const struct tui_event *ev)
{
	say_farewell(ui);
	ui->fd = ev->fd;
	i18n_use((enum language)ev->language);
	if (term_open(ev->text, ev->columns, ev->rows, ev->fd, &ui->term) !=
	    OK) {
		ui_finish(ui, ERR_UNAVAILABLE, "");
		return;
	}
	drop_input(ui);
	ui->last_key_ms = clock_monotonic_ms();
	ui->warned = false;
	ui->held = false; /* whoever signed in has just proved who they are */
	ui->place_told = NULL;
	ui->watched = UINT64_MAX;
	ui_say(ui, "%s", _("You are back where you were."));
	ui_rights_changed(ui);
}

int
ui_others(struct ui *ui, struct tui_other out[TUI_OTHERS_MAX])
{
	const struct tui_host *host = ui->setup.host;

	return host->others != NULL && ui->term != NULL
	           ? host->others(host->data, out)
	           : 0;
}

int
ui_go_on_with(struct ui *ui, int64_t number)
{
	const struct tui_host *host = ui->setup.host;
	int err;

	/* half a control sequence must not stand before its frame */
	if (ui->term == NULL || term_is_behind(ui->term))
		return ERR_BUSY;
	err = host->take_over(host->data, number, ui->fd);
	if (err != OK)
		return err;
	term_drop(ui->term);
	ui->term = NULL;
	ui->fd = -1; /* the other one's now; ours is closed at the end */
	ui_finish(ui, OK, "");
	return OK;
}
