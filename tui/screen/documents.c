/* Documents and templates: the county's, then one's own. */
#include "db/base/i18n.h"
#include "db/document.h"
#include "db/store/ctx.h"
#include "tui/activity_menu.h"
#include "tui/screens.h"
#include "tui/transfer.h"
#include "tui/ui.h"
#include "tui/widget/page.h"

struct documents {
	struct page page;
	struct document_line *rows;
	int n;
	int columns; /* the page is laid out for */
};

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct documents *s = data;

	(void)arg;
	page_init(&s->page, ui, s);
	ui_body(ui, &s->page.widget);
	return OK;
}

static void
fill_row(struct ui *ui, struct documents *s, const struct document_line *d)
{
	struct arena *a = ui_arena(ui);
	int name = s->columns - 2 - 11 - 23 - 7 - 12;
	const struct page_cell cells[] = {
	    {d->unit.v != 0 ? d->unit_name : _("the county"), 10, false,
	     THEME_DIM},
	    {d->name, name < 16 ? 16 : name, false, THEME_NORMAL},
	    {_(document_kinds[d->kind].label), 22, false, THEME_NORMAL},
	    {arena_printf(a, "%lld", (long long)d->length), 6, true, THEME_DIM},
	    {day_show(a, day_of(d->saved_at), ui_today(ui)), 11, true,
	     THEME_DIM},
	};

	page_item_cells(&s->page, d->id.v, 0, cells, 5);
}

static void
fill(struct ui *ui, struct documents *s)
{
	page_begin(&s->page);
	page_heading(&s->page, _("Documents and templates"));
	if (s->n == 0)
		page_text(
		    &s->page, THEME_DIM,
		    _("No documents yet. F4 writes the first one; a file "
		      "is sent with ssh ... document --put NAME < FILE."));
	for (int i = 0; i < s->n; i++)
		fill_row(ui, s, &s->rows[i]);
}

static int
load(struct ui *ui, void *data)
{
	struct documents *s = data;
	int err;

	s->n = 0;
	err = document_list(ui_ctx(ui), ui_arena(ui), &s->rows, &s->n);
	if (err != OK)
		return err;
	ui_watch(ui, ENTITY_BIT(DOCUMENT), 0);
	s->columns = s->columns > 0 ? s->columns : 80;
	fill(ui, s);
	return OK;
}

static void
draw(struct ui *ui, void *data, const struct area *body)
{
	struct documents *s = data;

	if (s->columns != body->columns) {
		s->columns = body->columns;
		fill(ui, s);
	}
	page_draw(&s->page, body);
}

/* --- keys -------------------------------------------------------------- */

static const struct document_line *
row_of(const void *data)
{
	const struct documents *s = data;
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
when_own(struct ui *ui, const void *data)
{
	return when_row(ui, data) &&
	       document_is_own(ui_ctx(ui), row_of(data)->unit);
}

static void
key_read(struct ui *ui, void *data)
{
	struct document d;
	int err = document_get(ui_ctx(ui), ui_arena(ui), row_of(data)->id, &d);

	if (ui_error(ui, err) == OK)
		ui_show(ui, d.name, d.text);
}

static void
key_new(struct ui *ui, void *data)
{
	(void)data;
	ui_push(ui, &screen_document_form, 0);
}

static void
key_edit(struct ui *ui, void *data)
{
	ui_push(ui, &screen_document_form, row_of(data)->id.v);
}

static void
key_drop(struct ui *ui, void *data)
{
	const struct document_line *d = row_of(data);
	struct document_id id = d->id;

	if (!ui_confirm(
		ui, arena_printf(ui_arena(ui), _("Remove \"%s\"?"), d->name)))
		return;
	if (activity_menu_fault(ui, document_drop(ui_ctx(ui), id)) == OK)
		ui_say(ui, "%s", _("Removed."));
	ui_reload(ui);
}

static void
key_file(struct ui *ui, void *data)
{
	const struct document_line *d = row_of(data);
	const struct transfer_want want = {
	    .what = TRANSFER_DOCUMENT, .subject = d->id.v, .label = d->name};

	ui_transfer(
	    ui, &want,
	    arena_printf(ui_arena(ui), "\"document '%s'\" > FILE", d->name));
}

/* clang-format off */
static const struct key keys[] = {
	{"Enter", N_("Read"), PERM_NONE, key_read, when_row, NULL},
	{"F4", N_("New"), PERM_STATION_WRITE, key_new, NULL, NULL},
	{"F7", N_("As a file"), PERM_NONE, key_file, when_row,
	 N_("Fetch it to your computer; ssh ... \"document --put NAME\" < FILE sends one.")},
	{KEY_ACTION, N_("Change"), PERM_STATION_WRITE, key_edit, when_own, NULL},
	{KEY_ACTION, N_("Remove"), PERM_STATION_WRITE, key_drop, when_own, NULL},
	KEY_END,
};
/* clang-format on */

const struct screen screen_documents = {
    .name = "documents",
    .title = N_("Documents"),
    .about = N_("Documents and templates, plain text: the county's, which "
                "all units read, and one's own.\n"
                "The template of a notice becomes the agenda of a reception "
                "that is announced from the rota, the template of minutes "
                "the beginning of an activity's minutes; a unit's own comes "
                "before the county's."),
    .needs = PERM_STATION_READ,
    .size = sizeof(struct documents),
    .keys = keys,
    .open = open,
    .load = load,
    .draw = draw,
};
