/*
 * liaison-media says what a file is that came from a telephone, and writes
 * pictures anew. This parent opens nothing of anybody's: it hands the three
 * descriptors of a question (the file, to read; what is made of it and the
 * small picture, to write) to a child of its own, which is confined before
 * it reads a byte, and gone after one file. A child that crashes, is killed
 * or takes too long has said that the file cannot be decoded.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/base/config.h"
#include "db/base/log.h"
#include "server/lib/ipc.h"
#include "server/lib/loop.h"
#include "server/lib/sandbox.h"
#include "server/lib/spawn.h"
#include "server/media/media.h"

enum {
	RUNNING_MAX = 2,
	WAITING_MAX = 64,
	CHILD_MS = 60 * 1000,   /* it is behind everybody; see RLIMIT_CPU */
	NICE = 5,               /* after the keys of people at work */
	WRITTEN_MOST = 64 << 20 /* a file made of a smaller one */
};

enum { SOURCE, OUT, THUMB, FILES };

/* A file that waits, or has a child. */
struct job {
	struct job *next;
	struct media *media;
	int64_t number;
	int fds[FILES];
	pid_t pid; /* 0: waits */
	int pipe;
	struct watch *watch;
	struct timer *late;
};

struct media {
	struct loop *loop;
	struct sandbox *sandbox;
	struct job *jobs; /* oldest first */
	int running, count;
};

static void run_next(struct media *media);

/* --- the child ------------------------------------------------------- */

/* What it may write bounds the disk that a trick can fill. */
static bool
limit_files(size_t n)
{
	rlim_t most = n > WRITTEN_MOST ? n : WRITTEN_MOST;
	const struct rlimit limit = {most, most};

	return setrlimit(RLIMIT_FSIZE, &limit) == 0;
}

/* On disk, so that whoever keeps one does not wait for that. */
static void
sync_all(const struct job *j)
{
	for (int i = 0; i < FILES; i++)
		(void)fsync(j->fds[i]);
}

static int
by_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static _Noreturn void
be_child(const struct job *j, int out)
{
	int keep[FILES + 1] = {j->fds[0], j->fds[1], j->fds[2], out};
	struct source s = {.out = j->fds[OUT], .thumb = j->fds[THUMB]};
	struct found found;
	struct stat st;
	void *data = NULL;

	qsort(keep, COUNT(keep), sizeof(keep[0]), by_number);
	spawn_isolate(keep, COUNT(keep));
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	(void)setpriority(PRIO_PROCESS, 0, NICE);
	if (fstat(j->fds[SOURCE], &st) != 0 || st.st_size < 0)
		_exit(1);
	s.n = (size_t)st.st_size;
	if (s.n > 0)
		data =
		    mmap(NULL, s.n, PROT_READ, MAP_PRIVATE, j->fds[SOURCE], 0);
	if (data == MAP_FAILED || !limit_files(s.n) ||
	    sandbox_enter(j->media->sandbox) != OK)
		_exit(1);
	s.data = data;
	examine(&s, &found);
	sync_all(j);
	_exit(write(out, &found, sizeof(found)) == (ssize_t)sizeof(found) ? 0
	                                                                  : 1);
}

/* --- the line -------------------------------------------------------- */

/* It stands in the line no more. */
static void
release(struct job *j)
{
	struct media *media = j->media;

	loop_remove(media->loop, j->watch);
	loop_cancel(media->loop, j->late);
	if (j->pipe >= 0) {
		media->running--;
		(void)close(j->pipe);
	}
	for (int i = 0; i < FILES; i++)
		if (j->fds[i] >= 0)
			(void)close(j->fds[i]);
	free(j);
}

static void
job_free(struct job *j)
{
	struct media *media = j->media;

	for (struct job **at = &media->jobs; *at != NULL; at = &(*at)->next)
		if (*at == j) {
			*at = j->next;
			media->count--;
			break;
		}
	release(j);
}

static void
tell(int64_t number, int err, const struct found *found)
{
	struct ipc_msg m;

	ipc_begin(&m, IPC_MEDIA_DONE);
	ipc_put_int(&m, number);
	ipc_put_int(&m, err);
	ipc_put_int(&m, found->type);
	ipc_put_int(&m, found->out);
	ipc_put_int(&m, found->thumb);
	if (ipc_send(SPAWN_WIRE, &m) != OK)
		log_error("answer lost");
}

/* Of a child that may have been taken over. */
static bool
is_possible(const struct found *f)
{
	return (unsigned)f->type < MEDIA_TYPES && f->out >= 0 && f->thumb >= 0;
}

static void
on_found(void *data)
{
	struct job *j = data;
	struct media *media = j->media;
	struct found found = {.type = MEDIA_OTHER};

	if (read(j->pipe, &found, sizeof(found)) != (ssize_t)sizeof(found) ||
	    !is_possible(&found))
		found = (struct found){.type = MEDIA_OTHER};
	tell(j->number, OK, &found);
	job_free(j);
	run_next(media);
}

/* Its end closes its pipe. */
static void
on_late(void *data)
{
	struct job *j = data;

	j->late = NULL;
	log_warn("child-late pid=%d", (int)j->pid);
	(void)kill(j->pid, SIGKILL);
}

static int
start(struct job *j)
{
	int p[2];

	if (pipe2(p, O_CLOEXEC) != 0)
		return ERR_IO;
	j->pid = fork();
	if (j->pid == 0)
		be_child(j, p[1]);
	(void)close(p[1]);
	if (j->pid < 0) {
		(void)close(p[0]);
		return ERR_IO;
	}
	j->pipe = p[0];
	j->watch = loop_read(j->media->loop, j->pipe, on_found, j);
	j->late = loop_after(j->media->loop, CHILD_MS, on_late, j);
	j->media->running++;
	return OK;
}

static void
run_next(struct media *media)
{
	const struct found none = {.type = MEDIA_OTHER};
	struct job *next;

	for (struct job *j = media->jobs;
	     j != NULL && media->running < RUNNING_MAX; j = next) {
		next = j->next;
		if (j->pipe >= 0 || start(j) == OK)
			continue;
		log_error("child not started");
		tell(j->number, ERR_UNAVAILABLE, &none);
		job_free(j);
	}
}

static void
take(struct media *media, struct ipc_msg *m)
{
	const struct found none = {.type = MEDIA_OTHER};
	struct job *j = xcalloc(1, sizeof(*j)), **end = &media->jobs;

	j->media = media;
	j->pipe = -1;
	j->number = ipc_get_int(m, 1, INT64_MAX);
	for (int i = 0; i < FILES; i++)
		j->fds[i] = ipc_get_fd(m);
	if (ipc_end(m) != OK) {
		log_error("question malformed");
		job_free(j);
		return;
	}
	if (media->count == WAITING_MAX) {
		tell(j->number, ERR_BUSY, &none);
		job_free(j);
		return;
	}
	while (*end != NULL)
		end = &(*end)->next;
	*end = j;
	media->count++;
	run_next(media);
}

/* --- the parent ------------------------------------------------------ */

static void
on_wire(void *data)
{
	struct media *media = data;
	struct ipc_msg m;
	int err;

	while ((err = ipc_recv(SPAWN_WIRE, FROM_LIAISOND, ANY_TIME, &m)) ==
	       OK) {
		take(media, &m);
		ipc_clear(&m);
	}
	if (err != ERR_BUSY)
		loop_stop(media->loop);
}

static void
on_signal(void *data, int sig)
{
	struct media *media = data;
	pid_t pid;
	int status;

	if (sig == SIGTERM || sig == SIGINT)
		loop_stop(media->loop);
	if (sig != SIGCHLD)
		return;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (WIFSIGNALED(status))
			log_warn("child-died pid=%d signal=%d", (int)pid,
			         WTERMSIG(status));
}

static int
run(const struct config *cfg)
{
	static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD, 0};
	struct media media = {.sandbox = sandbox_new(SANDBOX_MEDIA)};
	int status = EX_OSERR;

	if (media.sandbox == NULL)
		return status;
	if (sandbox_set_place(media.sandbox, cfg) != OK) {
		sandbox_free(media.sandbox);
		return EX_CONFIG;
	}
	media.loop = loop_new();
	if (!examine_open())
		log_error("libmagic's database cannot be read");
	else if (loop_signals(media.loop, signals, on_signal, &media) == OK)
		status = EX_OK;
	if (status == EX_OK) {
		(void)loop_read(media.loop, SPAWN_WIRE, on_wire, &media);
		loop_run(media.loop);
	}
	while (media.jobs != NULL) {
		struct job *j = media.jobs;

		media.jobs = j->next;
		if (j->pid > 0)
			(void)kill(j->pid, SIGKILL);
		release(j);
	}
	loop_free(media.loop);
	examine_close();
	sandbox_free(media.sandbox);
	return status;
}

int
main(int argc, char **argv)
{
	struct buf why = BUF_INIT;
	struct config *cfg;
	int status = EX_CONFIG;

	process_begin();
	(void)umask(077);
	if (argc != 3 || strcmp(argv[1], "-c") != 0) {
		(void)fputs("liaison-media is started by liaisond\n", stderr);
		return EX_USAGE;
	}
	if (config_load(argv[2], &cfg, &why) == OK) {
		status = run(cfg);
		config_free(cfg);
	} else {
		(void)fputs(why.data, stderr);
	}
	buf_clear(&why);
	return status;
}
