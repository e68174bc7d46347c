/* Preparing a consultation: which draft law, from when to when, what is asked
 * and what there is to study, which units. The argument: one to change; 0: a
 * new one; below 0: a new one on that law. */
#include "db/base/i18n.h"
#include "db/person.h"
#include "db/store/list.h"
#include "tui/law_open.h"
#include "tui/meanwhile.h"
#include "tui/people.h"
#include "tui/screens.h"

struct entry {
	struct law_id law;
	const char *title;
	struct day from_on, to_on;
	const char *text, *material;
	bool published;
	int64_t units, persons; /* chosen */
};

struct consultation_form {
	struct form form;
	struct entry entry;
	struct consultation row; /* id 0: a new one */
};

enum { UNITS_MAX = 200, PERSONS_MAX = 2000 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, law,       REF,   N_("Draft law"), .required = true),
	FIELD(entry, title,     TEXT,  N_("Title"), .max = LAW_TITLE_MAX, .hint = N_("empty: the law's")),
	FIELD(entry, from_on,   DAY,   N_("From"), .max = 10, .required = true),
	FIELD(entry, to_on,     DAY,   N_("To"), .max = 10, .required = true),
	FIELD(entry, text,      LINES, N_("What is asked"), .max = CONSULTATION_TEXT_MAX),
	FIELD(entry, material,  LINES, N_("To study"), .max = CONSULTATION_TEXT_MAX),
	FIELD(entry, units,     INT,   N_("Units asked"), .max = 40, .hint = N_("empty: all")),
	FIELD(entry, persons,   INT,   N_("Deputies"), .max = 40, .hint = N_("empty: all of these units")),
	FIELD(entry, published, BOOL,  N_("On the public page")),
	FIELD_END,
};
/* clang-format on */

static bool
is_new(struct ui *ui, void *data)
{
	(void)ui;
	return ((const struct consultation_form *)data)->row.id.v == 0;
}

/* Afterwards the days and the public page are steps, each with its event. */
static bool
is_draft(struct ui *ui, void *data)
{
	return is_new(ui, data) ||
	       ((const struct consultation_form *)data)->row.state ==
	           CONSULTATION_DRAFT;
}

static int
find_law(struct ui *ui, void *data, struct arena *a, const char *text,
         struct form_option *out, int max)
{
	struct list_query query = {.value_count = 0};
	const struct law_line *rows;
	struct list_page page;
	int err;

	(void)data;
	if (text[0] != '\0')
		query.values[query.value_count++] =
		    (struct list_value){LAW_LIST_TITLE, 0, text};
	err = list_fetch(ui_ctx(ui), a, &law_list, &query, LIST_FIRST, NULL,
	                 max, &page);
	if (err != OK)
		return err;
	rows = page.rows;
	for (int i = 0; i < page.n; i++)
		out[i] = (struct form_option){
		    rows[i].id.v, rows[i].title,
		    arena_printf(a, _("%lld articles"),
		                 (long long)rows[i].articles)};
	return page.n;
}

static const char *
show_law(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	struct law row;

	(void)data;
	return law_get(ui_ctx(ui), a, (struct law_id){value}, &row) == OK
	           ? row.title
	           : "";
}

static int
find_unit(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	(void)data;
	return people_find_unit(ui, a, text, out, max);
}

static int
find_person(struct ui *ui, void *data, struct arena *a, const char *text,
            struct form_option *out, int max)
{
	struct person *rows;
	int n, err = person_find(ui_ctx(ui), a, text, max, &rows, &n);

	(void)data;
	for (int i = 0; err == OK && i < n; i++)
		out[i] = (struct form_option){rows[i].id.v, rows[i].name, NULL};
	return err == OK ? n : err;
}

/* clang-format off */
static const struct form_row rows[] = {
	{.field = "law", .find = find_law, .show = show_law, .when = is_new},
	{.field = "title"},
	{.field = "from_on", .when = is_draft},
	{.field = "to_on", .when = is_draft},
	{.field = "text", .lines = 3},
	{.field = "material", .lines = 3},
	{.field = "units", .find = find_unit, .many = true, .when = is_new},
	{.field = "persons", .find = find_person, .many = true, .when = is_new},
	{.field = "published", .when = is_draft},
	FORM_ROW_END,
};
/* clang-format on */

/* The newest text of the law that was chosen, and its name. */
static int
read_law(struct ui *ui, struct consultation_form *s)
{
	struct arena *a = ui_arena(ui);
	struct law_version *texts;
	struct law law;
	int n = 0, err = law_get(ui_ctx(ui), a, s->entry.law, &law);

	if (err == OK)
		err = law_versions(ui_ctx(ui), a, s->entry.law, &texts, &n);
	if (err == OK && n > 0)
		s->row.version = texts[0].id;
	if (err == OK && s->row.title[0] == '\0')
		s->row.title = law.title;
	return err == ERR_NOT_FOUND ? OK : err;
}

static int
prepare(struct ui *ui, struct consultation_form *s, struct consultation_id *id)
{
	struct unit_id units[UNITS_MAX];
	struct person_id *persons =
	    arena_alloc(ui_arena(ui), PERSONS_MAX * sizeof(*persons));
	const int64_t *values;
	int n, p, err = read_law(ui, s);

	n = form_chosen(&s->form, "units", &values);
	n = n > UNITS_MAX ? UNITS_MAX : n;
	for (int i = 0; i < n; i++)
		units[i].v = values[i];
	p = form_chosen(&s->form, "persons", &values);
	p = p > PERSONS_MAX ? PERSONS_MAX : p;
	for (int i = 0; i < p; i++)
		persons[i].v = values[i];
	return err == OK ? consultation_prepare(ui_ctx(ui), &s->row, units, n,
	                                        persons, p, id)
	                 : err;
}

/* Go on over what somebody else wrote meanwhile? */
static bool
goes_on(struct ui *ui, struct consultation *row)
{
	struct consultation now;

	if (ui_error(ui, consultation_get(ui_ctx(ui), ui_arena(ui), row->id,
	                                  &now)) != OK)
		return false;
	row->row_version = now.row_version;
	return meanwhile_ask(ui, ENTITY_CONSULTATION, row->id.v,
	                     consultation_states[now.state].label,
	                     now.state == row->state);
}

static int
save_old(struct ui *ui, struct consultation *row)
{
	int err;

	while ((err = consultation_save(ui_ctx(ui), row)) == ERR_CHANGED)
		if (!goes_on(ui, row))
			return err; /* what was typed stays */
	return err;
}

static int
save(struct ui *ui, void *data)
{
	struct consultation_form *s = data;
	struct consultation_id id = s->row.id;
	int err;

	s->row.title = s->entry.title;
	s->row.from_on = s->entry.from_on;
	s->row.to_on = s->entry.to_on;
	s->row.text = s->entry.text;
	s->row.material = s->entry.material;
	s->row.published = s->entry.published;
	err = id.v == 0 ? prepare(ui, s, &id) : save_old(ui, &s->row);
	if (err != OK)
		return people_faults(ui, &s->form, err);
	if (s->row.id.v == 0)
		ui_replace(ui, &screen_consultation, id.v);
	else
		ui_pop(ui);
	ui_say(ui, "%s",
	       s->row.id.v == 0 ? _("It is prepared. It opens by itself on its "
	                            "first day, or now by F2.")
	                        : _("It is changed."));
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
	struct consultation_form *s = data;
	int err = OK;

	s->row = (struct consultation){.title = "",
	                               .text = "",
	                               .material = "",
	                               .reason = "",
	                               .summary = ""};
	if (arg > 0)
		err = consultation_get(ui_ctx(ui), ui_keep(ui),
		                       (struct consultation_id){arg}, &s->row);
	if (err != OK)
		return err;
	if (arg < 0)
		s->row.law.v = -arg;
	s->entry = (struct entry){.law = s->row.law,
	                          .title = s->row.title,
	                          .from_on = s->row.from_on,
	                          .to_on = s->row.to_on,
	                          .text = s->row.text,
	                          .material = s->row.material,
	                          .published = s->row.published};
	if (arg <= 0)
		s->entry.from_on = ui_today(ui);
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_LAW_WRITE, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_consultation_form = {
    .name = "consultation-form",
    .title = N_("Prepare a consultation"),
    .about = N_("About which draft law, from when to when, and of whom. The "
                "newest text of the law is asked about; comments stay with "
                "it for ever. Each unit asked checks what its deputies say. "
                "Until it is open everything but the law and the people can "
                "be changed, afterwards its words; more time and the public "
                "page are steps of F2."),
    .needs = PERM_LAW_WRITE,
    .size = sizeof(struct consultation_form),
    .keys = keys,
    .open = open,
};
