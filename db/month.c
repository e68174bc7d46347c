/*
 * What a month leaves open, counted by one short index range a row, and the
 * closing of a month. A closing that was wrong is struck out.
 */
#include "db/month.h"

#include <assert.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/campaign_unit.h"
#include "db/duty_request.h"
#include "db/instruction.h"
#include "db/law_comment.h"
#include "db/opinion.h"
#include "db/participant.h"
#include "db/project.h"
#include "db/project_task.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

/* Each counts what is open of :unit from :from until before :to. */
/* The + keeps the planner from the index by time: few are in such a state. */
#define ACTIVITY(state)                                                        \
	"SELECT count(*) FROM activity WHERE activity.unit = :unit"            \
	" AND activity.state = '" state "' AND +activity.starts_at >= :from"   \
	" AND +activity.starts_at < :to AND @scope"
/* The bound on activity makes the planner take the short index of those. */
#define PARTICIPANT(what)                                                      \
	"SELECT count(*) FROM participant WHERE participant.unit = :unit"      \
	" AND participant.activity > 0 AND participant." what                  \
	" AND participant.starts_at >= :from AND participant.starts_at < :to"  \
	" AND @scope"
#define REQUEST(state)                                                         \
	"SELECT count(*) FROM duty_request WHERE duty_request.unit = :unit"    \
	" AND duty_request.state = '" state "'"                                \
	" AND duty_request.happened_at >= :from"                               \
	" AND duty_request.happened_at < :to AND @scope"
#define CAMPAIGN(states, day)                                                  \
	"SELECT count(*) FROM campaign_unit CROSS JOIN campaign"               \
	" ON campaign.id = campaign_unit.campaign"                             \
	" WHERE campaign_unit.unit = :unit"                                    \
	" AND campaign_unit.state IN (" states ")"                             \
	" AND campaign.state = 'issued'"                                       \
	" AND unixepoch(campaign." day ") >= :from"                            \
	" AND unixepoch(campaign." day ") < :to AND @scope"

static const char sql_receipts[] =
    "SELECT count(*) FROM receipt WHERE receipt.unit = :unit"
    " AND receipt.state <> 'done' AND receipt.due_at >= :from"
    " AND receipt.due_at < :to AND @scope";

/* Of the work in hand: what waits for a citizen's rating is not the unit's. */
static const char sql_held[] =
    "SELECT count(*) FROM opinion WHERE opinion.unit = :unit"
    " AND opinion.state NOT IN ('closed', 'discarded', 'merged')"
    " AND opinion.state = 'held' AND +opinion.received_at >= :from"
    " AND +opinion.received_at < :to AND @scope";
static const char sql_opinions[] =
    "SELECT count(*) FROM opinion WHERE opinion.unit = :unit"
    " AND opinion.state NOT IN ('closed', 'discarded', 'merged')"
    " AND opinion.due_on >= :from_on AND opinion.due_on < :to_on"
    " AND opinion.clock <> 'rating' AND @scope";
static const char sql_projects[] =
    "SELECT count(*) FROM project WHERE project.unit = :unit"
    " AND project.state IN ('selected', 'planned', 'running', 'claimed',"
    "  'inspected', 'rated')"
    " AND project.due_on >= :from_on AND project.due_on < :to_on AND @scope";

static const char sql_comments[] =
    "SELECT count(*) FROM law_comment WHERE law_comment.unit = :unit"
    " AND law_comment.at >= :from AND law_comment.at < :to"
    " AND law_comment.state IN ('held', 'submitted', 'checked')"
    " AND EXISTS (SELECT 1 FROM consultation AS k"
    "   WHERE k.id = law_comment.consultation"
    "     AND k.state IN ('open', 'closed')) AND @scope";
static const char sql_tasks[] =
    "SELECT count(*) FROM project_task WHERE project_task.unit = :unit"
    " AND project_task.state IN ('sent', 'accepted')"
    " AND project_task.due_on >= :from_on AND project_task.due_on < :to_on"
    " AND @scope";

/* clang-format off */
static const struct source {
	const char *name, *label;
	const struct entity *entity; /* whose @scope */
	enum perm perm;              /* who sees that kind at all */
	const char *sql;
} sources[MONTH_WHATS] = {
	[MONTH_DRAFT]   = {"draft",   N_("Drafts not published"),       &entity_activity,      PERM_ACTIVITY_READ, ACTIVITY("draft")},
	[MONTH_CONFIRM] = {"confirm", N_("Rolls to confirm"),           &entity_activity,      PERM_ACTIVITY_READ, ACTIVITY("closed")},
	[MONTH_ARCHIVE] = {"archive", N_("Activities to archive"),      &entity_activity,      PERM_ACTIVITY_READ, ACTIVITY("confirmed")},
	[MONTH_WALK_IN] = {"walk_in", N_("Walk-ins to confirm"),        &entity_participant,   PERM_ACTIVITY_READ, PARTICIPANT("confirmed = 0")},
	[MONTH_LEAVE]   = {"leave",   N_("Leave to decide"),            &entity_participant,   PERM_ACTIVITY_READ, PARTICIPANT("state = 'leave_asked'")},
	[MONTH_REQUEST] = {"request", N_("Claims and corrections to check"), &entity_duty_request, PERM_DUTY_READ, REQUEST("asked")},
	[MONTH_APPEAL]  = {"appeal",  N_("Appeals to decide"),          &entity_duty_request,  PERM_DUTY_READ,     REQUEST("appealed")},
	[MONTH_PLAN]    = {"plan",    N_("Campaigns to plan"),          &entity_campaign_unit, PERM_CAMPAIGN_READ, CAMPAIGN("'issued'", "from_on")},
	[MONTH_SUM_UP]  = {"sum_up",  N_("Campaigns to sum up"),        &entity_campaign_unit, PERM_CAMPAIGN_READ, CAMPAIGN("'planned', 'under_way'", "to_on")},
	[MONTH_RECEIPT] = {"instruction", N_("Instructions to carry out"), &entity_receipt,    PERM_STATION_READ,  sql_receipts},
	[MONTH_HELD]    = {"held",    N_("Opinions held back"),         &entity_opinion,       PERM_OPINION_READ,  sql_held},
	[MONTH_TASK]    = {"task", N_("Project tasks due and not replied to"), &entity_project_task, PERM_PROJECT_READ, sql_tasks},
	[MONTH_OPINION] = {"opinion", N_("Opinions due and not done"),  &entity_opinion,       PERM_OPINION_READ,  sql_opinions},
	[MONTH_PROJECT] = {"project", N_("Milestones due and not reached"), &entity_project,   PERM_PROJECT_READ,  sql_projects},
	[MONTH_COMMENT] = {"law_comment", N_("Comments on draft laws to check"), &entity_law_comment, PERM_LAW_CHECK, sql_comments},
};

static const struct field fields[] = {
	FIELD(month_close, id,        REF,   N_("Number"), .readonly = true),
	FIELD(month_close, unit,      REF,   N_("Unit"), .readonly = true),
	FIELD(month_close, month,     INT,   N_("Month"), .readonly = true),
	FIELD(month_close, closed_at, TIME,  N_("Month closed"), .readonly = true),
	FIELD(month_close, closed_by, REF,   N_("Closed by"), .readonly = true),
	FIELD(month_close, closer,    TEXT,  N_("Closed by"), .readonly = true),
	FIELD(month_close, left_open, INT,   N_("Left open"), .readonly = true),
	FIELD(month_close, left_what, TOKEN, N_("Left open"), .readonly = true),
	FIELD(month_close, why,       LINES, N_("Why"), .max = MONTH_WHY_MAX),
	FIELD_END,
};
/* clang-format on */

enum { SQL_GET, SQL_ADD, SQL_LAST, SQL_COUNT };

static const char *const sql[] = {
    [SQL_GET] = "SELECT month_close.*, coalesce((SELECT name FROM person"
		"  WHERE person.id = month_close.closed_by), '') AS closer"
		" FROM month_close WHERE month_close.unit = :unit"
		"   AND month_close.month = :month AND @scope",
    [SQL_ADD] =
	"INSERT INTO month_close (id, unit, month, closed_at, closed_by,"
	" left_open, left_what, why) VALUES (:id, :unit, :month, :closed_at,"
	" :closed_by, :left_open, :left_what, :why)",
    [SQL_LAST] = "SELECT coalesce(max(month), 0) FROM month_close"
		 " WHERE month_close.unit = :unit AND @scope",
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "month_close.unit = :my_unit",
    [SCOPE_STATION] = "month_close.unit = :my_unit",
};

const struct entity entity_month_close = {
    .kind = ENTITY_MONTH_CLOSE,
    .name = "month_close",
    .label = N_("Closing of a month"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
};

const char *
month_name(enum month_what what)
{
	assert(what < MONTH_WHATS);
	return sources[what].name;
}

const char *
month_label(enum month_what what)
{
	assert(what < MONTH_WHATS);
	return sources[what].label;
}

static struct day
first_day(int64_t month)
{
	return (struct day){(int)(month / 100), (int)(month % 100), 1};
}

/* --- what is open ---------------------------------------------------- */

/* The unit asked about; 0 is the acting hat's own. */
static int
whose(const struct ctx *c, struct unit_id wanted, int64_t *unit)
{
	if (!may(c, PERM_MONTH_READ))
		return ERR_DENIED;
	*unit = wanted.v != 0 ? wanted.v : c->my_unit;
	if (*unit == 0)
		return ERR_NOT_FOUND;
	return c->scope == SCOPE_COUNTY || *unit == c->my_unit ? OK
	                                                       : ERR_DENIED;
}

static int
count(struct ctx *c, const struct source *s, int64_t unit, struct day from,
      struct day to, int64_t *n)
{
	struct stmt *q;

	*n = 0;
	if (!may(c, s->perm))
		return OK;
	q = ctx_sql(c, s->entity, s->sql);
	bind_id(q, ":unit", unit);
	if (s->sql == sql_opinions || s->sql == sql_projects ||
	    s->sql == sql_tasks) { /* by days */
		bind_day(q, ":from_on", from);
		bind_day(q, ":to_on", to);
	} else {
		bind_time(q, ":from", clock_at(from, 0, 0));
		bind_time(q, ":to", clock_at(to, 0, 0));
	}
	return stmt_int(q, n);
}

static int
count_all(struct ctx *c, int64_t unit, int64_t month,
          struct month_open rows[MONTH_WHATS])
{
	const struct day long_ago = {1970, 1, 2};
	struct day today = ctx_today(c), first = first_day(month);
	struct day next = first_day(month_add(month, 1));
	int err = OK;

	for (int i = 0; err == OK && i < MONTH_WHATS; i++) {
		const struct source *s = &sources[i];

		rows[i].what = (enum month_what)i;
		err =
		    count(c, s, unit, today, day_add(today, 1), &rows[i].today);
		if (err == OK)
			err = count(c, s, unit, first, next, &rows[i].month);
		if (err == OK)
			err = count(c, s, unit, long_ago, first,
			            &rows[i].earlier);
	}
	return err;
}

static bool
is_month(int64_t month)
{
	return month / 100 >= 1971 && month / 100 <= 9998 && month % 100 >= 1 &&
	       month % 100 <= 12;
}

int
month_open_list(struct ctx *c, struct unit_id wanted, int64_t month,
                struct month_open rows[MONTH_WHATS])
{
	int64_t unit;
	int err = whose(c, wanted, &unit);

	if (err == OK && !is_month(month))
		err = ERR_INVALID;
	return err == OK ? count_all(c, unit, month, rows) : err;
}

static int
count_unit(struct ctx *c, int64_t month, struct month_unit *row)
{
	struct month_open open[MONTH_WHATS];
	struct stmt *q;
	int err = count_all(c, row->unit.v, month, open);

	row->month = row->earlier = 0;
	for (int i = 0; err == OK && i < MONTH_WHATS; i++) {
		row->month += open[i].month;
		row->earlier += open[i].earlier;
	}
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_month_close, SQL_LAST);
	bind_id(q, ":unit", row->unit.v);
	return stmt_int(q, &row->closed);
}

int
month_units(struct ctx *c, struct arena *a, int64_t month,
            struct month_unit **rows, int *n)
{
	enum { UNITS_MAX = 500 };
	static const char text[] =
	    "SELECT id AS unit, name FROM unit ORDER BY position, id";
	static const struct field unit_fields[] = {
	    FIELD(month_unit, unit, REF, ""),
	    FIELD(month_unit, name, TEXT, ""),
	    FIELD_END,
	};
	struct month_unit *all;
	int found, err;

	if (!may(c, PERM_MONTH_READ) || c->scope != SCOPE_COUNTY)
		return ERR_DENIED;
	if (!is_month(month))
		return ERR_INVALID;
	err = stmt_all(ctx_sql(c, NULL, text), a, unit_fields, sizeof(*all),
	               UNITS_MAX, &all, &found);
	for (int i = 0; err == OK && i < found; i++)
		err = count_unit(c, month, &all[i]);
	if (err == OK) {
		*rows = all;
		*n = found;
	}
	return err;
}

/* --- closing --------------------------------------------------------- */

int
month_close_get(struct ctx *c, struct arena *a, struct unit_id wanted,
                int64_t month, struct month_close *out)
{
	struct stmt *q;
	int64_t unit;
	int err = whose(c, wanted, &unit);

	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_month_close, SQL_GET);
	bind_id(q, ":unit", unit);
	bind_int(q, ":month", month);
	return stmt_one(q, a, fields, out);
}

/* What is open of the month and before, into row. */
static int
note_open(struct ctx *c, struct arena *a, struct month_close *row)
{
	struct month_open open[MONTH_WHATS];
	int err = count_all(c, row->unit.v, row->month, open);

	row->left_what = "";
	row->left_open = 0;
	for (int i = 0; err == OK && i < MONTH_WHATS; i++) {
		int64_t n = open[i].month + open[i].earlier;

		if (n == 0)
			continue;
		row->left_what = arena_printf(a, "%s%s%s %lld", row->left_what,
		                              row->left_open > 0 ? " " : "",
		                              sources[i].name, (long long)n);
		row->left_open += n;
	}
	return err;
}

static int
write_close(struct ctx *c, struct arena *a, struct month_close *row)
{
	struct month_close old;
	struct unit_id unit = row->unit;
	struct stmt *q;
	int err = month_close_get(c, a, unit, row->month, &old);

	if (err != ERR_NOT_FOUND)
		return err == OK ? ERR_EXISTS : err;
	err = note_open(c, a, row);
	if (err != OK)
		return err;
	ctx_check_begin(c);
	if (row->left_open > 0 && row->why[0] == '\0')
		ctx_fault(c, "why", N_("Say why it is left open."));
	err = ctx_check_end(c);
	if (err != OK)
		return err;
	row->id.v = ctx_new_id(c, &entity_month_close);
	event_subject(c, row->id.v, row->unit.v);
	q = ctx_stmt(c, &entity_month_close, SQL_ADD);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
month_close(struct ctx *c, int64_t month, const char *why)
{
	struct month_close row = {
	    .month = month,
	    .why = why,
	    .closed_at = ctx_now(c),
	    .closed_by = {c->me},
	};
	struct unit_id own = {0};
	struct arena *a;
	int err =
	    may(c, PERM_MONTH_CLOSE) ? whose(c, own, &row.unit.v) : ERR_DENIED;

	if (err != OK)
		return err;
	ctx_check_begin(c);
	if (!is_month(month) || month > month_of(ctx_today(c)))
		ctx_fault(c, "month", N_("This month has not begun yet."));
	if (text_length(why) > MONTH_WHY_MAX)
		ctx_fault(c, "why", N_("The text is too long."));
	err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, ACTION_MONTH_CLOSE, ENTITY_MONTH_CLOSE, 0,
		                  row.unit.v);
	if (err != OK)
		return err;
	event_reason(c, why);
	a = arena_new();
	err = event_end(c, write_close(c, a, &row));
	arena_free(a);
	return err;
}
