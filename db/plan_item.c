/* The yearly plan. */
#include "db/plan_item.h"

#include <assert.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/store/event.h"
#include "db/store/fsm.h"
#include "db/store/stmt.h"

enum { ACTIVITIES_MAX = 200 };

/* clang-format off */
const struct enum_name plan_states[] = {
	{"planned",     N_("Planned")},
	{"in_progress", N_("In progress")},
	{"done",        N_("Done")},
	{"dropped",     N_("Dropped")},
	{NULL, NULL},
};

const struct field plan_item_fields[] = {
	FIELD(plan_item, id,      REF,   N_("Number"), .readonly = true),
	FIELD(plan_item, unit,    REF,   N_("Unit"), .readonly = true),
	FIELD(plan_item, title,   TEXT,  N_("Title"), .max = PLAN_TITLE_MAX, .required = true),
	FIELD(plan_item, month,   INT,   N_("Due in"), .required = true),
	FIELD(plan_item, office,  TEXT,  N_("Responsible"), .max = PLAN_OFFICE_MAX, .required = true),
	FIELD(plan_item, detail,  LINES, N_("Details"), .max = PLAN_DETAIL_MAX),
	FIELD(plan_item, state,   ENUM,  N_("State"), .names = plan_states, .readonly = true),
	FIELD(plan_item, reason,  TEXT,  N_("Reason"), .max = PLAN_REASON_MAX, .readonly = true),
	FIELD(plan_item, version, INT,   N_("Times saved"), .readonly = true),
	FIELD_END,
};

const struct field plan_line_fields[] = {
	FIELD(plan_line, id,         REF,  N_("Number"), .width = 6),
	FIELD(plan_line, unit,       REF,  N_("Unit")),
	FIELD(plan_line, unit_name,  TEXT, N_("Unit"), .width = 10),
	FIELD(plan_line, title,      TEXT, N_("Title"), .width = 30),
	FIELD(plan_line, office,     TEXT, N_("Responsible"), .width = 14),
	FIELD(plan_line, month,      INT,  N_("Due in"), .width = 8),
	FIELD(plan_line, state,      ENUM, N_("State"), .names = plan_states, .width = 12),
	FIELD(plan_line, activities, INT,  N_("Activities"), .width = 10),
	FIELD_END,
};

static const struct field activity_fields[] = {
	FIELD(plan_activity, id,        REF,  N_("Number")),
	FIELD(plan_activity, title,     TEXT, N_("Title")),
	FIELD(plan_activity, starts_at, TIME, N_("Begins")),
	FIELD(plan_activity, state,     ENUM, N_("State"), .names = activity_states),
	FIELD_END,
};

static const struct step steps[PLAN_STEPS] = {
	[PLAN_DO_START]  = {"start",  N_("Begin")},
	[PLAN_DO_FINISH] = {"done",   N_("Report it done")},
	[PLAN_DO_DROP]   = {"drop",   N_("Drop it")},
	[PLAN_DO_REOPEN] = {"reopen", N_("Take it up again")},
};

static const struct edge edges[] = {
	/* from             on              to                who may             reason */
	{PLAN_PLANNED,     PLAN_DO_START,  PLAN_IN_PROGRESS, PERM_STATION_WRITE, false},
	{PLAN_PLANNED,     PLAN_DO_FINISH, PLAN_DONE,        PERM_STATION_WRITE, false},
	{PLAN_IN_PROGRESS, PLAN_DO_FINISH, PLAN_DONE,        PERM_STATION_WRITE, false},
	{PLAN_PLANNED,     PLAN_DO_DROP,   PLAN_DROPPED,     PERM_STATION_WRITE, true},
	{PLAN_IN_PROGRESS, PLAN_DO_DROP,   PLAN_DROPPED,     PERM_STATION_WRITE, true},
	{PLAN_DONE,        PLAN_DO_REOPEN, PLAN_IN_PROGRESS, PERM_STATION_WRITE, true},
	{PLAN_DROPPED,     PLAN_DO_REOPEN, PLAN_IN_PROGRESS, PERM_STATION_WRITE, true},
};
/* clang-format on */

static const enum action actions[PLAN_STEPS] = {
    [PLAN_DO_START] = ACTION_PLAN_START,
    [PLAN_DO_FINISH] = ACTION_PLAN_DONE,
    [PLAN_DO_DROP] = ACTION_PLAN_DROP,
    [PLAN_DO_REOPEN] = ACTION_PLAN_REOPEN,
};

enum { SQL_GET, SQL_ADD, SQL_SAVE, SQL_REASON, SQL_PROGRESS, SQL_COUNT };

static const char *const sql[] = {
    [SQL_GET] = "SELECT plan_item.* FROM plan_item"
		" WHERE plan_item.id = :id AND @scope",
    [SQL_ADD] = "INSERT INTO plan_item (id, unit, title, month, office,"
		" detail, state)"
		" VALUES (:id, :unit, :title, :month, :office, :detail,"
		" 'planned')",
    [SQL_SAVE] = "UPDATE plan_item SET title = :title, month = :month,"
		 " office = :office, detail = :detail,"
		 " version = :version + 1"
		 " WHERE id = :id AND version = :version"
		 "   AND state IN ('planned', 'in_progress') AND @scope",
    [SQL_REASON] = "UPDATE plan_item SET reason = :reason"
		   " WHERE id = :id AND @scope",
    [SQL_PROGRESS] = "SELECT count(*) FILTER (WHERE state = 'planned'),"
		     " count(*) FILTER (WHERE state = 'in_progress'),"
		     " count(*) FILTER (WHERE state = 'done'),"
		     " count(*) FILTER (WHERE state = 'dropped'),"
		     " count(*) FILTER (WHERE month < :this AND"
		     "   state IN ('planned', 'in_progress'))"
		     " FROM plan_item WHERE plan_item.month > :year * 100"
		     "   AND plan_item.month < (:year + 1) * 100 AND @scope",
};

/* Asked in the scope of activities. CROSS JOIN: those of the item first,
 * then each one's activity. */
static const char sql_activities[] =
    "SELECT activity.id, activity.title, activity.starts_at, activity.state"
    " FROM activity_subject AS link"
    " CROSS JOIN activity ON activity.id = link.activity"
    " WHERE link.kind = 'plan_item' AND link.subject = :id AND @scope"
    " ORDER BY link.activity DESC";

/* The county's own plan is the county's; a unit's is its station's too. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "plan_item.unit = :my_unit",
    [SCOPE_STATION] = "plan_item.unit = :my_unit",
};

const struct entity entity_plan_item = {
    .kind = ENTITY_PLAN_ITEM,
    .name = "plan_item",
    .label = N_("Item of the plan"),
    .fields = plan_item_fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
    .states = plan_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

static const struct list_filter filters[PLAN_LIST_FILTERS] = {
    [PLAN_LIST_YEAR] = {.name = "year",
                        .label = N_("Year"),
                        .predicate = "plan_item.month > :year * 100"
                                     " AND plan_item.month <"
                                     " (:year + 1) * 100"},
    [PLAN_LIST_UNIT] = {.name = "unit",
                        .label = N_("Unit"),
                        .predicate = "plan_item.unit = :unit"},
    [PLAN_LIST_TITLE] = {.name = "title",
                         .label = N_("Title"),
                         .predicate = "instr(plan_item.title, :title) > 0",
                         .is_text = true},
};

static const struct list_order orders[] = {
    {.name = "month",
     .label = N_("By month"),
     .keys = {"plan_item.month", "plan_item.id"}},
};

const struct list_spec plan_list = {
    .entity = &entity_plan_item,
    .needs = PERM_STATION_READ,
    .columns = "plan_item.id, plan_item.unit,"
	       " coalesce((SELECT u.name FROM unit AS u"
	       "            WHERE u.id = plan_item.unit), '') AS unit_name,"
	       " plan_item.title, plan_item.office, plan_item.month,"
	       " plan_item.state,"
	       " (SELECT count(*) FROM activity_subject AS link"
	       "   WHERE link.kind = 'plan_item'"
	       "     AND link.subject = plan_item.id) AS activities",
    .from = "plan_item",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = plan_line_fields,
    .row_size = sizeof(struct plan_line),
};

int
plan_item_get(struct ctx *c, struct arena *a, struct plan_item_id id,
              struct plan_item *out)
{
	struct stmt *q;

	if (!may(c, PERM_STATION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_plan_item, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, plan_item_fields, out);
}

int
plan_progress(struct ctx *c, int64_t year, struct plan_progress *out)
{
	struct day today = ctx_today(c);
	struct plan_progress p = {0};
	struct stmt *q;
	int err;

	if (!may(c, PERM_STATION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_plan_item, SQL_PROGRESS);
	bind_int(q, ":year", year);
	bind_int(q, ":this", today.year * 100 + today.month);
	if (stmt_next(q))
		p = (struct plan_progress){col_int(q, 0), col_int(q, 1),
		                           col_int(q, 2), col_int(q, 3),
		                           col_int(q, 4)};
	err = stmt_end(q);
	if (err == OK)
		*out = p;
	return err;
}

int
plan_item_activities(struct ctx *c, struct arena *a, struct plan_item_id id,
                     struct plan_activity **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_ACTIVITY_READ))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_activity, sql_activities);
	bind_id(q, ":id", id.v);
	return stmt_all(q, a, activity_fields, sizeof(**rows), ACTIVITIES_MAX,
	                rows, n);
}

/* Check the clean entry. */
static int
prepare(struct ctx *c, struct arena *a, struct plan_item *row)
{
	int64_t month = row->month % 100;

	ctx_check_begin(c);
	entry_clean(c, a, plan_item_fields, row);
	if (month < 1 || month > 12 || row->month < 200001 ||
	    row->month > 299912)
		ctx_fault(c, "month", N_("Write the month as 2022-03."));
	return ctx_check_end(c);
}

int
plan_item_add(struct ctx *c, const struct plan_item *entry,
              struct plan_item_id *id)
{
	struct plan_item row = *entry;
	struct arena *a = arena_new();
	struct stmt *q;
	int err = may(c, PERM_STATION_WRITE) ? OK : ERR_DENIED;

	row.unit.v = c->my_unit;
	row.reason = "";
	if (err == OK)
		err = prepare(c, a, &row);
	if (err == OK)
		err = event_begin(c, ACTION_PLAN_ADD, ENTITY_PLAN_ITEM, 0,
		                  row.unit.v);
	if (err != OK)
		goto done;
	row.id.v = ctx_new_id(c, &entity_plan_item);
	event_subject(c, row.id.v, row.unit.v);
	q = ctx_stmt(c, &entity_plan_item, SQL_ADD);
	bind_fields(q, plan_item_fields, &row);
	err = event_end(c, stmt_run(q, NULL));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

/* Those of other places can be seen, but are kept where they belong. */
static int
find_own(struct ctx *c, struct arena *a, struct plan_item_id id,
         struct plan_item *out)
{
	int err = may(c, PERM_STATION_WRITE) ? plan_item_get(c, a, id, out)
	                                     : ERR_DENIED;

	return err == OK && out->unit.v != c->my_unit ? ERR_DENIED : err;
}

int
plan_item_save(struct ctx *c, const struct plan_item *entry)
{
	struct plan_item row = *entry, old;
	struct arena *a = arena_new();
	struct stmt *q;
	int64_t changed;
	int err = find_own(c, a, row.id, &old);

	row.reason = "";
	if (err == OK)
		err = prepare(c, a, &row);
	if (err == OK)
		err = event_begin(c, ACTION_PLAN_SAVE, ENTITY_PLAN_ITEM,
		                  row.id.v, old.unit.v);
	if (err != OK)
		goto done;
	q = ctx_stmt(c, &entity_plan_item, SQL_SAVE);
	bind_fields(q, plan_item_fields, &row);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = old.version != row.version ? ERR_CHANGED : ERR_STATE;
	err = event_end(c, err);
done:
	arena_free(a);
	return err;
}

int
plan_item_fire(struct ctx *c, struct plan_item_id id, enum plan_step step,
               const char *reason)
{
	struct arena *a = arena_new();
	const struct edge *edge;
	struct plan_item row;
	struct stmt *q;
	int err;

	assert(step < PLAN_STEPS);
	err = find_own(c, a, id, &row);
	if (err != OK)
		goto done;
	edge = fsm_edge(&entity_plan_item, row.state, step);
	ctx_check_begin(c);
	reason = entry_text(c, a, "reason", reason, TEXT_LINE, PLAN_REASON_MAX,
	                    edge != NULL && edge->wants_reason);
	err = edge == NULL ? ERR_STATE : ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, actions[step], ENTITY_PLAN_ITEM, id.v,
		                  row.unit.v);
	if (err != OK)
		goto done;
	event_reason(c, reason);
	err = fsm_fire(c, &entity_plan_item, id.v, step, NULL);
	if (err == OK) {
		q = ctx_stmt(c, &entity_plan_item, SQL_REASON);
		bind_id(q, ":id", id.v);
		bind_text(q, ":reason", reason);
		err = stmt_run(q, NULL);
	}
	err = event_end(c, err);
done:
	arena_free(a);
	return err;
}
