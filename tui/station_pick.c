/* Choosing among what belongs to a station. */
#include "tui/station_pick.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/deputy_group.h"
#include "db/mandate.h"
#include "db/person.h"
#include "db/place.h"
#include "db/station.h"
#include "db/store/list.h"

enum { NAME_CHARS = 30, DEPUTIES_MAX = 30 };

struct station_id
station_pick_own(struct ui *ui, int64_t arg)
{
	struct ctx *c = ui_ctx(ui);
	struct station row;

	if (arg != 0 || c->my_unit == 0)
		return (struct station_id){arg};
	if (station_of_unit(c, ui_arena(ui), (struct unit_id){c->my_unit},
	                    &row) != OK)
		return (struct station_id){c->my_station};
	return row.id;
}

int
station_pick_places(struct ui *ui, struct arena *a, struct station_id station,
                    const char *text, struct form_option *out, int max)
{
	struct place *places;
	int count, n = 0;
	int err = place_list(ui_ctx(ui), a, station, &places, &count);

	if (err != OK)
		return err;
	for (int i = 0; i < count && n < max; i++)
		if (places[i].closed_on.year == 0 &&
		    strstr(places[i].name, text) != NULL)
			out[n++] = (struct form_option){
			    places[i].id.v, places[i].name,
			    _(place_kinds[places[i].kind].label)};
	return n;
}

const char *
station_pick_place(struct ui *ui, struct arena *a, int64_t place)
{
	struct place row;

	if (place == 0 ||
	    place_get(ui_ctx(ui), a, (struct place_id){place}, &row) != OK)
		return "";
	return row.name;
}

int
station_pick_groups(struct ui *ui, struct arena *a, struct station_id station,
                    const char *text, struct form_option *out, int max)
{
	struct deputy_group *groups;
	int count, n = 0;
	int err = deputy_group_list(ui_ctx(ui), a, station, &groups, &count);

	if (err != OK)
		return err;
	for (int i = 0; i < count && n < max; i++)
		if (strstr(groups[i].name, text) != NULL)
			out[n++] = (struct form_option){
			    groups[i].id.v, groups[i].name,
			    arena_printf(a, "%lld",
			                 (long long)groups[i].deputies)};
	return n;
}

const char *
station_pick_group(struct ui *ui, struct arena *a, int64_t group)
{
	struct deputy_group row;

	if (group == 0 ||
	    deputy_group_get(ui_ctx(ui), a, (struct deputy_group_id){group},
	                     &row) != OK)
		return "";
	return row.name;
}

struct person_id
station_pick_deputy(struct ui *ui, struct station_id station)
{
	struct arena *a = ui_arena(ui);
	const char *labels[DEPUTIES_MAX];
	const struct deputy_line *rows;
	struct list_query query = {.value_count = 2};
	struct person_id none = {0};
	struct list_page page;
	const char *text;
	int chosen = 0;

	text = ui_prompt(ui, a, _("Deputy (name, pinyin or initials)"), "",
	                 NAME_CHARS);
	if (text == NULL || *text == '\0')
		return none;
	query.values[0] =
	    (struct list_value){DEPUTY_LIST_STATION, station.v, NULL};
	query.values[1] =
	    (struct list_value){DEPUTY_LIST_FIND, 0, person_find_text(a, text)};
	if (ui_error(ui, list_fetch(ui_ctx(ui), a, &deputy_list, &query,
	                            LIST_FIRST, NULL, DEPUTIES_MAX, &page)))
		return none;
	rows = page.rows;
	if (page.n == 0) {
		ui_say(ui, _("No deputy of the station is called %s."), text);
		return none;
	}
	for (int i = 0; i < page.n; i++)
		labels[i] =
		    arena_printf(a, "%s  %s", rows[i].name, rows[i].group_name);
	if (page.n > 1)
		chosen = ui_menu(ui, _("Which deputy"), labels, page.n);
	return chosen < 0 ? none : rows[chosen].person;
}

const char *
month_text(struct arena *a, int64_t month)
{
	return arena_printf(a, "%d-%02d", (int)(month / 100),
	                    (int)(month % 100));
}

int
month_read(const char *text, int64_t *month)
{
	struct day none = {0}, day;
	struct arena *a = arena_new();
	bool dashed = strchr(text, '-') != NULL || strchr(text, '/') != NULL;
	int err = day_parse(arena_printf(a, dashed ? "%s-1" : "%s01", text),
	                    none, &day);

	arena_free(a);
	if (err == OK)
		*month = month_of(day);
	return err;
}

const char *
week_text(struct ui *ui, struct arena *a, struct instant at)
{
	static const char *const days[] = {N_("Sun"), N_("Mon"), N_("Tue"),
	                                   N_("Wed"), N_("Thu"), N_("Fri"),
	                                   N_("Sat")};
	const char *shown = instant_show(a, at, ui_today(ui));
	const char *time = instant_show_time(a, at);
	size_t n = strlen(shown) - strlen(time) - 1;

	if (day_of(at).year != ui_today(ui).year)
		return shown;
	return arena_printf(a, "%.*s %s %s", (int)n, shown,
	                    _(days[day_weekday(day_of(at))]), time);
}

int
form_faults(struct ui *ui, struct form *form, int err)
{
	const struct ctx *c = ui_ctx(ui);

	if (err != ERR_INVALID)
		return err;
	for (int i = 0; i < c->fault_count; i++)
		if (field_find(form->spec->fields, c->faults[i].field) != NULL)
			form_error(form, c->faults[i].field,
			           _(c->faults[i].text));
		else
			ui_say(ui, "%s", _(c->faults[i].text));
	return err;
}
