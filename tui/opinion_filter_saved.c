/* Filters of opinions kept under a name: "state=awaiting", a line each, and
 * of which list. */
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/opinion.h"
#include "db/saved_filter.h"
#include "tui/activity_menu.h"
#include "tui/opinion_filter_in.h"

static const char list_name[] = "opinions";
static const char list_key[] = "list=";
static const struct {
	const char *name;
	const struct list_spec *list;
} lists[] = {
    {"all", &opinion_list}, {"inbox", &opinion_inbox}, {"hot", &opinion_hot}};

/* --- as text ------------------------------------------------------------- */

static const char *
written(struct arena *a, const struct opinion_records *r)
{
	const struct list_query *query = &r->list.query;
	const char *text = "";

	for (size_t i = 0; i < COUNT(lists); i++)
		if (r->spec.list == lists[i].list)
			text = arena_printf(a, "%s%s", list_key, lists[i].name);
	for (int i = 0; i < query->value_count; i++) {
		const struct list_value *v = &query->values[i];
		const struct list_filter *f = &opinion_list.filters[v->filter];

		text = f->is_text
		           ? arena_printf(a, "%s\n%s=%s", text, f->name, v->s)
		           : arena_printf(a, "%s\n%s=%lld", text, f->name,
		                          (long long)v->v);
	}
	return text;
}

/* One line into r; what this version does not know is left out. */
static void
read_line(struct arena *a, const char *line, size_t n,
          struct opinion_records *r)
{
	const struct list_spec *spec = &opinion_list;
	const char *text = arena_strndup(a, line, n);
	const char *value = strchr(text, '=');

	if (value == NULL)
		return;
	value++;
	for (size_t i = 0; i < COUNT(lists); i++)
		if (strncmp(text, list_key, strlen(list_key)) == 0 &&
		    strcmp(value, lists[i].name) == 0)
			r->spec.list = lists[i].list;
	for (int i = 0; i < spec->filter_count; i++) {
		const struct list_filter *f = &spec->filters[i];

		if (strncmp(text, f->name, (size_t)(value - text - 1)) == 0 &&
		    f->name[value - text - 1] == '\0')
			records_filter_by_person(&r->list, i,
			                         strtoll(value, NULL, 10),
			                         f->is_text ? value : NULL);
	}
}

static void
read_text(struct ui *ui, const char *text, struct opinion_records *r)
{
	opinion_filter_clear(r);
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		read_line(ui_arena(ui), text, n, r);
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
opinion_filter_recall(struct ui *ui, struct opinion_records *r)
{
	const char *labels[SAVED_FILTERS_MAX + 1];
	struct saved_filter *rows;
	int n, chosen;

	if (ui_error(ui, saved_filter_list(ui_ctx(ui), ui_arena(ui), list_name,
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
	read_text(ui, rows[chosen].text, r);
	return true;
}

void
opinion_filter_keep(struct ui *ui, struct opinion_records *r)
{
	struct saved_filter_id id;
	struct saved_filter row = {
	    .list = list_name,
	    .text = written(ui_arena(ui), r),
	    .name = ui_prompt(ui, ui_arena(ui), _("Name of the filter"), "",
	                      SAVED_FILTER_NAME_MAX)};

	if (row.name == NULL)
		return;
	if (activity_menu_fault(ui, saved_filter_save(ui_ctx(ui), &row, &id)) ==
	    OK)
		ui_say(ui, _("Kept: %s. F5 calls it up again."), row.name);
}
