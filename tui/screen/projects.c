/*
 * The list of livelihood projects: what is carried out with its lights, due
 * first; the pool; all. Left and Right go from one to the next. The argument
 * is what tui/project_open.h makes.
 */
#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/project.h"
#include "db/store/ctx.h"
#include "tui/project_filter.h"
#include "tui/project_menu.h"
#include "tui/project_words.h"
#include "tui/ui.h"
#include "tui/widget/value.h"

struct projects {
	struct filtered shown; /* spec by list and filter */
	const char *words;     /* the filter */
	const char *note;
};

/* --- cells ------------------------------------------------------------ */

static const char *
cell_light(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct project_line *line = row;

	(void)data, (void)a;
	return project_light_text(ui_ctx(ui), line->state, line->warn_on,
	                          line->due_on);
}

static enum theme
role_light(struct ui *ui, void *data, const void *row)
{
	const struct project_line *line = row;

	(void)data;
	return project_light_role(ui_ctx(ui), line->state, line->warn_on,
	                          line->due_on);
}

static const char *
cell_due(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)data;
	return project_due_text(ui, a,
	                        ((const struct project_line *)row)->due_on);
}

static const char *
cell_done(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct project_line *line = row;

	(void)ui, (void)data;
	return line->reported == 0
	           ? "-"
	           : arena_printf(a, "%lld%%", (long long)line->done);
}

static const char *
cell_year(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data;
	return arena_printf(
	    a, "%lld", (long long)((const struct project_line *)row)->year);
}

static const char *
cell_proposed(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct project_line *line = row;

	(void)data;
	return day_show(a, day_of(line->proposed_at), ui_today(ui));
}

static const char *
cell_category(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct project_line *line = row;

	(void)ui, (void)data, (void)a;
	return activity_kind_label(line->category_label,
	                           line->category_label_en);
}

static const char *
cell_budget(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct project_line *line = row;

	(void)ui, (void)data;
	return line->budget == 0 ? "-" : value_grouped(a, line->budget);
}

static const char *
cell_spent(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct project_line *line = row;

	(void)ui, (void)data;
	return line->spent == 0 ? "-" : value_grouped(a, line->spent);
}

/* clang-format off */
#define COLUMN_ID {.field = "id", .heading = N_("No."), .width = 5, .right = true, .priority = 6}
#define COLUMN_TITLE {.field = "title", .width = 22, .stretch = true}
#define COLUMN_UNIT {.field = "unit_name", .width = 10, .priority = 3}
#define COLUMN_LEAD {.field = "lead_name", .width = 18, .priority = 7}
#define COLUMN_CATEGORY {.heading = N_("Category"), .width = 12, .priority = 8, .text = cell_category}
#define COLUMN_YEAR {.heading = N_("Year"), .width = 4, .priority = 2, .text = cell_year}
#define COLUMN_LIGHT {.heading = N_("Light"), .width = 6, .text = cell_light, .role = role_light}
#define COLUMN_DUE {.heading = N_("Due"), .width = 10, .priority = 1, .text = cell_due}
#define COLUMN_DONE {.heading = N_("Progress"), .width = 8, .right = true, .priority = 2, .text = cell_done}
#define COLUMN_BUDGET {.heading = N_("Budget"), .width = 11, .right = true, .priority = 9, .text = cell_budget}
#define COLUMN_SPENT {.heading = N_("Spent"), .width = 11, .right = true, .priority = 10, .text = cell_spent}
#define COLUMN_STATE {.field = "state", .width = 13}

/* In the order of the lists; whose are all of one unit go without the first
 * column. */
static const struct table_column columns[PROJECT_LISTS][12] = {
	{COLUMN_UNIT, COLUMN_ID, COLUMN_TITLE, COLUMN_LEAD, COLUMN_LIGHT, COLUMN_DUE, COLUMN_DONE,
	 COLUMN_BUDGET, COLUMN_SPENT, COLUMN_STATE, TABLE_COLUMN_END},
	{COLUMN_UNIT, COLUMN_ID, COLUMN_TITLE, COLUMN_CATEGORY,
	 {.field = "source", .width = 11, .priority = 4},
	 {.field = "proposals", .width = 9, .priority = 7},
	 COLUMN_YEAR,
	 {.heading = N_("Raised on"), .width = 10, .priority = 5, .text = cell_proposed},
	 COLUMN_BUDGET, COLUMN_STATE, TABLE_COLUMN_END},
	{COLUMN_UNIT, COLUMN_ID, COLUMN_TITLE, COLUMN_YEAR, COLUMN_LEAD, COLUMN_CATEGORY, COLUMN_LIGHT,
	 COLUMN_DONE, COLUMN_BUDGET, COLUMN_STATE, TABLE_COLUMN_END},
};
/* clang-format on */

/* --- the table -------------------------------------------------------- */

static const char *
filter_text(struct ui *ui, void *data, struct arena *a)
{
	(void)ui, (void)a;
	return ((const struct projects *)data)->words;
}

static void
filter_clear(struct ui *ui, void *data)
{
	struct projects *s = data;

	(void)ui;
	s->words = "";
	filters_clear(&s->shown);
}

static const char *
note(struct ui *ui, void *data, struct arena *a)
{
	const struct projects *s = data;

	(void)ui, (void)a;
	/* what is in the pool has no light */
	return s->shown.spec.list == &project_pool ? "" : s->note;
}

static const struct table_spec table = {
    .columns = columns[0],
    .id_at = offsetof(struct project_line, id),
    .filter = filter_text,
    .filter_clear = filter_clear,
    .note = note,
    .empty = N_("Nothing here. Left and Right show the other lists, F5 "
                "others, F4 proposes a project."),
};

/* The columns and the line of the filter follow the list. */
static void
follow(struct ui *ui, struct projects *s)
{
	enum scope scope = ui_ctx(ui)->scope;
	int from = scope == SCOPE_UNIT || scope == SCOPE_STATION;

	records_columns(&s->shown.list,
	                &columns[project_list_at(&s->shown)][from]);
	s->words = project_filter_words(ui, &s->shown, ui_keep(ui));
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct projects *s = data;

	s->words = s->note = "";
	s->shown.spec = (struct records_spec){
	    .list = &project_works,
	    .table = &table,
	    .find = PROJECT_LIST_TITLE,
	};
	records_init(&s->shown.list, &s->shown.spec, ui, s);
	project_filter_want(ui, &s->shown, arg);
	follow(ui, s);
	return OK;
}

/* How many are red, wherever the filter looks. */
static int
load_note(struct ui *ui, struct projects *s)
{
	struct list_query query = {.value_count = 1};
	int64_t n;
	int err;

	query.values[0] = (struct list_value){PROJECT_LIST_LATE, 1, NULL};
	err = list_count(ui_ctx(ui), &project_works, &query, &n);
	s->note =
	    err == OK && n > 0
		? arena_printf(ui_arena(ui), _("! %lld red"), (long long)n)
		: "";
	return err;
}

static int
load(struct ui *ui, void *data)
{
	struct projects *s = data;
	const struct ctx *c = ui_ctx(ui);
	int err = load_note(ui, s);

	ui_watch(ui, ENTITY_BIT(PROJECT),
	         c->scope == SCOPE_UNIT || c->scope == SCOPE_STATION
	             ? c->my_unit
	             : 0);
	return err == OK ? records_load(&s->shown.list) : err;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct projects *s = data;
	struct area below = area_part(body, 1, 0, 0, 0);
	const char *lists =
	    project_lists_text(body->arena, project_list_at(&s->shown));

	if (!ui_is_plain(ui)) /* there F5 leads to them */
		lists = arena_printf(body->arena, _("%s  (Left/Right)"), lists);
	area_fit(body, 0, 0, body->columns, THEME_DIM, lists);
	table_draw(&s->shown.list.table, &below);
}

/* --- keys ------------------------------------------------------------- */

static const struct project_line *
under_mark(const struct projects *s)
{
	return records_row(&s->shown.list);
}

static bool
has_row(struct ui *ui, const void *data)
{
	(void)ui;
	return under_mark(data) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	ui_push(ui, &screen_project, under_mark(data)->id.v);
}

static void
key_menu(struct ui *ui, void *data)
{
	(void)project_menu(ui, under_mark(data)->id, NULL);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_project_form, 0);
}

static void
restart(struct ui *ui, struct projects *s)
{
	follow(ui, s);
	ui_error(ui, records_restart(&s->shown.list));
}

static void
key_left(struct ui *ui, void *data)
{
	struct projects *s = data;

	project_list_go(&s->shown, project_list_at(&s->shown) - 1);
	restart(ui, s);
}

static void
key_right(struct ui *ui, void *data)
{
	struct projects *s = data;

	project_list_go(&s->shown, project_list_at(&s->shown) + 1);
	restart(ui, s);
}

static void
key_filter(struct ui *ui, void *data)
{
	struct projects *s = data;

	if (project_filter_ask(ui, &s->shown))
		restart(ui, s);
}

/* What stands beside the list. */
static void
key_more(struct ui *ui, void *data)
{
	const struct {
		const char *label;
		const struct screen *screen;
	} pages[] = {{N_("Overview by unit"), &screen_project_stats},
	             {N_("Ballots"), &screen_ballots},
	             {N_("Opinions and findings"), &screen_project_tasks}};
	const struct screen *screens[COUNT(pages)];
	const char *labels[COUNT(pages)];
	int n = 0, chosen;

	(void)data;
	for (size_t i = 0; i < COUNT(pages); i++)
		if (ui_may(ui, pages[i].screen->needs)) {
			screens[n] = pages[i].screen;
			labels[n++] = _(pages[i].label);
		}
	chosen = ui_menu(ui, _("Livelihood projects"), labels, n);
	if (chosen >= 0)
		ui_push(ui, screens[chosen], 0);
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"),    PERM_NONE, key_open, has_row, NULL},
	{"F2",    N_("Actions"), PERM_NONE, key_menu, has_row,
	 N_("What may be done now with the project under the mark.")},
	{"Left",  NULL, PERM_NONE, key_left, NULL, NULL},
	{"Right", NULL, PERM_NONE, key_right, NULL, NULL},
	{"F4",    N_("New"),     PERM_PROJECT_ENTER, key_new, NULL,
	 N_("Propose a livelihood project.")},
	{"F5",    N_("Filter"),  PERM_NONE, key_filter, NULL,
	 N_("Red, yellow or red, candidates; conditions one by one; filters that you keep. Backspace shows the whole list.")},
	{"F6",    N_("More"), PERM_NONE, key_more, NULL,
	 N_("The overview by unit and year, ballots, deputies' opinions and findings.")},
	RECORDS_KEY_EXPORT,
	KEY_END,
};
/* clang-format on */

const struct screen screen_projects = {
    .name = "projects",
    .title = N_("Livelihood projects"),
    .about = N_(
	"Livelihood projects from the idea to the rated result, in three "
	"lists that Left and Right go through: carried out (what is due "
	"first), the pool of proposals (newest first), all.\n"
	"Light by the next milestone: green, yellow when it is near, ! red "
	"when its day is over. Done: percent of the last monthly report.\n"
	"Proposed -> in the pool -> shortlisted -> candidate -> on the ballot "
	"-> selected -> planned -> under way -> reported done -> inspected -> "
	"rated -> archived. What is not selected goes back into the pool; "
	"declined, merged and stopped ones are over."),
    .needs = PERM_PROJECT_READ,
    .size = sizeof(struct projects),
    .keys = keys,
    .open = open,
    .load = load,
    .draw = draw,
};
