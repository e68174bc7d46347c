/* The workbench's first list: what is offered, then what must be done now,
 * overdue first. */
#include "tui/workbench.h"

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/store/ctx.h"
#include "tui/opinion_words.h"

enum { TITLE_LEAST = 8, LABEL_LEAST = 9 };

/* The clocks of opinions count working days, all else days. */
static int
days_to(const struct todo *t, const struct due_sight *sight)
{
	struct day due = day_of(t->at);
	int days = day_diff(due, sight->today);

	if (days < 0 && t->kind == ENTITY_OPINION)
		return -(int)due_days_over(sight, due);
	return days;
}

static const char *
due(struct arena *a, const struct todo *t, const struct due_sight *sight)
{
	struct day today = sight->today;
	int days = days_to(t, sight);

	if (t->at.s == 0)
		return "";
	if (days < 0)
		return arena_printf(
		    a, P_("%d day late", "%d days late", (unsigned long)-days),
		    -days);
	if (t->all_day && days > 0)
		return day_show(a, day_of(t->at), today);
	if (t->all_day)
		return _("today");
	if (days == 0)
		return t->urgency == TODO_OVERDUE
		           ? _("overdue")
		           : arena_printf(a, _("today %s"),
		                          instant_show_time(a, t->at));
	if (days == 1)
		return arena_printf(a, _("tomorrow %s"),
		                    instant_show_time(a, t->at));
	return instant_show(a, t->at, today);
}

static enum theme
todo_role(enum todo_urgency urgency)
{
	switch (urgency) {
	case TODO_OVERDUE:
	case TODO_TODAY:
		return THEME_ALARM;
	case TODO_SOON:
		return THEME_SOON;
	case TODO_LATER:
		break;
	}
	return THEME_NORMAL;
}

int
bench_widest(int width, const char *text)
{
	int w = text_width(text);

	return w > width ? w : width;
}

static const char *
todo_title(struct arena *a, const struct todo *t)
{
	if (t->n > 1)
		return arena_printf(a, "%s (%lld)", t->title, (long long)t->n);
	return t->title;
}

static const char *
todo_place(const struct workbench *w, const struct todo *t)
{
	return w->todo_place != NULL ? w->todo_place(w, t) : "";
}

void
bench_fill_todo(struct ui *ui, struct workbench *w, int columns)
{
	struct arena *a = ui_arena(ui);
	struct due_sight sight = {.today = ui_today(ui)};
	int label = 0, when = 0, place = 0, title;

	page_begin(&w->todo);
	if (w->todo_count > 0)
		(void)ui_error(ui, due_sight_load(ui, &sight));
	for (int i = 0; i < w->offer_count; i++)
		page_item(&w->todo, i, BENCH_OFFER, "%s", w->offers[i].text);
	if (w->todo_count == 0)
		page_text(&w->todo, THEME_DIM, _(w->bench->nothing));
	for (int i = 0; i < w->todo_count; i++) {
		label = bench_widest(label, _(todo_label(w->todos[i].what)));
		when = bench_widest(when, due(a, &w->todos[i], &sight));
		place = bench_widest(place, todo_place(w, &w->todos[i]));
	}
	/* the mark, "!", and a blank after each cell */
	title = columns - 2 - 2 - (label + 1) - (place + 1) - when - 1;
	if (title < TITLE_LEAST && label > LABEL_LEAST) {
		int less = TITLE_LEAST - title < label - LABEL_LEAST
		               ? TITLE_LEAST - title
		               : label - LABEL_LEAST;

		label -= less; /* when it is due is never cut */
		title += less;
	}
	title = title < TITLE_LEAST ? TITLE_LEAST : title;
	for (int i = 0; i < w->todo_count; i++) {
		const struct todo *t = &w->todos[i];
		enum theme role = todo_role(t->urgency);
		struct page_cell cells[] = {
		    {role == THEME_ALARM ? "!" : " ", 1, false, role},
		    {_(todo_label(t->what)), label, false, THEME_NORMAL},
		    {todo_place(w, t), place, false, THEME_NORMAL},
		    {todo_title(a, t), title, false, THEME_NORMAL},
		    {due(a, t, &sight), when, false, role},
		};

		page_item_cells(&w->todo, i, BENCH_TODO, cells, 5);
	}
}
