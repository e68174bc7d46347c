/*
 * The list of activities: newest first, narrowed by kind, state, time and
 * unit with F5, by title when something is typed. A deputy sees those they
 * are on the roll of, with their own state in place of the counts.
 */
#include <stdio.h>
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/rota.h"
#include "db/totals.h"
#include "db/unit.h"
#include "tui/activity_menu.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

enum { KINDS_MAX = 30, UNITS_MAX = 36, YEARS = 6 };

struct activities {
	struct records list;
	struct records_spec spec; /* by scope and language */
	bool own;                 /* a deputy's */
	/* What F5 narrows to, in words for the filter line; "" not. */
	const char *unit, *when, *kind, *state;
	const char *note;
};

/* --- cells ---------------------------------------------------------------- */

static const char *
cell_kind(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct activity_line *line = row;

	(void)ui, (void)data, (void)a;
	return activity_kind_label(line->kind_label, line->kind_label_en);
}

/* The day alone when it is another year's: the hour no longer matters. */
static const char *
cell_time(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct activity_line *line = row;
	struct day day = day_of(line->starts_at), today = ui_today(ui);
	char *text;

	(void)data;
	if (day.year == today.year)
		return instant_show(a, line->starts_at, today);
	text = arena_alloc(a, 11);
	day_format(day, text);
	return text;
}

static const char *
cell_signed(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct activity_line *line = row;

	(void)ui, (void)data;
	if (line->state == ACTIVITY_DRAFT && line->total == 0)
		return "";
	return arena_printf(a, "%lld/%lld", (long long)line->present,
	                    (long long)line->total);
}

/* Closed with walk-ins waiting is what the clerk has to look at. */
static enum theme
role_state(struct ui *ui, void *data, const void *row)
{
	const struct activity_line *line = row;

	(void)ui, (void)data;
	if (line->state == ACTIVITY_OPEN)
		return THEME_DONE;
	if (line->state == ACTIVITY_CLOSED)
		return THEME_SOON;
	return THEME_NORMAL;
}

static const char *
cell_mine(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct activity_line *line = row;

	(void)ui, (void)data, (void)a;
	return line->mine < 0 ? "" : _(participant_states[line->mine].label);
}

/* clang-format off */
/* Kinds are two characters in Chinese and a word in English. */
enum { KIND_ZH = 8, KIND_EN = 11 };

#define COLUMN_ID    {.field = "id", .heading = N_("No."), .width = 5, .right = true, .priority = 3}
#define COLUMN_TITLE {.field = "title", .heading = N_("Activity"), .width = 18, .stretch = true}
#define COLUMN_KIND(w) {.heading = N_("Kind"), .width = (w), .priority = 5, .text = cell_kind}
#define COLUMN_PLACE {.field = "venue", .heading = N_("Place"), .width = 12, .priority = 4}
#define COLUMN_TIME  {.heading = N_("Time"), .width = 11, .text = cell_time}
#define COLUMN_SIGNED {.heading = N_("Signed"), .width = 6, .right = true, .priority = 2, .text = cell_signed}
#define COLUMN_STATE {.field = "state", .width = 10, .priority = 1, .role = role_state}
#define COLUMN_UNIT  {.field = "unit_name", .heading = N_("Unit"), .width = 10, .priority = 3}
#define COLUMN_MINE  {.heading = N_("My part"), .width = 13, .priority = 2, .text = cell_mine}

static const struct table_column unit_columns[LANGUAGES][8] = {
#define COLUMNS(w) { \
	COLUMN_ID, COLUMN_TITLE, COLUMN_KIND(w), COLUMN_PLACE, COLUMN_TIME, \
	COLUMN_SIGNED, COLUMN_STATE, TABLE_COLUMN_END, \
}
	COLUMNS(KIND_ZH), COLUMNS(KIND_EN),
#undef COLUMNS
};
static const struct table_column county_columns[LANGUAGES][9] = {
#define COLUMNS(w) { \
	COLUMN_ID, COLUMN_UNIT, COLUMN_TITLE, COLUMN_KIND(w), COLUMN_PLACE, \
	COLUMN_TIME, COLUMN_SIGNED, COLUMN_STATE, TABLE_COLUMN_END, \
}
	COLUMNS(KIND_ZH), COLUMNS(KIND_EN),
#undef COLUMNS
};
static const struct table_column own_columns[LANGUAGES][8] = {
#define COLUMNS(w) { \
	COLUMN_ID, COLUMN_TITLE, COLUMN_KIND(w), COLUMN_PLACE, COLUMN_TIME, \
	COLUMN_STATE, COLUMN_MINE, TABLE_COLUMN_END, \
}
	COLUMNS(KIND_ZH), COLUMNS(KIND_EN),
#undef COLUMNS
};
/* clang-format on */

/* --- the filter ------------------------------------------------------------
 */

static const char *
filter_text(struct ui *ui, void *data, struct arena *a)
{
	const struct activities *s = data;
	const char *const words[] = {s->unit, s->when, s->kind, s->state};
	const char *text = "";

	(void)ui;
	for (size_t i = 0; i < COUNT(words); i++)
		if (*words[i] != '\0')
			text = arena_printf(a, "%s%s%s", text,
			                    *text != '\0' ? " " : "", words[i]);
	return text;
}

static void
filter_clear(struct ui *ui, void *data)
{
	struct activities *s = data;

	(void)ui;
	s->unit = s->when = s->kind = s->state = "";
	for (int i = 0; i < ACTIVITY_LIST_FILTERS; i++)
		if (i != ACTIVITY_LIST_TITLE)
			records_filter_remove(&s->list, i);
}

static void
pick_kind(struct ui *ui, struct activities *s)
{
	struct activity_kind *kinds;
	const char *labels[KINDS_MAX];
	int n, chosen;

	if (ui_error(ui, activity_kind_list(ui_ctx(ui), ui_arena(ui), &kinds,
	                                    &n)) != OK)
		return;
	n = n < KINDS_MAX ? n : KINDS_MAX;
	for (int i = 0; i < n; i++)
		labels[i] =
		    activity_kind_label(kinds[i].label, kinds[i].label_en);
	chosen = ui_menu(ui, _("Kind"), labels, n);
	if (chosen < 0)
		return;
	s->kind = arena_strdup(ui_keep(ui), labels[chosen]);
	records_filter_by_person(&s->list, ACTIVITY_LIST_KIND, 0,
	                         arena_strdup(ui_keep(ui), kinds[chosen].name));
}

static void
pick_state(struct ui *ui, struct activities *s)
{
	const char *labels[KINDS_MAX];
	int n = 0, chosen;

	for (; activity_states[n].name != NULL; n++)
		labels[n] = _(activity_states[n].label);
	chosen = ui_menu(ui, _("State"), labels, n);
	if (chosen < 0)
		return;
	s->state = arena_strdup(ui_keep(ui), labels[chosen]);
	records_filter_by_person(&s->list, ACTIVITY_LIST_STATE, 0,
	                         activity_states[chosen].name);
}

static void
pick_year(struct ui *ui, struct activities *s)
{
	const char *labels[YEARS];
	int year = ui_today(ui).year, chosen;

	for (int i = 0; i < YEARS; i++)
		labels[i] = arena_printf(ui_arena(ui), "%d", year - i);
	chosen = ui_menu(ui, _("Year"), labels, YEARS);
	if (chosen < 0)
		return;
	records_filter_remove(&s->list, ACTIVITY_LIST_MONTH);
	s->when = arena_strdup(ui_keep(ui), labels[chosen]);
	records_filter_by_person(&s->list, ACTIVITY_LIST_YEAR, year - chosen,
	                         NULL);
}

/* The last twelve months, the present one first. */
static void
pick_month(struct ui *ui, struct activities *s)
{
	const char *labels[12];
	struct day today = ui_today(ui);
	int months = today.year * 12 + today.month - 1, chosen;

	for (int i = 0; i < 12; i++)
		labels[i] =
		    arena_printf(ui_arena(ui), "%d-%02d", (months - i) / 12,
		                 (months - i) % 12 + 1);
	chosen = ui_menu(ui, _("Month"), labels, 12);
	if (chosen < 0)
		return;
	months -= chosen;
	records_filter_remove(&s->list, ACTIVITY_LIST_YEAR);
	s->when = arena_strdup(ui_keep(ui), labels[chosen]);
	records_filter_by_person(&s->list, ACTIVITY_LIST_MONTH,
	                         months / 12 * 100 + months % 12 + 1, NULL);
}

static void
pick_unit(struct ui *ui, struct activities *s)
{
	struct unit *units;
	const char *labels[UNITS_MAX];
	int n, chosen;

	if (ui_error(ui, unit_list(ui_ctx(ui), ui_arena(ui), &units, &n)) != OK)
		return;
	n = n < UNITS_MAX ? n : UNITS_MAX;
	for (int i = 0; i < n; i++)
		labels[i] = units[i].name;
	chosen = ui_menu(ui, _("Unit"), labels, n);
	if (chosen < 0)
		return;
	s->unit = arena_strdup(ui_keep(ui), labels[chosen]);
	records_filter_by_person(&s->list, ACTIVITY_LIST_UNIT,
	                         units[chosen].id.v, NULL);
}

static void
key_filter(struct ui *ui, void *data)
{
	static void (*const picks[])(struct ui *, struct activities *) = {
	    pick_kind, pick_state, pick_year, pick_month, pick_unit};
	const char *entries[] = {_("By kind"), _("By state"), _("By year"),
	                         _("By month"), _("By unit")};
	struct activities *s = data;
	bool county = ui_ctx(ui)->scope == SCOPE_COUNTY;
	int chosen =
	    ui_menu(ui, _("Show only"), entries, (int)COUNT(entries) - !county);

	if (chosen < 0)
		return;
	picks[chosen](ui, s);
	ui_error(ui, records_restart(&s->list));
}

/* --- the screen ------------------------------------------------------------
 */

static const char *
note(struct ui *ui, void *data, struct arena *a)
{
	const struct activities *s = data;

	(void)ui, (void)a;
	return s->note;
}

/* clang-format off */
#define TABLE(columns_, empty_) { \
	.columns = (columns_), \
	.id_at = offsetof(struct activity_line, id), \
	.filter = filter_text, \
	.filter_clear = filter_clear, \
	.note = note, \
	.empty = (empty_), \
}
#define EMPTY N_("No activities here yet. F4 makes the first one: title, place, time and those who take part.")

#define TABLES(columns_, empty_) { \
	[LANGUAGE_ZH] = TABLE((columns_)[LANGUAGE_ZH], empty_), \
	[LANGUAGE_EN] = TABLE((columns_)[LANGUAGE_EN], empty_), \
}
static const struct table_spec unit_tables[] = TABLES(unit_columns, EMPTY);
static const struct table_spec county_tables[] = TABLES(county_columns, EMPTY);
static const struct table_spec own_tables[] = TABLES(own_columns,
	N_("Activities that you are invited to appear here. F6 signs you in by the code of one that is under way."));
/* clang-format on */

static void
choose_columns(struct activities *s, enum scope scope)
{
	enum language language = i18n_language();

	s->spec = (struct records_spec){
	    .list = scope == SCOPE_SELF ? &activity_mine_list : &activity_list,
	    .table = scope == SCOPE_SELF     ? &own_tables[language]
	             : scope == SCOPE_COUNTY ? &county_tables[language]
	                                     : &unit_tables[language],
	    .find = ACTIVITY_LIST_TITLE,
	};
}

/* As the workbench and the month open it; see tui/screens.h. */
static void
preset(struct ui *ui, struct activities *s, int64_t arg)
{
	int64_t what = arg % SCREEN_UNIT, unit = arg / SCREEN_UNIT;

	if (unit != 0 && ui_ctx(ui)->scope == SCOPE_COUNTY)
		records_filter_by_person(&s->list, ACTIVITY_LIST_UNIT, unit,
		                         NULL);
	if (what == ACTIVITIES_WALK_INS) {
		s->state = _("with walk-ins to confirm");
		records_filter_by_person(&s->list, ACTIVITY_LIST_WALK_INS, 1,
		                         NULL);
	} else if (what == ACTIVITIES_LEAVE) {
		s->state = _("with leave to decide");
		records_filter_by_person(&s->list, ACTIVITY_LIST_LEAVE, 1,
		                         NULL);
	} else if (what > 0 && what <= ACTIVITY_CANCELLED + 1) {
		s->state = _(activity_states[what - 1].label);
		records_filter_by_person(&s->list, ACTIVITY_LIST_STATE, 0,
		                         activity_states[what - 1].name);
	}
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct activities *s = data;

	s->unit = s->when = s->kind = s->state = s->note = "";
	s->own = ui_ctx(ui)->scope == SCOPE_SELF;
	choose_columns(s, ui_ctx(ui)->scope);
	records_init(&s->list, &s->spec, ui, s);
	preset(ui, s, arg);
	return OK;
}

static int
load_note(struct ui *ui, struct activities *s)
{
	struct totals t;
	int64_t rate;
	int err;

	s->note = "";
	if (s->own)
		return OK;
	err = totals_get(ui_ctx(ui), (struct unit_id){0}, &t);
	if (err != OK)
		return err;
	rate = totals_rate(t.year_present, t.year_missed);
	s->note =
	    arena_printf(ui_arena(ui),
	                 P_("%lld activity this year",
	                    "%lld activities this year", (unsigned long)t.year),
	                 (long long)t.year);
	if (rate >= 0)
		s->note = arena_printf(
		    ui_arena(ui), _("%s  attendance %lld.%lld%%"), s->note,
		    (long long)rate / 10, (long long)rate % 10);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct activities *s = data;
	struct ctx *c = ui_ctx(ui);
	int err = activity_tick(c, NULL);

	ui_watch(ui, ENTITY_BIT(ACTIVITY) | ENTITY_BIT(PARTICIPANT),
	         c->scope == SCOPE_COUNTY ? 0 : c->my_unit);
	if (err == OK)
		err = load_note(ui, s);
	return err == OK ? records_load(&s->list) : err;
}

static bool
has_row(struct ui *ui, const void *data)
{
	const struct activities *s = data;

	(void)ui;
	return records_row(&s->list) != NULL;
}

static bool
has_code(struct ui *ui, const void *data)
{
	const struct activities *s = data;
	const struct activity_line *row = records_row(&s->list);

	return ui_may(ui, PERM_CODE_WRITE) && row != NULL &&
	       row->state != ACTIVITY_DRAFT;
}

static bool
types_codes(struct ui *ui, const void *data)
{
	(void)data;
	return !ui_may(ui, PERM_CODE_WRITE) && ui_may(ui, PERM_ACTIVITY_JOIN);
}

static void
key_open(struct ui *ui, void *data)
{
	struct activities *s = data;
	const struct activity_line *row = records_row(&s->list);

	ui_push(ui, &screen_activity, row->id.v);
}

static void
key_menu(struct ui *ui, void *data)
{
	struct activities *s = data;
	const struct activity_line *row = records_row(&s->list);
	struct activity_about about = {
	    .id = row->id,
	    .state = row->state,
	    .mine = (int)row->mine,
	    .is_reception = strcmp(row->kind, RECEPTION_KIND) == 0};

	about.title = arena_strdup(ui_arena(ui), row->title);
	if (ui_may(ui, PERM_CAMPAIGN_READ))
		about.extra = _("Campaigns");
	if (activity_menu(ui, &about))
		ui_push(ui, &screen_campaigns, 0);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_activity_form, 0);
}

static void
key_code(struct ui *ui, void *data)
{
	struct activities *s = data;
	const struct activity_line *row = records_row(&s->list);
	const struct activity_id none = {0};

	activity_menu_code(ui, row == NULL ? none : row->id);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"),    PERM_NONE, key_open, has_row, NULL},
	{"F2",    N_("Actions"), PERM_NONE, key_menu, has_row,
	 N_("What may be done with the activity under the mark.")},
	{"F4",    N_("New"),     PERM_ACTIVITY_WRITE, key_new, NULL,
	 N_("Prepare a new activity.")},
	{"F5",    N_("Filter"),  PERM_NONE, key_filter, NULL,
	 N_("Show only one kind, state, year, month or unit; Backspace shows all again.")},
	{"F6",    N_("Code"),    PERM_NONE, key_code, has_code,
	 N_("The activity's QR and short code.")},
	{"F6",    N_("Sign in by code"), PERM_NONE, key_code, types_codes,
	 N_("Type the short code that is shown where the activity takes place.")},
	RECORDS_KEY_EXPORT,
	KEY_END,
};
/* clang-format on */

const struct screen screen_activities = {
    .name = "activities",
    .title = N_("Activities"),
    .about = N_(
	"Activities of deputies, newest first.\n"
	"Draft: being prepared; only the officers see it. It can be "
	"published or cancelled.\n"
	"Published: the code is made and deputies are invited. Sign-in opens "
	"by itself when its time comes.\n"
	"Under way: deputies sign in by the code.\n"
	"To confirm: those who did not come are marked absent. Leave and "
	"walk-ins "
	"are settled, then the roll is confirmed.\n"
	"Confirmed: the roll holds. It can be archived; a head may reopen it "
	"with a reason.\n"
	"Archived: finished.\n"
	"Cancelled: will not take place; the reason is kept."),
    .needs = PERM_ACTIVITY_READ,
    .size = sizeof(struct activities),
    .keys = keys,
    .open = open,
    .load = load,
};
