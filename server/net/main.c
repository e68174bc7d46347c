/*
 * liaison-net speaks SSH. This parent holds the listening socket that
 * liaisond bound and the host key, is warmed by a handshake with itself,
 * and forks one child a connection before any byte of it is read.
 */
#include <malloc.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/base/clock.h"
#include "db/base/config.h"
#include "db/base/log.h"
#include "server/lib/loop.h"
#include "server/lib/spawn.h"
#include "server/net/net.h"

struct parent {
	struct loop *loop;
	ssh_bind bind;
	struct sandbox *sandbox;
	struct converters converters;
	struct watch *listening;
	bool stopping;
};

/* Kept small, so that little is old when a client that stalled resumes. */
enum { SEND_BYTES = 32768, UNSENT_BYTES = 1, ROUND = 32 };

static const struct {
	int level, option, value;
} socket_options[] = {
    {IPPROTO_TCP, TCP_NODELAY, 1},
    {SOL_SOCKET, SO_SNDBUF, SEND_BYTES},
    {IPPROTO_TCP, TCP_NOTSENT_LOWAT, UNSENT_BYTES},
    /* a dead link is found without a byte on the terminal */
    {SOL_SOCKET, SO_KEEPALIVE, 1},
    {IPPROTO_TCP, TCP_KEEPIDLE, 60},
    {IPPROTO_TCP, TCP_KEEPINTVL, 15},
    {IPPROTO_TCP, TCP_KEEPCNT, 4},
    {IPPROTO_TCP, TCP_USER_TIMEOUT, 120000},
};

static void
set_socket_options(int fd)
{
	for (size_t i = 0; i < COUNT(socket_options); i++)
		(void)setsockopt(fd, socket_options[i].level,
		                 socket_options[i].option,
		                 &socket_options[i].value, sizeof(int));
}

/* Tell liaisond of the connection; its end of the wire goes along. */
static int
announce(const struct sockaddr_storage *from, socklen_t n, int wire)
{
	char address[IPC_ADDRESS_MAX + 1] = "?";
	struct ipc_msg m;

	(void)getnameinfo((const struct sockaddr *)from, n, address,
	                  sizeof(address), NULL, 0, NI_NUMERICHOST);
	ipc_begin(&m, IPC_CONNECTION);
	ipc_put_text(&m, address);
	ipc_put_fd(&m, wire);
	return ipc_send(SPAWN_WIRE, &m);
}

static void
serve(const struct parent *p, int fd, const struct sockaddr_storage *from,
      socklen_t n)
{
	int pair[2];
	pid_t pid = -1;

	if (ipc_pair(pair) != OK) {
		(void)close(fd);
		return;
	}
	set_socket_options(fd);
	if (announce(from, n, pair[1]) == OK)
		pid = fork();
	if (pid == 0) {
		int low = fd < pair[0] ? fd : pair[0];
		int keep[] = {low, fd + pair[0] - low};

		spawn_isolate(keep, 2);
		link_run(p->bind, p->sandbox, &p->converters, fd, pair[0]);
	}
	if (pid < 0)
		log_warn("connection dropped: cannot fork or liaisond is busy");
	(void)close(fd);
	(void)close(pair[0]);
	(void)close(pair[1]);
}

static void
on_listening(void *data)
{
	struct parent *p = data;

	for (int i = 0; i < ROUND; i++) {
		struct sockaddr_storage from;
		socklen_t n = sizeof(from);
		int fd = accept4(SPAWN_LISTEN, (struct sockaddr *)&from, &n,
		                 SOCK_CLOEXEC);

		if (fd < 0)
			return;
		serve(p, fd, &from, n);
	}
}

/* liaisond says nothing here; its end means ours. */
static void
on_wire(void *data)
{
	struct parent *p = data;

	loop_stop(p->loop);
}

static void
on_signal(void *data, int sig)
{
	struct parent *p = data;
	pid_t pid;
	int status;

	if (sig == SIGTERM || sig == SIGINT) {
		/* children end with their sessions */
		loop_remove(p->loop, p->listening);
		loop_stop(p->loop);
		return;
	}
	if (sig != SIGCHLD)
		return;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (WIFSIGNALED(status) && WTERMSIG(status) != SIGALRM)
			log_error("child-died pid=%d signal=%d", (int)pid,
			          WTERMSIG(status));
}

/* What children will live in. An exit status. */
static int
make_sandbox(const struct config *cfg, struct sandbox **out)
{
	int status = EX_OSERR;

	*out = sandbox_new(SANDBOX_NET);
	if (*out != NULL)
		status = sandbox_set_place(*out, cfg) == OK ? EX_OK : EX_CONFIG;
	if (status != EX_OK)
		sandbox_free(*out);
	return status;
}

static int
run(const struct config *cfg)
{
	static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD, 0};
	struct parent p = {.loop = NULL};
	int status = make_sandbox(cfg, &p.sandbox);

	if (status != EX_OK)
		return status;
	status = EX_OSERR;
	(void)ssh_init();
	p.bind = server_new(cfg->ssh_host_key);
	server_warm(p.bind);
	if (converters_open(&p.converters) != OK) {
		log_error("converters for GB18030 are missing");
		goto closed;
	}
	(void)malloc_trim(0);
	p.loop = loop_new();
	if (loop_signals(p.loop, signals, on_signal, &p) != OK)
		goto done;
	p.listening = loop_read(p.loop, SPAWN_LISTEN, on_listening, &p);
	(void)loop_read(p.loop, SPAWN_WIRE, on_wire, &p);
	loop_run(p.loop);
	status = EX_OK;
done:
	loop_free(p.loop);
	converters_close(&p.converters);
closed:
	ssh_bind_free(p.bind);
	sandbox_free(p.sandbox);
	(void)ssh_finalize();
	return status;
}

/* Before the first start: a host key, and the proof that this kernel, this
 * container and this configuration let a connection be confined. */
static int
prepare(const struct config *cfg)
{
	struct sandbox *s;
	int status;

	if (access(cfg->ssh_host_key, F_OK) != 0) {
		if (server_make_key(cfg->ssh_host_key) != OK) {
			log_error("host-key cannot be made");
			return EX_CANTCREAT;
		}
		log_info("made host-key");
	}
	status = make_sandbox(cfg, &s);
	if (status != EX_OK)
		return status;
	if (sandbox_try(s) != OK)
		status = EX_OSERR;
	sandbox_free(s);
	return status;
}

static int
with_config(const char *file, int (*fn)(const struct config *cfg))
{
	struct buf why = BUF_INIT;
	struct config *cfg;
	int status = EX_CONFIG;

	if (config_load(file, &cfg, &why) == OK) {
		/* refusals say a time; a zone that is unknown shows UTC */
		if (clock_zone(cfg->site_timezone) != OK)
			log_warn("zone unknown");
		status = fn(cfg);
		config_free(cfg);
	} else {
		(void)fputs(why.data, stderr);
	}
	buf_clear(&why);
	return status;
}

int
main(int argc, char **argv)
{
	process_begin();
	(void)mallopt(M_ARENA_MAX, 1);
	if (argc == 3 && strcmp(argv[1], "--prepare") == 0)
		return with_config(argv[2], prepare);
	if (argc == 3 && strcmp(argv[1], "-c") == 0)
		return with_config(argv[2], run);
	(void)fputs("liaison-net is started by liaisond\n", stderr);
	return EX_USAGE;
}
