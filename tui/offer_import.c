/* The file that was sent to be looked at and imported. */
#include "db/base/i18n.h"
#include "db/import.h"
#include "db/store/ctx.h"
#include "tui/offers.h"
#include "tui/screens.h"

static int
list(struct ui *ui, struct arena *a, struct offer_line *out, int max)
{
	struct import_pending file;

	if (max < 1 || !ui_may(ui, screen_import_file.needs) ||
	    import_kept(ui_ctx(ui), NULL, &file) != OK)
		return 0;
	out->text =
	    arena_printf(a, _("File to import %s: %s"), ui_when(ui, a, file.at),
	                 _(import_label(file.kind)));
	return 1;
}

static void
run(struct ui *ui, int64_t key)
{
	(void)key;
	ui_push(ui, &screen_import_file, 0);
}

const struct offer offer_import = {
    .name = "import",
    .list = list,
    .run = run,
};
