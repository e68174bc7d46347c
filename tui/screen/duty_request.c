/* One request about a duty file: what is asked, what was answered, and the
 * steps that are possible now. */
#include "db/duty_request.h"

#include "db/base/i18n.h"
#include "db/person.h"
#include "db/store/fsm.h"
#include "tui/activity_menu.h"
#include "tui/history.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

struct request_screen {
	struct page page;
	struct duty_request_id id;
	struct duty_request row;
	struct history history;
};

static void
put_fields(struct ui *ui, struct request_screen *s)
{
	const struct duty_request *row = &s->row;
	struct arena *a = ui_arena(ui);
	struct page *p = &s->page;
	static const struct {
		const char *label;
		size_t at;
	} texts[] = {
	    {N_("Explanation"), offsetof(struct duty_request, words)},
	    {N_("Reply"), offsetof(struct duty_request, answer)},
	    {N_("Appeal"), offsetof(struct duty_request, appeal)},
	    {N_("Decision"), offsetof(struct duty_request, verdict)},
	};

	page_title(p, row->title, _(request_states[row->state].label));
	page_pairf(p, _("Number"), "%lld", (long long)row->id.v);
	page_pair(p, _("Request"), _(request_kinds[row->kind].label));
	page_pair(p, _("Person"), person_name(ui_ctx(ui), a, row->person));
	page_pairf(p, _("Date"), "%s  %s",
	           instant_show(a, row->happened_at, ui_today(ui)), row->venue);
	if (row->kind == REQUEST_CORRECTION)
		page_pair(p, _("Should say"),
		          _(request_wanteds[row->wanted].label));
	for (size_t i = 0; i < COUNT(texts); i++) {
		const char *text = *(const char *const *)((
		    const void *)((const char *)row + texts[i].at));

		if (*text != '\0')
			page_pair(p, _(texts[i].label), text);
	}
	if (row->activity.v != 0)
		page_item(p, row->activity.v, ENTITY_ACTIVITY, "%s %lld",
		          _("Activity"), (long long)row->activity.v);
}

static int
load(struct ui *ui, void *data)
{
	struct request_screen *s = data;
	int err = duty_request_get(ui_ctx(ui), ui_arena(ui), s->id, &s->row);

	if (err == OK)
		err =
		    history_load(ui, &s->history, ENTITY_DUTY_REQUEST, s->id.v);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(DUTY_REQUEST), s->row.unit.v);
	page_begin(&s->page);
	put_fields(ui, s);
	history_fill(ui, &s->page, &s->history);
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct request_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- steps ------------------------------------------------------------ */

/* clang-format off */
static const struct {
	const char *ask, *done; /* msgids */
} does[REQUEST_STEPS] = {
	[REQUEST_DO_CHECK]    = {N_("A word to the deputy (may be empty)"), N_("Checked: it is in the deputy's file.")},
	[REQUEST_DO_REJECT]   = {N_("Reason for rejecting it"), N_("Rejected; the deputy may appeal.")},
	[REQUEST_DO_GRANT]    = {N_("A word to the deputy (may be empty)"), N_("Granted: it is in the deputy's file.")},
	[REQUEST_DO_DISMISS]  = {N_("Reason for dismissing it"), N_("The appeal is dismissed.")},
	[REQUEST_DO_APPEAL]   = {N_("Why it should count"), N_("Appealed; a head decides.")},
	[REQUEST_DO_WITHDRAW] = {N_("A word about it (may be empty)"), N_("The request is withdrawn.")},
};
/* clang-format on */

static void
take(struct ui *ui, struct request_screen *s, enum request_step step)
{
	const struct edge *edge =
	    fsm_edge(&entity_duty_request, s->row.state, (int)step);
	const char *words = ui_prompt(ui, ui_arena(ui), _(does[step].ask), "",
	                              REQUEST_WORDS_MAX);

	if (words == NULL || edge == NULL)
		return;
	if (edge->wants_reason && *words == '\0') {
		ui_say(ui, "%s", _("Nothing was changed: a reason is needed."));
		return;
	}
	if (activity_menu_fault(
		ui, duty_request_fire(ui_ctx(ui), s->id, step, words)) == OK)
		ui_say(ui, "%s", _(does[step].done));
	ui_reload(ui);
}

/* A step that the state allows and that is the acting person's to take. */
static bool
can(struct ui *ui, const struct request_screen *s, enum request_step step)
{
	bool own = s->row.person.v == ui_ctx(ui)->me;
	bool deputys = step == REQUEST_DO_APPEAL || step == REQUEST_DO_WITHDRAW;

	return own == deputys &&
	       fsm_edge(&entity_duty_request, s->row.state, (int)step) != NULL;
}

#define STEP(name, STEP_)                                                      \
	static bool can_##name(struct ui *ui, const void *data)                \
	{                                                                      \
		return can(ui, data, STEP_);                                   \
	}                                                                      \
	static void key_##name(struct ui *ui, void *data)                      \
	{                                                                      \
		take(ui, data, STEP_);                                         \
	}
STEP(check, REQUEST_DO_CHECK)
STEP(reject, REQUEST_DO_REJECT)
STEP(grant, REQUEST_DO_GRANT)
STEP(dismiss, REQUEST_DO_DISMISS)
STEP(appeal, REQUEST_DO_APPEAL)
STEP(withdraw, REQUEST_DO_WITHDRAW)
#undef STEP

static bool
on_activity(struct ui *ui, const void *data)
{
	int kind;

	(void)ui;
	return page_selected(&((const struct request_screen *)data)->page, NULL,
	                     &kind) &&
	       kind == ENTITY_ACTIVITY;
}

static void
key_open(struct ui *ui, void *data)
{
	ui_push(ui, &screen_activity,
	        ((struct request_screen *)data)->row.activity.v);
}

static bool
can_strike(struct ui *ui, const void *data)
{
	const struct request_screen *s = data;

	(void)ui;
	return history_can_strike(&s->page, &s->history);
}

static void
key_strike(struct ui *ui, void *data)
{
	struct request_screen *s = data;

	history_strike(ui, &s->page, &s->history);
}

/* clang-format off */
static const struct key keys[] = {
	{"Up/Down", N_("Scroll"), PERM_NONE, NULL, NULL, NULL},
	{"Enter", N_("Activity"), PERM_NONE, key_open, on_activity,
	 N_("The activity whose roll is to be corrected.")},
	{KEY_ACTION, N_("Check: it is right"), PERM_DUTY_CHECK, key_check, can_check,
	 N_("It enters the deputy's file, with its points, at once.")},
	{KEY_ACTION, N_("Reject"), PERM_DUTY_CHECK, key_reject, can_reject, NULL},
	{KEY_ACTION, N_("Grant the appeal"), PERM_DUTY_HEAD, key_grant, can_grant, NULL},
	{KEY_ACTION, N_("Dismiss the appeal"), PERM_DUTY_HEAD, key_dismiss, can_dismiss, NULL},
	{KEY_ACTION, N_("Appeal"), PERM_DUTY_OWN, key_appeal, can_appeal, NULL},
	{KEY_ACTION, N_("Withdraw"), PERM_DUTY_OWN, key_withdraw, can_withdraw, NULL},
	{"Delete", N_("Strike out"), PERM_EVENT_STRIKE, key_strike, can_strike,
	 N_("Strike out the entry of the history under the mark, with a reason; what followed from it no longer counts.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_duty_request = {
    .name = "duty-request",
    .title = N_("Request about a duty file"),
    .about = N_(
	"One request of a deputy. To check: an officer checks or rejects it, "
	"the deputy may withdraw it. Rejected: the deputy may appeal; then a "
	"head, not the one who rejected it, grants or dismisses the appeal. "
	"Nobody decides about their own file.\n"
	"Checked or granted, a claim is a record with its points; a correction "
	"corrects the roll, or puts the right record in the wrong one's "
	"place."),
    .needs = PERM_DUTY_READ,
    .size = sizeof(struct request_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
