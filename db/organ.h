/*
 * Handling units: offices of government, court or procuratorate that are
 * given matters to handle; a unit's own or the county's.
 */
#ifndef DB_ORGAN_H
#define DB_ORGAN_H

#include "db/base/arena.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum { ORGAN_NAME_MAX = 40 }; /* characters */

struct organ {
	struct organ_id id;
	struct unit_id unit; /* 0: the county's */
	const char *name;
};

extern const struct entity entity_organ;

int organ_get(struct ctx *c, struct arena *a, struct organ_id id,
              struct organ *out) MUST_CHECK;
/* A unit's and the county's (unit 0: all in scope), by name. */
int organ_list(struct ctx *c, struct arena *a, struct unit_id unit,
               struct organ **rows, int *n) MUST_CHECK;
/* Errors: ERR_DENIED, ERR_INVALID (name), ERR_EXISTS. */
int organ_add(struct ctx *c, const struct organ *entry,
              struct organ_id *id) MUST_CHECK;

#endif
