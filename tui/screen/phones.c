/* What signs one in to activities without a terminal: telephones that were
 * bound, and the PIN for any other browser. The argument is an account whose
 * telephones its manager sees; 0: one's own. */
#include "db/account.h"
#include "db/base/i18n.h"
#include "db/phone.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { LABEL = 14, BOUND = 14 };

struct phones {
	struct page page;
	struct account_id account;
	bool own;
	bool pin; /* there is one */
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct phones *s = data;

	s->account.v = arg != 0 ? arg : ui_ctx(ui)->account;
	s->own = s->account.v == ui_ctx(ui)->account;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static void
fill(struct ui *ui, struct phones *s, const struct phone *row)
{
	const struct page_cell cells[] = {
	    {row->label, LABEL, false, THEME_NORMAL},
	    {instant_show(ui_arena(ui), row->bound_at, ui_today(ui)), BOUND,
	     false, THEME_DIM},
	    {row->seen ? ""
	     : s->own  ? _("new: is it yours?")
	               : _("not confirmed yet"),
	     0, false, THEME_ALARM},
	};

	page_item_cells(&s->page, row->id.v, row->seen, cells, 3);
}

static int
load_pin(struct ui *ui, struct phones *s)
{
	struct arena *a = ui_arena(ui);
	struct instant at;
	int err = phone_pin_at(ui_ctx(ui), &at);

	if (err != OK)
		return err;
	s->pin = at.s != 0;
	page_blank(&s->page);
	page_pair(&s->page, _("Sign-in PIN"),
	          s->pin ? arena_printf(a, _("set on %s"),
	                                day_show(a, day_of(at), ui_today(ui)))
	                 : _("none"));
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct phones *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct account account;
	struct phone *rows;
	int n, err = account_get(c, a, s->account, &account);

	if (err == OK)
		err = phone_list(c, a, s->account, &rows, &n);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(PHONE) | ENTITY_BIT(ACCOUNT), 0);
	page_begin(&s->page);
	page_title(&s->page, _("Telephones"), s->own ? "" : account.name);
	if (n == 0)
		page_text(&s->page, THEME_DIM, _("None is bound."));
	for (int i = 0; i < n; i++)
		fill(ui, s, &rows[i]);
	return s->own ? load_pin(ui, s) : OK;
}

/* --- keys ------------------------------------------------------------- */

static bool
when_own(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct phones *)data)->own;
}

static bool
when_item(struct ui *ui, const void *data)
{
	return (when_own(ui, data) || ui_may(ui, PERM_ACCOUNT_WRITE)) &&
	       page_selected(&((const struct phones *)data)->page, NULL, NULL);
}

static bool
when_new(struct ui *ui, const void *data)
{
	int64_t id;
	int seen;

	return when_own(ui, data) &&
	       page_selected(&((const struct phones *)data)->page, &id,
	                     &seen) &&
	       !seen;
}

static bool
when_pin(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct phones *)data)->pin;
}

static void
key_bind(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_phone_bind, 0);
}

static void
key_mine(struct ui *ui, void *data)
{
	struct phone_id id;

	if (!page_selected(&((struct phones *)data)->page, &id.v, NULL))
		return;
	(void)ui_error(ui, phone_see(ui_ctx(ui), id));
	ui_reload(ui);
}

static void
key_drop(struct ui *ui, void *data)
{
	struct phone_id id;

	if (!page_selected(&((struct phones *)data)->page, &id.v, NULL) ||
	    !ui_confirm(ui, _("Remove this telephone? It no longer signs "
	                      "its person in.")))
		return;
	if (ui_error(ui, phone_drop(ui_ctx(ui), id)) == OK)
		ui_say(ui, "%s", _("The telephone is removed."));
	ui_reload(ui);
}

static void
set_pin(struct ui *ui, const char *pin, const char *done)
{
	const struct tui_host *host = ui_host(ui);
	int err = host->set_pin != NULL ? host->set_pin(host->data, pin)
	                                : ERR_UNAVAILABLE;

	if (ui_error(ui, err) == OK)
		ui_say(ui, "%s", done);
	ui_reload(ui);
}

static void
key_pin(struct ui *ui, void *data)
{
	const char *pin =
	    ui_prompt_secret(ui, ui_arena(ui), _("New PIN, 6 to 12 digits"));
	const char *fault, *again;

	(void)data;
	if (pin == NULL || *pin == '\0')
		return;
	fault = phone_pin_fault(pin);
	if (fault != NULL) {
		ui_say(ui, "%s", _(fault));
		return;
	}
	again = ui_prompt_secret(ui, ui_arena(ui), _("The PIN once more"));
	if (again == NULL)
		return;
	if (!secret_equal_text(again, pin))
		ui_say(ui, "%s", _("The two are not the same."));
	else
		set_pin(ui, pin, _("The PIN is set."));
}

static void
key_no_pin(struct ui *ui, void *data)
{
	(void)data;
	if (ui_confirm(ui, _("Remove the PIN? Then only bound telephones "
	                     "sign you in.")))
		set_pin(ui, "", _("The PIN is removed."));
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("It is mine"), PERM_NONE, key_mine, when_new, NULL},
	{KEY_ACTION, N_("Bind a telephone"), PERM_NONE, key_bind, when_own,
	 N_("Shows a code that your telephone scans.")},
	{KEY_ACTION, N_("Remove the telephone"), PERM_NONE, key_drop, when_item, NULL},
	{KEY_ACTION, N_("Set the PIN"), PERM_NONE, key_pin, when_own,
	 N_("With your name it signs you in on any telephone.")},
	{KEY_ACTION, N_("Remove the PIN"), PERM_NONE, key_no_pin, when_pin, NULL},
	KEY_END,
};
/* clang-format on */

const struct screen screen_phones = {
    .name = "phones",
    .title = N_("Telephones"),
    .about = N_("A bound telephone signs you in to an activity with one tap "
                "after scanning its code. Without one, your name and your "
                "PIN do the same in any browser. Neither opens anything "
                "else. A telephone that is lost is removed here; one that "
                "is not yours is removed at once, and the administrator "
                "told."),
    .size = sizeof(struct phones),
    .keys = keys,
    .open = open,
    .load = load,
};
