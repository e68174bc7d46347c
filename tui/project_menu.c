/* The F2 menu of a project. */
#include "tui/project_menu.h"

#include "db/base/i18n.h"
#include "db/opinion_clock.h"
#include "db/store/ctx.h"
#include "tui/activity_menu.h"
#include "tui/meanwhile.h"
#include "tui/task_open.h"
#include "tui/ui.h"

enum { ENTRIES = 40 };

/* --- after somebody else ---------------------------------------------- */

static bool
is_offered(struct ui *ui, const struct project *p, enum project_step step)
{
	enum project_step steps[PROJECT_STEPS];
	int n = project_offers(ui_ctx(ui), p, steps, PROJECT_STEPS);

	if (step == PROJECT_STEPS)
		return project_is_candidate(p->state) ||
		       project_is_open(p->state);
	while (n-- > 0)
		if (steps[n] == step)
			return true;
	return false;
}

bool
project_changed(struct ui *ui, struct project_id id, enum project_step step,
                int64_t *version)
{
	struct project p;

	if (ui_error(ui, project_get(ui_ctx(ui), ui_arena(ui), id, &p)) != OK)
		return false;
	*version = p.version;
	return meanwhile_ask(ui, ENTITY_PROJECT, id.v,
	                     project_states[p.state].label,
	                     is_offered(ui, &p, step));
}

/* --- steps -------------------------------------------------------------- */

/* What may say why something is missing is asked in the form. */
static bool
wants_form(enum project_step step)
{
	return project_wants(step) != 0 || step == PROJECT_DO_CLAIM ||
	       step == PROJECT_DO_RATE || step == PROJECT_DO_ARCHIVE;
}

/* What asks for nothing is only confirmed. */
static void
do_now(struct ui *ui, const struct project *p, enum project_step step)
{
	const char *label = _(entity_project.steps[step].label);
	struct project_act act = {.id = p->id,
	                          .version = p->version,
	                          .step = step,
	                          .words = "",
	                          .reason = "",
	                          .leader = ""};
	int err;

	if (!ui_confirm(ui, arena_printf(ui_arena(ui), _("%lld %s: %s?"),
	                                 (long long)p->id.v, p->title, label)))
		return;
	while ((err = project_act(ui_ctx(ui), &act)) == ERR_CHANGED)
		if (!project_changed(ui, p->id, step, &act.version))
			break;
	if (err == OK)
		ui_say(ui, _("Project %lld: %s, done."), (long long)p->id.v,
		       label);
	else if (err != ERR_CHANGED)
		activity_menu_fault(ui, err);
	ui_reload(ui);
}

static void
take(struct ui *ui, const struct project *p, enum project_step step)
{
	if (wants_form(step))
		ui_push(ui, &screen_project_step,
		        project_arg((int)step, p->id.v));
	else
		do_now(ui, p, step);
}

/* --- what is no step ------------------------------------------------------
 */

bool
project_asked_change(struct ui *ui, struct project_id id,
                     struct project_change *out)
{
	struct project_change *rows;
	int n;

	if (change_list(ui_ctx(ui), ui_arena(ui), id, &rows, &n) != OK)
		return false;
	while (n-- > 0)
		if (rows[n].state == CHANGE_ASKED) {
			*out = rows[n];
			return true;
		}
	return false;
}

static bool
can_report(struct ui *ui, const struct project *p)
{
	(void)ui;
	return p->state == PROJECT_RUNNING;
}

static bool
may_carry(struct ui *ui)
{
	return ui_may(ui, PERM_PROJECT_OFFICE) ||
	       ui_may(ui, PERM_PROJECT_WRITE);
}

static bool
can_reach(struct ui *ui, const struct project *p)
{
	return may_carry(ui) && p->state == PROJECT_RUNNING;
}

static bool
can_ask(struct ui *ui, const struct project *p)
{
	struct project_change asked;

	return may_carry(ui) && p->state >= PROJECT_SELECTED &&
	       p->state <= PROJECT_CLAIMED &&
	       !project_asked_change(ui, p->id, &asked);
}

static bool
can_decide(struct ui *ui, const struct project *p)
{
	struct project_change asked;

	return project_asked_change(ui, p->id, &asked) &&
	       asked.asked_by.v != ui_ctx(ui)->me;
}

static bool
can_edit(struct ui *ui, const struct project *p)
{
	(void)ui;
	return p->state != PROJECT_MERGED;
}

static bool
can_show(struct ui *ui, const struct project *p)
{
	return can_edit(ui, p) && p->state != PROJECT_HELD && !p->published;
}

static bool
can_hide(struct ui *ui, const struct project *p)
{
	return can_edit(ui, p) && p->published;
}

static bool
is_open(struct ui *ui, const struct project *p)
{
	(void)ui;
	return project_is_open(p->state);
}

static bool
has_tasks(struct ui *ui, const struct project *p)
{
	(void)ui;
	return p->state >= PROJECT_SELECTED && p->state <= PROJECT_ARCHIVED;
}

static bool
can_rate(struct ui *ui, const struct project *p)
{
	(void)ui;
	return p->state == PROJECT_INSPECTED;
}

static void
run_report(struct ui *ui, const struct project *p)
{
	ui_push(ui, &screen_project_report, p->id.v);
}

/* Which one, and since when. */
static void
run_reach(struct ui *ui, const struct project *p)
{
	struct project_milestone *rows;
	const char *labels[PROJECT_MILESTONES_MAX], *text;
	struct project_milestone_id ids[PROJECT_MILESTONES_MAX];
	struct arena *a = ui_arena(ui);
	struct day on, today = ui_today(ui);
	char today_text[11];
	int n, open = 0, chosen;

	day_format(today, today_text);
	if (ui_error(ui, milestone_list(ui_ctx(ui), a, p->id, &rows, &n)) != OK)
		return;
	for (int i = 0; i < n; i++)
		if (rows[i].done_on.year == 0) {
			ids[open] = rows[i].id;
			labels[open++] = arena_printf(
			    a, "%s  %s", day_show(a, rows[i].due_on, today),
			    rows[i].title);
		}
	if (open == 0) {
		ui_say(ui, "%s", _("All milestones are reached."));
		return;
	}
	chosen = ui_menu(ui, _("Which milestone is reached"), labels, open);
	if (chosen < 0)
		return;
	text = ui_prompt(ui, a, _("Reached on"), today_text, 10);
	if (text == NULL)
		return;
	if (day_parse(text, today, &on) != OK) {
		ui_say(ui, "%s",
		       _("Write a day, such as 2026-03-31 or 03-31."));
		return;
	}
	if (activity_menu_fault(
		ui, milestone_reach(ui_ctx(ui), ids[chosen], on)) == OK)
		ui_say(ui, "%s", _("Written down."));
	ui_reload(ui);
}

static void
run_ask(struct ui *ui, const struct project *p)
{
	ui_push(ui, &screen_project_change, project_arg(0, p->id.v));
}

static void
run_decide(struct ui *ui, const struct project *p)
{
	ui_push(ui, &screen_project_change, project_arg(1, p->id.v));
}

static void
run_edit(struct ui *ui, const struct project *p)
{
	ui_push(ui, &screen_project_form, p->id.v);
}

static void
publish(struct ui *ui, const struct project *p, bool published)
{
	struct project row = *p;

	row.published = published;
	if (!ui_confirm(ui, published
	                        ? _("Show it on the public page, with its "
	                            "words, progress and rating?")
	                        : _("Take it off the public page?")))
		return;
	if (activity_menu_fault(ui, project_save(ui_ctx(ui), &row)) == OK)
		ui_say(ui, "%s",
		       published ? _("Everybody can see it now.")
		                 : _("The public no longer sees it."));
	ui_reload(ui);
}

static void
run_show(struct ui *ui, const struct project *p)
{
	publish(ui, p, true);
}

static void
run_hide(struct ui *ui, const struct project *p)
{
	publish(ui, p, false);
}

static void
run_team(struct ui *ui, const struct project *p)
{
	ui_push(ui, &screen_project_team, p->id.v);
}

static void
run_visit(struct ui *ui, const struct project *p)
{
	ui_push(ui, &screen_project_visit, p->id.v);
}

static void
run_opinion(struct ui *ui, const struct project *p)
{
	task_write_opinion(ui, p->id);
}

static void
run_tasks(struct ui *ui, const struct project *p)
{
	task_list_open(ui, p->id);
}

static void
run_rate(struct ui *ui, const struct project *p)
{
	ui_push(ui, &screen_project_rate, p->id.v);
}

/* clang-format off */
static const struct entry {
	const char *label;
	enum perm perm;
	bool (*when)(struct ui *ui, const struct project *p);
	void (*run)(struct ui *ui, const struct project *p);
} entries[] = {
	{N_("Decide on the change that is asked"), PERM_PROJECT_APPROVE, can_decide, run_decide},
	{N_("Monthly report"), PERM_PROJECT_OFFICE, can_report, run_report},
	{N_("Milestone reached"), PERM_NONE, can_reach, run_reach},
	{N_("Ask for a change"), PERM_NONE, can_ask, run_ask},
	{N_("Rate it"), PERM_PROJECT_RATE, can_rate, run_rate},
	{N_("Send an opinion to the lead unit"), PERM_PROJECT_SUPERVISE, is_open, run_opinion},
	{N_("Opinions and findings"), PERM_PROJECT_READ, has_tasks, run_tasks},
	{N_("Arrange a visit"), PERM_ACTIVITY_WRITE, is_open, run_visit},
	{N_("Team"), PERM_PROJECT_WRITE, is_open, run_team},
	{N_("Change what it says"), PERM_PROJECT_WRITE, can_edit, run_edit},
	{N_("Show it on the public page"), PERM_PROJECT_WRITE, can_show, run_show},
	{N_("Take it off the public page"), PERM_PROJECT_WRITE, can_hide, run_hide},
};
/* clang-format on */

/* --- the menu ----------------------------------------------------------- */

struct menu {
	const char *labels[ENTRIES];
	enum project_step steps[PROJECT_STEPS];
	const struct entry *entries[COUNT(entries)];
	int step_count, n;
};

static void
fill(struct ui *ui, struct menu *m, const struct project *p, const char *extra)
{
	int more = 0;

	m->step_count = project_offers(ui_ctx(ui), p, m->steps, PROJECT_STEPS);
	for (; m->n < m->step_count; m->n++)
		m->labels[m->n] = _(entity_project.steps[m->steps[m->n]].label);
	for (size_t i = 0; i < COUNT(entries); i++)
		if ((entries[i].perm == PERM_NONE ||
		     ui_may(ui, entries[i].perm)) &&
		    entries[i].when(ui, p)) {
			m->entries[more++] = &entries[i];
			m->labels[m->n++] = _(entries[i].label);
		}
	if (extra != NULL)
		m->labels[m->n++] = extra;
}

bool
project_menu(struct ui *ui, struct project_id id, const char *extra)
{
	struct menu m = {.n = 0};
	struct project p;
	int chosen;

	if (ui_error(ui, project_get(ui_ctx(ui), ui_arena(ui), id, &p)) != OK)
		return false;
	fill(ui, &m, &p, extra);
	if (m.n == 0) {
		ui_say(ui, "%s",
		       _("There is nothing to be done with this project "
		         "now."));
		return false;
	}
	chosen =
	    ui_menu(ui,
	            arena_printf(ui_arena(ui), "%lld %s  %s", (long long)id.v,
	                         p.title, _(project_states[p.state].label)),
	            m.labels, m.n);
	if (chosen < 0)
		return false;
	if (extra != NULL && chosen == m.n - 1)
		return true;
	if (chosen < m.step_count)
		take(ui, &p, m.steps[chosen]);
	else
		m.entries[chosen - m.step_count]->run(ui, &p);
	return false;
}
