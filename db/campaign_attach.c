/*
 * The activities that a unit's campaign consists of, and whom they reached.
 * The link is a row of activity_subject, so that a sign-in names the
 * campaign in its own event (db/check_in.c) and its counters move with it.
 */
#include "db/activity.h"
#include "db/activity_in.h"
#include "db/base/i18n.h"
#include "db/campaign.h"
#include "db/campaign_unit.h"
#include "db/person.h"
#include "db/predicates.h"
#include "db/store/event.h"
#include "db/store/fsm.h"
#include "db/store/stmt.h"

/* clang-format off */
static const struct field activity_fields[] = {
	FIELD(campaign_activity, id,        REF,  ""),
	FIELD(campaign_activity, title,     TEXT, ""),
	FIELD(campaign_activity, venue,     TEXT, ""),
	FIELD(campaign_activity, starts_at, TIME, ""),
	FIELD(campaign_activity, state,     ENUM, "", .names = activity_states),
	FIELD(campaign_activity, present,   INT,  ""),
	FIELD(campaign_activity, total,     INT,  ""),
	FIELD_END,
};

static const struct field person_fields[] = {
	FIELD(campaign_person, person,     REF,  ""),
	FIELD(campaign_person, name,       TEXT, ""),
	FIELD(campaign_person, group_name, TEXT, ""),
	FIELD(campaign_person, times,      INT,  ""),
	FIELD_END,
};
/* clang-format on */

#define ACTIVITY                                                               \
	"SELECT activity.id, activity.title, activity.venue,"                  \
	" activity.starts_at, activity.state,"                                 \
	" coalesce((SELECT sum(n) FROM counter WHERE what = 'roll.activity'"   \
	"   AND id = activity.id AND period = 0"                               \
	"   AND part IN ('signed_in', 'late')), 0) AS present,"                \
	" coalesce((SELECT sum(n) FROM counter WHERE what = 'roll.activity'"   \
	"   AND id = activity.id AND period = 0), 0) AS total"

static const char sql_add[] =
    "INSERT INTO activity_subject (id, activity, kind, subject)"
    " VALUES (:id, :activity, 'campaign_unit', :campaign)";
static const char sql_drop[] =
    "DELETE FROM activity_subject WHERE activity = :activity"
    " AND kind = 'campaign_unit' AND subject = :campaign";
static const char sql_of[] =
    "SELECT subject FROM activity_subject WHERE activity = :activity"
    " AND kind = 'campaign_unit'";
static const char sql_activities[] =
    ACTIVITY " FROM activity_subject AS s"
	     " CROSS JOIN activity ON activity.id = s.activity"
	     " WHERE s.kind = 'campaign_unit' AND s.subject = :campaign"
	     "   AND @scope ORDER BY s.activity DESC LIMIT :max";
static const char sql_candidates[] =
    ACTIVITY " FROM activity WHERE activity.unit = :unit"
	     "   AND activity.starts_at >= :from AND activity.starts_at < :to"
	     "   AND activity.state <> 'cancelled' AND @scope"
	     "   AND NOT EXISTS (SELECT 1 FROM activity_subject AS s"
	     "     WHERE s.activity = activity.id AND s.kind = 'campaign_unit')"
	     " ORDER BY activity.starts_at DESC, activity.id DESC LIMIT :max";
/* One line a person: the mandate of the lower number. */
static const char sql_people[] =
    "SELECT m.person, person.name,"
    " coalesce((SELECT name FROM deputy_group AS g WHERE g.id = m.grp), '')"
    " AS group_name,"
    " coalesce((SELECT n FROM counter WHERE what = 'campaign.deputy'"
    "   AND id = :campaign AND period = 0"
    "   AND part = CAST(m.person AS TEXT)), 0) AS times"
    " FROM mandate AS m CROSS JOIN person ON person.id = m.person"
    " WHERE m.unit = :unit AND " CURRENT(
	"m") " AND @scope"
	     "   AND NOT EXISTS (SELECT 1 FROM mandate AS other"
	     "     WHERE other.person = m.person AND other.unit = m.unit"
	     "       AND other.id < m.id AND " CURRENT(
		 "other") ")"
			  " ORDER BY times, person.pinyin, m.person";

/* --- attaching ------------------------------------------------------- */

/* Neither closed nor summed up. */
static bool
is_going(const struct campaign_progress *at)
{
	return at->campaign_state == CAMPAIGN_ISSUED &&
	       at->state <= CAMPAIGN_UNIT_UNDER_WAY;
}

/* What the unit's campaign takes, in words where it does not. */
static int
check(struct ctx *c, const struct campaign_progress *to,
      const struct activity *row)
{
	struct day day = day_of(row->starts_at);

	if (to->unit.v != row->unit.v || row->state == ACTIVITY_CANCELLED ||
	    to->campaign_state != CAMPAIGN_ISSUED ||
	    (to->state != CAMPAIGN_UNIT_PLANNED &&
	     to->state != CAMPAIGN_UNIT_UNDER_WAY))
		return ERR_STATE;
	ctx_check_begin(c);
	if (day_compare(day, to->from_on) < 0 ||
	    day_compare(day, to->to_on) > 0)
		ctx_fault(c, "campaign",
		          N_("The activity is not within the days of the "
		             "campaign."));
	return ctx_check_end(c);
}

static int
link(struct ctx *c, const struct campaign_progress *to,
     struct activity_id activity)
{
	struct stmt *q = ctx_sql(c, NULL, sql_add);
	int err;

	bind_id(q, ":id", ctx_new_id(c, &entity_activity_subject));
	bind_id(q, ":activity", activity.v);
	bind_id(q, ":campaign", to->id.v);
	err = stmt_run(q, NULL);
	if (err == OK && to->state == CAMPAIGN_UNIT_PLANNED)
		err = fsm_fire(c, &entity_campaign_unit, to->id.v,
		               CAMPAIGN_UNIT_DO_START, NULL);
	return err;
}

static int
unlink_from(struct ctx *c, struct campaign_unit_id from,
            struct activity_id activity)
{
	struct stmt *q = ctx_sql(c, NULL, sql_drop);
	int64_t changed;
	int err;

	bind_id(q, ":activity", activity.v);
	bind_id(q, ":campaign", from.v);
	err = stmt_run(q, &changed);
	return err == OK && changed == 0 ? ERR_NOT_FOUND : err;
}

int
campaign_follow(struct ctx *c, struct campaign_unit_id from,
                const struct activity *row)
{
	struct arena *a;
	struct campaign_progress to;
	int err = OK;

	if (from.v == row->campaign.v)
		return OK;
	a = arena_new();
	if (from.v != 0) {
		event_about(c, ENTITY_CAMPAIGN_UNIT, from.v);
		err = unlink_from(c, from, row->id);
	}
	if (err == OK && row->campaign.v != 0) {
		event_about(c, ENTITY_CAMPAIGN_UNIT, row->campaign.v);
		err = campaign_progress_get(c, a, row->campaign, &to);
		if (err == OK)
			err = check(c, &to, row);
		if (err == OK)
			err = link(c, &to, row->id);
	}
	arena_free(a);
	return err;
}

static int
counts_already(struct ctx *c, struct activity_id activity)
{
	struct stmt *q = ctx_sql(c, NULL, sql_of);
	int64_t subject;
	int err;

	bind_id(q, ":activity", activity.v);
	err = stmt_int(q, &subject);
	if (err == ERR_NOT_FOUND)
		return OK;
	return err == OK ? ERR_EXISTS : err;
}

int
campaign_attach(struct ctx *c, struct campaign_unit_id id,
                struct activity_id activity)
{
	struct arena *a = arena_new();
	struct campaign_progress to;
	struct activity row;
	int err = may(c, PERM_ACTIVITY_WRITE)
	              ? campaign_progress_get(c, a, id, &to)
	              : ERR_DENIED;

	if (err == OK)
		err = activity_get(c, a, activity, &row);
	if (err == OK)
		err = check(c, &to, &row);
	if (err == OK)
		err = event_begin(c, ACTION_CAMPAIGN_ATTACH,
		                  ENTITY_CAMPAIGN_UNIT, id.v, to.unit.v);
	if (err != OK)
		goto done;
	event_about(c, ENTITY_ACTIVITY, activity.v);
	event_about(c, ENTITY_CAMPAIGN, to.campaign.v);
	err = campaign_progress_get(c, a, id, &to);
	if (err == OK)
		err = check(c, &to, &row); /* still so */
	if (err == OK)
		err = counts_already(c, activity);
	if (err == OK)
		err = link(c, &to, activity);
	err = event_end(c, err);
done:
	arena_free(a);
	return err;
}

int
campaign_detach(struct ctx *c, struct campaign_unit_id id,
                struct activity_id activity)
{
	struct arena *a = arena_new();
	struct campaign_progress from;
	int err = may(c, PERM_ACTIVITY_WRITE)
	              ? campaign_progress_get(c, a, id, &from)
	              : ERR_DENIED;

	if (err == OK && !is_going(&from))
		err = ERR_STATE;
	if (err == OK)
		err = event_begin(c, ACTION_CAMPAIGN_DETACH,
		                  ENTITY_CAMPAIGN_UNIT, id.v, from.unit.v);
	if (err != OK)
		goto done;
	event_about(c, ENTITY_ACTIVITY, activity.v);
	err = campaign_progress_get(c, a, id, &from);
	if (err == OK && !is_going(&from))
		err = ERR_STATE; /* meanwhile */
	err = event_end(c, err == OK ? unlink_from(c, id, activity) : err);
done:
	arena_free(a);
	return err;
}

/* --- lists ----------------------------------------------------------- */

int
campaign_activities(struct ctx *c, struct arena *a, struct campaign_unit_id id,
                    int max, struct campaign_activity **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_CAMPAIGN_READ) || !may(c, PERM_ACTIVITY_READ))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_activity, sql_activities);
	bind_id(q, ":campaign", id.v);
	bind_int(q, ":max", max);
	return stmt_all(q, a, activity_fields, sizeof(**rows), max, rows, n);
}

int
campaign_candidates(struct ctx *c, struct arena *a, struct campaign_unit_id id,
                    int max, struct campaign_activity **rows, int *n)
{
	struct campaign_progress of;
	struct stmt *q;
	int err = may(c, PERM_ACTIVITY_WRITE)
	              ? campaign_progress_get(c, a, id, &of)
	              : ERR_DENIED;

	if (err != OK)
		return err;
	q = ctx_sql(c, &entity_activity, sql_candidates);
	bind_id(q, ":unit", of.unit.v);
	bind_time(q, ":from", clock_at(of.from_on, 0, 0));
	bind_time(q, ":to", clock_at(day_add(of.to_on, 1), 0, 0));
	bind_int(q, ":max", max);
	return stmt_all(q, a, activity_fields, sizeof(**rows), max, rows, n);
}

int
campaign_people(struct ctx *c, struct arena *a, struct campaign_unit_id id,
                struct campaign_person **rows, int *n)
{
	enum { PEOPLE_MAX = 5000 };
	struct campaign_progress of;
	struct stmt *q;
	int err = c->scope == SCOPE_SELF ? ERR_DENIED
	                                 : campaign_progress_get(c, a, id, &of);

	if (err != OK)
		return err;
	q = ctx_sql(c, &entity_person, sql_people);
	bind_id(q, ":campaign", id.v);
	bind_id(q, ":unit", of.unit.v);
	return stmt_all(q, a, person_fields, sizeof(**rows), PEOPLE_MAX, rows,
	                n);
}
