/*
 * What a process may still do once it speaks to people. A parent builds its
 * children's sandbox once; each child enters it after fork and cannot leave
 * it. sandbox.def is the list of system calls; a call outside it ends the
 * process that made it.
 */
#ifndef SERVER_LIB_SANDBOX_H
#define SERVER_LIB_SANDBOX_H

#include "db/base/arena.h"
#include "db/base/config.h"
#include "db/base/err.h"

enum sandbox_profile {
	SANDBOX_NET,     /* one connection: no files at all */
	SANDBOX_SESSION, /* one person's session: files, no network */
	SANDBOX_AUTH,    /* liaison-auth: files, forks its workers */
	SANDBOX_WORKER,  /* one password hash: arithmetic */
	SANDBOX_WEB,     /* liaison-web: files, connections of its port */
	SANDBOX_MEDIA,   /* one file of a stranger: descriptors it was given */
	SANDBOX_POST,    /* liaison-post: files, connections to others */
	SANDBOX_PROFILES
};

struct sandbox;

/* NULL: it cannot be built here, logged. */
struct sandbox *sandbox_new(enum sandbox_profile profile);
void sandbox_free(struct sandbox *s); /* NULL is allowed */

/* When we are root: whoever enters becomes [ssh] user and sees an empty
 * folder beside the keys, made here, as its whole file system.
 * Errors: ERR_CONFIG, logged. */
int sandbox_set_place(struct sandbox *s, const struct config *cfg) MUST_CHECK;

/* Enter for good: place, identity, capabilities, limits, system calls. On
 * error (logged) the process must not serve. Errors: ERR_IO. */
int sandbox_enter(const struct sandbox *s) MUST_CHECK;
/* Whether a child of ours can enter. Errors: ERR_IO. */
int sandbox_try(const struct sandbox *s) MUST_CHECK;

/* Instructions of the filter, and system calls that it allows, refuse. */
struct sandbox_size {
	int instructions, allowed, refused;
};
struct sandbox_size sandbox_size(const struct sandbox *s);

#endif
