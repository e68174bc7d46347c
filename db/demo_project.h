/*
 * The demo's livelihood projects: what its files share. The plan is made
 * before anything happens, so that it is known how many records follow
 * (db/demo_project_plan.c); db/demo_project.c and db/demo_ballot.c do it.
 */
#ifndef DB_DEMO_PROJECT_H
#define DB_DEMO_PROJECT_H

#include "db/ballot.h"
#include "db/demo_in.h"
#include "db/project.h"

/* --- words: db/demo_project_words.c ------------------------------------ */

enum { DEMO_IDEAS = 24, DEMO_STAGES = 3, DEMO_REMARKS = 8 };

struct demo_idea {
	const char *category;
	int unit_office, county_office; /* who leads; -1 */
	int stages;                     /* which of demo_stages */
	int budget;                     /* ten thousand yuan */
	const char *titles[2], *bodies[2];
};
extern const struct demo_idea demo_ideas[DEMO_IDEAS];
/* Milestones: three, four or five. */
struct demo_stage {
	const char *title;
	int weight;
};
extern const struct demo_stage demo_stages[DEMO_STAGES][5];
/* What a deputy finds or thinks, and what the lead unit replies. */
extern const char *const demo_remarks[DEMO_REMARKS][2];

/* --- the plan ----------------------------------------------------------- */

enum demo_project_what {
	DO_PROPOSE,
	DO_ACCEPT,
	DO_DECLINE,
	DO_MERGE,
	DO_SHORTLIST,
	DO_NOMINATE,
	DO_PLAN,
	DO_TEAM,
	DO_START,
	DO_MILESTONE, /* k: which */
	DO_REPORT,    /* k: the month */
	DO_ASK,       /* k: enum change_kind */
	DO_DECIDE,    /* k: approve */
	DO_CLAIM,
	DO_REJECT,
	DO_INSPECT,
	DO_RATE,     /* k: which of the team */
	DO_RATE_ALL, /* k: members of the assembly and the public */
	DO_CLOSE,
	DO_ARCHIVE,
	DO_SEND, /* k: which task */
	DO_TASK_ACCEPT,
	DO_REPLY,
	DO_SATISFIED,
	DO_AGAIN,
	DO_INSIST,
	DO_END,
	DO_PREPARE, /* of a ballot from here on */
	DO_FREEZE,
	DO_OPEN,
	DO_VOTE, /* k: which voter */
	DO_COUNT,
	DO_CONFIRM,
	DO_VOID
};

struct demo_project_turn {
	int64_t at;
	enum demo_project_what what;
	int i, k; /* the project or ballot; see above */
};

enum { DEMO_TEAM = 6, DEMO_TASKS = 4 };

struct demo_task {
	struct person_id person;
	const struct demo_activity *visit; /* of a finding */
	int remark;
	struct project_task_id id; /* while it runs */
};

struct demo_project {
	int unit, village, idea, words;
	int source; /* enum project_source */
	int year;
	struct person_id by;
	bool held, candidate, wins;
	int into; /* index of what it goes with; -1 */
	int fate; /* enum project_state: goes no further */
	struct day starts, ends, claims;
	int reached; /* milestones that are reached in time */
	bool tight;  /* reached when due, else with the report before */
	bool moved;  /* its end is put off */
	struct person_id team[DEMO_TEAM];
	int team_n, visits, task_n;
	struct demo_task tasks[DEMO_TASKS];
	struct project_id id; /* while it runs */
	bool shown;           /* led by the office that has an account */
};

struct demo_ballot {
	int unit, cycle, year;
	int first, n; /* its proposals */
	int kind, rule, votes;
	enum ballot_state fate;
	struct instant closes_at;
	/* While it runs. */
	struct ballot_id id;
	struct person_id *voters;
	int voter_n;
};

struct demo_projects {
	struct demo_project *all;
	int n, size;
	struct demo_ballot *ballots;
	int ballot_n;
	struct demo_project_turn *turns;
	int turn_n, turn_size;
	int records; /* duty records that follow */
	uint64_t dice;
};

/* Something at so many minutes of a day; false: not any more until now. */
bool demo_project_turn(struct demo *d, struct day day, int minutes,
                       enum demo_project_what what, int i, int k);
/* A deputy of the unit now, who was one then too. */
struct person_id demo_project_deputy(struct demo *d, int unit, struct day then);
/* What follows the ballot that project i won. */
void demo_project_course(struct demo *d, int i, struct day ballot, int cycle);
/* Milestone k of n: its day. */
struct day demo_project_due(const struct demo_project *p, int k);
int demo_project_stages(const struct demo_project *p);

/* One turn of a ballot. */
int demo_ballot_do(struct demo *d,
                   const struct demo_project_turn *turn) MUST_CHECK;
/* Who leads it. */
const struct demo_office *demo_project_lead(const struct demo *d,
                                            const struct demo_project *p);

#endif
