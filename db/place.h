/*
 * Rooms and points: where deputies meet people below a station. They have
 * no administration of their own.
 */
#ifndef DB_PLACE_H
#define DB_PLACE_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum place_kind { PLACE_ROOM, PLACE_POINT };
enum { PLACE_NAME_MAX = 40 }; /* characters */

struct place {
	struct place_id id;
	struct unit_id unit;
	struct station_id station;
	int kind; /* enum place_kind */
	const char *name;
	struct day closed_on; /* the last day it was used; none: in use */
};

extern const struct entity entity_place;
extern const struct enum_name place_kinds[];

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int place_get(struct ctx *c, struct arena *a, struct place_id id,
              struct place *out) MUST_CHECK;
/* Rooms, then points of a station, by name; closed ones too. */
int place_list(struct ctx *c, struct arena *a, struct station_id station,
               struct place **rows, int *n) MUST_CHECK;
/* A station's room or point by name. */
int place_named(struct ctx *c, struct arena *a, struct station_id station,
                const char *name, struct place *out) MUST_CHECK;

/* From station, kind and name; the unit is the station's. Errors:
 * ERR_DENIED, ERR_NOT_FOUND, ERR_INVALID (name), ERR_EXISTS. */
int place_add(struct ctx *c, const struct place *entry,
              struct place_id *id) MUST_CHECK;

/* Change name and kind of entry->id, and close it (closed_on: a day up to
 * today) or take it into use again (none). Errors: as place_add,
 * ERR_INVALID also for closed_on. */
int place_save(struct ctx *c, const struct place *entry) MUST_CHECK;

#endif
