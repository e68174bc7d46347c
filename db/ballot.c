/*
 * Ballots: what they are, who sees them, which step follows which. Preparing
 * one is db/ballot_prepare.c, its steps db/ballot_act.c, a vote
 * db/ballot_vote.c, the papers db/ballot_paper.c, arithmetic
 * db/ballot_count.c.
 */
#include "db/ballot.h"

#include "db/ballot_in.h"
#include "db/base/i18n.h"
#include "db/predicates.h"
#include "db/store/fsm.h"

/* clang-format off */
const struct enum_name ballot_bodies[] = {
	{"congress", N_("People's congress")},
	{"assembly", N_("Residents' assembly")},
	{NULL, NULL},
};
const struct enum_name ballot_states[] = {
	{"draft",     N_("Draft")},
	{"frozen",    N_("List frozen")},
	{"open",      N_("Voting")},
	{"closed",    N_("Counted")},
	{"confirmed", N_("Confirmed")},
	{"void",      N_("Void")},
	{NULL, NULL},
};
const struct enum_name ballot_kinds[] = {
	{"mark", N_("Mark some of the list")},
	{"each", N_("For or against each")},
	{NULL, NULL},
};
const struct enum_name ballot_rules[] = {
	{"majority", N_("More than half of all voters")},
	{"top",      N_("Those with most votes")},
	{NULL, NULL},
};
const struct enum_name ballot_ties[] = {
	{"again",     N_("A further ballot among the tied")},
	{"presidium", N_("The presidium decides")},
	{NULL, NULL},
};
const struct enum_name ballot_outcomes[] = {
	{"none",      N_("No result yet")},
	{"decided",   N_("Has a result")},
	{"tied",      N_("Tied at the last place")},
	{"too_few",   N_("Fewer than five papers")},
	{"no_quorum", N_("Not more than half took part")},
	{NULL, NULL},
};
const struct enum_name option_outcomes[] = {
	{"none",         N_("No result yet")},
	{"selected",     N_("Selected")},
	{"not_selected", N_("Not selected")},
	{"tied",         N_("Tied")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(ballot, id,        REF,  N_("Number"), .width = 5, .readonly = true),
	FIELD(ballot, unit,      REF,  N_("Unit"), .required = true, .readonly = true),
	FIELD(ballot, station,   REF,  N_("Station"), .readonly = true),
	FIELD(ballot, body,      ENUM, N_("Voters"), .names = ballot_bodies, .readonly = true),
	FIELD(ballot, title,     TEXT, N_("Title"), .max = BALLOT_TITLE_MAX, .width = 30, .required = true),
	FIELD(ballot, year,      INT,  N_("Year"), .max = 4, .required = true),
	FIELD(ballot, activity,  REF,  N_("Meeting")),
	FIELD(ballot, kind,      ENUM, N_("How to vote"), .names = ballot_kinds, .required = true),
	FIELD(ballot, places,    INT,  N_("Places"), .max = 2, .required = true),
	FIELD(ballot, rule,      ENUM, N_("Who is selected"), .names = ballot_rules, .required = true),
	FIELD(ballot, tie,       ENUM, N_("At a tie"), .names = ballot_ties, .required = true),
	FIELD(ballot, tellers,   TEXT, N_("Tellers"), .max = BALLOT_TELLERS_MAX, .personal = true, .hint = N_("names")),
	FIELD(ballot, again,     REF,  N_("Among the tied of"), .readonly = true),
	FIELD(ballot, state,     ENUM, N_("State"), .names = ballot_states, .width = 10, .readonly = true),
	FIELD(ballot, reason,    TEXT, N_("Reason"), .max = BALLOT_REASON_MAX, .readonly = true),
	FIELD(ballot, outcome,   ENUM, N_("Outcome"), .names = ballot_outcomes, .readonly = true),
	FIELD(ballot, issued,    INT,  N_("On the list"), .readonly = true),
	FIELD(ballot, returned,  INT,  N_("Handed in"), .readonly = true),
	FIELD(ballot, valid,     INT,  N_("Valid"), .readonly = true),
	FIELD(ballot, invalid,   INT,  N_("Invalid"), .readonly = true),
	FIELD(ballot, closes_at, TIME, N_("Closes at the latest")),
	FIELD(ballot, frozen_at, TIME, N_("List frozen"), .readonly = true),
	FIELD(ballot, opened_at, TIME, N_("Voting began"), .readonly = true),
	FIELD(ballot, closed_at, TIME, N_("Voting ended"), .readonly = true),
	FIELD(ballot, confirmed_at, TIME, N_("Confirmed"), .readonly = true),
	FIELD(ballot, version,   INT,  "", .readonly = true),
	FIELD_END,
};
const struct field *const ballot_fields = fields;

static const struct field option_fields[] = {
	FIELD(ballot_option, id,       REF,  N_("Number"), .readonly = true),
	FIELD(ballot_option, ballot,   REF,  N_("Ballot"), .readonly = true),
	FIELD(ballot_option, project,  REF,  N_("Project"), .readonly = true),
	FIELD(ballot_option, position, INT,  N_("No."), .width = 3, .readonly = true),
	FIELD(ballot_option, yes,      INT,  N_("For"), .width = 5, .readonly = true),
	FIELD(ballot_option, no,       INT,  N_("Against"), .width = 7, .readonly = true),
	FIELD(ballot_option, abstain,  INT,  N_("Neither"), .width = 7, .readonly = true),
	FIELD(ballot_option, outcome,  ENUM, N_("Outcome"), .names = option_outcomes, .width = 12, .readonly = true),
	FIELD_END,
};
/* With the title, which is the project's. */
static const struct field option_read[] = {
	FIELD(ballot_option, id,       REF,  ""),
	FIELD(ballot_option, ballot,   REF,  ""),
	FIELD(ballot_option, project,  REF,  ""),
	FIELD(ballot_option, title,    TEXT, ""),
	FIELD(ballot_option, position, INT,  ""),
	FIELD(ballot_option, yes,      INT,  ""),
	FIELD(ballot_option, no,       INT,  ""),
	FIELD(ballot_option, abstain,  INT,  ""),
	FIELD(ballot_option, outcome,  ENUM, "", .names = option_outcomes),
	FIELD_END,
};
const struct field *const ballot_option_fields = option_fields;

static const struct field voter_fields[] = {
	FIELD(ballot_voter, id,      REF,  N_("Number"), .readonly = true),
	FIELD(ballot_voter, ballot,  REF,  N_("Ballot"), .readonly = true),
	FIELD(ballot_voter, person,  REF,  N_("Person"), .readonly = true),
	FIELD(ballot_voter, mandate, REF,  N_("Mandate"), .readonly = true),
	FIELD(ballot_voter, voted,   BOOL, N_("Voted"), .readonly = true),
	FIELD_END,
};
static const struct field voter_read[] = {
	FIELD(ballot_voter, id,      REF,  ""),
	FIELD(ballot_voter, ballot,  REF,  ""),
	FIELD(ballot_voter, person,  REF,  ""),
	FIELD(ballot_voter, mandate, REF,  ""),
	FIELD(ballot_voter, name,    TEXT, ""),
	FIELD(ballot_voter, voted,   BOOL, ""),
	FIELD_END,
};
const struct field *const ballot_voter_fields = voter_fields;

static const struct step steps[BALLOT_STEPS] = {
	[BALLOT_DO_PREPARE] = {"prepare", N_("Prepare a ballot")},
	[BALLOT_DO_FREEZE]  = {"freeze",  N_("Freeze the list")},
	[BALLOT_DO_THAW]    = {"thaw",    N_("Change the list again")},
	[BALLOT_DO_OPEN]    = {"open",    N_("Open the ballot")},
	[BALLOT_DO_CLOSE]   = {"close",   N_("Close and count")},
	[BALLOT_DO_CONFIRM] = {"confirm", N_("Confirm the result")},
	[BALLOT_DO_VOID]    = {"void",    N_("Declare it void")},
};

static const struct edge edges[] = {
	/* from           on                  to                who may            reason */
	{FSM_NEW,         BALLOT_DO_PREPARE, BALLOT_DRAFT,     PERM_BALLOT_WRITE, false},
	{BALLOT_DRAFT,    BALLOT_DO_FREEZE,  BALLOT_FROZEN,    PERM_BALLOT_WRITE, false},
	{BALLOT_FROZEN,   BALLOT_DO_OPEN,    BALLOT_OPEN,      PERM_BALLOT_WRITE, false},
	{BALLOT_FROZEN,   BALLOT_DO_THAW,    BALLOT_DRAFT,     PERM_BALLOT_WRITE, false},
	{BALLOT_OPEN,     BALLOT_DO_CLOSE,   BALLOT_CLOSED,    PERM_BALLOT_WRITE, false},
	{BALLOT_CLOSED,   BALLOT_DO_CONFIRM, BALLOT_CONFIRMED, PERM_BALLOT_WRITE, false},
	{BALLOT_DRAFT,    BALLOT_DO_VOID,    BALLOT_VOID,      PERM_BALLOT_WRITE, true},
	{BALLOT_FROZEN,   BALLOT_DO_VOID,    BALLOT_VOID,      PERM_BALLOT_WRITE, true},
	{BALLOT_OPEN,     BALLOT_DO_VOID,    BALLOT_VOID,      PERM_BALLOT_WRITE, true},
	{BALLOT_CLOSED,   BALLOT_DO_VOID,    BALLOT_VOID,      PERM_BALLOT_WRITE, true},
};
/* clang-format on */

static const char *const sql[] = {
    [BALLOT_SQL_GET] = "SELECT ballot.* FROM ballot"
		       " WHERE ballot.id = :id AND @scope",
    [BALLOT_SQL_ADD] =
	"INSERT INTO ballot (id, unit, station, body, title, year, activity,"
	" kind, places, rule, tie, tellers, again, state, closes_at)"
	" VALUES (:id, :unit, :station, :body, :title, :year, :activity,"
	" :kind, :places, :rule, :tie, :tellers, :again, 'draft', :closes_at)",
    [BALLOT_SQL_SAVE] =
	"UPDATE ballot SET title = :title, year = :year, activity = :activity,"
	" kind = :kind, places = :places, rule = :rule, tie = :tie,"
	" tellers = :tellers, closes_at = :closes_at, version = version + 1"
	" WHERE id = :id AND state = 'draft' AND version = :version"
	"   AND @scope",
    /* What a step leaves; the state is fsm_fire's. */
    [BALLOT_SQL_WRITE] =
	"UPDATE ballot SET reason = :reason, outcome = :outcome,"
	" issued = :issued, returned = :returned, valid = :valid,"
	" invalid = :invalid, frozen_at = :frozen_at, opened_at = :opened_at,"
	" closed_at = :closed_at, confirmed_at = :confirmed_at,"
	" version = version + 1"
	" WHERE id = :id AND version = :version AND @scope",
    [BALLOT_SQL_RETURNED] = "UPDATE ballot SET returned = returned + 1"
			    " WHERE id = :id AND state = 'open' AND @scope",
    [BALLOT_SQL_DUE] = "SELECT ballot.id, ballot.version FROM ballot"
		       " WHERE ballot.state = 'open'"
		       "   AND ballot.closes_at <= :now AND @scope"
		       " ORDER BY ballot.closes_at LIMIT 16",
    [BALLOT_SQL_UNIT] = "SELECT k.has_congress, k.has_assembly FROM unit AS u"
			"  JOIN unit_kind AS k ON k.name = u.kind"
			" WHERE u.id = :unit",
    [BALLOT_SQL_STATION] = "SELECT id FROM station WHERE unit = :unit"
			   " ORDER BY id LIMIT 1",
};

/* A deputy or a member of the assembly sees their unit's, once the list
 * stands. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "ballot.unit = :my_unit",
    [SCOPE_STATION] = "ballot.station = :my_station",
    [SCOPE_SELF] = "ballot.station = :my_station AND ballot.state <> 'draft'",
};

const struct entity entity_ballot = {
    .kind = ENTITY_BALLOT,
    .name = "ballot",
    .label = N_("Ballot"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = BALLOT_SQL_COUNT,
    .states = ballot_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

/* --- what stands on the paper ----------------------------------------- */

static const char *const option_sql[] = {
    [BALLOT_OPTION_SQL_LIST] =
	"SELECT ballot_option.*, p.title FROM ballot_option"
	"  JOIN project AS p ON p.id = ballot_option.project"
	" WHERE ballot_option.ballot = :ballot AND @scope"
	" ORDER BY ballot_option.position",
    [BALLOT_OPTION_SQL_ADD] =
	"INSERT INTO ballot_option (id, ballot, project, position)"
	" VALUES (:id, :ballot, :project, :position)",
    [BALLOT_OPTION_SQL_DROP] =
	"DELETE FROM ballot_option WHERE ballot = :ballot AND @scope",
    [BALLOT_OPTION_SQL_WRITE] =
	"UPDATE ballot_option SET yes = :yes, no = :no, abstain = :abstain,"
	" outcome = :outcome WHERE id = :id AND @scope",
};

#define OF_BALLOT(table, term)                                                 \
	"EXISTS (SELECT 1 FROM ballot AS b WHERE b.id = " table ".ballot"      \
	" AND " term ")"

static const char *const option_scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = OF_BALLOT("ballot_option", "b.unit = :my_unit"),
    [SCOPE_STATION] = OF_BALLOT("ballot_option", "b.station = :my_station"),
    [SCOPE_SELF] = OF_BALLOT("ballot_option",
                             "b.station = :my_station AND b.state <> 'draft'"),
};

const struct entity entity_ballot_option = {
    .kind = ENTITY_BALLOT_OPTION,
    .name = "ballot_option",
    .label = N_("Candidate"),
    .fields = option_fields,
    .scope = option_scope,
    .sql = option_sql,
    .sql_count = BALLOT_OPTION_SQL_COUNT,
};

/* --- who votes --------------------------------------------------------- */

static const char *const voter_sql[] = {
    [BALLOT_VOTER_SQL_LIST] = "SELECT ballot_voter.*, p.name FROM ballot_voter"
			      "  JOIN person AS p ON p.id = ballot_voter.person"
			      " WHERE ballot_voter.ballot = :ballot AND @scope"
			      " ORDER BY ballot_voter.id",
    [BALLOT_VOTER_SQL_OF] =
	"SELECT ballot_voter.*, p.name FROM ballot_voter"
	"  JOIN person AS p ON p.id = ballot_voter.person"
	" WHERE ballot_voter.ballot = :ballot AND ballot_voter.person = :person"
	"   AND @scope",
    [BALLOT_VOTER_SQL_ADD] =
	"INSERT INTO ballot_voter (id, ballot, person, mandate)"
	" VALUES (:id, :ballot, :person, :mandate)",
    [BALLOT_VOTER_SQL_DROP] =
	"DELETE FROM ballot_voter WHERE ballot = :ballot AND @scope",
    [BALLOT_VOTER_SQL_VOTED] =
	"UPDATE ballot_voter SET voted = 1"
	" WHERE ballot = :ballot AND person = :me AND voted = 0 AND @scope",
    /* A person once. :person 0: all of them, in no order. */
    [BALLOT_VOTER_SQL_CONGRESS] =
	"SELECT m.person, m.id, p.pinyin FROM mandate AS m"
	"  JOIN person AS p ON p.id = m.person"
	" WHERE m.unit = :unit AND m.level = 'town' AND " CURRENT(
	    "m") "   AND :person IN (0, m.person)"
		 "   AND NOT EXISTS (SELECT 1 FROM mandate AS other"
		 "     WHERE other.person = m.person AND other.unit = m.unit"
		 "       AND other.level = 'town' AND other.id < m.id"
		 "       AND " CURRENT("other") ")",
    [BALLOT_VOTER_SQL_ASSEMBLY] =
	"SELECT o.person, NULL, p.pinyin FROM office AS o"
	"  JOIN person AS p ON p.id = o.person"
	" WHERE o.unit = :unit AND o.role = 'member' AND " CURRENT(
	    "o") "   AND :person IN (0, o.person)"
		 "   AND NOT EXISTS (SELECT 1 FROM office AS other"
		 "     WHERE other.person = o.person AND other.unit = o.unit"
		 "       AND other.role = 'member' AND other.id < o.id"
		 "       AND " CURRENT("other") ")",
};

static const char *const voter_scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = OF_BALLOT("ballot_voter", "b.unit = :my_unit"),
    [SCOPE_STATION] = OF_BALLOT("ballot_voter", "b.station = :my_station"),
    [SCOPE_SELF] = "ballot_voter.person = :me",
};

const struct entity entity_ballot_voter = {
    .kind = ENTITY_BALLOT_VOTER,
    .name = "ballot_voter",
    .label = N_("Voter"),
    .fields = voter_fields,
    .scope = voter_scope,
    .sql = voter_sql,
    .sql_count = BALLOT_VOTER_SQL_COUNT,
};

/* --- the list ---------------------------------------------------------- */

/* clang-format off */
const struct field ballot_line_fields[] = {
	FIELD(ballot_line, id,        REF,  N_("Number"), .width = 5),
	FIELD(ballot_line, title,     TEXT, N_("Title"), .width = 30),
	FIELD(ballot_line, unit_name, TEXT, N_("Unit"), .width = 10),
	FIELD(ballot_line, year,      INT,  N_("Year"), .width = 5),
	FIELD(ballot_line, options,   INT,  N_("Candidates"), .width = 10),
	FIELD(ballot_line, places,    INT,  N_("Places"), .width = 6),
	FIELD(ballot_line, returned,  INT,  N_("Handed in"), .width = 9),
	FIELD(ballot_line, issued,    INT,  N_("On the list"), .width = 11),
	FIELD(ballot_line, state,     ENUM, N_("State"), .names = ballot_states, .width = 11),
	FIELD(ballot_line, outcome,   ENUM, N_("Outcome"), .names = ballot_outcomes, .width = 12),
	FIELD(ballot_line, body,      ENUM, N_("Voters"), .names = ballot_bodies),
	FIELD(ballot_line, opened_at, TIME, N_("Voting began"), .width = 11),
	FIELD(ballot_line, closed_at, TIME, N_("Voting ended"), .width = 11),
	FIELD_END,
};

static const struct list_filter filters[BALLOT_LIST_FILTERS] = {
	[BALLOT_LIST_UNIT]  = {"unit", N_("Unit"), "ballot.unit = :unit", false},
	[BALLOT_LIST_STATE] = {"state", N_("State"), "ballot.state = :state", true},
	[BALLOT_LIST_YEAR]  = {"year", N_("Year"), "likely(ballot.year = :year)", false},
};
/* clang-format on */

static const struct list_order orders[] = {
    {.name = "latest",
     .label = N_("Newest first"),
     .keys = {"ballot.id"},
     .descending = true},
};

const struct list_spec ballot_list = {
    .entity = &entity_ballot,
    .needs = PERM_BALLOT_READ,
    .columns = "ballot.id, ballot.title, ballot.year, ballot.places,"
	       " ballot.issued, ballot.returned, ballot.state, ballot.outcome,"
	       " ballot.body, ballot.opened_at, ballot.closed_at,"
	       " (SELECT u.name FROM unit AS u WHERE u.id = ballot.unit)"
	       "   AS unit_name,"
	       " (SELECT count(*) FROM ballot_option AS o"
	       "   WHERE o.ballot = ballot.id) AS options",
    .from = "ballot",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = ballot_line_fields,
    .row_size = sizeof(struct ballot_line),
};

/* --- reading ----------------------------------------------------------- */

int
ballot_get(struct ctx *c, struct arena *a, struct ballot_id id,
           struct ballot *out)
{
	struct stmt *q;

	if (!may(c, PERM_BALLOT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_ballot, BALLOT_SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
ballot_options(struct ctx *c, struct arena *a, struct ballot_id id,
               struct ballot_option **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_BALLOT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_ballot_option, BALLOT_OPTION_SQL_LIST);
	bind_id(q, ":ballot", id.v);
	return stmt_all(q, a, option_read, sizeof(**rows), BALLOT_OPTIONS_MAX,
	                rows, n);
}

int
ballot_voters(struct ctx *c, struct arena *a, struct ballot_id id,
              struct ballot_voter **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_BALLOT_WRITE))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_ballot_voter, BALLOT_VOTER_SQL_LIST);
	bind_id(q, ":ballot", id.v);
	return stmt_all(q, a, voter_read, sizeof(**rows), BALLOT_VOTERS_MAX,
	                rows, n);
}

int
ballot_mine(struct ctx *c, struct arena *a, struct ballot_id id,
            struct ballot_voter *out)
{
	struct stmt *q;

	if (!may(c, PERM_BALLOT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_ballot_voter, BALLOT_VOTER_SQL_OF);
	bind_id(q, ":ballot", id.v);
	bind_id(q, ":person", c->me);
	return stmt_one(q, a, voter_read, out);
}
