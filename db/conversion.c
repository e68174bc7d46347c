/* What opinions became. */
#include "db/conversion.h"

#include "db/base/i18n.h"
#include "db/store/event.h"
#include "db/store/fsm.h"
#include "db/store/stmt.h"

/* clang-format off */
const struct enum_name conversion_kinds[] = {
	{"suggestion",  N_("Suggestion")},
	{"project",     N_("Proposed project")},
	{"law_comment", N_("Comment on a draft law")},
	{NULL, NULL},
};

const struct enum_name conversion_states[] = {
	{"waiting",  N_("Waiting for an answer")},
	{"answered", N_("Answered")},
	{NULL, NULL},
};

static const struct field fields[] = {
	FIELD(conversion, id,          REF,   N_("Number"), .width = 6, .readonly = true),
	FIELD(conversion, opinion,     REF,   N_("Opinion"), .width = 6, .readonly = true),
	FIELD(conversion, unit,        REF,   N_("Unit"), .readonly = true),
	FIELD(conversion, station,     REF,   N_("Station"), .readonly = true),
	FIELD(conversion, kind,        ENUM,  N_("Became"), .names = conversion_kinds, .width = 12, .readonly = true),
	FIELD(conversion, state,       ENUM,  N_("State"), .names = conversion_states, .width = 12, .readonly = true),
	FIELD(conversion, title,       TEXT,  N_("Title"), .max = OPINION_SUBJECT_MAX, .width = 30, .required = true, .personal = true),
	FIELD(conversion, text,        LINES, N_("Text"), .personal = true, .readonly = true),
	FIELD(conversion, made_at,     TIME,  N_("Made"), .width = 11, .readonly = true),
	FIELD(conversion, answered_at, TIME,  N_("Answered"), .readonly = true),
	FIELD(conversion, made_by,     REF,   N_("Made by"), .readonly = true),
	FIELD_END,
};

static const struct step steps[] = {
	{"answer", N_("Enter the answer")},
};
static const struct edge edges[] = {
	{CONVERSION_WAITING, 0, CONVERSION_ANSWERED, PERM_OPINION_HANDLE, false},
};
/* clang-format on */

enum { SQL_GET, SQL_OF, SQL_ADD, SQL_ANSWER, SQL_COUNT };

static const char *const sql[] = {
    [SQL_GET] = "SELECT conversion.* FROM conversion"
		" WHERE conversion.id = :id AND @scope",
    [SQL_OF] = "SELECT conversion.* FROM conversion"
	       " WHERE conversion.opinion = :id AND @scope"
	       " ORDER BY conversion.id DESC LIMIT 1",
    [SQL_ADD] = "INSERT INTO conversion (id, opinion, unit, station, kind,"
		" state, title, text, made_at, made_by)"
		" VALUES (:id, :opinion, :unit, :station, :kind, :state,"
		" :title, :text, :made_at, :made_by)",
    [SQL_ANSWER] = "UPDATE conversion SET answered_at = :now"
		   " WHERE id = :id AND @scope",
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "conversion.unit = :my_unit",
    [SCOPE_STATION] = "conversion.station = :my_station",
    [SCOPE_SELF] = "EXISTS (SELECT 1 FROM opinion AS o"
		   " WHERE o.id = conversion.opinion AND o.reader = :me)",
};

const struct entity entity_conversion = {
    .kind = ENTITY_CONVERSION,
    .name = "conversion",
    .label = N_("What an opinion became"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
    .states = conversion_states,
    .edges = edges,
    .edge_count = COUNT(edges),
    .steps = steps,
    .step_count = COUNT(steps),
};

static const struct list_filter filters[CONVERSION_LIST_FILTERS] = {
    [CONVERSION_LIST_KIND] = {.name = "kind",
                              .label = N_("Became"),
                              .predicate = "conversion.kind = :kind",
                              .is_text = true},
};

static const struct list_order orders[] = {
    {.name = "latest",
     .label = N_("Newest first"),
     .keys = {"conversion.made_at", "conversion.id"},
     .descending = true},
};

const struct list_spec conversion_list = {
    .entity = &entity_conversion,
    .needs = PERM_OPINION_READ,
    .columns = "conversion.*",
    .from = "conversion",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = fields,
    .row_size = sizeof(struct conversion),
};

int
conversion_get(struct ctx *c, struct arena *a, struct conversion_id id,
               struct conversion *out)
{
	struct stmt *q;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_conversion, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
conversion_of(struct ctx *c, struct arena *a, struct opinion_id id,
              struct conversion *out)
{
	struct stmt *q;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_conversion, SQL_OF);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
conversion_add(struct ctx *c, const struct opinion *o,
               enum conversion_kind kind, const char *title,
               struct conversion_id *id)
{
	struct conversion row = {
	    .id = {ctx_new_id(c, &entity_conversion)},
	    .opinion = o->id,
	    .unit = o->unit,
	    .station = o->station,
	    .kind = (int)kind,
	    .state = CONVERSION_WAITING,
	    .title = title,
	    .text = o->body,
	    .made_at = ctx_now(c),
	    .made_by = {c->me},
	};
	struct stmt *q = ctx_stmt(c, &entity_conversion, SQL_ADD);

	*id = row.id;
	bind_fields(q, fields, &row);
	return stmt_run(q, NULL);
}

int
conversion_answer(struct ctx *c, struct opinion_id id)
{
	struct arena *a = arena_new();
	struct conversion row;
	struct stmt *q;
	int err = conversion_of(c, a, id, &row);

	if (err == OK)
		err = fsm_fire(c, &entity_conversion, row.id.v, 0, NULL);
	if (err == OK) {
		q = ctx_stmt(c, &entity_conversion, SQL_ANSWER);
		bind_id(q, ":id", row.id.v);
		err = stmt_run(q, NULL);
	}
	arena_free(a);
	return err;
}
