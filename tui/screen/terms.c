/* The terms of the county's congress and of the towns', newest first. */
#include "db/term.h"

#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "db/term_change.h"
#include "tui/people.h"
#include "tui/screens.h"

struct terms {
	struct page page;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct terms *s = data;

	(void)arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static const char *
state_of(struct ui *ui, const struct term *term)
{
	struct day today = ui_today(ui);

	if (day_compare(term->from_on, today) > 0)
		return _("to come");
	return day_compare(term->to_on, today) < 0 ? _("over") : _("now");
}

static int
load(struct ui *ui, void *data)
{
	struct terms *s = data;
	struct arena *a = ui_arena(ui);
	struct term *rows;
	int n, err = term_list(ui_ctx(ui), a, &rows, &n);

	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(TERM) | ENTITY_BIT(TERM_CHANGE), 0);
	page_begin(&s->page);
	page_title(&s->page, _("Terms"), "");
	if (n == 0)
		page_text(&s->page, THEME_DIM,
		          _("None yet. F4 enters the first one."));
	for (int i = 0; i < n; i++) {
		const struct page_cell cells[] = {
		    {term_text(ui_ctx(ui), a, &rows[i]), 36, false,
		     THEME_NORMAL},
		    {people_span(a, rows[i].from_on, rows[i].to_on), 23, false,
		     THEME_NORMAL},
		    {state_of(ui, &rows[i]), 0, false, THEME_DIM},
		};

		if (i > 0 && rows[i].unit.v != rows[i - 1].unit.v)
			page_blank(&s->page);
		page_item_cells(&s->page, rows[i].id.v, 0, cells, 3);
	}
	return OK;
}

/* --- keys ------------------------------------------------------------- */

static bool
when_item(struct ui *ui, const void *data)
{
	(void)ui;
	return page_selected(&((const struct terms *)data)->page, NULL, NULL);
}

static void
push(struct ui *ui, void *data, const struct screen *screen)
{
	int64_t id;

	if (page_selected(&((const struct terms *)data)->page, &id, NULL))
		ui_push(ui, screen, id);
}

static void
key_change(struct ui *ui, void *data)
{
	push(ui, data, &screen_term_change);
}

static void
key_edit(struct ui *ui, void *data)
{
	push(ui, data, &screen_term_form);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_term_form, 0);
}

static const struct key keys[] = {
    {"Enter", N_("Change of term"), PERM_TERM_CHANGE, key_change, when_item,
     N_("From the term under the mark to the next: step by step.")},
    {"F4", N_("New term"), PERM_PEOPLE_WRITE, key_new, NULL, NULL},
    {KEY_ACTION, N_("Change number and days"), PERM_PEOPLE_WRITE, key_edit,
     when_item, N_("Of the term under the mark.")},
    KEY_END,
};

const struct screen screen_terms = {
    .name = "terms",
    .title = N_("Terms"),
    .about = N_("The terms of the county's congress and of the towns'. A new "
                "term is entered before the old one ends; then Enter on the "
                "old one leads through the change."),
    .needs = PERM_ORG_READ,
    .size = sizeof(struct terms),
    .keys = keys,
    .open = open,
    .load = load,
};
