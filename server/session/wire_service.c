/* What liaisond knows of the service, asked over the wire. */
#include <stdio.h>
#include <string.h>

#include "server/session/session.h"

static void
get_text(struct ipc_msg *m, size_t max, char *out)
{
	(void)snprintf(out, SERVICE_NAME_MAX + 1, "%s", ipc_get_text(m, max));
}

/* Those of one message; -1: none came. */
static int
sessions_page(struct wire *w, int64_t account, int64_t before,
              struct service_session *out, int max)
{
	struct ipc_msg m;
	int n;

	ipc_begin(&m, IPC_SESSIONS_WANTED);
	ipc_put_int(&m, account);
	ipc_put_int(&m, before);
	if (ipc_send(w->fd, &m) != OK || wire_await(w, IPC_SESSIONS, &m) != OK)
		return -1;
	n = (int)ipc_get_int(&m, 0, IPC_PAGE);
	for (int i = 0; i < n; i++) {
		struct service_session s = {
		    .number = ipc_get_int(&m, 1, INT64_MAX),
		    .account = ipc_get_int(&m, 1, INT64_MAX),
		    .office = ipc_get_int(&m, 0, INT64_MAX),
		    .own = ipc_get_bool(&m),
		    .dropped = ipc_get_bool(&m),
		};

		get_text(&m, IPC_ADDRESS_MAX, s.address);
		s.since.s = ipc_get_int(&m, INT64_MIN, INT64_MAX);
		s.last.s = ipc_get_int(&m, INT64_MIN, INT64_MAX);
		if (i < max)
			out[i] = s;
	}
	if (ipc_end(&m) != OK)
		n = -1;
	ipc_clear(&m);
	return n < max ? n : max;
}

static int
sessions(void *data, int64_t account, int64_t before,
         struct service_session *out, int max)
{
	int n = 0, more = IPC_PAGE;

	while (more == IPC_PAGE && n < max) {
		more = sessions_page(data, account, before, out + n, max - n);
		n += more > 0 ? more : 0;
		before = n > 0 ? out[n - 1].number : before;
	}
	return n;
}

static int
end_session(void *data, int64_t number)
{
	struct wire *w = data;
	struct ipc_msg m;

	ipc_begin(&m, IPC_END_SESSION);
	ipc_put_int(&m, number);
	return ipc_send(w->fd, &m) == OK ? wire_await_answer(w)
	                                 : ERR_UNAVAILABLE;
}

static int
penalties_page(struct wire *w, int64_t *next, struct service_penalty *out,
               int max)
{
	struct ipc_msg m;
	int n;

	ipc_begin(&m, IPC_PENALTIES_WANTED);
	ipc_put_int(&m, *next);
	*next = -1;
	if (ipc_send(w->fd, &m) != OK || wire_await(w, IPC_PENALTIES, &m) != OK)
		return 0;
	*next = ipc_get_int(&m, -1, INT32_MAX);
	n = (int)ipc_get_int(&m, 0, IPC_PAGE);
	for (int i = 0; i < n; i++) {
		struct service_penalty p = {.failures = 0};

		get_text(&m, IPC_USER_MAX, p.name);
		get_text(&m, IPC_ADDRESS_MAX, p.address);
		p.failures = (int)ipc_get_int(&m, 0, INT32_MAX);
		p.until.s = ipc_get_int(&m, 0, INT64_MAX);
		if (i < max)
			out[i] = p;
	}
	if (ipc_end(&m) != OK) {
		*next = -1;
		n = 0;
	}
	ipc_clear(&m);
	return n < max ? n : max;
}

static int
penalties(void *data, int64_t *next, struct service_penalty *out, int max)
{
	int n = 0;

	while (*next >= 0 && n + IPC_PAGE <= max)
		n += penalties_page(data, next, out + n, max - n);
	return n;
}

static int
forgive(void *data, const char *name, const char *address)
{
	struct wire *w = data;
	struct ipc_msg m;

	ipc_begin(&m, IPC_FORGIVE);
	ipc_put_text(&m, name);
	ipc_put_text(&m, address);
	return ipc_send(w->fd, &m) == OK ? wire_await_answer(w)
	                                 : ERR_UNAVAILABLE;
}

/* Name and telephone, a newline between. */
static void
part(const char *text, struct service_contact *out)
{
	size_t n = strcspn(text, "\n");

	(void)snprintf(out->name, sizeof(out->name), "%.*s", (int)n, text);
	(void)snprintf(out->phone, sizeof(out->phone), "%s",
	               text[n] == '\n' ? text + n + 1 : "");
}

static int
contact(void *data, int64_t opinion, struct service_contact *out)
{
	struct wire *w = data;
	struct ipc_msg m;
	const char *text;
	int err, result;

	wire_hat(w);
	ipc_begin(&m, IPC_CONTACT);
	ipc_put_int(&m, opinion);
	if (ipc_send(w->fd, &m) != OK)
		return ERR_UNAVAILABLE;
	err = wire_await(w, IPC_ANSWER, &m);
	if (err != OK)
		return err;
	result = (int)ipc_get_int(&m, -ERR_ROWS, 0);
	text = ipc_get_text(&m, IPC_ANSWER_MAX);
	err = ipc_end(&m);
	if (err == OK && result == OK)
		part(text, out);
	ipc_clear(&m);
	return err == OK ? result : err;
}

struct service
wire_service(struct wire *w)
{
	return (struct service){
	    .sessions = sessions,
	    .end_session = end_session,
	    .penalties = penalties,
	    .forgive = forgive,
	    .contact = contact,
	    .data = w,
	};
}
