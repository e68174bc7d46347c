/* The statistics of opinions as rows of one shape, for whoever counts on with
 * them. */
#include "db/export_stats.h"

#include <inttypes.h>
#include <stdlib.h>

#include "db/base/csv_write.h"
#include "db/base/i18n.h"
#include "db/base/json.h"

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

/* --- which figures ----------------------------------------------------------
 */

const char *
export_stats_args(struct arena *a, enum opinion_stats_by by,
                  const struct opinion_stats_of *of)
{
	struct json *root = json_new_object(), *only = json_new_object();
	const char *text;

	json_set_text(only, "by", opinion_stats_bys[by].name);
	json_set_int(only, "from", of->from);
	json_set_int(only, "to", of->to);
	if (of->unit.v != 0)
		json_set_int(only, "unit", of->unit.v);
	json_set(root, "only", only);
	text = json_print(root, a);
	json_free(root);
	return text;
}

/* A number, also written as text; 0: none. */
static int64_t
number(const struct json *v)
{
	return json_sort(v) == JSON_OF_INT ? json_int_of(v)
	                                   : strtoll(json_text_of(v), NULL, 10);
}

struct asked {
	int by; /* -1: all tables */
	struct opinion_stats_of of;
};

static int
read_args(const char *args, struct asked *out)
{
	struct json *root =
	    json_parse(args != NULL && *args != '\0' ? args : "{}");
	const struct json *only = json_get(root, "only");
	const char *by = json_text_of(json_get(only, "by"));
	int64_t from = number(json_get(only, "from"));
	int64_t to = number(json_get(only, "to"));

	*out = (struct asked){
	    .by = *by != '\0' ? enum_index(opinion_stats_bys, by) : -1,
	    .of = {.unit = {number(json_get(only, "unit"))},
	           .from = from != 0 ? from : STATS_EVER_FROM,
	           .to = to != 0 ? to : STATS_EVER_TO}};
	if (root == NULL || (*by != '\0' && out->by < 0)) {
		json_free(root);
		return ERR_INVALID;
	}
	json_free(root);
	return OK;
}

int
export_stats(struct ctx *c, const struct export_to *to)
{
	struct arena *a = arena_new();
	struct asked asked;
	bool first = true;
	int err = read_args(to->args, &asked);

	if (err == OK && !to->json)
		csv_head(to->out);
	for (int by = 0; by < STATS_BYS && err == OK; by++) {
		struct stats_table t;

		if (asked.by >= 0 && asked.by != by)
			continue;
		err = opinion_stats(c, a, (enum opinion_stats_by)by, &asked.of,
		                    &t);
		if (err == OK)
			add_table(a, to, (enum opinion_stats_by)by, &t, &first);
		if (err == OK)
			err = to->flush(to->data);
		arena_reset(a);
	}
	arena_free(a);
	return err;
}
