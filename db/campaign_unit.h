/*
 * A campaign in one unit: planned there, carried by the activities attached
 * to it, summed up, accepted by the county. How far it got is read from
 * counters that move with each sign-in, in the sign-in's own event.
 */
#ifndef DB_CAMPAIGN_UNIT_H
#define DB_CAMPAIGN_UNIT_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"

struct activity;

enum campaign_unit_state {
	CAMPAIGN_UNIT_ISSUED,
	CAMPAIGN_UNIT_PLANNED,
	CAMPAIGN_UNIT_UNDER_WAY,
	CAMPAIGN_UNIT_SUMMED_UP,
	CAMPAIGN_UNIT_CLOSED
};

enum campaign_unit_step {
	CAMPAIGN_UNIT_DO_PLAN,
	CAMPAIGN_UNIT_DO_START, /* by itself: the first activity is attached */
	CAMPAIGN_UNIT_DO_SUM_UP,
	CAMPAIGN_UNIT_DO_ACCEPT, /* the county */
	CAMPAIGN_UNIT_DO_RETURN, /* the county, with a reason */
	CAMPAIGN_UNIT_STEPS
};

struct campaign_unit {
	struct campaign_unit_id id;
	struct campaign_id campaign;
	struct unit_id unit;
	int state; /* enum campaign_unit_state */
	const char *plan;
	int64_t activities, deputies; /* planned: how many, people to reach */
	const char *summary;
	int64_t opinions, solved; /* gathered; problems: the unit's report */
	const char *reason;       /* of the last return */
};

/* The same with what it is called and how far it got. */
struct campaign_progress {
	struct campaign_unit_id id;
	struct campaign_id campaign;
	const char *title; /* the campaign's, as the next three */
	struct day from_on, to_on;
	int campaign_state;
	struct unit_id unit;
	const char *unit_name;
	int state;
	int64_t plan_activities, plan_deputies;
	int64_t activities; /* attached, without drafts and cancelled */
	int64_t attended;   /* sign-ins at them */
	int64_t reached;    /* deputies among those */
	int64_t people;     /* deputies the unit has now */
	int64_t opinions, solved;
};

extern const struct entity entity_campaign_unit;
extern const struct enum_name campaign_unit_states[];

/* Figures of row u of campaign_unit, from counters. */
#define CAMPAIGN_ACTIVITIES(u)                                                 \
	"coalesce((SELECT sum(n) FROM counter"                                 \
	"  WHERE what = 'campaign.activity' AND id = " u ".id"                 \
	"    AND period = 0 AND part NOT IN ('draft', 'cancelled')), 0)"
#define CAMPAIGN_REACHED(u)                                                    \
	"(SELECT count(*) FROM counter WHERE what = 'campaign.deputy'"         \
	"  AND id = " u ".id AND period = 0)"

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int campaign_unit_get(struct ctx *c, struct arena *a,
                      struct campaign_unit_id id,
                      struct campaign_unit *out) MUST_CHECK;
int campaign_progress_get(struct ctx *c, struct arena *a,
                          struct campaign_unit_id id,
                          struct campaign_progress *out) MUST_CHECK;
/* Unit by unit, in the units' order; whoever sees the campaign sees these
 * figures of all its units (sideways: counters only). */
int campaign_units(struct ctx *c, struct arena *a, struct campaign_id id,
                   struct campaign_progress **rows, int *n) MUST_CHECK;

/* Those that an activity of the unit can be attached to now: planned or under
 * way in a campaign that is not closed. unit 0: all in scope. */
int campaign_open_list(struct ctx *c, struct arena *a, struct unit_id unit,
                       struct campaign_progress **rows, int *n) MUST_CHECK;

/* Write or change the plan: plan, activities, deputies of entry->id, until it
 * is summed up. Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE, ERR_INVALID. */
int campaign_plan(struct ctx *c, const struct campaign_unit *entry) MUST_CHECK;

/* Write the closing summary: summary, opinions, solved of entry->id, which is
 * under way; or change it until it is accepted. Errors: as campaign_plan. */
int campaign_sum_up(struct ctx *c,
                    const struct campaign_unit *entry) MUST_CHECK;

/* The county accepts the summary, or sends it back with a reason.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE, ERR_INVALID. */
int campaign_answer(struct ctx *c, struct campaign_unit_id id, bool accept,
                    const char *reason) MUST_CHECK;

/* --- its activities (db/campaign_attach.c) ---------------------------- */

/* Attach an activity of the same unit; it then counts, also what it was
 * before. The first one sets the unit's campaign under way.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE, ERR_EXISTS (it counts for a
 * campaign already), ERR_INVALID (not within the campaign's days). */
int campaign_attach(struct ctx *c, struct campaign_unit_id id,
                    struct activity_id activity) MUST_CHECK;
int campaign_detach(struct ctx *c, struct campaign_unit_id id,
                    struct activity_id activity) MUST_CHECK;

/* The same inside the event of an activity that is prepared or saved: from
 * what it counted for (0: nothing) to row->campaign. */
int campaign_follow(struct ctx *c, struct campaign_unit_id from,
                    const struct activity *row) MUST_CHECK;

struct campaign_activity {
	struct activity_id id;
	const char *title, *venue;
	struct instant starts_at;
	int state; /* enum activity_state */
	int64_t present, total;
};
/* Its activities, the newest number first, at most max. */
int campaign_activities(struct ctx *c, struct arena *a,
                        struct campaign_unit_id id, int max,
                        struct campaign_activity **rows, int *n) MUST_CHECK;
/* Activities of the unit within the campaign's days that count for none. */
int campaign_candidates(struct ctx *c, struct arena *a,
                        struct campaign_unit_id id, int max,
                        struct campaign_activity **rows, int *n) MUST_CHECK;

struct campaign_person {
	struct person_id person;
	const char *name, *group_name;
	int64_t times; /* took part */
};
/* The unit's deputies with how often they took part: those it did not reach
 * yet first. Not for a deputy: ERR_DENIED. */
int campaign_people(struct ctx *c, struct arena *a, struct campaign_unit_id id,
                    struct campaign_person **rows, int *n) MUST_CHECK;

#endif
