/* Questions to liaisond, and the requests that wait for its answers. */
#include <stdlib.h>
#include <string.h>

#include "db/base/log.h"
#include "server/lib/media.h"
#include "server/lib/spawn.h"
#include "server/web/web.h"

/* liaisond keeps places for those who sign in over SSH; PINs, which wait for
 * a hash, leave some to telephones. */
enum { ASKS_MAX = 64, PINS_MAX = 48 };

struct ask {
	struct ask *next;
	int64_t number;
	struct request *r;
	ask_done *done;
};

static void
answered(struct web *web, struct ask **at, const struct ask_answer *answer)
{
	struct ask *q = *at;
	struct request *r = q->r;

	*at = q->next;
	(void)web;
	if (i18n_language() != r->language)
		i18n_use(r->language);
	r->waiting = false;
	q->done(r, answer);
	free(q);
	if (!r->waiting) /* it may have asked for more */
		http_go_on(r);
}

static int
count(const struct web *web)
{
	int n = 0;

	for (const struct ask *q = web->asks; q != NULL; q = q->next)
		n++;
	return n;
}

/* Send m and have r wait; without liaisond it is answered at once. */
static void
ask(struct request *r, struct ipc_msg *m, int most, ask_done *done)
{
	const struct ask_answer none = {.err = ERR_UNAVAILABLE};
	struct web *web = r->web;
	struct ask *q;

	if (count(web) >= most || ipc_send(SPAWN_WIRE, m) != OK) {
		m->fd_count = 0; /* they stay the caller's */
		ipc_clear(m);
		done(r, &none);
		return;
	}
	q = xcalloc(1, sizeof(*q));
	q->number = web->next_ask;
	q->r = r;
	q->done = done;
	q->next = web->asks;
	web->asks = q;
	r->waiting = true;
}

void
ask_numbers(struct request *r, ask_done *done)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_WEB_NUMBERS_WANTED);
	ipc_put_int(&m, ++r->web->next_ask);
	ask(r, &m, ASKS_MAX, done);
}

void
ask_prove(struct request *r, enum ipc_proof proof, const char *name,
          const char *secret, ask_done *done)
{
	const struct ask_answer no = {.err = ERR_DENIED};
	struct ipc_msg m;

	if (strlen(name) > IPC_USER_MAX || strlen(secret) > IPC_SECRET_MAX) {
		done(r, &no);
		return;
	}
	ipc_begin(&m, IPC_WEB_PROVE);
	ipc_put_int(&m, ++r->web->next_ask);
	ipc_put_int(&m, proof);
	ipc_put_text(&m, name);
	ipc_put_text(&m, secret);
	ipc_put_text(&m, strlen(r->cookie) <= IPC_SECRET_MAX ? r->cookie : "");
	ipc_put_text(&m, r->browser);
	ipc_put_text(&m, r->address);
	ask(r, &m, proof == PROOF_PIN ? PINS_MAX : ASKS_MAX, done);
}

void
ask_media(struct request *r, const int fds[ASK_FILES], ask_done *done)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_WEB_MEDIA);
	ipc_put_int(&m, ++r->web->next_ask);
	for (int i = 0; i < ASK_FILES; i++)
		ipc_put_fd(&m, fds[i]);
	ask(r, &m, ASKS_MAX, done);
}

static void
take_key(struct web *web, struct ipc_msg *m)
{
	const char *key = ipc_get_text(m, SECRET_HEX);

	if (ipc_end(m) != OK || secret_key_of(key, web->key) != OK)
		log_error("form key malformed");
}

void
ask_message(struct web *web, struct ipc_msg *m)
{
	struct ask_answer answer = {.err = OK};
	int64_t number;

	if (m->type == IPC_WEB_KEY) {
		take_key(web, m);
		return;
	}
	number = ipc_get_int(m, 1, INT64_MAX);
	if (m->type == IPC_WEB_PROVEN) {
		answer.err = (int)ipc_get_int(m, -ERR_ROWS, 0);
		answer.wait_s = ipc_get_int(m, 0, INT64_MAX);
		answer.account = ipc_get_int(m, 0, INT64_MAX);
		answer.secret = ipc_get_text(m, IPC_SECRET_MAX);
	} else if (m->type == IPC_WEB_MEDIA_DONE) {
		answer.err = (int)ipc_get_int(m, -ERR_ROWS, 0);
		answer.media = (int)ipc_get_int(m, 0, MEDIA_TYPES - 1);
		answer.out = ipc_get_int(m, 0, INT64_MAX);
		answer.thumb = ipc_get_int(m, 0, INT64_MAX);
	} else {
		answer.connections = ipc_get_int(m, 0, INT64_MAX);
		answer.waiting = ipc_get_int(m, 0, INT64_MAX);
		answer.sessions = ipc_get_int(m, 0, INT64_MAX);
		answer.dropped = ipc_get_int(m, 0, INT64_MAX);
	}
	if (ipc_end(m) != OK) {
		log_error("answer malformed");
		return;
	}
	for (struct ask **at = &web->asks; *at != NULL; at = &(*at)->next)
		if ((*at)->number == number) {
			answered(web, at, &answer);
			return;
		}
}

void
ask_end(struct web *web)
{
	const struct ask_answer none = {.err = ERR_UNAVAILABLE};

	while (web->asks != NULL)
		answered(web, &web->asks, &none);
}
