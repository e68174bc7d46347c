/*
 * A campaign in one unit: issued, planned, under way, summed up, closed.
 * Its activities are db/campaign_attach.c.
 */
#include "db/campaign_unit.h"

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/campaign.h"
#include "db/predicates.h"
#include "db/store/event.h"
#include "db/store/fsm.h"
#include "db/store/stmt.h"

enum { COUNT_MAX = 10000 };

/* clang-format off */
const struct enum_name campaign_unit_states[] = {
	{"issued",    N_("To plan")},
	{"planned",   N_("Planned")},
	{"under_way", N_("Under way")},
	{"summed_up", N_("Summed up")},
	{"closed",    N_("Closed")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(campaign_unit, id,         REF,   N_("Number"), .readonly = true),
	FIELD(campaign_unit, campaign,   REF,   N_("Campaign"), .readonly = true),
	FIELD(campaign_unit, unit,       REF,   N_("Unit"), .readonly = true),
	FIELD(campaign_unit, state,      ENUM,  N_("State"), .names = campaign_unit_states, .readonly = true),
	FIELD(campaign_unit, plan,       LINES, N_("Plan"), .max = CAMPAIGN_TEXT_MAX),
	FIELD(campaign_unit, activities, INT,   N_("Activities planned")),
	FIELD(campaign_unit, deputies,   INT,   N_("Deputies to reach")),
	FIELD(campaign_unit, summary,    LINES, N_("Closing summary"), .max = CAMPAIGN_TEXT_MAX),
	FIELD(campaign_unit, opinions,   INT,   N_("Opinions gathered")),
	FIELD(campaign_unit, solved,     INT,   N_("Problems solved")),
	FIELD(campaign_unit, reason,     TEXT,  N_("Sent back"), .max = CAMPAIGN_REASON_MAX, .readonly = true),
	FIELD_END,
};

static const struct field progress_fields[] = {
	FIELD(campaign_progress, id,              REF,  ""),
	FIELD(campaign_progress, campaign,        REF,  ""),
	FIELD(campaign_progress, title,           TEXT, ""),
	FIELD(campaign_progress, from_on,         DAY,  ""),
	FIELD(campaign_progress, to_on,           DAY,  ""),
	FIELD(campaign_progress, campaign_state,  ENUM, "", .names = campaign_states),
	FIELD(campaign_progress, unit,            REF,  ""),
	FIELD(campaign_progress, unit_name,       TEXT, ""),
	FIELD(campaign_progress, state,           ENUM, "", .names = campaign_unit_states),
	FIELD(campaign_progress, plan_activities, INT,  ""),
	FIELD(campaign_progress, plan_deputies,   INT,  ""),
	FIELD(campaign_progress, activities,      INT,  ""),
	FIELD(campaign_progress, attended,        INT,  ""),
	FIELD(campaign_progress, reached,         INT,  ""),
	FIELD(campaign_progress, people,          INT,  ""),
	FIELD(campaign_progress, opinions,        INT,  ""),
	FIELD(campaign_progress, solved,          INT,  ""),
	FIELD_END,
};

static const struct step steps[CAMPAIGN_UNIT_STEPS] = {
	[CAMPAIGN_UNIT_DO_PLAN]   = {"plan",   N_("Plan")},
	[CAMPAIGN_UNIT_DO_START]  = {"start",  N_("Start")},
	[CAMPAIGN_UNIT_DO_SUM_UP] = {"sum_up", N_("Sum up")},
	[CAMPAIGN_UNIT_DO_ACCEPT] = {"accept", N_("Accept the summary")},
	[CAMPAIGN_UNIT_DO_RETURN] = {"return", N_("Send the summary back")},
};

static const struct edge edges[] = {
	/* from                    on                         to                       who may              reason */
	{CAMPAIGN_UNIT_ISSUED,    CAMPAIGN_UNIT_DO_PLAN,   CAMPAIGN_UNIT_PLANNED,   PERM_CAMPAIGN_PLAN,  false},
	{CAMPAIGN_UNIT_PLANNED,   CAMPAIGN_UNIT_DO_START,  CAMPAIGN_UNIT_UNDER_WAY, PERM_ACTIVITY_WRITE, false},
	{CAMPAIGN_UNIT_UNDER_WAY, CAMPAIGN_UNIT_DO_SUM_UP, CAMPAIGN_UNIT_SUMMED_UP, PERM_CAMPAIGN_PLAN,  false},
	{CAMPAIGN_UNIT_SUMMED_UP, CAMPAIGN_UNIT_DO_ACCEPT, CAMPAIGN_UNIT_CLOSED,    PERM_CAMPAIGN_WRITE, false},
	{CAMPAIGN_UNIT_SUMMED_UP, CAMPAIGN_UNIT_DO_RETURN, CAMPAIGN_UNIT_UNDER_WAY, PERM_CAMPAIGN_WRITE, true},
};
/* clang-format on */

enum {
	SQL_GET,
	SQL_PROGRESS,
	SQL_OPEN,
	SQL_OPEN_UNIT,
	SQL_PLAN,
	SQL_SUM_UP,
	SQL_REASON,
	SQL_COUNT
};

#define PROGRESS                                                               \
	" campaign_unit.id, campaign_unit.campaign, campaign.title,"           \
	" campaign.from_on, campaign.to_on, campaign.state AS campaign_state," \
	" campaign_unit.unit, unit.name AS unit_name, campaign_unit.state,"    \
	" campaign_unit.activities AS plan_activities,"                        \
	" campaign_unit.deputies AS plan_deputies,"                            \
	" " CAMPAIGN_ACTIVITIES(                                               \
	    "campaign_unit") " AS activities,"                                 \
			     " coalesce((SELECT sum(n) FROM counter"           \
			     "   WHERE what = 'campaign.deputy' AND id = "     \
			     "campaign_unit.id"                                \
			     "     AND period = 0), 0) AS attended,"           \
			     " " CAMPAIGN_REACHED(                             \
				 "campaign_unit") " AS reached,"               \
						  " (SELECT count(DISTINCT "   \
						  "m.person) FROM mandate AS " \
						  "m"                          \
						  "   WHERE m.unit = "         \
						  "campaign_unit.unit "        \
						  "AND " CURRENT(              \
						      "m") ") AS people,"      \
							   " campaign_unit."   \
							   "opinions, "        \
							   "campaign_unit."    \
							   "solved"
#define PROGRESS_FROM                                                          \
	" FROM campaign_unit"                                                  \
	" CROSS JOIN campaign ON campaign.id = campaign_unit.campaign"         \
	" CROSS JOIN unit ON unit.id = campaign_unit.unit"
#define OPEN                                                                   \
	"campaign_unit.state IN ('planned', 'under_way')"                      \
	" AND campaign.state = 'issued' AND @scope"

static const char *const sql[] = {
    [SQL_GET] = "SELECT campaign_unit.* FROM campaign_unit"
		" WHERE campaign_unit.id = :id AND @scope",
    [SQL_PROGRESS] = "SELECT" PROGRESS PROGRESS_FROM
		     " WHERE campaign_unit.id = :id AND @scope",
    [SQL_OPEN] = "SELECT" PROGRESS PROGRESS_FROM " WHERE " OPEN,
    [SQL_OPEN_UNIT] = "SELECT" PROGRESS PROGRESS_FROM
		      " WHERE campaign_unit.unit = :unit AND " OPEN,
    [SQL_PLAN] = "UPDATE campaign_unit SET plan = :plan,"
		 " activities = :activities, deputies = :deputies"
		 " WHERE id = :id AND @scope"
		 "   AND state IN ('planned', 'under_way')",
    [SQL_SUM_UP] = "UPDATE campaign_unit SET summary = :summary,"
		   " opinions = :opinions, solved = :solved"
		   " WHERE id = :id AND @scope AND state = 'summed_up'",
    [SQL_REASON] = "UPDATE campaign_unit SET reason = :reason"
		   " WHERE id = :id AND @scope",
};

/* Sideways only the counters are seen: campaign_units() shows those. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "campaign_unit.unit = :my_unit",
    [SCOPE_STATION] = "campaign_unit.unit = :my_unit",
    [SCOPE_SELF] = "campaign_unit.unit = :my_unit",
};

const struct entity entity_campaign_unit = {
    .kind = ENTITY_CAMPAIGN_UNIT,
    .name = "campaign_unit",
    .label = N_("Campaign of a unit"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
    .states = campaign_unit_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

/* --- reading --------------------------------------------------------- */

int
campaign_unit_get(struct ctx *c, struct arena *a, struct campaign_unit_id id,
                  struct campaign_unit *out)
{
	struct stmt *q;

	if (!may(c, PERM_CAMPAIGN_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_campaign_unit, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
campaign_progress_get(struct ctx *c, struct arena *a,
                      struct campaign_unit_id id, struct campaign_progress *out)
{
	struct stmt *q;

	if (!may(c, PERM_CAMPAIGN_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_campaign_unit, SQL_PROGRESS);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, progress_fields, out);
}

int
campaign_units(struct ctx *c, struct arena *a, struct campaign_id id,
               struct campaign_progress **rows, int *n)
{
	enum { UNITS_MAX = 500 };
	static const char text[] =
	    "SELECT" PROGRESS " FROM campaign CROSS JOIN campaign_unit"
	    " ON campaign_unit.campaign = campaign.id"
	    " CROSS JOIN unit ON unit.id = campaign_unit.unit"
	    " WHERE campaign.id = :id AND @scope"
	    " ORDER BY unit.position, unit.id";
	struct stmt *q;

	if (!may(c, PERM_CAMPAIGN_READ))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_campaign, text);
	bind_id(q, ":id", id.v);
	return stmt_all(q, a, progress_fields, sizeof(**rows), UNITS_MAX, rows,
	                n);
}

int
campaign_open_list(struct ctx *c, struct arena *a, struct unit_id unit,
                   struct campaign_progress **rows, int *n)
{
	enum { OPEN_MAX = 200 };
	struct stmt *q;

	if (!may(c, PERM_CAMPAIGN_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_campaign_unit,
	             unit.v != 0 ? SQL_OPEN_UNIT : SQL_OPEN);
	if (unit.v != 0)
		bind_id(q, ":unit", unit.v);
	return stmt_all(q, a, progress_fields, sizeof(**rows), OPEN_MAX, rows,
	                n);
}

/* --- writing --------------------------------------------------------- */

/* The row as it is, of a campaign that is not closed or cancelled. */
static int
open_row(struct ctx *c, struct arena *a, struct campaign_unit_id id,
         struct campaign_unit *row)
{
	struct campaign campaign;
	int err = campaign_unit_get(c, a, id, row);

	if (err == OK)
		err = campaign_get(c, a, row->campaign, &campaign);
	if (err == OK && campaign.state != CAMPAIGN_ISSUED)
		err = ERR_STATE;
	return err;
}

static void
check_text(struct ctx *c, const char *field, const char *text,
           const char *missing)
{
	if (text[0] == '\0')
		ctx_fault(c, field, missing);
	if (text_length(text) > CAMPAIGN_TEXT_MAX)
		ctx_fault(c, field, N_("The text is too long."));
}

static void
check_count(struct ctx *c, const char *field, int64_t n, int64_t least)
{
	if (n < least || n > COUNT_MAX)
		ctx_fault(c, field,
		          least > 0 ? N_("Between 1 and 10,000.")
		                    : N_("Between 0 and 10,000."));
}

/* One act on a row: the step, when the state moves by it, then the update. */
static int
write(struct ctx *c, const struct campaign_unit *row, enum action action,
      int step, int update, const char *reason)
{
	struct stmt *q;
	int64_t changed;
	int err = event_begin(c, action, ENTITY_CAMPAIGN_UNIT, row->id.v,
	                      row->unit.v);

	if (err != OK)
		return err;
	event_reason(c, reason);
	event_about(c, ENTITY_CAMPAIGN, row->campaign.v);
	if (fsm_edge(&entity_campaign_unit, row->state, step) != NULL)
		err = fsm_fire(c, &entity_campaign_unit, row->id.v, step, NULL);
	if (err == OK && update >= 0) {
		q = ctx_stmt(c, &entity_campaign_unit, update);
		bind_fields(q, fields, row);
		err = stmt_run(q, &changed);
		if (err == OK && changed == 0)
			err = ERR_STATE;
	}
	return event_end(c, err);
}

int
campaign_plan(struct ctx *c, const struct campaign_unit *entry)
{
	struct arena *a = arena_new();
	struct campaign_unit row;
	int err = may(c, PERM_CAMPAIGN_PLAN) ? open_row(c, a, entry->id, &row)
	                                     : ERR_DENIED;

	if (err == OK && row.state > CAMPAIGN_UNIT_UNDER_WAY)
		err = ERR_STATE;
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	check_text(c, "plan", entry->plan,
	           N_("Say what the unit is going to do."));
	check_count(c, "activities", entry->activities, 1);
	check_count(c, "deputies", entry->deputies, 1);
	err = ctx_check_end(c);
	row.plan = entry->plan;
	row.activities = entry->activities;
	row.deputies = entry->deputies;
	if (err == OK)
		err = write(c, &row, ACTION_CAMPAIGN_PLAN,
		            CAMPAIGN_UNIT_DO_PLAN, SQL_PLAN, "");
done:
	arena_free(a);
	return err;
}

int
campaign_sum_up(struct ctx *c, const struct campaign_unit *entry)
{
	struct arena *a = arena_new();
	struct campaign_unit row;
	int err = may(c, PERM_CAMPAIGN_PLAN) ? open_row(c, a, entry->id, &row)
	                                     : ERR_DENIED;

	if (err == OK && row.state != CAMPAIGN_UNIT_UNDER_WAY &&
	    row.state != CAMPAIGN_UNIT_SUMMED_UP)
		err = ERR_STATE;
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	check_text(c, "summary", entry->summary,
	           N_("Say what was done and what came of it."));
	check_count(c, "opinions", entry->opinions, 0);
	check_count(c, "solved", entry->solved, 0);
	err = ctx_check_end(c);
	row.summary = entry->summary;
	row.opinions = entry->opinions;
	row.solved = entry->solved;
	if (err == OK)
		err = write(c, &row, ACTION_CAMPAIGN_SUM_UP,
		            CAMPAIGN_UNIT_DO_SUM_UP, SQL_SUM_UP, "");
done:
	arena_free(a);
	return err;
}

int
campaign_answer(struct ctx *c, struct campaign_unit_id id, bool accept,
                const char *reason)
{
	struct arena *a = arena_new();
	struct campaign_unit row;
	int err = may(c, PERM_CAMPAIGN_WRITE)
	              ? campaign_unit_get(c, a, id, &row)
	              : ERR_DENIED;

	if (err == OK && row.state != CAMPAIGN_UNIT_SUMMED_UP)
		err = ERR_STATE;
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	if (!accept && reason[0] == '\0')
		ctx_fault(c, "reason", N_("Give a reason."));
	if (text_length(reason) > CAMPAIGN_REASON_MAX)
		ctx_fault(c, "reason", N_("The text is too long."));
	err = ctx_check_end(c);
	row.reason = accept ? "" : reason;
	if (err == OK)
		err = accept
		          ? write(c, &row, ACTION_CAMPAIGN_ACCEPT,
		                  CAMPAIGN_UNIT_DO_ACCEPT, SQL_REASON, "")
		          : write(c, &row, ACTION_CAMPAIGN_RETURN,
		                  CAMPAIGN_UNIT_DO_RETURN, SQL_REASON, reason);
done:
	arena_free(a);
	return err;
}
