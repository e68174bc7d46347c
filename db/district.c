/* Electoral districts of a unit, for either congress. */
#include "db/district.h"

#include "db/base/i18n.h"
#include "db/entry.h"
#include "db/store/event.h"
#include "db/store/stmt.h"
#include "db/term.h"
#include "db/unit.h"

enum { DISTRICTS_MAX = 5000 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(district, id,    REF,  N_("Number"), .readonly = true),
	FIELD(district, unit,  REF,  N_("Unit"),   .readonly = true),
	FIELD(district, level, ENUM, N_("Level"),  .names = levels, .required = true),
	FIELD(district, name,  TEXT, N_("Called"),   .max = DISTRICT_NAME_MAX, .required = true),
	FIELD_END,
};
/* clang-format on */

enum { SQL_GET, SQL_LIST, SQL_ADD, SQL_SAVE };

static const char *const sql[] = {
    [SQL_GET] = "SELECT id, unit, level, name FROM district"
		" WHERE id = :id AND @scope",
    [SQL_LIST] = "SELECT id, unit, level, name FROM district"
		 " WHERE unit = :unit AND level = :level AND @scope"
		 " ORDER BY name",
    [SQL_ADD] = "INSERT INTO district (id, unit, level, name)"
		"VALUES (:id, :unit, :level, :name)",
    [SQL_SAVE] = "UPDATE district SET name = :name"
		 " WHERE id = :id AND @scope",
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "district.unit = :my_unit",
    [SCOPE_STATION] = "district.unit = :my_unit",
    [SCOPE_SELF] = "district.unit = :my_unit",
    [SCOPE_ASSIGNED] = "district.unit = :my_unit",
};

const struct entity entity_district = {
    .kind = ENTITY_DISTRICT,
    .name = "district",
    .label = N_("Electoral district"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

int
district_get(struct ctx *c, struct arena *a, struct district_id id,
             struct district *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_district, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
district_list(struct ctx *c, struct arena *a, struct unit_id unit, int level,
              struct district **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_district, SQL_LIST);
	bind_id(q, ":unit", unit.v);
	bind_text(q, ":level", levels[level].name);
	return stmt_all(q, a, fields, sizeof(**rows), DISTRICTS_MAX, rows, n);
}

/* The unit is there and its kind has deputies of this level. */
static int
check(struct ctx *c, struct arena *a, struct district *row)
{
	struct unit unit;
	struct unit_kind kind;
	int err = unit_get(c, a, row->unit, &unit);

	if (err == OK)
		err = unit_kind_get(c, a, unit.kind, &kind);
	if (err != OK)
		return err;
	ctx_check_begin(c);
	entry_clean(c, a, fields, row);
	if (row->level == LEVEL_TOWN && !kind.has_deputies)
		ctx_fault(c, "level",
		          N_("This unit has no deputies of its own."));
	return ctx_check_end(c);
}

static int
write_row(struct ctx *c, struct district *row)
{
	struct stmt *q;

	row->id.v = ctx_new_id(c, &entity_district);
	event_subject(c, row->id.v, row->unit.v);
	q = ctx_stmt(c, &entity_district, SQL_ADD);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
district_add(struct ctx *c, const struct district *entry,
             struct district_id *id)
{
	struct district row = *entry;
	struct arena *a;
	int err;

	if (!may(c, PERM_PEOPLE_WRITE))
		return ERR_DENIED;

	a = arena_new();
	err = check(c, a, &row);
	if (err != OK)
		goto done;
	err =
	    event_begin(c, ACTION_DISTRICT_ADD, ENTITY_DISTRICT, 0, row.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, write_row(c, &row));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

static int
update(struct ctx *c, const struct district *row)
{
	struct stmt *q = ctx_stmt(c, &entity_district, SQL_SAVE);

	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
district_save(struct ctx *c, const struct district *entry)
{
	struct district row;
	struct arena *a;
	int err;

	if (!may(c, PERM_PEOPLE_WRITE))
		return ERR_DENIED;

	a = arena_new();
	err = district_get(c, a, entry->id, &row);
	if (err != OK)
		goto done;
	row.name = entry->name;
	ctx_check_begin(c);
	entry_clean(c, a, fields, &row);
	err = ctx_check_end(c);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_DISTRICT_SAVE, ENTITY_DISTRICT, row.id.v,
	                  row.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, update(c, &row));
done:
	arena_free(a);
	return err;
}
