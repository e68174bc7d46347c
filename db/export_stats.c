/* The statistics of opinions as rows of one shape, for whoever counts on with
 * them. */
#include "db/export_stats.h"

#include <inttypes.h>

#include "db/base/csv_write.h"
#include "db/base/i18n.h"
#include "db/base/json.h"
#include "db/opinion_stats.h"

/* One figure. */
struct figure {
	enum opinion_stats_by by;
	const struct stats_row *row;
	const struct stats_column *column;
	int64_t value;
};

static const char *
key_of(struct arena *a, const struct stats_row *row)
{
	return row->id != 0 ? arena_printf(a, "%" PRId64, row->id) : row->key;
}

static void
add_csv(struct arena *a, struct buf *out, const struct figure *f)
{
	csv_text(out, true, _(opinion_stats_bys[f->by].label));
	csv_text(out, false, f->row->label);
	csv_text(out, false, f->column->name);
	csv_text(out, false, stats_text(a, f->column->kind, f->value));
	csv_end_row(out);
}

static void
add_json(struct arena *a, struct buf *out, const struct figure *f, bool first)
{
	struct json *j = json_new_object();

	json_set_text(j, "table", opinion_stats_bys[f->by].name);
	json_set_text(j, "row", key_of(a, f->row));
	json_set_text(j, "label", f->row->label);
	json_set_text(j, "figure", f->column->name);
	json_set_text(j, "value", stats_text(a, f->column->kind, f->value));
	buf_addf(out, "%s%s", first ? "\n" : ",\n", json_print(j, a));
	json_free(j);
}

static void
csv_head(struct buf *out)
{
	csv_begin(out);
	csv_text(out, true, _("Table"));
	csv_text(out, false, _("Row"));
	csv_text(out, false, _("Figure"));
	csv_text(out, false, _("Value"));
	csv_end_row(out);
}

/* What is not known is left out. */
static void
add_table(struct arena *a, const struct export_to *to, enum opinion_stats_by by,
          const struct stats_table *t, bool *first)
{
	for (int r = 0; r < t->n; r++) {
		for (int i = 0; i < t->column_count; i++) {
			const struct figure f = {by, &t->rows[r],
			                         &t->columns[i],
			                         t->rows[r].values[i]};

			if (f.value == STATS_UNKNOWN)
				continue;
			if (to->json)
				add_json(a, to->out, &f, *first);
			else
				add_csv(a, to->out, &f);
			*first = false;
		}
	}
}

int
export_stats(struct ctx *c, const struct export_to *to)
{
	const struct opinion_stats_of ever = {.from = STATS_EVER_FROM,
	                                      .to = STATS_EVER_TO};
	struct arena *a = arena_new();
	bool first = true;
	int err = OK;

	if (!to->json)
		csv_head(to->out);
	for (int by = 0; by < STATS_BYS && err == OK; by++) {
		struct stats_table t;

		err = opinion_stats(c, a, (enum opinion_stats_by)by, &ever, &t);
		if (err == OK)
			add_table(a, to, (enum opinion_stats_by)by, &t, &first);
		if (err == OK)
			err = to->flush(to->data);
		arena_reset(a);
	}
	arena_free(a);
	return err;
}
