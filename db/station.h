/*
 * Liaison stations, one a unit: the profile, and the tree of units,
 * stations, rooms and points. The people at a station are db/mandate.h
 * (deputies) and db/office.h (officers); rooms and points db/place.h.
 */
#ifndef DB_STATION_H
#define DB_STATION_H

#include "db/base/arena.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum {
	STATION_NAME_MAX = 40, /* characters */
	STATION_ADDRESS_MAX = 80,
	STATION_PHONE_MAX = 40,
	STATION_HOURS_MAX = 80,
	STATION_PROFILE_MAX = 2000
};

struct station {
	struct station_id id;
	struct unit_id unit;
	const char *name, *address;
	const char *phone;   /* of the office, public */
	const char *hours;   /* when it is open, in words */
	const char *profile; /* several lines */
};

extern const struct entity entity_station;

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int station_get(struct ctx *c, struct arena *a, struct station_id id,
                struct station *out) MUST_CHECK;
int station_of_unit(struct ctx *c, struct arena *a, struct unit_id unit,
                    struct station *out) MUST_CHECK;

/* What the page of a station shows besides its own columns. Deputies are
 * people with a mandate that is current today; who is both a county and a
 * town deputy counts once in deputies and in each of the other two. */
struct station_page {
	struct station row;
	const char *unit_name, *kind_label, *kind_label_en;
	int64_t rooms, points, groups;
	int64_t deputies, county_deputies, town_deputies;
	int64_t officers; /* people with a current office at the station */
};
int station_page_get(struct ctx *c, struct arena *a, struct station_id id,
                     struct station_page *out) MUST_CHECK;

/* May the acting hat change profiles, rooms and points within its scope?
 * The administrator, and who keeps the station. */
bool station_may_write(const struct ctx *c);

/* Change address, phone, hours, profile of entry->id, and its name, which
 * only the administrator may.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_INVALID, ERR_EXISTS. */
int station_save(struct ctx *c, const struct station *entry) MUST_CHECK;

enum tree_sort { TREE_UNIT, TREE_STATION, TREE_ROOM, TREE_POINT };

/* A row of the tree, parents before children. */
struct tree_row {
	enum tree_sort sort;
	int depth;  /* from 0: the first row's is 0 */
	int64_t id; /* unit, station or place, as sort says */
	struct unit_id unit;
	struct station_id station; /* of a unit: its station */
	const char *name;
	const char *kind_label, *kind_label_en; /* of a unit; else "" */
	int64_t deputies; /* of a unit or station; else -1 */
};

/* unit 0: the units in scope, each with its station; else that unit's
 * station with its rooms, then its points.
 * Errors: ERR_DENIED, ERR_NOT_FOUND (unit out of scope), ERR_STORE. */
int station_tree(struct ctx *c, struct arena *a, struct unit_id unit,
                 struct tree_row **rows, int *n) MUST_CHECK;

#endif
