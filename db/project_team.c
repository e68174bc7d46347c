/* The deputies who supervise a project from start to end, and their head. */
#include "db/base/i18n.h"
#include "db/predicates.h"
#include "db/project_in.h"
#include "db/project_task_in.h"

enum { TEAM_MAX = 200 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(project_member, id,      REF,  N_("Number"), .readonly = true),
	FIELD(project_member, project, REF,  N_("Project"), .readonly = true),
	FIELD(project_member, person,  REF,  N_("Deputy"), .readonly = true),
	FIELD(project_member, head,    BOOL, N_("Head"), .readonly = true),
	FIELD(project_member, from_on, DAY,  N_("From"), .readonly = true),
	FIELD(project_member, to_on,   DAY,  N_("Until"), .readonly = true),
	FIELD(project_member, name,    TEXT, N_("Deputy"), .readonly = true),
	FIELD(project_member, visits,  INT,  N_("Visits"), .readonly = true),
	FIELD_END,
};
/* clang-format on */

enum { SQL_LIST, SQL_ADD, SQL_HEAD, SQL_END, SQL_MINE, SQL_DEPUTY, SQL_COUNT };

static const char *const sql[] = {
    [SQL_LIST] =
	"SELECT project_member.*, person.name,"
	" (SELECT count(*) FROM activity_subject AS s"
	"   CROSS JOIN participant AS t ON t.activity = s.activity"
	"     AND t.person = project_member.person"
	"   WHERE s.kind = 'project' AND s.subject = project_member.project"
	"     AND t.state IN ('signed_in', 'late')) AS visits"
	" FROM project_member CROSS JOIN person"
	" ON person.id = project_member.person"
	" WHERE project_member.project = :project"
	"   AND project_member.to_on IS NULL AND @scope"
	" ORDER BY project_member.head DESC, project_member.id LIMIT :max",
    [SQL_ADD] = "INSERT INTO project_member (id, project, person, head,"
		" from_on) VALUES (:id, :project, :person, :head, :from_on)",
    [SQL_HEAD] = "UPDATE project_member SET head = :head"
		 " WHERE id = :id AND @scope",
    /* who began today was never in it */
    [SQL_END] = "UPDATE project_member SET to_on = :to_on, head = 0"
		" WHERE id = :id AND @scope",
    [SQL_MINE] = "SELECT count(*) FROM project_member"
		 " WHERE project_member.project = :project"
		 "   AND project_member.person = :me"
		 "   AND project_member.to_on IS NULL AND @scope",
    [SQL_DEPUTY] = "SELECT count(*) FROM mandate AS m"
		   " WHERE m.person = :person AND m.unit = :unit"
		   "   AND " CURRENT("m"),
};

static const char *const scope[SCOPES] = {
    PROJECT_CHILD_SCOPE("project_member")};

const struct entity entity_project_member = {
    .kind = ENTITY_PROJECT_MEMBER,
    .name = "project_member",
    .label = N_("Member of the team"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
};

int
team_list(struct ctx *c, struct arena *a, struct project_id id,
          struct project_member **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project_member, SQL_LIST);
	bind_id(q, ":project", id.v);
	bind_int(q, ":max", TEAM_MAX);
	return stmt_all(q, a, fields, sizeof(**rows), TEAM_MAX, rows, n);
}

int
team_is_mine(struct ctx *c, struct project_id id, bool *is)
{
	struct stmt *q = ctx_stmt(c, &entity_project_member, SQL_MINE);
	int64_t n = 0;
	int err;

	bind_id(q, ":project", id.v);
	err = stmt_int(q, &n);
	*is = n > 0;
	return err;
}

/* --- setting it ------------------------------------------------------ */

static bool
is_among(const struct person_id *persons, int n, struct person_id who)
{
	for (int i = 0; i < n; i++)
		if (persons[i].v == who.v)
			return true;
	return false;
}

/* Deputies of the project's unit, one of them the head. */
static int
check(struct ctx *c, const struct project *p, const struct person_id *persons,
      int n, struct person_id head)
{
	int err = OK;

	ctx_check_begin(c);
	if (n > TEAM_MAX)
		ctx_fault(c, "persons", N_("These are too many."));
	for (int i = 0; err == OK && i < n && i < TEAM_MAX; i++) {
		struct stmt *q =
		    ctx_stmt(c, &entity_project_member, SQL_DEPUTY);
		int64_t found = 0;

		bind_id(q, ":person", persons[i].v);
		bind_id(q, ":unit", p->unit.v);
		err = stmt_int(q, &found);
		if (err == OK && found == 0)
			ctx_fault(c, "persons",
			          N_("Choose deputies of the project's unit."));
	}
	if (err != OK)
		return err;
	if (n > 0 && !is_among(persons, n, head))
		ctx_fault(c, "head", N_("Choose one of the team as its head."));
	return ctx_check_end(c);
}

static int
set_head(struct ctx *c, const struct project_member *m, bool head)
{
	struct stmt *q = ctx_stmt(c, &entity_project_member, SQL_HEAD);

	if (m->head == head)
		return OK;
	bind_id(q, ":id", m->id.v);
	bind_int(q, ":head", head);
	return stmt_run(q, NULL);
}

static int
end_member(struct ctx *c, const struct project_member *m)
{
	struct stmt *q = ctx_stmt(c, &entity_project_member, SQL_END);

	event_about(c, ENTITY_PERSON, m->person.v);
	bind_id(q, ":id", m->id.v);
	bind_day(q, ":to_on", ctx_today(c));
	return stmt_run(q, NULL);
}

static int
add_member(struct ctx *c, struct project_id id, struct person_id person,
           bool head)
{
	struct project_member row = {
	    .id = {ctx_new_id(c, &entity_project_member)},
	    .project = id,
	    .person = person,
	    .head = head,
	    .from_on = ctx_today(c),
	};
	struct stmt *q = ctx_stmt(c, &entity_project_member, SQL_ADD);

	event_about(c, ENTITY_PERSON, person.v);
	bind_fields(q, fields, &row);
	return stmt_run(q, NULL);
}

/* The old head goes before the new one comes: there is one at a time. */
static int
write_team(struct ctx *c, struct arena *a, const struct project *p,
           const struct person_id *persons, int n, struct person_id head)
{
	struct project_member *old;
	int old_n, err = project_still(c, p);

	if (err == OK)
		err = team_list(c, a, p->id, &old, &old_n);
	if (err != OK)
		return err;
	for (int i = 0; err == OK && i < old_n; i++) {
		if (!is_among(persons, n, old[i].person))
			err = end_member(c, &old[i]);
		else if (old[i].person.v != head.v)
			err = set_head(c, &old[i], false);
	}
	for (int i = 0; err == OK && i < old_n; i++)
		if (is_among(persons, n, old[i].person) &&
		    old[i].person.v == head.v)
			err = set_head(c, &old[i], true);
	for (int i = 0; err == OK && i < n; i++) {
		bool is_new = !is_among(persons, i, persons[i]);

		for (int j = 0; j < old_n; j++)
			is_new = is_new && old[j].person.v != persons[i].v;
		if (is_new)
			err = add_member(c, p->id, persons[i],
			                 persons[i].v == head.v);
	}
	return err;
}

int
team_set(struct ctx *c, struct project_id id, const struct person_id *persons,
         int n, struct person_id head)
{
	struct arena *a = arena_new();
	struct project p;
	int err =
	    may(c, PERM_PROJECT_WRITE) ? project_get(c, a, id, &p) : ERR_DENIED;

	if (err == OK && !project_is_open(p.state))
		err = ERR_STATE;
	if (err == OK)
		err = check(c, &p, persons, n, head);
	if (err == OK)
		err = event_begin(c, ACTION_PROJECT_TEAM, ENTITY_PROJECT, id.v,
		                  p.unit.v);
	if (err == OK)
		err = event_end(c, write_team(c, a, &p, persons, n, head));
	arena_free(a);
	return err;
}
