/* Layout and drawing of the table: which columns fit, the mark, the line of
 * the filter, the footer. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/term/lines.h"
#include "tui/widget/table.h"
#include "tui/widget/value.h"

enum {
	COLUMNS_MAX = 24,
	MARK = 2,        /* the mark and a blank before the first column */
	STRETCH_MIN = 12 /* a stretched column narrower than this is none */
};

struct layout {
	const struct table_column *column;
	const struct field *field; /* NULL: column->text */
	int width;
	bool shown;
};

static const struct field *
field_of(const struct table *t, const struct table_column *column)
{
	if (column->field == NULL || t->spec->fields == NULL)
		return NULL;
	return field_find(t->spec->fields, column->field);
}

static int
wanted_width(const struct table_column *column, const struct field *field)
{
	int width = column->width > 0 ? column->width
	            : field != NULL   ? value_width(field)
	                              : 12;

	return column->stretch && width < STRETCH_MIN ? STRETCH_MIN : width;
}

static int
total_width(const struct layout *l, int n)
{
	int width = MARK - 1;

	for (int i = 0; i < n; i++)
		if (l[i].shown)
			width += l[i].width + 1;
	return width;
}

/* Drop the column with the highest priority, the rightmost of several;
 * false when none may be dropped. */
static bool
drop_one(struct layout *l, int n)
{
	int worst = -1;

	for (int i = 0; i < n; i++)
		if (l[i].shown && l[i].column->priority > 0 &&
		    (worst < 0 ||
		     l[i].column->priority >= l[worst].column->priority))
			worst = i;
	if (worst < 0)
		return false;
	l[worst].shown = false;
	return true;
}

static int
lay_out(const struct table *t, int columns, struct layout *l)
{
	const struct table_column *c = t->spec->columns;
	int n = 0, left;

	for (; !c->end && n < COLUMNS_MAX; c++, n++) {
		l[n] = (struct layout){
		    .column = c, .field = field_of(t, c), .shown = true};
		l[n].width = wanted_width(c, l[n].field);
	}
	while (total_width(l, n) > columns && drop_one(l, n))
		;
	left = columns - total_width(l, n);
	for (int i = 0; i < n; i++)
		if (l[i].shown && l[i].column->stretch && left > 0) {
			l[i].width += left;
			left = 0;
		}
	return n;
}

static bool
is_right(const struct layout *l)
{
	return l->column->right ||
	       (l->field != NULL && value_is_right(l->field));
}

static void
draw_cell(const struct area *area, int y, int x, const struct layout *l,
          enum theme role, const char *text)
{
	text = text_fit(area->arena, text, l->width);
	if (is_right(l))
		x += l->width - text_width(text);
	area_put(area, y, x, role, text);
}

static const char *
heading_text(const struct layout *l)
{
	const char *heading = l->column->heading;

	if (heading == NULL && l->field != NULL)
		heading = l->field->heading != NULL ? l->field->heading
		                                    : l->field->label;
	return heading != NULL ? _(heading) : "";
}

static void
draw_heading(const struct area *area, const struct layout *l, int n)
{
	int x = MARK;

	for (int i = 0; i < n; i++) {
		if (!l[i].shown)
			continue;
		draw_cell(area, 0, x, &l[i], THEME_HEADING,
		          heading_text(&l[i]));
		x += l[i].width + 1;
	}
}

static const char *
cell_text(struct table *t, const struct area *area, const struct layout *l,
          const void *row)
{
	if (l->column->text != NULL)
		return l->column->text(t->widget.ui, t->widget.data, row,
		                       area->arena);
	return l->field != NULL
	           ? value_show(area->arena, l->field, row, area->today)
	           : "";
}

static void
draw_row(struct table *t, const struct area *area, int y,
         const struct layout *l, int n, const void *row)
{
	int x = MARK;

	for (int i = 0; i < n; i++) {
		const struct table_column *c = l[i].column;
		enum theme role = THEME_NORMAL;

		if (!l[i].shown)
			continue;
		if (c->role != NULL)
			role = c->role(t->widget.ui, t->widget.data, row);
		draw_cell(area, y, x, &l[i], role,
		          cell_text(t, area, &l[i], row));
		x += l[i].width + 1;
	}
}

static bool
has_filter_line(const struct table *t)
{
	struct arena *a;
	bool has;

	if (t->spec->find || t->spec->filter == NULL)
		return t->spec->find;
	a = arena_new();
	has = table_filter_text(t, a)[0] != '\0';
	arena_free(a);
	return has;
}

int
table_room(const struct table *t, int rows)
{
	rows -= (t->spec->no_heading ? 0 : 1) + (t->spec->no_footer ? 0 : 1) +
	        (has_filter_line(t) ? 1 : 0);
	return rows > 1 ? rows : 1;
}

/* What narrows the list, and how to drop it. */
static void
draw_filter(struct table *t, const struct area *area, int y)
{
	const char *filter = table_filter_text(t, area->arena);
	int x = 0;

	if (t->finding || t->find.len > 0) {
		x += area_put(area, y, x, THEME_NORMAL, _("Find:"));
		x += 1 + area_put(area, y, x + 1, THEME_FIELD, t->find.data);
		if (t->finding && t->widget.focused)
			area_cursor(area, y, x);
		x += 3;
	}
	if (filter[0] == '\0')
		return;
	area_fit(area, y, x, area->columns - x, THEME_DIM,
	         arena_printf(area->arena,
	                      t->spec->filter_clear != NULL
	                          ? _("Filter: %s  (Backspace clears)")
	                          : _("Filter: %s"),
	                      filter));
}

static const char *
footer_text(const struct table *t, struct arena *a)
{
	const char *range = "", *total = "";

	if (t->position >= 0 && t->page.count > 0)
		range = arena_printf(
		    a, "%s-%s", value_grouped(a, (long long)t->position + 1),
		    value_grouped(a, (long long)t->position + t->page.count));
	if (t->count.more)
		total = arena_printf(a, " / %lld+", (long long)t->count.total);
	else if (t->count.total >= 0)
		total = arena_printf(
		    a, " / %s", value_grouped(a, (long long)t->count.total));
	return arena_printf(a, "%s%s", range, total);
}

static void
draw_footer(struct table *t, const struct area *area, int y)
{
	int x = 0;

	if (t->page.count > 0)
		x = area_put(area, y, 0, THEME_DIM,
		             footer_text(t, area->arena)) +
		    3;
	if (t->spec->note != NULL)
		area_fit(
		    area, y, x, area->columns - x, THEME_DIM,
		    t->spec->note(t->widget.ui, t->widget.data, area->arena));
}

static const char *
empty_text(struct table *t, struct arena *a)
{
	bool narrowed = t->find.len > 0 || table_filter_text(t, a)[0] != '\0';

	return narrowed                 ? _("Nothing matches.")
	       : t->spec->empty != NULL ? _(t->spec->empty)
	                                : _("Nothing here yet.");
}

static void
draw_empty(struct table *t, const struct area *area, int y)
{
	const char *const *lines = text_wrap(
	    area->arena, empty_text(t, area->arena), area->columns - 2 * MARK);

	for (; *lines != NULL; lines++)
		area_put(area, y++, MARK, THEME_NORMAL, *lines);
}

/* --- in plain mode ---------------------------------------------------------
 */

/* What narrows the list, how far it goes, and what the screen notes. */
static void
print_foot(struct table *t, const struct area *area)
{
	struct lines *out = area->lines;
	const char *filter = table_filter_text(t, area->arena);

	if (t->find.len > 0)
		lines_add(out, "%s %s", _("Find:"), t->find.data);
	if (filter[0] != '\0')
		lines_add(out,
		          t->spec->filter_clear != NULL
		              ? _("Filter: %s  (c clears)")
		              : _("Filter: %s"),
		          filter);
	if (!t->spec->no_footer && t->page.count > 0)
		lines_add(out, "%s", footer_text(t, area->arena));
	if (t->spec->note != NULL)
		lines_add(
		    out, "%s",
		    t->spec->note(t->widget.ui, t->widget.data, area->arena));
}

/* All columns, also those a narrow screen leaves out. */
void
table_print(struct table *t, const struct area *area)
{
	struct lines *out = area->lines;
	struct layout l[COLUMNS_MAX];
	const char *cells[COLUMNS_MAX];
	int n = lay_out(t, area->columns, l), first;

	table_set_height(t, LINES_PAGE);
	first = lines_part(out, &t->widget, t->page.count, t->before, t->after);
	for (int k = 0; k < n; k++)
		cells[k] = heading_text(&l[k]);
	if (t->page.count == 0)
		lines_add(out, "%s", empty_text(t, area->arena));
	else if (!t->spec->no_heading)
		lines_add(out, _("Columns: %s"),
		          lines_join(area->arena, cells, n));
	for (int i = 0; i < t->page.count; i++) {
		for (int k = 0; k < n; k++)
			cells[k] =
			    cell_text(t, area, &l[k], table_page_row(t, i));
		lines_add(out, "%d. %s", first + i,
		          lines_join(area->arena, cells, n));
	}
	print_foot(t, area);
}

/* --- on a screen -----------------------------------------------------------
 */

void
table_draw(struct table *t, const struct area *area)
{
	struct layout l[COLUMNS_MAX];
	int n = lay_out(t, area->columns, l);
	int top = t->spec->no_heading ? 0 : 1, bottom = area->rows;

	if (area->lines != NULL) {
		table_print(t, area);
		return;
	}
	table_set_height(t, table_room(t, area->rows));
	if (!t->spec->no_heading)
		draw_heading(area, l, n);
	if (t->page.count == 0)
		draw_empty(t, area, top + 1);
	for (int i = 0; i < t->page.count && i < t->height; i++)
		draw_row(t, area, top + i, l, n, table_page_row(t, i));
	if (t->page.count > 0 && t->widget.focused) {
		area_put(area, top + t->cursor, 0, THEME_NORMAL, ">");
		area_park(area, top + t->cursor, 1);
	}
	if (!t->spec->no_footer)
		draw_footer(t, area, --bottom);
	if (has_filter_line(t))
		draw_filter(t, area, --bottom);
}
