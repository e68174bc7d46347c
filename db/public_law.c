/* Draft laws for everybody. No column that is not published is read: not who
 * said what. */
#include "db/public_law.h"

#include <string.h>

#include "db/activity_in.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/public_matter.h"
#include "db/setting.h"
#include "db/store/stmt.h"

enum { REPEAT_HOURS = 24, HOUR = 3600 };

/* clang-format off */
static const struct field line_fields[] = {
	FIELD(public_law_line, title,   TEXT,  ""),
	FIELD(public_law_line, token,   TOKEN, ""),
	FIELD(public_law_line, state,   ENUM,  "", .names = consultation_states),
	FIELD(public_law_line, from_on, DAY,   ""),
	FIELD(public_law_line, to_on,   DAY,   ""),
	FIELD_END,
};

static const struct field answer_fields[] = {
	FIELD(public_answer, article, REF,   ""),
	FIELD(public_answer, words,   LINES, ""),
	FIELD(public_answer, wording, LINES, ""),
	FIELD(public_answer, answer,  LINES, ""),
	FIELD(public_answer, result,  ENUM,  "", .names = law_comment_results),
	FIELD_END,
};
/* clang-format on */

static const char sql_list[] =
    "SELECT consultation.title AS title, consultation.token AS token,"
    "       consultation.state AS state, consultation.from_on AS from_on,"
    "       consultation.to_on AS to_on FROM consultation"
    " WHERE @scope AND EXISTS (SELECT 1 FROM consultation_unit AS u"
    "   WHERE u.consultation = consultation.id AND u.unit = :unit)"
    " ORDER BY consultation.from_on DESC, consultation.id DESC LIMIT :max";

static const char sql_answers[] =
    "SELECT law_comment.article AS article, law_comment.words AS words,"
    "       law_comment.wording AS wording, law_comment.answer AS answer,"
    "       law_comment.result AS result FROM law_comment"
    " WHERE law_comment.consultation = :id AND @scope"
    " ORDER BY law_comment.at, law_comment.id LIMIT :max";

static const char sql_repeat[] =
    "SELECT 1 FROM law_comment WHERE consultation = :id AND at > :from"
    "   AND words = :words AND source = 'public' LIMIT 1";

static const char sql_many[] =
    "SELECT 1 FROM law_comment WHERE consultation = :id AND at > :from"
    "   AND source = 'public' LIMIT 1 OFFSET :most - 1";

/* --- reading ------------------------------------------------------------- */

int
public_laws(struct ctx *c, struct arena *a, struct unit_id unit,
            struct public_law_line **rows, int *n)
{
	struct stmt *q = ctx_sql(c, &entity_consultation, sql_list);

	bind_id(q, ":unit", unit.v);
	bind_int(q, ":max", PUBLIC_LAWS);
	return stmt_all(q, a, line_fields, sizeof(**rows), PUBLIC_LAWS, rows,
	                n);
}

int
public_answers(struct ctx *c, struct arena *a, struct consultation_id id,
               struct public_answer **rows, int *n)
{
	struct stmt *q = ctx_sql(c, &entity_law_comment, sql_answers);

	bind_id(q, ":id", id.v);
	bind_int(q, ":max", PUBLIC_ANSWERS);
	return stmt_all(q, a, answer_fields, sizeof(**rows), PUBLIC_ANSWERS,
	                rows, n);
}

/* --- commenting ---------------------------------------------------------- */

static int
is_there(struct stmt *q, unsigned doubt, unsigned *found)
{
	if (stmt_next(q))
		*found |= doubt;
	return stmt_end(q);
}

static int
find_doubts(struct ctx *c, struct arena *a, const struct law_comment *entry,
            unsigned *found)
{
	struct stmt *q;
	int64_t most;
	int err = doubts_of_words(
	    c, a, arena_printf(a, "%s\n%s", entry->words, entry->wording),
	    found);

	if (err == OK)
		err = setting_number(c, "message.per_hour_code", 60, &most);
	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_repeat);
	bind_id(q, ":id", entry->consultation.v);
	bind_int(q, ":from", ctx_now(c).s - REPEAT_HOURS * HOUR);
	bind_text(q, ":words", entry->words);
	err = is_there(q, DOUBT_REPEAT, found);
	if (err != OK)
		return err;
	q = ctx_sql(c, NULL, sql_many);
	bind_id(q, ":id", entry->consultation.v);
	bind_int(q, ":from", ctx_now(c).s - HOUR);
	bind_int(q, ":most", most);
	return is_there(q, DOUBT_CODE, found);
}

int
public_law_comment(struct ctx *c, struct arena *a, const struct consultation *k,
                   const struct public_comment *comment,
                   struct law_comment_id *id)
{
	unsigned found = comment->doubts;
	struct law_comment entry = {.consultation = k->id,
	                            .article = comment->article,
	                            .unit = comment->unit,
	                            .sender = comment->name,
	                            .wording = comment->wording};
	struct ctx system;
	int err;

	ctx_as_system(c, &system);
	ctx_check_begin(&system); /* as it is stored, so that it compares */
	entry.words = entry_text(&system, a, "words", comment->words,
	                         TEXT_LINES, COMMENT_WORDS_MAX, true);
	err = ctx_check_end(&system);
	if (err == OK)
		err = find_doubts(&system, a, &entry, &found);
	if (err == OK)
		err = law_comment_add_public(&system, &entry,
		                             doubt_names(a, found), id);
	if (err == ERR_INVALID) {
		memcpy(c->faults, system.faults, sizeof(c->faults));
		c->fault_count = system.fault_count;
	}
	return err;
}
