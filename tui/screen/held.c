/*
 * Messages that were held: how many why and by which code, and under it those
 * that wait (or, F5, those decided and by whom); one or several marked ones
 * are released or discarded.
 */
#include "db/opinion_hold.h"

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/public_matter.h"
#include "tui/rule_arg.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { SHOWN = 200, LABEL = 32, COUNTED = 9, UNIT = 12, NARROW = 100 };

struct held {
	struct page page;
	bool decided;           /* F5 */
	struct hold_line *rows; /* of this load */
	int n;
	int64_t marked[SHOWN];
	int marked_count;
};

static int
mark_of(const struct held *s, int64_t id)
{
	for (int i = 0; i < s->marked_count; i++)
		if (s->marked[i] == id)
			return i;
	return -1;
}

/* --- drawing ------------------------------------------------------------ */

static void
put_counts(struct ui *ui, struct held *s, enum theme role,
           const struct hold_count *count)
{
	struct arena *a = ui_arena(ui);
	struct page_cell cells[1 + HOLD_SPANS] = {
	    {count->label, LABEL, false, role}};

	for (int i = 0; i < HOLD_SPANS; i++)
		cells[1 + i] = (struct page_cell){
		    arena_printf(a, "%lld", (long long)count->n[i]), COUNTED,
		    true, role};
	page_cells(&s->page, cells, 1 + HOLD_SPANS);
}

static int
load_counts(struct ui *ui, struct held *s)
{
	const struct page_cell heading[1 + HOLD_SPANS] = {
	    {_("Held because"), LABEL, false, THEME_HEADING},
	    {_("Today"), COUNTED, true, THEME_HEADING},
	    {_("7 days"), COUNTED, true, THEME_HEADING},
	    {_("Waiting"), COUNTED, true, THEME_HEADING},
	};
	struct hold_counts counts;
	int err = hold_counts(ui_ctx(ui), ui_arena(ui), &counts);

	if (err != OK)
		return err;
	page_cells(&s->page, heading, 1 + HOLD_SPANS);
	for (int i = 0; i < counts.reason_count; i++)
		put_counts(ui, s, THEME_NORMAL, &counts.reasons[i]);
	put_counts(ui, s, THEME_TITLE, &counts.all);
	for (int i = 0; i < counts.code_count; i++) {
		if (i == 0)
			page_heading(&s->page, _("By code"));
		put_counts(ui, s, THEME_NORMAL, &counts.codes[i]);
	}
	if (counts.cut)
		page_text(&s->page, THEME_DIM,
		          _("There are more; the newest 5000 are counted."));
	page_blank(&s->page);
	return OK;
}

/* Who decided, where that is shown; else the reason. */
static const char *
why(struct ui *ui, const struct held *s, const struct hold_line *row)
{
	struct arena *a = ui_arena(ui);

	if (!s->decided)
		return doubt_text(a, row->doubts);
	return arena_printf(a, "%s %s",
	                    row->state == OPINION_DISCARDED ? _("Discarded")
	                                                    : _("Released"),
	                    row->by);
}

static void
put_row(struct ui *ui, struct held *s, const struct hold_line *row)
{
	int columns = s->page.widget.columns;
	bool wide = columns >= NARROW, mark = mark_of(s, row->id.v) >= 0;
	const struct page_cell cells[] = {
	    {s->decided ? ""
	     : mark     ? "[x]"
	                : "[ ]",
	     s->decided ? 1 : 3, false, THEME_NORMAL},
	    {arena_printf(ui_arena(ui), "%lld", (long long)row->id.v), 6, true,
	     THEME_NORMAL},
	    {instant_show(ui_arena(ui), row->received_at, ui_today(ui)), 11,
	     false, THEME_DIM},
	    {why(ui, s, row), wide ? 34 : 22, false, THEME_NORMAL},
	    {wide ? row->unit_name : "", wide ? UNIT : 1, false, THEME_DIM},
	    {row->body, 0, false, THEME_NORMAL},
	};

	page_item_cells(&s->page, row->id.v, 0, cells, (int)COUNT(cells));
}

static int
load_rows(struct ui *ui, struct held *s)
{
	static const struct list_query all = {0};
	const struct list_spec *spec =
	    s->decided ? &hold_decided_list : &hold_list;
	struct list_page page;
	int err = list_fetch(ui_ctx(ui), ui_arena(ui), spec, &all, LIST_FIRST,
	                     NULL, SHOWN, &page);

	if (err != OK)
		return err;
	s->rows = page.rows;
	s->n = page.n;
	page_heading(&s->page, s->decided ? _("Decided") : _("Waiting"));
	if (s->n == 0)
		page_text(&s->page, THEME_DIM, _("Nothing is held back."));
	for (int i = 0; i < s->n; i++)
		put_row(ui, s, &s->rows[i]);
	if (page.more)
		page_text(&s->page, THEME_DIM, _("The newest 200 are shown."));
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct held *s = data;

	(void)arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct held *s = data;
	int err;

	ui_watch(ui, ENTITY_BIT(OPINION), ui_ctx(ui)->my_unit);
	page_begin(&s->page);
	page_title(
	    &s->page, _("Messages held back"),
	    s->marked_count == 0
		? ""
		: arena_printf(ui_arena(ui), _("%d marked"), s->marked_count));
	err = load_counts(ui, s);
	return err == OK ? load_rows(ui, s) : err;
}

/* --- keys --------------------------------------------------------------- */

static bool
when_item(struct ui *ui, const void *data)
{
	(void)ui;
	return page_selected(&((const struct held *)data)->page, NULL, NULL);
}

static bool
when_waiting(struct ui *ui, const void *data)
{
	return !((const struct held *)data)->decided && when_item(ui, data);
}

static void
key_open(struct ui *ui, void *data)
{
	int64_t id;

	if (page_selected(&((struct held *)data)->page, &id, NULL))
		ui_push(ui, &screen_opinion, id);
}

static void
key_mark(struct ui *ui, void *data)
{
	struct held *s = data;
	int64_t id;
	int at;

	if (!page_selected(&s->page, &id, NULL))
		return;
	at = mark_of(s, id);
	if (at >= 0)
		s->marked[at] = s->marked[--s->marked_count];
	else if (s->marked_count < SHOWN)
		s->marked[s->marked_count++] = id;
	ui_reload(ui);
}

/* Those marked, or the one under the mark; each is an action of its own. */
static void
decide(struct ui *ui, struct held *s, enum opinion_step step,
       const char *reason)
{
	int64_t under = 0;
	int done = 0, err = OK;

	(void)page_selected(&s->page, &under, NULL);
	for (int i = 0; i < s->n && err == OK; i++) {
		int64_t id = s->rows[i].id.v;

		if (s->marked_count > 0 ? mark_of(s, id) < 0 : id != under)
			continue;
		err = hold_decide(ui_ctx(ui), &s->rows[i], step, reason);
		if (err == ERR_CHANGED || err == ERR_STATE)
			err = OK; /* somebody was quicker: it is shown */
		else if (err == OK)
			done++;
	}
	s->marked_count = 0;
	if (err == ERR_INVALID && ui_ctx(ui)->fault_count > 0)
		ui_say(ui, "%s", _(ui_ctx(ui)->faults[0].text));
	else if (ui_error(ui, err) == OK)
		ui_say(ui,
		       step == OPINION_DO_RELEASE ? _("%d released.")
		                                  : _("%d discarded."),
		       done);
	ui_reload(ui);
}

static int
wanted(const struct held *s)
{
	return s->marked_count > 0 ? s->marked_count : 1;
}

static void
key_release(struct ui *ui, void *data)
{
	struct held *s = data;
	struct arena *a = ui_arena(ui);

	if (wanted(s) == 1 ||
	    ui_confirm(ui, arena_printf(a, _("Release these %d messages?"),
	                                wanted(s))))
		decide(ui, s, OPINION_DO_RELEASE, "");
}

static void
key_discard(struct ui *ui, void *data)
{
	struct held *s = data;
	const char *reason = ui_prompt(ui, ui_arena(ui), _("Reason to discard"),
	                               "", OPINION_REASON_MAX);

	if (reason != NULL && *reason != '\0')
		decide(ui, s, OPINION_DO_DISCARD, reason);
}

static void
key_shown(struct ui *ui, void *data)
{
	struct held *s = data;
	const char *labels[] = {_("Waiting"), _("Decided")};
	int chosen = ui_menu(ui, _("Show only"), labels, 2);

	if (chosen < 0)
		return;
	s->decided = chosen == 1;
	s->marked_count = 0;
	ui_reload(ui);
}

static void
key_words(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_rule_table,
	        rule_arg(RULE_SETTING, (struct rule_id){0}));
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"), PERM_NONE, key_open, when_item,
	 N_("The message as it came, and who did what with it.")},
	{"F6", N_("Mark"), PERM_NONE, key_mark, when_waiting,
	 N_("Mark several; what follows is done with all of them.")},
	{KEY_ACTION, N_("Release"), PERM_OPINION_TRIAGE, key_release, when_waiting,
	 N_("It goes on as any message.")},
	{KEY_ACTION, N_("Discard"), PERM_OPINION_TRIAGE, key_discard, when_waiting,
	 N_("It ends, with a reason; the message is kept.")},
	{KEY_ACTION, N_("Words and rates"), PERM_RULE_READ, key_words, NULL,
	 N_("The words that have a message held (message.words), and how many may come in an hour.")},
	{"F5", N_("Filter"), PERM_NONE, key_shown, NULL,
	 N_("Those that wait, or those decided and by whom.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_held = {
    .name = "held",
    .title = N_("Messages held back"),
    .about = N_("What citizens wrote and the rules against abuse held back: "
                "many in an hour from one source or by one code, a word of "
                "the list, addresses, the same words as before, a machine, "
                "or somebody whom the robot does not know. The sender sees "
                "only that it waits to be read. Nothing is lost: the message "
                "stays as it came, whatever is decided."),
    .needs = PERM_OPINION_TRIAGE,
    .size = sizeof(struct held),
    .keys = keys,
    .open = open,
    .load = load,
};
