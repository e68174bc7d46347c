/* Sealing duty files, and what is added to them afterwards. */
#include "db/file_seal.h"

#include <inttypes.h>

#include "db/base/buf.h"
#include "db/base/i18n.h"
#include "db/base/secret.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum { SEALS_MAX = 5000, COLUMNS_HASHED = 18 };

/* clang-format off */
static const struct field fields[] = {
	FIELD(file_seal, id,      REF,   N_("Number"),  .readonly = true),
	FIELD(file_seal, mandate, REF,   N_("Mandate"), .readonly = true),
	FIELD(file_seal, person,  REF,   N_("Person"),  .readonly = true),
	FIELD(file_seal, term,    REF,   N_("Term"),    .readonly = true),
	FIELD(file_seal, unit,    REF,   N_("Unit"),    .readonly = true),
	FIELD(file_seal, records, INT,   N_("Records"), .readonly = true),
	FIELD(file_seal, hash,    TOKEN, N_("Hash"),    .readonly = true),
	FIELD(file_seal, at,      TIME,  N_("Sealed"),  .readonly = true),
	FIELD_END,
};

static const struct field addendum_fields[] = {
	FIELD(file_addendum, id,     REF,  N_("Number"), .readonly = true),
	FIELD(file_addendum, seal,   REF,  N_("Sealed"), .readonly = true),
	FIELD(file_addendum, person, REF,  N_("Person"), .readonly = true),
	FIELD(file_addendum, unit,   REF,  N_("Unit"),   .readonly = true),
	FIELD(file_addendum, text,   TEXT, N_("Addendum"), .max = FILE_ADDENDUM_MAX,
	      .required = true, .personal = true),
	FIELD(file_addendum, by,     REF,  N_("By"),     .readonly = true),
	FIELD(file_addendum, at,     TIME, N_("Date"),   .readonly = true),
	FIELD_END,
};
/* clang-format on */

/* As the duty records themselves. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "file_seal.unit = :my_unit",
    [SCOPE_STATION] = "file_seal.unit = :my_unit",
    [SCOPE_SELF] = "file_seal.person = :me",
};
static const char *const addendum_scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "file_addendum.unit = :my_unit",
    [SCOPE_STATION] = "file_addendum.unit = :my_unit",
    [SCOPE_SELF] = "file_addendum.person = :me",
};

enum {
	SQL_GET,
	SQL_OF_MANDATE,
	SQL_OF_PERSON,
	SQL_ADD,
	SQL_MANDATES,
	SQL_RECORDS
};

static const char *const sql[] = {
    [SQL_GET] = "SELECT file_seal.* FROM file_seal WHERE id = :id AND @scope",
    [SQL_OF_MANDATE] = "SELECT file_seal.* FROM file_seal"
		       " WHERE mandate = :mandate AND @scope",
    [SQL_OF_PERSON] = "SELECT file_seal.* FROM file_seal"
		      " WHERE person = :person AND @scope ORDER BY id",
    [SQL_ADD] =
	"INSERT INTO file_seal (id, mandate, person, term, unit, records,"
	" hash, at) VALUES (:id, :mandate, :person, :term, :unit, :records,"
	" :hash, :now)",
    [SQL_MANDATES] = "SELECT id AS mandate, person, term, unit FROM mandate"
		     " WHERE term = :term ORDER BY id",
    [SQL_RECORDS] =
	"SELECT id, person, mandate, term, unit, station, coalesce(grp, 0),"
	" year, month, kind, grade, event, subject_kind, subject, title,"
	" venue, happened_at, state"
	" FROM duty_record WHERE mandate = :mandate ORDER BY id",
};

const struct entity entity_file_seal = {
    .kind = ENTITY_FILE_SEAL,
    .name = "file_seal",
    .label = N_("Sealed file"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

enum { SQL_LIST, SQL_ADDENDUM };

static const char *const addendum_sql[] = {
    [SQL_LIST] = "SELECT file_addendum.* FROM file_addendum"
		 " WHERE seal = :seal AND @scope ORDER BY id",
    [SQL_ADDENDUM] =
	"INSERT INTO file_addendum (id, seal, person, unit, text, by, at)"
	" VALUES (:id, :seal, :person, :unit, :text, :by, :now)",
};

const struct entity entity_file_addendum = {
    .kind = ENTITY_FILE_ADDENDUM,
    .name = "file_addendum",
    .label = N_("Addendum"),
    .fields = addendum_fields,
    .scope = addendum_scope,
    .sql = addendum_sql,
    .sql_count = COUNT(addendum_sql),
};

int
file_seal_of_person(struct ctx *c, struct arena *a, struct person_id person,
                    struct file_seal **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_file_seal, SQL_OF_PERSON);
	bind_id(q, ":person", person.v);
	return stmt_all(q, a, fields, sizeof(**rows), SEALS_MAX, rows, n);
}

int
file_addendum_list(struct ctx *c, struct arena *a, struct file_seal_id seal,
                   struct file_addendum **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_file_addendum, SQL_LIST);
	bind_id(q, ":seal", seal.v);
	return stmt_all(q, a, addendum_fields, sizeof(**rows), SEALS_MAX, rows,
	                n);
}

static int
write_addendum(struct ctx *c, struct file_addendum *row)
{
	struct stmt *q;

	row->id.v = ctx_new_id(c, &entity_file_addendum);
	event_about(c, ENTITY_PERSON, row->person.v);
	q = ctx_stmt(c, &entity_file_addendum, SQL_ADDENDUM);
	bind_fields(q, addendum_fields, row);
	return stmt_run(q, NULL);
}

int
file_addendum_add(struct ctx *c, struct file_seal_id seal, const char *text,
                  struct file_addendum_id *id)
{
	struct file_addendum row = {.seal = seal, .by = {c->me}};
	struct file_seal of;
	struct stmt *q;
	struct arena *a;
	int err;

	if (!may(c, PERM_PEOPLE_WRITE))
		return ERR_DENIED;

	a = arena_new();
	q = ctx_stmt(c, &entity_file_seal, SQL_GET);
	bind_id(q, ":id", seal.v);
	err = stmt_one(q, a, fields, &of);
	if (err != OK)
		goto done;
	row.person = of.person;
	row.unit = of.unit;
	ctx_check_begin(c);
	row.text =
	    entry_text(c, a, "text", text, TEXT_LINE, FILE_ADDENDUM_MAX, true);
	err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, ACTION_FILE_ADDENDUM, ENTITY_FILE_SEAL,
		                  seal.v, row.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, write_addendum(c, &row));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

int
file_addendum_enter(struct ctx *c, struct mandate_id mandate, const char *text,
                    bool *sealed)
{
	struct file_addendum row = {.by = {c->me}};
	struct arena *a = arena_new();
	struct stmt *q = ctx_stmt(c, &entity_file_seal, SQL_OF_MANDATE);
	struct file_seal of;
	int err;

	bind_id(q, ":mandate", mandate.v);
	err = stmt_one(q, a, fields, &of);
	*sealed = err == OK;
	if (err == OK) {
		row.seal = of.id;
		row.person = of.person;
		row.unit = of.unit;
		row.text = text_fit(a, text, FILE_ADDENDUM_MAX);
		err = write_addendum(c, &row);
	}
	arena_free(a);
	return err == ERR_NOT_FOUND ? OK : err;
}

/* --- sealing ------------------------------------------------------------- */

static int
hash_records(struct ctx *c, struct file_seal *row, struct buf *lines,
             char hash[SECRET_HEX + 1])
{
	struct stmt *q = ctx_stmt(c, &entity_file_seal, SQL_RECORDS);
	int err;

	buf_truncate(lines, 0);
	row->records = 0;
	bind_id(q, ":mandate", row->mandate.v);
	while (stmt_next(q)) {
		for (int i = 0; i < COLUMNS_HASHED; i++) {
			if (i > 0)
				buf_addc(lines, '\t');
			buf_add(lines, col_text(q, i));
		}
		buf_addc(lines, '\n');
		row->records++;
	}
	err = stmt_end(q);
	secret_sha256(lines->data, lines->len, hash);
	row->hash = hash;
	return err;
}

static int
seal(struct ctx *c, struct file_seal *row, struct buf *lines)
{
	char hash[SECRET_HEX + 1];
	struct stmt *q;
	int err = hash_records(c, row, lines, hash);

	if (err != OK)
		return err;
	row->id.v = ctx_new_id(c, &entity_file_seal);
	event_about(c, ENTITY_PERSON, row->person.v);
	q = ctx_stmt(c, &entity_file_seal, SQL_ADD);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
file_seal_term(struct ctx *c, struct term_id term, int64_t *n)
{
	struct stmt *q = ctx_stmt(c, &entity_file_seal, SQL_MANDATES);
	struct arena *a = arena_new();
	struct buf lines = BUF_INIT;
	struct file_seal *rows;
	int count, err;

	bind_id(q, ":term", term.v);
	err = stmt_all(q, a, fields, sizeof(*rows), SEALS_MAX, &rows, &count);
	for (int i = 0; err == OK && i < count; i++)
		err = seal(c, &rows[i], &lines);
	if (err == OK)
		*n = count;
	buf_clear(&lines);
	arena_free(a);
	return err;
}
