/*
 * Who acts: an account, the person behind it, the hat they wear now, what
 * it may do and how far it sees; with the store they act on and the clock
 * they act by. Every db function takes one. Whoever may act is decided
 * here and below, never in a screen.
 */
#ifndef DB_STORE_CTX_H
#define DB_STORE_CTX_H

#include <stdbool.h>
#include <stdint.h>

#include "db/base/arena.h"
#include "db/base/clock.h"
#include "db/base/err.h"
#include "db/base/perm.h"
#include "db/store/entity.h"
#include "db/store/store.h"

struct event_frame; /* the event being written, private to db/store */

/* What was wrong with an entry: a field's name and a msgid sentence. */
struct fault {
	const char *field;
	const char *text;
};

enum { FAULTS_MAX = 16, HAT_TEXT = 128 };

struct ctx {
	struct store *store;

	int64_t account; /* 0: the system (demo, import, liaisonctl) */
	int64_t me;      /* person; 0: the system */
	int64_t office;  /* the hat; 0: none */
	enum scope scope;
	int64_t my_unit, my_station, my_organ; /* 0: none */
	struct perm_set perms;
	bool locked;    /* sees and may do nothing until ctx_unlock */
	char role[32];  /* role.name */
	char bench[16]; /* role.bench */

	struct fault faults[FAULTS_MAX]; /* of the last ERR_INVALID */
	int fault_count;

	/* Clock: 0 is the system's. */
	struct instant stopped;
	/* Demo and tests: codes follow from it; 0: they are random. */
	uint64_t seed;

	/* Called after a commit, outside the lock, with what it changed. */
	void (*committed)(void *data, uint64_t kinds, int64_t unit);
	void *committed_data;

	struct event_frame *frame; /* NULL: no event is being written */
};

/* A context of the system itself: sees all, may all. For liaisonctl, demo,
 * import and the clock; never for a session. */
void ctx_init_system(struct ctx *c, struct store *s);

/* Of somebody who is not signed in: may nothing, sees what is published. */
void ctx_init_public(struct ctx *c, struct store *s);

/* The context of an account in one of its offices; office 0 takes the one
 * worn last, else the first current one by role.position.
 * Errors: ERR_NOT_FOUND (no account), ERR_DENIED (disabled, no office). */
int ctx_open(struct ctx *c, struct store *s, int64_t account,
             int64_t office) MUST_CHECK;

/* The same in the first of its current offices that may do perm, whichever
 * was worn last. Errors: as ctx_open. */
int ctx_open_able(struct ctx *c, struct store *s, int64_t account,
                  enum perm perm) MUST_CHECK;

/* Read rights again (same account and office). Errors: as ctx_open. */
int ctx_refresh(struct ctx *c) MUST_CHECK;

/* Take every right away, also from later refreshes: the person has not
 * proven yet who they are. And give them back. Errors: as ctx_open. */
void ctx_lock(struct ctx *c);
int ctx_unlock(struct ctx *c) MUST_CHECK;

/* Now: the stopped clock or the system's; while an event is written, when it
 * began. */
struct instant ctx_now(const struct ctx *c);
struct day ctx_today(const struct ctx *c);

bool may(const struct ctx *c, enum perm perm);

/* Begin a round of checks; note one fault (field may be "" for the whole
 * form); end it: OK, or ERR_INVALID when any was noted. */
void ctx_check_begin(struct ctx *c);
void ctx_fault(struct ctx *c, const char *field, const char *msgid);
int ctx_check_end(const struct ctx *c) MUST_CHECK;

/* A number never used before for this entity, also not by a record that
 * was struck out. Inside an event only. */
int64_t ctx_new_id(struct ctx *c, const struct entity *e);

#endif
