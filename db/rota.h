/*
 * The rota: which deputy receives people on which day at which place. A
 * month is filled from a rule, the deputies in turn. Announcing a day makes
 * its reception, an activity of the kind "reception" with those on the rota
 * invited: code, sign-in, roll, duty records, minutes and the steps from
 * draft to archive are the activity's (db/activity.h), the matters raised
 * db/matter.h.
 */
#ifndef DB_ROTA_H
#define DB_ROTA_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum { ROTA_REASON_MAX = 100, ROTA_PER_DAY_MAX = 10 };

enum rota_state { ROTA_DUE, ROTA_ABSENT };
enum rota_step { ROTA_DO_MISS, ROTA_DO_BACK, ROTA_STEPS };

/* The kind of activity that a reception is. */
#define RECEPTION_KIND "reception"

struct rota {
	struct rota_id id;
	struct unit_id unit;
	struct station_id station;
	struct place_id place; /* 0: the station itself */
	struct person_id person;
	struct mandate_id mandate;
	struct instant starts_at, ends_at;
	int64_t month;               /* of starts_at: 202203 */
	int state;                   /* enum rota_state */
	const char *reason;          /* of the absence */
	struct activity_id activity; /* its reception; 0: not announced */
};

/* A row of rota_list. */
struct rota_line {
	struct rota_id id;
	struct unit_id unit;
	struct station_id station;
	const char *station_name;
	const char *place_name; /* "" the station itself */
	struct person_id person;
	const char *name;
	const char *group_name; /* "" none */
	struct instant starts_at, ends_at;
	int state; /* enum rota_state */
	const char *reason;
	struct activity_id activity; /* 0: not announced */
	bool attended;               /* signed in to it */
	bool cancelled;              /* it was */
};

extern const struct entity entity_rota;
extern const struct enum_name rota_states[];
extern const struct field rota_line_fields[];

enum rota_list_filter {
	ROTA_LIST_STATION, /* number */
	ROTA_LIST_MONTH,   /* number: 202203 */
	ROTA_LIST_FROM,    /* number: begins at this instant or later */
	ROTA_LIST_FILTERS
};
enum rota_list_order { ROTA_BY_DAY, ROTA_BY_LATEST };
/* A deputy sees their own days. */
extern const struct list_spec rota_list;

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int rota_get(struct ctx *c, struct arena *a, struct rota_id id,
             struct rota *out) MUST_CHECK;

/* "Every second Tuesday, two of the first group, in turn." */
struct rota_rule {
	struct station_id station;
	struct deputy_group_id group; /* 0: all deputies of the station */
	struct place_id place;        /* 0: the station itself */
	int64_t month;                /* 202203 */
	int64_t weekday;              /* 0 Sunday .. 6 */
	int64_t nth;      /* 1..5: only the month's nth such day; 0: each */
	int64_t per_day;  /* deputies a day */
	int starts, ends; /* minutes after midnight */
};

/*
 * Fill the days of a month that the rule names, from today on, each that is
 * not filled yet: those come first whose last day on the rota is longest
 * ago. *days: how many were filled.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_INVALID (c->faults).
 */
int rota_fill(struct ctx *c, const struct rota_rule *rule,
              int *days) MUST_CHECK;

/* Put one deputy on: station, place, person, starts_at, ends_at. Errors: as
 * rota_fill, ERR_EXISTS (on the rota at that time already). */
int rota_add(struct ctx *c, const struct rota *entry,
             struct rota_id *id) MUST_CHECK;
/* Take off again. Errors: ERR_STATE (announced). */
int rota_drop(struct ctx *c, struct rota_id id) MUST_CHECK;

/* Two deputies of a station change places. Errors: ERR_STATE (one of the
 * two is announced or absent, or it is the same hour), ERR_EXISTS. */
int rota_swap(struct ctx *c, struct rota_id a, struct rota_id b) MUST_CHECK;

/* MISS: cannot come, with a reason; whoever was invited to the announced
 * reception and has not signed in is taken off its roll in the same event.
 * BACK: can come after all; is invited again. Errors: ERR_STATE,
 * ERR_INVALID (no reason). */
int rota_fire(struct ctx *c, struct rota_id id, enum rota_step step,
              const char *reason) MUST_CHECK;

/* Announce the reception of a row's day and place: everyone on it at that
 * hour who is not absent is invited, the code is made, all in one event.
 * Errors: ERR_STATE (announced, or nobody is left), as activity_add. */
int rota_announce(struct ctx *c, struct rota_id id,
                  struct activity_id *activity) MUST_CHECK;

#endif
