/* Proposing projects, and changing what a proposal says. */
#include <string.h>

#include "db/base/alike.h"
#include "db/base/i18n.h"
#include "db/entry.h"
#include "db/project_in.h"

enum { YEAR_LEAST = 2000, YEARS_AHEAD = 10 };

/* --- checking -------------------------------------------------------- */

/* A fault when nothing is there. */
static int
must_exist(struct ctx *c, struct stmt *q, const char *field, const char *msgid)
{
	int64_t v;
	int err = stmt_int(q, &v);

	if (err != ERR_NOT_FOUND)
		return err;
	ctx_fault(c, field, msgid);
	return OK;
}

static int
check_unit(struct ctx *c, const struct project *row)
{
	struct stmt *q = ctx_stmt(c, &entity_project, PROJECT_SQL_UNIT);

	bind_id(q, ":unit", row->unit.v);
	return must_exist(c, q, "unit", N_("Choose a unit."));
}

static int
check_category(struct ctx *c, const struct project *row)
{
	struct stmt *q;

	if (row->category[0] == '\0')
		return OK;
	q = ctx_stmt(c, &entity_project, PROJECT_SQL_CATEGORY);
	bind_text(q, ":category", row->category);
	return must_exist(c, q, "category", N_("Choose a category."));
}

int
project_check(struct ctx *c, struct arena *a, struct project *row)
{
	int last = ctx_today(c).year + YEARS_AHEAD, err;

	ctx_check_begin(c);
	entry_clean(c, a, project_fields, row);
	if (row->year < YEAR_LEAST || row->year > last)
		ctx_fault(c, "year",
		          N_("Enter a year from 2000 until ten years "
		             "from now."));
	if (row->budget < 0 || row->budget > PROJECT_BUDGET_MAX)
		ctx_fault(c, "budget",
		          N_("Enter an amount of yuan, up to a milliard."));
	err = check_unit(c, row);
	if (err == OK)
		err = check_category(c, row);
	return err == OK ? ctx_check_end(c) : err;
}

/* The government's number of a project is there once in a unit. */
static int
check_reserve(struct ctx *c, const struct project *row)
{
	struct stmt *q = ctx_stmt(c, &entity_project, PROJECT_SQL_RESERVE);
	int64_t other;
	int err;

	bind_id(q, ":unit", row->unit.v);
	bind_text(q, ":reserve", row->reserve);
	err = stmt_int(q, &other);
	if (err == ERR_NOT_FOUND)
		return OK;
	return err == OK ? ERR_EXISTS : err;
}

/* --- proposing ------------------------------------------------------- */

void
project_default(struct ctx *c, struct project *out)
{
	*out = (struct project){
	    .unit = {c->my_unit},
	    .proposed_by = "",
	    .reserve = "",
	    .title = "",
	    .body = "",
	    .category = "",
	    .venue = "",
	    .reason = "",
	    .leader = "",
	    .year = ctx_today(c).year + 1,
	    .warn_on = clock_no_day,
	    .due_on = clock_no_day,
	};
}

/* Who proposes follows from who acts; the system files for others. */
static void
proposer(const struct ctx *c, struct project *row)
{
	row->proposer.v = c->me;
	row->organ.v = 0;
	row->conversion.v = 0;
	if (c->scope != SCOPE_COUNTY && c->my_unit != 0)
		row->unit.v = c->my_unit;
	if (c->me == 0)
		return;
	row->source = PROJECT_BY_STAFF;
	if (c->scope == SCOPE_SELF)
		row->source = PROJECT_BY_DEPUTY;
	if (c->scope == SCOPE_ASSIGNED) {
		row->source = PROJECT_BY_OFFICE;
		row->organ.v = c->my_organ;
	}
}

int
project_insert(struct ctx *c, struct project *row)
{
	struct stmt *q = ctx_stmt(c, &entity_project, PROJECT_SQL_ADD);

	row->proposed_at = ctx_now(c);
	bind_fields(q, project_fields, row);
	return stmt_run(q, NULL);
}

static int
add(struct ctx *c, struct arena *a, struct project *row, struct project_id *id)
{
	int err = project_check(c, a, row);

	if (err == OK)
		err = check_reserve(c, row);
	if (err == OK)
		err = event_begin(c, ACTION_PROJECT_ADD, ENTITY_PROJECT, 0,
		                  row->unit.v);
	if (err != OK)
		return err;
	row->id.v = ctx_new_id(c, &entity_project);
	event_subject(c, row->id.v, row->unit.v);
	if (row->proposer.v != 0)
		event_about(c, ENTITY_PERSON, row->proposer.v);
	err = event_end(c, project_insert(c, row));
	if (err == OK)
		*id = row->id;
	return err;
}

int
project_add(struct ctx *c, const struct project *entry, struct project_id *id)
{
	struct project row = *entry;
	struct arena *a;
	int err;

	if (!may(c, PERM_PROJECT_ENTER))
		return ERR_DENIED;
	a = arena_new();
	proposer(c, &row);
	row.state = PROJECT_PROPOSED;
	row.reason = "";
	row.published = false;
	err = add(c, a, &row, id);
	arena_free(a);
	return err;
}

int
project_add_public(struct ctx *c, const struct project *entry, const char *held,
                   struct project_id *id)
{
	struct project row = *entry;
	struct arena *a;
	int err;

	if (!may(c, PERM_PROJECT_ENTER) || c->me != 0)
		return ERR_DENIED;
	a = arena_new();
	proposer(c, &row);
	row.source = PROJECT_BY_PUBLIC;
	row.state = held[0] != '\0' ? PROJECT_HELD : PROJECT_PROPOSED;
	row.reason = held;
	row.reserve = "";
	row.published = false;
	err = add(c, a, &row, id);
	arena_free(a);
	return err;
}

int
project_add_converted(struct ctx *c, struct conversion_id conversion,
                      struct unit_id unit, const char *title, const char *body,
                      const char *category, struct project_id *id)
{
	struct project row;
	int err;

	project_default(c, &row);
	row.unit = unit;
	row.source = PROJECT_BY_OPINION;
	row.proposer.v = c->me;
	row.conversion = conversion;
	row.title = title;
	row.body = body;
	row.category = category;
	row.state = PROJECT_PROPOSED;
	row.id.v = ctx_new_id(c, &entity_project);
	err = project_insert(c, &row);
	if (err == OK)
		*id = row.id;
	return err;
}

/* --- changing -------------------------------------------------------- */

static void
locked(struct ctx *c, bool same, const char *field)
{
	if (!same)
		ctx_fault(c, field,
		          N_("It stands as it was voted on; ask for a "
		             "change."));
}

/* What was voted on stands; where it lies and whether it is shown do not
 * hang on that. */
static int
check_locked(struct ctx *c, const struct project *old,
             const struct project *row)
{
	ctx_check_begin(c);
	if (old->state == PROJECT_HELD && row->published)
		ctx_fault(c, "published", N_("Release it first."));
	if (old->state >= PROJECT_BALLOT) {
		locked(c, strcmp(old->title, row->title) == 0, "title");
		locked(c, strcmp(old->body, row->body) == 0, "body");
		locked(c, old->year == row->year, "year");
		locked(c, old->budget == row->budget, "budget");
	}
	return ctx_check_end(c);
}

int
project_update(struct ctx *c, const struct project *row)
{
	struct stmt *q = ctx_stmt(c, &entity_project, PROJECT_SQL_SAVE);
	int64_t changed;
	int err;

	bind_fields(q, project_fields, row);
	err = stmt_run(q, &changed);
	return err == OK && changed == 0 ? ERR_CHANGED : err;
}

int
project_save(struct ctx *c, const struct project *entry)
{
	struct arena *a = arena_new();
	struct project old, row;
	int err = project_get(c, a, entry->id, &old);

	if (err == OK && !may(c, PERM_PROJECT_WRITE))
		err = ERR_DENIED;
	if (err == OK && old.version != entry->version)
		err = ERR_CHANGED;
	if (err == OK && old.state == PROJECT_MERGED)
		err = ERR_STATE;
	if (err != OK)
		goto done;
	row = old;
	row.title = entry->title;
	row.body = entry->body;
	row.category = entry->category;
	row.venue = entry->venue;
	row.year = entry->year;
	row.budget = entry->budget;
	row.published = entry->published;
	err = project_check(c, a, &row);
	if (err == OK)
		err = check_locked(c, &old, &row);
	if (err == OK)
		err = event_begin(c, ACTION_PROJECT_SAVE, ENTITY_PROJECT,
		                  old.id.v, old.unit.v);
	if (err == OK)
		err = event_end(c, project_update(c, &row));
done:
	arena_free(a);
	return err;
}

/* --- those alike ----------------------------------------------------- */

enum { ALIKE_AMONG = 300, ALIKE_MAX = 5 };
static const double alike_least = 0.3; /* below it, two share a topic only */

static int
read_past(struct ctx *c, struct alike *l, struct unit_id unit,
          struct project_id not_it)
{
	struct stmt *q = ctx_stmt(c, &entity_project, PROJECT_SQL_ALIKE);

	bind_id(q, ":unit", unit.v);
	bind_int(q, ":not_it", not_it.v);
	bind_int(q, ":max", ALIKE_AMONG);
	while (stmt_next(q))
		alike_add(l, col_int(q, 0), col_text(q, 1), col_text(q, 2));
	return stmt_end(q);
}

static int
find_alike(struct ctx *c, struct arena *a, struct alike *l,
           struct project_alike *rows, int *n)
{
	struct alike_answer best[ALIKE_MAX];
	int count = alike_best(l, alike_least, best, ALIKE_MAX), err = OK;

	for (int i = 0; i < count && err == OK; i++) {
		struct project p = {0};

		err = project_get(c, a, (struct project_id){best[i].id}, &p);
		rows[i] = (struct project_alike){
		    .id = p.id,
		    .title = p.title,
		    .state = p.state,
		    .year = p.year,
		    .alike = (int)(best[i].share * 100),
		};
	}
	*n = count;
	return err;
}

int
project_alike(struct ctx *c, struct arena *a, struct unit_id unit,
              const char *title, const char *body, struct project_id not_it,
              struct project_alike **rows, int *n)
{
	struct arena *work;
	struct alike *l;
	int err;

	*n = 0;
	if (!may(c, PERM_PROJECT_READ))
		return ERR_DENIED;
	*rows = arena_alloc(a, ALIKE_MAX * sizeof(**rows));
	work = arena_new();
	l = alike_new(work, title, body);
	err = read_past(c, l, unit, not_it);
	if (err == OK)
		err = find_alike(c, a, l, *rows, n);
	arena_free(work);
	return err;
}
