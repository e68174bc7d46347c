/* Chat accounts with which one writes to the robot; and for who receives
 * opinions, what their groups have not heard yet. */
#include "db/robot.h"
#include "db/base/i18n.h"
#include "db/code.h"
#include "db/outbox_push.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { NICK = 20, UNHEARD = 20 };

struct robot {
	struct page page;
	char code[SECRET_SHORT + 1]; /* just asked for; "" none */
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct robot *s = data;

	(void)arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static void
add_bound(struct ui *ui, struct page *p, const struct robot_sender *row)
{
	const struct page_cell cells[] = {
	    {row->nick, NICK, false, THEME_NORMAL},
	    {instant_show(ui_arena(ui), row->bound_at, ui_today(ui)), 0, false,
	     THEME_DIM},
	};

	page_item_cells(p, row->id.v, 0, cells, 2);
}

/* Those given up stand first; all come with the next answer there. */
static int
add_unheard(struct ui *ui, struct page *p)
{
	struct arena *a = ui_arena(ui);
	struct push_line *rows;
	int n, err;

	if (!may(ui_ctx(ui), PERM_OPINION_TRIAGE))
		return OK;
	err = push_waiting(ui_ctx(ui), a, UNHEARD, &rows, &n);
	if (err != OK)
		return err;
	page_blank(p);
	page_heading(p, _("What its group has not heard yet"));
	if (n == 0)
		page_text(p, THEME_DIM, _("Every group has heard all."));
	for (int i = 0; i < n; i++) {
		page_pair(p, instant_show(a, rows[i].made_at, ui_today(ui)),
		          rows[i].text);
		if (rows[i].fault[0] != '\0')
			page_text(p, rows[i].given_up ? THEME_ALARM : THEME_DIM,
			          arena_printf(a,
			                       rows[i].given_up
			                           ? _("! given up: %s")
			                           : _("is tried again: %s"),
			                       rows[i].fault));
	}
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct robot *s = data;
	struct page *p = &s->page;
	struct arena *a = ui_arena(ui);
	struct robot_sender *rows;
	int n, err = robot_senders(ui_ctx(ui), a, &rows, &n);

	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(ROBOT_SENDER), 0);
	page_begin(p);
	page_title(p, _("Chat robot"), "");
	if (n == 0)
		page_text(p, THEME_DIM, _("No chat account is bound."));
	for (int i = 0; i < n; i++)
		add_bound(ui, p, &rows[i]);
	if (s->code[0] == '\0')
		return add_unheard(ui, p);
	page_blank(p);
	page_pair(p, _("Write to the robot"),
	          arena_printf(a, "绑定 %s", code_spaced(a, s->code)));
	page_text(p, THEME_DIM,
	          _("To the robot alone, not in a group, within ten minutes."));
	return add_unheard(ui, p);
}

/* --- keys ------------------------------------------------------------- */

static bool
when_item(struct ui *ui, const void *data)
{
	(void)ui;
	return page_selected(&((const struct robot *)data)->page, NULL, NULL);
}

static void
key_bind(struct ui *ui, void *data)
{
	struct robot *s = data;

	(void)ui_error(ui, robot_code(ui_ctx(ui), s->code));
	ui_reload(ui);
}

static void
key_drop(struct ui *ui, void *data)
{
	struct robot_sender_id id;

	if (!page_selected(&((struct robot *)data)->page, &id.v, NULL) ||
	    !ui_confirm(ui, _("Unbind this chat account? What it writes is "
	                      "a stranger's from then on.")))
		return;
	if (ui_error(ui, robot_unbind(ui_ctx(ui), id)) == OK)
		ui_say(ui, "%s", _("The chat account is unbound."));
	ui_reload(ui);
}

/* clang-format off */
static const struct key keys[] = {
	{KEY_ACTION, N_("Bind a chat account"), PERM_NONE, key_bind, NULL,
	 N_("Shows a code that you write to the robot.")},
	{KEY_ACTION, N_("Unbind the chat account"), PERM_NONE, key_drop, when_item, NULL},
	KEY_END,
};
/* clang-format on */

const struct screen screen_robot = {
    .name = "robot",
    .title = N_("Chat robot"),
    .about = N_("What you write to the robot of a chat is done as if you had "
                "done it here, once your chat account is bound: a matter "
                "is entered, an office accepts, reports and replies, an "
                "activity gets its code. In a group the robot speaks only "
                "of what was raised there, and never of a contact."),
    .size = sizeof(struct robot),
    .keys = keys,
    .open = open,
    .load = load,
};
