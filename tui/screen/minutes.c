/* What was said and agreed at an activity: written while it takes place or
 * afterwards, until it is archived. */
#include "db/base/i18n.h"
#include "db/document.h"
#include "tui/activity_menu.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

struct minutes {
	struct form form;
	struct activity row; /* minutes are filled in, all else stays */
};

static const struct field fields[] = {
    FIELD(activity, minutes, LINES, N_("Minutes"), .max = ACTIVITY_TEXT_MAX),
    FIELD_END,
};

static const struct form_row rows[] = {
    {.field = "minutes", .lines = 14},
    FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct minutes *s = data;
	int err = activity_menu_save(ui, &s->row);

	if (err != OK)
		return err;
	ui_pop(ui);
	ui_say(ui, "%s", _("The minutes are saved."));
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
	struct minutes *s = data;
	int err = activity_get(ui_ctx(ui), ui_keep(ui),
	                       (struct activity_id){arg}, &s->row);

	if (err == OK && s->row.minutes[0] == '\0')
		err = document_template(ui_ctx(ui), ui_keep(ui), s->row.unit,
		                        DOCUMENT_MINUTES, &s->row.minutes);
	if (err != OK)
		return err;
	form_init(&s->form, &spec, ui, s, &s->row);
	ui_body(ui, &s->form.widget);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct minutes *s = data;
	struct area below = area_part(body, 2, 0, 0, 0);

	(void)ui;
	area_fit(body, 0, 0, body->columns, THEME_TITLE, s->row.title);
	form_draw(&s->form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_ACTIVITY_WRITE, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_minutes = {
    .name = "minutes",
    .title = N_("Minutes"),
    .about = N_("What was said and agreed at the activity. They can be "
                "written and corrected until it is archived, and stand on "
                "its page for everybody who sees it."),
    .needs = PERM_ACTIVITY_WRITE,
    .size = sizeof(struct minutes),
    .keys = keys,
    .open = open,
    .draw = draw,
};
