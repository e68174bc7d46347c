/* How satisfied people are with a finished project: each deputy and assembly
 * member once, the public without names. */
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/opinion.h"
#include "db/project_in.h"
#include "db/project_task_in.h"

/* clang-format off */
static const struct field fields[] = {
	FIELD(project_rating, id,      REF,  N_("Number"), .readonly = true),
	FIELD(project_rating, project, REF,  N_("Project"), .readonly = true),
	FIELD(project_rating, person,  REF,  N_("Person"), .readonly = true),
	FIELD(project_rating, grade,   ENUM, N_("Rating"), .names = opinion_ratings),
	FIELD(project_rating, words,   TEXT, N_("Words"), .max = PROJECT_REASON_MAX, .personal = true),
	FIELD(project_rating, at,      TIME, N_("When"), .readonly = true),
	FIELD_END,
};
/* clang-format on */

enum { SQL_MINE, SQL_ADD, SQL_SAVE, SQL_WORDS, SQL_COUNT };

static const char *const sql[] = {
    [SQL_MINE] = "SELECT project_rating.* FROM project_rating"
		 " WHERE project_rating.project = :project"
		 "   AND project_rating.person = :me AND @scope",
    [SQL_ADD] = "INSERT INTO project_rating (id, project, person, grade,"
		" words, at) VALUES (:id, :project, :person, :grade, :words,"
		" :at)",
    [SQL_SAVE] = "UPDATE project_rating SET grade = :grade, words = :words,"
		 " at = :at WHERE id = :id AND @scope",
    [SQL_WORDS] = "SELECT project_rating.* FROM project_rating"
		  " WHERE project_rating.project = :project"
		  "   AND project_rating.words <> '' AND @scope"
		  " ORDER BY project_rating.id DESC LIMIT :max",
};

/* A rating is read by whoever gave it and by the unit and the county; others
 * know how many there are. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = OF_PROJECT("project_rating", "p.unit = :my_unit"),
    [SCOPE_STATION] = OF_PROJECT("project_rating", "p.unit = :my_unit"),
    [SCOPE_SELF] = "project_rating.person = :me",
};

const struct entity entity_project_rating = {
    .kind = ENTITY_PROJECT_RATING,
    .name = "project_rating",
    .label = N_("Rating of a project"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
};

int
project_rating_mine(struct ctx *c, struct arena *a, struct project_id id,
                    struct project_rating *out)
{
	struct stmt *q;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project_rating, SQL_MINE);
	bind_id(q, ":project", id.v);
	return stmt_one(q, a, fields, out);
}

int
project_rating_words(struct ctx *c, struct arena *a, struct project_id id,
                     int max, struct project_rating **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project_rating, SQL_WORDS);
	bind_id(q, ":project", id.v);
	bind_int(q, ":max", max);
	return stmt_all(q, a, fields, sizeof(**rows), max, rows, n);
}

static int
check(struct ctx *c, struct arena *a, struct project_rating *row)
{
	ctx_check_begin(c);
	if (row->grade <= RATING_NONE || row->grade > RATING_DISSATISFIED)
		ctx_fault(c, "grade", N_("Choose a rating."));
	row->words = entry_text(c, a, "words", row->words, TEXT_LINE,
	                        PROJECT_REASON_MAX, false);
	return ctx_check_end(c);
}

/* The first of a person counts in their file. */
static int
write(struct ctx *c, struct arena *a, const struct project *p,
      struct project_rating *row)
{
	bool first = row->id.v == 0;
	struct stmt *q;
	int err;

	if (first)
		row->id.v = ctx_new_id(c, &entity_project_rating);
	row->at = ctx_now(c);
	q = ctx_stmt(c, &entity_project_rating, first ? SQL_ADD : SQL_SAVE);
	bind_fields(q, fields, row);
	err = stmt_run(q, NULL);
	return err == OK && first && row->person.v != 0
	           ? project_count_duty(c, a, p, p->venue)
	           : err;
}

static int
rate(struct ctx *c, struct arena *a, const struct project *p,
     struct project_rating *row)
{
	int err = p->state == PROJECT_INSPECTED ? check(c, a, row) : ERR_STATE;

	if (err == OK)
		err = event_begin(c, ACTION_RATING_GIVE, ENTITY_PROJECT,
		                  p->id.v, p->unit.v);
	if (err != OK)
		return err;
	err = project_still(c, p);
	return event_end(c, err == OK ? write(c, a, p, row) : err);
}

int
project_rate(struct ctx *c, struct project_id id, int grade, const char *words)
{
	struct arena *a = arena_new();
	struct project_rating row = {.project = id, .person = {c->me}};
	struct project p;
	int err = may(c, PERM_PROJECT_RATE) && c->me != 0
	              ? project_get(c, a, id, &p)
	              : ERR_DENIED;

	if (err == OK) {
		err = project_rating_mine(c, a, id, &row);
		err = err == ERR_NOT_FOUND ? OK : err;
	}
	row.grade = grade;
	row.words = words;
	if (err == OK)
		err = rate(c, a, &p, &row);
	arena_free(a);
	return err;
}

int
project_rate_public(struct ctx *c, struct project_id id, int grade,
                    const char *words)
{
	struct arena *a = arena_new();
	struct project_rating row = {
	    .project = id, .grade = grade, .words = words};
	struct project p;
	int err = c->me == 0 ? project_get(c, a, id, &p) : ERR_DENIED;

	if (err == OK && !p.published)
		err = ERR_NOT_FOUND;
	if (err == OK)
		err = rate(c, a, &p, &row);
	arena_free(a);
	return err;
}
