/*
 * One opinion: what was said, how far both loops are and how their clocks
 * stand, through which offices it goes, and what happened. F2 has what may
 * be done now.
 */
#include "db/opinion.h"

#include "db/base/i18n.h"
#include "tui/opinion_menu.h"
#include "tui/opinion_view.h"
#include "tui/screens.h"
#include "tui/transfer.h"

struct opinion_screen {
	struct page page;
	struct opinion_id id;
	struct opinion_view view;
};

static int
load(struct ui *ui, void *data)
{
	struct opinion_screen *s = data;
	int err = opinion_tick(ui_ctx(ui), NULL);

	if (err == OK)
		err = opinion_view_load(ui, s->id, &s->view);
	if (err != OK)
		return err;
	ui_watch(ui,
	         ENTITY_BIT(OPINION) | ENTITY_BIT(OPINION_LEG) |
	             ENTITY_BIT(OPINION_NOTE) | ENTITY_BIT(ATTACHMENT),
	         s->view.o.row.unit.v);
	page_begin(&s->page);
	opinion_view_fill(ui, &s->page, &s->view);
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct opinion_screen *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static bool
can_strike(struct ui *ui, const void *data)
{
	const struct opinion_screen *s = data;

	(void)ui;
	return history_can_strike(&s->page, &s->view.history);
}

static void
key_strike(struct ui *ui, void *data)
{
	struct opinion_screen *s = data;

	history_strike(ui, &s->page, &s->view.history);
}

static void
key_menu(struct ui *ui, void *data)
{
	struct opinion_screen *s = data;

	if (opinion_menu(ui, s->id,
	                 can_strike(ui, s)
	                     ? _("Strike out the entry under the mark")
	                     : NULL))
		key_strike(ui, s);
}

/* The file under the mark; NULL: it stands elsewhere. */
static const struct attachment *
marked_file(const struct opinion_screen *s)
{
	int64_t id;
	int kind;

	if (!page_selected(&s->page, &id, &kind) || kind != ENTITY_ATTACHMENT)
		return NULL;
	for (int i = 0; i < s->view.file_count; i++)
		if (s->view.files[i].id.v == id)
			return &s->view.files[i];
	return NULL;
}

static bool
is_on_file(struct ui *ui, const void *data)
{
	(void)ui;
	return marked_file(data) != NULL;
}

static void
key_file(struct ui *ui, void *data)
{
	const struct opinion_screen *s = data;
	const struct attachment *f = marked_file(s);
	const struct transfer_want want = {
	    .what = TRANSFER_ATTACHMENT,
	    .subject = f->id.v,
	    .label = f->name,
	};

	ui_transfer(ui, &want,
	            arena_printf(ui_arena(ui), "opinion file %lld %lld > FILE",
	                         (long long)s->id.v, (long long)f->id.v));
}

static bool
is_on_project(struct ui *ui, const void *data)
{
	int kind;

	(void)ui;
	return page_selected(&((const struct opinion_screen *)data)->page, NULL,
	                     &kind) &&
	       kind == ENTITY_PROJECT;
}

static void
key_project(struct ui *ui, void *data)
{
	ui_push(ui, &screen_project,
	        ((const struct opinion_screen *)data)->view.project.v);
}

static bool
is_merged(struct ui *ui, const void *data)
{
	return !is_on_file(ui, data) && !is_on_project(ui, data) &&
	       ((const struct opinion_screen *)data)->view.o.row.merged.v != 0;
}

static void
key_merged(struct ui *ui, void *data)
{
	const struct opinion_screen *s = data;

	ui_push(ui, &screen_opinion, s->view.o.row.merged.v);
}

/* clang-format off */
static const struct key keys[] = {
	{"Up/Down", N_("Scroll"), PERM_NONE, NULL, NULL, NULL},
	{"Enter", N_("What it goes with"), PERM_NONE, key_merged, is_merged,
	 N_("The opinion that this one was merged into.")},
	{"Enter", N_("Fetch the file"), PERM_NONE, key_file, is_on_file,
	 N_("The file under the mark, by a one-time address for a telephone or a browser.")},
	{"Enter", N_("The project"), PERM_NONE, key_project, is_on_project,
	 N_("The livelihood project that it became.")},
	{"F2",    N_("Actions"), PERM_NONE, key_menu, NULL,
	 N_("The steps that are possible now.")},
	{"Delete", N_("Strike out"), PERM_EVENT_STRIKE, key_strike, can_strike,
	 N_("Strike out the entry of the history under the mark, with a reason; what followed from it no longer counts.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_opinion = {
    .name = "opinion",
    .title = N_("Opinion"),
    .about = N_(
	"One opinion from the citizen's words to the end of both loops. It is "
	"closed only when the handling loop and the citizen's loop are; "
	"whether "
	"it was solved is the result class, A to D, apart from that.\n"
	"New: taken up by its deputy or an officer. Taken up: answered on the "
	"spot, routed to offices (A four platforms, B direct channel), "
	"converted, merged, or refused by the head. In handling: until every "
	"office has replied. To tell: the deputy who accompanies it, else an "
	"officer, tells the citizen. To be rated: satisfied closes it, "
	"dissatisfied begins again, and a second time it goes to the head and "
	"the county.\n"
	"Both clocks count working days. In time, due soon (the last fifth), "
	"overdue."),
    .needs = PERM_OPINION_READ,
    .size = sizeof(struct opinion_screen),
    .keys = keys,
    .open = open,
    .load = load,
};
