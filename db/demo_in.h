/*
 * What the demo's files share: its dice, the people and places it made, and
 * the plan of what happens when.
 */
#ifndef DB_DEMO_IN_H
#define DB_DEMO_IN_H

#include "db/attachment.h"
#include "db/base/arena.h"
#include "db/demo.h"
#include "db/ids.h"

enum {
	DEMO_UNITS = 12,
	DEMO_VILLAGES = 8,
	DEMO_OFFICES = 5,         /* of a unit */
	DEMO_COUNTY_OFFICES = 12, /* db/demo_opinion.h names both */
	DEMO_PICTURES = 6,
	DEMO_MEMBERS = 25, /* of a subdistrict's assembly */
};

/* A unit as db/demo_names.c has it. */
struct demo_place {
	const char *name, *kind;
	int deputies; /* people, both levels */
	int weight;   /* of activities */
	const char *villages[DEMO_VILLAGES];
};
extern const struct demo_place demo_places[DEMO_UNITS];
enum { DEMO_TOWN = 2, DEMO_SUBDISTRICT = 8 }; /* of the demo accounts */

/* A made-up name; number i of this seed. In a. */
const char *demo_name(struct arena *a, uint64_t *dice);
/* A plausible title for an activity of kind; village may be used. In a. */
const char *demo_title(struct arena *a, uint64_t *dice, const char *kind,
                       const char *village);
const char *demo_job(uint64_t *dice);
extern const char demo_agenda[];

/* The next number below n; n at least 1. */
unsigned demo_roll(uint64_t *dice, unsigned n);
/* True one time in n. */
bool demo_once_in(uint64_t *dice, unsigned n);

/* The deputies of a unit that one term has. */
struct demo_pool {
	struct person_id *persons;
	int n;
};

/* A handling unit, and who works there. */
struct demo_office {
	struct organ_id id;
	struct person_id person;
};

struct demo_unit {
	struct unit_id id; /* 0: the county itself */
	struct station_id station;
	struct place_id places[DEMO_VILLAGES];
	struct demo_pool old, now;
	struct person_id clerk, head, officer;
	struct demo_office offices[DEMO_COUNTY_OFFICES];
	struct person_id members[DEMO_MEMBERS]; /* of the assembly */
	int member_n;
};

struct demo_duty;     /* db/demo_duty.c */
struct demo_laws;     /* db/demo_law.c */
struct demo_opinions; /* db/demo_opinion.h */
struct demo_projects; /* db/demo_project.h */
struct demo_project;

struct demo {
	struct ctx *c;      /* the system at the demo's clock */
	struct arena *a;    /* for the whole run */
	struct arena *page; /* emptied after each act */
	uint64_t dice;
	struct day first, today, turn; /* turn: first day of the new term */
	struct instant now;            /* nothing happens after it */
	int activities, opinions;
	int64_t records;
	struct demo_unit units[DEMO_UNITS + 1];           /* and the county */
	struct person_id deputy, deputy2, leader, member; /* of the accounts */
	struct instruction_id instructions[4];
	struct demo_duty *duty;
	struct demo_laws *laws;
	struct demo_opinions *matters;
	struct demo_projects *projects;
	struct attachment_file pictures[DEMO_PICTURES]; /* see demo_picture.h */
	void (*progress)(void *data, int permille);
	void *progress_data;
};

/* Units, stations, rooms, groups, terms, people, offices, accounts. */
int demo_org(struct demo *d) MUST_CHECK;

/* An activity that is going to be, and how it goes. */
enum demo_end {
	DEMO_ARCHIVED, /* as far as the clock lets it */
	DEMO_LEFT,     /* closed, and nobody confirms */
	DEMO_CANCELLED,
	DEMO_DRAFT
};
struct demo_guest {
	struct person_id person;
	struct instant at; /* signs in then; 0: does not */
	bool walk_in, leave, asks, says_yes;
};
struct demo_activity {
	int unit; /* index */
	int village;
	const char *kind, *title;
	struct instant starts, ends, made; /* made: prepared, published */
	int before, after;                 /* minutes */
	enum demo_end end;
	struct demo_guest *guests;
	int n;
	int present; /* how many sign in, all told */
	bool is_special;
	struct demo_project *project; /* a visit to it; NULL */
	/* While it runs. */
	struct activity_id id;
	char code[8];
};

/* A unit by its weight. */
int demo_roll_unit(uint64_t *dice);

/* All activities, in any order; exactly as many sign-ins up to d->now as
 * d->records. */
int demo_plan(struct demo *d, struct demo_activity **rows, int *n) MUST_CHECK;
/* Do everything that falls due until d->now, in the order of the clock. */
int demo_run(struct demo *d, struct demo_activity *rows, int n) MUST_CHECK;

/* How the stations are run: so many acts, each with its instant; and the
 * reception that a row is, when it was on the rota: it is announced from
 * there (instead of made). */
enum { DEMO_STATION_ACTS = 10 };
int64_t demo_station_at(const struct demo *d, int i);
int demo_station_do(struct demo *d, int i) MUST_CHECK;
bool demo_station_is_on_rota(const struct demo *d,
                             const struct demo_activity *r);
int demo_station_announce(struct demo *d, struct ctx *c,
                          const struct demo_activity *r,
                          struct activity_id *id) MUST_CHECK;
/* Campaigns, requests about duty files, closed months: what is going to be,
 * what is due until an instant, and how many records the requests make. */
int demo_duty_plan(struct demo *d) MUST_CHECK;
int demo_duty_until(struct demo *d, int64_t at) MUST_CHECK;
int demo_duty_records(void);
/* Draft laws: plan what is going to be, returning how many records that makes;
 * do what is due until an instant. */
int demo_law_plan(struct demo *d);
int demo_law_until(struct demo *d, int64_t at) MUST_CHECK;
/* Opinions: what is going to be, raised at those activities or anywhere else;
 * so many turns, each with its instant; and the records that follow. */
int demo_opinion_plan(struct demo *d, const struct demo_activity *rows,
                      int n) MUST_CHECK;
int demo_opinion_turns(const struct demo *d);
int64_t demo_opinion_at(const struct demo *d, int i);
int demo_opinion_do(struct demo *d, int i) MUST_CHECK;
int demo_opinion_records(const struct demo *d);
/* Livelihood projects: what is going to be; which of those activities are
 * visits; so many turns, each with its instant; and the records that follow.
 */
int demo_project_plan(struct demo *d) MUST_CHECK;
void demo_project_visits(struct demo *d, struct demo_activity *rows, int n);
/* Make r, planned for the days to come, a visit to what is under way. */
void demo_project_to_come(struct demo *d, struct demo_activity *r);
int demo_project_turns(const struct demo *d);
int64_t demo_project_at(const struct demo *d, int i);
int demo_project_do(struct demo *d, int i) MUST_CHECK;
int demo_project_records(const struct demo *d);
/* Who is invited to a visit: its team, which r says in full. */
int demo_project_team(const struct demo_activity *r, struct person_id *persons);
int demo_project_visit(struct ctx *c, const struct demo_activity *r,
                       struct activity_id *id) MUST_CHECK;
/* The proposal that an opinion became is declined, which answers it, or goes
 * into the pool. */
int demo_project_settle(struct demo *d, struct ctx *c, struct opinion_id id,
                        bool *declined) MUST_CHECK;
/* The campaign that activity number counts for; 0: none. */
struct campaign_unit_id demo_campaign_of(const struct demo *d,
                                         const struct demo_activity *row,
                                         int number);

#endif
