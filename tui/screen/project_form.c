/*
 * Proposing a livelihood project, and changing what a proposal says. What is
 * there already and looks alike is shown while it is typed, and asked about
 * before it is saved. The argument is the project; 0: a new one.
 */
#include <string.h>

#include "db/base/i18n.h"
#include "db/project.h"
#include "db/store/ctx.h"
#include "tui/category_pick.h"
#include "tui/opinion_words.h"
#include "tui/project_menu.h"
#include "tui/station_pick.h"
#include "tui/ui.h"

enum { ALIKE_ROWS = 4, TITLE_LEAST = 2, CHOICES = 8 };

/* Members are called as the faults of project_add() and project_save(). */
struct entry {
	struct unit_id unit;
	const char *title, *body, *venue, *proposed_by, *reserve;
	int64_t category, year, budget;
	bool published;
};

struct project_form {
	struct opinion_rows rows; /* first */
	struct entry entry;
	struct project row; /* as it was read, or is proposed */
	struct arena *found;
	struct project_alike *alike;
	int alike_count;
	bool all_the_same; /* asked, and to be saved */
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, title,       TEXT,  N_("Title"), .max = PROJECT_TITLE_MAX, .required = true),
	FIELD(entry, body,        LINES, N_("What and why"), .max = PROJECT_BODY_MAX, .required = true),
	FIELD(entry, category,    INT,   N_("Category"), .max = 40),
	FIELD(entry, venue,       TEXT,  N_("Place"), .max = PROJECT_VENUE_MAX),
	FIELD(entry, unit,        REF,   N_("Unit"), .max = 40),
	FIELD(entry, year,        INT,   N_("Year"), .max = 4, .required = true),
	FIELD(entry, budget,      INT,   N_("Budget"), .max = 10),
	FIELD(entry, proposed_by, TEXT,  N_("Proposed by"), .max = PROJECT_NAME_MAX),
	FIELD(entry, reserve,     TEXT,  N_("Number in the reserve pool"), .max = PROJECT_RESERVE_MAX),
	FIELD(entry, published,   BOOL,  N_("On the public page")),
	FIELD_END,
};
/* clang-format on */

/* --- rows -------------------------------------------------------------- */

static bool
is_new(struct ui *ui, void *data)
{
	(void)ui;
	return ((const struct project_form *)data)->row.id.v == 0;
}

static bool
is_old(struct ui *ui, void *data)
{
	return !is_new(ui, data);
}

/* Who acts for no unit says which one. */
static bool
asks_unit(struct ui *ui, void *data)
{
	const struct ctx *c = ui_ctx(ui);

	return is_new(ui, data) &&
	       (c->scope == SCOPE_COUNTY || c->my_unit == 0);
}

/* For somebody else, and from the government's pool: the staff. */
static bool
is_staff(struct ui *ui, void *data)
{
	return is_new(ui, data) && ui_may(ui, PERM_PROJECT_WRITE);
}

/* clang-format off */
static const struct form_row rows[] = {
	{.field = "title"},
	{.field = "body", .lines = 5},
	{.field = "category", .find = opinion_rows_category, .show = opinion_rows_show_category},
	{.field = "venue"},
	{.field = "unit", .find = opinion_rows_unit, .show = opinion_rows_show_unit, .when = asks_unit, .required = true},
	{.field = "year", .hint = N_("in which it would be carried out")},
	{.field = "budget", .hint = N_("yuan, a guess; may stay empty")},
	{.field = "proposed_by", .when = is_staff, .hint = N_("a word, no contact")},
	{.field = "reserve", .when = is_staff, .hint = N_("the government's; may stay empty")},
	{.field = "published", .when = is_old},
	FORM_ROW_END,
};
/* clang-format on */

/* --- what is alike -------------------------------------------------------- */

static void
changed(struct ui *ui, void *data)
{
	struct project_form *s = data;
	const struct entry *e = &s->entry;
	struct unit_id unit = e->unit;

	s->rows.asked = (struct suggest_asked){
	    .unit = unit, .subject = e->title, .body = e->body};
	s->alike_count = 0;
	s->all_the_same = false;
	if (strlen(e->title) < TITLE_LEAST || unit.v == 0)
		return;
	arena_reset(s->found);
	if (project_alike(ui_ctx(ui), s->found, unit, e->title, e->body,
	                  s->row.id, &s->alike, &s->alike_count) != OK)
		s->alike_count = 0;
}

static const char *
alike_text(struct arena *a, const struct project_alike *row)
{
	return arena_printf(a, "%lld %s  %s, %d%%", (long long)row->id.v,
	                    row->title, _(project_states[row->state].label),
	                    row->alike);
}

/* Open one; true: none of them is the same, propose it. */
static bool
ask_alike(struct ui *ui, struct project_form *s, bool saving)
{
	const char *labels[CHOICES];
	int n = 0, chosen;

	for (; n < s->alike_count && n < CHOICES - 2; n++)
		labels[n] = alike_text(ui_arena(ui), &s->alike[n]);
	if (saving) {
		labels[n] = _("None of these: propose it all the same");
		labels[n + 1] = _("Withdraw mine: it is there already");
	}
	chosen = ui_menu(ui, _("There are proposals like it"), labels,
	                 saving ? n + 2 : n);
	if (chosen >= 0 && chosen < n)
		ui_push(ui, &screen_project, s->alike[chosen].id.v);
	else if (chosen == n + 1)
		ui_pop(ui);
	return chosen == n;
}

static void
key_alike(struct ui *ui, void *data)
{
	(void)ask_alike(ui, data, false);
}

static bool
has_alike(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct project_form *)data)->alike_count > 0;
}

/* --- saving --------------------------------------------------------------- */

static struct project
typed(const struct project_form *s)
{
	const struct entry *e = &s->entry;
	struct project row = s->row;

	row.unit = e->unit;
	row.title = e->title;
	row.body = e->body;
	row.category = category_pick_name(&s->rows.tree, e->category);
	row.venue = e->venue;
	row.year = e->year;
	row.budget = e->budget;
	row.proposed_by = e->proposed_by;
	row.reserve = e->reserve;
	row.published = e->published;
	return row;
}

static int
save_new(struct ui *ui, struct project_form *s)
{
	const struct project row = typed(s);
	struct project_id id;
	int err = project_add(ui_ctx(ui), &row, &id);

	if (err == ERR_EXISTS) {
		form_error(&s->rows.form, "reserve",
		           _("It is there under this number already."));
		return ERR_INVALID;
	}
	if (err != OK)
		return err;
	ui_say(ui, _("Proposed as number %lld."), (long long)id.v);
	ui_replace(ui, &screen_project, id.v);
	return OK;
}

static int
save_old(struct ui *ui, struct project_form *s)
{
	struct project row = typed(s);
	int err;

	while ((err = project_save(ui_ctx(ui), &row)) == ERR_CHANGED)
		if (!project_changed(ui, row.id, PROJECT_STEPS, &row.version))
			return err; /* what was typed stays */
	if (err != OK)
		return err;
	ui_say(ui, "%s", _("Saved."));
	ui_pop(ui);
	return OK;
}

static int
save(struct ui *ui, void *data)
{
	struct project_form *s = data;
	int err;

	ctx_check_begin(ui_ctx(ui)); /* no faults of an earlier try */
	err = is_new(ui, s) ? save_new(ui, s) : save_old(ui, s);
	return form_faults(ui, &s->rows.form, err);
}

/* What was typed stays, unless it is withdrawn. */
static bool
ask(struct ui *ui, void *data)
{
	struct project_form *s = data;

	if (is_new(ui, s) && s->alike_count > 0 && !s->all_the_same)
		s->all_the_same = ask_alike(ui, s, true);
	else
		s->all_the_same = true;
	return s->all_the_same;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
    .ask = ask,
    .changed = changed,
};

/* --- the screen ----------------------------------------------------------- */

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct project_form *s = data;
	int err = opinion_rows_load(ui, &s->rows);

	if (err == OK && arg != 0 && !ui_may(ui, PERM_PROJECT_WRITE))
		err = ERR_DENIED;
	if (err == OK && arg == 0)
		project_default(ui_ctx(ui), &s->row);
	else if (err == OK)
		err = project_get(ui_ctx(ui), ui_keep(ui),
		                  (struct project_id){arg}, &s->row);
	if (err != OK)
		return err;
	s->entry = (struct entry){
	    .unit = s->row.unit,
	    .title = s->row.title,
	    .body = s->row.body,
	    .venue = s->row.venue,
	    .proposed_by = s->row.proposed_by,
	    .reserve = s->row.reserve,
	    .category = category_pick_value(&s->rows.tree, s->row.category),
	    .year = s->row.year,
	    .budget = s->row.budget,
	    .published = s->row.published,
	};
	s->found = arena_new();
	form_init(&s->rows.form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->rows.form.widget);
	changed(ui, s);
	return OK;
}

static void
leave(struct ui *ui, void *data)
{
	(void)ui;
	arena_free(((struct project_form *)data)->found);
}

/* The form, and below it what is alike, as long as there is any. */
static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct project_form *s = data;
	struct area above = area_part(body, 0, 0, -(ALIKE_ROWS + 1), 0);
	struct area below = area_part(body, body->rows - ALIKE_ROWS, 0, 0, 0);

	(void)ui;
	form_draw(&s->rows.form, &above);
	if (s->alike_count == 0)
		return;
	area_fit(&below, 0, 0, below.columns, THEME_HEADING,
	         _("There already (F3 opens):"));
	for (int i = 0; i < s->alike_count && i < ALIKE_ROWS - 1; i++)
		area_fit(&below, i + 1, 2, below.columns - 2, THEME_DIM,
		         alike_text(body->arena, &s->alike[i]));
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_PROJECT_ENTER, NULL, NULL,
     N_("Propose it, or keep what was changed.")},
    {"F3", N_("Alike"), PERM_PROJECT_READ, key_alike, has_alike,
     N_("Open one of the proposals that look alike; what you typed stays.")},
    KEY_END,
};

const struct screen screen_project_form = {
    .name = "project-form",
    .title = N_("Propose a livelihood project"),
    .about = N_("An idea for the unit's livelihood projects: what is to be "
                "done, where, and why. All deputies of the unit read it, and "
                "the public once it is published: no telephone numbers and "
                "no addresses of citizens in the words.\n"
                "What is there already and looks alike stands below while "
                "you type; before saving you are asked whether yours is "
                "another one.\n"
                "Staff change it until it is on the ballot; then title, "
                "words, year and budget stand, and a change is asked for."),
    .needs = PERM_PROJECT_ENTER,
    .size = sizeof(struct project_form),
    .keys = keys,
    .open = open,
    .leave = leave,
    .draw = draw,
};
