/* The deputies who supervise a project, and their head. The argument is the
 * project. */
#include "db/base/i18n.h"
#include "db/project_task.h"
#include "tui/opinion_words.h"
#include "tui/people.h"
#include "tui/screens.h"

enum { TEAM_MAX = 60 };

struct entry {
	int64_t persons;
	struct person_id head;
};

struct project_team {
	struct form form;
	struct entry entry;
	struct project project;
};

static const struct field fields[] = {
    FIELD(entry, persons, INT, N_("Team"), .max = 40),
    FIELD(entry, head, REF, N_("Head"), .max = 40),
    FIELD_END,
};

static int
find_deputy(struct ui *ui, void *data, struct arena *a, const char *text,
            struct form_option *out, int max)
{
	const struct project_team *s = data;

	return opinion_find_deputy(ui, s->project.unit, a, text, out, max);
}

/* One of those chosen above. */
static int
find_head(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	const struct project_team *s = data;
	struct form_option all[FORM_OPTIONS];
	const int64_t *chosen;
	int n = form_chosen(&s->form, "persons", &chosen), found = 0;
	int of = find_deputy(ui, data, a, text, all, FORM_OPTIONS);

	for (int i = 0; i < of && found < max; i++)
		for (int j = 0; j < n; j++)
			if (all[i].value == chosen[j])
				out[found++] = all[i];
	return of < 0 ? of : found;
}

static const struct form_row rows[] = {
    {.field = "persons",
     .find = find_deputy,
     .many = true,
     .hint = N_("by name, pinyin or initials")},
    {.field = "head",
     .find = find_head,
     .show = opinion_rows_show_person,
     .hint = N_("one of the team")},
    FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct project_team *s = data;
	const int64_t *values;
	int n = form_chosen(&s->form, "persons", &values);
	struct person_id *persons =
	    arena_alloc(ui_arena(ui), sizeof(*persons) * (size_t)(n + 1));
	int err;

	for (int i = 0; i < n; i++)
		persons[i].v = values[i];
	err = team_set(ui_ctx(ui), s->project.id, persons, n, s->entry.head);
	if (err != OK)
		return people_faults(ui, &s->form, err);
	ui_say(ui,
	       P_("%d deputy supervises it.", "%d deputies supervise it.",
	          (unsigned long)n),
	       n);
	ui_pop(ui);
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
	struct project_team *s = data;
	struct form_option chosen[TEAM_MAX];
	struct project_member *team;
	struct project_id id = {arg};
	int n, err = project_get(ui_ctx(ui), ui_keep(ui), id, &s->project);

	if (err == OK)
		err = team_list(ui_ctx(ui), ui_keep(ui), id, &team, &n);
	if (err != OK)
		return err;
	n = n < TEAM_MAX ? n : TEAM_MAX;
	for (int i = 0; i < n; i++) {
		chosen[i] =
		    (struct form_option){team[i].person.v, team[i].name, NULL};
		if (team[i].head)
			s->entry.head = team[i].person;
	}
	form_init(&s->form, &spec, ui, s, &s->entry);
	form_choose(&s->form, "persons", chosen, n);
	ui_body(ui, &s->form.widget);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct project_team *s = data;
	struct area below = area_part(body, 2, 0, 0, 0);

	(void)ui;
	area_fit(body, 0, 0, body->columns, THEME_TITLE, s->project.title);
	form_draw(&s->form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_PROJECT_WRITE, NULL, NULL,
     N_("These are the team from now on; each sees the project among what "
        "they supervise.")},
    KEY_END,
};

const struct screen screen_project_team = {
    .name = "project-team",
    .title = N_("Team of the project"),
    .about = N_("The deputies who supervise the project from start to end, "
                "and their head.\n"
                "Who is taken off has left the team today; what they found "
                "stays. Visits invite the team by themselves."),
    .needs = PERM_PROJECT_WRITE,
    .size = sizeof(struct project_team),
    .keys = keys,
    .open = open,
    .draw = draw,
};
