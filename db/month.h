/*
 * The closing of months: what of a unit is still open today, this month and
 * from before; and the act of closing, with what was left open and why.
 * What can be open is a table in db/month.c: a later kind adds a row.
 */
#ifndef DB_MONTH_H
#define DB_MONTH_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum { MONTH_WHY_MAX = 400 }; /* characters */

/* What can be open, in the order it is shown. */
enum month_what {
	MONTH_DRAFT,
	MONTH_CONFIRM,
	MONTH_ARCHIVE,
	MONTH_WALK_IN,
	MONTH_LEAVE,
	MONTH_REQUEST,
	MONTH_APPEAL,
	MONTH_PLAN,
	MONTH_SUM_UP,
	MONTH_RECEIPT,
	MONTH_HELD,    /* opinions that nobody let in or threw out */
	MONTH_OPINION, /* opinions due then and not done */
	MONTH_PROJECT, /* projects with a milestone due then, not reached */
	MONTH_TASK,    /* tasks of projects due then and not replied to */
	MONTH_COMMENT, /* comments on draft laws of then, not sent up */
	MONTH_WHATS
};

struct month_open {
	enum month_what what;
	int64_t today;   /* of today */
	int64_t month;   /* of the month, today's among them */
	int64_t earlier; /* of the months before it */
};

struct month_close {
	struct month_close_id id;
	struct unit_id unit;
	int64_t month; /* 202203 */
	struct instant closed_at;
	struct person_id closed_by;
	const char *closer;    /* name; "" the system */
	int64_t left_open;     /* how many things */
	const char *left_what; /* "draft 2 leave 1": names of month_name() */
	const char *why;
};

/* A unit of month_units(). */
struct month_unit {
	struct unit_id unit;
	const char *name;
	int64_t month, earlier; /* open */
	int64_t closed;         /* the last month closed; 0 none */
};

extern const struct entity entity_month_close;

/* Stored name and msgid of what. */
const char *month_name(enum month_what what);
const char *month_label(enum month_what what);

/* MONTH_WHATS rows of a unit (0: the acting hat's).
 * Errors: ERR_DENIED, ERR_INVALID (no such month), ERR_STORE. */
int month_open_list(struct ctx *c, struct unit_id unit, int64_t month,
                    struct month_open rows[MONTH_WHATS]) MUST_CHECK;

/* A row a unit, in their order: for hats that see the county. */
int month_units(struct ctx *c, struct arena *a, int64_t month,
                struct month_unit **rows, int *n) MUST_CHECK;

/* The closing of a month. ERR_NOT_FOUND: it is not closed. */
int month_close_get(struct ctx *c, struct arena *a, struct unit_id unit,
                    int64_t month, struct month_close *out) MUST_CHECK;

/*
 * Close a month of the acting hat's unit. why says why what is open is left
 * open. Errors: ERR_DENIED, ERR_EXISTS (it is closed), ERR_INVALID (it has not
 * begun; something is open and no why), ERR_STORE ...
 */
int month_close(struct ctx *c, int64_t month, const char *why) MUST_CHECK;

#endif
