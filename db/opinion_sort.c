/* Sorting opinions: category, place, level, who accompanies them, and the
 * unit they belong to. */
#include "db/base/i18n.h"
#include "db/opinion_in.h"
#include "db/store/event.h"

int
opinion_not_written(struct ctx *c, struct opinion_id id, int64_t version)
{
	struct arena *a = arena_new();
	struct opinion now;
	int err = opinion_get(c, a, id, &now);

	arena_free(a);
	if (err != OK)
		return err;
	return now.version != version ? ERR_CHANGED : ERR_STATE;
}

static int
write_sorted(struct ctx *c, const struct opinion *row)
{
	struct stmt *q = ctx_stmt(c, &entity_opinion, OPINION_SQL_SORT);
	int64_t changed;
	int err;

	if (row->reader.v != 0)
		event_about(c, ENTITY_PERSON, row->reader.v);
	bind_fields(q, opinion_fields, row);
	err = stmt_run(q, &changed);
	return err == OK && changed == 0
	           ? opinion_not_written(c, row->id, row->version)
	           : err;
}

/* Another unit takes it over before it was routed, answered or merged; what
 * came to a deputy stays with the deputy's. */
static int
check_move(struct ctx *c, const struct opinion *row)
{
	ctx_check_begin(c);
	if (row->deputy.v != 0 || row->activity.v != 0 || row->senders > 1 ||
	    row->state > OPINION_TRIAGE)
		ctx_fault(c, "unit",
		          N_("It stays with this unit: it came to a deputy or "
		             "is in handling."));
	return ctx_check_end(c);
}

/* What of entry may be written by who acts. */
static int
take_over(struct ctx *c, const struct opinion *entry, struct opinion *row)
{
	bool moves = c->scope == SCOPE_COUNTY && entry->unit.v != row->unit.v;
	int err = moves ? check_move(c, row) : OK;

	if (err != OK)
		return err;
	row->venue = entry->venue;
	row->category = entry->category;
	row->level = entry->level;
	row->urgent = entry->urgent;
	row->place = entry->place;
	if (may(c, PERM_OPINION_TRIAGE))
		row->companion = entry->companion;
	if (moves) {
		row->unit = entry->unit;
		row->place.v = 0;
		row->companion.v = 0;
	}
	return OK;
}

int
opinion_sort(struct ctx *c, const struct opinion *entry)
{
	struct opinion row;
	struct arena *a = arena_new();
	int err = may(c, PERM_OPINION_HANDLE)
	              ? opinion_get(c, a, entry->id, &row)
	              : ERR_DENIED;

	if (err != OK)
		goto done;
	row.contact = NULL;
	err = opinion_is_open(row.state) ? OK : ERR_STATE;
	if (err == OK && row.version != entry->version)
		err = ERR_CHANGED;
	if (err != OK)
		goto done;
	err = take_over(c, entry, &row);
	if (err == OK)
		err = opinion_check(c, a, &row);
	if (err == OK)
		err = event_begin(c, ACTION_OPINION_SORT, ENTITY_OPINION,
		                  row.id.v, row.unit.v);
	if (err == OK)
		err = event_end(c, write_sorted(c, &row));
done:
	arena_free(a);
	return err;
}
