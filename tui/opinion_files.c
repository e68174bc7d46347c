/* The files of an opinion on its page. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "tui/opinion_view.h"

static const char *
who_of(const struct opinion_view *v, const struct attachment *f)
{
	if (*f->who != '\0')
		return f->who;
	return v->o.row.source == SOURCE_IMPORT ? "" : _("the citizen");
}

/* One that came with another that was merged into this says which. */
static const char *
name_of(struct ui *ui, const struct opinion_view *v, const struct attachment *f)
{
	if (f->opinion.v == v->o.row.id.v)
		return f->name;
	return arena_printf(ui_arena(ui), "(%lld) %s", (long long)f->opinion.v,
	                    f->name);
}

void
opinion_files_fill(struct ui *ui, struct page *p, const struct opinion_view *v)
{
	struct arena *a = ui_arena(ui);
	bool zh = i18n_language() == LANGUAGE_ZH;

	if (v->file_count == 0)
		return;
	page_heading(p, _("Attachments"));
	for (int i = 0; i < v->file_count; i++) {
		const struct attachment *f = &v->files[i];
		const struct page_cell cells[] = {
		    {.text = _(attachment_kinds[f->kind].label),
		     .width = zh ? 8 : 10},
		    {.text = name_of(ui, v, f), .width = 28},
		    {.text = attachment_size(a, f->size),
		     .width = 8,
		     .right = true},
		    {.text = instant_show(a, f->at, ui_today(ui)), .width = 11},
		    {.text = who_of(v, f)},
		};

		page_item_cells(p, f->id.v, ENTITY_ATTACHMENT, cells,
		                (int)COUNT(cells));
	}
	page_blank(p);
}
