/*
 * Activities: prepared, published with a code, open for signing in while
 * the clock says so, closed, confirmed, archived. Who takes part is
 * db/participant.h, the codes db/code.h, what follows db/duty_record.h.
 */
#ifndef DB_ACTIVITY_H
#define DB_ACTIVITY_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

struct invite; /* db/participant.h */

enum activity_state {
	ACTIVITY_DRAFT,
	ACTIVITY_PUBLISHED,
	ACTIVITY_OPEN,
	ACTIVITY_CLOSED,
	ACTIVITY_CONFIRMED,
	ACTIVITY_ARCHIVED,
	ACTIVITY_CANCELLED
};

/* Steps, in the order F2 offers them. */
enum activity_step {
	ACTIVITY_DO_PUBLISH,
	ACTIVITY_DO_OPEN,
	ACTIVITY_DO_CLOSE,
	ACTIVITY_DO_CONFIRM,
	ACTIVITY_DO_ARCHIVE,
	ACTIVITY_DO_REOPEN, /* confirmed or archived, back to closed */
	ACTIVITY_DO_CANCEL,
	ACTIVITY_DO_ADD,    /* creation: activity_add */
	ACTIVITY_DO_RECORD, /* creation: activity_record */
	ACTIVITY_DO_FILE,   /* the same, archived at once */
	ACTIVITY_STEPS
};

enum {
	ACTIVITY_TITLE_MAX = 60, /* characters */
	ACTIVITY_VENUE_MAX = 60,
	ACTIVITY_TEXT_MAX = 4000, /* agenda, minutes */
	ACTIVITY_REASON_MAX = 200,
	ACTIVITY_WINDOW_MAX = 1440, /* minutes before and after */
	ACTIVITY_WINDOW = 30        /* what a new form begins with */
};

/* One activity as stored; entity_activity.fields describes it. */
struct activity {
	struct activity_id id; /* the number people use */
	struct unit_id unit;
	struct station_id station;
	const char *title;
	const char *kind;      /* activity_kind.name */
	struct place_id place; /* room or point; 0: elsewhere */
	const char *venue; /* in words; the place's name when there is one */
	struct instant starts_at, ends_at;
	int64_t month;          /* of starts_at: 202203 */
	int64_t before_minutes; /* sign-in opens so long before starts_at */
	int64_t after_minutes;  /* and closes so long after ends_at */
	bool rotates;           /* the code changes on the screen */
	const char *agenda, *minutes;
	int state;          /* enum activity_state */
	const char *reason; /* of a cancelling or reopening */
	struct instant created_at;
	struct person_id created_by;
	int64_t version; /* how often it was saved */
	/* The campaign it counts for (db/campaign_unit.h); 0: none. Not a
	 * column: a row of activity_subject. */
	struct campaign_unit_id campaign;
};

/* How many participants stand in which state; read from counters. */
struct roll {
	int64_t invited, signed_up, leave_asked, leave_granted, leave_refused;
	int64_t signed_in, late, absent;
	int64_t walk_ins, waiting; /* walk-ins in all, of them to confirm */
	int64_t total;             /* all above but the walk-in lines */
	int64_t present;           /* signed in or late */
};

/* What the page of an activity shows besides its own columns. */
struct activity_page {
	struct activity row;
	const char *unit_name, *station_name;
	const char *kind_label, *kind_label_en;
	const char *place_name; /* "" none */
	const char *creator;    /* "" the system */
	struct roll roll;
	struct instant opens_at, shuts_at; /* the sign-in window */
};

/* A row of activity_list. */
struct activity_line {
	struct activity_id id;
	struct unit_id unit;
	const char *unit_name;
	const char *title;
	const char *kind, *kind_label, *kind_label_en;
	const char *venue;
	struct instant starts_at, ends_at;
	int state;              /* enum activity_state */
	int64_t present, total; /* signed in or late, of all on the roll */
	int64_t waiting;        /* walk-ins to confirm */
	int64_t mine; /* enum participant_state of the acting person; -1 none */
};

extern const struct entity entity_activity;
extern const struct enum_name activity_states[];
extern const struct field activity_line_fields[];

enum activity_list_filter {
	ACTIVITY_LIST_UNIT,     /* number */
	ACTIVITY_LIST_STATION,  /* number */
	ACTIVITY_LIST_KIND,     /* text: activity_kind.name */
	ACTIVITY_LIST_STATE,    /* text: activity_states[].name */
	ACTIVITY_LIST_YEAR,     /* number: 2022 */
	ACTIVITY_LIST_MONTH,    /* number: 202203 */
	ACTIVITY_LIST_FROM,     /* number: starts at this instant or later */
	ACTIVITY_LIST_UNTIL,    /* number: starts before this instant */
	ACTIVITY_LIST_TITLE,    /* text: anywhere in the title */
	ACTIVITY_LIST_MINE,     /* number: person on the roll */
	ACTIVITY_LIST_WALK_INS, /* number, not 0: walk-ins wait */
	ACTIVITY_LIST_LEAVE,    /* number, not 0: leave was asked for */
	ACTIVITY_LIST_FILTERS
};

enum activity_list_order {
	ACTIVITY_BY_LATEST, /* newest start first */
	ACTIVITY_BY_START   /* oldest first: what comes next */
};

/* All activities in scope. A deputy sees those they are on the roll of;
 * for deputies use activity_mine_list, which walks their own index. */
extern const struct list_spec activity_list;
extern const struct list_spec activity_mine_list;

/* Kinds of activity as they are today (db/rule.h), in their order. */
struct activity_kind {
	const char *name, *label, *label_en;
	const char *duty;                      /* duty_kind.name */
	int64_t before_minutes, after_minutes; /* the form begins with them */
	bool in_use; /* else only older activities are of it */
};
int activity_kind_list(struct ctx *c, struct arena *a,
                       struct activity_kind **kinds, int *n) MUST_CHECK;

/* label or label_en, as the language of the process is. */
const char *activity_kind_label(const char *label, const char *label_en);

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int activity_get(struct ctx *c, struct arena *a, struct activity_id id,
                 struct activity *out) MUST_CHECK;
int activity_page_get(struct ctx *c, struct arena *a, struct activity_id id,
                      struct activity_page *out) MUST_CHECK;
int activity_roll(struct ctx *c, struct activity_id id,
                  struct roll *out) MUST_CHECK;

/* What a new form begins with: the acting hat's unit and station, the next
 * half hour for two hours, the usual window: published at once, the sign-in
 * is open at once. Strings are static. */
void activity_default(struct ctx *c, struct activity *out);

/* The entry's own checks, each a fault of its field, without writing:
 * ERR_INVALID when there are any. A start in the past is allowed. */
int activity_check(struct ctx *c, const struct activity *entry) MUST_CHECK;

/*
 * A new activity from title, kind, place, venue, starts_at, ends_at, the
 * two minutes, rotates, agenda, campaign, station (0: the acting hat's). who
 * (may be NULL) is invited and publish publishes in the same event. The
 * station's unit is its unit. Errors: ERR_DENIED, ERR_INVALID (c->faults),
 * ERR_STATE (the campaign takes none), ERR_STORE ...
 */
int activity_add(struct ctx *c, const struct activity *entry,
                 const struct invite *who, bool publish,
                 struct activity_id *id) MUST_CHECK;

/* Enter an activity of the past as it ended, in entry->state (confirmed or
 * archived): no code, no invitation. Inside the caller's event, for imports.
 * Errors: as activity_add. */
int activity_record(struct ctx *c, const struct activity *entry,
                    struct activity_id *id) MUST_CHECK;

/* Write the same columns of entry->id again, and minutes; until the sign-in
 * has closed (minutes until archived). A moved time moves the code's window.
 * Errors: as activity_add, ERR_NOT_FOUND, ERR_STATE, ERR_CHANGED (it is no
 * more of entry->version: somebody saved it meanwhile). */
int activity_save(struct ctx *c, const struct activity *entry) MUST_CHECK;

/* The version that is there now, for whoever saves over it on purpose.
 * Errors: as activity_get. */
int activity_version(struct ctx *c, struct activity_id id,
                     int64_t *version) MUST_CHECK;

/*
 * Take a step by hand. Publishing mints the code; closing marks those not
 * signed in as absent; confirming is refused while leave is asked or a
 * walk-in waits (ERR_INVALID with a sentence in c->faults). reason: for
 * CANCEL and REOPEN, else "". fsm_offers(c, &entity_activity, ...) says
 * what F2 may offer; struct edge.wants_reason when to ask.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE, ERR_INVALID ...
 */
int activity_fire(struct ctx *c, struct activity_id id, enum activity_step step,
                  const char *reason) MUST_CHECK;

/*
 * What is due by the clock: opens activities whose window has begun, closes
 * those whose window is over, as the system. Cheap when nothing is due: two
 * index searches. Call it before showing or using activities.
 * *changed (may be NULL): how many moved.
 */
int activity_tick(struct ctx *c, int *changed) MUST_CHECK;

/* The further records an activity counts for (a campaign, a project, a
 * supervision item): signing in appears in their timelines too. */
int activity_attach(struct ctx *c, struct activity_id id, enum entity_kind kind,
                    int64_t subject) MUST_CHECK;

#endif
