/*
 * Who of a term is elected again: the deputies of the old term, each marked
 * or not; F10 writes all the marks in one go. The argument is the old term.
 */
#include "db/base/i18n.h"
#include "db/mandate.h"
#include "db/store/ctx.h"
#include "tui/people.h"
#include "tui/screens.h"

struct reelection_view {
	struct page page;
	struct term old, next;
	struct reelection *rows; /* of ui_keep, read once */
	int n;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct reelection_view *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_keep(ui);
	int err = term_get(c, a, (struct term_id){arg}, &s->old);

	if (err == OK)
		err = term_next(c, a, &s->old, 1, &s->next);
	if (err == OK)
		err = reelection_list(c, a, s->old.id, s->next.id, &s->rows,
		                      &s->n);
	if (err != OK)
		return err;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static int
marked(const struct reelection_view *s)
{
	int n = 0;

	for (int i = 0; i < s->n; i++)
		n += s->rows[i].again;
	return n;
}

static int
load(struct ui *ui, void *data)
{
	struct reelection_view *s = data;
	struct arena *a = ui_arena(ui);

	page_begin(&s->page);
	page_title(&s->page, term_text(ui_ctx(ui), a, &s->next),
	           arena_printf(a, _("%d of %d marked"), marked(s), s->n));
	if (s->n == 0)
		page_text(&s->page, THEME_DIM,
		          _("The old term has no deputies here."));
	for (int i = 0; i < s->n; i++) {
		const struct reelection *r = &s->rows[i];
		const struct page_cell cells[] = {
		    {r->again ? "[x]" : "[ ]", 3, false, THEME_NORMAL},
		    {r->name, 12, false, THEME_NORMAL},
		    {r->unit_name, 12, false, THEME_NORMAL},
		    {r->district_name, 20, false, THEME_DIM},
		    {r->group_name, 0, false, THEME_DIM},
		};

		page_item_cells(&s->page, r->id.v, 0, cells, 5);
	}
	return OK;
}

/* --- keys ------------------------------------------------------------- */

static bool
when_item(struct ui *ui, const void *data)
{
	(void)ui;
	return page_selected(&((const struct reelection_view *)data)->page,
	                     NULL, NULL);
}

static void
key_mark(struct ui *ui, void *data)
{
	struct reelection_view *s = data;
	int64_t id;

	if (!page_selected(&s->page, &id, NULL))
		return;
	for (int i = 0; i < s->n; i++)
		if (s->rows[i].id.v == id)
			s->rows[i].again = !s->rows[i].again;
	ui_reload(ui);
}

static void
mark_all(struct ui *ui, struct reelection_view *s, bool again)
{
	for (int i = 0; i < s->n; i++)
		s->rows[i].again = again;
	ui_reload(ui);
}

static void
key_all(struct ui *ui, void *data)
{
	mark_all(ui, data, true);
}

static void
key_none(struct ui *ui, void *data)
{
	mark_all(ui, data, false);
}

static void
key_save(struct ui *ui, void *data)
{
	struct reelection_view *s = data;
	struct mandate_id *keep =
	    arena_alloc(ui_arena(ui), (size_t)(s->n + 1) * sizeof(*keep));
	int n = 0, added, dropped, err;

	for (int i = 0; i < s->n; i++)
		if (s->rows[i].again)
			keep[n++] = s->rows[i].id;
	err = reelection_save(ui_ctx(ui), s->old.id, s->next.id, keep, n,
	                      &added, &dropped);
	if (err == ERR_STATE)
		ui_say(ui, "%s", _("Nothing was changed."));
	else if (people_say(ui, err) == OK)
		ui_say(ui,
		       _("Written: %d mandates of the new term, %d taken "
		         "back."),
		       added, dropped);
	if (err == OK || err == ERR_STATE)
		ui_pop(ui);
}

static const struct key keys[] = {
    {"Enter", N_("Mark"), PERM_NONE, key_mark, when_item,
     N_("Mark the deputy as elected again, or not.")},
    {"F10", N_("Save"), PERM_PEOPLE_WRITE, key_save, NULL,
     N_("Give all that are marked a mandate of the new term like the old "
        "one.")},
    {KEY_ACTION, N_("Mark all"), PERM_NONE, key_all, NULL, NULL},
    {KEY_ACTION, N_("Mark nobody"), PERM_NONE, key_none, NULL, NULL},
    KEY_END,
};

const struct screen screen_reelection = {
    .name = "reelection",
    .title = N_("Elected again"),
    .about = N_("The deputies of the old term. Those marked [x] get a mandate "
                "of the new term when it is saved: same district, group and "
                "place, from its first day. Those elected for the first time "
                "are entered on their own page or imported."),
    .needs = PERM_PEOPLE_WRITE,
    .size = sizeof(struct reelection_view),
    .keys = keys,
    .open = open,
    .load = load,
};
