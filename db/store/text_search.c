/* Composing the query of an index of text and running it. */
#include "db/store/text_search.h"

#include "db/store/inner.h"

static const char *
name_of(const struct text_spec *spec)
{
	return spec->table != NULL ? spec->table : spec->entity->name;
}

/* The numbers of the hits, with how good each is. +rowid: as a condition
 * on what the index finds; the index asked for each number is slower. */
static void
add_hits(struct buf *b, const struct ctx *c, const struct text_spec *spec,
         const struct text_query *query)
{
	const char *name = name_of(spec);
	const char *joined = spec->joined != NULL ? spec->joined : "";
	const char *narrow = spec->narrow[c->scope];

	if (query->number != 0) {
		buf_addf(b, "SELECT %s.id, 0 FROM %s %s WHERE %s.id = :number",
		         name, name, joined, name);
	} else {
		buf_addf(b, "SELECT %s_text.rowid, ", name);
		if (query->is_ranked)
			buf_addf(b, "fit(%s_text, %s)", name, spec->weights);
		else
			buf_addc(b, '0');
		buf_addf(b,
		         " FROM %s_text CROSS JOIN %s ON %s.id = %s_text.rowid"
		         " %s WHERE %s_text MATCH :match",
		         name, name, name, name, joined, name);
		if (narrow != NULL)
			buf_addf(b, " AND +%s_text.rowid IN (%s)", name,
			         narrow);
	}
	buf_addf(b, " AND (%s)", stmt_predicate(spec->entity, c->scope));
	if (query->number == 0)
		buf_addf(b, " ORDER BY %s_text.rowid DESC LIMIT %d", name,
		         query->is_ranked ? query->among : LIST_COUNT_CAP + 1);
}

const char *
text_search_sql(struct ctx *c, struct arena *a, const struct text_spec *spec,
                const struct text_query *query)
{
	const char *name = name_of(spec), *text;
	struct buf b = BUF_INIT;

	buf_add(&b, "WITH hit (id, score) AS MATERIALIZED (");
	add_hits(&b, c, spec, query);
	buf_addf(&b,
	         ") SELECT %s, h.score AS score,"
	         " (SELECT count(*) FROM hit) AS total"
	         " FROM (SELECT id, score FROM hit"
	         "   ORDER BY score DESC, id DESC LIMIT :max) AS h"
	         " CROSS JOIN %s ON %s.id = h.id %s %s"
	         " ORDER BY h.score DESC, h.id DESC",
	         spec->columns, name, name,
	         spec->joined != NULL ? spec->joined : "",
	         spec->joins != NULL ? spec->joins : "");
	text = arena_strdup(a, b.data);
	buf_clear(&b);
	return text;
}

int
text_search(struct ctx *c, struct arena *a, const struct text_spec *spec,
            const struct text_query *query, void *rows, int *n)
{
	struct stmt *q;

	if (c->scope == SCOPE_NONE || !may(c, spec->needs))
		return ERR_DENIED;
	q = stmt_composed(c, text_search_sql(c, a, spec, query));
	if (query->number != 0)
		bind_int(q, ":number", query->number);
	else
		bind_text(q, ":match", query->match);
	bind_int(q, ":max", query->max);
	return stmt_all(q, a, spec->fields, spec->row_size, query->max, rows,
	                n);
}
