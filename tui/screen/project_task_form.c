/*
 * The one form of what is said about a project: an opinion, a finding of a
 * visit, and each step of these that wants words. Above it stands what it
 * answers. The argument is tui/task_open.h's.
 */
#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/opinion.h"
#include "tui/people.h"
#include "tui/screens.h"
#include "tui/task_open.h"

enum { SHOWN_ROWS = 6 };

struct entry {
	int rating;
	const char *words;
};

struct task_form {
	struct form form;
	struct entry entry;
	struct task_form_arg arg;
	struct project project;
	struct project_task task; /* of a step */
	const char *title, *above;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, rating, ENUM,  N_("I am"), .names = task_grades),
	FIELD(entry, words,  LINES, N_("Words"), .max = PROJECT_WORDS_MAX),
	FIELD_END,
};
/* clang-format on */

/* Rating a reply is one form, whichever step follows. */
static bool
has_rating(struct ui *ui, void *data)
{
	const struct task_form *s = data;

	(void)ui;
	return s->arg.what == TASK_WRITE_STEP && s->arg.step == TASK_DO_CLOSE;
}

static const struct form_row rows[] = {
    {.field = "rating",
     .when = has_rating,
     .hint = N_("if dissatisfied, say why")},
    {.field = "words", .lines = 6},
    FORM_ROW_END,
};

static enum task_step
step_of(const struct task_form *s)
{
	if (s->arg.step != TASK_DO_CLOSE ||
	    s->entry.rating != RATING_DISSATISFIED)
		return s->arg.step;
	return s->task.rounds == 0 ? TASK_DO_AGAIN : TASK_DO_INSIST;
}

static int
send(struct ui *ui, struct task_form *s)
{
	const struct project_task entry = {
	    .project = s->project.id,
	    .activity = {s->arg.what == TASK_WRITE_FINDING ? s->arg.id : 0},
	    .kind =
		s->arg.what == TASK_WRITE_FINDING ? TASK_FINDING : TASK_OPINION,
	    .words = s->entry.words};
	struct project_task_id id;

	if (s->arg.what != TASK_WRITE_STEP)
		return task_add(ui_ctx(ui), &entry, &id);
	return task_act(ui_ctx(ui), s->task.id, s->task.version, step_of(s),
	                s->entry.words, s->entry.rating);
}

/* Somebody was quicker: shown what it is now, it may be done all the same. */
static bool
go_on(struct ui *ui, struct task_form *s)
{
	struct project_task now;

	if (ui_error(ui, task_get(ui_ctx(ui), ui_keep(ui), s->task.id, &now)) !=
	    OK)
		return false;
	s->task = now;
	return ui_confirm(
	    ui, arena_printf(ui_arena(ui),
	                     _("Somebody was quicker; it is now: %s. Go on all "
	                       "the same?"),
	                     _(task_states[now.state].label)));
}

static int
save(struct ui *ui, void *data)
{
	struct task_form *s = data;
	int err;

	while ((err = send(ui, s)) == ERR_CHANGED)
		if (!go_on(ui, s))
			return err; /* what was typed stays */
	if (err != OK)
		return people_faults(ui, &s->form, err);
	if (s->arg.what == TASK_WRITE_STEP)
		ui_say(ui, "%s", _("Done; who has to know sees it at once."));
	else
		ui_say(ui, "%s",
		       s->project.lead.v != 0
		           ? _("Sent to the lead unit, which has to reply.")
		           : _("Sent to the unit, which has to reply."));
	ui_pop(ui);
	return OK;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
};

/* --- the screen ------------------------------------------------------- */

static int
read_task(struct ui *ui, struct task_form *s)
{
	bool rates = s->arg.step == TASK_DO_CLOSE;
	int err = task_get(ui_ctx(ui), ui_keep(ui),
	                   (struct project_task_id){s->arg.id}, &s->task);

	if (err != OK)
		return err;
	s->title =
	    rates ? _("Rate the reply") : _(task_step_label(s->arg.step));
	s->above = rates || s->arg.step == TASK_DO_END ? s->task.reply
	           : s->task.again[0] != '\0'          ? s->task.again
	                                               : s->task.words;
	return project_get(ui_ctx(ui), ui_keep(ui), s->task.project,
	                   &s->project);
}

static int
read_subject(struct ui *ui, struct task_form *s)
{
	struct ctx *c = ui_ctx(ui);
	struct project_id id = {s->arg.id};

	s->above = "";
	switch (s->arg.what) {
	case TASK_WRITE_STEP:
		return read_task(ui, s);
	case TASK_WRITE_FINDING:
		s->title = _("A finding of the visit");
		return visit_project(c, ui_keep(ui),
		                     (struct activity_id){s->arg.id},
		                     &s->project);
	case TASK_WRITE_OPINION:
		s->title = _("My opinion on the project");
		s->above = _("It goes to the lead unit. The unit and the "
		             "county read it, no other deputy does.");
		break;
	}
	return project_get(c, ui_keep(ui), id, &s->project);
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct task_form *s = data;
	int err;

	s->arg = task_form_arg(arg);
	s->entry.words = "";
	err = read_subject(ui, s);
	if (err != OK)
		return err;
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct task_form *s = data;
	const char *const *lines =
	    text_wrap(body->arena, s->above, body->columns - 2);
	struct area below;
	int y = 1;

	(void)ui;
	area_fit(
	    body, 0, 0, body->columns, THEME_TITLE,
	    arena_printf(body->arena, "%s  %s", s->title, s->project.title));
	for (int i = 0; i < SHOWN_ROWS && lines[i] != NULL; i++)
		area_put(body, y++, 2, THEME_DIM,
		         i == SHOWN_ROWS - 1 && lines[i + 1] != NULL
		             ? ".."
		             : lines[i]);
	below = area_part(body, y + 1, 0, 0, 0);
	form_draw(&s->form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Send"), PERM_PROJECT_READ, NULL, NULL,
     N_("Send it; who has to know sees it at once.")},
    KEY_END,
};

const struct screen screen_project_task_form = {
    .name = "project-task-form",
    .title = N_("Words about a project"),
    .about = N_("An opinion on a project, a finding of a visit, the lead "
                "unit's reply, or what you think of the reply.\n"
                "Not satisfied, it goes back to the lead unit once; not "
                "satisfied again, a head decides and says why."),
    .needs = PERM_PROJECT_READ,
    .size = sizeof(struct task_form),
    .keys = keys,
    .open = open,
    .draw = draw,
};
