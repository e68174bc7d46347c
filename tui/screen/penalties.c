/* Failed sign-ins that still count, and who has to wait for them. */
#include <stdlib.h>
#include <string.h>

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/service.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { SHOWN = 500 };

struct penalties_view {
	struct page page;
	struct service_penalty *rows;
	int n;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct penalties_view *s = data;

	(void)arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* Who waits longest first, then who failed most. */
static int
by_weight(const void *a, const void *b)
{
	const struct service_penalty *x = a, *y = b;

	if (x->until.s != y->until.s)
		return x->until.s > y->until.s ? -1 : 1;
	if (x->failures != y->failures)
		return x->failures > y->failures ? -1 : 1;
	return strcmp(x->address, y->address);
}

/* A name that is no account's may be a password typed in its place. */
static const char *
name_of(struct ui *ui, const struct service_penalty *p)
{
	struct account account;

	if (p->name[0] == '\0')
		return _("every account");
	return account_named(ui_ctx(ui), ui_arena(ui), p->name, &account) == OK
	           ? account.name
	           : _("no account");
}

static void
fill(struct ui *ui, struct penalties_view *s)
{
	struct arena *a = ui_arena(ui);
	const struct page_cell heading[] = {
	    {_("From where"), 24, false, THEME_DIM},
	    {_("Account"), 16, false, THEME_DIM},
	    {_("Failures"), 8, true, THEME_DIM},
	    {_("Refused until"), 14, false, THEME_DIM},
	};

	if (s->n == 0) {
		page_text(&s->page, THEME_DIM,
		          _("Nobody has failed to sign in lately."));
		return;
	}
	page_cells(&s->page, heading, COUNT(heading));
	for (int i = 0; i < s->n; i++) {
		const struct service_penalty *p = &s->rows[i];
		const struct page_cell cells[] = {
		    {p->address, 24, false, THEME_NORMAL},
		    {name_of(ui, p), 16, false, THEME_NORMAL},
		    {arena_printf(a, "%d", p->failures), 8, true, THEME_NORMAL},
		    {p->until.s == 0 ? _("not refused")
		                     : instant_show_time(a, p->until),
		     14, false, p->until.s == 0 ? THEME_NORMAL : THEME_ALARM},
		};

		page_item_cells(&s->page, i + 1, 0, cells, COUNT(cells));
	}
}

static int
load(struct ui *ui, void *data)
{
	struct penalties_view *s = data;
	const struct service *service = ui_host(ui)->service;
	int64_t next = 0;
	int err = service_may_see(ui_ctx(ui));

	if (err != OK)
		return err;
	s->n = 0;
	s->rows = arena_alloc(ui_arena(ui), sizeof(*s->rows) * SHOWN);
	if (service != NULL)
		s->n = service->penalties(service->data, &next, s->rows, SHOWN);
	if (s->n > 1)
		qsort(s->rows, (size_t)s->n, sizeof(*s->rows), by_weight);
	page_begin(&s->page);
	page_title(&s->page, _("Failed sign-ins that still count"), "");
	fill(ui, s);
	return OK;
}

static const struct service_penalty *
chosen(const void *data)
{
	const struct penalties_view *s = data;
	int64_t i;

	return page_selected(&s->page, &i, NULL) && i >= 1 && i <= s->n
	           ? &s->rows[i - 1]
	           : NULL;
}

static bool
when_row(struct ui *ui, const void *data)
{
	(void)ui;
	return chosen(data) != NULL;
}

static void
key_forgive(struct ui *ui, void *data)
{
	const struct service *service = ui_host(ui)->service;
	const struct service_penalty *p = chosen(data);
	int err;

	if (p == NULL ||
	    !ui_confirm(ui, arena_printf(ui_arena(ui),
	                                 _("Forget the failures from %s (%s)? "
	                                   "They may try again at once."),
	                                 p->address, name_of(ui, p))))
		return;
	err = service_forgiven(ui_ctx(ui), p->name, p->address);
	if (err == OK)
		err = service->forgive(service->data, p->name, p->address);
	if (err == ERR_NOT_FOUND)
		ui_say(ui, "%s", _("They were forgotten already."));
	else if (ui_error(ui, err) == OK)
		ui_say(ui, "%s", _("Forgiven."));
	ui_reload(ui);
}

static void
key_again(struct ui *ui, void *data)
{
	(void)data;
	ui_reload(ui);
}

static const struct key keys[] = {
    {"F5", N_("Read again"), PERM_NONE, key_again, NULL,
     N_("Ask the service again.")},
    {KEY_ACTION, N_("Forgive"), PERM_ACCOUNT_WRITE, key_forgive, when_row,
     N_("Forget these failures: the next sign-in is not refused.")},
    KEY_END,
};

const struct screen screen_penalties = {
    .name = "penalties",
    .title = N_("Penalties"),
    .about = N_("Failed sign-ins count against the account at the address "
                "they came from, and against the address. More than a few "
                "cost a wait that doubles; with time they are forgotten by "
                "themselves. A name that is no account's is not shown: "
                "people type their password in its place."),
    .needs = PERM_ACCOUNT_READ,
    .size = sizeof(struct penalties_view),
    .keys = keys,
    .open = open,
    .load = load,
};
