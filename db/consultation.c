/*
 * Asking about a draft law: what is asked, of whom, from when to when. Who is
 * asked and how far they got is db/consultation_person.c.
 */
#include "db/consultation.h"

#include <string.h>

#include "db/activity_in.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/base/text.h"
#include "db/code.h"
#include "db/consultation_in.h"
#include "db/entry.h"
#include "db/store/event.h"
#include "db/store/fsm.h"

enum { UNITS_MAX = 500 };

/* clang-format off */
const struct enum_name consultation_states[] = {
	{"draft",     N_("Being prepared")},
	{"open",      N_("Being asked")},
	{"closed",    N_("Being answered")},
	{"answered",  N_("Answered")},
	{"cancelled", N_("Cancelled")},
	{NULL, NULL},
};

const struct field consultation_fields[] = {
	FIELD(consultation, id,        REF,   N_("Number"), .width = 5, .readonly = true),
	FIELD(consultation, law,       REF,   N_("Draft law"), .readonly = true),
	FIELD(consultation, version,   REF,   N_("Version"), .readonly = true),
	FIELD(consultation, title,     TEXT,  N_("Title"), .max = LAW_TITLE_MAX, .width = 30, .required = true),
	FIELD(consultation, text,      LINES, N_("What is asked"), .max = CONSULTATION_TEXT_MAX),
	FIELD(consultation, material,  LINES, N_("To study"), .max = CONSULTATION_TEXT_MAX),
	FIELD(consultation, from_on,   DAY,   N_("From"), .max = 10, .required = true),
	FIELD(consultation, to_on,     DAY,   N_("To"), .max = 10, .required = true),
	FIELD(consultation, state,     ENUM,  N_("State"), .names = consultation_states, .width = 10, .readonly = true),
	FIELD(consultation, published, BOOL,  N_("On the public page")),
	FIELD(consultation, reason,    TEXT,  N_("Reason"), .max = CONSULTATION_REASON_MAX, .readonly = true),
	FIELD(consultation, summary,   LINES, N_("Closing summary"), .max = CONSULTATION_TEXT_MAX, .readonly = true),
	FIELD(consultation, token,     TOKEN, N_("Address"), .readonly = true),
	FIELD(consultation, people,    INT,   N_("Deputies asked"), .readonly = true),
	FIELD(consultation, studied,   INT,   N_("Studied it"), .readonly = true),
	FIELD(consultation, done,      INT,   N_("Had their say"), .readonly = true),
	FIELD(consultation, comments,  INT,   N_("Comments"), .readonly = true),
	FIELD(consultation, added_at,  TIME,  N_("Prepared"), .readonly = true),
	FIELD(consultation, added_by,  REF,   N_("Prepared by"), .readonly = true),
	FIELD(consultation, row_version, INT, N_("Times written"), .readonly = true),
	FIELD_END,
};

const struct field consultation_line_fields[] = {
	FIELD(consultation_line, id,        REF,  N_("Number"), .width = 5),
	FIELD(consultation_line, title,     TEXT, N_("Title"), .width = 30),
	FIELD(consultation_line, from_on,   DAY,  N_("From"), .width = 10),
	FIELD(consultation_line, to_on,     DAY,  N_("To"), .width = 10),
	FIELD(consultation_line, state,     ENUM, N_("State"), .names = consultation_states, .width = 10),
	FIELD(consultation_line, published, BOOL, N_("On the public page")),
	FIELD(consultation_line, people,    INT,  N_("Deputies asked"), .width = 6),
	FIELD(consultation_line, studied,   INT,  N_("Studied it"), .width = 6),
	FIELD(consultation_line, done,      INT,  N_("Had their say"), .width = 6),
	FIELD(consultation_line, comments,  INT,  N_("Comments"), .width = 6),
	FIELD(consultation_line, mine,      INT,  N_("My step")),
	FIELD_END,
};

static const struct step steps[CONSULTATION_STEPS] = {
	[CONSULTATION_DO_PREPARE] = {"prepare", N_("Prepare a consultation")},
	[CONSULTATION_DO_OPEN]    = {"open",    N_("Open it")},
	[CONSULTATION_DO_CLOSE]   = {"close",   N_("Close it")},
	[CONSULTATION_DO_EXTEND]  = {"extend",  N_("Give more time")},
	[CONSULTATION_DO_ANSWER]  = {"answer",  N_("Tell everybody the results")},
	[CONSULTATION_DO_CANCEL]  = {"cancel",  N_("Cancel it")},
	[CONSULTATION_DO_PUBLISH] = {"publish", N_("Put it on the public page")},
	[CONSULTATION_DO_HIDE]    = {"hide",    N_("Take it off the public page")},
};

static const struct edge edges[] = {
	/* from                on                       to                      who may         reason */
	{FSM_NEW,              CONSULTATION_DO_PREPARE, CONSULTATION_DRAFT,     PERM_LAW_WRITE, false},
	{CONSULTATION_DRAFT,   CONSULTATION_DO_OPEN,    CONSULTATION_OPEN,      PERM_LAW_WRITE, false},
	{CONSULTATION_DRAFT,   CONSULTATION_DO_CANCEL,  CONSULTATION_CANCELLED, PERM_LAW_WRITE, true},
	{CONSULTATION_OPEN,    CONSULTATION_DO_EXTEND,  CONSULTATION_OPEN,      PERM_LAW_WRITE, false},
	{CONSULTATION_OPEN,    CONSULTATION_DO_CLOSE,   CONSULTATION_CLOSED,    PERM_LAW_WRITE, false},
	{CONSULTATION_OPEN,    CONSULTATION_DO_CANCEL,  CONSULTATION_CANCELLED, PERM_LAW_WRITE, true},
	{CONSULTATION_CLOSED,  CONSULTATION_DO_EXTEND,  CONSULTATION_OPEN,      PERM_LAW_WRITE, false},
	{CONSULTATION_CLOSED,  CONSULTATION_DO_ANSWER,  CONSULTATION_ANSWERED,  PERM_LAW_WRITE, false},
	{CONSULTATION_OPEN,    CONSULTATION_DO_PUBLISH, CONSULTATION_OPEN,      PERM_LAW_WRITE, false},
	{CONSULTATION_CLOSED,  CONSULTATION_DO_PUBLISH, CONSULTATION_CLOSED,    PERM_LAW_WRITE, false},
	{CONSULTATION_ANSWERED, CONSULTATION_DO_PUBLISH, CONSULTATION_ANSWERED, PERM_LAW_WRITE, false},
	{CONSULTATION_OPEN,    CONSULTATION_DO_HIDE,    CONSULTATION_OPEN,      PERM_LAW_WRITE, true},
	{CONSULTATION_CLOSED,  CONSULTATION_DO_HIDE,    CONSULTATION_CLOSED,    PERM_LAW_WRITE, true},
	{CONSULTATION_ANSWERED, CONSULTATION_DO_HIDE,   CONSULTATION_ANSWERED,  PERM_LAW_WRITE, true},
};

static const enum action actions[CONSULTATION_STEPS] = {
	[CONSULTATION_DO_PREPARE] = ACTION_CONSULTATION_PREPARE,
	[CONSULTATION_DO_OPEN]    = ACTION_CONSULTATION_OPEN,
	[CONSULTATION_DO_CLOSE]   = ACTION_CONSULTATION_CLOSE,
	[CONSULTATION_DO_EXTEND]  = ACTION_CONSULTATION_EXTEND,
	[CONSULTATION_DO_ANSWER]  = ACTION_CONSULTATION_ANSWER,
	[CONSULTATION_DO_CANCEL]  = ACTION_CONSULTATION_CANCEL,
	[CONSULTATION_DO_PUBLISH] = ACTION_CONSULTATION_PUBLISH,
	[CONSULTATION_DO_HIDE]    = ACTION_CONSULTATION_HIDE,
};
/* clang-format on */

#define SHOWN "consultation.state IN ('open', 'closed', 'answered')"
#define FIGURE(what, table)                                                    \
	"(SELECT count(" what ") FROM " table                                  \
	" AS f WHERE f.consultation = consultation.id)"
#define FIGURES                                                                 \
	FIGURE("*", "consultation_person")                                      \
	" AS people, " FIGURE(                                                  \
	    "f.studied_at",                                                     \
	    "consultation_person") " AS studied, " FIGURE("f.done_at",          \
	                                                  "consultation_"       \
	                                                  "person") " AS "      \
								    "done,"     \
								    " " FIGURE( \
									"*",    \
									"law_"  \
									"comm"  \
									"ent") " AS comments"

static const char *const sql[] = {
    [CONSULTATION_SQL_GET] =
	"SELECT consultation.*, " FIGURES " FROM consultation"
	" WHERE consultation.id = :id AND @scope",
    [CONSULTATION_SQL_ADD] =
	"INSERT INTO consultation (id, law, version, title, text, material,"
	" from_on, to_on, state, published, token, added_at, added_by)"
	" VALUES (:id, :law, :version, :title, :text, :material, :from_on,"
	" :to_on, 'draft', :published, :token, :now, :me)",
    [CONSULTATION_SQL_SAVE] =
	"UPDATE consultation SET title = :title, text = :text,"
	" material = :material, from_on = :from_on, to_on = :to_on,"
	" published = :published, row_version = :row_version + 1"
	" WHERE id = :id AND row_version = :row_version"
	"   AND (state = 'draft' OR (state IN ('open', 'closed')"
	"   AND from_on = :from_on AND to_on = :to_on)) AND @scope",
    [CONSULTATION_SQL_WRITE] =
	"UPDATE consultation SET reason = :reason, summary = :summary,"
	" to_on = :to_on, published = :published,"
	" row_version = :row_version + 1"
	" WHERE id = :id AND row_version = :row_version AND @scope",
    [CONSULTATION_SQL_ADD_UNIT] =
	"INSERT INTO consultation_unit (id, consultation, unit, station)"
	" VALUES (:id, :consultation, :unit, :station)",
    [CONSULTATION_SQL_ALL_UNITS] = "SELECT id FROM unit ORDER BY position, id",
    [CONSULTATION_SQL_STATION] = "SELECT id FROM station WHERE unit = :unit",
    [CONSULTATION_SQL_UNANSWERED] =
	"SELECT count(*) FROM law_comment WHERE consultation = :id"
	"   AND state IN ('held', 'submitted', 'checked', 'sent')",
    [CONSULTATION_SQL_DUE] =
	"SELECT id, state = 'draft' FROM consultation"
	" WHERE state IN ('draft', 'open', 'closed')"
	"   AND ((state = 'draft' AND from_on <= :today)"
	"     OR (state = 'open' AND to_on < :today)) LIMIT 64",
    [CONSULTATION_SQL_ALL_OF_LAW] =
	"SELECT consultation.*, " FIGURES " FROM consultation"
	" WHERE consultation.law = :law AND @scope"
	" ORDER BY consultation.id DESC LIMIT 200",
    [CONSULTATION_SQL_OF_TOKEN] =
	"SELECT consultation.*, " FIGURES " FROM consultation"
	" WHERE consultation.token = :token AND @scope"
	"   AND consultation.published = 1 AND " SHOWN,
    [CONSULTATION_SQL_HIDDEN] = "SELECT consultation.id FROM consultation"
				" WHERE consultation.token = :token AND @scope",
    [CONSULTATION_SQL_UNITS] =
	"SELECT u.unit AS unit, u.station AS station, n.name AS name"
	" FROM consultation CROSS JOIN consultation_unit AS u"
	"   ON u.consultation = consultation.id"
	" CROSS JOIN unit AS n ON n.id = u.unit"
	" WHERE consultation.id = :id AND @scope"
	" ORDER BY n.position, n.id",
};

#define OF_MY_UNIT                                                             \
	"(" SHOWN " AND (consultation.published = 1"                           \
	" OR EXISTS (SELECT 1 FROM consultation_unit AS u"                     \
	" WHERE u.consultation = consultation.id AND u.unit = :my_unit)))"

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = OF_MY_UNIT,
    [SCOPE_STATION] = OF_MY_UNIT,
    [SCOPE_SELF] =
	"(" SHOWN " AND (consultation.published = 1"
	" OR EXISTS (SELECT 1 FROM consultation_person AS p"
	" WHERE p.consultation = consultation.id AND p.person = :me)))",
    [SCOPE_PUBLIC] = "(" SHOWN " AND consultation.published = 1)",
};

const struct entity entity_consultation = {
    .kind = ENTITY_CONSULTATION,
    .name = "consultation",
    .label = N_("Consultation"),
    .fields = consultation_fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
    .states = consultation_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

/* Not scoped: only read with its consultation. */
static const struct field unit_fields[] = {FIELD_END};
static const struct field asked_fields[] = {
    FIELD(consultation_unit, unit, REF, ""),
    FIELD(consultation_unit, station, REF, ""),
    FIELD(consultation_unit, name, TEXT, ""),
    FIELD_END,
};
const struct entity entity_consultation_unit = {
    .kind = ENTITY_CONSULTATION_UNIT,
    .name = "consultation_unit",
    .label = N_("Unit asked"),
    .fields = unit_fields,
};

/* --- the list ------------------------------------------------------------ */

static const struct list_filter filters[CONSULTATION_LIST_FILTERS] = {
    [CONSULTATION_LIST_STATE] = {.name = "state",
                                 .label = N_("State"),
                                 .predicate = "consultation.state = :state",
                                 .is_text = true},
    [CONSULTATION_LIST_YEAR] = {.name = "year",
                                .label = N_("Year"),
                                .predicate =
                                    "+consultation.from_on >= :year || '-01-01'"
                                    " AND +consultation.from_on <="
                                    " :year || '-12-31'"},
    [CONSULTATION_LIST_TITLE] = {.name = "title",
                                 .label = N_("Title"),
                                 .predicate =
                                     "(instr(consultation.title, :title) > 0"
                                     " OR consultation.id = :title)",
                                 .is_text = true},
};

/* One number for both directions; as in its index. */
#define TO_ON "CAST(replace(consultation.to_on, '-', '') AS INTEGER)"
#define DUE                                                                    \
	"CASE WHEN consultation.state IN ('draft', 'open')"                    \
	" THEN " TO_ON " ELSE 200000000 - " TO_ON " END"

static const struct list_order orders[] = {
    [CONSULTATION_BY_LATEST] = {.name = "latest",
                                .label = N_("Newest first"),
                                .keys = {"consultation.from_on",
                                         "consultation.id"},
                                .descending = true},
    [CONSULTATION_BY_DUE] = {.name = "due",
                             .label = N_("Due first"),
                             .keys = {DUE, "consultation.id"}},
};

const struct list_spec consultation_list = {
    .entity = &entity_consultation,
    .needs = PERM_LAW_READ,
    .columns =
	"consultation.id, consultation.title, consultation.from_on,"
	" consultation.to_on, consultation.state, consultation.published,"
	" " FIGURES ","
	" coalesce((SELECT CASE m.state WHEN 'received' THEN 0"
	"   WHEN 'read' THEN 1 WHEN 'studied' THEN 2 WHEN 'commented' THEN 3"
	"   WHEN 'nothing' THEN 4 ELSE 5 END FROM consultation_person AS m"
	"  WHERE m.consultation = consultation.id AND m.person = :me), -1)"
	" AS mine",
    .from = "consultation",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = consultation_line_fields,
    .row_size = sizeof(struct consultation_line),
};

enum consultation_list_order
consultation_order(const struct ctx *c)
{
	return c->scope == SCOPE_COUNTY ? CONSULTATION_BY_LATEST
	                                : CONSULTATION_BY_DUE;
}

int
consultation_get(struct ctx *c, struct arena *a, struct consultation_id id,
                 struct consultation *out)
{
	struct stmt *q;

	if (!may(c, PERM_LAW_READ) && c->scope != SCOPE_PUBLIC)
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_consultation, CONSULTATION_SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, consultation_fields, out);
}

int
consultations_of_law(struct ctx *c, struct arena *a, struct law_id id,
                     struct consultation **rows, int *n)
{
	enum { MOST = 200 };
	struct stmt *q;

	if (!may(c, PERM_LAW_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_consultation, CONSULTATION_SQL_ALL_OF_LAW);
	bind_id(q, ":law", id.v);
	return stmt_all(q, a, consultation_fields, sizeof(**rows), MOST, rows,
	                n);
}

int
consultation_of_token(struct ctx *c, struct arena *a, const char *token,
                      struct consultation *out)
{
	struct ctx anybody = *c;
	struct stmt *q;
	int64_t id;
	int err;

	/* the address is the key: whoever has it sees what everybody may */
	anybody.scope = SCOPE_PUBLIC;
	q = ctx_stmt(&anybody, &entity_consultation, CONSULTATION_SQL_OF_TOKEN);
	bind_text(q, ":token", token);
	err = stmt_one(q, a, consultation_fields, out);
	if (err != ERR_NOT_FOUND)
		return err;
	anybody.scope = SCOPE_COUNTY;
	q = ctx_stmt(&anybody, &entity_consultation, CONSULTATION_SQL_HIDDEN);
	bind_text(q, ":token", token);
	err = stmt_int(q, &id);
	return err == OK ? ERR_STATE : err;
}

int
consultation_units(struct ctx *c, struct arena *a, struct consultation_id id,
                   struct consultation_unit **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_LAW_READ) && c->scope != SCOPE_PUBLIC)
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_consultation, CONSULTATION_SQL_UNITS);
	bind_id(q, ":id", id.v);
	return stmt_all(q, a, asked_fields, sizeof(**rows), UNITS_MAX, rows, n);
}

/* --- preparing ----------------------------------------------------------- */

static int
check(struct ctx *c, struct arena *a, struct consultation *row)
{
	struct law_version version;
	int err = OK;

	ctx_check_begin(c);
	entry_clean(c, a, consultation_fields, row);
	if (row->from_on.year == 0)
		ctx_fault(c, "from_on", N_("Say when it begins."));
	if (row->to_on.year == 0)
		ctx_fault(c, "to_on", N_("Say when it ends."));
	else if (day_compare(row->to_on, row->from_on) < 0)
		ctx_fault(c, "to_on", N_("The end is before the beginning."));
	err = law_version_get(c, a, row->version, &version);
	if (err == ERR_NOT_FOUND) {
		ctx_fault(c, "version", N_("Choose a draft law."));
		err = OK;
	}
	row->law = version.law;
	return err == OK ? ctx_check_end(c) : err;
}

static int
add_unit(struct ctx *c, struct consultation_id id, int64_t unit)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_consultation, CONSULTATION_SQL_STATION);
	int64_t station;
	int err;

	bind_id(q, ":unit", unit);
	err = stmt_int(q, &station);
	if (err == ERR_NOT_FOUND)
		return OK; /* a unit without a station has nobody to check */
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_consultation, CONSULTATION_SQL_ADD_UNIT);
	bind_id(q, ":id", ctx_new_id(c, &entity_consultation_unit));
	bind_id(q, ":consultation", id.v);
	bind_id(q, ":unit", unit);
	bind_id(q, ":station", station);
	return stmt_run(q, NULL);
}

/* Those named, or all there are; in a. */
static int
units_of(struct ctx *c, struct arena *a, const struct unit_id *units, int n,
         struct unit_id **out, int *count)
{
	struct stmt *q;

	*out = arena_alloc(a, UNITS_MAX * sizeof(**out));
	*count = 0;
	for (int i = 0; i < n && i < UNITS_MAX; i++)
		(*out)[(*count)++] = units[i];
	if (n > 0)
		return OK;
	q = ctx_stmt(c, &entity_consultation, CONSULTATION_SQL_ALL_UNITS);
	while (*count < UNITS_MAX && stmt_next(q))
		(*out)[(*count)++].v = col_int(q, 0);
	return stmt_end(q);
}

/* The token of its page, random; of a seeded site it follows from the number.
 */
static void
make_token(const struct ctx *c, int64_t id, char token[SECRET_TOKEN + 1])
{
	static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char hash[SECRET_HEX + 1];
	struct buf b = BUF_INIT;

	secret_token(token);
	if (c->seed == 0)
		return;
	buf_addf(&b, "consultation %llu %lld", (unsigned long long)c->seed,
	         (long long)id);
	secret_sha256(b.data, b.len, hash);
	buf_clear(&b);
	for (int i = 0; i < SECRET_TOKEN; i++)
		token[i] = base32[(hash[2 * i] + 3 * hash[2 * i + 1]) %
		                  (int)strlen(base32)];
}

static int
write(struct ctx *c, struct arena *a, struct consultation *row,
      const struct unit_id *units, int n, const struct person_id *persons,
      int p)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_consultation, CONSULTATION_SQL_ADD);
	char *token = arena_alloc(a, SECRET_TOKEN + 1);
	struct unit_id *all;
	int count, err;

	make_token(c, row->id.v, token);
	row->token = token;
	bind_fields(q, consultation_fields, row);
	err = stmt_run(q, NULL);
	if (err == OK)
		err = units_of(c, a, units, n, &all, &count);
	for (int i = 0; err == OK && i < count; i++)
		err = add_unit(c, row->id, all[i].v);
	if (err == OK)
		err = consultation_receive(c, row, all, count, persons, p);
	return err;
}

int
consultation_prepare(struct ctx *c, const struct consultation *entry,
                     const struct unit_id *units, int n,
                     const struct person_id *persons, int p,
                     struct consultation_id *id)
{
	struct consultation row = *entry;
	struct arena *a;
	int err;

	if (!may(c, PERM_LAW_WRITE))
		return ERR_DENIED;
	a = arena_new();
	err = check(c, a, &row);
	if (err == OK)
		err = event_begin(c, ACTION_CONSULTATION_PREPARE,
		                  ENTITY_CONSULTATION, 0, 0);
	if (err != OK)
		goto done;
	row.id.v = ctx_new_id(c, &entity_consultation);
	event_subject(c, row.id.v, 0);
	event_about(c, ENTITY_LAW, row.law.v);
	err = event_end(c, write(c, a, &row, units, n, persons, p));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

/* Somebody was quicker, or it may not be changed so any more. */
static int
not_written(struct ctx *c, struct arena *a, const struct consultation *row)
{
	struct consultation now;
	int err = consultation_get(c, a, row->id, &now);

	if (err != OK)
		return err;
	return now.row_version != row->row_version ? ERR_CHANGED : ERR_STATE;
}

int
consultation_save(struct ctx *c, const struct consultation *entry)
{
	struct consultation row = *entry;
	struct arena *a;
	struct stmt *q;
	int64_t changed;
	int err;

	if (!may(c, PERM_LAW_WRITE))
		return ERR_DENIED;
	a = arena_new();
	err = check(c, a, &row);
	if (err == OK)
		err = event_begin(c, ACTION_CONSULTATION_SAVE,
		                  ENTITY_CONSULTATION, row.id.v, 0);
	if (err != OK)
		goto done;
	q = ctx_stmt(c, &entity_consultation, CONSULTATION_SQL_SAVE);
	bind_fields(q, consultation_fields, &row);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = not_written(c, a, &row);
	if (err == OK)
		err = consultation_move_end(c, &row);
	err = event_end(c, err);
done:
	arena_free(a);
	return err;
}

/* --- steps --------------------------------------------------------------- */

static int
check_answered(struct ctx *c, const struct consultation *row)
{
	struct stmt *q =
	    ctx_stmt(c, &entity_consultation, CONSULTATION_SQL_UNANSWERED);
	int64_t left;
	int err;

	bind_id(q, ":id", row->id.v);
	err = stmt_int(q, &left);
	if (err == OK && left > 0)
		ctx_fault(c, "", N_("There are comments without an answer."));
	return err;
}

/* What is on the public page already is not put there. */
static bool
is_offered(const struct consultation *row, enum consultation_step step)
{
	if (step == CONSULTATION_DO_PUBLISH)
		return !row->published;
	return step != CONSULTATION_DO_HIDE || row->published;
}

static int
check_step(struct ctx *c, struct arena *a, struct consultation *row,
           enum consultation_step step, const char *text, struct day to_on)
{
	const struct edge *edge =
	    fsm_edge(&entity_consultation, row->state, (int)step);
	int err = OK;

	if (edge == NULL)
		return ERR_STATE;
	if (!may(c, edge->perm))
		return ERR_DENIED;
	if (!is_offered(row, step))
		return ERR_STATE;
	if (step == CONSULTATION_DO_PUBLISH || step == CONSULTATION_DO_HIDE)
		row->published = step == CONSULTATION_DO_PUBLISH;
	ctx_check_begin(c);
	if (edge->wants_reason)
		row->reason = entry_text(c, a, "reason", text, TEXT_LINE,
		                         CONSULTATION_REASON_MAX, true);
	else if (step == CONSULTATION_DO_ANSWER)
		row->summary = entry_text(c, a, "summary", text, TEXT_LINES,
		                          CONSULTATION_TEXT_MAX, false);
	if (step == CONSULTATION_DO_ANSWER)
		err = check_answered(c, row);
	if (step == CONSULTATION_DO_EXTEND) {
		if (day_compare(to_on, ctx_today(c)) < 0 ||
		    day_compare(to_on, row->to_on) <= 0)
			ctx_fault(c, "to_on",
			          N_("Give a later day, not before today."));
		row->to_on = to_on;
	}
	return err == OK ? ctx_check_end(c) : err;
}

static int
write_step(struct ctx *c, const struct consultation *row,
           enum consultation_step step)
{
	struct stmt *q;
	int64_t changed;
	int err = fsm_fire(c, &entity_consultation, row->id.v, (int)step, NULL);

	if (err == OK && step == CONSULTATION_DO_ANSWER) {
		/* one may have come back meanwhile */
		ctx_check_begin(c);
		err = check_answered(c, row);
		err = err == OK ? ctx_check_end(c) : err;
	}
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_consultation, CONSULTATION_SQL_WRITE);
	bind_fields(q, consultation_fields, row);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = ERR_CHANGED;
	if (err == OK && step == CONSULTATION_DO_OPEN)
		err = consultation_deliver(c, row->id);
	if (err == OK && step == CONSULTATION_DO_EXTEND)
		err = consultation_move_end(c, row);
	return err;
}

int
consultation_fire(struct ctx *c, struct consultation_id id,
                  enum consultation_step step, const char *text,
                  struct day to_on)
{
	struct arena *a = arena_new();
	struct consultation row;
	int err = consultation_get(c, a, id, &row);

	if (err == OK)
		err = check_step(c, a, &row, step, text, to_on);
	if (err == OK)
		err =
		    event_begin(c, actions[step], ENTITY_CONSULTATION, id.v, 0);
	if (err != OK)
		goto done;
	event_about(c, ENTITY_LAW, row.law.v);
	if (*row.reason != '\0')
		event_reason(c, row.reason);
	err = event_end(c, write_step(c, &row, step));
done:
	arena_free(a);
	return err;
}

int
consultation_offers(struct ctx *c, const struct consultation *row,
                    enum consultation_step *out, int max)
{
	int all[CONSULTATION_STEPS], n = 0;
	int found = fsm_offers(c, &entity_consultation, row->state, all,
	                       CONSULTATION_STEPS);

	for (int i = 0; i < found && n < max; i++)
		if (is_offered(row, (enum consultation_step)all[i]))
			out[n++] = (enum consultation_step)all[i];
	return n;
}

/* Opened on its first day, closed after its last. */
int
consultation_tick(struct ctx *c, int *changed)
{
	enum { AT_ONCE = 64 };
	struct {
		struct consultation_id id;
		bool opens;
	} due[AT_ONCE];
	struct ctx system;
	struct stmt *q;
	int n = 0, err;

	ctx_as_system(c, &system);
	q = ctx_stmt(&system, &entity_consultation, CONSULTATION_SQL_DUE);
	while (n < AT_ONCE && stmt_next(q)) {
		due[n].id.v = col_int(q, 0);
		due[n++].opens = col_int(q, 1) != 0;
	}
	err = stmt_end(q);
	for (int i = 0; err == OK && i < n; i++) {
		err = consultation_fire(&system, due[i].id,
		                        due[i].opens ? CONSULTATION_DO_OPEN
		                                     : CONSULTATION_DO_CLOSE,
		                        "", (struct day){0});
		if (err == ERR_STATE || err == ERR_NOT_FOUND)
			err = OK; /* somebody was quicker */
	}
	if (err == OK && changed != NULL)
		*changed = n;
	return err;
}
