/* Views and conditions of a list. */
#include "tui/filters.h"

#include <assert.h>

#include "db/base/i18n.h"
#include "db/unit.h"
#include "tui/ui.h"

enum { MENU_MAX = 40 };

void
filters_clear(struct filtered *r)
{
	for (int i = 0; i < r->spec.list->filter_count; i++)
		records_filter_remove(&r->list, i);
}

bool
filters_set(struct filtered *r, int filter, int64_t v, const char *s)
{
	if (v == 0 && s == NULL)
		return false;
	records_filter_by_person(&r->list, filter, v, s);
	return true;
}

/* --- in words ------------------------------------------------------------ */

const char *
filters_words(struct ui *ui, const struct filtered *r, struct arena *a,
              const char *text,
              const char *(*words)(struct ui *ui, struct arena *a,
                                   const struct list_value *v))
{
	const struct list_query *query = &r->list.query;

	for (int i = 0; i < query->value_count; i++)
		text = arena_printf(a, "%s%s%s", text, *text ? "  " : "",
		                    words(ui, a, &query->values[i]));
	return text;
}

const char *
filters_named(const struct enum_name *names, const char *name)
{
	int at = enum_index(names, name);

	return at >= 0 ? _(names[at].label) : name;
}

/* --- values -------------------------------------------------------------- */

const char *
filters_ask_named(struct ui *ui, const char *label,
                  const struct enum_name *names)
{
	const char *labels[MENU_MAX];
	int n = 0, chosen;

	for (; n < MENU_MAX && names[n].name != NULL; n++)
		labels[n] = _(names[n].label);
	chosen = ui_menu(ui, label, labels, n);
	return chosen >= 0 ? names[chosen].name : NULL;
}

const char *
filters_ask_text(struct ui *ui, const char *label, int max)
{
	const char *text = ui_prompt(ui, ui_arena(ui), label, "", max);

	return text != NULL && *text != '\0' ? text : NULL;
}

int
filters_ask_year(struct ui *ui, int last, int years)
{
	const char *labels[MENU_MAX];
	int chosen;

	assert(years <= MENU_MAX);
	for (int i = 0; i < years; i++)
		labels[i] = arena_printf(ui_arena(ui), "%d", last - i);
	chosen = ui_menu(ui, _("Year"), labels, years);
	return chosen >= 0 ? last - chosen : 0;
}

struct unit_id
filters_ask_unit(struct ui *ui)
{
	const char *labels[MENU_MAX];
	struct unit *units;
	int n, chosen;

	if (ui_error(ui, unit_list(ui_ctx(ui), ui_arena(ui), &units, &n)) != OK)
		return (struct unit_id){0};
	n = n < MENU_MAX ? n : MENU_MAX;
	for (int i = 0; i < n; i++)
		labels[i] = units[i].name;
	chosen = ui_menu(ui, _("Unit"), labels, n);
	return chosen >= 0 ? units[chosen].id : (struct unit_id){0};
}

/* --- F5 ------------------------------------------------------------------ */

/* One more condition beside those there are. */
static bool
add_condition(struct ui *ui, const struct filter_menu *menu, struct filtered *r,
              int n)
{
	const char *labels[MENU_MAX];
	int chosen;

	assert(n <= MENU_MAX);
	for (int i = 0; i < n; i++)
		labels[i] = _(menu->conditions[i].label);
	chosen = ui_menu(ui, _("Show only"), labels, n);
	return chosen >= 0 && menu->conditions[chosen].pick(ui, r);
}

bool
filters_ask(struct ui *ui, const struct filter_menu *menu, struct filtered *r,
            int views, int conditions)
{
	enum { CONDITION, RECALL, KEEP, OTHERS };
	const char *labels[MENU_MAX];
	int chosen;

	assert(views + OTHERS <= MENU_MAX);
	for (int i = 0; i < views; i++)
		labels[i] = _(menu->views[i].label);
	labels[views + CONDITION] = _("One more condition ..");
	labels[views + RECALL] = _("My filters ..");
	labels[views + KEEP] = _("Keep this filter under a name ..");
	chosen = ui_menu(ui, _("Show only"), labels, views + OTHERS);
	if (chosen < 0)
		return false;
	if (chosen == views + CONDITION)
		return add_condition(ui, menu, r, conditions);
	if (chosen == views + RECALL)
		return saved_filters_recall(ui, menu->saved, &r->list,
		                            &r->spec);
	if (chosen == views + KEEP) {
		saved_filters_keep(ui, menu->saved, &r->list);
		return false;
	}
	menu->show(ui, r, chosen);
	return true;
}
