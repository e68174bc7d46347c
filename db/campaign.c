/*
 * Campaigns as the county issues them. What a unit makes of one is
 * db/campaign_unit.c; how far it got is counters that the triggers of
 * 0009_campaign.sql keep while people sign in.
 */
#include "db/campaign.h"

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/campaign_unit.h"
#include "db/store/event.h"
#include "db/store/fsm.h"
#include "db/store/stmt.h"

/* clang-format off */
const struct enum_name campaign_states[] = {
	{"issued",    N_("Issued")},
	{"closed",    N_("Closed")},
	{"cancelled", N_("Cancelled")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(campaign, id,         REF,   N_("Number"), .width = 5, .readonly = true),
	FIELD(campaign, title,      TEXT,  N_("Title"), .max = CAMPAIGN_TITLE_MAX, .width = 30, .required = true),
	FIELD(campaign, text,       LINES, N_("What it is about"), .max = CAMPAIGN_TEXT_MAX, .required = true),
	FIELD(campaign, goals,      LINES, N_("Goals"), .max = CAMPAIGN_TEXT_MAX),
	FIELD(campaign, from_on,    DAY,   N_("From"), .max = 10, .required = true),
	FIELD(campaign, to_on,      DAY,   N_("To"), .max = 10, .required = true),
	FIELD(campaign, state,      ENUM,  N_("State"), .names = campaign_states, .width = 10, .readonly = true),
	FIELD(campaign, summary,    LINES, N_("Closing summary"), .max = CAMPAIGN_TEXT_MAX),
	FIELD(campaign, reason,     TEXT,  N_("Reason"), .max = CAMPAIGN_REASON_MAX, .readonly = true),
	FIELD(campaign, created_at, TIME,  N_("Issued at"), .readonly = true),
	FIELD(campaign, created_by, REF,   N_("Issued by"), .readonly = true),
	FIELD_END,
};

static const struct field line_fields[] = {
	FIELD(campaign_line, id,         REF,  N_("Number"), .width = 5),
	FIELD(campaign_line, title,      TEXT, N_("Title"), .width = 30),
	FIELD(campaign_line, from_on,    DAY,  N_("From"), .width = 10),
	FIELD(campaign_line, to_on,      DAY,  N_("To"), .width = 10),
	FIELD(campaign_line, state,      ENUM, N_("State"), .names = campaign_states, .width = 10),
	FIELD(campaign_line, units,      INT,  N_("Units")),
	FIELD(campaign_line, planned,    INT,  N_("Planned")),
	FIELD(campaign_line, summed,     INT,  N_("Summed up")),
	FIELD(campaign_line, activities, INT,  N_("Activities")),
	FIELD(campaign_line, reached,    INT,  N_("Deputies")),
	FIELD(campaign_line, own,        INT,  N_("Own unit")),
	FIELD_END,
};

static const struct step steps[CAMPAIGN_STEPS] = {
	[CAMPAIGN_DO_CLOSE]  = {"close",  N_("Close the campaign")},
	[CAMPAIGN_DO_REOPEN] = {"reopen", N_("Reopen the campaign")},
	[CAMPAIGN_DO_CANCEL] = {"cancel", N_("Cancel the campaign")},
	[CAMPAIGN_DO_ISSUE]  = {"issue",  N_("Issue a campaign")},
};

static const struct edge edges[] = {
	/* from             on                  to                  who may              reason */
	{FSM_NEW,           CAMPAIGN_DO_ISSUE,  CAMPAIGN_ISSUED,    PERM_CAMPAIGN_WRITE, false},
	{CAMPAIGN_ISSUED,   CAMPAIGN_DO_CLOSE,  CAMPAIGN_CLOSED,    PERM_CAMPAIGN_WRITE, false},
	{CAMPAIGN_CLOSED,   CAMPAIGN_DO_REOPEN, CAMPAIGN_ISSUED,    PERM_CAMPAIGN_WRITE, true},
	{CAMPAIGN_ISSUED,   CAMPAIGN_DO_CANCEL, CAMPAIGN_CANCELLED, PERM_CAMPAIGN_WRITE, true},
};
/* clang-format on */

enum {
	SQL_GET,
	SQL_ADD,
	SQL_ADD_UNIT,
	SQL_SAVE,
	SQL_SUMMARY,
	SQL_REASON,
	SQL_UNITS,
	SQL_COUNT
};

static const char *const sql[] = {
    [SQL_GET] = "SELECT campaign.* FROM campaign"
		" WHERE campaign.id = :id AND @scope",
    [SQL_ADD] = "INSERT INTO campaign (id, title, text, goals, from_on, to_on,"
		" state, created_at, created_by) VALUES (:id, :title, :text,"
		" :goals, :from_on, :to_on, :state, :created_at, :created_by)",
    [SQL_ADD_UNIT] = "INSERT INTO campaign_unit (id, campaign, unit, state)"
		     " VALUES (:id, :campaign, :unit, 'issued')",
    [SQL_SAVE] = "UPDATE campaign SET title = :title, text = :text,"
		 " goals = :goals, from_on = :from_on, to_on = :to_on"
		 " WHERE id = :id AND state = 'issued' AND @scope",
    [SQL_SUMMARY] = "UPDATE campaign SET summary = :text"
		    " WHERE id = :id AND @scope",
    [SQL_REASON] = "UPDATE campaign SET reason = :text"
		   " WHERE id = :id AND @scope",
    [SQL_UNITS] = "SELECT id FROM unit ORDER BY position, id",
};

#define OF_MY_UNIT                                                             \
	"EXISTS (SELECT 1 FROM campaign_unit AS own"                           \
	" WHERE own.campaign = campaign.id AND own.unit = :my_unit)"

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = OF_MY_UNIT,
    [SCOPE_STATION] = OF_MY_UNIT,
    [SCOPE_SELF] = OF_MY_UNIT,
};

const struct entity entity_campaign = {
    .kind = ENTITY_CAMPAIGN,
    .name = "campaign",
    .label = N_("Campaign"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
    .states = campaign_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

/* --- the list -------------------------------------------------------- */

static const struct list_filter filters[CAMPAIGN_LIST_FILTERS] = {
    [CAMPAIGN_LIST_STATE] = {.name = "state",
                             .label = N_("State"),
                             .predicate = "campaign.state = :state",
                             .is_text = true},
    [CAMPAIGN_LIST_TITLE] = {.name = "title",
                             .label = N_("Title"),
                             .predicate = "(instr(campaign.title, :title) > 0"
                                          " OR campaign.id = :title)",
                             .is_text = true},
    [CAMPAIGN_LIST_YEAR] = {.name = "year",
                            .label = N_("Year"),
                            .predicate = "campaign.from_on >= :year || '-01-01'"
                                         " AND campaign.from_on <="
                                         " :year || '-12-31'"},
};

static const struct list_order orders[] = {
    {.name = "latest",
     .label = N_("Newest first"),
     .keys = {"campaign.from_on", "campaign.id"},
     .descending = true},
};

/* One figure over the units of a campaign. */
#define OF_UNITS(what)                                                         \
	"(SELECT " what " FROM campaign_unit AS u"                             \
	" WHERE u.campaign = campaign.id)"

/* clang-format off */
const struct list_spec campaign_list = {
    .entity = &entity_campaign,
    .needs = PERM_CAMPAIGN_READ,
    .columns =
	"campaign.id, campaign.title, campaign.from_on, campaign.to_on,"
	" campaign.state, " OF_UNITS(
	    "count(*)") " AS units,"
			" " OF_UNITS(
			    "coalesce(sum(u.state <> 'issued'), "
			    "0)") " AS planned,"
				  " " OF_UNITS(
				      "coalesce(sum(u.state IN "
				      "('summed_up', 'closed')), "
				      "0)") " AS summed,"
					    " " OF_UNITS(
						"coalesce("
						"sum"
						"(" CAMPAIGN_ACTIVITIES(
						    "u") "), 0)") " AS "
                                                                  "activities,"
								  " " OF_UNITS(
								      "coalesce"
                                                                      "(sum"
                                                                      "(" CAMPAIGN_REACHED(
									  "u") "), 0)") " AS reached,"
											" coalesce((SELECT CASE u.state WHEN 'issued' THEN 0"
											"   WHEN 'planned' THEN 1 WHEN 'under_way' THEN 2"
											"   WHEN 'summed_up' THEN 3 ELSE 4 END FROM campaign_unit AS u"
											"  WHERE u.campaign = campaign.id AND u.unit = :my_unit), -1) AS own",
    .from = "campaign",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = line_fields,
    .row_size = sizeof(struct campaign_line),
};
/* clang-format on */

/* --- reading and writing --------------------------------------------- */

int
campaign_get(struct ctx *c, struct arena *a, struct campaign_id id,
             struct campaign *out)
{
	struct stmt *q;

	if (!may(c, PERM_CAMPAIGN_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_campaign, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

static int
check(struct ctx *c, const struct campaign *entry)
{
	ctx_check_begin(c);
	if (entry->title[0] == '\0')
		ctx_fault(c, "title", N_("Give the campaign a title."));
	if (entry->text[0] == '\0')
		ctx_fault(c, "text", N_("Say what the campaign is about."));
	if (text_length(entry->title) > CAMPAIGN_TITLE_MAX)
		ctx_fault(c, "title", N_("The text is too long."));
	if (text_length(entry->text) > CAMPAIGN_TEXT_MAX)
		ctx_fault(c, "text", N_("The text is too long."));
	if (text_length(entry->goals) > CAMPAIGN_TEXT_MAX)
		ctx_fault(c, "goals", N_("The text is too long."));
	if (entry->from_on.year == 0)
		ctx_fault(c, "from_on", N_("Say when it begins."));
	if (entry->to_on.year == 0)
		ctx_fault(c, "to_on", N_("Say when it ends."));
	else if (day_compare(entry->to_on, entry->from_on) < 0)
		ctx_fault(c, "to_on", N_("The end is before the beginning."));
	return ctx_check_end(c);
}

static int
add_unit(struct ctx *c, struct campaign_id campaign, int64_t unit)
{
	struct stmt *q = ctx_stmt(c, &entity_campaign, SQL_ADD_UNIT);

	bind_id(q, ":id", ctx_new_id(c, &entity_campaign_unit));
	bind_id(q, ":campaign", campaign.v);
	bind_id(q, ":unit", unit);
	return stmt_run(q, NULL);
}

static int
add_units(struct ctx *c, struct campaign_id campaign,
          const struct unit_id *units, int n)
{
	enum { UNITS_MAX = 500 };
	int64_t all[UNITS_MAX];
	int count = 0, err = OK;
	struct stmt *q;

	if (n == 0) {
		q = ctx_stmt(c, &entity_campaign, SQL_UNITS);
		while (count < UNITS_MAX && stmt_next(q))
			all[count++] = col_int(q, 0);
		err = stmt_end(q);
	}
	for (int i = 0; i < n && count < UNITS_MAX; i++)
		all[count++] = units[i].v;
	for (int i = 0; err == OK && i < count; i++)
		err = add_unit(c, campaign, all[i]);
	return err;
}

int
campaign_issue(struct ctx *c, const struct campaign *entry,
               const struct unit_id *units, int n, struct campaign_id *id)
{
	struct campaign row = *entry;
	struct stmt *q;
	int err = may(c, PERM_CAMPAIGN_WRITE) ? check(c, entry) : ERR_DENIED;

	if (err == OK)
		err = event_begin(c, ACTION_CAMPAIGN_ISSUE, ENTITY_CAMPAIGN, 0,
		                  0);
	if (err != OK)
		return err;
	row.id.v = ctx_new_id(c, &entity_campaign);
	row.state = CAMPAIGN_ISSUED;
	row.created_at = ctx_now(c);
	row.created_by.v = c->me;
	event_subject(c, row.id.v, 0);
	q = ctx_stmt(c, &entity_campaign, SQL_ADD);
	bind_fields(q, fields, &row);
	err = stmt_run(q, NULL);
	if (err == OK)
		err = add_units(c, row.id, units, n);
	err = event_end(c, err);
	if (err == OK)
		*id = row.id;
	return err;
}

int
campaign_save(struct ctx *c, const struct campaign *entry)
{
	struct arena *a = arena_new();
	struct campaign old;
	struct stmt *q;
	int64_t changed;
	int err = may(c, PERM_CAMPAIGN_WRITE) ? check(c, entry) : ERR_DENIED;

	if (err == OK)
		err = campaign_get(c, a, entry->id, &old);
	if (err == OK)
		err = event_begin(c, ACTION_CAMPAIGN_SAVE, ENTITY_CAMPAIGN,
		                  entry->id.v, 0);
	if (err != OK)
		goto done;
	q = ctx_stmt(c, &entity_campaign, SQL_SAVE);
	bind_fields(q, fields, entry);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = ERR_STATE;
	err = event_end(c, err);
done:
	arena_free(a);
	return err;
}

/* --- steps ----------------------------------------------------------- */

static int
step_check(struct ctx *c, const struct campaign *row, enum campaign_step step,
           const char *text)
{
	const struct edge *edge = fsm_edge(&entity_campaign, row->state, step);
	size_t max = step == CAMPAIGN_DO_CLOSE ? (size_t)CAMPAIGN_TEXT_MAX
	                                       : (size_t)CAMPAIGN_REASON_MAX;

	if (edge == NULL)
		return ERR_STATE;
	if (!may(c, edge->perm))
		return ERR_DENIED;
	ctx_check_begin(c);
	if (edge->wants_reason && text[0] == '\0')
		ctx_fault(c, "reason", N_("Give a reason."));
	if (text_length(text) > max)
		ctx_fault(c, edge->wants_reason ? "reason" : "summary",
		          N_("The text is too long."));
	return ctx_check_end(c);
}

int
campaign_fire(struct ctx *c, struct campaign_id id, enum campaign_step step,
              const char *text)
{
	static const enum action actions[CAMPAIGN_STEPS] = {
	    [CAMPAIGN_DO_CLOSE] = ACTION_CAMPAIGN_CLOSE,
	    [CAMPAIGN_DO_REOPEN] = ACTION_CAMPAIGN_REOPEN,
	    [CAMPAIGN_DO_CANCEL] = ACTION_CAMPAIGN_CANCEL,
	    [CAMPAIGN_DO_ISSUE] = ACTION_CAMPAIGN_ISSUE,
	};
	struct arena *a = arena_new();
	struct campaign row;
	struct stmt *q;
	int err = campaign_get(c, a, id, &row);

	if (err == OK)
		err = step_check(c, &row, step, text);
	if (err == OK)
		err = event_begin(c, actions[step], ENTITY_CAMPAIGN, id.v, 0);
	if (err != OK)
		goto done;
	if (step != CAMPAIGN_DO_CLOSE)
		event_reason(c, text);
	err = fsm_fire(c, &entity_campaign, id.v, step, NULL);
	if (err == OK) {
		q = ctx_stmt(c, &entity_campaign,
		             step == CAMPAIGN_DO_CLOSE ? SQL_SUMMARY
		                                       : SQL_REASON);
		bind_id(q, ":id", id.v);
		bind_text(q, ":text", text);
		err = stmt_run(q, NULL);
	}
	err = event_end(c, err);
done:
	arena_free(a);
	return err;
}
