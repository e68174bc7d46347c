/* Drafts to go on with. */
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/draft.h"
#include "db/store/ctx.h"
#include "tui/offers.h"
#include "tui/screens.h"

enum { LINES = 3 };

/* A session that can be gone on with has what was typed, and more. */
static bool
is_open(const char *name, const struct tui_other *others, int n)
{
	for (int i = 0; i < n; i++)
		if (strcmp(others[i].screen, name) == 0)
			return true;
	return false;
}

/* Those that may be opened now, newest first. */
static int
drafts_of(struct ui *ui, struct arena *a, struct draft **out)
{
	struct tui_other others[TUI_OTHERS_MAX];
	int all, open = 0, n = 0;

	if (ui_drafts(ui) == NULL)
		return 0;
	all = draft_list(ui_drafts(ui), a, ui_ctx(ui)->office, out);
	if (all > 0)
		open = ui_others(ui, others);
	for (int i = 0; i < all; i++) {
		const struct screen *screen = screen_named((*out)[i].screen);

		if (is_open((*out)[i].screen, others, open))
			continue;
		if (screen != NULL && ui_may(ui, screen->needs))
			(*out)[n++] = (*out)[i];
	}
	return n;
}

/* Not its place in the list: another session of the person may change which
 * draft is the first. */
static int64_t
key_of(const struct draft *d)
{
	uint64_t key = (uint64_t)d->arg;

	for (const char *s = d->screen; *s != '\0'; s++)
		key = key * 31 + (unsigned char)*s;
	return (int64_t)key;
}

static int
list(struct ui *ui, struct arena *a, struct offer_line *out, int max)
{
	struct draft *drafts;
	int n = drafts_of(ui, a, &drafts), i;

	for (i = 0; i < n && i < max && i < LINES; i++) {
		const struct draft *d = &drafts[i];
		const char *title = _(screen_named(d->screen)->title);

		out[i].key = key_of(d);
		out[i].text = arena_printf(a, _("Draft %s: %s"),
		                           ui_when(ui, a, d->at), title);
		if (d->title[0] != '\0')
			out[i].text =
			    arena_printf(a, "%s, %s", out[i].text, d->title);
	}
	return i;
}

static void
run(struct ui *ui, int64_t key)
{
	struct arena *a = arena_new();
	struct draft *drafts;
	int n = drafts_of(ui, a, &drafts), i = 0;

	while (i < n && key_of(&drafts[i]) != key)
		i++;
	if (i < n)
		ui_push_draft(ui, screen_named(drafts[i].screen),
		              drafts[i].arg);
	else
		ui_say(ui, "%s",
		       _("This draft is gone: it was saved or "
		         "given up elsewhere."));
	arena_free(a);
}

const struct offer offer_draft = {
    .name = "draft",
    .list = list,
    .run = run,
};
