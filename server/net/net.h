/*
 * liaison-net's parts. The parent accepts and forks; a child speaks SSH for
 * one connection and asks liaisond, over its wire, whether a sign-in is
 * good and for a session. Only this folder includes libssh.
 */
#ifndef SERVER_NET_NET_H
#define SERVER_NET_NET_H

#include <libssh/callbacks.h>
#include <libssh/libssh.h>
#include <libssh/server.h>
#include <stdbool.h>
#include <stddef.h>

#include "db/base/clock.h"
#include "db/base/err.h"
#include "server/lib/ipc.h"
#include "server/lib/sandbox.h"
#include "server/net/convert.h"

/* What the client said about its terminal and language. */
struct client {
	bool has_pty;
	char term[IPC_TERM_MAX + 1];
	int columns, rows;
	char lang[5][IPC_LANGUAGE_MAX + 1]; /* by enum in channel.c */
	bool no_color;
};

/* One connection, in its own process. */
struct link {
	int fd;         /* TCP */
	int wire;       /* to liaisond; -1: gone */
	bool wire_gone; /* to be closed after this round */
	ssh_session session;
	ssh_event event;
	struct ssh_server_callbacks_struct server;
	struct ssh_channel_callbacks_struct on_channel;

	char user[IPC_USER_MAX + 1]; /* the one name; "" none yet */
	bool by_code;                /* keyboard-interactive is offered */
	bool wants_code;             /* what was asked last was the code */
	bool signed_in;
	unsigned grace_s; /* to sign in, then to ask for something */
	bool refused;     /* end, saying reason */
	enum ipc_reason reason;
	struct instant until; /* when to try again; 0: not said */
	bool refuse_late;     /* only once the client begins to sign in */
	bool told;            /* a banner has said why */

	ssh_channel channel; /* the one session channel; NULL: none yet */
	struct client client;
	int stream;   /* bytes of the session; -1: none */
	int watched;  /* poll events that stream is watched for */
	bool started; /* a shell, command or refusal was begun */
	bool is_command;
	bool paused; /* the session does not read: keep input in libssh */
	bool client_eof;
	bool stream_eof;
	bool has_status;
	int status;          /* exit status */
	int64_t deadline_ms; /* while ending; 0: none */
	bool closing;        /* our end of the channel is closed */
	bool done;
	const struct converters *converters;
	enum encoding encoding; /* of what the client reads */
	struct convert in, out; /* what it types, what it reads */
	char kept[4096];        /* input that the session has not taken */
	size_t kept_len;
};

/* server.c: options, keys, warming. */
ssh_bind server_new(const char *host_key);
void server_warm(ssh_bind bind);
int server_make_key(const char *path) MUST_CHECK;

/* link.c: enter the sandbox, serve one connection and exit. converters were
 * opened before: nothing can be loaded inside. */
_Noreturn void link_run(ssh_bind bind, const struct sandbox *sandbox,
                        const struct converters *converters, int fd, int wire);
/* Receive from liaisond; wait_for IPC_NONE: only what is there. Sets
 * refused, status and so on. Errors: ERR_CLOSED, ERR_UNAVAILABLE. */
int link_receive(struct link *k, enum ipc_type wait_for, int64_t *value);
void link_refuse(struct link *k, enum ipc_reason reason);
/* The time for the next step begins. liaisond ends a slow connection before
 * this does; it is for a child that hangs. */
void link_grace(const struct link *k);

/* auth.c */
void auth_begin(struct link *k);

/* channel.c */
ssh_channel channel_open(ssh_session session, void *data);
/* Move bytes and close what is over; after each round of events. */
void channel_flow(struct link *k);
void channel_say(struct link *k, const char *text);
/* The session says what the client reads and, with a terminal, types. */
void channel_encoding(struct link *k, enum encoding encoding);
/* Milliseconds until channel_flow must run again; -1: no need. */
int channel_wait_ms(const struct link *k);

/* refuse.c */
/* Why k is refused, in English and then in Chinese; *english: bytes of the
 * first. The caller frees it. */
char *refuse_text(const struct link *k, size_t *english);
/* Say why in a banner, once, while one is shown: before sign-in. */
void refuse_banner(struct link *k);
/* The same, and in the disconnect message. */
void refuse_late(struct link *k);
/* Refuse before a key exchange was spent on it. */
void refuse_early(const struct link *k);

#endif
