/* Plain counts of whole tables: a person asks for them now and then. */
#include "db/stats.h"

#include "db/predicates.h"
#include "db/store/stmt.h"

/* Whole site on purpose: sums over everything name nobody. */
static const struct {
	const char *name, *sql; /* NULL: nothing of the kind exists yet */
} stats[] = {
    {"units", "SELECT count(*) FROM unit"},
    {"stations", "SELECT count(*) FROM station"},
    {"places", "SELECT count(*) FROM place"},
    {"groups", "SELECT count(*) FROM deputy_group"},
    {"persons", "SELECT count(*) FROM person"},
    {"deputies", "SELECT count(DISTINCT person) FROM mandate"
                 " WHERE " CURRENT("mandate")},
    {"accounts", "SELECT count(*) FROM account"},
    {"activities", "SELECT count(*) FROM activity"},
    {"participants", "SELECT count(*) FROM participant"},
    {"duty_records", "SELECT count(*) FROM duty_record"},
    {"opinions", "SELECT count(*) FROM opinion"},
    {"projects", "SELECT count(*) FROM project"},
    {"draft_laws", "SELECT count(*) FROM law"},
    {"events", "SELECT count(*) FROM event"},
    {"audit", "SELECT count(*) FROM audit"},
};

int
stats_list(struct ctx *c, struct arena *a, struct stat_line **rows, int *n)
{
	struct stat_line *out = arena_alloc(a, sizeof(*out) * COUNT(stats));
	int err = OK;

	if (!may(c, PERM_SITE_READ))
		return ERR_DENIED;

	for (size_t i = 0; i < COUNT(stats) && err == OK; i++) {
		out[i].name = stats[i].name;
		if (stats[i].sql != NULL)
			err =
			    stmt_int(ctx_sql(c, NULL, stats[i].sql), &out[i].n);
	}
	if (err != OK)
		return err;
	*rows = out;
	*n = (int)COUNT(stats);
	return OK;
}
