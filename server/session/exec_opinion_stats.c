/* opinion stats: the tables of the statistics screen as text, CSV, JSON. */
#include <inttypes.h>
#include <string.h>

#include "db/base/csv_write.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/opinion_stats.h"
#include "server/session/exec_opinion.h"

static struct json *
row_json(struct exec *x, enum opinion_stats_by by, const struct stats_table *t,
         const struct stats_row *row)
{
	struct json *j = json_new_object();

	if (row == &t->all)
		json_set_null(j, opinion_stats_bys[by].name);
	else if (row->id != 0)
		json_set_int(j, opinion_stats_bys[by].name, row->id);
	else
		json_set_text(j, opinion_stats_bys[by].name, row->key);
	json_set_text(j, "label", row->label);
	for (int i = 0; i < t->column_count; i++) {
		const struct stats_column *c = &t->columns[i];
		const char *name =
		    c->kind == STATS_COUNT
			? c->name
			: arena_printf(x->a, "%s_%s", c->name,
		                       c->kind == STATS_RATE ? "permille"
		                                             : "tenths");

		if (row->values[i] == STATS_UNKNOWN)
			json_set_null(j, name);
		else
			json_set_int(j, name, row->values[i]);
	}
	return j;
}

static void
put_json(struct exec *x, enum opinion_stats_by by,
         const struct opinion_stats_of *of, const struct stats_table *t)
{
	struct json *root = json_new_object(), *rows = json_new_array();

	json_set_text(root, "by", opinion_stats_bys[by].name);
	json_set_int(root, "from", of->from);
	json_set_int(root, "to", of->to);
	json_set(root, "all", row_json(x, by, t, &t->all));
	for (int i = 0; i < t->n; i++)
		json_add(rows, row_json(x, by, t, &t->rows[i]));
	json_set(root, "rows", rows);
	exec_json(x, root);
}

static void
put_csv(struct exec *x, enum opinion_stats_by by, const struct stats_table *t)
{
	csv_begin(&x->out);
	csv_text(&x->out, true, _(opinion_stats_bys[by].label));
	for (int i = 0; i < t->column_count; i++)
		csv_text(&x->out, false, _(t->columns[i].label));
	csv_end_row(&x->out);
	for (int r = 0; r < t->n; r++) {
		csv_text(&x->out, true, t->rows[r].label);
		for (int i = 0; i < t->column_count; i++) {
			int64_t v = t->rows[r].values[i];
			const char *text =
			    stats_text(x->a, t->columns[i].kind, v);

			if (v == STATS_UNKNOWN ||
			    t->columns[i].kind == STATS_RATE)
				csv_text(&x->out, false,
				         v == STATS_UNKNOWN ? "" : text);
			else
				csv_number(&x->out, false, text);
		}
		csv_end_row(&x->out);
	}
}

static void
put_line(struct exec *x, const struct stats_table *t,
         const struct stats_row *row)
{
	const char *label =
	    arena_printf(x->a, "%*s%s", 2 * row->depth, "", row->label);

	buf_add(&x->out, text_pad(x->a, label, 24, false));
	for (int i = 0; i < t->column_count; i++)
		buf_addf(&x->out, "  %s",
		         text_pad(x->a,
		                  stats_text(x->a, t->columns[i].kind,
		                             row->values[i]),
		                  8, true));
	buf_addc(&x->out, '\n');
}

static void
put_text(struct exec *x, enum opinion_stats_by by, const struct stats_table *t)
{
	buf_add(&x->out,
	        text_pad(x->a, _(opinion_stats_bys[by].label), 24, false));
	for (int i = 0; i < t->column_count; i++)
		buf_addf(&x->out, "  %s",
		         text_pad(x->a, _(t->columns[i].label), 8, true));
	buf_addc(&x->out, '\n');
	put_line(x, t, &t->all);
	for (int i = 0; i < t->n; i++)
		put_line(x, t, &t->rows[i]);
}

/* --by, --from, --to, --unit: by month of this year, if nothing is said. */
int
command_count(struct exec *x, const struct given *g)
{
	int64_t year = ctx_today(x->c).year;
	struct opinion_stats_of of = {.from = year * 100 + 1,
	                              .to = year * 100 + 12};
	int by = STATS_MONTH, err = g->n > 0 ? ERR_USAGE : OK;
	struct stats_table t;

	if (err == OK && g->table != NULL)
		by = enum_index(opinion_stats_bys, g->table);
	if (err == OK && g->from != NULL)
		err = given_month(g->from, &of.from);
	if (err == OK && g->to != NULL)
		err = given_month(g->to, &of.to);
	if (err == OK && (by < 0 || of.from > of.to))
		err = ERR_USAGE;
	if (err == OK && g->unit != NULL)
		err = given_unit(x, g->unit, &of.unit);
	if (err == OK)
		err = opinion_stats(x->c, x->a, (enum opinion_stats_by)by, &of,
		                    &t);
	if (err != OK)
		return err;
	if (x->json)
		put_json(x, (enum opinion_stats_by)by, &of, &t);
	else if (g->csv)
		put_csv(x, (enum opinion_stats_by)by, &t);
	else
		put_text(x, (enum opinion_stats_by)by, &t);
	return OK;
}
