/* How a table of statistics is laid out: columns as wide as what stands in
 * them, the rest for the label and bars. */
#include "tui/stats_page.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/widget/bar.h"
#include "tui/widget/value.h"

enum {
	MARK = 2,
	GAP = 1,
	LABEL_MIN = 10,
	LABEL_MAX = 30,
	BAR_MIN = 8,
	BAR_MAX = 30
};

/* A rate stands in the cell of the count before it. */
static bool
is_joined(const struct stats_table *t, int column)
{
	return column > 0 && t->columns[column].kind == STATS_RATE &&
	       t->column_count > 2;
}

static const char *
cell(struct arena *a, const struct stats_table *t, const struct stats_row *row,
     int column)
{
	enum stats_kind kind = t->columns[column].kind;
	int64_t value = row->values[column];
	const char *text = kind == STATS_COUNT && value != STATS_UNKNOWN
	                       ? value_grouped(a, value)
	                       : stats_text(a, kind, value);
	int next = column + 1;

	if (next < t->column_count && is_joined(t, next))
		text = arena_printf(
		    a, "%s %s", text,
		    text_pad(a, stats_text(a, STATS_RATE, row->values[next]), 6,
		             true));
	return text;
}

/* As wide as the widest of what stands in it. */
static int
column_width(struct arena *a, const struct stats_table *t, int column)
{
	int width = text_width(_(t->columns[column].label));

	for (int i = -1; i < t->n; i++) {
		int n = text_width(
		    cell(a, t, i < 0 ? &t->all : &t->rows[i], column));

		width = n > width ? n : width;
	}
	return width;
}

/* Take out the column that is needed least. false: all are needed. */
static bool
drop_column(const struct stats_table *t, int width[STATS_COLUMNS + 1],
            int *left)
{
	int worst = -1;

	for (int c = 0; c < t->column_count; c++)
		if (width[c + 1] > 0 && t->columns[c].priority > 0 &&
		    (worst < 0 ||
		     t->columns[c].priority >= t->columns[worst].priority))
			worst = c;
	if (worst < 0)
		return false;
	*left += width[worst + 1] + GAP;
	width[worst + 1] = 0;
	return true;
}

/* Of the label and the columns, 0: not shown; what is left for bars. */
static int
measure(struct arena *a, const struct stats_table *t,
        int width[STATS_COLUMNS + 1], int room)
{
	int left = room - MARK, label = LABEL_MIN;

	for (int c = 0; c < t->column_count; c++) {
		width[c + 1] = is_joined(t, c) ? 0 : column_width(a, t, c);
		left -= width[c + 1] > 0 ? width[c + 1] + GAP : 0;
	}
	for (int i = 0; i < t->n; i++) {
		int n = text_width(t->rows[i].label) + 2 * t->rows[i].depth;

		label = n > label ? n : label;
	}
	label = label < LABEL_MAX ? label : LABEL_MAX;
	while (left < label && drop_column(t, width, &left))
		continue;
	width[0] = label < left ? label : left;
	return left - width[0] - GAP;
}

/* The cells of a row, or (NULL) of the heading; how many. */
static int
put_cells(struct arena *a, const struct stats_table *t,
          const struct stats_row *row, const int width[STATS_COLUMNS + 1],
          const char *first, int bar, struct page_cell cells[STATS_COLUMNS + 2])
{
	enum theme role = row == NULL ? THEME_HEADING : THEME_NORMAL;
	int n = 0;

	if (row != NULL)
		first = arena_printf(a, "%*s%s", 2 * row->depth, "", first);
	cells[n++] = (struct page_cell){first, width[0], false, role};
	for (int c = 0; c < t->column_count; c++) {
		const char *text = _(t->columns[c].label);

		if (width[c + 1] == 0)
			continue;
		if (row != NULL)
			text = cell(a, t, row, c);
		role = row == NULL ? THEME_HEADING : THEME_NORMAL;
		if (row != NULL && row->values[c] > 0 &&
		    strcmp(t->columns[c].name, "overdue") == 0)
			role = THEME_ALARM;
		cells[n++] = (struct page_cell){text, width[c + 1], true, role};
	}
	if (row != NULL && row != &t->all && bar >= BAR_MIN)
		cells[n++] = (struct page_cell){
		    bar_text(a, row->values[0], t->all.values[0], bar, false),
		    bar, false, THEME_DIM};
	return n;
}

void
stats_page(struct page *p, struct arena *a, const char *heading,
           const struct stats_table *t)
{
	int columns = p->widget.columns, width[STATS_COLUMNS + 1], bar, n;
	struct page_cell cells[STATS_COLUMNS + 2];

	bar = measure(a, t, width, columns > 0 ? columns : 80);
	bar = bar < BAR_MAX ? bar : BAR_MAX;
	n = put_cells(a, t, NULL, width, heading, bar, cells);
	page_cells(p, cells, n);
	n = put_cells(a, t, &t->all, width, t->all.label, bar, cells);
	page_cells(p, cells, n);
	for (int i = 0; i < t->n; i++) {
		n = put_cells(a, t, &t->rows[i], width, t->rows[i].label, bar,
		              cells);
		page_item_cells(p, i, 0, cells, n);
	}
	if (t->n == 0)
		page_text(p, THEME_DIM, _("No opinions of these months."));
}
