/* The comments on one article, beside its text, alike ones in one group. */
#include "db/base/i18n.h"
#include "tui/law_open.h"
#include "tui/law_rows.h"
#include "tui/screens.h"
#include "tui/widget/page.h"

struct law_collated_screen {
	struct page page;
	struct law_arg about;
};

static void
put_comment(struct arena *a, struct page *p, const char *text,
            const struct collated_comment *row)
{
	page_item(p, row->id.v, 0, "%lld  %s  %s  %s", (long long)row->id.v,
	          row->name[0] != '\0'
	              ? row->name
	              : _(law_comment_sources[row->source].label),
	          row->unit_name,
	          row->state == COMMENT_ANSWERED
	              ? _(law_comment_results[row->result].label)
	              : _(law_comment_states[row->state].label));
	page_textf(p, "  %s", row->words);
	if (row->wording[0] != '\0')
		page_text(
		    p, THEME_NORMAL,
		    arena_printf(a, "  %s",
		                 law_marked(a, text, row->wording, true)));
	if (row->answer[0] != '\0')
		page_text(p, THEME_DONE,
		          arena_printf(a, _("  Answer: %s"), row->answer));
}

static int
load(struct ui *ui, void *data)
{
	struct law_collated_screen *s = data;
	struct arena *a = ui_arena(ui);
	struct law_article article = {.label = "", .text = ""};
	struct collated_comment *rows;
	int n, alike, err = OK;

	if (s->about.article.v != 0)
		err =
		    law_article_get(ui_ctx(ui), a, s->about.article, &article);
	if (err == OK)
		err = law_collated(ui_ctx(ui), a, s->about.consultation,
		                   s->about.article, &rows, &n);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(LAW_COMMENT), 0);
	page_begin(&s->page);
	page_title(
	    &s->page, s->about.article.v != 0 ? article.label : _("The whole"),
	    arena_printf(a, P_("%d comment", "%d comments", (unsigned long)n),
	                 n));
	if (article.text[0] != '\0')
		page_text(&s->page, THEME_DIM, article.text);
	for (int i = 0; i < n; i += alike) {
		for (alike = 1;
		     i + alike < n && rows[i + alike].group == rows[i].group;)
			alike++;
		page_blank(&s->page);
		if (alike > 1)
			page_heading(&s->page,
			             arena_printf(a,
			                          P_("%d comment says alike:",
			                             "%d comments say alike:",
			                             (unsigned long)alike),
			                          alike));
		for (int k = 0; k < alike; k++)
			put_comment(a, &s->page, article.text, &rows[i + k]);
	}
	if (n == 0) {
		page_blank(&s->page);
		page_text(&s->page, THEME_DIM, _("No comments on it yet."));
	}
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct law_collated_screen *s = data;

	s->about = law_article_arg(arg);
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static bool
has_row(struct ui *ui, const void *data)
{
	(void)ui;
	return page_selected(&((const struct law_collated_screen *)data)->page,
	                     NULL, NULL);
}

static void
key_open(struct ui *ui, void *data)
{
	int64_t id;

	if (page_selected(&((struct law_collated_screen *)data)->page, &id,
	                  NULL))
		ui_push(ui, &screen_law_comment, id);
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, has_row, NULL},
    KEY_END,
};

const struct screen screen_law_collated = {
    .name = "law-collated",
    .title = N_("Comments on an article"),
    .about = N_("What is said about one article, beside its text. Comments "
                "that say alike stand together: one answer may do for all "
                "when they are merged."),
    .needs = PERM_LAW_CHECK,
    .size = sizeof(struct law_collated_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
