/* Asking for a change of a project, and deciding on one. The argument is
 * project_arg() of whether it is decided (1) and the project. */
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/store/ctx.h"
#include "tui/project_menu.h"
#include "tui/project_words.h"
#include "tui/station_pick.h"

enum { SHOWN_ROWS = 8 };
enum verdict { VERDICT_NONE, VERDICT_APPROVE, VERDICT_REFUSE };

/* Members are called as the faults of change_ask() and change_decide(). */
struct entry {
	int kind, verdict;
	const char *words, *decision;
	int64_t budget;
	struct day ends_on;
};

struct project_change_form {
	struct form form;
	struct entry entry;
	struct project project;
	bool decides;
	struct project_change asked;
};

static const struct enum_name verdicts[] = {
    [VERDICT_NONE] = {"none", N_("Choose")},
    [VERDICT_APPROVE] = {"approve", N_("Approve")},
    [VERDICT_REFUSE] = {"refuse", N_("Do not approve")},
    {NULL, NULL},
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, kind,     ENUM,  N_("What changes"), .names = change_kinds),
	FIELD(entry, budget,   INT,   N_("New budget"), .max = 10),
	FIELD(entry, ends_on,  DAY,   N_("New end"), .max = 10),
	FIELD(entry, words,    LINES, N_("Why"), .max = PROJECT_WORDS_MAX),
	FIELD(entry, verdict,  ENUM,  N_("Approval"), .names = verdicts),
	FIELD(entry, decision, TEXT,  N_("Reason"), .max = PROJECT_REASON_MAX),
	FIELD_END,
};
/* clang-format on */

static bool
decides(struct ui *ui, void *data)
{
	(void)ui;
	return ((const struct project_change_form *)data)->decides;
}

static bool
asks(struct ui *ui, void *data)
{
	return !decides(ui, data);
}

static bool
asks_budget(struct ui *ui, void *data)
{
	return asks(ui, data) &&
	       ((const struct project_change_form *)data)->entry.kind ==
	           CHANGE_BUDGET;
}

static bool
asks_end(struct ui *ui, void *data)
{
	return asks(ui, data) &&
	       ((const struct project_change_form *)data)->entry.kind ==
	           CHANGE_TIME;
}

static const struct form_row rows[] = {
    {.field = "kind", .when = asks},
    {.field = "budget",
     .when = asks_budget,
     .required = true,
     .hint = N_("yuan")},
    {.field = "ends_on",
     .when = asks_end,
     .required = true,
     .hint = N_("the last milestone moves with it")},
    {.field = "words", .when = asks, .lines = 5, .required = true},
    {.field = "verdict", .when = decides},
    {.field = "decision",
     .when = decides,
     .hint = N_("needed to refuse and to stop")},
    FORM_ROW_END,
};

/* --- saving -------------------------------------------------------------- */

static int
save_ask(struct ui *ui, struct project_change_form *s)
{
	const struct entry *e = &s->entry;
	const struct project_change row = {
	    .project = s->project.id,
	    .kind = e->kind,
	    .words = e->words,
	    .budget = e->budget,
	    .ends_on = e->ends_on,
	    .decision = "",
	};
	int err = change_ask(ui_ctx(ui), &row);

	if (err == ERR_EXISTS) {
		form_error(&s->form, "kind",
		           _("A change is asked for already."));
		return ERR_INVALID;
	}
	if (err == OK)
		ui_say(ui, "%s",
		       _("Asked; it holds when somebody else has approved "
		         "it."));
	return err;
}

/* Somebody else was quicker: under the field it stands how. */
static int
decided_before(struct ui *ui, struct project_change_form *s)
{
	struct project_change *all;
	int n, err = change_list(ui_ctx(ui), ui_arena(ui), s->project.id, &all,
	                         &n);

	for (int i = 0; err == OK && i < n; i++)
		if (all[i].id.v == s->asked.id.v &&
		    all[i].state != CHANGE_ASKED)
			form_error(
			    &s->form, "verdict",
			    arena_printf(ui_arena(ui),
			                 _("Somebody has decided it meanwhile: "
			                   "%s."),
			                 _(change_states[all[i].state].label)));
	return err == OK ? ERR_INVALID : err;
}

static int
save_decision(struct ui *ui, struct project_change_form *s)
{
	const struct entry *e = &s->entry;
	int err;

	if (e->verdict == VERDICT_NONE) {
		form_error(&s->form, "verdict", _("Choose one."));
		return ERR_INVALID;
	}
	err = change_decide(ui_ctx(ui), s->asked.id,
	                    e->verdict == VERDICT_APPROVE, e->decision);
	if (err == ERR_STATE)
		return decided_before(ui, s);
	if (err == OK)
		ui_say(ui, "%s",
		       e->verdict == VERDICT_APPROVE
		           ? _("Approved; it holds from now on.")
		           : _("Not approved; the lead unit sees the reason."));
	return err;
}

static int
save(struct ui *ui, void *data)
{
	struct project_change_form *s = data;
	int err = s->decides ? save_decision(ui, s) : save_ask(ui, s);

	if (err != OK)
		return form_faults(ui, &s->form, err);
	ui_pop(ui);
	return OK;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
    .live = true,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct project_change_form *s = data;
	int err =
	    project_get(ui_ctx(ui), ui_keep(ui),
	                (struct project_id){arg % SCREEN_PAIR}, &s->project);

	s->decides = arg / SCREEN_PAIR != 0;
	if (err == OK && s->decides &&
	    !project_asked_change(ui, s->project.id, &s->asked))
		err = ERR_NOT_FOUND;
	if (err != OK)
		return err;
	if (s->decides)
		s->asked.words = arena_strdup(ui_keep(ui), s->asked.words);
	s->entry = (struct entry){
	    .words = "",
	    .decision = "",
	    .budget = s->project.budget,
	    .ends_on = s->project.ends_on,
	};
	form_init(&s->form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->form.widget);
	return OK;
}

/* What is asked, and as much of why as leaves room for the form; all of it
 * is on the project's page. The next free row. */
static int
put_asked(struct ui *ui, struct project_change_form *s, const struct area *body)
{
	struct arena *a = body->arena;
	const char *const *lines =
	    text_wrap(a, s->asked.words, body->columns - 2);
	int y = 3;

	area_fit(body, 2, 0, body->columns, THEME_NORMAL,
	         arena_printf(a, C_("said", "%s: %s"), _("Asked for"),
	                      project_change_what(ui, a, &s->asked)));
	for (int i = 0; i < SHOWN_ROWS && lines[i] != NULL; i++)
		area_put(body, y++, 2, THEME_NORMAL,
		         i == SHOWN_ROWS - 1 && lines[i + 1] != NULL
		             ? ".."
		             : lines[i]);
	return y;
}

/* What holds now stands above what is asked for. */
static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct project_change_form *s = data;
	struct arena *a = body->arena;
	const struct project *p = &s->project;
	struct area below;
	int y = 2;

	area_fit(body, 0, 0, body->columns, THEME_TITLE,
	         arena_printf(a, "%lld %s", (long long)p->id.v, p->title));
	area_fit(body, 1, 0, body->columns, THEME_DIM,
	         arena_printf(a, _("Budget: %s   Ends: %s"),
	                      project_yuan(a, p->budget),
	                      p->ends_on.year == 0
	                          ? "-"
	                          : day_show(a, p->ends_on, ui_today(ui))));
	if (s->decides)
		y = put_asked(ui, s, body);
	below = area_part(body, y + 1, 0, 0, 0);
	form_draw(&s->form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Do it"), PERM_PROJECT_READ, NULL, NULL,
     N_("Ask for the change, or decide on it.")},
    KEY_END,
};

const struct screen screen_project_change = {
    .name = "project-change",
    .title = N_("Change of a project"),
    .about = N_("What was voted on and planned changes only with approval: "
                "scope, budget, time, or stopping the project.\n"
                "The lead unit or the unit's staff asks, one change at a "
                "time; somebody else approves or refuses. What is approved "
                "holds at once."),
    .needs = PERM_PROJECT_READ,
    .size = sizeof(struct project_change_form),
    .keys = keys,
    .open = open,
    .draw = draw,
};
