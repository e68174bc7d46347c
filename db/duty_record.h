/*
 * Duty records and what is computed from them: a person's file, a year's
 * points by the rule set of that year, the rank among the station's
 * deputies. Records come into being in the event they follow from (signing
 * in); they are struck out, never changed. Scores are not stored.
 */
#ifndef DB_DUTY_RECORD_H
#define DB_DUTY_RECORD_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum duty_grade { DUTY_FULL, DUTY_LATE };
enum duty_state { DUTY_AUTOMATIC, DUTY_CLAIMED, DUTY_CHECKED, DUTY_REJECTED };

struct duty_record {
	struct duty_record_id id;
	struct person_id person;
	struct mandate_id mandate;
	struct term_id term;
	struct unit_id unit; /* the mandate's, as station and grp */
	struct station_id station;
	struct deputy_group_id grp;
	int64_t year, month; /* 2022, 202203, of happened_at */
	const char *kind;    /* duty_kind.name */
	int grade;           /* enum duty_grade */
	struct event_id event;
	const char *subject_kind; /* "activity" */
	int64_t subject;
	const char *title, *venue;
	struct instant happened_at;
	int state; /* enum duty_state */
};

/* A row of duty_record_list. */
struct duty_line {
	struct duty_record_id id;
	struct person_id person;
	const char *name;
	const char *kind, *kind_label, *kind_label_en;
	int grade; /* enum duty_grade */
	const char *title, *venue;
	struct instant happened_at;
	int64_t points; /* tenths, by the rules of its year, without the cap */
	const char *way_name; /* how it was signed in: participant_ways name */
	const char *subject_kind;
	int64_t subject;
	struct event_id event;
};

extern const struct entity entity_duty_record;
extern const struct enum_name duty_grades[];
extern const struct enum_name duty_states[];
extern const struct field duty_line_fields[];

enum duty_list_filter {
	DUTY_LIST_PERSON,  /* number */
	DUTY_LIST_YEAR,    /* number */
	DUTY_LIST_KIND,    /* text */
	DUTY_LIST_UNIT,    /* number */
	DUTY_LIST_STATION, /* number */
	DUTY_LIST_GROUP,   /* number */
	DUTY_LIST_TERM,    /* number */
	DUTY_LIST_FILTERS
};
/* Newest first. */
extern const struct list_spec duty_record_list;

/* One row of a year: a kind of duty. Points are tenths. */
struct duty_sum {
	const char *kind, *label, *label_en;
	int64_t full, late; /* records */
	int64_t points;     /* after the cap */
	int64_t cap;        /* of full and late together; 0: none */
};

struct duty_year {
	int64_t year;
	int64_t rules;         /* year whose rule set holds; 0: none */
	struct duty_sum *sums; /* every kind, in order, also those at zero */
	int n;
	int64_t records, points;
};

/* Place among the deputies of the person's station that year; people with
 * equal points share a place. of 0: no mandate there that year. */
struct duty_rank {
	int64_t place, of;
	int64_t points; /* tenths */
};

/* A person's year. Errors: ERR_DENIED (a deputy, of another person),
 * ERR_NOT_FOUND (out of scope), ERR_STORE. */
int duty_year_get(struct ctx *c, struct arena *a, struct person_id person,
                  int64_t year, struct duty_year *out) MUST_CHECK;
int duty_rank_get(struct ctx *c, struct person_id person, int64_t year,
                  struct duty_rank *out) MUST_CHECK;

/* The years a person has records of, newest first, with the totals. */
struct duty_past {
	int64_t year, records, points, place, of;
};
int duty_history(struct ctx *c, struct arena *a, struct person_id person,
                 struct duty_past **years, int *n) MUST_CHECK;

/* Kinds of duty, in their order. */
struct duty_kind {
	const char *name, *label, *label_en;
};
int duty_kind_list(struct ctx *c, struct arena *a, struct duty_kind **kinds,
                   int *n) MUST_CHECK;

/* Tenths that one record of kind and grade brings by the rules of year. */
int duty_points(struct ctx *c, int64_t year, const char *kind, int grade,
                int64_t *points) MUST_CHECK;

/* A record of the acting person. ERR_NOT_FOUND: it is not theirs. */
int duty_record_own(struct ctx *c, struct arena *a, struct duty_record_id id,
                    struct duty_record *out) MUST_CHECK;

/* Write a record inside the event it follows from. term, unit, station and
 * group are the mandate's; id, year, month and event are set here. */
int duty_record_add(struct ctx *c, const struct duty_record *record) MUST_CHECK;
/* The same, and says its number. */
int duty_record_enter(struct ctx *c, const struct duty_record *record,
                      struct duty_record_id *id) MUST_CHECK;

#endif
