/*
 * Mandates: who is deputy of which congress, for which term and district,
 * at which station, in which group, from-to. A person may hold several at
 * once. Current means: begun, and not ended before today.
 */
#ifndef DB_MANDATE_H
#define DB_MANDATE_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"
#include "db/term.h"

struct mandate {
	struct mandate_id id;
	struct person_id person;
	int level; /* enum level */
	struct term_id term;
	struct district_id district; /* 0: none */
	struct unit_id unit;         /* the station's */
	struct station_id station;
	struct place_id place;      /* room or point; 0: none */
	struct deputy_group_id grp; /* 0: none */
	struct day from_on;
	struct day to_on; /* none: still held */
};

/* A mandate with the names that go with it. */
struct mandate_line {
	struct mandate_id id;
	struct person_id person;
	const char *name, *pinyin, *initials;
	int level; /* enum level */
	struct term_id term;
	int64_t term_number;
	struct station_id station;
	const char *station_name;
	struct deputy_group_id grp;
	const char *group_name; /* "" none */
	struct district_id district;
	const char *district_name; /* "" none */
	const char *place_name;    /* "" none */
	struct day from_on, to_on;
};

extern const struct entity entity_mandate;

/* A row of deputy_list: one person, however many mandates they hold. */
struct deputy_line {
	struct person_id person;
	const char *name, *pinyin, *job;
	bool county, town; /* levels held now */
	struct unit_id unit;
	const char *unit_name;
	struct station_id station;
	struct deputy_group_id grp; /* of the first mandate; 0: none */
	const char *group_name;     /* "" none */
	const char *place_name;     /* "" none */
};

enum deputy_list_filter {
	DEPUTY_LIST_UNIT,     /* number */
	DEPUTY_LIST_STATION,  /* number */
	DEPUTY_LIST_GROUP,    /* number */
	DEPUTY_LIST_DISTRICT, /* number */
	DEPUTY_LIST_LEVEL,    /* text: levels[].name */
	DEPUTY_LIST_FIND,     /* text of person_find_text */
	DEPUTY_LIST_FILTERS
};
enum deputy_list_order { DEPUTY_BY_PINYIN, DEPUTY_BY_STROKE };
extern const struct field deputy_line_fields[];
/* Those with a current mandate; a deputy sees those of their station. */
extern const struct list_spec deputy_list;

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int mandate_get(struct ctx *c, struct arena *a, struct mandate_id id,
                struct mandate *out) MUST_CHECK;
/* All of a person, newest first. */
int mandate_of_person(struct ctx *c, struct arena *a, struct person_id person,
                      struct mandate_line **rows, int *n) MUST_CHECK;
/* The current mandates of a station, by pinyin; of those only group's or
 * district's when not 0, and only one level's when level is not -1. */
int mandate_current(struct ctx *c, struct arena *a, struct station_id station,
                    struct deputy_group_id group, struct district_id district,
                    int level, struct mandate_line **rows, int *n) MUST_CHECK;
/* The current mandate under which a person signs in at a station: one of
 * that station before others, the town's before the county's.
 * ERR_NOT_FOUND: none is current. */
int mandate_for(struct ctx *c, struct arena *a, struct person_id person,
                struct station_id station, struct mandate *out) MUST_CHECK;

/* The mandate a person held on a day, chosen in the same way.
 * ERR_NOT_FOUND: none was held then. */
int mandate_on(struct ctx *c, struct arena *a, struct person_id person,
               struct station_id station, struct day day,
               struct mandate *out) MUST_CHECK;

/*
 * Enter a mandate: person, level, term, station; district, place and group
 * may be 0, from_on none is the term's first day. The unit is the
 * station's. Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_INVALID (c->faults: a
 * term or district of another level or unit, a day outside the term, a
 * town mandate in a unit without deputies of its own), ERR_EXISTS (the
 * person holds one of this level and term already).
 */
int mandate_add(struct ctx *c, const struct mandate *entry,
                struct mandate_id *id) MUST_CHECK;
/* Write district, room or point, and group of entry->id; the rest stays as
 * it was elected. Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_INVALID. Ending one
 * is db/leaving.h. */
int mandate_save(struct ctx *c, const struct mandate *entry) MUST_CHECK;

/* The deputies of a term at its end, by pinyin: each with whether they hold
 * a mandate of the term after it. */
struct reelection {
	struct mandate_id id; /* of the old term */
	struct person_id person;
	const char *name, *pinyin;
	const char *unit_name, *district_name, *group_name; /* "" none */
	bool again;
};
int reelection_list(struct ctx *c, struct arena *a, struct term_id old,
                    struct term_id next, struct reelection **rows,
                    int *n) MUST_CHECK;
/*
 * Enter who of the old term is elected again, in one event: each of keep
 * (mandates of the old term) gets one like it in the next, from its first
 * day; who has one and is not among them loses it, unless something stands
 * on it. added and dropped may be NULL. Errors: ERR_DENIED, ERR_NOT_FOUND
 * (a term, a mandate), ERR_DEPENDS, ERR_STATE (nothing to change).
 */
int reelection_save(struct ctx *c, struct term_id old, struct term_id next,
                    const struct mandate_id *keep, int n, int *added,
                    int *dropped) MUST_CHECK;

#endif
