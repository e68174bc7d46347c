/*
 * Visits to a project: activities of its unit that count for it. The link is
 * a row of activity_subject, so that a sign-in names the project in its own
 * event (db/check_in.c).
 */
#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/participant.h"
#include "db/project_in.h"
#include "db/project_task_in.h"

enum { VISITS_MAX = 100, VISIT_HOURS = 2 };

/* The kind of activity that a visit is; the county may rename it. */
static const char visit_kind[] = "inspect";

/* clang-format off */
static const struct field fields[] = {
	FIELD(project_visit, activity,  REF,  ""),
	FIELD(project_visit, title,     TEXT, ""),
	FIELD(project_visit, starts_at, TIME, ""),
	FIELD(project_visit, state,     ENUM, "", .names = activity_states),
	FIELD(project_visit, came,      INT,  ""),
	FIELD_END,
};
/* clang-format on */

static const char sql_list[] =
    "SELECT activity.id AS activity, activity.title, activity.starts_at,"
    " activity.state,"
    " coalesce((SELECT sum(n) FROM counter WHERE what = 'roll.activity'"
    "   AND id = activity.id AND period = 0"
    "   AND part IN ('signed_in', 'late')), 0) AS came"
    " FROM activity_subject AS s"
    " CROSS JOIN activity ON activity.id = s.activity"
    " WHERE s.kind = 'project' AND s.subject = :project AND @scope"
    " ORDER BY s.activity DESC LIMIT :max";
static const char sql_project[] =
    "SELECT s.subject FROM activity_subject AS s"
    " CROSS JOIN activity ON activity.id = s.activity"
    " WHERE s.activity = :activity AND s.kind = 'project' AND @scope LIMIT 1";
static const char sql_station[] = "SELECT id FROM station WHERE unit = :unit";
/* The team's deputies need not be on the roll, nor see the activity. */
static const char sql_begun[] =
    "SELECT (v.state NOT IN ('draft', 'cancelled') AND v.starts_at <= :now)"
    " + 2 * EXISTS (SELECT 1 FROM participant AS t WHERE t.activity = v.id"
    "   AND t.person = :me AND t.state IN ('signed_in', 'late'))"
    " FROM activity_subject AS s CROSS JOIN activity AS v"
    " ON v.id = s.activity WHERE s.activity = :activity"
    "   AND s.kind = 'project' AND s.subject = :project";

int
visit_list(struct ctx *c, struct arena *a, struct project_id id,
           struct project_visit **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_activity, sql_list);
	bind_id(q, ":project", id.v);
	bind_int(q, ":max", VISITS_MAX);
	return stmt_all(q, a, fields, sizeof(**rows), VISITS_MAX, rows, n);
}

int
visit_project(struct ctx *c, struct arena *a, struct activity_id id,
              struct project *out)
{
	struct project_id project = {0};
	struct stmt *q;
	int err;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_activity, sql_project);
	bind_id(q, ":activity", id.v);
	err = stmt_int(q, &project.v);
	return err == OK ? project_get(c, a, project, out) : err;
}

int
visit_may_find(struct ctx *c, struct activity_id id, struct project_id project)
{
	enum { BEGUN = 1, CAME = 2 };
	struct arena *a;
	struct project p;
	struct stmt *q;
	int64_t what = 0;
	bool mine = false;
	int err;

	if (!may(c, PERM_PROJECT_SUPERVISE) || c->me == 0)
		return ERR_DENIED;
	a = arena_new();
	err = project_get(c, a, project, &p);
	arena_free(a);
	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_begun);
	bind_id(q, ":activity", id.v);
	bind_id(q, ":project", project.v);
	err = stmt_int(q, &what);
	if (err == OK && (what & CAME) == 0)
		err = team_is_mine(c, project, &mine);
	if (err == OK && (what & CAME) == 0 && !mine)
		err = ERR_DENIED;
	if (err == OK && ((what & BEGUN) == 0 || !project_is_open(p.state)))
		err = ERR_STATE;
	return err;
}

/* --- making one ------------------------------------------------------ */

static const char *
title_of(struct arena *a, const struct project *p)
{
	const char *all = arena_printf(a, _("Visit: %s"), p->title);

	/* cut in columns, of which a character takes one at least */
	return text_length(all) > ACTIVITY_TITLE_MAX
	           ? text_fit(a, all, ACTIVITY_TITLE_MAX)
	           : all;
}

static int
write_visit(struct ctx *c, struct arena *a, const struct project *p,
            const struct activity *entry, struct activity_id *id)
{
	struct project_member *team;
	struct person_id *persons;
	struct invite who = {0};
	int n, err = project_still(c, p);

	if (err == OK)
		err = team_list(c, a, p->id, &team, &n);
	if (err != OK)
		return err;
	persons = arena_alloc(a, sizeof(*persons) * (size_t)(n + 1));
	for (int i = 0; i < n; i++)
		persons[i] = team[i].person;
	who.persons = persons;
	who.person_count = n;
	err = activity_add(c, entry, n > 0 ? &who : NULL, true, id);
	return err == OK ? activity_attach(c, *id, ENTITY_PROJECT, p->id.v)
	                 : err;
}

int
visit_add(struct ctx *c, struct project_id id, struct instant starts_at,
          const char *venue, struct activity_id *activity)
{
	struct arena *a = arena_new();
	struct activity entry;
	struct project p;
	struct stmt *q;
	int err = may(c, PERM_ACTIVITY_WRITE) ? project_get(c, a, id, &p)
	                                      : ERR_DENIED;

	if (err == OK && !project_is_open(p.state))
		err = ERR_STATE;
	if (err != OK)
		goto done;
	activity_default(c, &entry);
	entry.title = title_of(a, &p);
	entry.kind = visit_kind;
	entry.venue = venue;
	entry.place.v = 0;
	entry.starts_at = starts_at;
	entry.ends_at.s = starts_at.s + VISIT_HOURS * 3600;
	q = ctx_sql(c, NULL, sql_station);
	bind_id(q, ":unit", p.unit.v);
	err = stmt_int(q, &entry.station.v);
	if (err == OK)
		err = event_begin(c, ACTION_PROJECT_VISIT, ENTITY_PROJECT, id.v,
		                  p.unit.v);
	if (err == OK)
		err = event_end(c, write_visit(c, a, &p, &entry, activity));
done:
	arena_free(a);
	return err;
}
