/*
 * Tasks of projects: what deputies found at visits and what any of them
 * thinks of one, as the lead unit has to answer it. Fields, scope, steps and
 * lists; sending one and its steps are db/project_task_act.c.
 */
#include "db/project_task.h"

#include "db/base/i18n.h"
#include "db/opinion.h"
#include "db/project_task_in.h"

/* clang-format off */
const struct enum_name task_kinds[] = {
	{"opinion", N_("Deputy's opinion")},
	{"finding", N_("Finding")},
	{NULL, NULL},
};

const struct enum_name task_states[] = {
	{"sent",     N_("To accept")},
	{"accepted", N_("To reply")},
	{"replied",  N_("To be rated")},
	{"disputed", N_("Disputed")},
	{"closed",   N_("Concluded")},
	{NULL, NULL},
};

const struct field project_task_fields[] = {
	FIELD(project_task, id,          REF,   N_("Number"), .readonly = true),
	FIELD(project_task, project,     REF,   N_("Project"), .readonly = true),
	FIELD(project_task, unit,        REF,   N_("Unit"), .readonly = true),
	FIELD(project_task, organ,       REF,   N_("Lead unit"), .readonly = true),
	FIELD(project_task, person,      REF,   N_("Deputy"), .readonly = true),
	FIELD(project_task, activity,    REF,   N_("Visit"), .readonly = true),
	FIELD(project_task, kind,        ENUM,  N_("Kind"), .names = task_kinds, .readonly = true),
	FIELD(project_task, words,       LINES, N_("Words"), .max = PROJECT_WORDS_MAX, .required = true, .personal = true),
	FIELD(project_task, state,       ENUM,  N_("State"), .names = task_states, .readonly = true),
	FIELD(project_task, reply,       LINES, N_("Reply"), .personal = true, .readonly = true),
	FIELD(project_task, first_reply, LINES, N_("First reply"), .personal = true, .readonly = true),
	FIELD(project_task, again,       LINES, N_("Not satisfied"), .personal = true, .readonly = true),
	FIELD(project_task, reason,      LINES, N_("Reason"), .personal = true, .readonly = true),
	FIELD(project_task, rounds,      INT,   N_("Times dissatisfied"), .readonly = true),
	FIELD(project_task, rating,      ENUM,  N_("Rating"), .names = opinion_ratings, .readonly = true),
	FIELD(project_task, sent_at,     TIME,  N_("Sent"), .readonly = true),
	FIELD(project_task, clock_at,    TIME,  N_("Clock began"), .readonly = true),
	FIELD(project_task, replied_at,  TIME,  N_("Replied"), .readonly = true),
	FIELD(project_task, closed_at,   TIME,  N_("Closed at"), .readonly = true),
	FIELD(project_task, warn_on,     DAY,   N_("Due soon from"), .readonly = true),
	FIELD(project_task, due_on,      DAY,   N_("Due"), .readonly = true),
	FIELD(project_task, version,     INT,   N_("Times written"), .readonly = true),
	FIELD_END,
};

const struct field task_line_fields[] = {
	FIELD(task_line, id,         REF,   N_("Number"), .width = 6),
	FIELD(task_line, project,    REF,   N_("Project"), .width = 6),
	FIELD(task_line, title,      TEXT,  N_("Project"), .width = 24),
	FIELD(task_line, words,      LINES, N_("Words"), .width = 30),
	FIELD(task_line, name,       TEXT,  N_("Deputy"), .width = 10),
	FIELD(task_line, organ_name, TEXT,  N_("Lead unit"), .width = 14),
	FIELD(task_line, unit_name,  TEXT,  N_("Unit"), .width = 10),
	FIELD(task_line, kind,       ENUM,  N_("Kind"), .names = task_kinds, .width = 8),
	FIELD(task_line, state,      ENUM,  N_("State"), .names = task_states, .width = 12),
	FIELD(task_line, rating,     ENUM,  N_("Rating"), .names = opinion_ratings, .width = 10),
	FIELD(task_line, sent_at,    TIME,  N_("Sent"), .width = 11),
	FIELD(task_line, warn_on,    DAY,   N_("Due soon from")),
	FIELD(task_line, due_on,     DAY,   N_("Due"), .width = 8),
	FIELD_END,
};

static const struct step steps[TASK_STEPS] = {
	[TASK_DO_SEND]   = {"send",   N_("Send")},
	[TASK_DO_ACCEPT] = {"accept", N_("Accept")},
	[TASK_DO_REPLY]  = {"reply",  N_("Reply")},
	[TASK_DO_CLOSE]  = {"close",  N_("Satisfied")},
	[TASK_DO_AGAIN]  = {"again",  N_("Not satisfied")},
	[TASK_DO_INSIST] = {"insist", N_("Not satisfied again")},
	[TASK_DO_END]    = {"end",    N_("End it")},
};

/* The lead unit's steps are the unit's staff's where there is none yet, so
 * that db/project_task_act.c says who may. */
static const struct edge edges[] = {
	/* from          on              to             who may                 reason */
	{FSM_NEW,       TASK_DO_SEND,   TASK_SENT,     PERM_PROJECT_SUPERVISE, false},
	{TASK_SENT,     TASK_DO_ACCEPT, TASK_ACCEPTED, PERM_PROJECT_READ,      false},
	{TASK_SENT,     TASK_DO_REPLY,  TASK_REPLIED,  PERM_PROJECT_READ,      false},
	{TASK_ACCEPTED, TASK_DO_REPLY,  TASK_REPLIED,  PERM_PROJECT_READ,      false},
	{TASK_REPLIED,  TASK_DO_CLOSE,  TASK_CLOSED,   PERM_PROJECT_SUPERVISE, false},
	{TASK_REPLIED,  TASK_DO_AGAIN,  TASK_SENT,     PERM_PROJECT_SUPERVISE, true},
	{TASK_REPLIED,  TASK_DO_INSIST, TASK_DISPUTED, PERM_PROJECT_SUPERVISE, true},
	{TASK_REPLIED,  TASK_DO_END,    TASK_CLOSED,   PERM_PROJECT_APPROVE,   true},
	{TASK_DISPUTED, TASK_DO_END,    TASK_CLOSED,   PERM_PROJECT_APPROVE,   true},
};
/* clang-format on */

#define LINE                                                                   \
	"project_task.id, project_task.project, p.title, project_task.words,"  \
	" coalesce((SELECT d.name FROM person AS d"                            \
	"   WHERE d.id = project_task.person), '') AS name,"                   \
	" coalesce((SELECT o.name FROM organ AS o"                             \
	"   WHERE o.id = project_task.organ), '') AS organ_name,"              \
	" (SELECT u.name FROM unit AS u WHERE u.id = project_task.unit)"       \
	" AS unit_name, project_task.kind, project_task.state,"                \
	" project_task.rating, project_task.sent_at, project_task.warn_on,"    \
	" project_task.due_on"
#define TABLES                                                                 \
	"project_task CROSS JOIN project AS p ON p.id = project_task.project"

static const char *const sql[] = {
    [TASK_SQL_GET] = "SELECT project_task.* FROM project_task"
		     " WHERE project_task.id = :id AND @scope",
    [TASK_SQL_NAMES] = "SELECT " LINE " FROM " TABLES
		       " WHERE project_task.id = :id AND @scope",
    [TASK_SQL_OF] = "SELECT " LINE " FROM " TABLES
		    " WHERE project_task.project = :project AND @scope"
		    " ORDER BY project_task.sent_at DESC, project_task.id DESC"
		    " LIMIT :max",
    [TASK_SQL_COUNT_OF] =
	"SELECT count(*), count(iif(project_task.state <> 'closed', 1, NULL))"
	" FROM project_task WHERE project_task.project = :project AND @scope",
    [TASK_SQL_ADD] =
	"INSERT INTO project_task (id, project, unit, organ, person,"
	" activity, kind, words, state, sent_at, clock_at, warn_on, due_on)"
	" VALUES (:id, :project, :unit, :organ, :person, :activity, :kind,"
	" :words, :state, :sent_at, :clock_at, :warn_on, :due_on)",
    [TASK_SQL_WRITE] =
	"UPDATE project_task SET reply = :reply, first_reply = :first_reply,"
	" again = :again, reason = :reason, rounds = :rounds,"
	" rating = :rating, clock_at = :clock_at, replied_at = :replied_at,"
	" closed_at = :closed_at, warn_on = :warn_on, due_on = :due_on,"
	" version = :version + 1"
	" WHERE id = :id AND version = :version AND @scope",
    /* Of the acting deputy's own. */
    [TASK_SQL_OPINIONS] = "SELECT count(*) FROM project_task"
			  " WHERE project_task.person = :me"
			  "   AND project_task.sent_at >= :from"
			  "   AND project_task.project = :project"
			  "   AND project_task.kind = 'opinion' AND @scope",
    [TASK_SQL_FINDINGS] = "SELECT count(*) FROM project_task"
			  " WHERE project_task.activity = :activity"
			  "   AND project_task.person = :me AND @scope",
    [TASK_SQL_RUNNING] = "SELECT project_task.* FROM project_task"
			 " WHERE project_task.state IN ('sent', 'accepted')"
			 "   AND project_task.due_on > '' AND @scope",
    [TASK_SQL_CLOCK] =
	"UPDATE project_task SET warn_on = :warn_on, due_on = :due_on,"
	" version = version + 1 WHERE id = :id AND @scope",
};

/* An opinion is between its deputy, the unit, the county and the lead unit;
 * a finding was made in the presence of others, so the deputies of the unit
 * see it. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "project_task.unit = :my_unit",
    [SCOPE_STATION] = "project_task.unit = :my_unit",
    [SCOPE_SELF] = "(project_task.person = :me OR"
		   " (project_task.kind = 'finding'"
		   "  AND project_task.unit = :my_unit))",
    [SCOPE_ASSIGNED] = "project_task.organ = :my_organ",
};

const struct entity entity_project_task = {
    .kind = ENTITY_PROJECT_TASK,
    .name = "project_task",
    .label = N_("Project task"),
    .fields = project_task_fields,
    .scope = scope,
    .sql = sql,
    .sql_count = TASK_SQL_COUNT,
    .states = task_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

/* --- lists ----------------------------------------------------------- */

/* clang-format off */
static const struct list_filter filters[TASK_LIST_FILTERS] = {
	[TASK_LIST_PROJECT] = {"project", N_("Project"), "likely(project_task.project = :project)", false},
	[TASK_LIST_STATE]   = {"state", N_("State"), "+project_task.state = :state", true},
	[TASK_LIST_KIND]    = {"kind", N_("Kind"), "+project_task.kind = :kind", true},
	[TASK_LIST_UNIT]    = {"unit", N_("Unit"), "project_task.unit = :unit", false},
	[TASK_LIST_OVERDUE] = {"overdue", N_("Overdue"), "+project_task.due_on < :today AND :overdue = :overdue", false},
	[TASK_LIST_SOON]    = {"soon", N_("Due soon"), "+project_task.warn_on <= :today AND :soon = :soon", false},
};

static const struct list_order latest = {.name = "latest", .label = N_("Newest first"),
	.keys = {"project_task.sent_at", "project_task.id"}, .descending = true};
static const struct list_order due = {.name = "due", .label = N_("By due day"),
	.keys = {"project_task.due_on", "project_task.id"}};

/* A deputy's list is of their own: findings of others are read with the
 * project. */
#define LIST(only_, order_)                                                    \
	{                                                                      \
		.entity = &entity_project_task, .needs = PERM_PROJECT_READ,    \
		.columns = LINE, .from = TABLES, .only = (only_),              \
		.scope_self = "project_task.person = :me",                     \
		.filters = filters, .filter_count = COUNT(filters),            \
		.orders = &(order_), .order_count = 1,                         \
		.fields = task_line_fields,                                    \
		.row_size = sizeof(struct task_line),                          \
	}
/* clang-format on */

const struct list_spec task_list = LIST(NULL, latest);
const struct list_spec task_inbox =
    LIST("project_task.state IN ('sent', 'accepted')", due);

int
task_get(struct ctx *c, struct arena *a, struct project_task_id id,
         struct project_task *out)
{
	struct stmt *q;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project_task, TASK_SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, project_task_fields, out);
}

int
task_names(struct ctx *c, struct arena *a, struct project_task_id id,
           struct task_line *out)
{
	struct stmt *q;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project_task, TASK_SQL_NAMES);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, task_line_fields, out);
}

int
task_of_project(struct ctx *c, struct arena *a, struct project_id id, int max,
                struct task_line **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project_task, TASK_SQL_OF);
	bind_id(q, ":project", id.v);
	bind_int(q, ":max", max);
	return stmt_all(q, a, task_line_fields, sizeof(**rows), max, rows, n);
}

int
task_count(struct ctx *c, struct project_id id, int64_t *all, int64_t *open)
{
	struct stmt *q = ctx_stmt(c, &entity_project_task, TASK_SQL_COUNT_OF);

	bind_id(q, ":project", id.v);
	if (stmt_next(q)) {
		*all = col_int(q, 0);
		*open = col_int(q, 1);
	}
	return stmt_end(q);
}
