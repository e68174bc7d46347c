/* Filters of a list kept under a name: "state=awaiting", a line each, and of
 * which of its lists. */
#include "tui/saved_filters.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/saved_filter.h"
#include "tui/activity_menu.h"

static const char list_key[] = "list=";

/* --- as text ------------------------------------------------------------- */

static const char *
written(struct arena *a, const struct saved_lists *of, const struct records *r)
{
	const struct list_query *query = &r->query;
	const char *text = "";

	for (int i = 0; i < SAVED_LISTS && of->lists[i].name != NULL; i++)
		if (r->spec->list == of->lists[i].list)
			text = arena_printf(a, "%s%s", list_key,
			                    of->lists[i].name);
	for (int i = 0; i < query->value_count; i++) {
		const struct list_value *v = &query->values[i];
		const struct list_filter *f =
		    &r->spec->list->filters[v->filter];

		text = f->is_text
		           ? arena_printf(a, "%s\n%s=%s", text, f->name, v->s)
		           : arena_printf(a, "%s\n%s=%lld", text, f->name,
		                          (long long)v->v);
	}
	return text;
}

/* One line into r; what this version does not know is left out. */
static void
read_line(struct arena *a, const struct saved_lists *of, const char *line,
          size_t n, struct records *r, struct records_spec *spec)
{
	const char *text = arena_strndup(a, line, n);
	const char *value = strchr(text, '=');

	if (value == NULL)
		return;
	value++;
	for (int i = 0; i < SAVED_LISTS && of->lists[i].name != NULL; i++)
		if (strncmp(text, list_key, strlen(list_key)) == 0 &&
		    strcmp(value, of->lists[i].name) == 0)
			spec->list = of->lists[i].list;
	for (int i = 0; i < spec->list->filter_count; i++) {
		const struct list_filter *f = &spec->list->filters[i];

		if (strncmp(text, f->name, (size_t)(value - text - 1)) == 0 &&
		    f->name[value - text - 1] == '\0')
			records_filter_by_person(r, i, strtoll(value, NULL, 10),
			                         f->is_text ? value : NULL);
	}
}

static void
read_text(struct ui *ui, const struct saved_lists *of, const char *text,
          struct records *r, struct records_spec *spec)
{
	spec->list = of->lists[0].list;
	for (int i = 0; i < spec->list->filter_count; i++)
		records_filter_remove(r, i);
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		read_line(ui_arena(ui), of, text, n, r, spec);
		text += n + (text[n] != '\0');
	}
}

/* --- what F5 offers ----------------------------------------------------------
 */

static void
delete_one(struct ui *ui, const struct saved_filter *rows,
           const char *const *labels, int n)
{
	int chosen = ui_menu(ui, _("Delete which one"), labels, n);

	if (chosen < 0)
		return;
	if (ui_error(ui, saved_filter_drop(ui_ctx(ui), rows[chosen].id)) == OK)
		ui_say(ui, _("Deleted: %s."), rows[chosen].name);
}

bool
saved_filters_recall(struct ui *ui, const struct saved_lists *of,
                     struct records *r, struct records_spec *spec)
{
	const char *labels[SAVED_FILTERS_MAX + 1];
	struct saved_filter *rows;
	int n, chosen;

	if (ui_error(ui, saved_filter_list(ui_ctx(ui), ui_arena(ui), of->name,
	                                   &rows, &n)) != OK)
		return false;
	if (n == 0) {
		ui_say(ui, "%s",
		       _("You keep none yet. Set a filter, then keep it under "
		         "a name (F5)."));
		return false;
	}
	for (int i = 0; i < n; i++)
		labels[i] = rows[i].name;
	labels[n] = _("Delete one ..");
	chosen = ui_menu(ui, _("My filters"), labels, n + 1);
	if (chosen == n)
		delete_one(ui, rows, labels, n);
	if (chosen < 0 || chosen == n)
		return false;
	read_text(ui, of, rows[chosen].text, r, spec);
	return true;
}

void
saved_filters_keep(struct ui *ui, const struct saved_lists *of,
                   const struct records *r)
{
	struct saved_filter_id id;
	struct saved_filter row = {
	    .list = of->name,
	    .text = written(ui_arena(ui), of, r),
	    .name = ui_prompt(ui, ui_arena(ui), _("Name of the filter"), "",
	                      SAVED_FILTER_NAME_MAX)};

	if (row.name == NULL)
		return;
	if (activity_menu_fault(ui, saved_filter_save(ui_ctx(ui), &row, &id)) ==
	    OK)
		ui_say(ui, _("Kept: %s. F5 calls it up again."), row.name);
}
