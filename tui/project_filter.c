/* The filter of the list of projects. */
#include "tui/project_filter.h"

#include "db/base/i18n.h"
#include "db/project.h"
#include "db/store/ctx.h"
#include "tui/category_pick.h"
#include "tui/people.h"
#include "tui/ui.h"

enum { YEARS = 8 };

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
static const struct filter_view views[PROJECTS_VIEWS] = {
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
project_list_at(const struct filtered *r)
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
project_list_go(struct filtered *r, int at)
{
	static const int of_one_list[] = {PROJECT_LIST_STATE, PROJECT_LIST_LATE,
	                                  PROJECT_LIST_SOON};

	for (size_t i = 0; i < COUNT(of_one_list); i++)
		records_filter_remove(&r->list, of_one_list[i]);
	r->spec.list = lists[(at + PROJECT_LISTS) % PROJECT_LISTS].list;
}

/* --- views --------------------------------------------------------------- */

static void
show_view(struct ui *ui, struct filtered *r, enum projects_view view)
{
	const struct filter_view *v = &views[view];

	filters_clear(r);
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
project_filter_want(struct ui *ui, struct filtered *r, int64_t arg)
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
value_words(struct ui *ui, struct arena *a, const struct list_value *v)
{
	switch ((enum project_list_filter)v->filter) {
	case PROJECT_LIST_UNIT:
		return people_show_unit(ui, a, v->v);
	case PROJECT_LIST_STATE:
		return filters_named(project_states, v->s);
	case PROJECT_LIST_YEAR:
		return arena_printf(a, "%lld", (long long)v->v);
	case PROJECT_LIST_SOURCE:
		return arena_printf(a, C_("said", "%s: %s"), _("Source"),
		                    filters_named(project_sources, v->s));
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
project_filter_words(struct ui *ui, const struct filtered *r, struct arena *a)
{
	return filters_words(ui, r, a, "", value_words);
}

/* --- conditions ----------------------------------------------------------- */

/* Sought among all: it may be over. */
static bool
pick_state(struct ui *ui, struct filtered *r)
{
	const char *name = filters_ask_named(ui, _("State"), project_states);

	if (name != NULL)
		project_list_go(r, PROJECT_LISTS - 1);
	return filters_set(r, PROJECT_LIST_STATE, 0, name);
}

static bool
pick_source(struct ui *ui, struct filtered *r)
{
	return filters_set(r, PROJECT_LIST_SOURCE, 0,
	                   filters_ask_named(ui, _("Source"), project_sources));
}

static bool
pick_category(struct ui *ui, struct filtered *r)
{
	return filters_set(r, PROJECT_LIST_CATEGORY, 0, category_ask(ui));
}

/* Next year's proposals are this year's. */
static bool
pick_year(struct ui *ui, struct filtered *r)
{
	int year = filters_ask_year(ui, ui_today(ui).year + 1, YEARS);

	return filters_set(r, PROJECT_LIST_YEAR, year, NULL);
}

static bool
pick_title(struct ui *ui, struct filtered *r)
{
	return filters_set(
	    r, PROJECT_LIST_TITLE, 0,
	    filters_ask_text(ui, _("Words of the title"), PROJECT_TITLE_MAX));
}

static bool
pick_unit(struct ui *ui, struct filtered *r)
{
	return filters_set(r, PROJECT_LIST_UNIT, filters_ask_unit(ui).v, NULL);
}

/* clang-format off */
static const struct filter_condition conditions[] = {
	{N_("State"), pick_state},
	{N_("Year"), pick_year},
	{N_("Source"), pick_source},
	{N_("Category"), pick_category},
	{N_("Words of the title"), pick_title},
	{N_("Unit"), pick_unit}, /* the last: of those who see several */
};
/* clang-format on */

/* --- F5 ------------------------------------------------------------------ */

static void
show(struct ui *ui, struct filtered *r, int view)
{
	show_view(ui, r, (enum projects_view)(view + PROJECTS_WORKS));
}

bool
project_filter_ask(struct ui *ui, struct filtered *r)
{
	static const struct filter_menu menu = {&views[PROJECTS_WORKS],
	                                        conditions, &saved, show};
	enum scope scope = ui_ctx(ui)->scope;
	bool several = scope != SCOPE_UNIT && scope != SCOPE_STATION;

	return filters_ask(ui, &menu, r,
	                   scope == SCOPE_SELF ? PROJECTS_MINE : PROJECTS_ALL,
	                   (int)COUNT(conditions) - !several);
}
