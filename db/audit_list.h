/* The audit to read: a list newest first, what a row changed, and the chain
 * verified a stretch at a time. For who may read the audit. */
#ifndef DB_AUDIT_LIST_H
#define DB_AUDIT_LIST_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"
#include "db/store/list.h"

struct audit_line {
	int64_t seq;
	struct instant at;
	int64_t event; /* 0: none */
	const char *action;
	const char *account, *name;   /* "" the system */
	const char *label, *label_en; /* of the hat's role, "" none */
	const char *subject_kind;     /* an entity's name, "" none */
	int64_t subject;
	int64_t unit;
	const char *unit_name; /* "" the county, or none */
	const char *detail;    /* JSON, as it is hashed */
	const char *hash;
};

extern const struct field audit_line_fields[];

enum audit_list_filter {
	AUDIT_LIST_ACCOUNT, /* number */
	AUDIT_LIST_ACTION,  /* text */
	AUDIT_LIST_KIND,    /* text: an entity's name */
	AUDIT_LIST_UNIT,    /* number */
	AUDIT_LIST_FROM,    /* number: of audit_first_from */
	AUDIT_LIST_TO,      /* number: the last row wanted */
	AUDIT_LIST_FILTERS
};
extern const struct list_spec audit_list;

int audit_line_get(struct ctx *c, struct arena *a, int64_t seq,
                   struct audit_line *out) MUST_CHECK;
/* The first row written at an instant or later; one past the end when there
 * is none. Found by halving: the audit is in the order of time. */
int audit_first_from(struct ctx *c, struct instant at, int64_t *seq) MUST_CHECK;
/* Msgid of an action's name, also of those that are no events. */
const char *audit_action_label(const char *action);
/* The account of that name, to narrow by. ERR_NOT_FOUND: none. */
int audit_account(struct ctx *c, const char *name,
                  struct account_id *out) MUST_CHECK;
struct audit_unit {
	struct unit_id unit;
	const char *name;
};
int audit_units(struct ctx *c, struct arena *a, struct audit_unit **rows,
                int *n) MUST_CHECK;
/* The actions there are in the audit, by name. */
int audit_actions(struct ctx *c, struct arena *a, const char ***names,
                  int *n) MUST_CHECK;

/* What a row says of one record: a change has a line a column. */
struct audit_change {
	const char *kind; /* an entity's name */
	int64_t id;
	const char *op;             /* "add", "change", "drop" */
	const char *column;         /* "" of add and drop */
	const char *before, *after; /* "#..." was personal: its hash */
};
int audit_changes(struct ctx *c, struct arena *a, int64_t seq, int max,
                  struct audit_change **rows, int *n) MUST_CHECK;

#endif
