/* Legs of opinions: through which office, how far, by when. */
#include "db/opinion_leg.h"

#include "db/base/i18n.h"
#include "db/opinion_leg_in.h"
#include "db/store/stmt.h"

/* clang-format off */
const struct enum_name leg_states[] = {
	{"sent",     N_("Routed")},
	{"accepted", N_("Accepted")},
	{"working",  N_("Working")},
	{"replied",  N_("Replied")},
	{"returned", N_("Returned")},
	{"closed",   N_("Called back")},
	{NULL, NULL},
};

const struct enum_name leg_paths[] = {
	{"platform", N_("A four platforms")},
	{"express",  N_("B direct channel")},
	{NULL, NULL},
};

const struct field opinion_leg_fields[] = {
	FIELD(opinion_leg, id,          REF,  N_("Number"), .readonly = true),
	FIELD(opinion_leg, opinion,     REF,  N_("Opinion"), .readonly = true),
	FIELD(opinion_leg, unit,        REF,  N_("Unit"), .readonly = true),
	FIELD(opinion_leg, station,     REF,  N_("Station"), .readonly = true),
	FIELD(opinion_leg, organ,       REF,  N_("Handling unit"), .readonly = true),
	FIELD(opinion_leg, path,        ENUM, N_("Path"), .names = leg_paths, .readonly = true),
	FIELD(opinion_leg, state,       ENUM, N_("State"), .names = leg_states, .readonly = true),
	FIELD(opinion_leg, sent_at,     TIME, N_("Sent"), .readonly = true),
	FIELD(opinion_leg, accepted_at, TIME, N_("Accepted"), .readonly = true),
	FIELD(opinion_leg, replied_at,  TIME, N_("Replied"), .readonly = true),
	FIELD(opinion_leg, sent_by,     REF,  N_("Sent by"), .readonly = true),
	FIELD(opinion_leg, promised_on, DAY,  N_("Promised"), .readonly = true),
	FIELD(opinion_leg, asked_days,  INT,  N_("Asked for (days)"), .readonly = true),
	FIELD(opinion_leg, paused_at,   TIME, N_("Paused"), .readonly = true),
	FIELD(opinion_leg, released,    BOOL, N_("Contact released"), .readonly = true),
	FIELD(opinion_leg, result,      ENUM, N_("Result"), .names = opinion_results, .readonly = true),
	FIELD(opinion_leg, warn_on,     DAY,  N_("Due soon from"), .readonly = true),
	FIELD(opinion_leg, due_on,      DAY,  N_("Due"), .readonly = true),
	FIELD_END,
};

static const struct field line_fields[] = {
	FIELD(leg_line, id,          REF,  ""),
	FIELD(leg_line, organ,       REF,  ""),
	FIELD(leg_line, name,        TEXT, ""),
	FIELD(leg_line, path,        ENUM, "", .names = leg_paths),
	FIELD(leg_line, state,       ENUM, "", .names = leg_states),
	FIELD(leg_line, sent_at,     TIME, ""),
	FIELD(leg_line, accepted_at, TIME, ""),
	FIELD(leg_line, replied_at,  TIME, ""),
	FIELD(leg_line, paused_at,   TIME, ""),
	FIELD(leg_line, promised_on, DAY,  ""),
	FIELD(leg_line, warn_on,     DAY,  ""),
	FIELD(leg_line, due_on,      DAY,  ""),
	FIELD(leg_line, asked_days,  INT,  ""),
	FIELD(leg_line, released,    BOOL, ""),
	FIELD(leg_line, result,      ENUM, "", .names = opinion_results),
	FIELD(leg_line, reports,     INT,  ""),
	FIELD_END,
};

const struct field leg_item_fields[] = {
	FIELD(leg_item, opinion,   REF,  N_("Number"), .width = 6),
	FIELD(leg_item, subject,   TEXT, N_("Subject"), .width = 30),
	FIELD(leg_item, unit_name, TEXT, N_("Unit"), .width = 12),
	FIELD(leg_item, sent_at,   TIME, N_("Sent"), .width = 11),
	FIELD(leg_item, state,     ENUM, N_("State"), .names = leg_states, .width = 10),
	FIELD(leg_item, due_on,    DAY,  N_("Due"), .width = 10),
	FIELD(leg_item, warn_on,   DAY,  N_("Due soon from")),
	FIELD(leg_item, paused_at, TIME, N_("Paused")),
	FIELD(leg_item, urgent,    BOOL, N_("Urgent")),
	FIELD(leg_item, id,        REF,  N_("Number")),
	FIELD_END,
};

static const struct step steps[LEG_STEPS] = {
	[LEG_DO_SEND]     = {"send",     N_("Send")},
	[LEG_DO_ACCEPT]   = {"accept",   N_("Accept")},
	[LEG_DO_RETURN]   = {"return",   N_("Return")},
	[LEG_DO_PROGRESS] = {"progress", N_("Report progress")},
	[LEG_DO_ASK]      = {"ask",      N_("Ask for time")},
	[LEG_DO_GRANT]    = {"grant",    N_("Grant time")},
	[LEG_DO_DENY]     = {"deny",     N_("Refuse more time")},
	[LEG_DO_PAUSE]    = {"pause",    N_("Pause the clock")},
	[LEG_DO_RESUME]   = {"resume",   N_("Let the clock go on")},
	[LEG_DO_REPLY]    = {"reply",    N_("Reply")},
	[LEG_DO_CLOSE]    = {"close",    N_("Call it back")},
	[LEG_DO_RESEND]   = {"resend",   N_("Handle again")},
};

static const struct edge edges[] = {
	/* from         on               to            who may              reason */
	{FSM_NEW,      LEG_DO_SEND,     LEG_SENT,     PERM_OPINION_HANDLE, false},
	{LEG_SENT,     LEG_DO_ACCEPT,   LEG_ACCEPTED, PERM_OPINION_OFFICE, false},
	{LEG_SENT,     LEG_DO_RETURN,   LEG_RETURNED, PERM_OPINION_OFFICE, true},
	{LEG_ACCEPTED, LEG_DO_PROGRESS, LEG_WORKING,  PERM_OPINION_OFFICE, false},
	{LEG_WORKING,  LEG_DO_PROGRESS, LEG_WORKING,  PERM_OPINION_OFFICE, false},
	{LEG_ACCEPTED, LEG_DO_REPLY,    LEG_REPLIED,  PERM_OPINION_OFFICE, false},
	{LEG_WORKING,  LEG_DO_REPLY,    LEG_REPLIED,  PERM_OPINION_OFFICE, false},
	{LEG_ACCEPTED, LEG_DO_ASK,      LEG_WORKING,  PERM_OPINION_OFFICE, true},
	{LEG_WORKING,  LEG_DO_ASK,      LEG_WORKING,  PERM_OPINION_OFFICE, true},
	{LEG_WORKING,  LEG_DO_GRANT,    LEG_WORKING,  PERM_OPINION_TRIAGE, false},
	{LEG_WORKING,  LEG_DO_DENY,     LEG_WORKING,  PERM_OPINION_TRIAGE, true},
	{LEG_ACCEPTED, LEG_DO_PAUSE,    LEG_WORKING,  PERM_OPINION_OFFICE, true},
	{LEG_WORKING,  LEG_DO_PAUSE,    LEG_WORKING,  PERM_OPINION_OFFICE, true},
	{LEG_WORKING,  LEG_DO_RESUME,   LEG_WORKING,  PERM_OPINION_OFFICE, false},
	{LEG_SENT,     LEG_DO_CLOSE,    LEG_CLOSED,   PERM_OPINION_TRIAGE, true},
	{LEG_ACCEPTED, LEG_DO_CLOSE,    LEG_CLOSED,   PERM_OPINION_TRIAGE, true},
	{LEG_WORKING,  LEG_DO_CLOSE,    LEG_CLOSED,   PERM_OPINION_TRIAGE, true},
	{LEG_RETURNED, LEG_DO_CLOSE,    LEG_CLOSED,   PERM_OPINION_HANDLE, true},
	{LEG_REPLIED,  LEG_DO_RESEND,   LEG_SENT,     PERM_OPINION_READ,   false},
};

/* clang-format on */

static const char *const sql[] = {
    [LEG_SQL_GET] = "SELECT opinion_leg.* FROM opinion_leg"
		    " WHERE opinion_leg.id = :id AND @scope",
    [LEG_SQL_LIST] =
	"SELECT opinion_leg.*, o.name,"
	" (SELECT count(*) FROM opinion_note AS n"
	"   WHERE n.leg = opinion_leg.id AND n.kind = 'progress') AS reports"
	" FROM opinion_leg CROSS JOIN organ AS o ON o.id = opinion_leg.organ"
	" WHERE opinion_leg.opinion = :id AND @scope"
	" ORDER BY opinion_leg.id LIMIT 100",
    [LEG_SQL_MINE] = "SELECT opinion_leg.* FROM opinion_leg"
		     " WHERE opinion_leg.opinion = :id"
		     "   AND opinion_leg.organ = :my_organ AND @scope"
		     " ORDER BY opinion_leg.id DESC LIMIT 1",
    [LEG_SQL_ADD] =
	"INSERT INTO opinion_leg (id, opinion, unit, station, organ,"
	" path, state, sent_at, sent_by, warn_on, due_on)"
	" VALUES (:id, :opinion, :unit, :station, :organ, :path,"
	" :state, :sent_at, :sent_by, :warn_on, :due_on)",
    [LEG_SQL_WRITE] =
	"UPDATE opinion_leg SET path = :path, sent_at = :sent_at,"
	" accepted_at = :accepted_at, replied_at = :replied_at,"
	" promised_on = :promised_on, asked_days = :asked_days,"
	" paused_at = :paused_at, result = :result, warn_on = :warn_on,"
	" due_on = :due_on WHERE id = :id AND @scope",
    /* What other offices' legs do to an opinion is asked past one's own. The
     * county's offices are everybody's, a unit's its own. */
    [LEG_SQL_ORGAN] = "SELECT count(*) FROM opinion_leg AS l"
		      " WHERE l.opinion = :opinion AND l.organ = :organ"
		      "   AND l.state NOT IN ('replied', 'returned', 'closed')"
		      " UNION ALL SELECT -1 WHERE NOT EXISTS (SELECT 1"
		      "   FROM organ WHERE id = :organ"
		      "    AND (unit IS NULL OR unit IS :unit))"
		      " ORDER BY 1",
    [LEG_SQL_RETURNED] =
	"SELECT id FROM opinion_leg"
	" WHERE opinion = :id AND state = 'returned' AND @scope",
    [LEG_SQL_REPLIED] = "SELECT opinion_leg.* FROM opinion_leg"
			" WHERE opinion = :id AND state = 'replied' AND @scope"
			" ORDER BY id LIMIT 100",
    [LEG_SQL_SENT] = "SELECT opinion_leg.* FROM opinion_leg"
		     " WHERE opinion = :id AND state = 'sent' AND @scope"
		     " ORDER BY id LIMIT 100",
    [LEG_SQL_ASKED] = "UPDATE opinion_leg SET asked_days = 0"
		      " WHERE opinion = :id AND asked_days > 0 AND @scope",
    [LEG_SQL_OPEN] = "SELECT count(*) FROM opinion_leg WHERE opinion = :id"
		     "   AND state NOT IN ('replied', 'closed')",
    /* Of several classes the weakest is the matter's. */
    [LEG_SQL_RESULT] =
	"SELECT coalesce(max(CASE result WHEN 'reference' THEN 4"
	"   WHEN 'explained' THEN 3 WHEN 'planned' THEN 2"
	"   WHEN 'solved' THEN 1 ELSE 0 END), 0) AS class"
	" FROM opinion_leg WHERE opinion = :id AND state = 'replied'",
    [LEG_SQL_PAUSED] = "SELECT count(*) FROM opinion_leg WHERE opinion = :id"
		       "   AND paused_at IS NOT NULL",
    [LEG_SQL_DUE] =
	"UPDATE opinion_leg SET warn_on = :warn_on, due_on = :due_on"
	" WHERE opinion = :id AND state IN ('accepted', 'working')"
	"   AND paused_at IS NULL",
    [LEG_SQL_RELEASE] = "UPDATE opinion_leg SET released = :released"
			" WHERE id = :id AND @scope",
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "opinion_leg.unit = :my_unit",
    [SCOPE_STATION] = "opinion_leg.station = :my_station",
    [SCOPE_SELF] = "EXISTS (SELECT 1 FROM opinion AS o"
		   " WHERE o.id = opinion_leg.opinion AND o.reader = :me)",
    [SCOPE_ASSIGNED] = "opinion_leg.organ = :my_organ",
};

const struct entity entity_opinion_leg = {
    .kind = ENTITY_OPINION_LEG,
    .name = "opinion_leg",
    .label = N_("Leg"),
    .fields = opinion_leg_fields,
    .scope = scope,
    .sql = sql,
    .sql_count = LEG_SQL_COUNT,
    .states = leg_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

/* --- reading --------------------------------------------------------- */

static const struct list_filter filters[LEG_LIST_FILTERS] = {
    [LEG_LIST_OPEN] = {.name = "open",
                       .label = N_("In hand"),
                       .predicate = "opinion_leg.state IN ('sent',"
                                    " 'accepted', 'working') AND :open <> 0"},
    [LEG_LIST_STATE] = {.name = "state",
                        .label = N_("State"),
                        .predicate = "opinion_leg.state = :state",
                        .is_text = true},
    [LEG_LIST_TITLE] = {.name = "title",
                        .label = N_("Subject"),
                        .predicate =
                            "(instr(o.subject, :title) > 0 OR o.id = :title)",
                        .is_text = true},
};

static const struct list_order orders[] = {
    [LEG_BY_DUE] = {.name = "due",
                    .label = N_("By due day"),
                    .keys = {"opinion_leg.due_on", "opinion_leg.id"}},
    [LEG_BY_LATEST] = {.name = "latest",
                       .label = N_("Newest first"),
                       .keys = {"opinion_leg.sent_at", "opinion_leg.id"},
                       .descending = true},
};

const struct list_spec opinion_leg_list = {
    .entity = &entity_opinion_leg,
    .needs = PERM_OPINION_OFFICE,
    .columns = "opinion_leg.id, opinion_leg.opinion, o.subject,"
	       " coalesce((SELECT u.name FROM unit AS u"
	       "   WHERE u.id = opinion_leg.unit), '') AS unit_name,"
	       " opinion_leg.sent_at, opinion_leg.state, opinion_leg.warn_on,"
	       " opinion_leg.due_on, opinion_leg.paused_at, o.urgent",
    .from = "opinion_leg CROSS JOIN opinion AS o"
	    " ON o.id = opinion_leg.opinion",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = leg_item_fields,
    .row_size = sizeof(struct leg_item),
};

int
leg_get(struct ctx *c, struct arena *a, struct opinion_leg_id id,
        struct opinion_leg *out)
{
	struct stmt *q;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, opinion_leg_fields, out);
}

int
leg_list(struct ctx *c, struct arena *a, struct opinion_id id,
         struct leg_line **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_LIST);
	bind_id(q, ":id", id.v);
	return stmt_all(q, a, line_fields, sizeof(**rows), LEG_MAX, rows, n);
}

int
leg_mine(struct ctx *c, struct arena *a, struct opinion_id id,
         struct opinion_leg *out)
{
	struct stmt *q;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_opinion_leg, LEG_SQL_MINE);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, opinion_leg_fields, out);
}
