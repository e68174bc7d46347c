/* Electoral districts: where a deputy was elected. */
#ifndef DB_DISTRICT_H
#define DB_DISTRICT_H

#include "db/base/arena.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum { DISTRICT_NAME_MAX = 40 }; /* characters */

struct district {
	struct district_id id;
	struct unit_id unit; /* where it lies */
	int level;           /* enum level of db/term.h */
	const char *name;
};

extern const struct entity entity_district;

int district_get(struct ctx *c, struct arena *a, struct district_id id,
                 struct district *out) MUST_CHECK;
/* A unit's districts of a level, by name. */
int district_list(struct ctx *c, struct arena *a, struct unit_id unit,
                  int level, struct district **rows, int *n) MUST_CHECK;
/* Errors: ERR_DENIED, ERR_NOT_FOUND (unit), ERR_INVALID (name; a town
 * district of a unit without deputies of its own), ERR_EXISTS. */
int district_add(struct ctx *c, const struct district *entry,
                 struct district_id *id) MUST_CHECK;

/* Rename entry->id. Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_INVALID (name),
 * ERR_EXISTS. */
int district_save(struct ctx *c, const struct district *entry) MUST_CHECK;

#endif
