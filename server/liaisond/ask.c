/* Questions to liaison-auth and who waits for the answers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/arena.h"
#include "db/base/log.h"
#include "server/liaisond/site.h"

/* More than these means that somebody floods us; later ones are told to try
 * again. */
enum { ASKS_MAX = 256 };

struct ask {
	struct ask *next;
	int64_t number;
	ask_done *done;
	void *data;
};

static const struct login none;

static void
answer(struct site *site, struct ask **at, int err, const struct login *login)
{
	struct ask *q = *at;

	*at = q->next;
	site->ask_count--;
	q->done(q->data, err, login);
	free(q);
}

/* Send m and remember who waits; without liaison-auth answer at once. */
static void
ask(struct site *site, int64_t number, struct ipc_msg *m, ask_done *done,
    void *data)
{
	int wire = site->helpers[HELPER_AUTH].wire;
	struct ask *q;

	if (wire < 0 || site->ask_count >= ASKS_MAX ||
	    ipc_send(wire, m) != OK) {
		ipc_clear(m);
		done(data, ERR_UNAVAILABLE, &none);
		return;
	}
	q = xcalloc(1, sizeof(*q));
	q->number = number;
	q->done = done;
	q->data = data;
	q->next = site->asks;
	site->asks = q;
	site->ask_count++;
}

void
ask_password(struct site *site, const char *user, const char *password,
             const char *address, int rank, ask_done *done, void *data)
{
	struct ipc_msg m;
	int64_t number = ++site->next_ask;

	ipc_begin(&m, IPC_AUTH_PASSWORD);
	ipc_put_int(&m, number);
	ipc_put_text(&m, user);
	ipc_put_text(&m, password);
	ipc_put_text(&m, address);
	ipc_put_int(&m, rank);
	ask(site, number, &m, done, data);
}

void
ask_key(struct site *site, const char *user, const char *type, const char *key,
        ask_done *done, void *data)
{
	struct ipc_msg m;
	int64_t number = ++site->next_ask;

	ipc_begin(&m, IPC_AUTH_KEY);
	ipc_put_int(&m, number);
	ipc_put_text(&m, user);
	ipc_put_text(&m, type);
	ipc_put_text(&m, key);
	ask(site, number, &m, done, data);
}

void
ask_set(struct site *site, int64_t actor, int64_t account, bool must_change,
        const char *password, ask_done *done, void *data)
{
	struct ipc_msg m;
	int64_t number = ++site->next_ask;

	ipc_begin(&m, IPC_AUTH_SET);
	ipc_put_int(&m, number);
	ipc_put_int(&m, actor);
	ipc_put_int(&m, account);
	ipc_put_int(&m, must_change);
	ipc_put_text(&m, password);
	ask(site, number, &m, done, data);
}

void
ask_check(struct site *site, int64_t account, const char *password,
          ask_done *done, void *data)
{
	struct ipc_msg m;
	int64_t number = ++site->next_ask;

	ipc_begin(&m, IPC_AUTH_CHECK);
	ipc_put_int(&m, number);
	ipc_put_int(&m, account);
	ipc_put_text(&m, password);
	ask(site, number, &m, done, data);
}

void
ask_factor(struct site *site, int64_t account, const struct factor_wish *wish,
           const char *address, ask_done *done, void *data)
{
	struct ipc_msg m;
	int64_t number = ++site->next_ask;

	ipc_begin(&m, IPC_AUTH_FACTOR);
	ipc_put_int(&m, number);
	ipc_put_int(&m, account);
	ipc_put_int(&m, wish->act);
	ipc_put_text(&m, wish->code);
	ipc_put_text(&m, wish->secret);
	ipc_put_text(&m, wish->present);
	ipc_put_text(&m, address);
	ask(site, number, &m, done, data);
}

void
ask_prove(struct site *site, const struct proof *proof, const char *address,
          int rank, ask_done *done, void *data)
{
	struct ipc_msg m;
	int64_t number = ++site->next_ask;

	ipc_begin(&m, IPC_AUTH_PROVE);
	ipc_put_int(&m, number);
	ipc_put_int(&m, proof->kind);
	ipc_put_text(&m, proof->name);
	ipc_put_text(&m, proof->secret);
	ipc_put_text(&m, proof->before);
	ipc_put_text(&m, proof->browser);
	ipc_put_text(&m, address);
	ipc_put_int(&m, rank);
	ask(site, number, &m, done, data);
}

void
ask_pin(struct site *site, int64_t account, const char *pin, ask_done *done,
        void *data)
{
	struct ipc_msg m;
	int64_t number = ++site->next_ask;

	ipc_begin(&m, IPC_AUTH_PIN);
	ipc_put_int(&m, number);
	ipc_put_int(&m, account);
	ipc_put_text(&m, pin);
	ask(site, number, &m, done, data);
}

void
ask_contact(struct site *site, int64_t account, int64_t office, int64_t opinion,
            ask_done *done, void *data)
{
	struct ipc_msg m;
	int64_t number = ++site->next_ask;

	ipc_begin(&m, IPC_AUTH_CONTACT);
	ipc_put_int(&m, number);
	ipc_put_int(&m, account);
	ipc_put_int(&m, office);
	ipc_put_int(&m, opinion);
	ask(site, number, &m, done, data);
}

void
ask_wake(struct site *site)
{
	int wire = site->helpers[HELPER_AUTH].wire;
	struct ipc_msg m;

	/* one that is lost is made up for when liaison-auth starts, and by
	 * the next */
	ipc_begin(&m, IPC_AUTH_WAKE);
	if (wire < 0 || ipc_send(wire, &m) != OK)
		ipc_clear(&m);
}

static void
nobody(void *data, int err, const struct login *login)
{
	(void)data;
	(void)err;
	(void)login;
}

void
ask_forget(struct site *site, const void *data)
{
	for (struct ask *q = site->asks; q != NULL; q = q->next)
		if (q->data == data)
			q->done = nobody;
}

static bool
answer_number(struct site *site, int64_t number, int err,
              const struct login *login)
{
	for (struct ask **at = &site->asks; *at != NULL; at = &(*at)->next)
		if ((*at)->number == number) {
			answer(site, at, err, login);
			return true;
		}
	return false;
}

void
ask_answered(struct site *site, struct ipc_msg *m)
{
	struct login login = none;
	int64_t number;
	int err;

	if (m->type == IPC_AUTH_WATCH) {
		site->auth_kinds =
		    (uint64_t)ipc_get_int(m, INT64_MIN, INT64_MAX);
		return;
	}
	number = ipc_get_int(m, 1, INT64_MAX);
	err = (int)ipc_get_int(m, -ERR_ROWS, 0);
	if (m->type == IPC_AUTH_RESULT) {
		login.account = ipc_get_int(m, 0, INT64_MAX);
		login.must_change = ipc_get_bool(m);
		login.needs_password = ipc_get_bool(m);
		login.need = (enum otp_need)ipc_get_int(m, 0, OTP_NEEDS - 1);
		(void)snprintf(login.commands, sizeof(login.commands), "%s",
		               ipc_get_text(m, IPC_COMMANDS_MAX));
	} else if (m->type == IPC_AUTH_PROVEN) {
		login.account = ipc_get_int(m, 0, INT64_MAX);
		(void)snprintf(login.secret, sizeof(login.secret), "%s",
		               ipc_get_text(m, IPC_SECRET_MAX));
	} else {
		(void)snprintf(login.text, sizeof(login.text), "%s",
		               ipc_get_text(m, IPC_ANSWER_MAX));
	}
	if (ipc_end(m) != OK) {
		log_error("auth-answer malformed");
		return;
	}
	if (!answer_number(site, number, err, &login))
		log_warn("auth-answer number=%lld unknown", (long long)number);
	explicit_bzero(&login, sizeof(login));
}

void
ask_fail_all(struct site *site)
{
	while (site->asks != NULL)
		answer(site, &site->asks, ERR_UNAVAILABLE, &none);
}
