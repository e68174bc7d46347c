/*
 * Second factors: codes are checked, and secrets sealed and opened, here and
 * nowhere else. Whatever another process says of a code is only a question.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "db/base/arena.h"
#include "db/base/log.h"
#include "db/factor.h"
#include "server/auth/auth.h"
#include "server/lib/seal.h"

/* What a session or a connection asks for. */
struct wish {
	int64_t number;
	struct account_id account;
	enum otp_act act;
	const char *code;
	const char *secret;  /* of ENROL: the new one */
	const char *present; /* of ENROL: a code of the one before */
	const char *address;
};

enum { ABOUT = 48 };

/* What is sealed or hashed belongs to one account. */
static const char *
about(const struct wish *w, char out[ABOUT])
{
	(void)snprintf(out, ABOUT, "liaison factor %" PRId64, w->account.v);
	return out;
}

int
factor_open(struct auth *auth)
{
	const struct penalty_rule rule = {
	    .free = auth->cfg->limits_account_failures,
	    .first_s = auth->cfg->limits_penalty_seconds,
	    .most_s = auth->cfg->limits_penalty_max_seconds,
	    .forgive_s = auth->cfg->limits_penalty_forgive_seconds,
	};
	struct arena *a = arena_new();
	int err = secret_seal_open(seal_secret_path(a, auth->cfg), &auth->seal);

	auth->guesses = penalties_new(&rule);
	arena_free(a);
	return err;
}

void
factor_close(struct auth *auth)
{
	penalties_free(auth->guesses);
	secret_wipe(&auth->seal, sizeof(auth->seal));
}

enum otp_need
factor_need(const struct auth *auth, const struct account_login *login)
{
	enum second_factor mode = config_second_factor(auth->cfg);

	if (mode == SECOND_FACTOR_OFF)
		return OTP_NONE;
	if (login->factor)
		return OTP_SHOW;
	return mode == SECOND_FACTOR_REQUIRED && login->guarded ? OTP_ENROL
	                                                        : OTP_NONE;
}

/* --- a code -------------------------------------------------------------- */

/* Only who has the sealing key can tell from its hash what a code is. */
static void
hash_code(const struct auth *auth, const struct wish *w, const char *folded,
          char out[SECRET_HEX + 1])
{
	char text[ABOUT + OTP_RECOVERY_CODE + 1], whose[ABOUT];
	int n = snprintf(text, sizeof(text), "%s %s", about(w, whose), folded);

	secret_keyed_hash(auth->seal.secret, text, (size_t)n, out);
	secret_wipe(text, sizeof(text));
}

static int
check_code(struct auth *auth, struct arena *a, const struct wish *w,
           const char *code)
{
	char secret[SECRET_SEALED_TEXT + 1], whose[ABOUT];
	struct factor factor;
	int64_t step;
	int err = factor_get(&auth->system, a, w->account, &factor);

	if (err != OK)
		return err == ERR_NOT_FOUND ? ERR_DENIED : err;
	err =
	    secret_unseal(&auth->seal, about(w, whose), factor.secret, secret);
	if (err != OK) {
		log_error("factor account=%" PRId64 " cannot be opened:"
		          " is keys/seal another one?",
		          w->account.v);
		return ERR_UNAVAILABLE;
	}
	/* telephones know no stopped clock */
	err = otp_verify(secret, code, clock_now().s, factor.step, &step);
	secret_wipe(secret, sizeof(secret));
	if (err == OK)
		err = factor_use_step(&auth->system, w->account, step);
	return err;
}

static int
check(struct auth *auth, struct arena *a, struct ctx *c, const struct wish *w,
      const char *code)
{
	char folded[OTP_RECOVERY_CODE + 1], hash[SECRET_HEX + 1];

	if (otp_is_code(code))
		return check_code(auth, a, w, code);
	if (!otp_recovery_fold(code, folded))
		return ERR_DENIED;
	hash_code(auth, w, folded, hash);
	secret_wipe(folded, sizeof(folded));
	return factor_use_code(c, hash);
}

/* The same, with a limit on wrong ones that holds wherever they come from:
 * six digits could be guessed by a crowd that knows the password. */
static int
guess(struct auth *auth, struct arena *a, struct ctx *c, const struct wish *w,
      const char *code)
{
	const struct source anywhere = {.bytes = {0}};
	int64_t now_s = clock_monotonic_ms() / 1000;
	char whose[ABOUT];
	struct penalty_key key =
	    penalty_key(auth->guesses, about(w, whose), &anywhere);
	int err;

	if (penalty_until(auth->guesses, &key, now_s) != 0)
		return ERR_LIMIT;
	err = check(auth, a, c, w, code);
	if (err == OK) {
		penalty_clear(auth->guesses, &key);
	} else if (err == ERR_DENIED) {
		(void)penalty_add(auth->guesses, &key, now_s);
		failed_add(auth, w->address);
	}
	return err;
}

/* --- setting one up ------------------------------------------------------ */

/* New recovery codes as text for the person and as hashes for the store. */
static void
make_codes(const struct auth *auth, const struct wish *w,
           char text[IPC_ANSWER_MAX + 1], struct factor_codes *out)
{
	char folded[OTP_RECOVERY_CODE + 1];

	for (int i = 0; i < OTP_RECOVERY; i++, text += OTP_RECOVERY_CODE) {
		if (i > 0)
			*text++ = ' ';
		otp_recovery(text);
		(void)otp_recovery_fold(text, folded);
		hash_code(auth, w, folded, out->hash[i]);
	}
	secret_wipe(folded, sizeof(folded));
}

static int
enrol(struct auth *auth, struct arena *a, struct ctx *c, const struct wish *w,
      char *codes)
{
	char sealed[SECRET_SEALED], whose[ABOUT];
	struct factor factor = {.secret = sealed}, before;
	struct factor_codes hashes;
	int err =
	    otp_verify(w->secret, w->code, clock_now().s, -1, &factor.step);

	if (err != OK) /* a slip, no guess: the secret is the person's own */
		return ERR_INVALID;
	err = factor_get(&auth->system, a, w->account, &before);
	if (err == OK)
		err = guess(auth, a, c, w, w->present);
	else if (err == ERR_NOT_FOUND)
		err = OK;
	if (err == OK)
		err = secret_seal(&auth->seal, about(w, whose), w->secret,
		                  sealed);
	if (err != OK)
		return err;
	make_codes(auth, w, codes, &hashes);
	return factor_set(c, &factor, &hashes);
}

static int
renew(struct auth *auth, struct arena *a, struct ctx *c, const struct wish *w,
      char *codes)
{
	struct factor_codes hashes;
	int err = guess(auth, a, c, w, w->code);

	if (err != OK)
		return err;
	make_codes(auth, w, codes, &hashes);
	return factor_renew(c, &hashes);
}

/* An office that needs one keeps it: it can be set up anew. */
static int
drop(struct auth *auth, struct arena *a, struct ctx *c, const struct wish *w)
{
	struct account account;
	struct account_login login;
	int err = account_get(&auth->system, a, w->account, &account);

	if (err == OK)
		err = account_for_login(&auth->system, a, account.name, &login);
	if (err != OK)
		return err;
	login.factor = false;
	if (factor_need(auth, &login) == OTP_ENROL)
		return ERR_STATE;
	err = guess(auth, a, c, w, w->code);
	return err == OK ? factor_drop(c) : err;
}

static int
carry_out(struct auth *auth, struct arena *a, const struct wish *w, char *codes)
{
	struct ctx c;
	int err = ctx_open(&c, auth->store, w->account.v, 0);

	if (err != OK)
		return err;
	answer_ctx(auth, &c);
	switch (w->act) {
	case OTP_ACT_SHOW:
		return guess(auth, a, &c, w, w->code);
	case OTP_ACT_ENROL:
		return enrol(auth, a, &c, w, codes);
	case OTP_ACT_RENEW:
		return renew(auth, a, &c, w, codes);
	case OTP_ACT_DROP:
		return drop(auth, a, &c, w);
	case OTP_ACTS:
		break;
	}
	return ERR_PROTOCOL;
}

void
factor_answer(struct auth *auth, struct arena *a, struct ipc_msg *m)
{
	char codes[IPC_ANSWER_MAX + 1] = "";
	struct wish w;
	int err;

	w.number = ipc_get_int(m, 1, INT64_MAX);
	w.account.v = ipc_get_int(m, 1, INT64_MAX);
	w.act = (enum otp_act)ipc_get_int(m, 0, OTP_ACTS - 1);
	w.code = ipc_get_text(m, IPC_CODE_MAX);
	w.secret = ipc_get_text(m, IPC_CODE_MAX);
	w.present = ipc_get_text(m, IPC_CODE_MAX);
	w.address = ipc_get_text(m, IPC_ADDRESS_MAX);
	err = ipc_end(m);
	if (err == OK)
		err = carry_out(auth, a, &w, codes);
	answer_done(w.number, err, err == OK ? codes : "");
	secret_wipe(codes, sizeof(codes));
}
