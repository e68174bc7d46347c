/*
 * The file of a station or a group: a year or a term by kind of duty, and its
 * deputies by points. Each figure leads to its records. The argument is a
 * station, a group as its negative, or 0: the acting hat's station.
 */
#include "db/duty_ledger.h"

#include "db/base/i18n.h"
#include "db/office.h"
#include "db/station.h"
#include "tui/duty_pick.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/bar.h"
#include "tui/widget/page.h"
#include "tui/widget/value.h"

enum { ITEM_KIND, ITEM_PERSON, BAR = 20 };

struct duty_ledger {
	struct page page;
	struct duty_of of;
	struct duty_period period;
	const char *words; /* the period; "": this year */
	bool members;      /* they are shown */
};

/* --- drawing ---------------------------------------------------------- */

static void
put_kinds(struct ui *ui, struct duty_ledger *s, const struct duty_year *y)
{
	struct arena *a = ui_arena(ui);
	int64_t most = 1;

	for (int i = 0; i < y->n; i++)
		if (y->sums[i].full + y->sums[i].late > most)
			most = y->sums[i].full + y->sums[i].late;
	page_heading(&s->page, _("By kind"));
	for (int i = 0; i < y->n; i++) {
		const struct duty_sum *sum = &y->sums[i];
		int64_t n = sum->full + sum->late;
		const struct page_cell cells[] = {
		    {role_label(sum->label, sum->label_en), 12, false,
		     THEME_NORMAL},
		    {value_grouped(a, (long long)n), 8, true, THEME_NORMAL},
		    {bar_text(a, n, most, BAR, false), BAR, false, THEME_BAR},
		    {sum->late > 0
		         ? arena_printf(a, _("%lld late"), (long long)sum->late)
		         : "",
		     12, false, THEME_DIM},
		};

		page_item_cells(&s->page, i, ITEM_KIND, cells,
		                (int)COUNT(cells));
	}
	page_blank(&s->page);
}

static void
put_members(struct ui *ui, struct duty_ledger *s,
            const struct duty_member *rows, int n)
{
	struct arena *a = ui_arena(ui);
	const struct page_cell head[] = {
	    {_("Rank"), 5, true, THEME_HEADING},
	    {_("Name"), 10, false, THEME_HEADING},
	    {_("Records"), 8, true, THEME_HEADING},
	    {_("Points"), 8, true, THEME_HEADING},
	    {_("Group"), 16, false, THEME_HEADING},
	};

	page_cells(&s->page, head, (int)COUNT(head));
	for (int i = 0; i < n; i++) {
		const struct page_cell cells[] = {
		    {arena_printf(a, "%lld", (long long)rows[i].place), 5, true,
		     THEME_NORMAL},
		    {rows[i].name, 10, false, THEME_NORMAL},
		    {value_grouped(a, (long long)rows[i].records), 8, true,
		     THEME_NORMAL},
		    {arena_printf(a, "%lld.%d",
		                  (long long)(rows[i].points / 10),
		                  (int)(rows[i].points % 10)),
		     8, true, THEME_NORMAL},
		    {rows[i].group_name, 16, false, THEME_DIM},
		};

		page_item_cells(&s->page, rows[i].person.v, ITEM_PERSON, cells,
		                (int)COUNT(cells));
	}
}

static void
put_sums(struct ui *ui, struct duty_ledger *s, const struct duty_year *y,
         const struct duty_member *rows, int n)
{
	struct arena *a = ui_arena(ui);
	int64_t points = 0;
	int active = 0;

	for (int i = 0; i < n; i++) {
		points += rows[i].points;
		active += rows[i].records > 0;
	}
	page_pair(&s->page, _("Records"),
	          value_grouped(a, (long long)y->records));
	if (!s->members)
		return;
	page_pairf(&s->page, _("Deputies"), _("%d, of them %d active"), n,
	           active);
	page_pairf(&s->page, _("Points"), "%s.%d",
	           value_grouped(a, (long long)(points / 10)),
	           (int)(points % 10));
}

static int
load(struct ui *ui, void *data)
{
	struct duty_ledger *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	struct duty_member *rows = NULL;
	struct duty_year y;
	const char *name = "";
	int n = 0, err = duty_ledger_get(c, a, s->of, s->period, &y);

	s->members = c->scope != SCOPE_SELF;
	if (err == OK)
		err = duty_holder_name(c, a, s->of, &name);
	if (err == OK && s->members)
		err = duty_members(c, a, s->of, s->period, &rows, &n);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(DUTY_RECORD), 0);
	page_begin(&s->page);
	page_title(&s->page, name,
	           *s->words != '\0' ? s->words
	                             : arena_printf(a, _("year %lld"),
	                                            (long long)s->period.year));
	put_sums(ui, s, &y, rows, n);
	page_blank(&s->page);
	put_kinds(ui, s, &y);
	if (s->members)
		put_members(ui, s, rows, n);
	return OK;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct duty_ledger *s = data;
	struct ctx *c = ui_ctx(ui);
	struct station own;
	int err = OK;

	s->of = (struct duty_of){arg < 0 ? DUTY_OF_GROUP : DUTY_OF_STATION,
	                         arg < 0 ? -arg : arg};
	if (arg == 0) {
		err = station_of_unit(c, ui_arena(ui),
		                      (struct unit_id){c->my_unit}, &own);
		if (err != OK)
			return err;
		s->of.id = own.id.v;
	}
	s->period.year = ui_today(ui).year;
	s->words = "";
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

/* --- keys ------------------------------------------------------------- */

static bool
on_item(struct ui *ui, const void *data)
{
	(void)ui;
	return page_selected(&((const struct duty_ledger *)data)->page, NULL,
	                     NULL);
}

static void
key_open(struct ui *ui, void *data)
{
	struct duty_ledger *s = data;
	struct duty_pick pick = {s->of, s->period, -1};
	int64_t id;
	int kind;

	if (!page_selected(&s->page, &id, &kind))
		return;
	if (kind == ITEM_PERSON) {
		ui_push(ui, &screen_duty_file, id);
		return;
	}
	pick.kind = (int)id;
	ui_push(ui, &screen_duty_records, duty_pick_pack(&pick));
}

static void
key_all(struct ui *ui, void *data)
{
	struct duty_ledger *s = data;
	const struct duty_pick pick = {s->of, s->period, -1};

	ui_push(ui, &screen_duty_records, duty_pick_pack(&pick));
}

static void
key_period(struct ui *ui, void *data)
{
	struct duty_ledger *s = data;

	if (duty_pick_ask(ui, s->of, &s->period, &s->words))
		ui_reload(ui);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"),    PERM_NONE, key_open, on_item,
	 N_("The records of the kind, or the file of the deputy, under the mark.")},
	{"F3",    N_("Records"), PERM_NONE, key_all, NULL,
	 N_("All records of this file in that time.")},
	{"F5",    N_("Period"),  PERM_NONE, key_period, NULL,
	 N_("Another year, or a term.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_duty_ledger = {
    .name = "duty-ledger",
    .title = N_("File of a station or group"),
    .about = N_("What the deputies of a station or a group did in one year or "
                "term: records by kind, and the deputies by their points, "
                "each by the rules of its year. Every figure leads to its "
                "records. A deputy sees the figures of the own group, not "
                "the others in it."),
    .needs = PERM_DUTY_READ,
    .size = sizeof(struct duty_ledger),
    .keys = keys,
    .open = open,
    .load = load,
};
