/*
 * What a deputy asks about their duty file. A claim: done, and no code
 * recorded it. A correction: a record, or a roll, says something wrong. An
 * officer checks or rejects it; what is checked is in the file in that event.
 * A rejected one may be appealed; a head decides. domain.md, "Files and
 * evaluation".
 */
#ifndef DB_DUTY_REQUEST_H
#define DB_DUTY_REQUEST_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum request_kind { REQUEST_CLAIM, REQUEST_CORRECTION };

enum request_state {
	REQUEST_ASKED,
	REQUEST_CHECKED,
	REQUEST_REJECTED,
	REQUEST_WITHDRAWN,
	REQUEST_APPEALED,
	REQUEST_GRANTED,
	REQUEST_DISMISSED
};

enum request_step {
	REQUEST_DO_CHECK,
	REQUEST_DO_REJECT, /* with a reason */
	REQUEST_DO_GRANT,
	REQUEST_DO_DISMISS, /* with a reason */
	REQUEST_DO_APPEAL,  /* the deputy, with a reason */
	REQUEST_DO_WITHDRAW,
	REQUEST_DO_ASK, /* creation */
	REQUEST_STEPS
};

/* What a record should say; the first two are those of duty_grades. */
enum request_wanted { WANTED_FULL, WANTED_LATE, WANTED_NONE };

enum { REQUEST_TITLE_MAX = 60, REQUEST_WORDS_MAX = 1000 };

struct duty_request {
	struct duty_request_id id; /* the number people use */
	int kind, state;
	struct person_id person;
	struct mandate_id mandate;
	struct unit_id unit; /* where it is checked, as station */
	struct station_id station;
	const char *duty;             /* duty_kind.name */
	int wanted;                   /* enum request_wanted */
	struct duty_record_id record; /* a correction's; 0: of the roll only */
	struct activity_id activity;  /* whose roll; 0: none */
	const char *title, *venue;
	struct instant happened_at;
	const char *words, *answer, *appeal, *verdict;
	struct instant asked_at;
	struct person_id answered_by; /* who checked or rejected it */
};

/* A row of duty_request_list. */
struct duty_request_line {
	struct duty_request_id id;
	int kind, state;
	struct person_id person;
	const char *name, *title;
	const char *duty_label, *duty_label_en;
	struct instant happened_at, asked_at;
};

extern const struct entity entity_duty_request;
extern const struct enum_name request_kinds[];
extern const struct enum_name request_states[];
extern const struct enum_name request_wanteds[];

enum duty_request_filter {
	REQUEST_LIST_STATE,  /* text: request_states[].name */
	REQUEST_LIST_PERSON, /* number */
	REQUEST_LIST_UNIT,   /* number */
	REQUEST_LIST_FILTERS
};
/* Newest first; a deputy sees their own. */
extern const struct list_spec duty_request_list;

/* Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STORE. */
int duty_request_get(struct ctx *c, struct arena *a, struct duty_request_id id,
                     struct duty_request *out) MUST_CHECK;

/* The acting deputy claims a record: duty, title, venue, happened_at, words.
 * Errors: ERR_DENIED, ERR_INVALID (also: no mandate on that day). */
int duty_claim(struct ctx *c, const struct duty_request *entry,
               struct duty_request_id *id) MUST_CHECK;

/* The acting deputy says that a record of theirs is wrong, or (record 0)
 * that the roll of an activity they were invited to is: wanted, words.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_INVALID. */
int duty_correct(struct ctx *c, struct duty_record_id record,
                 struct activity_id activity, enum request_wanted wanted,
                 const char *words, struct duty_request_id *id) MUST_CHECK;

/*
 * Take a step: WITHDRAW and APPEAL are the deputy's, CHECK and REJECT an
 * officer's, GRANT and DISMISS a head's. words: the answer, reason or
 * verdict. Nobody decides about themselves, and who rejected a request does
 * not decide the appeal. db/duty_decide.c.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE, ERR_INVALID (a sentence in
 * c->faults) ...
 */
int duty_request_fire(struct ctx *c, struct duty_request_id id,
                      enum request_step step, const char *words) MUST_CHECK;

#endif
