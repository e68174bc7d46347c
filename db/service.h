/*
 * Who may look after the service: who is signed in, who must wait after
 * failed sign-ins. What there is to see knows liaisond (tui/service.h);
 * these say whether one may, and write into the audit what was done.
 */
#ifndef DB_SERVICE_H
#define DB_SERVICE_H

#include "db/ids.h"
#include "db/store/ctx.h"

/* Errors: ERR_DENIED. */
int service_may_see(const struct ctx *c) MUST_CHECK;
/* One's own sessions, or all with the right. */
int service_may_end(const struct ctx *c, struct account_id of) MUST_CHECK;

/* A session of the account is ended now. Errors: ERR_DENIED, ERR_NOT_FOUND,
 * ERR_INVALID (no reason). */
int service_session_ended(struct ctx *c, struct account_id of,
                          const char *reason) MUST_CHECK;
/* Failed sign-ins from source are forgotten, of the account called name or
 * of all (""). A name that is no account's is not written: people type a
 * password in its place. Errors: ERR_DENIED. */
int service_forgiven(struct ctx *c, const char *name,
                     const char *source) MUST_CHECK;

/* The acting account signs in now; best effort, once a day. */
void service_seen(struct ctx *c);

#endif
