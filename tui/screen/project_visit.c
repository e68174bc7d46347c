/* Arranging a visit to a project: when and where; all else follows. The
 * argument is the project. */
#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/project_task.h"
#include "tui/people.h"
#include "tui/screens.h"

struct entry {
	struct instant starts_at;
	const char *venue;
};

struct project_visit_form {
	struct form form;
	struct entry entry;
	struct project project;
	int team; /* so many are invited */
};

static const struct field fields[] = {
    FIELD(entry, starts_at, TIME, N_("Begins"), .required = true),
    FIELD(entry, venue, TEXT, N_("Where"), .max = ACTIVITY_VENUE_MAX,
          .required = true),
    FIELD_END,
};

static const struct form_row rows[] = {
    {.field = "starts_at", .hint = N_("two hours from then")},
    {.field = "venue", .hint = N_("where the deputies meet")},
    FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct project_visit_form *s = data;
	struct activity_id id;
	int err = visit_add(ui_ctx(ui), s->project.id, s->entry.starts_at,
	                    s->entry.venue, &id);

	if (err != OK)
		return people_faults(ui, &s->form, err);
	ui_say(ui,
	       _("Published; the team is invited. Its code is on the page of "
	         "the activity."));
	ui_replace(ui, &screen_activity, id.v);
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
	struct project_visit_form *s = data;
	struct project_member *team;
	struct activity usual;
	int err = project_get(ui_ctx(ui), ui_keep(ui), (struct project_id){arg},
	                      &s->project);

	if (err == OK)
		err = team_list(ui_ctx(ui), ui_arena(ui), s->project.id, &team,
		                &s->team);
	if (err != OK)
		return err;
	activity_default(ui_ctx(ui), &usual);
	s->entry = (struct entry){usual.starts_at, s->project.venue};
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct project_visit_form *s = data;
	struct area below = area_part(body, 3, 0, 0, 0);

	(void)ui;
	area_fit(body, 0, 0, body->columns, THEME_TITLE, s->project.title);
	area_fit(body, 1, 0, body->columns, THEME_DIM,
	         s->team == 0
	             ? _("It has no team yet: nobody is invited by itself.")
	             : arena_printf(body->arena,
	                            P_("%d deputy of its team is invited.",
	                               "%d deputies of its team are invited.",
	                               (unsigned long)s->team),
	                            s->team));
	form_draw(&s->form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Arrange"), PERM_ACTIVITY_WRITE, NULL, NULL,
     N_("Publish the activity, with its code; the team sees the "
        "invitation at once.")},
    KEY_END,
};

const struct screen screen_project_visit = {
    .name = "project-visit",
    .title = N_("Visit to the project"),
    .about = N_("A visit is an activity of the unit that counts for the "
                "project: who signs in stands in the project's history.\n"
                "While it is open, and afterwards, who came sends what they "
                "found to the lead unit from the page of the activity."),
    .needs = PERM_ACTIVITY_WRITE,
    .size = sizeof(struct project_visit_form),
    .keys = keys,
    .open = open,
    .draw = draw,
};
