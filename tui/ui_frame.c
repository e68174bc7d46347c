/* Drawing of a frame: the rows around the body, and the body. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/ui_private.h"

enum { BODY_TOP = 3, MARGIN = 2 /* columns left free at the right */ };

/* Asking who acts costs a query; the answer holds until the hat changes. */
static void
ask_title(struct ui *ui, struct arena *a)
{
	const struct ui_person *person = ui->setup.person;
	const char *site = ui->setup.host->site_name;

	if (ui->place != NULL)
		return;
	if (site == NULL || site[0] == '\0')
		site = _("Deputies' liaison stations");
	ui->place = xstrdup(
	    arena_printf(a, "%s  %s", site, person->place(ui->setup.ctx, a)));
	ui->name = xstrdup(person->name(ui->setup.ctx, a));
	ui->has_hats = ui->setup.hat != NULL && person->has_hats != NULL &&
	               person->has_hats(ui->setup.ctx);
}

static void
draw_title(struct ui *ui, const struct area *all)
{
	struct instant now = ui->setup.person->now(ui->setup.ctx);
	const char *right =
	    arena_printf(all->arena, "%s  %s %s", ui->name,
	                 day_show(all->arena, day_of(now), all->today),
	                 instant_show_time(all->arena, now));
	int end = all->columns - MARGIN;

	area_fit(all, 0, 0, end - text_width(right) - 2, THEME_TITLE,
	         ui->place);
	area_put_right(all, 0, end, THEME_NORMAL, right);
}

/* Columns of all names, each with its digit and the blank before it. */
static int
apps_width(struct ui *ui)
{
	int width = 1;

	for (const struct ui_app *app = ui->setup.apps; app->digit != '\0';
	     app++)
		if (ui_may(ui, app->screen->needs))
			width += 2 + text_width(_(app->label));
	return width;
}

/* " 1Workbench[2Activities]8Files": the brackets stand where the blanks
 * between the others are. Where there is no room for all names, the others
 * are their digits. */
static void
draw_apps(struct ui *ui, const struct area *all)
{
	const char *help = key_text(all->arena, "F1", _("Help"));
	bool names = apps_width(ui) + text_width(help) <= all->columns - MARGIN;
	int x = 0;
	bool was_here = false;

	for (const struct ui_app *app = ui->setup.apps; app->digit != '\0';
	     app++) {
		bool here = app->digit == ui->app;

		if (!ui_may(ui, app->screen->needs))
			continue;
		area_put(all, 1, x++, THEME_NORMAL,
		         here       ? "["
		         : was_here ? "]"
		                    : " ");
		x += area_putf(all, 1, x, THEME_NORMAL, "%c%s", app->digit,
		               names || here ? _(app->label) : "");
		was_here = here;
	}
	if (was_here)
		area_put(all, 1, x, THEME_NORMAL, "]");
	area_put_right(all, 1, all->columns - MARGIN, THEME_NORMAL, help);
}

static void
draw_key_line(struct ui *ui, const struct area *all)
{
	struct line_key keys[LINE_KEYS_MAX];
	int n = ui_line_keys(ui, keys), x = 0, y = all->rows - 1;
	int end = all->columns - MARGIN;

	if (ui->held && ui->dialog == NULL) {
		area_fit(all, y, 0, end, THEME_NORMAL,
		         _("Locked. Any key asks for the password."));
		return;
	}
	if (ui->key_at >= n)
		ui->key_at = n > 0 ? n - 1 : 0;
	for (int i = 0; i < n; i++) {
		const char *text =
		    key_text(all->arena, keys[i].name, keys[i].label);
		bool focus = ui->key_line && i == ui->key_at;

		if (x + text_width(text) > end)
			break; /* all of them are on the F1 page */
		if (focus)
			area_park(all, y, x);
		x += area_put(all, y, x, focus ? THEME_FOCUS : THEME_NORMAL,
		              text) +
		     2;
	}
}

void
ui_draw_body(struct ui *ui, const struct area *body)
{
	struct level *level = ui_top(ui);

	if (level != NULL && level->screen->draw != NULL)
		level->screen->draw(ui, level->data, body);
	else if (level != NULL && level->pane_count > 0)
		widget_draw(level->panes[0], body);
	if (level != NULL && ui_focused(ui) != NULL &&
	    ui_focused(ui)->error != OK) {
		ui_error(ui, ui_focused(ui)->error);
		ui_focused(ui)->error = OK;
	}
}

static void
draw_body(struct ui *ui, const struct area *all)
{
	struct area body = area_part(all, BODY_TOP, 0, all->rows - BODY_TOP - 2,
	                             all->columns - MARGIN);

	ui_draw_body(ui, &body);
	if (ui->key_line || ui->dialog != NULL)
		area_hide_cursor(&body);
	if (ui->dialog != NULL)
		ui_dialog_draw(ui, &body);
}

static void
draw_too_small(const struct area *all)
{
	area_put(all, 0, 0, THEME_NORMAL,
	         text_fit(all->arena,
	                  arena_printf(all->arena,
	                               _("Window too small: %d x %d needed"),
	                               TERM_MIN_COLUMNS, TERM_MIN_ROWS),
	                  all->columns - 1));
}

void
ui_draw(struct ui *ui)
{
	struct area all;

	ui->dirty = false;
	if (ui->term == NULL)
		return;
	all = term_begin(ui->term, ui->frame, ui_today(ui));
	if (all.columns < TERM_MIN_COLUMNS || all.rows < TERM_MIN_ROWS) {
		draw_too_small(&all);
	} else {
		struct area rule = area_part(&all, 2, 0, 1, -MARGIN);

		ask_title(ui, all.arena);
		draw_title(ui, &all);
		draw_apps(ui, &all);
		area_rule(&rule, 0);
		draw_body(ui, &all);
		area_fit(&all, all.rows - 2, 0, all.columns - MARGIN,
		         THEME_NORMAL, ui->message);
		draw_key_line(ui, &all);
	}
	if (term_flush(ui->term) != OK)
		ui_link_lost(ui);
	arena_reset(ui->frame);
}
