/* The service says who is signed in; the store, who that is. */
#include "tui/session_step.h"

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/service.h"
#include "db/store/ctx.h"
#include "tui/reason.h"

/* Columns; an address of IPv6 may be cut. */
enum { WHO = 16, HAT = 20, ADDRESS = 15, TIME = 11 };

int
sessions_read(struct ui *ui, struct account_id account,
              struct service_session **out)
{
	const struct service *service = ui_host(ui)->service;
	struct service_session *rows =
	    arena_alloc(ui_arena(ui), sizeof(*rows) * SESSIONS_SHOWN);

	*out = rows;
	if (service == NULL || service_may_see(ui_ctx(ui)) != OK)
		return 0;
	return service->sessions(service->data, account.v, 0, rows,
	                         SESSIONS_SHOWN);
}

static const char *
when(struct ui *ui, struct instant at)
{
	return at.s == 0 ? "-" : ui_when(ui, ui_arena(ui), at);
}

/* "town  葛敏", and the office worn. */
static const char *
who(struct ui *ui, const struct service_session *s, const char **hat)
{
	struct arena *a = ui_arena(ui);
	struct account_line line;
	struct office_line office;

	*hat = "";
	if (account_line_get(ui_ctx(ui), a, (struct account_id){s->account},
	                     &line) != OK)
		return "?";
	if (office_line_get(ui_ctx(ui), a, (struct office_id){s->office},
	                    &office) == OK)
		*hat = office_text(a, &office);
	return arena_printf(a, "%s %s", line.name, line.person_name);
}

static void
fill_heading(struct page *p, bool names)
{
	const struct page_cell cells[] = {
	    {_("Who"), WHO, false, THEME_DIM},
	    {_("Office"), HAT, false, THEME_DIM},
	    {_("From where"), ADDRESS, false, THEME_DIM},
	    {_("Since"), TIME, false, THEME_DIM},
	    {_("Last page"), 0, false, THEME_DIM},
	};
	int skip = names ? 0 : 1;

	page_cells(p, cells + skip, COUNT(cells) - skip);
}

void
sessions_fill(struct ui *ui, struct page *p, int kind,
              const struct service_session *rows, int n, bool names)
{
	if (n == 0) {
		page_text(p, THEME_DIM, _("Nobody is signed in."));
		return;
	}
	fill_heading(p, names);
	for (int i = 0; i < n; i++) {
		const struct service_session *s = &rows[i];
		const char *hat, *name = who(ui, s, &hat);
		const struct page_cell cells[] = {
		    {name, WHO, false, THEME_NORMAL},
		    {hat, HAT, false, THEME_NORMAL},
		    {s->address, ADDRESS, false, THEME_NORMAL},
		    {when(ui, s->since), TIME, false, THEME_NORMAL},
		    {s->dropped ? _("link lost")
		     : s->own   ? _("this one")
		                : when(ui, s->last),
		     0, false, s->dropped ? THEME_SOON : THEME_NORMAL},
		};
		int skip = names ? 0 : 1;

		page_item_cells(p, s->number, kind, cells + skip,
		                COUNT(cells) - skip);
	}
}

const struct service_session *
session_numbered(const struct service_session *rows, int n, int64_t number)
{
	for (int i = 0; i < n; i++)
		if (rows[i].number == number)
			return &rows[i];
	return NULL;
}

void
session_step_end(struct ui *ui, const struct service_session *s)
{
	const struct service *service = ui_host(ui)->service;
	const struct account_id of = {s->account};
	const char *reason;
	int err;

	if (s->own) {
		ui_say(ui, "%s",
		       _("This is the one you work in: Esc on the workbench "
		         "leaves it."));
		return;
	}
	if (ui_error(ui, service_may_end(ui_ctx(ui), of)) != OK)
		return;
	reason = reason_ask(ui, REASON_DISABLE,
	                    _("Why is this session ended? Its person is told, "
	                      "what they typed is kept."));
	if (reason == NULL)
		return;
	err = service->end_session(service->data, s->number);
	if (err == ERR_NOT_FOUND)
		ui_say(ui, "%s", _("It has ended already."));
	else if (err == OK)
		err = service_session_ended(ui_ctx(ui), of, reason);
	if (err != ERR_NOT_FOUND && ui_error(ui, err) == OK)
		ui_say(ui, "%s", _("The session is ended."));
	ui_reload(ui);
}
