/*
 * The one form of all steps of a project: which rows it has follows from what
 * the step wants, by the table of db/project_act.c. The argument is
 * project_arg() of the step and the project. A plan's milestones are a line
 * each: day, percent, what; a further line appears with every one.
 */
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/store/ctx.h"
#include "tui/project_menu.h"
#include "tui/station_pick.h"
#include "tui/suggest_pick.h"

enum { BODY_ROWS = 4, ALIKE_FOUND = 10, ALL = 100, LINE_MAX = 60 };

/* Members are called as the faults of project_act(); a milestone is m[i]. */
struct entry {
	const char *words, *reason, *leader;
	struct project_id into;
	struct organ_id lead;
	int64_t budget;
	struct day starts_on, ends_on;
	const char *m[PROJECT_MILESTONES_MAX];
};

struct project_step_form {
	struct form form;
	struct entry entry;
	struct project row; /* as it was read */
	enum project_step step;
	unsigned wants;
	int64_t sum; /* of the milestones as they are typed */
};

/* clang-format off */
#define MILESTONE(i) { \
	.name = "m" #i, .kind = FIELD_TEXT, \
	.at = offsetof(struct entry, m) + ((i) - 1) * sizeof(const char *), \
	.size = sizeof(const char *), .label = N_("Milestone"), .max = LINE_MAX}
static const struct field fields[] = {
	FIELD(entry, into,      REF,   N_("Merge into"), .max = 40),
	FIELD(entry, reason,    TEXT,  N_("Reason"), .max = PROJECT_REASON_MAX),
	FIELD(entry, words,     LINES, N_("Words"), .max = PROJECT_WORDS_MAX),
	FIELD(entry, lead,      REF,   N_("Lead unit"), .max = 40),
	FIELD(entry, leader,    TEXT,  N_("Leader"), .max = PROJECT_NAME_MAX),
	FIELD(entry, budget,    INT,   N_("Budget"), .max = 10),
	FIELD(entry, starts_on, DAY,   N_("Begins"), .max = 10),
	FIELD(entry, ends_on,   DAY,   N_("Ends"), .max = 10),
	MILESTONE(1), MILESTONE(2), MILESTONE(3), MILESTONE(4), MILESTONE(5), MILESTONE(6),
	MILESTONE(7), MILESTONE(8), MILESTONE(9), MILESTONE(10), MILESTONE(11), MILESTONE(12),
	FIELD_END,
};
/* clang-format on */

/* --- rows -------------------------------------------------------------- */

static bool
wants(void *data, unsigned what)
{
	return (((const struct project_step_form *)data)->wants & what) != 0;
}

static bool
has_reason(struct ui *ui, void *data)
{
	(void)ui;
	return wants(data, PROJECT_WANTS_REASON);
}

static bool
has_into(struct ui *ui, void *data)
{
	(void)ui;
	return wants(data, PROJECT_WANTS_INTO);
}

static bool
has_plan(struct ui *ui, void *data)
{
	(void)ui;
	return wants(data, PROJECT_WANTS_PLAN);
}

/* Of the steps that want none they say why something is missing. */
static bool
has_words(struct ui *ui, void *data)
{
	return !has_plan(ui, data) && !has_into(ui, data);
}

/* A line is there when the one before it has something. */
#define HAS(i)                                                                 \
	static bool has_m##i(struct ui *ui, void *data)                        \
	{                                                                      \
		const struct project_step_form *s = data;                      \
                                                                               \
		return has_plan(ui, data) && s->entry.m[(i)-2][0] != '\0';     \
	}
HAS(2)
HAS(3)
HAS(4)
HAS(5)
HAS(6)
HAS(7)
HAS(8)
HAS(9)
HAS(10)
HAS(11)
HAS(12)

static int
find_office(struct ui *ui, void *data, struct arena *a, const char *text,
            struct form_option *out, int max)
{
	const struct project_step_form *s = data;
	const struct suggest_asked asked = {
	    .unit = s->row.unit, .subject = s->row.title, .body = s->row.body};

	return suggest_pick_office(ui_ctx(ui), a, &asked, s->row.category, text,
	                           out, max);
}

static const char *
show_office(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	(void)data;
	return suggest_pick_office_label(ui_ctx(ui), a, value);
}

/* What is alike first; typed words are sought in titles of the unit. */
static int
find_alike(struct ui *ui, const struct project *row, struct arena *a,
           struct form_option *out, int max)
{
	struct project_alike *rows;
	int n, err = project_alike(ui_ctx(ui), a, row->unit, row->title,
	                           row->body, row->id, &rows, &n);

	if (err != OK)
		return err;
	n = n < max ? n : max;
	for (int i = 0; i < n; i++)
		out[i] = (struct form_option){
		    rows[i].id.v,
		    arena_printf(a, "%lld %s", (long long)rows[i].id.v,
		                 rows[i].title),
		    arena_printf(a, _("%s, alike %d%%"),
		                 _(project_states[rows[i].state].label),
		                 rows[i].alike)};
	return n;
}

static int
find_into(struct ui *ui, void *data, struct arena *a, const char *text,
          struct form_option *out, int max)
{
	const struct project_step_form *s = data;
	struct list_query query = {.value_count = 2};
	struct list_page page;
	const struct project_line *rows;
	int n = 0, err;

	if (*text == '\0')
		return find_alike(ui, &s->row, a, out, max);
	query.values[0] =
	    (struct list_value){PROJECT_LIST_UNIT, s->row.unit.v, NULL};
	query.values[1] = (struct list_value){PROJECT_LIST_TITLE, 0, text};
	err = list_fetch(ui_ctx(ui), a, &project_list, &query, LIST_FIRST, NULL,
	                 ALIKE_FOUND < max ? ALIKE_FOUND : max, &page);
	if (err != OK)
		return err;
	rows = page.rows;
	for (int i = 0; i < page.n; i++)
		if (rows[i].id.v != s->row.id.v)
			out[n++] = (struct form_option){
			    rows[i].id.v,
			    arena_printf(a, "%lld %s", (long long)rows[i].id.v,
			                 rows[i].title),
			    _(project_states[rows[i].state].label)};
	return n;
}

static const char *
show_into(struct ui *ui, void *data, struct arena *a, int64_t value)
{
	struct project p;

	(void)data;
	if (project_get(ui_ctx(ui), a, (struct project_id){value}, &p) != OK)
		return "";
	return arena_printf(a, "%lld %s", (long long)value, p.title);
}

/* clang-format off */
static const struct form_row rows[] = {
	{.field = "into", .find = find_into, .show = show_into, .when = has_into, .required = true,
	 .hint = N_("Enter shows what is alike; or type words of its title")},
	{.field = "reason", .when = has_reason, .required = true},
	{.field = "words", .when = has_words, .lines = 5},
	{.field = "lead", .find = find_office, .show = show_office, .when = has_plan, .required = true},
	{.field = "leader", .when = has_plan, .required = true, .hint = N_("who answers for it")},
	{.field = "budget", .when = has_plan, .required = true, .hint = N_("yuan")},
	{.field = "starts_on", .when = has_plan, .required = true},
	{.field = "ends_on", .when = has_plan, .required = true},
	{.field = "m1", .when = has_plan, .required = true, .hint = N_("day percent what")},
	{.field = "m2", .when = has_m2}, {.field = "m3", .when = has_m3},
	{.field = "m4", .when = has_m4}, {.field = "m5", .when = has_m5},
	{.field = "m6", .when = has_m6}, {.field = "m7", .when = has_m7},
	{.field = "m8", .when = has_m8}, {.field = "m9", .when = has_m9},
	{.field = "m10", .when = has_m10}, {.field = "m11", .when = has_m11},
	{.field = "m12", .when = has_m12},
	FORM_ROW_END,
};
/* clang-format on */

/* --- milestones --------------------------------------------------------- */

/* "2026-06-30 40 Foundation"; false: it is not like that. */
static bool
read_line(struct arena *a, const char *text, struct day base,
          struct milestone_entry *out)
{
	size_t n = strcspn(text, " ");
	char *end;

	if (day_parse(arena_strndup(a, text, n), base, &out->due_on) != OK)
		return false;
	text += n + strspn(text + n, " ");
	out->weight = strtoll(text, &end, 10);
	if (end == text)
		return false;
	text = end + (*end == '%');
	text += strspn(text, " ");
	out->title = text;
	return *text != '\0';
}

/* How many there are; -1: one is not like that, and says so. */
static int
read_milestones(struct ui *ui, struct project_step_form *s,
                struct milestone_entry *out)
{
	struct arena *a = ui_arena(ui);
	struct day base = day_is_valid(s->entry.starts_on) ? s->entry.starts_on
	                                                   : ui_today(ui);
	bool good = true;
	int n = 0;

	for (; n < PROJECT_MILESTONES_MAX && s->entry.m[n][0] != '\0'; n++) {
		if (read_line(a, s->entry.m[n], base, &out[n]))
			continue;
		good = false;
		form_error(&s->form, arena_printf(a, "m%d", n + 1),
		           _("Write day, percent and what: 2026-06-30 40 "
		             "Foundation"));
	}
	return good ? n : -1;
}

static void
changed(struct ui *ui, void *data)
{
	struct project_step_form *s = data;
	struct milestone_entry one;
	struct arena *a = arena_new();

	s->sum = 0;
	for (int i = 0; i < PROJECT_MILESTONES_MAX && s->entry.m[i][0] != '\0';
	     i++)
		if (read_line(a, s->entry.m[i], ui_today(ui), &one))
			s->sum += one.weight;
	arena_free(a);
}

/* --- sending ------------------------------------------------------------ */

static int
show_faults(struct ui *ui, struct project_step_form *s, int err)
{
	const struct ctx *c = ui_ctx(ui);

	if (err != ERR_INVALID || !has_plan(ui, s))
		return form_faults(ui, &s->form, err);
	for (int i = 0; i < c->fault_count; i++)
		form_error(&s->form,
		           strcmp(c->faults[i].field, "milestones") == 0
		               ? "m1"
		               : c->faults[i].field,
		           _(c->faults[i].text));
	return err;
}

static int
save(struct ui *ui, void *data)
{
	struct project_step_form *s = data;
	const struct entry *e = &s->entry;
	struct milestone_entry milestones[PROJECT_MILESTONES_MAX];
	struct project_act act = {
	    .id = s->row.id,
	    .version = s->row.version,
	    .step = s->step,
	    .words = e->words,
	    .reason = e->reason,
	    .into = e->into,
	    .lead = e->lead,
	    .leader = e->leader,
	    .budget = e->budget,
	    .starts_on = e->starts_on,
	    .ends_on = e->ends_on,
	    .milestones = milestones,
	};
	int err;

	act.milestone_count = read_milestones(ui, s, milestones);
	if (act.milestone_count < 0)
		return ERR_INVALID;
	while ((err = project_act(ui_ctx(ui), &act)) == ERR_CHANGED)
		if (!project_changed(ui, s->row.id, s->step, &act.version))
			return err; /* what was typed stays */
	if (err != OK)
		return show_faults(ui, s, err);
	ui_say(ui, _("Project %lld: %s, done."), (long long)s->row.id.v,
	       _(entity_project.steps[s->step].label));
	ui_pop(ui);
	return OK;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
    .changed = changed,
};

/* --- the screen --------------------------------------------------------- */

/* A plan that is made again begins with what stands. */
static int
read_plan(struct ui *ui, struct project_step_form *s)
{
	struct arena *keep = ui_keep(ui);
	struct project_milestone *old;
	int n, err = milestone_list(ui_ctx(ui), keep, s->row.id, &old, &n);

	for (int i = 0; err == OK && i < n; i++) {
		char day[11];

		day_format(old[i].due_on, day);
		s->entry.m[i] =
		    arena_printf(keep, "%s %lld %s", day,
		                 (long long)old[i].weight, old[i].title);
	}
	return err;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct project_step_form *s = data;
	struct project_id id = {arg % SCREEN_PAIR};
	int err, step = (int)(arg / SCREEN_PAIR);

	if (step < 0 || step >= PROJECT_STEPS)
		return ERR_NOT_FOUND;
	s->step = (enum project_step)step;
	s->wants = project_wants(s->step);
	err = project_get(ui_ctx(ui), ui_keep(ui), id, &s->row);
	if (err != OK)
		return err;
	s->entry = (struct entry){
	    .words = "",
	    .reason = "",
	    .leader = s->row.leader,
	    .lead = s->row.lead,
	    .budget = s->row.budget,
	    .starts_on = s->row.starts_on,
	    .ends_on = s->row.ends_on,
	};
	for (int i = 0; i < PROJECT_MILESTONES_MAX; i++)
		s->entry.m[i] = "";
	if (s->wants & PROJECT_WANTS_PLAN)
		err = read_plan(ui, s);
	if (err != OK)
		return err;
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	changed(ui, s);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct project_step_form *s = data;
	struct arena *a = body->arena;
	const char *const *lines = text_wrap(a, s->row.body, body->columns - 2);
	int y = 0, most = s->wants & PROJECT_WANTS_PLAN ? 1 : BODY_ROWS;
	struct area below;

	(void)ui;
	area_fit(body, y++, 0, body->columns, THEME_TITLE,
	         arena_printf(a, "%s  %lld %s",
	                      _(entity_project.steps[s->step].label),
	                      (long long)s->row.id.v, s->row.title));
	for (int i = 0; i < most && lines[i] != NULL; i++)
		area_put(body, y++, 2, THEME_DIM,
		         i == most - 1 && lines[i + 1] != NULL ? ".."
		                                               : lines[i]);
	if (s->wants & PROJECT_WANTS_PLAN)
		area_put(body, y++, 2, s->sum == ALL ? THEME_DONE : THEME_SOON,
		         arena_printf(a,
		                      _("Milestones together: %lld%% of "
		                        "100%%"),
		                      (long long)s->sum));
	below = area_part(body, y + 1, 0, 0, 0);
	form_draw(&s->form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Do it"), PERM_PROJECT_READ, NULL, NULL,
     N_("Do it; who has to know sees it at once.")},
    KEY_END,
};

const struct screen screen_project_step = {
    .name = "project-step",
    .title = N_("A step of a project"),
    .about = N_(
	"What is done with the project, and what it needs.\n"
	"A plan has the lead unit, who answers for it, what it may cost, its "
	"days and one to twelve milestones, a line each: day, percent, what, "
	"such as 2026-06-30 40 Foundation. Their days rise from the begin to "
	"the end, and together they are 100 percent: the line above the form "
	"counts along.\n"
	"If somebody else did something meanwhile, you are told who and what, "
	"and your text stays."),
    .needs = PERM_PROJECT_READ,
    .size = sizeof(struct project_step_form),
    .keys = keys,
    .open = open,
    .draw = draw,
};
