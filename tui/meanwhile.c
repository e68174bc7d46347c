/* Somebody was quicker. */
#include "tui/meanwhile.h"

#include "db/base/i18n.h"
#include "db/store/event.h"

/* "Wang Fang took it up at 14:02; now: taken up." */
static const char *
what_happened(struct ui *ui, enum entity_kind kind, int64_t id,
              const char *state)
{
	struct arena *a = ui_arena(ui);
	struct event_line *e;
	int n = 0;
	int err = event_timeline(ui_ctx(ui), a, kind, id, 1, &e, &n);

	if (err != OK || n == 0 || e->action == ACTIONS)
		return _("Someone changed it meanwhile.");
	return arena_printf(a, _("Meanwhile (%s) %s %s. Now: %s."),
	                    instant_show_time(a, e->at),
	                    *e->who ? e->who : _("the system"),
	                    _(action_label(e->action)), _(state));
}

bool
meanwhile_ask(struct ui *ui, enum entity_kind kind, int64_t id,
              const char *state, bool offered)
{
	struct arena *a = ui_arena(ui);
	const char *what = what_happened(ui, kind, id, state);

	if (offered)
		return ui_confirm(
		    ui, arena_printf(a, _("%s Go on all the same?"), what));
	ui_show(ui, _("Somebody was quicker"),
	        arena_printf(a,
	                     _("%s\nThis can no longer be done with it. What "
	                       "you wrote is still there."),
	                     what));
	return false;
}
