/*
 * What liaison-web was given: a PIN, the secret of a telephone, a token that
 * binds one; and a PIN to set. A PIN is hashed like a password and waits in
 * the same line. The secrets are random and long, so that their plain hash
 * is enough.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/arena.h"
#include "db/base/log.h"
#include "db/opinion.h"
#include "db/phone.h"
#include "server/auth/auth.h"
#include "server/lib/spawn.h"

/* A PIN that is being checked or set. */
struct pin_question {
	int64_t number;
	struct account_id account; /* of the one that is hashed now */
	char address[IPC_ADDRESS_MAX + 1];
	char password[PIN_MOST + 1];
	struct work_from from;
	/* those of the same name that are tried after it */
	int left;
	struct account_id others[PIN_NAMESAKES];
	char hashes[PIN_NAMESAKES][SECRET_PASSWORD];
};

static void
tell(int64_t number, int err, struct account_id account, const char *secret)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_AUTH_PROVEN);
	ipc_put_int(&m, number);
	ipc_put_int(&m, err);
	ipc_put_int(&m, err == OK ? account.v : 0);
	ipc_put_text(&m, err == OK ? secret : "");
	if (ipc_send(SPAWN_WIRE, &m) != OK)
		log_error("answer lost");
}

/* --- a PIN
 * -------------------------------------------------------------------- */

static void on_verified(struct auth *auth, void *data,
                        const struct work_result *result);

/* Nobody's PIN takes as long as anybody's. */
static void
verify_next(struct auth *auth, struct pin_question *q)
{
	const char *hash = "";

	if (q->left > 0) {
		q->left--;
		q->account = q->others[q->left];
		hash = q->hashes[q->left];
	}
	if (work_add(auth, hash, q->password, &q->from, on_verified, q))
		return;
	tell(q->number, ERR_UNAVAILABLE, q->account, "");
	secret_wipe(q->password, sizeof(q->password));
	free(q);
}

static void
on_verified(struct auth *auth, void *data, const struct work_result *result)
{
	struct pin_question *q = data, *again;

	if (result->ran && !result->good && q->left > 0) {
		again = xcalloc(1, sizeof(*again)); /* q is freed after us */
		*again = *q;
		verify_next(auth, again);
	} else if (result->ran && !result->good) {
		failed_add(auth, q->address);
		tell(q->number, ERR_DENIED, q->account, "");
	} else {
		tell(q->number, result->ran ? OK : ERR_UNAVAILABLE, q->account,
		     "");
	}
	secret_wipe(q->password, sizeof(q->password));
}

static void
prove_pin(struct auth *auth, struct arena *a, struct pin_question *q,
          const char *name)
{
	struct pin *rows;
	int n, err = phone_pins(&auth->system, a, name, &rows, &n);

	if (err != OK) {
		tell(q->number, ERR_UNAVAILABLE, q->account, "");
		free(q);
		return;
	}
	for (int i = 0; i < n; i++) {
		q->others[i] = rows[i].account;
		(void)snprintf(q->hashes[i], sizeof(q->hashes[i]), "%s",
		               rows[i].hash);
	}
	q->left = n;
	verify_next(auth, q);
}

/* --- a telephone
 * ---------------------------------------------------------------- */

/* Only who may still sign in is known. */
static int
open_account(struct auth *auth, struct account_id account, struct ctx *c)
{
	int err = ctx_open(c, auth->store, account.v, 0);

	if (err == OK)
		answer_ctx(auth, c);
	return err == ERR_NOT_FOUND ? ERR_DENIED : err;
}

static int
prove_phone(struct auth *auth, const char *secret, struct account_id *account)
{
	char hash[SECRET_HEX + 1];
	struct ctx c;
	int err;

	secret_sha256(secret, strlen(secret), hash);
	err = phone_account(&auth->system, hash, account);
	if (err == ERR_NOT_FOUND)
		return ERR_DENIED;
	return err == OK ? open_account(auth, *account, &c) : err;
}

static int
prove_invite(struct auth *auth, const char *token, struct account_id *account)
{
	char hash[SECRET_HEX + 1];
	struct ctx c;
	int err;

	secret_sha256(token, strlen(token), hash);
	err = phone_invited(&auth->system, hash, account);
	if (err == ERR_NOT_FOUND)
		return ERR_DENIED;
	return err == OK ? open_account(auth, *account, &c) : err;
}

/* The telephone's new secret is made here, and its hash alone is kept. */
static int
bind(struct auth *auth, struct arena *a, const char *token, const char *before,
     const char *label, struct account_id *account, char fresh[SECRET_HEX + 1])
{
	char invite[SECRET_HEX + 1], secret[SECRET_HEX + 1];
	char old[SECRET_HEX + 1];
	unsigned char random[SECRET_KEY];
	const struct phone_bind wish = {
	    .invite = invite,
	    .secret = secret,
	    .before = old,
	    .label = phone_label(a, label),
	};
	struct ctx c;
	int err;

	secret_sha256(token, strlen(token), invite);
	secret_sha256(before, strlen(before), old);
	secret_random(random, sizeof(random));
	secret_sha256(random, sizeof(random), fresh);
	secret_wipe(random, sizeof(random));
	secret_sha256(fresh, SECRET_HEX, secret);
	err = phone_invited(&auth->system, invite, account);
	if (err == OK)
		err = open_account(auth, *account, &c);
	if (err == OK)
		err = phone_bind(&c, &wish);
	return err == ERR_NOT_FOUND ? ERR_DENIED : err;
}

/* The secret of an opinion that a citizen follows; name is "T" and its
 * number, so that its failures are not an account's. */
static int
prove_matter(struct auth *auth, const char *name, const char *secret)
{
	struct opinion_id id;
	char *end;
	bool fits;
	int err;

	if (name[0] != 'T')
		return ERR_DENIED;
	errno = 0;
	id.v = strtoll(name + 1, &end, 10);
	if (errno != 0 || *end != '\0' || id.v <= 0)
		return ERR_DENIED;
	err = opinion_secret_fits(&auth->system, id, secret, &fits);
	return err == OK && !fits ? ERR_DENIED : err;
}

void
prove_answer(struct auth *auth, struct arena *a, struct ipc_msg *m)
{
	struct pin_question *q = xcalloc(1, sizeof(*q));
	enum ipc_proof proof;
	const char *name, *secret, *before, *label;
	char fresh[SECRET_HEX + 1] = "";
	struct account_id account = {0};
	int err;

	q->number = ipc_get_int(m, 1, INT64_MAX);
	proof = (enum ipc_proof)ipc_get_int(m, 0, PROOFS - 1);
	name = ipc_get_text(m, IPC_USER_MAX);
	secret = ipc_get_text(m, IPC_SECRET_MAX);
	before = ipc_get_text(m, IPC_SECRET_MAX);
	label = ipc_get_text(m, IPC_BROWSER_MAX);
	(void)snprintf(q->address, sizeof(q->address), "%s",
	               ipc_get_text(m, IPC_ADDRESS_MAX));
	if (source_parse(q->address, &q->from.source) == OK)
		q->from.source = source_home(&q->from.source);
	q->from.rank = (int)ipc_get_int(m, 0, INT32_MAX);
	err = ipc_end(m);
	if (err == OK && proof == PROOF_PIN && strlen(secret) <= PIN_MOST) {
		(void)snprintf(q->password, sizeof(q->password), "%s", secret);
		prove_pin(auth, a, q, name);
		return;
	}
	if (err == OK && proof == PROOF_PHONE)
		err = prove_phone(auth, secret, &account);
	else if (err == OK && proof == PROOF_ROBOT)
		err = robot_proves(auth, name, secret);
	else if (err == OK && proof == PROOF_MATTER)
		err = prove_matter(auth, name, secret);
	else if (err == OK && proof == PROOF_INVITE)
		err = prove_invite(auth, secret, &account);
	else if (err == OK && proof == PROOF_BIND)
		err = bind(auth, a, secret, before, label, &account, fresh);
	else if (err == OK)
		err = ERR_DENIED;
	if (err == ERR_DENIED && proof != PROOF_PHONE)
		failed_add(auth, q->address);
	tell(q->number, err, account, fresh);
	secret_wipe(fresh, sizeof(fresh));
	free(q);
}

/* --- setting a PIN
 * ---------------------------------------------------------------- */

static void
on_hashed(struct auth *auth, void *data, const struct work_result *result)
{
	const struct pin_question *q = data;
	struct ctx c;
	int err =
	    result->good ? open_account(auth, q->account, &c) : ERR_UNAVAILABLE;

	if (err == OK)
		err = phone_pin(&c, result->hash);
	answer_done(q->number, err, "");
}

/* An empty one: there is to be none. */
void
prove_set_pin(struct auth *auth, struct ipc_msg *m)
{
	struct pin_question *q = xcalloc(1, sizeof(*q));
	const char *pin;
	struct ctx c;
	int err;

	q->number = ipc_get_int(m, 1, INT64_MAX);
	q->account.v = ipc_get_int(m, 1, INT64_MAX);
	pin = ipc_get_text(m, PIN_MOST);
	err = ipc_end(m);
	if (err == OK && *pin == '\0') {
		err = open_account(auth, q->account, &c);
		if (err == OK)
			err = phone_pin(&c, "");
	} else if (err == OK && phone_pin_fault(pin) != NULL) {
		err = ERR_INVALID;
	} else if (err == OK && work_add(auth, NULL, pin, NULL, on_hashed, q)) {
		return;
	} else if (err == OK) {
		err = ERR_UNAVAILABLE;
	}
	answer_done(q->number, err, "");
	free(q);
}
