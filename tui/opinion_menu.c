/* The F2 menu of an opinion. */
#include "tui/opinion_menu.h"

#include "db/attachment.h"
#include "db/base/i18n.h"
#include "db/contact.h"
#include "tui/activity_menu.h"
#include "tui/contact.h"
#include "tui/meanwhile.h"
#include "tui/screens.h"
#include "tui/transfer.h"

enum { ENTRIES = 36, LEGS_OFFERED = 6 };

enum { DEED_SHIFT = 56, STEP_SHIFT = 48 };

struct menu {
	const char *labels[ENTRIES];
	struct opinion_todo what[ENTRIES];
	int n;
};

int64_t
opinion_todo_arg(const struct opinion_todo *todo)
{
	return ((int64_t)todo->deed << DEED_SHIFT) |
	       ((int64_t)todo->step << STEP_SHIFT) | todo->id;
}

struct opinion_todo
opinion_todo_of(int64_t arg)
{
	return (struct opinion_todo){
	    (enum opinion_deed)(arg >> DEED_SHIFT),
	    (int)(arg >> STEP_SHIFT) & 0xff,
	    arg & (((int64_t)1 << STEP_SHIFT) - 1),
	};
}

const char *
opinion_todo_label(const struct opinion_todo *todo)
{
	/* In the imperative; the note's own label is how it reads later. */
	static const char *const said[NOTE_KINDS] = {
	    [NOTE_MORE] = N_("Add words of the citizen"),
	    [NOTE_INSTRUCT] = N_("Give a written instruction"),
	    [NOTE_CHASE] = N_("Urge"),
	    [NOTE_NOTE] = N_("Add a note"),
	};

	switch (todo->deed) {
	case DEED_STEP:
		return _(entity_opinion.steps[todo->step].label);
	case DEED_LEG:
		return _(leg_step_label((enum leg_step)todo->step));
	case DEED_SAY:
		return said[todo->step] != NULL
		           ? _(said[todo->step])
		           : _(note_kinds[todo->step].label);
	case DEED_RATE:
	case DEED_SORT:
	case DEED_RELEASE:
	case DEED_CONTACT:
	case DEED_ATTACH:
	case DEED_EXTRA:
		break;
	}
	return _("Enter the citizen's rating (by hand)");
}

/* --- what is offered ------------------------------------------------------ */

static void
add(struct menu *m, struct opinion_todo what, const char *label)
{
	if (m->n == ENTRIES)
		return;
	m->what[m->n] = what;
	m->labels[m->n++] = label;
}

static void
add_todo(struct menu *m, enum opinion_deed deed, int step, int64_t id)
{
	struct opinion_todo todo = {deed, step, id};

	add(m, todo, opinion_todo_label(&todo));
}

static void
add_steps(struct ui *ui, struct menu *m, const struct opinion *o)
{
	enum opinion_step steps[OPINION_STEPS];
	int n = opinion_offers(ui_ctx(ui), o, steps, OPINION_STEPS);

	for (int i = 0; i < n; i++)
		add_todo(m, DEED_STEP, (int)steps[i], o->id.v);
	if (o->state == OPINION_AWAITING && ui_may(ui, PERM_OPINION_TRIAGE))
		add_todo(m, DEED_RATE, 0, o->id.v);
}

/* A leg's steps; with the office's name for who sees several. */
static int
add_leg(struct ui *ui, struct menu *m, const struct opinion *o,
        const struct leg_line *line, bool named)
{
	struct arena *a = ui_arena(ui);
	enum leg_step steps[LEG_STEPS];
	struct opinion_leg leg;
	int n, err = leg_get(ui_ctx(ui), a, line->id, &leg);

	if (err != OK)
		return err;
	n = leg_offers(ui_ctx(ui), o, &leg, steps, LEG_STEPS);
	for (int i = 0; i < n; i++) {
		struct opinion_todo todo = {DEED_LEG, (int)steps[i], leg.id.v};
		const char *label = opinion_todo_label(&todo);

		add(m, todo,
		    named ? arena_printf(a, C_("office", "%s: %s"), line->name,
		                         label)
		          : label);
	}
	return OK;
}

static int
add_legs(struct ui *ui, struct menu *m, const struct opinion *o)
{
	struct leg_line *legs;
	int n, offered = 0, err;
	bool named = ui_ctx(ui)->scope != SCOPE_ASSIGNED;

	err = leg_list(ui_ctx(ui), ui_arena(ui), o->id, &legs, &n);
	for (int i = 0; err == OK && i < n && offered < LEGS_OFFERED; i++) {
		if (legs[i].state == LEG_REPLIED || legs[i].state == LEG_CLOSED)
			continue;
		offered++;
		err = add_leg(ui, m, o, &legs[i], named);
		if (err != OK || !ui_may(ui, PERM_OPINION_TRIAGE))
			continue;
		add(m,
		    (struct opinion_todo){DEED_RELEASE, !legs[i].released,
		                          legs[i].id.v},
		    arena_printf(ui_arena(ui),
		                 legs[i].released
		                     ? _("%s: no longer let it see the contact")
		                     : _("%s: let it see the contact"),
		                 legs[i].name));
	}
	return err;
}

static int
fill(struct ui *ui, struct menu *m, const struct opinion *o, const char *extra)
{
	static const enum note_kind kinds[] = {NOTE_CHASE, NOTE_INSTRUCT,
	                                       NOTE_MORE, NOTE_NOTE};
	struct contact contact;
	int err;

	add_steps(ui, m, o);
	err = add_legs(ui, m, o);
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (opinion_may_say(ui_ctx(ui), o, kinds[i]))
			add_todo(m, DEED_SAY, (int)kinds[i], o->id.v);
	if (opinion_is_open(o->state) && ui_may(ui, PERM_OPINION_HANDLE))
		add(m, (struct opinion_todo){DEED_SORT, 0, o->id.v},
		    _("Sort: category, place, level"));
	if (contact_get(ui_ctx(ui), o->id, &contact) == OK && contact.may_open)
		add(m, (struct opinion_todo){DEED_CONTACT, 0, o->id.v},
		    _("Open the contact (leaves a trace)"));
	if (attachment_may_attach(ui_ctx(ui), o))
		add(m, (struct opinion_todo){DEED_ATTACH, 0, o->id.v},
		    _("Attach a file"));
	if (extra != NULL)
		add(m, (struct opinion_todo){DEED_EXTRA, 0, o->id.v}, extra);
	return err;
}

/* --- doing it ---------------------------------------------------------------
 */

static bool
leg_is_offered(struct ui *ui, const struct opinion *o,
               const struct opinion_todo *todo)
{
	enum leg_step steps[LEG_STEPS];
	struct opinion_leg leg;
	int n;

	if (leg_get(ui_ctx(ui), ui_arena(ui), (struct opinion_leg_id){todo->id},
	            &leg) != OK)
		return false;
	n = leg_offers(ui_ctx(ui), o, &leg, steps, LEG_STEPS);
	while (n-- > 0)
		if ((int)steps[n] == todo->step)
			return true;
	return false;
}

static bool
is_offered(struct ui *ui, const struct opinion *o,
           const struct opinion_todo *todo)
{
	enum opinion_step steps[OPINION_STEPS];
	int n;

	if (todo == NULL)
		return opinion_is_open(o->state);
	if (todo->deed == DEED_RATE)
		return o->state == OPINION_AWAITING;
	if (todo->deed == DEED_LEG)
		return leg_is_offered(ui, o, todo);
	n = opinion_offers(ui_ctx(ui), o, steps, OPINION_STEPS);
	while (n-- > 0)
		if ((int)steps[n] == todo->step)
			return true;
	return false;
}

bool
opinion_changed(struct ui *ui, struct opinion_id id,
                const struct opinion_todo *todo, int64_t *version)
{
	struct opinion o;

	if (ui_error(ui, opinion_get(ui_ctx(ui), ui_arena(ui), id, &o)) != OK)
		return false;
	*version = o.version;
	return meanwhile_ask(ui, ENTITY_OPINION, id.v,
	                     opinion_states[o.state].label,
	                     is_offered(ui, &o, todo));
}

/* What asks for nothing is only confirmed. */
static int
take_now(struct ui *ui, const struct opinion *o,
         const struct opinion_todo *todo, int64_t version)
{
	const struct leg_act leg = {.id = {todo->id},
	                            .version = version,
	                            .step = (enum leg_step)todo->step,
	                            .words = ""};
	const struct opinion_act act = {.id = o->id,
	                                .version = version,
	                                .step = (enum opinion_step)todo->step,
	                                .words = "",
	                                .reason = "",
	                                .title = ""};

	return todo->deed == DEED_STEP ? opinion_act(ui_ctx(ui), &act)
	                               : leg_act(ui_ctx(ui), &leg);
}

static void
do_now(struct ui *ui, const struct opinion *o, const struct opinion_todo *todo,
       const char *label)
{
	int64_t version = o->version;
	int err;

	if (!ui_confirm(ui,
	                arena_printf(ui_arena(ui), _("%lld %s: %s?"),
	                             (long long)o->id.v, o->subject, label)))
		return;
	while ((err = take_now(ui, o, todo, version)) == ERR_CHANGED)
		if (!opinion_changed(ui, o->id, todo, &version))
			break;
	if (err == OK)
		ui_say(ui, _("Opinion %lld: %s, done."), (long long)o->id.v,
		       label);
	else if (err != ERR_CHANGED)
		activity_menu_fault(ui, err);
	ui_reload(ui);
}

/* Whether a form has anything to ask. */
static bool
wants_form(struct ui *ui, const struct opinion_todo *todo)
{
	unsigned wants;

	if (todo->deed == DEED_LEG)
		return leg_wants((enum leg_step)todo->step) != 0;
	if (todo->deed != DEED_STEP)
		return true;
	wants = opinion_wants((enum opinion_step)todo->step);
	if (ui_ctx(ui)->scope == SCOPE_SELF) /* they accompany it themselves */
		wants &= ~(unsigned)WANTS_COMPANION;
	return wants != 0;
}

static void
release(struct ui *ui, const struct opinion_todo *todo)
{
	int err = leg_release(ui_ctx(ui), (struct opinion_leg_id){todo->id},
	                      todo->step != 0);

	if (ui_error(ui, err) == OK)
		ui_say(ui, "%s",
		       todo->step != 0
		           ? _("The office may open the contact now; each "
		               "look leaves a trace.")
		           : _("The office no longer sees the contact."));
	ui_reload(ui);
}

/* It comes by a one-time address, from a telephone or a browser. */
static void
attach(struct ui *ui, const struct opinion *o)
{
	const struct transfer_want want = {
	    .what = TRANSFER_ATTACH,
	    .subject = o->id.v,
	    .label = arena_printf(ui_arena(ui), "%lld %s", (long long)o->id.v,
	                          o->subject),
	};

	ui_transfer(ui, &want, NULL);
}

bool
opinion_menu(struct ui *ui, struct opinion_id id, const char *extra)
{
	struct menu m = {.n = 0};
	const struct opinion_todo *todo;
	struct opinion o;
	int chosen, err = opinion_get(ui_ctx(ui), ui_arena(ui), id, &o);

	if (err == OK)
		err = fill(ui, &m, &o, extra);
	if (ui_error(ui, err) != OK)
		return false;
	if (m.n == 0) {
		ui_say(ui, "%s",
		       _("There is nothing to be done with this opinion "
		         "now."));
		return false;
	}
	chosen =
	    ui_menu(ui,
	            arena_printf(ui_arena(ui), "%lld %s  %s", (long long)id.v,
	                         o.subject, _(opinion_states[o.state].label)),
	            m.labels, m.n);
	if (chosen < 0)
		return false;
	todo = &m.what[chosen];
	switch (todo->deed) {
	case DEED_EXTRA:
		return true;
	case DEED_SORT:
		ui_push(ui, &screen_opinion_sort, id.v);
		break;
	case DEED_RELEASE:
		release(ui, todo);
		break;
	case DEED_CONTACT:
		contact_show(ui, id);
		break;
	case DEED_ATTACH:
		attach(ui, &o);
		break;
	case DEED_STEP:
	case DEED_LEG:
	case DEED_SAY:
	case DEED_RATE:
		if (todo->deed == DEED_STEP && todo->step == OPINION_DO_MERGE)
			ui_push(ui, &screen_opinion_merge, id.v);
		else if (wants_form(ui, todo))
			ui_push(ui, &screen_opinion_step,
			        opinion_todo_arg(todo));
		else
			do_now(ui, &o, todo, m.labels[chosen]);
	}
	return false;
}
