/* The address where a voter votes with their bound telephone, as QR. */
#include "db/ballot.h"

#include "db/base/i18n.h"
#include "db/code.h"
#include "tui/qr_page.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct ballot_phone {
	struct qr_page view;
	struct ballot_id id;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct ballot_phone *s = data;

	s->id.v = arg;
	qr_page_init(&s->view, ui, s);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct ballot_phone *s = data;
	struct arena *a = ui_arena(ui);
	struct page *p = &s->view.page;
	const char *url = ui_host(ui)->public_url, *address;
	struct ballot b;
	int err = ballot_get(ui_ctx(ui), a, s->id, &b);

	if (err != OK)
		return err;
	address = code_address(a, url != NULL ? url : "", 'V',
	                       arena_printf(a, "%lld", (long long)s->id.v));
	qr_page_set(&s->view, ui, address);
	page_begin(p);
	page_title(p, b.title, _(ballot_states[b.state].label));
	page_text(p, THEME_NORMAL,
	          _("Scan the code with the telephone you have bound. It asks "
	            "for your PIN, which goes with the paper."));
	page_blank(p);
	page_pair(p, _("Address"), address);
	page_blank(p);
	page_text(p, THEME_DIM,
	          _("A paper counts once, whether from here or from the "
	            "telephone."));
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	(void)ui;
	qr_page_draw(&((struct ballot_phone *)data)->view, body);
}

static void
key_form(struct ui *ui, void *data)
{
	(void)ui;
	qr_page_switch(&((struct ballot_phone *)data)->view);
}

static bool
has_two_forms(struct ui *ui, const void *data)
{
	return qr_page_has_two(&((const struct ballot_phone *)data)->view, ui);
}

/* clang-format off */
static const struct key keys[] = {
	{"F5", N_("QR form"), PERM_NONE, key_form, has_two_forms,
	 N_("For terminals that draw half blocks two columns wide: two columns a module.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_ballot_phone = {
    .name = "ballot-phone",
    .title = N_("Vote by telephone"),
    .about = N_("The address of the ballot for the telephone that you have "
                "bound. The telephone says who you are, the PIN that it is "
                "you who holds it."),
    .needs = PERM_BALLOT_VOTE,
    .size = sizeof(struct ballot_phone),
    .keys = keys,
    .open = open,
    .load = load,
    .draw = draw,
};
