/* Opinions that became comments on a draft law: linked both ways, and answered
 * with them. */
#include "db/base/i18n.h"
#include "db/conversion.h"
#include "db/law_comment_in.h"
#include "db/opinion.h"
#include "db/store/event.h"

static const char sql_of[] = "SELECT law_comment.* FROM law_comment"
			     " WHERE law_comment.conversion = :id AND @scope";

int
law_comment_of_conversion(struct ctx *c, struct arena *a,
                          struct conversion_id conversion,
                          struct law_comment *out)
{
	struct stmt *q;

	if (!may(c, PERM_LAW_READ))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_law_comment, sql_of);
	bind_id(q, ":id", conversion.v);
	return stmt_one(q, a, law_comment_fields, out);
}

static struct law_comment
comment_of(const struct ctx *c, struct arena *a,
           struct conversion_id conversion, struct unit_id unit,
           const struct consultation *k, const char *title, const char *body)
{
	return (struct law_comment){
	    .consultation = k->id,
	    .version = k->version,
	    .source = COMMENT_BY_OPINION,
	    .sender = "",
	    .entered_by = {c->me},
	    .conversion = conversion,
	    .unit = unit,
	    .words = arena_printf(a, "%s\n%s", title, body),
	    .wording = "",
	    .state = COMMENT_SUBMITTED,
	    .reason = "",
	    .answer = "",
	};
}

int
law_comment_add_converted(struct ctx *c, struct conversion_id conversion,
                          struct unit_id unit, const char *title,
                          const char *body, struct law_comment_id *id)
{
	struct ctx all = *c; /* who converts need not be asked themselves */
	struct arena *a;
	struct consultation k;
	struct law_comment row;
	struct stmt *q = ctx_stmt(c, &entity_law_comment, COMMENT_SQL_ASKING);
	struct consultation_id asking = {0};
	int err;

	id->v = 0;
	bind_id(q, ":unit", unit.v);
	err = stmt_int(q, &asking.v);
	if (err != OK || asking.v == 0 || !may(c, PERM_LAW_READ))
		return err;
	a = arena_new();
	all.scope = SCOPE_COUNTY;
	err = consultation_get(&all, a, asking, &k);
	if (err == OK) {
		row = comment_of(c, a, conversion, unit, &k, title, body);
		err = law_comment_place(c, &row);
	}
	if (err == OK)
		err = law_comment_insert(c, a, &row, &k);
	if (err == OK)
		*id = row.id;
	arena_free(a);
	return err;
}

static const char sql_waiting[] =
    "SELECT conversion.* FROM conversion INDEXED BY conversion_law_waiting"
    " WHERE conversion.kind = 'law_comment' AND conversion.state = 'waiting'"
    "   AND EXISTS (SELECT 1 FROM consultation_unit AS u"
    "     WHERE u.consultation = :id AND u.unit = conversion.unit)"
    "   AND NOT EXISTS (SELECT 1 FROM law_comment AS m"
    "     WHERE m.conversion = conversion.id)"
    "   AND @scope"
    " ORDER BY conversion.id";

int
law_comment_waiting(struct ctx *c, struct arena *a, struct consultation_id id,
                    struct conversion **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_LAW_CHECK))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_conversion, sql_waiting);
	bind_id(q, ":id", id.v);
	return stmt_all(q, a, entity_conversion.fields, sizeof(**rows),
	                LAW_WAITING_MAX, rows, n);
}

/* What is wrong with making it one of k's. */
static int
check_adoption(struct ctx *c, struct arena *a, const struct conversion *made,
               const struct consultation *k, struct law_comment *row)
{
	struct law_comment before;
	int err;

	if (made->kind != CONVERSION_LAW_COMMENT ||
	    made->state != CONVERSION_WAITING || k->state != CONSULTATION_OPEN)
		return ERR_STATE;
	err = law_comment_of_conversion(c, a, made->id, &before);
	if (err != ERR_NOT_FOUND)
		return err == OK ? ERR_EXISTS : err;
	err = law_comment_check_article(c, row);
	if (err != OK)
		return err;
	ctx_check_begin(c);
	err = law_comment_place(c, row);
	if (err == ERR_NOT_FOUND) {
		ctx_fault(c, "unit",
		          N_("This unit is not asked about this draft."));
		err = OK;
	}
	return err == OK ? ctx_check_end(c) : err;
}

int
law_comment_adopt(struct ctx *c, struct conversion_id conversion,
                  struct consultation_id consultation,
                  struct law_article_id article, struct law_comment_id *id)
{
	struct arena *a;
	struct conversion made;
	struct consultation k;
	struct law_comment row;
	int err;

	if (!may(c, PERM_LAW_CHECK))
		return ERR_DENIED;
	a = arena_new();
	err = conversion_get(c, a, conversion, &made);
	if (err == OK)
		err = consultation_get(c, a, consultation, &k);
	if (err != OK)
		goto done;
	row =
	    comment_of(c, a, conversion, made.unit, &k, made.title, made.text);
	row.article = article;
	err = check_adoption(c, a, &made, &k, &row);
	if (err == OK)
		err = event_begin(c, ACTION_COMMENT_ADD, ENTITY_LAW_COMMENT, 0,
		                  row.unit.v);
	if (err != OK)
		goto done;
	event_about(c, ENTITY_OPINION, made.opinion.v);
	err = event_end(c, law_comment_insert(c, a, &row, &k));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

/* As a citizen is told it. */
static const struct {
	enum opinion_result result;
	const char *words;
} told[] = {
    [COMMENT_NO_RESULT] = {RESULT_REFERENCE, ""},
    [COMMENT_ADOPTED] = {RESULT_SOLVED, N_("It is adopted.")},
    [COMMENT_PARTLY] = {RESULT_SOLVED, N_("It is adopted in part.")},
    [COMMENT_NOT_ADOPTED] = {RESULT_EXPLAINED, N_("It is not adopted.")},
    [COMMENT_REFERENCE] = {RESULT_REFERENCE, N_("It is kept for reference.")},
};

int
law_comment_tell_opinions(struct ctx *c, const struct law_comment *row)
{
	enum { AT_ONCE = 500 };
	struct stmt *q = ctx_stmt(c, &entity_law_comment, COMMENT_SQL_OPINIONS);
	struct arena *a = arena_new();
	struct opinion_id *ids = arena_alloc(a, AT_ONCE * sizeof(*ids));
	const char *words =
	    arena_printf(a, "%s%s%s", _(told[row->result].words),
	                 row->answer[0] != '\0' ? "\n" : "", row->answer);
	int n = 0, err;

	bind_id(q, ":id", row->id.v);
	while (n < AT_ONCE && stmt_next(q))
		ids[n++].v = col_int(q, 0);
	err = stmt_end(q);
	for (int i = 0; err == OK && i < n; i++)
		err = opinion_converted(c, ids[i], told[row->result].result,
		                        words);
	arena_free(a);
	return err;
}
