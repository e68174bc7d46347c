/* Deputies' groups of a station. */
#ifndef DB_DEPUTY_GROUP_H
#define DB_DEPUTY_GROUP_H

#include "db/base/arena.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum { DEPUTY_GROUP_NAME_MAX = 40 }; /* characters */

struct deputy_group {
	struct deputy_group_id id;
	struct unit_id unit;
	struct station_id station;
	const char *name;
	int64_t deputies; /* people with a current mandate in it */
};

extern const struct entity entity_deputy_group;

int deputy_group_get(struct ctx *c, struct arena *a, struct deputy_group_id id,
                     struct deputy_group *out) MUST_CHECK;
/* A station's groups, by name. */
int deputy_group_list(struct ctx *c, struct arena *a, struct station_id station,
                      struct deputy_group **rows, int *n) MUST_CHECK;
/* From station and name. Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_INVALID,
 * ERR_EXISTS. */
int deputy_group_add(struct ctx *c, const struct deputy_group *entry,
                     struct deputy_group_id *id) MUST_CHECK;

/* Rename entry->id. Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_INVALID (name),
 * ERR_EXISTS. */
int deputy_group_save(struct ctx *c,
                      const struct deputy_group *entry) MUST_CHECK;

#endif
