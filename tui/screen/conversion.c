/* What one opinion became, and entering its answer; the argument is the
 * conversion. */
#include "db/conversion.h"

#include "db/base/i18n.h"
#include "db/opinion_note.h"
#include "db/project.h"
#include "db/store/ctx.h"
#include "tui/opinion_menu.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

struct conversion_screen {
	struct page page;
	struct conversion_id id;
	struct conversion row;
	int state; /* of the opinion */
};

static const char *
taken_over_by(int kind)
{
	static const char *const by[CONVERSION_KINDS] = {
	    [CONVERSION_SUGGESTION] =
		N_("The application for deputies' suggestions will take this "
	           "over; until then its answer is entered here (F2)."),
	    [CONVERSION_PROJECT] =
		N_("It goes the way of a livelihood project: declined, "
	           "merged or selected there, the opinion is answered by "
	           "itself."),
	    [CONVERSION_LAW_COMMENT] =
		N_("The application for draft laws will take this over; until "
	           "then its answer is entered here (F2)."),
	};

	return _(by[kind]);
}

/* The answer that the opinion got when this had one. */
static int
put_answer(struct ui *ui, struct conversion_screen *s)
{
	struct opinion_note note;
	int err;

	if (s->row.state != CONVERSION_ANSWERED)
		return OK;
	err = note_last(ui_ctx(ui), ui_arena(ui), s->row.opinion, NOTE_ANSWER,
	                &note);
	if (err != OK)
		return err == ERR_NOT_FOUND ? OK : err;
	page_blank(&s->page);
	page_heading(&s->page, _("Reply"));
	page_text(&s->page, THEME_NORMAL, note.words);
	return OK;
}

/* The livelihood project that it became, with how far that is. */
static int
put_project(struct ui *ui, struct conversion_screen *s)
{
	struct project_id id;
	struct project p;
	int err = s->row.kind != CONVERSION_PROJECT
	              ? ERR_NOT_FOUND
	              : project_of_conversion(ui_ctx(ui), s->id, &id);

	if (err == OK)
		err = project_get(ui_ctx(ui), ui_arena(ui), id, &p);
	if (err == OK)
		page_item(&s->page, id.v, ENTITY_PROJECT, "%s %lld  %s",
		          _("Livelihood project"), (long long)id.v,
		          _(project_states[p.state].label));
	return err == ERR_NOT_FOUND || err == ERR_DENIED ? OK : err;
}

static int
load(struct ui *ui, void *data)
{
	struct conversion_screen *s = data;
	struct arena *a = ui_arena(ui);
	struct opinion o;
	int err = conversion_get(ui_ctx(ui), a, s->id, &s->row);

	if (err == OK)
		err = opinion_get(ui_ctx(ui), a, s->row.opinion, &o);
	if (err != OK)
		return err;
	ui_watch(ui,
	         ENTITY_BIT(CONVERSION) | ENTITY_BIT(OPINION) |
	             ENTITY_BIT(PROJECT),
	         s->row.unit.v);
	s->state = o.state;
	page_begin(&s->page);
	page_title(&s->page,
	           arena_printf(a, "%s  %s",
	                        _(conversion_kinds[s->row.kind].label),
	                        s->row.title),
	           _(conversion_states[s->row.state].label));
	page_item(&s->page, s->row.opinion.v, ENTITY_OPINION, "%s %lld  %s",
	          _("From opinion"), (long long)s->row.opinion.v, o.subject);
	err = put_project(ui, s);
	if (err != OK)
		return err;
	page_pair(&s->page, _("Made"),
	          instant_show(a, s->row.made_at, ui_today(ui)));
	if (s->row.answered_at.s != 0)
		page_pair(&s->page, _("Answered"),
		          instant_show(a, s->row.answered_at, ui_today(ui)));
	page_blank(&s->page);
	page_text(&s->page, THEME_NORMAL, s->row.text);
	err = put_answer(ui, s);
	page_blank(&s->page);
	if (s->row.state == CONVERSION_WAITING)
		page_text(&s->page, THEME_DIM, taken_over_by(s->row.kind));
	return err;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct conversion_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- keys -------------------------------------------------------------- */

static bool
is_waiting(struct ui *ui, const void *data)
{
	const struct conversion_screen *s = data;

	(void)ui;
	return s->row.state == CONVERSION_WAITING &&
	       s->state == OPINION_CONVERTED;
}

static void
key_answer(struct ui *ui, void *data)
{
	const struct conversion_screen *s = data;
	const struct opinion_todo todo = {DEED_STEP, OPINION_DO_CONVERTED,
	                                  s->row.opinion.v};

	ui_push(ui, &screen_opinion_step, opinion_todo_arg(&todo));
}

static void
key_open(struct ui *ui, void *data)
{
	const struct conversion_screen *s = data;
	int64_t id;
	int kind;

	if (page_selected(&s->page, &id, &kind) && kind == ENTITY_PROJECT)
		ui_push(ui, &screen_project, id);
	else
		ui_push(ui, &screen_opinion, s->row.opinion.v);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"), PERM_NONE, key_open, NULL,
	 N_("What the mark stands on: the opinion that it came from, or the project that it became.")},
	{KEY_ACTION, N_("Enter the answer"), PERM_OPINION_HANDLE, key_answer, is_waiting,
	 N_("What was answered, with its class; the citizen is told next.")},
	{"Up/Down", N_("Scroll"), PERM_NONE, NULL, NULL, NULL},
	KEY_END,
};
/* clang-format on */

const struct screen screen_conversion = {
    .name = "conversion",
    .title = N_("What an opinion became"),
    .about = N_("What an opinion became, with the citizen's words, and its "
                "answer once there is one. With the answer the opinion goes "
                "on: the citizen is told and may rate it."),
    .needs = PERM_OPINION_HANDLE,
    .size = sizeof(struct conversion_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
