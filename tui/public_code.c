/* The page of a code that is published. */
#include "tui/public_code.h"

#include "db/base/i18n.h"
#include "tui/reason.h"
#include "tui/screens.h"
#include "tui/transfer.h"
#include "tui/ui.h"

static void
fill(struct ui *ui, struct public_code *s, const struct code *code,
     int64_t views)
{
	struct arena *a = ui_arena(ui);
	struct page *p = &s->view.page;
	const char *url = ui_host(ui)->public_url;
	const char *address = code_payload(a, code, url != NULL ? url : "");
	bool good = code_usable(ui_ctx(ui), code) == OK;

	qr_page_set(&s->view, ui, good ? address : "");
	page_pair(p, _("Address"), address);
	page_pair(p, _("Valid until"),
	          day_show(a, day_of(code->valid_to), ui_today(ui)));
	page_pairf(p, _("Page opened"),
	           P_("%lld time", "%lld times", (unsigned long)views),
	           (long long)views);
	if (!good)
		page_text(p, THEME_ALARM, _("It is no longer valid."));
}

int
public_code_load(struct ui *ui, struct public_code *s, const char *title,
                 const char *about)
{
	struct ctx *c = ui_ctx(ui);
	struct page *p = &s->view.page;
	struct code code = {.id = {0}};
	int64_t views = 0;
	int err = code_newest(c, ui_arena(ui), s->kind, s->subject, &code);

	if (err == OK)
		err = code_views(c, code.id, &views);
	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	ui_watch(ui, ENTITY_BIT(CODE), s->unit.v);
	s->code = code.id;
	page_begin(p);
	page_title(p, title, "");
	qr_page_set(&s->view, ui, "");
	if (s->code.v != 0)
		fill(ui, s, &code, views);
	else
		page_text(p, THEME_DIM, _("It has no code yet; F2 mints one."));
	page_blank(p);
	page_text(p, THEME_DIM, about);
	return OK;
}

void
public_code_draw(struct ui *ui, void *data, const struct area *body)
{
	(void)ui;
	qr_page_draw(&((struct public_code *)data)->view, body);
}

/* --- keys ------------------------------------------------------------- */

static bool
may_mint(struct ui *ui, const void *data)
{
	const struct public_code *s = data;

	(void)ui;
	return s->writes && s->code.v == 0;
}

static bool
may_replace(struct ui *ui, const void *data)
{
	const struct public_code *s = data;

	(void)ui;
	return s->writes && s->code.v != 0;
}

static void
key_mint(struct ui *ui, void *data)
{
	const struct public_code *s = data;
	struct code_id id;
	int err = s->kind == CODE_STATION
	              ? code_mint_station(ui_ctx(ui),
	                                  (struct station_id){s->subject}, &id)
	              : code_mint_deputy(ui_ctx(ui),
	                                 (struct person_id){s->subject}, &id);

	(void)ui_error(ui, err);
	ui_reload(ui);
}

static void
key_replace(struct ui *ui, void *data)
{
	const struct public_code *s = data;
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

/* Said here, before somebody fetches an empty sheet. */
static int
may_print(struct ui *ui, struct code_id id)
{
	struct code code;
	int err = code_get(ui_ctx(ui), ui_arena(ui), id, &code);

	return err == OK ? code_may_print(ui_ctx(ui), &code) : err;
}

void
code_print(struct ui *ui, const struct code_sheet_of *of)
{
	const struct transfer_want want = {
	    .what = TRANSFER_CODES,
	    .name = "codes",
	    .args = code_sheet_args(ui_arena(ui), of),
	    .label = _("Codes for paper")};
	int err = of->id.v != 0 ? may_print(ui, of->id) : OK;

	if (err == ERR_INVALID)
		ui_say(ui, "%s", _(ui_ctx(ui)->faults[0].text));
	else if (err != OK)
		(void)ui_error(ui, err);
	else
		ui_transfer(ui, &want, NULL);
}

static void
key_print(struct ui *ui, void *data)
{
	const struct public_code *s = data;
	const struct code_sheet_of of = {.id = s->code};

	code_print(ui, &of);
}

static bool
when_code(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct public_code *)data)->code.v != 0;
}

static void
key_form(struct ui *ui, void *data)
{
	(void)ui;
	qr_page_switch(&((struct public_code *)data)->view);
}

static bool
has_two_forms(struct ui *ui, const void *data)
{
	return qr_page_has_two(&((const struct public_code *)data)->view, ui);
}

/* clang-format off */
const struct key public_code_keys[] = {
	{"F5", N_("QR form"), PERM_NONE, key_form, has_two_forms,
	 N_("For terminals that draw half blocks two columns wide: two columns a module.")},
	{KEY_ACTION, N_("Print"), PERM_NONE, key_print, when_code,
	 N_("A4, the size of a poster, fetched by a one-time address.")},
	{KEY_ACTION, N_("Mint a code"), PERM_NONE, key_mint, may_mint, NULL},
	{KEY_ACTION, N_("Replace the code"), PERM_NONE, key_replace, may_replace,
	 N_("A new address; the one before stops working at once.")},
	KEY_END,
};
/* clang-format on */
