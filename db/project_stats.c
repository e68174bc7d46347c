/* The county's overview of livelihood projects, read from indexes that hold
 * all of it: (year, unit, ...) of projects, (project, grade, ...) of ratings.
 */
#include "db/project_stats.h"

#include "db/base/field.h"
#include "db/store/stmt.h"

enum { UNITS_MAX = 500 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(project_figures, unit,      REF,  ""),
	FIELD(project_figures, unit_name, TEXT, ""),
	FIELD(project_figures, proposals, INT,  ""),
	FIELD(project_figures, selected,  INT,  ""),
	FIELD(project_figures, green,     INT,  ""),
	FIELD(project_figures, yellow,    INT,  ""),
	FIELD(project_figures, red,       INT,  ""),
	FIELD(project_figures, done,      INT,  ""),
	FIELD(project_figures, stopped,   INT,  ""),
	FIELD(project_figures, budget,    INT,  ""),
	FIELD(project_figures, spent,     INT,  ""),
	FIELD_END,
};
/* clang-format on */

#define WAS_SELECTED                                                           \
	"project.state IN ('selected', 'planned', 'running', 'claimed',"       \
	" 'inspected', 'rated', 'archived', 'stopped')"
#define HAS_LIGHT                                                              \
	"project.state IN ('planned', 'running', 'claimed', 'inspected',"      \
	" 'rated')"

static const char sql_figures[] =
    "SELECT unit.id AS unit, unit.name AS unit_name, f.proposals, f.selected,"
    " f.green, f.yellow, f.red, f.done, f.stopped, f.budget, f.spent"
    "  FROM unit CROSS JOIN (SELECT project.unit AS unit,"
    "   sum(project.state <> 'held') AS proposals,"
    "   sum(" WAS_SELECTED ") AS selected,"
    "   sum(" HAS_LIGHT " AND project.warn_on > :today) AS green,"
    "   sum(" HAS_LIGHT " AND project.warn_on <= :today"
    "       AND project.due_on >= :today) AS yellow,"
    "   sum(" HAS_LIGHT " AND project.due_on < :today) AS red,"
    "   sum(project.state IN ('inspected', 'rated', 'archived')) AS done,"
    "   sum(project.state = 'stopped') AS stopped,"
    "   sum(iif(" WAS_SELECTED ", project.budget, 0)) AS budget,"
    "   sum(iif(" WAS_SELECTED ", project.spent, 0)) AS spent"
    "   FROM project WHERE project.year = :year AND @scope"
    "   GROUP BY project.unit) AS f ON f.unit = unit.id"
    " ORDER BY unit.position, unit.id";

/* In the order of the index by year and unit: no sorting. */
static const char sql_ratings[] =
    "SELECT project.unit,"
    " sum(r.person IS NOT NULL AND r.grade = 'satisfied'),"
    " sum(r.person IS NOT NULL AND r.grade = 'basic'),"
    " sum(r.person IS NOT NULL AND r.grade = 'dissatisfied'),"
    " sum(r.person IS NULL AND r.grade = 'satisfied'),"
    " sum(r.person IS NULL)"
    "  FROM project CROSS JOIN project_rating AS r ON r.project = project.id"
    " WHERE project.year = :year AND @scope GROUP BY project.unit";

static const char sql_first[] =
    "SELECT project.year FROM project WHERE project.year > 0 AND @scope"
    " ORDER BY project.year LIMIT 1";
static const char sql_last[] =
    "SELECT project.year FROM project WHERE project.year > 0 AND @scope"
    " ORDER BY project.year DESC LIMIT 1";

static int
read_ratings(struct ctx *c, int64_t year, struct project_figures *rows, int n)
{
	struct stmt *q = ctx_sql(c, &entity_project, sql_ratings);

	bind_int(q, ":year", year);
	while (stmt_next(q))
		for (int i = 0; i < n; i++) {
			if (rows[i].unit.v != col_int(q, 0))
				continue;
			rows[i].satisfied = col_int(q, 1);
			rows[i].basic = col_int(q, 2);
			rows[i].dissatisfied = col_int(q, 3);
			rows[i].public_satisfied = col_int(q, 4);
			rows[i].public_rated = col_int(q, 5);
		}
	return stmt_end(q);
}

static void
add_up(const struct project_figures *rows, int n, struct project_figures *sum)
{
	*sum = (struct project_figures){.unit_name = ""};
	for (int i = 0; i < n; i++) {
		sum->proposals += rows[i].proposals;
		sum->selected += rows[i].selected;
		sum->green += rows[i].green;
		sum->yellow += rows[i].yellow;
		sum->red += rows[i].red;
		sum->done += rows[i].done;
		sum->stopped += rows[i].stopped;
		sum->budget += rows[i].budget;
		sum->spent += rows[i].spent;
		sum->satisfied += rows[i].satisfied;
		sum->basic += rows[i].basic;
		sum->dissatisfied += rows[i].dissatisfied;
		sum->public_satisfied += rows[i].public_satisfied;
		sum->public_rated += rows[i].public_rated;
	}
}

int
project_stats(struct ctx *c, struct arena *a, int64_t year,
              struct project_figures **rows, int *n)
{
	struct project_figures *units, *all;
	struct stmt *q;
	int err;

	if (!may(c, PERM_PROJECT_STATS))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_project, sql_figures);
	bind_int(q, ":year", year);
	err = stmt_all(q, a, fields, sizeof(*units), UNITS_MAX, &units, n);
	if (err == OK)
		err = read_ratings(c, year, units, *n);
	if (err != OK)
		return err;
	all = arena_alloc(a, ((size_t)*n + 1) * sizeof(*all));
	for (int i = 0; i < *n; i++)
		all[i] = units[i];
	add_up(units, *n, &all[*n]);
	*rows = all;
	(*n)++;
	return OK;
}

int
project_years(struct ctx *c, int64_t *first, int64_t *last)
{
	int err;

	*first = *last = 0;
	if (!may(c, PERM_PROJECT_STATS))
		return ERR_DENIED;
	err = stmt_int(ctx_sql(c, &entity_project, sql_first), first);
	if (err == OK)
		err = stmt_int(ctx_sql(c, &entity_project, sql_last), last);
	return err == ERR_NOT_FOUND ? OK : err;
}
