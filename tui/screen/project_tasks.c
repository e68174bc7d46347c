/*
 * Tasks of projects as a list: a deputy's own opinions and findings, what a
 * lead unit has to answer, what a unit supervises. The argument is a project;
 * 0: of all.
 */
#include "db/base/i18n.h"
#include "db/opinion.h"
#include "db/store/ctx.h"
#include "tui/opinion_words.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/task_open.h"

struct tasks {
	struct records list;
	struct records_spec spec; /* its list by the view */
	struct due_sight sight;
	struct project_id project;
	const char *words; /* the filter */
};

/* clang-format off */
static const struct view {
	const char *label;
	const struct list_spec *list;
	int filter; /* -1: none */
	const char *text;
} views[] = {
	{N_("All"), &task_list, -1, NULL},
	{N_("Waits for the lead unit"), &task_inbox, -1, NULL},
	{N_("Overdue"), &task_inbox, TASK_LIST_OVERDUE, NULL},
	{N_("Due soon"), &task_inbox, TASK_LIST_SOON, NULL},
	{N_("To be rated"), &task_list, TASK_LIST_STATE, "replied"},
	{N_("Disputed"), &task_list, TASK_LIST_STATE, "disputed"},
	{N_("Deputies' opinions"), &task_list, TASK_LIST_KIND, "opinion"},
	{N_("Findings"), &task_list, TASK_LIST_KIND, "finding"},
};
/* clang-format on */
enum { VIEW_ALL, VIEW_WAITS };

static void
show_view(struct tasks *s, int i)
{
	for (int f = 0; f < TASK_LIST_FILTERS; f++)
		records_filter_remove(&s->list, f);
	s->spec.list = views[i].list;
	s->words = i == VIEW_ALL ? "" : _(views[i].label);
	if (s->project.v != 0)
		records_filter(&s->list, TASK_LIST_PROJECT, s->project.v, NULL);
	if (views[i].filter >= 0)
		records_filter(&s->list, views[i].filter, 1, views[i].text);
}

static const char *
filter_text(struct ui *ui, void *data, struct arena *a)
{
	(void)ui, (void)a;
	return ((const struct tasks *)data)->words;
}

static void
filter_clear(struct ui *ui, void *data)
{
	(void)ui;
	show_view(data, VIEW_ALL);
}

/* --- cells ------------------------------------------------------------ */

static struct due_days
days_of(const struct task_line *line)
{
	return (struct due_days){.warn = line->warn_on, .due = line->due_on};
}

static const char *
cell_due(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct due_days days = days_of(row);

	(void)ui;
	return due_text(a, &((const struct tasks *)data)->sight, &days);
}

static enum theme
role_due(struct ui *ui, void *data, const void *row)
{
	const struct due_days days = days_of(row);

	(void)ui;
	return due_role(&((const struct tasks *)data)->sight, &days);
}

/* clang-format off */
#define COLUMN_PROJECT {.field = "title", .width = 16, .priority = 2}
#define COLUMN_WORDS {.field = "words", .width = 20, .stretch = true}
#define COLUMN_KIND {.field = "kind", .width = 16, .priority = 6}
#define COLUMN_LEAD {.field = "organ_name", .width = 14, .priority = 8}
#define COLUMN_SENT {.field = "sent_at", .width = 11, .priority = 9}
#define COLUMN_DUE {.heading = N_("Due"), .width = 12, .priority = 1, .text = cell_due, .role = role_due}
#define COLUMN_STATE {.field = "state", .width = 12}
static const struct table_column own_columns[] = {
	COLUMN_PROJECT, COLUMN_WORDS, COLUMN_KIND, COLUMN_LEAD, COLUMN_SENT, COLUMN_DUE,
	COLUMN_STATE, TABLE_COLUMN_END,
};
static const struct table_column columns[] = {
	{.field = "id", .heading = N_("No."), .width = 5, .right = true, .priority = 5},
	COLUMN_PROJECT, COLUMN_WORDS,
	{.field = "name", .width = 8, .priority = 4},
	COLUMN_KIND,
	{.field = "unit_name", .width = 10, .priority = 7},
	COLUMN_LEAD, COLUMN_SENT, COLUMN_DUE, COLUMN_STATE, TABLE_COLUMN_END,
};
static const struct table_spec own_table = {
	.columns = own_columns, .id_at = offsetof(struct task_line, id),
	.filter = filter_text, .filter_clear = filter_clear,
	.empty = N_("You have sent none yet. F4 writes the first one."),
};
static const struct table_spec table = {
	.columns = columns, .id_at = offsetof(struct task_line, id),
	.filter = filter_text, .filter_clear = filter_clear,
	.empty = N_("Nothing here. What deputies send about projects appears here; F5 shows others."),
};
/* clang-format on */

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct tasks *s = data;
	bool own = ui_ctx(ui)->scope == SCOPE_SELF;
	bool sends = own && ui_may(ui, PERM_PROJECT_SUPERVISE);

	s->project.v = arg;
	s->spec = (struct records_spec){
	    .list = &task_list,
	    .table = sends ? &own_table : &table,
	    .find = RECORDS_NO_FIND,
	};
	records_init(&s->list, &s->spec, ui, s);
	show_view(s, own || arg != 0 ? VIEW_ALL : VIEW_WAITS);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct tasks *s = data;
	const struct ctx *c = ui_ctx(ui);
	int err = due_sight_load(ui, &s->sight);

	ui_watch(ui, ENTITY_BIT(PROJECT_TASK),
	         c->scope == SCOPE_UNIT || c->scope == SCOPE_STATION
	             ? c->my_unit
	             : 0);
	return err == OK ? records_load(&s->list) : err;
}

/* --- keys ------------------------------------------------------------- */

static bool
has_row(struct ui *ui, const void *data)
{
	(void)ui;
	return records_row(&((const struct tasks *)data)->list) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	const struct task_line *row =
	    records_row(&((const struct tasks *)data)->list);

	if (row != NULL)
		task_page_open(ui, row->id);
}

static void
key_filter(struct ui *ui, void *data)
{
	const char *labels[COUNT(views)];
	struct tasks *s = data;
	int chosen;

	for (size_t i = 0; i < COUNT(views); i++)
		labels[i] = _(views[i].label);
	chosen = ui_menu(ui, _("Show only"), labels, (int)COUNT(views));
	if (chosen < 0)
		return;
	show_view(s, chosen);
	ui_error(ui, records_restart(&s->list));
}

enum { CHOICES = 9 };

/* Which project: by words of its title, if there is more than one. */
static struct project_id
ask_project(struct ui *ui)
{
	struct list_query query = {.value_count = 1};
	struct project_id none = {0};
	const char *labels[CHOICES];
	const struct project_line *rows;
	struct list_page page;
	int chosen;
	const char *words = ui_prompt(ui, ui_arena(ui),
	                              _("Words of the project's title (empty: "
	                                "the newest)"),
	                              "", PROJECT_TITLE_MAX);

	if (words == NULL)
		return none;
	query.values[0] = (struct list_value){PROJECT_LIST_TITLE, 0, words};
	if (ui_error(ui,
	             list_fetch(ui_ctx(ui), ui_arena(ui), &project_list, &query,
	                        LIST_FIRST, NULL, CHOICES, &page)) != OK)
		return none;
	rows = page.rows;
	for (int i = 0; i < page.n; i++)
		labels[i] = arena_printf(
		    ui_arena(ui), "%lld %s  %s", (long long)rows[i].id.v,
		    rows[i].title, _(project_states[rows[i].state].label));
	if (page.n == 0)
		ui_say(ui, "%s", _("No project is called so."));
	chosen =
	    page.n == 0 ? -1 : ui_menu(ui, _("Which project"), labels, page.n);
	return chosen < 0 ? none : rows[chosen].id;
}

static void
key_new(struct ui *ui, void *data)
{
	struct project_id id = ((const struct tasks *)data)->project;

	if (id.v == 0)
		id = ask_project(ui);
	if (id.v != 0)
		task_write_opinion(ui, id);
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, has_row, NULL},
    {"F4", N_("New"), PERM_PROJECT_SUPERVISE, key_new, NULL,
     N_("Send your opinion on a project to its lead unit.")},
    {"F5", N_("Filter"), PERM_NONE, key_filter, NULL,
     N_("Waits for the lead unit, overdue, to be rated, disputed, opinions, "
        "findings. Backspace shows all.")},
    KEY_END,
};

const struct screen screen_project_tasks = {
    .name = "project-tasks",
    .title = N_("Opinions and findings on projects"),
    .about = N_("What deputies think of projects and found at visits, as the "
                "lead units have to answer it.\n"
                "A deputy sees their own, a lead unit what it has to answer, "
                "a unit all of its projects. Due: working days until the "
                "reply; ! is due today or over.\n"
                "To accept -> to reply -> to be rated -> concluded. Not "
                "satisfied: once more; then disputed, and a head ends it."),
    .needs = PERM_PROJECT_READ,
    .size = sizeof(struct tasks),
    .keys = keys,
    .open = open,
    .load = load,
};
