/*
 * What each person sets for themselves: the language, what the terminal is
 * like, and, on the way, the password.
 */
#include "db/account.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/form.h"

static const struct enum_name language_names[] = {
    {"", N_("as the client says")},
    {"zh", N_("Chinese")},
    {"en", N_("English")},
    {NULL, NULL},
};

static const struct enum_name encoding_names[] = {
    {"", N_("as the client says")},
    {"utf-8", N_("UTF-8 (most terminals)")},
    {"gb18030", N_("GB18030")},
    {"gbk", N_("GBK (older Windows)")},
    {NULL, NULL},
};

static const struct enum_name block_names[] = {
    {"", N_("ask me on the workbench")},
    {"narrow", N_("one column (most terminals)")},
    {"wide", N_("two columns")},
    {NULL, NULL},
};

struct settings {
	struct form form;
	int language; /* index of language_names */
	int encoding; /* index of encoding_names */
	int blocks;   /* index of block_names */
};

static const struct field fields[] = {
    FIELD(settings, language, ENUM, N_("Language"), .names = language_names,
          .hint = N_("F9 switches at once")),
    FIELD(settings, encoding, ENUM, N_("Encoding"), .names = encoding_names,
          .hint = N_("at once; set yours likewise")),
    FIELD(settings, blocks, ENUM, N_("Width of blocks"), .names = block_names,
          .hint = N_("two columns: codes are drawn with blanks")),
    FIELD_END,
};

static const struct form_row rows[] = {
    {.field = "language"},
    {.field = "encoding"},
    {.field = "blocks"},
    FORM_ROW_END,
};

static void
apply(struct ui *ui, const struct account_settings *wanted)
{
	const struct tui_host *host = ui_host(ui);
	const struct account row = {.blocks = wanted->blocks};
	enum encoding encoding = ENCODING_UTF8;

	if (wanted->language[0] != '\0')
		i18n_use(language_of(wanted->language));
	if (host->set_encoding != NULL)
		encoding = host->set_encoding(host->data, wanted->encoding);
	text_set_ambiguous(account_is_wide(&row, encoding));
	ui_repaint(ui);
}

static int
save(struct ui *ui, void *data)
{
	struct settings *s = data;
	const struct account_settings wanted = {
	    .language = language_names[s->language].name,
	    .encoding = encoding_names[s->encoding].name,
	    .blocks = block_names[s->blocks].name,
	};
	int err = account_settings(ui_ctx(ui), &wanted);

	if (err != OK)
		return err;
	apply(ui, &wanted);
	ui_say(ui, "%s", _("Saved."));
	ui_pop(ui);
	return OK;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
};

/* Index of name, the first when there is none. */
static int
at(const struct enum_name *names, const char *name)
{
	int i = enum_index(names, name);

	return i < 0 ? 0 : i;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct settings *s = data;
	struct ctx *c = ui_ctx(ui);
	struct account account;
	int err = account_get(c, ui_keep(ui), (struct account_id){c->account},
	                      &account);

	(void)arg;
	if (err != OK)
		return err;
	s->language = at(language_names, account.language);
	s->encoding = at(encoding_names, account.encoding);
	s->blocks = at(block_names, account.blocks);
	form_init(&s->form, &spec, ui, s, s);
	ui_body(ui, &s->form.widget);
	return OK;
}

static void
key_password(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_password, 0);
}

static void
key_keys(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_account_keys, ui_ctx(ui)->account);
}

static void
key_factor(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_factor, 0);
}

static void
key_robot(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_robot, 0);
}

static bool
when_robot(struct ui *ui, const void *data)
{
	(void)data;
	return ui_host(ui)->has_robot;
}

static void
key_phones(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_phones, 0);
}

static bool
when_phones(struct ui *ui, const void *data)
{
	(void)data;
	return ui_host(ui)->set_pin != NULL;
}

static bool
when_factors(struct ui *ui, const void *data)
{
	(void)data;
	return ui_host(ui)->factor != NULL;
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_NONE, NULL, NULL, NULL},
    {KEY_ACTION, N_("Change password"), PERM_NONE, key_password, NULL, NULL},
    {KEY_ACTION, N_("Keys"), PERM_NONE, key_keys, NULL, NULL},
    {KEY_ACTION, N_("Second factor"), PERM_NONE, key_factor, when_factors,
     NULL},
    {KEY_ACTION, N_("Telephones"), PERM_NONE, key_phones, when_phones,
     N_("What signs you in to activities without a terminal.")},
    {KEY_ACTION, N_("Chat robot"), PERM_OPINION_READ, key_robot, when_robot,
     N_("The chat accounts with which you write to it.")},
    KEY_END,
};

const struct screen screen_settings = {
    .name = "settings",
    .title = N_("My settings"),
    .about = N_("What you set here holds for you alone, at every sign-in "
                "from now on. If a code looks torn or stretched on a code "
                "page, your terminal draws block characters two columns "
                "wide: choose two columns.\n"
                "The encoding is that of your terminal: older systems in "
                "China are often set to GB18030 or GBK. Usually the client "
                "says it by its locale; choose it here when it does not."),
    .size = sizeof(struct settings),
    .keys = keys,
    .open = open,
};
