/* Going on with a session behind another link: one whose link dropped, or
 * one whose client died without a word. Only the session's end of the stream
 * moves; the connection already holds the other one. */
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/base/log.h"
#include "server/liaisond/site.h"

/* Whoever may take over a session must be known at least as surely as who
 * signed in to it. */
static bool
may_take(const struct session *by, const struct session *s)
{
	return s != by && s->account == by->account && by->conn != NULL &&
	       by->need == OTP_NONE && s->need == OTP_NONE &&
	       by->conn->terminal.exists && s->place[0] != '\0' && !s->over &&
	       !s->exited && by->strength >= s->strength;
}

void
takeover_list(struct session *by)
{
	const struct session *found[IPC_OTHERS_MAX];
	struct ipc_msg m;
	int n = 0;

	for (const struct session *s = by->site->sessions;
	     s != NULL && n < IPC_OTHERS_MAX; s = s->next)
		if (may_take(by, s))
			found[n++] = s;
	ipc_begin(&m, IPC_OTHERS);
	ipc_put_int(&m, n);
	for (int i = 0; i < n; i++) {
		ipc_put_int(&m, found[i]->number);
		ipc_put_int(&m, found[i]->conn == NULL);
		ipc_put_text(&m, found[i]->place);
		ipc_put_int(&m, found[i]->place_at);
	}
	session_tell(by, &m);
}

static int
attach(struct session *s, const struct terminal *t, int stream)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_ATTACH);
	ipc_put_text(&m, t->name);
	ipc_put_int(&m, t->columns);
	ipc_put_int(&m, t->rows);
	ipc_put_text(&m, t->language);
	ipc_put_int(&m, t->encoding);
	ipc_put_int(&m, t->no_color);
	ipc_put_fd(&m, stream);
	return ipc_send(s->wire, &m);
}

/* by has given its link away and ends; the link s had before, if there is
 * one, ends once s has said farewell on it. */
static void
rewire(struct session *by, struct session *s)
{
	struct conn *k = by->conn, *before = s->conn;

	by->conn = NULL;
	by->place[0] = '\0';
	if (before != NULL) {
		before->session = NULL;
		conn_exit(before, EX_OK);
	}
	loop_cancel(s->site->loop, s->resume);
	s->resume = NULL;
	s->conn = k;
	(void)snprintf(s->address, sizeof(s->address), "%s", k->address);
	s->strength = by->strength;
	(void)snprintf(s->address, sizeof(s->address), "%s", k->address);
	k->session = s;
	log_info("taken-over session=%lld by=%lld", (long long)s->number,
	         (long long)by->number);
}

static void
answer(struct session *by, int err)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_ANSWER);
	ipc_put_int(&m, err);
	ipc_put_text(&m, "");
	session_tell(by, &m);
}

int
takeover(struct session *by, struct ipc_msg *m)
{
	int64_t number = ipc_get_int(m, 1, INT64_MAX);
	int stream = ipc_get_fd(m), err = ERR_NOT_FOUND;
	struct session *s = by->site->sessions;

	if (ipc_end(m) != OK || stream < 0) {
		if (stream >= 0)
			(void)close(stream);
		return ERR_PROTOCOL;
	}
	while (s != NULL && s->number != number)
		s = s->next;
	if (s != NULL && may_take(by, s))
		err = attach(s, &by->conn->terminal, stream);
	(void)close(stream);
	if (err == OK)
		rewire(by, s);
	answer(by, err == OK || err == ERR_NOT_FOUND ? err : ERR_UNAVAILABLE);
	return OK;
}
