/* Deputies' groups of a station. */
#include "db/deputy_group.h"

#include "db/base/i18n.h"
#include "db/entry.h"
#include "db/predicates.h"
#include "db/station.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum { GROUPS_MAX = 1000 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(deputy_group, id,      REF,  N_("Number"),  .readonly = true),
	FIELD(deputy_group, unit,    REF,  N_("Unit"),    .readonly = true),
	FIELD(deputy_group, station, REF,  N_("Station"), .readonly = true),
	FIELD(deputy_group, name,    TEXT, N_("Called"),    .max = DEPUTY_GROUP_NAME_MAX,
	      .required = true),
	FIELD_END,
};

/* The same with what is counted. */
static const struct field line_fields[] = {
	FIELD(deputy_group, id,       REF,  N_("Number")),
	FIELD(deputy_group, unit,     REF,  N_("Unit")),
	FIELD(deputy_group, station,  REF,  N_("Station")),
	FIELD(deputy_group, name,     TEXT, N_("Called")),
	FIELD(deputy_group, deputies, INT,  N_("Deputies")),
	FIELD_END,
};
/* clang-format on */

enum { SQL_GET, SQL_LIST, SQL_ADD, SQL_SAVE };

#define COLUMNS                                                                \
	"SELECT id, unit, station, name,"                                      \
	"       (SELECT count(DISTINCT m.person) FROM mandate m"               \
	"         WHERE m.grp = deputy_group.id"                               \
	"           AND " CURRENT("m") ") AS deputies"                         \
				       "  FROM deputy_group"

static const char *const sql[] = {
    [SQL_GET] = COLUMNS " WHERE id = :id AND @scope",
    [SQL_LIST] = COLUMNS " WHERE station = :station AND @scope ORDER BY name",
    [SQL_ADD] = "INSERT INTO deputy_group (id, unit, station, name)"
		"VALUES (:id, :unit, :station, :name)",
    [SQL_SAVE] = "UPDATE deputy_group SET name = :name"
		 " WHERE id = :id AND @scope",
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "deputy_group.unit = :my_unit",
    [SCOPE_STATION] = "deputy_group.station = :my_station",
    [SCOPE_SELF] = "deputy_group.station = :my_station",
};

const struct entity entity_deputy_group = {
    .kind = ENTITY_DEPUTY_GROUP,
    .name = "deputy_group",
    .label = N_("Deputies' group"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

int
deputy_group_get(struct ctx *c, struct arena *a, struct deputy_group_id id,
                 struct deputy_group *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_deputy_group, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, line_fields, out);
}

int
deputy_group_list(struct ctx *c, struct arena *a, struct station_id station,
                  struct deputy_group **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_deputy_group, SQL_LIST);
	bind_id(q, ":station", station.v);
	return stmt_all(q, a, line_fields, sizeof(**rows), GROUPS_MAX, rows, n);
}

static int
write_row(struct ctx *c, struct deputy_group *row)
{
	struct stmt *q;

	row->id.v = ctx_new_id(c, &entity_deputy_group);
	event_subject(c, row->id.v, row->unit.v);
	event_about(c, ENTITY_STATION, row->station.v);
	q = ctx_stmt(c, &entity_deputy_group, SQL_ADD);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
deputy_group_add(struct ctx *c, const struct deputy_group *entry,
                 struct deputy_group_id *id)
{
	struct deputy_group row = *entry;
	struct station station;
	struct arena *a;
	int err;

	if (!may(c, PERM_PEOPLE_WRITE))
		return ERR_DENIED;

	a = arena_new();
	err = station_get(c, a, row.station, &station);
	if (err != OK)
		goto done;
	row.unit = station.unit;
	ctx_check_begin(c);
	entry_clean(c, a, fields, &row);
	err = ctx_check_end(c);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_GROUP_ADD, ENTITY_DEPUTY_GROUP, 0,
	                  row.unit.v);
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
update(struct ctx *c, const struct deputy_group *row)
{
	struct stmt *q = ctx_stmt(c, &entity_deputy_group, SQL_SAVE);

	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
deputy_group_save(struct ctx *c, const struct deputy_group *entry)
{
	struct deputy_group row;
	struct arena *a;
	int err;

	if (!may(c, PERM_PEOPLE_WRITE))
		return ERR_DENIED;

	a = arena_new();
	err = deputy_group_get(c, a, entry->id, &row);
	if (err != OK)
		goto done;
	row.name = entry->name;
	ctx_check_begin(c);
	entry_clean(c, a, fields, &row);
	err = ctx_check_end(c);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_GROUP_SAVE, ENTITY_DEPUTY_GROUP, row.id.v,
	                  row.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, update(c, &row));
done:
	arena_free(a);
	return err;
}
