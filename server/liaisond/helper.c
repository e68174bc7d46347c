/* The other programs: started with their wire, started again when they die. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/base/clock.h"
#include "db/base/log.h"
#include "server/liaisond/site.h"
#include "server/lib/spawn.h"

enum {
	QUICK_MS = 2000,   /* one that lived shorter than this ... */
	RESTART_MS = 1000, /* ... is started again only after this */
	STEP_MS = 10
};

static const struct {
	const char *program;
	enum ipc_sender sender;
	int port; /* PORTS: none */
} rows[HELPERS] = {
    [HELPER_AUTH] = {"liaison-auth", FROM_AUTH, PORTS},
    [HELPER_TUI] = {"liaison-tui", FROM_SESSION, PORTS},
    [HELPER_NET] = {"liaison-net", FROM_NET_PARENT, PORT_SSH},
    [HELPER_WEB] = {"liaison-web", FROM_WEB, PORT_HTTP},
    [HELPER_MEDIA] = {"liaison-media", FROM_MEDIA, PORTS},
    [HELPER_POST] = {"liaison-post", FROM_POST, PORTS},
};

static void on_wire(void *data);

static void
drop_wire(struct helper *h)
{
	if (h->wire < 0)
		return;
	loop_remove(h->site->loop, h->watch);
	(void)close(h->wire);
	h->wire = -1;
	if (h->kind == HELPER_AUTH)
		ask_fail_all(h->site);
	if (h->kind == HELPER_MEDIA)
		media_fail_all(h->site);
}

static int
start(struct helper *h)
{
	struct site *site = h->site;
	char program[32], c[] = "-c";
	char *argv[] = {program, c, NULL, NULL};
	int pair[2], fds[2], n = 1, err;

	if (ipc_pair(pair) != OK)
		return ERR_IO;
	(void)snprintf(program, sizeof(program), "%s", rows[h->kind].program);
	argv[2] = arena_strdup(site->cfg->arena, site->cfg->file);
	fds[0] = pair[1];
	if (rows[h->kind].port != PORTS)
		fds[n++] = site->listen[rows[h->kind].port];
	err = spawn(rows[h->kind].program, argv, fds, n, &h->pid);
	(void)close(pair[1]);
	if (err != OK) {
		(void)close(pair[0]);
		return err;
	}
	h->wire = pair[0];
	h->watch = loop_read(site->loop, h->wire, on_wire, h);
	h->started_ms = clock_monotonic_ms();
	log_info("started program=%s pid=%d", program, (int)h->pid);
	if (h->kind == HELPER_WEB)
		web_started(site);
	return OK;
}

static void
new_connection(struct site *site, struct ipc_msg *m)
{
	const char *address = ipc_get_text(m, IPC_ADDRESS_MAX);
	int wire = ipc_get_fd(m);

	if (ipc_end(m) == OK)
		conn_open(site, address, wire);
	else if (wire >= 0)
		(void)close(wire);
}

static void
on_wire(void *data)
{
	struct helper *h = data;
	struct ipc_msg m;
	int err;

	while ((err = ipc_recv(h->wire, rows[h->kind].sender, ANY_TIME, &m)) ==
	       OK) {
		if (m.type == IPC_CONNECTION)
			new_connection(h->site, &m);
		else if (h->kind == HELPER_AUTH)
			ask_answered(h->site, &m);
		else if (h->kind == HELPER_WEB)
			web_message(h->site, &m);
		else if (h->kind == HELPER_MEDIA)
			media_answered(h->site, &m);
		ipc_clear(&m);
		if (h->wire < 0)
			return;
	}
	if (err == ERR_PROTOCOL) {
		log_error("wire program=%s malformed", rows[h->kind].program);
		(void)kill(h->pid, SIGKILL);
	}
	if (err != ERR_BUSY)
		drop_wire(h);
}

static void
restart(void *data)
{
	struct helper *h = data;

	h->restart = NULL;
	if (!h->site->stopping && h->pid == 0 && start(h) != OK)
		h->restart = loop_after(h->site->loop, RESTART_MS, restart, h);
}

static void
ended(struct helper *h, int status)
{
	int64_t lived = clock_monotonic_ms() - h->started_ms;

	h->pid = 0;
	drop_wire(h);
	if (h->site->stopping)
		return;
	log_error("died program=%s status=%d signal=%d", rows[h->kind].program,
	          WEXITSTATUS(status),
	          WIFSIGNALED(status) ? WTERMSIG(status) : 0);
	h->restart = loop_after(h->site->loop,
	                        lived < QUICK_MS ? RESTART_MS : 0, restart, h);
}

void
helpers_reap(struct site *site)
{
	pid_t pid;
	int status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (int i = 0; i < HELPERS; i++)
			if (site->helpers[i].pid == pid)
				ended(&site->helpers[i], status);
}

int
helpers_start(struct site *site)
{
	for (int i = 0; i < HELPERS; i++) {
		struct helper *h = &site->helpers[i];
		int err;

		h->site = site;
		h->kind = (enum helper_kind)i;
		h->wire = -1;
		if (h->kind == HELPER_POST && !site->cfg->robot_push)
			continue;
		err = start(h);
		if (err != OK)
			return err;
	}
	return OK;
}

void
helpers_signal(struct site *site, int sig)
{
	for (int i = 0; i < HELPERS; i++)
		if (site->helpers[i].pid > 0)
			(void)kill(site->helpers[i].pid, sig);
}

static bool
any_left(struct site *site)
{
	helpers_reap(site);
	for (int i = 0; i < HELPERS; i++)
		if (site->helpers[i].pid > 0)
			return true;
	return false;
}

void
helpers_end(struct site *site, int ms)
{
	helpers_signal(site, SIGTERM);
	for (; ms > 0 && any_left(site); ms -= STEP_MS)
		(void)usleep(STEP_MS * 1000);
	helpers_signal(site, SIGKILL);
	for (int i = 0; i < HELPERS; i++)
		drop_wire(&site->helpers[i]);
}

int
helper_run(const char *name, char *const argv[])
{
	pid_t pid;
	int status;

	if (spawn(name, argv, NULL, 0, &pid) != OK)
		return -1;
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}
