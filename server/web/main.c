/*
 * liaison-web serves what telephones and monitoring ask for over HTTP. The
 * port is liaisond's and comes open; the database is opened and both
 * catalogues are read before the sandbox closes. It knows no secret of
 * anybody: liaison-auth says whose one is.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/base/log.h"
#include "server/lib/sandbox.h"
#include "server/lib/seal.h"
#include "server/lib/spawn.h"
#include "server/lib/stopped.h"
#include "server/web/web.h"

static const int signals[] = {SIGTERM, SIGINT, SIGHUP, 0};

static void
on_wire(void *data)
{
	struct web *web = data;
	struct ipc_msg m;
	int err;

	while ((err = ipc_recv(SPAWN_WIRE, FROM_LIAISOND, ANY_TIME, &m)) ==
	       OK) {
		ask_message(web, &m);
		ipc_clear(&m);
	}
	if (err != ERR_BUSY)
		loop_stop(web->loop);
}

/* The lists were checked with the configuration. */
static void
take_limits(struct web *web)
{
	const struct config *cfg = web->cfg;

	if (source_list_parse(cfg->limits_exempt, &web->exempt) != OK)
		web->exempt.n = 0;
	if (source_list_parse(cfg->http_trusted_proxy, &web->proxies) != OK)
		web->proxies.n = 0;
	if (source_list_parse(cfg->http_metrics, &web->metrics) != OK)
		web->metrics.n = 0;
	if (source_list_parse(cfg->robot_sources, &web->robots) != OK)
		web->robots.n = 0;
	limits_set(web->limits, cfg->limits_http_connections_per_source,
	           cfg->limits_http_requests);
}

/* Connections that are there keep the certificate they began with. */
static void
reload(struct web *web)
{
	struct buf why = BUF_INIT;
	struct config *fresh, *old = web->cfg;

	if (config_load(web->file, &fresh, &why) == OK) {
		web->cfg = fresh;
		take_limits(web);
		if ((fresh->http_tls_cert[0] != '\0' ||
		     old->http_tls_cert[0] != '\0') &&
		    http_start(web) == OK)
			log_info("certificates read tls=%d",
			         (int)(fresh->http_tls_cert[0] != '\0'));
		config_free(old);
	}
	buf_clear(&why); /* liaisond has said it */
}

static void
on_signal(void *data, int sig)
{
	struct web *web = data;

	if (sig == SIGHUP)
		reload(web);
	else
		loop_stop(web->loop);
}

static void
on_commit(void *data, uint64_t kinds, int64_t unit)
{
	struct ipc_msg m;

	(void)data;
	ipc_begin(&m, IPC_COMMIT);
	ipc_put_int(&m, (int64_t)kinds);
	ipc_put_int(&m, unit);
	if (ipc_send(SPAWN_WIRE, &m) != OK)
		log_debug("wake lost"); /* sessions look by themselves */
}

void
web_ctx(struct ctx *c)
{
	c->committed = on_commit;
	c->committed_data = NULL;
}

/* Both catalogues, so that no file has to be found later. */
static void
warm_languages(void)
{
	i18n_init(NULL);
	i18n_use(LANGUAGE_EN);
	(void)_("There is no such page");
	i18n_use(LANGUAGE_ZH);
	(void)_("There is no such page");
}

/* What citizens leave with their opinions is sealed for liaison-auth. */
static void
give_contact_key(struct web *web)
{
	struct arena *a = arena_new();

	store_set_contact_key(web->store, seal_contact_public(a, web->cfg));
	arena_free(a);
}

static int
open_all(struct web *web)
{
	struct instant stopped;
	int err = stopped_clock(web->cfg, &stopped);

	if (err != OK)
		return err;
	warm_languages();
	page_init();
	store_warm();
	err = store_open(web->cfg->database_path, STORE_EXISTING, &web->store);
	if (err != OK) {
		log_error("database error=%s", err_name(err));
		return err;
	}
	store_stop_clock(web->store, stopped);
	give_contact_key(web);
	ctx_init_public(&web->public, web->store);
	web_ctx(&web->public);
	web->limits = limits_new();
	take_limits(web);
	return OK;
}

/* That secrets pass in the clear is never silent. */
static void
say_how(const struct config *cfg)
{
	if (cfg->http_tls_cert[0] != '\0')
		log_info("http tls=yes");
	else
		log_warn("http tls=no: plain HTTP on %s%s", cfg->http_listen,
		         cfg->http_trusted_proxy[0] != '\0'
		             ? ", for the proxy in front"
		             : "");
}

static int
serve(struct web *web)
{
	struct sandbox *sandbox = sandbox_new(SANDBOX_WEB);
	int err = sandbox != NULL ? OK : ERR_IO;

	if (err == OK)
		err = loop_signals(web->loop, signals, on_signal, web);
	if (err == OK)
		err = http_start(web);
	if (err == OK)
		err = sandbox_enter(sandbox);
	sandbox_free(sandbox);
	if (err != OK)
		return err;
	say_how(web->cfg);
	views_begin(web);
	(void)loop_read(web->loop, SPAWN_WIRE, on_wire, web);
	loop_run(web->loop);
	return OK;
}

static int
run(struct web *web)
{
	int err = open_all(web);

	if (err == OK) {
		web->loop = loop_new();
		err = serve(web);
		http_stop(web);
		views_write(web);
	}
	loop_free(web->loop);
	store_close(web->store);
	limits_free(web->limits);
	secret_wipe(web->key, sizeof(web->key));
	return err == OK ? EX_OK : err_exit_code(err);
}

int
main(int argc, char **argv)
{
	struct web web = {.loop = NULL};
	struct buf why = BUF_INIT;
	int status = EX_CONFIG;

	process_begin();
	(void)umask(077);
	if (argc != 3 || strcmp(argv[1], "-c") != 0) {
		(void)fputs("liaison-web is started by liaisond\n", stderr);
		return EX_USAGE;
	}
	web.file = argv[2];
	if (config_load(argv[2], &web.cfg, &why) == OK) {
		status = run(&web);
		config_free(web.cfg);
	} else {
		(void)fputs(why.data, stderr);
	}
	buf_clear(&why);
	return status;
}
