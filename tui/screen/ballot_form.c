/* The form of a ballot: terms, and the candidates in the order in which they
 * are chosen, which is that of the paper. */
#include <string.h>

#include "db/ballot.h"
#include "db/base/i18n.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

struct entry {
	const char *title;
	int64_t year, places;
	int kind, rule, tie;
	const char *tellers;
	struct instant closes_at;
	int64_t projects; /* chosen */
};

struct ballot_form {
	struct form form;
	struct entry entry;
	struct ballot row;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, title,     TEXT, N_("Title"), .max = BALLOT_TITLE_MAX, .required = true),
	FIELD(entry, year,      INT,  N_("Year"), .max = 4, .required = true),
	FIELD(entry, projects,  INT,  N_("Candidates"), .max = 40, .required = true),
	FIELD(entry, places,    INT,  N_("Places"), .max = 2, .required = true),
	FIELD(entry, kind,      ENUM, N_("How to vote"), .names = ballot_kinds, .required = true),
	FIELD(entry, rule,      ENUM, N_("Who is selected"), .names = ballot_rules, .required = true),
	FIELD(entry, tie,       ENUM, N_("At a tie"), .names = ballot_ties, .required = true),
	FIELD(entry, tellers,   TEXT, N_("Tellers"), .max = BALLOT_TELLERS_MAX),
	FIELD(entry, closes_at, TIME, N_("Closes at the latest"), .max = 16),
	FIELD_END,
};
/* clang-format on */

static int
find_project(struct ui *ui, void *data, struct arena *a, const char *text,
             struct form_option *out, int max)
{
	struct ballot_candidate *all;
	int count, n = 0, err = ballot_candidates(ui_ctx(ui), a, &all, &count);

	(void)data;
	if (err != OK)
		return err;
	for (int i = 0; i < count && n < max; i++)
		if (strstr(all[i].title, text) != NULL)
			out[n++] = (struct form_option){all[i].id.v,
			                                all[i].title, NULL};
	return n;
}

static const struct form_row rows[] = {
    {.field = "title"},
    {.field = "year"},
    {.field = "projects",
     .find = find_project,
     .many = true,
     .hint = N_("in the order of the paper")},
    {.field = "places", .hint = N_("fewer than candidates")},
    {.field = "kind"},
    {.field = "rule"},
    {.field = "tie"},
    {.field = "tellers", .hint = N_("names")},
    {.field = "closes_at", .hint = N_("empty: by hand")},
    FORM_ROW_END,
};

static int
write_entry(struct ui *ui, struct ballot_form *s, struct ballot_id *id)
{
	const int64_t *values;
	int n = form_chosen(&s->form, "projects", &values);
	struct project_id *projects =
	    arena_alloc(ui_arena(ui), (size_t)(n + 1) * sizeof(*projects));

	for (int i = 0; i < n; i++)
		projects[i].v = values[i];
	s->row.title = s->entry.title;
	s->row.year = s->entry.year;
	s->row.places = s->entry.places;
	s->row.kind = s->entry.kind;
	s->row.rule = s->entry.rule;
	s->row.tie = s->entry.tie;
	s->row.tellers = s->entry.tellers;
	s->row.closes_at = s->entry.closes_at;
	*id = s->row.id;
	if (id->v != 0)
		return ballot_save(ui_ctx(ui), &s->row, projects, n);
	return ballot_prepare(ui_ctx(ui), &s->row, projects, n, id);
}

static int
save(struct ui *ui, void *data)
{
	struct ballot_form *s = data;
	struct ctx *c = ui_ctx(ui);
	struct ballot_id id;
	bool is_new = s->row.id.v == 0;
	int err = write_entry(ui, s, &id);

	if (err == ERR_INVALID)
		for (int i = 0; i < c->fault_count; i++) {
			if (c->faults[i].field[0] == '\0')
				ui_say(ui, "%s", _(c->faults[i].text));
			form_error(&s->form, c->faults[i].field,
			           _(c->faults[i].text));
		}
	if (err != OK)
		return err;
	if (is_new)
		ui_replace(ui, &screen_ballot, id.v);
	else
		ui_pop(ui);
	ui_say(ui, "%s",
	       is_new ? _("The ballot is prepared. F2 freezes the list.")
	              : _("The ballot is changed."));
	return OK;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
};

/* The candidates as they stand. */
static int
choose(struct ui *ui, struct ballot_form *s)
{
	struct form_option chosen[BALLOT_OPTIONS_MAX];
	struct ballot_option *options;
	int n, err = ballot_options(ui_ctx(ui), ui_keep(ui), s->row.id,
	                            &options, &n);

	for (int i = 0; err == OK && i < n; i++)
		chosen[i] = (struct form_option){options[i].project.v,
		                                 options[i].title, NULL};
	if (err == OK)
		form_choose(&s->form, "projects", chosen, n);
	return err;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct ballot_form *s = data;

	ballot_default(ui_ctx(ui), &s->row);
	if (arg != 0) {
		int err = ballot_get(ui_ctx(ui), ui_keep(ui),
		                     (struct ballot_id){arg}, &s->row);

		if (err != OK)
			return err;
	}
	s->entry = (struct entry){.title = s->row.title,
	                          .year = s->row.year,
	                          .places = s->row.places,
	                          .kind = s->row.kind,
	                          .rule = s->row.rule,
	                          .tie = s->row.tie,
	                          .tellers = s->row.tellers,
	                          .closes_at = s->row.closes_at};
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return arg != 0 ? choose(ui, s) : OK;
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_BALLOT_WRITE, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_ballot_form = {
    .name = "ballot-form",
    .title = N_("Prepare a ballot"),
    .about = N_("What is voted on and how. The candidates stand on the paper "
                "in the order in which they are chosen here; there must be "
                "more of them than places. A majority is more than half of "
                "all voters on the list, not of those who come. Until the "
                "list is frozen everything can be changed."),
    .needs = PERM_BALLOT_WRITE,
    .size = sizeof(struct ballot_form),
    .keys = keys,
    .open = open,
};
