/* What happened to an opinion, each event with what was said by it. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "tui/opinion_view.h"

/* The words of an event: as a rule one note, of several all. */
static const char *
words_of(struct arena *a, const struct opinion_view *v, int64_t event,
         const char **office)
{
	const char *text = "";

	*office = "";
	for (int i = 0; i < v->note_count; i++) {
		const struct note_line *n = &v->notes[i];

		if (n->event.v != event)
			continue;
		text = *text == '\0'
		           ? n->words
		           : arena_printf(a, "%s\n%s", text, n->words);
		*office = n->office;
	}
	return text;
}

/* Notes that are said by themselves are told apart by their kind. */
static const char *
what_of(const struct opinion_view *v, const struct event_line *e)
{
	if (e->action == ACTIONS)
		return _("something newer");
	for (int i = 0; e->action == ACTION_OPINION_SAY && i < v->note_count;
	     i++)
		if (v->notes[i].event.v == e->id)
			return _(note_kinds[v->notes[i].kind].label);
	if (e->action == ACTION_OPINION_SAY) /* without words */
		return _(action_label(ACTION_OPINION_ATTACH));
	return _(action_label(e->action));
}

/* The names of the files of an event. */
static const char *
files_of(struct arena *a, const struct opinion_view *v, int64_t event)
{
	const char *text = "";

	for (int i = 0; i < v->file_count; i++)
		if (v->files[i].event.v == event)
			text = arena_printf(a, "%s%s%s", text,
			                    *text != '\0' ? ", " : "",
			                    v->files[i].name);
	return text;
}

static const char *
who_of(const struct opinion_view *v, const struct event_line *e,
       const char *office)
{
	size_t unit = strlen(v->o.unit_name);

	/* the page says whose office it is */
	if (strncmp(office, v->o.unit_name, unit) == 0)
		office += unit;
	if (*office != '\0')
		return office;
	if (*e->who != '\0')
		return e->who;
	if (e->action == ACTION_OPINION_RATE ||
	    e->action == ACTION_OPINION_SAY ||
	    (e->action == ACTION_OPINION_ADD &&
	     v->o.row.source == SOURCE_PUBLIC))
		return _("the citizen");
	return _("the system");
}

void
opinion_timeline_fill(struct ui *ui, struct page *p,
                      const struct opinion_view *v)
{
	struct arena *a = ui_arena(ui);
	bool marks = ui_may(ui, PERM_EVENT_STRIKE);

	page_blank(p);
	for (int i = 0; i < v->history.n; i++) {
		const struct event_line *e = &v->history.events[i];
		const char *office, *words = words_of(a, v, e->id, &office);
		const char *when = instant_show(a, e->at, ui_today(ui));
		const char *who = who_of(v, e, office);
		const char *what = what_of(v, e);

		if (*e->reason != '\0')
			what = arena_printf(a, C_("said", "%s: %s"), what,
			                    e->reason);
		if (*words != '\0')
			what =
			    arena_printf(a, C_("said", "%s: %s"), what, words);
		words = files_of(a, v, e->id);
		if (*words != '\0')
			what = arena_printf(a, "%s  [%s]", what, words);
		if (e->struck)
			what =
			    arena_printf(a, "%s%s", what, _("  (struck out)"));

		if (marks)
			page_item_event(p, e->id, ENTITY_EVENT, when, who,
			                what);
		else
			page_event(p, when, who, what);
	}
}
