/*
 * Units: the towns and subdistricts under the county. What a unit may do is
 * a capability of its kind, a row, not an if. Setting up a unit makes its
 * station in the same event.
 */
#ifndef DB_UNIT_H
#define DB_UNIT_H

#include "db/base/arena.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum { UNIT_NAME_MAX = 40 }; /* characters */

struct unit {
	struct unit_id id;
	const char *name; /* "周王庙镇" */
	const char *kind; /* unit_kind.name */
	int64_t position; /* order among the units, from 1 */
};

/* A kind of unit and what follows from it. */
struct unit_kind {
	const char *name, *label, *label_en;
	bool has_congress, has_deputies; /* of its own level */
	bool has_assembly;
};

extern const struct entity entity_unit;

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int unit_get(struct ctx *c, struct arena *a, struct unit_id id,
             struct unit *out) MUST_CHECK;
/* ERR_NOT_FOUND: no unit of that name in scope. */
int unit_named(struct ctx *c, struct arena *a, const char *name,
               struct unit *out) MUST_CHECK;
/* The units in scope, in their order. */
int unit_list(struct ctx *c, struct arena *a, struct unit **rows,
              int *n) MUST_CHECK;

/* ERR_NOT_FOUND: no such kind. */
int unit_kind_get(struct ctx *c, struct arena *a, const char *name,
                  struct unit_kind *out) MUST_CHECK;

/* What setting up a unit asks. */
struct unit_new {
	const char *name, *kind;
	const char *station; /* name of its station; "": "<name>代表联络站" */
	const char *address, *phone; /* of the station; may be "" */
};

/*
 * Set up a unit with its station, in one event. station may be NULL.
 * Errors: ERR_DENIED, ERR_INVALID (c->faults: name, kind, station, address,
 * phone), ERR_EXISTS (the name is taken), ERR_STORE ...
 */
int unit_add(struct ctx *c, const struct unit_new *entry, struct unit_id *id,
             struct station_id *station) MUST_CHECK;

#endif
