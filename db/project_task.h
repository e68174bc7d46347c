/*
 * Supervising a project: its team of deputies, visits (activities that count
 * for it), what they find and what any deputy thinks, as tasks with a clock
 * for the lead unit, and how satisfied people are. Source: domain.md: "any
 * deputy may look at any project and send an opinion any time, one-to-one".
 */
#ifndef DB_PROJECT_TASK_H
#define DB_PROJECT_TASK_H

#include "db/project.h"

struct project_member {
	struct project_member_id id;
	struct project_id project;
	struct person_id person;
	const char *name;
	bool head;
	struct day from_on, to_on; /* to_on none: still */
	int64_t visits;            /* signed in to */
};
extern const struct entity entity_project_member;

int team_list(struct ctx *c, struct arena *a, struct project_id id,
              struct project_member **rows, int *n) MUST_CHECK;
/* The team becomes these deputies with that head, in one event: who is new
 * begins today, who is not in it any more ends. Errors: ERR_DENIED,
 * ERR_NOT_FOUND, ERR_STATE, ERR_INVALID (persons: no deputies of the unit;
 * head: not one of them). */
int team_set(struct ctx *c, struct project_id id,
             const struct person_id *persons, int n,
             struct person_id head) MUST_CHECK;

/* A visit: an activity of the unit that invites the team and counts for the
 * project (activity_subject kind "project"): its sign-ins stand in the
 * project's timeline. *activity is a draft or published as the unit's
 * activities are. Errors: as activity_add. */
struct project_visit {
	struct activity_id activity;
	const char *title;
	struct instant starts_at;
	int state; /* enum activity_state */
	int64_t came, findings;
};
int visit_add(struct ctx *c, struct project_id id, struct instant starts_at,
              const char *venue, struct activity_id *activity) MUST_CHECK;
int visit_list(struct ctx *c, struct arena *a, struct project_id id,
               struct project_visit **rows, int *n) MUST_CHECK;

enum task_kind { TASK_OPINION, TASK_FINDING };
enum task_state { TASK_SENT, TASK_ACCEPTED, TASK_REPLIED, TASK_CLOSED };
enum task_step {
	TASK_DO_SEND, /* creation: task_add */
	TASK_DO_ACCEPT,
	TASK_DO_REPLY,
	TASK_DO_CLOSE, /* the deputy rates the reply: satisfied or basically */
	TASK_DO_AGAIN, /* not satisfied, with words; once */
	TASK_DO_END,   /* by a head, with a reason */
	TASK_STEPS
};

struct project_task {
	struct project_task_id id;
	struct project_id project;
	struct unit_id unit;
	struct organ_id organ;
	struct person_id person;
	struct activity_id activity;
	int kind; /* enum task_kind */
	const char *words;
	int state; /* enum task_state */
	const char *reply;
	int64_t rounds;
	int rating; /* enum opinion_rating of NONE to DISSATISFIED */
	struct instant sent_at, replied_at, closed_at;
	struct day warn_on, due_on;
	int64_t version;
};
extern const struct entity entity_project_task;
extern const struct enum_name task_kinds[], task_states[];

struct task_line {
	struct project_task_id id;
	struct project_id project;
	const char *title, *name, *words, *organ_name, *unit_name;
	int kind, state, rating;
	struct instant sent_at;
	struct day warn_on, due_on;
};
extern const struct field task_line_fields[];
enum task_list_filter {
	TASK_LIST_PROJECT, /* number */
	TASK_LIST_STATE,   /* text */
	TASK_LIST_KIND,    /* text */
	TASK_LIST_UNIT,    /* number */
	TASK_LIST_FILTERS
};
/* Newest first; and what waits for the lead unit, due first. */
extern const struct list_spec task_list, task_inbox;

int task_get(struct ctx *c, struct arena *a, struct project_task_id id,
             struct project_task *out) MUST_CHECK;
/* By a deputy: an opinion on any project they see; a finding of a visit by
 * its team or who signed in. A duty record (once a project and day) follows.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE (it is over), ERR_INVALID. */
int task_add(struct ctx *c, const struct project_task *entry,
             struct project_task_id *id) MUST_CHECK;
int task_offers(struct ctx *c, const struct project_task *t,
                enum task_step *steps, int max);
/* words: the reply, why not satisfied, the reason. Errors: as project_act. */
int task_act(struct ctx *c, struct project_task_id id, int64_t version,
             enum task_step step, const char *words, int rating) MUST_CHECK;

/* A deputy's or assembly member's rating of an inspected project, changed as
 * they like until it is RATED; a duty record the first time. Grades are
 * enum opinion_rating. Errors: ERR_DENIED, ERR_STATE, ERR_INVALID. */
int project_rate(struct ctx *c, struct project_id id, int grade,
                 const char *words) MUST_CHECK;
/* The public's, without a name; in a system context. */
int project_rate_public(struct ctx *c, struct project_id id, int grade,
                        const char *words) MUST_CHECK;
extern const struct entity entity_project_rating;
/* Own rating; ERR_NOT_FOUND: none. */
int project_rating_mine(struct ctx *c, struct project_id id,
                        int *grade) MUST_CHECK;

#endif
