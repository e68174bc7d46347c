/* Filters that a person keeps under a name. */
#include "db/saved_filter.h"

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/entry.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

/* clang-format off */
static const struct field fields[] = {
	FIELD(saved_filter, id,     REF,   N_("Number"), .readonly = true),
	FIELD(saved_filter, person, REF,   N_("Person"), .readonly = true),
	FIELD(saved_filter, list,   TOKEN, N_("List"), .readonly = true),
	FIELD(saved_filter, name,   TEXT,  N_("Called"), .max = SAVED_FILTER_NAME_MAX,
	      .required = true),
	FIELD(saved_filter, text,   LINES, N_("Filter"), .max = SAVED_FILTER_TEXT_MAX,
	      .required = true, .personal = true),
	FIELD_END,
};
/* clang-format on */

enum { SQL_GET, SQL_NAMED, SQL_LIST, SQL_COUNT, SQL_ADD, SQL_SAVE, SQL_DROP };

static const char *const sql[] = {
    [SQL_GET] = "SELECT saved_filter.* FROM saved_filter"
		" WHERE id = :id AND @scope",
    [SQL_NAMED] = "SELECT id FROM saved_filter WHERE person = :me"
		  "   AND list = :list AND name = :name AND @scope",
    [SQL_LIST] = "SELECT saved_filter.* FROM saved_filter"
		 " WHERE person = :me AND list = :list AND @scope"
		 " ORDER BY name",
    [SQL_COUNT] = "SELECT count(*) FROM saved_filter"
		  " WHERE person = :me AND list = :list AND @scope",
    [SQL_ADD] = "INSERT INTO saved_filter (id, person, list, name, text)"
		" VALUES (:id, :person, :list, :name, :text)",
    [SQL_SAVE] = "UPDATE saved_filter SET text = :text"
		 " WHERE id = :id AND @scope",
    [SQL_DROP] = "DELETE FROM saved_filter WHERE id = :id AND @scope",
};

/* One's own, under every hat. */
#define OWN "saved_filter.person = :me"
static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = OWN, [SCOPE_UNIT] = OWN,     [SCOPE_STATION] = OWN,
    [SCOPE_SELF] = OWN,   [SCOPE_ASSIGNED] = OWN,
};

const struct entity entity_saved_filter = {
    .kind = ENTITY_SAVED_FILTER,
    .name = "saved_filter",
    .label = N_("Saved filter"),
    .fields = fields,
    .scope = scope,
    .sql = sql,
    .sql_count = COUNT(sql),
};

int
saved_filter_list(struct ctx *c, struct arena *a, const char *list,
                  struct saved_filter **rows, int *n)
{
	struct stmt *q = ctx_stmt(c, &entity_saved_filter, SQL_LIST);

	bind_text(q, ":list", list);
	return stmt_all(q, a, fields, sizeof(**rows), SAVED_FILTERS_MAX, rows,
	                n);
}

/* The number of the one that is written over; 0: there is none, and room
 * for one more. */
static int
find_same(struct ctx *c, struct saved_filter *row)
{
	struct stmt *q = ctx_stmt(c, &entity_saved_filter, SQL_NAMED);
	int64_t n;
	int err;

	bind_text(q, ":list", row->list);
	bind_text(q, ":name", row->name);
	err = stmt_int(q, &row->id.v);
	if (err != ERR_NOT_FOUND)
		return err;
	row->id.v = 0;
	q = ctx_stmt(c, &entity_saved_filter, SQL_COUNT);
	bind_text(q, ":list", row->list);
	err = stmt_int(q, &n);
	if (err == OK && n >= SAVED_FILTERS_MAX)
		ctx_fault(c, "name",
		          N_("There are many already; delete one first."));
	return err;
}

static int
write_row(struct ctx *c, struct saved_filter *row)
{
	bool is_new = row->id.v == 0;
	struct stmt *q;

	if (is_new)
		row->id.v = ctx_new_id(c, &entity_saved_filter);
	event_subject(c, row->id.v, c->my_unit);
	q = ctx_stmt(c, &entity_saved_filter, is_new ? SQL_ADD : SQL_SAVE);
	bind_fields(q, fields, row);
	return stmt_run(q, NULL);
}

int
saved_filter_save(struct ctx *c, const struct saved_filter *entry,
                  struct saved_filter_id *id)
{
	struct saved_filter row = *entry;
	struct arena *a;
	int err;

	if (c->me == 0)
		return ERR_DENIED;
	a = arena_new();
	row.person.v = c->me;
	ctx_check_begin(c);
	entry_clean(c, a, fields, &row);
	err = find_same(c, &row);
	if (err == OK)
		err = ctx_check_end(c);
	if (err == OK)
		err = event_begin(c, ACTION_FILTER_SAVE, ENTITY_SAVED_FILTER,
		                  row.id.v, c->my_unit);
	if (err == OK)
		err = event_end(c, write_row(c, &row));
	if (err == OK)
		*id = row.id;
	arena_free(a);
	return err;
}

int
saved_filter_drop(struct ctx *c, struct saved_filter_id id)
{
	struct stmt *q = ctx_stmt(c, &entity_saved_filter, SQL_GET);
	struct arena *a = arena_new();
	struct saved_filter row;
	int err;

	bind_id(q, ":id", id.v);
	err = stmt_one(q, a, fields, &row);
	arena_free(a);
	if (err == OK)
		err = event_begin(c, ACTION_FILTER_DROP, ENTITY_SAVED_FILTER,
		                  id.v, c->my_unit);
	if (err != OK)
		return err;
	q = ctx_stmt(c, &entity_saved_filter, SQL_DROP);
	bind_id(q, ":id", id.v);
	return event_end(c, stmt_run(q, NULL));
}
