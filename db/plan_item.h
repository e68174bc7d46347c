/*
 * The yearly plan of a unit, which is its station's too, or of the county:
 * what is to be done by which month, who sees to it, how far it is.
 * Activities may count for an item (activity_attach).
 */
#ifndef DB_PLAN_ITEM_H
#define DB_PLAN_ITEM_H

#include "db/base/arena.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum {
	PLAN_TITLE_MAX = 60, /* characters */
	PLAN_OFFICE_MAX = 40,
	PLAN_DETAIL_MAX = 1000,
	PLAN_REASON_MAX = 200
};

enum plan_state { PLAN_PLANNED, PLAN_IN_PROGRESS, PLAN_DONE, PLAN_DROPPED };
enum plan_step {
	PLAN_DO_START,
	PLAN_DO_FINISH,
	PLAN_DO_DROP,
	PLAN_DO_REOPEN,
	PLAN_STEPS
};

struct plan_item {
	struct plan_item_id id;
	struct unit_id unit; /* 0: the county's */
	const char *title;
	int64_t month;      /* due in it: 202204 */
	const char *office; /* who sees to it */
	const char *detail;
	int state;          /* enum plan_state */
	const char *reason; /* why it was dropped or taken up again */
	int64_t version;    /* times saved */
};

/* A row of plan_list. */
struct plan_line {
	struct plan_item_id id;
	struct unit_id unit;
	const char *unit_name; /* "" the county */
	const char *title, *office;
	int64_t month;
	int state;          /* enum plan_state */
	int64_t activities; /* that count for it */
};

extern const struct entity entity_plan_item;
extern const struct enum_name plan_states[];
extern const struct field plan_item_fields[];
extern const struct field plan_line_fields[];

enum plan_list_filter {
	PLAN_LIST_YEAR,  /* number: 2022 */
	PLAN_LIST_UNIT,  /* number */
	PLAN_LIST_TITLE, /* text: anywhere in the title */
	PLAN_LIST_FILTERS
};
/* By the month it is due. */
extern const struct list_spec plan_list;

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int plan_item_get(struct ctx *c, struct arena *a, struct plan_item_id id,
                  struct plan_item *out) MUST_CHECK;

/* A year's items in scope by state; dropped ones are in no sum. */
struct plan_progress {
	int64_t planned, in_progress, done, dropped;
	int64_t late; /* due before this month and not done */
};
int plan_progress(struct ctx *c, int64_t year,
                  struct plan_progress *out) MUST_CHECK;

/* The activities that count for an item, newest first: number, title and
 * start of each, at most max; only those in scope. */
struct plan_activity {
	struct activity_id id;
	const char *title;
	struct instant starts_at;
	int state; /* enum activity_state */
};
int plan_item_activities(struct ctx *c, struct arena *a, struct plan_item_id id,
                         struct plan_activity **rows, int *n) MUST_CHECK;

/* From title, month, office, detail; the unit is the acting hat's. Errors:
 * ERR_DENIED, ERR_INVALID. */
int plan_item_add(struct ctx *c, const struct plan_item *entry,
                  struct plan_item_id *id) MUST_CHECK;
/* The same columns again, while it is not done or dropped. Errors: as
 * plan_item_add, ERR_NOT_FOUND, ERR_STATE, ERR_CHANGED (not of
 * entry->version any more). */
int plan_item_save(struct ctx *c, const struct plan_item *entry) MUST_CHECK;
/* A step; reason for DROP and REOPEN. Errors: ERR_DENIED, ERR_NOT_FOUND,
 * ERR_STATE, ERR_INVALID. */
int plan_item_fire(struct ctx *c, struct plan_item_id id, enum plan_step step,
                   const char *reason) MUST_CHECK;

#endif
