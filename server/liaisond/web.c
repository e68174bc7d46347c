/* What liaison-web is told and asks. */
#include "db/base/log.h"
#include "server/liaisond/site.h"

static void
tell(struct site *site, struct ipc_msg *m)
{
	int wire = site->helpers[HELPER_WEB].wire;

	if (wire < 0)
		ipc_clear(m);
	else if (ipc_send(wire, m) != OK)
		log_error("web stuck message=%s", ipc_name(m->type));
}

/* The same after a restart: a form that is open on a telephone stays good. */
void
web_started(struct site *site)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_WEB_KEY);
	ipc_put_text(&m, site->form_key);
	tell(site, &m);
}

static void
numbers(struct site *site, struct ipc_msg *m)
{
	int64_t number = ipc_get_int(m, 1, INT64_MAX), dropped = 0;
	struct ipc_msg out;

	if (ipc_end(m) != OK)
		return;
	for (const struct session *s = site->sessions; s != NULL; s = s->next)
		dropped += s->conn == NULL;
	ipc_begin(&out, IPC_WEB_NUMBERS);
	ipc_put_int(&out, number);
	ipc_put_int(&out, site->conn_count);
	ipc_put_int(&out, site->waiting);
	ipc_put_int(&out, site->session_count);
	ipc_put_int(&out, dropped);
	tell(site, &out);
}

static void
committed(struct site *site, struct ipc_msg *m)
{
	int64_t kinds = ipc_get_int(m, INT64_MIN, INT64_MAX);
	int64_t unit = ipc_get_int(m, 0, INT64_MAX);

	if (ipc_end(m) == OK)
		sessions_wake(site, (uint64_t)kinds, unit, NULL);
}

void
web_message(struct site *site, struct ipc_msg *m)
{
	if (m->type == IPC_COMMIT)
		committed(site, m);
	else if (m->type == IPC_WEB_NUMBERS_WANTED)
		numbers(site, m);
}
