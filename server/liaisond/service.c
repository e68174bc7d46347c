/*
 * What sessions ask about the service: who is signed in, who has to wait.
 * That they may is decided by the store, in the session's own process: one
 * that lied could write the database just as well, so nothing is gained by
 * asking again here. A contact is another matter: liaison-auth asks again.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "db/base/clock.h"
#include "db/base/log.h"
#include "server/liaisond/site.h"

static void
answer(struct session *by, int err)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_ANSWER);
	ipc_put_int(&m, err);
	ipc_put_text(&m, "");
	session_tell(by, &m);
}

/* --- sessions ------------------------------------------------------------ */

static void
put_session(struct ipc_msg *m, const struct session *s,
            const struct session *by)
{
	ipc_put_int(m, s->number);
	ipc_put_int(m, s->account);
	ipc_put_int(m, s->office);
	ipc_put_int(m, s == by);
	ipc_put_int(m, s->conn == NULL);
	ipc_put_text(m, s->address);
	ipc_put_int(m, s->since_at);
	ipc_put_int(m, s->place_at);
}

/* The list has the newest first. */
int
service_sessions(struct session *by, struct ipc_msg *m)
{
	int64_t account = ipc_get_int(m, 0, INT64_MAX);
	int64_t before = ipc_get_int(m, 0, INT64_MAX);
	const struct session *found[IPC_PAGE];
	struct ipc_msg out;
	int n = 0;

	if (ipc_end(m) != OK)
		return ERR_PROTOCOL;
	for (const struct session *s = by->site->sessions;
	     s != NULL && n < IPC_PAGE; s = s->next)
		if (!s->over && !s->exited &&
		    (account == 0 || s->account == account) &&
		    (before == 0 || s->number < before))
			found[n++] = s;
	ipc_begin(&out, IPC_SESSIONS);
	ipc_put_int(&out, n);
	for (int i = 0; i < n; i++)
		put_session(&out, found[i], by);
	session_tell(by, &out);
	return OK;
}

int
service_end_session(struct session *by, struct ipc_msg *m)
{
	int64_t number = ipc_get_int(m, 1, INT64_MAX);
	struct session *s = by->site->sessions;

	if (ipc_end(m) != OK)
		return ERR_PROTOCOL;
	while (s != NULL && (s->number != number || s->over))
		s = s->next;
	if (s != NULL) {
		log_info("session-ended-by-hand session=%lld by=%lld",
		         (long long)number, (long long)by->account);
		session_end(s, END_HAND);
	}
	answer(by, s != NULL ? OK : ERR_NOT_FOUND);
	return OK;
}

/* --- penalties ----------------------------------------------------------- */

/* An IPv6 source is a block of addresses: its first one stands for it. */
static void
put_penalty(struct ipc_msg *m, const struct penalty_line *line, int64_t now_s)
{
	char text[INET6_ADDRSTRLEN] = "";
	int64_t until_s = 0;

	source_show(&line->from, text, sizeof(text));
	if (line->until_s > now_s)
		until_s = clock_now().s + (line->until_s - now_s);
	ipc_put_text(m, line->name);
	ipc_put_text(m, text);
	ipc_put_int(m, line->failures);
	ipc_put_int(m, until_s);
}

int
service_penalties(struct session *by, struct ipc_msg *m)
{
	int64_t next = ipc_get_int(m, 0, INT32_MAX);
	struct penalty_line lines[IPC_PAGE];
	int64_t now_s = clock_monotonic_ms() / 1000;
	struct ipc_msg out;
	int n;

	if (ipc_end(m) != OK)
		return ERR_PROTOCOL;
	n = admit_penalties(by->site, &next, lines, IPC_PAGE);
	ipc_begin(&out, IPC_PENALTIES);
	ipc_put_int(&out, next);
	ipc_put_int(&out, n);
	for (int i = 0; i < n; i++)
		put_penalty(&out, &lines[i], now_s);
	session_tell(by, &out);
	return OK;
}

int
service_forgive(struct session *by, struct ipc_msg *m)
{
	const char *name = ipc_get_text(m, IPC_USER_MAX);
	const char *address = ipc_get_text(m, IPC_ADDRESS_MAX);
	struct source from;
	int err;

	if (ipc_end(m) != OK)
		return ERR_PROTOCOL;
	err = source_parse(address, &from);
	if (err == OK)
		err = admit_forgive(by->site, name, &from) ? OK : ERR_NOT_FOUND;
	if (err == OK)
		log_info("penalty-forgiven address=%s by=%lld", address,
		         (long long)by->account);
	answer(by, err == OK ? OK : ERR_NOT_FOUND);
	return OK;
}

/* --- contacts ------------------------------------------------------------ */

/* Whose right it is liaison-auth decides, by the account that signed in and
 * an office of theirs. */
int
service_contact(struct session *by, struct ipc_msg *m)
{
	int64_t opinion = ipc_get_int(m, 1, INT64_MAX);

	if (ipc_end(m) != OK || by->asking || by->need != OTP_NONE)
		return ERR_PROTOCOL;
	by->asking = true;
	ask_contact(by->site, by->account, by->office, opinion, session_answer,
	            by);
	return OK;
}
