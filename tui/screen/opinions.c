/*
 * The list of opinions. Who handles them begins with what waits for them,
 * most urgent first; the leader with all. A handling unit sees its legs.
 */
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/opinion_leg.h"
#include "db/store/ctx.h"
#include "tui/opinion_filter.h"
#include "tui/opinion_menu.h"
#include "tui/opinion_open.h"
#include "tui/opinion_words.h"
#include "tui/records.h"
#include "tui/screens.h"

struct opinions {
	struct filtered shown; /* spec by scope and filter */
	struct due_sight sight;
	bool legs;         /* a handling unit's */
	const char *words; /* the filter */
	const char *note;
};

/* --- cells ------------------------------------------------------------------
 */

static const char *
marked(struct arena *a, const char *subject, bool urgent, int64_t senders)
{
	if (urgent)
		subject = arena_printf(a, C_("mark", "! %s"), subject);
	return senders > 1 ? arena_printf(a, C_("senders", "%s (%lld)"),
	                                  subject, (long long)senders)
	                   : subject;
}

static const char *
cell_subject(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct opinion_line *line = row;

	(void)ui, (void)data;
	return marked(a, line->subject, line->urgent, line->senders);
}

static const char *
cell_category(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct opinion_line *line = row;

	(void)ui, (void)data, (void)a;
	return activity_kind_label(line->category_label,
	                           line->category_label_en);
}

static const char *
cell_unit(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct opinion_line *line = row;

	(void)ui, (void)data, (void)a;
	return *line->unit_name != '\0' ? line->unit_name : _("the county");
}

static struct due_days
days_of(const struct opinion_line *line)
{
	return (struct due_days){line->warn_on, line->due_on, line->paused_at,
	                         line->clock == CLOCK_RATING};
}

static const char *
cell_due(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct opinions *s = data;
	const struct due_days days = days_of(row);

	(void)ui;
	return due_text(a, &s->sight, &days);
}

static enum theme
role_due(struct ui *ui, void *data, const void *row)
{
	const struct opinions *s = data;
	const struct due_days days = days_of(row);

	(void)ui;
	return due_role(&s->sight, &days);
}

static const char *
leg_subject(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct leg_item *line = row;

	(void)ui, (void)data;
	return marked(a, line->subject, line->urgent, 1);
}

static struct due_days
leg_days(const struct leg_item *line)
{
	bool runs = line->state == LEG_SENT || line->state == LEG_ACCEPTED ||
	            line->state == LEG_WORKING;

	return (struct due_days){line->warn_on,
	                         runs ? line->due_on : clock_no_day,
	                         line->paused_at, false};
}

static const char *
leg_due(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct opinions *s = data;
	const struct due_days days = leg_days(row);

	(void)ui;
	return due_text(a, &s->sight, &days);
}

static enum theme
leg_role(struct ui *ui, void *data, const void *row)
{
	const struct opinions *s = data;
	const struct due_days days = leg_days(row);

	(void)ui;
	return due_role(&s->sight, &days);
}

/* clang-format off */
#define COLUMN_ID(f) {.field = (f), .heading = N_("No."), .width = 5, .right = true, .priority = 3}
#define COLUMN_SUBJECT {.heading = N_("Subject"), .width = 28, .stretch = true, .text = cell_subject}
#define COLUMN_CATEGORY {.heading = N_("Category"), .width = 10, .priority = 5, .text = cell_category}
#define COLUMN_PLACE {.field = "venue", .heading = N_("Place"), .width = 12, .priority = 6}
#define COLUMN_UNIT {.heading = N_("Unit"), .width = 10, .priority = 4, .text = cell_unit}
#define COLUMN_RECEIVED {.field = "received_at", .heading = N_("Received on"), .width = 11, .priority = 7}
#define COLUMN_DUE {.heading = N_("Due"), .width = 12, .priority = 1, .text = cell_due, .role = role_due}
#define COLUMN_STATE {.field = "state", .width = 12}

static const struct table_column own_columns[] = {
	COLUMN_ID("id"), COLUMN_SUBJECT, COLUMN_CATEGORY, COLUMN_PLACE, COLUMN_RECEIVED,
	COLUMN_DUE, COLUMN_STATE, TABLE_COLUMN_END,
};
static const struct table_column county_columns[] = {
	COLUMN_ID("id"), COLUMN_UNIT, COLUMN_SUBJECT, COLUMN_CATEGORY, COLUMN_PLACE, COLUMN_RECEIVED,
	COLUMN_DUE, COLUMN_STATE, TABLE_COLUMN_END,
};
static const struct table_column leg_columns[] = {
	COLUMN_ID("opinion"),
	{.heading = N_("Subject"), .width = 28, .stretch = true, .text = leg_subject},
	{.field = "unit_name", .width = 10, .priority = 4},
	{.field = "sent_at", .width = 11, .priority = 5},
	{.heading = N_("Due"), .width = 12, .priority = 1, .text = leg_due, .role = leg_role},
	{.field = "state", .width = 12},
	TABLE_COLUMN_END,
};
/* clang-format on */

/* --- the table ---------------------------------------------------------------
 */

static const char *
filter_text(struct ui *ui, void *data, struct arena *a)
{
	(void)ui, (void)a;
	return ((const struct opinions *)data)->words;
}

static void
filter_clear(struct ui *ui, void *data)
{
	struct opinions *s = data;

	(void)ui;
	s->words = "";
	if (!s->legs) {
		opinion_filter_clear(&s->shown);
		return;
	}
	records_filter_remove(&s->shown.list, LEG_LIST_OPEN);
	records_order(&s->shown.list, LEG_BY_LATEST);
}

static const char *
note(struct ui *ui, void *data, struct arena *a)
{
	(void)ui, (void)a;
	return ((const struct opinions *)data)->note;
}

/* clang-format off */
#define TABLE(columns_, id_at_, empty_) { \
	.columns = (columns_), \
	.id_at = (id_at_), \
	.filter = filter_text, \
	.filter_clear = filter_clear, \
	.note = note, \
	.empty = (empty_), \
}
static const struct table_spec own_table = TABLE(own_columns, offsetof(struct opinion_line, id),
	N_("Nothing here. F5 shows others, F4 writes down what a citizen says."));
static const struct table_spec county_table = TABLE(county_columns, offsetof(struct opinion_line, id),
	N_("Nothing here. F5 shows others."));
static const struct table_spec leg_table = TABLE(leg_columns, offsetof(struct leg_item, id),
	N_("Nothing is waiting for your office. What a station routes to you appears here."));
/* clang-format on */

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct opinions *s = data;
	enum scope scope = ui_ctx(ui)->scope;

	s->words = s->note = "";
	s->legs = scope == SCOPE_ASSIGNED;
	s->shown.spec = (struct records_spec){
	    .list = s->legs ? &opinion_leg_list : &opinion_list,
	    .table = s->legs                 ? &leg_table
	             : scope == SCOPE_COUNTY ? &county_table
	                                     : &own_table,
	    .find = s->legs ? (int)LEG_LIST_TITLE : (int)OPINION_LIST_TITLE,
	};
	records_init(&s->shown.list, &s->shown.spec, ui, s);
	if (s->legs)
		records_filter_by_person(&s->shown.list, LEG_LIST_OPEN, 1,
		                         NULL);
	else if (arg != 0) /* tui/opinion_open.h */
		opinion_filter_want(
		    &s->shown, (const struct opinion_wanted *)(intptr_t)arg);
	else
		opinion_filter_home(ui, &s->shown);
	return OK;
}

/* How many are overdue, wherever the filter looks. */
static int
load_note(struct ui *ui, struct opinions *s)
{
	struct list_query query = {.value_count = 1};
	int64_t n;
	int err;

	s->note = "";
	if (s->legs)
		return OK;
	query.values[0] = (struct list_value){OPINION_LIST_OVERDUE, 1, NULL};
	err = list_count(ui_ctx(ui), &opinion_inbox, &query, &n);
	if (err == OK && n > 0)
		s->note = arena_printf(ui_arena(ui), _("! %lld overdue"),
		                       (long long)n);
	return err;
}

static void
say_filter(struct ui *ui, struct opinions *s)
{
	if (!s->legs)
		s->words = opinion_filter_words(ui, &s->shown, ui_keep(ui));
	else
		s->words = records_is_filtered(&s->shown.list, LEG_LIST_OPEN)
		               ? _("In hand")
		               : "";
}

static int
load(struct ui *ui, void *data)
{
	struct opinions *s = data;
	struct ctx *c = ui_ctx(ui);
	int err = opinion_tick(c, NULL);

	ui_watch(ui, ENTITY_BIT(OPINION) | ENTITY_BIT(OPINION_LEG),
	         c->scope == SCOPE_COUNTY || s->legs ? 0 : c->my_unit);
	if (err == OK)
		err = due_sight_load(ui, &s->sight);
	if (err == OK)
		err = load_note(ui, s);
	say_filter(ui, s);
	return err == OK ? records_load(&s->shown.list) : err;
}

/* --- keys
 * --------------------------------------------------------------------- */

static struct opinion_id
under_mark(const struct opinions *s)
{
	const void *row = records_row(&s->shown.list);

	if (row == NULL)
		return (struct opinion_id){0};
	return s->legs ? ((const struct leg_item *)row)->opinion
	               : ((const struct opinion_line *)row)->id;
}

static bool
has_row(struct ui *ui, const void *data)
{
	(void)ui;
	return under_mark(data).v != 0;
}

static void
key_open(struct ui *ui, void *data)
{
	ui_push(ui, &screen_opinion, under_mark(data).v);
}

static void
key_menu(struct ui *ui, void *data)
{
	(void)opinion_menu(ui, under_mark(data), NULL);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_opinion_form, 0);
}

static void
ask_legs(struct ui *ui, struct opinions *s)
{
	const char *labels[] = {_("In hand"), _("All")};
	int chosen = ui_menu(ui, _("Show only"), labels, 2);

	if (chosen < 0)
		return;
	records_filter_remove(&s->shown.list, LEG_LIST_OPEN);
	records_order(&s->shown.list, chosen == 0 ? LEG_BY_DUE : LEG_BY_LATEST);
	if (chosen == 0)
		records_filter_by_person(&s->shown.list, LEG_LIST_OPEN, 1,
		                         NULL);
	ui_error(ui, records_restart(&s->shown.list));
}

static void
key_filter(struct ui *ui, void *data)
{
	struct opinions *s = data;

	if (s->legs)
		ask_legs(ui, s);
	else if (opinion_filter_ask(ui, &s->shown))
		ui_error(ui, records_restart(&s->shown.list));
	say_filter(ui, s);
}

static void
key_stats(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_opinion_stats, 0);
}

static void
key_export(struct ui *ui, void *data)
{
	records_export(ui, &((const struct opinions *)data)->shown.list);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"),    PERM_NONE, key_open, has_row, NULL},
	{"F2",    N_("Actions"), PERM_NONE, key_menu, has_row,
	 N_("What may be done now with the opinion under the mark.")},
	{"F4",    N_("New"),     PERM_OPINION_ENTER, key_new, NULL,
	 N_("Write down what a citizen says.")},
	{"F5",    N_("Filter"),  PERM_NONE, key_filter, NULL,
	 N_("Waits for us, overdue, due soon, to be rated, hot topics; conditions one by one; filters that you keep. Backspace shows all.")},
	{"F6",    N_("Statistics"), PERM_OPINION_STATS, key_stats, NULL,
	 N_("How many, by category, place, month, unit, result, rating and days.")},
	{"F7",    N_("Export"),  PERM_NONE, key_export, NULL,
	 N_("The list as CSV or JSON.")},
	KEY_END,
};
/* clang-format on */

const struct screen screen_opinions = {
    .name = "opinions",
    .title = N_("Opinions"),
    .about = N_(
	"What citizens said, most urgent first. It opens with what waits for "
	"you; F5 shows others, and all.\n"
	"Due: working days until the running clock ends; ! is due today or "
	"over, soon is the last fifth of the time.\n"
	"New -> taken up -> answered on the spot, or in handling at offices -> "
	"to tell -> to be rated -> closed. Dissatisfied: handled again, the "
	"second time escalated. Merged and converted ones follow what they "
	"became."),
    .needs = PERM_OPINION_READ,
    .size = sizeof(struct opinions),
    .keys = keys,
    .open = open,
    .load = load,
};
