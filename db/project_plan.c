/* What of a project is to be done by when. */
#include "db/project_plan.h"

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/project_in.h"
#include "db/setting.h"

enum { MILESTONE_TITLE_MAX = 40, WARN_DAYS = 14, ALL = 100 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(project_milestone, id,       REF,  N_("Number"), .readonly = true),
	FIELD(project_milestone, project,  REF,  N_("Livelihood project"), .readonly = true),
	FIELD(project_milestone, position, INT,  N_("Order"), .readonly = true),
	FIELD(project_milestone, title,    TEXT, N_("Milestone"), .max = MILESTONE_TITLE_MAX, .width = 24, .required = true),
	FIELD(project_milestone, due_on,   DAY,  N_("Due"), .width = 10),
	FIELD(project_milestone, weight,   INT,  N_("Percent"), .width = 4),
	FIELD(project_milestone, done_on,  DAY,  N_("Reached"), .width = 10, .readonly = true),
	FIELD_END,
};
/* clang-format on */

enum {
	SQL_GET,
	SQL_LIST,
	SQL_NEXT,
	SQL_OPEN,
	SQL_CLEAR,
	SQL_ADD,
	SQL_REACH,
	SQL_COUNT
};

static const char *const sql[] = {
    [SQL_GET] = "SELECT project_milestone.* FROM project_milestone"
		" WHERE project_milestone.id = :id AND @scope",
    [SQL_LIST] = "SELECT project_milestone.* FROM project_milestone"
		 " WHERE project_milestone.project = :id AND @scope"
		 " ORDER BY project_milestone.position",
    [SQL_NEXT] = "SELECT project_milestone.due_on FROM project_milestone"
		 " WHERE project_milestone.project = :id"
		 "   AND project_milestone.done_on IS NULL AND @scope"
		 " ORDER BY project_milestone.position LIMIT 1",
    [SQL_OPEN] = "SELECT count(*) FROM project_milestone"
		 " WHERE project_milestone.project = :id"
		 "   AND project_milestone.done_on IS NULL AND @scope",
    [SQL_CLEAR] = "DELETE FROM project_milestone"
		  " WHERE project = :id AND @scope",
    [SQL_ADD] =
	"INSERT INTO project_milestone (id, project, position, title, due_on,"
	" weight) VALUES (:id, :project, :position, :title, :due_on, :weight)",
    [SQL_REACH] = "UPDATE project_milestone SET done_on = :done_on"
		  " WHERE id = :id AND @scope",
};

static const char *const scope[SCOPES] = {
    PROJECT_CHILD_SCOPE("project_milestone"),
    [SCOPE_PUBLIC] = PROJECT_PUBLIC("project_milestone"),
};

const struct entity entity_project_milestone = {
    .kind = ENTITY_PROJECT_MILESTONE,
    .name = "project_milestone",
    .label = N_("Milestone"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
};

/* --- reading --------------------------------------------------------- */

int
milestone_list(struct ctx *c, struct arena *a, struct project_id id,
               struct project_milestone **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project_milestone, SQL_LIST);
	bind_id(q, ":id", id.v);
	return stmt_all(q, a, fields, sizeof(**rows), PROJECT_MILESTONES_MAX,
	                rows, n);
}

int
milestones_open(struct ctx *c, struct project_id id, int64_t *n)
{
	struct stmt *q = ctx_stmt(c, &entity_project_milestone, SQL_OPEN);

	bind_id(q, ":id", id.v);
	return stmt_int(q, n);
}

/* A step at each milestone: what is half reached is not reached, and between
 * two of them nothing was promised that could be late. */
int64_t
plan_percent(const struct project_milestone *rows, int n, int64_t month)
{
	int64_t sum = 0;

	for (int i = 0; i < n; i++)
		if (month_of(rows[i].due_on) <= month)
			sum += rows[i].weight;
	return sum;
}

int
project_next_due(struct ctx *c, struct project *row)
{
	struct day due = row->ends_on, none = {0};
	int64_t days;
	struct stmt *q;
	int err = setting_number(c, "project.warn_days", WARN_DAYS, &days);

	row->warn_on = row->due_on = clock_no_day;
	if (err != OK ||
	    (row->state != PROJECT_PLANNED && row->state != PROJECT_RUNNING))
		return err;
	q = ctx_stmt(c, &entity_project_milestone, SQL_NEXT);
	bind_id(q, ":id", row->id.v);
	if (stmt_next(q))
		err = day_parse(col_text(q, 0), none, &due);
	if (err == OK)
		err = stmt_end(q);
	if (err != OK)
		return err;
	row->due_on = due;
	row->warn_on = day_add(due, -(int)days);
	return OK;
}

/* --- planning -------------------------------------------------------- */

static int
check_lead(struct ctx *c, const struct project *row, struct organ_id lead)
{
	struct stmt *q = ctx_stmt(c, &entity_project, PROJECT_SQL_ORGAN);
	int64_t found;
	int err;

	bind_id(q, ":organ", lead.v);
	bind_id(q, ":unit", row->unit.v);
	err = stmt_int(q, &found);
	if (err != ERR_NOT_FOUND)
		return err;
	ctx_fault(c, "lead", N_("Choose an office of the unit or the county."));
	return OK;
}

static void
check_milestones(struct ctx *c, struct arena *a, struct project_act *act)
{
	struct milestone_entry *clean;
	struct day before = act->starts_on;
	int64_t sum = 0;
	int n = act->milestone_count;

	if (n < 1 || n > PROJECT_MILESTONES_MAX) {
		ctx_fault(c, "milestones",
		          N_("A plan has between 1 and 12 milestones."));
		return;
	}
	clean = arena_alloc(a, (size_t)n * sizeof(*clean));
	for (int i = 0; i < n; i++) {
		clean[i] = act->milestones[i];
		clean[i].title =
		    entry_text(c, a, "milestones", clean[i].title, TEXT_LINE,
		               MILESTONE_TITLE_MAX, true);
		if (!day_is_valid(clean[i].due_on) ||
		    day_compare(clean[i].due_on, before) < (i > 0) ||
		    day_compare(clean[i].due_on, act->ends_on) > 0)
			ctx_fault(c, "milestones",
			          N_("Their days rise, from the begin to the "
			             "end."));
		if (clean[i].weight < 1)
			ctx_fault(c, "milestones",
			          N_("Each is at least one percent."));
		before = clean[i].due_on;
		sum += clean[i].weight;
	}
	if (sum != ALL)
		ctx_fault(c, "milestones",
		          N_("Together they are 100 "
		             "percent."));
	act->milestones = clean;
}

int
plan_check(struct ctx *c, struct arena *a, const struct project *row,
           struct project_act *act)
{
	bool days = day_is_valid(act->starts_on) && day_is_valid(act->ends_on);
	int err = check_lead(c, row, act->lead);

	act->leader = entry_text(c, a, "leader", act->leader, TEXT_LINE,
	                         PROJECT_NAME_MAX, true);
	if (act->budget < 1 || act->budget > PROJECT_BUDGET_MAX)
		ctx_fault(c, "budget",
		          N_("Enter an amount of yuan, up to a milliard."));
	if (!day_is_valid(act->starts_on))
		ctx_fault(c, "starts_on", N_("Enter a day."));
	if (!day_is_valid(act->ends_on))
		ctx_fault(c, "ends_on", N_("Enter a day."));
	if (days && day_compare(act->starts_on, act->ends_on) >= 0)
		ctx_fault(c, "ends_on", N_("It ends after it begins."));
	else if (days)
		check_milestones(c, a, act);
	return err;
}

static int
add_milestone(struct ctx *c, const struct project *row, int i,
              const struct milestone_entry *entry)
{
	struct project_milestone m = {
	    .id = {ctx_new_id(c, &entity_project_milestone)},
	    .project = row->id,
	    .position = i + 1,
	    .title = entry->title,
	    .due_on = entry->due_on,
	    .weight = entry->weight,
	};
	struct stmt *q = ctx_stmt(c, &entity_project_milestone, SQL_ADD);

	bind_fields(q, fields, &m);
	return stmt_run(q, NULL);
}

int
plan_write(struct ctx *c, struct project *row, const struct project_act *act)
{
	struct stmt *q = ctx_stmt(c, &entity_project_milestone, SQL_CLEAR);
	int err;

	bind_id(q, ":id", row->id.v);
	err = stmt_run(q, NULL);
	for (int i = 0; err == OK && i < act->milestone_count; i++)
		err = add_milestone(c, row, i, &act->milestones[i]);
	row->lead = act->lead;
	row->leader = act->leader;
	row->budget = act->budget;
	row->starts_on = act->starts_on;
	row->ends_on = act->ends_on;
	return err == OK ? project_next_due(c, row) : err;
}

/* --- reaching -------------------------------------------------------- */

bool
project_may_carry(const struct ctx *c)
{
	return may(c, PERM_PROJECT_OFFICE) || may(c, PERM_PROJECT_WRITE);
}

int
milestone_write(struct ctx *c, struct project_milestone_id id, struct day on)
{
	struct stmt *q = ctx_stmt(c, &entity_project_milestone, SQL_REACH);

	bind_id(q, ":id", id.v);
	bind_day(q, ":done_on", on);
	return stmt_run(q, NULL);
}

static int
reach(struct ctx *c, struct project *p, struct project_milestone_id id,
      struct day on)
{
	int err = milestone_write(c, id, on);

	if (err == OK)
		err = project_next_due(c, p);
	return err == OK ? project_write(c, p) : err;
}

/* The milestone and its project, which is under way. */
static int
read_running(struct ctx *c, struct arena *a, struct project_milestone_id id,
             struct project_milestone *m, struct project *p)
{
	struct stmt *q;
	int err;

	if (!project_may_carry(c))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project_milestone, SQL_GET);
	bind_id(q, ":id", id.v);
	err = stmt_one(q, a, fields, m);
	if (err == OK)
		err = project_get(c, a, m->project, p);
	return err == OK && p->state != PROJECT_RUNNING ? ERR_STATE : err;
}

int
milestone_reach(struct ctx *c, struct project_milestone_id id, struct day on)
{
	struct arena *a = arena_new();
	struct project_milestone m;
	struct project p;
	int err = read_running(c, a, id, &m, &p);

	if (err != OK)
		goto done;
	ctx_check_begin(c);
	if (on.year != 0 &&
	    (!day_is_valid(on) || day_compare(on, ctx_today(c)) > 0))
		ctx_fault(c, "done_on", N_("It is reached today or was."));
	err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, ACTION_PROJECT_MILESTONE, ENTITY_PROJECT,
		                  p.id.v, p.unit.v);
	if (err == OK)
		err = event_end(c, reach(c, &p, id, on));
done:
	arena_free(a);
	return err;
}
