/* A matter raised at the reception whose number is given. */
#include "db/base/i18n.h"
#include "db/matter.h"
#include "tui/screens.h"
#include "tui/station_pick.h"

struct matter_form {
	struct form form;
	struct opinion row;
};

static const struct form_row rows[] = {
    {.field = "body", .lines = 5}, {.field = "sender"}, {.field = "venue"},
    {.field = "subject"},          FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct matter_form *s = data;
	struct opinion_id id;
	int err = matter_add(ui_ctx(ui), &s->row, &id);

	if (err == ERR_STATE) {
		ui_say(ui, "%s",
		       _("Notes are made while the reception is held and until "
		         "it is closed."));
		return ERR_INVALID;
	}
	if (err != OK)
		return form_faults(ui, &s->form, err);
	ui_pop(ui);
	ui_say(ui, _("It is opinion %lld."), (long long)id.v);
	return OK;
}

static struct form_spec spec = {
    .rows = rows,
    .save = save,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct matter_form *s = data;

	opinion_default(ui_ctx(ui), &s->row);
	s->row.activity.v = arg;
	spec.fields = entity_opinion.fields;
	form_init(&s->form, &spec, ui, s, &s->row);
	ui_body(ui, &s->form.widget);
	return OK;
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_STATION_WRITE, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_matter_form = {
    .name = "matter-form",
    .title = N_("Note a matter"),
    .about = N_("What somebody raised at the reception, in their words. "
                "Telephone numbers and addresses of people do not belong "
                "here."),
    .needs = PERM_STATION_WRITE,
    .size = sizeof(struct matter_form),
    .keys = keys,
    .open = open,
};
