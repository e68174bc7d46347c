/* The public keys of an account, one's own or, for who may see accounts,
 * anybody's: listed, added by pasting a line, removed. */
#include <string.h>

#include "db/account.h"
#include "db/account_key.h"
#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { LINE_MAX_CHARS = 1000, SHORT = 14, TYPE = 20, LABEL = 22 };

struct account_keys {
	struct page page;
	struct account_id id;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct account_keys *s = data;

	s->id.v = arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* All keys of a type begin alike. */
static const char *
end_of(struct arena *a, const char *key)
{
	size_t n = strlen(key);

	return arena_printf(a, "..%s", key + (n > SHORT ? n - SHORT : 0));
}

static void
fill(struct ui *ui, struct page *p, const struct account_key *k)
{
	struct arena *a = ui_arena(ui);
	const struct page_cell cells[] = {
	    {k->label[0] != '\0' ? k->label : "-", LABEL, false, THEME_NORMAL},
	    {k->type, TYPE, false, THEME_DIM},
	    {day_show(a, day_of(k->added_at), ui_today(ui)), 10, false,
	     THEME_DIM},
	    {k->commands[0] != '\0' ? k->commands : end_of(a, k->key), 0, false,
	     THEME_DIM},
	};

	page_item_cells(p, k->id.v, 0, cells, 4);
}

static int
load(struct ui *ui, void *data)
{
	struct account_keys *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct account account;
	struct account_key *keys;
	int n, err = account_get(c, a, s->id, &account);

	if (err == OK)
		err = account_key_list(c, a, s->id, &keys, &n);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(ACCOUNT_KEY), 0);
	page_begin(&s->page);
	page_title(&s->page, arena_printf(a, _("Keys of %s"), account.name),
	           "");
	if (n == 0)
		page_text(&s->page, THEME_DIM,
		          _("None: the account signs in by its password."));
	for (int i = 0; i < n; i++)
		fill(ui, &s->page, &keys[i]);
	return OK;
}

/* --- keys ------------------------------------------------------------- */

static bool
when_may(struct ui *ui, const void *data)
{
	const struct account_keys *s = data;

	return s->id.v == ui_ctx(ui)->account || ui_may(ui, PERM_ACCOUNT_WRITE);
}

static bool
when_item(struct ui *ui, const void *data)
{
	return when_may(ui, data) &&
	       page_selected(&((const struct account_keys *)data)->page, NULL,
	                     NULL);
}

static void
key_add(struct ui *ui, void *data)
{
	struct account_keys *s = data;
	struct ctx *c = ui_ctx(ui);
	struct account_key_id id;
	const char *line =
	    ui_prompt(ui, ui_arena(ui), _("One line of a .pub file, pasted"),
	              "", LINE_MAX_CHARS);
	int err;

	if (line == NULL || *line == '\0')
		return;
	err = account_key_add(c, s->id, line, "", &id);
	if (err == ERR_INVALID && c->fault_count > 0)
		ui_say(ui, "%s", _(c->faults[0].text));
	else if (ui_error(ui, err) == OK)
		ui_say(ui, "%s", _("The key signs in from now on."));
	ui_reload(ui);
}

static void
key_drop(struct ui *ui, void *data)
{
	struct account_keys *s = data;
	struct account_key_id id;

	if (!page_selected(&s->page, &id.v, NULL) ||
	    !ui_confirm(ui, _("Remove this key? It no longer signs in.")))
		return;
	if (ui_error(ui, account_key_drop(ui_ctx(ui), id)) == OK)
		ui_say(ui, "%s", _("The key is removed."));
	ui_reload(ui);
}

/* clang-format off */
static const struct key keys[] = {
	{KEY_ACTION, N_("Add a key"), PERM_NONE, key_add, when_may,
	 N_("Paste the line of the .pub file that belongs to the key.")},
	{KEY_ACTION, N_("Remove the key"), PERM_NONE, key_drop, when_item, NULL},
	KEY_END,
};
/* clang-format on */

const struct screen screen_account_keys = {
    .name = "account-keys",
    .title = N_("Keys"),
    .about = N_("A public key signs in instead of the password: its private "
                "half stays on one's own computer. A key that shows names of "
                "commands was enrolled for these commands over ssh alone. "
                "Who loses a computer removes its key at once."),
    .size = sizeof(struct account_keys),
    .keys = keys,
    .open = open,
    .load = load,
};
