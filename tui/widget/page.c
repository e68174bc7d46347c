/* A page's lines, its keys, and drawing: lines are kept as they were said
 * and laid out for the width there is when drawn. */
#include "tui/widget/page.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/widget/bar.h"
#include "tui/widget/page_private.h"
#include "tui/widget/value.h"

enum {
	INDENT = 2,
	LABEL_MAX = 20, /* columns a label may take */
	WHO_MAX = 16,
	LINES_MAX = 5000
};

/* --- building ------------------------------------------------------------ */

static struct page_line *
add(struct page *p, enum page_line_kind kind)
{
	struct page_line *line;

	if (p->count == LINES_MAX)
		p->count--;
	if (p->count == p->room) {
		p->room = p->room > 0 ? 2 * p->room : 32;
		p->lines =
		    xrealloc(p->lines, (size_t)p->room * sizeof(*p->lines));
	}
	line = &p->lines[p->count++];
	*line = (struct page_line){.kind = kind};
	return line;
}

void
page_begin(struct page *p)
{
	int64_t id;
	int kind;

	if (page_selected(p, &id, &kind)) {
		p->want_id = id;
		p->want_kind = kind;
	}
	arena_reset(p->arena);
	p->count = 0;
	p->cursor = -1;
}

void
page_title(struct page *p, const char *title, const char *state)
{
	struct page_line *line = add(p, TITLE);

	line->a = arena_strdup(p->arena, title);
	line->b = arena_strdup(p->arena, state);
	page_blank(p);
}

void
page_heading(struct page *p, const char *text)
{
	add(p, HEADING)->a = arena_strdup(p->arena, text);
}

void
page_blank(struct page *p)
{
	add(p, BLANK);
}

void
page_text(struct page *p, enum theme role, const char *text)
{
	struct page_line *line = add(p, TEXT);

	line->role = role;
	line->a = arena_strdup(p->arena, text);
}

void
page_textf(struct page *p, const char *fmt, ...)
{
	struct page_line *line = add(p, TEXT);
	va_list args;

	va_start(args, fmt);
	line->a = arena_vprintf(p->arena, fmt, args);
	va_end(args);
}

void
page_pair(struct page *p, const char *label, const char *value)
{
	struct page_line *line = add(p, PAIR);

	line->a = arena_strdup(p->arena, label);
	line->b = arena_strdup(p->arena, value);
}

void
page_pairf(struct page *p, const char *label, const char *fmt, ...)
{
	struct page_line *line = add(p, PAIR);
	va_list args;

	line->a = arena_strdup(p->arena, label);
	va_start(args, fmt);
	line->b = arena_vprintf(p->arena, fmt, args);
	va_end(args);
}

void
page_fields(struct page *p, const struct field *fields, const void *row,
            const char *names, struct day today)
{
	const char *next;

	for (; *names != '\0'; names = next + strspn(next, " ")) {
		const struct field *field;
		const char *value;

		next = names + strcspn(names, " ");
		field =
		    field_find(fields, arena_strndup(p->arena, names,
		                                     (size_t)(next - names)));
		if (field == NULL)
			continue;
		value = value_show(p->arena, field, row, today);
		if (value[0] != '\0')
			page_pair(p, _(field->label), value);
	}
}

void
page_event(struct page *p, const char *when, const char *who, const char *what)
{
	struct page_line *line = add(p, EVENT);

	line->a = arena_strdup(p->arena, when);
	line->b = arena_strdup(p->arena, who);
	line->c = arena_strdup(p->arena, what);
}

/* The line added last is one that the mark can stand on. */
static void
make_item(struct page *p, int64_t id, int kind)
{
	struct page_line *line = &p->lines[p->count - 1];

	line->item = true;
	line->id = id;
	line->item_kind = kind;
	if (p->cursor < 0 || (id == p->want_id && kind == p->want_kind))
		p->cursor = p->count - 1;
}

void
page_item_event(struct page *p, int64_t id, int kind, const char *when,
                const char *who, const char *what)
{
	page_event(p, when, who, what);
	make_item(p, id, kind);
}

static struct page_line *
add_cells(struct page *p, enum page_line_kind kind,
          const struct page_cell *cells, int n)
{
	struct page_line *line = add(p, kind);

	line->n = n;
	line->cells = arena_alloc(p->arena, (size_t)n * sizeof(*cells));
	for (int i = 0; i < n; i++) {
		line->cells[i] = cells[i];
		line->cells[i].text = arena_strdup(p->arena, cells[i].text);
	}
	return line;
}

void
page_item_cells(struct page *p, int64_t id, int kind,
                const struct page_cell *cells, int n)
{
	(void)add_cells(p, ITEM, cells, n);
	make_item(p, id, kind);
}

void
page_item(struct page *p, int64_t id, int kind, const char *fmt, ...)
{
	struct page_cell cell = {0};
	va_list args;

	va_start(args, fmt);
	cell.text = arena_vprintf(p->arena, fmt, args);
	va_end(args);
	page_item_cells(p, id, kind, &cell, 1);
}

void
page_cells(struct page *p, const struct page_cell *cells, int n)
{
	add_cells(p, CELLS, cells, n);
}

void
page_bar(struct page *p, const char *label, const char *value, long long n,
         long long max, int columns)
{
	struct page_line *line = add(p, BAR);

	line->a = arena_strdup(p->arena, label);
	line->b = arena_strdup(p->arena, value);
	line->value = n;
	line->max = max;
	line->columns = columns;
}

bool
page_selected(const struct page *p, int64_t *id, int *kind)
{
	if (p->cursor < 0 || p->cursor >= p->count)
		return false;
	if (id != NULL)
		*id = p->lines[p->cursor].id;
	if (kind != NULL)
		*kind = p->lines[p->cursor].item_kind;
	return true;
}

/* --- drawing ------------------------------------------------------------- */

/* Lines of one kind that follow each other share the width of their first
 * column; the lines of a timeline share it all over the page. */
static void
measure(struct page *p)
{
	for (int i = 0, j; i < p->count; i = j) {
		enum page_line_kind kind = p->lines[i].kind;
		int width = 0;

		for (j = i; j < p->count && p->lines[j].kind == kind; j++) {
			const char *s =
			    kind == EVENT ? p->lines[j].b : p->lines[j].a;
			int w = s != NULL ? text_width(s) : 0;

			width = w > width ? w : width;
		}
		if (width > (kind == EVENT ? WHO_MAX : LABEL_MAX))
			width = kind == EVENT ? WHO_MAX : LABEL_MAX;
		for (int k = i; k < j; k++)
			p->lines[k].lead = width;
	}
}

/* Text wrapped from column x on; the rows it takes. */
static int
put_wrapped(const struct area *area, int y, int x, enum theme role,
            const char *text, bool draw)
{
	const char *const *lines =
	    text_wrap(area->arena, text, area->columns - x);
	int n = 0;

	for (; lines[n] != NULL; n++)
		if (draw)
			area_put(area, y + n, x, role, lines[n]);
	return n > 0 ? n : 1;
}

static void
put_cells(const struct area *area, int y, const struct page_line *line)
{
	int x = INDENT;

	for (int i = 0; i < line->n; i++) {
		const struct page_cell *c = &line->cells[i];
		int width = c->width > 0 ? c->width : text_width(c->text);
		const char *text;

		if (width > area->columns - x)
			width = area->columns - x;
		text = text_fit(area->arena, c->text, width);
		area_put(area, y, c->right ? x + width - text_width(text) : x,
		         c->role, text);
		x += width + 1;
	}
}

static void
put_bar(const struct area *area, int y, const struct page_line *line)
{
	int x = INDENT;

	area_fit(area, y, x, line->lead, THEME_NORMAL, line->a);
	x += line->lead + 2;
	area_put_right(area, y, x + 6, THEME_NORMAL, line->b);
	area_put(area, y, x + 8, THEME_BAR,
	         bar_text(area->arena, line->value, line->max, line->columns,
	                  false));
}

static int
put_event(const struct area *area, int y, const struct page_line *line,
          bool draw)
{
	int x = INDENT + text_width(line->a) + 2;

	if (draw) {
		area_put(area, y, INDENT, THEME_DIM, line->a);
		area_fit(area, y, x, line->lead, THEME_NORMAL, line->b);
	}
	return put_wrapped(area, y, x + line->lead + 2, THEME_NORMAL, line->c,
	                   draw);
}

/* Draw (or only measure) one line at row y; the rows it takes. */
static int
put_line(const struct area *area, int y, const struct page_line *line,
         bool draw)
{
	switch (line->kind) {
	case BLANK:
		break;
	case TITLE:
		if (draw) {
			area_fit(area, y, 0,
			         area->columns - text_width(line->b) - 2,
			         THEME_TITLE, line->a);
			area_put_right(area, y, area->columns, THEME_NORMAL,
			               line->b);
		}
		break;
	case HEADING:
		if (draw)
			area_fit(area, y, 0, area->columns, THEME_NORMAL,
			         line->a);
		break;
	case TEXT:
		return put_wrapped(area, y, INDENT, line->role, line->a, draw);
	case PAIR:
		if (draw)
			area_fit(area, y, INDENT, line->lead, THEME_DIM,
			         line->a);
		return put_wrapped(area, y, INDENT + line->lead + 2,
		                   THEME_NORMAL, line->b, draw);
	case EVENT:
		return put_event(area, y, line, draw);
	case BAR:
		if (draw)
			put_bar(area, y, line);
		break;
	case CELLS:
	case ITEM:
		if (draw)
			put_cells(area, y, line);
		break;
	}
	return 1;
}

/* Rows before line i. */
static int
rows_before(const struct page *p, const struct area *area, int end)
{
	int rows = 0;

	for (int i = 0; i < end; i++)
		rows += put_line(area, 0, &p->lines[i], false);
	return rows;
}

static void
keep_in_sight(struct page *p, int row, int total)
{
	if (row >= 0 && row < p->scroll)
		p->scroll = row;
	if (row >= p->scroll + p->height)
		p->scroll = row - p->height + 1;
	if (p->scroll > total - p->height)
		p->scroll = total - p->height;
	if (p->scroll < 0)
		p->scroll = 0;
}

void
page_draw(struct page *p, const struct area *area)
{
	struct area body = *area;
	int total, y, cursor_row = -1;

	if (area->lines != NULL) {
		page_print(p, area);
		return;
	}
	measure(p);
	total = rows_before(p, area, p->count);
	if (total > area->rows)
		body = area_part(area, 0, 0, -1, 0);
	p->height = body.rows;
	p->total = total;
	if (p->follow && p->cursor >= 0)
		cursor_row = rows_before(p, area, p->cursor);
	keep_in_sight(p, cursor_row, total);
	p->follow = false;
	y = -p->scroll;
	for (int i = 0; i < p->count && y < body.rows; i++) {
		if (i == p->cursor && p->widget.focused) {
			area_put(&body, y, 0, THEME_NORMAL, ">");
			area_park(&body, y, 1);
		}
		y += put_line(&body, y, &p->lines[i], true);
	}
	if (total > area->rows)
		area_putf(area, area->rows - 1, 0, THEME_DIM, "%d-%d / %d",
		          p->scroll + 1, p->scroll + body.rows, total);
}

/* --- keys ---------------------------------------------------------------- */

/* Move to the next item in a direction; false when there is none. */
static bool
step(struct page *p, int by)
{
	if (p->cursor < 0)
		return false;
	for (int i = p->cursor + by; i >= 0 && i < p->count; i += by)
		if (p->lines[i].item) {
			p->cursor = i;
			p->follow = true;
			return true;
		}
	return false;
}

static bool
key(struct widget *w, const struct input *in)
{
	struct page *p = (struct page *)w;

	switch ((int)in->kind) {
	case INPUT_UP:
		if (!step(p, -1))
			p->scroll--;
		return true;
	case INPUT_DOWN:
		if (!step(p, 1))
			p->scroll++;
		return true;
	case INPUT_PGUP:
		p->scroll -= p->height - 1;
		return true;
	case INPUT_PGDN:
		p->scroll += p->height - 1;
		return true;
	case INPUT_HOME:
		while (step(p, -1))
			;
		p->scroll = 0;
		return true;
	case INPUT_END:
		while (step(p, 1))
			;
		p->scroll = LINES_MAX * 100;
		return true;
	default:
		return false;
	}
}

static void
draw(struct widget *w, const struct area *area)
{
	page_draw((struct page *)w, area);
}

static void
clear(struct widget *w)
{
	struct page *p = (struct page *)w;

	arena_free(p->arena);
	free(p->lines);
}

static bool
has_items(struct ui *ui, const void *data)
{
	(void)ui;
	return ((const struct page *)data)->cursor >= 0;
}

static bool
is_long(struct ui *ui, const void *data)
{
	const struct page *p = data;

	return !has_items(ui, data) && p->total > p->height;
}

static const struct key keys[] = {
    {"Up/Down", N_("Select"), PERM_NONE, NULL, has_items, NULL},
    {"Up/Down", N_("Scroll"), PERM_NONE, NULL, is_long, NULL},
    {"PgUp/PgDn", NULL, PERM_NONE, NULL, NULL,
     N_("One page back or on; Home and End go to the first and last")},
    KEY_END,
};

static const struct widget_class class = {
    .name = "page",
    .draw = draw,
    .choose = page_choose,
    .key = key,
    .keys = keys,
    .clear = clear,
};

void
page_init(struct page *p, struct ui *ui, void *data)
{
	*p = (struct page){
	    .widget = {.class = &class, .ui = ui, .data = data},
	    .arena = arena_new(),
	    .cursor = -1,
	    .want_id = -1,
	    .height = 1,
	};
}
