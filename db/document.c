/* Documents and templates. */
#include "db/document.h"

#include <string.h>

#include "db/base/gb18030.h"
#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum { DOCUMENTS_MAX = 2000 };

/* clang-format off */
const struct enum_name document_kinds[] = {
	{"rule",    N_("Regulation")},
	{"form",    N_("Form to fill in")},
	{"notice",  N_("Template of a notice")},
	{"minutes", N_("Template of minutes")},
	{"other",   N_("Other document")},
	{NULL, NULL},
};

const struct field document_fields[] = {
	FIELD(document, id,       REF,   N_("Number"), .readonly = true),
	FIELD(document, unit,     REF,   N_("Unit"), .readonly = true),
	FIELD(document, name,     TEXT,  N_("Document name"), .max = DOCUMENT_NAME_MAX, .required = true),
	FIELD(document, kind,     ENUM,  N_("Kind"), .names = document_kinds, .required = true),
	FIELD(document, text,     LINES, N_("Text"), .max = DOCUMENT_TEXT_MAX, .required = true),
	FIELD(document, version,  INT,   N_("Times saved"), .readonly = true),
	FIELD(document, saved_at, TIME,  N_("Saved"), .readonly = true),
	FIELD(document, saved_by, REF,   N_("Saved by"), .readonly = true),
	FIELD_END,
};

static const struct field line_fields[] = {
	FIELD(document_line, id,        REF,  N_("Number")),
	FIELD(document_line, unit,      REF,  N_("Unit")),
	FIELD(document_line, unit_name, TEXT, N_("Unit")),
	FIELD(document_line, name,      TEXT, N_("Called")),
	FIELD(document_line, kind,      ENUM, N_("Kind"), .names = document_kinds),
	FIELD(document_line, length,    INT,  N_("Characters")),
	FIELD(document_line, version,   INT,  N_("Times saved")),
	FIELD(document_line, saved_at,  TIME, N_("Saved")),
	FIELD(document_line, saved_by,  TEXT, N_("Saved by")),
	FIELD_END,
};
/* clang-format on */

enum {
	SQL_GET,
	SQL_NAMED,
	SQL_OWN,
	SQL_LIST,
	SQL_TEMPLATE,
	SQL_ADD,
	SQL_SAVE,
	SQL_DROP,
	SQL_COUNT
};

#define NEWEST(whose)                                                          \
	"(SELECT t.text FROM document AS t WHERE t.unit " whose                \
	"    AND t.kind = :kind ORDER BY t.id DESC LIMIT 1)"

static const char *const sql[] = {
    [SQL_GET] = "SELECT document.* FROM document"
		" WHERE document.id = :id AND @scope",
    [SQL_NAMED] = "SELECT document.* FROM document"
		  " WHERE ifnull(document.unit, 0) IN (0, :unit)"
		  "   AND document.name = :name AND @scope"
		  " ORDER BY ifnull(document.unit, 0) DESC LIMIT 1",
    [SQL_OWN] = "SELECT document.* FROM document"
		" WHERE ifnull(document.unit, 0) = :unit"
		"   AND document.name = :name AND @scope",
    [SQL_LIST] =
	"SELECT document.id, document.unit,"
	" coalesce((SELECT u.name FROM unit AS u"
	"            WHERE u.id = document.unit), '') AS unit_name,"
	" document.name, document.kind, length(document.text) AS length,"
	" document.version, document.saved_at,"
	" coalesce((SELECT p.name FROM person AS p"
	"            WHERE p.id = document.saved_by), '') AS saved_by"
	" FROM document WHERE @scope"
	" ORDER BY document.unit IS NOT NULL, document.unit, document.kind,"
	" document.name",
    /* Not the acting scope: the caller's unit has been looked up. */
    [SQL_TEMPLATE] =
	"SELECT coalesce(" NEWEST("= :unit") ", " NEWEST("IS NULL") ", '')",
    [SQL_ADD] = "INSERT INTO document (id, unit, name, kind, text, version,"
		" saved_at, saved_by)"
		" VALUES (:id, :unit, :name, :kind, :text, 0, :saved_at,"
		" :saved_by)",
    [SQL_SAVE] = "UPDATE document SET kind = :kind, text = :text,"
		 " version = version + 1, saved_at = :saved_at,"
		 " saved_by = :saved_by WHERE id = :id AND @scope",
    [SQL_DROP] = "DELETE FROM document WHERE id = :id AND @scope",
};

/* The county's documents are there for all who keep stations. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "document.unit = :my_unit OR document.unit IS NULL",
    [SCOPE_STATION] = "document.unit = :my_unit OR document.unit IS NULL",
};

const struct entity entity_document = {
    .kind = ENTITY_DOCUMENT,
    .name = "document",
    .label = N_("Document"),
    .fields = document_fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
};

int
document_get(struct ctx *c, struct arena *a, struct document_id id,
             struct document *out)
{
	struct stmt *q;

	if (!may(c, PERM_STATION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_document, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, document_fields, out);
}

static int
get_named(struct ctx *c, struct arena *a, int statement, const char *name,
          struct document *out)
{
	struct stmt *q;

	if (!may(c, PERM_STATION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_document, statement);
	bind_int(q, ":unit", c->my_unit);
	bind_text(q, ":name", name);
	return stmt_one(q, a, document_fields, out);
}

int
document_named(struct ctx *c, struct arena *a, const char *name,
               struct document *out)
{
	return get_named(c, a, SQL_NAMED, name, out);
}

int
document_list(struct ctx *c, struct arena *a, struct document_line **rows,
              int *n)
{
	if (!may(c, PERM_STATION_READ))
		return ERR_DENIED;
	return stmt_all(ctx_stmt(c, &entity_document, SQL_LIST), a, line_fields,
	                sizeof(**rows), DOCUMENTS_MAX, rows, n);
}

int
document_template(struct ctx *c, struct arena *a, struct unit_id unit,
                  enum document_kind kind, const char **text)
{
	const char *found = "";
	struct stmt *q;
	int err;

	*text = "";
	if (!may(c, PERM_STATION_READ))
		return OK;
	q = ctx_stmt(c, &entity_document, SQL_TEMPLATE);
	bind_id(q, ":unit", unit.v);
	bind_text(q, ":kind", document_kinds[kind].name);
	if (stmt_next(q))
		found = arena_strdup(a, col_text(q, 0));
	err = stmt_end(q);
	if (err == OK)
		*text = found;
	return err;
}

bool
document_is_own(const struct ctx *c, struct unit_id unit)
{
	return may(c, PERM_STATION_WRITE) && unit.v == c->my_unit;
}

int
document_save(struct ctx *c, const struct document *entry,
              struct document_id *id)
{
	struct document row = *entry, old;
	struct arena *a = arena_new();
	struct stmt *q;
	bool is_new;
	int err = may(c, PERM_STATION_WRITE) ? OK : ERR_DENIED;

	if (err != OK)
		goto done;
	row.unit.v = c->my_unit;
	row.saved_by.v = c->me;
	ctx_check_begin(c);
	entry_clean(c, a, document_fields, &row);
	err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, ACTION_DOCUMENT_SAVE, ENTITY_DOCUMENT, 0,
		                  row.unit.v);
	if (err != OK)
		goto done;
	err = get_named(c, a, SQL_OWN, row.name, &old);
	is_new = err == ERR_NOT_FOUND;
	if (err == OK || is_new) {
		row.id.v = is_new ? ctx_new_id(c, &entity_document) : old.id.v;
		row.saved_at = ctx_now(c);
		event_subject(c, row.id.v, row.unit.v);
		q = ctx_stmt(c, &entity_document, is_new ? SQL_ADD : SQL_SAVE);
		bind_fields(q, document_fields, &row);
		err = stmt_run(q, NULL);
	}
	err = event_end(c, err);
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

int
document_drop(struct ctx *c, struct document_id id)
{
	struct arena *a = arena_new();
	struct document row;
	struct stmt *q;
	int err = document_get(c, a, id, &row);

	if (err == OK && !document_is_own(c, row.unit))
		err = ERR_DENIED;
	if (err == OK)
		err = event_begin(c, ACTION_DOCUMENT_DROP, ENTITY_DOCUMENT,
		                  id.v, row.unit.v);
	if (err == OK) {
		q = ctx_stmt(c, &entity_document, SQL_DROP);
		bind_id(q, ":id", id.v);
		err = event_end(c, stmt_run(q, NULL));
	}
	arena_free(a);
	return err;
}

int
document_decode(struct arena *a, const char *bytes, size_t n, const char **text)
{
	static const char bom[] = "\xef\xbb\xbf";
	struct gb18030 *g;
	const char *utf8;
	int err;

	if (n >= 3 && memcmp(bytes, bom, 3) == 0) {
		bytes += 3;
		n -= 3;
	}
	err = text_clean(a, bytes, n, TEXT_LINES, DOCUMENT_TEXT_MAX, text);
	if (err == OK || err == ERR_TOO_LONG)
		return err;
	err = gb18030_open(&g);
	if (err != OK)
		return err;
	err = gb18030_decode(g, a, bytes, n, &utf8);
	gb18030_close(g);
	return err != OK ? err
	                 : text_clean(a, utf8, strlen(utf8), TEXT_LINES,
	                              DOCUMENT_TEXT_MAX, text);
}
