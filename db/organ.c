/* Handling units: a unit's own offices and the county's. */
#include "db/organ.h"

#include "db/base/i18n.h"
#include "db/entry.h"
#include "db/store/event.h"
#include "db/store/stmt.h"
#include "db/unit.h"

enum { ORGANS_MAX = 5000 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(organ, id,   REF,  N_("Number"), .readonly = true),
	FIELD(organ, unit, REF,  N_("Unit"),   .readonly = true),
	FIELD(organ, name, TEXT, N_("Called"),   .max = ORGAN_NAME_MAX, .required = true),
	FIELD_END,
};
/* clang-format on */

enum { SQL_GET, SQL_LIST, SQL_LIST_UNIT, SQL_TAKEN, SQL_ADD };

static const char *const sql[] = {
    [SQL_GET] = "SELECT id, unit, name FROM organ WHERE id = :id AND @scope",
    [SQL_LIST] = "SELECT id, unit, name FROM organ"
		 " WHERE @scope ORDER BY unit, name",
    [SQL_LIST_UNIT] = "SELECT id, unit, name FROM organ"
		      " WHERE (unit = :unit OR unit IS NULL) AND @scope"
		      " ORDER BY unit, name",
    /* The index on (unit, name) lets two NULL units have the same name. */
    [SQL_TAKEN] = "SELECT count(*) FROM organ"
		  " WHERE unit IS :unit AND name = :name AND @scope",
    [SQL_ADD] = "INSERT INTO organ (id, unit, name)"
		"VALUES (:id, :unit, :name)",
};

/* The county's offices are known to all, so that matters can be sent. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "organ.unit = :my_unit OR organ.unit IS NULL",
    [SCOPE_STATION] = "organ.unit = :my_unit OR organ.unit IS NULL",
    [SCOPE_SELF] = "organ.unit = :my_unit OR organ.unit IS NULL",
    [SCOPE_ASSIGNED] = "organ.id = :my_organ",
};

const struct entity entity_organ = {
    .kind = ENTITY_ORGAN,
    .name = "organ",
    .label = N_("Handling unit"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

int
organ_get(struct ctx *c, struct arena *a, struct organ_id id, struct organ *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_organ, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
organ_list(struct ctx *c, struct arena *a, struct unit_id unit,
           struct organ **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_organ, unit.v != 0 ? SQL_LIST_UNIT : SQL_LIST);
	if (unit.v != 0)
		bind_id(q, ":unit", unit.v);
	return stmt_all(q, a, fields, sizeof(**rows), ORGANS_MAX, rows, n);
}

static int
write_row(struct ctx *c, struct organ *row)
{
	struct stmt *q = ctx_stmt(c, &entity_organ, SQL_TAKEN);
	int64_t taken;
	int err;

	bind_id(q, ":unit", row->unit.v);
	bind_text(q, ":name", row->name);
	err = stmt_int(q, &taken);
	if (err != OK)
		return err;
	if (taken > 0)
		return ERR_EXISTS;

	row->id.v = ctx_new_id(c, &entity_organ);
	event_subject(c, row->id.v, row->unit.v);
	q = ctx_stmt(c, &entity_organ, SQL_ADD);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
organ_add(struct ctx *c, const struct organ *entry, struct organ_id *id)
{
	struct organ row = *entry;
	struct arena *a;
	struct unit unit;
	int err = OK;

	if (!may(c, PERM_ORG_WRITE))
		return ERR_DENIED;

	a = arena_new();
	if (row.unit.v != 0)
		err = unit_get(c, a, row.unit, &unit);
	if (err != OK)
		goto done;
	ctx_check_begin(c);
	entry_clean(c, a, fields, &row);
	err = ctx_check_end(c);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_ORGAN_ADD, ENTITY_ORGAN, 0, row.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, write_row(c, &row));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}
