/*
 * liaison-post writes to groups of the chat what became of the matters that
 * were raised there: lines of the table outbox that are due, one group after
 * the other. It opens the database, what names and certificates need, and no
 * other file; it is asked nothing and tells nobody but the hosts on the list.
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/base/i18n.h"
#include "db/base/log.h"
#include "server/lib/ipc.h"
#include "server/lib/loop.h"
#include "server/lib/only_files.h"
#include "server/lib/sandbox.h"
#include "server/lib/spawn.h"
#include "server/lib/stopped.h"
#include "server/post/send.h"

enum { LOOK_MS = 1000 };

#define NAMESERVERS "/etc/resolv.conf"

static const int signals[] = {SIGTERM, SIGINT, SIGHUP, 0};

struct post {
	const struct config *cfg;
	struct loop *loop;
	struct store *store;
	struct ctx system;
	struct sender *sender;
};

/* --- one group ---------------------------------------------------------- */

/* A file that was put in place of the one we may read: begin anew. */
static void
look_at_nameservers(struct post *post)
{
	int fd = open(NAMESERVERS, O_RDONLY | O_CLOEXEC);

	if (fd >= 0)
		(void)close(fd);
	else if (errno == EACCES)
		loop_stop(post->loop);
}

/* The log says what is written down already. */
static int
send_it(struct post *post, struct arena *a, const struct push *p)
{
	char host[PUSH_HOST + 1] = "";
	enum push_fault fault;
	int port, err;

	if (push_may(p->address, post->cfg->robot_push_hosts, host, &port,
	             &fault) &&
	    sender_post(post->sender, a, p, host, port, &fault)) {
		err = push_done(&post->system, p);
		log_info("pushed lines=%d", p->n);
		return err;
	}
	err = push_failed(&post->system, p, fault);
	log_warn("push-failed fault=%s lines=%d", push_faults[fault].name,
	         p->n);
	if (fault == PUSH_NAME)
		look_at_nameservers(post);
	return err;
}

static void
on_look(void *data)
{
	struct post *post = data;
	struct arena *a = arena_new();
	struct push p;
	int err = push_claim(&post->system, a, clock_now(),
	                     post->cfg->robot_push_webhook, &p);
	bool found = err == OK;

	if (found)
		err = send_it(post, a, &p);
	if (err != OK && err != ERR_NOT_FOUND)
		log_error("outbox error=%s", err_name(err));
	arena_free(a);
	(void)loop_after(post->loop, found && err == OK ? 0 : LOOK_MS, on_look,
	                 post);
}

/* --- the process -------------------------------------------------------- */

/* liaisond says nothing here: its end of the wire ends us. */
static void
on_wire(void *data)
{
	struct post *post = data;
	struct ipc_msg m;
	int err = ipc_recv(SPAWN_WIRE, FROM_LIAISOND, ANY_TIME, &m);

	if (err == OK)
		ipc_clear(&m);
	else if (err != ERR_BUSY)
		loop_stop(post->loop);
}

/* What is configured here is read at the start only. */
static void
on_signal(void *data, int sig)
{
	struct post *post = data;

	if (sig != SIGHUP)
		loop_stop(post->loop);
}

static int
confine(const struct config *cfg)
{
	static const char *const read[] = {NAMESERVERS,
	                                   "/etc/hosts",
	                                   "/etc/host.conf",
	                                   "/etc/gai.conf",
	                                   "/etc/nsswitch.conf",
	                                   "/etc/ssl/certs",
	                                   "/dev/urandom",
	                                   "/run/systemd/resolve",
	                                   "/usr/share/ca-certificates",
	                                   NULL};
	const char *write[] = {
	    dirname(arena_strdup(cfg->arena, cfg->database_path)), NULL};
	struct sandbox *sandbox = sandbox_new(SANDBOX_POST);
	int err = sandbox != NULL ? only_files(read, write) : ERR_IO;

	if (err == OK)
		err = sandbox_enter(sandbox);
	sandbox_free(sandbox);
	return err;
}

static int
open_all(struct post *post)
{
	struct instant stopped;
	int err = stopped_clock(post->cfg, &stopped);

	if (err != OK)
		return err;
	i18n_init(NULL);
	i18n_use(language_of(post->cfg->site_language));
	(void)_("News:"); /* its catalogue is open from here on */
	store_warm();
	err =
	    store_open(post->cfg->database_path, STORE_EXISTING, &post->store);
	if (err != OK) {
		log_error("database error=%s", err_name(err));
		return err;
	}
	store_stop_clock(post->store, stopped);
	ctx_init_system(&post->system, post->store);
	post->sender = sender_new();
	return post->sender != NULL ? OK : ERR_UNAVAILABLE;
}

static int
run(const struct config *cfg)
{
	struct post post = {.cfg = cfg};
	int err = open_all(&post);

	if (err == OK) {
		post.loop = loop_new();
		err = loop_signals(post.loop, signals, on_signal, &post);
	}
	if (err == OK)
		err = confine(cfg);
	if (err == OK) {
		(void)loop_read(post.loop, SPAWN_WIRE, on_wire, &post);
		on_look(&post);
		loop_run(post.loop);
	}
	sender_free(post.sender);
	loop_free(post.loop);
	store_close(post.store);
	return err == OK ? EX_OK : err_exit_code(err);
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
		(void)fputs("liaison-post is started by liaisond\n", stderr);
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
