/* An opinion on a project or a finding of a visit: what was said, the reply
 * and what came of it, and what may be done now. */
#include "db/base/i18n.h"
#include "db/opinion.h"
#include "tui/activity_menu.h"
#include "tui/history.h"
#include "tui/opinion_words.h"
#include "tui/screens.h"
#include "tui/task_open.h"

struct task_screen {
	struct page page;
	struct project_task_id id;
	struct project_task row;
	struct task_line names;
	struct due_sight sight;
	enum task_step steps[TASK_STEPS];
	int n;
	struct history history;
};

static void
put_words(struct task_screen *s)
{
	const struct project_task *t = &s->row;
	const struct {
		const char *label, *text;
	} said[] = {{_("Words"), t->words},
	            {_("First reply"), t->first_reply},
	            {_("Not satisfied"), t->again},
	            {_("Reply"), t->reply},
	            {_("Ended"), t->reason}};

	page_blank(&s->page);
	for (size_t i = 0; i < COUNT(said); i++)
		if (said[i].text[0] != '\0')
			page_pair(&s->page, said[i].label, said[i].text);
}

static void
put_fields(struct ui *ui, struct task_screen *s)
{
	struct arena *a = ui_arena(ui);
	const struct project_task *t = &s->row;
	const struct due_days days = {.warn = t->warn_on, .due = t->due_on};
	const char *due = due_text(a, &s->sight, &days);
	struct page *p = &s->page;

	page_pairf(p, _("Number"), "%lld", (long long)t->id.v);
	page_pairf(p, _("Project"), "%lld  %s", (long long)t->project.v,
	           s->names.title);
	page_pair(p, _("Deputy"), s->names.name);
	page_pair(p, _("Lead unit"),
	          *s->names.organ_name != '\0' ? s->names.organ_name
	                                       : s->names.unit_name);
	page_pair(p, _("Sent"), instant_show(a, t->sent_at, ui_today(ui)));
	if (*due != '\0')
		page_pairf(p, _("Due"), "%s  %s",
		           day_show(a, t->due_on, ui_today(ui)), due);
	if (t->replied_at.s != 0)
		page_pair(p, _("Replied"),
		          instant_show(a, t->replied_at, ui_today(ui)));
	if (t->rating != RATING_NONE)
		page_pair(p, _("Rating"), _(opinion_ratings[t->rating].label));
}

static int
load(struct ui *ui, void *data)
{
	struct task_screen *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	int err = task_get(c, a, s->id, &s->row);

	if (err == OK)
		err = task_names(c, a, s->id, &s->names);
	if (err == OK)
		err = due_sight_load(ui, &s->sight);
	if (err == OK)
		err =
		    history_load(ui, &s->history, ENTITY_PROJECT_TASK, s->id.v);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(PROJECT_TASK), s->row.unit.v);
	s->n = task_offers(c, &s->row, s->steps, TASK_STEPS);
	page_begin(&s->page);
	page_title(&s->page,
	           arena_printf(a, "%s  %s", _(task_kinds[s->row.kind].label),
	                        s->names.title),
	           _(task_states[s->row.state].label));
	put_fields(ui, s);
	put_words(s);
	history_fill(ui, &s->page, &s->history);
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct task_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- keys ------------------------------------------------------------- */

static bool
offers(const void *data, enum task_step step)
{
	const struct task_screen *s = data;

	for (int i = 0; i < s->n; i++)
		if (s->steps[i] == step)
			return true;
	return false;
}

static bool
when_accept(struct ui *ui, const void *data)
{
	(void)ui;
	return offers(data, TASK_DO_ACCEPT);
}

static bool
when_reply(struct ui *ui, const void *data)
{
	(void)ui;
	return offers(data, TASK_DO_REPLY);
}

static bool
when_rate(struct ui *ui, const void *data)
{
	(void)ui;
	return offers(data, TASK_DO_CLOSE);
}

static bool
when_end(struct ui *ui, const void *data)
{
	(void)ui;
	return offers(data, TASK_DO_END);
}

static void
key_accept(struct ui *ui, void *data)
{
	struct task_screen *s = data;
	int err = task_act(ui_ctx(ui), s->id, s->row.version, TASK_DO_ACCEPT,
	                   "", RATING_NONE);

	if (activity_menu_fault(ui, err) == OK)
		ui_say(ui, "%s", _("Accepted; the deputy sees it."));
	ui_reload(ui);
}

static void
key_reply(struct ui *ui, void *data)
{
	task_step_open(ui, ((struct task_screen *)data)->id, TASK_DO_REPLY);
}

static void
key_rate(struct ui *ui, void *data)
{
	task_step_open(ui, ((struct task_screen *)data)->id, TASK_DO_CLOSE);
}

static void
key_end(struct ui *ui, void *data)
{
	task_step_open(ui, ((struct task_screen *)data)->id, TASK_DO_END);
}

/* The key F10 is the lead unit's or the deputy's, as the turn is. */
static bool
when_next(struct ui *ui, const void *data)
{
	return when_reply(ui, data) || when_rate(ui, data);
}

static void
key_next(struct ui *ui, void *data)
{
	if (when_reply(ui, data))
		key_reply(ui, data);
	else
		key_rate(ui, data);
}

static bool
can_strike(struct ui *ui, const void *data)
{
	const struct task_screen *s = data;

	(void)ui;
	return history_can_strike(&s->page, &s->history);
}

static void
key_strike(struct ui *ui, void *data)
{
	struct task_screen *s = data;

	history_strike(ui, &s->page, &s->history);
}

static void
key_visit(struct ui *ui, void *data)
{
	const struct task_screen *s = data;

	ui_push(ui, &screen_project_visit, s->row.project.v);
}

static void
key_team(struct ui *ui, void *data)
{
	const struct task_screen *s = data;

	ui_push(ui, &screen_project_team, s->row.project.v);
}

/* clang-format off */
static const struct key keys[] = {
	{"Up/Down", N_("Scroll"), PERM_NONE, NULL, NULL, NULL},
	{"F10", N_("Reply or rate"), PERM_PROJECT_READ, key_next, when_next,
	 N_("The lead unit replies; the deputy says what they think of the reply.")},
	{KEY_ACTION, N_("Accept"), PERM_PROJECT_READ, key_accept, when_accept,
	 N_("Say that the lead unit has taken it up.")},
	{KEY_ACTION, N_("Reply"), PERM_PROJECT_READ, key_reply, when_reply, NULL},
	{KEY_ACTION, N_("Rate the reply"), PERM_PROJECT_SUPERVISE, key_rate, when_rate,
	 N_("Satisfied, basically, or not: then it goes back once.")},
	{KEY_ACTION, N_("End it"), PERM_PROJECT_APPROVE, key_end, when_end,
	 N_("Not satisfied twice, or never rated: a head ends it and says why.")},
	{KEY_ACTION, N_("Arrange a visit"), PERM_ACTIVITY_WRITE, key_visit, NULL,
	 N_("An activity that invites the team of the project and counts for it.")},
	{KEY_ACTION, N_("Team of the project"), PERM_PROJECT_WRITE, key_team, NULL, NULL},
	{"Delete", N_("Strike out"), PERM_EVENT_STRIKE, key_strike, can_strike,
	 N_("Strike out the entry of the history under the mark, with a reason; what followed from it no longer counts.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_project_task = {
    .name = "project-task",
    .title = N_("Project task"),
    .about = N_("What a deputy thinks of a project or found at a visit, as "
                "the lead unit has to answer it.\n"
                "To accept -> to reply -> to be rated -> concluded. Not "
                "satisfied: once more; then disputed, and a head ends it.\n"
                "An opinion is between its deputy, the lead unit, the unit "
                "and the county; findings are read by the unit's deputies."),
    .needs = PERM_PROJECT_READ,
    .size = sizeof(struct task_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
