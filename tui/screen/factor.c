/* One's own second factor: whether there is one, how many recovery codes
 * are left, and what can be done about it. */
#include "db/account.h"
#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "tui/factor_steps.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

struct factor_view {
	struct page page;
	bool exists;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct factor_view *s = data;

	(void)arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct factor_view *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct account row;
	int err = account_get(c, a, (struct account_id){c->account}, &row);

	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(ACCOUNT), 0);
	s->exists = row.factor_at.s != 0;
	page_begin(&s->page);
	page_title(&s->page, _("Second factor"),
	           s->exists ? _("in use") : _("not set up"));
	if (s->exists) {
		page_pair(&s->page, _("Set up"),
		          instant_show(a, row.factor_at, ui_today(ui)));
		page_pairf(&s->page, _("Recovery codes"), "%lld",
		           (long long)row.recovery);
		page_blank(&s->page);
	}
	page_text(&s->page, THEME_DIM,
	          s->exists
	              ? _("At each sign-in a code of your telephone is asked "
	                  "for. A recovery code stands in for it once.")
	              : _("With a second factor nobody signs in with your "
	                  "password alone: a code of your telephone is asked "
	                  "for besides."));
	return OK;
}

/* --- keys ------------------------------------------------------------- */

static bool
when_some(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct factor_view *)data)->exists;
}

static bool
when_none(struct ui *ui, const void *data)
{
	return !when_some(ui, data);
}

static void
key_set_up(struct ui *ui, void *data)
{
	const struct factor_view *s = data;

	ui_push(ui, &screen_factor_setup, s->exists);
}

static void
key_renew(struct ui *ui, void *data)
{
	(void)data;
	factor_step_renew(ui);
}

static void
key_drop(struct ui *ui, void *data)
{
	(void)data;
	factor_step_drop(ui);
}

/* clang-format off */
static const struct key keys[] = {
	{KEY_ACTION, N_("Set up"), PERM_NONE, key_set_up, when_none, NULL},
	{KEY_ACTION, N_("New recovery codes"), PERM_NONE, key_renew, when_some,
	 N_("Ten new ones, shown once; those of before stop working.")},
	{KEY_ACTION, N_("Set up anew"), PERM_NONE, key_set_up, when_some,
	 N_("For another telephone; a code of the present one, or a recovery code, is asked for.")},
	{KEY_ACTION, N_("Remove"), PERM_NONE, key_drop, when_some,
	 N_("From then on the password or a key is enough. Not where the office needs it.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_factor = {
    .name = "factor",
    .title = N_("Second factor"),
    .about = N_("Not set up: it can be. In use: it can be set up anew for "
                "another telephone, new recovery codes can be made, and "
                "where your office does not need it, it can be removed; "
                "each of these asks for a code. Who has lost both telephone "
                "and recovery codes asks the administrator for a reset."),
    .size = sizeof(struct factor_view),
    .keys = keys,
    .open = open,
    .load = load,
};
