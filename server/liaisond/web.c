/* What liaison-web is told and asks. */
#include <stdio.h>
#include <stdlib.h>

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/base/log.h"
#include "server/liaisond/site.h"

void
web_tell(struct site *site, struct ipc_msg *m)
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
	web_tell(site, &m);
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
	web_tell(site, &out);
}

static void
committed(struct site *site, struct ipc_msg *m)
{
	int64_t kinds = ipc_get_int(m, INT64_MIN, INT64_MAX);
	int64_t unit = ipc_get_int(m, 0, INT64_MAX);

	if (ipc_end(m) == OK)
		sessions_wake(site, (uint64_t)kinds, unit, NULL);
}

/* --- who somebody is ------------------------------------------------- */

/* A question of liaison-web while liaison-auth works on it. The process that
 * asked may be gone by then, and another count its questions anew. */
struct question {
	struct conn k; /* who asks, for the penalties */
	pid_t asker;
	int64_t number;
	enum ipc_proof kind;
};

static void
tell_proven(const struct question *q, int err, int64_t wait_s,
            const struct login *login)
{
	struct site *site = q->k.site;
	struct ipc_msg m;

	if (site->helpers[HELPER_WEB].pid != q->asker)
		return;
	ipc_begin(&m, IPC_WEB_PROVEN);
	ipc_put_int(&m, q->number);
	ipc_put_int(&m, err);
	ipc_put_int(&m, wait_s);
	ipc_put_int(&m, login != NULL ? login->account : 0);
	ipc_put_text(&m, login != NULL ? login->secret : "");
	web_tell(site, &m);
}

/* A telephone's secret cannot be guessed, and one that was removed may go on
 * showing it: that is no failure. */
static void
on_proven(void *data, int err, const struct login *login)
{
	struct question *q = data;

	if (err == ERR_DENIED && q->kind != PROOF_PHONE) {
		(void)admit_failed(&q->k);
		log_info("proof-refused address=%s failures=%d", q->k.address,
		         admit_failures(&q->k));
	} else if (err == OK && q->kind == PROOF_PIN) {
		admit_signed_in(&q->k);
	}
	tell_proven(q, err, 0, login);
	free(q);
}

static void
prove(struct site *site, struct ipc_msg *m)
{
	struct question *q = xcalloc(1, sizeof(*q));
	enum ipc_reason reason = ENDS;
	struct proof proof;
	int64_t until_s = 0;

	q->k.site = site;
	q->asker = site->helpers[HELPER_WEB].pid;
	q->number = ipc_get_int(m, 1, INT64_MAX);
	proof.kind = q->kind = (enum ipc_proof)ipc_get_int(m, 0, PROOFS - 1);
	proof.name = ipc_get_text(m, IPC_USER_MAX);
	proof.secret = ipc_get_text(m, IPC_SECRET_MAX);
	proof.before = ipc_get_text(m, IPC_SECRET_MAX);
	proof.browser = ipc_get_text(m, IPC_BROWSER_MAX);
	(void)snprintf(q->k.user, sizeof(q->k.user), "%s", proof.name);
	(void)snprintf(q->k.address, sizeof(q->k.address), "%s",
	               ipc_get_text(m, IPC_ADDRESS_MAX));
	if (ipc_end(m) != OK) {
		log_error("web-question malformed");
		free(q);
		return;
	}
	if (proof.kind != PROOF_PHONE)
		reason = admit_proof(&q->k, &until_s);
	if (reason != ENDS) {
		tell_proven(q, ERR_LIMIT, until_s - clock_monotonic_ms() / 1000,
		            NULL);
		free(q);
		return;
	}
	ask_prove(site, &proof, q->k.address, admit_rank(&q->k), on_proven, q);
}

void
web_message(struct site *site, struct ipc_msg *m)
{
	if (m->type == IPC_COMMIT)
		committed(site, m);
	else if (m->type == IPC_WEB_NUMBERS_WANTED)
		numbers(site, m);
	else if (m->type == IPC_WEB_PROVE)
		prove(site, m);
	else if (m->type == IPC_WEB_MEDIA)
		media_wanted(site, m);
}
