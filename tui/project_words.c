/* Lights, money and days of projects in words. */
#include "tui/project_words.h"

#include "db/base/i18n.h"
#include "db/opinion_clock.h"
#include "db/store/ctx.h"
#include "tui/widget/value.h"

static const struct {
	const char *text;
	enum theme role;
} lights[] = {
    [PROJECT_NO_LIGHT] = {"", THEME_NORMAL},
    [PROJECT_GREEN] = {N_("green"), THEME_DONE},
    [PROJECT_YELLOW] = {N_("yellow"), THEME_SOON},
    [PROJECT_RED] = {N_("! red"), THEME_ALARM},
};

const char *
project_light_text(const struct ctx *c, int state, struct day warn,
                   struct day due)
{
	const char *text = lights[project_light(c, state, warn, due)].text;

	return *text != '\0' ? _(text) : "";
}

enum theme
project_light_role(const struct ctx *c, int state, struct day warn,
                   struct day due)
{
	return lights[project_light(c, state, warn, due)].role;
}

const char *
project_due_text(struct ui *ui, struct arena *a, struct day due)
{
	if (due.year == 0 || day_compare(due, clock_no_day) == 0)
		return "";
	return day_show(a, due, ui_today(ui));
}

const char *
project_change_what(struct ui *ui, struct arena *a,
                    const struct project_change *c)
{
	const char *kind = _(change_kinds[c->kind].label);

	if (c->kind == CHANGE_BUDGET)
		return arena_printf(a, "%s -> %s", kind,
		                    project_yuan(a, c->budget));
	if (c->kind == CHANGE_TIME && c->ends_on.year != 0)
		return arena_printf(a, "%s -> %s", kind,
		                    day_show(a, c->ends_on, ui_today(ui)));
	return kind;
}

const char *
project_yuan(struct arena *a, int64_t yuan)
{
	return yuan == 0
	           ? "-"
	           : arena_printf(a, _("%s yuan"), value_grouped(a, yuan));
}
