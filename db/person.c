/*
 * People. Readings of a name are worked out when it is written and kept as
 * columns; whoever knows better corrects them in the form.
 */
#include "db/person.h"

#include <string.h>

#include "db/base/i18n.h"
#include "db/base/names.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/predicates.h"
#include "db/store/event.h"
#include "db/store/stmt.h"
#include "db/unit.h"

/* clang-format off */
static const struct field fields[] = {
	FIELD(person, id,       REF,   N_("Number"),   .readonly = true),
	FIELD(person, unit,     REF,   N_("Unit")),
	FIELD(person, name,     TEXT,  N_("Name"),     .max = PERSON_NAME_MAX, .width = 12,
	      .required = true, .personal = true),
	FIELD(person, pinyin,   TOKEN, N_("Pinyin"),   .max = PERSON_PINYIN_MAX, .width = 20,
	      .personal = true, .hint = N_("Made from the name; correct it where it is read otherwise.")),
	FIELD(person, initials, TOKEN, N_("Initials"), .max = PERSON_INITIALS_MAX, .width = 6,
	      .personal = true),
	FIELD(person, stroke,   TOKEN, N_("Strokes"),  .readonly = true, .personal = true),
	FIELD(person, job,      TEXT,  N_("Post"),     .max = PERSON_JOB_MAX, .width = 20,
	      .personal = true),
	FIELD(person, note,     LINES, N_("Note"),     .max = PERSON_NOTE_MAX, .personal = true),
	FIELD_END,
};
/* clang-format on */

#define COLUMNS                                                                \
	"person.id AS id, person.unit AS unit, person.name AS name,"           \
	" person.pinyin AS pinyin, person.initials AS initials,"               \
	" person.stroke AS stroke, person.job AS job, person.note AS note"

enum { SQL_GET, SQL_NAME, SQL_FIND, SQL_ADD, SQL_SAVE };

static const char *const sql[] = {
    [SQL_GET] = "SELECT " COLUMNS " FROM person WHERE id = :id AND @scope",
    [SQL_NAME] = "SELECT name FROM person WHERE id = :id AND @scope",
    [SQL_FIND] = "SELECT " COLUMNS " FROM person"
		 " WHERE " PERSON_FINDS " AND @scope"
		 " ORDER BY person.pinyin, person.id LIMIT :max",
    [SQL_ADD] =
	"INSERT INTO person"
	" (id, unit, name, pinyin, initials, stroke, job, note)"
	"VALUES"
	" (:id, :unit, :name, :pinyin, :initials, :stroke, :job, :note)",
    [SQL_SAVE] = "UPDATE person SET unit = :unit, name = :name,"
		 "       pinyin = :pinyin, initials = :initials,"
		 "       stroke = :stroke, job = :job, note = :note"
		 " WHERE id = :id AND @scope",
};

/* A deputy's colleagues are seen as deputies (db/mandate.c), not here. */
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "person.unit = :my_unit",
    [SCOPE_STATION] = "person.unit = :my_unit",
    [SCOPE_SELF] = "person.id = :me",
    [SCOPE_ASSIGNED] = "person.id = :me",
};

const struct entity entity_person = {
    .kind = ENTITY_PERSON,
    .name = "person",
    .label = N_("Person"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

/* text in half-width lower case, without blanks, or single blanks kept. */
static const char *
squeeze(struct arena *a, const char *text, bool keep_blanks)
{
	char *out = arena_strdup(a, text_fold(a, text));
	size_t n = 0;

	for (const char *p = out; *p != '\0'; p++) {
		char ch = *p;

		if (ch >= 'A' && ch <= 'Z')
			ch = (char)(ch - 'A' + 'a');
		if (ch == ' ' && (!keep_blanks || n == 0 || out[n - 1] == ' '))
			continue;
		out[n++] = ch;
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return out;
}

const char *
person_find_text(struct arena *a, const char *text)
{
	return squeeze(a, text, false);
}

int
person_get(struct ctx *c, struct arena *a, struct person_id id,
           struct person *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ) && !may(c, PERM_ACCOUNT_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_person, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

const char *
person_name(struct ctx *c, struct arena *a, struct person_id id)
{
	struct stmt *q = ctx_stmt(c, &entity_person, SQL_NAME);
	const char *name = "";
	int err;

	bind_id(q, ":id", id.v);
	if (stmt_next(q))
		name = arena_strdup(a, col_text(q, 0));
	err = stmt_end(q);
	return err == OK ? name : "";
}

int
person_find(struct ctx *c, struct arena *a, const char *text, int max,
            struct person **rows, int *n)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_person, SQL_FIND);
	bind_text(q, ":find", person_find_text(a, text));
	bind_int(q, ":max", max);
	return stmt_all(q, a, fields, sizeof(**rows), max, rows, n);
}

/* --- writing ------------------------------------------------------------- */

static bool
may_write(const struct ctx *c)
{
	return may(c, PERM_PEOPLE_WRITE) || may(c, PERM_ACCOUNT_WRITE);
}

/* Latin letters and digits, and blanks between syllables. */
static bool
is_pinyin(const char *text)
{
	return text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789 ")] ==
	       '\0';
}

/* Fill in what was not entered, put what was into the stored form. */
static int
read_name(struct ctx *c, struct arena *a, struct person *row)
{
	struct names_reading reading;
	int err = names_read(a, row->name, &reading);

	if (err != OK)
		return err;
	row->stroke = reading.stroke;

	row->pinyin = squeeze(a, row->pinyin, true);
	row->initials = squeeze(a, row->initials, false);
	if (!is_pinyin(row->pinyin))
		ctx_fault(c, "pinyin",
		          N_("Pinyin is written in plain letters."));
	if (!is_pinyin(row->initials))
		ctx_fault(c, "initials",
		          N_("Initials are written in plain letters."));
	if (*row->pinyin == '\0')
		row->pinyin = reading.pinyin;
	if (*row->initials == '\0')
		row->initials = names_initials(a, row->pinyin);
	return OK;
}

int
person_check(struct ctx *c, struct arena *a, const struct person *entry,
             struct person *clean)
{
	struct person row = *entry;
	int err;

	ctx_check_begin(c);
	entry_clean(c, a, fields, &row);
	err = read_name(c, a, &row);
	if (err == OK)
		err = ctx_check_end(c);
	if (err == OK && clean != NULL)
		*clean = row;
	return err;
}

/* The unit is one the acting person sees. */
static int
check_unit(struct ctx *c, struct arena *a, struct unit_id id)
{
	struct unit unit;

	return id.v == 0 ? OK : unit_get(c, a, id, &unit);
}

static int
insert(struct ctx *c, struct person *row)
{
	struct stmt *q;

	row->id.v = ctx_new_id(c, &entity_person);
	event_subject(c, row->id.v, row->unit.v);
	q = ctx_stmt(c, &entity_person, SQL_ADD);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
person_add(struct ctx *c, const struct person *entry, struct person_id *id)
{
	struct person row;
	struct arena *a;
	int err;

	if (!may_write(c))
		return ERR_DENIED;

	a = arena_new();
	err = check_unit(c, a, entry->unit);
	if (err == OK)
		err = person_check(c, a, entry, &row);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_PERSON_ADD, ENTITY_PERSON, 0, row.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, insert(c, &row));
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

/* A new name makes the old reading worthless, a new pinyin the old
 * initials, unless they were changed with it. */
static void
drop_stale(const struct person *old, struct person *row)
{
	if (row->name != NULL && strcmp(row->name, old->name) != 0 &&
	    row->pinyin != NULL && strcmp(row->pinyin, old->pinyin) == 0)
		row->pinyin = "";
	if (row->pinyin != NULL && strcmp(row->pinyin, old->pinyin) != 0 &&
	    row->initials != NULL && strcmp(row->initials, old->initials) == 0)
		row->initials = "";
}

static int
update(struct ctx *c, const struct person *row)
{
	struct stmt *q = ctx_stmt(c, &entity_person, SQL_SAVE);
	int64_t changed;
	int err;

	bind_fields(q, fields, row);
	err = stmt_run(q, &changed);
	if (err == OK && changed == 0)
		err = ERR_NOT_FOUND;
	return err;
}

int
person_save(struct ctx *c, const struct person *entry)
{
	struct person old, row = *entry;
	struct arena *a;
	int err;

	if (!may_write(c))
		return ERR_DENIED;

	a = arena_new();
	err = person_get(c, a, entry->id, &old);
	if (err == OK)
		err = check_unit(c, a, entry->unit);
	if (err != OK)
		goto done;
	drop_stale(&old, &row);
	err = person_check(c, a, &row, &row);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_PERSON_SAVE, ENTITY_PERSON, row.id.v,
	                  row.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, update(c, &row));
done:
	arena_free(a);
	return err;
}
