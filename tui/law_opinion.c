/* Opinions that became comments when nobody was asked about a draft: which one,
 * and on which article. */
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/conversion.h"
#include "db/store/ctx.h"
#include "tui/law_open.h"

enum { ARTICLE_MAX = 20, SHOWN = 240 /* columns of the opinion */ };

static int
choose(struct ui *ui, const struct conversion *rows, int n)
{
	const char *labels[LAW_WAITING_MAX];

	for (int i = 0; i < n; i++)
		labels[i] =
		    arena_printf(ui_arena(ui), "%s  %s",
		                 day_show(ui_arena(ui), day_of(rows[i].made_at),
		                          ui_today(ui)),
		                 rows[i].title);
	return ui_menu(ui, _("Which opinion becomes a comment here"), labels,
	               n);
}

/* false: Esc, or there is no such article, which is said. */
static bool
ask_article(struct ui *ui, const struct consultation *k,
            const struct conversion *row, struct law_article_id *id)
{
	struct arena *a = ui_arena(ui);
	struct law_article article;
	const char *name = ui_prompt(
	    ui, a,
	    arena_printf(a, "%s\n%s\n%s", row->title,
	                 text_fit(a, row->text, SHOWN),
	                 _("On which article, as 12, 12-1 or in words; with "
	                   "nothing, on the whole")),
	    "", ARTICLE_MAX);

	id->v = 0;
	if (name == NULL || *name == '\0')
		return name != NULL;
	if (ui_error(ui, law_article_named(ui_ctx(ui), a, k->version, name,
	                                   &article)) != OK)
		return false;
	*id = article.id;
	return true;
}

void
law_opinion_adopt(struct ui *ui, const struct consultation *k,
                  const struct conversion *rows, int n)
{
	struct law_article_id article;
	struct law_comment_id id;
	int i = choose(ui, rows, n), err;

	if (i < 0 || !ask_article(ui, k, &rows[i], &article))
		return;
	err = law_comment_adopt(ui_ctx(ui), rows[i].id, k->id, article, &id);
	if (err == ERR_INVALID)
		ui_say(ui, "%s", _(ui_ctx(ui)->faults[0].text));
	else if (ui_error(ui, err) == OK)
		ui_say(ui, _("It is comment %lld now."), (long long)id.v);
	ui_reload(ui);
}
