/*
 * Asking deputies and the public about a draft law, from a day to a day; each
 * deputy's five steps. Source: domain.md: "received on schedule -> read ->
 * studied -> commented | no comment, said so -> saw the result; overdue if the
 * window passes".
 */
#ifndef DB_CONSULTATION_H
#define DB_CONSULTATION_H

#include "db/law.h"

enum { CONSULTATION_TEXT_MAX = 4000, CONSULTATION_REASON_MAX = 200 };

enum consultation_state {
	CONSULTATION_DRAFT,
	CONSULTATION_OPEN,
	CONSULTATION_CLOSED, /* comments are sorted and answered */
	CONSULTATION_ANSWERED,
	CONSULTATION_CANCELLED,
	CONSULTATION_STATES
};
enum consultation_step {
	CONSULTATION_DO_PREPARE, /* creation */
	CONSULTATION_DO_OPEN,    /* by hand, or by the clock on its first day */
	CONSULTATION_DO_CLOSE,   /* by the clock after its last, or by hand */
	CONSULTATION_DO_EXTEND,  /* to a later day */
	CONSULTATION_DO_ANSWER,  /* every comment has its answer */
	CONSULTATION_DO_CANCEL,  /* with a reason */
	CONSULTATION_DO_PUBLISH, /* on the public page */
	CONSULTATION_DO_HIDE,    /* from there again, with a reason */
	CONSULTATION_STEPS
};
struct consultation {
	struct consultation_id id;
	struct law_id law;
	struct law_version_id version;
	const char *title, *text, *material;
	struct day from_on, to_on;
	int state;
	bool published;
	const char *reason, *summary;
	const char *token; /* of the page that everybody may open */
	int64_t people, studied, done, comments;
	struct instant added_at;
	struct person_id added_by;
	int64_t row_version;
};
extern const struct entity entity_consultation, entity_consultation_unit;
extern const struct entity entity_consultation_person;
extern const struct enum_name consultation_states[];

struct consultation_line {
	struct consultation_id id;
	const char *title;
	struct day from_on, to_on;
	int state;
	bool published;
	int64_t people, studied, done, comments;
	int mine; /* enum consultation_person_state; -1: not asked */
};
extern const struct field consultation_line_fields[];
enum consultation_list_filter {
	CONSULTATION_LIST_STATE, /* text */
	CONSULTATION_LIST_YEAR,  /* number */
	CONSULTATION_LIST_TITLE, /* text */
	CONSULTATION_LIST_FILTERS
};
enum consultation_list_order {
	CONSULTATION_BY_LATEST,
	/* Those that run or are going to, the nearest end first; then those
	 * that are over, the latest first. */
	CONSULTATION_BY_DUE
};
/* Units and deputies see what they are asked about, and what is published. */
extern const struct list_spec consultation_list;
/* The order in which the acting hat works: the county by LATEST. */
enum consultation_list_order consultation_order(const struct ctx *c);

int consultation_get(struct ctx *c, struct arena *a, struct consultation_id id,
                     struct consultation *out) MUST_CHECK;
/* All about a law, newest first. */
int consultations_of_law(struct ctx *c, struct arena *a, struct law_id id,
                         struct consultation **rows, int *n) MUST_CHECK;
/* What the address /L/token shows: published and open, closed or answered,
 * whoever asks. Errors: ERR_NOT_FOUND (nothing is there), ERR_STATE (there is
 * one that is not on the public page, or not any more). */
int consultation_of_token(struct ctx *c, struct arena *a, const char *token,
                          struct consultation *out) MUST_CHECK;
/* The units that are asked, in their order: who comments belongs to one. */
struct consultation_unit {
	struct unit_id unit;
	struct station_id station;
	const char *name;
};
int consultation_units(struct ctx *c, struct arena *a,
                       struct consultation_id id,
                       struct consultation_unit **rows, int *n) MUST_CHECK;
/* The steps the acting person may take by hand now. */
int consultation_offers(struct ctx *c, const struct consultation *row,
                        enum consultation_step *out, int max);
/* To units (n 0: all), and in them to persons (p 0: every deputy). */
int consultation_prepare(struct ctx *c, const struct consultation *entry,
                         const struct unit_id *units, int n,
                         const struct person_id *persons, int p,
                         struct consultation_id *id) MUST_CHECK;
int consultation_save(struct ctx *c,
                      const struct consultation *entry) MUST_CHECK;
/* text: reason, summary or ""; to_on: of EXTEND. */
int consultation_fire(struct ctx *c, struct consultation_id id,
                      enum consultation_step step, const char *text,
                      struct day to_on) MUST_CHECK;
int consultation_tick(struct ctx *c, int *changed) MUST_CHECK;

enum consultation_person_state {
	READER_RECEIVED,
	READER_READ,
	READER_STUDIED,
	READER_COMMENTED,
	READER_NOTHING, /* has no comment and said so */
	READER_SEEN,
	READER_STATES
};
struct consultation_person {
	struct consultation_person_id id;
	struct consultation_id consultation;
	struct person_id person;
	const char *name, *unit_name;
	struct unit_id unit;
	int state;
	struct instant received_at, read_at, studied_at, done_at, seen_at;
	struct day to_on;
};
extern const struct enum_name reader_states[];
int consultation_people(struct ctx *c, struct arena *a,
                        struct consultation_id id,
                        struct consultation_person **rows, int *n) MUST_CHECK;
/* ERR_NOT_FOUND: the acting person is not asked. */
int consultation_mine(struct ctx *c, struct arena *a, struct consultation_id id,
                      struct consultation_person *out) MUST_CHECK;
/* READ (by opening the text), STUDIED (said so), NOTHING, SEEN. Taken twice it
 * changes nothing. Errors: ERR_STATE (not open; SEEN before it is answered). */
int consultation_take(struct ctx *c, struct consultation_id id,
                      enum consultation_person_state step) MUST_CHECK;

#endif
