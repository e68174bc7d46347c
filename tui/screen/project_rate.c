/* How satisfied the acting person is with a finished project: a grade and,
 * who likes, a sentence. The argument is the project. */
#include "db/base/i18n.h"
#include "db/opinion.h"
#include "db/project_task.h"
#include "tui/people.h"
#include "tui/screens.h"
#include "tui/task_open.h"

struct entry {
	int grade;
	const char *words;
};

struct project_rate {
	struct form form;
	struct entry entry;
	struct project project;
	bool again; /* rated before */
};

static const struct field fields[] = {
    FIELD(entry, grade, ENUM, N_("I am"), .names = task_grades),
    FIELD(entry, words, TEXT, N_("Why"), .max = PROJECT_REASON_MAX),
    FIELD_END,
};

static const struct form_row rows[] = {
    {.field = "grade"},
    {.field = "words", .hint = N_("may stay empty")},
    FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct project_rate *s = data;
	int err = project_rate(ui_ctx(ui), s->project.id, s->entry.grade,
	                       s->entry.words);

	if (err != OK)
		return people_faults(ui, &s->form, err);
	ui_say(ui, "%s",
	       s->again ? _("Your rating is changed.")
	                : _("Rated. It can be changed until the ratings are "
	                    "closed."));
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
	struct project_rate *s = data;
	struct project_rating mine;
	struct project_id id = {arg};
	int err = project_get(ui_ctx(ui), ui_keep(ui), id, &s->project);

	if (err == OK && s->project.state != PROJECT_INSPECTED)
		err = ERR_STATE;
	if (err != OK)
		return err;
	s->entry.words = "";
	err = project_rating_mine(ui_ctx(ui), ui_keep(ui), id, &mine);
	if (err == OK) {
		s->again = true;
		s->entry = (struct entry){mine.grade, mine.words};
	} else if (err != ERR_NOT_FOUND) {
		return err;
	}
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct project_rate *s = data;
	struct area below = area_part(body, 2, 0, 0, 0);

	(void)ui;
	area_fit(body, 0, 0, body->columns, THEME_TITLE, s->project.title);
	form_draw(&s->form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Send"), PERM_PROJECT_RATE, NULL, NULL,
     N_("Others see how many rated how, not who.")},
    KEY_END,
};

const struct screen screen_project_rate = {
    .name = "project-rate",
    .title = N_("Rate the project"),
    .about = N_("How satisfied you are with what was built. Once a person; "
                "you may change it until the unit closes the ratings.\n"
                "The first time counts in a deputy's file."),
    .needs = PERM_PROJECT_RATE,
    .size = sizeof(struct project_rate),
    .keys = keys,
    .open = open,
    .draw = draw,
};
