/* Who is signed in now, from where and since when. */
#include "db/base/i18n.h"
#include "db/service.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/session_step.h"
#include "tui/ui.h"

struct sessions {
	struct page page;
	struct service_session *rows;
	int n;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct sessions *s = data;

	(void)arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct sessions *s = data;
	int err = service_may_see(ui_ctx(ui));

	if (err != OK)
		return err;
	s->n = sessions_read(ui, (struct account_id){0}, &s->rows);
	page_begin(&s->page);
	page_title(
	    &s->page,
	    arena_printf(ui_arena(ui),
	                 P_("%d session", "%d sessions", (unsigned long)s->n),
	                 s->n),
	    "");
	sessions_fill(ui, &s->page, 0, s->rows, s->n, true);
	return OK;
}

static const struct service_session *
chosen(const void *data)
{
	const struct sessions *s = data;
	int64_t number;

	return page_selected(&s->page, &number, NULL)
	           ? session_numbered(s->rows, s->n, number)
	           : NULL;
}

static bool
when_row(struct ui *ui, const void *data)
{
	(void)ui;
	return chosen(data) != NULL;
}

static void
key_account(struct ui *ui, void *data)
{
	const struct service_session *s = chosen(data);

	if (s != NULL)
		ui_push(ui, &screen_account, s->account);
}

static void
key_again(struct ui *ui, void *data)
{
	(void)data;
	ui_reload(ui);
}

static void
key_end(struct ui *ui, void *data)
{
	const struct service_session *s = chosen(data);

	if (s != NULL)
		session_step_end(ui, s);
}

static const struct key keys[] = {
    {"Enter", N_("Account"), PERM_NONE, key_account, when_row,
     N_("Open the account that is signed in.")},
    {"F5", N_("Read again"), PERM_NONE, key_again, NULL,
     N_("Ask the service again who is signed in.")},
    {KEY_ACTION, N_("End this one"), PERM_ACCOUNT_WRITE, key_end, when_row,
     N_("The person is told, what they typed is kept as a draft.")},
    KEY_END,
};

const struct screen screen_sessions = {
    .name = "sessions",
    .title = N_("Sessions"),
    .about = N_("Everybody who is signed in at this moment, newest first: "
                "in which office, from where, since when, and when they "
                "opened a page last. A session whose link was lost waits a "
                "while for its person to come back."),
    .needs = PERM_ACCOUNT_READ,
    .size = sizeof(struct sessions),
    .keys = keys,
    .open = open,
    .load = load,
};
