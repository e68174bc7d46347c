/* The overview of livelihood projects as rows, for whoever counts on with
 * them. */
#include "db/export_project.h"

#include <inttypes.h>
#include <stdlib.h>

#include "db/base/csv_write.h"
#include "db/base/i18n.h"
#include "db/base/json.h"
#include "db/project_stats.h"

/* clang-format off */
static const struct column {
	const char *key, *label; /* msgid */
	size_t at;
} columns[] = {
	{"proposals",        N_("Proposals"),            offsetof(struct project_figures, proposals)},
	{"selected",         N_("Selected"),             offsetof(struct project_figures, selected)},
	{"green",            N_("green"),                offsetof(struct project_figures, green)},
	{"yellow",           N_("yellow"),               offsetof(struct project_figures, yellow)},
	{"red",              N_("red"),                  offsetof(struct project_figures, red)},
	{"done",             N_("Done"),                 offsetof(struct project_figures, done)},
	{"stopped",          N_("Stopped"),              offsetof(struct project_figures, stopped)},
	{"budget",           N_("Budget"),               offsetof(struct project_figures, budget)},
	{"spent",            N_("Spent"),                offsetof(struct project_figures, spent)},
	{"satisfied",        N_("Satisfied"),            offsetof(struct project_figures, satisfied)},
	{"basic",            N_("Basically satisfied"),  offsetof(struct project_figures, basic)},
	{"dissatisfied",     N_("Dissatisfied"),         offsetof(struct project_figures, dissatisfied)},
	{"public_satisfied", N_("Satisfied, of the public"), offsetof(struct project_figures, public_satisfied)},
	{"public_rated",     N_("Rated, of the public"), offsetof(struct project_figures, public_rated)},
};
/* clang-format on */

static int64_t
value_of(const struct project_figures *row, size_t i)
{
	return *(const int64_t *)((const char *)row + columns[i].at);
}

static void
csv_head(struct buf *out)
{
	csv_begin(out);
	csv_text(out, true, _("Year"));
	csv_text(out, false, _("Unit"));
	for (size_t i = 0; i < COUNT(columns); i++)
		csv_text(out, false, _(columns[i].label));
	csv_end_row(out);
}

static void
add_csv(struct arena *a, struct buf *out, int64_t year,
        const struct project_figures *row)
{
	csv_text(out, true, arena_printf(a, "%" PRId64, year));
	csv_text(out, false, row->unit_name);
	for (size_t i = 0; i < COUNT(columns); i++)
		csv_text(out, false,
		         arena_printf(a, "%" PRId64, value_of(row, i)));
	csv_end_row(out);
}

static void
add_json(struct arena *a, struct buf *out, int64_t year,
         const struct project_figures *row, bool first)
{
	struct json *j = json_new_object();

	json_set_int(j, "year", year);
	json_set_text(j, "unit", row->unit_name);
	for (size_t i = 0; i < COUNT(columns); i++)
		json_set_int(j, columns[i].key, value_of(row, i));
	buf_addf(out, "%s%s", first ? "\n" : ",\n", json_print(j, a));
	json_free(j);
}

/* The sum at the end is the reader's to make. */
static int
add_year(struct ctx *c, struct arena *a, const struct export_to *to,
         int64_t year, bool *first)
{
	struct project_figures *rows;
	int n, err = project_stats(c, a, year, &rows, &n);

	for (int i = 0; err == OK && i < n; i++) {
		if (rows[i].unit.v == 0)
			continue;
		if (to->json)
			add_json(a, to->out, year, &rows[i], *first);
		else
			add_csv(a, to->out, year, &rows[i]);
		*first = false;
	}
	return err == OK ? to->flush(to->data) : err;
}

const char *
export_projects_args(struct arena *a, int64_t year)
{
	struct json *root = json_new_object(), *only = json_new_object();
	const char *text;

	json_set_int(only, "year", year);
	json_set(root, "only", only);
	text = json_print(root, a);
	json_free(root);
	return text;
}

/* 0: all years. A number may be written as text. */
static int
read_args(const char *args, int64_t *year)
{
	struct json *root =
	    json_parse(args != NULL && *args != '\0' ? args : "{}");
	const struct json *v = json_get(json_get(root, "only"), "year");

	*year = json_sort(v) == JSON_OF_INT
	            ? json_int_of(v)
	            : strtoll(json_text_of(v), NULL, 10);
	json_free(root);
	return root == NULL ? ERR_INVALID : OK;
}

int
export_projects(struct ctx *c, const struct export_to *to)
{
	struct arena *a = arena_new();
	int64_t year, first, last;
	bool is_first = true;
	int err = read_args(to->args, &year);

	if (err == OK)
		err = project_years(c, &first, &last);
	if (err == OK && year != 0)
		first = last = year;
	if (err == OK && !to->json)
		csv_head(to->out);
	for (; err == OK && first != 0 && first <= last; first++) {
		err = add_year(c, a, to, first, &is_first);
		arena_reset(a);
	}
	arena_free(a);
	return err;
}
