/* What was raised at a reception. */
#include "db/matter.h"

#include <string.h>

#include "db/activity.h"
#include "db/rota.h"
#include "db/store/stmt.h"

int
matter_count(struct ctx *c, struct activity_id activity, int64_t *n)
{
	static const char sql[] = "SELECT count(*) FROM opinion"
				  " WHERE opinion.activity = :activity"
				  "   AND @scope";
	struct stmt *q;

	if (!may(c, PERM_OPINION_READ))
		return ERR_DENIED;
	q = ctx_sql(c, &entity_opinion, sql);
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

int
matter_add(struct ctx *c, const struct opinion *entry, struct opinion_id *id)
{
	struct opinion row = *entry;
	struct arena *a = arena_new();
	struct activity of;
	int err = find_reception(c, a, row.activity, &of);

	if (err == OK) {
		row.unit = of.unit;
		row.source = SOURCE_MEETING;
		row.deputy.v = 0;
		err = opinion_add(c, &row, false, NULL, id);
	}
	arena_free(a);
	return err;
}
