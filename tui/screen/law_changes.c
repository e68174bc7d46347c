/* What a text has that the one before it had not, and the other way round:
 * only new, changed, moved and gone articles. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/law.h"
#include "tui/law_rows.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

struct law_changes_screen {
	struct page page;
	struct law_version_id id;
};

static int
put_changed(struct ui *ui, struct page *p, const struct law_article *row)
{
	struct arena *a = ui_arena(ui);
	const char *label = "", *before = "";
	struct law_article whole;
	int err = law_article_get(ui_ctx(ui), a, row->id, &whole);

	if (err == OK && row->change != LAW_NEW)
		err = law_before(ui_ctx(ui), a, row->id, &label, &before);
	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	page_blank(p);
	page_heading(p, label[0] != '\0' && strcmp(label, row->label) != 0
	                    ? arena_printf(a, _("%s (%s, was %s)"), row->label,
	                                   _(law_changes[row->change].label),
	                                   label)
	                    : arena_printf(a, "%s (%s)", row->label,
	                                   _(law_changes[row->change].label)));
	if (row->change == LAW_CHANGED)
		page_text(
		    p, THEME_NORMAL,
		    law_marked(a, law_relabelled(a, before, label, row->label),
		               whole.text, false));
	else if (row->change == LAW_NEW)
		page_text(p, THEME_DONE, arena_printf(a, "{+%s+}", whole.text));
	return OK;
}

static void
put_gone(struct ui *ui, struct page *p, const struct law_article *rows, int n)
{
	for (int i = 0; i < n; i++) {
		page_blank(p);
		page_heading(p, arena_printf(ui_arena(ui), _("%s (gone)"),
		                             rows[i].label));
		page_text(p, THEME_ERROR,
		          arena_printf(ui_arena(ui), "[-%s-]", rows[i].text));
	}
}

static int
load(struct ui *ui, void *data)
{
	struct law_changes_screen *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct law_version version;
	struct law_article *rows = NULL, *gone = NULL;
	int counts[LAW_NEW + 1] = {0}, n = 0, gone_count = 0;
	int err = law_version_get(c, a, s->id, &version);

	if (err == OK)
		err = law_contents(c, a, s->id, &rows, &n);
	if (err == OK)
		err = law_gone(c, a, s->id, &gone, &gone_count);
	if (err != OK)
		return err;
	page_begin(&s->page);
	for (int i = 0; i < n; i++)
		if (rows[i].kind == LAW_ARTICLE)
			counts[rows[i].change]++;
	if (version.number < 2) {
		page_text(&s->page, THEME_DIM, _("This is the first text."));
		return OK;
	}
	page_textf(&s->page,
	           _("Text %lld against the one before: %d new, %d changed, %d "
	             "moved, %d gone, %d the same."),
	           (long long)version.number, counts[LAW_NEW],
	           counts[LAW_CHANGED], counts[LAW_MOVED], gone_count,
	           counts[LAW_SAME]);
	for (int i = 0; err == OK && i < n; i++)
		if (rows[i].kind == LAW_ARTICLE && rows[i].change > LAW_SAME)
			err = put_changed(ui, &s->page, &rows[i]);
	put_gone(ui, &s->page, gone, gone_count);
	return err;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct law_changes_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static const struct key keys[] = {
    {"Up/Down", N_("Scroll"), PERM_NONE, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_law_changes = {
    .name = "law-changes",
    .title = N_("What changed in a draft law"),
    .about = N_("The articles that are new, changed, moved or gone against "
                "the text before: [-gone-] {+new+}."),
    .needs = PERM_LAW_READ,
    .size = sizeof(struct law_changes_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
