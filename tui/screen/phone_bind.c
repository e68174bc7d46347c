/*
 * The address that binds one's telephone, as QR and as text, until it was
 * used. A new one is made each time the screen is opened.
 */
#include "db/base/i18n.h"
#include "db/code.h"
#include "db/phone.h"
#include "db/store/ctx.h"
#include "tui/qr_page.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct phone_bind_view {
	struct qr_page view;
	char token[SECRET_TOKEN + 1];
	struct instant valid_to;
	int before; /* telephones there were */
};

static int
count(struct ui *ui, int *n)
{
	struct phone *rows;

	struct ctx *c = ui_ctx(ui);

	return phone_list(c, ui_arena(ui), (struct account_id){c->account},
	                  &rows, n);
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct phone_bind_view *s = data;
	int err = count(ui, &s->before);

	(void)arg;
	if (err == OK)
		err = phone_invite(ui_ctx(ui), s->token, &s->valid_to);
	if (err != OK)
		return err;
	qr_page_init(&s->view, ui, s);
	return OK;
}

static void
fill(struct ui *ui, struct phone_bind_view *s)
{
	struct page *p = &s->view.page;
	const char *url = ui_host(ui)->public_url;
	const char *address =
	    code_address(ui_arena(ui), url != NULL ? url : "", 'P', s->token);

	qr_page_set(&s->view, ui, address);
	page_begin(p);
	page_title(p, _("Bind a telephone"), "");
	page_text(p, THEME_NORMAL,
	          _("Scan the code with your telephone, and tap once on the "
	            "page that opens."));
	page_blank(p);
	page_pair(p, _("Address"), address);
	page_pair(p, _("Valid until"),
	          instant_show_time(ui_arena(ui), s->valid_to));
	page_blank(p);
	page_text(p, THEME_DIM,
	          _("Only for your own telephone: it will sign in to "
	            "activities in your name."));
}

/* The telephone has come: there is nothing more to show. */
static int
load(struct ui *ui, void *data)
{
	struct phone_bind_view *s = data;
	int n, err = count(ui, &n);

	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(PHONE), 0);
	if (n > s->before) {
		ui_say(ui, "%s", _("The telephone is bound."));
		ui_bell(ui);
		ui_pop(ui);
		return OK;
	}
	fill(ui, s);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	(void)ui;
	qr_page_draw(&((struct phone_bind_view *)data)->view, body);
}

static void
leave(struct ui *ui, void *data)
{
	struct phone_bind_view *s = data;

	(void)ui;
	secret_wipe(s->token, sizeof(s->token));
}

static void
key_form(struct ui *ui, void *data)
{
	(void)ui;
	qr_page_switch(&((struct phone_bind_view *)data)->view);
}

static bool
has_two_forms(struct ui *ui, const void *data)
{
	return qr_page_has_two(&((const struct phone_bind_view *)data)->view,
	                       ui);
}

/* clang-format off */
static const struct key keys[] = {
	{"F5", N_("QR form"), PERM_NONE, key_form, has_two_forms,
	 N_("For terminals that draw half blocks two columns wide: two columns a module.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_phone_bind = {
    .name = "phone-bind",
    .no_draft = true,
    .title = N_("Bind a telephone"),
    .about = N_("The address is good for a few minutes and for one "
                "telephone. What the telephone keeps is a long random "
                "secret in its browser; here is only its hash. A telephone "
                "belongs to one person: bound anew, it leaves the one "
                "before."),
    .size = sizeof(struct phone_bind_view),
    .keys = keys,
    .open = open,
    .load = load,
    .draw = draw,
    .leave = leave,
};
