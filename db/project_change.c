/*
 * Changes of what was decided about a project: asked by who carries it out,
 * decided by who may approve and never by who asked. Source: domain.md: "a
 * change needs the standing committee's approval".
 */
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/project_in.h"
#include "db/store/fsm.h"

enum { CHANGES_MAX = 100 };

/* clang-format off */
const struct enum_name change_kinds[] = {
	{"scope",  N_("Scope")},
	{"budget", N_("Budget")},
	{"time",   N_("Schedule")},
	{"stop",   N_("Stop")},
	{NULL, NULL},
};

const struct enum_name change_states[] = {
	{"asked", N_("Waits for approval")},
	{"approved", N_("Approved")},
	{"refused",  N_("Not approved")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(project_change, id,         REF,   N_("Number"), .readonly = true),
	FIELD(project_change, project,    REF,   N_("Livelihood project"), .readonly = true),
	FIELD(project_change, kind,       ENUM,  N_("What changes"), .names = change_kinds, .width = 8),
	FIELD(project_change, words,      LINES, N_("What and why"), .max = PROJECT_WORDS_MAX, .required = true),
	FIELD(project_change, budget,     INT,   N_("New budget"), .hint = N_("yuan")),
	FIELD(project_change, ends_on,    DAY,   N_("New end")),
	FIELD(project_change, state,      ENUM,  N_("State"), .names = change_states, .width = 8, .readonly = true),
	FIELD(project_change, asked_at,   TIME,  N_("Asked"), .readonly = true),
	FIELD(project_change, asked_by,   REF,   N_("Asked by"), .readonly = true),
	FIELD(project_change, decided_at, TIME,  N_("Decided on"), .readonly = true),
	FIELD(project_change, decided_by, REF,   N_("Decided by"), .readonly = true),
	FIELD(project_change, decision,   TEXT,  N_("Approval"), .max = PROJECT_REASON_MAX, .readonly = true),
	FIELD_END,
};

static const struct step steps[] = {
	[CHANGE_APPROVED] = {"approve", N_("Approve")},
	[CHANGE_REFUSED]  = {"refuse",  N_("Do not approve")},
};
static const struct edge edges[] = {
	{CHANGE_ASKED, CHANGE_APPROVED, CHANGE_APPROVED, PERM_PROJECT_APPROVE, false},
	{CHANGE_ASKED, CHANGE_REFUSED,  CHANGE_REFUSED,  PERM_PROJECT_APPROVE, true},
};
/* clang-format on */

enum { SQL_GET, SQL_LIST, SQL_OPEN, SQL_ADD, SQL_DECIDE, SQL_LAST, SQL_COUNT };

static const char *const sql[] = {
    [SQL_GET] = "SELECT project_change.* FROM project_change"
		" WHERE project_change.id = :id AND @scope",
    [SQL_LIST] = "SELECT project_change.* FROM project_change"
		 " WHERE project_change.project = :id AND @scope"
		 " ORDER BY project_change.id",
    [SQL_OPEN] = "SELECT project_change.id FROM project_change"
		 " WHERE project_change.project = :id"
		 "   AND project_change.state = 'asked' AND @scope",
    [SQL_ADD] =
	"INSERT INTO project_change (id, project, kind, words, budget,"
	" ends_on, state, asked_at, asked_by) VALUES (:id, :project, :kind,"
	" :words, :budget, :ends_on, :state, :asked_at, :asked_by)",
    [SQL_DECIDE] = "UPDATE project_change SET decided_at = :now,"
		   " decided_by = :decided_by, decision = :decision"
		   " WHERE id = :id AND @scope",
    /* The end moves the last milestone, unless that is reached. */
    [SQL_LAST] = "UPDATE project_milestone SET due_on = :ends_on"
		 " WHERE id = (SELECT m.id FROM project_milestone AS m"
		 "   WHERE m.project = :project"
		 "   ORDER BY m.position DESC LIMIT 1) AND done_on IS NULL",
};

static const char *const scope[SCOPES] = {
    PROJECT_CHILD_SCOPE("project_change"),
};

const struct entity entity_project_change = {
    .kind = ENTITY_PROJECT_CHANGE,
    .name = "project_change",
    .label = N_("Change of a project"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
    .states = change_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

int
change_list(struct ctx *c, struct arena *a, struct project_id id,
            struct project_change **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project_change, SQL_LIST);
	bind_id(q, ":id", id.v);
	return stmt_all(q, a, fields, sizeof(**rows), CHANGES_MAX, rows, n);
}

/* --- asking ---------------------------------------------------------- */

/* The new end lies after the begin and after all milestones but the last,
 * which moves with it. */
static int
check_end(struct ctx *c, struct arena *a, const struct project *p,
          struct day ends_on)
{
	struct project_milestone *rows;
	int n, err = milestone_list(c, a, p->id, &rows, &n);

	if (err != OK)
		return err;
	if (!day_is_valid(ends_on) || day_compare(ends_on, p->starts_on) <= 0 ||
	    day_compare(ends_on, p->ends_on) == 0 ||
	    (n > 1 && day_compare(ends_on, rows[n - 2].due_on) <= 0) ||
	    (n > 0 && rows[n - 1].done_on.year != 0 &&
	     day_compare(ends_on, rows[n - 1].due_on) < 0))
		ctx_fault(c, "ends_on",
		          N_("Enter another end, after all other "
		             "milestones."));
	return OK;
}

static int
check(struct ctx *c, struct arena *a, const struct project *p,
      struct project_change *row)
{
	int err = OK;

	ctx_check_begin(c);
	row->decision = "";
	entry_clean(c, a, fields, row);
	if (row->kind < CHANGE_SCOPE || row->kind > CHANGE_STOP ||
	    (p->state == PROJECT_SELECTED &&
	     (row->kind == CHANGE_BUDGET || row->kind == CHANGE_TIME)))
		ctx_fault(c, "kind",
		          N_("Choose what changes; budget and time are "
		             "planned first."));
	if (row->kind != CHANGE_BUDGET)
		row->budget = 0;
	else if (row->budget < 1 || row->budget > PROJECT_BUDGET_MAX)
		ctx_fault(c, "budget",
		          N_("Enter an amount of yuan, up to a milliard."));
	else if (row->budget == p->budget)
		ctx_fault(c, "budget",
		          N_("That is the budget now: enter another."));
	if (row->kind != CHANGE_TIME)
		row->ends_on = (struct day){0};
	else if (p->state != PROJECT_SELECTED)
		err = check_end(c, a, p, row->ends_on);
	return err == OK ? ctx_check_end(c) : err;
}

static bool
can_change(int state)
{
	return state >= PROJECT_SELECTED && state <= PROJECT_CLAIMED;
}

/* One is open already. */
static int
check_open(struct ctx *c, struct project_id id)
{
	struct stmt *q = ctx_stmt(c, &entity_project_change, SQL_OPEN);
	int64_t open;
	int err;

	bind_id(q, ":id", id.v);
	err = stmt_int(q, &open);
	if (err == ERR_NOT_FOUND)
		return OK;
	return err == OK ? ERR_EXISTS : err;
}

static int
insert(struct ctx *c, struct project *p, struct project_change *row)
{
	struct stmt *q;
	int err;

	row->id.v = ctx_new_id(c, &entity_project_change);
	row->state = CHANGE_ASKED;
	row->asked_at = ctx_now(c);
	row->asked_by.v = c->me;
	q = ctx_stmt(c, &entity_project_change, SQL_ADD);
	bind_fields(q, fields, row);
	err = stmt_run(q, NULL);
	return err == OK ? project_write(c, p) : err;
}

int
change_ask(struct ctx *c, const struct project_change *entry)
{
	struct project_change row = *entry;
	struct arena *a = arena_new();
	struct project p;
	int err = project_may_carry(c) ? project_get(c, a, entry->project, &p)
	                               : ERR_DENIED;

	if (err == OK && !can_change(p.state))
		err = ERR_STATE;
	if (err == OK)
		err = check_open(c, p.id);
	if (err == OK)
		err = check(c, a, &p, &row);
	if (err == OK)
		err = event_begin(c, ACTION_PROJECT_ASK, ENTITY_PROJECT, p.id.v,
		                  p.unit.v);
	if (err == OK)
		err = event_end(c, insert(c, &p, &row));
	arena_free(a);
	return err;
}

/* --- deciding -------------------------------------------------------- */

static int
move_end(struct ctx *c, struct project *p, const struct project_change *row)
{
	struct stmt *q = ctx_stmt(c, &entity_project_change, SQL_LAST);

	bind_id(q, ":project", p->id.v);
	bind_day(q, ":ends_on", row->ends_on);
	p->ends_on = row->ends_on;
	return stmt_run(q, NULL);
}

/* What was approved holds at once. */
static int
carry_out(struct ctx *c, struct project *p, const struct project_change *row)
{
	int err = OK;

	if (row->kind == CHANGE_BUDGET)
		p->budget = row->budget;
	if (row->kind == CHANGE_TIME)
		err = move_end(c, p, row);
	if (row->kind == CHANGE_STOP) {
		err = fsm_fire(c, &entity_project, p->id.v, PROJECT_DO_STOP,
		               &p->state);
		p->reason = row->decision;
		p->ended_at = ctx_now(c);
		if (err == OK)
			err = project_note_add(c, p->id, PROJECT_NOTE_STOP,
			                       row->words);
	}
	return err == OK ? project_next_due(c, p) : err;
}

static int
decide(struct ctx *c, struct project *p, struct project_change *row,
       bool approve)
{
	struct stmt *q;
	int err = fsm_fire(c, &entity_project_change, row->id.v,
	                   approve ? CHANGE_APPROVED : CHANGE_REFUSED, NULL);

	if (err != OK)
		return err;
	row->decided_by.v = c->me;
	q = ctx_stmt(c, &entity_project_change, SQL_DECIDE);
	bind_fields(q, fields, row);
	err = stmt_run(q, NULL);
	if (err == OK && approve)
		err = carry_out(c, p, row);
	return err == OK ? project_write(c, p) : err;
}

/* The change and its project; who asked does not decide. */
static int
read_asked(struct ctx *c, struct arena *a, struct project_change_id id,
           struct project_change *row, struct project *p)
{
	struct stmt *q;
	int err;

	if (!may(c, PERM_PROJECT_APPROVE))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project_change, SQL_GET);
	bind_id(q, ":id", id.v);
	err = stmt_one(q, a, fields, row);
	if (err == OK)
		err = project_get(c, a, row->project, p);
	if (err != OK)
		return err;
	if (row->state != CHANGE_ASKED)
		return ERR_STATE;
	return c->me != 0 && row->asked_by.v == c->me ? ERR_DENIED : OK;
}

int
change_decide(struct ctx *c, struct project_change_id id, bool approve,
              const char *decision)
{
	struct arena *a = arena_new();
	struct project_change row;
	struct project p;
	int err = read_asked(c, a, id, &row, &p);

	if (err == OK && approve && !can_change(p.state))
		err = ERR_STATE;
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	/* why it is refused or stopped is shown with it */
	row.decision =
	    entry_text(c, a, "decision", decision, TEXT_LINE,
	               PROJECT_REASON_MAX, !approve || row.kind == CHANGE_STOP);
	err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(
		    c, approve ? ACTION_PROJECT_APPROVE : ACTION_PROJECT_REFUSE,
		    ENTITY_PROJECT, p.id.v, p.unit.v);
	if (err != OK)
		goto done;
	event_reason(c, row.decision);
	err = event_end(c, decide(c, &p, &row, approve));
done:
	arena_free(a);
	return err;
}
