/* The pool of projects, with the columns that the import reads. */
#include "db/export_pool.h"

#include <inttypes.h>

#include "db/base/csv_write.h"
#include "db/base/i18n.h"
#include "db/base/json.h"
#include "db/import.h"
#include "db/project.h"

enum { PAGE = 200, COLUMNS = 10 };

static void
values(struct arena *a, const struct project_line *r, const char *out[COLUMNS])
{
	int n = 0;

	out[n++] = *r->reserve != '\0' ? r->reserve
	                               : arena_printf(a, "L%" PRId64, r->id.v);
	out[n++] = r->unit_name;
	out[n++] = arena_printf(a, "%" PRId64, r->year);
	out[n++] = r->title;
	out[n++] = r->body;
	out[n++] = r->category;
	out[n++] = r->venue;
	out[n++] = arena_printf(a, "%" PRId64, r->budget);
	out[n++] = r->lead_name;
	out[n] = _(project_states[r->state].label);
}

static void
csv_row(struct buf *out, const char *const cells[COLUMNS])
{
	for (int i = 0; i < COLUMNS; i++)
		csv_text(out, i == 0, cells[i]);
	csv_end_row(out);
}

static void
json_row(struct buf *out, struct arena *a, const char *const cells[COLUMNS],
         bool first)
{
	const struct import_column *columns;
	struct json *j = json_new_object();
	int n;

	columns = import_columns(IMPORT_POOL, &n);
	for (int i = 0; i < n && i < COLUMNS; i++)
		json_set_text(j, columns[i].name, cells[i]);
	buf_addf(out, "%s%s", first ? "\n" : ",\n", json_print(j, a));
	json_free(j);
}

/* What is held back is nobody's to see outside. */
static void
add_page(const struct export_to *to, struct arena *a,
         const struct list_page *page, bool *first)
{
	const struct project_line *rows = page->rows;

	for (int i = 0; i < page->n; i++) {
		const char *cells[COLUMNS];

		if (rows[i].state == PROJECT_HELD)
			continue;
		values(a, &rows[i], cells);
		if (to->json)
			json_row(to->out, a, cells, *first);
		else
			csv_row(to->out, cells);
		*first = false;
	}
}

static void
head(const struct export_to *to)
{
	const struct import_column *columns;
	int n;

	if (to->json)
		return;
	columns = import_columns(IMPORT_POOL, &n);
	csv_begin(to->out);
	for (int i = 0; i < n; i++)
		csv_text(to->out, i == 0, import_heading(&columns[i]));
	csv_end_row(to->out);
}

int
export_pool(struct ctx *c, const struct export_to *to)
{
	const struct list_query query = {0};
	struct arena *now = arena_new(), *before = arena_new();
	struct list_key *last = NULL;
	struct list_page page = {.more = true};
	bool first = true;
	int err = to->args == NULL || *to->args == '\0' ? OK : ERR_INVALID;

	if (err == OK)
		head(to);
	while (err == OK && page.more) {
		struct arena *swap = before;

		before = now; /* which has the last key */
		now = swap;
		arena_reset(now);
		err = list_fetch(c, now, &project_pool_words, &query,
		                 last == NULL ? LIST_FIRST : LIST_AFTER, last,
		                 PAGE, &page);
		if (err != OK)
			break;
		add_page(to, now, &page, &first);
		last = page.n > 0 ? &page.keys[page.n - 1] : NULL;
		page.more = page.more && last != NULL;
		err = to->flush(to->data);
	}
	arena_free(now);
	arena_free(before);
	return err;
}
