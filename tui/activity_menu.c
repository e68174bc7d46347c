/* The F2 menu of an activity. */
#include "tui/activity_menu.h"

#include "db/base/i18n.h"
#include "db/store/fsm.h"
#include "tui/duty_file.h"
#include "tui/reason.h"
#include "tui/screens.h"

/* Entries that are no state step of the activity. */
enum {
	DO_EDIT = ACTIVITY_STEPS,
	DO_INVITE,
	DO_MINUTES,
	DO_MATTERS,
	DO_ROLL,
	DO_CODE,
	DO_CHECK_IN,
	DO_SIGN_UP,
	DO_ASK_LEAVE,
	DO_CORRECT,
	DO_EXTRA,
	DO_MAX
};

struct menu {
	const char *labels[DO_MAX];
	int what[DO_MAX];
	int n;
};

/* clang-format off */
/* What a step asks before it is taken, and what is said afterwards. */
static const struct {
	const char *ask, *done;
} steps[ACTIVITY_STEPS] = {
	[ACTIVITY_DO_PUBLISH] = {
		N_("Publish it? The code is made and those on the list see it on their workbench."),
		N_("published. F6 shows the code.")},
	[ACTIVITY_DO_OPEN] = {
		N_("Open the sign-in now?"),
		N_("the sign-in is open.")},
	[ACTIVITY_DO_CLOSE] = {
		N_("Close the sign-in? Those who have not signed in are marked absent."),
		N_("the sign-in is closed.")},
	[ACTIVITY_DO_CONFIRM] = {
		N_("Confirm the roll as it stands?"),
		N_("the roll is confirmed.")},
	[ACTIVITY_DO_ARCHIVE] = {
		N_("Archive it? Afterwards only a head can reopen it, with a reason."),
		N_("archived.")},
	[ACTIVITY_DO_REOPEN] = {
		N_("Reason for reopening"),
		N_("open for corrections again.")},
	[ACTIVITY_DO_CANCEL] = {
		N_("Reason for cancelling"),
		N_("cancelled.")},
};
/* clang-format on */

int
activity_menu_fault(struct ui *ui, int err)
{
	const struct ctx *c = ui_ctx(ui);

	if (err != ERR_INVALID || c->fault_count == 0)
		return ui_error(ui, err);
	ui_say(ui, "%s", _(c->faults[0].text));
	return err;
}

int
activity_menu_save(struct ui *ui, struct activity *row)
{
	struct ctx *c = ui_ctx(ui);
	int err;

	while ((err = activity_save(c, row)) == ERR_CHANGED) {
		if (!ui_confirm(ui, _("Someone changed this meanwhile. Save "
		                      "yours in its place?")))
			break;
		err = activity_version(c, row->id, &row->version);
		if (err != OK)
			break;
	}
	return err;
}

const char *
activity_menu_reason(struct ui *ui, const char *label)
{
	return reason_ask(ui, REASON_OTHER, label);
}

static void
add(struct menu *m, int what, const char *label)
{
	m->what[m->n] = what;
	m->labels[m->n++] = _(label);
}

static bool
may_answer(int mine, enum participant_step step)
{
	return mine >= 0 && fsm_edge(&entity_participant, mine, step) != NULL;
}

static void
fill(struct ui *ui, const struct activity_about *about, struct menu *m)
{
	struct ctx *c = ui_ctx(ui);
	bool running =
	    about->state == ACTIVITY_PUBLISHED || about->state == ACTIVITY_OPEN;
	int on[ACTIVITY_STEPS];
	int n =
	    fsm_offers(c, &entity_activity, about->state, on, ACTIVITY_STEPS);

	if (running && ui_may(ui, PERM_ACTIVITY_JOIN)) {
		add(m, DO_CHECK_IN, N_("Sign in by code"));
		if (may_answer(about->mine, PARTICIPANT_DO_SIGN_UP))
			add(m, DO_SIGN_UP, N_("Sign up"));
		if (may_answer(about->mine, PARTICIPANT_DO_ASK_LEAVE))
			add(m, DO_ASK_LEAVE, N_("Ask for leave"));
	}
	if (ui_may(ui, PERM_DUTY_OWN) && about->mine >= 0 &&
	    about->state >= ACTIVITY_OPEN && about->state <= ACTIVITY_CONFIRMED)
		add(m, DO_CORRECT, N_("The roll is wrong about me"));
	for (int i = 0; i < n; i++)
		add(m, on[i], entity_activity.steps[on[i]].label);
	if (ui_may(ui, PERM_ACTIVITY_WRITE) &&
	    (running || about->state == ACTIVITY_DRAFT)) {
		add(m, DO_EDIT, N_("Edit"));
		add(m, DO_INVITE, N_("Invite"));
	}
	if (ui_may(ui, PERM_ACTIVITY_WRITE) && about->state >= ACTIVITY_OPEN &&
	    about->state <= ACTIVITY_CONFIRMED)
		add(m, DO_MINUTES, N_("Minutes"));
	if (about->is_reception && ui_may(ui, PERM_STATION_READ))
		add(m, DO_MATTERS, N_("Matters raised"));
	if (ui_may(ui, PERM_ACTIVITY_ROLL))
		add(m, DO_ROLL, N_("Roll and corrections"));
	if (ui_may(ui, PERM_CODE_WRITE) && about->state != ACTIVITY_DRAFT)
		add(m, DO_CODE, N_("Show the code"));
	if (about->extra != NULL) {
		m->what[m->n] = DO_EXTRA;
		m->labels[m->n++] = about->extra;
	}
}

static void
take_step(struct ui *ui, const struct activity_about *about, int step)
{
	const struct edge *edge =
	    fsm_edge(&entity_activity, about->state, step);
	const char *reason = "";
	int err;

	if (edge != NULL && edge->wants_reason) {
		reason = reason_ask(ui,
		                    step == ACTIVITY_DO_CANCEL ? REASON_CANCEL
		                                               : REASON_REOPEN,
		                    _(steps[step].ask));
		if (reason == NULL)
			return;
	} else if (!ui_confirm(ui, arena_printf(ui_arena(ui), "%s: %s",
	                                        about->title,
	                                        _(steps[step].ask)))) {
		return;
	}
	err = activity_fire(ui_ctx(ui), about->id, step, reason);
	if (err != OK)
		activity_menu_fault(ui, err);
	else
		ui_say(ui, "%s: %s", about->title, _(steps[step].done));
	ui_reload(ui);
}

static void
answer(struct ui *ui, const struct activity_about *about,
       enum participant_step step)
{
	const char *reason = "";
	int err;

	if (step == PARTICIPANT_DO_ASK_LEAVE)
		reason =
		    reason_ask(ui, REASON_LEAVE, _("Reason for your leave"));
	if (reason == NULL)
		return;
	err = participant_answer(ui_ctx(ui), about->id, step, reason);
	if (err != OK)
		activity_menu_fault(ui, err);
	else if (step == PARTICIPANT_DO_ASK_LEAVE)
		ui_say(ui, "%s",
		       _("Your leave is asked for; the officer "
		         "decides."));
	else
		ui_say(ui, _("You have signed up for \"%s\"."), about->title);
	ui_reload(ui);
}

void
activity_menu_code(struct ui *ui, struct activity_id id)
{
	if (ui_may(ui, PERM_CODE_WRITE))
		ui_push(ui, &screen_activity_code, id.v);
	else
		ui_push(ui, &screen_check_in, 0);
}

static void
carry_out(struct ui *ui, const struct activity_about *about, int what)
{
	switch (what) {
	case DO_EDIT:
		ui_push(ui, &screen_activity_form, about->id.v);
		break;
	case DO_INVITE:
		ui_push(ui, &screen_activity_invite, about->id.v);
		break;
	case DO_MINUTES:
		ui_push(ui, &screen_minutes, about->id.v);
		break;
	case DO_MATTERS:
		ui_push(ui, &screen_matters, about->id.v);
		break;
	case DO_ROLL:
		ui_push(ui, &screen_roll, about->id.v);
		break;
	case DO_CODE:
		ui_push(ui, &screen_activity_code, about->id.v);
		break;
	case DO_CHECK_IN:
		ui_push(ui, &screen_check_in, 0);
		break;
	case DO_SIGN_UP:
		answer(ui, about, PARTICIPANT_DO_SIGN_UP);
		break;
	case DO_ASK_LEAVE:
		answer(ui, about, PARTICIPANT_DO_ASK_LEAVE);
		break;
	case DO_CORRECT:
		duty_file_correct(ui, (struct duty_record_id){0}, about->id);
		break;
	default:
		take_step(ui, about, what);
	}
}

bool
activity_menu(struct ui *ui, const struct activity_about *about)
{
	struct menu m = {.n = 0};
	int chosen;

	fill(ui, about, &m);
	if (m.n == 0) {
		ui_say(ui, "%s",
		       _("There is nothing to be done with this "
		         "activity now."));
		return false;
	}
	chosen = ui_menu(ui, about->title, m.labels, m.n);
	if (chosen < 0)
		return false;
	if (m.what[chosen] == DO_EXTRA)
		return true;
	carry_out(ui, about, m.what[chosen]);
	return false;
}
