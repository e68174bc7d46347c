/* Asking for codes, and showing the ones on paper. */
#include "tui/factor_steps.h"

#include <string.h>

#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/factor.h"

enum { COLUMNS = 2 };

static int
ask_host(struct ui *ui, enum otp_act act, const char *code, const char *secret,
         const char *present, char recovery[TUI_RECOVERY_MAX + 1])
{
	const struct tui_host *host = ui_host(ui);

	recovery[0] = '\0';
	if (host->factor == NULL)
		return ERR_UNAVAILABLE;
	return host->factor(host->data, act, code, secret, present, recovery);
}

/* Apps show "123 456". */
static const char *
without_blanks(struct arena *a, const char *text)
{
	char *out = arena_strdup(a, text);
	size_t n = 0;

	for (size_t i = 0; out[i] != '\0'; i++)
		if (out[i] != ' ')
			out[n++] = out[i];
	out[n] = '\0';
	return out;
}

/* Each line has two of them. */
static void
show_recovery(struct ui *ui, char *codes)
{
	struct buf text = BUF_INIT;
	const char *code;
	char *at = codes;
	int n = 0;

	buf_add(&text, _("These recovery codes are shown only here and only "
	                 "now. Write them down and keep them away from the "
	                 "telephone: each stands in for it once."));
	buf_add(&text, "\n");
	while ((code = strsep(&at, " ")) != NULL)
		buf_addf(&text, "%s%s", n++ % COLUMNS == 0 ? "\n    " : "    ",
		         code);
	ui_show(ui, _("Recovery codes"), text.data);
	secret_wipe(text.data, text.len);
	buf_clear(&text);
}

int
factor_step_show(struct ui *ui, const char *code)
{
	char none[TUI_RECOVERY_MAX + 1];

	return ask_host(ui, OTP_ACT_SHOW, without_blanks(ui_arena(ui), code),
	                "", "", none);
}

int
factor_step_enrol(struct ui *ui, const char *secret, const char *code,
                  const char *present)
{
	char codes[TUI_RECOVERY_MAX + 1];
	struct arena *a = ui_arena(ui);
	int err = ask_host(ui, OTP_ACT_ENROL, without_blanks(a, code), secret,
	                   without_blanks(a, present), codes);

	if (err == OK) {
		show_recovery(ui, codes);
		ui_say(ui, "%s", _("Your second factor is set up."));
	}
	secret_wipe(codes, sizeof(codes));
	return err;
}

const char *
factor_step_refusal(int err)
{
	switch (err) {
	case ERR_DENIED:
		return _("This code is not right, or was used already.");
	case ERR_STATE:
		return _("Your office needs a second factor: set it up anew "
		         "instead.");
	default:
		return _(err_msgid(err));
	}
}

/* One of the present factor; NULL: Esc. */
static const char *
ask_code(struct ui *ui)
{
	const char *code = ui_prompt(
	    ui, ui_arena(ui), _("A code of your telephone, or a recovery code"),
	    "", FACTOR_TEXT_MAX);

	return code != NULL ? without_blanks(ui_arena(ui), code) : NULL;
}

void
factor_step_renew(struct ui *ui)
{
	char codes[TUI_RECOVERY_MAX + 1];
	const char *code = ask_code(ui);
	int err;

	if (code == NULL)
		return;
	err = ask_host(ui, OTP_ACT_RENEW, code, "", "", codes);
	if (err == OK)
		show_recovery(ui, codes);
	else
		ui_say(ui, "%s", factor_step_refusal(err));
	secret_wipe(codes, sizeof(codes));
	ui_reload(ui);
}

void
factor_step_drop(struct ui *ui)
{
	char none[TUI_RECOVERY_MAX + 1];
	const char *code = ask_code(ui);
	int err;

	if (code == NULL)
		return;
	err = ask_host(ui, OTP_ACT_DROP, code, "", "", none);
	ui_say(ui, "%s",
	       err == OK ? _("Your second factor is removed.")
	                 : factor_step_refusal(err));
	ui_reload(ui);
}

void
factor_step_reset(struct ui *ui, struct account_id id, const char *name)
{
	if (!ui_confirm(ui, arena_printf(ui_arena(ui),
	                                 _("Reset the second factor of %s? "
	                                   "Make sure by voice that it is "
	                                   "they who ask."),
	                                 name)))
		return;
	if (ui_error(ui, factor_reset(ui_ctx(ui), id)) != OK)
		return;
	ui_say(ui, _("%s has no second factor now."), name);
	ui_reload(ui);
}
