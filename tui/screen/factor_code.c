/*
 * The page before the workbench of who has a second factor and whose client
 * could not be asked for a code: one field. The session may do nothing else
 * until liaison-auth says that the code is right.
 */
#include "db/base/i18n.h"
#include "tui/factor_steps.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/form.h"
#include "tui/widget/page.h"

enum { FORM_ROWS = 3 };

struct entry {
	const char *code;
};

struct factor_code {
	struct form form;
	struct page page;
	struct entry entry;
};

static int
load(struct ui *ui, void *data)
{
	struct factor_code *s = data;

	(void)ui;
	page_begin(&s->page);
	page_text(&s->page, THEME_DIM,
	          _("The authenticator app on your telephone shows six digits, "
	            "others every half minute. Without the telephone a "
	            "recovery code does as well; each is good once."));
	page_blank(&s->page);
	page_text(&s->page, THEME_DIM,
	          _("If you have neither, the administrator can reset your "
	            "second factor."));
	return OK;
}

static int
save(struct ui *ui, void *data)
{
	struct factor_code *s = data;
	int err = factor_step_show(ui, s->entry.code);

	form_set_text(&s->form, "code", "");
	if (err == OK) {
		ui_restart(ui);
		return OK;
	}
	form_error(&s->form, "code", factor_step_refusal(err));
	return ERR_INVALID;
}

static const struct field fields[] = {
    FIELD(entry, code, TEXT, N_("Verification code"), .max = FACTOR_TEXT_MAX,
          .required = true),
    FIELD_END,
};

static const struct form_row rows[] = {
    {.field = "code", .hint = N_("or a recovery code")},
    FORM_ROW_END,
};

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct factor_code *s = data;

	(void)arg;
	s->entry.code = "";
	form_init(&s->form, &spec, ui, s, &s->entry);
	page_init(&s->page, ui, s);
	ui_body(ui, &s->form.widget);
	ui_body(ui, &s->page.widget);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct factor_code *s = data;
	struct area form = area_part(body, 0, 0, FORM_ROWS, 0);
	struct area below = area_part(body, FORM_ROWS, 2, 0, 0);

	(void)ui;
	form_draw(&s->form, &form);
	page_draw(&s->page, &below);
}

static void
key_submit(struct ui *ui, void *data)
{
	struct factor_code *s = data;
	int err = form_submit(&s->form);

	if (err != ERR_INVALID) /* the field says it */
		ui_error(ui, err);
}

static const struct key keys[] = {
    {"Enter", N_("Verify"), PERM_NONE, key_submit, NULL, NULL},
    {"F10", N_("Verify"), PERM_NONE, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_factor_code = {
    .name = "factor-code",
    .no_draft = true,
    .title = N_("Verification code"),
    .about = N_("Your account has a second factor: besides the password or "
                "the key a code is asked for, which only your telephone can "
                "show. After several wrong ones the session ends, and you "
                "have to wait before the next."),
    .size = sizeof(struct factor_code),
    .keys = keys,
    .open = open,
    .load = load,
    .draw = draw,
};
