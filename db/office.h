/*
 * Offices: a role held from-to at a place in the org tree. An account works
 * in one of its person's current offices at a time, its hat (F8).
 */
#ifndef DB_OFFICE_H
#define DB_OFFICE_H

#include <stdbool.h>

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"

struct office {
	struct office_id id;
	struct person_id person;
	const char *role;          /* role.name */
	struct unit_id unit;       /* 0: the county */
	struct station_id station; /* 0: none */
	struct place_id place;     /* 0: none */
	struct organ_id organ;     /* of a handling unit's role; else 0 */
	struct day from_on, to_on; /* to_on none: still held */
};

/* A role: a row that says how far it sees and where it lands. */
struct role {
	const char *name, *label, *label_en;
	const char *scope; /* "county", "unit", "station", ... */
	const char *bench;
	int64_t position;
};

/* An office with the names that go with it. */
struct office_line {
	struct office_id id;
	struct person_id person;
	const char *name; /* of the person */
	const char *role, *label, *label_en;
	int64_t position; /* of the role */
	struct unit_id unit;
	struct station_id station;
	struct organ_id organ;
	const char *unit_name, *station_name; /* "" none */
	const char *place_name, *organ_name;  /* "" none */
	struct day from_on, to_on;
};

extern const struct entity entity_office;

/* The label in the language of the process: of a role, a kind, ... */
const char *role_label(const char *label, const char *label_en);
/* "周王庙镇代表联络站 站长": where, then the role. In a. */
const char *office_text(struct arena *a, const struct office_line *line);

/* Roles in their order; one by name. */
int role_list(struct ctx *c, struct arena *a, struct role **rows,
              int *n) MUST_CHECK;
int role_get(struct ctx *c, struct arena *a, const char *name,
             struct role *out) MUST_CHECK;

/* Whether the acting person may give and end this office. */
bool role_is_ours(const struct ctx *c, const struct role *role);

int office_get(struct ctx *c, struct arena *a, struct office_id id,
               struct office *out) MUST_CHECK;
/* The acting person's current offices: the hats to choose from, by role.
 * Needs no permission. */
int office_hats(struct ctx *c, struct arena *a, struct office_line **rows,
                int *n) MUST_CHECK;
/* The line of any office in scope. Errors: ERR_DENIED, ERR_NOT_FOUND. */
int office_line_get(struct ctx *c, struct arena *a, struct office_id id,
                    struct office_line *out) MUST_CHECK;
/* One line of one's own hats, by number; for the title row. */
int office_hat(struct ctx *c, struct arena *a, struct office_id id,
               struct office_line *out) MUST_CHECK;
/* All of a person in scope, newest first. */
int office_of_person(struct ctx *c, struct arena *a, struct person_id person,
                     struct office_line **rows, int *n) MUST_CHECK;
/* Who holds a current office at a station, without its deputies, by role. */
int office_at_station(struct ctx *c, struct arena *a, struct station_id station,
                      struct office_line **rows, int *n) MUST_CHECK;

/*
 * Give an office: person, role, and the place the role's scope asks for: a
 * unit, a station (its unit follows), an organ; from_on none is today. For
 * who may change accounts or the org tree. Joins an event that is open.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_INVALID (c->faults: role, unit,
 * station, place, organ, to_on), ERR_EXISTS (held already).
 */
int office_add(struct ctx *c, const struct office *entry,
               struct office_id *id) MUST_CHECK;
/* End it; last is its last day, none: yesterday, so it ends at once.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE (ended already),
 * ERR_INVALID (before it began), ERR_ADMIN (the last current
 * administrator's). */
int office_end(struct ctx *c, struct office_id id, struct day last) MUST_CHECK;

#endif
