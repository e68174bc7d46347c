/*
 * The audit: a row for each change, in its transaction, sequence without
 * gaps, each hash over the row and the hash before it. liaison-auth signs
 * the head; the signature lies in the table and in a file outside.
 */
#ifndef DB_STORE_AUDIT_H
#define DB_STORE_AUDIT_H

#include "db/base/arena.h"
#include "db/store/ctx.h"

/* A row of the table. */
struct audit {
	int64_t seq;
	struct instant at;
	int64_t account, office, event; /* 0: none */
	const char *action;
	const char *detail; /* JSON */
};

struct audit_head {
	int64_t seq; /* 0: empty */
	char hash[65];
};

extern const struct entity entity_audit;

/* Add a row inside a transaction; event_end does it for events. detail is
 * JSON without personal text. event 0: none. */
int audit_add(struct ctx *c, int64_t event, const char *action,
              const char *detail) MUST_CHECK;

int audit_head(struct ctx *c, struct audit_head *out) MUST_CHECK;
int audit_sign_add(struct ctx *c, const struct audit_head *head,
                   const char *signature) MUST_CHECK;

/* Who watches a long verification: told how far it is, in thousandths, and
 * says false to stop it. */
struct audit_watch {
	bool (*show)(void *data, int permille);
	void *data;
};

/* Recompute the chain. *bad: the first row that does not fit (0: none); a
 * cut tail shows as a signed head that is missing. why, a msgid in a, "" if
 * good. verify (may be NULL) checks one signature; watch may be NULL.
 * Errors: ERR_DENIED, ERR_STORE, ERR_STOPPED. */
int audit_verify(struct ctx *c, struct arena *a,
                 bool (*verify)(void *data, const struct audit_head *head,
                                const char *signature),
                 void *data, const struct audit_watch *watch, int64_t *bad,
                 const char **why) MUST_CHECK;

#endif
