/* Paging, finding and keys of the table; drawing is in table_draw.c. A page
 * is fetched into the spare arena while the anchors it is fetched by still
 * lie in the other one; then the two change places. */
#include "tui/widget/table.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"

enum { FIND_MAX = 40 /* characters */ };

static const void *
row_at(const struct table *t, int i)
{
	return (const char *)t->page.rows + (size_t)i * t->spec->row_size;
}

static int64_t
row_id(const struct table *t, int i)
{
	int64_t id;

	memcpy(&id, (const char *)row_at(t, i) + t->spec->id_at, sizeof(id));
	return id;
}

static int
fetch(struct table *t, enum table_from from, struct table_rows *out)
{
	struct table_query query = {
	    .from = from,
	    .n = t->height > 0 ? t->height : 1,
	    .find = t->find.data,
	};

	if (from == TABLE_AFTER)
		query.anchor = t->page.last;
	else if (from == TABLE_BEFORE || from == TABLE_AT)
		query.anchor = t->page.first;
	arena_reset(t->spare);
	*out = (struct table_rows){0};
	return t->spec->fetch(t->widget.ui, t->source, t->spare, &query, out);
}

/* Show what fetch brought. */
static void
turn(struct table *t, enum table_from from, const struct table_rows *rows)
{
	struct arena *old = t->arena;

	if (from == TABLE_FIRST)
		t->position = 0;
	else if (from == TABLE_LAST)
		t->position = t->count.total >= 0 && !t->count.more
		                  ? t->count.total - rows->count
		                  : -1;
	else if (from == TABLE_AFTER && t->position >= 0)
		t->position += t->page.count;
	else if (from == TABLE_BEFORE && t->position >= 0)
		t->position -= rows->count;
	if (from == TABLE_BEFORE || from == TABLE_LAST) {
		t->before = rows->more;
		t->after = from == TABLE_BEFORE;
	} else {
		t->before =
		    from == TABLE_AFTER || (from == TABLE_AT && t->before);
		t->after = rows->more;
	}
	t->page = *rows;
	t->arena = t->spare;
	t->spare = old;
}

static int
count(struct table *t)
{
	t->count = (struct table_count){.total = -1};
	if (t->spec->count == NULL)
		return OK;
	return t->spec->count(t->widget.ui, t->source, t->find.data, &t->count);
}

static void
clamp_cursor(struct table *t)
{
	if (t->cursor >= t->page.count)
		t->cursor = t->page.count - 1;
	if (t->cursor < 0)
		t->cursor = 0;
}

static void
cursor_to(struct table *t, int64_t id)
{
	for (int i = 0; i < t->page.count; i++)
		if (row_id(t, i) == id) {
			t->cursor = i;
			return;
		}
	clamp_cursor(t);
}

static int
read_again(struct table *t)
{
	/* at the top what is new comes in at the top */
	enum table_from from =
	    t->before && t->page.count > 0 ? TABLE_AT : TABLE_FIRST;
	int64_t id = t->page.count > 0 ? row_id(t, t->cursor) : 0;
	struct table_rows rows;
	int err = fetch(t, from, &rows);

	if (err == OK && rows.count == 0 && from == TABLE_AT) {
		from = TABLE_LAST;
		err = fetch(t, from, &rows);
	}
	if (err != OK)
		return err;
	turn(t, from, &rows);
	cursor_to(t, id);
	return OK;
}

int
table_load(struct table *t)
{
	int err;

	if (t->height == 0)
		t->height = table_room(t, t->widget.rows);
	err = count(t);
	return err == OK ? read_again(t) : err;
}

int
table_restart(struct table *t)
{
	t->page.count = 0;
	t->before = false;
	t->cursor = 0;
	return table_load(t);
}

void
table_set_height(struct table *t, int height)
{
	if (height == t->height || height <= 0)
		return;
	t->height = height;
	t->widget.error = read_again(t);
}

const void *
table_page_row(const struct table *t, int i)
{
	return i >= 0 && i < t->page.count ? row_at(t, i) : NULL;
}

const void *
table_row(const struct table *t)
{
	return table_page_row(t, t->cursor);
}

/* Turn to another page; false when there is none there. */
static bool
go(struct table *t, enum table_from from)
{
	struct table_rows rows;

	if ((from == TABLE_AFTER && !t->after) ||
	    (from == TABLE_BEFORE && !t->before))
		return false;
	t->widget.error = fetch(t, from, &rows);
	if (t->widget.error != OK || rows.count == 0)
		return false;
	turn(t, from, &rows);
	return true;
}

static void
page_up(struct table *t, bool to_last_row)
{
	if (!go(t, TABLE_BEFORE)) {
		t->cursor = 0;
		return;
	}
	if (to_last_row)
		t->cursor = t->page.count - 1;
	/* a full first page instead of a part of it */
	if (t->page.count < t->height && !t->before)
		(void)go(t, TABLE_FIRST);
	clamp_cursor(t);
}

static bool
move_key(struct table *t, const struct input *in)
{
	switch ((int)in->kind) {
	case INPUT_UP:
		if (t->cursor > 0)
			t->cursor--;
		else if (t->before)
			page_up(t, true);
		return true;
	case INPUT_DOWN:
		if (t->cursor + 1 < t->page.count)
			t->cursor++;
		else if (go(t, TABLE_AFTER))
			t->cursor = 0;
		return true;
	case INPUT_PGUP:
		page_up(t, false);
		return true;
	case INPUT_PGDN:
		if (!go(t, TABLE_AFTER))
			t->cursor = t->page.count;
		clamp_cursor(t);
		return true;
	case INPUT_HOME:
		if (t->before)
			(void)go(t, TABLE_FIRST);
		t->cursor = 0;
		return true;
	case INPUT_END:
		if (t->after)
			(void)go(t, TABLE_LAST);
		t->cursor = t->page.count;
		clamp_cursor(t);
		return true;
	default:
		return false;
	}
}

/* Add the printable characters of s to what is sought. */
static void
find_add(struct table *t, const char *s, size_t n)
{
	size_t length = text_length(t->find.data);

	while (n > 0 && length < FIND_MAX) {
		uint32_t ch;
		int len = text_decode(s, n, &ch);

		if (len <= 0)
			break;
		if (ch >= 0x20 && text_char_width(ch) > 0 &&
		    (ch < 0x7F || ch >= 0xA0) &&
		    (ch != ' ' || t->find.len > 0)) {
			buf_addn(&t->find, s, (size_t)len);
			length++;
		}
		s += len;
		n -= (size_t)len;
	}
	t->finding = true;
	t->widget.error = table_restart(t);
}

static void
find_backspace(struct table *t)
{
	size_t len = t->find.len;

	if (len == 0) {
		t->finding = t->spec->seeks;
		return;
	}
	do
		len--;
	while (len > 0 && ((unsigned char)t->find.data[len] & 0xC0) == 0x80);
	buf_truncate(&t->find, len);
	t->widget.error = table_restart(t);
}

static void
find_end(struct table *t)
{
	bool had = t->find.len > 0;

	t->finding = t->spec->seeks;
	buf_truncate(&t->find, 0);
	if (had)
		t->widget.error = table_restart(t);
}

static bool
find_key(struct table *t, const struct input *in)
{
	char bytes[4];

	switch ((int)in->kind) {
	case INPUT_F3:
		t->finding = true;
		return true;
	case INPUT_CHAR:
		if (!t->finding && !t->spec->seeks &&
		    text_fold_char(in->ch) >= '0' &&
		    text_fold_char(in->ch) <= '9')
			return false; /* an application */
		find_add(t, bytes, (size_t)text_encode(in->ch, bytes));
		return true;
	case INPUT_TEXT:
		find_add(t, in->text, in->len);
		return true;
	case INPUT_BACKSPACE:
		if (!t->finding)
			return false;
		find_backspace(t);
		return true;
	case INPUT_ESC:
		if (!t->finding || (t->spec->seeks && t->find.len == 0))
			return false;
		find_end(t);
		return true;
	default:
		return false;
	}
}

static void *
filter_data(const struct table *t)
{
	return t->spec->source_filters ? t->source : t->widget.data;
}

const char *
table_filter_text(const struct table *t, struct arena *a)
{
	return t->spec->filter == NULL
	           ? ""
	           : t->spec->filter(t->widget.ui, filter_data(t), a);
}

static bool
clear_filter(struct table *t)
{
	struct arena *a = arena_new();
	bool active = table_filter_text(t, a)[0] != '\0';

	arena_free(a);
	if (!active || t->spec->filter_clear == NULL)
		return false;
	t->spec->filter_clear(t->widget.ui, filter_data(t));
	t->widget.error = table_restart(t);
	return true;
}

static bool
key(struct widget *w, const struct input *in)
{
	struct table *t = (struct table *)w;

	if (move_key(t, in))
		return true;
	if (t->spec->find && find_key(t, in))
		return true;
	return in->kind == INPUT_BACKSPACE && clear_filter(t);
}

static void
draw(struct widget *w, const struct area *area)
{
	table_draw((struct table *)w, area);
}

static bool
typing(const struct widget *w)
{
	const struct table *t = (const struct table *)w;

	/* what only seeks takes characters at any time */
	return t->finding && (!t->spec->seeks || t->find.len > 0);
}

static void
clear(struct widget *w)
{
	struct table *t = (struct table *)w;

	arena_free(t->arena);
	arena_free(t->spare);
	buf_clear(&t->find);
}

static bool
can_find(struct ui *ui, const void *data)
{
	const struct table *t = data;

	(void)ui;
	return t->spec->find;
}

static const struct key keys[] = {
    {"Up/Down", N_("Select"), PERM_NONE, NULL, NULL, NULL},
    {"PgUp/PgDn", NULL, PERM_NONE, NULL, NULL,
     N_("One page back or on; Home and End go to the first and last")},
    {"F3", N_("Find"), PERM_NONE, NULL, can_find,
     N_("Find: type to narrow the list; Esc shows all again")},
    KEY_END,
};

static bool
choose(struct widget *w, int i, int number, const struct ask *ask)
{
	struct table *t = (struct table *)w;

	(void)number, (void)ask;
	t->cursor = i;
	clamp_cursor(t);
	return true;
}

static const struct widget_class class = {
    .name = "table",
    .draw = draw,
    .choose = choose,
    .key = key,
    .keys = keys,
    .typing = typing,
    .clear = clear,
};

void
table_init(struct table *t, const struct table_spec *spec, struct ui *ui,
           void *data)
{
	*t = (struct table){
	    .widget = {.class = &class, .ui = ui, .data = data},
	    .spec = spec,
	    .source = data,
	    .arena = arena_new(),
	    .spare = arena_new(),
	    .count = {.total = -1},
	};
	buf_init(&t->find);
}
