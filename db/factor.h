/*
 * Second factors of accounts. What is kept is sealed: nothing here can read
 * it. liaison-auth, which can, calls what sets and uses one; resetting one
 * needs no secret. When it was set up, and how many recovery codes are left,
 * stand in the account itself (db/account.h).
 */
#ifndef DB_FACTOR_H
#define DB_FACTOR_H

#include "db/base/arena.h"
#include "db/base/otp.h"
#include "db/base/secret.h"
#include "db/ids.h"
#include "db/store/ctx.h"

struct factor {
	const char *secret; /* sealed */
	int64_t step;       /* the last one used */
};

/* Keyed hashes of the recovery codes. */
struct factor_codes {
	char hash[OTP_RECOVERY][SECRET_HEX + 1];
};

/* For liaison-auth, in a system context. Errors: ERR_NOT_FOUND (none). */
int factor_get(struct ctx *c, struct arena *a, struct account_id account,
               struct factor *out) MUST_CHECK;
/* Note that the code of step was used. No event: it is a sign-in.
 * Errors: ERR_DENIED (that one or a later one was used already). */
int factor_use_step(struct ctx *c, struct account_id account,
                    int64_t step) MUST_CHECK;

/* The acting account's own: set it up (anew: in place of the one before),
 * make new recovery codes, use one of them up, remove it.
 * Errors: ERR_NOT_FOUND (there is none), of factor_use_code ERR_DENIED
 * (no such code). */
int factor_set(struct ctx *c, const struct factor *factor,
               const struct factor_codes *codes) MUST_CHECK;
int factor_renew(struct ctx *c, const struct factor_codes *codes) MUST_CHECK;
int factor_use_code(struct ctx *c, const char *hash) MUST_CHECK;
int factor_drop(struct ctx *c) MUST_CHECK;

/* Anybody's but one's own, with account.write: for who has lost it. Errors:
 * ERR_DENIED, ERR_NOT_FOUND (no such account), ERR_STATE (it has none). */
int factor_reset(struct ctx *c, struct account_id account) MUST_CHECK;

#endif
