/*
 * A mandate. The argument is the person who gets one, or as its negative the
 * mandate whose district, room or point, and group change.
 */
#include "db/base/i18n.h"
#include "db/person.h"
#include "db/station.h"
#include "db/store/ctx.h"
#include "tui/people.h"
#include "tui/screens.h"

struct mandate_form {
	struct form form;
	struct mandate row;
	const char *title;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(mandate, term,     REF, N_("Term"), .required = true),
	FIELD(mandate, district, REF, N_("Electoral district")),
	FIELD(mandate, grp,      REF, N_("Group")),
	FIELD(mandate, place,    REF, N_("Room or point")),
	FIELD(mandate, from_on,  DAY, N_("First day"),
	      .hint = N_("empty: the first day of the term")),
	FIELD_END,
};
/* clang-format on */

/* --- choices ---------------------------------------------------------- */

static int
find_term(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	struct term *rows;
	int n, found = 0;
	int err = term_list(ui_ctx(ui), a, &rows, &n);

	(void)text;
	for (int i = 0; err == OK && i < n && found < max; i++) {
		const struct mandate_form *s = data;

		if (rows[i].unit.v == 0 || rows[i].unit.v == s->row.unit.v)
			out[found++] = (struct form_option){
			    rows[i].id.v, term_text(ui_ctx(ui), a, &rows[i]),
			    people_span(a, rows[i].from_on, rows[i].to_on)};
	}
	return err != OK ? err : found;
}

static const char *
show_term(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	struct term row;

	(void)data;
	if (value == 0 ||
	    term_get(ui_ctx(ui), a, (struct term_id){value}, &row) != OK)
		return "";
	return term_text(ui_ctx(ui), a, &row);
}

/* Level and so the districts follow from the term. */
static void
changed(struct ui *ui, void *data)
{
	struct mandate_form *s = data;
	struct term term;

	if (s->row.id.v == 0 && s->row.term.v != 0 &&
	    term_get(ui_ctx(ui), ui_arena(ui), s->row.term, &term) == OK)
		s->row.level = term.level;
}

static int
find_district(struct ui *ui, void *data, struct arena *a, const char *text,
              struct form_option *out, int max)
{
	struct mandate_form *s = data;

	changed(ui, s);
	return people_find_district(ui, s->row.unit, s->row.level, a, text, out,
	                            max);
}

static const char *
show_district(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	(void)data;
	return people_show_district(ui, a, value);
}

static int
find_group(struct ui *ui, void *data, struct arena *a, const char *text,
           struct form_option *out, int max)
{
	const struct mandate_form *s = data;

	return people_find_group(ui, s->row.station, a, text, out, max);
}

static const char *
show_group(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	(void)data;
	return people_show_group(ui, a, value);
}

static int
find_place(struct ui *ui, void *data, struct arena *a, const char *text,
           struct form_option *out, int max)
{
	const struct mandate_form *s = data;

	return people_find_place(ui, s->row.station, a, text, out, max);
}

static const char *
show_place(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	(void)data;
	return people_show_place(ui, a, value);
}

static bool
is_new(struct ui *ui, void *data)
{
	(void)ui;
	return ((const struct mandate_form *)data)->row.id.v == 0;
}

static const struct form_row rows[] = {
    {.field = "term", .find = find_term, .show = show_term, .when = is_new},
    {.field = "district", .find = find_district, .show = show_district},
    {.field = "grp", .find = find_group, .show = show_group},
    {.field = "place", .find = find_place, .show = show_place},
    {.field = "from_on", .when = is_new},
    FORM_ROW_END,
};

/* --- saving ----------------------------------------------------------- */

static int
save(struct ui *ui, void *data)
{
	struct mandate_form *s = data;
	struct mandate_id id;
	int err;

	changed(ui, s);
	err = s->row.id.v == 0 ? mandate_add(ui_ctx(ui), &s->row, &id)
	                       : mandate_save(ui_ctx(ui), &s->row);
	if (err == ERR_EXISTS) {
		form_error(&s->form, "term",
		           _("The person holds a mandate of this term "
		             "already."));
		err = ERR_INVALID;
	} else if (err != OK) {
		err = people_faults(ui, &s->form, err);
	}
	if (err == OK)
		ui_pop(ui);
	return err;
}

static const struct form_spec spec = {
    .fields = fields, .rows = rows, .save = save, .changed = changed};

/* The station of the person's unit. */
static int
begin_new(struct ui *ui, struct mandate_form *s, int64_t person)
{
	struct station station;
	struct person row;
	int err = person_get(ui_ctx(ui), ui_keep(ui),
	                     (struct person_id){person}, &row);

	if (err == OK)
		err = station_of_unit(ui_ctx(ui), ui_keep(ui), row.unit,
		                      &station);
	if (err != OK)
		return err;
	s->row = (struct mandate){
	    .person = row.id, .unit = row.unit, .station = station.id};
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct mandate_form *s = data;
	int err = arg > 0 ? begin_new(ui, s, arg)
	                  : mandate_get(ui_ctx(ui), ui_keep(ui),
	                                (struct mandate_id){-arg}, &s->row);

	if (err != OK)
		return err;
	form_init(&s->form, &spec, ui, s, &s->row);
	ui_body(ui, &s->form.widget);
	return OK;
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_PEOPLE_WRITE, NULL, NULL,
     N_("Write the mandate.")},
    KEY_END,
};

const struct screen screen_mandate_form = {
    .name = "mandate-form",
    .title = N_("Mandate"),
    .about = N_("A deputy's mandate: of which congress and term, elected in "
                "which district, in which group, at which room or point. A "
                "person may hold several at once. What was elected does not "
                "change; group, district and place may."),
    .needs = PERM_PEOPLE_WRITE,
    .size = sizeof(struct mandate_form),
    .keys = keys,
    .open = open,
};
