/* The files that were sent to be looked at and imported. */
#include "db/base/i18n.h"
#include "db/import.h"
#include "db/law.h"
#include "db/store/ctx.h"
#include "tui/law_open.h"
#include "tui/offers.h"
#include "tui/screens.h"

enum { LINE_IMPORT, LINE_LAW };

static int
list_import(struct ui *ui, struct arena *a, struct offer_line *out, int max)
{
	struct import_pending file;

	if (max < 1 || !ui_may(ui, screen_import_file.needs) ||
	    import_kept(ui_ctx(ui), NULL, &file) != OK)
		return 0;
	out->key = LINE_IMPORT;
	out->text =
	    arena_printf(a, _("File to import %s: %s"), ui_when(ui, a, file.at),
	                 _(import_label(file.kind)));
	return 1;
}

static int
list_law(struct ui *ui, struct arena *a, struct offer_line *out, int max)
{
	struct law_pending file;

	if (max < 1 || !ui_may(ui, screen_law_file.needs) ||
	    law_kept(ui_ctx(ui), NULL, &file) != OK)
		return 0;
	out->key = LINE_LAW;
	out->text =
	    arena_printf(a, _("File to import %s: %s"), ui_when(ui, a, file.at),
	                 _("Text of a draft law"));
	return 1;
}

static int
list(struct ui *ui, struct arena *a, struct offer_line *out, int max)
{
	int n = list_import(ui, a, out, max);

	return n + list_law(ui, a, out + n, max - n);
}

static void
run(struct ui *ui, int64_t key)
{
	if (key == LINE_LAW)
		law_import_open(ui, (struct law_id){0});
	else
		ui_push(ui, &screen_import_file, 0);
}

const struct offer offer_import = {
    .name = "import",
    .list = list,
    .run = run,
};
