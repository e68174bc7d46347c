/*
 * liaison-auth answers "may this person sign in". It alone holds the key
 * that signs the audit's head, the one that seals second factors and the one
 * that opens contacts of citizens; it sees passwords, and no other process
 * that touches the store does.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/base/log.h"
#include "server/auth/auth.h"
#include "server/lib/spawn.h"
#include "server/lib/stopped.h"

enum { SIGN_MS = 60 * 1000 };

static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD, 0};

static void
on_wire(void *data)
{
	struct auth *auth = data;
	struct ipc_msg m;
	int err;

	while ((err = ipc_recv(SPAWN_WIRE, FROM_LIAISOND, ANY_TIME, &m)) ==
	       OK) {
		answer(auth, &m);
		ipc_clear(&m);
	}
	if (err != ERR_BUSY)
		loop_stop(auth->loop);
}

static void
on_minute(void *data)
{
	struct auth *auth = data;

	failed_write(auth);
	sign_head(auth);
	(void)loop_after(auth->loop, SIGN_MS, on_minute, auth);
}

/* Nothing to read again on SIGHUP: what is configured here needs a restart. */
static void
on_signal(void *data, int sig)
{
	struct auth *auth = data;

	if (sig == SIGCHLD)
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
	else if (sig != SIGHUP)
		loop_stop(auth->loop);
}

static int
open_all(struct auth *auth)
{
	struct instant stopped;
	int err = stopped_clock(auth->cfg, &stopped);

	if (err != OK)
		return err;
	store_warm();
	err =
	    store_open(auth->cfg->database_path, STORE_EXISTING, &auth->store);
	if (err != OK) {
		log_error("database error=%s", err_name(err));
		return err;
	}
	store_stop_clock(auth->store, stopped);
	ctx_init_system(&auth->system, auth->store);
	robot_open(auth);
	err = sign_open(auth);
	if (err != OK)
		log_error("audit-key error=%s", err_name(err));
	if (err == OK) {
		err = factor_open(auth);
		if (err != OK)
			log_error("sealing-key error=%s", err_name(err));
	}
	if (err == OK) {
		err = contact_open(auth);
		if (err != OK)
			log_error("contact-key error=%s", err_name(err));
	}
	return err;
}

/* Files are open, nothing was asked yet. */
static int
confine(struct auth *auth)
{
	struct sandbox *own = sandbox_new(SANDBOX_AUTH);
	int err = ERR_IO;

	auth->worker = sandbox_new(SANDBOX_WORKER);
	if (own != NULL && auth->worker != NULL)
		err = sandbox_enter(own);
	sandbox_free(own);
	return err;
}

static int
run(const struct config *cfg)
{
	struct auth auth = {.cfg = cfg, .heads = -1};
	int err = open_all(&auth);

	if (err != OK)
		goto done;
	auth.loop = loop_new();
	err = loop_signals(auth.loop, signals, on_signal, &auth);
	if (err != OK)
		goto done;
	err = confine(&auth);
	if (err != OK)
		goto done;
	(void)loop_read(auth.loop, SPAWN_WIRE, on_wire, &auth);
	(void)loop_after(auth.loop, SIGN_MS, on_minute, &auth);
	contact_watch(&auth);
	loop_run(auth.loop);
	works_end(&auth);
	failed_write(&auth);
	sign_head(&auth);
done:
	loop_free(auth.loop);
	store_close(auth.store);
	sandbox_free(auth.worker);
	if (auth.heads >= 0)
		(void)close(auth.heads);
	secret_wipe(&auth.key, sizeof(auth.key));
	factor_close(&auth);
	contact_close(&auth);
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
		(void)fputs("liaison-auth is started by liaisond\n", stderr);
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
