#include "tui/law_view.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "tui/term/lines.h"

enum {
	INDENT = 2,
	TEXT_MAX = 88,   /* columns that an eye follows */
	HELD_MAX = 120,  /* texts kept at once */
	SIDE_FROM = 110, /* columns from which chapters stand beside */
	SIDE = 28,
	UNWRAPPED = 10000
};

/* --- what a unit says ----------------------------------------------------- */

static bool
is_heading(const struct law_article *row)
{
	return row->kind != LAW_ARTICLE && row->kind != LAW_NOTE &&
	       row->kind != LAW_REST;
}

/* The text of unit i, and what it was; read once while it is in sight. */
static int
hold(struct law_view *v, int i)
{
	struct ctx *c = ui_ctx(v->widget.ui);
	struct law_article row;
	const char *label, *before;
	int err;

	if (v->held[i] != NULL)
		return OK;
	if (v->held_count >= HELD_MAX) {
		arena_reset(v->texts);
		memset(v->held, 0, (size_t)v->n * sizeof(*v->held));
		memset(v->before, 0, (size_t)v->n * sizeof(*v->before));
		v->held_count = 0;
	}
	err = law_article_get(c, v->texts, v->rows[i].id, &row);
	if (err != OK)
		return err;
	v->held[i] = row.text;
	v->held_count++;
	if (row.change != LAW_CHANGED)
		return OK;
	err = law_before(c, v->texts, row.id, &label, &before);
	if (err == OK)
		v->before[i] =
		    law_relabelled(v->texts, before, label, row.label);
	return err == ERR_NOT_FOUND ? OK : err;
}

/* Marks of a unit: what became of it, who said something. */
static const char *
note_of(const struct law_view *v, struct arena *a, int i)
{
	const struct law_article *row = &v->rows[i];
	const char *change = "", *said = "", *own = "";

	if (row->kind != LAW_ARTICLE)
		return "";
	if (row->change == LAW_CHANGED || row->change == LAW_NEW ||
	    row->change == LAW_MOVED)
		change =
		    arena_printf(a, "[%s]", _(law_changes[row->change].label));
	if (v->own[i] > 0)
		own = arena_printf(a, _(", %d of them mine"), v->own[i]);
	if (row->comments > 0)
		said = arena_printf(a,
		                    P_("[%lld comment%s]", "[%lld comments%s]",
		                       (unsigned long)row->comments),
		                    (long long)row->comments, own);
	return change[0] != '\0' && said[0] != '\0'
	           ? arena_printf(a, "%s %s", change, said)
	           : arena_printf(a, "%s%s", change, said);
}

/* The rows of unit i at width; without the one after it, where its marks
 * stand. */
static int
rows_of(struct law_view *v, struct arena *a, int i, int width,
        struct law_row **rows)
{
	struct law_shown shown = {.find = v->find, .text = ""};
	int err = hold(v, i);

	if (err != OK) {
		v->widget.error = err;
		shown.text = law_plain(a, v->rows[i].text);
	} else {
		shown.text = v->held[i];
		shown.before = v->differs ? v->before[i] : NULL;
	}
	if (v->rows[i].kind != LAW_ARTICLE)
		shown.text = law_plain(a, shown.text);
	shown.role = is_heading(&v->rows[i]) ? THEME_TITLE : THEME_NORMAL;
	return law_rows(a, &shown, width, rows);
}

static int
height_of(struct law_view *v, struct arena *a, int i)
{
	struct law_row *rows;

	return rows_of(v, a, i, v->width, &rows) + 1;
}

/* --- moving --------------------------------------------------------------- */

void
law_view_go(struct law_view *v, int i)
{
	if (v->n == 0)
		return;
	v->at = i < 0 ? 0 : i >= v->n ? v->n - 1 : i;
	v->top = v->at;
	v->skip = 0;
	/* a chapter's heading is read with its first article */
	while (v->top > 0 && is_heading(&v->rows[v->top - 1]))
		v->top--;
}

/* The page that ends before unit end. */
static void
page_before(struct law_view *v, int end)
{
	struct arena *a = arena_new();
	int left = v->height, top = end, need;

	while (top > 0) {
		need = height_of(v, a, top - 1);
		if (need > left + (top == end ? 0 : 1))
			break;
		left -= need;
		top--;
	}
	v->skip = 0;
	if (top == end && end > 0) { /* higher than the page: its end */
		top = end - 1;
		v->skip = need - 1 - v->height;
	}
	v->skip = v->skip < 0 ? 0 : v->skip;
	v->top = top;
	arena_free(a);
}

static void
page_on(struct law_view *v)
{
	int step = v->height > 2 ? v->height - 1 : 1;

	if (v->cut && v->last == v->top)
		v->skip += step;
	else if (v->cut || v->last + 1 < v->n)
		law_view_go(v, v->cut ? v->last : v->last + 1);
	else
		v->at = v->n - 1;
	if (v->at < v->top)
		v->at = v->top;
}

static void
page_back(struct law_view *v)
{
	int step = v->height > 2 ? v->height - 1 : 1;

	if (v->skip > 0)
		v->skip = v->skip > step ? v->skip - step : 0;
	else
		page_before(v, v->top);
	v->at = v->top;
}

static void
down(struct law_view *v)
{
	if (v->at < v->last)
		v->at++;
	else if (v->cut || v->last + 1 < v->n)
		page_on(v);
}

static void
up(struct law_view *v)
{
	if (v->at > v->top)
		v->at--;
	else if (v->skip > 0)
		page_back(v);
	else if (v->top > 0) {
		page_before(v, v->top);
		v->at = v->at > 0 ? v->at - 1 : 0;
	}
}

static void
go_end(struct law_view *v)
{
	page_before(v, v->n);
	v->at = v->n - 1;
}

static bool
key(struct widget *w, const struct input *in)
{
	struct law_view *v = (struct law_view *)w;
	char typed[5] = "";

	if (v->n == 0)
		return false;
	switch ((int)in->kind) {
	case INPUT_DOWN:
		down(v);
		return true;
	case INPUT_UP:
		up(v);
		return true;
	case INPUT_PGDN:
		page_on(v);
		return true;
	case INPUT_PGUP:
		page_back(v);
		return true;
	case INPUT_HOME:
		law_view_go(v, 0);
		return true;
	case INPUT_END:
		go_end(v);
		return true;
	case INPUT_TEXT:
		v->typed(w->ui, w->data, in->text);
		return true;
	case INPUT_CHAR:
		if (in->ch < '0' || (in->ch > '9' && in->ch < 0x3400))
			return false;
		typed[text_encode(in->ch, typed)] = '\0';
		v->typed(w->ui, w->data, typed);
		return true;
	}
	return false;
}

/* --- drawing -------------------------------------------------------------- */

/* Chapters around the one that is read. */
static void
draw_side(struct law_view *v, const struct area *area)
{
	int first = 0, y = 0, now = -1, count = 0;

	for (int i = 0; i < v->n; i++)
		if (is_heading(&v->rows[i])) {
			now = i <= v->at ? count : now;
			count++;
		}
	if (count > area->rows && now > area->rows / 2)
		first = now - area->rows / 2;
	for (int i = 0, at = 0; i < v->n && y < area->rows; i++) {
		if (!is_heading(&v->rows[i]))
			continue;
		if (at >= first)
			area_fit(area, y++, 0, area->columns,
			         at == now ? THEME_TITLE : THEME_DIM,
			         law_plain(area->arena, v->rows[i].text));
		at++;
	}
}

static void
draw_foot(struct law_view *v, const struct area *area)
{
	int articles = 0, at = 0;

	for (int i = 0; i < v->n; i++) {
		articles += v->rows[i].kind == LAW_ARTICLE;
		if (i == v->at)
			at = articles;
	}
	area_putf(area, 0, 0, THEME_DIM, "%d / %d", at, articles);
	area_put_right(area, 0, area->columns, THEME_DIM,
	               _("Type a number, or 12-1, to go to that article"));
}

static void
draw_rows(struct law_view *v, const struct area *area)
{
	int y = -v->skip;

	v->height = area->rows;
	v->width = area->columns - INDENT;
	if (v->width > TEXT_MAX)
		v->width = TEXT_MAX;
	v->cut = false;
	v->last = v->top;
	for (int i = v->top; i < v->n && y < area->rows; i++) {
		struct law_row *rows;
		int n = rows_of(v, area->arena, i, v->width, &rows);
		int mark = y < 0 ? 0 : y;

		if (i == v->at) {
			area_put(area, mark, 0, THEME_NORMAL, ">");
			area_park(area, mark, 1);
		}
		for (int r = 0; r < n; r++, y++)
			if (y >= 0 && y < area->rows)
				law_row_draw(area, y, INDENT, &rows[r]);
		v->last = i;
		v->cut = y > area->rows;
		area_put_right(area, y++, v->width + INDENT, THEME_SOON,
		               note_of(v, area->arena, i));
	}
}

static void
print_row(const struct area *area, int number, const struct law_row *row)
{
	const char *text = law_row_text(area->arena, row);

	if (number > 0)
		lines_add(area->lines, "%d. %s", number, text);
	else
		lines_add(area->lines, "%s", text);
}

static void
print(struct law_view *v, const struct area *area)
{
	int end = v->top, n = 0, number;

	v->width = UNWRAPPED;
	v->height = LINES_PAGE;
	v->cut = false;
	v->skip = 0;
	for (; end < v->n && n < LINES_PAGE; end++)
		n += height_of(v, area->arena, end) - 1;
	v->last = end > v->top ? end - 1 : v->top;
	number = lines_part(area->lines, &v->widget, end - v->top, v->top > 0,
	                    end < v->n);
	for (int i = v->top; i < end; i++, number++) {
		struct law_row *rows;
		int count = rows_of(v, area->arena, i, UNWRAPPED, &rows);

		for (int r = 0; r < count; r++)
			print_row(area, r == 0 ? number : 0, &rows[r]);
		if (note_of(v, area->arena, i)[0] != '\0')
			lines_add(area->lines, "%s",
			          note_of(v, area->arena, i));
	}
}

static void
draw(struct widget *w, const struct area *area)
{
	struct law_view *v = (struct law_view *)w;
	struct area body = *area, part;

	if (area->lines != NULL) {
		print(v, area);
		return;
	}
	if (area->columns >= SIDE_FROM) {
		part = area_part(area, 0, 0, -1, SIDE);
		draw_side(v, &part);
		body = area_part(area, 0, SIDE + 2, 0, 0);
	}
	part = area_part(&body, 0, 0, -1, 0);
	draw_rows(v, &part);
	part = area_part(&body, body.rows - 1, 0, 0, 0);
	draw_foot(v, &part);
}

static bool
choose(struct widget *w, int i, int number, const struct ask *ask)
{
	struct law_view *v = (struct law_view *)w;

	(void)number, (void)ask;
	v->at = v->top + i < v->n ? v->top + i : v->at;
	return true;
}

static void
clear(struct widget *w)
{
	struct law_view *v = (struct law_view *)w;

	arena_free(v->contents);
	arena_free(v->texts);
	v->contents = v->texts = NULL;
}

static const struct key widget_keys[] = {
    {"Up/Down", N_("Read"), PERM_NONE, NULL, NULL,
     N_("The mark goes to the next article; at the end of the screen the "
        "page turns.")},
    {"PgUp", NULL, PERM_NONE, NULL, NULL, N_("One page back.")},
    {"PgDn", NULL, PERM_NONE, NULL, NULL, N_("One page on.")},
    KEY_END,
};

static const struct widget_class class = {
    .name = "law-view",
    .draw = draw,
    .choose = choose,
    .key = key,
    .keys = widget_keys,
    .clear = clear,
};

/* --- for the screen ------------------------------------------------------- */

void
law_view_init(struct law_view *v, struct ui *ui, void *data)
{
	v->widget.class = &class;
	v->widget.ui = ui;
	v->widget.data = data;
	v->contents = arena_new();
	v->texts = arena_new();
	v->find = "";
	v->height = LINES_PAGE;
	v->width = TEXT_MAX;
	ui_body(ui, &v->widget);
}

int
law_view_load(struct law_view *v, struct law_version_id id,
              struct law_article_id article)
{
	struct ctx *c = ui_ctx(v->widget.ui);
	struct arena *a = arena_new();
	struct law_article *rows;
	int n, i, err = law_contents(c, a, id, &rows, &n);

	if (err != OK) {
		arena_free(a);
		return err;
	}
	arena_free(v->contents);
	arena_reset(v->texts);
	v->contents = a;
	v->rows = rows;
	v->n = n;
	v->held_count = 0;
	v->own = arena_alloc(a, (size_t)(n + 1) * sizeof(*v->own));
	v->held = arena_alloc(a, (size_t)(n + 1) * sizeof(*v->held));
	v->before = arena_alloc(a, (size_t)(n + 1) * sizeof(*v->before));
	memset(v->own, 0, (size_t)(n + 1) * sizeof(*v->own));
	memset(v->held, 0, (size_t)(n + 1) * sizeof(*v->held));
	memset(v->before, 0, (size_t)(n + 1) * sizeof(*v->before));
	i = law_view_find(v, article);
	if (i >= 0 && i != v->at)
		law_view_go(v, i);
	else if (v->at >= n)
		law_view_go(v, n - 1);
	return OK;
}

int
law_view_find(const struct law_view *v, struct law_article_id id)
{
	for (int i = 0; i < v->n; i++)
		if (v->rows[i].id.v == id.v)
			return i;
	return -1;
}

const struct law_article *
law_view_at(const struct law_view *v)
{
	return v->at < v->n ? &v->rows[v->at] : NULL;
}
