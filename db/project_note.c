/* What was said at a project's steps. */
#include "db/base/i18n.h"
#include "db/project_in.h"

/* clang-format off */
const struct enum_name project_note_kinds[] = {
	{"decline", N_("Declined")},
	{"return",  N_("Back to the pool")},
	{"plan",    N_("Planned")},
	{"claim",   N_("Reported done")},
	{"reject",  N_("Not done yet")},
	{"inspect", N_("Inspected")},
	{"archive", N_("Archived")},
	{"stop",    N_("Stopped")},
	{"note",    N_("Note")},
	{NULL, NULL},
};

struct project_note {
	struct project_note_id id;
	struct project_id project;
	int kind; /* enum project_note_kind */
	const char *words;
	struct instant at;
	struct person_id by;
	struct event_id event;
};

static const struct field fields[] = {
	FIELD(project_note, id,      REF,   N_("Number"), .readonly = true),
	FIELD(project_note, project, REF,   N_("Livelihood project"), .readonly = true),
	FIELD(project_note, kind,    ENUM,  N_("Kind"), .names = project_note_kinds, .readonly = true),
	FIELD(project_note, words,   LINES, N_("Words"), .max = PROJECT_WORDS_MAX, .readonly = true),
	FIELD(project_note, at,      TIME,  N_("When"), .readonly = true),
	FIELD(project_note, by,      REF,   N_("Who"), .readonly = true),
	FIELD(project_note, event,   REF,   N_("Event"), .readonly = true),
	FIELD_END,
};

static const struct field said_fields[] = {
	FIELD(project_said, kind,  ENUM,  "", .names = project_note_kinds),
	FIELD(project_said, words, LINES, ""),
	FIELD(project_said, name,  TEXT,  ""),
	FIELD(project_said, at,    TIME,  ""),
	FIELD(project_said, event, REF,   ""),
	FIELD_END,
};
/* clang-format on */

enum { SQL_LIST, SQL_ADD, SQL_COUNT };
enum { NOTES_MAX = 500 };

static const char *const sql[] = {
    [SQL_LIST] =
	"SELECT project_note.kind, project_note.words, project_note.at,"
	" project_note.event, coalesce((SELECT p.name FROM person AS p"
	"   WHERE p.id = project_note.by), '') AS name"
	" FROM project_note WHERE project_note.project = :id AND @scope"
	" ORDER BY project_note.id LIMIT 500",
    [SQL_ADD] = "INSERT INTO project_note (id, project, kind, words, at, by,"
		" event) VALUES (:id, :project, :kind, :words, :at, :by,"
		" :event)",
};

/* As its project; the public reads none of it. */
static const char *const scope[SCOPES] = {
    PROJECT_CHILD_SCOPE("project_note"),
};

const struct entity entity_project_note = {
    .kind = ENTITY_PROJECT_NOTE,
    .name = "project_note",
    .label = N_("Note"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
};

int
project_said(struct ctx *c, struct arena *a, struct project_id id,
             struct project_said **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_project_note, SQL_LIST);
	bind_id(q, ":id", id.v);
	return stmt_all(q, a, said_fields, sizeof(**rows), NOTES_MAX, rows, n);
}

int
project_note_add(struct ctx *c, struct project_id id,
                 enum project_note_kind kind, const char *words)
{
	struct project_note row = {
	    .project = id,
	    .kind = (int)kind,
	    .words = words,
	    .by = {c->me},
	};
	struct stmt *q;

	if (words == NULL || words[0] == '\0')
		return OK;
	row.id.v = ctx_new_id(c, &entity_project_note);
	row.at = ctx_now(c);
	row.event.v = event_id(c);
	q = ctx_stmt(c, &entity_project_note, SQL_ADD);
	bind_fields(q, fields, &row);
	return stmt_run(q, NULL);
}
