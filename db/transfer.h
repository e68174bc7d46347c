/*
 * A one-time address, /X/<token>: for whoever sits at a terminal to fetch a
 * file with a browser, or to send one. Ten minutes, that person with the
 * rights they have when it is used, once. No event: nothing of the county's
 * changes; each use is a row of the audit. Source: design.md, "Files reach a
 * terminal's user".
 */
#ifndef DB_TRANSFER_H
#define DB_TRANSFER_H

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/base/secret.h"
#include "db/ids.h"
#include "db/store/ctx.h"

enum transfer_what {
	TRANSFER_EXPORT, /* down: name is a kind of export, args its filters */
	TRANSFER_ATTACHMENT, /* down: subject is the attachment */
	TRANSFER_CODES,      /* down: a sheet of codes for paper */
	TRANSFER_DOCUMENT,   /* down: subject is the document */
	TRANSFER_IMPORT,     /* up: name is a kind of import */
	TRANSFER_ATTACH,     /* up: subject is the opinion */
	TRANSFER_LAW,        /* up: subject is the law whose next text; 0 */
	TRANSFER_WHATS
};

enum {
	TRANSFER_NAME = 40,   /* bytes */
	TRANSFER_ARGS = 2000, /* bytes */
	TRANSFER_LABEL = 80   /* characters */
};

struct transfer {
	struct transfer_id id;
	int what; /* enum transfer_what */
	int64_t account, office;
	const char *name;
	int64_t subject;
	const char *args;  /* JSON or "" */
	const char *label; /* what the page calls it, as the person named it */
	struct instant created_at, expires_at;
	struct instant used_at; /* 0: not yet */
};

/* What to make an address for; a string that is NULL is "". */
struct transfer_want {
	enum transfer_what what;
	const char *name, *args, *label;
	int64_t subject;
};

extern const struct entity entity_transfer;
extern const struct enum_name transfer_whats[];

/* Whether a file comes in by it. */
bool transfer_is_up(int what);

/* Make one for the acting person; token is told once, its hash is kept. Those
 * that are long over are removed; when the account has as many good ones as
 * it may (setting transfer.most), it takes the place of the oldest.
 * Errors: ERR_DENIED, ERR_TOO_LONG, ERR_STORE. */
int transfer_make(struct ctx *c, const struct transfer_want *want,
                  char token[SECRET_TOKEN + 1],
                  struct transfer_id *id) MUST_CHECK;
/* Own, for the screen that waits. */
int transfer_get(struct ctx *c, struct arena *a, struct transfer_id id,
                 struct transfer *out) MUST_CHECK;
/* Own: good no longer, another takes its place. Used already: OK. */
int transfer_drop(struct ctx *c, struct transfer_id id) MUST_CHECK;

/* --- for who serves the address ------------------------------------------ */

/* By its address, whoever asks. Errors: ERR_NOT_FOUND, ERR_EXPIRED,
 * ERR_REVOKED (used already). */
int transfer_find(struct ctx *c, struct arena *a, const char *token,
                  struct transfer *out) MUST_CHECK;
/* The context of its person, in the office that made it, with the rights of
 * now. Errors: ERR_DENIED (disabled, the office is over), ERR_NOT_FOUND. */
int transfer_open(struct ctx *c, struct store *s,
                  const struct transfer *t) MUST_CHECK;
/* It is used now: once, whoever is first. Writes the audit (transfer.fetch,
 * transfer.send), with c the context of its person, and wakes the screen that
 * waits. Errors: ERR_DENIED (not c's), ERR_REVOKED, ERR_STORE. */
int transfer_use(struct ctx *c, const struct transfer *t) MUST_CHECK;
/* What transfer_use began did not arrive whole: it may be used again while
 * its time lasts. Writes the audit (transfer.broken). */
int transfer_back(struct ctx *c, const struct transfer *t) MUST_CHECK;

#endif
