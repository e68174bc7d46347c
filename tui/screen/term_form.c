/*
 * A term. The argument is a term to change, as its negative one to enter the
 * next of, or 0.
 */
#include "db/term.h"

#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "tui/people.h"
#include "tui/screens.h"

enum { TERM_YEARS = 5, NUMBER_DIGITS = 3 };

struct term_form {
	struct form form;
	struct term row;
	bool editing;
	bool is_fixed; /* whose congress it is */
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(term, unit,    REF, N_("Town"), .hint = N_("empty: the county's congress")),
	FIELD(term, number,  INT, N_("Term"), .max = NUMBER_DIGITS, .required = true),
	FIELD(term, from_on, DAY, N_("First day"), .required = true),
	FIELD(term, to_on,   DAY, N_("Last day"), .required = true),
	FIELD_END,
};
/* clang-format on */

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

/* A unit's staff enter terms of their own congress. */
static bool
asks_unit(struct ui *ui, void *data)
{
	return !((const struct term_form *)data)->is_fixed &&
	       ui_ctx(ui)->scope == SCOPE_COUNTY;
}

static const struct form_row rows[] = {
    {.field = "unit", .find = find_unit, .show = show_unit, .when = asks_unit},
    {.field = "number"},
    {.field = "from_on"},
    {.field = "to_on"},
    FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct term_form *s = data;
	struct term_id id;
	int err;

	if (!s->editing)
		s->row.level = s->row.unit.v == 0 ? LEVEL_COUNTY : LEVEL_TOWN;
	err = s->editing ? term_save(ui_ctx(ui), &s->row)
	                 : term_add(ui_ctx(ui), &s->row, &id);
	if (err == ERR_EXISTS) {
		form_error(&s->form, "number",
		           _("This congress has a term of this number "
		             "already."));
		return ERR_INVALID;
	}
	if (err != OK)
		return people_faults(ui, &s->form, err);
	ui_pop(ui);
	return OK;
}

static const struct form_spec spec = {
    .fields = fields, .rows = rows, .save = save};

/* The one after it: from the day after its end, as long as usual. */
static void
follow(struct term *row)
{
	row->id.v = 0;
	row->number++;
	row->from_on = day_add(row->to_on, 1);
	row->to_on = row->from_on;
	row->to_on.year += TERM_YEARS;
	row->to_on = day_add(row->to_on, -1);
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct term_form *s = data;
	int err = OK;

	s->editing = arg > 0;
	s->is_fixed = arg != 0;
	s->row.unit.v = ui_ctx(ui)->my_unit;
	if (arg != 0)
		err = term_get(ui_ctx(ui), ui_keep(ui),
		               (struct term_id){arg > 0 ? arg : -arg}, &s->row);
	if (err != OK)
		return err;
	if (arg < 0)
		follow(&s->row);
	form_init(&s->form, &spec, ui, s, &s->row);
	ui_body(ui, &s->form.widget);
	return OK;
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_PEOPLE_WRITE, NULL, NULL, N_("Write the term.")},
    KEY_END,
};

const struct screen screen_term_form = {
    .name = "term-form",
    .title = N_("Term"),
    .about = N_("A term of a congress: its number, its first and its last "
                "day. The old term ends the day before the new one begins "
                "once the change is carried out."),
    .needs = PERM_PEOPLE_WRITE,
    .size = sizeof(struct term_form),
    .keys = keys,
    .open = open,
};
