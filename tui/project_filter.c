/* The filter of the list of projects. */
#include "tui/project_filter.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/project.h"
#include "db/store/ctx.h"
#include "db/unit.h"
#include "tui/category_pick.h"
#include "tui/people.h"
#include "tui/saved_filters.h"
#include "tui/ui.h"

enum { MENU_MAX = 40, YEARS = 8 };

static const struct {
	const struct list_spec *list;
	const char *label;
} lists[PROJECT_LISTS] = {
    {&project_works, N_("Carried out")},
    {&project_pool, N_("Pool")},
    {&project_list, N_("All")},
};

static const struct saved_lists saved = {
    "projects",
    {{"all", &project_list},
     {"works", &project_works},
     {"pool", &project_pool}},
};

/* clang-format off */
static const struct view {
	const char *label;
	const struct list_spec *list;
	int filter; /* -1: none */
	const char *text;
} views[PROJECTS_VIEWS] = {
	[PROJECTS_WORKS]      = {N_("Being carried out"), &project_works, -1, NULL},
	[PROJECTS_RED]        = {N_("Red"), &project_works, PROJECT_LIST_LATE, NULL},
	[PROJECTS_SOON]       = {N_("Yellow or red"), &project_works, PROJECT_LIST_SOON, NULL},
	[PROJECTS_POOL]       = {N_("The pool"), &project_pool, -1, NULL},
	[PROJECTS_PROPOSED]   = {N_("To be looked at"), &project_pool, PROJECT_LIST_STATE, "proposed"},
	[PROJECTS_CANDIDATES] = {N_("Candidates"), &project_pool, PROJECT_LIST_STATE, "candidate"},
	[PROJECTS_ALL]        = {N_("All"), &project_list, -1, NULL},
	[PROJECTS_MINE]       = {N_("Supervised by me"), &project_list, PROJECT_LIST_TEAM, NULL},
};
/* clang-format on */

/* --- which list ---------------------------------------------------------- */

int
project_list_at(const struct project_records *r)
{
	int at = 0;

	while (at < PROJECT_LISTS - 1 && r->spec.list != lists[at].list)
		at++;
	return at;
}

const char *
project_lists_text(struct arena *a, int at)
{
	const char *text = "";

	for (int i = 0; i < PROJECT_LISTS; i++)
		text = arena_printf(a, i == at ? "%s[%s]" : "%s %s ", text,
		                    _(lists[i].label));
	return text;
}

void
project_list_go(struct project_records *r, int at)
{
	static const int of_one_list[] = {PROJECT_LIST_STATE, PROJECT_LIST_LATE,
	                                  PROJECT_LIST_SOON};

	for (size_t i = 0; i < COUNT(of_one_list); i++)
		records_filter_remove(&r->list, of_one_list[i]);
	r->spec.list = lists[(at + PROJECT_LISTS) % PROJECT_LISTS].list;
}

void
project_filter_clear(struct project_records *r)
{
	for (int i = 0; i < PROJECT_LIST_FILTERS; i++)
		records_filter_remove(&r->list, i);
}

/* --- views --------------------------------------------------------------- */

static void
show_view(struct ui *ui, struct project_records *r, enum projects_view view)
{
	const struct view *v = &views[view];

	project_filter_clear(r);
	r->spec.list = v->list;
	if (v->filter >= 0)
		records_filter_by_person(
		    &r->list, v->filter,
		    view == PROJECTS_MINE ? ui_ctx(ui)->me : 1, v->text);
}

/* What is carried out; while nothing is, the pool. */
static enum projects_view
home(struct ui *ui)
{
	struct list_query all = {.order = 0};
	int64_t n;

	if (list_count(ui_ctx(ui), &project_works, &all, &n) != OK)
		return PROJECTS_ALL;
	return n > 0 ? PROJECTS_WORKS : PROJECTS_POOL;
}

void
project_filter_want(struct ui *ui, struct project_records *r, int64_t arg)
{
	int64_t year = arg / SCREEN_PAIR,
		unit = arg % SCREEN_PAIR / SCREEN_UNIT;
	int view = (int)(arg % SCREEN_PAIR % SCREEN_UNIT);

	if (view <= PROJECTS_HOME || view >= PROJECTS_VIEWS)
		view = (int)home(ui);
	show_view(ui, r, (enum projects_view)view);
	if (unit != 0)
		records_filter_by_person(&r->list, PROJECT_LIST_UNIT, unit,
		                         NULL);
	if (year != 0)
		records_filter_by_person(&r->list, PROJECT_LIST_YEAR, year,
		                         NULL);
}

/* --- in words ------------------------------------------------------------ */

static const char *
named(const struct enum_name *names, const char *name)
{
	int at = enum_index(names, name);

	return at >= 0 ? _(names[at].label) : name;
}

static const char *
value_words(struct ui *ui, struct arena *a, const struct list_value *v)
{
	switch ((enum project_list_filter)v->filter) {
	case PROJECT_LIST_UNIT:
		return people_show_unit(ui, a, v->v);
	case PROJECT_LIST_STATE:
		return named(project_states, v->s);
	case PROJECT_LIST_YEAR:
		return arena_printf(a, "%lld", (long long)v->v);
	case PROJECT_LIST_SOURCE:
		return arena_printf(a, C_("said", "%s: %s"), _("Source"),
		                    named(project_sources, v->s));
	case PROJECT_LIST_CATEGORY:
		return category_path(ui, a, v->s);
	case PROJECT_LIST_TITLE:
		return arena_printf(a, _("title with %s"), v->s);
	case PROJECT_LIST_TEAM:
		return _(views[PROJECTS_MINE].label);
	case PROJECT_LIST_LATE:
	case PROJECT_LIST_SOON:
	case PROJECT_LIST_FILTERS:
		break;
	}
	return _(project_list.filters[v->filter].label);
}

const char *
project_filter_words(struct ui *ui, const struct project_records *r,
                     struct arena *a)
{
	const char *text = "";

	for (int i = 0; i < r->list.query.value_count; i++)
		text =
		    arena_printf(a, "%s%s%s", text, *text ? "  " : "",
		                 value_words(ui, a, &r->list.query.values[i]));
	return text;
}

/* --- conditions ----------------------------------------------------------- */

/* One of a fixed set; sought among all when it may be over. */
static bool
pick_named(struct ui *ui, struct project_records *r, int filter,
           const struct enum_name *names)
{
	const char *labels[MENU_MAX];
	int n = 0, chosen;

	for (; n < MENU_MAX && names[n].name != NULL; n++)
		labels[n] = _(names[n].label);
	chosen = ui_menu(ui, _(project_list.filters[filter].label), labels, n);
	if (chosen < 0)
		return false;
	if (filter == PROJECT_LIST_STATE)
		project_list_go(r, PROJECT_LISTS - 1);
	records_filter_by_person(&r->list, filter, 0, names[chosen].name);
	return true;
}

static bool
pick_state(struct ui *ui, struct project_records *r)
{
	return pick_named(ui, r, PROJECT_LIST_STATE, project_states);
}

static bool
pick_source(struct ui *ui, struct project_records *r)
{
	return pick_named(ui, r, PROJECT_LIST_SOURCE, project_sources);
}

static bool
pick_category(struct ui *ui, struct project_records *r)
{
	const char *name = category_ask(ui);

	if (name != NULL)
		records_filter_by_person(&r->list, PROJECT_LIST_CATEGORY, 0,
		                         name);
	return name != NULL;
}

/* Next year's proposals are this year's. */
static bool
pick_year(struct ui *ui, struct project_records *r)
{
	const char *labels[YEARS];
	int year = ui_today(ui).year + 1, chosen;

	for (int i = 0; i < YEARS; i++)
		labels[i] = arena_printf(ui_arena(ui), "%d", year - i);
	chosen = ui_menu(ui, _("Year"), labels, YEARS);
	if (chosen < 0)
		return false;
	records_filter_by_person(&r->list, PROJECT_LIST_YEAR, year - chosen,
	                         NULL);
	return true;
}

static bool
pick_title(struct ui *ui, struct project_records *r)
{
	const char *text = ui_prompt(ui, ui_arena(ui), _("Words of the title"),
	                             "", PROJECT_TITLE_MAX);

	if (text == NULL || *text == '\0')
		return false;
	records_filter_by_person(&r->list, PROJECT_LIST_TITLE, 0, text);
	return true;
}

static bool
pick_unit(struct ui *ui, struct project_records *r)
{
	const char *labels[MENU_MAX];
	struct unit *units;
	int n, chosen;

	if (ui_error(ui, unit_list(ui_ctx(ui), ui_arena(ui), &units, &n)) != OK)
		return false;
	n = n < MENU_MAX ? n : MENU_MAX;
	for (int i = 0; i < n; i++)
		labels[i] = units[i].name;
	chosen = ui_menu(ui, _("Unit"), labels, n);
	if (chosen < 0)
		return false;
	records_filter_by_person(&r->list, PROJECT_LIST_UNIT,
	                         units[chosen].id.v, NULL);
	return true;
}

/* clang-format off */
static const struct condition {
	const char *label;
	bool (*pick)(struct ui *ui, struct project_records *r);
} conditions[] = {
	{N_("State"), pick_state},
	{N_("Year"), pick_year},
	{N_("Source"), pick_source},
	{N_("Category"), pick_category},
	{N_("Words of the title"), pick_title},
	{N_("Unit"), pick_unit}, /* the last: of those who see several */
};
/* clang-format on */

/* One more condition beside those there are. */
static bool
add_condition(struct ui *ui, struct project_records *r)
{
	const char *labels[COUNT(conditions)];
	enum scope scope = ui_ctx(ui)->scope;
	bool several = scope != SCOPE_UNIT && scope != SCOPE_STATION;
	int n = (int)COUNT(conditions) - !several, chosen;

	for (int i = 0; i < n; i++)
		labels[i] = _(conditions[i].label);
	chosen = ui_menu(ui, _("Show only"), labels, n);
	return chosen >= 0 && conditions[chosen].pick(ui, r);
}

/* --- F5 --------------------------------------------------------------------
 */

bool
project_filter_ask(struct ui *ui, struct project_records *r)
{
	enum { CONDITION, RECALL, KEEP, OTHERS };
	const char *labels[PROJECTS_VIEWS + OTHERS];
	int last =
	    ui_ctx(ui)->scope == SCOPE_SELF ? PROJECTS_MINE : PROJECTS_ALL;
	int chosen;

	for (int i = 1; i <= last; i++)
		labels[i - 1] = _(views[i].label);
	labels[last + CONDITION] = _("One more condition ..");
	labels[last + RECALL] = _("My filters ..");
	labels[last + KEEP] = _("Keep this filter under a name ..");
	chosen = ui_menu(ui, _("Show only"), labels, last + OTHERS);
	if (chosen < 0)
		return false;
	if (chosen == last + CONDITION)
		return add_condition(ui, r);
	if (chosen == last + RECALL)
		return saved_filters_recall(ui, &saved, &r->list, &r->spec);
	if (chosen == last + KEEP) {
		saved_filters_keep(ui, &saved, &r->list);
		return false;
	}
	show_view(ui, r, (enum projects_view)(chosen + 1));
	return true;
}
