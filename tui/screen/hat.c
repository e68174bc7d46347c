/*
 * F8: the offices (hats) one holds; choosing one works in it from then on,
 * with its rights and its place. Each event keeps the hat it was done in.
 */
#include "db/account.h"
#include "db/base/i18n.h"
#include "db/office.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

struct hat {
	struct page page;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct hat *s = data;

	(void)arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct hat *s = data;
	struct ctx *c = ui_ctx(ui);
	struct office_line *rows;
	int n;
	int err = office_hats(c, ui_arena(ui), &rows, &n);

	if (err != OK)
		return err;
	page_begin(&s->page);
	page_title(&s->page, _("Work in which office"), "");
	if (n == 0)
		page_text(&s->page, THEME_DIM,
		          _("You hold no office at present; the administrator "
		            "gives them."));
	for (int i = 0; i < n; i++)
		page_item(&s->page, rows[i].id.v, 0, "%s%s",
		          office_text(ui_arena(ui), &rows[i]),
		          rows[i].id.v == c->office ? _("  (now)") : "");
	return OK;
}

static void
key_wear(struct ui *ui, void *data)
{
	struct hat *s = data;
	int64_t id;

	if (!page_selected(&s->page, &id, NULL))
		return;
	if (ui_error(ui, account_wear(ui_ctx(ui), (struct office_id){id})) ==
	    OK)
		ui_restart(ui);
}

static bool
when_item(struct ui *ui, const void *data)
{
	const struct hat *s = data;

	(void)ui;
	return page_selected(&s->page, NULL, NULL);
}

static const struct key keys[] = {
    {"Enter", N_("Work in it"), PERM_NONE, key_wear, when_item, NULL},
    KEY_END,
};

const struct screen screen_hat = {
    .name = "hat",
    .title = N_("Offices"),
    .about = N_("The offices you hold now. You work in one at a time: what "
                "you see and may do follows from it, and everything you do "
                "is recorded under it. Choosing another begins again at its "
                "workbench."),
    .size = sizeof(struct hat),
    .keys = keys,
    .open = open,
    .load = load,
};
