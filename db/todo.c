/*
 * What must I do now: what waits for the acting person, each kind by one
 * short search, put in order of urgency here.
 */
#include <assert.h>
#include <stdlib.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/instruction.h"
#include "db/opinion_leg.h"
#include "db/participant.h"
#include "db/project_task.h"
#include "db/rota.h"
#include "db/setting.h"
#include "db/store/stmt.h"
#include "db/todo_in.h"
#include "db/totals.h"

/* Each gives id, title, when, how many, unit; at most :max rows. */
#define WAITERS(index_term)                                                    \
	"SELECT activity.id, activity.title, activity.starts_at, count(*),"    \
	" activity.unit"                                                       \
	" FROM participant CROSS JOIN activity"                                \
	" ON activity.id = participant.activity"                               \
	" WHERE " index_term " AND @scope"                                     \
	" GROUP BY participant.unit, participant.activity LIMIT :max"

static const char sql_confirm[] =
    "SELECT activity.id, activity.title, activity.ends_at, 0, activity.unit"
    " FROM activity WHERE activity.state = 'closed' AND @scope"
    " ORDER BY activity.starts_at, activity.id LIMIT :max";
static const char sql_hold[] =
    "SELECT activity.id, activity.title, activity.starts_at, 0, activity.unit"
    " FROM activity WHERE activity.starts_at >= :from"
    "   AND activity.starts_at < :to"
    "   AND activity.state IN ('published', 'open') AND @scope"
    " ORDER BY activity.starts_at, activity.id LIMIT :max";
static const char sql_publish[] =
    "SELECT activity.id, activity.title, activity.starts_at, 0, activity.unit"
    " FROM activity WHERE activity.state = 'draft' AND @scope"
    " ORDER BY activity.starts_at, activity.id LIMIT :max";
static const char sql_walk_in[] = WAITERS("participant.confirmed = 0");
static const char sql_leave[] = WAITERS("participant.state = 'leave_asked'");

/* A deputy's: from their own index. */
#define OWN(state_term)                                                        \
	"SELECT activity.id, activity.title, activity.starts_at, 0,"           \
	" activity.unit"                                                       \
	" FROM participant AS own CROSS JOIN activity"                         \
	" ON activity.id = own.activity"                                       \
	" WHERE own.person = :me AND own.starts_at >= :from AND " state_term   \
	" ORDER BY own.starts_at, own.activity LIMIT :max"

static const char sql_answer[] =
    OWN("own.state = 'invited' AND activity.state = 'published'");
static const char sql_sign_in[] =
    OWN("own.state IN ('invited', 'signed_up', 'leave_refused')"
        " AND activity.state = 'open'");
static const char sql_attend[] =
    OWN("own.state IN ('signed_up', 'leave_refused')"
        " AND activity.state = 'published'");

/* The next day only: those after it have time. */
static const char sql_duty[] =
    "SELECT rota.id, (SELECT s.name FROM station AS s"
    "  WHERE s.id = rota.station), rota.starts_at, 0, rota.unit FROM rota"
    " WHERE rota.person = :me AND rota.starts_at >= :from"
    "   AND rota.state = 'due' AND rota.activity IS NULL AND @scope"
    " ORDER BY rota.starts_at LIMIT min(1, :max)";

/* Of the acting hat itself: a unit's without a station, a station's with. */
#define RECEIPTS(state_term)                                                   \
	"SELECT receipt.instruction, (SELECT i.title FROM instruction AS i"    \
	"  WHERE i.id = receipt.instruction), receipt.due_at, 0, receipt.unit" \
	" FROM receipt WHERE " state_term " AND receipt.state <> 'done'"       \
	" AND (receipt.station IS NOT NULL) = :at_station AND @scope"          \
	" ORDER BY receipt.due_at LIMIT :max"
static const char sql_receive[] = RECEIPTS("receipt.state = 'sent'");
static const char sql_carry_out[] =
    RECEIPTS("receipt.state IN ('received', 'in_progress')");
static const char sql_chase[] =
    "SELECT instruction.id, instruction.title, instruction.due_at,"
    " count(*), instruction.unit"
    " FROM receipt CROSS JOIN instruction"
    " ON instruction.id = receipt.instruction"
    " WHERE receipt.state <> 'done' AND receipt.due_at < :now AND @scope"
    " GROUP BY receipt.due_at, receipt.instruction LIMIT :max";
/* Requests about duty files, the oldest first. */
#define REQUEST(state)                                                         \
	"SELECT duty_request.id, person.name || ' ' || duty_request.title,"    \
	" duty_request.asked_at, 0, duty_request.unit FROM duty_request"       \
	" CROSS JOIN person ON person.id = duty_request.person"                \
	" WHERE duty_request.state = '" state "' AND @scope"                   \
	" ORDER BY duty_request.asked_at, duty_request.id LIMIT :max"

static const char sql_check[] = REQUEST("asked");
static const char sql_appeal[] = REQUEST("appealed");

/* Campaigns of a unit, due on a day of the campaign. */
#define CAMPAIGN(when, state_term)                                             \
	"SELECT campaign_unit.id, campaign.title || iif(coalesce(:my_unit, "   \
	"0) = 0,"                                                              \
	" ' ' || (SELECT name FROM unit WHERE id = campaign_unit.unit), ''),"  \
	" " when ", 0, campaign_unit.unit"                                     \
	" FROM campaign_unit"                                                  \
	" CROSS JOIN campaign ON campaign.id = campaign_unit.campaign"         \
	" WHERE " state_term " AND campaign.state = 'issued' AND @scope"       \
	" LIMIT :max"

static const char sql_plan[] =
    CAMPAIGN("campaign.from_on", "campaign_unit.state = 'issued'");
static const char sql_sum_up[] =
    CAMPAIGN("campaign.to_on", "campaign_unit.state IN ('planned', 'under_way')"
                               " AND campaign.to_on < :today");
static const char sql_accept[] =
    CAMPAIGN("campaign.to_on", "campaign_unit.state = 'summed_up'");

/* More than one source may bring the same thing to do. */
enum {
	SOURCE_COUNTYS_OWN = TODO_WHATS,
	SOURCE_DEPUTYS,
	SOURCE_UNITS_TASKS,
	SOURCES
};

/* clang-format off */
static const struct source {
	enum todo_what what;
	enum perm perm;
	const char *sql;
	const char *label;
	const char *grace;     /* setting: days until it is due; NULL: none */
	enum entity_kind kind; /* what the rows are */
	enum entity_kind scope; /* whose @scope */
	bool mine, day;        /* a deputy's own; from :from to :to */
	enum { ANYWHERE, IN_COUNTY, BELOW_COUNTY } where;
} sources[SOURCES] = {
	[TODO_ANSWER]  = {TODO_ANSWER, PERM_ACTIVITY_JOIN, sql_answer, N_("Answer"), NULL, ENTITY_ACTIVITY, ENTITY_ACTIVITY, true, false, ANYWHERE},
	[TODO_SIGN_IN] = {TODO_SIGN_IN, PERM_ACTIVITY_JOIN, sql_sign_in, N_("Sign in"), NULL, ENTITY_ACTIVITY, ENTITY_ACTIVITY, true, false, ANYWHERE},
	[TODO_ATTEND]  = {TODO_ATTEND, PERM_ACTIVITY_JOIN, sql_attend, N_("Attend"), NULL, ENTITY_ACTIVITY, ENTITY_ACTIVITY, true, false, ANYWHERE},
	[TODO_HOLD]    = {TODO_HOLD, PERM_ACTIVITY_WRITE, sql_hold, N_("Hold"), NULL, ENTITY_ACTIVITY, ENTITY_ACTIVITY, false, true, ANYWHERE},
	[TODO_LEAVE]   = {TODO_LEAVE, PERM_ACTIVITY_ROLL, sql_leave, N_("Grant leave"), NULL, ENTITY_ACTIVITY, ENTITY_ACTIVITY, false, false, ANYWHERE},
	[TODO_WALK_IN] = {TODO_WALK_IN, PERM_ACTIVITY_ROLL, sql_walk_in, N_("Walk-ins"), NULL, ENTITY_ACTIVITY, ENTITY_ACTIVITY, false, false, ANYWHERE},
	[TODO_CONFIRM] = {TODO_CONFIRM, PERM_ACTIVITY_WRITE, sql_confirm, N_("Confirm roll"), NULL, ENTITY_ACTIVITY, ENTITY_ACTIVITY, false, false, ANYWHERE},
	[TODO_PUBLISH] = {TODO_PUBLISH, PERM_ACTIVITY_WRITE, sql_publish, N_("Publish"), NULL, ENTITY_ACTIVITY, ENTITY_ACTIVITY, false, false, ANYWHERE},
	[TODO_DUTY]    = {TODO_DUTY, PERM_ROTA_READ, sql_duty, N_("Receive people"), NULL, ENTITY_ROTA, ENTITY_ROTA, true, false, ANYWHERE},
	[TODO_RECEIVE] = {TODO_RECEIVE, PERM_STATION_WRITE, sql_receive, N_("Confirm receipt"), NULL, ENTITY_INSTRUCTION, ENTITY_RECEIPT, false, false, BELOW_COUNTY},
	[TODO_CARRY_OUT] = {TODO_CARRY_OUT, PERM_STATION_WRITE, sql_carry_out, N_("Carry out"), NULL, ENTITY_INSTRUCTION, ENTITY_RECEIPT, false, false, BELOW_COUNTY},
	[TODO_CHASE]   = {TODO_CHASE, PERM_INSTRUCTION_SEND, sql_chase, N_("Chase up"), NULL, ENTITY_INSTRUCTION, ENTITY_INSTRUCTION, false, false, IN_COUNTY},
	[TODO_CHECK]   = {TODO_CHECK, PERM_DUTY_CHECK, sql_check, N_("Check claim"), "duty.check_days", ENTITY_DUTY_REQUEST, ENTITY_DUTY_REQUEST, false, false, BELOW_COUNTY},
	[TODO_APPEAL]  = {TODO_APPEAL, PERM_DUTY_HEAD, sql_appeal, N_("Appeal"), "duty.check_days", ENTITY_DUTY_REQUEST, ENTITY_DUTY_REQUEST, false, false, ANYWHERE},
	[TODO_PLAN]    = {TODO_PLAN, PERM_CAMPAIGN_PLAN, sql_plan, N_("Plan campaign"), NULL, ENTITY_CAMPAIGN_UNIT, ENTITY_CAMPAIGN_UNIT, false, false, ANYWHERE},
	[TODO_SUM_UP]  = {TODO_SUM_UP, PERM_CAMPAIGN_PLAN, sql_sum_up, N_("Sum up"), "campaign.sum_up_days", ENTITY_CAMPAIGN_UNIT, ENTITY_CAMPAIGN_UNIT, false, false, ANYWHERE},
	[TODO_ACCEPT]  = {TODO_ACCEPT, PERM_CAMPAIGN_WRITE, sql_accept, N_("Accept summary"), NULL, ENTITY_CAMPAIGN_UNIT, ENTITY_CAMPAIGN_UNIT, false, false, ANYWHERE},
	[TODO_ADMIT]     = {TODO_ADMIT, PERM_OPINION_TRIAGE, todo_sql_officers, N_("Look through"), NULL, ENTITY_OPINION, ENTITY_OPINION, false, false, BELOW_COUNTY},
	[TODO_TAKE]      = {.label = N_("Take up")},
	[TODO_HANDLE]    = {.label = N_("Answer or route")},
	[TODO_RETURNED]  = {.label = N_("Route again")},
	[TODO_TIME]      = {.label = N_("Grant time")},
	[TODO_TELL]      = {.label = N_("Tell the citizen")},
	[TODO_ESCALATED] = {TODO_ADMIT, PERM_OPINION_SUPERVISE, todo_sql_escalated, N_("Supervise"), NULL, ENTITY_OPINION, ENTITY_OPINION, false, false, ANYWHERE},
	[TODO_LEG]       = {TODO_LEG, PERM_OPINION_OFFICE, todo_sql_legs, N_("Accept opinion"), NULL, ENTITY_OPINION, ENTITY_OPINION_LEG, false, false, ANYWHERE},
	[TODO_LEG_REPLY] = {.label = N_("Reply")},
	[TODO_PROPOSAL]  = {TODO_PROPOSAL, PERM_PROJECT_WRITE, todo_sql_proposals, N_("Look at proposal"), NULL, ENTITY_PROJECT, ENTITY_PROJECT, false, false, BELOW_COUNTY},
	[TODO_CHOSEN]    = {TODO_CHOSEN, PERM_PROJECT_WRITE, todo_sql_chosen, N_("Plan project"), NULL, ENTITY_PROJECT, ENTITY_PROJECT, false, false, BELOW_COUNTY},
	[TODO_INSPECT]   = {TODO_INSPECT, PERM_PROJECT_WRITE, todo_sql_inspect, N_("Inspect"), NULL, ENTITY_PROJECT, ENTITY_PROJECT, false, false, BELOW_COUNTY},
	[TODO_CHANGE]    = {TODO_CHANGE, PERM_PROJECT_APPROVE, todo_sql_changes, N_("Approve change"), NULL, ENTITY_PROJECT, ENTITY_PROJECT_CHANGE, false, false, ANYWHERE},
	[TODO_REPORT]    = {TODO_REPORT, PERM_PROJECT_OFFICE, todo_sql_reports, N_("Report month"), "project.report_day", ENTITY_PROJECT, ENTITY_PROJECT, false, false, ANYWHERE},
	[TODO_MILESTONE] = {TODO_MILESTONE, PERM_PROJECT_OFFICE, todo_sql_milestones, N_("Reach milestone"), NULL, ENTITY_PROJECT, ENTITY_PROJECT, false, false, ANYWHERE},
	[TODO_FINDING]   = {TODO_FINDING, PERM_PROJECT_SUPERVISE, todo_sql_finding, N_("Write findings"), NULL, ENTITY_ACTIVITY, ENTITY_ACTIVITY, true, false, ANYWHERE},
	[TODO_RATE]      = {TODO_RATE, PERM_PROJECT_RATE, todo_sql_rate, N_("Rate project"), NULL, ENTITY_PROJECT, ENTITY_PROJECT, true, false, ANYWHERE},
	[TODO_TASK_RATE] = {TODO_TASK_RATE, PERM_PROJECT_SUPERVISE, todo_sql_replied, N_("Rate reply"), NULL, ENTITY_PROJECT_TASK, ENTITY_PROJECT_TASK, true, false, ANYWHERE},
	[TODO_TASK_END]  = {TODO_TASK_END, PERM_PROJECT_APPROVE, todo_sql_disputed, N_("Settle dispute"), NULL, ENTITY_PROJECT_TASK, ENTITY_PROJECT_TASK, false, false, ANYWHERE},
	[TODO_TASK]      = {TODO_TASK, PERM_PROJECT_OFFICE, todo_sql_tasks, N_("Accept task"), NULL, ENTITY_PROJECT_TASK, ENTITY_PROJECT_TASK, false, false, ANYWHERE},
	[TODO_TASK_REPLY] = {.label = N_("Reply to task")},
	[TODO_TASK_LATE] = {.label = N_("Task overdue")},
	[SOURCE_UNITS_TASKS] = {TODO_TASK, PERM_PROJECT_WRITE, todo_sql_unit_tasks, NULL, NULL, ENTITY_PROJECT_TASK, ENTITY_PROJECT_TASK, false, false, BELOW_COUNTY},
	[SOURCE_COUNTYS_OWN] = {TODO_ADMIT, PERM_OPINION_TRIAGE, todo_sql_countys_own, NULL, NULL, ENTITY_OPINION, ENTITY_OPINION, false, false, IN_COUNTY},
	[SOURCE_DEPUTYS]     = {TODO_ADMIT, PERM_OPINION_HANDLE, todo_sql_deputys, NULL, NULL, ENTITY_OPINION, ENTITY_OPINION, true, false, ANYWHERE},
	[TODO_VOTE]      = {TODO_VOTE, PERM_BALLOT_VOTE, todo_sql_vote, N_("Vote"), NULL, ENTITY_BALLOT, ENTITY_BALLOT, true, false, ANYWHERE},
	[TODO_CLOSE]     = {TODO_CLOSE, PERM_BALLOT_WRITE, todo_sql_close, N_("Close ballot"), NULL, ENTITY_BALLOT, ENTITY_BALLOT, false, false, BELOW_COUNTY},
	[TODO_OUTCOME]   = {TODO_OUTCOME, PERM_BALLOT_WRITE, todo_sql_outcome, N_("Confirm result"), NULL, ENTITY_BALLOT, ENTITY_BALLOT, false, false, BELOW_COUNTY},
	[TODO_STUDY]        = {TODO_STUDY, PERM_LAW_COMMENT, todo_sql_study, N_("Study draft law"), NULL, ENTITY_CONSULTATION, ENTITY_CONSULTATION_PERSON, true, false, ANYWHERE},
	[TODO_RESULT]       = {TODO_RESULT, PERM_LAW_COMMENT, todo_sql_results, N_("See the answer"), NULL, ENTITY_LAW_COMMENT, ENTITY_LAW_COMMENT, true, false, ANYWHERE},
	[TODO_AGAIN]        = {TODO_AGAIN, PERM_LAW_COMMENT, todo_sql_again, N_("Change comment"), NULL, ENTITY_LAW_COMMENT, ENTITY_LAW_COMMENT, true, false, ANYWHERE},
	[TODO_COMMENT]      = {TODO_COMMENT, PERM_LAW_CHECK, todo_sql_comments, N_("Check comments"), NULL, ENTITY_CONSULTATION, ENTITY_LAW_COMMENT, false, false, BELOW_COUNTY},
	[TODO_LAW_ANSWER]   = {TODO_LAW_ANSWER, PERM_LAW_ANSWER, todo_sql_law_answers, N_("Answer comments"), NULL, ENTITY_CONSULTATION, ENTITY_LAW_COMMENT, false, false, IN_COUNTY},
	[TODO_CONSULTATION] = {TODO_CONSULTATION, PERM_LAW_WRITE, todo_sql_consultations, N_("Tell the results"), NULL, ENTITY_CONSULTATION, ENTITY_CONSULTATION, false, false, IN_COUNTY},
};
/* clang-format on */

const char *
todo_label(enum todo_what what)
{
	assert(what < TODO_WHATS);
	return sources[what].label;
}

/* Days from today on: to go for what is to come, since what is over. */
static enum todo_urgency
urgency(enum todo_what what, int days)
{
	enum { CONFIRM_DAYS = 7, SOON_DAYS = 3 };

	switch (what) {
	case TODO_CONFIRM:
		return days < -CONFIRM_DAYS ? TODO_OVERDUE : TODO_SOON;
	case TODO_WALK_IN:
	case TODO_VOTE:
	case TODO_CLOSE:
	case TODO_OUTCOME:
	case TODO_SIGN_IN:
	case TODO_HOLD:
		return TODO_TODAY;
	case TODO_ACCEPT:
	case TODO_PROPOSAL:
	case TODO_CHOSEN:
	case TODO_RATE:
	case TODO_RESULT:
		return TODO_LATER;
	case TODO_INSPECT:
	case TODO_CHANGE:
	case TODO_FINDING:
	case TODO_TASK_RATE:
	case TODO_TASK_END:
	case TODO_AGAIN:
	case TODO_COMMENT:
	case TODO_LAW_ANSWER:
	case TODO_CONSULTATION:
		return TODO_SOON;
	case TODO_CHECK:
	case TODO_APPEAL:
	case TODO_SUM_UP:
	case TODO_PUBLISH:
	case TODO_CARRY_OUT:
	case TODO_CHASE:
	case TODO_PLAN:
	case TODO_ADMIT:
	case TODO_TAKE:
	case TODO_HANDLE:
	case TODO_RETURNED:
	case TODO_TIME:
	case TODO_TELL:
	case TODO_ESCALATED:
	case TODO_LEG:
	case TODO_LEG_REPLY:
	case TODO_REPORT:
	case TODO_MILESTONE:
	case TODO_TASK:
	case TODO_TASK_REPLY:
	case TODO_TASK_LATE:
	case TODO_STUDY:
		if (days < 0)
			return TODO_OVERDUE;
		break;
	case TODO_RECEIVE:
		return days < 0 ? TODO_OVERDUE : TODO_TODAY;
	case TODO_ANSWER:
	case TODO_ATTEND:
	case TODO_LEAVE:
	case TODO_DUTY:
	case TODO_WHATS:
		break;
	}
	if (days <= 0)
		return TODO_TODAY;
	return days <= SOON_DAYS ? TODO_SOON : TODO_LATER;
}

static int
by_urgency(const void *a, const void *b)
{
	const struct todo *x = a, *y = b;

	if (x->urgency != y->urgency)
		return x->urgency < y->urgency ? -1 : 1;
	if (x->at.s != y->at.s)
		return x->at.s < y->at.s ? -1 : 1;
	if (x->what != y->what)
		return x->what < y->what ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* Of what the query gives a day, as text; of all else an instant. */
static bool
is_by_day(enum entity_kind kind)
{
	return kind == ENTITY_CAMPAIGN_UNIT || kind == ENTITY_OPINION ||
	       kind == ENTITY_PROJECT || kind == ENTITY_PROJECT_TASK ||
	       kind == ENTITY_CONSULTATION || kind == ENTITY_LAW_COMMENT;
}

/* Whose query also says how far after the first its thing to do stands. */
static bool
has_steps(enum entity_kind kind)
{
	return kind == ENTITY_OPINION || kind == ENTITY_PROJECT_TASK;
}

/* Grace days later. What has no clock, as one that is held, is of today. */
static struct instant
due_at(const struct ctx *c, struct stmt *q, const struct source *s,
       int64_t grace)
{
	struct day day, none = {0};

	if (!is_by_day(s->kind))
		return (struct instant){col_int(q, 2) + grace * 86400};
	if (day_parse(col_text(q, 2), none, &day) != OK)
		return (struct instant){0};
	if (day_compare(day, clock_no_day) == 0)
		day = ctx_today(c);
	return clock_at(day_add(day, (int)grace), 0, 0);
}

static int
collect(struct ctx *c, struct arena *a, const struct source *s, int max,
        struct todo *rows, int *n)
{
	struct day today = ctx_today(c);
	struct stmt *q;
	int64_t grace = 0;
	int err =
	    s->grace != NULL ? setting_number(c, s->grace, 0, &grace) : OK;

	if (err != OK)
		return err;
	q = ctx_sql(c, entity_of(s->scope), s->sql);
	bind_int(q, ":max", max);
	if (s->scope == ENTITY_RECEIPT)
		bind_int(q, ":at_station", c->scope == SCOPE_STATION);
	/* one that began yesterday may still be open */
	if (s->mine && !is_by_day(s->kind) && s->kind != ENTITY_BALLOT)
		bind_time(q, ":from", clock_at(day_add(today, -1), 0, 0));
	if (s->day) {
		bind_time(q, ":from", clock_at(today, 0, 0));
		bind_time(q, ":to", clock_at(day_add(today, 1), 0, 0));
	}
	while (stmt_next(q)) {
		struct instant at = due_at(c, q, s, grace);
		enum todo_what what = s->what;

		if (has_steps(s->kind))
			what = (enum todo_what)(s->what + col_int(q, 5));
		rows[(*n)++] = (struct todo){
		    .urgency = urgency(what, day_diff(day_of(at), today)),
		    .what = what,
		    .kind = s->kind,
		    .id = col_int(q, 0),
		    .title = arena_strdup(a, col_text(q, 1)),
		    .at = at,
		    .all_day =
			s->kind == ENTITY_DUTY_REQUEST || is_by_day(s->kind),
		    .n = col_int(q, 3),
		    .unit = {col_int(q, 4)},
		};
	}
	return stmt_end(q);
}

int
todo_list(struct ctx *c, struct arena *a, int max, struct todo **rows, int *n)
{
	struct todo *all = arena_alloc(a, sizeof(*all) * (size_t)max * SOURCES);
	int found = 0, err = OK;

	if (!may(c, PERM_ACTIVITY_READ) && !may(c, PERM_OPINION_READ) &&
	    !may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	for (int i = 0; err == OK && i < SOURCES; i++)
		if (sources[i].sql != NULL && may(c, sources[i].perm) &&
		    sources[i].mine == (c->scope == SCOPE_SELF) &&
		    (sources[i].where == ANYWHERE ||
		     (sources[i].where == IN_COUNTY) ==
		         (c->scope == SCOPE_COUNTY)))
			err = collect(c, a, &sources[i], max, all, &found);
	if (err != OK)
		return err;
	qsort(all, (size_t)found, sizeof(*all), by_urgency);
	*rows = all;
	*n = found < max ? found : max;
	return OK;
}
