/*
 * liaison-tui's parts: the warmed parent forks one child a session, whose
 * wire to liaisond becomes what the terminal interface and the commands
 * know as their host.
 */
#ifndef SERVER_SESSION_SESSION_H
#define SERVER_SESSION_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "db/account.h"
#include "db/base/config.h"
#include "db/base/encoding.h"
#include "db/base/err.h"
#include "db/base/i18n.h"
#include "db/base/otp.h"
#include "db/store/ctx.h"
#include "server/lib/ipc.h"
#include "server/lib/sandbox.h"
#include "server/session/exec.h"
#include "tui/tui.h"

/* Who sits at the other end, from SPAWN. */
struct order {
	int64_t number, account;
	bool must_change, has_pty, no_color, is_command;
	enum otp_need need;                  /* before anything else */
	char commands[IPC_COMMANDS_MAX + 1]; /* it is for; "": all */
	char term[IPC_TERM_MAX + 1];
	char language[IPC_LANGUAGE_MAX + 1];
	enum encoding encoding; /* as the client's locale says */
	char command[IPC_COMMAND_MAX + 1];
	int columns, rows;
	int stream, wire;
};

enum { EVENTS_MAX = 16 };

/* The wire to liaisond, in a session. */
struct wire {
	const struct config *cfg;
	struct ctx *c;                      /* NULL before the store is open */
	char account[ACCOUNT_NAME_MAX + 1]; /* its name */
	int fd;
	bool gone;
	enum encoding said;     /* by the client's locale */
	enum encoding encoding; /* in use; ENCODINGS: not known */
	int64_t hat_told;       /* office that liaisond knows; 0: none */
	/* What came while an answer was waited for; oldest first. */
	struct tui_event events[EVENTS_MAX];
	int event_count;
};

/* wire.c: the host's functions, data is struct wire. */
int wire_next_event(void *data, struct tui_event *ev);
bool wire_has_event(void *data);
void wire_watch(void *data, uint64_t kinds, int64_t unit);
int wire_set_password(void *data, int64_t account, const char *password,
                      bool must_change);
int wire_set_pin(void *data, const char *pin);
int wire_check_password(void *data, const char *password);
int wire_factor(void *data, enum otp_act act, const char *code,
                const char *secret, const char *present,
                char recovery[TUI_RECOVERY_MAX + 1]);
/* Have TUI_RIGHTS sent when the account's rights may have changed. */
void wire_watch_rights(struct wire *w);
void wire_place(void *data, const char *screen, struct instant at);
int wire_others(void *data, struct tui_other *out);
int wire_take_over(void *data, int64_t number, int fd);
/* Have what is written from now on converted to the encoding of that name;
 * "" is what the client's locale says. Which one that is. */
enum encoding wire_set_encoding(void *data, const char *name);
void wire_say(void *data, const char *text);
/* Tell liaisond which hat is worn, when it is another one. */
void wire_hat(struct wire *w);
/* wire_service.c: what liaisond knows of the service; data is w. */
struct service wire_service(struct wire *w);
/* For it: the answer of that type; others are kept meanwhile. After OK call
 * ipc_clear. And the result of an ANSWER. */
int wire_await(struct wire *w, enum ipc_type type,
               struct ipc_msg *m) MUST_CHECK;
int wire_await_answer(struct wire *w) MUST_CHECK;
void wire_committed(void *data, uint64_t kinds, int64_t unit);
void wire_exit(struct wire *w, int status);

/* session.c: the language of a session whose client says so, and whether it
 * wants colours. */
enum language session_language(const struct config *cfg, struct ctx *c,
                               const char *said);
void session_no_color(bool no_color);
/* session.c: the encoding and the widths of w's terminal, as its person set
 * them, else as the client says. */
void session_encoding(struct wire *w, bool is_command);

/* session.c: be that session, in a child of its own. */
_Noreturn void session_run(const struct config *cfg,
                           const struct sandbox *sandbox,
                           struct instant stopped, const struct order *order);

#endif
