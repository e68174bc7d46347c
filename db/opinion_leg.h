/*
 * Legs: an opinion on its way through one office. Several may run side by
 * side; when none is open any more the handling loop closes by itself.
 */
#ifndef DB_OPINION_LEG_H
#define DB_OPINION_LEG_H

#include "db/opinion.h"

enum leg_state {
	LEG_SENT,
	LEG_ACCEPTED,
	LEG_WORKING,
	LEG_REPLIED,
	LEG_RETURNED,
	LEG_CLOSED,
	LEG_STATES
};

enum leg_step {
	LEG_DO_SEND, /* creation: by routing */
	LEG_DO_ACCEPT,
	LEG_DO_RETURN,
	LEG_DO_PROGRESS,
	LEG_DO_ASK,   /* for time */
	LEG_DO_GRANT, /* once a matter */
	LEG_DO_DENY,
	LEG_DO_PAUSE,
	LEG_DO_RESUME,
	LEG_DO_REPLY,
	LEG_DO_CLOSE,
	LEG_DO_RESEND, /* by itself: handled again */
	LEG_STEPS
};

/* The two paths: the four platforms, and the direct channel. */
enum leg_path { PATH_PLATFORM, PATH_EXPRESS };

struct opinion_leg {
	struct opinion_leg_id id;
	struct opinion_id opinion;
	struct unit_id unit; /* the matter's, as station */
	struct station_id station;
	struct organ_id organ;
	int path;  /* enum leg_path */
	int state; /* enum leg_state */
	struct instant sent_at, accepted_at, replied_at;
	struct person_id sent_by;
	struct day promised_on; /* year 0: nothing was promised */
	int64_t asked_days;     /* more time asked for, undecided */
	struct instant paused_at;
	bool released; /* the office may open the contact */
	int result;    /* enum opinion_result */
	struct day warn_on, due_on;
};

/* A leg as the page of its opinion shows it. */
struct leg_line {
	struct opinion_leg_id id;
	struct organ_id organ;
	const char *name; /* the office's */
	int path, state;
	struct instant sent_at, accepted_at, replied_at, paused_at;
	struct day promised_on, warn_on, due_on;
	int64_t asked_days;
	bool released;
	int result;
	int64_t reports; /* of progress */
};

/* A row of opinion_leg_list: an office's inbox. */
struct leg_item {
	struct opinion_leg_id id;
	struct opinion_id opinion;
	const char *subject, *unit_name;
	struct instant sent_at;
	int state;
	struct day warn_on, due_on;
	struct instant paused_at;
	bool urgent;
};

extern const struct entity entity_opinion_leg, entity_opinion_pause;
extern const struct enum_name leg_states[], leg_paths[];
extern const struct field leg_item_fields[];

enum leg_list_filter {
	LEG_LIST_OPEN,  /* number, not 0: sent, accepted, working */
	LEG_LIST_STATE, /* text */
	LEG_LIST_TITLE, /* text: in the subject */
	LEG_LIST_FILTERS
};
enum leg_list_order { LEG_BY_DUE, LEG_BY_LATEST };
extern const struct list_spec opinion_leg_list;

int leg_get(struct ctx *c, struct arena *a, struct opinion_leg_id id,
            struct opinion_leg *out) MUST_CHECK;
/* Those of an opinion, in the order of their sending. An office sees its
 * own. */
int leg_list(struct ctx *c, struct arena *a, struct opinion_id id,
             struct leg_line **rows, int *n) MUST_CHECK;
/* The acting office's newest leg of an opinion. */
int leg_mine(struct ctx *c, struct arena *a, struct opinion_id id,
             struct opinion_leg *out) MUST_CHECK;

enum leg_wants {
	LEG_WANTS_WORDS = 1,
	LEG_WANTS_RESULT = 4, /* as WANTS_RESULT */
	LEG_WANTS_DAYS = 128,
	LEG_WANTS_PROMISE = 256 /* a day; may be none */
};

struct leg_act {
	struct opinion_leg_id id;
	int64_t version; /* of the opinion, as it was read */
	enum leg_step step;
	const char *words;
	int result;
	int64_t days;
	struct day promised_on;
};

unsigned leg_wants(enum leg_step step);
const char *leg_step_label(enum leg_step step); /* msgid */
int leg_offers(struct ctx *c, const struct opinion *o,
               const struct opinion_leg *leg, enum leg_step *steps, int max);
/* As opinion_act(); faults: words, result, days, promised_on. */
int leg_act(struct ctx *c, const struct leg_act *act) MUST_CHECK;

/* The days of o's open legs are o's, after they were computed again. */
int leg_due_again(struct ctx *c, const struct opinion *o) MUST_CHECK;
/* The days to accept of its sent legs, after the calendar was changed. */
int leg_accept_again(struct ctx *c, struct opinion_id id) MUST_CHECK;

/* Let the office open the citizen's contact, or no more. */
int leg_release(struct ctx *c, struct opinion_leg_id id,
                bool released) MUST_CHECK;

/* Inside an event: send o to an office (one that has replied has it again);
 * take those back that were returned; all that replied have it again, *n of
 * them. */
int leg_send(struct ctx *c, const struct opinion *o, struct organ_id organ,
             enum leg_path path) MUST_CHECK;
/* An answer of the past, inside an import's event: o was with an office. */
int leg_record(struct ctx *c, const struct opinion *o, struct organ_id organ,
               struct instant replied) MUST_CHECK;
int leg_close_returned(struct ctx *c, struct opinion_id id) MUST_CHECK;
int leg_resend(struct ctx *c, const struct opinion *o, int *n) MUST_CHECK;

#endif
