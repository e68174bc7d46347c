/*
 * Campaigns: the county issues one to units for some weeks, with goals; each
 * unit plans it, attaches its activities and sums it up (db/campaign_unit.h);
 * the county closes it. domain.md, "Activities and campaigns".
 */
#ifndef DB_CAMPAIGN_H
#define DB_CAMPAIGN_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum campaign_state { CAMPAIGN_ISSUED, CAMPAIGN_CLOSED, CAMPAIGN_CANCELLED };

enum campaign_step {
	CAMPAIGN_DO_CLOSE,  /* with the county's summary, if there is one */
	CAMPAIGN_DO_REOPEN, /* with a reason */
	CAMPAIGN_DO_CANCEL, /* with a reason */
	CAMPAIGN_DO_ISSUE,  /* creation: campaign_issue */
	CAMPAIGN_STEPS
};

enum {
	CAMPAIGN_TITLE_MAX = 60, /* characters */
	CAMPAIGN_TEXT_MAX = 4000,
	CAMPAIGN_REASON_MAX = 200
};

struct campaign {
	struct campaign_id id; /* the number people use */
	const char *title, *text, *goals;
	struct day from_on, to_on; /* both included */
	int state;                 /* enum campaign_state */
	const char *summary;       /* the county's, of its end */
	const char *reason;        /* of a reopening or cancelling */
	struct instant created_at;
	struct person_id created_by;
};

/* A row of campaign_list: the whole campaign in figures. */
struct campaign_line {
	struct campaign_id id;
	const char *title;
	struct day from_on, to_on;
	int state;
	int64_t units, planned, summed; /* units; that planned; summed up */
	int64_t activities;             /* attached, neither draft nor off */
	int64_t reached;                /* deputies who took part, by unit */
	int64_t own; /* enum campaign_unit_state of one's unit; -1 none */
};

extern const struct entity entity_campaign;
extern const struct enum_name campaign_states[];

enum campaign_list_filter {
	CAMPAIGN_LIST_STATE, /* text: campaign_states[].name */
	CAMPAIGN_LIST_TITLE, /* text: anywhere in the title */
	CAMPAIGN_LIST_YEAR,  /* number: begins in it */
	CAMPAIGN_LIST_FILTERS
};
/* Newest first; units see those issued to them. */
extern const struct list_spec campaign_list;

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int campaign_get(struct ctx *c, struct arena *a, struct campaign_id id,
                 struct campaign *out) MUST_CHECK;

/*
 * Issue a campaign (title, text, goals, from_on, to_on) to n units, or with
 * n 0 to all. Errors: ERR_DENIED, ERR_INVALID (c->faults), ERR_NOT_FOUND (a
 * unit), ERR_STORE ...
 */
int campaign_issue(struct ctx *c, const struct campaign *entry,
                   const struct unit_id *units, int n,
                   struct campaign_id *id) MUST_CHECK;

/* Write the same columns of entry->id, while it is issued.
 * Errors: as campaign_issue, ERR_STATE. */
int campaign_save(struct ctx *c, const struct campaign *entry) MUST_CHECK;

/* CLOSE (text: the summary, may be ""), REOPEN or CANCEL (text: the reason).
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE, ERR_INVALID. */
int campaign_fire(struct ctx *c, struct campaign_id id, enum campaign_step step,
                  const char *text) MUST_CHECK;

#endif
