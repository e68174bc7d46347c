/*
 * What the service itself knows and no database holds: who is signed in at
 * this moment, and who has to wait after failed sign-ins. The program around
 * the interface answers; screens and commands ask after db/service.h has
 * said that they may.
 */
#ifndef TUI_SERVICE_H
#define TUI_SERVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/base/clock.h"
#include "db/base/err.h"

enum { SERVICE_NAME_MAX = 64 };

struct service_session {
	int64_t number, account, office; /* office 0: not known yet */
	bool own;                        /* the one that asks */
	bool dropped;                    /* its link is gone; it waits */
	char address[SERVICE_NAME_MAX + 1];
	struct instant since; /* by the site's clock; 0: not known yet */
	struct instant last;  /* it opened a page; 0: it has none */
};

struct service_penalty {
	char name[SERVICE_NAME_MAX + 1];    /* typed; "" of the whole source */
	char address[SERVICE_NAME_MAX + 1]; /* one source */
	int failures;
	struct instant until; /* refused until then; 0: not refused */
};

/* Who wrote an opinion; wiped by who has it. */
struct service_contact {
	char name[128]; /* "": not said */
	char phone[32];
};

struct service {
	/* Up to max sessions of an account (0: of all) with a number below
	 * before (0: the newest), newest first; how many. */
	int (*sessions)(void *data, int64_t account, int64_t before,
	                struct service_session *out, int max);
	/* Its person is told, its drafts are kept. Errors: ERR_NOT_FOUND,
	 * ERR_UNAVAILABLE. */
	int (*end_session)(void *data, int64_t number);
	/* Up to max failed sign-ins that still count, from *next on (begin
	 * with 0); *next is then where to go on, -1 at the end. */
	int (*penalties)(void *data, int64_t *next, struct service_penalty *out,
	                 int max);
	/* Forget the failures of name ("": all) at an address. Errors:
	 * ERR_NOT_FOUND, ERR_UNAVAILABLE. */
	int (*forgive)(void *data, const char *name, const char *address);
	/* Have liaison-auth open the contact of an opinion for the acting
	 * hat; it asks again whether that may, and the audit says that it
	 * looked. Errors: those of contact_look (db/contact.h), ERR_LIMIT (too
	 * many in an hour), ERR_UNAVAILABLE. */
	int (*contact)(void *data, int64_t opinion,
	               struct service_contact *out);
	void *data;
};

#endif
