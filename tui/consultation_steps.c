#include "tui/consultation_steps.h"

#include "db/base/i18n.h"
#include "tui/activity_menu.h"

enum { SUMMARY_MAX = 200 };

static bool
ask_day(struct ui *ui, const struct consultation *row, struct day *to)
{
	struct arena *a = ui_arena(ui);
	const char *text =
	    ui_prompt(ui, a, _("New last day, as 2022-03-29"),
	              day_show(a, row->to_on, (struct day){0}), 10);

	if (text == NULL)
		return false;
	if (day_parse(text, ui_today(ui), to) == OK)
		return true;
	ui_say(ui, "%s", _("This is no day."));
	return false;
}

/* What the step wants; false: left. */
static bool
ask(struct ui *ui, const struct consultation *row, enum consultation_step step,
    const char **text, struct day *to)
{
	switch (step) {
	case CONSULTATION_DO_OPEN:
		return ui_confirm(ui, _("Open it now? It then stands on the "
		                        "workbench of every deputy asked."));
	case CONSULTATION_DO_CLOSE:
		return ui_confirm(ui, _("Close it before its last day is "
		                        "over? Nobody can comment any more."));
	case CONSULTATION_DO_EXTEND:
		return ask_day(ui, row, to);
	case CONSULTATION_DO_ANSWER:
		*text = ui_prompt(ui, ui_arena(ui),
		                  _("Closing summary, read by everybody asked"),
		                  "", SUMMARY_MAX);
		return *text != NULL;
	case CONSULTATION_DO_CANCEL:
		*text = activity_menu_reason(ui, _("Reason for cancelling it"));
		return *text != NULL;
	case CONSULTATION_DO_PUBLISH:
		return ui_confirm(ui, _("Put it on the public page? Everybody "
		                        "can read it there."));
	case CONSULTATION_DO_HIDE:
		*text = activity_menu_reason(
		    ui, _("Reason for taking it off the public page"));
		return *text != NULL;
	case CONSULTATION_DO_PREPARE:
	case CONSULTATION_STEPS:
		break;
	}
	return false;
}

void
consultation_step_ask(struct ui *ui, const struct consultation *row,
                      enum consultation_step step)
{
	const char *text = "";
	struct day to = {0};

	if (!ask(ui, row, step, &text, &to))
		return;
	if (activity_menu_fault(ui, consultation_fire(ui_ctx(ui), row->id, step,
	                                              text, to)) == OK)
		ui_say(ui, "%s", _("Done."));
	ui_reload(ui);
}
