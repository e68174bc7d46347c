/*
 * The roll of an activity: each participant with their state, the way they
 * signed in and when; F2 does what is possible with the one under the mark.
 */
#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/participant.h"
#include "db/person.h"
#include "db/store/fsm.h"
#include "tui/activity_menu.h"
#include "tui/reason.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

enum { TITLE_FIT = 20 }; /* columns of the activity in the footer */

struct roll_screen {
	struct records list;
	struct activity_id id;
	struct activity_page a;
};

/* --- cells ---------------------------------------------------------------- */

static const char *
cell_level(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct participant_line *line = row;

	(void)ui, (void)data, (void)a;
	if (line->mandates > 1)
		return C_("level", "both");
	return line->level[0] == 'c' ? C_("level", "county")
	                             : C_("level", "town");
}

static const char *
cell_state(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct participant_line *line = row;
	const char *state = _(participant_states[line->state].label);

	(void)ui, (void)data;
	if (!line->walk_in)
		return state;
	return arena_printf(
	    a, line->confirmed ? _("%s, walk-in") : _("%s, walk-in?"), state);
}

static enum theme
role_state(struct ui *ui, void *data, const void *row)
{
	const struct participant_line *line = row;

	(void)ui, (void)data;
	if (line->state == PARTICIPANT_LEAVE_ASKED ||
	    (line->walk_in && !line->confirmed))
		return THEME_SOON;
	if (line->state == PARTICIPANT_ABSENT)
		return THEME_ALARM;
	return THEME_NORMAL;
}

static const char *
cell_time(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct participant_line *line = row;

	(void)ui, (void)data;
	return line->signed_at.s == 0 ? ""
	                              : instant_show_time(a, line->signed_at);
}

static const char *
cell_way(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct participant_line *line = row;

	(void)ui, (void)data, (void)a;
	return line->way == WAY_NONE ? ""
	                             : _(participant_ways[line->way].label);
}

static const char *
note(struct ui *ui, void *data, struct arena *a)
{
	const struct roll_screen *s = data;
	const struct roll *r = &s->a.roll;

	(void)ui;
	return arena_printf(
	    a, "%s  %s", text_fit(a, s->a.row.title, TITLE_FIT),
	    arena_printf(a,
	                 _("signed in %lld/%lld  leave %lld  absent %lld  "
	                   "to settle %lld"),
	                 (long long)r->present, (long long)r->total,
	                 (long long)r->leave_granted, (long long)r->absent,
	                 (long long)r->leave_asked + r->waiting));
}

/* clang-format off */
static const struct table_column columns[] = {
	{.field = "name", .heading = N_("Name"), .width = 12},
	{.heading = N_("Level"), .width = 8, .priority = 3, .text = cell_level},
	{.heading = N_("State"), .width = 17, .text = cell_state, .role = role_state},
	{.heading = N_("Time"), .width = 5, .priority = 1, .text = cell_time},
	{.heading = N_("Way"), .width = 8, .priority = 2, .text = cell_way},
	{.field = "group_name", .heading = N_("Group"), .width = 14, .priority = 4},
	{.field = "reason", .heading = N_("Reason"), .stretch = true},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct participant_line, id),
    .note = note,
    .empty = N_("Nobody is invited yet. F4 invites deputies by level, by "
                "group or by name."),
};

static const struct records_spec spec = {
    .list = &participant_list,
    .table = &table,
    .find = PARTICIPANT_LIST_FIND,
    .pattern = person_find_text,
};

/* --- what may be done with one participant ----------------------------------
 */

enum deed {
	DO_GRANT,
	DO_REFUSE,
	DO_CONFIRM,
	DO_REJECT,
	DO_HAND,
	DO_HAND_LATE,
	DO_TO_SIGNED_IN,
	DO_TO_LATE,
	DO_TO_ABSENT,
	DO_TO_LEAVE,
	DO_DROP,
	DEEDS
};

static const struct {
	const char *label;
	const char *reason; /* what the reason is asked with; NULL: none */
	int to;             /* of a correction; -1: none */
} deeds[DEEDS] = {
    [DO_GRANT] = {N_("Grant leave"), NULL, -1},
    [DO_REFUSE] = {N_("Refuse leave"), N_("Reason for refusing leave"), -1},
    [DO_CONFIRM] = {N_("Confirm the walk-in"), NULL, -1},
    [DO_REJECT] = {N_("Refuse the walk-in"),
                   N_("Reason for refusing the walk-in"), -1},
    [DO_HAND] = {N_("Sign in by hand"), N_("Reason for signing in by hand"),
                 -1},
    [DO_HAND_LATE] = {N_("Sign in by hand, late"),
                      N_("Reason for signing in by hand"), -1},
    [DO_TO_SIGNED_IN] = {N_("Correct to: signed in"),
                         N_("Reason for the correction"),
                         PARTICIPANT_SIGNED_IN},
    [DO_TO_LATE] = {N_("Correct to: late"), N_("Reason for the correction"),
                    PARTICIPANT_LATE},
    [DO_TO_ABSENT] = {N_("Correct to: absent"), N_("Reason for the correction"),
                      PARTICIPANT_ABSENT},
    [DO_TO_LEAVE] = {N_("Correct to: on leave"),
                     N_("Reason for the correction"),
                     PARTICIPANT_LEAVE_GRANTED},
    [DO_DROP] = {N_("Take off the list"), NULL, -1},
};

static bool
is_present(const struct participant_line *p)
{
	return p->state == PARTICIPANT_SIGNED_IN ||
	       p->state == PARTICIPANT_LATE;
}

/* Which deeds make sense; db/ decides again. */
static bool
makes_sense(const struct participant_line *p, int activity, enum deed deed)
{
	bool held = activity == ACTIVITY_OPEN || activity == ACTIVITY_CLOSED ||
	            activity == ACTIVITY_CONFIRMED;

	switch (deed) {
	case DO_GRANT:
	case DO_REFUSE:
		return p->state == PARTICIPANT_LEAVE_ASKED;
	case DO_CONFIRM:
	case DO_REJECT:
		return p->walk_in && !p->confirmed;
	case DO_HAND:
	case DO_HAND_LATE:
		return !is_present(p) && activity == ACTIVITY_OPEN;
	case DO_TO_SIGNED_IN:
	case DO_TO_LATE:
	case DO_TO_ABSENT:
	case DO_TO_LEAVE:
		return held && p->state != deeds[deed].to &&
		       (activity != ACTIVITY_OPEN || is_present(p));
	case DO_DROP:
		return !is_present(p) && (activity == ACTIVITY_DRAFT ||
		                          activity == ACTIVITY_PUBLISHED ||
		                          activity == ACTIVITY_OPEN);
	case DEEDS:
		break;
	}
	return false;
}

static int
carry_out(struct ui *ui, const struct roll_screen *s,
          const struct participant_line *p, enum deed deed, const char *reason)
{
	struct ctx *c = ui_ctx(ui);
	struct check_in in;

	switch (deed) {
	case DO_GRANT:
	case DO_REFUSE:
		return participant_decide(c, p->id, deed == DO_GRANT, reason);
	case DO_CONFIRM:
	case DO_REJECT:
		return participant_confirm(c, p->id, deed == DO_CONFIRM,
		                           reason);
	case DO_HAND:
	case DO_HAND_LATE:
		return participant_check_in_by_hand(
		    c, ui_arena(ui), s->id, p->person, deed == DO_HAND_LATE,
		    reason, &in);
	case DO_TO_SIGNED_IN:
	case DO_TO_LATE:
	case DO_TO_ABSENT:
	case DO_TO_LEAVE:
		return participant_correct(c, p->id, deeds[deed].to, reason);
	case DO_DROP:
		return participant_drop(c, p->id);
	case DEEDS:
		break;
	}
	return ERR_STATE;
}

static void
key_menu(struct ui *ui, void *data)
{
	struct roll_screen *s = data;
	struct participant_line p;
	const char *labels[DEEDS], *reason = "";
	enum deed what[DEEDS];
	int n = 0, chosen, err;

	p = *(const struct participant_line *)records_row(&s->list);
	p.name = arena_strdup(ui_arena(ui), p.name);
	for (int i = 0; i < DEEDS; i++) {
		if (!makes_sense(&p, s->a.row.state, i))
			continue;
		labels[n] = _(deeds[i].label);
		what[n++] = i;
	}
	if (n == 0) {
		ui_say(ui, "%s",
		       _("There is nothing to be done with this "
		         "entry now."));
		return;
	}
	chosen = ui_menu(ui, p.name, labels, n);
	if (chosen < 0)
		return;
	if (deeds[what[chosen]].reason != NULL)
		reason =
		    reason_ask(ui,
		               what[chosen] == DO_REFUSE ? REASON_LEAVE_REFUSED
		                                         : REASON_CORRECT,
		               _(deeds[what[chosen]].reason));
	if (reason == NULL)
		return;
	err = carry_out(ui, s, &p, what[chosen], reason);
	if (err != OK)
		activity_menu_fault(ui, err);
	else
		ui_say(ui, "%s: %s", p.name, labels[chosen]);
	ui_reload(ui);
}

/* --- the screen
 * --------------------------------------------------------------- */

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct roll_screen *s = data;

	s->id.v = arg;
	records_init(&s->list, &spec, ui, s);
	records_filter(&s->list, PARTICIPANT_LIST_ACTIVITY, arg, NULL);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct roll_screen *s = data;
	int err = activity_page_get(ui_ctx(ui), ui_arena(ui), s->id, &s->a);

	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(ACTIVITY) | ENTITY_BIT(PARTICIPANT),
	         s->a.row.unit.v);
	return records_load(&s->list);
}

static bool
has_row(struct ui *ui, const void *data)
{
	const struct roll_screen *s = data;

	(void)ui;
	return records_row(&s->list) != NULL;
}

static bool
can_invite(struct ui *ui, const void *data)
{
	const struct roll_screen *s = data;

	(void)ui;
	return s->a.row.state <= ACTIVITY_OPEN;
}

static void
key_invite(struct ui *ui, void *data)
{
	const struct roll_screen *s = data;

	ui_push(ui, &screen_activity_invite, s->id.v);
}

static void
pick_waiting(struct roll_screen *s)
{
	records_filter_remove(&s->list, PARTICIPANT_LIST_STATE);
	records_filter_by_person(&s->list, PARTICIPANT_LIST_WAITING, s->id.v,
	                         NULL);
}

static void
key_filter(struct ui *ui, void *data)
{
	struct roll_screen *s = data;
	const char *labels[PARTICIPANT_ABSENT + 2];
	int n = 0, chosen;

	for (; participant_states[n].name != NULL; n++)
		labels[n] = _(participant_states[n].label);
	labels[n] = _("Walk-ins to confirm");
	chosen = ui_menu(ui, _("Show only"), labels, n + 1);
	if (chosen < 0)
		return;
	if (chosen == n) {
		pick_waiting(s);
	} else {
		records_filter_remove(&s->list, PARTICIPANT_LIST_WAITING);
		records_filter_by_person(&s->list, PARTICIPANT_LIST_STATE, 0,
		                         participant_states[chosen].name);
	}
	ui_error(ui, records_restart(&s->list));
}

/* clang-format off */
static const struct key keys[] = {
	{"F2", N_("Actions"), PERM_ACTIVITY_ROLL, key_menu, has_row,
	 N_("Leave, walk-ins, signing in by hand and corrections of the person under the mark.")},
	{"F4", N_("Invite"),  PERM_ACTIVITY_WRITE, key_invite, can_invite,
	 N_("Invite further deputies.")},
	{"F5", N_("Filter"),  PERM_NONE, key_filter, NULL,
	 N_("Show only one state; Backspace shows all again.")},
	RECORDS_KEY_EXPORT,
	KEY_END,
};
/* clang-format on */

const struct screen screen_roll = {
    .name = "roll",
    .title = N_("Roll"),
    .about = N_(
	"Who takes part, in the order of invitation.\n"
	"Invited: may sign up or ask for leave. Leave asked: the officer "
	"grants or refuses it. Signed in, or late: a duty record was made. "
	"Absent: marked when the sign-in closed.\n"
	"Walk-in: signed in without an invitation; the officer confirms or "
	"refuses it (marked ? until then).\n"
	"A correction needs a reason; what had followed from the wrong entry "
	"stops counting."),
    .needs = PERM_ACTIVITY_READ,
    .size = sizeof(struct roll_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
