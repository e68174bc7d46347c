/* The session's loop: waiting for keys and events, the clock, and the end.
 * Which screens are open is ui_stack.c. */
#include "tui/ui.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "db/base/i18n.h"
#include "tui/ui_private.h"

enum {
	READ_MAX = 65536, /* bytes of keys taken before a frame */
	WARN_MS = 60000,  /* before the idle limit ends the session */
	REST_MS = 2000    /* without anything to do: give memory back */
};

/* --- events -------------------------------------------------------------- */

static void
wake(struct ui *ui, const struct tui_event *ev)
{
	const struct level *top;

	for (int i = 0; i < ui->depth; i++) {
		struct level *level = ui->levels[i];

		if (level->unit == 0 || ev->unit == 0 ||
		    level->unit == ev->unit)
			level->woken |= level->kinds & ev->kinds;
	}
	top = ui_top(ui);
	if (top != NULL && top->woken != 0)
		ui->dirty = true;
}

static void
reload_all(struct ui *ui)
{
	for (int i = 0; i < ui->depth; i++)
		ui->levels[i]->stale = true;
	ui->dirty = true;
}

void
ui_rights_changed(struct ui *ui)
{
	const struct ui_person *person = ui->setup.person;
	int err = person->refresh != NULL ? person->refresh(ui->setup.ctx) : OK;

	ui_forget_title(ui);
	if (err != OK)
		ui_finish(ui, ERR_STOPPED, _(err_msgid(err)));
	else
		reload_all(ui);
}

static void
handle_event(struct ui *ui, const struct tui_event *ev)
{
	switch (ev->kind) {
	case TUI_NOTHING:
		break;
	case TUI_RESIZE:
		if (ui->term != NULL)
			term_resize(ui->term, ev->columns, ev->rows);
		ui->dirty = true;
		break;
	case TUI_ATTACH:
		ui_attach(ui, ev);
		break;
	case TUI_WAKE:
		wake(ui, ev);
		break;
	case TUI_NOTICE:
		ui_say(ui, "%s", ev->text);
		break;
	case TUI_RIGHTS:
		ui_rights_changed(ui);
		break;
	case TUI_END:
		ui_finish(ui, ERR_STOPPED, ev->text);
		break;
	}
}

static void
read_events(struct ui *ui)
{
	const struct tui_host *host = ui->setup.host;

	while (!ui->ending) {
		struct tui_event ev = {.kind = TUI_NOTHING};

		if (host->next_event(host->data, &ev) != OK) {
			ui_finish(ui, ERR_CLOSED, "");
			return;
		}
		if (ev.kind == TUI_NOTHING)
			return;
		handle_event(ui, &ev);
	}
}

static void
read_keys(struct ui *ui)
{
	char bytes[4096];
	size_t taken = 0;

	while (taken < READ_MAX) {
		ssize_t n = recv(ui->fd, bytes, sizeof(bytes), MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			break;
		if (n <= 0 && taken > 0)
			break; /* first the keys that came before the end */
		if (n <= 0) {  /* the end is no key: see it, or spin for ever */
			if (ui->plain != NULL) /* lines may still wait */
				plain_input_ends(ui->plain);
			else
				ui_link_lost(ui);
			break;
		}
		input_feed(ui->in, bytes, (size_t)n);
		taken += (size_t)n;
	}
	if (ui->plain == NULL) /* lines pasted there are lines typed */
		input_merge_bursts(ui->in);
}

/* --- idle ---------------------------------------------------------------- */

/* Milliseconds to the warning or the end; -1: no limit. */
static int
idle_left(struct ui *ui)
{
	int64_t limit = (int64_t)ui->setup.options->idle_seconds * 1000;
	int64_t idle = clock_monotonic_ms() - ui->last_key_ms;

	if (limit <= 0 || ui->fd < 0 || ui->held)
		return -1;
	if (!ui->warned && limit > WARN_MS)
		limit -= WARN_MS;
	return idle >= limit ? 0 : (int)(limit - idle);
}

static void
check_idle(struct ui *ui)
{
	int64_t limit = (int64_t)ui->setup.options->idle_seconds * 1000;

	if (idle_left(ui) != 0)
		return;
	if (!ui->warned && limit > WARN_MS) {
		ui->warned = true;
		ui_say(ui, "%s",
		       ui_may_hold(ui)
		           ? _("No key for a while: the page is locked in one "
		               "minute and shows on.")
		           : _("No key for a while: the session ends in one "
		               "minute. Press any key to stay."));
		return;
	}
	if (ui_may_hold(ui)) {
		ui_hold(ui);
		return;
	}
	ui_finish(ui, ERR_STOPPED, _("The session ended: no key was pressed."));
}

/* Milliseconds until memory is given back; -1: it was. */
static int
rest_left(struct ui *ui)
{
	int64_t left = ui->busy_ms + REST_MS - clock_monotonic_ms();

	if (ui->resting || ui->setup.person->rest == NULL)
		return -1;
	return left > 0 ? (int)left : 0;
}

static void
note_work(struct ui *ui, bool any)
{
	if (any) {
		ui->busy_ms = clock_monotonic_ms();
		ui->resting = false;
	} else if (rest_left(ui) == 0) {
		ui->setup.person->rest(ui->setup.ctx);
		ui->resting = true;
	}
}

/* Milliseconds until the screen wants to be loaded again; -1: it does not. */
static int
again_left(struct ui *ui)
{
	const struct level *level = ui_top(ui);
	int64_t left;

	if (level == NULL || level->again_ms == 0)
		return -1;
	left = level->again_ms - clock_monotonic_ms();
	return left > 0 ? (int)left : 0;
}

static void
check_again(struct ui *ui)
{
	struct level *level = ui_top(ui);

	if (level == NULL || again_left(ui) != 0)
		return;
	level->again_ms = 0;
	ui_reload(ui);
}

/* --- the end ----------------------------------------------------------- */

void
ui_end(struct ui *ui)
{
	ui_finish(ui, OK, "");
}

void
ui_finish(struct ui *ui, int result, const char *last_words)
{
	if (ui->ending)
		return;
	ui->ending = true;
	ui->result = result;
	(void)snprintf(ui->last_words, sizeof(ui->last_words), "%s",
	               last_words);
}

/* --- the loop ------------------------------------------------------------ */

static int
shorter(int a, int b)
{
	return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

/* The client does not read: whatever changes is read and drawn when it does
 * again, and costs nothing until then. */
static bool
is_behind(const struct ui *ui)
{
	return ui->term != NULL && term_is_behind(ui->term);
}

static void
catch_up(struct ui *ui)
{
	ui->dirty = true;
	if (is_behind(ui) && term_catch_up(ui->term) != OK)
		ui_link_lost(ui);
}

void
ui_wait(struct ui *ui)
{
	const struct tui_host *host = ui->setup.host;
	struct pollfd fds[2] = {
	    {.events = POLLIN},
	    {.fd = host->control, .events = POLLIN},
	};
	int wait_ms, due_ms, n;

	if (host->has_event != NULL && host->has_event(host->data))
		read_events(ui);
	ui_draft_tick(ui); /* before the screen acknowledges it */
	if (ui->dirty && ui->plain == NULL && !is_behind(ui))
		ui_draw(ui);
	if (ui->ending)
		return;
	if (ui->plain != NULL && plain_is_behind(ui->plain))
		fds[0].events = POLLOUT;
	else if (is_behind(ui))
		fds[0].events |= POLLOUT;
	fds[0].fd = ui->fd;
	wait_ms = input_wait_ms(ui->in);
	due_ms = shorter(rest_left(ui),
	                 shorter(idle_left(ui), ui_draft_wait_ms(ui)));
	due_ms = shorter(due_ms, again_left(ui));
	n = poll(fds, 2, shorter(wait_ms, due_ms));
	if (n < 0)
		return;
	note_work(ui, n > 0);
	if (n == 0 && wait_ms >= 0 && (due_ms < 0 || due_ms >= wait_ms))
		input_timeout(ui->in);
	if ((fds[0].revents & POLLOUT) != 0)
		catch_up(ui);
	if ((fds[1].revents & (POLLIN | POLLHUP)) != 0)
		read_events(ui);
	if (ui->fd == fds[0].fd &&
	    (fds[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
		read_keys(ui);
	check_again(ui);
	check_idle(ui);
}

/* A screen that was opened asks about its draft before the next key. */
static void
settle(struct ui *ui)
{
	do
		ui_settle(ui);
	while (!ui->ending && ui_draft_offer(ui));
}

static bool
step(struct ui *ui)
{
	struct input in;

	if (ui->fd >= 0 && !is_behind(ui))
		settle(ui);
	if (ui->plain != NULL)
		return plain_step(ui);
	ui_wait(ui);
	/* all keys that wait, then one frame */
	while (!ui->ending && ui_next_key(ui, &in)) {
		ui_key(ui, &in);
		settle(ui);
	}
	return !ui->ending;
}

static int
open_ui(const struct ui_setup *setup, struct ui **out)
{
	const struct tui_options *options = setup->options;
	struct ui *ui = xcalloc(1, sizeof(*ui));
	int err = OK;

	if (options->plain)
		ui->plain = plain_new(options->echo);
	else
		err = term_open(options->term, options->columns, options->rows,
		                setup->host->fd, &ui->term);

	if (err != OK) {
		free(ui);
		return err;
	}
	ui->setup = *setup;
	ui->fd = setup->host->fd;
	ui->in = input_new();
	ui->frame = arena_new();
	ui->last_key_ms = ui->busy_ms = clock_monotonic_ms();
	ui->dirty = true;
	if (setup->before != NULL && !setup->before(ui))
		ui_finish(ui, ui_is_ending(ui) ? ui->result : OK, "");
	else if (setup->first != NULL)
		ui_push(ui, setup->first, 0);
	else
		ui_go_first(ui);
	ui->running = true;
	*out = ui;
	return OK;
}

static int
close_ui(struct ui *ui)
{
	bool kept = ui_draft_flush(ui);
	int result = ui->result;

	ui->ending = true;
	ui_free_levels(ui);
	term_close(ui->term);
	ui_say_last(ui, ui->last_words);
	if (kept)
		ui_say_last(ui, _("What you had entered is kept as a draft."));
	plain_free(ui->plain);
	input_free(ui->in);
	ui_forget_title(ui);
	arena_free(ui->frame);
	free(ui);
	return result;
}

int
ui_run(const struct ui_setup *setup)
{
	struct ui *ui;
	int err = open_ui(setup, &ui);

	if (err != OK)
		return err;
	while (step(ui))
		;
	return close_ui(ui);
}

/* --- small things screens ask for ---------------------------------------- */

struct ctx *
ui_ctx(struct ui *ui)
{
	return ui->setup.ctx;
}

const char *
ui_account(struct ui *ui)
{
	const char *name = ui->setup.options->account;

	return name != NULL ? name : "";
}

const struct tui_host *
ui_host(struct ui *ui)
{
	return ui->setup.host;
}

struct day
ui_today(struct ui *ui)
{
	return day_of(ui->setup.person->now(ui->setup.ctx));
}

bool
ui_may(struct ui *ui, enum perm perm)
{
	return perm == PERM_NONE || ui->setup.person->may(ui->setup.ctx, perm);
}

void
ui_say(struct ui *ui, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(ui->message, sizeof(ui->message), fmt, args);
	va_end(args);
	ui->dirty = true;
}

int
ui_error(struct ui *ui, int err)
{
	if (err != OK)
		ui_say(ui, "%s", _(err_msgid(err)));
	return err;
}

void
ui_repaint(struct ui *ui)
{
	if (ui->term != NULL)
		term_repaint(ui->term);
	ui->dirty = true;
}

void
ui_bell(struct ui *ui)
{
	if (ui->term != NULL)
		term_bell(ui->term);
	ui->dirty = true;
}

bool
ui_is_plain(const struct ui *ui)
{
	return ui->plain != NULL;
}

bool
ui_is_ending(struct ui *ui)
{
	return ui->ending;
}
