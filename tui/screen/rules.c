/* The tables by which the county works: which there are. */
#include "db/base/i18n.h"
#include "db/rule.h"
#include "db/store/ctx.h"
#include "tui/rule_arg.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

struct rules {
	struct page page;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct rules *s = data;

	(void)arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct rules *s = data;

	page_begin(&s->page);
	page_title(&s->page, _("Rules"), "");
	for (int i = 0; i < RULE_TABLES; i++) {
		const struct rule_spec *spec = rule_spec((enum rule_table)i);
		const struct page_cell cells[] = {
		    {_(spec->label), 24, false, THEME_NORMAL},
		    {ui_may(ui, spec->perm) ? "" : _("to read only"), 0, false,
		     THEME_DIM},
		};

		page_item_cells(&s->page, i + 1, 0, cells, 2);
		page_text(&s->page, THEME_DIM, _(spec->about));
	}
	return OK;
}

static void
key_open(struct ui *ui, void *data)
{
	const struct rules *s = data;
	int64_t id;

	if (page_selected(&s->page, &id, NULL))
		ui_push(
		    ui, &screen_rule_table,
		    rule_arg((enum rule_table)(id - 1), (struct rule_id){0}));
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, NULL, NULL},
    KEY_END,
};

const struct screen screen_rules = {
    .name = "rules",
    .title = N_("Rules"),
    .about = N_("The tables by which the county works. Every change has a "
                "day from which it holds, and stands in the audit with who "
                "made it. What has begun is history and stays; what is to "
                "come can be changed and withdrawn."),
    .needs = PERM_RULE_READ,
    .size = sizeof(struct rules),
    .keys = keys,
    .open = open,
    .load = load,
};
