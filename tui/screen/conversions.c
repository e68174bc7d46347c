/* What opinions became: suggestions, proposed projects, comments on draft
 * laws; newest first. */
#include "db/conversion.h"

#include "db/base/i18n.h"
#include "db/store/ctx.h"
#include "tui/records.h"
#include "tui/screens.h"
#include "tui/ui.h"

struct conversions {
	struct records list;
	const char *kind; /* F5, in words; "" all */
};

static enum theme
role_state(struct ui *ui, void *data, const void *row)
{
	const struct conversion *r = row;

	(void)ui, (void)data;
	return r->state == CONVERSION_WAITING ? THEME_SOON : THEME_DONE;
}

static const char *
filter_text(struct ui *ui, void *data, struct arena *a)
{
	(void)ui, (void)a;
	return ((const struct conversions *)data)->kind;
}

static void
filter_clear(struct ui *ui, void *data)
{
	struct conversions *s = data;

	(void)ui;
	s->kind = "";
	records_filter_remove(&s->list, CONVERSION_LIST_KIND);
}

/* clang-format off */
static const struct table_column columns[] = {
	{.field = "opinion", .width = 7, .right = true, .priority = 1},
	{.field = "kind", .width = 22},
	{.field = "title", .width = 20, .stretch = true},
	{.field = "made_at", .width = 11, .priority = 2},
	{.field = "state", .width = 22, .role = role_state},
	TABLE_COLUMN_END,
};
/* clang-format on */

static const struct table_spec table = {
    .columns = columns,
    .id_at = offsetof(struct conversion, id),
    .filter = filter_text,
    .filter_clear = filter_clear,
    .empty = N_("No opinion became anything else yet. F2 of an opinion that "
                "was taken up converts it."),
};

static const struct records_spec spec = {
    .list = &conversion_list,
    .table = &table,
    .find = RECORDS_NO_FIND,
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct conversions *s = data;

	(void)arg;
	s->kind = "";
	records_init(&s->list, &spec, ui, s);
	return OK;
}

static int
load(struct ui *ui, void *data)
{
	struct conversions *s = data;

	ui_watch(ui, ENTITY_BIT(CONVERSION), ui_ctx(ui)->my_unit);
	return records_load(&s->list);
}

/* --- keys -------------------------------------------------------------- */

static bool
has_row(struct ui *ui, const void *data)
{
	(void)ui;
	return records_row(&((const struct conversions *)data)->list) != NULL;
}

static void
key_open(struct ui *ui, void *data)
{
	const struct conversion *row =
	    records_row(&((const struct conversions *)data)->list);

	if (ui_may(ui, screen_conversion.needs))
		ui_push(ui, &screen_conversion, row->id.v);
	else
		ui_push(ui, &screen_opinion, row->opinion.v);
}

static void
key_filter(struct ui *ui, void *data)
{
	struct conversions *s = data;
	const char *labels[CONVERSION_KINDS];
	int chosen;

	for (int i = 0; i < CONVERSION_KINDS; i++)
		labels[i] = _(conversion_kinds[i].label);
	chosen = ui_menu(ui, _("Show only"), labels, CONVERSION_KINDS);
	if (chosen < 0)
		return;
	s->kind = labels[chosen];
	records_filter_by_person(&s->list, CONVERSION_LIST_KIND, 0,
	                         conversion_kinds[chosen].name);
	ui_error(ui, records_restart(&s->list));
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Open"),   PERM_NONE, key_open, has_row, NULL},
	{"F5",    N_("Filter"), PERM_NONE, key_filter, NULL,
	 N_("Only suggestions, projects or comments; Backspace shows all again.")},
	RECORDS_KEY_EXPORT,
	KEY_END,
};
/* clang-format on */

const struct screen screen_conversions = {
    .name = "conversions",
    .title = N_("What opinions became"),
    .about = N_("Opinions that became a suggestion, a proposed project or a "
                "comment on a draft law. Waiting for an answer -> answered: "
                "then the citizen is told. The applications for them take "
                "these records over; until then the answer is entered on "
                "the page of the record."),
    .needs = PERM_OPINION_READ,
    .size = sizeof(struct conversions),
    .keys = keys,
    .open = open,
    .load = load,
};
