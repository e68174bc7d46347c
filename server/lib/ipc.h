/*
 * The wires between processes: bounded, typed messages over SEQPACKET
 * sockets, declared in ipc.def. A message that is too large, of a type the
 * sender may not send, or at the wrong time is refused on receiving; its
 * parts are read in order with limits, and one error sticks until ipc_end.
 */
#ifndef SERVER_LIB_IPC_H
#define SERVER_LIB_IPC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/base/err.h"

enum ipc_sender {
	FROM_LIAISOND = 1,
	FROM_NET_PARENT = 2,
	FROM_NET = 4,
	FROM_SESSION = 8,
	FROM_AUTH = 16,
	FROM_WEB = 32,
	FROM_MEDIA = 64,
	FROM_POST = 128
};

enum ipc_when { BEFORE_LOGIN = 1, AFTER_LOGIN = 2, ANY_TIME = 3 };

enum ipc_type {
	IPC_NONE,
#define MSG(name, sender, most, when) IPC_##name,
#include "server/lib/ipc.def"
#undef MSG
	IPC_TYPES
};

/* Why a connection or session ends; the process that shows it says it in
 * the person's language. */
enum ipc_reason {
	END_SHUTDOWN, /* the service stops */
	END_FULL,     /* too many people at this moment */
	END_TRIES,    /* too many wrong passwords */
	END_TIME,     /* the time to sign in is over */
	END_NOTHING,  /* signed in, and then asked for nothing */
	END_FAILED,   /* our own failure */
	END_LINK,     /* the connection is gone: nobody to tell */
	END_SOURCE,   /* too many connections from there wait to sign in */
	END_CROWDED,  /* many wait, and some from there do already */
	END_PENALTY,  /* too many failed sign-ins, of the account or from there
	               */
	END_SESSIONS, /* too many sessions of the account */
	END_HAND,     /* an administrator ended it */
	ENDS
};

/* What liaisond answers to a sign-in. */
enum ipc_verdict {
	VERDICT_NO,
	VERDICT_YES,
	VERDICT_MORE, /* the key is good; the password is wanted besides */
	VERDICT_CODE, /* the password is good; a code is wanted besides */
	VERDICT_UNAVAILABLE, /* could not be checked just now */
	VERDICTS
};

/* What a browser shows that it is somebody's. */
enum ipc_proof {
	PROOF_PIN,    /* a name and its PIN */
	PROOF_PHONE,  /* the secret of a telephone that was bound */
	PROOF_INVITE, /* the token that binds one: whose is it? */
	PROOF_BIND,   /* the same: bind it */
	PROOF_MATTER, /* the number of an opinion and its secret */
	PROOF_ROBOT,  /* a chat's time stamp and its signature */
	PROOFS
};

enum {
	IPC_MAX = 4096, /* bytes of a message */
	IPC_FDS = 3,
	IPC_USER_MAX = 64, /* bytes of a user name */
	IPC_PASSWORD_MAX = 1024,
	IPC_KEY_MAX = 3500, /* base64 of a public key */
	IPC_KEY_TYPE_MAX = 64,
	IPC_ADDRESS_MAX = 64,
	IPC_TERM_MAX = 64,
	IPC_LANGUAGE_MAX = 64,
	IPC_COMMAND_MAX = 2048,
	IPC_SAY_MAX = 2000,
	IPC_PLACE_MAX = 40, /* bytes of a screen's name */
	IPC_OTHERS_MAX = 3,
	IPC_CODE_MAX = 32, /* bytes of a second factor's code, or its secret */
	IPC_ANSWER_MAX = 160, /* recovery codes, or a contact */
	IPC_SECRET_MAX = 64,  /* of a telephone, a token, a PIN */
	IPC_BROWSER_MAX = 200,
	IPC_COMMANDS_MAX = 200,
	IPC_PAGE = 16 /* sessions or penalties of one message */
};

struct ipc_msg {
	enum ipc_type type;
	size_t len; /* of data, with the type in front */
	size_t at;  /* read so far */
	bool bad;   /* a part did not fit, was missing or out of range */
	int fds[IPC_FDS];
	int fd_count;
	unsigned char data[IPC_MAX];
};

/* A pair of wires, close-on-exec and non-blocking. Errors: ERR_IO. */
int ipc_pair(int out[2]) MUST_CHECK;

void ipc_begin(struct ipc_msg *m, enum ipc_type type);
void ipc_put_int(struct ipc_msg *m, int64_t v);
void ipc_put_text(struct ipc_msg *m, const char *s);
/* fd stays the caller's; the receiver gets a copy. */
void ipc_put_fd(struct ipc_msg *m, int fd);
/* Send and wipe m, never waiting. Errors: ERR_BUSY (the receiver does not
 * read), ERR_CLOSED, ERR_TOO_LONG (against ipc.def). */
int ipc_send(int wire, struct ipc_msg *m) MUST_CHECK;

/* Receive what a sender may say at that time, never waiting. After OK call
 * ipc_clear. Errors: ERR_BUSY (nothing there), ERR_CLOSED, ERR_PROTOCOL. */
int ipc_recv(int wire, enum ipc_sender from, enum ipc_when when,
             struct ipc_msg *m) MUST_CHECK;
/* The next part; 0 and "" when it is not there or exceeds the limit. Text
 * lives in m, max counts its bytes. */
int64_t ipc_get_int(struct ipc_msg *m, int64_t low, int64_t high);
bool ipc_get_bool(struct ipc_msg *m);
const char *ipc_get_text(struct ipc_msg *m, size_t max);
/* The next descriptor, the caller's from now on; -1: none. */
int ipc_get_fd(struct ipc_msg *m);
/* Everything was read and nothing was wrong. Errors: ERR_PROTOCOL. */
int ipc_end(const struct ipc_msg *m) MUST_CHECK;
/* Wipe, and close descriptors that nobody took. */
void ipc_clear(struct ipc_msg *m);

/* Wait until wire can be read; ms -1: for ever. false: time is over. */
bool ipc_wait(int wire, int ms);

const char *ipc_name(enum ipc_type type);
const char *ipc_reason_name(enum ipc_reason reason); /* for the log */

#endif
