/*
 * What signs in to an activity without a terminal. A telephone is bound once
 * by an address that is good for a few minutes and a single use; from then
 * on its browser keeps a secret of 256 bits, and here is its hash. A person
 * has few telephones, a telephone one person. For any other browser there is
 * a PIN. Secrets are made and checked by liaison-auth; nothing here sees one.
 */
#ifndef DB_PHONE_H
#define DB_PHONE_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/base/secret.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum {
	PHONE_LABEL_MAX = 40, /* characters */
	PHONE_MOST = 20,      /* however many the setting allows */
	PHONE_DAYS = 365,     /* then it is to be bound again */
	PIN_LEAST = 6,        /* digits */
	PIN_MOST = 12,
	PIN_NAMESAKES = 4 /* of whom one may be meant */
};

struct phone {
	struct phone_id id;
	struct account_id account;
	const char *label; /* "Android", "iPhone" */
	struct instant bound_at;
	bool seen; /* its person knows */
};

extern const struct entity entity_phone;

/* What a browser that calls itself so is; in a. */
const char *phone_label(struct arena *a, const char *browser);

/* An account's, the oldest first: one's own, or with account.read. */
int phone_list(struct ctx *c, struct arena *a, struct account_id account,
               struct phone **rows, int *n) MUST_CHECK;
/* Let it no longer sign in: one's own, or with account.write. And: yes, I
 * know of it. Errors: ERR_DENIED, ERR_NOT_FOUND. */
int phone_drop(struct ctx *c, struct phone_id id) MUST_CHECK;
int phone_see(struct ctx *c, struct phone_id id) MUST_CHECK;

/* A token for an address that binds a telephone to the acting account, in
 * place of any before; until when it is good. Errors: ERR_DENIED, ERR_LIMIT
 * (there are as many telephones as there may be). */
int phone_invite(struct ctx *c, char token[SECRET_TOKEN + 1],
                 struct instant *valid_to) MUST_CHECK;

/* When the acting account's PIN was set; 0: there is none. */
int phone_pin_at(struct ctx *c, struct instant *at) MUST_CHECK;
/* What is wrong with a PIN: a msgid, or NULL. */
const char *phone_pin_fault(const char *pin);

/* --- for liaison-auth ------------------------------------------------ */

/* Set the acting account's PIN; hash "": none any more. */
int phone_pin(struct ctx *c, const char *hash) MUST_CHECK;

/* Whose PIN may be meant: the account of that name, else those of the people
 * of that name who have one, at most PIN_NAMESAKES. In a system context. */
struct pin {
	struct account_id account;
	const char *hash;
};
int phone_pins(struct ctx *c, struct arena *a, const char *name,
               struct pin **rows, int *n) MUST_CHECK;

/* In a system context: the account that a telephone's secret, for PHONE_DAYS,
 * or an invitation's token belongs to, by its hash. ERR_NOT_FOUND: none (any
 * more). */
int phone_account(struct ctx *c, const char *hash,
                  struct account_id *out) MUST_CHECK;
int phone_invited(struct ctx *c, const char *hash,
                  struct account_id *out) MUST_CHECK;

/* Bind to the acting account: uses the invitation up, and ends what the same
 * telephone (before: hash of the secret it had, or "") was bound to.
 * Errors: ERR_NOT_FOUND (no such invitation), ERR_LIMIT. */
struct phone_bind {
	const char *invite, *secret, *before; /* hashes */
	const char *label;
};
int phone_bind(struct ctx *c, const struct phone_bind *wish) MUST_CHECK;

#endif
