/* Words and choices of the screens of opinions. */
#include "tui/opinion_words.h"

#include <stdlib.h>
#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/mandate.h"
#include "db/organ.h"
#include "db/person.h"
#include "db/station.h"
#include "db/store/ctx.h"
#include "db/store/list.h"
#include "tui/people.h"
#include "tui/station_pick.h"

/* How far back and on a list counts working days. */
enum { DAYS_BACK = 366, DAYS_ON = 120, FOUND_MAX = 20 };

/* --- clocks ------------------------------------------------------------ */

int
due_sight_load(struct ui *ui, struct due_sight *out)
{
	out->today = ui_today(ui);
	return calendar_load(ui_ctx(ui), day_add(out->today, -DAYS_BACK),
	                     day_add(out->today, DAYS_ON), &out->cal);
}

/* Working days over, at least one once the last day has passed. */
static int64_t
days_over(const struct due_sight *sight, struct day due)
{
	int64_t n;

	if (day_diff(sight->today, due) > DAYS_BACK)
		return day_diff(sight->today, due);
	n = calendar_count(&sight->cal, due, sight->today);
	return n > 0 ? n : 1;
}

const char *
due_text(struct arena *a, const struct due_sight *sight,
         const struct due_days *days)
{
	int64_t n;

	if (days->paused.s != 0)
		return C_("clock", "paused");
	if (day_compare(days->due, clock_no_day) == 0)
		return "";
	if (day_compare(sight->today, days->due) > 0) {
		if (days->rating)
			return C_("clock", "time is up");
		n = days_over(sight, days->due);
		return n == 1 ? C_("clock", "! newly over")
		              : arena_printf(a, C_("clock", "! %lld d over"),
		                             (long long)n);
	}
	if (day_compare(sight->today, days->due) == 0)
		return days->rating ? C_("clock", "today")
		                    : C_("clock", "! today");
	n = calendar_count(&sight->cal, sight->today, days->due);
	if (!days->rating && day_compare(sight->today, days->warn) >= 0)
		return arena_printf(a, C_("clock", "soon, %lld d"),
		                    (long long)n);
	return arena_printf(a, C_("clock", "%lld d left"), (long long)n);
}

enum theme
due_role(const struct due_sight *sight, const struct due_days *days)
{
	if (days->paused.s != 0 || days->rating)
		return THEME_DIM;
	switch (light_of(days->warn, days->due, sight->today)) {
	case LIGHT_RED:
		return THEME_ALARM;
	case LIGHT_YELLOW:
		return day_compare(days->due, sight->today) == 0 ? THEME_ALARM
		                                                 : THEME_SOON;
	case LIGHT_GREEN:
	case LIGHT_NONE:
		break;
	}
	return THEME_NORMAL;
}

const char *
light_word(const struct clock_reading *r)
{
	if (r->paused)
		return C_("clock", "paused");
	switch (r->light) {
	case LIGHT_RED:
		return r->fresh ? C_("clock", "newly overdue")
		                : C_("clock", "overdue");
	case LIGHT_YELLOW:
		return C_("clock", "due soon");
	case LIGHT_GREEN:
		return C_("clock", "in time");
	case LIGHT_NONE:
		break;
	}
	return "";
}

/* --- categories -------------------------------------------------------- */

int
categories_load(struct ui *ui, struct categories *out)
{
	return rule_list(ui_ctx(ui), ui_keep(ui), RULE_CATEGORY,
	                 (struct day){0}, &out->rows, &out->n);
}

int64_t
categories_value(const struct categories *all, const char *name)
{
	for (int i = 0; i < all->n; i++)
		if (strcmp(all->rows[i].name, name) == 0)
			return i + 1;
	return 0;
}

const char *
categories_name(const struct categories *all, int64_t value)
{
	return value >= 1 && value <= all->n ? all->rows[value - 1].name : "";
}

const char *
categories_show(const struct categories *all, struct arena *a, int64_t value)
{
	enum { DEPTH = 5 };
	const char *text = "";

	for (int i = 0; i < DEPTH && value >= 1 && value <= all->n; i++) {
		const struct rule *r = &all->rows[value - 1];
		const char *one = activity_kind_label(r->label, r->label_en);

		text = *text == '\0' ? one : arena_printf(a, "%s/%s", one, text);
		value = categories_value(all, r->part);
	}
	return text;
}

static int
depth_of(const struct categories *all, const struct rule *r)
{
	enum { DEPTH = 5 };
	int64_t at = categories_value(all, r->part);
	int n = 0;

	for (; at != 0 && n < DEPTH; n++)
		at = categories_value(all, all->rows[at - 1].part);
	return n;
}

int
categories_find(const struct categories *all, struct arena *a,
                const char *text, struct form_option *out, int max)
{
	int n = 0;

	for (int i = 0; i < all->n && n < max; i++) {
		const struct rule *r = &all->rows[i];
		const char *path = categories_show(all, a, i + 1);

		if (!r->in_use || (strstr(path, text) == NULL &&
		                   strstr(r->label, text) == NULL &&
		                   strstr(r->label_en, text) == NULL))
			continue; /* in either language */
		out[n++] = (struct form_option){
		    .value = i + 1,
		    .label = *text != '\0'
		                 ? path
		                 : arena_printf(a, "%*s%s", 2 * depth_of(all, r),
		                                "",
		                                activity_kind_label(
						    r->label, r->label_en))};
	}
	return n;
}

/* --- the rows of forms that sort ---------------------------------------- */

int
opinion_rows_category(struct ui *ui, void *data, struct arena *a,
                      const char *text, struct form_option *out, int max)
{
	const struct opinion_rows *r = data;

	(void)ui;
	return categories_find(&r->categories, a, text, out, max);
}

const char *
opinion_rows_show_category(struct ui *ui, void *data, struct arena *a,
                           int64_t value)
{
	const struct opinion_rows *r = data;

	(void)ui;
	return categories_show(&r->categories, a, value);
}

int
opinion_rows_unit(struct ui *ui, void *data, struct arena *a, const char *text,
                  struct form_option *out, int max)
{
	(void)data;
	return people_find_unit(ui, a, text, out, max);
}

const char *
opinion_rows_show_unit(struct ui *ui, void *data, struct arena *a,
                       int64_t value)
{
	(void)data;
	return people_show_unit(ui, a, value);
}

bool
opinion_rows_asks_unit(struct ui *ui, void *data)
{
	(void)data;
	return ui_ctx(ui)->scope == SCOPE_COUNTY;
}

int
opinion_rows_place(struct ui *ui, void *data, struct arena *a,
                   const char *text, struct form_option *out, int max)
{
	const struct opinion_rows *r = data;
	struct station station;
	int err;

	if (r->unit->v == 0)
		return 0; /* the county has no rooms of its own */
	err = station_of_unit(ui_ctx(ui), a, *r->unit, &station);
	if (err != OK)
		return err == ERR_NOT_FOUND ? 0 : err;
	return station_pick_places(ui, a, station.id, text, out, max);
}

const char *
opinion_rows_show_place(struct ui *ui, void *data, struct arena *a,
                        int64_t value)
{
	(void)data;
	return station_pick_place(ui, a, value);
}

int
opinion_rows_deputy(struct ui *ui, void *data, struct arena *a,
                    const char *text, struct form_option *out, int max)
{
	const struct opinion_rows *r = data;

	return opinion_find_deputy(ui, *r->unit, a, text, out, max);
}

/* --- people and offices --------------------------------------------------- */

int
opinion_find_deputy(struct ui *ui, struct unit_id unit, struct arena *a,
                    const char *text, struct form_option *out, int max)
{
	struct list_query query = {.value_count = 0};
	const struct deputy_line *rows;
	struct list_page page;
	int err;

	if (unit.v != 0)
		query.values[query.value_count++] =
		    (struct list_value){DEPUTY_LIST_UNIT, unit.v, NULL};
	if (*text != '\0')
		query.values[query.value_count++] = (struct list_value){
		    DEPUTY_LIST_FIND, 0, person_find_text(a, text)};
	err = list_fetch(ui_ctx(ui), a, &deputy_list, &query, LIST_FIRST, NULL,
	                 max, &page);
	if (err != OK)
		return err;
	rows = page.rows;
	for (int i = 0; i < page.n; i++)
		out[i] = (struct form_option){rows[i].person.v, rows[i].name,
		                              rows[i].group_name};
	return page.n;
}

const char *
opinion_rows_show_person(struct ui *ui, void *data, struct arena *a,
                         int64_t value)
{
	(void)data;
	return value == 0 ? ""
	                  : person_name(ui_ctx(ui), a,
	                                (struct person_id){value});
}

int
opinion_find_office(struct ui *ui, struct unit_id unit, struct arena *a,
                    const char *text, struct form_option *out, int max)
{
	struct organ *rows;
	int count, n = 0;
	int err = organ_list(ui_ctx(ui), a, unit, &rows, &count);

	if (err != OK)
		return err;
	for (int i = 0; i < count && n < max; i++)
		if (strstr(rows[i].name, text) != NULL)
			out[n++] = (struct form_option){
			    rows[i].id.v, rows[i].name,
			    rows[i].unit.v == 0 ? _("the county's")
			                        : _("of the unit")};
	return n;
}

/* --- other opinions ------------------------------------------------------ */

static const char *
numbered(struct arena *a, struct opinion_id id, const char *subject)
{
	return arena_printf(a, "%lld %s", (long long)id.v, subject);
}

/* Typed as a number. */
static int
find_number(struct ui *ui, struct arena *a, const char *text,
            struct form_option *out)
{
	struct opinion o;
	int err = opinion_get(ui_ctx(ui), a,
	                      (struct opinion_id){strtoll(text, NULL, 10)}, &o);

	if (err != OK)
		return err == ERR_NOT_FOUND ? 0 : err;
	out[0] = (struct form_option){o.id.v, numbered(a, o.id, o.subject),
	                              _(opinion_states[o.state].label)};
	return 1;
}

int
opinion_find(struct ui *ui, struct opinion_id not, struct arena *a,
             const char *text, struct form_option *out, int max)
{
	struct list_query query = {.value_count = 0};
	const struct opinion_line *rows;
	struct list_page page;
	int err, n = 0;

	if (*text != '\0' && strspn(text, "0123456789") == strlen(text))
		return find_number(ui, a, text, out);
	if (*text != '\0')
		query.values[query.value_count++] =
		    (struct list_value){OPINION_LIST_TITLE, 0, text};
	err = list_fetch(ui_ctx(ui), a, &opinion_inbox, &query, LIST_FIRST,
	                 NULL, max < FOUND_MAX ? max : FOUND_MAX, &page);
	if (err != OK)
		return err;
	rows = page.rows;
	for (int i = 0; i < page.n; i++)
		if (rows[i].id.v != not.v)
			out[n++] = (struct form_option){
			    rows[i].id.v,
			    numbered(a, rows[i].id, rows[i].subject),
			    rows[i].venue};
	return n;
}

const char *
opinion_show(struct ui *ui, struct arena *a, int64_t value)
{
	struct opinion o;

	if (value == 0 || opinion_get(ui_ctx(ui), a, (struct opinion_id){value},
	                              &o) != OK)
		return "";
	return numbered(a, o.id, o.subject);
}
