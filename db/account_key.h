/* Public keys an account signs in with. */
#ifndef DB_ACCOUNT_KEY_H
#define DB_ACCOUNT_KEY_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum {
	ACCOUNT_KEY_LABEL_MAX = 60,
	ACCOUNT_KEY_COMMANDS_MAX = 200,
	ACCOUNT_KEYS_MAX = 20
};

struct account_key {
	struct account_key_id id;
	struct account_id account;
	const char *type; /* "ssh-ed25519" */
	const char *key;  /* base64 as in authorized_keys */
	const char *label;
	const char *commands; /* "whoami,todo": only for these; "": for all */
	struct instant added_at;
};

extern const struct entity entity_account_key;

/* Split a line of an authorized_keys or .pub file (options are refused):
 * type, key and label into *out, in a. Errors: ERR_INVALID (not a key of a
 * type we take: ssh-ed25519, ecdsa-sha2-nistp256/384/521, ssh-rsa, and the
 * sk- forms). */
int account_key_parse(struct arena *a, const char *line,
                      struct account_key *out) MUST_CHECK;

/* An account's keys: one's own, or with account.read. */
int account_key_list(struct ctx *c, struct arena *a, struct account_id account,
                     struct account_key **rows, int *n) MUST_CHECK;
/* The same key of an account; ERR_NOT_FOUND: it has no such key. For
 * liaison-auth, in a system context. */
int account_key_find(struct ctx *c, struct arena *a, struct account_id account,
                     const char *type, const char *key,
                     struct account_key *out) MUST_CHECK;

/* One's own, or with account.write. line as for account_key_parse; commands
 * as in struct account_key: who offers them has checked that they only read.
 * Errors: ERR_DENIED, ERR_NOT_FOUND, ERR_INVALID, ERR_EXISTS, ERR_LIMIT. */
int account_key_add(struct ctx *c, struct account_id account, const char *line,
                    const char *commands, struct account_key_id *id) MUST_CHECK;
int account_key_drop(struct ctx *c, struct account_key_id id) MUST_CHECK;

#endif
