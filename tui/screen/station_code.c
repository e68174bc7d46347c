/* The code of a liaison station: the QR that opens its public page. The
 * argument is the unit. */
#include "db/base/i18n.h"
#include "db/code.h"
#include "db/station.h"
#include "db/store/ctx.h"
#include "tui/qr_page.h"
#include "tui/reason.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct station_code {
	struct qr_page view;
	struct unit_id unit;
	struct station station;
	struct code_id code; /* 0: there is none */
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct station_code *s = data;

	s->unit.v = arg;
	qr_page_init(&s->view, ui, s);
	return OK;
}

static void
fill_code(struct ui *ui, struct station_code *s, const struct code *code,
          int64_t views)
{
	struct arena *a = ui_arena(ui);
	struct page *p = &s->view.page;
	const char *url = ui_host(ui)->public_url;
	const char *address = code_payload(a, code, url != NULL ? url : "");

	qr_page_set(&s->view, ui,
	            code_usable(ui_ctx(ui), code) == OK ? address : "");
	page_pair(p, _("Address"), address);
	page_pair(p, _("Valid until"),
	          day_show(a, day_of(code->valid_to), ui_today(ui)));
	page_pairf(p, _("Page opened"),
	           P_("%lld time", "%lld times", (unsigned long)views),
	           (long long)views);
	if (code_usable(ui_ctx(ui), code) != OK)
		page_text(p, THEME_ALARM, _("It is no longer valid."));
	page_blank(p);
	page_text(p, THEME_DIM,
	          _("Who scans it sees the station, its deputies and its next "
	            "receptions."));
}

static int
load(struct ui *ui, void *data)
{
	struct station_code *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct code code = {.id = {0}};
	int64_t views = 0;
	int err = station_of_unit(c, ui_arena(ui), s->unit, &s->station);

	if (err != OK)
		return err;
	err = code_newest(c, a, CODE_STATION, s->station.id.v, &code);
	if (err == OK)
		err = code_views(c, code.id, &views);
	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	ui_watch(ui, ENTITY_BIT(CODE), s->unit.v);
	s->code = code.id;
	page_begin(&s->view.page);
	page_title(&s->view.page, s->station.name, "");
	qr_page_set(&s->view, ui, "");
	if (s->code.v != 0)
		fill_code(ui, s, &code, views);
	else
		page_text(&s->view.page, THEME_DIM,
		          _("It has no code yet; F2 mints one."));
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	(void)ui;
	qr_page_draw(&((struct station_code *)data)->view, body);
}

/* --- keys ------------------------------------------------------------- */

static bool
when_none(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct station_code *)data)->code.v == 0;
}

static bool
when_some(struct ui *ui, const void *data)
{
	return !when_none(ui, data);
}

static void
key_mint(struct ui *ui, void *data)
{
	const struct station_code *s = data;
	struct code_id id;

	(void)ui_error(ui, code_mint_station(ui_ctx(ui), s->station.id, &id));
	ui_reload(ui);
}

static void
key_replace(struct ui *ui, void *data)
{
	const struct station_code *s = data;
	struct code_id id;
	const char *reason = reason_ask(
	    ui, REASON_CODE,
	    _("Why is the code replaced? The one on paper stops working."));

	if (reason == NULL)
		return;
	if (ui_error(ui, code_renew(ui_ctx(ui), s->code, reason, &id)) == OK)
		ui_say(ui, "%s", _("The new code is valid from now on."));
	ui_reload(ui);
}

static void
key_form(struct ui *ui, void *data)
{
	(void)ui;
	qr_page_switch(&((struct station_code *)data)->view);
}

static bool
has_two_forms(struct ui *ui, const void *data)
{
	return qr_page_has_two(&((const struct station_code *)data)->view, ui);
}

/* clang-format off */
static const struct key keys[] = {
	{"F5", N_("QR form"), PERM_NONE, key_form, has_two_forms,
	 N_("For terminals that draw half blocks two columns wide: two columns a module.")},
	{KEY_ACTION, N_("Mint a code"), PERM_CODE_WRITE, key_mint, when_none, NULL},
	{KEY_ACTION, N_("Replace the code"), PERM_CODE_WRITE, key_replace, when_some,
	 N_("A new address; the one before stops working at once.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_station_code = {
    .name = "station-code",
    .title = N_("Station code"),
    .about = N_("The one code of the station: it hangs at the door and "
                "opens the public page of the station on any telephone. "
                "Nobody has to sign in, and nothing is shown that is not "
                "published. Replace it when it was misused."),
    .needs = PERM_CODE_READ,
    .size = sizeof(struct station_code),
    .keys = keys,
    .open = open,
    .load = load,
    .draw = draw,
};
