/* The rooms and points of a station: added, renamed, closed and taken into
 * use again. The argument is the station. */
#include "db/place.h"

#include "db/base/i18n.h"
#include "db/store/entity.h"
#include "tui/activity_menu.h"
#include "tui/screens.h"
#include "tui/station_pick.h"
#include "tui/widget/page.h"

struct places {
	struct page page;
	struct station_id station;
	struct place *rows;
	int n;
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct places *s = data;

	s->station = station_pick_own(ui, arg);
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct places *s = data;
	struct arena *a = ui_arena(ui);
	int err = place_list(ui_ctx(ui), a, s->station, &s->rows, &s->n);

	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(PLACE), ui_ctx(ui)->my_unit);
	page_begin(&s->page);
	page_heading(&s->page, _("Rooms and points"));
	if (s->n == 0)
		page_text(&s->page, THEME_DIM,
		          _("No room or point yet. F4 adds the first one."));
	for (int i = 0; i < s->n; i++) {
		const struct place *p = &s->rows[i];
		const struct page_cell cells[] = {
		    {_(place_kinds[p->kind].label), 14, false, THEME_DIM},
		    {p->name, 30, false, THEME_NORMAL},
		    {p->closed_on.year != 0
		         ? arena_printf(a, _("closed %s"),
		                        day_show(a, p->closed_on, ui_today(ui)))
		         : "",
		     0, false, THEME_DIM},
		};

		page_item_cells(&s->page, p->id.v, 0, cells, 3);
	}
	return OK;
}

/* --- keys -------------------------------------------------------------- */

static const struct place *
row_of(const void *data)
{
	const struct places *s = data;
	int64_t id;

	if (!page_selected(&s->page, &id, NULL))
		return NULL;
	for (int i = 0; i < s->n; i++)
		if (s->rows[i].id.v == id)
			return &s->rows[i];
	return NULL;
}

static bool
when_row(struct ui *ui, const void *data)
{
	(void)ui;
	return row_of(data) != NULL;
}

static bool
when_used(struct ui *ui, const void *data)
{
	return when_row(ui, data) && row_of(data)->closed_on.year == 0;
}

static bool
when_closed(struct ui *ui, const void *data)
{
	return when_row(ui, data) && row_of(data)->closed_on.year != 0;
}

static bool
when_station(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct places *)data)->station.v != 0;
}

static void
done(struct ui *ui, int err, const char *text)
{
	if (err == ERR_EXISTS)
		ui_say(ui, "%s",
		       _("The station has one of this name already."));
	else if (activity_menu_fault(ui, err) == OK)
		ui_say(ui, "%s", text);
	ui_reload(ui);
}

static void
key_new(struct ui *ui, void *data)
{
	const char *kinds[] = {_(place_kinds[PLACE_ROOM].label),
	                       _(place_kinds[PLACE_POINT].label)};
	struct place row = {.station = ((struct places *)data)->station};
	struct place_id id;

	row.kind = ui_menu(ui, _("Add"), kinds, 2);
	if (row.kind < 0)
		return;
	row.name = ui_prompt(ui, ui_arena(ui), _("Name of the room or point"),
	                     "", PLACE_NAME_MAX);
	if (row.name != NULL)
		done(ui, place_add(ui_ctx(ui), &row, &id), _("Added."));
}

static void
key_rename(struct ui *ui, void *data)
{
	struct place row = *row_of(data);

	row.name = ui_prompt(ui, ui_arena(ui), _("Name of the room or point"),
	                     row.name, PLACE_NAME_MAX);
	if (row.name != NULL)
		done(ui, place_save(ui_ctx(ui), &row), _("Renamed."));
}

static void
key_close(struct ui *ui, void *data)
{
	struct place row = *row_of(data);

	if (!ui_confirm(ui, arena_printf(ui_arena(ui),
	                                 _("Close %s? It is no longer offered; "
	                                   "what took place there stays."),
	                                 row.name)))
		return;
	row.closed_on = ui_today(ui);
	done(ui, place_save(ui_ctx(ui), &row), _("Closed."));
}

static void
key_use(struct ui *ui, void *data)
{
	struct place row = *row_of(data);

	row.closed_on = (struct day){0};
	done(ui, place_save(ui_ctx(ui), &row), _("In use again."));
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Rename"), PERM_STATION_WRITE, key_rename, when_row, NULL},
	{"F4", N_("New"), PERM_STATION_WRITE, key_new, when_station, NULL},
	{KEY_ACTION, N_("Close"), PERM_STATION_WRITE, key_close, when_used,
	 N_("It is no longer offered in forms; what took place there stays.")},
	{KEY_ACTION, N_("Take into use again"), PERM_STATION_WRITE, key_use, when_closed, NULL},
	KEY_END,
};
/* clang-format on */

const struct screen screen_places = {
    .name = "places",
    .title = N_("Rooms and points"),
    .about = N_("The rooms and points of the station, where deputies meet "
                "people. One that is closed keeps its history and is no "
                "longer offered in forms."),
    .needs = PERM_ORG_READ,
    .size = sizeof(struct places),
    .keys = keys,
    .open = open,
    .load = load,
};
