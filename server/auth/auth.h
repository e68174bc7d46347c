/*
 * liaison-auth's parts: it reads password hashes and keys from the store
 * and says who may sign in, sets passwords, and signs the audit's head.
 * Hashing is done by forked workers, two at a time, at idle priority.
 */
#ifndef SERVER_AUTH_AUTH_H
#define SERVER_AUTH_AUTH_H

#include <stdbool.h>
#include <stdint.h>

#include "db/account.h"
#include "db/base/config.h"
#include "db/base/otp.h"
#include "db/base/secret.h"
#include "db/base/secret_box.h"
#include "db/base/source.h"
#include "db/store/ctx.h"
#include "db/store/store.h"
#include "server/lib/ipc.h"
#include "server/lib/loop.h"
#include "server/lib/penalty.h"
#include "server/lib/sandbox.h"

enum { FAILED_SOURCES = 100 };

/* Failed sign-ins of a source since the last minute's end; count 0: none. */
struct failed {
	char address[IPC_ADDRESS_MAX + 1];
	int count;
};

enum { SECRET_ROBOT = 128 };
struct auth {
	struct loop *loop;
	const struct config *cfg;
	struct store *store;
	struct ctx system;
	struct sandbox *worker; /* what a password is hashed in */

	struct work *works; /* oldest first, running ones among them */
	int work_count, running;

	struct failed failed[FAILED_SOURCES];

	struct secret_seal_key seal;
	struct penalties
	    *guesses; /* wrong codes of an account, from anywhere */

	char robot[SECRET_ROBOT + 1]; /* the chat's secret; "": no robot */
	struct secret_box_key contacts;
	struct penalties *looks;   /* at contacts, of an account */
	struct opinion_id matched; /* no contact up to here waits for it */

	struct secret_sign_key key;
	int heads; /* append-only list of signed heads; -1: none */
	int64_t signed_seq;
};

/* Hashing. done gets whether the password fits (verify) or was hashed. */
struct work_result {
	bool ran; /* false: it gave way to others, or the worker died */
	bool good;
	char hash[SECRET_PASSWORD]; /* of a password to set */
};
typedef void work_done(struct auth *auth, void *data,
                       const struct work_result *result);
/* Where a password comes from. */
struct work_from {
	struct source source;
	int rank; /* how far back in line it begins */
};
/* Verify password against hash ("": nobody's, takes as long), or with hash
 * NULL hash it. from NULL: somebody who has signed in. The queue is fair by
 * source: each that waits of a source stands one place further back. data is
 * freed after done. false: too many wait. */
bool work_add(struct auth *auth, const char *hash, const char *password,
              const struct work_from *from, work_done *done, void *data);
void works_end(struct auth *auth);

/* answer.c: the questions of liaisond. */
void answer(struct auth *auth, struct ipc_msg *m);
void answer_done(int64_t number, int err, const char *text);
/* Who tells its process of what c commits. */
void answer_ctx(struct auth *auth, struct ctx *c);

/* robot.c: the chat's secret, read once; and whether a callback is signed
 * with it, within an hour. Errors: ERR_DENIED. */
void robot_open(struct auth *auth);
int robot_proves(const struct auth *auth, const char *timestamp,
                 const char *sign) MUST_CHECK;

/* factor.c: second factors. The key is read, or made, before anything is
 * asked. */
int factor_open(struct auth *auth) MUST_CHECK;
void factor_close(struct auth *auth);
enum otp_need factor_need(const struct auth *auth,
                          const struct account_login *login);
void factor_answer(struct auth *auth, struct arena *a, struct ipc_msg *m);

/* contact.c: contacts of citizens. The key is read, or made, before anything
 * is asked. */
int contact_open(struct auth *auth) MUST_CHECK;
void contact_close(struct auth *auth);
void contact_answer(struct auth *auth, struct ipc_msg *m);
/* Match those that have yet to be, some at a time; and be told of more. */
void contact_match_all(void *auth);
void contact_watch(struct auth *auth);

/* prove.c: what liaison-web was given, and a PIN to set. */
void prove_answer(struct auth *auth, struct arena *a, struct ipc_msg *m);
void prove_set_pin(struct auth *auth, struct ipc_msg *m);

/* failed.c: counted here, written into the audit once a minute. */
void failed_add(struct auth *auth, const char *address);
void failed_write(struct auth *auth);

/* sign.c */
int sign_open(struct auth *auth) MUST_CHECK;
/* Sign the audit's head when it has moved. */
void sign_head(struct auth *auth);

#endif
