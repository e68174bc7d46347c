/* The imports that were made, and the numbers their sources call records
 * by. */
#include "db/base/i18n.h"
#include "db/import_in.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

struct import_source {
	int64_t id;
	const char *kind;
	struct unit_id unit;
	const char *number;
	int64_t record;
	struct import_id import;
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(import, id,       REF,   N_("Number"),         .width = 6, .readonly = true),
	FIELD(import, kind,     TOKEN, N_("Kind"),           .readonly = true),
	FIELD(import, unit,     REF,   N_("Unit"),           .readonly = true),
	FIELD(import, event,    REF,   N_("Event"),          .readonly = true),
	FIELD(import, encoding, TOKEN, N_("Encoding"),       .readonly = true),
	FIELD(import, added,    INT,   N_("Written"),        .width = 8, .readonly = true),
	FIELD(import, already,  INT,   N_("There already"),  .width = 8, .readonly = true),
	FIELD(import, skipped,  INT,   N_("Left out"),       .width = 8, .readonly = true),
	FIELD(import, at,       TIME,  N_("Date"),           .width = 16, .readonly = true),
	FIELD_END,
};

static const struct field source_fields[] = {
	FIELD(import_source, id,     INT,   N_("Number"), .readonly = true),
	FIELD(import_source, kind,   TOKEN, N_("Kind"),   .readonly = true),
	FIELD(import_source, unit,   REF,   N_("Unit"),   .readonly = true),
	FIELD(import_source, number, TEXT,  N_("Number in the source"), .readonly = true),
	FIELD(import_source, record, INT,   N_("Record"), .readonly = true),
	FIELD(import_source, import, REF,   N_("Import"), .readonly = true),
	FIELD_END,
};
/* clang-format on */

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "import.unit = :my_unit",
};
static const char *const source_scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "import_source.unit = :my_unit",
};

enum { SQL_GET, SQL_ADD, SQL_SAVE };

static const char *const sql[] = {
    [SQL_GET] = "SELECT import.* FROM import WHERE id = :id AND @scope",
    [SQL_ADD] = "INSERT INTO import (id, kind, unit, event, encoding, added,"
		" already, skipped, at)"
		" VALUES (:id, :kind, :my_unit, :event, :encoding, 0, 0, 0,"
		" :now)",
    [SQL_SAVE] = "UPDATE import SET unit = :unit, added = :added,"
		 " already = :already, skipped = :skipped"
		 " WHERE id = :id AND @scope",
};

const struct entity entity_import = {
    .kind = ENTITY_IMPORT,
    .name = "import",
    .label = N_("Import"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

enum { SQL_FIND, SQL_NEAR, SQL_SOURCE_ADD };

static const char *const source_sql[] = {
    [SQL_FIND] = "SELECT record FROM import_source"
		 " WHERE kind = :kind AND number = :number AND unit IS :unit"
		 "   AND @scope",
    [SQL_NEAR] = "SELECT record, unit FROM import_source"
		 " WHERE kind = :kind AND number = :number AND @scope LIMIT 2",
    [SQL_SOURCE_ADD] =
	"INSERT INTO import_source (id, kind, unit, number, record, import)"
	" VALUES (:id, :kind, :unit, :number, :record, :import)",
};

const struct entity entity_import_source = {
    .kind = ENTITY_IMPORT_SOURCE,
    .name = "import_source",
    .label = N_("Number in the source"),
    .fields = source_fields,
    .scope = source_scope,
    .sql = source_sql,
    .sql_count = COUNT(source_sql),
};

/* --- the list -------------------------------------------------------- */

static const struct list_order orders[] = {
    {.name = "latest",
     .label = N_("Newest first"),
     .keys = {"import.id"},
     .descending = true},
};

const struct list_spec import_list = {
    .entity = &entity_import,
    .needs = PERM_IMPORT_READ,
    .columns = "import.*",
    .from = "import",
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = fields,
    .row_size = sizeof(struct import),
};

int
import_get(struct ctx *c, struct arena *a, struct import_id id,
           struct import *out)
{
	struct stmt *q;

	if (!may(c, PERM_IMPORT_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_import, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
import_undo(struct ctx *c, struct arena *a, struct import_id id,
            const char *reason)
{
	struct event_list later;
	struct import row;
	int err = import_get(c, a, id, &row);

	return err == OK ? event_strike(c, a, row.event.v, reason, &later)
	                 : err;
}

/* --- numbers --------------------------------------------------------- */

int
import_find(struct ctx *c, enum entity_kind kind, struct unit_id unit,
            const char *number, int64_t *record)
{
	struct stmt *q = ctx_stmt(c, &entity_import_source, SQL_FIND);

	bind_text(q, ":kind", entity_of(kind)->name);
	bind_text(q, ":number", number);
	bind_id(q, ":unit", unit.v);
	return stmt_int(q, record);
}

int
import_find_near(struct ctx *c, enum entity_kind kind, struct unit_id unit,
                 const char *number, int64_t *record)
{
	struct stmt *q;
	int64_t found = 0;
	int n = 0, err = import_find(c, kind, unit, number, record);

	if (err != ERR_NOT_FOUND)
		return err;
	q = ctx_stmt(c, &entity_import_source, SQL_NEAR);
	bind_text(q, ":kind", entity_of(kind)->name);
	bind_text(q, ":number", number);
	for (; stmt_next(q); n++)
		found = col_int(q, 0);
	err = stmt_end(q);
	if (err != OK)
		return err;
	if (n == 1)
		*record = found;
	return n == 0 ? ERR_NOT_FOUND : n == 1 ? OK : ERR_EXISTS;
}

int
import_source_add(struct import_run *r, int64_t record)
{
	struct ctx *c = r->c;
	struct stmt *q;
	int64_t id = ctx_new_id(c, &entity_import_source);

	q = ctx_stmt(c, &entity_import_source, SQL_SOURCE_ADD);
	bind_id(q, ":id", id);
	bind_text(q, ":kind", entity_of(r->spec->entity)->name);
	bind_id(q, ":unit", r->unit.v);
	bind_text(q, ":number", r->number);
	bind_id(q, ":record", record);
	bind_id(q, ":import", r->report->id.v);
	return stmt_run(q, NULL);
}

/* --- the import itself ----------------------------------------------- */

int
import_begin(struct import_run *r)
{
	struct ctx *c = r->c;
	struct stmt *q;

	r->report->id.v = ctx_new_id(c, &entity_import);
	event_subject(c, r->report->id.v, c->my_unit);
	q = ctx_stmt(c, &entity_import, SQL_ADD);
	bind_id(q, ":id", r->report->id.v);
	bind_text(q, ":kind", r->spec->name);
	bind_id(q, ":event", event_id(c));
	bind_text(q, ":encoding", r->report->encoding);
	return stmt_run(q, NULL);
}

int
import_end(struct import_run *r, struct unit_id unit)
{
	const struct import_report *out = r->report;
	struct stmt *q = ctx_stmt(r->c, &entity_import, SQL_SAVE);
	int64_t changed;
	int err;

	event_subject(r->c, out->id.v, unit.v);
	bind_id(q, ":id", out->id.v);
	bind_id(q, ":unit", unit.v);
	bind_int(q, ":added", out->good);
	bind_int(q, ":already", out->already);
	bind_int(q, ":skipped", out->bad_count);
	err = stmt_run(q, &changed);
	return err == OK && changed != 1 ? ERR_STORE : err;
}
