/*
 * The people of the roster: deputies of all terms, officers, those who left.
 * Typing finds by name, pinyin or initials.
 */
#include "db/base/i18n.h"
#include "db/office.h"
#include "db/person.h"
#include "db/store/ctx.h"
#include "db/term.h"
#include "db/unit.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

enum { MENU_MAX = 40 };

struct persons {
	struct records list;
};

static const char *
cell_name(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data, (void)a;
	return ((const struct person_line *)row)->name;
}

static const char *
cell_pinyin(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data, (void)a;
	return ((const struct person_line *)row)->pinyin;
}

static const char *
cell_unit(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct person_line *line = row;

	(void)ui, (void)data, (void)a;
	return line->unit.v != 0 ? line->unit_name : _("whole county");
}

/* What the person is now: deputy of which level, and an office. */
static const char *
cell_now(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct person_line *line = row;
	const char *deputy = line->county && line->town
	                         ? _("county, town deputy")
	                     : line->county ? _("county deputy")
	                     : line->town   ? _("town deputy")
	                                    : "";
	const char *office = role_label(line->label, line->label_en);

	(void)ui, (void)data;
	if (*deputy == '\0' && *office == '\0')
		return _("left");
	return arena_printf(a, "%s%s%s", deputy,
	                    *deputy != '\0' && *office != '\0' ? "; " : "",
	                    office);
}

static enum theme
role_now(struct ui *ui, void *data, const void *row)
{
	const struct person_line *line = row;

	(void)ui, (void)data;
	return line->county || line->town || line->offices > 0 ? THEME_NORMAL
	                                                       : THEME_DIM;
}

static const char *
cell_job(struct ui *ui, void *data, const void *row, struct arena *a)
{
	(void)ui, (void)data, (void)a;
	return ((const struct person_line *)row)->job;
}

/* clang-format off */
static const struct table_column columns[] = {
	{.heading = N_("Name"),       .width = 10, .text = cell_name},
	{.heading = N_("Pinyin"),     .width = 16, .priority = 3, .text = cell_pinyin},
	{.heading = N_("Unit"),       .width = 10, .priority = 2, .text = cell_unit},
	{.heading = N_("Now"),        .width = 22, .priority = 1, .text = cell_now, .role = role_now},
	{.heading = N_("Occupation"), .stretch = true, .priority = 4, .text = cell_job},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct person_line, id),
    .empty = N_("Nobody here. F4 enters a person; a whole roster is brought in "
                "from a file."),
};

static const struct records_spec spec = {
    .list = &person_list,
    .table = &table,
    .find = PERSON_LIST_FIND,
    .pattern = person_find_text,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct persons *s = data;

	records_init(&s->list, &spec, ui, s);
	if (arg != 0)
		records_filter(&s->list, PERSON_LIST_UNIT, arg, NULL);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct persons *s = data;

	ui_watch(ui,
	         ENTITY_BIT(PERSON) | ENTITY_BIT(MANDATE) | ENTITY_BIT(OFFICE) |
	             ENTITY_BIT(TERM_CHANGE),
	         ui_ctx(ui)->my_unit);
	return records_load(&s->list);
}

/* --- keys ------------------------------------------------------------- */

static bool
when_row(struct ui *ui, const void *data)
{
	(void)ui;
	return records_row(&((const struct persons *)data)->list) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	const struct person_line *row =
	    records_row(&((const struct persons *)data)->list);

	ui_push(ui, &screen_person, row->id.v);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_person_form, 0);
}

/* One of a menu of terms; 0: none was chosen. */
static int64_t
choose_term(struct ui *ui)
{
	const char *entries[MENU_MAX];
	struct term *rows;
	int n, chosen;

	if (ui_error(ui, term_list(ui_ctx(ui), ui_arena(ui), &rows, &n)) != OK)
		return 0;
	n = n < MENU_MAX ? n : MENU_MAX;
	for (int i = 0; i < n; i++)
		entries[i] = term_text(ui_ctx(ui), ui_arena(ui), &rows[i]);
	chosen = ui_menu(ui, _("Deputies of which term"), entries, n);
	return chosen < 0 ? 0 : rows[chosen].id.v;
}

static int64_t
choose_unit(struct ui *ui)
{
	const char *entries[MENU_MAX];
	struct unit *rows;
	int n, chosen;

	if (ui_error(ui, unit_list(ui_ctx(ui), ui_arena(ui), &rows, &n)) != OK)
		return 0;
	n = n < MENU_MAX ? n : MENU_MAX;
	for (int i = 0; i < n; i++)
		entries[i] = rows[i].name;
	chosen = ui_menu(ui, _("Unit"), entries, n);
	return chosen < 0 ? 0 : rows[chosen].id.v;
}

enum {
	PINYIN,
	STROKES,
	EVERYBODY,
	DEPUTIES,
	OFFICERS,
	LEFT,
	OF_TERM,
	OF_UNIT,
	CHOICES
};

/* Which of the choices' filter, and its value; 0: Esc. */
static int64_t
value_of(struct ui *ui, int chosen)
{
	if (chosen == OF_TERM)
		return choose_term(ui);
	return chosen == OF_UNIT ? choose_unit(ui) : 1;
}

static void
filter_by(struct ui *ui, struct persons *s, int chosen)
{
	static const int filters[CHOICES] = {
	    [DEPUTIES] = PERSON_LIST_DEPUTIES,
	    [OFFICERS] = PERSON_LIST_OFFICERS,
	    [LEFT] = PERSON_LIST_LEFT,
	    [OF_TERM] = PERSON_LIST_TERM,
	    [OF_UNIT] = PERSON_LIST_UNIT,
	};
	int64_t value = chosen == EVERYBODY ? 1 : value_of(ui, chosen);

	if (value == 0)
		return;
	/* what one is now excludes itself; term and unit narrow it */
	for (int i = DEPUTIES; i <= LEFT; i++)
		if (chosen <= LEFT)
			records_filter_remove(&s->list, filters[i]);
	if (chosen == EVERYBODY)
		records_filter_remove(&s->list, PERSON_LIST_TERM);
	else
		records_filter_by_person(&s->list, filters[chosen], value,
		                         NULL);
}

static void
key_filter(struct ui *ui, void *data)
{
	struct persons *s = data;
	const char *entries[CHOICES] = {
	    [PINYIN] = _("by pinyin"),       [STROKES] = _("by strokes"),
	    [EVERYBODY] = _("everybody"),    [DEPUTIES] = _("deputies now"),
	    [OFFICERS] = _("in office now"), [LEFT] = _("left"),
	    [OF_TERM] = _("of a term.."),    [OF_UNIT] = _("of a unit.."),
	};
	/* a unit's staff see one unit */
	int count = ui_ctx(ui)->scope == SCOPE_COUNTY ? CHOICES : OF_UNIT;
	int chosen = ui_menu(ui, _("Order, and whom"), entries, count);

	if (chosen < 0)
		return;
	if (chosen <= STROKES)
		records_order(&s->list, chosen == STROKES ? PERSON_BY_STROKE
		                                          : PERSON_BY_PINYIN);
	else
		filter_by(ui, s, chosen);
	ui_error(ui, records_restart(&s->list));
}

static const struct key keys[] = {
    {"Enter", N_("Open"), PERM_NONE, key_open, when_row,
     N_("The person's page: mandates, offices, what they are responsible "
        "for.")},
    {"F4", N_("New person"), PERM_PEOPLE_WRITE, key_new, NULL,
     N_("Enter a person.")},
    {"F5", N_("Sort, filter"), PERM_NONE, key_filter, NULL,
     N_("By pinyin or by number of strokes; deputies, officers, those who "
        "left, of a term or of a unit.")},
    RECORDS_KEY_EXPORT,
    KEY_END,
};

const struct screen screen_persons = {
    .name = "persons",
    .title = N_("People"),
    .about = N_("Everybody of the roster: deputies of all terms, officers, "
                "and those who left. Type a name, its pinyin or its initials "
                "to find one: zw finds Zhang Wei."),
    .needs = PERM_ORG_READ,
    .size = sizeof(struct persons),
    .keys = keys,
    .open = open,
    .load = load,
};
