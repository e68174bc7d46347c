/*
 * Who takes part in an activity: invited, signed up or on leave, signed in
 * or absent. Signing in writes, in one event, the roll, the duty record and
 * the links; the counters follow.
 */
#ifndef DB_PARTICIPANT_H
#define DB_PARTICIPANT_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum participant_state {
	PARTICIPANT_INVITED,
	PARTICIPANT_SIGNED_UP,
	PARTICIPANT_LEAVE_ASKED,
	PARTICIPANT_LEAVE_GRANTED,
	PARTICIPANT_LEAVE_REFUSED,
	PARTICIPANT_SIGNED_IN,
	PARTICIPANT_LATE,
	PARTICIPANT_ABSENT
};

enum participant_step {
	PARTICIPANT_DO_SIGN_UP,       /* the deputy */
	PARTICIPANT_DO_ASK_LEAVE,     /* the deputy, with a reason */
	PARTICIPANT_DO_GRANT,         /* an officer */
	PARTICIPANT_DO_REFUSE,        /* an officer, with a reason */
	PARTICIPANT_DO_CHECK_IN,      /* the deputy, by code */
	PARTICIPANT_DO_CHECK_IN_LATE, /* the same after the grace */
	PARTICIPANT_DO_HAND,          /* by an officer, with a reason */
	PARTICIPANT_DO_HAND_LATE,
	PARTICIPANT_DO_MISS,   /* closing: was not there */
	PARTICIPANT_DO_LEAVE,  /* an officer: leave, said afterwards */
	PARTICIPANT_DO_INVITE, /* creation: participant_invite */
	PARTICIPANT_DO_RECORD, /* creation: participant_record */
	PARTICIPANT_DO_RECORD_LATE,
	PARTICIPANT_STEPS
};

/* By what way somebody signed in. */
enum way { WAY_NONE, WAY_PHONE, WAY_PIN, WAY_TERMINAL, WAY_HAND };

struct activity;

struct participant {
	struct participant_id id;
	struct activity_id activity;
	struct person_id person;
	struct mandate_id mandate;
	struct unit_id unit; /* the activity's, as the next three */
	struct station_id station;
	struct instant starts_at;
	int64_t month;
	int state; /* enum participant_state */
	bool walk_in;
	bool confirmed; /* false: a walk-in the officer has to confirm */
	int way;        /* enum way */
	struct code_id code;
	struct instant signed_at;
	const char *reason;
};

/* A row of participant_list. */
struct participant_line {
	struct participant_id id;
	struct activity_id activity;
	struct person_id person;
	const char *name, *pinyin;
	const char *level;      /* of the mandate: "county" or "town" */
	const char *group_name; /* "" none */
	int64_t mandates; /* current ones: 2 is a county and town deputy */
	int state;        /* enum participant_state */
	bool walk_in, confirmed;
	int way; /* enum way */
	struct instant signed_at;
	const char *reason;
};

extern const struct entity entity_participant;
extern const struct enum_name participant_states[];
extern const struct enum_name participant_ways[];
extern const struct field participant_line_fields[];

enum participant_list_filter {
	PARTICIPANT_LIST_ACTIVITY, /* number */
	PARTICIPANT_LIST_SIGNED,   /* number: activity; signed in or late */
	PARTICIPANT_LIST_WAITING,  /* number: activity; walk-ins to confirm */
	PARTICIPANT_LIST_STATE,    /* text: participant_states[].name */
	PARTICIPANT_LIST_FIND,     /* text: in the name, or initials begin so */
	PARTICIPANT_LIST_FILTERS
};
enum participant_list_order {
	PARTICIPANT_BY_ROLL,  /* as invited; with LIST_ACTIVITY */
	PARTICIPANT_BY_NEWEST /* newest sign-in first; with LIST_SIGNED */
};
extern const struct list_spec participant_list;

/* Whom to invite: all of these together, each person once. */
struct invite {
	const struct person_id *persons;
	int person_count;
	const struct deputy_group_id *groups;
	int group_count;
	bool county, town; /* the station's deputies of that level */
};

/* How many people an invitation means, for the form; not writing. */
int participant_count_invite(struct ctx *c, struct station_id station,
                             const struct invite *who, int64_t *n) MUST_CHECK;

/* Put on the roll of a draft, published or open activity. Those on it
 * already, and those without a current mandate, are left out; *added (may
 * be NULL) counts the new ones. Errors: ERR_DENIED, ERR_NOT_FOUND,
 * ERR_STATE, ERR_STORE. */
int participant_invite(struct ctx *c, struct activity_id activity,
                       const struct invite *who, int *added) MUST_CHECK;

/* Is this person on the activity's roll? Whoever asks. */
int participant_is_on(struct ctx *c, struct activity_id activity,
                      struct person_id person, bool *is) MUST_CHECK;

/* Enter somebody who was at an activity of the past, at or after its
 * beginning; the duty record is the caller's, as is the event. For imports.
 * Errors: ERR_DENIED, ERR_EXISTS (on the roll), ERR_STORE. */
int participant_record(struct ctx *c, const struct activity *activity,
                       struct person_id person, struct mandate_id mandate,
                       bool late) MUST_CHECK;

/* Take off the roll again; while nobody has signed in as them.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE. */
int participant_drop(struct ctx *c, struct participant_id id) MUST_CHECK;

int participant_get(struct ctx *c, struct arena *a, struct participant_id id,
                    struct participant *out) MUST_CHECK;
/* The acting person's place on the roll. ERR_NOT_FOUND: not invited. */
int participant_mine(struct ctx *c, struct arena *a,
                     struct activity_id activity,
                     struct participant *out) MUST_CHECK;

/* The deputy's own answer: SIGN_UP or ASK_LEAVE (reason).
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE, ERR_INVALID. */
int participant_answer(struct ctx *c, struct activity_id activity,
                       enum participant_step step,
                       const char *reason) MUST_CHECK;
/* An officer grants or refuses leave (reason for refusing). */
int participant_decide(struct ctx *c, struct participant_id id, bool grant,
                       const char *reason) MUST_CHECK;

/* What signing in did, for the sentence and the bell. */
struct check_in {
	struct participant_id participant;
	struct activity_id activity;
	const char *title;
	bool already; /* signed in before: nothing was written */
	bool late, walk_in;
	int64_t points; /* tenths, of this record alone */
	struct instant signed_at;
};

/*
 * The acting deputy signs in by the short code they typed (or a token);
 * full-width forms, case and blanks do not matter. One event writes the
 * roll, the duty record and the links. A deputy who was not invited is a
 * walk-in: counted at once, so that what the deputy sees on signing in is
 * what the totals say; the officer confirms it or refuses it, and refusing
 * strikes the sign-in out with all that followed. Already signed
 * in: OK with out->already, nothing written. out's strings live in a.
 * Errors: ERR_NOT_FOUND (no such code; counted as a try), ERR_LIMIT (too
 * many tries, also with a good code), ERR_EARLY, ERR_EXPIRED, ERR_REVOKED,
 * ERR_STATE (cancelled), ERR_DENIED (no current mandate), ERR_TURNED (what
 * the screen showed a while ago).
 */
int participant_check_in(struct ctx *c, struct arena *a, const char *text,
                         struct check_in *out) MUST_CHECK;
/* The same from a telephone or with a PIN (way), by the code's token, which
 * of a code that changes ends as its screen said when it was opened (0:
 * now). */
int participant_check_in_by(struct ctx *c, struct arena *a, enum way way,
                            const char *text, struct instant opened,
                            struct check_in *out) MUST_CHECK;

/* An officer signs a person in by hand, with a reason, while open or until
 * it is confirmed; a person not on the roll becomes a confirmed walk-in. */
int participant_check_in_by_hand(struct ctx *c, struct arena *a,
                                 struct activity_id activity,
                                 struct person_id person, bool late,
                                 const char *reason,
                                 struct check_in *out) MUST_CHECK;

/* The officer confirms a walk-in, or refuses it (reason): refusing strikes
 * out the sign-in with all that followed. */
int participant_confirm(struct ctx *c, struct participant_id id, bool yes,
                        const char *reason) MUST_CHECK;

/*
 * Correct the roll of an open, closed or confirmed activity, with a reason:
 * to is SIGNED_IN, LATE, ABSENT or LEAVE_GRANTED. From signed in or late the
 * sign-in event is struck out inside, so its record goes with it; to signed
 * in or late is a sign-in by hand inside.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE, ERR_INVALID (no reason).
 */
int participant_correct(struct ctx *c, struct participant_id id,
                        enum participant_state to,
                        const char *reason) MUST_CHECK;

#endif
