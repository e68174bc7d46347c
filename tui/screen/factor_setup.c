/*
 * Setting up a second factor: the QR at the left, the same key as text at
 * the right, and under it the code that proves that the telephone has it.
 * Before the workbench of who needs one, else opened from one's settings.
 * The key is made here, goes to liaison-auth with its code, and is wiped.
 */
#include <stdio.h>

#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/base/qr.h"
#include "db/base/secret.h"
#include "db/store/ctx.h"
#include "tui/factor_steps.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/form.h"
#include "tui/widget/page.h"
#include "tui/widget/qr.h"

enum {
	FORM_ROWS = 6,
	SIDE = 36, /* columns the right side needs */
	GROUP = 4,
	ADDRESS_MAX = 100
};

struct entry {
	const char *code, *present;
};

struct factor_setup {
	struct form form;
	struct page page;
	struct entry entry;
	bool gate;   /* before the workbench */
	bool exists; /* there is one already: a code of it is asked for */
	bool wide;   /* two columns a module, by choice */
	char secret[OTP_SECRET + 1];
	char address[ADDRESS_MAX]; /* what the QR holds */
	struct qr_code qr;         /* size 0: none */
};

/* "ABCD EFGH ..": how a person copies it. */
static const char *
grouped(struct arena *a, const char *secret)
{
	struct buf out = BUF_INIT;
	const char *kept;

	for (size_t i = 0; secret[i] != '\0'; i++)
		buf_addf(&out, "%s%c", i > 0 && i % GROUP == 0 ? " " : "",
		         secret[i]);
	kept = arena_strdup(a, out.data);
	secret_wipe(out.data, out.len);
	buf_clear(&out);
	return kept;
}

static enum qr_form
form_of(const struct factor_setup *s)
{
	return s->wide || !qr_has_half() ? QR_DOUBLE : QR_HALF;
}

/* Where the right side begins: after the QR when both have room. */
static int
side_at(const struct factor_setup *s, const struct area *body)
{
	int columns;

	if (s->qr.size == 0 || body->lines != NULL)
		return 0;
	columns = qr_columns(&s->qr, form_of(s));
	if (qr_rows(&s->qr, form_of(s)) > body->rows ||
	    columns + 2 + SIDE > body->columns)
		return 0;
	return columns + 2;
}

static int
load(struct ui *ui, void *data)
{
	struct factor_setup *s = data;
	struct page *p = &s->page;

	page_begin(p);
	if (s->gate)
		page_text(p, THEME_ALARM,
		          _("Your office needs a second factor; nothing else "
		            "is open before."));
	page_text(p, THEME_NORMAL,
	          ui_is_plain(ui)
	              ? _("Enter this key in an authenticator app on your "
	                  "telephone (time-based, six digits):")
	              : _("Scan the QR with an authenticator app on your "
	                  "telephone, or enter this key there:"));
	page_text(p, THEME_TITLE, grouped(ui_arena(ui), s->secret));
	if (ui_is_plain(ui))
		page_text(p, THEME_DIM, s->address);
	page_text(p, THEME_NORMAL, _("Then type the six digits it shows."));
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct factor_setup *s = data;
	int x = side_at(s, body);
	struct area side = area_part(body, 0, x, 0, 0);
	struct area text = area_part(&side, 0, 0, -FORM_ROWS, 0);
	struct area form = area_part(&side, side.rows - FORM_ROWS, 0, 0, 0);

	(void)ui;
	if (x > 0)
		(void)qr_draw(body, &s->qr, form_of(s));
	page_draw(&s->page, &text);
	form_draw(&s->form, &form);
}

static bool
when_exists(struct ui *ui, void *data)
{
	(void)ui;
	return ((const struct factor_setup *)data)->exists;
}

static int
save(struct ui *ui, void *data)
{
	struct factor_setup *s = data;
	int err = factor_step_enrol(ui, s->secret, s->entry.code,
	                            s->exists ? s->entry.present : "");

	/* by the next try they are others */
	form_set_text(&s->form, "code", "");
	form_set_text(&s->form, "present", "");
	/* the sentence has no room beside the QR */
	if (err == ERR_INVALID) {
		form_error(&s->form, "code", _("wrong"));
		ui_say(ui, "%s",
		       _("This is not the code of this key. Is the "
		         "telephone's clock right?"));
		return err;
	}
	if (err != OK) {
		form_error(&s->form, s->exists ? "present" : "code",
		           _("not taken"));
		ui_say(ui, "%s", factor_step_refusal(err));
		return ERR_INVALID;
	}
	if (s->gate)
		ui_restart(ui);
	else
		ui_pop(ui);
	return OK;
}

static const struct field fields[] = {
    FIELD(entry, present, TEXT, N_("Present code"), .max = FACTOR_TEXT_MAX,
          .required = true),
    FIELD(entry, code, TEXT, N_("New code"), .max = FACTOR_TEXT_MAX,
          .required = true),
    FIELD_END,
};

static const struct form_row rows[] = {
    {.field = "code"},
    {.field = "present", .when = when_exists},
    FORM_ROW_END,
};

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
};

static int
make(struct ui *ui, struct factor_setup *s)
{
	int err = otp_secret(s->secret);

	if (err != OK)
		return err;
	(void)snprintf(s->address, sizeof(s->address),
	               "otpauth://totp/%s?secret=%s", ui_account(ui),
	               s->secret);
	/* the key as text stands beside it in any case */
	if (qr_make_text(ui_keep(ui), s->address, &s->qr.size,
	                 &s->qr.modules) != OK)
		s->qr.size = 0;
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct factor_setup *s = data;
	int err = make(ui, s);

	if (err != OK)
		return err;
	s->exists = arg != 0;
	s->gate = ui_ctx(ui)->locked;
	s->entry.code = s->entry.present = "";
	form_init(&s->form, &spec, ui, s, &s->entry);
	page_init(&s->page, ui, s);
	ui_body(ui, &s->form.widget);
	ui_body(ui, &s->page.widget);
	return OK;
}

static void
leave(struct ui *ui, void *data)
{
	struct factor_setup *s = data;

	(void)ui;
	secret_wipe(s->secret, sizeof(s->secret));
	secret_wipe(s->address, sizeof(s->address));
}

/* --- keys ------------------------------------------------------------- */

static void
key_submit(struct ui *ui, void *data)
{
	struct factor_setup *s = data;
	int err = form_submit(&s->form);

	if (err != ERR_INVALID) /* the field says it */
		ui_error(ui, err);
}

static void
key_form(struct ui *ui, void *data)
{
	struct factor_setup *s = data;

	(void)ui;
	s->wide = !s->wide;
}

static bool
has_two_forms(struct ui *ui, const void *data)
{
	const struct factor_setup *s = data;

	return s->qr.size > 0 && qr_has_half() && !ui_is_plain(ui);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Set up"), PERM_NONE, key_submit, NULL, NULL},
	{"F10", N_("Set up"), PERM_NONE, NULL, NULL, NULL},
	{"F5", N_("QR form"), PERM_NONE, key_form, has_two_forms,
	 N_("For terminals that draw half blocks two columns wide: two columns a module.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_factor_setup = {
    .name = "factor-setup",
    .no_draft = true,
    .title = N_("Set up the second factor"),
    .about = N_("Any authenticator app will do: it takes the key once and "
                "from then on shows six digits that change every half "
                "minute, without a network. The key is shown only here; "
                "what is kept of it is sealed.\n"
                "In a small window the QR is left out: enter the key by "
                "hand, or make the window larger. When the QR looks torn, "
                "F5 draws it two columns a module."),
    .size = sizeof(struct factor_setup),
    .keys = keys,
    .open = open,
    .load = load,
    .draw = draw,
    .leave = leave,
};
