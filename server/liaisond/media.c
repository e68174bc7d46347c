/* Files that liaison-web asks about while liaison-media looks at them. */
#include <stdlib.h>
#include <unistd.h>

#include "db/base/arena.h"
#include "db/base/log.h"
#include "server/liaisond/site.h"
#include "server/lib/media.h"

enum {
	FILES = 3,
	MEDIA_MAX = 128,
	ANSWER_MS = 180 * 1000 /* with all who stand before it in line */
};

/* Who asked may be gone by then, and another count its questions anew. */
struct medium {
	struct medium *next;
	int64_t number; /* to liaison-media */
	int64_t asked;  /* by liaison-web */
	pid_t asker;
	struct site *site;
	struct timer *late;
};

struct answer {
	int err;
	int64_t type, out, thumb;
};

static void
tell(struct site *site, pid_t asker, int64_t asked, const struct answer *a)
{
	struct ipc_msg m;

	if (site->helpers[HELPER_WEB].pid != asker)
		return;
	ipc_begin(&m, IPC_WEB_MEDIA_DONE);
	ipc_put_int(&m, asked);
	ipc_put_int(&m, a->err);
	ipc_put_int(&m, a->type);
	ipc_put_int(&m, a->out);
	ipc_put_int(&m, a->thumb);
	web_tell(site, &m);
}

static int
pass_on(struct site *site, int64_t number, const int fds[FILES])
{
	int wire = site->helpers[HELPER_MEDIA].wire;
	struct ipc_msg m;

	if (wire < 0)
		return ERR_UNAVAILABLE;
	ipc_begin(&m, IPC_MEDIA);
	ipc_put_int(&m, number);
	for (int i = 0; i < FILES; i++)
		ipc_put_fd(&m, fds[i]);
	return ipc_send(wire, &m) == OK ? OK : ERR_UNAVAILABLE;
}

static int
count(const struct site *site)
{
	int n = 0;

	for (const struct medium *q = site->media; q != NULL; q = q->next)
		n++;
	return n;
}

/* It is no longer among the site's. */
static void
finish(struct medium *q, const struct answer *a)
{
	loop_cancel(q->site->loop, q->late);
	tell(q->site, q->asker, q->asked, a);
	free(q);
}

static void
take_out(struct medium *q, const struct answer *a)
{
	struct site *site = q->site;

	for (struct medium **at = &site->media; *at != NULL; at = &(*at)->next)
		if (*at == q) {
			*at = q->next;
			break;
		}
	finish(q, a);
}

static const struct answer gone = {.err = ERR_UNAVAILABLE, .type = MEDIA_OTHER};

static void
on_late(void *data)
{
	struct medium *q = data;

	q->late = NULL;
	log_error("media-answer late");
	take_out(q, &gone);
}

static void
note(struct site *site, int64_t number, int64_t asked, pid_t asker)
{
	struct medium *q = xcalloc(1, sizeof(*q));

	q->next = site->media;
	q->number = number;
	q->asked = asked;
	q->asker = asker;
	q->site = site;
	q->late = loop_after(site->loop, ANSWER_MS, on_late, q);
	site->media = q;
}

void
media_wanted(struct site *site, struct ipc_msg *m)
{
	struct answer no = {.err = ERR_BUSY, .type = MEDIA_OTHER};
	pid_t asker = site->helpers[HELPER_WEB].pid;
	int64_t asked = ipc_get_int(m, 1, INT64_MAX);
	int64_t number = ++site->next_medium;
	int fds[FILES];

	for (int i = 0; i < FILES; i++)
		fds[i] = ipc_get_fd(m);
	if (ipc_end(m) != OK) {
		log_error("web-question malformed");
	} else {
		if (count(site) < MEDIA_MAX)
			no.err = pass_on(site, number, fds);
		if (no.err == OK)
			note(site, number, asked, asker);
		else
			tell(site, asker, asked, &no);
	}
	for (int i = 0; i < FILES; i++)
		if (fds[i] >= 0)
			(void)close(fds[i]);
}

void
media_answered(struct site *site, struct ipc_msg *m)
{
	int64_t number = ipc_get_int(m, 1, INT64_MAX);
	struct answer a;

	a.err = (int)ipc_get_int(m, -ERR_ROWS, 0);
	a.type = ipc_get_int(m, 0, MEDIA_TYPES - 1);
	a.out = ipc_get_int(m, 0, INT64_MAX);
	a.thumb = ipc_get_int(m, 0, INT64_MAX);
	if (ipc_end(m) != OK) {
		log_error("media-answer malformed");
		return;
	}
	for (struct medium *q = site->media; q != NULL; q = q->next)
		if (q->number == number) {
			take_out(q, &a);
			return;
		}
}

void
media_fail_all(struct site *site)
{
	while (site->media != NULL) {
		struct medium *q = site->media;

		site->media = q->next;
		finish(q, &gone);
	}
}
