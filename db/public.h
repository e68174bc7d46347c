/*
 * What the public may read: by a code's token, in the context of nobody
 * (ctx_init_public), whose rows are those of SCOPE_PUBLIC in each entity's
 * scope[]. Nothing here writes, and no column that is not published is read.
 */
#ifndef DB_PUBLIC_H
#define DB_PUBLIC_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/code.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum { PUBLIC_DEPUTIES = 400, PUBLIC_RECEPTIONS = 60 };

struct public_station {
	const char *name, *unit_name, *address, *phone, *hours, *profile;
};

struct public_deputy {
	struct person_id person;
	const char *name;
	bool county, town; /* deputy of that congress */
};

/* One deputy's place in a reception that was announced. */
struct public_reception {
	struct person_id person;
	const char *name;
	const char *place; /* "" the station itself */
	struct instant starts_at, ends_at;
};

struct public_activity {
	struct activity_id id;
	const char *title, *venue, *station_name;
	struct instant starts_at, ends_at;
	int state; /* enum activity_state */
};

/* The code of an address, which must be good now; also which one it is, so
 * that it can be counted. Errors: ERR_NOT_FOUND, ERR_EARLY, ERR_EXPIRED,
 * ERR_REVOKED; with the last three *code is filled as well. */
int public_code(struct ctx *c, struct arena *a, enum code_kind kind,
                const char *token, struct code *code) MUST_CHECK;

int public_station(struct ctx *c, struct arena *a, struct station_id id,
                   struct public_station *out) MUST_CHECK;
/* Those with a mandate today, by pinyin. */
int public_deputies(struct ctx *c, struct arena *a, struct station_id id,
                    struct public_deputy **rows, int *n) MUST_CHECK;
/* From today on, the next first. */
int public_receptions(struct ctx *c, struct arena *a, struct station_id id,
                      struct public_reception **rows, int *n) MUST_CHECK;

int public_activity(struct ctx *c, struct arena *a, struct activity_id id,
                    struct public_activity *out) MUST_CHECK;

#endif
