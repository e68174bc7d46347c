/* Rules: read as of a day, added, changed and withdrawn before they begin. */
#include "db/rule.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/i18n.h"
#include "db/base/text.h"
#include "db/duty_record.h"
#include "db/entry.h"
#include "db/opinion.h"
#include "db/project_task.h"
#include "db/rule_in.h"
#include "db/setting.h"
#include "db/store/event.h"
#include "db/store/stmt.h"

enum { ROWS_MAX = 2000, DEPTH_MAX = 3, POINTS_MAX = 10000 };

/* --- reading ------------------------------------------------------------ */

static const struct field *
fields_of(enum rule_table table)
{
	return rule_spec(table)->entity->fields;
}

static struct stmt *
query(struct ctx *c, enum rule_table table, int n)
{
	return ctx_stmt(c, rule_spec(table)->entity, n);
}

static struct day
or_today(const struct ctx *c, struct day on)
{
	return on.year != 0 ? on : ctx_today(c);
}

int
rule_get(struct ctx *c, struct arena *a, enum rule_table table,
         struct rule_id id, struct rule *out)
{
	struct rule row = {.name = ""};
	struct stmt *q;
	int err;

	if (!may(c, PERM_RULE_READ))
		return ERR_DENIED;
	q = query(c, table, RULE_SQL_GET);
	bind_int(q, ":id", id.v);
	err = stmt_one(q, a, fields_of(table), &row);
	if (err == OK)
		*out = row;
	return err;
}

int
rule_list(struct ctx *c, struct arena *a, enum rule_table table, struct day on,
          struct rule **rows, int *n)
{
	struct stmt *q = query(c, table, RULE_SQL_ON);

	bind_day(q, ":on", or_today(c, on));
	return stmt_all(q, a, fields_of(table), sizeof(**rows), ROWS_MAX, rows,
	                n);
}

int
rule_named(struct ctx *c, struct arena *a, enum rule_table table,
           const char *name, struct day on, struct rule *out)
{
	struct stmt *q = query(c, table, RULE_SQL_NAMED);
	struct rule row = {.name = ""};
	int err;

	bind_text(q, ":name", name);
	bind_day(q, ":on", or_today(c, on));
	err = stmt_one(q, a, fields_of(table), &row);
	if (err == OK)
		*out = row;
	return err;
}

struct day
rule_open_from(const struct ctx *c, enum rule_table table)
{
	struct day today = ctx_today(c);

	if (rule_spec(table)->yearly)
		return (struct day){today.year, 1, 1};
	return today;
}

bool
rule_is_open(const struct ctx *c, enum rule_table table, const struct rule *row)
{
	return row->id.v > 0 &&
	       day_compare(row->from_on, rule_open_from(c, table)) >= 0;
}

const char *
rule_title(struct arena *a, enum rule_table table, const struct rule *row)
{
	const struct setting *setting;
	const char *label = row->label;

	if (table == RULE_SETTING) {
		setting = setting_of(row->name);
		return setting != NULL ? _(setting->label) : row->name;
	}
	if (label == NULL)
		return row->name;
	if (i18n_language() == LANGUAGE_EN && row->label_en != NULL &&
	    row->label_en[0] != '\0')
		label = row->label_en;
	return row->depth > 0
	           ? arena_printf(a, "%*s%s", (int)row->depth * 2, "", label)
	           : label;
}

/* --- checking ----------------------------------------------------------- */

/* Days from rule_open_from on; a year's rules begin with it. */
static void
check_day(struct ctx *c, enum rule_table table, const struct rule *row)
{
	const struct rule_spec *spec = rule_spec(table);

	if (!day_is_valid(row->from_on))
		ctx_fault(c, "from_on", N_("This is not a day."));
	else if (spec->yearly &&
	         (row->from_on.month != 1 || row->from_on.day != 1))
		ctx_fault(c, "from_on",
		          N_("Points hold for a whole year: 1 January."));
	else if (day_compare(row->from_on, rule_open_from(c, table)) < 0)
		ctx_fault(c, "from_on",
		          N_("What has begun stays as it was: choose a day "
		             "from today on."));
	if (!spec->by_day)
		return;
	if (!day_is_valid(row->to_on) ||
	    day_compare(row->to_on, row->from_on) < 0)
		ctx_fault(c, "to_on", N_("The last day is before the first."));
}

static void
check_numbers(struct ctx *c, enum rule_table table, const struct rule *row)
{
	static const struct {
		const char *name;
		int64_t low, high;
	} limits[] = {
	    {"before_minutes", 0, 1440},
	    {"after_minutes", 0, 1440},
	    {"full_points", 0, POINTS_MAX},
	    {"late_points", 0, POINTS_MAX},
	    {"full_cap", 0, POINTS_MAX * 10},
	    {"late_cap", 0, POINTS_MAX * 10},
	    {"days", 1, 365},
	    {"position", 0, 99999},
	};

	for (size_t i = 0; i < COUNT(limits); i++) {
		const struct field *f =
		    field_find(fields_of(table), limits[i].name);
		int64_t n;

		if (f == NULL)
			continue;
		memcpy(&n, (const char *)row + f->at, sizeof(n));
		if (n < limits[i].low || n > limits[i].high)
			ctx_fault(c, f->name,
			          N_("This number is not possible here."));
	}
}

static void
check_setting(struct ctx *c, const struct rule *row)
{
	const struct setting *s = setting_of(row->name);
	char *end;
	long long n;

	if (s == NULL || (s->low == 0 && s->high == 0) || row->text[0] == '\0')
		return;
	n = strtoll(row->text, &end, 10);
	if (*end != '\0' || n < s->low || n > s->high)
		ctx_fault(c, "value", N_("This number is not possible here."));
}

/* How deep a category lies below the top; DEPTH_MAX when it is not there or
 * goes round in a circle. */
static int
depth_of(struct ctx *c, struct arena *a, const char *name, int *depth)
{
	struct rule up = {.part = name};
	int err = OK;

	*depth = 0;
	while (err == OK && up.part[0] != '\0' && *depth < DEPTH_MAX) {
		err = rule_named(c, a, RULE_CATEGORY, up.part, (struct day){0},
		                 &up);
		++*depth;
	}
	if (err == ERR_NOT_FOUND) {
		*depth = DEPTH_MAX;
		err = OK;
	}
	return err;
}

static int
check_category(struct ctx *c, struct arena *a, const char *name)
{
	struct rule row;
	int err = name[0] == '\0' ? OK
	                          : rule_named(c, a, RULE_CATEGORY, name,
	                                       (struct day){0}, &row);

	if (err != ERR_NOT_FOUND)
		return err;
	ctx_fault(c, "category", N_("Choose a category."));
	return OK;
}

static int
check_part(struct ctx *c, struct arena *a, enum rule_table table,
           const struct rule *row)
{
	struct duty_kind *kinds;
	int n = 0, err;

	if (rule_spec(table)->parts == RULE_PART_OWN) {
		err = depth_of(c, a, row->part, &n);
		if (err == OK &&
		    (n >= DEPTH_MAX || strcmp(row->part, row->name) == 0))
			ctx_fault(c, "parent",
			          N_("It would lie deeper than three "
			             "levels."));
		return err;
	}
	if (rule_spec(table)->parts == RULE_PART_CATEGORY)
		return check_category(c, a, row->part);
	if (rule_spec(table)->parts != RULE_PART_DUTY)
		return OK;
	err = duty_kind_list(c, a, &kinds, &n);
	for (int i = 0; err == OK && i < n; i++)
		if (strcmp(kinds[i].name, row->part) == 0)
			return OK;
	if (err == OK)
		ctx_fault(c, "duty", N_("There is no such kind of duty."));
	return err;
}

/* Whether other rows have some of its days. */
static int
check_overlap(struct ctx *c, const struct rule *row)
{
	struct stmt *q = query(c, RULE_HOLIDAY, RULE_SQL_OVERLAP);
	int64_t n;
	int err;

	bind_int(q, ":id", row->id.v);
	bind_day(q, ":from_on", row->from_on);
	bind_day(q, ":to_on", row->to_on);
	err = stmt_int(q, &n);
	if (err == OK && n > 0)
		ctx_fault(c, "from_on",
		          N_("Some of these days stand in the table "
		             "already."));
	return err;
}

int
rule_check(struct ctx *c, struct arena *a, enum rule_table table,
           const struct rule *entry, struct rule *out)
{
	struct rule row = *entry;
	int err;

	row.name = row.name != NULL ? row.name : "";
	row.part = row.part != NULL ? row.part : "";
	if (row.name[0] == '\0' && rule_spec(table)->fixed)
		return ERR_DENIED;
	ctx_check_begin(c);
	entry_clean(c, a, fields_of(table), &row);
	check_day(c, table, &row);
	check_numbers(c, table, &row);
	if (table == RULE_SETTING)
		check_setting(c, &row);
	err = check_part(c, a, table, &row);
	if (err == OK && ctx_check_end(c) == OK && table == RULE_HOLIDAY)
		err = check_overlap(c, &row);
	if (err == OK)
		err = ctx_check_end(c);
	if (err == OK)
		*out = row;
	return err;
}

/* --- writing ------------------------------------------------------------ */

/* A category goes behind its parent and what lies there, another rule to the
 * end. */
static int
place(struct ctx *c, enum rule_table table, struct rule *row)
{
	static const char below[] =
	    "SELECT coalesce(max(position), 0) FROM category_rule"
	    " WHERE name = :parent OR parent = :parent OR parent IN"
	    "   (SELECT name FROM category_rule WHERE parent = :parent)";
	bool child = table == RULE_CATEGORY && row->part[0] != '\0';
	struct stmt *q;
	int64_t last;
	int err;

	if (row->position != 0 || field_find(fields_of(table), "to_on") != NULL)
		return OK;
	q = child ? ctx_sql(c, NULL, below) : query(c, table, RULE_SQL_LAST);
	if (child)
		bind_text(q, ":parent", row->part);
	err = stmt_int(q, &last);
	if (err == OK)
		row->position = child ? last + 1 : (last / 100 + 1) * 100;
	return err;
}

static int
write_row(struct ctx *c, struct arena *a, enum rule_table table,
          struct rule *row)
{
	const struct rule_spec *spec = rule_spec(table);
	bool is_new = row->id.v == 0;
	/* a category is named by its place */
	bool is_below = spec->parts == RULE_PART_OWN && row->part[0] != '\0';
	struct stmt *q;
	int err = place(c, table, row);

	if (err != OK)
		return err;
	if (is_new)
		row->id.v = ctx_new_id(c, spec->entity);
	if (spec->by_day) {
		char *name = arena_alloc(a, 11);

		day_format(row->from_on, name);
		row->name = name;
	} else if (row->name[0] == '\0') {
		row->name =
		    arena_printf(a, "%s%sn%lld", is_below ? row->part : "",
		                 is_below ? "." : "", (long long)row->id.v);
	}
	event_subject(c, row->id.v, 0);
	q = query(c, table, is_new ? RULE_SQL_ADD : RULE_SQL_SAVE);
	bind_fields(q, spec->entity->fields, row);
	return stmt_run(q, NULL);
}

/* Whether entry changes the row that it was read from, which has not begun,
 * or is a row of its own. */
static int
find_row(struct ctx *c, struct arena *a, enum rule_table table,
         struct rule *row)
{
	struct rule was;
	int err;

	if (row->id.v == 0)
		return OK;
	err = rule_get(c, a, table, row->id, &was);
	if (err != OK)
		return err;
	row->name = was.name;
	if (!rule_is_open(c, table, &was))
		row->id.v = 0;
	return row->id.v == 0 && rule_spec(table)->by_day ? ERR_STATE : OK;
}

/* Clocks that run go by the calendar as it is now. */
static int
rule_follow(struct ctx *c, enum rule_table table)
{
	int err = table == RULE_HOLIDAY ? opinion_clocks_again(c) : OK;

	return err == OK && table == RULE_HOLIDAY ? task_clocks_again(c) : err;
}

int
rule_save(struct ctx *c, enum rule_table table, const struct rule *entry,
          struct rule_id *id)
{
	const struct rule_spec *spec = rule_spec(table);
	struct arena *a;
	struct rule row = *entry;
	bool again;
	int err;

	if (!may(c, spec->perm) || !may(c, PERM_RULE_READ))
		return ERR_DENIED;

	a = arena_new();
	err = find_row(c, a, table, &row);
	if (err == OK)
		err = rule_check(c, a, table, &row, &row);
	if (err != OK)
		goto done;
	again = row.name[0] != '\0';
	err = event_begin(c, again ? ACTION_RULE_SAVE : ACTION_RULE_ADD,
	                  spec->entity->kind, row.id.v, 0);
	if (err != OK)
		goto done;
	err = write_row(c, a, table, &row);
	err = event_end(c, err == OK ? rule_follow(c, table) : err);
	if (err == OK)
		*id = row.id;
done:
	arena_free(a);
	return err;
}

/* The only row of a name that records keep must stay. */
static int
check_used(struct ctx *c, enum rule_table table, const struct rule *row)
{
	struct stmt *q = query(c, table, RULE_SQL_ROWS);
	int64_t n;
	int err;

	bind_text(q, ":name", row->name);
	err = stmt_int(q, &n);
	if (err != OK || n > 1 ||
	    rule_spec(table)->entity->sql[RULE_SQL_USED] == NULL)
		return err;
	q = query(c, table, RULE_SQL_USED);
	bind_text(q, ":name", row->name);
	err = stmt_int(q, &n);
	if (err == OK)
		return ERR_DEPENDS;
	return err == ERR_NOT_FOUND ? OK : err;
}

int
rule_withdraw(struct ctx *c, enum rule_table table, struct rule_id id)
{
	const struct rule_spec *spec = rule_spec(table);
	struct rule row;
	struct arena *a;
	struct stmt *q;
	int err;

	if (!may(c, spec->perm))
		return ERR_DENIED;

	a = arena_new();
	err = rule_get(c, a, table, id, &row);
	if (err == OK && !rule_is_open(c, table, &row))
		err = ERR_STATE;
	if (err != OK)
		goto done;
	err = event_begin(c, ACTION_RULE_WITHDRAW, spec->entity->kind, id.v, 0);
	if (err != OK)
		goto done;
	err = check_used(c, table, &row);
	if (err == OK) {
		q = query(c, table, RULE_SQL_DROP);
		bind_int(q, ":id", id.v);
		err = stmt_run(q, NULL);
	}
	if (err == OK)
		err = rule_follow(c, table);
	err = event_end(c, err);
done:
	arena_free(a);
	return err;
}
