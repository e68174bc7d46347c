/*
 * The demo's opinions: what people say, the course each takes, and the single
 * turns of it in the order of the clock. db/demo_opinion_plan.c decides it
 * all beforehand, so that it is known how many records follow;
 * db/demo_opinion.c does it.
 */
#ifndef DB_DEMO_OPINION_H
#define DB_DEMO_OPINION_H

#include "db/demo_in.h"
#include "db/opinion.h"

/* Offices of a unit and of the county, by their index in the demo. */
enum { OFFICE_SOCIAL, OFFICE_WORKS, OFFICE_FARM, OFFICE_ENFORCE, OFFICE_SAFE };
enum {
	COUNTY_ROADS,
	COUNTY_POLICE,
	COUNTY_HOUSING,
	COUNTY_GREEN,
	COUNTY_SCHOOL,
	COUNTY_HEALTH,
	COUNTY_CIVIL,
	COUNTY_MARKET,
	COUNTY_WATER,
	COUNTY_WORK,
	COUNTY_POWER,
	COUNTY_TRADE
};

/* --- words: db/demo_opinion_words.c ------------------------------------ */

enum {
	DEMO_CONCERNS = 40,
	DEMO_OPENINGS = 10,
	DEMO_TIMES = 8,
	DEMO_ENDINGS = 8,
	DEMO_MORE = 3,
	DEMO_SPOTS = 22,
	DEMO_SENDERS = 18
};

struct demo_concern {
	const char *category;
	int unit_office, county_office; /* -1: none is competent */
	const char *subjects[2], *words[3], *harms[2], *wishes[2];
	const char *solved, *planned; /* what was done; will be */
};
extern const struct demo_concern demo_concerns[DEMO_CONCERNS];
extern const char *const demo_openings[DEMO_OPENINGS];
extern const char *const demo_times[DEMO_TIMES];
extern const char *const demo_endings[DEMO_ENDINGS];
extern const char *const demo_more[DEMO_MORE];
extern const char *const demo_spots[DEMO_SPOTS];
extern const char *const demo_senders[DEMO_SENDERS];
/* text with village and spot in their places. In a. */
const char *demo_say(struct arena *a, const char *text, const char *village,
                     const char *spot);

/* --- the plan ---------------------------------------------------------- */

enum demo_turn_kind {
	TURN_NONE, /* ends a course */
	TURN_RECEIVE,
	TURN_RELEASE,
	TURN_DISCARD,
	TURN_TAKE,
	TURN_ANSWER,
	TURN_REFUSE,
	TURN_MERGE,
	TURN_CONVERT,
	TURN_CONVERTED,
	TURN_ROUTE,
	TURN_ACCEPT,
	TURN_PROGRESS,
	TURN_ASK,
	TURN_GRANT,
	TURN_PAUSE,
	TURN_RESUME,
	TURN_RETURN,
	TURN_REPLY,
	TURN_TELL,
	TURN_RATE,   /* or silence */
	TURN_REFUTE, /* dissatisfied */
	TURN_MORE,
	TURN_CHASE,
	TURN_INSTRUCT,
	TURN_SUPERVISE,
	TURN_END,
	TURN_TICK /* of no matter: what the clock closes */
};

/* Which office of a matter a turn is about. */
enum demo_leg { LEG_FIRST, LEG_SECOND, LEG_WRONG, LEG_BOTH };

struct demo_turn {
	int64_t at;
	int matter;
	enum demo_turn_kind what;
	enum demo_leg leg;
	struct person_id by; /* 0: the citizen */
};

struct demo_matter {
	int unit, village, concern, spot; /* indexes */
	int source;                       /* enum opinion_source */
	bool held, silent, by_hand;
	int result;                         /* enum opinion_result */
	int conversion;                     /* enum conversion_kind */
	struct person_id deputy, companion; /* whose code; who accompanies */
	const struct demo_activity *activity;
	int into; /* index of the matter it goes with */
	/* While it runs. */
	struct opinion_id id;
	const char *subject;
};

struct demo_opinions {
	struct demo_matter *matters;
	int n;
	struct demo_turn *turns;
	int turn_count, turn_size;
	int records; /* duty records that follow */
	int hot;     /* the matter that others are merged into now */
	uint64_t dice;
	struct day day0; /* of workdays[0] */
	bool *workdays;
	int days;
};

/* The county itself stands behind the units. */
enum { DEMO_COUNTY = DEMO_UNITS };

const struct demo_office *demo_opinion_office(const struct demo *d,
                                              const struct demo_matter *m,
                                              enum demo_leg leg);

#endif
