/* Comments on a draft law put together: per article how many, by whom, and
 * what became of them. */
#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/export.h"
#include "db/store/list.h"
#include "tui/law_open.h"
#include "tui/screens.h"
#include "tui/transfer.h"
#include "tui/widget/page.h"

struct collation_screen {
	struct page page;
	struct consultation_id id;
};

static const char *
figure(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld", (long long)n);
}

static void
put_head(struct page *p)
{
	const struct page_cell cells[] = {
	    {_("Article"), 16, false, THEME_HEADING},
	    {_("Comments"), 8, true, THEME_HEADING},
	    {_("Deputies"), 8, true, THEME_HEADING},
	    {_("Citizens"), 8, true, THEME_HEADING},
	    {_("Answered"), 8, true, THEME_HEADING},
	    {_("Adopted"), 7, true, THEME_HEADING},
	    {_("Partly"), 6, true, THEME_HEADING},
	};

	page_cells(p, cells, (int)COUNT(cells));
}

static void
put_row(struct arena *a, struct page *p, const struct collation_row *row)
{
	enum theme role =
	    row->answered < row->comments ? THEME_SOON : THEME_DONE;
	const struct page_cell cells[] = {
	    {row->article.v != 0 ? row->label : _("The whole"), 16, false,
	     THEME_NORMAL},
	    {figure(a, row->comments), 8, true, THEME_NORMAL},
	    {figure(a, row->deputies), 8, true, THEME_NORMAL},
	    {figure(a, row->publics), 8, true, THEME_NORMAL},
	    {arena_printf(a, "%lld/%lld", (long long)row->answered,
	                  (long long)row->comments),
	     8, true, role},
	    {figure(a, row->adopted), 7, true, THEME_NORMAL},
	    {figure(a, row->partly), 6, true, THEME_NORMAL},
	};

	page_item_cells(p, row->article.v, 0, cells, (int)COUNT(cells));
}

static int
load(struct ui *ui, void *data)
{
	struct collation_screen *s = data;
	struct arena *a = ui_arena(ui);
	struct collation_row *rows, all = {.label = ""};
	struct consultation k;
	int n, err = consultation_get(ui_ctx(ui), a, s->id, &k);

	if (err == OK)
		err = law_collation(ui_ctx(ui), a, s->id, &rows, &n);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(LAW_COMMENT), 0);
	for (int i = 0; i < n; i++) {
		all.comments += rows[i].comments;
		all.answered += rows[i].answered;
		all.adopted += rows[i].adopted;
		all.partly += rows[i].partly;
	}
	page_begin(&s->page);
	page_title(&s->page, k.title, _(consultation_states[k.state].label));
	page_textf(&s->page,
	           _("%lld comments, %lld answered; adopted %lld, partly "
	             "%lld."),
	           (long long)all.comments, (long long)all.answered,
	           (long long)all.adopted, (long long)all.partly);
	page_blank(&s->page);
	if (n > 0)
		put_head(&s->page);
	for (int i = 0; i < n; i++)
		put_row(a, &s->page, &rows[i]);
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct collation_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static bool
has_row(struct ui *ui, const void *data)
{
	(void)ui;
	return page_selected(&((const struct collation_screen *)data)->page,
	                     NULL, NULL);
}

static void
key_open(struct ui *ui, void *data)
{
	struct collation_screen *s = data;
	struct law_article_id article = {0};

	if (page_selected(&s->page, &article.v, NULL))
		law_collated_open(ui, s->id, article);
}

/* As a table: every comment with what became of it. */
static void
key_export(struct ui *ui, void *data)
{
	const struct collation_screen *s = data;
	struct list_query q = {.value_count = 1};
	const char *kind, *args;

	q.values[0] =
	    (struct list_value){COMMENT_LIST_CONSULTATION, s->id.v, NULL};
	if (export_of_list(ui_arena(ui), &law_comment_list, &q, &kind, &args))
		ui_transfer_export(ui, kind, args, "");
}

/* To read at once; as a file over ssh. */
static void
key_document(struct ui *ui, void *data)
{
	struct collation_screen *s = data;
	struct buf text = BUF_INIT;
	int err = law_collation_document(ui_ctx(ui), s->id, &text);

	if (ui_error(ui, err) == OK)
		ui_show(ui, _("Comments by article"), text.data);
	buf_clear(&text);
}

static const struct key keys[] = {
    {"Enter", N_("Comments"), PERM_NONE, key_open, has_row,
     N_("The comments on this article, alike ones together.")},
    {"F7", N_("Export"), PERM_NONE, key_export, NULL,
     N_("Every comment with what became of it, as CSV or JSON.")},
    {KEY_ACTION, N_("As a document"), PERM_NONE, key_document, NULL,
     N_("The whole law with what was said and answered, to read.")},
    KEY_END,
};

const struct screen screen_collation = {
    .name = "collation",
    .title = N_("Comments by article"),
    .about = N_("How many comments each article of a draft law has, whose, "
                "how many are answered and with what result. A station sees "
                "those of its place, the county all."),
    .needs = PERM_LAW_CHECK,
    .size = sizeof(struct collation_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
