/* Words and choices of the screens of opinions. */
#include "tui/opinion_words.h"

#include "db/base/i18n.h"
#include "db/mandate.h"
#include "db/person.h"
#include "db/station.h"
#include "db/store/ctx.h"
#include "db/store/list.h"
#include "tui/category_pick.h"
#include "tui/people.h"
#include "tui/station_pick.h"

/* How far back and on a list counts working days. */
enum { DAYS_BACK = 366, DAYS_ON = 120 };

/* --- clocks ------------------------------------------------------------ */

int
due_sight_load(struct ui *ui, struct due_sight *out)
{
	out->today = ui_today(ui);
	return calendar_load(ui_ctx(ui), day_add(out->today, -DAYS_BACK),
	                     day_add(out->today, DAYS_ON), &out->cal);
}

int64_t
due_days_over(const struct due_sight *sight, struct day due)
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
		n = due_days_over(sight, days->due);
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

/* --- the rows of forms that sort ---------------------------------------- */

int
opinion_rows_load(struct ui *ui, struct opinion_rows *r)
{
	return category_tree_get(ui_ctx(ui), ui_keep(ui), &r->tree);
}

int
opinion_rows_category(struct ui *ui, void *data, struct arena *a,
                      const char *text, struct form_option *out, int max)
{
	const struct opinion_rows *r = data;

	return category_pick(ui_ctx(ui), a, &r->tree, &r->asked, text, out,
	                     max);
}

const char *
opinion_rows_show_category(struct ui *ui, void *data, struct arena *a,
                           int64_t value)
{
	const struct opinion_rows *r = data;

	(void)ui, (void)a;
	return category_pick_label(&r->tree, value);
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
opinion_rows_place(struct ui *ui, void *data, struct arena *a, const char *text,
                   struct form_option *out, int max)
{
	const struct opinion_rows *r = data;
	struct station station;
	int err;

	if (r->asked.unit.v == 0)
		return 0; /* the county has no rooms of its own */
	err = station_of_unit(ui_ctx(ui), a, r->asked.unit, &station);
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

	return opinion_find_deputy(ui, r->asked.unit, a, text, out, max);
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
		list_where(&query, DEPUTY_LIST_UNIT, unit.v, NULL);
	if (*text != '\0')
		list_where(&query, DEPUTY_LIST_FIND, 0,
		           person_find_text(a, text));
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
	return value == 0
	           ? ""
	           : person_name(ui_ctx(ui), a, (struct person_id){value});
}
