/* What a unit plans for a campaign: the argument is the campaign's row of the
 * unit. */
#include "db/base/i18n.h"
#include "db/campaign.h"
#include "db/campaign_unit.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

struct campaign_plan {
	struct form form;
	struct campaign_unit row; /* plan and the two numbers are filled in */
	const char *title;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(campaign_unit, plan,       LINES, N_("Plan"), .max = CAMPAIGN_TEXT_MAX, .required = true),
	FIELD(campaign_unit, activities, INT,   N_("Activities planned"), .max = 5, .required = true),
	FIELD(campaign_unit, deputies,   INT,   N_("Deputies to reach"), .max = 5, .required = true),
	FIELD_END,
};
/* clang-format on */

static const struct form_row rows[] = {
    {.field = "activities"},
    {.field = "deputies", .hint = N_("people who take part at least once")},
    {.field = "plan", .lines = 8},
    FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct campaign_plan *s = data;
	struct ctx *c = ui_ctx(ui);
	int err = campaign_plan(c, &s->row);

	if (err == ERR_INVALID)
		for (int i = 0; i < c->fault_count; i++)
			form_error(&s->form, c->faults[i].field,
			           _(c->faults[i].text));
	if (err != OK)
		return err;
	ui_pop(ui);
	ui_say(ui, "%s",
	       _("The plan is saved. Activities can be attached now."));
	return OK;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct campaign_plan *s = data;
	struct campaign_progress at;
	struct campaign_unit_id id = {arg};
	int err = campaign_unit_get(ui_ctx(ui), ui_keep(ui), id, &s->row);

	if (err == OK)
		err = campaign_progress_get(ui_ctx(ui), ui_keep(ui), id, &at);
	if (err != OK)
		return err;
	s->title = at.title;
	form_init(&s->form, &spec, ui, s, &s->row);
	ui_body(ui, &s->form.widget);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct campaign_plan *s = data;
	struct area below = area_part(body, 2, 0, 0, 0);

	(void)ui;
	area_fit(body, 0, 0, body->columns, THEME_TITLE, s->title);
	form_draw(&s->form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_CAMPAIGN_PLAN, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_campaign_plan = {
    .name = "campaign-plan",
    .title = N_("Plan the campaign"),
    .about = N_("What the unit is going to do for the campaign: how many "
                "activities, how many deputies they are to reach, and the "
                "plan in words. It can be changed until it is summed up."),
    .needs = PERM_CAMPAIGN_PLAN,
    .size = sizeof(struct campaign_plan),
    .keys = keys,
    .open = open,
    .draw = draw,
};
