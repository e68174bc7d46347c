/*
 * Codes: a random token for an address (the QR), for activities also a short
 * code to type when signed in; valid for a time, revocable, replaced, its
 * uses counted.
 */
#ifndef DB_CODE_H
#define DB_CODE_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

enum code_kind { CODE_ACTIVITY, CODE_STATION, CODE_DEPUTY };

struct code {
	struct code_id id;
	int kind;        /* enum code_kind */
	int64_t subject; /* activity, station or person */
	struct unit_id unit;
	const char *token;      /* 26 of base32 */
	const char *short_code; /* 6, or "" */
	const char *rotate_key; /* of one that changes (below), or "" */
	struct instant valid_from, valid_to; /* both included */
	struct instant revoked_at;           /* 0: not */
	struct instant created_at;
};

enum { CODE_SHORT = 6 };

extern const struct entity entity_code;
extern const struct enum_name code_kinds[];

/* The newest code of an activity. ERR_NOT_FOUND: none was minted yet. */
int code_for_activity(struct ctx *c, struct arena *a, struct activity_id id,
                      struct code *out) MUST_CHECK;
/* The newest of any subject. Errors: as above. */
int code_newest(struct ctx *c, struct arena *a, enum code_kind kind,
                int64_t subject, struct code *out) MUST_CHECK;
int code_get(struct ctx *c, struct arena *a, struct code_id id,
             struct code *out) MUST_CHECK;

/* Is it good now: OK, ERR_EARLY, ERR_EXPIRED or ERR_REVOKED. */
int code_usable(const struct ctx *c, const struct code *code) MUST_CHECK;

/* Sign-ins made with it, from its counter. */
int code_scans(struct ctx *c, struct code_id id, int64_t *n) MUST_CHECK;

/* Mint for a subject; inside the caller's event or one of its own. Kind
 * CODE_ACTIVITY also gets a short code that no other code has. */
int code_mint(struct ctx *c, enum code_kind kind, int64_t subject,
              struct unit_id unit, struct instant from, struct instant to,
              struct code_id *id) MUST_CHECK;
/* A station's, good for as many years as the setting code.years says.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_STATE (it has one that is good). */
int code_mint_station(struct ctx *c, struct station_id id,
                      struct code_id *fresh) MUST_CHECK;
/* The code of a deputy, who may mint their own. The mandate's unit is its
 * unit. Errors: as code_mint_station, ERR_NOT_FOUND (no deputy today, or out
 * of sight). */
int code_mint_deputy(struct ctx *c, struct person_id deputy,
                     struct code_id *id) MUST_CHECK;
/* No longer valid from now on, with a reason. Errors: ERR_DENIED,
 * ERR_NOT_FOUND, ERR_STATE (revoked already), ERR_INVALID (no reason). */
int code_revoke(struct ctx *c, struct code_id id,
                const char *reason) MUST_CHECK;
/* Revoke the activity's code and mint another with the same window. */
int code_replace(struct ctx *c, struct activity_id id, const char *reason,
                 struct code_id *fresh) MUST_CHECK;

/* The same for one of any kind; its newest takes its place. */
int code_renew(struct ctx *c, struct code_id id, const char *reason,
               struct code_id *fresh) MUST_CHECK;

/* --- lists ---------------------------------------------------------------- */

struct code_line {
	struct code_id id;
	int kind;
	int64_t subject;
	const char *what; /* the activity's title, the station's or person's
	                     name; "" an activity's in code_bare_list */
	const char *unit_name;
	struct instant valid_from, valid_to, revoked_at;
	int64_t scans;
};
extern const struct field code_line_fields[];
enum code_list_filter {
	CODE_LIST_KIND, /* text */
	CODE_LIST_UNIT, /* number */
	CODE_LIST_LIVE, /* number: 1 valid now or later, 0 no longer */
	CODE_LIST_FILTERS
};
/* Newest first: for those who run activities, and for who manages codes. */
extern const struct list_spec code_list, code_bare_list;

/* What was typed, as codes are stored: folded, upper case, no blanks or
 * hyphens. In a. */
const char *code_fold(struct arena *a, const char *text);
/* "7K2 M9Q", as it is shown. In a. */
const char *code_spaced(struct arena *a, const char *short_code);
/* An address of this site in upper case, which makes a small QR:
 * public_url, "/A/" (letter) and the token. In a. */
const char *code_address(struct arena *a, const char *public_url, char letter,
                         const char *token);
/* What the QR holds: public_url in upper case, "/A/" (by kind), the token. */
const char *code_payload(struct arena *a, const struct code *code,
                         const char *public_url);

/* How often the page of a code was opened; whoever read the code. */
int code_views(struct ctx *c, struct code_id id, int64_t *n) MUST_CHECK;

/* By the token of an address: who has it may know what it is of. kind is
 * what the address says. Errors: ERR_NOT_FOUND. */
int code_of_token(struct ctx *c, struct arena *a, enum code_kind kind,
                  const char *token, struct code *out) MUST_CHECK;

/* The pages of codes were opened so often since the last time: n numbers of
 * codes with how often each. No record: no event, and a code that is gone
 * meanwhile is left out. In a system context. */
struct code_view {
	struct code_id id;
	int64_t n;
};
int code_add_views(struct ctx *c, const struct code_view *views,
                   int n) MUST_CHECK;

/* Find by what was typed, whoever may see it: for signing in only. A wrong
 * one is counted against the acting account, a limit refuses all. at: when
 * the address of a code that changes was opened, 0: now.
 * Errors: ERR_NOT_FOUND, ERR_LIMIT, ERR_TURNED (see below). */
int code_find(struct ctx *c, struct arena *a, const char *text,
              struct instant at, struct code *out) MUST_CHECK;

/* --- codes that change on the screen (db/code_turn.c) -------------------- */

/*
 * What such a code shows changes with every step of code.rotate_seconds: its
 * address ends with a dot and CODE_SHORT letters more, and the letters to
 * type are others. Both follow from rotate_key and the number of the step,
 * and are good in their own step and the next CODE_STEPS.
 */
enum {
	CODE_STEPS = 2,
	CODE_OPENED_S = 600 /* so long may signing in take, once opened */
};
bool code_turns(const struct code *code);
/* *out: code as it shows itself now, token with its ending and short_code;
 * any other as it is. New strings in a. Errors: ERR_STORE. */
int code_shown(struct ctx *c, struct arena *a, const struct code *code,
               struct code *out) MUST_CHECK;
/* Milliseconds until it shows something else; 0: it never does. */
int code_turn_ms(struct ctx *c, const struct code *code, int *ms) MUST_CHECK;
/* Was it seen on a screen by who opened its address with that ending at that
 * time, not longer ago than CODE_OPENED_S? OK also for one that does not
 * change. Errors: ERR_TURNED. */
int code_seen(struct ctx *c, const struct code *code, const char *ending,
              struct instant at) MUST_CHECK;
/* May it be put on paper? Errors: ERR_INVALID with a sentence in c->faults. */
int code_may_print(struct ctx *c, const struct code *code) MUST_CHECK;

#endif
