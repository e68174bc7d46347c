/*
 * Drafts of whatever is being filled in: written while one types, offered
 * when the same screen is opened again, gone once it was saved or given up.
 * Screens take no part in it: a widget that can tell its state as text
 * (widget_class.keep) has drafts.
 */
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/draft.h"
#include "db/store/ctx.h"
#include "tui/ui_private.h"

/* At most two seconds behind, the writing included; or 40 characters. */
enum { BEHIND_MS = 1500, BEHIND_CHARS = 40 };

static struct widget *
pane_of(const struct ui *ui, const struct level *level)
{
	if (ui->setup.drafts == NULL || level->screen->no_draft)
		return NULL;
	for (int i = 0; i < level->pane_count; i++)
		if (level->panes[i]->class->keep != NULL)
			return level->panes[i];
	return NULL;
}

static int64_t
office_of(const struct ui *ui)
{
	return ui->setup.ctx != NULL ? ui->setup.ctx->office : 0;
}

/* A new record is kept as it was proposed; of an existing one only what was
 * typed is, so that what others change meanwhile is not undone. */
static bool
keeps_all(const struct level *level)
{
	return level->arg == 0;
}

static int
write_draft(struct ui *ui, struct level *level, const struct widget *w)
{
	struct arena *a = arena_new();
	struct widget_state state = w->class->keep(w, a, keeps_all(level));
	const struct draft d = {
	    .screen = level->screen->name,
	    .arg = level->arg,
	    .office = office_of(ui),
	    .at = ui->setup.person->now(ui->setup.ctx),
	    .title = state.title,
	    .base = level->draft.base != NULL ? level->draft.base : "",
	    .state = state.text,
	};
	int err = draft_put(ui->setup.drafts, &d);

	arena_free(a);
	return err;
}

/* Said once, not at every key; the text stays in the form. */
static void
say_failed(struct ui *ui, int err)
{
	if (!ui->draft_failed)
		ui_say(ui, "%s",
		       err == ERR_FULL
		           ? _("The disk is full: what you type is not kept "
		               "as a draft for now.")
		           : _("What you type cannot be kept as a draft for "
		               "now."));
	ui->draft_failed = true;
}

static void
keep(struct ui *ui, struct level *level, const struct widget *w)
{
	struct level_draft *d = &level->draft;
	int err = write_draft(ui, level, w);

	d->tried = w->edits;
	d->since_ms = 0;
	if (err != OK) {
		say_failed(ui, err);
		return;
	}
	ui->draft_failed = false;
	d->written = w->edits;
	d->kept = true;
}

/* Nobody is helped by hearing that it could not be forgotten: it is offered
 * once more, and can be dropped then. */
static void
drop(struct ui *ui, struct level *level)
{
	int err = OK;

	if (level->draft.kept)
		err = draft_drop(ui->setup.drafts, level->screen->name,
		                 level->arg, office_of(ui));
	level->draft.kept = err != OK;
}

static void
tick(struct ui *ui, struct level *level, const struct widget *w, int64_t now)
{
	struct level_draft *d = &level->draft;

	if (!w->class->changed(w)) { /* saved */
		d->written = d->tried = w->edits;
		d->since_ms = 0;
		drop(ui, level);
		return;
	}
	if (w->edits == d->written)
		return;
	if (d->since_ms == 0)
		d->since_ms = now;
	if (now - d->since_ms >= BEHIND_MS ||
	    w->edits - d->tried >= BEHIND_CHARS)
		keep(ui, level, w);
}

void
ui_draft_tick(struct ui *ui)
{
	int64_t now = clock_monotonic_ms();

	for (int i = 0; i < ui->depth; i++) {
		struct level *level = ui->levels[i];
		const struct widget *w = pane_of(ui, level);

		if (w == NULL || level->closing)
			continue;
		if (level == ui_top(ui)) /* left for another, and back */
			level->draft.given_up = false;
		tick(ui, level, w, now);
	}
}

int
ui_draft_wait_ms(const struct ui *ui)
{
	int64_t since = 0, left;

	for (int i = 0; i < ui->depth; i++) {
		int64_t ms = ui->levels[i]->draft.since_ms;

		if (ms != 0 && (since == 0 || ms < since))
			since = ms;
	}
	if (since == 0)
		return -1;
	left = since + BEHIND_MS - clock_monotonic_ms();
	return left > 0 ? (int)left : 0;
}

bool
ui_draft_flush(struct ui *ui)
{
	bool any = false;

	for (int i = 0; i < ui->depth; i++) {
		struct level *level = ui->levels[i];
		const struct widget *w = pane_of(ui, level);

		if (w == NULL || level->draft.given_up || !w->class->changed(w))
			continue;
		if (w->edits != level->draft.written)
			keep(ui, level, w);
		any = any || level->draft.kept;
	}
	return any;
}

void
ui_draft_leave(struct ui *ui, struct level *level)
{
	const struct widget *w = pane_of(ui, level);

	if (w != NULL && w->class->changed(w) && !level->draft.given_up) {
		/* closed by something else than the person */
		if (w->edits != level->draft.written)
			keep(ui, level, w);
	} else if (w != NULL) {
		drop(ui, level);
	}
	free(level->draft.base);
	level->draft.base = NULL;
}

void
ui_draft_given_up(struct ui *ui)
{
	struct level *level = ui_top(ui);

	if (level != NULL)
		level->draft.given_up = true;
}

/* --- going on with one --------------------------------------------------- */

static void
restore(struct ui *ui, struct level *level, struct widget *w,
        const struct draft *d)
{
	struct arena *a = arena_new();
	const char *when = ui_when(ui, a, d->at);
	const char *base = level->draft.base;

	if (!w->class->restore(w, d->state))
		ui_say(ui, "%s", _("The draft cannot be read."));
	else if (base != NULL && strcmp(base, d->base) != 0)
		ui_say(ui,
		       _("Your draft of %s is back. The record was changed "
		         "meanwhile: please compare."),
		       when);
	else
		ui_say(ui, _("Your draft of %s is back."), when);
	level->draft.written = level->draft.tried = w->edits;
	level->draft.kept = true;
	arena_free(a);
}

static void
ask(struct ui *ui, struct level *level, struct widget *w, const struct draft *d)
{
	struct arena *a = arena_new();
	const char *const answers[] = {_("Go on with it"),
	                               _("Begin anew; the draft goes")};
	int chosen = ui_menu(ui,
	                     arena_printf(a, _("There is a draft of %s."),
	                                  ui_when(ui, a, d->at)),
	                     answers, 2);

	level->draft.kept = true;
	if (chosen == 0)
		restore(ui, level, w, d);
	else if (chosen == 1)
		drop(ui, level);
	else if (!ui_is_ending(ui))
		ui_pop(ui);
	/* by Esc it stays for another time */
	level->draft.kept = level->draft.kept && chosen >= 0;
	arena_free(a);
}

bool
ui_draft_offer(struct ui *ui)
{
	struct level *level = ui_top(ui);
	struct widget *w = level != NULL ? pane_of(ui, level) : NULL;
	bool at_once = ui->take_draft;
	struct arena *a;
	struct draft d;

	ui->take_draft = false;
	if (w == NULL || level->draft.looked)
		return false;
	level->draft.looked = true;
	a = arena_new();
	if (!keeps_all(level))
		level->draft.base = xstrdup(w->class->keep(w, a, true).text);
	if (draft_get(ui->setup.drafts, a, level->screen->name, level->arg,
	              office_of(ui), &d) != OK)
		level = NULL;
	else if (at_once)
		restore(ui, level, w, &d);
	else
		ask(ui, level, w, &d);
	arena_free(a);
	return level != NULL;
}

void
ui_push_draft(struct ui *ui, const struct screen *screen, int64_t arg)
{
	ui->take_draft = true;
	ui_push(ui, screen, arg);
}

const char *
ui_when(struct ui *ui, struct arena *a, struct instant at)
{
	return day_diff(day_of(at), ui_today(ui)) == 0
	           ? instant_show_time(a, at)
	           : instant_show(a, at, ui_today(ui));
}

const char *
ui_drafts(const struct ui *ui)
{
	return ui->setup.drafts;
}
