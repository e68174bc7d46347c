/*
 * What liaisond holds: the helpers it keeps running, the connections of
 * liaison-net's children, the sessions of liaison-tui's, and the questions
 * that liaison-auth has not answered yet.
 */
#ifndef SERVER_LIAISOND_SITE_H
#define SERVER_LIAISOND_SITE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "db/base/config.h"
#include "db/base/encoding.h"
#include "db/base/otp.h"
#include "db/base/secret.h"
#include "db/base/source.h"
#include "server/lib/ipc.h"
#include "server/lib/loop.h"
#include "server/lib/penalty.h"

struct site;
struct session;
struct login;

enum helper_kind {
	HELPER_AUTH,
	HELPER_TUI,
	HELPER_NET,
	HELPER_WEB,
	HELPER_MEDIA,
	HELPER_POST, /* with [robot] push only */
	HELPERS
};

/* In this order: who reaches the SSH port reaches both. */
enum port { PORT_HTTP, PORT_SSH, PORTS };

struct helper {
	struct site *site;
	enum helper_kind kind;
	pid_t pid; /* 0: not running */
	int wire;  /* -1: none */
	struct watch *watch;
	struct timer *restart;
	int64_t started_ms;
};

/* How surely a person is known; later ones are stronger. That a key signed
 * is only the word of the process that parses SSH. */
enum strength {
	STRENGTH_NONE,
	STRENGTH_KEY,
	STRENGTH_PASSWORD,
	STRENGTH_BOTH,
	STRENGTH_SECOND /* with a second factor */
};

/* The terminal of a client, as it said when it started and since. */
struct terminal {
	bool exists;
	char name[IPC_TERM_MAX + 1];
	char language[IPC_LANGUAGE_MAX + 1];
	int64_t columns, rows;
	int64_t encoding; /* enum encoding, as its locale says */
	bool no_color;
};

/* One TCP connection, spoken for by a child of liaison-net. */
struct conn {
	struct site *site;
	struct conn *next;
	int wire;
	struct watch *watch;
	struct timer *grace; /* until sign-in, then until a session */
	char address[IPC_ADDRESS_MAX + 1];
	struct source source;        /* the same, as one source */
	bool exempt;                 /* from limits by source and account */
	bool refused;                /* is being told so, or has been */
	char user[IPC_USER_MAX + 1]; /* the one name it may use; "" none yet */
	int64_t account;             /* 0: not signed in */
	enum strength strength;
	bool key_signed; /* and a password is wanted besides */
	int64_t
	    pending; /* account whose password was right: a code is wanted */
	bool pending_must_change;
	bool by_code;       /* the client can be asked for one */
	enum otp_need need; /* once signed in: what its session must show */
	char commands[IPC_COMMANDS_MAX + 1]; /* it may give; "": all */
	struct terminal terminal;
	bool must_change;
	bool asking; /* liaison-auth has not answered yet */
	int questions, failures;
	struct session *session;
};

/* One person at work, a child of liaison-tui. */
struct session {
	struct site *site;
	struct session *next;
	int64_t number;
	int wire;
	struct watch *watch;
	int64_t account;
	int64_t office, since_at;          /* as it says; 0: not yet */
	struct conn *conn;                 /* NULL: its link dropped */
	char address[IPC_ADDRESS_MAX + 1]; /* of the link it has or had */
	enum otp_need need;     /* until then it may do nothing else */
	enum otp_act act;       /* what is being asked about the factor */
	int failures;           /* wrong codes */
	enum strength strength; /* of who signed in to it last */
	struct timer *resume;   /* ends it when nobody goes on with it */
	char place[IPC_PLACE_MAX + 1]; /* screen shown; "": nothing to resume */
	int64_t place_at;              /* since, by its own clock */
	uint64_t rights;               /* kinds that decide what it may do */
	uint64_t kinds;                /* wake it for these */
	int64_t unit;                  /* of this unit; 0: all */
	bool asking;                   /* a password is being set or checked */
	bool checking;                 /* it is checked: a wrong one counts */
	bool over;                     /* was told to end */
	bool exited;                   /* has said its status */
};

/* Who is let in: admit.c. */
struct admission {
	struct penalties *sources;  /* failed sign-ins of a source */
	struct penalties *accounts; /* and of an account from a source */
	struct penalties *known;    /* counts sign-ins of a source instead */
	struct source_list exempt;
	bool crowded;
	int64_t polite_s; /* in this second ... */
	int polite;       /* ... so many were refused at length */
};

struct site {
	const char *file; /* of the configuration, as given */
	struct config *cfg;
	struct loop *loop;
	int listen[PORTS]; /* -1: not yet */
	int wake;
	int serving; /* holds the site for as long as it is open */
	struct watch *wake_watch;
	struct helper helpers[HELPERS];
	struct conn *conns;
	int conn_count;
	int waiting; /* of them, before sign-in */
	int refused; /* of them, being told why they are refused */
	struct admission admission;
	struct session *sessions;
	int session_count;
	int64_t next_session;
	struct medium *media; /* files that liaison-media looks at */
	int64_t next_medium;
	struct ask *asks;
	int ask_count;
	int64_t next_ask;
	uint64_t auth_kinds;           /* liaison-auth wants to know of these */
	char form_key[SECRET_HEX + 1]; /* what liaison-web signs forms with */
	bool stopping;
};

/* helper.c: start them all; they are restarted when they die. */
int helpers_start(struct site *site) MUST_CHECK;
void helpers_reap(struct site *site);
void helpers_signal(struct site *site, int sig);
/* Wait at most ms for all to end, then kill them. */
void helpers_end(struct site *site, int ms);
/* Run a program of ours to its end; its exit status, or -1. */
int helper_run(const char *name, char *const argv[]);

/* listen.c */
int listen_open(const struct config *cfg, enum port port, int *fd) MUST_CHECK;

/* web.c: what liaison-web is told when it starts, and what it says. */
void web_started(struct site *site);
void web_message(struct site *site, struct ipc_msg *m);
void web_tell(struct site *site, struct ipc_msg *m);

/* media.c: a file that liaison-web asks about, what liaison-media says of it,
 * and that it is gone. */
void media_wanted(struct site *site, struct ipc_msg *m);
void media_answered(struct site *site, struct ipc_msg *m);
void media_fail_all(struct site *site);

/* conn.c */
void conn_open(struct site *site, const char *address, int wire);
/* until: monotonic seconds; 0: no time is said. */
void conn_refuse(struct conn *k, enum ipc_reason reason, int64_t until_s);
void conn_exit(struct conn *k, int status);
void conn_say(struct conn *k, const char *text);
/* It has asked for something: no deadline any more. */
void conn_served(struct conn *k);
void conn_encoding(struct conn *k, enum encoding encoding);
void conns_refuse(struct site *site, enum ipc_reason reason);

/* admit.c: limits and penalties. Each answers ENDS when there is no reason
 * to refuse; *until_s is for conn_refuse. */
void admit_open(struct site *site);
void admit_reload(struct site *site);
void admit_close(struct site *site);
/* k is not yet among the site's connections. */
enum ipc_reason admit_connection(struct site *site, struct conn *k,
                                 int64_t *until_s);
enum ipc_reason admit_password(const struct conn *k, int64_t *until_s);
enum ipc_reason admit_session(const struct conn *k);
/* k is no connection of ours but one who asks liaison-web, with an address
 * and a name (or ""): the same penalties. */
enum ipc_reason admit_proof(struct conn *k, int64_t *until_s);
/* A sign-in failed or was not completed, by the user's name or before one
 * was said. Returns until when the next is refused; 0: it is not. */
int64_t admit_failed(struct conn *k);
void admit_signed_in(struct conn *k);
/* Failed sign-ins that still count, at most max from *next on; how many.
 * *next: where to go on, -1 at the end. And forgetting those of a name ("":
 * the whole source); false: there were none. */
int admit_penalties(const struct site *site, int64_t *next,
                    struct penalty_line *out, int max);
bool admit_forgive(struct site *site, const char *name,
                   const struct source *from);
/* Failures from k's source that still count. */
int admit_failures(const struct conn *k);
/* How far back k's password stands in line: its source's failures, and one
 * place if nobody has signed in from there lately. */
int admit_rank(const struct conn *k);
/* May this refusal cost a key exchange, so that all of it can be read? */
bool admit_is_polite(struct site *site);

/* session.c */
int session_start(struct conn *k, struct ipc_msg *start) MUST_CHECK;
void session_window(struct session *s, int64_t columns, int64_t rows);
/* It stays for resume_seconds, or ends. */
void session_link_lost(struct session *s);
void session_end(struct session *s, enum ipc_reason reason);
void session_tell(struct session *s, struct ipc_msg *m);
/* Tell it the result of what it waits for. */
void session_answer(void *session, int err, const struct login *login);
void sessions_end(struct site *site, enum ipc_reason reason);
/* Wake who shows kinds of unit, but not the one who committed. */
void sessions_wake(struct site *site, uint64_t kinds, int64_t unit,
                   const struct session *but);

/* takeover.c: a session goes on behind another link. The sessions that s may
 * go on with, and going on with one (number and stream in m). */
void takeover_list(struct session *s);
int takeover(struct session *s, struct ipc_msg *m) MUST_CHECK;

/* service.c: what s asks about the service, answered at once. */
int service_sessions(struct session *by, struct ipc_msg *m) MUST_CHECK;
int service_end_session(struct session *by, struct ipc_msg *m) MUST_CHECK;
int service_penalties(struct session *by, struct ipc_msg *m) MUST_CHECK;
int service_forgive(struct session *by, struct ipc_msg *m) MUST_CHECK;
/* Asked of liaison-auth. */
int service_contact(struct session *by, struct ipc_msg *m) MUST_CHECK;

/* ask.c: questions to liaison-auth. done is called once with a result,
 * also when liaison-auth dies (ERR_UNAVAILABLE), unless forgotten. */
struct login {
	int64_t account;
	bool must_change;    /* the password, at once */
	bool needs_password; /* a key alone is not enough for this office */
	enum otp_need need;  /* of its second factor */
	char commands[IPC_COMMANDS_MAX + 1]; /* that a key is for; "": all */
	char text[IPC_ANSWER_MAX + 1];       /* of ask_factor, ask_contact */
	char secret[IPC_SECRET_MAX + 1];     /* of a telephone, of ask_prove */
};
typedef void ask_done(void *data, int err, const struct login *login);
/* rank: the higher, the later it is hashed. */
void ask_password(struct site *site, const char *user, const char *password,
                  const char *address, int rank, ask_done *done, void *data);
void ask_key(struct site *site, const char *user, const char *type,
             const char *key, ask_done *done, void *data);
void ask_set(struct site *site, int64_t actor, int64_t account,
             bool must_change, const char *password, ask_done *done,
             void *data);
void ask_check(struct site *site, int64_t account, const char *password,
               ask_done *done, void *data);
/* What is asked of an account's second factor; texts may be "". */
struct factor_wish {
	enum otp_act act;
	const char *code, *secret, *present;
};
void ask_factor(struct site *site, int64_t account,
                const struct factor_wish *wish, const char *address,
                ask_done *done, void *data);
/* The contact of an opinion, for who wears that office (0: not known). */
void ask_contact(struct site *site, int64_t account, int64_t office,
                 int64_t opinion, ask_done *done, void *data);
/* What it watches was committed. Nobody waits for it. */
void ask_wake(struct site *site);
/* What a browser shows; texts may be "". */
struct proof {
	enum ipc_proof kind;
	const char *name, *secret, *before, *browser;
};
void ask_prove(struct site *site, const struct proof *proof,
               const char *address, int rank, ask_done *done, void *data);
void ask_pin(struct site *site, int64_t account, const char *pin,
             ask_done *done, void *data);
void ask_forget(struct site *site, const void *data);
void ask_answered(struct site *site, struct ipc_msg *m);
void ask_fail_all(struct site *site);

#endif
