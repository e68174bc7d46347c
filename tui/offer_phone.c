/* That a telephone was bound is told to its person, until they say that it
 * is theirs. */
#include "db/base/i18n.h"
#include "db/phone.h"
#include "db/store/ctx.h"
#include "tui/offers.h"
#include "tui/screens.h"

static int
list(struct ui *ui, struct arena *a, struct offer_line *out, int max)
{
	struct ctx *c = ui_ctx(ui);
	struct phone *rows;
	int found = 0, n;

	if (phone_list(c, a, (struct account_id){c->account}, &rows, &n) != OK)
		return 0;
	for (int i = 0; i < n && found < max; i++) {
		if (rows[i].seen)
			continue;
		out[found].key = rows[i].id.v;
		out[found++].text = arena_printf(
		    a, _("%s  A telephone was bound to your account: %s"),
		    instant_show(a, rows[i].bound_at, ui_today(ui)),
		    rows[i].label);
	}
	return found;
}

static void
run(struct ui *ui, int64_t key)
{
	(void)key;
	ui_push(ui, &screen_phones, 0);
}

const struct offer offer_phone = {
    .name = "phone",
    .list = list,
    .run = run,
};
