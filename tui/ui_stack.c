/* The stack of screens: opening and closing, loading and being woken, and
 * what a screen has of its own while it is open. */
#include <stdlib.h>

#include "db/base/i18n.h"
#include "tui/term/lines.h"
#include "tui/ui_private.h"

/* --- the stack ----------------------------------------------------------- */

struct level *
ui_top(struct ui *ui)
{
	for (int i = ui->depth; i-- > 0;)
		if (!ui->levels[i]->closing)
			return ui->levels[i];
	return NULL;
}

struct widget *
ui_focused(struct ui *ui)
{
	struct level *level = ui_top(ui);

	return level != NULL && level->pane_count > 0
	           ? level->panes[level->focus]
	           : NULL;
}

static void
level_free(struct ui *ui, struct level *level)
{
	ui_draft_leave(ui, level);
	if (level->screen->leave != NULL)
		level->screen->leave(ui, level->data);
	for (int i = 0; i < level->pane_count; i++)
		level->panes[i]->class->clear(level->panes[i]);
	free(level->data);
	arena_free(level->arena);
	arena_free(level->keep);
	free(level);
}

void
ui_free_levels(struct ui *ui)
{
	for (int i = 0; i < ui->depth; i++)
		level_free(ui, ui->levels[i]);
	ui->depth = 0;
}

void
ui_push(struct ui *ui, const struct screen *screen, int64_t arg)
{
	struct level *level;
	int err = ui_may(ui, screen->needs) ? OK : ERR_DENIED;

	ui->dirty = true;
	if (err != OK) {
		ui_error(ui, err);
		return;
	}
	if (ui->depth == DEPTH_MAX) {
		ui_say(ui, "%s",
		       _("Too many pages lie open one on the other; go back "
		         "first."));
		return;
	}
	level = xcalloc(1, sizeof(*level));
	level->screen = screen;
	level->arg = arg;
	level->data = xcalloc(1, screen->size);
	level->arena = arena_new();
	level->keep = arena_new();
	level->stale = true;
	ui->levels[ui->depth++] = level;
	ui->key_line = false;
	if (screen->open != NULL)
		err = screen->open(ui, level->data, arg);
	if (err == OK)
		return;
	level->closing = true;
	ui_error(ui, err);
}

void
ui_pop(struct ui *ui)
{
	struct level *level = ui_top(ui);

	if (level != NULL)
		level->closing = true;
	ui->dirty = true;
}

void
ui_replace(struct ui *ui, const struct screen *screen, int64_t arg)
{
	ui_pop(ui);
	ui_push(ui, screen, arg);
}

void
ui_go(struct ui *ui, char digit)
{
	ui->go = digit;
	ui->dirty = true;
}

void
ui_reload(struct ui *ui)
{
	struct level *level = ui_top(ui);

	if (level != NULL)
		level->stale = true;
	ui->dirty = true;
}

void
ui_again(struct ui *ui, int ms)
{
	struct level *level = ui_top(ui);

	if (level != NULL && ui->plain == NULL)
		level->again_ms = clock_monotonic_ms() + ms;
}

void
ui_restart(struct ui *ui)
{
	ui->restart = true;
	ui->dirty = true;
}

/* Remove what is closing; whoever comes to light loads again. */
static bool
close_levels(struct ui *ui)
{
	int kept = 0;
	bool any = false;

	for (int i = 0; i < ui->depth; i++) {
		struct level *level = ui->levels[i];

		if (!level->closing) {
			ui->levels[kept++] = level;
			continue;
		}
		level_free(ui, level);
		any = true;
	}
	ui->depth = kept;
	if (any && kept > 0)
		ui->levels[kept - 1]->stale = true;
	return any;
}

static const struct screen *
app_screen(struct ui *ui, char digit)
{
	for (const struct ui_app *app = ui->setup.apps; app->digit != '\0';
	     app++)
		if (app->digit == digit && ui_may(ui, app->screen->needs))
			return app->screen;
	return NULL;
}

static void
go_now(struct ui *ui, char digit)
{
	const struct screen *screen = app_screen(ui, digit);

	if (screen == NULL)
		return;
	for (int i = 0; i < ui->depth; i++)
		ui->levels[i]->closing = true;
	(void)close_levels(ui);
	ui->app = digit;
	ui_push(ui, screen, 0);
}

void
ui_go_first(struct ui *ui)
{
	for (const struct ui_app *app = ui->setup.apps; app->digit != '\0';
	     app++)
		if (ui_may(ui, app->screen->needs)) {
			ui->first_app = app->digit;
			go_now(ui, app->digit);
			return;
		}
	ui_finish(ui, ERR_DENIED, "");
}

static void
restart_now(struct ui *ui)
{
	const struct ui_person *person = ui->setup.person;
	int err = person->refresh != NULL ? person->refresh(ui->setup.ctx) : OK;

	ui->restart = false;
	ui_forget_title(ui);
	if (err != OK) {
		ui_finish(ui, ERR_STOPPED, _(err_msgid(err)));
		return;
	}
	if (ui->setup.first == NULL || ui->setup.then == NULL) {
		ui->setup.first = NULL; /* done with, should it be one */
		ui_go_first(ui);
		return;
	}
	ui->setup.first = ui->setup.then;
	ui->setup.then = NULL;
	for (int i = 0; i < ui->depth; i++)
		ui->levels[i]->closing = true;
	(void)close_levels(ui);
	ui_push(ui, ui->setup.first, 0);
}

static bool
changed(struct ui *ui)
{
	const struct ui_person *person = ui->setup.person;

	return person->changed != NULL && person->changed(ui->setup.ctx);
}

static void
load(struct ui *ui, struct level *level)
{
	int err = OK;

	(void)changed(ui); /* from here on, for watch */
	level->stale = false;
	level->again_ms = 0;
	level->woken = 0;
	arena_reset(level->arena);
	if (level->screen->load != NULL)
		err = level->screen->load(ui, level->data);
	if (err == OK)
		return;
	ui_error(ui, err);
	if (err == ERR_NOT_FOUND || err == ERR_DENIED)
		level->closing = true;
}

/* What is committed after the level was read and before the host knows what to
 * wake it for wakes nobody: it is looked for here. */
static void
watch(struct ui *ui, struct level *level)
{
	const struct tui_host *host = ui->setup.host;

	if (host->watch == NULL ||
	    (ui->watched == level->kinds && ui->watched_unit == level->unit))
		return;
	ui->watched = level->kinds;
	ui->watched_unit = level->unit;
	host->watch(host->data, level->kinds, level->unit);
	if (level->kinds != 0 && changed(ui))
		level->woken = level->kinds;
}

void
ui_settle(struct ui *ui)
{
	/* opening and loading may close and open again; not for ever */
	for (int i = 0; i < 2 * DEPTH_MAX && !ui->ending; i++) {
		struct level *level;
		char digit = ui->go;

		if (ui->restart)
			restart_now(ui);
		ui->go = '\0';
		if (digit != '\0')
			go_now(ui, digit);
		(void)close_levels(ui);
		if (ui->depth == 0)
			ui_go_first(ui);
		level = ui_top(ui);
		if (level == NULL)
			continue;
		if (level->woken != 0 && !level->stale &&
		    level->screen->wake != NULL) {
			uint64_t kinds = level->woken;

			level->woken = 0;
			level->screen->wake(ui, level->data, kinds);
		}
		if (!level->stale && level->woken == 0) {
			watch(ui, level);
			if (level->woken != 0)
				continue;
			ui_place(ui);
			return;
		}
		load(ui, level);
	}
}

void
ui_forget_title(struct ui *ui)
{
	free(ui->place);
	free(ui->name);
	ui->place = ui->name = NULL;
}

bool
ui_is_locked(struct ui *ui)
{
	return ui->setup.first != NULL && ui->depth > 0 &&
	       ui->levels[0]->screen == ui->setup.first;
}

/* --- of the screen on top --------------------------------------------------
 */

struct arena *
ui_arena(struct ui *ui)
{
	struct level *level = ui_top(ui);

	return level != NULL ? level->arena : ui->frame;
}

struct arena *
ui_keep(struct ui *ui)
{
	struct level *level = ui_top(ui);

	return level != NULL ? level->keep : ui->frame;
}

void
ui_body(struct ui *ui, struct widget *w)
{
	struct level *level = ui_top(ui);

	if (level == NULL || level->pane_count == PANES_MAX)
		return;
	w->rows = ui->term != NULL ? term_rows(ui->term) - 5 : LINES_PAGE;
	w->columns =
	    ui->term != NULL ? term_columns(ui->term) - 2 : PLAIN_COLUMNS;
	w->focused = level->pane_count == 0;
	level->panes[level->pane_count++] = w;
}

void
ui_focus(struct ui *ui, struct widget *w)
{
	struct level *level = ui_top(ui);

	for (int i = 0; level != NULL && i < level->pane_count; i++) {
		level->panes[i]->focused = level->panes[i] == w;
		if (level->panes[i] == w)
			level->focus = i;
	}
	ui->dirty = true;
}

void
ui_watch(struct ui *ui, uint64_t kinds, int64_t unit)
{
	struct level *level = ui_top(ui);

	if (level == NULL)
		return;
	level->kinds = kinds;
	level->unit = unit;
}
