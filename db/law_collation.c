/*
 * Comments put together: per article how many and of what result, those that
 * say alike in one group; and the whole as a document to read.
 */
#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text_diff.h"
#include "db/consultation_in.h"
#include "db/law_comment_in.h"

enum {
	ALIKE = 45,        /* percent that make two comments one group */
	GROUPED_MAX = 400, /* of one article: more are each a group */
	OF_ARTICLE_MAX = 5000
};

/* clang-format off */
static const struct field row_fields[] = {
	FIELD(collation_row, article,  REF,  ""),
	FIELD(collation_row, label,    TEXT, ""),
	FIELD(collation_row, comments, INT,  ""),
	FIELD(collation_row, deputies, INT,  ""),
	FIELD(collation_row, publics,  INT,  ""),
	FIELD(collation_row, answered, INT,  ""),
	FIELD(collation_row, adopted,  INT,  ""),
	FIELD(collation_row, partly,   INT,  ""),
	FIELD_END,
};

static const struct field comment_fields[] = {
	FIELD(collated_comment, id,        REF,   ""),
	FIELD(collated_comment, name,      TEXT,  ""),
	FIELD(collated_comment, unit_name, TEXT,  ""),
	FIELD(collated_comment, words,     LINES, ""),
	FIELD(collated_comment, wording,   LINES, ""),
	FIELD(collated_comment, answer,    LINES, ""),
	FIELD(collated_comment, state,     ENUM,  "", .names = law_comment_states),
	FIELD(collated_comment, source,    ENUM,  "", .names = law_comment_sources),
	FIELD(collated_comment, result,    ENUM,  "", .names = law_comment_results),
	FIELD(collated_comment, merged,    REF,   ""),
	FIELD_END,
};
/* clang-format on */

/* --- per article --------------------------------------------------------- */

static int
find(struct ctx *c, struct arena *a, struct consultation_id id,
     struct consultation *out)
{
	return may(c, PERM_LAW_CHECK) || may(c, PERM_LAW_STATS)
	           ? consultation_get(c, a, id, out)
	           : ERR_DENIED;
}

int
law_collation(struct ctx *c, struct arena *a, struct consultation_id id,
              struct collation_row **rows, int *n)
{
	struct consultation k;
	struct stmt *q;
	int err = find(c, a, id, &k);

	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_law_comment, COMMENT_SQL_COLLATION);
	bind_id(q, ":id", id.v);
	bind_id(q, ":version", k.version.v);
	return stmt_all(q, a, row_fields, sizeof(**rows), LAW_UNITS_MAX, rows,
	                n);
}

/* --- alike ones together ------------------------------------------------- */

/* What was merged goes with the other; what says alike goes with the first
 * that does. */
static int
group_of(const struct collated_comment *rows, int i, int groups)
{
	for (int j = 0; j < i; j++)
		if (rows[i].merged.v == rows[j].id.v ||
		    (rows[i].merged.v != 0 &&
		     rows[i].merged.v == rows[j].merged.v))
			return rows[j].group;
	if (i >= GROUPED_MAX)
		return groups;
	for (int j = 0; j < i; j++)
		if (text_alike(rows[j].words, strlen(rows[j].words),
		               rows[i].words, strlen(rows[i].words)) >= ALIKE)
			return rows[j].group;
	return groups;
}

static int
by_group(const void *a, const void *b)
{
	const struct collated_comment *x = a, *y = b;

	if (x->group != y->group)
		return x->group - y->group;
	return (x->id.v > y->id.v) - (x->id.v < y->id.v);
}

static void
group(struct collated_comment *rows, int n)
{
	int groups = 0;

	for (int i = 0; i < n; i++) {
		rows[i].group = group_of(rows, i, groups);
		groups += rows[i].group == groups;
	}
	if (n > 0)
		qsort(rows, (size_t)n, sizeof(*rows), by_group);
}

static int
collated(struct ctx *c, struct arena *a, const struct consultation *k,
         struct law_article_id article, struct collated_comment **rows, int *n)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_law_comment, COMMENT_SQL_OF_ARTICLE);
	int err;

	bind_id(q, ":id", k->id.v);
	bind_id(q, ":version", k->version.v);
	bind_id(q, ":article", article.v);
	err = stmt_all(q, a, comment_fields, sizeof(**rows), OF_ARTICLE_MAX,
	               rows, n);
	if (err == OK)
		group(*rows, *n);
	return err;
}

int
law_collated(struct ctx *c, struct arena *a, struct consultation_id id,
             struct law_article_id article, struct collated_comment **rows,
             int *n)
{
	struct consultation k;
	int err = find(c, a, id, &k);

	return err == OK ? collated(c, a, &k, article, rows, n) : err;
}

/* --- as a document ------------------------------------------------------- */

/* Every line of text begins as a citation. */
static void
cite(struct buf *out, const char *before, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		buf_add(out, before);
		buf_addn(out, text, n);
		buf_add(out, "\n");
		text += n;
		text += *text == '\n';
	}
}

static void
add_comment(struct buf *out, const struct collated_comment *row)
{
	buf_addf(out, "- **#%lld** %s %s (%s): ", (long long)row->id.v,
	         row->unit_name, row->name,
	         _(law_comment_sources[row->source].label));
	cite(out, "", row->words);
	if (*row->wording != '\0') {
		buf_addf(out, "\n  %s\n\n", _("Proposed wording"));
		cite(out, "  > ", row->wording);
	}
	if (row->state == COMMENT_ANSWERED) {
		buf_addf(out, "\n  %s ",
		         _(law_comment_results[row->result].label));
		cite(out, "", row->answer);
	}
	buf_add(out, "\n");
}

static int
add_comments(struct ctx *c, struct arena *a, const struct consultation *k,
             struct law_article_id article, struct buf *out)
{
	struct collated_comment *rows;
	int n, err = collated(c, a, k, article, &rows, &n);

	for (int i = 0; err == OK && i < n; i++) {
		int alike = 1;

		while (i + alike < n && rows[i + alike].group == rows[i].group)
			alike++;
		if (alike > 1 && (i == 0 || rows[i - 1].group != rows[i].group))
			buf_addf(out, "%s\n\n",
			         arena_printf(a,
			                      P_("%d comment says alike:",
			                         "%d comments say alike:",
			                         (unsigned long)alike),
			                      alike));
		add_comment(out, &rows[i]);
	}
	return err;
}

static void
add_heading(struct buf *out, const struct law_article *row)
{
	static const char *const marks[] = {
	    [LAW_TITLE] = "# ",     [LAW_PART] = "## ", [LAW_CHAPTER] = "## ",
	    [LAW_SECTION] = "### ", [LAW_ARTICLE] = "", [LAW_NOTE] = "",
	    [LAW_REST] = "",
	};
	const char *text = row->text;

	while (*text == '#' || *text == ' ')
		text++;
	buf_addf(out, "%s%s\n\n", marks[row->kind], text);
}

int
law_collation_document(struct ctx *c, struct consultation_id id,
                       struct buf *out)
{
	struct arena *a = arena_new(), *each = arena_new();
	struct law_article *rows;
	struct consultation k;
	int n = 0, err = find(c, a, id, &k);

	if (err == OK)
		err = law_whole(c, a, k.version, &rows, &n);
	for (int i = 0; err == OK && i < n; i++) {
		add_heading(out, &rows[i]);
		if (rows[i].comments > 0)
			err = add_comments(c, each, &k, rows[i].id, out);
		arena_reset(each);
	}
	if (err == OK) {
		buf_addf(out, "## %s\n\n", _("On the whole"));
		err =
		    add_comments(c, each, &k, (struct law_article_id){0}, out);
	}
	arena_free(each);
	arena_free(a);
	return err;
}
