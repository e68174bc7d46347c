/* Who is asked about a draft law and how far they got, by unit. */
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "tui/law_open.h"
#include "tui/screens.h"
#include "tui/widget/page.h"

enum { ACROSS = 3, WIDTH = 24 };

struct people_screen {
	struct page page;
	struct consultation_id id;
};

static int
by_unit(const void *x, const void *y)
{
	const struct consultation_person *a = x, *b = y;

	if (a->unit.v != b->unit.v)
		return (a->unit.v > b->unit.v) - (a->unit.v < b->unit.v);
	if (a->state != b->state)
		return a->state - b->state;
	return (a->id.v > b->id.v) - (a->id.v < b->id.v);
}

/* One unit's: how many, then the names, who still has to do something first. */
static void
put_unit(struct ui *ui, struct page *p, const struct consultation_person *rows,
         int n)
{
	struct page_cell cells[ACROSS];
	int studied = 0, done = 0;

	for (int i = 0; i < n; i++) {
		studied += rows[i].studied_at.s != 0;
		done += rows[i].done_at.s != 0;
	}
	page_blank(p);
	page_heading(p, arena_printf(ui_arena(ui),
	                             _("%s: asked %d, studied %d, had their "
	                               "say %d"),
	                             rows[0].unit_name, n, studied, done));
	for (int i = 0; i < n; i++) {
		bool had = rows[i].state >= READER_COMMENTED;

		cells[i % ACROSS] = (struct page_cell){
		    arena_printf(ui_arena(ui), "%s %s  %s", had ? "x" : "-",
		                 rows[i].name,
		                 _(reader_states[rows[i].state].label)),
		    WIDTH, false, had ? THEME_NORMAL : THEME_SOON};
		if (i % ACROSS == ACROSS - 1 || i == n - 1)
			page_cells(p, cells, i % ACROSS + 1);
	}
}

static int
load(struct ui *ui, void *data)
{
	struct people_screen *s = data;
	struct consultation k;
	struct consultation_person *rows;
	int n, end, err = consultation_get(ui_ctx(ui), ui_arena(ui), s->id, &k);

	if (err == OK)
		err = consultation_people(ui_ctx(ui), ui_arena(ui), s->id,
		                          &rows, &n);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(CONSULTATION_PERSON), 0);
	if (n > 0)
		qsort(rows, (size_t)n, sizeof(*rows), by_unit);
	page_begin(&s->page);
	page_title(&s->page, k.title, _(consultation_states[k.state].label));
	page_text(&s->page, THEME_DIM, _("x had their say, or has no comment"));
	for (int i = 0; i < n; i = end) {
		for (end = i; end < n && rows[end].unit.v == rows[i].unit.v;)
			end++;
		put_unit(ui, &s->page, rows + i, end - i);
	}
	if (n == 0)
		page_text(&s->page, THEME_DIM, _("Nobody is asked."));
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct people_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static const struct key keys[] = {
    {"Up/Down", N_("Scroll"), PERM_NONE, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_consultation_people = {
    .name = "consultation-people",
    .title = N_("Who got how far"),
    .about = N_("The deputies asked about a draft law, by unit, those who "
                "still have something to do first.\n"
                "Received -> read -> studied -> commented, or no comment -> "
                "saw the result."),
    .needs = PERM_LAW_CHECK,
    .size = sizeof(struct people_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
