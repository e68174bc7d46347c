/* The question how wide a terminal draws blocks, until it is answered: two
 * short bars of as many characters each, one above the other: where the upper
 * one is longer it must not push what stands beside it off the screen. */
#include <string.h>

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/store/ctx.h"
#include "tui/offers.h"

#define BLOCK "\u2588"

static int
list(struct ui *ui, struct arena *a, struct offer_line *out, int max)
{
	struct ctx *c = ui_ctx(ui);
	struct account account;

	if (max < 2 ||
	    account_get(c, a, (struct account_id){c->account}, &account) != OK)
		return 0;
	if (account.blocks[0] != '\0')
		return 0;
	out[0].text =
	    arena_printf(a, "%s  %s", BLOCK BLOCK BLOCK BLOCK BLOCK BLOCK,
	                 _("Do both bars end together?"));
	out[1].text =
	    arena_printf(a, "######  %s", _("Please answer with Enter."));
	return 2;
}

/* The answers, in the order of the menu; the last one is none. */
static const struct {
	const char *blocks, *text;
} answers[] = {
    {"narrow", N_("They end together")},
    {"wide", N_("The upper one is longer")},
    {NULL, N_("Ask me later")},
};

static void
run(struct ui *ui, int64_t key)
{
	const char *entries[COUNT(answers)];
	struct account_settings settings = {.language = NULL};
	int n, err;

	(void)key;
	for (size_t i = 0; i < COUNT(answers); i++)
		entries[i] = _(answers[i].text);
	n = ui_menu(ui, _("The two bars"), entries, COUNT(answers));
	if (n < 0 || answers[n].blocks == NULL)
		return;
	settings.blocks = answers[n].blocks;
	err = account_settings(ui_ctx(ui), &settings);
	if (ui_error(ui, err) != OK)
		return;
	text_set_ambiguous(strcmp(settings.blocks, "wide") == 0);
	ui_repaint(ui);
	ui_say(ui, "%s", _("Saved; F2, My settings changes it."));
}

const struct offer offer_blocks = {
    .name = "blocks",
    .list = list,
    .run = run,
};
