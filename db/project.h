/*
 * Livelihood projects (民生实事项目): from a proposal through the pool and the
 * ballot to what was built and how people rate it. What is to be done by when
 * is db/project_plan.h, what the lead unit says of it db/project_report.h, who
 * supervises it db/project_task.h, who chooses it db/ballot.h. Source:
 * domain.md, application 5.
 */
#ifndef DB_PROJECT_H
#define DB_PROJECT_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum project_state {
	PROJECT_HELD,     /* by the rules against abuse */
	PROJECT_PROPOSED, /* to be looked at */
	PROJECT_POOL,
	PROJECT_SHORTLISTED,
	PROJECT_CANDIDATE,
	PROJECT_BALLOT, /* on a list that is frozen */
	PROJECT_SELECTED,
	PROJECT_PLANNED, /* milestones, budget, lead unit, leader */
	PROJECT_RUNNING,
	PROJECT_CLAIMED, /* the lead unit says that it is done */
	PROJECT_INSPECTED,
	PROJECT_RATED,
	PROJECT_ARCHIVED,
	PROJECT_DECLINED,
	PROJECT_MERGED,  /* goes with another proposal */
	PROJECT_STOPPED, /* by an approved change */
	PROJECT_STATES
};

enum project_step {
	PROJECT_DO_PROPOSE, /* creation: project_add */
	PROJECT_DO_HOLD,    /* the same, by the rules against abuse */
	PROJECT_DO_RELEASE,
	PROJECT_DO_ACCEPT, /* into the pool */
	PROJECT_DO_DECLINE,
	PROJECT_DO_MERGE,
	PROJECT_DO_SHORTLIST,
	PROJECT_DO_NOMINATE, /* candidate */
	PROJECT_DO_RETURN,   /* back to the pool */
	PROJECT_DO_FREEZE,   /* by its ballot */
	PROJECT_DO_UNFREEZE, /* the same: it is void */
	PROJECT_DO_SELECT,   /* the same */
	PROJECT_DO_NOT_SELECT,
	PROJECT_DO_PLAN,
	PROJECT_DO_START,
	PROJECT_DO_REPORT, /* db/project_report.h */
	PROJECT_DO_CLAIM,
	PROJECT_DO_REJECT, /* not done yet, with a reason */
	PROJECT_DO_INSPECT,
	PROJECT_DO_RATE, /* the ratings are enough; closes them */
	PROJECT_DO_ARCHIVE,
	PROJECT_DO_STOP, /* by an approved change */
	PROJECT_STEPS
};

enum project_source {
	PROJECT_BY_PUBLIC,
	PROJECT_BY_DEPUTY,
	PROJECT_BY_OFFICE,
	PROJECT_BY_STAFF,
	PROJECT_BY_OPINION,
	PROJECT_BY_IMPORT
};

enum {
	PROJECT_TITLE_MAX = 60,   /* characters */
	PROJECT_BODY_MAX = 20000, /* as an opinion's, which it may have been */
	PROJECT_WORDS_MAX = 2000, /* of a note, a report, a task */
	PROJECT_VENUE_MAX = 60,
	PROJECT_NAME_MAX = 40, /* who proposed it, who answers for it */
	PROJECT_REASON_MAX = 200,
	PROJECT_RESERVE_MAX = 30,
	PROJECT_BUDGET_MAX = 1000000000 /* yuan */
};

struct project {
	struct project_id id; /* the number people use */
	struct unit_id unit;
	int source;                /* enum project_source */
	struct person_id proposer; /* 0: nobody with an account */
	const char *proposed_by;   /* how to call them; no contact */
	struct organ_id organ;     /* the office that proposed it; 0 */
	struct conversion_id conversion;
	const char *reserve; /* number in the government's pool; "" */
	const char *title, *body, *category, *venue;
	int state;                /* enum project_state */
	const char *reason;       /* of holding, declining, stopping */
	struct project_id merged; /* into which; 0 */
	int64_t proposals;        /* with those merged into it */
	int64_t year;             /* proposed for; carried out in */
	struct organ_id lead;     /* 0: not decided */
	const char *leader;
	int64_t budget, spent; /* yuan */
	struct day starts_on, ends_on;
	int64_t done;     /* percent, of the last report */
	int64_t reported; /* its month; 0: none yet */
	bool published;   /* on the public pages */
	struct instant proposed_at, selected_at, claimed_at, inspected_at;
	struct instant rated_at, ended_at;
	struct day warn_on, due_on; /* of the next milestone */
	int64_t version;            /* how often anything of it was written */
};

extern const struct entity entity_project;
extern const struct enum_name project_states[], project_sources[];

/* Waits to be chosen; is carried out. Neither: it is over. */
bool project_is_candidate(int state);
bool project_is_open(int state);

/* By plan: green, yellow from warn_on, red after due_on; none when nothing is
 * planned or it is over. */
enum project_light {
	PROJECT_NO_LIGHT,
	PROJECT_GREEN,
	PROJECT_YELLOW,
	PROJECT_RED
};
enum project_light project_light(const struct ctx *c, int state,
                                 struct day warn_on, struct day due_on);

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int project_get(struct ctx *c, struct arena *a, struct project_id id,
                struct project *out) MUST_CHECK;

/* With the names a page shows. */
struct project_page {
	struct project row;
	const char *unit_name, *organ_name, *lead_name, *proposer_name;
	const char *category_label;
	const char *merged_title;
	struct opinion_id opinion; /* that it was converted from; 0 */
	int64_t team, tasks, tasks_open, visits; /* counts */
	int64_t satisfied, basic, dissatisfied;  /* deputies */
	int64_t public_satisfied, public_basic, public_dissatisfied;
};
int project_page_get(struct ctx *c, struct arena *a, struct project_id id,
                     struct project_page *out) MUST_CHECK;

/* A row of the lists. */
struct project_line {
	struct project_id id;
	const char *title, *unit_name, *lead_name, *category_label;
	const char *category_label_en;
	int source, state;
	int64_t year, proposals, budget, spent, done, reported;
	struct instant proposed_at;
	struct day warn_on, due_on;
	bool published;
	/* of project_pool_words only */
	const char *body, *category, *venue, *reserve;
};
extern const struct field project_line_fields[];

enum project_list_filter {
	PROJECT_LIST_UNIT,     /* number */
	PROJECT_LIST_STATE,    /* text: project_states[].name */
	PROJECT_LIST_YEAR,     /* number */
	PROJECT_LIST_SOURCE,   /* text */
	PROJECT_LIST_CATEGORY, /* text: it or what is below it */
	PROJECT_LIST_LATE,     /* number, ignored: red */
	PROJECT_LIST_SOON,     /* number, ignored: yellow or red */
	PROJECT_LIST_TITLE,    /* text: anywhere in the title */
	PROJECT_LIST_TEAM,     /* number: a person of its team */
	PROJECT_LIST_FILTERS
};
/* Three lists with the same rows and filters: all in scope, newest first;
 * proposals up to the ballot, newest first; being carried out, what is due
 * first. */
extern const struct list_spec project_list, project_pool, project_works;
/* project_pool with all that is exchanged with the reserve pool. */
extern const struct list_spec project_pool_words;

/* What a new form begins with. */
void project_default(struct ctx *c, struct project *out);

/*
 * A new proposal from unit, title, body, category, venue, year, proposed_by,
 * budget (a guess, may be 0), reserve; source, proposer and organ follow from
 * who acts. Errors: ERR_DENIED, ERR_INVALID (c->faults), ERR_EXISTS (reserve
 * is known), ERR_STORE ...
 */
int project_add(struct ctx *c, const struct project *entry,
                struct project_id *id) MUST_CHECK;
/* By somebody outside: source PUBLIC, held when reason is not "". In a system
 * context. */
int project_add_public(struct ctx *c, const struct project *entry,
                       const char *held, struct project_id *id) MUST_CHECK;
/* Inside the event of an opinion's conversion: the same words, linked. */
int project_add_converted(struct ctx *c, struct conversion_id conversion,
                          struct unit_id unit, const char *title,
                          const char *body, const char *category,
                          struct project_id *id) MUST_CHECK;
/* The project of a conversion. ERR_NOT_FOUND: it has none. */
int project_of_conversion(struct ctx *c, struct conversion_id conversion,
                          struct project_id *id) MUST_CHECK;

/* Write title, body, category, venue, year, budget, published of entry->id
 * as of entry->version. Errors: as project_add, ERR_STATE, ERR_CHANGED. */
int project_save(struct ctx *c, const struct project *entry) MUST_CHECK;

/* What a step wants besides itself: a row of the table in project_act.c. */
enum project_wants {
	PROJECT_WANTS_WORDS = 1,  /* kept as a note */
	PROJECT_WANTS_REASON = 2, /* one line, shown with the state */
	PROJECT_WANTS_INTO = 4,   /* another proposal of the unit */
	PROJECT_WANTS_PLAN = 8    /* lead, leader, budget, days, milestones */
};

enum { PROJECT_MILESTONES_MAX = 12 };

struct milestone_entry {
	const char *title;
	struct day due_on;
	int64_t weight; /* percent; all together 100 */
};

struct project_act {
	struct project_id id;
	int64_t version; /* as it was read */
	enum project_step step;
	const char *words, *reason;
	struct project_id into;
	/* the plan */
	struct organ_id lead;
	const char *leader;
	int64_t budget;
	struct day starts_on, ends_on;
	const struct milestone_entry *milestones;
	int milestone_count;
};

unsigned project_wants(enum project_step step);
/* The steps the acting person may take by hand now, in order. */
int project_offers(struct ctx *c, const struct project *p,
                   enum project_step *steps, int max);
/*
 * Take a step: one event with all that follows (a conversion's answer, when
 * it is declined, selected or rated). Errors: ERR_DENIED, ERR_NOT_FOUND,
 * ERR_STATE, ERR_CHANGED, ERR_INVALID (c->faults: words, reason, into, lead,
 * leader, budget, starts_on, ends_on, milestones).
 */
int project_act(struct ctx *c, const struct project_act *act) MUST_CHECK;

/*
 * Inside the event of a ballot: FREEZE, UNFREEZE, SELECT or NOT_SELECT, which
 * nobody takes by hand. year is the ballot's: what it selects is carried out
 * then; UNFREEZE leaves it. Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE.
 */
int project_by_ballot(struct ctx *c, struct project_id id,
                      enum project_step step, int64_t year) MUST_CHECK;

/* Proposals of the unit (any year) that look alike, most alike first: for the
 * form while it is typed, and for merging. Bounded work. */
struct project_alike {
	struct project_id id;
	const char *title;
	int state;
	int64_t year;
	int alike; /* percent */
};
int project_alike(struct ctx *c, struct arena *a, struct unit_id unit,
                  const char *title, const char *body, struct project_id not_it,
                  struct project_alike **rows, int *n) MUST_CHECK;

#endif
