/* Giving a person an office. The argument is the person. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/organ.h"
#include "db/person.h"
#include "db/station.h"
#include "db/store/ctx.h"
#include "tui/people.h"
#include "tui/screens.h"

struct office_form {
	struct form form;
	struct person_id person;
	int64_t role; /* 1: the first of roles; 0: none chosen */
	struct unit_id unit;
	struct place_id place;
	struct organ_id organ;
	struct day from_on;
	struct role *roles;
	int role_count;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(office_form, role,    INT, N_("Office"), .required = true),
	FIELD(office_form, unit,    REF, N_("Unit"), .required = true),
	FIELD(office_form, place,   REF, N_("Room or point")),
	FIELD(office_form, organ,   REF, N_("Handling unit"), .required = true),
	FIELD(office_form, from_on, DAY, N_("First day"), .hint = N_("empty: today")),
	FIELD_END,
};
/* clang-format on */

/* --- choices ---------------------------------------------------------- */

static const char *
scope_of(const struct office_form *s)
{
	return s->role > 0 && s->role <= s->role_count
	           ? s->roles[s->role - 1].scope
	           : "";
}

static bool
at_station(const struct office_form *s)
{
	const char *scope = scope_of(s);

	return strcmp(scope, "station") == 0 || strcmp(scope, "self") == 0;
}

static bool
when_unit(struct ui *ui, void *data)
{
	(void)ui;
	return at_station(data) || strcmp(scope_of(data), "unit") == 0;
}

static bool
when_place(struct ui *ui, void *data)
{
	(void)ui;
	return at_station(data);
}

static bool
when_organ(struct ui *ui, void *data)
{
	(void)ui;
	return strcmp(scope_of(data), "assigned") == 0;
}

static const char *
show_role(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	const struct office_form *s = data;

	(void)ui, (void)a;
	return value > 0 && value <= s->role_count
	           ? role_label(s->roles[value - 1].label,
	                        s->roles[value - 1].label_en)
	           : "";
}

static int
find_role(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	const struct office_form *s = data;
	int n = 0;

	for (int i = 0; i < s->role_count && n < max; i++) {
		const char *label = show_role(ui, data, a, i + 1);

		if (role_is_ours(ui_ctx(ui), &s->roles[i]) &&
		    strstr(label, text) != NULL)
			out[n++] = (struct form_option){.value = i + 1,
			                                .label = label};
	}
	return n;
}

static int
find_unit(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	(void)data;
	return people_find_unit(ui, a, text, out, max);
}

static const char *
show_unit(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	(void)data;
	return people_show_unit(ui, a, value);
}

static int
find_place(struct ui *ui, void *data, struct arena *a, const char *text,
           struct form_option *out, int max)
{
	const struct office_form *s = data;
	struct station station;
	int err = station_of_unit(ui_ctx(ui), a, s->unit, &station);

	return err == OK ? people_find_place(ui, station.id, a, text, out, max)
	                 : err;
}

static const char *
show_place(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	(void)data;
	return people_show_place(ui, a, value);
}

static int
find_organ(struct ui *ui, void *data, struct arena *a, const char *text,
           struct form_option *out, int max)
{
	struct organ *rows;
	int n, found = 0;
	int err = organ_list(ui_ctx(ui), a, (struct unit_id){0}, &rows, &n);

	(void)data;
	for (int i = 0; err == OK && i < n && found < max; i++)
		if (strstr(rows[i].name, text) != NULL)
			out[found++] = (struct form_option){
			    .value = rows[i].id.v, .label = rows[i].name};
	return err != OK ? err : found;
}

static const char *
show_organ(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	struct organ row;

	(void)data;
	return value != 0 && organ_get(ui_ctx(ui), a, (struct organ_id){value},
	                               &row) == OK
	           ? row.name
	           : "";
}

/* clang-format off */
static const struct form_row rows[] = {
	{.field = "role", .find = find_role, .show = show_role},
	{.field = "unit", .find = find_unit, .show = show_unit, .when = when_unit},
	{.field = "place", .find = find_place, .show = show_place, .when = when_place},
	{.field = "organ", .find = find_organ, .show = show_organ, .when = when_organ},
	{.field = "from_on"},
	FORM_ROW_END,
};
/* clang-format on */

/* --- saving ----------------------------------------------------------- */

static int
save(struct ui *ui, void *data)
{
	struct office_form *s = data;
	struct office row = {.person = s->person,
	                     .role = s->roles[s->role - 1].name,
	                     .unit = s->unit,
	                     .place = s->place,
	                     .organ = s->organ,
	                     .from_on = s->from_on};
	struct station station;
	struct office_id id;
	int err = OK;

	if (at_station(s)) {
		err = station_of_unit(ui_ctx(ui), ui_arena(ui), s->unit,
		                      &station);
		row.station = station.id;
	}
	if (err == OK)
		err = office_add(ui_ctx(ui), &row, &id);
	if (err == ERR_EXISTS) {
		form_error(&s->form, "role",
		           _("The person holds this office already."));
		return ERR_INVALID;
	}
	if (err != OK)
		return people_faults(ui, &s->form, err);
	ui_pop(ui);
	return OK;
}

static const struct form_spec spec = {
    .fields = fields, .rows = rows, .save = save, .live = true};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct office_form *s = data;
	struct person person;
	int err = person_get(ui_ctx(ui), ui_keep(ui), (struct person_id){arg},
	                     &person);

	if (err == OK)
		err = role_list(ui_ctx(ui), ui_keep(ui), &s->roles,
		                &s->role_count);
	if (err != OK)
		return err;
	s->person = person.id;
	s->unit = person.unit;
	form_init(&s->form, &spec, ui, s, s);
	ui_body(ui, &s->form.widget);
	return OK;
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_PEOPLE_WRITE, NULL, NULL, N_("Give the office.")},
    KEY_END,
};

const struct screen screen_office_form = {
    .name = "office-form",
    .title = N_("Give an office"),
    .about = N_("An office held from a day on. Who holds several works in one "
                "at a time and changes with F8. One gives the offices that "
                "see less than one's own: the county's staff those of a "
                "unit, a unit's staff those of its station."),
    .needs = PERM_PEOPLE_WRITE,
    .size = sizeof(struct office_form),
    .keys = keys,
    .open = open,
};
