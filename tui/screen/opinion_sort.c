/* Sorting an opinion: category, place, level, who accompanies it, and for
 * the county the unit it belongs to. */
#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "tui/category_pick.h"
#include "tui/opinion_menu.h"
#include "tui/opinion_words.h"
#include "tui/screens.h"
#include "tui/station_pick.h"

/* Members are called as the faults of opinion_sort(). */
struct entry {
	int64_t category;
	struct unit_id unit;
	struct place_id place;
	const char *venue;
	int level;
	bool urgent;
	struct person_id companion;
};

struct opinion_sort {
	struct opinion_rows rows; /* first */
	struct entry entry;
	struct opinion row;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(entry, category,  INT,  N_("Category"), .max = 40),
	FIELD(entry, unit,      REF,  N_("Unit"), .max = 40),
	FIELD(entry, place,     REF,  N_("Room or point"), .max = 40),
	FIELD(entry, venue,     TEXT, N_("Landmark"), .max = OPINION_VENUE_MAX),
	FIELD(entry, level,     ENUM, N_("Level"), .names = opinion_levels),
	FIELD(entry, urgent,    BOOL, N_("Urgent")),
	FIELD(entry, companion, REF,  N_("Accompanied by"), .max = 40),
	FIELD_END,
};
/* clang-format on */

/* Who accompanies a message to one deputy does not change. */
static bool
asks_companion(struct ui *ui, void *data)
{
	const struct opinion_sort *s = data;

	return ui_may(ui, PERM_OPINION_TRIAGE) && s->row.deputy.v == 0;
}

/* clang-format off */
static const struct form_row rows[] = {
	{.field = "category", .find = opinion_rows_category, .show = opinion_rows_show_category},
	{.field = "unit", .find = opinion_rows_unit, .show = opinion_rows_show_unit, .when = opinion_rows_asks_unit,
	 .hint = N_("empty: the county itself")},
	{.field = "place", .find = opinion_rows_place, .show = opinion_rows_show_place},
	{.field = "venue"},
	{.field = "level"},
	{.field = "urgent"},
	{.field = "companion", .find = opinion_rows_deputy, .show = opinion_rows_show_person, .when = asks_companion,
	 .hint = N_("empty: the officers tell the citizen")},
	FORM_ROW_END,
};
/* clang-format on */

static int
save(struct ui *ui, void *data)
{
	struct opinion_sort *s = data;
	const struct entry *e = &s->entry;
	struct opinion row = s->row;
	int err;

	row.category = category_pick_name(&s->rows.tree, e->category);
	row.unit = e->unit;
	row.place = e->place;
	row.venue = e->venue;
	row.level = e->level;
	row.urgent = e->urgent;
	row.companion = e->companion;
	while ((err = opinion_sort(ui_ctx(ui), &row)) == ERR_CHANGED)
		if (!opinion_changed(ui, row.id, NULL, &row.version))
			return err;
	if (err != OK)
		return form_faults(ui, &s->rows.form, err);
	ui_pop(ui);
	ui_say(ui, _("Opinion %lld is sorted."), (long long)row.id.v);
	return OK;
}

static void
changed(struct ui *ui, void *data)
{
	struct opinion_sort *s = data;

	(void)ui;
	s->rows.asked.unit = s->entry.unit;
}

static const struct form_spec spec = {
    .fields = fields,
    .rows = rows,
    .save = save,
    .changed = changed,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct opinion_sort *s = data;
	int err = opinion_rows_load(ui, &s->rows);

	if (err == OK)
		err = opinion_get(ui_ctx(ui), ui_keep(ui),
		                  (struct opinion_id){arg}, &s->row);
	if (err != OK)
		return err;
	s->entry = (struct entry){
	    .category = category_pick_value(&s->rows.tree, s->row.category),
	    .unit = s->row.unit,
	    .place = s->row.place,
	    .venue = s->row.venue,
	    .level = s->row.level,
	    .urgent = s->row.urgent,
	    .companion = s->row.companion,
	};
	s->rows.asked = (struct suggest_asked){.except = s->row.id,
	                                       .unit = s->row.unit,
	                                       .subject = s->row.subject,
	                                       .body = s->row.body};
	form_init(&s->rows.form, &spec, ui, s, &s->entry);
	ui_body(ui, &s->rows.form.widget);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct opinion_sort *s = data;
	struct area below = area_part(body, 2, 0, 0, 0);

	(void)ui;
	area_fit(body, 0, 0, body->columns, THEME_TITLE,
	         arena_printf(body->arena, "%lld %s", (long long)s->row.id.v,
	                      s->row.subject));
	form_draw(&s->rows.form, &below);
}

static const struct key keys[] = {
    {"F10", N_("Save"), PERM_OPINION_HANDLE, NULL, NULL, NULL},
    KEY_END,
};

const struct screen screen_opinion_sort = {
    .name = "opinion-sort",
    .title = N_("Sort an opinion"),
    .about = N_("Category, place, level and urgency say where an opinion "
                "counts and who looks at it. They can be changed until it is "
                "closed.\n"
                "Who accompanies it tells the citizen what came of it; "
                "without a deputy the officers do."),
    .needs = PERM_OPINION_HANDLE,
    .size = sizeof(struct opinion_sort),
    .keys = keys,
    .open = open,
    .draw = draw,
};
