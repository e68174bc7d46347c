/* A person's own data. The argument is the person; 0: a new one. */
#include "db/base/i18n.h"
#include "db/person.h"
#include "db/store/ctx.h"
#include "tui/people.h"
#include "tui/screens.h"

struct person_form {
	struct form form;
	struct person row;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(person, name, TEXT, N_("Name"), .max = PERSON_NAME_MAX, .required = true),
	FIELD(person, pinyin, TEXT, N_("Pinyin"), .max = PERSON_PINYIN_MAX,
	      .hint = N_("empty: made from the name")),
	FIELD(person, initials, TEXT, N_("Initials"), .max = PERSON_INITIALS_MAX,
	      .hint = N_("empty: made from the pinyin")),
	FIELD(person, unit, REF, N_("Unit"), .hint = N_("empty: the county's")),
	FIELD(person, job, TEXT, N_("Occupation"), .max = PERSON_JOB_MAX),
	FIELD(person, note, LINES, N_("Note"), .max = PERSON_NOTE_MAX),
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

/* A unit's staff enter people of their own unit. */
static bool
asks_unit(struct ui *ui, void *data)
{
	(void)data;
	return ui_ctx(ui)->scope == SCOPE_COUNTY;
}

static const struct form_row rows[] = {
    {.field = "name"},
    {.field = "pinyin"},
    {.field = "initials"},
    {.field = "unit", .find = find_unit, .show = show_unit, .when = asks_unit},
    {.field = "job"},
    {.field = "note", .lines = 3},
    FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct person_form *s = data;
	struct person_id id = s->row.id;
	bool is_new = id.v == 0;
	int err = is_new ? person_add(ui_ctx(ui), &s->row, &id)
	                 : person_save(ui_ctx(ui), &s->row);

	if (err != OK)
		return people_faults(ui, &s->form, err);
	if (is_new)
		ui_replace(ui, &screen_person, id.v);
	else
		ui_pop(ui);
	return OK;
}

static const struct form_spec spec = {
    .fields = fields, .rows = rows, .save = save};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct person_form *s = data;
	int err = OK;

	s->row = (struct person){.unit = {ui_ctx(ui)->my_unit},
	                         .name = "",
	                         .pinyin = "",
	                         .initials = "",
	                         .stroke = "",
	                         .job = "",
	                         .note = ""};
	if (arg != 0)
		err = person_get(ui_ctx(ui), ui_keep(ui),
		                 (struct person_id){arg}, &s->row);
	if (err != OK)
		return err;
	form_init(&s->form, &spec, ui, s, &s->row);
	ui_body(ui, &s->form.widget);
	return OK;
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_PEOPLE_WRITE, NULL, NULL,
     N_("Write the person; an empty pinyin is made from the name.")},
    KEY_END,
};

const struct screen screen_person_form = {
    .name = "person-form",
    .title = N_("Person"),
    .about = N_("A person's name, how it is read, the unit whose roster they "
                "are on, and their occupation. Pinyin and initials are made "
                "from the name; correct them where the name is read "
                "otherwise."),
    .needs = PERM_PEOPLE_WRITE,
    .size = sizeof(struct person_form),
    .keys = keys,
    .open = open,
};
