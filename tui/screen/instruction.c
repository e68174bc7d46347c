/*
 * One instruction: its text, who it went to and how far each is, and what
 * was reported. The steps of one's own receipt are under F2; who sent it
 * marks a receipt and asks for more.
 */
#include "db/instruction.h"

#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "db/store/fsm.h"
#include "tui/activity_menu.h"
#include "tui/history.h"
#include "tui/screens.h"
#include "tui/widget/page.h"

struct instruction_screen {
	struct page page;
	struct instruction row;
	struct receipt mine; /* id 0: not sent to the acting hat */
	struct receipt_line *receipts;
	int n;
	struct history history;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct instruction_screen *s = data;

	s->row.id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static bool
is_late(struct ui *ui, const struct receipt_line *r)
{
	return r->state != RECEIPT_DONE && r->due_at.s < ctx_now(ui_ctx(ui)).s;
}

static void
fill_receipts(struct ui *ui, struct instruction_screen *s)
{
	struct arena *a = ui_arena(ui);
	int done = 0;

	for (int i = 0; i < s->n; i++)
		done += s->receipts[i].state == RECEIPT_DONE;
	page_blank(&s->page);
	page_heading(&s->page,
	             arena_printf(a, _("Sent to  %d of %d done"), done, s->n));
	for (int i = 0; i < s->n; i++) {
		const struct receipt_line *r = &s->receipts[i];
		bool late = is_late(ui, r);
		const char *when =
		    r->received_at.s == 0
			? ""
			: arena_printf(
			      a, "%s %s",
			      instant_show(a, r->received_at, ui_today(ui)),
			      r->received_by);
		const struct page_cell cells[] = {
		    {late ? "!" : " ", 1, false, THEME_ALARM},
		    {r->name, 22, false, THEME_NORMAL},
		    {_(receipt_states[r->state].label), 12, false,
		     late                       ? THEME_ALARM
		     : r->state == RECEIPT_DONE ? THEME_DONE
		                                : THEME_NORMAL},
		    {when, 20, false, THEME_DIM},
		    {r->note, 0, false, THEME_NORMAL},
		};

		page_item_cells(&s->page, r->id.v, ENTITY_RECEIPT, cells, 5);
	}
}

/* The sender and the county read what all reported, others what they did
 * themselves: units do not see each other's reports. */
static int
load_history(struct ui *ui, struct instruction_screen *s)
{
	const struct ctx *c = ui_ctx(ui);

	if (c->scope == SCOPE_COUNTY ||
	    (c->scope == SCOPE_UNIT && s->row.unit.v == c->my_unit))
		return history_load(ui, &s->history, ENTITY_INSTRUCTION,
		                    s->row.id.v);
	s->history.n = 0;
	if (s->mine.id.v == 0)
		return OK;
	return history_load(ui, &s->history, ENTITY_RECEIPT, s->mine.id.v);
}

static int
load(struct ui *ui, void *data)
{
	struct instruction_screen *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	int err = instruction_get(c, a, s->row.id, &s->row);

	if (err == OK)
		err =
		    instruction_receipts(c, a, s->row.id, &s->receipts, &s->n);
	if (err != OK)
		return err;
	err = receipt_mine(c, a, s->row.id, &s->mine);
	if (err == ERR_NOT_FOUND)
		s->mine.id.v = 0;
	else if (err != OK)
		return err;
	err = load_history(ui, s);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(INSTRUCTION) | ENTITY_BIT(RECEIPT), c->my_unit);
	page_begin(&s->page);
	page_title(&s->page, s->row.title,
	           s->mine.id.v != 0 ? _(receipt_states[s->mine.state].label)
	                             : "");
	page_pair(&s->page, _("Due"),
	          day_show(a, day_of(s->row.due_at), ui_today(ui)));
	page_pair(&s->page, _("Sent"),
	          instant_show(a, s->row.sent_at, ui_today(ui)));
	page_pair(&s->page, _("Text"), s->row.text);
	fill_receipts(ui, s);
	history_fill(ui, &s->page, &s->history);
	return OK;
}

/* --- keys -------------------------------------------------------------- */

static const struct receipt_line *
under_mark(const struct instruction_screen *s)
{
	int64_t id;
	int kind;

	if (!page_selected(&s->page, &id, &kind) || kind != ENTITY_RECEIPT)
		return NULL;
	for (int i = 0; i < s->n; i++)
		if (s->receipts[i].id.v == id)
			return &s->receipts[i];
	return NULL;
}

static void
take(struct ui *ui, struct receipt_id id, enum receipt_step step,
     const char *ask)
{
	const char *note = "";

	if (ask != NULL)
		note =
		    ui_prompt(ui, ui_arena(ui), ask, "", INSTRUCTION_NOTE_MAX);
	if (note == NULL)
		return;
	if (activity_menu_fault(ui, receipt_fire(ui_ctx(ui), id, step, note)) ==
	    OK)
		ui_say(ui, "%s", _("Noted; the sender sees it."));
	ui_reload(ui);
}

static bool
may_take(const void *data, enum receipt_step step)
{
	const struct instruction_screen *s = data;

	return s->mine.id.v != 0 &&
	       fsm_edge(&entity_receipt, s->mine.state, step) != NULL;
}

static bool
when_receive(struct ui *ui, const void *data)
{
	(void)ui;
	return may_take(data, RECEIPT_DO_RECEIVE);
}

static bool
when_report(struct ui *ui, const void *data)
{
	(void)ui;
	return may_take(data, RECEIPT_DO_REPORT);
}

/* A unit's hat, once it has received it, while its station has not got it. */
static bool
when_pass(struct ui *ui, const void *data)
{
	const struct instruction_screen *s = data;

	for (int i = 0; i < s->n; i++)
		if (s->receipts[i].station.v != 0)
			return false;
	return ui_ctx(ui)->scope == SCOPE_UNIT && s->mine.id.v != 0 &&
	       s->mine.state != RECEIPT_SENT;
}

static bool
when_sender(struct ui *ui, const void *data)
{
	const struct instruction_screen *s = data;
	const struct receipt_line *r = under_mark(s);

	return r != NULL && r->state == RECEIPT_DONE &&
	       s->row.unit.v == ui_ctx(ui)->my_unit;
}

static void
key_receive(struct ui *ui, void *data)
{
	take(ui, ((struct instruction_screen *)data)->mine.id,
	     RECEIPT_DO_RECEIVE, NULL);
}

static void
key_report(struct ui *ui, void *data)
{
	take(ui, ((struct instruction_screen *)data)->mine.id,
	     RECEIPT_DO_REPORT, _("What was done so far"));
}

static void
key_finish(struct ui *ui, void *data)
{
	take(ui, ((struct instruction_screen *)data)->mine.id,
	     RECEIPT_DO_FINISH, _("What came of it (may be empty)"));
}

static void
key_return(struct ui *ui, void *data)
{
	take(ui, under_mark(data)->id, RECEIPT_DO_RETURN,
	     _("What is still wanted"));
}

static void
key_pass(struct ui *ui, void *data)
{
	struct instruction_screen *s = data;

	if (!ui_confirm(ui, _("Pass it on to your station? It appears on the "
	                      "station's workbench.")))
		return;
	if (ui_error(ui, instruction_pass(ui_ctx(ui), s->row.id)) == OK)
		ui_say(ui, "%s", _("Passed on to the station."));
	ui_reload(ui);
}

static bool
can_strike(struct ui *ui, const void *data)
{
	const struct instruction_screen *s = data;

	(void)ui;
	return history_can_strike(&s->page, &s->history);
}

static void
key_strike(struct ui *ui, void *data)
{
	struct instruction_screen *s = data;

	history_strike(ui, &s->page, &s->history);
}

/* clang-format off */
static const struct key keys[] = {
	{"Up/Down", N_("Scroll"), PERM_NONE, NULL, NULL, NULL},
	{"F10", N_("Confirm receipt"), PERM_STATION_WRITE, key_receive, when_receive,
	 N_("Say that you have read it; the sender sees when and who.")},
	{KEY_ACTION, N_("Report progress"), PERM_STATION_WRITE, key_report, when_report, NULL},
	{KEY_ACTION, N_("Report it done"), PERM_STATION_WRITE, key_finish, when_report, NULL},
	{KEY_ACTION, N_("Pass on to the station"), PERM_INSTRUCTION_SEND, key_pass, when_pass, NULL},
	{KEY_ACTION, N_("Ask for more"), PERM_INSTRUCTION_SEND, key_return, when_sender,
	 N_("What the one under the mark reported done is not enough: it is in progress again.")},
	{"Delete", N_("Strike out"), PERM_EVENT_STRIKE, key_strike, can_strike,
	 N_("Strike out the entry of the history under the mark, with a reason; what followed from it no longer counts.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_instruction = {
    .name = "instruction",
    .title = N_("Instruction"),
    .about = N_("One instruction: its text, who it went to, how far each is "
                "and what they reported.\n"
                "Not received -> received -> in progress -> done. A unit may "
                "pass it on to its station, which then reports too. Done is "
                "not the end if the sender asks for more."),
    .needs = PERM_STATION_READ,
    .size = sizeof(struct instruction_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
