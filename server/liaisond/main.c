/*
 * liaisond supervises: it reads the configuration, binds the ports, keeps
 * liaison-auth, liaison-tui, liaison-net, liaison-web, liaison-media and
 * liaison-post running and passes messages between them. It parses nothing that
 * comes from outside but short typed messages, and links neither libssh nor
 * SQLite nor curses.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/base/clock.h"
#include "db/base/log.h"
#include "server/liaisond/site.h"
#include "server/lib/serving.h"
#include "server/lib/spawn.h"
#include "server/lib/wake.h"

enum { FAREWELL_MS = 3000, HELPERS_MS = 2000 };

static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD, 0};

static void
usage(FILE *out)
{
	(void)fputs("usage: liaisond [-t] -c FILE\n"
	            "  -c FILE  the configuration, see liaison.ini(5)\n"
	            "  -t       check it and exit: 0 good, 78 not\n",
	            out);
}

static int
read_config(const char *file, struct config **out)
{
	struct buf why = BUF_INIT;
	int err = config_load(file, out, &why);

	if (err != OK)
		(void)fputs(why.data, stderr);
	buf_clear(&why);
	return err;
}

/* Whatever listens stays as it was; limits and texts change at once, in the
 * helpers too. */
static void
reload(struct site *site)
{
	struct config *fresh;

	if (read_config(site->file, &fresh) != OK) {
		log_error("configuration kept: the file has faults");
		return;
	}
	if (fresh->ssh_port != site->cfg->ssh_port ||
	    fresh->http_port != site->cfg->http_port ||
	    strcmp(fresh->ssh_listen, site->cfg->ssh_listen) != 0 ||
	    strcmp(fresh->http_listen, site->cfg->http_listen) != 0 ||
	    fresh->robot_push != site->cfg->robot_push ||
	    strcmp(fresh->database_path, site->cfg->database_path) != 0)
		log_warn("configuration: listen and port of ssh and http and "
		         "database.path and robot.push change on restart only");
	config_free(site->cfg);
	site->cfg = fresh;
	admit_reload(site);
	helpers_signal(site, SIGHUP);
	log_info("configuration read");
}

static void
hard_stop(void *data)
{
	struct site *site = data;

	loop_stop(site->loop);
}

static void
stop(struct site *site)
{
	if (site->stopping) {
		loop_stop(site->loop); /* asked twice: do not wait */
		return;
	}
	site->stopping = true;
	log_info("stopping sessions=%d", site->session_count);
	if (site->helpers[HELPER_NET].pid > 0)
		(void)kill(site->helpers[HELPER_NET].pid, SIGTERM);
	conns_refuse(site, END_SHUTDOWN);
	sessions_end(site, END_SHUTDOWN);
	if (site->conns == NULL && site->sessions == NULL)
		loop_stop(site->loop);
	else
		(void)loop_after(site->loop, FAREWELL_MS, hard_stop, site);
}

static void
on_signal(void *data, int sig)
{
	struct site *site = data;

	if (sig == SIGCHLD)
		helpers_reap(site);
	else if (sig == SIGHUP)
		reload(site);
	else
		stop(site);
}

static void
on_wake(void *data)
{
	struct site *site = data;
	uint64_t kinds;
	int64_t unit;
	int err;

	while ((err = wake_recv(site->wake, &kinds, &unit)) != ERR_BUSY)
		if (err == OK)
			sessions_wake(site, kinds, unit, NULL);
}

/* Only liaisonctl changes a schema: this is its one other moment. */
static int
migrate(const struct config *cfg)
{
	char c[] = "-c", command[] = "migrate", name[] = "liaisonctl";
	char *argv[] = {name, c, arena_strdup(cfg->arena, cfg->file), command,
	                NULL};
	int status = helper_run(name, argv);

	if (status != 0)
		log_error("migrate status=%d", status);
	return status;
}

/* Only liaison-net knows what an SSH key is, and whether it can be confined
 * here; better no service than one that runs open. */
static int
prepare_net(const struct config *cfg)
{
	char name[] = "liaison-net", how[] = "--prepare";
	char *argv[] = {name, how, arena_strdup(cfg->arena, cfg->file), NULL};
	int status;

	(void)mkdir(cfg->site_keys, 0700);
	status = helper_run(name, argv);
	if (status != 0)
		log_error("prepare program=%s status=%d", name, status);
	return status;
}

/* Before anything touches the database. */
static int
take_site(struct site *site)
{
	int err = serving_take(site->cfg->database_path, &site->serving);

	if (err == OK && serving_is_half_restored(site->cfg->database_path)) {
		log_error("a restore did not end: liaisonctl restore again");
		return EX_TEMPFAIL;
	}
	if (err == OK)
		return EX_OK;
	if (err != ERR_EXISTS) {
		log_error("the lock beside the database errno=%d", errno);
		return EX_CANTCREAT;
	}
	log_error("another liaisond serves this database, or it is being "
	          "restored");
	return EX_TEMPFAIL;
}

static int
open_all(struct site *site)
{
	int status = take_site(site);
	int err;

	if (status == 0)
		status = migrate(site->cfg);
	if (status == 0)
		status = prepare_net(site->cfg);
	if (status != 0)
		return status < 0 ? EX_SOFTWARE : status;
	err = wake_open(site->cfg->database_path, &site->wake);
	if (err == ERR_EXISTS) {
		log_error("another liaisond serves this database");
		return EX_TEMPFAIL;
	}
	if (err != OK) { /* sessions still look by themselves */
		log_warn("wake-socket missing");
		site->wake = -1;
	}
	for (int i = 0; i < PORTS; i++) {
		err = listen_open(site->cfg, (enum port)i, &site->listen[i]);
		if (err != OK)
			return err_exit_code(err);
	}
	return EX_OK;
}

static int
serve(struct site *site)
{
	unsigned char key[SECRET_KEY];
	int status;

	site->wake = site->serving = -1;
	for (int i = 0; i < PORTS; i++)
		site->listen[i] = -1;
	secret_random(key, sizeof(key));
	secret_sha256(key, sizeof(key), site->form_key);
	status = open_all(site);
	if (status != EX_OK)
		goto done;
	site->loop = loop_new();
	admit_open(site);
	if (loop_signals(site->loop, signals, on_signal, site) != OK ||
	    helpers_start(site) != OK) {
		status = EX_OSERR;
		goto done;
	}
	if (site->wake >= 0)
		site->wake_watch =
		    loop_read(site->loop, site->wake, on_wake, site);
	loop_run(site->loop);
	site->stopping = true;
	helpers_end(site, HELPERS_MS);
	log_info("stopped");
done:
	if (site->wake >= 0) {
		loop_remove(site->loop, site->wake_watch);
		wake_close(site->cfg->database_path, site->wake);
	}
	for (int i = 0; i < PORTS; i++)
		if (site->listen[i] >= 0)
			(void)close(site->listen[i]);
	if (site->serving >= 0)
		(void)close(site->serving);
	loop_free(site->loop);
	admit_close(site);
	return status;
}

int
main(int argc, char **argv)
{
	struct site site = {.file = NULL};
	bool only_check = false;
	int ch, status;

	while ((ch = getopt(argc, argv, "c:th")) != -1) {
		if (ch == 'c') {
			site.file = optarg;
		} else if (ch == 't') {
			only_check = true;
		} else {
			usage(ch == 'h' ? stdout : stderr);
			return ch == 'h' ? EX_OK : EX_USAGE;
		}
	}
	if (site.file == NULL || optind != argc) {
		usage(stderr);
		return EX_USAGE;
	}
	process_begin();
	(void)umask(077); /* keys, database and sockets are ours alone */
	if (read_config(site.file, &site.cfg) != OK)
		return EX_CONFIG;
	status = only_check ? EX_OK : serve(&site);
	config_free(site.cfg);
	return status;
}
