/*
 * One's own new password: opened from the settings, or before everything
 * else when the one in use was set by somebody else. The password goes to
 * liaison-auth and nowhere else; it is wiped here once sent.
 */
#include <string.h>

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/base/policy.h"
#include "db/setting.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

enum { PASSWORD_MAX = 128 }; /* characters */

enum { ROW_FRESH = 1, ROWS = 4 };

struct password {
	struct form form;
	struct form_spec spec;
	struct form_row rows[ROWS]; /* the hint says how long it must be */
	bool forced;      /* set by somebody else: nothing goes before it */
	int64_t least;    /* characters, as the site asks for */
	const char *name; /* of the account */
	const char *now, *fresh, *again;
};

static const struct field fields[] = {
    FIELD(password, now, TEXT, N_("Present password"), .max = PASSWORD_MAX,
          .required = true),
    FIELD(password, fresh, TEXT, N_("New password"), .max = PASSWORD_MAX,
          .required = true, .hint = N_("a short sentence is good")),
    FIELD(password, again, TEXT, N_("New password again"), .max = PASSWORD_MAX,
          .required = true),
    FIELD_END,
};

/* Who was just let in with the password set for them need not say it. */
static bool
when_asked(struct ui *ui, void *data)
{
	(void)ui;
	return !((const struct password *)data)->forced;
}

static const struct form_row rows[ROWS] = {
    {.field = "now", .secret = true, .when = when_asked},
    {.field = "fresh", .secret = true},
    {.field = "again", .secret = true},
    FORM_ROW_END,
};

/* The entry's own checks; liaison-auth makes its own as well. */
static int
check(struct password *s)
{
	enum policy_fault fault =
	    policy_fault(s->name, s->fresh, (int)s->least);
	int faults = 0;

	if (fault == POLICY_SHORT) {
		form_error(&s->form, "fresh",
		           arena_printf(ui_arena(s->form.widget.ui),
		                        _("It has fewer than %d characters."),
		                        (int)s->least));
		faults++;
	} else if (fault != POLICY_FINE) {
		form_error(&s->form, "fresh", _(policy_sentence(fault)));
		faults++;
	} else if (strcmp(s->fresh, s->now) == 0) {
		form_error(&s->form, "fresh", _("It is the present one."));
		faults++;
	}
	if (strcmp(s->fresh, s->again) != 0) {
		form_error(&s->form, "again", _("The two are not the same."));
		faults++;
	}
	return faults > 0 ? ERR_INVALID : OK;
}

static int
set(struct ui *ui, struct password *s)
{
	const struct tui_host *host = ui_host(ui);
	int err;

	if (host->check_password == NULL || host->set_password == NULL)
		return ERR_UNAVAILABLE;
	err = s->forced ? OK : host->check_password(host->data, s->now);
	if (err == ERR_DENIED) {
		form_error(&s->form, "now", _("This is not your password."));
		return ERR_INVALID;
	}
	if (err == OK)
		err = host->set_password(host->data, ui_ctx(ui)->account,
		                         s->fresh, false);
	if (err == ERR_INVALID)
		form_error(&s->form, "fresh",
		           _("This password is too easy to guess."));
	return err;
}

static int
save(struct ui *ui, void *data)
{
	struct password *s = data;
	int err = check(s);

	if (err == OK)
		err = set(ui, s);
	if (err != OK)
		return err;
	ui_say(ui, "%s", _("Your password was changed."));
	ui_go(ui, '1');
	return OK;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct password *s = data;
	struct account account;
	int err =
	    account_get(ui_ctx(ui), ui_keep(ui),
	                (struct account_id){ui_ctx(ui)->account}, &account);

	(void)arg;
	if (err == OK)
		err = setting_number(ui_ctx(ui), "password.length",
		                     POLICY_LEAST, &s->least);
	if (err != OK)
		return err;
	s->name = account.name;
	s->forced = account.must_change;
	if (s->forced)
		ui_say(ui, "%s",
		       _("Your password was set by somebody else: choose your "
		         "own before anything else."));
	s->now = s->fresh = s->again = "";
	memcpy(s->rows, rows, sizeof(rows));
	s->rows[ROW_FRESH].hint = arena_printf(
	    ui_keep(ui), _("at least %d characters; a short sentence is good"),
	    (int)s->least);
	s->spec = spec;
	s->spec.rows = s->rows;
	form_init(&s->form, &s->spec, ui, s, s);
	ui_body(ui, &s->form.widget);
	return OK;
}

static const struct key keys[] = {
    {"F10", N_("Change"), PERM_NONE, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_password = {
    .name = "password",
    .no_draft = true,
    .title = N_("Change password"),
    .about = N_("Your password is known to nobody but you: what is kept is "
                "a one-way value of it. When somebody else set it for you, "
                "it has to be changed before anything else. Changing it "
                "does not end your other sessions."),
    .size = sizeof(struct password),
    .keys = keys,
    .open = open,
};
