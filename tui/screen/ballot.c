/*
 * One ballot: terms, turnout as it grows, candidates and, once it is closed,
 * what they got. For who runs it the voters with who has voted, and the
 * steps; for a voter whether they have.
 */
#include "db/ballot.h"

#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "db/store/fsm.h"
#include "tui/activity_menu.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { BAR = 30 };

struct ballot_screen {
	struct page page;
	struct ballot_id id;
	struct ballot row;
	struct ballot_option *options;
	int n;
	int vote; /* OK: the acting person may vote now; else why not */
};

static enum theme
outcome_role(int outcome)
{
	if (outcome == OPTION_SELECTED)
		return THEME_DONE;
	return outcome == OPTION_TIED ? THEME_SOON : THEME_NORMAL;
}

static void
put_terms(struct ui *ui, struct ballot_screen *s)
{
	const struct ballot *b = &s->row;
	struct arena *a = ui_arena(ui);
	struct page *p = &s->page;

	page_title(p, b->title, _(ballot_states[b->state].label));
	page_pair(p, _("What it is"), _(ballot_name(b->body)));
	page_pairf(p, _("Places"), _("%lld of %d candidates, for %lld"),
	           (long long)b->places, s->n, (long long)b->year);
	page_pair(p, _("How to vote"), _(ballot_kinds[b->kind].label));
	page_pair(p, _("Who is selected"), _(ballot_rules[b->rule].label));
	page_pair(p, _("At a tie"), _(ballot_ties[b->tie].label));
	if (b->tellers[0] != '\0')
		page_pair(p, _("Tellers"), b->tellers);
	if (b->opened_at.s != 0)
		page_pair(p, _("Voting began"), ui_when(ui, a, b->opened_at));
	if (b->closed_at.s != 0)
		page_pair(p, _("Voting ended"), ui_when(ui, a, b->closed_at));
	else if (b->closes_at.s != 0)
		page_pair(p, _("Closes at the latest"),
		          ui_when(ui, a, b->closes_at));
	if (b->reason[0] != '\0')
		page_pair(p, _("Reason"), b->reason);
	if (b->outcome != BALLOT_NONE)
		page_pair(p, _("Outcome"),
		          _(ballot_outcomes[b->outcome].label));
	if (ballot_is_counted(b->outcome))
		page_pairf(p, _("Valid"), _("%lld, invalid %lld"),
		           (long long)b->valid, (long long)b->invalid);
}

static void
put_turnout(struct ui *ui, struct ballot_screen *s)
{
	const struct ballot *b = &s->row;
	struct arena *a = ui_arena(ui);
	struct page *p = &s->page;

	if (b->issued > 0)
		page_bar(p, _("Handed in"),
		         arena_printf(a, "%lld/%lld", (long long)b->returned,
		                      (long long)b->issued),
		         (long long)b->returned, (long long)b->issued, BAR);
}

/* What the acting person, if they are on the list, has to know. */
static int
put_mine(struct ui *ui, struct ballot_screen *s)
{
	struct ballot_voter me;
	struct instant at = {0};
	int err = ballot_mine(ui_ctx(ui), ui_arena(ui), s->id, &me);

	s->vote = ballot_may_vote(ui_ctx(ui), s->id);
	if (err == ERR_NOT_FOUND)
		return OK;
	if (err == OK && me.voted)
		err = ballot_voted_at(ui_ctx(ui), s->id, &at);
	if (err != OK)
		return err;
	if (me.voted)
		page_pairf(&s->page, _("You"),
		           _("handed in your paper at %s; it counts."),
		           ui_when(ui, ui_arena(ui), at));
	else if (s->vote == OK)
		page_pair(&s->page, _("You"),
		          _("have not voted yet: Enter opens the paper."));
	else if (s->row.state >= BALLOT_OPEN)
		page_pair(&s->page, _("You"), _(ballot_refusal(s->vote)));
	return OK;
}

static void
put_head(struct ballot_screen *s)
{
	const struct page_cell cells[] = {
	    {_("No."), 4, true, THEME_HEADING},
	    {_("For"), 5, true, THEME_HEADING},
	    {_("Against"), 7, true, THEME_HEADING},
	    {_("Neither"), 7, true, THEME_HEADING},
	    {_("Outcome"), 12, false, THEME_HEADING},
	    {_("Candidate"), 0, false, THEME_HEADING},
	};

	page_blank(&s->page);
	if (ballot_is_counted(s->row.outcome))
		page_cells(&s->page, cells, (int)COUNT(cells));
	else
		page_heading(&s->page, _("Candidates"));
}

static const char *
figure(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld", (long long)n);
}

static void
put_options(struct ui *ui, struct ballot_screen *s)
{
	struct arena *a = ui_arena(ui);

	put_head(s);
	for (int i = 0; i < s->n; i++) {
		const struct ballot_option *o = &s->options[i];
		const struct page_cell counted[] = {
		    {figure(a, o->position), 4, true, THEME_DIM},
		    {figure(a, o->yes), 5, true, THEME_NORMAL},
		    {figure(a, o->no), 7, true, THEME_NORMAL},
		    {figure(a, o->abstain), 7, true, THEME_NORMAL},
		    {_(option_outcomes[o->outcome].label), 12, false,
		     outcome_role(o->outcome)},
		    {o->title, 0, false, THEME_NORMAL},
		};
		const struct page_cell bare[] = {counted[0], counted[5]};

		if (ballot_is_counted(s->row.outcome))
			page_item_cells(&s->page, o->project.v, ENTITY_PROJECT,
			                counted, (int)COUNT(counted));
		else
			page_item_cells(&s->page, o->project.v, ENTITY_PROJECT,
			                bare, (int)COUNT(bare));
	}
}

/* Names four to a row, those who have voted with a mark: who, never what. */
static int
put_voters(struct ui *ui, struct ballot_screen *s)
{
	enum { ACROSS = 4, WIDTH = 17 };
	struct arena *a = ui_arena(ui);
	struct page_cell cells[ACROSS];
	struct ballot_voter *rows;
	int n, err;

	if (!ui_may(ui, PERM_BALLOT_WRITE) || s->row.issued == 0)
		return OK;
	err = ballot_voters(ui_ctx(ui), a, s->id, &rows, &n);
	if (err != OK)
		return err;
	page_blank(&s->page);
	page_heading(&s->page, _("Voters; x has voted"));
	for (int i = 0; i < n; i++) {
		cells[i % ACROSS] = (struct page_cell){
		    arena_printf(a, "%s %s", rows[i].voted ? "x" : "-",
		                 rows[i].name),
		    WIDTH, false, rows[i].voted ? THEME_NORMAL : THEME_DIM};
		if (i % ACROSS == ACROSS - 1 || i == n - 1)
			page_cells(&s->page, cells, i % ACROSS + 1);
	}
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct ballot_screen *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	int err = ballot_tick(c, NULL) == ERR_STORE ? ERR_STORE : OK;

	if (err == OK)
		err = ballot_get(c, a, s->id, &s->row);
	if (err == OK)
		err = ballot_options(c, a, s->id, &s->options, &s->n);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(BALLOT) | ENTITY_BIT(BALLOT_VOTER),
	         s->row.unit.v);
	page_begin(&s->page);
	put_terms(ui, s);
	err = put_mine(ui, s);
	put_turnout(ui, s);
	put_options(ui, s);
	return err == OK ? put_voters(ui, s) : err;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct ballot_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- steps --------------------------------------------------------------- */

static void
take(struct ui *ui, struct ballot_screen *s, struct ballot_act *act,
     const char *done)
{
	act->id = s->id;
	act->version = s->row.version;
	if (act->reason == NULL)
		act->reason = "";
	if (activity_menu_fault(ui, ballot_act(ui_ctx(ui), act)) == OK)
		ui_say(ui, "%s", done);
	ui_reload(ui);
}

static void
ask_and_take(struct ui *ui, struct ballot_screen *s, enum ballot_step step,
             const char *question, const char *done)
{
	struct ballot_act act = {.step = step};

	if (ui_confirm(ui, question))
		take(ui, s, &act, done);
}

static void
key_change(struct ui *ui, void *data)
{
	ui_push(ui, &screen_ballot_form,
	        ((const struct ballot_screen *)data)->id.v);
}

static void
key_freeze(struct ui *ui, void *data)
{
	ask_and_take(ui, data, BALLOT_DO_FREEZE,
	             _("Freeze the list of candidates, and of voters as of "
	               "today?"),
	             _("The list is frozen. F2 opens the ballot."));
}

static void
key_thaw(struct ui *ui, void *data)
{
	ask_and_take(ui, data, BALLOT_DO_THAW, _("Make it a draft again?"),
	             _("It is a draft again."));
}

static void
key_start(struct ui *ui, void *data)
{
	ask_and_take(ui, data, BALLOT_DO_OPEN,
	             _("Open the ballot? Nobody sees a count until it is "
	               "closed."),
	             _("The ballot is open; it stands on the voters' "
	               "workbenches."));
}

static void
key_close(struct ui *ui, void *data)
{
	struct ballot_screen *s = data;
	const struct ballot *b = &s->row;
	const char *question =
	    _("Close the ballot and count? It cannot be opened again.");

	if (b->returned * 2 <= b->issued || b->returned < BALLOT_LEAST)
		question = arena_printf(
		    ui_arena(ui),
		    _("Only %lld of %lld have handed in their paper: the "
		      "ballot would not stand. Close it all the same? It "
		      "cannot be opened again."),
		    (long long)b->returned, (long long)b->issued);
	ask_and_take(ui, s, BALLOT_DO_CLOSE, question,
	             _("The ballot is closed and counted."));
}

/* The presidium's choice among the tied, one after the other. */
static bool
pick(struct ui *ui, struct ballot_screen *s, struct project_id *picks, int *n)
{
	const char *labels[BALLOT_OPTIONS_MAX];
	int at[BALLOT_OPTIONS_MAX], tied = 0, chosen;
	int64_t left = s->row.places;

	for (int i = 0; i < s->n; i++) {
		if (s->options[i].outcome == OPTION_TIED) {
			at[tied] = i;
			labels[tied++] = s->options[i].title;
		}
		left -= s->options[i].outcome == OPTION_SELECTED;
	}
	for (*n = 0; *n < left;) {
		chosen = ui_menu(ui, _("The presidium selects"), labels, tied);
		if (chosen < 0)
			return false;
		picks[(*n)++] = s->options[at[chosen]].project;
		tied--;
		for (int i = chosen; i < tied; i++) {
			at[i] = at[i + 1];
			labels[i] = labels[i + 1];
		}
	}
	return true;
}

static void
key_confirm(struct ui *ui, void *data)
{
	struct ballot_screen *s = data;
	struct project_id picks[BALLOT_OPTIONS_MAX];
	struct ballot_act act = {.step = BALLOT_DO_CONFIRM, .picks = picks};

	if (s->row.outcome == BALLOT_TIED &&
	    s->row.tie == BALLOT_TIE_PRESIDIUM) {
		if (!pick(ui, s, picks, &act.pick_count))
			return;
		act.reason = activity_menu_reason(ui, _("Reason"));
		if (act.reason == NULL)
			return;
	} else if (!ui_confirm(ui, _("Confirm the result? The papers are "
	                             "deleted."))) {
		return;
	}
	take(ui, s, &act, _("The result is confirmed."));
}

static void
key_void(struct ui *ui, void *data)
{
	struct ballot_act act = {.step = BALLOT_DO_VOID};

	act.reason =
	    activity_menu_reason(ui, _("Reason for declaring it void"));
	if (act.reason != NULL)
		take(ui, data, &act, _("The ballot is void."));
}

static void
key_again(struct ui *ui, void *data)
{
	struct ballot_screen *s = data;
	struct ballot_id id;
	int err = ballot_again(ui_ctx(ui), s->id, &id);

	if (err == ERR_EXISTS)
		ui_say(ui, "%s", _("There is a further ballot already."));
	else if (activity_menu_fault(ui, err) == OK)
		ui_push(ui, &screen_ballot, id.v);
}

static void
key_record(struct ui *ui, void *data)
{
	struct ballot_screen *s = data;
	const char *text;

	if (ui_error(ui, ballot_record(ui_ctx(ui), ui_arena(ui), s->id,
	                               &text)) == OK)
		ui_show(ui, _("Record"), text);
}

static void
key_vote(struct ui *ui, void *data)
{
	ui_push(ui, &screen_ballot_vote,
	        ((const struct ballot_screen *)data)->id.v);
}

static void
key_project(struct ui *ui, void *data)
{
	int64_t id;

	if (page_selected(&((struct ballot_screen *)data)->page, &id, NULL))
		ui_push(ui, &screen_project, id);
}

static void
key_phone(struct ui *ui, void *data)
{
	ui_push(ui, &screen_ballot_phone,
	        ((const struct ballot_screen *)data)->id.v);
}

/* --- when ----------------------------------------------------------------- */

static bool
can(const void *data, enum ballot_step step)
{
	const struct ballot_screen *s = data;

	return fsm_edge(&entity_ballot, s->row.state, (int)step) != NULL;
}

#define CAN(name, step)                                                        \
	static bool name(struct ui *ui, const void *data)                      \
	{                                                                      \
		(void)ui;                                                      \
		return can(data, step);                                        \
	}
CAN(can_freeze, BALLOT_DO_FREEZE)
CAN(can_thaw, BALLOT_DO_THAW)
CAN(can_open, BALLOT_DO_OPEN)
CAN(can_close, BALLOT_DO_CLOSE)
CAN(can_confirm, BALLOT_DO_CONFIRM)
CAN(can_void, BALLOT_DO_VOID)

static bool
can_again(struct ui *ui, const void *data)
{
	const struct ballot_screen *s = data;

	(void)ui;
	return s->row.state == BALLOT_CONFIRMED &&
	       s->row.outcome == BALLOT_TIED;
}

static bool
has_record(struct ui *ui, const void *data)
{
	const struct ballot_screen *s = data;

	(void)ui;
	return s->row.state == BALLOT_CLOSED ||
	       s->row.state == BALLOT_CONFIRMED;
}

static bool
can_vote(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct ballot_screen *)data)->vote == OK;
}

static bool
has_project(struct ui *ui, const void *data)
{
	return ui_may(ui, PERM_PROJECT_READ) &&
	       page_selected(&((const struct ballot_screen *)data)->page, NULL,
	                     NULL);
}

/* Enter is the paper's while it can be handed in. */
static bool
enter_opens(struct ui *ui, const void *data)
{
	return !can_vote(ui, data) && has_project(ui, data);
}

static bool
enter_votes(struct ui *ui, const void *data)
{
	return can_vote(ui, data) && has_project(ui, data);
}

/* clang-format off */
static const struct key keys[] = {
	{"Up/Down", N_("Scroll"), PERM_NONE, NULL, NULL, NULL},
	{"Enter", N_("Vote"), PERM_BALLOT_VOTE, key_vote, can_vote,
	 N_("Open your paper.")},
	{"Enter", N_("Open"), PERM_NONE, key_project, enter_opens,
	 N_("The candidate under the mark.")},
	{"F6", N_("By telephone"), PERM_BALLOT_VOTE, key_phone, can_vote,
	 N_("The address where the telephone that you have bound votes.")},
	{KEY_ACTION, N_("Change the ballot"), PERM_BALLOT_WRITE, key_change, can_freeze, NULL},
	{KEY_ACTION, N_("Freeze the list"), PERM_BALLOT_WRITE, key_freeze, can_freeze,
	 N_("Candidates and voters stand from here on; the voters are those of today.")},
	{KEY_ACTION, N_("Open the ballot"), PERM_BALLOT_WRITE, key_start, can_open, NULL},
	{KEY_ACTION, N_("Change the list again"), PERM_BALLOT_WRITE, key_thaw, can_thaw, NULL},
	{KEY_ACTION, N_("Close and count"), PERM_BALLOT_WRITE, key_close, can_close, NULL},
	{KEY_ACTION, N_("Confirm the result"), PERM_BALLOT_WRITE, key_confirm, can_confirm,
	 N_("The selected become projects to be carried out, the others go back into the pool; the papers are deleted.")},
	{KEY_ACTION, N_("Further ballot"), PERM_BALLOT_WRITE, key_again, can_again,
	 N_("Prepare one among the tied, for the places left.")},
	{KEY_ACTION, N_("Record"), PERM_NONE, key_record, has_record,
	 N_("The record to be signed, as text; over ssh: ballot record NUMBER.")},
	{KEY_ACTION, N_("Declare it void"), PERM_BALLOT_WRITE, key_void, can_void, NULL},
	{KEY_ACTION, N_("Read about the candidate"), PERM_NONE, key_project, enter_votes, NULL},
	KEY_END,
};
/* clang-format on */

const struct screen screen_ballot = {
    .name = "ballot",
    .title = N_("Ballot"),
    .about = N_(
	"A ballot on livelihood projects.\n"
	"Draft: terms and candidates can be changed. List frozen: candidates "
	"and voters stand. Open: papers are handed in, one a voter; nobody "
	"sees a count. Counted: the result is known; papers stay until it is "
	"confirmed, so that they can be counted again. Confirmed: the selected "
	"are carried out. Void: with a reason, the candidates are free again.\n"
	"Fewer than five papers, or not more than half of the list, and no "
	"count is ever told."),
    .needs = PERM_BALLOT_READ,
    .size = sizeof(struct ballot_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
