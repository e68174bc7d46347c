/*
 * Ballots: which candidates are carried out. The deputies of a town vote
 * (票决), the assembly of a subdistrict selects (票选). A list is frozen, then
 * open, closed, confirmed. Papers have no name and nothing that leads to one
 * (ballot_paper of the migration); who has voted has. Nobody reads a paper or
 * a count while it is open. Source: domain.md, application 5; design.md, the
 * store.
 */
#ifndef DB_BALLOT_H
#define DB_BALLOT_H

#include "db/ballot_count.h"
#include "db/project.h"

enum ballot_body { BALLOT_CONGRESS, BALLOT_ASSEMBLY };
enum ballot_state {
	BALLOT_DRAFT,
	BALLOT_FROZEN, /* list and voters stand */
	BALLOT_OPEN,
	BALLOT_CLOSED, /* counted */
	BALLOT_CONFIRMED,
	BALLOT_VOID,
	BALLOT_STATES
};
enum ballot_step {
	BALLOT_DO_PREPARE, /* creation */
	BALLOT_DO_FREEZE,
	BALLOT_DO_THAW, /* back to draft, before it is open */
	BALLOT_DO_OPEN,
	BALLOT_DO_CLOSE, /* counts */
	BALLOT_DO_CONFIRM,
	BALLOT_DO_VOID, /* with a reason; papers are gone */
	BALLOT_STEPS
};
enum {
	BALLOT_TITLE_MAX = 60,
	BALLOT_TELLERS_MAX = 60,
	BALLOT_REASON_MAX = 200
};

struct ballot {
	struct ballot_id id;
	struct unit_id unit;
	struct station_id station;
	int body; /* enum ballot_body: by the unit's kind */
	const char *title;
	int64_t year;
	struct activity_id activity; /* the meeting; 0 */
	int kind;                    /* enum ballot_kind */
	int64_t places;
	int rule; /* enum ballot_rule */
	int tie;  /* enum ballot_tie */
	const char *tellers;
	struct ballot_id again;
	int state; /* enum ballot_state */
	const char *reason;
	int outcome;      /* enum ballot_outcome */
	int64_t issued;   /* voters on the list */
	int64_t returned; /* papers; while it is open, who has voted */
	int64_t valid, invalid;
	struct instant closes_at; /* 0: by hand */
	struct instant frozen_at, opened_at, closed_at, confirmed_at;
	int64_t version;
};
struct ballot_option {
	struct ballot_option_id id;
	struct ballot_id ballot;
	struct project_id project;
	const char *title; /* the project's */
	int64_t position;
	int64_t yes, no, abstain; /* 0 until it is closed */
	int outcome;              /* enum option_outcome */
};
struct ballot_voter {
	struct ballot_voter_id id;
	struct ballot_id ballot;
	struct person_id person;
	struct mandate_id mandate;
	const char *name;
	bool voted;
};

extern const struct entity entity_ballot, entity_ballot_option;
extern const struct entity entity_ballot_voter;
extern const struct enum_name ballot_bodies[], ballot_states[];
extern const struct enum_name ballot_kinds[], ballot_rules[], ballot_ties[];
extern const struct enum_name ballot_outcomes[], option_outcomes[];

struct ballot_line {
	struct ballot_id id;
	const char *title, *unit_name;
	int64_t year, places, options, issued, returned;
	int state, outcome, body;
	struct instant opened_at, closed_at;
};
extern const struct field ballot_line_fields[];
enum ballot_list_filter {
	BALLOT_LIST_UNIT,  /* number */
	BALLOT_LIST_STATE, /* text */
	BALLOT_LIST_YEAR,  /* number */
	BALLOT_LIST_FILTERS
};
extern const struct list_spec ballot_list; /* newest first */

int ballot_get(struct ctx *c, struct arena *a, struct ballot_id id,
               struct ballot *out) MUST_CHECK;
int ballot_options(struct ctx *c, struct arena *a, struct ballot_id id,
                   struct ballot_option **rows, int *n) MUST_CHECK;
/* For who runs it: the list of voters by pinyin, with who has voted. */
int ballot_voters(struct ctx *c, struct arena *a, struct ballot_id id,
                  struct ballot_voter **rows, int *n) MUST_CHECK;
/* Whether the acting person is on the list, and has voted.
 * ERR_NOT_FOUND: is not. */
int ballot_mine(struct ctx *c, struct arena *a, struct ballot_id id,
                struct ballot_voter *out) MUST_CHECK;

/*
 * A ballot that a project was on, as the project's page tells of it. Who may
 * see the ballot learns of it as soon as the list is frozen, everybody else who
 * sees the project when the result is confirmed. yes, no, abstain and outcome
 * are what the ballot tells: 0 and OPTION_NONE until it is closed, and for ever
 * of one that does not stand.
 */
struct ballot_of_project {
	struct ballot_id id;
	const char *title;
	const char *meeting; /* the activity it was held at; "" */
	int body, kind, state;
	int ballot_outcome; /* enum ballot_outcome */
	struct instant closed_at;
	int64_t issued, returned;
	int64_t yes, no, abstain;
	int outcome;   /* enum option_outcome */
	bool may_open; /* the acting person sees the ballot itself */
};
/* All of one, oldest first. Errors: ERR_DENIED, ERR_STORE. */
int ballots_of_project(struct ctx *c, struct arena *a, struct project_id id,
                       struct ballot_of_project **rows, int *n) MUST_CHECK;
/* What it came to for the project, in words: the votes and the papers, why
 * there are none, or how far the ballot is. */
const char *ballot_told(struct arena *a, const struct ballot_of_project *b);
/* Are there counts: the ballot has a result. */
bool ballot_is_counted(int outcome);

/* What a new form begins with. */
void ballot_default(struct ctx *c, struct ballot *out);

/* title, year, kind, places, rule, tie, tellers, activity, closes_at and the
 * candidates in the order of the paper. body follows from the unit. Errors:
 * ERR_DENIED, ERR_INVALID (c->faults: title, places (not fewer than options),
 * projects: not CANDIDATE of the unit), ERR_STORE. */
int ballot_prepare(struct ctx *c, const struct ballot *entry,
                   const struct project_id *projects, int n,
                   struct ballot_id *id) MUST_CHECK;
int ballot_save(struct ctx *c, const struct ballot *entry,
                const struct project_id *projects, int n) MUST_CHECK;
/* A draft among the tied of a confirmed ballot, with the places left and the
 * same terms. Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE (nothing is tied),
 * ERR_EXISTS (there is one). */
int ballot_again(struct ctx *c, struct ballot_id id,
                 struct ballot_id *out) MUST_CHECK;
/* The candidates one can put on a new one: of the acting unit, by number. */
struct ballot_candidate {
	struct project_id id;
	const char *title;
};
int ballot_candidates(struct ctx *c, struct arena *a,
                      struct ballot_candidate **rows, int *n) MUST_CHECK;

/*
 * FREEZE makes the list of voters (who has a mandate of the town, an office in
 * the assembly, today; who loses it later may not vote, the list stays) and
 * moves the candidates; CLOSE counts, and drops the papers of what does not
 * stand; CONFIRM selects the projects and drops the papers: with picks, as
 * many as places are left, and a reason when the presidium decides a tie;
 * those tied for a further ballot, and all of one that does not stand, are
 * candidates again. VOID, with a reason, gives the candidates back. Errors:
 * ERR_DENIED, ERR_NOT_FOUND, ERR_STATE, ERR_CHANGED, ERR_INVALID (c->faults:
 * reason, picks; "": fewer than BALLOT_LEAST voters, a candidate that is none
 * any more, closes_at over).
 */
struct ballot_act {
	struct ballot_id id;
	int64_t version;
	enum ballot_step step;
	const char *reason;
	const struct project_id *picks; /* of the tied, by the presidium */
	int pick_count;
};
int ballot_act(struct ctx *c, const struct ballot_act *act) MUST_CHECK;

/*
 * Vote: marks is a character an option in the paper's order ('+', '-', '0').
 * One transaction: the paper, the voter's voted, a duty record for taking
 * part (a deputy's). Nothing of it is kept elsewhere. Errors: ERR_DENIED (not
 * on the list), ERR_NOT_FOUND (of another unit), ERR_EXISTS (has voted),
 * ERR_STATE (not open), ERR_EXPIRED (over), ERR_REVOKED (the mandate or the
 * office ended), ERR_INVALID (too many marks, not so many options).
 */
int ballot_vote(struct ctx *c, struct ballot_id id,
                const char *marks) MUST_CHECK;
/* Whether it could be now: the same errors but ERR_INVALID. */
int ballot_may_vote(struct ctx *c, struct ballot_id id) MUST_CHECK;
/* What each of these errors means here: a msgid sentence. */
const char *ballot_refusal(int err);
/* When the acting person voted. ERR_NOT_FOUND: they have not. */
int ballot_voted_at(struct ctx *c, struct ballot_id id,
                    struct instant *at) MUST_CHECK;

/* What is due by the clock: those over closes_at are closed. */
int ballot_tick(struct ctx *c, int *changed) MUST_CHECK;

/* What it is called: a vote of deputies, a selection by the assembly. A
 * msgid. */
const char *ballot_name(int body);

/* The printed record: title, rule, turnout, counts, result, tellers, as plain
 * text in the language in use; in a. Errors: ERR_STATE (not closed). */
int ballot_record(struct ctx *c, struct arena *a, struct ballot_id id,
                  const char **text) MUST_CHECK;

#endif
