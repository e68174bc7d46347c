/* Sessions to go on with: whose link dropped, or whose client died without
 * a word. */
#include "db/base/i18n.h"
#include "tui/offers.h"
#include "tui/screens.h"

static const char *
text_of(struct ui *ui, struct arena *a, const struct tui_other *o,
        const struct screen *screen)
{
	return arena_printf(a,
	                    o->dropped ? _("Continue from %s: %s")
	                               : _("Open elsewhere, %s: %s"),
	                    ui_when(ui, a, o->at), _(screen->title));
}

static int
list(struct ui *ui, struct arena *a, struct offer_line *out, int max)
{
	struct tui_other others[TUI_OTHERS_MAX];
	int n = ui_others(ui, others), lines = 0;

	for (int i = 0; i < n && lines < max; i++) {
		const struct screen *screen = screen_named(others[i].screen);

		if (screen == NULL)
			continue;
		out[lines].key = others[i].number;
		out[lines++].text = text_of(ui, a, &others[i], screen);
	}
	return lines;
}

static void
run(struct ui *ui, int64_t number)
{
	int err = ui_go_on_with(ui, number);

	if (err == ERR_NOT_FOUND)
		ui_say(ui, "%s", _("That session has ended."));
	else
		ui_error(ui, err);
}

const struct offer offer_session = {
    .name = "session",
    .list = list,
    .run = run,
};
