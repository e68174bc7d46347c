/* What liaisond asks: a password, a key, a password to set or to check. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/account_key.h"
#include "db/base/arena.h"
#include "db/base/log.h"
#include "db/base/policy.h"
#include "db/setting.h"
#include "server/auth/auth.h"
#include "server/lib/spawn.h"
#include "server/lib/wake.h"

/* A question while its password is hashed. */
struct question {
	int64_t number;
	int64_t actor;   /* account that acts */
	int64_t account; /* account that is meant; 0: there is none */
	bool allowed;    /* the account may sign in at all */
	bool must_change;
	enum otp_need need;
	bool is_login;
	char address[IPC_ADDRESS_MAX + 1]; /* of a login */
};

static void
send_or_log(struct ipc_msg *m)
{
	if (ipc_send(SPAWN_WIRE, m) != OK)
		log_error("answer lost");
}

/* What a sign-in comes to; all of it is nothing unless err is OK. */
struct verdict {
	bool needs_password;
	enum otp_need need;
	const char *commands; /* that a key is for; "": all */
};

static void
tell_login(int64_t number, int err, const struct account_login *login,
           const struct verdict *v)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_AUTH_RESULT);
	ipc_put_int(&m, number);
	ipc_put_int(&m, err);
	ipc_put_int(&m, err == OK ? login->id.v : 0);
	ipc_put_int(&m, err == OK && login->must_change);
	ipc_put_int(&m, err == OK && v->needs_password);
	ipc_put_int(&m, err == OK ? v->need : OTP_NONE);
	ipc_put_text(&m, err == OK ? v->commands : "");
	send_or_log(&m);
}

void
answer_done(int64_t number, int err, const char *text)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_AUTH_DONE);
	ipc_put_int(&m, number);
	ipc_put_int(&m, err);
	ipc_put_text(&m, text);
	send_or_log(&m);
}

static void
tell(const struct question *q, int err)
{
	const struct account_login login = {
	    .id = {q->account},
	    .must_change = q->must_change,
	};

	const struct verdict v = {.need = q->need, .commands = ""};

	if (q->is_login)
		tell_login(q->number, err, &login, &v);
	else
		answer_done(q->number, err, "");
}

static struct question *
question_new(int64_t number, bool is_login)
{
	struct question *q = xcalloc(1, sizeof(*q));

	q->number = number;
	q->is_login = is_login;
	return q;
}

/* Whoever cannot sign in learns it as late and in the same words as who
 * typed a wrong password. */
static void
on_verified(struct auth *auth, void *data, const struct work_result *result)
{
	const struct question *q = data;
	int err = result->good && q->allowed ? OK : ERR_DENIED;

	if (!result->ran)
		err = ERR_UNAVAILABLE;
	if (err == ERR_DENIED && q->is_login)
		failed_add(auth, q->address);
	tell(q, err);
}

static void
verify(struct auth *auth, struct question *q, const char *hash,
       const char *password, const struct work_from *from)
{
	if (work_add(auth, hash, password, from, on_verified, q))
		return;
	tell(q, ERR_UNAVAILABLE);
	free(q);
}

static void
answer_password(struct auth *auth, struct arena *a, struct ipc_msg *m)
{
	struct question *q = question_new(ipc_get_int(m, 1, INT64_MAX), true);
	const char *user = ipc_get_text(m, IPC_USER_MAX);
	const char *password = ipc_get_text(m, IPC_PASSWORD_MAX);
	const char *address = ipc_get_text(m, IPC_ADDRESS_MAX);
	struct account_login login = {.password = ""};
	struct work_from from = {.rank = 0};
	int err;

	(void)snprintf(q->address, sizeof(q->address), "%s", address);
	if (source_parse(address, &from.source) == OK)
		from.source = source_home(&from.source);
	from.rank = (int)ipc_get_int(m, 0, INT32_MAX);
	err = account_for_login(&auth->system, a, user, &login);
	if (err != OK && err != ERR_NOT_FOUND) {
		log_error("account-read error=%s", err_name(err));
		tell(q, ERR_UNAVAILABLE);
		free(q);
		return;
	}
	q->account = login.id.v;
	q->must_change = login.must_change;
	q->need = factor_need(auth, &login);
	q->allowed = err == OK && !login.disabled;
	verify(auth, q, login.password, password, &from);
}

/* Of those who see most, and of who has yet to set up the factor that the
 * office needs, a key alone is not enough: that it signed is the word of the
 * process that speaks to the network. A second factor is asked for here,
 * and a key for named commands opens no session. */
static struct verdict
verdict_of_key(const struct auth *auth, const struct account_login *login,
               const struct account_key *key)
{
	struct verdict v = {.need = factor_need(auth, login),
	                    .commands = key->commands};

	if (*key->commands != '\0')
		v.need = OTP_NONE;
	else if (v.need != OTP_SHOW)
		v.needs_password = login->sees_most || v.need == OTP_ENROL;
	return v;
}

static void
answer_key(struct auth *auth, struct arena *a, struct ipc_msg *m)
{
	int64_t number = ipc_get_int(m, 1, INT64_MAX);
	const char *user = ipc_get_text(m, IPC_USER_MAX);
	const char *type = ipc_get_text(m, IPC_KEY_TYPE_MAX);
	const char *key = ipc_get_text(m, IPC_KEY_MAX);
	struct account_login login = {.password = ""};
	struct account_key found = {.commands = ""};
	struct verdict v;
	int err = account_for_login(&auth->system, a, user, &login);

	/* looked up also for nobody, so that it takes as long */
	if (err == OK || err == ERR_NOT_FOUND) {
		int key_err = account_key_find(&auth->system, a, login.id, type,
		                               key, &found);

		if (err == OK)
			err = key_err;
	}
	if (err == OK && login.disabled)
		err = ERR_DENIED;
	if (err == ERR_NOT_FOUND)
		err = ERR_DENIED;
	v = verdict_of_key(auth, &login, &found);
	tell_login(number, err, &login, &v);
}

static void
on_commit(void *data, uint64_t kinds, int64_t unit)
{
	const struct auth *auth = data;

	wake_send(auth->cfg->database_path, kinds, unit);
}

void
answer_ctx(struct auth *auth, struct ctx *c)
{
	c->committed = on_commit;
	c->committed_data = auth;
}

/* The right is checked by the store, with the acting account's own hat. */
static int
store_hash(struct auth *auth, const struct question *q, const char *hash)
{
	struct ctx c;
	int err = ctx_open(&c, auth->store, q->actor, 0);

	if (err != OK)
		return err;
	answer_ctx(auth, &c);
	return account_password(&c, (struct account_id){q->account}, hash,
	                        q->must_change);
}

static void
on_hashed(struct auth *auth, void *data, const struct work_result *result)
{
	const struct question *q = data;

	tell(q, result->good ? store_hash(auth, q, result->hash)
	                     : ERR_UNAVAILABLE);
}

/* May the actor read the account at all, and is the password good enough?
 * Asked before the hash is paid for. */
static int
may_set(struct auth *auth, struct arena *a, const struct question *q,
        const char *password)
{
	struct account account;
	struct ctx c;
	int64_t least;
	int err = ctx_open(&c, auth->store, q->actor, 0);

	if (err == OK)
		err =
		    setting_number(&c, "password.length", POLICY_LEAST, &least);
	if (err == OK)
		err = account_get(&c, a, (struct account_id){q->account},
		                  &account);
	if (err == OK)
		err = policy_check(account.name, password, (int)least);
	return err;
}

static void
answer_set(struct auth *auth, struct arena *a, struct ipc_msg *m)
{
	struct question *q = question_new(ipc_get_int(m, 1, INT64_MAX), false);
	const char *password;
	int err;

	q->actor = ipc_get_int(m, 1, INT64_MAX);
	q->account = ipc_get_int(m, 1, INT64_MAX);
	q->must_change = ipc_get_bool(m);
	password = ipc_get_text(m, IPC_PASSWORD_MAX);
	err = may_set(auth, a, q, password);
	if (err == OK && work_add(auth, NULL, password, NULL, on_hashed, q))
		return;
	tell(q, err == OK ? ERR_UNAVAILABLE : err);
	free(q);
}

/* The person's own password again: read by the name of their account. */
static void
answer_check(struct auth *auth, struct arena *a, struct ipc_msg *m)
{
	struct question *q = question_new(ipc_get_int(m, 1, INT64_MAX), false);
	struct account_login login = {.password = ""};
	const char *password;
	struct account account;
	int err;

	q->account = ipc_get_int(m, 1, INT64_MAX);
	password = ipc_get_text(m, IPC_PASSWORD_MAX);
	err = account_get(&auth->system, a, (struct account_id){q->account},
	                  &account);
	if (err == OK)
		err = account_for_login(&auth->system, a, account.name, &login);
	q->allowed = err == OK && !login.disabled;
	verify(auth, q, login.password, password, NULL);
}

void
answer(struct auth *auth, struct ipc_msg *m)
{
	struct arena *a = arena_new();

	switch (m->type) {
	case IPC_AUTH_PASSWORD:
		answer_password(auth, a, m);
		break;
	case IPC_AUTH_KEY:
		answer_key(auth, a, m);
		break;
	case IPC_AUTH_SET:
		answer_set(auth, a, m);
		break;
	case IPC_AUTH_CHECK:
		answer_check(auth, a, m);
		break;
	case IPC_AUTH_FACTOR:
		factor_answer(auth, a, m);
		break;
	case IPC_AUTH_CONTACT:
		contact_answer(auth, m);
		break;
	case IPC_AUTH_WAKE:
		contact_match_all(auth);
		break;
	case IPC_AUTH_PROVE:
		prove_answer(auth, a, m);
		break;
	case IPC_AUTH_PIN:
		prove_set_pin(auth, m);
		break;
	default: /* ipc.def lets nothing else through */
		break;
	}
	if (ipc_end(m) != OK)
		log_error("question malformed type=%s", ipc_name(m->type));
	arena_free(a);
}
