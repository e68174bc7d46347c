/* The profile of a station. The argument is the station; 0: one's own. */
#include "db/base/i18n.h"
#include "db/station.h"
#include "tui/screens.h"
#include "tui/station_pick.h"

struct station_form {
	struct form form;
	struct station row;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(station, address, TEXT,  N_("Address"), .max = STATION_ADDRESS_MAX),
	FIELD(station, phone,   TEXT,  N_("Telephone"), .max = STATION_PHONE_MAX),
	FIELD(station, hours,   TEXT,  N_("Opening hours"), .max = STATION_HOURS_MAX, .hint = N_("days and hours")),
	FIELD(station, profile, LINES, N_("Profile"), .max = STATION_PROFILE_MAX),
	FIELD_END,
};
/* clang-format on */

static const struct form_row rows[] = {
    {.field = "address"}, {.field = "phone"},
    {.field = "hours"},   {.field = "profile", .lines = 8},
    FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct station_form *s = data;
	int err = station_save(ui_ctx(ui), &s->row);

	if (err != OK)
		return form_faults(ui, &s->form, err);
	ui_pop(ui);
	ui_say(ui, "%s", _("The profile is saved."));
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
	struct station_form *s = data;
	int err = station_get(ui_ctx(ui), ui_keep(ui),
	                      station_pick_own(ui, arg), &s->row);

	if (err != OK)
		return err;
	form_init(&s->form, &spec, ui, s, &s->row);
	ui_body(ui, &s->form.widget);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct station_form *s = data;
	struct area below = area_part(body, 2, 0, 0, 0);

	(void)ui;
	area_fit(body, 0, 0, body->columns, THEME_TITLE, s->row.name);
	form_draw(&s->form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_STATION_WRITE, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_station_form = {
    .name = "station-form",
    .title = N_("Profile of the station"),
    .about = N_("Where the station is, when it is open, how to reach it and "
                "what it does. Its name is changed by the administrator."),
    .needs = PERM_STATION_WRITE,
    .size = sizeof(struct station_form),
    .keys = keys,
    .open = open,
    .draw = draw,
};
