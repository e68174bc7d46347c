/*
 * Opinions: what a citizen said, from the first word to the end of both
 * loops. The handling loop is closed by an answer, the citizen's by a rating;
 * an opinion is closed only when both are. Whether it was solved is the
 * result, apart from the state. Who handles it where is db/opinion_leg.h,
 * its clocks db/opinion_clock.h. Source: domain.md, application 4.
 */
#ifndef DB_OPINION_H
#define DB_OPINION_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/opinion_clock.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum opinion_state {
	OPINION_HELD, /* by the rules against abuse */
	OPINION_NEW,
	OPINION_TRIAGE,
	OPINION_HANDLING, /* with one or several offices */
	OPINION_FEEDBACK, /* answered; the citizen is to be told */
	OPINION_AWAITING, /* told; the citizen may rate */
	OPINION_AGAIN,    /* dissatisfied for the first time */
	OPINION_ESCALATED,
	OPINION_MERGED,    /* goes with another */
	OPINION_CONVERTED, /* waits for the answer of what it became */
	OPINION_CLOSED,
	OPINION_DISCARDED,
	OPINION_STATES
};

enum opinion_step {
	OPINION_DO_RECEIVE, /* creation: opinion_add */
	OPINION_DO_HOLD,    /* the same, by the rules against abuse */
	OPINION_DO_FILE,    /* creation: opinion_record, of the past */
	OPINION_DO_RELEASE,
	OPINION_DO_DISCARD,
	OPINION_DO_TAKE,
	OPINION_DO_ANSWER, /* on the spot */
	OPINION_DO_REFUSE,
	OPINION_DO_MERGE,
	OPINION_DO_CONVERT,
	OPINION_DO_CONVERTED, /* what it became has its answer */
	OPINION_DO_ROUTE,
	OPINION_DO_HANDLED, /* by itself: no leg is open */
	OPINION_DO_RESEND,  /* by itself: handled again */
	OPINION_DO_TELL,
	OPINION_DO_SATISFIED,
	OPINION_DO_BASIC,
	OPINION_DO_DISSATISFIED,
	OPINION_DO_ESCALATE, /* dissatisfied once more */
	OPINION_DO_EXPIRE,   /* by the clock: no rating came */
	OPINION_DO_SUPERVISE,
	OPINION_DO_END,
	OPINION_DO_FOLLOW, /* by itself: what it was merged into is closed */
	OPINION_STEPS
};

enum opinion_source {
	SOURCE_PUBLIC,
	SOURCE_DESK,
	SOURCE_DEPUTY,
	SOURCE_ROBOT,
	SOURCE_MEETING,
	SOURCE_IMPORT
};

enum opinion_level { OPINION_OF_STATION, OPINION_OF_UNIT, OPINION_OF_COUNTY };

/* Classes A to D of what came of it. */
enum opinion_result {
	RESULT_NONE,
	RESULT_SOLVED,
	RESULT_PLANNED,
	RESULT_EXPLAINED,
	RESULT_REFERENCE
};

enum opinion_rating {
	RATING_NONE,
	RATING_SATISFIED,
	RATING_BASIC,
	RATING_DISSATISFIED,
	RATING_SILENT /* no answer in time: never counts as satisfied */
};

enum {
	OPINION_SUBJECT_MAX = 60, /* characters */
	OPINION_BODY_MAX = 20000,
	OPINION_WORDS_MAX = 4000, /* of an answer, a reply, a note */
	OPINION_VENUE_MAX = 60,
	OPINION_SENDER_MAX = 30,
	OPINION_REASON_MAX = 200,
	OPINION_OFFICES_MAX = 8, /* offices of one routing */
	OPINION_SECRET = 16      /* base32 characters, 80 random bits */
};

struct contact_entry;   /* db/contact.h */
struct attachment_file; /* db/attachment.h */

/* One opinion as stored. */
struct opinion {
	struct opinion_id id; /* the number people use */
	struct unit_id unit;  /* 0: the county itself */
	struct station_id station;
	struct place_id place;       /* room or point; 0: elsewhere */
	const char *venue;           /* landmark, in words */
	int source;                  /* enum opinion_source */
	const char *sender;          /* how to call them; no contact */
	struct person_id deputy;     /* whose code, or who wrote it down */
	struct person_id companion;  /* accompanies it; 0: the officers do */
	struct person_id reader;     /* the one deputy who sees it */
	struct activity_id activity; /* where it was raised; 0 */
	const char *subject, *body;
	const char *category; /* category_rule.name; "" none */
	int level;            /* enum opinion_level */
	bool urgent;
	int state;                /* enum opinion_state */
	int64_t round;            /* how often the citizen was dissatisfied */
	int result;               /* enum opinion_result */
	int rating;               /* enum opinion_rating */
	bool by_hand;             /* the rating was typed by staff */
	const char *reason;       /* of refusing, discarding, ending */
	const char *doubts;       /* names of enum doubt that had it held; "" */
	struct code_id code;      /* by which it came; 0 */
	struct opinion_id merged; /* into which; 0 */
	int64_t senders;          /* with those merged into it */
	struct instant received_at;
	struct person_id received_by; /* 0: the citizen */
	int64_t month;                /* of received_at */
	struct instant taken_at, handled_at, told_at, closed_at;
	int clock; /* enum opinion_clock_kind */
	struct instant clock_at;
	int64_t clock_days, extended;
	struct instant paused_at;
	struct day warn_on, due_on;
	int64_t version; /* how often anything of it was written */
	/* Of a new one only: how to reach who wrote it; NULL: nobody says. */
	const struct contact_entry *contact;
	const struct attachment_file *files; /* that came with it */
	int file_count;
};

extern const struct entity entity_opinion;
extern const struct enum_name opinion_states[], opinion_sources[];
extern const struct enum_name opinion_levels[], opinion_results[];
extern const struct enum_name opinion_ratings[], opinion_clocks[];

/* Whether a clock of its own ticks. */
bool opinion_ticks(const struct opinion *o);
/* Whether work is left: not closed, discarded or merged. */
bool opinion_is_open(int state);

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int opinion_get(struct ctx *c, struct arena *a, struct opinion_id id,
                struct opinion *out) MUST_CHECK;

/* A loop as the page shows it: runs, is closed after so many working days,
 * or has not begun. */
struct opinion_loop {
	bool runs, closed;
	int64_t took;               /* working days, when it is closed */
	struct clock_reading clock; /* when it runs */
	int64_t days;               /* it may take */
};

/* What the page of an opinion shows besides its own columns. */
struct opinion_page {
	struct opinion row;
	const char *unit_name, *place_name; /* "" none */
	const char *category_label; /* 城乡建设/市政设施/路灯 */
	const char *deputy_name, *companion_name, *receiver; /* "" none */
	struct opinion_loop handling, citizen;
	bool counted; /* the calendar has no row of its years: weekdays */
};
int opinion_page_get(struct ctx *c, struct arena *a, struct opinion_id id,
                     struct opinion_page *out) MUST_CHECK;

/* A row of opinion_list. */
struct opinion_line {
	struct opinion_id id;
	const char *subject, *unit_name, *venue;
	const char *category, *category_label, *category_label_en;
	struct instant received_at;
	int state, source, result, rating;
	int clock;
	struct day warn_on, due_on;
	struct instant paused_at;
	int64_t senders;
	bool urgent;
	const char *body; /* of opinion_words only */
};

extern const struct field opinion_line_fields[];

enum opinion_list_filter {
	OPINION_LIST_UNIT,     /* number */
	OPINION_LIST_STATE,    /* text: opinion_states[].name */
	OPINION_LIST_TURN,     /* number, ignored: the officers are to act */
	OPINION_LIST_MY_TURN,  /* number, ignored: the deputy is to act */
	OPINION_LIST_OVERDUE,  /* number, ignored */
	OPINION_LIST_SOON,     /* number, ignored: yellow or red */
	OPINION_LIST_CATEGORY, /* text: it or what is below it */
	OPINION_LIST_PLACE,    /* number */
	OPINION_LIST_SOURCE,   /* text */
	OPINION_LIST_RESULT,   /* text */
	OPINION_LIST_RATING,   /* text */
	OPINION_LIST_MONTH,    /* number: 202203 */
	OPINION_LIST_YEAR,     /* number: 2022 */
	OPINION_LIST_ACTIVITY, /* number: raised there */
	OPINION_LIST_INTO,     /* number: merged into that one */
	OPINION_LIST_TITLE,    /* text: anywhere in the subject */
	OPINION_LIST_SPAN,     /* number: months, 202201202203 */
	OPINION_LIST_BY_HAND,  /* number: 1 the rating was typed by staff */
	OPINION_LIST_FILTERS
};
/* Three lists with the same rows and filters, each of one order: all in
 * scope, newest first; work in hand, what is due first (TURN, MY_TURN,
 * OVERDUE and SOON are meant for it); matters with several senders, most
 * first. What an office has is opinion_leg_list. */
extern const struct list_spec opinion_list, opinion_inbox, opinion_hot;
/* The same with the citizen's words: for files, not for screens. */
extern const struct list_spec opinion_words, opinion_inbox_words,
    opinion_hot_words;

/* What a new form begins with: the acting hat's station, the day. */
void opinion_default(struct ctx *c, struct opinion *out);

/*
 * A new one from source, place, venue, sender, deputy, companion, activity,
 * subject, body, category, level, urgent, contact, files; unit 0: the acting
 * hat's, with a station of its own. A deputy's is theirs. An empty subject is
 * made of the first words. held: the rules against abuse keep it, entry->doubts
 * says why. secret (may be NULL) is told once: with the number it lets the
 * citizen follow it. Errors: ERR_DENIED, ERR_INVALID (c->faults), ERR_STORE ...
 */
int opinion_add(struct ctx *c, const struct opinion *entry, bool held,
                char secret[OPINION_SECRET + 1],
                struct opinion_id *id) MUST_CHECK;

/* Whether secret belongs to the opinion of that number, in constant time.
 * For liaison-auth. */
int opinion_secret_fits(struct ctx *c, struct opinion_id id, const char *secret,
                        bool *fits) MUST_CHECK;

/* One of the past, inside the caller's event: with answer (may be NULL) it
 * is closed at answered, else new. For imports. */
int opinion_record(struct ctx *c, const struct opinion *entry,
                   const char *answer, struct instant answered,
                   struct opinion_id *id) MUST_CHECK;

/* Write place, venue, category, level, urgent and companion of entry->id,
 * and the unit (with its station) for who sees both: sorting. entry->version
 * as it was read. Errors: as opinion_add, ERR_NOT_FOUND, ERR_STATE (closed),
 * ERR_CHANGED. */
int opinion_sort(struct ctx *c, const struct opinion *entry) MUST_CHECK;

/* What a step wants besides itself: a row of the table in opinion_act.c. */
enum opinion_wants {
	WANTS_WORDS = 1,      /* an answer, an explanation */
	WANTS_REASON = 2,     /* one line */
	WANTS_RESULT = 4,     /* enum opinion_result */
	WANTS_COMPANION = 8,  /* may be none */
	WANTS_OFFICES = 16,   /* and the path */
	WANTS_INTO = 32,      /* another opinion */
	WANTS_CONVERSION = 64 /* kind and title */
};

/* A step somebody takes by hand. */
struct opinion_act {
	struct opinion_id id;
	int64_t version; /* as it was read: two people do not both act */
	enum opinion_step step;
	const char *words, *reason;
	int result;
	struct person_id companion;
	int path; /* enum leg_path */
	struct organ_id offices[OPINION_OFFICES_MAX];
	int office_count;
	struct opinion_id into;
	int conversion; /* enum conversion_kind */
	const char *title;
	bool by_hand; /* of a rating: opinion_rate */
};

unsigned opinion_wants(enum opinion_step step);
/* The steps the acting person may take by hand now, in order. */
int opinion_offers(struct ctx *c, const struct opinion *o,
                   enum opinion_step *steps, int max);

/*
 * Take a step: one event with all that follows. Errors: ERR_DENIED,
 * ERR_NOT_FOUND, ERR_STATE (no such step from here), ERR_CHANGED (somebody
 * was quicker), ERR_INVALID (c->faults: words, reason, result, companion,
 * offices, into, title) ...
 */
int opinion_act(struct ctx *c, const struct opinion_act *act) MUST_CHECK;

/* In the caller's event: what it became has its answer, which is to be told.
 * Nothing when it is not CONVERTED any more. Errors: as opinion_act. */
int opinion_converted(struct ctx *c, struct opinion_id id,
                      enum opinion_result result, const char *words) MUST_CHECK;

/* The citizen rates, with words (needed when dissatisfied). by_hand: staff
 * types it, which never counts as satisfaction. Errors: as opinion_act. */
int opinion_rate(struct ctx *c, struct opinion_id id, int64_t version,
                 enum opinion_rating rating, const char *words,
                 bool by_hand) MUST_CHECK;

/* What is due by the clock: those nobody rated in time are closed. As
 * activity_tick(). */
int opinion_tick(struct ctx *c, int *changed) MUST_CHECK;

/* The stored days of every running clock again, after the calendar was
 * changed; in the caller's event. */
int opinion_clocks_again(struct ctx *c) MUST_CHECK;

#endif
