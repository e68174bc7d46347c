/* One connection from its first byte to its last. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/base/clock.h"
#include "db/base/log.h"
#include "server/net/net.h"

enum {
	SETTLE_ROUNDS = 20,
	SETTLE_MS = 50,
	ANSWER_MS = 30000, /* liaisond and its two hashes at a time */
	SPARE_S = 5        /* liaisond ends a slow sign-in before alarm does */
};

void
link_refuse(struct link *k, enum ipc_reason reason)
{
	k->refused = true;
	k->reason = reason;
	k->until.s = 0;
}

void
link_grace(const struct link *k)
{
	(void)alarm(k->grace_s + SPARE_S);
}

static void
on_message(struct link *k, struct ipc_msg *m, int64_t *value)
{
	enum encoding encoding;
	const char *text;

	switch (m->type) {
	case IPC_ADMITTED:
		*value = ipc_get_int(m, 1, 3600);
		(void)ipc_get_int(m, 1, 100);
		k->by_code = ipc_get_bool(m);
		break;
	case IPC_LOGIN_RESULT:
		*value = ipc_get_int(m, 0, VERDICTS - 1);
		break;
	case IPC_STARTED:
		k->stream = ipc_get_fd(m);
		break;
	case IPC_REFUSED:
		link_refuse(k, (enum ipc_reason)ipc_get_int(m, 0, ENDS - 1));
		k->until.s = ipc_get_int(m, 0, INT64_MAX);
		k->refuse_late = ipc_get_bool(m);
		break;
	case IPC_EXIT:
		k->status = (int)ipc_get_int(m, 0, 255);
		k->has_status = true;
		break;
	case IPC_ENCODING:
		encoding = (enum encoding)ipc_get_int(m, 0, ENCODINGS - 1);
		if (!m->bad)
			channel_encoding(k, encoding);
		break;
	case IPC_SAY:
		text = ipc_get_text(m, IPC_SAY_MAX);
		if (!m->bad)
			channel_say(k, text);
		break;
	default: /* ipc.def lets nothing else through */
		break;
	}
}

int
link_receive(struct link *k, enum ipc_type wait_for, int64_t *value)
{
	int64_t ignored;
	struct ipc_msg m;

	if (k->wire < 0)
		return ERR_CLOSED;
	for (;;) {
		enum ipc_type type;
		int err;

		if (wait_for != IPC_NONE && !ipc_wait(k->wire, ANSWER_MS))
			return ERR_UNAVAILABLE;
		err = ipc_recv(k->wire, FROM_LIAISOND, ANY_TIME, &m);
		if (err == ERR_BUSY)
			return wait_for == IPC_NONE ? OK : ERR_UNAVAILABLE;
		if (err != OK)
			return ERR_CLOSED;
		type = m.type;
		on_message(k, &m, value != NULL ? value : &ignored);
		err = ipc_end(&m);
		ipc_clear(&m);
		if (err != OK)
			return ERR_CLOSED;
		if (wait_for != IPC_NONE && type == wait_for)
			return OK;
		if (wait_for != IPC_NONE && k->refused)
			return ERR_UNAVAILABLE;
	}
}

static int
on_wire(socket_t fd, int events, void *data)
{
	struct link *k = data;

	(void)fd;
	(void)events;
	k->wire_gone = link_receive(k, IPC_NONE, NULL) != OK;
	return 0;
}

/* liaisond or the session is gone: what was sent is still delivered, then
 * the connection ends. Not from within a callback: libssh is walking the
 * descriptors then. */
static void
drop_wire(struct link *k)
{
	(void)ssh_event_remove_fd(k->event, k->wire);
	(void)close(k->wire);
	k->wire = -1;
	k->wire_gone = false;
	if (k->stream < 0 && !k->refused)
		link_refuse(k, END_FAILED);
}

static bool
is_over(const struct link *k)
{
	return (ssh_get_status(k->session) & (SSH_CLOSED | SSH_CLOSED_ERROR)) !=
	       0;
}

/* libssh writes at once only after a poll has said that it can; what is
 * still pending when the session is closed is lost. */
static void
settle(struct link *k)
{
	for (int i = 0; i < SETTLE_ROUNDS && !is_over(k); i++) {
		if ((ssh_get_poll_flags(k->session) & SSH_WRITE_PENDING) == 0)
			return;
		if (ssh_event_dopoll(k->event, SETTLE_MS) == SSH_ERROR)
			return;
	}
}

static void
say_goodbye(struct link *k)
{
	settle(k);
	if (k->refused && !is_over(k)) {
		refuse_late(k);
		settle(k);
	}
	if (!is_over(k))
		ssh_disconnect(k->session);
}

static void
serve(struct link *k)
{
	k->event = ssh_event_new();
	if (k->event == NULL ||
	    ssh_event_add_session(k->event, k->session) != SSH_OK ||
	    ssh_event_add_fd(k->event, k->wire, POLLIN, on_wire, k) != SSH_OK)
		return;
	while (!k->done && !is_over(k)) {
		if (ssh_event_dopoll(k->event, channel_wait_ms(k)) == SSH_ERROR)
			break;
		if (k->wire_gone)
			drop_wire(k);
		channel_flow(k);
		/* a session that runs is ended by its own process; a
		 * banner is read by clients that have begun to sign in */
		if (k->refused && k->stream < 0 && !k->closing &&
		    (k->user[0] != '\0' || !k->refuse_late))
			break;
	}
	say_goodbye(k);
}

static void
speak_ssh(struct link *k, ssh_bind bind)
{
	k->session = ssh_new();
	if (k->session == NULL)
		return;
	auth_begin(k);
	if (ssh_bind_accept_fd(bind, k->session, k->fd) != SSH_OK ||
	    ssh_handle_key_exchange(k->session) != SSH_OK) {
		log_info("key-exchange failed: %s", ssh_get_error(k->session));
		return;
	}
	ssh_set_blocking(k->session, 0);
	serve(k);
}

_Noreturn void
link_run(ssh_bind bind, const struct sandbox *sandbox,
         const struct converters *converters, int fd, int wire)
{
	struct link k = {
	    .fd = fd, .wire = wire, .stream = -1, .converters = converters};
	int64_t grace_s = 0;

	/* before the first byte of the client is read */
	if (sandbox_enter(sandbox) != OK) {
		link_refuse(&k, END_FAILED);
		refuse_early(&k);
		_exit(EX_OSERR);
	}
	if (link_receive(&k, IPC_ADMITTED, &grace_s) != OK) {
		if (!k.refused)
			link_refuse(&k, END_FAILED);
		if (!k.refuse_late) {
			refuse_early(&k);
			_exit(0);
		}
		/* time for the key exchange, and for a client that then
		 * stays silent */
		grace_s = SPARE_S;
	}
	/* key exchange blocks inside libssh: the alarm's default ends it */
	(void)signal(SIGALRM, SIG_DFL);
	k.grace_s = (unsigned)grace_s;
	link_grace(&k);
	speak_ssh(&k, bind);
	_exit(0);
}
