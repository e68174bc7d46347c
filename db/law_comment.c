/*
 * Comments on draft laws: fields, who sees which, the table of steps, lists.
 * Making one and taking a step is db/law_comment_act.c, putting them together
 * db/law_collation.c.
 */
#include "db/law_comment.h"

#include "db/base/i18n.h"
#include "db/law_comment_in.h"

/* clang-format off */
const struct enum_name law_comment_states[] = {
	{"held",      N_("Held back")},
	{"submitted", N_("To be checked")},
	{"checked",   N_("Cleared")},
	{"merged",    N_("Merged")},
	{"sent",      N_("Sent up")},
	{"answered",  N_("Answered")},
	{"returned",  N_("Returned")},
	{"withdrawn", N_("Withdrawn")},
	{NULL, NULL},
};

const struct enum_name law_comment_sources[] = {
	{"deputy",  N_("Deputy")},
	{"officer", N_("Written down")},
	{"public",  N_("Public page")},
	{"opinion", N_("From an opinion")},
	{NULL, NULL},
};

const struct enum_name law_comment_results[] = {
	{"none",      N_("No answer yet")},
	{"adopted",   N_("Adopted")},
	{"partly",    N_("Partly adopted")},
	{"not",       N_("Not adopted")},
	{"reference", N_("For reference")},
	{NULL, NULL},
};

const struct field law_comment_fields[] = {
	FIELD(law_comment, id,           REF,   N_("Number"), .width = 6, .readonly = true),
	FIELD(law_comment, consultation, REF,   N_("Consultation"), .readonly = true),
	FIELD(law_comment, version,      REF,   N_("Version"), .readonly = true),
	FIELD(law_comment, article,      REF,   N_("Article")),
	FIELD(law_comment, source,       ENUM,  N_("Source"), .names = law_comment_sources, .readonly = true),
	FIELD(law_comment, person,       REF,   N_("Deputy")),
	FIELD(law_comment, sender,       TEXT,  N_("Raised by"), .max = COMMENT_SENDER_MAX, .personal = true, .hint = N_("a word, no contact")),
	FIELD(law_comment, entered_by,   REF,   N_("Written down by"), .readonly = true),
	FIELD(law_comment, conversion,   REF,   N_("Conversion"), .readonly = true),
	FIELD(law_comment, unit,         REF,   N_("Unit"), .readonly = true),
	FIELD(law_comment, station,      REF,   N_("Station"), .readonly = true),
	FIELD(law_comment, words,        LINES, N_("Comment and reason"), .max = COMMENT_WORDS_MAX, .required = true, .personal = true),
	FIELD(law_comment, wording,      LINES, N_("Proposed wording"), .max = COMMENT_WORDING_MAX, .personal = true),
	FIELD(law_comment, state,        ENUM,  N_("State"), .names = law_comment_states, .width = 10, .readonly = true),
	FIELD(law_comment, reason,       TEXT,  N_("Reason"), .max = COMMENT_REASON_MAX, .readonly = true),
	FIELD(law_comment, merged,       REF,   N_("Merged into"), .readonly = true),
	FIELD(law_comment, result,       ENUM,  N_("Result"), .names = law_comment_results, .readonly = true),
	FIELD(law_comment, answer,       LINES, N_("Answer of the county"), .max = COMMENT_WORDS_MAX, .readonly = true),
	FIELD(law_comment, at,           TIME,  N_("When"), .width = 11, .readonly = true),
	FIELD(law_comment, checked_at,   TIME,  N_("Checked"), .readonly = true),
	FIELD(law_comment, sent_at,      TIME,  N_("Sent up"), .readonly = true),
	FIELD(law_comment, answered_at,  TIME,  N_("Answered"), .readonly = true),
	FIELD(law_comment, seen_at,      TIME,  N_("Seen"), .readonly = true),
	FIELD(law_comment, row_version,  INT,   N_("Times written"), .readonly = true),
	FIELD_END,
};

const struct field law_comment_line_fields[] = {
	FIELD(law_comment_line, id,          REF,   N_("Number"), .width = 6),
	FIELD(law_comment_line, article,     REF,   N_("Article")),
	FIELD(law_comment_line, label,       TEXT,  N_("Article"), .width = 12),
	FIELD(law_comment_line, title,       TEXT,  N_("Consultation"), .width = 20),
	FIELD(law_comment_line, name,        TEXT,  N_("Whose"), .width = 8),
	FIELD(law_comment_line, unit_name,   TEXT,  N_("Unit"), .width = 10),
	FIELD(law_comment_line, words,       LINES, N_("Comment and reason"), .width = 30),
	FIELD(law_comment_line, state,       ENUM,  N_("State"), .names = law_comment_states, .width = 10),
	FIELD(law_comment_line, source,      ENUM,  N_("Source"), .names = law_comment_sources, .width = 8),
	FIELD(law_comment_line, result,      ENUM,  N_("Result"), .names = law_comment_results, .width = 10),
	FIELD(law_comment_line, at,          TIME,  N_("When"), .width = 11),
	FIELD(law_comment_line, has_wording, BOOL,  N_("Proposed wording")),
	FIELD_END,
};

static const struct step steps[COMMENT_STEPS] = {
	[COMMENT_DO_SUBMIT]   = {"submit",   N_("Comment")},
	[COMMENT_DO_HOLD]     = {"hold",     N_("Hold back")},
	[COMMENT_DO_RELEASE]  = {"release",  N_("Release")},
	[COMMENT_DO_CHECK]    = {"check",    N_("It is in order")},
	[COMMENT_DO_RETURN]   = {"return",   N_("Return it")},
	[COMMENT_DO_AGAIN]    = {"again",    N_("Submit it again")},
	[COMMENT_DO_MERGE]    = {"merge",    N_("Merge into another")},
	[COMMENT_DO_SEND]     = {"send",     N_("Send it up")},
	[COMMENT_DO_ANSWER]   = {"answer",   N_("Answer it")},
	[COMMENT_DO_WITHDRAW] = {"withdraw", N_("Withdraw it")},
};

/* Its author's steps need no right but to read: a deputy's own, or of the
 * officer who wrote it down for a citizen (rules in law_comment_act.c). */
static const struct edge edges[] = {
	/* from              on                   to                 who may           reason */
	{FSM_NEW,           COMMENT_DO_SUBMIT,   COMMENT_SUBMITTED, PERM_NONE,        false},
	{FSM_NEW,           COMMENT_DO_HOLD,     COMMENT_HELD,      PERM_NONE,        false},
	{COMMENT_HELD,      COMMENT_DO_RELEASE,  COMMENT_SUBMITTED, PERM_LAW_CHECK,   false},
	{COMMENT_HELD,      COMMENT_DO_RETURN,   COMMENT_RETURNED,  PERM_LAW_CHECK,   true},
	{COMMENT_SUBMITTED, COMMENT_DO_CHECK,    COMMENT_CHECKED,   PERM_LAW_CHECK,   false},
	{COMMENT_SUBMITTED, COMMENT_DO_RETURN,   COMMENT_RETURNED,  PERM_LAW_CHECK,   true},
	{COMMENT_SUBMITTED, COMMENT_DO_MERGE,    COMMENT_MERGED,    PERM_LAW_CHECK,   false},
	{COMMENT_SUBMITTED, COMMENT_DO_WITHDRAW, COMMENT_WITHDRAWN, PERM_LAW_READ,    false},
	{COMMENT_RETURNED,  COMMENT_DO_AGAIN,    COMMENT_SUBMITTED, PERM_LAW_READ,    false},
	{COMMENT_RETURNED,  COMMENT_DO_WITHDRAW, COMMENT_WITHDRAWN, PERM_LAW_READ,    false},
	{COMMENT_CHECKED,   COMMENT_DO_MERGE,    COMMENT_MERGED,    PERM_LAW_CHECK,   false},
	{COMMENT_CHECKED,   COMMENT_DO_SEND,     COMMENT_SENT,      PERM_LAW_CHECK,   false},
	{COMMENT_CHECKED,   COMMENT_DO_ANSWER,   COMMENT_ANSWERED,  PERM_LAW_ANSWER,  false},
	{COMMENT_SENT,      COMMENT_DO_MERGE,    COMMENT_MERGED,    PERM_LAW_ANSWER,  false},
	{COMMENT_SENT,      COMMENT_DO_ANSWER,   COMMENT_ANSWERED,  PERM_LAW_ANSWER,  false},
};
/* clang-format on */

/* Whose it is, as its readers may know: others' names stay with the staff. */
#define WHOSE                                                                  \
	"CASE WHEN law_comment.person IS NULL THEN law_comment.sender"         \
	" ELSE coalesce((SELECT n.name FROM person AS n"                       \
	"   WHERE n.id = law_comment.person), '') END"
#define LABEL                                                                  \
	"coalesce((SELECT t.label FROM law_article AS t"                       \
	" WHERE t.id = law_comment.article), '')"

static const char *const sql[] = {
    [COMMENT_SQL_GET] = "SELECT law_comment.* FROM law_comment"
			" WHERE law_comment.id = :id AND @scope",
    [COMMENT_SQL_ADD] =
	"INSERT INTO law_comment (id, consultation, version, article, source,"
	" person, sender, entered_by, conversion, unit, station, words,"
	" wording, state, reason, at) SELECT :id, :consultation, :version,"
	" :article, :source, :person, :sender, :entered_by, :conversion,"
	" :unit, :station, :words, :wording, :state, :reason, :at"
	" FROM consultation WHERE id = :consultation AND state = 'open'",
    [COMMENT_SQL_WRITE] =
	"UPDATE law_comment SET words = :words, wording = :wording,"
	" reason = :reason, merged = :merged, result = :result,"
	" answer = :answer, checked_at = :checked_at, sent_at = :sent_at,"
	" answered_at = :answered_at, row_version = :row_version + 1"
	" WHERE id = :id AND row_version = :row_version AND @scope"
	"   AND EXISTS (SELECT 1 FROM consultation AS k"
	"     WHERE k.id = law_comment.consultation"
	"       AND k.state IN ('open', 'closed'))",
    [COMMENT_SQL_ARTICLE] = "SELECT id FROM law_article"
			    " WHERE id = :article AND version = :version",
    /* Where a deputy is asked; a citizen's is the station's that wrote it. */
    [COMMENT_SQL_UNIT] =
	"SELECT unit, station FROM consultation_person"
	" WHERE consultation = :consultation AND person = :person"
	"   AND (:mine = 0 OR unit = :mine)",
    [COMMENT_SQL_STATION] =
	"SELECT unit, station FROM consultation_unit"
	" WHERE consultation = :consultation AND unit = :unit",
    [COMMENT_SQL_MERGED] =
	"SELECT id, coalesce(person, 0) FROM law_comment"
	" WHERE merged = :id AND state = 'merged' AND @scope LIMIT 500",
    [COMMENT_SQL_FOLLOW] =
	"UPDATE law_comment SET merged = :into WHERE merged = :id AND @scope",
    [COMMENT_SQL_SEE] = "UPDATE law_comment SET seen_at = :now"
			" WHERE id = :id AND seen_at IS NULL AND @scope",
    [COMMENT_SQL_COUNTED] =
	"SELECT count(*) FROM law_comment WHERE person = :person"
	"   AND +consultation = :consultation AND +article IS :article",
    [COMMENT_SQL_GOING] = "SELECT state IN ('open', 'closed') FROM consultation"
			  " WHERE id = :consultation",
    /* The newest that is open and asks the unit. */
    [COMMENT_SQL_ASKING] =
	"SELECT max(u.consultation) FROM consultation_unit AS u"
	" CROSS JOIN consultation AS k ON k.id = u.consultation"
	" WHERE u.unit = :unit AND k.state = 'open'",
    /* It and what was merged into it, of those that were opinions. */
    [COMMENT_SQL_OPINIONS] =
	"SELECT v.opinion FROM law_comment CROSS JOIN conversion AS v"
	"  ON v.id = law_comment.conversion"
	" WHERE law_comment.id = :id AND v.state = 'waiting' AND @scope"
	" UNION ALL SELECT v.opinion FROM law_comment CROSS JOIN"
	"  conversion AS v ON v.id = law_comment.conversion"
	" WHERE law_comment.merged = :id AND v.state = 'waiting' AND @scope",
    [COMMENT_SQL_COLLATION] =
	"SELECT t.id AS article, coalesce(t.label, '') AS label,"
	" count(*) AS comments, sum(law_comment.person IS NOT NULL)"
	"   AS deputies, sum(law_comment.person IS NULL) AS publics,"
	" sum(law_comment.state = 'answered') AS answered,"
	" sum(law_comment.result = 'adopted') AS adopted,"
	" sum(law_comment.result = 'partly') AS partly"
	" FROM law_comment LEFT JOIN law_article AS t"
	"   ON t.id = law_comment.article"
	" WHERE law_comment.version = :version"
	"   AND law_comment.consultation = :id"
	"   AND law_comment.state NOT IN ('held', 'returned', 'withdrawn')"
	"   AND @scope GROUP BY law_comment.article",
    [COMMENT_SQL_OF_ARTICLE] =
	"SELECT law_comment.id, " WHOSE " AS name,"
	" coalesce((SELECT u.name FROM unit AS u"
	"   WHERE u.id = law_comment.unit), '') AS unit_name,"
	" law_comment.words, law_comment.wording, law_comment.state,"
	" law_comment.source, law_comment.result, law_comment.answer,"
	" law_comment.merged FROM law_comment"
	" WHERE law_comment.version = :version"
	"   AND law_comment.article IS :article"
	"   AND law_comment.consultation = :id"
	"   AND law_comment.state NOT IN ('held', 'returned', 'withdrawn')"
	"   AND @scope ORDER BY law_comment.id LIMIT 5000",
};

/* A deputy sees their own; others' answered ones are in the collation that the
 * county publishes, without names. The public reads what was answered. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "law_comment.unit = :my_unit",
    [SCOPE_STATION] = "law_comment.station = :my_station",
    [SCOPE_SELF] = "law_comment.person = :me",
    [SCOPE_PUBLIC] =
	"(law_comment.state = 'answered' AND EXISTS (SELECT 1"
	" FROM consultation AS k WHERE k.id = law_comment.consultation"
	" AND k.published = 1 AND k.state = 'answered'))",
};

const struct entity entity_law_comment = {
    .kind = ENTITY_LAW_COMMENT,
    .name = "law_comment",
    .label = N_("Comment"),
    .fields = law_comment_fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
    .states = law_comment_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

/* --- the list ------------------------------------------------------------ */

static const struct list_filter filters[COMMENT_LIST_FILTERS] = {
    [COMMENT_LIST_CONSULTATION] = {.name = "consultation",
                                   .label = N_("Consultation"),
                                   .predicate = "law_comment.consultation ="
                                                " :consultation"},
    [COMMENT_LIST_ARTICLE] = {.name = "article",
                              .label = N_("Article"),
                              .predicate = "+law_comment.article = :article"},
    [COMMENT_LIST_STATE] = {.name = "state",
                            .label = N_("State"),
                            .predicate = "law_comment.state = :state",
                            .is_text = true},
    [COMMENT_LIST_UNIT] = {.name = "unit",
                           .label = N_("Unit"),
                           .predicate = "+law_comment.unit = :unit"},
    [COMMENT_LIST_SOURCE] = {.name = "source",
                             .label = N_("Source"),
                             .predicate = "law_comment.source = :source",
                             .is_text = true},
    [COMMENT_LIST_RESULT] = {.name = "result",
                             .label = N_("Result"),
                             .predicate = "law_comment.result = :result",
                             .is_text = true},
    [COMMENT_LIST_TURN] = {.name = "turn",
                           .label = N_("To do"),
                           .predicate = "law_comment.state IN ('held',"
                                        " 'submitted', 'checked', 'sent')"
                                        " AND :turn = :turn"},
};

static const struct list_order latest = {
    .name = "latest",
    .label = N_("Newest first"),
    .keys = {"law_comment.at", "law_comment.id"},
    .descending = true,
};

const struct list_spec law_comment_list = {
    .entity = &entity_law_comment,
    .needs = PERM_LAW_READ,
    .columns = "law_comment.id, law_comment.article, " LABEL " AS label,"
	       " coalesce((SELECT k.title FROM consultation AS k"
	       "   WHERE k.id = law_comment.consultation), '') AS title,"
	       " " WHOSE " AS name, coalesce((SELECT u.name FROM unit AS u"
	       "   WHERE u.id = law_comment.unit), '') AS unit_name,"
	       " law_comment.words, law_comment.state, law_comment.source,"
	       " law_comment.result, law_comment.at,"
	       " law_comment.wording <> '' AS has_wording",
    .from = "law_comment",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = &latest,
    .order_count = 1,
    .fields = law_comment_line_fields,
    .row_size = sizeof(struct law_comment_line),
};

int
law_comment_get(struct ctx *c, struct arena *a, struct law_comment_id id,
                struct law_comment *out)
{
	struct stmt *q;

	if (!may(c, PERM_LAW_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_law_comment, COMMENT_SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, law_comment_fields, out);
}
