/*
 * Livelihood projects: fields, scope, the table of steps; and their queries.
 * Proposing is db/project_add.c, taking a step db/project_act.c, lists and
 * the page db/project_list.c; plan, reports and changes have files of their
 * own.
 */
#include "db/project.h"

#include "db/base/i18n.h"
#include "db/project_in.h"

/* clang-format off */
const struct enum_name project_states[] = {
	{"held",        N_("Held back")},
	{"proposed",    N_("Proposed")},
	{"pool",        N_("In the pool")},
	{"shortlisted", N_("Shortlisted")},
	{"candidate",   N_("Candidate")},
	{"ballot",      N_("On the ballot")},
	{"selected",    N_("Selected")},
	{"planned",     N_("Planned")},
	{"running",     N_("Under way")},
	{"claimed",     N_("Reported done")},
	{"inspected",   N_("Inspected")},
	{"rated",       N_("Rated")},
	{"archived",    N_("Archived")},
	{"declined",    N_("Declined")},
	{"merged",      N_("Merged")},
	{"stopped",     N_("Stopped")},
	{NULL, NULL},
};

const struct enum_name project_sources[] = {
	{"public",  N_("Public page")},
	{"deputy",  N_("Deputy")},
	{"office",  N_("An office")},
	{"staff",   N_("Staff")},
	{"opinion", N_("Opinion")},
	{"import",  N_("Import")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(project, id,           REF,   N_("Number"), .width = 6, .readonly = true),
	FIELD(project, unit,         REF,   N_("Unit")),
	FIELD(project, source,       ENUM,  N_("Source"), .names = project_sources, .width = 8, .readonly = true),
	FIELD(project, proposer,     REF,   N_("Proposed by"), .readonly = true),
	FIELD(project, proposed_by,  TEXT,  N_("Proposed by"), .max = PROJECT_NAME_MAX, .personal = true, .hint = N_("a word, no contact")),
	FIELD(project, organ,        REF,   N_("Office that proposed it"), .readonly = true),
	FIELD(project, conversion,   REF,   N_("Converted from"), .readonly = true),
	FIELD(project, reserve,      TEXT,  N_("Number in the reserve pool"), .max = PROJECT_RESERVE_MAX),
	FIELD(project, title,        TEXT,  N_("Title"), .max = PROJECT_TITLE_MAX, .width = 30, .required = true, .personal = true),
	FIELD(project, body,         LINES, N_("What and why"), .max = PROJECT_BODY_MAX, .required = true, .personal = true),
	FIELD(project, category,     TOKEN, N_("Category")),
	FIELD(project, venue,        TEXT,  N_("Place"), .max = PROJECT_VENUE_MAX, .width = 14),
	FIELD(project, state,        ENUM,  N_("State"), .names = project_states, .width = 10, .readonly = true),
	FIELD(project, reason,       TEXT,  N_("Reason"), .max = PROJECT_REASON_MAX, .readonly = true),
	FIELD(project, merged,       REF,   N_("Merged into"), .readonly = true),
	FIELD(project, proposals,    INT,   N_("Proposals"), .readonly = true),
	FIELD(project, year,         INT,   N_("Year"), .width = 4),
	FIELD(project, lead,         REF,   N_("Lead unit")),
	FIELD(project, leader,       TEXT,  N_("Leader"), .max = PROJECT_NAME_MAX),
	FIELD(project, budget,       INT,   N_("Budget"), .hint = N_("yuan")),
	FIELD(project, spent,        INT,   N_("Spent"), .readonly = true),
	FIELD(project, starts_on,    DAY,   N_("Begins")),
	FIELD(project, ends_on,      DAY,   N_("Ends")),
	FIELD(project, done,         INT,   N_("Done"), .readonly = true),
	FIELD(project, reported,     INT,   N_("Last report"), .readonly = true),
	FIELD(project, published,    BOOL,  N_("Published")),
	FIELD(project, proposed_at,  TIME,  N_("Raised on"), .width = 11, .readonly = true),
	FIELD(project, selected_at,  TIME,  N_("Selected"), .readonly = true),
	FIELD(project, claimed_at,   TIME,  N_("Reported done"), .readonly = true),
	FIELD(project, inspected_at, TIME,  N_("Inspected"), .readonly = true),
	FIELD(project, rated_at,     TIME,  N_("Rated"), .readonly = true),
	FIELD(project, ended_at,     TIME,  N_("Ended at"), .readonly = true),
	FIELD(project, warn_on,      DAY,   N_("Due soon from"), .readonly = true),
	FIELD(project, due_on,       DAY,   N_("Due"), .readonly = true),
	FIELD(project, version,      INT,   N_("Times written"), .readonly = true),
	FIELD_END,
};

static const struct step steps[PROJECT_STEPS] = {
	[PROJECT_DO_PROPOSE]    = {"propose",    N_("Propose")},
	[PROJECT_DO_HOLD]       = {"hold",       N_("Hold back")},
	[PROJECT_DO_RELEASE]    = {"release",    N_("Release")},
	[PROJECT_DO_ACCEPT]     = {"accept",     N_("Take into the pool")},
	[PROJECT_DO_DECLINE]    = {"decline",    N_("Decline")},
	[PROJECT_DO_MERGE]      = {"merge",      N_("Merge into another")},
	[PROJECT_DO_SHORTLIST]  = {"shortlist",  N_("Shortlist")},
	[PROJECT_DO_NOMINATE]   = {"nominate",   N_("Make a candidate")},
	[PROJECT_DO_RETURN]     = {"return",     N_("Back to the pool")},
	[PROJECT_DO_FREEZE]     = {"freeze",     N_("Put on the ballot")},
	[PROJECT_DO_UNFREEZE]   = {"unfreeze",   N_("Take off the ballot")},
	[PROJECT_DO_SELECT]     = {"select",     N_("Select by ballot")},
	[PROJECT_DO_NOT_SELECT] = {"not_select", N_("Not selected by ballot")},
	[PROJECT_DO_PLAN]       = {"plan",       N_("Plan")},
	[PROJECT_DO_START]      = {"start",      N_("Start work")},
	[PROJECT_DO_REPORT]     = {"report",     N_("Report")},
	[PROJECT_DO_CLAIM]      = {"claim",      N_("Report as done")},
	[PROJECT_DO_REJECT]     = {"reject",     N_("Not done yet")},
	[PROJECT_DO_INSPECT]    = {"inspect",    N_("Inspect")},
	[PROJECT_DO_RATE]       = {"rate",       N_("Close the rating")},
	[PROJECT_DO_ARCHIVE]    = {"archive",    N_("Archive")},
	[PROJECT_DO_STOP]       = {"stop",       N_("Stop")},
};

/* What only its ballot, a report or an approved change brings about carries
 * the permission of those who can be its cause; project_act.c offers none of
 * it. Selection is by ballot only. */
static const struct edge edges[] = {
	/* from                on                      to                   who may                reason */
	{FSM_NEW,             PROJECT_DO_PROPOSE,     PROJECT_PROPOSED,    PERM_PROJECT_ENTER,    false},
	{FSM_NEW,             PROJECT_DO_HOLD,        PROJECT_HELD,        PERM_PROJECT_ENTER,    false},
	{PROJECT_HELD,        PROJECT_DO_RELEASE,     PROJECT_PROPOSED,    PERM_PROJECT_WRITE,    false},
	{PROJECT_HELD,        PROJECT_DO_DECLINE,     PROJECT_DECLINED,    PERM_PROJECT_WRITE,    true},
	{PROJECT_PROPOSED,    PROJECT_DO_ACCEPT,      PROJECT_POOL,        PERM_PROJECT_WRITE,    false},
	{PROJECT_PROPOSED,    PROJECT_DO_DECLINE,     PROJECT_DECLINED,    PERM_PROJECT_WRITE,    true},
	{PROJECT_PROPOSED,    PROJECT_DO_MERGE,       PROJECT_MERGED,      PERM_PROJECT_WRITE,    false},
	{PROJECT_POOL,        PROJECT_DO_SHORTLIST,   PROJECT_SHORTLISTED, PERM_PROJECT_WRITE,    false},
	{PROJECT_POOL,        PROJECT_DO_DECLINE,     PROJECT_DECLINED,    PERM_PROJECT_WRITE,    true},
	{PROJECT_POOL,        PROJECT_DO_MERGE,       PROJECT_MERGED,      PERM_PROJECT_WRITE,    false},
	{PROJECT_SHORTLISTED, PROJECT_DO_NOMINATE,    PROJECT_CANDIDATE,   PERM_PROJECT_WRITE,    false},
	{PROJECT_SHORTLISTED, PROJECT_DO_RETURN,      PROJECT_POOL,        PERM_PROJECT_WRITE,    true},
	{PROJECT_CANDIDATE,   PROJECT_DO_RETURN,      PROJECT_POOL,        PERM_PROJECT_WRITE,    true},
	{PROJECT_CANDIDATE,   PROJECT_DO_FREEZE,      PROJECT_BALLOT,      PERM_BALLOT_WRITE,     false},
	{PROJECT_BALLOT,      PROJECT_DO_UNFREEZE,    PROJECT_CANDIDATE,   PERM_BALLOT_WRITE,     false},
	{PROJECT_BALLOT,      PROJECT_DO_SELECT,      PROJECT_SELECTED,    PERM_BALLOT_WRITE,     false},
	{PROJECT_BALLOT,      PROJECT_DO_NOT_SELECT,  PROJECT_POOL,        PERM_BALLOT_WRITE,     false},
	{PROJECT_SELECTED,    PROJECT_DO_PLAN,        PROJECT_PLANNED,     PERM_PROJECT_WRITE,    false},
	{PROJECT_SELECTED,    PROJECT_DO_STOP,        PROJECT_STOPPED,     PERM_PROJECT_APPROVE,  true},
	{PROJECT_PLANNED,     PROJECT_DO_START,       PROJECT_RUNNING,     PERM_PROJECT_WRITE,    false},
	{PROJECT_PLANNED,     PROJECT_DO_PLAN,        PROJECT_PLANNED,     PERM_PROJECT_WRITE,    false},
	{PROJECT_PLANNED,     PROJECT_DO_STOP,        PROJECT_STOPPED,     PERM_PROJECT_APPROVE,  true},
	{PROJECT_RUNNING,     PROJECT_DO_REPORT,      PROJECT_RUNNING,     PERM_PROJECT_OFFICE,   false},
	{PROJECT_RUNNING,     PROJECT_DO_CLAIM,       PROJECT_CLAIMED,     PERM_PROJECT_OFFICE,   false},
	{PROJECT_RUNNING,     PROJECT_DO_STOP,        PROJECT_STOPPED,     PERM_PROJECT_APPROVE,  true},
	{PROJECT_CLAIMED,     PROJECT_DO_INSPECT,     PROJECT_INSPECTED,   PERM_PROJECT_WRITE,    false},
	{PROJECT_CLAIMED,     PROJECT_DO_REJECT,      PROJECT_RUNNING,     PERM_PROJECT_WRITE,    true},
	{PROJECT_CLAIMED,     PROJECT_DO_STOP,        PROJECT_STOPPED,     PERM_PROJECT_APPROVE,  true},
	{PROJECT_INSPECTED,   PROJECT_DO_RATE,        PROJECT_RATED,       PERM_PROJECT_WRITE,    false},
	{PROJECT_RATED,       PROJECT_DO_ARCHIVE,     PROJECT_ARCHIVED,    PERM_PROJECT_WRITE,    false},
};
/* clang-format on */

static const char *const sql[] = {
    [PROJECT_SQL_GET] = "SELECT project.* FROM project"
			" WHERE project.id = :id AND @scope",
    [PROJECT_SQL_ADD] =
	"INSERT INTO project (id, unit, source, proposer, proposed_by, organ,"
	" conversion, reserve, title, body, category, venue, state, reason,"
	" year, budget, published, proposed_at)"
	" VALUES (:id, :unit, :source, :proposer, :proposed_by, :organ,"
	" :conversion, :reserve, :title, :body, :category, :venue, :state,"
	" :reason, :year, :budget, :published, :proposed_at)",
    [PROJECT_SQL_SAVE] =
	"UPDATE project SET title = :title, body = :body,"
	" category = :category, venue = :venue, year = :year,"
	" budget = :budget, published = :published, version = :version + 1"
	" WHERE id = :id AND version = :version AND @scope",
    [PROJECT_SQL_WRITE] =
	"UPDATE project SET reason = :reason, merged = :merged, year = :year,"
	" lead = :lead, leader = :leader, budget = :budget, spent = :spent,"
	" starts_on = :starts_on, ends_on = :ends_on, done = :done,"
	" reported = :reported, selected_at = :selected_at,"
	" claimed_at = :claimed_at, inspected_at = :inspected_at,"
	" rated_at = :rated_at, ended_at = :ended_at, warn_on = :warn_on,"
	" due_on = :due_on, version = :version + 1"
	" WHERE id = :id AND version = :version AND @scope",
    [PROJECT_SQL_STILL] = "SELECT 1 FROM project WHERE project.id = :id"
			  "   AND project.state = :state"
			  "   AND project.lead IS :lead AND @scope",
    [PROJECT_SQL_CATEGORY] = "SELECT 1 FROM category_rule"
			     " WHERE name = :category LIMIT 1",
    [PROJECT_SQL_UNIT] = "SELECT id FROM unit WHERE id = :unit",
    /* the county's or the unit's own */
    [PROJECT_SQL_ORGAN] = "SELECT id FROM organ WHERE id = :organ"
			  " AND (unit IS NULL OR unit = :unit)",
    [PROJECT_SQL_RESERVE] = "SELECT id FROM project WHERE unit = :unit"
			    " AND reserve = :reserve AND reserve <> ''",
    [PROJECT_SQL_OF_CONVERSION] = "SELECT id FROM project"
				  " WHERE conversion = :conversion AND @scope",
    [PROJECT_SQL_JOIN] =
	"UPDATE project SET proposals = proposals + :more,"
	" version = version + 1 WHERE id = :id AND state NOT IN"
	" ('held', 'declined', 'merged', 'stopped',"
	" 'archived') AND @scope",
    [PROJECT_SQL_REPOINT] = "UPDATE project SET merged = :into"
			    " WHERE merged = :id AND @scope",
    [PROJECT_SQL_RATED] = "SELECT count(*) FROM (SELECT 1 FROM project_rating"
			  " WHERE project = :id LIMIT 1)",
    [PROJECT_SQL_ALIKE] =
	"SELECT project.id, project.title, substr(project.body, 1, 400)"
	"  FROM project WHERE project.unit = :unit"
	" AND project.id <> :not_it AND project.state <> 'merged' AND @scope"
	" ORDER BY project.proposed_at DESC, project.id DESC LIMIT :max",
    [PROJECT_SQL_BALLOTS] =
	"SELECT b.id, b.title, b.body, b.kind, b.state,"
	" b.outcome AS ballot_outcome, b.closed_at, b.issued, b.returned,"
	" coalesce((SELECT m.title FROM activity AS m"
	"   WHERE m.id = b.activity), '') AS meeting,"
	" o.yes, o.no, o.abstain, o.outcome"
	"  FROM project JOIN ballot_option AS o ON o.project = project.id"
	"  JOIN ballot AS b ON b.id = o.ballot"
	" WHERE project.id = :id AND @scope"
	"   AND b.state IN ('frozen', 'open', 'closed', 'confirmed')"
	" ORDER BY o.ballot",
};

/* Any deputy may look at any project that is carried out or shown to the
 * public, and at all proposals of their own unit but those held back. An
 * office sees what it leads and what it proposed. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "project.unit = :my_unit",
    [SCOPE_STATION] = "project.unit = :my_unit",
    [SCOPE_SELF] = PROJECT_OF_ANYONE("project"),
    [SCOPE_ASSIGNED] = PROJECT_OF_ORGAN("project"),
    [SCOPE_PUBLIC] = "project.published = 1",
};

const struct entity entity_project = {
    .kind = ENTITY_PROJECT,
    .name = "project",
    .label = N_("Livelihood project"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = PROJECT_SQL_COUNT,
    .states = project_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

const struct field *const project_fields = fields;

bool
project_is_candidate(int state)
{
	return state >= PROJECT_HELD && state <= PROJECT_BALLOT;
}

bool
project_is_open(int state)
{
	return state >= PROJECT_SELECTED && state <= PROJECT_RATED;
}

enum project_light
project_light(const struct ctx *c, int state, struct day warn_on,
              struct day due_on)
{
	struct day today = ctx_today(c);

	if (state < PROJECT_PLANNED || state > PROJECT_RATED)
		return PROJECT_NO_LIGHT;
	if (day_compare(today, due_on) > 0)
		return PROJECT_RED;
	return day_compare(today, warn_on) >= 0 ? PROJECT_YELLOW
	                                        : PROJECT_GREEN;
}

int
project_get(struct ctx *c, struct arena *a, struct project_id id,
            struct project *out)
{
	struct stmt *q;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project, PROJECT_SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
project_of_conversion(struct ctx *c, struct conversion_id conversion,
                      struct project_id *id)
{
	struct stmt *q;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project, PROJECT_SQL_OF_CONVERSION);
	bind_id(q, ":conversion", conversion.v);
	return stmt_int(q, &id->v);
}

int
project_still(struct ctx *c, const struct project *row)
{
	struct stmt *q = ctx_stmt(c, &entity_project, PROJECT_SQL_STILL);
	int64_t found;
	int err;

	bind_id(q, ":id", row->id.v);
	bind_text(q, ":state", project_states[row->state].name);
	bind_id(q, ":lead", row->lead.v);
	err = stmt_int(q, &found);
	return err == ERR_NOT_FOUND ? ERR_STATE : err;
}

int
project_write(struct ctx *c, struct project *row)
{
	struct stmt *q = ctx_stmt(c, &entity_project, PROJECT_SQL_WRITE);
	int64_t changed;
	int err;

	bind_fields(q, fields, row);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = ERR_CHANGED;
	if (err == OK)
		row->version++;
	return err;
}
