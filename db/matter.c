/* Matters raised at a reception. */
#include "db/matter.h"

#include <string.h>

#include "db/activity.h"
#include "db/base/i18n.h"
#include "db/entry.h"
#include "db/rota.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

/* clang-format off */
const struct field matter_fields[] = {
	FIELD(matter, id,       REF,   N_("Number"), .width = 6, .readonly = true),
	FIELD(matter, activity, REF,   N_("Reception"), .readonly = true),
	FIELD(matter, unit,     REF,   N_("Unit"), .readonly = true),
	FIELD(matter, station,  REF,   N_("Station"), .readonly = true),
	FIELD(matter, words,    LINES, N_("What was raised"), .max = MATTER_WORDS_MAX, .width = 40, .required = true, .personal = true),
	FIELD(matter, who,      TEXT,  N_("Raised by"), .max = MATTER_WHO_MAX, .width = 12, .personal = true, .hint = N_("a word, no contact")),
	FIELD(matter, place,    TEXT,  N_("Place"), .max = MATTER_PLACE_MAX, .width = 16),
	FIELD(matter, category, TEXT,  N_("Category"), .max = MATTER_CATEGORY_MAX, .width = 12),
	FIELD(matter, noted_at, TIME,  N_("Noted"), .width = 11, .readonly = true),
	FIELD(matter, noted_by, REF,   N_("Noted by"), .readonly = true),
	FIELD_END,
};
/* clang-format on */

enum { SQL_GET, SQL_NUMBER, SQL_ADD, SQL_SAVE, SQL_DROP, SQL_COUNT };

static const char *const sql[] = {
    [SQL_GET] = "SELECT matter.* FROM matter WHERE matter.id = :id AND @scope",
    [SQL_NUMBER] = "SELECT count(*) FROM matter"
		   " WHERE matter.activity = :activity AND @scope",
    [SQL_ADD] = "INSERT INTO matter (id, activity, unit, station, words, who,"
		" place, category, noted_at, noted_by)"
		" VALUES (:id, :activity, :unit, :station, :words, :who,"
		" :place, :category, :noted_at, :noted_by)",
    [SQL_SAVE] = "UPDATE matter SET words = :words, who = :who,"
		 " place = :place, category = :category"
		 " WHERE id = :id AND @scope",
    [SQL_DROP] = "DELETE FROM matter WHERE id = :id AND @scope",
};

static const char *const scope[SCOPES] = {
    [SCOPE_COUNTY] = "1",
    [SCOPE_UNIT] = "matter.unit = :my_unit",
    [SCOPE_STATION] = "matter.station = :my_station",
};

const struct entity entity_matter = {
    .kind = ENTITY_MATTER,
    .name = "matter",
    .label = N_("Matter raised"),
    .fields = matter_fields,
    .scope = scope,
    .sql = sql,
    .sql_count = SQL_COUNT,
};

static const struct list_filter filters[MATTER_LIST_FILTERS] = {
    [MATTER_LIST_ACTIVITY] = {.name = "activity",
                              .label = N_("Reception"),
                              .predicate = "matter.activity = :activity"},
};

static const struct list_order orders[] = {
    {.name = "noted", .label = N_("As noted"), .keys = {"matter.id"}},
};

const struct list_spec matter_list = {
    .entity = &entity_matter,
    .needs = PERM_STATION_READ,
    .columns = "matter.*",
    .from = "matter",
    .filters = filters,
    .filter_count = COUNT(filters),
    .orders = orders,
    .order_count = COUNT(orders),
    .fields = matter_fields,
    .row_size = sizeof(struct matter),
};

int
matter_get(struct ctx *c, struct arena *a, struct matter_id id,
           struct matter *out)
{
	struct stmt *q;

	if (!may(c, PERM_STATION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_matter, SQL_GET);
	bind_id(q, ":id", id.v);
	return stmt_one(q, a, matter_fields, out);
}

int
matter_count(struct ctx *c, struct activity_id activity, int64_t *n)
{
	struct stmt *q;

	if (!may(c, PERM_STATION_READ))
		return ERR_DENIED;
	q = ctx_stmt(c, &entity_matter, SQL_NUMBER);
	bind_id(q, ":activity", activity.v);
	return stmt_int(q, n);
}

/* The reception that takes notes now. */
static int
find_reception(struct ctx *c, struct arena *a, struct activity_id id,
               struct activity *out)
{
	int err = may(c, PERM_STATION_WRITE) ? activity_get(c, a, id, out)
	                                     : ERR_DENIED;

	if (err == OK &&
	    (strcmp(out->kind, RECEPTION_KIND) != 0 ||
	     out->state < ACTIVITY_OPEN || out->state > ACTIVITY_CONFIRMED))
		err = ERR_STATE;
	return err;
}

/* One statement about row, in an event of its own. */
static int
write_row(struct ctx *c, enum action action, struct matter *row, int statement)
{
	struct stmt *q;
	int err = event_begin(c, action, ENTITY_MATTER, row->id.v, row->unit.v);

	if (err != OK)
		return err;
	if (statement == SQL_ADD) {
		row->id.v = ctx_new_id(c, &entity_matter);
		event_subject(c, row->id.v, row->unit.v);
	}
	event_about(c, ENTITY_ACTIVITY, row->activity.v);
	q = ctx_stmt(c, &entity_matter, statement);
	bind_fields(q, matter_fields, row);
	return event_end(c, stmt_run(q, NULL));
}

int
matter_add(struct ctx *c, const struct matter *entry, struct matter_id *id)
{
	struct matter row = *entry;
	struct arena *a = arena_new();
	struct activity of;
	int err = find_reception(c, a, row.activity, &of);

	if (err != OK)
		goto done;
	row.id.v = 0;
	row.unit = of.unit;
	row.station = of.station;
	row.noted_at = ctx_now(c);
	row.noted_by.v = c->me;
	ctx_check_begin(c);
	entry_clean(c, a, matter_fields, &row);
	err = ctx_check_end(c);
	if (err == OK)
		err = write_row(c, ACTION_MATTER_ADD, &row, SQL_ADD);
	if (err == OK && id != NULL)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

int
matter_save(struct ctx *c, const struct matter *entry)
{
	struct matter row = *entry, old;
	struct arena *a = arena_new();
	struct activity of;
	int err = matter_get(c, a, row.id, &old);

	if (err == OK)
		err = find_reception(c, a, old.activity, &of);
	if (err != OK)
		goto done;
	row.activity = old.activity;
	row.unit = old.unit;
	ctx_check_begin(c);
	entry_clean(c, a, matter_fields, &row);
	err = ctx_check_end(c);
	if (err == OK)
		err = write_row(c, ACTION_MATTER_SAVE, &row, SQL_SAVE);
done:
	arena_free(a);
	return err;
}

int
matter_drop(struct ctx *c, struct matter_id id)
{
	struct arena *a = arena_new();
	struct activity of;
	struct matter row;
	int err = matter_get(c, a, id, &row);

	if (err == OK)
		err = find_reception(c, a, row.activity, &of);
	if (err == OK)
		err = write_row(c, ACTION_MATTER_DROP, &row, SQL_DROP);
	arena_free(a);
	return err;
}
