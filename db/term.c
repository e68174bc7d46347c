/* Terms of the county's congress and of the towns'. */
#include "db/term.h"

#include "db/base/i18n.h"
#include "db/entry.h"
#include "db/store/event.h"
#include "db/store/stmt.h"
#include "db/unit.h"

enum { TERMS_MAX = 5000 };

const struct enum_name levels[] = {
    [LEVEL_COUNTY] = {"county", N_("County")},
    [LEVEL_TOWN] = {"town", N_("Town")},
    {NULL, NULL},
};

/* clang-format off */
static const struct field fields[] = {
	FIELD(term, id,      REF,  N_("Number"),    .readonly = true),
	FIELD(term, level,   ENUM, N_("Level"),     .names = levels, .required = true),
	FIELD(term, unit,    REF,  N_("Unit"),      .readonly = true),
	FIELD(term, number,  INT,  N_("Term"),      .required = true),
	FIELD(term, from_on, DAY,  N_("First day"), .required = true),
	FIELD(term, to_on,   DAY,  N_("Last day"),  .required = true),
	FIELD_END,
};
/* clang-format on */

enum {
	SQL_GET,
	SQL_LIST,
	SQL_ON_COUNTY,
	SQL_ON_TOWN,
	SQL_NUMBER,
	SQL_TAKEN,
	SQL_SEALED,
	SQL_ADD,
	SQL_SAVE
};

#define COLUMNS "SELECT id, level, unit, number, from_on, to_on FROM term"

static const char *const sql[] = {
    [SQL_GET] = COLUMNS " WHERE id = :id AND @scope",
    [SQL_LIST] = COLUMNS " WHERE @scope ORDER BY level, unit, number DESC",
    [SQL_ON_COUNTY] =
	COLUMNS " WHERE level = 'county' AND unit IS NULL"
		"   AND from_on <= :day AND to_on >= :day AND @scope"
		" ORDER BY number DESC LIMIT 1",
    [SQL_ON_TOWN] = COLUMNS " WHERE level = 'town' AND unit = :unit"
			    "   AND from_on <= :day AND to_on >= :day"
			    "   AND @scope ORDER BY number DESC LIMIT 1",
    [SQL_NUMBER] = COLUMNS " WHERE level = :level AND unit IS :unit"
			   "   AND number = :number AND @scope",
    /* The index lets two NULL units have the same number. */
    [SQL_TAKEN] = "SELECT count(*) FROM term"
		  " WHERE level = :level AND unit IS :unit"
		  "   AND number = :number AND id IS NOT :id AND @scope",
    [SQL_SEALED] = "SELECT count(*) FROM file_seal WHERE term = :id",
    [SQL_ADD] = "INSERT INTO term (id, level, unit, number, from_on, to_on)"
		"VALUES (:id, :level, :unit, :number, :from_on, :to_on)",
    [SQL_SAVE] = "UPDATE term SET number = :number, from_on = :from_on,"
		 "       to_on = :to_on WHERE id = :id AND @scope",
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "term.unit = :my_unit OR term.unit IS NULL",
    [SCOPE_STATION] = "term.unit = :my_unit OR term.unit IS NULL",
    [SCOPE_SELF] = "term.unit = :my_unit OR term.unit IS NULL",
    [SCOPE_ASSIGNED] = "term.unit IS NULL",
};

const struct entity entity_term = {
    .kind = ENTITY_TERM,
    .name = "term",
    .label = N_("Term"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

int
term_get(struct ctx *c, struct arena *a, struct term_id id, struct term *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_term, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, fields, out);
}

int
term_list(struct ctx *c, struct arena *a, struct term **rows, int *n)
{
	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	return stmt_all(ctx_stmt(c, &entity_term, SQL_LIST), a, fields,
	                sizeof(**rows), TERMS_MAX, rows, n);
}

int
term_on(struct ctx *c, struct arena *a, int level, struct unit_id unit,
        struct day day, struct term *out)
{
	bool town = level == LEVEL_TOWN;
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_term, town ? SQL_ON_TOWN : SQL_ON_COUNTY);
	if (town)
		bind_id(q, ":unit", unit.v);
	bind_day(q, ":day", day);
	return stmt_one(q, a, fields, out);
}

static int
check(struct ctx *c, struct arena *a, struct term *row)
{
	struct unit unit;
	struct unit_kind kind = {0};
	int err = OK;

	if (row->level == LEVEL_COUNTY)
		row->unit.v = 0;
	if (row->unit.v != 0)
		err = unit_get(c, a, row->unit, &unit);
	if (err == OK && row->unit.v != 0)
		err = unit_kind_get(c, a, unit.kind, &kind);
	if (err != OK)
		return err;

	ctx_check_begin(c);
	if (row->level == LEVEL_TOWN && !kind.has_congress)
		ctx_fault(c, "unit", N_("This unit has no congress."));
	if (row->number < 1 || row->number > 200)
		ctx_fault(c, "number", N_("A term is a number from 1 to 200."));
	if (!day_is_valid(row->from_on))
		ctx_fault(c, "from_on", N_("This is not a day."));
	if (!day_is_valid(row->to_on))
		ctx_fault(c, "to_on", N_("This is not a day."));
	else if (day_compare(row->to_on, row->from_on) < 0)
		ctx_fault(c, "to_on", N_("The last day is before the first."));
	return ctx_check_end(c);
}

int
term_next(struct ctx *c, struct arena *a, const struct term *term, int by,
          struct term *out)
{
	struct stmt *q;

	if (!may(c, PERM_ORG_READ))
		return ERR_DENIED;

	q = ctx_stmt(c, &entity_term, SQL_NUMBER);
	bind_text(q, ":level", levels[term->level].name);
	bind_id(q, ":unit", term->unit.v);
	bind_int(q, ":number", term->number + by);
	return stmt_one(q, a, fields, out);
}

const char *
term_text(struct ctx *c, struct arena *a, const struct term *term)
{
	struct unit unit;

	if (term->unit.v == 0)
		return arena_printf(a, _("County congress, term %lld"),
		                    (long long)term->number);
	if (unit_get(c, a, term->unit, &unit) != OK)
		unit.name = "";
	return arena_printf(a, _("%s congress, term %lld"), unit.name,
	                    (long long)term->number);
}

bool
term_is_ours(const struct ctx *c, const struct term *term)
{
	return c->scope == SCOPE_COUNTY ||
	       (term->unit.v != 0 && term->unit.v == c->my_unit);
}

/* --- writing ------------------------------------------------------------- */

static int
check_taken(struct ctx *c, const struct term *row)
{
	struct stmt *q = ctx_stmt(c, &entity_term, SQL_TAKEN);
	int64_t taken;
	int err;

	bind_fields(q, fields, row);
	err = stmt_int(q, &taken);
	if (err != OK)
		return err;
	return taken > 0 ? ERR_EXISTS : OK;
}

static int
write_row(struct ctx *c, struct term *row)
{
	struct stmt *q;
	int err = check_taken(c, row);

	if (err != OK)
		return err;
	row->id.v = ctx_new_id(c, &entity_term);
	event_subject(c, row->id.v, row->unit.v);
	q = ctx_stmt(c, &entity_term, SQL_ADD);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
term_add(struct ctx *c, const struct term *entry, struct term_id *id)
{
	struct term row = *entry;
	struct arena *a;
	int err;

	if (row.level == LEVEL_COUNTY)
		row.unit.v = 0;
	if (!may(c, PERM_PEOPLE_WRITE) || !term_is_ours(c, &row))
		return ERR_DENIED;

	a = arena_new();
	err = check(c, a, &row);
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_TERM_ADD, ENTITY_TERM, 0, row.unit.v);
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
update(struct ctx *c, const struct term *row)
{
	struct stmt *q = ctx_stmt(c, &entity_term, SQL_SEALED);
	int64_t sealed;
	int err;

	bind_id(q, ":id", row->id.v);
	err = stmt_int(q, &sealed);
	if (err == OK && sealed > 0)
		err = ERR_SEALED;
	if (err == OK)
		err = check_taken(c, row);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_term, SQL_SAVE);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
term_save(struct ctx *c, const struct term *entry)
{
	struct term old, row;
	struct arena *a = arena_new();
	int err = term_get(c, a, entry->id, &old);

	if (err == OK && (!may(c, PERM_PEOPLE_WRITE) || !term_is_ours(c, &old)))
		err = ERR_DENIED;
	if (err != OK)
		goto done;
	row = old;
	row.number = entry->number;
	row.from_on = entry->from_on;
	row.to_on = entry->to_on;
	err = check(c, a, &row);
	if (err != OK)
		goto done;
	err =
	    event_begin(c, ACTION_TERM_SAVE, ENTITY_TERM, row.id.v, row.unit.v);
	if (err != OK)
		goto done;
	err = event_end(c, update(c, &row));
done:
	arena_free(a);
	return err;
}
