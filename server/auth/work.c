/* Workers: one forked process a hash, because a process has one thread and
 * a hash takes a tenth of a second and 66 MB. The keys of people at work go
 * first, and hashes for sources that fail only get what nobody else wants;
 * but a processor that a flood keeps busy must not starve somebody who just
 * signs in, so theirs are not idle work. */
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/arena.h"
#include "db/base/log.h"
#include "server/auth/auth.h"
#include "server/lib/spawn.h"

enum {
	RUNNING_MAX = 2,
	IDLE_MAX = 1, /* idle work may take long: it must not take all */
	WAITING_MAX = 200,
	IDLE_RANK = 4 /* after a slip or two one is still in a hurry */
};

struct work {
	struct work *next;
	struct auth *auth;
	bool has_hash;
	char hash[SECRET_PASSWORD];
	char *password;
	bool has_source;
	struct source source;
	int rank; /* the lowest runs next, the oldest of these first */
	work_done *done;
	void *data;
	int pipe; /* -1: waits */
	struct watch *watch;
};

static void run_next(struct auth *auth);

static void
work_free(struct work *w)
{
	secret_wipe(w->password, strlen(w->password));
	free(w->password);
	free(w->data);
	secret_wipe(w, sizeof(*w));
	free(w);
}

static void
take_out(struct auth *auth, const struct work *w)
{
	for (struct work **at = &auth->works; *at != NULL; at = &(*at)->next)
		if (*at == w) {
			*at = w->next;
			auth->work_count--;
			return;
		}
}

static void
on_result(void *data)
{
	struct work *w = data;
	struct auth *auth = w->auth;
	struct work_result result = {.ran = false};

	if (read(w->pipe, &result, sizeof(result)) != (ssize_t)sizeof(result))
		result = (struct work_result){.ran = false};
	loop_remove(auth->loop, w->watch);
	(void)close(w->pipe);
	auth->running--;
	take_out(auth, w);
	w->done(auth, w->data, &result);
	secret_wipe(&result, sizeof(result));
	work_free(w);
	run_next(auth);
}

static bool
is_idle(const struct work *w)
{
	return w->rank >= IDLE_RANK;
}

static _Noreturn void
be_worker(const struct work *w, int out)
{
	const struct sched_param none = {.sched_priority = 0};
	struct work_result result = {.ran = true};

	spawn_isolate(&out, 1);
	secret_wipe(&w->auth->key, sizeof(w->auth->key)); /* our copies */
	secret_wipe(&w->auth->seal, sizeof(w->auth->seal));
	(void)sched_setscheduler(0, is_idle(w) ? SCHED_IDLE : SCHED_BATCH,
	                         &none);
	if (sandbox_enter(w->auth->worker) != OK)
		_exit(1);
	if (!w->has_hash)
		result.good =
		    secret_password_hash(w->password, result.hash) == OK;
	else if (w->hash[0] != '\0')
		result.good = secret_password_verify(w->hash, w->password);
	else
		secret_password_waste(w->password);
	_exit(write(out, &result, sizeof(result)) == (ssize_t)sizeof(result)
	          ? 0
	          : 1);
}

static int
run(struct work *w)
{
	int p[2];
	pid_t pid;

	if (pipe2(p, O_CLOEXEC) != 0)
		return ERR_IO;
	pid = fork();
	if (pid == 0)
		be_worker(w, p[1]);
	(void)close(p[1]);
	if (pid < 0) {
		(void)close(p[0]);
		return ERR_IO;
	}
	w->pipe = p[0];
	w->watch = loop_read(w->auth->loop, w->pipe, on_result, w);
	w->auth->running++;
	return OK;
}

static bool
may_run(const struct auth *auth, const struct work *w)
{
	int idle = 0;

	for (const struct work *r = auth->works; r != NULL; r = r->next)
		idle += r->pipe >= 0 && is_idle(r);
	return auth->running < RUNNING_MAX && (!is_idle(w) || idle < IDLE_MAX);
}

/* Of those that wait, the next to run or the last one. */
static struct work *
waiting(const struct auth *auth, bool last)
{
	struct work *found = NULL;

	for (struct work *w = auth->works; w != NULL; w = w->next)
		if (w->pipe < 0 &&
		    (found == NULL ||
		     (last ? w->rank >= found->rank : w->rank < found->rank)))
			found = w;
	return found;
}

static void
run_next(struct auth *auth)
{
	for (;;) {
		struct work *w = waiting(auth, false);

		if (w == NULL || !may_run(auth, w))
			return;
		if (run(w) != OK) {
			log_error("worker not started");
			return; /* the next one that ends tries again */
		}
	}
}

static int
rank_of(const struct auth *auth, const struct work_from *from)
{
	int rank = from != NULL ? from->rank : 0;

	for (const struct work *w = auth->works; w != NULL; w = w->next)
		rank += from != NULL && w->has_source &&
		        source_equal(&w->source, &from->source);
	return rank;
}

/* When all places are taken the last in line gives way to one before it. */
static bool
make_room(struct auth *auth, int rank)
{
	const struct work_result gave_way = {.ran = false};
	struct work *w;

	if (auth->work_count < WAITING_MAX)
		return true;
	w = waiting(auth, true);
	if (w == NULL || w->rank <= rank)
		return false;
	take_out(auth, w);
	w->done(auth, w->data, &gave_way);
	work_free(w);
	return true;
}

static void
append(struct auth *auth, struct work *w)
{
	struct work **end = &auth->works;

	while (*end != NULL)
		end = &(*end)->next;
	*end = w;
	auth->work_count++;
}

bool
work_add(struct auth *auth, const char *hash, const char *password,
         const struct work_from *from, work_done *done, void *data)
{
	int rank = rank_of(auth, from);
	struct work *w;

	if ((hash != NULL && strlen(hash) >= SECRET_PASSWORD) ||
	    !make_room(auth, rank))
		return false;
	w = xcalloc(1, sizeof(*w));
	w->auth = auth;
	w->has_hash = hash != NULL;
	memcpy(w->hash, hash != NULL ? hash : "",
	       hash != NULL ? strlen(hash) + 1 : 1);
	w->password = xstrdup(password);
	w->has_source = from != NULL;
	if (from != NULL)
		w->source = from->source;
	w->rank = rank;
	w->done = done;
	w->data = data;
	w->pipe = -1;
	append(auth, w);
	run_next(auth);
	return true;
}

void
works_end(struct auth *auth)
{
	while (auth->works != NULL) {
		struct work *w = auth->works;

		auth->works = w->next;
		loop_remove(auth->loop, w->watch);
		if (w->pipe >= 0)
			(void)close(w->pipe);
		work_free(w);
	}
}
