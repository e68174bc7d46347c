/* What an article was in the text before: for who reads the text it became. */
#include "db/law_in.h"

static const char sql_before[] =
    "SELECT t.label, t.text FROM law_article AS n"
    " CROSS JOIN law_version ON law_version.id = n.version"
    " CROSS JOIN law_article AS t ON t.id = n.before"
    " WHERE n.id = :id AND @scope";

int
law_before(struct ctx *c, struct arena *a, struct law_article_id id,
           const char **label, const char **text)
{
	struct stmt *q;
	bool found;
	int err;

	if (!may(c, PERM_LAW_READ))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_law_version, sql_before);
	bind_id(q, ":id", id.v);
	found = stmt_next(q);
	if (found) {
		*label = arena_strdup(a, col_text(q, 0));
		*text = law_trim(a, col_text(q, 1));
	}
	err = stmt_end(q);
	return err == OK && !found ? ERR_NOT_FOUND : err;
}
