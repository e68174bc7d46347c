/* The filter of the list of opinions: views and conditions. Filters kept
 * under a name are tui/saved_filters.c. */
#include "tui/opinion_filter.h"

#include "db/base/i18n.h"
#include "db/category.h"
#include "db/opinion.h"
#include "db/place.h"
#include "db/station.h"
#include "db/store/ctx.h"
#include "tui/category_pick.h"
#include "tui/opinion_words.h"
#include "tui/people.h"
#include "tui/station_pick.h"

enum { MENU_MAX = 40, YEARS = 6, MONTHS = 12 };

/* --- views ------------------------------------------------------------- */

/* clang-format off */
static const struct filter_view views[] = {
	{N_("Waits for us"), &opinion_inbox, OPINION_LIST_TURN, NULL},
	{N_("All"), &opinion_list, -1, NULL},
	{N_("Overdue"), &opinion_inbox, OPINION_LIST_OVERDUE, NULL},
	{N_("Due soon"), &opinion_inbox, OPINION_LIST_SOON, NULL},
	{N_("To be rated"), &opinion_inbox, OPINION_LIST_STATE, "awaiting"},
	{N_("Hot topics"), &opinion_hot, -1, NULL},
	{N_("In hand"), &opinion_inbox, -1, NULL},
};
/* clang-format on */
enum { VIEW_TURN, VIEW_ALL };

static const struct saved_lists saved = {
    "opinions",
    {{"all", &opinion_list}, {"inbox", &opinion_inbox}, {"hot", &opinion_hot}},
};

void
opinion_filter_clear(struct filtered *r)
{
	filters_clear(r);
	r->spec.list = &opinion_list;
}

static void
show_view(struct ui *ui, struct filtered *r, int i)
{
	const struct filter_view *v = &views[i];
	int filter = v->filter;

	if (i == VIEW_TURN && ui_ctx(ui)->scope == SCOPE_SELF)
		filter = OPINION_LIST_MY_TURN;
	opinion_filter_clear(r);
	r->spec.list = v->list;
	if (filter >= 0)
		records_filter_by_person(&r->list, filter, 1, v->text);
}

/* What is asked for lies among those that are done as well: from a view of
 * work in hand to all. */
static void
leave_view(struct filtered *r)
{
	for (size_t i = 0; i < COUNT(views); i++)
		if (views[i].filter >= 0)
			records_filter_remove(&r->list, views[i].filter);
	records_filter_remove(&r->list, OPINION_LIST_MY_TURN);
	r->spec.list = &opinion_list;
}

void
opinion_filter_home(struct ui *ui, struct filtered *r)
{
	show_view(ui, r,
	          ui_may(ui, PERM_OPINION_HANDLE) ? VIEW_TURN : VIEW_ALL);
}

void
opinion_filter_want(struct filtered *r, const struct opinion_wanted *wanted)
{
	opinion_filter_clear(r);
	r->spec.list = wanted->list;
	for (int i = 0; i < wanted->query.value_count; i++) {
		const struct list_value *v = &wanted->query.values[i];

		records_filter_by_person(&r->list, v->filter, v->v, v->s);
	}
}

/* --- in words ------------------------------------------------------------ */

static const char *
value_words(struct ui *ui, struct arena *a, const struct list_value *v)
{
	switch ((enum opinion_list_filter)v->filter) {
	case OPINION_LIST_STATE:
		return filters_named(opinion_states, v->s);
	case OPINION_LIST_CATEGORY:
		return category_path(ui, a, v->s);
	case OPINION_LIST_SOURCE:
		return filters_named(opinion_sources, v->s);
	case OPINION_LIST_RESULT:
		return filters_named(opinion_results, v->s);
	case OPINION_LIST_RATING:
		return filters_named(opinion_ratings, v->s);
	case OPINION_LIST_UNIT:
		return people_show_unit(ui, a, v->v);
	case OPINION_LIST_PLACE:
		return people_show_place(ui, a, v->v);
	case OPINION_LIST_MONTH:
		return month_text(a, v->v);
	case OPINION_LIST_YEAR:
		return arena_printf(a, "%lld", (long long)v->v);
	case OPINION_LIST_SPAN:
		return arena_printf(a, "%s - %s", month_text(a, v->v / 1000000),
		                    month_text(a, v->v % 1000000));
	case OPINION_LIST_BY_HAND:
		return v->v != 0 ? _("rated by hand")
		                 : _("rated by the citizen");
	case OPINION_LIST_TITLE:
		return arena_printf(a, _("subject with %s"), v->s);
	case OPINION_LIST_TURN:
	case OPINION_LIST_MY_TURN:
		return _(views[VIEW_TURN].label);
	default:
		return _(opinion_list.filters[v->filter].label);
	}
}

/* Those that lie in work in hand anyway. */
static bool
has_view_filter(const struct filtered *r)
{
	static const int filters[] = {OPINION_LIST_TURN, OPINION_LIST_MY_TURN,
	                              OPINION_LIST_OVERDUE, OPINION_LIST_SOON,
	                              OPINION_LIST_STATE};

	for (size_t i = 0; i < COUNT(filters); i++)
		if (records_is_filtered(&r->list, filters[i]))
			return true;
	return false;
}

const char *
opinion_filter_words(struct ui *ui, const struct filtered *r, struct arena *a)
{
	const char *text = "";

	if (r->spec.list == &opinion_hot)
		text = _("Hot topics");
	else if (r->spec.list == &opinion_inbox && !has_view_filter(r))
		text = _("In hand");
	return filters_words(ui, r, a, text, value_words);
}

/* --- conditions ------------------------------------------------------------
 */

/* One of a fixed set. */
static bool
pick_named(struct ui *ui, struct filtered *r, int filter,
           const struct enum_name *names)
{
	const char *name =
	    filters_ask_named(ui, _(opinion_list.filters[filter].label), names);

	if (name != NULL)
		leave_view(r);
	return filters_set(r, filter, 0, name);
}

static bool
pick_state(struct ui *ui, struct filtered *r)
{
	return pick_named(ui, r, OPINION_LIST_STATE, opinion_states);
}

static bool
pick_source(struct ui *ui, struct filtered *r)
{
	return pick_named(ui, r, OPINION_LIST_SOURCE, opinion_sources);
}

static bool
pick_result(struct ui *ui, struct filtered *r)
{
	return pick_named(ui, r, OPINION_LIST_RESULT, opinion_results);
}

static bool
pick_rating(struct ui *ui, struct filtered *r)
{
	return pick_named(ui, r, OPINION_LIST_RATING, opinion_ratings);
}

static bool
pick_category(struct ui *ui, struct filtered *r)
{
	return filters_set(r, OPINION_LIST_CATEGORY, 0, category_ask(ui));
}

/* The unit whose rooms are asked for: one's own, or the one filtered by. */
static struct unit_id
unit_of(struct ui *ui, const struct filtered *r)
{
	struct unit_id unit = {ui_ctx(ui)->my_unit};

	for (int i = 0; unit.v == 0 && i < r->list.query.value_count; i++)
		if (r->list.query.values[i].filter == OPINION_LIST_UNIT)
			unit.v = r->list.query.values[i].v;
	return unit;
}

static bool
pick_place(struct ui *ui, struct filtered *r)
{
	struct form_option found[FORM_OPTIONS];
	const char *labels[MENU_MAX];
	struct station station;
	int n, chosen, err;

	if (unit_of(ui, r).v == 0) {
		ui_say(ui, "%s", _("Choose a unit first."));
		return false;
	}
	err =
	    station_of_unit(ui_ctx(ui), ui_arena(ui), unit_of(ui, r), &station);
	if (ui_error(ui, err) != OK)
		return false;
	n = station_pick_places(ui, ui_arena(ui), station.id, "", found,
	                        MENU_MAX);
	if (n < 0) {
		ui_error(ui, n);
		return false;
	}
	for (int i = 0; i < n; i++)
		labels[i] = found[i].label;
	chosen = ui_menu(ui, _("Room or point"), labels, n);
	if (chosen < 0)
		return false;
	records_filter_by_person(&r->list, OPINION_LIST_PLACE,
	                         found[chosen].value, NULL);
	return true;
}

static bool
pick_year(struct ui *ui, struct filtered *r)
{
	int year = filters_ask_year(ui, ui_today(ui).year, YEARS);

	if (year != 0)
		records_filter_remove(&r->list, OPINION_LIST_MONTH);
	return filters_set(r, OPINION_LIST_YEAR, year, NULL);
}

static bool
pick_month(struct ui *ui, struct filtered *r)
{
	const char *labels[MONTHS];
	int64_t values[MONTHS];
	struct day today = ui_today(ui);
	int at = today.year * 12 + today.month - 1, chosen;

	for (int i = 0; i < MONTHS; i++) {
		values[i] = (at - i) / 12 * 100 + (at - i) % 12 + 1;
		labels[i] = month_text(ui_arena(ui), values[i]);
	}
	chosen = ui_menu(ui, _("Month"), labels, MONTHS);
	if (chosen < 0)
		return false;
	records_filter_remove(&r->list, OPINION_LIST_YEAR);
	records_filter_by_person(&r->list, OPINION_LIST_MONTH, values[chosen],
	                         NULL);
	return true;
}

static bool
pick_title(struct ui *ui, struct filtered *r)
{
	return filters_set(r, OPINION_LIST_TITLE, 0,
	                   filters_ask_text(ui, _("Words of the subject"),
	                                    OPINION_SUBJECT_MAX));
}

static bool
pick_unit(struct ui *ui, struct filtered *r)
{
	struct unit_id unit = filters_ask_unit(ui);

	if (unit.v != 0)
		records_filter_remove(&r->list, OPINION_LIST_PLACE);
	return filters_set(r, OPINION_LIST_UNIT, unit.v, NULL);
}

/* clang-format off */
static const struct filter_condition conditions[] = {
	{N_("State"), pick_state},
	{N_("Category"), pick_category},
	{N_("Room or point"), pick_place},
	{N_("Source"), pick_source},
	{N_("Result"), pick_result},
	{N_("Rating"), pick_rating},
	{N_("Year"), pick_year},
	{N_("Month"), pick_month},
	{N_("Words of the subject"), pick_title},
	{N_("Unit"), pick_unit}, /* the last: of the county only */
};
/* clang-format on */

/* --- F5 ------------------------------------------------------------------ */

bool
opinion_filter_ask(struct ui *ui, struct filtered *r)
{
	static const struct filter_menu menu = {views, conditions, &saved,
	                                        show_view};
	bool county = ui_ctx(ui)->scope == SCOPE_COUNTY;

	return filters_ask(ui, &menu, r, (int)COUNT(views),
	                   (int)COUNT(conditions) - !county);
}
