/*
 * A mandate or an office ends, or all that a person holds: when, why, what
 * follows, and who takes over. The argument is of people_arg().
 */
#include "db/leaving.h"

#include "db/base/i18n.h"
#include "db/person.h"
#include "db/store/ctx.h"
#include "tui/people.h"
#include "tui/screens.h"

enum { HEIRS_MAX = 40, DAY_MAX = 10 };

/* What the mark stands on. */
enum { ITEM_LAST, ITEM_REASON, ITEM_HEIR };

struct leaving_view {
	struct page page;
	struct leaving leave;
	const char *heirs[RESPONSIBLES]; /* names; NULL: not chosen */
	struct left rows[RESPONSIBLES];
	int n;
};

/* The person and what ends. */
static int
read_arg(struct ui *ui, struct leaving_view *s, int64_t arg)
{
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_keep(ui);
	struct mandate mandate;
	struct office office;
	int64_t id = people_arg_id(arg);
	int err = OK;

	switch (people_arg_what(arg)) {
	case PEOPLE_MANDATE:
		err = mandate_get(c, a, (struct mandate_id){id}, &mandate);
		s->leave.mandate.v = id;
		s->leave.person = mandate.person;
		break;
	case PEOPLE_OFFICE:
		err = office_get(c, a, (struct office_id){id}, &office);
		s->leave.office.v = id;
		s->leave.person = office.person;
		break;
	case PEOPLE_ALL:
		s->leave.all = true;
		s->leave.person.v = id;
		break;
	}
	return err;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct leaving_view *s = data;
	int err = read_arg(ui, s, arg);

	if (err != OK)
		return err;
	s->leave.reason = "";
	s->leave.last = day_add(ui_today(ui), -1);
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- what is shown ---------------------------------------------------- */

static void
fill_row(struct ui *ui, struct leaving_view *s, const struct left *row)
{
	struct arena *a = ui_arena(ui);
	const char *heir = s->heirs[row->kind];
	const struct page_cell cells[] = {
	    {_(row->label), 24, false, THEME_NORMAL},
	    {arena_printf(a, "%lld", (long long)row->n), 5, true, THEME_NORMAL},
	    {_(row->outcome), 28, false, THEME_NORMAL},
	    {!row->wants_heir ? " "
	     : heir != NULL   ? heir
	                      : _("to whom?"),
	     0, false,
	     row->wants_heir && heir == NULL ? THEME_ERROR : THEME_NORMAL},
	};

	if (row->wants_heir)
		page_item_cells(&s->page, (int64_t)row->kind, ITEM_HEIR, cells,
		                4);
	else
		page_cells(&s->page, cells, 3);
}

static void
fill(struct ui *ui, struct leaving_view *s, const char *name)
{
	char last[11];

	day_format(s->leave.last, last);
	page_begin(&s->page);
	page_title(&s->page, name,
	           s->leave.all              ? _("leaves altogether")
	           : s->leave.mandate.v != 0 ? _("a mandate ends")
	                                     : _("an office ends"));
	page_item(&s->page, 0, ITEM_LAST, "%s  %s", _("Last day"), last);
	page_item(&s->page, 0, ITEM_REASON, "%s  %s", _("Reason"),
	          s->leave.reason[0] != '\0' ? s->leave.reason
	                                     : _("(Enter: say why)"));
	page_blank(&s->page);
	page_heading(&s->page, _("What follows"));
	if (s->n == 0)
		page_text(&s->page, THEME_DIM,
		          _("Nothing else: no code, no invitation, nothing "
		            "under way."));
	for (int i = 0; i < s->n; i++)
		fill_row(ui, s, &s->rows[i]);
}

static int
load(struct ui *ui, void *data)
{
	struct leaving_view *s = data;
	const char *name =
	    person_name(ui_ctx(ui), ui_arena(ui), s->leave.person);
	int err;

	s->n = 0;
	err = leaving_preview(ui_ctx(ui), ui_arena(ui), &s->leave, s->rows,
	                      &s->n);
	if (err != OK)
		return err;
	fill(ui, s, name);
	return OK;
}

/* --- keys ------------------------------------------------------------- */

static void
choose_day(struct ui *ui, struct leaving_view *s)
{
	char last[11];
	const char *text;
	struct day day;

	day_format(s->leave.last, last);
	text = ui_prompt(ui, ui_arena(ui), _("Last day"), last, DAY_MAX);
	if (text == NULL)
		return;
	if (day_parse(text, ui_today(ui), &day) != OK)
		ui_say(ui, "%s", _("This is not a day."));
	else
		s->leave.last = day;
}

static void
choose_reason(struct ui *ui, struct leaving_view *s)
{
	const char *reason = ui_prompt(ui, ui_keep(ui), _("Reason"),
	                               s->leave.reason, LEAVING_REASON_MAX);

	if (reason != NULL)
		s->leave.reason = reason;
}

static void
choose_heir(struct ui *ui, struct leaving_view *s, enum responsible kind)
{
	const char *entries[HEIRS_MAX];
	struct heir *rows;
	int n, chosen;

	if (ui_error(ui, leaving_heirs(ui_ctx(ui), ui_arena(ui),
	                               s->leave.person, kind, &rows, &n)) != OK)
		return;
	n = n < HEIRS_MAX ? n : HEIRS_MAX;
	if (n == 0) {
		ui_say(ui, "%s",
		       _("Nobody else here may take this over; give somebody "
		         "an office first."));
		return;
	}
	for (int i = 0; i < n; i++)
		entries[i] =
		    arena_printf(ui_arena(ui), "%s  %s", rows[i].name,
		                 role_label(rows[i].label, rows[i].label_en));
	chosen = ui_menu(ui, _("Who takes over"), entries, n);
	if (chosen < 0)
		return;
	s->leave.heirs[kind] = rows[chosen].person;
	s->heirs[kind] = arena_strdup(ui_keep(ui), rows[chosen].name);
}

static void
key_choose(struct ui *ui, void *data)
{
	struct leaving_view *s = data;
	int64_t id;
	int kind;

	if (!page_selected(&s->page, &id, &kind))
		return;
	if (kind == ITEM_LAST)
		choose_day(ui, s);
	else if (kind == ITEM_REASON)
		choose_reason(ui, s);
	else
		choose_heir(ui, s, (enum responsible)id);
	ui_reload(ui);
}

static void
key_end(struct ui *ui, void *data)
{
	struct leaving_view *s = data;
	int err;

	if (s->leave.reason[0] == '\0')
		choose_reason(ui, s);
	for (int i = 0; i < s->n; i++)
		if (s->rows[i].wants_heir &&
		    s->leave.heirs[s->rows[i].kind].v == 0)
			choose_heir(ui, s, s->rows[i].kind);
	ui_reload(ui);
	if (s->leave.reason[0] == '\0') {
		ui_say(ui, "%s", _("A reason is needed; nothing was changed."));
		return;
	}
	err = leaving_run(ui_ctx(ui), &s->leave);
	if (people_say(ui, err) != OK)
		return;
	ui_say(ui, "%s", _("Done; what followed was written with it."));
	ui_pop(ui);
}

static const struct key keys[] = {
    {"Enter", N_("Choose"), PERM_NONE, key_choose, NULL,
     N_("The last day, the reason, or who takes over.")},
    {"F10", N_("End"), PERM_PEOPLE_WRITE, key_end, NULL,
     N_("Carry it out, in one go.")},
    KEY_END,
};

const struct screen screen_leaving = {
    .name = "leaving",
    .title = N_("Ending and handing over"),
    .about = N_("What a person holds ends, and what follows is shown before: "
                "codes are revoked, invitations go, what is under way is "
                "handed to somebody who may do it. Nothing is left without an "
                "owner. It is one entry of the history and is struck out as "
                "one."),
    .needs = PERM_PEOPLE_WRITE,
    .size = sizeof(struct leaving_view),
    .keys = keys,
    .open = open,
    .load = load,
};
