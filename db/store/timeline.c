/* What happened to a record, read from the generic link. */
#include <string.h>

#include "db/base/i18n.h"
#include "db/store/inner.h"

/* The person an event was about, when it is one: "signed in: 张三" in an
 * activity's timeline. The participant may be struck out by now. */
/* clang-format off */
#define COLUMNS                                                                \
	"SELECT e.id, e.at, e.action, coalesce(p.name, ''),"                   \
	"       coalesce(r.label, ''), coalesce(r.label_en, ''), e.reason,"    \
	"       e.struck_by IS NOT NULL,"                                      \
	"       CASE WHEN :kind IN ('participant', 'person', 'law_comment')"   \
	"       THEN '' ELSE"                                                 \
	"         (SELECT iif(min(x.id) = max(x.id), min(x.name), '')"         \
	"            FROM event_link AS m"                                     \
	"            LEFT JOIN participant AS t"                               \
	"              ON m.kind = 'participant' AND t.id = m.id"              \
	"            JOIN person AS x"                                         \
	"              ON x.id = iif(m.kind = 'person', m.id, t.person)"       \
	"           WHERE m.event = e.id"                                      \
	"             AND m.kind IN ('participant', 'person'))"                \
	"       END, e.cause IS NOT NULL"

#define AUTHOR                                                                 \
	"  LEFT JOIN person AS p ON p.id = e.person"                           \
	"  LEFT JOIN office AS o ON o.id = e.office"                           \
	"  LEFT JOIN role AS r ON r.name = o.role"
/* clang-format on */

static const char timeline_sql[] =
    COLUMNS "  FROM event_link AS l"
	    "  JOIN event AS e ON e.id = l.event" AUTHOR
	    " WHERE l.kind = :kind AND l.id = :id"
	    " ORDER BY l.event DESC LIMIT :max";

/* How much of it somebody may see who sees the record: who keeps a unit's. */
static const char own_sql[] =
    COLUMNS "  FROM event_link AS l"
	    "  JOIN event AS e ON e.id = l.event" AUTHOR
	    " WHERE l.kind = :kind AND l.id = :id"
	    "   AND (e.unit IS NULL OR e.unit = :unit OR e.person = :person)"
	    " ORDER BY l.event DESC LIMIT :max";

/* And who is one of many: what was done with the record itself, or with a
 * ballot or an activity it is in, unless by or about another of the many. */
/* clang-format off */
#define ABOUT(whom)                                                            \
	"EXISTS (SELECT 1 FROM event_link AS w WHERE w.event = e.id"           \
	" AND w.kind = 'person' AND w.id " whom " :person)"
/* clang-format on */

static const char self_sql[] = COLUMNS
    "  FROM event_link AS l"
    "  JOIN event AS e ON e.id = l.event" AUTHOR
    " WHERE l.kind = :kind AND l.id = :id"
    "   AND (e.unit IS NULL OR e.person = :person OR " ABOUT(
	"=") "     OR ((e.subject_kind IN ('activity', 'ballot')"
	     "          OR (e.subject_kind = :kind AND e.subject = :id))"
	     "         AND coalesce(r.scope, '') <> 'self'"
	     "         AND NOT " ABOUT(
		 "<>") "))"
		       " ORDER BY l.event DESC LIMIT :max";

/* Of a person: when they voted is nobody's to read, and matters are not for
 * who keeps accounts and people only. */
static const char person_sql[] =
    COLUMNS "  FROM event_link AS l"
	    "  JOIN event AS e ON e.id = l.event" AUTHOR
	    " WHERE l.kind = :kind AND l.id = :id"
	    "   AND e.subject_kind <> 'ballot'"
	    "   AND (:matters OR e.subject_kind IN ('person', 'mandate',"
	    "     'office', 'account', 'term', 'term_change', 'deputy_group',"
	    "     'file_seal', 'code', 'import'))"
	    " ORDER BY l.event DESC LIMIT :max";

static const char line_sql[] =
    COLUMNS "  FROM event AS e" AUTHOR " WHERE e.id = :id";

static void
read_line(struct stmt *q, struct arena *a, struct event_line *line)
{
	bool english = i18n_language() == LANGUAGE_EN;

	line->id = col_int(q, 0);
	line->at.s = col_int(q, 1);
	line->action = action_of(col_text(q, 2));
	line->who = arena_strdup(a, col_text(q, 3));
	line->hat = arena_strdup(a, col_text(q, english ? 5 : 4));
	line->reason = arena_strdup(a, col_text(q, 6));
	line->struck = col_int(q, 7) != 0;
	line->about = arena_strdup(a, col_text(q, 8));
	line->caused = col_int(q, 9) != 0;
}

static int
read_lines(struct stmt *q, struct arena *a, enum entity_kind kind, int64_t id,
           int max, struct event_line **lines, int *n)
{
	struct event_line *all = arena_alloc(a, (size_t)max * sizeof(*all));
	int count = 0, err;

	bind_text(q, ":kind", entity_of(kind)->name);
	bind_int(q, ":id", id);
	bind_int(q, ":max", max);
	while (count < max && stmt_next(q))
		read_line(q, a, &all[count++]);
	err = stmt_end(q);
	if (err != OK)
		return err;
	for (int i = 0; i < count / 2; i++) {
		struct event_line line = all[i];

		all[i] = all[count - 1 - i];
		all[count - 1 - i] = line;
	}
	*lines = all;
	*n = count;
	return OK;
}

int
event_timeline(struct ctx *c, struct arena *a, enum entity_kind kind,
               int64_t id, int max, struct event_line **lines, int *n)
{
	return read_lines(store_stmt(c->store, timeline_sql), a, kind, id, max,
	                  lines, n);
}

int
event_timeline_own(struct ctx *c, struct arena *a, enum entity_kind kind,
                   int64_t id, int max, struct event_line **lines, int *n)
{
	bool keeps = c->scope == SCOPE_UNIT || c->scope == SCOPE_STATION;
	struct stmt *q;

	if (c->scope == SCOPE_COUNTY)
		return event_timeline(c, a, kind, id, max, lines, n);
	q = store_stmt(c->store, keeps ? own_sql : self_sql);
	if (keeps)
		bind_int(q, ":unit", c->my_unit);
	bind_int(q, ":person", c->me);
	return read_lines(q, a, kind, id, max, lines, n);
}

int
event_timeline_person(struct ctx *c, struct arena *a, int64_t id, int max,
                      struct event_line **lines, int *n)
{
	struct stmt *q = store_stmt(c->store, person_sql);

	bind_int(q, ":matters", may(c, PERM_DUTY_READ));
	return read_lines(q, a, ENTITY_PERSON, id, max, lines, n);
}

int
event_line_get(struct ctx *c, struct arena *a, int64_t id,
               struct event_line *out)
{
	struct stmt *q = store_stmt(c->store, line_sql);
	bool found;
	int err;

	bind_text(q, ":kind", "");
	bind_int(q, ":id", id);
	found = stmt_next(q);
	if (found)
		read_line(q, a, out);
	err = stmt_end(q);
	return err == OK && !found ? ERR_NOT_FOUND : err;
}
