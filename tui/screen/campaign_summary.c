/* What came of a campaign in a unit, written in the end; the argument is the
 * campaign's row of the unit. */
#include "db/base/i18n.h"
#include "db/campaign.h"
#include "db/campaign_unit.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

struct campaign_summary {
	struct form form;
	struct campaign_unit row; /* summary and the two numbers */
	struct campaign_progress at;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(campaign_unit, summary,  LINES, N_("Closing summary"), .max = CAMPAIGN_TEXT_MAX, .required = true),
	FIELD(campaign_unit, opinions, INT,   N_("Opinions gathered"), .max = 5, .required = true),
	FIELD(campaign_unit, solved,   INT,   N_("Problems solved"), .max = 5, .required = true),
	FIELD_END,
};
/* clang-format on */

static const struct form_row rows[] = {
    {.field = "opinions"},
    {.field = "solved"},
    {.field = "summary", .lines = 8},
    FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct campaign_summary *s = data;
	struct ctx *c = ui_ctx(ui);
	int err = campaign_sum_up(c, &s->row);

	if (err == ERR_INVALID)
		for (int i = 0; i < c->fault_count; i++)
			form_error(&s->form, c->faults[i].field,
			           _(c->faults[i].text));
	if (err != OK)
		return err;
	ui_pop(ui);
	ui_say(ui, "%s", _("Summed up; the county reads it."));
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
	struct campaign_summary *s = data;
	struct campaign_unit_id id = {arg};
	int err = campaign_unit_get(ui_ctx(ui), ui_keep(ui), id, &s->row);

	if (err == OK)
		err =
		    campaign_progress_get(ui_ctx(ui), ui_keep(ui), id, &s->at);
	if (err != OK)
		return err;
	form_init(&s->form, &spec, ui, s, &s->row);
	ui_body(ui, &s->form.widget);
	return OK;
}

/* What the counters say stands above what is to be written. */
static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct campaign_summary *s = data;
	struct area below = area_part(body, 3, 0, 0, 0);

	(void)ui;
	area_fit(body, 0, 0, body->columns, THEME_TITLE, s->at.title);
	area_putf(body, 1, 0, THEME_DIM,
	          _("%lld of %lld activities, %lld of %lld deputies reached"),
	          (long long)s->at.activities, (long long)s->at.plan_activities,
	          (long long)s->at.reached, (long long)s->at.plan_deputies);
	form_draw(&s->form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Sum up"), PERM_CAMPAIGN_PLAN, NULL, NULL,
     N_("Send the summary to the county.")},
    KEY_END,
};

const struct screen screen_campaign_summary = {
    .name = "campaign-summary",
    .title = N_("Sum the campaign up"),
    .about = N_("What the unit did in the campaign and what came of it: "
                "opinions gathered, problems solved. How many activities and "
                "deputies is counted by itself. It can be changed until the "
                "county accepts it."),
    .needs = PERM_CAMPAIGN_PLAN,
    .size = sizeof(struct campaign_summary),
    .keys = keys,
    .open = open,
    .draw = draw,
};
