/*
 * The change of a congress's term, step by step: the next term, who is
 * elected again, what follows, carrying it out, confirming. The argument is
 * the old term.
 */
#include "db/term_change.h"

#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "tui/people.h"
#include "tui/screens.h"
#include "tui/widget/value.h"

struct term_change_view {
	struct page page;
	struct term_id old;
	struct term_preview p;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct term_change_view *s = data;

	s->old.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- what is shown ---------------------------------------------------- */

static void
number(struct ui *ui, struct page *p, const char *label, int64_t n,
       const char *outcome)
{
	const struct page_cell cells[] = {
	    {label, 26, false, THEME_NORMAL},
	    {value_grouped(ui_arena(ui), (long long)n), 8, true, THEME_NORMAL},
	    {outcome, 0, false, THEME_DIM},
	};

	page_cells(p, cells, 3);
}

static void
fill_terms(struct ui *ui, struct term_change_view *s)
{
	struct arena *a = ui_arena(ui);
	const struct term_preview *p = &s->p;

	page_title(&s->page, term_text(ui_ctx(ui), a, &p->old),
	           p->is_changed ? _(term_change_states[p->change.state].label)
	                         : _("not changed"));
	page_pair(&s->page, _("Old term"),
	          people_span(a, p->old.from_on, p->old.to_on));
	page_pair(
	    &s->page, _("New term"),
	    p->next.id.v == 0
		? _("not entered yet: F4")
		: arena_printf(a, "%s  %s", term_text(ui_ctx(ui), a, &p->next),
	                       people_span(a, p->next.from_on, p->next.to_on)));
	page_blank(&s->page);
}

/* Before: what would follow. */
static void
fill_preview(struct ui *ui, struct term_change_view *s)
{
	const struct term_preview *p = &s->p;

	page_heading(&s->page, _("What follows"));
	number(ui, &s->page, _("Mandates"), p->mandates, _("end"));
	number(ui, &s->page, _("Elected again"), p->reelected,
	       _("go on; Enter chooses them"));
	number(ui, &s->page, _("Not elected again"), p->persons, " ");
	for (int k = 0; k < RESPONSIBLES; k++)
		if (p->counts[k] > 0)
			number(ui, &s->page, _(leaving_label(k)), p->counts[k],
			       _(leaving_outcome(k)));
	number(ui, &s->page, _("Duty records"), p->records,
	       _("sealed when it is confirmed"));
	page_blank(&s->page);
	page_text(&s->page, THEME_DIM,
	          _("F10 carries it out in one go; it can be taken back as a "
	            "whole until it is confirmed. Deputies elected for the "
	            "first time are entered or imported before or after."));
}

/* After: what it did. */
static void
fill_change(struct ui *ui, struct term_change_view *s)
{
	const struct term_change *t = &s->p.change;
	struct arena *a = ui_arena(ui);

	page_heading(&s->page, _("What followed"));
	page_pair(&s->page, _("Date"), instant_show(a, t->at, ui_today(ui)));
	number(ui, &s->page, _("Mandates"), t->mandates, _("ended"));
	number(ui, &s->page, _("Elected again"), t->reelected, _("go on"));
	number(ui, &s->page, _("Offices"), t->offices, _("ended"));
	number(ui, &s->page, _("Deputy codes"), t->codes, _("revoked"));
	number(ui, &s->page, _("Invitations"), t->invitations,
	       _("taken off or moved"));
	number(ui, &s->page, _("Activities under way"), t->handed,
	       _("handed over"));
	number(ui, &s->page, _("Duty records"), s->p.records,
	       t->state == TERM_CHANGE_CONFIRMED
	           ? _("sealed")
	           : _("sealed when it is confirmed"));
	if (t->state == TERM_CHANGE_CONFIRMED)
		number(ui, &s->page, _("Sealed duty files"), t->seals,
		       instant_show(a, t->confirmed_at, ui_today(ui)));
	page_blank(&s->page);
	if (t->state == TERM_CHANGE_DONE)
		page_text(&s->page, THEME_DIM,
		          _("Look it over. F10 confirms it and seals the files "
		            "of the old term for good; F2 takes it back."));
}

static int
load(struct ui *ui, void *data)
{
	struct term_change_view *s = data;
	int err = term_change_preview(ui_ctx(ui), ui_arena(ui), s->old, &s->p);

	if (err != OK)
		return err;
	ui_watch(ui,
	         ENTITY_BIT(TERM) | ENTITY_BIT(TERM_CHANGE) |
	             ENTITY_BIT(MANDATE),
	         s->p.old.unit.v);
	page_begin(&s->page);
	fill_terms(ui, s);
	if (s->p.is_changed)
		fill_change(ui, s);
	else if (s->p.next.id.v != 0)
		fill_preview(ui, s);
	else
		page_text(&s->page, THEME_DIM,
		          _("The next term has to be entered first."));
	return OK;
}

/* --- keys ------------------------------------------------------------- */

static bool
is_ours(struct ui *ui, const struct term_change_view *s)
{
	return term_is_ours(ui_ctx(ui), &s->p.old);
}

static bool
when_no_next(struct ui *ui, const void *data)
{
	const struct term_change_view *s = data;

	return is_ours(ui, s) && s->p.next.id.v == 0;
}

static bool
when_next(struct ui *ui, const void *data)
{
	const struct term_change_view *s = data;

	return is_ours(ui, s) && s->p.next.id.v != 0;
}

static bool
when_open(struct ui *ui, const void *data)
{
	const struct term_change_view *s = data;

	return when_next(ui, s) &&
	       (!s->p.is_changed || s->p.change.state == TERM_CHANGE_DONE);
}

static bool
when_done(struct ui *ui, const void *data)
{
	const struct term_change_view *s = data;

	return is_ours(ui, s) && s->p.is_changed &&
	       s->p.change.state == TERM_CHANGE_DONE;
}

static void
key_next(struct ui *ui, void *data)
{
	ui_push(ui, &screen_term_form,
	        -((struct term_change_view *)data)->old.v);
}

static void
key_elected(struct ui *ui, void *data)
{
	ui_push(ui, &screen_reelection,
	        ((struct term_change_view *)data)->old.v);
}

static void
carry_out(struct ui *ui, struct term_change_view *s)
{
	struct ui_progress progress = {.ui = ui,
	                               .what = _("Changing the term")};
	struct term_change_id id;
	int err;

	if (!ui_confirm(
		ui, arena_printf(ui_arena(ui),
	                         _("Carry out the change of term? %s mandates "
	                           "end, %s of them without a new one. It can "
	                           "be taken back until it is confirmed."),
	                         value_grouped(ui_arena(ui), s->p.mandates),
	                         value_grouped(ui_arena(ui), s->p.persons))))
		return;
	err = term_change_run(ui_ctx(ui), s->old, ui_progress_show, &progress,
	                      &id);
	ui_progress_end(&progress);
	ui_reload(ui);
	if (people_say(ui, err) == OK)
		ui_say(ui, "%s", _("The term is changed; not confirmed yet."));
}

static void
confirm(struct ui *ui, struct term_change_view *s)
{
	struct arena *a = ui_arena(ui);
	int err;

	if (!ui_confirm_number(
		ui,
		_("Confirm the change of term? It can then no longer be taken "
	          "back, and the files of the old term are sealed for good."),
		arena_printf(a, "%lld", (long long)s->p.old.number)))
		return;
	err = term_change_confirm(ui_ctx(ui), s->p.change.id);
	ui_reload(ui);
	if (people_say(ui, err) == OK)
		ui_say(ui, "%s", _("Confirmed; the files are sealed."));
}

static void
key_run(struct ui *ui, void *data)
{
	struct term_change_view *s = data;

	if (s->p.is_changed)
		confirm(ui, s);
	else
		carry_out(ui, s);
}

static void
key_undo(struct ui *ui, void *data)
{
	struct term_change_view *s = data;
	const char *reason =
	    people_reason(ui, _("Why is the change of term taken back?"));
	int err;

	if (reason == NULL)
		return;
	err =
	    term_change_undo(ui_ctx(ui), ui_arena(ui), s->p.change.id, reason);
	ui_reload(ui);
	if (err == ERR_DEPENDS)
		ui_say(ui, "%s",
		       _("Something was recorded since on what it changed; "
		         "strike that out first."));
	else if (people_say(ui, err) == OK)
		ui_say(ui, "%s", _("Taken back; all is as it was."));
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Elected again"), PERM_PEOPLE_WRITE, key_elected, when_next,
	 N_("Mark who of the old term is elected again.")},
	{"F4", N_("Next term"), PERM_PEOPLE_WRITE, key_next, when_no_next,
	 N_("Enter the term that follows.")},
	{"F10", N_("Carry out, confirm"), PERM_TERM_CHANGE, key_run, when_open,
	 N_("Carry the change out; once it is done and looked over, confirm it.")},
	{KEY_ACTION, N_("Take back"), PERM_EVENT_STRIKE, key_undo, when_done,
	 N_("Take the whole change back, while nothing stands on it.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_term_change = {
    .name = "term-change",
    .title = N_("Change of term"),
    .about = N_("From one term of a congress to the next. Not changed: the "
                "next term is entered, who is elected again is marked, and "
                "what follows is shown. Done, not confirmed: mandates ended, "
                "codes revoked, what was under way handed over; all of it can "
                "be taken back. Confirmed: the duty files of the old term are "
                "sealed, and only an addendum can be added to them."),
    .needs = PERM_TERM_CHANGE,
    .size = sizeof(struct term_change_view),
    .keys = keys,
    .open = open,
    .load = load,
};
