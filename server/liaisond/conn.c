/* Connections: admitted, signed in, joined to a session. The child of
 * liaison-net at the other end of the wire is not trusted: every count that
 * limits it is kept here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/base/log.h"
#include "server/liaisond/site.h"

/* Keys that a client may offer in one connection, asked and signed. */
enum { QUESTIONS_MAX = 24 };
/* For each place that there is, so many may be told why they get none. */
enum { TOLD_MAX = 4 };

static void
forget(struct conn *k)
{
	struct site *site = k->site;

	for (struct conn **at = &site->conns; *at != NULL; at = &(*at)->next)
		if (*at == k) {
			*at = k->next;
			break;
		}
	site->conn_count--;
	if (k->account == 0 && !k->refused)
		site->waiting--;
	if (k->refused)
		site->refused--;
	ask_forget(site, k);
	loop_cancel(site->loop, k->grace);
	loop_remove(site->loop, k->watch);
	(void)close(k->wire);
	if (k->session != NULL)
		session_link_lost(k->session);
	free(k);
	if (site->stopping && site->conns == NULL && site->sessions == NULL)
		loop_stop(site->loop);
}

/* The child closes the wire when it is done; a wire that is stuck is cut. */
static void
tell(struct conn *k, struct ipc_msg *m)
{
	if (ipc_send(k->wire, m) != OK)
		log_debug("connection stuck message=%s", ipc_name(m->type));
}

/* Once refused it no longer counts as waiting: who floods us must not fill
 * the places of those who may still come in. */
static void
refuse(struct conn *k, enum ipc_reason reason, int64_t until_s, bool late)
{
	struct site *site = k->site;
	struct ipc_msg m;
	int64_t left_s = until_s - clock_monotonic_ms() / 1000;

	if (!k->refused) {
		k->refused = true;
		site->refused++;
		if (k->account == 0)
			site->waiting--;
	}
	ipc_begin(&m, IPC_REFUSED);
	ipc_put_int(&m, reason);
	ipc_put_int(&m, until_s == 0 ? 0 : clock_now().s + left_s);
	ipc_put_int(&m, late);
	tell(k, &m);
}

void
conn_refuse(struct conn *k, enum ipc_reason reason, int64_t until_s)
{
	refuse(k, reason, until_s, false);
}

void
conns_refuse(struct site *site, enum ipc_reason reason)
{
	for (struct conn *k = site->conns; k != NULL; k = k->next)
		if (k->session == NULL)
			conn_refuse(k, reason, 0);
}

void
conn_exit(struct conn *k, int status)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_EXIT);
	ipc_put_int(&m, status);
	tell(k, &m);
}

void
conn_say(struct conn *k, const char *text)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_SAY);
	ipc_put_text(&m, text);
	tell(k, &m);
}

void
conn_encoding(struct conn *k, enum encoding encoding)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_ENCODING);
	ipc_put_int(&m, encoding);
	tell(k, &m);
}

static void
on_grace_over(void *data)
{
	struct conn *k = data;

	k->grace = NULL;
	log_info("%s-time-over address=%s",
	         k->account == 0 ? "sign-in" : "request", k->address);
	if (k->account == 0)
		conn_refuse(k, END_TIME, admit_failed(k));
	else
		conn_refuse(k, END_NOTHING, 0);
}

static void
begin_grace(struct conn *k)
{
	loop_cancel(k->site->loop, k->grace);
	k->grace = loop_after(k->site->loop,
	                      k->site->cfg->limits_sign_in_seconds * 1000,
	                      on_grace_over, k);
}

void
conn_served(struct conn *k)
{
	loop_cancel(k->site->loop, k->grace);
	k->grace = NULL;
}

static enum ipc_verdict
verdict_of(int err)
{
	if (err == OK)
		return VERDICT_YES;
	return err == ERR_DENIED ? VERDICT_NO : VERDICT_UNAVAILABLE;
}

static void
tell_verdict(struct conn *k, enum ipc_verdict verdict)
{
	struct ipc_msg m;

	k->asking = false;
	ipc_begin(&m, IPC_LOGIN_RESULT);
	ipc_put_int(&m, verdict);
	tell(k, &m);
}

static void
enter(struct conn *k, const struct login *login, enum strength strength)
{
	static const char *const by[] = {
	    [STRENGTH_NONE] = "nothing",
	    [STRENGTH_KEY] = "key",
	    [STRENGTH_PASSWORD] = "password",
	    [STRENGTH_BOTH] = "key+password",
	    [STRENGTH_SECOND] = "second-factor",
	};

	k->strength = strength;
	k->account = login->account;
	k->must_change = login->must_change;
	k->need = strength == STRENGTH_SECOND ? OTP_NONE : login->need;
	(void)snprintf(k->commands, sizeof(k->commands), "%s", login->commands);
	k->site->waiting--;
	admit_signed_in(k);
	begin_grace(k);
	log_info("signed-in account=%lld by=%s address=%s",
	         (long long)k->account, by[strength], k->address);
	tell_verdict(k, VERDICT_YES);
}

static void
on_wrong(struct conn *k, const char *what)
{
	int64_t until_s = admit_failed(k);

	log_info("sign-in-refused address=%s why=%s failures=%d", k->address,
	         what, admit_failures(k));
	k->asking = false;
	if (until_s != 0)
		conn_refuse(k, END_PENALTY, until_s);
	else if (++k->failures >= k->site->cfg->limits_sign_in_tries)
		conn_refuse(k, END_TRIES, 0);
	else
		tell_verdict(k, VERDICT_NO);
}

static void
on_password(void *data, int err, const struct login *login)
{
	struct conn *k = data;

	if (k->refused) /* meanwhile its time was over */
		return;
	if (err == OK && login->need == OTP_SHOW && k->by_code) {
		k->pending = login->account;
		k->pending_must_change = login->must_change;
		tell_verdict(k, VERDICT_CODE);
	} else if (err == OK) {
		enter(k, login,
		      k->key_signed ? STRENGTH_BOTH : STRENGTH_PASSWORD);
	} else if (err == ERR_DENIED) {
		on_wrong(k, "password");
	} else {
		log_warn("sign-in-refused address=%s why=%s", k->address,
		         err_name(err));
		tell_verdict(k, VERDICT_UNAVAILABLE);
	}
}

/* Only liaison-auth says that a code is right. */
static void
on_code(void *data, int err, const struct login *answer)
{
	struct conn *k = data;
	const struct login login = {.account = k->pending,
	                            .must_change = k->pending_must_change};

	(void)answer;
	if (k->refused)
		return;
	if (err == OK) {
		enter(k, &login, STRENGTH_SECOND);
	} else if (err == ERR_DENIED) {
		on_wrong(k, "code");
	} else {
		log_warn("sign-in-refused address=%s why=code error=%s",
		         k->address, err_name(err));
		if (err == ERR_LIMIT)
			conn_refuse(k, END_PENALTY, 0);
		else
			tell_verdict(k, VERDICT_UNAVAILABLE);
	}
}

/* That key K signed is only the word of the process that parses SSH, so
 * the offices that see most need their password besides (design.md). */
static void
on_key(void *data, int err, const struct login *login)
{
	struct conn *k = data;

	if (k->refused)
		return;
	k->key_signed = err == OK;
	if (err == OK && !login->needs_password)
		enter(k, login, STRENGTH_KEY);
	else
		tell_verdict(k, err == OK ? VERDICT_MORE : verdict_of(err));
}

/* A probe asks whether a key would do; only a signature signs in. */
static void
on_probe(void *data, int err, const struct login *login)
{
	(void)login;
	tell_verdict(data, verdict_of(err));
}

/* One user name a connection, one question at a time, not too many. */
static bool
may_ask(struct conn *k, const char *user)
{
	if (k->asking || k->account != 0 || k->refused || user[0] == '\0' ||
	    ++k->questions > QUESTIONS_MAX)
		return false;
	if (k->user[0] == '\0')
		(void)snprintf(k->user, sizeof(k->user), "%s", user);
	return strcmp(k->user, user) == 0;
}

/* Then it was told so. */
static bool
is_penalised(struct conn *k)
{
	int64_t until_s;
	enum ipc_reason reason = admit_password(k, &until_s);

	if (reason == ENDS)
		return false;
	log_info("sign-in-refused address=%s why=penalty", k->address);
	conn_refuse(k, reason, until_s);
	return true;
}

static int
login_password(struct conn *k, struct ipc_msg *m)
{
	const char *user = ipc_get_text(m, IPC_USER_MAX);
	const char *password = ipc_get_text(m, IPC_PASSWORD_MAX);
	bool by_code = ipc_get_bool(m);

	if (ipc_end(m) != OK || !may_ask(k, user))
		return ERR_PROTOCOL;
	if (is_penalised(k))
		return OK;
	k->asking = true;
	k->by_code = by_code;
	k->pending = 0;
	ask_password(k->site, user, password, k->address, admit_rank(k),
	             on_password, k);
	return OK;
}

static int
login_code(struct conn *k, struct ipc_msg *m)
{
	const struct factor_wish wish = {
	    .act = OTP_ACT_SHOW,
	    .code = ipc_get_text(m, IPC_CODE_MAX),
	    .secret = "",
	    .present = "",
	};

	if (ipc_end(m) != OK || k->pending == 0 || !may_ask(k, k->user))
		return ERR_PROTOCOL;
	if (is_penalised(k))
		return OK;
	k->asking = true;
	ask_factor(k->site, k->pending, &wish, k->address, on_code, k);
	return OK;
}

static int
login_key(struct conn *k, struct ipc_msg *m)
{
	const char *user = ipc_get_text(m, IPC_USER_MAX);
	const char *type = ipc_get_text(m, IPC_KEY_TYPE_MAX);
	const char *key = ipc_get_text(m, IPC_KEY_MAX);
	bool verified = ipc_get_bool(m);

	if (ipc_end(m) != OK || !may_ask(k, user))
		return ERR_PROTOCOL;
	k->asking = true;
	ask_key(k->site, user, type, key, verified ? on_key : on_probe, k);
	return OK;
}

static int
on_message(struct conn *k, struct ipc_msg *m)
{
	int64_t columns, rows;

	switch (m->type) {
	case IPC_LOGIN_PASSWORD:
		return login_password(k, m);
	case IPC_LOGIN_CODE:
		return login_code(k, m);
	case IPC_LOGIN_KEY:
		return login_key(k, m);
	case IPC_START:
		return session_start(k, m);
	case IPC_WINDOW:
		columns = ipc_get_int(m, 0, INT32_MAX);
		rows = ipc_get_int(m, 0, INT32_MAX);
		k->terminal.columns = columns;
		k->terminal.rows = rows;
		if (k->session != NULL)
			session_window(k->session, columns, rows);
		return ipc_end(m);
	default: /* ipc.def lets nothing else through */
		return ERR_PROTOCOL;
	}
}

static void
on_wire(void *data)
{
	struct conn *k = data;
	struct ipc_msg m;
	int err;

	for (;;) {
		enum ipc_when when =
		    k->account != 0 ? AFTER_LOGIN : BEFORE_LOGIN;

		err = ipc_recv(k->wire, FROM_NET, when, &m);
		if (err != OK)
			break;
		err = on_message(k, &m);
		ipc_clear(&m);
		if (err != OK)
			break;
	}
	if (err == ERR_PROTOCOL)
		log_warn("connection address=%s malformed", k->address);
	if (err != ERR_BUSY)
		forget(k);
}

/* Where more are refused at once than could ever wait, they are not told. */
static void
turn_away(struct conn *k, enum ipc_reason reason, int64_t until_s)
{
	struct site *site = k->site;

	if (site->refused >= TOLD_MAX * site->cfg->limits_connections) {
		refuse(k, END_LINK, 0, false);
		return;
	}
	log_warn("connection-refused address=%s why=%s waiting=%d", k->address,
	         ipc_reason_name(reason), site->waiting - 1);
	refuse(k, reason, until_s, admit_is_polite(site));
}

static void
let_in(struct conn *k)
{
	const struct config *cfg = k->site->cfg;
	struct ipc_msg m;

	begin_grace(k);
	ipc_begin(&m, IPC_ADMITTED);
	ipc_put_int(&m, cfg->limits_sign_in_seconds);
	ipc_put_int(&m, cfg->limits_sign_in_tries);
	ipc_put_int(&m, config_second_factor(cfg) != SECOND_FACTOR_OFF);
	tell(k, &m);
}

void
conn_open(struct site *site, const char *address, int wire)
{
	struct conn *k = xcalloc(1, sizeof(*k));
	enum ipc_reason reason;
	int64_t until_s;

	k->site = site;
	k->wire = wire;
	(void)snprintf(k->address, sizeof(k->address), "%s", address);
	reason = admit_connection(site, k, &until_s);
	k->next = site->conns;
	site->conns = k;
	site->conn_count++;
	site->waiting++;
	k->watch = loop_read(site->loop, wire, on_wire, k);
	if (reason == ENDS)
		let_in(k);
	else
		turn_away(k, reason, until_s);
}
