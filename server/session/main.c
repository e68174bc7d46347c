/*
 * liaison-tui: this parent does once what every session would do (catalogues,
 * terminal descriptions, SQLite on a scratch database that is gone before
 * the first session) and forks one child a session. It never has the site's
 * database open, nor the host key, nor a socket of the network.
 */
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/base/i18n.h"
#include "db/base/log.h"
#include "db/store/audit.h"
#include "server/lib/loop.h"
#include "server/lib/spawn.h"
#include "server/lib/stopped.h"
#include "server/session/session.h"

struct parent {
	struct loop *loop;
	const char *file;
	struct config *cfg;
	struct sandbox *sandbox;
	struct instant stopped;
};

static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD, 0};

/* Open, migrate and read a database that nobody keeps. */
static void
warm_store(void)
{
	char folder[] = "/tmp/liaison-warm-XXXXXX";
	struct arena *a = arena_new();
	struct audit_head head;
	struct store *store = NULL;
	struct ctx c;
	const char *path;
	int done;

	store_warm();
	if (mkdtemp(folder) == NULL)
		goto end;
	path = arena_printf(a, "%s/warm.db", folder);
	if (store_open(path, STORE_CREATE | STORE_BULK, &store) == OK &&
	    store_migrate(store, &done) == OK) {
		ctx_init_system(&c, store);
		if (audit_head(&c, &head) != OK)
			log_warn("warming failed");
	}
	store_close(store);
	for (size_t i = 0; i < 4; i++) {
		static const char *const ends[] = {"", "-wal", "-shm", "-lock"};

		(void)unlink(arena_printf(a, "%s%s", path, ends[i]));
	}
	if (rmdir(folder) != 0)
		log_warn("warming left=%s", folder);
end:
	arena_free(a);
}

static int
read_order(struct ipc_msg *m, struct order *out)
{
	*out = (struct order){.stream = -1, .wire = -1};
	out->number = ipc_get_int(m, 1, INT64_MAX);
	out->account = ipc_get_int(m, 1, INT64_MAX);
	out->must_change = ipc_get_bool(m);
	out->need = (enum otp_need)ipc_get_int(m, 0, OTP_NEEDS - 1);
	(void)snprintf(out->commands, sizeof(out->commands), "%s",
	               ipc_get_text(m, IPC_COMMANDS_MAX));
	out->has_pty = ipc_get_bool(m);
	(void)snprintf(out->term, sizeof(out->term), "%s",
	               ipc_get_text(m, IPC_TERM_MAX));
	out->columns = (int)ipc_get_int(m, 0, INT32_MAX);
	out->rows = (int)ipc_get_int(m, 0, INT32_MAX);
	(void)snprintf(out->language, sizeof(out->language), "%s",
	               ipc_get_text(m, IPC_LANGUAGE_MAX));
	out->encoding = (enum encoding)ipc_get_int(m, 0, ENCODINGS - 1);
	out->no_color = ipc_get_bool(m);
	out->is_command = ipc_get_bool(m);
	(void)snprintf(out->command, sizeof(out->command), "%s",
	               ipc_get_text(m, IPC_COMMAND_MAX));
	out->stream = ipc_get_fd(m);
	out->wire = ipc_get_fd(m);
	return ipc_end(m);
}

static void
start_session(const struct parent *p, const struct order *order)
{
	pid_t pid = fork();

	if (pid == 0) {
		int low =
		    order->stream < order->wire ? order->stream : order->wire;
		int keep[] = {low, order->stream + order->wire - low};

		spawn_isolate(keep, 2);
		session_run(p->cfg, p->sandbox, p->stopped, order);
	}
	if (pid < 0)
		log_error("session-not-started session=%lld",
		          (long long)order->number);
}

static void
on_wire(void *data)
{
	struct parent *p = data;
	struct ipc_msg m;
	int err;

	while ((err = ipc_recv(SPAWN_WIRE, FROM_LIAISOND, ANY_TIME, &m)) ==
	       OK) {
		struct order order;

		if (read_order(&m, &order) == OK)
			start_session(p, &order);
		else
			log_error("order malformed");
		if (order.stream >= 0)
			(void)close(order.stream);
		if (order.wire >= 0)
			(void)close(order.wire);
		ipc_clear(&m);
	}
	if (err != ERR_BUSY)
		loop_stop(p->loop);
}

static void
reap(void)
{
	pid_t pid;
	int status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (WIFSIGNALED(status))
			log_error("session-crashed pid=%d signal=%d", (int)pid,
			          WTERMSIG(status));
}

static void
reload(struct parent *p)
{
	struct buf why = BUF_INIT;
	struct config *fresh;

	if (config_load(p->file, &fresh, &why) == OK) {
		config_free(p->cfg);
		p->cfg = fresh;
	}
	buf_clear(&why); /* liaisond has said it */
}

static void
on_signal(void *data, int sig)
{
	struct parent *p = data;

	if (sig == SIGCHLD)
		reap();
	else if (sig == SIGHUP)
		reload(p);
	else
		loop_stop(p->loop);
}

static int
run(struct parent *p)
{
	if (stopped_clock(p->cfg, &p->stopped) != OK)
		return EX_CONFIG;
	p->sandbox = sandbox_new(SANDBOX_SESSION);
	if (p->sandbox == NULL)
		return EX_OSERR;
	i18n_init(NULL);
	warm_store();
	tui_warm();
	(void)malloc_trim(0);
	p->loop = loop_new();
	if (loop_signals(p->loop, signals, on_signal, p) != OK)
		return EX_OSERR;
	(void)loop_read(p->loop, SPAWN_WIRE, on_wire, p);
	loop_run(p->loop);
	loop_free(p->loop);
	sandbox_free(p->sandbox);
	return EX_OK;
}

int
main(int argc, char **argv)
{
	struct parent p = {.loop = NULL};
	struct buf why = BUF_INIT;
	int status = EX_CONFIG;

	process_begin();
	(void)mallopt(M_ARENA_MAX, 1);
	(void)umask(077);
	if (argc != 3 || strcmp(argv[1], "-c") != 0) {
		(void)fputs("liaison-tui is started by liaisond\n", stderr);
		return EX_USAGE;
	}
	p.file = argv[2];
	if (config_load(p.file, &p.cfg, &why) == OK)
		status = run(&p);
	else
		(void)fputs(why.data, stderr);
	config_free(p.cfg);
	buf_clear(&why);
	return status;
}
