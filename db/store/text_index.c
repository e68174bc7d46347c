/*
 * The indexes of text: FTS5 tables called <table>_text over the columns of
 * <table>, found in the schema. Made anew when another folding made them,
 * and recounted for check.
 */
#include <string.h>

#include "db/base/fold.h"
#include "db/base/text.h"
#include "db/store/inner.h"

static const char tables_sql[] =
    "SELECT name FROM sqlite_schema WHERE type = 'table'"
    "   AND sql LIKE 'CREATE VIRTUAL TABLE %_text USING fts5 %'";
static const char fold_sql[] = "SELECT fold FROM text_index";

static int
list_tables(struct store *s, struct arena *a, const char **names, int *n)
{
	struct stmt *q = store_stmt(s, tables_sql);

	*n = 0;
	while (*n < TEXT_INDEXES_MAX && stmt_next(q))
		names[(*n)++] = arena_strdup(a, col_text(q, 0));
	return stmt_end(q);
}

bool
text_index_is_current(struct store *s)
{
	int64_t fold = 0;

	return stmt_int(store_stmt(s, fold_sql), &fold) == OK &&
	       fold == fold_version;
}

int
text_index_rebuild(struct store *s)
{
	const char *names[TEXT_INDEXES_MAX];
	struct arena *a = arena_new();
	int n, err = list_tables(s, a, names, &n);

	if (err == OK)
		err = store_begin(s);
	if (err != OK)
		goto done;
	for (int i = 0; i < n && err == OK; i++)
		err = store_exec(
		    s, arena_printf(a, "INSERT INTO %s (%s) VALUES ('rebuild')",
		                    names[i], names[i]));
	if (err == OK)
		err = store_exec(
		    s, arena_printf(a, "UPDATE text_index SET fold = %lld",
		                    (long long)fold_version));
	if (err == OK)
		err = store_commit(s);
	else
		store_rollback(s);
done:
	arena_free(a);
	return err;
}

/* --- recounting -------------------------------------------------------- */

/* A word where it stands, as a number; their sum is an index's. */
static uint64_t
word_sum(int64_t id, int64_t column, int64_t offset, const char *word)
{
	uint64_t h = (uint64_t)id * 0x9e3779b97f4a7c15u;

	h = (h ^ (uint64_t)column) * 0x100000001b3u;
	h = (h ^ (uint64_t)offset) * 0x9e3779b97f4a7c15u;
	for (; *word != '\0'; word++)
		h = (h ^ (unsigned char)*word) * 0x100000001b3u;
	return h ^ h >> 29;
}

static uint64_t
text_sum(int64_t id, int64_t column, const char *text)
{
	uint64_t sum = 0;
	int64_t offset = 0;

	for (size_t n = strlen(text); n > 0;) {
		char word[5] = "";
		uint32_t ch;
		int len = text_decode(text, n, &ch);

		ch = len > 0 ? fold_char(ch) : 0;
		if (len <= 0)
			len = 1;
		text += len;
		n -= (size_t)len;
		if (ch == 0)
			continue;
		text_encode(ch, word);
		sum += word_sum(id, column, offset++, word);
	}
	return sum;
}

/* The table's columns, as ", a, b"; the index has the same ones. */
static int
columns_of(struct store *s, struct arena *a, const char *name, const char **out)
{
	struct stmt *q = store_stmt(s, "SELECT name FROM pragma_table_info(:t)"
	                               " ORDER BY cid");
	const char *columns = "";

	bind_text(q, ":t", name);
	while (stmt_next(q))
		columns = arena_printf(a, "%s, %s", columns, col_text(q, 0));
	*out = columns;
	return stmt_end(q);
}

static int
sum_records(struct ctx *c, struct arena *a, const char *name, uint64_t *sum,
            int64_t *rows)
{
	size_t table = strlen(name) - strlen("_text");
	const char *columns;
	struct stmt *q;
	int err = columns_of(c->store, a, name, &columns);

	if (err != OK)
		return err;
	q = stmt_composed(c, arena_printf(a, "SELECT id%s FROM %.*s", columns,
	                                  (int)table, name));
	for (; stmt_next(q); (*rows)++)
		for (int i = 1; i < sqlite3_column_count(q->raw); i++)
			*sum += text_sum(col_int(q, 0), i - 1, col_text(q, i));
	return stmt_end(q);
}

/* What the index itself says, word by word. */
static int
sum_index(struct ctx *c, struct arena *a, const char *name, uint64_t *sum)
{
	struct stmt *q = stmt_composed(
	    c, arena_printf(a,
	                    "SELECT w.doc, i.cid, w.offset, w.term"
	                    "  FROM temp.%s_words AS w"
	                    "  JOIN pragma_table_info('%s') AS i"
	                    "    ON i.name = w.col",
	                    name, name));

	while (stmt_next(q))
		*sum += word_sum(col_int(q, 0), col_int(q, 1), col_int(q, 2),
		                 col_text(q, 3));
	return stmt_end(q);
}

static int
check_one(struct ctx *c, struct arena *a, const char *name, bool *is_good)
{
	uint64_t records = 0, index = 0;
	int64_t rows = 0, sized = 0;
	int err = sum_records(c, a, name, &records, &rows);

	if (err == OK)
		err = store_exec(
		    c->store,
		    arena_printf(a,
		                 "CREATE VIRTUAL TABLE IF NOT EXISTS"
		                 " temp.%s_words"
		                 " USING fts5vocab(main, %s, instance)",
		                 name, name));
	if (err != OK)
		return err;
	/* an index that cannot be read is not good either */
	*is_good = sum_index(c, a, name, &index) == OK && index == records &&
	           stmt_int(stmt_composed(c, arena_printf(a,
	                                                  "SELECT count(*)"
	                                                  " FROM %s_docsize",
	                                                  name)),
	                    &sized) == OK &&
	           sized == rows;
	return OK;
}

int
text_index_check(struct ctx *c, struct arena *a, const char **bad, int *n)
{
	const char *names[TEXT_INDEXES_MAX];
	int count, err = list_tables(c->store, a, names, &count);

	*n = 0;
	for (int i = 0; i < count && err == OK; i++) {
		bool is_good = true;

		err = check_one(c, a, names[i], &is_good);
		if (err == OK && !is_good)
			bad[(*n)++] = names[i];
	}
	return err;
}
