/* Chapters and articles of a text, to choose where to read: what is chosen
 * becomes the bookmark, and the reader below goes there. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/law.h"
#include "tui/screens.h"
#include "tui/ui.h"
#include "tui/widget/table.h"

struct law_contents {
	struct table table;
	struct law_version_id id;
	struct law_article *rows;
	int n;
};

static const char *
cell_text(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct law_article *article = row;
	const char *text = law_plain(a, article->text);
	size_t n = strcspn(text, "\n");

	(void)ui, (void)data;
	if (article->kind == LAW_ARTICLE)
		return arena_printf(a, "  %.*s", (int)n, text);
	return arena_strndup(a, text, n);
}

static const char *
cell_change(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct law_article *article = row;

	(void)ui, (void)data, (void)a;
	return article->kind == LAW_ARTICLE && article->change > LAW_SAME
	           ? _(law_changes[article->change].label)
	           : "";
}

static const char *
cell_comments(struct ui *ui, void *data, const void *row, struct arena *a)
{
	const struct law_article *article = row;

	(void)ui, (void)data;
	return article->comments > 0
	           ? arena_printf(a, "%lld", (long long)article->comments)
	           : "";
}

static enum theme
role_text(struct ui *ui, void *data, const void *row)
{
	const struct law_article *article = row;

	(void)ui, (void)data;
	return article->kind == LAW_ARTICLE ? THEME_NORMAL : THEME_TITLE;
}

static const struct table_column columns[] = {
    {.heading = N_("Chapter, article"),
     .width = 40,
     .stretch = true,
     .text = cell_text,
     .role = role_text},
    {.heading = N_("Change"), .width = 8, .priority = 2, .text = cell_change},
    {.heading = N_("Comments"),
     .width = 8,
     .right = true,
     .priority = 1,
     .text = cell_comments},
    TABLE_COLUMN_END,
};

static bool
is_wanted(const struct law_contents *s, int i, const char *find)
{
	return find[0] == '\0' || strstr(s->rows[i].text, find) != NULL;
}

static int
index_of(const struct law_contents *s, const void *anchor)
{
	const struct law_article *row = anchor;

	for (int i = 0; row != NULL && i < s->n; i++)
		if (s->rows[i].id.v == row->id.v)
			return i;
	return -1;
}

/* n rows from i on, by steps of by. */
static int
collect(const struct law_contents *s, const struct table_query *query, int i,
        int by, struct law_article *out, bool *more)
{
	int n = 0;

	*more = false;
	for (; i >= 0 && i < s->n; i += by) {
		if (!is_wanted(s, i, query->find))
			continue;
		if (n == query->n) {
			*more = true;
			break;
		}
		out[n++] = s->rows[i];
	}
	for (int k = 0; by < 0 && k < n / 2; k++) {
		struct law_article row = out[k];

		out[k] = out[n - 1 - k];
		out[n - 1 - k] = row;
	}
	return n;
}

static int
fetch(struct ui *ui, void *data, struct arena *a,
      const struct table_query *query, struct table_rows *out)
{
	const struct law_contents *s = data;
	struct law_article *rows =
	    arena_alloc(a, (size_t)(query->n + 1) * sizeof(*rows));
	int at = index_of(s, query->anchor), by = 1, n;

	(void)ui;
	switch (query->from) {
	case TABLE_FIRST:
		at = 0;
		break;
	case TABLE_LAST:
		at = s->n - 1;
		by = -1;
		break;
	case TABLE_AFTER:
		at++;
		break;
	case TABLE_BEFORE:
		at--;
		by = -1;
		break;
	case TABLE_AT:
		at = at < 0 ? 0 : at;
		break;
	}
	n = collect(s, query, at, by, rows, &out->more);
	out->rows = rows;
	out->count = n;
	out->first = n > 0 ? &rows[0] : NULL;
	out->last = n > 0 ? &rows[n - 1] : NULL;
	return OK;
}

static int
count(struct ui *ui, void *data, const char *find, struct table_count *out)
{
	const struct law_contents *s = data;

	(void)ui;
	out->total = 0;
	out->more = false;
	for (int i = 0; i < s->n; i++)
		out->total += is_wanted(s, i, find);
	return OK;
}

static const struct table_spec spec = {
    .columns = columns,
    .row_size = sizeof(struct law_article),
    .id_at = offsetof(struct law_article, id),
    .fetch = fetch,
    .count = count,
    .empty = N_("Nothing in this text is called so."),
    .find = true,
};

static int
load(struct ui *ui, void *data)
{
	struct law_contents *s = data;
	int err =
	    law_contents(ui_ctx(ui), ui_arena(ui), s->id, &s->rows, &s->n);

	return err == OK ? table_load(&s->table) : err;
}

static int
open(struct ui *ui, void *data, int64_t arg)
{
	struct law_contents *s = data;

	s->id.v = arg;
	table_init(&s->table, &spec, ui, s);
	ui_body(ui, &s->table.widget);
	return OK;
}

static bool
has_row(struct ui *ui, const void *data)
{
	(void)ui;
	return table_row(&((const struct law_contents *)data)->table) != NULL;
}

static void
key_go(struct ui *ui, void *data)
{
	struct law_contents *s = data;
	const struct law_article *row = table_row(&s->table);

	if (ui_error(ui, law_set_bookmark(ui_ctx(ui), s->id, row->id)) == OK)
		ui_pop(ui);
}

static const struct key keys[] = {
    {"Enter", N_("Read there"), PERM_NONE, key_go, has_row, NULL},
    KEY_END,
};

const struct screen screen_law_contents = {
    .name = "law-contents",
    .title = N_("Contents of the text"),
    .about = N_("Chapters and articles of a draft law, with what became of "
                "them since the text before and how many comments they "
                "have. Typing narrows the list; Enter reads there."),
    .needs = PERM_LAW_READ,
    .size = sizeof(struct law_contents),
    .keys = keys,
    .open = open,
    .load = load,
};
