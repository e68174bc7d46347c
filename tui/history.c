/* The history at the foot of a record's page. */
#include "tui/history.h"

#include "db/base/i18n.h"
#include "db/store/event.h"

enum { EVENTS_MAX = 60, WHO_COLUMNS = 18 };

int
history_fill(struct ui *ui, struct page *p, enum entity_kind kind, int64_t id)
{
	struct arena *a = ui_arena(ui);
	struct event_line *events;
	int n, when = 11, err;

	err = event_timeline(ui_ctx(ui), a, kind, id, EVENTS_MAX, &events, &n);
	if (err != OK)
		return err;
	page_blank(p);
	page_heading(p, _("History"));
	for (int i = 0; i < n; i++)
		if (day_of(events[i].at).year != ui_today(ui).year)
			when = 16;
	for (int i = 0; i < n; i++) {
		const struct event_line *e = &events[i];
		const char *what = e->action == ACTIONS
		                       ? _("something newer")
		                       : _(action_label(e->action));
		const struct page_cell cells[] = {
		    {instant_show(a, e->at, ui_today(ui)), when, false,
		     THEME_NORMAL},
		    {arena_printf(a, "%s %s", *e->who ? e->who : _("the system"),
		                  e->hat),
		     WHO_COLUMNS, false, THEME_NORMAL},
		    {arena_printf(a, "%s%s%s%s", what, *e->reason ? ": " : "",
		                  e->reason, e->struck ? _("  (struck out)") : ""),
		     0, false, e->struck ? THEME_DIM : THEME_NORMAL},
		};

		page_cells(p, cells, 3);
	}
	return OK;
}
