/* The history at the foot of a record's page, and striking out. */
#include "tui/history.h"

#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "tui/activity_menu.h"
#include "tui/reason.h"

enum { EVENTS_MAX = 60, WHO_COLUMNS = 18 };

int
history_load(struct ui *ui, struct history *h, enum entity_kind kind,
             int64_t id)
{
	return event_timeline(ui_ctx(ui), ui_arena(ui), kind, id, EVENTS_MAX,
	                      &h->events, &h->n);
}

int
history_load_own(struct ui *ui, struct history *h, enum entity_kind kind,
                 int64_t id)
{
	return event_timeline_own(ui_ctx(ui), ui_arena(ui), kind, id,
	                          EVENTS_MAX, &h->events, &h->n);
}

static const char *
event_text(struct arena *a, const struct event_line *e)
{
	const char *what = e->action == ACTIONS ? _("something newer")
	                                        : _(action_label(e->action));

	return arena_printf(a, "%s%s%s%s%s%s", what, *e->about ? "  " : "",
	                    e->about, *e->reason ? ": " : "", e->reason,
	                    e->struck ? _("  (struck out)") : "");
}

void
history_fill(struct ui *ui, struct page *p, const struct history *h)
{
	struct arena *a = ui_arena(ui);
	int when = 11; /* "03-29 14:00", with the year when it is another */

	page_blank(p);
	page_heading(p, _("History"));
	for (int i = 0; i < h->n; i++)
		if (day_of(h->events[i].at).year != ui_today(ui).year)
			when = 16;
	for (int i = 0; i < h->n; i++) {
		const struct event_line *e = &h->events[i];
		const char *who = *e->who ? e->who : _("the system");
		struct page_cell cells[] = {
		    {.text = instant_show(a, e->at, ui_today(ui)),
		     .width = when},
		    {.text = arena_printf(a, "%s %s", who, e->hat),
		     .width = WHO_COLUMNS},
		    {.text = event_text(a, e),
		     .role = e->struck ? THEME_DIM : THEME_NORMAL},
		};

		if (ui_may(ui, PERM_EVENT_STRIKE))
			page_item_cells(p, e->id, ENTITY_EVENT, cells,
			                (int)COUNT(cells));
		else
			page_cells(p, cells, (int)COUNT(cells));
	}
}

/* --- striking out -------------------------------------------------------- */

static const struct event_line *
under_mark(const struct page *p, const struct history *h)
{
	int64_t id;
	int kind;

	if (!page_selected(p, &id, &kind) || kind != ENTITY_EVENT)
		return NULL;
	for (int i = 0; i < h->n; i++)
		if (h->events[i].id == id)
			return &h->events[i];
	return NULL;
}

static void
show_later(struct ui *ui, const struct event_list *later)
{
	struct arena *a = ui_arena(ui);
	struct buf b = BUF_INIT;

	buf_add(&b, _("This entry cannot be struck out while these later ones "
	              "stand on it. Strike those out first, the last one "
	              "before the others:"));
	buf_add(&b, "\n\n");
	for (int i = 0; i < later->n; i++) {
		struct event_line e;
		int err = event_line_get(ui_ctx(ui), a, later->ids[i], &e);

		if (ui_error(ui, err) != OK)
			break;
		buf_addf(&b, "  %s  %s  %s\n",
		         instant_show(a, e.at, ui_today(ui)), e.who,
		         event_text(a, &e));
	}
	ui_show(ui, _("Later entries depend on this one"), b.data);
	buf_clear(&b);
}

bool
history_can_strike(const struct page *p, const struct history *h)
{
	const struct event_line *e = under_mark(p, h);

	return e != NULL && !e->struck && e->action != ACTIONS &&
	       action_is_strikable(e->action);
}

void
history_strike(struct ui *ui, const struct page *p, const struct history *h)
{
	const struct event_line *e = under_mark(p, h);
	struct arena *a = ui_arena(ui);
	struct event_list later = {NULL, 0};
	const char *reason;
	int err;

	reason = reason_ask(ui, REASON_STRIKE,
	                    arena_printf(a, _("Reason for striking out \"%s\""),
	                                 event_text(a, e)));
	if (reason == NULL)
		return;
	err = event_strike(ui_ctx(ui), a, e->id, reason, &later);
	if (err == ERR_DEPENDS && later.n > 0) {
		show_later(ui, &later);
		return;
	}
	if (err != OK)
		activity_menu_fault(ui, err);
	else
		ui_say(ui, "%s",
		       _("Struck out; what followed from it no "
		         "longer counts."));
	ui_reload(ui);
}
