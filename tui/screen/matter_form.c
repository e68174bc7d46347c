/* A matter raised: a new one of the activity whose number is given as a
 * negative, or an existing note. */
#include "db/base/i18n.h"
#include "db/matter.h"
#include "tui/screens.h"
#include "tui/station_pick.h"

struct matter_form {
	struct form form;
	struct matter row;
};

static const struct form_row rows[] = {
    {.field = "words", .lines = 5}, {.field = "who"}, {.field = "place"},
    {.field = "category"},          FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct matter_form *s = data;
	int err = s->row.id.v != 0 ? matter_save(ui_ctx(ui), &s->row)
	                           : matter_add(ui_ctx(ui), &s->row, NULL);

	if (err == ERR_STATE) {
		ui_say(ui, "%s",
		       _("Notes are made while the reception is held and until "
		         "it is closed."));
		return ERR_INVALID;
	}
	if (err != OK)
		return form_faults(ui, &s->form, err);
	ui_pop(ui);
	ui_say(ui, "%s", _("The note is kept."));
	return OK;
}

static const struct form_spec spec = {
    .fields = matter_fields,
    .rows = rows,
    .save = save,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct matter_form *s = data;
	int err = OK;

	if (arg > 0)
		err = matter_get(ui_ctx(ui), ui_keep(ui),
		                 (struct matter_id){arg}, &s->row);
	else
		s->row = (struct matter){.activity = {-arg},
		                         .words = "",
		                         .who = "",
		                         .place = "",
		                         .category = ""};
	if (err != OK)
		return err;
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
