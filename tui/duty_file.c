/* The duty file, as its two screens show it; its keys are
 * duty_file_keys.c. */
#include "tui/duty_file.h"

#include "db/base/i18n.h"
#include "db/mandate.h"
#include "db/office.h"
#include "db/participant.h"
#include "db/person.h"
#include "db/store/ctx.h"
#include "tui/ui.h"
#include "tui/widget/bar.h"
#include "tui/widget/value.h"

const char duty_file_about[] =
    N_("The duty file of one deputy: every record of a year or a term, each "
       "leading to what it followed from, with its points by the rules of "
       "its year. The bars count records by kind, the points are the sum "
       "after the year's caps, the rank is among the deputies of the "
       "station. A record is never changed: when a sign-in is corrected, "
       "it is struck out and its points go with it.");

enum {
	KIND_COLUMNS = 12,
	BAR_FROM = 2 + KIND_COLUMNS + 7,
	KINDS = 2 + KIND_COLUMNS + 1 + 5 + 1, /* and the bar: the bars' pane */
	BAR_COLUMNS = 16,
	BAR_SHORT = 8, /* under WIDE columns */
	SCORE_GAP = 4, /* before points, rank and the other years */
	WIDE = 72,
	LOW = 14 /* rows; with fewer the bars make room for the list */
};

/* --- the list --------------------------------------------------------- */

static const char *
cell_day(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct duty_line *line = row;

	(void)data;
	return day_show(a, day_of(line->happened_at), ui_today(ui));
}

static const char *
cell_title(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data, (void)a;
	return ((const struct duty_line *)row)->title;
}

static const char *
cell_kind(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct duty_line *line = row;

	(void)ui, (void)data, (void)a;
	return role_label(line->kind_label, line->kind_label_en);
}

static const char *
cell_venue(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data, (void)a;
	return ((const struct duty_line *)row)->venue;
}

static const char *
cell_way(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct duty_line *line = row;
	int way = enum_index(participant_ways, line->way_name);

	(void)ui, (void)data;
	if (line->grade == DUTY_LATE)
		return way > 0 ? arena_printf(a, "%s %s",
		                              _(participant_ways[way].label),
		                              _("late"))
		               : _("late");
	return way > 0 ? _(participant_ways[way].label) : "";
}

static const char *
cell_points(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct duty_line *line = row;

	(void)ui, (void)data;
	return arena_printf(a, "%lld.%d", (long long)(line->points / 10),
	                    (int)(line->points % 10));
}

/* clang-format off */
static const struct table_column columns[] = {
	{.heading = N_("Date"),   .width = 10, .text = cell_day},
	{.heading = N_("Record"), .stretch = true, .text = cell_title},
	{.heading = N_("Kind"),   .width = 11, .priority = 1, .text = cell_kind},
	{.heading = N_("Place"),  .width = 14, .priority = 3, .text = cell_venue},
	{.heading = N_("Way"),    .width = 10, .priority = 2, .text = cell_way},
	{.heading = N_("Points"), .width = 6, .right = true, .text = cell_points},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const char *
filter_text(struct ui *ui, void *data, struct arena *a)
{
	(void)ui, (void)a;
	return ((const struct duty_file *)data)->kind;
}

static void
filter_clear(struct ui *ui, void *data)
{
	struct duty_file *s = data;

	(void)ui;
	s->kind = "";
	records_filter_remove(&s->list, DUTY_LIST_KIND);
}

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct duty_line, id),
    .filter = filter_text,
    .filter_clear = filter_clear,
    .empty = N_("No records in this time. Signing in to an activity by its "
                "code makes one; F5 shows another year or a term."),
};

static const struct records_spec spec = {
    .list = &duty_record_list,
    .table = &table,
    .find = RECORDS_NO_FIND,
};

/* --- reading ---------------------------------------------------------- */

int
duty_file_open(struct ui *ui, void *data, int64_t person)
{
	struct duty_file *s = data;

	s->person.v = person != 0 ? person : ui_ctx(ui)->me;
	s->shown.year = ui_today(ui).year;
	s->name = s->mandates = s->words = s->kind = "";
	records_init(&s->list, &spec, ui, s);
	page_init(&s->kinds, ui, s);
	ui_body(ui, &s->kinds.widget);
	records_filter(&s->list, DUTY_LIST_PERSON, s->person.v, NULL);
	return OK;
}

/* The current mandates in words: "county, town  station  group". */
static int
load_mandates(struct ui *ui, struct duty_file *s)
{
	struct arena *a = ui_arena(ui);
	struct mandate_line *rows;
	const char *text = "";
	int n;
	int err = mandate_of_person(ui_ctx(ui), a, s->person, &rows, &n);

	if (err != OK)
		return err;
	for (int i = 0; i < n; i++)
		if (rows[i].to_on.year == 0 ||
		    day_compare(rows[i].to_on, ui_today(ui)) >= 0)
			text = arena_printf(
			    a, "%s%s%s", text, *text != '\0' ? " / " : "",
			    rows[i].level == LEVEL_COUNTY ? _("county deputy")
							  : _("town deputy"));
	if (n > 0)
		text = arena_printf(a, "%s  %s  %s", text, rows[0].station_name,
		                    rows[0].group_name);
	s->mandates = text;
	return OK;
}

/* A year has a rank; a term is the sum of its years. */
static int
load_figures(struct ui *ui, struct duty_file *s)
{
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	int err;

	s->rank = (struct duty_rank){0};
	if (s->shown.term.v != 0)
		return duty_ledger_get(
		    c, a, (struct duty_of){DUTY_OF_PERSON, s->person.v},
		    s->shown, &s->year);
	err = duty_year_get(c, a, s->person, s->shown.year, &s->year);
	if (err == OK)
		err = duty_rank_get(c, s->person, s->shown.year, &s->rank);
	return err;
}

static void
filter_period(struct duty_file *s)
{
	bool term = s->shown.term.v != 0;

	records_filter_remove(&s->list, term ? DUTY_LIST_YEAR : DUTY_LIST_TERM);
	records_filter(&s->list, term ? DUTY_LIST_TERM : DUTY_LIST_YEAR,
	               term ? s->shown.term.v : s->shown.year, NULL);
}

int
duty_file_show(struct ui *ui, struct duty_file *s, struct duty_period period,
               const char *words)
{
	int err;

	s->shown = period;
	s->words = period.term.v != 0 ? words : "";
	filter_clear(ui, s);
	filter_period(s);
	err = records_restart(&s->list);
	if (err == OK)
		ui_reload(ui);
	return err;
}

static int
bar_columns(const struct duty_file *s)
{
	return s->list.table.widget.columns < WIDE ? BAR_SHORT : BAR_COLUMNS;
}

/* One bar a kind. */
static void
fill_kinds(struct ui *ui, struct duty_file *s)
{
	struct arena *a = ui_arena(ui);
	int64_t most = 0;
	int bar = bar_columns(s);

	page_begin(&s->kinds);
	for (int i = 0; i < s->year.n; i++) {
		const struct duty_sum *sum = &s->year.sums[i];

		if (sum->full + sum->late > most)
			most = sum->full + sum->late;
	}
	for (int i = 0; i < s->year.n; i++) {
		const struct duty_sum *sum = &s->year.sums[i];
		int64_t n = sum->full + sum->late;
		const struct page_cell cells[] = {
		    {role_label(sum->label, sum->label_en), KIND_COLUMNS, false,
		     THEME_NORMAL},
		    {value_grouped(a, (long long)n), 5, true, THEME_NORMAL},
		    {bar_text(a, n, most, bar, false), bar, false, THEME_BAR},
		};

		page_item_cells(&s->kinds, i, 0, cells, (int)COUNT(cells));
	}
}

int
duty_file_load(struct ui *ui, void *data)
{
	struct duty_file *s = data;
	struct ctx *c = ui_ctx(ui);
	struct arena *a = ui_arena(ui);
	int err;

	/* what was read before lay in the arena */
	s->name = s->mandates = "";
	s->year = (struct duty_year){0};
	s->past_count = 0;
	err = load_mandates(ui, s);
	s->name = person_name(c, a, s->person);
	if (err == OK)
		err = load_figures(ui, s);
	if (err == OK)
		err = duty_history(c, a, s->person, &s->past, &s->past_count);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(DUTY_RECORD), 0);
	fill_kinds(ui, s);
	filter_period(s);
	return records_load(&s->list);
}

/* --- drawing ---------------------------------------------------------- */

static void
draw_score(const struct duty_file *s, const struct area *area)
{
	int y = 0;

	area_putf(area, y++, 0, THEME_TITLE, _("%lld records, %lld.%d points"),
	          (long long)s->year.records, (long long)(s->year.points / 10),
	          (int)(s->year.points % 10));
	if (s->rank.of > 0)
		area_putf(area, y++, 0, THEME_NORMAL,
		          _("rank %lld of %lld at the station"),
		          (long long)s->rank.place, (long long)s->rank.of);
	for (int i = 0; i < s->past_count && y < area->rows; i++) {
		const struct duty_past *past = &s->past[i];

		if (past->year == s->shown.year)
			continue;
		area_putf(area, y++, 0, THEME_DIM,
		          _("%lld: %lld records, %lld.%d points"),
		          (long long)past->year, (long long)past->records,
		          (long long)(past->points / 10),
		          (int)(past->points % 10));
	}
}

void
duty_file_draw(struct ui *ui, void *data, const struct area *body)
{
	struct duty_file *s = data;
	int bar = bar_columns(s);
	int rows = body->rows < LOW || s->year.n < 3 ? 2 : s->year.n;
	struct area part;
	int x;

	(void)ui;
	x = area_put(body, 0, 0, THEME_TITLE, s->name);
	x += 2 + (*s->words != '\0'
	              ? area_put(body, 0, x + 2, THEME_NORMAL, s->words)
	              : area_putf(body, 0, x + 2, THEME_NORMAL, _("year %lld"),
	                          (long long)s->shown.year));
	area_fit(body, 0, x + 2, body->columns - x - 2, THEME_DIM, s->mandates);
	if (rows == s->year.n) {
		part = area_part(body, 1, 0, rows, KINDS + bar);
		page_draw(&s->kinds, &part);
		x = BAR_FROM + bar + SCORE_GAP;
	} else {
		x = 2;
	}
	part = area_part(body, 1, x, rows, 0);
	draw_score(s, &part);
	part = area_part(body, rows + 2, 0, 0, 0);
	widget_draw(&s->list.table.widget, &part);
}
