/*
 * Two opinions side by side, before one is merged into the other: number,
 * who raised it, when, where, the category and the words, scrolled
 * together. The argument is the one that will go with the other, which is
 * chosen here or given too (screen_merge_arg).
 */
#include "db/opinion.h"

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/activity_menu.h"
#include "tui/opinion_menu.h"
#include "tui/screens.h"
#include "tui/suggest_pick.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

enum { WIDE = 80, SPACE = 3, OFFERED = 40, FIND_MAX = 40 };

struct opinion_merge {
	struct page page;
	struct opinion_id id, into; /* into 0: not chosen yet */
	int64_t version;
	struct suggest_asked asked; /* the one that goes */
};

/* --- drawing ---------------------------------------------------------- */

static const char *
where(const struct opinion_page *o)
{
	return o->place_name[0] != '\0' ? o->place_name : o->row.venue;
}

static void
put_pair(struct opinion_merge *s, enum theme role, const char *left,
         const char *right, int width)
{
	const struct page_cell cells[] = {
	    {left, width, false, role},
	    {right, width, false, role},
	};

	page_cells(&s->page, cells, (int)COUNT(cells));
}

/* A line that both have, said on both sides. */
static void
put_line(struct ui *ui, struct opinion_merge *s, const char *label,
         const char *left, const char *right, int width)
{
	struct arena *a = ui_arena(ui);

	if (*left == '\0' && *right == '\0')
		return;
	put_pair(s, THEME_NORMAL, arena_printf(a, "%s  %s", label, left),
	         *right != '\0' || s->into.v != 0
	             ? arena_printf(a, "%s  %s", label, right)
	             : "",
	         width);
}

static void
put_words(struct ui *ui, struct opinion_merge *s, const char *left,
          const char *right, int width)
{
	const char *const *l = text_wrap(ui_arena(ui), left, width);
	const char *const *r = text_wrap(ui_arena(ui), right, width);

	while (*l != NULL || *r != NULL) {
		put_pair(s, THEME_NORMAL, *l != NULL ? *l : "",
		         *r != NULL ? *r : "", width);
		l += *l != NULL;
		r += *r != NULL;
	}
}

static const char *
heading(struct arena *a, const struct opinion_page *o)
{
	if (o->row.id.v == 0)
		return _("The other: F3 finds it");
	return arena_printf(a, "%lld  %s", (long long)o->row.id.v,
	                    _(opinion_states[o->row.state].label));
}

static const char *
senders(struct arena *a, const struct opinion_page *o)
{
	const char *who = o->row.sender;

	if (o->row.senders < 2)
		return who;
	return arena_printf(a,
	                    P_("%s, %lld sender", "%s, %lld senders",
	                       (unsigned long)o->row.senders),
	                    who, (long long)o->row.senders);
}

static const char *
received(struct ui *ui, const struct opinion_page *o)
{
	return o->row.id.v == 0 ? ""
	                        : instant_show(ui_arena(ui), o->row.received_at,
	                                       ui_today(ui));
}

static void
put_sides(struct ui *ui, struct opinion_merge *s, const struct opinion_page *l,
          const struct opinion_page *r)
{
	struct arena *a = ui_arena(ui);
	int columns = s->page.widget.columns;
	int width = ((columns > 0 ? columns : WIDE) - SPACE) / 2;

	put_pair(s, THEME_HEADING, heading(a, l), heading(a, r), width);
	put_pair(s, THEME_TITLE, l->row.subject, r->row.subject, width);
	put_line(ui, s, _("Raised by"), senders(a, l), senders(a, r), width);
	put_line(ui, s, _("Received on"), received(ui, l), received(ui, r),
	         width);
	put_line(ui, s, _("Place"), where(l), where(r), width);
	put_line(ui, s, _("Category"), l->category_label, r->category_label,
	         width);
	page_blank(&s->page);
	put_words(ui, s, l->row.body, r->row.body, width);
}

static int
load(struct ui *ui, void *data)
{
	static const struct opinion_page nothing = {
	    .row = {.sender = "", .venue = "", .subject = "", .body = ""},
	    .place_name = "",
	    .category_label = "",
	};
	struct opinion_merge *s = data;
	struct arena *a = ui_arena(ui);
	struct opinion_page left, right = nothing;
	int err = opinion_page_get(ui_ctx(ui), a, s->id, &left);

	if (err == OK && s->into.v != 0)
		err = opinion_page_get(ui_ctx(ui), a, s->into, &right);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(OPINION), left.row.unit.v);
	s->version = left.row.version;
	s->asked = (struct suggest_asked){.except = s->id,
	                                  .unit = left.row.unit,
	                                  .subject = left.row.subject,
	                                  .body = left.row.body};
	page_begin(&s->page);
	page_text(&s->page, THEME_DIM,
	          s->into.v == 0
	              ? _("Which opinion says the same? F3 proposes those "
	                  "that are alike and finds others.")
	              : arena_printf(
			    a,
			    _("Merged, %lld goes with %lld: its answer, what "
	                      "the citizen is told and the rating reach both "
	                      "senders, and %lld ends with it."),
			    (long long)s->id.v, (long long)s->into.v,
			    (long long)s->id.v));
	page_blank(&s->page);
	put_sides(ui, s, &left, &right);
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct opinion_merge *s = data;

	s->id.v = arg % SCREEN_PAIR;
	s->into.v = arg / SCREEN_PAIR;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- keys ------------------------------------------------------------- */

/* What matches text, or ("") says the same, to choose from; the last entry
 * asks for other words. Returns what was chosen, 0 none, -1 other words. */
static int64_t
choose(struct ui *ui, const struct opinion_merge *s, const char *text)
{
	struct form_option found[OFFERED];
	const char *labels[OFFERED + 1];
	struct arena *a = ui_arena(ui);
	int chosen, n = suggest_pick_opinion(ui_ctx(ui), a, &s->asked, text,
	                                     found, OFFERED);

	if (n < 0) {
		ui_error(ui, n);
		return 0;
	}
	for (int i = 0; i < n; i++)
		labels[i] =
		    arena_printf(a, "%s%s%s", found[i].label,
		                 found[i].note != NULL ? "  " : "",
		                 found[i].note != NULL ? found[i].note : "");
	labels[n] = _("By number or other words ..");
	if (n == 0 && *text == '\0')
		return -1;
	chosen = ui_menu(ui, _("Merge into"), labels, n + 1);
	if (chosen == n)
		return -1;
	return chosen < 0 ? 0 : found[chosen].value;
}

static void
key_other(struct ui *ui, void *data)
{
	struct opinion_merge *s = data;
	const char *text = "";
	int64_t into = choose(ui, s, text);

	while (into < 0) {
		text = ui_prompt(ui, ui_arena(ui),
		                 _("Number, or words of the other opinion"), "",
		                 FIND_MAX);
		if (text == NULL || *text == '\0')
			return;
		into = choose(ui, s, text);
	}
	if (into == 0)
		return;
	s->into.v = into;
	ui_reload(ui);
}

static void
key_merge(struct ui *ui, void *data)
{
	struct opinion_merge *s = data;
	struct opinion_act act = {.id = s->id,
	                          .version = s->version,
	                          .step = OPINION_DO_MERGE,
	                          .into = s->into,
	                          .words = "",
	                          .reason = "",
	                          .title = ""};
	const struct opinion_todo todo = {DEED_STEP, OPINION_DO_MERGE, s->id.v};
	int err;

	while ((err = opinion_act(ui_ctx(ui), &act)) == ERR_CHANGED) {
		if (opinion_changed(ui, s->id, &todo, &act.version))
			continue;
		ui_reload(ui);
		return;
	}
	if (activity_menu_fault(ui, err) != OK)
		return;
	ui_pop(ui);
	ui_say(ui, _("Opinion %lld goes with %lld."), (long long)s->id.v,
	       (long long)s->into.v);
}

static bool
has_other(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct opinion_merge *)data)->into.v != 0;
}

/* clang-format off */
static const struct key keys[] = {
	{"F3",  N_("The other"), PERM_NONE, key_other, NULL,
	 N_("Choose which opinion it goes with: those that are alike, or by number or words.")},
	{"F10", N_("Merge"), PERM_OPINION_TRIAGE, key_merge, has_other,
	 N_("Let the left one go with the right one.")},
	{"Up/Down", N_("Scroll"), PERM_NONE, NULL, NULL, NULL},
	KEY_END,
};
/* clang-format on */

const struct screen screen_opinion_merge = {
    .name = "opinion-merge",
    .title = N_("Merge opinions"),
    .about =
	N_("Two opinions of one unit that say the same, side by side. The left "
           "one goes with the right one: it has no clock of its own any more, "
           "its sender gets the same answer, and it ends when the other does. "
           "A merge can be struck out like any entry, while nothing later "
           "depends on it."),
    .needs = PERM_OPINION_TRIAGE,
    .size = sizeof(struct opinion_merge),
    .keys = keys,
    .open = open,
    .load = load,
};
