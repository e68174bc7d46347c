/* One person's session: the store opened, the hat put on, the language
 * chosen, then the screens or one command. */
#include "server/session/session.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "db/account.h"
#include "db/base/i18n.h"
#include "db/base/log.h"
#include "db/base/text.h"
#include "db/service.h"
#include "server/lib/seal.h"

/* What the client's locale says; one that says nothing gets the site's. */
static enum language
client_language(const struct config *cfg, const char *said)
{
	if (said[0] == '\0' || strcmp(said, "C") == 0 ||
	    strncmp(said, "C.", 2) == 0 || strcmp(said, "POSIX") == 0)
		return language_of(cfg->site_language);
	return language_of(said);
}

/* The account's own setting goes first. */
enum language
session_language(const struct config *cfg, struct ctx *c, const char *said)
{
	struct arena *a = arena_new();
	struct account account;
	enum language language = client_language(cfg, said);

	if (account_get(c, a, (struct account_id){c->account}, &account) ==
	        OK &&
	    account.language[0] != '\0')
		language = language_of(account.language);
	arena_free(a);
	return language;
}

void
session_encoding(struct wire *w, bool is_command)
{
	struct arena *a = arena_new();
	struct account account;

	if (account_get(w->c, a, (struct account_id){w->c->account},
	                &account) == OK) {
		/* a command's output goes where the client's locale says,
		 * which need not be this person's terminal */
		if (!is_command)
			(void)wire_set_encoding(w, account.encoding);
		text_set_ambiguous(account_is_wide(&account, w->encoding));
	}
	arena_free(a);
}

void
session_no_color(bool no_color)
{
	if (no_color)
		(void)setenv("NO_COLOR", "1", 1);
	else
		(void)unsetenv("NO_COLOR");
}

static void
set_environment(const struct order *order)
{
	session_no_color(order->no_color);
	(void)unsetenv("LINES");
	(void)unsetenv("COLUMNS");
	(void)unsetenv("TERMINFO");
	(void)unsetenv("TERMINFO_DIRS");
	(void)unsetenv("TERM");
}

/* Asked for by name, or by a terminal that cannot place its cursor. */
static bool
is_plain(const struct order *order)
{
	return order->is_command ? strcmp(order->command, "plain") == 0
	                         : strcmp(order->term, "dumb") == 0;
}

static int
run_screens(const struct config *cfg, struct wire *w, const struct order *order,
            struct ctx *c)
{
	char url[CONFIG_URL_MAX];
	const struct service service = wire_service(w);
	const struct tui_host host = {
	    .fd = order->stream,
	    .control = w->fd,
	    .public_url = config_public_url(cfg, url),
	    .has_robot = cfg->robot_sources[0] != '\0',
	    .site_name = cfg->site_name,
	    .data = w,
	    .next_event = wire_next_event,
	    .has_event = wire_has_event,
	    .watch = wire_watch,
	    .place = wire_place,
	    .others = wire_others,
	    .take_over = wire_take_over,
	    .set_password = wire_set_password,
	    .set_pin = wire_set_pin,
	    .check_password = wire_check_password,
	    .factor = config_second_factor(cfg) != SECOND_FACTOR_OFF
	                  ? wire_factor
	                  : NULL,
	    .set_encoding = wire_set_encoding,
	    .service = &service,
	};
	const struct tui_options options = {
	    .term = order->term,
	    .columns = order->columns,
	    .rows = order->rows,
	    .must_change_password = order->must_change,
	    .need = order->need,
	    .account = w->account,
	    .idle_seconds = cfg->session_idle_seconds,
	    .plain = is_plain(order),
	    .echo = order->has_pty,
	};
	int err;

	wire_watch_rights(w);
	err = tui_run(&host, &options, c);

	if (err == OK || err == ERR_STOPPED || err == ERR_CLOSED)
		return EX_OK;
	log_error("session-failed error=%s", err_name(err));
	return err_exit_code(err);
}

static int
run_command(const struct config *cfg, struct wire *w, const struct order *order,
            struct ctx *c)
{
	char url[CONFIG_URL_MAX];
	const struct service service = wire_service(w);
	const struct exec_host host = {
	    .fd = order->stream,
	    .data = w,
	    .say = wire_say,
	    .set_encoding = wire_set_encoding,
	    .service = &service,
	    .crlf = order->has_pty,
	    .public_url = config_public_url(cfg, url),
	    .only = order->commands,
	};

	if (order->need != OTP_NONE) {
		wire_say(w, _("This account needs a second factor: sign in "
		              "without a command, or use a key that was "
		              "enrolled for this command."));
		return EX_NOPERM;
	}
	/* a password that must be changed is changed on the screen first */
	if (order->must_change && order->commands[0] == '\0') {
		wire_say(w, _("Please sign in without a command first and "
		              "change the password."));
		return EX_NOPERM;
	}
	return exec_run(c, &host, order->command);
}

/* While the account is locked it cannot be read. */
static void
keep_name(struct wire *w)
{
	struct arena *a = arena_new();
	struct account account;

	if (account_get(w->c, a, (struct account_id){w->c->account},
	                &account) == OK)
		(void)snprintf(w->account, sizeof(w->account), "%s",
		               account.name);
	arena_free(a);
}

/* What citizens leave with their opinions is sealed for liaison-auth. */
static void
give_contact_key(const struct config *cfg, struct store *store)
{
	struct arena *a = arena_new();

	store_set_contact_key(store, seal_contact_public(a, cfg));
	arena_free(a);
}

static int
open_ctx(const struct config *cfg, struct instant stopped, struct wire *w,
         const struct order *order, struct ctx *c)
{
	struct store *store;
	int err = store_open(cfg->database_path, STORE_EXISTING, &store);

	if (err != OK) {
		log_error("session-store error=%s", err_name(err));
		return err;
	}
	store_stop_clock(store, stopped);
	give_contact_key(cfg, store);
	err = ctx_open(c, store, order->account, 0);
	if (err != OK)
		return err;
	c->committed = wire_committed;
	c->committed_data = w;
	w->c = c;
	wire_hat(w);
	service_seen(c);
	i18n_use(session_language(cfg, c, order->language));
	session_encoding(w, order->is_command);
	keep_name(w);
	if (order->need != OTP_NONE)
		ctx_lock(c);
	return OK;
}

_Noreturn void
session_run(const struct config *cfg, const struct sandbox *sandbox,
            struct instant stopped, const struct order *order)
{
	struct wire w = {
	    .cfg = cfg,
	    .fd = order->wire,
	    .said = order->encoding,
	    .encoding = order->encoding,
	};
	struct ctx c;
	int status, err;

	i18n_use(client_language(cfg, order->language));
	set_environment(order);
	err = sandbox_enter(sandbox);
	if (err == OK)
		err = open_ctx(cfg, stopped, &w, order, &c);
	(void)malloc_trim(0);
	if (err != OK) {
		wire_say(&w, _(err_msgid(err)));
		status = err_exit_code(err);
	} else if (order->is_command && !is_plain(order)) {
		status = run_command(cfg, &w, order, &c);
	} else if (order->commands[0] != '\0') {
		wire_say(&w, _("This key was enrolled for single commands: "
		               "it opens no session."));
		status = EX_NOPERM;
	} else {
		status = run_screens(cfg, &w, order, &c);
	}
	wire_exit(&w, status);
	if (err == OK)
		store_close(c.store);
	_exit(0);
}
