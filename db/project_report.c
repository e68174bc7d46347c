/* Monthly reports of projects, and the picture of planned against done. */
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/project_in.h"
#include "db/store/fsm.h"

enum { REPORTS_MAX = 240, MONTHS_MAX = 240, ALL = 100 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(project_report, id,      REF,   N_("Number"), .readonly = true),
	FIELD(project_report, project, REF,   N_("Livelihood project"), .readonly = true),
	FIELD(project_report, month,   INT,   N_("Month"), .width = 7),
	FIELD(project_report, planned, INT,   N_("Planned"), .width = 4, .readonly = true),
	FIELD(project_report, done,    INT,   N_("Done"), .width = 4),
	FIELD(project_report, spent,   INT,   N_("Spent"), .hint = N_("yuan in all")),
	FIELD(project_report, words,   LINES, N_("Work done"), .max = PROJECT_WORDS_MAX, .required = true),
	FIELD(project_report, next,    LINES, N_("What comes next"), .max = PROJECT_WORDS_MAX),
	FIELD(project_report, at,      TIME,  N_("When"), .readonly = true),
	FIELD(project_report, by,      REF,   N_("Who"), .readonly = true),
	FIELD(project_report, event,   REF,   N_("Event"), .readonly = true),
	FIELD_END,
};
/* clang-format on */

enum { SQL_LIST, SQL_ADD, SQL_HAS, SQL_BEFORE, SQL_AFTER, SQL_COUNT };

#define OF_MONTH(what)                                                         \
	"FROM project_report WHERE project_report.project = :project"          \
	" AND project_report.month " what " AND @scope"

static const char *const sql[] = {
    [SQL_LIST] = "SELECT project_report.* FROM project_report"
		 " WHERE project_report.project = :project AND @scope"
		 " ORDER BY project_report.month",
    [SQL_ADD] =
	"INSERT INTO project_report (id, project, month, planned, done, spent,"
	" words, next, at, by, event) VALUES (:id, :project, :month, :planned,"
	" :done, :spent, :words, :next, :at, :by, :event)",
    [SQL_HAS] = "SELECT project_report.id " OF_MONTH("= :month"),
    [SQL_BEFORE] = "SELECT project_report.done " OF_MONTH(
	"< :month") " ORDER BY project_report.month DESC LIMIT 1",
    [SQL_AFTER] = "SELECT project_report.done " OF_MONTH(
	"> :month") " ORDER BY project_report.month LIMIT 1",
};

static const char *const scope[SCOPES] = {
    PROJECT_CHILD_SCOPE("project_report"),
    [SCOPE_PUBLIC] = PROJECT_PUBLIC("project_report"),
};

const struct entity entity_project_report = {
    .kind = ENTITY_PROJECT_REPORT,
    .name = "project_report",
    .label = N_("Monthly report"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
};

/* --- reading --------------------------------------------------------- */

int
report_list(struct ctx *c, struct arena *a, struct project_id id,
            struct project_report **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project_report, SQL_LIST);
	bind_id(q, ":project", id.v);
	return stmt_all(q, a, fields, sizeof(**rows), REPORTS_MAX, rows, n);
}

/* The month that has to be reported first: after the last one, not after
 * this one. */
static int64_t
next_month(const struct ctx *c, const struct project *p)
{
	int64_t now = month_of(ctx_today(c));
	int64_t month = p->reported != 0 ? month_add(p->reported, 1)
	                                 : month_of(p->starts_on);

	return month < now ? month : now;
}

int
report_default(struct ctx *c, struct arena *a, struct project_id id,
               struct project_report *out)
{
	struct project p;
	int err = project_get(c, a, id, &p);

	if (err != OK)
		return err;
	if (p.state != PROJECT_RUNNING)
		return ERR_STATE;
	*out = (struct project_report){
	    .project = id,
	    .month = next_month(c, &p),
	    .done = p.done,
	    .spent = p.spent,
	    .words = "",
	    .next = "",
	};
	return OK;
}

/* --- reporting ------------------------------------------------------- */

/* What a neighbour in time says; otherwise when there is none. */
static int
neighbour(struct ctx *c, const struct project_report *row, int which,
          int64_t otherwise, int64_t *done)
{
	struct stmt *q = ctx_stmt(c, &entity_project_report, which);
	int err;

	bind_fields(q, fields, row);
	err = stmt_int(q, done);
	if (err != ERR_NOT_FOUND)
		return err;
	*done = otherwise;
	return OK;
}

static int
check_done(struct ctx *c, const struct project_report *row)
{
	int64_t least, most;
	int err = neighbour(c, row, SQL_BEFORE, 0, &least);

	if (err == OK)
		err = neighbour(c, row, SQL_AFTER, ALL, &most);
	if (err != OK)
		return err;
	if (row->done < 0 || row->done > ALL)
		ctx_fault(c, "done", N_("Between 0 and 100 percent."));
	else if (row->done < least || row->done > most)
		ctx_fault(c, "done",
		          N_("It does not fit the reports before "
		             "and after."));
	return OK;
}

static int
check_month(struct ctx *c, const struct project *p,
            const struct project_report *row)
{
	struct stmt *q;
	int64_t found;
	int err;

	if (row->month < month_of(p->starts_on) ||
	    row->month > month_of(ctx_today(c)) || row->month % 100 < 1 ||
	    row->month % 100 > 12) {
		ctx_fault(c, "month",
		          N_("Enter a month from its begin until now."));
		return OK;
	}
	q = ctx_stmt(c, &entity_project_report, SQL_HAS);
	bind_fields(q, fields, row);
	err = stmt_int(q, &found);
	if (err == ERR_NOT_FOUND)
		return OK;
	return err == OK ? ERR_EXISTS : err;
}

static void
check_reached(struct ctx *c, const struct project_milestone *all, int n,
              const struct project_milestone_id *reached, int reached_count)
{
	for (int i = 0; i < reached_count; i++) {
		bool known = false;

		for (int k = 0; k < n; k++)
			known = known || (all[k].id.v == reached[i].v &&
			                  all[k].done_on.year == 0);
		if (!known)
			ctx_fault(c, "milestones",
			          N_("Choose milestones of the project that "
			             "are not reached."));
	}
}

static int
check(struct ctx *c, struct arena *a, const struct project *p,
      struct project_report *row, const struct project_milestone_id *reached,
      int reached_count)
{
	struct project_milestone *all;
	int n, err = milestone_list(c, a, p->id, &all, &n);

	if (err != OK)
		return err;
	ctx_check_begin(c);
	entry_clean(c, a, fields, row);
	if (row->spent < 0 || row->spent > PROJECT_BUDGET_MAX)
		ctx_fault(c, "spent",
		          N_("Enter an amount of yuan, up to a milliard."));
	check_reached(c, all, n, reached, reached_count);
	err = check_month(c, p, row);
	if (err == OK)
		err = check_done(c, row);
	row->planned = plan_percent(all, n, row->month);
	return err == OK ? ctx_check_end(c) : err;
}

static int
write(struct ctx *c, struct project *p, struct project_report *row,
      const struct project_milestone_id *reached, int reached_count)
{
	struct stmt *q;
	int err =
	    fsm_fire(c, &entity_project, p->id.v, PROJECT_DO_REPORT, &p->state);

	if (err != OK)
		return err;
	row->id.v = ctx_new_id(c, &entity_project_report);
	row->at = ctx_now(c);
	row->by.v = c->me;
	row->event.v = event_id(c);
	q = ctx_stmt(c, &entity_project_report, SQL_ADD);
	bind_fields(q, fields, row);
	err = stmt_run(q, NULL);
	for (int i = 0; err == OK && i < reached_count; i++)
		err = milestone_write(c, reached[i], ctx_today(c));
	if (row->month > p->reported) {
		p->reported = row->month;
		p->done = row->done;
		p->spent = row->spent;
	}
	if (err == OK)
		err = project_next_due(c, p);
	return err == OK ? project_write(c, p) : err;
}

int
report_add(struct ctx *c, const struct project_report *entry,
           const struct project_milestone_id *reached, int reached_count)
{
	struct project_report row = *entry;
	struct arena *a = arena_new();
	struct project p;
	int err = may(c, PERM_PROJECT_OFFICE)
	              ? project_get(c, a, entry->project, &p)
	              : ERR_DENIED;

	if (err == OK && p.state != PROJECT_RUNNING)
		err = ERR_STATE;
	if (err == OK)
		err = check(c, a, &p, &row, reached, reached_count);
	if (err == OK)
		err = event_begin(c, ACTION_PROJECT_REPORT, ENTITY_PROJECT,
		                  p.id.v, p.unit.v);
	if (err == OK)
		err = event_end(c, write(c, &p, &row, reached, reached_count));
	arena_free(a);
	return err;
}

/* --- month by month -------------------------------------------------- */

static int64_t
last_month(const struct ctx *c, const struct project *p)
{
	int64_t last = month_of(p->ends_on), now = month_of(ctx_today(c));

	if (p->reported > last)
		last = p->reported;
	return p->state == PROJECT_RUNNING && now > last ? now : last;
}

int
project_months(struct ctx *c, struct arena *a, struct project_id id,
               struct project_month **rows, int *n)
{
	struct project_milestone *plan;
	struct project_report *reports;
	struct project p;
	int64_t month, last;
	int planned, reported, at = 0, err = project_get(c, a, id, &p);

	*n = 0;
	if (err == OK)
		err = milestone_list(c, a, id, &plan, &planned);
	if (err == OK)
		err = report_list(c, a, id, &reports, &reported);
	if (err != OK || p.starts_on.year == 0)
		return err;
	*rows = arena_alloc(a, MONTHS_MAX * sizeof(**rows));
	last = last_month(c, &p);
	for (month = month_of(p.starts_on); month <= last && *n < MONTHS_MAX;
	     month = month_add(month, 1)) {
		struct project_month *m = &(*rows)[(*n)++];

		*m = (struct project_month){
		    .month = month,
		    .planned = plan_percent(plan, planned, month),
		    .done = -1,
		};
		if (at < reported && reports[at].month == month)
			m->done = reports[at++].done;
	}
	return OK;
}
