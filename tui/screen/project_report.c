/* The lead unit's report of a month. The argument is the project. */
#include "db/base/i18n.h"
#include "db/project_plan.h"
#include "tui/project_words.h"
#include "tui/screens.h"
#include "tui/station_pick.h"

/* Members are called as the faults of report_add(). */
struct entry {
	const char *month;
	int64_t done, spent, milestones;
	const char *words, *next;
};

struct project_report_form {
	struct form form;
	struct entry entry;
	struct project project;
	struct project_report row; /* as it is proposed */
	struct project_milestone *plan;
	int plan_count;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, month,      TEXT,  N_("Month"), .max = 7, .required = true),
	FIELD(entry, done,       INT,   N_("Done"), .max = 3, .required = true),
	FIELD(entry, spent,      INT,   N_("Spent"), .max = 10, .required = true),
	FIELD(entry, milestones, INT,   N_("Milestones"), .max = 40),
	FIELD(entry, words,      LINES, N_("Work done"), .max = PROJECT_WORDS_MAX, .required = true),
	FIELD(entry, next,       LINES, N_("What comes next"), .max = PROJECT_WORDS_MAX),
	FIELD_END,
};
/* clang-format on */

/* Those not reached. */
static int
find_open(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	const struct project_report_form *s = data;
	int n = 0;

	(void)text;
	for (int i = 0; i < s->plan_count && n < max; i++)
		if (s->plan[i].done_on.year == 0)
			out[n++] = (struct form_option){
			    s->plan[i].id.v, s->plan[i].title,
			    day_show(a, s->plan[i].due_on, ui_today(ui))};
	return n;
}

static const struct form_row rows[] = {
    {.field = "month"},
    {.field = "done", .hint = N_("percent of the whole")},
    {.field = "spent", .hint = N_("yuan in all")},
    {.field = "milestones",
     .find = find_open,
     .many = true,
     .hint = N_("reached since; Enter marks")},
    {.field = "words", .lines = 4},
    {.field = "next", .lines = 3, .hint = N_("may stay empty")},
    FORM_ROW_END,
};

static int
save(struct ui *ui, void *data)
{
	struct project_report_form *s = data;
	const struct entry *e = &s->entry;
	struct project_milestone_id reached[PROJECT_MILESTONES_MAX];
	const int64_t *values;
	int n = form_chosen(&s->form, "milestones", &values), err;

	if (month_read(e->month, &s->row.month) != OK) {
		form_error(&s->form, "month",
		           _("Write a month, such as 2026-03."));
		return ERR_INVALID;
	}
	for (int i = 0; i < n && i < PROJECT_MILESTONES_MAX; i++)
		reached[i].v = values[i];
	s->row.done = e->done;
	s->row.spent = e->spent;
	s->row.words = e->words;
	s->row.next = e->next;
	err = report_add(ui_ctx(ui), &s->row, reached, n);
	if (err == ERR_EXISTS) {
		form_error(&s->form, "month",
		           _("This month is reported already."));
		return ERR_INVALID;
	}
	if (err != OK)
		return form_faults(ui, &s->form, err);
	ui_say(ui, "%s", _("Reported; the unit sees it at once."));
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
	struct project_report_form *s = data;
	struct arena *keep = ui_keep(ui);
	struct project_id id = {arg};
	int err = project_get(ui_ctx(ui), keep, id, &s->project);

	if (err == OK)
		err = report_default(ui_ctx(ui), keep, id, &s->row);
	if (err == OK)
		err = milestone_list(ui_ctx(ui), keep, id, &s->plan,
		                     &s->plan_count);
	if (err != OK)
		return err;
	s->entry = (struct entry){
	    .month = month_text(keep, s->row.month),
	    .done = s->row.done,
	    .spent = s->row.spent,
	    .words = "",
	    .next = "",
	};
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

/* What the plan wants stands above, so that the two can be compared. */
static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct project_report_form *s = data;
	struct arena *a = body->arena;
	struct area below = area_part(body, 3, 0, 0, 0);
	int64_t month;

	(void)ui;
	area_fit(body, 0, 0, body->columns, THEME_TITLE,
	         arena_printf(a, "%lld %s", (long long)s->project.id.v,
	                      s->project.title));
	if (month_read(form_text(&s->form, "month"), &month) == OK)
		area_fit(
		    body, 1, 0, body->columns, THEME_DIM,
		    arena_printf(
			a, _("Planned by the end of %s: %lld%%   Budget: %s"),
			month_text(a, month),
			(long long)plan_percent(s->plan, s->plan_count, month),
			project_yuan(a, s->project.budget)));
	form_draw(&s->form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Send report"), PERM_PROJECT_OFFICE, NULL, NULL,
     N_("Send the report; the unit and the team see it at once.")},
    KEY_END,
};

const struct screen screen_project_report = {
    .name = "project-report",
    .title = N_("Monthly report"),
    .about = N_("What was done in a month, how much of the whole is done, "
                "what it has cost in all, and which milestones were "
                "reached.\n"
                "One report a month; the percentage does not fall below that "
                "of an earlier month. What the plan wants stands above."),
    .needs = PERM_PROJECT_OFFICE,
    .size = sizeof(struct project_report_form),
    .keys = keys,
    .open = open,
    .draw = draw,
};
