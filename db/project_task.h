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
	int state;    /* enum activity_state */
	int64_t came; /* signed in, late too */
};
int visit_add(struct ctx *c, struct project_id id, struct instant starts_at,
              const char *venue, struct activity_id *activity) MUST_CHECK;
/* The project an activity counts for. ERR_NOT_FOUND: none, or not seen. */
int visit_project(struct ctx *c, struct arena *a, struct activity_id id,
                  struct project *out) MUST_CHECK;
/* May the acting person send findings of this visit now? OK, else as
 * task_add. */
int visit_may_find(struct ctx *c, struct activity_id id,
                   struct project_id project) MUST_CHECK;
/* Those that the acting person sees, the newest first; in a. ERR_DENIED. */
int visit_list(struct ctx *c, struct arena *a, struct project_id id,
               struct project_visit **rows, int *n) MUST_CHECK;

enum task_kind { TASK_OPINION, TASK_FINDING };
enum task_state {
	TASK_SENT,
	TASK_ACCEPTED,
	TASK_REPLIED,
	TASK_DISPUTED, /* not satisfied twice: a head's */
	TASK_CLOSED
};
enum task_step {
	TASK_DO_SEND, /* creation: task_add */
	TASK_DO_ACCEPT,
	TASK_DO_REPLY,
	TASK_DO_CLOSE,  /* the deputy rates the reply: satisfied or basically */
	TASK_DO_AGAIN,  /* not satisfied, with words; once */
	TASK_DO_INSIST, /* not satisfied again, with words */
	TASK_DO_END,    /* by a head, with a reason */
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
	int state;               /* enum task_state */
	const char *reply;       /* the last one; "" none yet */
	const char *first_reply; /* which did not satisfy; "" */
	const char *again;       /* why not, as last said; "" */
	const char *reason;      /* of a head's ending it; "" */
	int64_t rounds;          /* how often not satisfied */
	int rating; /* enum opinion_rating of NONE to DISSATISFIED */
	struct instant sent_at, clock_at, replied_at, closed_at;
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
	TASK_LIST_OVERDUE, /* number, ignored */
	TASK_LIST_SOON,    /* number, ignored: or overdue */
	TASK_LIST_FILTERS
};
/* Newest first; and what waits for the lead unit, due first. A deputy's are
 * their own. */
extern const struct list_spec task_list, task_inbox;

int task_get(struct ctx *c, struct arena *a, struct project_task_id id,
             struct project_task *out) MUST_CHECK;
/* The names that go with it. */
int task_names(struct ctx *c, struct arena *a, struct project_task_id id,
               struct task_line *out) MUST_CHECK;
/* How many of a project the acting person sees, and of them not closed: that
 * a deputy sent an opinion is nobody else's to know. */
int task_count(struct ctx *c, struct project_id id, int64_t *all,
               int64_t *open) MUST_CHECK;
/* The newest of a project that the acting person sees: of other deputies
 * findings only. */
int task_of_project(struct ctx *c, struct arena *a, struct project_id id,
                    int max, struct task_line **rows, int *n) MUST_CHECK;
/* From project, kind, activity (of a finding) and words, by a deputy: an
 * opinion on any project they see; a finding of a visit by the team or who
 * signed in. A duty record follows: of opinions once a project and day, of
 * findings once a visit. Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE (the
 * project is over, the visit has not begun), ERR_INVALID (words). */
int task_add(struct ctx *c, const struct project_task *entry,
             struct project_task_id *id) MUST_CHECK;
int task_offers(struct ctx *c, const struct project_task *t,
                enum task_step *steps, int max);
const char *task_step_label(enum task_step step); /* msgid */
/* rating: SATISFIED or BASIC, of TASK_DO_CLOSE. Errors: as project_act
 * (c->faults: words, rating). */
int task_act(struct ctx *c, struct project_task_id id, int64_t version,
             enum task_step step, const char *words, int rating) MUST_CHECK;

/* The clocks of those that wait again, after the calendar was changed. */
int task_clocks_again(struct ctx *c) MUST_CHECK;

/* A deputy's or assembly member's rating of an inspected project, changed as
 * they like until it is RATED; a duty record the first time. Grades are
 * enum opinion_rating. Errors: ERR_DENIED, ERR_STATE, ERR_INVALID. */
int project_rate(struct ctx *c, struct project_id id, int grade,
                 const char *words) MUST_CHECK;
/* The public's, without a name; in a system context. */
int project_rate_public(struct ctx *c, struct project_id id, int grade,
                        const char *words) MUST_CHECK;
struct project_rating {
	struct project_rating_id id;
	struct project_id project;
	struct person_id person; /* 0: the public */
	int grade;               /* enum opinion_rating */
	const char *words;
	struct instant at;
};
extern const struct entity entity_project_rating;
/* The acting person's own; ERR_NOT_FOUND: none. */
int project_rating_mine(struct ctx *c, struct arena *a, struct project_id id,
                        struct project_rating *out) MUST_CHECK;
/* The newest with words, of those the acting person may read. */
int project_rating_words(struct ctx *c, struct arena *a, struct project_id id,
                         int max, struct project_rating **rows,
                         int *n) MUST_CHECK;

#endif
